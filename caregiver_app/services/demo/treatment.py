"""What the made-up family wrote down around its treatment: infusions, money, what was before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from caregiver_app.domain.entities import InfusionRecord, Medicine
from caregiver_app.domain.insurance import Assistance, Call, Cost
from caregiver_app.domain.plans import visit_id
from caregiver_app.domain.times import instant
from caregiver_app.services.demo.making import (
    BELIMUMAB,
    INFLIXIMAB,
    MEI,
    MEI_PAST,
    ROSA,
    Maker,
)

_BEFORE_ALL = 755

_TRIED = (
    ("sulfasalazine", ROSA, "Sulfasalazine", "2014", "2016", "It upset her stomach"),
    ("adalimumab", ROSA, "Adalimumab", "spring 2019", "autumn 2025",
     "It helped for years, then it stopped helping"),
    ("azathioprine", MEI, "Azathioprine", "2019", "2022", "Dr Vale did not like the blood tests"),
)  # fmt: skip

_COSTS = (
    (ROSA, -1, "Infusion 1, our share", "120.00", "us", "They will send the letter about it."),
    (ROSA, -1, "Parking", "8.50", "us", ""),
    (ROSA, -45, "Dr Sol, first talk about the new plan", "30.00", "us", ""),
    (ROSA, -80, "Taxi home from the eye clinic", "14.20", "Teo", "We owe him a supper."),
    (MEI, -14, "Infusion, our share", "35.00", "Jian", ""),
    (MEI, -42, "Infusion, our share", "35.00", "us", ""),
    (MEI, -71, "Infusion, our share", "35.00", "us", ""),
    (MEI, -99, "Infusion, our share", "35.00", "us", ""),
)  # fmt: skip


def fill(maker: Maker) -> None:
    """Write down records of infusions, medicines of before, costs, calls and help."""
    _records(maker)
    begun = maker.moment(maker.day(-_BEFORE_ALL), "11:00")
    for number, (id_, whose, name, began, ended, why) in enumerate(_TRIED):
        tried = Medicine(
            id=id_, person=whose, name=name, past=True, began=began, ended=ended, why_ended=why
        )
        maker.put(tried, begun + timedelta(minutes=number))
    _money(maker)


def _records(maker: Maker) -> None:
    visit = visit_id(INFLIXIMAB, 1)
    first = InfusionRecord(
        id=f"{visit}:record", person=ROSA, visit=visit,
        product="infliximab", lot="DEMO-IFX-0417", expiry="08/2027", started="9:50",
        stopped="12:05", site="left arm, below the elbow", premedication="as on the nurse’s sheet",
        readings="noted every half hour on their sheet", watched="one hour",
        reaction="none that we saw", tip="Ask for the warm blanket before the needle.",
    )  # fmt: skip
    _record(maker, first)
    for dose in range(1, MEI_PAST + 1):
        visit = visit_id(BELIMUMAB, dose)
        short = InfusionRecord(
            id=f"{visit}:record", person=MEI, visit=visit, product="belimumab",
            lot=f"DEMO-BLM-{200 + 3 * dose:04}", site="right arm",
        )  # fmt: skip
        _record(maker, short if dose < MEI_PAST else _whole(short))


def _whole(record: InfusionRecord) -> InfusionRecord:
    return replace(
        record, expiry="11/2027", started="13:10", stopped="14:15", site="right arm, second try",
        reaction="头有点疼 (a little headache)", tip="Drink something warm on the way there.",
    )  # fmt: skip


def _record(maker: Maker, record: InfusionRecord) -> None:
    visit = maker.house.agenda.get(record.visit)
    if visit is not None:
        end = instant(visit.start, maker.zone) + timedelta(minutes=visit.minutes)
        maker.put(record, min(end + timedelta(minutes=40), maker.now))


def _money(maker: Maker) -> None:
    for number, (whose, days, what, amount, payer, note) in enumerate(_COSTS):
        day = maker.rosa_first if days == -1 else maker.day(days)
        cost = Cost(
            id=f"cost-{number + 1}", person=whose, date=day, what=what, amount=amount,
            currency="£", paid_by=payer, note=note,
        )  # fmt: skip
        maker.put(cost, min(maker.moment(day, "19:00"), maker.now))
    asked = maker.moment(maker.rosa_first - timedelta(days=12), "15:20")
    for call in (
        Call(
            id="call-2", person=ROSA, date=maker.rosa_first - timedelta(days=12),
            with_whom="Harbour Health, Ms Okafor", number="HH-CALL-3081",
            text="They have the letter from Dr Sol. An answer within ten days.",
            authorisation="approval-rosa",
        ),
        Call(
            id="call-1", person=ROSA, date=maker.rosa_first - timedelta(days=26),
            with_whom="Harbour Health", number="",
            text="They still need a letter from Dr Sol.", authorisation="approval-rosa",
        ),
    ):  # fmt: skip
        maker.put(call, asked)
    help_ = Assistance(
        id="help-rosa", person=ROSA, name="Willow Lane hardship fund",
        last=maker.day(230), number="WL 0098 2214",
        phone="01632 960144", note="Mrs Hale at the front desk fills in the form with us.",
    )  # fmt: skip
    maker.put(help_, asked)
