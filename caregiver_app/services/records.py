"""The infusion passport: what the nurse wrote down about each visit, as typed and nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Appointment, InfusionRecord
from caregiver_app.domain.entity import Entity
from caregiver_app.domain.times import wall
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care, refuse
from caregiver_app.values import value

RECORD_LIMIT: Final = 2000
"""So many characters fit into one field of several lines; a page has to hold it."""

_PARAGRAPHS: Final = ("premedication", "readings", "reaction", "tip")
_OTHERS: Final = frozenset(field.name for field in fields(Entity)) | {"person", "visit"}
_WORDS: Final = tuple(field.name for field in fields(InfusionRecord) if field.name not in _OTHERS)


@value
class Recorded:
    """What was written down about a visit, together with that visit."""

    record: InfusionRecord
    visit: Appointment


class RecordService:
    """Keeps what the nurse wrote down."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def of(self, visit_id: str) -> InfusionRecord | None:
        """Return what was written down about a visit, None where nothing was."""
        return self._care.store.get(InfusionRecord, record_id(visit_id))

    def of_visits(self, visit_ids: Iterable[str]) -> dict[str, InfusionRecord]:
        """Return what was written down about these visits, by visit."""
        found = self._care.store.by_ids(InfusionRecord, map(record_id, visit_ids))
        return {one.visit: one for one in found}

    def all(self, person: str | None = None) -> list[Recorded]:
        """Return what was written down about everybody's or one person's visits, newest first."""
        store = self._care.store
        records = store.all(InfusionRecord, **({} if person is None else {"person": person}))
        visits = {one.id: one for one in store.by_ids(Appointment, (r.visit for r in records))}
        found: list[Recorded] = []
        for record in records:
            visit = visits.get(record.visit)
            # Of a visit that is gone the lot number still counts.
            visit = visit or store.get(Appointment, record.visit, deleted=True)
            if visit is not None:
                found.append(Recorded(record, visit))
        return sorted(found, key=lambda r: (wall(r.visit.start), r.visit.id), reverse=True)

    def check(self, record: InfusionRecord) -> None:
        """Look whether a record can be kept so; nothing but the length of its words counts.

        Raises:
            FormRefused: one error for each field that is too long or has control characters.
        """
        check_record(record)

    def save(self, record: InfusionRecord) -> InfusionRecord | None:
        """Keep what was written down about `record.visit`; an empty record is removed.

        Returns:
            The record as it is kept, None when there is nothing in it.

        Raises:
            FormRefused: a field is too long or has control characters.
            InputRefused: the visit is not there any more.
        """
        check_record(record)
        visit = self._care.store.get(Appointment, record.visit)
        if visit is None:
            raise InputRefused("visit.gone", "visit", id=record.visit)
        day = wall(visit.start).date().isoformat()
        with self._care.change("done.record", title=visit.title, day=day):
            return put_record(self._care, visit, record)

    def remove(self, visit_id: str) -> None:
        """Delete what was written down about a visit; undo brings it back.

        Raises:
            InputRefused: nothing was written down.
        """
        care = self._care
        found = self.of(visit_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=record_id(visit_id))
        visit = care.store.get(Appointment, visit_id, deleted=True)
        day = "" if visit is None else wall(visit.start).date().isoformat()
        title = "" if visit is None else visit.title
        with care.change("done.record_removed", title=title, day=day):
            care.store.remove(InfusionRecord, found.id, care.now)


def record_id(visit_id: str) -> str:
    """Return the id of a visit's record."""
    return f"{visit_id}:record"


def is_empty(record: InfusionRecord) -> bool:
    """Tell whether nothing is written in a record."""
    return not any(getattr(record, name).strip() for name in _WORDS)


def check_record(record: InfusionRecord) -> None:
    """Look at the words of a record.

    Raises:
        FormRefused: one error for each field that is too long or has control characters.
    """
    refuse(*(lambda name=name: _tidy(record, name) for name in _WORDS))


def put_record(care: Care, visit: Appointment, record: InfusionRecord) -> InfusionRecord | None:
    """Write a checked record of a visit inside a change; an empty one goes. Return what is kept."""
    id_ = record_id(visit.id)
    if is_empty(record):
        care.store.remove(InfusionRecord, id_, care.now)
        return None
    old = care.store.get(InfusionRecord, id_)
    told = replace(record, id=id_, person=visit.person, visit=visit.id)
    told = replace(told, **{name: _tidy(record, name) for name in _WORDS})
    if old is not None and replace(told, created=old.created, changed=old.changed) == old:
        return old
    kept = care.stamped(told, old)
    care.store.put(kept)
    return kept


def _tidy(record: InfusionRecord, name: str) -> str:
    text: str = getattr(record, name)
    if name in _PARAGRAPHS:
        return texts.paragraphs(text, name, RECORD_LIMIT)
    return texts.line(text, name)
