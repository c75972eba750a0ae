"""Makes PySide6's enumerations the quick way: two hundred of them, with three thousand members.

Each start makes them anew with `enum.Enum("Key", [("Key_A", 65), ...])`, a fifth of what a bare
window takes. Python's own way treats every member as if it could be anything; these are whole
numbers under plain names. What comes out is the same, which a test holds against Python's own way.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import KEEP, Enum, EnumType, Flag, IntEnum, IntFlag
from typing import Any, Final

_KINDS: Final[tuple[type[Enum], ...]] = (Enum, IntEnum, Flag, IntFlag)
_KNOWN: Final = (3, 11)
"""The Python whose enumerations look like this within; any other makes them its own way."""
_FRESH: Final = ("_member_names_", "_member_map_", "_value2member_map_", "_unhashable_values_")
_OF_ITS_OWN: Final = (*_FRESH, "__dict__", "__weakref__", "__module__", "__new__")

Pairs = list[tuple[str, int]]
Make = Callable[..., Any]


def use() -> None:
    """Let enumerations be made the quick way from now on, where that is known to be the same."""
    if sys.version_info[:2] == _KNOWN:
        made: Any = EnumType
        made._create_ = quick(made._create_)


def quick(plain: Make) -> Make:
    """Return what makes an enumeration of numbers quickly, and any other the `plain` way."""
    looks: dict[type[Enum], dict[str, Any]] = {}
    bases = {base for kind in _KINDS for base in kind.__mro__}
    taken = frozenset(name for base in bases for name in vars(base)) | {"mro"}

    def create(kind: Any, name: str, names: Any, **more: Any) -> Any:  # noqa: ANN401 - Python's
        ours = more.get("boundary") is KEEP and more.get("module") is None and kind in _KINDS
        if not ours or names.__class__ is not list or not _are_plain(names, taken):
            return plain(kind, name, names, **more)
        look = looks.get(kind)
        if look is None:
            # Whatever all enumerations of this kind have is taken from one that Python made.
            pattern: type[Enum] = plain(kind, "Pattern", [], boundary=KEEP, module=__name__)
            known = vars(pattern).items()
            look = looks[kind] = {key: of for key, of in known if key not in _OF_ITS_OWN}
        return _made(kind, name, names, look)

    return create


def _are_plain(names: Pairs, taken: frozenset[str]) -> bool:
    try:
        return taken.isdisjoint([name for name, _ in names]) and not any(
            name[:1] in ("_", "") or type(value) is not int for name, value in names
        )
    except (TypeError, ValueError):
        return False  # no pairs at all


def _made(kind: type[Enum], name: str, names: Pairs, look: dict[str, Any]) -> Any:  # noqa: ANN401 - a new class
    order: list[str] = []
    by_name: dict[str, Any] = {}
    by_value: dict[int, Any] = {}
    within = dict(zip(_FRESH, (order, by_name, by_value, list[object]()), strict=True))
    made: Any = type.__new__(EnumType, name, (kind,), {**look, "__module__": "PySide6", **within})
    put = type.__setattr__
    put(made, "__new__", Enum.__new__)
    new, given, flags = made._new_member_, issubclass(kind, int), issubclass(kind, Flag)
    for text, value in names:
        member = by_value.get(value)
        if member is None:
            member = by_value[value] = new(made, value) if given else new(made)
            member._value_, member._name_ = value, text
            member.__objclass__, member._sort_order_ = made, len(order)
            if not flags or _is_one_bit(value):
                order.append(text)
        by_name[text] = member
        put(made, text, member)
    if flags:
        _note_bits(made, order)
    return made


def _note_bits(made: Any, order: list[str]) -> None:  # noqa: ANN401 - a new class
    """Note what flags keep of all their bits."""
    mask = one_bits = 0
    for value in made._value2member_map_:
        mask |= value
        one_bits |= value if _is_one_bit(value) else 0
    made._flag_mask_, made._singles_mask_ = mask, one_bits
    made._all_bits_ = 2 ** mask.bit_length() - 1
    values = [made._member_map_[text]._value_ for text in order]
    if values != sorted(values):
        made._iter_member_ = made._iter_member_by_def_


def _is_one_bit(value: int) -> bool:
    return value > 0 and value & (value - 1) == 0
