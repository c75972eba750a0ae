"""Medicines of every day would fill every cell: they are left out until somebody wants them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from caregiver_app.domain.occurrences import is_everyday
from tests.factories import appointment as made
from tests.gui.calendar.family import appointment


@pytest.mark.parametrize(
    ("fields", "everyday"),
    [
        ({"rrule": "FREQ=DAILY"}, True),
        ({"rrule": "FREQ=DAILY;INTERVAL=1"}, True),
        ({"rrule": "FREQ=DAILY;INTERVAL=2"}, False),
        ({"rrule": "FREQ=DAILY;COUNT=5"}, False),
        ({"rrule": "FREQ=DAILY;BYDAY=TU"}, False),
        ({"rrule": "FREQ=DAILY;BYDAY=MO,TU", "start": "2026-11-24T08:00"}, False),
        ({"rrule": "FREQ=DAILY;UNTIL=20261224T235900Z"}, False),
        ({"rrule": "FREQ=WEEKLY"}, False),
        ({}, False),
        ({"rrule": "FREQ=DAILY", "type": "other"}, False),
    ],
)
def test_what_counts_as_everyday(fields: dict[str, str], everyday: bool):
    assert is_everyday(made(**{"type": "medication", **fields})) is everyday


def titles(tab) -> list[str]:
    return [row.title for row in tab.agenda.rows.rows if not row.heading]


def marks(tab) -> list[str]:
    return [mark.title for day in tab.month.days.days for mark in day.marks]


def test_they_are_left_out_shown_on_a_click_and_remembered(home, show, qtbot):
    appointment(home, "pill", "Folic acid", "2026-03-20T08:00", rrule="FREQ=DAILY",
                type="medication")  # fmt: skip
    appointment(home, "mtx", "Methotrexate", "2026-03-20T18:00", rrule="FREQ=WEEKLY",
                type="medication")  # fmt: skip
    tab = show(home)
    assert "Folic acid" not in titles(tab) + marks(tab)
    assert "Methotrexate" in titles(tab)
    assert "Methotrexate" in marks(tab)
    assert tab.everyday.words.text() == "Everyday medicines are left out here."
    assert tab.everyday.button.accessibleName() == "Show everyday medicines"
    qtbot.mouseClick(tab.everyday.button, Qt.MouseButton.LeftButton)
    assert "Folic acid" in titles(tab)
    assert "Folic acid" in marks(tab)
    home.restart()
    again = show(home)
    assert "Folic acid" in titles(again)
    qtbot.mouseClick(again.everyday.button, Qt.MouseButton.LeftButton)
    assert "Folic acid" not in titles(again) + marks(again)


def test_without_any_nothing_is_said_of_them(home, show):
    assert not show(home).everyday.isVisible()


def test_the_list_of_the_command_line_has_them_all_the_same(home):
    appointment(home, "pill", "Folic acid", "2026-03-20T08:00", rrule="FREQ=DAILY",
                type="medication")  # fmt: skip
    day = home.house.care.today
    assert [one.appointment.id for one in home.house.agenda.between(day, day)] == ["pill"]
