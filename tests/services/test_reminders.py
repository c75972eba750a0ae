"""The reminder engine: few rings, nothing lost, nothing said twice, an answer is an answer."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from caregiver_app.domain.plans import Choice
from caregiver_app.domain.ringing import QuietHours
from caregiver_app.domain.times import in_zone
from caregiver_app.errors import InputRefused
from tests.factories import appointment, line, moment, pills, plan
from tests.fakes import NEW_YORK, Home

TWO_HOURS = "p1~1/2026-11-24T09:30/120"
RING = "a1/2026-11-24T09:30/120"


@pytest.fixture
def entered(home: Home) -> Home:
    """One appointment on Tuesday at 09:30 with a reminder two hours before."""
    home.house.agenda.save(appointment(reminders=(120,)))
    return home


def tell(home: Home, days: int, minutes: int = 10) -> list[tuple[str, list[str], bool]]:
    """Let the clock tick; return wall time, ids and whether a digest, of each notice."""
    told: list[tuple[str, list[str], bool]] = []
    end = home.clock.moment + timedelta(days=days)
    while home.clock.moment <= end:
        for notice in home.house.reminders.notices(home.due()):
            at = in_zone(home.clock.moment, NEW_YORK)
            told.append((f"{at:%m-%d %H:%M}", [r.id for r in notice.reminders], notice.digest))
            home.house.reminders.record(notice)
        following = home.house.reminders.next_due()
        # As the window does: sleep to the next moment (but test the ticks between it, too).
        nearest = home.clock.moment + timedelta(minutes=minutes)
        ahead = following is not None and following > home.clock.moment
        home.clock.moment = min(following, nearest) if ahead else nearest
    return told


# ---- few rings ---------------------------------------------------------------------------------
@pytest.mark.parametrize("quiet", [None, QuietHours(time(22), time(7))])
@pytest.mark.parametrize("around", [False, True])
def test_a_routine_visit_is_six_notices_and_one_for_each_check_in(
    home: Home, around: bool, quiet: QuietHours | None
):
    """`around`: on the same days there are appointments with what is usual for their types."""
    home.clock.at("2026-12-12T10:00")
    home.house.ringing.set_quiet(quiet)
    home.house.plans.save(plan("2026-12-29T09:30", offsets=(0, 2)))
    home.house.agenda.set_ride("p1~1", "Ana", "", "08:40")
    if around:
        home.house.agenda.save(appointment("2026-12-29T14:30", id="lab", type="lab"))
        home.house.agenda.save(appointment("2026-12-23T14:30", id="a2", type="follow-up"))
        home.house.agenda.save(
            appointment("2026-12-29T08:40", id="there", type="drive", leave_at="08:40")
        )
    told = tell(home, 40, minutes=90)
    if around:
        rings = [(at, ids) for at, ids, _ in told if not any("p1~1" in one for one in ids)]
        # Their lines stand in notices that come anyway, and a drive says only when to leave.
        assert [at for at, ids in rings if "p1~2" not in ids[0]] == [
            "12-23 12:30", "12-29 08:40", "12-29 12:30",
        ]  # fmt: skip
    before = [n for n in told if any(i.startswith("p1~1") for i in n[1]) and n[0] <= "12-29 09:30"
              and n[0] > "12-12 23:00"]  # fmt: skip
    assert [(at, digest) for at, _, digest in before] == [
        ("12-15 08:00", True),   # 14 days
        ("12-22 08:00", True),   # 7 days
        ("12-26 08:00", True),   # 3 days: papers
        ("12-28 19:00", True),   # the evening before
        ("12-29 07:30", False),  # 2 hours
        ("12-29 08:40", False),  # set off
    ]  # fmt: skip
    check_ins = [n for n in told if any("p1~1:c" in i and "/-" in i for i in n[1])]
    assert [at for at, _, _ in check_ins] == [
        "12-29 14:00", "12-30 08:00", "01-01 08:00", "01-05 08:00",
    ]  # fmt: skip # two weeks later the next infusion closes the window
    said = Counter(one for _, ids, _ in told for one in ids)
    assert set(said.values()) == {1}
    # nothing of the morning's steps is a reminder of its own
    assert not [i for i in said if ":meal0" in i or ":temp0" in i or ":tell" in i]


def test_lines_of_a_day_are_one_notice_even_a_single_one(home: Home):
    home.house.plans.save(plan("2026-12-15T09:30"))
    told = tell(home, 12, minutes=30)
    by_day = Counter(at[:5] for at, _, digest in told if digest)
    assert set(by_day.values()) == {1}
    home.clock.at("2027-01-05T08:30")
    assert all(len(notice) >= 1 for notice in home.tick())


def test_typed_leads_ring_on_their_own(home: Home):
    home.house.agenda.save(appointment(reminders=(1440, 120, 0)))
    told = tell(home, 4)
    assert [(at, digest) for at, _, digest in told] == [
        ("11-23 09:30", False), ("11-24 07:30", False), ("11-24 09:30", False),
    ]  # fmt: skip


@pytest.mark.parametrize(("count", "digests"), [(5, 0), (6, 1)])
def test_r6_more_than_five_together_are_one_notice_that_names_all(
    home: Home, count: int, digests: int
):
    for number in range(count):
        home.house.agenda.save(appointment(id=f"a{number}", reminders=(120,)))
    home.clock.at("2026-11-24T07:30")
    notices = home.house.reminders.notices(home.due())
    assert [n.digest for n in notices] == ([True] if digests else [False] * count)
    assert len([r for n in notices for r in n.reminders]) == count


def test_entered_late_comes_as_lines_of_one_notice(home: Home):
    home.clock.at("2026-11-24T08:00")
    home.house.agenda.save(appointment(reminders=(1440, 120, 30)))
    (notice,) = home.house.reminders.notices(home.due())
    assert notice.digest
    assert [r.minutes for r in notice.reminders] == [1440, 120]
    home.house.reminders.record(notice)
    home.clock.at("2026-11-24T09:00")
    (ring,) = home.house.reminders.notices(home.due())
    assert not ring.digest
    home.clock.at("2026-11-24T11:00")
    home.house.agenda.save(appointment(id="over", reminders=(1440, 120)))
    assert [r for r in home.due() if r.owner == "over"] == []


# ---- the invariants ----------------------------------------------------------------------------
def test_r1_what_is_due_is_said_however_long_the_program_was_closed(entered: Home):
    entered.clock.at("2026-11-24T07:29")
    assert entered.said() == []
    entered.clock.at("2026-11-24T07:30")
    assert entered.house.reminders.next_due() <= entered.clock.now()
    assert [r.id for r in entered.due()] == [RING]
    entered.clock.on(days=400)
    entered.restart()
    assert entered.said() == [RING]


def test_r2_never_after_the_answer(entered: Home):
    entered.clock.at("2026-11-24T07:30")
    entered.said()
    assert entered.house.reminders.answer(RING, "done") == [RING]
    original = entered.visit("a1")
    for doing in (
        lambda: entered.restart(),
        lambda: entered.house.agenda.save(entered.visit("a1")),
        lambda: entered.house.agenda.save(replace(entered.visit("a1"), title="Other words")),
        lambda: entered.clock.at("2026-11-20T07:30"),
        lambda: entered.clock.at("2026-11-24T09:00"),
        lambda: entered.house.agenda.save(replace(original, start=moment("2026-11-26T09:30"))),
        lambda: entered.house.agenda.save(replace(original, start=moment("2026-11-24T09:30"))),
        lambda: setattr(entered.clock, "home", "Asia/Tokyo"),
        lambda: entered.house.reminders.refresh_if_moved(),
    ):
        doing()
        assert RING not in entered.said()
        assert RING not in [s.reminder.id for s in entered.house.reminders.waiting()]
    later = entered.clock.now() + timedelta(minutes=5)
    with pytest.raises(InputRefused) as refused:
        entered.house.reminders.answer(RING, "later", until=later)
    assert refused.value.key == "reminder.answered"


def test_r2_an_answer_between_saying_and_recording_stays_an_answer(entered: Home):
    entered.clock.at("2026-11-24T07:30")
    (notice,) = entered.house.reminders.notices(entered.due())
    other = entered.another()
    other.reminders.answer(RING, "done")
    other.care.store.close()
    entered.house.reminders.record(notice)
    assert entered.house.reminders.waiting() == []
    assert [s.state for s in entered.house.reminders.between()] == ["done"]


@pytest.mark.parametrize("after", range(1, 6))
def test_r2_what_another_program_says_while_it_is_looked_for_is_answered(
    entered: Home, monkeypatch: pytest.MonkeyPatch, after: int
):
    """Between any two looks at the answers another program may record what it said."""
    entered.clock.at("2026-11-24T07:30")
    other = entered.another()
    store, reading = entered.house.care.store, entered.house.care.store.open_answers

    looks = itertools.count(1)

    def look(*asked: Any, **more: Any):
        found = list(reading(*asked, **more))
        if next(looks) == after:
            (notice,) = other.reminders.notices(other.reminders.due())
            other.reminders.record(notice)
        return found

    monkeypatch.setattr(store, "open_answers", look)
    assert entered.house.reminders.answer("a1", "done") == [RING]
    assert [s.state for s in entered.house.reminders.between()] == ["done"]
    other.care.store.close()


def test_r3_said_but_not_recorded_is_said_again(entered: Home):
    entered.clock.at("2026-11-24T07:30")
    assert entered.house.reminders.notices(entered.due())  # said; then the program is killed
    entered.restart()
    assert entered.said() == [RING]


def test_r4_shown_and_not_answered_it_waits_without_ringing_again(entered: Home):
    entered.clock.at("2026-11-24T07:30")
    entered.said()
    for _ in range(3):
        entered.clock.on(hours=7)
        entered.restart()
        assert entered.said() == []
    (waiting,) = entered.house.reminders.waiting()
    assert (waiting.reminder.id, waiting.state) == (RING, "shown")


def test_r5_several_programs_say_each_once(entered: Home):
    entered.clock.at("2026-11-24T07:30")
    other = entered.another()
    first = entered.house.reminders.notices(entered.due())
    entered.house.reminders.record(first[0])
    assert other.reminders.due() == []
    other.care.store.close()


def test_r7_ticks_that_come_late_lose_nothing(home: Home):
    home.add(pills())
    told: list[str] = []
    for hours in (1, 30, 5, 200, 2):
        home.clock.on(hours=hours)
        told += home.said()
    # since it was entered on the 21st at ten: the 22nd to the 1st, each once
    assert [i.split("/")[1][:10] for i in told] == [
        *[f"2026-11-{day}" for day in range(22, 31)], "2026-12-01",
    ]  # fmt: skip


def test_r8_a_pill_stays_at_eight_over_both_clock_changes(home: Home):
    home.clock.at("2026-10-01T07:00")
    home.add(pills(start="2026-10-01T08:00"))
    for first, hours in (("2026-10-30T12:00", {12, 13}), ("2027-03-12T12:00", {12, 13})):
        home.clock.at(first)
        home.said()
        told = tell(home, 4, minutes=15)
        assert [at[6:] for at, _, _ in told] == ["08:00"] * 4
        low = home.clock.moment - timedelta(days=5)
        due = {s.due.hour for s in home.house.reminders.between(low, home.clock.moment)}
        assert due == hours


def test_r8_a_series_into_the_gap_rings_once_right_after_it(home: Home):
    home.add(
        line("appointment", id="n", type="medication", title="Night", start="2027-03-13T02:30",
             zone=NEW_YORK, rrule="FREQ=DAILY;COUNT=3")
    )  # fmt: skip
    home.clock.at("2027-03-13T00:00")
    told = tell(home, 3, minutes=30)
    assert [at for at, _, _ in told] == ["03-13 02:30", "03-14 03:00", "03-15 02:30"]


def test_r8_another_zone_of_the_computer_moves_only_floating_times(home: Home):
    home.house.reminders.refresh_if_moved()
    home.add(pills(rrule="", start="2026-11-24T08:00"))
    home.house.agenda.save(appointment(reminders=(120,)))

    def due() -> dict[str, datetime]:
        return {s.reminder.owner: s.due for s in home.house.reminders.between()}

    before = due()
    home.clock.home = "Asia/Tokyo"
    assert home.house.reminders.refresh_if_moved()
    assert not home.house.reminders.refresh_if_moved()
    after = due()
    assert after["a1"] == before["a1"]
    assert after["pills"] == datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    home.clock.at("2026-11-24T08:00")
    assert home.said() == ["pills/2026-11-24T08:00/0"]
    # and flying back, it is not said a second time
    home.clock.home = NEW_YORK
    home.house.reminders.refresh_if_moved()
    home.clock.at("2026-11-24T08:00")
    assert home.said() == [RING]


def test_r9_a_clock_that_is_set_loses_none_and_doubles_none(home: Home):
    home.add(pills())
    home.house.agenda.save(appointment(reminders=(120,)))
    told: list[str] = []
    for wall in (
        "2026-11-22T08:00", "2026-11-25T08:00", "2026-11-20T08:00", "2026-11-24T07:30",
        "2026-11-27T08:00", "2026-11-22T09:00", "2026-11-28T08:00",
    ):  # fmt: skip
        home.clock.at(wall)
        told += home.said()
    assert len(told) == len(set(told))
    assert {i.split("/")[1][8:10] for i in told if "pills" in i} == {
        "22", "23", "24", "25", "26", "27", "28",
    }  # fmt: skip
    assert RING in told


def test_r10_later_survives_a_restart_and_comes_at_its_moment(entered: Home):
    entered.clock.at("2026-11-24T07:30")
    entered.said()
    until = entered.clock.now() + timedelta(minutes=25)
    entered.house.reminders.answer(RING, "later", until=until)
    assert entered.house.reminders.waiting() == []
    entered.restart()
    assert entered.house.reminders.next_due() == until
    entered.clock.at("2026-11-24T07:54")
    assert entered.said() == []
    entered.clock.at("2026-11-24T07:55")
    assert entered.said() == [RING]
    assert entered.said() == []


def test_r10_later_days_after_still_comes(entered: Home):
    entered.clock.at("2026-11-24T07:30")
    entered.house.reminders.answer(RING, "later", until=entered.clock.now() + timedelta(days=30))
    entered.clock.on(days=29)
    assert entered.said() == []
    entered.clock.on(days=1)
    assert entered.said() == [RING]


@pytest.mark.parametrize(
    "doing",
    [
        lambda h: h.house.agenda.remove("a1"),
        lambda h: h.house.agenda.cancel("a1"),
        lambda h: h.house.agenda.set_status("a1", "done"),
        lambda h: h.house.agenda.save(replace(h.visit("a1"), start=moment("2026-12-24T09:30"))),
        lambda h: h.house.agenda.save(replace(h.visit("a1"), reminders=(10,))),
    ],
)
def test_r10_an_edit_or_a_delete_cancels_what_was_postponed(entered: Home, doing):
    entered.clock.at("2026-11-24T07:30")
    entered.said()
    entered.house.reminders.answer(RING, "later", until=entered.clock.now() + timedelta(minutes=5))
    doing(entered)
    entered.clock.on(minutes=10)
    assert RING not in entered.said()
    entered.clock.at("2026-11-24T07:36")
    entered.house.care.undo()
    assert entered.said() == [RING]  # the edit taken back, it is postponed again and ripe


def test_r10_other_words_do_not_cancel_what_was_postponed(entered: Home):
    entered.clock.at("2026-11-24T07:30")
    entered.house.reminders.answer(RING, "later", until=entered.clock.now() + timedelta(minutes=5))
    entered.house.agenda.save(replace(entered.visit("a1"), title="Dr Sol, second floor"))
    entered.clock.on(minutes=5)
    assert entered.said() == [RING]


def test_r11_what_became_of_the_desktop_notice_is_kept(entered: Home):
    entered.clock.at("2026-11-24T07:30")
    (notice,) = entered.house.reminders.notices(entered.due())
    entered.house.reminders.record(notice, "no notification service")
    (answer,) = entered.dump()["answer"].values()
    assert answer.delivery == "no notification service"
    entered.house.reminders.answer(RING, "done")
    (answer,) = entered.dump()["answer"].values()
    assert (answer.delivery, answer.shown) == ("no notification service", entered.clock.now())


def test_r12_a_late_notice_knows_when_it_was_due(entered: Home):
    entered.clock.at("2026-11-25T18:00")
    (reminder,) = entered.due()
    assert reminder.due == datetime(2026, 11, 24, 12, 30, tzinfo=UTC)


def test_r13_a_moved_appointment_rings_again_an_unchanged_one_does_not(entered: Home):
    entered.clock.at("2026-11-24T07:30")
    entered.said()
    entered.house.reminders.answer(RING, "done")
    entered.house.agenda.save(entered.visit("a1"))
    entered.add(
        line("appointment", id="a1", type="follow-up", title="Dr Sol", start="2026-11-24T09:30",
             zone=NEW_YORK, minutes=60, reminders=[120])
    )  # fmt: skip
    assert entered.said() == []
    entered.house.agenda.save(replace(entered.visit("a1"), start=moment("2026-11-24T10:30")))
    entered.clock.at("2026-11-24T08:30")
    assert entered.said() == ["a1/2026-11-24T10:30/120"]


def test_r13_a_moved_visit_takes_everything_along(home: Home):
    home.house.plans.save(plan())
    home.clock.at("2026-11-23T19:00")
    home.said()
    home.house.plans.move("p1~1", moment("2026-12-01T09:30"), Choice.ONLY_THIS, agreed=True)
    assert [i for i in home.said() if "2026-11-24" in i] == []
    assert not [s for s in home.house.reminders.waiting() if "2026-11-24" in s.reminder.id]
    home.clock.at("2026-11-30T19:00")
    assert "p1~1:pack1/2026-12-01T09:30/1440" in home.said()
