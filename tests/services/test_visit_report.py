"""The visit report: which days it covers, what it counts, and whose it is."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import pytest

from caregiver_app.domain.watch import Tier
from caregiver_app.errors import DataDamaged, InputRefused
from caregiver_app.services.visit_report import Report, VisitReports
from caregiver_app.storage.database import DATA_NAME
from tests.factories import line, pills, visit_line
from tests.fakes import Home

TODAY = date(2026, 11, 21)
ROSA = line("person", id="rosa", name="Rosa")


def infusion(entry: str, start: str, **more: object) -> str:
    return visit_line(entry, start, person="rosa", minutes=120, **more)


def talk(entry: str, start: str, **more: object) -> str:
    return visit_line(entry, start, person="rosa", type="follow-up", title="Dr Sol", **more)


def sign(entry: str, at: str, what: str = "headache", severity: int = 1, **more: object) -> str:
    told = {"id": entry, "person": "rosa", "sign": what, "severity": severity, "at": at}
    return line("side_effect", **{**told, **more})


def day(entry: str, when: str, **more: object) -> str:
    return line("checkin", id=entry, person="rosa", date=when, **more)


def report(home: Home, first: str | None = None, last: str | None = None, **more) -> Report:
    days = [None if one is None else date.fromisoformat(one) for one in (first, last)]
    return VisitReports(home.house).report("rosa", *days, **more)


# ---- Which days --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("entered", "expected", "since"),
    [
        ((), "2026-10-22", None),
        ((infusion("i", "2026-11-03T09:30"),), "2026-11-03", "i"),
        ((infusion("i", "2026-11-03T09:30"), talk("f", "2026-11-12T14:00")), "2026-11-12", "f"),
        ((infusion("i", "2026-11-03T09:30"), talk("f", "2026-10-12T14:00")), "2026-11-03", "i"),
        # What is still to come, was cancelled or is to be moved did not take place.
        ((infusion("i", "2026-11-03T09:30"), infusion("j", "2026-11-24T09:30")), "2026-11-03", "i"),
        ((infusion("i", "2026-11-03T09:30"),
          infusion("j", "2026-11-17T09:30", status="cancelled")), "2026-11-03", "i"),
        ((infusion("i", "2026-11-03T09:30"),
          infusion("j", "2026-11-17T09:30", status="delayed")), "2026-11-03", "i"),
        # Today's counts once it is over, or marked so.
        ((infusion("i", "2026-11-03T09:30"), infusion("j", "2026-11-21T07:00")), "2026-11-21", "j"),
        ((infusion("i", "2026-11-03T09:30"), infusion("j", "2026-11-21T09:30")), "2026-11-03", "i"),
        ((infusion("i", "2026-11-03T09:30"),
          infusion("j", "2026-11-21T09:30", status="done")), "2026-11-21", "j"),
        # Blood tests and drives are no visits at which somebody reads a report.
        ((infusion("i", "2026-11-03T09:30"),
          visit_line("l", "2026-11-10T08:00", person="rosa", type="lab")), "2026-11-03", "i"),
        # One of a series of talks.
        ((talk("f", "2026-09-04T14:00", rrule="FREQ=WEEKLY"),), "2026-11-20", "f"),
    ],
)  # fmt: skip
def test_usually_since_the_last_visit_that_took_place(home: Home, entered, expected, since):
    home.add(ROSA, *entered)
    found = VisitReports(home.house).period("rosa")
    assert (found.first.isoformat(), found.last) == (expected, TODAY)
    assert (None if found.since is None else found.since.appointment.id) == since


def test_days_can_be_chosen_and_a_day_to_come_counts_as_today(home: Home):
    home.add(ROSA, infusion("i", "2026-10-20T09:30"), infusion("j", "2026-11-17T09:30"))

    def covered(first: str | None, last: str | None) -> tuple[str, str]:
        found = report(home, first, last).period
        return found.first.isoformat(), found.last.isoformat()

    assert covered("2026-11-01", None) == ("2026-11-01", "2026-11-21")
    assert covered(None, "2026-11-10") == ("2026-10-20", "2026-11-10")
    assert covered("2026-11-01", "2027-03-01") == ("2026-11-01", "2026-11-21")
    assert covered("2026-11-05", "2026-11-05") == ("2026-11-05", "2026-11-05")
    for wrong in (("2026-11-05", "2026-11-04"), ("2026-11-22", None), ("2027-01-01", "2027-02-01")):
        with pytest.raises(InputRefused) as refused:
            report(home, *wrong)
        assert refused.value.key == "report.days"


def test_the_report_of_a_past_visit_ends_on_its_day(home: Home):
    home.add(ROSA, infusion("i", "2026-10-06T09:30"), infusion("j", "2026-11-03T09:30"))
    found = VisitReports(home.house).period("rosa", "j")
    assert (found.first, found.last) == (date(2026, 10, 6), date(2026, 11, 3))
    assert report(home, visit_id="j").coming.appointment.id == "j"


def test_a_call_to_be_made_again_is_no_visit_but_a_visit_that_came_of_a_call_is(home: Home):
    again = {"minutes": 15, "reminders": [0]}
    home.add(
        ROSA, infusion("i", "2026-11-03T09:30"), infusion("j", "2026-12-01T09:30"),
        talk("rang", "2026-11-18T10:00", **again), talk("again", "2026-11-23T10:00", **again),
        line("clinic_call", person="rosa", at="2026-11-17T19:20", said="We ring.",
             follow_up="rang"),
        line("clinic_call", person="rosa", at="2026-11-20T19:20", said="Ring.", follow_up="again"),
    )  # fmt: skip
    found = report(home)
    assert (found.period.first, found.coming.appointment.id) == (date(2026, 11, 3), "j")
    home.add(talk("seen", "2026-11-19T10:00"), talk("see", "2026-11-24T10:00"),
             line("clinic_call", person="rosa", at="2026-11-18T19:20", said="Come.",
                  follow_up="seen"),
             line("clinic_call", person="rosa", at="2026-11-20T20:20", said="Come.",
                  follow_up="see"))  # fmt: skip
    found = report(home)
    assert (found.period.first, found.coming.appointment.id) == (date(2026, 11, 19), "see")


def test_it_is_for_the_next_visit_of_which_the_clinic_is_named(home: Home):
    home.add(
        ROSA,
        line("contact", id="c", person="rosa", name="Willow Lane", role="clinic"),
        talk("gone", "2026-11-20T10:00", place="Elsewhere"),
        talk("off", "2026-11-22T10:00", status="cancelled"),
        infusion("i", "2026-12-01T09:30", contact="c"),
        infusion("j", "2027-01-26T09:30"),
    )
    found = report(home).coming
    assert (found.appointment.id, found.day, found.clinic) == ("i", date(2026, 12, 1),
                                                               "Willow Lane")  # fmt: skip
    assert report(home, visit_id="j").coming.appointment.id == "j"
    home.clock.at("2026-12-02T10:00")
    assert report(home).coming.appointment.id == "j"


# ---- Signs -------------------------------------------------------------------------------------
def test_the_most_urgent_stands_first_then_the_strongest_then_the_longest(home: Home):
    home.add(
        ROSA, infusion("i", "2026-11-03T09:30"),
        *(sign(f"t{n}", f"2026-11-{n:02}T12:00", "fatigue") for n in range(4, 10)),
        sign("n", "2026-11-05T12:00", "nausea", 2),
        sign("h", "2026-11-06T12:00", "headache", 2), sign("h2", "2026-11-07T12:00", "headache", 1),
        sign("b", "2026-11-08T12:00", "trouble_breathing", 1),
        sign("d", "2026-11-10T12:00", "Twitchy leg", 3),
    )  # fmt: skip
    found = report(home).signs
    # Tiredness was written on the most days: among the first three, however mild.
    assert [one.sign for one in found] == [
        "trouble_breathing", "Twitchy leg", "fatigue", "headache", "nausea",
    ]  # fmt: skip
    assert found[0].tier == Tier.EMERGENCY
    headache = next(one for one in found if one.sign == "headache")
    assert (headache.severity, headache.days, headache.first, headache.since) == (
        2, 2, date(2026, 11, 6), 3,
    )  # fmt: skip


def test_how_long_a_sign_was_there(home: Home):
    home.add(
        ROSA, infusion("i", "2026-11-03T09:30"),
        sign("a", "2026-11-04T12:00", "headache", ended="2026-11-04T17:00", done="rest"),
        sign("b", "2026-11-05T12:00", "nausea", ended="2026-11-07T09:00"),
        sign("c", "2026-11-06T12:00", "fatigue", going_on=True, told="the nurse"),
        sign("d", "2026-11-08T08:00", "Twitchy leg"), sign("e", "2026-11-12T08:00", "twitchy LEG"),
    )  # fmt: skip
    found = {one.sign.casefold(): one for one in report(home).signs}
    assert found["headache"].lasted == timedelta(hours=5)
    assert found["headache"].done == ("rest",)
    assert (found["nausea"].days, found["nausea"].lasted) == (3, timedelta(hours=45))
    assert (found["fatigue"].going_on, found["fatigue"].told) == (
        date(2026, 11, 6), ("the nurse",),
    )  # fmt: skip
    leg = found["twitchy leg"]
    assert (leg.days, leg.first, leg.last, leg.last_since) == (
        2, date(2026, 11, 8), date(2026, 11, 12), 9,
    )  # fmt: skip


def test_what_began_before_and_reaches_into_the_days_is_there_what_was_over_is_not(home: Home):
    home.add(
        ROSA, infusion("old", "2026-10-06T09:30"), infusion("i", "2026-11-03T09:30"),
        sign("over", "2026-10-20T12:00", "headache", ended="2026-10-22T09:00"),
        sign("in", "2026-10-20T12:00", "nausea", ended="2026-11-05T09:00"),
        sign("on", "2026-10-08T12:00", "fatigue", going_on=True),
    )  # fmt: skip
    found = {one.sign: one for one in report(home).signs}
    assert set(found) == {"nausea", "fatigue"}
    assert (found["fatigue"].first, found["fatigue"].since) == (date(2026, 10, 8), 2)
    # Nothing was written on one of these days, but it was still there.
    assert (report(home).tally.none, report(home).tally.signs) == (0, 19)
    assert (found["fatigue"].last, found["fatigue"].days) == (TODAY, 45)


def test_the_same_day_here_and_there(home: Home):
    # Half past eleven at night in New York is the next day in Tokyo.
    home.add(
        ROSA, infusion("i", "2026-11-03T09:30"),
        sign("a", "2026-11-21T00:30", "headache", zone="Asia/Tokyo"),
        sign("b", "2026-11-02T23:30", "nausea", zone="America/New_York"),
    )  # fmt: skip
    found = report(home).signs
    assert [(one.sign, one.first) for one in found] == [("headache", date(2026, 11, 20))]


def test_temperatures_in_order_and_the_highest_beside_its_sign(home: Home):
    home.add(
        ROSA, infusion("i", "2026-11-03T09:30"),
        sign("a", "2026-11-05T19:05", "fever", temperature_c=38.4),
        sign("b", "2026-11-05T21:05", "fever", temperature_c=37.2),
    )  # fmt: skip
    found = report(home)
    assert [(one.celsius, one.at.isoformat(), one.since) for one in found.readings] == [
        (38.4, "2026-11-05T19:05:00", 2), (37.2, "2026-11-05T21:05:00", 2),
    ]  # fmt: skip
    assert found.signs[0].celsius == 38.4


def test_days_with_nothing_noticed_and_days_without_an_entry(home: Home):
    home.add(
        ROSA, infusion("i", "2026-11-17T09:30"),
        sign("a", "2026-11-18T12:00"), day("b", "2026-11-18"), day("c", "2026-11-19"),
        day("d", "2026-11-20", pain=4, flare=True),
    )  # fmt: skip
    found = report(home)
    tally = found.tally
    assert (tally.days, tally.signs, tally.nothing, tally.only_days, tally.none) == (5, 1, 1, 1, 2)
    assert found.flares == (date(2026, 11, 20),)
    assert [(one.scale, dict(one.numbers)) for one in found.trends] == [
        ("pain", {date(2026, 11, 20): 4})
    ]


# ---- Medicines, infusions, calls, questions ------------------------------------------------------
def test_times_that_are_not_marked_are_counted_apart_and_none_that_is_still_to_come(home: Home):
    home.add(ROSA, infusion("i", "2026-11-18T09:30"), pills(person="rosa", zone="America/New_York"),
             pills(id="late", person="rosa", title="Evening", start="2026-11-01T20:00",
                   zone="America/New_York"))  # fmt: skip
    doses = home.house.doses
    times = [one for one in doses.history("rosa", date(2026, 11, 18), TODAY).timed
             if one.appointment == "pills"]  # fmt: skip
    doses.mark(times[0], "taken")
    doses.mark(times[1], "skipped", "felt sick")
    found = {one.title: one for one in report(home).marks}
    marks = found["Pills"]
    assert (marks.given, marks.not_given) == (1, ((date(2026, 11, 19), "felt sick"),))
    assert marks.open == (date(2026, 11, 20), TODAY)
    assert TODAY not in found["Evening"].open


def test_as_needed_medicines_are_gathered_as_typed(home: Home):
    for at, name, amount in (
        ("2026-11-18T08:00", "Paracetamol", "one tablet"),
        ("2026-11-18T18:00", "paracetamol", "one tablet"),
        ("2026-11-19T07:00", "Drops", ""), ("2026-11-10T07:00", "Before", ""),
    ):  # fmt: skip
        home.add(*([ROSA] if at.endswith("18T08:00") else []),
                 line("dose", person="rosa", name=name, at=at, amount=amount,
                      what_for="headache"))  # fmt: skip
    home.add(infusion("i", "2026-11-17T09:30"))
    found = report(home).given
    assert [(one.name, one.times, one.days, one.amounts) for one in found] == [
        ("paracetamol", 2, 1, ("one tablet",)), ("Drops", 1, 1, ()),
    ]  # fmt: skip


def test_infusions_of_the_days_with_product_and_lot(home: Home):
    home.add(
        ROSA,
        line("plan", id="p", person="rosa", medicine="infliximab", first="2026-10-06T09:30",
             zone="America/New_York", offsets=[0, 4], every=8, minutes=120),
        line("infusion_record", visit="p~2", product="Remsima", lot="A1"),
    )  # fmt: skip
    found = report(home, "2026-10-01")
    assert [(one.visit.appointment.dose, one.record and (one.record.product, one.record.lot))
            for one in found.infusions] == [(1, None), (2, ("Remsima", "A1"))]  # fmt: skip
    (only,) = found.lines
    assert (only.medicine, only.last.visit.appointment.dose) == ("infliximab", 2)
    # The one of the next weeks has not been given.
    assert all(one.visit.day <= TODAY for one in found.infusions)


def test_calls_and_open_questions(home: Home):
    home.add(
        ROSA, infusion("i", "2026-11-03T09:30"),
        line("clinic_call", person="rosa", at="2026-11-08T19:20", who="nurse", said="Measure."),
        line("clinic_call", person="rosa", at="2026-11-05T09:00", said="Wait."),
        line("clinic_call", person="rosa", at="2026-10-05T09:00", said="Before."),
        line("question", person="rosa", text="Who asks?"),
        line("question", person="rosa", text="Old one", answer="Yes"),
    )  # fmt: skip
    found = report(home)
    assert [one.said for one in found.calls] == ["Wait.", "Measure."]
    assert found.questions == ("Who asks?",)


def test_the_chart_is_of_the_worst_sign_up_to_the_last_day(home: Home):
    home.add(
        ROSA, infusion("a", "2026-10-06T09:30"), infusion("b", "2026-11-03T09:30"),
        infusion("today", "2026-11-21T15:00"),
        sign("h", "2026-10-07T12:00", "headache", 3), sign("x", "2026-11-04T12:00", "headache", 2),
        sign("y", "2026-11-05T12:00", "headache"), sign("z", "2026-11-05T12:00", "nausea"),
    )  # fmt: skip
    chart = report(home).chart
    assert chart.sign == "headache"
    # The infusion of this afternoon is still to come.
    assert [one.visit.id for one in chart.cycles] == ["b", "a"]
    assert dict(chart.cycles[0].levels) == {1: 2, 2: 1}
    before = report(home, last="2026-10-20").chart
    assert [(one.visit.id, one.days) for one in before.cycles] == [("a", 14)]


def test_the_chart_is_of_what_goes_on_and_that_stands_before_what_is_over(home: Home):
    home.add(
        ROSA, infusion("b", "2026-11-03T09:30"),
        *(sign(f"h{n}", f"2026-11-{n:02}T12:00", "headache") for n in range(4, 12)),
        sign("w", "2026-11-12T12:00", "trouble_breathing"),
        sign("n", "2026-11-18T12:00", "nausea", 3), sign("f", "2026-11-20T12:00", "fatigue",
                                                         going_on=True),
    )  # fmt: skip
    found = report(home)
    assert [one.sign for one in found.signs][:3] == ["trouble_breathing", "fatigue", "headache"]
    assert [one.sign for one in found.signs][3:] == ["nausea"]
    assert found.chart.sign == "fatigue"
    assert dict(found.chart.cycles[0].levels)[18] == 1, "on this day too"
    home.house.watch.close("f")
    assert report(home).chart.sign == "trouble_breathing"


# ---- Whose -------------------------------------------------------------------------------------
def test_nothing_of_another_person_nothing_deleted_and_no_private_note(home: Home):
    home.add(
        ROSA, line("person", id="mei", name="王梅"), infusion("i", "2026-11-03T09:30"),
        sign("a", "2026-11-05T12:00"),
        *(line(kind, person="mei", **told) for kind, told in (
            ("side_effect", {"sign": "nausea", "severity": 4, "at": "2026-11-06T12:00",
                             "temperature_c": 39.0}),
            ("checkin", {"date": "2026-11-07", "pain": 9, "flare": True}),
            ("dose", {"name": "Hers", "at": "2026-11-07T08:00"}),
            ("clinic_call", {"at": "2026-11-07T08:00", "said": "Hers"}),
            ("question", {"text": "Hers?"}), ("medicine", {"name": "Hers"}),
            ("note", {"text": "Hers, private"}),
            ("appointment", {"type": "infusion", "title": "Hers", "start": "2026-11-15T09:30"}),
            ("appointment", {"type": "medication", "title": "Hers", "rrule": "FREQ=DAILY",
                             "start": "2026-11-01T08:00"}),
        )),
        line("note", person="rosa", text="SECRET of the carer"),
        sign("gone", "2026-11-06T12:00", "dizziness", 4), day("gone2", "2026-11-09", pain=9),
    )  # fmt: skip
    home.house.watch.remove("gone")
    home.house.watch.remove_check_in("gone2")
    found = report(home)
    assert [one.sign for one in found.signs] == ["headache"]
    assert found.period.first == date(2026, 11, 3)
    empty = (found.readings, found.trends, found.flares, found.given, found.calls, found.questions,
             found.medicines, found.marks)  # fmt: skip
    assert all(one == () for one in empty)
    assert "SECRET" not in repr(found)
    assert "Hers" not in repr(found)


def test_nobody_of_that_id(home: Home):
    home.add(ROSA)
    with pytest.raises(InputRefused):
        VisitReports(home.house).report("nobody")


@pytest.mark.parametrize(
    "damage", ["UPDATE side_effect SET text = 'x'", "UPDATE checkin SET pain = 9"]
)
def test_a_damaged_entry_is_never_counted_as_if_it_were_whole(home: Home, damage: str):
    home.add(ROSA, sign("s", "2026-11-20T10:00"), day("c", "2026-11-20", pain=4))
    assert report(home).signs
    with sqlite3.connect(home.folder / DATA_NAME) as database:
        database.execute(damage)
    database.close()
    with pytest.raises(DataDamaged):
        report(home)
