"""Lead times that are usual for a type: ours, the family's own, and what a change of them does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from caregiver_app.domain.entities import Setting
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.listing import ListService
from tests.factories import appointment, line, pills, plan
from tests.fakes import Home
from tests.services.ics import calendar, event, take

EVE, HOURS = "a1/2026-11-24T09:30/1440", "a1/2026-11-24T09:30/120"


def comes(home: Home, *walls: str) -> list[list[str]]:
    found: list[list[str]] = []
    for wall in walls:
        home.clock.at(wall)
        found.append(home.said())
    return found


def leads_of(home: Home, entry: str) -> list[int]:
    return [one.reminder.minutes for one in home.house.reminders.of(entry)]


# ---- ours --------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["infusion", "follow-up", "lab"])
def test_the_day_before_is_a_line_and_two_hours_ring(home: Home, kind: str):
    home.house.agenda.save(appointment(type=kind))
    home.clock.at("2026-11-23T08:00")
    (notice,) = home.house.reminders.notices(home.due())
    assert ([one.id for one in notice.reminders], notice.digest) == ([EVE], True)
    home.house.reminders.record(notice)
    home.clock.at("2026-11-24T07:30")
    (notice,) = home.house.reminders.notices(home.due())
    assert ([one.id for one in notice.reminders], notice.digest) == ([HOURS], False)


def test_several_of_a_day_share_its_one_notice(home: Home):
    home.house.plans.save(plan("2026-11-24T10:00", offsets=(0,)))
    for number in range(3):
        home.house.agenda.save(appointment(id=f"a{number}"))
    home.clock.at("2026-11-23T08:00")
    home.said()
    home.clock.at("2026-11-23T19:00")
    (notice,) = home.house.reminders.notices(home.due())
    assert {f"a{n}" for n in range(3)} <= {one.owner for one in notice.reminders}


def test_the_line_of_the_day_before_ends_with_the_appointment_of_which_a_ring_follows(home: Home):
    home.house.agenda.save(appointment())
    home.clock.at("2026-11-25T08:00")
    assert home.said() == [HOURS], "the ring stands for the line"
    home.house.agenda.save(appointment("2026-11-28", id="day", type="lab"))
    home.clock.at("2026-11-30T08:00")
    assert home.said() == ["day/2026-11-28/1440"], "nothing else was said of it"


def test_a_drive_rings_an_hour_before_or_when_it_is_time_to_leave(home: Home):
    home.house.agenda.save(appointment(type="drive"))
    assert leads_of(home, "a1") == [60]
    home.house.agenda.save(appointment(type="drive", leave_at="08:45"))
    assert [one.reminder.what for one in home.house.reminders.of("a1")] == ["leave"]


# ---- the family's own --------------------------------------------------------------------------
def test_the_familys_own_hold_for_what_nobody_chose(home: Home):
    home.house.agenda.save(appointment())
    home.house.agenda.save(appointment(id="typed", reminders=(30,)))
    home.house.agenda.save(appointment(id="none", reminders=()))
    home.house.agenda.save(appointment(id="other", type="other"))
    home.house.plans.save(plan("2026-12-15T09:30"))
    home.house.ringing.set_leads("follow-up", (45,))
    assert leads_of(home, "a1") == [45]
    assert leads_of(home, "typed") == [30]
    assert leads_of(home, "none") == []
    assert leads_of(home, "other") == [120]
    assert {10080, 1440, 120} <= set(leads_of(home, "p1~1"))
    assert comes(home, "2026-11-24T08:44", "2026-11-24T08:45")[-1] == ["a1/2026-11-24T09:30/45"]


def test_an_earlier_one_wakes_the_program_earlier_and_undo_not(home: Home):
    home.house.agenda.save(appointment("2026-12-24T09:30"))
    home.said()
    before = home.index()
    home.house.ringing.set_leads("follow-up", (14 * 1440, 120))
    home.clock.at("2026-12-10T08:00")
    assert [one.minutes for one in home.due()] == [14 * 1440]
    home.house.care.undo()
    assert home.due() == []
    assert home.index() == before
    home.clock.at("2026-12-24T07:30")
    assert {one.minutes for one in home.due()} == {1440, 120}


def test_a_change_says_nothing_of_what_is_past(home: Home):
    """Every appointment of last month would else ring at once."""
    home.clock.at("2026-10-01T08:00")
    for number in range(1, 20):
        home.house.agenda.save(appointment(f"2026-10-{number:02}T09:30", id=f"a{number}"))
    home.add(pills(start="2026-10-01T08:00"))
    home.clock.at("2026-11-21T10:00")
    home.house.reminders.answer_all(home.said(), "done")
    home.house.ringing.set_leads("follow-up", (180, 60))
    home.house.ringing.set_leads("medication", (15, 5))
    assert home.due() == []
    assert comes(home, "2026-11-22T07:45", "2026-11-22T07:55", "2026-11-22T08:00") == [
        ["pills/2026-11-22T08:00/15"], ["pills/2026-11-22T08:00/5"], [],
    ]  # fmt: skip


def test_what_was_said_before_still_waits_for_its_answer(home: Home):
    home.add(pills(start="2026-11-21T11:00"))
    said = comes(home, "2026-11-21T11:00")[0]
    home.clock.at("2026-11-21T12:00")
    home.house.ringing.set_leads("medication", (30,))
    assert [one.reminder.id for one in home.house.reminders.waiting()] == said
    assert home.house.reminders.answer(said[0], "done") == said


def test_what_comes_soon_and_is_no_longer_wanted_is_not_said(home: Home):
    home.house.agenda.save(appointment())
    comes(home, "2026-11-23T08:00")
    home.house.ringing.set_leads("follow-up", (60,))
    assert home.house.reminders.waiting() == []
    assert comes(home, "2026-11-24T07:30", "2026-11-24T08:30") == [
        [], ["a1/2026-11-24T09:30/60"],
    ]  # fmt: skip


def test_what_was_chosen_on_the_way_to_something_else_leaves_no_trace(home: Home):
    ringing = home.house.ringing
    home.add(pills(start="2026-11-21T10:02"))
    home.clock.at("2026-11-21T10:00")
    ringing.set_leads("medication", ())
    home.clock.at("2026-11-21T10:03")
    assert home.due() == []
    ringing.set_leads("medication", (0,))
    assert home.said() == ["pills/2026-11-21T10:02/0"], "nothing of the three minutes is lost"
    assert home.house.settings.text("leads.medication", "") == ""


def test_what_begins_soon_is_told_of_at_once_where_its_new_moment_is_past(home: Home):
    home.add(pills(start="2026-11-21T10:10"))
    home.house.agenda.save(appointment("2026-11-21T11:00"))
    home.clock.at("2026-11-21T10:00")
    home.said()
    home.house.ringing.set_leads("medication", (15,))
    home.house.ringing.set_leads("follow-up", (90, 30))
    (notice,) = home.house.reminders.notices(home.due(), grouped=True)
    assert [one.id for one in notice.reminders] == [
        "a1/2026-11-21T11:00/90", "pills/2026-11-21T10:10/15",
    ]  # fmt: skip
    assert (notice.digest, notice.late) == (True, False)
    home.house.reminders.record(notice)
    assert comes(home, "2026-11-21T10:30") == [["a1/2026-11-21T11:00/30"]]


def test_a_dose_that_was_taken_is_not_asked_for_anew(home: Home):
    home.add(pills(start="2026-11-21T10:10"))
    home.clock.at("2026-11-21T10:10")
    home.house.reminders.answer_all(home.said(), "done")
    home.clock.at("2026-11-21T10:12")
    for leads in ((15,), (15, 0), (30,), ()):
        home.house.ringing.set_leads("medication", leads)
        assert home.due() == []


def test_however_often_they_change_what_is_long_past_stays(home: Home):
    home.clock.at("2026-11-11T07:00")
    home.add(pills(start="2026-11-11T08:00"))
    home.clock.at("2026-11-21T10:00")
    home.house.reminders.answer_all(home.said(), "done")
    for number in range(50):
        home.clock.on(minutes=6)
        home.house.ringing.set_leads("medication", (number % 2,))
        assert home.due() == []
    assert len(home.house.settings.text("leads.medication", "").split()) == 40
    day = home.house.care.today
    history = home.house.doses.history(None, day - timedelta(days=9), day)
    assert {one.mark.state for one in history.timed} == {"taken"}


def test_marks_of_the_past_stay_whatever_is_usual_since(home: Home):
    home.add(pills(start="2026-11-22T08:00"))
    marked: list[str] = []
    for day, leads in ((22, (15,)), (23, (30, 0)), (24, (0,)), (25, ())):
        home.clock.at(f"2026-11-{day}T08:00")
        said = home.said()
        marked += home.house.reminders.answer_all(said, "done")
        home.clock.at(f"2026-11-{day}T12:00")
        home.house.ringing.set_leads("medication", leads)
    day = home.clock.moment.date()
    history = home.house.doses.history(None, day - timedelta(days=3), day)
    assert [one.mark.state for one in history.timed] == ["taken"] * 4
    assert len(marked) == 5


def test_wrong_ones_are_refused(home: Home):
    ringing = home.house.ringing
    for leads in ((-1,), (367 * 1440,), (1, 2, 3, 4, 5, 6, 7)):
        with pytest.raises(InputRefused):
            ringing.set_leads("lab", leads)
    with home.house.care.change("x"):
        home.house.settings.put("leads.lab", "soon")
    assert ringing.leads()["lab"] == (1440, 120), "what cannot be read was not chosen"


def test_the_same_again_is_no_change(home: Home):
    ringing = home.house.ringing
    ringing.set_leads("lab", (120, 1440))
    ringing.set_quiet(ringing.quiet())
    ringing.set_repeats(ringing.repeats())
    assert home.house.care.store.undo_label() is None
    home.house.ringing.set_leads("lab", (60,))
    home.clock.on(days=1)
    home.house.care.store.undo()
    assert home.house.ringing.leads()["lab"] == (1440, 120)


def test_another_type_is_another_reminder_of_what_comes_and_none_of_what_is_past(home: Home):
    agenda = home.house.agenda
    for day in (22, 24):
        agenda.save(appointment(f"2026-11-{day}T09:30", id=f"on{day}", type="drive"))
    assert comes(home, "2026-11-22T08:30", "2026-11-23T12:00") == [
        ["on22/2026-11-22T09:30/60"], [],
    ]  # fmt: skip
    for day in (22, 24):
        agenda.save(replace(home.visit(f"on{day}"), type="lab"))
    assert comes(home, "2026-11-23T12:00", "2026-11-24T07:30") == [
        ["on24/2026-11-24T09:30/1440"], ["on24/2026-11-24T09:30/120"],
    ]  # fmt: skip


@pytest.mark.parametrize("leave", ["08:30", ""])
def test_setting_off_at_another_hour_is_not_told_of_what_is_past(home: Home, leave: str):
    home.house.agenda.save(appointment("2026-11-22T09:30", type="drive", leave_at="08:45"))
    assert comes(home, "2026-11-22T08:45") == [["a1:leave/2026-11-22T09:30/45"]]
    home.clock.at("2026-11-23T12:00")
    home.house.agenda.set_ride("a1", "Ana", "", leave)
    assert home.said() == []


# ---- everybody who asks for them ---------------------------------------------------------------
def test_list_and_export_tell_the_familys_own(home: Home):
    home.house.agenda.save(appointment())
    home.house.ringing.set_leads("follow-up", (45,))
    (listed,) = ListService(home.house).values("appointments", None, None)
    assert listed["reminders"] == [45]
    written = home.house.exporter.calendar().decode()
    assert written.count("BEGIN:VALARM") == 1
    assert "TRIGGER:-PT45M" in written


def test_our_own_file_is_unchanged_when_it_comes_back(home: Home):
    home.house.agenda.save(appointment())
    home.house.ringing.set_leads("follow-up", (45,))
    file = home.house.importer.read(home.house.exporter.calendar())
    (row,) = home.house.importer.preview(file).rows
    assert row.state == "unchanged"


def test_a_file_that_says_ours_changes_what_the_family_chose(home: Home):
    home.house.agenda.save(appointment(type="other"))
    home.house.ringing.set_leads("other", (45,))
    said = home.house.exporter.calendar().replace(b"-PT45M", b"-PT2H")
    (row,) = home.house.importer.preview(home.house.importer.read(said)).rows
    assert (row.state, [one.name for one in row.changes]) == ("updated", ["alarms"])
    take(home, said)
    assert home.visit("a1").reminders == (120,)


def test_what_a_file_brings_without_alarms_has_none(home: Home):
    take(home, calendar(event("a", "20261201T093000")))
    (one,) = home.house.agenda.between(*_december(home), None)
    assert one.appointment.reminders == ()
    home.clock.at("2026-12-02T09:30")
    assert home.due() == []


def _december(home: Home):
    today = home.house.care.today
    return today, today + timedelta(days=30)


def test_the_subscribed_file_follows_them(home: Home):
    care, feed = home.house.care, home.house.feed
    with care.change("x", undoable=False):
        home.house.settings.put("feed.path", str(home.folder / "care.ics"))
    seen: list[bool] = []
    care.changes.listen(lambda change: seen.append(feed.matters(change)))
    home.house.ringing.set_leads("follow-up", (45,))
    assert seen == [feed.choice() is not None]


# ---- files that are older, lines that come in --------------------------------------------------
def test_in_an_older_file_they_hold_from_now_on(home: Home):
    """What was entered before there were usual ones stays silent about all that is past."""
    house = home.house
    house.agenda.save(appointment("2026-11-22T09:30", id="past"))
    house.agenda.save(appointment("2026-12-22T09:30", id="coming"))
    home.add(pills(start="2026-11-22T08:00"))
    house.reminders.refresh_if_moved()
    with house.care.change("x", undoable=False):
        steps = house.settings.text("steps", "").replace(" usual", "")
        house.settings.put("steps", steps)
        for entry in home.index():
            if entry in ("past", "coming"):
                house.care.store.set_due(entry, None)
    home.clock.at("2026-12-01T10:00")
    home.restart()
    house = home.house
    house.reminders.refresh_if_moved()
    assert [one.owner for one in home.due()] == ["pills"] * 10
    home.said()
    assert "coming/2026-12-22T09:30/1440" in comes(home, "2026-12-21T08:00")[0]
    house.ringing.set_leads("follow-up", (60,))
    assert not [one for one in home.due() if one.owner == "past"]


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("leads.lab", "soon", "setting.leads"),
        ("leads.lab", "1,2,3,4,5,6,7", "setting.leads"),
        ("leads.lab", "999999", "setting.leads"),
        ("leads.lab", "60 30", "setting.leads"),
        ("leads.lab", "60 2026-11-21T15:00=30", "setting.leads"),
        ("leads.tea", "60", "setting.leads"),
        ("leads_since", "yesterday", "setting.instant"),
        ("quiet_first", "25:00", "time.no_such_hour"),
        ("repeat_minutes", "7", "setting.one_of"),
        ("repeat_most", "100", "setting.one_of"),
        ("repeat_what", "all", "setting.one_of"),
        ("sound", "loud", "setting.one_of"),
    ],
)
def test_a_line_with_a_value_that_cannot_be_is_refused(home: Home, name: str, value: str, key: str):
    with pytest.raises(InputRefused) as refused:
        home.add(line("setting", id=name, value=value))
    error = refused.value
    (error,) = error.errors if isinstance(error, FormRefused) else [error]
    assert (error.key, error.field) == (key, "value")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("leads.lab", "60"),
        ("leads.lab", "none"),
        ("leads.lab", "1440 2026-11-21T15:00:00+00:00=60,30 2026-12-21T15:00:00+00:00=none"),
        ("leads_since", "2026-11-21T15:00:00+00:00"),
        ("quiet_first", "22:00"),
        ("repeat_minutes", "30"),
        ("repeat_most", "12"),
        ("repeat_what", "everything"),
        ("sound", "yes"),
    ],
)
def test_a_line_with_a_value_that_can_be_is_taken_as_it_is(home: Home, name: str, value: str):
    home.add(line("setting", id=name, value=value))
    assert home.house.settings.text(name, "") == value


def test_a_line_changes_what_is_due_next(home: Home):
    home.house.agenda.save(appointment("2026-12-24T09:30"))
    home.add(line("setting", id="leads.follow-up", value="20160,120"))
    home.clock.at("2026-12-10T08:00")
    assert [one.minutes for one in home.due()] == [20160]


def test_changed_before_anything_was_said_of_a_damaged_word(home: Home):
    """A setting whose text is no list of minutes leaves ours in force, and nothing fails."""
    home.house.agenda.save(appointment())
    with home.house.care.change("x"):
        home.house.care.store.put(Setting(id="leads.follow-up", value="7"))
    assert leads_of(home, "a1") == [1440, 120]
