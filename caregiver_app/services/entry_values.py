"""Entries as the values of a JSON line and back, nothing lost: one rule for each type of field."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, Field, asdict, fields
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, cast

from caregiver_app.domain import texts
from caregiver_app.domain.entities import KINDS, PARTS, Anchor, Phase, Setting
from caregiver_app.domain.entity import LONG_AGO, Entity
from caregiver_app.domain.times import AllDay, Floating, Zoned, parse_day
from caregiver_app.errors import InputRefused
from caregiver_app.services.entry_lines import Line

_MOMENT = "Moment"
_OPTIONAL = " | None"
_A_PHASE = "A part of a plan"
_LINE_NAMES = {"kind": "of_kind"}
"""Fields that a line names otherwise: `kind` is the line's own."""
_ANCHOR_WORDS = "a list of [visit number, date, step]"


def values_of(kind: str, entity: Entity) -> dict[str, Any]:
    """Return everything that an entry holds, as a line gives it: `kind` first, then each field."""
    found: dict[str, Any] = {"kind": kind}
    for field in _fields(kind):
        value = getattr(entity, field.name)
        found[_LINE_NAMES.get(field.name, field.name)] = _told(value)
        if _plain(field) == _MOMENT:
            found["zone"] = value.zone if isinstance(value, Zoned) else None
    if isinstance(entity, Setting):
        found["value"] = json.loads(entity.value)
    return found


def entity_of(kind: str, line: Line, home: str) -> Entity:
    """Return the entry that a whole line tells; what it leaves out is as usual for that kind.

    `home` is the zone in which an instant without an offset is read.

    Raises:
        InputRefused: a field holds a value of another type.
    """
    values: dict[str, Any] = {}
    for field in _fields(kind):
        read = _READ[_plain(field)](line, _LINE_NAMES.get(field.name, field.name), home)
        if read is None and _OPTIONAL not in str(field.type):
            read = _USUAL[_plain(field)] if field.default is MISSING else field.default
        values[field.name] = read
    if kind == "setting":
        values["value"] = json.dumps(values["value"], ensure_ascii=False)
    return KINDS[kind](**values)


@cache
def _fields(kind: str) -> tuple[Field[Any], ...]:
    return fields(KINDS[kind])


def _plain(field: Field[Any]) -> str:
    return str(field.type).removesuffix(_OPTIONAL)


def _told(value: object) -> object:
    if isinstance(value, Zoned | Floating):
        exact = value.local.second or value.local.microsecond
        return value.local.isoformat() if exact else value.local.isoformat(timespec="minutes")
    if isinstance(value, AllDay):
        return value.day.isoformat()
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Anchor):
        return [value.dose, value.day.isoformat(), value.step]
    if isinstance(value, Phase):
        return {name: _told(part) for name, part in asdict(value).items()}
    if isinstance(value, tuple):
        return [_told(one) for one in cast("tuple[object, ...]", value)]
    return value


def instant_text(at: datetime) -> str:
    """Return an instant exactly, in UTC: 2026-11-27T20:15:00Z."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"


def _read_anchors(line: Line, name: str, _home: str) -> tuple[Anchor, ...] | None:
    given = cast(
        "tuple[list[Any], ...] | None", line.listed(name, list, "[visit number, date, step]")
    )
    return None if given is None else tuple(_anchor(one, name) for one in given)


def _anchor(given: list[Any], name: str) -> Anchor:
    expected = 3
    if len(given) != expected or not all(
        type(value) is made for value, made in zip(given, (int, str, int), strict=True)
    ):
        raise InputRefused("entry.type", name, wanted=_ANCHOR_WORDS, field_name=name)
    return Anchor(given[0], parse_day(given[1], name), given[2])


def read_phases(line: Line, name: str) -> tuple[Phase, ...] | None:
    """Return the later parts of a plan that a line tells as objects, None when it is left out.

    Raises:
        InputRefused: they are no list of objects, or a field of one is unknown, missing or of
            another type.
    """
    given = cast("tuple[dict[str, Any], ...] | None", line.listed(name, dict, "objects"))
    return None if given is None else tuple(_phase(one, name) for one in given)


def parts_off(given: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Return which parts around a visit are switched off, each once, in the order of PARTS.

    Raises:
        InputRefused: one is none of PARTS.
    """
    if given is None:
        return None
    for one in given:
        texts.one_of(one, PARTS, "off")
    return tuple(one for one in PARTS if one in given)


def _phase(given: dict[str, Any], name: str) -> Phase:
    known = {field.name: field for field in fields(Phase)}
    unknown = next((each for each in given if each not in known), None)
    if unknown is not None:
        raise InputRefused("entry.unknown_field", name, name=unknown, a_kind=_A_PHASE)
    line, values = Line(given), dict[str, Any]()
    for field in known.values():
        try:
            read = _READ[_plain(field)](line, field.name, "")
        except InputRefused as refused:
            raise InputRefused(refused.key, name, **refused.values) from None
        if read is None and field.default is MISSING:
            raise InputRefused("entry.missing", name, name=field.name, a_kind=_A_PHASE)
        values[field.name] = field.default if read is None else read
    return Phase(**values)


_READ: dict[str, Callable[[Line, str, str], Any]] = {
    "str": lambda line, name, _: line.optional(name),
    "int": lambda line, name, _: line.whole(name),
    "bool": lambda line, name, _: line.truth(name) if name in line else None,
    "float": lambda line, name, _: line.decimal(name),
    "date": lambda line, name, _: line.day(name),
    "datetime": lambda line, name, home: line.instant(name, home),
    "tuple[int, ...]": lambda line, name, _: line.listed(name, int, "whole numbers"),
    "tuple[str, ...]": lambda line, name, _: line.listed(name, str, "texts"),
    "tuple[Anchor, ...]": _read_anchors,
    "tuple[Phase, ...]": lambda line, name, _: read_phases(line, name),
    _MOMENT: lambda line, name, _: line.moment(name),
}
_USUAL: dict[str, Any] = {"str": "", "int": 0, "tuple[int, ...]": (), "datetime": LONG_AGO}
"""What a field without a usual value holds while a line leaves it out; the checks see it."""
