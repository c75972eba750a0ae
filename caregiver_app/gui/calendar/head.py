"""The head of the calendar: what is shown, the ways to turn and to look at it, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.calendar.filters import FilterButton
from caregiver_app.gui.calendar.navigation import Navigation
from caregiver_app.gui.calendar.view_names import LIST, MONTH, WEEK
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import IconButton, PrimaryButton, QuietButton
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import ElidedText, set_tip
from caregiver_app.gui.words import month_text, tr

_GAP: Final = 10


class Title(ElidedText):
    """What is shown, as wide for every month and week: what stands beside it never moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "page_title", parent=parent)
        self._widest: dict[str, int] = {}

    def sizeHint(self) -> QSize:
        """Room for the longest month, or two of the short ones, in the widest year."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        key = self.font().key()
        if key not in self._widest:
            year = 1111 * max(range(1, 10), key=lambda n: metrics.horizontalAdvance(str(n)))
            months = [date(year, month, 1) for month in range(1, 13)]
            names = [month_text(day) for day in months]
            names += [week_text(day - timedelta(days=3)) for day in months[1:]]
            self._widest[key] = max(map(metrics.horizontalAdvance, names))
        # A label's own hint is a pixel more for some words than for others.
        return QSize(self._widest[key] + 4, hint.height())

    def setText(self, text: str) -> None:
        """Show other words, without measuring the whole head anew: its width is always the same."""
        if text != self.text():
            self._told = text
            self.setAccessibleName(text)
            self._tell_whole()
            self.update()

    def _tell_whole(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        set_tip(self, self.text() if cut else "")


def week_text(first: date) -> str:
    """Return "23–29 Mar 2026" or "30 Mar – 5 Apr 2026" for the week that begins on `first`."""
    last = first + timedelta(days=6)
    end = f"{last.day} {_month(last)} {last.year}"
    if first.month == last.month:
        return tr("{first}–{last}", first=first.day, last=end)
    return tr("{first} – {last}", first=f"{first.day} {_month(first)}", last=end)


def _month(day: date) -> str:
    return month_text(day)[:3]


class CalendarHead(QWidget):
    """One row where there is room, else two or more, each read from the left."""

    def __init__(self, theme: Theme, filter_button: FilterButton) -> None:
        super().__init__()
        self.title = Title()
        self.nav = Navigation(theme)
        agenda = (LIST, tr("Agenda"))
        both = [(MONTH, tr("Month")), (WEEK, tr("Week"))]
        self.wide_switch = Segmented(theme, [*both, agenda], name=tr("View"), chosen=MONTH)
        self.narrow_switch = Segmented(
            theme,
            [(LIST, tr("List"), "paper-note"), *((key, words) for key, words in both)],
            name=tr("View"),
            chosen=LIST,
        )
        self.filter_button = filter_button
        self.jump_button = QuietButton(
            theme, tr("Go to…"), "search", name=tr("Go to a day or an appointment"),
            tooltip=tr("Go to a day or an appointment (G)"),
        )  # fmt: skip
        self.print_button = IconButton(theme, "print", tr("Print the calendar"))
        self.file_button = IconButton(theme, "import", tr("Calendar files"))
        self.add_button = PrimaryButton(theme, tr("Add"), "add")
        for part in self._parts():
            # What has no parent would be a window of its own the moment it is shown.
            part.setParent(self)
        self._one, self._empty, self._view = False, False, MONTH
        self._rows: list[list[QWidget]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_GAP)
        theme.changed.connect(self._settle)

    @property
    def switch(self) -> Segmented:
        """The one of the two switches that is shown now."""
        return self.narrow_switch if self._one else self.wide_switch

    def show_view(self, view: str, *, one_column: bool, empty: bool) -> None:
        """Fit to a view, a width and to whether there is anything at all."""
        self._view, self._one, self._empty = view, one_column, empty
        for switch in (self.wide_switch, self.narrow_switch):
            switch.set_value(view)
        self.nav.by_weeks(weeks=view == WEEK)
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit to another width."""
        super().resizeEvent(event)
        self._settle()

    def minimumSizeHint(self) -> QSize:
        """It takes as many rows as it needs."""
        return QSize(200, super().minimumSizeHint().height())

    # -- Rows -------------------------------------------------------------------------------------

    def _settle(self) -> None:
        rows = self._wanted()
        if rows == self._rows:
            return
        self._rows = rows
        while self._column.count():
            row = self._column.takeAt(0)
            inner = None if row is None else row.layout()
            while inner is not None and inner.count():
                inner.takeAt(0)
        shown = [part for row in rows for part in row]
        for part in self._parts():
            if part not in shown:
                part.hide()
        for row in rows:
            line = QHBoxLayout()
            line.setSpacing(_GAP)
            for part in row:
                line.addWidget(part)
                part.show()
                if self._is_followed_by_room(part, row):
                    line.addStretch(1)
            self._column.addLayout(line)
        self.updateGeometry()

    def _parts(self) -> Sequence[QWidget]:
        return (
            self.title, self.nav, self.wide_switch, self.narrow_switch, self.filter_button,
            self.jump_button, self.print_button, self.file_button, self.add_button,
        )  # fmt: skip

    def _is_followed_by_room(self, part: QWidget, row: list[QWidget]) -> bool:
        if part is row[-1]:
            return len(row) > 1 and part not in (self.add_button, self.file_button)
        if part is self.nav:
            return self.switch in row or self.jump_button not in row
        if part is self.title:
            return self.nav not in row
        if part is self.switch:
            return self.jump_button in row or self.title not in row
        return part is self.jump_button

    def _wanted(self) -> list[list[QWidget]]:
        """Return the parts that are shown, row by row."""
        if self._empty:
            parts: list[QWidget] = [self.title] if self._one else [self.title, self.nav]
            return [parts]
        turn = [] if self._one and self._view == LIST else [self.nav]
        ask: list[QWidget] = [self.filter_button, self.jump_button]
        out: list[QWidget] = [self.print_button, self.file_button]
        one_row = [self.title, *turn, self.switch, *ask, *out, self.add_button]
        if self._width(one_row) <= self.width():
            return [one_row]
        above = [self.title, self.switch, self.add_button]
        return [*self._broken(above), *self._broken([*turn, *ask, *out])]

    def _broken(self, parts: Sequence[QWidget]) -> list[list[QWidget]]:
        """Return parts in as many rows as they need."""
        rows: list[list[QWidget]] = []
        for part in parts:
            if rows and self._width([*rows[-1], part]) <= self.width():
                rows[-1].append(part)
            else:
                rows.append([part])
        return rows

    @staticmethod
    def _width(parts: Sequence[QWidget]) -> int:
        return sum(part.sizeHint().width() for part in parts) + _GAP * (len(parts) - 1)
