"""The emergency page over damaged data: steps and numbers stand, one line says what lacks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import KINDS, Contact, Medicine
from caregiver_app.errors import DataDamaged
from caregiver_app.gui.emergency.page import EmergencyPage
from caregiver_app.gui.emergency.parts import NumberedStep, PhoneRow
from caregiver_app.gui.theme import Theme
from caregiver_app.services.emergency import EmergencyService
from caregiver_app.storage.backups import DATA_NAME
from tests.gui.tabs_family import Family, shown, visible_text
from tests.gui.watchlist.call_family import full_family


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = full_family(tmp_path)
    for name, phone in (("Dr Okafor", "555 0111"), ("Dr Lind", "555 0122")):
        made.house.people.save_contact(
            Contact(id="", person="rosa", name=name, role="doctor", phone=phone)
        )
    made.house.people.save_medicine(Medicine(id="iron", person="rosa", name="iron drops"))
    yield made
    made.close()


def damage(family: Family, kind: str, which: str = "1") -> int:
    """Give rows of a kind another checksum than theirs, as a flipped bit does."""
    with closing(sqlite3.connect(family.folder / DATA_NAME, isolation_level=None)) as file:
        return file.execute(f'UPDATE "{kind}" SET crc = crc + 1 WHERE {which}').rowcount  # noqa: S608


def opened(qtbot: QtBot, family: Family) -> EmergencyPage:
    theme = Theme()
    page = EmergencyPage(family.house, theme)
    page.show_for("rosa")
    qtbot.addWidget(shown(page, theme))
    return page


def numbers(page: EmergencyPage) -> list[str]:
    return [visible_text(row) for row in page.findChildren(PhoneRow) if row.isVisible()]


def test_sound_data_says_nothing_of_it(qtbot: QtBot, family: Family):
    page = opened(qtbot, family)
    assert page.read_out.missing.isHidden()
    assert "911" in visible_text(page.band)


@pytest.mark.parametrize("kind", [*KINDS])
def test_whatever_kind_is_damaged_whole_the_call_and_the_steps_stand(
    qtbot: QtBot, family: Family, kind: str
):
    before = opened(qtbot, family)
    steps = len(before.findChildren(NumberedStep))
    page = opened(qtbot, family) if damage(family, kind) else before
    assert len(page.findChildren(NumberedStep)) == steps
    assert page.band.isVisible()
    if kind != "setting":
        assert "911" in visible_text(page.band)
    if kind not in ("person", "contact"):
        assert any("555 0111" in one for one in numbers(page)), numbers(page)
    page.refresh()
    page.enter()


def test_one_damaged_contact_leaves_the_other_numbers(qtbot: QtBot, family: Family):
    assert damage(family, "contact", "name = 'Dr Lind'") == 1
    page = opened(qtbot, family)
    assert any("555 0111" in one for one in numbers(page))
    assert not any("555 0122" in one for one in numbers(page))
    assert "numbers" in page.read_out.missing.text()
    assert page.read_out.missing.isVisible()


def test_one_damaged_medicine_leaves_the_others(qtbot: QtBot, family: Family):
    assert damage(family, "medicine", "name = 'iron drops'") == 1
    page = opened(qtbot, family)
    text = visible_text(page)
    assert "folic acid" in text
    assert "iron drops" not in text
    assert page.read_out.missing.text() == "Could not all be read: medicines."


def test_a_damaged_visit_never_makes_an_earlier_one_the_last(qtbot: QtBot, family: Family):
    assert "By the calendar it" in visible_text(opened(qtbot, family))
    assert damage(family, "appointment", "type = 'infusion'")
    page = opened(qtbot, family)
    text = visible_text(page)
    assert "When the last infusion was cannot be read here" in text
    assert "By the calendar it" not in text
    assert "No infusion is written down" not in text


def test_the_person_damaged_leaves_the_numbers_of_everybody(qtbot: QtBot, family: Family):
    damage(family, "person")
    page = opened(qtbot, family)
    assert any("555 0111" in one for one in numbers(page))
    assert "what is known of the person" in page.read_out.missing.text()


def test_outside_of_the_page_nothing_is_left_out(qtbot: QtBot, family: Family):
    damage(family, "contact", "name = 'Dr Lind'")
    opened(qtbot, family)
    with pytest.raises(DataDamaged):
        EmergencyService(family.house).facts("rosa")
    with family.house.care.one_look():
        with family.house.care.in_parts():
            assert len(family.house.people.contacts("rosa")) >= 1
        with pytest.raises(DataDamaged):
            family.house.people.contacts("rosa")


def test_the_sheet_of_paper_is_whole_or_says_why_not(qtbot: QtBot, family: Family):
    page = opened(qtbot, family)
    damage(family, "contact", "name = 'Dr Lind'")
    page.print_sheet()
    assert "damaged" in page.message.text()


def test_a_table_that_cannot_be_read_at_all_leaves_the_rest(
    qtbot: QtBot, family: Family, monkeypatch: pytest.MonkeyPatch
):
    with closing(sqlite3.connect(family.folder / DATA_NAME, isolation_level=None)) as file:
        file.execute('ALTER TABLE "medicine" RENAME TO "medicine_gone"')
    page = opened(qtbot, family)
    assert any("555 0111" in one for one in numbers(page))
    assert "medicines" in page.read_out.missing.text()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
