"""Settings > Reminders: whether they work, when they come, and how the program stays open."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.reminders import lead_times
from caregiver_app.domain.ringing import USUAL_LEADS, QuietHours, Repeats
from caregiver_app.domain.times import Zoned
from caregiver_app.errors import DiskTrouble
from caregiver_app.gui.calendar.form.appointment_dialog import TYPES
from caregiver_app.gui.reminder_panel import ReminderPanel
from caregiver_app.gui.ringer import Ringer
from caregiver_app.gui.settings.reminders import RemindersGroup
from caregiver_app.gui.settings.reminders_usual import NAMES
from tests.gui import fit, looks
from tests.gui.rehearse.rings import Login
from tests.gui.ringing import Outcome
from tests.gui.settings.pages import LEFT, Shown, segment, type_into, words

DAY = 1440
START = Zoned(datetime(2026, 3, 24, 9), "Europe/London")


def group(shown: Shown) -> RemindersGroup:
    found = shown.group("reminders")
    assert isinstance(found, RemindersGroup)
    return found


def unfold(qtbot, part) -> None:
    qtbot.mouseClick(part.fold.head, LEFT)
    QApplication.processEvents()


# ---- whether they work -------------------------------------------------------------------------
def test_the_health_line_is_the_ringers_and_lives(show, ringer, desktop, family):
    shown = show(ringer)
    reminders = group(shown)
    assert "Last check" not in reminders.health.text()
    ringer.start()
    desktop.deliver()
    shown.page._look_at_health()
    assert reminders.health.text() == "Last check 18:00:00. Notices reach your desktop."
    family.clock.at += timedelta(seconds=13)
    ringer.tick()
    shown.page._health.timeout.emit()
    assert reminders.health.text().startswith("Last check 18:00:13.")
    assert reminders.health.text() == ringer.health_line().sentence


def test_it_is_looked_at_only_while_it_is_seen(show, ringer):
    shown = show(ringer)
    assert shown.page._health.isActive()
    assert shown.page._health.interval() <= 5_000
    shown.stack.setCurrentIndex(0)
    assert not shown.page._health.isActive()


def test_a_desktop_without_notices_is_said_in_the_health_line(show, ringer, desktop):
    shown = show(ringer)
    ringer.start()
    desktop.deliver(Outcome(ok=False, reason_key="notify.no_service"))
    said = group(shown).health.text()
    assert said == ringer.health_line().sentence
    assert not ringer.health_line().ok
    assert "No program here shows notices" in said


def test_a_test_reminder_comes_in_ten_seconds_and_is_asked_about(show, qtbot, ringer, desktop):
    shown = show(ringer)
    trial = group(shown).trial
    qtbot.mouseClick(trial.ring, LEFT)
    assert not ringer.panel.isVisible()
    assert "It comes in 10 seconds." in words(trial)
    ringer.rehearse()
    assert ringer.panel.isVisible()
    assert "Did you see a small window" in words(trial)
    desktop.deliver()
    qtbot.mouseClick(trial.yes, LEFT)
    assert not ringer.panel.isVisible()
    assert "Tried today, 18:00: you saw it." in words(trial)
    assert show(ringer).page is not shown.page
    assert "Tried today, 18:00: you saw it." in words(group(show(ringer)).trial)


def test_it_can_be_called_off(show, qtbot, ringer, desktop):
    shown = show(ringer)
    trial = group(shown).trial
    qtbot.mouseClick(trial.ring, LEFT)
    qtbot.mouseClick(trial.cancel, LEFT)
    assert not ringer._try.isActive()
    assert desktop.told == []
    assert trial.ring.isVisible()


def test_when_nothing_came_the_switch_for_starting_is_at_hand(show, qtbot, ringer):
    login = Login()
    shown = show(ringer, login=login)
    reminders = group(shown)
    qtbot.mouseClick(reminders.trial.ring, LEFT)
    ringer.rehearse()
    qtbot.mouseClick(reminders.trial.no, LEFT)
    assert "It does not start with the computer" in words(reminders)
    button = next(
        one for one in reminders.trial.what_to_do.findChildren(QPushButton)
        if one.text() == "Start with the computer"
    )  # fmt: skip
    button.click()
    assert login.is_on
    assert reminders.alive.start.state == "done"
    assert "It does not start with the computer" not in words(reminders)


@pytest.mark.parametrize("there", [True, False])
def test_where_nothing_rings_it_says_so_and_nothing_can_be_tried(
    show, qtbot, family, theme, desktop, there
):
    panel = ReminderPanel(family.house, theme)
    qtbot.addWidget(panel)
    silent = Ringer(family.house, theme, desktop, holds_claim=lambda: False, panel=panel)
    shown = show(silent if there else None)
    said = words(group(shown))
    assert ("Another window of this program rings." in said) is there
    assert ("Reminders are not at work in this window." in said) is not there
    assert not group(shown).trial.ring.isEnabled()


# ---- the day's notice and names ----------------------------------------------------------------
@pytest.mark.parametrize(
    ("which", "setting", "usual"),
    [("morning", "notice_morning", "8:00"), ("evening", "notice_evening", "19:00")],
)
def test_the_hour_of_a_notice_is_kept_and_rings_then(show, qtbot, family, which, setting, usual):
    shown = show()
    hour = getattr(shown.group("reminders"), which)
    assert hour.line.text() == usual
    type_into(qtbot, hour.line, "9.30")
    assert shown.settings.text(setting, "") == "09:30"
    assert hour.line.text() == "9:30"
    hours = family.house.reminders.hours()
    assert getattr(hours, which).isoformat("minutes") == "09:30"
    assert shown.undo_words().startswith("Hour of the")
    family.house.care.undo()
    assert hour.line.text() == usual


@pytest.mark.parametrize("typed", ["25:00", "soon", ""])
def test_an_hour_that_is_none_stays_and_is_explained(show, qtbot, typed):
    shown = show()
    hour = shown.group("reminders").morning
    type_into(qtbot, hour.line, typed)
    assert hour.error()
    assert hour.line.text() == typed
    assert shown.settings.text("notice_morning", "") == ""
    type_into(qtbot, hour.line, "7")
    assert hour.error() is None
    assert shown.settings.text("notice_morning", "") == "07:00"


def test_names_in_notices_are_chosen_for_each_person(show, qtbot, family):
    shown = show()
    reminders = shown.group("reminders")
    assert "Without names, a notice only says “Care reminder, 09:00”" in words(reminders)
    rosa, mei = reminders._rows.values()
    assert mei.accessibleName() == "Show names and items in notices about 王梅"
    mei.setFocus()
    qtbot.keyClick(mei, Qt.Key.Key_Space)
    assert family.house.people.person("mei").details_in_notices
    assert not family.house.people.person("rosa").details_in_notices
    assert shown.page.focusWidget() is mei, "the keyboard stays where it is"
    assert shown.undo_words() == "Notices for 王梅 show names and items"
    family.house.care.undo()
    assert mei.state == "open"
    assert rosa.state == "open"


# ---- usual reminders ---------------------------------------------------------------------------
def test_the_usual_ones_are_folded_and_told_in_a_line(show, qtbot):
    usual = group(show()).usual
    assert not usual.fold.is_open
    assert usual.fold.head.summary == "As they come with the program"
    unfold(qtbot, usual)
    said = words(usual)
    for kind in ("Follow-up visit", "Blood test or lab", "Medicine time", "Drive"):
        assert kind in said
    assert (
        "The infusions of a plan bring their own: 1 week before, 1 day before with the day’s"
        " notice, 2 hours before by itself." in said
    )


def test_other_usual_ones_hold_for_such_appointments(show, qtbot, family):
    shown = show()
    usual = group(shown).usual
    unfold(qtbot, usual)
    lab = usual.chips["lab"]
    next(one for one in lab.add.menu().actions() if one.text() == "30 minutes before").trigger()
    assert family.house.ringing.leads()["lab"] == (DAY, 120, 30)
    assert shown.undo_words() == "Usual reminders changed"
    assert usual.fold.head.summary == "Your own for: blood test or lab"
    draft = Appointment(
        id="x", uid="x", person="rosa", title="Lab", type="lab", start=START, minutes=5,
        created=family.clock.at, changed=family.clock.at,
    )  # fmt: skip
    assert lead_times(draft, family.house.ringing.leads()) == (DAY, 120, 30)
    family.house.care.undo()
    assert lab.leads() == USUAL_LEADS["lab"]
    assert not lab.back.isVisible()
    assert usual.fold.head.summary == "As they come with the program"


def test_going_back_to_the_usual_is_one_click(show, qtbot, family):
    family.house.ringing.set_leads("drive", (15,))
    usual = group(show()).usual
    unfold(qtbot, usual)
    assert usual.chips["drive"].leads() == (15,)
    qtbot.mouseClick(usual.chips["drive"].back, LEFT)
    assert family.house.ringing.leads()["drive"] == USUAL_LEADS["drive"]


def test_the_kinds_are_called_as_in_the_form():
    assert dict(TYPES) == NAMES


def test_none_at_all_is_a_choice_too(show, qtbot, family):
    usual = group(show()).usual
    unfold(qtbot, usual)
    usual.chips["other"]._drop(120)
    assert family.house.ringing.leads()["other"] == ()
    assert usual.chips["other"].leads() == ()


# ---- ringing again -----------------------------------------------------------------------------
def test_ringing_again_is_off_and_its_details_stay_away(show, qtbot):
    again = group(show()).again
    assert again.fold.head.summary == "Off: a reminder rings once, then waits for its answer"
    unfold(qtbot, again)
    assert again.every.value() == "0"
    assert not again.most.isVisible()


def test_how_often_and_which_are_kept_named_and_taken_back(show, qtbot, family):
    shown = show()
    again = group(shown).again
    unfold(qtbot, again)
    qtbot.mouseClick(segment(again.every, "10"), LEFT)
    assert family.house.ringing.repeats() == Repeats(10, 3, False)
    assert shown.undo_words() == "Ringing again changed"
    assert again.fold.head.summary == "Every 10 minutes, 3 times at most, medicines only"
    qtbot.mouseClick(segment(again.most, "6"), LEFT)
    qtbot.mouseClick(segment(again.what, "everything"), LEFT)
    assert family.house.ringing.repeats() == Repeats(10, 6, True)
    family.house.care.undo()
    assert again.what.value() == "medicines"
    family.house.care.undo()
    family.house.care.undo()
    assert again.every.value() == "0"
    assert not again.most.isVisible()
    assert family.house.ringing.repeats() == Repeats()


def test_what_another_program_chose_is_shown(show, qtbot, family):
    shown = show()
    again = group(shown).again
    family.house.ringing.set_repeats(Repeats(30, 12, True))
    assert family.house.ringing.repeats() == Repeats(30, 12, True)
    assert again.every.value() == "30"
    assert "Every 30 minutes, 12 times at most" in again.fold.head.summary
    family.house.care.undo()
    assert family.house.ringing.repeats() == Repeats(), "showing it is no change of its own"
    assert again.every.value() == "0"


# ---- quiet hours -------------------------------------------------------------------------------
def quiet_on(qtbot, shown: Shown):
    quiet = group(shown).quiet
    unfold(qtbot, quiet)
    qtbot.mouseClick(quiet.tick, LEFT)
    QApplication.processEvents()
    return quiet


def test_quiet_hours_are_off_until_somebody_ticks_them(show, qtbot, family):
    shown = show()
    quiet = group(shown).quiet
    assert quiet.fold.head.summary == "Off: reminders come at any hour"
    quiet_on(qtbot, shown)
    assert family.house.ringing.quiet() == QuietHours(time(22), time(7))
    assert (quiet.first.text(), quiet.last.text()) == ("22:00", "7:00")
    assert quiet.first.isVisible()
    assert shown.undo_words() == "Quiet hours changed"
    assert quiet.fold.head.summary == "From 22:00 to 7:00"
    family.house.care.undo()
    assert family.house.ringing.quiet() is None
    assert quiet.tick.state == "open"
    assert not quiet.first.isVisible()


def test_what_they_never_silence_is_said(show, qtbot):
    shown = show()
    unfold(qtbot, group(shown).quiet)
    said = words(group(shown).quiet)
    for never in ("medicines", "time to leave", "first hours after an infusion", "begins before"):
        assert never in said


def test_their_hours_are_typed(show, qtbot, family):
    quiet = quiet_on(qtbot, show())
    type_into(qtbot, quiet.first.line, "21.30")
    type_into(qtbot, quiet.last.line, "6")
    assert family.house.ringing.quiet() == QuietHours(time(21, 30), time(6))
    assert quiet.fold.head.summary == "From 21:30 to 6:00"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("25:00", "There is no such time."), ("late", "There is no such time."),
        ("", "Type an hour, like 7:00."), ("7", "begin and end at the same hour"),
    ],
)  # fmt: skip
def test_an_hour_that_cannot_be_stays_and_is_explained_at_its_field(
    show, qtbot, family, typed, said
):
    quiet = quiet_on(qtbot, show())
    type_into(qtbot, quiet.first.line, typed)
    assert said in (quiet.first.error() or "")
    assert quiet.last.error() is None
    assert quiet.first.text().startswith(typed)
    assert family.house.ringing.quiet() == QuietHours(time(22), time(7))


def test_both_hours_change_places(show, qtbot, family):
    quiet = quiet_on(qtbot, show())
    type_into(qtbot, quiet.first.line, "7")
    assert quiet.first.error()
    type_into(qtbot, quiet.last.line, "22")
    assert family.house.ringing.quiet() == QuietHours(time(7), time(22))
    assert quiet.first.error() is None
    assert quiet.last.error() is None


def test_switched_off_with_a_mistake_in_it_nothing_is_left_to_mend(show, qtbot, family):
    shown = show()
    quiet = quiet_on(qtbot, shown)
    type_into(qtbot, quiet.first.line, "late")
    qtbot.mouseClick(quiet.tick, LEFT)
    assert family.house.ringing.quiet() is None
    assert quiet.first.text() == ""
    assert quiet.first.error() is None
    shown.stack.setCurrentIndex(0)
    assert shown.said == [], "there is nothing that could not be kept"


def test_a_fold_with_a_mistake_in_it_stays_open(show, qtbot):
    quiet = quiet_on(qtbot, show())
    type_into(qtbot, quiet.first.line, "late")
    unfold(qtbot, quiet)
    qtbot.waitUntil(lambda: quiet.fold.is_open)
    assert quiet.first.error()


# ---- sound -------------------------------------------------------------------------------------
def test_sound_is_off_and_kept_and_taken_back(show, qtbot, family, ringer):
    shown = show(ringer)
    sound = group(shown).sound
    assert sound.tick.state == "open"
    qtbot.mouseClick(sound.tick, LEFT)
    assert family.house.ringing.sound()
    assert shown.undo_words() == "Sound of reminders changed"
    family.house.care.undo()
    assert sound.tick.state == "open"


class Bell:
    """A sound that a test ends."""

    def __init__(self) -> None:
        self.done: list = []

    def play(self, done) -> None:
        self.done.append(done)


def test_it_can_be_heard_once_before_it_is_chosen(show, qtbot, family, theme, desktop):
    bell = Bell()
    panel = ReminderPanel(family.house, theme)
    qtbot.addWidget(panel)
    loud = Ringer(
        family.house, theme, desktop, holds_claim=lambda: True, panel=panel, sound=bell
    )  # fmt: skip
    sound = group(show(loud)).sound
    qtbot.mouseClick(sound.hear, LEFT)
    assert len(bell.done) == 1
    bell.done[0]("sound.no_player")
    QApplication.processEvents()
    assert "This computer has no program that plays sounds" in words(sound)
    qtbot.mouseClick(sound.hear, LEFT)
    bell.done[1]("")
    QApplication.processEvents()
    assert "no program that plays sounds" not in words(sound)
    assert not family.house.ringing.sound()


def test_without_a_ringer_there_is_nothing_to_hear(show):
    assert not group(show()).sound.hear.isEnabled()


# ---- staying open ------------------------------------------------------------------------------
def test_starting_with_the_computer_is_offered(show, qtbot):
    login = Login()
    alive = group(show(login=login)).alive
    assert alive.start.state == "open"
    assert "Off unless you want it." in alive.about_start.text()
    qtbot.mouseClick(alive.start, LEFT)
    assert login.is_on
    assert "as soon as you log in, and rings" in alive.about_start.text()
    qtbot.mouseClick(alive.start, LEFT)
    assert not login.is_on


def test_where_it_is_impossible_a_sentence_says_why(show, qtbot):
    login = Login(is_possible=False, why_not="autostart.elsewhere")
    alive = group(show(login=login)).alive
    assert not alive.start.isEnabled()
    assert "only under Linux so far" in alive.about_start.text()


def test_what_could_not_be_switched_is_not_shown_as_on(show, qtbot):
    login = Login(trouble=DiskTrouble("autostart.write", path="/etc/x"))
    reminders = group(show(login=login))
    qtbot.mouseClick(reminders.alive.start, LEFT)
    assert reminders.alive.start.state == "open"
    assert "/etc/x cannot be written" in words(reminders)


@pytest.mark.parametrize(
    ("tray", "said"),
    [(True, "in the tray"), (False, "only makes it small")],
)
def test_what_closing_does_is_said_for_this_computer(show, ringer, monkeypatch, tray, said):
    monkeypatch.setattr(type(ringer), "has_tray", tray)
    alive = group(show(ringer, login=Login())).alive
    assert said in alive.closing.text()
    assert "After Quit nothing rings" in alive.closing.text()


def test_the_example_is_neither_started_nor_kept_open(show, ringer):
    alive = group(show(ringer)).alive
    assert not alive.start.isEnabled()
    assert "this is the example, or the data can only be read" in alive.about_start.text()
    assert "Closing this window ends the program" in alive.closing.text()


def test_quit_is_there(show, qtbot):
    shown = show()
    qtbot.mouseClick(group(shown).alive.quit, LEFT)
    assert shown.asked == [("quit", "", "")]


# ---- going there -------------------------------------------------------------------------------
@pytest.mark.parametrize("item", ["trial", "usual", "again", "quiet", "sound", "names", "alive"])
@pytest.mark.parametrize("width", [1280, 800])
def test_each_part_can_be_asked_for(show, ringer, qtbot, item, width):
    shown = show(ringer, width=width, login=Login())
    shown.page.open_item("reminders", item)
    part = group(shown).part(item)
    assert part is not None
    qtbot.waitUntil(lambda: part.isAncestorOf(QApplication.focusWidget() or shown.page))
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.visibleRegion().boundingRect().height() >= focus.height() - 1
    if item in ("usual", "again", "quiet"):
        assert getattr(group(shown), item).fold.is_open


def test_an_unknown_part_leads_to_the_group(show, qtbot):
    shown = show()
    shown.page.open_item("reminders", "nowhere")
    focus_in = shown.group("reminders").isAncestorOf
    qtbot.waitUntil(lambda: focus_in(QApplication.focusWidget() or shown.page))


@pytest.mark.parametrize(
    ("width", "scale", "mode"),
    [(1280, 1.0, "light"), (900, 1.0, "dark"), (900, 2.0, "light"), (640, 2.0, "dark")],
)
def test_unfolded_and_in_trouble_it_has_room(
    show, theme, ringer, desktop, family, width, scale, mode
):
    family.house.ringing.set_quiet(QuietHours(time(22), time(7)))
    family.house.ringing.set_repeats(Repeats(10, 3, False))
    theme.set_scale(scale)
    theme.set_mode(mode)
    shown = show(ringer, width=width, login=Login())
    reminders = group(shown)
    for item in ("usual", "again", "quiet"):
        reminders.part(item)
    typed = reminders.usual.chips["lab"]
    typed._type()
    typed.typed.field.set_text("45")
    typed.typed.give()
    reminders.rehearsal.begin()
    ringer.rehearse()
    desktop.deliver(Outcome(ok=False, reason_key="notify.no_program"))
    reminders.trial.no.click()
    for _ in range(4):
        QApplication.processEvents()
    for check in (fit.cut_words, fit.sticking_out, fit.overlapping):
        assert check(reminders) == [], check.__name__
    for check in (looks.unnamed, looks.unreached, looks.clashing_keys, looks.twins, looks.silent):
        assert check(shown.stack) == [], check.__name__
    assert looks.foreign_colours(shown.stack, theme) == []
    narrow = width <= 900 or scale >= 1.5
    assert (reminders.quiet.first.y() == reminders.quiet.last.y()) is not narrow


def test_escape_in_a_typed_time_does_not_leave_the_page(show, qtbot):
    shown = show()
    usual = group(shown).usual
    unfold(qtbot, usual)
    usual.chips["lab"]._type()
    qtbot.keyClick(usual.chips["lab"].typed.field.control, Qt.Key.Key_Escape)
    assert shown.left == []
