"""JSON lines: every kind taken in and given out, every wrong one refused in one plain sentence."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import CheckIn, SideEffect
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.messages import explain
from caregiver_app.services.entries import EntryService
from caregiver_app.services.entry_fields import ABOUT, ABOUT_FIELDS, FIELDS, schema
from caregiver_app.services.kinds import LISTED
from caregiver_app.services.listing import ListService
from tests.factories import NEW_YORK, line, pills, plan_line, visit_line
from tests.fakes import Home

PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAACXBIWXMAAA9hAAAPYQGoP6dpAAAAD0lEQVQImWP839DA"
    "wMAAAAqIAgFALnBsAAAAAElFTkSuQmCC"
)
"""Two pixels as PNG."""
GOOD = {
    "note": {"text": "Slept in the chair."},
    "appointment": {"type": "lab", "title": "Blood", "start": "2026-11-24T09:30"},
    "plan": {"medicine": "infliximab", "first": "2026-11-24T09:30", "zone": NEW_YORK,
             "offsets": [0, 2, 6], "every": 8},
    "side_effect": {"sign": "fatigue", "severity": 2, "at": "2026-11-27T20:15"},
    "checkin": {"date": "2026-11-27"},
    "person": {"name": "Rosa"},
    "contact": {"name": "Willow Lane"},
    "medicine": {"name": "Folic acid"},
    "dose": {"name": "Ibuprofen", "at": "2026-11-20T20:15"},
    "blocked_days": {"first": "2026-12-24"},
    "authorisation": {"last": "2027-03-31"},
    "call": {"date": "2026-11-20", "with_whom": "Aster Health"},
    "cost": {"date": "2026-11-20", "what": "Parking", "amount": "12.50"},
    "assistance": {"name": "Copay card"},
    "infusion_record": {"visit": "v1", "lot": "A1234"},
    "visit_answer": {"visit": "v1", "key": "well.fever"},
    "question": {"text": "Is it worth a call?"},
    "template_item": {"template": "infusion_day", "key": "blanket"},
    "answer": {"id": "pills/2026-11-21T08:00/0", "entry": "pills",
               "due": "2026-11-21T13:00:00Z", "state": "done"},
    "setting": {"id": "look.scale", "value": "150"},
    "bag_item": {"visit": "p1~1", "key": "water"},
    "visit_bag": {"visit": "v1"},
    "bag_list": {"template": "infusion_day"},
    "photo": {"entry": "s1", "data": PICTURE, "width": 2, "height": 1},
    "own_sign": {"name": "Dry mouth"},
    "sign_choice": {"sign": "fatigue"},
    "clinic_call": {"at": "2026-11-20T20:15", "said": "Call again tomorrow."},
    "card_choice": {"card": "o1"},
    "outlet": {"text": "A walk"},
    "company": {"visit": "v1", "who": "Ana"},
    "help_task": {"text": "Supper"},
    "version": {"of_kind": "side_effect", "entry": "s1", "at": "2026-11-20T20:15:00Z",
                "was": '{"sign": "fatigue", "severity": 1, "at": "2026-11-20T20:15"}'},
}  # fmt: skip
LISTED_AS = {
    "note": "notes", "appointment": "appointments", "plan": "plans", "side_effect": "side-effects",
    "checkin": "checkins", "person": "people", "contact": "contacts", "medicine": "medicines",
    "question": "questions", "authorisation": "authorisations",
    "dose": "doses", "blocked_days": "blocked-days", "call": "calls", "cost": "costs",
    "assistance": "assistance", "infusion_record": "infusion-records",
    "visit_answer": "visit-answers", "own_sign": "own-signs", "sign_choice": "sign-choices",
    "clinic_call": "clinic-calls", "photo": "photos", "card_choice": "card-choices",
    "outlet": "outlets", "company": "company", "help_task": "help-tasks",
}  # fmt: skip
PHASE = {"begins": 12, "begins_unit": "month", "offsets": [0, 2], "unit": "week"}
SAMPLES = {  # a value of each JSON type
    "text": "x", "number": 7, "decimal": 1.5, "truth": True, "list": ["x"], "object": {"a": 1},
}  # fmt: skip
UNLISTED = ("template_item", "bag_list", "answer", "setting", "bag_item", "visit_bag", "version")
"""Kinds that a file of everything holds and `list` does not show on their own."""
OF_A_VISIT = ("bag_item", "visit_bag", "infusion_record", "visit_answer")
OF_AN_ENTRY = ("photo", "version")
MADE_ID = {"infusion_record": "v1:record", "photo": "s1:photo", "sign_choice": "p:fatigue",
           "visit_bag": "v1:bag", "bag_list": "infusion_day", "card_choice": "p:o1"}  # fmt: skip
WITH_AN_ID = [kind for kind in FIELDS if kind not in ("answer", "setting", *OF_A_VISIT, *MADE_ID)]
TAKES = {"text": {"text"}, "whole": {"number"}, "list": {"list"}, "truth": {"truth"},
         "decimal": {"number", "decimal"}}  # fmt: skip


def type_of(kind: str, name: str) -> str:
    """What a field takes, read from the words that `add --schema` prints."""
    words = FIELDS[kind][name].accepts
    if words.startswith("list of"):
        return "list"
    if words.startswith("true or false"):
        return "truth"
    if words.startswith("degrees Celsius"):
        return "decimal"
    whole = words.startswith("whole number") or words[:2] in ("0 ", "1 ")
    return "whole" if whole else "text"


def sentences(refused: InputRefused) -> list[str]:
    errors = refused.errors if isinstance(refused, FormRefused) else [refused]
    return [explain(error) for error in errors]


def prepare(home: Home, kind: str) -> None:
    """Add what a line of a kind is about."""
    if kind in (*OF_A_VISIT, "company"):
        home.add(visit_line("v1", "2026-11-24T09:30"))
    if kind in OF_AN_ENTRY:
        home.add(line("side_effect", id="s1", **GOOD["side_effect"]))


def refuse(home: Home, text: str) -> InputRefused:
    before = home.dump()
    with pytest.raises(InputRefused) as refused:
        EntryService(home.house).take(text)
    assert home.dump() == before
    assert refused.value.exit_code == 20
    for sentence in sentences(refused.value):
        assert len(sentence.splitlines()) == 1
        assert " " in sentence  # words, not a key
    return refused.value


# ---- every kind --------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", LISTED_AS)
def test_the_least_of_every_kind_is_taken_and_listed(home: Home, kind: str):
    assert {name for name, field in FIELDS[kind].items() if field.required} <= set(GOOD[kind])
    prepare(home, kind)
    (made,) = home.add(line(kind, **GOOD[kind]))
    (again,) = home.add(line(kind, id=made, **GOOD[kind]))
    assert again == made
    listed = ListService(home.house).values(LISTED_AS[kind], None, None)
    mine = [one for one in listed if one["id"] == (f"{made}~1" if kind == "plan" else made)
            or one["id"] == made]  # fmt: skip
    assert len(mine) == 1
    for name, value in GOOD[kind].items():
        if (kind, name) == ("photo", "data"):
            continue
        told = mine[0][name]
        assert told == value or (name == "start" and told.startswith(value))
    json.dumps(listed)


@pytest.mark.parametrize("kind", WITH_AN_ID)
@pytest.mark.parametrize("entry", ["n/1:2~3", "头痛", "x" * 100, "-", "\U0001f600"])
def test_an_id_comes_back_unchanged(home: Home, kind: str, entry: str):
    prepare(home, kind)
    assert home.add(line(kind, **{**GOOD[kind], "id": entry})) == [entry]


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("entry", ["", "x" * 101, "a b", "a\n", "\ud800", "\x07", 7, ["x"], True])
def test_an_id_that_cannot_be(home: Home, kind: str, entry: object):
    assert refuse(home, line(kind, **{**GOOD[kind], "id": entry})).field == "id"


@pytest.mark.parametrize("kind", WITH_AN_ID)
def test_an_id_of_null_is_made(home: Home, kind: str):
    prepare(home, kind)
    assert home.add(line(kind, id=None, **GOOD[kind]))[0].startswith("made")


FIELD_TYPES = [
    (kind, name, given_type)
    for kind, fields in FIELDS.items()
    for name in fields
    for given_type in SAMPLES
    if given_type not in TAKES[type_of(kind, name)]
]


@pytest.mark.parametrize(("kind", "name", "given_type"), FIELD_TYPES)
def test_a_value_of_another_type(home: Home, kind: str, name: str, given_type: str):
    refused = refuse(home, line(kind, **{**GOOD[kind], name: SAMPLES[given_type]}))
    assert refused.field == name


@pytest.mark.parametrize(
    ("kind", "name"), [(k, n) for k, fields in FIELDS.items() for n in fields if n in GOOD[k]]
)
def test_a_needed_field_that_is_missing(home: Home, kind: str, name: str):
    if not FIELDS[kind][name].required:
        return
    left = {key: value for key, value in GOOD[kind].items() if key != name}
    for values in (left, {**left, name: None}):
        refused = refuse(home, line(kind, **values))
        assert (refused.key, refused.field) == ("entry.missing", name)


@pytest.mark.parametrize("kind", FIELDS)
def test_an_unknown_field_is_refused_by_name(home: Home, kind: str):
    refused = refuse(home, line(kind, dose_mg=5, **GOOD[kind]))
    assert (refused.key, refused.field) == ("entry.unknown_field", "dose_mg")
    assert "dose_mg" in sentences(refused)[0]


def test_schema_is_json_with_every_field():
    told = json.loads(schema())
    assert {kind: set(fields) for kind, fields in told.items()} == {
        kind: set(fields) for kind, fields in {**FIELDS, ABOUT: ABOUT_FIELDS}.items()
    }
    assert told["note"]["text"] == {"accepts": "text, kept as it is", "required": True}


# ---- what is no entry --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "entry.not_json"), ("{", "entry.not_json"), ("[]", "entry.not_json"),
        ("null", "entry.not_json"), ("7", "entry.not_json"), ('"x"', "entry.not_json"),
        ("[" * 100_000, "entry.not_json"), ('{"a":' * 100_000, "entry.not_json"),
        ('{"kind":"note","text":"x","pinned":' + "9" * 5000 + "}", "entry.not_json"),
        ("\ufffd", "entry.not_json"), ("{}", "entry.kind"), ('{"kind":null}', "entry.kind"),
        ('{"kind":7}', "entry.kind"), ('{"kind":[]}', "entry.kind"),
        ('{"kind":"\\ud800"}', "entry.kind"), ('{"kind":"pill"}', "entry.kind"),
        ('{"kind":"setting","id":"zone"}', "entry.missing"),
        ('{"kind":"setting","id":"zone","value":"Asia/Tokyo"}', "setting.of_computer"),
    ],
)  # fmt: skip
def test_what_is_no_entry(home: Home, text: str, key: str):
    assert refuse(home, text).key == key


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("note", {"text": " "}, "text"), ("note", {"text": "x" * 2_000_001}, "text"),
        ("question", {"text": "a\x07"}, "text"), ("question", {"text": "\ud800"}, "text"),
        ("note", {"about": "Jo"}, "about"), ("note", {"tags": ["\n"]}, "tags"),
        ("note", {"tags": ["x"] * 21}, "tags"), ("note", {"visit": "nowhere"}, "visit"),
        ("note", {"room": "kitchen"}, "room"), ("note", {"mood": "grim"}, "mood"),
        ("note", {"person": "nobody"}, "person"), ("note", {"person": "\ud800"}, "person"),
        ("appointment", {"title": "x" * 10_000}, "title"),
        ("appointment", {"title": "a\u0000b"}, "title"), ("appointment", {"title": ""}, "title"),
        ("appointment", {"start": "2026-02-30T09:30"}, "start"),
        ("appointment", {"start": "2026-11-24T09:30Z"}, "start"),
        ("appointment", {"start": "2027-03-14T02:30", "zone": NEW_YORK}, "start"),
        ("appointment", {"zone": "Mars/Olympus"}, "zone"),
        ("appointment", {"start": "2026-11-24", "zone": "Mars/Olympus"}, "zone"),
        ("appointment", {"minutes": -5}, "minutes"),
        ("appointment", {"minutes": 10**30}, "minutes"),
        ("appointment", {"end": "2026-11-24T08:30"}, "minutes"),
        ("appointment", {"end": "2026-11-24T10:30", "minutes": 60}, "end"),
        ("appointment", {"end": "2026-11-24"}, "end"), ("appointment", {"end": "soon"}, "end"),
        ("appointment", {"start": "2026-11-24", "end": "2026-11-23"}, "end"),
        ("appointment", {"start": "2026-11-24", "end": "2027-11-26"}, "minutes"),
        ("appointment", {"rrule": "FREQ=HOURLY"}, "rrule"),
        ("appointment", {"rrule": "FREQ=DAILY;INTERVAL=0"}, "rrule"),
        ("appointment", {"exdates": ["soon"]}, "exdates"),
        ("appointment", {"reminders": [1.5]}, "reminders"),
        ("appointment", {"reminders": [True]}, "reminders"),
        ("appointment", {"reminders": [-1]}, "reminders"),
        ("appointment", {"reminders": [10**30]}, "reminders"),
        ("appointment", {"status": "maybe"}, "status"), ("appointment", {"type": "party"}, "type"),
        ("appointment", {"leave_at": "9"}, "leave_at"),
        ("appointment", {"leave_at": "08:00+01:00"}, "leave_at"),
        ("plan", {"first": "2026-11-24"}, "first"), ("plan", {"first": ""}, "first"),
        ("plan", {"first": "2027-03-14T02:30"}, "first"), ("plan", {"every": 0}, "every"),
        ("plan", {"every": -8}, "every"), ("plan", {"every": 10**30}, "every"),
        ("plan", {"offsets": []}, "offsets"), ("plan", {"offsets": [0, 0]}, "offsets"),
        ("plan", {"offsets": [0, 10**30]}, "offsets"), ("plan", {"then": 2}, "then"),
        ("plan", {"unit": "fortnight"}, "unit"), ("plan", {"minutes": 0}, "minutes"),
        ("plan", {"watch_days": 10**30}, "watch_days"), ("plan", {"clinic": "nowhere"}, "clinic"),
        ("plan", {"first": "1926-11-24T09:30", "offsets": [0], "every": 1, "unit": "day"}, "first"),
        ("side_effect", {"severity": 0}, "severity"), ("side_effect", {"severity": 5}, "severity"),
        ("side_effect", {"severity": 10**30}, "severity"), ("side_effect", {"sign": ""}, "sign"),
        ("side_effect", {"temperature_c": 98.6}, "temperature_c"),
        ("side_effect", {"temperature_c": -(10**400)}, "temperature_c"),
        ("side_effect", {"temperature_c": 10**400}, "temperature_c"),
        ("side_effect", {"temperature_c": float("nan")}, "temperature_c"),
        ("side_effect", {"temperature_c": float("inf")}, "temperature_c"),
        ("side_effect", {"at": "2026-11-24T25:00"}, "at"), ("side_effect", {"zone": "x"}, "zone"),
        ("side_effect", {"at": "2027-03-14T02:30", "zone": NEW_YORK}, "at"),
        ("side_effect", {"text": "\x1b[31m"}, "text"),
        ("checkin", {"date": "yesterday"}, "date"),
        ("checkin", {"date": "2026-11-27T10:00"}, "date"),
        ("checkin", {"pain": 11}, "pain"), ("checkin", {"mood": -1}, "mood"),
        ("checkin", {"sleep": 10**30}, "sleep"), ("checkin", {"text": "\x07"}, "text"),
        ("person", {"name": "x" * 201}, "name"), ("person", {"born": "1958"}, "born"),
        ("person", {"conditions": "\x07"}, "conditions"),
        ("contact", {"name": ""}, "name"), ("contact", {"role": "boss"}, "role"),
        ("contact", {"phone": "1\n2"}, "phone"),
        ("person", {"deductible": "x" * 201}, "deductible"),
        ("person", {"copay_year": 20_260}, "copay_year"),
        ("medicine", {"ended": "1\n2"}, "ended"), ("medicine", {"why_ended": "\x07"}, "why_ended"),
        ("blocked_days", {"clinic": "nowhere"}, "clinic"),
        ("authorisation", {"benefit": "dental"}, "benefit"),
        ("authorisation", {"first": "2027-04-01"}, "last"),
        ("authorisation", {"plan": "nowhere"}, "plan"),
        ("authorisation", {"appeal": "soon"}, "appeal"),
        ("call", {"with_whom": " "}, "with_whom"), ("call", {"again": "2026-11-19"}, "again"),
        ("call", {"authorisation": "nowhere"}, "authorisation"),
        ("cost", {"what": ""}, "what"), ("cost", {"amount": "about 12"}, "amount"),
        ("cost", {"amount": "1.234"}, "amount"), ("cost", {"amount": ""}, "amount"),
        ("cost", {"amount": "-12"}, "amount"), ("cost", {"currency": "x" * 21}, "currency"),
        ("assistance", {"name": ""}, "name"), ("assistance", {"last": "2027"}, "last"),
        ("infusion_record", {}, "visit"), ("infusion_record", {"lot": " "}, "visit"),
        ("visit_answer", {}, "visit"),
        ("plan", {"count": 500}, "count"), ("plan", {"count": 0}, "count"),
        ("plan", {"count": 2}, "count"), ("plan", {"last": "2026-11-23"}, "last"),
        ("plan", {"offsets": [-1, 0]}, "offsets"), ("plan", {"off": ["lunch"]}, "off"),
        ("plan", {"every_unit": "month"}, "then"), ("plan", {"minutes_first": 0}, "minutes_first"),
        ("plan", {"kit": ["\x07"]}, "kit"), ("plan", {"phases": ["x"]}, "phases"),
        ("plan", {"phases": [{}]}, "phases"),
        ("plan", {"phases": [{**PHASE, "dose": 5}]}, "phases"),
        ("plan", {"phases": [{**PHASE, "offsets": [0, "x"]}]}, "phases"),
        ("plan", {"phases": [{**PHASE, "begins": 0}]}, "phases"),
        ("plan", {"phases": [{**PHASE, "count": 500}]}, "phases"),
        ("plan", {"phases": [PHASE] * 500}, "phases"),
        ("appointment", {"off": ["lunch"]}, "off"),
        ("medicine", {"name": " "}, "name"), ("medicine", {"directions": "\x07"}, "directions"),
        ("question", {"text": ""}, "text"), ("question", {"answer": "\x07"}, "answer"),
    ],
)  # fmt: skip
def test_one_plain_sentence_beside_the_field(home: Home, kind: str, fields: dict, field: str):
    refused = refuse(home, line(kind, **{**GOOD[kind], **fields}))
    found = refused.errors if isinstance(refused, FormRefused) else [refused]
    assert [error.field for error in found] == [field]


def test_a_question_about_a_note_that_is_not_there(home: Home):
    refuse(home, line("question", text="x", note="nowhere"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
    | st.sampled_from(["2026-11-24", "2026-11-24T09:30", NEW_YORK, "FREQ=DAILY", "lab", "week"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(list(FIELDS)), st.data())
def test_whatever_comes_is_taken_or_refused(home: Home, kind: str, data: st.DataObject):
    names = st.sampled_from(list(FIELDS[kind]))
    fields = data.draw(st.dictionaries(names, JSON, max_size=3))
    with contextlib.suppress(InputRefused):
        EntryService(home.house).take(line(kind, **{**GOOD[kind], **fields}))


# ---- what the fields mean ----------------------------------------------------------------------
def test_the_end_instead_of_minutes(home: Home):
    home.add(
        line("appointment", **GOOD["appointment"], id="a", end="2026-11-24T11:00"),
        visit_line("b", "2026-10-31T23:30", end="2026-11-01T02:30"),  # over the change back
        line(
            "appointment", id="c", type="other", title="Day", start="2026-11-24", end="2026-11-25"
        ),
        line("appointment", **GOOD["appointment"], id="d"),
    )
    assert [home.visit(one).minutes for one in "abcd"] == [90, 240, 1440, 60]


def test_a_line_again_keeps_what_it_does_not_name(home: Home):
    base = {"id": "a", **GOOD["appointment"]}
    home.add(line("appointment", **base, place="Ward 3", driver="Ana", leave_at="08:00", note="x",
                  status="planned", driver_phone="1"))  # fmt: skip
    home.add(line("appointment", **{**base, "title": "Blood test"}))
    one = home.visit("a")
    assert (one.title, one.place, one.note, one.status) == ("Blood test", "Ward 3", "x", "planned")
    assert (one.driver, one.driver_phone, one.leave_at) == ("Ana", "1", "08:00")
    home.add(line("contact", id="willow", name="Willow Lane"), plan_line(clinic="willow"))
    home.add(plan_line(minutes=90))
    assert home.house.plans.get("p1").clinic == "willow"


def test_with_several_people_the_line_says_whose_it_is(home: Home):
    home.add(line("person", id="rosa", name="Rosa"), line("person", id="jo", name="Jo"))
    for kind, fields in GOOD.items():
        if kind in ("person", "blocked_days", "company", *OF_A_VISIT, *OF_AN_ENTRY, *UNLISTED):
            continue
        assert refuse(home, line(kind, **fields)).key == "person.which"
        (made,) = home.add(line(kind, **fields, person="jo"))
        assert home.add(line(kind, **fields, id=made)) == [made]  # whose it was


def test_a_sign_in_the_familys_own_words_and_the_computers_zone(home: Home):
    (made,) = home.add(line("side_effect", sign="tingling nose", severity=1, at="2026-11-20T20:15"))
    (told,) = ListService(home.house).values("side-effects", None, None)
    assert (told["id"], told["zone"], told["name"]) == (made, NEW_YORK, "tingling nose")
    assert told["urgency"] == "note_and_mention"
    assert told["days_since_infusion"] is None
    assert told["temperature_c"] is None
    (whole,) = home.add(line("side_effect", **{**GOOD["side_effect"], "temperature_c": 37}))
    kept = home.house.care.store.get(SideEffect, whole)
    assert kept.temperature_c == 37.0


# ---- listing -----------------------------------------------------------------------------------
def tired(entry: str, at: str, zone: str) -> str:
    return line("side_effect", id=entry, sign="fatigue", severity=2, at=at, zone=zone)


@pytest.fixture
def filled(home: Home) -> Home:
    home.add(
        line("person", id="rosa", name="Rosa", born="1958-06-04"),
        plan_line(),
        pills(),
        visit_line("late", "2026-11-30T23:00", minutes=120),
        line("appointment", id="day", type="other", title="Day", start="2026-11-28"),
        tired("s0", "2026-11-24T08:00", NEW_YORK),
        tired("s1", "2026-11-27T20:15", NEW_YORK),
        tired("s2", "2026-11-29T01:00", "Asia/Tokyo"),
        line("checkin", id="c1", date="2026-11-27", pain=4),
        line("photo", entry="s1", data=PICTURE),
        line("own_sign", id="o1", name="Dry mouth"),
        line("sign_choice", sign="fatigue", clinic="Rest first."),
        line("clinic_call", id="k1", at="2026-11-20T20:15", who="Ana", about=["s1"]),
        line("note", id="n1", text="x"),
        line("question", id="q1", text="x", note="n1"),
        line("card_choice", card="o1", kept=True),
        line("outlet", id="o1", text="A walk"),
        line("company", id="co1", visit="late", who="Ana"),
        line("help_task", id="h1", text="Supper"),
    )  # fmt: skip
    return home


def listed(home: Home, kind: str, first: str | None = None, last: str | None = None):
    days = [None if text is None else date.fromisoformat(text) for text in (first, last)]
    return ListService(home.house).values(kind, *days)


def ids(home: Home, kind: str, first: str | None = None, last: str | None = None) -> list[str]:
    return [one["id"] for one in listed(home, kind, first, last)]


NOT_FILLED = (
    "contacts", "medicines", "authorisations", "doses", "blocked-days", "calls", "costs",
    "assistance", "infusion-records", "visit-answers",
)  # fmt: skip


@pytest.mark.parametrize("kind", LISTED)
def test_every_kind_is_json_and_names_the_person(filled: Home, kind: str):
    found = listed(filled, kind)
    assert found or kind in NOT_FILLED
    for one in json.loads(json.dumps(found)):
        assert one["id"] if kind == "people" else one["person"] == "rosa"
    with pytest.raises(InputRefused) as refused:
        listed(filled, kind, "2026-11-25", "2026-11-24")
    assert refused.value.key == "list.range"


def test_both_days_are_included(filled: Home):
    assert ids(filled, "appointments", "2026-11-28", "2026-11-28") == ["day", "pills"]
    assert ids(filled, "appointments", "2026-12-01", "2026-12-01") == ["late", "pills"]
    assert ids(filled, "checkins", "2026-11-27", "2026-11-27") == ["c1"]
    assert ids(filled, "checkins", "2026-11-28") == []
    assert ids(filled, "notes", "2026-11-21", "2026-11-21") == ["n1"]
    assert ids(filled, "notes", None, "2026-11-20") == []
    assert ids(filled, "plans", "2026-11-25") == []
    # one in the morning in Tokyo is the day before in New York
    assert ids(filled, "side-effects", "2026-11-28", "2026-11-28") == ["s2"]
    assert ids(filled, "side-effects", "2026-11-29", "2026-11-29") == []
    assert ids(filled, "bags", "2026-12-08", "2026-12-08") == ["p1~2"]
    assert ids(filled, "reminders", "2026-11-22", "2026-11-22") == ["pills/2026-11-22T08:00/0"]


def test_a_rule_without_end_goes_two_years_and_one_with_an_end_to_its_end(filled: Home):
    filled.add(pills(id="ends", rrule="FREQ=WEEKLY;UNTIL=20301231"))
    filled.add(pills(id="counts", rrule="FREQ=WEEKLY;COUNT=300"))
    found = listed(filled, "appointments")
    last = {one["id"]: one["start"][:10] for one in found}
    assert last["pills"] == "2028-11-21"
    assert last["ends"] == "2030-12-29"
    assert last["counts"] == "2032-07-25"
    assert listed(filled, "appointments", None, "2026-11-03")[-1]["start"] == "2026-11-03T08:00"


def test_what_an_occurrence_says(filled: Home):
    by_id = {one["id"]: one for one in listed(filled, "appointments", "2026-11-24", "2026-11-28")}
    visit, pill, day = by_id["p1~1"], by_id["pills"], by_id["day"]
    assert (visit["start"], visit["end"], visit["zone"], visit["recurrence_id"]) == (
        "2026-11-24T09:30-05:00", "2026-11-24T12:00-05:00", NEW_YORK, None,
    )  # fmt: skip
    assert (visit["plan"], visit["dose"], visit["reminders"]) == ("p1", 1, [10080, 1440, 120])
    assert (pill["start"], pill["end"], pill["zone"], pill["recurrence_id"]) == (
        "2026-11-28T08:00", "2026-11-28T09:00", None, "2026-11-28T08:00",
    )  # fmt: skip
    assert (day["start"], day["end"]) == ("2026-11-28", "2026-11-29")


def test_days_since_the_infusion(filled: Home):
    told = {one["id"]: one for one in listed(filled, "side-effects")}
    assert (told["s1"]["days_since_infusion"], told["s1"]["infusion"]) == (3, 1)
    assert told["s0"]["days_since_infusion"] is None  # the morning before it


def test_bags_of_past_visits_are_not_listed(home: Home):
    home.add(plan_line(first="2026-11-10T09:30"))
    assert ids(home, "bags")[0] == "p1~2"
    (bag,) = listed(home, "bags", None, "2026-11-30")
    assert bag["wanted"] == len([one for one in bag["items"] if one["state"] != "not_needed"])
    assert {step["key"] for step in bag["steps"]} >= {"pack1", "c24"}


def test_reminders_and_their_states(filled: Home):
    filled.clock.at("2026-11-22T08:00")
    filled.said()
    filled.house.reminders.answer("pills/2026-11-22T08:00/0", "skipped")
    found = listed(filled, "reminders", "2026-11-22", "2026-11-23")
    states = {one["id"]: (one["due"], one["state"]) for one in found}
    assert states["pills/2026-11-22T08:00/0"] == ("2026-11-22T08:00-05:00", "skipped")
    assert states["pills/2026-11-23T08:00/0"] == ("2026-11-23T08:00-05:00", "waiting")
    assert states["p1~1:pack1/2026-11-24T09:30/1440"] == ("2026-11-23T19:00-05:00", "waiting")


def test_a_check_in_with_no_number_says_nothing_today(home: Home):
    (made,) = home.add(line("checkin", date="2026-11-27"))
    kept = home.house.care.store.get(CheckIn, made)
    assert (kept.pain, kept.mood) == (None, None)


def test_a_line_again_loses_nothing_that_it_leaves_out(home: Home):
    home.add(
        line("person", id="rosa", name="Rosa", born="1958-06-04", allergies="latex",
             details_in_notices=True),
        line("contact", id="c", name="Willow Lane", role="clinic", phone="1", address="Lane 2"),
        pills(reminders=[15], exdates=["2026-11-03T08:00"], minutes=5),
        line("plan", id="p", medicine="x", first="2026-11-24T09:30", zone=NEW_YORK,
             offsets=[0, 2], every=8, then=5, minutes=90, watch_days=7),
        line("side_effect", id="s", sign="fatigue", severity=2, at="2026-11-19T20:15",
             temperature_c=37.2, text="slept"),
        line("checkin", id="d", date="2026-11-19", pain=4, text="x"),
    )  # fmt: skip
    before = home.dump()
    home.clock.on(minutes=5)
    home.add(
        line("person", id="rosa", name="Rosa"),
        line("contact", id="c", name="Willow Lane"),
        line("appointment", id="pills", type="medication", title="Pills", start="2026-11-01T08:00"),
        line("plan", id="p", medicine="x", first="2026-11-24T09:30", offsets=[0, 2]),
        line("side_effect", id="s", sign="fatigue", severity=2, at="2026-11-19T20:15"),
        line("checkin", id="d", date="2026-11-19"),
    )
    after = home.dump()
    for kind in ("person", "contact", "appointment", "plan", "side_effect", "checkin"):
        for entry, old in before[kind].items():
            assert replace(after[kind][entry], changed=old.changed) == old
    home.add(
        line("appointment", id="pills", type="medication", title="Pills",
             start="2026-11-01T08:00", reminders=None, end="2026-11-01T08:20", exdates=[]),
        line("contact", id="c", name="Willow Lane", phone=None),
    )  # fmt: skip
    one = home.visit("pills")
    assert (one.reminders, one.minutes, one.exdates, one.rrule) == (None, 20, (), "FREQ=DAILY")
    assert home.house.people.contact("c").phone == ""


@pytest.mark.parametrize(("field", "value"), [("type", "lab"), ("person", "jo")])
def test_a_plan_says_whose_its_visits_are_and_that_they_are_infusions(
    home: Home, field: str, value: str
):
    home.add(line("person", id="rosa", name="Rosa"), plan_line())
    home.add(line("person", id="jo", name="Jo"))
    given = {"type": "infusion", "title": "I", "start": "2026-12-08T10:00", "zone": NEW_YORK}
    refused = refuse(home, line("appointment", id="p1~2", **{**given, field: value}))
    assert isinstance(refused, FormRefused)
    assert [(one.key, one.field) for one in refused.errors] == [("visit.plan_says", field)]
    assert (home.visit("p1~2").type, home.visit("p1~2").person) == ("infusion", "rosa")


def test_a_blood_test_is_listed_with_its_bag_and_a_drive_is_not(home: Home):
    home.add(
        line("appointment", id="lab", type="lab", title="Blood", start="2026-11-24T09:30"),
        line("appointment", id="car", type="drive", title="Drive", start="2026-11-24T08:30"),
        line("bag_item", visit="lab", key="lab_order", brings="carer", way="sent", kept_at="desk"),
    )
    (bag,) = listed(home, "bags")
    assert bag["id"] == "lab"
    (order,) = [item for item in bag["items"] if item["key"] == "lab_order"]
    assert (order["brings"], order["way"], order["kept_at"]) == ("carer", "sent", "desk")
