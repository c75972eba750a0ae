"""Drives: who could drive, what was usual, and the slip, which tells nothing of what for."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from caregiver_app.assets import read_text
from caregiver_app.domain.entities import (
    APPOINTMENT_TYPES,
    Appointment,
    Contact,
    Medicine,
    Person,
    Plan,
)
from caregiver_app.domain.rides import NOT_NEEDED
from caregiver_app.domain.times import Floating
from caregiver_app.errors import InputRefused
from caregiver_app.services.rides import Driver, Usual
from tests.factories import line, moment
from tests.fakes import NEW_YORK, Home

CANARIES = (
    "zorbitis", "penicillin", "infliximab", "remicade", "prednisone", "whisper", "quarrel",
    "monthly swap", "flare", "infusion", "infus",
)  # fmt: skip
"""What stands everywhere around the appointment and must never come onto a slip."""


def rosas(home: Home, **visit: object) -> Appointment:
    """Rosa's visit with a canary in everything that a slip could take it from."""
    house = home.house
    house.people.save_person(
        Person(id="rosa", name="Rosa Marín", conditions="Zorbitis", allergies="penicillin",
               address="3 Orchard Street\nSpringfield", good_to_know="whisper quarrel")
    )  # fmt: skip
    house.people.save_contact(
        Contact(id="clinic", person="rosa", name="Willow Infusion Center", role="clinic",
                address="Zorbitis wing, 12 Willow Lane, Springfield", phone="555 0142",
                note="whisper quarrel")
    )  # fmt: skip
    house.people.save_contact(
        Contact(id="ana", person="rosa", name="Ana", role="driver", phone="555 0117")
    )
    house.people.save_medicine(Medicine(id="m", person="rosa", name="prednisone", what_for="flare"))
    house.plans.save(
        Plan(id="p1", uid="", person="rosa", medicine="infliximab",
             first=moment("2026-11-24T09:30"), offsets=(0, 2, 6), every=8, minutes=150,
             clinic="clinic")
    )  # fmt: skip
    found = house.agenda.next_visit("rosa")
    assert found is not None
    told = {
        "title": "Monthly swap, infliximab", "note": "whisper quarrel", "driver": "Ana",
        "driver_phone": "555 0117", "travel_minutes": 35, "parking_minutes": 10,
        "early_minutes": 10, "ride_home": "Ana", **visit,
    }  # fmt: skip
    return house.agenda.save(replace(found, **told))


def canaries_in(text: str) -> list[str]:
    folded = re.sub(r"\r\n[ \t]", "", text).casefold()
    return [word for word in (*CANARIES, *APPOINTMENT_TYPES) if word in folded.replace(
        "drive", "").replace("other", "")]  # fmt: skip


# ---- the slip ----------------------------------------------------------------------------------


def test_the_slip_says_whom_where_and_when(home: Home) -> None:
    visit = rosas(home)
    slip = home.house.rides.slip(visit.id, phone="555 0100")
    assert (slip.whom, slip.day, slip.start) == ("Rosa Marín", date(2026, 11, 24), time(9, 20))
    assert slip.leave_at == time(8, 35)
    assert slip.where == "12 Willow Lane, Springfield"
    assert slip.pick_up == "3 Orchard Street, Springfield"
    assert (slip.driver, slip.home, slip.home_at) == ("Ana", "same", time(12, 0))
    assert "drowsy" in slip.caution
    assert slip.phone == "555 0100"
    assert slip.zone == ""


def test_to_be_there_early_is_what_the_driver_is_told(home: Home) -> None:
    rides = home.house.rides
    assert rides.slip(rosas(home, early_minutes=0).id).start == time(9, 30)
    assert rides.slip(rosas(home, early_minutes=25).id).start == time(9, 5)


def test_what_was_left_out_is_told_to_the_family(home: Home) -> None:
    visit = rosas(home)
    assert home.house.rides.slip(visit.id).left_out == "Willow Infusion Center, Zorbitis wing"


def test_a_name_that_tells_nothing_stays(home: Home) -> None:
    visit = rosas(home)
    clinic = home.house.people.contact("clinic")
    assert clinic is not None
    home.house.people.save_contact(replace(clinic, name="Willow Lane Clinic"))
    slip = home.house.rides.slip(visit.id)
    assert slip.where.split("\n") == ["Willow Lane Clinic", "12 Willow Lane, Springfield"]


@pytest.mark.parametrize(
    "typed",
    ["Infusion Center", "INFUSIONSZENTRUM", "Dialysis unit", "Rheumatology", "Hämatologie",
     "输液中心", "MS clinic", "Zorbitis house", "Remicade desk", "prednisone window",
     "Tagesinfusion", "In\u00adfusion desk", "Multiple-Sklerose-Zentrum"],
)  # fmt: skip
def test_what_tells_is_seen_in_any_place(home: Home, typed: str) -> None:
    visit = rosas(home, place=typed)
    assert typed not in home.house.rides.slip(visit.id).where
    assert home.house.rides.telling(f"Go to {typed} now", visit.id)


@pytest.mark.parametrize(
    ("conditions", "typed"), [("UC, diabetes", "UC clinic"), ("狼疮", "协和医院狼疮门诊")]
)
def test_short_words_of_the_familys_own_tell_too(home: Home, conditions: str, typed: str) -> None:
    visit = rosas(home, place=f"{typed}, Level 2")
    rosa = home.house.care.person(visit.person)
    home.house.people.save_person(replace(rosa, conditions=conditions))
    slip = home.house.rides.slip(visit.id)
    assert (typed in slip.where, "Level 2" in slip.where) == (False, True)
    assert typed in slip.left_out


@pytest.mark.parametrize("typed", ["12 Mason Street", "Entrance B", "Ramsey House", "Level 2"])
def test_a_plain_place_is_not_suspected(home: Home, typed: str) -> None:
    visit = rosas(home, place=typed)
    assert typed in home.house.rides.slip(visit.id).where
    assert home.house.rides.telling(typed, visit.id) == ""


def test_nothing_of_what_for_is_in_the_values_or_the_calendar_file(home: Home) -> None:
    for kind in ("same", NOT_NEEDED):
        visit = rosas(home, ride_home="Ana" if kind == "same" else kind)
        slip = home.house.rides.slip(visit.id)
        told = " ".join(str(value) for value in vars_of(slip).values())
        assert canaries_in(told) == []
        data = home.house.rides.calendar(visit.id, slip, title="Drive for Rosa", text="8:35")
        assert canaries_in(data.decode()) == []


def vars_of(slip: object) -> dict[str, object]:
    names = (name for name in type(slip).__dataclass_fields__ if name != "left_out")
    return {name: getattr(slip, name) for name in names}


def test_a_slip_for_another_day_takes_the_place_of_the_first(home: Home) -> None:
    home.add(
        line("appointment", id="one", type="drive", title="Drive", start="2026-11-24T09:30"),
        line("appointment", id="many", type="drive", title="Drive", start="2026-11-24T14:00",
             rrule="FREQ=WEEKLY"),
    )  # fmt: skip

    def sent(entry: str, key: str) -> list[str]:
        slip = home.house.rides.slip(entry, key)
        text = home.house.rides.calendar(entry, slip, title="Drive", text="").decode()
        return [one for one in text.splitlines() if one.startswith(("UID", "DTSTART:"))]

    for entry, key in (("one", "2026-11-24T09:30"), ("many", "2026-12-01T14:00")):
        first, other = sent(entry, key), sent("many", "2026-12-08T14:00")
        later = Floating(datetime.fromisoformat(key) + timedelta(days=1))
        moved = home.house.series.move(entry, key, later)
        again = sent(moved.entry, moved.key)
        assert (again[0] != first[0], again[1]) == (True, first[1])
        assert other[1] != first[1]


def test_the_canaries_would_be_seen() -> None:
    assert canaries_in("an Infu\r\n sion at nine") == ["infusion", "infus", "infusion"]
    assert canaries_in("Drive for Rosa, 12 Willow Lane") == []


def test_the_calendar_file_is_one_drive(home: Home) -> None:
    visit = rosas(home)
    rides = home.house.rides
    data = rides.calendar(visit.id, rides.slip(visit.id), title="Drive for Rosa", text="Day: x")
    text = data.decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:Drive for Rosa" in text
    assert "DTSTART;TZID=America/New_York:20261124T083500" in text
    assert "DTEND;TZID=America/New_York:20261124T092000" in text
    assert "LOCATION:12 Willow Lane\\, Springfield" in text
    assert visit.uid not in text
    assert data == rides.calendar(
        visit.id, rides.slip(visit.id), title="Drive for Rosa", text="Day: x"
    )


def test_the_file_is_written_whole_or_not_at_all(home: Home, tmp_path: Path) -> None:
    visit = rosas(home)
    rides, path = home.house.rides, tmp_path / "drive.ics"
    rides.save_calendar(path, visit.id, rides.slip(visit.id), title="Drive", text="x")
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR")
    with pytest.raises(InputRefused):
        rides.save_calendar(
            tmp_path / "no" / "drive.ics", visit.id, rides.slip(visit.id), title="x", text="x"
        )


def test_a_whole_day_and_a_date_of_a_series(home: Home) -> None:
    home.add(
        line("appointment", id="all", type="drive", title="Trip", start="2026-11-27"),
        line("appointment", id="gym", type="drive", title="Pool", start="2026-11-23T08:00",
             zone="Europe/London", minutes=30, rrule="FREQ=WEEKLY", travel_minutes=20),
    )  # fmt: skip
    rides = home.house.rides
    whole = rides.slip("all")
    assert (whole.start, whole.leave_at, whole.home_at) == (None, None, None)
    assert b"DTSTART;VALUE=DATE:20261127" in rides.calendar("all", whole, title="Drive", text="")
    one = rides.slip("gym", "2026-11-30T08:00")
    assert (one.day, one.start, one.leave_at) == (date(2026, 11, 30), time(8), time(7, 40))
    assert one.zone == "Europe/London"
    with pytest.raises(InputRefused):
        rides.slip("nothing")


def test_the_list_of_telling_words_is_as_it_is_read() -> None:
    told = json.loads(read_text("helper/telling_words.en.json"))
    assert set(told) == {"about", "beginnings", "words", "anywhere", "everyday"}
    for name in ("beginnings", "words", "everyday"):
        assert told[name] == sorted(set(told[name])), name
        assert all(re.fullmatch("[a-z]+", word) for word in told[name]), name
    assert min(map(len, told["beginnings"])) > 3, "a shorter one would begin too many words"


# ---- what is known already ---------------------------------------------------------------------


def test_leave_at_follows_when_the_visit_moves(home: Home) -> None:
    visit = rosas(home)
    assert visit.leave_at == "08:35"
    later = home.house.agenda.save(replace(visit, start=moment("2026-11-24T11:00")))
    assert later.leave_at == "10:05"
    moved = moment("2026-11-26T08:00")
    home.house.plans.move(visit.id, moved, "only", agreed=True)
    assert home.visit(visit.id).leave_at == "07:05"


def test_drivers_are_offered_with_their_numbers(home: Home) -> None:
    rosas(home, driver="Ben", driver_phone="555 0190", ride_home="Cleo", ride_home_phone="")
    found = home.house.rides.drivers("rosa")
    assert found == [Driver("Ben", "555 0190"), Driver("Cleo", ""), Driver("Ana", "555 0117")]


def test_the_last_drive_to_the_same_clinic_is_offered(home: Home) -> None:
    first = rosas(home, pick_up="Back door")
    visits = [one for one in home.house.agenda.visits("rosa") if one.id != first.id]
    usual = Usual(35, 10, 10, "Back door")
    assert home.house.rides.usual(visits[0]) == usual
    home.clock.on(minutes=5)
    home.house.agenda.save(replace(visits[1], travel_minutes=50))
    assert home.house.rides.usual(visits[0]) == Usual(50, None, None, ""), "the newest counts"
    elsewhere = replace(visits[0], contact=None, place="Elsewhere")
    assert home.house.rides.usual(elsewhere) is None
    assert home.house.rides.usual(replace(elsewhere, place="")) is None


def test_drowsiness_is_the_references_word(home: Home) -> None:
    visit = rosas(home)
    caution = home.house.rides.caution(visit)
    info = home.house.reference.medicine("infliximab")
    assert caution is not None
    assert info is not None
    assert (caution.text, caution.passenger) == (info.driving.text, info.passenger)
    assert caution.evidence.sources
    home.add(
        line("appointment", id="d", type="drive", title="Way", start="2026-11-24T08:30",
             zone=NEW_YORK, person="rosa"),
        line("appointment", id="lab", type="lab", title="Lab", start="2026-11-25T08:30",
             zone=NEW_YORK, person="rosa"),
    )  # fmt: skip
    assert home.house.rides.caution(home.visit("d")) == caution, "the drive of that day"
    assert home.house.rides.caution(home.visit("lab")) is None


def test_a_medicine_that_nobody_looked_up_brings_no_word(home: Home) -> None:
    rosas(home)
    home.house.plans.save(
        Plan(id="p2", uid="", person="rosa", medicine="somethingelse",
             first=moment("2026-12-01T09:30"), offsets=(0,), every=None)
    )  # fmt: skip
    visits = home.house.agenda.visits("rosa")
    other = next(one for one in visits if one.plan == "p2")
    assert home.house.rides.caution(other) is None
    assert home.house.rides.slip(other.id).caution == ""
    assert other.start == moment("2026-12-01T09:30")
