"""One day of a family: medicines, what comes next, the watch window, what to do first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from caregiver_app.domain.entities import Answer, Authorisation, CheckIn, Medicine, Person
from caregiver_app.errors import InputRefused
from caregiver_app.services.today import Dose, TodayService, weekly_rule
from tests.factories import appointment, line, moment, pills, plan, visit_line
from tests.fakes import Home


@pytest.fixture
def today(home: Home) -> TodayService:
    return TodayService(home.house)


def enter(home: Home, *lines: str) -> None:
    """Enter something the evening before."""
    home.clock.at("2026-11-20T22:00")
    home.add(*lines)
    home.clock.at("2026-11-21T10:00")


def doses(home: Home, today: TodayService, person: str | None = None) -> list[Dose]:
    return today.doses(today.near(person))


def only(home: Home, today: TodayService) -> Dose:
    (dose,) = doses(home, today)
    return dose


def answer_of(home: Home, id_: str) -> Answer | None:
    return home.house.care.store.get(Answer, id_)


def undo_label(home: Home) -> str:
    label = home.house.care.store.undo_label()
    assert label is not None
    return label[0]


def coming(home: Home, today: TodayService, limit: int = 9, **more: object) -> list[str]:
    near, watching = today.near(None), today.watching(None)
    found = today.next_things(near, watching, limit, **more)
    return [f"{one.occurrence.key} {one.step or one.appointment.title}" for one in found]


# ---- medicines of today ------------------------------------------------------------------------
def test_medicines_of_today_come_in_the_order_of_their_hours(home: Home, today: TodayService):
    home.add(
        pills(id="late", title="Eye drops", start="2026-11-01T21:00"),
        pills(),
        pills(id="other", title="On Sundays", start="2026-11-01T07:00", rrule="FREQ=WEEKLY"),
        pills(id="gone", title="Stopped", status="cancelled"),
        line("appointment", id="lab", type="lab", title="Blood", start="2026-11-21T12:00"),
    )
    found = doses(home, today)
    assert [one.appointment.title for one in found] == ["Pills", "Eye drops"]
    assert [one.state for one in found] == ["open", "open"]


def test_taking_a_medicine_answers_its_reminder(home: Home, today: TodayService):
    enter(home, pills())
    assert home.said() == ["pills/2026-11-21T08:00/0"]
    today.take(only(home, today))
    assert answer_of(home, "pills/2026-11-21T08:00/0").state == "done"
    dose = only(home, today)
    assert (dose.state, dose.answered) == ("done", home.clock.moment)
    assert home.due() == []
    assert not home.house.reminders.waiting()


def test_a_medicine_can_be_taken_before_its_hour_and_does_not_ring_then(
    home: Home, today: TodayService
):
    home.add(pills(start="2026-11-01T21:00"))
    today.take(only(home, today))
    home.clock.at("2026-11-21T21:05")
    assert [one for one in home.due() if "2026-11-21" in one.id] == []


def test_all_reminders_of_a_dose_are_answered_in_one_step(home: Home, today: TodayService):
    home.add(pills(start="2026-11-01T21:00", reminders=[30, 0]))
    today.take(only(home, today))
    assert undo_label(home) == "done.answered_done_many"
    assert answer_of(home, "pills/2026-11-21T21:00/30").state == "done"
    assert answer_of(home, "pills/2026-11-21T21:00/0").state == "done"
    home.house.care.undo()
    assert only(home, today).state == "open"


def test_a_dose_is_open_until_all_its_reminders_are_answered(home: Home, today: TodayService):
    home.add(pills(start="2026-11-01T21:00", reminders=[30, 0]))
    home.house.reminders.answer("pills/2026-11-21T21:00/30", "done")
    assert only(home, today).state == "open"


def test_a_medicine_without_reminders_can_be_taken(home: Home, today: TodayService):
    home.add(pills(reminders=[]))
    today.take(only(home, today))
    kept = answer_of(home, "pills/2026-11-21T08:00/0")
    assert (kept.state, kept.entry, kept.answered) == ("done", "pills", home.clock.moment)
    assert undo_label(home) == "done.answered_done"
    assert only(home, today).state == "done"
    home.house.care.undo()
    assert answer_of(home, "pills/2026-11-21T08:00/0") is None


def test_a_medicine_entered_after_its_hour_can_be_taken(home: Home, today: TodayService):
    home.add(pills(start="2026-11-21T08:00"))
    dose = only(home, today)
    today.take(dose)
    assert only(home, today).state == "done"


def test_a_skipped_medicine_is_told_apart_and_can_still_be_taken(home: Home, today: TodayService):
    enter(home, pills())
    home.house.reminders.answer("pills/2026-11-21T08:00/0", "skipped")
    dose = only(home, today)
    assert dose.state == "skipped"
    today.take(dose)
    assert only(home, today).state == "done"


def test_a_postponed_medicine_is_open(home: Home, today: TodayService):
    enter(home, pills())
    until = home.clock.moment + timedelta(hours=1)
    home.house.reminders.answer("pills/2026-11-21T08:00/0", "later", until=until)
    assert only(home, today).state == "open"


def test_what_was_marked_on_the_day_before_does_not_mark_the_dose(home: Home, today: TodayService):
    enter(home, pills(reminders=[1440]))
    before = "pills/2026-11-21T08:00/1440"
    home.house.reminders.answer(before, "done")
    dose = only(home, today)
    assert (dose.state, dose.reminders) == ("open", ("pills/2026-11-21T08:00/0",))
    today.take(dose)
    assert only(home, today).state == "done"
    home.house.care.undo()
    assert only(home, today).state == "open"
    assert answer_of(home, before).state == "done", "the day before stays as it was"


@pytest.mark.parametrize("leads", [[1440], [1440, 0]])
def test_ticking_answers_the_open_reminder_of_the_day_before_in_the_same_step(
    home: Home, today: TodayService, leads: list[int]
):
    enter(home, pills(reminders=leads))
    mark, before = "pills/2026-11-21T08:00/0", "pills/2026-11-21T08:00/1440"
    dose = only(home, today)
    assert dose.reminders == (mark,)
    today.take(dose)
    assert [answer_of(home, id_).state for id_ in (mark, before)] == ["done", "done"]
    assert [one.id for one in home.due() if one.id in (mark, before)] == []
    assert today.take_back(only(home, today)), "one step takes it back"
    assert [answer_of(home, id_) for id_ in (mark, before)] == [None, None]


def test_the_medicine_of_yesterday_that_goes_on_past_midnight_is_not_of_today(
    home: Home, today: TodayService
):
    home.add(pills(start="2026-11-01T23:45", minutes=30))
    assert [one.occurrence.key for one in doses(home, today)] == ["2026-11-21T23:45"]


# ---- taking a tick back ------------------------------------------------------------------------
def test_a_tick_is_taken_back_while_it_is_the_last_change(home: Home, today: TodayService):
    enter(home, pills())
    home.said()
    today.take(only(home, today))
    assert today.take_back(only(home, today))
    assert only(home, today).state == "open"
    assert [one.reminder.id for one in home.house.reminders.waiting()][-1:] == [
        "pills/2026-11-21T08:00/0"
    ]


def test_after_another_change_it_is_not_taken_back(home: Home, today: TodayService):
    enter(home, pills())
    today.take(only(home, today))
    home.house.people.save_person(Person(id="mei", name="王梅"))
    assert not today.take_back(only(home, today))
    assert only(home, today).state == "done"
    assert home.house.people.person("mei") is not None


def test_another_mark_of_the_same_words_is_not_taken_back_instead(home: Home, today: TodayService):
    enter(home, pills(), pills(id="again", start="2026-11-01T09:00"))
    first, second = doses(home, today)
    today.take(first)
    today.take(second)
    assert not today.take_back(doses(home, today)[0])
    assert [one.state for one in doses(home, today)] == ["done", "done"]


def test_a_tick_that_was_undone_cannot_be_taken_back_again(home: Home, today: TodayService):
    enter(home, pills())
    today.take(only(home, today))
    home.house.care.undo()
    assert not today.take_back(only(home, today))


# ---- answering several ------------------------------------------------------------------------
def test_several_answers_are_one_step(home: Home, today: TodayService):
    home.house.agenda.save(appointment(reminders=(5000, 4500)))
    ids = [one.id for one in home.due()]
    assert len(ids) == 2
    today.answer(ids, "done")
    assert home.due() == []
    home.house.care.undo()
    assert [one.id for one in home.due()] == ids


def test_a_refused_answer_answers_none(home: Home, today: TodayService):
    home.house.agenda.save(appointment(reminders=(5000, 4500)))
    ids = [one.id for one in home.due()]
    with pytest.raises(InputRefused):
        today.answer([*ids, "nobody/2026-11-24T09:30/0"], "done")
    assert [one.id for one in home.due()] == ids


# ---- what comes -------------------------------------------------------------------------------
def test_the_next_things_leave_daily_medicines_and_what_is_over_out(
    home: Home, today: TodayService
):
    home.add(
        pills(),
        pills(id="often", title="Often", start="2026-11-02T12:00",
              rrule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"),
        pills(id="weekly", title="Weekly", start="2026-11-07T18:00", rrule="FREQ=WEEKLY"),
        line("appointment", id="past", type="lab", title="Past", start="2026-11-21T09:00"),
        line("appointment", id="noon", type="lab", title="Noon", start="2026-11-21T12:00"),
        line("appointment", id="day", type="other", title="All day", start="2026-11-21"),
        line("appointment", id="off", type="lab", title="Off", start="2026-11-22T09:00",
             status="cancelled"),
        line("appointment", id="far", type="lab", title="Far", start="2027-02-01T09:00"),
        line("appointment", id="mon", type="follow-up", title="Dr Sol", start="2026-11-23T09:00"),
    )  # fmt: skip
    assert coming(home, today) == [
        "2026-11-21 All day",
        "2026-11-21T12:00 Noon",
        "2026-11-23T09:00 Dr Sol",
        "2026-11-28T18:00 Weekly",
    ]
    assert coming(home, today, 2, leave_out={"noon"}) == [
        "2026-11-21 All day",
        "2026-11-23T09:00 Dr Sol",
    ]


def test_a_daily_rule_of_one_weekday_is_not_nearly_daily(home: Home, today: TodayService):
    home.add(pills(title="Mondays", start="2026-11-02T18:00", rrule="FREQ=DAILY;BYDAY=MO"))
    assert coming(home, today) == ["2026-11-23T18:00 Mondays"]


def test_a_medicine_of_today_is_not_among_what_comes(home: Home, today: TodayService):
    home.add(pills(id="weekly", title="Weekly", start="2026-11-21T18:00", rrule="FREQ=WEEKLY"))
    assert coming(home, today) == ["2026-11-28T18:00 Weekly"]


def test_open_check_ins_come_too_and_answered_ones_do_not(home: Home, today: TodayService):
    home.house.plans.save(plan("2026-11-20T09:30"))
    visits = {one.id for one in today.near(None) if one.type == "infusion"}
    key = "2026-11-20T09:30"
    assert coming(home, today, leave_out=visits) == [f"{key} c72", f"{key} c7"]
    home.house.reminders.answer(f"p1~1:c72/{key}/-4320", "done")
    assert coming(home, today, leave_out=visits) == [f"{key} c7"]


def test_only_one_weekday_a_week_is_weekly(home: Home):
    def rule(text: str) -> bool:
        return weekly_rule(appointment("2026-11-20T18:00", rrule=text)) is not None

    assert rule("FREQ=WEEKLY")
    assert rule("FREQ=WEEKLY;BYDAY=FR")
    assert not rule("FREQ=WEEKLY;BYDAY=FR,SU")
    assert not rule("FREQ=WEEKLY;INTERVAL=2")
    assert not rule("FREQ=DAILY")
    assert not rule("")


# ---- the watch window -------------------------------------------------------------------------
def test_a_watch_window_counts_from_the_visits_day(home: Home, today: TodayService):
    home.house.plans.save(plan("2026-11-18T09:30"))
    home.house.watch.check_in(CheckIn(id="c1", person="", date=date(2026, 11, 19), pain=3))
    home.add(line("side_effect", sign="fatigue", severity=1, at="2026-11-18T20:00"))
    (one,) = today.watching(None)
    assert (one.day, one.last, one.ends) == (3, 14, date(2026, 12, 2))
    assert one.written == {0, 1}
    assert one.check_in is not None
    assert one.check_in.what == "c72"
    assert one.checked == ""
    home.house.watch.check_in(CheckIn(id="c2", person="", date=date(2026, 11, 21)))
    assert today.watching(None)[0].checked == "c2"


def test_it_ends_when_the_next_infusion_starts(home: Home, today: TodayService):
    home.house.plans.save(plan("2026-11-18T09:30", offsets=(0, 1), unit="week", every=None))
    (one,) = today.watching(None)
    assert (one.last, one.ends) == (7, date(2026, 11, 25))


def test_before_todays_infusion_the_one_before_is_still_watched(home: Home, today: TodayService):
    home.house.plans.save(plan("2026-11-14T12:00", offsets=(0, 1), every=None))
    (one,) = today.watching(None)
    assert (one.visit.dose, one.day) == (1, 7)
    home.clock.at("2026-11-21T12:30")
    (one,) = today.watching(None)
    assert (one.visit.dose, one.day) == (2, 0)


def test_nobody_is_watched_without_a_visit_or_with_none_wanted(home: Home, today: TodayService):
    assert today.watching(None) == []
    home.house.plans.save(plan("2026-11-18T09:30", watch_days=0))
    assert today.watching(None) == []


def test_each_person_has_a_window_of_their_own(home: Home, today: TodayService):
    home.house.people.save_person(Person(id="rosa", name="Rosa"))
    home.house.people.save_person(Person(id="mei", name="王梅"))
    home.house.plans.save(plan("2026-11-18T09:30", person="rosa"))
    home.house.plans.save(plan("2026-11-20T09:30", id="p2", person="mei"))
    assert [(one.visit.person, one.day) for one in today.watching(None)] == [
        ("rosa", 3), ("mei", 1),
    ]  # fmt: skip
    assert [one.visit.person for one in today.watching("mei")] == ["mei"]


# ---- before a visit ---------------------------------------------------------------------------
def next_of(home: Home, today: TodayService, visit: str) -> tuple[str, date] | None:
    found = today.next_step(home.visit(visit), today.near(None))
    return None if found is None else (found.step or found.text, found.day)


def test_the_next_step_is_the_first_that_is_still_open(home: Home, today: TodayService):
    home.house.plans.save(plan("2026-12-08T09:30"))
    first = next_of(home, today, "p1~1")
    assert first == ("pa_check", date(2026, 11, 24))
    home.house.reminders.answer("p1~1:pa_check/2026-12-08T09:30/20160", "done")
    second = next_of(home, today, "p1~1")
    assert second is not None
    assert second[1] == date(2026, 12, 1)


def test_a_covered_visit_is_not_first_asked_for_its_approval(home: Home, today: TodayService):
    home.house.plans.save(plan("2026-12-08T09:30"))
    visit, near = home.visit("p1~1"), today.near(None)
    covered = today.next_step(visit, near, covered=True)
    assert covered is not None
    assert (covered.step, covered.day) == ("auth7", date(2026, 12, 1))


def test_a_step_whose_day_is_over_is_not_next(home: Home, today: TodayService):
    home.house.plans.save(plan("2026-12-08T09:30"))
    home.clock.at("2026-11-25T10:00")
    found = next_of(home, today, "p1~1")
    assert found is not None
    assert found[1] == date(2026, 12, 1)


def test_a_lab_before_the_visit_is_a_step_too(home: Home, today: TodayService):
    home.house.plans.save(plan("2026-12-08T09:30"))
    home.add(
        line("appointment", id="lab", type="lab", title="Blood test", start="2026-11-23T09:00"),
        line("appointment", id="lab2", type="lab", title="After", start="2026-12-09T09:00"),
    )
    assert next_of(home, today, "p1~1") == ("Blood test", date(2026, 11, 23))
    home.house.agenda.set_status("lab", "done")
    assert next_of(home, today, "p1~1") == ("pa_check", date(2026, 11, 24))


def test_somebody_elses_lab_is_no_step(home: Home, today: TodayService):
    home.house.people.save_person(Person(id="rosa"))
    home.house.people.save_person(Person(id="mei"))
    home.add(visit_line("v1", "2026-12-08T09:30", person="rosa"))
    home.add(line("appointment", id="lab", type="lab", title="Blood", start="2026-11-23T09:00",
                  person="mei"))  # fmt: skip
    assert next_of(home, today, "v1") is None


def reach(home: Home, today: TodayService, visit: str = "p1~1") -> tuple[str, str] | None:
    found = today.approval(home.visit(visit))
    return None if found is None else (found.authorisation.id, found.reach)


def test_what_the_approvals_say_of_a_visit(home: Home, today: TodayService):
    home.house.plans.save(plan("2026-12-08T09:30"))
    (person,) = home.house.people.people()

    def approve(entry: str, last: str, **more: object) -> None:
        home.house.people.save_authorisation(
            Authorisation(id=entry, person=person.id, last=date.fromisoformat(last), **more)
        )

    assert reach(home, today) is None
    approve("old", "2026-11-30")
    assert reach(home, today) == ("old", "ends")
    approve("next", "2027-06-30", first=date(2026, 12, 20))
    assert reach(home, today) == ("next", "starts")
    approve("one", "2026-12-31", first=date(2026, 12, 1), visits=0)
    assert reach(home, today) == ("one", "visits")
    approve("good", "2026-12-31", first=date(2026, 12, 1))
    assert reach(home, today)[1] == "covers"


def test_a_visit_of_long_ago_uses_up_an_approval(home: Home, today: TodayService):
    home.house.plans.save(plan("2026-12-08T09:30"))
    (person,) = home.house.people.people()
    letter = Authorisation(
        id="one", person=person.id, first=date(2026, 12, 1), last=date(2027, 12, 31), visits=1
    )
    home.house.people.save_authorisation(letter)
    home.clock.at("2027-09-01T10:00")
    coming = home.house.agenda.next_visit(person.id)
    assert coming is not None
    assert reach(home, today, coming.id) == ("one", "visits")


def test_an_approval_of_another_plan_says_nothing_of_a_visit(home: Home, today: TodayService):
    home.house.plans.save(plan("2026-12-08T09:30"))
    home.house.plans.save(replace(plan("2026-12-09T09:30"), id="p2", uid="p2", medicine="iron"))
    (person,) = home.house.people.people()
    letter = Authorisation(
        id="iron", person=person.id, last=date(2026, 12, 31), plan="p2", visits=1
    )
    home.house.people.save_authorisation(letter)
    assert reach(home, today) is None
    assert reach(home, today, "p2~1") == ("iron", "covers")
    home.house.people.save_authorisation(replace(letter, plan=None))
    assert reach(home, today) == ("iron", "covers"), "of both the earlier visit uses it up"
    assert reach(home, today, "p2~1") == ("iron", "visits")


def test_nothing_here_reads_the_clock_of_the_machine(home: Home, today: TodayService):
    home.add(pills())
    home.clock.moment = datetime.fromisoformat("2026-12-24T15:00+00:00")
    assert only(home, today).occurrence.key == "2026-12-24T08:00"
    home.house.people.save_medicine(Medicine(id="m", person="", name="Pills"))
    assert moment("2026-12-24T08:00", None) == only(home, today).occurrence.start
