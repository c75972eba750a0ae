"""Calendar files coming in: what becomes of each event, and that nothing else changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from caregiver_app.domain.entities import Appointment, Person
from caregiver_app.domain.times import Floating
from caregiver_app.services.exporter import Wanted
from caregiver_app.services.import_report import all_of
from tests.fakes import Home
from tests.services.ics import calendar, dates, edited, event, look, states, take

VISITS = (
    '{"kind":"plan","id":"p1","medicine":"infliximab","first":"2026-11-24T09:30",'
    '"zone":"America/New_York","offsets":[0,2,6],"every":8,"unit":"week","minutes":150}'
)
WEEKLY = (
    '{"kind":"appointment","id":"gym","type":"other","title":"Physio","start":"2026-12-01T10:00",'
    '"zone":"America/New_York","minutes":45,"rrule":"FREQ=WEEKLY;COUNT=8","reminders":[30]}'
)
FULL = (
    '{"kind":"appointment","id":"a1","type":"follow-up","title":"Dr. Müller, rheumatology",'
    '"start":"2026-12-03T14:15","zone":"Europe/Berlin","minutes":30,"reminders":[1440,120],'
    '"place":"Clinic; room 3, left","note":"Bring:\\n- papers","driver":"Ana","travel_minutes":20}'
)
PILL = (
    '{"kind":"appointment","id":"pill","type":"medication","title":"Prednisone",'
    '"start":"2026-11-22T08:00","zone":null,"minutes":0,"rrule":"FREQ=DAILY"}'
)
DAY = (
    '{"kind":"appointment","id":"d1","type":"other","title":"Away","start":"2026-12-24",'
    '"minutes":4320,"reminders":[0,1440]}'
)


def family(home: Home) -> Home:
    """A plan, a series with a moved, a cancelled and a left out date, and all kinds of time."""
    home.add(VISITS, WEEKLY, FULL, PILL, DAY)
    for day, what in (("08", {"start": "2026-12-09T11:00"}), ("15", {"status": "cancelled"})):
        home.add(
            f'{{"kind":"appointment","id":"g{day}","type":"other","title":"Physio",'
            f'"start":"{what.get("start", f"2026-12-{day}T10:00")}","zone":"America/New_York",'
            f'"minutes":45,"series":"gym","original":"2026-12-{day}T10:00",'
            f'"status":"{what.get("status", "booked")}"}}'
        )
    home.house.agenda.remove_occurrence("gym", "2026-12-22T10:00")
    return home


def kept(home: Home, uid: str, original: str = "") -> Appointment:
    (found,) = [one for one in home.house.care.store.with_uids([uid]) if one.original == original]
    return found


# -- Our own files -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(neutral=True),
        Wanted(ids=frozenset(["gym"])),
        Wanted(kinds=frozenset(["infusion", "medication"])),
        Wanted(person="made0"),
    ],
    ids=["all", "neutral", "one", "kinds", "person"],
)
@pytest.mark.parametrize("name", ["", "Maria", "Donau (Wien)"])
def test_our_own_export_changes_nothing(home: Home, wanted: Wanted, name: str) -> None:
    family(home)
    who = home.house.care.store.all(Person)[0]
    if name:
        home.house.people.save_person(replace(who, name=name))
    before = home.dump()
    wanted = replace(wanted, person=who.id) if wanted.person else wanted
    preview = take(home, home.house.exporter.calendar(wanted))
    assert preview.rows
    assert set(states(preview)) == {"unchanged"}, [
        r for r in preview.rows if r.state != "unchanged"
    ]
    assert home.dump() == before


def test_a_file_of_some_days_changes_nothing_either(home: Home) -> None:
    family(home)
    before = home.dump()
    first, last = home.visit("a1").start.local.date(), home.visit("d1").start.day
    preview = take(home, home.house.exporter.calendar(Wanted(first=first, last=last)))
    assert set(states(preview)) == {"unchanged"}
    assert home.dump() == before


MULLER = "20261203T141500"
# What another program writes into our file, and what is different afterwards.
EDITS = {
    "title": ("SUMMARY:Dr. Müller\\, rheumatology", "SUMMARY:Dr. Maier", {"title": "Dr. Maier"}),
    "hour": (":20261203T1415", ":20261203T1345", {"start": "2026-12-03T13:45", "leave_at": "13:25",
                                                 "minutes": 60}),
    "length": (":20261203T144500", ":20261203T151500", {"minutes": 60}),
    "place": ("LOCATION:Clinic\\; room 3\\, left", "LOCATION:Room 4", {"place": "Room 4"}),
    "note": ("DESCRIPTION:Bring:\\n- papers", "DESCRIPTION:", {"note": ""}),
    "status": ("STATUS:CONFIRMED", "STATUS:CANCELLED", {"status": "cancelled"}),
    "alarms": ("TRIGGER:-PT2H", "TRIGGER:-PT1H", {"reminders": (1440, 60)}),
}  # fmt: skip
_COUNTED = ("changed", "entered", "sequence")


@pytest.mark.parametrize("edit", EDITS)
def test_a_changed_export_changes_exactly_that(home: Home, edit: str) -> None:
    family(home)
    there, here, expected = EDITS[edit]
    text = edited(home.house.exporter.calendar(Wanted()), MULLER, there, here)
    home.clock.on(hours=2)
    before = home.dump()
    preview = take(home, text)
    assert sorted({row.state for row in preview.rows}) == ["unchanged", "updated"]
    (row,) = [row for row in preview.rows if row.state == "updated"]
    assert row.old is not None
    assert row.old.id == "a1"
    old = before["appointment"]["a1"]
    new = home.visit("a1")
    for name, value in expected.items():
        got = getattr(new, name)
        assert (got.local.isoformat(timespec="minutes") if name == "start" else got) == value
    same = {name: getattr(old, name) for name in (*expected, *_COUNTED)}
    assert replace(new, **same) == old
    rest = home.dump()
    for dump in (before, rest):
        dump["appointment"].pop("a1")
    assert rest == before
    # And once more: now it is what we have.
    assert set(states(look(home, text))) == {"unchanged"}


def test_the_preview_tells_both_sides_of_each_field(home: Home) -> None:
    family(home)
    text = edited(home.house.exporter.calendar(Wanted()), MULLER, *EDITS["hour"][:2])
    text = edited(text.encode(), "20261203T134500", *EDITS["alarms"][:2])
    (row,) = [row for row in look(home, text).rows if row.state == "updated"]
    told = {one.name: (one.before, one.after) for one in row.changes}
    assert told == {
        "start": ("2026-12-03T14:15", "2026-12-03T13:45"),
        "minutes": ("30", "60"),
        "alarms": ("1440,120", "1440,60"),
    }


def test_one_undo_takes_all_back(home: Home) -> None:
    family(home)
    before, index = home.dump(), home.index()
    text = home.house.exporter.calendar(Wanted()).decode().replace("Away", "At home")
    text = text.replace("END:VCALENDAR", event("new", "20261202T100000", "RRULE:FREQ=DAILY")
                        + "\r\nEND:VCALENDAR")  # fmt: skip
    take(home, text)
    assert home.dump() != before
    undone = home.house.care.undo()
    assert undone == ("done.imported", {"count": 2})
    assert home.dump() == before
    assert home.index().keys() == index.keys()


def test_a_file_older_than_ours_is_left(home: Home) -> None:
    family(home)
    text = home.house.exporter.calendar(Wanted())
    home.clock.on(hours=1)
    one = home.visit("a1")
    home.house.agenda.save(replace(one, start=Floating(one.start.local), title="Later"))
    before = home.dump()
    preview = take(home, text)
    (row,) = [row for row in preview.rows if row.state != "unchanged"]
    assert (row.state, row.reason and row.reason.key) == ("skipped", "import.older")
    assert home.dump() == before


def test_a_file_that_counts_nothing_but_is_newer_is_taken(home: Home) -> None:
    take(home, calendar(event("x", "20261201T093000", "SEQUENCE:3", "SUMMARY:Lab")))
    newer = event("x", "20261201T103000", "SEQUENCE:2", "LAST-MODIFIED:20261122T000000Z")
    assert states(take(home, calendar(newer))) == ["updated"]
    older = event("x", "20261201T113000", "SEQUENCE:2", "LAST-MODIFIED:20261101T000000Z")
    assert states(take(home, calendar(older))) == ["skipped"]
    assert dates(home) == [("2026-12-01T10:30", "Lab")]


def test_what_was_deleted_comes_as_something_new(home: Home) -> None:
    home.add(FULL)
    text = home.house.exporter.calendar(Wanted())
    home.house.agenda.remove("a1")
    assert states(take(home, text)) == ["new"]
    (one,) = home.house.care.store.all(Appointment)
    assert one.id != "a1"
    assert one.type == "follow-up"
    assert one.title.startswith("Dr. M")
    assert states(take(home, text)) == ["unchanged"]


# -- Treatment visits -------------------------------------------------------------------------


MOVES = {
    "another day": [(":20261124T0930", ":20261125T0930"), (":20261124T1200", ":20261125T1200")],
    "cancelled": [("STATUS:TENTATIVE", "STATUS:CANCELLED")],
    "whole day": [(";TZID=America/New_York:20261124T093000", ";VALUE=DATE:20261124"),
                  (";TZID=America/New_York:20261124T120000", ";VALUE=DATE:20261125")],
    "repeats": [("STATUS:TENTATIVE", "STATUS:TENTATIVE\r\nRRULE:FREQ=DAILY;COUNT=3")],
}  # fmt: skip


@pytest.mark.parametrize("move", MOVES)
def test_a_file_never_moves_a_treatment_visit(home: Home, move: str) -> None:
    home.add(VISITS)
    uid = home.house.care.store.visits("p1")[0].uid
    text = home.house.exporter.calendar(Wanted()).decode()
    for there, here in MOVES[move]:
        text = edited(text.encode(), uid, there, here)
    before = home.dump()
    preview = take(home, text)
    (row,) = [row for row in preview.rows if row.state != "unchanged"]
    assert (row.state, row.moves_visit, row.kept) == ("updated", True, None)
    assert row.changes
    assert home.dump() == before


def test_the_rest_of_such_a_row_is_taken(home: Home) -> None:
    home.add(VISITS)
    text = home.house.exporter.calendar(Wanted()).decode().replace("20261124T", "20261125T")
    preview = look(home, text.replace("SUMMARY:", "LOCATION:Room 9\r\nSUMMARY:", 1))
    (row,) = [row for row in preview.rows if row.moves_visit]
    assert not row.ticked
    home.house.importer.take(preview)
    assert home.house.care.store.visits("p1")[0].place == ""
    home.house.importer.take(preview, all_of(preview))
    assert {one.name for one in row.changes} == {"start", "place"}
    visit = home.house.care.store.visits("p1")[0]
    assert (visit.place, visit.start.local.isoformat()) == ("Room 9", "2026-11-24T09:30:00")


def test_another_hour_of_the_same_day_is_taken(home: Home) -> None:
    home.add(VISITS)
    text = home.house.exporter.calendar(Wanted()).decode()
    text = text.replace("20261124T0930", "20261124T1100").replace("20261124T1200", "20261124T1330")
    preview = take(home, text)
    assert [row.moves_visit for row in preview.rows if row.state == "updated"] == [False]
    visit = home.house.care.store.visits("p1")[0]
    assert (visit.start.local.hour, visit.minutes, visit.dose) == (11, 150, 1)


def test_the_same_instant_in_utc_is_no_change(home: Home) -> None:
    # As some programs give a calendar back; in the evening UTC has the next day already.
    home.add(VISITS.replace("T09:30", "T21:30"))
    text = home.house.exporter.calendar(Wanted()).decode()
    text = text.replace("TZID=America/New_York:20261124T213000", "x:").replace(
        "DTSTART;x:", "DTSTART:20261125T023000Z"
    )
    text = text.replace("DTEND;TZID=America/New_York:20261125T000000", "DTEND:20261125T050000Z")
    assert "20261125T023000Z" in text
    assert set(states(look(home, text))) == {"unchanged"}


# -- Series and their changed dates -----------------------------------------------------------

MASTER = event("s", "20261201T100000", "SUMMARY:Gym", "RRULE:FREQ=WEEKLY;COUNT=5")
MOVED = event("s", "20261209T110000", "SUMMARY:Gym",
              "RECURRENCE-ID;TZID=America/New_York:20261208T100000")  # fmt: skip
RULED = ["2026-12-01T10:00", "2026-12-08T10:00", "2026-12-15T10:00", "2026-12-22T10:00",
         "2026-12-29T10:00"]  # fmt: skip
WITH_MOVED = ["2026-12-01T10:00", "2026-12-09T11:00", *RULED[2:]]


def starts(home: Home) -> list[str]:
    return [start for start, _ in dates(home)]


def test_a_changed_date_becomes_an_entry_of_its_series(home: Home) -> None:
    assert states(take(home, calendar(MASTER, MOVED))) == ["new", "new"]
    master, moved = kept(home, "s"), kept(home, "s", "2026-12-08T10:00")
    assert moved.series == master.id
    assert master.exdates == ("2026-12-08T10:00",)
    assert starts(home) == WITH_MOVED
    assert states(look(home, calendar(MASTER, MOVED))) == ["unchanged"] * 2


LATER = {
    "the date is as ruled again": ([MASTER], RULED),
    "the date is left out": (
        [MASTER.replace("RRULE", "EXDATE;TZID=America/New_York:20261208T100000\nRRULE")],
        [RULED[0], *RULED[2:]],
    ),
    "another date is left out": (
        [MASTER.replace("RRULE", "EXDATE;TZID=America/New_York:20261215T100000\nRRULE"), MOVED],
        [*WITH_MOVED[:2], *WITH_MOVED[3:]],
    ),
    "the date is moved once more": (
        [MASTER, MOVED.replace("20261209T11", "20261210T12")],
        [RULED[0], "2026-12-10T12:00", *RULED[2:]],
    ),
    "the date is cancelled": (
        [MASTER, MOVED.replace("SUMMARY", "STATUS:CANCELLED\nSUMMARY")],
        [RULED[0], *RULED[2:]],
    ),
    "all are an hour later": (
        [MASTER.replace("T10", "T11"), MOVED.replace(":20261208T10", ":20261208T11")],
        ["2026-12-01T11:00", "2026-12-09T11:00", *(one.replace("T10", "T11") for one in RULED[2:])],
    ),
    "all are a day later": (
        [MASTER.replace("20261201", "20261202"), MOVED.replace(":20261208", ":20261209")],
        ["2026-12-02T10:00", "2026-12-09T11:00", "2026-12-16T10:00", "2026-12-23T10:00",
         "2026-12-30T10:00"],
    ),
    "it ends before the changed date": (
        [MASTER.replace("COUNT=5", "COUNT=1")], ["2026-12-01T10:00"],
    ),
    "it repeats no more": (
        [MASTER.replace("\nRRULE:FREQ=WEEKLY;COUNT=5", "")], ["2026-12-01T10:00"],
    ),
    "a second date is moved": (
        [MASTER, MOVED, MOVED.replace("20261209", "20261216").replace("20261208", "20261215")],
        [*WITH_MOVED[:2], "2026-12-16T11:00", *WITH_MOVED[3:]],
    ),
    "only the changed date comes": (
        [MOVED.replace("20261209T11", "20261210T12")],
        [RULED[0], "2026-12-10T12:00", *RULED[2:]],
    ),
    "another changed date comes alone, in UTC": (
        [MOVED.replace("20261209", "20261216").replace(
            "RECURRENCE-ID;TZID=America/New_York:20261208T100000",
            "RECURRENCE-ID:20261215T150000Z")],
        [*WITH_MOVED[:2], "2026-12-16T11:00", *WITH_MOVED[3:]],
    ),
    "an extra date": (
        [MASTER.replace("RRULE", "RDATE;TZID=America/New_York:20261203T100000\nRRULE"), MOVED],
        [RULED[0], "2026-12-03T10:00", *WITH_MOVED[1:]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", LATER)
def test_what_a_later_file_says_of_a_series_holds(home: Home, case: str) -> None:
    take(home, calendar(MASTER, MOVED))
    before = home.dump()
    events, expected = LATER[case]
    take(home, calendar(*events))
    assert starts(home) == sorted(expected)
    # What is kept says the same as the file does, and the series leaves its changed dates out.
    assert set(states(look(home, calendar(*events)))) == {"unchanged"}
    for one in home.house.care.store.all(Appointment):
        if one.series is not None:
            assert one.original in home.visit(one.series).exdates
    # It goes out and comes in again as it is, here and elsewhere.
    out = home.house.exporter.calendar(Wanted())
    assert set(states(look(home, out))) == {"unchanged"}
    home.house.care.undo()
    assert home.dump() == before


def test_what_was_moved_along_keeps_what_only_we_know(home: Home) -> None:
    take(home, calendar(MASTER, MOVED))
    moved = kept(home, "s", "2026-12-08T10:00")
    home.house.agenda.save(replace(moved, driver="Ana"))
    home.clock.on(hours=1)
    events, expected = LATER["all are an hour later"]
    after = [one.replace("SUMMARY", "SEQUENCE:5\nSUMMARY") for one in events]
    take(home, calendar(*after))
    assert starts(home) == expected
    again = kept(home, "s", "2026-12-08T11:00")
    assert (again.id, again.driver) == (moved.id, "Ana")


@pytest.mark.parametrize("master_first", [True, False])
def test_a_changed_date_without_its_series_stands_alone(home: Home, *, master_first: bool) -> None:
    assert states(take(home, calendar(MOVED))) == ["new"]
    (alone,) = home.house.care.store.all(Appointment)
    assert (alone.uid, alone.series, alone.original) == ("s", None, "2026-12-08T10:00")
    assert states(take(home, calendar(MOVED))) == ["unchanged"]
    assert set(states(look(home, home.house.exporter.calendar(Wanted())))) == {"unchanged"}
    # Its series comes later: then it belongs to that.
    events = (MASTER, MOVED) if master_first else (MOVED, MASTER)
    take(home, calendar(*events))
    assert starts(home) == WITH_MOVED
    assert kept(home, "s", "2026-12-08T10:00").id == alone.id


CHOICES = {
    "only the series": ([0], RULED),
    "only the changed date": ([1], ["2026-12-09T11:00"]),
    "both": ([0, 1], WITH_MOVED),
    "nothing": ([], []),
}


@pytest.mark.parametrize("case", CHOICES)
def test_what_is_not_chosen_is_not_taken(home: Home, case: str) -> None:
    chosen, expected = CHOICES[case]
    preview = look(home, calendar(MASTER, MOVED))
    assert home.house.importer.take(preview, chosen) == len(chosen)
    assert starts(home) == expected
    # The rest can be taken later.
    take(home, calendar(MASTER, MOVED))
    assert starts(home) == WITH_MOVED


@pytest.mark.parametrize("case", LATER)
@pytest.mark.parametrize("place", [0, 1])
def test_parts_of_a_changed_series_leave_it_whole(home: Home, case: str, place: int) -> None:
    take(home, calendar(MASTER, MOVED))
    events, _ = LATER[case]
    preview = look(home, calendar(*events))
    home.house.importer.take(preview, [place])
    for one in home.house.care.store.all(Appointment):
        if one.series is not None:
            assert one.original in home.visit(one.series).exdates
    assert len(starts(home)) == len(set(starts(home)))


def test_a_neutral_file_under_another_name_is_silent_too(home: Home) -> None:
    home.add(FULL)
    told = home.house.exporter.calendar(Wanted(neutral=True))
    told = told.replace(b"NAME:Appointments", b"NAME:Family")
    assert states(look(home, told)) == ["unchanged"]


def test_a_moved_series_takes_along_what_was_not_chosen(home: Home) -> None:
    take(home, calendar(MASTER, MOVED))
    events, expected = LATER["all are an hour later"]
    preview = look(home, calendar(*events))
    home.house.importer.take(preview, [0])
    assert starts(home) == expected
    assert kept(home, "s", "2026-12-08T11:00").start.local.hour == 11


def test_an_older_series_brings_no_changed_date_back(home: Home) -> None:
    take(home, calendar(MASTER, MOVED))
    home.clock.on(hours=1)
    home.house.agenda.remove(kept(home, "s", "2026-12-08T10:00").id)
    before = home.dump()
    preview = take(home, calendar(MASTER, MOVED))
    assert {row.reason.key for row in preview.rows if row.reason} == {"import.older"}
    assert states(preview) == ["skipped", "skipped"]
    assert home.dump() == before


def test_a_moved_series_takes_along_a_date_whose_own_change_was_not_chosen(home: Home) -> None:
    take(home, calendar(MASTER, MOVED))
    (master, moved), expected = LATER["all are an hour later"]
    preview = look(home, calendar(master, moved.replace("SUMMARY:Gym", "SUMMARY:Pool")))
    assert states(preview) == ["updated", "updated"]
    home.house.importer.take(preview, [0])
    assert dates(home) == [(start, "Gym") for start in expected]


def test_a_changed_date_stays_when_its_series_ends_and_that_was_chosen_alone(home: Home) -> None:
    take(home, calendar(MASTER, MOVED))
    events, _ = LATER["it repeats no more"]
    preview = look(home, calendar(*events))
    assert [row.goes for row in preview.rows] == [False, True]
    home.house.importer.take(preview, [0])
    assert starts(home) == ["2026-12-01T10:00", "2026-12-09T11:00"]
    assert {one.series for one in home.house.care.store.all(Appointment)} == {None}
