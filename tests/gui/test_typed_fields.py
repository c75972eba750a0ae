"""Dates and time zones as they are typed: nothing is guessed, and what is wrong is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.fields import ZoneField

TODAY = date(2026, 3, 20)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme()
    made.apply(qapp)
    made.set_mode("light")
    yield made
    made.set_scale(1.0)


def shown(qtbot, widget: QWidget) -> QWidget:
    """Show `widget` in a window and return the window."""
    window = QWidget()
    QVBoxLayout(window).addWidget(widget)
    qtbot.addWidget(window)
    widget.kept = window  # without a reference Python would take window and widget away
    window.resize(420, window.sizeHint().height())
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.mark.parametrize("typed", ["11/24/2026", "24/11/2026", "24.11.2026"])
def test_a_date_with_slashes_is_read_and_written_out_at_once(qtbot, theme, typed):
    field = DateField(theme, "First visit", today=lambda: TODAY)
    shown(qtbot, field)
    qtbot.keyClicks(field.line, typed)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.value() == date(2026, 11, 24)
    assert field.text() == "Tue 24 November 2026"
    assert field.error() is None


def test_a_day_without_year_is_the_next_such_day(qtbot, theme):
    field = DateField(theme, "First visit", today=lambda: date(2026, 11, 27))
    shown(qtbot, field)
    qtbot.keyClicks(field.line, "26 nov")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.text() == "Fri 26 November 2027"


def test_of_what_is_over_it_is_the_last_such_day(qtbot, theme):
    field = DateField(theme, "Given on", today=lambda: date(2026, 11, 25), past=True)
    shown(qtbot, field)
    qtbot.keyClicks(field.line, "26 nov")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.text() == "Wed 26 November 2025"


@pytest.mark.parametrize(
    ("typed", "past", "day"),
    [
        ("Tuesday", False, "Tue 1 December 2026"), ("tuesday", True, "Tue 24 November 2026"),
        ("yesterday", True, "Tue 24 November 2026"), ("tomorrow", False, "Thu 26 November 2026"),
    ],
)  # fmt: skip
def test_a_day_near_today_is_typed_by_its_name(qtbot, theme, typed, past, day):
    field = DateField(theme, "Seen on", today=lambda: date(2026, 11, 25), past=past)
    shown(qtbot, field)
    qtbot.keyClicks(field.line, typed)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.text() == day
    assert field.error() is None


def test_a_date_field_says_how_a_day_is_written(qtbot, theme):
    field = DateField(theme, "First visit", today=lambda: TODAY, hint="When it began.")
    assert "24 Nov 2026" in field.line.toolTip()
    assert field.line.accessibleDescription() == "When it began. Write the day like 24 Nov 2026."
    field.set_error("No.")
    assert field.line.accessibleDescription() == "No."
    field.set_error(None)
    assert "24 Nov 2026" in field.line.accessibleDescription()


def zone_field(qtbot, theme, zone: str = "") -> ZoneField:
    field = ZoneField(theme, "Time zone", zone=zone)
    window = shown(qtbot, field)
    after = PlainButton(theme, "After")
    window.layout().addWidget(after)
    after.show()
    field.line.setFocus()
    qtbot.waitUntil(field.line.hasFocus)
    return field


def keys(qtbot, field: ZoneField, text: str, *then: Qt.Key) -> None:
    """Type into a zone field; with its list open the keys go to the list, as on a real screen."""
    for letter in text:
        popup = field.line.completer().popup()
        qtbot.keyClicks(popup if popup.isVisible() else field.line, letter)
    for key in then:
        popup = field.line.completer().popup()
        qtbot.keyClick(popup if popup.isVisible() else field.line, key)


def test_a_zone_is_kept_as_typed(qtbot, theme):
    field = ZoneField(theme, "Time zone", zone="America/New_York")
    assert field.is_known()
    field.set_text("Mars/Base")
    assert not field.is_known()
    assert field.value() == "Mars/Base"
    field.set_value("Etc/UTC")
    assert field.is_known()


@pytest.mark.parametrize(
    ("typed", "then", "taken"),
    [
        (" america/new", [Qt.Key.Key_Down, Qt.Key.Key_Return], "America/New_York"),
        ("new york", [Qt.Key.Key_Return], "America/New_York"),
        ("BERL", [Qt.Key.Key_Tab], "Europe/Berlin"),
        ("berl", [Qt.Key.Key_Down, Qt.Key.Key_Tab], "Europe/Berlin"),
        ("europe/berlin", [Qt.Key.Key_Return], "Europe/Berlin"),
        ("utc", [Qt.Key.Key_Tab], "UTC"),
        ("argentina/", [Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return],
         "America/Argentina/Catamarca"),
    ],
)  # fmt: skip
def test_a_zone_is_found_by_any_part_with_keys(qtbot, theme, typed, then, taken):
    field = zone_field(qtbot, theme)
    keys(qtbot, field, typed, *then)
    assert (field.text(), field.value()) == (taken, taken)
    assert field.is_known()
    assert field.error() is None
    assert not field.line.completer().popup().isVisible()
    assert field.line.hasFocus() == (then[-1] != Qt.Key.Key_Tab)


@pytest.mark.parametrize("typed", ["europe/b", "mars base", "accra city"])
@pytest.mark.parametrize("leaves", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_zone_that_does_not_fit_stays_and_is_complained_of(qtbot, theme, typed, leaves):
    field = zone_field(qtbot, theme)
    keys(qtbot, field, typed, leaves)
    assert field.text() == typed
    assert not field.is_known()
    assert f"There is no time zone called “{typed}”" in (field.error() or "")
    field.line.setFocus()
    keys(qtbot, field, " ")
    assert field.error() is None, "mending takes the complaint away"


def test_down_opens_the_list_of_zones(qtbot, theme):
    field = zone_field(qtbot, theme)
    keys(qtbot, field, "", Qt.Key.Key_Down)
    assert field.line.completer().popup().isVisible()
    keys(qtbot, field, "", Qt.Key.Key_Escape)
    assert field.text() == ""


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("portugal", "Europe/Lisbon"),
        ("south korea", "Asia/Seoul"),
        ("england", "Europe/London"),
        ("calcutta", "Asia/Calcutta"),
        ("lisbon", "Europe/Lisbon"),
    ],
)
def test_a_zone_is_found_by_city_country_or_old_name(qtbot, theme, typed, zone):
    field = zone_field(qtbot, theme)
    keys(qtbot, field, typed)
    model = field.line.completer().completionModel()
    offered = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert zone in offered


def test_return_takes_the_zone_of_a_country_that_has_only_one(qtbot, theme):
    field = zone_field(qtbot, theme)
    keys(qtbot, field, "hungary", Qt.Key.Key_Return)
    assert (field.text(), field.is_known()) == ("Europe/Budapest", True)
