"""What there is to take a picture of, each reached as a person reaches it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Person, Plan
from caregiver_app.domain.times import Zoned
from caregiver_app.gui.bag.cards import RideSheet
from caregiver_app.gui.calendar.outgoing.feed_sheet import FeedSheet
from caregiver_app.gui.calendar.plan.delay_dialog import EndVisitDialog, MoveDialog
from caregiver_app.gui.first_run.page import FirstRun
from caregiver_app.gui.later import Later
from caregiver_app.gui.settings.takeout_sheet import TakeoutSheet
from caregiver_app.gui.support.kept_about_sheet import KeptAboutSheet, open_kept_about
from caregiver_app.services.exporter import Wanted
from caregiver_app.services.first_run import STEPS
from tools.backup_shots import BACKUP_SHOTS
from tools.erasing_shots import ERASING_SHOTS
from tools.support_shots import SUPPORT_SHOTS
from tools.taking import Shot, button, in_tab, page
from tools.watch_shots import WATCH_SHOTS

if TYPE_CHECKING:
    from tools.studio import Studio

NEXT, FIRST, BLOOD = "infliximab~2", "infliximab~1", "blood-test-2026-03-27"


FROM_THE_CLINIC = """BEGIN:VEVENT
UID:podiatry@willow-lane.example
DTSTAMP:20260320T120000Z
DTSTART;TZID=America/New_York:20260409T101500
DURATION:PT45M
SUMMARY:Podiatry
LOCATION:Willow Lane, room 4
ATTACH:https://willow-lane.example/map.pdf
END:VEVENT
BEGIN:VEVENT
UID:labs@willow-lane.example
DTSTAMP:20260320T120000Z
DTSTART;TZID=America/New_York:20260414T081500
DURATION:PT15M
SUMMARY:Blood test before the next infusion
RRULE:FREQ=WEEKLY;INTERVAL=4;COUNT=6
END:VEVENT
BEGIN:VTODO
UID:form@willow-lane.example
SUMMARY:Fill in the form
END:VTODO
"""
PATIENCE_S = 20.0


# -- Tabs and pages -------------------------------------------------------------------------------


def tab(key: str, person: str | None = "rosa") -> Callable[[Studio], None]:
    """Show a tab of one person, or of everybody."""

    def take(one: Studio) -> None:
        if one.filled:
            one.window.set_person(person)
        page(one, key)

    return take


def calendar_view(view: str) -> Callable[[Studio], None]:
    """Show the calendar of everybody as a week, or as a list alone."""

    def take(one: Studio) -> None:
        if one.filled:
            one.window.set_person(None)
        page(one, "calendar").show_view(view)

    return take


def settings(one: Studio, group: str = "") -> None:
    """Show Settings, at one of its groups."""
    one.window.open("settings", group)


def emergency(one: Studio) -> None:
    """Show the page that F2 shows."""
    if one.filled:
        one.window.set_person("rosa")
    one.window.show_emergency()


def crisis(one: Studio, *, whole: bool = False) -> None:
    """Show whom to call when somebody is in danger; `whole` is what belongs to each step."""
    one.window.set_person("rosa" if one.filled else None)
    one.window.open("crisis")
    one.settle()
    if whole:
        button(one.window, "More about each step").click()


def kept_about(one: Studio) -> QWidget:
    """Show what is kept about somebody."""
    page(one, "support")
    open_kept_about(one.theme, one.house, "rosa", one.window)
    return one.window.findChildren(KeptAboutSheet)[-1]


def emergency_sign(one: Studio) -> None:
    """Show what to do about one sign."""
    one.window.set_person("rosa")
    page(one, "watch").show_emergency("trouble_breathing")


def search(one: Studio, said: str) -> None:
    """Show what is found."""
    field = one.window.head.search
    field.begin()
    one.settle()
    line: Any = getattr(field, "line", field)
    line.setText(said)
    one.settle()


def first_run(one: Studio, step: str) -> None:
    """Show the first sentence, or one of the steps after it with those before gone through."""
    one.window.begin_first_run()
    run = one.window.findChild(FirstRun)
    if run is None:
        raise LookupError("first run")
    if not step:
        return
    run.welcome.accepted.emit()
    for done in STEPS[: STEPS.index(step)]:
        _gone_through(one, done)
    run.go(step)
    run.look_again()
    one.settle()
    one.window.banner.dismiss()


def _gone_through(one: Studio, step: str) -> None:
    if step == "person":
        one.house.people.save_person(Person(id="rosa", name="Rosa Marín", born=date(1958, 6, 4)))
    elif step == "plan":
        first = Zoned(datetime(2026, 3, 31, 9, 30), one.clock.zone())  # noqa: DTZ001 - a wall time
        one.house.plans.save(
            Plan(id="", uid="", person="rosa", medicine="infliximab", first=first,
                 offsets=(0, 2, 6), every=8, minutes=140)
        )  # fmt: skip
    elif step == "numbers":
        one.house.settings.set("emergency_number", "112")


# -- Forms ----------------------------------------------------------------------------------------


def new_plan(one: Studio) -> None:
    """Show the form of a new plan with what a letter says."""
    one.window.set_person("rosa" if one.filled else None)
    form = _desk(one, "new_plan")
    if not one.filled:
        return
    form.medicine.set_text("infliximab")
    form.usual.choose("most")
    form.schedule.day.set_value(date(2026, 4, 7))
    form.schedule.time.set_value(time(9, 30))
    one.settle()
    button(form.usual, "Fill in").click()
    form.look_ahead()


def _desk(one: Studio, name: str, *given: object) -> Any:  # noqa: ANN401 - each form is another class
    desk = page(one, "calendar").desk
    getattr(desk, name)(*given)
    return desk.sheet


def desk(name: str, *given: object) -> Callable[[Studio], None]:
    """Show a form that the calendar opens."""

    def take(one: Studio) -> None:
        one.window.set_person("rosa")
        _desk(one, name, *given)

    return take


def new_appointment(one: Studio) -> None:
    """Show the form of a new appointment."""
    one.window.set_person("rosa" if one.filled else None)
    _desk(one, "new_appointment", one.house.care.today + timedelta(days=4), "follow-up")


def delay(one: Studio, *, answered: bool) -> None:
    """Show the question that comes before a visit is moved."""
    one.window.set_person("rosa")
    page(one, "calendar").open_item("day", "2026-03-31")
    visit = one.house.agenda.get(NEXT)
    if visit is None:
        raise LookupError(NEXT)
    target = one.house.care.today + timedelta(days=20)
    sheet = MoveDialog(one.house, one.theme, visit, target=target, parent=one.window)
    sheet.open()
    if answered:
        sheet.cards[1].click()


def history(one: Studio) -> None:
    """Show thirty days of a medicine."""
    one.window.set_person("rosa")
    page(one, "calendar").desk.medicines.history("methotrexate")


def gave(one: Studio) -> None:
    """Show the form of an as-needed medicine that was given."""
    one.window.set_person("rosa")
    page(one, "calendar").desk.medicines.gave("", "rosa")


def over(place: str, kind: str, item: str) -> Callable[[Studio], None]:
    """Show a sheet that lies over the window."""

    def take(one: Studio) -> None:
        one.window.set_person("rosa" if one.filled else None)
        one.window.open(place, kind, item)

    return take


def end_visit(one: Studio) -> None:
    """Show the question that comes before a visit is cancelled."""
    visit = one.house.agenda.get(NEXT)
    if visit is None:
        raise LookupError(NEXT)
    page(one, "calendar")
    EndVisitDialog(one.house, one.theme, visit, keep=True, parent=one.window).open()


def paper_sheet(one: Studio) -> None:
    """Show where a paper is."""
    tab("bag")(one)
    page(one, "bag").hands.open_paper("paperwork")


def bag_lists(one: Studio) -> None:
    """Show the lists that bags are packed by."""
    tab("bag")(one)
    page(one, "bag").open_lists()


def ride_sheet(one: Studio) -> None:
    """Show who drives."""
    tab("bag")(one)
    visit = one.house.agenda.get(NEXT)
    if visit is None:
        raise LookupError(NEXT)
    RideSheet(one.house, one.theme, visit, one.window).open()


def care_papers(one: Studio) -> None:
    """Show approvals, calls, costs and help to pay."""
    tab("care")(one)
    page(one, "care").open_item("call", "")
    page(one, "care").open_item("cost", "")


def care_sheet(name: str, *given: object) -> Callable[[Studio], None]:
    """Show a sheet of the care plan that is not about something kept."""

    def take(one: Studio) -> None:
        tab("care")(one)
        getattr(page(one, "care").sheets, name)(*given)

    return take


def wrong_amount(one: Studio) -> None:
    """Show what is said to an amount that can be read in two ways."""
    care_sheet("new_cost", "rosa")(one)
    sheet = page(one, "care").sheets.sheet
    sheet.what.set_text("Parking")
    sheet.amount.set_text("1.234")
    sheet.primary.click()


def year_sheet(one: Studio) -> None:
    """Show deductible and copay."""
    care_sheet("year", one.house.people.person("rosa"))(one)


def take_in(one: Studio) -> None:
    """Show what is in a calendar file from the clinic, held against our own calendar."""
    ours = one.house.exporter.calendar(Wanted()).decode()
    younger = re.sub(r"(DTSTAMP|LAST-MODIFIED):\w+", r"\1:20260320T120000Z", ours)
    moved = younger.replace("20260327T", "20260330T").replace("20260331T", "20260402T")
    file = one.folder / "from-the-clinic.ics"
    events = FROM_THE_CLINIC.replace("\n", "\r\n")
    file.write_bytes(moved.replace("END:VCALENDAR", f"{events}END:VCALENDAR").encode())
    one.window.files.import_file(file)
    until = monotonic() + PATIENCE_S
    while (one.window.files.incoming is None or one.window.files.incoming.sheet is None) and (
        monotonic() < until
    ):
        one.settle()


def subscribed(one: Studio) -> None:
    """Show how a calendar file is kept up to date."""
    sheet = FeedSheet(one.house, one.theme, one.window)
    sheet.place.field.set_text("/home/ana/Cloud/care-calendar.ics")
    sheet.open()


def takeout(one: Studio) -> None:
    """Show how everything is saved as one file."""
    sheet = TakeoutSheet(one.house, one.theme, one.window)
    sheet.path.set_text("/home/ana/everything.jsonl")
    sheet.open()


def files(name: str, *given: object) -> Callable[[Studio], None]:
    """Show a sheet about files over the first tab."""

    def take(one: Studio) -> None:
        getattr(one.window.files, name)(*given)

    return take


# -- Over and beside the window -------------------------------------------------------------------


def undo_banner(one: Studio) -> None:
    """Show what a change says, and how it is taken back."""
    tab("bag")(one)
    one.house.bags.set_state(NEXT, "log", "packed")


def reminder_panel(one: Studio) -> QWidget:
    """Show the window of the reminders."""
    if one.window.ringer is None:
        raise LookupError("ringer")
    one.window.ringer.panel.come_up()
    return one.window.ringer.panel


def crash(one: Studio) -> QWidget:
    """Show what is said when something went wrong."""
    window = Later.crash_window(one.theme)
    window.resize(window.sizeHint())
    window.show()
    return window


SHOTS = (
    Shot("today", tab("today"), when_empty=True),
    Shot("today_everybody", tab("today", None)),
    Shot("calendar", tab("calendar")),
    Shot("calendar_everybody", tab("calendar", None), when_empty=True),
    Shot("calendar_week", calendar_view("week")),
    Shot("calendar_list", calendar_view("list")),
    Shot("side_effects", tab("watch"), when_empty=True),
    Shot("bag", tab("bag"), when_empty=True),
    Shot("support", tab("support"), when_empty=True),
    Shot("care_plan", tab("care"), when_empty=True),
    Shot("care_plan_mei", tab("care", "mei")),
    Shot("settings", settings, when_empty=True),
    *(
        Shot(f"settings_{group}", partial(settings, group=group), when_empty=True)
        for group in ("people", "reminders", "look", "files", "privacy")
    ),
    Shot("emergency", emergency, when_empty=True),
    Shot("emergency_sign", emergency_sign),
    Shot("crisis", crisis, when_empty=True),
    Shot("crisis_steps", partial(crisis, whole=True)),
    Shot("kept_about", kept_about),
    Shot("search", partial(search, said="blood")),
    Shot("search_chinese", partial(search, said="头痛")),
    Shot("search_nothing", partial(search, said="zebra"), when_empty=True),
    *(
        Shot(f"first_run_{step or 'welcome'}", partial(first_run, step=step), always_empty=True)
        for step in ("", *STEPS)
    ),
    Shot("plan_form", new_plan, when_empty=True),
    Shot("plan_kept", desk("open_plan", "infliximab")),
    Shot("appointment_form", new_appointment, when_empty=True),
    Shot("appointment_kept", desk("open_appointment", BLOOD)),
    Shot("medicine_times", desk("open_appointment", "methotrexate-times")),
    Shot("visit_form", desk("open_appointment", NEXT)),
    Shot("visit_done", desk("open_appointment", FIRST)),
    Shot("visit", over("visit", "visit", NEXT)),
    Shot("visit_was", over("visit", "visit", FIRST)),
    Shot("visit_it_happened", over("visit", "done", NEXT)),
    Shot("visit_record", over("visit", "record", FIRST)),
    Shot("well_enough", over("visit", "well_enough", NEXT)),
    Shot("anything_new", over("visit", "anything_new", NEXT)),
    Shot("infusion_passport", over("visit", "records", "mei")),
    Shot("medicines", over("medicine", "", ""), when_empty=True),
    Shot("medicine", over("medicine", "medicine", "infliximab"), when_empty=True),
    Shot("delete_series", desk("delete", "methotrexate-times", "2026-03-27T18:00")),
    Shot("move_when", desk("ask_move", "methotrexate-times|2026-03-27T18:00")),
    Shot("blocked_days", desk("block_days")),
    Shot("driver_slip", desk("slip", f"{NEXT}|2026-03-31T09:30")),
    Shot("print_calendar", desk("print_calendar", date(2026, 3, 20))),
    Shot("medicine_history", history),
    Shot("gave_sheet", gave),
    Shot("delay_dialog", partial(delay, answered=False)),
    Shot("delay_dialog_chosen", partial(delay, answered=True)),
    Shot("cancel_visit", end_visit),
    Shot("paper_sheet", paper_sheet),
    Shot("bag_lists", bag_lists),
    Shot("ride_sheet", ride_sheet),
    Shot("note_sheet", in_tab("support", "note", "note-2")),
    Shot("self_check", in_tab("support", "self_check", "")),
    Shot("support_company", in_tab("support", "company", "rosa")),
    Shot("help_task", in_tab("support", "help_task", "help-supper")),
    Shot("question_sheet", in_tab("support", "question", "question-1")),
    Shot("person_sheet", in_tab("care", "person", "rosa")),
    Shot("contact_sheet", in_tab("care", "contact", "willow")),
    Shot("medicine_sheet", in_tab("care", "medicine", "methotrexate")),
    Shot("approval_sheet", in_tab("care", "authorisation", "approval-rosa")),
    Shot("care_plan_papers", care_papers),
    Shot("call_sheet", in_tab("care", "call", "call-2")),
    Shot("cost_sheet", wrong_amount),
    Shot("help_sheet", in_tab("care", "assistance", "help-rosa")),
    Shot("year_sheet", year_sheet),
    Shot("tried_sheet", care_sheet("end_medicine", "methotrexate")),
    Shot("insurer_questions", care_sheet("questions", "rosa")),
    Shot("export", files("export"), when_empty=True),
    Shot("import", take_in, when_empty=True),
    Shot("subscribed", subscribed, when_empty=True),
    Shot("takeout", takeout, when_empty=True),
    Shot("about", files("about"), when_empty=True),
    Shot("keys", lambda one: one.window.show_keys(), when_empty=True),
    Shot("undo_banner", undo_banner),
    Shot("reminder_panel", reminder_panel),
    Shot("crash", crash, when_empty=True),
    *BACKUP_SHOTS,
    *ERASING_SHOTS,
    *WATCH_SHOTS,
    *SUPPORT_SHOTS,
)
