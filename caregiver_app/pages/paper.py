"""What every printed page is made of: fonts, ink, rules, tick boxes, blocks and the footer.

A page is black on white: rules and weight instead of fills and greys, so that it survives any
printer. Sizes are in points; a `Sheet` turns them into the dots of its device. Fonts are set in
dots, because a font in points would be measured for the screen and painted for the paper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
    QPolygonF,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

PAPERS: Final[dict[str, QPageSize.PageSizeId]] = {
    "A4": QPageSize.PageSizeId.A4,
    "Letter": QPageSize.PageSizeId.Letter,
}
BODY_PT: Final = 12.0
LEAST_PT: Final = 10.0
POINTS_A_MM: Final = 72 / 25.4
TICK_PT: Final = 5 * POINTS_A_MM
"""Tick boxes are five millimetres wide at every text size."""

_MARGINS_MM = QMarginsF(15.5, 14, 15.5, 12)
_INK = QColor(0, 0, 0)
_HAIR = QColor(0x80, 0x80, 0x80)
_HAIR_PT = 0.5
"""Lines no thicker than this only guide the eye; they are paler."""
_NO_LIGATURES = ("liga", "clig", "dlig", "calt")


def tr(text: str, /, **values: object) -> str:
    """Return `text` in the language of the page, with `{name}` places filled from `values`."""
    translated = QCoreApplication.translate("caregiver", text)
    return translated.format(**values) if values else translated


def application() -> QGuiApplication:
    """Return the running application, or start one that needs no screen; keep what it returns."""
    running = QCoreApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    return QGuiApplication(["caregiver-app", "-platform", "offscreen"])


def prepare(device: QPagedPaintDevice, paper: str) -> None:
    """Set the paper ("A4" or "Letter", upright) and margins of a printer or PDF writer."""
    size = QPageSize(PAPERS[paper])
    device.setPageLayout(
        QPageLayout(
            size, QPageLayout.Orientation.Portrait, _MARGINS_MM, QPageLayout.Unit.Millimeter
        )
    )


@cache
def font_families() -> tuple[str, ...]:
    """Return Inter if it is there, else the system's own sans, then one for CJK characters."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    wanted = ("Inter", system, "DejaVu Sans", "Noto Sans CJK SC", "Noto Color Emoji")
    return tuple(dict.fromkeys(name for name in wanted if QFontDatabase.hasFamily(name)))


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one size and weight."""

    text: str
    size: float = BODY_PT
    bold: bool = False


class Paragraph:
    """Wrapped text, measured once and painted anywhere. All of it shows; nothing is cut off."""

    def __init__(self, sheet: Sheet, runs: list[Run], width: float, *, right: bool = False) -> None:
        # A small QTextDocument rather than a QTextLayout: setting the parts of a
        # QTextLayout.FormatRange crashes PySide6 6.12 on Python 3.11 after some thousand times.
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(sheet.font(runs[0]))
        document.setUseDesignMetrics(True)
        option = QTextOption(
            Qt.AlignmentFlag.AlignAbsolute
            | (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
        )
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        cursor = QTextCursor(document)
        for run in runs:
            cursor.insertText(run.text, _format(sheet, run))
        document.setTextWidth(max(1.0, width))
        self._document = document
        self.height = document.size().height()
        self.width = document.idealWidth()
        first = document.firstBlock().layout().lineAt(0)
        self.first_line = first.height()
        self.ascent = first.ascent()
        sheet.drawn.update(*(run.text for run in runs))

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Paint with the upper left corner at `x`, `y`."""
        painter.save()
        painter.translate(x, y)
        self._document.drawContents(painter)
        painter.restore()


def _format(sheet: Sheet, run: Run) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setFont(sheet.font(run))
    # Said outright: the desktop's dark colours would otherwise reach the paper.
    look.setForeground(_INK)
    return look


@dataclass(frozen=True, slots=True)
class Block:
    """Something of a known height, in dots, that can be painted at `x`, `y` (its upper left).

    `paint` is told the height it is given, which may be more than it asked for. A block that
    `opens` is a heading: it never stands alone at the foot of a page.
    """

    height: float
    paint: Callable[[float, float, float], None]
    opens: bool = False


class Sheet:
    """A page to paint on, in the dots of its device."""

    def __init__(self, painter: QPainter) -> None:
        device = painter.device()
        self.painter = painter
        self.dot = device.logicalDpiY() / 72
        self.width = float(device.width())
        self.height = float(device.height())
        self.drawn: set[str] = set()
        """Every character that was set, for `findable.mend`."""

    def pt(self, points: float) -> float:
        """Return a length in points as dots."""
        return points * self.dot

    def font(self, run: Run) -> QFont:
        """Return the font for a run of text."""
        font = QFont(list(font_families()))
        font.setPixelSize(max(1, round(self.pt(max(LEAST_PT, run.size)))))
        font.setWeight(QFont.Weight.DemiBold if run.bold else QFont.Weight.Normal)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        for feature in _NO_LIGATURES:
            # An "fl" drawn as one shape is found by nobody who searches for "fluids".
            font.setFeature(QFont.Tag(feature), 0)
        return font

    def text(self, runs: list[Run], width: float, *, right: bool = False) -> Paragraph:
        """Return wrapped text, ready to paint."""
        return Paragraph(self, runs, width, right=right)

    def rule(self, x: float, y: float, width: float, thick: float, *, dotted: bool = False) -> None:
        """Paint a level line, `thick` in points; a dotted one is there to write on."""
        pen = QPen(_INK if thick > _HAIR_PT or dotted else _HAIR, self.pt(thick))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dotted:
            pen.setDashPattern([1.2, 1.8])
        self.painter.setPen(pen)
        self.painter.drawLine(QPointF(x, y), QPointF(x + width, y))

    def tick_box(self, x: float, y: float, *, ticked: bool) -> None:
        """Paint a real square of five millimetres, with a tick when the thing is packed."""
        side = self.pt(TICK_PT)
        pen = QPen(_INK, self.pt(1.0))
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRect(QRectF(x, y, side, side))
        if ticked:
            pen = QPen(_INK, self.pt(1.9))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self.painter.setPen(pen)
            corners = ((0.22, 0.52), (0.43, 0.72), (0.79, 0.28))
            self.painter.drawPolyline(
                QPolygonF([QPointF(x + side * a, y + side * b) for a, b in corners])
            )

    @property
    def footer_height(self) -> float:
        """The height that the footer and the air above it take."""
        return self.pt(30)

    def footer(self, person: str, printed: str, page: int, pages: int) -> None:
        """Paint the footer: whose page it is, when it was printed, which page of how many."""
        top = self.height - self.pt(18)
        self.rule(0, top, self.width, 0.75)
        third = self.width / 3
        baseline = top + self.pt(15)
        if person:
            name = self._elided(Run(person, LEAST_PT, bold=True), third)
            name.paint(self.painter, 0, baseline - name.ascent)
        middle = self.text([Run(printed, LEAST_PT)], self.width)
        middle.paint(self.painter, (self.width - middle.width) / 2, baseline - middle.ascent)
        number = tr("page {page} of {pages}", page=page, pages=pages)
        right = self.text([Run(number, LEAST_PT)], self.width, right=True)
        right.paint(self.painter, 0, baseline - right.ascent)

    def _elided(self, run: Run, width: float) -> Paragraph:
        """Return the run in one line; the page's title holds a long name in full."""
        text = run.text
        while True:
            shown = text if text == run.text else f"{text.rstrip()}…"
            line = self.text([Run(shown, run.size, run.bold)], self.width * 4)
            if line.width <= width or len(text) <= 1:
                return line
            text = text[: max(1, len(text) * 9 // 10 if len(text) > 20 else len(text) - 1)]
