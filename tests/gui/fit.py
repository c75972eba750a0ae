"""Whether words have room: none cut, none on each other, the whole of "…" told elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF
from PySide6.QtGui import QAccessible, QHelpEvent, Qt, QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QToolTip,
    QWidget,
)

from tests.gui.drawn import Piece, pieces
from tests.gui.looks import face, seen, spot

_SLACK = 2.0
"""Px that a letter may reach over an edge: fonts count room that most letters do not use."""
_DATA = Qt.ItemDataRole
_CUT = "…"
_FAR = 1e6


@dataclass
class Words:
    """A piece of text of a window, with the widget that draws it."""

    widget: QWidget
    piece: Piece

    @property
    def where(self) -> str:
        """Words that help to find it."""
        return f"“{self.piece.text}” in {spot(self.widget)}"

    def box(self, within: QWidget) -> QRectF:
        """Return where its letters stand in one of the widgets around it."""
        corner = self.widget.mapTo(within, QPoint(0, 0))
        letters = self.piece.letters
        if self.is_typed:
            letters = letters.intersected(QRectF(self.widget.rect()))
        return letters.translated(corner.x(), corner.y())

    @property
    def is_typed(self) -> bool:
        """Whether it stands in a field, where it moves with the caret."""
        return isinstance(self.widget, QLineEdit) or isinstance(
            self.widget.parentWidget(), QPlainTextEdit
        )

    def index(self) -> tuple[QAbstractItemView, QModelIndex] | None:
        """Return the cell of a list that it stands in."""
        view = self.widget.parentWidget()
        if not isinstance(view, QAbstractItemView) or view.viewport() is not self.widget:
            return None
        return view, view.indexAt(self.piece.box.center().toPoint())


def words(top: QWidget) -> list[Words]:
    """Every piece of text that a window draws."""
    return [
        Words(widget, piece)
        for widget in seen(top)
        if not isinstance(widget, QScrollBar)
        for piece in pieces(widget)
    ]


def _scrolls(widget: QWidget) -> bool:
    """Whether a widget is looked at through a window that moves."""
    area = widget.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.viewport() is widget


# -- Cut ------------------------------------------------------------------------------------------


def cut_words(top: QWidget) -> list[str]:
    """The words of which a part lies outside of what shows them."""
    return [f"{one.where}: {edge}" for one in words(top) if (edge := _edge(one, top))]


def _edge(one: Words, top: QWidget) -> str:
    if one.is_typed:
        return ""
    cell = one.index()
    if cell is not None and not isinstance(cell[0], QHeaderView):
        view, index = cell
        room = QRectF(view.visualRect(index)) if index.isValid() else QRectF()
        if over := _over(one.piece.letters, room):
            return f"{over} of its cell"
    for around, room in _around(one.widget, top):
        if over := _over(one.box(around), room):
            return f"{over} of {spot(around)}"
    return ""


def _around(widget: QWidget, top: QWidget) -> Iterator[tuple[QWidget, QRectF]]:
    """What may cut a widget: itself and what it stands in, with the room in each.

    What is scrolled out of sight is not cut; but nothing scrolls sideways.
    """
    around: QWidget | None = widget
    scrolled = 0.0
    while around is not None:
        scrolled = _FAR if _scrolls(around) else scrolled
        yield around, QRectF(around.rect()).adjusted(0, -scrolled, 0, scrolled)
        around = None if around is top else around.parentWidget()


def _over(box: QRectF, room: QRectF) -> str:
    reaches = (room.left() - box.left(), box.right() - room.right(),
               room.top() - box.top(), box.bottom() - room.bottom())  # fmt: skip
    worst = max(reaches)
    side = ("left", "right", "above", "below")[reaches.index(worst)]
    return f"{worst:.0f} px {side}" if worst > _SLACK else ""


# -- On each other --------------------------------------------------------------------------------


def overlapping(top: QWidget) -> list[str]:
    """The words that lie on other words."""
    found: list[str] = []
    for group in _sheets(top).values():
        group.sort(key=lambda pair: pair[1].top())
        for place, (one, box) in enumerate(group):
            for other, lower in group[place + 1 :]:
                if lower.top() > box.bottom() - _SLACK:
                    break
                common = box.intersected(lower)
                if common.width() > _SLACK and common.height() > _SLACK:
                    found.append(f"{one.where} and {other.where}")
    return found


def _sheets(top: QWidget) -> dict[int, list[tuple[Words, QRectF]]]:
    """Words by what they are written on: what floats or scrolls may pass over other words."""
    found: dict[int, list[tuple[Words, QRectF]]] = {}
    for one in words(top):
        sheet = one.widget
        while sheet is not top and not _scrolls(sheet) and not _floats(sheet):
            sheet = sheet.parentWidget()
        found.setdefault(id(sheet), []).append((one, one.box(sheet)))
    return found


def _floats(widget: QWidget) -> bool:
    """Whether a widget lies over others, placed by hand where they stand in a layout."""
    parent = widget.parentWidget()
    layout = None if parent is None else parent.layout()
    if layout is None:
        return False
    waiting = [layout]
    while waiting:
        inner = waiting.pop()
        for place in range(inner.count()):
            item = inner.itemAt(place)
            if item is not None and item.widget() is widget:
                return False
            if item is not None and item.layout() is not None:
                waiting.append(item.layout())
    return True


# -- Ends in "…" ----------------------------------------------------------------------------------


def untold(top: QWidget) -> list[str]:
    """The words ending in "…" whose whole is not in the tooltip and the accessible text."""
    found: list[str] = []
    for one in words(top):
        if _CUT not in one.piece.text or one.is_typed:
            continue
        start, _, end = one.piece.text.partition(_CUT)
        tip, said = _tooltip(one), _said(one)
        if _is_whole(one):
            continue
        if not _told(start, end, tip):
            found.append(f"{one.where}: not in the tooltip “{tip[:80]}”")
        if not _told(start, end, said):
            found.append(f"{one.where}: not in what is said “{said[:80]}”")
    return found


def _is_whole(one: Words) -> bool:
    """Whether the "…" was written there: a placeholder, a menu that asks further."""
    widget = one.widget
    own = [getattr(widget, told)() for told in ("text", "placeholderText", "accessibleName")
           if callable(getattr(widget, told, None))]  # fmt: skip
    own += [action.text() for action in widget.actions()]
    return any(_squeezed(one.piece.text) in _squeezed(text) for text in own)


def _told(start: str, end: str, whole: str) -> bool:
    squeezed = _squeezed(whole)
    first, last = _squeezed(start), _squeezed(end)
    place = squeezed.find(first)
    return place >= 0 and len(squeezed) > len(first) and last in squeezed[place + len(first) :]


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("&&", "&"))


def _tooltip(one: Words) -> str:
    spots = one.piece.box.center().toPoint()
    QToolTip.hideText()
    cell = one.index()
    own = one.widget.toolTip()
    told = own if cell is None else str(cell[1].data(_DATA.ToolTipRole) or "")
    if not told:
        event = QHelpEvent(QEvent.Type.ToolTip, spots, one.widget.mapToGlobal(spots))
        QApplication.sendEvent(one.widget, event)
        told = QToolTip.text()
        QToolTip.hideText()
    if Qt.mightBeRichText(told):
        page = QTextDocument()
        page.setHtml(told)
        return page.toPlainText()
    return told


def _said(one: Words) -> str:
    cell = one.index()
    if cell is not None:
        return str(cell[1].data(_DATA.AccessibleTextRole) or cell[1].data() or "")
    texts = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
    said = " ".join(face(one.widget).text(text) for text in texts)
    return said + (one.widget.currentText() if isinstance(one.widget, QComboBox) else "")


# -- Controls -------------------------------------------------------------------------------------


def colliding(top: QWidget) -> list[str]:
    """The controls that lie on each other, and those that reach out of their window."""
    found: list[str] = []
    places: dict[int, list[tuple[QWidget, QRect]]] = {}
    for widget in seen(top):
        parent = widget.parentWidget()
        if widget is top or parent is None or not face(widget).text(QAccessible.Text.Name):
            continue
        if not isinstance(parent, QComboBox | QLineEdit) and not _floats(widget):
            places.setdefault(id(parent), []).append((widget, widget.geometry()))
    for family in places.values():
        for place, (one, box) in enumerate(family):
            for other, second in family[place + 1 :]:
                common = box.intersected(second)
                if common.width() > _SLACK and common.height() > _SLACK:
                    found.append(f"{spot(one)} and {spot(other)}")
    return found


def sticking_out(top: QWidget) -> list[str]:
    """The controls of which a part lies outside of the window or page that holds them."""
    found: list[str] = []
    for widget in seen(top):
        if widget is top or isinstance(widget, QScrollBar) or not widget.focusPolicy():
            continue
        for around, room in _around(widget, top):
            box = QRect(widget.mapTo(around, QPoint(0, 0)), widget.size())
            if over := _over(QRectF(box), room):
                found.append(f"{spot(widget)}: {over} of {spot(around)}")
                break
    return found


def small_targets(top: QWidget, least: int = 44) -> Iterator[str]:
    """The buttons that are hard to hit."""
    for widget in seen(top):
        if face(widget).role() != QAccessible.Role.Button or not widget.isEnabled():
            continue
        if isinstance(widget.parentWidget(), QLineEdit | QScrollBar):
            continue
        if min(widget.width(), widget.height()) < least:
            yield f"{spot(widget)}: {widget.width()}x{widget.height()}"
