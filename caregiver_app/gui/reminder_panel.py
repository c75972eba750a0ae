"""The reminder panel: a small window above all others that never takes the keyboard.

It is the truth about reminders: the desktop's notice is only an extra. Closing it answers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.times import in_zone, wall_instant
from caregiver_app.errors import UserError
from caregiver_app.gui.answer_pause import AnswerPause, running_ms
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.reminder_answers import fill_later, grouped
from caregiver_app.gui.reminder_rows import GroupRow, ReminderRow
from caregiver_app.gui.reminder_words import ReminderWords
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import IconButton, QuietButton
from caregiver_app.gui.widgets.chips import IconDisc
from caregiver_app.gui.widgets.text import ScrollArea, Text
from caregiver_app.gui.words import count_text, long_date, time_text, tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household

WIDTH: Final = 420
QUIET_MS: Final = 1000
"""Keys do nothing for so long after the panel got the keyboard: they were meant for elsewhere."""
_ROWS_SHOWN: Final = 3
_TALLEST: Final = 480
_HOUR: Final = 60
_UNBOUND: Final = 16_777_215
"""The greatest height that Qt knows."""
_KEYS: Final = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)


class ReminderPanel(QWidget):
    """Shows what is due and waits for Done, Later or Skip."""

    emergency_asked = Signal()
    """F2 was pressed here."""

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
        self._quiet_until = 0
        self._pause = AnswerPause(self, now_ms)
        self._items: tuple[Reminder, ...] = ()
        self._shown_keys: tuple[str, ...] = ()
        self.rows: list[ReminderRow | GroupRow] = []
        self._row_of: dict[str, ReminderRow | GroupRow] = {}
        self._new: tuple[str, ...] = ()
        self._rehearsal: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle(tr("Care reminders"))
        self._build()
        theme.changed.connect(self._fit)

    # -- What it shows ----------------------------------------------------------------------------

    @property
    def items(self) -> tuple[Reminder, ...]:
        """What stands in the panel, the oldest first."""
        return self._items

    def set_items(self, reminders: Sequence[Reminder]) -> None:
        """Show these, the oldest first; none closes the panel."""
        ordered = tuple(sorted(reminders, key=lambda one: (one.due, one.id)))
        keys = tuple(one.id for one in ordered)
        self._items = ordered
        if keys != self._shown_keys:
            before, self._shown_keys = self._shown_keys, keys
            self._fill()
            self._note_new(before)
        else:
            for row in self.rows:
                row.refresh()
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

    def show_rehearsal(self, line: QWidget) -> None:
        """Come up with a test `line` above what is due; closing the panel takes it away as well."""
        self.end_rehearsal()
        self._rehearsal = line
        self._column.insertWidget(1, line)
        line.show()
        self._guard(self)
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

    def _note_new(self, before: tuple[str, ...]) -> None:
        """Remember what came to what stood here already; a list that is all new starts on top."""
        came = [one for one in self._items if one.id not in before]
        came.sort(key=lambda one: one.rings)
        still = set(before).intersection(self._shown_keys)
        self._new = tuple(one.id for one in came) if still else ()
        if self.isVisible():
            QTimer.singleShot(0, self, self._show_new)

    def _show_new(self) -> None:
        """Scroll to what came, once its place is known; what rings is shown last and so for sure.

        The order stays: the oldest first.
        """
        if not self.isVisible():
            return
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        for key in self._new:
            row = self._row_of.get(key)
            if row is not None:
                self._scroll.ensureWidgetVisible(row, 0, 0)
        self._new = ()

    def _build(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 8)
        head.setSpacing(12)
        head.addWidget(IconDisc(self._theme, "reminder", ground="desk", size=26))
        titles = QVBoxLayout()
        titles.setSpacing(0)
        self.heading = Text("", "card_title")
        self.heading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._day = Text("", "second", "soft")
        titles.addWidget(self.heading)
        titles.addWidget(self._day)
        head.addLayout(titles, 1)
        self.close_button = IconButton(
            self._theme, "close", tr("Close; nothing is answered"), quiet=True
        )
        self.close_button.clicked.connect(self.hide)
        head.addWidget(self.close_button)
        column.addLayout(head)
        body = QWidget()
        self._rows = QVBoxLayout(body)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._scroll = ScrollArea(body)
        column.addWidget(self._scroll, 1)
        self.wrong = Text("", "second", "alarm")
        self.wrong.setContentsMargins(16, 4, 16, 4)
        self.wrong.hide()
        column.addWidget(self.wrong)
        foot = QHBoxLayout()
        foot.setContentsMargins(18, 8, 10, 8)
        self._late = Text("", "second", "soft")
        foot.addWidget(self._late, 1)
        self.all_later = QuietButton(self._theme, tr("All later, 1 hour"))
        self.all_later.clicked.connect(self._postpone_all)
        self._pause.guard(self.all_later)
        foot.addWidget(self.all_later)
        column.addLayout(foot)
        self._guard(self)

    def _fill(self) -> None:
        clear_layout(self._rows)
        self.rows = []
        self._row_of = {}
        for group in grouped(self._items):
            row = self._group_row(group) if len(group) > 1 else self._single_row(group[0])
            self.rows.append(row)
            self._row_of.update((one.id, row) for one in group)
            self._rows.addWidget(row)
            self._pause.guard(row)
        self._rows.addStretch(1)
        self._guard(self)
        if self.isVisible():
            self._fit()

    def _single_row(self, reminder: Reminder) -> ReminderRow:
        row = ReminderRow(self._theme, self._words, reminder, self._house.care, first=not self.rows)
        row.set_later(self._later_menu((reminder.id,), row))
        row.done.connect(self._done)
        row.skipped.connect(self._skip)
        row.picked.connect(self._postpone_until)
        return row

    def _group_row(self, group: Sequence[Reminder]) -> GroupRow:
        row = GroupRow(self._theme, self._words, group, first=not self.rows)
        row.set_later(self._later_menu(tuple(one.id for one in group), row))
        row.done.connect(self._done)
        row.skipped.connect(self._skip)
        return row

    def _show_heading(self) -> None:
        count = len(self._items)
        title = count_text(count, "{count} thing to look at", "{count} things to look at")
        if not count and self._rehearsal is not None:
            title = tr("A test")
        self._scroll.setMaximumHeight(_UNBOUND if count else 0)
        now = in_zone(self._house.care.now, self._house.care.home)
        day = f"{long_date(now.date())}, {time_text(now)}"
        self.heading.setText(title)
        self.heading.setAccessibleName(f"{title}. {day}")
        self._day.setText(day)
        late = sum(self._words.is_overdue(reminder) for reminder in self._items)
        self._late.setText(tr("Not marked yet: {count}", count=late) if late else "")
        self.all_later.setVisible(count > 1)

    # -- Answers ----------------------------------------------------------------------------------

    def _later_menu(self, ids: tuple[str, ...], row: ReminderRow | GroupRow) -> QMenu:
        menu = QMenu(row)
        pick = row.ask_time if isinstance(row, ReminderRow) else None
        chosen = partial(self._postpone, ids)
        menu.aboutToShow.connect(lambda: fill_later(menu, self._house.care, chosen, pick))
        return menu

    def _done(self, ids: tuple[str, ...]) -> None:
        self._answer(ids, "done")

    def _skip(self, ids: tuple[str, ...], reason: str) -> None:
        self._answer(ids, "skipped", reason=reason)

    def _postpone(self, ids: tuple[str, ...], until: datetime) -> None:
        self._answer(ids, "later", until=until)

    def _postpone_until(self, reminder: str, local: datetime) -> None:
        self._postpone((reminder,), wall_instant(local, self._house.care.home))

    def _postpone_all(self) -> None:
        until = self._house.care.now + timedelta(minutes=_HOUR)
        self._postpone(tuple(reminder.id for reminder in self._items), until)

    def _answer(
        self,
        ids: tuple[str, ...],
        state: str,
        *,
        until: datetime | None = None,
        reason: str = "",
    ) -> None:
        self.wrong.hide()
        reminders, many = self._house.reminders, len(ids) > 1
        label, count = f"done.answered_{state}_many", len(ids)
        try:
            # One press is one change, so that one undo takes all of it back.
            with self._house.care.change(label, count=count) if many else nullcontext():
                for reminder in ids:
                    reminders.answer(reminder, state, until=until, reason=reason)
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()
        else:
            self._pause.begin()
            self.set_items([one for one in self._items if one.id not in ids])
        if self.isVisible():
            self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- A window that is in nobody's way ---------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Start at the heading: no button waits under a finger."""
        super().showEvent(event)
        self._be_quiet()
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """A test that was closed is over."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.end_rehearsal()

    def changeEvent(self, event: QEvent) -> None:
        """Ignore keys for a second after the panel got the keyboard."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._be_quiet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes, and answers nothing; F2 leads to the emergency page."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        if event.key() == Qt.Key.Key_F2:
            self.emergency_asked.emit()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow keys that were typed for another window; the way to help is never barred."""
        if event.type() in _KEYS and self._now_ms() < self._quiet_until:
            return not (isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F2)
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """As tall as three rows."""
        tall = min(sum(map(self._row_height, self.rows[:_ROWS_SHOWN])), self._theme.px(_TALLEST))
        frame = self._theme.px(62) + self._theme.px(62)
        if self._rehearsal is not None:
            tall += self._row_height(self._rehearsal)
            frame -= 0 if self._items else self._theme.px(38)
        return QSize(self._theme.px(WIDTH), tall + frame + 2)

    def _row_height(self, row: QWidget) -> int:
        """Return how tall a row is once its words are wrapped to the panel's width."""
        wrapped = row.heightForWidth(self._theme.px(WIDTH) - 2)
        return wrapped if wrapped > 0 else row.sizeHint().height()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw head, rows' ground, foot and outline."""
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.colour("card"))
        middle = self._scroll.geometry()
        painter.fillRect(0, 0, self.width(), middle.top(), theme.colour("desk"))
        foot = middle.bottom() + 1
        painter.fillRect(0, foot, self.width(), self.height() - foot, theme.colour("sunk"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(0, middle.top() - 1, self.width(), middle.top() - 1)
        painter.drawLine(0, foot, self.width(), foot)
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the panel be moved by its head when it lies in the way."""
        window = self.windowHandle()
        if window is not None and event.position().y() < self._scroll.geometry().top():  # pyright: ignore[reportUnnecessaryComparison]
            window.startSystemMove()
        super().mousePressEvent(event)

    def _be_quiet(self) -> None:
        self._quiet_until = self._now_ms() + QUIET_MS

    def _guard(self, widget: QWidget) -> None:
        for one in (widget, *widget.findChildren(QWidget)):
            one.removeEventFilter(self)
            one.installEventFilter(self)

    def _fit(self) -> None:
        screen = self.screen() or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        wanted = self.sizeHint().boundedTo(room.size() - QSize(24, 24))
        self.resize(wanted)
        self.move(room.right() - wanted.width() - 12, room.bottom() - wanted.height() - 12)
