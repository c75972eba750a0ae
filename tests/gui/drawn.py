"""What a widget really draws: each piece of text with its place and its ink.

A widget is asked to paint on a device that keeps the words instead of showing them, so that what
delegates and charts draw by hand is known as well as what stands in labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QRegion,
    QTextItem,
    QTransform,
)
from PySide6.QtWidgets import QWidget

_METRIC = QPaintDevice.PaintDeviceMetric
_DPI = 96
_ALONE = QWidget.RenderFlag(0)
_UNSEEN = "\N{ZERO WIDTH SPACE}"
_JOINED = 1.5
"""Two pieces on one line this near to each other are one: fonts change between scripts."""


@dataclass
class Piece:
    """Some words, where they stand in their widget (in px), and their ink."""

    text: str
    box: QRectF
    ink: str
    letters: QRectF
    """What the letters themselves cover; `box` is as high as a line."""


class _Engine(QPaintEngine):
    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.pieces: list[Piece] = []
        self._where = QTransform()
        self._ink = QColor()

    def begin(self, device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:
        self._where = state.transform()
        self._ink = QColor(state.pen().color())

    def drawTextItem(self, spot: QPointF, item: QTextItem) -> None:
        size = QRectF(spot.x(), spot.y() - item.ascent(), item.width(),
                      item.ascent() + item.descent())  # fmt: skip
        letters = QFontMetricsF(item.font()).tightBoundingRect(item.text())
        letters.translate(spot)
        to_widget = self._where.mapRect
        words = item.text().replace(_UNSEEN, "")
        self.pieces.append(Piece(words, to_widget(size), self._ink.name(), to_widget(letters)))

    def drawPixmap(self, *given: object) -> None:
        pass

    drawImage = drawPath = drawPolygon = drawRects = drawLines = drawPixmap  # noqa: N815
    drawEllipse = drawPoints = drawTiledPixmap = drawPixmap  # noqa: N815


class _Paper(QPaintDevice):
    """One for all: what draws on it may keep it for longer than Python would."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = _Engine()
        self._answers = {
            _METRIC.PdmWidth: 0, _METRIC.PdmHeight: 0, _METRIC.PdmDpiX: _DPI,
            _METRIC.PdmDpiY: _DPI, _METRIC.PdmPhysicalDpiX: _DPI, _METRIC.PdmPhysicalDpiY: _DPI,
            _METRIC.PdmDepth: 32, _METRIC.PdmNumColors: 1 << 24, _METRIC.PdmDevicePixelRatio: 1,
            _METRIC.PdmDevicePixelRatioScaled: 1 << 16,
        }  # fmt: skip

    def cut_to(self, size: QSize) -> None:
        """Be as large as a widget, and empty."""
        self._answers[_METRIC.PdmWidth] = size.width()
        self._answers[_METRIC.PdmHeight] = size.height()
        self.engine.pieces = []

    def paintEngine(self) -> QPaintEngine:
        return self.engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        return self._answers.get(metric, 0)


@cache
def _paper() -> _Paper:
    return _Paper()


def pieces(widget: QWidget) -> list[Piece]:
    """The words that one widget draws by itself, without those of its children."""
    paper = _paper()
    paper.cut_to(widget.size())
    widget.render(paper, QPoint(), QRegion(), _ALONE)
    once: list[Piece] = []
    for one in _joined(paper.engine.pieces):
        # What is chosen in a field is drawn a second time, in another ink.
        if one.text.strip() and not any(
            one.text == had.text and one.box == had.box for had in once
        ):
            once.append(one)
    return once


def _joined(found: list[Piece]) -> Iterator[Piece]:
    last: Piece | None = None
    for one in found:
        if last is not None and _goes_on(last, one):
            letters = last.letters.united(one.letters)
            last = Piece(last.text + one.text, last.box.united(one.box), last.ink, letters)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _goes_on(last: Piece, one: Piece) -> bool:
    beside = abs(one.box.left() - last.box.right()) <= _JOINED
    return beside and one.box.top() < last.box.bottom() and last.box.top() < one.box.bottom()
