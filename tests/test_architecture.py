"""The house stands as it was drawn: imports, sizes, time, SQL; and each check can fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.tools import house_rules
from tests.tools.house_rules import RULES, Module, modules

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "caregiver_app"
sources = cache(lambda: modules(PACKAGE))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps_the_rules(rule):
    breaches = [f"{module.name}:{breach}" for module in sources() for breach in rule(module)]
    assert not breaches, "\n" + "\n".join(breaches)


def test_every_folder_of_the_package_is_a_package():
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
    assert (PACKAGE / "py.typed").exists()


# ---- who may import whom -----------------------------------------------------------------------
_LINT = (
    "import sys; from importlinter.cli import lint_imports as lint; sys.exit(lint(no_cache=True))"
)


def lint(folder: Path) -> tuple[int, str]:
    """Run the contracts of a folder's pyproject.toml; its exit code and report."""
    done = subprocess.run(
        [sys.executable, "-c", _LINT], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_import_contracts_are_kept():
    code, report = lint(ROOT)
    assert code == 0, report


LAYERS = ("gui", "pages", "services", "storage", "integrations", "domain")

# Each breaks one contract and no other one.
PLANTS = {
    "layers": {"services/plant.py": "import caregiver_app.pages"},
    "no-qt": {
        "integrations/notices.py": "import PySide6.QtDBus",
        "services/plant.py": "import caregiver_app.integrations.notices",
    },
    "pure-domain": {"domain/plant.py": "import icalendar"},
    "screens": {"gui/plant.py": "import caregiver_app.storage"},
    "commands": {"cli.py": "import sqlite3"},
}


def sketch(folder: Path, plant: dict[str, str]) -> Path:
    """Make a tiny house with the same walls and the same contracts, and plant something in it."""
    package = folder / "caregiver_app"
    for layer in LAYERS:
        (package / layer).mkdir(parents=True)
    for name in ("", *(f"{layer}/" for layer in LAYERS)):
        (package / f"{name}__init__.py").touch()
    for name in ("bootstrap.py", "cli.py"):
        (package / name).touch()
    for name, text in plant.items():
        (package / name).write_text(f"{text}\n", encoding="utf-8")
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def contracts() -> dict[str, str]:
    """Return the id and name of each contract."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {each["id"]: each["name"] for each in told["tool"]["importlinter"]["contracts"]}


def test_a_house_without_breaches_keeps_every_contract(tmp_path: Path):
    code, report = lint(sketch(tmp_path, {}))
    assert code == 0, report


@pytest.mark.parametrize("contract", contracts())
def test_each_contract_can_fail(contract: str, tmp_path: Path):
    code, report = lint(sketch(tmp_path, PLANTS[contract]))
    assert code == 1, report
    first_words = {name: " ".join(text.split()[:4]) for name, text in contracts().items()}
    broken = {
        name
        for name, words in first_words.items()
        if any(words in line and "BROKEN" in line for line in joined(report))
    }
    assert broken == {contract}, report


def joined(report: str) -> list[str]:
    """Put the lines of a wrapped report together: one a contract."""
    return (
        report.replace("\n", " ")
        .replace("KEPT", "KEPT\n")
        .replace("BROKEN", "BROKEN\n")
        .split("\n")
    )


def test_a_new_top_level_module_must_be_given_its_place(tmp_path: Path):
    code, report = lint(sketch(tmp_path, {"helpers.py": ""}))
    assert code == 1, report


# ---- each rule can fail, and does not cry wolf -------------------------------------------------
BAD = [
    ("file_size", "domain/a.py", "x = 1\n" * 501),
    ("function_size", "domain/a.py", "def f():\n" + "    x = 1\n" * 60),
    ("module_docstring", "domain/a.py", "x = 1"),
    ("lazy_imports", "gui/a.py", "def f():\n    import json"),
    ("lazy_imports", "gui/a.py", "f = [lambda: 1]\nclass A:\n    def g(self):\n        import re"),
    ("lazy_imports", "gui/a.py", "def f():\n    from caregiver_app.gui import b"),
    ("lazy_imports", "gui/a.py", "def f():\n    from PySide6.QtCore import QTimer"),
    ("lazy_imports", "gui/bootstrap.py", "def f():\n    from caregiver_app.gui import b"),
    ("lazy_imports", "bootstrap.py", "def f():\n    from caregiver_app.storage import b"),
    ("lazy_imports", "storage/a.py", "import sqlite_utils"),
    ("lazy_imports", "gui/a.py", "from PySide6.QtPrintSupport import QPrinter"),
    ("lazy_imports", "gui/a.py", "from PySide6 import QtPrintSupport"),
    ("lazy_imports", "integrations/a.py", "try:\n    from icalendar import Event\nfinally: pass"),
    ("qt_by_layer", "pages/a.py", "from PySide6.QtWidgets import QWidget"),
    ("qt_by_layer", "pages/a.py", "from PySide6 import QtWidgets"),
    ("qt_by_layer", "pages/a.py", "import PySide6"),
    ("qt_by_layer", "integrations/a.py", "def f():\n    from PySide6.QtGui import QIcon"),
    ("qt_by_layer", "domain/a.py", "from PySide6.QtCore import QDate"),
    ("qt_by_layer", "cli.py", "from PySide6.QtGui import QGuiApplication"),
    ("database_by_layer", "services/a.py", "import sqlite3"),
    ("database_by_layer", "gui/a.py", "def f():\n    from sqlite_utils import Database"),
    ("foundation_stands_alone", "assets.py", "from caregiver_app.domain import times"),
    ("no_relative_imports", "domain/a.py", "from . import times"),
    ("no_relative_imports", "domain/a.py", "from .times import Zoned"),
    ("time_is_given", "domain/a.py", "from datetime import datetime\nx = datetime.now()"),
    ("time_is_given", "domain/a.py", "import datetime as d\nx = d.datetime.now(d.UTC)"),
    ("time_is_given", "services/a.py", "from datetime import datetime as D\nx = D.utcnow()"),
    ("time_is_given", "storage/a.py", "from datetime import date\nx = date.today()"),
    ("time_is_given", "storage/a.py", "import time\nx = time.time()"),
    ("time_is_given", "storage/a.py", "import time as t\nx = t.localtime()"),
    ("time_is_given", "storage/a.py", "from time import time"),
    ("time_is_given", "gui/a.py", "from PySide6.QtCore import QDate\nx = QDate.currentDate()"),
    ("sql_only_in_storage", "gui/a.py", "x = 'SELECT id FROM notes'"),
    ("sql_only_in_storage", "services/a.py", "x = f'INSERT OR IGNORE INTO {t}'"),
    ("sql_only_in_storage", "services/a.py", "db.execute('select id\\nfrom notes')"),
    ("sql_only_in_storage", "services/a.py", "db.query(f'delete from {t}')"),
    ("sql_only_in_storage", "cli.py", "x = 'PRAGMA user_version'"),
    ("writes_only_in_atomic", "storage/a.py", "db.conn.execute('insert into a values (1)')"),
    ("writes_only_in_atomic", "storage/a.py", "self._conn.executemany(f'UPDATE {t} SET a=1', [])"),
    ("writes_only_in_atomic", "storage/a.py", "conn.execute('DELETE ' + 'FROM a')"),
    ("writes_only_in_atomic", "storage/a.py", "with db.conn:\n    pass"),
    ("writes_only_in_atomic", "storage/a.py", "with a() as b, self._connection:\n    pass"),
]

GOOD = [
    ("file_size", "domain/a.py", "x = 1\n" * 500),
    ("function_size", "domain/a.py", "def f():\n" + "    x = 1\n" * 59),
    (
        "lazy_imports",
        "storage/a.py",
        "def f():\n    from sqlite_utils.migrations import Migrations",
    ),
    ("lazy_imports", "gui/a.py", "def f():\n    from PySide6.QtPrintSupport import QPrinter"),
    ("lazy_imports", "bootstrap.py", "def f():\n    from caregiver_app.gui.app import run"),
    ("lazy_imports", "a.py", "if TYPE_CHECKING:\n    from sqlite_utils import Database"),
    ("qt_by_layer", "gui/a.py", "from PySide6.QtWidgets import QWidget"),
    ("qt_by_layer", "pages/a.py", "from PySide6.QtGui import QPainter"),
    ("qt_by_layer", "integrations/a.py", "from PySide6 import QtDBus"),
    ("database_by_layer", "storage/a.py", "import sqlite3"),
    ("foundation_stands_alone", "messages.py", "from caregiver_app.assets import read_text"),
    ("time_is_given", "domain/a.py", "def f(clock): return clock.now()"),
    ("time_is_given", "storage/a.py", "import time\nx = time.monotonic()"),
    ("time_is_given", "clock.py", "from datetime import datetime\nx = datetime.now()"),
    ("sql_only_in_storage", "gui/a.py", "x = 'Select a day from the calendar'"),
    ("sql_only_in_storage", "gui/a.py", "'''SELECT this FROM that, in a docstring.'''"),
    ("sql_only_in_storage", "gui/a.py", "x = 'Delete from the list'"),
    ("writes_only_in_atomic", "storage/a.py", "self._conn.execute('SELECT 1')"),
    ("writes_only_in_atomic", "storage/a.py", "with db.atomic():\n    db.execute('insert ...')"),
]


def found(rule: str, name: str, text: str) -> list[str]:
    return list(getattr(house_rules, rule)(Module.of(name, text)))


@pytest.mark.parametrize(("rule", "name", "text"), BAD)
def test_a_planted_breach_is_found(rule: str, name: str, text: str):
    assert found(rule, name, text)


@pytest.mark.parametrize(("rule", "name", "text"), GOOD)
def test_what_is_allowed_is_left_alone(rule: str, name: str, text: str):
    assert found(rule, name, text) == []


def test_every_rule_has_a_planted_breach():
    assert {rule for rule, _, _ in BAD} == {rule.__name__ for rule in RULES}
    assert set(PLANTS) == set(contracts())
