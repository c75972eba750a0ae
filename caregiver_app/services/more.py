"""The services that today can be shown without; `bootstrap` hands them in."""

from __future__ import annotations

from caregiver_app.services.backups import BackupService
from caregiver_app.services.blocked import BlockedService
from caregiver_app.services.care import Care
from caregiver_app.services.doses import DoseService
from caregiver_app.services.exporter import ExportService
from caregiver_app.services.support import SupportService


class More:
    """The rest of a household's services."""

    def __init__(self, care: Care) -> None:
        self.support = SupportService(care)
        self.doses = DoseService(care)
        self.blocked = BlockedService(care)
        self.exporter = ExportService(care)
        self.backups = BackupService(care)
