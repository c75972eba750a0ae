"""What is kept about a person in words: the one way from the household to `KeptPage`.

The window and the command line print the same pages through this. What is the carer's own never
gets here (`services/kept_about`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Final

from caregiver_app.domain.entities import (
    Appointment,
    Authorisation,
    BlockedDays,
    CheckIn,
    ClinicCall,
    Company,
    Contact,
    Dose,
    Medicine,
    Note,
    Plan,
    SideEffect,
    VisitAnswer,
)
from caregiver_app.domain.phases import parts_of
from caregiver_app.domain.texts import first_name
from caregiver_app.domain.times import AllDay, Moment, day_of, in_zone, instant
from caregiver_app.domain.watch import to_fahrenheit
from caregiver_app.messages import words
from caregiver_app.pages.dates import (
    count_text,
    day_month,
    plain_date,
    short_weekday,
    tr,
    weekday_date,
    weekday_name,
)
from caregiver_app.pages.formats import hours_of
from caregiver_app.pages.kept_about_page import KeptPage, KeptRow, KeptSection
from caregiver_app.pages.record_labels import record_lines
from caregiver_app.pages.rhythms import and_text, rhythm_text
from caregiver_app.services.household import Household
from caregiver_app.services.kept_about import KeptAbout

_LONGEST: Final = 20_000
"""Characters of one text on paper: more is something that was pasted."""
_SHOWN_END: Final = 4
_ROLES: Final = {
    "clinic": "clinic", "doctor": "doctor", "pharmacy": "pharmacy", "family": "family, friends",
    "driver": "driver", "insurer": "insurer", "other": "other",
}  # fmt: skip
_STATUS: Final = {
    "planned": "planned", "booked": "booked", "done": "done", "delayed": "delayed",
    "cancelled": "cancelled",
}  # fmt: skip
_SCALES: Final = {
    "pain": "pain {number}", "fatigue": "tiredness {number}", "stiffness": "stiffness {number}",
    "sleep": "sleep {number}", "mood": "mood {number}",
}  # fmt: skip
_ANSWERS: Final = {"yes": "yes", "no": "no", "unsure": "not sure", "": ""}
_OUTLETS: Final = {"": "", "tried": "tried", "liked": "liked"}


def page_for(house: Household, about: KeptAbout, printed_at: datetime) -> KeptPage:
    """Return the pages about a person.

    Args:
        house: the household.
        about: what was gathered for the person.
        printed_at: the instant for the footer.
    """
    return _Words(house, about).page(printed_at)


class _Words:
    """Everything about one person in words."""

    def __init__(self, house: Household, about: KeptAbout) -> None:
        self._house, self._about = house, about
        self._home = house.care.home
        self._hour: Callable[[datetime], str] = hours_of(house.settings.text)
        self._visits = {one.id: one for one in about.appointments}

    def page(self, printed_at: datetime) -> KeptPage:
        about, printed = self._about, in_zone(printed_at, self._home)
        name = about.person.name or tr("The person I care for")
        sections = (
            (tr("Who it is about"), self._person()),
            (tr("People and places"), map(self._contact, about.contacts)),
            (tr("Medicines"), map(self._medicine, about.medicines)),
            (tr("Therapy plans"), map(self._plan, about.plans)),
            (tr("Visits and appointments"), map(self._appointment, about.appointments)),
            (tr("Copied from the nurse’s papers"), self._records()),
            (tr("Answers before visits"), self._answers()),
            (tr("Company at visits"), map(self._company, about.company)),
            (tr("Days kept free"), map(self._blocked, about.blocked)),
            (tr("Side effects"), map(self._sign, about.signs)),
            (tr("Own signs, and what the clinic said"), self._own_signs()),
            (tr("How the days were"), map(self._day_told, about.days)),
            (tr("Calls with the care team"), map(self._call, about.clinic_calls)),
            (tr("Given when needed"), map(self._dose, about.doses)),
            (tr("Approvals and calls about them"), self._insurance()),
            (tr("Costs and help to pay"), self._money()),
            (tr("What does good"), self._outlets()),
            (tr("Questions for the doctor"), self._questions()),
            (tr("Notes about {name}", name=self._called), map(self._note, about.notes or ())),
        )
        made = [KeptSection(title, tuple(rows)) for title, rows in sections]
        return KeptPage(
            name,
            self._called,
            tuple(one for one in made if one.rows),
            self._left_out(),
            f"{weekday_date(printed.date())}, {self._hour(printed)}",
        )

    @property
    def _called(self) -> str:
        return first_name(self._about.person.name) or tr("the person I care for")

    def _left_out(self) -> str:
        """Return what stands on no page: said plainly, with what can be counted."""
        about = self._about
        told = [tr("what is the carer’s own"), tr("packing lists"), tr("marks of reminders")]
        if about.photos:
            told.append(count_text(about.photos, "{count} photo", "{count} photos"))
        if about.notes is None:
            told.append(tr("notes"))
        if about.first is not None:
            told.append(tr("what was before {day}", day=plain_date(about.first)))
        told += [tr("how entries were before a correction"), tr("what was deleted")]
        return tr("Not on these pages: {what}.", what=and_text(told))

    # -- The person -------------------------------------------------------------------------------

    def _person(self) -> Iterable[KeptRow]:
        person = self._about.person
        limit = "" if person.fever_c is None else _degrees(person.fever_c)
        if limit and person.fever_set_by:
            limit = tr("{limit}, given by {who}", limit=limit, who=person.fever_set_by)
        yield from _rows(
            (tr("Name"), person.name),
            (tr("Born"), "" if person.born is None else plain_date(person.born)),
            (tr("Illness"), person.conditions),
            (tr("Allergies"), person.allergies),
            (tr("Address"), person.address),
            (tr("Good to know"), person.good_to_know),
            (tr("Where the papers are"), person.papers),
            (tr("Fever limit"), limit),
        )

    def _contact(self, one: Contact) -> KeptRow:
        after = tr("after hours {number}", number=one.phone_after_hours)
        said = [
            tr(_ROLES[one.role]), one.phone, after if one.phone_after_hours else "", one.address,
            *_labelled(
                (tr("Food"), one.rules_food), (tr("Visitors"), one.rules_visitors),
                (tr("Fasting"), one.rules_fasting), (tr("Parking"), one.rules_parking),
                (tr("Note"), one.note),
            ),
        ]  # fmt: skip
        return KeptRow(one.name, _joined(said))

    @staticmethod
    def _medicine(one: Medicine) -> KeptRow:
        span = " – ".join(part for part in (one.began, one.ended) if part)
        past = tr("not given any more") if one.past else ""
        said = [
            one.directions, one.what_for, tr("only when needed") if one.as_needed else "", past,
            span, one.why_ended,
        ]  # fmt: skip
        return KeptRow(one.name, _joined(said))

    def _plan(self, one: Plan) -> KeptRow:
        first = tr("from {day}", day=self._moment(one.first))
        parts = [
            "; ".join(part for part in (phase.name, rhythm_text(phase)) if part)
            for phase in parts_of(one)
        ]
        until = "" if one.last is None else tr("until {day}", day=plain_date(one.last))
        home = tr("at home") if one.at_home else ""
        return KeptRow(one.medicine, _joined([first, *parts, until, home]))

    # -- Visits -----------------------------------------------------------------------------------

    def _appointment(self, one: Appointment) -> KeptRow:
        repeats = tr("repeats") if one.rrule else ""
        said = [
            _joined([one.title, tr(_STATUS[one.status]), repeats, one.place], ", "),
            *_labelled(
                (tr("Driver"), one.driver),
                (tr("Ride home"), "" if one.ride_home == "-" else one.ride_home),
                (tr("Note"), one.note),
            ),
        ]
        return KeptRow(self._moment(one.start), "\n".join(part for part in said if part))

    def _records(self) -> Iterable[KeptRow]:
        for one in self._about.records:
            visit = self._visits.get(one.visit)
            told = [f"{label}: {text}" for label, text in record_lines(one, at_home=False)]
            yield KeptRow(self._visit_day(visit), "\n".join(told))

    def _answers(self) -> Iterable[KeptRow]:
        reference = self._house.reference
        sheets = {"well": reference.well_enough, "new": reference.anything_new}
        asked = {
            f"{head}.{one.id}": one.ask for head, sheet in sheets.items() for one in sheet.questions
        }
        limit = _degrees(self._house.watch.fever_limit(self._about.person.id))
        for one in self._about.answers:
            ask = asked.get(one.key, one.key).replace("{fever_limit}", limit)
            yield KeptRow(self._visit_day(self._visits.get(one.visit)), _answered(ask, one))

    def _company(self, one: Company) -> KeptRow:
        visit = self._visits.get(one.visit)
        minutes = count_text(one.minutes, "{count} minute", "{count} minutes")
        return KeptRow(self._visit_day(visit), _joined([one.who, one.phone, minutes, one.what]))

    @staticmethod
    def _blocked(one: BlockedDays) -> KeptRow:
        last = tr("until further notice") if one.last is None else plain_date(one.last)
        days = tr("{first} to {last}", first=plain_date(one.first), last=last)
        return KeptRow(days, _joined([", ".join(map(weekday_name, one.weekdays)), one.reason]))

    # -- What was seen ----------------------------------------------------------------------------

    def _sign(self, one: SideEffect) -> KeptRow:
        grades = {each.grade: each.label for each in self._house.reference.severities}
        strong = grades.get(one.severity, str(one.severity)).lower()
        warm = "" if one.temperature_c is None else _degrees(one.temperature_c)
        over = tr("still going on") if one.going_on else ""
        if one.ended is not None:
            over = tr("over {when}", when=self._at(one.ended))
        said = [
            _joined([self._house.watch.sign_name(one.sign), strong, warm, over], ", "),
            *_labelled(
                (tr("Noted"), one.text), (tr("Done"), one.done), (tr("Told"), one.told),
            ),
        ]  # fmt: skip
        return KeptRow(self._moment(one.at), "\n".join(said))

    def _own_signs(self) -> Iterable[KeptRow]:
        for own in self._about.own_signs:
            yield KeptRow(own.name, _joined([*own.also, own.note]))
        for choice in self._about.clinic_said:
            hidden = tr("not among the usual rows") if choice.hidden else ""
            said = _joined([choice.clinic, hidden])
            if said:
                yield KeptRow(self._house.watch.sign_name(choice.sign), said)

    @staticmethod
    def _day_told(one: CheckIn) -> KeptRow:
        numbers = [
            tr(words, number=number)
            for name, words in _SCALES.items()
            if (number := getattr(one, name)) is not None
        ]
        flare = [tr("a day of a flare")] if one.flare else []
        said = [_joined([*numbers, *flare], ", "), one.possible, one.text]
        told = "\n".join(part for part in said if part) or tr("nothing noticed")
        return KeptRow(_short(one.date), told)

    def _call(self, one: ClinicCall) -> KeptRow:
        said = _labelled(
            (tr("With"), one.who), (tr("We asked"), one.question), (tr("They said"), one.said),
        )  # fmt: skip
        return KeptRow(self._moment(one.at), "\n".join(said))

    def _dose(self, one: Dose) -> KeptRow:
        said = [one.name, one.what_for, one.amount, one.note]
        return KeptRow(self._moment(one.at), _joined(said))

    # -- Insurance and money ----------------------------------------------------------------------

    def _insurance(self) -> Iterable[KeptRow]:
        yield from map(self._approval, self._about.approvals)
        for one in self._about.calls:
            again = "" if one.again is None else tr("again on {day}", day=plain_date(one.again))
            yield KeptRow(
                _short(one.date),
                _joined([one.with_whom, _end(one.number), one.text, again]),
            )

    @staticmethod
    def _approval(one: Authorisation) -> KeptRow:
        visits = ""
        if one.visits is not None:
            visits = count_text(one.visits, "{count} visit", "{count} visits")
        appeal = "" if one.appeal is None else tr("appeal by {day}", day=plain_date(one.appeal))
        said = [
            one.insurer, visits, one.site, _end(one.member), _end(one.number), appeal, one.note,
        ]  # fmt: skip
        return KeptRow(tr("Approved to {day}", day=plain_date(one.last)), _joined(said))

    def _money(self) -> Iterable[KeptRow]:
        person = self._about.person
        yield from _rows(
            (tr("Deductible"), _of_year(person.deductible, person.deductible_year)),
            (tr("Share to pay"), _of_year(person.copay, person.copay_year)),
        )
        for cost in self._about.costs:
            amount = _joined([cost.amount, cost.currency], " ")
            said = _joined([cost.what, amount, cost.paid_by, cost.note])
            yield KeptRow(_short(cost.date), said)
        for one in self._about.assistance:
            until = "" if one.last is None else tr("until {day}", day=plain_date(one.last))
            yield KeptRow(one.name, _joined([until, _end(one.number), one.phone, one.note]))

    # -- Support ----------------------------------------------------------------------------------

    def _outlets(self) -> Iterable[KeptRow]:
        for one in self._about.outlets:
            not_today = ""
            if one.not_today is not None:
                not_today = tr("not on {day}", day=plain_date(one.not_today))
            yield KeptRow(one.text, _joined([tr(_OUTLETS[one.state]), not_today]))

    def _questions(self) -> Iterable[KeptRow]:
        for one in self._about.questions:
            answer = tr("Answer: {words}", words=one.answer) if one.answer else tr("No answer yet")
            yield KeptRow(self._day(one.created), f"{one.text}\n{answer}")

    def _note(self, one: Note) -> KeptRow:
        mood = words(f"takeout.mood.{one.mood}") if one.mood else ""
        text = one.text
        if len(text) > _LONGEST:
            rest = len(text) - _LONGEST
            more = tr("({count} more characters stand in the note itself)", count=rest)
            text = f"{text[:_LONGEST]}\n{more}"
        head = _joined([mood, *one.tags], " · ")
        return KeptRow(self._day(one.at), f"{head}\n{text}" if head else text)

    # -- Days -------------------------------------------------------------------------------------

    def _visit_day(self, visit: Appointment | None) -> str:
        return "" if visit is None else _short(day_of(visit.start, self._home))

    def _moment(self, at: Moment) -> str:
        if isinstance(at, AllDay):
            return _short(at.day)
        return self._at(instant(at, self._home))

    def _at(self, at: datetime) -> str:
        here = in_zone(at, self._home)
        return f"{_short(here.date())}, {self._hour(here)}"

    def _day(self, at: datetime) -> str:
        return _short(in_zone(at, self._home).date())


def _rows(*told: tuple[str, str]) -> Iterable[KeptRow]:
    return (KeptRow(label, text) for label, text in told if text.strip())


def _labelled(*told: tuple[str, str]) -> list[str]:
    return [f"{label}: {text}" for label, text in told if text.strip()]


def _joined(parts: Iterable[str], joint: str = "; ") -> str:
    return joint.join(part.strip() for part in parts if part.strip())


def _answered(ask: str, one: VisitAnswer) -> str:
    return f"{ask} {_joined([tr(_ANSWERS[one.answer]) if one.answer else '', one.text])}".strip()


def _end(number: str) -> str:
    """Return the end of an insurer's number: the whole of it stands on no page."""
    kept = number.strip()
    return tr("number ending in {end}", end=kept[-_SHOWN_END:]) if kept else ""


def _of_year(text: str, year: int | None) -> str:
    if not text or year is None:
        return text
    return tr("{amount}, {year}", amount=text, year=year)


def _short(day: date) -> str:
    """Return "Tue 31 Mar 2026", which stands in one line beside what was written."""
    return f"{short_weekday(day)} {day_month(day)} {day.year}"


def _degrees(celsius: float) -> str:
    return f"{celsius:.1f} °C ({to_fahrenheit(celsius):.1f} °F)"
