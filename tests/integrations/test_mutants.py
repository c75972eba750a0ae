"""Spoiled calendar files: read or refused with a sentence, never an accident, never a wait."""

from __future__ import annotations

import time

import pytest

from caregiver_app.errors import InputRefused
from caregiver_app.integrations.guard import read_guarded
from caregiver_app.integrations.incoming import IncomingFile, event_from, skipped_from, to_json
from caregiver_app.integrations.reader import read_calendar
from caregiver_app.messages import explain, words
from tests.integrations.mutants import ACCIDENTS, SAMPLES, mutant

LONGEST = 2.0
FEW, MANY = 400, 10_000


def what_comes_of(data: bytes) -> IncomingFile | None:
    """Read a file and look at everything that a preview looks at; None where it was refused."""
    try:
        found = read_calendar(data)
    except InputRefused as refused:
        sentence = explain(refused)
        assert not sentence.startswith("import.")
        assert "…" not in sentence
        return None
    for one in found.events:
        assert event_from(to_json(one)) == one
        _ = one.moment, one.named if one.original else None
        assert one.uid
        assert one.line > 0
        for remark in one.remarks:
            assert words(remark.key, **remark.values) != remark.key
    for one in found.skipped:
        assert skipped_from(to_json(one)) == one
        assert words(one.reason.key, **one.reason.values) != one.reason.key
    return found


def read_in_time(number: int) -> None:
    spoiled = mutant(number)
    begun = time.process_time()
    try:
        what_comes_of(spoiled.data)
    except Exception as error:  # noqa: BLE001 - which one it is, the name tells
        pytest.fail(f"mutant {spoiled.name}: {error!r}")
    took = time.process_time() - begun
    assert took < LONGEST, f"mutant {spoiled.name}: {took:.1f} s"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_is_read_and_has_something(sample):
    found = what_comes_of(sample.read_bytes())
    assert found is not None
    assert found.events


def test_a_mutant_is_always_the_same():
    assert mutant(17) == mutant(17)
    assert len({mutant(number).data for number in range(100)}) > 95
    assert len(SAMPLES) >= 25


def test_every_accident_happens():
    names = " ".join(mutant(number).name for number in range(FEW))
    assert [one.__name__ for one in ACCIDENTS if one.__name__ not in names] == []


@pytest.mark.parametrize("begin", range(0, FEW, 50))
def test_mutants_are_read_or_refused(begin):
    for number in range(begin, begin + 50):
        read_in_time(number)


@pytest.mark.long
@pytest.mark.parametrize("begin", range(FEW, FEW + MANY, 500))
def test_ten_thousand_mutants_are_read_or_refused(begin):
    for number in range(begin, begin + 500):
        read_in_time(number)


@pytest.mark.parametrize("number", range(3, 6_000, 200))
def test_the_guard_says_what_the_reader_says(number):
    spoiled = mutant(number)
    try:
        here: object = read_calendar(spoiled.data)
    except InputRefused as refused:
        here = explain(refused)
    try:
        there: object = read_guarded(spoiled.data)
    except InputRefused as refused:
        there = explain(refused)
    assert there == here, spoiled.name
