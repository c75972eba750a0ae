"""`Tick`, a 26 px box that says open, done or not needed, and `TickRow`, a whole row around it."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QCheckBox, QMenu, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_TICK, TARGET
from caregiver_app.gui.widgets.buttons import enter_presses
from caregiver_app.gui.widgets.height import follow_width, width_changed, width_now
from caregiver_app.gui.widgets.text import breakable
from caregiver_app.gui.words import tr

TickState = Literal["open", "done", "not_needed"]
BOX: Final = 26


class TickRow(QCheckBox):
    """A row of at least 44 px that is wholly clickable: box, title, note, and a fact at the right.

    Space or a click turns open to done and back, and "not needed" to open. With
    `may_be_not_needed` the context menu and the key N mark it as not needed.
    """

    state_changed = Signal(str)
    """The new `TickState`, only when the person changed it."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        *,
        note: str = "",
        fact: str = "",
        state: TickState = "open",
        may_be_not_needed: bool = False,
        strong: bool = True,
        fades: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """A done row `fades`, its work is over; words that were agreed to should not."""
        super().__init__(parent)
        self._theme = theme
        self._fades = fades
        self._title, self._note, self._fact = title, note, fact
        self._state: TickState = state
        self._strong = strong
        # A layout asks many times for each that it makes.
        self._heights: dict[tuple[int, float], int] = {}
        self.may_be_not_needed = may_be_not_needed
        follow_width(self)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        # Not `clicked`: a screen reader's "toggle" turns the box without a click.
        self.toggled.connect(self._turned)
        theme.changed.connect(self._resettle)
        self._show_state()

    # -- State ------------------------------------------------------------------------------------

    @property
    def state(self) -> TickState:
        """Open, done or not needed."""
        return self._state

    def set_state(self, state: TickState) -> None:
        """Show another state; no signal."""
        self._state = state
        self._show_state()

    def set_words(self, title: str, *, note: str = "", fact: str = "") -> None:
        """Change the words of the row."""
        self._title, self._note, self._fact = title, note, fact
        self._show_state()
        self.updateGeometry()

    def _choose(self, state: TickState) -> None:
        self.set_state(state)
        self.state_changed.emit(state)

    def _turned(self) -> None:
        self._choose("done" if self._state == "open" else "open")

    def _show_state(self) -> None:
        self._heights.clear()
        blocked = self.blockSignals(True)
        self.setChecked(self._state == "done")
        self.blockSignals(blocked)
        self.setAccessibleName(self._title)
        said = [self._note, self._fact]
        if self._state == "not_needed":
            said.insert(0, tr("not needed"))
        self.setAccessibleDescription(", ".join(part for part in said if part))
        self.update()

    # -- Hands ------------------------------------------------------------------------------------

    def hitButton(self, pos: QPoint) -> bool:
        """The whole row can be clicked."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N marks as not needed; Enter ticks like Space."""
        if event.key() == Qt.Key.Key_N and self.may_be_not_needed and not event.modifiers():
            self._turn_not_needed()
        elif not enter_presses(self, event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer "not needed" where that makes sense."""
        if not self.may_be_not_needed:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        needed = self._state == "not_needed"
        menu.addAction(self._not_needed_action(menu, needed=needed))
        menu.popup(event.globalPos())

    def _not_needed_action(self, menu: QMenu, *, needed: bool) -> QAction:
        action = QAction(tr("Needed after all") if needed else tr("Not needed this time"), menu)
        action.triggered.connect(self._turn_not_needed)
        return action

    def _turn_not_needed(self) -> None:
        self._choose("open" if self._state == "not_needed" else "not_needed")

    # -- Size and paint ---------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """One line of words where there is room."""
        metrics = QFontMetrics(self._font())
        width = self._text_left() + metrics.horizontalAdvance(self._full_text()) + 8
        width += self._fact_width()
        return QSize(width, self.heightForWidth(width_now(self, width)))

    def minimumSizeHint(self) -> QSize:
        """The box and a few letters; words wrap."""
        letters = QFontMetrics(self._font()).averageCharWidth() * 8 if self._title else 0
        width = self._text_left() + letters + self._fact_width()
        return QSize(width, self._theme.px(TARGET))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths wrap the words otherwise."""
        super().resizeEvent(event)
        width_changed(self, event)

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The wrapped words, never below the target."""
        asked = (width, self._theme.scale)
        if asked not in self._heights:
            self._heights[asked] = self._height_at(width)
        return self._heights[asked]

    def _height_at(self, width: int) -> int:
        metrics = QFontMetrics(self._font())
        room = QRect(0, 0, max(40, width - self._text_left() - self._fact_width()), 10_000)
        flags = Qt.TextFlag.TextWordWrap
        needed = metrics.boundingRect(room, int(flags), self._full_text()).height()
        return max(self._theme.px(TARGET), needed + self._theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw box, title and note, and the fact at the right."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.icon_px(BOX)
        box = QRect(0, (self.height() - side) // 2, side, side)
        paint_tick(painter, theme, box, self._state, usable=self.isEnabled())
        if not self._title:
            return
        done = self._is_over() or not self.isEnabled()
        painter.setFont(self._font())
        painter.setPen(theme.colour("soft" if done else "ink"))
        left, fact = self._text_left(), self._fact_width()
        room = QRect(left, 0, self.width() - left - fact, self.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        used = painter.boundingRect(room, int(flags), self._full_text())
        if self._note and used.height() <= painter.fontMetrics().height() + 2:
            self._paint_with_note(painter, room)
        else:
            painter.drawText(room, int(flags), self._full_text())
        if self._fact:
            painter.setFont(theme.font("second"))
            painter.setPen(theme.colour("soft"))
            place = QRect(self.width() - fact, 0, fact, self.height())
            painter.drawText(
                place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._fact
            )

    def _paint_with_note(self, painter: QPainter, room: QRect) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, middle, self._title)
        shift = painter.fontMetrics().horizontalAdvance(self._title)
        painter.setFont(self._theme.font("second"))
        painter.setPen(self._theme.colour("soft"))
        painter.drawText(room.adjusted(shift, 0, 0, 0), middle, f" · {self._note}")

    def _font(self) -> QFont:
        strong = self._strong and not self._is_over()
        return self._theme.font("strong" if strong else "body")

    def _is_over(self) -> bool:
        return self._state == "not_needed" or (self._fades and self._state == "done")

    def _full_text(self) -> str:
        return breakable(f"{self._title} · {self._note}" if self._note else self._title)

    def _text_left(self) -> int:
        side = self._theme.icon_px(BOX)
        return side + self._theme.px(13) if self._title else max(side, self._theme.px(TARGET))

    def _fact_width(self) -> int:
        if not self._fact:
            return 0
        return QFontMetrics(self._theme.font("second")).horizontalAdvance(self._fact) + 12

    def _resettle(self) -> None:
        self.updateGeometry()
        self.update()


class Tick(TickRow):
    """The box alone, for rows that paint their own words; `name` is what it is called."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        state: TickState = "open",
        may_be_not_needed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "", state=state, may_be_not_needed=may_be_not_needed, parent=parent)
        self._name = name
        self.setAccessibleName(name)

    def _show_state(self) -> None:
        super()._show_state()
        self.setAccessibleName(getattr(self, "_name", ""))


def paint_tick(
    painter: QPainter, theme: Theme, box: QRect, state: TickState, *, usable: bool = True
) -> None:
    """Paint a tick box; lists with delegates use it as well."""
    inner = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.save()
    if not usable:
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("sunk"))
    elif state == "done":
        painter.setPen(QPen(theme.colour("primary"), 1))
        painter.setBrush(theme.colour("primary"))
    elif state == "not_needed":
        pen = QPen(theme.colour("edge"), 1)
        pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setPen(QPen(theme.colour("edge"), 1.25))
        painter.setBrush(theme.colour("card"))
    painter.drawRoundedRect(inner, RADIUS_TICK, RADIUS_TICK)
    sign = {"done": ("done", "on_primary", 18), "not_needed": ("close", "soft", 14)}.get(state)
    if sign is not None:
        name, role, size = sign
        picture = theme.pixmap(name, role if usable else "soft", size)
        side = theme.icon_px(size)
        spot = box.center() - QPoint((side - 1) // 2, (side - 1) // 2)
        painter.drawPixmap(spot, picture)
    painter.restore()
