"""A master list as the family made it: our template, their edits over it, those of one clinic.

Nothing here writes: what the family changed lies over the template, field by field, so that a new
template never overwrites it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol, TypeVar

from caregiver_app.domain.advice import BagItemInfo, When
from caregiver_app.domain.packing import TemplateItem
from caregiver_app.values import value

IN_BAG: Final = "bag"
MAYBE: Final = "maybe"
NOBODY: Final = "nobody"


class Keyed(Protocol):
    """Something in a list that goes by its key."""

    @property
    def key(self) -> str:
        """The key."""
        ...


K = TypeVar("K", bound=Keyed)


@value
class MasterItem:
    """One item of a master list.

    `ours` is our label ("" for an item that the family added: `own`). `starts` is "bag" or
    "maybe"; `fixed` tells that the family said so, else `when` may put it into the bag. `brings`
    is "carer", "person" or "". `hidden`: left out. `changed`: the family changed it at the level
    that is looked at; `at_clinic`: something of it holds at this clinic only.
    """

    key: str
    label: str
    ours: str
    group: str
    category: str = ""
    why: str = ""
    only_if: str = ""
    live: str = ""
    when: When | None = None
    starts: str = IN_BAG
    brings: str = ""
    own: bool = False
    fixed: bool = False
    hidden: bool = False
    changed: bool = False
    at_clinic: bool = False


def composed(
    items: Sequence[BagItemInfo],
    edits: Collection[TemplateItem],
    contact: str | None,
    *orders: Sequence[str],
) -> list[MasterItem]:
    """Return the items of one list, hidden ones too, in the family's order.

    Args:
        items: what our template holds.
        edits: every edit of this list by the family, at any clinic.
        contact: the clinic, None for what holds at all of them.
        orders: keys in the order that the family gave them; the first that is not empty holds.
    """
    general, here = _by_key(edits, None), _by_key(edits, contact) if contact else {}
    found = [_edited(_ours(item), general, here, contact) for item in items]
    known = {item.key for item in items}
    own: dict[str, TemplateItem] = {}
    for edit in (*general.values(), *here.values()):
        if edit.key not in known and _stands_alone(edit):
            own.setdefault(edit.key, edit)
    for edit in sorted(own.values(), key=lambda one: (one.created, one.id)):
        item = _edited(_own(edit), {}, here, contact) if edit.contact is None else _own(edit)
        found.append(item)
    return in_order(found, next((order for order in orders if order), ()))


def in_order(items: Iterable[K], order: Sequence[str]) -> list[K]:
    """Return the items that `order` names in that order, the others behind them as they were."""
    places = {key: place for place, key in enumerate(dict.fromkeys(order))}
    return sorted(items, key=lambda item: places.get(item.key, len(places)))


def moved(keys: Sequence[str], groups: Sequence[str], key: str, to: int) -> tuple[str, ...]:
    """Return `keys` with one of them at place `to` of its own group, from 0.

    The keys of other groups keep their places; a place beyond the ends is the first or the last.

    Args:
        keys: every key, in order.
        groups: the group of each.
        key: the one that moves; it is among `keys`.
        to: where it goes.
    """
    group = groups[keys.index(key)]
    places = [place for place, one in enumerate(groups) if one == group]
    own = [keys[place] for place in places if keys[place] != key]
    own.insert(max(0, min(to, len(own))), key)
    found = list(keys)
    for place, one in zip(places, own, strict=True):
        found[place] = one
    return tuple(found)


def says_something(edit: TemplateItem, *, hidden: bool = False) -> bool:
    """Tell whether an edit of an item changes anything of it, which is `hidden` below the edit."""
    return bool(edit.label or edit.starts or edit.brings) or edit.hidden != hidden


def rank(edit: TemplateItem) -> tuple[bool, datetime, str]:
    """Return what decides which of two edits of one item holds: the higher one.

    It is the family's own item itself, else the newer.
    """
    return edit.key == edit.id, edit.changed, edit.id


def _by_key(edits: Iterable[TemplateItem], contact: str | None) -> dict[str, TemplateItem]:
    of_level = [edit for edit in edits if edit.contact == contact]
    return {one.key: one for one in sorted(of_level, key=rank)}


def _stands_alone(edit: TemplateItem) -> bool:
    """Tell whether an edit is an item: the family's own, or theirs of one that we dropped."""
    return bool(edit.label) and (edit.key == edit.id or not edit.hidden)


def _ours(item: BagItemInfo) -> MasterItem:
    return MasterItem(
        item.key, item.label, item.label, item.group, item.category, item.why, item.only_if,
        item.live, item.when, IN_BAG if item.essential else MAYBE,
    )  # fmt: skip


def _own(edit: TemplateItem) -> MasterItem:
    return MasterItem(
        edit.key, edit.label, "", edit.group,
        starts=edit.starts or IN_BAG, brings=_named(edit.brings, ""), own=True, fixed=True,
        hidden=edit.hidden, at_clinic=edit.contact is not None,
    )  # fmt: skip


def _edited(
    item: MasterItem,
    general: dict[str, TemplateItem],
    here: dict[str, TemplateItem],
    contact: str | None,
) -> MasterItem:
    edit, own_edit = general.get(item.key), here.get(item.key)
    if edit is not None:
        changed = contact is None and says_something(edit, hidden=item.hidden)
        item = replace(_laid_over(item, edit), changed=changed)
    if own_edit is not None:
        changed = says_something(own_edit, hidden=item.hidden)
        item = replace(_laid_over(item, own_edit), changed=changed, at_clinic=changed)
    return item


def _laid_over(item: MasterItem, edit: TemplateItem) -> MasterItem:
    return replace(
        item,
        label=edit.label or item.label,
        starts=edit.starts or item.starts,
        brings=_named(edit.brings, item.brings),
        fixed=item.fixed or bool(edit.starts),
        hidden=edit.hidden,
    )


def _named(brings: str, below: str) -> str:
    return "" if brings == NOBODY else brings or below
