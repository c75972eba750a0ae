"""The hero: whose infusion comes, what belongs to it, and what it says of what is not there yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Appointment, Authorisation, Person, Plan
from caregiver_app.domain.times import AllDay, Zoned
from caregiver_app.gui.calendar.form.appointment_dialog import AppointmentDialog
from caregiver_app.gui.calendar.plan.plan_dialog import PlanDialog
from tests.gui.tabs_family import NOW, ZONE, Family, open_family, settled_family
from tests.gui.today.page import Page, add_mei, opened, seen, settle, settle_reminders

VISIT = "p1~2"


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, family: Family) -> Page:
    return opened(qtbot, family)


def words(page: Page) -> list[str]:
    """The lines of the hero."""
    hero = page.tab.hero
    return [*hero.words.text().splitlines(), hero.line.text()]


def approve(family: Family, last: date, **more: object) -> str:
    made = Authorisation(id="", person="rosa", last=last, **more)
    return family.house.people.save_authorisation(made).id


# ---- the sentence ------------------------------------------------------------------------------
def test_it_says_when_the_next_infusion_is(page: Page) -> None:
    assert words(page) == [
        "Friday 20 March",
        "Rosa\u2019s next infusion is in 11 days",
        "Tuesday 31 March, 9:30  ·  infliximab, infusion 2  ·  Willow Lane",
    ]
    hero = page.tab.model.hero
    assert hero is not None
    assert (hero.number, hero.unit) == ("11", "days")
    assert hero.share == pytest.approx(3 / 14)


@pytest.mark.parametrize(
    ("wall", "sentence", "ring"),
    [
        ("2026-03-29T23:59", "Rosa\u2019s next infusion is in 2 days", "2"),
        ("2026-03-30T00:00", "Rosa\u2019s infusion is tomorrow", "1"),
        ("2026-03-31T00:00", "Rosa\u2019s infusion is today at 9:30", ""),
        ("2026-03-31T11:49", "Rosa\u2019s infusion is today at 9:30", ""),
        ("2026-03-31T11:51", "Rosa\u2019s next infusion is in 28 days", "28"),
    ],
)
def test_it_turns_with_the_days(page: Page, wall: str, sentence: str, ring: str) -> None:
    page.at(wall)
    assert words(page)[1] == sentence
    assert page.tab.model.hero is not None
    assert page.tab.model.hero.number == ring


def test_the_ring_is_full_on_the_day_itself(page: Page) -> None:
    page.at("2026-03-31T08:00")
    assert page.tab.model.hero is not None
    assert (page.tab.model.hero.share, page.tab.model.hero.unit) == (1.0, "today")


def test_at_midnight_the_words_turn_without_any_change(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    page.at("2026-03-20T23:59")
    assert words(page)[0] == "Friday 20 March"
    page.at("2026-03-21T00:00")
    assert words(page)[:2] == ["Saturday 21 March", "Rosa\u2019s next infusion is in 10 days"]


def test_the_minute_notices_that_a_visit_is_over(page: Page, family: Family) -> None:
    page.at("2026-03-31T11:00")
    family.clock.at += timedelta(minutes=30)
    page.tab.turn()
    assert words(page)[1] == "Rosa\u2019s infusion is today at 9:30"
    family.clock.at += timedelta(minutes=30)
    page.tab.turn()
    settle()
    assert words(page)[1] == "Rosa\u2019s next infusion is in 28 days"


def test_somebody_without_a_name_has_a_next_infusion_too(page: Page, family: Family) -> None:
    family.house.people.save_person(Person(id="rosa"))
    settle()
    assert words(page)[1] == "The next infusion is in 11 days"
    page.at("2026-03-31T08:00")
    assert words(page)[1] == "The infusion is today at 9:30"


def test_an_infusion_of_a_whole_day_and_outside_a_plan(qtbot: QtBot, tmp_path: Path) -> None:
    family = open_family(tmp_path)
    family.house.people.save_person(Person(id="rosa", name="Rosa"))
    family.house.agenda.save(
        Appointment(id="v", uid="", person="rosa", type="infusion", title="IVIG at home",
                    start=AllDay(date(2026, 3, 23)), place="At home")
    )  # fmt: skip
    page = opened(qtbot, family)
    assert words(page)[1:] == [
        "Rosa\u2019s next infusion is in 3 days", "Monday 23 March  ·  IVIG at home  ·  At home",
    ]  # fmt: skip
    page.at("2026-03-23T09:00")
    assert words(page)[1] == "Rosa\u2019s infusion is today"
    assert page.fragment("Next step").fragment.value == "Nothing before it"
    family.close()


def test_a_visit_in_another_zone_is_told_in_both(page: Page, family: Family) -> None:
    family.house.plans.save(
        Plan(id="far", uid="", person="rosa", medicine="IVIG", offsets=(0,), every=None,
             first=Zoned(datetime(2026, 3, 23, 9, 0), "America/Los_Angeles"))
    )  # fmt: skip
    settle()
    assert "Monday 23 March, 12:00" in words(page)[2]
    assert "9:00 in America/Los_Angeles" in words(page)[2]


def test_open_visit_opens_the_visit(page: Page) -> None:
    page.click(page.tab.hero.open_visit)
    assert page.asked == [("visit", "visit", VISIT)]


# ---- the four things ---------------------------------------------------------------------------
def value(page: Page, label: str) -> tuple[str, str]:
    fragment = page.fragment(label).fragment
    assert page.fragment(label).accessibleName() == f"{fragment.label}: {fragment.value}"
    return fragment.value, fragment.ink


def test_the_bag_counts_what_is_packed(page: Page, family: Family) -> None:
    assert value(page, "Bag") == ("Not packed yet", "soft")
    lines = family.house.bags.bag(VISIT).lines
    family.house.bags.set_state(VISIT, lines[0].key, "packed")
    assert value(page, "Bag") == (f"1 of {len(lines)} packed", "ink")
    for one in lines[1:-1]:
        family.house.bags.set_state(VISIT, one.key, "packed")
    family.house.bags.set_state(VISIT, lines[-1].key, "not_needed")
    assert value(page, "Bag") == (f"All {len(lines) - 1} packed", "ink")
    page.click(page.fragment("Bag"))
    assert page.asked == [("bag", "visit", VISIT)]


def test_a_visit_without_its_bag_speaks_of_none(page: Page, family: Family) -> None:
    hero = page.tab.hero
    wide = hero.fragments[1].width()
    family.house.visits.set_part(VISIT, "bag", on=False)
    shown = [one for one in hero.fragments if one.isVisible()]
    assert [one.fragment.label for one in shown] == ["Driver", "Approved to", "Next step"]
    assert hero.stops() == [hero.open_visit, *shown]
    assert len({one.y() for one in shown}) == 1
    assert all(one.width() > wide for one in shown), "the others share its room"
    family.house.care.undo()
    assert value(page, "Bag") == ("Not packed yet", "soft")
    assert all(one.isVisible() for one in hero.fragments)


def test_the_driver_and_when_to_leave(page: Page, family: Family) -> None:
    assert value(page, "Driver") == ("No driver yet", "warn")
    family.house.agenda.set_ride(VISIT, "", "", "08:40")
    assert value(page, "Driver") == ("No driver yet, leave 8:40", "warn")
    family.house.agenda.set_ride(VISIT, "Ana", "", "08:40")
    assert value(page, "Driver") == ("Ana, leave 8:40", "ink")
    family.house.agenda.set_ride(VISIT, "Ana", "", "")
    assert value(page, "Driver") == ("Ana", "ink")
    page.click(page.fragment("Driver"))
    assert page.asked == [("bag", "ride", VISIT)]


def test_what_the_insurer_approved(page: Page, family: Family) -> None:
    label = "Approved to"
    assert value(page, label) == ("Not written down yet", "soft")
    page.click(page.fragment(label))
    ends = approve(family, date(2026, 3, 27))
    assert value(page, label) == ("27 Mar, ends before this visit", "warn")
    page.click(page.fragment(label))
    covers = approve(family, date(2026, 3, 31))
    assert value(page, label) == ("31 Mar, covers this", "ink")
    page.click(page.fragment(label))
    assert page.asked == [("care", "authorisation", one) for one in ("", ends, covers)]


def test_an_approval_that_begins_too_late_or_has_no_visit_left(page: Page, family: Family) -> None:
    approve(family, date(2026, 12, 31), first=date(2026, 4, 1))
    assert value(page, "Approved from") == ("1 Apr, begins after this visit", "warn")
    approve(family, date(2026, 5, 31), first=date(2026, 3, 1), visits=1)
    assert value(page, "Approved to") == ("31 May, no visit left", "warn")


def test_the_next_step_before_the_visit(page: Page, family: Family) -> None:
    assert value(page, "Next step") == ("Ask the clinic, Tue 24", "ink")
    assert page.fragment("Next step").toolTip().startswith("Ask the clinic: day, place, how long")
    page.click(page.fragment("Next step"))
    family.house.agenda.save(
        Appointment(id="lab", uid="", person="rosa", type="lab", title="Blood test",
                    start=Zoned(datetime(2026, 3, 21, 9, 15), ZONE))
    )  # fmt: skip
    assert value(page, "Next step") == ("Blood test, tomorrow", "ink")
    page.click(page.fragment("Next step"))
    assert page.asked == [("bag", "visit", VISIT), ("calendar", "appointment", "lab")]


def test_a_step_that_asks_keeps_its_question_mark(page: Page, family: Family) -> None:
    page.at("2026-03-24T09:00")
    for one in family.house.reminders.open_now():
        if not one.id.startswith(f"{VISIT}:vacc/"):
            family.house.reminders.answer(one.id, "done")
    assert value(page, "Next step") == ("A vaccine planned? Today", "ink")


def test_a_step_never_loses_its_limit(page: Page, family: Family) -> None:
    page.at("2026-03-30T09:00")
    for one in family.house.reminders.open_now():
        if not one.id.startswith(f"{VISIT}:hyd1/"):
            family.house.reminders.answer(one.id, "done")
    assert value(page, "Next step")[0] == "Drinking, unless a fluid limit applies (today)"


def test_nothing_before_it(page: Page, family: Family) -> None:
    page.at("2026-03-31T08:00")
    settle_reminders(family)
    settle()
    assert value(page, "Next step") == ("Nothing before it", "soft")


def test_each_fragment_can_be_reached_and_pressed_by_keys(qtbot: QtBot, page: Page) -> None:
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        for one in page.tab.hero.fragments:
            one.setFocus()
            qtbot.keyClick(one, key)
    assert [where[0] for where in page.asked] == ["bag", "bag", "care", "bag"] * 2


# ---- several people ----------------------------------------------------------------------------
def test_for_everybody_the_first_infusion_leads_and_the_others_have_a_line(
    page: Page, family: Family
) -> None:
    add_mei(family)
    family.house.people.save_person(Person(id="jo", name="Jo"))
    settle()
    assert words(page)[1] == "王梅\u2019s next infusion is in 3 days"
    rows = [(one.accessibleName(), one.accessibleDescription())
            for one in page.tab.others.values()]  # fmt: skip
    assert rows == [
        ("Rosa Marín: next infusion in 11 days",
         "Tuesday 31 March, 9:30  ·  infliximab, infusion 2  ·  Willow Lane"),
        ("Jo: no infusion is planned yet", "Add the therapy plan"),
    ]  # fmt: skip


def test_another_person_is_chosen_by_a_press(page: Page, family: Family) -> None:
    add_mei(family)
    settle()
    page.click(page.tab.others["rosa"])
    assert words(page)[1] == "Rosa\u2019s next infusion is in 11 days"
    assert list(page.tab.others) == ["mei"]
    assert page.fragment("Bag").fragment.asked == ("bag", "visit", VISIT)


def test_a_missing_approval_says_whose_it_is(page: Page, family: Family) -> None:
    add_mei(family)
    settle()
    page.click(page.fragment("Approved to"))
    assert page.asked == [("care", "authorisation", "mei")]


def test_somebody_without_a_plan_gets_one_by_a_press(page: Page, family: Family) -> None:
    add_mei(family, plan=False)
    settle()
    page.click(page.tab.others["mei"])
    sheet = page.tab.desk.sheet
    assert isinstance(sheet, PlanDialog)
    sheet.reject()


def test_one_person_of_several(qtbot: QtBot, family: Family) -> None:
    add_mei(family)
    page = opened(qtbot, family, "mei")
    assert words(page)[1] == "王梅\u2019s next infusion is in 3 days"
    assert page.tab.others == {}
    page.tab.set_person("rosa")
    settle()
    assert words(page)[1] == "Rosa\u2019s next infusion is in 11 days"
    assert page.tab.others == {}
    page.tab.set_person(None)
    settle()
    assert list(page.tab.others) == ["rosa"]


def test_a_person_who_was_undone_is_not_spoken_of_any_more(qtbot: QtBot, family: Family) -> None:
    family.house.people.save_person(Person(id="mei", name="王梅"))
    page = opened(qtbot, family, "mei")
    assert page.tab.empty is not None
    assert page.tab.empty.isVisible()
    family.house.care.undo()
    settle()
    assert words(page)[1] == "Rosa\u2019s next infusion is in 11 days"
    assert not page.tab.empty.isVisible()


def test_open_item_puts_a_person_first(page: Page, family: Family) -> None:
    add_mei(family)
    page.tab.open_item("person", "rosa")
    settle()
    assert words(page)[1] == "Rosa\u2019s next infusion is in 11 days"


# ---- nothing planned ---------------------------------------------------------------------------
def test_an_empty_family_is_welcomed_with_one_thing_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    family = open_family(tmp_path)
    family.house.settings.remember(emergency_number="112")
    page = opened(qtbot, family)
    text = seen(page.tab)
    assert "No infusion is planned yet" in text
    assert "Nothing is waiting" not in text
    assert not page.tab.hero.isVisible()
    assert page.tab.empty is not None
    assert page.tab.empty.primary is not None
    assert page.tab.empty.quiet is not None
    page.click(page.tab.empty.primary)
    assert isinstance(page.tab.desk.sheet, PlanDialog)
    page.tab.desk.sheet.reject()
    page.click(page.tab.empty.quiet)
    assert isinstance(page.tab.desk.sheet, AppointmentDialog)
    page.tab.desk.sheet.reject()
    family.close()


def test_the_hero_comes_as_soon_as_there_is_a_plan(qtbot: QtBot, tmp_path: Path) -> None:
    family = open_family(tmp_path)
    page = opened(qtbot, family)
    family.house.plans.save(
        Plan(id="p", uid="", person="", medicine="IVIG", offsets=(0,), every=4,
             first=Zoned(datetime(2026, 3, 24, 9, 0), ZONE))
    )  # fmt: skip
    settle()
    assert words(page)[1] == "The next infusion is in 4 days"
    assert page.tab.empty is not None
    assert not page.tab.empty.isVisible()
    assert page.tab.model.hero is not None
    assert page.tab.model.hero.share == 0, "nothing is gone before the first"
    family.close()


# ---- the line at the top -----------------------------------------------------------------------
def test_no_emergency_number_yet(page: Page, family: Family) -> None:
    line = page.tab.quiet
    assert line.words.text() == "No emergency number yet."
    page.click(line.button)
    assert page.asked == [("settings", "people", "")]
    family.house.settings.remember(emergency_number="112")
    settle()
    assert not line.isVisible()


def test_setting_up_that_was_left_for_later(page: Page, family: Family) -> None:
    family.house.settings.remember(first_run="later")
    settle()
    line = page.tab.quiet
    assert line.words.text() == "No emergency number yet. Setting up is not finished."
    page.click(line.button)
    assert page.asked == [("first_run", "", "")]
    for value in ("done", ""):
        family.house.settings.remember(first_run=value)
        settle()
        assert line.words.text() == "No emergency number yet."
    family.house.settings.remember(first_run="later", emergency_number="112")
    settle()
    assert line.words.text() == "Setting up is not finished."


def ground(page: Page) -> str:
    """The colour of the line about the approval."""
    image = page.tab.amber.grab().toImage()
    return image.pixelColor(image.width() // 2, 4).name().upper()


def test_it_is_amber_from_the_start(qtbot: QtBot, family: Family) -> None:
    approve(family, date(2026, 3, 27))
    page = opened(qtbot, family)
    assert ground(page) == page.theme.tokens.warn_tint


def test_an_approval_that_ends_before_the_visit_is_said_first(page: Page, family: Family) -> None:
    made = approve(family, date(2026, 3, 27))
    settle()
    line = page.tab.amber
    assert page.tab.quiet.isVisible(), "that no number is there is said all the same"
    assert line.y() < page.tab.quiet.y()
    assert line.words.text() == (
        "Rosa\u2019s approval ends Friday 27 March. Infusion 2 on Tuesday 31 March falls outside:"
        " ask the insurer or the clinic."
    )
    assert ground(page) == page.theme.tokens.warn_tint
    page.click(line.button)
    assert page.asked == [("care", "authorisation", made)]
    page.at("2026-03-28T09:00")
    assert line.words.text().startswith("Rosa\u2019s approval ended Friday 27 March.")
    approve(family, date(2026, 3, 31))
    settle()
    assert not line.isVisible()


def test_far_ahead_nothing_is_said_of_it(page: Page, family: Family) -> None:
    family.clock.at = NOW - timedelta(days=120)
    approve(family, date(2026, 1, 1))
    page.at("2025-11-20T09:00")
    assert page.tab.model.hero is not None
    assert page.tab.model.hero.lapses is None


# ---- the bag -----------------------------------------------------------------------------------
def test_the_bag_says_how_far_it_is_and_its_tooltip_what_is_missing(
    page: Page, family: Family
) -> None:
    bags = family.house.bags
    *most, last = bags.bag(VISIT).lines
    bag = page.fragment("Bag")
    assert bag.fragment.value == "Not packed yet"
    for line in most:
        bags.set_state(VISIT, line.key, "packed")
    settle()
    assert bag.fragment.value == f"{len(most)} of {len(most) + 1} packed"
    assert bag.accessibleDescription() == f"Still to pack: {last.label}"
    bags.set_state(VISIT, last.key, "packed")
    settle()
    assert (bag.fragment.value, bag.accessibleDescription()) == (f"All {len(most) + 1} packed", "")
    page.click(bag)
    assert page.asked == [("bag", "visit", VISIT)]
