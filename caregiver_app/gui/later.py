"""The parts of the window that the first paint does without: the other tabs, forms and sheets.

Nothing here is imported before the first paint; whoever makes the window hands in how to get it.
"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QFileDialog, QWidget

from caregiver_app.gui.about_sheet import AboutSheet
from caregiver_app.gui.backup_door import BackupDoor
from caregiver_app.gui.bag.tab import BagTab
from caregiver_app.gui.calendar.desk import Desk
from caregiver_app.gui.calendar.export_dialog import ExportDialog
from caregiver_app.gui.calendar.incoming.door import IncomingFiles
from caregiver_app.gui.calendar.outgoing.feed_sheet import FeedSheet
from caregiver_app.gui.care_plan.tab import CarePlanTab
from caregiver_app.gui.crash import CrashWindow
from caregiver_app.gui.crisis.page import CrisisPage
from caregiver_app.gui.crisis.window import CrisisWindow
from caregiver_app.gui.emergency.page import EmergencyPage
from caregiver_app.gui.emergency.window import EmergencyWindow
from caregiver_app.gui.erasing.deleted_sheet import DeletedSheet
from caregiver_app.gui.erasing.erase_sheet import EraseSheet
from caregiver_app.gui.erasing.wording import became
from caregiver_app.gui.first_run.page import FirstRun
from caregiver_app.gui.focus_ring import FocusRing
from caregiver_app.gui.keys_sheet import KeysSheet
from caregiver_app.gui.medicine_info.sheet import MedicinesSheet
from caregiver_app.gui.search.panel import SearchPanel
from caregiver_app.gui.settings.page import SettingsPage
from caregiver_app.gui.stop_signals import StopSignals
from caregiver_app.gui.support.tab import SupportTab
from caregiver_app.gui.watchlist.call_window import CallWindow
from caregiver_app.gui.watchlist.tab import WatchTab
from caregiver_app.gui.widgets.banners import UndoBanner


class Later:
    """Each part by its name, to be called like the class itself."""

    tabs: ClassVar[dict[str, type[QWidget]]] = {
        "watch": WatchTab,
        "bag": BagTab,
        "support": SupportTab,
        "care": CarePlanTab,
    }
    about_sheet = AboutSheet
    became_erased = staticmethod(became)
    backup_door = BackupDoor
    call_window = CallWindow
    crash_window = CrashWindow
    crisis_page = CrisisPage
    crisis_window = CrisisWindow
    deleted_sheet = DeletedSheet
    desk = Desk
    emergency_page = EmergencyPage
    emergency_window = EmergencyWindow
    erase_sheet = EraseSheet
    export_dialog = ExportDialog
    feed_sheet = FeedSheet
    file_dialog = QFileDialog
    first_run = FirstRun
    focus_ring = FocusRing
    incoming_files = IncomingFiles
    keys_sheet = KeysSheet
    medicines_sheet = MedicinesSheet
    search_panel = SearchPanel
    settings_page = SettingsPage
    stop_signals = StopSignals
    undo_banner = UndoBanner
