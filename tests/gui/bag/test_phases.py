"""Getting ready: one line of time with its reasons, beside a bag that it knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import Zoned
from caregiver_app.gui.bag.phases import Phase, Step, phases_of, sources_of
from caregiver_app.gui.bag.steps import StepsCard
from caregiver_app.gui.theme import Theme
from caregiver_app.services.bags import Bag
from tests.gui.tabs_family import ZONE, Family, button, rosas_family, shown, visible_text

VISIT = "p1~2"
MOMENTS = [
    ("d14", "14 days before", "Tue 17 Mar"),
    ("d7", "7 days before", "Tue 24 Mar"),
    ("d3", "3 days before", "Sat 28 Mar"),
    ("d1", "The day before", "Mon 30 Mar"),
    ("morning", "That morning", "Tue 31 Mar"),
    ("there", "In the chair", "9:30"),
    ("leave", "Before you leave", "about 11:50"),
    ("after", "Afterwards", "until Tue 21 Apr"),
]


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def bag_of(family: Family, id_: str = VISIT) -> Bag:
    return family.house.bags.bag(id_)


def line(family: Family, id_: str = VISIT) -> dict[str, Phase]:
    return {one.key: one for one in phases_of(family.house, bag_of(family, id_))}


def step(family: Family, phase: str, key: str, id_: str = VISIT) -> Step:
    return next(one for one in line(family, id_)[phase].steps if one.key == key)


def pack(family: Family, group: str, id_: str = VISIT, *, leave: int = 0) -> None:
    for one in family.house.bags.bag(id_).group(group)[leave:]:
        family.house.bags.set_state(id_, one.key, "packed")


def card_of(qtbot: QtBot, family: Family, width: int = 480, scale: float = 1.0) -> StepsCard:
    theme = Theme()
    theme.set_scale(scale)
    card = StepsCard(theme)
    phases = phases_of(family.house, bag_of(family))
    card.show_phases(VISIT, phases, sources_of(family.house, phases))
    qtbot.addWidget(shown(card, theme, width, 900))
    return card


# ---- the line of time --------------------------------------------------------------------------
def test_its_moments_come_in_the_order_of_time(family: Family) -> None:
    found = phases_of(family.house, bag_of(family))
    assert [(one.key, one.title, one.when) for one in found] == MOMENTS
    assert [one.key for one in found if one.next] == ["d7"]


def test_every_step_of_the_visit_stands_once_and_says_why(family: Family) -> None:
    steps = [one for phase in line(family).values() for one in phase.steps]
    keys = [one.key for one in steps]
    assert len(keys) == len(set(keys))
    expected = {one.key for one in family.house.bags.steps(VISIT)} | {"papers"}
    assert set(keys) == expected
    assert all(one.why for one in steps)


def test_what_is_said_about_drinking_keeps_its_limit(family: Family) -> None:
    steps = [one for phase in line(family).values() for one in phase.steps]
    drinks = [one.text for one in steps if "drink" in one.text.lower()]
    assert drinks
    assert all("unless" in one and "limit" in one for one in drinks)


def test_the_next_moment_goes_on_with_the_days(family: Family) -> None:
    family.clock.at += timedelta(days=6)
    assert [one.key for one in line(family).values() if one.next] == ["d3"]
    family.clock.at += timedelta(days=5)
    assert [one.key for one in line(family).values() if one.next] == ["morning"]


# ---- what the bag knows ------------------------------------------------------------------------
def test_papers_stand_three_days_before_and_name_what_is_open(family: Family) -> None:
    pack(family, "papers", leave=2)
    family.house.bags.set_paper(VISIT, "paperwork", "sent", "")
    found = step(family, "d3", "papers")
    assert not found.done
    assert found.can_tick
    names = family.house.bags.bag(VISIT).group("papers")
    assert found.note == f"Still open: {names[0].label} (sent, not back yet) and {names[1].label}"
    pack(family, "papers", leave=1)
    family.house.bags.set_paper(VISIT, "paperwork", "received", "")
    found = step(family, "d3", "papers")
    assert (found.done, found.note) == (True, "")


def test_a_packed_bag_is_a_step_that_is_done(family: Family) -> None:
    assert not step(family, "d1", "pack1").done
    pack(family, "papers")
    pack(family, "things", leave=1)
    left = family.house.bags.missing(VISIT).things[0]
    assert step(family, "d1", "pack1").note == f"Still open: {left.label}"
    family.house.bags.set_state(VISIT, left.key, "packed")
    found = step(family, "d1", "pack1")
    assert (found.done, found.note, found.can_tick) == (True, "", False)
    family.house.care.undo()
    assert not step(family, "d1", "pack1").done


def test_without_a_bag_nothing_speaks_of_it(family: Family) -> None:
    family.house.visits.set_part(VISIT, "bag", on=False)
    keys = {one.key for phase in line(family).values() for one in phase.steps}
    assert not {"papers", "pack1"} & keys


@pytest.mark.parametrize("kind", ["follow-up", "lab"])
def test_a_visit_that_is_no_infusion_has_its_papers_and_its_bag(family: Family, kind: str) -> None:
    start = Zoned(datetime(2026, 3, 26, 10, 0), ZONE)
    family.house.agenda.save(
        Appointment(id="v", uid="", person="rosa", type=kind, title="Dr Ito", start=start)
    )
    found = line(family, "v")
    assert {key: [one.key for one in phase.steps] for key, phase in found.items()} == {
        "d3": ["papers"], "d1": ["pack1"],
    }  # fmt: skip
    assert not any(one.can_tick for phase in found.values() for one in phase.steps)
    for group in ("papers", "things"):
        pack(family, group, "v")
    assert all(phase.done for phase in line(family, "v").values())


@pytest.mark.parametrize("kind", ["drive", "other"])
def test_a_visit_that_brings_no_bag_has_nothing_to_get_ready(family: Family, kind: str) -> None:
    start = Zoned(datetime(2026, 3, 26, 10, 0), ZONE)
    family.house.agenda.save(
        Appointment(id="v", uid="", person="rosa", type=kind, title="Eye clinic", start=start)
    )
    assert line(family, "v") == {}
    family.house.bags.choose_list("v", "lab_visit")
    assert set(line(family, "v")) == {"d3", "d1"}


# ---- the card ----------------------------------------------------------------------------------
def test_the_next_moment_stands_open_with_its_reasons(qtbot: QtBot, family: Family) -> None:
    card = card_of(qtbot, family)
    block = card.phases["d7"]
    assert block.is_open
    tick = block.rows["ride7"]
    assert tick.accessibleName() == "Book the ride and the time off"
    assert tick.accessibleDescription() == "A first visit needs a driver"
    assert tick.height() > card.fontMetrics().height() * 2, "the reason has a line of its own"
    assert not card.phases["d3"].rows


def test_a_tick_asks_and_the_keyboard_opens_and_ticks(qtbot: QtBot, family: Family) -> None:
    card = card_of(qtbot, family)
    asked: list[str] = []
    card.ticked.connect(asked.append)
    fold = button(card, "Show the steps: 3 days before")
    fold.setFocus()
    qtbot.keyClick(fold, Qt.Key.Key_Space)
    tick = card.phases["d3"].rows["papers"]
    tick.setFocus()
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert asked == [f"{VISIT}:papers/2026-03-31T09:30/4320"]


def test_the_arrow_tells_whether_the_steps_are_shown(qtbot: QtBot, family: Family) -> None:
    card = card_of(qtbot, family)
    block = card.phases["d3"]

    def arrow() -> QImage:
        return block.fold.icon().pixmap(block.fold.iconSize()).toImage()

    folded = arrow()
    qtbot.mouseClick(block.fold, Qt.MouseButton.LeftButton)
    assert arrow() != folded
    qtbot.mouseClick(block.fold, Qt.MouseButton.LeftButton)
    assert arrow() == folded


def test_the_clinics_plan_wins_and_the_sources_open_on_demand(qtbot: QtBot, family: Family) -> None:
    card = card_of(qtbot, family)
    assert "The clinic’s plan always wins. Ask your care team." in visible_text(card)
    assert "From: " not in visible_text(card)
    qtbot.mouseClick(button(card, "Sources"), Qt.MouseButton.LeftButton)
    told = visible_text(card)
    assert "From: " in told
    assert "not reviewed by a clinician" in told


def test_without_an_advice_no_source_is_named(qtbot: QtBot, family: Family) -> None:
    theme = Theme()
    card = StepsCard(theme)
    card.show_phases("v", ())
    qtbot.addWidget(shown(card, theme, 480, 300))
    assert sources_of(family.house, ()) == ""
    assert not card.sources.isVisible()


def test_what_is_only_read_says_its_reason_too(qtbot: QtBot, family: Family) -> None:
    card = card_of(qtbot, family)
    qtbot.mouseClick(button(card, "Show the steps: In the chair"), Qt.MouseButton.LeftButton)
    text = visible_text(card)
    assert "Check with the nurse: name, birth date, medicine, number of the infusion" in text
    assert "Two pairs of eyes catch a mix-up." in text


def test_a_packed_bag_shows_at_once_in_an_open_moment(qtbot: QtBot, family: Family) -> None:
    card = card_of(qtbot, family)
    assert "0 of 5 done" in visible_text(card.phases["d1"])
    qtbot.mouseClick(button(card, "Show the steps: The day before"), Qt.MouseButton.LeftButton)
    block = card.phases["d1"]
    assert "pack1" in block.rows
    for group in ("papers", "things"):
        pack(family, group)
    card.show_phases(VISIT, phases_of(family.house, bag_of(family)))
    words = block.read["pack1"].first
    assert words.accessibleName() == "Pack the bag, charge phone and tablet: done"
    assert "pack1" not in block.rows
    block.fold.click()
    assert "1 of 5 done" in visible_text(block)
    block.fold.click()
    family.house.care.undo()
    card.show_phases(VISIT, phases_of(family.house, bag_of(family)))
    assert block.rows["pack1"].state == "open"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_word_of_a_step_is_cut(qtbot: QtBot, family: Family, scale: float) -> None:
    card = card_of(qtbot, family, 360, scale)
    card.resize(card.width(), 9000)
    for block in card.phases.values():
        if not block.is_open:
            block.fold.click()
    for block in card.phases.values():
        assert block.rows or block.read
        for row in (*block.rows.values(), *block.read.values()):
            # A busy machine lays out later than a moment after the unfolding.
            qtbot.waitUntil(lambda row=row: is_whole(row))


def is_whole(row: QWidget) -> bool:
    """Tell whether nothing is painted on the upper and the lower edge of a row."""
    picture = row.grab().toImage()
    return all(
        len({picture.pixel(x, edge) for x in range(picture.width())}) == 1
        for edge in (0, picture.height() - 1)
    )
