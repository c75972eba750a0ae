"""`read_libical.py FILE.ics FROM TO`: what libical makes of a file.

libical is the reader of GNOME Calendar, Evolution and KOrganizer. Run it with the system's own
Python (/usr/bin/python3), which has the bindings: Debian's python3-gi and gir1.2-ical-3.0. Prints
one line an occurrence that touches FROM <= t < TO (dates, midnight UTC), sorted: uid, start, end,
summary, alarm seconds, status, with tabs between them.
"""

import sys
from datetime import datetime, timezone
from pathlib import Path

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402

Kind = ICalGLib.ComponentKind
Prop = ICalGLib.PropertyKind


def children(component, kind):
    child = component.get_first_component(kind)
    while child:
        yield child
        child = component.get_next_component(kind)


def in_its_zone(calendar, prop, moment):
    """Give a time the zone that its TZID names (the library leaves that to the caller)."""
    named = prop.get_first_parameter(ICalGLib.ParameterKind.TZID_PARAMETER)
    if named is None or moment.is_utc() or moment.is_date():
        return moment
    name = named.get_tzid()
    zone = calendar.get_timezone(name) or ICalGLib.Timezone.get_builtin_timezone(name)
    if zone is not None:
        moment.set_timezone(zone)
    return moment


def seconds(moment):
    zone = moment.get_timezone()
    return moment.as_timet_with_zone(zone) if zone else moment.as_timet()


def alarms(event):
    found = []
    for alarm in children(event, Kind.VALARM_COMPONENT):
        prop = alarm.get_first_property(Prop.TRIGGER_PROPERTY)
        if prop is None:
            continue
        trigger = prop.get_trigger()
        at = trigger.get_time()
        absolute = at is not None and not at.is_null_time()
        found.append(at.as_ical_string() if absolute else str(trigger.get_duration().as_int()))
    return "|".join(sorted(found))


def spans(event, window):
    found = []

    def take(_component, span, *_data):
        found.append((span.get_start(), span.get_end()))

    event.foreach_recurrence(*window, take, None)
    return found


def replaced(calendar, events):
    """Return the starts, by UID, that an occurrence of their own replaces."""
    starts = {}
    for event in events:
        prop = event.get_first_property(Prop.RECURRENCEID_PROPERTY)
        if prop is not None:
            start = seconds(in_its_zone(calendar, prop, prop.get_recurrenceid()))
            starts.setdefault(event.get_uid(), set()).add(start)
    return starts


def rows_of(calendar, window):
    first, last = (moment.as_timet() for moment in window)
    events = list(children(calendar, Kind.VEVENT_COMPONENT))
    gone = replaced(calendar, events)
    for event in events:
        prop = event.get_first_property(Prop.DTSTART_PROPERTY)
        if prop is None:
            continue
        start = in_its_zone(calendar, prop, prop.get_dtstart())
        if start.is_date():
            pattern = "%Y-%m-%d"
        elif start.is_utc() or start.get_timezone() is not None:
            pattern = "%Y-%m-%dT%H:%M:%SZ"
        else:
            pattern = "%Y-%m-%dT%H:%M:%S floating"
        is_exception = event.get_first_property(Prop.RECURRENCEID_PROPERTY) is not None
        status = event.get_first_property(Prop.STATUS_PROPERTY)
        for begins, ends in spans(event, window):
            if start.is_date():
                ends -= ends % 86_400  # libical lets a day end at 23:59:59
            if not is_exception and begins in gone.get(event.get_uid(), ()):
                continue
            if begins >= last or (ends <= first and not begins == ends == first):
                continue
            times = [
                datetime.fromtimestamp(at, timezone.utc).strftime(pattern)  # noqa: UP017
                for at in (begins, ends)
            ]
            summary = (event.get_summary() or "").replace("\n", "\\n")
            shown = status.get_value_as_string() if status else ""
            yield "\t".join([event.get_uid() or "", *times, summary, alarms(event), shown])


def main(file, first, last):
    root = ICalGLib.Parser.parse_string(Path(file).read_text(encoding="utf-8").lstrip("\ufeff"))
    if root is None:
        sys.exit("libical found no calendar in the file")
    window = [
        ICalGLib.Time.new_from_string(day.replace("-", "") + "T000000Z") for day in (first, last)
    ]
    if root.isa() == Kind.VCALENDAR_COMPONENT:
        calendars = [root]
    else:
        calendars = list(children(root, Kind.VCALENDAR_COMPONENT))
    rows = [row for calendar in calendars for row in rows_of(calendar, window)]
    sys.stdout.write("".join(f"{line}\n" for line in sorted(rows)))


if __name__ == "__main__":
    main(*sys.argv[1:])
