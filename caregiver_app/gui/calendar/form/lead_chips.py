"""When an appointment reminds: a chip for each time before, removable, and a menu for one more."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, length_text, tr

_DAY: Final = 1440
_PRESETS: Final = (10080, 2880, 1440, 120, 30, 0)


class LeadChips(QWidget):
    """The reminders. `value` is None while nobody changed the usual ones."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        usual: tuple[int, ...],
        own: tuple[int, ...] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._usual = usual
        self._own = own
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self.add = QuietButton(theme, tr("Add a reminder"), "add")
        self._menu = QMenu(self.add)
        self.add.setMenu(self._menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(tr("Reminders"), "second_strong"))
        column.addWidget(self._chips)
        self.setAccessibleName(tr("Reminders"))
        self._show()

    def value(self) -> tuple[int, ...] | None:
        """Return the minutes before the start; None for what is usual for its kind."""
        return self._own

    def leads(self) -> tuple[int, ...]:
        """Return the minutes that are shown."""
        return self._usual if self._own is None else self._own

    def set_usual(self, usual: tuple[int, ...]) -> None:
        """Show other usual ones, unless the family chose its own."""
        self._usual = usual
        self._show()

    def _set(self, leads: set[int]) -> None:
        self._own = tuple(sorted(leads, reverse=True))
        self._show()
        self.changed.emit()
        self.add.setFocus()

    def _show(self) -> None:
        self._flow.removeWidget(self.add)
        self._flow.clear()
        for lead in self.leads():
            words = lead_words(lead)
            chip = PlainButton(
                self._theme, words, "close", name=tr("Take “{lead}” away", lead=words)
            )
            chip.clicked.connect(lambda _on=False, lead=lead: self._set({*self.leads()} - {lead}))
            self._flow.addWidget(chip)
        self._flow.addWidget(self.add)
        self._menu.clear()
        for lead in _PRESETS:
            if lead not in self.leads():
                action = self._menu.addAction(lead_words(lead))
                action.triggered.connect(
                    lambda _on=False, lead=lead: self._set({*self.leads(), lead})
                )
        self.add.setVisible(not self._menu.isEmpty())
        self._chips.updateGeometry()


def lead_words(minutes: int) -> str:
    """Return "1 day before", "2 hours before" or "at the time"."""
    if minutes == 0:
        return tr("at the time")
    if minutes % (7 * _DAY) == 0:
        return count_text(minutes // (7 * _DAY), "{count} week before", "{count} weeks before")
    if minutes % _DAY == 0:
        return count_text(minutes // _DAY, "{count} day before", "{count} days before")
    return tr("{length} before", length=length_text(minutes))
