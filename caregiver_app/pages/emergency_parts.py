"""The painted parts of the emergency sheet: frames, the sign, squares, and words that must fit."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen, QPolygonF

from caregiver_app.pages.paper import Block, Paragraph, Run, Sheet

_INK = QColor(0, 0, 0)


def box(sheet: Sheet, x: float, y: float, width: float, height: float, *, thick: float) -> None:
    """Paint a frame with rounded corners, `thick` in points, wholly inside the given place."""
    pen = QPen(_INK, sheet.pt(thick))
    half = pen.widthF() / 2
    sheet.painter.setPen(pen)
    sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
    place = QRectF(x + half, y + half, width - 2 * half, height - 2 * half)
    sheet.painter.drawRoundedRect(place, sheet.pt(5), sheet.pt(5))


def octagon(sheet: Sheet, x: float, y: float, side: float) -> None:
    """Paint the emergency sign into a square."""
    painter, centre = sheet.painter, QPointF(x + side / 2, y + side / 2)
    pen = QPen(_INK, side * 0.1)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    corners = [math.radians(22.5 + 45 * place) for place in range(8)]
    reach = side / 2
    painter.drawPolygon(
        QPolygonF([centre + QPointF(math.cos(a) * reach, math.sin(a) * reach) for a in corners])
    )
    painter.drawLine(centre + QPointF(0, -side * 0.2), centre + QPointF(0, side * 0.06))
    painter.drawPoint(centre + QPointF(0, side * 0.21))


def bullet(sheet: Sheet, x: float, y: float, line: Paragraph, size: float) -> None:
    """Paint a small black square beside the first line of `line`, whose top is at `y`."""
    side = sheet.pt(size * 0.55)
    top = y + line.ascent - sheet.pt(size * 0.36) - side / 2
    sheet.painter.fillRect(QRectF(x, top, side, side), _INK)


def largest(sheet: Sheet, text: str, sizes: Sequence[float], width: float, lines: int) -> Paragraph:
    """Return the text in bold: in one line as large as it goes, else smaller in several lines."""
    for size in sizes:
        line = sheet.text([Run(text[:400], size, bold=True)], width)
        if line.lines <= 1:
            return line
    return sheet.text_within([Run(text, sizes[-1], bold=True)], width, lines)


def words(sheet: Sheet, text: Paragraph) -> Block:
    """Return a text as a block."""
    return Block(text.height, lambda x, y, _: text.paint(sheet.painter, x, y))


def blank(sheet: Sheet, width: float, height: float) -> Block:
    """Return a line to write on."""
    return Block(height, lambda x, y, high: sheet.write_on(x, y + high, width))


def nothing() -> Block:
    """Return a block that takes no room."""
    return Block(0.0, lambda _x, _y, _height: None)


def beside(sheet: Sheet, label: Paragraph, value: Paragraph, indent: float) -> Block:
    """Return a label with its value so far at the right, the first lines on one baseline."""
    base = max(label.ascent, value.ascent)

    def paint(x: float, y: float, _: float) -> None:
        label.paint(sheet.painter, x, y + base - label.ascent)
        value.paint(sheet.painter, x + indent, y + base - value.ascent)

    tall = max(one.height - one.ascent for one in (label, value))
    return Block(base + tall, paint)


def stacked(blocks: Sequence[Block], gap: float) -> Block:
    """Return blocks below each other as one, with a gap between any two."""

    def paint(x: float, y: float, _: float) -> None:
        for block in blocks:
            block.paint(x, y, block.height)
            y += block.height + gap

    return Block(sum(block.height for block in blocks) + gap * max(0, len(blocks) - 1), paint)
