"""What is usually taken beside a therapy, by name only, and what is taken once a week only."""

from __future__ import annotations

import json
from functools import cache, cached_property
from typing import Any

from caregiver_app.assets import read_text
from caregiver_app.domain.advice import Evidence, Source
from caregiver_app.domain.weekly_only import WeeklyOnly, weekly_only
from caregiver_app.values import value

FILE = "reference/alongside.en.json"


@value
class Companion:
    """A medicine that is usually taken beside a therapy: its name and where that was read."""

    name: str
    evidence: Evidence


class Alongside:
    """Reads the data file when it is first asked for."""

    @cached_property
    def _data(self) -> dict[str, Any]:
        return json.loads(read_text(FILE))

    @cached_property
    def weekly_only(self) -> tuple[WeeklyOnly, ...]:
        """The medicines of one day a week."""
        return tuple(
            WeeklyOnly(one["name"], tuple(one["names"])) for one in self._data["weekly_only"]
        )

    @property
    def goes_on(self) -> tuple[str, ...]:
        """What goes on beside any therapy."""
        return tuple(self._data["goes_on"])

    def companions(self, therapy: str) -> tuple[Companion, ...]:
        """Return what is usually taken beside a therapy, called by any of its names."""
        wanted = therapy.casefold().strip()
        for one in self._data["alongside"]:
            if any(name.casefold() in wanted for name in one["therapy"]):
                return tuple(self._companion(entry) for entry in one["medicines"])
        return ()

    def is_weekly(self, name: str) -> WeeklyOnly | None:
        """Return the medicine of one day a week that a name speaks of, None for none."""
        return weekly_only(name, self.weekly_only)

    def _companion(self, entry: dict[str, Any]) -> Companion:
        read_in = self._data["read_in"]
        sources = tuple(Source(id_, **read_in[id_]) for id_ in entry["sources"])
        return Companion(entry["name"], Evidence(entry["status"], sources))


@cache
def load() -> Alongside:
    """Return the one look-up; nothing is read from the disk yet."""
    return Alongside()
