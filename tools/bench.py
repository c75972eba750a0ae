"""Start, memory and page changes as ratios to a bare PySide6 window, printed as a table.

Every figure is a median of interleaved rounds on the same private screen, second start, so that the
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

from tests.tools.screen import private_screen
from tools.ten_years import fill

ROUNDS = 9
TODAY = date(2026, 3, 20)
NOW = f"{TODAY}T12:00"
CHILD = ROOT / "tools" / "bench_child.py"


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


def rounds(env: dict[str, str], empty: Path, ten: Path) -> dict[str, list[dict[str, float]]]:
    """Measure all programs in turn, ROUNDS times."""
    found: dict[str, list[dict[str, float]]] = {"bare": [], "empty": [], "ten": []}
    for number in range(ROUNDS + 1):
        got = {
            "bare": measure(env, "bare"),
            "empty": measure(env, "app", empty),
            "ten": measure(env, "app", ten),
        }
        # The first round only warms the disk's cache and makes every start a second one.
        if number:
            for name, one in got.items():
                found[name].append(one)
    return found


def middle(many: list[dict[str, float]], name: str) -> float:
    """Return the median of one figure."""
    return statistics.median(one[name] for one in many)


def table(found: dict[str, list[dict[str, float]]]) -> str:
    """Return the figures as a table of ratios."""
    bare, empty, ten = found["bare"], found["empty"], found["ten"]
    base, rss = middle(bare, "ms"), middle(bare, "rss")
    lines = [
        ("first paint, ten years / bare", middle(ten, "ms") / base, "1.50, aim 1.30"),
        ("first paint, empty / bare", middle(empty, "ms") / base, "-"),
        ("first paint, ten years / empty", middle(ten, "ms") / middle(empty, "ms"), "1.15"),
        ("memory at first paint, ten years / bare", middle(ten, "rss") / rss, "1.60"),
        ("memory at first paint, empty / bare", middle(empty, "rss") / rss, "1.60"),
        ("memory after every tab, ten years / bare", middle(ten, "rss_all") / rss, "2.20"),
        ("month change p95, ten years / bare start", middle(ten, "month") / base, "0.125"),
        ("tab change p95, ten years / bare start", middle(ten, "tab") / base, "0.125"),
    ]
    head = f"{'ratio':<44}{'measured':>10}{'goal':>18}"
    rows = [f"{name:<44}{value:>10.2f}{goal:>18}" for name, value, goal in lines]
    spread = sorted(one["ms"] for one in bare)
    foot = (
        f"bare window {base:.0f} ms ({spread[0]:.0f} to {spread[-1]:.0f}), {rss:.0f} MiB; "
        f"medians of {ROUNDS} interleaved rounds"
    )
    return "\n".join([head, "-" * len(head), *rows, "", foot])


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as made, private_screen() as screen:
        empty, ten = Path(made) / "empty", Path(made) / "ten"
        fill(ten, TODAY)
        env = {**os.environ, **screen.env, "TZ": "Europe/London"}
        # Compiling anew at every start would be measured instead of the start.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        subprocess.run(
            [sys.executable, "main.py", "--data-dir", empty, "--now", NOW, "list", "notes"],
            cwd=ROOT, env=env, check=True,
        )  # fmt: skip
        sys.stdout.write(table(rounds(env, empty, ten)) + "\n")
        shutil.rmtree(made, ignore_errors=True)


if __name__ == "__main__":
    main()
