"""Undo in a sheet that keeps at once what is pressed: what was done last, and the way back."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout

from caregiver_app.gui.bridge import change_words
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import set_tip
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household


class WayBack(QuietButton):
    """Takes back what was done since its sheet came up, one step at a time; older steps stay."""

    asked = Signal()
    """Somebody wants the last step taken back; the window does it."""
    taken = Signal()
    """It was taken back: the sheet is to look again."""

    def __init__(self, house: Household, theme: Theme, sheet: Sheet) -> None:
        super().__init__(theme, tr("Undo"), "undo")
        self._house, self._sheet = house, sheet
        self._from = self._newest()
        foot = sheet.cancel.parentWidget()
        row = None if foot is None else foot.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(row.indexOf(sheet.cancel), self)
        self.clicked.connect(self.take_back)
        self._key = QShortcut(QKeySequence("Ctrl+Z"), sheet)
        self._key.activated.connect(self.take_back)
        self.hide()

    def look_again(self) -> None:
        """Say what was done last, as far as it was done here."""
        label = self._house.care.store.undo_label()
        mine = label is not None and label[1] is not self._from
        if mine and label is not None:
            said = change_words(*label, self._house.care.today)
            self._sheet.note.setText(said)
            self.setAccessibleName(tr("Undo: {change}", change=said))
            set_tip(self, f"{tr('Undo')} (Ctrl+Z)")
        self.setVisible(mine)

    def take_back(self) -> None:
        """Take the last step back, where it was done here."""
        label = self._house.care.store.undo_label()
        if label is None or label[1] is self._from:
            return
        said = change_words(*label, self._house.care.today)
        self.asked.emit()
        after = self._house.care.store.undo_label()
        if after is None or after[1] is not label[1]:
            self.taken.emit()
            self._sheet.note.setText(tr("Taken back: {change}", change=said))

    def _newest(self) -> Mapping[str, object] | None:
        label = self._house.care.store.undo_label()
        return None if label is None else label[1]
