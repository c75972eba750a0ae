"""Where the hour to rest fits a visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain.rest import (
    LONG_VISIT,
    REST,
    hour_to_rest,
    lies_in,
    rest_id,
    visit_of_rest,
)
from caregiver_app.domain.times import AllDay, Floating, Zoned, to_text, wall
from tests.factories import appointment, moment


@pytest.mark.parametrize(
    ("start", "minutes", "begins"),
    [
        ("2026-03-31T09:30", 140, "2026-03-31T10:00"),
        ("2026-03-31T09:30", 119, None),
        ("2026-03-31T09:00", 120, "2026-03-31T09:30"),
        ("2026-03-31T09:10", 120, "2026-03-31T10:00"),
        ("2026-03-31T23:50", 300, "2026-04-01T00:30"),
        ("2026-03-31", 1440, None),
    ],
)
def test_where_it_begins(start: str, minutes: int, begins: str | None) -> None:
    found = hour_to_rest(moment(start), minutes)
    assert (None if found is None else to_text(found)) == begins


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
    st.integers(LONG_VISIT, 600),
    st.booleans(),
)
def test_it_lies_in_every_long_visit(start: datetime, minutes: int, zoned: bool) -> None:
    local = start.replace(second=0, microsecond=0)
    when = Zoned(local, "America/New_York") if zoned else Floating(local)
    found = hour_to_rest(when, minutes)
    assert found is not None
    assert not isinstance(found, AllDay)
    assert type(found) is type(when)
    assert wall(found).minute in (0, 30)
    assert local + timedelta(minutes=30) <= wall(found)
    assert wall(found) + timedelta(minutes=REST) <= local + timedelta(minutes=minutes)


def test_it_goes_by_its_visit() -> None:
    visit = appointment("2026-03-31T09:30", id="p1-2", type="infusion", minutes=140)
    rest = appointment("2026-03-31T10:00", id=rest_id("p1-2"), type="other")
    assert visit_of_rest(rest) == "p1-2"
    assert visit_of_rest(visit) is None
    assert visit_of_rest(replace(rest, type="lab")) is None
    assert lies_in(rest, visit)
    assert lies_in(replace(rest, start=moment("2026-03-31T11:30")), visit)
    assert not lies_in(replace(rest, start=moment("2026-03-31T09:00")), visit)
    assert not lies_in(replace(rest, start=moment("2026-04-01T10:00")), visit)
    assert not lies_in(replace(rest, start=moment("2026-03-31T12:00")), visit)
    assert lies_in(replace(rest, start=moment("2026-03-31")), visit)
