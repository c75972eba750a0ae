"""What the printed month and the printed agenda share: head, signs, states and the legend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from caregiver_app.pages.calendar_items import KIND_WORDS, CalendarPage, Item, isolated
from caregiver_app.pages.paper import Block, Paragraph, Run, Sheet, tr
from caregiver_app.pages.signs import paint_sign

WATCH_PT: Final = 1.75
_GAP_PT: Final = 13.0
_Mark = tuple[float, Callable[[float, float, float], None] | None, Paragraph]


def head(sheet: Sheet, title: str, people: str, size: float) -> Block:
    """Return the title of a page, with whose it is at its right."""
    name = sheet.text([Run(title, size, bold=True)], sheet.width * 0.62)
    left = min(name.width, sheet.width * 0.62) + sheet.pt(20)
    whose = sheet.text([Run(people or " ", size * 0.55, bold=True)], sheet.width - left, right=True)
    height = max(name.height, whose.height)

    def paint(x: float, y: float, _: float) -> None:
        name.paint(sheet.painter, x, y)
        foot = max(name.ascent, whose.height - (whose.first_line - whose.ascent))
        whose.paint(sheet.painter, x + left, y + max(0.0, foot - whose.height + _below(whose)))

    return Block(height + sheet.pt(4), paint)


def _below(line: Paragraph) -> float:
    return line.first_line - line.ascent


def sign_of(item: Item) -> str:
    """Return the sign of an item: a tick where it is done, "" where none is to be seen."""
    return "done" if item.state == "done" and item.kind else item.kind


def state_run(item: Item, size: float) -> list[Run]:
    """Return what is said of an item that is not sure to take place as it stands here."""
    said = {"planned": tr("(planned)"), "cancelled": tr("(cancelled)")}.get(item.state)
    return [Run(f" {said}", size)] if said else []


def ride_runs(item: Item, size: float, *, phone: bool = False) -> list[Run]:
    """Return who drives and when to leave, or that nobody is named yet; nothing once it is over."""
    if item.state in ("done", "cancelled"):
        return []
    leave = tr("leave at {time}", time=item.leave_at) if item.leave_at else ""
    if item.needs_driver:
        runs = [Run(tr("No driver yet"), size, bold=True)]
        return [*runs, Run(f", {leave}", size)] if leave else runs
    if not item.driver:
        return [Run(leave[:1].upper() + leave[1:], size)] if leave else []
    named = tr("{name} drives", name=isolated(item.driver))
    number = item.driver_phone if phone else ""
    return [Run(", ".join(part for part in (named, number, leave) if part), size)]


def bar(sheet: Sheet, box: QRectF, *, dashed: bool, round_pt: float = 4.0) -> None:
    """Paint the outline of an infusion; a dashed one is planned and not booked yet."""
    pen = QPen(QColor(0, 0, 0), sheet.pt(1.4))
    if dashed:
        pen.setDashPattern([3.0, 2.0])
    sheet.painter.setPen(pen)
    sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
    sheet.painter.drawRoundedRect(box, sheet.pt(round_pt), sheet.pt(round_pt))


def watch_line(sheet: Sheet, x: float, end: float, y: float, *, starts: bool, ends: bool) -> None:
    """Paint the line of days on which signs are watched for: a dot at its start, a post at last."""
    sheet.rule(x, y, end - x, WATCH_PT)
    painter = sheet.painter
    if starts:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0))
        painter.drawEllipse(QPointF(x, y), sheet.pt(2.4), sheet.pt(2.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    if ends:
        painter.setPen(QPen(QColor(0, 0, 0), sheet.pt(WATCH_PT)))
        painter.drawLine(QPointF(end, y - sheet.pt(3)), QPointF(end, y + sheet.pt(3)))


def legend(sheet: Sheet, page: CalendarPage, size: float) -> Block:
    """Return what the signs of a month mean, as far as they are used, in as many lines as needed.

    The medicines of every day follow, where they are left out of the days.
    """
    marks = [*_kinds(sheet, page, size), *_states(sheet, page, size), *_initials(sheet, page, size)]
    if page.left_out:
        marks.append((0.0, None, sheet.text([Run(page.left_out, size, bold=True)], sheet.width)))
    daily = everyday_line(sheet, page, size)
    if daily is not None:
        marks.append((0.0, None, daily))
    gap, lead = sheet.pt(_GAP_PT), sheet.pt(2)
    ascent = max((words.ascent for _, _, words in marks), default=0.0)
    deep = max((words.height - words.ascent for _, _, words in marks), default=0.0)
    line = ascent + deep + lead
    placed: list[tuple[float, float, _Mark]] = []
    x = y = 0.0
    for mark in marks:
        width = mark[0] + mark[2].width
        if x and x + width > sheet.width:
            x, y = 0.0, y + line
        placed.append((x, y, mark))
        x += width + gap
    # Only the last one may take several lines.
    total = y + max(line, marks[-1][2].height + lead) if marks else 0.0
    above = sheet.pt(5)

    def paint(left: float, upper: float, _: float) -> None:
        for at, down, (width, mark, words) in placed:
            top_of = upper + above + down + ascent - words.ascent
            if mark is not None:
                mark(left + at, top_of, words.first_line)
            words.paint(sheet.painter, left + at + width, top_of)

    return Block(above + total if total else 0.0, paint)


def everyday_line(sheet: Sheet, page: CalendarPage, size: float) -> Paragraph | None:
    """Return the line that names the medicines of every day, None where there are none."""
    if not page.everyday:
        return None
    names = " · ".join(isolated(name) for name in page.everyday)
    label = Run(tr("Every day: "), size, bold=True)
    return sheet.text([label, Run(f"\u200e{names}", size)], sheet.width)


def _kinds(sheet: Sheet, page: CalendarPage, size: float) -> list[_Mark]:
    marks: list[_Mark] = []
    for kind, word in KIND_WORDS.items():
        used = [item for item in page.items if item.kind == kind]
        signs = [item for item in used if item.state != "done"]
        if kind == "infusion":
            booked = any(item.state != "planned" for item in used)
            if booked:
                marks.append(_bar_mark(sheet, tr(word), size, dashed=False))
            if any(item.state == "planned" for item in used):
                said = tr("planned") if booked else tr("infusion, planned")
                marks.append(_bar_mark(sheet, said, size, dashed=True))
        elif signs:
            marks.append(_sign_mark(sheet, kind, tr(word), size))
    if any(item.state == "done" and item.kind for item in page.items):
        marks.append(_sign_mark(sheet, "done", tr("done"), size))
    return marks


def _sign_mark(sheet: Sheet, kind: str, word: str, size: float) -> _Mark:
    side = sheet.pt(size * 1.05)

    def paint(x: float, y: float, height: float) -> None:
        paint_sign(sheet.painter, kind, x, y + (height - side) / 2, side)

    return side + sheet.pt(3), paint, sheet.text([Run(word, size)], sheet.width)


def _bar_mark(sheet: Sheet, word: str, size: float, *, dashed: bool) -> _Mark:
    width, tall = sheet.pt(size * 2.2), sheet.pt(size * 0.95)

    def paint(x: float, y: float, height: float) -> None:
        box = QRectF(x + sheet.pt(0.7), y + (height - tall) / 2, width, tall)
        bar(sheet, box, dashed=dashed, round_pt=2.5)

    return width + sheet.pt(5), paint, sheet.text([Run(word, size)], sheet.width)


def _states(sheet: Sheet, page: CalendarPage, size: float) -> list[_Mark]:
    marks: list[_Mark] = []
    if any(item.state == "cancelled" for item in page.items):
        runs = [Run(tr("cancelled"), size, struck=True)]
        marks.append((0.0, None, sheet.text(runs, sheet.width)))
    if page.watched:
        width = sheet.pt(26)

        def paint(x: float, y: float, height: float) -> None:
            start = x + sheet.pt(2.4)
            watch_line(sheet, start, x + width, y + height / 2, starts=True, ends=True)

        words = sheet.text([Run(tr("watching for signs"), size)], sheet.width)
        marks.append((width + sheet.pt(5), paint, words))
    return marks


def _initials(sheet: Sheet, page: CalendarPage, size: float) -> list[_Mark]:
    return [
        (
            0.0,
            None,
            sheet.text([Run(initial, size, bold=True), Run(f" {name}", size)], sheet.width),
        )
        for initial, name in page.initials
        if initial != name
    ]
