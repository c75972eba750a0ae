"""`ItemTick`: the tick of one item of a bag, with its words, whom it is left to, and its keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication

from caregiver_app.gui.theme import FontRole, Theme
from caregiver_app.gui.tokens import TARGET
from caregiver_app.gui.widgets.height import width_now
from caregiver_app.gui.widgets.text import breakable, set_tip
from caregiver_app.gui.widgets.ticks import BOX, TickRow, TickState, paint_tick
from caregiver_app.gui.words import tr
from caregiver_app.values import value

_WRAP: Final = int(Qt.TextFlag.TextWordWrap)
_FACT_SHARE: Final = 3
"""The words at the right take a third of the row at most."""
_TALL: Final = 10_000
_FOOT: Final = 8
"""Px below the last line."""


@value
class ItemWords:
    """What is written of an item.

    `note` stands below its name, `source` too, as a way to where it comes from; `brings` at the
    right, said as `brings_told` where it is too short to be understood by ear; `told` is for the
    tooltip and a screen reader alone.
    """

    title: str
    note: str = ""
    source: str = ""
    brings: str = ""
    told: str = ""
    on_its_way: bool = False
    brings_told: str = ""


@value
class _Places:
    title: QRect
    note: QRect
    source: QRect
    fact: QRect
    height: int


class ItemTick(TickRow):
    """A tick whose row can be dragged, or moved with Alt+Up and Alt+Down."""

    stepped = Signal(int)
    """One place up (-1) or down (1), asked for by keys."""
    walked = Signal(int)
    """The keyboard goes on to the item above (-1) or below (1)."""
    beside = Signal()
    """The keyboard goes to what stands beside the item."""
    remove_asked = Signal()
    menu_asked = Signal(QPoint)
    source_asked = Signal()
    drag_moved = Signal(QPoint)
    """The mouse, on the screen, while the row is dragged."""
    drag_ended = Signal(bool)
    """The row was let go; True where it is to stay there."""

    def __init__(self, theme: Theme) -> None:
        self._said = ItemWords("")
        self._pressed_at: QPoint | None = None
        self._dragged = False
        # By width and size of the letters: a layout tries several widths again and again.
        self._laid: dict[tuple[int, float], _Places] = {}
        super().__init__(theme, "", may_be_not_needed=True)
        self.setMouseTracking(True)

    def show_item(self, words: ItemWords, state: str) -> None:
        """Show an item and what became of it ("to_pack", "packed", "not_needed")."""
        looks: TickState = "open"
        if state in ("packed", "not_needed"):
            looks = "done" if state == "packed" else "not_needed"
        if (words, looks) == (self._said, self._state):
            return
        if words != self._said:
            self._said = words
            self._laid.clear()
            self._title = words.title
            set_tip(self, "\n".join(part for part in (words.told, words.brings) if part))
            self.updateGeometry()
        self.set_state(looks)

    def _show_state(self) -> None:
        super()._show_state()
        said = self._said
        state = {"done": tr("packed"), "not_needed": tr("not needed this time")}.get(self._state)
        if state is None:
            state = said.note if said.on_its_way else tr("still to pack")
        note = "" if said.on_its_way or self._state == "not_needed" else said.note
        parts = (state, note, said.source, said.brings_told or said.brings, said.told)
        self.setAccessibleDescription(", ".join(part for part in parts if part))

    # -- Hands ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go on to the next item, Right to its menu; Alt+Up and Alt+Down move it.

        Delete takes it out, Escape lets a drag go.
        """
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if self._dragged and event.key() == Qt.Key.Key_Escape:
            self._let_go(stays=False)
        elif step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(step)
        elif step is not None:
            self.walked.emit(step)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            # Qt would look for the button that lies nearest, in any list.
            if event.key() == Qt.Key.Key_Right:
                self.beside.emit()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer all that can be done with the item."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        below = self.mapToGlobal(QPoint(self._text_left(), self.height()))
        self.menu_asked.emit(event.globalPos() if by_mouse else below)

    def hitButton(self, pos: QPoint) -> bool:
        """All of the row ticks, but for the way to where its words come from."""
        return super().hitButton(pos) and not self._on_source(pos)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to tick, or to drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the row once the mouse went far enough with its button down."""
        at = event.position().toPoint()
        held, start = event.buttons() & Qt.MouseButton.LeftButton, self._pressed_at
        if not held or start is None:
            shape = Qt.CursorShape
            self.setCursor(shape.PointingHandCursor if self._on_source(at) else shape.ArrowCursor)
            super().mouseMoveEvent(event)
            return
        far = (at - start).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._dragged:
            self._dragged = True
            self.setDown(False)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragged:
            self.drag_moved.emit(event.globalPosition().toPoint())
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick, go to where the words come from, or let the row stay where it was dragged to."""
        start, self._pressed_at = self._pressed_at, None
        if self._dragged:
            self._let_go(stays=True)
        elif start is not None and self._is_click_on_source(start, event):
            self.source_asked.emit()
        # A button that is no longer down ticks nothing.
        super().mouseReleaseEvent(event)

    def _let_go(self, *, stays: bool) -> None:
        self._dragged = False
        self._pressed_at = None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.drag_ended.emit(stays)

    def _is_click_on_source(self, start: QPoint, event: QMouseEvent) -> bool:
        return self._on_source(start) and self._on_source(event.position().toPoint())

    def _on_source(self, pos: QPoint) -> bool:
        if not self._said.source:
            return False
        return self._places(self.width()).source.translated(0, self._down()).contains(pos)

    # -- Size and paint ---------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """One line for the name where there is room."""
        metrics = QFontMetrics(self._theme.font("strong"))
        width = self._text_left() + metrics.horizontalAdvance(self._title) + 8
        if self._said.brings:
            width += self._fact_size() + self._theme.px(12)
        return QSize(width, self.heightForWidth(width_now(self, width)))

    def minimumSizeHint(self) -> QSize:
        """The box and a few letters; words wrap."""
        letters = QFontMetrics(self._theme.font("strong")).averageCharWidth() * 12
        return QSize(self._text_left() + letters, self._theme.px(TARGET))

    def heightForWidth(self, width: int) -> int:
        """The wrapped words, never below the target."""
        return max(self._theme.px(TARGET), self._down() + self._places(width).height + self._foot())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the box and the words."""
        theme, said = self._theme, self._said
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.icon_px(BOX)
        places, down = self._places(self.width()), self._down()
        top = (theme.px(TARGET) - side) // 2
        paint_tick(painter, theme, QRect(0, top, side, side), self._state)
        over = self._state != "open"
        painter.setFont(self._name_font())
        painter.setPen(theme.colour("soft" if over else "ink"))
        painter.drawText(places.title.translated(0, down), _WRAP, breakable(said.title))
        self._paint_below(painter, places, down)
        if said.brings:
            painter.setFont(theme.font("second"))
            painter.setPen(theme.colour("soft"))
            words = painter.fontMetrics().elidedText(
                said.brings, Qt.TextElideMode.ElideRight, places.fact.width()
            )
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(places.fact.translated(0, down), flags, words)

    def _paint_below(self, painter: QPainter, places: _Places, down: int) -> None:
        theme, said = self._theme, self._said
        if said.note:
            painter.setFont(theme.font(self._note_role()))
            painter.setPen(theme.colour("warn" if said.on_its_way else "soft"))
            painter.drawText(places.note.translated(0, down), _WRAP, breakable(said.note))
        if said.source:
            painter.setFont(theme.font("second"))
            painter.setPen(theme.colour("link"))
            painter.drawText(places.source.translated(0, down), _WRAP, breakable(said.source))

    def _places(self, width: int) -> _Places:
        """Return where the words stand in a row of that width, from the top of the first line."""
        question = (width, self._theme.scale)
        if question not in self._laid:
            self._laid[question] = self._lay(width)
        return self._laid[question]

    def _lay(self, width: int) -> _Places:
        said, theme = self._said, self._theme
        left = self._text_left()
        fact = min(self._fact_size(), width // _FACT_SHARE) if said.brings else 0
        gap = theme.px(12) if fact else 0
        room = max(40, width - left - fact - gap)
        # In the wider letters of an open item, so that no row grows or shrinks under the hand.
        title = _box(theme.font("strong"), said.title, left, 0, room)
        below = title.bottom() + 1
        note = _box(theme.font(self._note_role()), said.note, left, below, room)
        below += note.height()
        source = _box(theme.font("second"), said.source, left, below, room)
        first = QFontMetrics(theme.font("strong")).height()
        return _Places(
            title, note, source, QRect(width - fact, 0, fact, first), below + source.height()
        )

    def _down(self) -> int:
        """Return where the words begin: the middle of their first line is that of the box."""
        line = QFontMetrics(self._theme.font("strong")).height()
        return max(0, (self._theme.px(TARGET) - line) // 2)

    def _foot(self) -> int:
        return self._theme.px(_FOOT)

    def _name_font(self) -> QFont:
        return self._theme.font("strong" if self._state == "open" else "body")

    def _note_role(self) -> FontRole:
        return "second_strong" if self._said.on_its_way else "second"

    def _fact_size(self) -> int:
        return QFontMetrics(self._theme.font("second")).horizontalAdvance(self._said.brings) + 2


def _box(font: QFont, words: str, left: int, top: int, room: int) -> QRect:
    """Return the room that wrapped words take, none for no words."""
    if not words:
        return QRect(left, top, 0, 0)
    whole = QRect(left, top, room, _TALL)
    box = QFontMetrics(font).boundingRect(whole, _WRAP, breakable(words))
    return QRect(left, top, min(room, box.width() + 2), box.height())
