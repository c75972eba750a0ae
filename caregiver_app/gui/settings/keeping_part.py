"""Who else could read what is kept: the disk, the folder, the titles of windows; and what is where.

Says only what can be known. Nothing here locks anything: a lock over an open file protects nobody.
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.file_actions import FileActions
from caregiver_app.gui.settings.parts import Group
from caregiver_app.gui.settings.stored_sheet import StoredSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.fold import Fold
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.window_title import NEUTRAL, TITLE, is_neutral
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household
from caregiver_app.services.kept_files import KeptFiles, Protection


class KeepingPart(QWidget):
    """Stands in the group about privacy; `group` says what cannot be kept."""

    def __init__(self, house: Household, theme: Theme, files: FileActions, group: Group) -> None:
        super().__init__()
        self._house, self._theme, self._files, self._group = house, theme, files, group
        self._kept = KeptFiles(house)
        self.place = Text("", "strong")
        self.disk = Text("")
        self.meaning = Text("", "second", "soft")
        self.how = Fold(theme, tr("How to encrypt the disk"), role="second_strong")
        for sentence in how_to(sys.platform):
            self.how.add(Text(sentence, "second"))
        self.stored = PlainButton(theme, tr("What is stored where"), "private")
        self.stored.clicked.connect(self.show_stored)
        titles = [("", tr("Caregiver Companion")), (NEUTRAL, tr("Notes"))]
        self.titles = Segmented(theme, titles, name=tr("Title of the window"), arrows_choose=False)
        self._lay_out()
        self.titles.changed.connect(self._set_title)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        row = QWidget()
        flow = FlowLayout(row)
        flow.addWidget(self.stored)
        for part in (
            self.place,
            row,
            Rule(),
            Text(tr("If somebody takes this computer"), "strong"),
            self.disk,
            self.meaning,
            self.how,
            Rule(),
            Text(tr("Title of the window"), "strong"),
            self.titles,
            Text(
                tr(
                    "It stands in the list of open windows, and whoever looks at your screen with"
                    " you can read it. Notices and the tray go by it too, the taskbar from the next"
                    " start on. The picture stays, and so does what the notices say."
                ),
                "second",
                "soft",
            ),
        ):
            column.addWidget(part)

    def show_kept(self) -> None:
        """Show what the system tells now, and which title is chosen."""
        found = self._kept.lying()
        name = found.synced or found.network
        self.place.setVisible(bool(name))
        self.place.setText(
            tr("Your notes lie in a folder that goes through {name}. Others may be able to read"
               " them there.", name=name)
        )  # fmt: skip
        state = self._kept.protection()
        self.disk.setText(disk_words(state))
        self.meaning.setText(meaning_words(state))
        self.how.setVisible(state != "encrypted")
        self.titles.set_value(NEUTRAL if is_neutral(self._house) else "")

    def _set_title(self, chosen: str | None) -> None:
        if chosen is not None and (chosen == NEUTRAL) != is_neutral(self._house):
            self._group.attempt(lambda: self._house.settings.set(TITLE, chosen))

    def show_stored(self) -> None:
        """Open the list of all that is kept."""
        sheet = StoredSheet(self._house, self._theme, self._files, parent=self.window())
        self._files.open(sheet)


def disk_words(state: Protection) -> str:
    """Say whether the disk looks encrypted."""
    if state == "encrypted":
        return tr("The disk that your notes are on looks encrypted.")
    if state == "open":
        return tr("The disk that your notes are on does not look encrypted.")
    return tr("This program can’t tell whether the disk that your notes are on is encrypted.")


def meaning_words(state: Protection) -> str:
    """Say what that means for whoever gets hold of the computer."""
    if state == "encrypted":
        return tr(
            "While the computer is off, nobody without its passphrase can read them. While it is"
            " on and you are logged in, anybody who sits at it can: lock the screen when you"
            " leave it."
        )
    return tr(
        "On a disk that is not encrypted, anybody who has the computer or its disk can read them,"
        " whatever password it asks for at the start. This program itself locks nothing: what"
        " protects is the disk’s encryption, and a backup with a passphrase."
    )


def how_to(system: str) -> tuple[str, ...]:
    """Return how the disk's encryption is switched on, for a `sys.platform` name."""
    first = tr("Write a backup to another disk before you change anything about this one.")
    keep = tr(
        "Keep the recovery key or passphrase on paper, away from the computer: without it nobody"
        " can read the disk any more, not even you."
    )
    if system == "win32":
        return (
            first,
            tr(
                "Windows: open Settings, then Privacy & security, then Device encryption, and"
                " switch it on. Where that is missing, search the Start menu for “BitLocker”"
                " (Pro editions have it)."
            ),
            keep,
        )
    if system == "darwin":
        return (
            first,
            tr("Mac: open System Settings, then Privacy & Security, then FileVault: Turn On."),
            keep,
        )
    return (
        first,
        tr(
            "Linux: the disk is encrypted when the system is installed; look for a tick such as"
            " “Encrypt the new installation” (LUKS). Later that takes installing anew, or the"
            " help of somebody who knows the system."
        ),
        tr(
            "Without installing anew: a memory stick can be formatted with a passphrase (in"
            " “Disks”: LUKS), and this program can keep its folder there: quit, copy the folder,"
            " then start it with the new place, caregiver-app --data-dir PLACE."
        ),
        keep,
    )
