"""What is kept about a person: all that is not the carer's own, and nothing that is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from caregiver_app.domain.entities import KINDS, Note
from caregiver_app.errors import InputRefused
from caregiver_app.pages.kept_about_of import page_for
from caregiver_app.pages.kept_about_page import KeptPage, kept_about_pages
from caregiver_app.pages.printed import pdf_of
from caregiver_app.services.demo import fill
from caregiver_app.services.kept_about import KeptAboutService
from tests.factories import NEW_YORK, line
from tests.fakes import FakeClock, Home
from tests.pages.reading import words_of
from tests.programs import Program

# A word of each entry that is about Rosa, by its kind; it has to be found on the pages.
ABOUT = {
    "person": line("person", id="rosa", name="Rosa", conditions="w-person"),
    "contact": line("contact", id="c1", person="rosa", name="w-contact", role="clinic"),
    "medicine": line("medicine", id="m1", person="rosa", name="w-medicine"),
    "plan": line("plan", id="p1", person="rosa", medicine="w-plan", first="2026-11-24T09:30",
                 zone=NEW_YORK, offsets=[0, 2], unit="week", minutes=150),
    "appointment": line("appointment", id="a1", person="rosa", type="infusion",
                        title="w-appointment", start="2026-11-02T09:30", zone=NEW_YORK),
    "infusion_record": line("infusion_record", visit="a1", person="rosa", lot="w-infusion_record"),
    "visit_answer": line("visit_answer", visit="a1", person="rosa", key="well.fever",
                         answer="no", text="w-visit_answer"),
    "blocked_days": line("blocked_days", id="b1", person="rosa", first="2026-12-24",
                         last="2026-12-26", reason="w-blocked_days"),
    "side_effect": line("side_effect", id="s1", person="rosa", sign="w-side_effect", severity=1,
                        at="2026-11-03T09:00", zone=NEW_YORK),
    "own_sign": line("own_sign", id="o1", person="rosa", name="w-own_sign"),
    "sign_choice": line("sign_choice", person="rosa", sign="headache", clinic="w-sign_choice"),
    "checkin": line("checkin", id="d1", person="rosa", date="2026-11-04", text="w-checkin"),
    "clinic_call": line("clinic_call", id="k1", person="rosa", at="2026-11-05T09:00",
                        zone=NEW_YORK, said="w-clinic_call"),
    "dose": line("dose", id="e1", person="rosa", name="w-dose", at="2026-11-06T09:00",
                 zone=NEW_YORK),
    "authorisation": line("authorisation", id="u1", person="rosa", last="2026-12-31",
                          insurer="w-authorisation", number="9988776655"),
    "call": line("call", id="f1", person="rosa", date="2026-11-07", with_whom="w-call"),
    "cost": line("cost", id="g1", person="rosa", date="2026-11-08", what="w-cost", amount="12.50"),
    "assistance": line("assistance", id="h1", person="rosa", name="w-assistance"),
    "outlet": line("outlet", id="i1", person="rosa", text="w-outlet", state="liked"),
    "company": line("company", id="j1", person="rosa", visit="a1", who="w-company"),
    "question": line("question", id="q1", person="rosa", text="w-question", answer="w-answer"),
    "note": line("note", id="n1", person="rosa", text="w-note"),
}  # fmt: skip
# What is the carer's own, or of nobody alone: no word of it stands there.
NOT = {
    "note": line("note", id="n2", person="rosa", text="x-carer", about="carer"),
    "help_task": line("help_task", id="t1", person="rosa", text="x-help", who="x-helper"),
    "card_choice": line("card_choice", person="rosa", card="x-card", kept=True),
    "rest": line(
        "appointment",
        id="a1:rest",
        person="rosa",
        type="other",
        title="x-rest",
        start="2026-11-02T10:00",
        zone=NEW_YORK,
        minutes=60,
    ),
    "setting": line("setting", id="crisis_name", value="x-setting"),
    "other": line("person", id="mei", name="x-mei", conditions="x-illness"),
    "of_other": line("note", id="n3", person="mei", text="x-other-note"),
}
# Packing lists, what became of reminders, photos and earlier versions are named, not shown.
NAMED = {
    "photo", "version", "visit_bag", "bag_item", "bag_list", "template_item", "answer", "setting",
    "card_choice", "help_task", "self_check",
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path / "data", FakeClock(date_at("2026-11-21T10:00")))
    made.add(*ABOUT.values(), *NOT.values())
    yield made
    made.close()


def date_at(wall: str):
    clock = FakeClock(None)  # type: ignore[arg-type]
    clock.at(wall)
    return clock.moment


def page_of(home: Home, *, notes: bool = True, first: date | None = None) -> KeptPage:
    about = KeptAboutService(home.house).about("rosa", notes=notes, first=first)
    return page_for(home.house, about, home.clock.now())


def text_of(page: KeptPage) -> str:
    rows = [f"{row.label} {row.text}" for part in page.sections for row in part.rows]
    return "\n".join([page.title, page.note, *(part.title for part in page.sections), *rows])


def test_every_kind_is_either_shown_or_named_as_left_out():
    assert set(KINDS) == set(ABOUT) | NAMED


@pytest.mark.parametrize("kind", ABOUT)
def test_whatever_is_about_the_person_is_there(home: Home, kind: str):
    assert f"w-{kind}" in text_of(page_of(home))


def test_nothing_of_the_carers_own_is_there(home: Home):
    told = text_of(page_of(home))
    assert "x-" not in told
    assert "what is the carer’s own" in told
    assert "9988776655" not in told, "the whole number of an insurer stands on no page"
    assert "number ending in 6655" in told


def test_notes_come_only_where_they_are_wanted(home: Home):
    told = text_of(page_of(home, notes=False))
    assert "w-note" not in told
    assert "notes" in page_of(home, notes=False).note
    assert "w-checkin" in told


def test_the_carers_own_checks_are_on_no_page(home: Home):
    checks = KINDS["self_check"]
    with home.house.care.change("done.remembered", undoable=False):
        home.house.care.store.put(checks(id="z1", at=home.clock.now(), answers=(3,) * 8))
    before = text_of(page_of(home))
    assert "3, 3" not in before


def test_from_a_day_on_nothing_older_is_there_and_it_says_so(home: Home):
    page = page_of(home, first=date(2026, 11, 6))
    told = text_of(page)
    for kind in ("side_effect", "checkin", "clinic_call", "infusion_record", "company"):
        assert f"w-{kind}" not in told
    for kind in ("dose", "call", "cost", "plan", "question", "contact"):
        assert f"w-{kind}" in told
    assert "what was before 6 November 2026" in page.note


def test_a_note_is_shown_as_typed_and_a_pasted_megabyte_is_cut_and_says_so(home: Home):
    strange = "<b>não</b> 她说\u202e abc\n\nsecond paragraph"
    home.house.support.save_note(Note(id="", person="rosa", text=strange, at=home.clock.now()))
    home.house.support.save_note(
        Note(id="", person="rosa", text="y" * 1_000_000, at=home.clock.now())
    )
    told = text_of(page_of(home))
    assert strange in told
    assert "980000 more characters stand in the note itself" in told


def test_nobody_of_that_id(home: Home):
    with pytest.raises(InputRefused):
        KeptAboutService(home.house).about("nobody", notes=True)


# ---- on paper ----------------------------------------------------------------------------------
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no poppler-utils")


@needs_poppler
@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_every_word_is_on_the_paper(home: Home, paper: str):
    long = " ".join(f"word{number}" for number in range(2000))
    home.house.support.save_note(Note(id="", person="rosa", text=long, at=home.clock.now()))
    found = words_of(pdf_of(kept_about_pages(page_of(home)), paper))
    for kind in ABOUT:
        assert f"w-{kind}" in found, kind
    assert "What I keep about Rosa" in found
    assert "word0 " in found
    assert "word1999" in found
    assert "x-" not in found


@needs_poppler
@pytest.mark.usefixtures("qapp")
def test_the_example_family_fits(tmp_path: Path):
    made = Home(tmp_path / "demo", FakeClock(date_at("2026-03-20T18:04")))
    fill(made.house)
    about = KeptAboutService(made.house).about("rosa", notes=True)
    page = page_for(made.house, about, made.clock.now())
    assert "Rosa" in words_of(pdf_of(kept_about_pages(page), "A4"))
    made.close()


@needs_poppler
@pytest.mark.usefixtures("qapp")
def test_the_command_leaves_notes_out_unless_they_are_asked_for(
    tmp_path: Path, capsys, monkeypatch
):
    program = Program(tmp_path / "data", capsys, monkeypatch)
    target = tmp_path / "kept.pdf"
    page = ("print", "kept", "--person", "rosa", "--pdf", str(target))
    program.add(*ABOUT.values(), *NOT.values())
    told = program(*page)
    assert (told.code, told.out, told.err) == (0, [], [])
    found = words_of(target.read_bytes())
    assert "w-medicine" in found
    assert "w-note" not in found
    assert target.stat().st_mode & 0o777 == 0o600
    assert program(*page, "--notes").code == 0
    found = words_of(target.read_bytes())
    assert "w-note" in found
    assert "x-" not in found
    assert program(*page, "--from", "2026-11-06").code == 0
    assert "w-checkin" not in words_of(target.read_bytes())


@pytest.mark.parametrize(("options", "said"), [
    (("print", "kept", "--person", "rosa", "--on", "2026-11-24"), "belongs to no day"),
    (("print", "kept", "--person", "rosa", "--big"), "only for the month"),
    (("print", "kept", "--person", "nobody"), "Nobody has the id"),
    (("print", "kept", "--person", "rosa", "--to", "2026-11-24"), "only for the visit report"),
    (("print", "emergency", "--person", "rosa", "--notes"), "only for what is kept"),
    (("print", "kept", "--person", "rosa", "--from", "soon"), "soon"),
])  # fmt: skip
def test_what_does_not_fit_is_refused_in_plain_words(
    tmp_path: Path, capsys, monkeypatch, options, said
):
    program = Program(tmp_path / "data", capsys, monkeypatch)
    program.add(line("person", id="rosa", name="Rosa"))
    target = tmp_path / "kept.pdf"
    told = program(*options, "--pdf", str(target))
    assert (told.code, told.out, len(told.err)) == (20, [], 1)
    assert said in told.err[0]
    assert not target.exists()
