"""What undo calls the changes of a bag and of its lists."""

from __future__ import annotations

from caregiver_app.messages import words
from tests.factories import plan
from tests.fakes import Home

VISIT, DAY = "p1~2", "infusion_day"


def done(home: Home) -> str:
    told = home.house.care.store.undo_label()
    assert told is not None
    return words(told[0], **told[1])


def test_what_comes_out_of_maybe_is_taken_along(home: Home):
    home.house.plans.save(plan())
    bags = home.house.bags
    maybe = bags.bag(VISIT).maybe[0]
    bags.set_state(VISIT, maybe.key, "to_pack")
    assert done(home) == f"{maybe.label} taken along"
    bags.set_state(VISIT, maybe.key, "packed")
    bags.set_state(VISIT, maybe.key, "to_pack")
    assert done(home) == f"{maybe.label}: still to pack"


def test_leaving_out_and_putting_back_say_so(home: Home):
    lists = home.house.bag_lists
    lists.change(DAY, "water", hidden=True)
    assert done(home) == "Water, unless fluids are limited left out of the list"
    lists.change(DAY, "water", hidden=False)
    assert done(home) == "Water, unless fluids are limited back on the list"
    lists.change(DAY, "water", label="Thermos")
    assert done(home) == "Thermos changed on the list"
    lists.reset(DAY, "water")
    assert done(home) == "Water, unless fluids are limited as it came"


def test_what_was_added_for_more_than_one_visit_says_so(home: Home):
    home.house.plans.save(plan())
    bags = home.house.bags
    bags.add(VISIT, "Thermos 保温杯", "things")
    assert done(home) == "Thermos 保温杯 added to the bag"
    bags.add(VISIT, "Warm socks", "things", every_visit=True)
    assert done(home) == "Warm socks added for every visit"
