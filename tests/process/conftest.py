"""What the tests of real processes share: a data folder, and the program that fills it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.programs import Program


@pytest.fixture
def program(tmp_path: Path, capsys, monkeypatch) -> Program:
    """The program in this process, in UTC, with a data folder of its own."""
    monkeypatch.setenv("TZ", "UTC")
    return Program(tmp_path / "data", capsys, monkeypatch)


@pytest.fixture(autouse=True)
def _unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the processes run at their own pace: what they do is measured in this process as well."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
