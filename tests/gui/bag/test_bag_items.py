"""One item of the bag: its tick, its menu, its place, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.gui.bag.add_line import AddLine
from caregiver_app.gui.bag.item_tick import ItemTick
from caregiver_app.gui.bag.items import ItemRow
from caregiver_app.gui.bag.paper_sheet import PaperSheet
from caregiver_app.gui.bag.tab import BagTab
from caregiver_app.gui.reading_order import stops_of
from caregiver_app.gui.theme import Theme
from tests.gui.bag.showing import (
    action,
    choose,
    drag,
    labels,
    let_commits_fail,
    line_of,
    menu_of,
    opened,
    row,
    sheet_of,
    state_of,
    tick,
    visit_of,
)
from tests.gui.looks import face
from tests.gui.tabs_family import Family, rosas_family, shown, visible_text

ORDER = "Filled-in forms, the order"
WATER = "Water, unless fluids are limited"


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def tab(qtbot: QtBot, family: Family) -> BagTab:
    return opened(qtbot, family)


def said(one: ItemTick) -> str:
    return face(one).text(QAccessible.Text.Description)


# -- The tick -------------------------------------------------------------------------------------


def test_each_item_says_its_state(qtbot: QtBot, tab: BagTab) -> None:
    photo = row(tab, "Photo ID")
    assert said(photo.tick).startswith("still to pack")
    tick(qtbot, photo)
    assert said(photo.tick).startswith("packed")
    assert face(photo.tick).state().checked
    tick(qtbot, photo)
    qtbot.keyClick(photo.tick, Qt.Key.Key_N)
    assert said(photo.tick).startswith("not needed this time")
    assert said(photo.tick).count("not needed") == 1
    assert not face(photo.tick).state().checked


def test_a_screen_reader_can_tick(tab: BagTab, family: Family) -> None:
    photo = row(tab, "Photo ID").tick
    face(photo).actionInterface().doAction("Toggle")
    assert state_of(family, "Photo ID") == "packed"


def test_a_tick_is_seen_before_it_is_kept(
    qtbot: QtBot, tab: BagTab, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo, seen = row(tab, "Photo ID"), list[str]()
    bags = family.house.bags
    real = bags.set_state

    def keep(visit: str, key: str, state: str) -> None:
        seen.append(photo.tick.state)
        seen.append(state_of(family, "Photo ID"))
        real(visit, key, state)

    painted = list[str]()
    monkeypatch.setattr(photo.tick, "repaint", lambda: painted.append(photo.tick.state))
    monkeypatch.setattr(bags, "set_state", keep)
    tick(qtbot, photo)
    assert painted == ["done"], "it was painted at once"
    assert seen == ["done", "to_pack"]
    assert state_of(family, "Photo ID") == "packed"


def test_a_tick_that_cannot_be_kept_goes_again_and_says_so(
    qtbot: QtBot, tab: BagTab, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo, count = row(tab, "Photo ID"), tab.head.count.text()
    with monkeypatch.context() as patched:
        let_commits_fail(family, patched)
        tick(qtbot, photo)
    assert photo.tick.state == "open"
    assert state_of(family, "Photo ID") == "to_pack"
    assert tab.head.count.text() == count
    assert photo.wrong.isVisible()
    assert "nothing was recorded" in photo.wrong.text()
    tick(qtbot, photo)
    assert photo.tick.state == "done"
    assert not photo.wrong.isVisible()


def test_a_tick_leaves_all_else_as_it_is(
    qtbot: QtBot, tab: BagTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [*tab.papers.items.values(), *tab.things.items.values()]
    phases = list(tab.steps.phases.values())
    monkeypatch.setattr(tab, "_fill", lambda: pytest.fail("the whole tab was filled anew"))
    monkeypatch.setattr(tab.ride, "show_visit", lambda *_: pytest.fail("the ride was shown anew"))
    tick(qtbot, row(tab, "Photo ID"))
    assert tab.head.progress.value() == 1
    assert [*tab.papers.items.values(), *tab.things.items.values()] == rows
    assert list(tab.steps.phases.values()) == phases


def test_a_tick_stays_with_its_visit(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    tick(qtbot, row(tab, "Photo ID"))
    tab.open_item("visit", "p1~3")
    assert row(tab, "Photo ID").tick.state == "open"
    assert line_of(family, "Photo ID", "p1~3").state == "to_pack"


# -- Who brings it --------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1040, 1240])
def test_a_tick_moves_no_other_row(qtbot: QtBot, family: Family, width: int) -> None:
    tab = opened(qtbot, family, width=width)
    rows = [*tab.papers.items.values(), *tab.things.items.values()]
    QApplication.processEvents()
    before = [(one.y(), one.height()) for one in rows]
    for one in rows:
        tick(qtbot, one)
    QApplication.processEvents()
    assert {one.item.state for one in rows} == {"packed"}
    assert [(one.y(), one.height()) for one in rows] == before


def test_a_packed_item_is_as_tall_as_an_open_one(tab: BagTab) -> None:
    for one in (*tab.papers.items.values(), *tab.things.items.values()):
        widths = range(180, 420, 2)
        before = [one.tick.heightForWidth(width) for width in widths]
        one.tick.show_item(one.item.words, "packed")
        assert [one.tick.heightForWidth(width) for width in widths] == before


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_what_stands_beside_an_item_stands_beside_its_first_line(
    qtbot: QtBot, family: Family, scale: float
) -> None:
    theme = Theme()
    theme.set_scale(scale)
    tab = BagTab(family.house, theme)
    qtbot.addWidget(shown(tab, theme, 1280))
    QApplication.processEvents()
    for one in (*tab.papers.items.values(), *tab.things.items.values()):
        middle = theme.px(44) // 2
        more = one.more.geometry().center().y() - one.tick.y()
        assert abs(more - middle) <= 2
        assert one.tick.height() >= theme.px(44)


def test_who_brings_it_stands_at_the_right_and_is_said(tab: BagTab, family: Family) -> None:
    water = row(tab, WATER)
    choose(water, "I bring it")
    assert line_of(family, WATER).brings == "carer"
    assert water.tick._said.brings == "I bring"
    assert "I bring" in said(water.tick)
    menu = menu_of(water)
    assert action(menu, "I bring it").isChecked()
    menu.close()
    choose(water, "Rosa brings it")
    assert water.tick._said.brings == "Rosa"
    assert "Rosa brings it" in said(water.tick)
    choose(water, "No name beside it")
    assert line_of(family, WATER).brings == ""
    family.house.care.undo()
    assert water.tick._said.brings == "Rosa"


def test_a_screen_reader_goes_through_a_list_as_it_stands(qtbot: QtBot, tab: BagTab) -> None:
    qtbot.keyClick(row(tab, ORDER).tick, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    for card in (tab.papers, tab.things):
        parts = [face(card).child(place) for place in range(face(card).childCount())]
        held = [one.object() for one in parts if one is not None]
        found = [one for one in held if isinstance(one, ItemRow | AddLine)]
        assert found == [*card.items.values(), card.add_line]


# -- Papers ---------------------------------------------------------------------------------------


def test_a_paper_that_was_sent_stays_open_until_it_is_there(
    qtbot: QtBot, tab: BagTab, family: Family
) -> None:
    order = row(tab, ORDER)
    choose(order, "Sent off, or where it is…")
    sheet = sheet_of(PaperSheet)
    sheet.way.set_value("sent")
    sheet.kept_at.set_text("with Dr. 王梅")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    kept = line_of(family, ORDER)
    assert (kept.state, kept.way, kept.kept_at) == ("to_pack", "sent", "with Dr. 王梅")
    assert order.tick.state == "open"
    assert said(order.tick).startswith("sent, not back yet · with Dr. 王梅")
    tick(qtbot, order)
    kept = line_of(family, ORDER)
    assert (kept.state, kept.way) == ("packed", "received")
    family.house.care.undo()
    choose(order, "It has arrived")
    assert line_of(family, ORDER).state == "packed"


def test_where_a_paper_is_that_cannot_be_kept_stays_typed(
    qtbot: QtBot, tab: BagTab, family: Family
) -> None:
    choose(row(tab, ORDER), "Sent off, or where it is…")
    sheet = sheet_of(PaperSheet)
    sheet.kept_at.set_text("x" * 10_000)
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    assert "10000" in (sheet.kept_at.error() or "")
    assert sheet.kept_at.text() == "x" * 10_000
    assert line_of(family, ORDER).kept_at == ""
    sheet.forget_changes()
    sheet.reject()


def test_things_are_not_sent_off(tab: BagTab) -> None:
    menu = menu_of(row(tab, WATER))
    assert "Sent off, or where it is…" not in [one.text() for one in menu.actions()]
    menu.close()


# -- Order ----------------------------------------------------------------------------------------


def test_keys_move_an_item_and_undo_puts_it_back(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    before = labels(tab.papers)
    order = row(tab, ORDER)
    assert before[0] == ORDER
    order.tick.setFocus()
    qtbot.keyClick(order.tick, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert labels(tab.papers)[:2] == [before[1], ORDER]
    assert order.tick.hasFocus(), "it can be moved on"
    qtbot.keyClick(order.tick, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(order.tick, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert labels(tab.papers) == before, "above the first there is no place"
    family.house.care.undo()
    assert labels(tab.papers)[:2] == [before[1], ORDER]
    assert labels(opened(qtbot, family).papers)[:2] == [before[1], ORDER]


def test_a_screen_reader_hears_where_it_went_and_what_was_refused(
    qtbot: QtBot, tab: BagTab, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[str]()

    def note(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            told.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    order, count = row(tab, ORDER), len(tab.papers.items)
    qtbot.keyClick(order.tick, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert told == [f"place 2 of {count}"]
    let_commits_fail(family, monkeypatch)
    tick(qtbot, order)
    assert "nothing was recorded" in told[-1]


def test_the_mouse_drags_an_item_and_ticks_nothing(tab: BagTab, family: Family) -> None:
    before = labels(tab.papers)
    third = row(tab, before[2])
    drag(row(tab, ORDER), third.mapToGlobal(QPoint(60, third.height() - 4)))
    assert labels(tab.papers) == [before[1], before[2], before[0], *before[3:]]
    assert state_of(family, ORDER) == "to_pack"
    assert row(tab, ORDER).tick.state == "open"
    family.house.care.undo()
    assert labels(tab.papers) == before
    order = row(tab, ORDER)
    drag(order, order.tick.mapToGlobal(QPoint(60, 20)))
    assert order.tick.state == "open", "brought back to its place it is not ticked either"


def test_escape_lets_a_drag_go(qtbot: QtBot, tab: BagTab) -> None:
    before = labels(tab.papers)
    order, last = row(tab, ORDER), row(tab, before[-1])
    drag(order, last.mapToGlobal(QPoint(60, last.height())), lets_go=False)
    assert tab.papers._line.isVisible()
    qtbot.keyClick(order.tick, Qt.Key.Key_Escape)
    assert not tab.papers._line.isVisible()
    assert labels(tab.papers) == before


def test_an_item_that_cannot_be_moved_says_why(
    qtbot: QtBot, tab: BagTab, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, order = labels(tab.papers), row(tab, ORDER)
    let_commits_fail(family, monkeypatch)
    qtbot.keyClick(order.tick, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert labels(tab.papers) == before
    assert "nothing was recorded" in order.wrong.text()


# -- One's own ------------------------------------------------------------------------------------


def test_an_item_is_added_in_place(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    field = tab.things.add_line.field
    assert not tab.things.add_line.button.isVisible()
    qtbot.keyClicks(field.line, "Flask of tea")
    assert tab.things.add_line.button.isVisible()
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert labels(tab.things)[-1] == "Flask of tea"
    assert field.text() == ""
    assert field.line.hasFocus(), "the next one can be typed at once"
    assert not any(line.own for line in family.house.bags.bag("p1~3").lines)


def test_an_item_is_added_for_every_visit(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    line = tab.papers.add_line
    line.field.set_text("红豆汤 in a flask")
    line.scope.set_value("always")
    qtbot.mouseClick(line.button, Qt.MouseButton.LeftButton)
    assert "红豆汤 in a flask" in labels(tab.papers)
    later = line_of(family, "红豆汤 in a flask", "p1~3")
    assert (later.own, later.group) == (True, "papers")
    own = row(tab, "红豆汤 in a flask")
    own.tick.setFocus()
    qtbot.keyClick(own.tick, Qt.Key.Key_Delete)
    assert "红豆汤 in a flask" not in labels(tab.papers)
    assert QApplication.focusWidget() is not None
    assert not any(line.own for line in family.house.bags.bag("p1~3").lines)


def test_undo_takes_back_what_was_just_added(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    undo = QShortcut(QKeySequence("Ctrl+Z"), tab)
    undo.activated.connect(family.house.care.undo)
    line = tab.things.add_line.field.line
    line.setFocus()
    qtbot.keyClicks(line, "Flask of tea")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "Flask of tea" in labels(tab.things)
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Flask of tea" not in labels(tab.things)
    qtbot.keyClicks(line, "Mug")
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == "", "while something stands there, it is taken back"


@pytest.mark.parametrize("typed", ["", "   ", "x" * 10_000, "two\x07bells"])
def test_what_cannot_be_an_item_is_refused_in_place(
    qtbot: QtBot, tab: BagTab, family: Family, typed: str
) -> None:
    before = labels(tab.things)
    field = tab.things.add_line.field
    field.set_text(typed)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.error()
    assert field.text() == typed
    assert field.line.hasFocus()
    assert labels(tab.things) == before
    assert not any(line.own for line in family.house.bags.bag(visit_of(family)).lines)


def test_what_could_not_be_added_stays_typed(
    qtbot: QtBot, tab: BagTab, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_commits_fail(family, monkeypatch)
    field = tab.things.add_line.field
    field.set_text("Flask of tea")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert "nothing was recorded" in (field.error() or "")
    assert field.text() == "Flask of tea"


# -- By keyboard ----------------------------------------------------------------------------------


def test_every_item_is_reached_by_keys_as_it_is_read(tab: BagTab) -> None:
    QApplication.processEvents()
    stops = list(stops_of(tab))
    read = [one for card in (tab.papers, tab.things) for one in card.items.values()]
    for one, following in pairwise(read):
        assert stops.index(one.tick) < stops.index(one.more) < stops.index(following.tick)
    assert stops.index(tab.head.visits) < stops.index(read[0].tick)
    assert stops.index(read[-1].tick) < stops.index(tab.things.add_line.field.line)


def test_every_control_says_what_it_is(tab: BagTab) -> None:
    for one in stops_of(tab):
        assert face(one).text(QAccessible.Text.Name), one


def test_the_menu_is_opened_by_its_key(qtbot: QtBot, tab: BagTab) -> None:
    photo = row(tab, "Photo ID")
    qtbot.keyClick(photo.more, Qt.Key.Key_Return)
    menus = [one for one in photo.children() if one.metaObject().className() == "QMenu"]
    assert menus
    assert "Move down" in [one.text() for one in menus[-1].actions()]
    menus[-1].close()


def test_long_and_chinese_names_are_seen_whole(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    long = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum-Ausweis 王梅"
    family.house.bags.add(visit_of(family), long, "papers")
    one, low = row(tab, long).tick, row(tab, "Photo ID").tick.height()
    qtbot.waitUntil(lambda: one.height() > low)
    assert one.accessibleName() == long
    assert "0 of" in visible_text(tab)


def test_a_tick_paints_its_row_and_no_other(qtbot: QtBot, tab: BagTab) -> None:
    rows = [one for card in (tab.papers, tab.things) for one in card.items.values()]
    painted: set[QObject] = set()

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                painted.add(watched)
            return False

    watch, ticked = Watch(), rows[1].tick
    tick(qtbot, rows[0])
    ticked.setFocus()
    QApplication.processEvents()
    for one in rows:
        one.tick.installEventFilter(watch)
    ticked.click()
    QApplication.processEvents()
    assert [one.item.label for one in rows if one.tick in painted] == [rows[1].item.label]


def test_a_tick_is_kept_for_the_bag_that_is_seen(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    shown = visit_of(family)
    # The visit is over since the page was filled.
    family.clock.at = datetime(2026, 4, 2, 12, tzinfo=UTC)
    assert family.house.agenda.next_visit("rosa") not in (None, family.house.agenda.get(shown))
    qtbot.mouseClick(row(tab, "Photo ID").tick, Qt.MouseButton.LeftButton)
    line = next(x for x in family.house.bags.bag(shown).lines if x.label == "Photo ID")
    assert line.state == "packed"
    assert row(tab, "Photo ID").tick.state == "done"
