"""A backup of what is there now, none of nothing, and what a restore leaves as it is."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from caregiver_app.bootstrap import _open
from caregiver_app.clock import SystemClock
from caregiver_app.domain.entities import Note, Person
from caregiver_app.errors import InputRefused
from caregiver_app.gui.keeper import Keeper
from caregiver_app.messages import counted, words
from caregiver_app.options import Place
from caregiver_app.services import backups as service
from caregiver_app.services.known_backups import BEFORE, BOTH, HERE, SECOND, contents, known_backups
from caregiver_app.services.known_places import PLACE
from caregiver_app.storage import holdings
from tests.gui.tabs_family import rosas_family


@pytest.fixture
def family(tmp_path: Path):
    folder = tmp_path / "data"
    folder.mkdir()
    made = rosas_family(folder)
    yield made
    made.close()


def note(family, name: str) -> None:
    now = family.house.care.now
    with family.house.care.change("done.note"):
        family.house.care.store.put(
            Note(id=name, person=family.house.people.people()[0].id, text="x", at=now,
                 created=now, changed=now)
        )  # fmt: skip


def test_one_is_made_only_where_something_was_written_since(family):
    backups, clock = family.house.backups, family.clock
    first = backups.renew()
    assert first is not None
    clock.at += timedelta(minutes=1)
    assert backups.renew() is None
    family.house.settings.remember(window__tab="care", first_run="done")
    assert backups.renew() is None, "where somebody left off is no reason"
    note(family, "n1")
    second = backups.renew()
    assert contents(second).get("note", 0) == contents(first).get("note", 0) + 1
    clock.at += timedelta(minutes=1)
    family.house.settings.set("emergency_number", "112")
    assert backups.renew() is not None, "a number to call is"
    clock.at += timedelta(minutes=1)
    family.house.care.store.forget_steps()
    with family.house.care.change("done.note"):
        family.house.care.store.remove(Note, "n1", family.house.care.now)
    assert backups.renew() is not None, "what was removed is a change as well"


def test_a_newest_one_that_cannot_be_read_is_behind(family):
    first = family.house.backups.renew()
    first.write_bytes(b"no backup")
    family.clock.at += timedelta(minutes=1)
    assert family.house.backups.renew() is not None


def test_none_is_made_while_nothing_stands_in_the_diary(tmp_path):
    with Place(tmp_path / "fresh", SystemClock(), _open).opens() as house:
        assert holdings.is_bare(house.care.store.path)
        assert house.backups.daily(edited=True) is None
        assert house.backups.renew() is None
        assert house.backups.newest() is None
        house.people.save_person(Person(id="", name="Rosa"))
        assert house.backups.daily(edited=False) is not None


def test_the_last_copy_waits_for_a_start_and_disturbs_nobody(qapp, family):
    made: list[str] = []

    def refuse() -> None:
        made.append("asked")
        raise InputRefused("backup.missing", "file", path="p")

    keeper = Keeper(family.house.care.changes, lambda _edited: None)
    keeper.finish(refuse)
    assert made == [], "it never began"
    keeper = Keeper(family.house.care.changes, lambda _edited: None)
    keeper.start()
    keeper.finish(refuse)
    assert made == ["asked"]


def test_a_backup_of_the_same_minute_is_copied_again(family, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    backups = family.house.backups
    backups.choose_place(stick)
    first = backups.renew()
    copy = backups.follow(backups.place())
    assert copy is not None
    assert backups.follow(backups.place()) is None
    note(family, "n1")
    again = backups.renew()
    assert again == first
    late = again.stat().st_mtime + 10
    os.utime(again, (late, late))
    assert backups.follow(backups.place()) == copy
    assert contents(copy) == contents(again)


@pytest.mark.parametrize("damaged", [False, True])
def test_the_second_place_survives_a_restore(family, tmp_path, damaged):
    house, folder = family.house, family.house.care.store.path.parent
    before = house.backups.make(tmp_path / "before.sqlite3")
    stick = tmp_path / "stick"
    stick.mkdir()
    house.backups.choose_place(stick)
    with_it = house.backups.make(tmp_path / "with.sqlite3")
    if damaged:
        house.backups.choose_place(None)
    now = house.care.now
    house.care.store.close()
    kept = service.restore(folder, with_it if damaged else before, now)
    data = folder / "caregiver.sqlite3"
    assert holdings.setting_in(data, PLACE) == ('""' if damaged else f'"{stick}"')
    assert holdings.setting_in(kept, PLACE) == holdings.setting_in(data, PLACE)
    service.restore(folder, kept, now + timedelta(minutes=1))
    assert contents(data) == contents(kept)


def test_known_backups_are_named_once_and_newest_first(family, tmp_path):
    folder = family.house.care.store.path.parent
    stick = tmp_path / "stick"
    stick.mkdir()
    backups = family.house.backups
    backups.choose_place(stick)
    backups.renew()
    backups.follow(backups.place())
    (stick / "caregiver-2026-01-01T0800.sqlite3").write_bytes(b"old")
    (stick / "holiday.sqlite3").write_bytes(b"no backup")
    backups.make(folder / "caregiver-before-restore-2026-03-10T090000.sqlite3")
    family.clock.at += timedelta(minutes=5)
    note(family, "n1")
    backups.renew()
    found = known_backups(folder, stick)
    assert [one.where for one in found] == [HERE, BOTH, BEFORE, SECOND]
    assert contents(found[-1].path) is None
    assert [one.where for one in known_backups(folder, None)] == [HERE, HERE, BEFORE]
    assert [one.where for one in known_backups(folder, tmp_path / "gone")] == [HERE, HERE, BEFORE]


@pytest.mark.parametrize(("count", "said"), [(1, "(1 finding)"), (2, "(2 findings)")])
def test_findings_are_counted_as_people_count(count, said):
    assert said in words("check.bad", what=counted("finding", count))
