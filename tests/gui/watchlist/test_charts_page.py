"""The charts page: reached by a click, switched by mouse and key, heard, asked about, printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import CheckIn, ClinicCall, Person, SideEffect
from caregiver_app.domain.times import parse_moment
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import DARK, LIGHT
from caregiver_app.gui.watchlist.charts_page import ChartsPage
from caregiver_app.gui.watchlist.tab import WatchTab
from caregiver_app.messages import words
from caregiver_app.pages.cycle_chart import Chart, Frame
from caregiver_app.pages.printed import Proof
from caregiver_app.pages.sign_strip import Strip
from caregiver_app.pages.timeline_chart import Timeline
from caregiver_app.pages.wellbeing_chart import Wellbeing
from tests.gui.tabs_family import (
    ZONE,
    Family,
    button,
    open_family,
    rosas_family,
    shown,
    visible_text,
)


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def wrote(family: Family, sign: str, severity: int, at: str) -> None:
    family.house.watch.save(
        SideEffect(id="", person="rosa", sign=sign, severity=severity,
                   at=parse_moment(at, ZONE), urgency="")
    )  # fmt: skip


def felt(family: Family, day: str, **more: object) -> None:
    family.house.watch.check_in(CheckIn(id="", person="rosa", date=date.fromisoformat(day), **more))


def tab_of(qtbot: QtBot, family: Family, **size: int) -> tuple[WatchTab, Theme]:
    theme = Theme()
    tab = WatchTab(family.house, theme)
    family.house.care.changes.listen(tab.refresh)
    qtbot.addWidget(shown(tab, theme, **size))
    return tab, theme


def opened(qtbot: QtBot, family: Family, key: str = "") -> ChartsPage:
    tab, _ = tab_of(qtbot, family)
    tab.show_charts(key)
    page = tab.beside("charts")
    assert isinstance(page, ChartsPage)
    page.kept_tab = tab
    QApplication.processEvents()
    return page


def choose(qtbot: QtBot, page: ChartsPage, words_: str) -> None:
    for group in (page.which, page.reach, page.few):
        for segment in group.segments:
            if segment.words == words_ and segment.isVisible():
                qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
                return
    raise AssertionError(words_)


def table_of(page: ChartsPage) -> list[tuple[str, ...]]:
    """Return what the table says, row by row, as a screen reader meets it."""
    model = page.table.rows
    return [
        tuple(model.words(line, column) for column in range(model.columnCount()))
        for line in range(model.rowCount())
    ]


# -- Timeline -------------------------------------------------------------------------------------


def test_a_click_opens_the_timeline_and_escape_goes_back(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    tab, _ = tab_of(qtbot, family)
    qtbot.mouseClick(tab.written.charts, Qt.MouseButton.LeftButton)
    page = tab.beside("charts")
    assert isinstance(page, ChartsPage)
    assert isinstance(page.chart.picture, Timeline)
    assert "1 day covered by an entry, 3 days without" in visible_text(page)
    assert "What it cannot show: why." in visible_text(page)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert tab.beside("charts") is None
    assert tab.log.finder.line.isVisible()


def test_chart_and_table_say_the_same(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    wrote(family, "headache", 1, "2026-03-18T21:00")
    felt(family, "2026-03-20", flare=True)
    page = opened(qtbot, family)
    chart = page.chart.picture
    assert isinstance(chart, Timeline)
    assert [(spot.first.day, chart.levels[spot.level]) for spot in chart.spots] == [
        (18, "Moderate"), (20, "No sign"),
    ]  # fmt: skip
    assert [(mark.day.day, mark.label) for mark in chart.infusions] == [(17, "1")]
    assert [mark.day.day for mark in chart.flares] == [20]
    assert table_of(page) == [
        ("Fri 20 Mar", "No sign", ""),
        ("", "Flare", ""),
        ("Thu 19 Mar", "no entry", ""),
        ("Wed 18 Mar", "Moderate", "Tiredness, moderate; Headache, mild"),
        ("Tue 17 Mar", "no entry", ""),
        ("", "Infusion 1", ""),
    ]


def test_an_entry_and_its_removal_show_at_once(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    page = opened(qtbot, family)
    wrote(family, "headache", 3, "2026-03-19T20:00")
    assert "Thu 19 Mar" in [row[0] for row in table_of(page)]
    assert "Severe" in page.chart.accessibleDescription()
    family.house.care.undo()
    assert "Severe" not in page.chart.accessibleDescription()


def test_a_call_is_marked(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    family.house.clinic_calls.save(
        ClinicCall(id="", person="rosa", at=parse_moment("2026-03-19T19:20", ZONE), question="?")
    )
    page = opened(qtbot, family)
    chart = page.chart.picture
    assert isinstance(chart, Timeline)
    assert [mark.words for mark in chart.calls] == ["Thu 19 Mar: Call to the care team"]
    assert ("", "Call to the care team", "") in table_of(page)


def test_a_year_is_shown_by_weeks_in_honest_words(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2025-10-07T20:00")
    wrote(family, "fatigue", 3, "2025-10-12T20:00")
    page = opened(qtbot, family)
    assert "Nothing is written down in these days." in visible_text(page)
    assert not page.print.isEnabled()
    choose(qtbot, page, "A year")
    said = visible_text(page)
    assert "Each mark stands for one week, from Monday." in said
    assert "A row is a week from Monday" in said
    assert ("6 Oct to 12 Oct 2025", "Severe", "Tiredness, severe, 2 days") in table_of(page)
    chart = page.chart.picture
    assert isinstance(chart, Timeline)
    assert len(chart.spots) == 1


def test_the_arrow_keys_go_from_mark_to_mark_and_are_read_out(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    wrote(family, "headache", 3, "2026-03-19T20:00")
    page = opened(qtbot, family)
    page.chart.setFocus()
    for key, said in (
        (Qt.Key.Key_Left, "Thu 19 Mar: Headache, severe"),
        (Qt.Key.Key_Left, "Wed 18 Mar: Tiredness, moderate"),
        (Qt.Key.Key_Home, "Tue 17 Mar: Infusion 1"),
        (Qt.Key.Key_Left, "Tue 17 Mar: Infusion 1"),
        (Qt.Key.Key_End, "Thu 19 Mar: Headache, severe"),
    ):
        qtbot.keyClick(page.chart, key)
        assert said in visible_text(page)
    choose(qtbot, page, "4 weeks")
    assert "Point at a mark" in visible_text(page)


def test_the_mouse_is_told_what_it_points_at(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    page = opened(qtbot, family)
    chart = page.chart
    (stop,) = [one for one in chart.picture.stops(QRectF(chart.rect()), chart.ink())
               if "Tiredness" in one.words]  # fmt: skip
    assert chart.words_at(stop.box.center()) == "Wed 18 Mar: Tiredness, moderate"
    assert chart.words_at(QPointF(0, 0)) == ""


# -- By day since the infusion ---------------------------------------------------------------------


def test_cycles_show_the_sign_written_most_and_say_it_in_words(qtbot: QtBot, family: Family):
    wrote(family, "headache", 1, "2026-03-17T20:00")
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    wrote(family, "fatigue", 3, "2026-03-19T20:00")
    page = opened(qtbot, family, "cycles")
    said = visible_text(page)
    assert "Tiredness, by day since the infusion" in said
    assert "3 days; 1 day has none" in said
    assert page.chart.accessibleName() == "Tiredness, by day since the infusion"
    assert "Days 0 to 3: 1 Severe" in page.chart.accessibleDescription()
    chart = page.chart.picture
    assert isinstance(chart, Chart)
    frame = Frame(QRectF(page.chart.rect()), chart, page.chart.ink())
    assert page.chart.words_at(frame.spots(chart, 0)[1]) == "Infusion 1, day 1: Moderate"


def test_another_sign_and_a_scale_can_be_chosen_there(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    wrote(family, "headache", 1, "2026-03-17T20:00")
    felt(family, "2026-03-18", pain=7)
    page = opened(qtbot, family, "cycles")
    page.sign.box.setFocus()
    qtbot.keyClicks(page.sign.box, "Headache")
    assert "Headache, by day since the infusion" in visible_text(page)
    qtbot.keyClick(page.sign.box, Qt.Key.Key_End)
    assert "Pain, by day since the infusion" in visible_text(page)
    chart = page.chart.picture
    assert isinstance(chart, Chart)
    assert (chart.lines[0].levels, chart.levels[-1]) == ({1: 7}, "10")
    assert table_of(page)[0] == ("Days 0 to 3", "7")
    choose(qtbot, page, "All")
    assert page.few.value() == "all"


def test_before_any_sign_and_before_any_infusion_it_says_so(qtbot: QtBot, family: Family):
    page = opened(qtbot, family, "cycles")
    assert "No sign is written down yet." in visible_text(page)
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    assert "No sign is written down yet." not in visible_text(page)
    family.house.plans.cancel("p1~1", agreed=True)
    assert "No infusion has been yet." in visible_text(page)


# -- Signs and wellbeing --------------------------------------------------------------------------


def test_each_sign_has_a_row_and_the_table_a_column(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    wrote(family, "fatigue", 1, "2026-03-19T20:00")
    wrote(family, "headache", 3, "2026-03-19T21:00")
    page = opened(qtbot, family, "signs")
    chart = page.chart.picture
    assert isinstance(chart, Strip)
    assert [(row.name, [cell.level for cell in row.cells]) for row in chart.rows] == [
        ("Tiredness", [2, 1]), ("Headache", [0, 3]),
    ]  # fmt: skip
    assert page.table.rows.table.head == ("Tiredness", "Headache")
    assert table_of(page)[:3] == [
        ("Fri 20 Mar", "no entry", ""),
        ("Thu 19 Mar", "Mild", "Severe"),
        ("Wed 18 Mar", "Moderate", "–"),
    ]


def test_many_signs_share_a_last_column_and_none_is_lost(qtbot: QtBot, family: Family):
    for number in range(14):
        wrote(family, f"My own sign {number:02}", 1 + number % 4, "2026-03-18T20:00")
    page = opened(qtbot, family, "signs")
    assert page.table.rows.table.head[-1] == "Other signs"
    said = " ".join(table_of(page)[1]) + " ".join(page.table.rows.table.head)
    said += " ".join(row[-1] for row in table_of(page))
    assert all(f"My own sign {number:02}" in said for number in range(14))
    assert "2 more signs stand in the table only." in visible_text(page)


def test_the_trend_says_that_it_takes_time_and_promises_no_date(qtbot: QtBot, family: Family):
    felt(family, "2026-03-18", pain=4, sleep=6, possible="A walk to the bakery")
    felt(family, "2026-03-19", pain=5, flare=True)
    page = opened(qtbot, family, "wellbeing")
    said = visible_text(page)
    assert words("safety.takes_time") in said
    assert "weeks or months" in said
    assert "will" not in words("safety.takes_time").split()
    assert "not reviewed by a clinician" in said
    assert "RA infusions overview" in said
    chart = page.chart.picture
    assert isinstance(chart, Wellbeing)
    assert [(scale.name, [point.mean for point in scale.points]) for scale in chart.scales] == [
        ("Pain", [4, 5]), ("Sleep", [6]),
    ]  # fmt: skip
    assert table_of(page) == [
        ("Fri 20 Mar", "no entry", ""),
        ("Thu 19 Mar", "5", "–"),
        ("", "Flare", ""),
        ("Wed 18 Mar", "4", "6"),
        ("", "Possible: A walk to the bakery", ""),
        ("Tue 17 Mar", "–", "–"),
        ("", "Infusion 1", ""),
    ]


def test_weeks_of_numbers_give_lowest_highest_and_average(qtbot: QtBot, family: Family):
    felt(family, "2025-10-06", pain=2)
    felt(family, "2025-10-07", pain=7)
    page = opened(qtbot, family, "wellbeing")
    assert "No numbers are written down in these days." in visible_text(page)
    assert words("safety.takes_time") in visible_text(page)
    choose(qtbot, page, "A year")
    assert ("6 Oct to 12 Oct 2025", "2 to 7, average 4.5") in table_of(page)
    assert "the dot is the average" in visible_text(page)


# -- By key, by ear, narrow -----------------------------------------------------------------------


def test_the_choice_of_the_chart_is_reached_by_keys(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    page = opened(qtbot, family)
    window = page.window()
    qtbot.waitUntil(lambda: window.isActiveWindow())
    assert window.focusWidget() is page.leave
    seen = [page.leave]
    for _ in range(12):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        seen.append(window.focusWidget())
    order = [page.leave, page.print, page.which.segments[0], page.reach.segments[0], page.chart,
             page.table, page.question.line, page.add_question]  # fmt: skip
    places = [seen.index(one) for one in order]
    assert places == sorted(places)
    page.which.segments[0].setFocus()
    qtbot.keyClick(page.which.segments[0], Qt.Key.Key_Right)
    assert page.which.value() == "cycles"
    assert "Tiredness, by day since the infusion" in visible_text(page)


def test_a_cell_heard_alone_says_what_it_belongs_to(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    page = opened(qtbot, family, "signs")
    model = page.table.rows
    row = [line[0] for line in table_of(page)].index("Wed 18 Mar")
    heard = model.index(row, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Tiredness, Wed 18 Mar: Moderate"
    assert page.table.accessibleName() == "The same, as a table"


@pytest.mark.parametrize(("width", "scale"), [(900, 1.0), (1280, 2.0)])
def test_narrow_or_large_it_is_one_column_that_stays_inside(
    qtbot: QtBot, family: Family, width: int, scale: float
):
    wrote(family, "Donaudampfschifffahrtsgesellschaftssymptom", 2, "2026-03-18T20:00")
    felt(family, "2026-03-18", pain=4, sleep=6, mood=3, fatigue=1, stiffness=2)
    tab, theme = tab_of(qtbot, family, width=width, height=860)
    theme.set_scale(scale)
    for key in ("timeline", "cycles", "signs", "wellbeing"):
        tab.show_charts(key)
        QApplication.processEvents()
        page = tab.beside("charts")
        assert isinstance(page, ChartsPage)
        chart, table = (one.mapTo(page, one.rect().topLeft()) for one in (page.chart, page.table))
        assert table.y() > chart.y() + page.chart.height()
        assert chart.x() + page.chart.width() <= page.width()
        assert table.x() + page.table.width() <= page.width()


# -- Asking and printing --------------------------------------------------------------------------


def test_a_question_joins_the_list_and_an_empty_one_is_refused(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    page = opened(qtbot, family)
    qtbot.mouseClick(page.add_question, Qt.MouseButton.LeftButton)
    assert page.question.error()
    qtbot.keyClicks(page.question.line, "Why on day 1?")
    qtbot.keyClick(page.question.line, Qt.Key.Key_Return)
    assert [one.text for one in family.house.support.questions()] == ["Why on day 1?"]
    assert page.question.value() == ""


def test_the_print_window_shows_what_is_ticked(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    felt(family, "2026-03-19", pain=5)
    page = opened(qtbot, family, "signs")
    qtbot.mouseClick(button(page, "Print the charts"), Qt.MouseButton.LeftButton)
    sheet = page.print_sheet
    assert sheet is not None
    assert sheet.isVisible()
    assert {key: row.state for key, row in sheet.rows.items()} == {
        "timeline": "open", "cycles": "open", "signs": "done", "wellbeing": "open",
    }  # fmt: skip
    assert sheet.preview.proof is not None
    assert sheet.preview.proof.pages == 1
    qtbot.mouseClick(sheet.rows["wellbeing"], Qt.MouseButton.LeftButton)
    assert sheet.preview.proof.pages == 2
    for key in ("signs", "wellbeing"):
        qtbot.mouseClick(sheet.rows[key], Qt.MouseButton.LeftButton)
    assert not sheet.primary.isEnabled()
    assert "Tick at least one chart." in visible_text(sheet)
    sheet.close()


def test_going_back_and_forth_reads_the_file_once_and_another_person_anew(
    qtbot: QtBot, family: Family
):
    first = family.house.care.today - timedelta(days=2)
    wrote(family, "fatigue", 2, f"{first}T20:00")
    page = opened(qtbot, family)
    before = page.now_shown()
    choose(qtbot, page, "4 weeks")
    choose(qtbot, page, "Since last infusion")
    assert page.now_shown() is before
    page.set_person("rosa")
    assert page.now_shown() is not before
    assert page.now_shown() == before


def test_the_chart_follows_the_look_at_once(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    tab, theme = tab_of(qtbot, family)
    theme.set_mode("light")
    tab.show_charts("timeline")
    QApplication.processEvents()
    page = tab.beside("charts")
    assert isinstance(page, ChartsPage)

    def inks() -> set[str]:
        """Return the looks whose colour of infusions is found on the chart."""
        image, found = page.chart.grab().toImage(), set[str]()
        dots = {
            image.pixelColor(x, y).name() for x in range(image.width()) for y in range(0, 200, 4)
        }
        for tokens, name in ((LIGHT, "light"), (DARK, "dark")):
            if tokens.colour("infusion").lower() in dots:
                found.add(name)
        return found

    page.chart.setFixedWidth(600)
    QApplication.processEvents()
    assert inks() == {"light"}
    theme.set_mode("dark")
    QApplication.processEvents()
    assert inks() == {"dark"}
    tall = page.chart.height()
    theme.set_scale(2.0)
    QApplication.processEvents()
    assert page.chart.height() > tall


@pytest.mark.parametrize("place", ["chart", "table", "question"])
def test_escape_goes_back_from_anywhere_on_the_page(qtbot: QtBot, family: Family, place: str):
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    page = opened(qtbot, family)
    widget = page.question.line if place == "question" else getattr(page, place)
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_Escape)
    assert page.kept_tab.beside("charts") is None


def test_since_the_last_infusion_says_what_it_shows_before_any(
    qtbot: QtBot, tmp_path: Path
) -> None:
    family = open_family(tmp_path)
    family.house.people.save_person(Person(id="rosa", name="Rosa"))
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    page = opened(qtbot, family, "timeline")
    said = "No infusion has been yet: these are the last four weeks."
    assert said in visible_text(page)
    page.reach.set_value("weeks")
    page._show()
    assert said not in visible_text(page)
    family.close()


def test_with_an_infusion_it_says_nothing_of_that(qtbot: QtBot, family: Family) -> None:
    wrote(family, "fatigue", 2, "2026-03-18T20:00")
    page = opened(qtbot, family, "timeline")
    assert "No infusion has been yet" not in visible_text(page)


# -- What is shown first --------------------------------------------------------------------------


def test_by_day_opens_with_what_goes_on_else_with_the_newest(qtbot: QtBot, family: Family):
    for day in (18, 19):
        wrote(family, "fatigue", 1, f"2026-03-{day}T08:00")
    wrote(family, "headache", 1, "2026-03-19T20:00")
    page = opened(qtbot, family, "cycles")
    assert page.sign.value() == "headache"
    family.house.watch.save(
        SideEffect(id="n", person="rosa", sign="nausea", severity=2, going_on=True,
                   at=parse_moment("2026-03-18T09:00", ZONE), urgency="")
    )  # fmt: skip
    again = opened(qtbot, family, "cycles")
    assert again.sign.value() == "nausea"
    assert page.sign.value() == "headache", "what is being looked at stays"


def test_a_chart_is_one_page_and_its_table_is_asked_for(qtbot: QtBot, family: Family):
    wrote(family, "fatigue", 1, "2026-03-18T08:00")
    page = opened(qtbot, family, "timeline")
    qtbot.mouseClick(page.print, Qt.MouseButton.LeftButton)
    sheet = page.print_sheet
    assert sheet is not None
    assert sheet.tables.state == "done", "a short table stands on the same page"
    sheet.close()
    for day in range(1, 31):
        felt(family, f"2026-02-{day:02}" if day < 29 else f"2026-01-{day:02}", flare=True)
    choose(qtbot, page, "3 months")
    qtbot.mouseClick(page.print, Qt.MouseButton.LeftButton)
    sheet = page.print_sheet
    assert sheet is not None
    assert sheet.tables.state == "open"
    one = sheet.printed()
    assert one is not None
    assert Proof(one, sheet.paper).pages == 1
    sheet.close()


def test_no_word_of_the_table_is_cut_however_large_the_letters(qtbot: QtBot, family: Family):
    for sign in ("fatigue", "headache", "nausea", "hives", "dizziness"):
        wrote(family, sign, 2, "2026-03-18T08:00")
    tab, theme = tab_of(qtbot, family)
    tab.show_charts("signs")
    page = tab.beside("charts")
    assert isinstance(page, ChartsPage)
    for scale in (1.0, 1.3, 1.45):
        theme.set_scale(scale)
        QApplication.processEvents()
        metrics = QFontMetrics(theme.font("second_strong"))
        for column, head in enumerate(page.table.rows.table.head, start=1):
            room = page.table.columnWidth(column)
            for word in head.split():
                assert metrics.horizontalAdvance(word) < room, (scale, word)
