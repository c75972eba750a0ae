"""Values behave like frozen dataclasses with slots."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, fields, replace

import pytest

from caregiver_app.values import kinds_of, maker_of, value


@value
class Spot:
    """Two fields, one with a default."""

    x: int
    y: int = 0


@value
class Other:
    """The same fields."""

    x: int
    y: int = 0


@value
class Single:
    """One field only."""

    x: int


@value(kw_only=True)
class Kept:
    """What is only given by name."""

    id: str
    words: str = ""


@value(kw_only=True)
class Line(Kept):
    """Inherits fields and adds some."""

    words: str = "a line"
    spot: Spot = Spot(1, 2)


def test_fields_are_given_by_place_or_by_name_and_have_defaults():
    assert (Spot(1).x, Spot(1).y) == (1, 0)
    assert Spot(1, 2) == Spot(y=2, x=1)
    line = Line(id="a")
    assert (line.id, line.words, line.spot) == ("a", "a line", Spot(1, 2))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Spot(),
        lambda: Spot(1, 2, 3),
        lambda: Spot(1, z=3),
        lambda: Line("a"),
        lambda: Line(words="a"),
    ],
)
def test_too_few_too_many_and_unknown_fields_are_refused(wrong):
    with pytest.raises(TypeError):
        wrong()


def test_a_class_refuses_its_first_value_too_and_goes_on():
    @value
    class Fresh:
        """Never made before."""

        x: int
        y: int = 1

    for wrong in ((), (1, 2, 3)):
        with pytest.raises(TypeError):
            Fresh(*wrong)
    with pytest.raises(TypeError):
        Fresh(1, x=2)
    assert Fresh(5) == Fresh(x=5, y=1)


def test_the_first_value_is_like_the_hundredth():
    @value
    class Many:
        """Made often."""

        x: int
        y: tuple[int, ...] = ()

    made = [Many(1) for _ in range(100)] + [Many(y=(), x=1), Many(1, ())]
    assert len(set(made)) == 1
    assert repr(made[0]) == repr(made[99])


def test_equal_when_class_and_all_fields_are():
    assert Spot(1, 2) == Spot(1, 2)
    assert Spot(1, 2) != Spot(1, 3)
    assert Spot(1, 2) != Other(1, 2)
    assert Spot(1, 2) != (1, 2)
    assert Single(1) == Single(1)
    assert len({Spot(1, 2), Spot(1, 2), Spot(2, 1), Single(1), Single(1)}) == 3


@pytest.mark.parametrize("one", [Spot(1), Single(1), Line(id="a")])
def test_nothing_of_it_ever_changes(one):
    name = fields(one)[0].name
    before = getattr(one, name)
    with pytest.raises(FrozenInstanceError):
        setattr(one, name, 7)
    with pytest.raises(FrozenInstanceError):
        delattr(one, name)
    with pytest.raises(AttributeError):
        one.unknown = 7
    assert getattr(one, name) == before
    assert not hasattr(one, "__dict__")


def test_replace_fields_and_patterns_work_as_for_a_dataclass():
    assert replace(Line(id="a"), words="b") == Line(id="a", words="b")
    assert [field.name for field in fields(Line)] == ["id", "words", "spot"]
    match Spot(1, 2):
        case Spot(1, y):
            assert y == 2


def test_it_tells_what_it_holds():
    assert repr(Line(id="a")) == "Line(id='a', words='a line', spot=Spot(x=1, y=2))"


def test_what_is_usual_may_not_be_a_list():
    class Held:
        """All of them would hold the same list."""

        x: list[int] = []  # noqa: RUF012 - that is what is refused

    with pytest.raises(ValueError, match=r"Held\.x"):
        value(Held)


def test_its_fields_are_told_with_their_kinds_and_defaults():
    told = [(field.name, field.type, field.default, field.kw_only) for field in fields(Line)]
    assert told == [
        ("id", "str", MISSING, True),
        ("words", "str", "a line", True),
        ("spot", "Spot", Spot(1, 2), True),
    ]
    assert fields(Line)[0].name == fields(Line(id="a"))[0].name


def test_each_class_keeps_its_own_constructor():
    @value
    class Base:
        """Made first as the base, then as the child."""

        x: int

    @value
    class Child(Base):
        """More fields."""

        y: int = 5

    assert Child(1).y == 5
    assert Base(1).x == 1
    assert (Child(2, 3).x, Child(2, 3).y) == (2, 3)


@pytest.mark.parametrize("one", [Spot(1), Single(0), Line(id="a", spot=Spot(3))])
@pytest.mark.parametrize(
    "again",
    [copy.copy, copy.deepcopy]
    + [
        lambda one, protocol=protocol: pickle.loads(pickle.dumps(one, protocol))  # noqa: S301
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    ],
)
def test_a_copy_is_another_equal_value_and_never_changes(again: Callable[..., object], one: object):
    made = again(one)
    assert made == one
    assert made is not one
    assert repr(made) == repr(one)
    with pytest.raises(FrozenInstanceError):
        made.x = 7


def test_only_a_deep_copy_copies_what_it_holds():
    held: list[int] = [1]
    one = Single(held)
    assert copy.copy(one).x is held
    deep = copy.deepcopy(one)
    assert deep.x == held
    assert deep.x is not held


@value(kw_only=True)
class Kept:
    id: str
    count: int = 0


def test_many_are_made_of_all_their_fields_in_order():
    made = maker_of(Kept)
    assert made(("a", 3)) == Kept(id="a", count=3)
    assert kinds_of(Kept) == {"id": "str", "count": "int"}
    for wrong in (("a",), ("a", 3, 4)):
        with pytest.raises(ValueError, match="zip"):
            made(wrong)
