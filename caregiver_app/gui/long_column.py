"""`LongColumn`: thousands of pieces below each other, of which only those near the eye are widgets.

A piece is a plain value with a key. Its widget is made when it comes near what is seen, measured
then, and thrown away when it is far again; one that is being used (`is_busy`) or has the keyboard
stays. So a list of 5,000 is shown at once and never costs more than what fits on a screen or two.
The Tab key goes through all of it: a stop that comes into focus is scrolled to, and what follows it
is made by then.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app.gui.reading_order import stops_of
from caregiver_app.gui.widgets.text import ScrollArea

_ROUNDS: Final = 6
_AHEAD: Final = 400
"""So many px above and below what is seen are made already."""
_GUESS: Final = 120
_BLIND: Final = 500
"""How tall the view is taken to be before it was shown."""


class Piece(Protocol):
    """What knows which widget it is."""

    @property
    def key(self) -> str:
        """Stays the same while the piece may be the same widget."""
        ...

    @property
    def kind(self) -> str:
        """Pieces of a kind are about equally tall."""
        ...


P = TypeVar("P", bound=Piece)


class PieceWidget(QWidget, Generic[P]):
    """The widget of a piece; it has a layout, and asks for height by width."""

    def show_piece(self, piece: P) -> bool:
        """Show another piece of the same key; False asks for a new widget."""
        raise NotImplementedError

    def is_busy(self) -> bool:
        """Tell whether somebody is about to answer in it: then it stays as it is."""
        return False


class LongColumn(QWidget, Generic[P]):
    """The body of a `ScrollArea` that is made with it (`area`)."""

    grown = Signal()
    """All of it together is taller, or less tall, than before."""
    remade = Signal()
    """Other pieces are widgets now: the way of the Tab key has to be laid anew (`stops`)."""

    def __init__(self, make: Callable[[P], PieceWidget[P]]) -> None:
        super().__init__()
        self._make = make
        self._pieces: list[P] = []
        self._places: dict[str, int] = {}
        self._heights: list[int] = []
        self._tops: list[int] = [0]
        self._known: dict[str, int] = {}
        self._settling = False
        self._laid_for = 0
        self._standing: list[int] = []
        self.made: dict[str, PieceWidget[P]] = {}
        self.area = ScrollArea(self)
        self.area.verticalScrollBar().valueChanged.connect(self._settle_if_seen)
        self.area.viewport().installEventFilter(self)

    @property
    def pieces(self) -> Sequence[P]:
        """Everything that stands in it, from the top."""
        return self._pieces

    def set_pieces(self, pieces: Sequence[P]) -> None:
        """Show these; a widget whose piece is still there stays, with what was typed in it."""
        # What hides lets the view scroll, and settling must not find half of it changed.
        self._settling = True
        try:
            self._take(pieces)
        finally:
            self._settling = False
        self.settle()

    def _take(self, pieces: Sequence[P]) -> None:
        anchor = self._anchor()
        old = dict(zip((one.key for one in self._pieces), self._heights, strict=True))
        self._pieces = list(pieces)
        self._places = {one.key: place for place, one in enumerate(self._pieces)}
        self._heights = [old.get(one.key) or self._guess(one) for one in self._pieces]
        for key in [key for key in self.made if key not in self._places]:
            self._drop(key)
        for key, widget in list(self.made.items()):
            if not widget.show_piece(self._pieces[self._places[key]]) and not widget.is_busy():
                self._drop(key)
        self._sum()
        self._scroll_to(anchor)

    def refresh(self) -> None:
        """Show the words of now."""
        for key, widget in list(self.made.items()):
            widget.show_piece(self._pieces[self._places[key]])

    def is_busy(self) -> bool:
        """Tell whether somebody is about to answer in one of them."""
        return any(one.is_busy() for one in self.made.values())

    def in_order(self) -> list[PieceWidget[P]]:
        """Return the widgets that are made, from the top."""
        return [self.made[key] for key in sorted(self.made, key=self._places.__getitem__)]

    def widget_at(self, place: int) -> PieceWidget[P] | None:
        """Return the widget of a piece, scrolled to and made if need be; None past the ends."""
        if not 0 <= place < len(self._pieces):
            return None
        self.bring(self._pieces[place].key)
        return self.made.get(self._pieces[place].key)

    def place_of(self, widget: QWidget) -> int:
        """Return which piece a widget, or the one around it, belongs to; -1 for none."""
        for key, one in self.made.items():
            if one is widget or one.isAncestorOf(widget):
                return self._places[key]
        return -1

    def bring(self, key: str) -> None:
        """Scroll so that a piece is seen whole, or its beginning where it is too tall."""
        place = self._places.get(key)
        if place is None:
            return
        for _ in range(_ROUNDS):
            bar, room = self.area.verticalScrollBar(), self._room()
            top, bottom = self._tops[place], self._tops[place + 1]
            wanted = max(bar.value(), bottom - room)
            wanted = min(wanted, top)
            if wanted == bar.value() and key in self.made:
                return
            bar.setValue(wanted)
            self.settle()

    def height_of(self, count: int) -> int:
        """Return how tall the first pieces are together at the width that `lay_for` named."""
        return self._tops[min(count, len(self._pieces))]

    def lay_for(self, width: int) -> None:
        """Measure for this width until the column was shown and has one of its own."""
        self._laid_for = width
        self.settle()

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, as read."""
        return [stop for widget in self.in_order() for stop in stops_of(widget)]

    # -- Within -----------------------------------------------------------------------------------

    def settle(self) -> None:
        """Make what is near, throw away what is far, and put everything where it belongs."""
        if self._settling:
            return
        self._settling = True
        try:
            for _ in range(_ROUNDS):
                if not self._settle_once():
                    break
            self._throw_away()
            self._put()
        finally:
            self._settling = False
        standing = [id(one) for one in self.in_order()]
        if standing != self._standing:
            self._standing = standing
            self.remade.emit()

    def _settle_once(self) -> bool:
        """Make and measure what is near; tell whether anything was not as tall as thought."""
        anchor, width, changed = self._anchor(), self._width(), False
        for place in {*self._near(), *self._held()}:
            piece = self._pieces[place]
            widget = self.made.get(piece.key)
            if widget is None:
                widget = self.made[piece.key] = self._make(piece)
                widget.setParent(self)
                widget.installEventFilter(self)
                widget.show()
            tall = widget.heightForWidth(width)
            tall = tall if tall > 0 else widget.sizeHint().height()
            self._known[piece.kind] = tall
            if tall != self._heights[place]:
                self._heights[place], changed = tall, True
        if changed:
            self._sum()
            self._scroll_to(anchor)
        return changed

    def _throw_away(self) -> None:
        keep = {self._pieces[place].key for place in (*self._near(), *self._held())}
        for key in [key for key in self.made if key not in keep]:
            self._drop(key)

    def _put(self) -> None:
        width = self._width()
        for key, widget in self.made.items():
            place = self._places[key]
            widget.setGeometry(0, self._tops[place], width, self._heights[place])

    def _near(self) -> range:
        if not self._pieces:
            return range(0)
        value = self.area.verticalScrollBar().value()
        first = bisect_right(self._tops, value - _AHEAD) - 1
        last = bisect_left(self._tops, value + self._room() + _AHEAD)
        return range(max(0, first), min(len(self._pieces), max(last, 1)))

    def _held(self) -> list[int]:
        """Return the places of widgets that stay wherever the eye is, and those beside them."""
        focus = _maybe(QApplication.focusWidget())
        held: list[int] = []
        for key, widget in self.made.items():
            has_keys = focus is not None and (widget is focus or widget.isAncestorOf(focus))
            if has_keys or widget.is_busy():
                place = self._places[key]
                beside = range(place - 2, place + 3) if has_keys else (place,)
                held += [one for one in beside if 0 <= one < len(self._pieces)]
        return held

    def _drop(self, key: str) -> None:
        widget = self.made.pop(key)
        widget.removeEventFilter(self)
        widget.hide()
        widget.deleteLater()

    def _guess(self, piece: P) -> int:
        return self._known.get(piece.kind, _GUESS)

    def _sum(self) -> None:
        self._tops = [0, *accumulate(self._heights)]
        tall = self._tops[-1]
        if self.minimumHeight() != tall or self.maximumHeight() != tall:
            self.setFixedHeight(tall)
            self.grown.emit()

    def _width(self) -> int:
        seen = self.area.isVisible()
        return self.area.viewport().width() if seen or not self._laid_for else self._laid_for

    def _room(self) -> int:
        return self.area.viewport().height() if self.area.isVisible() else _BLIND

    def _anchor(self) -> tuple[str, int]:
        """Return which piece stands at the upper edge, and how much of it is above."""
        value = self.area.verticalScrollBar().value()
        if not self._pieces or not value:
            return "", 0
        place = min(bisect_right(self._tops, value) - 1, len(self._pieces) - 1)
        return self._pieces[place].key, value - self._tops[place]

    def _scroll_to(self, anchor: tuple[str, int]) -> None:
        key, above = anchor
        place = self._places.get(key)
        if place is not None:
            self.area.verticalScrollBar().setValue(self._tops[place] + above)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Settle when the view becomes larger, or words in a piece take more room."""
        kind = event.type()
        if watched is self.area.viewport():
            if kind in (QEvent.Type.Resize, QEvent.Type.Show):
                self._settle_if_seen()
        elif kind == QEvent.Type.LayoutRequest:
            self._settle_if_seen()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Settle when a piece asks for another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._settle_if_seen()
        return super().event(event)

    def _settle_if_seen(self) -> None:
        """Make nothing for an eye that is not there: a window that closes has no data any more."""
        if self.area.isVisible():
            self.settle()


def _maybe(widget: QWidget | None) -> QWidget | None:
    # Qt answers None where its types promise a widget.
    return widget
