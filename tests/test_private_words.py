"""A word of a private note is in no export, print, notice, title, log or report, and in no file.

The notes hold words that stand nowhere else; each door that leads out is opened and searched for
them. That the search finds them is tested at the one door that shows notes.
"""

from __future__ import annotations

import inspect
import shutil
import typing
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app import options, pages
from caregiver_app.domain.entities import Note, Version
from caregiver_app.domain.times import in_zone
from caregiver_app.gui.care_plan.questions_dialog import QuestionsDialog
from caregiver_app.gui.reminder_panel import ReminderPanel
from caregiver_app.gui.reminder_words import ReminderWords
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.unforeseen import mishap_of
from caregiver_app.gui.visit.printing import nurse_list, records
from caregiver_app.gui.watchlist.call_model import CallModel
from caregiver_app.gui.watchlist.charts_model import CHARTS, ChartsModel
from caregiver_app.pages.bag_text import bag_text
from caregiver_app.pages.call_sheet_page import call_sheet_page
from caregiver_app.pages.chart_values import Shown
from caregiver_app.pages.charts_page import ChartsOnPaper, charts_page
from caregiver_app.pages.helper_slip import slip_page, text_of
from caregiver_app.pages.medicine_page import medicine_page
from caregiver_app.pages.mood_shown import moods_shown
from caregiver_app.pages.packet import PARTS, packet
from caregiver_app.pages.printed import Printed, pdf_of
from caregiver_app.services.call_sheet import CallSheets
from caregiver_app.services.entry_history import keep_version
from caregiver_app.services.household import Household
from caregiver_app.services.kinds import LISTED
from caregiver_app.services.mood_days import mood_span
from caregiver_app.services.takeout_tables import TABLES
from tests.canaries import CANARIES, CHINESE, FAMILY, GONE, LATIN, OWN, WAS, leaks
from tests.factories import NEW_YORK
from tests.fakes import FakeClock, Home
from tests.pages.reading import tool, words_of
from tests.programs import NOW, Program

DAYS = ("2026-11-21T10:00", "2026-11-21T19:30", "2026-11-23T19:30", "2026-11-24T07:40",
        "2026-11-24T21:00", "2026-11-25T09:30", "2026-11-27T12:00", "2026-12-07T19:30")  # fmt: skip
"""When `remind` is asked: an evening before, a morning, after an infusion, before a talk."""


needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler-utils is not installed"
)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """The family, a note that was changed and a note that was deleted."""
    clock = FakeClock(datetime(2026, 1, 1, tzinfo=UTC), NEW_YORK)
    clock.at(NOW)
    made = Home(tmp_path / "data", clock)
    made.add(*FAMILY)
    _lived(made.house)
    yield made
    made.close()


def _lived(house: Household) -> None:
    care = house.care
    note = care.store.get(Note, "about-her")
    assert note is not None
    was = Note(id=note.id, person="rosa", text=f"It was {WAS} then", at=note.at,
               created=note.created, changed=note.changed)  # fmt: skip
    with care.change("done.note_changed"):
        keep_version(care, "note", was)
    with care.change("done.note_added"):
        care.store.put(Note(id="gone", person="rosa", text=GONE, at=care.now,
                            created=care.now, changed=care.now))  # fmt: skip
    house.support.remove_note("gone")


@pytest.fixture
def program(home: Home, tmp_path: Path, capsys, monkeypatch) -> Program:
    """The command line over the same data."""
    monkeypatch.setenv("TZ", NEW_YORK)
    return Program(home.folder, capsys, monkeypatch)


def nothing_in(told: object) -> None:
    said = told if isinstance(told, str | bytes) else repr(told)
    assert leaks(said) == []


# -- The search finds them ------------------------------------------------------------------------


def test_the_words_are_found_where_notes_are_meant_to_be(program: Program, tmp_path: Path):
    listed = "\n".join(program("list", "notes").out)
    assert set(leaks(listed)) == set(CANARIES) - {WAS, GONE}
    whole, table = tmp_path / "all.jsonl", tmp_path / "notes.csv"
    program("export", str(whole), "--notes")
    program("export", str(table), "--of", "notes", "--notes")
    assert set(leaks(whole.read_bytes())) == set(CANARIES) - {GONE}
    assert {LATIN, OWN} <= set(leaks(table.read_bytes()))


@needs_poppler
def test_the_search_reads_pages_and_escapes(qapp: QApplication, home: Home):
    page = charts_page(ChartsOnPaper(f"{LATIN} {CHINESE}", (_mood(home.house, "person"),), "today"))
    assert set(leaks(words_of(pdf_of(page, "A4")))) == {LATIN, CHINESE}
    assert leaks(b'{"x": "\\u91d1\\u7d72\\u96c0\\u6697\\u865f"}') == [CHINESE]
    assert leaks("z e p h y r\nquartz") == [LATIN]
    assert leaks(LATIN.upper().encode("utf-16-le")) == [LATIN]


# -- Files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [
    "all.jsonl", "x.ics", "neutral.ics", "one.ics", *(f"{of}.csv" for of in TABLES),
])  # fmt: skip
def test_no_file_that_goes_out(program: Program, tmp_path: Path, name: str):
    more = {"neutral.ics": ["--neutral"], "one.ics": ["--id", "p1~1"]}.get(name, [])
    if name.endswith(".csv"):
        more = ["--of", name.removesuffix(".csv")]
    target = tmp_path / name
    told = program("export", str(target), *more)
    assert told.code == 0
    nothing_in(target.read_bytes())
    nothing_in((told.out, told.err))


def test_not_the_file_that_is_kept_up_to_date(home: Home, tmp_path: Path):
    file = tmp_path / "feed.ics"
    home.house.feed.choose(str(file), neutral=False)
    home.house.feed.write()
    assert b"BEGIN:VEVENT" in file.read_bytes()
    nothing_in(file.read_bytes())


@pytest.mark.parametrize("kind", [one for one in LISTED if one != "notes"])
def test_no_other_list(program: Program, kind: str):
    told = program("list", kind)
    assert told.code == 0
    nothing_in((told.out, told.err))


def test_no_answer_of_the_program_about_its_data(program: Program, tmp_path: Path):
    for words in (("check",), ("backup", str(tmp_path / "b.sqlite3")), ("add", "--schema")):
        told = program(*words)
        nothing_in((told.out, told.err))
    refused = program.add('{"kind":"note","id":"about-her","room":"kitchen"}')
    assert refused.code == 20
    nothing_in((refused.out, refused.err))


# -- Paper ----------------------------------------------------------------------------------------


def printable() -> list[str]:
    """Return every page that `print` knows."""
    (commands,) = (one for one in options.parser()._actions if one.dest == "command")
    (page,) = (one for one in commands.choices["print"]._actions if one.dest == "page")
    return list(page.choices)


def pdf_is_clean(data: bytes) -> None:
    assert data.startswith(b"%PDF")
    nothing_in(data)
    nothing_in(words_of(data))
    nothing_in(tool("pdfinfo", "-", data=data))


@needs_poppler
@pytest.mark.parametrize("page", printable())
def test_no_page_of_the_command_line(program: Program, tmp_path: Path, page: str):
    target = tmp_path / "page.pdf"
    told = program("print", page, "--pdf", str(target))
    assert (told.code, told.err) == (0, [])
    pdf_is_clean(target.read_bytes())


@needs_poppler
def test_what_is_kept_about_a_person_has_the_notes_about_them_only_where_ticked(
    program: Program, tmp_path: Path
):
    target = tmp_path / "kept.pdf"
    assert program("print", "kept", "--pdf", str(target), "--notes").code == 0
    shown = leaks(words_of(target.read_bytes()))
    assert {LATIN, CHINESE} <= set(shown)
    assert not {OWN, WAS, GONE} & set(shown)


def _mood(house: Household, about: str) -> Shown:
    span = mood_span(house.care, "rosa", about, "weeks")
    return moods_shown(house, "rosa", about, span)


def _charts(house: Household) -> Printed:
    model = ChartsModel(house)
    model.set_person("rosa")
    shown = [model.shown(chart, "weeks") for chart in CHARTS if chart != "cycles"]
    shown += [_mood(house, about) for about in ("person", "carer")]
    found = tuple(one for one in shown if one is not None)
    assert len(found) >= 4
    return charts_page(ChartsOnPaper("Rosa Marín", found, "today"))


def _call_sheet(house: Household) -> Printed:
    person = house.people.person("rosa")
    assert person is not None
    model = CallModel(house)
    model.set_person("rosa")
    return call_sheet_page(model.paper(CallSheets(house).sheet(person)))


def _nurse(house: Household) -> Printed:
    visit = house.agenda.get("p1~1")
    assert visit is not None
    return nurse_list(house, visit, house.visits.anything_new(visit.id))


def _insurer(house: Household) -> Printed:
    page = QuestionsDialog(house, Theme(), "rosa").printed()
    assert page is not None
    return page


PAGES: dict[str, Callable[[Household], Printed]] = {
    "call_sheet_page": _call_sheet,
    "charts_page": _charts,
    "slip_page": lambda house: slip_page(house.rides.slip("p1~1"), "today"),
    "records_pages": lambda house: records(house, "rosa", house.records.all("rosa"), ""),
    "insurer_questions": _insurer,
    "medicine_page": lambda house: medicine_page(house, house.reference.medicines[0]),
    "nurse_page": _nurse,
    "packet": lambda house: packet(house, "p1~1", PARTS, house.care.now),
}
"""Every page that only the window prints, as it prints it."""
BY_COMMAND = {
    "agenda", "bag_printed", "emergency_printed", "month", "visit_report", "part_of",
    "doctor_questions_page", "kept_about_pages", "medicine_list_page", "steps_page",
}  # fmt: skip
"""Those that `print` makes, alone or as a part of the packet."""


def test_every_page_is_looked_at():
    made: set[str] = set()
    for info in iter_modules(pages.__path__):
        module = import_module(f"caregiver_app.pages.{info.name}")
        made |= {
            name
            for name, one in vars(module).items()
            if inspect.isfunction(one) and one.__module__ == module.__name__
            and not name.startswith("_") and typing.get_type_hints(one).get("return") is Printed
        }  # fmt: skip
    known = set(PAGES) | BY_COMMAND
    assert made == known


@needs_poppler
@pytest.mark.parametrize("name", list(PAGES))
def test_no_page_of_the_window(qapp: QApplication, home: Home, tmp_path: Path, name: str):
    pdf_is_clean(pdf_of(PAGES[name](home.house), "A4"))


def test_no_text_for_the_clipboard(home: Home):
    nothing_in(bag_text(home.house, "p1~1"))
    nothing_in(text_of(home.house.rides.slip("p1~1")))


# -- Reminders ------------------------------------------------------------------------------------


@pytest.mark.parametrize("now", DAYS)
def test_no_line_of_remind(program: Program, now: str):
    told = program("remind", now=now)
    assert told.code == 0
    nothing_in((told.out, told.err))


def test_no_notice_even_with_details_and_no_line_of_the_panel(qapp: QApplication, home: Home):
    house, words, seen = home.house, ReminderWords(home.house), 0
    end = home.clock.moment + timedelta(days=40)
    while home.clock.moment < end:
        for notice in house.reminders.notices(home.due()):
            seen += 1
            nothing_in(words.desktop(notice))
            for reminder in notice.reminders:
                nothing_in(words.said(reminder))
            house.reminders.record(notice)
        home.clock.on(hours=1)
    assert seen > 10
    panel = ReminderPanel(house, Theme(), now_ms=lambda: 0)
    panel.set_items(house.reminders.open_now())
    panel.show()
    QApplication.processEvents()
    nothing_in(everything_said(panel))
    nothing_in(panel.windowTitle())
    panel.close()


def everything_said(widget: QWidget) -> str:
    """Return all words that a window shows or says to a screen reader."""
    found: list[str] = []
    for one in (widget, *widget.findChildren(QWidget)):
        for name in ("text", "toPlainText", "title"):
            said = getattr(one, name, None)
            if callable(said):
                try:
                    found.append(str(said()))
                except TypeError:
                    continue
        found += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
    return "\n".join(found)


# -- What went wrong ------------------------------------------------------------------------------


def test_no_report_of_what_nobody_foresaw(home: Home):
    note = home.house.support.note("about-her")
    assert note is not None
    try:
        raise ValueError(note.text) from RuntimeError(note)
    except ValueError as error:
        told = mishap_of(type(error), error, error.__traceback__)
    nothing_in(told)
    assert told.kind == "ValueError"


def test_a_version_of_a_note_is_no_version_of_a_sign(home: Home):
    (kept,) = home.house.care.store.all(Version)
    assert (kept.kind, leaks(kept.was)) == ("note", [WAS])
    assert in_zone(kept.at, NEW_YORK).date().isoformat() == NOW[:10]
