"""The toolkit is loaded whole, its own modules are compiled once, and imports are Python's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

CHILD = """
import builtins, json, linecache, sys
plain_compile, compiled = builtins.compile, []

def watched(source, filename, *more, **named):
    compiled.append(str(filename))
    return plain_compile(source, filename, *more, **named)

builtins.compile = watched
import caregiver_app.gui
from PySide6.QtCore import QObject, QSize
from caregiver_app.domain.plans import horizon

from PySide6.support import signature
stubs = sys.modules["shibokensupport.signature.lib.pyi_generator"]
huge = sys.modules["shibokensupport.signature.parser"].arglistParser._finditer
told = {
    "stubs": [name for name in vars(stubs) if not name.startswith("__")],
    "later": type(huge).__name__,
    "parameters": str(signature.get_signature(QSize.scaled)[0]),
    "compiled": [name for name in compiled if "shibokensupport" in name],
    "read": [name for name in linecache.cache if name.endswith("plans.py")],
    "compile": builtins.compile is watched,
    "works": QSize(1, 2).height() == 2,
}
try:
    QObject("no parent")
except TypeError as error:
    told["signature"] = "QObject" in str(error)
print(json.dumps(told))
"""


def start(cache: Path, **more: str) -> dict[str, object]:
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(cache), **more}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env |= more
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def kept(cache: Path) -> list[Path]:
    return [path for path in cache.rglob("pyside6.*/*") if path.is_file()]


def test_the_second_start_compiles_nothing_of_the_toolkit(tmp_path: Path):
    first, second = start(tmp_path), start(tmp_path)
    assert first["compiled"]
    assert not second["compiled"]
    assert len(kept(tmp_path)) == len(first["compiled"]) + 1  # and what begins all of it
    for told in (first, second):
        assert told["works"]
        assert told["signature"]


def test_what_writes_stubs_is_not_loaded_and_huge_patterns_wait_for_their_first_use(tmp_path: Path):
    told = start(tmp_path)
    assert told["stubs"] == []
    assert told["later"] == "function"
    assert "mode: PySide6.QtCore.Qt.AspectRatioMode" in str(told["parameters"])


def test_later_imports_read_no_source_and_compile_as_ever(tmp_path: Path):
    told = start(tmp_path)
    assert told["read"] == []
    assert told["compile"]


def test_a_damaged_file_is_compiled_anew(tmp_path: Path):
    start(tmp_path)
    whole = {path.name: path.read_bytes() for path in kept(tmp_path)}
    for number, path in enumerate(kept(tmp_path)):
        path.write_bytes(whole[path.name][:10] if number % 2 else b"")
    told = start(tmp_path)
    assert told["works"]
    assert len(told["compiled"]) == len(whole) - 1
    assert {path.name: path.read_bytes() for path in kept(tmp_path)} == whole


def test_nothing_is_written_where_python_may_write_nothing(tmp_path: Path):
    told = start(tmp_path, PYTHONDONTWRITEBYTECODE="1")
    assert told["works"]
    assert kept(tmp_path) == []
