"""The form of an appointment and of a visit."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from caregiver_app.domain.entities import Person
from caregiver_app.domain.times import AllDay, Floating, Zoned
from caregiver_app.gui.calendar.form.appointment_dialog import AppointmentDialog
from caregiver_app.gui.lead_words import lead_words
from tests.gui.calendar.family import appointment, at

DAY = date(2026, 3, 24)


@pytest.fixture
def tab(home, show):
    return show(home)


@pytest.fixture
def form(tab) -> AppointmentDialog:
    tab.desk.new_appointment(DAY, "lab")
    return tab.desk.sheet


def fill(form: AppointmentDialog) -> None:
    form.title_field.set_text("Blood test")
    form.when.start.set_text("9:15")
    form.when.end.set_text("9:45")


def save(form, qtbot) -> None:
    qtbot.mouseClick(form.primary, Qt.MouseButton.LeftButton)


def choose_kind(form, key, qtbot) -> None:
    qtbot.mouseClick(form.when.change, Qt.MouseButton.LeftButton)
    segment = next(one for one in form.when.kind.segments if one.key == key)
    qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)


def repeat(form, often, qtbot) -> None:
    yes = form.repeat.asks.segments[1]
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    form.repeat.kind.set_value(often)


def only(home):
    (found,) = home.house.agenda.between(DAY, DAY)
    return found.appointment


def test_a_new_one_is_kept_and_shows(home, tab, form, qtbot):
    fill(form)
    form.place.set_text("Willow Lane")
    form.contact.set_value("clinic")
    form.text.set_text("No food before.")
    save(form, qtbot)
    kept = only(home)
    assert (kept.title, kept.type, kept.minutes) == ("Blood test", "lab", 30)
    assert kept.start == at("2026-03-24T09:15")
    assert (kept.place, kept.contact, kept.note) == ("Willow Lane", "clinic", "No food before.")
    assert kept.person == "rosa"
    assert any(row.title == "Blood test" for row in tab.agenda.rows.rows)
    home.restart()
    assert only(home).title == "Blood test"


def test_the_end_follows_the_start_and_keeps_the_length(form):
    form.when.start.set_text("9:00")
    assert form.when.end.text() == "10:00"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("title_field", "", "must not be empty"),
        ("title_field", "x" * 10_000, "10000 characters long"),
        ("title_field", "a\u0000b", "control character"),
        ("leave_at", "10:30", "before the appointment"),
        ("leave_at", "never", "no such time"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(home, form, qtbot, field, text, said):
    fill(form)
    named = getattr(form, field)
    named.set_text(text)
    save(form, qtbot)
    assert said in (named.error() or "")
    assert named.text() == text
    assert home.house.agenda.between(DAY, DAY) == []


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("end", "8:00", "The end is before the start"),
        ("end", "", "Give the hour it ends"),
        ("start", "", "Give the hour it starts"),
        ("start", "24:30", "no such time"),
        ("day", "30 Feb 2026", "no such date"),
        ("zone", "Nowhere/Land", "no time zone called"),
    ],
)
def test_times_that_cannot_be(home, form, qtbot, field, text, said):
    fill(form)
    named = getattr(form.when, field)
    named.set_text(text)
    save(form, qtbot)
    assert said in (named.error() or "")
    assert home.house.agenda.between(DAY, DAY) == []


def test_an_hour_that_the_clocks_skip(home, form, qtbot):
    fill(form)
    form.when.day.set_text("14 Mar 2027")
    form.when.start.set_text("2:30")
    form.when.end.set_text("3:30")
    save(form, qtbot)
    assert "skip 2:30" in form.when.start.error()
    assert "next possible time is 3:00" in form.when.start.error()
    assert home.house.agenda.between(date(2027, 3, 14), date(2027, 3, 14)) == []


def test_a_kind_has_to_be_chosen(home, tab, qtbot):
    tab.desk.new_appointment(DAY)
    form = tab.desk.sheet
    fill(form)
    save(form, qtbot)
    assert form.kind.error() == "Choose what kind of appointment it is."
    form.kind.set_value("other")
    save(form, qtbot)
    assert only(home).type == "other"


def test_a_whole_day(home, form, qtbot):
    fill(form)
    choose_kind(form, "all_day", qtbot)
    assert not form.when.start.isVisible()
    save(form, qtbot)
    assert only(home).start == AllDay(DAY)


def test_a_medicine_is_meant_wherever_we_are_and_rings_at_its_time(home, tab, qtbot):
    tab.desk.new_appointment(DAY)
    form = tab.desk.sheet
    form.kind.set_value("medication")
    form.title_field.set_text("Folic acid")
    form.when.start.set_text("8:00")
    assert form.when.is_floating
    assert not form.driver.isVisible()
    assert form.leads.leads() == (0,)
    save(form, qtbot)
    assert only(home).start == Floating(datetime(2026, 3, 24, 8, 0))
    assert only(home).reminders is None


def test_another_zone_comes_when_it_is_asked_for(home, form, qtbot):
    fill(form)
    assert not form.when.zone.isVisible()
    assert form.when.change.words == "Time in New York · change"
    qtbot.mouseClick(form.when.change, Qt.MouseButton.LeftButton)
    assert form.when.zone.isVisible()
    form.when.zone.set_text("Europe/Berlin")
    assert form.when.both.text() == "9:15 in Berlin · 4:15 here"
    save(form, qtbot)
    assert only(home).start == Zoned(datetime(2026, 3, 24, 9, 15), "Europe/Berlin")


def test_it_may_end_on_another_day(home, form, qtbot):
    fill(form)
    qtbot.mouseClick(form.when.more, Qt.MouseButton.LeftButton)
    form.when.last.set_text("25 March 2026")
    save(form, qtbot)
    assert only(home).minutes == 1440 + 30
    again = only(home)
    form.house.agenda.get(again.id)


def test_a_weekly_one_tells_its_next_dates(home, form, qtbot):
    fill(form)
    repeat(form, "WEEKLY", qtbot)
    assert form.repeat.days.weekdays.value() == (1,), "the weekday of its date"
    assert form.repeat.next.sentence.text() == "Every week on Tuesday"
    shown = form.repeat.next.dates()
    assert (shown[0], shown[9], len(shown)) == ("Tue 24 Mar 2026", "Tue 26 May 2026", 10)
    form.repeat.days.weekdays.days[3].click()
    assert form.repeat.next.dates()[1] == "Thu 26 Mar 2026"
    form.repeat.every.set_text("2")
    form.repeat.ends.set_value("count")
    form.repeat.count.set_text("3")
    assert form.repeat.next.sentence.text() == "Every 2 weeks on Tuesday and Thursday, 3 times"
    assert form.repeat.next.head.text() == "All its dates"
    assert len(form.repeat.next.dates()) == 3
    save(form, qtbot)
    assert only(home).rrule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=3"


def test_a_daily_one_until_a_day(home, form, qtbot):
    fill(form)
    repeat(form, "DAILY", qtbot)
    form.repeat.ends.set_value("until")
    save(form, qtbot)
    assert form.repeat.until.error() == "Give the last day."
    form.repeat.until.set_text("1 March 2026")
    save(form, qtbot)
    assert "ends before it starts" in form.repeat.until.error()
    assert form.repeat.until.value() == date(2026, 3, 1), "what was typed stays"
    form.repeat.until.set_text("26 March 2026")
    save(form, qtbot)
    found = home.house.agenda.between(DAY, date(2026, 3, 29))
    assert len(found) == 3


@pytest.mark.parametrize("every", ["0", "-1", "x", ""])
def test_a_repetition_of_nothing_is_refused(home, form, qtbot, every):
    fill(form)
    repeat(form, "DAILY", qtbot)
    form.repeat.every.set_text(every)
    save(form, qtbot)
    assert form.repeat.every.error()
    assert home.house.agenda.between(DAY, DAY) == []


def test_a_kept_series_shows_as_it_was_and_saves_unchanged(home, tab, qtbot):
    appointment(
        home, "pill", "Pill", "2026-03-20T18:00", rrule="FREQ=WEEKLY;COUNT=4",
        exdates=("2026-03-27T18:00",),
    )  # fmt: skip
    tab.desk.open_appointment("pill")
    form = tab.desk.sheet
    assert form.repeat.count.value() == 4
    assert form.repeat.days.weekdays.value() == (4,)
    assert not form.is_changed()
    form.when.start.set_text("19:00")
    save(form, qtbot)
    kept = home.visit("pill")
    assert kept.rrule == "FREQ=WEEKLY;COUNT=4"
    assert kept.exdates == ("2026-03-27T19:00",), "what was left out stays left out"


def lead_action(form, words: str):
    return next(one for one in form.leads.add.menu().actions() if one.text() == words)


def lead_chip(form, words: str) -> QPushButton:
    named = f"Take “{words}” away"
    return next(b for b in shown_buttons(form) if b.accessibleName() == named)


def test_reminders_are_chips(home, form, qtbot):
    fill(form)
    lead_action(form, "30 minutes before").trigger()
    assert not any(one.text() == "30 minutes before" for one in form.leads.add.menu().actions())
    lead_chip(form, "1 day before").click()
    save(form, qtbot)
    assert only(home).reminders == (120, 30)


def test_while_nobody_touched_them_the_usual_ones_are_none_of_its_own(home, form, qtbot):
    fill(form)
    assert form.leads.leads() == (1440, 120)
    assert form.leads.note.text() == (
        "Rings by itself: 2 hours before. With the day’s notice: 1 day before."
    )
    save(form, qtbot)
    assert only(home).reminders is None


def test_the_familys_usual_ones_stand_there(home, tab):
    home.house.ringing.set_leads("lab", (45,))
    tab.desk.new_appointment(DAY, "lab")
    assert tab.desk.sheet.leads.leads() == (45,)
    assert tab.desk.sheet.leads.value() is None


def test_another_kind_has_other_usual_ones_while_untouched(form):
    form.kind.set_value("medication")
    assert form.leads.leads() == (0,)
    form.kind.set_value("other")
    lead_chip(form, "2 hours before").click()
    form.kind.set_value("medication")
    assert form.leads.value() == ()


def test_an_all_day_item_has_whole_days_alone(form, qtbot):
    choose_kind(form, "all_day", qtbot)
    assert form.leads.leads() == (1440,)
    assert form.leads.note.text() == "With the day’s notice: the day before."


def test_a_drive_that_says_when_to_leave_rings_then(form):
    fill(form)
    form.kind.set_value("drive")
    assert form.leads.leads() == (60,)
    form.leave_at.set_text("8:30")
    assert form.leads.leads() == ()
    assert form.leads.note.text() == "The time to leave rings by itself."


def test_a_typed_time_is_kept_with_the_form_and_a_wrong_one_holds_it_back(home, form, qtbot):
    fill(form)
    lead_action(form, "Another time…").trigger()
    form.leads.typed.field.set_text("soon")
    save(form, qtbot)
    assert "Write it like 45 minutes" in (form.leads.typed.field.error() or "")
    assert home.house.agenda.between(DAY, DAY) == []
    form.leads.typed.field.set_text("45 minutes")
    save(form, qtbot)
    assert only(home).reminders == (1440, 120, 45)


def test_a_reminder_taken_away_is_asked_about_before_the_form_goes(home, tab, qtbot):
    appointment(home, "lab", "Blood test", "2026-03-24T09:00", type="lab")
    tab.desk.open_appointment("lab")
    form = tab.desk.sheet
    assert not form.is_changed()
    lead_chip(form, "1 day before").click()
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert form.isVisible()
    assert form.asks()


def test_a_visits_own_lead_times_are_told(home, tab):
    tab.desk.open_appointment("plan~2")
    form = tab.desk.sheet
    assert form.leads.value() is None
    assert form.leads.note.text() == (
        "Rings by itself: 2 hours before."
        " With the day’s notice: 1 week before, 1 day before."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "at the time"), (30, "30 minutes before"), (120, "2 hours before"),
        (1440, "1 day before"), (2880, "2 days before"), (10080, "1 week before"),
    ],
)  # fmt: skip
def test_lead_times_in_words(minutes, words):
    assert lead_words(minutes) == words


def test_with_several_people_it_asks_for_whom(home, tab, qtbot):
    home.house.people.save_person(Person(id="mei", name="王梅"))
    tab.desk.new_appointment(DAY, "lab")
    form = tab.desk.sheet
    fill(form)
    save(form, qtbot)
    assert form.whom.error() == "Choose whom it is for."
    form.whom.set_value("mei")
    save(form, qtbot)
    assert only(home).person == "mei"


def test_an_appointment_is_cancelled_or_deleted_from_its_form(home, tab, qtbot):
    appointment(home, "lab", "Blood test", "2026-03-24T09:00")
    tab.desk.open_appointment("lab")
    button(tab.desk.sheet, "Cancel this appointment").click()
    assert home.visit("lab").status == "cancelled"
    tab.desk.open_appointment("lab")
    button(tab.desk.sheet, "Delete…").click()
    assert home.house.agenda.get("lab") is None


# -- Visits ---------------------------------------------------------------------------------------


@pytest.fixture
def visit(tab) -> AppointmentDialog:
    tab.desk.open_appointment("plan~2")
    return tab.desk.sheet


def shown_buttons(form) -> list[QPushButton]:
    return [b for b in form.findChildren(QPushButton) if b.isVisible()]


def button(form, words: str) -> QPushButton:
    return next(b for b in form.findChildren(QPushButton) if b.text() == words)


def test_a_visits_hour_length_status_and_ride_change_without_a_question(home, visit, qtbot):
    visit.when.start.set_text("11:00")
    visit.when.end.set_text("12:00")
    visit.status.set_value("booked")
    visit.driver.set_text("Ana")
    visit.driver_phone.set_text("555")
    visit.leave_at.set_text("10:15")
    save(visit, qtbot)
    kept = home.visit("plan~2")
    assert kept.start == at("2026-03-31T11:00")
    assert (kept.minutes, kept.status) == (60, "booked")
    assert (kept.driver, kept.driver_phone, kept.leave_at) == ("Ana", "555", "10:15")
    home.house.care.undo()
    assert home.visit("plan~2").driver == ""


def test_a_visits_date_goes_through_the_one_door(home, visit, qtbot):
    assert visit.when.day.line.isReadOnly()
    visit.driver.set_text("Ana")
    qtbot.mouseClick(visit.move_button, Qt.MouseButton.LeftButton)
    (asking,) = [w for w in visit.children() if type(w).__name__ == "MoveDialog"]
    asking.day.set_text("9 April 2026")
    asking.cards[0].click()
    asking.agreed.click()
    asking.primary.click()
    assert home.visit("plan~2").start == at("2026-04-09T09:30")
    assert visit.isVisible(), "what was typed is not lost"
    assert visit.when.day.value() == date(2026, 4, 9)
    save(visit, qtbot)
    kept = home.visit("plan~2")
    assert (kept.driver, kept.start) == ("Ana", at("2026-04-09T09:30"))
    assert home.visit("plan~3").start == at("2026-04-28T09:30")


def test_an_unchanged_visit_closes_when_it_was_moved(home, visit, qtbot):
    visit.move_button.click()
    (asking,) = [w for w in visit.children() if type(w).__name__ == "MoveDialog"]
    asking.day.set_text("9 April 2026")
    asking.cards[1].click()
    asking.agreed.click()
    asking.primary.click()
    assert not visit.isVisible()


@pytest.mark.parametrize("way", ["Cancel this visit…", "Delete this visit…"])
def test_cancelling_and_deleting_go_through_the_one_door(home, visit, way):
    button(visit, way).click()
    (asking,) = [w for w in visit.children() if type(w).__name__ == "EndVisitDialog"]
    assert not asking.primary.isEnabled()
    assert home.visit("plan~2").status == "planned"
    asking.agreed.click()
    asking.primary.click()
    found = home.house.agenda.get("plan~2")
    assert found is None or found.status == "cancelled"


def test_a_visit_leads_to_its_bag_and_its_plan(tab, visit, qtbot):
    with qtbot.waitSignal(tab.asked) as heard:
        button(visit, "Open its bag").click()
    assert heard.args == ["bag", "visit", "plan~2"]
    tab.desk.open_appointment("plan~2")
    button(tab.desk.sheet, "Open its plan").click()
    assert tab.desk.sheet.plan.id == "plan"


def test_with_something_unsaved_the_form_asks_before_it_leaves(tab, visit, qtbot):
    visit.driver.set_text("Ana")
    with qtbot.assertNotEmitted(tab.asked):
        button(visit, "Open its bag").click()
    assert visit.isVisible()
    visit.done(0)


def test_a_leaving_hour_after_the_visit_is_refused(home, visit, qtbot):
    visit.leave_at.set_text("10:00")
    save(visit, qtbot)
    assert "before the appointment" in visit.leave_at.error()
    assert home.visit("plan~2").leave_at == ""
