"""The strip of moods as a person meets it: seen, pointed at, heard, by keys, and quiet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Note, Person
from caregiver_app.domain.times import Zoned, instant
from caregiver_app.gui.support.mood_strip import MoodStrip
from caregiver_app.gui.theme import Theme
from caregiver_app.pages.charts_page import ChartsOnPaper, charts_page
from caregiver_app.pages.mood_chart import Frame, MoodChart
from caregiver_app.pages.mood_shown import moods_shown
from caregiver_app.pages.printed import Proof
from caregiver_app.services.mood_days import mood_span
from tests.gui.tabs_family import ZONE, Family, rosas_family, shown, visible_text


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def wrote(family: Family, mood: str, at: str, **more: object) -> Note:
    care = family.house.care
    written = instant(Zoned(datetime.fromisoformat(at), ZONE), ZONE)
    note = Note(id=care.new_id(), person="rosa", text="SECRETWORD here", at=written, mood=mood)
    note = replace(note, created=written, changed=written, **more)
    with care.change("done.note_added"):
        care.store.put(note)
    return note


def opened(qtbot: QtBot, family: Family, width: int = 800) -> MoodStrip:
    theme = Theme()
    strip = MoodStrip(theme, family.house)
    strip.set_person("rosa")
    strip.kept_theme = theme
    qtbot.addWidget(strip)
    if not strip.isHidden():
        shown(strip, theme, width=width, height=400)
    return strip


def choose(qtbot: QtBot, strip: MoodStrip, words: str) -> None:
    for group in (strip.reach, strip.about):
        for segment in group.segments:
            if segment.words == words and segment.isVisible():
                qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
                QApplication.processEvents()
                return
    raise AssertionError(words)


def rows(strip: MoodStrip) -> list[tuple[str, ...]]:
    """Open the table and return what it says, row by row."""
    strip.twin.set_open(opened=True)
    model = strip.table.rows
    return [
        tuple(model.words(line, column) for column in range(model.columnCount()))
        for line in range(model.rowCount())
    ]


def picture(strip: MoodStrip) -> MoodChart:
    chart = strip.chart.picture
    assert isinstance(chart, MoodChart)
    return chart


def test_before_the_first_mood_it_is_not_there(qtbot: QtBot, family: Family):
    wrote(family, "", "2026-03-19T20:00")
    strip = opened(qtbot, family)
    strip.refresh()
    assert strip.isHidden()
    wrote(family, "calm", "2026-03-19T21:00")
    strip.refresh()
    assert not strip.isHidden()
    family.house.care.undo()
    strip.refresh()
    assert strip.isHidden()


def test_chart_and_table_say_the_same_and_leave_empty_days_out(qtbot: QtBot, family: Family):
    wrote(family, "calm", "2026-03-19T21:10")
    wrote(family, "low", "2026-03-18T18:30")
    wrote(family, "so-so", "2026-03-18T19:30")
    strip = opened(qtbot, family)
    assert [(mark.first.day, mark.row) for mark in picture(strip).marks] == [
        (18, 1), (18, 2), (19, 0),
    ]  # fmt: skip
    assert [(mark.day.day, mark.label) for mark in picture(strip).infusions] == [(17, "1")]
    assert rows(strip) == [
        ("Thu 19 Mar", "Calm", ""),
        ("Wed 18 Mar", "So-so, Low", ""),
        ("Tue 17 Mar", "", "1"),
    ]


def test_what_is_heard_is_what_stands_there(qtbot: QtBot, family: Family):
    wrote(family, "low", "2026-03-18T18:30")
    strip = opened(qtbot, family)
    assert strip.chart.accessibleName() == "Moods from your notes"
    assert "Wed 18 Mar: Mood Low." in strip.chart.accessibleDescription()
    assert strip.table.accessibleName() == "The same, as a table"


def test_an_empty_stretch_draws_no_comment(qtbot: QtBot, family: Family):
    wrote(family, "low", "2025-06-18T18:30")
    strip = opened(qtbot, family)
    assert picture(strip).marks == ()
    said = f"{visible_text(strip)} {strip.chart.accessibleDescription()}".lower()
    for comment in ("no ", "none", "nothing", "without", "missing", "empty", "not "):
        assert comment not in said
    assert rows(strip) == [("Tue 17 Mar", "", "1")]


def test_no_figure_is_made_of_moods(qtbot: QtBot, family: Family):
    for number in range(1, 15):
        wrote(family, ("calm", "low")[number % 2], f"2026-03-{number:02d}T12:00")
    strip = opened(qtbot, family)
    choose(qtbot, strip, "A year")
    said = f"{visible_text(strip)} {strip.chart.accessibleDescription()} {rows(strip)}"
    for word in ("%", "average", "score", "streak", "in a row", "better", "worse", "more often"):
        assert word not in said
    assert ("9 Mar to 15 Mar", "Calm on 3 days, Low on 3 days", "") in rows(strip)


def test_the_range_goes_back_as_far_as_chosen(qtbot: QtBot, family: Family):
    for at in ("2026-03-19T12:00", "2025-12-25T12:00", "2025-05-10T12:00", "2019-05-10T12:00"):
        wrote(family, "calm", at)
    strip = opened(qtbot, family)
    for words, count in (("4 weeks", 1), ("3 months", 2), ("A year", 3), ("All", 4)):
        choose(qtbot, strip, words)
        assert len(picture(strip).marks) == count, words
    assert "Each mark stands for three months." in visible_text(strip)


def test_the_carers_own_mood_stands_apart(qtbot: QtBot, family: Family):
    wrote(family, "calm", "2026-03-19T12:00")
    strip = opened(qtbot, family)
    assert strip.about.isHidden()
    wrote(family, "low", "2026-03-18T12:00", about="carer")
    strip.refresh()
    assert [segment.words for segment in strip.about.segments] == ["Rosa", "You"]
    assert [mark.row for mark in picture(strip).marks] == [0]
    choose(qtbot, strip, "You")
    assert [mark.row for mark in picture(strip).marks] == [2]


def test_a_carer_who_writes_about_nobody_else_sees_their_own(qtbot: QtBot, family: Family):
    wrote(family, "low", "2026-03-18T12:00", about="carer")
    strip = opened(qtbot, family)
    assert [mark.row for mark in picture(strip).marks] == [2]


def test_it_follows_the_person_that_is_chosen(qtbot: QtBot, family: Family):
    family.house.people.save_person(Person(id="mei", name="王梅 (Wang Mei)"))
    wrote(family, "calm", "2026-03-19T12:00")
    wrote(family, "low", "2026-03-19T12:00", person="mei")
    wrote(family, "low", "2026-03-18T12:00", person="mei", about="carer")
    strip = opened(qtbot, family)
    strip.set_person("mei")
    assert [mark.row for mark in picture(strip).marks] == [2]
    assert strip.about.segments[0].words == "王梅"
    assert rows(strip) == [("Thu 19 Mar", "Low", "")]


def test_pointing_and_the_arrow_keys_read_a_face(qtbot: QtBot, family: Family):
    wrote(family, "calm", "2026-03-19T21:10")
    wrote(family, "low", "2026-03-16T18:30")
    strip = opened(qtbot, family)
    chart = strip.chart
    frame = Frame(QRectF(chart.rect()), picture(strip), chart.ink())
    assert chart.words_at(QPointF(frame.spot(picture(strip).marks[-1]))) == "Thu 19 Mar: Calm"
    chart.setFocus()
    for wanted in ("Thu 19 Mar: Calm", "Tue 17 Mar: Infusion 1", "Mon 16 Mar: Low"):
        qtbot.keyClick(chart, Qt.Key.Key_Left)
        assert wanted in visible_text(strip)


def test_it_shows_no_word_of_a_note(qtbot: QtBot, family: Family):
    wrote(family, "calm", "2026-03-19T21:10", tags=("SECRETTAG",))
    strip = opened(qtbot, family)
    said = f"{visible_text(strip)} {strip.chart.accessibleDescription()} {rows(strip)}"
    assert "SECRET" not in said


@pytest.mark.parametrize(("width", "scale"), [(800, 1.0), (390, 1.0), (860, 2.0), (560, 1.0)])
def test_everything_has_room(qtbot: QtBot, family: Family, width: int, scale: float):
    wrote(family, "calm", "2026-03-19T21:10")
    wrote(family, "calm", "2026-03-19T21:10", about="carer")
    strip = opened(qtbot, family, width=width)
    strip.kept_theme.set_scale(scale)
    QApplication.processEvents()
    assert strip.minimumSizeHint().width() <= width
    for group in (strip.reach, strip.about):
        assert all(segment.height() >= 42 for segment in group.segments)
        assert group.geometry().right() <= strip.width()


def test_the_same_strip_goes_on_paper(qtbot: QtBot, family: Family):
    wrote(family, "low", "2026-03-18T18:30")
    care = family.house.care
    span = mood_span(care, "rosa", "person", "weeks")
    told = moods_shown(family.house, "rosa", "person", span)
    page = charts_page(ChartsOnPaper("Rosa Marín", (told,), "20 March 2026"))
    proof = Proof(page, "A4")
    assert proof.pages == 1
    assert not proof.picture(0, 400).isNull()
    assert set("CalmSo-soLow") <= proof.text
