"""The look-up of medicines: finding one, what is said of it, and what one can do from there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.bootstrap import tab_class
from caregiver_app.domain.entities import Person
from caregiver_app.domain.watch import Tier
from caregiver_app.errors import DiskTrouble
from caregiver_app.gui import printing
from caregiver_app.gui.app import make_window
from caregiver_app.gui.calendar.plan.plan_dialog import PlanDialog
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.medicine_info.sheet import MedicinesSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.tab import WatchTab
from caregiver_app.messages import words
from caregiver_app.services.reference import load
from tests.gui import fit, looks
from tests.gui.tabs_family import Family, button, open_family, rosas_family, visible_text

LEFT = Qt.MouseButton.LeftButton
EVERY = [info.id for info in load().medicines]
SAFETY = (
    "This shows what is usual, not what your loved one should get."
    " The clinic’s plan always wins. Ask your care team."
)


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def host(qapp, qtbot: QtBot, theme: Theme) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(1280, 900)
    made.show()
    yield made
    made.hide()
    made.deleteLater()
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


def opened(family: Family, theme: Theme, host: QWidget, item: str = "", **more) -> MedicinesSheet:
    sheet = MedicinesSheet(family.house, theme, item, parent=host, **more)
    sheet.open()
    for _ in range(3):
        QApplication.processEvents()
    return sheet


def unfold(sheet: MedicinesSheet) -> None:
    for card in sheet.view.parts.values():
        card.fold.set_open(opened=True)
        QTest.mouseClick(card.sources.button, LEFT)
    sheet.view.questions.fold.set_open(opened=True)
    QTest.mouseClick(sheet.view.watch.sources.button, LEFT)
    for _ in range(3):
        QApplication.processEvents()


# -- Finding --------------------------------------------------------------------------------------


def test_the_familys_own_stand_first_then_all_by_name(family, theme, host):
    sheet = opened(family, theme, host)
    rows = [(row.title, row.heading) for row in sheet.list_page.list.rows.rows]
    assert rows[:4] == [
        ("In your care plan", True),
        ("Infliximab", False),
        ("Methotrexate (once a week)", False),
        ("All, by name", True),
    ]
    names = [title.casefold() for title, _ in rows[4:]]
    assert names == sorted(names)
    assert len(sheet.list_page.found()) == len(EVERY) == len(set(sheet.list_page.found()))


@pytest.mark.parametrize(
    ("typed", "first"),
    [("Remicaid", "infliximab"), ("inflixamab", "infliximab"), ("ocrelizumb", "ocrelizumab"),
     ("Benlista", "belimumab"), ("skirizi", "risankizumab")],
)  # fmt: skip
def test_a_slip_of_the_pen_is_offered_and_never_taken_for_the_name(
    family, theme, host, typed, first
):
    sheet = opened(family, theme, host)
    page = sheet.list_page
    QTest.keyClicks(page.finder.line, typed)
    assert page.nothing.text() == f"“{typed}” is not on the list."
    assert page.list.rows.rows[0].title == "Spelled nearly like it"
    assert [one for one in page.found() if one.startswith(first)] == page.found()
    assert page.enter.words == f"Enter a plan for “{typed}”"
    QTest.keyClick(page.finder.line, Qt.Key.Key_Return)
    assert sheet.view is None
    assert page.list.current_key() == page.found()[0]
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert sheet.view is not None
    assert sheet.view.info.id == page.found()[0]


@pytest.mark.parametrize("typed", ["adalimumab", "humira", "denosumab", "prednisone", "zometa"])
def test_another_medicine_that_only_ends_alike_is_not_offered(family, theme, host, typed):
    sheet = opened(family, theme, host)
    QTest.keyClicks(sheet.list_page.finder.line, typed)
    assert sheet.list_page.found() == []
    assert sheet.list_page.nothing.text() == f"“{typed}” is not on the list."


def test_an_illness_that_is_misspelled_finds_its_medicines(family, theme, host):
    sheet = opened(family, theme, host)
    QTest.keyClicks(sheet.list_page.finder.line, "chrons")
    found = sheet.list_page.found()
    assert "infliximab" in found
    crohns = [one for one in load().medicines if "Crohn" in " ".join(one.conditions)]
    assert {*found} <= {one.id for one in crohns}


@pytest.mark.parametrize(
    ("typed", "first"),
    [("Remicade", "infliximab"), ("inflec", "infliximab"), ("ocrevus", "ocrelizumab"),
     ("multiple sclerosis", None), ("MTX", "methotrexate_oral")],
)  # fmt: skip
def test_a_brand_an_illness_or_a_short_name_finds_it(family, theme, host, typed, first):
    sheet = opened(family, theme, host)
    QTest.keyClicks(sheet.list_page.finder.line, typed)
    found = sheet.list_page.found()
    assert found
    assert first is None or found[0] == first
    assert len(found) < len(EVERY)
    QTest.keyClick(sheet.list_page.finder.line, Qt.Key.Key_Return)
    if first is None:
        assert sheet.view is None, "none of several is opened unasked"
        QTest.keyClick(sheet.list_page.list, Qt.Key.Key_Return)
    assert sheet.view is not None
    assert sheet.view.info.id == found[0]


def test_down_goes_into_the_list_and_back_comes_to_the_same_row(family, theme, host, qtbot):
    sheet = opened(family, theme, host)
    QTest.keyClick(sheet.list_page.finder.line, Qt.Key.Key_Down)
    assert sheet.list_page.list.current_key() == "infliximab"
    QTest.keyClick(sheet.list_page.list, Qt.Key.Key_Down)
    QTest.keyClick(sheet.list_page.list, Qt.Key.Key_Return)
    assert sheet.title.text() == "Methotrexate (once a week)"
    QTest.keyClick(sheet, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert sheet.view is None
    assert sheet.list_page.list.current_key() == "methotrexate_oral"


def test_what_is_not_on_the_list_can_still_have_a_plan(family, theme, host, qtbot):
    sheet = opened(family, theme, host)
    QTest.keyClicks(sheet.list_page.finder.line, "Zauberol")
    assert "“Zauberol” is not on the list." in visible_text(sheet)
    assert "A plan can be entered all the same" in visible_text(sheet)
    with qtbot.waitSignal(sheet.plan_asked) as asked:
        QTest.mouseClick(button(sheet, "Enter a plan for “Zauberol”"), LEFT)
    assert asked.args == ["Zauberol"]
    assert not sheet.isVisible()


def test_a_name_that_is_not_known_opens_the_list_with_it(family, theme, host):
    sheet = opened(family, theme, host, "Folic acid")
    assert sheet.view is None
    assert sheet.list_page.finder.value() == "Folic acid"
    assert "“Folic acid” is not on the list." in visible_text(sheet)


def test_an_illness_is_not_taken_for_the_name_of_a_medicine(family, theme, host, qtbot):
    sheet = opened(family, theme, host)
    QTest.keyClicks(sheet.list_page.finder.line, "lupus")
    assert "belimumab" in sheet.list_page.found()
    with qtbot.waitSignal(sheet.plan_asked) as asked:
        QTest.mouseClick(button(sheet, "Enter a plan"), LEFT)
    assert asked.args == [""]


# -- One medicine ---------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", EVERY)
def test_each_medicine_opens_whole_and_says_where_it_is_from(family, theme, host, id_):
    sheet = opened(family, theme, host, id_)
    unfold(sheet)
    said, info = visible_text(sheet), sheet.view.info
    assert SAFETY in said
    facts = [info.drug_class, info.schedule_changes, info.driving, *info.companions]
    facts += [info.minutes, info.watch_after, info.premedication] if info.infused else []
    for fact in facts:
        assert fact.text in said
    for regimen in info.regimens:
        assert regimen.label in said
        assert regimen.note in said
        assert regimen.continues_as in said
    statuses = {
        "verified here": "read in the source",
        "unverified here": "not read in the source",
        "partly verified here": "read in the source in part, the rest was not checked",
    }
    shown = [block.told.below[-1] for block in sheet.view.parts["schedules"].blocks]
    assert shown == [f"Status: {statuses[one.evidence.status]}" for one in info.regimens]
    for item in info.watch:
        assert item.text in said
    for line in (*info.ask, *info.conditions, *info.biosimilars, info.names_note):
        assert line in said
    evidences = [one.evidence for one in (*facts, *info.regimens, *info.watch)]
    for source in {source.name for one in evidences for source in one.sources}:
        assert source in said
    assert "· checked 20 November 2026 · not reviewed by a clinician" in said
    assert fit.cut_words(sheet) == []
    assert fit.overlapping(sheet) == []
    assert fit.untold(sheet) == []
    assert fit.colliding(sheet) == []


@pytest.mark.parametrize("id_", EVERY)
def test_what_was_not_checked_says_so_without_being_asked(family, theme, host, id_):
    sheet = opened(family, theme, host, id_)
    view = sheet.view
    blocks = [block for card in view.parts.values() for block in card.blocks]
    blocks += [fact for group in view.watch.groups for fact in group.facts]
    evidences = [told.evidence for card in view.parts.values() for told in card.part.told]
    evidences += [item.evidence for group in view.watch.groups for item in group.items]
    assert len(blocks) == len(evidences)
    for block, evidence in zip(blocks, evidences, strict=True):
        if evidence.is_unverified:
            expected = "Not checked against a source. Ask your care team."
        else:
            expected = "Not checked against a label." if evidence.is_weak else ""
        assert block.warning.text() == expected
        assert block.warning.isHidden() == (not expected)
        assert block.source.isHidden()


def test_urgency_goes_from_the_worst_down_in_words_shape_and_colour(family, theme, host):
    sheet = opened(family, theme, host, "ivig")
    groups = sheet.view.watch.groups
    assert [group.tier for group in groups] == list(Tier)
    labels = ["Emergency now", "Call the clinic today", "Note it and mention it",
              "Comfort at home"]  # fmt: skip
    assert [group.title.text() for group in groups] == labels
    assert len({group.icon for group in groups}) == len({group.ink for group in groups}) == 4


def test_fever_with_a_medicine_that_makes_it_an_emergency(family, theme, host):
    (rosa,) = family.house.people.people()
    family.house.people.save_person(Person(id=rosa.id, name=rosa.name, fever_c=37.8))
    own = opened(family, theme, host, "infliximab")
    assert "37.8 °C" in own.view.watch.fever.text()
    other = opened(family, theme, host, "cyclophosphamide_iv")
    assert other.view.watch.fever.text().startswith("With cyclophosphamide")
    assert "fever is an emergency: 38.0 °C" in other.view.watch.fever.text()


def test_parts_are_folded_until_wanted(family, theme, host):
    sheet = opened(family, theme, host, "infliximab")
    assert "Weeks 0, 2 and 6, then every 8 weeks" not in visible_text(sheet)
    QTest.keyClick(sheet.view.parts["schedules"].fold.head, Qt.Key.Key_Return)
    assert "Weeks 0, 2 and 6, then every 8 weeks" in visible_text(sheet)


def test_only_what_has_an_address_can_be_opened_and_its_host_is_seen(
    family, theme, host, monkeypatch
):
    went: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: went.append(url) or True)
    sheet = opened(family, theme, host, "infliximab")
    card = sheet.view.parts["what"]
    assert "Open " not in visible_text(card)
    QTest.mouseClick(card.sources.button, LEFT)
    assert went == []
    QTest.mouseClick(button(card, "Open mymedicines.nz"), LEFT)
    assert [url.host() for url in went] == ["mymedicines.nz"]


@pytest.mark.parametrize("through_list", [True, False])
def test_the_tab_key_goes_as_one_reads(family, theme, host, through_list):
    sheet = opened(family, theme, host, "" if through_list else "ivig")
    sheet.show_medicine("ivig")
    unfold(sheet)
    sheet.activateWindow()
    sheet.view.print.setFocus()
    spots: list[tuple[int, int]] = []
    while (here := sheet.focusWidget()) is not sheet.primary:
        spot = here.mapTo(sheet.content, QPoint(0, 0))
        assert (spot.y(), spot.x()) not in spots
        spots.append((spot.y(), spot.x()))
        QTest.keyClick(sheet, Qt.Key.Key_Tab)
    assert len(spots) > 30
    assert spots == sorted(spots)


def test_the_page_keys_turn_what_is_read(family, theme, host):
    sheet = opened(family, theme, host, "ivig")
    bar = sheet.area.verticalScrollBar()
    QTest.keyClick(sheet.view.print, Qt.Key.Key_PageDown)
    assert bar.value() == bar.pageStep()
    QTest.keyClick(sheet.view.print, Qt.Key.Key_PageUp)
    assert bar.value() == 0


# -- Questions ------------------------------------------------------------------------------------


def test_one_click_puts_a_question_among_the_open_ones(family, theme, host):
    sheet = opened(family, theme, host, "infliximab")
    card = sheet.view.questions
    card.fold.set_open(opened=True)
    QApplication.processEvents()
    line = card.lines[1]
    QTest.mouseClick(line.button, LEFT)
    (kept,) = family.house.support.questions("rosa")
    assert (kept.text, kept.answer) == (line.text, "")
    assert line.button.isHidden()
    assert not line.there.isHidden()
    again = opened(family, theme, host, "infliximab")
    assert again.view.questions.lines[1].button.isHidden()
    assert not again.view.questions.lines[0].button.isHidden()


def test_among_several_people_nobody_is_guessed(family, theme, host):
    family.house.people.save_person(Person(id="mei", name="王梅"))
    sheet = opened(family, theme, host, "natalizumab")
    card = sheet.view.questions
    card.fold.set_open(opened=True)
    QApplication.processEvents()
    QTest.mouseClick(card.lines[0].button, LEFT)
    assert card.whose.error()
    assert family.house.support.questions() == []
    card.whose.set_value("mei")
    QTest.mouseClick(card.lines[0].button, LEFT)
    assert [one.person for one in family.house.support.questions()] == ["mei"]
    own = opened(family, theme, host, "infliximab")
    assert own.view.questions.whose.value() == "rosa"


def test_what_cannot_be_kept_is_said_and_the_question_stays(family, theme, host, monkeypatch):
    def full(_question):
        raise DiskTrouble("disk.full")

    monkeypatch.setattr(family.house.support, "save_question", full)
    sheet = opened(family, theme, host, "infliximab")
    card = sheet.view.questions
    card.fold.set_open(opened=True)
    QApplication.processEvents()
    QTest.mouseClick(card.lines[0].button, LEFT)
    assert not card.wrong.isHidden()
    assert card.wrong.text()
    assert not card.lines[0].button.isHidden()


def test_a_question_can_be_kept_before_anybody_is_named(theme, host, tmp_path):
    empty = open_family(tmp_path)
    sheet = opened(empty, theme, host, "infliximab")
    card = sheet.view.questions
    card.fold.set_open(opened=True)
    QApplication.processEvents()
    QTest.mouseClick(card.lines[0].button, LEFT)
    assert [one.text for one in empty.house.support.questions()] == [card.lines[0].text]
    assert not card.lines[0].there.isHidden()
    sheet.done(0)
    empty.close()


# -- Room, colours, names -------------------------------------------------------------------------


@pytest.mark.parametrize(("scale", "width", "mode"), [(2.0, 1280, "light"), (2.0, 900, "dark"),
                                                      (1.0, 900, "light")])  # fmt: skip
def test_nothing_is_cut_where_there_is_little_room(family, theme, host, scale, width, mode):
    theme.set_scale(scale)
    theme.set_mode(mode)
    host.resize(width, 860)
    for item in ("", "ivig", "immune globulin X"):
        sheet = opened(family, theme, host, item)
        if sheet.view is not None:
            unfold(sheet)
        assert fit.cut_words(sheet) == []
        assert fit.overlapping(sheet) == []
        assert fit.untold(sheet) == []
        assert fit.sticking_out(sheet) == []
        assert looks.foreign_colours(sheet, theme) == []
        assert looks.unnamed(sheet) == []
        assert list(fit.small_targets(sheet)) == []
        sheet.done(0)


# -- In the window --------------------------------------------------------------------------------


@pytest.fixture
def window(qapp, qtbot, family: Family, theme: Theme) -> Iterator[MainWindow]:
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    made = make_window(family.house, theme, actions, lambda: Later, tab_class)
    made.resize(1280, 860)
    made.show()
    qtbot.waitExposed(made)
    yield made
    sheet = made.over.desk.sheet
    if sheet is not None:
        sheet.done(0)
    made.bridge.stop()
    made.hide()
    made.deleteLater()
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


def look_up(window: MainWindow, item: str) -> MedicinesSheet:
    window.open("medicine", "medicine", item)
    QApplication.processEvents()
    sheet = window.over.desk.sheet
    assert isinstance(sheet, MedicinesSheet)
    return sheet


def test_a_sign_leads_to_what_to_do_first(window: MainWindow):
    sheet = look_up(window, "Remicade")
    QTest.mouseClick(button(sheet, "Chest pain: what to do"), LEFT)
    QApplication.processEvents()
    assert not sheet.isVisible()
    page = window.page("watch")
    assert isinstance(page, WatchTab)
    assert page.emergency_page is not None
    assert "Chest pain" in visible_text(page.emergency_page)


def test_a_plan_is_entered_for_what_was_typed(window: MainWindow):
    sheet = look_up(window, "Zauberol")
    QTest.mouseClick(button(sheet, "Enter a plan for “Zauberol”"), LEFT)
    QApplication.processEvents()
    form = window.over.desk.sheet
    assert isinstance(form, PlanDialog)
    assert form.medicine.value() == "Zauberol"


def test_a_plan_is_entered_for_the_medicine_that_is_shown(window: MainWindow):
    sheet = look_up(window, "Privigen")
    QTest.mouseClick(button(sheet, "Enter a therapy plan with it"), LEFT)
    QApplication.processEvents()
    form = window.over.desk.sheet
    assert isinstance(form, PlanDialog)
    assert form.medicine.value() == "immune globulin"
    assert form.medicine.info() is not None


def test_over_a_form_nothing_leads_away_from_it(window: MainWindow, family: Family):
    window.over.desk.new_plan()
    QApplication.processEvents()
    form = window.over.desk.sheet
    sheet = look_up(window, "infliximab")
    assert sheet.parentWidget() is form
    assert sheet.view.plan.isHidden()
    assert "Signs: Severe allergic reaction, Hard to breathe" in visible_text(sheet)
    QTest.mouseClick(sheet.primary, LEFT)
    QApplication.processEvents()
    assert form.isVisible()
    assert window.over.desk.sheet is form


def test_the_search_finds_a_brand_and_opens_its_page(window: MainWindow):
    window.head.search.begin()
    window.head.search.setFocus()
    QTest.keyClicks(window.head.search, "Ocrevus")
    QApplication.processEvents()
    panel = window._results
    titles = [panel.list.line_at(row).title for row in range(panel.list.lines.rowCount())]
    assert "Medicines that the app knows" in titles
    assert "Ocrelizumab (into a vein)" in titles
    QTest.keyClick(window.head.search, Qt.Key.Key_Return)
    QApplication.processEvents()
    sheet = window.over.desk.sheet
    assert isinstance(sheet, MedicinesSheet)
    assert sheet.view.info.id == "ocrelizumab"


def test_settings_lead_to_the_list(window: MainWindow):
    window.open("settings", "privacy")
    QApplication.processEvents()
    page = window.page("settings")
    QTest.mouseClick(page.groups["privacy"].medicines, LEFT)
    QApplication.processEvents()
    assert isinstance(window.over.desk.sheet, MedicinesSheet)
    assert window.over.desk.sheet.view is None


# -- Paper ----------------------------------------------------------------------------------------


def test_the_page_is_saved_where_one_says(family, theme, host, tmp_path, monkeypatch):
    monkeypatch.setattr(printing, "ask_pdf_path", lambda _parent, name: tmp_path / name)
    sheet = opened(family, theme, host, "infliximab")
    QTest.mouseClick(button(sheet, "Save as PDF"), LEFT)
    assert (tmp_path / "Infliximab.pdf").read_bytes().startswith(b"%PDF")
    assert str(tmp_path / "Infliximab.pdf") in sheet.note.text()


def test_a_folder_that_is_gone_is_said(family, theme, host, tmp_path, monkeypatch):
    gone = tmp_path / "gone" / "x.pdf"
    monkeypatch.setattr(printing, "ask_pdf_path", lambda _parent, _name: gone)
    sheet = opened(family, theme, host, "infliximab")
    QTest.mouseClick(button(sheet, "Save as PDF"), LEFT)
    assert not sheet.trouble.isHidden()
    assert sheet.trouble.text()
    assert words("safety.everywhere") == SAFETY
