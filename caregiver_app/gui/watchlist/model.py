"""What the side-effects tab says, as plain values; `tab` and its parts show how."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from caregiver_app.domain.advice import SignInfo
from caregiver_app.domain.entities import CheckIn, SideEffect
from caregiver_app.domain.times import AllDay, Moment, Zoned, in_zone, wall
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.emergency.model import Phone, call_words, phone_of
from caregiver_app.gui.whom import AboutSomebody, called
from caregiver_app.gui.words import (
    count_text,
    short_date,
    time_text,
    tr,
)
from caregiver_app.services.emergency import EmergencyService, Number
from caregiver_app.services.watch import SinceInfusion
from caregiver_app.values import value

FREQUENT: Final = (
    "fever", "chills", "hives_rash", "headache", "fatigue", "nausea", "dizziness", "joint_flare",
)  # fmt: skip
"""Shown as long as the person has no history of their own."""
MOST_FREQUENT: Final = 8
SCALES: Final = ("pain", "fatigue", "stiffness", "sleep", "mood")
_DEFAULT_DAYS: Final = 14
_WITHOUT_VISIT: Final = timedelta(days=30)
_HISTORY: Final = timedelta(days=180)
_TIER_LOOKS: Final[dict[Tier, tuple[str, str]]] = {
    Tier.EMERGENCY: ("emergency", "alarm"),
    Tier.CALL_TODAY: ("call", "warn"),
    Tier.NOTE: ("note-it", "follow-up"),
    Tier.COMFORT: ("comfort", "primary"),
}


@value
class Group:
    """The signs of one tier: its words, icon and ink."""

    tier: Tier
    title: str
    quiet: str
    icon: str
    ink: str
    signs: tuple[SignInfo, ...]


@value
class Strip:
    """The days of the watch window: the last day, today's, and those with an entry."""

    title: str
    fact: str
    last: int
    today: int
    written: frozenset[int]


@value
class Line:
    """One line of what was written: `mark` is "sign", "nothing" or "infusion"."""

    key: str
    title: str
    second: str
    day: str
    mark: str


@value
class Outcome:
    """What is shown after saving: how urgent it is and what to do, never a judgement."""

    title: str
    when: str
    tier: Tier
    label: str
    action: str
    phones: tuple[Phone, ...]


class WatchModel(AboutSomebody):
    """Everything the tab shows about one person, read when it is asked for."""

    # -- The head ---------------------------------------------------------------------------------

    def title(self) -> str:
        """Return "How is Rosa today?"."""
        name = called(self.person)
        return tr("How is {name} today?", name=name) if name else tr("How is today?")

    def subtitle(self) -> str:
        """Return which day it is after which infusion, and how to use the page."""
        how = tr("Tap what you see; one more tap says how strong.")
        since = self.since(self.house.care.today)
        return f"{day_sentence(since)} {how}" if since else how

    def since(self, day: date) -> SinceInfusion | None:
        """Return how many days after which infusion `day` is."""
        person = self.person
        return None if person is None else self.house.watch.since(person.id, day)

    # -- Signs ------------------------------------------------------------------------------------

    def group(self, tier: Tier) -> Group:
        """Return the signs of a tier."""
        icon, ink = _TIER_LOOKS[tier]
        signs = tuple(s for s in self.house.reference.signs if s.tier == tier)
        return Group(
            tier, self.house.reference.tier(tier).label, self._quiet(tier), icon, ink, signs
        )

    def _quiet(self, tier: Tier) -> str:
        if tier == Tier.EMERGENCY:
            return tr("{call}, don\u2019t wait for this app", call=call_words(self.house))
        if tier == Tier.CALL_TODAY:
            return self.clinic_hours()
        if tier == Tier.NOTE:
            return tr("tell the nurse at the next contact")
        return tr("call if it grows or lasts")

    def frequent(self) -> list[SignInfo]:
        """Return up to eight signs that are no emergencies: this person's own first."""
        found: dict[str, SignInfo] = {}
        person, today = self.person, self.house.care.today
        entries: list[SideEffect | CheckIn] = []
        if person is not None:
            entries = self.house.watch.entries(today - _HISTORY, today, person.id)
        own = [entry.sign for entry in entries if isinstance(entry, SideEffect)]
        for sign_id in (*own, *FREQUENT):
            sign = self.house.reference.sign(sign_id)
            if sign is not None and sign.tier != Tier.EMERGENCY:
                found.setdefault(sign_id, sign)
        return list(found.values())[:MOST_FREQUENT]

    def call_line(self, tier: Tier) -> str:
        """Return what a tier asks for, in a few words."""
        if tier == Tier.EMERGENCY:
            return call_words(self.house, now=True)
        label = self.house.reference.tier(tier).label
        return f"{label}, {self.clinic_hours()}" if tier == Tier.CALL_TODAY else label

    def severity_word(self, grade: int) -> str:
        """Return "Mild" to "Life-threatening"."""
        for severity in self.house.reference.severities:
            if severity.grade == grade:
                return severity.label
        return str(grade)

    # -- Writing down -----------------------------------------------------------------------------

    def now(self) -> Moment:
        """Return the present minute as the family's clocks show it."""
        return self.moment(self.house.care.now)

    def moment(self, at: datetime) -> Moment:
        """Return an instant as a wall time of the computer's zone."""
        home = self.house.care.home
        local = in_zone(at, home).replace(tzinfo=None, second=0, microsecond=0)
        return Zoned(local, home)

    def log(self, sign: str, severity: int, at: Moment) -> SideEffect:
        """Write a sign down."""
        person = self.person
        return self.house.watch.save(
            SideEffect(
                id="",
                person="" if person is None else person.id,
                sign=sign,
                severity=severity,
                at=at,
                urgency="",
            )
        )

    def outcome(self, entry: SideEffect) -> Outcome:
        """Return what to show after `entry` was written down."""
        tier = Tier(entry.urgency)
        info = self.house.reference.tier(tier)
        phones = () if tier == Tier.COMFORT else self.clinic_phones()
        return Outcome(
            self.entry_title(entry), self._when(entry), tier, info.label, info.action, phones
        )

    def todays_check_in(self) -> CheckIn | None:
        """Return the check-in of today, if there is one."""
        person, today = self.person, self.house.care.today
        if person is None:
            return None
        entries = self.house.watch.entries(today, today, person.id)
        return next((entry for entry in entries if isinstance(entry, CheckIn)), None)

    def check_in(self, entry_id: str) -> CheckIn | None:
        """Return one check-in by id."""
        entries = self.house.watch.entries(date(1900, 1, 1), self.house.care.today)
        found = (one for one in entries if isinstance(one, CheckIn) and one.id == entry_id)
        return next(found, None)

    def nothing_today(self) -> CheckIn:
        """Write down that there was nothing today."""
        person = self.person
        return self.house.watch.check_in(
            CheckIn(id="", person="" if person is None else person.id, date=self.house.care.today)
        )

    # -- What was written -------------------------------------------------------------------------

    def strip(self) -> Strip | None:
        """Return the days since the last infusion, None before any."""
        today = self.house.care.today
        since = self.since(today)
        if since is None or self.person is None:
            return None
        plan = None if since.visit.plan is None else self.house.plans.get(since.visit.plan)
        last = _DEFAULT_DAYS if plan is None or plan.watch_days == 0 else plan.watch_days
        first = wall(since.visit.start).date()
        entries = self.house.watch.entries(first, first + timedelta(days=last), self.person.id)
        days = frozenset((_day_of(entry) - first).days for entry in entries)
        title = tr("Since {visit}", visit=_visit_words(since))
        watching = count_text(last, "{count} day of watching", "{count} days of watching")
        written = tr("{count} written down", count=len(entries))
        return Strip(title, f"{watching}, {written}", last, since.days, days)

    def lines(self, days_back: int = 0) -> list[Line]:
        """Return what was written since the last infusion, or in the last `days_back` days.

        The newest comes first.
        """
        person, today = self.person, self.house.care.today
        if person is None:
            return []
        since = self.since(today)
        first = today - _WITHOUT_VISIT if since is None else wall(since.visit.start).date()
        first = min(first, today - timedelta(days=days_back))
        entries = self.house.watch.entries(first, today + timedelta(days=1), person.id)
        lines = [self._line(entry) for entry in entries]
        if since is not None and not days_back:
            lines.append(self._infusion_line(since))
        return lines

    def _line(self, entry: SideEffect | CheckIn) -> Line:
        since = self.since(_day_of(entry))
        day = "" if since is None else tr("day {number}", number=since.days)
        if isinstance(entry, CheckIn):
            numbers = check_in_words(entry)
            title = tr("Check-in") if numbers else tr("Nothing that day")
            second = ". ".join(
                part for part in (short_date(entry.date), numbers, entry.text) if part
            )
            return Line(f"checkin:{entry.id}", title, second, day, "sign" if numbers else "nothing")
        parts = [self._when(entry)]
        if entry.temperature_c is not None:
            parts.append(f"{entry.temperature_c:g} °C")
        parts.append(entry.text)
        second = ". ".join(part for part in parts if part)
        return Line(f"side_effect:{entry.id}", self.entry_title(entry), second, day, "sign")

    def _infusion_line(self, since: SinceInfusion) -> Line:
        visit = since.visit
        second = short_date(wall(visit.start).date())
        if not isinstance(visit.start, AllDay):
            over = wall(visit.start) + timedelta(minutes=visit.minutes)
            second += f", {time_text(wall(visit.start))}\u2009\u2013\u2009{time_text(over)}"
        return Line("", visit.title, second, tr("day {number}", number=0), "infusion")

    def entry_title(self, entry: SideEffect) -> str:
        """Return "Headache, moderate"."""
        name = self.house.watch.sign_name(entry.sign)
        return f"{name}, {self.severity_word(entry.severity).lower()}"

    @staticmethod
    def _when(entry: SideEffect) -> str:
        local = wall(entry.at)
        return f"{short_date(local.date())}, {time_text(local)}"

    # -- The clinic's numbers ---------------------------------------------------------------------

    def clinic_phones(self) -> tuple[Phone, ...]:
        """Return the clinic's numbers, the one for after hours second."""
        return tuple(phone_of(number) for number in self._clinic_numbers())

    def clinic_hours(self) -> str:
        """Return which number of the clinic answers when; "any hour" needs one for after hours."""
        numbers = self._clinic_numbers()
        day = next((one.number for one in numbers if one.hours != "after"), "")
        after = next((one.number for one in numbers if one.hours == "after"), "")
        if day and after:
            return tr("any hour: {day}, after hours {after}", day=day, after=after)
        if after:
            return tr("any hour: {after}", after=after)
        if day:
            only = "in office hours {number}; no out-of-hours number written down"
            return tr(only, number=day)
        return tr("no number of the clinic is written down")

    def _clinic_numbers(self) -> tuple[Number, ...]:
        person = self.person
        return () if person is None else EmergencyService(self.house).clinic_numbers(person.id)


def day_sentence(since: SinceInfusion) -> str:
    """Return "Day 3 after infusion 2."."""
    visit = _visit_words(since)
    return tr("Day {days} after {visit}.", days=since.days, visit=visit)


def check_in_words(entry: CheckIn) -> str:
    """Return "pain 4, sleep 6", "" for a check-in without numbers."""
    names = {
        "pain": tr("pain"),
        "fatigue": tr("tiredness"),
        "stiffness": tr("stiffness"),
        "sleep": tr("sleep"),
        "mood": tr("mood"),
    }
    values = [(name, getattr(entry, name)) for name in SCALES]
    return ", ".join(f"{names[name]} {value}" for name, value in values if value is not None)


def _visit_words(since: SinceInfusion) -> str:
    if since.number is None:
        return since.title
    return tr("infusion {number}", number=since.number)


def _day_of(entry: SideEffect | CheckIn) -> date:
    return entry.date if isinstance(entry, CheckIn) else wall(entry.at).date()
