"""The chart's page: reached by a click, switched, spoken, and a question asked from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import CheckIn, SideEffect
from caregiver_app.domain.times import parse_moment
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.tab import WatchTab
from caregiver_app.pages.cycle_chart import Frame
from tests.gui.tabs_family import ZONE, Family, button, rosas_family, shown, visible_text


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def wrote(family: Family, sign: str, severity: int, at: str) -> None:
    (person,) = family.house.people.people()
    family.house.watch.save(
        SideEffect(id="", person=person.id, sign=sign, severity=severity,
                   at=parse_moment(at, ZONE), urgency="")
    )  # fmt: skip


def opened(qtbot: QtBot, family: Family) -> WatchTab:
    theme = Theme()
    tab = WatchTab(family.house, theme)
    family.house.care.changes.listen(tab.refresh)
    qtbot.addWidget(shown(tab, theme))
    qtbot.mouseClick(button(tab, "Compare infusions"), Qt.MouseButton.LeftButton)
    return tab


def test_it_shows_the_sign_written_most_and_says_it_in_words(qtbot: QtBot, family: Family):
    wrote(family, "headache", 1, "2026-03-17T20:00")
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    wrote(family, "fatigue", 3, "2026-03-19T20:00")
    tab = opened(qtbot, family)
    page = tab.cycle_page
    assert page is not None
    words = visible_text(page)
    assert "Tiredness, by day since the infusion" in words
    assert "What it cannot show: why." in words
    assert page.chart.accessibleName() == "Tiredness, by day since the infusion"
    assert "Days 0 to 3: 1 Severe" in page.chart.accessibleDescription()


def test_another_sign_another_reach_and_a_new_entry_show_at_once(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    wrote(family, "headache", 1, "2026-03-17T20:00")
    tab = opened(qtbot, family)
    page = tab.cycle_page
    assert page is not None
    page.sign.set_value("headache")
    page.sign.changed.emit()
    assert "Headache, by day since the infusion" in visible_text(page)
    qtbot.mouseClick(page.reach.segments[2], Qt.MouseButton.LeftButton)
    wrote(family, "headache", 4, "2026-03-20T10:00")
    assert "Days 0 to 3: 1 Life-threatening" in page.chart.accessibleDescription()


def test_the_mouse_is_told_what_it_points_at(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    tab = opened(qtbot, family)
    page = tab.cycle_page
    assert page is not None
    chart = page.chart
    assert chart._chart is not None
    (spot,) = Frame(QRectF(chart.rect()), chart._chart, chart.ink()).spots(chart._chart, 0)
    assert chart.words_at(spot) == "Infusion 1, day 1: Moderate"
    assert chart.words_at(QPointF(0, 0)) == ""


def test_a_question_joins_the_list_and_an_empty_one_is_refused(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    tab = opened(qtbot, family)
    page = tab.cycle_page
    assert page is not None
    qtbot.mouseClick(page.add_question, Qt.MouseButton.LeftButton)
    assert page.question.error()
    qtbot.keyClicks(page.question.line, "Why on day 1?")
    qtbot.keyClick(page.question.line, Qt.Key.Key_Return)
    assert [one.text for one in family.house.support.questions()] == ["Why on day 1?"]
    assert page.question.value() == ""


def test_escape_goes_back_to_the_signs(qtbot: QtBot, family: Family):
    tab = opened(qtbot, family)
    page = tab.cycle_page
    assert page is not None
    assert "No sign is written down yet." in visible_text(page)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert tab.cycle_page is None
    assert tab.log.finder.line.isVisible()


def test_a_check_in_counts_as_a_day_with_an_entry(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    (person,) = family.house.people.people()
    family.house.watch.check_in(
        CheckIn(id="", person=person.id, date=parse_moment("2026-03-19", None).day)
    )
    tab = opened(qtbot, family)
    page = tab.cycle_page
    assert page is not None
    assert "2 days; 2 days have none" in visible_text(page)
