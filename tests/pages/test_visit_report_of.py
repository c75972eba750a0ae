"""The words of the visit report: what stands in each part, as typed and with nothing concluded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from caregiver_app.domain.times import instant
from caregiver_app.pages.visit_report_of import SECTIONS, page_for
from caregiver_app.pages.visit_report_values import ReportPage, Said
from caregiver_app.services.visit_report import VisitReports
from tests.factories import line, moment, pills, visit_line
from tests.fakes import NEW_YORK, FakeClock, Home

pytestmark = pytest.mark.usefixtures("qapp")
PERSON = line(
    "person", id="rosa", name="Rosa Marín", born="1958-06-04", conditions="Arthritis\nDry eyes",
    allergies="Penicillin (rash)",
)  # fmt: skip
PLAN = line(
    "plan", id="p", person="rosa", medicine="infliximab", first="2026-09-22T09:30",
    zone=NEW_YORK, offsets=[0, 2, 6], every=8, minutes=150,
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    clock = FakeClock(instant(moment("2026-11-21T10:00"), NEW_YORK))
    made = Home(tmp_path / "data", clock)
    made.house.settings.set("calendar.clock", "24")
    yield made
    made.close()


def page(home: Home, first: str | None = None, **more) -> ReportPage:
    day = None if first is None else date.fromisoformat(first)
    report = VisitReports(home.house).report("rosa", day)
    return page_for(home.house, report, home.house.care.now, **more)


def sign(at: str, what: str = "headache", severity: int = 1, **more: object) -> str:
    told = {"person": "rosa", "sign": what, "severity": severity, "at": at, **more}
    return line("side_effect", **told)


def told(said: Said) -> str:
    return plain(f"{said.bold}{said.rest}")


def plain(text: str) -> str:
    """Return text without the spaces at which no line breaks."""
    return text.replace("\u00a0", " ")


def test_the_head_says_who_for_which_visit_and_which_days(home: Home):
    home.add(PERSON, PLAN, line("medicine", person="rosa", name="Folic acid"),
             line("medicine", person="rosa", name="Paracetamol", as_needed=True),
             line("medicine", person="rosa", name="Old one", past=True))  # fmt: skip
    found = page(home)
    assert found.person == "Rosa Marín"
    assert told(found.visit) == "Tue 29 December 2026"
    assert found.covers == "3 to 21 November 2026"
    assert [told(one) for one in found.about] == [
        "Born4 June 1958  ·  Arthritis; Dry eyes", "AllergiesPenicillin (rash)",
    ]  # fmt: skip
    assert [told(one) for one in found.also] == [
        "Also takesFolic acid, Paracetamol (only when needed) (as typed by the family)"
    ]
    assert found.heading == "Since the last infusion"
    assert found.printed == "Sat 21 November 2026, 10:00"
    assert page(home, "2026-10-15").covers == "15 October to 21 November 2026"
    assert page(home, "2025-12-15").covers == "15 December 2025 to 21 November 2026"
    assert page(home, "2026-11-21").covers == "21 November 2026"
    assert page(home, "2026-10-15").heading == "What was written in this time"


def test_the_infusion_with_its_rhythm_and_the_hours_that_the_nurse_wrote(home: Home):
    home.add(PERSON, PLAN)
    (line_of,) = page(home).infusion
    assert plain("".join(line_of)) == (
        "infliximab, weeks 0, 2 and 6, then every 8 weeks. "
        "Last: infusion 3, Tue 3 Nov, by the calendar."
    )
    home.add(line("infusion_record", visit="p~3", product="Remsima", lot="A1", started="9:50",
                  stopped="11:55"))  # fmt: skip
    assert plain(page(home).infusion[0][1]).endswith(
        "Last: infusion 3, Tue 3 Nov, 9:50 to 11:55, as written down."
    )
    assert [told(one) for one in page(home, "2026-10-01").infusions] == [
        "Infusion 3, 3 Nov: Remsima, lot A1.",
        "Infusion 2, 6 Oct: infliximab, lot not written down.",
    ]
    home.clock.at("2027-01-10T10:00")
    home.house.plans.lay_out_all()
    assert page(home).infusion[0][1].startswith(", every 8 weeks. Last: infusion 4")


@pytest.mark.parametrize(
    ("entries", "long", "did"),
    [
        ((sign("2026-11-04T12:00", ended="2026-11-04T12:20"),), "under an hour", "noted"),
        ((sign("2026-11-04T12:00", ended="2026-11-04T17:00", done="rest"),), "5 hours", "rest"),
        ((sign("2026-11-04T12:00", ended="2026-11-08T17:00", told="the nurse"),),
         "5 days, last on day 5", "told: the nurse"),
        ((sign("2026-11-04T12:00", text="after lunch"),), "1 day", "“after lunch”"),
        ((sign("2026-11-04T12:00"), sign("2026-11-12T12:00")),
         "2 days, last on day 9", "noted"),
        ((sign("2026-11-04T12:00", going_on=True),), "still going on", "noted"),
        ((sign("2026-11-04T12:00"), sign("2026-11-12T12:00", going_on=True)),
         "11 days; still going on since 12 Nov", "noted"),
    ],
)  # fmt: skip
def test_how_long_and_what_we_did(home: Home, entries, long: str, did: str):
    home.add(PERSON, PLAN, *entries)
    (row,) = page(home).signs
    assert (row.what, plain(row.first)) == ("Headache", "Wed 4, day 1")
    assert (row.strong, plain(row.long), row.did) == ("mild", long, did)


def test_over_several_infusions_days_have_dates(home: Home):
    home.add(PERSON, PLAN, sign("2026-10-08T12:00"), sign("2026-11-04T12:00"))
    (row,) = page(home, "2026-10-01").signs
    assert (plain(row.first), plain(row.long)) == ("Thu 8 Oct, day 2", "2 days, last on 4 Nov")


def test_a_temperature_of_a_day_without_an_hour_names_the_day_alone(home: Home):
    home.add(PERSON, PLAN, sign("2026-11-05", "fever", 2, temperature_c=38.4))
    found = page(home)
    assert [plain(one) for one in found.temperatures] == ["38.4 °C (101.1 °F) Thu 5 Nov, day 2"]


def test_temperatures_calls_and_the_days_without(home: Home):
    home.add(
        PERSON, PLAN, sign("2026-11-05T19:05", "fever", 2, temperature_c=38.4),
        sign("2026-11-05T21:05", "fever", temperature_c=38.6),
        line("clinic_call", person="rosa", at="2026-11-05T19:20", who="nurse on duty",
             question="Come in?", said="Measure again\nin two hours."),
        line("checkin", person="rosa", date="2026-11-07"),
        line("checkin", person="rosa", date="2026-11-08", pain=3),
    )  # fmt: skip
    found = page(home)
    assert found.signs[0].strong == "moderate, 38.6 °C (101.5 °F)"
    assert tuple(map(plain, found.temperatures)) == (
        "38.6 °C (101.5 °F) Thu 5 Nov, day 2, 21:05",
        "38.4 °C (101.1 °F) Thu 5 Nov, day 2, 19:05",
    )
    (call,) = found.calls
    assert told(call) == (
        "Called: Thu 5 Nov, 19:20, nurse on duty. We asked: “Come in?”"
        " They said: “Measure again in two hours.”"
    )
    assert "".join(f" {told(one)}" for one in found.tally).strip() == (
        "Nothing noticed on 1 day. Only how the day was on 1 day, without a sign."
        " No entry on 16 days."
    )


def test_days_of_which_there_are_none_are_not_counted(home: Home):
    home.add(PERSON, PLAN, sign("2026-11-04T12:00"))
    assert [told(one) for one in page(home).tally] == ["No entry on 18 days."]
    home.add(sign("2026-11-03T12:00", going_on=True))
    assert page(home).tally == ()


def test_how_the_days_were_shows_numbers_and_no_conclusion(home: Home):
    days = [
        ("2026-11-03", 6, 2),
        ("2026-11-05", 4, 3),
        ("2026-11-18", 2, None),
        ("2026-11-20", 3, None),
    ]
    home.add(PERSON, PLAN, *(
        line("checkin", person="rosa", date=day, pain=pain, mood=mood, flare=pain == 6)
        for day, pain, mood in days
    ))  # fmt: skip
    found = page(home)
    table = found.trends
    assert table.head == ("", "day by day", "first week", "last week")
    assert [(one.name, one.cells) for one in table.lines] == [
        ("Pain", ("4 to 6", "2 to 3")), ("Mood", ("2 to 3", "no entry")),
    ]  # fmt: skip
    assert table.lines[0].points[0] == (0.0, 6)
    assert 0 < table.lines[0].points[-1][0] < 1
    assert table.note == "Pain: 0 none, 10 worst. Mood: 0 very bad, 10 very good."
    assert plain(found.flares) == "3 Nov"
    short = page(home, "2026-11-16").trends
    assert (short.head[2:], short.lines[0].cells) == (("lowest to highest",), ("2 to 3",))


def test_medicines_are_given_not_given_or_not_marked_yet_and_never_missed(home: Home):
    home.add(PERSON, PLAN, pills(person="rosa", start="2026-11-18T08:00", zone=NEW_YORK),
             line("dose", person="rosa", name="Paracetamol", at="2026-11-05T20:10",
                  what_for="fever", amount="one tablet"))  # fmt: skip
    doses = home.house.doses
    times = doses.history("rosa", date(2026, 11, 3), date(2026, 11, 21)).timed
    doses.mark(times[0], "taken")
    doses.mark(times[1], "skipped", "felt sick")
    found = [told(one) for one in page(home).medicines]
    assert found == [
        "Pills: given 1, not given 1 (19 Nov: “felt sick”), not marked yet 2 (20 Nov, 21 Nov).",
        "Paracetamol: as needed, 1 time, last 5 Nov 20:10, for fever, “one tablet” as typed.",
    ]
    assert "missed" not in repr(page(home)).lower()
    assert page(home).medicines_title == "Medicines in this time"
    assert plain(page(home, "2026-01-05").medicines_title) == "Medicines, times from 22 Aug on"


def test_each_part_can_be_left_out(home: Home):
    home.add(
        PERSON, PLAN, sign("2026-11-05T12:00", temperature_c=38.4),
        line("checkin", person="rosa", date="2026-11-08", pain=3, flare=True),
        line("question", person="rosa", text="Who asks?"),
        line("dose", person="rosa", name="Paracetamol", at="2026-11-05T20:10"),
    )  # fmt: skip
    there = {
        "signs": lambda one: one.signs or one.signs_none or one.temperatures or one.tally,
        "days": lambda one: one.trends or one.flares,
        "medicines": lambda one: one.medicines,
        "infusions": lambda one: one.infusions,
        "chart": lambda one: one.chart,
        "questions": lambda one: one.questions or one.asks,
    }
    assert tuple(there) == SECTIONS
    whole = page(home)
    assert all(bool(look(whole)) for look in there.values())
    for name in SECTIONS:
        rest = page(home, without={name})
        assert {one for one, look in there.items() if not look(rest)} == {name}


def test_the_chart_names_its_cycles_and_says_what_it_cannot_show(home: Home):
    home.add(PERSON, PLAN, sign("2026-10-08T12:00", severity=3), sign("2026-11-04T12:00"))
    found = page(home)
    assert found.chart_title == "Headache by day since the infusion"
    assert [(one.name, one.when, dict(one.levels)) for one in found.chart.lines] == [
        ("Infusion 3", "3 Nov, until now", {1: 1}), ("Infusion 2", "6 Oct", {2: 3}),
        ("Infusion 1", "22 Sep", {}),
    ]  # fmt: skip
    assert found.chart.levels == ("Without it", "Mild", "Moderate", "Severe")
    assert found.caption == (
        "Circles and thick line: infusion 3. 2 days covered by an entry; 59 days have none."
        " Shows what was written, not why."
    )


def test_somebody_without_a_name_a_plan_or_an_entry_has_a_page_too(home: Home):
    home.add(visit_line("f", "2026-11-30T09:00", type="follow-up"))
    (nameless,) = home.house.people.people()
    report = VisitReports(home.house).report(nameless.id)
    found = page_for(home.house, report, home.house.care.now)
    assert found.person == "The person I care for"
    assert told(found.visit) == "Mon 30 November 2026"
    assert (found.signs, found.infusion, found.chart, found.trends) == ((), (), None, None)
    assert found.signs_none == "No sign was written down in this time."


def test_how_urgent_it_was_stands_before_a_sign_and_degrees_have_one_decimal(home: Home):
    home.add(PERSON, PLAN, sign("2026-11-05T12:00", what="trouble_breathing"),
             sign("2026-11-12T12:00", what="fever", temperature_c=38.28),
             sign("2026-11-16T12:00"))  # fmt: skip
    first, second, third = page(home).signs
    name = home.house.watch.sign_name("trouble_breathing")
    assert (first.what, first.strong) == (f"Emergency: {name}", "mild")
    assert second.what.startswith("Call today: ")
    assert second.strong == "mild, 38.3 °C (100.9 °F)"
    assert third.what == "Headache"


def test_of_many_days_the_lowest_and_the_highest_of_each_stretch_are_drawn(home: Home):
    first = date(2025, 1, 1)
    days = [first + timedelta(days=number) for number in range(600)]
    home.add(PERSON, *(
        line("checkin", person="rosa", date=day.isoformat(),
             pain=9 if number == 200 else 0 if number == 400 else 5 - number % 2)
        for number, day in enumerate(days)
    ))  # fmt: skip
    (pain,) = page(home, first.isoformat()).trends.lines
    assert len(pain.points) <= 360
    assert list(pain.points) == sorted(pain.points)
    whole = (date(2026, 11, 21) - first).days
    assert {(200 / whole, 9), (400 / whole, 0)} <= set(pain.points)
    assert {number for _, number in pain.points} == {0, 4, 5, 9}
    assert pain.cells == ("4 to 5", "no entry")
