"""The field of a medicine's name: found by any name, brand, class or illness, never forced."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QCompleter, QWidget

from caregiver_app.domain.advice import MedicineInfo
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.completing import make_completer
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.words import tr
from caregiver_app.services.medicine_reference import fold
from caregiver_app.services.reference import Reference

_MOST: Final = 8
_ENOUGH: Final = 3
_NAME: Final = int(Qt.ItemDataRole.UserRole)
_INDEX = QModelIndex | QPersistentModelIndex


class MedicineField(LineField):
    """One line; what is not on the list is as welcome as what is."""

    def __init__(
        self, theme: Theme, reference: Reference, text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, tr("Medicine"), text=text, icon="infusion", parent=parent)
        self._reference = reference
        self.offers = MedicineNames(self)
        completer = make_completer(self.line, ())
        completer.setModel(self.offers)
        completer.setCompletionRole(_NAME)
        # The list is looked up by sense, not by letters: the completer shows all of it.
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.line.setCompleter(completer)
        self.line.textEdited.connect(self._offer)
        self.changed.connect(self._say_where_it_stands)

    def info(self) -> MedicineInfo | None:
        """Return what is known of the medicine that stands here, None of another one."""
        return self._reference.medicine(self.value())

    def _offer(self, typed: str) -> None:
        self.offers.offer(typed, self._reference.find_medicines(typed)[:_MOST])

    def _say_where_it_stands(self) -> None:
        name = self.value()
        unknown = len(name) >= _ENOUGH and self.info() is None
        if unknown and not self._reference.find_medicines(name):
            self.set_hint(tr("Not on our list, and that is fine: copy the clinic’s letter."))
        else:
            self.set_hint("")


class MedicineNames(QAbstractListModel):
    """Names to choose from, each with what else it is called."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str]] = []

    def offer(self, typed: str, found: list[MedicineInfo]) -> None:
        """Offer these medicines under the name that fits what was typed."""
        self.beginResetModel()
        self._rows = [_row(typed, info) for info in found]
        self.endResetModel()

    def names(self) -> list[str]:
        """Return what a choice would write down."""
        return [name for name, _ in self._rows]

    def rowCount(self, parent: _INDEX | None = None) -> int:  # type: ignore[override]
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _INDEX, role: int = 0) -> str | None:
        """Answer the name, and name and explanation as they are shown."""
        if not index.isValid():
            return None
        name, about = self._rows[index.row()]
        if role == _NAME:
            return name
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return " · ".join(part for part in (name, about) if part) if role in shown else None


def _row(typed: str, info: MedicineInfo) -> tuple[str, str]:
    wanted = fold(typed)
    for name in (*info.brands, *info.names):
        if fold(name).startswith(wanted):
            break
    else:
        name = info.names[0] if info.names else info.name
    if name in info.brands:
        return name, info.name
    about = ", ".join(info.brands[:2])
    return name, about or info.route
