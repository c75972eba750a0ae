"""Reminders whose owner is no appointment: the same promises hold (R1 to R13)."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from caregiver_app.domain.deadlines import Dated, dated_reminders
from caregiver_app.domain.entities import Answer, Assistance, Authorisation, Call
from caregiver_app.domain.times import AllDay
from caregiver_app.errors import InputRefused
from caregiver_app.services.listing import ListService
from tests.factories import appointment, line, moment, plan
from tests.fakes import NEW_YORK, Home

RING = "au/2026-12-31/43200"
SECOND = "au/2026-12-31/20160"


def approval(home: Home, **fields: object) -> Authorisation:
    told = {"id": "au", "person": "", "last": date(2026, 12, 31), "insurer": "Harbour Health"}
    return home.house.people.save_authorisation(Authorisation(**{**told, **fields}))


def keep(home: Home, entry: Dated) -> None:
    care = home.house.care
    with care.change("done.entry_removed", name="x"):
        old = care.store.get(type(entry), entry.id)
        care.store.put(care.stamped(replace(entry, person=care.person(None).id), old))


@pytest.fixture
def approved(home: Home) -> Home:
    """One approval, entered on 21 November, that ends with the year."""
    approval(home)
    return home


def ids(home: Home) -> list[str]:
    return [one.id for one in home.due()]


def test_r1_it_is_said_as_it_comes(approved: Home):
    approved.clock.at("2026-12-01T07:59")
    assert approved.said() == []
    approved.clock.at("2026-12-01T08:00")
    assert approved.house.reminders.next_due() <= approved.clock.now()
    (notice,) = approved.house.reminders.notices(approved.due())
    assert [(r.id, r.rings, r.what) for r in notice.reminders] == [(RING, True, "approval_ends")]


@pytest.mark.parametrize(
    ("looks", "said"),
    [
        # Each is said while its own time lasts: until the next one of the same day comes.
        (("2026-12-01T08:00", "2026-12-17T08:00"), [RING, SECOND]),
        (("2026-12-05T08:00", "2026-12-20T08:00"), [RING, SECOND]),
        (("2026-12-17T07:59", "2026-12-17T08:00"), [RING, SECOND]),
        # Closed over all of it: the next one stands for it, and that one is never over.
        (("2026-11-30T08:00", "2026-12-17T08:00"), [SECOND]),
        (("2026-12-31T23:00",), [SECOND]),
        (("2027-01-01T08:00",), [SECOND]),
        (("2028-01-01T08:00", "2026-12-05T08:00"), [SECOND, RING]),
    ],
)
def test_r1_each_is_said_or_the_next_one_of_the_same_day_for_it(
    approved: Home, looks: tuple[str, ...], said: list[str]
):
    told: list[str] = []
    for look in looks:
        approved.clock.at(look)
        approved.restart()
        told += approved.said()
    assert told == said


@pytest.mark.parametrize("seed", range(8))
def test_r1_whenever_somebody_looks_nothing_of_an_approval_is_lost(home: Home, seed: int):
    """The rule itself: nobody looked while it was open, and then the next one was said for it."""
    chance = random.Random(seed)
    for number in range(6):
        last = date(2026, 12, 25) + timedelta(days=chance.randint(0, 90))
        home.add(line("person", id=f"who{number}", name=f"Person {number}"))
        appeal = last - timedelta(days=20)
        approval(home, id=f"au{number}", person=f"who{number}", last=last, appeal=appeal)
    looks, told = list[datetime](), list[str]()
    while home.clock.moment < datetime(2027, 4, 1, tzinfo=UTC):
        home.clock.on(days=chance.choice([0.1, 1, 9, 20, 40]))
        looks.append(home.clock.moment)
        told += home.said()
    for number in range(6):
        near = home.house.reminders.surroundings()
        entry = home.house.people.authorisation(f"au{number}")
        assert entry is not None
        for what in ("approval_ends", "appeal_by"):
            brought = [one for one in dated_reminders(entry, near) if one.what == what]
            assert brought[-1].over is None, "the last one waits for as long as it takes"
            assert brought[-1].id in told
            for one, later in pairwise(brought):
                seen = any(one.due <= at < later.due for at in looks)
                assert (one.id in told) == seen
    assert len(told) == len(set(told))


def test_the_next_one_takes_the_place_of_one_that_nobody_answered(approved: Home):
    reminders = approved.house.reminders
    approved.clock.at("2026-12-01T08:00")
    assert approved.said() == [RING]
    reminders.answer(RING, "later", until=datetime(2026, 12, 20, tzinfo=UTC))
    approved.clock.at("2026-12-17T07:59")
    assert (approved.said(), [one.id for one in reminders.open_now()]) == ([], [])
    approved.clock.at("2026-12-17T08:00")
    assert approved.said() == [SECOND]
    approved.clock.at("2026-12-21T08:00")
    assert approved.said() == []
    assert [one.id for one in reminders.open_now()] == [SECOND]
    assert RING in [stated.reminder.id for stated in reminders.of("au")]


def test_the_next_moment_is_known(approved: Home):
    following = approved.house.reminders.next_due()
    assert following is not None
    approved.clock.at("2026-11-29T12:00")
    assert approved.house.reminders.next_due() == datetime(2026, 12, 1, 13, tzinfo=UTC)


def test_r2_never_after_the_answer(approved: Home):
    approved.clock.at("2026-12-01T08:00")
    approved.said()
    assert approved.house.reminders.answer(RING, "done") == [RING]
    assert approved.house.care.store.undo_label() == (
        "done.answered_done", {"count": 1, "what": "Harbour Health"},
    )  # fmt: skip
    kept = approved.house.people.authorisation("au")
    assert kept is not None
    for doing in (
        approved.restart,
        lambda: approved.house.people.save_authorisation(replace(kept, note="A new word")),
        lambda: approved.clock.at("2026-11-20T07:30"),
        lambda: approved.clock.at("2026-12-02T07:30"),
        lambda: approval(approved, last=date(2026, 12, 30)),
        lambda: approval(approved),
        lambda: setattr(approved.clock, "home", "Asia/Tokyo"),
        lambda: approved.house.reminders.refresh_if_moved(),
    ):
        doing()
        assert RING not in approved.said()
        assert RING not in [s.reminder.id for s in approved.house.reminders.waiting()]


def test_r3_r4_said_but_not_recorded_is_said_again_and_then_waits(approved: Home):
    approved.clock.at("2026-12-01T08:00")
    assert approved.house.reminders.notices(approved.due())
    approved.restart()
    assert approved.said() == [RING]
    for _ in range(3):
        approved.clock.on(hours=7)
        approved.restart()
        assert approved.said() == []
    (waiting,) = approved.house.reminders.waiting()
    assert (waiting.reminder.id, waiting.state) == (RING, "shown")
    assert [one.id for one in approved.house.reminders.open_now()] == [RING]


def test_r5_several_programs_say_it_once(approved: Home):
    approved.clock.at("2026-12-01T08:00")
    other = approved.another()
    approved.said()
    assert other.reminders.due() == []
    other.care.store.close()


def test_r6_more_than_five_together_are_one_notice(home: Home):
    for number in range(6):
        approval(home, id=f"au{number}", last=date(2026, 12, 31))
    home.clock.at("2026-12-01T08:00")
    (notice,) = home.house.reminders.notices(home.due())
    assert notice.digest
    assert len(notice.reminders) == 6


def test_lines_stand_in_the_days_one_notice(home: Home):
    home.house.plans.save(plan("2026-12-15T09:30"))
    keep(home, Assistance(id="as", person="", name="Fund", last=date(2026, 12, 22)))
    keep(
        home,
        Call(id="c", person="", date=date(2026, 11, 21), with_whom="Ann", again=date(2026, 12, 8)),
    )
    home.clock.at("2026-12-08T07:00")
    home.said()
    home.clock.at("2026-12-08T08:00")
    (notice,) = home.house.reminders.notices(home.due())
    assert notice.digest
    assert {r.id for r in notice.reminders} >= {
        "as/2026-12-22/20160", "c/2026-12-08/0", "p1~1:auth7/2026-12-15T09:30/10080",
    }  # fmt: skip
    assert not [r for r in notice.reminders if r.rings]


def test_r7_r9_ticks_that_come_late_and_a_clock_that_is_set(home: Home):
    approval(home)
    keep(home, Assistance(id="as", person="", name="Fund", last=date(2026, 12, 22)))
    told: list[str] = []
    for wall in ("2026-11-30T08:00", "2026-12-05T08:00", "2026-11-22T08:00", "2027-03-01T08:00",
                 "2026-12-17T08:00", "2027-03-01T08:00"):  # fmt: skip
        home.clock.at(wall)
        told += home.said()
    assert sorted(told) == [
        "as/2026-12-22/20160", "as/2026-12-22/43200", SECOND, RING,
    ]  # fmt: skip


def test_r8_in_another_zone_it_is_eight_there(approved: Home):
    approved.house.reminders.refresh_if_moved()
    approved.clock.home = "Asia/Tokyo"
    assert approved.house.reminders.refresh_if_moved()
    assert approved.house.reminders.of("au")[0].due == datetime(2026, 11, 30, 23, tzinfo=UTC)
    approved.clock.at("2026-12-01T08:00")
    assert approved.said() == [RING]
    approved.clock.home = NEW_YORK
    approved.house.reminders.refresh_if_moved()
    approved.clock.at("2026-12-01T08:00")
    assert approved.said() == []


def test_r10_later_survives_a_restart_and_ends_with_the_entry(approved: Home):
    approved.clock.at("2026-12-01T08:00")
    approved.said()
    until = approved.clock.now() + timedelta(minutes=25)
    approved.house.reminders.answer(RING, "later", until=until)
    approved.restart()
    assert approved.house.reminders.next_due() == until
    approved.clock.at("2026-12-01T08:25")
    assert approved.said() == [RING]
    approved.house.reminders.answer(RING, "later", until=until + timedelta(hours=1))
    approved.house.people.remove(Authorisation, "au")
    approved.clock.at("2026-12-01T10:00")
    assert approved.said() == []
    assert approved.house.reminders.next_due() is None
    approved.house.care.undo()
    assert approved.said() == [RING], "what was postponed is ripe again"


def test_r10_what_is_deleted_or_gone_falls_silent(home: Home):
    approval(home, appeal=date(2026, 12, 10))
    keep(home, Assistance(id="as", person="", name="Fund", last=date(2026, 12, 22)))
    made = Call(id="c", person="", date=date(2026, 11, 21), with_whom="A", again=date(2026, 12, 8))
    keep(home, made)
    home.clock.at("2026-12-09T08:00")
    assert len(home.said()) == 4
    care = home.house.care
    with care.change("done.entry_removed", name="x"):
        for kind, id_ in ((Authorisation, "au"), (Assistance, "as"), (Call, "c")):
            care.store.remove(kind, id_, care.now)
    home.clock.at("2027-06-01T08:00")
    assert home.house.reminders.open_now() == []
    assert home.index() == {}
    care.undo()
    assert len(home.house.reminders.open_now()) == 4


def test_undo_of_what_was_just_written_leaves_nothing_behind(home: Home):
    home.house.agenda.save(appointment(reminders=()))
    approval(home)
    assert home.index()
    home.house.care.undo()
    assert home.index() == {}
    home.clock.at("2026-12-31T08:00")
    assert home.said() == []


def test_r12_a_late_one_knows_when_it_was_due(approved: Home):
    approved.clock.at("2026-12-05T18:00")
    (reminder,) = approved.due()
    assert reminder.due == datetime(2026, 12, 1, 13, tzinfo=UTC)
    assert reminder.start == AllDay(date(2026, 12, 31))


def test_r13_another_day_rings_anew_other_words_do_not(approved: Home):
    approved.clock.at("2026-12-01T08:00")
    approved.said()
    approved.house.reminders.answer(RING, "done")
    approval(approved, note="Asked Ann")
    assert approved.said() == []
    approval(approved, last=date(2027, 1, 31))
    approved.clock.at("2027-01-01T08:00")
    assert approved.said() == ["au/2027-01-31/43200"]


def test_another_day_takes_what_was_said_of_the_old_one_away(approved: Home):
    approved.clock.at("2026-12-01T08:00")
    approved.said()
    approval(approved, last=date(2027, 6, 30))
    assert approved.house.reminders.waiting() == []
    approved.house.care.undo()
    assert [s.reminder.id for s in approved.house.reminders.waiting()] == [RING]


# ---- one approval after another ----------------------------------------------------------------


def test_silent_once_a_later_approval_goes_on(approved: Home):
    approved.clock.at("2026-12-01T08:00")
    approved.said()
    approval(approved, id="next", last=date(2027, 12, 31), first=date(2027, 1, 1))
    assert approved.house.reminders.waiting() == []
    approved.clock.at("2026-12-20T08:00")
    assert approved.said() == []
    approved.house.people.remove(Authorisation, "next")
    assert approved.said() == [SECOND]


def test_undo_of_the_later_approval_makes_the_first_one_ring_again(approved: Home):
    approval(approved, id="next", last=date(2027, 12, 31))
    approved.clock.at("2026-12-01T08:00")
    assert approved.said() == []
    approved.house.care.undo()
    assert approved.said() == [RING]


def test_a_gap_between_two_approvals_is_no_cover(approved: Home):
    approval(approved, id="next", last=date(2027, 12, 31), first=date(2027, 1, 2))
    approved.clock.at("2026-12-01T08:00")
    assert approved.said() == [RING]
    approval(approved, id="next", last=date(2027, 12, 31), first=date(2027, 1, 1))
    assert approved.house.reminders.waiting() == []


# ---- beside appointments -----------------------------------------------------------------------


def test_the_same_id_may_name_an_appointment_and_an_approval(home: Home):
    home.house.agenda.save(appointment(id="au", reminders=(120,)))
    approval(home)
    assert set(home.index()) == {"au", "authorisation au"}
    home.clock.at("2026-12-01T08:00")
    assert home.said() == ["au/2026-11-24T09:30/120", RING]
    assert home.house.reminders.answer("au", "done") == ["au/2026-11-24T09:30/120", RING]
    home.house.agenda.remove("au")
    home.clock.at("2026-12-17T08:00")
    assert home.said() == [SECOND]


def test_they_are_listed_and_answered_like_any_other(approved: Home):
    approved.clock.at("2026-12-01T08:00")
    lister = ListService(approved.house)

    def listed() -> list[tuple[str, str, str, bool]]:
        return [
            (one["id"], one["state"], one["what"], one["rings"])
            for one in lister.values("reminders", None, None)
        ]

    assert listed() == [
        (RING, "waiting", "approval_ends", True), (SECOND, "waiting", "approval_ends", True),
    ]  # fmt: skip
    approved.said()
    assert approved.house.reminders.answer("au", "skipped") == [RING]
    assert [state for _, state, *_ in listed()] == ["skipped", "waiting"]
    with pytest.raises(InputRefused):
        approved.house.reminders.answer("au/2026-12-30/43200", "done")


def test_a_file_from_before_there_were_such_reminders_gets_them(approved: Home):
    reminders, care = approved.house.reminders, approved.house.care
    reminders.refresh_if_moved()
    with care.change("done.zone", undoable=False):
        care.store.set_due("authorisation au", None)
        approved.house.settings.put("steps", "those of an older version")
    approved.clock.at("2026-12-01T08:00")
    assert approved.said() == []
    reminders.refresh_if_moved()
    assert ids(approved) == [RING]


def test_a_file_from_before_rings_for_nothing_whose_day_is_over(home: Home):
    """What an older version did not know of waits quietly; what it knew of is said as ever."""
    house, clock = home.house, home.clock
    house.plans.save(plan("2026-12-01T09:30", offsets=(0,), every=2))
    approval(home)
    house.agenda.save(appointment(start=moment("2026-12-10T10:00"), reminders=(0,)))
    house.reminders.refresh_if_moved()
    known = ("changes3b-72", "pack1b-24", "c2a2", "c24a24", "c72a72", "c7a168", "c14a336")
    clock.at("2026-12-09T12:00")
    home.said()
    with house.care.change("done.zone", undoable=False):
        for one in house.care.store.all(Answer):
            house.care.store.remove(Answer, one.id, house.care.now)
        house.settings.put("steps", " ".join(known))
        store, done = house.care.store, "p1~2:changes3/2026-12-15T09:30/4320"
        store.put(Answer(id=done, entry="p1~2", due=house.care.now, state="done"))
    clock.at("2026-12-14T20:00")
    house.reminders.refresh_if_moved()
    due, waiting = ids(home), [one.reminder.id for one in house.reminders.waiting()]
    assert {"a1/2026-12-10T10:00/0", "p1~1:c7/2026-12-01T09:30/-10080"} <= set(due)
    eve = {f"p1~2:{what}/2026-12-15T09:30/1440" for what in ("pack1", "well_enough")}
    assert eve <= set(due)
    assert {"p1~1:happened/2026-12-01T09:30/-1440", RING} <= set(waiting)
    assert not set(due) & set(waiting)
    assert not any(":happened" in one or one == RING for one in due)
    states = {stated.reminder.what: stated.state for stated in house.reminders.of("p1~2")}
    assert states["anything_new"] == "done", "the step that became a sheet was done"
    assert not house.reminders.refresh_if_moved()
    assert ids(home) == due
