"""`Field`: a label above a control, and one plain sentence below it when something is wrong.

`set_error` never touches what was typed. Every field has `text()`, `value()`, `set_value()`,
`set_error()` and the signal `changed`; the kinds of field are in `fields` and `date_fields`.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from caregiver_app.gui.reading_order import FocusHand
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.undo_key import means_last_change
from caregiver_app.gui.widgets.by_ear import on_mark
from caregiver_app.gui.widgets.height import follow_width, width_changed, width_now
from caregiver_app.gui.widgets.text import Text, repolish, set_tip

_BESIDE: Final = 24
"""Px beside the words of a list: its frame and its scroll bar."""


class Field(FocusHand):
    """Label, control, sentence. `hint` is a quiet line that stands there from the start."""

    changed = Signal()
    """The person, or the program, changed what the field holds."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        control: QWidget,
        *,
        hint: str = "",
        beside: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`beside` stands at the right of the control, for example a unit."""
        super().__init__(parent)
        self._theme = theme
        self._hint = hint
        self._error = ""
        self.control = control
        self.label = Text(label, "second_strong", wrap=True)
        # QLabel needs the mnemonic sign to act on a buddy; the name is set by hand instead.
        self.label.setBuddy(control)
        control.setAccessibleName(label)
        control.setAccessibleDescription(hint)
        if isinstance(control, LineInput):
            control.describe_button(label)
        self._sign = QLabel()
        self._sentence = Text("", "second")
        follow_width(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        # The ring around the control must not touch the letters above it.
        column.setSpacing(7)
        column.addWidget(self.label)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(control, 1)
        if beside is not None:
            line.addWidget(beside)
        column.addLayout(line)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._sentence, 1)
        column.addLayout(below)
        self.setFocusProxy(control)
        theme.changed.connect(self._retint)
        self._show_below()

    # -- What every field answers -----------------------------------------------------------------

    def text(self) -> str:
        """Return what stands in the field, as typed."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Replace what stands in the field."""
        raise NotImplementedError

    def error(self) -> str | None:
        """Return the sentence that is shown, if any."""
        return self._error or None

    def set_error(self, sentence: str | None) -> None:
        """Show what is wrong in one plain sentence, or take it away. What was typed stays."""
        wanted = sentence or ""
        if wanted == self._error:
            return
        self._error = wanted
        for part in self._outlined():
            part.setProperty("error", bool(wanted))
            repolish(part)
        self.control.setAccessibleDescription(wanted or self._hint)
        self._show_below()
        if wanted:
            # A screen reader says it at once, wherever it is reading.
            QAccessible.updateAccessibility(
                QAccessibleAnnouncementEvent(self.control, f"{self.label.text()}: {wanted}")
            )

    def set_hint(self, hint: str) -> None:
        """Change the quiet line below."""
        self._hint = hint
        self.control.setAccessibleDescription(self._error or hint)
        self._show_below()

    def set_label(self, label: str) -> None:
        """Change the label and the accessible name."""
        self.label.setText(label)
        self.control.setAccessibleName(label)
        if isinstance(self.control, LineInput):
            self.control.describe_button(label)

    def sizeHint(self) -> QSize:
        """As tall as label, control and sentence need at the present width."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(width_now(self, hint.width())))

    def heightForWidth(self, width: int) -> int:
        """The sentence below may wrap."""
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return super().sizeHint().height()
        return layout.totalHeightForWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths wrap the sentence otherwise."""
        super().resizeEvent(event)
        width_changed(self, event)

    # -- Within -----------------------------------------------------------------------------------

    def _outlined(self) -> list[QWidget]:
        """The parts whose outline turns to alarm."""
        return [self.control]

    def _touched(self) -> None:
        # What was complained of is being mended: the complaint goes, the next check may bring it.
        self.set_error(None)
        self.changed.emit()

    def _show_below(self) -> None:
        self._sentence.setText(self._error or self._hint)
        self._sentence.set_ink("alarm" if self._error else "soft")
        self._sentence.setVisible(bool(self._error or self._hint))
        self._sign.setVisible(bool(self._error))
        self._retint()

    def _retint(self) -> None:
        if self._error:
            self._sign.setPixmap(self._theme.pixmap("attention", "alarm", 16))


class LineInput(QLineEdit):
    """A line edit with an icon inside at the left; with `opens` the icon is a button."""

    opened = Signal()
    """The icon was clicked, or Alt+Down pressed."""

    def __init__(self, theme: Theme, icon: str | None = None, *, opens: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._button: QToolButton | None = None
        if opens:
            self._button = QToolButton(self)
            self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._button.setCursor(Qt.CursorShape.ArrowCursor)
            self._button.setAccessibleName(opens)
            self._button.setToolTip(opens)
            self._button.clicked.connect(self.opened)
        theme.changed.connect(self._settle)
        self._settle()

    def event(self, event: QEvent) -> bool:
        """In an empty find field leave Ctrl+Z to the window."""
        if self._icon == "search" and means_last_change(self, event):
            return False
        return super().event(event)

    def describe_button(self, field: str) -> None:
        """Say of the button inside which field it belongs to."""
        if self._button is not None:
            self._button.setAccessibleDescription(field)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon over the frame."""
        super().paintEvent(event)
        if self._icon and self._button is None:
            side = self._theme.icon_px(18)
            spot = QPoint(self._theme.px(13), (self.height() - side) // 2)
            QPainter(self).drawPixmap(spot, self._theme.pixmap(self._icon, "soft", 18))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the icon's button at the left."""
        super().resizeEvent(event)
        if self._button is not None:
            side = self._theme.px(36)
            self._button.setGeometry(self._theme.px(4), (self.height() - side) // 2, side, side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open what the icon opens on Alt+Down."""
        down = event.key() == Qt.Key.Key_Down
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if self._button is not None and down and alt:
            self.opened.emit()
            return
        super().keyPressEvent(event)

    def _settle(self) -> None:
        if not self._icon:
            return
        self.setTextMargins(self._theme.px(26), 0, 0, 0)
        if self._button is not None:
            self._button.setIcon(self._theme.icon(self._icon, "soft", 18))
            side = self._theme.icon_px(18)
            self._button.setIconSize(QSize(side, side))


class ChoiceInput(QComboBox):
    """A combo box with our arrow that never changes under a passing wheel."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._heard = False
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(4)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.currentTextChanged.connect(self._tell_whole)
        theme.changed.connect(self.update)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: a choice must not change by scrolling past it."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave F4 to the crisis panel; Alt+Down and Space open the list."""
        if event.key() == Qt.Key.Key_F4:
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths cut the words elsewhere."""
        super().resizeEvent(event)
        self._tell_whole()

    def showPopup(self) -> None:
        """Open the list; a line of it that is marked from outside is the choice."""
        view = self.view()
        # Without its look the lines would be laid out too low, and stay so.
        view.ensurePolished()
        view.setAccessibleName(self.accessibleName())
        wanted = view.sizeHintForColumn(0) + self._theme.px(_BESIDE)
        view.setMinimumWidth(min(wanted, self.window().width()))
        super().showPopup()
        view.scheduleDelayedItemsLayout()
        if not self._heard:
            self._heard = True
            on_mark(self.view(), self._choose_marked)

    def _tell_whole(self) -> None:
        words = self.currentText()
        cut = self.fontMetrics().horizontalAdvance(words) > self._room().width()
        set_tip(self, words if cut else "")

    def _room(self) -> QRect:
        return self.rect().adjusted(self._theme.px(13) + 2, 0, -self._theme.px(36), 0)

    def _choose_marked(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index.row())
        self.hidePopup()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw frame, words and arrow; nothing chosen shows the placeholder."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        if not self.isEditable():
            room = self._room()
            empty = self.currentIndex() < 0
            words = self.placeholderText() if empty else self.currentText()
            soft = empty or not self.isEnabled()
            painter.setPen(self._theme.colour("soft" if soft else "ink"))
            metrics = self.fontMetrics()
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(
                room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words
            )
        side = self._theme.icon_px(18)
        spot = QPoint(self.width() - side - self._theme.px(12), (self.height() - side) // 2)
        painter.drawPixmap(spot, self._theme.pixmap("open-list", "soft", 18))


def field_row(*widgets: QWidget, stretches: tuple[int, ...] = (), spacing: int = 12) -> QHBoxLayout:
    """Return widgets side by side, aligned at their labels whatever stands below them."""
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for number, widget in enumerate(widgets):
        stretch = stretches[number] if number < len(stretches) else 1
        row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignTop)
    return row
