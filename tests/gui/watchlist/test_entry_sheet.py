"""The sheet of one entry: its optional parts, its photo, its history, and bad input."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Contact, SideEffect, Version
from caregiver_app.domain.times import AllDay, Zoned, wall
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.entry_sheet import EntrySheet
from caregiver_app.gui.watchlist.history_sheet import HistorySheet
from caregiver_app.gui.watchlist.model import WatchModel
from caregiver_app.gui.watchlist.photo_reading import LARGEST_FILE
from caregiver_app.gui.watchlist.photo_sheet import PhotoSheet
from tests.gui.tabs_family import ZONE, Family, button, rosas_family, shown, visible_text
from tests.gui.watchlist.pictures import bomb, drawn, from_camera

Opens = Callable[..., EntrySheet]


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def opened(qtbot: QtBot, family: Family, theme: Theme) -> Iterator[Opens]:
    made: list[QWidget] = []

    def open_sheet(**fields: object) -> EntrySheet:
        if not family.house.watch.get("s"):
            noted(family, **fields)
        window = shown(QWidget(), theme)
        entry = family.house.watch.get("s")
        assert entry is not None
        sheet = EntrySheet(theme, WatchModel(family.house), entry, window)
        made.extend((sheet, window))
        qtbot.addWidget(window)
        sheet.open()
        QApplication.processEvents()
        return sheet

    yield open_sheet
    for one in made:
        if isinstance(one, EntrySheet):
            one.photo.forget()
            one.forget_changes()
            one.reject()
        one.deleteLater()


def noted(family: Family, **fields: object) -> SideEffect:
    at = Zoned(datetime(2026, 3, 19, 16, 20), ZONE)
    told = {"id": "s", "person": "rosa", "sign": "fatigue", "severity": 1, "at": at, "urgency": ""}
    return family.house.watch.save(SideEffect(**{**told, **fields}))


def kept(family: Family) -> SideEffect:
    found = family.house.watch.get("s")
    assert found is not None
    return found


def save(qtbot: QtBot, sheet: EntrySheet) -> None:
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)


def read(qtbot: QtBot, sheet: EntrySheet, path: Path) -> None:
    with qtbot.waitSignal(sheet.photo.settled):
        sheet.photo.read(path)


def contact(family: Family, name: str, role: str) -> None:
    family.house.people.save_contact(Contact(id=name, person="rosa", name=name, role=role))


# -- What it keeps --------------------------------------------------------------------------------


def test_it_keeps_what_was_done_who_was_told_and_that_it_goes_on(
    qtbot: QtBot, family: Family, opened: Opens
) -> None:
    sheet = opened()
    sheet.done_field.set_text("A cold cloth")
    qtbot.mouseClick(button(sheet, "Told: Willow Lane"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(sheet, "Told: Ana"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sheet.course.state.segments[1], Qt.MouseButton.LeftButton)
    save(qtbot, sheet)
    entry = kept(family)
    assert (entry.done, entry.told) == ("A cold cloth", "Willow Lane, Ana")
    assert entry.going_on
    assert entry.ended is None


def test_it_says_which_infusion_it_follows(family: Family, opened: Opens) -> None:
    sheet = opened()
    assert sheet.subtitle.text() == "Thu 19 Mar 2026, 16:20, day 2 after infusion 1"


def test_a_name_that_was_told_is_taken_back_with_a_second_press(
    qtbot: QtBot, family: Family, opened: Opens
) -> None:
    contact(family, "Dr Sol", "doctor")
    contact(family, "Joan, the nurse", "doctor")
    sheet = opened(told="my sister, Ana")
    assert [chip.words for chip in sheet.told.chips] == ["Willow Lane", "Dr Sol", "Ana"]
    assert [chip.isChecked() for chip in sheet.told.chips] == [False, False, True]
    qtbot.mouseClick(button(sheet, "Told: Ana"), Qt.MouseButton.LeftButton)
    assert sheet.told.field.text() == "my sister"


def test_over_since_yesterday_gives_its_end(qtbot: QtBot, family: Family, opened: Opens) -> None:
    sheet = opened(going_on=True)
    assert not sheet.course.day.isVisible()
    qtbot.mouseClick(sheet.course.state.segments[2], Qt.MouseButton.LeftButton)
    assert sheet.course.day.isVisible()
    sheet.course.day.set_text("19 Mar 2026")
    sheet.course.hour.set_text("22:20")
    save(qtbot, sheet)
    entry = kept(family)
    assert not entry.going_on
    assert family.house.watch.lasted(entry) == timedelta(hours=6)
    again = opened()
    assert again.course.is_over
    save(qtbot, again)
    assert kept(family) == replace(entry, changed=kept(family).changed), "nothing has moved"


@pytest.mark.parametrize(
    ("day", "hour", "words"),
    [
        ("19 Mar 2026", "16:19", "before the beginning"),
        ("20 Mar 2026", "18:01", "future"),
        ("21 Mar 2026", "9:00", "future"),
        ("30 Feb 2026", "9:00", "no such date"),
        ("19 Mar 2026", "later", "no such time"),
        ("", "9:00", "Since which day"),
    ],
)
def test_an_end_that_cannot_be_is_said_beside_it(
    qtbot: QtBot, family: Family, opened: Opens, day: str, hour: str, words: str
) -> None:
    sheet = opened(going_on=True)
    sheet.course.state.set_value("over")
    sheet.course.day.set_text(day)
    sheet.course.hour.set_text(hour)
    save(qtbot, sheet)
    assert sheet.isVisible()
    said = (sheet.course.day.error() or "") + (sheet.course.hour.error() or "")
    assert words in said
    assert sheet.course.hour.text() == hour
    assert kept(family).going_on


# -- Temperature ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "celsius", "scale"),
    [("38,2", 38.2, "c"), ("100.4", 38.0, "f"), ("37", 37.0, "c"), ("98.6", 37.0, "f")],
)
def test_the_scale_that_was_typed_is_understood_and_remembered(
    qtbot: QtBot, family: Family, opened: Opens, typed: str, celsius: float, scale: str
) -> None:
    sheet = opened()
    qtbot.keyClicks(sheet.reading.line, typed)
    assert sheet.unit.value() == scale
    save(qtbot, sheet)
    assert kept(family).temperature_c == pytest.approx(celsius)
    again = opened()
    assert again.unit.value() == scale
    assert again.reading.number() == pytest.approx(sheet.reading.number())
    save(qtbot, again)
    assert kept(family).temperature_c == pytest.approx(celsius)


def test_turning_the_scale_says_the_same_temperature(
    qtbot: QtBot, family: Family, opened: Opens
) -> None:
    sheet = opened(temperature_c=38.52)
    assert sheet.reading.text() == "38.5"
    qtbot.mouseClick(sheet.unit.segments[1], Qt.MouseButton.LeftButton)
    assert sheet.reading.text() == "101.3"
    save(qtbot, sheet)
    assert kept(family).temperature_c == 38.52, "what was not touched stays exact"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("980", "980 °F cannot be a body temperature"),
        ("-4", "-4 °C cannot be a body temperature"),
        ("52", "between 30 and 45 °C"),
        ("warm", "Type a number"),
        ("1e999", "cannot be a body temperature"),
    ],
)
def test_a_reading_that_nobody_has_is_said_and_stays(
    qtbot: QtBot, family: Family, opened: Opens, typed: str, words: str
) -> None:
    sheet = opened()
    sheet.words.set_text("kept")
    qtbot.keyClicks(sheet.reading.line, typed)
    save(qtbot, sheet)
    assert sheet.isVisible()
    assert words in (sheet.reading.error() or "").replace("\u00a0", " ")
    assert (sheet.reading.text(), sheet.words.text()) == (typed, "kept")
    assert kept(family).temperature_c is None


# -- Time and words -------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "hour"), [("20 Mar 2026", "18:01"), ("21 Mar 2026", "9:00")])
def test_a_time_in_the_future_is_refused_at_its_field(
    qtbot: QtBot, family: Family, opened: Opens, day: str, hour: str
) -> None:
    sheet = opened()
    sheet.day_choice.set_value("")
    sheet.day.set_text(day)
    sheet.hour.set_text(hour)
    sheet.words.set_text("kept")
    save(qtbot, sheet)
    assert sheet.isVisible()
    wrong = sheet.day if day.startswith("21") else sheet.hour
    assert "future" in (wrong.error() or "")
    assert wrong.isVisible()
    assert (sheet.hour.text(), sheet.words.text()) == (hour, "kept")
    assert wall(kept(family).at).hour == 16


def test_a_note_of_ten_thousand_letters_is_refused_at_its_field(
    qtbot: QtBot, family: Family, opened: Opens
) -> None:
    sheet = opened()
    for field in (sheet.words, sheet.done_field):
        field.set_text("x" * 10_000)
    save(qtbot, sheet)
    assert sheet.isVisible()
    for field in (sheet.words, sheet.done_field):
        assert "10000 characters" in (field.error() or "")
        assert len(field.text()) == 10_000
    assert kept(family).text == ""


# -- Photo ----------------------------------------------------------------------------------------


def test_a_photo_is_kept_with_the_entry_and_looked_at_large(
    qtbot: QtBot, family: Family, opened: Opens, tmp_path: Path
) -> None:
    sheet = opened()
    read(qtbot, sheet, from_camera(tmp_path / "a.jpg", 3000, 2000))
    assert family.house.photos.of("s") is None, "nothing is kept before saving"
    assert sheet.is_changed()
    save(qtbot, sheet)
    photo = family.house.photos.of("s")
    assert photo is not None
    assert (photo.width, photo.height) == (1066, 1600)
    again = opened()
    assert again.photo.thumbnail.isVisible()
    assert not again.is_changed()
    qtbot.mouseClick(again.photo.thumbnail, Qt.MouseButton.LeftButton)
    large = again.findChild(PhotoSheet)
    assert large is not None
    assert large.isVisible()
    assert large.shown.accessibleName() == "Photo: Tiredness"
    large.accept()


def test_a_photo_may_be_chosen_from_the_disk(
    qtbot: QtBot, family: Family, opened: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drawn(tmp_path / "a.png")
    answers = iter([("", ""), (str(path), "")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: next(answers))
    sheet = opened()
    qtbot.mouseClick(sheet.photo.choose, Qt.MouseButton.LeftButton)
    assert not sheet.photo.reading.is_busy, "nothing was chosen"
    with qtbot.waitSignal(sheet.photo.settled):
        qtbot.mouseClick(sheet.photo.choose, Qt.MouseButton.LeftButton)
    assert sheet.photo.has_photo()


def test_a_photo_may_be_dropped_anywhere_on_the_form(
    qtbot: QtBot, family: Family, opened: Opens, tmp_path: Path
) -> None:
    sheet = opened()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(drawn(tmp_path / "a.jpg")))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(sheet, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)
    with qtbot.waitSignal(sheet.photo.settled):
        QApplication.sendEvent(sheet, drop)
    assert sheet.photo.has_photo()
    for field in (sheet.words.area, sheet.hour.line, sheet.told.field.line):
        assert not field.acceptDrops(), "a field of words would take the file's name"


def test_saving_while_a_photo_is_read_waits_for_it(
    qtbot: QtBot, family: Family, opened: Opens, tmp_path: Path
) -> None:
    sheet = opened()
    sheet.photo.read(drawn(tmp_path / "a.jpg"))
    with qtbot.waitSignal(sheet.accepted):
        save(qtbot, sheet)
    assert family.house.photos.of("s") is not None


def test_a_photo_that_cannot_be_taken_is_said_and_the_form_stays(
    qtbot: QtBot, family: Family, opened: Opens, tmp_path: Path
) -> None:
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(drawn(tmp_path / "a.jpg").read_bytes()[:300])
    sheet = opened()
    sheet.words.set_text("kept")
    for path, words in (
        (large, "larger than 50 MB"),
        (broken, "cannot be read as a photo"),
        (bomb(tmp_path / "b.png"), "60000 by 60000"),
        (tmp_path / "gone.jpg", "gone.jpg"),
    ):
        read(qtbot, sheet, path)
        assert words in (sheet.photo.error() or "")
        assert sheet.isVisible()
        assert not sheet.photo.has_photo()
        assert sheet.words.text() == "kept"
    save(qtbot, sheet)
    assert kept(family).text == "kept", "it can be saved without one"
    assert family.house.photos.of("s") is None


def test_a_photo_is_taken_away_and_undo_brings_it_back(
    qtbot: QtBot, family: Family, opened: Opens, tmp_path: Path
) -> None:
    sheet = opened()
    read(qtbot, sheet, drawn(tmp_path / "a.jpg"))
    save(qtbot, sheet)
    photo = family.house.photos.of("s")
    again = opened()
    qtbot.mouseClick(again.photo.drop, Qt.MouseButton.LeftButton)
    assert again.is_changed()
    save(qtbot, again)
    assert family.house.photos.of("s") is None
    family.house.care.undo()
    assert family.house.photos.of("s") == photo
    last = opened()
    qtbot.mouseClick(last.delete, Qt.MouseButton.LeftButton)
    assert family.house.photos.of("s") is None
    family.house.care.undo()
    assert family.house.photos.of("s") == photo


# -- History --------------------------------------------------------------------------------------


def test_a_correction_keeps_both_levels_to_look_at(
    qtbot: QtBot, family: Family, opened: Opens
) -> None:
    sheet = opened()
    assert not sheet.history.isVisible()
    sheet.strength.set_value("3")
    save(qtbot, sheet)
    family.clock.at += timedelta(minutes=10)
    second = opened()
    assert second.history.words == "Changed once"
    second.words.set_text("both legs")
    save(qtbot, second)
    third = opened()
    assert third.history.words == "Changed 2 times"
    qtbot.mouseClick(third.history, Qt.MouseButton.LeftButton)
    past = third.findChild(HistorySheet)
    assert past is not None
    text = visible_text(past)
    assert "How strong: Mild → Severe" in text
    assert "Level before: Note it and mention it. Level after: Call the clinic today" in text
    assert "Note: nothing → both legs" in text
    assert "Changed Fri 20 Mar 2026, 18:10" in text
    assert text.index("18:10") < text.index("How strong: Mild →")
    assert len(family.house.care.store.all(Version)) == 2
    past.accept()
    save(qtbot, third)
    assert len(family.house.care.store.all(Version)) == 2, "nothing was changed"


def test_a_day_without_an_hour_stays_so_and_an_hour_can_be_given(
    qtbot: QtBot, family: Family, opened: Opens
) -> None:
    sheet = opened(at=AllDay(date(2026, 3, 19)))
    assert sheet.subtitle.text() == "Thu 19 Mar 2026, day 2 after infusion 1"
    assert sheet.hour.text() == ""
    sheet.words.set_text("In bed.")
    save(qtbot, sheet)
    assert kept(family).at == AllDay(date(2026, 3, 19))
    sheet = opened(at=AllDay(date(2026, 3, 19)))
    sheet.hour.set_text("16:20")
    save(qtbot, sheet)
    assert kept(family).at == Zoned(datetime(2026, 3, 19, 16, 20), ZONE)


def test_an_hour_that_is_taken_away_is_a_change_in_its_history(
    qtbot: QtBot, family: Family, opened: Opens, tmp_path: Path
) -> None:
    sheet = opened(at=Zoned(datetime(2026, 3, 19, 16, 20), ZONE))
    sheet.hour.set_text("")
    save(qtbot, sheet)
    entry = kept(family)
    assert entry.at == AllDay(date(2026, 3, 19))
    family.house.photos.save(entry.id, drawn(tmp_path / "a.jpg").read_bytes(), 60, 40)
    history = HistorySheet(sheet.theme, sheet._model, entry, None)
    qtbot.addWidget(history)
    history.show()
    said = visible_text(history)
    assert "When: Thu 19 Mar 2026, 16:20 → Thu 19 Mar 2026" in said
    assert "Photo: kept Fri 20 Mar 2026, 18:00" in said


def test_photos_are_looked_for_where_the_computer_keeps_them(
    opened: Opens, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []

    def ask(_parent: object, _title: str, folder: str, _kinds: str) -> tuple[str, str]:
        asked.append(folder)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(tmp_path))
    sheet = opened()
    sheet.photo.ask_for_file()
    assert asked == [str(tmp_path)]
