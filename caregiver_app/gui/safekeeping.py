"""Watches over the data while its window is open: vanished entries, damage found by the day's look.

Each is said once, in a sheet over the window; the newest good backup is one press away.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from caregiver_app.domain.times import zone_of
from caregiver_app.gui.backup_words import backup_time, empty_text, vanished_lines, when_text
from caregiver_app.gui.below_head import put_below_head
from caregiver_app.gui.loss_sheets import DamageSheet, UnreadLine, VanishedSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.services.household import Household
from caregiver_app.services.known_backups import contents

if TYPE_CHECKING:
    from caregiver_app.gui.main_window import MainWindow
    from caregiver_app.gui.widgets.sheet import Sheet

_AGAIN_MS = 1_000


class Safekeeping(QObject):
    """Shows the sheets over `window`, whose files it opens the offered backup with."""

    def __init__(self, house: Household, theme: Theme, window: MainWindow) -> None:
        super().__init__(window)
        self._house, self._theme, self._window = house, theme, window
        self.sheet: Sheet | None = None
        self.line: UnreadLine | None = None
        """Below the head of the window, once something could not be read."""

    def say_vanished(self, gone: Mapping[str, tuple[int, int]]) -> None:
        """Say of which kinds entries vanished since the last close: how many were and are."""
        offer = self._house.backups.offer()
        sheet = VanishedSheet(
            self._theme,
            gone,
            vanished_lines(gone),
            self._when(offer),
            self._window,
            holds=_holds(offer),
        )
        sheet.ours.connect(self._house.backups.accept_counts)
        self._show(sheet, offer)

    def say_damage(self) -> None:
        """Say once that a part of the data cannot be read, and let a line go on saying so."""
        if self.line is not None:
            return
        self.line = put_below_head(self._window.head, UnreadLine(self._theme))
        self.line.asked.connect(self._ask_damage)
        self._ask_damage()

    def _ask_damage(self) -> None:
        offer = self._house.backups.newest_good()
        self._house.backups.is_damaged = True
        when = self._when(offer)
        sheet = DamageSheet(self._theme, when, self._window, holds=_holds(offer))
        self._show(sheet, offer)

    def _when(self, backup: Path | None) -> str:
        made = None if backup is None else backup_time(backup)
        if made is None:
            return "" if backup is None else backup.name
        care = self._house.care
        return when_text(made, zone_of(care.home), care.today)

    def _show(self, sheet: Sheet, offer: Path | None) -> None:
        self.sheet = sheet
        if offer is not None:
            sheet.accepted.connect(partial(self._window.files.ask_restore, offer))
        self._open()

    def _open(self) -> None:
        if self._window.holds_back:
            QTimer.singleShot(_AGAIN_MS, self, self._open)
        elif self.sheet is not None:
            self._window.files.open(self.sheet)


def _holds(offer: Path | None) -> str:
    return "" if offer is None else empty_text(contents(offer))
