"""The box that goes to a day, the next of a kind, a title, a place or a person."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from caregiver_app.domain.entities import Person
from caregiver_app.gui.words import formats, use_formats
from caregiver_app.pages.formats import Formats
from tests.gui.calendar.family import appointment

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2026, 3, 20)


@pytest.fixture
def tab(home, show):
    appointment(home, "lab", "Blood test", "2026-04-09T08:00", place="Harbour House")
    appointment(home, "old", "Old scan", "2026-02-03T08:00", status="done")
    appointment(home, "mtx", "Methotrexate", "2026-03-13T18:00", rrule="FREQ=WEEKLY",
                type="medication")  # fmt: skip
    made = show(home)
    yield made
    if made.jump_box is not None:
        made.jump_box.close()


def ask(tab, qtbot, text: str, *, enter: bool = True):
    tab.jump()
    box = tab.jump_box
    box.field.line.clear()
    if text.isascii():
        qtbot.keyClicks(box.field.line, text)
    else:
        box.field.line.insert(text)
    if enter:
        qtbot.keyClick(box.field.line, Qt.Key.Key_Return)
    return box


@pytest.mark.parametrize(
    ("text", "day", "item"),
    [
        ("next infusion", date(2026, 3, 31), "plan~2|2026-03-31T09:30"),
        ("infusion", date(2026, 3, 31), "plan~2|2026-03-31T09:30"),
        ("last infusion", date(2026, 3, 17), "plan~1|2026-03-17T09:30"),
        ("next blood test", date(2026, 4, 9), "lab|2026-04-09T08:00"),
        ("tomorrow", date(2026, 3, 21), ""),
        ("tuesday", date(2026, 3, 24), ""),
        ("in 3 weeks", date(2026, 4, 10), ""),
        ("24 Nov", date(2026, 11, 24), ""),
        ("24.11.", date(2026, 11, 24), ""),
        ("2027-02-09", date(2027, 2, 9), ""),
        ("November 2027", date(2027, 11, 1), ""),
        ("blood", date(2026, 4, 9), "lab|2026-04-09T08:00"),
        ("harbour", date(2026, 4, 9), "lab|2026-04-09T08:00"),
        ("old scan", date(2026, 2, 3), "old|2026-02-03T08:00"),
        ("methotrexate", date(2026, 3, 20), "mtx|2026-03-20T18:00"),
        ("willow", date(2026, 3, 31), "plan~2|2026-03-31T09:30"),
    ],
)
@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_enter_goes_there_and_chooses_it(tab, qtbot, view, text, day, item):
    tab.show_view(view)
    box = ask(tab, qtbot, text)
    assert not box.isVisible()
    assert tab.chosen_day == day
    assert tab.chosen_item == item
    if item and view != "week":
        assert tab.agenda.item_key() == item


@pytest.mark.parametrize(("view", "words"), [("month", "blood"), ("list", "blood")])
def test_enter_again_opens_what_was_found(tab, qtbot, view, words):
    tab.show_view(view)
    ask(tab, qtbot, words)
    qtbot.waitUntil(lambda: tab.focusWidget() is tab.agenda)
    qtbot.keyClick(tab.agenda, Qt.Key.Key_Return)
    assert tab.desk.sheet.title_field.text() == "Blood test"


def test_g_and_ctrl_g_and_the_button_open_the_box(tab, qtbot):
    for open_it in (
        lambda: qtbot.keyClick(tab.month, Qt.Key.Key_G),
        lambda: qtbot.keyClick(tab.month, Qt.Key.Key_G, CTRL),
        lambda: qtbot.mouseClick(tab.head.jump_button, Qt.MouseButton.LeftButton),
    ):
        open_it()
        assert tab.jump_box.isVisible()
        qtbot.keyClick(tab.jump_box.field.line, Qt.Key.Key_Escape)
        assert not tab.jump_box.isVisible()
    assert tab.chosen_day == TODAY


def test_before_anything_is_typed_it_offers_the_next_infusion(tab, qtbot):
    box = ask(tab, qtbot, "", enter=False)
    offered = [row.title for row in box.list.rows.rows]
    assert offered == ["Infusion 2", "Friday 20 March", "Friday 27 March"]


def test_what_is_not_found_is_said_and_the_words_stay(tab, qtbot):
    box = ask(tab, qtbot, "xyzzy")
    assert box.isVisible()
    assert box.sentence.isVisible()
    assert box.sentence.text().startswith("Nothing found for “xyzzy”.")
    assert box.field.text() == "xyzzy"
    assert tab.chosen_day == TODAY


def test_the_arrow_keys_choose_among_what_is_offered(tab, home, qtbot):
    appointment(home, "b2", "Blood count", "2026-05-05T08:00")
    box = ask(tab, qtbot, "blood", enter=False)
    assert [row.title for row in box.list.rows.rows] == ["Blood test", "Blood count"]
    qtbot.keyClick(box.field.line, Qt.Key.Key_Down)
    qtbot.keyClick(box.field.line, Qt.Key.Key_Down)
    assert box.list.current_key() == "1"
    qtbot.keyClick(box.field.line, Qt.Key.Key_Return)
    assert tab.chosen_item == "b2|2026-05-05T08:00"


def test_a_click_goes_there_too(tab, qtbot):
    box = ask(tab, qtbot, "in 2 days", enter=False)
    spot = box.list.visualRect(box.list.rows.index(0, 0)).center()
    qtbot.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert tab.chosen_day == date(2026, 3, 22)


def test_a_person_brings_what_is_next_for_them(tab, home, qtbot):
    home.house.people.save_person(Person(id="mei", name="王梅"))
    appointment(home, "eye", "Eye clinic", "2026-04-02T10:00", person="mei")
    ask(tab, qtbot, "王梅")
    assert tab.chosen_item == "eye|2026-04-02T10:00"
    tab.set_person("rosa")
    tab.go(TODAY)
    box = ask(tab, qtbot, "eye clinic")
    assert box.isVisible(), "Rosa's calendar holds no such thing"
    assert tab.chosen_day == TODAY


@pytest.mark.parametrize(
    ("month_first", "day"), [(True, date(2026, 5, 4)), (False, date(2026, 4, 5))]
)
def test_slashes_are_read_as_the_country_writes_them(tab, qtbot, month_first, day):
    before = formats()
    use_formats(Formats(month_first=month_first))
    try:
        ask(tab, qtbot, "5/4")
    finally:
        use_formats(before)
    assert tab.chosen_day == day


def test_a_cancelled_infusion_is_not_the_next_one(home, show, qtbot):
    appointment(home, "x", "Extra", "2026-03-25T08:00", type="infusion", status="cancelled")
    tab = show(home)
    ask(tab, qtbot, "next infusion")
    assert tab.chosen_item == "plan~2|2026-03-31T09:30"
