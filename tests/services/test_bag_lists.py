"""The master lists: what the family changes lies over ours and can be taken back item by item."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caregiver_app.domain.advice import BagTemplate
from caregiver_app.domain.bag_list import MasterItem
from caregiver_app.domain.entities import Contact
from caregiver_app.domain.packing import BagList, TemplateItem
from caregiver_app.errors import InputRefused
from caregiver_app.messages import words
from caregiver_app.services.bag_lists import BagLists
from tests.factories import plan
from tests.fakes import Home

DAY = "infusion_day"
VISIT = "p1~2"


@pytest.fixture
def lists(home: Home) -> BagLists:
    home.house.plans.save(plan())
    for id_ in ("w", "v"):
        home.house.people.save_contact(Contact(id=id_, person="", name=id_, role="clinic"))
    return home.house.bag_lists


def item(lists: BagLists, key: str, contact: str | None = None) -> MasterItem:
    return next(one for one in lists.items(DAY, contact) if one.key == key)


def order(lists: BagLists, group: str = "things", contact: str | None = None) -> list[str]:
    return [one.key for one in lists.items(DAY, contact) if one.group == group]


def said(home: Home) -> str:
    told = home.house.care.store.undo_label()
    assert told is not None
    return words(told[0], **told[1])


def test_the_lists_there_are(lists: BagLists):
    names = {one.id: (one.name, one.what_for) for one in lists.names()}
    assert list(names) == [
        DAY, "first_infusion", "doctor_followup", "lab_visit", "hospital_overnight",
    ]  # fmt: skip
    assert names[DAY] == ("Infusion day", "every infusion")
    assert all(name and what_for for name, what_for in names.values())
    for id_ in names:
        assert all(one.label == one.ours and not one.changed for one in lists.items(id_))


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"label": " Thermos "}, {"label": "Thermos", "ours": "Water, unless fluids are limited"}),
        ({"hidden": True}, {"hidden": True}),
        ({"starts": "maybe"}, {"starts": "maybe"}),
        ({"brings": "person"}, {"brings": "person"}),
        ({"label": "Thermos", "hidden": True, "starts": "maybe", "brings": "carer"},
         {"label": "Thermos", "hidden": True, "starts": "maybe", "brings": "carer"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("contact", [None, "w"])
def test_an_item_is_changed_and_comes_back(
    home: Home, lists: BagLists, change: dict, shown: dict, contact: str | None
):
    before, elsewhere = lists.items(DAY, contact), lists.items(DAY, "v")
    lists.change(DAY, "water", contact, **change)
    found = item(lists, "water", contact)
    assert {name: getattr(found, name) for name in shown} == shown
    assert (found.changed, found.at_clinic) == (True, contact is not None)
    assert (lists.items(DAY, "v") == elsewhere) is (contact is not None)
    rest = [one for one in lists.items(DAY, contact) if one.key != "water"]
    assert rest == [one for one in before if one.key != "water"]
    lists.reset(DAY, "water", contact)
    assert lists.items(DAY, contact) == before
    assert said(home).endswith("as it came")
    assert not home.house.care.store.all(TemplateItem)
    home.house.care.undo()
    assert item(lists, "water", contact) == found
    home.house.care.undo()
    assert lists.items(DAY, contact) == before


def test_a_clinic_stands_above_the_rest_field_by_field(lists: BagLists):
    lists.change(DAY, "water", label="Thermos", brings="carer")
    lists.change(DAY, "water", "w", starts="maybe")
    here = item(lists, "water", "w")
    assert (here.label, here.brings, here.starts) == ("Thermos", "carer", "maybe")
    lists.change(DAY, "water", label="Jug")
    assert item(lists, "water", "w").label == "Jug"
    lists.change(DAY, "water", "w", brings="nobody", label="Glass")
    here = item(lists, "water", "w")
    assert (here.brings, here.label) == ("", "Glass")
    lists.change(DAY, "water", "w", brings="", label="")
    here = item(lists, "water", "w")
    assert (here.brings, here.label, here.starts) == ("carer", "Jug", "maybe")
    lists.change(DAY, "water", "w", starts="")
    assert not item(lists, "water", "w").changed
    lists.change(DAY, "water", hidden=True)
    assert item(lists, "water", "w").hidden
    lists.change(DAY, "water", "w", hidden=False)
    assert (item(lists, "water", "w").hidden, item(lists, "water").hidden) == (False, True)


def test_another_change_at_a_clinic_leaves_out_what_is_left_out_everywhere(lists: BagLists):
    lists.change(DAY, "water", hidden=True)
    lists.change(DAY, "water", "w", label="Glass")
    assert item(lists, "water", "w").hidden
    lists.reset(DAY, "water", "w")
    assert (item(lists, "water", "w").hidden, item(lists, "water").hidden) == (True, True)


def test_words_that_are_ours_again_are_no_change(home: Home, lists: BagLists):
    lists.change(DAY, "water", label="Thermos")
    lists.change(DAY, "water", label="Water, unless fluids are limited")
    assert not item(lists, "water").changed
    lists.change(DAY, "water", label="Thermos", brings="carer")
    lists.change(DAY, "water", label=" ")
    assert (item(lists, "water").label, item(lists, "water").brings) == (
        "Water, unless fluids are limited", "carer",
    )  # fmt: skip
    assert said(home) == "Thermos changed on the list"


@pytest.mark.parametrize("contact", [None, "w"])
def test_own_items(home: Home, lists: BagLists, contact: str | None):
    key = lists.add(DAY, " 枕头 ", "papers", contact, starts="maybe")
    found = item(lists, key, contact)
    assert (found.label, found.group, found.starts, found.own, found.ours, found.at_clinic) == (
        "枕头", "papers", "maybe", True, "", contact is not None,
    )  # fmt: skip
    assert (key in order(lists, "papers", "v")) is (contact is None)
    lists.change(DAY, key, contact, label="Cushion", starts="bag")
    assert (item(lists, key, contact).label, item(lists, key, contact).starts) == (
        "Cushion", "bag",
    )  # fmt: skip
    if contact is None:
        lists.change(DAY, key, "w", hidden=True)
        assert item(lists, key, "w").hidden
    lists.remove(DAY, key)
    assert said(home) == "Cushion taken off the list"
    assert key not in order(lists, "papers", contact)
    assert not home.house.care.store.all(TemplateItem)
    home.house.care.undo()
    assert item(lists, key, contact).label == "Cushion"


def test_an_own_item_needs_words(lists: BagLists):
    key = lists.add(DAY, "Cushion", "things")
    with pytest.raises(InputRefused):
        lists.change(DAY, key, label=" ")
    lists.change(DAY, key, "w", label="Small cushion")
    lists.reset(DAY, key, "w")
    assert item(lists, key, "w").label == "Cushion"
    with pytest.raises(InputRefused) as refused:
        lists.reset(DAY, key)
    assert refused.value.key == "bag.own_item"


def test_order(home: Home, lists: BagLists):
    first = order(lists)
    lists.move(DAY, first[2], 0)
    moved = [first[2], *first[:2], *first[3:]]
    assert (order(lists), order(lists, contact="w")) == (moved, moved)
    in_bag = [one.key for one in home.house.bags.bag(VISIT).group("things")]
    assert in_bag == [key for key in moved if key in in_bag]
    lists.move(DAY, first[4], 0, "w")
    assert order(lists, contact="w")[0] == first[4]
    assert (order(lists), order(lists, contact="v")) == (moved, moved)
    assert (lists.has_order(DAY, "w"), lists.has_order(DAY, "v")) == (True, False)
    added = lists.add(DAY, "Cushion", "things")
    assert order(lists)[-1] == order(lists, contact="w")[-1] == added
    lists.reset_order(DAY, "w")
    assert order(lists, contact="w") == [*moved, added]
    lists.reset_order(DAY)
    assert order(lists) == [*first, added]
    lists.reset_order(DAY)
    assert not home.house.care.store.all(BagList)
    for _ in range(5):
        home.house.care.undo()
    assert order(lists) == first


@pytest.mark.parametrize(
    ("doing", "key"),
    [
        (lambda b: b.items("nothing"), "bag.no_list"),
        (lambda b: b.change(DAY, "nothing", hidden=True), "bag.no_item"),
        (lambda b: b.change(DAY, "lab_order", hidden=True), "bag.no_item"),
        (lambda b: b.change(DAY, "water", "nowhere", hidden=True), "entry.gone"),
        (lambda b: b.change(DAY, "water", label="x" * 10_000), "text.long"),
        (lambda b: b.change(DAY, "water", label="a\tb"), "text.control"),
        (lambda b: b.change(DAY, "water", starts="boot"), "choice.unknown"),
        (lambda b: b.change(DAY, "water", brings="dog"), "choice.unknown"),
        (lambda b: b.add(DAY, " ", "things"), "text.empty"),
        (lambda b: b.add(DAY, "x" * 10_000, "things"), "text.long"),
        (lambda b: b.add(DAY, "x", "boot"), "choice.unknown"),
        (lambda b: b.add("nothing", "x", "things"), "bag.no_list"),
        (lambda b: b.add(DAY, "x", "things", "nowhere"), "entry.gone"),
        (lambda b: b.remove(DAY, "water"), "bag.no_item"),
        (lambda b: b.remove("nothing", "water"), "bag.no_list"),
        (lambda b: b.reset(DAY, "nothing"), "bag.no_item"),
        (lambda b: b.move(DAY, "nothing", 0), "bag.no_item"),
        (lambda b: b.reset_order("nothing"), "bag.no_list"),
    ],
)
def test_what_is_refused_changes_nothing(home: Home, lists: BagLists, doing, key: str):
    before = home.dump()
    with pytest.raises(InputRefused) as refused:
        doing(lists)
    assert refused.value.key == key
    assert words(refused.value.key, **refused.value.values)
    assert home.dump() == before


def test_what_changes_nothing_is_no_step(home: Home, lists: BagLists):
    before = home.house.care.store.undo_label()
    lists.reset(DAY, "water")
    lists.move(DAY, order(lists)[0], 0)
    lists.change(DAY, "water", hidden=False)
    assert home.house.care.store.undo_label() == before


def test_the_bag_follows_the_list(home: Home, lists: BagLists):
    bags = home.house.bags
    lists.change(DAY, "mints", starts="bag", brings="person")
    lists.change(DAY, "book", starts="maybe")
    lists.change(DAY, "photo_id", label="Passport")
    bag = bags.bag(VISIT)
    mints, book, photo = (bag.line(key) for key in ("mints", "book", "photo_id"))
    assert mints in bag.lines
    assert book in bag.maybe, "the family's word stands above what the visit calls for"
    assert mints is not None
    assert photo is not None
    assert (mints.brings, photo.label) == ("person", "Passport")


def test_own_edits_survive_a_changed_template(
    home: Home, lists: BagLists, monkeypatch: pytest.MonkeyPatch
):
    lists.change(DAY, "water", label="Thermos", brings="carer")
    lists.change(DAY, "photo_id", hidden=True)
    lists.change(DAY, "snacks", label="Rice cakes")
    own = lists.add(DAY, "Cushion", "things")
    home.house.bags.set_state(VISIT, "water", "packed")

    def changed(old: BagTemplate) -> BagTemplate:
        items = tuple(
            replace(one, label=f"New {one.label}", why="New") for one in old.items
            if one.key != "snacks"
        )  # fmt: skip
        return replace(old, items=items[::-1])

    new = tuple(changed(one) for one in home.house.reference.templates)
    monkeypatch.setitem(vars(home.house.reference), "templates", new)
    found = {one.key: one for one in lists.items(DAY)}
    assert (found["water"].label, found["water"].brings, found["water"].why) == (
        "Thermos", "carer", "New",
    )  # fmt: skip
    assert found["water"].ours == "New Water, unless fluids are limited"
    assert found["photo_id"].hidden
    assert (found["snacks"].label, found["snacks"].own) == ("Rice cakes", True)
    assert found[own].label == "Cushion"
    with pytest.raises(InputRefused):
        lists.reset(DAY, "snacks")
    lists.remove(DAY, "snacks")
    assert "snacks" not in {one.key for one in lists.items(DAY)}
    line = home.house.bags.bag(VISIT).line("water")
    assert line is not None
    assert (line.label, line.state) == ("Thermos", "packed")


def test_what_was_decided_is_kept_over_a_reset(home: Home, lists: BagLists):
    lists.decide(DAY, "water")
    assert lists.kept(DAY, "water", "w") == date(2026, 11, 21)
    assert not item(lists, "water").changed
    lists.change(DAY, "water", label="Thermos")
    lists.reset(DAY, "water")
    assert lists.kept(DAY, "water") == date(2026, 11, 21)
    assert item(lists, "water").label == "Water, unless fluids are limited"


def test_what_is_reset_at_a_clinic_follows_the_rest_again(home: Home, lists: BagLists):
    lists.change(DAY, "book", "w", label="Comics")
    lists.decide(DAY, "book", "w")
    lists.reset(DAY, "book", "w")
    lists.change(DAY, "book", hidden=True)
    assert item(lists, "book", "w").hidden
    home.house.care.undo()
    home.house.care.undo()
    assert item(lists, "book", "w").label == "Comics"
