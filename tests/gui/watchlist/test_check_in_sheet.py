"""The form of a day, as hands and keys fill it in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import CheckIn, Person
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.check_in_sheet import CheckInSheet, open_check_in
from caregiver_app.services.check_ins import SCALES
from tests.gui.tabs_family import Family, open_family, settled_family, shown, visible_text

TODAY = date(2026, 3, 20)
YESTERDAY = date(2026, 3, 19)
Opened = Callable[..., CheckInSheet]


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def opened(qtbot: QtBot, family: Family) -> Iterator[Opened]:
    theme = Theme()
    window = QWidget()
    qtbot.addWidget(shown(window, theme))
    made: list[CheckInSheet] = []

    def open_one(
        day: date | None = None, entry: CheckIn | None = None, who: str = "rosa"
    ) -> CheckInSheet:
        person = family.house.people.person(who)
        sheet = open_check_in(theme, family.house, person, window, day=day, entry=entry)
        made.append(sheet)
        QApplication.processEvents()
        return sheet

    yield open_one
    for sheet in made:
        try:
            sheet.forget_changes()
            sheet.close()
        except RuntimeError:
            pass


def kept(family: Family) -> list[CheckIn]:
    return family.house.care.store.all(CheckIn)


def keys(sheet: CheckInSheet, *pressed: Qt.Key) -> int:
    """Press keys where the keyboard is; return how many."""
    for key in pressed:
        target = sheet.focusWidget()
        assert target is not None
        QTest.keyClick(target, key)
    return len(pressed)


def save(sheet: CheckInSheet) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def press(sheet: CheckInSheet, widget: QWidget) -> None:
    sheet.area.ensureWidgetVisible(widget)
    assert widget.isVisible()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


# ---- twenty seconds ----------------------------------------------------------------------------
def test_a_day_is_written_in_eleven_keys(opened: Opened, family: Family) -> None:
    sheet = opened()
    assert all(scale.value() is None for scale in sheet.scales.values()), "nothing is preselected"
    assert sheet.focusWidget() in sheet.scales["pain"].segments, "the keyboard is in the form"
    key = Qt.Key
    count = keys(
        sheet, key.Key_4, key.Key_Down, key.Key_1, key.Key_0, key.Key_Down, key.Key_3,
        key.Key_Down, key.Key_6, key.Key_Down, key.Key_0,
    )  # fmt: skip
    save(sheet)
    assert count + 1 == 11
    (entry,) = kept(family)
    assert [getattr(entry, name) for name in SCALES] == [4, 10, 3, 6, 0]
    assert (entry.person, entry.date, entry.flare, entry.possible) == ("rosa", TODAY, False, "")
    assert not sheet.isVisible()


def test_one_number_is_enough(opened: Opened, family: Family) -> None:
    sheet = opened()
    keys(sheet, Qt.Key.Key_7)
    save(sheet)
    (entry,) = kept(family)
    assert [getattr(entry, name) for name in SCALES] == [7, None, None, None, None]


def test_the_whole_sheet_by_keys(opened: Opened, family: Family) -> None:
    sheet = opened()
    key = Qt.Key
    keys(sheet, key.Key_5, *[key.Key_Down] * 5)
    assert sheet.focusWidget() is sheet.flare
    keys(sheet, key.Key_Space, key.Key_Tab)
    assert sheet.focusWidget() is sheet.possible.field.line
    QTest.keyClicks(sheet.possible.field.line, "Sat outside")
    keys(sheet, *[key.Key_Tab] * (len(sheet.possible.chips) + 1))
    assert sheet.focusWidget() is sheet.words.area
    QTest.keyClicks(sheet.words.area, "Slept badly")
    save(sheet)
    (entry,) = kept(family)
    assert (entry.pain, entry.flare) == (5, True)
    assert (entry.possible, entry.text) == ("Sat outside", "Slept badly")


def test_enter_goes_on_and_the_arrows_move_within_a_scale(opened: Opened) -> None:
    sheet = opened()
    key = Qt.Key
    keys(sheet, key.Key_4, key.Key_Right, key.Key_Enter)
    assert sheet.scales["pain"].number() == 5
    assert sheet.focusWidget() in sheet.scales["fatigue"].segments
    keys(sheet, key.Key_Up)
    assert sheet.focusWidget() is sheet.scales["pain"].segments[5]
    keys(sheet, key.Key_Up)
    assert sheet.focusWidget() is sheet.scales["pain"].segments[5], "there is nothing above"


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
def test_a_number_is_taken_away_again(opened: Opened, key: Qt.Key) -> None:
    sheet = opened()
    scale = sheet.scales["pain"]
    keys(sheet, Qt.Key.Key_4, key)
    assert scale.number() is None
    press(sheet, scale.segments[6])
    assert scale.number() == 6
    press(sheet, scale.segments[6])
    assert scale.number() is None, "a second click takes it away"
    keys(sheet, Qt.Key.Key_1, Qt.Key.Key_2)
    assert scale.number() == 2, "only 1 and 0 make a number of two digits"


def test_a_screen_reader_hears_what_each_number_is_about(opened: Opened) -> None:
    sheet = opened()
    for name, words in (("pain", "Pain: 0 none, 10 worst"), ("sleep", "Sleep: 0 very bad, 10")):
        assert sheet.scales[name].accessibleName().startswith(words)
        assert sheet.scales[name].segments[3].accessibleDescription().startswith(words)
    assert sheet.possible.field.control.accessibleName() == "What was possible today?"


def test_before_anybody_is_entered(qtbot: QtBot, tmp_path: Path) -> None:
    family = open_family(tmp_path)
    theme = Theme()
    window = QWidget()
    qtbot.addWidget(shown(window, theme))
    sheet = open_check_in(theme, family.house, None, window)
    keys(sheet, Qt.Key.Key_4)
    save(sheet)
    assert [one.pain for one in kept(family)] == [4]
    assert len(family.house.people.people()) == 1
    family.close()


# ---- what was possible -------------------------------------------------------------------------
def test_chips_put_words_in_and_take_them_out(opened: Opened, family: Family) -> None:
    sheet = opened()
    by_words = {chip.words: chip for chip in sheet.possible.chips}
    assert list(by_words) == ["Up and about", "A short walk", "Stayed on the sofa", "Stayed in bed"]
    press(sheet, by_words["Stayed in bed"])
    press(sheet, by_words["A short walk"])
    assert sheet.possible.text() == "Stayed in bed, A short walk"
    press(sheet, by_words["Stayed in bed"])
    assert sheet.possible.text() == "A short walk"
    save(sheet)
    assert kept(family)[0].possible == "A short walk"


def test_the_familys_own_words_come_first(opened: Opened, family: Family) -> None:
    for day, words in ((17, "Cooked soup"), (18, "A short walk"), (19, "x" * 60)):
        family.house.watch.check_in(
            CheckIn(id="", person="rosa", date=date(2026, 3, day), possible=words)
        )
    chips = [chip.words for chip in opened().possible.chips]
    assert chips[:3] == ["A short walk", "Cooked soup", "Up and about"]
    assert len(chips) == len(set(chips))


# ---- which day ---------------------------------------------------------------------------------
def test_yesterday_takes_one_press_more(opened: Opened, family: Family) -> None:
    sheet = opened()
    assert sheet.day_choice is not None
    press(sheet, sheet.day_choice.segments[1])
    assert "Thursday 19 March" in visible_text(sheet)
    assert "What was possible that day?" in visible_text(sheet)
    sheet.scales["mood"].enter()
    keys(sheet, Qt.Key.Key_8)
    save(sheet)
    assert [(one.date, one.mood) for one in kept(family)] == [(YESTERDAY, 8)]


def test_another_day_is_typed(opened: Opened, family: Family) -> None:
    sheet = opened()
    assert sheet.day_choice is not None
    press(sheet, sheet.day_choice.segments[2])
    assert sheet.day.isVisible()
    assert sheet.focusWidget() is sheet.day.control
    QTest.keyClicks(sheet.day.control, "11 March 2026")
    sheet.scales["pain"].enter()
    keys(sheet, Qt.Key.Key_2)
    save(sheet)
    assert [(one.date, one.pain) for one in kept(family)] == [(date(2026, 3, 11), 2)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("21 March 2026", "is still to come"),
        ("31 February 2026", "There is no such date."),
        ("", "Which day was it?"),
    ],
)
def test_a_day_that_cannot_be_has_a_sentence_and_keeps_the_form(
    opened: Opened, family: Family, typed: str, sentence: str
) -> None:
    sheet = opened()
    keys(sheet, Qt.Key.Key_3)
    assert sheet.day_choice is not None
    press(sheet, sheet.day_choice.segments[2])
    QTest.keyClicks(sheet.day.control, typed)
    save(sheet)
    assert sheet.isVisible()
    assert sentence in (sheet.day.error() or "")
    assert sheet.scales["pain"].number() == 3, "what was typed stays"
    assert kept(family) == []


def test_a_day_has_one_check_in(opened: Opened, family: Family) -> None:
    family.house.watch.check_in(
        CheckIn(
            id="y", person="rosa", date=YESTERDAY, pain=6, sleep=2, text="Bad night", flare=True
        )
    )
    sheet = opened()
    sheet.scales["pain"].enter()
    keys(sheet, Qt.Key.Key_4)
    assert sheet.day_choice is not None
    press(sheet, sheet.day_choice.segments[1])
    assert "There is a check-in of this day already" in visible_text(sheet)
    assert (sheet.scales["pain"].number(), sheet.scales["sleep"].number()) == (4, 2)
    assert (sheet.flare.state, sheet.words.text()) == ("done", "Bad night")
    press(sheet, sheet.day_choice.segments[0])
    assert (sheet.scales["pain"].number(), sheet.scales["sleep"].number()) == (4, None)
    press(sheet, sheet.day_choice.segments[1])
    save(sheet)
    (entry,) = kept(family)
    assert (entry.id, entry.pain, entry.sleep, entry.text) == ("y", 4, 2, "Bad night")


def test_looking_at_another_day_changes_nothing(opened: Opened, family: Family) -> None:
    family.house.watch.check_in(CheckIn(id="y", person="rosa", date=YESTERDAY, pain=6))
    sheet = opened()
    assert sheet.day_choice is not None
    press(sheet, sheet.day_choice.segments[1])
    assert not sheet.is_changed()
    keys(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_a_check_in_after_nothing_completes_it(opened: Opened, family: Family) -> None:
    family.house.watch.check_in(CheckIn(id="n", person="rosa", date=TODAY))
    sheet = opened()
    keys(sheet, Qt.Key.Key_9)
    save(sheet)
    assert [(one.id, one.pain) for one in kept(family)] == [("n", 9)]


def test_nothing_filled_in_is_not_kept_as_nothing(opened: Opened, family: Family) -> None:
    sheet = opened()
    save(sheet)
    assert sheet.isVisible()
    assert "Nothing is filled in yet." in visible_text(sheet)
    assert kept(family) == []
    press(sheet, sheet.flare)
    save(sheet)
    assert [one.flare for one in kept(family)] == [True]


# ---- corrections -------------------------------------------------------------------------------
def test_an_entry_of_another_person_is_corrected_as_theirs(opened: Opened, family: Family) -> None:
    family.house.people.save_person(Person(id="mei", name="王梅"))
    entry = family.house.watch.check_in(
        CheckIn(id="m", person="mei", date=date(2026, 3, 10), pain=6, possible="One\nTwo")
    )
    sheet = opened(entry=entry)
    assert sheet.day_choice is None, "the day of an entry stays"
    assert "王梅 · Tuesday 10 March" in visible_text(sheet)
    keys(sheet, Qt.Key.Key_2)
    save(sheet)
    (changed,) = kept(family)
    assert (changed.id, changed.person, changed.pain) == ("m", "mei", 2)
    assert changed.possible == "One\nTwo", "words of several lines stay as they are"


def test_it_is_deleted_and_undone(opened: Opened, family: Family) -> None:
    assert not opened().delete.isVisible()
    entry = family.house.watch.check_in(CheckIn(id="m", person="rosa", date=TODAY, pain=6))
    sheet = opened(entry=entry)
    press(sheet, sheet.delete)
    assert kept(family) == []
    assert not sheet.isVisible()
    family.house.care.undo()
    assert [one.id for one in kept(family)] == ["m"]


def test_a_note_that_is_too_long_is_refused_beside_it(opened: Opened, family: Family) -> None:
    sheet = opened()
    sheet.words.set_text("x" * 200_000)
    save(sheet)
    assert sheet.isVisible()
    assert sheet.words.error()
    assert kept(family) == []


@pytest.mark.parametrize(("scale", "width"), [(1.0, 900), (1.5, 1280), (2.0, 1280), (2.0, 700)])
def test_every_number_has_room(qtbot: QtBot, family: Family, scale: float, width: int) -> None:
    theme = Theme()
    theme.set_scale(scale)
    window = QWidget()
    qtbot.addWidget(shown(window, theme, width, 860))
    person = family.house.people.person("rosa")
    sheet = open_check_in(theme, family.house, person, window)
    QApplication.processEvents()
    for row in sheet.scales.values():
        for segment in row.segments:
            assert min(segment.width(), segment.height()) >= 40
            assert segment.geometry().right() <= row.width()
    assert sheet.area.horizontalScrollBar().maximum() == 0
    sheet.close()
