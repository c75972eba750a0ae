"""A person's visit report in words: the one way from the household to `ReportPage`.

The window and the command line print the same page through this. Private notes never get here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Final

from caregiver_app.domain.entities import ClinicCall, Phase, Plan
from caregiver_app.domain.phases import parts_of, spot_of
from caregiver_app.domain.times import AllDay, day_of, in_zone, instant
from caregiver_app.domain.watch import Tier, to_fahrenheit
from caregiver_app.pages.dates import (
    count_text,
    day_month,
    plain_date,
    short_weekday,
    tr,
    weekday_date,
)
from caregiver_app.pages.formats import hours_of
from caregiver_app.pages.rhythms import every_text, rhythm_text
from caregiver_app.pages.visit_report_chart import caption_of, picture_of
from caregiver_app.pages.visit_report_values import (
    ReportPage,
    Said,
    SignLine,
    TrendLine,
    TrendTable,
)
from caregiver_app.services.emergency import hours_confirmed
from caregiver_app.services.household import Household
from caregiver_app.services.report_lines import Given, Reading, SignSeen, Trend
from caregiver_app.services.report_marks import Marks
from caregiver_app.services.visit_report import Infused, Line, Report, Visit

SECTIONS: Final = ("signs", "days", "medicines", "infusions", "chart", "questions")
"""What can be left out of the page, in its order."""
_WEEK: Final = 7
_TWO_WEEKS: Final = 14
_PLACE: Final = 60
"""Characters of a clinic's name at the head."""
_SCALES: Final = {
    "pain": "Pain", "fatigue": "Tiredness", "stiffness": "Stiffness", "sleep": "Sleep",
    "mood": "Mood",
}  # fmt: skip
_WORST_AT_TEN: Final = ("pain", "fatigue", "stiffness")
_DAYS_NAMED: Final = 6
_STRETCHES: Final = 180
"""Into so many stretches a long period is cut; on the page each is narrower than the line."""
_MOST_POINTS: Final = 2 * _STRETCHES
_HOUR: Final = timedelta(hours=1)
_FEW: Final = 3
_number = itemgetter(1)
_MORE: Final = "…"
_KEPT: Final = "\u00a0"
"""A space at which no line breaks."""


def page_for(
    house: Household,
    report: Report,
    printed_at: datetime,
    without: Collection[str] = frozenset(),
) -> ReportPage:
    """Return the page of a report.

    Args:
        house: the household.
        report: what was gathered for the person and the days.
        printed_at: the instant for the footer.
        without: the SECTIONS that are not wanted.
    """
    return _Words(house, report).page(printed_at, frozenset(without))


class _Words:
    """One report in words."""

    def __init__(self, house: Household, report: Report) -> None:
        self._house, self._report = house, report
        self._home = house.care.home
        self._hour: Callable[[datetime], str] = hours_of(house.settings.text)
        self._year = house.care.today.year
        self._period = report.period
        self._strengths = {one.grade: one.label for one in house.reference.severities}

    def page(self, printed_at: datetime, without: frozenset[str]) -> ReportPage:
        report = self._report
        person, signs, days = report.person, "signs" not in without, "days" not in without
        printed = in_zone(printed_at, self._home)
        chart = None if "chart" in without else report.chart
        name = "" if chart is None else self._house.watch.sign_name(chart.sign)
        return ReportPage(
            person=person.name or tr("The person I care for"),
            visit=self._visit(report.coming),
            covers=self._covers(),
            about=self._about(),
            also=self._also(),
            infusion=tuple(self._line(one) for one in report.lines),
            heading=self._heading(),
            signs=tuple(self._sign(one) for one in report.signs) if signs else (),
            signs_none=tr("No sign was written down in this time.") if signs else None,
            temperatures=self._temperatures() if signs else (),
            calls=tuple(self._call(one) for one in report.calls) if signs else (),
            tally=self._tally() if signs else (),
            trends=self._trends() if days else None,
            flares=self._flares() if days else "",
            medicines_title=self._medicines_title(),
            medicines=() if "medicines" in without else self._medicines(),
            infusions=() if "infusions" in without else self._infusions(),
            chart_title=tr("{sign} by day since the infusion", sign=name),
            chart=None if chart is None else picture_of(self._house, chart),
            caption="" if chart is None else caption_of(chart),
            asks="questions" not in without,
            questions=() if "questions" in without else _lines(report.questions),
            printed=f"{weekday_date(printed.date())}, {self._hour(printed)}",
        )

    # -- The head ---------------------------------------------------------------------------------

    @staticmethod
    def _visit(visit: Visit | None) -> Said:
        if visit is None:
            return Said("")
        place = _one_line(visit.clinic)
        place = f"{place[:_PLACE].rstrip()}…" if len(place) > _PLACE else place
        return Said(weekday_date(visit.day), f", {place}" if place else "")

    def _covers(self) -> str:
        first, last = self._period.first, self._period.last
        if first == last:
            return plain_date(last)
        if (first.year, first.month) == (last.year, last.month):
            return tr("{first} to {last}", first=first.day, last=plain_date(last))
        told = plain_date(first)
        if first.year == last.year:
            told = told.removesuffix(f" {first.year}")
        return tr("{first} to {last}", first=told, last=plain_date(last))

    def _heading(self) -> str:
        since = self._period.since
        if since is None:
            return tr("What was written in this time")
        if since.appointment.type == "infusion":
            return tr("Since the last infusion")
        return tr("Since the last visit")

    def _about(self) -> tuple[Said, ...]:
        person = self._report.person
        born = "" if person.born is None else plain_date(person.born)
        illness = _one_line(person.conditions, "; ")
        told = [(tr("Born"), "  ·  ".join(part for part in (born, illness) if part))]
        told.append((tr("Allergies"), _one_line(person.allergies, "; ")))
        return tuple(Said(label, text) for label, text in told if text)

    def _also(self) -> tuple[Said, ...]:
        told = [
            f"{one.name} ({tr('only when needed')})" if one.as_needed else one.name
            for one in self._report.medicines
        ]
        if not told:
            return ()
        names = ", ".join(told)
        return (Said(tr("Also takes"), tr("{names} (as typed by the family)", names=names)),)

    def _line(self, line: Line) -> tuple[str, str]:
        rhythm = "" if line.plan is None else _rhythm(line.plan, line.last)
        told = f", {rhythm}. " if rhythm else ". "
        if line.last is None:
            return line.medicine, told + tr("None given yet.")
        visit, record = line.last.visit, line.last.record
        day = self._day(visit.day, weekday=True)
        said = [_title(visit), day]
        started = "" if record is None else _one_line(record.started)
        stopped = "" if record is None else _one_line(record.stopped)
        if started and stopped:
            said.append(tr("{first} to {last}, as written down", first=started, last=stopped))
        elif started or stopped:
            began, ended = tr("began {hour}, as written down"), tr("ended {hour}, as written down")
            said.append((began if started else ended).format(hour=started or stopped))
        elif visit.begins is None or visit.over is None or not hours_confirmed(visit.appointment):
            said.append(tr("by the calendar"))
        else:
            hours = (self._hour(visit.begins), self._hour(visit.over))
            said.append(
                tr("by the calendar, about {first} to {last}", first=hours[0], last=hours[1])
            )
        return line.medicine, told + tr("Last: {last}.", last=", ".join(said))

    # -- Signs ------------------------------------------------------------------------------------

    def _sign(self, one: SignSeen) -> SignLine:
        strong = self._strengths.get(one.severity, str(one.severity)).lower()
        if one.celsius is not None:
            strong = f"{strong}, {_degrees(one.celsius)}"
        name = self._house.watch.sign_name(one.sign)
        mark = {Tier.EMERGENCY: tr("Emergency: {sign}"), Tier.CALL_TODAY: tr("Call today: {sign}")}
        return SignLine(
            mark.get(one.tier, "{sign}").format(sign=name),
            _with_day(self._seen(one.first), one.since),
            strong,
            self._long(one),
            _did(one),
        )

    def _seen(self, day: date) -> str:
        """Return "Wed 4", or "Wed 4 Mar" where the month is not the only one of the page."""
        months = {(one.year, one.month) for one in (day, self._period.first, self._period.last)}
        if len(months) > 1:
            return self._day(day, weekday=True)
        return f"{short_weekday(day)}{_KEPT}{day.day}"

    def _long(self, one: SignSeen) -> str:
        if one.going_on is not None:
            if one.going_on == one.first:
                return tr("still going on")
            since = _with_day(self._day(one.going_on), None)
            days = count_text(one.days, "{count} day", "{count} days")
            return tr("{days}; still going on since {day}", days=days, day=since)
        if one.lasted is not None and one.lasted < timedelta(days=2):
            hours = round(one.lasted / _HOUR)
            if one.lasted < _HOUR:
                return tr("under an hour")
            return count_text(hours, "{count} hour", "{count} hours")
        days = count_text(one.days, "{count} day", "{count} days")
        if one.days == 1:
            return days
        same = one.since is not None and one.last_since == one.since + (one.last - one.first).days
        if not same:
            # Another infusion came between.
            return tr("{days}, last on {day}", days=days, day=self._day(one.last))
        return tr("{days}, last on day\u00a0{number}", days=days, number=one.last_since)

    def _temperatures(self) -> tuple[str, ...]:
        """Return the readings, the highest first, so that it is the lower ones that give way."""
        found = sorted(self._report.readings, key=lambda one: (-one.celsius, one.at))
        return tuple(self._reading(one) for one in found)

    def _reading(self, one: Reading) -> str:
        told = _degrees(one.celsius)
        day = _with_day(self._day(one.at.date(), weekday=True), one.since)
        return f"{told} {day}, {self._hour(one.at)}" if one.has_hour else f"{told} {day}"

    def _call(self, one: ClinicCall) -> Said:
        at = in_zone(instant(one.at, self._home), self._home)
        day = self._day(day_of(one.at, self._home), weekday=True)
        when = day if isinstance(one.at, AllDay) else f"{day}, {self._hour(at)}"
        told = ", ".join(part for part in (when, _one_line(one.who)) if part)
        asked, said = _one_line(one.question), _one_line(one.said)
        told += "."
        if asked:
            told += tr(" We asked: “{words}”", words=asked)
        if said:
            told += tr(" They said: “{words}”", words=said)
        return Said(tr("Called: "), told)

    def _tally(self) -> tuple[Said, ...]:
        tally = self._report.tally
        told: list[Said] = []
        for label, count in (
            (tr("Nothing noticed"), tally.nothing),
            (tr("No entry"), tally.none),
        ):
            days = count_text(count, " on {count} day.", " on {count} days.")
            if count:
                told.append(Said(label, days))
        if tally.only_days:
            one, many = " on {count} day, without a sign.", " on {count} days, without a sign."
            days = count_text(tally.only_days, one, many)
            told.insert(1 if tally.nothing else 0, Said(tr("Only how the day was"), days))
        return tuple(told)

    # -- Days -------------------------------------------------------------------------------------

    def _trends(self) -> TrendTable | None:
        found, first, last = self._report.trends, self._period.first, self._period.last
        if not found:
            return None
        days = (last - first).days
        weeks = days + 1 >= _TWO_WEEKS
        head = ("", tr("day by day"), tr("lowest to highest"))
        if weeks:
            head = ("", tr("day by day"), tr("first week"), tr("last week"))
        lines = tuple(self._trend(one, first, last, weeks=weeks) for one in found)
        return TrendTable(head, lines, _ends_of_scales(found))

    @staticmethod
    def _trend(one: Trend, first: date, last: date, *, weeks: bool) -> TrendLine:
        week = [timedelta(days=number) for number in range(_WEEK)]
        early = [one.numbers[first + day] for day in week if first + day in one.numbers]
        late = [one.numbers[last - day] for day in week if last - day in one.numbers]
        cells = (_span(early), _span(late)) if weeks else (_span(one.numbers.values()),)
        return TrendLine(tr(_SCALES[one.scale]), _points(one, first, last), cells)

    def _flares(self) -> str:
        return self._named_days(self._report.flares)

    def _named_days(self, days: Sequence[date]) -> str:
        told = ", ".join(self._day(day) for day in days[:_DAYS_NAMED])
        left = len(days) - _DAYS_NAMED
        return told if left <= 0 else tr("{days} and {count} more", days=told, count=left)

    # -- Medicines and infusions ------------------------------------------------------------------

    def _medicines_title(self) -> str:
        marked = self._report.marked_from
        if marked == self._period.first:
            return tr("Medicines in this time")
        return tr("Medicines, times from {day} on", day=self._day(marked))

    def _medicines(self) -> tuple[Said, ...]:
        given = [self._given(one) for one in self._report.given]
        # What was not given as planned is what a doctor asks for.
        marks = sorted(
            self._report.marks, key=lambda one: (not one.not_given, not one.open, one.title)
        )
        return (*map(self._marks, marks), *given)

    def _marks(self, one: Marks) -> Said:
        rest = one.not_given or one.open
        told = [tr("given {count}", count=one.given)] if one.given or not rest else []
        if one.not_given:
            days = "; ".join(
                f"{self._day(day)}: “{_one_line(reason)}”" if reason else self._day(day)
                for day, reason in one.not_given[:_DAYS_NAMED]
            )
            told.append(tr("not given {count} ({days})", count=len(one.not_given), days=days))
        if one.open:
            days = self._named_days(one.open)
            told.append(tr("not marked yet {count} ({days})", count=len(one.open), days=days))
        return Said(f"{_one_line(one.title)}: ", ", ".join(told) + ".")

    def _given(self, one: Given) -> Said:
        times = count_text(one.times, "{count} time", "{count} times")
        told = [tr("as needed, {times}", times=times)]
        told.append(
            tr("last {day} {hour}", day=self._day(one.last.date()), hour=self._hour(one.last))
        )
        if one.what_for:
            told.append(tr("for {words}", words=", ".join(one.what_for)))
        if one.amounts:
            told.append(tr("“{words}” as typed", words="”, “".join(one.amounts)))
        return Said(f"{_one_line(one.name)}: ", ", ".join(told) + ".")

    def _infusions(self) -> tuple[Said, ...]:
        return tuple(self._infused(one) for one in reversed(self._report.infusions))

    def _infused(self, one: Infused) -> Said:
        record, day = one.record, self._day(one.visit.day)
        product = "" if record is None else _one_line(record.product)
        lot = "" if record is None else _one_line(record.lot)
        told = [product or one.visit.medicine]
        told.append(tr("lot {lot}", lot=lot) if lot else tr("lot not written down"))
        title = _title(one.visit)
        said = ", ".join(part for part in told if part)
        return Said(f"{title[:1].upper()}{title[1:]}, {day}: ", f"{said}.")

    def _day(self, day: date, *, weekday: bool = False) -> str:
        """Return "4 Mar" or "Wed 4 Mar", with the year where it is not this one."""
        told = day_month(day).replace(" ", _KEPT)
        told = told if day.year == self._year else f"{told} {day.year}"
        return f"{short_weekday(day)}{_KEPT}{told}" if weekday else told


def _points(one: Trend, first: date, last: date) -> tuple[tuple[float, int], ...]:
    """Return where the numbers lie; of many days the lowest and highest of each stretch."""
    begin, days = first.toordinal(), max(1, (last - first).days)
    told = sorted(zip(map(date.toordinal, one.numbers), one.numbers.values(), strict=True))
    if len(told) > _MOST_POINTS:
        stretches: dict[int, list[tuple[int, int]]] = {}
        for at in told:
            stretches.setdefault((at[0] - begin) * _STRETCHES // days, []).append(at)
        ends = ({min(same, key=_number), max(same, key=_number)} for same in stretches.values())
        told = [at for both in ends for at in sorted(both)]
    return tuple(((day - begin) / days, number) for day, number in told)


def _rhythm(plan: Plan, last: Infused | None) -> str:
    """Return how often it is given now: the rhythm of the part that the last visit was of."""
    dose = None if last is None else last.visit.appointment.dose
    spot = None if dose is None else spot_of(plan, dose - 1)
    part: Phase = parts_of(plan)[0 if spot is None else spot.phase]
    if spot is not None and part.every is not None and spot.place >= len(part.offsets) * part.run:
        return every_text(part.every, part.every_unit or part.unit)
    return rhythm_text(part)


def _title(visit: Visit) -> str:
    owner = visit.appointment
    if owner.dose is None or owner.type == "medication":
        return owner.title
    return tr("infusion {number}", number=owner.dose)


def _with_day(day: str, since: int | None) -> str:
    return day if since is None else tr("{day}, day\u00a0{number}", day=day, number=since)


def _did(one: SignSeen) -> str:
    """Return what the family did and whom they told, else what they noted, as typed."""
    told = _newest(one.done)
    if one.told:
        told.append(tr("told: {names}", names=", ".join(_newest(one.told))))
    if not told:
        told = [words if words == _MORE else f"“{words}”" for words in _newest(one.notes)]
    return "; ".join(told) or tr("noted")


def _newest(texts: Sequence[str]) -> list[str]:
    """Return the newest of many texts, in their order; "…" stands for those before."""
    told = [_one_line(words) for words in texts[-_FEW:]]
    return [_MORE, *told] if len(texts) > _FEW else told


def _ends_of_scales(found: Iterable[Trend]) -> str:
    worst = [tr(_SCALES[one.scale]) for one in found if one.scale in _WORST_AT_TEN]
    best = [tr(_SCALES[one.scale]) for one in found if one.scale not in _WORST_AT_TEN]
    told = [tr("{names}: 0 none, 10 worst.", names=", ".join(worst))] if worst else []
    if best:
        told.append(tr("{names}: 0 very bad, 10 very good.", names=", ".join(best)))
    return " ".join(told)


def _span(numbers: Iterable[int]) -> str:
    found = list(numbers)
    if not found:
        return tr("no entry")
    low, high = min(found), max(found)
    return str(low) if low == high else tr("{first} to {last}", first=low, last=high)


def _one_line(text: str, joint: str = " ") -> str:
    return joint.join(part for one in text.splitlines() if (part := one.strip()))


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(_one_line(text) for text in texts)


def _degrees(celsius: float) -> str:
    return f"{celsius:.1f} °C ({to_fahrenheit(celsius):.1f} °F)"
