"""Helpers that tests use to look at the real thing: screens, buses, foreign calendar readers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable
from typing import Any

import pytest


def tools_are_required() -> bool:
    """Tell whether a missing tool is a failure (make test, CI) and not a reason to skip."""
    return bool(os.environ.get("REQUIRE_TOOLS") or os.environ.get("CI"))


def need(present: object, what: str) -> None:
    """Skip the running test when a tool is absent, or fail it where tools are required."""
    if present:
        return
    sentence = f"missing for this test: {what}"
    if tools_are_required():
        pytest.fail(sentence)
    pytest.skip(sentence)


def some(values: Iterable[Any], kept: Collection[Any]) -> list[Any]:
    """Return the values of a parameter; only the long tests go through those that are not kept."""
    told = [one if one in kept else pytest.param(one, marks=pytest.mark.long) for one in values]
    if not kept:
        raise ValueError("one at least stays in every run")
    return told


def need_programs(*names: str) -> None:
    """Like `need`, for programs on the PATH."""
    absent = [name for name in names if shutil.which(name) is None]
    need(not absent, ", ".join(absent))
