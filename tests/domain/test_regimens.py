"""Every published rhythm of the reference: which dates of two years it puts into a plan, or none.

Changing a data file so that other dates come out has to fail here, line by line.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from dateutil.relativedelta import relativedelta

from caregiver_app.domain.advice import Course, Evidence, MedicineInfo, Regimen
from caregiver_app.domain.entities import UNITS, Phase, Plan
from caregiver_app.domain.plans import check_plan, proposals
from caregiver_app.domain.prefill import Prefill, may_prefill, prefill
from caregiver_app.domain.times import wall
from caregiver_app.services.reference import load
from tests.factories import moment

FIRST = date(2026, 1, 5)
UNTIL = FIRST + relativedelta(months=24)


def weeks(*counts: int) -> list[int]:
    """Return days for weeks."""
    return [7 * count for count in counts]


def months(*counts: int) -> list[int]:
    """Return days for calendar months after the first day."""
    return [(FIRST + relativedelta(months=count) - FIRST).days for count in counts]


NOTHING: list[int] = []
EXPECTED: dict[tuple[str, str], list[int]] = {
    ("abatacept", "arthritis"): weeks(0, 2, 4, *range(8, 105, 4)),
    ("abatacept", "gvhd"): NOTHING,
    ("alemtuzumab", "two_courses"): [0, 1, 2, 3, 4, 365, 366, 367],
    ("anifrolumab", "sle"): weeks(*range(0, 105, 4)),
    ("belimumab", "sle"): weeks(0, 2, 4, *range(8, 105, 4)),
    ("cyclophosphamide_iv", "eurolupus"): weeks(0, 2, 4, 6, 8, 10),
    ("cyclophosphamide_iv", "monthly"): NOTHING,
    ("cyclophosphamide_iv", "vasculitis"): NOTHING,
    ("cyclophosphamide_iv", "clinic"): NOTHING,
    ("donanemab", "ad"): weeks(*range(0, 105, 4)),
    ("eculizumab", "adult"): weeks(0, 1, 2, 3, 4, *range(6, 105, 2)),
    ("efgartigimod_iv", "cycle"): NOTHING,
    ("eptinezumab", "migraine"): months(*range(0, 25, 3)),
    ("ferric_carboxymaltose", "ida"): NOTHING,
    ("ferric_carboxymaltose", "hf"): NOTHING,
    ("golimumab_iv", "adult"): weeks(0, 4, *range(12, 105, 8)),
    ("golimumab_iv", "child"): weeks(0, 4, *range(12, 105, 8)),
    ("guselkumab_iv", "ibd"): weeks(0, 4, 8),
    ("infliximab", "most"): weeks(0, 2, 6, *range(14, 105, 8)),
    ("infliximab", "as"): weeks(0, 2, 6, *range(12, 105, 6)),
    ("iron_sucrose", "ndd"): NOTHING,
    ("iron_sucrose", "hdd"): NOTHING,
    ("iron_sucrose", "pdd"): [0, 14, 28],
    ("ivig", "pi"): NOTHING,
    ("ivig", "cidp"): NOTHING,
    ("ivig", "modulation"): NOTHING,
    ("lecanemab_iv", "ad"): weeks(*range(0, 105, 2)),
    ("methotrexate_oral", "weekly"): NOTHING,
    ("methylprednisolone_iv", "pulse"): NOTHING,
    ("mirikizumab_iv", "ibd"): weeks(0, 4, 8),
    ("natalizumab", "all"): weeks(*range(0, 105, 4)),
    ("ocrelizumab", "ms"): weeks(0, 2, 24, 48, 72, 96),
    ("pegloticase", "gout"): weeks(*range(0, 105, 2)),
    ("premedication", "before"): NOTHING,
    ("ravulizumab", "adult"): weeks(0, 2, *range(10, 105, 8)),
    ("risankizumab_iv", "cd"): weeks(0, 4, 8),
    ("risankizumab_iv", "uc"): weeks(0, 4, 8),
    ("rituximab", "ra"): [0, 14],
    ("rituximab", "vasculitis_induction"): weeks(0, 1, 2, 3),
    ("rituximab", "vasculitis_maintenance"): NOTHING,
    ("secukinumab_iv", "iv"): NOTHING,
    ("teprotumumab", "ted"): weeks(0, 3, 6, 9, 12, 15, 18, 21),
    ("tocilizumab", "ra"): weeks(*range(0, 105, 4)),
    ("tocilizumab", "pjia"): weeks(*range(0, 105, 4)),
    ("tocilizumab", "sjia"): weeks(*range(0, 105, 2)),
    ("tocilizumab", "gca"): NOTHING,
    ("ublituximab", "ms"): weeks(0, 2, 24, 48, 72, 96),
    ("ustekinumab_iv", "ibd"): weeks(0),
    ("vedolizumab", "ibd"): weeks(0, 2, 6, *range(14, 105, 8)),
    ("zoledronic_acid", "treat"): months(0, 12, 24),
    ("zoledronic_acid", "prevent"): months(0, 24),
    ("zoledronic_acid", "paget"): months(0),
}
ALL = [(info, regimen) for info in load().medicines for regimen in info.regimens]


def ids(one: object) -> str:
    return one.id if isinstance(one, MedicineInfo | Regimen) else ""


def as_plan(found: Prefill) -> Plan:
    """Return the plan that a form would keep when nothing of the proposal is changed."""
    return Plan(
        id="p", uid="p", person="rosa", medicine="x",
        first=moment("2026-01-05T09:30"),
        offsets=found.offsets, unit=found.unit, every=found.every, every_unit=found.every_unit,
        then=found.then, phases=found.phases, minutes=found.minutes or 120,
        minutes_first=found.minutes_first, watch_days=found.watch_days,
    )  # fmt: skip


def days_of(found: Prefill | None) -> list[int]:
    """Return the days of the first two years, counted from the first visit."""
    if found is None:
        return []
    return [(wall(start).date() - FIRST).days for _, start in proposals(as_plan(found), UNTIL)]


def test_every_rhythm_has_its_line():
    assert [(info.id, regimen.id) for info, regimen in ALL] == sorted(
        EXPECTED, key=lambda one: [(i.id, r.id) for i, r in ALL].index(one)
    )
    assert len({info.id for info, _ in ALL}) == 33


@pytest.mark.parametrize(("info", "regimen"), ALL, ids=ids)
def test_the_dates_of_two_years(info: MedicineInfo, regimen: Regimen):
    assert days_of(prefill(info, regimen)) == EXPECTED[info.id, regimen.id]


@pytest.mark.parametrize(("info", "regimen"), ALL, ids=ids)
def test_the_mark_in_the_data_is_what_the_rules_say(info: MedicineInfo, regimen: Regimen):
    assert regimen.prefill is may_prefill(info, regimen)


@pytest.mark.parametrize(("info", "regimen"), ALL, ids=ids)
def test_the_data_are_whole(info: MedicineInfo, regimen: Regimen):
    assert {regimen.unit, regimen.every_unit} <= set(UNITS)
    assert list(regimen.offsets) == sorted(set(regimen.offsets))
    assert regimen.every is None or regimen.every > 0
    assert regimen.every_max is None or (regimen.every or 0) < regimen.every_max
    assert set(regimen.conditions) <= set(info.conditions)
    ends = regimen.kind == "repeating_course" or regimen.continues_as
    assert not (ends and regimen.every is not None), "what ends has nothing that follows"
    assert not regimen.courses or regimen.every is None
    if regimen.prefill:
        assert not check_plan(as_plan(prefill(info, regimen) or pytest.fail("nothing")))
    else:
        assert regimen.note or info.names_note, "says why nothing is filled in"


# ---- the rules, whatever the data say -----------------------------------------------------------
MOST = next(regimen for info, regimen in ALL if (info.id, regimen.id) == ("infliximab", "most"))
INFLIXIMAB = load().medicine("infliximab")


def of(**changes: object) -> list[int]:
    """Return the dates of infliximab's rhythm with something else in it."""
    assert INFLIXIMAB is not None
    return days_of(prefill(INFLIXIMAB, replace(MOST, **changes)))


@pytest.mark.parametrize(
    "changes",
    [
        {"prefill": False},
        {"evidence": Evidence("partly verified here", MOST.evidence.sources)},
        {"evidence": Evidence("unverified here", ())},
        {"every_max": 10},
        {"length_varies": True},
        {"kind": "repeating_course_by_symptoms"},
        {"kind": "by_lab_result"},
        {"kind": "with_infusion"},
        {"anchor": "transplant_day"},
        {"anchor": "first_infusion_of_cycle"},
        {"anchor": "another"},
        {"offsets": ()},
        {"offsets": (-1, 5, 14)},
        {"offsets": (2, 6)},
    ],
)
def test_these_fill_in_nothing(changes: dict[str, object]):
    assert of(**changes) == NOTHING


def test_what_is_not_given_at_visits_fills_in_nothing():
    assert INFLIXIMAB is not None
    assert prefill(replace(INFLIXIMAB, infused=False), MOST) is None


@pytest.mark.parametrize("anchor", ["first_infusion_of_course", "first_maintenance_infusion"])
def test_these_beginnings_count_as_the_first_infusion(anchor: str):
    assert of(anchor=anchor) == EXPECTED["infliximab", "most"]


@pytest.mark.parametrize("changes", [{"kind": "repeating_course"}, {"continues_as": "injections"}])
def test_nothing_follows_one_course_or_what_goes_on_as_something_else(changes: dict[str, object]):
    assert of(**changes) == weeks(0, 2, 6)
    later = (Course(12, "month", (0,), "day"),)
    assert of(courses=later, every=None, then=None, **changes) == weeks(0, 2, 6)


def test_another_unit_for_what_follows():
    assert of(offsets=(0, 2), every=6, every_unit="month", then=6) == [
        *weeks(0, 2), *months(6, 12, 18, 24),
    ]  # fmt: skip


def test_six_months_are_counted_from_the_first_infusion_and_not_from_the_second():
    for id_ in ("ocrelizumab", "ublituximab"):
        assert EXPECTED[id_, "ms"][2] == 24 * 7


def test_the_second_course_is_a_part_of_its_own():
    info = load().medicine("Lemtrada")
    assert info is not None
    found = prefill(info, info.regimens[0])
    assert found is not None
    assert found.phases == (Phase(begins=12, begins_unit="month", offsets=(0, 1, 2), unit="day"),)
    assert (found.offsets, found.unit, found.every) == ((0, 1, 2, 3, 4), "day", None)


def test_how_long_and_how_long_watched():
    def told(name: str, place: int = 0) -> tuple[int | None, int | None, int]:
        info = load().medicine(name)
        assert info is not None
        found = prefill(info, info.regimens[place])
        assert found is not None
        return found.minutes, found.minutes_first, found.watch_days

    assert told("infliximab") == (120, None, 14)
    assert told("ocrelizumab") == (210, 150, 14)
    assert told("alemtuzumab") == (240, None, 30)
    assert told("Stelara") == (60, None, 14), "one visit: there is no later one"
    # At least one hour in Crohn's disease, at least two in ulcerative colitis.
    assert (told("Skyrizi"), told("Skyrizi", 1)) == ((60, None, 28), (120, None, 28))
    assert told("iron sucrose", 2) == (150, None, 14), "hours, on peritoneal dialysis"
