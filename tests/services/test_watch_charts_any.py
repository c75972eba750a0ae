"""What the charts count is what was written: counted again, entry by entry, over any days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest

from caregiver_app.domain.entities import CheckIn, SideEffect
from caregiver_app.domain.times import AllDay, Floating, Moment, Zoned, wall
from caregiver_app.services import watch_charts
from caregiver_app.services.cycles import SCALE, cycles
from caregiver_app.services.watch_charts import SCALES, Span, span_between
from caregiver_app.storage.tallies import Tallies
from tests.factories import NEW_YORK, line
from tests.fakes import FakeClock, Home

FIRST, LAST = date(2024, 11, 3), date(2026, 11, 20)
T = TypeVar("T")
DAYS = (LAST - FIRST).days
SIGNS = ("headache", "fatigue", "Bitter taste")


def some_day(chance: Random) -> date:
    return FIRST + timedelta(days=chance.randint(0, DAYS))


def some_time(chance: Random) -> Moment:
    day = some_day(chance)
    hour = datetime(day.year, day.month, day.day, chance.choice((0, 3, 12, 23)), 59)
    return chance.choice((AllDay(day), Floating(hour), Zoned(hour, NEW_YORK)))


@pytest.fixture(scope="module")
def rosa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder: Path = tmp_path_factory.mktemp("charts")
    home = Home(folder / "data", FakeClock(datetime(2024, 11, 1, 16, tzinfo=UTC)))
    home.add(
        line("person", id="rosa", name="Rosa"),
        line("person", id="mei", name="Mei"),
        line("plan", id="p", person="rosa", medicine="infliximab", first="2024-12-03T09:30",
             zone=NEW_YORK, offsets=[0, 2, 6], every=8, watch_days=14),
    )  # fmt: skip
    home.clock.at("2026-11-20T12:00")
    home.house.plans.lay_out_all()
    chance, care = Random(8), home.house.care
    with care.change("done.side_effect"):
        for number in range(400):
            person = chance.choice(("rosa", "rosa", "mei"))
            care.store.put(
                SideEffect(id=f"s{number}", created=care.now, changed=care.now, person=person,
                           sign=chance.choice(SIGNS), severity=chance.randint(1, 4),
                           at=some_time(chance), urgency="note_and_mention")
            )  # fmt: skip
            numbers = {name: chance.choice((None, chance.randint(0, 10))) for name in SCALES}
            care.store.put(
                CheckIn(id=f"c{number:03}", created=care.now, changed=care.now, person=person,
                        date=some_day(chance), flare=chance.random() < 0.2,
                        possible=chance.choice(("", "a walk")), **numbers)
            )  # fmt: skip
        for number in range(0, 400, 9):
            care.store.remove(SideEffect, f"s{number}", care.now)
            care.store.remove(CheckIn, f"c{number:03}", care.now)
    yield home
    home.close()


def spans() -> list[Span]:
    chance = Random(3)
    found: list[Span] = []
    for _ in range(40):
        last = some_day(chance)
        days = chance.choice((1, 2, 7, 28, 100, 101, 365, 421, 800, 3000))
        found.append(span_between(last - timedelta(days=days - 1), last))
    return found


def inside(span: Span, day: date) -> bool:
    return span.first <= day <= span.last


def stretch(span: Span, day: date) -> int:
    (found,) = (n for n in range(span.count) if span.bounds(n)[0] <= day <= span.bounds(n)[1])
    return found


def grouped(pairs: Sequence[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for number, one in pairs:
        found.setdefault(number, []).append(one)
    return found


@pytest.mark.parametrize("span", spans(), ids=lambda one: f"{one.first}-{one.days}-{one.unit}")
def test_counted_again_by_hand(rosa: Home, span: Span):
    care = rosa.house.care
    effects = [
        (stretch(span, day), day, one)
        for one in care.store.all(SideEffect, person="rosa")
        if inside(span, day := wall(one.at).date())
    ]
    days = [
        (stretch(span, one.date), one.date, one)
        for one in care.store.all(CheckIn, person="rosa")
        if inside(span, one.date)
    ]
    written = grouped([(number, day) for number, day, _ in (*effects, *days)])
    shown = watch_charts.timeline(care, "rosa", span)
    assert {one.number: one.days for one in shown.told} == {
        number: len(set(found)) for number, found in written.items()
    }
    assert shown.without == span.days - len({day for _, day, _ in (*effects, *days)})
    assert shown.flares == tuple(sorted({day for _, day, one in days if one.flare}))

    strip = watch_charts.strip(care, "rosa", span)
    rows = dict(strip.rows)
    for sign in SIGNS:
        same = grouped([(number, (day, e)) for number, day, e in effects if e.sign == sign])
        assert dict(rows.get(sign, {})) == {
            number: (max(e.severity for _, e in found), len({day for day, _ in found}))
            for number, found in same.items()
        }
    for one in shown.told:
        assert {sign: (level, count) for sign, level, count in one.signs} == {
            sign: row[one.number] for sign, row in rows.items() if one.number in row
        }
        assert one.level == max((level for _, level, _ in one.signs), default=0)

    wellbeing = watch_charts.wellbeing(care, "rosa", span)
    for name, spreads in wellbeing.scales:
        told = [(n, (day, getattr(c, name))) for n, day, c in days if getattr(c, name) is not None]
        for number, found in grouped(told).items():
            numbers = [value for _, value in found]
            made = spreads[number]
            assert (made.low, made.high) == (min(numbers), max(numbers))
            assert made.mean == pytest.approx(sum(numbers) / len(numbers))
            assert made.days == len({day for day, _ in found})
        assert set(spreads) == set(grouped(told))
    assert wellbeing.written == len(
        {day for _, day, c in days if any(getattr(c, name) is not None for name in SCALES)}
    )


def _sign(entries: list[SideEffect], days: list[CheckIn], day: date) -> int | None:
    same = [one for one in entries if wall(one.at).date() == day]
    levels = [one.severity for one in same if one.sign == "headache"]
    there = same or [one for one in days if one.date == day]
    return max(levels, default=0) if there else None


def _pain(_entries: list[SideEffect], days: list[CheckIn], day: date) -> int | None:
    told = [one.pain for one in days if one.date == day and one.pain is not None]
    return told[-1] if told else None


@pytest.mark.parametrize(("what", "count"), [("headache", _sign), (f"{SCALE}pain", _pain)])
def test_each_cycle_holds_its_own_days(
    rosa: Home, what: str, count: Callable[[list[SideEffect], list[CheckIn], date], int | None]
):
    store = rosa.house.care.store
    entries, days = store.all(SideEffect, person="rosa"), store.all(CheckIn, person="rosa")
    days.sort(key=lambda one: (one.date, one.created, one.id))
    found = cycles(rosa.house.care, "rosa", what)
    starts = [one.day for one in Tallies(store, "rosa", NEW_YORK, LAST).infusions(date.min, LAST)]
    assert [one.first for one in reversed(found)] == starts
    assert len(found) > 10
    for one in found:
        told = {n: count(entries, days, one.first + timedelta(days=n)) for n in range(one.days + 1)}
        assert dict(one.levels) == {n: level for n, level in told.items() if level is not None}
    assert sum(one.days + 1 for one in found) == (LAST - starts[0]).days + 1
