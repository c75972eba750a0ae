"""The crisis panel shows the numbers that somebody typed, and not one digit beside them."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app.assets import read_text
from caregiver_app.gui.crisis.page import CrisisPage
from caregiver_app.gui.theme import Theme
from caregiver_app.services.crisis import CrisisService
from caregiver_app.services.settings import NUMBER_WORDS, NUMBERS
from caregiver_app.services.support_cards import CRISIS
from tests.factories import NEW_YORK, line
from tests.fakes import FakeClock, Home
from tests.programs import NOW

CLINIC = "01632 960199"
TYPED = {
    "emergency_number": "112",
    "poison_number": "01632 960301",
    "crisis_number": "01632 960302",
    "safety_number": "01632 960303",
    "crisis_name": "Riverside Line",
    "crisis_text": "write HELLO to 96030",
}
KNOWN = re.compile(
    r"(?<!\d)(?:911|999|112|000|111|988|116[\s-]?12[34]|1[\s-]?800|741[\s-]?741|13[\s-]?11[\s-]?14"
    r"|85258|120|110)(?!\d)"
)
"""Numbers of some countries: none of them is in the program."""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    clock = FakeClock(datetime(2026, 1, 1, tzinfo=UTC), NEW_YORK)
    clock.at(NOW)
    made = Home(tmp_path / "data", clock)
    yield made
    made.close()


def test_each_number_that_can_be_typed_is_tried_here():
    assert set(TYPED) == {*NUMBERS, *NUMBER_WORDS}


def kept(home: Home, **wanted: str) -> None:
    with home.house.care.change("done.setting.emergency_number"):
        for name in TYPED:
            home.house.settings.put(name, wanted.get(name, ""))


def strange(said: str, *typed: str) -> list[str]:
    """Return the digits in a text that belong to nothing that was typed."""
    for one in sorted(typed, key=len, reverse=True):
        said = said.replace(one, " ")
    return re.findall(r"\d[\d\s()./-]*", said)


def told_by(home: Home, person: str | None = None) -> str:
    """Return all words of the panel's first page and of its second one."""
    service = CrisisService(home.house)
    facts = service.facts(person)
    told = [facts.name, facts.call, facts.number, facts.yourself, facts.add]
    told += [row.text for row in facts.rows]
    told += [text for step in service.words.steps for text in (step.do, step.more)]
    return "\n".join([*told, *service.own_contact(), service.safety_service()])


def shown_by(home: Home, person: str | None = None, *, whole: bool = False) -> str:
    page = CrisisPage(home.house, Theme())
    page.resize(1280, 860)
    page.show_for(person)
    page.show()
    if whole:
        page.steps.turn.click()
    QApplication.processEvents()
    found: list[str] = []
    for one in (page, *page.findChildren(QWidget)):
        if one.isVisibleTo(page) or one is page:
            said = getattr(one, "text", None)
            found += [str(said()) if callable(said) else "", one.accessibleName(),
                      one.accessibleDescription()]  # fmt: skip
    page.close()
    page.deleteLater()
    return "\n".join(found)


def test_before_anything_is_set_up_there_is_no_digit(home: Home):
    assert strange(told_by(home)) == []
    assert "your local emergency number" in told_by(home)


def test_the_words_of_the_data_file_hold_no_number_of_any_country():
    words = json.loads(read_text(CRISIS))
    for name in ("lines", "yourself", "add", "steps"):
        said = json.dumps(words[name], ensure_ascii=False)
        assert KNOWN.search(said) is None, name
        assert not re.search(r"\d{3}", said), name


FEW = [names for count in range(4) for names in itertools.combinations(TYPED, count)]


@pytest.mark.parametrize("names", FEW, ids=str)
def test_what_is_shown_is_what_was_typed(home: Home, names: tuple[str, ...]):
    typed = {name: TYPED[name] for name in names}
    kept(home, **typed)
    assert strange(told_by(home), *typed.values()) == []


def test_the_clinics_number_is_the_familys_own(home: Home):
    home.add(
        line("person", id="rosa", name="Rosa"),
        line("contact", person="rosa", role="clinic", name="Willow Lane", phone="01632 960142",
             phone_after_hours=CLINIC),
    )  # fmt: skip
    assert CLINIC in told_by(home, "rosa")
    assert strange(told_by(home, "rosa"), CLINIC) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(NUMBERS), st.from_regex(r"\+?[0-9 ]{1,12}[0-9]", fullmatch=True)
    )
)
def test_whatever_is_typed_is_shown_as_it_was_typed(home: Home, typed: dict[str, str]):
    plain = {name: number.strip() for name, number in typed.items()}
    kept(home, **plain)
    said = told_by(home)
    assert strange(said, *plain.values()) == []
    for name in ("emergency_number", "crisis_number"):
        assert plain.get(name, "") in said


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("names", [(), ("emergency_number",), tuple(TYPED)], ids=len)
def test_the_page_shows_no_other_digit(
    qapp: QApplication, home: Home, names: tuple[str, ...], whole: bool
):
    typed = {name: TYPED[name] for name in names}
    kept(home, **typed)
    said = shown_by(home, whole=whole)
    # The key of the emergency page, the day on which the words were checked, and "1" to "7"
    # before the steps.
    checked = CrisisService(home.house).checked
    said = re.sub(r"\bF[24]\b", "", said).replace(f"{checked.day} {checked:%B} {checked.year}", "")
    said = re.sub(r"(?m)^[1-9]$", "", said)
    assert strange(said, *typed.values()) == []
    assert KNOWN.search(said.replace(TYPED["emergency_number"], "")) is None
