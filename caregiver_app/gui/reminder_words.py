"""What a reminder says: in the panel by name, on the desktop only "Care reminder" unless chosen.

What is said late says when it was due, also on the desktop and also where it names nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from caregiver_app.domain.deadlines import DEADLINES
from caregiver_app.domain.entities import Appointment, Assistance, Authorisation, Call
from caregiver_app.domain.prompts import PROMPT
from caregiver_app.domain.reminders import (
    CHECK_INS,
    HAPPENED,
    PACKING,
    PAPERS,
    SHEETS,
    Reminder,
    is_infusion,
)
from caregiver_app.domain.times import MINUTES_A_DAY, AllDay, in_zone, wall
from caregiver_app.errors import UserError
from caregiver_app.gui.lasting_words import until_of
from caregiver_app.gui.packing_words import open_words, still_words
from caregiver_app.gui.reminder_order import Group, doses_of, things_of
from caregiver_app.gui.tokens import TYPE_ICONS
from caregiver_app.gui.whom import badge_colour
from caregiver_app.gui.words import (
    count_text,
    long_date,
    short_date,
    short_weekday,
    time_text,
    tr,
)
from caregiver_app.services.bags import Missing
from caregiver_app.services.household import Household
from caregiver_app.services.reminders import LATE, Notice
from caregiver_app.values import value

_MORNING_LEAD: Final = 120
"""The reminder of a visit that also brings the steps of its morning."""
_OVERDUE_AFTER: Final = timedelta(minutes=15)
_NEAR_DAYS: Final = 6
_MOST_TOLD: Final = 6
"""So many reminders at most are told one by one in a notice of the desktop."""
_SAID: Final = ("listening", "reassurance")
"""The rooms whose ideas are something to say."""


@value
class Said:
    """The words of one reminder. `kind` is an item type; `lines` are what belongs to it."""

    id: str
    title: str
    second: str
    overdue: bool
    icon: str
    kind: str
    person: str
    colour: int
    lines: tuple[str, ...] = ()


class ReminderWords:
    """Finds the words for reminders."""

    def __init__(self, house: Household) -> None:
        self._house = house

    def said(self, reminder: Reminder) -> Said:
        """Return the words of one reminder."""
        house = self._house
        owner = self.owner(reminder)
        person = house.people.person(reminder.person)
        icon, kind = _look(reminder, owner)
        overdue = self.is_overdue(reminder)
        return Said(
            reminder.id,
            self.title(reminder, owner),
            self.when(reminder, overdue=overdue),
            overdue,
            icon,
            kind,
            "" if person is None else person.name,
            badge_colour(house, reminder.person),
            self._lines(reminder, owner),
        )

    def owner(self, reminder: Reminder) -> Appointment | None:
        """Return the appointment that a reminder belongs to, None where it is none."""
        if reminder.what in DEADLINES or reminder.what == PROMPT:
            return None
        return self._house.agenda.get(reminder.owner)

    def title(self, reminder: Reminder, owner: Appointment | None = None) -> str:
        """Return what a reminder is about."""
        if reminder.what in DEADLINES:
            return self._deadline(reminder)
        if reminder.what == PROMPT:
            return self._idea(reminder)
        if reminder.what in SHEETS:
            asked = reminder.what == "well_enough"
            reference = self._house.reference
            return (reference.well_enough if asked else reference.anything_new).name
        owner = owner or self.owner(reminder)
        name = "" if owner is None else owner.title
        if reminder.what == "lead":
            # At its own hour, the hour stands beside it already.
            timed = owner is not None and owner.type == "medication"
            now = timed or reminder.minutes == 0
            return name if now else f"{name}, {self._start_words(reminder, owner)}"
        if reminder.what == HAPPENED:
            day = short_date(wall(reminder.start).date())
            return tr("Did it happen? {visit}, {day}", visit=name, day=day)
        if reminder.what == PAPERS:
            return self._papers(reminder, name)
        if reminder.what == "leave":
            return tr("Time to leave: {visit}, {start}", visit=name, start=_start_words(reminder))
        step = self._house.reference.step(reminder.what)
        words = name if step is None else step.question
        return (self._to_pack(owner) or words) if reminder.what == PACKING else words

    def _idea(self, reminder: Reminder) -> str:
        """Return an idea of the support tab; what is to be said stands between marks."""
        card = self._house.prompts.card_of(reminder)
        words = "" if card is None else card.text
        return tr("“{words}”", words=words) if card and card.room in _SAID else words

    def _papers(self, reminder: Reminder, visit: str) -> str:
        """Return which papers are still open, "Papers ready for ..." where none is."""
        missing = self._missing(reminder.owner)
        if not missing.papers:
            start = _start_words(reminder)
            return tr("Papers ready for {visit}, {start}", visit=visit, start=start)
        day, items = short_date(wall(reminder.start).date()), open_words(missing.papers)
        return tr(
            "Papers still open for {visit}, {day}: {items}", visit=visit, day=day, items=items
        )

    def _to_pack(self, owner: Appointment | None) -> str:
        """Return "Still to pack: Water, Photo ID and 2 more", "" where nothing is missing."""
        return "" if owner is None else still_words(self._missing(owner.id).lines)

    def _missing(self, visit_id: str) -> Missing:
        try:
            return self._house.bags.missing(visit_id)
        except UserError:
            return Missing()

    def _before(self, reminder: Reminder, owner: Appointment | None) -> str:
        """Return what is missing for a visit that only its day-before reminder speaks of."""
        if owner is None or owner.rrule or owner.plan is not None or reminder.what != "lead":
            return ""
        return self._to_pack(owner) if reminder.minutes == MINUTES_A_DAY else ""

    def _lines(self, reminder: Reminder, owner: Appointment | None) -> tuple[str, ...]:
        """Return what belongs to a reminder: the steps of the morning, or what is to be packed."""
        before = self._before(reminder, owner)
        return (before,) if before else self._morning(reminder, owner)

    def _with_bag(self, reminder: Reminder) -> str:
        """Return what a reminder is about, and what is missing where it alone speaks of that."""
        owner = self.owner(reminder)
        title, before = self.title(reminder, owner), self._before(reminder, owner)
        return f"{title} · {before}" if before else title

    def _deadline(self, reminder: Reminder) -> str:
        """Return "The approval of Harbour Health ends in 30 days, Tue 31 Mar"."""
        match self._house.reminders.source_of(reminder):
            case Authorisation(insurer=insurer) if reminder.what == "appeal_by":
                day = short_date(wall(reminder.start).date())
                if insurer:
                    return tr("Last day to appeal to {insurer}: {day}", insurer=insurer, day=day)
                return tr("Last day to appeal: {day}", day=day)
            case Authorisation(insurer=insurer):
                if insurer:
                    name = tr("The approval of {insurer}", insurer=insurer)
                else:
                    name = tr("The approval")
                return self._ends(name, reminder)
            case Assistance(name=name):
                return self._ends(name, reminder)
            case Call(with_whom=whom):
                return tr("Call {name} again", name=whom)
            case _:
                return ""

    def _ends(self, name: str, reminder: Reminder) -> str:
        """Return that something ends, counted from today."""
        last = wall(reminder.start).date()
        day, away = short_date(last), (last - self._house.care.today).days
        if away < 0:
            return tr("{name} ended on {day}", name=name, day=day)
        if away == 0:
            return tr("{name} ends today", name=name)
        if away == 1:
            return tr("{name} ends tomorrow, {day}", name=name, day=day)
        return tr("{name} ends in {count} days, {day}", name=name, count=away, day=day)

    def _start_words(self, reminder: Reminder, owner: Appointment | None) -> str:
        """Return the start, and until which day it lasts where those are several."""
        start = _start_words(reminder)
        home = self._house.care.home
        until = "" if owner is None else until_of(owner, reminder.start, home)
        if not until:
            return start
        if isinstance(reminder.start, AllDay):
            return tr("{start}, all day, {until}", start=start, until=until)
        return f"{start}, {until}"

    def is_overdue(self, reminder: Reminder) -> bool:
        """Tell whether a ring is a quarter of an hour past, or a line's day is over.

        An approval that ends in weeks has its day, too. What was entered late is still to do, and
        nobody is reproached for it.
        """
        care = self._house.care
        if reminder.rings and reminder.what not in DEADLINES:
            return care.now - reminder.due > _OVERDUE_AFTER
        past = self._local(reminder.due).date() < care.today
        return past and not reminder.entered_late

    def when(self, reminder: Reminder, *, overdue: bool) -> str:
        """Return when it was due, always the original time."""
        at = self._local(reminder.due)
        if reminder.what == PROMPT:
            return tr("An idea for today")
        if reminder.entered_late:
            return tr("Still to do")
        if overdue:
            return tr("Not marked yet · {when}", when=self._day_and_time(at))
        if at.date() == self._house.care.today:
            late = self._house.care.now - reminder.due > _OVERDUE_AFTER
            words = tr("Since {time} today") if late else tr("Due now · {time}")
            return words.replace("{time}", time_text(at))
        return tr("Due {when}", when=self._day_and_time(at))

    def group_title(self, reminders: Sequence[Reminder]) -> str:
        """Return "3 things for Friday 20 March", the day on which they were due."""
        day = self._local(reminders[0].due).date()
        things = count_text(len(reminders), "{count} thing", "{count} things")
        if all(one.entered_late for one in reminders):
            return tr("{things} from before this was entered", things=things)
        return tr("{things} for {day}", things=things, day=long_date(day))

    def said_of(self, group: Group) -> Said:
        """Return the words of a row, whatever stands together in it."""
        said = self.said(group.reminders[0])
        if group.kind == "one":
            return said if len(group.ids) == 1 else self._said_once(said, group.reminders)
        if group.kind == "lines":
            title = self.group_title(group.reminders)
            return replace(said, title=title, icon="reminder", kind="infusion", lines=())
        count = doses_of(group.reminders)
        second = count_text(count, "Not marked yet: {count} day", "Not marked yet: {count} days")
        return replace(said, id=group.key, second=second, overdue=True, lines=())

    def _said_once(self, said: Said, reminders: Sequence[Reminder]) -> Said:
        """Return the words of what reminds more than once: when it first did, and all it brings."""
        overdue = any(map(self.is_overdue, reminders))
        lines = tuple(line for one in reminders for line in self._lines(one, self.owner(one)))
        second = self.when(reminders[0], overdue=overdue)
        return replace(said, second=second, overdue=overdue, lines=lines)

    def part_words(self, group: Group, part: Sequence[Reminder]) -> str:
        """Return the words of a line of a row: what it is about, or the day of a dose."""
        if group.kind == "days":
            at = self._local(max(one.due for one in part))
            return f"{short_date(at.date())}, {time_text(at)}"
        title = self._with_bag(part[0])
        visits = {one.start for one in group.reminders if one.what == part[0].what}
        if part[0].what == "lead" or part[0].what in DEADLINES or len(visits) == 1:
            return title
        day = short_date(wall(part[0].start).date())
        return title if day in title else f"{title} · {day}"

    def since(self, reminders: Sequence[Reminder]) -> str:
        """Return "Thu 21:00", when the oldest of them was due."""
        return self._day_and_time(self._local(min(one.due for one in reminders)))

    def late_title(self, reminders: Sequence[Reminder]) -> str:
        """Return "While nothing could ring: 4 things, since Thu 21:00"."""
        things = count_text(things_of(reminders), "{count} thing", "{count} things")
        words = tr("While nothing could ring: {things}, since {when}")
        return words.replace("{things}", things).replace("{when}", self.since(reminders))

    def state(self, reminders: Sequence[Reminder], late: Sequence[Reminder]) -> str:
        """Return how many of these are late, or overdue; "" where a heading says it, or none is."""
        if late:
            words = tr("While nothing could ring: {count}", count=things_of(late))
            return "" if len(late) == len(reminders) else words
        overdue = things_of([one for one in reminders if self.is_overdue(one)])
        return tr("Not marked yet: {count}", count=overdue) if overdue else ""

    # -- On the desktop ---------------------------------------------------------------------------

    def desktop(self, notice: Notice) -> tuple[str, str]:
        """Return title and body for the desktop: discreet for everybody who did not choose details.

        Those who did are named each; of the others only the number is told.
        """
        told = [one for one in notice.reminders if self._may_tell(one)]
        named, quiet = told[:_MOST_TOLD], len(notice.reminders) - len(told[:_MOST_TOLD])
        past = self._past(notice)
        lines = [self._named(one, past) for one in named]
        if named and quiet:
            lines.append(count_text(quiet, "{count} more", "{count} more"))
        elif quiet:
            lines.append(self._discreet(notice, past))
        return tr("Care reminder"), "\n".join(lines)

    def _past(self, notice: Notice) -> frozenset[str]:
        """Return the ids of those of which a notice says that they were due before.

        That is so of what could not be said in time, and of what was put off or rings again once
        its hour by itself would be puzzling.
        """
        late = self._house.reminders.late_among(notice.reminders, by=LATE)
        return late | {one.id for one in notice.reminders if self.is_overdue(one)}

    def _discreet(self, notice: Notice, past: Collection[str]) -> str:
        """Return when, and how many, and nothing else."""
        late = [one for one in notice.reminders if one.id in past]
        if len(notice.reminders) > 1:
            words = tr("{count} care reminders", count=len(notice.reminders))
            if not late:
                return words
            since = self._day_and_hour(min(one.due for one in late))
            return tr("{things}, the oldest from {when}", things=words, when=since)
        at = min(reminder.due for reminder in notice.reminders)
        if late:
            return tr("Care reminder, was due {when}", when=self._day_and_hour(at))
        return tr("Care reminder, {time}", time=f"{self._local(at):%H:%M}")

    def _named(self, reminder: Reminder, past: Collection[str]) -> str:
        person = self._house.people.person(reminder.person)
        name = "" if person is None else person.name
        title = self._with_bag(reminder)
        words = f"{name}: {title}" if name else title
        if reminder.id not in past:
            return words
        return tr("{what}, was due {when}", what=words, when=self._day_and_hour(reminder.due))

    def _may_tell(self, reminder: Reminder) -> bool:
        person = self._house.people.person(reminder.person)
        return person is not None and person.details_in_notices

    def _morning(self, reminder: Reminder, owner: Appointment | None) -> tuple[str, ...]:
        if (
            owner is None
            or not is_infusion(owner)
            or reminder.what != "lead"
            or reminder.minutes != _MORNING_LEAD
        ):
            return ()
        return self._house.bags.morning(owner)

    def _day_and_time(self, at: datetime) -> str:
        today = self._house.care.today
        away = (today - at.date()).days
        if away == 0:
            return time_text(at)
        near = 0 < away <= _NEAR_DAYS
        day = short_weekday(at.weekday()) if near else short_date(at.date())
        return f"{day} {time_text(at)}"

    def _day_and_hour(self, due: datetime) -> str:
        return self._day_and_time(self._local(due))

    def _local(self, at: datetime) -> datetime:
        return in_zone(at, self._house.care.home)


def _start_words(reminder: Reminder) -> str:
    """Return "Tue 31 Mar 9:30", the wall time where the appointment is."""
    local = wall(reminder.start)
    day = short_date(local.date())
    return day if isinstance(reminder.start, AllDay) else f"{day} {time_text(local)}"


def _look(reminder: Reminder, owner: Appointment | None) -> tuple[str, str]:
    """Return icon and item type."""
    if reminder.what in CHECK_INS:
        return "watch", "check-in"
    if reminder.what == "leave":
        return "drive", "drive"
    if reminder.what == PROMPT:
        return "support", "other"
    if reminder.what in DEADLINES:
        return ("call" if reminder.what == "call_again" else "coverage"), "other"
    if reminder.what == PAPERS:
        return "care-plan", "infusion"
    if reminder.what in SHEETS or reminder.what == HAPPENED:
        return "infusion", "infusion"
    if reminder.what != "lead" or owner is None:
        return "bag", "infusion"
    return TYPE_ICONS[owner.type], owner.type
