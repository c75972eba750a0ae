"""How an appointment repeats, as a person says it in the form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app.domain.entities import Appointment, Medicine
from caregiver_app.domain.times import Floating
from caregiver_app.errors import InputRefused
from caregiver_app.gui.calendar.form.appointment_dialog import AppointmentDialog
from tests.gui.calendar.family import appointment, at

BLANK = Appointment(
    id="", uid="", person="rosa", type="lab", title="Blood test", start=at("2026-03-24T09:15"),
    minutes=30,
)  # fmt: skip
"""On Tuesday 24 March 2026, the fourth Tuesday."""


@pytest.fixture
def open_form(home, theme, qtbot) -> Iterator[Callable[..., AppointmentDialog]]:
    page = QWidget()
    page.resize(1280, 900)
    qtbot.addWidget(page)
    page.show()
    made: list[AppointmentDialog] = []

    def opened(one: Appointment = BLANK, **more: object) -> AppointmentDialog:
        form = AppointmentDialog(home.house, theme, one, parent=page, **more)
        form.open()
        made.append(form)
        return form

    yield opened
    for form in made:
        form.done(0)


@pytest.fixture
def form(open_form) -> AppointmentDialog:
    return open_form()


def say_yes(form: AppointmentDialog, often: str | None, qtbot) -> None:
    qtbot.mouseClick(form.repeat.asks.segments[1], Qt.MouseButton.LeftButton)
    if often is not None:
        form.repeat.kind.set_value(often)


def save(form: AppointmentDialog, qtbot) -> None:
    qtbot.mouseClick(form.primary, Qt.MouseButton.LeftButton)


def kept(home) -> list[Appointment]:
    return [one for one in home.house.care.store.all(Appointment) if one.plan is None]


def kept_rule(home) -> str:
    (one,) = kept(home)
    return one.rrule


@pytest.mark.parametrize("visit", [True, False])
def test_no_part_of_the_form_shows_as_a_window_of_its_own(home, open_form, qtbot, visit):
    form = open_form(home.visit("plan~2")) if visit else open_form()
    if not visit:
        say_yes(form, "MONTHLY", qtbot)
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert [one for one in shown if one not in (form, form.parentWidget())] == []


def test_nothing_is_chosen_at_first_and_nothing_asks(home, form, qtbot):
    assert form.repeat.asks.value() == "no"
    assert not form.repeat.kind.isVisible()
    save(form, qtbot)
    assert kept_rule(home) == ""


def test_with_yes_a_frequency_must_be_chosen(home, form, qtbot):
    say_yes(form, None, qtbot)
    assert form.repeat.kind.value() is None
    save(form, qtbot)
    assert "Choose how often it repeats" in form.repeat.kind.error()
    assert kept(home) == []
    qtbot.mouseClick(form.repeat.asks.segments[0], Qt.MouseButton.LeftButton)
    save(form, qtbot)
    assert kept_rule(home) == ""


@pytest.mark.parametrize(
    ("day", "often", "which", "rule", "words", "tenth"),
    [
        ("24 March 2026", "MONTHLY", "day", "FREQ=MONTHLY;BYMONTHDAY=24",
         "Every month on day 24", "Thu 24 Dec 2026"),
        ("24 March 2026", "MONTHLY", "nth", "FREQ=MONTHLY;BYDAY=4TU",
         "Every month on the fourth Tuesday", "Tue 22 Dec 2026"),
        ("27 March 2026", "MONTHLY", "last", "FREQ=MONTHLY;BYDAY=-1FR",
         "Every month on the last Friday", "Fri 25 Dec 2026"),
        ("31 March 2026", "MONTHLY", "end", "FREQ=MONTHLY;BYMONTHDAY=-1",
         "Every month on the last day", "Thu 31 Dec 2026"),
        ("31 March 2026", "MONTHLY", "day", "FREQ=MONTHLY;BYMONTHDAY=31",
         "Every month on day 31", "Sat 31 Jul 2027"),
        ("24 March 2026", "YEARLY", "day", "FREQ=YEARLY",
         "Every year on 24 March", "Sat 24 Mar 2035"),
        ("10 May 2026", "YEARLY", "nth", "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU",
         "Every year on the second Sunday of May", "Sun 13 May 2035"),
        ("29 February 2028", "YEARLY", "day", "FREQ=YEARLY",
         "Every year on 29 February, in leap years only", "Fri 29 Feb 2064"),
    ],
)  # fmt: skip
def test_months_and_years(home, form, qtbot, day, often, which, rule, words, tenth):
    form.when.day.set_text(day)
    say_yes(form, often, qtbot)
    form.repeat.days.which.set_value(which)
    assert form.repeat.next.sentence.text() == words
    shown = form.repeat.next.dates()
    assert (len(shown), shown[9]) == (10, tenth)
    save(form, qtbot)
    assert kept_rule(home) == rule
    assert kept(home)[0].start.local.date() == form.when.day.value()


def test_days_that_some_months_do_not_have_are_explained(form, qtbot):
    form.when.day.set_text("31 March 2026")
    say_yes(form, "MONTHLY", qtbot)
    assert "Months without a 31st are left out" in form.repeat.days.which._sentence.text()
    form.repeat.days.which.set_value("end")
    assert form.repeat.days.which._sentence.text() == ""
    form.when.day.set_text("29 February 2028")
    form.repeat.kind.set_value("YEARLY")
    assert "leap years only" in form.repeat.days.which._sentence.text()


def test_another_day_of_the_month_moves_the_first_date_when_asked_to(home, form, qtbot):
    say_yes(form, "MONTHLY", qtbot)
    days = form.repeat.days
    days.which.set_value("other")
    days.nth.set_value("-1")
    days.weekday.set_value("4")
    assert days.mismatch.isVisible()
    assert not form.repeat.next.isVisible()
    save(form, qtbot)
    assert "has to begin on one of these days" in days.which.error()
    assert kept(home) == []
    assert days.begin_there.words == "Begin on Fri 27 Mar"
    qtbot.mouseClick(days.begin_there, Qt.MouseButton.LeftButton)
    assert form.when.day.value() == date(2026, 3, 27)
    assert not days.mismatch.isVisible()
    save(form, qtbot)
    assert kept_rule(home) == "FREQ=MONTHLY;BYDAY=-1FR"


@pytest.mark.parametrize("number", ["0", "32", "", "x"])
def test_a_day_that_no_month_has_is_refused(home, form, qtbot, number):
    say_yes(form, "MONTHLY", qtbot)
    form.repeat.days.which.set_value("other")
    form.repeat.days.number.set_text(number)
    save(form, qtbot)
    assert form.repeat.days.number.error() == "A day from 1 to 31, please."
    assert form.repeat.days.number.text() == number
    assert kept(home) == []


def test_no_weekday_is_refused(home, form, qtbot):
    say_yes(form, "WEEKLY", qtbot)
    form.repeat.days.weekdays.days[1].click()
    save(form, qtbot)
    assert form.repeat.days.weekdays.error() == "Choose at least one weekday."
    assert kept(home) == []


def test_a_first_date_on_another_weekday_is_refused_and_can_be_moved(home, form, qtbot):
    say_yes(form, "WEEKLY", qtbot)
    ticks = form.repeat.days.weekdays.days
    ticks[0].click()
    ticks[1].click()
    save(form, qtbot)
    assert "has to begin on one of these days" in form.repeat.days.weekdays.error()
    assert form.repeat.days.begin_there.words == "Begin on Mon 30 Mar"
    qtbot.mouseClick(form.repeat.days.begin_there, Qt.MouseButton.LeftButton)
    save(form, qtbot)
    assert kept_rule(home) == "FREQ=WEEKLY"
    assert kept(home)[0].start == at("2026-03-30T09:15")


def test_the_weekdays_follow_another_first_date_and_say_so(form, qtbot):
    say_yes(form, "WEEKLY", qtbot)
    form.repeat.days.weekdays.days[4].click()
    form.when.day.set_text("26 March 2026")
    assert form.repeat.days.weekdays.value() == (3, 4)
    said = form.repeat.days.note.text()
    assert said == "The first date is a Thursday now, so it repeats on Thursday and Friday."
    form.when.day.set_text("24 March 2026")
    assert form.repeat.days.weekdays.value() == (1, 4), "as it was chosen"
    form.when.day.set_text("27 March 2026")
    assert form.repeat.days.weekdays.value() == (1, 4), "Friday is one of them already"
    assert not form.repeat.days.note.isVisible()


@pytest.mark.parametrize(
    ("before", "which", "after", "then", "words"),
    [
        ("24 March 2026", "nth", "10 April 2026", "nth", "On the second Friday"),
        ("27 March 2026", "last", "10 April 2026", "nth", "On the second Friday"),
        ("31 March 2026", "end", "10 April 2026", "day", "On day 10"),
        ("24 March 2026", "nth", "30 March 2026", "last", "On the last Monday"),
        ("24 March 2026", "day", "26 March 2026", "day", "On day 26"),
    ],
)
def test_the_day_of_the_month_follows_and_says_so(form, qtbot, before, which, after, then, words):
    form.when.day.set_text(before)
    say_yes(form, "MONTHLY", qtbot)
    form.repeat.days.which.set_value(which)
    form.when.day.set_text(after)
    assert (form.repeat.days.which.value(), form.repeat.days.which.text()) == (then, words)
    assert words in form.repeat.days.note.text()
    assert form.repeat.days.note.isVisible()


def test_what_was_chosen_on_purpose_stays_while_the_date_is_typed(form, qtbot):
    say_yes(form, "MONTHLY", qtbot)
    form.repeat.days.which.set_value("end")
    assert form.repeat.days.begin_there.words == "Begin on Tue 31 Mar"
    form.when.day.set_text("10 April 2026")
    assert form.repeat.days.which.value() == "end"
    assert form.repeat.days.begin_there.words == "Begin on Thu 30 Apr"


def test_a_date_that_the_clocks_skip_is_named(form, qtbot):
    form.when.day.set_text("7 March 2027")
    form.when.start.set_text("2:30")
    say_yes(form, "WEEKLY", qtbot)
    assert form.repeat.next.dates()[:3] == [
        "Sun 7 Mar 2027",
        "Sun 14 Mar 2027, at 3:00: the clocks skip 2:30",
        "Sun 21 Mar 2027",
    ]


def test_a_series_may_begin_at_an_hour_that_is_skipped(home, form, qtbot):
    form.when.day.set_text("14 March 2027")
    form.when.start.set_text("2:30")
    form.when.end.set_text("4:00")
    say_yes(form, "DAILY", qtbot)
    save(form, qtbot)
    assert kept_rule(home) == "FREQ=DAILY"


# -- What is kept already -------------------------------------------------------------------------

SHOWN = [
    "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;COUNT=4", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR",
    "FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=24", "FREQ=MONTHLY;BYDAY=4TU", "FREQ=YEARLY",
    "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=24", "FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYDAY=4TU",
    "FREQ=DAILY;UNTIL=20260401T091500", "FREQ=WEEKLY;BYDAY=TU;WKST=SU",
]  # fmt: skip
FOREIGN = [
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=17", "FREQ=MONTHLY;BYMONTHDAY=24,26",
    "FREQ=YEARLY;BYMONTH=3,6;BYMONTHDAY=24", "FREQ=DAILY;BYDAY=TU,WE",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
]  # fmt: skip


@pytest.mark.parametrize("rule", SHOWN + FOREIGN)
def test_a_kept_repetition_stays_to_the_letter_when_only_the_title_changes(
    home, open_form, qtbot, rule
):
    appointment(home, "one", "Blood test", "2026-03-24T09:15", rrule=rule)
    before = home.visit("one").rrule
    form = open_form(home.visit("one"))
    assert form.repeat.repeats
    assert not form.is_changed()
    assert form.repeat.kind.isVisible() == (rule in SHOWN)
    assert form.repeat.next.sentence.text()
    assert form.repeat.next.dates()
    form.title_field.set_text("Lab")
    save(form, qtbot)
    assert (home.visit("one").title, home.visit("one").rrule) == ("Lab", before)


def test_what_the_form_cannot_show_is_told_in_words_and_can_be_replaced(home, open_form, qtbot):
    appointment(home, "one", "Blood test", "2026-03-31T09:15",
                rrule="FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")  # fmt: skip
    form = open_form(home.visit("one"))
    assert form.repeat.foreign.isVisible()
    said = form.repeat.next.sentence.text()
    assert said == "Every month on the last day from Monday to Friday"
    qtbot.mouseClick(form.repeat.other_rule, Qt.MouseButton.LeftButton)
    assert form.repeat.kind.value() is None
    save(form, qtbot)
    assert form.repeat.kind.error()
    form.repeat.kind.set_value("MONTHLY")
    save(form, qtbot)
    assert home.visit("one").rrule == "FREQ=MONTHLY;BYMONTHDAY=31"


def test_a_repetition_can_be_taken_away(home, open_form, qtbot):
    appointment(home, "one", "Blood test", "2026-03-24T09:15", rrule="FREQ=WEEKLY",
                exdates=("2026-03-31T09:15",))  # fmt: skip
    form = open_form(home.visit("one"))
    qtbot.mouseClick(form.repeat.asks.segments[0], Qt.MouseButton.LeftButton)
    save(form, qtbot)
    assert (home.visit("one").rrule, home.visit("one").exdates) == ("", ())


# -- One date of a series -------------------------------------------------------------------------


def test_one_date_is_shown_and_handed_over_instead_of_kept(home, open_form, qtbot):
    appointment(home, "one", "Blood test", "2026-03-24T09:15", rrule="FREQ=WEEKLY;COUNT=4")
    taken: list[Appointment] = []
    form = open_form(home.visit("one"), occurrence="2026-03-31T09:15", take=taken.append)
    assert form.when.day.value() == date(2026, 3, 31)
    assert "Tuesday 31 March 2026" in form.subtitle.text()
    assert form.repeat.next.dates() == ["Tue 31 Mar 2026", "Tue 7 Apr 2026", "Tue 14 Apr 2026"]
    form.when.start.set_text("10:00")
    save(form, qtbot)
    (given,) = taken
    assert (given.id, given.start, given.rrule) == ("one", at("2026-03-31T10:00"),
                                                    "FREQ=WEEKLY;COUNT=4")  # fmt: skip
    assert home.visit("one").start == at("2026-03-24T09:15")
    assert form.isVisible(), "whoever took it closes the form"


def test_a_changed_date_says_so_and_cannot_repeat(home, open_form, qtbot):
    appointment(home, "one", "Blood test", "2026-03-24T09:15", rrule="FREQ=WEEKLY")
    series = home.house.series
    shown = series.shown("one", "2026-03-31T09:15")
    changed = series.change("one", "2026-03-31T09:15", replace(shown, title="Late"), "one")
    form = open_form(home.visit(changed.entry), take=lambda _one: None)
    assert form.subtitle.text() == (
        "A date of a series, changed on its own. Every week on Tuesday."
    )
    assert not form.repeat.isVisible()


def test_what_is_refused_by_the_taker_is_said_in_place(home, open_form, qtbot):
    appointment(home, "one", "Blood test", "2026-03-24T09:15", rrule="FREQ=WEEKLY")

    def refuse(_one: Appointment) -> None:
        raise InputRefused("time.far_year", "start", text="x")

    form = open_form(home.visit("one"), occurrence="2026-03-31T09:15", take=refuse)
    save(form, qtbot)
    assert "too far away" in form.when.start.error()


def test_a_medicine_time_belongs_to_a_medicine_of_the_list(home, open_form, qtbot):
    home.house.people.save_medicine(Medicine(id="mtx", person="rosa", name="Methotrexate"))
    form = open_form(replace(BLANK, title="", type="medication"))
    assert form.medicine.isVisible()
    form.medicine.set_value("mtx")
    assert form.title_field.text() == "Methotrexate"
    assert form.when.is_floating
    assert not form.ride.isVisible()
    save(form, qtbot)
    (one,) = kept(home)
    assert (one.medicine, one.start) == ("mtx", Floating(datetime(2026, 3, 24, 9, 15)))


def test_what_is_in_the_way_is_said_under_the_date(home, open_form, qtbot):
    appointment(home, "eye", "Eye clinic", "2026-03-24T09:00", minutes=60)
    form = open_form()
    assert any("Eye clinic" in one for one in form.conflicts.sentences())
    form.when.day.set_text("25 March 2026")
    qtbot.waitUntil(lambda: not form.conflicts.isVisible())


def test_the_ride_is_one_line_until_it_is_wanted(home, open_form, qtbot):
    form = open_form()
    assert not form.driver.isVisible()
    qtbot.mouseClick(form.ride.unfold, Qt.MouseButton.LeftButton)
    form.driver.set_text("Ana")
    save(form, qtbot)
    (one,) = kept(home)
    assert one.driver == "Ana"
    assert open_form(one).driver.isVisible()
