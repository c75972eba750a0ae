"""Taking calendar files in: whose they are, what rings, what is never done, and in steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from caregiver_app.domain.entities import Answer, Appointment, Person
from caregiver_app.domain.times import Zoned
from caregiver_app.errors import DataReadOnly, InputRefused
from tests.fakes import Home
from tests.services.ics import calendar, dates, edited, event, look, states, take

ALARM = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT{}\nEND:VALARM"


def alarm(span: str) -> str:
    return ALARM.format(span)


def only(home: Home) -> Appointment:
    (one,) = home.house.care.store.all(Appointment)
    return one


# -- Whose ------------------------------------------------------------------------------------


def two_people(home: Home) -> None:
    for id_, name in (("m", "Maria"), ("j", "José")):
        home.add(f'{{"kind":"person","id":"{id_}","name":"{name}"}}')


def test_the_first_person_is_made_unnamed(home: Home) -> None:
    take(home, calendar(event("a"), event("b")))
    (who,) = home.house.care.store.all(Person)
    assert who.name == ""
    assert {one.person for one in home.house.care.store.all(Appointment)} == {who.id}


def test_new_ones_go_to_the_person_named_and_old_ones_stay(home: Home) -> None:
    two_people(home)
    take(home, calendar(event("a", "20261201T093000", "SUMMARY:Lab")), "m")
    both = [event("a", "20261201T103000", "SUMMARY:Lab"), event("b")]
    preview = take(home, calendar(*both), "j")
    assert states(preview) == ["updated", "new"]
    whose = {one.uid: one.person for one in home.house.care.store.all(Appointment)}
    assert whose == {"a": "m", "b": "j"}


def test_with_several_people_somebody_has_to_be_named(home: Home) -> None:
    two_people(home)
    with pytest.raises(InputRefused, match=r"person\.which"):
        look(home, calendar(event("a")))
    with pytest.raises(InputRefused, match=r"person\.unknown"):
        look(home, calendar(event("a")), "nobody")
    # What is known already needs nobody.
    take(home, calendar(event("a")), "m")
    assert states(look(home, calendar(event("a")))) == ["unchanged"]


def test_a_date_of_a_known_series_is_its_persons(home: Home) -> None:
    two_people(home)
    weekly = event("a", "20261201T093000", "SUMMARY:Gym (Maria)", "RRULE:FREQ=WEEKLY;COUNT=4")
    take(home, calendar(weekly), "m")
    moved = event("a", "20261209T100000", "SUMMARY:Gym (Maria)",
                  "RECURRENCE-ID;TZID=America/New_York:20261208T093000")  # fmt: skip
    for _ in range(2):
        preview = take(home, calendar(weekly, moved))
    assert states(preview) == ["unchanged", "unchanged"]
    told = {(one.person, one.title) for one in home.house.care.store.all(Appointment)}
    assert told == {("m", "Gym")}
    # Another date without its series says of nobody whose it is.
    with pytest.raises(InputRefused, match=r"person\.which"):
        look(home, calendar(moved.replace("UID:a", "UID:b")))


@pytest.mark.parametrize("title", ["Lab (Maria)", "Lab"])
def test_the_name_behind_a_title_is_no_part_of_it(home: Home, title: str) -> None:
    two_people(home)
    told = calendar(event("a", "20261201T093000", f"SUMMARY:{title}"))
    take(home, told, "m")
    assert only(home).title == "Lab"
    assert states(look(home, told)) == ["unchanged"]
    assert b"SUMMARY:Lab (Maria)" in home.house.exporter.calendar()
    renamed = calendar(event("a", "20261201T093000", f"SUMMARY:{title.replace('Lab', 'Scan')}"))
    take(home, renamed)
    assert only(home).title == "Scan"


def test_an_event_without_a_title_gets_one_and_keeps_a_better_one(home: Home) -> None:
    take(home, calendar(event("a")))
    assert only(home).title == "Appointment"
    home.house.agenda.save(replace(only(home), title="Dentist"))
    assert states(take(home, calendar(event("a")))) == ["unchanged"]
    assert only(home).title == "Dentist"


# -- What rings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("alarms", "lines", "expected"),
    [
        ("file", [alarm("30M")], (30,)),
        ("file", [], ()),
        ("usual", [alarm("30M")], None),
        ("none", [alarm("30M")], ()),
    ],
)
def test_new_ones_ring_as_was_chosen(
    home: Home, alarms: str, lines: list[str], expected: tuple[int, ...] | None
) -> None:
    preview = look(home, calendar(event("a", "20261201T093000", *lines)), "", alarms)
    home.house.importer.take(preview)
    assert only(home).reminders == expected


def test_alarms_of_what_is_known_stay_where_the_file_has_none(home: Home) -> None:
    take(home, calendar(event("a", "20261201T093000", alarm("30M"))))
    take(home, calendar(event("a", "20261201T103000")))
    assert only(home).reminders == (30,)
    take(home, calendar(event("a", "20261201T103000", alarm("45M"))))
    assert only(home).reminders == (45,)


def test_a_lead_that_no_file_can_tell_stays(home: Home) -> None:
    home.add('{"kind":"appointment","id":"d","type":"other","title":"Away","start":"2026-12-24",'
             '"reminders":[0,1440]}')  # fmt: skip
    text = home.house.exporter.calendar()
    take(home, edited(text, "Away", "TRIGGER:-PT16H", "TRIGGER:-PT4H"))
    assert home.visit("d").reminders == (720, 0)


def test_what_comes_in_rings_and_its_past_is_silent(home: Home) -> None:
    # It is Saturday, ten in the morning.
    take(home, calendar(
        event("over", "20261121T080000", "DURATION:PT1H", alarm("30M")),
        event("late", "20261121T113000", "SUMMARY:Soon", alarm("2H"), alarm("30M")),
        event("gone", "20261121T101000", "STATUS:CANCELLED", alarm("5M")),
        event("daily", "20261101T120000", "RRULE:FREQ=DAILY", alarm("15M")),
    ))  # fmt: skip
    ids = {one.uid: one.id for one in home.house.care.store.all(Appointment)}
    assert home.tick() == [[f"{ids['late']}/2026-11-21T11:30/120"]]
    due = home.house.reminders.notices([])
    assert due == []
    home.clock.at("2026-11-21T11:00")
    assert home.said() == [f"{ids['late']}/2026-11-21T11:30/30"]
    home.clock.at("2026-11-21T11:45")
    assert home.said() == [f"{ids['daily']}/2026-11-21T12:00/15"]
    home.clock.at("2026-11-22T11:45")
    assert home.said() == [f"{ids['daily']}/2026-11-22T12:00/15"]


def test_what_was_due_when_it_came_is_a_line_and_no_ring(home: Home) -> None:
    take(home, calendar(event("late", "20261121T113000", alarm("2H"))))
    (notice,) = home.house.reminders.notices(home.due())
    assert (notice.digest, [one.rings for one in notice.reminders]) == (True, [False])


def test_another_hour_rings_anew_and_an_answer_stays_where_nothing_moved(home: Home) -> None:
    one = event("a", "20261121T113000", "SUMMARY:Lab", alarm("2H"))
    take(home, calendar(one))
    (said,) = home.said()
    home.house.reminders.answer(said, "done")
    take(home, calendar(one.replace("Lab", "Blood draw")))
    assert home.said() == []
    take(home, calendar(one.replace("T113000", "T123000")))
    assert [id_.split("/")[1] for id_ in home.said()] == []
    home.clock.at("2026-11-21T10:30")
    assert [id_.split("/")[1] for id_ in home.said()] == ["2026-11-21T12:30"]


def test_what_was_postponed_falls_with_its_date(home: Home) -> None:
    one = event("a", "20261121T113000", alarm("2H"))
    take(home, calendar(one))
    (said,) = home.said()
    assert [answer.id for answer in home.house.care.store.all(Answer)] == [said]
    take(home, calendar(one.replace("20261121", "20261125")))
    assert home.house.care.store.all(Answer) == []


def test_a_medicine_that_was_given_stays_given(home: Home) -> None:
    pill = event("p", "20261121T080000", "SUMMARY:Pills", "RRULE:FREQ=DAILY", alarm("0M"))
    home.clock.at("2026-11-20T12:00")
    take(home, calendar(pill))
    assert only(home).type == "medication"
    home.clock.at("2026-11-21T08:00")
    (said,) = home.said()
    home.house.reminders.answer(said, "done")
    take(home, calendar(pill.replace("T080000", "T090000")))
    home.clock.at("2026-11-21T09:30")
    assert home.said() == []


# -- What survives ----------------------------------------------------------------------------


def test_what_no_file_knows_survives(home: Home) -> None:
    home.add(
        '{"kind":"contact","id":"c","name":"Clinic"}',
        '{"kind":"appointment","id":"a","type":"infusion","title":"Drip","start":"2026-12-01T09:30",'
        '"zone":"America/New_York","contact":"c","driver":"Ana","driver_phone":"555",'
        '"travel_minutes":30,"parking_minutes":10,"pick_up":"Home","ride_home":"Bob",'
        '"ride_home_phone":"556","status":"delayed"}',
    )
    before = home.visit("a")
    text = edited(home.house.exporter.calendar(), "Drip", ":20261201T0930", ":20261202T1100")
    take(home, edited(text.encode(), "Drip", ":20261201T1030", ":20261202T1200"))
    after = home.visit("a")
    assert after.leave_at == "10:20"
    same = {name: getattr(before, name) for name in ("start", "leave_at", "changed", "entered")}
    assert replace(after, **same) == before


def test_an_hour_to_set_off_that_was_typed_moves_along(home: Home) -> None:
    home.add(
        '{"kind":"appointment","id":"a","type":"other","title":"Drip",'
        '"start":"2026-12-01T09:30","zone":"America/New_York","leave_at":"09:00"}'
    )
    text = edited(home.house.exporter.calendar(), "Drip", ":20261201T0930", ":20261201T0830")
    take(home, text)
    assert home.visit("a").leave_at == "08:00"


def test_a_medicine_of_one_day_a_week_is_never_taken_more_often(home: Home) -> None:
    weekly = event("w", "20261201T080000", "SUMMARY:Methotrexate tablets", "RRULE:FREQ=WEEKLY")
    preview = take(home, calendar(
        event("d", "20261201T080000", "SUMMARY:Methotrexate pills", "RRULE:FREQ=DAILY"),
        weekly,
        event("v", "20261203T080000", "SUMMARY:Methotrexate dose"),
    ))  # fmt: skip
    assert states(preview) == ["skipped", "new", "skipped"]
    assert {row.reason.key for row in preview.rows if row.reason} == {"safety.weekly_only"}
    assert only(home).uid == "w"
    preview = take(home, calendar(weekly.replace("WEEKLY", "DAILY")))
    assert states(preview) == ["skipped"]
    # What is only called so at the last moment is refused as well, and nothing of it is kept.
    other = event("t", "20261204T080000", "SUMMARY:Methotrexate talk")
    preview = look(home, calendar(other))
    assert [row.kind for row in preview.rows] == ["other"]
    with pytest.raises(InputRefused, match=r"safety\.weekly_only"):
        home.house.importer.take(preview, None, {0: "medication"})
    assert only(home).uid == "w"


def test_a_kind_can_be_chosen_for_what_is_new(home: Home) -> None:
    preview = look(home, calendar(event("a", "20261201T093000", "SUMMARY:Lunch")))
    home.house.importer.take(preview, [0], {0: "lab"})
    assert only(home).type == "lab"


def test_what_was_dropped_and_what_could_not_be_read_is_told(home: Home) -> None:
    preview = take(home, calendar(
        event("a", "20261201T093000", "ATTENDEE:mailto:a@b.c", "ATTACH:x:y", "RRULE:FREQ=NEVER"),
        "BEGIN:VEVENT\nUID:b\nSUMMARY:Lost\nEND:VEVENT",
    ))  # fmt: skip
    assert {name: preview.dropped[name] for name in ("ATTENDEE", "ATTACH")} == {
        "ATTENDEE": 1, "ATTACH": 1,
    }  # fmt: skip
    assert states(preview) == ["new", "skipped"]
    lost = preview.rows[1]
    assert (lost.title, lost.line, lost.reason and lost.reason.key) == (
        "Lost", 11, "import.no_start",
    )  # fmt: skip
    assert [remark.key for remark in preview.rows[0].remarks] == ["import.rule_unread"]


# -- Taking -----------------------------------------------------------------------------------

MANY = calendar(*(event(f"u{n}", f"202612{1 + n % 28:02}T093000", alarm("1H")) for n in range(450)))


def test_many_are_kept_in_steps_as_one_change(home: Home) -> None:
    heard: list[frozenset[str]] = []
    home.house.care.changes.listen(lambda change: heard.append(change.kinds))
    preview = look(home, MANY)
    counts = list(home.house.importer.take_in_steps(preview))
    assert counts == sorted(counts)
    assert counts[-1] == 450
    assert len(counts) >= 3
    assert heard == [frozenset({"appointment", "person"})]
    assert len(home.index()) == 450
    assert home.house.care.undo() == ("done.imported", {"count": 450})
    assert home.dump()["appointment"] == {}
    assert home.index() == {}
    assert len(look(home, MANY).rows) == 450


def test_who_stops_half_way_keeps_nothing(home: Home) -> None:
    steps = home.house.importer.take_in_steps(look(home, MANY))
    assert next(one for one in steps if one) == 100
    steps.close()
    assert home.dump()["appointment"] == {} == home.dump()["person"]
    assert home.index() == {}
    assert home.house.care.undo() is None
    take(home, MANY)
    assert len(home.dump()["appointment"]) == 450


def test_what_came_in_is_found_by_its_words(home: Home) -> None:
    take(home, calendar(event("a", "20261201T093000", "SUMMARY:Über 王梅", "LOCATION:Haus 9")))
    (hit,) = home.house.care.store.search("uber")
    assert (hit.id, hit.title) == (only(home).id, "Über 王梅")
    assert [hit.id for hit in home.house.care.store.search("梅")] == [only(home).id]
    assert home.house.care.store.full_check() == []
    take(home, calendar(event("a", "20261201T093000", "SUMMARY:Lab", "LOCATION:Haus 9")))
    assert home.house.care.store.search("uber") == []


def test_a_preview_that_is_no_longer_so_is_refused(home: Home) -> None:
    told = calendar(event("a", "20261201T093000", "SUMMARY:Lab"))
    preview = look(home, told)
    take(home, told)
    with pytest.raises(InputRefused, match=r"import\.changed_since"):
        home.house.importer.take(preview)
    assert only(home).title == "Lab"
    preview = look(home, told.replace(b"Lab", b"Scan"))
    home.house.agenda.save(replace(only(home), title="Mine"))
    with pytest.raises(InputRefused, match=r"import\.changed_since"):
        home.house.importer.take(preview)
    assert only(home).title == "Mine"


def test_nothing_chosen_changes_nothing(home: Home) -> None:
    assert home.house.importer.take(look(home, MANY), []) == 0
    assert home.house.importer.take(look(home, calendar())) == 0
    assert home.house.care.undo() is None


def test_data_that_cannot_be_written_says_so(home: Home) -> None:
    preview = look(home, calendar(event("a")))
    home.house.care.store.read_only = True
    with pytest.raises(DataReadOnly):
        home.house.importer.take(preview)
    assert dates(home) == []


def test_the_guard_reads_the_same(home: Home) -> None:
    told = calendar(event("a", "20261201T093000", alarm("1H"), "X-APPLE-TRAVEL:5"))
    file = home.house.importer.read(told)
    assert home.house.importer.preview(file).rows[0].start == look(home, told).rows[0].start
    home.house.importer.take(home.house.importer.preview(file))
    assert only(home).reminders == (60,)


def test_what_was_moved_so_that_it_is_due_already_is_a_line(home: Home) -> None:
    one = event("a", "20261121T163000", alarm("2H"))
    take(home, calendar(one))
    home.clock.at("2026-11-21T12:00")
    take(home, calendar(one.replace("T163000", "T133000")))
    (reminder,) = home.due()
    assert (reminder.minutes, reminder.rings) == (120, False)


def test_an_end_that_nobody_understands_says_nothing_of_the_length(home: Home) -> None:
    take(
        home, calendar(event("a", "20261201T093000", "DTEND;TZID=America/New_York:20261201T103000"))
    )
    late = event("a", "20261202T093000", "DTEND;TZID=America/New_York:20261201T103000")
    preview = take(home, calendar(late))
    assert [changed.name for changed in preview.rows[0].changes] == ["start"]
    assert only(home).minutes == 60


def test_the_preview_tells_what_a_changed_date_is_where_its_series_moves(home: Home) -> None:
    home.add(
        '{"kind":"appointment","id":"gym","type":"other","title":"Gym","start":"2026-12-01T10:00",'
        '"zone":"America/New_York","minutes":30,"rrule":"FREQ=WEEKLY;COUNT=4"}',
        '{"kind":"appointment","id":"late","type":"other","title":"Gym","start":"2026-12-08T12:00",'
        '"zone":"America/New_York","minutes":30,"series":"gym","original":"2026-12-08T10:00"}',
        '{"kind":"appointment","id":"off","type":"other","title":"Gym","start":"2026-12-15T10:00",'
        '"zone":"America/New_York","minutes":30,"series":"gym","original":"2026-12-15T10:00",'
        '"status":"cancelled"}',
    )
    uid = only_series(home).uid
    moved = event(uid, "20261202T110000", "SUMMARY:Gym", "SEQUENCE:9", "DURATION:PT30M",
                  "RRULE:FREQ=WEEKLY;COUNT=4",
                  "EXDATE;TZID=America/New_York:20261216T110000")  # fmt: skip
    told = {
        (row.old.id, one.name): one.after
        for row in look(home, calendar(moved)).rows
        if row.old is not None
        for one in row.changes
    }
    # The date that is left out stays the cancelled one; the other is as its series says, moved.
    assert told == {
        ("gym", "start"): "2026-12-02T11:00",
        ("gym", "exdates"): "2026-12-16T11:00",
        ("late", "start"): "2026-12-09T11:00",
    }
    take(home, calendar(moved))
    assert dates(home) == [(f"2026-12-{day}T11:00", "Gym") for day in ("02", "09", "23")]


def only_series(home: Home) -> Appointment:
    (found,) = [one for one in home.house.care.store.all(Appointment) if one.rrule]
    return found


@pytest.mark.parametrize(
    ("start", "kept", "row"),
    [
        ("DTSTART:20261125T030000Z", "2026-11-24T22:00", "updated"),
        ("DTSTART:20261124T143000Z", "2026-11-24T09:30", "unchanged"),
    ],
)
def test_an_hour_in_utc_leaves_an_appointment_in_its_zone(
    home: Home, start: str, kept: str, row: str
) -> None:
    take(home, calendar(event("a", "20261124T093000", "SUMMARY:Lab")))
    told = calendar(event("a", "20261124T093000", "SUMMARY:Lab"))
    told = told.replace(b"DTSTART;TZID=America/New_York:20261124T093000", start.encode())
    assert states(take(home, told)) == [row]
    assert only(home).start == Zoned(datetime.fromisoformat(kept), "America/New_York")
    assert states(look(home, told)) == ["unchanged"]


def test_the_second_pass_of_an_hour_stays_in_utc(home: Home) -> None:
    take(home, calendar(event("a", "20271107T003000", "SUMMARY:Lab")))
    told = calendar(event("a", "20271107T063000Z", "SUMMARY:Lab", zone="UTC"))
    take(home, told.replace(b"DTSTART;TZID=UTC:", b"DTSTART:"))
    assert only(home).start == Zoned(datetime(2027, 11, 7, 6, 30), "UTC")


@pytest.mark.parametrize("status", ["planned", "cancelled", "done"])
def test_a_file_that_names_no_status_leaves_it(home: Home, status: str) -> None:
    home.add(
        '{"kind":"appointment","id":"a1","type":"lab","title":"Lab","start":"2026-12-01T09:30",'
        f'"zone":"America/New_York","minutes":0,"status":"{status}"}}'
    )
    told = calendar(event(only(home).uid, "20261201T093000", "SUMMARY:Blood test"))
    preview = take(home, told)
    assert [one.name for row in preview.rows for one in row.changes] == ["title"]
    assert (only(home).title, only(home).status) == ("Blood test", status)
