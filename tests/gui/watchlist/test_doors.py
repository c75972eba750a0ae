"""How other pages come to the side effects: for a person, and for today's check-in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import CheckIn, ClinicCall, Person, SideEffect
from caregiver_app.domain.times import Zoned, wall
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.call_page import CallPage
from caregiver_app.gui.watchlist.check_in_sheet import CheckInSheet
from caregiver_app.gui.watchlist.entry_sheet import EntrySheet
from caregiver_app.gui.watchlist.tab import WatchTab
from tests.gui.tabs_family import ZONE, Family, settled_family, shown


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    made.house.people.save_person(Person(id="mei", name="王梅"))
    yield made
    made.close()


@pytest.fixture
def tab(qtbot: QtBot, family: Family) -> WatchTab:
    theme = Theme()
    made = WatchTab(family.house, theme)
    family.house.care.changes.listen(made.refresh)
    qtbot.addWidget(shown(made, theme))
    return made


def sheet() -> CheckInSheet:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, CheckInSheet)]
    (shown_one,) = [one for one in found if one.isVisible()]
    return shown_one


def check_ins(family: Family) -> list[CheckIn]:
    today = family.house.care.today
    entries = family.house.watch.entries(today, today)
    return [one for one in entries if isinstance(one, CheckIn)]


def save_a_pain(form: CheckInSheet) -> None:
    form.scales["pain"].set_value("4")
    form.primary.click()


def test_todays_check_in_opens_empty_and_is_kept(tab: WatchTab, family: Family) -> None:
    tab.open_item("checkin_today", "")
    save_a_pain(sheet())
    (kept,) = check_ins(family)
    assert (kept.person, kept.date, kept.pain) == ("rosa", family.house.care.today, 4)


def test_one_that_is_there_already_is_opened_again(tab: WatchTab, family: Family) -> None:
    family.house.watch.check_in(
        CheckIn(id="c", person="rosa", date=family.house.care.today, mood=6)
    )
    tab.open_item("checkin_today", "")
    form = sheet()
    assert form.scales["mood"].value() == "6"
    save_a_pain(form)
    (kept,) = check_ins(family)
    assert (kept.id, kept.mood, kept.pain) == ("c", 6, 4)


def test_it_is_written_down_for_the_person_who_was_named(tab: WatchTab, family: Family) -> None:
    tab.open_item("checkin_today", "mei")
    save_a_pain(sheet())
    assert [one.person for one in check_ins(family)] == ["mei"]


def test_a_person_who_was_named_is_spoken_of(tab: WatchTab) -> None:
    assert tab.log.title.text() == "How is Rosa today?"
    tab.open_item("person", "mei")
    assert tab.log.title.text() == "How is 王梅 today?"
    tab.open_item("person", "")
    assert tab.log.title.text() == "How is 王梅 today?"


def test_a_tab_that_was_never_seen_can_be_asked_too(qtbot: QtBot, family: Family) -> None:
    theme = Theme()
    made = WatchTab(family.house, theme)
    qtbot.addWidget(made)
    made.open_item("checkin_today", "mei")
    save_a_pain(sheet())
    assert [one.person for one in check_ins(family)] == ["mei"]


def test_a_line_of_a_call_leads_to_that_call(qtbot: QtBot, tab: WatchTab, family: Family) -> None:
    house = family.house
    now = wall(tab._model.now())
    kept = [
        house.clinic_calls.save(
            ClinicCall(id="", person="rosa", at=Zoned(now.replace(hour=hour), ZONE), who=who)
        )
        for hour, who in ((9, "Nurse Ines"), (10, "Dr Sol"))
    ]
    tab.written.list.opened.emit(f"clinic_call:{kept[0].id}")
    page = tab.beside("call_sheet")
    assert isinstance(page, CallPage)
    QApplication.processEvents()
    assert heard(page).startswith("Correct: Fri 20 Mar, 9:00")


def heard(page: CallPage) -> str:
    """Return what has the keyboard, as it is heard."""
    focus = page.window().focusWidget()
    return "" if focus is None else f"{focus.accessibleName()} {focus.accessibleDescription()}"


@pytest.mark.parametrize("asks", ["course", "over"])
def test_who_is_asked_how_it_goes_on_sees_that_first(
    tab: WatchTab, family: Family, asks: str
) -> None:
    at = Zoned(datetime(2026, 3, 20, 9, 0), ZONE)
    entry = family.house.watch.save(
        SideEffect(id="", person="rosa", sign="headache", severity=1, at=at, urgency="")
    )
    tab.open_item("side_effect", entry.id)
    form = entry_sheet()
    assert not is_in_sight(form.course, form), "at the foot of a long form"
    form.reject()
    tab.open_item(asks, entry.id)
    form = entry_sheet()
    assert is_in_sight(form.course, form)
    assert form.course.is_over == (asks == "over")
    first = form.course.hour.control if asks == "over" else form.course.state.segments[0]
    assert form.focusWidget() is first
    form.forget_changes()
    form.reject()


def entry_sheet() -> EntrySheet:
    QApplication.processEvents()
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, EntrySheet)]
    (shown_one,) = [one for one in found if one.isVisible()]
    return shown_one


def is_in_sight(widget: QWidget, form: EntrySheet) -> bool:
    """Tell whether the whole of a widget is within what the form shows without scrolling."""
    view = form.area.viewport()
    top = widget.mapTo(view, QPoint(0, 0)).y()
    return top >= 0 and top + widget.height() <= view.height()
