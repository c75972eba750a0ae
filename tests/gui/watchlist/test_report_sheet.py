"""The visit report's sheet: what is chosen is what is seen, saved and printed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from caregiver_app.errors import DataReadOnly
from caregiver_app.gui import printing
from caregiver_app.gui.search.lines import Target
from caregiver_app.gui.search.places import places_for
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist import report_sheet
from caregiver_app.gui.watchlist.report_sheet import ReportSheet
from caregiver_app.gui.watchlist.tab import WatchTab
from caregiver_app.pages.printed import Proof, pdf_of
from caregiver_app.services.search import SearchService
from caregiver_app.services.settings import Settings
from tests.factories import line, visit_line
from tests.fakes import Home
from tests.gui.calendar.family import empty_home, rosas_home
from tests.gui.fit import cut_words, overlapping, small_targets, sticking_out
from tests.gui.tabs_family import shown
from tests.gui.visit.visits import click, settle
from tests.pages.reading import facts_of, words_of

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler-utils is not installed"
)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = rosas_home(tmp_path)
    made.add(
        visit_line("talk", "2026-02-10T11:00", person="rosa", type="follow-up", title="Dr Sol"),
        line("side_effect", person="rosa", sign="headache", severity=2, at="2026-03-18T12:00"),
        line("side_effect", person="rosa", sign="nausea", severity=1, at="2026-02-12T12:00"),
        line("question", person="rosa", text="Who asks for the approval?"),
        line("note", person="rosa", text="SECRET of the carer"),
    )
    yield made
    made.close()


@pytest.fixture
def opened(home: Home, theme, qtbot, monkeypatch):
    """Open the sheet over a window, as the tab does."""
    monkeypatch.setattr(report_sheet, "paper_name", lambda: "A4")
    made: list[tuple[QWidget, ReportSheet]] = []

    def open_(
        person: str | None = "rosa", visit: str | None = None, width: int = 1280,
        house: Home | None = None,
    ) -> ReportSheet:  # fmt: skip
        window = QWidget()
        window.resize(width, 800)
        window.show()
        sheet = ReportSheet((house or home).house, theme, person, visit, window)
        made.append((window, sheet))
        sheet.open()
        qtbot.waitExposed(sheet)
        return sheet

    yield open_
    for window, sheet in made:
        assert cut_words(sheet) == []
        assert overlapping(sheet) == []
        assert sticking_out(sheet) == []
        assert list(small_targets(sheet)) == []
        sheet.done(0)
        window.close()
        window.deleteLater()


def page(sheet: ReportSheet) -> str:
    """Return the words of the page that the preview shows."""
    assert sheet._page is not None
    return words_of(pdf_of(sheet._page, sheet.paper))


def test_it_opens_on_what_happened_since_the_last_visit(opened):
    sheet = opened()
    assert sheet.preview.number.text() == "Page 1 of 1"
    assert "covers 17 to 20 March 2026" in page(sheet)
    assert "Headache" in page(sheet)
    assert "Feeling sick" not in page(sheet)
    assert "SECRET" not in page(sheet)
    assert sheet.choices.since.text() == "Since Infusion 1, Tuesday 17 March"
    assert not sheet.choices.usual.isVisible()
    assert sheet.choices.whose.isHidden()


def test_the_days_can_be_changed_and_taken_back(opened):
    sheet = opened()
    sheet.choices.first.set_text("1 February 2026")
    settle()
    assert "covers 1 February to 20 March 2026" in page(sheet)
    assert "Feeling sick" in page(sheet)
    assert not sheet.choices.since.isVisible()
    click(sheet.choices.usual)
    assert "covers 17 to 20 March 2026" in page(sheet)
    assert not sheet.choices.usual.isVisible()
    assert sheet.choices.first.control.hasFocus()


def test_a_day_without_its_year_is_one_that_has_been(opened):
    sheet = opened()
    sheet.choices.first.set_text("1 Feb")
    settle()
    assert "covers 1 February to 20 March 2026" in page(sheet)
    assert sheet.choices.last.error() is None


def test_days_that_cannot_be_are_said_and_stay_as_typed(opened):
    sheet = opened()
    choices = sheet.choices
    for field, typed, said in (
        (choices.last, "16 March 2026", "The last day is before the first one."),
        (choices.last, "21 March 2026", "This day is still to come. Today is the last one."),
        (choices.last, "", "Give the last day."),
        (choices.last, "31 Feb 2026", "There is no such date. Write it like 24 Nov 2026."),
    ):
        field.set_text(typed)
        settle()
        assert field.error() == said
        assert field.text() == typed
        assert not sheet.primary.isEnabled()
        assert not sheet.save.isEnabled()
        assert sheet.note.text() == "Choose the days first."
    choices.last.set_text("19 March 2026")
    settle()
    assert choices.last.error() is None
    assert "covers 17 to 19 March 2026" in page(sheet)
    choices.first.set_text("1 March 2010")
    settle()
    assert choices.first.error() == "That is more than ten years. Choose fewer days."


def test_what_was_wrong_between_two_days_goes_whichever_is_mended(opened):
    choices = opened().choices
    choices.last.set_text("10 March 2026")
    settle()
    assert choices.last.error() == "The last day is before the first one."
    choices.first.set_text("1 March 2024")
    settle()
    assert (choices.first.error(), choices.last.error()) == (None, None)


def test_parts_are_left_out_and_remembered(opened):
    sheet = opened()
    assert "Who asks for the approval?" in page(sheet)
    sheet.choices.parts["questions"].click()
    sheet.choices.parts["signs"].click()
    settle()
    assert "Who asks" not in page(sheet)
    assert "What we did" not in page(sheet)
    sheet.choices.papers.segments[1].click()
    settle()
    wide, high = sheet.preview.proof.inches
    assert (round(wide, 1), round(high, 1)) == (8.5, 11.0)
    sheet.done(0)
    again = opened()
    assert again.choices.parts["questions"].state == "open"
    assert again.choices.parts["chart"].state == "done"
    assert again.paper == "Letter"


def test_where_nothing_can_be_kept_it_closes_all_the_same(opened, monkeypatch):
    def refuses(*_: object, **__: object) -> None:
        raise DataReadOnly("data.read_only", path="x")

    sheet = opened()
    monkeypatch.setattr(Settings, "remember", refuses)
    sheet.cancel.click()
    assert not sheet.isVisible()


def test_another_person_has_other_days(home: Home, opened):
    home.add(line("person", id="mei", name="王梅"),
             visit_line("m", "2026-03-02T10:00", person="mei"))  # fmt: skip
    sheet = opened()
    assert sheet.choices.whose.isVisible()
    sheet.choices.whose.set_value("mei")
    sheet.choices.whose.changed.emit()
    settle()
    assert "王梅" in page(sheet)
    assert "covers 2 to 20 March 2026" in page(sheet)
    assert "Headache" not in page(sheet)
    assert sheet.choices.first.value().isoformat() == "2026-03-02"


def test_saved_as_pdf_it_is_what_was_seen(opened, tmp_path: Path, monkeypatch):
    sheet = opened()
    target = tmp_path / "report.pdf"
    asked: list[str] = []

    def path(_parent: QWidget, name: str) -> Path:
        asked.append(name)
        return target

    monkeypatch.setattr(printing, "ask_pdf_path", path)
    click(sheet.save)
    assert asked == ["visit report 2026-03-20.pdf"]
    assert words_of(target.read_bytes()) == page(sheet)
    assert facts_of(target.read_bytes()) == (1, (595, 842))
    assert sheet.note.text() == f"Saved: {target}"


def test_it_goes_to_any_printer(opened, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(printing, "has_printer", lambda: True)
    sheet = opened()
    click(sheet.primary)
    asks = sheet._asks
    assert isinstance(asks, QPrintDialog)
    target = tmp_path / "paper.pdf"
    asks.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    asks.printer().setOutputFileName(str(target))
    asks.accepted.emit(asks.printer())
    asks.close()
    assert facts_of(target.read_bytes()) == (1, (595, 842))
    assert "Headache" in words_of(target.read_bytes())
    assert sheet.note.text() == "Sent to the printer."


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[Home]:
    made = empty_home(tmp_path / "nobody")
    yield made
    made.close()


def test_before_anybody_is_entered_it_says_what_to_do(nobody: Home, opened):
    sheet = opened(None, house=nobody)
    assert sheet.note.text() == "Enter the person you care for first."
    assert not sheet.primary.isEnabled()


def test_everything_has_a_name_and_room(home: Home, opened, theme):
    home.add(line("person", id="long", name="Donaudampfschifffahrtsgesellschaft-Infusionszentrum"))
    for width, scale, mode in ((1280, 1.0, "light"), (900, 1.0, "dark"), (1280, 2.0, "light")):
        theme.set_mode(mode)
        theme.set_scale(scale)
        sheet = opened(width=width)
        for button in sheet.findChildren(QAbstractButton):
            if button.isVisible():
                assert button.accessibleName() or button.text()
        assert cut_words(sheet) == []
        assert overlapping(sheet) == []
        assert sticking_out(sheet) == []
        assert list(small_targets(sheet)) == []
        sheet.done(0)


# ---- How one comes to it -----------------------------------------------------------------------
@pytest.fixture
def tab(home: Home, qtbot) -> WatchTab:
    theme = Theme()
    made = WatchTab(home.house, theme)
    qtbot.addWidget(shown(made, theme))
    return made


def shown_sheet() -> ReportSheet:
    settle()
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, ReportSheet)]
    (one,) = [one for one in found if one.isVisible()]
    return one


def test_from_the_foot_of_the_tab_by_mouse_and_by_key(tab: WatchTab, qtbot):
    click(tab.written.report)
    sheet = shown_sheet()
    assert "Rosa Amador" in page(sheet)
    sheet.done(0)
    tab.written.report.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(tab.written.report, Qt.Key.Key_Space)
    shown_sheet().done(0)


def test_from_the_search_for_somebody(home: Home, tab: WatchTab):
    home.add(line("person", id="mei", name="王梅"))
    for typed in ("visit rep", "summary", "one page"):
        found = places_for(SearchService(home.house).find(typed))
        targets = [(one.title, one.second, one.target) for one in found]
        assert ("Visit report", "Side effects", Target(place="watch", kind="report")) in targets
    tab.open_item("report", "mei")
    sheet = shown_sheet()
    assert "王梅" in page(sheet)
    sheet.done(0)


def test_the_page_is_painted_once_while_the_sheet_opens(opened, monkeypatch, qtbot):
    widths: list[int] = []
    plain = Proof.picture

    def picture(proof: Proof, page: int, width: int) -> QImage:
        widths.append(width)
        return plain(proof, page, width)

    monkeypatch.setattr(Proof, "picture", picture)
    sheet = opened()
    settle()
    sheet.area.ensureWidgetVisible(sheet.preview.view)
    qtbot.waitUntil(lambda: bool(widths))
    settle()
    assert len(widths) == 1
    qtbot.mouseClick(sheet.preview.larger, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(widths) > 1)
    settle()
    assert len(widths) == 2
    assert widths[1] > widths[0]
