"""What moves or answers reminders: other visits, settings, and the family itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from caregiver_app.domain.plans import Choice
from caregiver_app.errors import InputRefused
from tests.factories import appointment, moment, pills, plan
from tests.fakes import Home

RING = "a1/2026-11-24T09:30/120"


@pytest.fixture
def entered(home: Home) -> Home:
    """One appointment on Tuesday at 09:30 with a reminder two hours before."""
    home.house.agenda.save(appointment(reminders=(120,)))
    return home


# ---- other visits, other settings --------------------------------------------------------------
def test_check_ins_come_and_go_with_the_next_infusion(home: Home):
    home.house.plans.save(plan("2026-11-10T09:30"))
    home.said()
    c14 = "p1~1:c14/2026-11-10T09:30/-20160"
    home.clock.at("2026-11-24T08:00")
    assert c14 not in home.said()  # today is the next infusion
    home.house.plans.move("p1~2", moment("2026-11-26T09:30"), Choice.ONLY_THIS, agreed=True)
    assert c14 in home.said()


def test_a_longer_watch_brings_its_check_ins(home: Home):
    home.house.plans.save(plan(watch_days=3))
    home.clock.at("2026-12-01T08:00")
    home.said()
    c7 = "p1~1:c7/2026-11-24T09:30/-10080"
    assert c7 not in [s.reminder.id for s in home.house.reminders.between()]
    home.house.plans.save(plan(watch_days=14))
    assert c7 in home.said()


def test_marking_a_visit_done_keeps_what_comes_after_it(home: Home):
    home.house.plans.save(plan())
    home.clock.at("2026-11-24T20:00")
    home.said()
    home.house.agenda.set_status("p1~1", "done")
    waiting = {s.reminder.what for s in home.house.reminders.waiting() if "~1" in s.reminder.id}
    assert waiting == {"c2"}
    home.clock.at("2026-12-15T08:00")
    assert "p1~1:eob/2026-11-24T09:30/-30240" in home.said()


def test_the_hours_of_a_days_notice_can_be_set(home: Home):
    home.house.plans.save(plan("2026-12-15T09:30"))
    home.said()
    home.house.settings.set("notice_morning", "06:30")
    home.house.settings.set("notice_evening", "21:00")
    home.clock.at("2026-12-01T06:30")
    assert home.said() == ["p1~1:pa_check/2026-12-15T09:30/20160"]
    home.clock.at("2026-12-12T06:29")
    home.said()
    home.clock.at("2026-12-14T20:59")
    home.said()
    home.clock.at("2026-12-14T21:00")
    assert "p1~1:pack1/2026-12-15T09:30/1440" in home.said()


def test_other_steps_of_a_new_version_are_noticed(home: Home):
    home.house.plans.save(plan("2026-12-15T09:30"))
    reminders = home.house.reminders
    reminders.refresh_if_moved()
    with home.house.care.change("x"):
        home.house.settings.put("steps", "of another version")
        for entry in home.index():
            home.house.care.store.set_due(entry, None)
    assert not reminders.refresh_if_moved()  # the zone is the same
    home.clock.at("2026-12-01T08:00")
    assert home.said() == ["p1~1:pa_check/2026-12-15T09:30/20160"]


# ---- answers -----------------------------------------------------------------------------------
def test_an_answer_taken_back_waits_again_and_nothing_else_does(home: Home):
    home.house.agenda.save(appointment(reminders=(1440, 120)))
    home.clock.at("2026-11-24T07:30")
    first, second = home.said()
    home.house.reminders.answer(first, "done")
    home.house.reminders.answer(second, "skipped", reason="not today")
    assert home.house.reminders.waiting() == []
    home.house.care.undo()
    assert [s.reminder.id for s in home.house.reminders.waiting()] == [second]


def test_an_answer_before_its_time_taken_back_rings_at_its_time(entered: Home):
    entered.house.reminders.answer(RING, "done")
    entered.house.care.undo()
    entered.clock.at("2026-11-24T07:30")
    assert entered.said() == [RING]


def test_an_answer_taken_back_rings_also_when_others_were_said_meanwhile(home: Home):
    home.house.agenda.save(appointment(reminders=(1440, 120)))
    home.house.reminders.answer(RING, "done")
    home.clock.at("2026-11-23T09:30")
    assert home.said() == ["a1/2026-11-24T09:30/1440"]
    home.house.care.undo()
    home.clock.at("2026-11-24T07:30")
    assert home.said() == [RING]


def test_all_due_ones_of_an_entry(home: Home):
    home.house.agenda.save(appointment(reminders=(2880, 1440, 120, 10)))
    home.clock.at("2026-11-22T09:30")
    home.said()
    home.clock.at("2026-11-24T07:30")
    ids = home.house.reminders.answer("a1", "done")
    assert [i.rsplit("/")[-1] for i in ids] == ["2880", "1440", "120"]
    assert home.house.reminders.answer("a1", "done") == []
    home.clock.at("2026-11-24T09:20")
    assert len(home.said()) == 1


@pytest.mark.parametrize("entry", ["a1", "a~b:c", "a/b", "x:y"])
def test_reminders_of_entries_with_odd_ids(home: Home, entry: str):
    home.house.agenda.save(appointment(id=entry, reminders=(120,), leave_at="09:00"))
    for one in (f"{entry}/2026-11-24T09:30/120", f"{entry}:leave/2026-11-24T09:30/30"):
        assert home.house.reminders.answer(one, "done") == [one]
    home.clock.at("2026-11-24T09:30")
    assert home.said() == []


@pytest.mark.parametrize(
    "wanted",
    ["nobody", "nobody/2026-11-24T09:30/120", "a1/2026-11-24T09:30/121", "a1/2026-11-25T09:30/120",
     "a1/soon/120", "", "a1/2026-11-24/120"],
)  # fmt: skip
def test_what_nothing_is_known_of(entered: Home, wanted: str):
    with pytest.raises(InputRefused) as refused:
        entered.house.reminders.answer(wanted, "done")
    assert (refused.value.key, refused.value.exit_code) == ("reminder.unknown", 20)


def test_later_needs_a_moment_to_come(entered: Home):
    for until in (None, entered.clock.now()):
        with pytest.raises(InputRefused) as refused:
            entered.house.reminders.answer(RING, "later", until=until)
        assert refused.value.key == "reminder.later_when"
    with pytest.raises(InputRefused):
        entered.house.reminders.answer(RING, "skipped", reason="x" * 300)


def test_a_series_answers_only_the_one_that_was_meant(home: Home):
    home.add(pills())
    home.clock.at("2026-11-24T08:00")
    told = home.said()
    home.house.reminders.answer(told[0], "done")
    assert [s.reminder.id for s in home.house.reminders.waiting()] == told[1:]
    until = home.clock.now() + timedelta(days=2)
    home.house.reminders.answer(told[1], "later", until=until)
    home.clock.moment = until
    assert set(home.said()) == {told[1], "pills/2026-11-25T08:00/0", "pills/2026-11-26T08:00/0"}


def test_looking_between(home: Home):
    home.house.agenda.save(appointment(reminders=(40 * 1440, 120)))
    home.add(pills())
    home.clock.at("2026-11-24T07:30")
    home.said()
    home.house.reminders.answer(RING, "later", until=home.clock.now() + timedelta(hours=1))
    low = home.clock.now() - timedelta(minutes=1)
    found = home.house.reminders.between(low, low + timedelta(hours=2))
    assert [(s.reminder.id, s.state) for s in found] == [
        ("pills/2026-11-24T08:00/0", "waiting"), (RING, "later"),
    ]  # fmt: skip
    everything = home.house.reminders.between()
    assert len([s for s in everything if s.reminder.owner == "pills"]) > 700
    assert everything == sorted(everything, key=lambda s: (s.due, s.reminder.id))


def test_nothing_to_say_for_a_long_time(home: Home):
    assert home.house.reminders.next_due() is None
    home.house.agenda.save(appointment("2027-11-24T09:30", reminders=(120,)))
    following = home.house.reminders.next_due()
    assert following == datetime(2027, 11, 24, 12, 30, tzinfo=UTC)


def test_a_notice_of_something_that_is_gone_is_harmless(entered: Home):
    entered.clock.at("2026-11-24T07:30")
    (notice,) = entered.house.reminders.notices(entered.due())
    entered.house.agenda.remove("a1")
    entered.house.reminders.record(notice)
    assert entered.due() == entered.house.reminders.waiting() == []
