"""The dialog keeps what was typed, fits small screens, and the ring follows the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from caregiver_app.gui.focus_ring import FocusRing, radius_of
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.fields import LineField, NumberField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet, Veil
from caregiver_app.gui.widgets.ticks import TickRow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme()
    made.apply(qapp)
    made.set_mode("light")
    yield made
    made.set_scale(1.0)


@pytest.fixture
def window(qtbot, theme) -> QWidget:
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


@pytest.fixture
def sheet(qtbot, theme, window) -> Sheet:
    made = Sheet(theme, "Therapy plan", icon="infusion", primary="Save this plan", parent=window)
    made.add_row(
        LineField(theme, "Medicine"), DateField(theme, "First", today=lambda: date(2026, 3, 20))
    )
    made.add(NumberField(theme, "Then every"))
    made.add(TickRow(theme, "I compared this with the clinic's letter"))
    made.add(Segmented(theme, [("a", "Mild"), ("b", "Severe")], name="How strong"))
    qtbot.addWidget(made)
    return made


def test_it_opens_over_a_veil_and_begins_at_the_first_field(qtbot, sheet, window):
    sheet.open()
    assert sheet.windowModality() == Qt.WindowModality.WindowModal
    assert sheet.accessibleName() == "Therapy plan"
    assert len(window.findChildren(Veil)) == 1
    assert sheet.focusWidget() is sheet.fields()[0].control
    sheet.grab()
    sheet.reject()
    assert not sheet.isVisible()
    qtbot.waitUntil(lambda: not window.findChildren(Veil))


def test_escape_closes_at_once_when_nothing_was_changed(qtbot, sheet):
    sheet.open()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_escape_asks_when_something_would_be_lost(qtbot, sheet):
    sheet.open()
    medicine = sheet.fields()[0]
    qtbot.keyClicks(medicine.control, "infliximab")
    assert sheet.is_changed()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    assert sheet.asks()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)  # back to the form
    assert not sheet.asks()
    assert medicine.text() == "infliximab"
    qtbot.mouseClick(sheet.close_button, LEFT)
    assert sheet.asks()
    sheet.grab()
    leave = next(b for b in sheet.findChildren(PlainButton.__base__) if "without" in b.words)
    qtbot.mouseClick(leave, LEFT)
    assert not sheet.isVisible()


def test_a_tick_counts_as_a_change_and_can_be_forgotten(qtbot, sheet):
    sheet.open()
    qtbot.mouseClick(sheet.findChild(TickRow), LEFT)
    assert sheet.is_changed()
    sheet.forget_changes()
    assert not sheet.is_changed()


def test_the_primary_asks_the_form_and_errors_come_into_view(qtbot, sheet):
    sheet.open()
    with qtbot.waitSignal(sheet.confirmed):
        qtbot.mouseClick(sheet.primary, LEFT)
    assert sheet.isVisible()
    assert not sheet.focus_first_error()
    number = sheet.fields()[-1]
    number.set_error("A number of weeks, 1 or more.")
    assert sheet.focus_first_error()
    assert sheet.focusWidget() is number.control
    with qtbot.waitSignal(sheet.confirmed):
        qtbot.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(sheet.finished):
        sheet.accept()


def test_closed_it_gives_the_keyboard_back(qtbot, theme, sheet, window, qapp):
    here = LineField(theme, "Title")
    window.layout().addWidget(PlainButton(theme, "Add"))
    window.layout().addWidget(here)
    window.activateWindow()
    qtbot.waitUntil(lambda: qapp.activeWindow() is window)
    here.control.setFocus()
    for leave in (sheet.reject, sheet.accept):
        sheet.open()
        qtbot.waitUntil(lambda: qapp.activeWindow() is sheet)
        leave()
        qtbot.waitUntil(lambda: qapp.activeWindow() is window)
        assert qapp.focusWidget() is here.control


def test_two_sheets_closed_together_go_back_to_the_window_below(qtbot, theme, sheet, window, qapp):
    here = LineField(theme, "Title")
    window.layout().addWidget(here)
    here.control.setFocus()
    upper = Sheet(theme, "Cancel it?", icon="close", primary="Cancel this visit", parent=sheet)
    upper.accepted.connect(sheet.accept)
    sheet.open()
    upper.open()
    qtbot.waitUntil(lambda: qapp.activeWindow() is upper)
    upper.accept()
    assert not sheet.isVisible()
    qtbot.waitUntil(lambda: qapp.activeWindow() is window)
    assert qapp.focusWidget() is here.control


def test_it_fits_into_a_small_window_at_double_size(qtbot, theme, sheet, window):
    theme.set_scale(2.0)
    sheet.open()
    assert sheet.height() <= 600
    assert sheet.width() <= 900
    assert sheet.area.verticalScrollBar().maximum() > 0
    button = sheet.primary
    foot = button.mapTo(sheet, button.rect().bottomRight())
    assert sheet.rect().contains(foot)


def test_the_ring_shows_for_keys_and_always_on_fields(qtbot, theme, window, qapp):
    ring = FocusRing(theme, qapp)
    button, field = PlainButton(theme, "Add"), LineField(theme, "Title")
    window.layout().addWidget(button)
    window.layout().addWidget(field)
    window.activateWindow()
    qtbot.waitUntil(lambda: qapp.activeWindow() is window)
    handle = window.windowHandle()
    button.setFocus()
    QTest.mouseClick(handle, LEFT, pos=button.mapTo(window, button.rect().center()))
    assert ring.ringed is None
    field.control.setFocus()
    qtbot.waitUntil(lambda: ring.ringed is field.control)
    QTest.keyClick(handle, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: ring.ringed is button)
    place = ring._overlay.geometry()
    assert place.width() == button.width() + 10
    image = window.grab().toImage()
    assert image.pixelColor(place.center().x(), place.top() + 1) == theme.colour("focus")
    window.resize(700, 600)
    qtbot.waitUntil(lambda: ring._overlay.geometry().width() == button.width() + 10)
    button.deleteLater()
    qtbot.waitUntil(lambda: ring.ringed is not button)
    ring.deleteLater()


def test_no_ring_where_a_widget_paints_its_own(qtbot, theme, window, qapp):
    ring = FocusRing(theme, qapp)
    field = LineField(theme, "Title")
    field.control.setProperty("focusRing", "none")
    window.layout().addWidget(field)
    window.activateWindow()
    field.control.setFocus()
    assert ring.ringed is None
    assert radius_of(field.control) > 10
    ring.deleteLater()


def test_a_sheet_over_a_sheet_may_be_wider_than_that_one(theme, window, sheet):
    sheet.open()
    upper = Sheet(
        theme, "Move it", icon="calendar", primary="Move", width=sheet.width() + 80, parent=sheet
    )
    upper.open()
    QApplication.processEvents()
    assert upper.width() == sheet.width() + 80
    upper.close()


def test_the_veil_over_a_sheet_leaves_its_round_corners_alone(theme, window, sheet):
    sheet.open()
    QApplication.processEvents()
    corner, middle = sheet.grab().toImage().pixelColor(0, 0), sheet.rect().center()
    inside = sheet.grab().toImage().pixelColor(middle)
    upper = Sheet(theme, "Move it", icon="calendar", primary="Move", parent=sheet)
    upper.open()
    QApplication.processEvents()
    covered = sheet.grab().toImage()
    assert covered.pixelColor(0, 0) == corner
    assert covered.pixelColor(middle) != inside
    upper.close()
