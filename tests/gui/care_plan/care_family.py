"""What the tests of the Care plan tab share: Rosa with everything, and how to reach the parts."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Appointment, Authorisation, Contact, Medicine
from caregiver_app.domain.times import Floating
from caregiver_app.gui.calendar.desk import Desk
from caregiver_app.gui.care_plan.tab import CarePlanTab
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.sheet import Sheet
from tests.gui.tabs_family import Family, button, rosas_family, shown

LONG = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum"
HOSTILE = "<img src=file:///etc/hostname>"
MARCH = Authorisation(
    id="march",
    person="rosa",
    first=date(2026, 3, 1),
    last=date(2026, 3, 31),
    insurer="Harbour Health",
    member="W-1234-4471",
    visits=2,
)


def full_family(folder: Path) -> Family:
    """Rosa, her plan, three medicines, five people to reach and the approval of March."""
    family = rosas_family(folder)
    people = family.house.people
    people.save_medicine(Medicine(id="mtx", person="rosa", name="Methotrexate"))
    people.save_medicine(
        Medicine(id="folic", person="rosa", name="Folic acid", directions="after breakfast")
    )
    family.house.agenda.save(
        Appointment(
            id="fridays",
            uid="fridays",
            person="rosa",
            type="medication",
            title="Methotrexate, Fridays only",
            start=Floating(datetime(2026, 3, 20, 18, 0)),
            minutes=5,
            rrule="FREQ=WEEKLY",
        )
    )
    for id_, name, role, phone in (
        ("teo", "Teo", "other", "555 0126"),
        ("harbour", "Harbour Health", "insurer", "555 0130"),
        ("sol", "Dr Sol", "doctor", "555 0155"),
    ):
        people.save_contact(Contact(id=id_, person="rosa", name=name, role=role, phone=phone))
    people.save_authorisation(MARCH)
    return family


def opened(
    qtbot: QtBot, family: Family, theme: Theme | None = None, width: int = 1280, height: int = 900
) -> CarePlanTab:
    """Show the tab, kept fresh by the change signal."""
    theme = theme or Theme()
    # As with a screen reader: without one the views don't tell that their rows are others now.
    QAccessible.setActive(True)
    tab = CarePlanTab(family.house, theme, lambda page: Desk(family.house, theme, page))
    family.house.care.changes.listen(tab.refresh)
    qtbot.addWidget(shown(tab, theme, width, height))
    QApplication.processEvents()
    return tab


def click(qtbot: QtBot, within: QWidget, words: str) -> None:
    """Press the button with these words."""
    qtbot.mouseClick(button(within, words), Qt.MouseButton.LeftButton)


def sheet_of(kind: type) -> Sheet:
    """Return the sheet of that kind that lies open."""
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert found, f"no {kind.__name__} lies open"
    return found[-1]


def save(qtbot: QtBot, sheet: Sheet) -> None:
    """Press the primary button."""
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)


def rows(view: QListView) -> list[str]:
    """Return what a screen reader says of each row."""
    listed = QAccessible.queryAccessibleInterface(view)
    assert listed is not None
    found = [listed.child(place) for place in range(listed.childCount())]
    return [one.text(QAccessible.Text.Name) for one in found]


def click_row(qtbot: QtBot, view: QListView, place: int) -> None:
    """Click into the middle of a row."""
    spot = view.visualRect(view.model().index(place, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
