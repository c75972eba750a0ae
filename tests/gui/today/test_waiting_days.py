"""Today's list groups as the reminder panel does, and asks before several doses count as given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Answer, Assistance
from tests.gui.panel import enter, shown
from tests.gui.tabs_family import NOW, Family, settled_family
from tests.gui.today.page import Page, opened, say_in_time, seen, settle


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    enter(made, "eye", "Eye drops", "2026-03-16T21:00", rule="FREQ=DAILY;COUNT=5")
    enter(made, "mtx", "Methotrexate", "2026-03-20T18:00")
    enter(made, "lab", "Blood test", "2026-03-17T12:00", kind="lab", reminders=(120,))
    yield made
    made.close()


def marked(family: Family) -> list[str]:
    kept = family.house.care.store.all(Answer)
    return sorted(one.id for one in kept if one.entry == "eye" and one.state == "done")


def test_it_stands_in_the_order_and_the_rows_of_the_panel(qtbot: QtBot, family: Family) -> None:
    say_in_time(family)
    page = opened(qtbot, family)
    made = shown(qtbot, family)
    made.show_all()
    whole = [one for one in made.panel.column.pieces if one.kind in ("one", "foot")]
    rows = sorted(page.tab.waiting.rows.values(), key=lambda row: row.y())
    assert [row.waiting.ids for row in rows] == [one.ids for one in whole]
    assert page.titles() == ["Eye drops", "Methotrexate", "Blood test"]


def test_what_was_late_stands_first_here_too(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    found = family.house.reminders.open_now()
    late = {one.id for one in found if one.due < NOW - timedelta(days=2)}
    page.tab.waiting.show_reminders(found, None, several=False, late=late)
    settle()
    assert page.titles() == ["Eye drops", "Blood test", "Eye drops", "Methotrexate"]
    assert "While nothing could ring: 3 things, since Mon 21:00" in seen(page.tab)


def test_what_this_program_said_late_is_known_here(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    assert page.titles() == ["Eye drops", "Blood test", "Methotrexate"]
    reminders = family.house.reminders
    (notice, *_) = reminders.notices(reminders.due(), grouped=True)
    reminders.record(notice)
    settle()
    assert page.tab.waiting.late_line.text() == (
        "While nothing could ring: 5 things, since Mon 21:00"
    )
    assert page.titles() == ["Eye drops", "Blood test", "Methotrexate"]


def test_each_day_is_answered_on_its_own(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    row = page.row("Eye drops")
    assert [line.title for line in row.waiting.lines] == [
        "Mon 16 Mar, 21:00", "Tue 17 Mar, 21:00", "Wed 18 Mar, 21:00", "Thu 19 Mar, 21:00",
    ]  # fmt: skip
    assert row.waiting.chip == "Not marked yet: 4 days"
    assert row.lines[1][1].accessibleName() == "Done: Eye drops, Tue 17 Mar, 21:00"
    page.click(row.lines[1][1])
    assert marked(family) == ["eye/2026-03-17T21:00/0"]
    assert page.row("Eye drops").waiting.done == "All 3 done"


def test_all_days_are_named_before_they_count_as_given(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    row = page.row("Eye drops")
    page.click(row.done_button)
    assert marked(family) == []
    assert row.sure is not None
    text = seen(row)
    assert "This marks 4 doses of Eye drops as given:" in text
    assert "Only if they really were given. Skip what was not." in text
    assert row.sure.no.hasFocus()
    page.click(row.sure.no)
    assert row.sure.isHidden()
    page.click(row.done_button)
    assert row.sure is not None
    page.click(row.sure.yes)
    assert len(marked(family)) == 4
    family.house.care.undo()
    assert marked(family) == []


def many(family: Family, count: int) -> None:
    for number in range(count):
        at = f"2026-03-{12 + number // 20:02}T{number % 20:02}:00"
        enter(family, f"x{number}", f"Thing {number}", at, kind="other", reminders=(0,))


def test_a_long_list_is_unfolded_step_by_step(qtbot: QtBot, family: Family) -> None:
    many(family, 120)
    say_in_time(family)
    page = opened(qtbot, family)
    fold = page.tab.waiting.fold
    assert len(page.tab.waiting.rows) == 5, "four days of drops, and four more"
    assert fold.words == "Show 50 more of 126"
    page.click(fold)
    assert 50 < len(page.tab.waiting.rows) <= 58
    page.click(fold)
    assert fold.words == "Show all 126"
    page.click(fold)
    assert fold.words == "Show fewer"
    page.click(fold)
    assert len(page.tab.waiting.rows) == 5, "four days of drops, and four more"


def test_the_words_of_lines_turn_with_the_day(qtbot: QtBot, family: Family) -> None:
    last = family.house.care.today + timedelta(days=30)
    for name in ("Wren Help", "Card of Ash"):
        family.house.insurance.save_assistance(
            Assistance(id=name, person="rosa", name=name, last=last)
        )
    family.clock.at = NOW + timedelta(days=1)
    page = opened(qtbot, family)
    page.unfold()
    made = shown(qtbot, family)
    made.show_all()
    assert "Wren Help ends in 29 days" in seen(page.tab)
    assert "Wren Help ends in 29 days" in made.read()
    family.clock.at = NOW + timedelta(days=2)
    page.tab.refresh(None)
    made.panel.set_items(family.house.reminders.open_now())
    for text in (seen(page.tab), made.read()):
        assert "Wren Help ends in 28 days" in text
        assert "29 days" not in text


def test_many_days_are_folded_within_their_row(qtbot: QtBot, family: Family) -> None:
    now, family.clock.at = family.clock.at, NOW - timedelta(days=9)
    enter(family, "old", "Tablet", "2026-03-11T21:30", rule="FREQ=DAILY;COUNT=9")
    family.clock.at = now
    page = opened(qtbot, family)
    row = page.row("Tablet")
    assert len(row.lines) == 8
    assert row.fold is not None
    assert row.fold.words == "Show 1 more"
    page.click(row.fold)
    row = page.row("Tablet")
    assert len(row.lines) == 9
    assert row.fold is None


def test_words_follow_the_clock(page_at: Page) -> None:
    page_at.family.clock.at += timedelta(minutes=30)
    page_at.tab.waiting.refresh_words()
    assert page_at.row("Methotrexate").waiting.chip == "Not marked yet · 18:00"


@pytest.fixture
def page_at(qtbot: QtBot, family: Family) -> Page:
    return opened(qtbot, family)


def test_one_day_can_be_put_off_or_skipped(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    row = page.row("Eye drops")
    menu = page.tab.waiting.line_menu(row, row.waiting.lines[0])
    assert [action.text() for action in menu.actions()][-3:] == ["Pick a time…", "", "Skip…"]
    menu.actions()[-1].trigger()
    settle()
    assert row.reason is not None
    assert row.reason.skip_now.accessibleName() == "Skip it: Eye drops, Mon 16 Mar, 21:00"
    page.click(row.reason.choices[1])
    kept = [one for one in family.house.care.store.all(Answer) if one.state == "skipped"]
    assert [(one.id, one.reason) for one in kept if one.entry == "eye"] == [
        ("eye/2026-03-16T21:00/0", "Was asleep")
    ]
    row = page.row("Eye drops")
    menu = page.tab.waiting.line_menu(row, row.waiting.lines[0])
    menu.actions()[1].trigger()
    settle()
    later = [one.id for one in family.house.care.store.all(Answer) if one.state == "later"]
    assert later == ["eye/2026-03-17T21:00/0"]


def test_the_arrow_beside_a_line_opens_its_menu(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    page.click(page.row("Eye drops").lines[0][2])
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert menu.accessibleName() == "Later or skip: Eye drops, Mon 16 Mar, 21:00"
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    settle()
    assert page.row("Eye drops").waiting.done == "All 4 done"


def test_rows_that_stay_go_where_they_belong_and_the_rest_has_its_own_heading(
    qtbot: QtBot, family: Family
) -> None:
    say_in_time(family)
    page = opened(qtbot, family)
    assert page.titles() == ["Eye drops", "Methotrexate", "Blood test"]
    waiting, found = page.tab.waiting, family.house.reminders.open_now()
    late = {one.id for one in found if one.owner == "mtx"}
    waiting.show_reminders(found, None, several=False, late=late)
    settle()
    tops = {row.waiting.title: row.y() for row in waiting.rows.values()}
    assert sorted(tops, key=tops.__getitem__) == ["Methotrexate", "Eye drops", "Blood test"]
    assert waiting.rest_line.text() == "Everything else: 5"
    assert tops["Methotrexate"] < waiting.rest_line.y() < tops["Eye drops"]
    waiting.show_reminders(found, None, several=False)
    settle()
    assert not waiting.rest_line.isVisible()
