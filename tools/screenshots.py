"""Take pictures of every tab, page and dialog of the made-up family, always on the same day.

    python tools/screenshots.py                       everything, and the README's pictures
    python tools/screenshots.py --readme              only the README's pictures
    python tools/screenshots.py --variant dark --only today,settings

Everything goes to build/pictures/<variant>/, which is not committed; the README's few are copied
to docs/pictures/, which is. The variants are light, dark, large (200 % text), narrow (900 px wide)
and empty. Each picture is taken of a window of its own, so that none depends on another, and a
second run gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtWidgets import QApplication

from caregiver_app.gui.app import application
from tools.shots import SHOTS
from tools.studio import VARIANTS, ZONE, Variant, data_for, studio

BUILD = ROOT / "build" / "pictures"
DOCS = ROOT / "docs" / "pictures"
SCREEN = (1920, 1200)

README = (
    ("today", "light", "today"),
    ("calendar", "light", "calendar"),
    ("calendar_week", "light", "calendar_week"),
    ("print_calendar", "light", "print_calendar"),
    ("side_effects", "light", "side_effects"),
    ("bag", "light", "bag"),
    ("plan_form", "light", "plan"),
    ("visit", "light", "visit"),
    ("care_plan", "light", "care_plan"),
    ("reminder_panel", "light", "reminders"),
    ("settings_reminders", "light", "settings_reminders"),
    ("import", "light", "import"),
    ("subscribed", "light", "subscribed"),
    ("emergency_sign", "light", "emergency"),
    ("cycles", "light", "cycles"),
    ("find_sign", "light", "find_sign"),
    ("clinic_call", "light", "call_sheet"),
    ("support", "light", "support"),
    ("crisis", "light", "crisis"),
    ("today", "dark", "today_dark"),
    ("today", "large", "today_large_text"),
)
"""The pictures of the README: which one, in which variant, and its name there."""


def prepare() -> QApplication:
    """Return the application on a screen that is large enough, with nothing that blinks."""
    os.environ["TZ"] = ZONE
    screen = {"name": "pictures", "x": 0, "y": 0, "width": SCREEN[0], "height": SCREEN[1],
              "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as told:
        json.dump({"screens": [screen]}, told)
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={told.name}"
    app = application()
    Path(told.name).unlink()
    app.setCursorFlashTime(0)
    return app


def take(
    app: QApplication, variant: Variant, only: Sequence[str], made: Path, target: Path
) -> list[str]:
    """Take all pictures of a variant, or `only` some; return what could not be taken."""
    wrong: list[str] = []
    if not only:
        shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        may_be_empty = shot.when_empty or shot.always_empty
        if (only and shot.name not in only) or not (variant.filled or may_be_empty):
            continue
        filled = variant.filled and not shot.always_empty
        path = target / f"{shot.name}.png"
        path.unlink(missing_ok=True)
        try:
            with studio(app, variant, data_for(made, filled=filled), filled=filled) as one:
                one.shown(shot.take(one)).save(str(path))
        except Exception:  # noqa: BLE001 - the other pictures are still taken
            wrong.append(f"{variant.name}/{shot.name}: {traceback.format_exc()}")
    return wrong


def main() -> int:
    """Take what was asked for; return 1 when something could not be taken."""
    parser = argparse.ArgumentParser(description="Take pictures of the made-up family.")
    parser.add_argument("--variant", default="", help="only these, with commas")
    parser.add_argument("--only", default="", help="only these pictures, with commas")
    parser.add_argument("--readme", action="store_true", help="only the README's pictures")
    parser.add_argument("--out", type=Path, default=BUILD, help="where the big set goes")
    chosen = parser.parse_args()
    names = [name for name in chosen.variant.split(",") if name]
    only = [name for name in chosen.only.split(",") if name]
    unknown = {*names} - {one.name for one in VARIANTS} | {*only} - {one.name for one in SHOTS}
    if unknown:
        parser.error(f"no such picture or variant: {', '.join(sorted(unknown))}")
    app = prepare()
    wrong: list[str] = []
    # Not a folder with a new name each time: Settings shows where the data is.
    made: Path = chosen.out / ".made"
    shutil.rmtree(made, ignore_errors=True)
    target = made / "readme" if chosen.readme else chosen.out
    try:
        for variant in VARIANTS:
            wanted = only
            if chosen.readme:
                wanted = [shot for shot, of, _ in README if of == variant.name]
            if (wanted or not chosen.readme) and (not names or variant.name in names):
                wrong += take(app, variant, wanted, made, target / variant.name)
        if chosen.readme or not (names or only or chosen.out != BUILD):
            DOCS.mkdir(parents=True, exist_ok=True)
            for shot, of, name in README:
                if (found := target / of / f"{shot}.png").exists():
                    shutil.copyfile(found, DOCS / f"{name}.png")
    finally:
        shutil.rmtree(made, ignore_errors=True)
    for one in wrong:
        sys.stderr.write(f"not taken: {one}\n")
    sys.stdout.write(f"pictures in {DOCS if chosen.readme else target}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
