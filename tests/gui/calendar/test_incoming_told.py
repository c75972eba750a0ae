"""What the preview of a calendar file tells: cancelled, whose, which date of what, in full."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QApplication

from caregiver_app.domain.entities import Appointment, Person
from caregiver_app.gui.calendar.incoming.about import MOVES
from caregiver_app.gui.calendar.incoming.drop import DropSign
from caregiver_app.gui.calendar.incoming.model import SHOWN_ROLE, IncomingModel, Shown
from caregiver_app.gui.calendar.incoming.reading import SaidSheet
from caregiver_app.gui.calendar.incoming.sheet import PreviewSheet
from caregiver_app.gui.calendar.incoming.wording import counts
from caregiver_app.gui.calendar.outgoing.parts import amount_words
from caregiver_app.services.importer import NEW, Changed, Preview, Row
from tests.gui.calendar.family import appointment
from tests.gui.calendar.test_incoming import (
    LEFT,
    NOTHING_HELD,
    choose,
    drop,
    event,
    lying,
    own_file,
    preview,
    said,
    text,
    titles,
    two_new,
    window,
    written,
)
from tests.gui.looks import face

__all__ = ["window"]


def shown(sheet: PreviewSheet, title: str) -> Shown:
    for number in range(sheet.rows.rowCount()):
        one = sheet.rows.index(number, 0).data(SHOWN_ROLE)
        if one.title == title:
            return one
    raise AssertionError(title)


def lines(one: Shown) -> list[str]:
    return [line.text for line in one.lines]


def test_what_is_cancelled_says_so_in_its_row_and_in_full(window, qtbot, tmp_path):
    off = event("off@x", "Infusion 9", "20260407T091500", "STATUS:CANCELLED")
    on = event("on@x", "Podiatry", "20260408T101500")
    window.files.import_file(written(tmp_path / "a.ics", off, on))
    sheet = preview(window, qtbot)
    assert shown(sheet, "Infusion 9").cancelled
    assert not shown(sheet, "Podiatry").cancelled
    assert [("Cancelled" in row) for row in said(sheet)] == [True, False]
    choose(sheet, "Infusion 9")
    assert "Cancelled" in text(sheet.detail)
    choose(sheet, "Podiatry")
    assert "Cancelled" not in text(sheet.detail)
    sheet.done(0)


def test_the_whole_row_tells_all_that_the_clinic_wrote(home, window, qtbot, tmp_path):
    more = ("LOCATION:Room 4", "RRULE:FREQ=WEEKLY;COUNT=4", "BEGIN:VALARM", "ACTION:DISPLAY",
            "TRIGGER:-PT45M", "END:VALARM",
            "DESCRIPTION:Bring the <b>list</b>\\nand nothing to eat\\, please")  # fmt: skip
    window.files.import_file(
        written(tmp_path / "a.ics", event("one@x", "Podiatry", "20260407T091500", *more))
    )
    sheet = preview(window, qtbot)
    facts = {name: words.text() for name, words in sheet.detail.facts.items()}
    assert facts == {
        "whose": "",
        "lasts": "30 minutes, until 9:45",
        "repeats": "Every week on Tuesday, 4 times",
        "place": "Room 4",
        "reminders": "45 minutes before",
        "note": "Bring the <b>list</b>\nand nothing to eat, please",
    }
    assert not sheet.detail.facts["whose"].isVisibleTo(sheet.detail)
    sheet.alarms.set_value("none")
    qtbot.waitUntil(lambda: not sheet.steps.is_at_work)
    assert sheet.detail.facts["reminders"].text() == "none"
    sheet.done(0)


def test_another_kind_tells_its_own_reminders_at_once(window, qtbot, tmp_path):
    window.files.import_file(two_new(tmp_path))
    sheet = preview(window, qtbot)
    reminders = sheet.detail.facts["reminders"]
    assert reminders.text() == "none"
    sheet.detail.kind.set_value("medication")
    assert reminders.text() == "none", "whoever made the file chose none"
    sheet.alarms.set_value("usual")
    qtbot.waitUntil(lambda: not sheet.steps.is_at_work)
    assert reminders.text() == "at the time"
    sheet.detail.kind.set_value("lab")
    assert reminders.text() == "1 day before, 2 hours before"
    sheet.done(0)


def test_a_changed_row_tells_whose_it_is_among_several(home, window, qtbot, tmp_path):
    home.house.people.save_person(Person(id="mei", name="王梅"))
    appointment(home, "eye", "Eye clinic", "2026-04-02T09:15", person="mei")
    change = lambda told: told.replace("SUMMARY:Eye clinic", "SUMMARY:Eyes")  # noqa: E731
    window.files.import_file(own_file(home, tmp_path / "own.ics", change))
    sheet = preview(window, qtbot)
    choose(sheet, "Eye clinic")
    assert sheet.detail.facts["whose"].text() == "王梅"
    sheet.done(0)


def test_with_everybody_shown_nobody_is_taken_for_granted(home, window, qtbot, tmp_path):
    home.house.people.save_person(Person(id="mei", name="王梅"))
    window.set_person(None)
    window.files.import_file(two_new(tmp_path))
    sheet = preview(window, qtbot)
    before = titles(home)
    assert sheet.person.value() is None
    assert sheet.person.box.placeholderText() == "Choose…"
    assert sheet.note.text() == "Say whom the new ones are for."
    assert sheet.detail.facts["whose"].text() == "not said yet"
    qtbot.mouseClick(sheet.primary, LEFT)
    assert sheet.person.error() == "Say whom the new ones are for."
    assert sheet.focusWidget() is sheet.person.control
    assert titles(home) == before
    qtbot.keyClick(sheet.person.control, Qt.Key.Key_End)
    assert sheet.person.value() == "rosa"
    assert sheet.person.error() is None
    qtbot.waitUntil(lambda: not sheet.steps.is_at_work)
    assert sheet.focusWidget() is sheet.person.control, "choosing keeps the keys there"
    assert sheet.note.text() == "One undo takes all of it back."
    qtbot.mouseClick(sheet.primary, LEFT)
    kept = [one for one in home.house.care.store.all(Appointment) if one.title == "Podiatry"]
    assert [one.person for one in kept] == ["rosa"]


def test_a_changed_date_names_its_series_and_the_date_it_replaces(window, qtbot, tmp_path):
    series = event("s@x", "Physical therapy", "20260401T100000", "RRULE:FREQ=WEEKLY;COUNT=5")
    there = "RECURRENCE-ID;TZID=America/New_York:20260408T100000"
    moved = event("s@x", "Therapy, moved", "20260409T113000", there)
    window.files.import_file(written(tmp_path / "a.ics", series, moved))
    sheet = preview(window, qtbot)
    told = "One date of “Physical therapy”, instead of Wed 8 Apr, 10:00"
    assert told in lines(shown(sheet, "Therapy, moved"))
    assert not any("One date" in one for one in lines(shown(sheet, "Physical therapy")))
    choose(sheet, "Therapy, moved")
    assert told in text(sheet.detail)
    index = sheet.list.currentIndex()
    height = sheet.list.sizeHintForIndex(index).height()
    assert height > sheet.list.sizeHintForIndex(sheet.rows.index(0, 0)).height()
    sheet.done(0)


def test_what_is_probably_there_starts_without_a_tick_and_says_so(home, window, qtbot, tmp_path):
    appointment(home, "pod", "Podiatry", "2026-04-08T10:15")
    window.files.import_file(two_new(tmp_path))
    sheet = preview(window, qtbot)
    double = shown(sheet, "Podiatry")
    assert double.tick == "open"
    assert "Looks like “Podiatry”, which is here already" in lines(double)
    assert shown(sheet, "Blood test").tick == "done"
    assert sheet.primary.words == "Take in 1"
    choose(sheet, "Podiatry")
    assert "This looks like “Podiatry” on" in text(sheet.detail)
    qtbot.keyClick(sheet.list, Qt.Key.Key_Space)
    sheet.alarms.set_value("none")
    qtbot.waitUntil(lambda: not sheet.steps.is_at_work)
    assert shown(sheet, "Podiatry").tick == "done", "what was ticked by hand stays"
    sheet.done(0)


def test_moving_a_visit_is_counted_by_itself_and_large_numbers_are_readable(home):
    visit = Row("updated", 3, "Infusion 2", moves_visit=True)
    whole = Preview("", (visit, *(Row(NEW, one, "Test") for one in range(10_000))), {})
    assert counts(whole) == "10\N{NARROW NO-BREAK SPACE}000 new, 1 would move a treatment visit"
    rows = IncomingModel(home.house)
    rows.show_preview(whole)
    rows.show_state(MOVES)
    assert rows.rowCount() == 1
    assert "Not taken in" in rows.sentence(0)


def test_details_of_other_programs_get_a_sentence(home):
    rows = IncomingModel(home.house)
    one = Row("updated", 1, "Eye clinic", changes=(Changed("extra", "X-A:1", "X-A:2"),))
    assert rows.wording.changes(one) == ["Other programs’ own details: changed"]
    gone = replace(one, goes=True, changes=(Changed("status", "booked", "cancelled"),))
    assert rows.wording.changes(gone) == ["This date is no longer in its series."]


@pytest.mark.parametrize("refused", [True, False])
def test_what_is_only_said_begins_at_the_button_that_closes_it(
    refused, home, window, qtbot, tmp_path
):
    path = own_file(home, tmp_path / "own.ics", str)
    window.files.import_file(tmp_path / "missing.ics" if refused else path)
    sheet = lying(window, qtbot)
    assert isinstance(sheet, SaidSheet)
    assert sheet.focusWidget() is sheet.primary
    qtbot.keyClick(sheet.primary, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.files.incoming.sheet is None)


def test_a_repetition_that_could_not_be_read_is_told_without_its_rule(window, qtbot, tmp_path):
    rule = "RRULE:FREQ=FORTNIGHTLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,2,3,4,5;INTERVAL=2"
    window.files.import_file(
        written(tmp_path / "a.ics", event("one@x", "Podiatry", "20260407T091500", rule))
    )
    sheet = preview(window, qtbot)
    told = "Only its first date: the repetition could not be read"
    assert told in lines(shown(sheet, "Podiatry"))
    assert "FORTNIGHTLY" in text(sheet.detail)
    sheet.done(0)


def test_a_screen_reader_finds_the_label_of_every_list(window, home, qtbot, tmp_path):
    window.files.import_file(two_new(tmp_path))
    sheet = preview(window, qtbot)
    for field in (sheet.alarms, sheet.detail.kind):
        assert field.box.accessibleName() == field.label.text()
        labels = [
            one.text(QAccessible.Text.Name)
            for one, relation in face(field.box).relations()
            if relation & QAccessible.RelationFlag.Label
        ]
        assert labels == [field.label.text()]
        assert face(field.box).text(QAccessible.Text.Value) == field.text()
    sheet.done(0)


def test_a_tick_lays_nothing_out_anew(window, qtbot, tmp_path):
    many = [event(f"n{one}@x", f"Test {one}", "20260407T091500") for one in range(2000)]
    window.files.import_file(written(tmp_path / "many.ics", *many))
    sheet = preview(window, qtbot)
    assert sheet.subtitle.text().startswith("2\N{NARROW NO-BREAK SPACE}000 new")
    assert sheet.primary.words == "Take in 2\N{NARROW NO-BREAK SPACE}000"
    asked, real = [], sheet.list.delegate.sizeHint
    sheet.list.delegate.sizeHint = lambda option, index: asked.append(1) or real(option, index)  # type: ignore[method-assign]
    QApplication.processEvents()
    asked.clear()
    qtbot.keyClick(sheet.list, Qt.Key.Key_Space)
    sheet.list.viewport().repaint()
    QApplication.processEvents()
    assert shown(sheet, "Test 0").tick == "open"
    assert len(asked) < 100
    sheet.done(0)


# -- While a file is dragged -----------------------------------------------------------------------


def drag(window, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    over = QDragEnterEvent(QPoint(30, 30), Qt.DropAction.CopyAction, data, LEFT, NOTHING_HELD)
    QApplication.sendEvent(window, over)


def is_seen(window) -> bool:
    return any(one.isVisible() for one in window.findChildren(DropSign))


def test_a_calendar_file_over_the_window_is_shown_until_it_leaves(window, tmp_path):
    drag(window, tmp_path / "letter.pdf")
    assert not is_seen(window)
    drag(window, tmp_path / "clinic.ics")
    assert is_seen(window)
    assert window.findChild(DropSign).geometry() == window.rect()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not is_seen(window)


def test_letting_it_go_takes_the_sign_away(window, qtbot, tmp_path):
    drag(window, tmp_path / "clinic.ics")
    assert drop(window, window, two_new(tmp_path))
    assert not is_seen(window)
    sheet = preview(window, qtbot)
    drag(window, tmp_path / "clinic.ics")
    assert not is_seen(window), "nothing under a sheet"
    sheet.done(0)
    window.show_emergency()
    drag(window, tmp_path / "clinic.ics")
    assert not is_seen(window), "nothing over the numbers to call"


def test_large_numbers_that_go_out_are_readable_as_well():
    gap = "\N{NARROW NO-BREAK SPACE}"
    said = amount_words(12_345, 1_200)
    assert said == f"12{gap}345 appointments, 1{gap}200 of them repeating"
