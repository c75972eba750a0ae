"""How urgent each sign is: by itself, by severity, fever and medicine, and together with others.

`urgency_facts.json` holds the levels of the clinical facts; the program may ask for more, never
for less. Entries are really saved, and what is asserted is what the data holds afterwards.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import Medicine, OwnSign, SideEffect, Version
from caregiver_app.domain.times import instant
from caregiver_app.domain.watch import ANY, FEVER, Tier
from caregiver_app.services.reference import load
from caregiver_app.storage.watching import side_effects_near
from tests.factories import line, moment
from tests.fakes import Home

FACTS = json.loads((Path(__file__).parent / "urgency_facts.json").read_text(encoding="utf-8"))
TIERS = {sign: Tier(tier) for tier, signs in FACTS["signs"].items() for sign in signs}
RULES = {
    (medicine, sign): Tier(tier)
    for medicine, told in FACTS["medicines"].items()
    for tier in sorted(told, key=lambda one: Tier(one))
    for sign in told[tier]
}
SIGNS = sorted(TIERS)
EMERGENCY, CALL, NOTE, COMFORT = Tier.EMERGENCY, Tier.CALL_TODAY, Tier.NOTE, Tier.COMFORT
INFECTION = {
    "fever", "chills", "pneumonia_signs", "sepsis_signs", "meningitis_signs", "painful_urination",
    "shingles_rash", "tb_signs", "cough", "cold_symptoms",
}  # fmt: skip
"""Signs of infection: with a medicine that lowers immunity they are a call the same day."""
SEVERITY = {1: COMFORT, 2: NOTE, 3: CALL, 4: EMERGENCY}
NERVE_MEDICINES = [
    "natalizumab", "ocrelizumab", "rituximab", "ublituximab", "belimumab", "vedolizumab",
]  # fmt: skip
NERVE_SIGNS = [
    "gradual_neuro_change", "vision_change", "dizziness", "weakness_bone_pain", "mood_change",
]  # fmt: skip
FEVER_EMERGENCY = ["cyclophosphamide_iv", "eculizumab", "ravulizumab"]
JOINED = [
    (sign.id, other, escalation.tier)
    for sign in load().signs
    for escalation in sign.escalate
    for other in escalation.joined
    if other != ANY
]


@pytest.fixture
def sam(home: Home) -> Home:
    home.add(line("person", id="sam", name="Sam"))
    return home


def seen(sign: str, at: str = "2026-11-20T12:00", **fields: object) -> SideEffect:
    told = {"id": "", "person": "sam", "severity": 1, "urgency": ""}
    return SideEffect(sign=sign, at=moment(at), **{**told, **fields})


def level(home: Home, sign: str, at: str = "2026-11-20T12:00", **fields: object) -> Tier:
    return home.house.watch.urgency_of(seen(sign, at, **fields))


def wrote(home: Home, sign: str, at: str = "2026-11-20T12:00", **fields: object) -> SideEffect:
    return home.house.watch.save(seen(sign, at, **fields))


def kept(home: Home, entry: SideEffect) -> Tier:
    found = home.house.watch.get(entry.id)
    assert found is not None
    return Tier(found.urgency)


def named(home: Home, entry: SideEffect) -> list[str]:
    """The other entries that are named as what makes this one more urgent."""
    found = home.house.watch.urgency.reasons(entry)
    return [one.entry.id for one in found if one.entry is not None]


def takes(home: Home, medicine: str, person: str = "sam") -> None:
    info = load().medicine(medicine)
    assert info is not None
    home.house.people.save_medicine(Medicine(id="", person=person, name=info.name))


def alone(sign: str) -> Tier:
    return max(TIERS[sign], CALL if sign in INFECTION else COMFORT)


def test_every_sign_of_the_facts_is_there_with_its_level():
    assert {sign.id: sign.tier for sign in load().signs} == TIERS
    assert len(TIERS) == 64
    assert {sign.id for sign in load().signs if sign.infection} == INFECTION


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_by_itself_and_by_severity(sam: Home, sign: str):
    for severity, least in SEVERITY.items():
        assert level(sam, sign, severity=severity) is max(alone(sign), least), severity


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_with_a_reading(sam: Home, sign: str):
    assert level(sam, sign, temperature_c=37.9) is alone(sign)
    told = load().together.tier({sign, FEVER}) or COMFORT
    assert level(sam, sign, temperature_c=38.0) is max(alone(sign), CALL, told)
    takes(sam, "eculizumab")
    assert level(sam, sign, temperature_c=38.0) is EMERGENCY


@pytest.mark.parametrize(
    "sign", ["mouth_sores", "chills", "painful_urination", "headache", "hives_rash", "flushing"]
)
def test_fever_makes_these_an_emergency_as_their_own_lines_say(sam: Home, sign: str):
    assert level(sam, sign, temperature_c=38.4) is EMERGENCY


@pytest.mark.parametrize("medicine", sorted(FACTS["medicines"]))
def test_every_rule_of_a_medicine(sam: Home, medicine: str):
    takes(sam, medicine)
    for sign in SIGNS:
        least = max(alone(sign), RULES.get((medicine, sign), COMFORT))
        if sign == "fever" and medicine in FEVER_EMERGENCY:
            least = EMERGENCY
        if sign in NERVE_SIGNS and medicine in NERVE_MEDICINES:
            least = max(least, CALL)
        found = level(sam, sign)
        assert found >= least, (medicine, sign)
        # More than the facts ask for comes from a line that says so, never by chance.
        assert found is least or (medicine, sign) in STRICTER, (medicine, sign, found)


STRICTER = {
    ("cyclophosphamide_iv", "chills"), ("lecanemab_iv", "headache"), ("lecanemab_iv", "dizziness"),
    ("donanemab", "headache"), ("donanemab", "dizziness"),
    ("golimumab_iv", "dizziness"), ("infliximab", "dizziness"),
}  # fmt: skip
"""Where our lines ask for more than the table: fever's, those of small bleeds in the brain, and
the slow changes that golimumab and infliximab are watched for too."""


@pytest.mark.parametrize("medicine", NERVE_MEDICINES)
@pytest.mark.parametrize("sign", NERVE_SIGNS)
def test_slow_changes_of_the_nerves_are_the_same_day(sam: Home, medicine: str, sign: str):
    takes(sam, medicine)
    assert level(sam, sign) >= CALL


def test_slow_changes_ask_for_it_only_with_such_a_medicine(sam: Home):
    assert level(sam, "dizziness") is NOTE
    takes(sam, "eptinezumab")
    assert level(sam, "dizziness") is NOTE
    takes(sam, "natalizumab")
    assert level(sam, "dizziness") is CALL
    # A family's tiredness is a note, and its line says what makes it more.
    assert level(sam, "fatigue") is NOTE
    told = load().sign("fatigue")
    assert told is not None
    assert "call today" in told.tell_apart


def test_medicines_of_somebody_else_and_of_the_past_ask_for_nothing(sam: Home):
    sam.add(line("person", id="kim", name="Kim"))
    takes(sam, "eculizumab", person="kim")
    assert level(sam, "fever") is CALL
    sam.house.people.save_medicine(Medicine(id="", person="sam", name="Soliris", past=True))
    assert level(sam, "fever") is CALL


@pytest.mark.parametrize("medicine", FEVER_EMERGENCY)
def test_fever_is_an_emergency_with_these(sam: Home, medicine: str):
    takes(sam, medicine)
    assert level(sam, "fever") is EMERGENCY
    assert level(sam, "fatigue", temperature_c=38.0) is EMERGENCY


def test_the_limit_that_the_team_gave_counts(sam: Home):
    sam.add(line("person", id="sam", name="Sam", fever_c=37.5, fever_set_by="Nurse Ruiz"))
    assert level(sam, "fatigue", temperature_c=37.5) is CALL
    assert level(sam, "hives_rash", temperature_c=37.5) is EMERGENCY


# --- Hives or a flush with a second sign ------------------------------------------------------

SECOND = [sign for sign in SIGNS if sign not in load().together.apart]


def test_the_data_says_of_every_sign_whether_it_is_a_second_one():
    together = load().together
    assert together.skin == {"hives_rash", "flushing"}
    assert together.hours == 24
    assert together.apart <= set(SIGNS)
    # What facts name with hives or a flush, and what they call a reaction to a drip, always counts.
    named = [
        "anaphylaxis", "trouble_breathing", "face_throat_swelling", "fainting_low_bp", "vomiting",
        "nausea", "dizziness", "headache", "fatigue", "abdominal_pain", "fever", "chills", "cough",
        "chest_pain", "drowsiness", "diarrhoea", "muscle_cramps", "metallic_taste",
    ]  # fmt: skip
    assert not together.apart & set(named)
    assert not together.apart & {sign for sign in TIERS if TIERS[sign] is EMERGENCY} - {
        "suicidal_thoughts"
    }


@pytest.mark.parametrize("second", SECOND)
@pytest.mark.parametrize("skin", ["hives_rash", "flushing"])
def test_hives_with_any_second_sign_in_both_orders(sam: Home, skin: str, second: str):
    if second == skin:
        wrote(sam, skin)
        assert kept(sam, wrote(sam, skin, "2026-11-20T13:00")) is alone(skin)
        return
    first = wrote(sam, skin, "2026-11-10T12:00")
    assert kept(sam, first) is alone(skin)
    then = wrote(sam, second, "2026-11-11T12:00")
    assert then.urgency == EMERGENCY
    assert kept(sam, first) is EMERGENCY
    before = wrote(sam, second, "2026-11-15T12:00")
    assert kept(sam, before) is alone(second)
    after = wrote(sam, skin, "2026-11-16T12:00")
    assert after.urgency == EMERGENCY
    assert kept(sam, before) is EMERGENCY


@pytest.mark.parametrize("apart", sorted(load().together.apart))
def test_what_is_no_second_sign_leaves_hives_alone(sam: Home, apart: str):
    first = wrote(sam, "hives_rash")
    other = wrote(sam, apart)
    assert kept(sam, first) is (EMERGENCY if apart == "medicine_error" else CALL)
    assert kept(sam, other) is (EMERGENCY if apart == "medicine_error" else alone(apart))


def test_words_of_the_family_count_as_a_second_sign(sam: Home):
    first = wrote(sam, "hives_rash")
    assert wrote(sam, "feels strange all over").urgency == EMERGENCY
    assert kept(sam, first) is EMERGENCY


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ("2026-11-12T12:00", EMERGENCY),
        ("2026-11-12T12:01", NOTE),
        ("2026-11-10T12:00", EMERGENCY),
        ("2026-11-10T11:59", NOTE),
    ],
)
def test_a_day_apart_is_together_a_minute_more_is_not(sam: Home, later: str, expected: Tier):
    first = wrote(sam, "hives_rash", "2026-11-11T12:00")
    assert wrote(sam, "nausea", later).urgency == expected
    assert kept(sam, first) is (EMERGENCY if expected is EMERGENCY else CALL)


def test_a_day_apart_is_counted_in_hours_across_zones_and_the_change_of_clocks(sam: Home):
    # The clocks went back on 1 November: a wall clock's day was 25 hours.
    first = wrote(sam, "hives_rash", "2026-10-31T12:00")
    assert wrote(sam, "nausea", "2026-11-01T12:00").urgency == NOTE
    assert wrote(sam, "nausea", "2026-11-01T11:00").urgency == EMERGENCY
    assert kept(sam, first) is EMERGENCY
    tokyo = moment("2026-11-20T23:00", "Asia/Tokyo")
    far = sam.house.watch.save(SideEffect(
        id="", person="sam", sign="flushing", severity=1, at=tokyo, urgency=""))  # fmt: skip
    # Nine in the morning of that day in New York.
    assert wrote(sam, "nausea", "2026-11-21T08:59").urgency == EMERGENCY
    assert kept(sam, far) is EMERGENCY
    assert wrote(sam, "nausea", "2026-11-21T09:30").urgency == NOTE


def test_a_whole_day_reaches_from_its_first_to_its_last_hour(sam: Home):
    day = wrote(sam, "hives_rash", "2026-11-11")
    assert kept(sam, day) is CALL
    assert wrote(sam, "nausea", "2026-11-10T00:00").urgency == EMERGENCY
    assert wrote(sam, "nausea", "2026-11-13T00:01").urgency == NOTE
    assert wrote(sam, "nausea", "2026-11-13T00:00").urgency == EMERGENCY


def test_what_goes_on_counts_until_it_is_over(sam: Home):
    first = wrote(sam, "hives_rash", "2026-11-01T12:00", going_on=True)
    second = wrote(sam, "nausea", "2026-11-18T12:00")
    assert second.urgency == EMERGENCY
    assert kept(sam, first) is EMERGENCY
    ended = instant(moment("2026-11-19T12:00"), "America/New_York")
    closed = sam.house.watch.get(first.id)
    assert closed is not None
    sam.house.watch.save(replace(closed, going_on=False, ended=ended))
    assert wrote(sam, "nausea", "2026-11-20T12:00").urgency == EMERGENCY
    assert wrote(sam, "nausea", "2026-11-20T12:01").urgency == NOTE


def test_an_older_one_that_goes_on_raises_what_came_after_it(sam: Home):
    after = wrote(sam, "nausea", "2026-11-18T12:00")
    assert kept(sam, after) is NOTE
    assert wrote(sam, "hives_rash", "2026-11-01T12:00", going_on=True).urgency == EMERGENCY
    assert kept(sam, after) is EMERGENCY


def test_signs_of_two_people_never_come_together(sam: Home):
    sam.add(line("person", id="kim", name="Kim"))
    first = wrote(sam, "hives_rash")
    assert wrote(sam, "nausea", person="kim").urgency == NOTE
    assert kept(sam, first) is CALL


def test_an_entry_never_comes_together_with_itself(sam: Home):
    wrong = wrote(sam, "hives_rash")
    right = replace(wrong, sign="nausea")
    assert named(sam, right) == []
    assert sam.house.watch.save(right).urgency == NOTE


def test_a_removed_one_counts_no_more(sam: Home):
    gone = wrote(sam, "hives_rash")
    sam.house.watch.remove(gone.id)
    assert wrote(sam, "nausea").urgency == NOTE


def test_it_is_one_step_and_undo_takes_back_both(sam: Home):
    first = wrote(sam, "hives_rash")
    before = sam.dump()
    wrote(sam, "nausea")
    assert sam.dump() != before
    sam.house.care.undo()
    assert sam.dump() == before
    assert kept(sam, first) is CALL


def test_the_one_raised_says_since_when_and_with_what(sam: Home):
    watch = sam.house.watch
    first = wrote(sam, "hives_rash", "2026-11-20T12:00")
    second = wrote(sam, "nausea", "2026-11-20T20:00")
    third = wrote(sam, "hair_thinning", "2026-11-20T21:00")
    raised = watch.get(first.id)
    assert raised is not None
    assert named(sam, raised) == [second.id]
    assert named(sam, second) == [first.id]
    assert named(sam, third) == []
    was = [one.was for one in sam.house.care.store.all(Version, entry=first.id)]
    assert [json.loads(one)["urgency"] for one in was] == ["call_today"]


def test_correcting_the_partner_lowers_nothing_by_itself(sam: Home):
    first = wrote(sam, "hives_rash")
    second = wrote(sam, "nausea")
    sam.house.watch.remove(second.id)
    assert kept(sam, first) is EMERGENCY
    again = sam.house.watch.get(first.id)
    assert again is not None
    assert sam.house.watch.save(again).urgency == CALL


# --- Signs that another one names -----------------------------------------------------------------


@pytest.mark.parametrize(("sign", "other", "tier"), JOINED)
def test_a_sign_that_comes_with_it_makes_it_more_urgent(
    sam: Home, sign: str, other: str, tier: Tier
):
    first = wrote(sam, sign, "2026-11-10T12:00")
    then = wrote(sam, other, "2026-11-11T12:00")
    assert kept(sam, first) >= tier
    assert then.urgency >= tier
    apart = wrote(sam, other, "2026-11-15T12:00")
    assert apart.urgency == alone(other)


def test_the_joined_signs_are_known_and_many():
    known = {sign.id for sign in load().signs} | {ANY}
    for sign in load().signs:
        for escalation in sign.escalate:
            assert set(escalation.joined) <= known - {sign.id}, sign.id
            assert escalation.tier > sign.tier, f"{sign.id}: {escalation.condition}"
    assert len(JOINED) > 100


# --- Signs of the family -----------------------------------------------------------------


def own(home: Home, name: str, tier: Tier, person: str = "sam") -> None:
    with home.house.care.change("done.side_effect", sign=name):
        entry = OwnSign(id="", person=person, name=name, tier=tier.value)
        home.house.care.store.put(home.house.care.stamped(entry, None))


@pytest.mark.parametrize("tier", list(Tier))
def test_an_own_sign_has_the_level_that_the_family_gave_it(sam: Home, tier: Tier):
    own(sam, "Odd smell", tier)
    assert level(sam, "Odd smell") is tier
    assert level(sam, "  odd SMELL ") is tier
    for severity, least in SEVERITY.items():
        assert level(sam, "Odd smell", severity=severity) is max(tier, least)
    assert level(sam, "Odd smell", temperature_c=38.0) is max(tier, CALL)


def test_an_own_sign_is_that_persons_only(sam: Home):
    sam.add(line("person", id="kim", name="Kim"))
    own(sam, "Odd smell", EMERGENCY, person="kim")
    assert level(sam, "Odd smell") is NOTE


def test_an_own_sign_never_makes_a_known_one_less(sam: Home):
    own(sam, "fever", COMFORT)
    assert level(sam, "fever") is CALL


# --- Reading neighbours -----------------------------------------------------------------


def test_neighbours_are_one_query_within_a_window(sam: Home):
    store = sam.house.care.store
    for day in range(1, 20):
        wrote(sam, "headache", f"2026-10-{day:02}T12:00")
    asked: list[str] = []
    store._connection.set_trace_callback(asked.append)
    level(sam, "nausea", at="2026-10-10T12:00")
    store._connection.set_trace_callback(None)
    assert len([one for one in asked if "side_effect" in one]) == 1
    start = instant(moment("2026-10-10T12:00"), "America/New_York")
    near = side_effects_near(store, "sam", start, start)
    assert [one.at.local.day for one in near] == [8, 9, 10, 11]


def test_the_query_for_neighbours_reads_no_table_through(sam: Home):
    store = sam.house.care.store
    plans: list[str] = []
    store._connection.set_trace_callback(plans.append)
    level(sam, "nausea")
    store._connection.set_trace_callback(None)
    query = next(one for one in plans if "side_effect" in one)
    steps = [row[-1] for row in store.rows(f"EXPLAIN QUERY PLAN {query}")]
    assert steps
    assert not [step for step in steps if step.startswith("SCAN side_effect")], steps


# --- More of anything never makes less ------------------------------------------------------------

WRITTEN = st.fixed_dictionaries(
    {
        "sign": st.sampled_from([*SIGNS, "a word of ours"]),
        "severity": st.integers(1, 3),
        "reading": st.sampled_from([None, 36.8, 37.9, 38.0, 39.5]),
    }
)
MORE = st.sampled_from(["severity", "fever", "sign", "medicine"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=WRITTEN,
    other=WRITTEN,
    hours=st.integers(-30, 30),
    medicine=st.sampled_from(sorted(FACTS["medicines"])),
    more=st.lists(MORE, min_size=1, max_size=4, unique=True),
)
def test_severity_fever_a_second_sign_or_a_medicine_never_lowers_it(
    sam: Home, written, other, hours: int, medicine: str, more: list[str]
):
    person = sam.house.care.new_id()
    sam.add(line("person", id=person, name="Somebody"))
    noon = datetime(2026, 11, 10, 12, 0)

    def entry(told, at: datetime) -> SideEffect:
        return seen(
            told["sign"], f"{at:%Y-%m-%dT%H:%M}", person=person, severity=told["severity"],
            temperature_c=told["reading"],
        )  # fmt: skip

    now = dict(written)
    level = sam.house.watch.urgency_of(entry(now, noon))
    for one in more:
        if one == "severity":
            now["severity"] += 1
        elif one == "fever":
            now["reading"] = 39.0 if now["reading"] is None else max(39.0, now["reading"])
        elif one == "sign":
            sam.house.watch.save(entry(other, noon + timedelta(hours=hours)))
        else:
            takes(sam, medicine, person=person)
        higher = sam.house.watch.urgency_of(entry(now, noon))
        assert higher >= level, one
        level = higher
