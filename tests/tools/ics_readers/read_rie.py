"""`read_rie.py FILE.ics FROM TO`: what icalendar and recurring-ical-events make of a file.

Prints one line an occurrence that touches FROM <= t < TO (dates, midnight UTC), sorted: uid, start,
end, summary, alarm seconds, status, with tabs between them. Runs in an environment of its own.
"""

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import recurring_ical_events


def written(moment):
    if not isinstance(moment, datetime):
        return moment.isoformat()
    if moment.tzinfo is None:
        return f"{moment:%Y-%m-%dT%H:%M:%S} floating"
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def alarms(event):
    triggers = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM") if "TRIGGER" in alarm]
    return "|".join(
        sorted(
            str(int(t.total_seconds())) if isinstance(t, timedelta) else written(t)
            for t in triggers
        )
    )


def row(event):
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if "DTEND" in event else start
    summary = str(event.get("SUMMARY", "")).replace("\n", "\\n")
    status = str(event.get("STATUS", ""))
    fields = [str(event.get("UID", "")), written(start), written(end), summary]
    return "\t".join([*fields, alarms(event), status])


def main(file, first, last):
    window = [
        datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) for day in (first, last)
    ]
    rows = []
    for calendar in icalendar.Calendar.from_ical(Path(file).read_bytes(), multiple=True):
        rows += [row(event) for event in recurring_ical_events.of(calendar).between(*window)]
    sys.stdout.write("".join(f"{line}\n" for line in sorted(rows)))


if __name__ == "__main__":
    main(*sys.argv[1:])
