"""The installed program carries its resources and starts, far away from any source checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from caregiver_app import __version__, assets

ROOT = Path(__file__).resolve().parents[1]


def run(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program with nothing of the test run in its environment."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT")
    env = {name: os.environ[name] for name in kept if name in os.environ}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.args}\n{done.stdout}\n{done.stderr}"
    return done


def build(kind: str, source: Path, target: Path) -> Path:
    """Build a wheel or a source package without any network."""
    run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", target, cwd=source)
    (built,) = target.iterdir()
    return built


def resources_below(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@dataclass(frozen=True)
class Installed:
    """A fresh environment with only the wheel in it, which sees our dependencies."""

    bin: Path
    elsewhere: Path

    def python(self, code: str) -> str:
        return run(self.bin / "python", "-c", code, cwd=self.elsewhere).stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    place = tmp_path_factory.mktemp("installed") / "env"
    venv.create(place, with_pip=False, symlinks=True)
    python = place / "bin" / "python"
    run(
        *(sys.executable, "-m", "pip", "--python", python, "install", "--quiet"),
        *("--no-deps", "--no-index", "--disable-pip-version-check", wheel),
        cwd=place,
    )
    # Dependencies come from the environment of the tests. A folder that is named in a .pth file is
    # searched, but its own .pth files (the editable install of this checkout) are not read.
    where = run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place
    ).stdout.strip()
    (Path(where) / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    elsewhere = place.parent / "elsewhere"
    elsewhere.mkdir()
    return Installed(python.parent, elsewhere)


def test_the_wheel_carries_every_resource(wheel: Path):
    carried = {
        name.removeprefix("caregiver_app/resources/")
        for name in zipfile.ZipFile(wheel).namelist()
        if name.startswith("caregiver_app/resources/")
    }
    assert carried == resources_below(ROOT / "resources")
    assert len(carried) > 40


def test_the_wheel_carries_the_package_and_nothing_else(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    assert "caregiver_app/py.typed" in names
    assert {name.split("/")[0] for name in names} == {
        "caregiver_app",
        f"caregiver_companion-{__version__}.dist-info",
    }
    told = next(name for name in names if name.endswith("entry_points.txt"))
    entry_points = zipfile.ZipFile(wheel).read(told).decode()
    assert "[console_scripts]\ncaregiver-app = caregiver_app.__main__:main" in entry_points
    assert "[gui_scripts]\ncaregiver-app-window = caregiver_app.__main__:main" in entry_points


def test_the_wheel_of_a_source_package_is_the_same(wheel: Path, tmp_path: Path):
    source = build("sdist", ROOT, tmp_path / "sdist")
    (tmp_path / "source").mkdir()
    run("tar", "-xzf", source, "-C", tmp_path / "source", cwd=tmp_path)
    (unpacked,) = (tmp_path / "source").iterdir()
    again = build("wheel", unpacked, tmp_path / "again")
    assert zipfile.ZipFile(again).namelist() == zipfile.ZipFile(wheel).namelist()


def test_the_installed_program_reads_its_own_resources(installed: Installed):
    code = """
import json, caregiver_app
from caregiver_app import assets
print(json.dumps({
    "package": caregiver_app.__file__,
    "icons": assets.names("icons"),
    "bag": assets.read_text("icons/bag.svg"),
    "bytes": len(assets.read_bytes("icons/bag.svg")),
}))
"""
    told = json.loads(installed.python(code))
    assert not Path(told["package"]).is_relative_to(ROOT)
    assert told["icons"] == assets.names("icons")
    assert told["bag"] == assets.read_text("icons/bag.svg")
    assert told["bytes"] == (ROOT / "resources/icons/bag.svg").stat().st_size


def test_the_installed_program_reads_calendar_files_in_its_child(installed: Installed):
    code = """
from caregiver_app.integrations.guard import read_guarded
lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "DTSTART;TZID=Europe/Berlin:20260105T100000",
         "SUMMARY:Lab", "END:VEVENT", "END:VCALENDAR")
print([(one.title, one.zone) for one in read_guarded("\\n".join(lines).encode()).events])
"""
    assert installed.python(code).strip() == "[('Lab', 'Europe/Berlin')]"


@pytest.mark.parametrize("name", ["caregiver-app", "caregiver-app-window"])
def test_both_programs_start_from_the_installed_wheel(installed: Installed, name: str):
    done = run(installed.bin / name, "--help", cwd=installed.elsewhere)
    assert "caregiver-app" in done.stdout
    assert done.stderr == ""


def test_the_module_starts_too(installed: Installed):
    done = run(installed.bin / "python", "-m", "caregiver_app", "--help", cwd=installed.elsewhere)
    assert "caregiver-app" in done.stdout
