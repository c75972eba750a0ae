"""Words of several fonts that wrap together: as tall and as placed as their width asks for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.spans import Block, Span

WORDS = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum in the old town"


@pytest.fixture
def theme(qapp) -> Theme:
    made = Theme()
    made.apply(qapp)
    made.set_mode("light")
    return made


def painted(block: Block, width: int, *, anew: bool = False) -> QImage:
    """The words, painted at a width, or `anew`: laid out for just that width."""
    picture = QImage(width, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    if anew:
        for layout in block._laid_out(width).layouts:
            layout.draw(painter, QPointF(0, 0))
    else:
        block.paint(painter, QPointF(0, 0), width)
    painter.end()
    return picture


def test_it_wraps_below_its_natural_width_and_only_there(theme: Theme):
    block = Block(theme, ([Span(WORDS, "strong")], [Span("second line", "second", "soft")]))
    whole = block.natural_width()
    assert block.height(whole) == block.height(whole + 1) == block.height(4 * whole)
    assert block.height(whole - 20) > block.height(whole)
    assert block.height(whole // 3) > block.height(whole - 20)
    # Asked again, in another order, the answers are the same.
    assert block.height(whole) < block.height(whole - 20) < block.height(whole // 3)


@pytest.mark.parametrize("words", ["Infusion", WORDS, "موعد", "王梅 Infusion"])
def test_what_was_laid_out_for_another_width_is_painted_like_new(theme: Theme, words: str):
    block = Block(theme, ([Span(words)], [Span("below", "second", "soft")]))
    for width in (block.natural_width(), 700, 500, 120, 500):
        assert painted(block, width) == painted(block, width, anew=True)
