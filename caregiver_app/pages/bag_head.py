"""The head of a printed bag: whose it is, when and where, whom to call, who drives."""

from __future__ import annotations

from typing import Final

from caregiver_app.pages.bag_values import BagPage
from caregiver_app.pages.paper import BODY_PT, Block, Paragraph, Run, Sheet, tr

_TITLE_TIMES: Final = 1.75
_TITLE_TIMES_TIGHT: Final = 1.35
_WIDE: Final = 0.63
_BLANK_PT: Final = 105.0
_LABEL_EM: Final = 4.6
_AIR_PT: Final = 3.0
"""Air below each of the two lines at the right."""

_Fact = tuple[Paragraph, Paragraph, bool]


def bag_head(sheet: Sheet, page: BagPage, gap: float, *, tight: bool = False) -> Block:
    """Return the head; `gap` points part day and facts, a `tight` one takes less room."""
    return _Head(sheet, page, gap, tight=tight).block()


def bag_head_again(sheet: Sheet, page: BagPage) -> Block:
    """Return the line that says on later pages what goes on there."""
    name = tr("{title}, continued", title=page.name)
    day = [Run(name, BODY_PT * 1.1, bold=True), Run(f" · {page.when}", BODY_PT)]
    line = sheet.text(day, sheet.width)
    return Block(line.height + sheet.pt(4), lambda x, y, _: line.paint(sheet.painter, x, y))


class _Head:
    """Sets the head on a sheet."""

    def __init__(self, sheet: Sheet, page: BagPage, gap: float, *, tight: bool) -> None:
        self._sheet, self._page, self._gap = sheet, page, gap
        self._times = _TITLE_TIMES_TIGHT if tight else _TITLE_TIMES

    def block(self) -> Block:
        """Return everything as one block."""
        page, sheet, size = self._page, self._sheet, BODY_PT
        wide = sheet.width * _WIDE
        title = sheet.text([Run(page.name, size * self._times, bold=True)], wide)
        when = [Run(page.when, size * 1.1, bold=True)]
        if page.title:
            when.append(Run(f" · {page.title}", size * 1.1))
        day = sheet.text(when, sheet.width)
        facts = self._facts()
        air, lead = sheet.pt(self._gap * 0.5), sheet.pt(self._gap * 0.25)
        aside = self._leaving(sheet.width - wide)
        top = max(title.height, sum(line.height + sheet.pt(_AIR_PT) for line, _ in aside))
        height = top + day.height + air + sum(line.height + lead for _, line, _ in facts)

        def paint(x: float, y: float, _: float) -> None:
            title.paint(sheet.painter, x, y)
            self._paint_aside(aside, x + wide, y, sheet.width - wide)
            at = y + top
            day.paint(sheet.painter, x, at)
            at += day.height + air
            for label, line, blank in facts:
                start = x + self._label_width
                label.paint(sheet.painter, x, at + line.ascent - label.ascent)
                line.paint(sheet.painter, start, at)
                if blank:
                    sheet.write_on(start, at + line.height, sheet.pt(_BLANK_PT * 2))
                at += line.height + lead

        return Block(height, paint)

    @property
    def _label_width(self) -> float:
        return self._sheet.pt(BODY_PT * _LABEL_EM)

    def _facts(self) -> list[_Fact]:
        """Return label, text, and whether to leave a blank, for where, phone and rules."""
        page, size = self._page, BODY_PT
        where = [Run(page.where, size, bold=True)] if page.where else []
        if page.address:
            where.append(Run(f", {page.address}" if where else page.address, size))
        phone = [Run(page.phone, size, bold=True)] if page.phone else []
        if page.phone_after_hours:
            phone.append(Run(tr(", out of hours ") if phone else tr("out of hours "), size))
            phone.append(Run(page.phone_after_hours, size, bold=True))
        facts = [self._fact(tr("Where"), where), self._fact(tr("Phone"), phone)]
        if page.rules:
            facts.append(self._fact(tr("Rules"), [Run(page.rules, size)]))
        return facts

    def _fact(self, label: str, runs: list[Run]) -> _Fact:
        sheet = self._sheet
        text = sheet.text(runs or [Run(" ", BODY_PT)], sheet.width - self._label_width)
        return sheet.text([Run(label, BODY_PT)], self._label_width), text, not runs

    def _leaving(self, width: float) -> list[tuple[Paragraph, bool]]:
        """Return the two lines at the right: when to leave and who drives; and which are blank."""
        page, size, pt = self._page, BODY_PT, self._sheet.pt
        lines: list[tuple[Paragraph, bool]] = []
        for label, said, more in (
            (tr("Leave at "), page.leave_at, ""),
            (tr("Driver: "), page.driver, page.driver_phone),
        ):
            runs = [Run(label, size)]
            if said:
                runs.append(Run(said, size * 1.15 if not more else size, bold=True))
            if more:
                runs.append(Run(f" {more}" if said else more, size))
            room = width if said or more else width - pt(_BLANK_PT * 0.75)
            lines.append((self._sheet.text(runs, room, right=True), not (said or more)))
        return lines

    def _paint_aside(
        self, aside: list[tuple[Paragraph, bool]], x: float, y: float, width: float
    ) -> None:
        sheet = self._sheet
        blank_width = sheet.pt(_BLANK_PT * 0.75)
        for line, blank in aside:
            line.paint(sheet.painter, x, y)
            if blank:
                sheet.write_on(x + width - blank_width, y + line.height, blank_width)
            y += line.height + sheet.pt(_AIR_PT)
