"""Why a sign is more urgent than it is by itself: each reason is named, none of another level."""

from __future__ import annotations

import pytest

from caregiver_app.domain.entities import Medicine, SideEffect
from caregiver_app.domain.watch import Tier
from caregiver_app.services.reference import load
from caregiver_app.services.urgency import Reason
from tests.factories import line, moment
from tests.fakes import Home


@pytest.fixture
def sam(home: Home) -> Home:
    home.add(line("person", id="sam", name="Sam"))
    return home


def seen(sign: str, at: str = "2026-11-20T12:00", **fields: object) -> SideEffect:
    told = {"id": "", "person": "sam", "severity": 1, "urgency": ""}
    return SideEffect(sign=sign, at=moment(at), **{**told, **fields})


def takes(home: Home, name: str) -> None:
    home.house.people.save_medicine(Medicine(id="", person="sam", name=name))


def reasons(home: Home, sign: str, **fields: object) -> tuple[Reason, ...]:
    return home.house.watch.urgency.reasons(seen(sign, **fields))


def test_what_is_as_urgent_as_by_itself_has_no_reason(sam: Home):
    assert reasons(sam, "headache") == ()
    assert reasons(sam, "fever", temperature_c=38.3) == ()
    assert reasons(sam, "chest_pain", severity=4) == ()


def test_hives_are_named_with_the_second_sign_and_the_other_way_round(sam: Home):
    hives = sam.house.watch.save(seen("hives_rash", "2026-11-20T10:05"))
    (one,) = reasons(sam, "metallic_taste")
    assert (one.kind, one.tier, one.entry) == ("seen", Tier.EMERGENCY, hives)
    taste = sam.house.watch.save(seen("metallic_taste"))
    (other,) = sam.house.watch.urgency.reasons(hives)
    assert other.entry == taste


def test_the_rule_of_a_medicine_is_told_in_its_own_words(sam: Home):
    takes(sam, "infliximab")
    (one,) = reasons(sam, "hives_rash")
    info = load().medicine("infliximab")
    assert info is not None
    (item,) = [item for item in info.watch if "hives_rash" in item.signs]
    assert one == Reason("medicine", Tier.EMERGENCY, medicine="infliximab", text=item.text)


def test_a_headache_with_a_reading_at_the_limit_names_the_reading(sam: Home):
    (one,) = reasons(sam, "headache", temperature_c=38.3)
    assert one == Reason("reading", Tier.EMERGENCY, celsius=38.3)
    sam.house.watch.save(seen("headache", temperature_c=38.3))
    (again,) = reasons(sam, "headache")
    assert again.celsius == 38.3


def test_a_fever_names_the_headache_that_came_with_it(sam: Home):
    headache = sam.house.watch.save(seen("headache"))
    (one,) = reasons(sam, "fever", temperature_c=38.3)
    assert one.entry == headache


def test_fever_with_a_complement_blocker_and_infection_and_severity(sam: Home):
    assert [one.kind for one in reasons(sam, "cold_symptoms")] == ["infection"]
    assert [one.kind for one in reasons(sam, "fatigue", severity=3)] == ["severity"]
    takes(sam, "Soliris")
    assert Reason("fever", Tier.EMERGENCY, medicine="Soliris") in reasons(sam, "fever")
    assert {one.tier for one in reasons(sam, "cold_symptoms", temperature_c=38.0)} == {
        Tier.EMERGENCY
    }


def test_a_slow_change_says_what_the_medicine_is_watched_for(sam: Home):
    takes(sam, "natalizumab")
    found = reasons(sam, "dizziness")
    assert found
    assert {(one.kind, one.tier) for one in found} == {("medicine", Tier.CALL_TODAY)}
    assert any("balance" in one.text for one in found)


@pytest.mark.parametrize("sign", [one.id for one in load().signs])
@pytest.mark.parametrize("medicine", ["", "infliximab", "Soliris", "natalizumab"])
def test_every_sign_that_is_raised_says_why_and_at_its_own_level(
    sam: Home, sign: str, medicine: str
):
    if medicine:
        takes(sam, medicine)
    sam.house.watch.save(seen("hives_rash", "2026-11-20T10:05"))
    info = load().sign(sign)
    assert info is not None
    level = sam.house.watch.urgency_of(seen(sign))
    found = reasons(sam, sign)
    assert bool(found) is (level > info.tier)
    assert {one.tier for one in found} <= {level}


@pytest.mark.parametrize(
    "sign", ["hearing_change", "jaw_problem", "skin_change", "hair_thinning", "appetite_weight",
             "sleep_trouble", "worry_before", "needle_bruise", "coolness_at_site",
             "shingles_rash", "thigh_groin_pain", "high_blood_sugar", "mood_change"]
)  # fmt: skip
def test_what_is_local_old_or_of_the_mind_is_no_second_sign(sam: Home, sign: str):
    sam.house.watch.save(seen("hives_rash"))
    assert sam.house.watch.urgency_of(seen(sign)) < Tier.EMERGENCY


@pytest.mark.parametrize("sign", ["hair_thinning", "skin_change", "worry_before", "jaw_problem"])
def test_an_entry_with_fever_is_an_emergency_and_what_stands_apart_is_none(sam: Home, sign: str):
    kept = sam.house.watch.save(seen(sign))
    both = sam.house.watch.save(seen("headache", temperature_c=38.3))
    assert both.urgency == Tier.EMERGENCY, "a headache with fever is one by itself"
    assert sam.house.watch.urgency_of(seen(sign)) < Tier.EMERGENCY
    again = sam.house.watch.get(kept.id)
    assert again is not None
    assert again.urgency != Tier.EMERGENCY
    assert all(one.tier < Tier.EMERGENCY for one in reasons(sam, sign))


def test_each_sign_of_an_entry_raises_what_it_raises_alone(sam: Home):
    both = sam.house.watch.save(seen("trouble_breathing", temperature_c=38.3))
    (one,) = reasons(sam, "headache")
    assert (one.tier, one.entry) == (Tier.EMERGENCY, both)
    (other,) = reasons(sam, "hives_rash")
    assert (other.tier, other.entry) == (Tier.EMERGENCY, both)


@pytest.mark.parametrize(
    "sign", ["hearing_change", "shingles_rash", "thigh_groin_pain", "high_blood_sugar"]
)
def test_a_medicine_taken_wrongly_makes_these_an_emergency_all_the_same(sam: Home, sign: str):
    error = sam.house.watch.save(seen("medicine_error"))
    assert error.urgency == Tier.CALL_TODAY
    sam.house.watch.save(seen(sign))
    kept = sam.house.watch.get(error.id)
    assert kept is not None
    assert kept.urgency == Tier.EMERGENCY


def test_what_to_say_on_the_phone_has_the_sign_then_what_it_came_after():
    for sign in load().signs:
        what, comma, around = sign.say.partition(", ")
        assert what, sign.id
        assert comma, sign.id
        assert "," not in around, sign.id
        assert around.split()[0] in ("after", "on", "since", "before", "during"), sign.id
