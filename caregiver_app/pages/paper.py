"""What every printed page is made of: fonts, ink, rules, tick boxes, blocks and the footer.

A page is black on white: rules and weight instead of fills and greys, so that it survives any
printer. Sizes are in points; a `Sheet` turns them into the dots of its device. Fonts are set in
dots, because a font in points would be measured for the screen and painted for the paper.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import Final

from PySide6.QtCore import (
    QBuffer,
    QCoreApplication,
    QIODevice,
    QLocale,
    QMarginsF,
    QPointF,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QPolygonF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from caregiver_app.pages.dates import tr
from caregiver_app.pages.findable import mend
from caregiver_app.values import value

PAPERS: Final[dict[str, QPageSize.PageSizeId]] = {
    "A4": QPageSize.PageSizeId.A4,
    "Letter": QPageSize.PageSizeId.Letter,
}
_LETTER_LANDS: Final = (
    "BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE",
)  # fmt: skip
"""Where letter paper is what people buy, as the Unicode locale data has it."""
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
_LONGEST = 4000
"""Characters of one text that are looked at: more than any page holds of it."""


def application() -> QGuiApplication:
    """Return the running application, or start one that needs no screen; keep what it returns."""
    running = QCoreApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    return QGuiApplication(["caregiver-app", "-platform", "offscreen"])


def usual_paper() -> str:
    """Return the paper that people buy where this computer is: "Letter" or "A4"."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_PAPER")
    here = QLocale(named) if named else QLocale.system()
    land = QLocale.territoryToCode(here.territory())
    return "Letter" if land in _LETTER_LANDS else "A4"


def layout_of(paper: str, *, landscape: bool = False) -> QPageLayout:
    """Return paper ("A4" or "Letter"), upright or across, with the margins of all our pages."""
    way = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(PAPERS[paper]), way, _MARGINS_MM, QPageLayout.Unit.Millimeter)


def prepare(device: QPagedPaintDevice, paper: str, *, landscape: bool = False) -> None:
    """Set the paper ("A4" or "Letter") and margins of a printer or PDF writer."""
    device.setPageLayout(layout_of(paper, landscape=landscape))


def as_pdf(
    title: str,
    paint: Callable[[QPagedPaintDevice], set[str]],
    paper: str,
    *,
    landscape: bool = False,
) -> bytes:
    """Return what `paint` paints as a PDF file; a QGuiApplication must be there (`application`).

    `paint` is given the device and returns the characters that it drew. `paper` is "A4" or
    "Letter".
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    prepare(writer, paper, landscape=landscape)
    writer.setTitle(title)
    writer.setCreator("Caregiver Companion")
    drawn = paint(writer)
    buffer.close()
    return mend(bytes(buffer.data().data()), drawn, font_families())


@cache
def font_families() -> tuple[str, ...]:
    """Return Inter if it is there, else the system's own sans, then one for CJK characters."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    wanted = ("Inter", system, "DejaVu Sans", "Noto Sans CJK SC", "Noto Color Emoji")
    return tuple(dict.fromkeys(name for name in wanted if QFontDatabase.hasFamily(name)))


@value
class Run:
    """A piece of text in one size and weight; `struck` through where it no longer holds."""

    text: str
    size: float = BODY_PT
    bold: bool = False
    struck: bool = False


class Paragraph:
    """Wrapped text, measured once and painted anywhere. All of it shows; nothing is cut off."""

    def __init__(
        self,
        sheet: Sheet,
        runs: list[Run],
        width: float,
        *,
        right: bool = False,
        indent: float = 0.0,
    ) -> None:
        # A small QTextDocument rather than a QTextLayout: setting the parts of a
        # QTextLayout.FormatRange crashes PySide6 6.12 on Python 3.11 after some thousand times.
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(sheet.font(runs[0]))
        document.setUseDesignMetrics(True)
        document.setDefaultTextOption(_wrapped(right=right))
        cursor = QTextCursor(document)
        if indent:
            shape = QTextBlockFormat()
            shape.setTextIndent(indent)
            cursor.setBlockFormat(shape)
        for run in runs:
            cursor.insertText(run.text, sheet.look(run))
        document.setTextWidth(max(1.0, width))
        self._document = document
        self.height = document.size().height()
        self.width = document.idealWidth()
        block, self.lines = document.firstBlock(), 0
        while block.isValid():
            self.lines += block.layout().lineCount()
            block = block.next()
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


@cache
def _wrapped(*, right: bool) -> QTextOption:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    option = QTextOption(Qt.AlignmentFlag.AlignAbsolute | side)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


@value
class Block:
    """Something of a known height, in dots, that can be painted at `x`, `y` (its upper left).

    `paint` is told the height it is given, which may be more than it asked for. A block that
    `opens` is a heading: it never stands alone at the foot of a page.
    """

    height: float
    paint: Callable[[float, float, float], None]
    opens: bool = False


class Sheet:
    """A page to paint on, in the dots of its device, or in those of the `room` that is given."""

    def __init__(self, painter: QPainter, room: QRect | None = None, dots: int = 0) -> None:
        """`room` is what the margins leave of the paper, at so many `dots` an inch."""
        self.painter = painter
        if room is None:
            device = painter.device()
            room, dots = QRect(0, 0, device.width(), device.height()), device.logicalDpiY()
        self.dot = dots / 72
        self.width = float(room.width())
        self.height = float(room.height())
        self._fonts: dict[tuple[float, bool, bool], QFont] = {}
        self._looks: dict[tuple[float, bool, bool], QTextCharFormat] = {}
        # What does not fit is laid out again in part, from mostly the same texts.
        self._texts: dict[object, Paragraph] = {}
        self._cut: dict[object, Paragraph] = {}
        self.drawn: set[str] = set()
        """Every character that was set, for `findable.mend`."""

    def pt(self, points: float) -> float:
        """Return a length in points as dots."""
        return points * self.dot

    def font(self, run: Run) -> QFont:
        """Return the font for a run of text."""
        look = (run.size, run.bold, run.struck)
        if look not in self._fonts:
            self._fonts[look] = self._made(run)
        return self._fonts[look]

    def look(self, run: Run) -> QTextCharFormat:
        """Return font and colour for a run of text."""
        key = (run.size, run.bold, run.struck)
        if key not in self._looks:
            look = self._looks[key] = QTextCharFormat()
            look.setFont(self.font(run))
            # Said outright: the desktop's dark colours would otherwise reach the paper.
            look.setForeground(_INK)
        return self._looks[key]

    def _made(self, run: Run) -> QFont:
        font = QFont(list(font_families()))
        font.setPixelSize(max(1, round(self.pt(max(LEAST_PT, run.size)))))
        font.setWeight(QFont.Weight.DemiBold if run.bold else QFont.Weight.Normal)
        font.setStrikeOut(run.struck)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        for feature in _NO_LIGATURES:
            # An "fl" drawn as one shape is found by nobody who searches for "fluids".
            font.setFeature(QFont.Tag(feature), 0)
        return font

    def text(
        self, runs: list[Run], width: float, *, right: bool = False, indent: float = 0.0
    ) -> Paragraph:
        """Return wrapped text, ready to paint; its first line leaves room for an `indent`."""
        asked = (*runs, width, right, indent)
        if asked not in self._texts:
            self._texts[asked] = Paragraph(self, runs, width, right=right, indent=indent)
        return self._texts[asked]

    def text_within(
        self, runs: list[Run], width: float, lines: int, *, indent: float = 0.0
    ) -> Paragraph:
        """Return wrapped text of at most so many lines; what is longer ends in "…"."""
        asked = (*runs, width, lines, indent)
        if asked not in self._cut:
            self._cut[asked] = self._within(runs, width, lines, indent)
        return self._cut[asked]

    def _within(self, runs: list[Run], width: float, lines: int, indent: float) -> Paragraph:
        whole = Paragraph(self, _cut(runs, _LONGEST), width, indent=indent)
        if whole.lines <= lines:
            return whole
        low, high = 0, min(_LONGEST, sum(len(run.text) for run in runs))
        best = Paragraph(self, _cut(runs, 0), width, indent=indent)
        while low < high:
            middle = (low + high + 1) // 2
            tried = Paragraph(self, _cut(runs, middle), width, indent=indent)
            if tried.lines <= lines:
                low, best = middle, tried
            else:
                high = middle - 1
        return best

    def heading(self, text: str, size: float, width: float, above: float, below: float) -> Block:
        """Return a bold line over a rule, with so many points of air above and below the words."""
        line = self.text([Run(text, size, bold=True)], width)
        over, under = self.pt(above), self.pt(below)

        def paint(x: float, y: float, height: float) -> None:
            line.paint(self.painter, x, y + height - under - line.height)
            self.rule(x, y + height, width, 1.5)

        return Block(over + line.height + under, paint, opens=True)

    def write_on(self, x: float, foot: float, width: float) -> None:
        """Paint a dotted rule to write on, just above `foot`."""
        self.rule(x, foot - self.pt(2), width, 0.7, dotted=True)

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
        """Paint the footer: whose page it is, when it was printed, which page of how many.

        `printed` may be any other line about the page.
        """
        top = self.height - self.pt(18)
        self.rule(0, top, self.width, 0.75)
        baseline = top + self.pt(15)
        middle = self.text([Run(printed, LEAST_PT)], self.width)
        beside = (self.width - middle.width) / 2 - self.pt(8)
        if person:
            name = self._elided(Run(person, LEAST_PT, bold=True), min(self.width / 3, beside))
            name.paint(self.painter, 0, baseline - name.ascent)
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


def _cut(runs: list[Run], length: int) -> list[Run]:
    """Return the first `length` characters of the runs, and "…" where something was left out."""
    if sum(len(run.text) for run in runs) <= length:
        return runs
    kept: list[Run] = []
    for run in runs:
        text = run.text[:length]
        length -= len(text)
        if not length or len(text) < len(run.text):
            kept.append(Run(f"{text.rstrip()}…", run.size, run.bold, run.struck))
            break
        kept.append(run)
    return kept
