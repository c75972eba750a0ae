"""What a family keeps about its bags: lists of its own, and what became of each visit's bag."""

from __future__ import annotations

from datetime import date

from caregiver_app.domain.entity import Entity
from caregiver_app.values import value

BAG_STATES = ("to_pack", "packed", "not_needed")
BAG_GROUPS = ("papers", "things")
BRINGS = ("", "carer", "person", "nobody")
"""Who brings an item: as the list has it, the caregiver, the person, nobody named after all."""
STARTS = ("", "bag", "maybe")
"""Where an item starts: as our template has it, in the bag, folded under maybe."""
WAYS = ("", "sent", "received")
"""How far a paper that was sent off is: nowhere, on its way, arrived where it is needed."""
FORGOT = ("", "nothing", "something")


def bag_id(visit_id: str) -> str:
    """Return the id of what was decided about one visit's whole bag."""
    return f"{visit_id}:bag"


def list_id(template: str, contact: str | None) -> str:
    """Return the id of the order of a master list, for every clinic or for one."""
    return template if contact is None else f"{template}@{contact}"


@value(kw_only=True)
class VisitBag(Entity):
    """What the family decided about one visit's whole bag; its id is `<visit>:bag`.

    `template` is the list it is packed by ("": the one of the visit's type), `order` the keys of
    items in the order they were dragged into (others follow), `forgot` the answer to "forgot
    anything?" ("": not answered yet).
    """

    visit: str
    template: str = ""
    order: tuple[str, ...] = ()
    forgot: str = ""


@value(kw_only=True)
class BagItem(Entity):
    """What the family did with one item of one visit's bag: packed it, or added it.

    `key` is the template item's id, or the item's own id when the family added it; `label` and
    `group` speak of an item added for this visit (`label` is empty for items of a list). `brings`
    is one of BRINGS. A paper that was sent off has its `way` (one of WAYS), and `kept_at` says
    where a paper is, in the family's words.
    """

    visit: str
    key: str
    state: str = "to_pack"
    label: str = ""
    group: str = "things"
    position: int = 0
    brings: str = ""
    way: str = ""
    kept_at: str = ""


@value(kw_only=True)
class TemplateItem(Entity):
    """The family's own change to a master list, for every visit that is packed by it.

    It adds an item of its own (`key` is then its id) or changes one of ours: another `label` ("":
    as ours), left out (`hidden`), where it `starts` (one of STARTS), who `brings` it. With
    `contact` it holds at that clinic only and stands above the one for all clinics. `kept` is the
    day on which the family decided to keep an item that was not needed several times.
    """

    template: str
    key: str
    label: str = ""
    group: str = "things"
    hidden: bool = False
    contact: str | None = None
    starts: str = ""
    brings: str = ""
    kept: date | None = None


@value(kw_only=True)
class BagList(Entity):
    """The order of a master list; its id is `<template>`, for one clinic `<template>@<contact>`.

    `order` holds keys of items; those that are not in it follow in the template's own order.
    """

    template: str
    contact: str | None = None
    order: tuple[str, ...] = ()
