"""Everything that is kept as one file of JSON lines, which `add` takes back without loss.

The same data and the same clock give the same bytes. What is private goes along only where it was
ticked, and the first line says what is not in the file.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Generator, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, cast

from caregiver_app import __version__
from caregiver_app.domain.entities import (
    KINDS,
    Appointment,
    BagItem,
    BagList,
    BlockedDays,
    ClinicCall,
    Company,
    InfusionRecord,
    Note,
    Photo,
    Plan,
    Question,
    Setting,
    SideEffect,
    TemplateItem,
    Version,
    VisitAnswer,
    VisitBag,
)
from caregiver_app.domain.entity import Entity
from caregiver_app.domain.insurance import Authorisation
from caregiver_app.domain.texts import one_of
from caregiver_app.integrations.files import save_atomically
from caregiver_app.messages import words
from caregiver_app.services.entry_fields import ABOUT, FORMAT
from caregiver_app.services.entry_lines import line_text
from caregiver_app.services.entry_settings import is_of_this_computer
from caregiver_app.services.entry_values import instant_text, values_of
from caregiver_app.services.entry_whole import without_words
from caregiver_app.services.household import Household

PROGRAM: Final = "Caregiver Companion"
NOTES: Final = "notes"
NUMBERS: Final = "numbers"
PHOTOS: Final = "photos"
PRIVATE: Final[dict[str, tuple[str, ...]]] = {NOTES: ("note",), NUMBERS: (), PHOTOS: ("photo",)}
"""What goes out only when it is ticked, and the kinds of entries that it is."""
USUAL: Final = (PHOTOS,)
"""What of PRIVATE is ticked until somebody says otherwise: photos belong to what was written."""
HELD_BACK: Final[dict[str, tuple[str, ...]]] = {
    "authorisation": ("member", "number"),
    "call": ("number",),
    "assistance": ("number",),
}
"""By kind the fields that hold numbers of insurers and programmes, private as NUMBERS.

A line leaves them out whole: one that is there already keeps its own when the line is taken back.
"""

ORDER: Final = (
    "setting",
    "person",
    "contact",
    "medicine",
    "blocked_days",
    "template_item",
    "bag_list",
    "answer",
    "plan",
    "authorisation",
    "call",
    "cost",
    "assistance",
    "appointment",
    "note",
    "question",
    "card_choice",
    "outlet",
    "company",
    "help_task",
    "visit_bag",
    "bag_item",
    "infusion_record",
    "visit_answer",
    "dose",
    "side_effect",
    "photo",
    "own_sign",
    "sign_choice",
    "clinic_call",
    "checkin",
    "version",
)
"""The kinds in the order in which `add` needs them: what others refer to comes first.

The carer's own checks are in no file.

Answers come before what reminds, so that nothing looks unanswered for a moment.
"""

_REFERENCES: Final[dict[str, dict[str, str]]] = {
    "question": {"note": "note"},
    "note": {"visit": "appointment"},
    "call": {"authorisation": "authorisation"},
    "plan": {"clinic": "contact"},
    "appointment": {"contact": "contact", "medicine": "medicine"},
    "dose": {"medicine": "medicine"},
    "clinic_call": {"follow_up": "appointment"},
    "template_item": {"contact": "contact"},
    "bag_list": {"contact": "contact"},
}
"""By kind the fields that name another entry, and of which kind that is."""
_STEP: Final = 200
_INSTANT: Final = timedelta(microseconds=1)
_SPANS: Final = (
    datetime.min.replace(tzinfo=UTC),
    *(
        datetime(year, month, 1, tzinfo=UTC)
        for year in range(2015, 2065)
        for month in (1, 4, 7, 10)
    ),
    datetime.max.replace(tzinfo=UTC),
)
"""Ends of the spans of time in which answers are read."""


class TakeoutService:
    """Writes everything that is kept into one file."""

    def __init__(self, house: Household) -> None:
        self._house = house

    def everything(self, private: Collection[str] = USUAL) -> bytes:
        """Return the whole file; `private` are the names of PRIVATE that were ticked."""
        return finished(self.in_steps(private))

    def in_steps(self, private: Collection[str] = USUAL) -> Generator[int, None, bytes]:
        """Make the whole file bit by bit, so that a window can paint meanwhile.

        Yields:
            How many entries are done so far.

        Returns:
            The file's bytes.

        Raises:
            InputRefused: there is nothing private of that name.
        """
        for name in private:
            one_of(name, tuple(PRIVATE), "private")
        hidden = {kind for name, kinds in PRIVATE.items() if name not in private for kind in kinds}
        live: dict[str, frozenset[str]] = {}
        lines: list[bytes] = []
        counts: dict[str, int] = {}
        for kind in ORDER:
            if kind in hidden:
                continue
            yield len(lines)
            before = len(lines)
            held_back = () if NUMBERS in private else HELD_BACK.get(kind, ())
            for values in self._lines_of(kind, live):
                if values is not None:
                    for name in held_back:
                        values.pop(name)
                    lines.append(_line(values))
                if values is None or len(lines) % _STEP == 0:
                    yield len(lines)
            counts[kind] = len(lines) - before
        about = {
            "kind": ABOUT,
            "format": FORMAT,
            "program": PROGRAM,
            "version": __version__,
            "made": instant_text(self._house.care.now),
            "counts": {kind: count for kind, count in counts.items() if count},
            "left_out": self.left_out(private),
        }
        return b"".join((_line(about), *lines))

    def _lines_of(
        self, kind: str, live: dict[str, frozenset[str]]
    ) -> Iterator[dict[str, Any] | None]:
        if kind == "answer":
            return self._answers()
        return self._photos(live) if kind == "photo" else self._of(kind, live)

    def _photos(self, live: dict[str, frozenset[str]]) -> Iterator[dict[str, Any] | None]:
        """Yield the lines of photos, None after each: several hundred are too much to read at once.

        What goes along is a photo whose side effect is there.
        """
        store = self._house.care.store
        for entry in store.ids(Photo):
            photo = store.get(Photo, entry)
            if photo is not None and photo.entry in live["side_effect"]:
                yield {**values_of("photo", photo), **self._whose(SideEffect, photo.entry)}
                yield None

    def _whose(self, kind: type[Entity], entry: str) -> dict[str, str]:
        """Return of whom an entry is: what hangs on it goes along as theirs."""
        found = self._house.care.store.get(kind, entry)
        return {} if found is None else {"person": str(getattr(found, "person", ""))}

    def _of(self, kind: str, live: dict[str, frozenset[str]]) -> Iterator[dict[str, Any]]:
        """Yield the lines of one kind; `live` learns which ids of it there are."""
        found = self._house.care.store.all(KINDS[kind])
        live[kind] = frozenset(one.id for one in found)
        if kind == "appointment":
            found = sorted(found, key=lambda one: cast("Appointment", one).series is not None)
        if kind == "plan":
            yield from self._gone_plans(live[kind])
        for one in found:
            if not self._goes_along(one, live):
                continue
            values = values_of(kind, one)
            for name, other in _REFERENCES.get(kind, {}).items():
                if values[name] not in live.get(other, ()):
                    values[name] = None
            if isinstance(one, Plan):
                values["removed"] = self._removed(one)
            if isinstance(one, Version):
                values.update(self._whose(KINDS[one.kind], one.entry))
            if isinstance(one, ClinicCall):
                values["about"] = [entry for entry in one.about if entry in live["side_effect"]]
            if isinstance(one, Appointment) and one.series not in (None, *live[kind]):
                values.update(series=None)
            yield values

    def _goes_along(self, one: Entity, live: dict[str, frozenset[str]]) -> bool:
        """Tell whether an entry goes out: what it hangs on has to be there."""
        match one:
            case Setting():
                return not is_of_this_computer(one.id) and isinstance(json.loads(one.value), str)
            case BlockedDays():
                # Without its clinic it would close the days of everybody.
                return one.clinic is None or one.clinic in live["contact"]
            case VisitBag() | BagItem() | InfusionRecord() | VisitAnswer() | Company():
                return one.visit in live["appointment"]
            case TemplateItem() | BagList():
                # Without its clinic it would hold everywhere.
                return one.contact is None or one.contact in live["contact"]
            case Version():
                return one.entry in live.get(one.kind, ())
            case _:
                return True

    def _answers(self) -> Iterator[dict[str, Any] | None]:
        """Yield the lines of all answers by when they were due, None after each span of time.

        Years of medicines leave a hundred thousand of them: too many to read at once.
        """
        for first, until in pairwise(_SPANS):
            for one in self._house.care.store.answers_between(first, until - _INSTANT):
                yield values_of("answer", one)
            yield None

    def _removed(self, plan: Plan) -> list[int]:
        """Return the numbers of a plan's visits that were deleted and must not come back."""
        store = self._house.care.store
        alive = {visit.dose for visit in store.visits(plan.id)}
        every = {visit.dose for visit in store.visits(plan.id, deleted=True)}
        return sorted(dose for dose in every - alive if dose is not None)

    def _gone_plans(self, live: frozenset[str]) -> Iterator[dict[str, Any]]:
        """Yield the deleted plans of which visits or approvals stay, without a word of theirs."""
        store = self._house.care.store
        named = {one.plan for one in store.all(Appointment) if one.plan is not None}
        named |= {one.plan for one in store.all(Authorisation) if one.plan is not None}
        for entry in sorted(named - live):
            plan = store.get(Plan, entry, deleted=True)
            if plan is not None:
                yield {**values_of("plan", without_words(plan)), "gone": True}

    def left_out(self, private: Collection[str] = USUAL) -> list[str]:
        """Return in plain words what is not in the file; `private` are the names that were ticked.

        What is never in it is said without a count, so that the same data gives the same words.
        """
        store = self._house.care.store
        found: list[str] = []
        if NOTES not in private and (notes := store.all(Note)):
            found.append(counted("takeout.left.notes", len(notes)))
            ids = {one.id for one in notes}
            links = sum(one.note in ids for one in store.all(Question))
            if links:
                found.append(counted("takeout.left.links", links))
        numbers = 0 if NUMBERS in private else self.numbers()
        if numbers:
            found.append(counted("takeout.left.numbers", numbers))
        photos = 0 if PHOTOS in private else self.photos()
        if photos:
            found.append(counted("takeout.left.photos", photos))
        return [*found, words("takeout.left.computer"), words("takeout.left.deleted")]

    def photos(self) -> int:
        """Return how many photos are kept."""
        return len(self._house.care.store.ids(Photo))

    def numbers(self) -> int:
        """Return of how many entries a number of an insurer or a programme is kept."""
        store = self._house.care.store
        return sum(
            any(getattr(one, name) for name in names)
            for kind, names in HELD_BACK.items()
            for one in store.all(KINDS[kind])
        )

    def save(self, path: Path, data: bytes) -> None:
        """Write a file, all or nothing, readable by its owner alone.

        Raises:
            DataReadOnly, DiskTrouble, InputRefused: it could not be written; nothing changed.
        """
        save_atomically(path, data)


def _line(values: dict[str, Any]) -> bytes:
    return f"{line_text(values)}\n".encode()


def finished(steps: Generator[int, None, bytes]) -> bytes:
    """Return what comes at the end of something that is made bit by bit."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast("bytes", end.value)


def counted(key: str, count: int) -> str:
    """Return the sentence for one or for several."""
    return words(f"{key}_one" if count == 1 else f"{key}_many", count=count)
