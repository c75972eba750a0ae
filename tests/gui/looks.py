"""What may not be seen, or not be missing, on any screen: each check returns what it found.

What words are cut, or lie on each other, is found by `fit`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QAction,
    QColor,
    QKeySequence,
    QPalette,
    QShortcut,
    Qt,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)

from caregiver_app.gui.reading_order import follow_layout, stops_of
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import ROLES
from tests.gui.drawn import pieces

_ROLE = QPalette.ColorRole
_SEEN_ROLES = (
    _ROLE.Window, _ROLE.WindowText, _ROLE.Base, _ROLE.AlternateBase, _ROLE.Text, _ROLE.Button,
    _ROLE.ButtonText, _ROLE.Highlight, _ROLE.HighlightedText, _ROLE.Link, _ROLE.ToolTipBase,
    _ROLE.ToolTipText, _ROLE.PlaceholderText,
)  # fmt: skip
_DATA = Qt.ItemDataRole
USED = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QAbstractSlider,
        QTabBar)  # fmt: skip
_MOST_ROWS = 60
_ENOUGH = 60
_MOST_STOPS = 500


def seen(top: QWidget) -> Iterator[QWidget]:
    """Everything of a window that is shown, the window itself first."""
    yield top
    for widget in top.findChildren(QWidget):
        if widget.isVisibleTo(top) and widget.window() is top.window():
            yield widget


def spot(widget: QWidget) -> str:
    """Words that help to find a widget in a failed test."""
    words = getattr(widget, "text", None)
    told = (words() if callable(words) else "") or widget.accessibleName()
    parent = widget.parentWidget()
    if not told and parent is not None:
        around = f"{type(parent).__name__} “{parent.accessibleName()[:_ENOUGH]}”"
        return f"{type(widget).__name__} in {around}"
    return f"{type(widget).__name__} “{told[:_ENOUGH]}”"


def face(widget: QWidget) -> QAccessibleInterface:
    """What a screen reader is told of a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None, spot(widget)
    return found


# -- Colours --------------------------------------------------------------------------------------


def foreign_colours(top: QWidget, theme: Theme) -> list[str]:
    """The widgets whose palette has a colour that is none of the tokens."""
    known = {QColor(theme.tokens.colour(role)).name() for role in ROLES}
    found: list[str] = []
    for widget in seen(top):
        brushes = (widget.palette().brush(role) for role in _SEEN_ROLES)
        painted = (one.color() for one in brushes if one.style() != Qt.BrushStyle.NoBrush)
        foreign = {one.name() for one in painted if one.alpha()} - known
        if foreign:
            found.append(f"{spot(widget)}: {sorted(foreign)}")
    return found


def foreign_ink(top: QWidget, theme: Theme) -> list[str]:
    """The words that are written in a colour that is none of the tokens."""
    known = {QColor(theme.tokens.colour(role)).name() for role in ROLES}
    return [
        f"{spot(widget)}: “{piece.text}” in {piece.ink}"
        for widget in seen(top)
        for piece in pieces(widget)
        if piece.ink not in known
    ]


def painted_colours(top: QWidget, theme: Theme) -> tuple[float, set[str]]:
    """How much of a picture of a window is exactly in token colours, and which of them occur."""
    known = {QColor(theme.tokens.colour(role)).rgb() for role in ROLES}
    image = top.grab().toImage()
    many: Counter[int] = Counter(
        image.pixel(x, y) for x in range(0, image.width(), 4) for y in range(0, image.height(), 4)
    )
    whole = sum(many.values())
    return sum(count for rgb, count in many.items() if rgb in known) / whole, {
        QColor(rgb).name() for rgb in many if rgb in known
    }


# -- What a screen reader says --------------------------------------------------------------------


def is_control(widget: QWidget) -> bool:
    """Whether a person can do something with a widget."""
    inner = isinstance(widget.parentWidget(), QComboBox | QTabBar)
    takes_focus = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    clicked = isinstance(widget, QAbstractButton)
    return widget.isEnabled() and not inner and (takes_focus or clicked)


def unnamed(top: QWidget) -> list[str]:
    """The controls that a screen reader could not name, and lists whose rows say nothing."""
    found = [f"{spot(one)} has no name" for one in seen(top) if is_control(one) and not name(one)]
    for widget in seen(top):
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += _dumb_rows(widget)
    return found


def name(widget: QWidget) -> str:
    """What a screen reader calls a control; of a list of choices that is its label."""
    if isinstance(widget, QComboBox):
        # On Linux Qt names it after what is chosen, and the label is a relation.
        told = face(widget).relations(QAccessible.RelationFlag.Label)
        return " ".join(one.text(QAccessible.Text.Name) for one, _ in told).strip()
    return face(widget).text(QAccessible.Text.Name).strip()


def _dumb_rows(view: QAbstractItemView) -> list[str]:
    return [
        f"{spot(view)} row {index.row()} column {index.column()} says nothing"
        for index in cells(view)
        if not str(index.data(_DATA.AccessibleTextRole) or index.data() or "").strip()
    ]


def cells(view: QAbstractItemView) -> Iterator[QModelIndex]:
    """The first cells of a list or a grid."""
    model = view.model()
    columns = model.columnCount(QModelIndex()) if isinstance(view, QTableView) else 1
    for row in range(min(model.rowCount(QModelIndex()), _MOST_ROWS)):
        for column in range(columns):
            yield model.index(row, column)


def silent(top: QWidget) -> list[str]:
    """The widgets that draw words which nobody says."""
    told = {id(one): said(one) for one in seen(top)}
    aloud = [_letters(one) for one in told.values() if one]
    found: list[str] = []
    for widget in seen(top):
        if told[id(widget)] or isinstance(widget.parentWidget(), QAbstractScrollArea):
            continue
        if isinstance(widget, QMenu):
            continue  # its actions are said one by one
        drawn = [_letters(one.text) for one in pieces(widget)]
        if drawn and not any(all(word in one for word in drawn) for one in aloud):
            found.append(f"{spot(widget)} draws “{drawn[0]}” and says nothing")
    return found


def said(widget: QWidget) -> str:
    """What a screen reader says of a widget by its name and value."""
    told = face(widget)
    return " ".join(
        told.text(text) for text in (QAccessible.Text.Name, QAccessible.Text.Value)
    ).strip()


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def twins(top: QWidget) -> list[str]:
    """The controls of one window that a screen reader could not tell from each other."""
    told: Counter[tuple[str, str, str]] = Counter()
    for widget in seen(top):
        if is_control(widget):
            said = face(widget).text(QAccessible.Text.Description)
            told[type(widget).__name__, name(widget), said] += 1
    return [f"{many} {kind} “{said}”" for (kind, said, _), many in told.items() if many > 1]


def undescribed(top: QWidget) -> list[str]:
    """The buttons that show only an icon and have no words to point at."""
    return [
        spot(widget)
        for widget in seen(top)
        if isinstance(widget, QAbstractButton)
        and widget.isEnabled()
        and not widget.icon().isNull()
        and not widget.text()
        and not pieces(widget)
        and not widget.toolTip()
    ]


# -- The family's own words -----------------------------------------------------------------------


def markup(top: QWidget, hostile: str) -> list[str]:
    """The places that could take words of the family for markup, or show them otherwise."""
    found: list[str] = []
    for widget in seen(top):
        told = face(widget)
        said = [told.text(text) for text in (QAccessible.Text.Name, QAccessible.Text.Description)]
        if any("&lt;" in one or "<qt>" in one for one in said):
            found.append(f"{spot(widget)} is said as markup")
        if isinstance(widget, QLabel):
            plain = widget.textFormat() == Qt.TextFormat.PlainText
            if not plain and Qt.mightBeRichText(widget.text()):
                found.append(f"{spot(widget)} takes words for markup")
        if any("&lt;" in one.text for one in pieces(widget)):
            found.append(f"{spot(widget)} shows markup")
        found += _wrong_tip(spot(widget), widget.toolTip(), hostile)
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            for index in cells(widget):
                tip = str(index.data(_DATA.ToolTipRole) or "")
                found += _wrong_tip(f"row {index.row()} of {spot(widget)}", tip, hostile)
        for action in widget.actions():
            if action.toolTip() != action.text().replace("&&", "&"):
                found += _wrong_tip(f"action {action.text()}", action.toolTip(), hostile)
    return found


def _wrong_tip(where: str, tip: str, hostile: str) -> list[str]:
    if not Qt.mightBeRichText(tip):
        return []
    page = QTextDocument()
    page.setHtml(tip)
    told = page.toPlainText()
    if "￼" in told or ("&lt;" in tip and "<" not in told) or (hostile in tip):
        return [f"tooltip of {where}"]
    return []


# -- Keys -----------------------------------------------------------------------------------------


def clashing_keys(top: QWidget) -> list[str]:
    """Letters and shortcuts that two things of one window answer to."""
    taken: Counter[str] = Counter()
    for widget in seen(top):
        if isinstance(widget, QAbstractButton | QLabel) and widget.isEnabled():
            plain = isinstance(widget, QLabel) and widget.buddy() is None
            keys = "" if plain else QKeySequence.mnemonic(widget.text()).toString()
            taken.update([keys] if keys else [])
        if isinstance(widget, QTabBar):
            letters = (QKeySequence.mnemonic(widget.tabText(at)) for at in range(widget.count()))
            taken.update(keys.toString() for keys in letters if keys.toString())
    actions = {action for widget in seen(top) for action in widget.actions() if action.isEnabled()}
    for one in (*actions, *top.findChildren(QShortcut)):
        several = one.shortcuts() if isinstance(one, QAction) else one.keys()
        taken.update(keys.toString() for keys in several if keys.toString())
    found = [keys for keys, count in taken.items() if count > 1]
    for menu in top.findChildren(QMenu):
        inside: Counter[str] = Counter(_letter(action) for action in menu.actions())
        found += [f"{key} in a menu" for key, count in inside.items() if key and count > 1]
    return found


def _letter(action: QAction) -> str:
    return QKeySequence.mnemonic(action.text()).toString()


def focus_chain(top: QWidget) -> list[QWidget]:
    """What the Tab key comes to, in its order, walking once around the window.

    Qt is not asked for its chain: see `gui/reading_order`.
    """
    follow_layout(top)  # as the ring does before each Tab
    found: list[QWidget] = []
    begun = top.focusWidget()
    for _ in range(_MOST_STOPS):
        top.focusNextPrevChild(True)
        widget = top.focusWidget()
        if widget is None or widget in found:
            break
        found.append(widget)
    if begun is not None:
        begun.setFocus()
    return found


def unreached(top: QWidget) -> list[str]:
    """The controls that no key comes to: neither Tab nor an arrow within a group."""
    reached = {id(one) for one in focus_chain(top)}
    return [
        spot(one)
        for one in seen(top)
        if isinstance(one, USED)
        and is_control(one)
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and id(one) not in reached
    ]


def jumping_focus(top: QWidget) -> list[str]:
    """The steps of the Tab key that go back to what a reader has passed already."""
    ordered = focus_chain(top)
    # The last stop leads to the first again: reading begins where the layout does.
    begin = next((one for one in stops_of(top) if one in ordered), None)
    place = 0 if begin is None else ordered.index(begin)
    found = _jumps(top, [*ordered[place:], *ordered[:place]])
    return [f"{spot(second)} comes after {spot(first)}" for first, second in found]


def _jumps(top: QWidget, ordered: list[QWidget]) -> list[tuple[QWidget, QWidget]]:
    found: list[tuple[QWidget, QWidget]] = []
    for family in _families(top, ordered):
        for before, after in pairwise(family):
            (one, first), (other, second) = before, after
            a, b = one.geometry(), other.geometry()
            above = b.bottom() < a.top() and b.left() <= a.right() and a.left() <= b.right()
            left = b.right() < a.left() and b.top() <= a.bottom() and a.top() <= b.bottom()
            if above or left:
                found.append((first, second))
    return found


def _families(top: QWidget, ordered: list[QWidget]) -> Iterator[list[tuple[QWidget, QWidget]]]:
    """For each parent, its children in the order in which the focus first comes to them."""
    families: dict[int, list[tuple[QWidget, QWidget]]] = {}
    passed: set[int] = set()
    for widget in ordered:
        child: QWidget = widget
        while child is not top and child.parentWidget() is not None:
            parent = child.parentWidget()
            if id(child) not in passed:
                passed.add(id(child))
                families.setdefault(id(parent), []).append((child, widget))
            child = parent
    yield from families.values()
