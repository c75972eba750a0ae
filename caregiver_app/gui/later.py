"""The parts of the window that the first paint does without: the other tabs, forms and sheets.

Nothing here is imported before the first paint; whoever makes the window hands in how to get it.
"""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog

from caregiver_app.gui.about_sheet import AboutSheet
from caregiver_app.gui.bag.tab import BagTab
from caregiver_app.gui.calendar.desk import Desk
from caregiver_app.gui.calendar.export_dialog import ExportDialog
from caregiver_app.gui.focus_ring import FocusRing
from caregiver_app.gui.restore_sheet import RestoreSheet
from caregiver_app.gui.support.tab import SupportTab
from caregiver_app.gui.watchlist.tab import WatchTab
from caregiver_app.gui.widgets.banners import UndoBanner


class Later:
    """Each part by its name, to be called like the class itself."""

    about_sheet = AboutSheet
    bag_tab = BagTab
    desk = Desk
    export_dialog = ExportDialog
    file_dialog = QFileDialog
    focus_ring = FocusRing
    restore_sheet = RestoreSheet
    support_tab = SupportTab
    undo_banner = UndoBanner
    watch_tab = WatchTab
