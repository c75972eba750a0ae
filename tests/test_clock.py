"""Where the present moment and the computer's zone come from."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from caregiver_app import clock
from caregiver_app.clock import GivenClock, SystemClock, computer_zone, read_now
from caregiver_app.errors import InputRefused


@pytest.mark.parametrize(
    ("wanted", "zone"),
    [
        ("America/New_York", "America/New_York"),
        (":Europe/Berlin", "Europe/Berlin"),
        ("EST5EDT", "EST5EDT"),
        ("UTC", "UTC"),
    ],
)
def test_tz_wins(monkeypatch: pytest.MonkeyPatch, wanted: str, zone: str):
    monkeypatch.setenv("TZ", wanted)
    assert computer_zone() == zone
    assert SystemClock().zone() == zone


@pytest.mark.parametrize("wanted", ["Mars/Olympus", "../../etc/passwd", "x" * 5000, ""])
@pytest.mark.filterwarnings("ignore")
def test_a_tz_that_nobody_knows_is_not_used(monkeypatch: pytest.MonkeyPatch, wanted: str):
    monkeypatch.setenv("TZ", wanted)
    monkeypatch.setattr(clock, "_linked_zone", lambda: "Mars/Phobos")
    monkeypatch.setattr(clock, "_system_zone", lambda: "Europe/Berlin")
    assert computer_zone() == "Europe/Berlin"
    monkeypatch.setattr(clock, "_system_zone", lambda: "Mars/Olympus")
    assert computer_zone() == "UTC"


@pytest.mark.filterwarnings("ignore")
def test_a_computer_that_does_not_know_its_zone(monkeypatch: pytest.MonkeyPatch):
    def lost() -> str:
        raise KeyError("nowhere")

    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(clock, "_LOCAL_TIME", "/nowhere/localtime")
    monkeypatch.setattr(clock, "get_localzone_name", lost)
    assert computer_zone() == "UTC"
    monkeypatch.setattr(clock, "get_localzone_name", lambda: "Asia/Tokyo")
    assert computer_zone() == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("links", "zone"),
    [
        ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("/usr/share/zoneinfo/posix/America/New_York", "America/New_York"),
        ("/usr/share/zoneinfo/right/America/New_York", "America/New_York"),
        ("/var/db/timezone/zoneinfo/Etc/UTC", "Etc/UTC"),
    ],
)
def test_the_link_of_the_system_tells_the_zone_without_a_search(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, links: str, zone: str
):
    def searched() -> str:
        raise AssertionError("not needed")

    link = tmp_path / "localtime"
    link.symlink_to(links)
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(clock, "_LOCAL_TIME", str(link))
    monkeypatch.setattr(clock, "_system_zone", searched)
    monkeypatch.setattr(clock.os.path, "realpath", str(link.readlink()).format)
    assert computer_zone() == zone


def test_another_link_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    zones, link = tmp_path / "zoneinfo", tmp_path / "localtime"
    for name in ("Europe/Berlin", "Asia/Tokyo"):
        (zones / name).parent.mkdir(parents=True)
        (zones / name).touch()
    link.symlink_to(zones / "Europe/Berlin")
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(clock, "_LOCAL_TIME", str(link))
    mine = SystemClock()
    assert mine.zone() == "Europe/Berlin"
    link.unlink()
    link.symlink_to(zones / "Asia/Tokyo")
    later = time.monotonic() + 61
    monkeypatch.setattr(clock.time, "monotonic", lambda: later)
    assert mine.zone() == "Asia/Tokyo"


@pytest.mark.parametrize("jump", [3600, -600])
def test_a_clock_that_jumped_is_perhaps_elsewhere(monkeypatch: pytest.MonkeyPatch, jump: int):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    mine, real = SystemClock(), time.time
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setattr(clock.time, "time", lambda: real() + 1)
    assert mine.zone() == "Europe/Berlin", "a clock is put right now and then"
    monkeypatch.setattr(clock.time, "time", lambda: real() + jump)
    assert mine.zone() == "Asia/Tokyo"


def test_the_system_clock_is_utc_and_looks_at_the_zone_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    mine = SystemClock()
    assert mine.now().tzinfo is UTC
    assert abs(mine.now() - datetime.now(UTC)) < timedelta(seconds=5)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert mine.zone() == "Europe/Berlin"
    later = time.monotonic() + 61
    monkeypatch.setattr(clock.time, "monotonic", lambda: later)
    assert mine.zone() == "Asia/Tokyo"


def test_a_given_clock_stands_still_or_runs(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    start, seconds = datetime(2026, 11, 24, tzinfo=UTC), [100.0]
    monkeypatch.setattr(clock.time, "monotonic", lambda: seconds[0])
    still, running = GivenClock(start, running=False), GivenClock(start, running=True)
    seconds[0] = 107.5
    assert still.now() == start
    assert running.now() == start + timedelta(seconds=7.5)
    assert still.zone() == "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-24T09:30-05:00", "2026-11-24T14:30"),
        ("2026-11-24T09:30Z", "2026-11-24T09:30"),
        ("2026-11-24T09:30", "2026-11-24T08:30"),  # without an offset: the computer's zone
        ("2026-11-24T09:30:15", "2026-11-24T08:30:15"),
        ("2026-11-24", "2026-11-23T23:00"),
    ],
)
def test_reading_now(monkeypatch: pytest.MonkeyPatch, text: str, at: str):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert read_now(text) == datetime.fromisoformat(at).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "key"),
    [("", "time.no_such_date"), ("soon", "time.no_such_date"), ("2026-02-30", "time.no_such_date"),
     ("0001-01-01T00:00+14:00", "time.far_year"), ("9999-12-31T23:59-12:00", "time.far_year")],
)  # fmt: skip
def test_what_is_no_moment(text: str, key: str):
    with pytest.raises(InputRefused) as refused:
        read_now(text)
    assert (refused.value.key, refused.value.field) == (key, "--now")
