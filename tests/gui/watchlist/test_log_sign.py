"""Writing a sign down: what to do first where that matters, two clicks, yesterday as quickly."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import CheckIn, SideEffect
from caregiver_app.domain.times import AllDay, wall
from caregiver_app.gui.growing_list import LINE_ROLE
from caregiver_app.gui.watchlist.entry_sheet import EntrySheet
from caregiver_app.gui.watchlist.signs import OutcomeRow, SeverityRow
from caregiver_app.gui.watchlist.tab import WatchTab
from tests.gui.tabs_family import Family, button, visible_text


def click(qtbot: QtBot, tab: WatchTab, words: str) -> None:
    qtbot.mouseClick(button(tab, words), Qt.MouseButton.LeftButton)


def row_of(tab: WatchTab) -> SeverityRow:
    QApplication.processEvents()
    (row,) = [one for one in tab.findChildren(SeverityRow) if one.isVisible()]
    return row


def outcome_of(tab: WatchTab) -> OutcomeRow:
    QApplication.processEvents()
    (row,) = [one for one in tab.findChildren(OutcomeRow) if one.isVisible()]
    return row


def effects(family: Family) -> list[SideEffect]:
    return family.house.care.store.all(SideEffect)


def test_yesterday_takes_as_many_clicks_as_now(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    click(qtbot, tab, "Headache")
    row = row_of(tab)
    assert row.yesterday.value() is None
    qtbot.mouseClick(row.yesterday.segments[1], Qt.MouseButton.LeftButton)
    (entry,) = effects(family)
    assert entry.at == AllDay(date(2026, 3, 19)), "nobody said at which hour"
    assert entry.severity == 2
    said = visible_text(outcome_of(tab))
    assert "Written down: Thu 19 Mar" in said
    assert "Thu 19 Mar," not in said
    assert tab.written.list.model().index(0, 0).data(LINE_ROLE).second == "Thu 19 Mar"


def test_each_strength_says_its_day_and_its_meaning(qtbot: QtBot, tab: WatchTab) -> None:
    click(qtbot, tab, "Headache")
    row = row_of(tab)
    assert [one.accessibleName() for one in row.segments.segments] == [
        "Mild, Now",
        "Moderate, Now",
        "Severe, Now",
        "Life-threatening, Now",
    ]
    assert row.yesterday.segments[0].accessibleName() == "Mild, Yesterday"
    meaning = "They notice it and carry on with the day."
    assert row.yesterday.segments[0].accessibleDescription() == meaning
    assert meaning in visible_text(row)


def test_another_day_opens_the_whole_sheet_and_keeps_nothing_before(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    click(qtbot, tab, "Headache")
    click(qtbot, tab, "Another day…")
    (sheet,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, EntrySheet)]
    assert not effects(family)
    assert sheet.strength.value() is None, "no strength is chosen beforehand"
    sheet.strength.set_value("2")
    sheet.day_choice.set_value("")
    sheet.day.set_text("16 Mar 2026")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    (entry,) = effects(family)
    assert wall(entry.at).date() == date(2026, 3, 16)
    assert "Headache, moderate" in visible_text(outcome_of(tab))


def test_a_call_today_shows_what_to_do_and_the_number_before_it_asks(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    tab.open_item("sign", "leg_swelling")
    row = row_of(tab)
    text = visible_text(row)
    for words in (
        "Call the clinic today",
        "Ring the care team or its after-hours line now",
        "555 0142",
        "555 0199",
        "Weigh them and write it down.",
        "Emergency if breath is short at rest",
        "If unsure, choose the more urgent level and call.",
    ):
        assert text.index(words) < text.index("how strong is it?"), words
    assert not effects(family)
    assert tab.window().focusWidget() is row, "what to do is heard first"
    heard = row.accessibleName()
    assert heard.startswith("Swollen feet or legs. Call the clinic today.")
    assert "Willow Lane: 555 0142" in heard


def test_a_note_asks_first_and_says_what_to_do_after(qtbot: QtBot, tab: WatchTab) -> None:
    click(qtbot, tab, "Tiredness")
    row = row_of(tab)
    assert "Easy meals" not in visible_text(row)
    assert tab.window().focusWidget() is row.segments.segments[0]
    qtbot.mouseClick(row.segments.segments[0], Qt.MouseButton.LeftButton)
    outcome = visible_text(outcome_of(tab))
    assert "Easy meals" in outcome
    assert "Call sheet" not in outcome


def test_the_call_sheet_is_a_press_away_where_there_is_a_call_to_make(
    qtbot: QtBot, tab: WatchTab
) -> None:
    click(qtbot, tab, "Tiredness")
    qtbot.mouseClick(row_of(tab).segments.segments[2], Qt.MouseButton.LeftButton)
    click(qtbot, tab, "Call sheet")
    assert tab.beside("call_sheet") is not None


def test_what_the_clinic_said_stands_above_ours_before_and_after(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    family.house.signs.set_clinic("rosa", "leg_swelling", "Legs up, ring us in the morning.")
    tab.open_item("sign", "leg_swelling")
    before = visible_text(row_of(tab))
    qtbot.mouseClick(row_of(tab).segments.segments[0], Qt.MouseButton.LeftButton)
    after = visible_text(outcome_of(tab))
    for text in (before, after):
        said = text.index("Legs up, ring us in the morning.")
        assert text.index("Your clinic says:") < said < text.index("Ring the care team")
        assert "Call the clinic today" in text, "it stays as urgent as it is"
    assert "Your clinic says: Legs up" in outcome_of(tab).accessibleName()
    family.house.signs.set_clinic("rosa", "fatigue", "Rest.")
    tab.open_item("sign", "fatigue")
    assert "Your clinic says:\nRest." in visible_text(row_of(tab))


def test_what_the_clinic_said_stands_on_the_emergency_page(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    family.house.signs.set_clinic("rosa", "chest_pain", "Aspirin is not for her.")
    click(qtbot, tab, "Chest pain")
    page = tab.emergency_page
    assert page is not None
    text = visible_text(page)
    assert "Your clinic says:\nAspirin is not for her." in text
    click(qtbot, tab, "Back")
    click(qtbot, tab, "Hard to breathe")
    assert "Your clinic says:" not in visible_text(page)


def test_a_sign_that_a_medicine_makes_an_emergency_shows_its_page_first(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    assert family.house.signs.sign("rosa", "hives_rash").is_emergency
    tab.open_item("sign", "hives_rash")
    assert tab.emergency_page is not None
    assert not effects(family)


def test_nothing_yesterday_is_an_entry_too(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    click(qtbot, tab, "Nothing yesterday")
    (entry,) = family.house.care.store.all(CheckIn)
    assert entry.date == date(2026, 3, 19)
    assert not tab.log.nothing_before.isVisible()
    assert tab.log.nothing.isEnabled(), "today is another day"
    family.house.care.undo()
    assert tab.log.nothing_before.isVisible()


def test_nothing_today_is_not_offered_beside_a_sign_of_today(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    click(qtbot, tab, "Tiredness")
    qtbot.mouseClick(row_of(tab).segments.segments[0], Qt.MouseButton.LeftButton)
    assert not tab.log.nothing.isEnabled()
    family.house.care.undo()
    assert tab.log.nothing.isEnabled()


def test_the_row_that_opens_is_brought_into_view(
    qtbot: QtBot, tab: WatchTab, family: Family
) -> None:
    tab.resize(900, 600)
    tab.open_item("sign", "metallic_taste")
    row = row_of(tab)
    qtbot.waitUntil(lambda: not row.segments.visibleRegion().isEmpty())
    assert not row.other_day.visibleRegion().isEmpty()
