"""The story again, as somebody lives it who hears the program: by its accessibility tree alone.

No key, no mouse, no picture. What was done is then looked at past the program. Each test is a part
of the story on a home of its own.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.factories import NEW_YORK, line
from tests.lived import DAY_3, EVERYTHING, Home, is_kept
from tests.tools import need_programs
from tests.tools.reader import Reader, reader
from tests.tools.screen import Bus, private_bus, private_screen, wait_until

TAB, TODAY = "page tab", "Today, 11 waiting"
NOTE = "Slept in the chair. Die Ärztin war da. 她说头痛。"
PANEL = "things to look at"
Window = Callable[[], AbstractContextManager[str]]

pytestmark = pytest.mark.screen


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("TZ", NEW_YORK)
    return Home(tmp_path / "data")


@pytest.fixture
def room() -> Iterator[tuple[Reader, Bus, Callable[[Home], AbstractContextManager[str]]]]:
    """The ears and hands, the bus with its notification service, and what opens the window."""
    with ExitStack() as stack:
        screen = stack.enter_context(private_screen())
        bus = stack.enter_context(private_bus(screen))
        made = stack.enter_context(reader(screen, bus))
        yield made, bus, lambda home: home.window(screen, bus, made.env)


@pytest.fixture
def hands(room) -> Reader:
    return room[0]


@pytest.fixture
def window(room, home: Home) -> Window:
    return lambda: room[2](home)


def all_named(hands: Reader) -> None:
    """Nothing that stays on the screen is without a name; what is just closing may have none."""
    wait_until(lambda: not hands.unnamed(), "a name for everything that is shown")


def go(hands: Reader, tab: str) -> None:
    """Open a tab; nothing in it is without a name."""
    hands.press(tab, TAB)
    wait_until(lambda: "selected" in hands.states(tab, TAB), f"the page {tab}")
    all_named(hands)


def kept(home: Home, kind: str, *words: str) -> list[dict[str, object]]:
    return wait_until(is_kept(lambda: home.listed(kind, *words)), f"something under {kind}")


def written(page: Path) -> str:
    need_programs("pdftotext")
    found = subprocess.run(["pdftotext", "-layout", page, "-"], capture_output=True, check=True)
    return found.stdout.decode()


# -- a: the first day ------------------------------------------------------------------------------


def write_plan(hands: Reader) -> None:
    """Enter the plan of the story as the letter says it."""
    hands.press("It starts with starting doses")
    hands.wait_for("Usual time")
    hands.write("Medicine", "infliximab")
    hands.write("First infusion", "24 Nov 2026")
    hands.write("Usual time", "9:30")
    hands.write("and minutes, min", "30")
    for visit, weeks in ((2, "2"), (3, "6")):
        hands.press("Add a starting visit")
        hands.write(f"Starting visit {visit}, weeks from the first", weeks)
    hands.write("Then every", "8")
    hands.wait_for("Visit 2: Tue 8 Dec, start, week 2")
    hands.wait_for("Visit 4: Tue 2 Mar 2027, week 14")
    assert hands.states("Save this plan") == ["focusable"], "not before it was compared"
    all_named(hands)
    hands.press("I compared this with the clinic’s letter")
    hands.press("Save this plan")


def test_the_first_day(home: Home, hands: Reader, window: Window, room) -> None:
    with window():
        hands.wait_for("It is not a medical device")
        hands.press("I understand")
        hands.write("Name", "Rosa")
        hands.press("Next")
        write_plan(hands)
        hands.write("Your local emergency number", "999")
        hands.write("Its phone by day", "01632 960142")
        all_named(hands)
        hands.press("Next")
        hands.press("Ring in 10 seconds")
        hands.wait_for("It comes in 10 seconds.")
        hands.wait_for("Did you see a small window on top of the others?")
        hands.wait_for("This is a test reminder")
        hands.press("Done: the test reminder")
        hands.press("Finish")
        hands.wait_for("next infusion is in 3 days")
        all_named(hands)
        assert room[1].wait_for_notices(1)[0].title == "Care reminder"
        assert "Rosa" not in str(room[1].notices())
    visits = home.listed("appointments", *EVERYTHING)
    days = [date.fromisoformat(str(one["start"])[:10]) for one in visits]
    assert [str(one["start"])[10:16] for one in visits] == ["T09:30"] * len(visits)
    assert {str(one["zone"]) for one in visits} == {NEW_YORK}
    weeks = [(day - days[0]).days // 7 for day in days]
    assert weeks[:5] == [0, 2, 6, 14, 22]
    assert days[0].strftime("%A") == "Tuesday"
    assert timedelta(weeks=92) < days[-1] - days[0] < timedelta(weeks=105), "two years of them"
    (clinic,) = home.listed("contacts")
    assert clinic["phone"] == "01632 960142"


# -- b: what comes by itself -----------------------------------------------------------------------


@pytest.mark.long
def test_each_visit_brings_what_belongs_to_it(home: Home, hands: Reader, window: Window) -> None:
    home.plan(tab="bag")
    with window():
        hands.wait_for("Rosa’s bag for Tuesday 24 November")
        said = hands.words()
        for words in ("0 of 1", "Photo ID", "Getting ready", "The day before", "No driver yet"):
            assert words in said
        all_named(hands)
        go(hands, "Calendar")
        hands.wait_for("Infusion 1")
        watched = [one["name"] for one in hands.see() if "watching for signs" in one["name"]]
        assert len(watched) == 13, "24 November to 6 December, the end of this month's sheet"
        hands.select("Tuesday 24 November 2026…")
        assert "no driver yet" in "".join(watched)
        hands.menu("Month")
        hands.press("Open the day")
        hands.wait_for("What this visit brings")
        said = hands.words()
        for words in (
            "Well enough to go?",
            "Anything new since last time?",
            "Asked on the day before",
        ):
            assert words in said
        all_named(hands)
        hands.press("Hour, place and reminders…")
        hands.wait_for("Take “1 week before” away")
        hands.wait_for("Take “2 hours before” away")
        hands.press("Cancel", "push button")
        hands.wait_for("What this visit brings")
        hands.press("Open: Bag")
        hands.wait_for("Rosa’s bag for")
        hands.press("Add a driver: The ride")
        hands.write("Who drives", "Ana")
        hands.write("Leave at", "8:40")
        hands.press("Save", "push button")
        hands.wait_for("Ana, leave at 8:40")
        hands.press("Photo ID")
        hands.press("More about Charger with a long cable")
        hands.press("Not needed this time", "menu item")
        hands.write("Add a thing", "Blue blanket")
        hands.press("Every visit")
        hands.press("Add it: Add a thing")
        hands.wait_for("More about Blue blanket")
        assert "checked" in hands.states("Photo ID")
        hands.press("Other visit")
        hands.press("Tue 8 Dec 2026 · Infusion 2")
        hands.wait_for("Rosa’s bag for Tuesday 8 December")
        assert "checked" not in hands.states("Photo ID")
        hands.wait_for("More about Blue blanket")
    first = kept(home, "bags")[0]
    assert (first["packed"], first["not_needed"]) == (1, 1)


# -- c: the ring -----------------------------------------------------------------------------------

CALL, ORDER = "call/2026-11-24T14:30/0", "order/2026-11-24T14:30/0"


def ring_lines() -> list[str]:
    told = {"type": "other", "start": "2026-11-24T14:30", "zone": NEW_YORK, "reminders": [0],
            "person": "rosa"}  # fmt: skip
    return [
        line("person", id="rosa", name="Rosa Marín"),
        line("appointment", id="call", title="Call about the infliximab results", **told),
        line("appointment", id="order", title="Order the hand splint", **told),
    ]


def test_a_reminder_is_heard_and_answered(home: Home, hands: Reader, window: Window, room) -> None:
    home.now = "2026-11-24T14:29:58"
    home.keep(*ring_lines())
    with window():
        hands.wait_for(f"2 {PANEL}")
        assert [one.body for one in room[1].wait_for_notices(2)] == ["Care reminder, 14:30"] * 2
        all_named(hands)
        hands.press("Done: Call about the infliximab results")
        wait_until(is_kept(lambda: home.state(CALL) == "done"), "the answer")
        hands.press("Later: Order the hand splint")
        hands.press("In 10 minutes")
        wait_until(is_kept(lambda: home.state(ORDER) == "later"), "the later one")
        wait_until(lambda: "Care reminders" not in hands.words(), "the panel to go")
    assert home.state(CALL) == "done"
    for now, comes in (("2026-11-24T14:35", False), ("2026-11-24T14:41", True)):
        home.now = now
        with window():
            hands.wait_for("Search everything")
            if comes:
                hands.wait_for("1 thing to look at")
                hands.wait_for("Done: Order the hand splint")
            said = hands.words()
            assert comes or "Care reminders" not in said
            assert "Call about" not in said.partition("Care reminders")[2]
    assert home.state(CALL) == "done"


# -- d: signs --------------------------------------------------------------------------------------


def test_signs_are_written_down(home: Home, hands: Reader, window: Window) -> None:
    home.now = DAY_3
    home.plan(tab="watch")
    with window():
        hands.write("Find a sign", "tired")
        hands.press("Tiredness, Note it and mention it")
        hands.wait_for("Tiredness: how strong is it?")
        all_named(hands)
        hands.press("Moderate, Now")
        hands.wait_for("Day 3 after infusion 2.")
        hands.wait_for("Tiredness, moderate, Fri 11 Dec, 14:00, day 3")
        (entry,) = kept(home, "side-effects")
        assert (entry["sign"], entry["severity"], entry["days_since_infusion"]) == ("fatigue", 2, 3)
        hands.write("Find a sign", "breath")
        hands.wait_for("Hard to breathe: Call your local emergency number now")
        hands.press("Hard to breathe, Emergency now")
        hands.wait_for("Until help comes")
        said = hands.words()
        assert "Sit them upright." in said
        assert [one["name"] for one in hands.see() if "editable" in one["states"]] == [
            "Search everything"
        ], "nothing to fill in stands before what to do"
        all_named(hands)
        assert len(home.listed("side-effects")) == 1
        hands.press("Write it down")
        hands.press("Severe, Now")
        wait_until(is_kept(lambda: len(home.listed("side-effects")) == 2), "the second sign")
        hands.press("How is the day?")
        hands.wait_for("Pain")
        all_named(hands)
        hands.press("4", about="Pain")
        hands.press("Save", "push button")
        (day,) = kept(home, "checkins")
        assert (day["pain"], day["fatigue"]) == (4, None)
        hands.select("Tiredness, moderate…")
        hands.menu("What you wrote")
        hands.press("Delete", "menu item")
        wait_until(is_kept(lambda: len(home.listed("side-effects")) == 1), "one sign less")
        hands.press("Undo: …")
        wait_until(is_kept(lambda: len(home.listed("side-effects")) == 2), "it back again")


# -- e: notes --------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_note_is_written_and_found(home: Home, hands: Reader, window: Window) -> None:
    home.keep(line("person", id="rosa", name="Rosa"), tab="support")
    with window():
        hands.write("How was Rosa today? A few words are enough", NOTE)
        hands.press("So-so")
        assert "checked" in hands.states("So-so")
        hands.press("Save this note")
        wait_until(is_kept(lambda: home.listed("notes")[0]["text"] == NOTE), "the note")
        all_named(hands)
        for words in ("chair", "arztin", "头痛"):
            go(hands, "Today")
            hands.write("Search everything", words)
            hands.select("Note, …", "list item")
            hands.menu("What was found")
            hands.press("Open", "menu item")
            hands.wait_for("What you want to keep")
            assert NOTE in hands.words()
            all_named(hands)
            hands.press("Done")
        hands.press("Undo: New note")
        wait_until(lambda: not home.listed("notes"), "the note taken back")


# -- f, g: paper and file --------------------------------------------------------------------------


@pytest.mark.long
def test_the_bag_is_printed_and_the_calendar_saved(
    home: Home, hands: Reader, window: Window, tmp_path: Path
) -> None:
    home.plan(tab="bag")
    page, file = tmp_path / "bag.pdf", tmp_path / "care.ics"
    with window():
        hands.press("Photo ID")
        hands.press("Print")
        hands.wait_for("Print for the visit")
        all_named(hands)
        hands.press("Save as PDF…")
        hands.write("File name:", str(page))
        hands.press("Save")
        hands.wait_for(f"Saved: {page}")
        hands.press("Close")
        go(hands, "Calendar")
        hands.press("Calendar files")
        hands.press("Save a calendar file…", "menu item")
        hands.write("File", str(file))
        all_named(hands)
        hands.press("Save the file")
        hands.wait_for(f"Calendar saved as {file}")
    said = written(page)
    for words in ("Rosa Marín", "Tuesday 24 November 2026", "Photo ID", "Glasses, hearing aids"):
        assert words in said
    events = file.read_text(encoding="utf-8").split("BEGIN:VEVENT")[1:]
    assert len(events) == len(home.listed("appointments", *EVERYTHING))
    assert f"DTSTART;TZID={NEW_YORK}:20261124T093000" in events[0]


# -- and now ---------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_visit_is_moved(home: Home, hands: Reader, window: Window) -> None:
    home.plan(tab="calendar")
    before = [one["start"] for one in home.listed("appointments", *EVERYTHING)]
    with window():
        hands.select("9:30, Infusion 2…", "list item")
        hands.menu("Coming days")
        hands.press("About this visit…", "menu item")
        hands.press("Move…")
        hands.wait_for("Starting visits are timed on purpose")
        hands.write("New date", "10 Dec 2026")
        hands.wait_for("Infusion 2 moves by 2 days")
        for choice in ("Only this visit", "Count from the new date", "Start this phase again"):
            assert "checked" not in hands.states(choice), "nothing is chosen for the family"
        hands.press("Count from the new date")
        all_named(hands)
        hands.press("The clinic gave us this date")
        hands.press(f"Move {len(before) - 1} visits")
        moved = wait_until(
            is_kept(lambda: home.listed("appointments", "--from", "2026-12-10", "--to",
                                        "2026-12-10")), "the visit on its new day",
        )  # fmt: skip
        assert moved[0]["title"] == "Infusion 2"
        hands.press("Undo: …")
        wait_until(
            is_kept(lambda: before == [one["start"] for one in
                                       home.listed("appointments", *EVERYTHING)]),
            "every date as it was",
        )  # fmt: skip


@pytest.mark.long
def test_the_rest_of_the_house(home: Home, hands: Reader, window: Window) -> None:
    home.plan(tab="today")
    with window():
        for fragment, there in (
            ("Open visit: Infusion 1", "What this visit brings"),
            ("Bag: Not packed yet", "Rosa’s bag for"),
            ("Approved to: Not written down yet", "Insurance"),
        ):
            go(hands, TODAY)
            hands.press(fragment)
            hands.wait_for(there)
            if "dialog" in {one["role"] for one in hands.see()}:
                hands.press("Close", "push button")
        go(hands, TODAY)
        hands.press("Done: Book the ride and the time off")
        wait_until(is_kept(lambda: any(
            one["state"] == "done" for one in home.listed("reminders", "--to", "2026-11-24"))),
            "the answer",
        )  # fmt: skip

        go(hands, "Care plan")
        hands.press("Change what is written here")
        hands.write("Allergies", "Penicillin: rash, 1994")
        hands.press("Save")
        hands.wait_for("Penicillin, rash, 1994")
        hands.press("Add somebody to reach")
        hands.write("Name", "Teo")
        hands.press("Who this is", "combo box")
        hands.select("Family or friend")
        hands.write("Phone", "01632 960126")
        all_named(hands)
        # An emergency comes while a form is open; the form waits.
        hands.press("Emergency")
        hands.wait_for("Read this out")
        all_named(hands)
        hands.press("Back")
        hands.press("Save")
        wait_until(is_kept(lambda: [one["phone"] for one in home.listed("contacts")]
                           == ["01632 960126"]), "Teo")  # fmt: skip

        hands.press("Settings")
        hands.press("150 %")
        wait_until(lambda: "checked" in hands.states("150 %"), "large text")
        hands.press("Dark")
        wait_until(lambda: "checked" in hands.states("Dark"), "the dark look")
        all_named(hands)
        hands.press("All keys (F1)")
        hands.wait_for("Ctrl+1 to Ctrl+6: Open one of the six pages")
        all_named(hands)
        hands.press("Close")
    with window():
        hands.press("Settings")
        wait_until(lambda: "checked" in hands.states("150 %"), "the size after a restart")
