"""The four rooms as a person uses them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Contact, Person
from caregiver_app.domain.support import CardChoice
from caregiver_app.gui.support.model import SupportModel
from caregiver_app.gui.support.room_company import CompanyRoom
from caregiver_app.gui.support.room_talk import ListeningRoom, ReassuranceRoom
from caregiver_app.gui.support.rooms_column import RoomsColumn
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.text import ScrollArea
from tests.gui import fit, looks
from tests.gui.tabs_family import Family, button, open_family, rosas_family, shown, visible_text

LEFT = Qt.MouseButton.LeftButton
ROOMS = ("listening", "reassurance", "company", "outlets")


@dataclass
class Rooms:
    """The rooms on a scrolled page, and what they asked for."""

    column: RoomsColumn
    family: Family
    theme: Theme
    top: QWidget
    qtbot: QtBot
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    chosen: list[str | None] = field(default_factory=list)

    def press(self, widget: QWidget) -> None:
        assert widget.isVisible(), "nobody can press what is not seen"
        self.qtbot.mouseClick(widget, LEFT)
        settle()

    def open(self, room: str) -> None:
        if self.column.room != room:
            self.press(self.column.cards[room])

    def text(self) -> str:
        return visible_text(self.column)


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., Rooms]:
    def made(
        family: Family,
        width: int = 900,
        *,
        scale: float = 1.0,
        mode: Literal["light", "dark"] = "light",
    ) -> Rooms:
        theme = Theme()
        theme.set_mode(mode)
        theme.set_scale(scale)
        model = SupportModel(family.house)
        column = RoomsColumn(theme, model)
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.addWidget(column)
        inside.addStretch(1)
        top = ScrollArea(page)
        rooms = Rooms(column, family, theme, top, qtbot)
        column.asked.connect(lambda *where: rooms.asked.append(where))
        column.room_chosen.connect(rooms.chosen.append)
        family.house.care.changes.listen(lambda _change: column.refresh())
        column.set_person("rosa")
        qtbot.addWidget(shown(top, theme, width, 1100))
        settle()
        return rooms

    return made


def talk(rooms: Rooms) -> ListeningRoom:
    page = rooms.column.pages["listening"]
    assert isinstance(page, ListeningRoom)
    return page


# -- The rooms themselves ---------------------------------------------------------------------
def test_the_first_room_is_open_and_every_card_says_what_is_in_it(
    show: Callable[..., Rooms], family: Family
) -> None:
    rooms = show(family)
    assert rooms.column.room == "listening"
    said = {
        room: (card.accessibleName(), card.accessibleDescription())
        for room, card in rooms.column.cards.items()
    }
    assert said == {
        "listening": ("Listening", "12 ways to open"),
        "reassurance": ("Reassurance", "without promising"),
        "company": ("Company", "15 things for two"),
        "outlets": ("Healthy outlets", "Rosa’s own list"),
    }
    assert list(rooms.column.pages) == ["listening"], "a room is built when it is opened"


def test_one_room_is_open_at_a_time_by_mouse_and_by_keys(
    show: Callable[..., Rooms], family: Family
) -> None:
    rooms = show(family)
    rooms.press(rooms.column.cards["reassurance"])
    assert [room for room, page in rooms.column.pages.items() if page.isVisible()] == [
        "reassurance"
    ]
    rooms.column.cards["company"].setFocus()
    rooms.qtbot.keyClick(rooms.column.cards["company"], Qt.Key.Key_Return)
    assert rooms.column.room == "company"
    rooms.qtbot.keyClick(rooms.column.cards["company"], Qt.Key.Key_Space)
    assert rooms.column.room is None
    assert not any(page.isVisible() for page in rooms.column.pages.values())
    assert rooms.chosen == ["reassurance", "company", None]


def test_a_screen_readers_toggle_opens_a_room(show: Callable[..., Rooms], family: Family) -> None:
    rooms = show(family)
    rooms.column.cards["outlets"].toggle()
    assert rooms.column.room == "outlets"
    assert [room for room, card in rooms.column.cards.items() if card.isChecked()] == ["outlets"]
    assert rooms.chosen == ["outlets"]


# -- Going round ------------------------------------------------------------------------------
@pytest.mark.parametrize("room", ["listening", "reassurance"])
def test_another_one_goes_round_without_repeating(
    show: Callable[..., Rooms], family: Family, room: str
) -> None:
    rooms = show(family)
    rooms.open(room)
    page = rooms.column.pages[room]
    assert isinstance(page, ListeningRoom | ReassuranceRoom)
    ring = [f"“{card.text}”" for card in family.house.card_choices.ring(room)]
    found = []
    for _ in ring:
        found.append(page.quote.text())
        rooms.press(page.another)
    assert sorted(found) == sorted(ring)
    assert page.quote.text() == found[0]


def test_the_idea_stays_while_other_things_change(
    show: Callable[..., Rooms], family: Family
) -> None:
    rooms = show(family)
    rooms.press(talk(rooms).another)
    before = talk(rooms).quote.text()
    family.house.outlets.add("rosa", "Piano")
    rooms.open("company")
    rooms.open("listening")
    assert talk(rooms).quote.text() == before


def test_not_for_us_is_for_ever_and_can_be_brought_back(
    show: Callable[..., Rooms], family: Family
) -> None:
    rooms, choices = show(family), family.house.card_choices
    page = talk(rooms)
    gone = page.card
    assert gone is not None
    rooms.press(page.no_more)
    assert choices.is_put_away("rosa", gone.id)
    assert page.card != gone
    assert rooms.column.cards["listening"].second == "11 ways to open"
    for _ in range(24):
        rooms.press(page.another)
        assert page.card != gone
    rooms.press(page.decided_opener)
    assert gone.text in rooms.text()
    rooms.press(button(page.decided, f"Bring back: {gone.text}"))
    assert not choices.is_put_away("rosa", gone.id)
    assert not page.decided_opener.isVisible()
    assert rooms.column.cards["listening"].second == "12 ways to open"


def test_no_more_is_undone_in_one_step(show: Callable[..., Rooms], family: Family) -> None:
    rooms = show(family)
    rooms.press(talk(rooms).no_more)
    family.house.care.undo()
    settle()
    assert rooms.column.cards["listening"].second == "12 ways to open"


def test_with_everything_put_away_the_room_says_so(
    show: Callable[..., Rooms], family: Family
) -> None:
    rooms = show(family)
    rooms.open("reassurance")
    page = rooms.column.pages["reassurance"]
    assert isinstance(page, ReassuranceRoom)
    for _ in range(8):
        rooms.press(page.no_more)
    assert page.quote.text() == "Every idea here was put away."
    assert not page.another.isVisible()
    assert page.decided_opener.words == "8 put away"


def test_a_kept_one_is_found_again(show: Callable[..., Rooms], family: Family) -> None:
    rooms = show(family)
    page = talk(rooms)
    card = page.card
    assert card is not None
    rooms.press(page.keep)
    assert (page.keep.words, page.decided_opener.words) == ("Kept", "1 kept")
    (kept,) = family.house.care.store.all(CardChoice)
    assert (kept.id, kept.kept, kept.never) == (f"rosa:{card.id}", True, False)
    rooms.press(page.another)
    assert page.keep.words == "Keep"
    rooms.press(page.decided_opener)
    rooms.press(button(page.decided, f"Show it: {card.text}"))
    assert page.card == card
    rooms.press(button(page.decided, f"Let go: {card.text}"))
    assert page.keep.words == "Keep"
    assert not page.decided_opener.isVisible()


# -- What each room says ----------------------------------------------------------------------
def test_listening_says_what_is_better_left_unsaid_and_why(
    show: Callable[..., Rooms], family: Family
) -> None:
    rooms = show(family)
    page, unsaid = talk(rooms), family.house.cards.of("listening", "avoid")
    habits = {card.text for card in family.house.cards.of("listening", "habit")}
    pairs, second = set[tuple[str, str]](), set[str]()
    for _ in range(18):
        pairs.add((page.unsaid.text(), page.why.text()))
        second.add(page.more.text())
        rooms.press(page.another)
    assert pairs == {(f"“{card.text}”", card.why) for card in unsaid}
    assert habits <= second
    rooms.press(page.unsaid_opener)
    assert all(card.text in rooms.text() and card.why in rooms.text() for card in unsaid)


def test_what_opens_at_the_foot_of_a_room_closes_what_was_open(
    show: Callable[..., Rooms], family: Family
) -> None:
    rooms = show(family)
    page = talk(rooms)
    rooms.press(page.keep)
    openers = (page.unsaid_opener, page.decided_opener, page.sources_opener)
    for one in openers:
        rooms.press(one)
        assert [other.inside.isVisible() for other in openers] == [one is o for o in openers]
        told = [other.accessibleDescription() for other in openers]
        assert told == ["shown" if other is one else "folded" for other in openers]
    rooms.press(openers[-1])
    assert not any(other.inside.isVisible() for other in openers)


def test_an_opener_about_pain_leads_to_side_effects(
    show: Callable[..., Rooms], family: Family
) -> None:
    rooms = show(family)
    assert rooms.column.open_card("o8")
    page = talk(rooms)
    assert "Look it up under Side effects" in page.more.text()
    rooms.press(page.look_up)
    assert rooms.asked == [("watch", "", "")]
    rooms.press(page.another)
    assert not page.look_up.isVisible()


def test_reassurance_names_what_it_stands_in_for(
    show: Callable[..., Rooms], family: Family
) -> None:
    rooms = show(family)
    rooms.column.open_card("r1")
    settle()
    assert "Instead of “Everything will be fine.”" in rooms.text()
    rooms.column.open_card("r8")
    settle()
    assert "Instead of" not in rooms.text()


def test_company_fits_into_the_minutes_there_are(
    show: Callable[..., Rooms], family: Family
) -> None:
    rooms = show(family)
    rooms.open("company")
    page = rooms.column.pages["company"]
    assert isinstance(page, CompanyRoom)
    assert page.ideas.time.value() is None, "nobody is asked first"
    for place, most in enumerate((5, 15, 30)):
        rooms.press(page.ideas.time.segments[place])
        seen = set[str]()
        for _ in range(16):
            card = page.ideas.card
            assert card is not None
            assert card.minutes <= most
            seen.add(card.id)
            rooms.press(page.ideas.another)
        assert seen == {card.id for card in family.house.card_choices.ring("company", most)}
    rooms.press(page.ideas.time.segments[3])
    assert page.ideas.model.minutes is None


def test_what_needs_power_says_so(show: Callable[..., Rooms], family: Family) -> None:
    rooms = show(family)
    rooms.column.open_card("c1")
    settle()
    assert "Needs a charged device. Pack the charger." in rooms.text()
    assert "For two, about 1 hour" in rooms.text()
    rooms.column.open_card("c12")
    settle()
    assert "Before anything else" in rooms.text()


@pytest.mark.parametrize(
    ("rule", "day", "said", "words"),
    [
        ("", None, "How many may come along to Willow Lane? Not asked yet.", "Write it down"),
        ("One at a time", None, "Visitors at Willow Lane: One at a time", "Open the rules"),
        (
            "One at a time",
            date(2026, 3, 3),
            "Visitors at Willow Lane: One at a time · told on Tue 3 Mar",
            "Open the rules",
        ),
    ],
)
def test_the_visitor_limit_is_the_clinics_or_not_asked_yet(
    show: Callable[..., Rooms], tmp_path: Path, rule: str, day: date | None, said: str, words: str
) -> None:
    family = open_family(tmp_path)
    people = family.house.people
    people.save_person(Person(id="rosa", name="Rosa"))
    people.save_contact(
        Contact(
            id="clinic",
            person="rosa",
            name="Willow Lane",
            role="clinic",
            rules_visitors=rule,
            rules_checked=day,
        )
    )
    rooms = show(family)
    rooms.open("company")
    page = rooms.column.pages["company"]
    assert isinstance(page, CompanyRoom)
    assert page.ideas.visitors.text() == said
    assert page.ideas.rules.words == words
    rooms.press(page.ideas.rules)
    assert rooms.asked == [("care", "contact", "clinic")]
    family.close()


def test_the_clinic_of_the_next_infusion_is_meant(
    show: Callable[..., Rooms], family: Family
) -> None:
    family.house.people.save_contact(
        Contact(id="other", person="rosa", name="Elm Row", role="clinic", rules_visitors="None")
    )
    rooms = show(family)
    rooms.open("company")
    assert "How many may come along to Willow Lane? Not asked yet." in rooms.text()
    assert "Elm Row" not in rooms.text()


def test_every_idea_says_where_it_comes_from(show: Callable[..., Rooms], family: Family) -> None:
    rooms = show(family)
    for card in family.house.card_choices.ring("listening"):
        rooms.column.open_card(card.id)
        said = talk(rooms).sources.text()
        assert "not reviewed by a clinician" in said.lower()
        assert bool(card.evidence.sources) != ("Not checked against a source" in said)
    rooms.press(talk(rooms).sources_opener)
    assert talk(rooms).sources.isVisible()


def test_nobody_entered_yet(show: Callable[..., Rooms], tmp_path: Path) -> None:
    family = open_family(tmp_path)
    rooms = show(family)
    assert rooms.column.cards["outlets"].second == "their own list"
    for room in ROOMS:
        rooms.open(room)
    rooms.open("listening")
    rooms.press(talk(rooms).no_more)
    (person,) = family.house.people.people()
    assert len(family.house.card_choices.put_away(person.id)) == 1
    family.close()


def test_a_card_that_is_not_there_opens_nothing(show: Callable[..., Rooms], family: Family) -> None:
    rooms = show(family)
    assert not rooms.column.open_card("zz")
    assert not rooms.column.open_card("k1")
    assert rooms.column.room == "listening"


# -- How it looks -----------------------------------------------------------------------------
@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize(
    ("width", "scale", "mode"), [(870, 1.0, "light"), (560, 1.0, "dark"), (860, 2.0, "light")]
)
def test_everything_fits_has_a_name_and_is_reached(
    show: Callable[..., Rooms], family: Family, room: str, width: int, scale: float,
    mode: Literal["light", "dark"],
) -> None:  # fmt: skip
    house = family.house
    for text in ("她种的番茄 (her tomatoes)", "Piano " * 20, "<b>Radio</b> & tea"):
        house.outlets.add("rosa", text)
    for card in ("o1", "r1", "c1", "h1"):
        house.card_choices.keep("rosa", card)
    for card in ("o2", "r2", "c2", "h2"):
        house.card_choices.never("rosa", card)
    rooms = show(family, width, scale=scale, mode=mode)
    rooms.open(room)
    page = rooms.column.pages[room]
    if isinstance(page, CompanyRoom):
        page.planner.hide()  # looked at where it is made
    for opener in rooms.column.findChildren(QWidget):
        if opener.isVisible() and type(opener).__name__ == "Opener":
            rooms.press(opener)
    for check in (fit.cut_words, fit.sticking_out, fit.overlapping, fit.untold):
        assert check(rooms.top) == [], check.__name__
    for look in (looks.unnamed, looks.unreached, looks.clashing_keys, looks.twins, looks.silent):
        assert look(rooms.top) == [], look.__name__
    assert list(fit.small_targets(rooms.top)) == []
    assert looks.foreign_colours(rooms.top, rooms.theme) == []
