"""JSON lines with the id of an entry that is there: only what they name changes."""

from __future__ import annotations

from datetime import datetime

import pytest

from caregiver_app.domain.times import Zoned
from caregiver_app.services.entry_fields import FIELDS
from caregiver_app.services.entry_whole import ALWAYS_WHOLE
from tests.factories import line
from tests.fakes import Home
from tests.services.test_entries import GOOD, MADE_ID, prepare, refuse, sentences


@pytest.mark.parametrize("kind", FIELDS)
def test_an_entry_that_is_there_needs_nothing_again(home: Home, kind: str):
    if "id" not in FIELDS[kind] or FIELDS[kind]["id"].required or kind in ALWAYS_WHOLE:
        return
    home.add(line("person", id="p", name="Rosa"))
    mine = MADE_ID.get(kind, "mine")
    prepare(home, kind)
    home.add(line(kind, **{**GOOD[kind], "id": mine}))
    before = home.dump()
    assert home.add(line(kind, id=mine)) == [mine]
    needed = [name for name, field in FIELDS[kind].items() if field.required]
    for name in needed:
        refused = refuse(home, line(kind, **{"id": mine, name: None}))
        assert (refused.key, refused.field) == ("entry.missing", name)
    assert set(home.dump()) == set(before)


def test_a_new_start_of_an_appointment_is_enough(home: Home):
    home.add(line("appointment", id="fu", type="lab", title="Blood test",
                  start="2026-12-08T09:00", zone="Europe/Berlin"))  # fmt: skip
    home.add('{"kind":"appointment","id":"fu","start":"2026-12-09T10:00"}')
    kept = home.visit("fu")
    assert (kept.title, kept.type) == ("Blood test", "lab")
    assert kept.start == Zoned(datetime(2026, 12, 9, 10), "Europe/Berlin")


def test_sentences_begin_with_the_right_article(home: Home):
    refused = refuse(home, '{"kind":"appointment","title":"x"}')
    assert sentences(refused)[0].startswith("An appointment needs the field")
    assert sentences(refuse(home, line("note")))[0].startswith("A note needs the field")
    refused = refuse(home, '{"kind":"authorisation","odd":1}')
    assert sentences(refused)[0].startswith("An authorisation has no field")
