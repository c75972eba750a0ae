"""An idea in the day's notice: in the panel, on Today, on the desktop and in Settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Answer
from caregiver_app.domain.prompts import PROMPT
from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.support_cards import Card
from caregiver_app.gui.answer_pause import PAUSE_MS
from caregiver_app.gui.reminder_keys import QUIET_MS
from caregiver_app.gui.reminder_panel import ReminderPanel
from caregiver_app.gui.reminder_places import place_of
from caregiver_app.gui.reminder_rows import LineRow, OneRow
from caregiver_app.gui.reminder_words import ReminderWords
from caregiver_app.gui.settings.reminders_ideas import IdeasPart
from caregiver_app.gui.theme import Theme
from caregiver_app.services.reminders import Notice
from tests.gui.tabs_family import Family, settled_family, shown, visible_text
from tests.gui.today.page import opened, seen

MONDAY = datetime(2026, 3, 23, 12, 0, tzinfo=UTC)
"""8:00 in New York: the day's notice."""


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    made.house.prompts.switch(on=True)
    made.clock.at = MONDAY
    yield made
    made.close()


def idea(family: Family) -> tuple[Reminder, Card]:
    (found,) = [one for one in family.house.reminders.open_now() if one.what == PROMPT]
    card = family.house.prompts.card_of(found)
    assert card is not None
    return found, card


class Panel:
    """The panel with what is open now, a second after it came up."""

    def __init__(self, qtbot: QtBot, family: Family) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme = Theme()
        theme.apply(app)
        self.ms = 0
        self.panel = ReminderPanel(family.house, theme, now_ms=lambda: self.ms)
        qtbot.addWidget(self.panel)

    def show(self, reminders: list[Reminder]) -> None:
        self.panel.set_items(reminders)
        self.panel.come_up()
        QApplication.processEvents()
        self.ms += QUIET_MS + PAUSE_MS


def test_alone_it_has_done_and_never_again_and_nothing_else(qtbot: QtBot, family: Family) -> None:
    found, card = idea(family)
    shown_panel = Panel(qtbot, family)
    shown_panel.show([found])
    (row,) = shown_panel.panel.rows
    assert isinstance(row, OneRow)
    assert row.title.accessibleName() == f"Open: “{card.text}”"
    assert "An idea for today" in row.title.accessibleDescription()
    assert not row.later_button.isVisible()
    assert row.skip_button.words == "No more like this"
    assert row.skip_button.accessibleName().startswith("No more like this: ")
    row.skip_button.click()
    assert family.house.card_choices.put_away("rosa") == (card,)
    kept = family.house.care.store.get(Answer, found.id)
    assert kept is not None
    assert (kept.state, kept.reason) == ("skipped", "")
    assert shown_panel.panel.items == ()


def test_among_other_lines_its_menu_puts_it_away(qtbot: QtBot, family: Family) -> None:
    found, card = idea(family)
    shown_panel = Panel(qtbot, family)
    other = replace(found, id="visit:papers/2026-03-31/4320", entry="x", owner="x", what="papers")
    shown_panel.show([found, other])
    rows = [one for one in shown_panel.panel.column.in_order() if isinstance(one, LineRow)]
    (row,) = [one for one in rows if one.ids == (found.id,)]
    menu = row.more_button.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    assert [one.text() for one in menu.actions()] == ["No more like this"]
    menu.actions()[0].trigger()
    assert family.house.card_choices.put_away("rosa") == (card,)
    (rest,) = [one for one in rows if one.ids == (other.id,)]
    rest.more_button.menu().aboutToShow.emit()
    assert "Skip…" in [one.text() for one in rest.more_button.menu().actions()]


def test_undo_in_the_panel_brings_it_back(qtbot: QtBot, family: Family) -> None:
    found, _card = idea(family)
    shown_panel = Panel(qtbot, family)
    family.house.reminders.record(Notice((found,), digest=True))
    shown_panel.show([found])
    shown_panel.panel.rows[0].skip_button.click()
    family.house.care.undo()
    assert family.house.card_choices.put_away("rosa") == ()
    assert idea(family)[0].id == found.id


def test_done_says_nothing_about_the_card(qtbot: QtBot, family: Family) -> None:
    found, _card = idea(family)
    shown_panel = Panel(qtbot, family)
    shown_panel.show([found])
    shown_panel.panel.rows[0].done_button.click()
    assert family.house.card_choices.put_away("rosa") == ()
    assert [one for one in family.house.reminders.open_now() if one.what == PROMPT] == []


def test_today_shows_it_and_puts_it_away(qtbot: QtBot, family: Family) -> None:
    found, card = idea(family)
    page = opened(qtbot, family)
    (row,) = [one for one in page.tab.waiting.rows.values() if found.id in one.waiting.ids]
    assert card.text in seen(page.tab)
    if row.waiting.lines:
        line = next(one for one in row.waiting.lines if one.ids == (found.id,))
        menu = page.tab.waiting.line_menu(row, line)
        assert [one.text() for one in menu.actions()] == ["No more like this"]
        menu.actions()[0].trigger()
    else:
        assert not row.later_button.isVisible()
        assert row.skip_button.words == "No more like this"
        page.click(row.skip_button)
    assert family.house.card_choices.put_away("rosa") == (card,)
    assert card.text not in seen(page.tab)


def test_it_leads_to_its_card(family: Family) -> None:
    found, card = idea(family)
    assert place_of(found, several=False) == ("support", "card", card.id)


def test_the_desktop_hears_of_it_only_where_details_are_wanted(family: Family) -> None:
    found, card = idea(family)
    words, notice = ReminderWords(family.house), Notice((found,), digest=True)
    assert words.desktop(notice) == ("Care reminder", "Care reminder, 08:00")
    family.house.people.set_details("rosa", shown=True)
    assert words.desktop(notice) == ("Care reminder", f"Rosa Marín: “{card.text}”")


def test_settings_ask_first_and_then_for_the_rooms(qtbot: QtBot, family: Family) -> None:
    prompts = family.house.prompts
    prompts.switch(on=False)
    part = IdeasPart(family.house, Theme(), lambda change: (change(), None)[1])
    qtbot.addWidget(shown(part, Theme(), 600, 500))
    part.show_kept()
    assert part.tick.state == "open"
    assert "Healthy outlets" not in visible_text(part)
    assert not part.rooms["company"].isVisible()
    part.tick.click()
    assert prompts.is_on()
    assert {room: row.state for room, row in part.rooms.items()} == dict.fromkeys(
        ("listening", "reassurance", "company", "outlets"), "done"
    )
    part.rooms["company"].click()
    part.rooms["outlets"].click()
    assert prompts.rooms() == ("listening", "reassurance")
    part.rooms["listening"].click()
    part.rooms["reassurance"].click()
    assert not prompts.is_on(), "no room is no idea"
    assert part.tick.state == "open"
