"""`value`: a class of plain immutable values, like a frozen dataclass with slots.

Declaring a frozen dataclass writes and compiles six methods, and a start declares a hundred classes
of which it makes a few. Here all classes share their methods, and only the constructor is written,
once enough values are made. `dataclasses.replace`, `dataclasses.fields`, `copy` and `pickle`
work as usual.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field
from operator import attrgetter
from typing import Any, Final, NamedTuple, TypeVar, dataclass_transform, overload

T = TypeVar("T")
_FEW: Final = 50
"""Writing a constructor takes as long as making so many values without one, or longer."""


@overload
def value(cls: type[T], /) -> type[T]: ...
@overload
def value(*, kw_only: bool) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True)
def value(cls: type[Any] | None = None, /, *, kw_only: bool = False) -> Any:
    """Make a class one of values: its annotations are its fields, defaults are immutable.

    Two values are equal when their class and all their fields are. Setting a field raises
    `dataclasses.FrozenInstanceError`.

    Raises:
        ValueError: a default is a list, a dict or a set.
    """

    def declared(given: type[Any]) -> type[Any]:
        within = dict(given.__dict__)
        own: dict[str, str] = within.get("__annotations__", {})
        every: dict[str, _Place] = {}
        for base in reversed(given.__mro__[1:]):
            every |= base.__dict__.get("__places__", {})
        inherited = frozenset(every)
        for name, kind in own.items():
            every[name] = _Place(kind, within.pop(name, MISSING), kw_only)
            if every[name].usual.__hash__ is None:
                raise ValueError(f"{given.__name__}.{name}: what is usual would change for all")
        for name in ("__dict__", "__weakref__"):
            within.pop(name, None)
        within.setdefault("__doc__", given.__name__)
        within["__slots__"] = tuple(name for name in own if name not in inherited)
        within["__places__"] = every
        within["__names__"] = names = tuple(every)
        within["__values__"] = attrgetter(*names)
        within["__match_args__"] = tuple(name for name in names if not every[name].kw_only)
        within["__dataclass_fields__"] = _FIELDS
        kind_of: Any = type(given)
        made: type[Any] = kind_of(given.__name__, given.__bases__, {**within, **_SHARED})
        made.__qualname__ = given.__qualname__
        made.__init__ = _first_constructor(made)
        return made

    return declared if cls is None else declared(cls)


def kinds_of(made: type[Any]) -> dict[str, str]:
    """Return the names of a class's fields and their annotations, as they are written."""
    places: dict[str, _Place] = made.__places__
    return {name: place.kind for name, place in places.items()}


def maker_of(made: type[T]) -> Callable[[Iterable[object]], T]:
    """Return what makes a value of all its fields, in their order: for reading many at once."""
    new, names = made.__new__, tuple(kinds_of(made))
    puts = [getattr(made, name).__set__ for name in names]

    def make(given: Iterable[object]) -> T:
        it = new(made)
        for put, one in zip(puts, given, strict=True):
            put(it, one)
        return it

    return make


class _Place(NamedTuple):
    """What is known of a field."""

    kind: str
    usual: Any
    kw_only: bool


class _Fields:
    """The fields as `dataclasses` tells of them, worked out when somebody asks."""

    def __get__(self, _value: object, made: type[Any]) -> dict[str, Any]:
        places: dict[str, _Place] = made.__places__
        # Written kinds would be searched for "ClassVar", and a class without a text given one.
        within = {"__doc__": made.__doc__, "__annotations__": dict.fromkeys(places, object)}
        usual = {n: field(default=one.usual, kw_only=one.kw_only) for n, one in places.items()}
        bare = type(made.__name__, (), {**within, **usual})
        told: Any = dataclass(init=False, repr=False, eq=False)(bare)
        found: dict[str, Any] = told.__dataclass_fields__
        for name, one in found.items():
            one.type = places[name].kind
        made.__dataclass_fields__ = found
        return found


_FIELDS: Final = _Fields()


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


_SHARED: Final = {
    name: getattr(_Shared, name)
    for name in (
        "__eq__",
        "__hash__",
        "__repr__",
        "__setattr__",
        "__delattr__",
        "__getstate__",
        "__setstate__",
    )
}


def _first_constructor(made: type[Any]) -> Callable[..., None]:
    """Return a slow `__init__` that needs no writing; after a few values the real one comes."""
    calls = 0
    usual: dict[str, _Place] = made.__places__
    puts = [(name, getattr(made, name).__set__, usual[name].usual) for name in made.__names__]

    def fits(self: object, given: tuple[object, ...], named: dict[str, object]) -> bool:
        known = dict(zip(made.__match_args__, given, strict=False)) | named
        if len(known) < len(given) + len(named):
            return False
        for name, put, default in puts:
            it = known.pop(name, default)
            if it is MISSING:
                return False
            put(self, it)
        return not known

    def first(self: object, *given: object, **named: object) -> None:
        nonlocal calls
        calls += 1
        if calls > _FEW or not fits(self, given, named):
            # What does not fit is for the real one to refuse.
            made.__init__ = _constructor(made)
            made.__init__(self, *given, **named)

    return first


def _constructor(made: type[Any]) -> Callable[..., None]:
    """Write the real `__init__`: it puts what is given into the slots, past `__setattr__`."""
    known: dict[str, Any] = {}
    positional, named, lines = ["self"], ["*"], [""]
    places: dict[str, _Place] = made.__places__
    for name, place in places.items():
        known[f"put_{name}"] = getattr(made, name).__set__
        lines.append(f"put_{name}(self, {name})")
        parameter = name
        if place.usual is not MISSING:
            known[f"usual_{name}"] = place.usual
            parameter = f"{name}=usual_{name}"
        (named if place.kw_only else positional).append(parameter)
    parameters = ", ".join(positional + (named if len(named) > 1 else []))
    exec(f"def __init__({parameters}):" + "\n ".join(lines), known)  # noqa: S102 - only names
    return known["__init__"]
