"""What each thing that was found says in its line: its name, the found words, and when it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import singledispatchmethod
from typing import Final

from caregiver_app.domain.advice import SignInfo
from caregiver_app.domain.entities import (
    Appointment,
    BagItem,
    BlockedDays,
    Contact,
    InfusionRecord,
    Note,
    Person,
    Question,
    TemplateItem,
    VisitAnswer,
)
from caregiver_app.domain.lasting import lasting
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.packing import list_id
from caregiver_app.domain.rides import ride_home
from caregiver_app.domain.times import AllDay, Moment, day_of, in_zone
from caregiver_app.gui.calendar.form.day_span import days_words
from caregiver_app.gui.care_plan.model import role_words
from caregiver_app.gui.search.lines import MORE, ResultLine, Target
from caregiver_app.gui.search.said import Parts, Said, joined
from caregiver_app.gui.search.watch_wording import WatchWording
from caregiver_app.gui.support.model import room_icon, room_name
from caregiver_app.gui.tokens import TYPE_ICONS
from caregiver_app.gui.whom import called
from caregiver_app.gui.words import time_text, tr
from caregiver_app.services.bags import BagLine
from caregiver_app.services.blocked import is_blocked
from caregiver_app.services.household import Household
from caregiver_app.services.search import (
    BAG,
    INSURANCE,
    MEDICINES,
    NOTES,
    PEOPLE,
    QUESTIONS,
    URGENT,
    VISITS,
    WATCHED,
    Group,
    Hit,
    Results,
)

SHOWN_WHOLE: Final = 50
"""A group of up to so many is shown whole when more is asked for, a larger one in such steps."""
_LONGEST_TITLE: Final = 80
_PLACES: Final = {
    "appointment": "calendar",
    "assistance": "care",
    "authorisation": "care",
    "bag_item": "bag",
    "blocked_days": "calendar",
    "call": "care",
    "checkin": "watch",
    "clinic_call": "watch",
    "contact": "care",
    "cost": "care",
    "dose": "care",
    "infusion_record": "visit",
    "medicine": "care",
    "note": "support",
    "own_sign": "watch",
    "person": "care",
    "plan": "care",
    "question": "support",
    "side_effect": "watch",
    "sign": "watch",
    "sign_choice": "watch",
    "template_item": "bag",
    "visit_answer": "visit",
}
_TYPES: Final = {
    "infusion": "Infusion",
    "follow-up": "Follow-up visit",
    "lab": "Blood test or lab",
    "medication": "Medicine time",
    "drive": "Drive",
    "other": "Appointment",
}


def heading_of(key: str) -> str:
    """Return the words over a group."""
    return {
        URGENT: tr("Signs that need help at once"),
        VISITS: tr("Visits and appointments"),
        NOTES: tr("Notes"),
        QUESTIONS: tr("Questions for the doctor"),
        WATCHED: tr("Side effects"),
        PEOPLE: tr("People and numbers"),
        MEDICINES: tr("Medicines and plans"),
        INSURANCE: tr("Insurance and costs"),
        BAG: tr("Bag"),
    }[key]


def count_words(count: int) -> str:
    """Return a number with its thousands apart."""
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


class Wording:
    """Writes the lines of one answer; looks the people up once."""

    def __init__(self, house: Household, results: Results) -> None:
        self._house, self._results = house, results
        self._today = house.care.today
        self._parts, self._watch = Parts(house, results), WatchWording(house, results)
        people = house.people.people()
        self._several = len(people) > 1
        self._people = {one.id: (called(one), n % 2 + 1) for n, one in enumerate(people)}

    def group(self, group: Group) -> list[ResultLine]:
        """Return the heading of a group, its lines, and how to see more of it."""
        lines = [self.heading(heading_of(group.key), group.total)]
        lines += [self._line(hit) for hit in group.hits]
        if group.total > len(group.hits):
            count = count_words(group.total)
            few = group.total <= SHOWN_WHOLE
            title = (
                tr("Show all {count}", count=count)
                if few
                else tr("Show more of {count}", count=count)
            )
            lines.append(ResultLine(key=f"{MORE}{group.key}", shape="more", title=title))
        return lines

    @staticmethod
    def heading(words: str, count: int) -> ResultLine:
        """Return the line over a group."""
        return ResultLine(shape="heading", title=words, fact=count_words(count))

    def owned(self, line: ResultLine) -> ResultLine:
        """Return a line that names whose it is, where several are cared for."""
        owner, colour = self._owner("" if line.target is None else line.target.person)
        return replace(line, owner=owner, owner_colour=colour)

    def _owner(self, person: str) -> tuple[str, int]:
        name, colour = self._people.get(person, ("", 1))
        return (name if self._several else ""), colour

    def _line(self, hit: Hit) -> ResultLine:
        said = self._said(hit.of)
        second, fact = said.second, said.fact
        of_visit = isinstance(hit.of, InfusionRecord | VisitAnswer)
        if hit.visit is not None:
            fact = self._when(hit.visit.start, hour=False) if of_visit else fact
            day = self._parts.day(day_of(hit.visit.start, self._house.care.home))
            second = second if of_visit else joined(tr("Bag for {day}", day=day), second)
        owner, colour = self._owner("" if hit.kind == "person" else hit.person)
        place, kind, item = self._leads_to(hit)
        return ResultLine(
            key=f"{hit.kind}:{hit.id}",
            spoken=said.spoken,
            title=said.title,
            title_marks=self._results.marks(said.title),
            second=second,
            second_marks=self._results.marks(second),
            fact=fact,
            icon=said.icon,
            role=said.role,
            ground=said.ground,
            owner=owner,
            owner_colour=colour,
            target=Target(
                place=place,
                kind=kind,
                item=item,
                person=hit.person,
            ),
        )

    def _leads_to(self, hit: Hit) -> tuple[str, str, str]:
        """Return which place a thing leads to, and the kind and id that are opened there."""
        place = _PLACES[hit.kind]
        if isinstance(hit.of, TemplateItem):
            return place, "list", list_id(hit.of.template, hit.of.contact)
        if isinstance(hit.of, BlockedDays):
            return place, "day", _day_of_blocked(hit.of, self._today).isoformat()
        if isinstance(hit.of, InfusionRecord | VisitAnswer):
            if hit.gone and hit.visit is not None:
                day = day_of(hit.visit.start, self._house.care.home)
                return "calendar", "day", day.isoformat()
            return place, "visit", hit.of.visit
        return place, hit.kind, hit.id

    # -- One kind each ----------------------------------------------------------------------------

    @singledispatchmethod
    def _said(self, of: object) -> Said:
        return self._watch.said(of)

    @_said.register
    def _(self, of: Appointment) -> Said:
        place = of.place
        if not place and (contact := self._house.agenda.contact_of(of)) is not None:
            place = contact.name
        driver = tr("Driver: {name}", name=of.driver) if of.driver else ""
        back = of.ride_home if ride_home(of) == "other" else ""
        home = tr("Ride home: {name}", name=back) if back else ""
        texts = (place, driver, of.driver_phone, of.pick_up, home, of.ride_home_phone, of.note)
        second = self._parts.found(texts, (place, driver))
        if of.status == "cancelled":
            second = joined(tr("Cancelled"), second)
        return Said(
            spoken=tr(_TYPES[of.type]),
            title=of.title,
            second=second,
            fact=tr("repeats") if of.rrule else self._days(of),
            icon=TYPE_ICONS[of.type],
            role=of.type,
            ground=f"{of.type}-tint",
        )

    @_said.register
    def _(self, of: Note) -> Said:
        first = self._first_line(of.text)
        around = "" if self._results.marks(first) else self._results.around(of.text)
        return Said(
            spoken=tr("Note"),
            title=first,
            second=around if self._results.marks(around) else room_name(of.room),
            fact=self._parts.day(in_zone(of.at, self._house.care.home).date()),
            icon=room_icon(of.room),
        )

    @_said.register
    def _(self, of: Question) -> Said:
        state = tr("Answered") if of.answer else tr("Not answered yet")
        return Said(
            spoken=tr("Question"),
            title=self._results.around(of.text),
            second=self._parts.found((of.answer,), (state,)),
            icon="paper-note",
        )

    @_said.register
    def _(self, of: SignInfo) -> Said:
        urgent = self._is_urgent(of)
        names = [name for name in of.also if self._results.marks(name)]
        shown = self._results.marks(of.name) or not names
        other = tr("Also called: {names}", names=", ".join(names[:3]))
        return Said(
            spoken=tr("Emergency sign") if urgent else tr("Sign to look up or write down"),
            title=of.name,
            second=of.full if shown else other,
            icon="emergency" if urgent else "note-it",
            role="alarm" if urgent else "check-in",
            ground="alarm_tint" if urgent else "check-in-tint",
        )

    def _is_urgent(self, of: SignInfo) -> bool:
        """Tell whether a sign is an emergency for anybody who is cared for."""
        whose = self._people or (None,)
        return any(self._house.signs.sign(one, of.id).is_emergency for one in whose)

    @_said.register
    def _(self, of: Person) -> Said:
        allergies = tr("Allergies: {words}", words=of.allergies) if of.allergies else ""
        papers = tr("Papers: {words}", words=of.papers) if of.papers else ""
        others = (of.address, of.good_to_know, papers, of.fever_set_by)
        return Said(
            spoken=tr("Person"),
            title=of.name or tr("No name yet"),
            second=self._parts.found((of.conditions, allergies, *others), (of.conditions,)),
            icon="person",
        )

    @_said.register
    def _(self, of: Contact) -> Said:
        role = role_words(of.role)
        late = tr("out of hours {phone}", phone=of.phone_after_hours)
        after = late if of.phone_after_hours else ""
        texts = (of.phone, after, of.address, of.note)
        return Said(
            spoken=tr("Contact"),
            title=of.name,
            second=joined(role, self._parts.found(texts, (of.phone,))),
            icon="call",
        )

    @_said.register
    def _(self, of: BlockedDays) -> Said:
        clinic = self._house.people.contact(of.clinic) if of.clinic else None
        meant = tr("Days that don’t suit")
        if clinic is not None:
            meant = tr("{name} is closed", name=clinic.name)
        return Said(
            spoken=meant,
            title=of.reason,
            second=joined(meant, days_words(of, self._today)),
            icon="calendar",
        )

    @_said.register
    def _(self, of: BagLine | BagItem) -> Said:
        states = {"packed": tr("packed"), "not_needed": tr("not needed")}
        known = joined(states.get(of.state, ""), of.kept_at)
        return Said(spoken=tr("Bag"), title=of.label, second=known, icon="bag")

    @_said.register
    def _(self, of: TemplateItem) -> Said:
        return Said(spoken=tr("Bag"), title=of.label, second=tr("In every bag"), icon="bag")

    # -- Parts ------------------------------------------------------------------------------------

    @staticmethod
    def _first_line(text: str) -> str:
        first = text.strip().partition("\n")[0]
        return first if len(first) <= _LONGEST_TITLE else f"{first[:_LONGEST_TITLE].rstrip()}…"

    def _when(self, moment: Moment, *, hour: bool = True) -> str:
        day = day_of(moment, self._house.care.home)
        if isinstance(moment, AllDay) or not hour or day < self._today:
            return self._parts.day(day)
        return f"{self._parts.day(day)}, {time_text(moment.local)}"

    def _days(self, of: Appointment) -> str:
        """Return when an appointment is, with the last day of what lasts for several."""
        days = lasting(Occurrence(of, of.start), self._house.care.home)
        if days is None:
            return self._when(of.start)
        return tr(
            "{first} to {last}", first=self._parts.day(days.first), last=self._parts.day(days.last)
        )


def _day_of_blocked(of: BlockedDays, today: date) -> date:
    """Return the first day from today on that doesn't suit, or the first of all."""
    first = max(of.first, today)
    days = (first + timedelta(days=ahead) for ahead in range(7))
    return next((day for day in days if is_blocked(of, day)), of.first)
