"""What a visit report says of medication times is what the history of doses says of them."""

from __future__ import annotations

from datetime import date

import pytest

from caregiver_app.domain.dose_marks import OPEN, SKIPPED, TAKEN
from caregiver_app.domain.times import instant
from caregiver_app.services.doses import Timed
from caregiver_app.services.report_marks import Marks, marks
from caregiver_app.storage.reading import Reader
from tests.factories import line, pills, visit_line
from tests.fakes import Home

TODAY = date(2026, 11, 21)
FIRST = date(2026, 10, 20)
ROSA = line("person", id="rosa", name="Rosa")
FLOATING = {"person": "rosa", "start": "2026-10-01T08:00"}
SERIES = {
    "every day": pills(**FLOATING),
    "begins later": pills(**{**FLOATING, "start": "2026-11-03T21:15"}),
    "later today": pills(**{**FLOATING, "start": "2026-10-01T23:45"}),
    "in this zone": pills(**FLOATING, zone="America/New_York"),
    "in another zone": pills(**{**FLOATING, "start": "2026-10-01T00:30"}, zone="Europe/Berlin"),
    "one left out": pills(**FLOATING, exdates=["2026-11-05T08:00"]),
    "one more": pills(**FLOATING, rdates=["2026-11-05T20:00"]),
    "weekdays": pills(**FLOATING, rrule="FREQ=WEEKLY;BYDAY=MO,TH"),
    "with an end": pills(**FLOATING, rrule="FREQ=DAILY;UNTIL=20261110T235900"),
    "without a reminder": pills(**FLOATING, reminders=[]),
    "at its hour": pills(**FLOATING, reminders=[0]),
    "an hour before": pills(**FLOATING, reminders=[60]),
    "a day before": pills(**FLOATING, reminders=[1440, 0]),
    "cancelled": pills(**FLOATING, status="cancelled"),
    "in the hour that comes twice": pills(**{**FLOATING, "start": "2026-10-01T01:30"}),
    "once": pills(**{**FLOATING, "start": "2026-11-05T08:00"}, rrule=""),
    "no medicine": visit_line("lab", "2026-11-05T08:00", person="rosa", type="lab"),
    "somebody else's": pills(**{**FLOATING, "person": "sam"}),
}


def told(timed: list[Timed]) -> list[Marks]:
    by_title: dict[str, list[Timed]] = {}
    for one in timed:
        by_title.setdefault(one.title, []).append(one)

    def those(same: list[Timed], state: str) -> list[Timed]:
        return [one for one in same if one.mark.state == state]

    return [
        Marks(
            title,
            len(those(same, TAKEN)),
            tuple((one.day, one.mark.reason) for one in those(same, SKIPPED)),
            tuple(one.day for one in those(same, OPEN)),
        )
        for title, same in by_title.items()
    ]


def come(home: Home) -> list[Timed]:
    timed = home.house.doses.history("rosa", FIRST, TODAY).timed
    care = home.house.care
    return [one for one in timed if instant(one.start, care.home) <= care.now]


@pytest.mark.parametrize("series", SERIES.values(), ids=SERIES)
def test_marks_are_those_of_the_history(home: Home, series):
    home.clock.at("2026-09-20T10:00")
    home.add(ROSA, line("person", id="sam", name="Sam"), series)
    home.clock.at("2026-11-21T10:00")
    for number, one in enumerate(come(home)):
        if number % 3:
            home.house.doses.mark(one, TAKEN if number % 3 == 1 else SKIPPED, "felt sick")
    expected = told(come(home))
    assert marks(home.house.care, "rosa", FIRST, TODAY) == expected


def test_two_hours_of_one_medicine_are_told_together_in_order_of_time(home: Home):
    early, between = ({**FLOATING, "start": f"2026-10-01T0{hour}:00"} for hour in (6, 7))
    home.add(
        ROSA,
        pills(**FLOATING),
        pills(**early, id="two"),
        pills(**between, id="three", title="Drops"),
    )
    for one in come(home)[:20]:
        home.house.doses.mark(one, SKIPPED, one.key)
    found = marks(home.house.care, "rosa", FIRST, TODAY)
    assert [one.title for one in found] == ["Pills", "Drops"]
    assert found == told(come(home))
    keys = [key for _, key in found[0].not_given]
    assert keys == sorted(keys)


def test_no_answer_of_a_medicine_of_every_day_is_decoded(home: Home, monkeypatch):
    home.add(ROSA, pills(**FLOATING))
    for one in come(home)[:5]:
        home.house.doses.mark(one, TAKEN)
    asked: list[int] = []
    plain = Reader.answers_by_ids
    monkeypatch.setattr(
        Reader, "answers_by_ids", lambda self, ids: (asked.append(len(ids)), plain(self, ids))[1]
    )
    (found,) = marks(home.house.care, "rosa", FIRST, TODAY)
    assert (found.given, asked) == (5, [0])
