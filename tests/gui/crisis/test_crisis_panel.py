"""One key shows whom to call in a crisis, wherever one is; it asks for nothing first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.bootstrap import tab_class
from caregiver_app.gui.app import make_window
from caregiver_app.gui.crisis.page import CrisisPage
from caregiver_app.gui.crisis.parts import bold_parts
from caregiver_app.gui.crisis.window import CrisisWindow
from caregiver_app.gui.emergency.page import EmergencyPage
from caregiver_app.gui.emergency.window import EmergencyWindow
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.reminder_panel import ReminderPanel
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.fields import ChoiceField, LineField
from caregiver_app.gui.widgets.sheet import Sheet
from tests.gui.rehearse.rings import HeldRinger
from tests.gui.tabs_family import Family, button, open_family, rosas_family, visible_text

LEFT = Qt.MouseButton.LeftButton
LEAST_POINTS = 12.0


class Held(HeldRinger):
    """Stands for the ringer: keeps whether it was held back."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[bool] = []

    def hold_back(self, hold: bool) -> None:
        self.held.append(hold)


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    made.house.settings.set("emergency_number", "112")
    yield made
    made.close()


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, theme: Theme, family: Family) -> Iterator[MainWindow]:
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    made = make_window(family.house, theme, actions, lambda: Later, tab_class)
    made.ringer = Held()
    made.resize(1280, 860)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.bridge.stop()
    made.hide()
    made.deleteLater()
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


def press(widget: QWidget, key: Qt.Key = Qt.Key.Key_F4) -> None:
    QTest.keyClick(widget, key)
    QApplication.processEvents()


def shown(window: MainWindow) -> CrisisPage | None:
    layer = window.layer
    return layer if isinstance(layer, CrisisPage) and layer.isVisible() else None


def over_forms(kind: type[QWidget] = CrisisWindow) -> list[QWidget]:
    return [
        one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
    ]


def everything_said(page: QWidget) -> str:
    """What stands on the page and what a screen reader says, besides the names of keys."""
    told: list[str] = []
    for one in page.findChildren(QWidget):
        if not one.isVisible():
            continue
        told += [one.accessibleName()]
        if isinstance(one, QLabel | QAbstractButton):
            told.append(one.text())
    return "\n".join(told)


# ---- from anywhere -----------------------------------------------------------------------------
@pytest.mark.parametrize("place", ["today", "calendar", "care", "watch", "bag"])
def test_one_key_from_any_page_and_back(window: MainWindow, place: str) -> None:
    window.open(place)
    before = window.stack.currentWidget()
    press(window)
    page = shown(window)
    assert page is not None
    assert page.band.hasFocus(), "a screen reader begins with whom to call"
    assert "112" in page.band.accessibleName()
    assert window.ringer.held[-1] is True
    press(page.band, Qt.Key.Key_Escape)
    assert shown(window) is None
    assert window.stack.currentWidget() is before
    assert before.isVisible()


def test_the_button_beside_emergency(window: MainWindow, qtbot: QtBot) -> None:
    head = window.head
    assert head.crisis_button.accessibleName() == "Crisis panel: people to call"
    assert "F4" in head.crisis_button.toolTip()
    qtbot.mouseClick(head.crisis_button, LEFT)
    page = shown(window)
    assert page is not None
    qtbot.mouseClick(page.leave, LEFT)
    assert window.head.isVisible()
    assert window.ringer.held[-1] is False


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_smallest_window_still_has_both_ways_to_help(window, theme, scale) -> None:
    theme.set_scale(scale)
    window.resize(640, 480)
    QApplication.processEvents()
    for one in (window.head.crisis_button, window.head.emergency_button):
        corner = one.mapTo(window, one.rect().bottomRight())
        assert window.rect().contains(corner)
        assert one.width() >= one.minimumSizeHint().width()


@pytest.mark.parametrize("typed", ["suicide", "crisis", "hopeless"])
def test_it_is_found_by_the_words_of_somebody_in_need(window, qtbot, typed) -> None:
    window.head.search.begin()
    QTest.keyClicks(window.head.search, typed)

    def titles() -> list[str]:
        found = window._results
        if found is None or not found.isVisible():
            return []
        lines = map(found.list.line_at, range(found.list.lines.rowCount()))
        return [one.title for one in lines if one is not None]

    qtbot.waitUntil(lambda: "Crisis panel" in titles())


def test_before_anything_is_set_up(qapp, qtbot, theme, tmp_path) -> None:
    empty = open_family(tmp_path)
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    window = make_window(empty.house, theme, actions, lambda: Later, tab_class)
    window.show()
    qtbot.waitExposed(window)
    window.begin_first_run()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(window)
    page = shown(window)
    assert page is not None
    assert "Call your local emergency number now" in visible_text(page)
    assert "Go to the nearest emergency department" in visible_text(page)
    numbers = re.sub(r"^\d$", "", everything_said(page), flags=re.MULTILINE)
    assert not re.search(r"\d", numbers), "no number is there that nobody typed"
    press(page.band, Qt.Key.Key_Escape)
    assert window.layer is window._first_run, "the first steps go on where they were"
    window.bridge.stop()
    window.hide()
    window.deleteLater()
    empty.close()


@pytest.mark.parametrize("made", [
    lambda theme, _day: LineField(theme, "Name"),
    lambda theme, day: DateField(theme, "Day", today=lambda: day),
    lambda theme, _day: ChoiceField(theme, "Which", [("a", "A"), ("b", "B")]),
])  # fmt: skip
def test_over_an_open_form_from_any_field(window, theme, family, qtbot, made) -> None:
    form = Sheet(theme, "A form", icon="watch", primary="Save", parent=window)
    field = made(theme, family.house.care.today)
    form.add(field)
    form.open()
    field.control.setFocus()
    press(field.control)
    (over,) = over_forms()
    assert "112" in visible_text(over)
    assert window.ringer.held[-1] is True
    press(over)
    assert len(over_forms()) == 1, "the key again opens no second one"
    press(over.page.band, Qt.Key.Key_Escape)
    assert over_forms() == []
    assert form.isVisible()
    assert window.ringer.held[-1] is False
    form.forget_changes()
    form.done(0)


def test_what_is_half_typed_stays(window, theme, qtbot) -> None:
    form = Sheet(theme, "A form", icon="watch", primary="Save", parent=window)
    field = LineField(theme, "Name")
    form.add(field)
    form.open()
    field.set_text("half")
    press(field.line)
    (over,) = over_forms()
    qtbot.mouseClick(over.page.leave, LEFT)
    assert field.text() == "half"
    form.forget_changes()
    form.done(0)


def test_from_the_reminder_panel(qtbot, theme, family) -> None:
    panel = ReminderPanel(family.house, theme)
    qtbot.addWidget(panel)
    with qtbot.waitSignal(panel.open_asked) as asked:
        QTest.keyClick(panel, Qt.Key.Key_F4)
    assert asked.args == ["crisis", "", ""]


# ---- together with Emergency -------------------------------------------------------------------
def test_emergency_leads_there_and_back_to_the_same_sign(window, qtbot) -> None:
    press(window, Qt.Key.Key_F2)
    emergency = window.layer
    assert isinstance(emergency, EmergencyPage)
    qtbot.mouseClick(button(emergency, "What do you see?"), LEFT)
    qtbot.mouseClick(button(emergency, "Seizure"), LEFT)
    qtbot.mouseClick(emergency.crisis, LEFT)
    page = shown(window)
    assert page is not None
    qtbot.mouseClick(page.leave, LEFT)
    assert window.layer is emergency
    assert emergency.band.hasFocus()
    assert "Seizure" in visible_text(emergency)
    press(emergency, Qt.Key.Key_Escape)
    assert window.head.isVisible()


def test_the_panel_leads_to_emergency(window, qtbot) -> None:
    press(window)
    page = shown(window)
    assert page is not None
    qtbot.mouseClick(page.emergency, LEFT)
    assert isinstance(window.layer, EmergencyPage)
    press(window)
    assert shown(window) is page
    assert window.is_in_emergency


def test_over_a_form_the_two_never_pile_up(window, theme) -> None:
    form = Sheet(theme, "A form", icon="watch", primary="Save", parent=window)
    form.add(LineField(theme, "Name"))
    form.open()
    press(form, Qt.Key.Key_F2)
    (emergency,) = over_forms(EmergencyWindow)
    press(emergency.page.band)
    (crisis,) = over_forms()
    press(crisis.page.band, Qt.Key.Key_F2)
    assert over_forms() == []
    assert over_forms(EmergencyWindow) == [emergency]
    assert window.ringer.held[-1] is True, "the numbers are still there"
    press(emergency.page.band, Qt.Key.Key_Escape)
    assert window.ringer.held[-1] is False
    form.done(0)


# ---- what it says ------------------------------------------------------------------------------
def test_first_page_is_short_and_large_and_the_second_says_more(window, qtbot) -> None:
    press(window)
    page = shown(window)
    assert page is not None
    words = visible_text(page)
    assert len(words.split()) <= 130, "read in a quarter of a minute"
    assert "Asking does not plant the idea." not in words
    assert "Not reviewed by a clinician." in words
    for one in page.findChildren(QLabel):
        if one.isVisible() and one.text():
            font = one.font()
            points = font.pointSizeF() if font.pixelSize() < 0 else font.pixelSize() * 72 / 96
            assert points >= LEAST_POINTS, one.text()
    qtbot.mouseClick(page.steps.turn, LEFT)
    words = visible_text(page)
    assert "Asking does not plant the idea." in words
    assert "From: DBSA" in words
    assert "112" in words, "the number stays above"
    assert page.steps.turn.hasFocus()
    press(page.steps.turn, Qt.Key.Key_Escape)
    assert page.whom.isVisible()
    assert shown(window) is page


def test_numbers_that_are_typed_meanwhile_show(window, family) -> None:
    press(window)
    page = shown(window)
    assert page is not None
    family.house.settings.set("crisis_number", "0800 555 0100")
    assert "0800 555 0100" in visible_text(page)
    assert not page.whom.add.isVisible()
    family.house.settings.set("safety_number", "555 0133")
    assert "Local safety service: 555 0133" in visible_text(page)


def test_the_missing_number_is_typed_below_what_helps_without_it(window, family, qtbot) -> None:
    press(window)
    page = shown(window)
    assert page is not None
    whom = page.whom
    assert not whom.form.isVisible()
    qtbot.mouseClick(whom.add, LEFT)
    assert whom.form.number.line.hasFocus()
    press(whom.form.number.line, Qt.Key.Key_Escape)
    assert not whom.form.isVisible()
    assert shown(window) is page
    qtbot.mouseClick(whom.add, LEFT)
    QTest.keyClicks(whom.form.number.line, "call us")
    press(whom.form.number.line, Qt.Key.Key_Return)
    assert whom.form.number.error() == "Type the number as you would dial it."
    whom.form.number.set_text("0800 555 0100")
    whom.form.name.set_text("Night Line <b>")
    qtbot.mouseClick(whom.form.button, LEFT)
    assert family.house.settings.text("crisis_number", "") == "0800 555 0100"
    assert "Night Line <b>, 0800 555 0100" in visible_text(page)
    assert not whom.form.isVisible()
    assert page.band.hasFocus()


def test_undo_waits_until_the_panel_is_left(window, family) -> None:
    press(window)
    window.undo_action.trigger()
    assert family.house.settings.text("emergency_number", "") == "112"


@pytest.mark.parametrize(("text", "numbers", "bold"), [
    ("Call 112.", ("112",), ["112"]),
    ("Call 1 or 11", ("1", "11"), ["1", "11"]),
    ("Call (0) 5*", ("(0) 5*",), ["(0) 5*"]),
    ("Nothing", (), []),
])  # fmt: skip
def test_the_familys_numbers_are_bold(text, numbers, bold) -> None:
    parts = bold_parts(text, numbers)
    assert "".join(part for part, _ in parts) == text
    assert [part for part, is_bold in parts if is_bold] == bold


@pytest.mark.parametrize(("width", "scale"), [(1280, 1.0), (900, 1.0), (640, 2.0)])
def test_nothing_is_cut(window, theme, family, width, scale) -> None:
    family.house.settings.set("emergency_number", "+49 (0)30 19240 19240 19240 19240")
    theme.set_scale(scale)
    window.resize(width, 600)
    press(window)
    page = shown(window)
    assert page is not None
    QApplication.processEvents()
    for one in page.findChildren(QLabel):
        if one.isVisible() and one.text() and one.hasHeightForWidth():
            assert one.height() >= one.heightForWidth(one.width()) - 1, one.text()
    for one in page.findChildren(QAbstractButton):
        if one.isVisible():
            assert one.width() >= one.minimumSizeHint().width(), one.text()
    bar = page.area.horizontalScrollBar()
    assert not bar.isVisible()
