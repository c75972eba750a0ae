"""What was written: what goes on above it, all of it, calls, and where the foot leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import CheckIn, ClinicCall, Person, SideEffect
from caregiver_app.domain.plans import Choice
from caregiver_app.domain.times import Zoned, in_zone
from caregiver_app.gui.growing_list import LINE_ROLE
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.entry_sheet import EntrySheet
from caregiver_app.gui.watchlist.model import WatchModel
from caregiver_app.gui.watchlist.risen_sheet import RisenSheet
from caregiver_app.gui.watchlist.written_column import WrittenColumn
from caregiver_app.gui.watchlist.written_model import STEP, length_words
from tests.gui.tabs_family import ZONE, Family, button, rosas_family, shown, visible_text
from tests.gui.watchlist.pictures import drawn


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def column(qtbot: QtBot, family: Family, theme: Theme) -> WrittenColumn:
    made = WrittenColumn(theme, WatchModel(family.house))
    family.house.care.changes.listen(lambda _: made.refresh())
    qtbot.addWidget(shown(made, theme, 460))
    made.refresh()
    return made


def noted(family: Family, entry: str, at: str, **fields: Any) -> SideEffect:
    when = Zoned(datetime.fromisoformat(at), ZONE)
    told = {"person": "rosa", "sign": "fatigue", "severity": 1, "urgency": ""}
    return family.house.watch.save(SideEffect(id=entry, at=when, **{**told, **fields}))


def lines(column: WrittenColumn) -> list[str]:
    model = column.list.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]


def sheet_of(kind: type[QDialog]) -> Any:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert len(found) == 1
    return found[0]


# -- What goes on ---------------------------------------------------------------------------------


def test_what_goes_on_stands_above_however_old_it_is(
    qtbot: QtBot, column: WrittenColumn, family: Family
) -> None:
    noted(family, "old", "2019-03-01T08:00", going_on=True)
    noted(family, "new", "2026-03-19T16:20", going_on=True, text="Slowed the day.")
    when = "Thu 19 Mar, 16:20, day 2 after infusion 1"
    assert [words.accessibleName() for words, _ in column.going.rows] == [
        f"Tiredness, mild, {when}. Slowed the day, Still going on",
        "Tiredness, mild, Fri 1 Mar 2019, 8:00, Still going on",
    ]
    assert lines(column) == ["Infusion 1, Tue 17 Mar, day 0"]


def test_urgent_signs_stand_out_and_a_line_says_who_was_told_and_of_the_photo(
    column: WrittenColumn, family: Family, tmp_path: Path
) -> None:
    noted(family, "a", "2026-03-19T08:00")
    noted(family, "b", "2026-03-17T20:00", sign="leg_swelling")
    noted(family, "c", "2026-03-19T10:00", sign="trouble_breathing", told="Nurse Ines")
    family.house.photos.save("c", drawn(tmp_path / "a.jpg").read_bytes(), 60, 40)
    column.refresh()
    model = column.list.model()
    found = [model.index(row, 0).data(LINE_ROLE) for row in range(3)]
    assert [one.mark for one in found] == ["urgent", "sign", "today"]
    assert found[0].second == (
        "Thu 19 Mar, 10:00. Told: Nurse Ines. With a photo. Level: Emergency now"
    )
    assert found[1].second == "Thu 19 Mar, 8:00"
    assert found[2].second == "Tue 17 Mar, 20:00. Level: Call the clinic today"


def test_the_marks_are_drawn_differently(column: WrittenColumn, family: Family) -> None:
    dots: list[bytes] = []
    for sign in ("fatigue", "leg_swelling", "trouble_breathing"):
        noted(family, "s", "2026-03-19T08:00", sign=sign)
        QApplication.processEvents()
        picture = column.list.viewport().grab(QRect(0, 0, 26, 30)).toImage()
        dots.append(bytes(picture.constBits()))
    assert len(set(dots)) == 3


def test_what_goes_on_has_the_mark_of_how_urgent_it_is(
    column: WrittenColumn, family: Family
) -> None:
    dots: list[bytes] = []
    for sign in ("fatigue", "leg_swelling", "trouble_breathing"):
        noted(family, "s", "2026-03-19T08:00", sign=sign, going_on=True)
        QApplication.processEvents()
        words, _ = column.going.rows[0]
        picture = words.grab(QRect(0, 0, 26, 30)).toImage()
        dots.append(bytes(picture.constBits()))
    assert len(set(dots)) == 3


def choose(column: WrittenColumn, words: str) -> None:
    menu = column.over_menu
    assert menu.isVisible()
    (action,) = [one for one in menu.actions() if one.text() == words]
    menu.close()
    action.trigger()


@pytest.mark.parametrize(
    ("begun", "offered"),
    [
        ("2026-03-18T08:00", ["Just now", "This morning, 8:00", "Last evening, 20:00"]),
        ("2026-03-19T21:00", ["Just now", "This morning, 8:00"]),
        ("2026-03-20T09:00", ["Just now"]),
    ],
)
def test_it_asks_since_when_it_is_over(
    qtbot: QtBot, column: WrittenColumn, family: Family, begun: str, offered: list[str]
) -> None:
    noted(family, "s", begun, going_on=True)
    qtbot.mouseClick(column.going.rows[0][1], Qt.MouseButton.LeftButton)
    said = [one.text() for one in column.over_menu.actions()]
    assert said == [*offered, "Pick a time…"]
    choose(column, offered[-1])
    entry = family.house.watch.get("s")
    assert entry is not None
    assert entry.ended is not None
    local = in_zone(entry.ended, ZONE)
    assert f"{local:%d %H:%M}" == {1: "20 18:00", 2: "20 08:00", 3: "19 20:00"}[len(offered)]


def test_another_time_is_picked_in_its_form(
    qtbot: QtBot, column: WrittenColumn, family: Family
) -> None:
    noted(family, "s", "2026-03-19T08:00", going_on=True)
    qtbot.mouseClick(column.going.rows[0][1], Qt.MouseButton.LeftButton)
    choose(column, "Pick a time…")
    sheet = sheet_of(EntrySheet)
    assert sheet.course.is_over
    assert sheet.course.hour.isVisible()
    sheet.course.hour.set_text("14:15")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert any("Lasted 30 hours" in line for line in lines(column))


def test_one_click_ends_it_and_undo_opens_it_again(
    qtbot: QtBot, column: WrittenColumn, family: Family
) -> None:
    noted(family, "s", "2026-03-16T18:30", going_on=True)
    qtbot.mouseClick(button(column, "It is over: Tiredness, mild"), Qt.MouseButton.LeftButton)
    choose(column, "Just now")
    assert column.going.rows == []
    assert not column.going.isVisible()
    entry = family.house.watch.get("s")
    assert entry is not None
    assert entry.ended == family.clock.at
    column._turn_all()
    assert "Tiredness, mild, Mon 16 Mar, 18:30. Lasted 4 days" in lines(column)
    family.house.care.undo()
    assert len(column.going.rows) == 1


def test_by_keyboard_it_ends_and_the_next_one_has_the_keyboard(
    qtbot: QtBot, column: WrittenColumn, family: Family
) -> None:
    noted(family, "a", "2026-03-19T08:00", going_on=True)
    noted(family, "b", "2026-03-19T09:00", going_on=True)
    column.activateWindow()
    end = column.going.rows[0][1]
    end.setFocus()
    qtbot.waitUntil(end.hasFocus)
    qtbot.keyClick(end, Qt.Key.Key_Return)
    choose(column, "Just now")
    assert [one.id for one in family.house.watch.going_on("rosa")] == ["a"]
    assert column.going.rows[0][1].hasFocus()


def test_what_cannot_be_ended_says_why(qtbot: QtBot, column: WrittenColumn, family: Family) -> None:
    noted(family, "s", "2026-03-20T17:00", going_on=True)
    family.clock.at -= timedelta(hours=5)
    qtbot.mouseClick(column.going.rows[0][1], Qt.MouseButton.LeftButton)
    choose(column, "Just now")
    assert "before the beginning" in column.wrong.text()
    assert column.wrong.isVisible()
    assert family.house.watch.going_on("rosa")


def test_a_line_that_goes_on_opens_its_entry(
    qtbot: QtBot, column: WrittenColumn, family: Family
) -> None:
    noted(family, "s", "2026-03-19T08:00", going_on=True)
    qtbot.mouseClick(column.going.rows[0][0], Qt.MouseButton.LeftButton)
    sheet = sheet_of(EntrySheet)
    sheet.course.state.set_value("over")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert column.going.rows == []
    assert any("Lasted 34 hours" in line for line in lines(column))


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=5), "1 minute"), (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"), (timedelta(hours=35, minutes=20), "35 hours"),
        (timedelta(hours=36), "2 days"), (timedelta(days=4, hours=3), "4 days"),
        (timedelta(days=20), "20 days"), (timedelta(days=21), "3 weeks"),
    ],
)  # fmt: skip
def test_a_length_is_told_in_words(length: timedelta, words: str) -> None:
    assert length_words(length) == words


# -- All of it ------------------------------------------------------------------------------------


def many(family: Family, count: int) -> None:
    care = family.house.care
    start = datetime(2026, 3, 16, 12, 0)
    one = SideEffect(
        id="", person="rosa", sign="fatigue", severity=1, at=Zoned(start, ZONE),
        urgency="note_and_mention", created=care.now, changed=care.now,
    )  # fmt: skip
    with care.change("done.taken_in"):
        for number in range(count):
            at = Zoned(start - timedelta(days=number), ZONE)
            care.store.put(replace(one, id=f"m{number}", at=at))


def test_all_shows_so_many_and_then_more(
    qtbot: QtBot, column: WrittenColumn, family: Family
) -> None:
    many(family, STEP + 20)
    assert len(lines(column)) == 1, "since the infusion there is only the infusion"
    qtbot.mouseClick(button(column, "All that you wrote"), Qt.MouseButton.LeftButton)
    assert len(lines(column)) == STEP + 1, "with the infusion"
    qtbot.mouseClick(button(column, "Show older"), Qt.MouseButton.LeftButton)
    assert len(lines(column)) == STEP + 21
    assert column.more.isHidden()
    assert column.list.currentIndex().row() == STEP + 1, "the keyboard is at the first new one"
    qtbot.mouseClick(button(column, "Only since the infusion"), Qt.MouseButton.LeftButton)
    assert len(lines(column)) == 1


def test_no_more_is_read_than_is_shown(
    column: WrittenColumn, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(family, 400)
    store, read = family.house.care.store, list[int]()
    real = type(store)._sound

    def counted(self: Any, *asked: Any) -> Any:
        rows = real(self, *asked)
        read.append(len(rows))
        return rows

    monkeypatch.setattr(type(store), "_sound", counted)
    column.refresh()
    assert sum(read) < 40
    read.clear()
    column._turn_all()
    assert sum(read) < STEP + 40


def test_there_is_no_all_where_there_is_no_more(column: WrittenColumn, family: Family) -> None:
    noted(family, "s", "2026-03-19T08:00")
    assert column.all is not None
    assert column.all.isHidden()
    noted(family, "before", "2026-03-16T08:00")
    assert column.all.isVisible()


def test_entries_stand_between_the_infusions_that_they_follow(
    column: WrittenColumn, family: Family
) -> None:
    family.clock.at += timedelta(days=14)  # after infusion 2 on Tuesday 31 March, 9:30
    noted(family, "a", "2026-03-31T09:00")
    noted(family, "b", "2026-03-31T12:00")
    noted(family, "c", "2026-04-03T08:00")
    column._turn_all()
    assert [line.split(",")[0] + line[line.rindex(","):] for line in lines(column)] == [
        "Tiredness, day 3 after infusion 2",
        "Tiredness, day 0 after infusion 2",
        "Infusion 2, day 0",
        "Tiredness, day 14 after infusion 1",
        "Infusion 1, day 0",
    ]  # fmt: skip
    second = next(v for v in family.house.care.store.visits("p1") if v.dose == 2)
    plans, moved = family.house.plans, Zoned(datetime(2026, 4, 1, 9, 30), ZONE)
    for change, link in (
        (lambda: plans.cancel(second.id, agreed=True), "day 17 after infusion 1"),
        (lambda: plans.delete(second.id, agreed=True), "day 17 after infusion 1"),
        (
            lambda: plans.move(second.id, moved, Choice.ONLY_THIS, agreed=True),
            "day 2 after infusion 2",
        ),
    ):
        change()
        assert lines(column)[0].endswith(link)
        family.house.care.undo()
        assert lines(column)[0].endswith("day 3 after infusion 2")


def test_check_ins_and_calls_are_lines_too(
    qtbot: QtBot, column: WrittenColumn, family: Family
) -> None:
    house = family.house
    house.watch.check_in(
        CheckIn(id="", person="rosa", date=date(2026, 3, 19), pain=4, flare=True, possible="A walk")
    )
    call = ClinicCall(
        id="c", person="rosa", at=Zoned(datetime(2026, 3, 19, 17, 0), ZONE), who="Nurse Ines",
        said="Call again\nwhen it grows.", created=house.care.now, changed=house.care.now,
    )  # fmt: skip
    with house.care.change("done.clinic_call"):
        house.care.store.put(call)
    assert lines(column)[:2] == [
        "Check-in, Thu 19 Mar, pain 4. A day of a flare. A walk, day 2 after infusion 1",
        "Call: Nurse Ines, Thu 19 Mar, 17:00. Call again when it grows, day 2 after infusion 1",
    ]
    with qtbot.waitSignal(column.kept_call) as asked:
        column.list.opened.emit("clinic_call:c")
    assert asked.args == ["c"]
    column.list.delete_asked.emit("clinic_call:c")
    assert len(lines(column)) == 2
    house.care.undo()
    assert len(lines(column)) == 3


def test_a_long_note_is_cut_in_its_line_and_a_temperature_has_the_familys_scale(
    column: WrittenColumn, family: Family
) -> None:
    family.house.settings.remember(watch__scale="f")
    noted(family, "s", "2026-03-19T08:00", text="word " * 900, temperature_c=38.0)
    (line, _) = lines(column)
    assert "100.4 °F" in line
    assert "…" in line
    assert len(line) < 300


def test_another_person_has_other_lines(column: WrittenColumn, family: Family) -> None:
    noted(family, "s", "2026-03-19T08:00", going_on=True)
    family.house.people.save_person(Person(id="mei", name="王梅"))
    column._model.set_person("mei")
    column.start_over()
    column.refresh()
    assert column.going.rows == []
    assert "Nothing is written down yet." in visible_text(column)


# -- After a correction, and the foot -------------------------------------------------------------


def corrected(qtbot: QtBot, column: WrittenColumn, strength: str, told: str = "") -> None:
    column.open_key("side_effect:s")
    sheet = sheet_of(EntrySheet)
    sheet.strength.set_value(strength)
    sheet.words.set_text(told)
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)


def test_a_correction_that_asks_to_call_today_shows_what_to_do(
    qtbot: QtBot, column: WrittenColumn, family: Family
) -> None:
    noted(family, "s", "2026-03-19T08:00")
    corrected(qtbot, column, "3")
    sheet = sheet_of(RisenSheet)
    text = visible_text(sheet)
    assert "Call the clinic today" in text
    assert "555 0142" in text
    assert "555 0199" in text
    sheet.accept()
    for strength, told in (("3", "and retold"), ("2", "and less")):
        corrected(qtbot, column, strength, told)
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, RisenSheet)]
        assert not any(one.isVisible() for one in found), "it is not more urgent than before"


def test_a_correction_to_an_emergency_asks_for_its_page(
    qtbot: QtBot, column: WrittenColumn, family: Family
) -> None:
    noted(family, "s", "2026-03-19T08:00")
    with qtbot.waitSignal(column.emergency) as asked:
        corrected(qtbot, column, "4")
    assert asked.args == ["fatigue", family.house.watch.get("s")]


def test_the_foot_leads_to_three_pages_by_mouse_and_keyboard(
    qtbot: QtBot, column: WrittenColumn
) -> None:
    for words, signal in (
        ("Call sheet for the clinic", column.call_asked),
        ("Charts", column.charts_asked),
        ("Visit report, one page", column.report_asked),
    ):
        (row,) = [
            one for one in (column.call, column.charts, column.report)
            if one.accessibleName() == words
        ]  # fmt: skip
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
        with qtbot.waitSignal(signal):
            qtbot.keyClick(row, Qt.Key.Key_Return)
        assert row.height() >= 44
