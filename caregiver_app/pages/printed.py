"""Something to print, and the ways it goes out: a printer, a PDF file, or a picture of each page.

All of them run the same painter over the same layout, so a preview shows what the paper will show.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPagedPaintDevice, QPainter

from caregiver_app.pages.paper import Sheet, as_pdf, layout_of
from caregiver_app.services.handout import hand_out
from caregiver_app.values import value

Leaf = Callable[[], None]
"""Paints one page."""

PROOF_DOTS: Final = 1200
"""Dots an inch at which a proof is laid out, as fine as a PDF file."""


@value
class Printed:
    """Something to print: what it is called, whether it lies across, and how it is laid out.

    `compose` lays everything out on a sheet and returns what paints each page of it. Pages that go
    to different people are `one_sided`: no two of them share a sheet of paper.
    """

    title: str
    compose: Callable[[Sheet], list[Leaf]]
    landscape: bool = False
    one_sided: bool = False


def paint_printed(device: QPagedPaintDevice, printed: Printed) -> set[str]:
    """Paint all pages on a printer or PDF writer whose paper is set (`paper.prepare`).

    Returns the characters that were drawn, which only a PDF file has a use for; none at all where
    the device cannot be painted on.
    """
    painter = QPainter()
    if not painter.begin(device):
        return set()
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = Sheet(painter)
        for number, leaf in enumerate(printed.compose(sheet)):
            if number:
                device.newPage()
            leaf()
    finally:
        painter.end()
    return sheet.drawn


def pdf_of(printed: Printed, paper: str) -> bytes:
    """Return all pages as a PDF file; a QGuiApplication must be there (`paper.application`)."""
    return as_pdf(
        printed.title,
        lambda device: paint_printed(device, printed),
        paper,
        landscape=printed.landscape,
    )


def write_printed(printed: Printed, path: Path, paper: str) -> None:
    """Write all pages as a PDF file, all or nothing, readable by its owner alone.

    Raises:
        InputRefused: the folder does not exist, or `path` cannot be the name of a file.
        DataReadOnly: the folder cannot be written to.
        DiskTrouble: the disk is full or failed; what was there before is untouched.
    """
    hand_out(path, pdf_of(printed, paper))


class Proof:
    """Something to print, laid out once, each page of which can be looked at in any size."""

    def __init__(self, printed: Printed, paper: str) -> None:
        self._layout = layout_of(paper, landscape=printed.landscape)
        self._sheet = Sheet(QPainter(), self._layout.paintRectPixels(PROOF_DOTS), PROOF_DOTS)
        self._leaves = printed.compose(self._sheet)
        self.title = printed.title

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._leaves)

    @property
    def inches(self) -> tuple[float, float]:
        """Width and height of the paper in inches."""
        whole = self._layout.fullRectPoints()
        return whole.width() / 72, whole.height() / 72

    @property
    def text(self) -> set[str]:
        """Every character on the pages."""
        return self._sheet.drawn

    def size(self, width: int) -> QSize:
        """Return how large the picture of a page is that is `width` dots wide."""
        whole = self._layout.fullRectPixels(PROOF_DOTS)
        return QSize(width, round(whole.height() * width / whole.width()))

    def picture(self, page: int, width: int) -> QImage:
        """Return the page with this number, counted from 0, `width` dots wide, paper and all."""
        scale = width / self._layout.fullRectPixels(PROOF_DOTS).width()
        image = QImage(self.size(width), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        try:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
            )
            painter.scale(scale, scale)
            painter.translate(self._layout.paintRectPixels(PROOF_DOTS).topLeft())
            self._sheet.painter = painter
            self._leaves[page]()
        finally:
            painter.end()
        return image
