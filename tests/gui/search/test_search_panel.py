"""The search in the window: keys are typed, lines are read, Enter really opens."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from caregiver_app.gui.calendar.form.appointment_dialog import AppointmentDialog
from caregiver_app.storage.reading import Reader
from tests.factories import line
from tests.gui.calendar.family import empty_home

ENTER, DOWN, UP, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Escape


@pytest.fixture
def went(screen):
    """Where the search wanted to go."""
    told: list[tuple[str, str, str]] = []
    screen.begin()
    screen.panel.opened.connect(lambda *where: told.append(where))
    return told


# ---- finding and opening -----------------------------------------------------------------------
def test_ctrl_k_then_letters_then_enter_opens_the_appointment(screen, went, qtbot):
    screen.type("blood test")
    assert screen.chosen() == "Blood test"
    screen.press(ENTER)
    assert went == [("calendar", "appointment", "blood")]
    (dialog,) = screen.window.findChildren(AppointmentDialog)
    assert dialog.isVisible()
    dialog.done(0)
    assert not screen.panel.isVisible()
    assert screen.field.text() == ""


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("hillside", ("calendar", "appointment", "eyes")),
        ("chair", ("support", "note", "n1")),
        ("breath", ("watch", "sign", "trouble_breathing")),
        ("tiredness", ("watch", "sign", "fatigue")),
        ("sheet for", ("watch", "call_sheet", "")),
        ("charts", ("watch", "charts", "")),
        ("how was today", ("watch", "checkin_today", "")),
        ("gone next", ("watch", "side_effect", "s1")),
        ("infliximab", ("care", "plan", "plan")),
        ("harbour health 01632", ("care", "contact", "harbour")),
        ("梅", ("care", "person", "mei")),
        ("rosa ama", ("care", "person", "rosa")),
        ("snacks", ("bag", "bag_item", "plan~2:snacks")),
        ("31 march", ("calendar", "day", "2026-03-31")),
        ("2026-11-24", ("calendar", "day", "2026-11-24")),
        ("24 Nov", ("calendar", "day", "2026-11-24")),
        ("tomorrow", ("calendar", "day", "2026-03-21")),
        ("Sunday", ("calendar", "day", "2026-03-22")),
        ("backups", ("settings", "files", "")),
        ("text size", ("settings", "look", "")),
        ("add another", ("settings", "people", "")),
        ("erase", ("settings", "privacy", "")),
        ("quiet hours", ("settings", "reminders", "quiet")),
        ("start with the computer", ("settings", "reminders", "alive")),
        ("rehearsal", ("settings", "reminders", "trial")),
        ("until answered", ("settings", "reminders", "again")),
        ("usual reminders", ("settings", "reminders", "usual")),
        ("reminders", ("settings", "reminders", "")),
        ("bag for tue", ("bag", "visit", "plan~2")),
        ("lot numbers", ("visit", "records", "rosa")),
        ("support", ("support", "", "")),
        ("emergency", ("emergency", "", "")),
        ("help", ("emergency", "", "")),
        ("ics", ("export", "", "")),
    ],
)
def test_the_first_line_opens_with_enter(screen, typed, where):
    told: list[tuple[str, str, str]] = []
    screen.begin()
    screen.panel.opened.disconnect()  # only where it would go; the tabs have tests of their own
    screen.panel.opened.connect(lambda *place: told.append(place))
    screen.type(typed)
    screen.press(ENTER)
    assert told == [where]


@pytest.mark.parametrize(
    ("typed", "name"), [("sound", "Sound"), ("ring again", "Ring again until answered")]
)
def test_what_is_a_sign_as_well_comes_after_it(screen, typed, name):
    screen.search(typed)
    titles = screen.titles()
    assert titles[0] != name, "a sign is looked for first"
    assert name in titles


def test_the_infusion_records_are_found_by_their_name(screen):
    screen.search("infusion records")
    assert screen.titles().count("Infusion records") == 1, "of whoever has a plan"


def test_a_typed_day_shows_the_calendar_on_that_day(screen):
    screen.window.open("bag")
    screen.search("24 Nov")
    assert screen.lines()[:2] == ["# Calendar", "Day, Go to Tuesday 24 November, in 249 days"]
    screen.press(ENTER)
    page = screen.window.page("calendar")
    assert page.isVisible()
    assert page.chosen_day.isoformat() == "2026-11-24"


def test_a_day_just_gone_stands_before_the_same_day_of_next_year(screen):
    screen.search("17 march")
    assert screen.titles()[:2] == ["Go to Tuesday 17 March", "Go to Wednesday 17 March 2027"]
    screen.search("31 march")
    assert [title for title in screen.titles() if title.startswith("Go to")] == [
        "Go to Tuesday 31 March"
    ]
    screen.search("0001-01-01")
    assert not any(title.startswith("Go to") for title in screen.titles())


def test_arrows_choose_while_letters_go_on_being_typed(screen, went):
    screen.type("harbour")
    first = screen.chosen()
    assert first == "Blood test"
    screen.press(UP)
    assert screen.chosen() == first
    screen.press(DOWN)
    assert screen.chosen() == "Harbour Health"
    assert screen.field.hasFocus()
    screen.press(*[Qt.Key.Key_PageDown] * 3)
    last = screen.chosen()
    screen.press(DOWN)
    assert screen.chosen() == last
    screen.press(Qt.Key.Key_PageUp)
    assert screen.chosen() == first
    screen.type(" h")
    assert screen.chosen() == first
    screen.press(ESCAPE)
    screen.type("harbour")
    screen.press(DOWN, ENTER)
    assert went == [("care", "contact", "harbour")]


def test_a_click_opens_and_a_click_on_a_heading_does_nothing(screen, went, qtbot):
    screen.type("harbour")
    view = screen.panel.list
    qtbot.waitUntil(screen.panel.isVisible)

    def click(row: int) -> None:
        spot = view.visualRect(view.lines.index(row, 0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    heading = screen.lines().index("# People and numbers")
    click(heading)
    assert went == []
    assert screen.chosen() == "Blood test"
    click(heading + 1)
    assert went == [("care", "contact", "harbour")]


# ---- groups ------------------------------------------------------------------------------------
def test_lines_stand_in_groups_with_their_kind_words_and_day(screen):
    screen.search("tired")
    assert screen.lines() == [
        "# Notes",
        "Note, Slept in the chair, bone tired., Rosa, Listening, Fri 20 Mar",
        "# Side effects",
        "Sign to look up or write down, Tiredness, Worn out, with no strength for the day.",
        "Side effect, Tiredness, moderate, Rosa, Gone next morning, Wed 18 Mar",
    ]


def test_emergency_signs_stand_first_and_places_last(screen):
    screen.search("bre")
    headings = [one for one in screen.lines() if one.startswith("# ")]
    assert headings[0] == "# Signs that need help at once"
    screen.search("b")
    assert screen.lines()[-1].startswith("Place, ")


def test_more_of_a_group_comes_when_asked_for(home, screen):
    home.add(*(line("note", id=f"t{n}", person="rosa", text=f"cocoa {n}") for n in range(12)))
    screen.search("cocoa")
    assert screen.lines()[-1] == "Show all 12"
    screen.press(*[DOWN] * 5)
    assert screen.chosen() == "Show all 12"
    screen.press(ENTER)
    assert len(screen.titles()) == 12
    assert screen.chosen() == screen.titles()[5]
    assert screen.panel.isVisible()
    screen.type("x")
    screen.press(Qt.Key.Key_Backspace)
    assert len(screen.titles()) == 5


def test_a_large_group_comes_in_steps(home, screen):
    home.add(*(line("note", id=f"t{n}", person="rosa", text=f"cocoa {n}") for n in range(120)))
    screen.search("cocoa")
    for shown in (50, 100, 120):
        screen.press(*[Qt.Key.Key_PageDown] * 40)
        assert screen.chosen() == "Show more of 120"
        screen.press(ENTER)
        assert len(screen.titles()) == shown


def test_with_one_person_nobody_is_named(alone, show):
    screen = show(alone)
    screen.search("chair")
    assert screen.lines()[1] == "Note, Slept in the chair, bone tired., Listening, Fri 20 Mar"


# ---- nothing, and leaving ----------------------------------------------------------------------
def test_nothing_found_says_so_and_where_it_looked(screen, went):
    screen.type("xyzzy")
    assert screen.lines() == []
    assert screen.panel.nothing.isVisible()
    assert screen.panel.nothing.text().startswith("Nothing found for “xyzzy”.\nSearch looks in")
    screen.press(ENTER, DOWN)
    assert went == []
    screen.press(*[Qt.Key.Key_Backspace] * 5)
    assert not screen.panel.isVisible()
    screen.type("chair")
    assert not screen.panel.nothing.isVisible()


def test_a_brand_with_a_slip_of_the_pen_is_offered(screen, went):
    screen.search("Remicaid")
    assert screen.lines()[0].startswith("# Not found. Medicines spelled nearly like it")
    assert screen.titles() == ["Infliximab"]
    assert screen.panel.foot.words() == "Spelled nearly like it"
    screen.press(ENTER)
    assert went == [("medicine", "medicine", "infliximab")]


def test_escape_clears_then_gives_the_keyboard_back(screen, qtbot):
    agenda = screen.window.page("calendar").agenda
    agenda.setFocus()
    QApplication.processEvents()
    screen.search("chair")
    screen.press(ESCAPE)
    assert (screen.field.text(), screen.panel.isVisible()) == ("", False)
    assert screen.field.hasFocus()
    screen.press(ESCAPE)
    qtbot.waitUntil(agenda.hasFocus)


def test_escape_goes_to_the_page_when_nothing_had_the_keyboard_before(screen, qtbot):
    focused = screen.window.focusWidget()
    if focused is not None:
        focused.clearFocus()
    screen.begin()
    screen.press(ESCAPE)
    qtbot.waitUntil(lambda: not screen.field.hasFocus())


def test_tab_leaves_and_coming_back_answers_anew(home, screen, qtbot):
    screen.search("umbrella")
    assert len(screen.titles()) == 1
    screen.press(Qt.Key.Key_Tab)
    assert not screen.field.hasFocus()
    assert not screen.panel.isVisible()
    home.add(line("note", id="n3", person="rosa", text="another umbrella"))
    screen.begin()
    assert screen.panel.isVisible()
    assert len(screen.titles()) == 2


def test_a_click_elsewhere_closes_the_panel(screen, qtbot):
    screen.search("chair")
    surface = screen.window.windowHandle()
    inside = screen.panel.mapTo(screen.window, QPoint(20, 20))
    qtbot.mouseClick(surface, Qt.MouseButton.LeftButton, pos=inside)
    assert screen.panel.isVisible()
    qtbot.mouseClick(surface, Qt.MouseButton.LeftButton, pos=QPoint(1270, 850))
    assert not screen.panel.isVisible()


def test_the_emergency_page_closes_the_panel(screen, qtbot):
    screen.search("chair")
    screen.press(Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: not screen.panel.isVisible())


# ---- whose -------------------------------------------------------------------------------------
def test_opening_what_is_somebody_elses_shows_them_first(screen):
    screen.window.set_person("rosa")
    screen.search("umbrella")
    assert screen.lines()[1].split(", ")[2] == "王梅"
    screen.press(ENTER)
    assert screen.window.person == "mei"
    assert screen.window.page("support").isVisible()


def test_on_the_calendar_everybody_stays(screen):
    screen.window.set_person(None)
    screen.search("eye clinic")
    screen.press(ENTER)
    assert screen.window.person is None
    (dialog,) = screen.window.findChildren(AppointmentDialog)
    dialog.done(0)
    screen.window.set_person("rosa")
    screen.search("eye clinic")
    screen.press(ENTER)
    assert screen.window.person == "mei"
    for dialog in screen.window.findChildren(AppointmentDialog):
        dialog.done(0)


# ---- fresh, plain, spoken ----------------------------------------------------------------------
def test_a_change_while_it_is_open_is_seen_at_once(home, screen):
    screen.search("umbrella")
    screen.press(DOWN)
    home.house.support.remove_note("n2")
    assert screen.lines() == []
    assert screen.panel.nothing.isVisible()
    home.house.care.undo()
    assert len(screen.titles()) == 1


def test_what_was_chosen_stays_chosen_when_something_changes(home, screen):
    screen.search("harbour")
    screen.press(DOWN)
    assert screen.chosen() == "Harbour Health"
    home.add(line("note", id="n3", person="rosa", text="harbour tea"))
    assert screen.chosen() == "Harbour Health"


def test_hostile_words_stay_plain(screen):
    screen.search("<b> umbr")
    assert screen.titles() == ["<b>她说不想</b> & bring umbrella"]
    index = screen.panel.list.lines.index(1, 0)
    assert "&lt;b&gt;" in index.data(Qt.ItemDataRole.ToolTipRole)
    screen.type("<img src=x>")
    assert "<img" in screen.panel.nothing.text()
    assert screen.panel.nothing.textFormat() == Qt.TextFormat.PlainText


def test_found_words_are_marked_in_the_original_letters(screen):
    screen.search("说不")
    shown = screen.panel.list.line_at(1)
    assert shown is not None
    assert shown.title_marks == ((4, 2),)
    assert shown.title[4:6] == "说不"


def test_the_count_and_the_chosen_line_are_said(screen, qtbot):
    screen.begin()
    said: list[str] = []
    screen.panel.said.connect(said.append)
    screen.type("chair")
    qtbot.waitUntil(lambda: bool(said))
    assert said[-1].startswith("1 found. Note, Slept in the chair")
    screen.search("harbour")
    screen.press(DOWN)
    assert said[-1].startswith("Contact, Harbour Health")
    screen.search("xyzzy")
    qtbot.waitUntil(lambda: said[-1].startswith("Nothing found"))


def test_everything_has_a_name(screen):
    assert screen.field.accessibleName() == "Search everything"
    assert "Ctrl+K" in screen.field.accessibleDescription()
    screen.search("chair")
    assert screen.panel.accessibleName()
    assert screen.panel.list.accessibleName()
    face = QAccessible.queryAccessibleInterface(screen.panel.list)
    assert face.childCount() == len(screen.lines())
    index = screen.panel.list.lines.index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == screen.lines()[1]


def test_painting_asks_the_data_file_nothing(screen, monkeypatch):
    screen.search("harbour")
    asked: list[str] = []
    plain = Reader._rows
    monkeypatch.setattr(
        Reader, "_rows", lambda self, sql, *rest: asked.append(sql) or plain(self, sql, *rest)
    )
    # No turn of the event loop: the window behind reads its own things there when their time comes.
    screen.panel.list.viewport().repaint()
    screen.panel.repaint()
    screen.press(DOWN)
    screen.panel.list.viewport().repaint()
    assert asked == []
    screen.type("x")
    assert asked


def test_trouble_with_the_data_file_is_said_in_place(screen, monkeypatch):
    screen.begin()

    def broken(*_given: object) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error

    class Broken:
        execute = broken

    monkeypatch.setattr(screen.window._house.care.store, "_connection", Broken())
    screen.type("c")
    assert screen.panel.isVisible()
    assert screen.panel.nothing.isVisible()
    assert "Nothing found" not in screen.panel.nothing.text()
    monkeypatch.undo()
    screen.type("hair")
    assert len(screen.titles()) == 1


# ---- the look ----------------------------------------------------------------------------------
@pytest.mark.parametrize(("width", "height", "scale"), [
    (1280, 860, 1.0), (900, 860, 1.0), (640, 480, 1.0), (1280, 860, 2.0), (900, 860, 2.0),
])  # fmt: skip
def test_it_lies_inside_the_window_below_the_field(home, show, one_theme, width, height, scale):
    one_theme.set_scale(scale)
    screen = show(home, width, height)
    screen.search("e")
    panel, field, window = screen.panel, screen.field, screen.window
    assert panel.isVisible()
    assert window.rect().contains(panel.geometry())
    assert panel.height() <= round(window.height() * 0.6)
    assert panel.y() > field.mapTo(window, QPoint(0, field.height())).y()
    assert field.height() >= 44
    assert field.mapTo(window, QPoint(field.width(), 0)).x() < window.width()
    one_theme.set_mode("dark")
    QApplication.processEvents()
    assert window.rect().contains(panel.geometry())


def test_the_field_says_less_where_there_is_little_room(home, show, one_theme):
    screen = show(home)
    assert screen.field.placeholderText() == "Search visits, notes, papers"
    screen.window.resize(640, 480)
    QApplication.processEvents()
    assert screen.field.placeholderText() == "Search"


def test_the_panel_grows_at_once_and_shrinks_when_typing_rests(screen, qtbot):
    screen.search("e")
    tall = screen.panel.height()
    screen.type("ye clinic")
    assert len(screen.titles()) == 1
    assert screen.panel.height() == tall
    qtbot.waitUntil(lambda: screen.panel.height() < tall)


def test_a_long_name_is_cut_and_its_end_can_be_heard(home, screen):
    name = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum " * 3
    home.add(line("contact", id="long", person="rosa", name=name.strip()))
    screen.search("donau")
    view, index = screen.panel.list, screen.panel.list.lines.index(1, 0)
    assert name.strip() in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert view.visualRect(index).width() <= view.viewport().width()


@pytest.mark.parametrize("name", ["title_marks", "second_marks"])
def test_the_marked_words_are_seen(screen, name):
    screen.search("rosa ama" if name == "title_marks" else "room")
    view = screen.panel.list
    line_ = view.line_at(1)
    assert line_ is not None
    assert getattr(line_, name)
    pictures = []
    for marks in (getattr(line_, name), (), getattr(line_, name)):
        view.lines.set_lines([view.line_at(0), replace(line_, **{name: marks})])
        view.choose_first()
        pictures.append(view.grab().toImage())
    assert pictures[0] == pictures[2]
    assert pictures[0] != pictures[1]


def test_a_long_row_of_letters_does_no_harm(screen):
    screen.search("")
    screen.field.setText("x" * 5000)
    assert len(screen.field.text()) == 200
    assert len(screen.panel.nothing.text()) < 250


def test_before_anything_is_entered_the_signs_and_places_are_found(tmp_path, show):
    home = empty_home(tmp_path)
    screen = show(home)
    screen.search("breath")
    assert screen.titles()[0] == "Hard to breathe"
    screen.search("backups")
    assert screen.titles() == ["Files and backups"]
    screen.window.bridge.stop()
    home.close()
