"""From a visit to its one page for the doctor."""

from __future__ import annotations

import shutil

import pytest

from caregiver_app.gui.watchlist.report_sheet import ReportSheet
from caregiver_app.pages.printed import pdf_of
from tests.gui.visit.visits import click, home_plan, opened, over
from tests.pages.reading import words_of


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_the_report_is_for_the_visit_from_which_it_was_opened(desk):
    sheet = opened(desk, "plan~3")
    click(sheet.report_button)
    report = over(sheet)
    assert isinstance(report, ReportSheet)
    assert report._page is not None
    found = words_of(pdf_of(report._page, "A4"))
    assert "for Tue 28 April 2026" in found
    assert "covers 17 to 20 March 2026" in found
    report.done(0)
    assert sheet.isVisible()


def test_the_report_of_a_past_visit_ends_on_its_day(desk):
    sheet = opened(desk, "plan~1")
    click(sheet.report_button)
    report = over(sheet)
    assert isinstance(report, ReportSheet)
    assert report.choices.last.value().isoformat() == "2026-03-17"
    report.done(0)


def test_an_injection_at_home_has_none(home, desk):
    visit = home_plan(home)
    assert opened(desk, visit.id).report_button.isHidden()
