"""What was deleted, and erasing for good, as it stands in the Settings."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.file_actions import FileActions
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household


class ErasingPart(QWidget):
    """Recently deleted, a button for each person, and one for everything."""

    def __init__(self, house: Household, theme: Theme, files: FileActions) -> None:
        super().__init__()
        self._house, self._theme, self._files = house, theme, files
        self._shown: list[tuple[str, str]] | None = None
        self.people: list[QuietButton] = []
        """A button for each person, in their order."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Text(tr("Deleting and erasing"), "strong"))
        column.addWidget(
            Text(
                tr(
                    "What you delete can be brought back for 30 days. What you erase is gone at"
                    " once, out of the backups that the program keeps as well."
                ),
                "second",
                "soft",
            )
        )
        row = QWidget()
        flow = FlowLayout(row)
        self.deleted = PlainButton(theme, tr("Recently deleted"), "undo")
        self.deleted.clicked.connect(files.show_deleted)
        flow.addWidget(self.deleted)
        column.addWidget(row)
        people = QWidget()
        self._people = FlowLayout(people)
        column.addWidget(people)
        self.everything = QuietButton(theme, tr("Erase everything…"))
        self.everything.clicked.connect(files.erase_everything)
        column.addWidget(self.everything, 0, Qt.AlignmentFlag.AlignLeft)
        self._show([])

    def show_kept(self) -> None:
        """Show a button for each person who is there now."""
        people = [(one.id, one.name) for one in self._house.people.people()]
        if people != self._shown:
            self._show(people)

    def _show(self, people: list[tuple[str, str]]) -> None:
        self._shown = people
        self._people.clear()
        self.people = []
        for person, name in people:
            said = name or tr("the person without a name")
            button = QuietButton(self._theme, tr("Erase all about {name}…", name=said))
            button.clicked.connect(partial(self._files.erase_person, person))
            self._people.addWidget(button)
            self.people.append(button)
