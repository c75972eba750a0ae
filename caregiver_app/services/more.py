"""The services that today can be shown without; `bootstrap` hands them in."""

from __future__ import annotations

from caregiver_app.services import template_check
from caregiver_app.services.backups import BackupService
from caregiver_app.services.bag_habits import BagHabits
from caregiver_app.services.bag_lists import BagLists
from caregiver_app.services.blocked import BlockedService
from caregiver_app.services.card_choices import CardChoices
from caregiver_app.services.care import Care
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
from caregiver_app.services.importer import ImportService, kind_words
from caregiver_app.services.insurance import InsuranceService
from caregiver_app.services.medicine_times import MedicineTimes
from caregiver_app.services.outlets import OutletService
from caregiver_app.services.photos import PhotoService
from caregiver_app.services.plans import PlanService
from caregiver_app.services.prompts import PromptService
from caregiver_app.services.records import RecordService
from caregiver_app.services.reminders import ReminderService
from caregiver_app.services.rides import RideService
from caregiver_app.services.series import SeriesService
from caregiver_app.services.settings import Settings
from caregiver_app.services.signs import SignService
from caregiver_app.services.support import SupportService
from caregiver_app.services.support_cards import SupportCards
from caregiver_app.services.template_file import Judge
from caregiver_app.services.visits import VisitService
from caregiver_app.services.watch import WatchService


class More:
    """The rest of a household's services."""

    template_check: Judge = template_check
    """What judges a file of packing lists that nobody has looked through yet."""

    def __init__(self, care: Care, settings: Settings, reminders: ReminderService) -> None:
        self.plans = PlanService(care)
        self.home_zone = HomeZone(care, settings, reminders)
        self.watch = watch = WatchService(care, reminders)
        self.visits = VisitService(care, reminders, watch)
        self.support = SupportService(care)
        self.cards = SupportCards(care.reference)
        self.card_choices = CardChoices(care, self.cards)
        self.outlets = OutletService(care)
        self.prompts = PromptService(care)
        self.carer = CarerService(care)
        self.company = CompanyService(care)
        self.signs = SignService(care, watch)
        self.doses = DoseService(care)
        self.clinic_calls = ClinicCallService(care)
        self.photos = PhotoService(care, watch)
        self.insurance = InsuranceService(care)
        self.series = SeriesService(care)
        self.medicine_times = MedicineTimes(care)
        self.conflicts = ConflictService(care, BlockedService(care))
        self.records = RecordService(care)
        self.rides = RideService(care)
        self.bag_lists = BagLists(care)
        self.bag_habits = BagHabits(care, self.bag_lists)
        self.exporter = ExportService(care)
        self.feed = FeedService(care, self.exporter)
        self.importer = ImportService(care, self.exporter, kind_words())
        self.backups = BackupService(care)
        self.deleted = DeletedService(care)
        self.erasing = ErasingService(care, self.feed)
