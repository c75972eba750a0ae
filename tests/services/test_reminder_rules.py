"""R5, R7, R8, R9, R13 in tables: one owner, wall clock, zones, a clock that is set, files."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caregiver_app.domain.ringing import QuietHours, Repeats
from caregiver_app.domain.times import in_zone
from caregiver_app.errors import DataBusy
from caregiver_app.services.reminder_turn import SECONDS, ReminderTurn
from tests.factories import appointment, moment, pills, plan
from tests.fakes import NEW_YORK, Home
from tests.services.ics import calendar, event, take
from tests.services.test_quiet_hours import NIGHT

PILL = "pills/2026-11-24T08:00/0"


@pytest.fixture
def one_pill(home: Home) -> Home:
    home.add(pills(start="2026-11-24T08:00", rrule=""))
    home.clock.at("2026-11-24T08:00")
    return home


# ---- R5: one owner -----------------------------------------------------------------------------
def test_r5_while_one_has_the_turn_no_other_says_anything(one_pill: Home):
    other = one_pill.another()
    with one_pill.house.reminders.turn("one") as due:
        assert [one.id for one in due] == [PILL]
        with other.reminders.turn("two") as theirs:
            assert theirs == []
        assert not other.reminders.take_turn("two")
        (notice,) = one_pill.house.reminders.notices(due)
        one_pill.house.reminders.record(notice)
    with other.reminders.turn("two") as theirs:
        assert theirs == []
    assert other.reminders.take_turn("two"), "given back"
    other.care.store.close()


def test_r5_what_another_program_said_before_the_turn_was_ours_is_not_said(
    one_pill: Home, monkeypatch: pytest.MonkeyPatch
):
    other, take = one_pill.another(), ReminderTurn.take

    def said_in_between(turn: ReminderTurn, holder: str) -> bool:
        for notice in other.reminders.notices(other.reminders.due()):
            other.reminders.record(notice)
        return take(turn, holder)

    monkeypatch.setattr(ReminderTurn, "take", said_in_between)
    with one_pill.house.reminders.turn("one") as due:
        assert due == []
    other.care.store.close()


def test_r5_one_that_ended_without_a_word_keeps_nobody_out_for_long(one_pill: Home):
    assert one_pill.house.reminders.take_turn("one")
    other = one_pill.another()
    one_pill.clock.on(seconds=SECONDS - 1)
    assert not other.reminders.take_turn("two")
    one_pill.clock.on(seconds=1)
    assert other.reminders.take_turn("two")
    other.care.store.close()


def test_r5_one_that_was_killed_on_this_computer_keeps_nobody_out(
    one_pill: Home, monkeypatch: pytest.MonkeyPatch
):
    gone = 2**22 + 1
    with monkeypatch.context() as patched:
        patched.setattr("os.getpid", lambda: gone)
        assert one_pill.house.reminders.take_turn("killed")
    assert one_pill.house.reminders.take_turn("next")


def test_r5_of_another_computer_nothing_is_known(one_pill: Home, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patched:
        patched.setattr("os.getpid", lambda: 2**22 + 1)
        patched.setattr("caregiver_app.services.reminder_turn._computer", lambda: "elsewhere")
        assert one_pill.house.reminders.take_turn("there")
    assert not one_pill.house.reminders.take_turn("here")


def test_r5_a_turn_that_cannot_be_given_back_ends_by_itself(
    one_pill: Home, monkeypatch: pytest.MonkeyPatch
):
    def busy(_turn: ReminderTurn, _holder: str) -> None:
        raise DataBusy("data.busy", path="x")

    monkeypatch.setattr(ReminderTurn, "end", busy)
    with one_pill.house.reminders.turn("one") as due:
        assert len(due) == 1


def test_r5_nothing_due_needs_no_turn(home: Home):
    with home.house.reminders.turn("one") as due:
        assert due == []
        other = home.another()
        assert other.reminders.take_turn("two")
        other.care.store.close()


# ---- R7: the wall clock ------------------------------------------------------------------------
@pytest.mark.parametrize("hours", [0.01, 1, 25, 24 * 50, 24 * 400])
def test_r7_however_long_it_slept_the_first_look_says_it(one_pill: Home, hours: float):
    one_pill.clock.at("2026-11-24T07:59")
    assert one_pill.said() == []
    following = one_pill.house.reminders.next_due()
    assert following is not None
    one_pill.clock.moment = following + timedelta(hours=hours)
    assert one_pill.said() == [PILL]
    assert one_pill.said() == []


def test_r7_nothing_that_comes_is_hidden_behind_something_later(home: Home):
    """The next moment is never later than the next thing to say, however far that is."""
    home.house.agenda.save(appointment("2030-01-01T09:30", id="far", reminders=(0,)))
    home.house.agenda.save(appointment("2026-12-24T09:30", id="near", reminders=(0,)))
    for _ in range(200):
        following = home.house.reminders.next_due()
        assert following is not None
        assert following > home.clock.moment
        home.clock.moment = following
        if home.said():
            break
    assert f"{in_zone(home.clock.moment, NEW_YORK):%Y-%m-%dT%H:%M}" == "2026-12-24T09:30"


# ---- R8: gaps and folds ------------------------------------------------------------------------
GAP, FOLD = "2027-03-14", "2026-11-01"
"""In New York two becomes three in the night of the one; in that of the other one comes twice."""


def short_lead(home: Home, hour: str, zone: str, lead: int) -> None:
    home.house.agenda.save(appointment(moment(hour, zone), reminders=(lead,)))


ZONED_CASES = [
    # Before three there is nothing on that day: right after the gap.
    ("a pill in the gap", lambda h: h.add(pills(id="n", start="2027-03-13T02:30", zone=NEW_YORK,
     rrule="FREQ=DAILY;COUNT=3")), GAP, ["03:00-0400"]),
    ("a floating pill in the gap", lambda h: h.add(pills(id="n", start="2027-03-13T02:30",
     rrule="FREQ=DAILY;COUNT=3")), GAP, ["03:00-0400"]),
    ("a pill in the hour that comes twice", lambda h: h.add(pills(id="n", start="2026-10-31T01:30",
     zone=NEW_YORK, rrule="FREQ=DAILY;COUNT=3")), FOLD, ["01:30-0400"]),
    ("a floating pill in it", lambda h: h.add(pills(id="n", start="2026-10-31T01:30",
     rrule="FREQ=DAILY;COUNT=3")), FOLD, ["01:30-0400"]),
    ("an hour before, over the gap", lambda h: short_lead(h, f"{GAP}T03:30", NEW_YORK, 60),
     GAP, ["01:30-0500"]),
    ("an hour before, out of the fold", lambda h: short_lead(h, f"{FOLD}T02:15", NEW_YORK, 60),
     FOLD, ["01:15-0500"]),
    ("an hour before what is in the fold", lambda h: short_lead(h, f"{FOLD}T01:30", NEW_YORK, 60),
     FOLD, ["00:30-0400"]),
    ("a day before, into the gap", lambda h: short_lead(h, "2027-03-15T02:30", NEW_YORK, 1440),
     GAP, ["03:00-0400"]),
    ("a day before, into the fold", lambda h: short_lead(h, "2026-11-02T01:30", NEW_YORK, 1440),
     FOLD, ["01:30-0400"]),
    ("a check-in two hours after, over the gap", lambda h: h.house.plans.save(
     plan(f"{GAP}T00:30", minutes=60, offsets=(0,))), GAP, ["04:30-0400"]),
    ("a check-in two hours after, into the fold", lambda h: h.house.plans.save(
     plan(f"{FOLD}T00:00", minutes=30, offsets=(0,))), FOLD, ["01:30-0500"]),
]  # fmt: skip


@pytest.mark.parametrize("minutes", [10, 3 * 60])
@pytest.mark.parametrize(("enter", "day", "expected"), [case[1:] for case in ZONED_CASES],
                         ids=[case[0] for case in ZONED_CASES])  # fmt: skip
def test_r8_in_the_nights_of_the_change_each_comes_once(
    home: Home, enter, day: str, expected: list[str], minutes: int
):
    home.clock.at("2026-10-30T12:00")
    home.house.reminders.refresh_if_moved()
    enter(home)
    home.clock.at(f"{day}T00:00")
    home.clock.on(hours=-13)
    home.said()
    low = home.clock.moment + timedelta(hours=12)
    home.clock.moment = low
    found: list[tuple[str, str]] = []
    for _ in range(12 * 60 // minutes):
        home.clock.on(minutes=minutes)
        rings = [one for one in home.due() if one.what in ("lead", "c2") and one.rings]
        found += [(f"{in_zone(one.due, NEW_YORK):%m-%d %H:%M%z}", one.id) for one in rings]
        home.said()
    wanted = [one for one in found if one[0].startswith(day[5:])]
    assert [at[6:] for at, _ in wanted if not _leads_of_visit(_)] == expected
    assert len({id_ for _, id_ in found}) == len(found), "once"


def _leads_of_visit(id_: str) -> bool:
    return id_.startswith("p1~") and ":c2" not in id_


# ---- R9: the clock is set, and the zone --------------------------------------------------------
@pytest.mark.parametrize("repeats", [Repeats(), Repeats(30, 3, everything=True)])
@pytest.mark.parametrize("quiet", [None, NIGHT])
@pytest.mark.parametrize(
    "jumps",
    [
        (-1, 1), (1, -1), (-48, 48), (48, -48), (-400, 400), (24, -23, -1), (-3, -3, 6),
        ("Asia/Tokyo", NEW_YORK), ("Pacific/Kiritimati", -26, "Pacific/Pago_Pago", 26, NEW_YORK),
    ],
)  # fmt: skip
def test_r9_back_and_forth_loses_none_and_doubles_none(
    home: Home, jumps: tuple[float | str, ...], quiet: QuietHours | None, repeats: Repeats
):
    house = home.house
    house.reminders.refresh_if_moved()
    house.ringing.set_quiet(quiet)
    house.ringing.set_repeats(repeats)
    home.add(pills(start="2026-11-20T08:00"))
    house.agenda.save(appointment("2026-11-26T09:30", reminders=(1440, 120)))
    home.clock.at("2026-11-23T08:30")
    said = list(home.said())
    for jump in jumps:
        if isinstance(jump, str):
            home.clock.home = jump
            house.reminders.refresh_if_moved()
        else:
            home.clock.on(hours=jump)
        before = {one.reminder.id for one in house.reminders.waiting()}
        new = [one for one in home.said() if one not in before]
        said += new
        assert len(set(said)) == len(said)
    home.clock.home = NEW_YORK
    house.reminders.refresh_if_moved()
    home.clock.at("2026-11-26T12:00")
    waiting = {one.reminder.id for one in house.reminders.waiting()}
    said += [one for one in home.said() if one not in waiting]
    assert len(set(said)) == len(said)
    assert {f"pills/2026-11-{day}T08:00/0" for day in range(22, 27)} <= set(said)
    assert {"a1/2026-11-26T09:30/1440", "a1/2026-11-26T09:30/120"} <= set(said)


# ---- R13: files that come again ----------------------------------------------------------------
ALARM = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT2H\nEND:VALARM"
LAB = event("a", "20261124T093000", "SUMMARY:Lab", "SEQUENCE:1", ALARM)


@pytest.mark.parametrize(
    ("again", "rings"),
    [
        (LAB, []),
        (LAB.replace("SUMMARY:Lab", "SUMMARY:Blood draw"), []),
        (LAB.replace(ALARM, "LOCATION:Second floor"), []),
        (LAB.replace("T093000", "T113000"), ["2026-11-24T11:30/120"]),
        (LAB.replace("20261124", "20261125"), ["2026-11-25T09:30/120"]),
        (LAB.replace("-PT2H", "-PT1H"), ["2026-11-24T09:30/60"]),
        (LAB.replace("SEQUENCE:1", "SEQUENCE:1\nSTATUS:CANCELLED"), []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("answered", ["done", "shown"])
def test_r13_a_moved_date_of_a_file_rings_anew_an_unchanged_one_does_not(
    home: Home, again: str, rings: list[str], answered: str
):
    take(home, calendar(LAB))
    home.clock.at("2026-11-24T07:30")
    (said,) = home.said()
    if answered == "done":
        home.house.reminders.answer(said, "done")
    take(home, calendar(again))
    assert home.said() == []
    take(home, calendar(again))
    found: list[str] = []
    for _ in range(60):
        home.clock.on(minutes=30)
        found += [id_.partition("/")[2] for id_ in home.said()]
    assert found == rings


def test_r13_our_own_file_taken_twice_says_nothing_again(home: Home):
    home.house.plans.save(plan())
    home.add(pills(start="2026-11-21T08:00"))
    home.clock.at("2026-11-24T12:00")
    home.said()
    written = home.house.exporter.calendar()
    for _ in range(2):
        take(home, written)
        assert home.said() == []
