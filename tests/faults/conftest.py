"""What the tests of faults share: programs run at their own pace, unmeasured."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the processes run at their own pace: what they do is measured in other tests as well."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
