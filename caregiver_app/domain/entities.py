"""Everything the family keeps, as plain immutable values.

Each kind is one class of values; storage writes each as one row, `add` and `list` speak of the
same fields. Instants are aware UTC datetimes, wall times are `times.Moment`. `entered` is the
instant at which the entry was entered, imported or last moved: reminders of occurrences that had
ended by then stay silent.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from caregiver_app.domain.times import Moment
from caregiver_app.values import value

APPOINTMENT_TYPES = ("infusion", "follow-up", "lab", "medication", "drive", "other")
STATUSES = ("planned", "booked", "done", "delayed", "cancelled")
ROOMS = ("listening", "reassurance", "company", "outlets")
MOODS = ("", "calm", "so-so", "low")
UNITS = ("day", "week", "month")
BAG_STATES = ("to_pack", "packed", "not_needed")
ANSWERS = ("shown", "later", "done", "skipped")
CONTACT_ROLES = ("clinic", "doctor", "pharmacy", "family", "driver", "insurer", "other")

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@value(kw_only=True)
class Entity:
    """What every kept thing has: an id that never changes and when it was made and changed."""

    id: str
    created: datetime = LONG_AGO
    changed: datetime = LONG_AGO


@value(kw_only=True)
class Person(Entity):
    """Somebody who is cared for. `name` is empty until somebody types it.

    `address` is where help has to come, `good_to_know` what a stranger should be told, `papers`
    where papers are kept. `fever_c` is the limit in degrees Celsius that the team gave (None: the
    usual one holds), `fever_set_by` who gave it. `details_in_notices` lets desktop notices name
    the item instead of "Care reminder".
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


@value(kw_only=True)
class Contact(Entity):
    """A clinic, doctor, driver or other person to reach; numbers exactly as typed."""

    person: str
    name: str
    role: str = "other"
    address: str = ""
    phone: str = ""
    phone_after_hours: str = ""
    note: str = ""


@value(kw_only=True)
class Medicine(Entity):
    """A medicine on a person's list. `directions` is what the clinic said, as typed.

    `what_for` is its purpose in the family's words; one that is given `as_needed` has no times.
    """

    person: str
    name: str
    directions: str = ""
    what_for: str = ""
    as_needed: bool = False


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
    days of the week (0 is Monday), none of them: every day.
    """

    person: str | None = None
    first: date
    last: date | None = None
    weekdays: tuple[int, ...] = ()
    reason: str = ""


@value(kw_only=True)
class Authorisation(Entity):
    """What an insurer approved: visits from `first` (None: not told) to `last`, both included.

    `visits` is how many were approved, None when the letter names no number. `member` and `number`
    are the insurer's, as typed; screens show only their end.
    """

    person: str
    last: date
    insurer: str = ""
    member: str = ""
    number: str = ""
    first: date | None = None
    visits: int | None = None
    note: str = ""


@value
class Anchor:
    """From visit number `dose` on, a plan counts from `day`, where its step `step` falls."""

    dose: int
    day: date
    step: int


@value(kw_only=True)
class Plan(Entity):
    """A therapy plan: visits at `offsets` from the first, then every `every`, in `unit`s.

    `then` is the unit count of the first maintenance visit (None: last offset + every);
    `every` None means that nothing follows the offsets. `minutes` is how long a visit lasts,
    `watch_days` how long after it signs are watched for. `anchors` are agreed delays.
    """

    uid: str
    person: str
    medicine: str
    first: Moment
    offsets: tuple[int, ...]
    every: int | None
    unit: str = "week"
    then: int | None = None
    minutes: int = 120
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
    `extra` the lines of a calendar file that only other programs understand.
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
    sequence: int = 0
    entered: datetime = LONG_AGO


@value(kw_only=True)
class SideEffect(Entity):
    """One sign that was seen: `sign` is an id of the reference or the family's own words.

    `severity` is 1 mild to 4 life-threatening, `temperature_c` in degrees Celsius, `urgency`
    the level that was shown when it was written down.
    """

    person: str
    sign: str
    severity: int
    at: Moment
    urgency: str
    temperature_c: float | None = None
    text: str = ""


@value(kw_only=True)
class CheckIn(Entity):
    """How a day was. Pain, fatigue, stiffness 0 none to 10 worst; sleep, mood 0 to 10 very good.

    A check-in with no numbers says "nothing today".
    """

    person: str
    date: date
    pain: int | None = None
    fatigue: int | None = None
    stiffness: int | None = None
    sleep: int | None = None
    mood: int | None = None
    text: str = ""


@value(kw_only=True)
class Note(Entity):
    """A private note of the carer's, in one of the four rooms of emotional support."""

    person: str
    text: str
    at: datetime
    room: str = "listening"
    mood: str = ""
    pinned: bool = False


@value(kw_only=True)
class Question(Entity):
    """A question for the doctor and, afterwards, the answer."""

    person: str
    text: str
    answer: str = ""
    note: str | None = None


@value(kw_only=True)
class BagItem(Entity):
    """What the family did with one item of one visit's bag: packed it, or added it.

    `key` is the template item's id, or the item's own id when the family added it; `label`
    is empty for template items.
    """

    visit: str
    key: str
    state: str = "to_pack"
    label: str = ""
    group: str = "things"
    position: int = 0


@value(kw_only=True)
class TemplateItem(Entity):
    """The family's own change to a bag template: an item added, or one left out (`hidden`)."""

    template: str
    key: str
    label: str = ""
    group: str = "things"
    hidden: bool = False


@value(kw_only=True)
class Answer(Entity):
    """What became of one reminder; its id is the reminder's id.

    `state` is one of ANSWERS, `until` when a postponed one rings again, `delivery` what the
    desktop notification said.
    """

    entry: str
    due: datetime
    state: str
    shown: datetime | None = None
    until: datetime | None = None
    answered: datetime | None = None
    reason: str = ""
    delivery: str = ""


@value(kw_only=True)
class Setting(Entity):
    """One setting: its name as id, its value as JSON text."""

    value: str


KINDS: dict[str, type[Entity]] = {
    "person": Person,
    "contact": Contact,
    "medicine": Medicine,
    "authorisation": Authorisation,
    "dose": Dose,
    "plan": Plan,
    "appointment": Appointment,
    "blocked_days": BlockedDays,
    "side_effect": SideEffect,
    "checkin": CheckIn,
    "note": Note,
    "question": Question,
    "bag_item": BagItem,
    "template_item": TemplateItem,
    "answer": Answer,
    "setting": Setting,
}
"""Every kind by the name of its table."""
