"""The services that a month can be shown without, and the reference; `bootstrap` hands them in."""

from __future__ import annotations

from caregiver_app.services.backups import BackupService
from caregiver_app.services.bags import BagService
from caregiver_app.services.care import Care
from caregiver_app.services.exporter import ExportService
from caregiver_app.services.reference import Reference, load
from caregiver_app.services.reminders import ReminderService
from caregiver_app.services.settings import Settings
from caregiver_app.services.support import SupportService
from caregiver_app.services.watch import WatchService


class More:
    """The rest of a household's services."""

    def __init__(self, care: Care, settings: Settings) -> None:
        self.reminders = ReminderService(care, settings)
        self.watch = WatchService(care)
        self.bags = BagService(care)
        self.support = SupportService(care)
        self.exporter = ExportService(care)
        self.backups = BackupService(care)

    @staticmethod
    def reference() -> Reference:
        """Return the one reference."""
        return load()
