"""`TabBar`: the dividers of the binder. Icon, word, a count; Ctrl+1 to Ctrl+9 choose."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import TARGET
from caregiver_app.gui.words import tr

_RADIUS: Final = 12
_GAP: Final = 10
_STEPS: Final = ((17, "all"), (17, "chosen"), (11, "chosen"), (6, ""))
"""From wide to tight: px beside the words, and which tabs show their icon."""


class TabBar(QTabBar):
    """Add tabs with `add_tab`; listen to `chosen`. The arrow keys and Ctrl+n choose.

    `chosen` comes for the tab that is current already, too: another page may lie over its own.
    Too wide, the icons leave the tabs that are not chosen, then the tabs move together; still too
    wide, the row scrolls.
    """

    chosen = Signal(int)
    """Somebody chose the tab at this place."""
    jumped = Signal()
    """It was chosen by Ctrl+n, from wherever the keyboard was; comes after `chosen`."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._none = False
        self._icons: list[str] = []
        self._counts: list[int] = []
        self._keys: list[QShortcut] = []
        self._step = 0
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentChanged.connect(self._tell)
        self.tabBarClicked.connect(self._clicked)
        theme.changed.connect(self._resettle)

    def add_tab(self, text: str, icon: str) -> int:
        """Add a tab and its Ctrl+number; return its place."""
        self._icons.append(icon)
        self._counts.append(0)
        place = self.addTab(text)
        self.setTabToolTip(place, f"{text} (Ctrl+{place + 1})")
        if place < 9:
            key = QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self)
            key.setContext(Qt.ShortcutContext.WindowShortcut)
            key.activated.connect(lambda: self._choose(place))
            self._keys.append(key)
        self._name_tab(place)
        return place

    def set_count(self, place: int, count: int) -> None:
        """Show how many things wait behind a tab; 0 shows nothing."""
        if self._counts[place] != count:
            self._counts[place] = count
            self._name_tab(place)
            self._resettle()

    def count_of(self, place: int) -> int:
        """Return the count that a tab shows."""
        return self._counts[place]

    def show_none(self, none: bool) -> None:
        """Show no tab as chosen, because what is seen is none of them."""
        if none != self._none:
            self._none = none
            self.update()

    def _tell(self, place: int) -> None:
        if place >= 0:
            self.chosen.emit(place)

    def _clicked(self, place: int) -> None:
        if place >= 0 and place == self.currentIndex():
            self.chosen.emit(place)

    def _choose(self, place: int) -> None:
        if place == self.currentIndex():
            self.chosen.emit(place)
        else:
            self.setCurrentIndex(place)
        self.jumped.emit()

    def focus_ring_rect(self) -> QRect:
        """Return where the focus ring goes: the chosen tab."""
        return self.tabRect(self.currentIndex()).adjusted(6, 6, -6, -4)

    # -- Size -------------------------------------------------------------------------------------

    def tabSizeHint(self, index: int) -> QSize:
        """Room for icon, word and count."""
        return self._tab_size(index, self._step)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Words are never cut; the row scrolls."""
        return self.tabSizeHint(index)

    def minimumSizeHint(self) -> QSize:
        """As narrow as one tab: the row scrolls."""
        return QSize(self._theme.px(160), self._theme.px(TARGET + 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop icons when the words need the room."""
        super().resizeEvent(event)
        self._decide()

    # -- Paint ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the hairline, then the tabs, the chosen one last."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        for place in range(self.count()):
            if place != self.currentIndex() or self._none:
                self._paint_tab(painter, place)
        if self.currentIndex() >= 0 and not self._none:
            self._paint_chosen(painter)

    def _paint_chosen(self, painter: QPainter) -> None:
        box = QRectF(self.tabRect(self.currentIndex()))
        box.setBottom(self.height())
        shape = QPainterPath()
        shape.moveTo(box.left() + 0.5, box.bottom() + 1)
        shape.lineTo(box.left() + 0.5, box.top() + _RADIUS + 0.5)
        shape.quadTo(box.left() + 0.5, box.top() + 0.5, box.left() + _RADIUS, box.top() + 0.5)
        shape.lineTo(box.right() - _RADIUS, box.top() + 0.5)
        shape.quadTo(
            box.right() - 0.5, box.top() + 0.5, box.right() - 0.5, box.top() + _RADIUS + 0.5
        )
        shape.lineTo(box.right() - 0.5, box.bottom() + 1)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(self._theme.colour("page"))
        painter.drawPath(shape)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("primary"))
        painter.drawRoundedRect(QRectF(box.left() + 16, box.top(), box.width() - 32, 3), 1.5, 1.5)
        self._paint_tab(painter, self.currentIndex())

    def _paint_tab(self, painter: QPainter, place: int) -> None:
        theme, box = self._theme, self.tabRect(place)
        chosen = place == self.currentIndex() and not self._none
        over = self.underMouse() and box.contains(self.mapFromGlobal(self.cursor().pos()))
        ink = "ink" if chosen or over else "soft"
        left = box.left() + theme.px(_STEPS[self._step][0])
        if self._shows_icon(place, self._step):
            side = theme.icon_px(20)
            picture = theme.pixmap(self._icons[place], "primary" if chosen else ink)
            painter.drawPixmap(QPoint(left, box.center().y() - side // 2 + 2), picture)
            left += side + theme.px(_GAP)
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour(ink))
        width = painter.fontMetrics().horizontalAdvance(self.tabText(place))
        room = QRect(left, box.top() + 2, width + 2, box.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.tabText(place))
        if self._counts[place]:
            self._paint_count(painter, left + width + theme.px(_GAP), box, place)

    def _paint_count(self, painter: QPainter, left: int, box: QRect, place: int) -> None:
        theme = self._theme
        size = self._pill(place)
        pill = QRectF(left, box.center().y() - size.height() / 2 + 1.5, size.width(), size.height())
        painter.setPen(QPen(theme.colour("alarm_line"), 1))
        painter.setBrush(theme.colour("alarm_tint"))
        painter.drawRoundedRect(pill, size.height() / 2, size.height() / 2)
        painter.setPen(theme.colour("alarm"))
        painter.setFont(theme.font("second_strong"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, str(self._counts[place]))

    # -- Within -----------------------------------------------------------------------------------

    def _pill(self, place: int) -> QSize:
        metrics = QFontMetrics(self._theme.font("second_strong"))
        side = max(self._theme.px(20), metrics.height())
        words = metrics.horizontalAdvance(str(self._counts[place])) + self._theme.px(12)
        return QSize(max(side, words), side)

    def _tab_size(self, place: int, step: int) -> QSize:
        theme = self._theme
        metrics = QFontMetrics(theme.font("strong"))
        width = metrics.horizontalAdvance(self.tabText(place)) + 2 * theme.px(_STEPS[step][0])
        if self._shows_icon(place, step):
            width += theme.icon_px(20) + theme.px(_GAP)
        if self._counts[place]:
            width += theme.px(_GAP) + self._pill(place).width()
        return QSize(width, max(theme.px(TARGET + 2), metrics.height() + 14))

    def _shows_icon(self, place: int, step: int) -> bool:
        shown = _STEPS[step][1]
        return shown == "all" or (shown == "chosen" and place == self.currentIndex())

    def _decide(self) -> None:
        room = self.width()
        fitting = (step for step in range(len(_STEPS)) if self._whole(step) <= room)
        step = next(fitting, len(_STEPS) - 1)
        if step != self._step:
            self._step = step
            self._relayout()

    def _whole(self, step: int) -> int:
        return sum(self._tab_size(place, step).width() for place in range(self.count()))

    def _resettle(self) -> None:
        if len(self._counts) == self.count():
            self._decide()
            self._relayout()

    def _relayout(self) -> None:
        # QTabBar keeps its sizes until a tab changes; telling it its own text again is the way.
        for place in range(self.count()):
            self.setTabText(place, self.tabText(place))
        self.updateGeometry()
        self.update()

    def _name_tab(self, place: int) -> None:
        text, count = self.tabText(place), self._counts[place]
        named = tr("{tab}, {count} waiting", tab=text, count=count) if count else text
        self.setAccessibleTabName(place, named)
