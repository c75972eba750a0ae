"""The reminder panel: what it says, and that nothing is answered by chance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Answer, Appointment
from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.times import Floating
from caregiver_app.gui.answer_pause import PAUSE_MS
from caregiver_app.gui.bridge import change_words
from caregiver_app.gui.reminder_answers import later_choices
from caregiver_app.gui.reminder_keys import QUIET_MS
from caregiver_app.gui.reminder_panel import ReminderPanel
from caregiver_app.gui.reminder_rows import FootRow, HeadRow, LineRow, OneRow
from caregiver_app.gui.reminder_words import ReminderWords
from caregiver_app.gui.theme import Theme
from tests.gui.tabs_family import NOW, Family, button, rosas_family, visible_text


class Watch:
    """Milliseconds that a test lets pass."""

    def __init__(self) -> None:
        self.ms = 0

    def __call__(self) -> int:
        return self.ms


def pill(family: Family, entry: str, title: str, hour: int, day: int = 20) -> None:
    family.clock.at = NOW - timedelta(days=3)
    family.house.agenda.save(
        Appointment(
            id=entry,
            uid="",
            person="rosa",
            type="medication",
            title=title,
            start=Floating(datetime(2026, 3, day, hour, 0)),
            minutes=5,
        )
    )
    family.clock.at = NOW


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def panel(qtbot: QtBot, family: Family, watch: Watch) -> ReminderPanel:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme()
    theme.apply(app)
    panel = ReminderPanel(family.house, theme, now_ms=watch)
    qtbot.addWidget(panel)
    return panel


def seen(panel: ReminderPanel) -> str:
    """Every word that a person sees or hears in the panel."""
    QApplication.processEvents()
    told = [panel.findChildren(QAbstractButton), panel.findChildren(QLabel)]
    words = [visible_text(panel)]
    for one in (one for kind in told for one in kind if one.isVisible()):
        words += [one.accessibleName(), one.accessibleDescription()]
    return "\n".join(words)


def due(family: Family, *owners: str) -> list[Reminder]:
    return [one for one in family.house.reminders.due() if one.owner in owners]


def come_up(panel: ReminderPanel, watch: Watch, reminders: list[Reminder]) -> None:
    panel.set_items(reminders)
    panel.come_up()
    QApplication.processEvents()
    watch.ms += QUIET_MS


def state_of(family: Family, reminder: Reminder) -> str | None:
    found = family.house.care.store.get(Answer, reminder.id)
    return None if found is None else found.state


def test_it_never_takes_the_keyboard_and_stays_on_top(panel: ReminderPanel) -> None:
    assert panel.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert panel.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert panel.windowFlags() & Qt.WindowType.Tool


def test_it_names_what_whom_and_the_original_time(
    panel: ReminderPanel, watch: Watch, family: Family
) -> None:
    pill(family, "eye", "Eye drops", 21, day=19)
    pill(family, "mtx", "Methotrexate, Fridays only", 18)
    come_up(panel, watch, due(family, "eye", "mtx"))
    text = seen(panel)
    assert "2 things to look at" in text
    assert "Friday 20 March, 18:00" in text
    assert "Not marked yet · Thu 21:00" in text
    assert "Due now · 18:00" in text
    assert text.index("Eye drops") < text.index("Methotrexate"), "the oldest first"
    row = panel.rows[0]
    assert isinstance(row, OneRow)
    assert row.title.accessibleName() == "Open: Eye drops"
    assert row.title.accessibleDescription() == "Rosa Marín, Not marked yet · Thu 21:00"
    assert row.done_button.accessibleName() == (
        "Done: Eye drops, Rosa Marín, Not marked yet · Thu 21:00"
    ), "the same word on every row says what it answers"


def test_the_heading_has_the_focus_and_only_the_first_done_is_primary(
    panel: ReminderPanel, watch: Watch, family: Family
) -> None:
    pill(family, "eye", "Eye drops", 17)
    pill(family, "mtx", "Methotrexate", 18)
    come_up(panel, watch, due(family, "eye", "mtx"))
    assert panel.focusWidget() is panel.heading
    kinds = [row.done_button.property("kind") for row in panel.rows]
    assert kinds == ["primary", "tonal"]


def test_keys_do_nothing_in_the_first_second(
    qtbot: QtBot, panel: ReminderPanel, watch: Watch, family: Family
) -> None:
    pill(family, "eye", "Eye drops", 18)
    (reminder,) = due(family, "eye")
    come_up(panel, watch, [reminder])
    watch.ms -= QUIET_MS
    done = panel.rows[0].done_button
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        qtbot.keyClick(done, key)
    assert state_of(family, reminder) is None
    assert panel.isVisible()
    watch.ms += QUIET_MS
    qtbot.keyClick(done, Qt.Key.Key_Space)
    assert state_of(family, reminder) == "done"
    assert not panel.isVisible()


@pytest.mark.parametrize("kind", ["done_button", "later_button", "skip_button"])
def test_a_second_press_at_the_same_place_is_not_for_the_next_reminder(
    qtbot: QtBot, panel: ReminderPanel, watch: Watch, family: Family, kind: str
) -> None:
    pill(family, "eye", "Eye drops", 17)
    pill(family, "mtx", "Methotrexate", 18)
    pill(family, "vit", "Vitamin", 16)
    reminders = sorted(due(family, "eye", "mtx", "vit"), key=lambda one: one.due)
    come_up(panel, watch, reminders)
    first = panel.rows[0]
    pressed = getattr(first, kind)
    spot = pressed.mapTo(panel, pressed.rect().center())
    qtbot.mouseClick(first.done_button, Qt.MouseButton.LeftButton)
    assert state_of(family, reminders[0]) == "done"
    qtbot.wait(1)
    row = panel.rows[0]
    wanted = getattr(row, kind)
    opened: list[bool] = []
    menu = row.later_button.menu()
    menu.aboutToShow.connect(lambda: (opened.append(True), QTimer.singleShot(0, menu.close)))
    watch.ms += PAUSE_MS - 1
    assert wanted.rect().contains(wanted.mapFrom(panel, spot)), "the rows moved up"
    qtbot.mouseClick(wanted, Qt.MouseButton.LeftButton, pos=wanted.mapFrom(panel, spot))
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(wanted, key)
    qtbot.mouseClick(panel.all_later, Qt.MouseButton.LeftButton)
    assert [state_of(family, one) for one in reminders[1:]] == [None, None]
    assert row.buttons.reason is None
    assert opened == []
    watch.ms += 1
    qtbot.mouseClick(row.done_button, Qt.MouseButton.LeftButton)
    assert state_of(family, reminders[1]) == "done"


def test_escape_and_close_answer_nothing(
    qtbot: QtBot, panel: ReminderPanel, watch: Watch, family: Family
) -> None:
    pill(family, "eye", "Eye drops", 18)
    (reminder,) = due(family, "eye")
    come_up(panel, watch, [reminder])
    qtbot.keyClick(panel.heading, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    panel.come_up()
    watch.ms += QUIET_MS
    qtbot.mouseClick(panel.close_button, Qt.MouseButton.LeftButton)
    assert not panel.isVisible()
    assert state_of(family, reminder) is None


def test_later_offers_its_moments_and_keeps_the_chosen_one(
    panel: ReminderPanel, watch: Watch, family: Family
) -> None:
    pill(family, "eye", "Eye drops", 18)
    (reminder,) = due(family, "eye")
    come_up(panel, watch, [reminder])
    row = panel.rows[0]
    menu = row.later_button.menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == [
        "In 10 minutes",
        "In 1 hour",
        "This evening, 19:00",
        "Tomorrow, 9:00",
        "Pick a time…",
    ]
    menu.actions()[2].trigger()
    answer = family.house.care.store.get(Answer, reminder.id)
    assert answer is not None
    assert answer.state == "later"
    assert answer.until == datetime(2026, 3, 20, 23, 0, tzinfo=UTC)
    label = family.house.care.store.undo_label()
    assert label is not None
    assert change_words(*label, family.house.care.today) == "Eye drops: postponed to 19:00"


def test_in_the_evening_this_evening_is_not_offered(family: Family) -> None:
    family.clock.at = NOW + timedelta(hours=2)
    assert "This evening, 19:00" not in [words for words, _ in later_choices(family.house.care)]


def test_a_picked_time_that_is_past_is_refused(
    qtbot: QtBot, panel: ReminderPanel, watch: Watch, family: Family
) -> None:
    pill(family, "eye", "Eye drops", 18)
    (reminder,) = due(family, "eye")
    come_up(panel, watch, [reminder])
    row = panel.rows[0]
    menu = row.later_button.menu()
    menu.aboutToShow.emit()
    menu.actions()[-1].trigger()
    pick = row.buttons.pick
    assert pick is not None
    qtbot.mouseClick(pick.pick, Qt.MouseButton.LeftButton)
    assert pick.hour.error()
    pick.hour.set_text("7:00")
    qtbot.mouseClick(pick.pick, Qt.MouseButton.LeftButton)
    assert panel.wrong.isVisible()
    assert state_of(family, reminder) is None
    assert pick.hour.text() == "7:00", "what was typed stays"
    pick.hour.set_text("21:15")
    qtbot.mouseClick(pick.pick, Qt.MouseButton.LeftButton)
    answer = family.house.care.store.get(Answer, reminder.id)
    assert answer is not None
    assert answer.until == datetime(2026, 3, 21, 1, 15, tzinfo=UTC)


def test_skip_with_and_without_a_reason(
    qtbot: QtBot, panel: ReminderPanel, watch: Watch, family: Family
) -> None:
    pill(family, "eye", "Eye drops", 18)
    (reminder,) = due(family, "eye")
    come_up(panel, watch, [reminder])
    row = panel.rows[0]
    qtbot.mouseClick(row.skip_button, Qt.MouseButton.LeftButton)
    reason = row.buttons.reason
    assert reason is not None
    reason.line.setText("Out of drops")
    QApplication.processEvents()
    qtbot.mouseClick(reason.skip_now, Qt.MouseButton.LeftButton)
    answer = family.house.care.store.get(Answer, reminder.id)
    assert answer is not None
    assert (answer.state, answer.reason) == ("skipped", "Out of drops")


def test_the_lines_of_a_day_stand_together(
    qtbot: QtBot, panel: ReminderPanel, watch: Watch, family: Family
) -> None:
    family.clock.at = datetime(2026, 3, 28, 13, 0, tzinfo=UTC)
    lines = [
        one
        for one in family.house.reminders.due()
        if one.owner == "p1~2" and one.due.day == 28 and not one.rings
    ]
    assert len(lines) > 2
    come_up(panel, watch, lines)
    (row,) = panel.rows
    assert isinstance(row, FootRow)
    text = seen(panel)
    assert f"{len(lines)} things for Saturday 28 March" in text
    assert "Papers still open for Infusion 2, Tue 31 Mar: " in text
    first = next(one for one in panel.column.in_order() if isinstance(one, LineRow))
    assert first.ids == (lines[0].id,)
    qtbot.mouseClick(first.done_button, Qt.MouseButton.LeftButton)
    assert state_of(family, lines[0]) == "done"
    assert state_of(family, lines[1]) is None
    head = panel.column.in_order()[0]
    assert isinstance(head, HeadRow)
    assert f"{len(lines) - 1} things for Saturday 28 March" in seen(panel)
    watch.ms += PAUSE_MS
    qtbot.mouseClick(button(panel, "All done"), Qt.MouseButton.LeftButton)
    assert {state_of(family, line) for line in lines} == {"done"}


@pytest.mark.parametrize(("choice", "hours"), [(1, 1), (3, 15)])
def test_all_later(
    panel: ReminderPanel, watch: Watch, family: Family, choice: int, hours: int
) -> None:
    pill(family, "eye", "Eye drops", 17)
    pill(family, "mtx", "Methotrexate", 18)
    reminders = due(family, "eye", "mtx")
    come_up(panel, watch, reminders)
    menu = panel.all_later.menu()
    menu.aboutToShow.emit()
    menu.actions()[choice].trigger()
    kept = [family.house.care.store.get(Answer, one.id) for one in reminders]
    assert {one.until for one in kept if one} == {NOW + timedelta(hours=hours)}
    assert not panel.isVisible()
    family.house.care.undo()
    assert {state_of(family, one) for one in reminders} == {None}, "one step takes back all"


def test_a_time_is_picked_for_all(
    qtbot: QtBot, panel: ReminderPanel, watch: Watch, family: Family
) -> None:
    pill(family, "eye", "Eye drops", 17)
    pill(family, "mtx", "Methotrexate", 18)
    reminders = due(family, "eye", "mtx")
    come_up(panel, watch, reminders)
    menu = panel.all_later.menu()
    menu.aboutToShow.emit()
    assert menu.actions()[-1].text() == "Pick a time…"
    menu.actions()[-1].trigger()
    pick = panel.all_asking.pick
    assert pick is not None
    assert pick.isVisible()
    pick.hour.set_text("20:30")
    qtbot.keyClick(pick.hour.control, Qt.Key.Key_Return)
    kept = [family.house.care.store.get(Answer, one.id) for one in reminders]
    assert {one.until for one in kept if one} == {datetime(2026, 3, 21, 0, 30, tzinfo=UTC)}


def test_the_lines_of_a_notice_can_all_wait_until_a_picked_time(
    qtbot: QtBot, panel: ReminderPanel, watch: Watch, family: Family
) -> None:
    family.clock.at = datetime(2026, 3, 28, 13, 0, tzinfo=UTC)
    lines = [one for one in family.house.reminders.due() if one.due.day == 28 and not one.rings]
    come_up(panel, watch, lines)
    (row,) = panel.rows
    menu = row.later_button.menu()
    menu.aboutToShow.emit()
    menu.actions()[-1].trigger()
    pick = row.buttons.pick
    assert pick is not None
    pick.hour.set_text("20:30")
    qtbot.mouseClick(pick.pick, Qt.MouseButton.LeftButton)
    assert {state_of(family, one) for one in lines} == {"later"}


def test_one_line_can_be_skipped_with_a_reason(
    qtbot: QtBot, panel: ReminderPanel, watch: Watch, family: Family
) -> None:
    family.clock.at = datetime(2026, 3, 28, 13, 0, tzinfo=UTC)
    lines = [one for one in family.house.reminders.due() if one.due.day == 28 and not one.rings]
    come_up(panel, watch, lines)
    line = next(one for one in panel.column.in_order() if isinstance(one, LineRow))
    menu = line.more_button.menu()
    menu.aboutToShow.emit()
    menu.actions()[-1].trigger()
    assert line.asking is not None
    reason = line.asking.reason
    assert reason is not None
    qtbot.keyClicks(reason.line, "Clinic has it")
    qtbot.keyClick(reason.line, Qt.Key.Key_Return)
    kept = family.house.care.store.get(Answer, lines[0].id)
    assert kept is not None
    assert (kept.state, kept.reason) == ("skipped", "Clinic has it")


def test_what_is_typed_stays_while_another_reminder_comes(
    qtbot: QtBot, panel: ReminderPanel, watch: Watch, family: Family
) -> None:
    pill(family, "eye", "Eye drops", 17)
    pill(family, "mtx", "Methotrexate", 18)
    pill(family, "vit", "Vitamin", 16)
    reminders = due(family, "eye", "mtx", "vit")
    come_up(panel, watch, [one for one in reminders if one.owner != "vit"])
    row = panel.rows[0]
    qtbot.mouseClick(row.skip_button, Qt.MouseButton.LeftButton)
    assert row.buttons.reason is not None
    qtbot.keyClicks(row.buttons.reason.line, "Out of")
    panel.set_items(reminders)
    qtbot.wait(1)
    assert [one.ids[0].split("/")[0] for one in panel.rows] == ["vit", "eye", "mtx"]
    assert panel.rows[1] is row
    assert row.buttons.reason.isVisible()
    assert row.buttons.reason.line.text() == "Out of"


def test_two_hours_before_a_visit_the_morning_is_said_too(family: Family) -> None:
    family.clock.at = datetime(2026, 3, 31, 11, 30, tzinfo=UTC)
    words = ReminderWords(family.house)
    (lead,) = [r for r in family.house.reminders.due() if r.minutes == 120 and r.owner == "p1~2"]
    said = words.said(lead)
    assert said.title == "Infusion 2, Tue 31 Mar 9:30"
    assert any(line.startswith("Temperature once more") for line in said.lines)
    assert said.person == "Rosa Marín"


def test_what_was_due_before_it_was_entered_is_still_to_do_and_not_overdue(
    family: Family,
) -> None:
    family.house.agenda.save(
        Appointment(
            id="late",
            uid="",
            person="rosa",
            type="follow-up",
            title="Dr Sol",
            start=Floating(datetime(2026, 3, 21, 9, 0)),
            reminders=(10080,),
        )
    )
    (due,) = [one for one in family.house.reminders.due() if one.owner == "late"]
    words = ReminderWords(family.house)
    assert not words.is_overdue(due)
    assert words.when(due, overdue=False) == "Still to do"


@pytest.mark.parametrize("closed", [False, True])
def test_what_newly_rings_is_scrolled_into_view(
    qtbot: QtBot, panel: ReminderPanel, family: Family, *, closed: bool
) -> None:
    entries = [f"pill{number}" for number in range(8)]
    for number, entry in enumerate(entries):
        pill(family, entry, f"Pill {number}", 8 + number)
    items = due(family, *entries)
    assert len(items) == len(entries)
    panel.set_items(items[:-1])
    panel.come_up()
    qtbot.waitExposed(panel)
    qtbot.wait(20)
    assert panel.column.area.verticalScrollBar().value() == 0, "the oldest stands on top"
    if closed:
        panel.hide()
    panel.set_items(items)
    panel.come_up()
    assert [one.id for one in panel.items] == [one.id for one in items], "the oldest first"
    newest = panel.rows[-1]

    def in_sight() -> bool:
        return not newest.visibleRegion().isEmpty() and (
            newest.visibleRegion().boundingRect().height() >= newest.height() - 1
        )

    qtbot.waitUntil(in_sight, timeout=1000)
    panel.column.area.verticalScrollBar().setValue(0)
    panel.set_items(items)
    panel.come_up()
    qtbot.wait(20)
    assert panel.column.area.verticalScrollBar().value() == 0, (
        "what was shown once does not pull back"
    )
