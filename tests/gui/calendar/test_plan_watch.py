"""How long is watched after a visit: filled in by the medicine, never over what was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from caregiver_app.gui.calendar.plan.plan_dialog import PlanDialog
from tests.gui.calendar.plan_hand import click


@pytest.fixture
def form(nobody, show) -> PlanDialog:
    tab = show(nobody)
    tab.desk.new_plan()
    assert isinstance(tab.desk.sheet, PlanDialog)
    return tab.desk.sheet


def hint(form: PlanDialog) -> str:
    return form.watch.control.accessibleDescription()


@pytest.mark.parametrize(
    ("medicine", "days", "note"),
    [
        ("infliximab", "14", "A late reaction can come up to about two weeks after the drip."),
        ("Lemtrada", "30", "the tests go on"),
        ("risankizumab", "28", "Signs of liver trouble"),
        ("abatacept", "14", ""),
        ("something else", "14", ""),
    ],
)
def test_the_medicine_says_how_long(form, medicine, days, note):
    form.medicine.set_text(medicine)
    assert form.watch.text() == days
    assert (note in hint(form)) if note else not hint(form)


def test_another_medicine_gives_its_own_length(form):
    form.medicine.set_text("Lemtrada")
    form.medicine.set_text("infliximab")
    assert form.watch.text() == "14"


def test_what_was_typed_stays(form, qtbot):
    form.brings.set_open(is_open=True)
    form.watch.control.setFocus()
    form.watch.control.selectAll()
    qtbot.keyClicks(form.watch.control, "5")
    form.medicine.set_text("Lemtrada")
    assert form.watch.text() == "5"
    click(form.usual.button, qtbot)
    assert form.watch.text() == "5"
    qtbot.keyClick(form.watch.control, Qt.Key.Key_Tab)
    assert form.watch.value() == 5
