"""Watch windows of any plan, over clock changes, with the next infusion moved or cancelled."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.plans import Choice
from caregiver_app.domain.reminders import CHECK_INS
from caregiver_app.domain.times import Zoned, ends, instant, local_day, wall
from tests.factories import plan
from tests.fakes import NEW_YORK, FakeClock, Home

OFFSET_HOURS = {"c2": 2, "c24": 24, "c72": 72, "c7": 168, "c14": 336}
FIRSTS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
HOURS = st.sampled_from(["00:30", "02:30", "09:30", "16:00", "23:00"])
GAPS = st.tuples(st.integers(1, 40), st.integers(41, 90))
WATCHED = st.integers(0, 40)
CHANGES = st.one_of(
    st.just("none"), st.just("cancel"), st.integers(-39, 45).map(lambda days: f"move {days}")
)


def change(home: Home, what: str) -> None:
    visit = home.visit("p1~2")
    if what == "cancel":
        home.house.plans.cancel(visit.id, agreed=True)
    elif what != "none":
        to = wall(visit.start) + timedelta(days=int(what.split()[1]))
        first, last = (wall(home.visit(f"p1~{n}").start) for n in (1, 3))
        to = min(max(to, first + timedelta(days=1)), last - timedelta(days=1))
        moved = Zoned(to.replace(minute=15), NEW_YORK)
        home.house.plans.move(visit.id, moved, Choice.ONLY_THIS, agreed=True)


def check(home: Home, visits: list[Appointment], days: int) -> None:
    first = wall(visits[0].start).date()
    found = {
        one.visit.id: one for one in home.house.agenda.watched(first, first + timedelta(days=200))
    }
    for visit, following in zip(visits, [*visits[1:], None], strict=True):
        own = local_day(instant(visit.start, NEW_YORK), NEW_YORK)
        if days == 0:
            assert visit.id not in found
            continue
        last = own + timedelta(days=days)
        if following is not None:
            last = min(last, local_day(instant(following.start, NEW_YORK), NEW_YORK))
        assert (found[visit.id].first, found[visit.id].last) == (own, last)
        over = ends(visit.start, visit.minutes, NEW_YORK)
        brought = [one.reminder for one in home.house.reminders.of(visit.id)]
        told = {one.what for one in brought if one.what in CHECK_INS}
        begins = None if following is None else instant(following.start, NEW_YORK)
        wanted = {
            step
            for step, hours in OFFSET_HOURS.items()
            if hours <= days * 24 and (begins is None or over + timedelta(hours=hours) < begins)
        }
        assert told == wanted
    assert set(found) == {visit.id for visit in visits} or days == 0


@settings(max_examples=40)
@given(FIRSTS, HOURS, GAPS, WATCHED, CHANGES, WATCHED)
def test_windows_and_check_ins_agree(
    first: date, hour: str, gaps: tuple[int, int], days: int, what: str, other: int
):
    start = f"{first.isoformat()}T{hour}"
    with tempfile.TemporaryDirectory() as folder:
        before = datetime.fromisoformat(start) - timedelta(days=3)
        clock = FakeClock(instant(Zoned(before, NEW_YORK), NEW_YORK))
        home = Home(Path(folder), clock)
        try:
            home.house.plans.save(
                plan(start, offsets=(0, *gaps), unit="day", every=None, watch_days=days)
            )
            change(home, what)
            visits = home.house.care.store.visits("p1")
            visits = [one for one in visits if one.status != "cancelled"]
            check(home, visits, days)
            kept = home.house.plans.get("p1")
            assert kept is not None
            home.house.plans.save(replace(kept, watch_days=other))
            check(home, visits, other)
        finally:
            home.close()
