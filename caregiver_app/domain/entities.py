"""Everything the family keeps, as plain immutable values.

Each kind is one class of values; storage writes each as one row, `add` and `list` speak of the
same fields. Instants are aware UTC datetimes, wall times are `times.Moment`. `entered` is the
instant at which the entry was entered, imported or last moved: reminders of occurrences that had
ended by then stay silent.
"""

from __future__ import annotations

from datetime import date, datetime

from caregiver_app.domain.entity import LONG_AGO, Entity
from caregiver_app.domain.insurance import Assistance, Authorisation, Call, Cost
from caregiver_app.domain.packing import BagItem, BagList, TemplateItem, VisitBag
from caregiver_app.domain.support import CardChoice, Company, HelpTask, Outlet, SelfCheck
from caregiver_app.domain.times import Moment
from caregiver_app.domain.watchlist import ClinicCall, OwnSign, Photo, SignChoice, Version
from caregiver_app.values import value

APPOINTMENT_TYPES = ("infusion", "follow-up", "lab", "medication", "drive", "other")
STATUSES = ("planned", "booked", "done", "delayed", "cancelled")
ROOMS = ("listening", "reassurance", "company", "outlets")
MOODS = ("", "calm", "so-so", "low")
UNITS = ("day", "week", "month")
ANSWERS = ("shown", "later", "done", "skipped")
VISIT_ANSWERS = ("", "yes", "no", "unsure")
PARTS = (
    "lab",
    "authorisation",
    "well_enough",
    "anything_new",
    "premedication",
    "hydration",
    "meal",
    "bag",
    "ride",
    "follow_up",
    "c2",
    "c24",
    "c72",
    "c7",
    "c14",
)
"""What a plan brings around each visit; each can be switched off, for the plan or one visit."""
CONTACT_ROLES = ("clinic", "doctor", "pharmacy", "family", "driver", "insurer", "other")


@value(kw_only=True)
class Person(Entity):
    """Somebody who is cared for. `name` is empty until somebody types it.

    `address` is where help has to come, `good_to_know` what a stranger should be told, `papers`
    where papers are kept. `fever_c` is the limit in degrees Celsius that the team gave (None: the
    usual one holds), `fever_set_by` who gave it. `details_in_notices` lets desktop notices name
    the item instead of "Care reminder". `deductible` and `copay` are remembered as typed, each
    with the plan year it is of.
    """

    name: str = ""
    born: date | None = None
    conditions: str = ""
    allergies: str = ""
    address: str = ""
    good_to_know: str = ""
    papers: str = ""
    fever_c: float | None = None
    fever_set_by: str = ""
    details_in_notices: bool = False
    deductible: str = ""
    deductible_year: int | None = None
    copay: str = ""
    copay_year: int | None = None


@value(kw_only=True)
class Contact(Entity):
    """A clinic, doctor, driver or other person to reach; numbers exactly as typed.

    The rules are what a clinic allows, as it told the family; `rules_checked` is the day on which
    somebody last asked.
    """

    person: str
    name: str
    role: str = "other"
    address: str = ""
    phone: str = ""
    phone_after_hours: str = ""
    note: str = ""
    rules_food: str = ""
    rules_visitors: str = ""
    rules_fasting: str = ""
    rules_parking: str = ""
    rules_checked: date | None = None


@value(kw_only=True)
class Medicine(Entity):
    """A medicine on a person's list. `directions` is what the clinic said, as typed.

    `what_for` is its purpose in the family's words; one that is given `as_needed` has no times.
    A `past` one was tried before and is not given any more: `began` and `ended` as typed ("spring
    2021"), `why_ended` in the family's words.
    """

    person: str
    name: str
    directions: str = ""
    what_for: str = ""
    as_needed: bool = False
    past: bool = False
    began: str = ""
    ended: str = ""
    why_ended: str = ""


@value(kw_only=True)
class Dose(Entity):
    """An as-needed medicine that was given `at` that time, `amount` only as typed.

    `medicine` is the one of the list that it was, if any; `name` stays when that is deleted.
    """

    person: str
    name: str
    at: Moment
    medicine: str | None = None
    what_for: str = ""
    amount: str = ""
    note: str = ""


@value(kw_only=True)
class BlockedDays(Entity):
    """Days on which nothing should be planned, from `first` to `last`, both included.

    `person` None: they hold for everybody; `last` None: until further notice; `weekdays` are the
    days of the week (0 is Monday), none of them: every day. With a `clinic` (a contact's id) they
    are days on which that clinic is closed.
    """

    person: str | None = None
    clinic: str | None = None
    first: date
    last: date | None = None
    weekdays: tuple[int, ...] = ()
    reason: str = ""


@value
class Anchor:
    """From visit number `dose` on, a plan counts from `day`, where its step `step` falls."""

    dose: int
    day: date
    step: int


@value(kw_only=True)
class Phase:
    """A later part of a plan: a second course, injections at home.

    It begins `begins` `begins_unit`s after the beginning of the part before. Its visits fall at
    `offsets` (in `unit`s from its own beginning), then every `every` `every_unit`s ("": the same
    unit), the first of those at `then` of them (None: last offset + every). `count` is how many
    there are in all (None: as the offsets say, or for good), `run` on how many days in a row they
    come each time. `at_home` means an injection at home:
    a medication time, without ride and bag. `name` is what the family calls it.
    """

    begins: int
    begins_unit: str
    offsets: tuple[int, ...]
    unit: str
    every: int | None = None
    every_unit: str = ""
    then: int | None = None
    count: int | None = None
    run: int = 1
    at_home: bool = False
    name: str = ""


@value(kw_only=True)
class Plan(Entity):
    """A therapy plan: visits at `offsets` from the first day, then every `every`, in `unit`s.

    `every_unit` is the unit of `every` and `then` ("": the same). `then` is the count of the first
    maintenance visit (None: last offset + every); `every` None means that nothing follows the
    offsets. `run` is on how many days in a row the visits come each time. `count` is how many
    visits there are, `last` the day after which there are none, None where nobody said. `phases`
    are the parts that come later. `at_home` means injections at home, for which `kit` is what has
    to be at hand. `minutes` is how long a visit lasts, `minutes_first` the very first one (None:
    the same), `watch_days` how long after it signs are watched for. `anchors` are agreed delays.
    `off` are the keys of what around a visit (PARTS) this plan does without.
    """

    uid: str
    person: str
    medicine: str
    first: Moment
    offsets: tuple[int, ...]
    every: int | None
    unit: str = "week"
    then: int | None = None
    every_unit: str = ""
    run: int = 1
    count: int | None = None
    last: date | None = None
    at_home: bool = False
    phases: tuple[Phase, ...] = ()
    kit: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    minutes: int = 120
    minutes_first: int | None = None
    watch_days: int = 14
    clinic: str | None = None
    anchors: tuple[Anchor, ...] = ()
    entered: datetime = LONG_AGO


@value(kw_only=True)
class Appointment(Entity):
    """An appointment, a medication time, or one visit of a plan (`plan` and `dose` set).

    `minutes` is the length. `reminders` are minutes before the start; None means the defaults of
    its kind. `rrule`, `exdates` and `rdates` make it repeat (RFC 5545 3.3.10, 3.8.5; dates left
    out and extra dates are wall times of the start's kind); without a rule there are no extra
    dates. `leave_at` is the wall time "HH:MM" to set off; with any of `travel_minutes`,
    `parking_minutes` and `early_minutes` it follows from the start. `ride_home` is who drives
    back, "" while nobody is named, "-" where nobody needs to.

    A date of a series that was changed on its own is an appointment too: `series` is the id of the
    repeating one, `original` the wall time that the rule gave it. That time is among the
    `exdates` of the series, and both have one `uid`. With an `original` and no `series` it is a
    changed date whose series is not here, as a calendar file may bring one: `original` is then a
    wall time in the zone of its own start, or a date. It goes by its `uid` and `original`, which
    other appointments may share one by one, and never repeats; in all else it is a single
    appointment, until its series comes. `medicine` is what a medication time is for,
    `extra` the lines of a calendar file that only other programs understand. `off` are the keys of
    what around it (PARTS) a plan's visit does without, None: as its plan says.
    """

    uid: str
    person: str
    type: str
    title: str
    start: Moment
    minutes: int = 60
    status: str = "booked"
    rrule: str = ""
    exdates: tuple[str, ...] = ()
    rdates: tuple[str, ...] = ()
    series: str | None = None
    original: str = ""
    reminders: tuple[int, ...] | None = None
    place: str = ""
    contact: str | None = None
    note: str = ""
    driver: str = ""
    driver_phone: str = ""
    leave_at: str = ""
    pick_up: str = ""
    travel_minutes: int | None = None
    parking_minutes: int | None = None
    early_minutes: int | None = None
    ride_home: str = ""
    ride_home_phone: str = ""
    medicine: str | None = None
    extra: str = ""
    plan: str | None = None
    dose: int | None = None
    off: tuple[str, ...] | None = None
    sequence: int = 0
    entered: datetime = LONG_AGO


@value(kw_only=True)
class InfusionRecord(Entity):
    """What the nurse wrote down about one visit, all of it as typed; its id is `<visit>:record`.

    `site` is the arm or, for an injection, where on the body; `expiry`, `started`, `stopped` and
    `watched` (the time in the chair afterwards) are words too. Nothing is computed from them.
    """

    person: str
    visit: str
    product: str = ""
    maker: str = ""
    lot: str = ""
    expiry: str = ""
    amount: str = ""
    started: str = ""
    stopped: str = ""
    site: str = ""
    premedication: str = ""
    readings: str = ""
    watched: str = ""
    reaction: str = ""
    tip: str = ""


@value(kw_only=True)
class VisitAnswer(Entity):
    """One answer about a visit: "well enough to go?", "anything new since last time?".

    Its id is `<visit>:<key>`, `key` names the question (`well.fever`, `new.medicines`); `answer` is
    "yes", "no", "unsure" or "" (not answered), `text` what the family wrote.
    """

    person: str
    visit: str
    key: str
    answer: str = ""
    text: str = ""


@value(kw_only=True)
class SideEffect(Entity):
    """One sign that was seen: `sign` is an id of the reference or the family's own words.

    `severity` is 1 mild to 4 life-threatening, `temperature_c` in degrees Celsius, `urgency`
    the level that was shown when it was written down. `done` is what the family did, `told` who
    was told. One that is `going_on` has no end yet; `ended` is when it was over (UTC), None where
    nobody said.
    """

    person: str
    sign: str
    severity: int
    at: Moment
    urgency: str
    temperature_c: float | None = None
    text: str = ""
    done: str = ""
    told: str = ""
    going_on: bool = False
    ended: datetime | None = None


@value(kw_only=True)
class CheckIn(Entity):
    """How a day was. Pain, fatigue, stiffness 0 none to 10 worst; sleep, mood 0 to 10 very good.

    A check-in with no numbers says "nothing today". `possible` is what could be done that day, in
    words; `flare` marks a day of a flare.
    """

    person: str
    date: date
    pain: int | None = None
    fatigue: int | None = None
    stiffness: int | None = None
    sleep: int | None = None
    mood: int | None = None
    text: str = ""
    possible: str = ""
    flare: bool = False


@value(kw_only=True)
class Note(Entity):
    """A private note of the carer's, in one of the four rooms of emotional support.

    The text is kept as it was typed. `about` is one of ABOUT_WHOM: what is about the carer alone
    is never shown to the person. `visit` is the appointment that it belongs to, if any; a `pinned`
    one is at hand on a bad day.
    """

    person: str
    text: str
    at: datetime
    room: str = "listening"
    mood: str = ""
    pinned: bool = False
    tags: tuple[str, ...] = ()
    about: str = "person"
    visit: str | None = None


@value(kw_only=True)
class Question(Entity):
    """A question for the doctor and, afterwards, the answer."""

    person: str
    text: str
    answer: str = ""
    note: str | None = None


@value(kw_only=True)
class Answer(Entity):
    """What became of one reminder; its id is the reminder's id.

    `state` is one of ANSWERS, `shown` when it was said last and `said` how often, `until` when a
    postponed one rings again, `delivery` what the desktop notification said.
    """

    entry: str
    due: datetime
    state: str
    shown: datetime | None = None
    until: datetime | None = None
    answered: datetime | None = None
    reason: str = ""
    delivery: str = ""
    said: int = 0


@value(kw_only=True)
class Setting(Entity):
    """One setting: its name as id, its value as JSON text."""

    value: str


KINDS: dict[str, type[Entity]] = {
    "person": Person,
    "contact": Contact,
    "medicine": Medicine,
    "authorisation": Authorisation,
    "assistance": Assistance,
    "call": Call,
    "cost": Cost,
    "dose": Dose,
    "plan": Plan,
    "appointment": Appointment,
    "infusion_record": InfusionRecord,
    "visit_answer": VisitAnswer,
    "blocked_days": BlockedDays,
    "side_effect": SideEffect,
    "photo": Photo,
    "own_sign": OwnSign,
    "sign_choice": SignChoice,
    "clinic_call": ClinicCall,
    "version": Version,
    "checkin": CheckIn,
    "note": Note,
    "question": Question,
    "card_choice": CardChoice,
    "outlet": Outlet,
    "company": Company,
    "help_task": HelpTask,
    "self_check": SelfCheck,
    "visit_bag": VisitBag,
    "bag_item": BagItem,
    "bag_list": BagList,
    "template_item": TemplateItem,
    "answer": Answer,
    "setting": Setting,
}
"""Every kind by the name of its table."""
