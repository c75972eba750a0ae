"""Words on the page: `Text` in one of the look's sizes, `Rule` as hairline, `ScrollArea`."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QWidget

from caregiver_app.gui.theme import FontRole


class Text(QLabel):
    """A label in a text role and an ink role; always plain text, wraps unless told otherwise."""

    def __init__(
        self,
        text: str = "",
        role: FontRole = "body",
        ink: str = "ink",
        *,
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("textRole", role)
        self.setProperty("textInk", ink)
        self.setWordWrap(wrap)
        self.setText(text)

    def set_ink(self, ink: str) -> None:
        """Change the colour role."""
        if self.property("textInk") != ink:
            self.setProperty("textInk", ink)
            repolish(self)


class ElidedText(Text):
    """One line that ends in "…" where it is too long; the whole stands in the tooltip."""

    def __init__(
        self,
        text: str = "",
        role: FontRole = "body",
        ink: str = "ink",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role, ink, wrap=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Let a layout make it as narrow as a few letters."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 6), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as tooltip when it is cut."""
        super().resizeEvent(event)
        cut = QLabel.sizeHint(self).width() > self.width()
        self.setToolTip(plain_tooltip(self.text()) if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment()), elided(self, self.text()))


class Rule(QFrame):
    """A hairline."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", True)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class ScrollArea(QScrollArea):
    """Scrolls its one widget up and down, never sideways, and has no ground of its own."""

    def __init__(self, body: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        if body is not None:
            self.set_body(body)

    def set_body(self, body: QWidget) -> None:
        """Put `body` inside."""
        self.setWidget(body)
        body.setAutoFillBackground(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Never be narrower than the body's least width: there is no bar to scroll sideways."""
        body = self.widget()
        if body is not None and watched is body and event.type() == QEvent.Type.LayoutRequest:
            self._keep_width(body)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the body as wide as the view."""
        super().resizeEvent(event)
        body = self.widget()
        if body is not None:
            self._keep_width(body)

    def _keep_width(self, body: QWidget) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(min(body.minimumSizeHint().width() + bar, 860))


def elided(widget: QWidget, text: str, width: int | None = None) -> str:
    """Return `text` cut with "…" to the width of `widget` (or `width`)."""
    metrics = QFontMetrics(widget.font())
    room = widget.contentsRect().width() if width is None else width
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)


def plain_tooltip(text: str) -> str:
    """Return `text` so that a tooltip shows it letter by letter, never as markup."""
    if not any(sign in text for sign in "<>&"):
        return text  # it is also what a screen reader says, so no markup without need
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<qt>{escaped}</qt>"


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at the properties of `widget` anew."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
