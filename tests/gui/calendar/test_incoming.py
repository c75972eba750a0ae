"""Calendar files coming in through the window: dropped, looked at, chosen from, taken, undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.bootstrap import tab_class
from caregiver_app.domain.entities import Appointment, Person
from caregiver_app.domain.reminders import lead_times
from caregiver_app.errors import DataReadOnly
from caregiver_app.gui.app import make_window
from caregiver_app.gui.calendar.incoming.reading import ProgressSheet, SaidSheet
from caregiver_app.gui.calendar.incoming.sheet import PreviewSheet
from caregiver_app.gui.calendar.incoming.wording import plain
from caregiver_app.gui.calendar.tab import CalendarTab
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.settings.files import FilesGroup
from caregiver_app.gui.theme import Theme
from caregiver_app.services.exporter import Wanted
from caregiver_app.services.importer import Cancelled
from tests.fakes import Home
from tests.gui.calendar.family import appointment

LEFT = Qt.MouseButton.LeftButton
NOTHING_HELD = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, home: Home) -> Iterator[MainWindow]:
    actions = AppActions(lambda path: path or Path(), lambda _path: None, lambda: False)
    made = make_window(home.house, theme, actions, lambda: Later, tab_class)
    made.resize(1280, 860)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.bridge.stop()
    made.hide()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def event(uid: str, title: str, start: str, *more: str) -> str:
    lines = (
        "BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260401T000000Z", f"SUMMARY:{title}",
        f"DTSTART;TZID=America/New_York:{start}", "DURATION:PT30M", *more, "END:VEVENT",
    )  # fmt: skip
    return "\r\n".join(lines) + "\r\n"


def written(path: Path, *events: str) -> Path:
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//clinic//EN\r\nX-WR-CALNAME:Willow Lane\r\n"
    path.write_text(f"{head}{''.join(events)}END:VCALENDAR\r\n", encoding="utf-8", newline="")
    return path


def own_file(home: Home, path: Path, change: Callable[[str], str]) -> Path:
    """Our own export, changed and younger than what is here."""
    text = home.house.exporter.calendar(Wanted())
    told = text.decode() if isinstance(text, bytes) else text
    lines = [
        f"{line.split(':')[0]}:20270101T000000Z"
        if line.startswith(("DTSTAMP:", "LAST-MODIFIED:"))
        else line
        for line in told.split("\r\n")
    ]
    path.write_text(change("\r\n".join(lines)), encoding="utf-8", newline="")
    return path


def two_new(tmp_path: Path) -> Path:
    return written(
        tmp_path / "clinic.ics",
        event("one@x", "Blood test", "20260407T091500", "ATTACH:https://example.org/a.pdf"),
        event("two@x", "Podiatry", "20260408T101500", "LOCATION:Room 4"),
    )


def drop(target: QWidget | QPoint, window: MainWindow, *paths: Path) -> bool:
    """Drag files over the window and let them go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    spot, copy = QPoint(300, 300), Qt.DropAction.CopyAction
    over = QDragEnterEvent(spot, copy, data, LEFT, NOTHING_HELD)
    there = window if isinstance(target, QPoint) else target
    QApplication.sendEvent(there, over)
    if not over.isAccepted():
        return False
    let_go = QDropEvent(QPointF(spot), copy, data, LEFT, NOTHING_HELD)
    QApplication.sendEvent(there, let_go)
    return let_go.isAccepted()


def preview(window: MainWindow, qtbot: QtBot) -> PreviewSheet:
    sheet = lying(window, qtbot)
    assert isinstance(sheet, PreviewSheet)
    return sheet


def lying(window: MainWindow, qtbot: QtBot) -> QWidget:
    def is_there() -> bool:
        return window.files.incoming is not None and window.files.incoming.sheet is not None

    qtbot.waitUntil(is_there, timeout=20_000)
    assert window.files.incoming is not None
    sheet = window.files.incoming.sheet
    assert sheet is not None
    return sheet


def text(widget: QWidget) -> str:
    QApplication.processEvents()
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def said(sheet: PreviewSheet) -> list[str]:
    rows = sheet.rows
    role = Qt.ItemDataRole.AccessibleTextRole
    return [rows.index(number, 0).data(role) for number in range(rows.rowCount())]


def titles(home: Home) -> set[str]:
    return {one.title for one in home.house.care.store.all(Appointment)}


def choose(sheet: PreviewSheet, title: str) -> None:
    rows = sheet.rows
    for number in range(rows.rowCount()):
        if rows.index(number, 0).data() == title:
            sheet.list.setCurrentIndex(rows.index(number, 0))
            return
    raise AssertionError(title)


# -- The way in ------------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", ["today", "calendar", "watch", "bag", "support", "care"])
def test_a_file_dropped_on_any_tab_is_shown_before_anything_is_kept(
    tab, home, window, qtbot, tmp_path
):
    before = titles(home)
    window.open(tab)
    assert drop(window, window, two_new(tmp_path))
    sheet = preview(window, qtbot)
    assert sheet.title.text() == "Take in a calendar file"
    assert sheet.subtitle.text() == "2 new · clinic.ics · Willow Lane"
    assert titles(home) == before
    sheet.done(0)


def test_a_text_field_under_the_mouse_does_not_get_the_name_of_the_file(window, qtbot, tmp_path):
    handle = window.windowHandle()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(two_new(tmp_path)))])
    middle = window.head.search.mapTo(window, window.head.search.rect().center())
    let_go = QDropEvent(QPointF(middle), Qt.DropAction.CopyAction, data, LEFT, NOTHING_HELD)
    QApplication.sendEvent(handle, let_go)
    assert let_go.isAccepted()
    preview(window, qtbot).done(0)
    assert "clinic.ics" not in window.head.search.text()


def test_what_is_no_calendar_file_gets_a_sentence(window, tmp_path):
    other = tmp_path / "letter.pdf"
    other.write_bytes(b"%PDF")
    assert drop(window, window, other)
    assert "Only calendar files can be dropped here" in window.banner.words()


def test_words_that_are_dropped_are_none_of_ours(window):
    data = QMimeData()
    data.setText("words")
    over = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, LEFT, NOTHING_HELD)
    QApplication.sendEvent(window, over)
    assert not over.isAccepted()


def test_nothing_is_taken_while_the_emergency_page_or_a_sheet_lies_open(window, tmp_path):
    window.show_emergency()
    assert not drop(window, window, two_new(tmp_path))
    window.leave_layer()
    window.show_keys()
    assert not drop(window, window, two_new(tmp_path))
    assert window.files.sheet is not None
    window.files.sheet.done(0)


def test_several_files_come_one_after_the_other(home, window, qtbot, tmp_path):
    first = two_new(tmp_path)
    second = written(tmp_path / "b.ics", event("three@x", "Eye clinic", "20260409T080000"))
    broken = tmp_path / "c.ics"
    broken.write_text("hello", encoding="utf-8")
    assert drop(window, window, first, second, broken)
    sheet = preview(window, qtbot)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    sheet = preview(window, qtbot)
    assert said(sheet)[0].startswith("Eye clinic, ticked")
    qtbot.mouseClick(sheet.primary, LEFT)
    last = lying(window, qtbot)
    assert isinstance(last, SaidSheet)
    assert "There is no appointment in this file" in last.said.text()
    last.done(0)
    assert {"Eye clinic"} <= titles(home)
    assert "Blood test" not in titles(home)


def test_the_menu_of_the_calendar_and_settings_ask_which_file(window, qtbot, monkeypatch, tmp_path):
    path, asked = two_new(tmp_path), []

    class Dialogs:
        @staticmethod
        def getOpenFileName(*words: object) -> tuple[str, str]:
            asked.append(words[1])
            return str(path) if len(asked) < 3 else "", ""

    monkeypatch.setattr(Later, "file_dialog", Dialogs)
    window.open("calendar")
    page = window.page("calendar")
    assert isinstance(page, CalendarTab)
    actions = page.head.file_button.menu().actions()
    assert [one.text() for one in actions] == [
        "Save a calendar file…",
        "Take in a calendar file…",
    ]
    actions[1].trigger()
    preview(window, qtbot).done(0)
    window.open("settings", "files")
    window.findChild(FilesGroup).take_in.click()
    preview(window, qtbot).done(0)
    window.open("import")
    assert asked == ["Take in a calendar file"] * 3
    assert window.files.incoming is not None
    assert window.files.incoming.reading is None


# -- What is shown ---------------------------------------------------------------------------------


def test_each_row_says_what_becomes_of_it(home, window, qtbot, tmp_path):
    appointment(home, "eye", "Eye clinic", "2026-04-02T09:15")
    appointment(home, "dentist", "Dentist", "2026-04-08T10:15")

    def changed(told: str) -> str:
        told = told.replace("20260402T091500", "20260403T100000")
        told = told.replace("20260402T094500", "20260403T103000")
        new = event("new@x", "Podiatry<b>\\nbold</b>", "20260410T080000", "LOCATION:Room\\n4")
        bad = event("bad@x", "Never", "20260231T080000")
        return told.replace("END:VCALENDAR", f"{new}{bad}END:VCALENDAR")

    window.files.import_file(own_file(home, tmp_path / "own.ics", changed))
    sheet = preview(window, qtbot)
    counted = sheet.subtitle.text().split(" · ")[0]
    assert counted.startswith("1 new, 1 changed, 1 left out, ")
    assert counted.endswith(" already here")
    rows = said(sheet)
    eye = next(row for row in rows if row.startswith("Eye clinic"))
    assert "Start: Thu 2 Apr, 9:15 → Fri 3 Apr, 10:00" in eye
    new = next(row for row in rows if row.startswith("Podiatry"))
    assert new == "Podiatry<b> bold</b>, ticked, Fri 10 Apr, 8:00 · Room 4, Other, New"
    left = next(row for row in rows if row.startswith("Never"))
    assert "Left out" in left
    assert "Line " in left
    assert any(row.startswith("Dentist, Wed 8 Apr, 10:15") for row in rows)
    assert sheet.primary.words == "Take in 2"
    segment = next(one for one in sheet.filter.segments if one.key == "updated")
    qtbot.mouseClick(segment, LEFT)
    assert [row.split(",")[0] for row in said(sheet)] == ["Eye clinic"]
    sheet.done(0)


def test_what_is_not_kept_is_counted_and_folded_away(window, qtbot, tmp_path):
    window.files.import_file(two_new(tmp_path))
    sheet = preview(window, qtbot)
    assert "1 attachment" not in text(sheet)
    qtbot.mouseClick(sheet.fold, LEFT)
    assert "Not kept: 1 attachment. Nothing named in a file is ever opened." in text(sheet)
    sheet.done(0)


def test_a_file_of_what_is_here_already_says_so(home, window, qtbot, tmp_path):
    window.files.import_file(own_file(home, tmp_path / "own.ics", str))
    sheet = lying(window, qtbot)
    assert isinstance(sheet, SaidSheet)
    assert sheet.windowTitle() == "All of it is here already"
    assert "in the calendar just like this" in sheet.said.text()
    qtbot.mouseClick(sheet.primary, LEFT)


@pytest.mark.parametrize("name", ["missing.ics", "folder.ics", "empty.ics", "large.ics"])
def test_what_cannot_be_read_gets_a_sentence_and_costs_nothing(name, home, window, qtbot, tmp_path):
    path, before = tmp_path / name, titles(home)
    if name == "folder.ics":
        path.mkdir()
    elif name != "missing.ics":
        path.write_bytes(b"" if name == "empty.ics" else b"x" * (10 * 1024**2 + 1))
    window.files.import_file(path)
    sheet = lying(window, qtbot)
    assert isinstance(sheet, SaidSheet)
    assert sheet.said.text().endswith((".", "!"))
    assert len(sheet.said.text()) > 20
    sheet.done(0)
    assert titles(home) == before


# -- Choosing and taking ---------------------------------------------------------------------------


def test_one_is_unticked_another_gets_a_kind_and_undo_takes_it_back(home, window, qtbot, tmp_path):
    before = titles(home)
    window.files.import_file(two_new(tmp_path))
    sheet = preview(window, qtbot)
    assert sheet.primary.words == "Take in 2"
    choose(sheet, "Blood test")
    qtbot.keyClick(sheet.list, Qt.Key.Key_Space)
    assert sheet.primary.words == "Take in 1"
    qtbot.keyClick(sheet.list, Qt.Key.Key_Down)
    sheet.list.kind_actions["follow-up"].trigger()
    assert sheet.detail.kind.value() == "follow-up"
    qtbot.mouseClick(sheet.primary, LEFT)
    assert titles(home) - before == {"Podiatry"}
    kept = next(one for one in home.house.care.store.all(Appointment) if one.title == "Podiatry")
    assert (kept.type, kept.place, kept.person) == ("follow-up", "Room 4", "rosa")
    assert window.banner.words() == "1 taken in from “clinic.ics”"
    assert window.tab_bar.currentIndex() == 1
    page = window.page("calendar")
    assert isinstance(page, CalendarTab)
    assert page._chosen.isoformat() == "2026-04-08"
    window.undo()
    assert titles(home) == before


def test_a_click_on_the_box_ticks_and_a_click_elsewhere_does_not(window, qtbot, tmp_path):
    window.files.import_file(two_new(tmp_path))
    sheet = preview(window, qtbot)
    view = sheet.list.viewport()
    box = sheet.list.visualRect(sheet.rows.index(1, 0))
    qtbot.mouseClick(view, LEFT, pos=QPoint(box.left() + 20, box.center().y()))
    assert sheet.primary.words == "Take in 1"
    qtbot.mouseClick(view, LEFT, pos=QPoint(box.left() + 200, box.center().y()))
    assert sheet.primary.words == "Take in 1"
    assert sheet.detail.name.text() == "Podiatry"
    sheet.done(0)


def test_with_nothing_ticked_the_button_is_dead_and_says_why(window, qtbot, tmp_path):
    window.files.import_file(two_new(tmp_path))
    sheet = preview(window, qtbot)
    qtbot.mouseClick(sheet.none, LEFT)
    assert not sheet.primary.isEnabled()
    assert sheet.note.text() == "Tick what is to be taken in."
    qtbot.mouseClick(sheet.all, LEFT)
    assert sheet.primary.isEnabled()
    assert sheet.primary.words == "Take in 2"
    sheet.done(0)


def test_where_nothing_can_be_taken_there_is_only_close(window, qtbot, tmp_path):
    task = "BEGIN:VTODO\r\nUID:t@x\r\nSUMMARY:Buy plasters\r\nEND:VTODO\r\n"
    window.files.import_file(written(tmp_path / "tasks.ics", task))
    sheet = preview(window, qtbot)
    assert "nothing in this file that could be taken in" in sheet.note.text()
    assert not any(one.isVisible() for one in (sheet.primary, sheet.all, sheet.none))
    assert sheet.cancel.words == "Close"
    qtbot.mouseClick(sheet.cancel, LEFT)
    qtbot.waitUntil(lambda: window.files.incoming.sheet is None)


def test_enter_after_a_kind_takes_nothing_in_but_ctrl_enter_does(home, window, qtbot, tmp_path):
    window.files.import_file(two_new(tmp_path))
    sheet = preview(window, qtbot)
    before = titles(home)
    for field in (sheet.detail.kind, sheet.alarms):
        field.control.setFocus()
        qtbot.keyClick(field.control, Qt.Key.Key_Return)
    assert titles(home) == before
    assert sheet.isVisible()
    qtbot.keyClick(sheet.alarms.control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert {"Blood test", "Podiatry"} <= titles(home)


def test_what_is_no_calendar_at_all_is_called_so(window, qtbot, tmp_path):
    path = tmp_path / "photo.ics"
    path.write_bytes(b"\x89PNG..." * 100)
    window.files.import_file(path)
    sheet = lying(window, qtbot)
    assert isinstance(sheet, SaidSheet)
    assert sheet.said.text().endswith("It does not look like a calendar file.")
    sheet.done(0)


def test_whom_and_which_reminders_are_asked_where_it_matters(home, window, qtbot, tmp_path):
    home.house.people.save_person(Person(id="mei", name="王梅"))
    window.set_person("rosa")
    alarm = ("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT45M", "END:VALARM")
    path = written(tmp_path / "a.ics", event("one@x", "Podiatry", "20260407T091500", *alarm))
    window.files.import_file(path)
    sheet = preview(window, qtbot)
    assert sheet.person.value() == "rosa"
    sheet.person.set_value("mei")
    sheet.alarms.set_value("none")
    assert not sheet.primary.isEnabled()
    qtbot.waitUntil(lambda: not sheet.steps.is_at_work)
    qtbot.mouseClick(sheet.primary, LEFT)
    kept = next(one for one in home.house.care.store.all(Appointment) if one.title == "Podiatry")
    assert kept.person == "mei"
    assert lead_times(kept) == ()


def test_a_row_that_moves_a_treatment_visit_is_not_taken_but_leads_to_it(
    home, window, qtbot, tmp_path
):
    visit = next(
        one for one in home.house.care.store.all(Appointment)
        if one.type == "infusion" and one.start.local.isoformat().startswith("2026-03-31")
    )  # fmt: skip
    moved = lambda told: told.replace("20260331T", "20260402T")  # noqa: E731
    window.files.import_file(own_file(home, tmp_path / "own.ics", moved))
    sheet = preview(window, qtbot)
    row = next(one for one in said(sheet) if "moves a treatment visit" in one)
    assert "ticked" not in row
    choose(sheet, row.split(",")[0])
    qtbot.keyClick(sheet.list, Qt.Key.Key_Space)
    assert not sheet.primary.isEnabled()
    assert "move the visit in the calendar" in text(sheet.detail)
    qtbot.mouseClick(sheet.detail.open_visit, LEFT)
    assert home.house.care.store.get(Appointment, visit.id) == visit
    page = window.page("calendar")
    assert isinstance(page, CalendarTab)
    qtbot.waitUntil(lambda: page.desk.sheet is not None)
    assert page.desk.sheet is not None
    assert "Infusion 2" in page.desk.sheet.windowTitle() + text(page.desk.sheet)
    page.desk.sheet.done(0)


def test_where_nothing_can_be_written_everything_chosen_stays(
    home, window, qtbot, monkeypatch, tmp_path
):
    def refuse(*_asked: object) -> Iterator[int]:
        yield 0
        raise DataReadOnly("data.read_only", path="/data")

    window.files.import_file(two_new(tmp_path))
    sheet = preview(window, qtbot)
    choose(sheet, "Blood test")
    qtbot.keyClick(sheet.list, Qt.Key.Key_Space)
    monkeypatch.setattr(home.house.importer, "take_in_steps", refuse)
    qtbot.mouseClick(sheet.primary, LEFT)
    assert sheet.isVisible()
    assert sheet.trouble.isVisible()
    assert sheet.primary.words == "Take in 1"
    assert sheet.primary.isEnabled()
    sheet.done(0)


@pytest.mark.parametrize("way", ["escape", "cancel", "close"])
def test_cancel_while_it_is_stored_keeps_nothing_and_everything_chosen(
    way, home, window, qtbot, tmp_path
):
    many = [event(f"n{one}@x", f"Test {one}", "20260407T091500") for one in range(500)]
    window.files.import_file(written(tmp_path / "many.ics", *many))
    sheet = preview(window, qtbot)
    before = titles(home)
    choose(sheet, "Test 3")
    qtbot.keyClick(sheet.list, Qt.Key.Key_Space)

    def stop(count: int) -> None:
        if count < 200:
            return
        if way == "escape":
            qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        else:
            qtbot.mouseClick(sheet.cancel if way == "cancel" else sheet.close_button, LEFT)

    sheet.storing.told.connect(stop)
    qtbot.mouseClick(sheet.primary, LEFT)
    assert titles(home) == before
    assert sheet.isVisible()
    assert "Nothing was taken in." in text(sheet)
    assert sheet.primary.words == "Take in 499"
    sheet.storing.told.disconnect(stop)
    qtbot.mouseClick(sheet.primary, LEFT)
    assert len(titles(home) - before) == 499


def test_nothing_else_is_heard_while_it_is_stored(home, window, qtbot, tmp_path):
    window.files.import_file(two_new(tmp_path))
    sheet = preview(window, qtbot)
    pressed: list[str] = []
    elsewhere = QPushButton("Elsewhere")
    elsewhere.clicked.connect(lambda: pressed.append("elsewhere"))
    elsewhere.show()

    def meddle(_count: int) -> None:
        QTest.mouseClick(elsewhere.windowHandle(), LEFT, NOTHING_HELD, QPoint(5, 5))
        QTest.keyClick(elsewhere.windowHandle(), Qt.Key.Key_Space)
        QTest.keyClick(sheet.windowHandle(), Qt.Key.Key_F2)
        assert not window.is_in_emergency

    sheet.storing.told.connect(meddle)
    qtbot.mouseClick(sheet.primary, LEFT)
    assert {"Blood test", "Podiatry"} <= titles(home)
    assert pressed == []
    assert window.is_in_emergency, "help that was asked for meanwhile comes afterwards"
    QTest.mouseClick(elsewhere.windowHandle(), LEFT, NOTHING_HELD, QPoint(5, 5))
    assert pressed == ["elsewhere"], "and then it is heard again"
    elsewhere.close()


# -- A slow file -----------------------------------------------------------------------------------


def test_a_slow_file_shows_how_far_it_is_and_cancel_ends_it(
    home, window, qtbot, monkeypatch, tmp_path
):
    free, seen = Event(), []

    def slow(_data, *, progress, cancelled):
        progress(1234)
        while not free.wait(0.01):
            if cancelled.is_set():
                seen.append("cancelled")
                raise Cancelled
        raise AssertionError

    monkeypatch.setattr(home.house.importer, "read", slow)
    window.files.import_file(two_new(tmp_path))
    incoming = window.files.incoming
    assert incoming is not None
    reading = incoming.reading
    assert reading is not None
    qtbot.waitUntil(lambda: reading.sheet is not None, timeout=1000)
    sheet = reading.sheet
    assert isinstance(sheet, ProgressSheet)
    qtbot.waitUntil(lambda: "Line 1234 reached" in text(sheet))
    qtbot.mouseClick(sheet.primary, LEFT)
    qtbot.waitUntil(lambda: seen == ["cancelled"], timeout=1000)
    assert incoming.reading is None
    assert incoming.sheet is None
    monkeypatch.undo()
    window.files.import_file(two_new(tmp_path))
    preview(window, qtbot).done(0)


def test_a_list_of_very_many_rows_is_only_written_where_it_is_seen(window, qtbot, tmp_path):
    many = [event(f"n{one}@x", f"Test {one}", "20260407T091500") for one in range(3000)]
    window.files.import_file(written(tmp_path / "many.ics", *many))
    sheet = preview(window, qtbot)
    wrote, real = [], sheet.rows.wording.when
    sheet.rows.wording.when = lambda row: wrote.append(1) or real(row)  # type: ignore[method-assign]
    bar = sheet.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    sheet.list.viewport().repaint()
    assert 0 < len(wrote) < 60
    sheet.done(0)


def test_signs_that_turn_or_ring_do_not_reach_the_screen():
    assert plain("Blood\x07 test\u202e\r\n<b>now</b>\u2028") == "Blood test <b>now</b>"
    assert plain("x" * 400) == "x" * 300 + "…"
