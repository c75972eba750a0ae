"""Anything new since last time? Filled in at home, kept in one step, printed for the nurse."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt

from caregiver_app.domain.entities import Medicine, VisitAnswer
from caregiver_app.gui.visit.nurse_sheet import NurseListSheet
from caregiver_app.pages.printed import pdf_of
from tests.gui.visit.visits import click, opened, over, seen, settle
from tests.pages.reading import facts_of, words_of


@pytest.fixture
def form(home, desk) -> NurseListSheet:
    home.house.people.save_medicine(Medicine(id="m", person="rosa", name="Folic acid"))
    found = over(opened(desk, kind="anything_new"))
    assert isinstance(found, NurseListSheet)
    return found


def row(form: NurseListSheet, key: str):
    return next(one for one in form.rows if one.asked.key == f"new.{key}")


def answer(form: NurseListSheet, key: str, said: str) -> None:
    choice = row(form, key).choice
    click(next(one for one in choice.segments if one.key == said))


def test_nothing_is_answered_and_what_is_known_stands_there(form):
    assert all(one.choice.value() is None for one in form.rows)
    assert "Folic acid" in row(form, "medicines").known.text()
    assert not row(form, "vaccines").known.isVisible()


def test_room_to_write_comes_with_yes_and_stays_with_words(form):
    words = row(form, "vaccines").words
    assert not words.isVisible()
    answer(form, "vaccines", "yes")
    assert words.isVisible()
    words.set_text("Flu, 12 March")
    answer(form, "vaccines", "no")
    assert words.isVisible(), "what was typed is never hidden"


@pytest.mark.parametrize("said", ["yes", "unsure"])
def test_yes_puts_the_cursor_where_it_is_written(form, said):
    answer(form, "reaction", "no")
    assert not row(form, "reaction").words.isVisible()
    answer(form, "vaccines", said)
    words = row(form, "vaccines").words
    assert words.isAncestorOf(form.focusWidget()) is (said == "yes")


def test_it_is_kept_as_one_step_and_taken_back_as_one(home, form, desk):
    answer(form, "vaccines", "yes")
    row(form, "vaccines").words.set_text("Flu, 12 March")
    answer(form, "hospital", "no")
    click(form.primary)
    kept = {one.key: (one.answer, one.text) for one in home.house.care.store.all(VisitAnswer)}
    assert kept == {"new.vaccines": ("yes", "Flu, 12 March"), "new.hospital": ("no", "")}
    settle()
    assert desk.sheet.parts.rows["anything_new"].state.text() == "1 thing noted"
    home.house.care.undo()
    assert home.house.care.store.all(VisitAnswer) == []


def test_slow_change_leads_to_the_sign_before_anything_else(form, desk, qtbot):
    answer(form, "nerves", "yes")
    assert "call the emergency number now" in seen(row(form, "nerves"))
    assert row(form, "nerves").sign.isVisible()
    click(row(form, "nerves").sign)
    assert form.asks(), "what was answered would be lost"
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    click(form.primary)
    desk.sheet.open_nurse_list()
    again = over(desk.sheet)
    with qtbot.waitSignal(desk.asked) as asked:
        click(row(again, "nerves").sign)
    assert asked.args == ["watch", "sign", "gradual_neuro_change"]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_the_page_says_what_stands_here(form):
    answer(form, "vaccines", "yes")
    row(form, "vaccines").words.set_text("Flu, 12 March 打针")
    data = pdf_of(form.page(), "A4")
    found = words_of(data)
    assert facts_of(data)[0] == 1
    for text in ("Flu, 12 March 打针", "Folic acid", "Rosa Amador", "Infusion 2", "Printed"):
        assert text in found, text
    assert "Nothing new that we know of" not in found


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_nothing_new_is_said_only_when_all_was_answered_no(form):
    for one in form.rows:
        click(next(s for s in one.choice.segments if s.key == "no"))
    assert "Nothing new that we know of" in words_of(pdf_of(form.page(), "Letter"))


def test_words_too_long_stay_and_are_said(home, form):
    answer(form, "vaccines", "yes")
    row(form, "vaccines").words.set_text("x" * 3000)
    click(form.primary)
    assert form.isVisible()
    assert row(form, "vaccines").words.error()
    assert home.house.care.store.all(VisitAnswer) == []
