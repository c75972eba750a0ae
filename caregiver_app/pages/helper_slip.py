"""What a driver gets in the hand: whom to take where and when, on one page in large letters.

The same lines go out as text and in the note of a calendar file. All of them are made from a
`Slip` alone, which holds nothing of what the visit is for.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Final

from caregiver_app.pages.dates import full_date, hour_text
from caregiver_app.pages.paper import LEAST_PT, Paragraph, Run, Sheet, tr
from caregiver_app.pages.printed import Leaf, Printed
from caregiver_app.services.rides import Slip
from caregiver_app.values import value

Hour = Callable[[time], str]
"""Writes an hour as the family reads it."""

_SIZES: Final = (24.0, 21.0, 18.0, 16.0, 14.0, 12.0)
_TITLE_TIMES: Final = 1.5
_MOST_LINES: Final = 7
"""So many lines of one text are printed when even the smallest letters leave no room for all."""


@value
class Line:
    """One thing that a driver is told: what it is and what to know."""

    label: str
    text: str


def title_of(slip: Slip) -> str:
    """Return what the slip is called; it says nothing of health."""
    return tr("Drive for {name}", name=slip.whom) if slip.whom else tr("Drive")


def lines_of(slip: Slip, hour: Hour = hour_text) -> list[Line]:
    """Return what a driver is told, in the order in which it is needed; nothing stands empty."""
    there = "" if slip.start is None else hour(slip.start)
    if there and slip.zone:
        there = tr("{time} ({zone} time)", time=there, zone=slip.zone.replace("_", " "))
    told = [
        Line(tr("Day"), full_date(slip.day)),
        Line(tr("Leave at"), "" if slip.leave_at is None else hour(slip.leave_at)),
        Line(tr("Pick up at"), _flat(slip.pick_up)),
        Line(tr("Be there at"), there),
        Line(tr("Where"), _flat(slip.where)),
        Line(tr("Way home"), _home(slip, hour)),
        Line(tr("Good to know"), slip.caution),
        Line(tr("To reach us"), slip.phone),
    ]
    return [line for line in told if line.text.strip()]


def text_of(slip: Slip, hour: Hour = hour_text) -> str:
    """Return the slip as plain text, one thing a line."""
    said = [f"{line.label}: {line.text}" for line in lines_of(slip, hour)]
    return "\n".join([title_of(slip), *said])


def _flat(text: str) -> str:
    return ", ".join(part.strip() for part in text.splitlines() if part.strip())


def _home(slip: Slip, hour: Hour) -> str:
    if slip.home == "none":
        return tr("nobody needs to drive")
    about = "" if slip.home_at is None else tr("about {time}", time=hour(slip.home_at))
    who = {
        "same": tr("with you again"),
        "other": " ".join(part for part in (slip.home_name, slip.home_phone) if part),
        "open": tr("nobody named yet"),
    }[slip.home]
    return ", ".join(part for part in (about, who) if part)


def slip_page(slip: Slip, printed_at: str, hour: Hour = hour_text) -> Printed:
    """Return the slip as one page to print; `printed_at` stands in its footer."""
    title = title_of(slip)

    def compose(sheet: Sheet) -> list[Leaf]:
        return [_Page(sheet, slip, title, lines_of(slip, hour), printed_at).paint]

    return Printed(title, compose)


class _Page:
    """Lays the lines out as large as one page allows."""

    def __init__(
        self, sheet: Sheet, slip: Slip, title: str, lines: list[Line], printed_at: str
    ) -> None:
        self._sheet, self._slip, self._lines = sheet, slip, lines
        self._name, self._printed = title, printed_at
        room = sheet.height - sheet.footer_height
        for size in _SIZES:
            self._set(size, None)
            if self._height() <= room:
                return
        self._set(_SIZES[-1], _MOST_LINES)

    def _set(self, size: float, most: int | None) -> None:
        sheet, wide = self._sheet, self._sheet.width
        self._gap = sheet.pt(size * 0.55)
        labels = [
            sheet.text([Run(line.label, max(LEAST_PT, size * 0.65))], wide) for line in self._lines
        ]
        self._indent = max((one.width for one in labels), default=0.0) + sheet.pt(18)
        room = wide - self._indent
        self._title = self._text(Run(self._name, size * _TITLE_TIMES, bold=True), wide, most)
        texts = [self._text(Run(line.text, size, bold=True), room, most) for line in self._lines]
        self._rows = list(zip(labels, texts, strict=True))

    def _text(self, run: Run, wide: float, most: int | None) -> Paragraph:
        if most is None:
            return self._sheet.text([run], wide)
        return self._sheet.text_within([run], wide, most)

    def _height(self) -> float:
        rows = sum(text.height + 2 * self._gap for _, text in self._rows)
        return self._title.height + 1.5 * self._gap + rows

    def paint(self) -> None:
        """Paint title, lines and footer."""
        sheet, wide = self._sheet, self._sheet.width
        self._title.paint(sheet.painter, 0, 0)
        y = self._title.height + 1.5 * self._gap
        sheet.rule(0, y, wide, 1.5)
        for number, (label, text) in enumerate(self._rows):
            if number:
                sheet.rule(0, y, wide, 0.5)
            top = y + self._gap
            label.paint(sheet.painter, 0, top + text.ascent - label.ascent)
            text.paint(sheet.painter, self._indent, top)
            y = top + text.height + self._gap
        printed = tr("Printed {printed_at}", printed_at=self._printed) if self._printed else ""
        sheet.footer(self._slip.whom, printed, 1, 1)
