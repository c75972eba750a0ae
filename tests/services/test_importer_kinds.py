"""What kind of appointment an event of another program becomes, and the file of words behind it."""

from __future__ import annotations

import json

import pytest

from caregiver_app.assets import read_text
from caregiver_app.domain.entities import APPOINTMENT_TYPES
from caregiver_app.services.import_kinds import KindGuess, kind_words
from tests.fakes import Home
from tests.services.ics import calendar, event, look, read

TITLES = {
    "Infusion": "infusion",
    "INFUSION - Remicade 2/6": "infusion",
    "IVIG day 2": "infusion",
    "IV therapy": "infusion",
    "Infusions-Termin 王梅": "infusion",
    "Lab": "lab",
    "Labs before treatment": "lab",
    "Blood draw at Quest": "lab",
    "bloodwork": "lab",
    "Blood-test": "lab",
    "Labor Day": "other",
    "Collaboration": "other",
    "Follow-up": "follow-up",
    "followup rheumatology": "follow-up",
    "Follow up after infusion": "follow-up",
    "Dr. Chen": "follow-up",
    "Checkup": "follow-up",
    "Dress fitting": "other",
    "MRI brain w/ contrast": "other",
    "CT scan": "other",
    "Pickup from school": "drive",
    "Pick-up at the clinic": "drive",
    "Ride home": "drive",
    "Bride's birthday": "other",
    "Take pills": "medication",
    "Methotrexate injection": "medication",
    "Lunch": "other",
    "": "other",
    "检查": "other",
}


@pytest.mark.parametrize("title", TITLES)
def test_the_kind_is_guessed_by_the_words_of_the_title(title: str) -> None:
    (one,) = read(calendar(event("x", "20261201T093000", f"SUMMARY:{title}"))).events
    assert KindGuess(kind_words()).of(one) == TITLES[title]


def test_categories_help_where_the_title_says_nothing(home: Home) -> None:
    told = event("x", "20261201T093000", "SUMMARY:Room 5", "CATEGORIES:Health,Blood draw")
    assert look(home, calendar(told)).rows[0].kind == "lab"
    told = event("x", "20261201T093000", "SUMMARY:Infusion", "CATEGORIES:LAB")
    assert look(home, calendar(told)).rows[0].kind == "infusion"


def test_what_the_file_says_itself_comes_first(home: Home) -> None:
    told = event("x", "20261201T093000", "SUMMARY:Infusion talk", "X-CAREGIVER-TYPE:other")
    assert look(home, calendar(told)).rows[0].kind == "other"
    told = event("x", "20261201T093000", "SUMMARY:Infusion talk", "X-CAREGIVER-TYPE:party")
    assert look(home, calendar(told)).rows[0].kind == "infusion"


@pytest.mark.parametrize(("days", "kind"), [(1, "infusion"), (2, "other"), (11, "other")])
def test_several_whole_days_are_no_infusion(days: int, kind: str) -> None:
    last = 1 + days
    told = event("x", "20261201", "SUMMARY:Infusion centre", f"DTEND;VALUE=DATE:202612{last:02d}")
    told = told.replace("DTSTART;TZID=America/New_York:", "DTSTART;VALUE=DATE:")
    (one,) = read(calendar(told)).events
    assert KindGuess(kind_words()).of(one) == kind


def test_the_file_of_words_is_whole() -> None:
    told = json.loads(read_text("import/words.en.json"))
    assert set(told) == {"about", "kinds"}
    assert isinstance(told["about"], str)
    assert told["about"]
    assert set(told["kinds"]) == set(APPOINTMENT_TYPES)
    words = [word for of_kind in told["kinds"].values() for word in of_kind]
    for word in words:
        assert isinstance(word, str)
        assert word == word.casefold().strip()
        assert word.strip("*")
        assert "*" not in word[:-1]
    assert len(words) == len(set(words))
    assert all(told["kinds"].values())
