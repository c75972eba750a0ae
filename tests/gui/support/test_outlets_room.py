"""The loved one's own list, as a person uses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.support import Outlet
from caregiver_app.errors import DataBusy
from caregiver_app.gui.support.model import SupportModel
from caregiver_app.gui.support.outlets_list import OutletRow, OutletSheet
from caregiver_app.gui.support.room_model import RoomModel
from caregiver_app.gui.support.room_outlets import OutletsRoom
from caregiver_app.gui.theme import Theme
from tests.gui.tabs_family import Family, rosas_family, shown, visible_text

LEFT = Qt.MouseButton.LeftButton


class Shown:
    """The room on a window of its own."""

    def __init__(self, qtbot: QtBot, family: Family) -> None:
        theme = Theme()
        self.qtbot, self.family = qtbot, family
        model = SupportModel(family.house)
        model.set_person("rosa")
        self.room = OutletsRoom(theme, RoomModel(model))
        self.asked: list[tuple[str, str, str]] = []
        self.room.asked.connect(lambda *where: self.asked.append(where))
        family.house.care.changes.listen(lambda _change: self.room.refresh())
        self.room.refresh()
        qtbot.addWidget(shown(self.room, theme, 860, 900))

    @property
    def outlets(self) -> list[Outlet]:
        return self.family.house.outlets.all("rosa")

    def row(self, place: int = 0) -> OutletRow:
        return list(self.room.list.rows.values())[place]

    def press(self, widget: QWidget) -> None:
        assert widget.isVisible()
        self.qtbot.mouseClick(widget, LEFT)
        for _ in range(3):
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def add(self, text: str) -> None:
        self.room.list.field.set_text(text)
        self.press(self.room.list.button)


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def list_(qtbot: QtBot, family: Family) -> Shown:
    return Shown(qtbot, family)


def test_it_begins_empty_and_kind(list_: Shown) -> None:
    said = visible_text(list_.room)
    assert "Rosa’s own list" in said
    assert "Ask what does them good, or take an idea below." in said


def test_own_words_go_onto_the_list(list_: Shown) -> None:
    list_.add("<b>她种的番茄</b> & tea")
    assert [one.text for one in list_.outlets] == ["<b>她种的番茄</b> & tea"]
    assert list_.row().words.text() == "<b>她种的番茄</b> & tea"
    assert list_.room.list.field.text() == ""
    list_.room.list.field.set_text("Piano")
    list_.qtbot.keyClick(list_.room.list.field.line, Qt.Key.Key_Return)
    assert [one.text for one in list_.outlets][1:] == ["Piano"]


@pytest.mark.parametrize("text", ["", "   ", "x" * 300])
def test_what_cannot_be_kept_is_said_at_the_field(list_: Shown, text: str) -> None:
    list_.add(text)
    assert list_.outlets == []
    assert list_.room.list.field.error()
    assert list_.room.list.field.text() == text


def test_an_idea_goes_onto_the_list_once(list_: Shown) -> None:
    ideas = list_.room.ideas
    card = ideas.card
    assert card is not None
    assert ideas.keep.words == "Add to the list"
    list_.press(ideas.keep)
    (outlet,) = list_.outlets
    assert (outlet.card, outlet.text) == (card.id, card.text)
    assert ideas.keep.words == "On the list"
    assert not ideas.keep.isEnabled()
    list_.press(ideas.another)
    assert ideas.keep.isEnabled()


def test_tried_liked_not_today(list_: Shown) -> None:
    list_.add("Piano")
    for place, state in enumerate(("tried", "liked")):
        list_.press(list_.row().marks.segments[place])
        assert list_.outlets[0].state == state
    list_.press(list_.row().marks.segments[2])
    assert list_.row().marks.value() == "not_today"
    assert list_.outlets[0].state == "liked"
    list_.row().clear.trigger()
    assert list_.row().marks.value() is None
    assert (list_.outlets[0].state, list_.outlets[0].not_today) == ("", None)
    assert not list_.row().clear.isEnabled()


def test_marking_one_keeps_the_keyboard_and_the_order(list_: Shown) -> None:
    list_.add("One")
    list_.add("Two")
    row = list_.row(1)
    row.marks.segments[1].setFocus()
    list_.qtbot.keyClick(row.marks.segments[1], Qt.Key.Key_Space)
    assert list_.row(1) is row, "the row is not made anew under the finger"
    assert row.marks.segments[1].hasFocus()
    assert [one.text for one in list_.outlets] == ["One", "Two"]


def test_one_press_puts_it_on_the_calendar(list_: Shown) -> None:
    list_.add("Piano")
    list_.press(list_.row().plan)
    made = list_.family.house.care.store.all(Appointment, type="other")
    assert [one.title for one in made] == ["Piano"]
    assert list_.row().day.text() == "On the calendar: Sat 21 Mar, 10:00 to 11:00"
    list_.press(list_.row().open_day)
    assert list_.asked == [("calendar", "appointment", made[0].id)]
    list_.press(list_.row().plan)
    assert list_.asked == 2 * [("calendar", "appointment", made[0].id)], "it is there already"
    assert list_.family.house.care.store.all(Appointment, type="other") == made
    assert list_.row().plan.accessibleName() == "Open on the calendar: Piano"
    list_.room.list._make_rows(list_.outlets)
    list_.room.refresh()
    assert list_.row().day.text() == "On the calendar: Sat 21 Mar, 10:00 to 11:00", "for good"
    list_.family.house.care.undo()
    assert list_.family.house.care.store.all(Appointment, type="other") == []
    assert not list_.row().day.isVisible()


def test_it_is_reworded_and_taken_off(list_: Shown) -> None:
    list_.add("Piano")
    actions = {one.text(): one for one in list_.row().more.menu().actions()}
    actions["Change the words"].trigger()
    (sheet,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, OutletSheet)]
    sheet.words.set_text("The old piano")
    list_.press(sheet.primary)
    assert [one.text for one in list_.outlets] == ["The old piano"]
    assert list_.row().words.text() == "The old piano"
    {one.text(): one for one in list_.row().more.menu().actions()}["Take it off the list"].trigger()
    assert list_.outlets == []
    list_.family.house.care.undo()
    assert [one.text for one in list_.outlets] == ["The old piano"]


def test_what_could_not_be_kept_is_said(list_: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    list_.add("Piano")

    def busy(*_args: object, **_more: object) -> None:
        raise DataBusy("data.busy", path="x")

    for name in ("set_state", "put_on_calendar"):
        monkeypatch.setattr(type(list_.family.house.outlets), name, busy)
    for widget in (list_.row().marks.segments[0], list_.row().plan):
        list_.press(widget)
        assert list_.room.list.wrong.isVisible()
    assert list_.row().marks.value() is None, "what was not kept is not shown as kept"


def test_a_long_list_shows_its_beginning_and_all_of_it_at_a_press(
    qtbot: QtBot, family: Family
) -> None:
    for number in range(15):
        family.house.outlets.add("rosa", f"Good {number}")
    page = Shown(qtbot, family)
    card = page.room.list
    assert (len(card.rows), card.all.words) == (12, "Show all 15")
    page.press(card.all)
    assert len(card.rows) == 15
    assert not card.all.isVisible()
    assert page.row(12).plan.hasFocus()


def test_what_is_added_to_a_long_list_is_seen(qtbot: QtBot, family: Family) -> None:
    for number in range(12):
        family.house.outlets.add("rosa", f"Good {number}")
    page = Shown(qtbot, family)
    page.add("Piano")
    assert "Piano" in {row.words.text() for row in page.room.list.rows.values()}
