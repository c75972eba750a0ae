"""`value`: a class of plain immutable values, like a frozen dataclass with slots.

Declaring a frozen dataclass writes and compiles six methods, and a start declares a hundred classes
of which it makes a few. Here all classes share their methods, and only the constructor is written,
once enough values are made. `dataclasses.replace`, `dataclasses.fields`, `copy` and `pickle`
work as usual.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from operator import attrgetter
from typing import Any, Final, TypeVar, dataclass_transform, overload

T = TypeVar("T")
_FEW: Final = 10
"""Writing a constructor takes as long as making so many values without one."""


@overload
def value(cls: type[T], /) -> type[T]: ...
@overload
def value(*, kw_only: bool) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True)
def value(cls: type[Any] | None = None, /, *, kw_only: bool = False) -> Any:
    """Make a class one of values: its annotations are its fields, defaults are immutable.

    Two values are equal when their class and all their fields are. Setting a field raises
    `dataclasses.FrozenInstanceError`.
    """

    def declared(given: type[Any]) -> type[Any]:
        made = dataclass(given, init=False, repr=False, eq=False, slots=True, kw_only=kw_only)
        for name, method in _SHARED:
            setattr(made, name, method)
        made.__names__ = tuple(field.name for field in fields(made))
        made.__values__ = attrgetter(*made.__names__)
        made.__init__ = _first_constructor(made)
        return made

    return declared if cls is None else declared(cls)


class _Shared:
    """The methods that all values share."""

    __names__: tuple[str, ...]
    __values__: Callable[[object], object]

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self.__values__(self) == self.__values__(other)

    def __hash__(self) -> int:
        return hash(self.__values__(self))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__names__)
        return f"{type(self).__qualname__}({shown})"

    def __setattr__(self, name: str, to: object) -> None:
        raise FrozenInstanceError(f"{type(self).__name__}.{name} never changes")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"{type(self).__name__}.{name} never goes")

    def __getstate__(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__names__)

    def __setstate__(self, state: tuple[object, ...]) -> None:
        # Into the slots, past `__setattr__`: only a copy or an unpickled value comes here.
        for name, it in zip(self.__names__, state, strict=True):
            getattr(type(self), name).__set__(self, it)


_SHARED = [
    (name, getattr(_Shared, name))
    for name in (
        "__eq__",
        "__hash__",
        "__repr__",
        "__setattr__",
        "__delattr__",
        "__getstate__",
        "__setstate__",
    )
]


def _first_constructor(made: type[Any]) -> Callable[..., None]:
    """Return a slow `__init__` that needs no writing; after a few values the real one comes."""
    calls = 0

    def first(self: object, *given: object, **named: object) -> None:
        nonlocal calls
        calls += 1
        known = dict(zip(made.__match_args__, given, strict=False)) | named
        left = [field for field in fields(made) if field.name not in known]
        whole = len(known) == len(given) + len(named) == len(made.__names__) - len(left)
        if calls > _FEW or not whole or any(field.default is MISSING for field in left):
            # What does not fit is for the real one to refuse.
            made.__init__ = _constructor(made)
            made.__init__(self, *given, **named)
            return
        for name, it in known.items():
            getattr(made, name).__set__(self, it)
        for field in left:
            getattr(made, field.name).__set__(self, field.default)

    return first


def _constructor(made: type[Any]) -> Callable[..., None]:
    """Write the real `__init__`: it puts what is given into the slots, past `__setattr__`."""
    known: dict[str, Any] = {}
    positional, named, lines = ["self"], ["*"], [""]
    for field in fields(made):
        name = field.name
        known[f"put_{name}"] = getattr(made, name).__set__
        lines.append(f"put_{name}(self, {name})")
        parameter = name
        if field.default is not MISSING:
            known[f"usual_{name}"] = field.default
            parameter = f"{name}=usual_{name}"
        (named if field.kw_only else positional).append(parameter)
    parameters = ", ".join(positional + (named if len(named) > 1 else []))
    exec(f"def __init__({parameters}):" + "\n ".join(lines), known)  # noqa: S102 - only names
    return known["__init__"]
