"""How the tests of a visit's sheet open, read and press it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from caregiver_app.domain.entities import Appointment, InfusionRecord, Plan
from caregiver_app.gui.calendar.desk import Desk
from caregiver_app.gui.visit.sheet import VisitSheet
from caregiver_app.gui.widgets.sheet import Sheet
from tests.fakes import Home
from tests.gui.calendar.family import at


def settle() -> None:
    """Let everything be laid out and thrown away."""
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def opened(desk: Desk, visit: str = "plan~2", kind: str = "visit") -> VisitSheet:
    """Open the sheet of a visit."""
    desk.visits.open(kind, visit)
    settle()
    sheet = desk.sheet
    assert isinstance(sheet, VisitSheet)
    return sheet


def over(sheet: VisitSheet) -> Sheet:
    """The form that lies over a visit's sheet."""
    settle()
    assert sheet.sheet is not None
    return sheet.sheet


def click(button: QAbstractButton) -> None:
    """Click what a person can see and use."""
    assert button.isVisible(), "nobody can click what is not seen"
    assert button.isEnabled(), "nobody can click what is closed"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def seen(within: QWidget) -> str:
    """Every word that is seen: labels and buttons."""
    settle()
    words = [one.text() for one in within.findChildren(QLabel) if one.isVisible()]
    buttons = [one for one in within.findChildren(QAbstractButton) if one.isVisible()]
    return "\n".join(words + [one.text() or one.accessibleName() for one in buttons])


def buttons(sheet: VisitSheet) -> list[str]:
    """The buttons of the status that can be seen."""
    return [one.words for one in sheet.status.buttons.values() if one.isVisible()]


def record(home: Home, visit: str, **words: str) -> InfusionRecord:
    """Write down what the nurse told of a visit."""
    kept = home.house.records.save(InfusionRecord(id="", person="rosa", visit=visit, **words))
    assert kept is not None
    return kept


def home_plan(home: Home, **more: object) -> Appointment:
    """Injections at home since 1 March; the second one is on Sunday 15 March."""
    plan = Plan(
        id="pen", uid="pen", person="rosa", medicine="adalimumab", first=at("2026-03-01T10:00"),
        offsets=(0,), every=2, at_home=True, kit=("pen from the fridge", "sharps box"),
    )  # fmt: skip
    home.house.plans.save(plan)
    return home.visit("pen~2")
