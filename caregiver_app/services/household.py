"""All services together, handed to the window and to the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from caregiver_app.services.agenda import AgendaService
from caregiver_app.services.backups import BackupService
from caregiver_app.services.bags import BagService
from caregiver_app.services.care import Care, Clock
from caregiver_app.services.exporter import ExportService
from caregiver_app.services.people import PeopleService
from caregiver_app.services.plans import PlanService
from caregiver_app.services.reference import Reference
from caregiver_app.services.reminders import ReminderService
from caregiver_app.services.settings import Settings
from caregiver_app.services.support import SupportService
from caregiver_app.services.watch import WatchService
from caregiver_app.storage.store import Store


@dataclass(frozen=True, slots=True)
class Household:
    """One family's data with everything that can be done with it."""

    care: Care
    settings: Settings
    people: PeopleService
    plans: PlanService
    agenda: AgendaService
    reminders: ReminderService
    watch: WatchService
    bags: BagService
    support: SupportService
    exporter: ExportService
    backups: BackupService

    @property
    def reference(self) -> Reference:
        """The clinical reference and the templates."""
        return self.care.reference


def household(
    store: Store, clock: Clock, new_id: Callable[[], str], reference: Reference
) -> Household:
    """Put the services together over one open store."""
    care = Care(store, clock, new_id, reference)
    settings = Settings(care)
    return Household(
        care=care,
        settings=settings,
        people=PeopleService(care),
        plans=PlanService(care),
        agenda=AgendaService(care),
        reminders=ReminderService(care, settings),
        watch=WatchService(care),
        bags=BagService(care),
        support=SupportService(care),
        exporter=ExportService(care),
        backups=BackupService(care),
    )
