"""Lines that offer names while typing: the completer of our lists, and the line of a time zone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zoneinfo import available_timezones

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QListView, QStyledItemDelegate, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.field import LineInput
from caregiver_app.gui.widgets.zone_countries import zone_countries

_FOUND_BY = Qt.ItemDataRole.UserRole


def zone_names() -> list[str]:
    """Return all IANA names, sorted; the cities before `Etc/` and the old short names."""
    names = available_timezones() - {"Factory", "localtime"}
    return sorted(names, key=lambda name: ("/" not in name or name[:4] == "Etc/", name))


def make_completer(parent: QWidget, words: Sequence[str]) -> QCompleter:
    """Return a completer that finds `words` by any part and looks like our lists."""
    completer = QCompleter(parent)
    _fill(completer, words)
    return completer


class ZoneNames(QStringListModel):
    """The zones; each is found by its own name and by those of its countries."""

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the name, or all by which it is found."""
        if role == _FOUND_BY:
            return _search_words(str(super().data(index, Qt.ItemDataRole.DisplayRole)))
        return super().data(index, role)


class ZoneCompleter(QCompleter):
    """Finds a zone by any part of its name or country; a space counts as an underscore."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Return what is taken into the line: the name of the zone alone."""
        return str(index.data(Qt.ItemDataRole.DisplayRole))

    def splitPath(self, path: str) -> list[str]:
        """Look for the words as the names are written."""
        return [as_zone(path)]


class ZoneInput(LineInput):
    """The line of a time zone. The names are read from disk at the first use."""

    left = Signal()
    """The person went on to something else, or pressed Return."""

    def __init__(self, theme: Theme, names: Callable[[], Sequence[str]]) -> None:
        super().__init__(theme, "search")
        self._read = names
        self._names: Sequence[str] | None = None
        self._known = ""

    def names(self) -> Sequence[str]:
        """Return the names, read once."""
        if self._names is None:
            self._names = tuple(self._read())
        return self._names

    def fitting(self) -> list[str]:
        """Return the zones found by what stands here; a whole name is the only one."""
        part = as_zone(self.text()).casefold()
        found = [name for name in self.names() if part and part in _search_words(name).casefold()]
        whole = [name for name in found if name.casefold() == part]
        return whole or found

    def name(self) -> str:
        """Return the zone that stands here as it is written in the list, "" for none."""
        part = as_zone(self.text()).casefold()
        if part == self._known.casefold():
            return self._known
        self._known = next((name for name in self.names() if name.casefold() == part), "")
        return self._known

    def event(self, event: QEvent) -> bool:
        """Take a name with Tab before it moves on."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
        ):
            self._take()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Make the list ready when the person comes here."""
        if self.completer() is None:  # pyright: ignore[reportUnnecessaryComparison]
            completer = ZoneCompleter(self)
            _fill(completer, self.names())
            completer.setModel(ZoneNames(list(self.names()), completer))
            completer.setCompletionRole(_FOUND_BY)
            self.setCompleter(completer)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the person left, unless only the list opened."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return takes a name, or says at once that there is none; Down opens the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._take():
                event.accept()
            else:
                super().keyPressEvent(event)
            self.left.emit()
            return
        if event.key() == Qt.Key.Key_Down and self._open_list() is None:
            self.completer().setCompletionPrefix(self.text())
            self.completer().complete()
            return
        super().keyPressEvent(event)

    def _take(self) -> bool:
        """Take the highlighted name, else the only one that fits; tell whether the text changed."""
        name = self._highlighted() or self._only()
        popup = self._open_list()
        if popup is not None:
            popup.hide()
        if not name or name == self.text():
            return popup is not None and bool(name)
        self.setText(name)
        return True

    def _open_list(self) -> QAbstractItemView | None:
        completer = self.completer()
        popup = completer.popup() if completer else None
        return popup if popup and popup.isVisible() else None

    def _only(self) -> str:
        found = self.fitting()
        return found[0] if len(found) == 1 else ""

    def _highlighted(self) -> str:
        popup = self._open_list()
        name = None if popup is None else popup.currentIndex().data()
        return name if name in self.fitting() else ""


def _search_words(zone: str) -> str:
    return f"{zone}\n{as_zone(zone_countries().get(zone, ''))}"


def as_zone(typed: str) -> str:
    """Return the typed words as they would stand in the name of a zone."""
    return "_".join(typed.split())


def _fill(completer: QCompleter, words: Sequence[str]) -> None:
    completer.setModel(QStringListModel(list(words), completer))
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(8)
    popup = QListView()
    popup.setProperty("popup", True)
    completer.setPopup(popup)
    popup.setItemDelegate(QStyledItemDelegate(popup))
