"""How each kind of entry becomes one table row and back, with a checksum over every row.

A row is a tuple in the order of `Codec.columns`: one column a field, then zone and kind of each
`Moment`, then `deleted` and `crc`. Instants are whole microseconds since 1970 in UTC, dates and
wall times are ISO text, tuples are JSON text, truth values 0 or 1.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any, Generic, TypeVar
from zlib import crc32

from caregiver_app.domain.entities import KINDS, Anchor, Entity, Phase
from caregiver_app.domain.times import AllDay, Floating, Moment, Zoned
from caregiver_app.errors import InputRefused
from caregiver_app.values import kinds_of, maker_of

E = TypeVar("E", bound=Entity)
Row = tuple[Any, ...]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LARGEST = 2**63
_NOTHING = "[]"
_SUM = json.JSONEncoder(separators=(",", ":")).encode
_MANY = json.JSONEncoder(separators=(",", "\n")).encode
_BETWEEN = {"": 0}
"""Stands between rows that are encoded together: no value of a row brings a line break along."""
_CUT = _MANY(_BETWEEN).encode("ascii")
_AT_ONCE = 500
_BEYOND = re.compile("[^\\x00-\\x7e]+")
_EXACT = "({0} IS NULL OR CAST(CAST({0} AS TEXT) AS REAL) = {0})"
"""SQLite writes fifteen digits of a number; whether these are all of it."""


def checksum(values: Sequence[object]) -> int:
    """Return the crc32 of a row's values, given in the alphabetic order of their columns."""
    return crc32(_SUM(values).encode("ascii"))


def checksums(rows: Iterable[Sequence[object]]) -> list[int]:
    """Return the `checksum` of each of many rows, in a third of the time."""
    every: list[object] = [_BETWEEN]
    for row in rows:
        every += row
        every.append(_BETWEEN)
    # What stands between two cuts begins and ends with a comma.
    texts = _MANY(every).encode("ascii").split(_CUT)[1:-1]
    return [crc32(b"[%b]" % text[1:-1]) for text in texts]


def are_sums_of(texts: Sequence[bytes], sums: Sequence[object]) -> bool:
    """Tell whether rows whose values SQLite has written as JSON have these checksums."""
    if list(map(crc32, texts)) == list(sums):
        return True
    # SQLite leaves letters as they are where the sum is one of their numbers.
    return list(map(crc32, map(_in_numbers, texts))) == list(sums)


def _in_numbers(text: bytes) -> bytes:
    told = text.decode("utf-8", "replace")
    return _BEYOND.sub(lambda found: _SUM(found[0])[1:-1], told).encode("ascii")


def quoted(name: str) -> str:
    """Return a column or table name as SQL.

    Brackets, because SQLite takes an unknown name in double quotes for a text.
    """
    return f"[{name}]"


def to_micros(at: datetime) -> int:
    """Return an aware datetime as whole microseconds since 1970 in UTC."""
    if at.tzinfo is None:
        raise TypeError("an instant needs a zone")
    return (at - _EPOCH) // _MICROSECOND


@lru_cache(maxsize=1 << 12)
def from_micros(micros: int) -> datetime:
    """Return microseconds since 1970 as an aware UTC datetime."""
    return _EPOCH + timedelta(microseconds=micros)


# --- One function a type of field: the value as it is stored, or TypeError ---------------------


def _text(value: object) -> object:
    if type(value) is not str:
        raise TypeError
    if not value.isascii() or "\0" in value:
        _refuse_unwritable(value)
    return value


def _refuse_unwritable(value: str) -> None:
    # SQLite cannot keep half of a surrogate pair, and ends a text at a zero character.
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise InputRefused("data.bad_characters")


def _whole(value: object) -> object:
    if type(value) is not int:
        raise TypeError
    if not -_LARGEST <= value < _LARGEST:
        raise InputRefused("data.number_too_large")
    return value


def _truth(value: object) -> object:
    if type(value) is not bool:
        raise TypeError
    return int(value)


def _decimal(value: object) -> object:
    if type(value) not in (int, float) or not math.isfinite(value):  # type: ignore[arg-type]
        raise TypeError
    # SQLite gives -0.0 back as 0.0.
    return float(value) + 0.0  # type: ignore[arg-type]


def _day(value: object) -> object:
    if type(value) is not date:
        raise TypeError
    return value.isoformat()


def _instant(value: object) -> object:
    if type(value) is not datetime:
        raise TypeError
    return to_micros(value)


def _wall(local: datetime) -> str:
    exact = local.second or local.microsecond
    return local.isoformat() if exact else local.isoformat(timespec="minutes")


def _list(item: type) -> Callable[[object], object]:
    def encode(value: object) -> object:
        if type(value) is not tuple or any(type(part) is not item for part in value):  # type: ignore[misc]
            raise TypeError
        return _SUM(value)

    return encode


def _anchors(value: object) -> object:
    if type(value) is not tuple or any(type(part) is not Anchor for part in value):  # type: ignore[misc]
        raise TypeError
    anchors: tuple[Anchor, ...] = value  # type: ignore[assignment]
    return _SUM([[_whole(a.dose), _day(a.day), _whole(a.step)] for a in anchors])


_PHASE_FIELDS = tuple(kinds_of(Phase))


def _phases(value: object) -> object:
    if type(value) is not tuple or any(type(part) is not Phase for part in value):  # type: ignore[misc]
        raise TypeError
    phases: tuple[Phase, ...] = value  # type: ignore[assignment]
    return _SUM([{name: getattr(one, name) for name in _PHASE_FIELDS} for one in phases])


def _read_phases(text: str) -> tuple[Phase, ...]:
    found: list[dict[str, Any]] = [] if text == _NOTHING else json.loads(text)
    for one in found:
        one["offsets"] = tuple(one["offsets"])
    return tuple(Phase(**one) for one in found)


def _read_list(text: str) -> tuple[Any, ...]:
    return () if text == _NOTHING else tuple(json.loads(text))


def _read_anchors(text: str) -> tuple[Anchor, ...]:
    return tuple(
        Anchor(dose, date.fromisoformat(day), step) for dose, day, step in json.loads(text)
    )


_Encode = Callable[[object], object]
_Decode = Callable[[Any], object] | None

_FIELDS: dict[str, tuple[_Encode, _Decode]] = {
    "str": (_text, None),
    "int": (_whole, None),
    "bool": (_truth, bool),
    "float": (_decimal, None),
    "date": (_day, date.fromisoformat),
    "datetime": (_instant, from_micros),
    "tuple[int, ...]": (_list(int), _read_list),
    "tuple[str, ...]": (_list(str), _read_list),
    "tuple[Anchor, ...]": (_anchors, _read_anchors),
    "tuple[Phase, ...]": (_phases, _read_phases),
}
"""By the annotation as it is written in `entities`."""


def _moment_parts(value: object) -> tuple[str, str | None, str]:
    if type(value) is AllDay and type(value.day) is date:
        return value.day.isoformat(), None, "allday"
    if type(value) is Floating and type(value.local) is datetime and value.local.tzinfo is None:
        return _wall(value.local), None, "floating"
    if type(value) is Zoned and type(value.local) is datetime and value.local.tzinfo is None:
        return _wall(value.local), str(_text(value.zone)), "zoned"
    raise TypeError


def _read_moment(text: str, zone: str | None, kind: str) -> Moment:
    if kind == "zoned":
        return Zoned(datetime.fromisoformat(text), zone or "")
    if kind == "floating":
        return Floating(datetime.fromisoformat(text))
    return AllDay(date.fromisoformat(text))


class Codec(Generic[E]):
    """Turns entities of one kind into rows and back.

    `kind` is the table's name, `columns` its columns in row order, `made` its class. `text` is
    SQL for the values as `are_sums_of` takes them, nothing where SQLite would shorten a number.
    """

    def __init__(self, kind: str, made: type[E]) -> None:
        self.kind = kind
        self.made = made
        self._make = maker_of(made)
        self._names = list(kinds_of(made))
        self._encoders: list[tuple[str, _Encode, bool]] = []
        self._decoders: list[tuple[int, Callable[[Any], object]]] = []
        self._moments: list[tuple[str, int, int]] = []
        columns = list(self._names)
        for index, (name, annotation) in enumerate(kinds_of(made).items()):
            optional = annotation.endswith(" | None")
            plain = annotation.removesuffix(" | None")
            if plain == "Moment":
                if optional:
                    raise TypeError(f"{kind}.{name}: an optional Moment cannot be stored")
                self._moments.append((name, index, len(columns)))
                columns += [f"{name}_zone", f"{name}_kind"]
                continue
            encode, decode = _FIELDS[plain]
            self._encoders.append((name, encode, optional))
            if decode is not None:
                self._decoders.append((index, decode))
        self.columns: tuple[str, ...] = (*columns, "deleted", "crc")
        # Values in alphabetic order of their columns, so that the sum doesn't depend on the order
        # in which migrations added them.
        order = sorted(range(len(self.columns) - 1), key=self.columns.__getitem__)
        self._sum_order = itemgetter(*order)
        self._fill_sql()

    def _fill_sql(self) -> None:
        table = quoted(self.kind)
        names = [quoted(name) for name in self.columns]
        marks = ",".join("?" * len(names))
        updates = ",".join(f"{name}=excluded.{name}" for name in names[1:])
        self.select = f"SELECT {','.join(names)} FROM {table}"  # noqa: S608
        self.upsert = (
            f"INSERT INTO {table} ({','.join(names)}) VALUES ({marks})"  # noqa: S608
            f" ON CONFLICT ([id]) DO UPDATE SET {updates}"
        )
        kinds = kinds_of(self.made)
        exact = [_EXACT.format(quoted(name)) for name, kind in kinds.items() if "float" in kind]
        self.text = (
            f"CAST(CASE WHEN {' AND '.join([*exact, '1'])}"
            f" THEN json_array({','.join(self._sum_order(names))}) ELSE '' END AS BLOB)"
        )
        self.erase = f"DELETE FROM {table} WHERE [id] = ?"  # noqa: S608

    def encode(self, entity: E) -> Row:
        """Return a live entity's row, with its checksum.

        Raises:
            TypeError: a value is not of its field's type (a programming error).
            InputRefused: a text or number that SQLite cannot keep.
        """
        values: dict[str, object] = {}
        extras: list[object] = []
        name = ""
        try:
            for name, encode, optional in self._encoders:
                value = getattr(entity, name)
                values[name] = None if optional and value is None else encode(value)
            for name, _, _ in self._moments:
                values[name], zone, kind = _moment_parts(getattr(entity, name))
                extras += (zone, kind)
        except TypeError:
            wrong = type(getattr(entity, name)).__name__
            raise TypeError(f"{self.kind}.{name}: {wrong} is not what this field holds") from None
        except InputRefused as error:
            raise InputRefused(error.key, name) from None
        return self.sealed((*map(values.__getitem__, self._names), *extras, None, 0))

    def sealed(self, row: Row) -> Row:
        """Return `row` with the checksum that belongs to its values."""
        return (*row[:-1], checksum(self._sum_order(row)))

    def damaged(self, rows: Sequence[Row]) -> Row | None:
        """Return the first row whose values don't have the checksum that was written with them."""
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            for row, found in zip(some, checksums(map(self._sum_order, some)), strict=True):
                if row[-1] != found:
                    return row
        return None

    def decode(self, row: Row) -> E:
        """Return the entity of a row that is sound."""
        values = list(row[: len(self._names)])
        for index, decode in self._decoders:
            if values[index] is not None:
                values[index] = decode(values[index])
        for _, index, extra in self._moments:
            values[index] = _read_moment(row[index], row[extra], row[extra + 1])
        return self._make(values)

    def deleted(self, row: Row, at: datetime | None) -> Row:
        """Return the row as a tombstone since `at`, or live again when `at` is None."""
        return self.sealed((*row[:-2], None if at is None else to_micros(at), 0))

    def with_values(self, row: Row, **values: object) -> Row:
        """Return the row with some stored columns replaced."""
        changed = [values.get(name, old) for name, old in zip(self.columns, row, strict=True)]
        return self.sealed(tuple(changed))

    def equal_columns(self, **equal: object) -> dict[str, object]:
        """Return the columns and stored values that a row with these field values has.

        Raises:
            TypeError: no such field, or a value of another type.
        """
        known = {name: encode for name, encode, _ in self._encoders}
        wanted: dict[str, object] = {}
        for name, value in equal.items():
            if any(name == moment for moment, _, _ in self._moments):
                parts = _moment_parts(value)
                wanted.update(zip((name, f"{name}_zone", f"{name}_kind"), parts, strict=True))
            elif name not in known:
                raise TypeError(f"{self.kind} has no field {name}")
            else:
                wanted[name] = None if value is None else known[name](value)
        return wanted


_codecs: dict[type[Entity], Codec[Any]] = {}


def codec_of(made: type[E]) -> Codec[E]:
    """Return the codec of a class of `entities.KINDS` (made at its first use)."""
    if made not in _codecs:
        names = [kind for kind, known in KINDS.items() if known is made]
        if not names:
            raise TypeError(f"{made.__name__} is not a kind that is kept")
        _codecs[made] = Codec(names[0], made)
    return _codecs[made]


def codec_for(kind: str) -> Codec[Any]:
    """Return the codec of the kind with this name."""
    return codec_of(KINDS[kind])
