"""`Sheet`: the one kind of dialog. A rounded card over a flat veil; its body scrolls.

It never opens a loop of its own: call `open()` and listen to `confirmed` and `finished`.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from caregiver_app.gui.from_anywhere import help_asked
from caregiver_app.gui.reading_order import follow_layout, stops_of
from caregiver_app.gui.room import room_around
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.tokens import RADIUS_DIALOG, VEIL_OPACITY
from caregiver_app.gui.widgets.buttons import (
    Button,
    IconButton,
    PlainButton,
    PrimaryButton,
    QuietButton,
)
from caregiver_app.gui.widgets.chips import IconDisc
from caregiver_app.gui.widgets.field import Field, field_row
from caregiver_app.gui.widgets.text import FewLines, ScrollArea, Text
from caregiver_app.gui.words import tr

_MARGIN: Final = 24


class Sheet(QDialog):
    """Header (disc, title, subtitle, close), scrolled `body`, footer (note, Cancel, primary).

    `confirmed` fires when the primary button is pressed: check the fields, then call `accept()`,
    or `focus_first_error()`. Escape, Cancel and close ask once when something was changed.

    `lasting` is for what nothing takes back: the way out is then the filled button, stands last,
    where Enter and a hasty hand land, and has the keyboard first; no key stroke alone confirms.
    """

    confirmed = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        *,
        icon: str,
        primary: str,
        subtitle: str = "",
        cancel: str = "",
        note: str = "",
        width: int = 620,
        role: str = "primary",
        ground: str = "tint",
        lasting: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._lasting = lasting
        self._width = width
        self._veil: Veil | None = None
        self._before: list[object] | None = None
        self._rows: list[QHBoxLayout] = []
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.title = FewLines(title, "page_title")
        self.subtitle = FewLines(subtitle, "body", "soft")
        self.note = Text(note, "second", "soft")
        self.primary: Button = (PlainButton if lasting else PrimaryButton)(theme, primary)
        self.cancel: Button = (PrimaryButton if lasting else QuietButton)(
            theme, cancel or tr("Cancel")
        )
        (self.cancel if lasting else self.primary).setDefault(True)
        self.close_button = IconButton(theme, "close", tr("Close"), quiet=True)
        self.header = QHBoxLayout()
        self.content = QWidget()
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(_MARGIN, 6, _MARGIN, 16)
        self.body.setSpacing(14)
        self.area = ScrollArea(self.content)
        self._build(IconDisc(theme, icon, role=role, ground=ground))
        self.subtitle.setVisible(bool(subtitle))
        self.primary.clicked.connect(self.confirmed)
        self.cancel.clicked.connect(self.reject)
        self.close_button.clicked.connect(self.reject)
        theme.changed.connect(self._turn_rows)
        theme.changed.connect(self.fit)

    # -- For the forms ----------------------------------------------------------------------------

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put `widget` below what is already in the body."""
        self.body.addWidget(widget, stretch)

    def add_to_foot(self, widget: QWidget) -> None:
        """Put what everything waits for above the buttons, where it is seen without scrolling."""
        self._above_buttons.addWidget(widget)

    def add_row(self, *widgets: QWidget, stretches: tuple[int, ...] = ()) -> QHBoxLayout:
        """Put widgets side by side and return their row; at large text they stand in a column."""
        row = field_row(*widgets, stretches=stretches)
        self._rows.append(row)
        self._turn_rows()
        self.body.addLayout(row)
        return row

    def _turn_rows(self) -> None:
        large = self.theme.scale >= LARGE_TEXT
        way = QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight
        for row in self._rows:
            row.setDirection(way)

    def fields(self) -> list[Field]:
        """Return the fields of the body in the order they were made."""
        return [f for f in self.content.findChildren(Field) if f.isVisibleTo(self)]

    def focus_first_error(self) -> bool:
        """Bring the first field with an error into view and focus it; False when there is none."""
        for field in self.fields():
            if field.error():
                if self.isVisible():
                    # The sentence takes room: the form grows rather than scrolls.
                    self.fit()
                field.control.setFocus(Qt.FocusReason.OtherFocusReason)
                self.area.ensureWidgetVisible(field, 0, 40)
                return True
        return False

    def is_changed(self) -> bool:
        """Return whether the person changed anything since the sheet opened."""
        return self._before is not None and self._before != self._state()

    def forget_changes(self) -> None:
        """Take what stands here now as unchanged."""
        self._before = self._state()

    # -- Closing ----------------------------------------------------------------------------------

    def reject(self) -> None:
        """Close, but ask first when something would be lost."""
        if self.is_changed() and not self.asks():
            self._show_question(asks=True)
            self._keep.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self._leave()

    def done(self, result: int) -> None:
        """Take the veil away and give the keyboard back to the window below."""
        if self._veil is not None:
            self._veil.hide()
            self._veil.deleteLater()
            self._veil = None
        super().done(result)
        self._give_focus_back()

    def _give_focus_back(self) -> None:
        # Not every window manager does it. The sheet below may have closed together with this one.
        below = self.parentWidget()
        while below is not None and not below.window().isVisible():
            below = below.window().parentWidget()
        active = QApplication.activeWindow()
        elsewhere = active is not None and active is not self and active.isVisible()
        if below is None or (elsewhere and active is not below.window()):
            return
        window = below.window()
        window.activateWindow()
        before = _maybe(window.focusWidget())
        if before is None or not (before.isVisible() and before.isEnabled()):
            before = below
        before.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the question, Ctrl+Enter confirms anywhere.

        The keys that lead to help work here too; this form stays as it is.
        """
        if help_asked(self, event):
            return
        if event.key() == Qt.Key.Key_Escape and self.asks():
            self._stay()
            return
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not (self.asks() or self._lasting):
                self.primary.click()
            return
        super().keyPressEvent(event)

    def asks(self) -> bool:
        """Return whether the question about what was typed stands in the footer."""
        return not self._ask.isHidden()

    def _show_question(self, *, asks: bool) -> None:
        self._foot.setVisible(not asks)
        self._ask.setVisible(asks)
        self.update()

    def _stay(self) -> None:
        self._show_question(asks=False)
        fields = self.fields()
        (fields[0].control if fields else self.primary).setFocus()

    def _leave(self) -> None:
        super().reject()

    # -- Size and paint ---------------------------------------------------------------------------

    def fit(self) -> None:
        """Take the size that the content wants and the screen allows."""
        self.body.activate()
        over = self._base()
        room = room_around(over or self)
        limit = room.size()
        if over is not None and over.isVisible():
            limit = limit.boundedTo(over.size().expandedTo(QSize(640, 480)))
        limit -= QSize(24, 24)
        width = min(self.theme.px(self._width), limit.width())
        inner = width - 2
        content = self.content.layout()
        tall = self.content.sizeHint().height()
        if content is not None and content.hasHeightForWidth():
            tall = content.heightForWidth(inner)
        layout = self.layout()
        rest = 0
        if layout is not None:
            for number in range(layout.count()):
                item = layout.itemAt(number)
                if item is None or item.isEmpty() or item.widget() is self.area:
                    continue
                flexible = item.hasHeightForWidth()
                rest += item.heightForWidth(inner) if flexible else item.sizeHint().height()
        self.resize(width, min(limit.height(), tall + rest + 4))
        if over is not None and over.isVisible():
            corner = over.mapToGlobal(QPoint(0, 0))
            left = corner.x() + (over.width() - self.width()) // 2
            top = corner.y() + (over.height() - self.height()) // 2
            left = max(room.left(), min(left, room.right() - self.width()))
            self.move(left, max(room.top(), min(top, room.bottom() - self.height())))

    def _base(self) -> QWidget | None:
        """Return the window below; below a sheet, the one that lies under that one too."""
        parent = self.parentWidget()
        while parent is not None and isinstance(parent.window(), Sheet):
            below = parent.window().parentWidget()
            if below is None:
                break
            parent = below
        return None if parent is None else parent.window()

    def turn(self, columns: QBoxLayout, *, down: bool) -> None:
        """Lay `columns` below one another or side by side, and take the height that follows."""
        way = QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
        if columns.direction() == way:
            return
        columns.setDirection(way)
        if self.isVisible():
            self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay the veil, take the size, remember what stood here."""
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None and self._veil is None:
            self._veil = Veil(self.theme, parent.window())
        self.fit()
        if self._before is None:
            self._before = self._state()
            follow_layout(self)
            self._focus_first()

    def _focus_first(self) -> None:
        here = self.focusWidget()
        if here and here is not self.close_button and here is not self.primary:
            return  # the form itself chose where to begin
        if self._lasting:
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        for widget in stops_of(self.content):
            if widget.isEnabled() and widget.isVisibleTo(self):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the corners off."""
        super().resizeEvent(event)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), RADIUS_DIALOG, RADIUS_DIALOG)
        self.setMask(QRegion(path.toFillPolygon().toPolygon()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw page, footer and outline; the corners take the veil's colour, so they look round."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # As `Theme.fill`, with a colour that is no role's.
        painter.setBackground(veiled(self.theme))
        painter.eraseRect(self.rect())
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(box, RADIUS_DIALOG, RADIUS_DIALOG)
        painter.fillPath(path, self.theme.colour("page"))
        top = (self._ask if self.asks() else self._foot).y()
        painter.save()
        painter.setClipRect(0, top, self.width(), self.height() - top)
        painter.fillPath(path, self.theme.colour("sunk"))
        painter.restore()
        painter.setPen(QPen(self.theme.colour("line"), 1))
        painter.drawLine(1, top, self.width() - 2, top)
        painter.setPen(QPen(self.theme.colour("edge"), 1))
        painter.drawPath(path)

    # -- Within -----------------------------------------------------------------------------------

    def _build(self, disc: IconDisc) -> None:
        head = QWidget()
        self.header = QHBoxLayout(head)
        self.header.setContentsMargins(_MARGIN, 18, _MARGIN - 8, 10)
        self.header.setSpacing(14)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        top = Qt.AlignmentFlag.AlignTop
        self.header.addWidget(disc, 0, top)
        self.header.addLayout(words, 1)
        self.header.addWidget(self.close_button, 0, top)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.area, 1)
        self._foot, self._ask = self._footer(), self._question()
        column.addWidget(self._foot)
        column.addWidget(self._ask)
        self._ask.hide()

    def _footer(self) -> QWidget:
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(_MARGIN, 14, _MARGIN, 14)
        column.setSpacing(10)
        self._above_buttons = QVBoxLayout()
        column.addLayout(self._above_buttons)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.note, 1)
        ways = (self.primary, self.cancel) if self._lasting else (self.cancel, self.primary)
        for way in ways:
            row.addWidget(way)
        column.addWidget(buttons)
        return foot

    def _question(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(_MARGIN, 14, _MARGIN, 14)
        row.setSpacing(14)
        row.addWidget(Text(tr("Close without keeping what you typed?"), "strong"), 1)
        leave = QuietButton(self.theme, tr("Close without keeping"))
        leave.clicked.connect(self._leave)
        self._keep = PrimaryButton(self.theme, tr("Keep writing"))
        self._keep.clicked.connect(self._stay)
        row.addWidget(leave)
        row.addWidget(self._keep)
        return foot

    def _state(self) -> list[object]:
        found: list[object] = []
        for widget in self.content.findChildren(QWidget):
            if isinstance(widget, QComboBox):
                found.append(widget.currentText())
            elif isinstance(widget, QLineEdit):
                found.append(widget.text())
            elif isinstance(widget, QPlainTextEdit):
                found.append(widget.toPlainText())
            elif isinstance(widget, QAbstractButton) and widget.isCheckable():
                found.append(widget.isChecked())
        return found


class Veil(QWidget):
    """Flat ink at 42 % over the window behind a sheet; follows its size."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Cover everything; over another sheet only what its round corners leave."""
        painter = QPainter(self)
        if not isinstance(self.parentWidget(), Sheet):
            painter.fillRect(self.rect(), veil_colour(self._theme))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), RADIUS_DIALOG, RADIUS_DIALOG)
        painter.fillPath(path, veil_colour(self._theme))


def veil_colour(theme: Theme) -> QColor:
    """Return the veil: ink by day, the darkest ground by night (ink would light the room up)."""
    colour = theme.colour("desk" if theme.tokens.dark else "ink")
    colour.setAlphaF(VEIL_OPACITY if not theme.tokens.dark else 0.7)
    return colour


def veiled(theme: Theme) -> QColor:
    """Return what the page looks like under the veil."""
    page, veil = theme.colour("page"), veil_colour(theme)
    part = veil.alphaF()
    mixed = [
        round(a * (1 - part) + b * part)
        for a, b in (
            (page.red(), veil.red()),
            (page.green(), veil.green()),
            (page.blue(), veil.blue()),
        )
    ]
    return QColor(*mixed)


def _maybe(widget: QWidget | None) -> QWidget | None:
    # Qt answers None where its types promise a widget.
    return widget
