"""What all services share: the store, the clock, fresh ids, the reference and one change signal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Entity, Person, Setting
from caregiver_app.domain.times import local_day, zone_of
from caregiver_app.errors import (
    DataBusy,
    DataDamaged,
    DataReadOnly,
    DiskTrouble,
    FormRefused,
    InputRefused,
    UserError,
)
from caregiver_app.storage.store import Store
from caregiver_app.values import value

if TYPE_CHECKING:
    from caregiver_app.services.reference import Reference

E = TypeVar("E", bound=Entity)
T = TypeVar("T")


KEPT_ZONE = "home.keep"
"""The setting that holds the zone which the family keeps, whatever the computer says."""


def refuse(*checks: Callable[[], object]) -> None:
    """Run every check of a form.

    Raises:
        FormRefused: some refused; it holds one error for each field that is wrong.
    """
    problems = texts.problems_of(checks)
    if problems:
        raise FormRefused(problems)


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...

    def zone(self) -> str:
        """Return the IANA name of the computer's zone."""
        ...


@value
class Change:
    """What a change touched: the kinds of things, and their ids; `undone` when taken back.

    A `quiet` one was kept while somebody writes, who must not be told so with every pause.
    """

    kinds: frozenset[str]
    ids: frozenset[str] = frozenset()
    undone: bool = False
    quiet: bool = False


class Changes:
    """The one signal that tells everything on screen to look again."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Change], None]] = []

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Call `listener` after every change."""
        self._listeners.append(listener)

    def publish(self, change: Change) -> None:
        """Tell every listener of `change`, in the order in which they came.

        The change is kept by then: what a listener fails at keeps nobody else from hearing and
        never reaches the writer. The first such error goes to `sys.excepthook`.
        """
        first: Exception | None = None
        for listener in tuple(self._listeners):
            try:
                listener(change)
            except Exception as error:  # noqa: BLE001 - the writer must not think it was not kept
                first = first or error
        if first is not None:
            sys.excepthook(type(first), first, first.__traceback__)


class OfSomebody(Protocol):
    """An entry that belongs to a person."""

    @property
    def person(self) -> str:
        """The person's id."""
        ...


class Rearm(Protocol):
    """What looks anew at the reminders of what was written."""

    def __call__(self, ids: Collection[str], *, anew: bool = False) -> None:
        """Look at everything with these ids; `anew`: forget what is known of it."""
        ...


def _no_reminders(ids: Collection[str], *, anew: bool = False) -> None:
    """Stand in until the reminder service is there."""


def _tell_nobody(_error: UserError) -> None:
    """Stand in where no window shows what could not be kept; whoever asked for it is told."""


class Care:
    """The working surroundings of every service.

    `not_kept` hears of each change of the person's own that could not be written, before whoever
    asked for it does. `unread` hears when a page left out what cannot be read; `was_unread` tells
    whether that was so before anybody listened.

    `rearm` is called inside each change with the ids written (and `anew` after an undo); the
    reminder service puts itself there, so that no door can write an appointment without its
    reminders.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        new_id: Callable[[], str],
        find_reference: Callable[[], Reference],
    ) -> None:
        self.store, self.clock, self.new_id = store, clock, new_id
        self.changes = Changes()
        self.rearm: Rearm = _no_reminders
        self.not_kept: Callable[[UserError], object] = _tell_nobody
        self.unread: Callable[[], object] | None = None
        self.was_unread = False
        self._find_reference = find_reference
        self._kept_zone: str | None = None
        self._left_out: set[str] | None = None

    def one_look(self) -> AbstractContextManager[None]:
        """Let what is asked for again before the block ends be read only once."""
        return self.store.one_look()

    @contextmanager
    def in_parts(self) -> Generator[set[str]]:
        """Leave out what cannot be read until the block ends, instead of refusing to read.

        What is given is the kinds of which something was left out, "" for what has no name.
        """
        with self.store.in_parts() as left_out:
            outer, self._left_out = self._left_out, left_out
            try:
                yield left_out
            finally:
                self._left_out = outer

    @property
    def reads_parts(self) -> bool:
        """Whether what is read just now may be a part: nobody may keep it for later."""
        return self._left_out is not None

    @property
    def left_out(self) -> frozenset[str]:
        """The kinds of which something was left out so far within `in_parts`."""
        return frozenset(self._left_out or ())

    def show(self, act: Callable[[], object]) -> None:
        """Do what shows something, and do it once more without what cannot be read.

        Only for what writes nothing: what is worked out from a part may not be kept.

        Raises:
            DataBusy, DiskTrouble: it could not be read at the first try.
        """
        try:
            act()
        except DataDamaged:
            # What came halfway is shown anew.
            with self.in_parts():
                act()
            self.tell_unread()

    def tell_unread(self) -> None:
        """Tell that something cannot be read and was left out of what is shown."""
        self.was_unread = True
        if self.unread is not None:
            self.unread()

    def part(self, read: Callable[[], T], otherwise: T) -> T:
        """Return what `read` returns, and within `in_parts` `otherwise` where it cannot be read."""
        if self._left_out is None:
            return read()
        try:
            return read()
        except UserError:
            self._left_out.add("")
            return otherwise

    @property
    def reference(self) -> Reference:
        """What is published and looked up."""
        return self._find_reference()

    @property
    def now(self) -> datetime:
        """The present instant in UTC."""
        return self.clock.now()

    @property
    def home(self) -> str:
        """The zone that the calendar runs on: the computer's, or the one that the family keeps."""
        kept = self._kept_zone
        if kept is None:
            kept = self._read_kept_zone()
            if not self.reads_parts:
                self._kept_zone = kept
        return kept or self.clock.zone()

    def look_for_kept_zone(self) -> None:
        """Read the kept zone anew at the next need: another program may have changed it."""
        self._kept_zone = None

    def _read_kept_zone(self) -> str:
        found = self.store.get(Setting, KEPT_ZONE)
        kept = "" if found is None else json.loads(found.value)
        try:
            return kept if isinstance(kept, str) and kept and zone_of(kept) else ""
        except InputRefused:
            return ""

    @property
    def today(self) -> date:
        """The present day in the zone of the calendar."""
        return local_day(self.now, self.home)

    @contextmanager
    def change(
        self,
        label: str,
        /,
        *,
        undoable: bool = True,
        armed: Collection[str] = (),
        of_visit: str = "",
        quiet: bool = False,
        **values: object,
    ) -> Generator[None]:
        """Make one durable, undoable change named by the message key `label`, then publish it.

        A change inside another one is published with that, once it is sure to stay. `armed` are
        the ids of which the block has looked at the reminders itself by its end. Changes that name
        the same `of_visit` and follow each other are taken back together. A `quiet` one is not
        named on screen.

        Raises:
            DataBusy, DataReadOnly, DiskTrouble: nothing of it was kept.
        """
        with (
            self.telling() if undoable else nullcontext(),
            self.store.change(label, undoable=undoable, of_visit=of_visit, **values) as made,
        ):
            yield
            self.rearm(made.ids.difference(armed))
        if "setting" in made.kinds:
            self.look_for_kept_zone()
        if not self.store.is_changing:
            ids = frozenset(made.ids)
            self.changes.publish(Change(frozenset(made.kinds), ids, quiet=quiet))

    @contextmanager
    def telling(self) -> Generator[None]:
        """Tell `not_kept` of what cannot be written in the block, because the person typed it."""
        try:
            yield
        except (DataBusy, DataReadOnly, DiskTrouble) as error:
            if not self.store.is_changing:
                self.not_kept(error)
            raise

    def stamped(self, entity: E, old: Entity | None) -> E:
        """Return `entity` with an id, and with when it was made and changed."""
        created = self.now if old is None else old.created
        return replace(entity, id=entity.id or self.new_id(), created=created, changed=self.now)

    def undo(self) -> tuple[str, dict[str, object]] | None:
        """Take the last change back and return its label, None when there is none.

        Raises:
            InputRefused: something else has changed the same entries since.
        """
        step = self.store.undo()
        if step is None:
            return None
        touched = frozenset(step.ids)
        self.look_for_kept_zone()
        with self.store.change("undo", undoable=False):
            self.rearm(touched, anew=True)
        self.changes.publish(Change(frozenset(step.kinds), touched, undone=True))
        return step.label_key, dict(step.values)

    def whose(self, wanted: str, old: OfSomebody | None) -> Person:
        """Return the person an entry is about: the one named, whose it was, or the only one.

        Raises:
            InputRefused: nobody has that id, or none was named and there are several.
        """
        return self.person(wanted or (None if old is None else old.person))

    def name_of(self, person: str) -> str:
        """Return a person's name, "" where there is none."""
        found = self.store.get(Person, person)
        return "" if found is None else found.name

    def person(self, wanted: str | None) -> Person:
        """Return the person called for by id, or the only one, made unnamed if there is none.

        Raises:
            InputRefused: nobody has that id, or none was named and there are several.
        """
        if wanted is not None:
            found = self.store.get(Person, wanted) if texts.is_whole(wanted) else None
            if found is None:
                raise InputRefused("person.unknown", "person", id=wanted)
            return found
        people = self.store.all(Person)
        if len(people) > 1:
            raise InputRefused("person.which", "person", count=len(people))
        if people:
            return people[0]
        made = Person(id=self.new_id(), created=self.now, changed=self.now)
        self.store.put(made)
        return made
