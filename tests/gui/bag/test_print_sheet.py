"""Printing for a visit: what is ticked is what is seen, saved, printed and remembered."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Person, Question
from caregiver_app.errors import DataReadOnly, InputRefused
from caregiver_app.gui import printing
from caregiver_app.gui.bag import print_sheet
from caregiver_app.gui.bag.print_sheet import PacketSheet, open_print
from caregiver_app.gui.theme import Theme
from caregiver_app.pages.packet import PARTS
from caregiver_app.pages.printed import pdf_of
from caregiver_app.services.settings import Settings
from tests.gui.fit import cut_words, overlapping, small_targets, sticking_out
from tests.gui.tabs_family import Family, rosas_family, visible_text
from tests.pages.reading import facts_of, words_of

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler-utils is not installed"
)
Opener = Callable[..., PacketSheet]


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def visit_of(family: Family) -> str:
    visit = family.house.agenda.next_visit("rosa")
    assert visit is not None
    return visit.id


@pytest.fixture
def opened(family: Family, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    """Open the sheet over a window, as the tab does."""
    monkeypatch.setattr(print_sheet, "paper_name", lambda: "A4")
    theme = Theme()
    made: list[tuple[QWidget, PacketSheet]] = []

    def open_(width: int = 1280, scale: float = 1.0) -> PacketSheet:
        app = QGuiApplication.instance()
        theme.apply(app)
        theme.set_scale(scale)
        window = QWidget()
        window.resize(width, 800)
        window.show()
        sheet = open_print(family.house, theme, visit_of(family), window)
        made.append((window, sheet))
        qtbot.waitExposed(sheet)
        return sheet

    yield open_
    for window, sheet in made:
        if sheet.isVisible():
            assert cut_words(sheet) == []
            assert overlapping(sheet) == []
            assert sticking_out(sheet) == []
            assert list(small_targets(sheet)) == []
            sheet.done(0)
        window.close()
        window.deleteLater()


def seen(sheet: PacketSheet) -> str:
    """Return the words of the pages that the preview shows."""
    page = sheet.printed()
    assert page is not None
    return words_of(pdf_of(page, sheet.paper))


def tick(qtbot: QtBot, sheet: PacketSheet, part: str) -> None:
    sheet.choices.parts[part].setFocus()
    qtbot.keyClick(sheet.choices.parts[part], Qt.Key.Key_Space)


def test_it_opens_with_all_that_holds_something(family: Family, opened: Opener):
    sheet = opened()
    assert sheet.choices.chosen == ("bag", "steps", "medicines", "emergency")
    assert "Rosa Marín\u2019s bag" in seen(sheet)
    assert sheet.preview.number.text() == "Page 1 of 5"
    assert sheet.note.text() == "5 pages"
    assert "Rosa Marín · Infusion 2 · Tuesday 31 March" in visible_text(sheet)
    assert sheet.file_name() == "papers 2026-03-31.pdf"


def test_what_is_ticked_is_what_is_seen(opened: Opener, qtbot: QtBot):
    sheet = opened()
    for part in ("steps", "medicines", "emergency"):
        tick(qtbot, sheet, part)
    assert sheet.choices.chosen == ("bag",)
    assert sheet.preview.number.text() == "Page 1 of 1"
    assert sheet.file_name() == "bag 2026-03-31.pdf"
    assert "Getting ready" not in seen(sheet)
    tick(qtbot, sheet, "slip")
    assert sheet.preview.number.text() == "Page 1 of 2"
    assert "Drive for Rosa" in seen(sheet)
    qtbot.mouseClick(sheet.choices.everything, Qt.MouseButton.LeftButton)
    assert sheet.choices.chosen == PARTS
    qtbot.mouseClick(sheet.choices.only_bag, Qt.MouseButton.LeftButton)
    assert sheet.choices.chosen == ("bag",)
    tick(qtbot, sheet, "bag")
    assert sheet.note.text() == "Tick at least one thing to print."
    assert not sheet.primary.isEnabled()
    assert not sheet.save.isEnabled()


def test_it_says_how_many_questions_are_open(family: Family, opened: Opener):
    row = opened().choices.parts["questions"]
    spoken = QAccessible.queryAccessibleInterface(row)
    told = spoken.text(QAccessible.Text.Name) + spoken.text(QAccessible.Text.Description)
    assert "none yet: lines to write on" in told
    family.house.support.save_question(Question(id="", person="rosa", text="Why?"))
    sheet = opened()
    assert "questions" in sheet.choices.chosen
    assert "Why?" in seen(sheet)


def test_the_choices_are_remembered(opened: Opener, qtbot: QtBot):
    sheet = opened()
    tick(qtbot, sheet, "emergency")
    tick(qtbot, sheet, "slip")
    sheet.choices.papers.set_value("Letter")
    sheet.choices.papers.changed.emit("Letter")
    sheet.done(0)
    again = opened()
    assert again.choices.chosen == ("bag", "steps", "medicines", "slip")
    assert again.paper == "Letter"
    assert again.preview.proof is not None
    assert again.preview.proof.inches == pytest.approx((8.5, 11))


def test_a_folder_that_can_only_be_read_closes_all_the_same(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
):
    sheet = opened()

    def refuse(*_given: object, **_named: object) -> None:
        raise DataReadOnly("data.read_only")

    monkeypatch.setattr(Settings, "remember", refuse)
    sheet.done(0)
    assert not sheet.isVisible()


def test_saved_as_pdf_it_is_what_was_seen(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    sheet = opened()
    target = tmp_path / "out.pdf"
    monkeypatch.setattr(printing, "ask_pdf_path", lambda _parent, _name: target)
    sheet.save.click()
    assert words_of(target.read_bytes()) == seen(sheet)
    assert facts_of(target.read_bytes()) == (5, (595, 842))
    assert sheet.note.text() == f"Saved: {target}"
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_disk_that_fails_is_told_and_the_sheet_stays(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    sheet = opened()
    gone = tmp_path / "gone" / "out.pdf"
    monkeypatch.setattr(printing, "ask_pdf_path", lambda _parent, _name: gone)
    sheet.save.click()
    assert not sheet.trouble.isHidden()
    assert sheet.isVisible()
    assert not gone.exists()


def test_all_of_it_is_one_job(opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(printing, "has_printer", lambda: True)
    sheet = opened()
    sheet.primary.click()
    dialog = sheet.findChild(QPrintDialog)
    assert dialog is not None
    printer = dialog.printer()
    assert printer.duplex() == QPrinter.DuplexMode.DuplexNone, "the sheet for others stands alone"
    target = tmp_path / "paper.pdf"
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    dialog.accepted.emit(printer)
    dialog.close()
    assert sheet.note.text() == "Sent to the printer."
    assert facts_of(target.read_bytes())[0] == 5


def test_without_a_printer_a_file_is_offered(opened: Opener, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    sheet = opened()
    sheet.primary.click()
    assert not sheet.trouble.isHidden()
    assert sheet.save.isEnabled()


def test_the_bag_is_copied_as_text(family: Family, opened: Opener, qtbot: QtBot):
    family.house.bags.set_state(visit_of(family), "water", "packed")
    sheet = opened()
    sheet.choices.copy.setFocus()
    qtbot.keyClick(sheet.choices.copy, Qt.Key.Key_Space)
    told = QGuiApplication.clipboard().text()
    assert told.startswith("Rosa Marín\u2019s bag\nTuesday 31 March 2026, 9:30")
    assert "[x] Water, unless fluids are limited" in told
    assert sheet.choices.copied.text() == "Copied. Paste it into a message."


@pytest.mark.parametrize(("width", "scale"), [(900, 1.0), (1280, 2.0)])
def test_it_fits_where_there_is_little_room(
    family: Family, opened: Opener, width: int, scale: float
):
    rosa = family.house.people.person("rosa")
    assert rosa is not None
    name = "王梅 Donaudampfschifffahrtsgesellschaftskapitänswitwe"
    family.house.people.save_person(replace(rosa, name=name))
    sheet = opened(width, scale)
    assert "王梅" in seen(sheet)


def test_a_visit_without_a_bag_prints_the_rest(family: Family, opened: Opener):
    family.house.visits.set_part(visit_of(family), "bag", on=False)
    sheet = opened()
    assert "bag" not in sheet.choices.parts
    assert sheet.choices.only_bag.isHidden()
    assert sheet.choices.copy.isHidden()
    assert "Getting ready" in seen(sheet)


def test_a_visit_that_is_gone_is_refused(family: Family, qapp: object):
    with pytest.raises(InputRefused):
        open_print(family.house, Theme(), "nowhere", None)


def test_nobody_with_a_name(family: Family, opened: Opener):
    family.house.people.save_person(Person(id="rosa", name="梅"))
    assert "梅\u2019s bag" in seen(opened())
