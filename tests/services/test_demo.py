"""The made-up family: plausible on any day, quiet but for three reminders, and plainly made up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from caregiver_app.assets import read_bytes
from caregiver_app.domain.entities import (
    KINDS,
    Answer,
    Appointment,
    Assistance,
    BagItem,
    CheckIn,
    ClinicCall,
    Contact,
    Entity,
    Note,
    OwnSign,
    Photo,
    Plan,
    Question,
    SideEffect,
    SignChoice,
    Version,
)
from caregiver_app.domain.plans import visit_start
from caregiver_app.domain.support import CardChoice, Company, HelpTask, Outlet
from caregiver_app.domain.times import instant, local_day, wall
from caregiver_app.services.care import Change
from caregiver_app.services.demo import fill
from caregiver_app.services.entry_history import effect_before
from caregiver_app.services.household import Household
from caregiver_app.services.photos import bytes_of, without_traces
from caregiver_app.services.support_cards import SupportCards
from tests.fakes import FakeClock, Home

LONDON = "Europe/London"
PICTURED = "2026-03-20T18:04"
NOWS = (
    "2024-02-29T09:15",
    "2026-01-01T00:30",
    "2026-03-29T01:30",
    "2026-03-29T13:00",
    "2026-10-25T01:30",
    "2026-10-25T23:59",
    "2027-12-31T23:50",
)
ZONES = (LONDON, "America/New_York", "Asia/Shanghai", "Pacific/Kiritimati")
WAITING = ("eye-drops", "confirm", "ask-ana")


def home_at(folder: Path, local: str, zone: str) -> Home:
    clock = FakeClock(datetime(2020, 1, 1, tzinfo=UTC), zone)
    clock.at(local)
    home = Home(folder / "data", clock)
    fill(home.house)
    return home


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The family on the day of the pictures: Friday 20 March 2026, 18:04 in London."""
    home = home_at(tmp_path_factory.mktemp("demo"), PICTURED, LONDON)
    yield home
    home.close()


@pytest.fixture(scope="module", params=[(now, zone) for now in NOWS for zone in ZONES], ids=str)
def any_day(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Home]:
    now, zone = request.param
    home = home_at(tmp_path_factory.mktemp("demo"), now, zone)
    yield home
    home.close()


def everything(home: Home) -> list[Entity]:
    return [one for kind in KINDS.values() for one in home.house.care.store.all(kind)]


def done_days(home: Home, plan: str) -> list[date]:
    visits = home.house.care.store.visits(plan)
    return [wall(visit.start).date() for visit in visits if visit.status == "done"]


# -- On any day -----------------------------------------------------------------------------------


def test_two_people_have_plans_and_two_years_of_past(any_day: Home):
    house, today = any_day.house, any_day.house.care.today
    assert [person.id for person in house.people.people()] == ["rosa", "mei"]
    assert {plan.person for plan in house.plans.all()} == {"rosa", "mei"}
    assert today - done_days(any_day, "belimumab")[0] >= timedelta(days=728)
    for person in ("rosa", "mei"):
        days = [
            entry.date if isinstance(entry, CheckIn) else wall(entry.at).date()
            for entry in house.watch.entries(today - timedelta(days=745), today, person)
        ]
        months = {(day.year, day.month) for day in days}
        assert len(months) >= 24
        notes = house.support.notes(person)
        assert today - min(local_day(note.at, any_day.clock.home) for note in notes) > timedelta(
            700
        )
        coming = house.agenda.next_visit(person)
        assert coming is not None
        assert 0 < (wall(coming.start).date() - today).days <= 14


def test_exactly_three_reminders_wait_and_none_floods(any_day: Home):
    reminders = any_day.house.reminders
    waiting = reminders.open_now()
    assert sorted(one.owner for one in waiting) == sorted(WAITING)
    # One of them rings now, and the others were said in their time.
    assert [one.owner for one in reminders.due()] == ["ask-ana"]
    assert reminders.late_among(waiting) <= {reminders.due()[0].id}
    assert all(any_day.clock.now() - one.due < timedelta(days=1, hours=12) for one in waiting)
    assert len(reminders.notices(waiting)) == 3
    states = [
        one for one in reminders.between(high=any_day.clock.now())
        if one.state == "waiting" and one.reminder.owner not in WAITING
    ]  # fmt: skip
    assert states == []


def test_nothing_lies_open_that_a_restart_or_an_undo_would_find(any_day: Home):
    before = any_day.house.reminders.due()
    assert any_day.house.care.store.undo_label() is None
    assert any_day.house.care.undo() is None
    any_day.restart()
    changes: list[Change] = []
    any_day.house.care.changes.listen(changes.append)
    assert any_day.house.plans.lay_out_all() == 0
    assert any_day.house.reminders.refresh_if_moved() is False
    assert changes == []
    assert any_day.house.reminders.due() == before
    assert any_day.house.care.store.full_check() == []


def test_nothing_was_written_in_the_future(any_day: Home):
    now, today = any_day.clock.now(), any_day.house.care.today
    for one in everything(any_day):
        assert one.created <= one.changed <= now, one
        if isinstance(one, Note):
            assert one.at <= now
        if isinstance(one, CheckIn):
            assert one.date < today
        if isinstance(one, SideEffect | ClinicCall):
            assert instant(one.at, any_day.clock.home) <= now
        if isinstance(one, SideEffect):
            assert one.ended is None or instant(one.at, any_day.clock.home) < one.ended <= now
            assert not (one.going_on and one.ended)
        if isinstance(one, Version):
            assert one.at <= now
        if isinstance(one, Answer):
            assert one.state in ("done", "skipped", "later", "shown")
            assert (one.answered is None) == (one.state == "shown")
            assert one.answered is None or one.answered <= now
            assert one.until is None or one.until > now
        if isinstance(one, Appointment) and one.plan is None and not one.rrule:
            over = instant(one.start, any_day.clock.home) <= now
            assert over or one.status == "booked", one


def test_visits_stand_where_their_plans_put_them(any_day: Home):
    store = any_day.house.care.store
    for plan in store.all(Plan):
        moved = [
            visit.dose for visit in store.visits(plan.id)
            if visit.start != visit_start(plan, visit.dose or 0)
        ]  # fmt: skip
        assert moved == ([15] if plan.id == "belimumab" else [])
        assert all(wall(visit.start).weekday() < 5 for visit in store.visits(plan.id))


def test_support_has_something_of_everything(any_day: Home):
    house, store = any_day.house, any_day.house.care.store
    for person in ("rosa", "mei"):
        notes = house.support.notes(person)
        assert {note.about for note in notes} == {"person", "carer"}
        assert any(note.tags for note in notes)
        assert any(note.visit for note in notes)
        assert any(note.pinned for note in notes)
        assert {note.mood for note in notes} == {"calm", "so-so", "low"}
        choices = store.all(CardChoice, person=person)
        assert {(one.kept, one.never) for one in choices} == {(True, False), (False, True)}
        assert len(store.all(Outlet, person=person)) >= 4
        visit = house.agenda.next_visit(person)
        assert visit is not None
        sits = store.all(Company, visit=visit.id)
        assert sits
        assert all(0 <= one.after < visit.minutes for one in sits)
    assert store.all(Outlet, not_today=house.care.today)
    assert {one.done for one in store.all(HelpTask)} == {False, True}
    rest = house.carer.rest("rosa")
    assert rest is not None
    assert rest.state == "offered"
    assert house.carer.to_call is not None
    assert {one.kind for one in house.carer.takeable()} == {"drive", "approval", "own"}


def test_the_cards_that_were_decided_about_are_there(pictured: Home):
    known = {card.id for card in SupportCards(pictured.house.reference).cards}
    assert {one.card for one in pictured.house.care.store.all(CardChoice)} <= known


def test_the_watchlist_has_something_of_everything(any_day: Home):
    store, watch = any_day.house.care.store, any_day.house.watch
    seen = {one.id: one for one in store.all(SideEffect)}
    days = store.all(CheckIn)
    (photo,), (own,), (call,) = store.all(Photo), store.all(OwnSign), store.all(ClinicCall)
    (version,) = store.all(Version)
    assert {one.person for one in store.all(SignChoice) if one.clinic} == {"rosa", "mei"}
    assert any(one.done and one.told for one in seen.values())
    assert any(one.possible for one in days if one.person == "rosa")
    assert any(one.possible for one in days if one.person == "mei")
    assert any(one.flare for one in days)
    assert any(watch.lasted(one) for one in seen.values())
    assert own.name in {one.sign for one in seen.values()}
    assert seen[call.about[0]].temperature_c == 37.9
    assert any_day.house.clinic_calls.follow_up(call) is not None
    before = effect_before(version, any_day.clock.home)
    assert before is not None
    assert before != seen[version.entry]
    assert photo.entry == version.entry
    assert bytes_of(photo) == read_bytes("demo/hand.jpg")
    assert without_traces(bytes_of(photo))[1:] == (photo.width, photo.height)


# -- On the day of the pictures -------------------------------------------------------------------


def test_today_is_as_pictured(pictured: Home):
    house = pictured.house
    visit = house.agenda.next_visit("rosa")
    assert visit is not None
    assert wall(visit.start) == datetime(2026, 3, 31, 9, 30)
    assert (visit.dose, visit.status, visit.driver, visit.leave_at) == (2, "booked", "Ana", "08:40")
    bag = house.bags.bag(visit.id)
    assert (bag.packed, bag.wanted, bag.not_needed) == (9, 12, 2)
    approved = house.people.approved_to("rosa")
    assert approved is not None
    assert (approved.first, approved.last) == (date(2026, 3, 1), date(2026, 3, 31))
    assert [one.sign for one in house.watch.going_on("rosa")] == ["headache"]
    since = house.watch.since("rosa", house.care.today)
    assert since is not None
    assert (since.days, since.number) == (3, 1)
    mei = house.agenda.next_visit("mei")
    assert mei is not None
    assert wall(mei.start) == datetime(2026, 4, 1, 13, 0)
    assert mei.driver == ""
    assert house.settings.text("emergency_number", "") == "112"
    assert house.settings.text("first_run", "") == ""


def test_the_three_reminders_are_those_of_the_picture(pictured: Home):
    reminders = pictured.house.reminders
    told = [
        (f"{one.due:%a %H:%M}", reminders.name_of(one), one.person) for one in reminders.open_now()
    ]
    assert told == [
        ("Thu 21:00", "Eye drops", "rosa"),
        ("Fri 12:00", "Confirm the visit with Willow Lane", "rosa"),
        ("Fri 18:00", "Ask Ana about 31 March", "rosa"),
    ]


def test_the_medicines_and_the_next_days_are_those_of_the_picture(pictured: Home):
    house, today = pictured.house, pictured.house.care.today
    times = [
        (f"{wall(one.start):%H:%M}", one.appointment.title)
        for one in house.agenda.between(today, today)
        if one.appointment.type == "medication"
    ]
    assert times == [("08:00", "Folic acid"), ("18:00", "Methotrexate"), ("21:00", "Eye drops")]
    taken = house.care.store.get(Answer, "folic-acid-times/2026-03-20T08:00/0")
    assert taken is not None
    assert (taken.state, f"{taken.answered:%H:%M}") == ("done", "08:10")
    friday = today + timedelta(days=7)
    titles = {one.appointment.title for one in house.agenda.between(friday, friday)}
    assert {"Blood test", "Methotrexate"} <= titles


def test_methotrexate_is_on_fridays_only(pictured: Home):
    times = pictured.visit("methotrexate-times")
    assert times.rrule == "FREQ=WEEKLY"
    assert wall(times.start).weekday() == 4


def test_later_tells_its_hour_and_rings_then(tmp_path: Path):
    home = home_at(tmp_path, PICTURED, LONDON)
    home.clock.at("2026-03-20T19:00")
    assert "methotrexate-times" in [one.owner for one in home.due()]
    home.clock.at("2026-03-20T20:00")
    assert "c72" in [one.what for one in home.due()]
    home.close()


# -- Plainly made up ------------------------------------------------------------------------------


def words_of(one: Entity) -> list[str]:
    return [text for each in fields(one) if isinstance(text := getattr(one, each.name), str)]


AMOUNT = re.compile(
    r"\d\s*(mg|mcg|µg|g|ml|iu|units?|tablets?|pills?|drops?|puffs?|毫克|片|粒|滴)\b|\bmg\b|milligram",
    re.IGNORECASE,
)
LIKE_A_NUMBER = re.compile(r"(?<![\d-])\d(?:[ ()/-]?\d){6,}")


def test_no_amount_of_any_medicine_is_named(pictured: Home):
    for one in everything(pictured):
        for text in words_of(one):
            assert not AMOUNT.search(text), (one.id, text)
    assert AMOUNT.search("take 20 mg")
    assert AMOUNT.search("2 tablets")


def test_every_number_to_call_lies_in_the_range_kept_for_drama(pictured: Home):
    found: list[str] = []
    for one in everything(pictured):
        if isinstance(one, Contact):
            found += [one.phone, one.phone_after_hours]
        if isinstance(one, Appointment):
            found.append(one.driver_phone)
        if isinstance(one, Assistance):
            found.append(one.phone)
        if isinstance(one, Note | Question | SideEffect | BagItem | Contact):
            texts = [text for text in words_of(one) if text not in (one.id, *found)]
            assert not [text for text in texts if LIKE_A_NUMBER.search(text)]
    assert len([one for one in found if one]) > 10
    for number in filter(None, found):
        assert re.fullmatch(r"01632 960\d{3}", number), number


def test_names_and_notes_are_latin_and_chinese(pictured: Home):
    house = pictured.house
    names = [person.name for person in house.people.people()]
    assert names == ["Rosa Marín", "王梅 (Wang Mei)"]
    for query, found in (("arztin", "note-266"), ("头痛", "note-188"), ("marin", "rosa")):
        assert found in [one.id for one in house.support.search(query)]


def save_watched(house: Household) -> None:
    for sign in house.care.store.all(SideEffect):
        house.watch.save(sign)
    for day in house.care.store.all(CheckIn):
        house.watch.check_in(day)
    for own in house.care.store.all(OwnSign):
        house.signs.save_own(own)
    for choice in house.care.store.all(SignChoice):
        house.signs.save_choice(choice)
    for call in house.care.store.all(ClinicCall):
        house.clinic_calls.save(call)
    for photo in house.care.store.all(Photo):
        house.photos.save(photo.entry, bytes_of(photo), photo.width, photo.height)


def test_every_entry_is_one_that_the_services_take(tmp_path: Path):
    """Saving each entry again is neither refused nor changes anything of it."""
    home = home_at(tmp_path, PICTURED, LONDON)
    house, before = home.house, home.dump()
    due = home.due()
    with house.care.change("done.added"):
        for person in house.people.people():
            house.people.save_person(person)
        for contact in house.people.contacts():
            house.people.save_contact(contact)
        for medicine in house.people.medicines():
            house.people.save_medicine(medicine)
        for approval in house.people.authorisations():
            house.people.save_authorisation(approval)
        for plan in house.plans.all():
            house.plans.save(plan)
        for one in house.care.store.all(Appointment):
            if one.status != "cancelled":  # saving such a one arms it anew
                house.agenda.save(one, agreed=True)
        for note in house.support.notes():
            house.support.save_note(note)
        for question in house.support.questions():
            house.support.save_question(question)
        save_watched(house)
    after = {
        kind: {id_: replace(one, changed=before[kind][id_].changed) for id_, one in found.items()}
        for kind, found in home.dump().items()
    }
    changed = [
        (kept, after[kind][kept.id])
        for kind, found in before.items()
        for kept in found.values()
        if after[kind][kept.id] != kept
    ]
    assert changed == []
    assert home.due() == due
    home.close()


def test_it_is_the_same_family_each_time(tmp_path: Path, pictured: Home):
    again = home_at(tmp_path, PICTURED, LONDON)
    assert again.dump() == pictured.dump()
    again.close()


def test_it_is_a_realistic_amount(pictured: Home):
    rows = everything(pictured)
    assert 500 <= len(rows) <= 1500
