"""As-needed medicines, times of medicines, marks, the history, and medicines of one day a week."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from caregiver_app.domain.dose_marks import Mark
from caregiver_app.domain.entities import Answer, Appointment, Dose, Medicine
from caregiver_app.domain.times import Floating, to_text, wall
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.messages import explain
from caregiver_app.services.listing import ListService
from caregiver_app.services.medicine_times import DAILY, EVERY_FEW, WEEKDAYS_ONLY, WEEKLY, Times
from tests.factories import appointment, line, moment, pills
from tests.fakes import Home

TODAY = date(2026, 11, 21)
SAFETY = "Methotrexate is given on ONE day a week. More often can kill."


def dose(**more: object) -> Dose:
    told = {"id": "", "person": "", "name": "Paracetamol", "at": moment("2026-11-21T09:40")}
    return Dose(**{**told, **more})


def medicine(home: Home, name: str = "Folic acid", **more: object) -> Medicine:
    if not home.house.people.people():
        home.add(line("person", id="rosa", name="Rosa"))
    return Medicine(id="", person="rosa", name=name, **more)


def plan_of(home: Home) -> list[tuple[str, str]]:
    found = home.house.care.store.all(Appointment)
    return sorted((to_text(one.start), one.rrule) for one in found)


def said(error: FormRefused) -> list[tuple[str | None, str]]:
    return [(one.field, one.key) for one in error.errors]


def days(home: Home, first: str = "2026-11-18", last: str = "2026-11-21") -> list[tuple[str, str]]:
    found = home.house.doses.history(None, date.fromisoformat(first), date.fromisoformat(last))
    return [(one.key, one.mark.state) for one in found.timed]


# ---- as needed ---------------------------------------------------------------------------------
def test_what_was_given_is_kept_in_order_and_undone(home: Home):
    home.house.doses.save(dose(what_for=" headache ", amount="one tablet"))
    home.house.doses.save(dose(name="Drops", at=moment("2026-11-20T22:00")))
    found = home.house.doses.between(date(2026, 11, 20), TODAY)
    assert [(one.name, one.what_for, one.amount) for one in found] == [
        ("Drops", "", ""), ("Paracetamol", "headache", "one tablet"),
    ]  # fmt: skip
    home.house.care.undo()
    assert [one.name for one in home.house.doses.between(date(2026, 11, 20), TODAY)] == [
        "Paracetamol"
    ]


@pytest.mark.parametrize(
    ("bad", "field", "key"),
    [
        ({"name": " "}, "name", "text.empty"),
        ({"at": moment("2026-11-21")}, "at", "dose.no_hour"),
        ({"at": moment("2026-11-21T10:01")}, "at", "dose.ahead"),
        ({"medicine": "gone"}, "medicine", "medicine.unknown"),
    ],
)
def test_what_cannot_be_is_refused(home: Home, bad: dict[str, object], field: str, key: str):
    with pytest.raises(FormRefused) as caught:
        home.house.doses.save(dose(**bad))
    (told,) = said(caught.value)
    assert told[0] == field
    assert key in (told[1], "text.empty")
    assert home.house.doses.between(TODAY, TODAY) == []


def test_changed_and_deleted(home: Home):
    kept = home.house.doses.save(dose())
    home.house.doses.save(replace(kept, note="with water"))
    (found,) = home.house.doses.between(TODAY, TODAY)
    assert (found.id, found.note) == (kept.id, "with water")
    home.house.doses.remove(kept.id)
    assert home.house.doses.get(kept.id) is None
    home.house.care.undo()
    assert home.house.doses.get(kept.id) is not None
    with pytest.raises(InputRefused):
        home.house.doses.remove("nothing")


# ---- times -------------------------------------------------------------------------------------
def test_each_hour_is_one_floating_series_of_the_medicine(home: Home):
    kept = home.house.medicine_times.save(
        medicine(home), Times((time(8), time(20)), DAILY, TODAY, date(2026, 12, 24))
    )
    series = home.house.medicine_times.series(kept)
    assert [(to_text(one.start), one.title, one.medicine) for one in series] == [
        ("2026-11-21T08:00", "Folic acid", kept.id), ("2026-11-21T20:00", "Folic acid", kept.id),
    ]  # fmt: skip
    assert all(isinstance(one.start, Floating) and one.type == "medication" for one in series)
    assert home.house.medicine_times.read(kept) == Times(
        (time(8), time(20)), DAILY, TODAY, date(2026, 12, 24)
    )
    home.house.care.undo()
    assert plan_of(home) == []
    assert home.house.people.medicines() == []


@pytest.mark.parametrize(
    ("times", "starts", "rule"),
    [
        (Times((time(8),), WEEKLY, TODAY, None, 1, (4,)),
         "2026-11-27T08:00", "FREQ=WEEKLY;BYDAY=FR"),
        (Times((time(8),), WEEKDAYS_ONLY, TODAY, None, 1, (0, 2)),
         "2026-11-23T08:00", "FREQ=WEEKLY;BYDAY=MO,WE"),
        (Times((time(8),), EVERY_FEW, TODAY, None, 3), "2026-11-21T08:00", "FREQ=DAILY;INTERVAL=3"),
    ],
)  # fmt: skip
def test_each_rhythm_is_kept_and_read_back(home: Home, times: Times, starts: str, rule: str):
    kept = home.house.medicine_times.save(medicine(home), times)
    assert plan_of(home) == [(starts, rule)]
    told = home.house.medicine_times.read(kept)
    assert told is not None
    assert (told.hours, told.rhythm, told.interval) == (times.hours, times.rhythm, times.interval)
    assert times.rhythm == EVERY_FEW or told.weekdays == times.weekdays


@pytest.mark.parametrize(
    ("times", "field"),
    [
        (Times((), DAILY, TODAY), "hours"),
        (Times((time(8), time(8)), DAILY, TODAY), "hours"),
        (Times((time(8),), "", TODAY), "rhythm"),
        (Times((time(8),), WEEKLY, TODAY), "weekdays"),
        (Times((time(8),), WEEKDAYS_ONLY, TODAY), "weekdays"),
        (Times((time(8),), EVERY_FEW, TODAY, None, 0), "interval"),
        (Times((time(8),), DAILY, TODAY, date(2026, 11, 20)), "last"),
        (Times((time(8),), WEEKLY, TODAY, date(2026, 11, 22), 1, (4,)), "last"),
    ],
)
def test_times_that_cannot_be_are_refused_and_nothing_is_kept(home: Home, times: Times, field: str):
    with pytest.raises(FormRefused) as caught:
        home.house.medicine_times.save(medicine(home), times)
    assert [where for where, _ in said(caught.value)] == [field]
    assert home.house.people.medicines() == []


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY;BYHOUR=8,20", "FREQ=DAILY;BYMONTH=11,12", "FREQ=WEEKLY;BYDAY=SA;BYHOUR=8,20"],
)
def test_what_the_form_has_no_words_for_is_not_taken_for_a_simple_rhythm(home: Home, rule: str):
    kept = home.house.people.save_medicine(medicine(home))
    home.add(pills(medicine=kept.id, start="2026-11-21T08:00", rrule=rule))
    assert home.house.medicine_times.read(kept) is None


def test_another_hour_ends_the_old_series_and_history_stays(home: Home):
    home.clock.at("2026-11-10T07:00")
    kept = home.house.medicine_times.save(
        medicine(home), Times((time(8), time(20)), DAILY, date(2026, 11, 10))
    )
    home.clock.at("2026-11-21T07:00")
    (first, *_) = home.house.doses.history("rosa", date(2026, 11, 20), TODAY).timed
    home.house.doses.mark(first, "taken")
    home.house.medicine_times.save(kept, Times((time(9), time(20)), DAILY, date(2026, 11, 10)))
    assert plan_of(home) == [
        ("2026-11-10T08:00", "FREQ=DAILY;UNTIL=20261120T235900"),
        ("2026-11-10T20:00", "FREQ=DAILY"),
        ("2026-11-21T09:00", "FREQ=DAILY"),
    ]
    assert days(home, "2026-11-20") == [
        ("2026-11-20T08:00", "taken"), ("2026-11-20T20:00", "open"),
        ("2026-11-21T09:00", "open"), ("2026-11-21T20:00", "open"),
    ]  # fmt: skip
    home.house.care.undo()
    assert [rule for _, rule in plan_of(home)] == ["FREQ=DAILY", "FREQ=DAILY"]


def test_when_today_is_marked_already_the_change_holds_from_tomorrow(home: Home):
    home.clock.at("2026-11-10T07:00")
    kept = home.house.medicine_times.save(
        medicine(home), Times((time(8),), DAILY, date(2026, 11, 10))
    )
    home.clock.at("2026-11-21T10:00")
    (today,) = home.house.doses.history("rosa", TODAY, TODAY).timed
    home.house.doses.mark(today, "taken")
    assert home.house.medicine_times.begins(kept) == date(2026, 11, 22)
    home.house.medicine_times.save(kept, Times((time(12),), DAILY, date(2026, 11, 10)))
    assert plan_of(home) == [
        ("2026-11-10T08:00", "FREQ=DAILY;UNTIL=20261121T235900"),
        ("2026-11-22T12:00", "FREQ=DAILY"),
    ]


def test_no_times_any_more_and_deleting_end_the_series(home: Home):
    home.clock.at("2026-11-10T07:00")
    kept = home.house.medicine_times.save(
        medicine(home), Times((time(8),), DAILY, date(2026, 11, 10))
    )
    home.clock.at("2026-11-21T07:00")
    home.house.medicine_times.save(replace(kept, as_needed=True), None)
    assert plan_of(home) == [("2026-11-10T08:00", "FREQ=DAILY;UNTIL=20261120T235900")]
    home.house.care.undo()
    home.house.medicine_times.remove(kept.id)
    assert plan_of(home) == [("2026-11-10T08:00", "FREQ=DAILY;UNTIL=20261120T235900")]
    assert home.house.people.medicines() == []
    home.house.care.undo()
    assert home.house.medicine_times.read(kept) is not None


def test_a_new_name_goes_on_into_the_series(home: Home):
    kept = home.house.medicine_times.save(medicine(home), Times((time(8),), DAILY, TODAY))
    home.house.medicine_times.save(replace(kept, name="Folate"), Times((time(8),), DAILY, TODAY))
    (one,) = home.house.care.store.all(Appointment)
    assert (one.title, one.sequence) == ("Folate", 0)


def test_hours_with_rhythms_of_their_own_are_no_single_plan(home: Home):
    kept = home.house.medicine_times.save(medicine(home), Times((time(8),), DAILY, TODAY))
    home.add(
        pills(id="x", title="Folic acid at night", start="2026-11-21T22:00", rrule="FREQ=WEEKLY")
    )
    assert len(home.house.medicine_times.series(kept)) == 2
    assert home.house.medicine_times.read(kept) is None


# ---- one day a week ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "times",
    [
        Times((time(8),), DAILY, TODAY),
        Times((time(8), time(20)), WEEKLY, TODAY, None, 1, (4,)),
        Times((time(8),), WEEKDAYS_ONLY, TODAY, None, 1, (0, 4)),
        Times((time(8),), EVERY_FEW, TODAY, None, 6),
    ],
)
def test_methotrexate_more_than_once_a_week_is_refused(home: Home, times: Times):
    with pytest.raises(FormRefused) as caught:
        home.house.medicine_times.save(medicine(home, "Methotrexate"), times)
    assert explain(caught.value.errors[0]).startswith(SAFETY)
    assert "Call the clinic" in explain(caught.value.errors[0])
    assert plan_of(home) == []


def test_methotrexate_once_a_week_can_be_kept_and_moved_to_another_day(home: Home):
    kept = home.house.medicine_times.save(
        medicine(home, "Methotrexate"), Times((time(18),), WEEKLY, TODAY, None, 1, (5,))
    )
    home.house.medicine_times.save(kept, Times((time(18),), WEEKLY, TODAY, None, 1, (3,)))
    assert plan_of(home) == [("2026-11-26T18:00", "FREQ=WEEKLY;BYDAY=TH")]


def test_the_calendars_door_is_closed_too(home: Home):
    home.add(line("person", id="rosa", name="Rosa"))
    weekly = appointment(
        moment("2026-11-27T18:00", None), id="", uid="", type="medication", title="MTX",
        rrule="FREQ=WEEKLY",
    )  # fmt: skip
    kept = home.house.agenda.save(weekly)
    for more in ({"rrule": "FREQ=DAILY"}, {"start": moment("2026-11-25T18:00", None)},
                 {"start": moment("2026-11-30T18:00", None), "rrule": ""}):  # fmt: skip
        with pytest.raises(FormRefused) as caught:
            home.house.agenda.save(replace(weekly, **more))
        assert said(caught.value) == [("rrule", "safety.weekly_only")]
    with pytest.raises(FormRefused):
        home.house.agenda.save(replace(kept, rrule="FREQ=DAILY"))
    home.house.agenda.save(replace(kept, note="with supper"))
    assert len(home.house.care.store.all(Appointment)) == 1


def test_a_medication_time_is_known_by_its_medicine_as_well(home: Home):
    kept = home.house.people.save_medicine(medicine(home, "Methotrexate"))
    with pytest.raises(FormRefused):
        home.house.agenda.save(
            appointment(
                moment("2026-11-27T18:00", None), id="", uid="", type="medication",
                title="Evening tablets", rrule="FREQ=DAILY", medicine=kept.id,
            )
        )  # fmt: skip


def test_it_is_never_as_needed_and_takes_no_name_of_a_daily_one(home: Home):
    with pytest.raises(FormRefused) as caught:
        home.house.people.save_medicine(medicine(home, "Methotrexate", as_needed=True))
    assert said(caught.value) == [("as_needed", "safety.weekly_only")]
    kept = home.house.medicine_times.save(medicine(home), Times((time(8),), DAILY, TODAY))
    with pytest.raises(FormRefused) as caught:
        home.house.people.save_medicine(replace(kept, name="Methotrexate"))
    assert said(caught.value) == [("name", "safety.weekly_only")]


def test_add_refuses_it_and_says_why(home: Home):
    with pytest.raises(FormRefused):
        home.add(pills(id="m", title="Methotrexate"))
    assert plan_of(home) == []
    home.add(pills(id="m", title="Methotrexate", start="2026-11-27T18:00", rrule="FREQ=WEEKLY"))
    assert len(plan_of(home)) == 1


def test_two_people_each_have_their_own_day(home: Home):
    home.add(line("person", id="rosa", name="Rosa"), line("person", id="mei", name="王梅"))
    for person, day in (("rosa", "26"), ("mei", "27")):
        home.add(
            pills(id=person, person=person, title="Methotrexate", start=f"2026-11-{day}T18:00",
                  rrule="FREQ=WEEKLY")
        )  # fmt: skip
    assert len(plan_of(home)) == 2


# ---- marks and history -------------------------------------------------------------------------
def test_history_tells_taken_skipped_and_not_marked(home: Home):
    home.clock.at("2026-11-17T12:00")
    home.add(pills(start="2026-11-18T08:00"))
    home.clock.at("2026-11-21T10:00")
    house = home.house
    first, second, *_ = house.doses.history(None, date(2026, 11, 18), TODAY).timed
    house.doses.mark(first, "taken")
    house.doses.mark(second, "skipped", " Felt unwell ")
    given = house.doses.save(dose())
    found = house.doses.history(None, date(2026, 11, 18), TODAY)
    assert [(one.day.day, one.mark.state, one.mark.reason) for one in found.timed] == [
        (18, "taken", ""), (19, "skipped", "Felt unwell"), (20, "open", ""), (21, "open", ""),
    ]  # fmt: skip
    assert found.given == (given,)
    assert [one.day.day for one in found.with_mark("open")] == [20, 21]
    # What was marked does not ring any more; what was not still asks.
    assert sorted(one.id for one in house.reminders.open_now()) == [
        "pills/2026-11-20T08:00/0", "pills/2026-11-21T08:00/0",
    ]  # fmt: skip


def test_a_mark_is_taken_back_by_undo_and_by_hand(home: Home):
    home.clock.at("2026-11-17T12:00")
    home.add(pills(start="2026-11-21T08:00"))
    home.clock.at("2026-11-21T10:00")
    house = home.house
    (one,) = house.doses.history(None, TODAY, TODAY).timed
    house.doses.mark(one, "taken")
    house.care.undo()
    assert days(home) == [("2026-11-21T08:00", "open")]
    house.doses.mark(one, "skipped")
    house.doses.mark(one, "open")
    assert days(home) == [("2026-11-21T08:00", "open")]
    assert [each.id for each in house.reminders.open_now()] == ["pills/2026-11-21T08:00/0"]


def test_it_can_be_marked_on_its_day_in_advance_and_not_before(home: Home):
    home.add(pills(start="2026-11-21T20:00"))
    house = home.house
    today, tomorrow = house.doses.history(None, TODAY, date(2026, 11, 22)).timed
    house.doses.mark(today, "taken")
    assert days(home)[-1] == ("2026-11-21T20:00", "taken")
    with pytest.raises(InputRefused) as caught:
        house.doses.mark(tomorrow, "taken")
    assert caught.value.key == "dose.mark_ahead"


def test_marks_stay_when_the_series_is_changed_later(home: Home):
    home.clock.at("2026-11-17T12:00")
    home.add(pills(start="2026-11-18T08:00", reminders=[15]))
    home.clock.at("2026-11-19T10:00")
    house = home.house
    house.doses.mark(house.doses.history(None, date(2026, 11, 18), TODAY).timed[0], "taken")
    house.agenda.save(replace(house.agenda.get("pills"), minutes=10))
    assert days(home)[0] == ("2026-11-18T08:00", "taken")


def test_history_of_one_medicine_knows_its_own(home: Home):
    kept = home.house.medicine_times.save(medicine(home), Times((time(8),), DAILY, TODAY))
    home.add(pills(id="x", person="rosa", title="Other"))
    home.house.doses.save(dose(person="rosa", name="Folic acid", medicine=kept.id))
    home.house.doses.save(dose(person="rosa", name="Drops"))
    found = home.house.doses.history("rosa", TODAY, TODAY, kept)
    assert [one.title for one in found.timed] == ["Folic acid"]
    assert [one.name for one in found.given] == ["Folic acid"]


def test_what_is_gone_cannot_be_marked(home: Home):
    home.add(pills())
    (one,) = home.house.doses.history(None, TODAY, TODAY).timed
    home.house.agenda.remove("pills")
    with pytest.raises(InputRefused) as caught:
        home.house.doses.mark(one, "taken")
    assert caught.value.key == "dose.mark_gone"
    assert home.house.care.store.all(Answer) == []
    assert one.mark == Mark()


def test_a_floating_hour_keeps_its_wall_time(home: Home):
    home.house.medicine_times.save(medicine(home), Times((time(8),), DAILY, TODAY))
    (one,) = home.house.doses.history("rosa", TODAY, TODAY).timed
    assert wall(one.start) == datetime(2026, 11, 21, 8, 0)


# ---- add and list ------------------------------------------------------------------------------
def test_add_and_list_speak_of_doses_and_medicines(home: Home):
    home.add(
        line("person", id="rosa", name="Rosa"),
        line("medicine", id="p", name="Paracetamol", as_needed=True, what_for="headache"),
        line("dose", id="d", name="Paracetamol", at="2026-11-20T22:10", medicine="p",
             what_for="headache", amount="one tablet", note="before bed"),
        line("dose", id="e", name="Drops", at="2026-11-18T09:00"),
    )  # fmt: skip
    listing = ListService(home.house)
    (told,) = listing.values("medicines", None, None)
    assert (told["as_needed"], told["what_for"]) == (True, "headache")
    assert [one["id"] for one in listing.values("doses", None, None)] == ["d", "e"]
    (last,) = listing.values("doses", date(2026, 11, 19), TODAY)
    told = {name: last[name] for name in ("name", "at", "medicine", "what_for", "amount", "note")}
    assert json.loads(json.dumps(told)) == {
        "name": "Paracetamol", "at": "2026-11-20T22:10", "medicine": "p", "what_for": "headache",
        "amount": "one tablet", "note": "before bed",
    }  # fmt: skip
    kept = home.house.people.medicine("p")
    assert kept is not None
    assert (kept.as_needed, kept.what_for) == (True, "headache")
    found = home.house.doses.get("d")
    assert found is not None
    assert (found.medicine, found.amount, found.note) == ("p", "one tablet", "before bed")
