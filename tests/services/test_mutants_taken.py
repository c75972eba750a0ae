"""Spoiled calendar files taken in: what was kept can be listed, rung, exported and read again."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from caregiver_app.domain.times import instant
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.incoming import IncomingFile
from caregiver_app.integrations.reader import read_calendar
from caregiver_app.services.household import Household
from caregiver_app.services.importer import UNCHANGED
from caregiver_app.services.listing import ListService
from tests.factories import moment
from tests.fakes import NEW_YORK, FakeClock, Home
from tests.integrations.mutants import SAMPLES, Mutant, mutant
from tests.programs import Program

FEW, MANY = 2 * len(SAMPLES), 1_000
TOGETHER = 14
"""So many files meet in one calendar."""
AGAIN = 5


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[Iterator[Home]]:
    """New families, one after another."""
    made: list[Home] = []

    def another() -> Iterator[Home]:
        for number in itertools.count():
            clock = FakeClock(instant(moment("2026-03-21T10:00"), NEW_YORK))
            made.append(Home(tmp_path / str(number), clock))
            yield made[-1]

    yield another()
    for home in made:
        home.close()


def take(home: Home, spoiled: Mutant, *, undone: bool) -> None:
    """Take a file in, and do with what was kept what a family does."""
    house, lists = home.house, ListService(home.house)
    try:
        found = read_calendar(spoiled.data)
    except InputRefused:
        return
    before = home.dump() if undone else {}
    taken = take_all(house, found)
    if undone and taken:
        house.care.undo()
        assert home.dump() == before
        take_all(house, found)
    assert [row for row in house.importer.preview(found).rows if row.can_be_taken] == []
    own = read_calendar(house.exporter.calendar())
    again = [row for row in house.importer.preview(own).rows if row.state != UNCHANGED]
    assert [(row.title, row.changes, row.reason) for row in again] == []
    list(lists.values("appointments", date(2026, 3, 1), date(2026, 5, 1)))
    list(lists.values("reminders", date(2026, 3, 20), date(2026, 4, 1)))
    home.due()


def take_all(house: Household, found: IncomingFile) -> int:
    """Take also what looks like an entry that is there: many of these files hold the same."""
    preview = house.importer.preview(found)
    return house.importer.take(preview, range(len(preview.rows)))


def take_some(homes: Iterator[Home], numbers: range) -> None:
    for number in numbers:
        if (number - numbers.start) % TOGETHER == 0:
            home = next(homes)
        spoiled = mutant(number)
        try:
            take(home, spoiled, undone=number % AGAIN == 0)
        except Exception as error:  # noqa: BLE001 - which one it is, the name tells
            pytest.fail(f"mutant {spoiled.name}: {error!r}")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_lives_on(homes, sample):
    take(next(homes), Mutant(sample.stem, sample.read_bytes()), undone=True)


@pytest.mark.parametrize("begin", range(0, FEW, TOGETHER))
def test_what_was_taken_lives_on(homes, begin):
    take_some(homes, range(begin, begin + TOGETHER))


@pytest.mark.long
@pytest.mark.parametrize("begin", range(FEW, FEW + MANY, 100))
def test_what_was_taken_lives_on_for_many(homes, begin):
    take_some(homes, range(begin, begin + 100))


def imported(program: Program, folder: Path, number: int) -> None:
    file = folder / "spoiled.ics"
    file.write_bytes(mutant(number).data)
    told = program("import", str(file), "--yes", now="2026-03-21T10:00")
    assert told.code in (0, 20), mutant(number).name
    assert told.code == 0 or told.err, mutant(number).name


@pytest.mark.parametrize("begin", range(0, 30, 10))
def test_the_command_line_answers_0_or_20(tmp_path, capsys, monkeypatch, begin):
    program = Program(tmp_path / "data", capsys, monkeypatch)
    for number in range(begin, begin + 10):
        imported(program, tmp_path, number * 7)


@pytest.mark.long
@pytest.mark.parametrize("begin", range(1_000, 1_400, 50))
def test_the_command_line_answers_0_or_20_to_many(tmp_path, capsys, monkeypatch, begin):
    program = Program(tmp_path / "data", capsys, monkeypatch)
    for number in range(begin, begin + 50):
        imported(program, tmp_path, number)
