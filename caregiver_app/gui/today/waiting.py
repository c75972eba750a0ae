"""What waits for an answer: the rows in the order of the reminder panel, folded when many."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from caregiver_app.domain.prompts import NO_MORE
from caregiver_app.domain.reminders import Reminder
from caregiver_app.errors import UserError
from caregiver_app.gui.answer_pause import AnswerPause, running_ms
from caregiver_app.gui.reminder_answers import fill_later
from caregiver_app.gui.reminder_ideas import no_more_words
from caregiver_app.gui.reminder_order import Group, late_with, sections
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.today.parts import SectionHead
from caregiver_app.gui.today.waiting_row import WaitingRow
from caregiver_app.gui.today.waiting_words import MOST_LINES, Line, Waiting, WaitingWords
from caregiver_app.gui.whom import called
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.text import ScrollArea, Text
from caregiver_app.gui.words import count_text, tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household
from caregiver_app.services.today import TodayService

_MOST: Final = 8
"""So many reminders are shown before the rest is folded away."""
_AT_ONCE: Final = 50
"""So many more of them are unfolded by one press."""


class WaitingList(QWidget):
    """`asked` goes to what a row is about; `pick_asked(ids, title)` wants another time for it."""

    asked = Signal(str, str, str)
    pick_asked = Signal(tuple, str)

    def __init__(
        self,
        house: Household,
        theme: Theme,
        service: TodayService,
        *,
        now_ms: Callable[[], int] = running_ms,
    ) -> None:
        super().__init__()
        self._pause = AnswerPause(self, now_ms)
        self._house, self._theme, self._service = house, theme, service
        self._words = WaitingWords(house)
        self._reminders: list[Reminder] = []
        self._person: str | None = None
        self._late: frozenset[str] = frozenset()
        self._lines: dict[str, int] = {}
        self._shown: list[Group] = []
        self._most = _MOST
        self._several = self._beyond = False
        self.rows: dict[tuple[str, ...], WaitingRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.head = SectionHead(theme, tr("Waiting for you"))
        column.addWidget(self.head)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        column.addWidget(self.wrong)
        self.late_line = Text("", "second_strong")
        self.late_line.hide()
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self.rest_line = Text("", "second_strong")
        self.rest_line.hide()
        column.addLayout(self._column)
        self.nothing = Text(tr("Nothing is waiting for you just now."), "body", "soft")
        column.addWidget(self.nothing)
        self.fold = QuietButton(theme, "")
        self.fold.clicked.connect(self._turn)
        self.beyond = QuietButton(theme, "")
        self.beyond.clicked.connect(self._show_beyond)
        for button in (self.fold, self.beyond):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            button.hide()
        theme.changed.connect(self._show_head)

    # -- What is shown ----------------------------------------------------------------------------

    def show_reminders(
        self,
        reminders: Sequence[Reminder],
        person: str | None,
        *,
        several: bool,
        late: Collection[str] = (),
    ) -> None:
        """Show what waits for one person, or for everybody; `several` people are cared for.

        `late` are the ids of what could not be said in time: it stands first.
        """
        if person != self._person:
            self._person, self._most, self._beyond = person, _MOST, False
            self._lines.clear()
        self._late = late_with(reminders, late)
        self._several = several
        self._reminders = list(reminders)
        self._fill()

    def refresh_words(self) -> None:
        """Say "since 8:00" anew; nothing is read but the words."""
        with self._house.care.one_look():
            for group in self._words.groups(self._mine(), self._late):
                row = self.rows.get(group.ids)
                words = None if row is None else self._row_words(group)
                # Other words are laid out anew, the whole page with them.
                if row is not None and words is not None and words != row.waiting:
                    row.show_waiting(words)

    def reveal(self, reminder: str) -> WaitingRow | None:
        """Unfold what has to be, and return the row of a reminder."""
        if any(one.id == reminder for one in self._reminders):
            self._beyond = True
            groups = self._words.groups(self._mine(), self._late)
            place = next(n for n, group in enumerate(groups) if reminder in group.ids)
            self._most = max(self._most, sum(len(one.ids) for one in groups[: place + 1]))
            self._fill()
        return next((row for ids, row in self.rows.items() if reminder in ids), None)

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, in order."""
        stops = [stop for row in self.rows.values() for stop in row.stops()]
        return [*stops, self.fold, self.beyond]

    def _mine(self) -> list[Reminder]:
        if self._person is None or self._beyond:
            return self._reminders
        return [one for one in self._reminders if one.person == self._person]

    def _fill(self) -> None:
        focus, mine = self._focused(), self._mine()
        groups = self._words.groups(mine, self._late)
        shown = self._shown = _first_ones(groups, self._most)
        for line in (self.late_line, self.rest_line):
            self._column.removeWidget(line)
        self._show_rows([self._row_words(group) for group in shown])
        self._show_sections(groups)
        count, seen = len(mine), sum(len(one.ids) for one in shown)
        self.fold.setVisible(seen < count or self._most > _MOST)
        self.fold.set_words(_fold_words(count, seen))
        self._show_who_else(len(self._reminders) - count)
        self.nothing.setVisible(not mine)
        self._show_head()
        self._give_focus(focus)

    def _row_words(self, group: Group) -> Waiting:
        lines = self._lines.get(group.key, MOST_LINES)
        return self._words.row(group, several=self._several, lines=lines)

    def _show_rows(self, wanted: Sequence[Waiting]) -> None:
        keys = {one.ids for one in wanted}
        for ids in [ids for ids in self.rows if ids not in keys]:
            row = self.rows.pop(ids)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        found: dict[tuple[str, ...], WaitingRow] = {}
        for place, one in enumerate(wanted):
            row = self.rows.get(one.ids)
            if row is not None and len(row.lines) != len(one.lines):
                row.hide()
                row.deleteLater()
                row = None
            if row is None:
                row = self._make_row(one)
                self._column.insertWidget(place, row)
            else:
                row.show_waiting(one)
                if self._column.indexOf(row) != place:
                    self._column.insertWidget(place, row)
            self._pause.guard(row)
            found[one.ids] = row
        self.rows = found

    def _make_row(self, waiting: Waiting) -> WaitingRow:
        row = WaitingRow(self._theme, waiting)
        row.asked.connect(self.asked)
        row.done.connect(self._done)
        row.opened.connect(self._show_asked)
        row.skipped.connect(self._skip)
        row.later.connect(partial(self._offer_later, row))
        row.unfolded.connect(partial(self._unfold_lines, waiting.key))
        row.sure_asked.connect(partial(self._ask_sure, row))
        row.more.connect(partial(self._offer_more, row))
        return row

    def _unfold_lines(self, key: str) -> None:
        self._lines[key] = self._lines.get(key, MOST_LINES) + _AT_ONCE
        self._fill()

    def _ask_sure(self, row: WaitingRow) -> None:
        ids = set(row.waiting.ids)
        row.ask_sure(*self._words.sure([one for one in self._reminders if one.id in ids]))
        self._pause.guard(row)

    def _show_asked(self, asked: QWidget) -> None:
        """Scroll to what is asked before an answer, once its place is known."""

        def show() -> None:
            around = asked.parentWidget()
            while around is not None and not isinstance(around, ScrollArea):
                QApplication.sendPostedEvents(around, QEvent.Type.LayoutRequest.value)
                around = _maybe(around.parentWidget())
            if around is not None:
                around.ensureWidgetVisible(asked, 0, 14)

        self._pause.guard(asked)
        QTimer.singleShot(0, asked, show)

    def _show_head(self) -> None:
        mine = self._mine()
        count = len(mine)
        words = count_text(count, "{count} reminder", "{count} reminders, oldest first")
        starts = [one.reminders[0].due for one in self._shown]
        if starts != sorted(starts) or any(one.id in self._late for one in mine):
            words = count_text(count, "{count} reminder", "{count} reminders")
        title, large = tr("Waiting for you"), self._theme.scale >= LARGE_TEXT
        if large and count:
            title = tr("Waiting for you, {count}", count=count)
        self.head.show_words(title, words if count and not large else "")

    def _show_sections(self, groups: Sequence[Group]) -> None:
        """Put the headings where the late rows, and what stands below them, begin."""
        above, late, rest = sections(groups)
        missed = [one for group in late for one in group.reminders]
        seen = self._shown[len(above) :]
        self.late_line.setText(self._words.late_title(missed) if missed else "")
        self.late_line.setVisible(bool(seen))
        count = sum(len(group.ids) for group in rest)
        self.rest_line.setText(tr("Everything else: {count}", count=count))
        self.rest_line.setVisible(len(seen) > len(late))
        if seen:
            self._column.insertWidget(len(above), self.late_line)
            self._column.insertWidget(len(above) + min(len(seen), len(late)) + 1, self.rest_line)

    def _show_who_else(self, hidden: int) -> None:
        """Never let a reminder of somebody else be out of sight altogether."""
        self.beyond.setVisible(hidden > 0)
        if hidden:
            whose = {one.person for one in self._reminders if one.person != self._person}
            people = [one for one in self._house.people.people() if one.id in whose]
            names = ", ".join(called(one) or tr("somebody else") for one in people)
            self.beyond.set_words(tr("{count} more for {names}", count=hidden, names=names))

    def _turn(self) -> None:
        seen = sum(len(ids) for ids in self.rows)
        self._most = _MOST if seen >= len(self._mine()) else seen + _AT_ONCE
        self._fill()

    def _show_beyond(self) -> None:
        self._beyond = True
        self._fill()

    # -- The keyboard stays near ------------------------------------------------------------------

    def _focused(self) -> tuple[int, WaitingRow] | None:
        """Return the row in which the keyboard is, and its place."""
        focus = QApplication.focusWidget()
        for place, row in enumerate(self.rows.values()):
            if focus is not None and row.isAncestorOf(focus):
                return place, row
        return None

    def _give_focus(self, before: tuple[int, WaitingRow] | None) -> None:
        """After an answer the keyboard goes to the row that took the place of the last."""
        rows = list(self.rows.values())
        if before is None or before[1] in rows:
            return
        target = rows[min(before[0], len(rows) - 1)].done_button if rows else self.head.heading
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- Answers ----------------------------------------------------------------------------------

    def _done(self, ids: tuple[str, ...]) -> None:
        self._try(lambda: self._service.answer(ids, "done"))

    def _skip(self, ids: tuple[str, ...], reason: str) -> None:
        self._try(lambda: self._service.answer(ids, "skipped", reason=reason))

    def postpone(self, ids: tuple[str, ...], until: datetime) -> None:
        """Let these wait until a UTC instant.

        Raises:
            InputRefused: it is not after now.
        """
        self._service.answer(ids, "later", until=until)

    def later_menu(self, row: WaitingRow) -> QMenu:
        """Return a menu with the moments that Later offers for a row."""
        menu = QMenu(row)
        ids, title = row.waiting.ids, row.waiting.title
        chosen: Callable[[datetime], None] = partial(self._postponed, ids)
        fill_later(menu, self._house.care, chosen, partial(self.pick_asked.emit, ids, title))
        return menu

    def _offer_later(self, row: WaitingRow) -> None:
        menu = self.later_menu(row)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        button = row.later_button
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    def line_menu(self, row: WaitingRow, line: Line) -> QMenu:
        """Return a menu with all that can be done with a line besides Done."""
        menu = QMenu(row)
        if line.idea:
            menu.setAccessibleName(f"{no_more_words()}: {line.name}")
            menu.addAction(no_more_words(), partial(self._skip, line.ids, NO_MORE))
            return menu
        menu.setAccessibleName(tr("Later or skip: {what}", what=line.name))
        chosen: Callable[[datetime], None] = partial(self._postponed, line.ids)
        fill_later(
            menu, self._house.care, chosen, partial(self.pick_asked.emit, line.ids, line.name)
        )
        menu.addSeparator()
        menu.addAction(tr("Skip…"), partial(row.ask_reason, line.ids, line.name))
        return menu

    def _offer_more(self, row: WaitingRow, line: Line, button: QWidget) -> None:
        menu = self.line_menu(row, line)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    def _postponed(self, ids: tuple[str, ...], until: datetime) -> None:
        self._try(lambda: self.postpone(ids, until))

    def _try(self, act: Callable[[], object]) -> None:
        self.wrong.hide()
        try:
            act()
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()
        else:
            self._pause.begin()


def _fold_words(count: int, seen: int) -> str:
    if seen >= count:
        return tr("Show fewer")
    if count - seen <= _AT_ONCE:
        return tr("Show all {count}", count=count)
    return tr("Show {some} more of {count}", some=_AT_ONCE, count=count)


def _first_ones(groups: Sequence[Group], most: int) -> list[Group]:
    """Return the first groups with few enough reminders; the first one always."""
    shown: list[Group] = []
    count = 0
    for group in groups:
        count += len(group.ids)
        if shown and count > most:
            break
        shown.append(group)
    return shown


def _maybe(widget: QWidget | None) -> QWidget | None:
    # Qt answers None where its types promise a widget.
    return widget
