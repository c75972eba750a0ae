"""Every kind goes in and comes out the same, wrong values are refused, damage is noticed."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import (
    KINDS,
    Answer,
    Appointment,
    CheckIn,
    Entity,
    Note,
    Person,
    Setting,
    SideEffect,
)
from caregiver_app.domain.times import AllDay, Floating, Zoned
from caregiver_app.errors import DataDamaged, InputRefused
from caregiver_app.storage import search
from caregiver_app.storage.database import DATA_NAME
from caregiver_app.storage.rows import Codec, checksum, checksums, codec_for, codec_of
from caregiver_app.values import value
from tests.storage.making import ANA, NOW, any_of, effect, filled, note, opened, tamper, visit

DAY = date(2026, 3, 1)
MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_comes_back_as_it_went_in(kind, tmp_path):
    with filled(tmp_path) as store:

        @MANY
        @given(any_of(kind))
        def round_trip(entity: Entity):
            with store.change("x", undoable=False):
                store.put(entity)
            assert store.get(type(entity), entity.id) == entity
            asked = ("id = ?", (entity.id,))
            (row,), names = store.sound_rows(kind, *asked), codec_for(kind).columns
            assert store.sound_columns(kind, names, *asked) == [(column,) for column in row]

        round_trip()
    with opened(tmp_path) as store:
        assert store.full_check() == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_columns_are_those_of_the_table(kind, tmp_path):
    filled(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / DATA_NAME)) as raw:
        table = {row[1] for row in raw.execute(f"PRAGMA table_info({kind})")}
    assert set(codec_for(kind).columns) == table


@pytest.mark.parametrize("kind", KINDS)
def test_searched_and_wiped_words_are_columns(kind):
    columns = set(codec_for(kind).columns)
    titles, bodies = search.SEARCHED.get(kind, ((), ()))
    assert {*titles, *bodies, *search.WORDS[kind]} <= columns
    assert {*titles, *bodies} <= set(search.WORDS[kind]), "what can be found must be wiped too"


WRONG = [
    (note("n", 3), "note.text"),
    (note("n", "x", at="now"), "note.at"),
    (note("n", "x", at=datetime(2026, 1, 1)), "note.at"),
    (note("n", "x", pinned=1), "note.pinned"),
    (note("n", None), "note.text"),
    (visit("a", datetime(2026, 1, 1), minutes=True), "appointment.minutes"),
    (visit("a", datetime(2026, 1, 1), minutes=1.0), "appointment.minutes"),
    (visit("a", datetime(2026, 1, 1), reminders=[1]), "appointment.reminders"),
    (visit("a", datetime(2026, 1, 1), reminders=("1",)), "appointment.reminders"),
    (visit("a", datetime(2026, 1, 1, tzinfo=UTC)), "appointment.start"),
    (dataclasses.replace(visit("a", date(2026, 1, 1)), start=None), "appointment.start"),
    (
        dataclasses.replace(visit("a", date(2026, 1, 1)), start=Zoned(datetime(2026, 1, 1), 3)),
        "appointment.start",
    ),
    (effect("s", date(2026, 1, 1), temperature_c=float("nan")), "side_effect.temperature_c"),
    (effect("s", date(2026, 1, 1), temperature_c="37"), "side_effect.temperature_c"),
    (Person(id="p", born=datetime(1950, 1, 1)), "person.born"),
]


@pytest.mark.parametrize(("entity", "where"), WRONG)
def test_a_value_of_another_type_is_a_programming_error(entity, where):
    with pytest.raises(TypeError, match=where):
        codec_of(type(entity)).encode(entity)


def test_anchors_are_checked_too():
    plan = codec_for("plan")
    with pytest.raises(TypeError, match=r"plan\.uid"):
        plan.encode(
            object.__new__(plan.made).__class__(
                id="p",
                uid=None,
                person="ana",
                medicine="",
                first=AllDay(date(2026, 1, 1)),
                offsets=(0,),
                every=None,
            )
        )
    with pytest.raises(TypeError, match=r"plan\.anchors"):
        plan.encode(
            plan.made(
                id="p",
                uid="u",
                person="ana",
                medicine="",
                first=AllDay(date(2026, 1, 1)),
                offsets=(0,),
                every=None,
                anchors=("x",),
            )
        )


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d pair"])
def test_what_a_file_cannot_keep_is_refused_beside_its_field(text, tmp_path):
    with filled(tmp_path) as store, pytest.raises(InputRefused) as refused, store.change("x"):
        store.put(note("n2", text))
    assert (refused.value.key, refused.value.field) == ("data.bad_characters", "text")


def test_a_number_beyond_the_file_is_refused(tmp_path):
    with filled(tmp_path) as store, pytest.raises(InputRefused) as refused, store.change("x"):
        store.put(visit("a2", date(2026, 1, 1), dose=2**63))
    assert (refused.value.key, refused.value.field) == ("data.number_too_large", "dose")


def test_a_whole_number_of_degrees_is_kept_as_a_decimal(tmp_path):
    with filled(tmp_path) as store:
        with store.change("x"):
            store.put(effect("s2", date(2026, 11, 20), temperature_c=37))
        assert store.get(SideEffect, "s2").temperature_c == 37.0


def test_an_instant_of_another_zone_is_the_same_instant(tmp_path):
    at = datetime(2026, 11, 21, 4, 30, 0, 1, tzinfo=timezone(timedelta(hours=-5)))
    with filled(tmp_path) as store:
        with store.change("x"):
            store.put(note("n2", "x", at=at))
        back = store.get(Note, "n2").at
        assert back == at
        assert back.utcoffset() == timedelta()


@pytest.mark.parametrize(
    "entity",
    [
        effect("s2", date(2026, 11, 20), severity=5),
        CheckIn(id="c", person="ana", date=date(2026, 11, 20), pain=11),
        visit("a2", date(2026, 1, 1), type="party"),
        visit("a2", date(2026, 1, 1), minutes=-1),
        note("", "without an id"),
        Answer(id="x", entry="a1", due=NOW, state="perhaps"),
    ],
    ids=lambda entity: type(entity).__name__,
)
def test_the_tables_take_no_value_outside_its_range(entity, tmp_path):
    with filled(tmp_path) as store:
        with pytest.raises(InputRefused) as refused, store.change("x"):
            store.put(entity)
        assert refused.value.key == "data.value_refused"
        assert store.get(type(entity), entity.id) is None


def test_an_entry_of_nobody_is_refused_and_nothing_of_the_change_stays(tmp_path):
    with filled(tmp_path) as store:
        notes = [note("n2", "fine"), dataclasses.replace(note("n3", "whose?"), person="nobody")]
        with pytest.raises(InputRefused) as refused, store.change("x"):
            [store.put(each) for each in notes]
        assert refused.value.key == "data.reference_missing"
        assert store.get(Note, "n2") is None


def test_the_order_within_a_change_does_not_matter(tmp_path):
    with opened(tmp_path) as store, store.change("x"):
        store.put(note("n1", "first the note"))
        store.put(ANA)


# ---- damage --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sql", "kind", "entry"),
    [
        ("UPDATE note SET text = 'Mondschain and tea'", Note, "n1"),
        ("UPDATE note SET deleted = NULL, at = at + 1", Note, "n1"),
        ("UPDATE appointment SET start_zone = 'America/New_Yorl'", Appointment, "a1"),
        ("UPDATE side_effect SET crc = crc + 1", SideEffect, "s1"),
        ("UPDATE person SET name = 'Anna'", Person, "ana"),
    ],
)
def test_a_changed_row_is_noticed_whenever_it_is_read(sql, kind, entry, tmp_path):
    filled(tmp_path).close()
    tamper(tmp_path, sql)
    with opened(tmp_path) as store:
        with pytest.raises(DataDamaged) as damage:
            store.get(kind, entry)
        assert damage.value.key == "data.row_damaged"
        assert damage.value.values["id"] == entry
        with pytest.raises(DataDamaged):
            store.all(kind)
        with pytest.raises(DataDamaged):
            store.sound_columns(codec_of(kind).kind, ("id",), "id = ?", (entry,))
        problems = store.full_check()
        assert len(problems) == 1
        assert entry in problems[0]


def test_columns_of_sound_rows_are_checked_without_reading_the_others(tmp_path, monkeypatch):
    said = 'Brötchen, 散步 und 🙂: "\\ \n\t\x7f'
    with filled(tmp_path) as store:
        with store.change("x"):
            store.put(effect("s2", DAY, text=said, temperature_c=38.4))
        assert store.sound_columns("side_effect", ("text", "id"), "0", ()) == [(), ()]
        monkeypatch.setattr(Codec, "damaged", lambda *_: pytest.fail("read twice"))
        asked = ("id = ?", ("s2",))
        assert store.sound_columns("side_effect", ("text", "id"), *asked) == [(said,), ("s2",)]


def test_the_last_bit_of_a_number_is_noticed_too(tmp_path):
    with filled(tmp_path) as store, store.change("x"):
        store.put(effect("s2", DAY, temperature_c=38.4))
        store.put(effect("s3", DAY, temperature_c=38.400000000000006))
    with opened(tmp_path) as store:
        (found,) = store.sound_columns("side_effect", ("id",), "id > 's1' ORDER BY id", ())
        assert found == ("s2", "s3")
    tamper(tmp_path, "UPDATE side_effect SET temperature_c = 38.400000000000006 WHERE id = 's2'")
    with opened(tmp_path) as store, pytest.raises(DataDamaged):
        store.sound_columns("side_effect", ("id",), "id > 's1'", ())


def test_a_flipped_bit_in_the_file_is_noticed(tmp_path):
    filled(tmp_path).close()
    path = tmp_path / DATA_NAME
    whole = path.read_bytes()
    places = [at for at in range(len(whole)) if whole.startswith(b"Mondschein", at)]
    assert places
    for at in places[:1]:
        path.write_bytes(whole[:at] + b"N" + whole[at + 1 :])
    with opened(tmp_path) as store:
        assert store.quick_check() == [], "the structure is sound, only the row's sum can tell"
        assert store.full_check() != []


def test_the_sum_does_not_depend_on_the_order_of_columns():
    codec = codec_for("note")
    row = codec.encode(note("n", "x"))
    again = Codec("note", Note)
    swapped = (*row[:2], row[3], row[2] + 1, *row[4:])
    assert again.damaged([row]) is None
    assert again.damaged([swapped]) == swapped


@given(st.text(max_size=30))
def test_the_sum_follows_the_text(text):
    codec = codec_for("setting")
    one = Setting(id="a", value=text.encode("utf-8", "ignore").decode().replace("\0", ""))
    row = codec.encode(one)
    changed = (*row[:3], row[3] + "x", *row[4:])
    assert codec.damaged([row]) is None
    assert codec.damaged([row, changed, row]) == changed


_VALUES = st.one_of(st.none(), st.integers(), st.floats(), st.text(), st.just('{""\n0}'))


@given(st.integers(1, 4).flatmap(lambda wide: st.lists(st.lists(_VALUES, min_size=wide))))
def test_the_sums_of_many_rows_are_those_of_each(rows):
    assert checksums(rows) == [checksum(row) for row in rows]


def test_one_damaged_row_among_a_great_many_is_found():
    codec = codec_for("note")
    rows = [codec.encode(note(f"n{number}", "x")) for number in range(1_200)]
    assert codec.damaged(rows) is None
    rows[1_100] = (*rows[1_100][:-1], rows[1_100][-1] ^ 1)
    assert codec.damaged(rows) == rows[1_100]
    assert codec.damaged([]) is None


def test_unknown_classes_and_fields_are_programming_errors(tmp_path):
    @value(kw_only=True)
    class Odd(Entity):
        pass

    with pytest.raises(TypeError, match="Odd"):
        codec_of(Odd)
    with filled(tmp_path) as store:
        with pytest.raises(TypeError, match="colour"):
            store.all(Note, colour="red")
        with pytest.raises(TypeError):
            store.all(Note, text=3)


def test_all_finds_by_any_field_oldest_first(tmp_path):
    with filled(tmp_path) as store:
        with store.change("x"):
            store.put(note("n2", "b", created=NOW, pinned=True))
            store.put(note("n3", "a", created=NOW - timedelta(days=1), pinned=True))
            store.put(visit("a2", datetime(2026, 11, 24, 9, 30), contact=None, dose=3))
        assert [found.id for found in store.all(Note, pinned=True)] == ["n3", "n2"]
        assert [found.id for found in store.all(Appointment, dose=None)] == ["a1"]
        start = Zoned(datetime(2026, 11, 24, 9, 30), "America/New_York")
        assert [found.id for found in store.all(Appointment, start=start)] == ["a1", "a2"]
        assert store.all(Appointment, start=Floating(start.local)) == []
