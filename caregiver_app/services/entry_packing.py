"""Lines of what a family keeps about its bags: lists of its own and what is in each visit's bag."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Appointment, Contact
from caregiver_app.domain.entity import Entity
from caregiver_app.domain.packing import (
    BAG_GROUPS,
    BAG_STATES,
    BRINGS,
    FORGOT,
    STARTS,
    WAYS,
    BagItem,
    BagList,
    TemplateItem,
    VisitBag,
    bag_id,
    list_id,
)
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import refuse
from caregiver_app.services.entry_watching import refers
from caregiver_app.services.household import Household


class PackingEntries:
    """Checks whole entries of these kinds; `checks` says by class how."""

    def __init__(self, house: Household) -> None:
        self._store = house.care.store
        self.checks: dict[type[Entity], Callable[[Any, Any], Entity]] = {
            VisitBag: self._visit_bag,
            BagItem: self._bag_item,
            BagList: self._bag_list,
            TemplateItem: self._template_item,
        }

    def _visit_bag(self, given: VisitBag, old: VisitBag | None) -> VisitBag:
        _same_id(given, bag_id(given.visit))
        refuse(
            lambda: texts.line(given.template, "template"),
            lambda: _keys(given.order),
            lambda: texts.one_of(given.forgot, FORGOT, "forgot"),
            lambda: self._of_visit(given.visit, old),
        )
        return given

    def _bag_item(self, given: BagItem, old: BagItem | None) -> BagItem:
        _same_id(given, f"{given.visit}:{given.key}")
        refuse(
            lambda: texts.line(given.key, "key"),
            lambda: texts.line(given.label, "label"),
            lambda: texts.one_of(given.state, BAG_STATES, "state"),
            lambda: texts.one_of(given.group, BAG_GROUPS, "group"),
            lambda: texts.one_of(given.brings, BRINGS, "brings"),
            lambda: texts.one_of(given.way, WAYS, "way"),
            lambda: texts.line(given.kept_at, "kept_at"),
            lambda: _not_away(given),
            lambda: self._of_visit(given.visit, old),
        )
        return given

    def _of_visit(self, visit: str, old: BagItem | VisitBag | None) -> None:
        refers(self._store, Appointment, visit, "visit", () if old is None else (old.visit,))

    def _bag_list(self, given: BagList, old: BagList | None) -> BagList:
        _same_id(given, list_id(given.template, given.contact))
        refuse(
            lambda: texts.title(given.template, "template"),
            lambda: _keys(given.order),
            lambda: self._at_clinic(given.contact, old),
        )
        return given

    def _template_item(self, given: TemplateItem, old: TemplateItem | None) -> TemplateItem:
        refuse(
            lambda: texts.line(given.template, "template"),
            lambda: texts.line(given.key, "key"),
            lambda: (texts.title if given.key == given.id else texts.line)(given.label, "label"),
            lambda: texts.one_of(given.group, BAG_GROUPS, "group"),
            lambda: texts.one_of(given.starts, STARTS, "starts"),
            lambda: texts.one_of(given.brings, BRINGS, "brings"),
            lambda: self._at_clinic(given.contact, old),
        )
        return given

    def _at_clinic(self, contact: str | None, old: BagList | TemplateItem | None) -> None:
        refers(self._store, Contact, contact, "contact", () if old is None else (old.contact,))


def _same_id(given: Entity, wanted: str) -> None:
    if given.id != wanted:
        raise InputRefused("entry.visit_id", "id", id=wanted)


def _not_away(given: BagItem) -> None:
    """Refuse what was sent off and would be packed before it is back."""
    if given.state == "packed" and given.way == "sent":
        raise InputRefused("bag.sent", "state", label=given.label or given.key)


def _keys(order: tuple[str, ...]) -> None:
    for key in order:
        texts.title(key, "order")
