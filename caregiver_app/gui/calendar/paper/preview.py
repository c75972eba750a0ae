"""Shows what will be printed, page by page, as large as one likes; the painter is the printer's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import IconButton, PlainButton
from caregiver_app.gui.widgets.text import PlainScrollArea, Text, own_viewport
from caregiver_app.gui.words import tr
from caregiver_app.pages.printed import Proof

ZOOMS: Final = (1.0, 1.4, 2.0, 2.8, 4.0)
"""How many times as large as a page that is seen whole."""
_AROUND: Final = 12
_LEAST: Final = QSize(420, 380)


class _Paper(QWidget):
    """One page, as a picture that is made when it is first seen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._size = QSize()
        self._make: Callable[[], QPixmap] | None = None
        self._made: QPixmap | None = None

    def show_picture(self, size: QSize, make: Callable[[], QPixmap] | None) -> None:
        """Show another page, so large without the desk around it; None for none."""
        self._size, self._make, self._made = size, make, None
        self.setMinimumSize(size + QSize(2 * _AROUND, 2 * _AROUND))
        self.update()

    @property
    def _picture(self) -> QPixmap:
        if self._made is None:
            self._made = QPixmap() if self._make is None else self._make()
        return self._made

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the page in the middle, with a hairline around it."""
        if self._make is None:
            return
        place = QRect(0, 0, self._size.width(), self._size.height())
        place.moveCenter(self.rect().center())
        painter = QPainter(self)
        painter.drawPixmap(place, self._picture)
        painter.setPen(QPen(self._theme.colour("edge"), 1))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))


class _View(PlainScrollArea):
    """Scrolls a page both ways; Page Up and Page Down go from page to page."""

    def __init__(self, preview: PrintPreview, paper: _Paper) -> None:
        super().__init__()
        self._preview = preview
        own_viewport(self)
        self.setWidget(paper)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages and change the size; the arrows scroll."""
        turns = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        grows = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}
        if event.key() in turns:
            self._preview.turn(turns[Qt.Key(event.key())])
        elif event.key() in grows:
            self._preview.grow(grows[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class PrintPreview(QWidget):
    """The pages of a proof with buttons to turn them and to see them larger."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._proof: Proof | None = None
        self.page = 0
        self._zoom = 0
        self.back = IconButton(theme, "back", tr("Page before"), quiet=True)
        self.forward = IconButton(theme, "forward", tr("Next page"), quiet=True)
        self.number = Text("", "second", "soft", wrap=False)
        self.smaller = PlainButton(theme, "\u2212", name=tr("Show smaller"))
        self.larger = PlainButton(theme, "+", name=tr("Show larger"))
        self._paper = _Paper(theme)
        self.view = _View(self, self._paper)
        self._lay_out()
        self.back.clicked.connect(lambda: self.turn(-1))
        self.forward.clicked.connect(lambda: self.turn(1))
        self.smaller.clicked.connect(lambda: self.grow(-1))
        self.larger.clicked.connect(lambda: self.grow(1))
        theme.changed.connect(self._draw)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for widget in (self.back, self.number, self.forward):
            bar.addWidget(widget)
        bar.addStretch(1)
        for button in (self.smaller, self.larger):
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.view, 1)
        self.view.setMinimumSize(_LEAST)

    @property
    def proof(self) -> Proof | None:
        """What is shown."""
        return self._proof

    def show_proof(self, proof: Proof | None) -> None:
        """Show other pages; None where there is nothing that could be printed."""
        self._proof = proof
        self.page = 0 if proof is None else min(self.page, proof.pages - 1)
        self._draw()

    def turn(self, pages: int) -> None:
        """Go on by so many pages, as far as there are any."""
        if self._proof is not None:
            self.page = max(0, min(self._proof.pages - 1, self.page + pages))
            self._draw()

    def grow(self, steps: int) -> None:
        """Show the page larger or smaller."""
        self._zoom = max(0, min(len(ZOOMS) - 1, self._zoom + steps))
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a whole page whole."""
        super().resizeEvent(event)
        self._show_page()

    def _draw(self) -> None:
        proof = self._proof
        pages = 0 if proof is None else proof.pages
        for button, useful in (
            (self.back, self.page > 0),
            (self.forward, self.page < pages - 1),
            (self.smaller, pages > 0 and self._zoom > 0),
            (self.larger, pages > 0 and self._zoom < len(ZOOMS) - 1),
        ):
            button.setEnabled(useful)
        self.view.setAccessibleName(tr("Preview"))
        if proof is None:
            self.number.setText(tr("Nothing to show yet"))
            self.view.setAccessibleDescription(tr("Nothing to show yet"))
            self._paper.show_picture(QSize(), None)
            return
        said = tr("Page {page} of {pages}", page=self.page + 1, pages=pages)
        self.number.setText(said)
        self.view.setAccessibleDescription(f"{proof.title}, {said}")
        self._show_page()

    def _show_page(self) -> None:
        """Show the page as large as there is room for."""
        proof = self._proof
        if proof is None:
            return
        ratio, page = self.devicePixelRatioF(), self.page
        dots = max(1, round(self._width() * ratio))

        def make() -> QPixmap:
            picture = QPixmap.fromImage(proof.picture(page, dots))
            picture.setDevicePixelRatio(ratio)
            return picture

        # The window finds its size in several steps, and each would paint the page anew.
        self._paper.show_picture((QSizeF(proof.size(dots)) / ratio).toSize(), make)

    def _width(self) -> float:
        """Return how wide the page is shown."""
        wide, high = (1.0, 1.0) if self._proof is None else self._proof.inches
        room = self.view.size() - QSize(2 * _AROUND + 4, 2 * _AROUND + 4)
        whole = min(float(room.width()), room.height() * wide / high)
        return max(80.0, whole) * ZOOMS[self._zoom]
