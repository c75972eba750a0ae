"""What the tests of faults share: programs run at their own pace, unmeasured."""

from __future__ import annotations

import pytest

from caregiver_app.integrations import sealed


@pytest.fixture(autouse=True)
def _unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the processes run at their own pace: what they do is measured in other tests as well."""
    # As in the programs themselves, whose locked backups are opened here.
    monkeypatch.setattr(sealed, "_MEMORY_KIB", 64)
    monkeypatch.setattr(sealed, "_ROUNDS", 1)
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
