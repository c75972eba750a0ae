"""The small parts of the emergency page: words that never cut, numbered steps, phone rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from caregiver_app.domain.advice import Step
from caregiver_app.gui.emergency.model import Part, Phone
from caregiver_app.gui.theme import FontRole, Theme
from caregiver_app.gui.widgets.buttons import Button
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.text import Text, in_one_line
from caregiver_app.gui.words import tr

LARGE: Final[FontRole] = "large"
STRONG: Final[FontRole] = "large_strong"
TITLE: Final[FontRole] = "large_title"
DISC: Final = 36
"""How wide the disc with a step's number is."""
_LONGEST_IN_A_LINE: Final = 24


def large(button: Button) -> Button:
    """Give a button the letters of this page and return it."""
    button.setProperty("large", True)
    return button


class FactText(Text):
    """Plain text of which parts are bold. A word too long for its line is broken, never cut."""

    def __init__(
        self, theme: Theme, parts: Sequence[Part], *, ink: str = "ink", right: bool = False
    ) -> None:
        super().__init__("".join(part for part, _ in parts), LARGE, ink)
        self._theme, self._parts = theme, tuple(parts)
        self._right = right
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As wide as a line of it, as far as that is sensible."""
        wide = min(round(self._document().idealWidth()) + 1, self._theme.px(420))
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        wide = min(self.sizeHint().width(), self._theme.px(120))
        return QSize(wide, self.fontMetrics().height())

    def heightForWidth(self, width: int) -> int:
        """As tall as the words need."""
        document = self._document()
        document.setTextWidth(max(1, width))
        return round(document.size().height() + 0.5)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw all of it."""
        document = self._document(self.palette().color(self.foregroundRole()))
        document.setTextWidth(self.width())
        document.drawContents(QPainter(self))

    def _document(self, ink: QColor | None = None) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(self._theme.font(LARGE))
        side = Qt.AlignmentFlag.AlignRight if self._right else Qt.AlignmentFlag.AlignLeft
        option = QTextOption(side)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        cursor = QTextCursor(document)
        for part, bold in self._parts:
            look = QTextCharFormat()
            look.setFont(self._theme.font(STRONG if bold else LARGE))
            if ink is not None:
                look.setForeground(ink)
            cursor.insertText(in_one_line(part), look)
        return document


class NumberedStep(QWidget):
    """A step with its number in a circle; the second line explains."""

    def __init__(self, theme: Theme, number: int, step: Step) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(NumberDisc(theme, number), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        self._theme, self._do = theme, Text(step.do, STRONG)
        self._do.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        column.addWidget(self._do)
        if step.more:
            column.addWidget(Text(step.more, LARGE, "soft"))
        column.addStretch(1)
        row.addLayout(column, 1)
        theme.changed.connect(self._level)
        self._level()

    def _level(self) -> None:
        """Put one line at the height of the number in the disc."""
        self._do.setMinimumHeight(self._theme.px(DISC))


class NumberDisc(QWidget):
    """A number in a circle."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self._number = theme, number
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(str(number))
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Round."""
        side = self._theme.px(DISC)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("ink"), 2))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setFont(self._theme.font(STRONG))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))


class AvoidLine(QWidget):
    """Something not to do."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        sign = Picture(theme, "attention", "alarm", 20, beside=LARGE)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(text, LARGE), 1)


class ClinicSays(Card):
    """What the clinic said to do, as the family typed it, above our own steps."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tone="tint")
        self.setAccessibleName(tr("Your clinic says:"))
        self.add(Text(tr("Your clinic says:"), STRONG, "primary"))
        self.words = Text("", LARGE)
        self.add(self.words)
        self.hide()

    def show_words(self, text: str) -> None:
        """Show these words; without any, the card is not there."""
        self.words.setText(text)
        self.setVisible(bool(text))


class Picture(QLabel):
    """An icon; decoration, so it has no name. `beside` words of a role it is as tall as a line."""

    def __init__(
        self, theme: Theme, icon: str, ink: str, size: int, *, beside: FontRole | None = None
    ) -> None:
        super().__init__()
        self._beside: FontRole | None = beside
        self._theme, self._icon, self._ink, self._size = theme, icon, ink, size
        theme.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.setPixmap(self._theme.pixmap(self._icon, self._ink, self._size))
        if self._beside is not None:
            line = QFontMetrics(self._theme.font(self._beside)).height()
            self.setFixedHeight(max(line, self._theme.icon_px(self._size)))


class PhoneRow(QWidget):
    """A number to call: whose it is, and the digits in even columns."""

    def __init__(self, theme: Theme, phone: Phone, *, in_large: bool = False) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 10, 4, 10)
        row.setSpacing(12)
        line: FontRole = LARGE if in_large else "body"
        sign = Picture(theme, phone.icon, "soft", 20, beside=line)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        if in_large:
            row.addWidget(FactText(theme, [(phone.whose, False)]), 1)
        else:
            row.addWidget(Text(phone.whose), 1)
        if len(phone.number) > _LONGEST_IN_A_LINE:
            row.addWidget(FactText(theme, [(phone.number, True)], right=True), 1)
            return
        number = Text(phone.number, STRONG if in_large else "strong", wrap=False)
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
