"""Enumerations made the quick way are what Python's own way makes of the same names."""

from __future__ import annotations

import json
import subprocess
import sys
from enum import KEEP, Enum, EnumType, Flag, IntEnum
from pathlib import Path
from typing import Any

import pytest

from caregiver_app.gui.quick_enums import quick

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = sys.version_info[:2] != (3, 11)

CHILD = """
import enum, json, pickle
from enum import KEEP, Enum, Flag, IntEnum, IntFlag
plain = enum.EnumType._create_
import caregiver_app.gui
from PySide6 import QtCore, QtGui, QtWidgets

for module in (QtCore, QtGui, QtWidgets):
    for name in dir(module):
        getattr(module, name)

def every(kind):
    for one in type.__subclasses__(kind):
        yield one
        yield from every(one)

OF_THE_CLASS = {"__dict__", "__weakref__", "__module__", "__qualname__", "__doc__", "_missing_",
                "__reduce_ex__", "_iter_member_"}
# With these the toolkit lets two of them be added to keys.
OF_THE_CLASS |= {"__or__", "__ror__", "__add__", "__radd__"}

def look(made):
    kept = {key: of for key, of in vars(made).items() if key not in OF_THE_CLASS}
    return {
        key: repr(of).replace("staticmethod(", "").rstrip(")") if key == "__new__" else
        [str(one) for one in of] if isinstance(of, (list, dict)) else repr(of)
        for key, of in kept.items() if key not in made.__members__
    }

def members(made):
    return [
        (name, repr(one), str(one), one.value, one.name, one._sort_order_, made(one.value) is one,
         made[name] is one, hash(one) == hash(one.name) or isinstance(one, int))
        for name, one in made.__members__.items()
    ] + [repr(one) for one in made] + [len(made)]

def bits(made):
    some = list(made)[:3]
    total = made(0)
    for one in some:
        total = total | one
    return [repr(total), repr([*total]), repr(~total), repr(total & some[0] if some else total)]

wrong, count = [], 0
for one in {*every(Enum)}:
    if not one.__module__.startswith("PySide6") or not one.__members__:
        continue
    count += 1
    (kind,) = one.__bases__
    pairs = [(name, member.value) for name, member in one.__members__.items()]
    like = plain(kind, one.__name__, pairs, module=one.__module__, boundary=KEEP)
    same = members(one) == members(like) and look(one) == look(like)
    if issubclass(kind, Flag) and "__add__" not in vars(one):
        same = same and bits(one) == bits(like)
    if not same:
        wrong.append(f"{one.__module__}.{one.__qualname__}")
kept = pickle.loads(pickle.dumps(QtCore.Qt.AlignmentFlag.AlignLeft))
print(json.dumps({
    "quick": enum.EnumType._create_ is not plain, "wrong": wrong, "count": count,
    "pickled": kept is QtCore.Qt.AlignmentFlag.AlignLeft,
    "unknown": QtGui.QFont.Weight(650).value,
}))
"""


@pytest.mark.skipif(ELSEWHERE, reason="they are made Python's own way there")
def test_all_of_the_toolkit_are_as_python_makes_them():
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["quick"]
    assert told["count"] > 300
    assert told["wrong"] == []
    assert told["pickled"]
    assert told["unknown"] == 650


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def create(asked: list[str]) -> Any:
    """What makes enumerations, and notes which of them it left to Python."""
    python: Any = EnumType

    def plain(kind: Any, name: str, names: Any, **more: Any) -> Any:
        asked.append(name)
        return python._create_(kind, name, names, **more)

    return quick(plain)


@pytest.mark.parametrize(
    "names",
    [
        "red green",
        ["red", "green"],
        ["ab"],
        {"red": 1},
        [("red", "1")],
        [("red", True)],
        [("name", 1)],
        [("_red", 1)],
        [("real", 1)],
    ],
)
def test_whatever_is_not_numbers_under_plain_names_is_left_to_python(create, asked, names):
    assert issubclass(create(IntEnum if names == [("real", 1)] else Enum, "Odd", names,
                             boundary=KEEP), Enum)  # fmt: skip
    assert asked == ["Odd"]


def test_what_others_make_is_left_to_python(create, asked):
    class Own(Enum):
        """Of no kind that the toolkit has."""

    create(Own, "Theirs", [("red", 1)], boundary=KEEP)
    create(Enum, "Named", [("red", 1)], boundary=KEEP, module=__name__)
    create(Flag, "Strict", [("red", 1)])
    assert asked == ["Theirs", "Named", "Strict"]


def test_a_second_name_for_a_number_is_the_same_member(create, asked):
    made = create(Enum, "Side", [("left", 1), ("right", 2), ("leading", 1)], boundary=KEEP)
    assert made.leading is made.left
    assert [one.name for one in made] == ["left", "right"]
    assert "Side" not in asked
