"""The week as an item view: to a screen reader a list of days and what is on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from caregiver_app.gui.calendar.month_model import Day
from caregiver_app.gui.calendar.week import keys as week_keys
from caregiver_app.gui.calendar.week.cursor import ABOVE, Spot, spot_at, spot_of
from caregiver_app.gui.calendar.week.drag import Landing
from caregiver_app.gui.calendar.week.geometry import Pile
from caregiver_app.gui.calendar.week.hand import Hand
from caregiver_app.gui.calendar.week.model import Item, WeekShown, minute_text
from caregiver_app.gui.calendar.week.paint import (
    Scene,
    WeekPainter,
    slot_words,
)
from caregiver_app.gui.calendar.week.surface import USUAL, WeekSurface
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.by_ear import follow_marks
from caregiver_app.gui.widgets.text import plain_tooltip
from caregiver_app.gui.words import tr

_INDEX = QModelIndex | QPersistentModelIndex
_BY_KEYS: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_TICK: Final = 20_000


class WeekGrid(WeekSurface):
    """Seven days by 24 hours. It changes nothing: it says what somebody wants."""

    day_chosen = Signal(object)
    opened = Signal(str)
    add_asked = Signal(object, object)
    moved = Signal(str, object, object)
    stretched = Signal(str, int)
    menu_asked = Signal(str, QPoint)
    delete_asked = Signal(str)
    week_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        now: Callable[[], datetime] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`now` answers the wall time; without it, it is as late as when the week was made."""
        super().__init__(theme, parent)
        self._clock = now
        self.minute = USUAL
        self._painter = WeekPainter(theme)
        self.hand = Hand(self)
        self._landing: Landing | None = None
        self._today = date.min
        self._by_keys = False
        self._sought = False
        self._choosing = False
        self._pointed = ""
        self._menu: QMenu | None = None
        self._dress()
        self._ticker = QTimer(self)
        self._ticker.setInterval(_TICK)
        self._ticker.timeout.connect(self.tick)

    def _dress(self) -> None:
        self.setAccessibleName(tr("Week"))
        self.setAccessibleDescription(
            tr(
                "Arrow keys move by half hours and days, Page Up and Page Down by week, Home goes "
                "to today. Enter opens or adds. With Alt, arrow keys move what is chosen; with Alt "
                "and Shift they change how long it takes."
            )
        )
        self.selectionModel().currentChanged.connect(self._marked)
        follow_marks(self)

    # -- What is shown ----------------------------------------------------------------------------

    def show_week(self, shown: WeekShown) -> None:
        """Show a week with `shown.chosen` in sight; what was chosen stays so where it can."""
        same = bool(self.shown.days) and self.shown.first == shown.first
        spot = self._spot_in(shown)
        self.shown, self._today = shown, shown.now.date()
        self.hand.look_again()
        self._choosing = True
        self._lines.set_week(shown)
        self._choosing = False
        # The clock may be written otherwise by now.
        self._lengths = None
        self._forget()
        if not same:
            self._begin = None
        if not self._opened_once and self.isVisible():
            self._open_hours()
        self._take(spot, scroll=self._sought)
        self._sought = False
        if spot.day != shown.chosen:
            QTimer.singleShot(0, self, partial(self.day_chosen.emit, spot.day))

    def now(self) -> datetime:
        """Return the wall time."""
        return self.shown.now if self._clock is None else self._clock()

    def tick(self) -> None:
        """Let the line of now go on; at midnight the week is asked for anew."""
        now = self.now()
        if self.shown.days and now.date() != self._today:
            was_today = self.spot.day == self._today
            self._today = now.date()
            self.week_wanted.emit(self._today if was_today else self.spot.day)
        self.viewport().update()

    @property
    def item(self) -> Item | None:
        """The chosen item, None on a free place."""
        return self.shown.item(self.spot.key) if self.spot.key else None

    def _spot_in(self, shown: WeekShown) -> Spot:
        """Return what is chosen in a week: the same item, what became of it, or the same hour."""
        spot, landing = self.spot, self._landing
        item = shown.item(spot.key) if spot.key else None
        if item is not None and item.touches(shown.chosen):
            return spot_of(item, shown.chosen)
        if item is None and landing is not None:
            self._landing = None
            found = _became(shown, landing)
            if found is not None:
                return spot_of(found, found.first)
            if shown.index(landing.day) is None:
                QTimer.singleShot(0, self, partial(self.week_wanted.emit, landing.day))
        if spot.day == date.min:
            now = shown.now
            today = now.date() == shown.chosen
            self.minute = now.hour * 60 + now.minute if today else USUAL
        return spot_at(shown, shown.chosen, self.minute)

    # -- Choosing ---------------------------------------------------------------------------------

    def choose(self, spot: Spot, *, scroll: bool = True, keep_minute: bool = False) -> None:
        """Choose an item or a free place, and say so when it is another item or day."""
        before = self.spot
        self._landing = None
        if not keep_minute:
            self.minute = spot.minute
        self._take(spot, scroll=scroll)
        if (spot.day, spot.key) != (before.day, before.key):
            self.day_chosen.emit(spot.day)

    def go_to(self, moment: datetime) -> None:
        """Choose what happens at a wall time, or ask for its week and choose it then."""
        minute = moment.hour * 60 + moment.minute
        if self.shown.index(moment.date()) is not None:
            self.choose(spot_at(self.shown, moment.date(), minute))
            return
        self.minute, self._sought, self._landing = minute, True, None
        self.week_wanted.emit(moment.date())

    def choose_key(self, key: str) -> bool:
        """Choose an item by its key; False when it is not in this week."""
        item = self.shown.item(key)
        if item is not None and key != self.spot.key:
            self.choose(spot_of(item, self.spot.day))
        return item is not None

    def _take(self, spot: Spot, *, scroll: bool) -> None:
        self.spot = spot
        if self._week is not None and self._week.column(spot.day) is None:
            self._forget()
        index = self._lines.index_of_key(spot.key) if spot.key else self._lines.free()
        if not spot.key:
            self._lines.set_free(slot_words(spot))
        again = index == self.currentIndex()
        self._choosing = True
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self._choosing = False
        if again and self.hasFocus() and QAccessible.isActive():
            told = QAccessibleEvent(self, QAccessible.Event.Focus)
            told.setChild(index.row())
            QAccessible.updateAccessibility(told)
        if scroll:
            self.show_spot()
        self.viewport().update()

    def _marked(self, index: QModelIndex) -> None:
        """Follow what was marked from outside."""
        if self._choosing or not index.isValid():
            return
        line = self._lines.line(index)
        if isinstance(line, Item):
            self.choose(spot_of(line, self.spot.day))
        elif isinstance(line, Day):
            self.choose(spot_at(self.shown, line.day, self.minute))

    # -- What is wanted ---------------------------------------------------------------------------

    def land(self, landing: Landing) -> None:
        """Say that an item is wanted at another time or length."""
        item = landing.item
        self._landing = landing
        if (landing.day, landing.start) == (item.first, item.start):
            if landing.minutes != item.minutes:
                self.stretched.emit(item.key, landing.minutes)
        else:
            self.moved.emit(item.key, landing.day, landing.hour)

    def ask_to_add(self) -> None:
        """Say that something is to be added where the keys stand; above the hours without one."""
        minute = self.spot.minute
        moment = datetime.combine(self.spot.day, time()) + timedelta(minutes=max(0, minute))
        self.add_asked.emit(self.spot.day, None if minute == ABOVE else moment.time())

    def ask_menu(self, at: QPoint | None = None) -> None:
        """Ask for the menu of what is chosen; a free place has one of its own."""
        box = self.visualRect(self.currentIndex())
        spot = self.viewport().mapToGlobal(box.bottomLeft() if at is None else at)
        if self.spot.key:
            self.menu_asked.emit(self.spot.key, spot)
            return
        words = tr("Add an appointment")
        if self.spot.minute != ABOVE:
            words = tr("Add an appointment at {time}", time=minute_text(self.spot.minute))
        self._popup([(words, self.ask_to_add)], spot)

    def ask_which(self, pile: Pile) -> None:
        """Let one choose among what found no room."""
        items = [item for key in pile.keys if (item := self.shown.item(key)) is not None]
        items.sort(key=lambda one: one.start or 0)
        lines = [
            (tr("{time}  {title}", time=one.time or tr("all day"), title=one.title),
             partial(self._open_piled, one, pile.day))
            for one in items
        ]  # fmt: skip
        corner = self.week.box_of(items[0].key, self.scrolled) if items else QRect()
        self._popup(lines, self.viewport().mapToGlobal(corner.bottomLeft()))

    def _open_piled(self, item: Item, day: date) -> None:
        self.choose(spot_of(item, day), scroll=False)
        self.opened.emit(item.key)

    def _popup(self, lines: list[tuple[str, Callable[[], None]]], at: QPoint) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = QMenu(self)
        for words, act in lines:
            self._menu.addAction(words.replace("&", "&&"), act)
        self._menu.popup(at)

    # -- Events -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the week."""
        if not self.shown.days:
            return
        painter = QPainter(self.viewport())
        ring = self._by_keys and self.hasFocus()
        scene = Scene(self.scrolled, self.spot, self.now(), ring, self._pointed, self.hand.ghost)
        self._painter.paint(painter, self.week, scene)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go about and act by keys."""
        self._by_keys = True
        if not self.shown.days or not week_keys.press(self, event):
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose; the left button also takes hold."""
        self._by_keys = False
        if self.shown.days and event.button() == Qt.MouseButton.LeftButton:
            self.hand.press(event.position().toPoint())
        elif self.shown.days and event.button() == Qt.MouseButton.RightButton:
            self.hand.let_go()
            self.hand.press(event.position().toPoint())
            self.hand.let_go()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or show what can be done here."""
        if not self.shown.days:
            return
        point = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.hand.move(point)
        elif (pointed := self.hand.hover(point)) != self._pointed:
            self._pointed = pointed
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop."""
        if self.shown.days and event.button() == Qt.MouseButton.LeftButton:
            self.hand.release(event.position().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open an item, or add in a free place."""
        if not self.shown.days or event.button() != Qt.MouseButton.LeftButton:
            return
        hit = self.hand.hit(event.position().toPoint())
        if hit.item is not None:
            self.opened.emit(hit.item.key)
        elif hit.what == "slot":
            self.choose(Spot(hit.day, hit.minute), scroll=False)
            self.ask_to_add()

    def event(self, event: QEvent) -> bool:
        """Take a question for the menu that no mouse asked: what scrolls is deaf to it."""
        if isinstance(event, QContextMenuEvent) and self.shown.days:
            by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
            self.ask_menu(event.pos() if by_mouse else None)
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Answer the mouse's question for the menu, and what a number stands for."""
        if isinstance(event, QContextMenuEvent) and self.shown.days:
            hit = self.hand.hit(event.pos())
            if hit.what in ("item", "slot"):
                self.ask_menu(event.pos())
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            pile = self.hand.hit(event.pos()).pile if self.shown.days else None
            if pile is not None:
                items = (self.shown.item(key) for key in pile.keys)
                words = "\n".join(f"{one.time} {one.title}".strip() for one in items if one)
                QToolTip.showText(event.globalPos(), plain_tooltip(words), self.viewport())
                return True
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys act, when they brought us here."""
        self._by_keys = self._by_keys or event.reason() in _BY_KEYS
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is dragged is let go of when something else takes the keyboard."""
        if self.hand.is_dragging:
            self.hand.let_go()
        super().focusOutEvent(event)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        self._pointed = ""
        self.viewport().update()
        super().leaveEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the first hour that matters; the line of now goes on while it is seen."""
        super().showEvent(event)
        self._ticker.start()
        if self.shown.days:
            if not self._opened_once:
                self._open_hours()
            self.tick()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at the clock."""
        self._ticker.stop()
        self.hand.let_go()
        super().hideEvent(event)


def _became(shown: WeekShown, landing: Landing) -> Item | None:
    """Return what an item became that was to land somewhere; a date of a series gets a new key."""
    return next(
        (
            one
            for one in shown.items
            if one.title == landing.item.title
            and one.kind == landing.item.kind
            and (one.first, one.start) == (landing.day, landing.start)
        ),
        None,
    )
