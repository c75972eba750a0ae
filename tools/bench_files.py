"""Calendar files with 10,000 events: one measured task in a process of its own, as one JSON line.

`parse` and `write` are what the icalendar library takes for the bare file, `import` and `export`
what this program takes for all of it: reading behind the guard, the preview and the storing, or
looking up and writing what is stored. `guard` and `interpreter` are what starting a child costs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from icalendar import Calendar

from caregiver_app.integrations.guard import read_guarded
from tests.fakes import FakeClock, Home

EVENTS = 10_000
STARTS = 15
FIRST = date(2020, 1, 1)


def calendar(events: int = EVENTS) -> bytes:
    """Return a file as other programs write it: one alarm each, every tenth event weekly."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN"]
    for number in range(events):
        day, hour = FIRST + timedelta(days=number % 2_500), 8 + number % 9
        zone = "DTSTART;TZID=Europe/Berlin:{:%Y%m%d}T{:02}3000"
        lines += [
            "BEGIN:VEVENT", f"UID:{number}@bench.example", "DTSTAMP:20260101T080000Z",
            zone.format(day, hour), zone.format(day, hour + 1).replace("START", "END"),
            f"SUMMARY:Follow-up number {number}", "LOCATION:Riverside Practice\\, 2nd floor",
            "DESCRIPTION:Bring the card\\, the list and the letter of the practice.",
            *(["RRULE:FREQ=WEEKLY;COUNT=12"] if number % 10 == 0 else []),
            "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Soon", "TRIGGER:-PT30M", "END:VALARM",
            "END:VEVENT",
        ]  # fmt: skip
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def timed(act: Callable[[], object]) -> float:
    """Return the milliseconds that something takes."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def taken_in(data: bytes) -> tuple[float, float]:
    """Return how long it takes to take a file in, and then to write all of it out again."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "data", FakeClock(datetime(2026, 3, 20, 12, tzinfo=UTC)))
        importer = home.house.importer
        inwards = timed(lambda: importer.take(importer.preview(importer.read(data))))
        home.restart()
        exporter = home.house.exporter
        outwards = timed(exporter.calendar)
        home.close()
    return inwards, outwards


def middle(act: Callable[[], object]) -> float:
    """Return the median of several times."""
    return sorted(timed(act) for _ in range(STARTS))[STARTS // 2]


def main() -> None:
    """Measure what was asked for."""
    data = calendar()
    told: dict[str, float] = {}
    match sys.argv[1]:
        case "library":
            told["parse"] = timed(lambda: Calendar.from_ical(data))
            read = Calendar.from_ical(data)
            told["write"] = timed(read.to_ical)
        case "ours":
            told["import"], told["export"] = taken_in(data)
        case _:
            bare = [sys.executable, "-I", "-S", "-c", "pass"]
            told["interpreter"] = middle(lambda: subprocess.run(bare, check=True))
            told["guard"] = middle(lambda: read_guarded(calendar(1)))
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
