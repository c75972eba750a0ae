"""Twenty years of any schedule: every unit, leap days, month ends, clock changes, parts, delays."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from caregiver_app.domain import plans
from caregiver_app.domain.entities import Appointment, Phase, Plan
from caregiver_app.domain.plans import Choice
from caregiver_app.domain.times import Floating, Zoned, after_gap, in_zone, instant, wall
from tests.factories import appointment, plan

YEARS = 20
ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "America/Anchorage",
    "America/Argentina/Buenos_Aires", "America/Bogota", "America/Caracas", "America/Chicago",
    "America/Denver", "America/Halifax", "America/Havana", "America/Los_Angeles",
    "America/Mexico_City", "America/New_York", "America/Nuuk", "America/Santiago",
    "America/Sao_Paulo", "America/St_Johns", "America/Phoenix", "Antarctica/Troll",
    "Asia/Beirut", "Asia/Dubai", "Asia/Gaza", "Asia/Jerusalem", "Asia/Kathmandu",
    "Asia/Kolkata", "Asia/Shanghai", "Asia/Tehran", "Asia/Tokyo", "Atlantic/Azores",
    "Australia/Adelaide", "Australia/Lord_Howe", "Australia/Sydney", "Europe/Berlin",
    "Europe/Dublin", "Europe/London", "Europe/Moscow", "Pacific/Apia", "Pacific/Auckland",
    "Pacific/Chatham",
)  # fmt: skip
UNITS = ("day", "week", "month")
DAYS = st.one_of(
    st.dates(date(2020, 1, 1), date(2032, 12, 31)),
    st.sampled_from([date(2024, 2, 29), date(2027, 1, 31), date(2027, 8, 31), date(2028, 2, 29)]),
)
HOURS = st.sampled_from([time(0), time(1, 30), time(2, 30), time(9, 30), time(23, 59)])


def later(day: date, count: int, unit: str) -> date:
    """The tests' own arithmetic: months by hand, clipped to the last day of a shorter one."""
    if unit == "month":
        year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return day + timedelta(days=count * {"day": 1, "week": 7}[unit])


@st.composite
def rhythms(draw: st.DrawFn) -> dict[str, object]:
    """Starting visits and what follows them, as one part has them."""
    unit = draw(st.sampled_from(UNITS))
    gaps = draw(st.lists(st.integers(1, 9), max_size=4))
    offsets = tuple(sum(gaps[:n]) for n in range(len(gaps) + 1))
    every = draw(st.none() | st.integers(1 if unit == "month" else 3, 12))
    then, every_unit = None, ""
    if every is not None and draw(st.booleans()):
        then = offsets[-1] + draw(st.integers(1, 30))
        if unit != "month" and draw(st.booleans()):
            every_unit, then = "month", then // 4 + 3
    counted = draw(st.none() | st.integers(len(offsets), len(offsets) + 30))
    return {"offsets": offsets, "unit": unit, "every": every, "every_unit": every_unit,
            "then": then, "count": counted}  # fmt: skip


def days_of(rhythm: dict[str, object]) -> int:
    """So many days its starting visits, or all that it counts, need at most."""
    length = {"day": 1, "week": 7, "month": 31}
    starting = rhythm["offsets"][-1] * length[rhythm["unit"]]
    if rhythm["count"] is None or rhythm["every"] is None:
        return starting
    more = rhythm["count"] - len(rhythm["offsets"])
    last = (rhythm["then"] or rhythm["offsets"][-1]) + more * rhythm["every"]
    return max(starting, last * length[rhythm["every_unit"] or rhythm["unit"]])


@st.composite
def schedules(draw: st.DrawFn) -> Plan:
    """A plan of one to four parts that the form would take."""
    first = datetime.combine(draw(DAYS), draw(HOURS))
    zone = draw(st.none() | st.sampled_from(ZONES))
    rhythm, parts = draw(rhythms()), []
    needed = days_of(rhythm)
    for _ in range(draw(st.integers(0, 3))):
        following, unit = draw(rhythms()), draw(st.sampled_from(UNITS))
        begins = needed // {"day": 1, "week": 7, "month": 28}[unit] + draw(st.integers(1, 60))
        assume(begins <= 1000)
        home = draw(st.booleans())
        parts.append(Phase(begins=begins, begins_unit=unit, at_home=home, **following))
        needed = days_of(following)
    last = draw(st.none() | st.integers(0, 4000))
    one = plan(
        Floating(first) if zone is None else Zoned(first, zone),
        phases=tuple(parts),
        last=None if last is None else first.date() + timedelta(days=last),
        **rhythm,
    )
    assume(not [p for p in plans.check_plan(one) if p.key != "time.gap"])
    return one


def end_of(one: Plan) -> date:
    return later(wall(one.first).date(), 12 * YEARS, "month")


def as_written(one: Plan) -> list[tuple[int, date]]:
    """Part and day of every visit of twenty years, told as a person would count on a calendar."""
    first = Phase(begins=0, begins_unit="day", offsets=one.offsets, unit=one.unit, every=one.every,
                  every_unit=one.every_unit, then=one.then, count=one.count)  # fmt: skip
    parts, found, begins = (first, *one.phases), [], wall(one.first).date()
    for number, part in enumerate(parts):
        begins = later(begins, part.begins, part.begins_unit)
        following = parts[number + 1] if number + 1 < len(parts) else None
        ends = date.max if following is None else later(
            begins, following.begins, following.begins_unit
        )  # fmt: skip
        days = [later(begins, offset, part.unit) for offset in part.offsets]
        if part.every is not None:
            count = part.offsets[-1] + part.every if part.then is None else part.then
            while (day := later(begins, count, part.every_unit or part.unit)) <= end_of(one):
                days.append(day)
                count += part.every
        days = days[: len(days) if part.count is None else part.count]
        found += [(number, day) for day in days if day < ends]
    until = min(end_of(one), one.last or date.max)
    return [(number, day) for number, day in found if day <= until]


@settings(max_examples=250)
@given(schedules())
def test_every_visit_is_where_a_person_would_count_it(one: Plan):
    found = plans.proposals(one, end_of(one))
    assert [dose for dose, _ in found] == list(range(1, len(found) + 1))
    told = [(plans.spot_at(one, dose).phase, wall(start).date()) for dose, start in found]
    assert told == as_written(one)
    for (_, earlier), (_, after) in pairwise(told):
        assert earlier < after


@settings(max_examples=150)
@given(schedules())
def test_the_hour_on_the_wall_stays_whatever_the_clocks_do(one: Plan):
    for _, start in plans.proposals(one, end_of(one)):
        assert type(start) is type(one.first)
        assert start.local.time() == one.first.local.time()
        if isinstance(start, Zoned):
            assert start.zone == one.first.zone
            shown = in_zone(instant(start, "UTC"), start.zone).replace(tzinfo=None, fold=0)
            assert shown == after_gap(start.local, start.zone)


@pytest.mark.parametrize("zone", ZONES)
def test_half_past_nine_is_half_past_nine_in_every_zone(zone: str):
    one = plan(Zoned(datetime(2026, 11, 24, 9, 30), zone), offsets=(0,), every=4)
    for _, start in plans.proposals(one, end_of(one)):
        assert in_zone(instant(start, "UTC"), zone).strftime("%H:%M") == "09:30"


@given(st.integers(2020, 2032), st.integers(1, 12), st.integers(29, 31), st.integers(1, 12))
def test_month_ends_never_drift(year: int, month: int, day: int, every: int):
    assume(day <= monthrange(year, month)[1])
    one = plan(Zoned(datetime(year, month, day, 9, 30), "UTC"),
               offsets=(0,), every=every, unit="month")  # fmt: skip
    found = [wall(start).date() for _, start in plans.proposals(one, end_of(one))]
    assert len(found) == 12 * YEARS // every + 1
    assert [here.day for here in found] == [
        min(day, monthrange(here.year, here.month)[1]) for here in found
    ]


# ---- delays ------------------------------------------------------------------------------------
MOVES = st.lists(
    st.tuples(st.integers(1, 40), st.integers(-20, 60), st.sampled_from(Choice)),
    min_size=1,
    max_size=6,
)


def visits_of(one: Plan, until: date) -> list[Appointment]:
    return [
        appointment(start, id=plans.visit_id("p1", dose), plan="p1", dose=dose, status="planned")
        for dose, start in plans.proposals(one, until)
    ]


@settings(max_examples=200)
@given(schedules(), MOVES, st.sets(st.integers(1, 40)), st.sets(st.integers(1, 40)))
def test_a_delay_never_moves_what_is_done(one, moves, done, cancelled):
    visits = visits_of(one, later(wall(one.first).date(), 36, "month"))
    state = dict.fromkeys(cancelled, "cancelled") | dict.fromkeys(done, "done")
    visits = [replace(v, status=state.get(v.dose, v.status)) for v in visits]
    for dose, by, choice in moves:
        moved = next((v for v in visits if v.dose == dose), None)
        if moved is None:
            continue
        target = replace(moved.start, local=moved.start.local + timedelta(days=by))
        told = {c.visit: c for c in plans.moves(one, visits, dose, target, choice) if not c.added}
        for visit in visits:
            change = told.get(visit.id)
            if change is None:
                continue
            assert visit.dose == dose or visit.status == "planned"
            assert visit.dose >= dose
            assert visit.dose == dose or choice is not Choice.ONLY_THIS
            assert change.before == visit.start != change.after
            if change.after is not None:
                assert wall(change.after).time() == wall(visit.start).time()
                in_time = one.last is None or wall(change.after).date() <= one.last
                assert in_time or visit.dose == dose
        one = plans.anchored(one, dose, wall(target).date(), choice)
        visits = [
            replace(v, start=told[v.id].after) if v.id in told else v
            for v in visits
            if v.id not in told or told[v.id].after is not None
        ]


@settings(max_examples=200)
@given(schedules(), MOVES)
def test_dates_ascend_after_any_delay(one: Plan, moves):
    length = [plans.minutes_of(one, dose) for dose in range(1, 20)]
    for dose, by, choice in moves:
        start = plans.visit_start(one, dose)
        if start is None or choice is Choice.ONLY_THIS:
            continue
        before = None if dose == 1 else plans.visit_start(one, dose - 1)
        target = wall(start).date() + timedelta(days=by)
        if before is not None and target <= wall(before).date():
            continue  # before the visit before it: nobody agrees to that
        one = plans.anchored(one, dose, target, choice)
        if one.last is None or target <= one.last:
            assert wall(plans.visit_start(one, dose)).date() == target
        found = [wall(at).date() for _, at in plans.proposals(one, end_of(one))]
        assert all(earlier < after for earlier, after in pairwise(found))
    if not one.phases:
        assert [plans.minutes_of(one, dose) for dose in range(1, 20)] == length


@given(schedules(), st.integers(1, 30), st.integers(1, 60))
def test_counting_from_here_keeps_every_distance_in_days_and_weeks(one: Plan, dose: int, by: int):
    parts = (one, *one.phases)
    assume("month" not in {u for p in parts for u in (p.unit, p.every_unit)})
    assume(all(part.begins_unit != "month" for part in one.phases))
    one = replace(one, last=None)
    start = plans.visit_start(one, dose)
    assume(start is not None)
    moved = plans.anchored(
        one, dose, wall(start).date() + timedelta(days=by), Choice.COUNT_FROM_HERE
    )
    assume(plans.stays_from(one, dose) is None)
    for number in range(1, 40):
        before, after = plans.visit_start(one, number), plans.visit_start(moved, number)
        assert (before is None) == (after is None)
        if before is not None:
            expected = timedelta(days=by if number >= dose else 0)
            assert wall(after) - wall(before) == expected


@given(schedules(), st.integers(1, 30), st.integers(0, 60))
def test_starting_a_phase_again_shows_its_own_beginning(one: Plan, dose: int, by: int):
    spot = plans.spot_at(replace(one, last=None), dose)
    assume(spot is not None)
    one = replace(one, last=None)
    part = (one, *one.phases)[spot.phase]
    day = wall(plans.visit_start(one, dose)).date() + timedelta(days=by)
    again = plans.anchored(one, dose, day, Choice.RESTART_PHASE)
    here = plans.spot_at(again, dose)
    assert here.phase == spot.phase
    if spot.place < len(part.offsets):
        assert here.place == 0
        for place, offset in enumerate(part.offsets):
            at = plans.spot_at(again, dose + place)
            if at is None or at.phase != spot.phase:
                break
            expected = later(day, offset, part.unit)
            assert wall(plans.visit_start(again, dose + place)).date() == expected
    else:
        assert here.place == len(part.offsets)
