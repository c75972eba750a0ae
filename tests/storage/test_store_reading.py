"""Windows of days, visits, notes and answers; every such question is answered through an index."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from caregiver_app.domain.entities import Answer, Appointment, CheckIn, Person, Photo, Plan
from caregiver_app.domain.times import AllDay, Floating
from tests.storage.making import NOW, effect, filled, note, opened, visit

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def store(tmp_path):
    with filled(tmp_path) as made, made.change("clean", undoable=False):
        made.remove(Appointment, "a1", NOW)
    with opened(tmp_path) as again:
        with again.change("ben", undoable=False):
            again.put(Person(id="ben", name="Ben"))
        yield again


def put(store, *entities):
    with store.change("x", undoable=False):
        for entity in entities:
            store.put(entity)


def ids(found):
    return [entity.id for entity in found]


def test_a_window_holds_its_days_and_two_more_on_either_side(store):
    put(
        store,
        visit("early", datetime(2026, 10, 20, 9, 0)),
        visit("before", datetime(2026, 10, 30, 9, 0)),
        visit("first", date(2026, 11, 1)),
        visit("last", datetime(2026, 11, 30, 23, 59)),
        visit("after", datetime(2026, 12, 2, 23, 59)),
        visit("late", datetime(2026, 12, 4, 0, 0)),
        visit("removed", date(2026, 11, 5)),
    )
    with store.change("x"):
        store.remove(Appointment, "removed", NOW)
    found = ids(store.appointments_between(*NOVEMBER))
    assert found == ["before", "first", "last", "after"]


@pytest.mark.parametrize(("days", "seen"), [(3, True), (30, True), (400, True), (1, False)])
def test_an_appointment_of_many_days_is_in_every_window_that_it_touches(store, days, seen):
    start = datetime(2026, 11, 1) - timedelta(days=days) + timedelta(hours=1)
    if days == 1:
        start = datetime(2026, 10, 25)
    put(store, visit("long", start, minutes=days * 1440))
    assert ("long" in ids(store.appointments_between(*NOVEMBER))) is seen
    assert ids(store.appointments_between(date(2020, 1, 1), date(2020, 2, 1))) == []


def test_no_appointment_comes_twice(store):
    put(
        store, *(visit(f"v{n}", date(2026, 10, 20) + timedelta(n), minutes=2880) for n in range(30))
    )
    found = ids(store.appointments_between(*NOVEMBER))
    assert len(found) == len(set(found))


def test_repeating_appointments_are_in_every_window(store):
    put(store, visit("weekly", date(2020, 1, 1), rrule="FREQ=WEEKLY", type="lab"))
    assert ids(store.appointments_between(*NOVEMBER)) == ["weekly"]


def test_a_window_of_one_person(store):
    put(
        store,
        visit("hers", date(2026, 11, 5)),
        visit("his", date(2026, 11, 5), person="ben"),
        visit("his-weekly", date(2026, 1, 5), person="ben", rrule="FREQ=WEEKLY"),
        visit("his-long", date(2026, 10, 1), person="ben", minutes=60 * 1440),
    )
    assert ids(store.appointments_between(*NOVEMBER, person="ana")) == ["hers"]
    found = ids(store.appointments_between(*NOVEMBER, person="ben"))
    assert found == ["his-long", "his", "his-weekly"]


def test_side_effects_and_checkins_of_exactly_these_days(store):
    put(
        store,
        *(effect(f"e{n}", date(2026, 10, 31) + timedelta(n)) for n in range(4)),
        *(
            CheckIn(id=f"c{n}", person="ana", date=date(2026, 10, 31) + timedelta(n))
            for n in range(4)
        ),
        effect("his", date(2026, 11, 1), person="ben"),
    )
    days = (date(2026, 11, 1), date(2026, 11, 2))
    assert ids(store.side_effects_between(*days)) == ["e1", "his", "e2"]
    assert ids(store.side_effects_between(*days, person="ana")) == ["e1", "e2"]
    assert ids(store.checkins_between(*days)) == ["c1", "c2"]
    assert ids(store.checkins_between(*days, person="ben")) == []


def test_notes_newest_first(store):
    put(store, *(note(f"m{n}", "x", at=NOW + timedelta(days=n)) for n in range(1, 4)))
    assert ids(store.notes()) == ["m3", "m2", "m1", "n1"]
    assert ids(store.notes(limit=2)) == ["m3", "m2"]
    assert ids(store.notes(limit=2, person="ben")) == []


def answer(number: int, entry: str = "a1") -> Answer:
    due = NOW + timedelta(hours=number)
    return Answer(id=f"{entry}/{number}", entry=entry, due=due, state="done")


def test_answers_by_due_time_by_entry_and_by_id(store):
    put(store, *(answer(n) for n in range(5)), answer(1, "other"))
    between = store.answers_between(NOW + timedelta(hours=1), NOW + timedelta(hours=3))
    assert ids(between) == ["a1/1", "other/1", "a1/2", "a1/3"]
    assert list(store.answers_of("a1")) == [f"a1/{n}" for n in range(5)]
    assert list(store.answers_of("a1", since=NOW + timedelta(hours=4))) == ["a1/4"]
    assert store.answers_of("nothing") == {}
    some = store.answers_by_ids(["a1/1", "none", "other/1", "it's"])
    assert set(some) == {"a1/1", "other/1"}
    assert some["a1/1"] == answer(1)
    assert store.answers_by_ids([]) == {}
    assert len(store.answers_by_ids([f"a1/{n}" for n in range(40_000)])) == 5


def plan(entry: str) -> Plan:
    return Plan(
        id=entry, uid=entry, person="ana", medicine="infliximab", first=AllDay(date(2026, 1, 1)),
        offsets=(0, 2, 6), every=8,
    )  # fmt: skip


def test_visits_of_a_plan_in_order_of_dose(store):
    put(
        store,
        plan("p1"),
        visit("v3", date(2026, 1, 3), plan="p1", dose=3),
        visit("v1", date(2026, 1, 9), plan="p1", dose=1),
        visit("v2", date(2026, 1, 2), plan="p1", dose=2),
    )
    with store.change("x"):
        store.remove(Appointment, "v2", NOW)
    assert ids(store.visits("p1")) == ["v1", "v3"]
    assert ids(store.visits("p1", deleted=True)) == ["v1", "v2", "v3"]


def test_the_last_infusion_at_or_before_a_wall_time(store):
    put(
        store,
        plan("p1"),
        visit("v1", datetime(2026, 11, 1, 9, 30), plan="p1", dose=1, type="other"),
        visit("v2", datetime(2026, 11, 15, 9, 30)),
        visit("cancelled", datetime(2026, 11, 16, 9, 30), status="cancelled"),
        visit("lab", datetime(2026, 11, 17, 9, 30), type="lab"),
        visit("ben", datetime(2026, 11, 18, 9, 30), person="ben"),
        visit("rule", datetime(2026, 11, 18, 9, 30), rrule="FREQ=DAILY"),
    )
    assert store.last_visit_before("ana", "2026-11-20T12:00").id == "v2"
    assert store.last_visit_before("ana", "2026-11-15T09:30").id == "v2"
    assert store.last_visit_before("ana", "2026-11-15T09:29").id == "v1"
    assert store.last_visit_before("ana", "2026-10-01T00:00") is None
    assert store.last_visit_before("ben", "2026-12-01").id == "ben"


def test_the_next_infusions(store):
    floating = visit("floating", date(2026, 11, 22))
    put(
        store,
        visit("past", datetime(2026, 11, 20, 9, 30)),
        visit("today", datetime(2026, 11, 21, 7, 0)),
        visit("cancelled", datetime(2026, 11, 22, 7, 0), status="cancelled"),
        visit("ben", date(2026, 11, 23), person="ben"),
        visit("far", date(2027, 11, 23)),
        type(floating)(
            **{
                **{f: getattr(floating, f) for f in floating.__dataclass_fields__},
                "start": Floating(datetime(2026, 11, 22, 8, 0)),
            }
        ),
    )
    today = date(2026, 11, 21)
    assert ids(store.next_visits(None, today, 3)) == ["today", "floating", "ben"]
    assert ids(store.next_visits("ana", today, 9)) == ["today", "floating", "far"]
    assert ids(store.next_visits("ben", today, 9)) == ["ben"]


# ---- plans of the queries ------------------------------------------------------------------------
QUESTIONS = [
    lambda s: s.appointments_between(*NOVEMBER),
    lambda s: s.appointments_between(*NOVEMBER, person="ana"),
    lambda s: s.side_effects_between(*NOVEMBER),
    lambda s: s.side_effects_between(*NOVEMBER, person="ana"),
    lambda s: s.checkins_between(*NOVEMBER),
    lambda s: s.checkins_between(*NOVEMBER, person="ana"),
    lambda s: s.notes(limit=5),
    lambda s: s.notes(limit=5, person="ana"),
    lambda s: s.answers_between(NOW, NOW),
    lambda s: s.answers_of("a1"),
    lambda s: s.answers_of("a1", since=NOW),
    lambda s: s.answers_by_ids(["x"]),
    lambda s: s.visits("p1"),
    lambda s: s.last_visit_before("ana", "2026-11-20"),
    lambda s: s.next_visits("ana", NOVEMBER[0], 3),
    lambda s: s.next_visits(None, NOVEMBER[0], 3),
    lambda s: s.due_entries(NOW),
    lambda s: s.next_due(),
    lambda s: s.get(Appointment, "a1"),
]


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
def test_no_question_reads_a_whole_table(store, number):
    asked = []
    ask = store._rows
    store._rows = lambda sql, values=(): asked.append((sql, values)) or ask(sql, values)
    QUESTIONS[number](store)
    assert asked
    for sql, values in asked:
        steps = [row[3] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
        assert whole_scans(steps) == [], (sql, steps)


def whole_scans(steps: list[str]) -> list[str]:
    """Steps that read a table from end to end; the index of repeating ones holds only those."""
    allowed = r"USING (COVERING )?INDEX (appointment_repeating|note_at|due_index_next)|json_each"
    return [step for step in steps if step.startswith("SCAN") and not re.search(allowed, step)]


def test_a_whole_scan_would_be_seen(store):
    plan = store._connection.execute("EXPLAIN QUERY PLAN SELECT * FROM answer WHERE reason = 'x'")
    assert whole_scans([row[3] for row in plan])


def fail_after(store, person):
    with store.change("x", undoable=False):
        store.put(person)
        assert store.get(Person, person.id) == person
        raise ZeroDivisionError


def test_one_look_reads_once_and_sees_what_is_written_meanwhile(store):
    asked: list[str] = []
    store._connection.set_trace_callback(asked.append)
    with store.one_look():
        assert [store.get(Person, "ben").name for _ in range(3)] == ["Ben"] * 3
        with store.one_look():
            assert [one.name for one in store.all(Person, id="ben")] == ["Ben"]
            assert store.get(Person, "ben").name == "Ben"
        assert sum("WHERE id = 'ben'" in sql for sql in asked) == 1
        put(store, Person(id="ben", name="Benno"))
        assert store.get(Person, "ben").name == "Benno"
        with pytest.raises(ZeroDivisionError):
            fail_after(store, Person(id="ben", name="Nobody"))
        assert store.get(Person, "ben").name == "Benno"
        found = store.all(Person)
        found.clear()
        assert len(store.all(Person)) > 0
    before = len(asked)
    store.get(Person, "ben")
    store.get(Person, "ben")
    assert len(asked) == before + 2


def test_ids_alone_come_in_order_without_what_was_removed(store):
    later = NOW + timedelta(days=1)
    put(
        store,
        note("b", "x", created=later),
        note("a", "x", created=later),
        note("gone", "x", created=NOW),
    )
    with store.change("x"):
        store.remove(type(note("gone")), "gone", NOW)
    assert store.ids(type(note("a"))) == ["n1", "a", "b"]


def test_photos_are_found_without_reading_one(store):
    put(store, effect("s2", date(2026, 11, 20)))
    put(store, Photo(id="s2:photo", person="ana", entry="s2", data="x" * 99, width=1, height=1))
    asked: list[str] = []
    store._connection.set_trace_callback(asked.append)
    assert store.ids(Photo) == ["s2:photo"]
    assert not any("data" in sql for sql in asked)
