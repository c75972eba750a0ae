"""`Segmented`: a few words in one outline, of which one or none is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from caregiver_app.gui.theme import FontRole, Theme
from caregiver_app.gui.tokens import RADIUS_BUTTON, TARGET
from caregiver_app.gui.widgets.height import follow_width, width_changed, width_now

_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_AHEAD = (Qt.Key.Key_Right, Qt.Key.Key_Down)


class Segment(QRadioButton):
    """One word of a `Segmented`; painted by itself, a radio button to a screen reader."""

    def __init__(
        self, theme: Theme, key: str, text: str, icon: str | None, *, large: bool = False
    ) -> None:
        super().__init__()
        self.key = key
        self._theme = theme
        self._plain: FontRole = "large" if large else "body"
        self._strong: FontRole = "large_strong" if large else "strong"
        self._words = text
        self._icon = icon
        self.rounded: tuple[bool, bool, bool, bool] = (False, False, False, False)
        self.setAccessibleName(text)
        self.setToolTip("")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def words(self) -> str:
        """The text of this segment."""
        return self._words

    def sizeHint(self) -> QSize:
        """Room for icon and words, as if chosen: choosing must not move anything."""
        metrics = QFontMetrics(self._theme.font(self._strong))
        width = metrics.horizontalAdvance(self._words) + 2 * self._theme.px(15)
        if self._icon:
            width += self._theme.icon_px(20) + self._theme.px(8)
        return QSize(width, max(self._theme.px(TARGET), metrics.height() + 12))

    def hitButton(self, pos: QPoint) -> bool:  # noqa: ARG002 - Qt's name and signature
        """The whole segment can be clicked."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw ground, icon and words."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, usable = self.isChecked(), self.isEnabled()
        ground = "tint" if chosen else "sunk" if self.underMouse() or not usable else "card"
        path = rounded_path(QRectF(self.rect()), RADIUS_BUTTON - 1, self.rounded)
        painter.fillPath(path, theme.colour(ground))
        role = "soft" if not usable else "primary" if chosen else "ink"
        painter.setFont(theme.font(self._strong if chosen else self._plain))
        painter.setPen(theme.colour(role))
        text_width = painter.fontMetrics().horizontalAdvance(self._words)
        icon_width = theme.icon_px(20) + theme.px(8) if self._icon else 0
        left = max(theme.px(8), (self.width() - text_width - icon_width) // 2)
        if self._icon:
            picture = theme.pixmap(self._icon, role)
            painter.drawPixmap(left, (self.height() - theme.icon_px(20)) // 2, picture)
        room = QRect(left + icon_width, 0, self.width() - left - icon_width, self.height())
        words = painter.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrow keys to the group; Enter chooses like Space."""
        parent, key = self.parentWidget(), Qt.Key(event.key())
        # Ctrl+Enter and the like are meant for the whole form.
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and isinstance(parent, Segmented) and parent.take_key(self, key):
            event.accept()
            return
        super().keyPressEvent(event)


class Segmented(QWidget):
    """An exclusive choice. It may start with nothing chosen: mood and severity always do.

    The arrow keys move, and choose as well once something is chosen, unless `arrows_choose` is
    off: there only Space, Enter or a click choose. Words that do not fit side by side stack.
    """

    changed = Signal(object)
    """The key of the chosen segment, or None."""

    def __init__(
        self,
        theme: Theme,
        choices: Sequence[tuple[str, str] | tuple[str, str, str]],
        *,
        name: str,
        chosen: str | None = None,
        arrows_choose: bool = True,
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`choices` are (key, words) or (key, words, icon); `large` for the emergency page."""
        super().__init__(parent)
        self._theme = theme
        self._arrows_choose = arrows_choose
        self._stacked = False
        self._group = QButtonGroup(self)
        self.segments: list[Segment] = []
        self.setAccessibleName(name)
        for choice in choices:
            icon = choice[2] if len(choice) > 2 else None
            segment = Segment(theme, choice[0], choice[1], icon, large=large)
            segment.setParent(self)
            # One answer of several such rows: a screen reader says which row it is.
            segment.setAccessibleDescription(name)
            segment.setChecked(choice[0] == chosen)
            self._group.addButton(segment)
            self.segments.append(segment)
        follow_width(self)
        self._settle_stop()
        self._group.buttonToggled.connect(self._toggled)
        theme.changed.connect(self._resettle)

    # -- The choice -------------------------------------------------------------------------------

    def value(self) -> str | None:
        """Return the key of the chosen segment, or None."""
        return next((s.key for s in self.segments if s.isChecked()), None)

    def set_value(self, key: str | None) -> None:
        """Choose a segment, or none."""
        if key == self.value():
            return
        self._group.setExclusive(False)
        for segment in self.segments:
            segment.setChecked(segment.key == key)
        self._group.setExclusive(True)
        self._settle_stop()
        if key is None:
            self.changed.emit(None)

    def take_key(self, segment: Segment, key: Qt.Key) -> bool:
        """Act on a key pressed in `segment`; return whether it was for us."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            segment.setChecked(True)
            return True
        if key not in (*_BACK, *_AHEAD):
            return False
        step = 1 if key in _AHEAD else -1
        usable = [s for s in self.segments if s.isEnabled()]
        target = usable[(usable.index(segment) + step) % len(usable)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        if self._arrows_choose and self.value() is not None:
            target.setChecked(True)
        return True

    # -- Size -------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """All words side by side, as tall as the present width needs."""
        width = self._whole_width()
        return QSize(width, self.heightForWidth(width_now(self, width)))

    def minimumSizeHint(self) -> QSize:
        """The widest word alone; narrower than all words, they stack."""
        hints = [s.sizeHint() for s in self.segments]
        return QSize(max(h.width() for h in hints) + 2, max(h.height() for h in hints))

    def hasHeightForWidth(self) -> bool:
        """Stacking makes it taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """One row, or a row for each word."""
        row = max(s.sizeHint().height() for s in self.segments)
        return row if width >= self._whole_width() else row * len(self.segments)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the segments out."""
        super().resizeEvent(event)
        width_changed(self, event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the outline and the hairlines between."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("edge" if self.isEnabled() else "line"), 1))
        painter.setBrush(self._theme.colour("card"))
        outline = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(outline, RADIUS_BUTTON, RADIUS_BUTTON)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        for segment in self.segments[1:]:
            place = segment.geometry()
            if self._stacked:
                painter.drawLine(1, place.top() - 1, self.width() - 2, place.top() - 1)
            else:
                painter.drawLine(place.left() - 1, 1, place.left() - 1, self.height() - 2)

    # -- Within -----------------------------------------------------------------------------------

    def _settle_stop(self) -> None:
        """Let the Tab key stop at what is chosen, so that Space there changes nothing."""
        policy, none = Qt.FocusPolicy, self.value() is None
        for segment in self.segments:
            stops = none or segment.isChecked()
            segment.setFocusPolicy(policy.StrongFocus if stops else policy.ClickFocus)

    def _toggled(self, button: object, checked: bool) -> None:
        if checked and isinstance(button, Segment):
            self._settle_stop()
            self.changed.emit(button.key)

    def _resettle(self) -> None:
        self.updateGeometry()
        self._place()
        self.update()

    def _whole_width(self) -> int:
        return sum(s.sizeHint().width() for s in self.segments) + len(self.segments) + 1

    def _place(self) -> None:
        last = len(self.segments) - 1
        self._stacked = self.width() < self._whole_width()
        hints = [s.sizeHint() for s in self.segments]
        spare = max(0, self.width() - self._whole_width())
        left, top, row = 1, 1, (self.height() - 2 + 1) // (last + 1)
        for number, segment in enumerate(self.segments):
            first, final = number == 0, number == last
            if self._stacked:
                height = row - 1 if not final else self.height() - 1 - top
                segment.setGeometry(1, top, self.width() - 2, height)
                segment.rounded = (first, first, final, final)
                top += row
            else:
                extra = spare // (last + 1) if not final else 0
                width = hints[number].width() + extra
                if final:
                    width = self.width() - 1 - left
                segment.setGeometry(left, 1, width, self.height() - 2)
                segment.rounded = (first, final, final, first)
                left += width + 1


def rounded_path(
    box: QRectF, radius: float, corners: tuple[bool, bool, bool, bool]
) -> QPainterPath:
    """Return `box` with the named corners rounded: top left, top right, bottom right, left."""
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    half = QSize(round(box.width() / 2) + 1, round(box.height() / 2) + 1)
    spots = (
        (box.left(), box.top()),
        (box.right() - half.width(), box.top()),
        (box.right() - half.width(), box.bottom() - half.height()),
        (box.left(), box.bottom() - half.height()),
    )
    for (x, y), is_round in zip(spots, corners, strict=True):
        if not is_round:
            square = QPainterPath()
            square.addRect(QRectF(x, y, half.width(), half.height()))
            path = path.united(square)
    return path
