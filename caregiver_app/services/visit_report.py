"""The visit report: what a period was like for one person, for a doctor to read in a minute.

Plain values, as somebody wrote them down. Private notes never get here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from caregiver_app.domain.entities import (
    Appointment,
    ClinicCall,
    Contact,
    InfusionRecord,
    Medicine,
    Person,
    Plan,
)
from caregiver_app.domain.occurrences import Occurrence, occurrences_on
from caregiver_app.domain.times import AllDay, day_of, day_span, in_zone, instant, local_day
from caregiver_app.errors import InputRefused
from caregiver_app.services.cycles import Cycle, cycles, watch_days
from caregiver_app.services.household import Household
from caregiver_app.services.report_lines import (
    Given,
    Reading,
    SignSeen,
    Tally,
    Trend,
    as_needed,
    by_sign,
    days_of,
    readings,
    signs_seen,
    tally,
    trends,
)
from caregiver_app.services.report_marks import Marks, marks
from caregiver_app.storage import diary
from caregiver_app.storage.watching import calls_between, infusions_between, visits_between
from caregiver_app.values import value

MOST_CYCLES: Final = 4
"""So many infusions are laid over each other."""
_DOSES: Final = timedelta(days=91)
"""Of a longer period only these last days of medication times are counted."""
_WITHOUT_VISIT: Final = timedelta(days=30)
"""So far back a period reaches where no visit is known."""
_BACK: Final = timedelta(days=400)
_AHEAD: Final = (timedelta(days=60), timedelta(days=400))
"""So far ahead the next visit is looked for, first near by."""
_MARGIN: Final = timedelta(days=2)
"""So far the wall clocks of two zones differ, and a little more."""
_MOST_LOOKED_AT: Final = 50
_FEW: Final = 6
"""So many of a plan's visits are looked at before all of them are."""
_TO_SHOW: Final = ("infusion", "follow-up")
"""The visits at which somebody reads a report."""


@value
class Visit:
    """A visit on its day of the calendar; `begins` and `over` are the family's clock.

    Both are None where it lasts all day. `clinic` is its contact's name, or the place as typed.
    """

    appointment: Appointment
    day: date
    begins: datetime | None
    over: datetime | None
    clinic: str
    medicine: str


@value
class Period:
    """The days of a report, both included; `since` is the visit from which they count, if any."""

    first: date
    last: date
    since: Visit | None


@value
class Infused:
    """One infusion that took place, and what the nurse wrote down about it, if it was copied."""

    visit: Visit
    record: InfusionRecord | None


@value
class Line:
    """A medicine by infusion: its plan (None for single infusions) and its last infusion."""

    medicine: str
    plan: Plan | None
    last: Infused | None


@value
class ReportChart:
    """What goes on, else the most urgent sign, over the last infusions, the newest first."""

    sign: str
    cycles: tuple[Cycle, ...]
    window: int


@value(kw_only=True)
class Report:
    """Everything that the page shows, each part in the order of its importance or of time.

    `calls` are the calls to the care team, `flares` the days marked so. `marks` count from the
    day `marked_from` on, which is later than the first one of a long period.
    """

    person: Person
    period: Period
    coming: Visit | None
    lines: tuple[Line, ...]
    medicines: tuple[Medicine, ...]
    signs: tuple[SignSeen, ...]
    readings: tuple[Reading, ...]
    calls: tuple[ClinicCall, ...]
    tally: Tally
    trends: tuple[Trend, ...]
    flares: tuple[date, ...]
    chart: ReportChart | None
    marked_from: date
    marks: tuple[Marks, ...]
    given: tuple[Given, ...]
    infusions: tuple[Infused, ...]
    questions: tuple[str, ...]


class VisitReports:
    """Reads, never writes."""

    def __init__(self, house: Household) -> None:
        self._house, self._care = house, house.care

    # -- Which days -------------------------------------------------------------------------------

    def period(self, person_id: str, visit_id: str | None = None) -> Period:
        """Return the usual days: since the last visit that took place, to today.

        For a visit of the past they end on its day and begin with the visit before. Without any
        visit they are the last thirty days.
        """
        care = self._care
        visit = None if visit_id is None else self._visit_of(person_id, visit_id)
        past = None if visit is None or visit.day > care.today else visit
        last = care.today if past is None else past.day
        since = self._before(person_id, last, past)
        return Period(last - _WITHOUT_VISIT if since is None else since.day, last, since)

    def _days(
        self,
        usual: Period,
        person_id: str,
        first: date | None,
        last: date | None,
        visit_id: str | None,
    ) -> Period:
        if last is not None and (last != usual.last or visit_id is not None):
            last = min(last, self._care.today)
            since = self._before(person_id, last, None)
            usual = Period(last - _WITHOUT_VISIT if since is None else since.day, last, since)
        if first is None:
            return usual
        if first > usual.last:
            raise InputRefused(
                "report.days", "--from", first=first.isoformat(), last=usual.last.isoformat()
            )
        same = usual.since is not None and usual.since.day == first
        return Period(first, usual.last, usual.since if same else None)

    def visit_on(self, person_id: str, day: date) -> str | None:
        """Return the id of the infusion or follow-up of a day, None where there is none."""
        found = self._between(person_id, day, day)
        ids = [
            one.appointment.id
            for one in found
            if one.day(self._care.home) == day and one.appointment.status != "cancelled"
        ]
        return ids[0] if ids else None

    def _between(
        self, person_id: str, first: date, last: date, types: tuple[str, ...] = _TO_SHOW
    ) -> list[Occurrence]:
        """Return what touches these days, in order, as `AgendaService.between` does."""
        home = self._care.home
        found = [
            each
            for one in diary.of_types(self._care.store, person_id, first, last, types)
            for each in occurrences_on(one, first, last, home)
        ]
        return sorted(found, key=lambda o: (o.begins(home), o.appointment.title, o.appointment.id))

    def _before(self, person_id: str, day: date, visit: Visit | None) -> Visit | None:
        """Return the last visit that took place up to a day, the last before `visit` if given."""
        care = self._care
        end = care.now if visit is None else self._begin(visit)
        infusion = self._infusion_before(person_id, day, end)
        low = day - _BACK if infusion is None else infusion.day(care.home)
        talks = self._between(person_id, low, day, ("follow-up",))
        talks = self._without_calls(person_id, talks)
        found = [] if infusion is None else [infusion]
        found += [
            one for one in talks if self._took_place(one, end) and low <= one.day(care.home) <= day
        ]
        newest = max(found, key=lambda one: one.begins(care.home), default=None)
        return None if newest is None else self._visit(newest)

    def _without_calls(self, person_id: str, found: list[Occurrence]) -> list[Occurrence]:
        """Leave out what is only to call the care team again, or to be called by them.

        That came of a call to them, and reminds when it is time, not as a visit does.
        """
        came = diary.follow_ups(self._care.store, person_id)
        return [
            one
            for one in found
            if one.appointment.id not in came or one.appointment.reminders is None
        ]

    def _begin(self, visit: Visit) -> datetime:
        one = visit.appointment
        # All day: the visit before it lies on a day before.
        return Occurrence(one, one.start).begins(self._care.home)

    def _took_place(self, one: Occurrence, end: datetime) -> bool:
        """Tell whether a visit was over by `end`, or is marked so."""
        home, status = self._care.home, one.appointment.status
        if status in ("cancelled", "delayed") or one.begins(home) >= end:
            return False
        return status == "done" or one.ends(home) <= end

    def _infusion_before(self, person_id: str, day: date, end: datetime) -> Occurrence | None:
        wall = datetime.combine(day, time(23, 59)) + _MARGIN
        for _ in range(_MOST_LOOKED_AT):
            found = self._care.store.last_visit_before(
                person_id, wall.isoformat(timespec="minutes")
            )
            if found is None:
                return None
            one = Occurrence(found, found.start)
            if self._took_place(one, end) and one.day(self._care.home) <= day:
                return one
            start = found.start
            wall = (
                datetime.combine(start.day, time()) if isinstance(start, AllDay) else start.local
            ) - timedelta(minutes=1)
        return None

    # -- Everything -------------------------------------------------------------------------------

    def report(
        self,
        person_id: str,
        first: date | None = None,
        last: date | None = None,
        visit_id: str | None = None,
        usual: Period | None = None,
    ) -> Report:
        """Return the report of a person over the days `first` to `last`, both included.

        Without them the usual days (see `period`, and give them as `usual` where they are known);
        a last day to come counts as today. `visit_id` is the visit that it is for, without it the
        next one.

        Raises:
            InputRefused: nobody has that id, or the first day comes after the last.
        """
        house, care = self._house, self._care
        person = care.person(person_id)
        with care.one_look():
            usual = usual or self.period(person_id, visit_id)
            period = self._days(usual, person_id, first, last, visit_id)
            begins, ends = period.first, period.last
            entries = self._entries(person_id, begins, ends)
            check_ins = diary.days_told(care.store, person_id, begins, ends)
            since = self._day_numbers(person_id, entries, begins, ends)
            marked_from = max(begins, ends - _DOSES)
            same = by_sign(entries)
            there = [days_of(one, ends, care.home) for one in same]
            signs = tuple(signs_seen(same, there, care.home, since))
            within = [one for one in entries if begins <= one.day <= ends]
            return Report(
                person=person,
                period=period,
                coming=self._coming(person_id, visit_id),
                lines=self._lines(person_id, ends),
                medicines=tuple(house.people.medicines(person_id)),
                signs=signs,
                readings=tuple(readings(within, care.home, since)),
                calls=self._calls(person_id, begins, ends),
                tally=tally(set[date]().union(*there), check_ins, begins, ends),
                trends=tuple(trends(check_ins)),
                flares=tuple(one.date for one in check_ins if one.flare),
                chart=self._chart(person_id, signs, ends),
                marked_from=marked_from,
                marks=tuple(marks(care, person_id, marked_from, ends)),
                given=self._given(person_id, begins, ends),
                infusions=self._infusions(person_id, begins, ends),
                questions=self._questions(person_id),
            )

    def _entries(self, person_id: str, first: date, last: date) -> list[diary.Seen]:
        """Return the side effects that touch the days, on the family's calendar."""
        home = self._care.home
        near = diary.seen_near(self._care.store, person_id, *day_span(first, last, home), home)

        def reaches(one: diary.Seen) -> bool:
            if one.day > last or one.going_on:
                return one.day <= last
            return one.ended is not None and local_day(one.ended, home) >= first

        return [one for one in near if first <= one.day <= last or reaches(one)]

    def _day_numbers(
        self, person_id: str, entries: Iterable[diary.Seen], first: date, last: date
    ) -> _DayNumbers:
        home, low = self._care.home, min([first, *(one.day for one in entries)])
        visits = infusions_between(self._care.store, person_id, low - _MARGIN, last + _MARGIN)
        begun = [one for one in visits if self._has_begun(one)]
        return _DayNumbers(sorted({day_of(one.start, home) for one in begun}))

    def _has_begun(self, visit: Appointment) -> bool:
        begins = Occurrence(visit, visit.start).begins(self._care.home)
        return visit.status != "delayed" and begins <= self._care.now

    def _coming(self, person_id: str, visit_id: str | None) -> Visit | None:
        if visit_id is not None:
            return self._visit_of(person_id, visit_id)
        care, first = self._care, self._care.today
        for reach in _AHEAD:
            last = care.today + reach
            near = self._between(person_id, first, last)
            for one in self._without_calls(person_id, near):
                over = one.appointment.status in ("done", "cancelled")
                if not over and one.ends(care.home) > care.now:
                    return self._visit(one)
            first = last
        return None

    def _visit_of(self, person_id: str, visit_id: str) -> Visit | None:
        found = self._house.agenda.get(visit_id)
        if found is None or found.person != person_id:
            return None
        if found.rrule:
            today = self._care.today
            dates = self._between(person_id, today, today + _AHEAD[-1])
            one = next((one for one in dates if one.appointment.id == visit_id), None)
            return None if one is None else self._visit(one)
        return self._visit(Occurrence(found, found.start))

    def _visit(self, one: Occurrence) -> Visit:
        home, owner = self._care.home, one.appointment
        contact: Contact | None = self._house.agenda.contact_of(owner)
        plan = None if owner.plan is None else self._house.plans.get(owner.plan)
        begins = over = None
        if not isinstance(one.start, AllDay):
            begins = in_zone(one.begins(home), home).replace(tzinfo=None)
            over = in_zone(one.ends(home), home).replace(tzinfo=None)
        return Visit(
            owner, one.day(home), begins, over,
            owner.place if contact is None else contact.name,
            "" if plan is None else plan.medicine,
        )  # fmt: skip

    # -- Medicines and infusions ------------------------------------------------------------------

    def _infusions(self, person_id: str, first: date, last: date) -> tuple[Infused, ...]:
        care = self._care
        near = infusions_between(care.store, person_id, first - _MARGIN, last + _MARGIN)
        found = [
            one
            for one in map(_once, near)
            if first <= one.day(care.home) <= last and self._took_place(one, care.now)
        ]
        records = self._house.records.of_visits(one.appointment.id for one in found)
        return tuple(Infused(self._visit(one), records.get(one.appointment.id)) for one in found)

    def _lines(self, person_id: str, last: date) -> tuple[Line, ...]:
        """Return the medicines by infusion with the last one of each, the newest first."""
        newest = self._infusion_before(person_id, last, self._care.now)
        found: list[Line | None] = [
            self._line(plan, last) for plan in self._house.plans.all(person_id)
        ]
        if newest is not None and newest.appointment.plan is None:
            one = Infused(self._visit(newest), self._house.records.of(newest.appointment.id))
            found.append(Line(newest.appointment.title, None, one))
        told = [one for one in found if one is not None]
        told.sort(key=lambda one: one.last.visit.day if one.last else date.min, reverse=True)
        return tuple(told)

    def _line(self, plan: Plan, last: date) -> Line | None:
        """Return the line of a plan, None where it was over long before `last`."""
        home, store = self._care.home, self._care.store
        low, high = last - _BACK - _MARGIN, last + _BACK
        back = diary.newest_visits(store, plan.id, low, last + _MARGIN, _FEW)
        took = [one for one in map(_once, back) if self._took_by(one, last)]
        if not took and len(back) == _FEW:
            back = visits_between(store, plan.id, low, last + _MARGIN)
            took = [one for one in map(_once, back) if self._took_by(one, last)]
        newest = max(took, key=lambda one: one.begins(home), default=None)
        near = visits_between(store, plan.id, last - _MARGIN, last + _MARGIN)
        goes_on = any(
            _once(one).day(home) >= last and one.status != "cancelled" for one in near
        ) or diary.has_visits(store, plan.id, last + _MARGIN, high)
        if newest is None:
            return Line(plan.medicine, plan, None) if goes_on else None
        record = self._house.records.of(newest.appointment.id)
        return Line(plan.medicine, plan, Infused(self._visit(newest), record))

    def _took_by(self, one: Occurrence, last: date) -> bool:
        home, now = self._care.home, self._care.now
        return one.day(home) <= last and self._took_place(one, now)

    def _given(self, person_id: str, first: date, last: date) -> tuple[Given, ...]:
        home = self._care.home
        near = self._house.doses.between(first - _MARGIN, last + _MARGIN, person_id)
        within = [one for one in near if first <= day_of(one.at, home) <= last]
        return tuple(as_needed(within, home))

    # -- The rest ---------------------------------------------------------------------------------

    def _calls(self, person_id: str, first: date, last: date) -> tuple[ClinicCall, ...]:
        home = self._care.home
        near = calls_between(self._care.store, person_id, first - _MARGIN, last + _MARGIN)
        found = [one for one in near if first <= day_of(one.at, home) <= last]
        return tuple(sorted(found, key=lambda one: (instant(one.at, home), one.id)))

    def _chart(self, person_id: str, signs: Iterable[SignSeen], last: date) -> ReportChart | None:
        shown = max(signs, key=_weight, default=None)
        if shown is None:
            return None
        found = cycles(self._care, person_id, shown.sign, MOST_CYCLES + 1, until=last)
        visit = None if not found else self._house.agenda.get(found[0].visit.id)
        # The infusion of today may be still to come.
        found = found[1:] if visit is not None and not self._has_begun(visit) else found
        found = found[:MOST_CYCLES]
        if not found:
            return None
        return ReportChart(shown.sign, tuple(found), watch_days(self._care, found[0].visit))

    def _questions(self, person_id: str) -> tuple[str, ...]:
        found = self._house.support.questions(person_id)
        return tuple(one.text for one in found if not one.answer.strip())


def _weight(one: SignSeen) -> tuple[bool, int, int, int]:
    """Return what makes a sign the one to draw: it goes on, is urgent, strong, or lasted long."""
    return one.going_on is not None, -one.tier.rank, one.severity, one.days


def _once(visit: Appointment) -> Occurrence:
    return Occurrence(visit, visit.start)


class _DayNumbers:
    """Which day after an infusion a day is."""

    def __init__(self, infusions: list[date]) -> None:
        self._infusions = infusions

    def __call__(self, day: date) -> int | None:
        """Return the days since the infusion before, 0 on its own day, None before any."""
        place = bisect_right(self._infusions, day)
        return None if place == 0 else (day - self._infusions[place - 1]).days
