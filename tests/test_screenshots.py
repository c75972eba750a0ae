"""The tool that takes the pictures: everything can be pictured, each time the same."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from tests.programs import ROOT
from tools.screenshots import README
from tools.shots import SHOTS
from tools.studio import VARIANTS

PAPER = "#FBF7EF"
"""The page of the light look."""
LARGEST_SUM = 4_200_000
"""Bytes of all pictures that are committed."""


def pictures(target: Path, *chosen: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "tools" / "screenshots.py"), "--out", str(target), *chosen],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tab and a dialog in all variants."""
    folder = tmp_path_factory.mktemp("pictures")
    done = pictures(folder, "--only", "care_plan,about")
    assert done.returncode == 0, done.stderr
    return folder


def brightness(path: Path) -> int:
    image = QImage(str(path))
    return QColor(image.pixelColor(image.width() // 2, image.height() - 3)).lightness()


def test_each_variant_has_its_folder_and_looks_like_it(taken: Path):
    found = {path.relative_to(taken).as_posix() for path in taken.rglob("*.png")}
    assert found == {
        f"{variant.name}/{name}.png" for variant in VARIANTS for name in ("care_plan", "about")
    }
    assert QImage(str(taken / "light/care_plan.png")).width() == 1280
    assert QImage(str(taken / "narrow/care_plan.png")).width() == 900
    assert brightness(taken / "light/care_plan.png") > 200
    assert brightness(taken / "dark/care_plan.png") < 60
    told = {variant.name: (taken / variant.name / "care_plan.png").read_bytes()
            for variant in VARIANTS}  # fmt: skip
    assert len(set(told.values())) == len(VARIANTS)


def test_a_dialog_lies_over_its_window(taken: Path):
    image = QImage(str(taken / "light/about.png"))
    middle = image.pixelColor(image.width() // 2 + 180, image.height() // 2 - 60)
    assert image.pixelColor(4, image.height() - 4) != QColor(PAPER), "no veil"
    assert middle.lightness() > 200, "no sheet"


def test_a_second_time_gives_the_same_bytes(taken: Path, tmp_path: Path):
    done = pictures(tmp_path, "--only", "care_plan,about", "--variant", "light,large")
    assert done.returncode == 0, done.stderr
    for path in tmp_path.rglob("*.png"):
        assert path.read_bytes() == (taken / path.relative_to(tmp_path)).read_bytes(), path


def test_what_takes_two_presses_is_pictured_after_both(tmp_path: Path):
    done = pictures(tmp_path, "--only", "sign_written", "--variant", "light")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "light/sign_written.png").exists()


def test_a_name_that_is_none_is_told(tmp_path: Path):
    done = pictures(tmp_path, "--only", "nonsense")
    assert done.returncode == 2
    assert "nonsense" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_readme_shows_what_is_there_and_no_more():
    names = [shot.name for shot in SHOTS]
    assert len(set(names)) == len(names)
    assert {shot for shot, _, _ in README} <= set(names)
    assert {of for _, of, _ in README} <= {variant.name for variant in VARIANTS}
    shown = set(re.findall(r"docs/pictures/(\w+)\.png", (ROOT / "README.md").read_text("utf-8")))
    kept = {path.stem for path in (ROOT / "docs" / "pictures").glob("*.png")}
    assert shown == kept == {name for _, _, name in README}
    sizes = [path.stat().st_size for path in (ROOT / "docs" / "pictures").glob("*.png")]
    assert sum(sizes) < LARGEST_SUM


@pytest.mark.long
def test_everything_can_be_pictured(tmp_path: Path):
    done = pictures(tmp_path)
    assert done.returncode == 0, done.stderr
    told = {path.name for path in (tmp_path / "light").iterdir()}
    assert told == {f"{shot.name}.png" for shot in SHOTS}
