"""The reminder panel by keyboard, by ear, and where its titles lead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Answer, Authorisation, Call
from caregiver_app.domain.reminders import Reminder
from caregiver_app.gui.reminder_keys import QUIET_MS
from caregiver_app.gui.reminder_places import place_of
from caregiver_app.gui.reminder_rows import OneRow
from tests.gui.fit import colliding, cut_words, overlapping, untold
from tests.gui.panel import Shown, add_mei, enter, settle, shown
from tests.gui.tabs_family import Family, rosas_family, settled_family
from tests.gui.today.page import wall_utc

LONG = "Blood test at the Donaudampfschifffahrtsgesellschaft-Infusionszentrum, second floor"


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    add_mei(made)
    enter(made, "eye", "Eye drops", "2026-03-19T21:00")
    enter(made, "vit", "维生素 D", "2026-03-20T09:00", person="mei")
    enter(made, "mtx", "Methotrexate", "2026-03-20T18:00")
    yield made
    made.close()


@pytest.fixture
def made(qtbot: QtBot, family: Family) -> Shown:
    found = shown(qtbot, family)
    found.show_all()
    qtbot.waitUntil(found.panel.isActiveWindow)
    return found


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader was asked to say."""
    said: list[str] = []

    def note(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    return said


def focus(made: Shown) -> str:
    return made.panel.focusWidget().accessibleName()


# -- Tab, arrows, Escape --------------------------------------------------------------------------


def test_the_tab_key_goes_as_one_reads(made: Shown) -> None:
    stops = [focus(made)]
    for _ in range(14):
        made.key(Qt.Key.Key_Tab)
        stops.append(focus(made).split(",")[0])
    assert stops[0].startswith("3 things to look at. Friday 20 March")
    assert stops[1:] == [
        "Close; nothing is answered",
        "Open: Eye drops", "Done: Eye drops", "Later: Eye drops", "Skip: Eye drops",
        "Open: 维生素 D", "Done: 维生素 D", "Later: 维生素 D", "Skip: 维生素 D",
        "Open: Methotrexate", "Done: Methotrexate", "Later: Methotrexate", "Skip: Methotrexate",
        "All later: everything here",
    ]  # fmt: skip


def test_what_is_asked_on_skip_comes_next(made: Shown) -> None:
    row = made.panel.rows[0]
    made.press(row.skip_button)
    reason = row.buttons.reason
    assert reason is not None
    assert made.panel.focusWidget() is reason.line
    made.key(Qt.Key.Key_Tab)
    assert made.panel.focusWidget() is reason.skip_now
    made.key(Qt.Key.Key_Tab)
    assert focus(made) == "Open: 维生素 D"


def test_a_reason_is_typed_at_once_and_its_spaces_answer_nothing(made: Shown) -> None:
    row, first = made.panel.rows[0], made.panel.items[0]
    made.press(row.skip_button)
    made.watch.ms += 1000
    for letter in "was dizzy":
        QTest.keyClicks(made.panel.focusWidget(), letter)
        settle()
    assert len(made.panel.items) == 3
    assert made.state(first) is None
    made.key(Qt.Key.Key_Return)
    answer = made.family.house.care.store.get(Answer, first.id)
    assert answer is not None
    assert (answer.state, answer.reason) == ("skipped", "was dizzy")


def test_up_and_down_go_to_the_same_answer_of_the_next_row(made: Shown) -> None:
    made.key(Qt.Key.Key_Down)
    assert focus(made) == "Open: Eye drops"
    made.panel.rows[0].later_button.setFocus()
    made.key(Qt.Key.Key_Down)
    assert focus(made).startswith("Later: 维生素 D")
    made.key(Qt.Key.Key_Down)
    made.key(Qt.Key.Key_Down)
    assert focus(made).startswith("Later: Methotrexate"), "the last one stays"
    for _ in range(3):
        made.key(Qt.Key.Key_Up)
    assert made.panel.focusWidget() is made.panel.heading


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_an_answer_by_key_goes_on_to_the_row_that_took_the_place(made: Shown, key: Qt.Key) -> None:
    first = made.panel.items[0]
    made.panel.rows[0].done_button.setFocus()
    made.key(key)
    assert made.state(first) == "done"
    assert focus(made) == "Open: 维生素 D", "which opens, and answers nothing by itself"


def test_an_answer_by_mouse_leaves_no_button_under_the_keys(made: Shown) -> None:
    made.press(made.panel.rows[0].done_button)
    assert made.panel.focusWidget() is made.panel.heading
    made.key(Qt.Key.Key_Space)
    made.key(Qt.Key.Key_Return)
    assert len(made.panel.items) == 2


def test_what_is_answered_elsewhere_leaves_no_other_button_under_the_keys(made: Shown) -> None:
    made.panel.rows[0].done_button.setFocus()
    made.panel.set_items(made.panel.items[1:])
    settle()
    assert made.panel.focusWidget() is made.panel.heading


def test_a_press_right_after_the_rows_moved_is_for_nothing(made: Shown, family: Family) -> None:
    enter(family, "old", "Tablet", "2026-03-19T08:00")
    made.panel.set_items(family.house.reminders.open_now())
    settle()
    first = made.panel.rows[0]
    assert first.ids[0].startswith("old")
    QTest.mouseClick(first.done_button, Qt.MouseButton.LeftButton)
    assert made.state(made.panel.items[0]) is None
    made.press(first.done_button)
    assert len(made.panel.items) == 3


def test_escape_closes_from_anywhere_and_answers_nothing(made: Shown) -> None:
    row = made.panel.rows[1]
    row.later_button.setFocus()
    made.key(Qt.Key.Key_Escape)
    assert not made.panel.isVisible()
    assert {made.state(one) for one in made.panel.items} == {None}


@pytest.mark.parametrize("by", ["in the question", "elsewhere"])
def test_escape_takes_away_what_is_asked_before_the_panel(made: Shown, by: str) -> None:
    row = made.panel.rows[1]
    made.press(row.skip_button)
    if by == "elsewhere":
        made.panel.heading.setFocus()
    made.key(Qt.Key.Key_Escape)
    assert made.panel.isVisible()
    assert "Why?" not in made.read()
    assert made.panel.focusWidget() is row.skip_button
    made.key(Qt.Key.Key_Escape)
    assert not made.panel.isVisible()
    assert {made.state(one) for one in made.panel.items} == {None}


def test_keys_of_the_first_second_go_nowhere_not_even_between_rows(made: Shown) -> None:
    made.panel.hide()
    made.panel.come_up()
    settle()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Escape):
        QTest.keyClick(made.panel.focusWidget(), key)
    assert made.panel.isVisible()
    assert made.panel.focusWidget() is made.panel.heading
    made.watch.ms += QUIET_MS
    QTest.keyClick(made.panel.focusWidget(), Qt.Key.Key_Escape)
    assert not made.panel.isVisible()


def test_f2_is_never_barred(qtbot: QtBot, made: Shown) -> None:
    made.panel.hide()
    made.panel.come_up()
    with qtbot.waitSignal(made.panel.emergency_asked):
        QTest.keyClick(made.panel.rows[0].done_button, Qt.Key.Key_F2)


# -- By ear ---------------------------------------------------------------------------------------


def test_each_row_says_what_whose_when_and_how_it_stands(made: Shown) -> None:
    rows = [one for one in made.panel.rows if isinstance(one, OneRow)]
    assert [one.accessibleName() for one in rows] == [
        "Eye drops, Rosa Marín, Not marked yet · Thu 21:00",
        "维生素 D, 王梅, Not marked yet · 9:00",
        "Methotrexate, Rosa Marín, Due now · 18:00",
    ]
    for row in rows:
        for word, button in (
            ("Done", row.done_button), ("Later", row.later_button), ("Skip", row.skip_button),
        ):  # fmt: skip
            assert button.accessibleName() == f"{word}: {row.accessibleName()}"
            face = QAccessible.queryAccessibleInterface(button)
            assert face.role() in (QAccessible.Role.Button, QAccessible.Role.ButtonMenu)
        face = QAccessible.queryAccessibleInterface(row.title)
        assert face.role() == QAccessible.Role.Button


def test_what_comes_is_said_once_and_the_keyboard_stays(
    qtbot: QtBot, family: Family, told: list[str]
) -> None:
    made = shown(qtbot, family)
    found = family.house.reminders.open_now()
    made.show(found[:1])
    assert told == ["Care reminders. Eye drops, Rosa Marín, Not marked yet · Thu 21:00"]
    made.panel.rows[0].later_button.setFocus()
    made.panel.set_items(found)
    settle()
    assert told[1:] == ["Care reminders. 2 new, the first: 维生素 D, 王梅, Not marked yet · 9:00"]
    assert made.panel.focusWidget() is made.panel.rows[0].later_button
    made.panel.set_items(found)
    made.panel.come_up()
    settle()
    assert len(told) == 2, "nothing is said twice"


def test_a_refusal_is_said(made: Shown, told: list[str]) -> None:
    row = made.panel.rows[0]
    row.buttons.ask_time()
    pick = row.buttons.pick
    assert pick is not None
    pick.hour.set_text("7:00")
    made.press(pick.pick)
    assert told == [made.panel.wrong.text()]


# -- Open -----------------------------------------------------------------------------------------


def test_the_title_leads_to_the_thing_itself(made: Shown) -> None:
    row = made.panel.rows[0]
    assert isinstance(row, OneRow)
    assert row.title.height() >= 44
    made.press(row.title)
    assert made.asked == [("calendar", "appointment", "eye")]
    row.title.setFocus()
    made.key(Qt.Key.Key_Return)
    assert len(made.asked) == 2
    assert made.state(made.panel.items[0]) is None, "looking answers nothing"
    assert made.panel.isVisible()


def places(family: Family, wall: str) -> dict[str, tuple[str, str, str]]:
    family.clock.at = wall_utc(wall)
    found: list[Reminder] = family.house.reminders.open_now()
    return {one.what: place_of(one, several=True) for one in found}


def test_each_kind_leads_to_its_own_place(tmp_path: Path) -> None:
    family = rosas_family(tmp_path)
    care = family.house.care
    with care.change("done.entry_removed", name="x"):
        for entry in (
            Authorisation(id="au", person="rosa", last=date(2026, 4, 19), insurer="Harbour"),
            Call(id="c", person="rosa", date=date(2026, 3, 19), with_whom="Willow",
                 again=date(2026, 3, 21), text="x"),
        ):  # fmt: skip
            care.store.put(care.stamped(entry, None))
    found = places(family, "2026-03-28T09:00")
    assert found["papers"] == ("bag", "visit", "p1~2")
    assert found["c7"] == ("watch", "checkin_asked", "rosa")
    assert found["approval_ends"] == ("care", "authorisation", "au")
    assert found["call_again"] == ("care", "call", "c")
    assert found["anything_new"][:2] == ("visit", "anything_new")
    found = places(family, "2026-03-31T07:35")
    assert found["lead"] == ("calendar", "appointment", "p1~2")
    assert found["well_enough"] == ("visit", "well_enough", "p1~2")
    found = places(family, "2026-04-01T09:00")
    assert found["happened"] == ("visit", "visit", "p1~2")
    family.close()


# -- How it looks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("late", [False, True])
def test_nothing_is_cut_or_lies_on_other_words(
    qtbot: QtBot, family: Family, scale: float, *, late: bool
) -> None:
    enter(family, "lab", LONG, "2026-03-20T20:00", kind="lab", reminders=(120,))
    enter(family, "drops", "Tablet with a very long name of its maker", "2026-03-16T08:00",
          rule="FREQ=DAILY;COUNT=4", person="mei")  # fmt: skip
    made = shown(qtbot, family, scale=scale)
    before = datetime(2026, 3, 20, 21, 0).astimezone() + timedelta(days=1) if late else None
    made.show_all(late_before=before)
    bar = made.panel.column.area.verticalScrollBar()
    for value in range(0, bar.maximum() + 200, 200):
        bar.setValue(value)
        settle()
        assert cut_words(made.panel) == []
        assert overlapping(made.panel) == []
        assert untold(made.panel) == []
        assert colliding(made.panel) == []


def test_light_and_text_size_follow_at_once(made: Shown) -> None:
    width = made.panel.width()
    made.theme.set_scale(2.0)
    settle()
    assert made.panel.width() > width
    assert cut_words(made.panel) == []
    before = made.panel.grab().toImage().pixelColor(10, 10)
    made.theme.set_mode("dark")
    settle()
    assert made.panel.grab().toImage().pixelColor(10, 10).lightness() < before.lightness()


def test_every_target_is_large_enough(made: Shown) -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    for row in made.panel.rows:
        assert isinstance(row, OneRow)
        for target in (row.title, row.done_button, row.later_button, row.skip_button):
            assert target.height() >= 44
            assert target.width() >= 44
    assert made.panel.close_button.height() >= 44
    assert made.panel.all_later.height() >= 44
