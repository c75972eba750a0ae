"""Recently deleted: what is listed, what comes back with what, and when it no longer can."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from caregiver_app.domain.entities import (
    Appointment,
    CheckIn,
    Contact,
    Note,
    Person,
    Photo,
    Plan,
    SideEffect,
    Version,
)
from caregiver_app.errors import InputRefused
from caregiver_app.services.deleted import Deleted
from caregiver_app.services.entry_settings import is_of_this_computer
from caregiver_app.storage.erasing import NOTE
from tests.factories import moment
from tests.fakes import Home

CANARY = "Zeisigkanarienwort"


def listed(home: Home) -> list[tuple[str, str]]:
    return [(one.kind, one.title) for one in home.house.deleted.recent()]


def the_one(home: Home) -> Deleted:
    (found,) = home.house.deleted.recent()
    return found


@pytest.fixture
def rosa(home: Home) -> Home:
    home.house.people.save_person(Person(id="rosa", name="Rosa"))
    return home


def test_nothing_was_deleted(rosa: Home):
    assert rosa.house.deleted.recent() == []


def test_a_note_is_listed_for_thirty_days_and_comes_back(rosa: Home):
    rosa.house.support.save_note(
        Note(id="n", person="rosa", text="Tea\nand more", at=rosa.clock.now())
    )
    rosa.house.support.remove_note("n")
    one = the_one(rosa)
    assert (one.kind, one.id, one.person, one.title) == ("note", "n", "rosa", "Tea")
    assert (one.at, one.day) == (rosa.clock.now(), rosa.house.care.today)
    assert one.until == one.day + timedelta(days=30)
    rosa.clock.on(days=29)
    assert listed(rosa) == [("note", "Tea")]
    rosa.house.deleted.bring_back("note", "n")
    assert rosa.house.care.store.get(Note, "n").text == "Tea\nand more"
    assert rosa.house.deleted.recent() == []
    assert rosa.house.care.store.search("tea") != []
    label = rosa.house.care.undo()
    assert label == ("done.brought_back", {"title": "Tea"})
    assert listed(rosa) == [("note", "Tea")]
    rosa.clock.on(days=2)
    assert rosa.house.deleted.recent() == []
    with pytest.raises(InputRefused, match=r"^deleted\.gone"):
        rosa.house.deleted.bring_back("note", "n")


def test_what_is_about_the_carer_alone_shows_no_words(rosa: Home):
    rosa.house.support.save_note(
        Note(id="n", person="rosa", text="So tired", at=rosa.clock.now(), about="carer")
    )
    rosa.house.support.remove_note("n")
    assert the_one(rosa).title == ""


def test_a_side_effect_comes_back_with_its_past_and_its_photo(rosa: Home):
    effect = {"kind": "side_effect", "id": "s", "sign": "fatigue", "severity": 2, "person": "rosa"}
    rosa.add(json.dumps({**effect, "at": "2026-11-20T20:15", "text": "first"}))
    rosa.add(json.dumps({**effect, "at": "2026-11-20T20:15", "text": "second"}))
    care = rosa.house.care
    with care.change("x"):
        care.store.put(Photo(id="s:photo", person="rosa", entry="s", data="AA", width=1, height=1))
    assert [one.was for one in care.store.all(Version)] != []
    rosa.house.watch.remove("s")
    one = the_one(rosa)
    assert (one.kind, one.parts) == ("side_effect", 1)
    assert one.title == rosa.house.watch.sign_name("fatigue")
    rosa.house.deleted.bring_back("side_effect", "s")
    assert care.store.get(SideEffect, "s").text == "second"
    assert care.store.get(Photo, "s:photo") is not None
    assert len(care.store.all(Version)) == 1


def test_a_plan_comes_back_with_its_visits_and_nothing_rings_for_what_passed(rosa: Home):
    rosa.add(
        '{"kind":"plan","id":"p","medicine":"infliximab","first":"2026-11-24T09:30",'
        '"zone":"America/New_York","offsets":[0,2,6],"every":8,"unit":"week","minutes":150}'
    )
    store = rosa.house.care.store
    visits = len(store.visits("p"))
    assert visits > 5
    rosa.house.plans.remove("p", agreed=True)
    one = the_one(rosa)
    assert (one.kind, one.title, one.parts) == ("plan", "infliximab", visits)
    rosa.clock.on(days=5)
    rosa.house.deleted.bring_back("plan", "p")
    assert len(store.visits("p")) == visits
    assert store.get(Plan, "p") is not None
    assert rosa.house.deleted.recent() == []
    rosa.tick()
    said = [one for one in rosa.said() if one.startswith(f"{store.visits('p')[0].id}/2026-11-24")]
    assert said == []


def test_a_contact_comes_back_with_the_days_on_which_it_is_closed(rosa: Home):
    rosa.add('{"kind":"contact","id":"c","name":"Clinic","role":"clinic","person":"rosa"}')
    rosa.add('{"kind":"blocked_days","id":"b","clinic":"c","first":"2026-12-24"}')
    rosa.house.people.remove(Contact, "c")
    assert the_one(rosa).parts == 1
    rosa.house.deleted.bring_back("contact", "c")
    assert [one.id for one in rosa.house.blocked.all()] == ["b"]


def test_a_check_in_does_not_come_back_beside_another_of_its_day(rosa: Home):
    rosa.add('{"kind":"checkin","id":"c1","date":"2026-11-20","pain":4,"person":"rosa"}')
    rosa.house.watch.check_ins.remove("c1")
    assert the_one(rosa).day.isoformat() == "2026-11-20"
    rosa.add('{"kind":"checkin","id":"c2","date":"2026-11-20","pain":1,"person":"rosa"}')
    with pytest.raises(InputRefused, match=r"^deleted\.day_taken"):
        rosa.house.deleted.bring_back("checkin", "c1")
    assert [one.id for one in rosa.house.care.store.all(CheckIn)] == ["c2"]


def test_an_appointment_that_is_there_again_stays_deleted(rosa: Home):
    care = rosa.house.care
    one = Appointment(
        id="a",
        uid="u@x",
        person="rosa",
        type="other",
        title="Tea",
        start=moment("2026-11-25T10:00"),
    )
    with care.change("x"):
        care.store.put(one)
    rosa.house.agenda.remove("a")
    assert the_one(rosa).title == "Tea"
    with care.change("x"):
        care.store.put(Appointment(**{**_fields(one), "id": "b"}))
    with pytest.raises(InputRefused, match=r"^deleted\.there_again"):
        rosa.house.deleted.bring_back("appointment", "a")


def _fields(one: Appointment) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__names__}


def test_nothing_comes_back_of_somebody_who_was_erased(rosa: Home):
    house = rosa.house
    house.people.save_person(Person(id="ben", name="Ben"))
    house.support.save_note(Note(id="n", person="ben", text="Tea", at=rosa.clock.now()))
    house.support.remove_note("n")
    scope = house.erasing.of_person("ben")
    assert dict(scope.counts) == {"person": 1}
    assert dict(scope.deleted) == {"note": 1}, "told apart from what can be seen"
    house.erasing.begin(scope, delete_feed=True)
    house.erasing.erase(scope, remove_copies=False)
    house.erasing.ended()
    assert house.deleted.recent() == []
    assert [one.name for one in house.people.people()] == ["Rosa"]
    assert house.care.undo() is None


# -- Erasing, through the services --------------------------------------------------------------


def folder(home: Home) -> Path:
    return home.house.care.store.path.parent


def left(home: Home) -> list[str]:
    return [
        path.name
        for path in folder(home).rglob("*")
        if path.is_file() and CANARY.encode() in path.read_bytes()
    ]


def test_a_note_erased_for_good_is_in_no_byte_and_cannot_be_taken_back(rosa: Home):
    house = rosa.house
    house.support.save_note(Note(id="n", person="rosa", text=CANARY, at=rosa.clock.now()))
    house.support.remove_note("n")
    house.backups.make()
    scope = house.erasing.of_entries([("note", "n")])
    assert (dict(scope.counts), scope.copies, scope.feed) == ({"note": 1}, 1, "")
    heard: list[tuple[int, int]] = []
    house.erasing.begin(scope, delete_feed=False)
    outcome = house.erasing.erase(
        scope, remove_copies=False, told=lambda done, of: heard.append((done, of))
    )
    house.erasing.ended()
    assert (outcome.cleaned, outcome.removed, outcome.trouble) == (1, 0, None)
    assert heard == [(1, 2), (2, 2)]
    assert left(rosa) == []
    assert house.care.undo() is None
    with pytest.raises(InputRefused, match=r"^deleted\.gone"):
        house.deleted.bring_back("note", "n")
    assert house.erasing.go_on() is None


def test_a_half_written_call_goes_with_its_person(rosa: Home):
    house = rosa.house
    with house.care.change("x"):
        house.settings.put("draft.call.rosa", CANARY)
    scope = house.erasing.of_person("rosa")
    house.erasing.erase(scope, remove_copies=False)
    house.erasing.ended()
    assert left(rosa) == []


def test_the_calendar_file_of_a_person_goes_with_them(rosa: Home, tmp_path):
    house = rosa.house
    house.people.save_person(Person(id="ben", name="Ben"))
    for person, there in (("ben", False), ("rosa", True)):
        file = tmp_path / f"{person}.ics"
        house.feed.choose(str(file), False, person="ben", replace=True)
        scope = house.erasing.of_person(person)
        assert scope.feed == ("" if there else str(file))
    scope = house.erasing.of_person("ben")
    house.erasing.begin(scope, delete_feed=True)
    assert not Path(scope.feed).exists()
    assert house.feed.choice() is None


def test_after_erasing_everything_the_family_begins_anew(rosa: Home):
    house = rosa.house
    house.settings.set("emergency_number", "112")
    house.backups.make()
    scope = house.erasing.of_everything()
    assert scope.copies == 1
    assert scope.counts["person"] == 1
    house.erasing.begin(scope, delete_feed=False)
    house.erasing.erase(scope, remove_copies=True)
    house.erasing.ended()
    rosa.restart()
    assert rosa.house.people.people() == []
    assert rosa.house.settings.text("emergency_number", "") == ""
    assert rosa.house.backups.newest() is None
    assert rosa.house.backups.check() == []


def test_the_note_about_erasing_does_not_go_out_with_everything_else(rosa: Home):
    house = rosa.house
    scope = house.erasing.of_entries([("note", "nobody")])
    house.erasing.erase(scope, remove_copies=False)
    assert is_of_this_computer(NOTE)
