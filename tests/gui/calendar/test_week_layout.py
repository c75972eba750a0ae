"""Blocks of a week stand beside each other and never on each other."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caregiver_app.gui.calendar.week.cursor import Spot, spot_at, stops, up_or_down
from caregiver_app.gui.calendar.week.drag import moved, stretched
from caregiver_app.gui.calendar.week.geometry import WeekGeometry, measures
from caregiver_app.gui.calendar.week.layout import Span, arrange
from caregiver_app.gui.calendar.week.model import Item, WeekShown
from caregiver_app.gui.theme import Theme
from tests.gui.calendar.weeks import MONDAY, bare_week, item

SPANS = st.lists(
    st.tuples(st.integers(0, 1400), st.integers(1, 700), st.integers(0, 3)), max_size=14
)


def across(one, other) -> bool:
    return one.left < other.left + other.width and other.left < one.left + one.width


def beside(one, other) -> bool:
    return one.top < other.bottom and other.top < one.bottom


@given(SPANS, st.integers(30, 400), st.integers(20, 90))
@settings(max_examples=400)
def test_nothing_ever_covers_anything(raw, width, least):
    spans = [Span(str(n), top, top + tall, w) for n, (top, tall, w) in enumerate(raw)]
    found = arrange(spans, width, least, 24)
    by_key = {one.key: one for one in spans}
    piled = [key for stack in found.stacks for key in stack.keys]
    assert sorted([one.key for one in found.places] + piled) == sorted(by_key)
    for n, place in enumerate(found.places):
        assert place.left >= 0
        assert place.left + place.width <= width
        assert place.width >= min(least, width - 24 - 2) or not found.stacks
        mine = by_key[place.key]
        for other in found.places[n + 1 :]:
            assert not (across(place, other) and beside(mine, by_key[other.key]))
        for stack in found.stacks:
            assert not (across(place, stack) and beside(mine, stack))
    for n, stack in enumerate(found.stacks):
        assert stack.left + stack.width <= width
        assert all(not beside(stack, other) for other in found.stacks[n + 1 :])
        assert stack.top == min(by_key[key].top for key in stack.keys)


def test_what_stands_alone_has_the_whole_width_and_two_share_it():
    alone, left, right = Span("a", 0, 50), Span("b", 60, 100), Span("c", 80, 120)
    places = {one.key: one for one in arrange([alone, left, right], 100, 30, 20).places}
    assert (places["a"].left, places["a"].width) == (0, 100)
    assert places["b"].width == places["c"].width == 49
    assert places["c"].left == 51


def test_a_block_grows_to_the_right_where_nothing_stands():
    spans = [Span("long", 0, 100), Span("a", 0, 20), Span("b", 0, 20), Span("late", 50, 90)]
    places = {one.key: one for one in arrange(spans, 300, 30, 20).places}
    assert places["late"].left + places["late"].width == 300
    assert places["late"].width > places["a"].width


def test_the_infusion_is_seen_and_the_rest_becomes_a_number():
    spans = [Span(f"x{n}", n, 100 + n) for n in range(11)] + [Span("infusion", 20, 90, weight=3)]
    found = arrange(spans, 100, 50, 24)
    assert [one.key for one in found.places] == ["infusion"]
    assert len(found.stacks[0].keys) == 11


def geometry(theme: Theme, items: list[Item], width: int, height: int = 600) -> WeekGeometry:
    return WeekGeometry(bare_week(*items), measures(theme), (width, height), MONDAY, theme.px(44))


@pytest.mark.parametrize(("scale", "width"), [(1.0, 728), (1.0, 1232), (2.0, 860), (1.0, 320)])
def test_every_block_lies_in_its_column_with_room_for_a_line(theme, scale, width):
    theme.set_scale(scale)
    items = [item(f"i{n}", start=(n * 53) % 1439, minutes=(n * 37) % 200) for n in range(40)]
    items.append(item("night", start=23 * 60, minutes=120))
    week = geometry(theme, items, width)
    assert week.blocks
    for block in week.blocks:
        column = week.column(block.day)
        assert column.left() < block.box.left()
        assert block.box.right() < column.right()
        assert block.box.height() >= week.lengths.line
        assert block.box.top() >= 0
        assert block.box.bottom() <= week.length
    shown = {block.item.key for block in week.blocks}
    shown |= {key for pile in week.piles for key in pile.keys}
    days = {day.day for day in week.days}
    assert shown == {one.key for one in items if one.first in days or one.last in days}
    boxes = [(block.day, block.box) for block in week.blocks]
    boxes += [(pile.day, pile.box) for pile in week.piles]
    for n, (day, box) in enumerate(boxes):
        assert not any(box.intersects(other) for at, other in boxes[n + 1 :] if at == day)


def test_over_midnight_there_are_two_pieces(theme):
    week = geometry(theme, [item("night", start=22 * 60 + 30, minutes=180)], 1232)
    first, second = week.blocks
    assert (first.day, second.day) == (MONDAY, MONDAY + timedelta(days=1))
    assert not first.ends_here
    assert second.ends_here
    assert second.box.top() == 0


def test_bars_share_rows_and_what_is_too_much_becomes_a_number_of_each_day(theme):
    bars = [item(f"bar{n}", start=None, last=MONDAY + timedelta(days=n)) for n in range(5)]
    week = geometry(theme, bars, 1232)
    assert len(week.bars) == 2
    assert sum(len(pile.keys) for pile in week.bar_piles) >= 3
    for n, bar in enumerate(week.bars):
        assert not any(bar.box.intersects(other.box) for other in week.bars[n + 1 :])
        assert not any(bar.box.intersects(pile.box) for pile in week.bar_piles)
        assert week.strip.contains(bar.box)


@pytest.mark.parametrize(
    ("scale", "width", "count"),
    [(1.0, 1232, 7), (1.0, 728, 7), (1.0, 480, 3), (1.0, 240, 1), (2.0, 860, 3), (2.0, 430, 1)],
)
def test_so_many_days_are_shown_as_can_be_read(theme, scale, width, count):
    theme.set_scale(scale)
    assert geometry(theme, [], width).count == count


@pytest.mark.parametrize(
    ("starts", "scroll_hour"), [([], 7), ([9 * 60], 7), ([5 * 60 + 20, 540], 5), ([30, 540], 7)]
)
def test_it_opens_at_seven_or_at_the_first_item(theme, starts, scroll_hour):
    items = [item(f"i{n}", start=start) for n, start in enumerate(starts)]
    week = geometry(theme, items, 1232)
    top = week.opening(items) + week.band + 4
    assert top == week.y_of(scroll_hour * 60)


def test_it_opens_where_the_only_item_is_seen_late_in_the_day(theme):
    late = [item("late", start=22 * 60)]
    week = geometry(theme, late, 1232, 400)
    assert week.outside(MONDAY, week.opening(late)) == ([], [])


# -- Dragging and stretching ----------------------------------------------------------------------


@given(
    st.integers(0, 1439), st.integers(0, 600), st.integers(-6, 6), st.integers(-1500, 1500)
)  # fmt: skip
def test_what_is_dragged_lands_on_a_quarter_of_an_hour(start, minutes, days, down):
    one = item("a", start=start, minutes=minutes)
    landing = moved(one, days, down)
    assert landing.day == one.first + timedelta(days=days)
    assert landing.minutes == minutes
    if abs(down) < 7:
        assert landing.start == start
    elif landing.start != start:
        assert landing.start % 15 == 0
    assert 0 <= landing.start <= 1439


@given(st.integers(0, 1380), st.integers(0, 600), st.integers(-1500, 1500))
def test_a_stretched_end_stands_on_a_quarter_and_lasts_one_at_least(start, minutes, down):
    one = item("a", start=start, minutes=minutes)
    landing = stretched(one, down)
    assert landing.start == start
    if abs(down) >= 8:
        assert landing.minutes >= 15
        if landing.minutes not in (15, 1425):
            assert (start + landing.minutes) % 15 == 0
    else:
        assert not landing.is_other


def test_a_whole_day_moves_by_days_only():
    landing = moved(item("a", start=None), 2, 300)
    assert (landing.day, landing.hour) == (MONDAY + timedelta(days=2), None)
    assert moved(item("b", start=600), 0, 60).hour == time(11, 0)


# -- Where the keys stop --------------------------------------------------------------------------


def test_the_keys_stop_at_items_and_free_half_hours():
    shown = bare_week(
        item("all", start=None), item("lab", start=560, minutes=45), item("pill", start=480)
    )
    day = [one for one in stops(shown, MONDAY) if one.minute <= 630]
    assert day[0] == Spot(MONDAY, -1, "all")
    late = [one.key or one.minute for one in day if one.minute >= 450]
    assert late == [450, "pill", 510, "lab", 630]


def test_up_and_down_go_through_all_of_a_day_and_stay_at_its_ends():
    shown = bare_week(item("all", start=None), item("lab", start=560, minutes=45))
    spot, seen = Spot(MONDAY, -1, "all"), []
    for _ in range(60):
        seen.append(spot)
        spot = up_or_down(shown, spot, 1)
    assert spot.minute == 23 * 60 + 30
    assert list(dict.fromkeys(seen)) == stops(shown, MONDAY)
    assert up_or_down(shown, Spot(MONDAY, -1, "all"), -1).key == "all"


def test_a_time_within_an_item_is_that_item():
    shown = bare_week(item("lab", start=560, minutes=45))
    assert spot_at(shown, MONDAY, 575).key == "lab"
    assert spot_at(shown, MONDAY, 700) == Spot(MONDAY, 690)
    assert spot_at(shown, MONDAY + timedelta(days=1), 575).key == ""


def test_the_bare_week_is_a_week():
    shown = bare_week()
    assert isinstance(shown, WeekShown)
    assert shown.index(date(2026, 3, 30)) is None
    assert shown.now == datetime(2026, 3, 23, 12)
