"""The approved time under the month, and the sign of a visit outside it: words, shape and line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from caregiver_app.domain.entities import Authorisation, Person, Plan
from caregiver_app.gui.calendar.coverage_days import Approvals, Approved
from caregiver_app.gui.calendar.month_model import day_of_index, days_of
from caregiver_app.gui.calendar.week.model import week_of
from tests.fakes import Home
from tests.gui.calendar.family import at
from tests.gui.tabs_family import visible_text

TODAY = date(2026, 3, 20)
LETTER = Authorisation(
    id="letter", person="rosa", first=date(2026, 3, 10), last=date(2026, 4, 10), insurer="Harbour"
)
SAID = "Outside the approved time: ask insurer or clinic"


def approve(home: Home, **fields: object) -> None:
    home.house.people.save_authorisation(replace(LETTER, **fields))  # type: ignore[arg-type]


def line(home: Home, person: str | None = None) -> dict[date, Approved]:
    weeks = days_of(home.house, date(2026, 4, 15), person)
    return {d.day: d.approved for week in weeks for d in week if d.approved is not None}


# ---- the line ----------------------------------------------------------------------------------
def test_without_an_approval_there_is_no_line(home: Home):
    assert line(home) == {}


def test_the_line_holds_to_its_end_and_then_goes_on_in_dashes(home: Home):
    approve(home)
    found = line(home)
    assert found[date(2026, 3, 30)] == Approved(held=True)
    assert found[date(2026, 4, 10)] == Approved(held=True, ends=True)
    assert found[date(2026, 4, 11)] == Approved(held=False)
    assert found[date(2026, 5, 3)] == Approved(held=False)


def test_the_dashes_lead_only_to_visits_that_are_outside(home: Home):
    approve(home)
    plan = home.house.plans.get("plan")
    assert plan is not None
    for dose in range(4, 20):
        if home.house.agenda.get(f"plan~{dose}") is not None:
            home.house.plans.cancel(f"plan~{dose}", agreed=True)
    found = line(home)
    assert max(found) == date(2026, 4, 28), "infusion 3, the last one that comes"
    approve(home, last=date(2026, 4, 30))
    assert [one for one in line(home).values() if not one.held] == []


def test_days_that_are_over_ask_for_nothing(home: Home):
    approve(home, first=date(2026, 4, 1))
    weeks = days_of(home.house, TODAY, None)
    found = {d.day: d.approved for week in weeks for d in week}
    assert found[date(2026, 3, 19)] is None
    assert found[TODAY] == Approved(held=False)


def test_one_approval_that_follows_another_leaves_no_post(home: Home):
    approve(home)
    approve(home, id="next", first=date(2026, 4, 11), last=date(2026, 4, 20))
    found = line(home)
    assert not found[date(2026, 4, 10)].ends
    assert found[date(2026, 4, 20)].ends


def test_the_line_is_drawn_for_one_person_alone_the_signs_for_all(home: Home):
    approve(home)
    home.house.people.save_person(Person(id="mei", name="Mei"))
    assert line(home) == {}
    assert line(home, "mei") == {}
    assert line(home, "rosa")
    assert "plan~3" in Approvals(home.house, None).outside
    assert Approvals(home.house, "mei").outside == frozenset()


def test_an_approval_of_another_plan_says_nothing_of_this_one(home: Home):
    home.house.plans.save(
        Plan(id="iron", uid="iron", person="rosa", medicine="iron", first=at("2026-04-02T10:00"),
             offsets=(0, 4), every=None)
    )  # fmt: skip
    approve(home, plan="iron")
    assert Approvals(home.house, "rosa").outside == {"iron~2"}


# ---- what is said ------------------------------------------------------------------------------
def test_month_and_list_say_it_in_words(home: Home, show, qtbot):
    approve(home)
    tab = show(home)
    tab.go(date(2026, 4, 28))
    index = tab.month.days.index_of(date(2026, 4, 28))
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Infusion 3 9:30, planned, no driver yet, outside the approved time" in said
    assert said.endswith("not approved yet")
    end = tab.month.days.index_of(date(2026, 4, 10)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert end.endswith("; approved")
    qtbot.waitUntil(lambda: any(row.warns == SAID for row in tab.agenda.rows.rows))
    (row,) = (row for row in tab.agenda.rows.rows if row.title == "Infusion 3")
    assert row.sentence().endswith(SAID)
    approve(home, last=date(2027, 12, 31))
    qtbot.waitUntil(lambda: not any(row.warns for row in tab.agenda.rows.rows))
    index = tab.month.days.index_of(date(2026, 4, 28))
    assert "outside" not in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_week_says_it_too(home: Home, show):
    approve(home)
    tab = show(home)
    tab.show_view("week")
    tab.go(date(2026, 4, 28))
    week = week_of(home.house, date(2026, 4, 28), None, 0)
    (item,) = (one for one in week.items if one.kind == "infusion")
    assert item.outside
    assert "planned, outside the approved time, No driver yet" in item.sentence()


def test_the_legend_explains_the_lines_that_are_there(home: Home, show):
    tab = show(home)
    assert tab.legend.accessibleName() == "watching Rosa for signs, today day 3 of 14"
    tab.go(date(2026, 4, 15))
    assert tab.legend.accessibleName() == "watching Rosa for signs"
    approve(home)
    assert tab.legend.accessibleName() == "watching Rosa for signs, approved, not approved yet"
    tab.go(date(2026, 8, 20))
    assert tab.legend.accessibleName() == "watching Rosa for signs, not approved yet"
    wide = tab.legend.heightForWidth(900)
    assert tab.legend.heightForWidth(200) > wide, "samples wrap rather than be cut"


# ---- the line below the list -------------------------------------------------------------------
def test_an_approval_that_ends_too_early_is_said_below_the_list(home: Home, show, qtbot):
    tab = show(home)
    assert not tab.right.approval.isVisible()
    approve(home)
    line_ = tab.right.approval
    assert line_.isVisible()
    text = visible_text(line_)
    assert "The approval ends Friday 10 April." in text
    falls = "Infusion 3 on Tuesday 28 April falls outside: ask the insurer or the clinic."
    assert falls in text
    assert line_.banner.button.height() >= 44
    with qtbot.waitSignal(tab.asked) as asked:
        qtbot.mouseClick(line_.banner.button, Qt.MouseButton.LeftButton)
    assert asked.args == ["care", "authorisation", "letter"]
    home.house.people.save_person(Person(id="mei", name="Mei"))
    assert "Rosa\u2019s approval ends Friday 10 April." in visible_text(line_)
    tab.set_person("mei")
    assert not line_.isVisible(), "nobody is told of somebody else"
    tab.set_person("rosa")
    approve(home, last=date(2026, 4, 30))
    assert not line_.isVisible(), "the next one outside is further away"


def test_visits_that_are_used_up_are_not_called_an_end(home: Home):
    approve(home, last=date(2026, 12, 31), visits=1)
    approve(home, id="old", first=None, last=date(2026, 3, 1))
    made = Approvals(home.house, "rosa")
    assert "plan~3" in made.outside
    assert made.lapse() is None


# ---- what is painted ---------------------------------------------------------------------------
def picture(tab, day: date) -> QImage:
    tab.month.viewport().repaint()
    box = tab.month.visualRect(tab.month.days.index_of(day))
    return tab.month.viewport().grab(box).toImage()


def colours(image: QImage, top: int, bottom: int) -> list[list[QColor]]:
    return [
        [image.pixelColor(x, y) for x in range(image.width())] for y in range(top, bottom)
    ]  # fmt: skip


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_line_is_whole_where_approved_and_dashed_where_not(home: Home, show, theme, mode):
    theme.set_mode(mode)
    approve(home)
    tab = show(home)
    tab.go(date(2026, 4, 15))
    held, bare = picture(tab, date(2026, 4, 8)), picture(tab, date(2026, 4, 22))
    edge, warn = theme.colour("edge"), theme.colour("warn")
    foot = held.height() - 1
    assert sum(one == edge for one in colours(held, foot, foot + 1)[0]) >= held.width() - 2
    dashes = [one == warn for one in colours(bare, foot, foot + 1)[0]]
    turns = sum(a != b for a, b in pairwise(dashes))
    assert turns > 6, "it differs by shape and not by colour alone"
    post = picture(tab, date(2026, 4, 10))
    last = [post.pixelColor(post.width() - 1, y) for y in range(post.height() - 6, post.height())]
    assert last.count(edge) >= 5


def test_an_infusion_outside_carries_a_sign_of_its_own(home: Home, show, theme):
    tab = show(home)
    tab.go(date(2026, 4, 28))
    plain = picture(tab, date(2026, 4, 28))
    approve(home)
    signed = picture(tab, date(2026, 4, 28))
    tint = theme.colour("warn_tint")

    def count(image: QImage) -> int:
        return sum(one == tint for row in colours(image, 0, image.height()) for one in row)

    assert count(plain) == 0
    assert count(signed) > 60
    tab.resize(880, 800)
    tab.show_view("month")
    tab.go(date(2026, 4, 28))
    assert tab.month.delegate.compact
    small = picture(tab, date(2026, 4, 28))
    warn = theme.colour("warn")
    assert sum(one == warn for row in colours(small, 0, small.height() - 4) for one in row) > 4
    day = day_of_index(tab.month.days.index_of(date(2026, 4, 28)))
    assert day is not None
    assert [one.outside for one in day.marks] == [True]
