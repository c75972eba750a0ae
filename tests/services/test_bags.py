"""The bag of a visit: what is in it, what becomes of it, and that nothing leaks to another one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from caregiver_app.domain.entities import Contact
from caregiver_app.domain.packing import TemplateItem, VisitBag, bag_id
from caregiver_app.domain.plans import Choice
from caregiver_app.errors import InputRefused
from caregiver_app.messages import words
from caregiver_app.services.bags import BagLine, ClinicRules
from tests.factories import appointment, moment, plan
from tests.fakes import Home

VISIT = "p1~2"
"""On Tuesday 8 December at 9:30, two and a half hours."""


@pytest.fixture
def planned(home: Home) -> Home:
    home.house.plans.save(plan())
    return home


def line(home: Home, key: str, visit: str = VISIT) -> BagLine:
    found = home.house.bags.bag(visit).line(key)
    assert found is not None
    return found


def keys(home: Home, visit: str = VISIT) -> list[str]:
    return [one.key for one in home.house.bags.bag(visit).lines]


def done(home: Home) -> str:
    told = home.house.care.store.undo_label()
    assert told is not None
    return words(told[0], **told[1])


# ---- what is in it -----------------------------------------------------------------------------


def test_a_new_bag_holds_what_is_essential_and_what_its_visit_calls_for(planned: Home):
    bag = planned.house.bags.bag(VISIT)
    template = planned.house.reference.template("infusion_day")
    essential = {item.key for item in template.items if item.essential}
    assert {one.key for one in bag.lines} == essential | {"pillow", "book", "tablet"}
    assert {one.key for one in bag.maybe} == (
        {item.key for item in template.items} - essential - {"pillow", "book", "tablet"}
    )
    assert bag.lists == ("infusion_day",)
    assert {one.essential for one in bag.lines} == {True}
    assert {one.essential for one in bag.maybe} == {False}
    water = bag.line("water")
    assert water is not None
    assert (water.category, water.only_if, bool(water.why), water.essential) == (
        "food_drink", "no fluid limit was set", True, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "key", "in_bag"),
    [
        ({"minutes": 121}, "book", True),
        ({"minutes": 120}, "book", False),
        ({"medicine": "vedolizumab"}, "safety_card", True),
        ({"medicine": "infliximab"}, "safety_card", False),
    ],
)
def test_an_item_starts_in_the_bag_where_its_visit_calls_for_it(
    home: Home, fields: dict, key: str, *, in_bag: bool
):
    home.house.plans.save(plan(**fields))
    bag = home.house.bags.bag(VISIT)
    assert (key in [one.key for one in bag.lines]) is in_bag
    assert (key in [one.key for one in bag.maybe]) is not in_bag


def test_the_first_visit_adds_its_own_list(planned: Home):
    bag = planned.house.bags.bag("p1~1")
    assert bag.lists == ("infusion_day", "first_infusion")
    found = {one.key for one in bag.lines}
    assert {"questions", "med_guide", "driver"} <= found
    assert "vaccine_record" not in found, "infliximab does not ask for it"
    assert planned.house.bags.bag(VISIT).lists == ("infusion_day",)


@pytest.mark.parametrize(
    ("kind", "lists"),
    [("infusion", ("infusion_day",)), ("lab", ("lab_visit",)), ("follow-up", ("doctor_followup",)),
     ("drive", ()), ("other", ()), ("medication", ())],
)  # fmt: skip
def test_which_kinds_bring_a_bag_by_themselves(home: Home, kind: str, lists: tuple[str, ...]):
    visit = home.house.agenda.save(appointment(type=kind))
    bags = home.house.bags
    assert (bags.bag("a1").lists, bags.brings(visit)) == (lists, bool(lists))
    bags.choose_list("a1", "hospital_overnight")
    bag = bags.bag("a1")
    assert (bag.lists, bag.template, bags.brings(visit)) == (
        ("hospital_overnight",), "hospital_overnight", True,
    )  # fmt: skip
    assert bag.lines[0].key == "h_ids"
    bags.choose_list("a1", "")
    assert (bags.bag("a1").lists, bags.bag("a1").template) == (lists, "")


def test_what_the_family_puts_in_makes_it_a_bag(home: Home):
    visit = home.house.agenda.save(appointment(type="other"))
    key = home.house.bags.add("a1", "Passport", "papers")
    assert home.house.bags.brings(visit)
    assert keys(home, "a1") == [key]
    assert home.house.bags.missing("a1").papers[0].label == "Passport"
    home.house.bags.remove("a1", key)
    assert not home.house.bags.brings(visit)
    with pytest.raises(InputRefused) as refused:
        home.house.bags.add("a1", "Passport", "papers", every_visit=True)
    assert refused.value.key == "bag.no_list_yet"


@pytest.mark.parametrize(
    ("visit", "chosen", "lists"),
    [
        (VISIT, "first_infusion", ("infusion_day", "first_infusion")),
        (VISIT, "infusion_day", ("infusion_day",)),
        ("p1~1", "infusion_day", ("infusion_day", "first_infusion")),
        ("p1~1", "hospital_overnight", ("hospital_overnight",)),
        (VISIT, "lab_visit", ("lab_visit",)),
    ],
)
def test_another_list_can_be_chosen(planned: Home, visit: str, chosen: str, lists: tuple):
    bags = planned.house.bags
    before = bags.bag(visit)
    bags.choose_list(visit, chosen)
    assert bags.bag(visit).lists == lists
    assert done(planned) == "Another list for this bag"
    planned.house.care.undo()
    assert bags.bag(visit) == before


def test_ticks_come_back_with_their_list(planned: Home):
    bags = planned.house.bags
    bags.set_state(VISIT, "water", "packed")
    mine = bags.add(VISIT, "Crossword", "things")
    bags.choose_list(VISIT, "lab_visit")
    assert (bags.bag(VISIT).packed, mine in keys(planned)) == (0, True)
    bags.choose_list(VISIT, "")
    assert line(planned, "water").state == "packed"


def test_a_list_that_is_gone_is_as_if_none_was_chosen(planned: Home):
    care = planned.house.care
    with care.change("x"):
        care.store.put(VisitBag(id=bag_id(VISIT), visit=VISIT, template="of another program"))
    assert planned.house.bags.bag(VISIT).lists == ("infusion_day",)
    assert planned.house.bags.bag(VISIT).template == ""


# ---- packing -----------------------------------------------------------------------------------


def test_counts(planned: Home):
    bags = planned.house.bags
    whole = len(bags.bag(VISIT).lines)
    for key in ("water", "snacks", "photo_id"):
        bags.set_state(VISIT, key, "packed")
    bags.set_state(VISIT, "chargers", "not_needed")
    bag, missing = bags.bag(VISIT), bags.missing(VISIT)
    assert (bag.packed, bag.wanted, bag.not_needed) == (3, whole - 1, 1)
    assert len(missing.lines) == whole - 4
    assert "photo_id" not in [one.key for one in missing.papers]
    assert {one.group for one in missing.papers} == {"papers"}
    assert {one.group for one in missing.things} == {"things"}
    planned.house.visits.set_part(VISIT, "bag", on=False)
    assert bags.missing(VISIT).lines == ()


def test_who_brings_an_item(planned: Home):
    bags = planned.house.bags
    planned.house.bag_lists.change("infusion_day", "water", brings="carer")
    assert line(planned, "water").brings == "carer"
    bags.set_brings(VISIT, "water", "person")
    assert (line(planned, "water").brings, line(planned, "water", "p1~3").brings) == (
        "person", "carer",
    )  # fmt: skip
    bags.set_brings(VISIT, "water", "nobody")
    assert line(planned, "water").brings == ""
    bags.set_brings(VISIT, "water", "")
    assert line(planned, "water").brings == "carer"
    assert done(planned) == "Who brings Water, unless fluids are limited"
    assert line(planned, "water").state == "to_pack"


def test_a_paper_that_was_sent_is_open_until_it_is_back(planned: Home):
    bags = planned.house.bags
    bags.set_state(VISIT, "paperwork", "packed")
    bags.set_paper(VISIT, "paperwork", "sent", " with Dr Sol ")
    sent = line(planned, "paperwork")
    assert (sent.state, sent.way, sent.kept_at) == ("to_pack", "sent", "with Dr Sol")
    assert done(planned) == "Filled-in forms, the order: sent off"
    assert [one.way for one in bags.missing(VISIT).papers if one.key == "paperwork"] == ["sent"]
    with pytest.raises(InputRefused) as refused:
        bags.set_state(VISIT, "paperwork", "packed")
    assert refused.value.key == "bag.sent"
    assert line(planned, "paperwork") == sent
    bags.set_state(VISIT, "paperwork", "not_needed")
    bags.set_state(VISIT, "paperwork", "to_pack")
    bags.set_paper(VISIT, "paperwork", "received", "blue folder")
    back = line(planned, "paperwork")
    assert (back.state, back.way, back.kept_at) == ("packed", "received", "blue folder")
    bags.set_paper(VISIT, "paperwork", "", "hall")
    assert (line(planned, "paperwork").state, line(planned, "paperwork").way) == ("packed", "")
    assert line(planned, "paperwork", "p1~3") == replace(back, state="to_pack", way="", kept_at="")
    for _ in range(6):
        planned.house.care.undo()
    assert line(planned, "paperwork").state == "to_pack"


@pytest.mark.parametrize(
    ("doing", "key"),
    [
        (lambda b: b.set_paper(VISIT, "water", "sent"), "bag.no_paper"),
        (lambda b: b.set_paper(VISIT, "paperwork", "lost"), "choice.unknown"),
        (lambda b: b.set_paper(VISIT, "paperwork", "sent", "x" * 201), "text.long"),
        (lambda b: b.set_paper(VISIT, "nothing", "sent"), "bag.no_item"),
        (lambda b: b.set_brings(VISIT, "water", "dog"), "choice.unknown"),
        (lambda b: b.set_brings(VISIT, "nothing", "carer"), "bag.no_item"),
        (lambda b: b.move(VISIT, "nothing", 0), "bag.no_item"),
        (lambda b: b.move(VISIT, "mints", 0), "bag.no_item"),
        (lambda b: b.choose_list(VISIT, "nothing"), "bag.no_list"),
        (lambda b: b.choose_list("nobody", "lab_visit"), "visit.gone"),
        (lambda b: b.add(VISIT, "", "things"), "text.empty"),
        (lambda b: b.add(VISIT, "x" * 10_000, "things"), "text.long"),
        (lambda b: b.add(VISIT, "a\nb", "things"), "text.control"),
        (lambda b: b.missing("nobody"), "visit.gone"),
    ],
)
def test_what_is_refused_changes_nothing(planned: Home, doing, key: str):
    before = planned.dump()
    with pytest.raises(InputRefused) as refused:
        doing(planned.house.bags)
    assert refused.value.key == key
    assert planned.dump() == before


def test_moving_is_of_one_bag_and_its_group(planned: Home):
    bags = planned.house.bags
    before = [one.key for one in bags.bag(VISIT).group("things")]
    papers = [one.key for one in bags.bag(VISIT).group("papers")]
    bags.move(VISIT, before[-1], 0)
    assert done(planned).endswith("moved in the bag")
    assert [one.key for one in bags.bag(VISIT).group("things")] == [before[-1], *before[:-1]]
    assert [one.key for one in bags.bag(VISIT).group("papers")] == papers
    assert [one.key for one in bags.bag("p1~3").group("things")] == before
    mine = bags.add(VISIT, "Crossword", "things")
    assert [one.key for one in bags.bag(VISIT).group("things")][-1] == mine
    planned.house.care.undo()
    planned.house.care.undo()
    assert [one.key for one in bags.bag(VISIT).group("things")] == before
    step = planned.house.care.store.undo_label()
    bags.move(VISIT, before[0], 0)
    assert planned.house.care.store.undo_label() == step, "it stood there already"


def test_what_waited_under_maybe_waits_again_when_it_is_taken_out(planned: Home):
    bags = planned.house.bags
    bags.set_state(VISIT, "mints", "to_pack")
    assert "mints" in keys(planned)
    bags.remove(VISIT, "mints")
    assert "mints" not in keys(planned)
    assert "mints" in [one.key for one in bags.bag(VISIT).maybe]


def test_an_item_of_the_list_goes_with_what_a_clinic_has_of_it(planned: Home):
    house = planned.house
    house.people.save_contact(Contact(id="w", person="", name="w", role="clinic"))
    key = house.bags.add(VISIT, "Cushion", "things", every_visit=True)
    house.bag_lists.change("infusion_day", key, "w", label="Small cushion")
    house.bags.set_state(VISIT, key, "packed")
    house.bags.remove("p1~3", key)
    assert key not in keys(planned)
    assert not house.care.store.all(TemplateItem)
    house.care.undo()
    assert line(planned, key).state == "packed"


def test_an_item_for_one_clinic_stays_there(planned: Home):
    house = planned.house
    for id_ in ("w", "v"):
        house.people.save_contact(Contact(id=id_, person="", name=id_, role="clinic"))
    house.agenda.save(replace(planned.visit(VISIT), contact="w"))
    house.agenda.save(replace(planned.visit("p1~3"), contact="v"))
    house.agenda.save(replace(planned.visit("p1~4"), contact="w"))
    there = house.bags.add(VISIT, "Slippers", "things", every_visit=True, at_clinic=True)
    everywhere = house.bags.add(VISIT, "Cushion", "things", every_visit=True)
    assert {there, everywhere} <= set(keys(planned)) & set(keys(planned, "p1~4"))
    assert (there in keys(planned, "p1~3"), everywhere in keys(planned, "p1~3")) == (False, True)
    house.bag_lists.change("infusion_day", "water", "w", hidden=True)
    assert ("water" in keys(planned), "water" in keys(planned, "p1~3")) == (False, True)


def test_what_was_packed_stays_in_that_bag_when_it_leaves_the_list(planned: Home):
    bags = planned.house.bags
    bags.set_state(VISIT, "water", "packed")
    bags.set_state(VISIT, "snacks", "not_needed")
    for key in ("water", "snacks"):
        planned.house.bag_lists.change("infusion_day", key, hidden=True)
    assert ("water" in keys(planned), "snacks" in keys(planned)) == (True, False)
    assert not {"water", "snacks"} & set(keys(planned, "p1~3"))


def test_the_rules_of_the_clinic(planned: Home):
    house = planned.house
    assert house.bags.bag(VISIT).rules is None
    clinic = Contact(id="w", person="", name="Willow", role="clinic")
    clinic = house.people.save_contact(clinic)
    house.agenda.save(replace(planned.visit(VISIT), contact="w"))
    assert house.bags.bag(VISIT).rules is None, "nothing was written down"
    told = {"rules_food": "Own food is fine", "rules_parking": "Floor 2",
            "rules_checked": date(2026, 11, 3)}  # fmt: skip
    house.people.save_contact(replace(clinic, **told))
    assert house.bags.bag(VISIT).rules == ClinicRules(
        "Own food is fine", "", "", "Floor 2", date(2026, 11, 3), "w"
    )


def test_a_moved_visit_keeps_its_bag(planned: Home):
    bags = planned.house.bags
    bags.set_state(VISIT, "water", "packed")
    bags.set_paper(VISIT, "paperwork", "sent", "Dr Sol")
    before = bags.bag(VISIT).lines
    planned.house.plans.move(VISIT, moment("2026-12-10T09:30"), Choice.ONLY_THIS, agreed=True)
    assert bags.bag(VISIT).lines == before


def test_every_change_says_what_it_did(planned: Home):
    bags = planned.house.bags
    doing = (
        lambda: bags.set_state(VISIT, "water", "packed"),
        lambda: bags.set_brings(VISIT, "water", "carer"),
        lambda: bags.set_paper(VISIT, "photo_id", "sent"),
        lambda: bags.set_paper(VISIT, "photo_id", "received"),
        lambda: bags.set_paper(VISIT, "photo_id", "", "hall"),
        lambda: bags.move(VISIT, "water", 0),
        lambda: bags.add(VISIT, "Crossword", "things"),
        lambda: bags.choose_list(VISIT, "lab_visit"),
    )
    for one in doing:
        one()
        assert re.fullmatch(r"[^{}]+", done(planned))


def test_a_paper_on_its_way_stays_open_although_its_list_leaves_it_out(planned: Home):
    bags, lists = planned.house.bags, planned.house.bag_lists
    bags.set_paper(VISIT, "photo_id", "sent")
    lists.change("infusion_day", "photo_id", hidden=True)
    assert line(planned, "photo_id").way == "sent"
    assert "photo_id" in [one.key for one in bags.missing(VISIT).papers]
    assert "photo_id" not in keys(planned, "p1~3")
    bags.set_paper(VISIT, "photo_id", "received")
    assert line(planned, "photo_id").state == "packed"
    bags.set_state(VISIT, "photo_id", "to_pack")
    assert "photo_id" not in keys(planned)
