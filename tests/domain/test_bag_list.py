"""A master list as the family made it, as tables and over any edits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain.advice import BagItemInfo, Evidence
from caregiver_app.domain.bag_list import MasterItem, composed, moved
from caregiver_app.domain.packing import BRINGS, STARTS, TemplateItem

NOW = datetime(2026, 11, 21, 15, tzinfo=UTC)
BACKED = Evidence("verified here", ())


def ours(key: str, *, essential: bool = True, group: str = "things") -> BagItemInfo:
    return BagItemInfo(key, f"Our {key}", group, "comfort", essential, f"Why {key}", "", BACKED)


def edit(key: str, contact: str | None = None, **fields: object) -> TemplateItem:
    told: dict = {"id": f"e-{key}-{contact}", "changed": NOW, **fields}
    return TemplateItem(template="t", key=key, contact=contact, **told)


def own(key: str, label: str, contact: str | None = None, **fields: object) -> TemplateItem:
    return edit(key, contact, id=key, label=label, **fields)


LIST = (ours("a"), ours("b", essential=False), ours("c", group="papers"))


def one(items: list[MasterItem], key: str) -> MasterItem:
    return next(item for item in items if item.key == key)


def test_without_edits_it_is_ours():
    found = composed(LIST, (), None)
    assert [(o.key, o.label, o.ours, o.starts, o.why) for o in found] == [
        ("a", "Our a", "Our a", "bag", "Why a"),
        ("b", "Our b", "Our b", "maybe", "Why b"),
        ("c", "Our c", "Our c", "bag", "Why c"),
    ]
    assert not any(o.own or o.hidden or o.changed or o.at_clinic or o.fixed for o in found)


@pytest.mark.parametrize(
    ("edits", "label", "starts", "brings", "hidden"),
    [
        ((edit("a", label="Ours"),), "Ours", "bag", "", False),
        ((edit("a", starts="maybe"),), "Our a", "maybe", "", False),
        ((edit("a", brings="carer"),), "Our a", "bag", "carer", False),
        ((edit("a", hidden=True),), "Our a", "bag", "", True),
        # At the clinic field by field: what it leaves open is as at all of them.
        ((edit("a", label="Ours", brings="carer"), edit("a", "w", starts="maybe")),
         "Ours", "maybe", "carer", False),
        ((edit("a", brings="carer"), edit("a", "w", brings="nobody")), "Our a", "bag", "", False),
        ((edit("a", hidden=True), edit("a", "w")), "Our a", "bag", "", False),
        ((edit("a", hidden=True), edit("a", "other")), "Our a", "bag", "", True),
        ((edit("a", "other", label="Elsewhere"),), "Our a", "bag", "", False),
        # Of two for one level the newer holds.
        ((edit("a", id="1", label="Older", changed=NOW - timedelta(days=1)),
          edit("a", id="0", label="Newer")), "Newer", "bag", "", False),
    ],
)  # fmt: skip
def test_edits_lie_over_ours(edits, label: str, starts: str, brings: str, hidden: bool):
    found = one(composed(LIST, edits, "w"), "a")
    assert (found.label, found.starts, found.brings, found.hidden) == (
        label, starts, brings, hidden,
    )  # fmt: skip
    assert found.ours == "Our a"


def test_changed_speaks_of_the_level_that_is_looked_at():
    edits = (edit("a", label="All"), edit("b", "w", label="Here"), edit("c", kept=NOW.date()))
    general, here = composed(LIST, edits, None), composed(LIST, edits, "w")
    assert [o.key for o in general if o.changed] == ["a"]
    assert [o.key for o in here if o.changed] == ["b"]
    assert [o.key for o in here if o.at_clinic] == ["b"]
    assert one(general, "b").label == "Our b"


def test_own_items_follow_ours_in_the_order_they_were_added():
    edits = (
        own("y", "Second", created=NOW),
        own("x", "First", created=NOW - timedelta(days=1), starts="maybe", brings="person"),
        own("z", "Only here", "w", created=NOW + timedelta(days=1), group="papers"),
    )
    found = composed(LIST, edits, "w")
    assert [o.key for o in found] == ["a", "b", "c", "x", "y", "z"]
    first, here = one(found, "x"), one(found, "z")
    assert (first.own, first.ours, first.starts, first.brings, first.fixed) == (
        True, "", "maybe", "person", True,
    )  # fmt: skip
    assert (here.own, here.at_clinic, here.group) == (True, True, "papers")
    assert [o.key for o in composed(LIST, edits, None)] == ["a", "b", "c", "x", "y"]


def test_an_own_item_can_be_otherwise_at_one_clinic():
    edits = (own("x", "Thermos"), edit("x", "w", label="Cold thermos", hidden=True))
    found = one(composed(LIST, edits, "w"), "x")
    assert (found.label, found.hidden, found.changed, found.own) == (
        "Cold thermos", True, True, True,
    )  # fmt: skip
    assert not one(composed(LIST, edits, None), "x").hidden


def test_an_own_item_stands_above_other_edits_of_it():
    edits = (own("x", "Thermos"), edit("x", label="Jug", changed=NOW + timedelta(days=1)))
    for given_ in (edits, edits[::-1]):
        assert one(composed(LIST, given_, None), "x").label == "Thermos"


def test_words_of_the_family_outlive_an_item_that_ours_dropped():
    edits = (edit("gone", label="Their words"), edit("gone too", hidden=True, label="Left out"))
    found = composed(LIST, edits, None)
    assert [(o.key, o.label, o.own) for o in found[3:]] == [("gone", "Their words", True)]


def test_the_first_order_holds_and_what_it_leaves_out_follows():
    found = composed(LIST, (), "w", ("c", "gone"), ("b", "a", "c"))
    assert [o.key for o in found] == ["c", "a", "b"]
    assert [o.key for o in composed(LIST, (), "w", (), ("b",))] == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("key", "to", "expected"),
    [("a", 1, "bPaQ"), ("a", 9, "bPaQ"), ("b", 0, "bPaQ"), ("b", -3, "bPaQ"), ("P", 1, "aQbP"),
     ("a", 0, "aPbQ"), ("Q", 1, "aPbQ")],
)  # fmt: skip
def test_moving_keeps_the_places_of_the_other_group(key: str, to: int, expected: str):
    keys = tuple("aPbQ")
    groups = ["papers" if one.isupper() else "things" for one in keys]
    assert "".join(moved(keys, groups, key, to)) == expected


# ---- any edits ---------------------------------------------------------------------------------

KEYS = st.sampled_from("abcde")
EDITS = st.lists(
    st.builds(
        TemplateItem,
        id=st.sampled_from([*"abcdexyz"]),
        template=st.just("t"),
        key=KEYS,
        label=st.sampled_from(("", "Theirs", "枕头")),
        hidden=st.booleans(),
        contact=st.sampled_from((None, "w", "v")),
        starts=st.sampled_from(STARTS),
        brings=st.sampled_from(BRINGS),
        changed=st.sampled_from((NOW, NOW + timedelta(hours=1))),
    ),
    unique_by=lambda one: one.id,
)
ITEMS = st.lists(KEYS, unique=True).map(lambda keys: [ours(key) for key in keys])


@given(ITEMS, ITEMS, EDITS, st.sampled_from((None, "w")))
def test_own_edits_survive_any_other_template(before, after, edits, contact: str | None):
    old = {o.key: o for o in composed(before, edits, contact)}
    new = {o.key: o for o in composed(after, edits, contact)}
    for key in {o.key for o in before} & {o.key for o in after}:
        assert new[key] == replace(old[key])
    for edit_ in edits:
        said = edit_.label and edit_.contact is None and edit_.key == edit_.id
        if said and contact is None and all(o.key != edit_.key for o in after):
            assert edit_.key in new


@given(ITEMS, EDITS, st.lists(KEYS), st.sampled_from((None, "w")))
def test_each_item_stands_on_a_list_once(items, edits, order, contact: str | None):
    found = composed(items, edits, contact, order)
    keys = [o.key for o in found]
    assert len(keys) == len(set(keys))
    assert {o.key for o in items} <= set(keys)
    assert all(o.label for o in found)
    assert all(o.brings in ("", "carer", "person") for o in found)
    named = [key for key in dict.fromkeys(order) if key in keys]
    assert [key for key in keys if key in named][: len(named)] == keys[: len(named)]


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.data())
def test_moving_is_a_mere_change_of_order(papers: list[bool], data):
    keys = [f"k{number}" for number in range(len(papers))]
    groups = ["papers" if one else "things" for one in papers]
    key, to = data.draw(st.sampled_from(keys)), data.draw(st.integers(-2, 14))
    found = moved(keys, groups, key, to)
    assert sorted(found) == sorted(keys)
    kind = dict(zip(keys, groups, strict=True))
    assert [kind[one] for one in found] == groups
    rest = [one for one in found if one != key]
    assert rest == [one for one in keys if one != key] or groups.count(kind[key]) < len(groups)
    own_group = [one for one in found if kind[one] == kind[key]]
    assert own_group.index(key) == max(0, min(to, len(own_group) - 1))
