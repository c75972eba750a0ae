"""All services together, handed to the window and to the command line."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from caregiver_app.services import reference
from caregiver_app.services.agenda import AgendaService
from caregiver_app.services.bags import BagService
from caregiver_app.services.blocked import BlockedService
from caregiver_app.services.care import Care, Clock
from caregiver_app.services.coverage import CoverageService
from caregiver_app.services.people import PeopleService
from caregiver_app.services.reference import Reference
from caregiver_app.services.reminder_settings import ReminderSettings
from caregiver_app.services.reminders import ReminderService
from caregiver_app.services.settings import Settings
from caregiver_app.storage.store import Store

if TYPE_CHECKING:
    from caregiver_app.services.backups import BackupService
    from caregiver_app.services.bag_habits import BagHabits
    from caregiver_app.services.bag_lists import BagLists
    from caregiver_app.services.card_choices import CardChoices
    from caregiver_app.services.carer import CarerService
    from caregiver_app.services.clinic_calls import ClinicCallService
    from caregiver_app.services.company import CompanyService
    from caregiver_app.services.conflicts import ConflictService
    from caregiver_app.services.deleted import DeletedService
    from caregiver_app.services.doses import DoseService
    from caregiver_app.services.erasing import ErasingService
    from caregiver_app.services.exporter import ExportService
    from caregiver_app.services.feed import FeedService
    from caregiver_app.services.home_zone import HomeZone
    from caregiver_app.services.importer import ImportService
    from caregiver_app.services.insurance import InsuranceService
    from caregiver_app.services.medicine_times import MedicineTimes
    from caregiver_app.services.more import More
    from caregiver_app.services.outlets import OutletService
    from caregiver_app.services.photos import PhotoService
    from caregiver_app.services.plans import PlanService
    from caregiver_app.services.prompts import PromptService
    from caregiver_app.services.records import RecordService
    from caregiver_app.services.rides import RideService
    from caregiver_app.services.series import SeriesService
    from caregiver_app.services.signs import SignService
    from caregiver_app.services.support import SupportService
    from caregiver_app.services.support_cards import SupportCards
    from caregiver_app.services.visits import VisitService
    from caregiver_app.services.watch import WatchService


class Household:
    """One family's data with everything that can be done with it.

    What today can be shown without is made when it is first asked for.
    """

    def __init__(
        self, store: Store, clock: Clock, new_id: Callable[[], str], more: Callable[[], type[More]]
    ) -> None:
        self.care = Care(store, clock, new_id, reference.load)
        reference.load().lists.lies_beside(store.path.parent, lambda: more().template_check)
        self.settings = Settings(self.care)
        self.ringing = ReminderSettings(self.care, self.settings)
        self.people = PeopleService(self.care)
        self.coverage = CoverageService(self.care)
        self.agenda = AgendaService(self.care)
        self.bags = BagService(self.care)
        self.blocked = BlockedService(self.care)
        # Whatever is written, the reminders look at it: they put themselves into `care`.
        self.reminders = ReminderService(self.care, self.settings, lambda: self.prompts)
        self._make_more = more

    @cached_property
    def _more(self) -> More:
        return self._make_more()(self.care, self.settings, self.reminders)

    @property
    def plans(self) -> PlanService:
        """Therapy plans: entering them, and changing the dates of their visits."""
        return self._more.plans

    @property
    def watch(self) -> WatchService:
        """Side effects and check-ins."""
        return self._more.watch

    @property
    def home_zone(self) -> HomeZone:
        """What happens where the computer's zone changes."""
        return self._more.home_zone

    @property
    def visits(self) -> VisitService:
        """What belongs to a visit: its parts, and what is asked before it."""
        return self._more.visits

    @property
    def support(self) -> SupportService:
        """Notes and questions."""
        return self._more.support

    @property
    def carer(self) -> CarerService:
        """The carer's own check, rest, and what others could take."""
        return self._more.carer

    @property
    def company(self) -> CompanyService:
        """Who keeps company at a visit."""
        return self._more.company

    @property
    def cards(self) -> SupportCards:
        """The ideas of the support tab, its own check and the words of the crisis panel."""
        return self._more.cards

    @property
    def card_choices(self) -> CardChoices:
        """Which ideas were kept or put away."""
        return self._more.card_choices

    @property
    def outlets(self) -> OutletService:
        """The loved one's own list of what does them good."""
        return self._more.outlets

    @property
    def prompts(self) -> PromptService:
        """Ideas in the day's notice, where they are wanted."""
        return self._more.prompts

    @property
    def signs(self) -> SignService:
        """The signs to watch for, and the family's own."""
        return self._more.signs

    @property
    def series(self) -> SeriesService:
        """Changing single dates and series."""
        return self._more.series

    @property
    def doses(self) -> DoseService:
        """What was given: as-needed medicines, and marks of the scheduled ones."""
        return self._more.doses

    @property
    def clinic_calls(self) -> ClinicCallService:
        """Calls to the care team about signs."""
        return self._more.clinic_calls

    @property
    def photos(self) -> PhotoService:
        """The photos of side effects."""
        return self._more.photos

    @property
    def insurance(self) -> InsuranceService:
        """Calls, costs and help to pay, and what the approvals reach."""
        return self._more.insurance

    @property
    def medicine_times(self) -> MedicineTimes:
        """The times at which medicines of the list are given."""
        return self._more.medicine_times

    @property
    def conflicts(self) -> ConflictService:
        """What gets in each other's way."""
        return self._more.conflicts

    @property
    def records(self) -> RecordService:
        """What the nurse wrote down at each visit."""
        return self._more.records

    @property
    def rides(self) -> RideService:
        """Drives, and what a driver is told."""
        return self._more.rides

    @property
    def bag_lists(self) -> BagLists:
        """The master lists that bags are packed by."""
        return self._more.bag_lists

    @property
    def bag_habits(self) -> BagHabits:
        """What was forgotten, and what is never needed."""
        return self._more.bag_habits

    @property
    def exporter(self) -> ExportService:
        """Calendar files."""
        return self._more.exporter

    @property
    def feed(self) -> FeedService:
        """The calendar file that is kept up to date."""
        return self._more.feed

    @property
    def importer(self) -> ImportService:
        """Calendar files coming in."""
        return self._more.importer

    @property
    def backups(self) -> BackupService:
        """Copies of the data."""
        return self._more.backups

    @property
    def deleted(self) -> DeletedService:
        """What was deleted lately."""
        return self._more.deleted

    @property
    def erasing(self) -> ErasingService:
        """Erasing for good."""
        return self._more.erasing

    @property
    def reference(self) -> Reference:
        """The clinical reference and the templates."""
        return self.care.reference


def household(
    store: Store, clock: Clock, new_id: Callable[[], str], more: Callable[[], type[More]]
) -> Household:
    """Put the services together over one open store; `more` is asked for the rest of them."""
    return Household(store, clock, new_id, more)
