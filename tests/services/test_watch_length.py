"""How long is watched after an infusion: which check-ins come, and what another length changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caregiver_app.domain.entities import Answer
from caregiver_app.domain.plans import Choice
from caregiver_app.services.today import TodayService
from tests.factories import moment, plan
from tests.fakes import Home

STEPS = ("c2", "c24", "c72", "c7", "c14")


def coming(home: Home, visit: str = "p1~1") -> list[str]:
    """The check-ins that a visit brings, without those that rest."""
    return [
        one.reminder.what
        for one in home.house.reminders.of(visit)
        if one.reminder.what in STEPS and one.state not in ("done", "skipped")
    ]


def change(home: Home, days: int) -> None:
    kept = home.house.plans.get("p1")
    assert kept is not None
    home.house.plans.save(replace(kept, watch_days=days))


def window(home: Home) -> tuple[int | None, int, int] | None:
    found = TodayService(home.house).watching(None)
    return (found[0].visit.dose, found[0].day, found[0].last) if found else None


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, []),
        (1, ["c2", "c24"]),
        (2, ["c2", "c24"]),
        (3, ["c2", "c24", "c72"]),
        (5, ["c2", "c24", "c72"]),
        (6, ["c2", "c24", "c72"]),
        (7, ["c2", "c24", "c72", "c7"]),
        (13, ["c2", "c24", "c72", "c7"]),
        (14, ["c2", "c24", "c72", "c7", "c14"]),
        (30, ["c2", "c24", "c72", "c7", "c14"]),
        (90, ["c2", "c24", "c72", "c7", "c14"]),
    ],
)
def test_check_ins_come_only_within_the_window(home: Home, days: int, expected: list[str]):
    home.house.plans.save(plan(offsets=(0,), every=None, watch_days=days))
    assert coming(home) == expected


@pytest.mark.parametrize("start", ["2027-03-10T09:30", "2026-10-28T22:00", "2027-03-13T09:30"])
def test_the_clocks_change_no_check_in(home: Home, start: str):
    home.clock.at("2026-10-20T10:00")
    home.house.plans.save(plan(start, offsets=(0,), every=None, watch_days=14))
    assert coming(home) == list(STEPS)


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (1, ["c2"]), (3, ["c2", "c24"]), (4, ["c2", "c24", "c72"]), (7, ["c2", "c24", "c72"]),
        (8, ["c2", "c24", "c72", "c7"]), (14, ["c2", "c24", "c72", "c7"]), (15, list(STEPS)),
    ],
)  # fmt: skip
def test_the_next_infusion_ends_them(home: Home, gap: int, expected: list[str]):
    home.house.plans.save(plan(offsets=(0, gap), unit="day", every=None, watch_days=30))
    assert coming(home) == expected


def test_the_next_infusion_ends_the_window_also_when_it_is_moved_or_cancelled(home: Home):
    home.clock.at("2026-11-20T08:00")
    home.house.plans.save(plan("2026-11-20T09:30", offsets=(0, 1), every=None))
    home.clock.at("2026-11-22T10:00")
    assert window(home) == (1, 2, 7)
    home.house.plans.move("p1~2", moment("2026-11-25T09:30"), Choice.ONLY_THIS, agreed=True)
    assert window(home) == (1, 2, 5)
    home.house.plans.cancel("p1~2", agreed=True)
    assert window(home) == (1, 2, 14)
    home.house.care.undo()
    assert window(home) == (1, 2, 5)
    home.clock.at("2026-11-25T09:29")
    assert window(home) == (1, 5, 5)
    home.clock.at("2026-11-25T09:31")
    assert window(home) == (2, 0, 14)


def test_the_next_one_ends_it_though_nobody_watches_after_that(home: Home):
    home.clock.at("2026-11-20T08:00")
    home.house.plans.save(plan("2026-11-20T09:30", offsets=(0,), every=None))
    home.house.plans.save(
        plan("2026-11-23T09:30", id="p2", offsets=(0,), every=None, watch_days=0, medicine="saline")
    )
    home.clock.at("2026-11-23T09:00")
    assert window(home) == (1, 3, 3)
    home.clock.at("2026-11-23T10:00")
    assert window(home) is None


def test_a_window_lasts_to_the_end_of_its_last_day(home: Home):
    home.clock.at("2026-11-20T08:00")
    home.house.plans.save(plan("2026-11-20T09:30", offsets=(0,), every=None, watch_days=5))
    home.clock.at("2026-11-25T23:59")
    assert window(home) == (1, 5, 5)
    home.clock.at("2026-11-26T00:00")
    assert window(home) is None


# ---- another length ----------------------------------------------------------------------------
@pytest.fixture
def tenth(home: Home) -> Home:
    """Day 10 after an infusion that was watched for three days; one check-in was answered."""
    home.clock.at("2026-11-20T08:00")
    home.house.plans.save(plan("2026-11-20T09:30", offsets=(0,), every=None, watch_days=3))
    home.clock.at("2026-11-20T14:30")
    (asks,) = [one for one in home.house.reminders.open_now() if one.what == "c2"]
    home.house.reminders.answer(asks.id, "done")
    home.clock.at("2026-11-30T10:00")
    return home


def test_a_longer_one_asks_only_what_is_still_to_come(tenth: Home):
    assert coming(tenth) == ["c24", "c72"]
    change(tenth, 14)
    assert coming(tenth) == ["c24", "c72", "c14"], "day 7 is over and was never asked about"
    open_now = [one.what for one in tenth.house.reminders.open_now() if one.what in STEPS]
    assert open_now == ["c24", "c72"]
    tenth.house.care.undo()
    assert coming(tenth) == ["c24", "c72"]
    assert [one.entry for one in tenth.house.care.store.all(Answer)] == ["p1~1"]


def test_a_shorter_one_takes_away_what_was_to_come_and_no_answer(tenth: Home):
    answered = tenth.house.care.store.all(Answer)
    change(tenth, 0)
    assert coming(tenth) == []
    assert tenth.house.care.store.all(Answer) == answered
    change(tenth, 3)
    assert "c2" not in coming(tenth), "it is answered still"


def test_the_days_of_the_calendar_follow(tenth: Home):
    agenda = tenth.house.agenda
    days = date(2026, 11, 1), date(2026, 12, 31)
    assert [(one.first.day, one.last.day) for one in agenda.watched(*days)] == [(20, 23)]
    change(tenth, 10)
    assert [(one.first.day, one.last.day) for one in agenda.watched(*days)] == [(20, 30)]
    change(tenth, 0)
    assert agenda.watched(*days) == []
