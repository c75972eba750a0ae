"""What medicines, plans, infusions as they were written down, approvals and money say."""

from __future__ import annotations

from functools import singledispatchmethod

from caregiver_app.domain.entities import Dose, InfusionRecord, Medicine, Plan, VisitAnswer
from caregiver_app.domain.insurance import Assistance, Authorisation, Call, Cost
from caregiver_app.domain.times import day_of, wall
from caregiver_app.gui.care_plan.coverage import masked
from caregiver_app.gui.care_plan.entries import between_words, money
from caregiver_app.gui.search.said import Parts, Said, joined
from caregiver_app.gui.words import plain_date, time_text, tr
from caregiver_app.services.household import Household
from caregiver_app.services.search import Results


class CareWording:
    """Writes what one thing of the care plan, or of a treatment visit, says."""

    def __init__(self, house: Household, results: Results) -> None:
        self._house, self._results = house, results
        self._parts = Parts(house, results)

    @singledispatchmethod
    def said(self, of: object) -> Said:
        """Return what a thing says.

        Raises:
            TypeError: it is of no kind that is found.
        """
        raise TypeError(f"nobody said how {type(of).__name__} is written")

    # -- Medicines and plans ----------------------------------------------------------------------

    @said.register
    def _(self, of: Medicine) -> Said:
        texts = (of.directions, of.what_for, of.why_ended)
        second = self._parts.found(texts, (of.directions or of.what_for,))
        if of.past:
            when = between_words(of.began, of.ended)
            second = joined(tr("Past medicine"), when, self._parts.found(texts, (of.why_ended,)))
        return Said(
            spoken=tr("Past medicine") if of.past else tr("Medicine"),
            title=of.name,
            second=second,
            icon="medicine",
            role="soft" if of.past else "medication",
            ground="sunk" if of.past else "medication-tint",
        )

    @said.register
    def _(self, of: Dose) -> Said:
        texts = (of.what_for, of.amount, of.note)
        day = self._parts.day(day_of(of.at, self._house.care.home))
        return Said(
            spoken=tr("Given as needed"),
            title=of.name,
            second=joined(tr("Given as needed"), self._parts.found(texts, texts)),
            fact=f"{day}, {time_text(wall(of.at))}",
            icon="medicine",
            role="medication",
            ground="medication-tint",
        )

    @said.register
    def _(self, of: Plan) -> Said:
        kit = self._parts.found(of.kit, ())
        return Said(
            spoken=tr("Therapy plan"),
            title=of.medicine,
            second=joined(tr("Therapy plan"), tr("Kit: {words}", words=kit) if kit else ""),
            icon="infusion",
            role="infusion",
            ground="infusion-tint",
        )

    # -- What was written down about a visit ------------------------------------------------------

    @said.register
    def _(self, of: InfusionRecord) -> Said:
        lot = tr("Lot {number}", number=of.lot) if of.lot else ""
        expiry = tr("expires {day}", day=of.expiry) if self._results.fits(of.expiry) else ""
        others = (
            of.maker, of.amount, of.site, of.premedication, of.readings, of.reaction, of.tip,
        )  # fmt: skip
        return Said(
            spoken=tr("What the nurse wrote down"),
            title=of.product or tr("What the nurse wrote down"),
            second=joined(lot, expiry, self._parts.found(others, ())),
            icon="infusion",
            role="infusion",
            ground="infusion-tint",
        )

    @said.register
    def _(self, of: VisitAnswer) -> Said:
        well = of.key.startswith("well.")
        asked = tr("Well enough to go?") if well else tr("Anything new since last time?")
        return Said(
            spoken=asked,
            title=self._results.around(of.text),
            second=asked,
            icon="infusion",
            role="infusion",
            ground="infusion-tint",
        )

    # -- Approvals and money ----------------------------------------------------------------------

    @said.register
    def _(self, of: Authorisation) -> Said:
        until = tr("Approved to {day}", day=plain_date(of.last))
        # Screens show only the end of an insurer's number.
        number = tr("number {end}", end=masked(of.number)) if self._results.fits(of.number) else ""
        return Said(
            spoken=tr("Approval"),
            title=of.insurer or tr("Approval"),
            second=joined(until, number, self._parts.found((of.site, of.note), ())),
            icon="coverage",
        )

    @said.register
    def _(self, of: Call) -> Said:
        number = tr("their number {number}", number=of.number)
        shown = number if self._results.fits(of.number) else ""
        return Said(
            spoken=tr("Call"),
            title=of.with_whom,
            second=joined(tr("Call"), shown, self._parts.found((of.text,), (of.text,))),
            fact=self._parts.day(of.date),
            icon="call",
        )

    @said.register
    def _(self, of: Cost) -> Said:
        paid = tr("paid by {name}", name=of.paid_by) if of.paid_by else ""
        return Said(
            spoken=tr("Cost"),
            title=of.what,
            second=joined(money(of.amount, of.currency), self._parts.found((paid, of.note), ())),
            fact=self._parts.day(of.date),
            icon="coverage",
        )

    @said.register
    def _(self, of: Assistance) -> Said:
        until = tr("to {day}", day=plain_date(of.last)) if of.last else ""
        card = tr("card {number}", number=masked(of.number))
        shown = card if self._results.fits(of.number) else ""
        others = self._parts.found((of.phone, of.note), ())
        return Said(
            spoken=tr("Help to pay"),
            title=of.name,
            second=joined(tr("Help to pay"), until, shown, others),
            icon="coverage",
        )
