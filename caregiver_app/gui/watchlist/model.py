"""What the side-effects tab says, as plain values; `tab` and its parts show how."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from caregiver_app.domain.entities import CheckIn, SideEffect
from caregiver_app.domain.times import AllDay, Moment, Zoned, in_zone, wall
from caregiver_app.domain.watch import SCALES
from caregiver_app.errors import UserError
from caregiver_app.gui.watchlist.sign_model import Advice, SignModel
from caregiver_app.gui.whom import called
from caregiver_app.gui.words import (
    time_text,
    tr,
)
from caregiver_app.messages import explain
from caregiver_app.services.watch import SinceInfusion
from caregiver_app.values import value


@value
class Outcome:
    """What is shown after saving: what was written, and what it asks for, never a judgement."""

    title: str
    when: str
    advice: Advice


class WatchModel(SignModel):
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
        return self.house.watch.save(self.draft(sign, severity, at), by_hand=True)

    def draft(self, sign: str, severity: int, at: Moment) -> SideEffect:
        """Return an entry that is not kept yet; a `severity` of 0 is still to be chosen."""
        return SideEffect(
            id="", person=self.person_id, sign=sign, severity=severity, at=at, urgency=""
        )

    @staticmethod
    def day_before(at: Moment) -> Moment:
        """Return the day before, without an hour: nobody said which."""
        return AllDay(wall(at).date() - timedelta(days=1))

    @property
    def today(self) -> date:
        """The present day."""
        return self.house.care.today

    @property
    def yesterday(self) -> date:
        """The day before the present one."""
        return self.house.care.today - timedelta(days=1)

    def outcome(self, entry: SideEffect) -> Outcome:
        """Return what to show after `entry` was written down."""
        advice = self.advice(self.sign(entry.sign), entry)
        return Outcome(self.entry_title(entry), self.when(entry), advice)

    def written_words(self, entry: SideEffect) -> str:
        """Return that an entry is kept."""
        hourless = isinstance(entry.at, AllDay)
        when = self.when(entry) if hourless else time_text(wall(entry.at))
        return tr("Written down, {time}.", time=when)

    def todays_check_in(self) -> CheckIn | None:
        """Return the check-in of today, if there is one."""
        person, today = self.person, self.house.care.today
        if person is None:
            return None
        entries = self.house.watch.entries(today, today, person.id)
        return next((entry for entry in entries if isinstance(entry, CheckIn)), None)

    def check_in(self, entry_id: str) -> CheckIn | None:
        """Return one check-in by id."""
        return self.house.watch.check_ins.get(entry_id)

    def anything_on(self, day: date) -> bool:
        """Tell whether anything is written down of a day."""
        person = self.person
        return person is not None and bool(self.house.watch.entries(day, day, person.id))

    def nothing_on(self, day: date) -> CheckIn:
        """Write down that there was nothing on a day."""
        entry = CheckIn(id="", person=self.person_id, date=day)
        return self.house.watch.check_in(entry, by_hand=True)

    def nothing_against(self, day: date) -> str:
        """Return why it cannot be said that there was nothing on a day, "" where it can."""
        try:
            self.house.watch.check_ins.check_nothing(self.person_id, day)
        except UserError as error:
            return explain(error)
        return ""

    def entry_title(self, entry: SideEffect) -> str:
        """Return "Headache, moderate"."""
        name = self.house.watch.sign_name(entry.sign)
        return f"{name}, {self.severity_word(entry.severity).lower()}"


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
