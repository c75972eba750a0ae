"""The forms, sheets and pages that lie over the window, which the tabs do without.

Nothing here is imported before the first of them is asked for; whoever makes the window hands in
how to get it.
"""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog

from caregiver_app.gui.about_sheet import AboutSheet
from caregiver_app.gui.backup_door import BackupDoor
from caregiver_app.gui.calendar.desk import Desk
from caregiver_app.gui.calendar.export_dialog import ExportDialog
from caregiver_app.gui.calendar.incoming.door import IncomingFiles
from caregiver_app.gui.calendar.outgoing.feed_sheet import FeedSheet
from caregiver_app.gui.crash import CrashWindow
from caregiver_app.gui.crisis.page import CrisisPage
from caregiver_app.gui.crisis.window import CrisisWindow
from caregiver_app.gui.emergency.page import EmergencyPage
from caregiver_app.gui.emergency.window import EmergencyWindow
from caregiver_app.gui.erasing.deleted_sheet import DeletedSheet
from caregiver_app.gui.erasing.erase_sheet import EraseSheet
from caregiver_app.gui.erasing.wording import became
from caregiver_app.gui.first_run.page import FirstRun
from caregiver_app.gui.keys_sheet import KeysSheet
from caregiver_app.gui.medicine_info.sheet import MedicinesSheet
from caregiver_app.gui.search.panel import SearchPanel
from caregiver_app.gui.watchlist.call_window import CallWindow


class Later:
    """Each part by its name, to be called like the class itself."""

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
    incoming_files = IncomingFiles
    keys_sheet = KeysSheet
    medicines_sheet = MedicinesSheet
    search_panel = SearchPanel
