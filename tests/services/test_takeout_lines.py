"""Lines that tell a whole entry: taken exactly, checked as strictly as any other line."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from caregiver_app.domain.entities import Anchor, Answer, CheckIn, Note, SideEffect
from caregiver_app.domain.times import Floating
from caregiver_app.errors import AsksFirst, FormRefused, InputRefused
from caregiver_app.messages import explain
from caregiver_app.services.entries import EntryService, NewerFile
from caregiver_app.services.entry_fields import FIELDS, FORMAT
from caregiver_app.services.entry_whole import ALWAYS_WHOLE
from tests.factories import NEW_YORK, line, pills, plan_line, visit_line
from tests.fakes import Home

WAS = {"created": "2026-01-02T03:04:05.000678Z", "changed": "2026-02-03T04:05:06Z"}
MADE = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
CHANGED = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
LAB = {"type": "lab", "title": "Blood", "start": "2026-11-24T09:30", **WAS}
VISIT = {
    "type": "infusion",
    "title": "Infusion 2",
    "zone": NEW_YORK,
    "plan": "p1",
    "dose": 2,
    **WAS,
}
SEEN = {"sign": "fatigue", "severity": 2, "at": "2026-11-20T20:15", **WAS}
PLAN = {"medicine": "infliximab", "first": "2026-11-24T09:30", "zone": NEW_YORK,
        "offsets": [0, 2, 6], "every": 8, **WAS}  # fmt: skip
ANSWER = {"id": "pills/2026-11-21T08:00/0", "entry": "pills", "due": "2026-11-21T13:00:00Z"}


def refuse(home: Home, text: str) -> list[tuple[str, str | None]]:
    before = home.dump()
    with pytest.raises(InputRefused) as refused:
        EntryService(home.house).take(text)
    assert home.dump() == before
    found = refused.value.errors if isinstance(refused.value, FormRefused) else [refused.value]
    for one in found:
        assert " " in explain(one)
        assert len(explain(one).splitlines()) == 1
    return [(one.key, one.field) for one in found]


# ---- taken exactly -----------------------------------------------------------------------------
def test_when_it_was_made_and_changed_comes_back(home: Home):
    home.add(
        line("note", id="n1", text="x", at="2026-01-02T03:04:05.000678Z", **WAS),
        line("appointment", id="a1", **LAB, sequence=7, uid="u@x", entered=WAS["changed"]),
        line("side_effect", id="s1", **SEEN, urgency="emergency"),
        line("checkin", id="c1", date="2026-11-21", **WAS),
    )
    store = home.house.care.store
    note, appointment = store.get(Note, "n1"), home.visit("a1")
    assert (note.at, note.created, note.changed) == (MADE, MADE, CHANGED)
    assert (appointment.created, appointment.changed) == (MADE, CHANGED)
    assert (appointment.sequence, appointment.uid, appointment.entered) == (7, "u@x", CHANGED)
    assert store.get(SideEffect, "s1").urgency == "emergency"  # as it was shown then
    assert store.get(SideEffect, "s1").at == Floating(datetime(2026, 11, 20, 20, 15))
    assert store.get(CheckIn, "c1").changed == CHANGED


def test_without_created_or_entered_the_change_counts(home: Home):
    given = {key: value for key, value in LAB.items() if key != "created"}
    home.add(line("appointment", id="a1", **given))
    one = home.visit("a1")
    assert (one.created, one.entered, one.changed) == (CHANGED, CHANGED, CHANGED)
    assert one.uid.endswith("@caregiver-companion")


def test_a_whole_plan_lays_nothing_out_and_its_deleted_visits_stay_away(home: Home):
    home.add(line("plan", id="p1", **PLAN, uid="U", anchors=[[2, "2026-12-10", 1]], removed=[1, 3]))
    assert home.house.care.store.visits("p1") == []
    assert home.house.plans.get("p1").anchors == (Anchor(2, datetime(2026, 12, 10).date(), 1),)
    home.house.plans.lay_out_all()
    doses = [one.dose for one in home.house.care.store.visits("p1")]
    assert doses[:3] == [2, 4, 5]
    assert home.visit("p1~2").uid == "U-2@caregiver-companion"
    assert str(home.visit("p1~2").start.local.date()) == "2026-12-10"


def test_a_check_in_of_today_answers_nothing(home: Home):
    home.add(plan_line(first="2026-11-20T09:30"))
    home.clock.at("2026-11-21T20:00")
    asked = [one.id for one in home.house.reminders.open_now() if one.what.startswith("c")]
    assert asked
    home.add(line("checkin", date="2026-11-21", **WAS))
    assert [one.id for one in home.house.reminders.open_now() if one.what.startswith("c")] == asked
    home.add(line("checkin", date="2026-11-21"))
    assert not [one for one in home.house.reminders.open_now() if one.what.startswith("c")]


def test_a_postponed_answer_rings_at_its_new_time(home: Home):
    home.add(pills(start="2026-11-22T08:00"))
    reminder = {**ANSWER, "id": "pills/2026-11-22T08:00/0", "due": "2026-11-22T13:00:00Z"}
    home.add(line("answer", **reminder, state="later", until="2026-11-22T17:00:00Z"))
    home.clock.at("2026-11-22T08:30")
    assert home.said() == []
    home.clock.at("2026-11-22T12:00")
    assert home.said() == [reminder["id"]]
    home.add(line("answer", **reminder, state="done"))
    home.clock.at("2026-11-22T12:30")
    assert home.house.reminders.open_now() == []


def test_a_line_again_keeps_what_it_does_not_name(home: Home):
    home.add(line("appointment", id="a1", **LAB, place="Ward 3", extra="X-A:1", uid="u@x"))
    home.add(line("appointment", id="a1", type="lab", title="Blood test", start=LAB["start"]))
    one = home.visit("a1")
    assert (one.title, one.place, one.extra, one.uid) == ("Blood test", "Ward 3", "X-A:1", "u@x")
    assert one.created == MADE
    assert one.changed == home.clock.now()
    home.add(line("appointment", id="a1", changed=WAS["changed"], type="lab", title="B",
                  start=LAB["start"], end="2026-11-24T10:15"))  # fmt: skip
    one = home.visit("a1")
    assert (one.title, one.place, one.minutes, one.changed) == ("B", "Ward 3", 45, CHANGED)


def test_what_a_plain_line_may_say_too(home: Home):
    home.add(
        line("contact", id="willow", name="Willow Lane"),
        line("appointment", id="a1", type="lab", title="B", start="2026-11-24T09:30",
             contact="willow", uid="u@x", extra="BEGIN:X-PART\nX-A:1\nEND:X-PART"),
        line("note", id="n1", text="x", at="2026-11-20T09:30"),
    )  # fmt: skip
    one = home.visit("a1")
    assert (one.contact, one.uid, one.created) == ("willow", "u@x", home.clock.now())
    assert home.house.support.note("n1").at == datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
    home.add(line("appointment", id="a1", type="lab", title="B", start="2026-11-24T09:30",
                  contact=None))  # fmt: skip
    assert home.visit("a1").contact is None


def test_ids_that_are_made_of_long_ids(home: Home):
    plan = "p" * 100
    home.add(plan_line(id=plan))
    home.add(line("bag_item", visit=f"{plan}~1", key="water", state="packed"))
    home.add(line("appointment", id=f"{plan}~1", **{**VISIT, "plan": plan, "dose": 1},
                  start="2026-11-24T09:30"))  # fmt: skip
    home.add(line("answer", **{**ANSWER, "id": f"{plan}~1/2026-11-24T09:30/120"}, state="done"))
    assert home.house.bags.bag(f"{plan}~1").packed == 1


# ---- refused -----------------------------------------------------------------------------------
WHOLE_ONLY = [(kind, name) for kind, fields in FIELDS.items()
              for name, field in fields.items() if field.whole_only]  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), WHOLE_ONLY)
def test_what_only_a_whole_line_may_say(home: Home, kind: str, name: str):
    needed = {n: "x" for n, field in FIELDS[kind].items() if field.required}
    if kind in ALWAYS_WHOLE:
        return
    assert refuse(home, line(kind, **{**needed, name: 1})) == [("entry.whole_only", name)]
    assert "changed" in FIELDS[kind]


@pytest.mark.parametrize(
    ("kind", "fields", "key", "field"),
    [
        ("note", {"text": "x", **WAS, "changed": "soon"}, "time.no_such_instant", "changed"),
        ("note", {"text": "x", "changed": "1066-01-02T03:04:05Z"}, "time.far_year", "changed"),
        ("note", {"text": "x", "at": "0001-01-01T00:00:00+23:00"}, "time.far_year", "at"),
        ("note", {"text": "x", **WAS, "created": 7}, "entry.type", "created"),
        ("note", {"text": "x", "tags": ["x\x07"], **WAS}, "text.control", "tags"),
        ("note", {"text": " ", **WAS}, "text.empty", "text"),
        ("note", {"text": "x", "room": "attic", **WAS}, "choice.unknown", "room"),
        ("checkin", {"date": "2026-11-21", "pain": 11, **WAS}, "number.range", "pain"),
        ("person", {"name": "x" * 201, **WAS}, "text.long", "name"),
        ("contact", {"name": "", **WAS}, "text.empty", "name"),
        ("medicine", {"name": "Methotrexate", "as_needed": True, **WAS}, "safety.weekly_only",
         "as_needed"),
        ("appointment", {**LAB, "type": "medication", "title": "Methotrexate",
                         "rrule": "FREQ=DAILY"}, "safety.weekly_only", "rrule"),
        ("authorisation", {"last": "2026-01-01", "first": "2026-02-01", **WAS},
         "authorisation.order", "last"),
        ("blocked_days", {"first": "2026-02-01", "last": "2026-01-01", **WAS}, "blocked.order",
         "last"),
        ("dose", {"name": "x", "at": "2027-01-01T10:00", **WAS}, "dose.ahead", "at"),
        ("dose", {"name": "x", "at": "2026-01-01T10:00", "medicine": "no", **WAS},
         "medicine.unknown", "medicine"),
        ("question", {"text": "x", "note": "nowhere", **WAS}, "entry.no_such", "note"),
        ("side_effect", {**SEEN, "urgency": "fine"}, "choice.unknown", "urgency"),
        ("side_effect", {**SEEN, "severity": 9}, "number.range", "severity"),
        ("appointment", {**LAB, "type": "party"}, "choice.unknown", "type"),
        ("appointment", {**LAB, "contact": "nobody"}, "entry.no_such", "contact"),
        ("appointment", {**LAB, "medicine": "\ud800"}, "entry.no_such", "medicine"),
        ("appointment", {**LAB, "plan": "p9", "dose": 1, "id": "p9~1"}, "entry.no_such", "plan"),
        ("appointment", {**LAB, "dose": 1}, "entry.needs", "dose"),
        ("appointment", {**LAB, "plan": "p1"}, "entry.needs", "plan"),
        ("appointment", {**LAB, "plan": "p1", "dose": 0, "id": "p1~0"}, "number.range", "dose"),
        ("appointment", {**LAB, "plan": "p1", "dose": 2, "id": "mine"}, "entry.visit_id", "id"),
        ("appointment", {**LAB, "sequence": -1}, "number.range", "sequence"),
        ("appointment", {**LAB, "sequence": 10**30}, "number.range", "sequence"),
        ("appointment", {**LAB, "uid": "a\nb"}, "id.characters", "uid"),
        ("appointment", {**LAB, "series": "no", "original": LAB["start"]}, "series.unknown",
         "series"),
        ("appointment", {**LAB, "original": "soon"}, "time.no_such_date", "original"),
        ("appointment", {**LAB, "original": LAB["start"], "rrule": "FREQ=DAILY"},
         "series.no_repeat", "rrule"),
        ("appointment", {**LAB, "extra": "END:VEVENT\nBEGIN:VEVENT"}, "entry.extra", "extra"),
        ("appointment", {**LAB, "extra": "X-A:1\nnonsense"}, "entry.extra", "extra"),
        ("appointment", {**LAB, "extra": "BEGIN:X"}, "entry.extra", "extra"),
        ("plan", {**PLAN, "offsets": [1]}, "plan.offsets_first", "offsets"),
        ("plan", {**PLAN, "anchors": [[1]]}, "entry.type", "anchors"),
        ("plan", {**PLAN, "anchors": [[1, "soon", 1]]}, "time.no_such_date", "anchors"),
        ("plan", {**PLAN, "anchors": [[0, "2026-11-24", 1]]}, "number.range", "anchors"),
        ("plan", {**PLAN, "removed": [0]}, "number.range", "removed"),
        ("plan", {**PLAN, "removed": ["x"]}, "entry.type", "removed"),
        ("plan", {**PLAN, "medicine": "", "offsets": []}, "text.empty", "medicine"),
        ("answer", {**ANSWER, "state": "heard"}, "choice.unknown", "state"),
        ("answer", {**ANSWER, "state": "later"}, "entry.missing", "until"),
        ("bag_item", {"visit": "no", "key": "x"}, "entry.no_such", "visit"),
        ("bag_item", {"visit": "p1~1", "key": "x", "id": "mine"}, "entry.visit_id", "id"),
        ("bag_item", {"visit": "p1~1", "key": "x", "state": "gone"}, "choice.unknown", "state"),
        ("bag_item", {"visit": "p1~1", "key": "x", "way": "lost"}, "choice.unknown", "way"),
        ("bag_item", {"visit": "p1~1", "key": "x", "brings": "Ana"}, "choice.unknown", "brings"),
        ("bag_item", {"visit": "p1~1", "key": "x", "kept_at": "a\nb"}, "text.control", "kept_at"),
        ("bag_item", {"visit": "p1~1", "key": "x", "state": "packed", "way": "sent"}, "bag.sent",
         "state"),
        ("visit_bag", {"visit": "no"}, "entry.no_such", "visit"),
        ("visit_bag", {"visit": "p1~1", "id": "mine"}, "entry.visit_id", "id"),
        ("visit_bag", {"visit": "p1~1", "forgot": "all"}, "choice.unknown", "forgot"),
        ("visit_bag", {"visit": "p1~1", "order": [""]}, "text.empty", "order"),
        ("bag_list", {"template": "t", "id": "mine"}, "entry.visit_id", "id"),
        ("bag_list", {"template": "t", "contact": "no"}, "entry.no_such", "contact"),
        ("template_item", {"template": "t", "key": "x", "contact": "no"}, "entry.no_such",
         "contact"),
        ("template_item", {"template": "t", "key": "x", "starts": "top"}, "choice.unknown",
         "starts"),
        ("template_item", {"template": "t", "key": "x", "id": "x"}, "text.empty", "label"),
        ("template_item", {"template": "t", "key": "x", "group": "g"}, "choice.unknown", "group"),
        ("setting", {"id": "window.size", "value": "1x1"}, "setting.of_computer", "id"),
        ("setting", {"id": "feed.path", "value": "/x"}, "setting.of_computer", "id"),
        ("setting", {"id": "emergency_number", "value": "none"}, "setting.no_digit", "value"),
        ("setting", {"id": "notice_morning", "value": "8"}, "time.no_such_hour", "value"),
        ("setting", {"id": "home.keep", "value": "Mars"}, "time.unknown_zone", "value"),
        ("setting", {"id": "look.scale", "value": "huge"}, "setting.percent", "value"),
        ("setting", {"id": "x", "value": 7}, "entry.type", "value"),
    ],
)  # fmt: skip
def test_a_whole_line_is_no_way_around(home: Home, kind: str, fields: dict, key: str, field: str):
    home.add(plan_line())
    found = refuse(home, line(kind, **fields))
    assert (key, field) in found


def test_a_visit_that_is_there_keeps_its_date(home: Home):
    home.add(plan_line())
    start = home.visit("p1~2").start.local.isoformat(timespec="minutes")
    uid = home.visit("p1~2").uid
    other = {**VISIT, "id": "p1~2", "start": "2026-12-09T09:30"}
    for moved, key in (
        (other, "visit.date_first"),
        ({**other, "start": start, "status": "cancelled"}, "visit.cancel_first"),
        ({**other, "start": start, "plan": None, "dose": None}, "entry.fixed"),
        ({**other, "start": start, "uid": "other"}, "entry.fixed"),
    ):
        with pytest.raises(AsksFirst if key.startswith("visit") else InputRefused) as refused:
            EntryService(home.house).take(line("appointment", **moved))
        assert refused.value.key == key
    EntryService(home.house).take(line("appointment", **{**other, "start": start}))
    assert home.visit("p1~2").changed == CHANGED
    assert home.visit("p1~2").uid == uid


def test_a_plan_that_is_there_keeps_its_dates(home: Home):
    home.add(plan_line())
    for changed in ({"every": 6}, {"anchors": [[2, "2026-12-10", 1]]}, {"removed": [2]}):
        with pytest.raises(AsksFirst):
            EntryService(home.house).take(plan_line(**WAS, **changed))
    with pytest.raises(InputRefused) as refused:
        EntryService(home.house).take(plan_line(**WAS, gone=True))
    assert refused.value.key == "entry.never_deletes"
    assert len(home.house.care.store.visits("p1")) > 5


def test_another_appointments_uid(home: Home):
    home.add(line("appointment", id="a1", type="lab", title="B", start="2026-11-24", uid="u@x"))
    again = line("appointment", id="a2", type="lab", title="B", start="2026-11-24", uid="u@x")
    assert refuse(home, again) == [("entry.uid_taken", "uid")]
    fixed = line("appointment", id="a1", type="lab", title="B", start="2026-11-24", uid="v@x")
    assert refuse(home, fixed) == [("entry.fixed", "uid")]
    home.add(pills(uid="pills@x"))
    date = {"type": "medication", "title": "Pills", "start": "2026-11-25T09:00",
            "series": "pills", "original": "2026-11-25T08:00"}  # fmt: skip
    assert refuse(home, line("appointment", **date, uid="y@x")) == [("entry.fixed", "uid")]
    (made,) = home.add(line("appointment", **date, uid="pills@x"))
    assert home.visit(made).uid == "pills@x"


def test_a_whole_line_takes_no_other_entrys_uid(home: Home):
    one = line("appointment", id="a1", **LAB, uid="u@x")
    home.add(one)
    assert refuse(home, line("appointment", id="a2", **LAB, uid="u@x")) == [
        ("entry.uid_taken", "uid")
    ]
    home.add(one)


def test_a_changed_date_needs_its_series_to_leave_it_out(home: Home):
    home.add(pills())
    date = {"id": "d1", "type": "medication", "title": "Pills", "start": "2026-11-25T09:00",
            "series": "pills", "original": "2026-11-25T08:00", **WAS}  # fmt: skip
    assert refuse(home, line("appointment", **date)) == [("series.no_such_date", "original")]
    home.add(pills(exdates=["2026-11-25T08:00"]))
    assert home.add(line("appointment", **date)) == ["d1"]


# ---- the first line of a file ------------------------------------------------------------------
def about(**fields: object) -> str:
    return json.dumps({"kind": "about", "format": 1, **fields})


def test_the_first_line_keeps_nothing(home: Home):
    before = home.dump()
    assert home.add(about(program="x", version="9", made="2026-11-21T10:00:00Z",
                          counts={"note": 1}, left_out=["x"])) == ["about"]  # fmt: skip
    assert home.dump() == before


@pytest.mark.parametrize(("made_as", "late"), [(1, ["pills"]), (2, ["pills", "past", "weekly"])])
def test_of_a_file_from_before_usual_lead_times_nothing_of_the_past_rings(
    home: Home, made_as: int, late: list[str]
):
    past = {**LAB, "start": "2026-11-20T09:30"}
    home.add(
        about(format=made_as),
        line("appointment", id="past", **past),
        line("appointment", id="weekly", **past, rrule="FREQ=WEEKLY"),
        line("appointment", id="pills", **{**past, "type": "medication", "zone": NEW_YORK}),
        line("appointment", id="coming", **{**LAB, "zone": NEW_YORK}),
    )
    home.clock.at("2026-11-21T15:00")
    assert {one.owner for one in home.due()} == set(late)
    home.said()
    home.clock.at("2026-11-24T08:00")
    assert {one.id for one in home.due()} >= {
        "coming/2026-11-24T09:30/1440", "coming/2026-11-24T09:30/120",
    }  # fmt: skip
    home.clock.at("2026-11-27T08:00")
    assert "weekly/2026-11-27T09:30/120" in home.said()


def test_a_file_of_a_newer_program(home: Home):
    with pytest.raises(NewerFile) as refused:
        EntryService(home.house).take(about(format=FORMAT + 1, version="9.9", unheard_of=True))
    assert "newer version" in explain(refused.value)
    assert "9.9" in explain(refused.value)


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"format": 0}, "format"), ({"format": None}, "format"), ({"format": "1"}, "format"),
     ({"format": True}, "format"), ({"mood": 1}, "mood"), ({"counts": {"note": "x"}}, "counts"),
     ({"counts": 1}, "counts"), ({"left_out": "x"}, "left_out"), ({"made": "x"}, "made")],
)  # fmt: skip
def test_a_first_line_that_cannot_be(home: Home, fields: dict, field: str):
    assert [found for _, found in refuse(home, about(**fields))] == [field]


def test_an_answer_of_a_visit_that_is_there_is_written_as_it_says(home: Home):
    home.add(visit_line("a1", "2026-11-24T09:30"))
    home.add(line("answer", **{**ANSWER, "entry": "a1"}, state="done", answered=WAS["created"],
                  reason="早"))  # fmt: skip
    kept = home.house.care.store.get(Answer, ANSWER["id"])
    assert (kept.answered, kept.reason, kept.changed) == (MADE, "早", home.clock.now())


def test_what_a_calendar_file_brought_stays_as_it_is(home: Home):
    taken = {**LAB, "uid": f" {'ü' * 300} of their own", "extra": 'X-LONG;A="b:c":d\nCLASS:PRIVATE'}
    home.add(line("appointment", id="a1", **taken))
    home.add(line("appointment", id="a1", type="lab", title="Other", start=LAB["start"]))
    one = home.visit("a1")
    assert (one.title, one.uid, one.extra) == ("Other", taken["uid"], taken["extra"])
