"""The reminder panel: a small window above all others that never takes the keyboard.

It is the truth about reminders: the desktop's notice is only an extra. Closing it answers nothing.

It is kind to whoever is busy. It comes up only for something new, or for what rings again: once
closed it stays closed until then. It comes up in a corner in which it covers no button that ends
an open form and no field that is typed in (`reminder_spot`), and steps aside when such a form opens
below it; where somebody moved it, it stays. Keys do nothing in its first second.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.times import in_zone, wall_instant
from caregiver_app.errors import UserError
from caregiver_app.gui.answer_pause import AnswerPause, running_ms
from caregiver_app.gui.from_anywhere import CRISIS
from caregiver_app.gui.long_column import LongColumn
from caregiver_app.gui.reading_order import follow_layout
from caregiver_app.gui.reminder_answering import Answering
from caregiver_app.gui.reminder_buttons import FootAsking, Tools
from caregiver_app.gui.reminder_frame import PanelFoot, PanelHead, paint_frame
from caregiver_app.gui.reminder_keys import PanelKeys
from caregiver_app.gui.reminder_order import in_order, late_with, things_of
from caregiver_app.gui.reminder_pieces import RowPiece, pieces_of
from caregiver_app.gui.reminder_rows import (
    FootRow,
    OneRow,
    RowWidget,
    answers_of,
    make_row,
    open_question,
    spoken,
)
from caregiver_app.gui.reminder_spot import (
    covers_what_matters,
    kept_corner,
    room_here,
    spot_for,
    taken_by_forms,
    windows_of_ours,
)
from caregiver_app.gui.reminder_words import ReminderWords
from caregiver_app.gui.settled_focus import SettledFocus
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.trying import trying
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household

WIDTH: Final = 420
_ROWS_SHOWN: Final = 3
_TALLEST: Final = 520
_HEAD_FREE: Final = 110
_UNBOUND: Final = 16_777_215
"""The greatest height that Qt knows."""
_WHOLE: Final = ("one", "foot")
"""Each of these pieces ends a row."""


class ReminderPanel(QWidget):
    """Shows what is due and waits for Done, Later or Skip."""

    emergency_asked = Signal()
    """F2 was pressed here."""
    open_asked = Signal(str, str, str)
    """Somebody wants to see what a reminder is about: place, kind, item."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        *,
        now_ms: Callable[[], int] = running_ms,
        parent: QWidget | None = None,
    ) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(parent, flags | Qt.WindowType.FramelessWindowHint)
        self._house, self._theme, self._now_ms = house, theme, now_ms
        self._words = ReminderWords(house)
        self._answering = Answering(house)
        self._pause = AnswerPause(self, now_ms)
        self._items: tuple[Reminder, ...] = ()
        self._late: frozenset[str] = frozenset()
        self._shown: tuple[tuple[str, ...], frozenset[str]] = ((), frozenset())
        self._unfolded: set[str] = set()
        self._new: tuple[str, ...] = ()
        self._told: frozenset[str] = frozenset()
        self._rehearsal: QWidget | None = None
        self._moved = self._marked = False
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self._build()
        self._show_title()
        theme.changed.connect(self._look_anew)
        SettledFocus(self).moved.connect(self._step_aside)

    # -- What it shows ----------------------------------------------------------------------------

    @property
    def items(self) -> tuple[Reminder, ...]:
        """What stands in the panel, the oldest first."""
        return self._items

    @property
    def rows(self) -> list[OneRow | FootRow]:
        """The rows that are made, from the top: those near the eye."""
        return answers_of(self.column.in_order())

    def set_items(self, reminders: Sequence[Reminder], late: Collection[str] = ()) -> None:
        """Show these, the oldest first; none closes the panel.

        `late` are the ids of what could not be said in time. They stand first, and are known as
        late from then on.
        """
        ordered = tuple(sorted(reminders, key=lambda one: (one.due, one.id)))
        keys = tuple(one.id for one in ordered)
        self._items = ordered
        if ordered:
            self._late = late_with(ordered, self._late.union(late))
        if (keys, self._late) != self._shown:
            before, self._shown = self._shown[0], (keys, self._late)
            self._fill()
            self._note_new(before)
        else:
            self.column.refresh()
        self._show_heading()
        if not ordered and self._rehearsal is None:
            self.hide()

    def come_up(self) -> None:
        """Show the window, without taking the keyboard."""
        if not self._items and self._rehearsal is None:
            return
        self._fit()
        self.show()
        self.raise_()
        QTimer.singleShot(0, self, self._show_new)

    def ask_attention(self) -> None:
        """Have the desktop mark our windows until one is looked at, and count in the title.

        For desktops on which no window can stay above the others.
        """
        self._marked = True
        self._show_title()
        for window in (*windows_of_ours(self), self):
            QApplication.alert(window)

    def show_rehearsal(self, line: QWidget) -> None:
        """Come up with a test `line` above what is due; closing the panel takes it away as well."""
        self.end_rehearsal()
        self._rehearsal = line
        self._layout.insertWidget(1, line)
        line.show()
        self._keys.guard(self)
        self._show_heading()
        self.come_up()

    def end_rehearsal(self) -> None:
        """Take the test line away; a panel with nothing else in it closes."""
        line, self._rehearsal = self._rehearsal, None
        if line is None:
            return
        line.hide()
        line.deleteLater()
        self._show_heading()
        if not self._items:
            self.hide()
        elif self.isVisible():
            self._fit()
            self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note_new(self, before: Collection[str]) -> None:
        """Remember what came to what stood here already; a list that is all new starts on top."""
        known = frozenset(before)
        came = [one for one in self._items if one.id not in known]
        came.sort(key=lambda one: one.rings)
        still = known.intersection(self._shown[0])
        self._new = tuple(one.id for one in came) if still else ()
        if self.isVisible():
            QTimer.singleShot(0, self, self._show_new)

    def _show_new(self) -> None:
        """Scroll to what came, once its place is known; what rings is shown last and so for sure.

        The order stays, and so does the view while somebody is being asked something in it. A
        screen reader says what came; the keyboard stays where it is.
        """
        if not self.isVisible():
            return
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        if self._new and not self.column.is_busy():
            found = [one.key for one in self.column.pieces if self._new[-1] in one.ids]
            wanted = [key for key in found if key.endswith(self._new[-1])] or found[:1]
            if wanted:
                self.column.bring(wanted[-1])
        self._new = ()
        self._tell()

    def _tell(self) -> None:
        """Let a screen reader say what is new."""
        came = [one for one in self._items if one.id not in self._told]
        self._told = frozenset(one.id for one in self._items)
        if not came:
            return
        words = spoken(self._words.said(came[0]))
        if len(came) > 1:
            words = tr("{count} new, the first: {what}", count=len(came), what=words)
        said = tr("Care reminders. {what}", what=words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _build(self) -> None:
        column = self._layout = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self._head = PanelHead(self._theme)
        self.heading, self.close_button = self._head.heading, self._head.close_button
        self.close_button.clicked.connect(self.hide)
        column.addWidget(self._head)
        self.column = LongColumn[RowPiece](self._make_row)
        self.column.grown.connect(self._fit_if_seen)
        self.column.remade.connect(lambda: follow_layout(self))
        self._keys = PanelKeys(self, self.heading, self.column, self._now_ms)
        column.addWidget(self.column.area, 1)
        self.wrong = Text("", "second", "alarm")
        self.wrong.setContentsMargins(16, 4, 16, 4)
        self.wrong.hide()
        column.addWidget(self.wrong)
        self.all_asking = FootAsking(self._tools(), (), tr("everything here"))
        self.all_asking.picked.connect(self._postpone_until)
        self.all_asking.later.connect(self._postpone)
        self.all_asking.opened.connect(self._show_asked_of_all)
        column.addWidget(self.all_asking)
        self._foot = PanelFoot(self._theme)
        self.undo_button, self.all_later = self._foot.undo_button, self._foot.all_later
        self.undo_button.clicked.connect(self._take_back)
        self._foot.menu.aboutToShow.connect(self._fill_all_later)
        self._pause.guard(self._foot)
        column.addWidget(self._foot)
        self._keys.guard(self)

    def _tools(self) -> Tools:
        several = len(self._house.people.people()) > 1
        return Tools(self._theme, self._words, self._house.care, several)

    def _fill(self) -> None:
        care = self._house.care
        groups = in_order(self._items, care.today, care.home, self._late)
        self._unfolded &= {group.key for group in groups}
        self.column.lay_for(self._theme.px(WIDTH) - 2)
        with self._keys.held():
            self.column.set_pieces(pieces_of(groups, self._unfolded))
        if self.isVisible():
            # What moved under the mouse is not what was aimed at.
            self._pause.begin()
            self._fit()

    def _make_row(self, piece: RowPiece) -> RowWidget:
        row = make_row(self._tools(), piece)
        row.done.connect(self._done)
        row.skipped.connect(self._skip)
        row.later.connect(self._postpone)
        row.picked.connect(self._postpone_until)
        row.asked.connect(self.open_asked)
        row.unfolded.connect(self._unfold)
        row.opened.connect(self._show_asked)
        self._pause.guard(row)
        self._keys.guard(row)
        return row

    def _unfold(self, key: str) -> None:
        before = {piece.key for piece in self.column.pieces}
        self._unfolded.add(key)
        self._fill()
        fresh = [place for place, one in enumerate(self.column.pieces) if one.key not in before]
        if fresh:
            self._keys.focus_at(fresh[0])

    def _show_asked(self, asked: QWidget) -> None:
        """Scroll to what is asked before an answer, once its place is known."""

        def show() -> None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            self.column.settle()
            self.column.area.ensureWidgetVisible(asked, 0, 14)
            follow_layout(self)

        self._keys.guard(asked)
        self._pause.guard(asked)
        QTimer.singleShot(0, asked, show)

    def _stop_asking(self) -> None:
        self.all_asking.stop_asking()
        for row in self.column.in_order():
            if isinstance(row, RowWidget):
                row.stop_asking()

    def _show_asked_of_all(self, asked: QWidget) -> None:
        self._keys.guard(asked)
        self._pause.guard(asked)
        self._fit_if_seen()
        follow_layout(self)

    def _look_anew(self) -> None:
        """Another text size or light: everything is made and measured again."""
        self.column.set_pieces([])
        if self._items:
            self._fill()
        self._fit_if_seen()

    def _show_heading(self) -> None:
        count = things_of(self._items)
        title = count_text(count, "{count} thing to look at", "{count} things to look at")
        if not count and self._rehearsal is not None:
            title = tr("A test")
        self.column.area.setMaximumHeight(_UNBOUND if count else 0)
        self._head.show_title(title, in_zone(self._house.care.now, self._house.care.home))
        late = [one for one in self._items if one.id in self._late]
        state = self._words.state(self._items, late)
        undo = bool(count and self._answering.last())
        gone = self._foot.isHidden()
        self._foot.show_state(count, state, undo=undo, later=count > max(1, things_of(late)))
        if self._foot.isHidden() != gone:
            self._fit_if_seen()
        follow_layout(self)
        self._show_title()

    def _show_title(self) -> None:
        title, count = tr("Care reminders"), len(self._items)
        self.setWindowTitle(f"({count}) {title}" if self._marked and count else title)

    # -- Answers ----------------------------------------------------------------------------------

    def _fill_all_later(self) -> None:
        self.all_asking.reminders = self._items
        self.all_asking.fill_menu(self._foot.menu)

    def _done(self, ids: tuple[str, ...]) -> None:
        self._answer(ids, "done")

    def _skip(self, ids: tuple[str, ...], reason: str) -> None:
        self._answer(ids, "skipped", reason=reason)

    def _postpone(self, ids: tuple[str, ...], until: datetime) -> None:
        self._answer(ids, "later", until=until)

    def _postpone_until(self, ids: tuple[str, ...], local: datetime) -> None:
        self._postpone(ids, wall_instant(local, self._house.care.home))

    def _answer(
        self,
        ids: tuple[str, ...],
        state: str,
        *,
        until: datetime | None = None,
        reason: str = "",
    ) -> None:
        self._say_wrong("")
        answered = [one for one in self._items if one.id in ids]
        place = self._keys.pressed_at()
        try:
            with trying(lambda: self._answer(ids, state, until=until, reason=reason), self):
                self._answering.answer(answered, state, until=until, reason=reason)
        except UserError as error:
            self._say_wrong(explain(error))
            return
        self._pause.begin()
        self.all_asking.stop_asking()
        self.set_items([one for one in self._items if one.id not in ids])
        if self.isVisible():
            self._keys.go_on(place)

    def _say_wrong(self, sentence: str) -> None:
        """Say what went wrong, also to a screen reader; nothing went wrong for ""."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
        self._fit_if_seen()
        if sentence:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def _take_back(self) -> None:
        self._say_wrong("")
        try:
            again = self._answering.take_back()
        except UserError as error:
            self._say_wrong(explain(error))
        else:
            known = {one.id for one in self._items}
            fresh = [one for one in again if one.id not in known]
            late = self._house.reminders.late_among(again)
            self.set_items([*self._items, *fresh], late=late)
            self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- A window that is in nobody's way ---------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Start at the heading: no button waits under a finger."""
        super().showEvent(event)
        self._keys.be_quiet()
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """A test that was closed is over; the next time the panel comes up in its own corner."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._moved = False
            self._told = frozenset()
            self._stop_asking()
            self.end_rehearsal()

    def changeEvent(self, event: QEvent) -> None:
        """Ignore keys for a second after the panel got the keyboard."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._keys.be_quiet()
            self._marked = False
            self._show_title()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes a question, else the panel, and answers nothing; F2 and F4 lead to help."""
        if event.key() == Qt.Key.Key_Escape:
            asking = open_question(self.column.in_order(), self.all_asking)
            (self.hide if asking is None else asking.close_question)()
        elif event.key() == Qt.Key.Key_F2:
            self.emergency_asked.emit()
        elif event.key() == Qt.Key.Key_F4:
            self.open_asked.emit(CRISIS, "", "")
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As tall as three rows, with what stands above and below them."""
        shown = [place for place, one in enumerate(self.column.pieces) if one.kind in _WHOLE]
        last = shown[min(len(shown), _ROWS_SHOWN) - 1] + 1 if shown else 0
        tall = min(self.column.height_of(last), self._theme.px(_TALLEST))
        width = self._theme.px(WIDTH)
        for one in (self._head, self._rehearsal, self.wrong, self.all_asking, self._foot):
            if one is not None and not one.isHidden():
                wrapped = one.heightForWidth(width - 2)
                tall += wrapped if wrapped > 0 else one.sizeHint().height()
        return QSize(width, tall + 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw head, rows' ground, foot and outline."""
        head, foot = self._head.geometry().bottom() + 1, self.column.area.geometry().bottom() + 1
        paint_frame(QPainter(self), self._theme, self.rect(), head, foot)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the panel be moved by its head when it lies in the way."""
        window = self.windowHandle()
        on_head = event.position().y() < self._head.geometry().bottom()
        if window is not None and on_head:  # pyright: ignore[reportUnnecessaryComparison]
            self._moved = window.startSystemMove() or self._moved
        super().mousePressEvent(event)

    def _fit(self) -> None:
        """Take the size that is needed, in the place where it covers least."""
        room = room_here(self)
        # On a small screen the head of the window stays free, with the way to help in it.
        size = self.sizeHint().boundedTo(room.size() - QSize(24, self._theme.px(_HEAD_FREE)))
        taken = taken_by_forms(self)
        place = kept_corner(self.geometry(), size, room)
        stays = self._moved or not covers_what_matters(QRect(place, size), taken)
        if not (self.isVisible() and stays):
            place = spot_for(size, room, taken)
        self.resize(size)
        self.move(place)

    def _fit_if_seen(self) -> None:
        if self.isVisible():
            self._fit()

    def _step_aside(self) -> None:
        """Go to another corner when a form of ours opened below; never from under the mouse."""
        busy = self._moved or self.underMouse() or self.isActiveWindow()
        if self.isVisible() and not busy:
            taken = taken_by_forms(self)
            if covers_what_matters(self.geometry(), taken):
                self.move(spot_for(self.size(), room_here(self), taken))
