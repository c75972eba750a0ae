"""Calls with insurers, costs, and programmes that help to pay.

The app remembers and adds up one year of one currency. Nothing is matched, estimated or judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.insurance import Assistance, Call, Cost
from caregiver_app.domain.money import (
    contradict,
    plain,
    read_amount,
    read_currency,
    total_of,
)
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care, refuse
from caregiver_app.services.people import PeopleService
from caregiver_app.values import value

CURRENCY_LIMIT: Final = 20
Kept = Call | Cost | Assistance


@value
class YearTotal:
    """What `count` costs of one year add up to in one currency, as typed ("" where none was)."""

    year: int
    currency: str
    total: Decimal
    count: int


class InsuranceService:
    """Keeps calls, costs and help to pay."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._people = PeopleService(care)

    # -- Reading ----------------------------------------------------------------------------------

    def call(self, call_id: str) -> Call | None:
        """Return one call by id."""
        return self._care.store.get(Call, call_id)

    def calls(self, person: str | None = None, authorisation: str | None = None) -> list[Call]:
        """Return the calls of everybody, or of one person, newest first.

        `authorisation` narrows them to those about one approval.
        """
        equal = {"person": person, "authorisation": authorisation}
        wanted = {name: given for name, given in equal.items() if given is not None}
        found = self._care.store.all(Call, **wanted)
        return sorted(found, key=lambda one: (one.date, one.created, one.id), reverse=True)

    def cost(self, cost_id: str) -> Cost | None:
        """Return one cost by id."""
        return self._care.store.get(Cost, cost_id)

    def costs(self, person: str | None = None, year: int | None = None) -> list[Cost]:
        """Return the costs of everybody or of one person, of all years or of one, newest first."""
        wanted = {} if person is None else {"person": person}
        found = self._care.store.all(Cost, **wanted)
        kept = [one for one in found if year in (None, one.date.year)]
        return sorted(kept, key=lambda one: (one.date, one.created, one.id), reverse=True)

    def totals(self, person: str | None = None) -> list[YearTotal]:
        """Return what the costs of each year add up to, currency by currency, newest year first.

        A currency counts as one whatever its letters' case; what is not written the same is not
        added up.
        """
        found: dict[tuple[int, str], list[Cost]] = {}
        for one in self.costs(person):
            found.setdefault((one.date.year, one.currency.casefold()), []).append(one)
        totals = [
            YearTotal(year, costs[0].currency, _total(costs), len(costs))
            for (year, _), costs in found.items()
        ]
        return sorted(totals, key=lambda one: (-one.year, one.currency.casefold()))

    def help(self, assistance_id: str) -> Assistance | None:
        """Return one programme by id."""
        return self._care.store.get(Assistance, assistance_id)

    def assistance(self, person: str | None = None) -> list[Assistance]:
        """Return the programmes that help to pay, those that end first before, then the others."""
        wanted = {} if person is None else {"person": person}
        found = self._care.store.all(Assistance, **wanted)
        return sorted(found, key=lambda one: (one.last or date.max, one.name.casefold(), one.id))

    # -- Calls ------------------------------------------------------------------------------------

    def check_call(self, call: Call) -> None:
        """Look whether a call can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        refuse(
            lambda: texts.title(call.with_whom, "with_whom"),
            lambda: texts.line(call.number, "number"),
            lambda: texts.paragraphs(call.text, "text"),
            lambda: _check_again(call),
            lambda: self._check_authorisation_of(call),
        )

    def save_call(self, call: Call) -> Call:
        """Keep a call, new or changed.

        Raises:
            FormRefused: nobody is named, the day to call again lies before the call, the approval
                is another person's or not there, or a field cannot be taken.
        """
        care = self._care
        old = self.call(call.id) if call.id else None
        with care.change("done.call", name=call.with_whom.strip()):
            kept = replace(call, person=care.whose(call.person, old).id)
            self.check_call(kept)
            kept = replace(
                care.stamped(kept, old),
                with_whom=texts.title(call.with_whom, "with_whom"),
                number=texts.line(call.number, "number"),
                text=texts.paragraphs(call.text, "text"),
            )
            care.store.put(kept)
        return kept

    def _check_authorisation_of(self, call: Call) -> None:
        if call.authorisation is None:
            return
        known = texts.is_whole(call.authorisation)
        found = self._people.authorisation(call.authorisation) if known else None
        before = self.call(call.id) if call.id and texts.is_whole(call.id) else None
        if found is None and before is not None and before.authorisation == call.authorisation:
            return
        if found is None or (call.person and found.person != call.person):
            raise InputRefused("authorisation.unknown", "authorisation", id=call.authorisation)

    # -- Costs ------------------------------------------------------------------------------------

    def check_cost(self, cost: Cost) -> None:
        """Look whether a cost can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        refuse(
            lambda: texts.title(cost.what, "what"),
            lambda: read_amount(cost.amount, "amount"),
            lambda: _check_currency(cost),
            lambda: texts.line(cost.paid_by, "paid_by"),
            lambda: texts.paragraphs(cost.note, "note"),
        )

    def save_cost(self, cost: Cost) -> Cost:
        """Keep a cost, new or changed; a currency typed beside the amount becomes its currency.

        Raises:
            FormRefused: there is no amount or it can be read in two ways, beside it stands another
                currency, nothing says what for, or a field cannot be taken.
        """
        self.check_cost(cost)
        care = self._care
        old = self.cost(cost.id) if cost.id else None
        with care.change("done.cost", name=cost.what.strip()):
            person = care.whose(cost.person, old)
            kept = replace(
                self.readable(care.stamped(cost, old)),
                person=person.id,
                what=texts.title(cost.what, "what"),
                paid_by=texts.line(cost.paid_by, "paid_by"),
                note=texts.paragraphs(cost.note, "note"),
            )
            care.store.put(kept)
        return kept

    @staticmethod
    def readable(cost: Cost) -> Cost:
        """Return a cost with its amount as it is kept, and the currency that was typed with it.

        Raises:
            InputRefused: the amount is none.
        """
        currency = texts.line(cost.currency, "currency") or read_currency(cost.amount)
        return replace(cost, amount=plain(read_amount(cost.amount)), currency=currency)

    # -- Help to pay ------------------------------------------------------------------------------

    def check_assistance(self, assistance: Assistance) -> None:
        """Look whether a programme can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        refuse(
            lambda: texts.title(assistance.name, "name"),
            lambda: texts.line(assistance.number, "number"),
            lambda: texts.line(assistance.phone, "phone"),
            lambda: texts.paragraphs(assistance.note, "note"),
        )

    def save_assistance(self, assistance: Assistance) -> Assistance:
        """Keep a programme that helps to pay, new or changed.

        Raises:
            FormRefused: it has no name, or a field cannot be taken.
        """
        self.check_assistance(assistance)
        care = self._care
        old = self.help(assistance.id) if assistance.id else None
        with care.change("done.assistance", name=assistance.name.strip()):
            person = care.whose(assistance.person, old)
            kept = replace(
                care.stamped(assistance, old),
                person=person.id,
                name=texts.title(assistance.name, "name"),
                number=texts.line(assistance.number, "number"),
                phone=texts.line(assistance.phone, "phone"),
                note=texts.paragraphs(assistance.note, "note"),
            )
            care.store.put(kept)
        return kept

    def remove(self, kind: type[Kept], id_: str) -> None:
        """Delete a call, a cost or a programme; undo brings it back.

        Raises:
            InputRefused: it is not there any more.
        """
        care = self._care
        found = care.store.get(kind, id_)
        match found:
            case Call():
                name = found.with_whom
            case Cost():
                name = found.what
            case Assistance():
                name = found.name
            case None:
                raise InputRefused("entry.gone", "id", id=id_)
        with care.change("done.entry_removed", name=name):
            care.store.remove(kind, id_, care.now)


def _total(costs: Sequence[Cost]) -> Decimal:
    return total_of(Decimal(one.amount) for one in costs)


def _check_again(call: Call) -> None:
    if call.again is not None and call.again < call.date:
        raise InputRefused("call.again_before", "again")


def _check_currency(cost: Cost) -> None:
    said = texts.line(cost.currency, "currency")
    if len(said) > CURRENCY_LIMIT:
        raise InputRefused("text.long", "currency", length=len(said), limit=CURRENCY_LIMIT)
    beside = _beside(cost.amount)
    if contradict(beside, said):
        raise InputRefused("money.two_currencies", "currency", beside=beside, currency=said)


def _beside(amount: str) -> str:
    """Return the currency that was typed beside an amount, "" where there is none or no amount."""
    try:
        return read_currency(amount)
    except InputRefused:
        return ""
