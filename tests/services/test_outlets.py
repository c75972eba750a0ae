"""The loved one's own list, and the next free hour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Appointment, BlockedDays, Person
from caregiver_app.domain.support import Outlet
from caregiver_app.domain.times import AllDay, Moment, Zoned
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.outlets import title_of
from tests.gui.tabs_family import ZONE, Family, rosas_family


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def at(day: int, hour: int, minute: int = 0) -> Zoned:
    return Zoned(datetime(2026, 3, day, hour, minute), ZONE)


def busy(
    family: Family, start: Moment, minutes: int = 60, *, kind: str = "other", person: str = "rosa",
    rrule: str = "", status: str = "booked",
) -> None:  # fmt: skip
    family.house.agenda.save(
        Appointment(
            id="",
            uid="",
            person=person,
            type=kind,
            title="Taken",
            start=start,
            minutes=minutes,
            rrule=rrule,
            status=status,
        )
    )


def test_their_own_words_and_ideas_stand_in_the_order_they_came(family: Family) -> None:
    outlets, cards = family.house.outlets, family.house.cards
    own = outlets.add("rosa", "  她种的番茄, and <b>radio</b> 🍅 ")
    walk = cards.card("h1")
    assert walk is not None
    idea = outlets.add_idea("rosa", walk)
    assert outlets.add_idea("rosa", walk) == idea, "an idea stands there once"
    assert [one.text for one in outlets.all("rosa")] == [own.text, walk.text]
    assert own.text == "她种的番茄, and <b>radio</b> 🍅"
    assert outlets.of_card("rosa", "h1") == idea
    assert outlets.of_card("rosa", "h2") is None
    assert outlets.of_card(None, "h1") is None
    assert outlets.all("mei") == []


def test_what_became_of_it(family: Family) -> None:
    outlets = family.house.outlets
    one = outlets.add("rosa", "Piano")
    assert outlets.set_state(one.id, "liked").state == "liked"
    put_off = outlets.set_not_today(one.id)
    assert outlets.is_not_today(put_off)
    assert put_off.state == "liked", "what was liked stays liked on a bad day"
    family.clock.at += timedelta(days=1)
    (tomorrow,) = outlets.all("rosa")
    assert not outlets.is_not_today(tomorrow)
    assert outlets.set_not_today(one.id).not_today == date(2026, 3, 21)
    assert outlets.set_state(one.id, "tried").not_today is None
    assert outlets.set_state(one.id, "").state == ""
    assert outlets.reword(one.id, "The old piano").text == "The old piano"


def test_removing_is_undone(family: Family) -> None:
    outlets = family.house.outlets
    one = outlets.add("rosa", "Piano")
    outlets.remove(one.id)
    assert outlets.all("rosa") == []
    assert family.house.care.undo() == ("done.outlet_removed", {})
    assert [kept.id for kept in outlets.all("rosa")] == [one.id]


def test_what_is_wrong_is_refused(family: Family) -> None:
    outlets = family.house.outlets
    for text in ("", "   ", "x" * 201):
        with pytest.raises(FormRefused):
            outlets.add("rosa", text)
    one = outlets.add("rosa", "Piano")
    with pytest.raises(FormRefused):
        outlets.set_state(one.id, "loved")
    with pytest.raises(FormRefused):
        outlets.reword(one.id, " ")
    for act in (outlets.remove, outlets.put_on_calendar, outlets.set_not_today):
        with pytest.raises(InputRefused, match=r"entry\.gone"):
            act("nothing")


def test_one_press_puts_it_on_the_calendar_and_undo_takes_it_off(family: Family) -> None:
    outlets, agenda = family.house.outlets, family.house.agenda
    one = outlets.add("rosa", "Piano")
    made = outlets.put_on_calendar(one.id)
    assert (made.type, made.title, made.person) == ("other", "Piano", "rosa")
    assert made.start == at(21, 10), "it is 18:00 on Friday: tomorrow at ten"
    assert made.minutes == 60
    family.house.care.undo()
    assert agenda.get(made.id) is None
    assert [kept.id for kept in outlets.all("rosa")] == [one.id]


def test_what_is_still_to_come_is_not_put_there_twice(family: Family) -> None:
    outlets, agenda = family.house.outlets, family.house.agenda
    one, other = outlets.add("rosa", "Piano"), outlets.add("rosa", "Tea")
    made = outlets.put_on_calendar(one.id)
    assert outlets.put_on_calendar(one.id) == made
    assert {key: found.appointment for key, found in outlets.to_come("rosa").items()} == {
        one.id: made
    }
    assert outlets.put_on_calendar(other.id).start == at(21, 11)
    family.clock.at += timedelta(hours=16, minutes=59)
    assert outlets.put_on_calendar(one.id) == made, "it is over only after its hour"
    agenda.save(replace(made, status="cancelled"))
    again = outlets.put_on_calendar(one.id)
    assert again.id != made.id
    family.clock.at += timedelta(days=1)
    assert outlets.to_come("rosa") == {}
    assert outlets.put_on_calendar(one.id).id not in (made.id, again.id)


def test_what_was_put_off_for_today_comes_tomorrow_at_the_earliest(family: Family) -> None:
    outlets = family.house.outlets
    family.clock.at -= timedelta(hours=9)
    one = outlets.add("rosa", "Piano")
    assert outlets.put_on_calendar(one.id).start == at(20, 10), "it is nine in the morning"
    outlets.set_not_today(one.id)
    assert outlets.put_on_calendar(one.id).start == at(21, 10)


def test_an_idea_stands_there_with_its_first_words_and_the_rest_as_a_note(family: Family) -> None:
    cards, outlets = family.house.cards, family.house.outlets
    for card in cards.of("outlets"):
        one = outlets.add_idea("rosa", card)
        made = outlets.put_on_calendar(one.id)
        assert card.text.startswith(made.title)
        assert len(made.title) <= 50
        assert made.note in ("", card.text)
    own = Outlet(id="", person="rosa", text="Tea, with Ana: at hers. Slowly.")
    assert title_of(own) == own.text


@pytest.mark.parametrize(
    ("now", "taken", "free"),
    [
        ("2026-03-20T08:15", [], "2026-03-20T10:00"),
        ("2026-03-20T10:00", [], "2026-03-20T11:00"),
        ("2026-03-20T10:01", [], "2026-03-20T11:00"),
        ("2026-03-20T17:30", [], "2026-03-21T10:00"),
        ("2026-03-20T18:00", [(at(21, 9, 30), 60)], "2026-03-21T11:00"),
        ("2026-03-20T18:00", [(at(21, 9, 30), 30)], "2026-03-21T10:00"),
        ("2026-03-20T18:00", [(at(21, 10, 59), 5)], "2026-03-21T12:00"),
        ("2026-03-20T18:00", [(at(21, 8), 600)], "2026-03-22T10:00"),
        ("2026-03-20T18:00", [(AllDay(date(2026, 3, 21)), 1440)], "2026-03-21T10:00"),
        ("2026-03-30T18:00", [], "2026-04-01T10:00"),  # Tuesday 31 is an infusion
    ],
)
def test_the_next_free_hour(
    family: Family, now: str, taken: list[tuple[Moment, int]], free: str
) -> None:
    for start, minutes in taken:
        busy(family, start, minutes)
    family.clock.at = datetime.fromisoformat(f"{now}-04:00")
    assert family.house.outlets.free_hour("rosa") == datetime.fromisoformat(free)


def test_what_takes_no_hour_and_what_does(family: Family) -> None:
    outlets = family.house.outlets
    family.house.people.save_person(Person(id="mei", name="Mei"))
    busy(family, at(21, 10), kind="medication")
    busy(family, at(21, 10), status="cancelled")
    assert outlets.free_hour("rosa") == datetime(2026, 3, 21, 10)
    busy(family, at(21, 10), person="mei")
    assert outlets.free_hour("rosa") == datetime(2026, 3, 21, 11), "the carer is busy as well"
    busy(family, at(14, 11), rrule="FREQ=WEEKLY")
    assert outlets.free_hour("rosa") == datetime(2026, 3, 21, 12)


def test_days_that_do_not_suit_are_passed_over(family: Family) -> None:
    family.house.blocked.save(
        BlockedDays(id="", person="rosa", first=date(2026, 3, 21), last=date(2026, 3, 24))
    )
    assert family.house.outlets.free_hour("rosa") == datetime(2026, 3, 25, 10)
    family.house.blocked.save(
        BlockedDays(id="", person=None, first=date(2026, 3, 21), last=date(2027, 3, 24))
    )
    with pytest.raises(InputRefused, match=r"outlet\.no_hour"):
        family.house.outlets.free_hour("rosa")
