"""The Care plan tab at every size: nothing clipped, nothing covered, everything live."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Contact, Medicine, Person
from caregiver_app.gui.care_plan.tab import CarePlanTab
from caregiver_app.gui.focus_ring import FocusRing
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.text import ElidedText
from tests.gui.care_plan.care_family import HOSTILE, LONG, opened, rows
from tests.gui.tabs_family import Family, button


def fill_with_long_names(family: Family) -> None:
    people = family.house.people
    found = people.person("rosa")
    assert found is not None
    people.save_person(
        replace(
            found,
            name=f"{LONG} 王梅 {HOSTILE}",
            conditions=f"{HOSTILE}, {LONG}{LONG}",
            allergies=f"{LONG}{LONG}: {HOSTILE}\n青霉素",
            papers=LONG * 3,
        )
    )
    people.save_contact(
        Contact(
            id="long", person="rosa", name=f"{LONG} {HOSTILE}", role="clinic", phone="0" * 80,
            note=LONG * 3,
        )
    )  # fmt: skip
    people.save_medicine(Medicine(id="long", person="rosa", name=LONG * 2, directions=HOSTILE * 9))


@pytest.mark.parametrize(
    ("width", "scale"),
    [(1280, 1.0), (961, 1.0), (900, 1.0), (640, 1.0), (1280, 1.3), (1280, 2.0), (900, 2.0)],
)
def test_nothing_is_clipped_or_overlaps(
    qtbot: QtBot, family: Family, width: int, scale: float
) -> None:
    fill_with_long_names(family)
    theme = Theme()
    theme.set_scale(scale)
    tab = opened(qtbot, family, theme, width)
    assert tab.width() == width, "nothing makes the window wider"
    page = tab.area.widget()
    assert page.width() <= tab.area.viewport().width()
    for one in page.findChildren(QLabel) + page.findChildren(QPushButton):
        if not one.isVisible():
            continue
        box = QRect(one.mapTo(page, QPoint(0, 0)), one.size())
        assert page.rect().contains(box), one.text()
        if isinstance(one, QLabel) and one.hasHeightForWidth():
            assert one.height() >= one.heightForWidth(one.width()), one.text()
        elif not isinstance(one, ElidedText):
            assert one.width() >= one.minimumSizeHint().width(), one.text()
    for view in (tab.medicines.list, tab.reach.list):
        heights = [view.sizeHintForRow(place) for place in range(view.model().rowCount())]
        assert min(heights) >= 44
        assert view.height() == sum(heights)
    stacked = tab.medicines.y() > tab.card.y()
    assert stacked == (width <= 900 or scale >= 1.5)


@pytest.mark.parametrize(("width", "scale"), [(961, 1.0), (1280, 1.3), (640, 1.0), (900, 2.0)])
def test_what_is_missing_finds_room(qtbot: QtBot, nobody: Family, width: int, scale: float) -> None:
    nobody.house.people.save_person(Person(id="rosa", name="Rosa"))
    theme = Theme()
    theme.set_scale(scale)
    tab = opened(qtbot, nobody, theme, width)
    buttons = [one for one in tab.card.findChildren(QPushButton) if one.isVisible()]
    assert len(buttons) == 8
    for one in buttons:
        assert one.width() >= one.minimumSizeHint().width(), one.accessibleName()
        assert one.height() >= 44


def test_markup_is_shown_letter_by_letter(tab: CarePlanTab, family: Family) -> None:
    fill_with_long_names(family)
    assert HOSTILE in tab.card.name.text()
    for one in tab.findChildren(QLabel):
        assert one.textFormat() == Qt.TextFormat.PlainText or not one.text()
    assert HOSTILE in rows(tab.reach.list)[2]
    tip = tab.reach.list.model().index(2, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img" in tip
    assert "0" * 80 in tip, "what is cut in the row stands whole in its tooltip"


def test_light_dark_and_text_size_come_at_once(qtbot: QtBot, family: Family) -> None:
    theme = Theme()
    theme.set_mode("light")
    tab = opened(qtbot, family, theme)
    before = tab.grab().toImage()
    theme.set_mode("dark")
    QApplication.processEvents()
    after = tab.grab().toImage()
    runway = tab.insurance.lanes[0].runway
    middle = runway.mapTo(tab, runway.rect().center())
    assert before.pixelColor(middle) != after.pixelColor(middle)
    assert tab.medicines.x() > tab.card.x()
    theme.set_scale(2.0)
    QApplication.processEvents()
    assert tab.medicines.y() > tab.card.y()
    assert runway.height() == runway.sizeHint().height()


def test_painting_leaves_nothing_open(tab: CarePlanTab, family: Family, qtlog) -> None:
    fill_with_long_names(family)
    assert not tab.grab().toImage().isNull()
    assert [one.message for one in qtlog.records if "Painter" in one.message] == []


def test_a_hidden_tab_waits_and_is_whole_when_seen(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    tab.hide()
    family.house.people.save_medicine(Medicine(id="eye", person="rosa", name="Eye drops"))
    assert "Eye drops" not in str(rows(tab.medicines.list))
    tab.show()
    assert "Eye drops, directions not written down yet" in rows(tab.medicines.list)


def test_buttons_say_what_they_do(tab: CarePlanTab) -> None:
    for words in ("Change what is written here", "Add a plan or a medicine", "Log a call"):
        assert button(tab, words).isVisible()


def test_the_ring_goes_around_the_chosen_row(qtbot: QtBot, tab: CarePlanTab, qapp) -> None:
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow)
    ring = FocusRing(Theme(), qapp)
    ring._by_keys = True
    for view in (tab.medicines.list, tab.reach.list):
        view.setFocus()
        qtbot.waitUntil(lambda view=view: ring.ringed is view)
        for place in range(2):
            row = view.visualRect(view.model().index(place, 0))
            row.moveTopLeft(view.viewport().mapTo(tab, row.topLeft()))
            wide = row.adjusted(-5, -5, 5, 5)
            qtbot.waitUntil(lambda wide=wide: wide.contains(ring._overlay.geometry()))
            assert ring._overlay.geometry().width() == row.width() + 10, "nothing is covered"
            qtbot.keyClick(view, Qt.Key.Key_Down)
    ring.deleteLater()
