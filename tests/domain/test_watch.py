"""Urgency only goes up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain.watch import (
    ANY,
    Span,
    Tier,
    Together,
    check_temperature,
    days_since,
    urgency,
)
from caregiver_app.errors import InputRefused

LEAST = {1: Tier.COMFORT, 2: Tier.NOTE, 3: Tier.CALL_TODAY, 4: Tier.EMERGENCY}
FEVER_C = 38.0
EMERGENCY, CALL, NOTE, COMFORT = Tier.EMERGENCY, Tier.CALL_TODAY, Tier.NOTE, Tier.COMFORT


def test_order_is_by_urgency_not_by_letter():
    assert sorted(Tier) == [COMFORT, NOTE, CALL, EMERGENCY]
    assert max(CALL, EMERGENCY) is EMERGENCY
    assert [tier.rank for tier in Tier] == [0, 1, 2, 3]
    assert Tier("call_today") is CALL
    assert COMFORT < NOTE <= NOTE < CALL <= EMERGENCY
    assert EMERGENCY > CALL >= CALL > NOTE >= COMFORT


@pytest.mark.parametrize(
    ("sign", "severity", "temperature", "immunity", "infection", "medicine", "expected"),
    [
        # the sign alone
        (COMFORT, 1, None, False, False, None, COMFORT),
        (NOTE, 1, None, False, False, None, NOTE),
        (EMERGENCY, 1, None, False, False, None, EMERGENCY),
        # a sign in the family's own words is worth a note at least
        (None, 1, None, False, False, None, NOTE),
        (None, 4, None, False, False, None, EMERGENCY),
        # severity raises and never lowers
        (COMFORT, 2, None, False, False, None, NOTE),
        (NOTE, 3, None, False, False, None, CALL),
        (NOTE, 4, None, False, False, None, EMERGENCY),
        (EMERGENCY, 2, None, False, False, None, EMERGENCY),
        # the fever limit counts from the limit on, whatever the medicine
        (NOTE, 1, 37.9, True, False, None, NOTE),
        (NOTE, 1, 38.0, True, False, None, CALL),
        (NOTE, 1, 38.0, False, False, None, CALL),
        (EMERGENCY, 1, 39.0, True, False, None, EMERGENCY),
        # 100.4 F typed in Fahrenheit
        (NOTE, 1, (100.4 - 32) * 5 / 9, False, False, None, CALL),
        (NOTE, 1, (100.3 - 32) * 5 / 9, False, False, None, NOTE),
        # a sign of infection with lowered immunity is a call the same day, without a fever too
        (NOTE, 1, 36.8, True, True, None, CALL),
        (NOTE, 1, 36.8, False, True, None, NOTE),
        # a rule of the medicine
        (NOTE, 1, None, True, False, EMERGENCY, EMERGENCY),
        (EMERGENCY, 1, None, True, False, NOTE, EMERGENCY),
    ],
)
def test_the_most_urgent_of_all(
    sign, severity, temperature, immunity, infection, medicine, expected
):
    found = urgency(
        sign,
        severity,
        LEAST,
        temperature,
        FEVER_C,
        lowers_immunity=immunity,
        infection=infection,
        medicine_tier=medicine,
    )
    assert found is expected


@pytest.mark.parametrize(
    ("sign", "fever", "temperature", "expected"),
    [
        # with a medicine that makes fever an emergency
        (CALL, True, None, EMERGENCY),
        (NOTE, False, 38.0, EMERGENCY),
        (None, False, 38.0, EMERGENCY),
        (COMFORT, False, 37.9, COMFORT),
        (NOTE, False, 37.9, NOTE),
        (NOTE, False, None, NOTE),
        (CALL, False, None, CALL),
        (EMERGENCY, False, 36.8, EMERGENCY),
    ],
)
def test_fever_with_some_medicines_is_an_emergency(sign, fever, temperature, expected):
    def found(*, emergency):
        return urgency(
            sign, 1, LEAST, temperature, FEVER_C, lowers_immunity=True, fever=fever,
            fever_emergency=emergency,
        )  # fmt: skip

    assert found(emergency=True) is expected
    assert found(emergency=False) <= found(emergency=True)
    if fever or temperature == 38.0:
        assert found(emergency=False) is CALL


def test_with_some_medicines_the_teams_limit_is_the_one_that_counts():
    def with_limit(limit):
        return urgency(NOTE, 1, LEAST, 37.6, limit, lowers_immunity=True, fever_emergency=True)

    assert with_limit(37.5) is EMERGENCY
    assert with_limit(38.0) is NOTE


def test_a_limit_of_the_team_replaces_ours():
    def with_limit(limit):
        return urgency(NOTE, 1, LEAST, 37.6, limit, lowers_immunity=False)

    assert with_limit(37.5) is CALL
    assert with_limit(38.0) is NOTE


@pytest.mark.parametrize(
    ("sign", "slow_nerve", "medicine", "expected"),
    [
        (NOTE, True, True, CALL),
        (COMFORT, True, True, CALL),
        (EMERGENCY, True, True, EMERGENCY),
        (NOTE, True, False, NOTE),
        (NOTE, False, True, NOTE),
    ],
)
def test_slow_changes_of_the_nerves(sign, slow_nerve, medicine, expected):
    found = urgency(
        sign, 1, LEAST, None, FEVER_C, lowers_immunity=True, slow_nerve=slow_nerve,
        nerve_medicine=medicine,
    )  # fmt: skip
    assert found is expected


TOGETHER = Together(
    frozenset({"hives", "flush"}),
    frozenset({"bruise", "worry", "mistake"}),
    {
        "sores": ((frozenset({"fever"}), EMERGENCY), (frozenset({"tired"}), CALL)),
        "bruise": ((frozenset({"chills"}), CALL),),
        "mistake": ((frozenset({ANY}), EMERGENCY),),
    },
    24,
)
KNOWN = ["hives", "flush", "bruise", "worry", "mistake", "sores", "fever", "tired", "chills", "x"]


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ({"hives"}, None),
        ({"flush"}, None),
        ({"hives", "flush"}, EMERGENCY),
        ({"hives", "tired"}, EMERGENCY),
        ({"flush", "the family's own words"}, EMERGENCY),
        ({"hives", "bruise"}, None),
        ({"hives", "worry", "bruise"}, None),
        ({"tired", "fever"}, None),
        ({"sores", "tired"}, CALL),
        ({"sores", "fever"}, EMERGENCY),
        ({"sores", "fever", "tired"}, EMERGENCY),
        ({"bruise", "chills"}, CALL),
        ({"mistake"}, None),
        ({"mistake", "worry"}, None),
        ({"mistake", "tired"}, EMERGENCY),
        (set(), None),
    ],
)
def test_signs_that_come_together(signs, expected):
    assert TOGETHER.tier(signs) is expected


@given(signs=st.sets(st.sampled_from(KNOWN)), more=st.sets(st.sampled_from(KNOWN)))
def test_more_signs_never_ask_for_less(signs, more):
    fewer, all_of_them = TOGETHER.tier(signs), TOGETHER.tier(signs | more)
    assert fewer is None or (all_of_them is not None and all_of_them >= fewer)


NOON = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        (Span(NOON, NOON), Span(NOON, NOON), True),
        (Span(NOON, NOON), Span(NOON + DAY, NOON + DAY), True),
        (Span(NOON, NOON), Span(NOON + DAY * 1.001, NOON + DAY * 1.001), False),
        # from the end of the first to the start of the second
        (Span(NOON, NOON + 5 * DAY), Span(NOON + 6 * DAY, NOON + 6 * DAY), True),
        (Span(NOON, NOON + 5 * DAY), Span(NOON + 7 * DAY, NOON + 7 * DAY), False),
        # what goes on has no end
        (Span(NOON, None), Span(NOON + 90 * DAY, NOON + 90 * DAY), True),
        (Span(NOON, None), Span(NOON - 2 * DAY, NOON - 2 * DAY), False),
        (Span(NOON, None), Span(NOON - 2 * DAY, NOON - DAY), True),
        (Span(NOON, None), Span(NOON + DAY, None), True),
    ],
)
def test_what_was_seen_near_each_other(one, other, near):
    assert one.is_near(other, 24) is near
    assert other.is_near(one, 24) is near


def test_a_slip_in_the_data_never_makes_worse_count_less():
    slip = {1: Tier.CALL_TODAY, 2: Tier.NOTE, 3: Tier.NOTE, 4: Tier.NOTE}
    assert urgency(NOTE, 4, slip, None, FEVER_C, lowers_immunity=False) is CALL


@pytest.mark.parametrize("severity", [0, 5, -1])
def test_severity_outside_the_four_is_refused(severity):
    with pytest.raises(InputRefused) as refused:
        urgency(NOTE, severity, LEAST, None, FEVER_C, lowers_immunity=False)
    assert refused.value.field == "severity"


@pytest.mark.parametrize("reading", [29.9, 45.1, 100.4, 0.0, -38.0, float("nan"), float("inf")])
def test_no_body_temperature_is_refused(reading):
    with pytest.raises(InputRefused) as refused:
        urgency(NOTE, 1, LEAST, reading, FEVER_C, lowers_immunity=False)
    assert refused.value.key == "sign.temperature"
    assert refused.value.field == "temperature_c"


@pytest.mark.parametrize("reading", [30.0, 36.6, 45.0])
def test_a_body_temperature_is_taken(reading):
    assert check_temperature(reading) == reading


inputs = {
    "sign": st.sampled_from([None, *Tier]),
    "severity": st.integers(1, 4),
    "temperature": st.none() | st.floats(30, 45),
    "limit": st.floats(36, 40),
    "immunity": st.booleans(),
    "infection": st.booleans(),
    "medicine": st.sampled_from([None, *Tier]),
    "fever": st.booleans(),
    "fever_emergency": st.booleans(),
    "slow_nerve": st.booleans(),
    "nerve_medicine": st.booleans(),
    "together": st.sampled_from([None, *Tier]),
}


def _of(case):
    return urgency(
        case["sign"],
        case["severity"],
        LEAST,
        case["temperature"],
        case["limit"],
        lowers_immunity=case["immunity"],
        infection=case["infection"],
        medicine_tier=case["medicine"],
        fever=case["fever"],
        fever_emergency=case["fever_emergency"],
        slow_nerve=case["slow_nerve"],
        nerve_medicine=case["nerve_medicine"],
        together=case["together"],
    )


def _raised(case, which, by):
    """Return the case with one input made worse, or None where it cannot be."""
    worse = dict(case)
    if isinstance(case[which], bool):
        worse[which] = True
    elif which == "severity":
        worse[which] = min(4, case[which] + by)
    elif which == "temperature":
        worse[which] = 30.0 + by * 3 if case[which] is None else min(45.0, case[which] + by)
    elif which == "limit":
        worse[which] = case[which] - by
    elif case[which] is None and which == "sign":
        # An unknown sign is already a note; a comfort sign is not worse than that.
        worse[which] = Tier.EMERGENCY
    else:
        ranks = list(Tier)
        worse[which] = Tier.COMFORT if case[which] is None else ranks[max(0, case[which].rank - by)]
    return worse


@given(
    case=st.fixed_dictionaries(inputs), which=st.sampled_from(sorted(inputs)), by=st.integers(1, 3)
)
def test_raising_any_input_never_lowers_the_result(case, which, by):
    assert _of(_raised(case, which, by)) >= _of(case)


@given(case=st.fixed_dictionaries(inputs))
def test_never_below_the_sign_itself(case):
    assert _of(case) >= (case["sign"] or Tier.NOTE)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 24), 0),
        (date(2026, 11, 27), 3),
        (date(2026, 12, 8), 14),
        (date(2026, 11, 23), -1),
    ],
)
def test_days_since(day, expected):
    assert days_since(date(2026, 11, 24), day) == expected
