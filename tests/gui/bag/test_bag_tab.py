"""The bag tab as a person uses it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from caregiver_app.gui.bag import printing
from caregiver_app.gui.bag.cards import ItemSheet, RideSheet
from caregiver_app.gui.bag.items import ItemRow
from caregiver_app.gui.bag.tab import BagTab
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.pages.bag_of_visit import page_for
from tests.gui.tabs_family import Family, button, open_family, rosas_family, shown, visible_text


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def opened(qtbot: QtBot, family: Family) -> BagTab:
    theme = Theme()
    tab = BagTab(family.house, theme)
    family.house.care.changes.listen(tab.refresh)
    qtbot.addWidget(shown(tab, theme))
    return tab


@pytest.fixture
def tab(qtbot: QtBot, family: Family) -> BagTab:
    return opened(qtbot, family)


def visit_of(family: Family) -> str:
    visit = family.house.agenda.next_visit("rosa")
    assert visit is not None
    return visit.id


def row(tab: BagTab, label: str) -> ItemRow:
    for one in tab.findChildren(ItemRow):
        if one.tick.accessibleName() == label:
            return one
    raise AssertionError(label)


def click(qtbot: QtBot, tab: BagTab, words: str) -> None:
    qtbot.mouseClick(button(tab, words), Qt.MouseButton.LeftButton)


def sheet_of(kind: type[Sheet]) -> Sheet:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert found
    return found[-1]


def state_of(family: Family, label: str) -> str:
    bag = family.house.bags.bag(visit_of(family))
    return next(line.state for line in bag.lines if line.label == label)


def test_the_next_visit_comes_first(tab: BagTab) -> None:
    text = visible_text(tab)
    assert "Rosa’s bag for Tuesday 31 March" in text
    assert "0 of 14 packed" in text
    assert "Papers" in text
    assert "Things" in text
    assert "No driver yet" in text
    assert "Willow Lane" in text
    assert "555 0199" in text


def test_a_click_anywhere_in_the_row_packs(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    tick = row(tab, "Photo ID").tick
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=tick.rect().center())
    assert state_of(family, "Photo ID") == "packed"
    assert "1 of 14 packed" in visible_text(tab)
    assert tab.progress.value() == 1
    family.house.care.undo()
    assert row(tab, "Photo ID").tick.state == "open"


def test_not_needed_and_back(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    click(qtbot, tab, "Photo ID: not needed this time")
    assert state_of(family, "Photo ID") == "not_needed"
    assert "0 of 13 packed, 1 not needed" in visible_text(tab)
    click(qtbot, tab, "Photo ID: needed after all")
    assert state_of(family, "Photo ID") == "to_pack"


def test_maybe_comes_along_with_one_tap(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    click(qtbot, tab, "Show what may come along")
    click(qtbot, tab, "Take Small pillow along")
    assert state_of(family, "Small pillow") == "to_pack"
    assert row(tab, "Small pillow")


def test_own_items_are_added_and_taken_out(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    click(qtbot, tab, "Add an item")
    sheet = sheet_of(ItemSheet)
    assert isinstance(sheet, ItemSheet)
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert sheet.label_field.error(), "an empty name is refused beside its field"
    sheet.label_field.set_text("红豆汤 in a flask")
    sheet.scope.set_value("always")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert row(tab, "红豆汤 in a flask")
    later = family.house.agenda.visits("rosa")[-1]
    assert any(line.own for line in family.house.bags.bag(later.id).lines)
    click(qtbot, tab, "Take “红豆汤 in a flask” out")
    assert not any(line.own for line in family.house.bags.bag(visit_of(family)).lines)


def test_the_ride(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    click(qtbot, tab, "Add a driver")
    sheet = sheet_of(RideSheet)
    assert isinstance(sheet, RideSheet)
    sheet.driver.set_text("Ana")
    assert sheet.phone.text() == "555 0117", "a contact's number is not typed twice"
    sheet.leave.set_text("25:00")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    assert sheet.leave.error()
    sheet.leave.set_text("8:40")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert "Ana, leave at 8:40" in visible_text(tab)
    visit = family.house.agenda.get(visit_of(family))
    assert visit is not None
    assert (visit.driver, visit.driver_phone, visit.leave_at) == ("Ana", "555 0117", "08:40")


def test_a_step_with_a_reminder_is_answered(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    phase = tab.steps.phases["before-168"]
    assert phase.is_open, "the next moment stands open"
    tick = phase.rows["ride7"]
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton)
    states = {line.key: line.state for line in family.house.bags.steps(visit_of(family))}
    assert states["ride7"] == "done"
    assert phase.rows["ride7"].state == "done"
    qtbot.mouseClick(phase.rows["ride7"], Qt.MouseButton.LeftButton)
    family.house.care.undo()
    assert phase.rows["ride7"].state == "open"


def test_all_moments_of_getting_ready_are_there(qtbot: QtBot, tab: BagTab) -> None:
    text = visible_text(tab.steps)
    for words in (
        "14 days before",
        "7 days before",
        "3 days before",
        "The day before",
        "In the morning",
        "In the chair",
        "Before you leave",
        "Afterwards",
    ):
        assert words in text
    click(qtbot, tab, "Show the steps: In the morning")
    assert "Loose sleeves" in visible_text(tab.steps)


def test_another_visit(tab: BagTab, family: Family) -> None:
    tab._fill_visits()
    actions = tab._visit_menu.actions()
    assert actions[0].isChecked()
    assert "31 Mar 2026" in actions[0].text()
    actions[1].trigger()
    assert "Rosa’s bag for Tuesday 28 April" in visible_text(tab)


def test_ticks_are_there_after_a_restart(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    qtbot.mouseClick(row(tab, "Photo ID").tick, Qt.MouseButton.LeftButton)
    later = family.again()
    again = opened(qtbot, later)
    assert row(again, "Photo ID").tick.state == "done"
    assert row(again, "Insurance card, approval number").tick.state == "open"
    later.close()


def test_without_a_visit_it_says_where_to_begin(qtbot: QtBot, tmp_path: Path) -> None:
    family = open_family(tmp_path)
    tab = opened(qtbot, family)
    assert "No visit to pack for yet" in visible_text(tab)
    family.close()


def test_the_page_says_what_the_tab_says(tab: BagTab, family: Family) -> None:
    visit = visit_of(family)
    family.house.bags.set_state(visit, "photo_id", "packed")
    family.house.bags.set_state(visit, "water", "not_needed")
    family.house.bags.add(visit, "红豆汤", "things")
    page = page_for(family.house, visit, family.clock.at)
    assert page.person == "Rosa Marín"
    assert page.when == "Tuesday 31 March 2026, 9:30"
    assert page.phone_after_hours == "555 0199"
    assert page.printed_at == "Friday 20 March 2026, 18:00"
    states = {line.label: line.state for line in (*page.papers, *page.things)}
    assert states["Photo ID"] == "packed"
    assert states["红豆汤"] == "to_pack"
    assert "Water, unless fluids are limited" not in states
    assert page.not_this_time == ("Water, unless fluids are limited",)
    assert any("write" in str(line) for line in page.before_house)


def test_save_as_pdf(
    tab: BagTab, family: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "bag.pdf"
    monkeypatch.setattr(printing, "ask_pdf_path", lambda parent, name: target)
    tab._ask_pdf()
    assert target.read_bytes().startswith(b"%PDF")
    assert str(target) in visible_text(tab)
    monkeypatch.setattr(
        printing, "ask_pdf_path", lambda parent, name: tmp_path / "nowhere" / "bag.pdf"
    )
    tab._ask_pdf()
    assert tab.message.property("textInk") == "alarm"


def test_the_preview_opens_and_paints(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    page = page_for(family.house, visit_of(family), family.clock.at)
    preview = printing.open_preview(page, tab)
    QApplication.processEvents()
    assert preview.isVisible()
    preview.close()


def test_papers_are_asked_for_when_their_day_is_near(tab: BagTab, family: Family) -> None:
    family.clock.at += timedelta(days=6)
    tab.refresh(None)
    chips = [one.text() for one in tab.papers.findChildren(type(tab.papers._by))]
    assert chips == ["ready by Sat 28 Mar"]


def test_a_pdf_gets_its_ending(tab: BagTab, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([("/home/x/my bag", ""), ("", ""), ("/home/x/b.PDF", "")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: next(answers))
    assert printing.ask_pdf_path(tab, "x.pdf") == Path("/home/x/my bag.pdf")
    assert printing.ask_pdf_path(tab, "x.pdf") is None
    assert printing.ask_pdf_path(tab, "x.pdf") == Path("/home/x/b.PDF")


def test_a_visit_is_opened_from_elsewhere(tab: BagTab) -> None:
    tab.open_item("visit", "p1~3")
    assert "Rosa’s bag for Tuesday 28 April" in visible_text(tab)
    tab.open_item("bag_item", "p1~2:photo_id")
    assert "Rosa’s bag for Tuesday 31 March" in visible_text(tab)
    tab.open_item("visit", "gone")
    assert "Tuesday 31 March" in visible_text(tab)


def test_a_visit_without_a_bag_says_so_and_can_have_one_after_all(
    qtbot: QtBot, tab: BagTab, family: Family
):
    visit = visit_of(family)
    assert not tab.none.isVisible()
    family.house.visits.set_part(visit, "bag", False)
    assert tab.none.isVisible()
    assert not tab.papers.isVisible()
    assert not tab.things.isVisible()
    assert not tab.maybe.isVisible()
    assert tab.steps.isVisible()
    click(qtbot, tab, "Pack one after all")
    assert "bag" not in [part.key for part in family.house.visits.parts(visit) if not part.on]
    assert tab.papers.isVisible()
    assert not tab.none.isVisible()
