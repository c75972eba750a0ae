"""Round trips: a file comes in, goes out, and comes in again, here and elsewhere, as it was."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from caregiver_app.domain.times import instant
from caregiver_app.integrations.lines import Component, components, decoded
from caregiver_app.services.exporter import Wanted
from tests.factories import moment
from tests.fakes import NEW_YORK, FakeClock, Home
from tests.services.ics import calendar, event, look, read, states, take

SAMPLES = Path(__file__).resolve().parents[1] / "integrations" / "samples"
FILES = sorted(SAMPLES.glob("*.ics"))
DROPPED = {"ATTACH", "ORGANIZER", "ATTENDEE"}
"""What is never kept (and counted)."""
REWRITTEN = {"DURATION", "EXRULE", "DTSTAMP", "UID"}
"""What is said in other words: an end, dates left out, the last change."""

OWN = {
    "a year of all kinds": calendar(
        event("a", "20261201T093000", "SUMMARY:Lab", "DURATION:PT45M", "CLASS:PRIVATE",
              "GEO:48.2;16.3", "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC", "URL:https://a.b/c",
              "CATEGORIES:Health,Blood", "TRANSP:OPAQUE", "PRIORITY:5", "COLOR:red"),
        event("b", "20261224", "SUMMARY:Away", "DTEND;VALUE=DATE:20261227"),
        event("c", "20261202T080000", "RRULE:FREQ=MONTHLY;BYDAY=1WE;UNTIL=20270601T120000Z",
              "EXDATE;TZID=America/New_York:20270106T080000"),
        event("c", "20270204T090000", "RECURRENCE-ID;TZID=America/New_York:20270203T080000",
              'X-OWN;X-P="a:b":one'),
        event("d", "20261115T100000", "RRULE:FREQ=DAILY;COUNT=4",
              "RDATE;TZID=America/New_York:20261130T120000"),
        event("e", "20260308T023000", "SUMMARY:In the gap", zone="America/New_York"),
        event("f", "20261101T013000", "SUMMARY:In the fold", "DURATION:PT30M"),
        event("g", "20261203T233000", "SUMMARY:" + "Long " * 60, "DURATION:P2D"),
        event("h", "20261203T233000", "SUMMARY:Ganz weit weg", zone="Pacific/Apia"),
        "BEGIN:VEVENT\nUID:i\nDTSTART:20261205T080000\nSUMMARY:Floating\nEND:VEVENT",
        "BEGIN:VEVENT\nUID:j\nDTSTART:20261205T080000Z\nSUMMARY:UTC\nEND:VEVENT",
        "BEGIN:VEVENT\nDTSTART:20261206T080000Z\nSUMMARY:No name\nEND:VEVENT",
    ),
    "changed dates without their series": calendar(
        event("s", "20261209T110000", "RECURRENCE-ID;TZID=America/New_York:20261208T100000"),
        event("s", "20261216T110000", "RECURRENCE-ID;TZID=America/New_York:20261215T100000"),
    ),
    "an extra changed date that the rule does not have": calendar(
        event("s", "20261201T100000", "RRULE:FREQ=WEEKLY;COUNT=3"),
        event("s", "20261210T110000", "RECURRENCE-ID;TZID=America/New_York:20261209T100000"),
    ),
    "changed dates beside what they do not belong to": calendar(
        event("a", "20261201T100000"),
        event("a", "20261209T110000", "RECURRENCE-ID;TZID=America/New_York:20261208T100000"),
        event("b", "20261201", "RRULE:FREQ=WEEKLY", "SEQUENCE:3"),
        event("b", "20261209T110000", "RECURRENCE-ID;VALUE=DATE:20261209", "SEQUENCE:3"),
        event("c", "20261209T110000", "RECURRENCE-ID;VALUE=DATE:20261209"),
        event("c", "20261209T113000", "RECURRENCE-ID:20261209T150000Z"),
        event("d", "20261101T013000", "RECURRENCE-ID:20261102T150000Z", "DURATION:PT30M"),
    ),
    "an end at the start": calendar(
        event("a", "20261201T100000", "DTEND;TZID=America/New_York:20261201T100000"),
        event("b", "20261201T100000", "DTEND;TZID=America/New_York:20261201T100000",
              "RRULE:FREQ=DAILY;COUNT=3"),
        event("c", "20261201T100000Z".rstrip("Z"), "DTEND:20261201T150000Z"),
        event("d", "20261201T100000", "DURATION:PT0S"),
    ),
    "repetitions that are none": calendar(
        event("a", "20261201T100000", "EXDATE;TZID=America/New_York:20261203T100000"),
        event("b", "20261201T100000", "RRULE:RSCALE=CHINESE;FREQ=YEARLY"),
        event("c", "20261201T100000", "RDATE;VALUE=TIME;TZID=America/New_York:083000"),
        event("d", "20261201T100000", "RRULE:FREQ=DAILY;COUNT=5"),
        event("d", "20261202T110000", "RECURRENCE-ID;TZID=America/New_York:20261202T100000",
              "RRULE:FREQ=DAILY;COUNT=5", "EXDATE;TZID=America/New_York:20261203T100000"),
        event("e", "20261202T110000", "RECURRENCE-ID;TZID=America/New_York:20261202T100000",
              "RDATE;TZID=America/New_York:20261205T110000"),
        event("f", "20261201T100000", "EXRULE:FREQ=DAILY;COUNT=0"),
    ),
    "more than one of a kind": calendar(
        event("a", "20261201T100000", "DESCRIPTION:one", "DESCRIPTION:two", "COMMENT:three",
              "COMMENT:four", "CATEGORIES:A", "CATEGORIES:B", "LOCATION:here", "LOCATION:there"),
    ),
    "alarms": calendar(
        event("a", "20261201T100000", *(
            f"BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:{t}\nEND:VALARM"
            for t in ("-PT10M", "-P1D", "PT0S", "-P1W")
        )),
        event("b", "20261201", "BEGIN:VALARM\nACTION:AUDIO\nTRIGGER:-PT15H\nEND:VALARM"),
    ),
}  # fmt: skip
ALL: list[tuple[str, bytes]] = [
    *((path.stem, path.read_bytes()) for path in FILES),
    *OWN.items(),
]


@pytest.fixture
def elsewhere(tmp_path: Path):
    clock = FakeClock(instant(moment("2026-11-21T10:00"), NEW_YORK))
    made = Home(tmp_path / "elsewhere", clock)
    yield made
    made.close()


def shown(home: Home) -> Counter[tuple[str, ...]]:
    """Everything that happens in eleven years, as the calendar and the list tell it."""
    found = home.house.agenda.between(date(2020, 1, 1), date(2031, 1, 1))
    return Counter(
        (
            one.begins(NEW_YORK).isoformat(),
            one.ends(NEW_YORK).isoformat(),
            one.appointment.title,
            one.appointment.place,
            one.appointment.note,
        )
        for one in found
        if one.appointment.status != "cancelled"
    )


def properties(data: bytes) -> set[tuple[str, str]]:
    """Which properties the events of each UID of a file have."""
    found: set[tuple[str, str]] = set()

    def look_into(part: Component) -> None:
        if part.name == "VEVENT":
            uid = part.first("UID")
            # This and all later dates become a series of their own, `<uid>#<date>`.
            name = "" if uid is None else uid.value.partition("#")[0]
            found.update(
                (name, line.name)
                for line in part.lines
                if line.value.strip(" ,") and not line.param("RANGE")
            )
        for inner in part.parts:
            if part.name in ("", "VCALENDAR"):
                look_into(inner)

    outermost, _ = components(decoded(data))
    for part in outermost:
        look_into(part)
    return found


@pytest.mark.parametrize("data", [data for _, data in ALL], ids=[name for name, _ in ALL])
def test_what_comes_in_goes_out_and_comes_in_again(
    home: Home, elsewhere: Home, data: bytes
) -> None:
    take(home, data)
    here = shown(home)
    out = home.house.exporter.calendar(Wanted())
    # Once more the same, and our own file: nothing is different.
    assert set(states(look(home, data))) <= {"unchanged", "skipped"}
    assert set(states(look(home, out))) <= {"unchanged"}
    # In another house it is the same calendar.
    assert set(states(take(elsewhere, out))) <= {"new"}
    assert shown(elsewhere) == here
    assert set(states(look(elsewhere, out))) <= {"unchanged"}
    assert elsewhere.house.exporter.calendar(Wanted()) == out


@pytest.mark.parametrize("data", [data for _, data in ALL], ids=[name for name, _ in ALL])
def test_no_property_is_lost(home: Home, data: bytes) -> None:
    take(home, data)
    out = properties(home.house.exporter.calendar(Wanted()))
    file = read(data)
    if not file.events or file.skipped:
        pytest.skip("what cannot be read says nothing")
    lost = {name for uid, name in properties(data) - out if uid and name not in DROPPED | REWRITTEN}
    assert lost <= {name.split()[0] for name in file.dropped}
