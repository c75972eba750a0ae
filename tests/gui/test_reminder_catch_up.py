"""What could not ring in time: first, grouped, and never marked as given by one careless press."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Answer
from caregiver_app.gui.reminder_rows import FootRow, LateHead, LineRow, OneRow
from tests.gui.panel import Shown, add_mei, enter, settle, shown
from tests.gui.ringing import Desktop, ring
from tests.gui.tabs_family import NOW, Family, settled_family

SLEPT = NOW - timedelta(minutes=3)


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def five_days(family: Family) -> Family:
    """Closed from Monday to Friday 18:00: four evenings of drops, a tablet, a lab; one due now."""
    add_mei(family)
    enter(family, "lab", "Blood test", "2026-03-17T12:00", kind="lab", reminders=(120,))
    enter(family, "eye", "Eye drops", "2026-03-16T21:00", rule="FREQ=DAILY;COUNT=5")
    enter(family, "vit", "维生素 D", "2026-03-19T09:00", person="mei")
    enter(family, "mtx", "Methotrexate", "2026-03-20T18:00")
    return family


@pytest.fixture
def late(qtbot: QtBot, five_days: Family) -> Shown:
    made = shown(qtbot, five_days)
    made.show_all(late_before=SLEPT)
    return made


def kinds(made: Shown) -> list[str]:
    return [one.kind for one in made.panel.column.pieces]


def owners(made: Shown) -> list[str]:
    return [one.ids[0].split("/")[0] for one in made.panel.column.pieces if one.kind != "line"]


def test_what_was_late_stands_first_with_medicines_before_the_rest(late: Shown) -> None:
    assert kinds(late) == [
        "late", "head", "line", "line", "line", "line", "foot", "one", "one", "now", "one",
    ]  # fmt: skip
    assert owners(late) == ["eye", "eye", "eye", "vit", "lab", "mtx", "mtx"]
    text = late.read()
    assert "While nothing could ring: 6 things, since Mon 21:00" in text
    assert "While nothing could ring: 6" in text
    assert "7 things to look at" in text
    assert {"All 6 later", "All 7 later"} <= {
        one.text().strip() for one in late.panel.findChildren(QAbstractButton) if one.isVisible()
    }, "which is which is plain"


def test_the_days_of_a_medicine_are_one_row_with_each_day_on_its_own(late: Shown) -> None:
    lines = [one for one in late.panel.column.in_order() if isinstance(one, LineRow)]
    assert [one.title.text() for one in lines] == [
        "Mon 16 Mar, 21:00", "Tue 17 Mar, 21:00", "Wed 18 Mar, 21:00", "Thu 19 Mar, 21:00",
    ]  # fmt: skip
    assert "Not marked yet: 4 days" in late.read()
    assert lines[1].done_button.accessibleName() == "Done: Eye drops, Tue 17 Mar, 21:00, Rosa Marín"
    late.press(lines[1].done_button)
    still = [one for one in late.family.house.reminders.open_now() if one.owner == "eye"]
    assert [one.id[4:14] for one in still] == ["2026-03-16", "2026-03-18", "2026-03-19"]
    assert "Not marked yet: 3 days" in late.read()
    assert late.button("All 3 done")


def test_todays_dose_stands_alone_it_may_still_be_given(qtbot: QtBot, family: Family) -> None:
    enter(family, "morning", "Tablet", "2026-03-16T08:00", rule="FREQ=DAILY")
    made = shown(qtbot, family)
    made.show_all(late_before=SLEPT)
    assert kinds(made) == ["late", "head", "line", "line", "line", "line", "foot", "one"]
    assert made.panel.column.pieces[-1].ids == ("morning/2026-03-20T08:00/0",)


def test_all_done_names_what_it_marks_and_marks_only_after_a_second_press(late: Shown) -> None:
    head = late.panel.column.in_order()[0]
    assert isinstance(head, LateHead)
    assert head.all_done is not None
    late.press(head.all_done)
    found = late.family.house.reminders.open_now()
    assert {late.state(one) for one in found} <= {None, "shown"}, "nothing is marked yet"
    text = late.read()
    for said in (
        "This marks 6 things as done, each at its own time:",
        "•  Eye drops, Rosa Marín, 4 days",
        "•  维生素 D, 王梅, due Thu 9:00",
        "5 doses of medicines count as given then.",
        "Only if they really were given. Skip what was not.",
    ):
        assert said in text
    assert late.panel.focusWidget() is head.asking.sure.no, "the keyboard waits on the harmless one"
    late.press(late.button("Mark all 6 as done"))
    assert [one.owner for one in late.panel.items] == ["mtx"]
    assert {late.state(one) for one in found if one.owner != "mtx"} == {"done"}


def test_one_step_takes_all_of_it_back_from_the_panel_itself(late: Shown) -> None:
    before = late.panel.items
    late.press(late.button("All 6 done…"))
    late.press(late.button("Mark all 6 as done"))
    late.press(late.panel.undo_button)
    assert late.panel.items == before
    assert kinds(late)[0] == "late", "it is late as before"
    assert not late.panel.undo_button.isVisible()
    assert {late.state(one) for one in before} == {None}


def test_undo_is_not_offered_once_something_else_was_changed(late: Shown) -> None:
    late.press(late.button("Done: Eye drops, Mon 16 Mar, 21:00, Rosa Marín"))
    assert late.panel.undo_button.isVisible()
    enter(late.family, "more", "Something else", "2026-05-01T09:00", kind="other")
    late.panel.set_items(late.panel.items)
    assert not late.panel.undo_button.isVisible()


def test_not_now_changes_nothing(late: Shown) -> None:
    late.press(late.button("All 6 done…"))
    late.press(late.button("Not now"))
    assert "This marks" not in late.read()
    assert len(late.panel.items) == 7


def test_several_doses_are_asked_about_before_they_count_as_given(late: Shown) -> None:
    late.press(late.button("All 4 done"))
    assert "This marks 4 doses of Eye drops as given:" in late.read()
    assert len(late.panel.items) == 7
    foot = next(one for one in late.panel.rows if isinstance(one, FootRow))
    yes = late.button("Mark all 4 as done")
    area = late.panel.column.area.viewport()
    assert area.rect().contains(yes.mapTo(area, yes.rect().bottomLeft())), "it is scrolled to"
    assert foot.buttons.is_busy()
    late.press(yes)
    assert len(late.panel.items) == 3


def test_all_later_puts_off_what_was_late_and_nothing_else(late: Shown) -> None:
    head = late.panel.column.in_order()[0]
    assert isinstance(head, LateHead)
    assert head.all_later is not None
    menu = head.all_later.menu()
    menu.aboutToShow.emit()
    menu.actions()[1].trigger()
    settle()
    assert [one.owner for one in late.panel.items] == ["mtx"]
    kept = late.family.house.care.store.all(Answer)
    later = [one for one in kept if one.state == "later"]
    assert len(later) == 6
    assert {one.until for one in later} == {NOW + timedelta(hours=1)}


def test_all_days_of_a_medicine_are_skipped_with_one_reason(late: Shown) -> None:
    foot = next(one for one in late.panel.rows if isinstance(one, FootRow))
    late.press(foot.skip_button)
    assert late.button("Skip all 4")
    late.press(late.button("Was asleep"))
    kept = [one for one in late.family.house.care.store.all(Answer) if one.state == "skipped"]
    assert [one.reason for one in kept if one.entry == "eye"] == ["Was asleep"] * 4


def test_what_is_late_stays_late_while_other_things_come(late: Shown) -> None:
    late.panel.set_items(late.panel.items)
    assert kinds(late)[0] == "late", "said once is enough"
    late.panel.set_items([])
    late.panel.set_items(late.family.house.reminders.open_now())
    assert kinds(late)[0] == "late", "also after the panel was held back for a while"


def test_one_late_thing_has_the_heading_and_no_answers_for_all(
    qtbot: QtBot, family: Family
) -> None:
    enter(family, "vit", "Vitamin", "2026-03-19T09:00")
    made = shown(qtbot, family)
    made.show_all(late_before=SLEPT)
    assert kinds(made) == ["late", "one"]
    assert "While nothing could ring: 1 thing, since Thu 9:00" in made.read()
    assert "done…" not in made.read()


def test_many_days_are_folded_and_every_one_can_be_reached(qtbot: QtBot, family: Family) -> None:
    now, family.clock.at = family.clock.at, NOW - timedelta(days=40)
    enter(family, "long", "Tablet", "2026-03-12T08:00", rule="FREQ=DAILY;COUNT=8")
    family.clock.at = now
    enter(family, "fold", "Drops", "2026-03-11T21:30", rule="FREQ=DAILY;COUNT=9")
    made = shown(qtbot, family)
    made.show_all()
    drops = [one for one in made.panel.column.pieces if one.ids and one.ids[0].startswith("fold")]
    assert [one.kind for one in drops].count("line") == 6
    assert [one.kind for one in drops].count("fold") == 1
    tablets = [one for one in made.panel.column.pieces if one.ids[0].startswith("long")]
    assert [one.kind for one in tablets].count("line") == 8, "eight still have room"
    made.press(made.button("Show 3 more"))
    drops = [one for one in made.panel.column.pieces if one.ids and one.ids[0].startswith("fold")]
    assert [one.kind for one in drops].count("line") == 9
    line = made.panel.focusWidget().parent()
    assert isinstance(line, LineRow), "the keyboard goes on to the first that came"
    assert line.ids == ("fold/2026-03-17T21:30/0",)


def test_two_reminders_of_one_dose_are_one_day(qtbot: QtBot, family: Family) -> None:
    enter(family, "two", "Tablet", "2026-03-17T08:00", rule="FREQ=DAILY;COUNT=2",
          reminders=(0, 30))  # fmt: skip
    made = shown(qtbot, family)
    found = made.show_all()
    assert len(found) == 4
    assert "Not marked yet: 2 days" in made.read()
    line = next(one for one in made.panel.column.in_order() if isinstance(one, LineRow))
    made.press(line.done_button)
    answered = [one for one in family.house.care.store.all(Answer) if one.entry == "two"]
    assert {one.id for one in answered} == {"two/2026-03-17T08:00/0", "two/2026-03-17T08:00/30"}
    (row,) = made.panel.rows
    assert isinstance(row, FootRow | OneRow)


@pytest.mark.parametrize("at", ["2026-03-20T00:30", "2026-03-20T23:00"])
def test_words_since_when(qtbot: QtBot, family: Family, at: str) -> None:
    enter(family, "vit", "Vitamin", "2026-03-19T23:30")
    enter(family, "mtx", "Methotrexate", "2026-03-10T08:00", kind="other", reminders=(0,))
    local = datetime.fromisoformat(at)
    family.clock.at = NOW + (local - datetime(2026, 3, 20, 18))
    made = shown(qtbot, family)
    made.show(
        [one for one in family.house.reminders.open_now() if one.owner == "vit"],
        {"vit/2026-03-19T23:30/0"},
    )
    assert "since Thu 23:30" in made.read()


def test_the_way_back_takes_no_room_from_what_is_left(qtbot: QtBot, family: Family) -> None:
    for entry, at in (("eye", "2026-03-19T21:00"), ("vit", "2026-03-20T09:00")):
        enter(family, entry, entry, at)
    enter(family, "mtx", "Methotrexate", "2026-03-20T10:00")
    made = shown(qtbot, family)
    made.show_all(late_before=SLEPT)
    made.press(made.panel.rows[0].done_button)
    assert made.panel.undo_button.isVisible()
    assert made.panel.height() == made.panel.sizeHint().height()
    assert made.panel.column.area.verticalScrollBar().maximum() == 0, "all of it is seen"


def test_a_second_press_on_skip_takes_the_question_away(qtbot: QtBot, family: Family) -> None:
    enter(family, "vit", "Vitamin", "2026-03-20T17:00")
    made = shown(qtbot, family)
    made.show_all()
    skip = made.panel.rows[0].skip_button
    made.press(skip)
    assert "Why? You may leave this empty" in made.read()
    made.press(skip)
    assert "Why?" not in made.read()
    assert len(made.panel.items) == 1


def test_what_was_asked_is_gone_when_the_panel_comes_again(qtbot: QtBot, family: Family) -> None:
    enter(family, "vit", "Vitamin", "2026-03-20T17:00")
    made = shown(qtbot, family)
    made.show_all()
    made.press(made.panel.rows[0].skip_button)
    made.panel.rows[0].buttons.reason.line.setText("Out of")
    made.panel.close_button.click()
    assert not made.panel.isVisible()
    made.panel.come_up()
    assert "Why?" not in made.read()
    made.press(made.panel.rows[0].skip_button)
    assert made.panel.rows[0].buttons.reason.line.text() == "Out of"


# -- As the ringer hands it over ------------------------------------------------------------------


def test_a_single_late_one_is_headed_and_told_as_late(qtbot: QtBot, family: Family) -> None:
    enter(family, "vit", "Vitamin", "2026-03-20T17:40")
    enter(family, "mtx", "Methotrexate", "2026-03-20T18:00")
    desktop = Desktop()
    made = ring(qtbot, family, desktop)
    made.start()
    desktop.deliver()
    assert [one.kind for one in made.panel.column.pieces] == ["late", "one", "now", "one"]
    assert [body for _, body in desktop.told] == [
        "Care reminder, was due 17:40", "Care reminder, 18:00",
    ]  # fmt: skip


def test_of_many_merged_only_what_was_late_stands_under_its_heading(
    qtbot: QtBot, family: Family
) -> None:
    for entry in ("a", "b"):
        enter(family, entry, entry, "2026-03-20T09:00")
    for entry in ("c", "d", "e", "f", "g"):
        enter(family, entry, entry, "2026-03-20T18:00")
    desktop = Desktop()
    made = ring(qtbot, family, desktop)
    made.start()
    desktop.deliver()
    assert [body for _, body in desktop.told] == ["7 care reminders, the oldest from 9:00"]
    (heading,) = [one for one in made.panel.column.pieces if one.kind == "late"]
    assert [one.owner for one in heading.reminders] == ["a", "b"]


def test_after_a_restart_the_panel_heads_what_was_late_before(qtbot: QtBot, family: Family) -> None:
    enter(family, "vit", "Vitamin", "2026-03-20T17:00")
    enter(family, "mtx", "Methotrexate", "2026-03-20T18:00")
    desktop = Desktop()
    made = ring(qtbot, family, desktop)
    made.start()
    desktop.deliver()
    made.end()
    again = family.again()
    again.clock.at = NOW + timedelta(hours=5)
    second = ring(qtbot, again, Desktop())
    second.start()
    assert [one.kind for one in second.panel.column.pieces] == ["late", "one", "now", "one"]
    second.end()
    again.close()
