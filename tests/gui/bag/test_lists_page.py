"""The master lists as a person changes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from caregiver_app.assets import path_of, read_bytes
from caregiver_app.errors import InputRefused
from caregiver_app.gui.bag.list_item_sheet import ListItemSheet
from caregiver_app.gui.bag.list_rows import ListRows
from caregiver_app.gui.bag.lists_page import ListsPage
from caregiver_app.gui.bag.tab import BagTab
from caregiver_app.gui.reading_order import stops_of
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.rows import Row
from caregiver_app.services.bag_lists import MasterItem
from caregiver_app.services.more import More
from caregiver_app.services.reference import Reference
from caregiver_app.services.template_file import COPY, NAME, TemplateFile
from tests.gui.tabs_family import Family, button, rosas_family, shown, visible_text

LIST = "infusion_day"
LONG = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum und 王梅"


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def opened(
    qtbot: QtBot,
    family: Family,
    contact: str | None = None,
    *,
    scale: float = 1.0,
    width: int = 1280,
) -> ListsPage:
    theme = Theme()
    theme.set_scale(scale)
    page = ListsPage(family.house, theme)
    family.house.care.changes.listen(page.refresh)
    page.open_list(LIST, contact)
    qtbot.addWidget(shown(page, theme, width))
    return page


@pytest.fixture
def page(qtbot: QtBot, family: Family) -> ListsPage:
    return opened(qtbot, family)


def rows(page: ListsPage) -> list[Row]:
    return [*page.papers.rows.rows.rows, *page.things.rows.rows.rows]


def row(page: ListsPage, title: str) -> Row:
    return next(one for one in rows(page) if one.title == title)


def item(family: Family, key: str, contact: str | None = None) -> MasterItem:
    found = family.house.bag_lists.items(LIST, contact)
    return next(one for one in found if one.key == key)


def sheet_over(qtbot: QtBot, page: ListsPage, title: str) -> ListItemSheet:
    """Click a row and return the sheet that opens."""
    wanted = row(page, title)
    for card in (page.papers, page.things):
        index = card.rows.rows.index_of(wanted.key)
        if index.isValid():
            spot = card.rows.visualRect(index).center()
            qtbot.mouseClick(card.rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert page.sheet is not None
    return page.sheet


def press(qtbot: QtBot, within: QPushButton | None) -> None:
    assert within is not None
    qtbot.mouseClick(within, Qt.MouseButton.LeftButton)


def test_a_list_stands_in_two_groups_with_its_reasons(page: ListsPage, family: Family) -> None:
    text = visible_text(page)
    assert "Packing lists" in text
    assert "For every infusion." in text
    assert page.which.text() == "Infusion day"
    assert page.where.text() == "Every clinic"
    kept = family.house.bag_lists.items(LIST)
    papers = [one.label for one in kept if one.group == "papers"]
    assert [one.title for one in page.papers.rows.rows.rows] == papers
    assert len(rows(page)) == len(kept)
    assert row(page, "Photo ID").second == (
        "In the bag · Shows that the right person gets the drip."
    )
    assert "Under maybe" in row(page, "Small pillow").sentence()
    card = row(page, "Medicine alert card")
    assert "if this medicine comes with one" in card.second
    assert page.first_order.isHidden()


def test_another_list_and_another_clinic(qtbot: QtBot, page: ListsPage, family: Family) -> None:
    page.which.set_value("lab_visit")
    assert "For a blood or urine test." in visible_text(page)
    titles = [one.title for one in rows(page)]
    assert titles == [
        one.label
        for group in ("papers", "things")
        for one in family.house.bag_lists.items("lab_visit")
        if one.group == group
    ]
    page.where.set_value("clinic")
    page.things.field.set_text("Coins")
    qtbot.keyClick(page.things.field.control, Qt.Key.Key_Return)
    assert row(page, "Coins").chip == "Only here"
    page.where.set_value("*")
    assert "Coins" not in [one.title for one in rows(page)]


def test_an_item_of_ours_is_changed_and_comes_back(
    qtbot: QtBot, page: ListsPage, family: Family
) -> None:
    sheet = sheet_over(qtbot, page, "Photo ID")
    assert "Infusion day, at every clinic" in visible_text(sheet)
    assert sheet.back is None
    assert sheet.gone is None
    sheet.label.set_text(LONG)
    sheet.starts.set_value("maybe")
    sheet.brings.set_value("person")
    press(qtbot, sheet.primary)
    kept = item(family, "photo_id")
    assert (kept.label, kept.starts, kept.brings, kept.ours) == (
        LONG,
        "maybe",
        "person",
        "Photo ID",
    )
    shown_row = row(page, LONG)
    assert (shown_row.chip, shown_row.fact) == ("Changed", "Rosa")
    assert shown_row.sentence().startswith(LONG)
    again = sheet_over(qtbot, page, LONG)
    assert again.back is not None
    assert again.back.words == "As it came: “Photo ID”"
    press(qtbot, again.back)
    kept = item(family, "photo_id")
    assert (kept.label, kept.starts, kept.brings, kept.changed) == ("Photo ID", "bag", "", False)
    assert row(page, "Photo ID").chip == ""
    family.house.care.undo()
    assert item(family, "photo_id").label == LONG


def test_saving_without_a_change_writes_nothing(
    qtbot: QtBot, page: ListsPage, family: Family
) -> None:
    press(qtbot, sheet_over(qtbot, page, "Photo ID").primary)
    assert not item(family, "photo_id").changed
    assert page.sheet is None


def test_an_item_is_left_out_and_put_back(qtbot: QtBot, page: ListsPage, family: Family) -> None:
    sheet = sheet_over(qtbot, page, "Photo ID")
    press(qtbot, button(sheet, "Leave it out of the list"))
    left = row(page, "Photo ID")
    assert (left.chip, left.struck) == ("Left out", True)
    visit = family.house.agenda.next_visit("rosa")
    assert visit is not None
    assert all(line.key != "photo_id" for line in family.house.bags.bag(visit.id).lines)
    again = sheet_over(qtbot, page, "Photo ID")
    press(qtbot, button(again, "Put it back on the list"))
    assert row(page, "Photo ID").chip == ""


def test_an_own_item_is_added_in_place_and_taken_off(
    qtbot: QtBot, page: ListsPage, family: Family
) -> None:
    assert page.papers.button.isHidden(), "nothing stands in the line yet"
    page.papers.field.control.setFocus()
    qtbot.keyClicks(page.papers.field.control, "Letter of the eye doctor")
    assert page.papers.button.isVisible()
    qtbot.keyClick(page.papers.field.control, Qt.Key.Key_Return)
    assert page.papers.field.text() == ""
    assert row(page, "Letter of the eye doctor").chip == "Yours"
    sheet = sheet_over(qtbot, page, "Letter of the eye doctor")
    assert sheet.back is None, "there is none of ours to go back to"
    press(qtbot, sheet.gone)
    assert all(one.title != "Letter of the eye doctor" for one in rows(page))
    family.house.care.undo()
    assert row(page, "Letter of the eye doctor")


@pytest.mark.parametrize(("typed", "said"), [("  ", "Write"), ("x" * 10_000, "200")])
def test_what_is_refused_stays_in_its_line(
    qtbot: QtBot, page: ListsPage, typed: str, said: str
) -> None:
    before = len(rows(page))
    page.things.field.set_text(typed)
    press(qtbot, page.things.button)
    assert said in (page.things.field.error() or "")
    assert page.things.field.text() == typed
    assert len(rows(page)) == before


def test_too_long_words_are_refused_in_the_sheet(
    qtbot: QtBot, page: ListsPage, family: Family
) -> None:
    sheet = sheet_over(qtbot, page, "Photo ID")
    sheet.label.set_text("x" * 10_000)
    press(qtbot, sheet.primary)
    assert "200" in (sheet.label.error() or "")
    assert sheet.isVisible()
    assert not item(family, "photo_id").changed
    sheet.forget_changes()
    sheet.reject()


def test_what_holds_at_one_clinic_stands_above_the_rest(qtbot: QtBot, family: Family) -> None:
    family.house.bag_lists.change(LIST, "photo_id", label="Passport")
    page = opened(qtbot, family, "clinic")
    assert page.where.text() == "Willow Lane"
    sheet = sheet_over(qtbot, page, "Passport")
    assert "Infusion day, at Willow Lane" in visible_text(sheet)
    sheet.label.set_text("Passport and card")
    press(qtbot, sheet.primary)
    assert row(page, "Passport and card").chip == "Only here"
    assert item(family, "photo_id").label == "Passport"
    again = sheet_over(qtbot, page, "Passport and card")
    press(qtbot, button(again, "As at all clinics"))
    assert row(page, "Passport").chip == ""


# -- Order ----------------------------------------------------------------------------------------


def titles(list_rows: ListRows) -> list[str]:
    return [one.title for one in list_rows.rows.rows]


def test_the_keyboard_moves_an_item_and_stays_on_it(
    qtbot: QtBot, page: ListsPage, family: Family
) -> None:
    papers = page.papers.rows
    first, second, *rest = titles(papers)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    papers.setFocus()
    papers.choose(papers.rows.rows[1].key)
    QTest.keyClick(papers, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert titles(papers) == [second, first, *rest]
    assert papers.currentIndex().row() == 0
    QTest.keyClick(papers, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert titles(papers) == [second, first, *rest], "above the first there is nothing"
    QTest.keyClick(papers, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert titles(papers) == [first, second, *rest]
    family.house.care.undo()
    assert titles(papers) == [second, first, *rest]
    press(qtbot, page.first_order)
    assert titles(papers) == [first, second, *rest]
    assert page.first_order.isHidden()


def test_the_mouse_drags_an_item(qtbot: QtBot, page: ListsPage) -> None:
    papers = page.papers.rows
    first, second, third, *rest = titles(papers)
    spots = [papers.visualRect(papers.rows.index(place, 0)).center() for place in range(3)]
    viewport = papers.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=spots[0])
    QTest.mouseMove(viewport, spots[1])
    QTest.mouseMove(viewport, spots[2])
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=spots[2])
    assert titles(papers) == [second, third, first, *rest]
    assert page.sheet is None, "a drag opens nothing"
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=spots[1])
    QTest.mouseMove(viewport, spots[1] - QPoint(0, 200))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=spots[1] - QPoint(0, 200))
    assert titles(papers) == [third, second, first, *rest]


def test_a_refused_move_is_said(
    page: ListsPage, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise InputRefused("bag.no_item", "key", key="x")

    monkeypatch.setattr(family.house.bag_lists, "move", refuse)
    before = titles(page.papers.rows)
    page.papers.rows.moved.emit(page.papers.rows.rows.rows[0].key, 2)
    assert page.wrong.isVisible()
    assert page.wrong.text()
    assert titles(page.papers.rows) == before


# -- The page -------------------------------------------------------------------------------------


def test_escape_and_the_button_go_back(qtbot: QtBot, page: ListsPage) -> None:
    with qtbot.waitSignal(page.back):
        qtbot.keyClick(page, Qt.Key.Key_Escape)
    with qtbot.waitSignal(page.back):
        press(qtbot, page.leave)


def test_a_list_or_clinic_that_is_gone_shows_what_there_is(page: ListsPage) -> None:
    page.open_list("moon_day", "nobody")
    assert page.which.text() == "Infusion day"
    assert page.where.text() == "Every clinic"


@pytest.mark.parametrize(("scale", "width"), [(1.0, 1280), (1.0, 900), (2.0, 1280)])
def test_rows_are_tall_enough_and_nothing_is_wider_than_the_page(
    qtbot: QtBot, family: Family, scale: float, width: int
) -> None:
    family.house.bag_lists.add(LIST, LONG * 3, "papers")
    page = opened(qtbot, family, scale=scale, width=width)
    papers = page.papers.rows
    heights = [papers.sizeHintForRow(place) for place in range(papers.rows.rowCount())]
    assert min(heights) >= 44
    assert papers.height() == sum(heights), "the page scrolls, not the list"
    assert page.papers.width() <= page.width()
    stacked = page.things.y() > page.papers.y()
    assert stacked == (width == 900 or scale == 2.0)


# -- A file that can't be used --------------------------------------------------------------------


def test_a_spoiled_file_is_named_with_its_line_and_the_copy_is_used(
    qtbot: QtBot, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = read_bytes(NAME)
    (family.folder / COPY).write_bytes(good)
    line = good[: good.index(b'"label": "Photo ID",')].count(b"\n") + 1
    spoiled = TemplateFile(lambda: good.replace(b'"label": "Photo ID",', b'"label": 7,', 1))
    spoiled.lies_beside(family.folder, lambda: More.template_check)
    reference = Reference(spoiled)
    monkeypatch.setattr(family.house.care, "_find_reference", lambda: reference)
    page = opened(qtbot, family)
    text = visible_text(page)
    assert f"Line {line} of the file with the packing lists: “label” has to be words" in text
    assert "The lists that were good last are used until it is mended." in text
    assert str(path_of(NAME)) in text
    assert row(page, "Photo ID")


def test_a_good_file_is_not_spoken_of(page: ListsPage) -> None:
    assert page.trouble.isHidden()


def test_the_bag_tab_says_it_too_and_packs_on(
    qtbot: QtBot, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoiled = TemplateFile(lambda: b'{\n"templates": [}\n')
    spoiled.lies_beside(family.folder, lambda: More.template_check)
    reference = Reference(spoiled)
    monkeypatch.setattr(family.house.care, "_find_reference", lambda: reference)
    visit = family.house.agenda.next_visit("rosa")
    assert visit is not None
    family.house.bags.add(visit.id, "Passport", "papers")
    theme = Theme()
    tab = BagTab(family.house, theme)
    qtbot.addWidget(shown(tab, theme))
    text = visible_text(tab)
    assert "Line 2 of the file with the packing lists" in text
    assert "only your own items are on the lists" in text
    assert "0 of 1 packed" in text


def test_enter_opens_a_row_and_the_sheet_is_left_by_escape(qtbot: QtBot, page: ListsPage) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    things = page.things.rows
    things.setFocus()
    things.choose(things.rows.rows[1].key)
    qtbot.keyClick(things, Qt.Key.Key_Return)
    assert page.sheet is not None
    assert page.sheet.label.text() == things.rows.rows[1].title
    qtbot.keyClick(page.sheet, Qt.Key.Key_Escape)
    assert page.sheet is None
    assert things.current_key() == things.rows.rows[1].key


def test_every_stop_has_a_name_and_stands_as_it_is_read(page: ListsPage) -> None:
    page.open_list(LIST)
    assert [one.accessibleName() for one in stops_of(page)] == [
        "Back to the bag",
        "List",
        "At which clinic",
        "Papers",
        "Another paper",
        "Things to take",
        "Another thing",
    ]
    menu = [action.text() for action in page.papers.rows.actions()]
    assert menu == ["Open", "Move up", "Move down"]
