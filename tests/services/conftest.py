"""A household with a real data file and a clock that tests set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from caregiver_app.domain.times import instant
from tests.factories import moment
from tests.fakes import NEW_YORK, FakeClock, Home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A family in New York, Saturday 21 November 2026, ten in the morning."""
    clock = FakeClock(instant(moment("2026-11-21T10:00"), NEW_YORK))
    made = Home(tmp_path / "data", clock)
    yield made
    made.close()
