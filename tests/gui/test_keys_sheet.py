"""The list of keys is true: what it names works, and what works is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from caregiver_app.bootstrap import tab_class
from caregiver_app.gui.app import make_window
from caregiver_app.gui.calendar.desk import Desk
from caregiver_app.gui.calendar.tab import CalendarTab
from caregiver_app.gui.crisis.page import CrisisPage
from caregiver_app.gui.emergency.page import EmergencyPage
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.keys_sheet import EVERYWHERE, GROUPS, KeyGroup, KeysSheet, key_words
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.chips import Chip
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.day_picker import DayPicker
from caregiver_app.gui.widgets.fields import LineField, NumberField
from caregiver_app.gui.widgets.rows import Row, RowList
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.ticks import TickRow
from tests.fakes import Home
from tests.gui.calendar.family import appointment, dressed, rosas_home

GUI = Path(__file__).resolve().parents[2] / "caregiver_app" / "gui"
# What only tells keys from mouse, or is a way of writing a key that is listed.
NO_KEYS_OF_OURS = {"Backtab", "Select", "Shift", "Control", "Alt", "Meta", "AltGr", "Enter"}


@pytest.fixture(scope="module")
def theme(qapp) -> Theme:
    return dressed(qapp)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = rosas_home(tmp_path)
    yield made
    made.close()


@pytest.fixture
def window(qapp, qtbot, home: Home, theme: Theme) -> Iterator[MainWindow]:
    theme.apply(qapp)
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    made = make_window(home.house, theme, actions, lambda: Later, tab_class)
    made.resize(1280, 860)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.bridge.stop()
    made.hide()
    made.deleteLater()
    theme.set_scale(1.0)
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


def keys_of(group: KeyGroup) -> set[QKeySequence]:
    return {QKeySequence(key) for line in group.lines for key in line.keys}


def group(place: str) -> KeyGroup:
    return next(one for one in GROUPS if one.place == place)


def listed(place: str) -> list[str]:
    return [key for line in group(place).lines for key in line.keys]


def hit(widget: QWidget, key: str) -> None:
    """Press a key that is named as in the list."""
    pressed = QKeySequence(key)[0]
    QTest.keyClick(widget, pressed.key(), pressed.keyboardModifiers())
    QApplication.processEvents()


# ---- the sheet ---------------------------------------------------------------------------------
def test_f1_shows_every_key_of_every_place(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.files.sheet
    assert isinstance(sheet, KeysSheet)
    assert sheet.isVisible()
    shown = [one.text() for one in sheet.findChildren(QLabel) if one.isVisible()]
    for one in GROUPS:
        assert one.place in shown
        for line in one.lines:
            assert line.does in shown
            assert (line.shown or key_words(line.keys[0])) in shown
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert not sheet.isVisible()


def test_a_screen_reader_hears_keys_and_meaning_together(window):
    window.show_keys()
    sheet = window.files.sheet
    said = {one.accessibleName() for one in sheet.content.findChildren(QWidget)}
    assert "Ctrl+K: Search" in said
    assert "Page Up / Page Down: A month back or on; in the week a week" in said
    sheet.done(0)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_of_it_is_cut_and_the_arrow_keys_scroll(window, theme, qtbot, scale):
    theme.set_scale(scale)
    window.resize(900, 600)
    window.show_keys()
    sheet = window.files.sheet
    QApplication.processEvents()
    for chip in sheet.findChildren(Chip):
        assert chip.width() >= chip.sizeHint().width()
        assert chip.parentWidget().rect().contains(chip.geometry())
    bar = sheet.area.verticalScrollBar()
    assert bar.maximum() > 0
    QTest.keyClick(sheet.focusWidget(), Qt.Key.Key_Down)
    assert bar.value() > 0
    QTest.keyClick(sheet.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(sheet.focusWidget(), Qt.Key.Key_Backtab)
    assert sheet.focusWidget() is sheet.area, "the keyboard can come back to the list"
    sheet.done(0)


# ---- what works in the window ------------------------------------------------------------------
def test_the_window_has_exactly_the_keys_that_are_listed(window):
    for key in ("calendar", "watch", "bag", "support", "care"):
        window.open(key)
    window.open("settings")
    bound = {action.shortcut() for action in window.findChildren(QAction)}
    bound |= {shortcut.key() for shortcut in window.findChildren(QShortcut)}
    bound.discard(QKeySequence())
    bound.discard(QKeySequence(QKeySequence.StandardKey.Print))  # the bag's own, in its tab only
    assert bound == keys_of(EVERYWHERE)


@pytest.mark.parametrize("place", range(6))
def test_each_page_has_its_number(window, qtbot, place):
    keys = EVERYWHERE.lines[0].keys
    window.open("settings")
    hit(window, keys[place])
    assert window.tab_bar.currentIndex() == place
    assert window.stack.currentWidget() is window.page(window._places[place].key)


def test_settings_search_and_emergency_have_their_keys(window):
    hit(window, "Ctrl+,")
    assert window.stack.currentWidget().accessibleName() == "Settings"
    hit(window, "Ctrl+K")
    assert window.head.search.isAncestorOf(QApplication.focusWidget())
    hit(window, "F2")
    assert isinstance(window.layer, EmergencyPage)
    hit(window, "F4")
    assert isinstance(window.layer, CrisisPage)


# ---- what the code listens to ------------------------------------------------------------------
def test_every_key_that_the_code_listens_to_is_listed():
    found: dict[str, str] = {}
    for path in sorted(GUI.rglob("*.py")):
        for name in re.findall(r"Key\.Key_(\w+)", path.read_text(encoding="utf-8")):
            found.setdefault(name, path.name)
    known = {
        QKeySequence(key)[0].key() for one in GROUPS for line in one.lines for key in line.keys
    }
    missing = {
        name: where
        for name, where in found.items()
        if name not in NO_KEYS_OF_OURS and getattr(Qt.Key, f"Key_{name}") not in known
    }
    assert "PageUp" in found, "the search itself works"
    assert missing == {}


def test_every_listed_key_is_one_that_qt_knows():
    for one in GROUPS:
        for line in one.lines:
            for key in line.keys:
                assert QKeySequence(key)[0].key() != Qt.Key.Key_unknown, key


# ---- the calendar ------------------------------------------------------------------------------
@pytest.fixture
def calendar(qtbot, home: Home, theme: Theme) -> Iterator[CalendarTab]:
    tab = CalendarTab(home.house, theme, lambda page: Desk(home.house, theme, page))
    home.house.care.changes.listen(tab.refresh)
    appointment(home, "lab", "Blood test", "2026-03-24T09:15")
    tab.resize(1280, 800)
    tab.show()
    qtbot.waitExposed(tab)
    tab.go(date(2026, 3, 24))
    tab.month.setFocus()
    yield tab
    if tab.desk.sheet is not None:
        tab.desk.sheet.done(0)
    tab.close()
    tab.deleteLater()


MOVES = (
    "Another day", "A month back or on; in the week a week", "A year back or on", "Today",
)  # fmt: skip


@pytest.mark.parametrize("key", listed("Calendar"))
def test_each_key_of_the_calendar_does_what_is_said(calendar, home, key):
    calendar.show_view("week" if key == "Alt+1" else "month")
    view = calendar.view
    before = (calendar.chosen_day, calendar.desk.sheet, home.house.agenda.get("lab"))
    main = calendar.stage.main_view()
    hit(main if view == "month" else calendar.stage.week.grid, key)
    after = (calendar.chosen_day, calendar.desk.sheet, home.house.agenda.get("lab"))
    does = next(line.does for line in group("Calendar").lines if key in line.keys)
    assert (before[0] != after[0]) is (does in MOVES)
    assert (before[1] is not after[1]) is does.startswith(("Open", "Add"))
    assert (after[2] is None) is does.startswith("Delete")
    assert (calendar.view != view) is does.startswith("Month, week")
    box = calendar.jump_box
    assert (box is not None and box.isVisible()) is does.startswith("Go to")
    if box is not None:
        box.close()


@pytest.mark.parametrize("key", listed("An appointment in the calendar"))
@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_each_key_of_an_appointment_does_what_is_said(calendar, home, key, view):
    calendar.show_view(view)
    calendar.go(date(2026, 3, 24), "lab|2026-03-24T09:15")
    asked: list[str] = []
    if view == "week":
        calendar.stage.week.menu_asked.disconnect()
        calendar.stage.week.menu_asked.connect(lambda row, _spot: asked.append(row))
    main = {"month": calendar.month, "list": calendar.agenda}.get(view) or calendar.stage.week.grid
    before = home.house.agenda.get("lab")
    does = next(
        one.does for one in group("An appointment in the calendar").lines if key in one.keys
    )
    hit(main, key)
    now = home.house.agenda.get("lab")
    if does.startswith("Move it by"):
        assert (now.start != before.start) is (view != "list")
    elif does.startswith("In the week"):
        assert (now.minutes != before.minutes) is (view == "week")
    elif does.startswith("Cancel"):
        assert now.status == "cancelled"
    elif does.startswith(("Move it to", "Copy")):
        assert calendar.desk.sheet is not None
    elif (view, key) == ("week", "Shift+F10"):
        assert asked == ["lab|2026-03-24T09:15"]


# ---- forms, lists and answers ------------------------------------------------------------------
@pytest.fixture
def form(qtbot, theme: Theme) -> Iterator[Sheet]:
    below = QWidget()
    qtbot.addWidget(below)
    below.resize(900, 700)
    below.show()
    made = Sheet(theme, "A form", icon="infusion", primary="Keep", parent=below)
    made.add(LineField(theme, "Name"))
    made.add(DateField(theme, "Day", today=lambda: date(2026, 3, 20)))
    made.add(NumberField(theme, "How many", value=3))
    made.open()
    yield made
    made.done(0)


def test_the_keys_of_a_form(form, qtbot):
    name, day, number = form.fields()
    with qtbot.waitSignal(form.confirmed):
        hit(name.control, "Ctrl+Return")
    hit(number.control, "Up")
    assert number.value() == 4
    hit(number.control, "Down")
    assert number.value() == 3
    hit(day.control, "Alt+Down")
    (picker,) = [p for p in form.findChildren(DayPicker) if p.isVisible()]
    picker.close()
    picker.deleteLater()
    QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    hit(name.control, "A")
    hit(name.control, "Escape")
    assert form.asks(), "it asks first when something was typed"
    assert {"Ctrl+Return", "Escape", "Alt+Down", "Up", "Down"} <= set(listed("Forms"))


def test_the_keys_of_a_list(qtbot, theme):
    page = QWidget()
    column = QVBoxLayout(page)
    rows = RowList(theme, "Rows")
    rows.set_rows([Row(key="a", title="First"), Row(key="b", title="Second")])
    tick = TickRow(theme, "Socks", may_be_not_needed=True)
    words = Segmented(theme, [("a", "A"), ("b", "B")], name="Which", chosen="a")
    for widget in (rows, tick, words):
        column.addWidget(widget)
    qtbot.addWidget(page)
    page.show()
    hit(rows, "Down")
    hit(rows, "Down")
    assert rows.current_key() == "b"
    hit(rows, "Up")
    assert rows.current_key() == "a"
    for key in ("Return", "Space"):
        with qtbot.waitSignal(rows.opened):
            hit(rows, key)
    hit(tick, "N")
    assert tick.state == "not_needed"
    for key, state in (("Space", "open"), ("Return", "done")):
        hit(tick, key)
        assert tick.state == state
    hit(words.segments[0], "Right")
    assert words.value() == "b"
