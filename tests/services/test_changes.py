"""What listeners are told: whole changes that stay, once each."""

from __future__ import annotations

import sys

import pytest

from caregiver_app.services.care import Change
from tests.factories import appointment
from tests.fakes import Home


@pytest.fixture
def told(home: Home) -> list[Change]:
    heard: list[Change] = []
    home.house.care.changes.listen(heard.append)
    return heard


def test_a_change_inside_another_is_told_with_it(home: Home, told: list[Change]):
    with home.house.care.change("x"):
        home.house.agenda.save(appointment(id="a"))
        home.house.settings.put("some", "thing")
        assert told == []
    (one,) = told
    assert {"appointment", "setting", "person"} <= one.kinds
    assert {"a", "some"} <= one.ids


def test_what_came_to_nothing_is_not_told(home: Home, told: list[Change]):
    def breaks() -> None:
        with home.house.care.change("x"):
            home.house.agenda.save(appointment(id="a"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks()
    assert told == []
    assert home.house.agenda.get("a") is None
    home.house.agenda.save(appointment(id="b"))
    assert [sorted(one.ids & {"a", "b"}) for one in told] == [["b"]]


def test_a_listener_that_fails_stops_neither_the_others_nor_the_writer(
    home: Home, monkeypatch: pytest.MonkeyPatch
):
    caught: list[tuple[object, object, object]] = []
    monkeypatch.setattr(sys, "excepthook", lambda *told: caught.append(told))
    first, heard = ZeroDivisionError("first"), list[Change]()

    def fails(_change: Change) -> None:
        raise first

    def fails_too(_change: Change) -> None:
        raise KeyError

    for listener in (fails, fails_too, heard.append):
        home.house.care.changes.listen(listener)
    home.house.agenda.save(appointment(id="a"))
    assert home.house.agenda.get("a") is not None
    assert ["a" in one.ids for one in heard] == [True]
    assert caught == [(ZeroDivisionError, first, first.__traceback__)]
    assert first.__traceback__ is not None
    home.house.care.undo()
    assert home.house.agenda.get("a") is None
    assert (len(heard), len(caught)) == (2, 2), "also what is taken back is heard of"


def test_who_wants_to_stop_is_not_held_up(home: Home):
    def stops(_change: Change) -> None:
        raise KeyboardInterrupt

    home.house.care.changes.listen(stops)
    with pytest.raises(KeyboardInterrupt):
        home.house.agenda.save(appointment(id="a"))
