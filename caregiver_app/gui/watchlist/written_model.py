"""The lines of what was written, as plain values: what goes on, then by its days, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from caregiver_app.domain.entities import Appointment, CheckIn, ClinicCall, SideEffect
from caregiver_app.domain.times import AllDay, Moment, wall
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.warmth import scale_of, warmth_words
from caregiver_app.gui.watchlist.model import WatchModel, check_in_words
from caregiver_app.gui.watchlist.moment_words import moment_words
from caregiver_app.gui.words import count_text, short_date, time_text, tr
from caregiver_app.pages.last_infusion import as_written
from caregiver_app.services.emergency import hours_confirmed
from caregiver_app.services.watch import SinceInfusion
from caregiver_app.services.written import (
    Entry,
    Infusions,
    day_of_entry,
    infusions,
    newest_written,
    was_written_before,
    written_between,
)
from caregiver_app.values import value

STEP: Final = 100
"""So many lines are added with each press."""
_LONGEST: Final = 160
"""Letters of somebody's own words in a line; the whole stands in the entry."""
_WITHOUT_VISIT: Final = timedelta(days=30)
_MARKS: Final = {Tier.EMERGENCY: "urgent", Tier.CALL_TODAY: "today"}
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_DAYS_FROM: Final = 36 * _HOUR
"""From here on a length is told in days."""
_WEEKS_FROM: Final = 21 * _DAY


@value
class Line:
    """One line of what was written.

    `mark` is "sign", "today" or "urgent" (a sign that asked for a call), "nothing", "call" or
    "infusion"; `after` names the infusion.
    """

    key: str
    title: str
    second: str
    day: str
    mark: str
    after: str = ""

    @property
    def spoken(self) -> str:
        """The line as a screen reader says it."""
        since = self.after or self.day
        return ", ".join(part for part in (self.title, self.second, since) if part)


@value
class Written:
    """What the list shows: the lines, whether there is more above, and what goes on."""

    lines: tuple[Line, ...]
    going_on: tuple[Line, ...]
    more: bool


class WrittenModel:
    """Reads only as many entries as are shown."""

    def __init__(self, model: WatchModel) -> None:
        self._model = model
        self._photos: frozenset[str] = frozenset()

    def written(self, limit: int = 0) -> Written:
        """Return what was written since the last infusion, or with a `limit` so many lines.

        What goes on comes for itself, however long ago it began.
        """
        person, care = self._model.person, self._model.house.care
        if person is None:
            return Written((), (), more=False)
        going = self._model.house.watch.going_on(person.id)
        self._photos = self._model.house.photos.entries(person.id)
        first = self._first_day()
        if limit:
            found = newest_written(care, person.id, limit + 1)
            more = len(found) > limit
            found = found[:limit]
            first = min((day_of_entry(one) for one in found), default=care.today)
        else:
            found = written_between(care, person.id, first, date.max - timedelta(days=1))
            more = was_written_before(care, person.id, first)
        started = [first, *(day_of_entry(one) for one in going)]
        visits = infusions(care, person.id, min(started), care.today)
        if limit and not more and visits.visits:
            first = min(first, wall(visits.visits[0].start).date())
        ongoing = {one.id for one in going}
        lines = self._lines([one for one in found if one.id not in ongoing], visits, first)
        top = tuple(self._effect_line(one, visits, alone=True) for one in going)
        return Written(tuple(lines), top, more=more)

    def _first_day(self) -> date:
        today = self._model.house.care.today
        since = self._model.since(today)
        return today - _WITHOUT_VISIT if since is None else wall(since.visit.start).date()

    def _lines(self, entries: Sequence[Entry], visits: Infusions, first: date) -> list[Line]:
        """Return the lines of entries with those of the infusions of their days between them."""
        now = wall(self._model.now())
        shown = [one for one in visits.visits if first <= wall(one.start).date()]
        past = [one for one in shown if wall(one.start) <= now]
        lines: list[Line] = []
        for entry in entries:
            while past and _sorted_at(entry) < wall(past[-1].start):
                lines.append(self._infusion_line(past.pop()))
            lines.append(self._line(entry, visits))
        lines += [self._infusion_line(one) for one in reversed(past)]
        return lines

    def _line(self, entry: Entry, visits: Infusions) -> Line:
        if isinstance(entry, CheckIn):
            return self._check_in_line(entry, visits)
        if isinstance(entry, ClinicCall):
            return self._call_line(entry, visits)
        return self._effect_line(entry, visits)

    def _effect_line(self, entry: SideEffect, visits: Infusions, *, alone: bool = False) -> Line:
        """Return the line of a side effect; `alone`, without a day at its right."""
        since = visits.since_entry(entry)
        parts = [self._when(entry.at)]
        if alone and since is not None:
            parts[0] = f"{parts[0]}, {since_words(since)}"
        if entry.temperature_c is not None:
            parts.append(warmth_words(entry.temperature_c, scale_of(self._model.house)))
        parts += [shortened(entry.text), shortened(entry.done), *self._beside(entry)]
        tier = Tier(entry.urgency)
        mark = _MARKS.get(tier, "sign")
        if tier in _MARKS:
            level = self._model.house.reference.tier(tier).label
            parts.append(tr("Level: {level}", level=level))
        title = self._model.entry_title(entry)
        key, second = f"side_effect:{entry.id}", sentences(parts)
        if alone:
            return Line(key, title, second, "", mark)
        return Line(key, title, second, _day(since), mark, _after(since))

    def _beside(self, entry: SideEffect) -> list[str]:
        """Return who was told, how long it lasted, and that there is a photo."""
        told = tr("Told: {names}", names=shortened(entry.told)) if entry.told.strip() else ""
        photo = tr("With a photo") if entry.id in self._photos else ""
        return [told, self._course(entry), photo]

    def _course(self, entry: SideEffect) -> str:
        lasted = self._model.house.watch.lasted(entry)
        return "" if lasted is None else tr("Lasted {length}", length=length_words(lasted))

    def _check_in_line(self, entry: CheckIn, visits: Infusions) -> Line:
        since = visits.since_entry(entry)
        numbers = check_in_words(entry)
        told = numbers or entry.possible or entry.flare
        title = tr("Check-in") if told else tr("Nothing that day")
        flare = tr("A day of a flare") if entry.flare else ""
        day = self._day_words(entry.date)
        parts = [f"{day}, {numbers}" if numbers else day, flare]
        parts += [shortened(entry.possible), shortened(entry.text)]
        mark = "sign" if told else "nothing"
        key = f"checkin:{entry.id}"
        return Line(key, title, sentences(parts), _day(since), mark, _after(since))

    def _call_line(self, entry: ClinicCall, visits: Infusions) -> Line:
        since = visits.since_entry(entry)
        title = tr("Call: {name}", name=entry.who) if entry.who else tr("Call to the clinic")
        parts = [self._when(entry.at), shortened(entry.said or entry.question)]
        key = f"clinic_call:{entry.id}"
        return Line(key, title, sentences(parts), _day(since), "call", _after(since))

    def _infusion_line(self, visit: Appointment) -> Line:
        start = wall(visit.start)
        second = self._day_words(start.date())
        if hours := self._infusion_hours(visit, start):
            second += f", {hours}"
        return Line("", visit.title, second, tr("day {number}", number=0), "infusion")

    def _infusion_hours(self, visit: Appointment, start: datetime) -> str:
        """Return what the nurse wrote down, else the hours of the calendar where they are known."""
        record = self._model.house.records.of(visit.id)
        if record is not None and (record.started or record.stopped):
            hours = [as_written(one) for one in (record.started, record.stopped) if one]
            return tr("{hours}, as written down", hours="\u2009\u2013\u2009".join(hours))
        if not hours_confirmed(visit):
            return ""
        over = start + timedelta(minutes=visit.minutes)
        hours_told = f"{time_text(start)}\u2009\u2013\u2009{time_text(over)}"
        return tr("{hours} by the calendar", hours=hours_told)

    def _when(self, at: Moment) -> str:
        year = wall(at).year != self._model.house.care.today.year
        return moment_words(at, year=year)

    def _day_words(self, day: date) -> str:
        return short_date(day, year=day.year != self._model.house.care.today.year)


def length_words(length: timedelta) -> str:
    """Return how long something lasted, roughly: "40 minutes", "5 hours", "4 days", "3 weeks"."""
    seconds = length.total_seconds()
    if seconds < _HOUR:
        minutes = max(1, round(seconds / _MINUTE))
        return count_text(minutes, "{count} minute", "{count} minutes")
    if seconds < _DAYS_FROM:
        return count_text(round(seconds / _HOUR), "{count} hour", "{count} hours")
    if seconds < _WEEKS_FROM:
        return count_text(round(seconds / _DAY), "{count} day", "{count} days")
    return count_text(round(seconds / _DAY / 7), "{count} week", "{count} weeks")


def sentences(parts: Sequence[str]) -> str:
    """Return parts one after the other, each ended by one point, the last by none."""
    return ". ".join(part.strip().rstrip(".") for part in parts if part.strip())


def shortened(text: str) -> str:
    """Return somebody's words in one line, the end left out where they are long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def since_words(since: SinceInfusion) -> str:
    """Return "day 3 after infusion 2"."""
    visit = since.title
    if since.number is not None:
        visit = tr("infusion {number}", number=since.number)
    return tr("day {number} after {visit}", number=since.days, visit=visit)


def _day(since: SinceInfusion | None) -> str:
    return "" if since is None else tr("day {number}", number=since.days)


def _after(since: SinceInfusion | None) -> str:
    return "" if since is None else since_words(since)


def _sorted_at(entry: Entry) -> datetime:
    """Return when an entry was; one without an hour belongs to the end of its day."""
    if isinstance(entry, CheckIn):
        return datetime.combine(entry.date, datetime.max.time())
    if isinstance(entry.at, AllDay):
        return datetime.combine(entry.at.day, datetime.max.time())
    return wall(entry.at)
