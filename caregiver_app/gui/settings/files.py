"""Files and backups: where everything is kept, and how it gets out and in again."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.times import zone_of
from caregiver_app.gui.backup_words import backup_time, when_text
from caregiver_app.gui.file_actions import FileActions
from caregiver_app.gui.settings.feed_part import FeedPart
from caregiver_app.gui.settings.parts import Group
from caregiver_app.gui.settings.second_place import SecondPlacePart
from caregiver_app.gui.settings.takeout_sheet import TakeoutSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import Button, PlainButton, QuietButton
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Rule, Text, set_tip
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household


class FilesGroup(Group):
    """Opens the same dialogs as the rest of the window."""

    def __init__(self, house: Household, theme: Theme, files: FileActions) -> None:
        super().__init__(house, theme, tr("Files and backups"))
        self._files = files
        path = str(house.care.store.path)
        self.path = LineField(theme, tr("Everything you write is kept in this file"), text=path)
        self.path.line.setReadOnly(True)
        set_tip(self.path.line, path)
        self.path.line.setCursorPosition(0)
        self.add(self.path)
        self.backup = Text("")
        self.add(self.backup)
        self.back_up = PlainButton(theme, tr("Back up now…"), "keep")
        self.lock = PlainButton(theme, tr("Back up with a passphrase…"), "private")
        self.bring_back = QuietButton(theme, "", "undo")
        self.second = SecondPlacePart(house, theme, files)
        self.restore = PlainButton(theme, tr("Restore a backup…"), "undo")
        self.export = PlainButton(theme, tr("Save a calendar file…"), "calendar")
        self.take_in = PlainButton(theme, tr("Take in a calendar file…"), "import")
        self.feed = FeedPart(house, theme, files)
        self.take_out = PlainButton(theme, tr("Save everything as a file…"), "paper-note")
        self._lay_out()
        for button, act in (
            (self.back_up, files.back_up),
            (self.lock, self._lock),
            (self.restore, files.restore),
            (self.bring_back, self._bring_back),
            (self.export, files.export),
            (self.take_in, partial(files.import_file, None)),
            (self.take_out, self._take_out),
        ):
            button.clicked.connect(act)
        files.said.connect(self._look_again)

    def _lay_out(self) -> None:
        """What keeps the data safe first, then the calendar's files, then all that is left."""
        self._add_row(self.back_up, self.lock, self.restore)
        self._add_row(self.bring_back)
        self.add(self.second)
        self.add(Rule())
        self.add(Text(tr("Calendar files, to and from other calendars"), "strong"))
        self._add_row(self.export, self.take_in)
        self.add(self.feed)
        self.add(Rule())
        self.add(Text(tr("To look through, or to hand on"), "strong"))
        self._add_row(self.take_out)
        self.add(self.trouble)

    def _add_row(self, *buttons: Button) -> None:
        row = QWidget()
        flow = FlowLayout(row)
        for button in buttons:
            flow.addWidget(button)
        self.add(row)

    def _lock(self) -> None:
        self._files.home.back_up_locked()

    def _bring_back(self) -> None:
        before = self.house.backups.before_restore()
        if before is not None:
            self._files.ask_restore(before)

    def _take_out(self) -> None:
        sheet = TakeoutSheet(self.house, self.theme, parent=self.window())
        sheet.saved.connect(self._saved)
        self._files.open(sheet)

    def _saved(self, path: Path, missing: str) -> None:
        said = tr("Saved as {path}.", path=path)
        self._files.said.emit(f"{said} {missing}".strip())

    def _look_again(self, _said: str) -> None:
        self.show_kept()

    def show_kept(self) -> None:
        """Say when the newest backup beside the data was made, and how the calendar file stands."""
        self.feed.show_kept()
        self.second.show_kept()
        self._show_before()
        newest = self.house.backups.newest()
        made = None if newest is None else backup_time(newest)
        if made is None:
            told = tr(
                "No backup yet. The program makes one by itself, each day on which it is open."
            )
        else:
            told = tr(
                "Last backup: {when}. The program makes one by itself each day, in the folder"
                " “backups” beside that file.",
                when=self._when(made),
            )
        self.backup.setText(" ".join(filter(None, (told, self._saved_by_hand()))))

    def _saved_by_hand(self) -> str:
        """Return where a backup was put by hand since the window opened, "" for nowhere."""
        files = self._files
        if files.saved_to is None or files.saved_at is None:
            return ""
        return tr(
            "You saved one elsewhere: {when}, {path}.",
            when=self._when(files.saved_at),
            path=files.saved_to,
        )

    def _when(self, made: datetime) -> str:
        care = self.house.care
        return when_text(made, zone_of(care.home), care.today)

    def _show_before(self) -> None:
        """Offer what was here before the last restore."""
        before = self.house.backups.before_restore()
        made = None if before is None else backup_time(before)
        self.bring_back.setVisible(made is not None)
        if made is not None:
            care = self.house.care
            when = when_text(made, zone_of(care.home), care.today)
            self.bring_back.set_words(
                tr("Bring back what was here before the restore of {when}…", when=when)
            )
