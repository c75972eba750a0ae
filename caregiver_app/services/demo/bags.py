"""The made-up family's bags: packed for the visits that were, half packed for those that come."""

from __future__ import annotations

from datetime import datetime, timedelta

from caregiver_app.domain.packing import BagItem, TemplateItem, VisitBag, bag_id
from caregiver_app.domain.plans import visit_id
from caregiver_app.domain.times import instant
from caregiver_app.services.demo.making import BELIMUMAB, INFLIXIMAB, MEI, MEI_PAST, ROSA, Maker

_LAST_OF_MEI = 3
_ROSA_NOT_NEEDED = ("records", "regular_meds")
_ROSA_TO_PACK = ("paperwork", "log", "chargers")
_CARER_BRINGS = ("water", "snacks", "chargers", "phone_contacts")
_ROSA_BRINGS = ("clothes", "glasses")
_ON_WISH = ("pillow", "book", "tablet")
"""What the family takes along only when somebody asks for it, however long a visit is."""
_MEI_PACKED = ("insurance_card", "photo_id", "med_list", "clothes", "glasses")


def fill(maker: Maker) -> None:
    """Write down what is packed."""
    for key in _ON_WISH:
        edit = TemplateItem(id=f"list:{key}", template="infusion_day", key=key, starts="maybe")
        maker.put(edit, maker.now - timedelta(days=30))
    packed = [visit_id(INFLIXIMAB, 1)]
    packed += [visit_id(BELIMUMAB, MEI_PAST - back) for back in range(_LAST_OF_MEI)]
    for visit in packed:
        for key in _essentials(maker, visit):
            _mark(maker, visit, key, "packed")
    coming = visit_id(INFLIXIMAB, 2)
    for key in _essentials(maker, coming):
        brings = _brings(key)
        if key in _ROSA_NOT_NEEDED:
            _mark(maker, coming, key, "not_needed")
        elif key not in _ROSA_TO_PACK:
            _mark(maker, coming, key, "packed", brings=brings)
        elif brings:
            _mark(maker, coming, key, "to_pack", brings=brings)
    sent = BagItem(
        id=f"{coming}:paperwork", visit=coming, key="paperwork", way="sent",
        kept_at="Dr Sol signs it",
    )  # fmt: skip
    maker.put(sent, maker.now - timedelta(days=1))
    for visit in packed:
        _nothing_forgot(maker, visit)
    for whose in (ROSA, MEI):
        while (asked := maker.house.bag_habits.just_over(whose)) is not None:
            _nothing_forgot(maker, asked.id)
    coming = visit_id(BELIMUMAB, MEI_PAST + 1)
    for key in _MEI_PACKED:
        _mark(maker, coming, key, "packed")
    own = BagItem(
        id=f"{coming}:thermos", visit=coming, key="thermos", label="保温杯 (thermos)", position=5
    )
    maker.put(own, maker.now - timedelta(days=1))


def _essentials(maker: Maker, visit: str) -> list[str]:
    return [line.key for line in maker.house.bags.bag(visit).lines if line.essential]


def _brings(key: str) -> str:
    return "carer" if key in _CARER_BRINGS else "person" if key in _ROSA_BRINGS else ""


def _nothing_forgot(maker: Maker, visit: str) -> None:
    maker.put(VisitBag(id=bag_id(visit), visit=visit, forgot="nothing"), _after(maker, visit))


def _after(maker: Maker, visit: str) -> datetime:
    kept = maker.house.agenda.get(visit)
    over = maker.now if kept is None else instant(kept.start, maker.zone) + timedelta(hours=8)
    return min(over, maker.now)


def _mark(maker: Maker, visit: str, key: str, state: str, brings: str = "") -> None:
    kept = maker.house.agenda.get(visit)
    before = maker.now if kept is None else instant(kept.start, maker.zone)
    written = min(before - timedelta(hours=15), maker.now - timedelta(hours=20))
    maker.put(
        BagItem(id=f"{visit}:{key}", visit=visit, key=key, state=state, brings=brings), written
    )
