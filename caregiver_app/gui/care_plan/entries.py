"""Rows of what was written down around insurance and money, as plain values and words.

Approvals, calls, costs, help to pay, and what was tried before. Nothing is matched or judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from caregiver_app.domain.entities import Authorisation, Medicine, Person
from caregiver_app.domain.insurance import Assistance, Call, Cost
from caregiver_app.gui.care_plan.coverage import masked, period_words
from caregiver_app.gui.care_plan.plan_words import day_month
from caregiver_app.gui.words import away_text, count_text, short_date, tr
from caregiver_app.services.household import Household
from caregiver_app.services.insurance import YearTotal
from caregiver_app.values import value

BENEFIT_WORDS: Final = {
    "": "Not told",
    "medical": "Medical benefit",
    "pharmacy": "Pharmacy benefit",
    "medicare_part_b": "Medicare Part B",
    "medicare_part_d": "Medicare Part D",
    "medicare_advantage": "Medicare Advantage",
}
"""What may pay, in the words of letters; the keys are those that are kept."""
_SOON: Final = 30


@value
class EntryLine:
    """A row. One without a key is a heading: its title bold, its fact at the right.

    `chip` asks for something, `heard` is said instead of the words where they are not enough.
    """

    key: str
    title: str
    second: str = ""
    fact: str = ""
    chip: str = ""
    heard: str = ""

    def spoken(self) -> str:
        """Return the row as a screen reader says it."""
        if self.heard:
            return self.heard
        said = ". ".join(line.rstrip(".") for line in self.second.splitlines())
        parts = (self.title, self.fact, said, self.chip)
        return ", ".join(part for part in parts if part)


# -- Tried before ---------------------------------------------------------------------------------


def tried_lines(medicines: Iterable[Medicine]) -> list[EntryLine]:
    """Return what was tried before: when, and why it ended."""
    return [_tried_line(one) for one in medicines]


def _tried_line(medicine: Medicine) -> EntryLine:
    when = _sentence(between_words(medicine.began, medicine.ended))
    lines = (" ".join(line.split()) for line in medicine.why_ended.splitlines())
    why = ". ".join(line.rstrip(".") for line in lines if line)
    parts = (when, why or tr("Why it ended is not written down yet"), medicine.what_for)
    second = "\n".join(part for part in parts if part)
    return EntryLine(medicine.id, medicine.name, second)


def between_words(began: str, ended: str) -> str:
    """Return from when to when, as typed: "spring 2019 to 2025"."""
    if began and ended:
        return tr("{began} to {ended}", began=began, ended=ended)
    if began:
        return tr("from {began}", began=began)
    return tr("until {ended}", ended=ended) if ended else ""


# -- Approvals and calls --------------------------------------------------------------------------


def approval_lines(house: Household, person: str, *, whole: bool) -> list[EntryLine]:
    """Return the approvals, the one that ends last first; `whole` shows their numbers."""
    today = house.care.today
    plans = {one.id: one.medicine for one in house.plans.all(person)}
    approvals = house.people.authorisations(person)
    return [_approval_line(one, today, plans, whole=whole) for one in reversed(approvals)]


def _approval_line(
    one: Authorisation, today: date, plans: dict[str, str], *, whole: bool
) -> EntryLine:
    who = one.insurer or tr("Insurer not told")
    title = f"{who}: {plans[one.plan]}" if one.plan in plans else who
    period = period_words(one, today)
    paid = ", ".join(part for part in (_benefit(one), one.site) if part)
    numbers = _sentence(
        *(
            tr(label, number=number if whole else masked(number))
            for label, number in (("number {number}", one.number), ("member {number}", one.member))
            if number
        )
    )
    note = " ".join(one.note.split())
    second = "\n".join(part for part in (period, paid, numbers, note) if part)
    return EntryLine(one.id, title, second, chip=_appeal_words(one, today))


def _sentence(*parts: str) -> str:
    """Return some parts in one line that begins with a capital."""
    said = ", ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}"


def _benefit(one: Authorisation) -> str:
    return tr(BENEFIT_WORDS[one.benefit]) if one.benefit else ""


def _appeal_words(one: Authorisation, today: date) -> str:
    if one.appeal is None or one.appeal < today:
        return ""
    return tr("Appeal by {day}", day=day_month(one.appeal, today))


def has_numbers(approvals: Iterable[Authorisation], help_: Iterable[Assistance]) -> bool:
    """Tell whether any number is covered."""
    return any(one.number or one.member for one in approvals) or any(one.number for one in help_)


def call_lines(calls: Iterable[Call], today: date) -> list[EntryLine]:
    """Return the calls, newest first."""
    return [_call_line(one, today) for one in calls]


def _call_line(one: Call, today: date) -> EntryLine:
    number = tr("Their number {number}", number=one.number) if one.number else ""
    second = "\n".join(part for part in (one.text, number) if part)
    again = ""
    if one.again is not None and one.again >= today:
        again = tr("Call again on {day}", day=short_date(one.again))
    return EntryLine(one.id, one.with_whom, second, _day(one.date, today), again)


def _day(day: date, today: date) -> str:
    return short_date(day, year=day.year != today.year)


def calls_summary(
    approvals: Sequence[Authorisation], calls: Sequence[Call], today: date
) -> tuple[str, bool]:
    """Return the line below the heading, and whether it asks for something."""
    again = min((one for one in calls if one.again and one.again >= today),
                key=lambda one: one.again or today, default=None)  # fmt: skip
    appeal = min((one.appeal for one in approvals if one.appeal and one.appeal >= today),
                 default=None)  # fmt: skip
    if appeal is not None and (again is None or appeal <= (again.again or appeal)):
        return tr("Appeal by {day}", day=day_month(appeal, today)), True
    if again is not None and again.again is not None:
        day, who = short_date(again.again), again.with_whom
        return tr("Call {who} again on {day}", who=who, day=day), (again.again - today).days <= 1
    parts = [count_text(len(approvals), "{count} approval", "{count} approvals")]
    if calls:
        last = tr("last call {day}", day=_day(calls[0].date, today))
        parts.append(last)
    if not approvals and not calls:
        return tr("Nothing written down yet"), False
    return ", ".join(parts), False


# -- Costs and help -------------------------------------------------------------------------------


def money(amount: str, currency: str) -> str:
    """Return an amount with its currency: "£120.50", "120.50 EUR"; cents come in pairs."""
    whole, point, cents = amount.partition(".")
    amount = f"{whole}.{cents.ljust(2, '0')}" if point else amount
    if not currency:
        return amount
    sign = len(currency) == 1 and not currency.isalnum()
    return f"{currency}{amount}" if sign else f"{amount} {currency}"


def total_words(one: YearTotal) -> str:
    """Return what one year adds up to in one currency."""
    return money(f"{one.total:f}", one.currency)


def cost_lines(costs: Sequence[Cost], totals: Sequence[YearTotal], today: date) -> list[EntryLine]:
    """Return the costs, newest first, below a heading for each year with what it adds up to."""
    found: list[EntryLine] = []
    year = 0
    for one in costs:
        if one.date.year != year:
            year = one.date.year
            sums = " + ".join(total_words(each) for each in totals if each.year == year)
            said = tr("{year}: {total} in all", year=year, total=sums)
            whole = tr("{total} in all", total=sums)
            found.append(EntryLine("", str(year), fact=whole, heard=said))
        found.append(_cost_line(one, today))
    return found


def _cost_line(one: Cost, today: date) -> EntryLine:
    paid = tr("paid by {name}", name=one.paid_by) if one.paid_by else ""
    day = _day(one.date, today)
    first = ", ".join(part for part in (day, paid) if part)
    second = "\n".join(part for part in (first, " ".join(one.note.split())) if part)
    return EntryLine(one.id, one.what, second, money(one.amount, one.currency))


def costs_summary(totals: Sequence[YearTotal], today: date) -> str:
    """Return what this year adds up to, or that nothing is written down."""
    this = [total_words(one) for one in totals if one.year == today.year]
    if this:
        return tr("{year}: {total} in all", year=today.year, total=" + ".join(this))
    if totals:
        return tr("Nothing in {year} yet", year=today.year)
    return tr("Nothing written down yet")


def help_lines(programmes: Iterable[Assistance], today: date, *, whole: bool) -> list[EntryLine]:
    """Return the programmes that help to pay; `whole` shows their numbers."""
    return [_help_line(one, today, whole=whole) for one in programmes]


def _help_line(one: Assistance, today: date, *, whole: bool) -> EntryLine:
    ends, chip = "", ""
    if one.last is not None and one.last < today:
        ends = tr("ended on {day}", day=day_month(one.last, today))
    elif one.last is not None:
        ends = tr("ends on {day}", day=day_month(one.last, today))
        near = (one.last - today).days <= _SOON
        chip = tr("Ends {away}", away=away_text(one.last, today)) if near else ""
    number = one.number if whole or not one.number else masked(one.number)
    first = _sentence(ends, number and tr("card {number}", number=number))
    parts = (first, one.phone, " ".join(one.note.split()))
    return EntryLine(one.id, one.name, "\n".join(part for part in parts if part), chip=chip)


def year_words(person: Person, today: date) -> list[str]:
    """Return deductible and copay as remembered, each with the year that it is of."""
    return [
        _of_year(label, said, year, today)
        for label, said, year in (
            (tr("Deductible"), person.deductible, person.deductible_year),
            (tr("Copay"), person.copay, person.copay_year),
        )
        if said
    ]


def _of_year(label: str, said: str, year: int | None, today: date) -> str:
    if year is None:
        return tr("{label}: {amount}", label=label, amount=said)
    if year < today.year:
        return tr(
            "{label}: {amount} (from {year}: check this year’s)",
            label=label, amount=said, year=year,
        )  # fmt: skip
    return tr("{label}: {amount} ({year})", label=label, amount=said, year=year)
