"""Lines of the kinds that are nothing but their fields: each is read as a whole line is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from caregiver_app.domain.entities import CheckIn, InfusionRecord, SignChoice
from caregiver_app.domain.entity import Entity
from caregiver_app.domain.watchlist import choice_id
from caregiver_app.errors import InputRefused
from caregiver_app.services.entry_lines import Line
from caregiver_app.services.entry_values import entity_of
from caregiver_app.services.household import Household
from caregiver_app.services.records import is_empty, record_id

_AT_HOME = ("dose", "side_effect", "clinic_call")
"""Kinds whose wall times are of the computer's zone where a line names none."""


class PlainEntries:
    """Takes lines of these kinds; `takers` says by kind how."""

    def __init__(self, house: Household) -> None:
        self._house = house
        savers: dict[str, Callable[[Any], Entity]] = {
            "person": house.people.save_person,
            "contact": house.people.save_contact,
            "medicine": house.people.save_medicine,
            "authorisation": house.people.save_authorisation,
            "blocked_days": house.blocked.save,
            "dose": house.doses.save,
            "call": house.insurance.save_call,
            "cost": house.insurance.save_cost,
            "assistance": house.insurance.save_assistance,
            "side_effect": house.watch.save,
            "checkin": self._check_in,
            "own_sign": house.signs.save_own,
            "sign_choice": self._save_choice,
            "clinic_call": house.clinic_calls.save,
            "question": house.support.save_question,
            "infusion_record": self._save_record,
        }
        self.takers = {kind: self._taker(kind, save) for kind, save in savers.items()}

    def _taker(self, kind: str, save: Callable[[Any], Entity]) -> Callable[[Line], str]:
        def take(line: Line) -> str:
            home = self._house.care.home
            told = line.with_zone(home) if kind in _AT_HOME else line
            return save(entity_of(kind, told, home)).id

        return take

    def _check_in(self, given: Entity) -> Entity:
        # Without an id a line is an entry of its own, as of every kind; a form completes the day.
        made = given.id or self._house.care.new_id()
        return self._house.watch.check_in(replace(cast("CheckIn", given), id=made))

    def _save_choice(self, given: Entity) -> Entity:
        choice, house = cast("SignChoice", given), self._house
        with house.care.change("done.sign_choice", sign=house.watch.sign_name(choice.sign)):
            choice = replace(choice, person=house.care.whose(choice.person, None).id)
            wanted = choice_id(choice.person, choice.sign)
            if choice.id not in ("", wanted):
                raise InputRefused("entry.visit_id", "id", id=wanted)
            return house.signs.save_choice(replace(choice, id=wanted))

    def _save_record(self, given: Entity) -> Entity:
        record = cast("InfusionRecord", given)
        if record.id not in ("", record_id(record.visit)):
            raise InputRefused("entry.visit_id", "id", id=record_id(record.visit))
        visit = self._house.agenda.get(record.visit)
        if visit is not None and record.person not in ("", visit.person):
            raise InputRefused("visit.of_other", "person")
        # A line never deletes, and an empty record is none.
        kept = None if is_empty(record) else self._house.records.save(record)
        if kept is None:
            raise InputRefused("record.empty", "visit")
        return kept
