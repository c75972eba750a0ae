"""The print dialog: what is chosen is what is seen, saved and printed."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractButton, QWidget

from caregiver_app.domain.entities import Appointment, Person
from caregiver_app.domain.times import Floating
from caregiver_app.errors import DataReadOnly
from caregiver_app.gui import printing
from caregiver_app.gui.calendar.paper import choices as print_choices
from caregiver_app.gui.calendar.paper.dialog import PrintCalendarDialog
from caregiver_app.pages.printed import pdf_of
from caregiver_app.services.settings import Settings
from tests.fakes import Home
from tests.gui.calendar.family import appointment
from tests.gui.fit import cut_words, overlapping, small_targets, sticking_out
from tests.pages.reading import facts_of, words_of

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler-utils is not installed"
)
DAY = date(2026, 3, 20)


@pytest.fixture
def opened(home: Home, theme, qtbot, monkeypatch):
    """Open the dialog over a window, as the calendar does."""
    monkeypatch.setattr(print_choices, "paper_name", lambda: "A4")
    made: list[tuple[QWidget, PrintCalendarDialog]] = []

    def open_(person: str | None = None, width: int = 1280) -> PrintCalendarDialog:
        window = QWidget()
        window.resize(width, 800)
        window.show()
        dialog = PrintCalendarDialog(home.house, theme, DAY, person, window)
        made.append((window, dialog))
        dialog.open()
        qtbot.waitExposed(dialog)
        return dialog

    yield open_
    for window, dialog in made:
        assert cut_words(dialog) == []
        assert overlapping(dialog) == []
        assert sticking_out(dialog) == []
        assert list(small_targets(dialog)) == []
        dialog.done(0)
        window.close()
        window.deleteLater()


@pytest.fixture
def family(home: Home) -> Home:
    home.house.people.save_person(Person(id="mei", name="王梅"))
    appointment(home, "a", "Blood test", "2026-03-27T09:15", place="Willow Lane")
    appointment(home, "b", "Dr Sol calls", "2026-04-09T11:00", type="follow-up", person="mei")
    home.house.agenda.save(
        Appointment(
            id="m",
            uid="m",
            person="rosa",
            type="medication",
            title="Folic acid",
            minutes=0,
            start=Floating(datetime(2026, 3, 1, 8)),
            rrule="FREQ=DAILY",
        )
    )
    return home


def seen(dialog: PrintCalendarDialog) -> str:
    """Return the words of the pages that the preview shows."""
    assert dialog._page is not None
    return words_of(pdf_of(dialog._page, dialog.choices.paper))


def save(dialog: PrintCalendarDialog, path: Path, monkeypatch) -> None:
    monkeypatch.setattr(printing, "ask_pdf_path", lambda parent, name: path)
    dialog.save.click()


def choose(dialog: PrintCalendarDialog, what: str, span: str = "") -> None:
    dialog.choices.what.set_value(what)
    if span:
        dialog.choices.span.set_value(span)
    # What a click emits, the setters do not.
    dialog.choices.what.changed.emit(what)
    dialog.choices.span.changed.emit()


def test_it_opens_on_the_month_that_is_looked_at(family: Home, opened):
    dialog = opened()
    assert dialog.choices.month_name.text() == "March 2026"
    assert dialog.preview.number.text() == "Page 1 of 1"
    assert "Blood test" in seen(dialog)
    assert "Every day: 8:00 R Folic acid" in seen(dialog)
    assert not dialog.preview.back.isEnabled()
    assert not dialog.preview.forward.isEnabled()
    assert dialog.preview.view.accessibleDescription() == "Calendar, March 2026, Page 1 of 1"
    picture = dialog.preview._paper._picture
    assert picture.width() > picture.height() > 200


def test_the_months_are_turned_by_keys(family: Home, opened, qtbot):
    dialog = opened()
    dialog.choices.forward.setFocus()
    qtbot.keyClick(dialog.choices.forward, Qt.Key.Key_Space)
    assert dialog.choices.month_name.text() == "April 2026"
    assert "Dr Sol calls" in " ".join(seen(dialog).split())
    for _ in range(4):
        qtbot.keyClick(dialog.choices.back, Qt.Key.Key_Space)
    assert dialog.choices.month_name.text() == "December 2025"


def test_person_and_kinds_are_chosen(family: Home, opened):
    dialog = opened("mei")
    assert dialog.choices.whose.value() == "mei"
    assert "Blood test" not in seen(dialog)
    dialog.choices.whose.set_value("everybody")
    dialog.choices.whose.changed.emit()
    assert "Blood test" in seen(dialog)
    dialog.choices.kinds["lab"].click()
    assert "Blood test" not in seen(dialog)
    assert "Infusion 1" in seen(dialog)


def test_medicines_of_every_day_are_off_until_asked_for(family: Home, opened):
    dialog = opened()
    assert dialog.choices.everyday.state == "open"
    assert seen(dialog).count("Folic") == 1
    dialog.choices.everyday.click()
    assert seen(dialog).count("Folic") > 25
    dialog.choices.kinds["medication"].click()
    assert dialog.choices.everyday.isHidden()
    assert "Folic" not in seen(dialog)


def test_one_person_alone_is_not_asked_for(home: Home, opened):
    dialog = opened()
    assert dialog.choices.whose.isHidden()
    assert dialog.choices.everyday.isHidden()


def test_neutral_titles_and_large_letters_and_letter_paper(family: Home, opened):
    dialog = opened()
    dialog.choices.discreet.click()
    assert "Appointment" in seen(dialog)
    assert "Blood" not in seen(dialog)
    dialog.choices.papers.segments[1].click()
    assert dialog.choices.paper == "Letter"
    wide, high = dialog.preview.proof.inches
    assert (round(wide, 1), round(high, 1)) == (11.0, 8.5)
    before = dialog.preview._paper._picture.toImage()
    dialog.choices.big.click()
    assert dialog.preview._paper._picture.toImage() != before


@pytest.mark.parametrize(
    ("span", "heading"),
    [("weeks", "20 March to 2 April 2026"), ("1", "20 March to 19 April 2026"),
     ("3", "20 March to 19 June 2026"), ("until", "20 March to 16 April 2026")],
)  # fmt: skip
def test_the_agenda_runs_over_the_chosen_days(family: Home, opened, span, heading):
    dialog = opened()
    choose(dialog, "agenda", span)
    assert heading in seen(dialog)
    assert ("Dr Sol calls" in seen(dialog)) == (span != "weeks")
    assert dialog.choices.stepper.isHidden()
    assert dialog.choices.last.isHidden() == (span != "until")


def test_days_that_cannot_be_are_said_beside_the_field(family: Home, opened):
    dialog = opened()
    choose(dialog, "agenda", "until")
    for typed, said in (
        ("1 March 2026", "The last day is before the first one."),
        ("1 June 2027", "That is more than a year. Choose fewer days."),
        ("", "Give the last day."),
        ("31 Feb 2026", "There is no such date. Write it like 24 Nov 2026."),
    ):
        dialog.choices.last.set_text(typed)
        assert dialog.choices.last.error() == said
        assert dialog.choices.last.text() == typed
        assert not dialog.primary.isEnabled()
        assert not dialog.save.isEnabled()
        assert dialog.preview.number.text() == "Nothing to show yet"
    dialog.choices.last.set_text("27 March 2026")
    assert dialog.choices.last.error() is None
    assert "20 March to 27 March 2026" in seen(dialog)
    assert dialog.primary.isEnabled()


def test_pages_are_turned_and_seen_larger(family: Home, opened, qtbot):
    for number in range(40):
        appointment(
            family, f"x{number}", f"Thing-{number:02d}", f"2026-03-24T{8 + number // 4:02d}:00"
        )
    dialog = opened()
    choose(dialog, "agenda")
    pages = dialog.preview.proof.pages
    assert pages >= 3
    first = dialog.preview._paper._picture.toImage()
    qtbot.mouseClick(dialog.preview.forward, Qt.MouseButton.LeftButton)
    assert dialog.preview.number.text() == f"Page 2 of {pages}"
    assert dialog.preview._paper._picture.toImage() != first
    for _ in range(pages):
        qtbot.keyClick(dialog.preview.view, Qt.Key.Key_PageDown)
    assert dialog.preview.number.text() == f"Page {pages} of {pages}"
    assert not dialog.preview.forward.isEnabled()
    small = dialog.preview._paper._picture.width()
    assert not dialog.preview.smaller.isEnabled()
    qtbot.keyClick(dialog.preview.view, Qt.Key.Key_Plus)
    dialog.preview.larger.click()
    assert dialog.preview._paper._picture.width() == pytest.approx(2 * small, rel=0.02)
    assert dialog.preview.view.verticalScrollBar().maximum() > 0
    qtbot.keyClick(dialog.preview.view, Qt.Key.Key_Minus)
    assert dialog.preview._paper._picture.width() < 2 * small
    choose(dialog, "month")
    assert dialog.preview.page < dialog.preview.proof.pages, "the last page went with the others"


def test_saved_as_pdf_it_is_what_was_seen(family: Home, opened, tmp_path: Path, monkeypatch):
    dialog = opened()
    target = tmp_path / "month.pdf"
    save(dialog, target, monkeypatch)
    assert words_of(target.read_bytes()) == seen(dialog)
    assert facts_of(target.read_bytes()) == (1, (842, 595))
    assert dialog.note.text() == f"Saved: {target}"
    assert dialog.choices.file_name() == "calendar 2026-03.pdf"
    choose(dialog, "agenda")
    assert dialog.note.text() == ""
    assert dialog.choices.file_name() == "agenda 2026-03-20.pdf"
    save(dialog, target, monkeypatch)
    assert facts_of(target.read_bytes())[1] == (595, 842)


def test_a_folder_that_is_not_there_is_said_and_nothing_is_lost(
    family: Home, opened, tmp_path: Path, monkeypatch
):
    dialog = opened()
    dialog.choices.big.click()
    save(dialog, tmp_path / "no" / "x.pdf", monkeypatch)
    assert dialog.trouble.isVisible()
    assert dialog.isVisible()
    assert dialog.choices.big.state == "done"
    save(dialog, tmp_path / "x.pdf", monkeypatch)
    assert not dialog.trouble.isVisible()


def test_no_printer_is_a_plain_sentence(family: Home, opened, monkeypatch):
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    dialog = opened()
    dialog.primary.click()
    assert "No printer is set up on this computer." in texts(dialog.trouble)


def texts(widget: QWidget) -> str:
    return " ".join(
        child.text() for child in widget.findChildren(QWidget) if hasattr(child, "text")
    )


def test_printed_it_is_what_was_seen(family: Home, opened, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(printing, "has_printer", lambda: True)
    dialog = opened()
    dialog.primary.click()
    asks = dialog._asks
    assert isinstance(asks, QPrintDialog)
    assert asks.isVisible()
    target = tmp_path / "paper.pdf"
    asks.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    asks.printer().setOutputFileName(str(target))
    asks.accepted.emit(asks.printer())
    asks.close()
    assert facts_of(target.read_bytes()) == (1, (842, 595))
    for word in ("March", "2026", "Blood", "Infusion"):
        assert word in words_of(target.read_bytes())
    assert dialog.note.text() == "Sent to the printer."


def test_a_printer_that_refuses_is_said(family: Home, opened, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(printing, "has_printer", lambda: True)
    monkeypatch.setattr(printing, "paint_printed", lambda device, printed: set())
    dialog = opened()
    dialog.primary.click()
    asks = dialog._asks
    assert isinstance(asks, QPrintDialog)
    asks.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    asks.printer().setOutputFileName(str(tmp_path / "x.pdf"))
    asks.accepted.emit(asks.printer())
    asks.close()
    assert "The printer did not take the pages." in texts(dialog.trouble)
    assert dialog.note.text() == ""


def test_the_choices_are_there_the_next_time(family: Home, opened):
    dialog = opened()
    choose(dialog, "agenda", "3")
    for tick in (dialog.choices.kinds["drive"], dialog.choices.big, dialog.choices.discreet):
        tick.click()
    dialog.choices.papers.segments[1].click()
    dialog.reject()
    assert not dialog.isVisible(), "there is nothing to lose, so nothing is asked"
    again = opened().choices
    assert again.what.value() == "agenda"
    assert again.span.value() == "3"
    assert again.kinds["drive"].state == "open"
    assert again.kinds["lab"].state == "done"
    assert (again.big.state, again.discreet.state, again.paper) == ("done", "done", "Letter")


def test_where_nothing_can_be_kept_it_closes_all_the_same(family: Home, opened, monkeypatch):
    def refuses(*_: object, **__: object) -> None:
        raise DataReadOnly("data.read_only", path="x")

    dialog = opened()
    monkeypatch.setattr(Settings, "remember", refuses)
    dialog.cancel.click()
    assert not dialog.isVisible()


def test_everything_has_a_name_and_room(family: Home, opened, theme):
    family.house.people.save_person(
        Person(id="long", name="Donaudampfschifffahrtsgesellschaft-Infusionszentrum")
    )
    for width, scale in ((1280, 1.0), (900, 1.0), (1280, 2.0)):
        theme.set_scale(scale)
        dialog = opened(width=width)
        for button in dialog.findChildren(QAbstractButton):
            if button.isVisible():
                assert button.accessibleName() or button.text()
        assert dialog.choices.width() <= dialog.area.viewport().width()
        right = dialog.preview.mapTo(dialog, dialog.preview.rect().topRight()).x()
        assert right <= dialog.width()
        assert cut_words(dialog) == []
        assert overlapping(dialog) == []
        assert sticking_out(dialog) == []
        assert list(small_targets(dialog)) == []
        dialog.done(0)
