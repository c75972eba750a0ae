"""Start, memory and page changes as ratios to a bare PySide6 window, printed as a table.

Calendar files are compared with what the icalendar library alone takes for the same file. Every
figure is a median of interleaved rounds on the same private screen, second start, so that the
machine's own speed and mood cancel out. Nothing here passes or fails; the goals stand beside.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.process.rung import many_overdue
from tests.programs import accept_first_run
from tests.tools.screen import Screen, end, private_screen
from tools.ten_years import fill

ROUNDS = 9
TODAY = date(2026, 3, 20)
NOW = f"{TODAY}T12:00"
CHILD = ROOT / "tools" / "bench_child.py"
FILES = ROOT / "tools" / "bench_files.py"
FILE_ROUNDS = 3
OVERDUE = 5_000
OVERDUE_ROUNDS = 3


def measure(env: dict[str, str], what: str, folder: Path | None = None) -> dict[str, float]:
    """Start one program, wait for its own report, and return milliseconds and MiB."""
    arguments = [sys.executable, str(CHILD), what]
    if folder is not None:
        arguments += [str(folder), NOW]
    begun = time.time()
    done = subprocess.run(arguments, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"the measured program failed:\n{done.stderr}")
    told = json.loads(done.stdout.splitlines()[-1])
    return {"ms": (told["painted"] - begun) * 1000, **told}


def rounds(env: dict[str, str], folders: dict[str, Path]) -> dict[str, list[dict[str, float]]]:
    """Measure all programs in turn, ROUNDS times."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in ("bare", *folders)}
    for number in range(ROUNDS + 1):
        got = {"bare": measure(env, "bare")}
        got |= {name: measure(env, "app", folder) for name, folder in folders.items()}
        # The first round only warms the disk's cache and makes every start a second one.
        if number:
            for name, one in got.items():
                found[name].append(one)
    return found


def file_rounds() -> dict[str, float]:
    """Measure calendar files, each round the library and this program; return the medians."""
    found: dict[str, list[float]] = {}
    for _ in range(FILE_ROUNDS):
        for what in ("library", "ours", "starts"):
            done = subprocess.run(
                [sys.executable, str(FILES), what], capture_output=True, text=True, check=False
            )
            if done.returncode:
                sys.exit(f"the measured program failed:\n{done.stderr}")
            for name, took in json.loads(done.stdout.splitlines()[-1]).items():
                found.setdefault(name, []).append(took)
    return {name: statistics.median(times) for name, times in found.items()}


def overdue_rounds(screen: Screen, env: dict[str, str], made: Path) -> float:
    """Return the milliseconds from a start until the panel shows OVERDUE reminders."""
    entered, found = made / "overdue", list[float]()
    many_overdue(entered, OVERDUE)
    accept_first_run(entered)
    for number in range(OVERDUE_ROUNDS):
        # What was said once is on record: each round needs a family to which nothing was said.
        folder = shutil.copytree(entered, made / f"overdue-{number}")
        begun = time.monotonic()
        command = [sys.executable, ROOT / "main.py", "--data-dir", folder, "--now", NOW]
        window = screen.start(command, env=env)
        screen.wait_for_window("Care reminders", window, timeout=120)
        found.append((time.monotonic() - begun) * 1000)
        end(window)
    return statistics.median(found)


def middle(many: list[dict[str, float]], name: str) -> float:
    """Return the median of one figure."""
    return statistics.median(one[name] for one in many)


def table(found: dict[str, list[dict[str, float]]], files: dict[str, float], overdue: float) -> str:
    """Return the figures as a table of ratios."""
    bare, empty, ten = found["bare"], found["empty"], found["ten"]
    base, rss = middle(bare, "ms"), middle(bare, "rss")
    calendar = middle(found["calendar"], "ms")
    lines = [
        ("first paint of Today, ten years / bare", middle(ten, "ms") / base, "1.50, aim 1.30"),
        ("first paint of Today, empty / bare", middle(empty, "ms") / base, "-"),
        (
            "first paint of Today, ten years / empty",
            middle(ten, "ms") / middle(empty, "ms"),
            "1.15",
        ),
        ("first paint of the month, ten years / bare", calendar / base, "1.50, aim 1.30"),
        ("memory at first paint, ten years / bare", middle(ten, "rss") / rss, "1.60"),
        ("memory at first paint, empty / bare", middle(empty, "rss") / rss, "1.60"),
        ("memory after every tab, ten years / bare", middle(ten, "rss_all") / rss, "2.20"),
        ("month change p95, ten years / bare start", middle(ten, "month") / base, "0.125"),
        ("longest frame in 1,000 agenda rows / bare", middle(ten, "rows") / base, "50 ms"),
        ("page change p95, ten years / bare start", middle(ten, "tab") / base, "0.125"),
        ("first opening of a tab, longest / bare start", middle(ten, "tab_first") / base, "-"),
        ("search key p95, ten years / bare start", middle(ten, "key") / base, "0.125"),
        ("bag opens p95, ten years / bare start", middle(ten, "bag") / base, "0.125"),
        ("tick in the bag, kept, p95 / bare start", middle(ten, "tick") / base, "0.125"),
        ("side effects open p95, ten years / bare", middle(ten, "watch") / base, "0.125"),
        ("support opens p95, ten years / bare start", middle(ten, "support") / base, "0.125"),
        ("key in 2,000 notes p95 / bare start", middle(ten, "note_key") / base, "0.125"),
        ("moods of ten years, p95 / bare start", middle(ten, "moods") / base, "0.125"),
        ("chart redraw p95, ten years / bare start", middle(ten, "chart") / base, "0.125"),
        ("first look at a chart, longest / bare", middle(ten, "chart_first") / base, "-"),
        ("visit report, usual days / bare start", middle(ten, "report") / base, "0.50"),
        ("visit report, ten years / bare start", middle(ten, "report_all") / base, "0.50"),
        ("5,000 overdue in the panel / bare start", overdue / base, "2 s"),
        ("import of 10,000 events / icalendar parsing", files["import"] / files["parse"], "1.50"),
        ("export of 10,000 events / its to_ical", files["export"] / files["write"], "1.30"),
        ("reading a small file / bare interpreter", files["guard"] / files["interpreter"], "-"),
    ]
    head = f"{'ratio':<44}{'measured':>10}{'goal':>18}"
    rows = [f"{name:<44}{value:>10.2f}{goal:>18}" for name, value, goal in lines]
    spread = sorted(one["ms"] for one in bare)
    foot = (
        f"bare window {base:.0f} ms ({spread[0]:.0f} to {spread[-1]:.0f}), {rss:.0f} MiB; "
        f"medians of {ROUNDS} interleaved rounds; longest frame {middle(ten, 'rows'):.0f} ms; "
        f"{OVERDUE:,} overdue {overdue:.0f} ms; "
        f"import {files['import']:.0f} ms, export {files['export']:.0f} ms, "
        f"a small file {files['guard']:.0f} ms, medians of {FILE_ROUNDS}"
    )
    return "\n".join([head, "-" * len(head), *rows, "", foot])


def make_folders(made: Path, env: dict[str, str]) -> dict[str, Path]:
    """Make the data: nothing, ten years, and ten years that were left in the calendar."""
    folders = {name: made / name for name in ("empty", "ten", "calendar")}
    fill(folders["ten"], TODAY)
    subprocess.run(
        [sys.executable, "main.py", "--data-dir", folders["empty"], "--now", NOW, "list", "notes"],
        cwd=ROOT, env=env, check=True,
    )  # fmt: skip
    shutil.copytree(folders["ten"], folders["calendar"])
    for name, folder in folders.items():
        accept_first_run(folder, tab="calendar" if name == "calendar" else "today")
    return folders


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as made, private_screen() as screen:
        env = {**os.environ, **screen.env, "TZ": "Europe/London"}
        # Compiling anew at every start would be measured instead of the start.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        folders = make_folders(Path(made), env)
        overdue = overdue_rounds(screen, env, Path(made))
        sys.stdout.write(table(rounds(env, folders), file_rounds(), overdue) + "\n")


if __name__ == "__main__":
    main()
