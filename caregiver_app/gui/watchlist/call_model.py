"""What the call sheet says, in words; the page on the screen and the printed one show the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from caregiver_app.domain.entities import ClinicCall, Contact, Dose, Medicine, Question, SideEffect
from caregiver_app.domain.times import AllDay, Moment, Zoned, day_of, in_zone, instant, wall
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.emergency.model import call_words, phone_of
from caregiver_app.gui.emergency.why import reading_words, why
from caregiver_app.gui.whom import AboutSomebody
from caregiver_app.gui.words import (
    count_text,
    plain_date,
    short_date,
    time_text,
    tr,
)
from caregiver_app.messages import words as sentence
from caregiver_app.pages.call_sheet_page import CallLine, CallPaper, CallPart
from caregiver_app.pages.dates import full_date
from caregiver_app.pages.last_infusion import hour_words
from caregiver_app.services.call_sheet import CallSheet, CallSheets, Reading, SheetSign
from caregiver_app.services.doses import Timed
from caregiver_app.services.emergency import Number
from caregiver_app.values import value

WHO, INFUSION, SIGNS, READINGS = "who", "infusion", "signs", "readings"
GIVEN, MEDICINES = "given", "medicines"
"""The parts of the sheet, by their keys."""
_CLINICS: Final = ("clinic", "doctor")
_NAMED: Final = (Tier.EMERGENCY, Tier.CALL_TODAY)
"""How urgent a sign is, is said of these; the others need no word of their own."""
_LONGEST_NAME: Final = 100
_A_DAY: Final = timedelta(days=1)
_BEFORE_CALL: Final = timedelta(days=14)
_STOPS: Final = ".!?\u3002\uff01\uff1f\u2026"


@value
class AboutSign:
    """A sign to tick: what it was and when; `ticked`: the call is about it, as it seems."""

    id: str
    title: str
    when: str
    ticked: bool


@value
class KeptCall:
    """A call that was kept: when and with whom, what was said, and what came of it."""

    id: str
    title: str
    lines: tuple[tuple[str, str], ...]
    follow_up: str
    """The id of its appointment, "" where there is none."""


class CallModel(AboutSomebody):
    """Everything that the page shows about one person, read when it is asked for."""

    def sheet(self) -> CallSheet | None:
        """Return what to read out, None while nobody is entered."""
        person = self.person
        return None if person is None else CallSheets(self.house).sheet(person)

    def now(self) -> datetime:
        """Return the present minute of the family's clock."""
        care = self.house.care
        return in_zone(care.now, care.home).replace(tzinfo=None, second=0, microsecond=0)

    def moment(self) -> Moment:
        """Return the present minute as a wall time of the family's zone."""
        return Zoned(self.now(), self.house.care.home)

    # -- The sheet --------------------------------------------------------------------------------

    def paper(self, sheet: CallSheet, question: str = "") -> CallPaper:
        """Return the sheet as it is shown and printed."""
        now = self.now()
        made = f"{full_date(now.date())}, {time_text(now)}"
        return CallPaper(
            person=sheet.person.name,
            made=tr("As written down by the family until {when}", when=made),
            numbers=tuple((_whose(one), one.number) for one in sheet.numbers),
            no_number=tr("No number of the clinic is saved."),
            urgent=sentence("safety.call_instead", call=self._call()),
            no_answer=self.house.reference.emergency.no_answer,
            parts=self._parts(sheet),
            emergency=self._emergency(sheet),
            question=question,
            printed=made,
        )

    def nobody(self) -> CallPaper:
        """Return what is said while nobody is entered: when to call the emergency number."""
        return CallPaper(
            person="",
            made="",
            numbers=(),
            no_number=tr("No number of the clinic is saved."),
            urgent=sentence("safety.call_instead", call=self._call()),
            no_answer=self.house.reference.emergency.no_answer,
            parts=(),
        )

    def unread(self) -> CallPaper:
        """Return whom to call and what is an emergency now, for within `Care.in_parts`.

        It stands there where the sheet cannot be told whole.
        """
        sheet = self.house.care.part(self.sheet, None)
        return self.nobody() if sheet is None else replace(self.paper(sheet), parts=())

    def _emergency(self, sheet: CallSheet) -> str:
        """Return what to do first where an emergency was seen today, yesterday, or goes on."""
        care = self.house.care
        seen = [
            one
            for one in sheet.signs
            if one.tier == Tier.EMERGENCY
            and (one.entry.going_on or day_of(one.entry.at, care.home) >= care.today - _A_DAY)
        ]
        if not seen:
            return ""
        call = call_words(self.house, now=True)
        signs = ", ".join(dict.fromkeys(one.name for one in seen))
        if all(one.entry.ended is not None for one in seen):
            return sentence("safety.call_emergency_over", sign=signs, call=call)
        label = self.house.reference.tier(Tier.EMERGENCY).label
        return sentence("safety.call_emergency_sign", label=label, sign=signs, call=call)

    def _call(self) -> str:
        said = call_words(self.house, now=True)
        return said[:1].lower() + said[1:]

    def _parts(self, sheet: CallSheet) -> tuple[CallPart, ...]:
        none = tr("none written down")
        medicines = tuple(_medicine(one) for one in sheet.medicines)
        return (
            CallPart(WHO, tr("Who"), tuple(self._who(sheet)), shape="half"),
            CallPart(
                INFUSION, tr("Last infusion"), tuple(self._infusion(sheet)),
                none=tr("No infusion is written down yet."), shape="half",
            ),
            self._signs(sheet),
            CallPart(
                READINGS, tr("Temperatures of the last 7 days"),
                tuple(_reading(one) for one in sheet.readings), none=none.capitalize(),
                note=sentence("safety.no_fever") if sheet.readings else "", shape="pairs",
            ),
            CallPart(
                GIVEN, tr("What was given"), tuple(self._given(sheet)), none=none.capitalize()
            ),
            CallPart(
                MEDICINES, tr("Other medicines"), medicines, none=none.capitalize(), shape="run"
            ),
        )  # fmt: skip

    def _who(self, sheet: CallSheet) -> list[CallLine]:
        person = sheet.person
        lines = [CallLine(tr("Name"), person.name)] if person.name else list[CallLine]()
        if person.born is not None:
            born = plain_date(person.born)
            age = "" if sheet.age is None else f" ({sheet.age})"
            lines.append(CallLine(tr("Born"), f"{born}{age}"))
        nothing = tr("none written down")
        lines.append(CallLine(tr("Allergies"), _in_one_line(person.allergies) or nothing))
        lines.append(CallLine(tr("Conditions"), "", _in_one_line(person.conditions) or nothing))
        return lines

    def _infusion(self, sheet: CallSheet) -> list[CallLine]:
        last = sheet.last
        medicines = [drip.medicine for drip in sheet.drips if drip.begins is None]
        lines: list[CallLine] = []
        if last is not None:
            medicines = [last.medicine or last.title]
            others = [d.medicine for d in sheet.drips if d.begins is None]
            medicines += [one for one in others if one not in medicines]
        if medicines:
            lines.append(CallLine(tr("Medicine"), ", ".join(medicines)))
        if last is None:
            return lines
        when = short_date(last.day, year=True)
        when = f"{when}, {hour_words(last, time_text)}"
        lines.append(CallLine(tr("When"), when))
        counted = [] if last.dose is None else [tr("infusion {number}", number=last.dose)]
        if sheet.days is not None:
            counted.append(tr("today is day {number}", number=sheet.days))
        lines.append(CallLine(tr("Which"), ", ".join(counted)))
        lines += self._record(sheet)
        return lines

    def _record(self, sheet: CallSheet) -> list[CallLine]:
        record = sheet.record
        if record is None:
            return []
        lot = tr("lot {number}", number=record.lot) if record.lot else ""
        product = ", ".join(said for said in (record.product, lot) if said)
        lines = [CallLine(tr("Product"), product)] if product else list[CallLine]()
        if record.reaction:
            lines.append(CallLine(tr("Reaction seen"), "", _in_one_line(record.reaction)))
        return lines

    def _signs(self, sheet: CallSheet) -> CallPart:
        since = tr("Since the last infusion") if sheet.last else tr("The last 30 days")
        note = tr("and {count} older ones, in the program", count=sheet.more) if sheet.more else ""
        return CallPart(
            SIGNS, since, tuple(self._sign(one) for one in sheet.signs),
            none=tr("No sign is written down."), note=note,
        )  # fmt: skip

    def _sign(self, sign: SheetSign) -> CallLine:
        entry = sign.entry
        clinic = _in_one_line(sign.clinic)
        because = why(self.house, entry)
        said = list(because.lines) if because.tier == sign.tier else []
        said += [tr("Your clinic says: {words}", words=clinic)] if clinic else []
        said += [tr("Still going on")] if entry.going_on else []
        if entry.ended is not None:
            local = in_zone(entry.ended, self.house.care.home).replace(tzinfo=None)
            said.append(tr("Over {when}", when=_when(local)))
        if entry.temperature_c is not None:
            said.append(reading_words(entry.temperature_c))
        said += [_in_one_line(entry.text)]
        if entry.done:
            said.append(tr("What we did: {words}", words=_in_one_line(entry.done)))
        if entry.told:
            said.append(tr("Told: {words}", words=_in_one_line(entry.told)))
        day = "" if sign.day is None else tr("day {number}", number=sign.day)
        mark = self._urgency(sign) if sign.tier in _NAMED else ""
        label = " · ".join(part for part in (moment_words(entry.at), day) if part)
        return CallLine(label, self.sign_title(entry), _joined(said), mark, sign.tier.value)

    def _urgency(self, sign: SheetSign) -> str:
        """Return "Emergency now", or how urgent it was where it is over or of days ago."""
        entry, care = sign.entry, self.house.care
        lately = entry.ended is None and day_of(entry.at, care.home) >= care.today - _A_DAY
        if entry.going_on or lately:
            return self.house.reference.tier(sign.tier).label
        if sign.tier == Tier.EMERGENCY:
            return tr("Emergency when it was seen")
        return tr("To call about when it was seen")

    def sign_title(self, entry: SideEffect) -> str:
        """Return "Headache, moderate"."""
        grades = {one.grade: one.label for one in self.house.reference.severities}
        strength = grades.get(entry.severity, str(entry.severity)).lower()
        return f"{self.house.watch.sign_name(entry.sign)}, {strength}"

    def _given(self, sheet: CallSheet) -> list[CallLine]:
        """Return what was given as needed, then what has times, each with what became of it."""
        lines = [_dose(one) for one in sheet.given]
        by_title: dict[str, list[Timed]] = {}
        for one in sheet.timed:
            by_title.setdefault(one.title, []).append(one)
        return lines + [_times(title, times) for title, times in by_title.items()]

    # -- The question and the call ----------------------------------------------------------------

    def starters(self, sheet: CallSheet, typed: str) -> list[Question]:
        """Return the open questions that do not stand in what was typed."""
        return [one for one in sheet.questions if _in_one_line(one.text) not in typed]

    def about(self, sheet: CallSheet, ticked: Sequence[str] | None = None) -> list[AboutSign]:
        """Return the signs that a call may be about; `ticked` None: as far as one can tell."""
        chosen = CallSheets(self.house).about(sheet) if ticked is None else ticked
        return [
            AboutSign(
                one.entry.id,
                self.sign_title(one.entry),
                moment_words(one.entry.at),
                one.entry.id in chosen,
            )
            for one in sheet.signs
        ]

    def about_of(self, call: ClinicCall) -> list[AboutSign]:
        """Return the signs to tick of a call that was kept: those it was about, those before it."""
        house, home = self.house, self.house.care.home
        day = day_of(call.at, home)
        found = {one.id: one for one in map(house.watch.get, call.about) if one is not None}
        for one in house.watch.entries(day - _BEFORE_CALL, day, call.person):
            if isinstance(one, SideEffect) and instant(one.at, home) <= instant(call.at, home):
                found[one.id] = one
        newest = sorted(found.values(), key=lambda one: instant(one.at, home), reverse=True)
        return [
            AboutSign(one.id, self.sign_title(one), moment_words(one.at), one.id in call.about)
            for one in newest
        ]

    def clinic(self) -> Contact | None:
        """Return the first clinic, else the first doctor; None where none is written down."""
        person = self.person
        found = [] if person is None else self.house.people.contacts(person.id)
        by_role = {role: [one for one in found if one.role == role] for role in _CLINICS}
        return next((one for role in _CLINICS for one in by_role[role]), None)

    def names(self) -> list[str]:
        """Return who may have answered: the clinic's contacts and who answered before."""
        person = self.person
        if person is None:
            return []
        contacts = [
            one.name for one in self.house.people.contacts(person.id) if one.role in _CLINICS
        ]
        before = [one.who for one in self.house.clinic_calls.calls(person.id)]
        return list(dict.fromkeys(name for name in (*before, *contacts) if name))

    def follow_up_title(self, what: str) -> str:
        """Return what the appointment is called that comes of a call: "call" or "visit"."""
        clinic = self.clinic()
        name = "" if clinic is None else clinic.name[:_LONGEST_NAME]
        if what == "call":
            # "The clinic" stands in the middle here.
            name = f"the {name[4:]}" if name.startswith("The ") else name
            return tr("Call {name} again", name=name) if name else tr("Call the clinic again")
        return tr("Follow-up, {name}", name=name) if name else tr("Follow-up")

    # -- Kept calls -------------------------------------------------------------------------------

    def calls(self) -> list[KeptCall]:
        """Return the calls that were kept, the newest first."""
        person = self.person
        found = [] if person is None else self.house.clinic_calls.calls(person.id)
        return [self._kept(one) for one in found]

    def _kept(self, call: ClinicCall) -> KeptCall:
        title = moment_words(call.at, year=wall(call.at).year != self.house.care.today.year)
        lines = [(tr("Answered"), call.who), (tr("We asked"), call.question)]
        lines.append((tr("They said"), call.said))
        signs = [entry for entry in map(self.house.watch.get, call.about) if entry is not None]
        lines.append((tr("About"), "; ".join(self.sign_title(entry) for entry in signs)))
        coming = self.house.clinic_calls.follow_up(call)
        if coming is not None:
            when = moment_words(coming.start)
            lines.append((tr("In the calendar"), f"{coming.title}, {when}"))
        shown = tuple((label, words) for label, words in lines if words)
        return KeptCall(call.id, title, shown, "" if coming is None else coming.id)


def moment_words(at: Moment, *, year: bool = False) -> str:
    """Return "Thu 19 Mar, 16:20", without the hour where it has none."""
    local = wall(at)
    if isinstance(at, AllDay):
        return short_date(local.date(), year=year)
    return _when(local, year=year)


def _when(local: datetime, *, year: bool = False) -> str:
    return f"{short_date(local.date(), year=year)}, {time_text(local)}"


def _whose(number: Number) -> str:
    if number.hours == "" and number.role in _CLINICS:
        return tr("{name}, by day", name=number.whose)
    return phone_of(number).whose


def _reading(reading: Reading) -> CallLine:
    return CallLine(moment_words(reading.entry.at), reading_words(reading.celsius))


def _medicine(one: Medicine) -> CallLine:
    said = [tr("only when needed")] if one.as_needed else []
    said += [_in_one_line(one.directions)] if one.directions else []
    return CallLine("", one.name, ", ".join(said))


def _dose(dose: Dose) -> CallLine:
    told = [dose.amount, dose.what_for, _in_one_line(dose.note)]
    return CallLine(moment_words(dose.at), dose.name, ", ".join(one for one in told if one))


def _times(title: str, times: Sequence[Timed]) -> CallLine:
    days: dict[date, list[str]] = {}
    for one in times:
        said = _mark_words(one)
        days.setdefault(one.day, []).append(f"{time_text(wall(one.start))} {said}")
    told = "; ".join(f"{short_date(day)}: {', '.join(said)}" for day, said in days.items())
    count = count_text(len(times), "{count} time", "{count} times")
    return CallLine(tr("At set times"), title, told or count)


def _mark_words(timed: Timed) -> str:
    if timed.mark.state == "taken":
        return tr("given")
    if timed.mark.state == "skipped":
        reason = _in_one_line(timed.mark.reason)
        return tr("skipped ({reason})", reason=reason) if reason else tr("skipped")
    return tr("not marked yet")


def _in_one_line(text: str) -> str:
    return ", ".join(part.strip() for part in text.splitlines() if part.strip())


def _joined(sentences: Sequence[str]) -> str:
    """Return sentences one after the other, each with a stop between it and the next."""
    found = [one.strip() for one in sentences if one.strip()]
    ended = [one if one[-1] in _STOPS else f"{one}." for one in found[:-1]]
    return " ".join([*ended, *found[-1:]])
