"""The bag tab by keys alone, and which visits it can be opened for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Appointment
from caregiver_app.gui.bag.print_sheet import PacketSheet
from caregiver_app.gui.bag.tab import BagTab
from tests.factories import moment
from tests.gui.bag.showing import action, click, labels, line_of, opened, row, sheet_of, visit_of
from tests.gui.tabs_family import Family, rosas_family, visible_text

KEYS = Qt.Key


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def tab(qtbot: QtBot, family: Family) -> BagTab:
    return opened(qtbot, family)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_the_arrow_keys_go_from_item_to_item(qtbot: QtBot, tab: BagTab) -> None:
    rows = list(tab.papers.items.values())
    rows[0].tick.setFocus()
    for one in rows[1:]:
        qtbot.keyClick(focused(), KEYS.Key_Down)
        assert one.tick.hasFocus(), one.item.label
    qtbot.keyClick(focused(), KEYS.Key_Down)
    assert tab.papers.add_line.field.line.hasFocus(), "below the last item stands the line to add"
    rows[-1].tick.setFocus()
    for one in reversed(rows[:-1]):
        qtbot.keyClick(focused(), KEYS.Key_Up)
        assert one.tick.hasFocus(), one.item.label
    qtbot.keyClick(focused(), KEYS.Key_Up)
    assert rows[0].tick.hasFocus(), "above the first there is none"


def test_beside_an_item_stands_its_menu(qtbot: QtBot, tab: BagTab) -> None:
    first, second = list(tab.things.items.values())[:2]
    first.tick.setFocus()
    qtbot.keyClick(focused(), KEYS.Key_Right)
    assert first.more.hasFocus()
    qtbot.keyClick(focused(), KEYS.Key_Down)
    assert second.more.hasFocus()
    qtbot.keyClick(focused(), KEYS.Key_Left)
    assert second.tick.hasFocus()
    qtbot.keyClick(focused(), KEYS.Key_Left)
    assert second.tick.hasFocus()


def test_after_an_answer_the_page_stays_where_it_is(qtbot: QtBot, tab: BagTab) -> None:
    tab.after.forgot.none.setFocus()
    qtbot.keyClick(tab.after.forgot.none, KEYS.Key_Space)
    assert not tab.after.forgot.isVisible()
    assert tab.head.visits.hasFocus()


def test_what_was_forgotten_leaves_the_keyboard_at_the_top(qtbot: QtBot, tab: BagTab) -> None:
    click(qtbot, tab, "Something was missing")
    tab.after.forgot.field.line.insert("靠枕 neck pillow")
    qtbot.keyClick(tab.after.forgot.field.line, KEYS.Key_Return)
    assert "靠枕 neck pillow" in labels(tab.things)
    assert tab.head.visits.hasFocus()


def test_a_planned_night_in_hospital_can_be_packed_for(
    qtbot: QtBot, tab: BagTab, family: Family
) -> None:
    house = family.house
    night = house.agenda.save(
        Appointment(id="night", uid="", person="rosa", type="other", title="Night in hospital",
                    start=moment("2026-04-20T16:00"), minutes=60)
    )  # fmt: skip
    tab.head.visit_menu.aboutToShow.emit()
    action(tab.head.visit_menu, "Mon 20 Apr 2026 · Night in hospital (no bag yet)").trigger()
    assert "No bag for this visit" in visible_text(tab)
    tab.pick_menu.aboutToShow.emit()
    action(tab.pick_menu, "Night in hospital").trigger()
    assert "Wash bag: brush, soap, comb" in labels(tab.things)
    assert house.bags.bag(night.id).lists == ("hospital_overnight",)
    tab.head.visit_menu.aboutToShow.emit()
    action(tab.head.visit_menu, "Mon 20 Apr 2026 · Night in hospital")


def test_print_has_the_usual_key(qtbot: QtBot, tab: BagTab) -> None:
    qtbot.keyClick(row(tab, "Photo ID").tick, KEYS.Key_P, Qt.KeyboardModifier.ControlModifier)
    sheet_of(PacketSheet).reject()


def test_enter_at_for_which_visits_adds_too(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    line = tab.things.add_line
    line.field.line.insert("Thermos 保温杯")
    line.scope.segments[0].setFocus()
    qtbot.keyClick(focused(), KEYS.Key_Right)
    assert line.scope.value() == "always"
    qtbot.keyClick(focused(), KEYS.Key_Return)
    assert "Thermos 保温杯" in labels(tab.things)
    assert line_of(family, "Thermos 保温杯", "p1~3").own


def test_a_paper_that_came_back_is_not_said_to_be_away(
    qtbot: QtBot, tab: BagTab, family: Family
) -> None:
    forms = row(tab, "Filled-in forms, the order")
    family.house.bags.set_paper(visit_of(family), forms.item.key, "sent", "with Dr. 王梅")
    assert "with Dr. 王梅" in forms.item.words.note
    forms.tick.setFocus()
    qtbot.keyClick(forms.tick, KEYS.Key_Space)
    kept = line_of(family, "Filled-in forms, the order")
    assert (kept.state, kept.way, kept.kept_at) == ("packed", "received", "")
    assert "王梅" not in forms.item.words.note
    family.house.care.undo()
    assert line_of(family, "Filled-in forms, the order").kept_at == "with Dr. 王梅"


@pytest.mark.parametrize(("day", "first"), [("23", True), ("24", False)])
def test_a_blood_test_a_few_days_away_comes_first(
    qtbot: QtBot, family: Family, day: str, first: bool
) -> None:
    family.house.agenda.save(
        Appointment(id="blood", uid="", person="rosa", type="lab", title="Blood test",
                    start=moment(f"2026-03-{day}T08:00"), minutes=20)
    )  # fmt: skip
    text = visible_text(opened(qtbot, family))
    assert ("bag for Monday 23 March" in text) == first
    assert ("bag for Tuesday 31 March" in text) != first
