"""What stands together in one row of reminders, and which rows stand first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Answer
from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.times import Floating
from caregiver_app.gui.reminder_answers import ReasonRow
from caregiver_app.gui.reminder_order import Group, in_order
from caregiver_app.gui.reminder_rows import LineRow
from caregiver_app.gui.reminder_sure import SureRow
from tests.gui.panel import Shown, enter, settle, shown
from tests.gui.tabs_family import NOW, Family, settled_family
from tests.gui.today.page import opened, say_in_time, state_of

TODAY = date(2026, 3, 20)
HOME = "America/New_York"


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    yield made
    made.close()


def reminder(
    name: str, ago: int, *, what: str = "lead", rings: bool = True, entered_late: bool = False
) -> Reminder:
    """One that was due `ago` minutes ago; names that begin with "pill" are medicines."""
    kind = "medication" if name.startswith("pill") else "other"
    due = NOW - timedelta(minutes=ago)
    start = Floating(datetime(2026, 3, 20, 12) - timedelta(minutes=ago))
    return Reminder(
        f"{name}/{ago}", name, name, "rosa", what, start, 0, due, rings=rings, type=kind,
        entered_late=entered_late,
    )  # fmt: skip


def owners(groups: Sequence[Group]) -> list[tuple[str, bool]]:
    return [(one.reminders[0].owner, one.late) for one in groups]


def test_a_medicine_that_is_due_stands_above_older_paperwork() -> None:
    found = [reminder("paper", 500), reminder("call", 400), reminder("pill a", 5),
             reminder("pill b", 60)]  # fmt: skip
    assert owners(in_order(found, TODAY, HOME)) == [
        ("pill b", False), ("pill a", False), ("paper", False), ("call", False),
    ]  # fmt: skip


def test_it_stands_above_the_late_section_where_that_has_no_medicine() -> None:
    found = [reminder("paper", 500), reminder("call", 30), reminder("pill", 5)]
    assert owners(in_order(found, TODAY, HOME, {"paper/500"})) == [
        ("pill", False), ("paper", True), ("call", False),
    ]  # fmt: skip


def test_late_medicines_stay_first() -> None:
    found = [reminder("paper", 500), reminder("call", 60), reminder("pill now", 5),
             reminder("pill late", 400)]  # fmt: skip
    late = {"paper/500", "pill late/400"}
    assert owners(in_order(found, TODAY, HOME, late)) == [
        ("pill late", True), ("paper", True), ("pill now", False), ("call", False),
    ]  # fmt: skip


def test_headings_follow_where_a_section_begins(qtbot: QtBot, family: Family) -> None:
    enter(family, "lab", "Blood test", "2026-03-17T12:00", kind="lab", reminders=(120,))
    enter(family, "car", "Car", "2026-03-20T17:50", kind="other", reminders=(0,))
    enter(family, "mtx", "Methotrexate", "2026-03-20T18:00")
    made = shown(qtbot, family)
    made.show_all(late_before=NOW - timedelta(days=1))
    pieces = made.panel.column.pieces
    assert [one.kind for one in pieces] == ["one", "late", "one", "now", "one"]
    assert [one.ids[0].split("/")[0] for one in pieces] == ["mtx", "lab", "lab", "car", "car"]
    assert "Everything else: 1" in made.read()
    page = opened(qtbot, family)
    waiting, found = page.tab.waiting, family.house.reminders.open_now()
    late = {one.id for one in found if one.owner == "lab"}
    waiting.show_reminders(found, None, several=False, late=late)
    settle()
    assert [title.split(",")[0] for title in page.titles()] == ["Methotrexate", "Blood test", "Car"]
    tops = [row.y() for row in sorted(waiting.rows.values(), key=lambda row: row.y())]
    assert tops[0] < waiting.late_line.y() < tops[1] < waiting.rest_line.y() < tops[2]
    assert waiting.rest_line.text() == "Everything else: 1"


def test_what_was_entered_late_for_one_person_is_one_list() -> None:
    found = [
        reminder(f"step {ago}", ago, what="antibiotics", rings=False, entered_late=True)
        for ago in (500, 400, 300)
    ]
    (group,) = in_order(found, TODAY, HOME)
    assert (group.kind, len(group.ids)) == ("lines", 3)
    (group,) = in_order(found, TODAY, HOME, {"step 400/400"})
    assert group.late


def visit(family: Family) -> list[Reminder]:
    """A visit that is near, of which two reminders ask at once."""
    enter(family, "sol", "Dr Sol", "2026-03-20T19:00", kind="follow-up", reminders=(1440, 120))
    return [one for one in family.house.reminders.open_now() if one.owner == "sol"]


def test_two_reminders_of_one_visit_are_one_row_and_answered_together(
    qtbot: QtBot, family: Family
) -> None:
    found = visit(family)
    assert len(found) == 2
    made = shown(qtbot, family)
    made.show(found)
    (row,) = made.panel.rows
    assert "1 thing to look at" in made.read()
    assert "Thu 19:00" in made.read(), "when it first was due"
    made.press(row.skip_button)
    assert "Skip it" in made.read()
    made.press(row.skip_button)
    made.press(row.done_button)
    assert {made.state(one) for one in found} == {"done"}
    assert made.panel.items == ()


@pytest.mark.parametrize("which", [0, 1])
def test_one_of_them_that_was_late_takes_the_other_along(
    qtbot: QtBot, family: Family, which: int
) -> None:
    found = visit(family)
    made = shown(qtbot, family)
    made.show(found, {found[which].id})
    assert [one.kind for one in made.panel.column.pieces] == ["late", "one"]


def test_on_today_they_are_one_row_too(qtbot: QtBot, family: Family) -> None:
    found = visit(family)
    say_in_time(family)
    page = opened(qtbot, family)
    (row,) = page.tab.waiting.rows.values()
    assert row.waiting.title == "Dr Sol"
    page.click(row.done_button)
    assert {state_of(family, one.id) for one in found} == {"done"}


# -- Why it is skipped ----------------------------------------------------------------------------


def days(family: Family) -> None:
    enter(family, "eye", "Eye drops", "2026-03-16T21:00", rule="FREQ=DAILY;COUNT=4")


def type_into(shown_panel: Shown, words: str) -> None:
    shown_panel.watch.ms += 1000
    for letter in words:
        QTest.keyClicks(shown_panel.panel.focusWidget(), letter)
        settle()


@pytest.mark.parametrize("part", ["group", "line"])
def test_a_reason_typed_for_a_group_or_a_line_keeps_its_spaces(
    qtbot: QtBot, family: Family, part: str
) -> None:
    days(family)
    made = shown(qtbot, family)
    made.show_all()
    if part == "group":
        made.press(made.panel.rows[0].skip_button)
    else:
        line = next(one for one in made.panel.column.in_order() if isinstance(one, LineRow))
        line.more_button.setFocus()
        line.more_button.menu().aboutToShow.emit()
        line.more_button.menu().actions()[-1].trigger()
        settle()
    type_into(made, "was dizzy")
    assert len(made.panel.items) == 4
    made.key(Qt.Key.Key_Return)
    kept = [one for one in family.house.care.store.all(Answer) if one.state == "skipped"]
    assert len(kept) == (4 if part == "group" else 1)
    assert {one.reason for one in kept} == {"was dizzy"}


def test_escape_closes_the_question_of_all_done_first(qtbot: QtBot, family: Family) -> None:
    days(family)
    made = shown(qtbot, family)
    made.show_all()
    row = made.panel.rows[0]
    made.press(row.done_button)
    assert "Not now" in made.read()
    made.key(Qt.Key.Key_Escape)
    assert made.panel.isVisible()
    assert "Not now" not in made.read()
    assert made.panel.focusWidget() is row.done_button


@pytest.mark.parametrize("asks", ["skip", "line", "all done"])
def test_on_today_a_question_takes_the_keyboard_into_sight_and_escape_closes_it(
    qtbot: QtBot, family: Family, asks: str
) -> None:
    days(family)
    say_in_time(family)
    page = opened(qtbot, family, height=420)
    (row,) = page.tab.waiting.rows.values()
    if asks == "line":
        row.lines[0][2].setFocus()
        page.tab.waiting.line_menu(row, row.waiting.lines[0]).actions()[-1].trigger()
    else:
        button = row.skip_button if asks == "skip" else row.done_button
        button.setFocus()
        page.click(button)
    settle()
    asking = row.sure if asks == "all done" else row.reason
    assert isinstance(asking, SureRow | ReasonRow)
    focus = page.tab.window().focusWidget()
    assert focus is (asking.stops()[-1] if isinstance(asking, SureRow) else asking.line)
    assert not asking.visibleRegion().isEmpty()
    assert asking.visibleRegion().boundingRect().height() == asking.height(), "all of it is seen"
    if isinstance(asking, ReasonRow):
        QTest.keyClicks(focus, "was dizzy")
        assert asking.line.text() == "was dizzy"
    assert len(family.house.reminders.open_now()) == 4
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    settle()
    assert not asking.isVisible()
    assert len(family.house.reminders.open_now()) == 4
