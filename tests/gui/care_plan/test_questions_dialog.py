"""The dialog of questions for the insurer: what is ticked is what is seen, saved and printed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Authorisation
from caregiver_app.gui import printing
from caregiver_app.gui.care_plan.questions_dialog import QuestionsDialog
from caregiver_app.gui.care_plan.tab import CarePlanTab
from caregiver_app.services.insurer_questions import load
from tests.gui.care_plan.care_family import MARCH, click, save, sheet_of
from tests.gui.fit import cut_words, overlapping, small_targets, sticking_out
from tests.gui.tabs_family import Family, visible_text
from tests.pages.reading import words_of

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler-utils is not installed"
)


@pytest.fixture
def dialog(qtbot: QtBot, tab: CarePlanTab, family: Family, monkeypatch) -> QuestionsDialog:
    monkeypatch.setattr(printing, "paper_name", lambda: "A4")
    family.house.people.save_authorisation(replace(MARCH, number="A-5566-8840"))
    click(qtbot, tab, "Approvals and calls")
    click(qtbot, tab, "Questions for the insurer, to print…")
    sheet = sheet_of(QuestionsDialog)
    assert isinstance(sheet, QuestionsDialog)
    return sheet


def printed(dialog: QuestionsDialog, folder: Path, monkeypatch) -> str:
    """Save the pages and read the file back."""
    path = folder / "questions.pdf"
    monkeypatch.setattr(printing, "ask_pdf_path", lambda parent, name: path)
    dialog.save.click()
    return words_of(path.read_bytes())


def test_all_questions_are_ticked_at_first_and_printed_with_what_is_known(
    dialog: QuestionsDialog, tmp_path: Path, monkeypatch
) -> None:
    found = printed(dialog, tmp_path, monkeypatch)
    for group in load().groups:
        assert group.title in found
        for one in group.questions:
            assert one.text in found, one.id
    for text in (
        "Rosa Marín", "Insurer Harbour Health", "Member number •••• 4471",
        "Approval number •••• 8840", "Approved to 31 March 2026",
        "Next infusion, infliximab Tuesday 31 March 2026", "Number of this call",
    ):  # fmt: skip
        assert text in found, text
    assert "1234" not in found
    assert "5566" not in found, "numbers are printed in full only when that is ticked"
    assert "Saved:" in dialog.note.text()


def test_with_two_plans_the_page_is_about_one_of_them(
    qtbot: QtBot, tab: CarePlanTab, family: Family, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(printing, "paper_name", lambda: "A4")
    house = family.house
    first = house.plans.all("rosa")[0]
    start = replace(first.first, local=first.first.local.replace(month=4, day=8))
    other = replace(
        first, id="ivig", uid="ivig", medicine="IVIG", first=start, offsets=(0,), every=4
    )
    house.plans.save(other)
    for id_, plan, insurer, last in (
        ("one", first.id, "Harbour Health", date(2026, 12, 31)),
        ("two", "ivig", "Northgate Mutual", date(2026, 4, 5)),
    ):
        house.people.save_authorisation(
            Authorisation(id=id_, person="rosa", plan=plan, insurer=insurer, last=last)
        )
    tab.sheets.questions("rosa")
    dialog = sheet_of(QuestionsDialog)
    assert dialog.about.value() == "ivig", "the one whose next visit is not approved"
    found = printed(dialog, tmp_path, monkeypatch)
    assert "Insurer Northgate Mutual" in found
    assert "Approved to 5 April 2026" in found
    assert "Next infusion, IVIG Wednesday 8 April 2026" in found
    assert "infliximab" not in found
    dialog.about.set_value(first.id)
    found = printed(dialog, tmp_path, monkeypatch)
    assert "Insurer Harbour Health" in found
    assert "IVIG" not in found
    dialog.done(0)


def test_what_is_unticked_is_left_out_now_and_the_next_time(
    qtbot: QtBot, dialog: QuestionsDialog, tab: CarePlanTab, tmp_path: Path, monkeypatch
) -> None:
    click(qtbot, dialog, "Untick all")
    assert not dialog.primary.isEnabled()
    assert not dialog.save.isEnabled()
    assert "Tick at least one question." in visible_text(dialog)
    row = dialog.rows["appeal"]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.numbers, Qt.MouseButton.LeftButton)
    found = printed(dialog, tmp_path, monkeypatch)
    assert "1. Who can appeal" in found
    assert "2." not in found.split("Who can appeal")[1].split("The answers")[0]
    assert "The approval" not in found
    assert "Member number W-1234-4471" in found
    assert "Health Insurance FAQs" in found
    assert "LegalClarity" not in found, "only the sources of what is asked"
    dialog.reject()
    assert not dialog.isVisible(), "there is nothing to lose"
    click(qtbot, tab, "Questions for the insurer, to print…")
    again = sheet_of(QuestionsDialog)
    assert isinstance(again, QuestionsDialog)
    assert again.chosen() == {"appeal"}
    assert again.numbers.state == "open", "full numbers are asked for each time"


def test_without_a_printer_it_says_what_to_do(
    qtbot: QtBot, dialog: QuestionsDialog, monkeypatch
) -> None:
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    save(qtbot, dialog)
    assert "No printer is set up on this computer." in visible_text(dialog)


def test_everything_is_seen_and_reached(dialog: QuestionsDialog) -> None:
    for scale in (1.0, 2.0):
        dialog.theme.set_scale(scale)
        for _ in range(4):
            QApplication.processEvents()
        assert cut_words(dialog) == []
        assert overlapping(dialog) == []
        assert sticking_out(dialog) == []
        assert list(small_targets(dialog)) == []
    dialog.theme.set_scale(1.0)
