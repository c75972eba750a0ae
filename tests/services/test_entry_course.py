"""How a side effect goes on: corrections and what it was before, its end, and bad input."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from caregiver_app.domain.entities import SideEffect, Version
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.entry_history import effect_before, versions
from caregiver_app.services.watch import NOTE_LIMIT
from tests.factories import line, moment
from tests.fakes import NEW_YORK, Home


def noted(home: Home, entry: str = "s", at: str = "2026-11-17T20:15", **fields: object):
    told = {"sign": "fatigue", "severity": 1, **fields}
    home.add(line("side_effect", id=entry, at=at, **told))
    found = home.house.watch.get(entry)
    assert found is not None
    return found


def keys(error: FormRefused) -> list[tuple[str, str | None]]:
    return [(one.key, one.field) for one in error.errors]


def refused(home: Home, entry: SideEffect) -> list[tuple[str, str | None]]:
    with pytest.raises(FormRefused) as found:
        home.house.watch.save(entry, by_hand=True)
    return keys(found.value)


# -- History --------------------------------------------------------------------------------------


def test_a_correction_keeps_both_levels(home: Home):
    first = noted(home, text="at the left")
    home.clock.on(minutes=5)
    second = home.house.watch.save(replace(first, severity=4))
    home.clock.on(minutes=5)
    home.house.watch.save(replace(second, temperature_c=38.5, text="both sides"))
    found = versions(home.house.care, "s")
    before = [effect_before(one, NEW_YORK) for one in found]
    assert before == [second, first], "the newest first, each exactly as it was"
    assert [one.at for one in found] == [
        home.clock.now(),
        home.clock.now() - timedelta(minutes=5),
    ]
    assert (first.urgency, second.urgency) == ("note_and_mention", "emergency")
    assert {one.kind for one in found} == {"side_effect"}


def test_saving_without_a_change_is_no_correction(home: Home):
    first = noted(home)
    home.clock.on(minutes=5)
    home.house.watch.save(first)
    assert versions(home.house.care, "s") == []


def test_undoing_a_correction_takes_its_history_back(home: Home):
    first = noted(home)
    home.house.watch.save(replace(first, severity=3))
    home.house.care.undo()
    assert versions(home.house.care, "s") == []
    assert home.house.watch.get("s") == first


def test_history_goes_with_its_entry_and_comes_back(home: Home):
    first = noted(home)
    home.house.watch.save(replace(first, severity=3))
    past = versions(home.house.care, "s")
    home.house.watch.remove("s")
    assert home.house.care.store.all(Version) == []
    home.house.care.undo()
    assert versions(home.house.care, "s") == past


def test_history_of_another_kind_or_that_cannot_be_read_is_left_out(home: Home):
    first = noted(home)
    home.house.watch.save(replace(first, severity=3))
    (past,) = versions(home.house.care, "s")
    for was in ("", "[]", "3", '{"kind": 4, "at": 5}', '{"id": "s"}'):
        assert effect_before(replace(past, was=was), NEW_YORK) is None, was
    assert effect_before(replace(past, kind="note"), NEW_YORK) is None


# -- Going on and over ----------------------------------------------------------------------------


def test_what_goes_on_is_listed_until_it_is_over(home: Home):
    old = noted(home, "old", "2019-03-01T08:00", going_on=True)
    new = noted(home, "new", going_on=True)
    noted(home, "done")
    watch = home.house.watch
    assert watch.going_on(old.person) == [new, old]
    assert watch.going_on("nobody") == []
    home.clock.at("2026-11-21T20:15")
    over = watch.close("new")
    assert watch.going_on(old.person) == [old]
    assert (over.going_on, over.ended) == (False, home.clock.now())
    assert watch.lasted(over) == timedelta(days=4)
    label, values = home.house.care.undo() or ("", {})
    assert (label, values["sign"]) == ("done.side_effect_over", "Tiredness")
    assert watch.going_on(old.person) == [new, old]
    assert watch.lasted(new) is None


def test_it_may_have_ended_before_now_but_not_before_it_began(home: Home):
    noted(home, going_on=True)
    watch = home.house.watch
    over = watch.close("s", moment("2026-11-18T08:15"))
    assert watch.lasted(over) == timedelta(hours=12)
    for at, key in (
        ("2026-11-17T20:14", "side_effect.ended_before"),
        ("2026-11-21T10:01", "side_effect.future"),
    ):
        with pytest.raises(InputRefused) as found:
            watch.close("s", moment(at))
        assert (found.value.key, found.value.field) == (key, "ended")
    assert watch.get("s") == over
    with pytest.raises(InputRefused):
        watch.close("gone")


@pytest.mark.parametrize("door", [True, False])
def test_an_end_that_cannot_be_is_refused_at_every_door(home: Home, door: bool):
    entry = noted(home)
    before = datetime(2026, 11, 17, tzinfo=UTC)
    for bad, key in (
        (replace(entry, ended=before), "side_effect.ended_before"),
        (replace(entry, ended=home.clock.now(), going_on=True), "side_effect.ended_goes_on"),
    ):
        with pytest.raises(FormRefused) as found:
            home.house.watch.save(bad, by_hand=door)
        assert keys(found.value) == [(key, "ended")]


# -- Bad input ------------------------------------------------------------------------------------


def test_the_future_is_refused_to_the_minute(home: Home):
    entry = noted(home)
    now = home.clock.now()
    assert refused(home, replace(entry, at=moment("2026-11-21T10:01"))) == [
        ("side_effect.future", "at")
    ]
    ended = replace(entry, ended=now + timedelta(minutes=1))
    assert refused(home, ended) == [("side_effect.future", "ended")]
    kept = home.house.watch.save(replace(entry, at=moment("2026-11-21T10:00")), by_hand=True)
    assert kept.at == moment("2026-11-21T10:00")


def test_another_zone_has_another_now(home: Home):
    entry = noted(home)
    later = replace(entry, at=moment("2026-11-21T16:01", "Europe/Berlin"))
    assert refused(home, later) == [("side_effect.future", "at")]
    home.house.watch.save(replace(later, at=moment("2026-11-21T16:00", "Europe/Berlin")))


def test_words_that_are_too_long_for_a_form_are_refused_unless_they_were_so(home: Home):
    entry = noted(home)
    long = "x" * 10_000
    for name in ("text", "done", "told"):
        assert refused(home, replace(entry, **{name: long})) == [("text.long", name)]
    edge = replace(entry, text="x" * NOTE_LIMIT)
    assert home.house.watch.save(edge, by_hand=True).text == edge.text
    brought = home.house.watch.save(replace(entry, text=long))
    assert home.house.watch.save(replace(brought, severity=2), by_hand=True).text == long


@pytest.mark.parametrize("reading", [980.0, -4.0, 29.9, 45.1, float("inf")])
def test_a_reading_that_nobody_has_is_refused(home: Home, reading: float):
    entry = noted(home)
    with pytest.raises(FormRefused) as found:
        home.house.watch.save(replace(entry, temperature_c=reading), by_hand=True)
    assert keys(found.value) == [("sign.temperature", "temperature_c")]
