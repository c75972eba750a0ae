"""Watchlist, bag, support, people, settings, export: what the other tabs do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from caregiver_app.domain.entities import (
    CheckIn,
    Contact,
    Medicine,
    Note,
    Person,
    Question,
    SideEffect,
)
from caregiver_app.domain.plans import Choice
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.backups import newest_good, restore
from caregiver_app.services.care import Change
from caregiver_app.services.exporter import Wanted
from tests.factories import appointment, line, moment, pills, plan, plan_line, visit_line
from tests.fakes import Home


@pytest.fixture
def entered(home: Home) -> Home:
    home.add(line("person", id="rosa", name="Rosa"), plan_line())
    return home


def effect(**fields: object) -> SideEffect:
    told = {"id": "s1", "person": "rosa", "sign": "fatigue", "severity": 2, "urgency": "",
            "at": moment("2026-11-27T20:15")}  # fmt: skip
    return SideEffect(**{**told, **fields})


# ---- watchlist ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "urgency"),
    [
        ({}, "note_and_mention"),
        ({"severity": 4}, "emergency"),
        ({"sign": "anaphylaxis", "severity": 1}, "emergency"),
        ({"sign": "fever", "severity": 1}, "call_today"),
        ({"temperature_c": 38.0}, "call_today"),
        ({"temperature_c": 37.9}, "note_and_mention"),
        ({"sign": "cold_symptoms", "severity": 1}, "call_today"),  # a sign of infection
        ({"sign": "leg_swelling", "severity": 1}, "call_today"),  # what infliximab asks for
        ({"sign": "hives_rash", "severity": 1}, "emergency"),  # it, too
        ({"sign": "words of our own", "severity": 1}, "note_and_mention"),
    ],
)
def test_the_most_urgent_of_everything_is_kept(entered: Home, fields: dict, urgency: str):
    kept = entered.house.watch.save(effect(**fields))
    assert kept.urgency == urgency
    assert entered.house.watch.get("s1") == kept


def test_correcting_works_the_urgency_out_anew_and_undo_goes_back(entered: Home):
    watch = entered.house.watch
    first = watch.save(effect(severity=4))
    entered.clock.on(minutes=5)
    second = watch.save(replace(first, severity=1, sign="headache"))
    assert (second.urgency, second.created) == ("note_and_mention", first.created)
    entered.house.care.undo()
    assert watch.get("s1") == first
    watch.remove("s1")
    assert watch.get("s1") is None
    entered.house.care.undo()
    assert watch.get("s1") == first


def test_a_persons_own_medicines_count(entered: Home):
    entered.add(line("person", id="jo", name="Jo"))
    assert entered.house.watch.save(effect(person="jo", sign="hives_rash", severity=1)).urgency == (
        "call_today"
    )
    anybody = entered.house.watch.urgency_of(effect(person="", sign="hives_rash", severity=1))
    assert anybody == "emergency"


@pytest.mark.parametrize("medicine", ["Soliris", "ravulizumab", "Cyclophosphamide IV", "Epysqli"])
@pytest.mark.parametrize("listed", [True, False])
def test_fever_with_a_medicine_that_makes_it_one_is_an_emergency(
    entered: Home, medicine: str, *, listed: bool
):
    house = entered.house
    entered.add(line("person", id="jo", name="Jo"))
    hot = effect(person="jo", sign="fatigue", severity=1, temperature_c=38.0)
    assert house.watch.urgency_of(hot) == "call_today"
    if listed:
        house.people.save_medicine(Medicine(id="m", person="jo", name=medicine))
    else:
        entered.add(plan_line(id="p2", person="jo", medicine=medicine))
    assert house.watch.save(hot).urgency == "emergency"
    assert house.watch.urgency_of(effect(person="jo", sign="fever", severity=1)) == "emergency"
    warm = replace(hot, temperature_c=37.4)
    assert house.watch.urgency_of(warm) == "note_and_mention"
    assert house.watch.urgency_of(replace(hot, person="rosa")) == "call_today", "another's"


def test_a_medicine_that_was_given_up_asks_for_nothing(entered: Home):
    house = entered.house
    entered.add(line("person", id="jo", name="Jo"))
    house.people.save_medicine(Medicine(id="m", person="jo", name="Soliris", past=True))
    assert house.watch.urgency_of(effect(person="jo", sign="fever", severity=1)) == "call_today"


def test_the_limit_that_the_team_gave_holds_instead_of_the_usual_one(entered: Home):
    watch, people = entered.house.watch, entered.house.people
    warm = effect(sign="fatigue", severity=1, temperature_c=38.2)
    assert watch.save(warm).urgency == "call_today"
    (rosa,) = people.people()
    people.save_person(replace(rosa, fever_c=38.5, fever_set_by="Dr Sol"))
    assert watch.fever_limit("rosa") == 38.5
    assert watch.save(replace(warm, id="s2")).urgency == "note_and_mention"
    people.save_person(replace(rosa, fever_c=37.8))
    assert watch.save(replace(warm, id="s3", temperature_c=37.8)).urgency == "call_today"
    assert watch.fever_limit("") == 38.0
    with pytest.raises(FormRefused) as refused:
        people.save_person(replace(rosa, fever_c=101.3))
    assert [error.field for error in refused.value.errors] == ["fever_c"]


def test_every_wrong_field_of_a_side_effect_is_said(entered: Home):
    with pytest.raises(FormRefused) as refused:
        entered.house.watch.save(
            effect(
                sign="", severity=9, temperature_c=98.6, at=moment("2027-03-14T02:30"), text="\x07"
            )
        )
    assert [e.field for e in refused.value.errors] == [
        "sign", "severity", "at", "text", "temperature_c",
    ]  # fmt: skip


def test_days_since_the_infusion(entered: Home):
    watch, rosa = entered.house.watch, "rosa"
    assert watch.since(rosa, date(2026, 11, 23)) is None
    assert watch.since(rosa, date(2026, 11, 24)).days == 0
    third = watch.since(rosa, date(2026, 12, 11))
    assert (third.days, third.number, third.title, third.visit.id) == (3, 2, "Infusion 2", "p1~2")
    entered.house.plans.cancel("p1~2", agreed=True)
    assert watch.since(rosa, date(2026, 12, 11)).number == 1
    entered.house.plans.move("p1~1", moment("2026-11-26T09:30"), Choice.ONLY_THIS, agreed=True)
    assert watch.since(rosa, date(2026, 12, 11)).days == 15


def test_a_diary_newest_first(entered: Home):
    watch = entered.house.watch
    watch.save(effect())
    watch.save(effect(id="s2", at=moment("2026-11-28T07:00")))
    kept = watch.check_in(CheckIn(id="c1", person="", date=date(2026, 11, 27), pain=0, mood=10))
    assert kept.person == "rosa"
    found = watch.entries(date(2026, 11, 27), date(2026, 11, 28))
    assert [one.id for one in found] == ["s2", "s1", "c1"]
    assert watch.entries(date(2026, 11, 27), date(2026, 11, 28), "nobody") == []
    watch.remove_check_in("c1")
    for doing in (watch.remove, watch.remove_check_in):
        with pytest.raises(InputRefused):
            doing("c1")
    with pytest.raises(FormRefused) as refused:
        watch.check_in(CheckIn(id="", person="", date=date(2026, 11, 27), pain=11, mood=-1))
    assert [e.field for e in refused.value.errors] == ["pain", "mood"]
    assert watch.sign_name("headache") == "Headache"


# ---- bag ---------------------------------------------------------------------------------------
def test_ticks_never_leak_into_another_visit(entered: Home):
    bags, template = entered.house.bags, entered.house.reference.template("infusion_day")
    key = bags.bag("p1~2").lines[0].key
    bags.set_state("p1~2", key, "packed")
    bags.set_state("p1~2", bags.bag("p1~2").lines[1].key, "not_needed")
    bag = bags.bag("p1~2")
    assert (bag.packed, bag.not_needed, bag.wanted) == (1, 1, len(bag.lines) - 1)
    assert {one.state for one in bags.bag("p1~3").lines} == {"to_pack"}
    assert entered.house.reference.template("infusion_day") == template
    bags.set_state("p1~2", key, "to_pack")
    assert bags.bag("p1~2").packed == 0
    assert {one.group for one in bag.group("papers")} == {"papers"}


def test_what_may_come_along_comes_when_it_is_marked(entered: Home):
    bags = entered.house.bags
    maybe = bags.bag("p1~2").maybe[0]
    bags.set_state("p1~2", maybe.key, "to_pack")
    bag = bags.bag("p1~2")
    assert maybe.key in [one.key for one in bag.lines]
    assert maybe.key not in [one.key for one in bag.maybe]


def test_the_first_visit_has_extras(entered: Home):
    def keys(visit: str) -> set[str]:
        bag = entered.house.bags.bag(visit)
        return {one.key for one in (*bag.lines, *bag.maybe)}

    assert len(keys("p1~1") - keys("p1~2")) == 11


def test_the_familys_own_things(entered: Home):
    bags = entered.house.bags
    once = bags.add("p1~2", " Crossword ", "things")
    always = bags.add("p1~2", "枕头", "papers", every_visit=True)
    bags.set_state("p1~2", always, "packed")
    own = {one.key: one for one in bags.bag("p1~2").lines if one.own}
    assert (own[once].label, own[always].label, own[always].state) == (
        "Crossword",
        "枕头",
        "packed",
    )
    assert [one.key for one in bags.bag("p1~3").lines if one.own] == [always]
    bags.remove("p1~3", always)  # out of every visit
    assert [one.key for one in bags.bag("p1~2").lines if one.own] == [once]
    bags.remove("p1~2", once)
    assert not [one for one in bags.bag("p1~2").lines if one.own]
    entered.house.care.undo()
    entered.house.care.undo()
    assert {one.key for one in bags.bag("p1~2").lines if one.own} == {once, always}
    bags.remove("p1~2", "nothing")


@pytest.mark.parametrize(
    ("doing", "key"),
    [
        (lambda b: b.bag("nobody"), "visit.gone"),
        (lambda b: b.set_state("p1~2", "nothing", "packed"), "bag.no_item"),
        (lambda b: b.set_state("p1~2", "x", "lost"), "choice.unknown"),
        (lambda b: b.add("p1~2", " ", "things"), "text.empty"),
        (lambda b: b.add("p1~2", "x", "boot"), "choice.unknown"),
        (lambda b: b.add("nobody", "x", "things"), "visit.gone"),
    ],
)
def test_what_a_bag_refuses(entered: Home, doing, key: str):
    with pytest.raises(InputRefused) as refused:
        doing(entered.house.bags)
    assert refused.value.key == key


def test_the_bag_tells_whose_and_where(entered: Home):
    entered.house.people.save_contact(Contact(id="w", person="", name="Willow", role="clinic"))
    entered.house.plans.save(replace(entered.house.plans.get("p1"), clinic="w"))
    bag = entered.house.bags.bag("p1~2")
    assert (bag.person.name, bag.contact.name, bag.visit.id) == ("Rosa", "Willow", "p1~2")


def test_steps_carry_the_ids_of_their_reminders_and_move_with_the_visit(entered: Home):
    bags, reminders = entered.house.bags, entered.house.reminders
    steps = {step.key: step for step in bags.steps("p1~2")}
    assert steps["pack1"].day == date(2026, 12, 7)
    assert steps["c14"].day == date(2026, 12, 22)
    assert bags.is_check_in(steps["c14"])
    assert not bags.is_check_in(steps["eob"])
    ids = {stated.reminder.id for stated in reminders.between()}
    silent = {"meal0", "temp0", "sleeves0", "mtx0", "tell", "name", "speak", "record", "obs",
              "leave", "ride", "site"}  # fmt: skip
    assert {key for key, step in steps.items() if step.reminder not in ids} == silent
    reminders.answer(steps["pack1"].reminder, "done")
    assert {s.key: s.state for s in bags.steps("p1~2")}["pack1"] == "done"
    entered.house.plans.move("p1~2", moment("2026-12-10T09:30"), Choice.ONLY_THIS, agreed=True)
    assert {s.key: s.day for s in bags.steps("p1~2")}["pack1"] == date(2026, 12, 9)


# ---- support and people ------------------------------------------------------------------------
def test_notes_are_found_by_any_word(home: Home):
    support = home.house.support
    kept = support.save_note(
        Note(id="", person="", text="Die Ärztin kam.\r\n头痛", at=home.clock.now())
    )
    for query in ("arztin", "ÄRZTIN", "头痛", "kam"):
        assert [found.id for found in support.search(query)] == [kept.id]
    assert support.search("nothing") == []
    assert support.note(kept.id).text == "Die Ärztin kam.\n头痛"
    home.clock.on(days=1)
    changed = support.save_note(replace(kept, text="Besser", room="outlets", mood="calm"))
    assert changed.at == kept.at
    assert support.search("arztin") == []
    support.remove_note(kept.id)
    assert support.notes() == []
    home.house.care.undo()
    assert [note.text for note in support.notes()] == ["Besser"]


def test_notes_come_newest_first_kept_for_a_bad_day_or_not(home: Home):
    support = home.house.support
    for number in range(5):
        home.clock.on(hours=1)
        support.save_note(Note(id=f"n{number}", person="", text="x", at=home.clock.now(),
                               pinned=number == 0))  # fmt: skip
    assert [note.id for note in support.notes(limit=3)] == ["n4", "n3", "n2"]
    assert support.notes("nobody") == []


def test_questions(home: Home):
    support = home.house.support
    first = support.save_question(Question(id="", person="", text="Is it worth a call?"))
    second = support.save_question(Question(id="", person="", text="Nearer?"))
    support.save_question(replace(first, answer="Yes, today."))
    assert [q.id for q in support.questions()] == [second.id, first.id]
    assert support.questions("nobody") == []
    support.remove_question(first.id)
    for doing in (support.remove_question, support.remove_note):
        with pytest.raises(InputRefused) as refused:
            doing(first.id)
        assert refused.value.key == "entry.gone"


def test_people_contacts_and_medicines(home: Home):
    people = home.house.people
    rosa = people.save_person(Person(id="", name=" Rosa ", born=date(1958, 6, 4)))
    assert people.person(rosa.id).name == "Rosa"
    contact = people.save_contact(Contact(id="", person="", name="Willow", phone="01632 960142"))
    medicine = people.save_medicine(Medicine(id="", person="", name="Folic acid"))
    assert (contact.person, medicine.person) == (rosa.id, rosa.id)
    assert people.contacts(rosa.id) == [contact]
    assert people.medicines("nobody") == []
    assert people.contact("\ud800") is None
    with pytest.raises(FormRefused) as refused:
        people.save_contact(Contact(id="", person="", name="", role="boss", phone="\n"))
    assert [e.field for e in refused.value.errors] == ["role", "name", "phone"]
    with pytest.raises(FormRefused):
        people.save_person(Person(id="", name="x" * 201))
    with pytest.raises(FormRefused):
        people.save_medicine(Medicine(id="", person="", name=""))


def test_settings(home: Home):
    settings = home.house.settings
    assert settings.text("notice_morning", "08:00") == "08:00"
    settings.set("notice_morning", "07:00")
    assert settings.text("notice_morning", "08:00") == "07:00"
    home.add(line("note", text="x"))
    with home.house.care.change("x"):
        home.house.care.store.put(replace(home.dump()["setting"]["notice_morning"], value="7"))
    assert settings.text("notice_morning", "08:00") == "08:00"


def test_everything_on_screen_hears_of_every_change(home: Home):
    heard: list[Change] = []
    home.house.care.changes.listen(heard.append)
    home.house.agenda.save(appointment())
    home.house.care.undo()
    with pytest.raises(FormRefused):
        home.house.agenda.save(appointment(title=""))
    assert [sorted(change.kinds) for change in heard] == [["appointment", "person"]] * 2
    assert "a1" in heard[0].ids


# ---- export and backups ------------------------------------------------------------------------
def test_the_same_data_gives_the_same_bytes(entered: Home, tmp_path: Path):
    entered.add(pills(), visit_line("lab", "2026-12-01T09:30", place="Ward 3"))
    exporter = entered.house.exporter
    first = exporter.calendar()
    entered.clock.on(days=3)
    entered.restart()
    assert entered.house.exporter.calendar() == first
    target = tmp_path / "out.ics"
    assert entered.house.exporter.save(target) == len(first)
    assert target.read_bytes() == first
    assert b"Rosa" in first
    assert b"Infusion 1" in first


def test_neutral_titles_say_nothing_of_health(entered: Home):
    entered.add(pills(title="Prednisolone"), visit_line("lab", "2026-12-01T09:30", place="Ward 3"))
    told = entered.house.exporter.calendar(Wanted(neutral=True))
    for word in (b"Infusion", b"infusion", b"Prednisolone", b"Rosa", b"Ward", b"infliximab"):
        assert word not in told


def test_a_range_holds_what_touches_its_days(entered: Home):
    entered.add(pills(rrule="FREQ=DAILY;COUNT=3"), pills(id="on", start="2026-11-02T08:00"))
    exporter = entered.house.exporter

    def count(first: str | None, last: str | None) -> int:
        days = [None if text is None else date.fromisoformat(text) for text in (first, last)]
        return exporter.calendar(Wanted(first=days[0], last=days[1])).count(b"BEGIN:VEVENT")

    assert count("2026-11-24", "2026-11-24") == 2  # the visit and the series that goes on
    assert count("2026-11-03", "2026-11-03") == 2
    assert count(None, "2026-11-01") == 1
    assert count("2028-11-15", None) == 1
    with pytest.raises(InputRefused) as refused:
        count("2026-11-25", "2026-11-24")
    assert refused.value.key == "export.range"


def test_a_backup_is_read_back_and_can_be_restored(entered: Home, tmp_path: Path):
    backups = entered.house.backups
    made = backups.make()
    assert made.parent.name == "backups"
    other = backups.make(tmp_path / "copy.sqlite3")
    assert backups.check() == []
    assert newest_good(entered.folder) == made
    entered.house.plans.remove("p1", agreed=True)
    entered.close()
    kept = restore(entered.folder, other, entered.clock.now())
    assert kept is not None
    entered.house = entered.another()
    assert entered.house.plans.get("p1") is not None
    assert entered.house.plans.get("p1").medicine == plan().medicine
    backups = entered.house.backups
    assert backups.daily(edited=True) is None or newest_good(entered.folder) is not None


def test_a_check_in_of_today_answers_the_reminder_that_asks_for_one(entered: Home):
    entered.clock.at("2026-11-25T12:30")
    asked = [one.id for one in entered.house.reminders.open_now() if one.what == "c24"]
    assert asked == ["p1~1:c24/2026-11-24T09:30/-1440"]
    entered.house.watch.check_in(CheckIn(id="", person="rosa", date=date(2026, 11, 24)))
    assert "c24" in [one.what for one in entered.house.reminders.open_now()], "of yesterday only"
    entered.house.watch.check_in(CheckIn(id="", person="rosa", date=date(2026, 11, 25)))
    assert not {"c2", "c24"} & {one.what for one in entered.house.reminders.open_now()}
    entered.house.care.undo()
    assert "c24" in [one.what for one in entered.house.reminders.open_now()], "one undo for both"
