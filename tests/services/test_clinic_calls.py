"""Calls to the clinic: kept as typed, with what follows, taken back in one step; the call sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caregiver_app.domain.entities import (
    Appointment,
    ClinicCall,
    Contact,
    Dose,
    InfusionRecord,
    Medicine,
    OwnSign,
    Person,
    Question,
    SideEffect,
)
from caregiver_app.domain.times import AllDay
from caregiver_app.domain.watch import Tier
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.call_sheet import CallSheet, CallSheets
from caregiver_app.services.clinic_calls import Draft
from tests.factories import moment, plan
from tests.fakes import Home


@pytest.fixture
def entered(home: Home) -> Home:
    """Rosa with infliximab; the first visit was on 24 November, now it is the 27th, 20:00."""
    home.house.people.save_person(Person(id="rosa", name="Rosa Marín"))
    home.clock.at("2026-11-20T12:00")
    home.house.plans.save(plan())
    home.clock.at("2026-11-27T20:00")
    return home


def call(**told: object) -> ClinicCall:
    fields: dict[str, object] = {"at": moment("2026-11-27T19:20"), "said": "Call again at 38.0."}
    return ClinicCall(id="", person="rosa", **(fields | told))


def after(start: object = None) -> Appointment:
    return Appointment(
        id="", uid="", person="", type="follow-up", title="Call the clinic again",
        start=start or AllDay(date(2026, 11, 28)), minutes=15,
    )  # fmt: skip


def sign(at: str, name: str = "headache", severity: int = 1, **told: object) -> SideEffect:
    fields = {"id": "", "person": "rosa", "sign": name, "severity": severity, "urgency": ""}
    return SideEffect(at=moment(at), **(fields | told))


def refused(home: Home, made: ClinicCall, follow_up: Appointment | None = None) -> dict[str, str]:
    with pytest.raises(FormRefused) as told:
        home.house.clinic_calls.save(made, follow_up)
    assert home.house.clinic_calls.calls() == []
    return {str(one.field): one.key for one in told.value.errors}


def sheet(home: Home) -> CallSheet:
    return CallSheets(home.house).sheet(home.house.care.person("rosa"))


# ---- keeping -----------------------------------------------------------------------------------
def test_what_was_said_stays_as_it_was_typed(entered: Home) -> None:
    kept = entered.house.clinic_calls.save(
        call(question="Is it the drip?", who=" Nurse 李 ", about=("s1", "s2", "s1"))
    )
    entered.restart()
    (found,) = entered.house.clinic_calls.calls("rosa")
    assert found == kept
    assert (found.who, found.said) == ("Nurse 李", "Call again at 38.0.")
    assert found.about == ("s1", "s2")


def test_calls_come_newest_first_and_by_their_days(entered: Home) -> None:
    calls = entered.house.clinic_calls
    for day in ("25", "27", "26"):
        calls.save(call(said=day, at=moment(f"2026-11-{day}T09:00")))
    assert [one.said for one in calls.calls()] == ["27", "26", "25"]
    assert [one.said for one in calls.calls("rosa", date(2026, 11, 26))] == ["27", "26"]
    assert [one.said for one in calls.calls(None, None, date(2026, 11, 25))] == ["25"]
    assert calls.calls("nobody") == []


def test_the_follow_up_comes_with_it_and_one_undo_takes_both(entered: Home) -> None:
    calls, agenda = entered.house.clinic_calls, entered.house.agenda
    before = entered.dump()
    kept = calls.save(call(), after())
    found = calls.follow_up(kept)
    assert found is not None
    assert (found.person, found.start, found.type) == (
        "rosa",
        AllDay(date(2026, 11, 28)),
        "follow-up",
    )
    assert agenda.get(found.id) == found
    assert entered.house.care.undo() is not None
    assert entered.dump() == before


def test_a_correction_keeps_the_follow_up_and_undo_brings_the_old_words_back(entered: Home) -> None:
    calls = entered.house.clinic_calls
    kept = calls.save(call(), after())
    calls.save(replace(kept, said="At 37.8, she meant"))
    assert calls.calls()[0].follow_up == kept.follow_up
    entered.house.care.undo()
    assert calls.get(kept.id) == kept


def test_a_deleted_call_leaves_its_appointment_and_comes_back(entered: Home) -> None:
    calls = entered.house.clinic_calls
    kept = calls.save(call(), after())
    calls.remove(kept.id)
    assert calls.calls() == []
    assert entered.house.agenda.get(str(kept.follow_up)) is not None
    entered.house.care.undo()
    assert calls.calls() == [kept]
    with pytest.raises(InputRefused, match=r"entry\.gone"):
        calls.remove("nothing")


def test_a_call_whose_appointment_was_deleted_can_still_be_corrected(entered: Home) -> None:
    calls = entered.house.clinic_calls
    kept = calls.save(call(), after())
    entered.house.agenda.remove(str(kept.follow_up))
    again = calls.save(replace(kept, said="Corrected"))
    assert calls.follow_up(again) is None
    assert calls.calls()[0].said == "Corrected"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"said": " ", "who": "", "question": "\n"}, {"said": "clinic_call.empty"}),
        ({"at": moment("2026-11-27T20:01")}, {"at": "clinic_call.ahead"}),
        ({"at": AllDay(date(2026, 11, 27))}, {"at": "clinic_call.no_hour"}),
        ({"at": moment("2026-03-08T02:30")}, {"at": "time.gap"}),
        ({"who": "x" * 201, "said": "\0"}, {"who": "text.long", "said": "text.control"}),
        ({"about": ("two words",)}, {"about": "id.characters"}),
        ({"follow_up": "gone"}, {"follow_up": "clinic_call.no_follow_up"}),
    ],
)
def test_what_cannot_be_is_refused_field_by_field(
    entered: Home, told: dict[str, object], expected: dict[str, str]
) -> None:
    assert refused(entered, call(**told)) == expected


def test_a_follow_up_before_the_call_is_refused_with_all_else(entered: Home) -> None:
    wrong = refused(entered, call(who="x" * 201), after(AllDay(date(2026, 11, 26))))
    assert wrong == {"who": "text.long", "start": "clinic_call.follow_up_before"}
    earlier = {"start": "clinic_call.follow_up_before"}
    assert refused(entered, call(), after(moment("2026-11-27T19:00"))) == earlier
    assert refused(entered, call(), replace(after(), title="")) == {"title": "text.empty"}
    found = entered.house.agenda.between(date(2026, 11, 25), date(2026, 11, 30))
    assert [one.appointment.type for one in found] == []


def test_a_follow_up_of_somebody_else_is_refused(entered: Home) -> None:
    entered.house.people.save_person(Person(id="mei", name="王梅"))
    other = entered.house.agenda.save(replace(after(), person="mei"))
    assert refused(entered, call(follow_up=other.id)) == {"follow_up": "clinic_call.no_follow_up"}


# ---- before it is kept -------------------------------------------------------------------------
def test_what_is_typed_is_there_after_the_power_failed(entered: Home) -> None:
    typed = Draft(question="王梅 asks", who="Nurse", what="call", day="tomorow", about=("s1",))
    entered.house.clinic_calls.keep_draft("rosa", typed)
    other = entered.another()  # without closing the first
    assert other.clinic_calls.draft("rosa") == typed
    assert other.clinic_calls.draft("mei") == Draft()
    other.care.store.close()
    assert entered.house.care.store.undo_label() is not None
    assert entered.house.care.store.undo_label()[0] != "done.remembered"


def test_a_draft_that_cannot_be_read_is_an_empty_one(entered: Home) -> None:
    entered.house.settings.remember(draft__call__rosa="[1")
    assert entered.house.clinic_calls.draft("rosa") == Draft()
    entered.house.settings.remember(draft__call__rosa='{"who": 3, "said": "x", "about": [1, "s"]}')
    assert entered.house.clinic_calls.draft("rosa") == Draft(said="x", about=("s",))


# ---- what is read out --------------------------------------------------------------------------
def test_the_most_urgent_sign_comes_first_then_the_newest(entered: Home) -> None:
    watch = entered.house.watch
    watch.save(sign("2026-11-25T08:00"))
    watch.save(sign("2026-11-26T08:00", "chest_pain"))
    watch.save(sign("2026-11-27T08:00"))
    watch.save(sign("2026-11-20T08:00", "fatigue", going_on=True))
    watch.save(sign("2026-11-19T08:00", "nausea"))
    found = sheet(entered)
    assert found.first == date(2026, 11, 24)
    assert [(one.entry.sign, one.day) for one in found.signs] == [
        ("chest_pain", 2), ("headache", 3), ("headache", 1), ("fatigue", None),
    ]  # fmt: skip
    assert found.signs[0].tier == Tier.EMERGENCY


def test_what_the_clinic_said_stands_with_the_first_entry_of_a_sign(entered: Home) -> None:
    for day in ("25", "26"):
        entered.house.watch.save(sign(f"2026-11-{day}T08:00"))
    entered.house.signs.set_clinic("rosa", "headache", "Dark room, call at noon")
    assert [one.clinic for one in sheet(entered).signs] == ["Dark room, call at noon", ""]
    entered.house.signs.save_own(
        OwnSign(id="", person="rosa", name="Dry mouth", note="Sips, then call")
    )
    entered.house.watch.save(sign("2026-11-24T12:00", "dry mouth"))
    assert [one.clinic for one in sheet(entered).signs][-1] == "Sips, then call"


def test_temperatures_are_told_in_both_scales_newest_first(entered: Home) -> None:
    for at, celsius in (("2026-11-26T08:00", 37.2), ("2026-11-27T19:00", 38.0)):
        entered.house.watch.save(sign(at, "fever", temperature_c=celsius))
    entered.house.watch.save(sign("2026-11-20T08:00", "fever", temperature_c=39.0))
    readings = [(one.celsius, one.fahrenheit) for one in sheet(entered).readings]
    assert readings == [(38.0, 100.4), (37.2, 99.0)]


def test_the_lot_and_what_else_is_given_stand_there(entered: Home) -> None:
    house = entered.house
    (visit,) = [one for one in house.agenda.visits("rosa") if one.dose == 1]
    house.records.save(InfusionRecord(id="", person="", visit=visit.id, lot="K2-026"))
    house.people.save_medicine(Medicine(id="m1", person="rosa", name="methotrexate"))
    house.people.save_medicine(Medicine(id="m2", person="rosa", name="Infliximab"))
    house.people.save_medicine(Medicine(id="m3", person="rosa", name="old", past=True))
    house.people.save_contact(
        Contact(id="c", person="rosa", name="Willow Lane", role="clinic", phone="1",
                phone_after_hours="2")
    )  # fmt: skip
    house.support.save_question(Question(id="q1", person="rosa", text="Open?"))
    house.support.save_question(Question(id="q2", person="rosa", text="Answered?", answer="Yes"))
    found = sheet(entered)
    assert found.record is not None
    assert found.record.lot == "K2-026"
    assert found.last is not None
    assert (found.last.medicine, found.last.dose, found.days) == ("infliximab", 1, 3)
    assert [one.name for one in found.medicines] == ["methotrexate"]
    assert [(one.number, one.hours) for one in found.numbers] == [("1", ""), ("2", "after")]
    assert [one.text for one in found.questions] == ["Open?"]


def test_what_was_not_marked_is_told_so_and_what_is_to_come_is_not(entered: Home) -> None:
    house = entered.house
    for hour in ("08:00", "21:00"):
        house.agenda.save(
            Appointment(id=hour, uid="", person="rosa", type="medication", title=f"pill {hour}",
                        start=moment(f"2026-11-25T{hour}"), minutes=0, rrule="FREQ=DAILY")
        )  # fmt: skip
    house.doses.save(
        Dose(id="", person="rosa", name="paracetamol", at=moment("2026-11-27T14:00"),
             amount="one tablet")
    )  # fmt: skip
    history = house.doses.history("rosa", date(2026, 11, 26), date(2026, 11, 27))
    house.doses.mark(history.timed[0], "taken")
    found = sheet(entered)
    assert [(one.title, one.day.day, one.mark.state) for one in found.timed] == [
        ("pill 08:00", 26, "taken"), ("pill 21:00", 26, "open"), ("pill 08:00", 27, "open"),
    ]  # fmt: skip
    assert [(one.name, one.amount) for one in found.given] == [("paracetamol", "one tablet")]


def test_a_call_is_about_what_came_since_the_last_one_and_what_goes_on(entered: Home) -> None:
    watch, service = entered.house.watch, CallSheets(entered.house)
    old = watch.save(sign("2026-11-25T08:00"))
    goes_on = watch.save(sign("2026-11-26T08:00", "nausea", going_on=True))
    assert set(service.about(sheet(entered))) == {old.id, goes_on.id}
    entered.house.clinic_calls.save(call(at=moment("2026-11-27T09:00")))
    new = watch.save(sign("2026-11-27T18:00", "fatigue"))
    assert set(service.about(sheet(entered))) == {new.id, goes_on.id}


def test_nobody_and_nothing_written_is_an_empty_sheet(home: Home) -> None:
    home.house.people.save_person(Person(id="rosa"))
    found = sheet(home)
    assert found.is_empty
    assert (found.last, found.days, found.record, found.numbers) == (None, None, None, ())
