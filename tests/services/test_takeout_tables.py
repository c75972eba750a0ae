"""Tables for a spreadsheet: every row told in plain words, nothing becomes a formula."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain.entities import SideEffect
from caregiver_app.errors import InputRefused
from caregiver_app.services.doses import Timed
from caregiver_app.services.takeout import NOTES
from caregiver_app.services.takeout_tables import (
    CHECK_INS,
    CLINIC_CALLS,
    DOSES,
    SIDE_EFFECTS,
    TableService,
    TableWish,
    harmless,
)
from tests.factories import NEW_YORK, line, pills, plan_line
from tests.fakes import Home
from tests.services.test_entries import PICTURE


def table(home: Home, of: str, **wish: object) -> list[list[str]]:
    data = TableService(home.house).table(TableWish(of=of, **wish))
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert text.endswith("\r\n")
    return list(csv.reader(io.StringIO(text, newline="")))


def seen(entry: str, at: str, **fields: object) -> str:
    told = {"sign": "fatigue", "severity": 2, "zone": NEW_YORK, **fields}
    return line("side_effect", id=entry, at=at, **told)


# ---- formulas ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\rx", " =1", "\u00a0=1", "\ufeff=1", "\u200b+1",
     "＝1", "＋1", "－1", "＠x", "﹢1", "−1", "\u202e=1", "\x00=1"],
)  # fmt: skip
def test_what_would_begin_a_formula(text: str):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "written"),
    [("a;=1", "a;'=1"), ("a; -1", "a;' -1"), ("a\t@b", "a\t'@b"), ("a\n\n+1;x", "a\n\n'+1;x"),
     ("\t=1", "'\t'=1"), ("\n=1", "'\n'=1"), ("a;b\r\nc", "a;b\r\nc")],
)  # fmt: skip
def test_what_would_begin_one_where_cells_are_split(text: str, written: str):
    assert harmless(text) == written


@pytest.mark.parametrize(
    "text", ["", "x=1", "1-2", "a@b", "'=1", "(=1)", "王梅 -", "  ", "\U0001f6b6"]
)
def test_what_is_no_formula_stays(text: str):
    assert harmless(text) == text


@given(st.text(max_size=8))
def test_nothing_begins_a_formula(text: str):
    made = harmless(text)
    assert made.replace("'", "") == text.replace("'", "")
    for part in re.split("[;\t\r\n]", made):
        assert part.strip("\ufeff \u00a0\u200b")[:1] not in tuple("=+-@＝＋－＠")
    assert made.strip("\ufeff \t\r\n\u00a0\u200b")[:1] not in tuple("=+-@＝＋－＠")


def test_every_cell_of_words_is_harmless_and_numbers_stay_numbers(home: Home):
    home.add(line("person", id="p", name="=Rosa"), seen("s1", "2026-11-20T20:15", sign="-cold",
             done="=1", told="+44", text='=cmd|"x"!A1\nand, more', temperature_c=36.5))  # fmt: skip
    (_, row) = table(home, SIDE_EFFECTS)
    assert row[11:13] == ["'=1", "'+44"]
    assert row[2:5] == ["'=Rosa", "'-cold", "2"]
    assert row[6] == "36.5"
    assert row[10] == '\'=cmd|"x"!A1\nand, more'


# ---- side effects ------------------------------------------------------------------------------
def test_side_effects(home: Home):
    home.add(
        line("person", id="p", name="王梅"),
        plan_line(first="2026-11-18T09:30"),
        seen(
            "s1",
            "2026-11-20T20:15",
            text="tired 😴",
            temperature_c=38.5,
            done="Tea",
            told="Jian",
            going_on=True,
        ),
        seen(
            "s0",
            "2026-11-01T08:00",
            sign="tingling nose",
            zone="Asia/Tokyo",
            ended="2026-11-01T10:00",
        ),
        line("photo", entry="s1", data=PICTURE),
        seen("s2", "2026-11-21", severity=1),
    )
    head, *rows = table(home, SIDE_EFFECTS)
    assert head == [
        "Date and time", "Time zone", "Person", "What was seen", "Severity from 1 to 4",
        "Severity in words", "Temperature in °C", "What was advised then",
        "Days since the last infusion", "Number of that infusion", "Note", "What was done",
        "Who was told", "Still going on", "Over at", "Photo",
    ]  # fmt: skip
    label = home.house.reference
    advised = [label.tier(label_of(home, one)).label for one in ("s0", "s1", "s2")]
    names = home.house.watch.sign_name("fatigue")
    assert rows == [
        ["2026-11-01 08:00", "Asia/Tokyo", "王梅", "tingling nose", "2", "Moderate", "",
         advised[0], "", "", "", "", "", "", "2026-11-01 10:00", ""],
        ["2026-11-20 20:15", NEW_YORK, "王梅", names, "2", "Moderate", "38.5", advised[1], "2",
         "1", "tired 😴", "Tea", "Jian", "Yes", "", "Yes"],
        ["2026-11-21", "", "王梅", names, "1", "Mild", "", advised[2], "3", "1", "", "", "", "",
         "", ""],
    ]  # fmt: skip


def label_of(home: Home, entry: str):
    kept = home.house.care.store.get(SideEffect, entry)
    return next(one.tier for one in home.house.reference.tiers if one.tier == kept.urgency)


def test_days_of_a_table(home: Home):
    home.add(*(seen(f"s{day}", f"2026-11-{day}T20:15") for day in (18, 19, 20)))
    _, *rows = table(home, SIDE_EFFECTS, first=date(2026, 11, 19), last=date(2026, 11, 19))
    assert [row[0] for row in rows] == [
        "2026-11-19 20:15", "Left out: what was before 2026-11-19; what was after 2026-11-19",
    ]  # fmt: skip
    with pytest.raises(InputRefused) as refused:
        table(home, SIDE_EFFECTS, first=date(2026, 11, 19), last=date(2026, 11, 18))
    assert refused.value.key == "export.range"


# ---- how days were, and calls --------------------------------------------------------------------
def test_check_ins(home: Home):
    home.add(line("person", id="p", name="王梅"),
             line("checkin", date="2026-11-19", pain=3, sleep=0, flare=True, possible="=a walk",
                  text="x"),
             line("checkin", date="2026-11-20"))  # fmt: skip
    head, *rows = table(home, CHECK_INS)
    assert head[2:] == [
        "Pain from 0 to 10", "Fatigue from 0 to 10", "Stiffness from 0 to 10",
        "Sleep from 0 to 10", "Mood from 0 to 10", "Flare", "What was possible", "Note",
    ]  # fmt: skip
    assert rows == [
        ["2026-11-19", "王梅", "3", "", "", "0", "", "Yes", "'=a walk", "x"],
        ["2026-11-20", "王梅", "", "", "", "", "", "", "", ""],
    ]
    assert len(table(home, CHECK_INS, first=date(2026, 11, 20))) == 3  # and what is left out


def test_calls_to_the_clinic(home: Home):
    home.add(line("person", id="rosa", name="Rosa"), line("person", id="mei", name="王梅"),
             line("appointment", id="f1", person="rosa", type="follow-up", title="Call",
                  start="2026-11-24T10:00"),
             line("clinic_call", person="rosa", at="2026-11-20T20:15", question="=So?", who="@Ana",
                  said="Wait", follow_up="f1"),
             line("clinic_call", person="mei", at="2026-11-19T08:00", said="Nobody")
    )  # fmt: skip
    head, *rows = table(home, CLINIC_CALLS)
    assert head[-1] == "Follow-up in the calendar"
    assert rows == [
        ["2026-11-19 08:00", NEW_YORK, "王梅", "", "", "Nobody", ""],
        ["2026-11-20 20:15", NEW_YORK, "Rosa", "'=So?", "'@Ana", "Wait", "2026-11-24 10:00"],
    ]
    assert len(table(home, CLINIC_CALLS, person="mei")) == 3  # and what is left out


# ---- doses -------------------------------------------------------------------------------------
def test_doses_given_and_marked(home: Home):
    home.add(
        line("person", id="p", name="Rosa"),
        line("medicine", id="folic", name="Folic acid"),
        pills(start="2026-11-19T08:00", medicine="folic"),
        line("dose", id="d", name="Ibuprofen", at="2026-11-20T20:15", zone=NEW_YORK,
             amount="+1", what_for="pain", note="n"),
    )  # fmt: skip
    timed: list[Timed] = list(home.house.doses.history(None, date(2026, 11, 1),
                                                       date(2026, 11, 21)).timed)  # fmt: skip
    home.house.doses.mark(timed[0], "taken")
    home.house.doses.mark(timed[1], "skipped", "asleep")
    head, *rows = table(home, DOSES)
    assert head[6] == "What became of it"
    now = "2026-11-21 10:00"
    assert rows == [
        ["2026-11-19 08:00", "", "Rosa", "Pills", "Folic acid", "At a set time", "Taken", now, "",
         "", ""],
        ["2026-11-20 08:00", "", "Rosa", "Pills", "Folic acid", "At a set time", "Skipped", now,
         "", "", "asleep"],
        ["2026-11-20 20:15", NEW_YORK, "Rosa", "Ibuprofen", "", "As needed", "Given", "",
         "pain", "'+1", "n"],
        ["2026-11-21 08:00", "", "Rosa", "Pills", "Folic acid", "At a set time",
         "Not marked yet", "", "", "", ""],
    ]  # fmt: skip
    assert len(table(home, DOSES, first=date(2026, 12, 1))) == 2  # nothing but what is left out


# ---- notes -------------------------------------------------------------------------------------
def test_notes_only_when_ticked(home: Home):
    home.add(line("person", id="p", name="Rosa"),
             line("note", id="n1", text="first", at="2026-11-20T09:30", mood="so-so", pinned=True),
             line("note", id="n2", text="second\nline", room="company"))  # fmt: skip
    head, *rows = table(home, NOTES)
    assert head[-1] == "Note"
    assert rows == [["Left out: 2 private notes (not ticked)"]]
    _, *rows = table(home, NOTES, private=frozenset({NOTES}))
    assert rows == [
        ["2026-11-20 09:30", NEW_YORK, "Rosa", "Listening", "So-so", "Yes", "first"],
        ["2026-11-21 10:00", NEW_YORK, "Rosa", "Company", "", "", "second\nline"],
    ]


def test_one_persons_table(home: Home):
    home.add(line("person", id="rosa", name="Rosa"), line("person", id="mei", name="王梅"),
             seen("s1", "2026-11-20T20:15", person="rosa"),
             seen("s2", "2026-11-20T21:15", person="mei"))  # fmt: skip
    _, *rows = table(home, SIDE_EFFECTS, person="mei")
    assert [row[2] if len(row) > 2 else row for row in rows] == [
        "王梅", ["Left out: what is about other people"],
    ]  # fmt: skip
    with pytest.raises(InputRefused):
        table(home, SIDE_EFFECTS, person="nobody")
