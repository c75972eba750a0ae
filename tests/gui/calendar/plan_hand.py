"""What a family types into the form of a therapy plan."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.gui.calendar.plan.plan_dialog import PlanDialog
from caregiver_app.gui.calendar.plan.plan_sheet import PlanSheet


def fill(form: PlanDialog, day: str = "24 Nov 2026", every: str = "8") -> None:
    if form.name is not None:
        form.name.set_text("Rosa")
    form.medicine.set_text("infliximab")
    form.schedule.day.set_text(day)
    form.schedule.time.set_text("9:30")
    form.schedule.length.set_value(150)
    form.schedule.offsets.set_value((0, 2, 6))
    form.schedule.every.set_text(every)
    form.look_ahead()


def click(button: QAbstractButton, qtbot: QtBot) -> None:
    QApplication.processEvents()  # what has just come to be seen has no size yet
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def tick(form: PlanDialog, qtbot: QtBot) -> None:
    click(form.compared, qtbot)


def save(form: PlanSheet, qtbot: QtBot) -> None:
    qtbot.mouseClick(form.primary, Qt.MouseButton.LeftButton)
