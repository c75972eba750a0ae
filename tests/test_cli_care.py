"""The command line on plans with parts, approvals, money, and what was written down of visits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.factories import NEW_YORK, line, plan_line, visit_line
from tests.programs import Program

PARTS = [
    {"begins": 12, "begins_unit": "month", "offsets": [0, 1, 2], "unit": "day"},
    {"begins": 6, "begins_unit": "month", "offsets": [0], "unit": "week", "every": 1,
     "every_unit": "week", "count": 4, "run": 1, "at_home": True, "name": "At home"},
]  # fmt: skip


@pytest.fixture
def program(tmp_path: Path, capsys, monkeypatch) -> Program:
    monkeypatch.setenv("TZ", NEW_YORK)
    made = Program(tmp_path / "data", capsys, monkeypatch)
    made.add(line("person", id="rosa", name="Rosa"))
    return made


def listed(program: Program, kind: str, *options: str) -> list[dict]:
    told = program("list", kind, *options)
    assert (told.code, told.err) == (0, [])
    return [json.loads(one) for one in told.out]


def only(program: Program, kind: str) -> dict:
    (found,) = listed(program, kind)
    return found


# ---- plans -------------------------------------------------------------------------------------
def test_a_plan_with_parts_is_laid_out_and_told_again(program: Program):
    told = program.add(
        plan_line(medicine="alemtuzumab", offsets=[0, 1, 2, 3, 4], every=None, unit="day",
                  minutes_first=300, phases=PARTS, kit=["Plasters", "针"], off=["meal", "c2"],
                  last="2028-12-31")
    )  # fmt: skip
    assert (told.code, told.out) == (0, ["ACK p1"])
    plan = only(program, "plans")
    assert plan["visits"] == [f"p1~{number}" for number in range(1, 13)]
    assert (plan["count"], plan["last"], plan["minutes_first"]) == (None, "2028-12-31", 300)
    assert plan["kit"] == ["Plasters", "针"]
    assert plan["off"] == ["meal", "c2"]
    assert plan["phases"] == [
        {"begins": 12, "begins_unit": "month", "offsets": [0, 1, 2], "unit": "day", "every": None,
         "every_unit": "", "then": None, "run": 1, "count": None,
         "at_home": False, "name": ""},
        {"begins": 6, "begins_unit": "month", "offsets": [0], "unit": "week", "every": 1,
         "every_unit": "week", "then": None, "run": 1, "count": 4,
         "at_home": True, "name": "At home"},
    ]  # fmt: skip
    visits = {one["id"]: one for one in listed(program, "appointments")}
    assert visits["p1~6"]["start"].startswith("2027-11-24T09:30")
    assert (visits["p1~9"]["type"], visits["p1~9"]["title"]) == ("medication", "Injection 9")
    assert visits["p1~9"]["start"].startswith("2028-05-24T09:30")
    again = {name: told for name, told in plan.items() if name not in ("visits", "uid")}
    assert program.add(json.dumps(again)).code == 0
    assert only(program, "plans") == plan


def test_how_many_there_are_in_months_after_weeks(program: Program):
    program.add(plan_line(offsets=[0, 2], every=1, every_unit="month", then=1, count=4))
    starts = [one["start"][:10] for one in listed(program, "appointments")]
    assert starts == ["2026-11-24", "2026-12-08", "2026-12-24", "2027-01-24"]
    plan = only(program, "plans")
    assert (plan["count"], len(plan["visits"])) == (4, 4)


def test_a_partial_line_changes_what_is_around_the_visits_and_null_sets_back(program: Program):
    program.add(plan_line(minutes_first=300, kit=["Plasters"], off=["meal"]))
    assert program.add(line("plan", id="p1", off=["ride", "meal"], kit=["Tissues"])).code == 0
    plan = only(program, "plans")
    assert (plan["off"], plan["kit"], plan["minutes_first"]) == (["meal", "ride"], ["Tissues"], 300)
    assert program.add(line("plan", id="p1", off=None, kit=None, minutes_first=None)).code == 0
    plan = only(program, "plans")
    assert (plan["off"], plan["kit"], plan["minutes_first"]) == ([], [], None)
    assert (plan["medicine"], plan["minutes"]) == ("infliximab", 150)


@pytest.mark.parametrize(
    "fields",
    [{"count": 5}, {"last": "2027-06-01"}, {"phases": PARTS}, {"at_home": True},
     {"every_unit": "month", "then": 4}],
)  # fmt: skip
@pytest.mark.parametrize("whole", [False, True])
def test_dates_of_a_plan_that_is_there_are_asked_about(program: Program, fields: dict, whole: bool):
    program.add(plan_line())
    before = listed(program, "appointments")
    more = {"changed": "2026-11-21T15:00:00Z"} if whole else {}
    told = program.add(line("plan", id="p1", **fields, **more))
    assert told.code == 20
    assert told.err[0].startswith("line 1: ")
    assert listed(program, "appointments") == before


def test_a_second_plan_for_one_medicine_needs_the_word_that_it_stands_beside(program: Program):
    program.add(plan_line(), line("person", id="leo", name="Leo"))
    second = {"id": "p2", "person": "rosa", "medicine": "Remicade"}
    told = program.add(plan_line(**second))
    assert told.code == 20
    assert told.err[0] == (
        "line 1: medicine: A plan for Remicade runs at the same time already. Change that one;"
        " if both are meant, give this line “beside”: true."
    )
    assert [one["id"] for one in listed(program, "plans")] == ["p1"]
    assert program.add(plan_line(**second, beside=False)).code == 20
    assert program.add(plan_line(**second, beside="yes")).code == 20
    told = program.add(plan_line(**second, beside=True))
    assert (told.code, told.out) == (0, ["ACK p2"])
    assert all("beside" not in one for one in listed(program, "plans"))
    assert program.add(plan_line(id="p3", person="leo")).code == 0
    assert program.add(line("plan", id="p2", minutes=90)).code == 0
    folder = program.folder.parent
    assert program("export", str(folder / "all.jsonl")).code == 0
    assert "beside" not in (folder / "all.jsonl").read_text(encoding="utf-8")
    assert program("add", "--schema").out
    schema = json.loads("\n".join(program("add", "--schema").out))
    assert "another" in schema["plan"]["beside"]["accepts"]


def test_a_plan_never_becomes_another_persons(program: Program):
    program.add(plan_line(person="rosa"), line("person", id="leo", name="Leo"))
    told = program.add(line("plan", id="p1", person="leo"))
    assert (told.code, told.out) == (20, [])
    assert told.err[0].startswith("line 1: person: ")
    assert program.add(line("plan", id="p1", person="rosa", minutes=90)).code == 0
    assert only(program, "plans")["person"] == "rosa"


def test_a_record_is_of_the_person_of_its_visit(program: Program):
    program.add(plan_line(person="rosa"), line("person", id="leo", name="Leo"))
    told = program.add(line("infusion_record", visit="p1~1", person="leo", lot="A1"))
    assert (told.code, told.out) == (20, [])
    assert told.err[0].startswith("line 1: person: ")
    assert listed(program, "infusion-records") == []


def test_what_a_line_of_a_visit_leaves_out_stays_also_without_an_id(program: Program):
    program.add(plan_line(person="rosa"))
    program.add(
        line("infusion_record", visit="p1~1", product="Remicade"),
        line("visit_answer", visit="p1~1", key="well.fever", answer="yes", text="since noon"),
        line("bag_item", visit="p1~1", key="own1", label="Blanket"),
    )
    told = program.add(
        line("infusion_record", visit="p1~1", lot="AB-1"),
        line("visit_answer", visit="p1~1", key="well.fever", answer="no"),
        line("bag_item", visit="p1~1", key="own1", state="packed"),
    )
    assert (told.code, told.out) == (0, ["ACK p1~1:record", "ACK p1~1:well.fever",
                                         "ACK p1~1:own1"])  # fmt: skip
    record = only(program, "infusion-records")
    assert (record["product"], record["lot"]) == ("Remicade", "AB-1")
    answer = only(program, "visit-answers")
    assert (answer["answer"], answer["text"]) == ("no", "since noon")
    items = {one["key"]: one for one in listed(program, "bags")[0]["items"]}
    assert (items["own1"]["label"], items["own1"]["state"]) == ("Blanket", "packed")


def test_what_hangs_on_an_entry_goes_with_it_to_another_person(program: Program, tmp_path: Path):
    program.add(
        line("person", id="leo", name="Leo"),
        visit_line("v1", "2026-11-24T09:30", person="rosa"),
        line("infusion_record", visit="v1", lot="A1"),
        line("visit_answer", visit="v1", key="well.fever", answer="no"),
        line("authorisation", id="au", person="rosa", last="2027-01-31"),
        line("call", id="ca", person="rosa", date="2026-11-20", with_whom="Insurer",
             authorisation="au"),
    )  # fmt: skip
    changes = (
        line("appointment", id="v1", person="leo"),
        line("authorisation", id="au", person="leo"),
    )
    assert program.add(*changes).code == 0
    for kind in ("infusion-records", "visit-answers", "calls"):
        assert only(program, kind)["person"] == "leo", kind
    assert program("export", str(tmp_path / "all.jsonl"), "--numbers").code == 0
    program.folder = tmp_path / "fresh"
    told = program.add(*(tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines())
    assert (told.code, told.err) == (0, [])
    assert only(program, "calls")["authorisation"] == "au"


def test_one_visit_does_without_something(program: Program):
    program.add(plan_line())
    assert program.add(line("appointment", id="p1~1", off=["ride"])).code == 0
    visits = {one["id"]: one for one in listed(program, "appointments")}
    assert (visits["p1~1"]["off"], visits["p1~2"]["off"]) == (["ride"], None)
    assert program.add(line("appointment", id="p1~1", off=None)).code == 0
    assert listed(program, "appointments")[0]["off"] is None


# ---- visits ------------------------------------------------------------------------------------
def test_what_the_nurse_wrote_down(program: Program):
    program.add(plan_line())
    told = program.add(
        line("infusion_record", visit="p1~1", product="infliximab", lot="AB-4711",
             amount="as on the sheet"),
        line("infusion_record", id="p1~1:record", lot="AB-4712", tip="left arm"),
        line("infusion_record", id="p1~1:other", visit="p1~1", lot="x"),
        line("infusion_record", visit="p1~2", lot="  "),
        line("infusion_record", visit="nowhere", lot="x"),
    )  # fmt: skip
    assert told.out == ["ACK p1~1:record"] * 2
    assert [one.split(":")[0] for one in told.err[:-1]] == ["line 3", "line 4", "line 5"]
    kept = only(program, "infusion-records")
    assert (kept["lot"], kept["product"], kept["tip"]) == ("AB-4712", "infliximab", "left arm")
    assert kept["start"].startswith("2026-11-24T09:30")
    assert kept["person"] == "rosa"
    assert listed(program, "infusion-records", "--from", "2026-11-25") == []
    assert len(listed(program, "infusion-records", "--to", "2026-11-24")) == 1


def test_answers_before_a_visit(program: Program):
    program.add(visit_line("v1", "2026-11-24T09:30"), line("person", id="mei", name="Mei"))
    told = program.add(
        line("visit_answer", visit="v1", key="well.fever", answer="no"),
        line("visit_answer", id="v1:well.fever", visit="v1", key="well.fever", answer="yes"),
        line("visit_answer", visit="v1", key="new.illness", answer="perhaps"),
        line("visit_answer", visit="v1", key="new.illness", person="mei"),
        line("visit_answer", id="other", visit="v1", key="new.illness"),
    )
    assert told.out == ["ACK v1:well.fever"] * 2
    assert len(told.err) == 4
    kept = only(program, "visit-answers")
    assert (kept["answer"], kept["person"], kept["visit"]) == ("yes", "rosa", "v1")


# ---- the care plan -----------------------------------------------------------------------------
def test_approvals_calls_costs_and_help(program: Program):
    program.add(plan_line())
    told = program.add(
        line("authorisation", id="au", last="2027-03-31", plan="p1", benefit="medicare_part_b",
             site="hospital", appeal="2026-12-24", number="NG-1", visits=4),
        line("call", id="k", date="2026-11-20", with_whom="Aster", authorisation="au",
             again="2026-12-01", number="REF-1"),
        line("cost", id="c", date="2026-11-20", what="Our share", amount="1.234,50 €",
             paid_by="us"),
        line("assistance", id="h", name="Copay card", last="2026-12-31", number="CARD-1"),
    )  # fmt: skip
    assert (told.code, told.out) == (0, ["ACK au", "ACK k", "ACK c", "ACK h"])
    kept = only(program, "authorisations")
    assert (kept["plan"], kept["benefit"], kept["appeal"]) == (
        "p1",
        "medicare_part_b",
        "2026-12-24",
    )
    kept = only(program, "costs")
    assert (kept["amount"], kept["currency"]) == ("1234.50", "€")
    assert only(program, "calls")["again"] == "2026-12-01"
    assert only(program, "assistance")["last"] == "2026-12-31"
    days = {"calls": "2026-11-20", "costs": "2026-11-20", "assistance": "2026-12-31",
            "authorisations": "2027-03-31"}  # fmt: skip
    for kind, day in days.items():
        assert len(listed(program, kind, "--from", day, "--to", day)) == 1
        assert listed(program, kind, "--to", "2026-11-19") == []
    program.add(line("authorisation", id="au", benefit=None, plan=None, appeal=None))
    kept = only(program, "authorisations")
    assert (kept["benefit"], kept["plan"], kept["appeal"], kept["site"]) == (
        "", None, None, "hospital",
    )  # fmt: skip


def test_a_medicine_that_ended_rings_no_more(program: Program):
    program.add(
        line("medicine", id="m", name="Sulfasalazine"),
        line("appointment", id="pills", type="medication", title="Sulfasalazine", medicine="m",
             start="2026-11-01T08:00", rrule="FREQ=DAILY"),
    )  # fmt: skip
    assert listed(program, "reminders", "--from", "2026-11-22")
    program.add(line("medicine", id="m", past=True, ended="November", why_ended="Upset stomach"))
    assert listed(program, "reminders", "--from", "2026-11-22") == []
    kept = only(program, "medicines")
    assert (kept["past"], kept["ended"], kept["why_ended"]) == (True, "November", "Upset stomach")


def test_a_closed_clinic_and_two_remembered_amounts(program: Program):
    program.add(
        line("contact", id="willow", role="clinic", name="Willow Lane"),
        line("blocked_days", id="b", first="2026-12-24", last="2026-12-26", clinic="willow"),
        line("person", id="rosa", deductible="500", deductible_year=2026, copay="20 a visit",
             copay_year=2026),
    )  # fmt: skip
    assert only(program, "blocked-days")["clinic"] == "willow"
    kept = only(program, "people")
    assert (kept["name"], kept["deductible"], kept["copay_year"]) == ("Rosa", "500", 2026)


# ---- what cannot be ----------------------------------------------------------------------------
BAD = [
    ("plan", {"count": 500}, "count"), ("plan", {"count": 1}, "count"),
    ("plan", {"phases": [{**PARTS[0], "count": 500}]}, "phases"),
    ("plan", {"phases": [PARTS[0]] * 500}, "phases"),
    ("plan", {"last": "2026-11-23"}, "last"), ("plan", {"last": "soon"}, "last"),
    ("plan", {"offsets": [-14, 0]}, "offsets"), ("plan", {"offsets": [2, 0]}, "offsets"),
    ("plan", {"phases": [{**PARTS[0], "offsets": [-1, 0]}]}, "phases"),
    ("plan", {"phases": [{**PARTS[0], "begins_unit": "year"}]}, "phases"),
    ("plan", {"phases": [{**PARTS[0], "dose_mg": 5}]}, "phases"),
    ("plan", {"phases": [{"begins": 1}]}, "phases"), ("plan", {"phases": "later"}, "phases"),
    ("plan", {"phases": [{**PARTS[0], "at_home": "yes"}]}, "phases"),
    ("plan", {"off": ["lunch"]}, "off"), ("plan", {"off": "meal"}, "off"),
    ("plan", {"kit": ["a\nb"]}, "kit"), ("plan", {"minutes_first": 10**6}, "minutes_first"),
    ("appointment", {"off": [7]}, "off"),
    ("authorisation", {"benefit": "dental"}, "benefit"),
    ("authorisation", {"first": "2027-04-01"}, "last"),
    ("authorisation", {"plan": "nowhere"}, "plan"),
    ("authorisation", {"visits": -1}, "visits"),
    ("call", {"again": "2026-11-01"}, "again"), ("call", {"date": "today"}, "date"),
    ("cost", {"amount": "twelve"}, "amount"), ("cost", {"amount": "1.234"}, "amount"),
    ("cost", {"amount": "-5"}, "amount"), ("cost", {"amount": 12.5}, "amount"),
    ("cost", {"amount": ""}, "amount"), ("cost", {"amount": "12 mg"}, "amount"),
    ("assistance", {"last": "2027-02-30"}, "last"),
    ("person", {"deductible_year": 26}, "deductible_year"),
    ("blocked_days", {"clinic": "nowhere"}, "clinic"),
]  # fmt: skip
LEAST = {
    "plan": {"medicine": "infliximab", "first": "2026-11-24T09:30", "zone": NEW_YORK,
             "offsets": [0, 2, 6], "every": 8},
    "appointment": {"type": "lab", "title": "Blood", "start": "2026-11-24T09:30"},
    "authorisation": {"last": "2027-03-31"},
    "call": {"date": "2026-11-20", "with_whom": "Aster"},
    "cost": {"date": "2026-11-20", "what": "Taxi", "amount": "5"},
    "assistance": {"name": "Card"},
    "person": {"name": "Mei"},
    "blocked_days": {"first": "2026-12-24"},
}  # fmt: skip


def test_each_is_refused_in_one_plain_line_and_nothing_is_kept(program: Program):
    told = program.add(*(line(kind, **{**LEAST[kind], **fields}) for kind, fields, _ in BAD))
    assert (told.code, told.out) == (20, [])
    said = [one.split(": ", 2) for one in told.err[:-1]]
    assert [(one[0], one[1]) for one in said] == [
        (f"line {number}", field) for number, (_, _, field) in enumerate(BAD, start=1)
    ]
    for _, _, sentence in said:
        assert " " in sentence
        assert "{" not in sentence
        assert "…" not in sentence
    assert listed(program, "appointments") == []
    for kind in ("plans", "authorisations", "calls", "costs", "assistance", "blocked-days"):
        assert listed(program, kind) == []


def test_the_schema_names_every_new_field(program: Program):
    told = json.loads("\n".join(program("add", "--schema").out))
    assert {
        "every_unit",
        "count",
        "last",
        "at_home",
        "phases",
        "kit",
        "off",
        "minutes_first",
    } <= set(told["plan"])
    assert {"infusion_record", "visit_answer", "cost", "assistance", "call"} <= set(told)
    assert "medicare_part_b" in told["authorisation"]["benefit"]["accepts"]


# ---- the file of everything --------------------------------------------------------------------
def test_insurance_numbers_go_out_only_when_asked_for(program: Program, tmp_path: Path):
    program.add(
        line("authorisation", last="2027-03-31", member="MEM-4711"),
        line("call", date="2026-11-20", with_whom="Aster", number="REF-4712"),
        line("assistance", name="Card", number="CARD-4713"),
    )
    target = tmp_path / "all.jsonl"
    assert program("export", str(target)).code == 0
    about, *_ = map(json.loads, target.read_text().splitlines())
    assert about["left_out"][0] == "the insurance numbers of 3 entries (not ticked)"
    numbers = ("MEM-4711", "REF-4712", "CARD-4713")
    assert not [number for number in numbers if number in target.read_text()]
    assert program("export", str(target), "--numbers").code == 0
    text = target.read_text()
    assert all(number in text for number in numbers)
    assert "insurance" not in json.dumps(json.loads(text.splitlines()[0])["left_out"])


def test_a_second_plan_for_a_running_medicine_is_asked_about(program: Program):
    program.add(plan_line())
    told = program.add(plan_line(id="p2", medicine="Infliximab"))
    assert (told.code, told.out) == (20, [])
    assert told.err[0].startswith("line 1: medicine: ")
    assert [one["id"] for one in listed(program, "plans")] == ["p1"]
