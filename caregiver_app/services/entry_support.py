"""Whole lines of what emotional support keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from caregiver_app.domain.entities import Note, Question
from caregiver_app.domain.entity import Entity
from caregiver_app.domain.support import CardChoice, Company, HelpTask, Outlet
from caregiver_app.domain.watchlist import choice_id
from caregiver_app.errors import InputRefused
from caregiver_app.services import support_checks
from caregiver_app.services.entry_watching import refers
from caregiver_app.services.household import Household


def whole_text(text: str) -> str:
    """Return the text of a note's line unchanged: a line tells what it means exactly.

    Raises:
        InputRefused: half of a character is in it, which no file can hold.
    """
    for character in text:
        if "\ud800" <= character <= "\udfff":
            raise InputRefused("text.control", "text", code=f"U+{ord(character):04X}")
    return text


class SupportEntries:
    """Checks whole entries of these kinds; `checks` says by class how."""

    def __init__(self, house: Household) -> None:
        self._house = house
        self.checks: dict[type[Entity], Callable[[Any, Any], Entity]] = {
            Note: self._note,
            Question: self._question,
            CardChoice: self._choice,
            Outlet: self._outlet,
            Company: self._company,
            HelpTask: self._help,
        }

    def _note(self, given: Note, old: Note | None) -> Note:
        whole_text(given.text)
        support_checks.check_note(self._house.care, given, old)
        return given

    def _question(self, given: Question, old: Question | None) -> Question:
        self._house.support.check_question(given)
        known = () if old is None else (old.note,)
        refers(self._house.care.store, Note, given.note, "note", known)
        return given

    def _choice(self, given: CardChoice, _old: CardChoice | None) -> CardChoice:
        support_checks.check_choice(given)
        wanted = choice_id(given.person, given.card)
        if given.id != wanted:
            raise InputRefused("entry.visit_id", "id", id=wanted)
        return given

    def _outlet(self, given: Outlet, _old: Outlet | None) -> Outlet:
        support_checks.check_outlet(given)
        return given

    def _company(self, given: Company, old: Company | None) -> Company:
        support_checks.check_company(self._house.care, given, old)
        return given

    def _help(self, given: HelpTask, _old: HelpTask | None) -> HelpTask:
        support_checks.check_help(given)
        return given
