"""The times at which a medicine of the list is given, kept as series of the calendar.

Each hour is one floating series that names the medicine. What is changed holds from today on, or
from tomorrow when one of today's times is marked already: what was given stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count

from caregiver_app.domain.dose_marks import is_for, mark_of
from caregiver_app.domain.entities import Appointment, Medicine
from caregiver_app.domain.occurrences import Occurrence, occurrences, occurrences_on
from caregiver_app.domain.recurrence import WEEKDAYS, Rule, parse_rule
from caregiver_app.domain.times import AllDay, Floating, wall
from caregiver_app.domain.weekly_only import weekly_only
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.agenda import AgendaService
from caregiver_app.services.alongside import load
from caregiver_app.services.care import Care, refuse
from caregiver_app.services.medicine_ends import end_series
from caregiver_app.services.people import PeopleService
from caregiver_app.services.reminder_settings import usual_leads
from caregiver_app.values import value

DAILY, WEEKDAYS_ONLY, EVERY_FEW, WEEKLY = "daily", "weekdays", "every", "weekly"
RHYTHMS = (DAILY, WEEKDAYS_ONLY, EVERY_FEW, WEEKLY)
MOST_DAYS = 99
MINUTES = 5
"""How long a medication time is said to last."""
_AHEAD = timedelta(days=400)
_DAY = timedelta(days=1)
_LAST_MINUTE = time(23, 59)


@value
class Times:
    """When a medicine is given: at `hours`, in a `rhythm`, from `first` on.

    `weekdays` (0 is Monday) belong to "weekdays" and, one of them, to "weekly"; `interval` is the
    number of days of "every". `last` is the last day, None without an end.
    """

    hours: tuple[time, ...]
    rhythm: str
    first: date
    last: date | None = None
    interval: int = 1
    weekdays: tuple[int, ...] = ()


class MedicineTimes:
    """Reads and keeps the times of medicines."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._people, self._agenda = PeopleService(care), AgendaService(care)

    def series(self, medicine: Medicine) -> list[Appointment]:
        """Return the series of a medicine that have a date today or later, by their hour."""
        today = self._care.today
        found = self._care.store.appointments_between(today, today + _AHEAD, person=medicine.person)
        own = [
            one
            for one in found
            if one.rrule and one.status != "cancelled" and is_for(one, medicine)
            if self._has_dates(one, today)
        ]
        return sorted(own, key=lambda one: (wall(one.start).time(), one.id))

    def read(self, medicine: Medicine) -> Times | None:
        """Return the times of a medicine as one plan; None without any, or when they differ.

        They differ when somebody gave each hour a rhythm of its own in the calendar.
        """
        series = self.series(medicine)
        told = [_read(one) for one in series]
        first = told[0] if told else None
        if first is None or any(one is None or _alike(one) != _alike(first) for one in told):
            return None
        hours = tuple(sorted({wall(one.start).time() for one in series}))
        begins = min(wall(one.start).date() for one in series)
        return replace(first, hours=hours, first=begins)

    def begins(self, medicine: Medicine) -> date:
        """Return the day from which a change of its times holds: today, or else tomorrow."""
        care = self._care
        for one in self.series(medicine) if medicine.id else ():
            for occurrence in occurrences_on(one, care.today, care.today, care.home):
                if self._is_marked(occurrence):
                    return care.today + _DAY
        return care.today

    def save(self, medicine: Medicine, times: Times | None) -> Medicine:
        """Keep a medicine of the list together with its times, as one change; None ends them.

        What is the same as before stays untouched. Other series end before the day from which
        the change holds.

        Raises:
            FormRefused: a field is wrong, no date falls into the span, or a medicine of one day a
                week would come more often.
        """
        if times is not None:
            self._check(medicine, times)
        with self._care.change("done.medicine_times", name=medicine.name.strip()):
            old = self._people.medicine(medicine.id) if medicine.id else None
            # One that ended is seen to by the list, which leaves alone what was given today.
            before = [] if old is None or medicine.past else self.series(old)
            holds = self._care.today if old is None else self.begins(old)
            wanted = [] if times is None else list(times.hours)
            starts = [wall(one.start).date() for one in before]
            moved = times is not None and times.first != min(starts, default=times.first)
            staying: list[Appointment] = []
            for one in before:
                hour = wall(one.start).time()
                if times is not None and hour in wanted and _is_same(one, times, moved=moved):
                    wanted.remove(hour)
                    staying.append(one)
                else:
                    self._end(one, holds)
            # Only now: what ended is no reason to refuse a name.
            kept = self._people.save_medicine(medicine)
            for one in staying:
                self._rename(one, old, kept)
            if times is not None:
                for hour in wanted:
                    self._begin(kept, times, hour, max(holds, times.first) if before else None)
        return kept

    def remove(self, medicine_id: str) -> None:
        """Take a medicine off the list and end its times, as one change; undo brings all back.

        Raises:
            InputRefused: it is not there any more.
        """
        found = self._people.medicine(medicine_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=medicine_id)
        with self._care.change("done.entry_removed", name=found.name):
            holds = self.begins(found)
            for one in self.series(found):
                self._end(one, holds)
            self._people.remove(Medicine, medicine_id)

    # -- Checks -----------------------------------------------------------------------------------

    def _check(self, medicine: Medicine, times: Times) -> None:
        refuse(
            lambda: _check_past(medicine),
            lambda: _check_hours(times),
            lambda: _check_rhythm(times),
            lambda: _check_span(times),
        )
        found = weekly_only(medicine.name, load().weekly_only)
        if found is not None and not _is_once_a_week(times):
            raise FormRefused([InputRefused("safety.weekly_only", "rhythm", name=found.name)])
        if _first_date(times, times.first) is None:
            raise FormRefused([InputRefused("medicine.no_date", "last")])

    # -- Series -----------------------------------------------------------------------------------

    def _begin(self, medicine: Medicine, times: Times, hour: time, holds: date | None) -> None:
        first = _first_date(times, times.first if holds is None else holds)
        if first is None:
            return
        self._agenda.save(
            Appointment(
                id="",
                uid="",
                person=medicine.person,
                type="medication",
                title=medicine.name,
                start=Floating(datetime.combine(first, hour)),
                minutes=MINUTES,
                rrule=_rule_text(times),
                medicine=medicine.id,
            )
        )

    def _rename(self, one: Appointment, old: Medicine | None, kept: Medicine) -> None:
        """Let a series that stays bear the medicine's name, unless it was given one of its own."""
        same = old is not None and one.title.casefold() == old.name.casefold()
        title = kept.name if same else one.title
        if title != one.title or one.medicine != kept.id:
            self._agenda.save(replace(one, title=title, medicine=kept.id))

    def _end(self, one: Appointment, holds: date) -> None:
        end_series(self._care, self._agenda, one, datetime.combine(holds, time()))

    def _has_dates(self, one: Appointment, day: date) -> bool:
        low = datetime.combine(day, time())
        return next(iter(occurrences(one, low, low + _AHEAD)), None) is not None

    def _is_marked(self, occurrence: Occurrence) -> bool:
        care = self._care
        answers = care.store.answers_of(occurrence.appointment.id, care.now - 3 * _DAY)
        return mark_of(occurrence, answers, care.home, usual_leads(care)).state != "open"


def _read(one: Appointment) -> Times | None:
    """Return one series as times, None where the form has no words for it."""
    if isinstance(one.start, AllDay) or one.rdates:
        return None
    rule = parse_rule(one.rrule, one.start)
    if rule.count is not None:
        return None
    start = wall(one.start)
    last = None if rule.until is None else rule.until.date()
    hours, first = (start.time(),), start.date()
    bare = replace(rule, until=None, week_start=0)
    if bare == Rule("DAILY", rule.interval):
        rhythm = DAILY if rule.interval == 1 else EVERY_FEW
        return Times(hours, rhythm, first, last, rule.interval)
    if bare != Rule("WEEKLY", weekdays=rule.weekdays):
        return None
    days = rule.weekdays or (start.weekday(),)
    return Times(hours, WEEKLY if len(days) == 1 else WEEKDAYS_ONLY, first, last, 1, days)


def _alike(times: Times) -> tuple[object, ...]:
    """Return what all hours of one plan share; with gaps of days also on which days they fall."""
    phase = times.first.toordinal() % times.interval
    return times.rhythm, times.interval, times.weekdays, times.last, phase


def _is_same(one: Appointment, times: Times, *, moved: bool) -> bool:
    """Tell whether a series says what is wanted; `moved`: another first day was typed."""
    told = _read(one)
    if told is None or (moved and told.first != times.first):
        return False
    return _alike(told) == _alike(times)


def _rule_text(times: Times) -> str:
    parts = ["FREQ=DAILY"]
    if times.rhythm == EVERY_FEW:
        parts.append(f"INTERVAL={times.interval}")
    if times.rhythm in (WEEKDAYS_ONLY, WEEKLY):
        days = ",".join(WEEKDAYS[day] for day in sorted(times.weekdays))
        parts = ["FREQ=WEEKLY", f"BYDAY={days}"]
    if times.last is not None:
        until = datetime.combine(times.last, _LAST_MINUTE)
        parts.append(f"UNTIL={until:%Y%m%dT%H%M%S}")
    return ";".join(parts)


def _first_date(times: Times, low: date) -> date | None:
    """Return the first date of the rhythm on or after a day, None where none is left."""
    for day in _days(times, low):
        if times.last is not None and day > times.last:
            return None
        if not times.weekdays or day.weekday() in times.weekdays:
            return day
    return None


def _days(times: Times, low: date) -> Iterable[date]:
    step = times.interval if times.rhythm == EVERY_FEW else 1
    gone = max(0, -(-(low - times.first).days // step))
    return (times.first + timedelta(days=step * number) for number in count(gone))


def _is_once_a_week(times: Times) -> bool:
    if len(times.hours) > 1:
        return False
    if times.rhythm == EVERY_FEW:
        return times.interval >= 7
    return times.rhythm == WEEKLY and len(times.weekdays) == 1


def _check_past(medicine: Medicine) -> None:
    if medicine.past:
        raise InputRefused("medicine.past_times", "past")


def _check_hours(times: Times) -> None:
    if not times.hours:
        raise InputRefused("medicine.times_missing", "hours")
    if len(set(times.hours)) < len(times.hours):
        raise InputRefused("medicine.times_twice", "hours")


def _check_rhythm(times: Times) -> None:
    if times.rhythm not in RHYTHMS:
        raise InputRefused("medicine.rhythm_missing", "rhythm")
    if times.rhythm in (WEEKDAYS_ONLY, WEEKLY) and not times.weekdays:
        raise InputRefused("medicine.weekdays_missing", "weekdays")
    if times.rhythm == EVERY_FEW and not 2 <= times.interval <= MOST_DAYS:
        raise InputRefused("medicine.days_between", "interval")


def _check_span(times: Times) -> None:
    if times.last is not None and times.last < times.first:
        raise InputRefused("medicine.ends_first", "last")
