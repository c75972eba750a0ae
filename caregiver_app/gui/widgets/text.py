"""Words on the page: `Text` in one of the look's sizes, `Rule` as hairline, `ScrollArea`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from caregiver_app.gui.theme import FontRole

_LONGEST_LINE: Final = 100
_LONGEST_WORD: Final = 20
_TOLD: Final = "tipTold"
_COPIED: Final = Qt.TextInteractionFlag.TextSelectableByMouse
_BREAK: Final = "\N{ZERO WIDTH SPACE}"
_LONG_WORD: Final = re.compile(rf"[!-\u02AF\u0370-\u0482\u048A-\u052F]{{{_LONGEST_WORD + 1},}}")
_PART: Final = re.compile(r".{8}(?=.{4})")
_PHONE: Final = re.compile(r"(?<![\w.,:/-])\+?\(?\d[\d ()-]{4,20}\d(?![\w:])")
_HOLDS: Final = str.maketrans(" -", "\N{NO-BREAK SPACE}\N{NON-BREAKING HYPHEN}")


class Text(QLabel):
    """A label in a text role and an ink role; always plain text, wraps unless told otherwise.

    Words that are too long for any line break within, so that no name makes a page too wide.
    """

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
        self._told = ""
        self.setText(text)

    def text(self) -> str:
        """Return the words as they were given."""
        return self._told

    def setText(self, text: str) -> None:
        """Show other words."""
        shown = breakable(text) if self.wordWrap() else text
        if shown != text and self.textInteractionFlags() & _COPIED:
            shown = text
        if shown != text:
            # What is drawn has places to break that nobody has to hear.
            self.setAccessibleName(text)
        elif self._told != super().text() and self.accessibleName() == self._told:
            self.setAccessibleName("")
        self._told = text
        super().setText(shown)

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

    def setText(self, text: str) -> None:
        """Show other words."""
        super().setText(text)
        self._tell_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths cut the words elsewhere."""
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        """Offer the whole text as tooltip when it is cut."""
        cut = QLabel.sizeHint(self).width() > self.width()
        set_tip(self, self.text() if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment()), elided(self, self.text()))


class FewLines(Text):
    """Words that wrap into a few lines, of which the last ends in "…" where they are too long.

    The whole stands in the tooltip then, and is what a screen reader says anyway.
    """

    def __init__(
        self,
        text: str = "",
        role: FontRole = "body",
        ink: str = "ink",
        *,
        most: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        self._most = most
        super().__init__(text, role, ink, parent=parent)

    def heightForWidth(self, width: int) -> int:
        """As many lines as it has."""
        lines, _ = self._lines(width)
        return len(lines) * self.fontMetrics().lineSpacing()

    def sizeHint(self) -> QSize:
        """One line, as far as that is sensible."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(max(hint.width(), self.width())))

    def minimumSizeHint(self) -> QSize:
        """A few letters in one line: the rest wraps."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), self.fontMetrics().lineSpacing())

    def setText(self, text: str) -> None:
        """Show other words."""
        super().setText(text)
        self._tell_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths cut the words elsewhere."""
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        """Offer the whole text as tooltip when it is cut."""
        room = max(1, self.height() // self.fontMetrics().lineSpacing())
        _, cut = self._lines(self.width(), room)
        set_tip(self, self.text() if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the lines that there are."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        metrics = painter.fontMetrics()
        lines, _ = self._lines(self.width(), max(1, self.height() // metrics.lineSpacing()))
        spare = self.height() - len(lines) * metrics.lineSpacing()
        top = max(0, spare // 2) + metrics.ascent()
        for place, line in enumerate(lines):
            painter.drawText(0, top + place * metrics.lineSpacing(), line)

    def _lines(self, width: int, room: int | None = None) -> tuple[list[str], bool]:
        """Return the lines at a width, and whether something is left out.

        `room` is for how many lines there is room, None for all that it may have.
        """
        most = self._most if room is None else min(room, self._most)
        text = self.text().replace("\n", " ")
        layout = QTextLayout(text, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        # Qt counts in UTF-16, where what lies beyond the first plane takes two places.
        units = text.encode("utf-16-le")
        lines: list[str] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            start, end = line.textStart(), line.textStart() + line.textLength()
            if len(lines) == most - 1 and end < len(units) // 2:
                layout.endLayout()
                rest = units[2 * start :].decode("utf-16-le", "ignore")
                return [*lines, elided(self, rest, width)], True
            lines.append(units[2 * start : 2 * end].decode("utf-16-le", "ignore").rstrip())
        layout.endLayout()
        return lines, False


class Rule(QFrame):
    """A hairline."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", True)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


if TYPE_CHECKING:
    PlainScrollArea = QScrollArea
else:
    # Qt's own face of a scroll area to a screen reader reads past the end of its parts when a bar
    # goes away while they are being counted, which ends the program. Under this name it gets the
    # face of a plain widget, which looks first. Its parts are the same.
    PlainScrollArea = type("QWidget", (QScrollArea,), {})


class ScrollArea(PlainScrollArea):
    """Scrolls its one widget up and down, never sideways, and has no ground of its own."""

    def __init__(self, body: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        own_viewport(self)
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


def own_viewport(area: QAbstractScrollArea) -> None:
    """Give a scrolling widget a viewport that was made here.

    Handing out one that Qt made costs every start ten milliseconds: to find its kind, PySide6
    first describes every kind of widget that there is.
    """
    viewport = QWidget()
    viewport.setObjectName("qt_scrollarea_viewport")
    area.setViewport(viewport)


def breakable(text: str) -> str:
    """Return `text` with places, not seen, at which its longest words may go on in the next line.

    Only in alphabets whose letters stand alone: others break anywhere, or must not. A phone number
    stays in one line, and a temperature with its scale.
    """
    text = in_one_line(text)
    if len(text) <= _LONGEST_WORD:
        return text
    return _LONG_WORD.sub(lambda found: _PART.sub(rf"\g<0>{_BREAK}", found[0]), text)


def in_one_line(text: str) -> str:
    """Return `text` with nothing in its phone numbers and temperatures at which a line may end.

    It has as many characters as before.
    """
    text = text.replace(" \N{DEGREE SIGN}", "\N{NO-BREAK SPACE}\N{DEGREE SIGN}")
    return _PHONE.sub(lambda found: found[0].translate(_HOLDS), text)


def elided(widget: QWidget, text: str, width: int | None = None) -> str:
    """Return `text` cut with "…" to the width of `widget` (or `width`)."""
    metrics = QFontMetrics(widget.font())
    room = widget.contentsRect().width() if width is None else width
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)


def plain_tooltip(text: str) -> str:
    """Return `text` so that a tooltip shows it letter by letter, never as markup.

    A long one becomes several lines: only what Qt takes for markup wraps.
    """
    if len(text) <= _LONGEST_LINE and not any(sign in text for sign in "<>&"):
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<qt>{escaped}</qt>".replace("\n", "<br>")


def set_tip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip, and have a screen reader say the words and not their markup.

    Where nothing else describes a widget, Qt lets its tooltip do so.
    """
    tip = plain_tooltip(text)
    widget.setToolTip(tip)
    if widget.property(_TOLD) or not widget.accessibleDescription():
        told = text if tip != text else ""
        widget.setAccessibleDescription(told)
        widget.setProperty(_TOLD, bool(told))


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at the properties of `widget` anew."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
