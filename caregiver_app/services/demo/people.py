"""Whom the made-up family cares for, whom it can call, and what its insurers approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from caregiver_app.domain.entities import Authorisation, Contact, Medicine, Person
from caregiver_app.services.demo.making import INFLIXIMAB, MEI, ROSA, Maker
from caregiver_app.services.people import RULES

WILLOW, HILLSIDE = "willow", "hillside"
"""The ids of the two clinics."""
ANA, ANA_PHONE = "Ana", "01632 960117"
JIAN, JIAN_PHONE = "王建 (Jian)", "01632 960133"

_BEFORE_ALL = 760
_A_YEAR = 364

_CONTACTS = (
    (WILLOW, ROSA, "clinic", "Willow Lane Infusion Centre", "01632 960142", "01632 960199",
     "infusion nurses, 8 to 17", "3 Willow Lane, level 2 parking"),
    ("sol", ROSA, "doctor", "Dr Imani Sol", "01632 960155", "", "rheumatology",
     "Willow Lane, room 12"),
    ("harbour", ROSA, "insurer", "Harbour Health", "01632 960130", "",
     "approvals, ref. on file", ""),
    ("ana", ROSA, "driver", ANA, ANA_PHONE, "", "daughter, drives", ""),
    ("teo", ROSA, "family", "Teo", "01632 960126", "", "neighbour, supper and company", ""),
    (HILLSIDE, MEI, "clinic", "Hillside Clinic", "01632 960164", "01632 960168",
     "infusion room, 8 to 18", "8 Hillside Road, ground floor"),
    ("vale", MEI, "doctor", "Dr Idris Vale", "01632 960171", "", "lupus clinic",
     "Hillside Clinic, first floor"),
    ("northgate", MEI, "insurer", "Northgate Mutual", "01632 960149", "", "approvals", ""),
    ("linden", MEI, "pharmacy", "Linden Pharmacy", "01632 960158", "", "open till 20:00", ""),
    ("jian", MEI, "family", JIAN, JIAN_PHONE, "", "brother 哥哥, drives", ""),
)  # fmt: skip

_RULES: dict[str, tuple[str, str, str, str]] = {
    WILLOW: ("Own food is fine", "One at a time", "Not asked for", "Level 2"),
    HILLSIDE: ("", "One, 可以陪一位", "", "Behind the house"),
}
"""What the clinics allow: food, visitors, fasting, parking."""

_MEDICINES = (
    ("methotrexate", ROSA, "Methotrexate", "Fridays only, with supper"),
    ("folic", ROSA, "Folic acid", "after breakfast"),
    ("drops", ROSA, "Eye drops", "both eyes"),
    ("hydroxychloroquine", MEI, "Hydroxychloroquine", "as the doctor’s list on the fridge says"),
    ("vitamin", MEI, "Vitamin D", "with breakfast, 早饭时"),
)


def fill(maker: Maker) -> None:
    """Write down people, contacts, medicines and approvals."""
    begun = maker.moment(maker.day(-_BEFORE_ALL), "10:00")
    for number, person in enumerate((_rosa(maker), _mei())):
        maker.put(person, begun + timedelta(minutes=number))
    for number, (id_, whose, role, name, phone, night, note, address) in enumerate(_CONTACTS):
        contact = Contact(
            rules_checked=maker.day(-8) if id_ in _RULES else None,
            id=id_,
            person=whose,
            role=role,
            name=name,
            phone=phone,
            phone_after_hours=night,
            note=note,
            address=address,
        )
        rules = dict(zip(RULES, _RULES.get(id_, ("",) * len(RULES)), strict=True))
        contact = replace(contact, **rules)
        maker.put(contact, begun + timedelta(minutes=10 + number))
    for number, (id_, whose, name, directions) in enumerate(_MEDICINES):
        medicine = Medicine(id=id_, person=whose, name=name, directions=directions)
        maker.put(medicine, begun + timedelta(minutes=30 + number))
    _approvals(maker)


def _rosa(maker: Maker) -> Person:
    return Person(
        id=ROSA,
        name="Rosa Marín",
        born=date(1958, 6, 4),
        conditions="Rheumatoid arthritis, dry eyes",
        allergies="Penicillin (rash, 1994)",
        address="14 Orchard Row, 2nd floor, bell “Marín”",
        good_to_know="Left arm is better for the needle. Speaks English and Spanish.",
        papers="the blue folder, hall cupboard",
        deductible="500.00",
        deductible_year=maker.today.year,
        copay="120.00",
        copay_year=maker.today.year,
    )


def _mei() -> Person:
    return Person(
        id=MEI,
        name="王梅 (Wang Mei)",
        born=date(1971, 10, 9),
        conditions="Lupus",
        allergies="None known",
        address="5 Lantern Court, ground floor, bell “王”",
        good_to_know="Speaks Mandarin best: 请慢慢说普通话。 Her brother Jian can interpret.",
        papers="the red box under the desk, 书桌下的红盒子",
    )


def _approvals(maker: Maker) -> None:
    asked = maker.moment(maker.rosa_first - timedelta(days=20), "11:00")
    reaches = maker.rosa_next
    rosa = Authorisation(
        id="approval-rosa",
        person=ROSA,
        insurer="Harbour Health",
        member="HH 20 4471",
        number="A 2216 8840",
        plan=INFLIXIMAB,
        benefit="medical",
        site="Willow Lane Infusion Centre",
        first=reaches - timedelta(days=30),
        last=reaches,
        visits=2,
        note="Ask again before infusion 3. The letter is in the blue folder.",
    )
    maker.put(rosa, asked)
    last = maker.mei_last + timedelta(days=57)
    for years in (2, 1, 0):
        ends = last - timedelta(days=years * (_A_YEAR + 1))
        first = ends - timedelta(days=_A_YEAR)
        mei = Authorisation(
            id=f"approval-mei-{3 - years}",
            person=MEI,
            insurer="Northgate Mutual",
            member="NM 71 0926",
            first=first,
            last=ends,
            visits=14,
        )
        maker.put(mei, maker.moment(first - timedelta(days=12), "15:30"))
