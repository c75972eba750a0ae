"""Privacy: what is kept where, and what this program is."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from caregiver_app.gui.file_actions import FileActions
from caregiver_app.gui.keys_sheet import KeysSheet
from caregiver_app.gui.settings.erasing_part import ErasingPart
from caregiver_app.gui.settings.keeping_part import KeepingPart
from caregiver_app.gui.settings.parts import Group
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household


class PrivacyGroup(Group):
    """Plain words, and what erases."""

    kinds: ClassVar[frozenset[str]] = frozenset(("setting", "person"))

    def __init__(self, house: Household, theme: Theme, files: FileActions) -> None:
        super().__init__(house, theme, tr("Privacy"))
        for words in (
            tr(
                "Everything is kept in one file on this computer, and in its backups. Other"
                " people’s accounts on this computer cannot open them."
            ),
            tr("Nothing is sent anywhere. Only what you save or print leaves the program."),
            tr("Notices of the desktop name nobody, unless you chose that."),
            tr("What the program notes about its own troubles holds no words of yours."),
        ):
            self.add(Text(words))
        self.keeping = KeepingPart(house, theme, files, self)
        self.add(self.keeping)
        self.add(Rule())
        row = QWidget()
        flow = FlowLayout(row)
        self.about = PlainButton(theme, tr("What this program is, and what not"), "care-plan")
        self.about.clicked.connect(files.about)
        flow.addWidget(self.about)
        self.medicines = QuietButton(theme, tr("Medicines that the app knows"), "medicine")
        self.medicines.clicked.connect(partial(self.asked.emit, "medicine", "", ""))
        flow.addWidget(self.medicines)
        self.notices = QuietButton(theme, tr("Names in desktop notices"), "reminder")
        self.notices.clicked.connect(partial(self.asked.emit, "settings", "reminders", "names"))
        flow.addWidget(self.notices)
        self.keys = QuietButton(theme, tr("All keys (F1)"), "paper-note")
        self.keys.clicked.connect(lambda: files.open(KeysSheet(theme, parent=self.window())))
        flow.addWidget(self.keys)
        self.add(row)
        self.add(Rule())
        self.erasing = ErasingPart(house, theme, files)
        self.add(self.erasing)
        self.add(self.trouble)

    def show_kept(self) -> None:
        """Show whom there is something about."""
        super().show_kept()
        self.keeping.show_kept()
        self.erasing.show_kept()

    def part(self, item: str) -> QWidget | None:
        """Return what deletes and erases, or what tells of the files and the disk."""
        return {"erasing": self.erasing, "stored": self.keeping}.get(item)
