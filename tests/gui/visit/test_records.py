"""The infusion passport: every record, found by its lot, opened, printed."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Appointment, Person
from caregiver_app.domain.times import Zoned
from caregiver_app.gui.visit.records_sheet import RecordsSheet
from caregiver_app.pages.printed import pdf_of
from tests.gui.visit.visits import click, record, seen, settle
from tests.pages.reading import words_of


@pytest.fixture
def passport(home, desk) -> RecordsSheet:
    home.clock.at("2026-05-10T10:00")
    for number, lot in ((1, "IFX-0417"), (2, "IFX 0552"), (3, "BB-9")):
        home.house.plans.set_status(f"plan~{number}", "done")
        record(home, f"plan~{number}", lot=lot, product="infliximab", site="left arm")
    desk.visits.open("records", "rosa")
    settle()
    assert isinstance(desk.sheet, RecordsSheet)
    return desk.sheet


def lots(sheet: RecordsSheet) -> list[str]:
    return [card.recorded.record.lot for card in sheet.cards]


def test_all_of_a_person_the_newest_first(passport):
    assert lots(passport) == ["BB-9", "IFX 0552", "IFX-0417"]
    assert passport.count.text() == "3 records"
    assert "Infusion 3, infliximab" in seen(passport.cards[0])


@pytest.mark.parametrize("typed", ["ifx0552", "IFX-0552", " 0552"])
def test_a_lot_is_found_however_it_is_typed(passport, typed):
    passport.search.set_text(typed)
    assert lots(passport) == ["IFX 0552"]
    assert passport.count.text() == "1 record has it"


def test_a_lot_that_was_never_ours_says_so(passport):
    passport.search.set_text("ZZ-1")
    assert passport.cards == []
    assert passport.count.text() == "No record has “ZZ-1” in it."
    assert not passport.primary.isEnabled()


def test_a_record_is_opened_and_changed_from_the_list(home, passport):
    click(passport.cards[0].button)
    form = passport.sheet
    assert form.subtitle.text() == "Infusion 3 · Tue 28 Apr 9:30"
    form.record_fields.fields["lot"].set_text("BB-10")
    click(form.primary)
    assert lots(passport)[0] == "BB-10"


def test_after_a_change_the_keyboard_is_at_the_same_record(passport):
    click(passport.cards[1].button)
    passport.sheet.record_fields.fields["lot"].set_text("IFX 0553")
    click(passport.sheet.primary)
    settle()
    assert lots(passport)[1] == "IFX 0553"
    assert passport.focusWidget() is passport.cards[1].button


def test_a_long_list_is_laid_out_as_somebody_scrolls(home, desk):
    wanted: list[str] = []
    for number in range(60):
        visit = Appointment(
            id=f"old{number}", uid=f"old{number}", person="rosa", type="infusion",
            title="Infusion", start=Zoned(datetime(2020, 1, 1, 9) + timedelta(days=30 * number),
            "Europe/London"), status="done",
        )  # fmt: skip
        home.house.agenda.save(visit)
        record(home, visit.id, lot=f"L{number:03}")
        wanted.insert(0, f"L{number:03}")
    desk.visits.open("records", "rosa")
    settle()
    sheet = desk.sheet
    assert sheet.count.text() == "60 records"
    first = len(sheet.cards)
    assert first < 40, "what nobody sees yet is not laid out"
    for _ in range(20):
        sheet.area.verticalScrollBar().setValue(sheet.area.verticalScrollBar().maximum())
        settle()
    assert lots(sheet) == wanted
    sheet.search.set_text("L001")
    settle()
    assert lots(sheet) == ["L001"]
    assert sheet.area.verticalScrollBar().value() == 0


def test_a_record_is_deleted_and_comes_back(home, passport):
    click(passport.cards[0].button)
    click(passport.sheet.delete)
    assert lots(passport) == ["IFX 0552", "IFX-0417"]
    home.house.care.undo()
    passport.look_again()
    assert len(lots(passport)) == 3


def test_nothing_yet_says_where_it_comes_from(home, desk):
    home.house.people.save_person(Person(id="mei", name="王梅"))
    desk.visits.open("records", "mei")
    assert "copy what stands on the nurse’s paper" in desk.sheet.count.text()
    assert not desk.sheet.pdf.isEnabled()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_what_is_shown_is_what_is_printed(passport):
    passport.search.set_text("IFX")
    found = words_of(pdf_of(passport.page(), "A4"))
    assert "IFX-0417" in found
    assert "BB-9" not in found
    assert "Only those with “IFX” in them." in found
    assert "Rosa Amador" in found


def test_the_pdf_is_saved_where_it_is_asked_for(passport, tmp_path: Path, monkeypatch):
    path = tmp_path / "records.pdf"
    monkeypatch.setattr(
        "caregiver_app.gui.printing.QFileDialog.getSaveFileName",
        lambda *_args, **_more: (str(path), ""),
    )
    click(passport.pdf)
    assert path.read_bytes().startswith(b"%PDF")
    assert str(path) in passport.note.text()
