"""One JSON object, read field by field: every type checked, every refusal beside its field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar, cast

from caregiver_app.domain.times import Moment, parse_day, parse_moment, wall_instant
from caregiver_app.errors import InputRefused

Values = Mapping[str, Any]
T = TypeVar("T")
_HUGE = 10**9
_OUT_OF_LINE = {ord(mark): f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"}
"""What ends a line for some programs, though not for us: written so that it never does."""


class Line:
    """One JSON object, read field by field with its types checked."""

    def __init__(self, values: Values) -> None:
        self._values = values

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def _typed(self, name: str, made: type[T], words: str) -> T | None:
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, made) or (isinstance(value, bool) and made is not bool):
            raise InputRefused("entry.type", name, wanted=words, field_name=name)
        return value

    def with_zone(self, zone: str) -> Line:
        """Return the line with this zone where it names none."""
        return Line({**self._values, "zone": self.optional("zone") or zone})

    def text(self, name: str, default: str = "") -> str:
        """Return a text field."""
        found = self._typed(name, str, "text")
        return default if found is None else found

    def optional(self, name: str) -> str | None:
        """Return a text field, None when it is left out."""
        return self._typed(name, str, "text")

    def whole(self, name: str, default: int | None = None) -> int | None:
        """Return a whole number."""
        found = self._typed(name, int, "a whole number")
        return default if found is None else found

    def truth(self, name: str, *, default: bool = False) -> bool:
        """Return true or false."""
        found = self._typed(name, bool, "true or false")
        return default if found is None else found

    def decimal(self, name: str) -> float | None:
        """Return a number."""
        value = self._values.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return float(max(-_HUGE, min(value, _HUGE)))
        return self._typed(name, float, "a number")

    def listed(self, name: str, made: type[T], words: str) -> tuple[T, ...] | None:
        """Return a list of one type, None when it is left out."""
        values = cast("list[object] | None", self._typed(name, list, f"a list of {words}"))
        if values is None:
            return None
        found: list[T] = []
        for value in values:
            if not isinstance(value, made) or isinstance(value, bool):
                raise InputRefused("entry.type", name, wanted=f"a list of {words}", field_name=name)
            found.append(value)
        return tuple(found)

    def counts(self, name: str) -> dict[str, int] | None:
        """Return an object of whole numbers, None when it is left out."""
        words = "an object of whole numbers"
        found = cast("dict[str, object] | None", self._typed(name, dict, words))
        if found is None:
            return None
        counts: dict[str, int] = {}
        for key, value in found.items():
            if not isinstance(value, int) or isinstance(value, bool):
                raise InputRefused("entry.type", name, wanted=words, field_name=name)
            counts[key] = value
        return counts

    def day(self, name: str) -> date | None:
        """Return a date, None when it is left out."""
        text = self.optional(name)
        return None if text is None else parse_day(text, name)

    def moment(self, name: str) -> Moment:
        """Return a moment in the line's zone."""
        return parse_moment(self.text(name), self.optional("zone"), name)

    def instant(self, name: str, home: str) -> datetime | None:
        """Return a UTC instant, None when it is left out; without an offset, by the clock at home.

        Raises:
            InputRefused: it is not a text like 2026-11-27T20:15:00Z, or lies outside 1900 to 2200.
        """
        text = self.optional(name)
        if text is None:
            return None
        try:
            read = datetime.fromisoformat(text.strip())
        except ValueError:
            raise InputRefused("time.no_such_instant", name, text=text) from None
        parse_day(text.strip()[:10], name)
        at = wall_instant(read, home) if read.tzinfo is None else read
        try:
            return at.astimezone(UTC)
        except OverflowError:
            raise InputRefused("time.far_year", name, text=text) from None


def read_line(text: str) -> Values:
    """Return the JSON object of a line.

    Raises:
        InputRefused: it is no JSON object.
    """
    try:
        values: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise InputRefused("entry.not_json") from None
    if not isinstance(values, dict):
        raise InputRefused("entry.not_json")
    return cast("Values", values)


def line_text(values: Values) -> str:
    """Return a JSON object as one line, whatever program splits the file into lines."""
    return json.dumps(values, ensure_ascii=False).translate(_OUT_OF_LINE)
