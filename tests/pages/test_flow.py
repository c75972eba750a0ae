"""Blocks through columns and pages: headings go along, nothing is cut, nothing is lost."""

from __future__ import annotations

import itertools

import pytest

from caregiver_app.pages.flow import Group, flow, height_of, leveled
from caregiver_app.pages.paper import Block


def nothing(x: float, y: float, height: float) -> None:
    """Paint nothing."""


def groups(*counts: int, height: float = 20.0) -> list[Group]:
    return [
        Group(
            Block(10.0, nothing, opens=True),
            Block(8.0, nothing, opens=True),
            tuple(Block(height, nothing) for _ in range(count)),
        )
        for count in counts
    ]


def rows(columns: list[list[Block]]) -> list[Block]:
    return [block for block in itertools.chain.from_iterable(columns) if not block.opens]


@pytest.mark.parametrize("room", [30.0, 35.0, 47.0, 55.0, 71.0, 90.0, 1000.0])
@pytest.mark.parametrize("counts", [(1, 1, 1), (3, 2, 7), (9,), (1, 4, 1, 4)])
def test_a_heading_goes_along_and_nothing_is_lost(room, counts):
    made = groups(*counts)
    columns = flow(made, room, room)
    wanted = [block for group in made for block in group.blocks]
    assert rows(columns) == wanted
    assert all(height_of(column) <= room + 1e-9 for column in columns)
    assert all(column[0].opens for column in columns)
    assert not any(column[-1].opens for column in columns)


def test_where_a_group_goes_on_its_heading_is_said_again():
    (group,) = groups(3)
    first, second = flow([group], 50.0, 50.0)
    assert first == [group.heading, *group.blocks[:2]]
    assert second == [group.again, group.blocks[2]]


def test_a_first_page_with_less_room_may_stay_without_days():
    (group,) = groups(1)
    assert flow([group], 5.0, 100.0) == [[], [group.heading, group.blocks[0]]]


def test_nothing_is_one_empty_column():
    assert flow([], 10.0, 10.0) == [[]]


@pytest.mark.parametrize("counts", [(1, 1, 1), (3, 2, 7), (2, 2, 2, 2, 2, 2)])
def test_columns_are_about_as_high_as_each_other(counts):
    made = groups(*counts)
    columns = leveled(made, 3, 1000.0)
    assert columns is not None
    assert len(columns) <= 3
    assert rows(columns) == [block for group in made for block in group.blocks]
    whole = sum(10.0 + 20.0 * count for count in counts)
    assert max(map(height_of, columns)) <= whole / 3 + 40.0


def test_too_little_room_is_told():
    assert leveled(groups(3, 3, 3), 3, 40.0) is None
    assert leveled(groups(1, height=90.0), 3, 60.0) is None
