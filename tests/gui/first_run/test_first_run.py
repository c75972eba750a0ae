"""The first run: accepted first, few entries to a kept plan, each step skipped or gone on with."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from caregiver_app.domain.times import Zoned
from caregiver_app.errors import DiskTrouble
from caregiver_app.gui.calendar.plan.plan_dialog import EditPlanDialog, PlanDialog
from caregiver_app.messages import words
from tests.fakes import NEW_YORK
from tests.gui import fit, looks
from tests.gui.first_run.conftest import BACK, LATER, NEXT, SKIP, Hand
from tests.gui.rehearse.rings import Login

SENTENCE = (
    "This app is a notebook and reminder. It is not a medical device, does not diagnose and is not"
    " watched by anyone. In an emergency call {}."
)
KEYS = (
    Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Right,
    Qt.Key.Key_F5, Qt.Key.Key_Backspace, Qt.Key.Key_Home, Qt.Key.Key_N,
)  # fmt: skip


def said(hand: Hand) -> str:
    """Every word that is seen."""
    labels = hand.page.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisible())


# -- The sentence ---------------------------------------------------------------------------------


def test_the_sentence_stands_alone_and_word_for_word(hand: Hand):
    assert hand.page.welcome.sentence.text() == SENTENCE.format("your local emergency number")
    assert hand.page.focusWidget() is hand.page.welcome.sentence
    for step in hand.page.steps.values():
        assert not step.isVisible()
    for way in (hand.page.next, hand.page.skip, hand.page.back, hand.page.rest):
        assert not way.isVisible()
    assert hand.kept == ""
    QTest.keyClick(hand.page.welcome.sentence, Qt.Key.Key_Tab)
    assert hand.page.focusWidget() is hand.page.welcome.button
    QTest.keyClick(hand.page.welcome.button, Qt.Key.Key_Backtab)
    assert hand.page.focusWidget() is hand.page.welcome.sentence


def test_no_key_and_no_click_leads_past_it(hand: Hand, qtbot):
    for key in KEYS:
        for where in (hand.page, hand.page.welcome.sentence):
            QTest.keyClick(where, key)
    QTest.keyClick(hand.page, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    for mark in hand.page.side.marks.values():
        QTest.mouseClick(mark, Qt.MouseButton.LeftButton)
    QTest.mouseClick(hand.page, Qt.MouseButton.LeftButton, pos=QPoint(900, 700))
    assert (hand.place, hand.ended, hand.kept) == ("", [], "")
    hand.accept()
    assert (hand.place, hand.kept) == ("person", "person")


def test_emergency_is_asked_for_from_the_first_moment_on(hand: Hand):
    hand.click(hand.page.emergency)
    hand.accept()
    hand.click(hand.page.emergency)
    assert len(hand.asked) == 2
    assert hand.place == "person", "the step waits below"


def test_what_cannot_be_kept_is_said_and_asked_again(hand: Hand, monkeypatch):
    settings = hand.home.house.settings

    def full(**_values: str) -> None:
        raise DiskTrouble("disk.full", path="x")

    with monkeypatch.context() as patch:
        patch.setattr(settings, "remember", full)
        hand.accept()
        assert hand.place == ""
        assert "The disk is full" in said(hand)
    hand.accept()
    assert hand.place == "person"


# -- The whole way --------------------------------------------------------------------------------


def test_twelve_entries_and_clicks_at_most_to_a_kept_plan(hand: Hand):
    hand.accept()
    hand.fill_person()
    hand.fill_plan()
    assert hand.entries + hand.clicks <= 12
    store = hand.home.house.care.store
    (plan,) = hand.home.house.plans.all()
    (person,) = hand.home.house.people.people()
    assert person.name == "Rosa Amador"
    assert (plan.person, plan.medicine) == (person.id, "infliximab")
    assert plan.first == Zoned(datetime(2026, 3, 31, 9, 30), NEW_YORK)
    assert (plan.offsets, plan.every, plan.unit) == ((0,), 8, "week")
    days = [one.start.local.date() for one in store.visits(plan.id)]
    assert days[:2] == [date(2026, 3, 31), date(2026, 5, 26)]


def test_with_every_field_and_step_before_it_still_twelve(hand: Hand):
    """Birthday and unit as well."""
    hand.accept()
    hand.write(hand.step("person").born, "4 June 1958")
    hand.fill_person()
    hand.entries += 1  # the unit, chosen by hand
    hand.step("plan").unit.set_value("month")
    hand.fill_plan()
    assert len(hand.home.house.plans.all()) == 1
    assert hand.entries + hand.clicks <= 12


def test_from_start_to_finish(hand: Hand, ringer):
    hand.accept()
    hand.fill_person()
    hand.fill_plan()
    hand.fill_numbers()
    assert hand.place == "test"
    assert SENTENCE.format("112") in said(hand)
    hand.click("Ring in 10 seconds")
    ringer.rehearse()
    hand.click("Yes, I saw it")
    hand.click("Finish")
    assert (hand.ended, hand.kept, hand.counts()) == ([True], "done", (1, 1, 1))
    (clinic,) = hand.home.house.people.contacts()
    assert (clinic.name, clinic.role) == ("The clinic", "clinic")
    assert (clinic.phone, clinic.phone_after_hours) == ("01632 960142", "01632 960199")
    assert hand.home.house.plans.all()[0].clinic == clinic.id


def test_each_step_is_one_change_that_can_be_taken_back(hand: Hand):
    hand.accept()
    hand.fill_person()
    hand.fill_plan()
    hand.fill_numbers()
    undone = [hand.home.house.care.undo() for _ in range(4)]
    assert [None if one is None else one[0] for one in undone] == [
        "done.numbers", "done.plan", "done.person", None,
    ]  # fmt: skip
    assert hand.counts() == (0, 0, 0)


def test_undo_shows_in_the_sentence_and_the_list(hand: Hand):
    hand.accept()
    hand.fill_person()
    hand.fill_plan()
    hand.fill_numbers()
    marks = hand.page.side.marks
    assert [one.state for one in marks.values()] == ["done", "done", "done", "here"]
    hand.home.house.care.undo()
    assert SENTENCE.format("your local emergency number") in said(hand)
    assert marks["numbers"].state == "open"


def test_return_in_a_field_goes_on(hand: Hand):
    hand.accept()
    name = hand.step("person").name
    hand.write(name, "Rosa")
    QTest.keyClick(name.control, Qt.Key.Key_Return)
    assert hand.place == "plan"
    QTest.keyClick(hand.page.back, Qt.Key.Key_Return)
    assert hand.place == "person", "on a button, Return presses that button"


# -- Skipping and leaving -------------------------------------------------------------------------


def test_each_step_can_be_skipped(hand: Hand, desktop):
    hand.accept()
    for key in ("person", "plan", "numbers", "test"):
        assert hand.place == key
        hand.click(SKIP)
    assert (hand.ended, hand.counts()) == ([True], (0, 0, 0))
    assert hand.kept == "later", "what is open is offered again"


def test_the_rest_can_wait(hand: Hand, begin):
    hand.accept()
    hand.fill_person()
    hand.click(LATER)
    assert (hand.ended, hand.kept) == ([True], "later")
    assert begin().place == "plan", "it goes on at what is still open"


def test_nothing_left_out_and_it_is_done(hand: Hand, begin):
    hand.accept()
    hand.fill_person()
    hand.fill_plan()
    hand.fill_numbers()
    hand.click(SKIP)
    assert hand.kept == "done"


@pytest.mark.parametrize("stop", ["person", "plan", "numbers", "test"])
def test_it_goes_on_where_the_window_was_closed(hand: Hand, begin, stop: str):
    hand.accept()
    for key, fill in (
        ("person", hand.fill_person), ("plan", hand.fill_plan), ("numbers", hand.fill_numbers),
    ):  # fmt: skip
        if key == stop:
            break
        fill()
    hand.page.close()
    before = hand.home.dump()
    again = begin()
    assert again.place == stop
    assert again.home.dump() == before, "nothing is written before the window is seen"
    for key in ("numbers", "plan", "person"):
        if again.page.side.marks[key].isEnabled():
            again.click(again.page.side.marks[key])
    assert again.step("person").name.text() == ("" if stop == "person" else "Rosa Amador")
    assert again.step("plan").kept.isVisibleTo(again.step("plan")) == (stop in ("numbers", "test"))
    assert again.step("numbers").number.text() == ("112" if stop == "test" else "")
    while again.place != "test":
        if again.place == "person" and stop == "person":
            again.fill_person()
        elif again.place == "plan" and stop in ("person", "plan"):
            again.fill_plan()
        elif again.place == "numbers" and stop != "test":
            again.fill_numbers()
        else:
            again.click(NEXT)
    assert again.counts() == (1, 1, 1), "nothing came twice"


def test_back_and_next_again_brings_nothing_twice(hand: Hand):
    hand.accept()
    hand.fill_person()
    hand.fill_plan()
    hand.fill_numbers()
    for _ in range(3):
        hand.click(BACK)
    assert (hand.place, hand.page.back.isVisible()) == ("person", False)
    hand.write(hand.step("person").name, "Rosa")
    for _ in range(3):
        hand.click(NEXT)
    assert (hand.place, hand.counts()) == ("test", (1, 1, 1))
    assert hand.home.house.people.people()[0].name == "Rosa"


def test_what_was_typed_and_not_kept_is_there_on_coming_back(hand: Hand):
    hand.accept()
    hand.fill_person()
    hand.write(hand.step("plan").medicine, "infli")
    hand.click(BACK)
    hand.click(NEXT)
    assert hand.step("plan").medicine.text() == "infli"


def test_the_list_leads_back_and_not_ahead(hand: Hand):
    hand.accept()
    hand.fill_person()
    marks = hand.page.side.marks
    assert [one.state for one in marks.values()] == ["done", "here", "ahead", "ahead"]
    assert marks["person"].accessibleName() == "Step 1: Who you look after, done"
    QTest.mouseClick(marks["test"], Qt.MouseButton.LeftButton)
    assert hand.place == "plan"
    hand.click(marks["person"])
    assert hand.place == "person"
    assert marks["plan"].state == "open"
    hand.click(marks["plan"])
    assert hand.place == "plan"


# -- Whose care -----------------------------------------------------------------------------------


def test_a_name_is_asked_for_or_the_step_skipped(hand: Hand):
    hand.accept()
    step = hand.step("person")
    hand.write(step.name, "  ")
    hand.click(NEXT)
    assert "Write a name" in (step.name.error() or "")
    assert hand.place == "person"
    assert hand.page.focusWidget() is step.name.control
    assert hand.counts() == (0, 0, 0)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/31/1958", "no such date"),
        ("4 June 2027", "still to come"),
        ("?", "no such date"),
    ],
)
def test_a_birthday_that_cannot_be_is_said_and_stays(hand: Hand, typed: str, sentence: str):
    hand.accept()
    step = hand.step("person")
    hand.write(step.name, "Rosa")
    hand.write(step.born, typed)
    hand.click(NEXT)
    assert sentence in (step.born.error() or "")
    assert (hand.place, step.name.text()) == ("person", "Rosa")
    hand.write(step.born, "4 June 1958")
    hand.click(NEXT)
    assert hand.home.house.people.people()[0].born == date(1958, 6, 4)


# -- Therapy --------------------------------------------------------------------------------------


def at_plan(hand: Hand):
    hand.accept()
    hand.fill_person()
    return hand.step("plan")


def test_nothing_is_filled_in_or_proposed(hand: Hand):
    step = at_plan(hand)
    for field in (step.medicine, step.day, step.time, step.every):
        assert field.text() == ""
        assert field.control.placeholderText() == ""
    hand.write(step.medicine, "infliximab")
    assert (step.day.text(), step.time.text(), step.every.text()) == ("", "", "")
    assert "Usual" not in said(hand)


def test_the_medicine_is_found_while_typing(hand: Hand):
    step = at_plan(hand)
    hand.write(step.medicine, "remic")
    assert step.medicine.offers.names() == ["Remicade"]


def test_everything_that_is_missing_is_said_at_once(hand: Hand):
    step = at_plan(hand)
    hand.click(NEXT)
    assert all(one.error() for one in (step.medicine, step.day, step.time))
    assert hand.page.focusWidget() is step.medicine.control
    assert (hand.place, hand.counts()[2]) == ("plan", 0)


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("day", "19 March 2026", "This day is past"),
        ("day", "soon", "no such date"),
        ("time", "25:00", "no such time"),
        ("every", "two", "whole number"),
        ("every", "0", "whole number"),
        ("every", "1.5", "whole number"),
        ("medicine", "x" * 300, "room for"),
    ],
)
def test_a_bad_entry_is_said_beside_it_and_stays(hand: Hand, name: str, typed: str, sentence: str):
    step = at_plan(hand)
    for key, text in {"medicine": "infliximab", "day": "31 Mar 2026", "time": "9:30", "every": "8",
                      name: typed}.items():  # fmt: skip
        hand.write(getattr(step, key), text)
    hand.click(NEXT)
    field = getattr(step, name)
    assert sentence in (field.error() or "")
    assert field.text().endswith(typed), "a date gets its weekday in front"
    assert (hand.place, hand.counts()[2]) == ("plan", 0)


def test_the_hour_that_the_clocks_skip_is_refused(hand: Hand):
    step = at_plan(hand)
    hand.write(step.medicine, "infliximab")
    hand.write(step.day, "14 March 2027")
    hand.write(step.time, "2:30")
    hand.click(NEXT)
    assert "The clocks skip" in (step.day.error() or "")


def test_five_dates_are_shown_before_anything_is_kept(hand: Hand):
    step = at_plan(hand)
    assert not step.dates.isVisible()
    hand.write(step.day, "31 Mar 2026")
    hand.write(step.time, "9:30")
    hand.write(step.every, "8")
    step.look_ahead()
    assert step.dates.shown == [
        "Tue 31 Mar",
        "Tue 26 May",
        "Tue 21 Jul",
        "Tue 15 Sep",
        "Tue 10 Nov",
    ]
    assert step.dates.fact.text() == "14 visits in two years"
    hand.write(step.every, "")
    assert "nothing follows" in said(hand)
    step.look_ahead()
    assert step.dates.shown == ["Tue 31 Mar"]
    hand.write(step.day, "19 Mar 2026")
    step.look_ahead()
    assert not step.dates.isVisible()
    assert hand.counts()[2] == 0


def test_a_date_that_was_wrong_is_typed_again(hand: Hand):
    step = at_plan(hand)
    hand.fill_plan()
    hand.click(BACK)
    assert not step.form.isVisible()
    assert "then every 8 weeks" in said(hand)
    hand.click("Type it again")
    assert hand.counts()[2] == 0
    assert (step.medicine.text(), step.every.text()) == ("infliximab", "8"), "what was typed stays"
    hand.write(step.day, "7 April 2026")
    hand.click(NEXT)
    assert hand.home.dates(hand.home.house.plans.all()[0].id)[0] == date(2026, 4, 7)
    hand.click(SKIP)
    hand.click(hand.page.side.marks["plan"])
    assert hand.place == "plan"


def test_a_plan_is_taken_back_only_while_it_is_the_last_change(hand: Hand, qtbot):
    step = at_plan(hand)
    hand.fill_plan()
    hand.fill_numbers()
    hand.click(hand.page.side.marks["plan"])
    assert not step.kept.again.isVisible()
    hand.click("Change this plan…")
    assert isinstance(step.sheet, EditPlanDialog)
    step.sheet.done(0)
    assert step.sheet is None


def test_starting_doses_open_the_whole_form_and_count_as_the_step(hand: Hand, qtbot):
    step = at_plan(hand)
    hand.write(step.medicine, "infliximab")
    hand.click("It starts with starting doses")
    sheet = step.sheet
    assert isinstance(sheet, PlanDialog)
    assert sheet.medicine.text() == "infliximab", "nothing is typed twice"
    sheet.schedule.day.set_text("31 Mar 2026")
    sheet.schedule.time.set_text("9:30")
    sheet.schedule.offsets.set_value((0, 2, 6))
    sheet.schedule.every.set_text("8")
    sheet.compared.set_state("done")
    sheet.compared.state_changed.emit("done")
    sheet.primary.click()
    (plan,) = hand.home.house.plans.all()
    assert plan.offsets == (0, 2, 6)
    assert hand.place == "numbers"
    hand.click(BACK)
    assert "Weeks 0, 2 and 6, then every 8 weeks" in said(hand)


def test_the_whole_form_closed_again_leaves_the_step_open(hand: Hand):
    step = at_plan(hand)
    hand.click("It starts with starting doses")
    step.sheet.done(0)
    assert (hand.place, step.form.isVisible(), hand.counts()[2]) == ("plan", True, 0)


def test_without_a_name_the_therapy_is_kept_all_the_same(hand: Hand):
    hand.accept()
    hand.click(SKIP)
    hand.fill_plan()
    assert hand.counts() == (1, 0, 1)
    hand.click(BACK)
    hand.click(BACK)
    hand.fill_person()
    assert hand.counts() == (1, 0, 1), "the name joins the person who has the plan"


# -- Numbers --------------------------------------------------------------------------------------


def at_numbers(hand: Hand):
    at_plan(hand)
    hand.fill_plan()
    return hand.step("numbers")


def test_no_number_is_ever_proposed(hand: Hand):
    step = at_numbers(hand)
    for field in (step.number, step.by_day, step.after_hours):
        assert field.text() == ""
        assert field.control.placeholderText() == ""
        assert field.control.completer() is None
    digits = [letter for letter in said(hand) if letter.isdigit()]
    assert sorted(digits) == ["2", "3", "4"], "step 3 of 4, and F2"


@pytest.mark.parametrize("typed", ["help", "1" * 41])
def test_a_number_that_cannot_be_dialled_is_said(hand: Hand, typed: str):
    step = at_numbers(hand)
    hand.write(step.number, typed)
    hand.write(step.by_day, "01632 960142")
    hand.click(NEXT)
    assert step.number.error()
    assert (step.number.text(), step.by_day.text()) == (typed, "01632 960142")
    assert (hand.place, hand.counts()) == ("numbers", (1, 0, 1))


def test_a_full_disk_keeps_nothing_and_takes_nothing_away(hand: Hand, monkeypatch):
    step = at_numbers(hand)

    def full(_contact: object) -> None:
        raise DiskTrouble("disk.full", path="x")

    with monkeypatch.context() as patch:
        patch.setattr(hand.home.house.people, "save_contact", full)
        hand.fill_numbers()
        assert "The disk is full" in said(hand)
    typed = [step.number.text(), step.by_day.text(), step.after_hours.text()]
    assert typed == ["112", "01632 960142", "01632 960199"]
    assert hand.home.house.settings.text("emergency_number", "") == ""
    assert hand.place == "numbers"
    hand.click(NEXT)
    assert hand.counts() == (1, 1, 1)


def test_a_clinic_with_numbers_needs_a_name(hand: Hand):
    step = at_numbers(hand)
    hand.write(step.clinic, "")
    hand.write(step.by_day, "01632 960142")
    hand.click(NEXT)
    assert step.clinic.error() == words("text.empty")
    hand.write(step.clinic, "Willow Lane")
    hand.click(NEXT)
    assert hand.home.house.people.contacts()[0].name == "Willow Lane"


def test_only_the_emergency_number_makes_no_contact(hand: Hand):
    step = at_numbers(hand)
    assert step.clinic.text() == "The clinic"
    hand.write(step.number, "112")
    hand.click(NEXT)
    assert hand.counts() == (1, 0, 1)
    assert hand.home.house.settings.text("emergency_number", "") == "112"


def test_nothing_typed_keeps_nothing_and_goes_on(hand: Hand):
    at_numbers(hand)
    label = hand.home.house.care.store.undo_label()
    hand.click(NEXT)
    assert (hand.place, hand.counts()) == ("test", (1, 0, 1))
    assert hand.home.house.care.store.undo_label() == label


# -- Every size and light -------------------------------------------------------------------------

LONG = "Maria-Magdalena Donaudampfschifffahrtsgesellschaftskapitänswitwe 王梅"


@pytest.mark.parametrize(
    ("size", "scale", "mode"),
    [
        ((1280, 860), 1.0, "light"),
        ((1280, 860), 1.4, "dark"),
        ((900, 860), 1.0, "light"),
        ((900, 860), 2.0, "dark"),
        ((640, 480), 2.0, "light"),
        ((1920, 1000), 1.0, "dark"),
    ],
)
def test_nothing_is_cut_or_out_of_reach(begin, theme, size, scale: float, mode: str, ringer):
    theme.set_mode(mode)
    theme.set_scale(scale)
    hand = begin(size, login=Login())
    page = hand.page

    def look() -> None:
        for _ in range(6):  # what wraps anew is laid out once more
            QApplication.processEvents()
        for check in (fit.cut_words, fit.sticking_out, fit.overlapping, looks.unnamed,
                      looks.unreached, looks.clashing_keys):  # fmt: skip
            assert check(page) == [], f"{check.__name__} at {hand.place!r}"
        assert page.side.isVisible() == (size[0] > 900 and scale < 1.5)

    look()
    hand.accept()
    hand.click(NEXT)
    look()
    hand.fill_person(LONG)
    hand.click(NEXT)
    look()
    hand.write(hand.step("plan").day, "31 Mar 2026")
    hand.write(hand.step("plan").time, "9:30")
    hand.step("plan").look_ahead()
    look()
    hand.fill_plan(LONG)
    hand.write(hand.step("numbers").clinic, "Donaudampfschifffahrtsgesellschaft-Infusionszentrum")
    look()
    hand.fill_numbers()
    look()
    hand.click("Ring in 10 seconds")
    look()
    ringer.rehearse()
    look()
    hand.click("No, nothing came")
    look()
    hand.click(BACK)
    hand.click(BACK)
    look()


def test_the_focus_goes_as_one_reads(hand: Hand):
    hand.accept()
    hand.fill_person()
    step = hand.step("plan")
    order = [hand.page.side.marks["person"], hand.page.emergency, step.medicine.control,
             step.day.control, step.time.control, step.every.control, step.unit.control,
             step.earlier.choice.segments[0], step.starting, hand.page.back,
             hand.page.rest, hand.page.skip, hand.page.next]  # fmt: skip
    order[0].setFocus()
    walked = [hand.page.focusWidget()]
    for _ in order[1:]:
        QTest.keyClick(hand.page.focusWidget(), Qt.Key.Key_Tab)
        walked.append(hand.page.focusWidget())
    assert walked == order


def test_only_fields_take_words_for_granted(hand: Hand):
    """Stored words are shown letter by letter."""
    hand.accept()
    hand.fill_person("<b>Rosa</b>")
    hand.fill_plan()
    hand.click(BACK)
    assert looks.markup(hand.page, "<b>") == []
    assert not any(isinstance(one, QLineEdit) and one.isVisible() for one in
                   hand.page.findChildren(QLineEdit))  # fmt: skip
