"""All services together, handed to the window and to the command line."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from typing import TYPE_CHECKING

from caregiver_app.services.agenda import AgendaService
from caregiver_app.services.care import Care, Clock
from caregiver_app.services.people import PeopleService
from caregiver_app.services.plans import PlanService
from caregiver_app.services.settings import Settings
from caregiver_app.storage.store import Store

if TYPE_CHECKING:
    from caregiver_app.services.backups import BackupService
    from caregiver_app.services.bags import BagService
    from caregiver_app.services.exporter import ExportService
    from caregiver_app.services.more import More
    from caregiver_app.services.reference import Reference
    from caregiver_app.services.reminders import ReminderService
    from caregiver_app.services.support import SupportService
    from caregiver_app.services.watch import WatchService


class Household:
    """One family's data with everything that can be done with it.

    What a month can be shown without is made when it is first asked for.
    """

    def __init__(
        self, store: Store, clock: Clock, new_id: Callable[[], str], more: Callable[[], type[More]]
    ) -> None:
        self.care = Care(store, clock, new_id, lambda: more().reference())
        # Whatever is written, the reminders look at it: the first change calls them here.
        self.care.rearm = self._rearm
        self.settings = Settings(self.care)
        self.people = PeopleService(self.care)
        self.plans = PlanService(self.care)
        self.agenda = AgendaService(self.care)
        self._make_more = more

    def _rearm(self, ids: Collection[str], *, anew: bool = False) -> None:
        self.reminders.rearm(ids, anew=anew)

    @cached_property
    def _more(self) -> More:
        return self._make_more()(self.care, self.settings)

    @property
    def reminders(self) -> ReminderService:
        """What is due, and its answers."""
        return self._more.reminders

    @property
    def watch(self) -> WatchService:
        """Side effects and check-ins."""
        return self._more.watch

    @property
    def bags(self) -> BagService:
        """The bag of each visit."""
        return self._more.bags

    @property
    def support(self) -> SupportService:
        """Notes and questions."""
        return self._more.support

    @property
    def exporter(self) -> ExportService:
        """Calendar files."""
        return self._more.exporter

    @property
    def backups(self) -> BackupService:
        """Copies of the data."""
        return self._more.backups

    @property
    def reference(self) -> Reference:
        """The clinical reference and the templates."""
        return self.care.reference


def household(
    store: Store, clock: Clock, new_id: Callable[[], str], more: Callable[[], type[More]]
) -> Household:
    """Put the services together over one open store; `more` is asked for the rest of them."""
    return Household(store, clock, new_id, more)
