"""The signs as one family sees them: order, own signs, what is hidden, what the clinic said."""

from __future__ import annotations

import itertools
import string
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from caregiver_app.domain.entities import OwnSign, Person, Plan, SideEffect, SignChoice
from caregiver_app.domain.times import Zoned, in_zone
from caregiver_app.domain.watch import Tier
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.signs import MOST_USUAL, Sign, SignService
from tests.gui.tabs_family import Family, open_family, rosas_family

ROSA = "rosa"


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def signs(family: Family) -> SignService:
    return family.house.signs


def now(family: Family) -> Zoned:
    care = family.house.care
    return Zoned(in_zone(care.now, care.home).replace(tzinfo=None), care.home)


def log(family: Family, sign: str, *, severity: int = 1, hours_ago: int = 0) -> SideEffect:
    at = now(family)
    return family.house.watch.save(
        SideEffect(
            id="",
            person=ROSA,
            sign=sign,
            severity=severity,
            at=Zoned(at.local - timedelta(hours=hours_ago), at.zone),
            urgency="",
        )
    )


def own(signs: SignService, name: str = "Ringing ear", **more: object) -> OwnSign:
    return signs.save_own(replace(OwnSign(id="", person=ROSA, name=name), **more))


def names(found: list[Sign] | tuple[Sign, ...]) -> list[str]:
    return [one.name for one in found]


# -- Rows ------------------------------------------------------------------------------------------


def test_every_sign_stands_in_one_group(family: Family, signs: SignService) -> None:
    rows = signs.rows(ROSA, family.house.care.today)
    grouped = [one.id for tier in Tier for one in rows.of(tier)]
    assert sorted(grouped) == sorted(one.id for one in family.house.reference.signs)
    emergencies = {s.id for s in family.house.reference.signs if s.tier == Tier.EMERGENCY}
    assert emergencies <= {one.id for one in rows.emergency}


def test_a_medicine_of_theirs_can_raise_a_sign_and_never_lowers_one(
    family: Family, signs: SignService
) -> None:
    before = {one.id: signs.sign(ROSA, one.id).tier for one in family.house.reference.signs}
    for sign in family.house.reference.signs:
        assert before[sign.id] >= sign.tier
    assert before["fever"] == Tier.CALL_TODAY
    plan = family.house.care.store.all(Plan)[0]
    family.house.plans.save(replace(plan, id="", uid="", medicine="cyclophosphamide"))
    assert signs.sign(ROSA, "fever").tier == Tier.EMERGENCY
    rows = signs.rows(ROSA, family.house.care.today)
    assert "fever" in {one.id for one in rows.emergency}
    assert "fever" not in {one.id for one in rows.usual}


def test_the_usual_row_begins_with_what_this_family_logs_most(
    family: Family, signs: SignService
) -> None:
    for sign in ("hair_thinning", "metallic_taste", "hair_thinning"):
        log(family, sign)
    rows = signs.rows(ROSA, family.house.care.today)
    assert [one.id for one in rows.usual[:2]] == ["hair_thinning", "metallic_taste"]
    assert len(rows.usual) == MOST_USUAL
    assert not any(one.is_emergency for one in rows.usual)


def test_then_what_the_reference_lists_for_the_medicine_and_the_day(
    family: Family, signs: SignService
) -> None:
    today = family.house.care.today
    (medicine,) = family.house.reference.medicines_in("infliximab")
    listed = {id_ for item in medicine.watch for id_ in item.signs}
    first = signs.rows(ROSA, today).usual[0]
    assert first.id in listed
    assert first.info is not None
    assert "days_1_3" in first.info.when, "it is day 3"
    later = signs.rows(ROSA, today + timedelta(days=9)).usual
    assert later[0].info is not None
    assert "days_4_14" in later[0].info.when
    assert [one.id for one in later] != [one.id for one in signs.rows(ROSA, today).usual]


def test_somebody_without_a_medicine_gets_the_usual_ones(
    family: Family, signs: SignService
) -> None:
    family.house.people.save_person(Person(id="mei", name="王梅"))
    for whose in ("mei", None):
        usual = signs.rows(whose, family.house.care.today).usual
        assert "headache" in {one.id for one in usual}


# -- Finding ---------------------------------------------------------------------------------------


def test_for_any_two_letters_every_emergency_stands_first(
    family: Family, signs: SignService
) -> None:
    small = family.house.reference.small_words
    for pair in map("".join, itertools.product(string.ascii_lowercase, repeat=2)):
        if pair in small:
            continue
        found = signs.find(ROSA, pair)
        urgent = [one.is_emergency for one in found]
        assert urgent == sorted(urgent, reverse=True), pair
        own_name = [one.name.lower().startswith(pair) for one in found if one.is_emergency]
        assert own_name == sorted(own_name, reverse=True), pair


@pytest.mark.parametrize("typed", ["tr", "sh", "br", "ca"])
def test_the_breathing_emergency_is_among_the_first_two(signs: SignService, typed: str) -> None:
    for whose in (ROSA, None):
        assert "trouble_breathing" in [one.id for one in signs.find(whose, typed)[:2]]


@pytest.mark.parametrize(
    "typed", ["trouble breathing", "can't breathe", "short of breath", "gasping"]
)
def test_the_words_people_type_find_it_first(signs: SignService, typed: str) -> None:
    assert signs.find(ROSA, typed)[0].id == "trouble_breathing"


def test_one_letter_asks_for_nothing(signs: SignService) -> None:
    assert signs.find(ROSA, "t") == []
    assert signs.find(ROSA, " ") == []


def test_what_was_seen_just_before_counts_when_a_sign_is_looked_for(
    family: Family, signs: SignService
) -> None:
    assert signs.sign(ROSA, "nausea").tier == Tier.NOTE
    log(family, "hives_rash", hours_ago=1)
    assert signs.sign(ROSA, "nausea").tier == Tier.EMERGENCY
    assert signs.find(ROSA, "queasy")[0].tier == Tier.EMERGENCY
    rows = signs.rows(ROSA, family.house.care.today)
    assert "nausea" in {one.id for one in rows.note}, "the rows stay where they are"


# -- Signs of the family's own ---------------------------------------------------------------------


def test_an_own_sign_is_found_by_each_of_its_words(signs: SignService) -> None:
    own(signs, also=("buzzing", " ", "buzzing"), tier="call_today", note="Ring the day ward.")
    (found,) = [one for one in signs.find(ROSA, "bu") if one.own is not None]
    assert (found.name, found.tier, found.clinic) == (
        "Ringing ear",
        Tier.CALL_TODAY,
        "Ring the day ward.",
    )
    assert found.also == ("buzzing",)
    assert "Ringing ear" in names(signs.find(ROSA, "the ear ringing"))
    assert "Ringing ear" not in names(signs.find("somebody", "ringing"))


def test_words_without_spaces_are_found_by_any_part(signs: SignService) -> None:
    own(signs, "左耳鸣")
    assert names(signs.find(ROSA, "耳鸣")) == ["左耳鸣"]


def test_an_own_emergency_stands_among_the_emergencies(family: Family, signs: SignService) -> None:
    own(signs, "Zebra stripes", tier="emergency")
    assert signs.find(ROSA, "ze")[0].name == "Zebra stripes"
    rows = signs.rows(ROSA, family.house.care.today)
    assert rows.emergency[-1].name == "Zebra stripes"
    assert names(rows.own) == ["Zebra stripes"]


def test_an_own_sign_is_known_by_its_words_however_written(
    family: Family, signs: SignService
) -> None:
    own(signs)
    assert signs.sign(ROSA, " ringing  EAR ").own is not None
    assert signs.sign(ROSA, "ringing nose").own is None
    assert signs.sign(ROSA, "ringing nose").tier == Tier.NOTE
    log(family, "ringing ear")
    assert signs.rows(ROSA, family.house.care.today).usual[0].name == "Ringing ear"


def test_what_was_written_follows_a_new_name_and_undo_takes_both_back(
    family: Family, signs: SignService
) -> None:
    kept = own(signs)
    entry = log(family, "ringing EAR")
    signs.save_own(replace(kept, name="Whistling ear"))
    changed = family.house.watch.get(entry.id)
    assert changed is not None
    assert changed.sign == "Whistling ear"
    family.house.care.undo()
    assert names(signs.rows(ROSA, family.house.care.today).own) == ["Ringing ear"]
    back = family.house.watch.get(entry.id)
    assert back is not None
    assert back.sign == "ringing EAR"


def test_removing_one_leaves_what_was_written(family: Family, signs: SignService) -> None:
    kept, entry = own(signs), log(family, "Ringing ear")
    signs.remove_own(kept.id)
    assert signs.own(ROSA) == []
    assert family.house.watch.get(entry.id) is not None
    with pytest.raises(InputRefused):
        signs.remove_own(kept.id)
    family.house.care.undo()
    assert names(signs.rows(ROSA, family.house.care.today).own) == ["Ringing ear"]


@pytest.mark.parametrize("name", ["Fever", "fever ", "hair_thinning", "ringing EAR", "", "a\tb"])
def test_a_name_that_is_taken_or_no_name_is_refused(signs: SignService, name: str) -> None:
    own(signs)
    with pytest.raises(FormRefused) as refused:
        own(signs, name)
    assert refused.value.errors[0].field == "name"
    assert names([signs.sign(ROSA, one.name) for one in signs.own(ROSA)]) == ["Ringing ear"]


def test_a_level_that_there_is_not_is_refused(signs: SignService) -> None:
    with pytest.raises(FormRefused):
        own(signs, tier="soon")


# -- Hiding, and what the clinic said --------------------------------------------------------------


def test_a_hidden_sign_leaves_the_rows_and_never_the_search(
    family: Family, signs: SignService
) -> None:
    today = family.house.care.today
    log(family, "headache")
    assert signs.rows(ROSA, today).usual[0].id == "headache"
    signs.hide(ROSA, "headache", on=True)
    rows = signs.rows(ROSA, today)
    assert [one.id for one in rows.hidden] == ["headache"]
    assert "headache" not in {one.id for one in (*rows.usual, *rows.note)}
    assert "headache" in {one.id for one in signs.find(ROSA, "headache")}
    signs.hide(ROSA, "headache", on=False)
    assert signs.rows(ROSA, today).hidden == ()


def test_no_emergency_can_be_hidden_by_any_door(family: Family, signs: SignService) -> None:
    for sign in family.house.reference.signs:
        if sign.tier == Tier.EMERGENCY:
            with pytest.raises(InputRefused):
                signs.hide(ROSA, sign.id, on=True)
            choice = SignChoice(id=f"rosa:{sign.id}", person=ROSA, sign=sign.id, hidden=True)
            with pytest.raises(FormRefused):
                signs.save_choice(choice)
    with pytest.raises(InputRefused):
        signs.hide(ROSA, "no such sign", on=True)


def test_a_hidden_sign_that_becomes_an_emergency_is_shown(
    family: Family, signs: SignService
) -> None:
    signs.hide(ROSA, "fever", on=True)
    plan = family.house.care.store.all(Plan)[0]
    family.house.plans.save(replace(plan, id="", uid="", medicine="cyclophosphamide"))
    rows = signs.rows(ROSA, family.house.care.today)
    assert rows.hidden == ()
    assert "fever" in {one.id for one in rows.emergency}


def test_what_the_clinic_said_never_changes_how_urgent_it_is(
    family: Family, signs: SignService
) -> None:
    for sign in ("trouble_breathing", "fever", "headache"):
        before = signs.sign(ROSA, sign)
        signs.set_clinic(ROSA, sign, "Nothing to do. ")
        after = signs.sign(ROSA, sign)
        assert after == replace(before, clinic="Nothing to do.")
    family.house.care.undo()
    assert signs.sign(ROSA, "headache").clinic == ""
    signs.hide(ROSA, "fever", on=True)
    assert signs.sign(ROSA, "fever").clinic == "Nothing to do.", "hiding keeps the words"
    own(signs)
    signs.set_clinic(ROSA, "ringing ear", "Ring us.")
    assert signs.own(ROSA)[0].note == "Ring us."
    with pytest.raises(InputRefused):
        signs.set_clinic(ROSA, "words nobody kept", "Ring us.")


def test_a_choice_of_one_person_is_not_anothers(family: Family, signs: SignService) -> None:
    family.house.people.save_person(Person(id="mei", name="王梅"))
    signs.hide(ROSA, "headache", on=True)
    signs.set_clinic(ROSA, "fever", "Ring us.")
    assert signs.rows("mei", family.house.care.today).hidden == ()
    assert signs.sign("mei", "fever").clinic == ""


def test_what_a_kept_entry_is_about(family: Family, signs: SignService) -> None:
    kept = own(signs)
    signs.hide(ROSA, "headache", on=True)
    assert signs.of_entry("own_sign", kept.id) == (ROSA, "Ringing ear")
    assert signs.of_entry("sign_choice", "rosa:headache") == (ROSA, "headache")
    assert signs.of_entry("sign_choice", "gone") is signs.of_entry("own_sign", "gone") is None


def test_before_anybody_is_entered_the_first_decision_makes_an_unnamed_person(
    tmp_path: Path,
) -> None:
    empty = open_family(tmp_path)
    empty.house.signs.set_clinic("", "headache", "Dark room.")
    (person,) = empty.house.people.people()
    assert empty.house.signs.sign(person.id, "headache").clinic == "Dark room."
    empty.house.care.undo()
    empty.house.signs.save_own(OwnSign(id="", person="", name="Ringing ear"))
    (person,) = empty.house.people.people()
    with pytest.raises(FormRefused):
        empty.house.signs.save_own(OwnSign(id="", person="", name="ringing EAR"))
    assert len(empty.house.signs.own(person.id)) == 1
    empty.close()
