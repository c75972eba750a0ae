"""The made-up family's bags: packed for the visits that were, half packed for those that come."""

from __future__ import annotations

from datetime import timedelta

from caregiver_app.domain.entities import BagItem
from caregiver_app.domain.plans import visit_id
from caregiver_app.domain.times import instant
from caregiver_app.services.demo.making import BELIMUMAB, INFLIXIMAB, MEI_PAST, Maker

_LAST_OF_MEI = 3
_ROSA_NOT_NEEDED = ("records", "regular_meds")
_ROSA_TO_PACK = ("paperwork", "log", "chargers")
_MEI_PACKED = ("insurance_card", "photo_id", "med_list", "clothes", "glasses")


def fill(maker: Maker) -> None:
    """Write down what is packed."""
    packed = [visit_id(INFLIXIMAB, 1)]
    packed += [visit_id(BELIMUMAB, MEI_PAST - back) for back in range(_LAST_OF_MEI)]
    for visit in packed:
        for key in _essentials(maker, visit):
            _mark(maker, visit, key, "packed")
    coming = visit_id(INFLIXIMAB, 2)
    for key in _essentials(maker, coming):
        if key in _ROSA_NOT_NEEDED:
            _mark(maker, coming, key, "not_needed")
        elif key not in _ROSA_TO_PACK:
            _mark(maker, coming, key, "packed")
    coming = visit_id(BELIMUMAB, MEI_PAST + 1)
    for key in _MEI_PACKED:
        _mark(maker, coming, key, "packed")
    own = BagItem(
        id=f"{coming}:thermos", visit=coming, key="thermos", label="保温杯 (thermos)", position=5
    )
    maker.put(own, maker.now - timedelta(days=1))


def _essentials(maker: Maker, visit: str) -> list[str]:
    return [line.key for line in maker.house.bags.bag(visit).lines if line.essential]


def _mark(maker: Maker, visit: str, key: str, state: str) -> None:
    kept = maker.house.agenda.get(visit)
    before = maker.now if kept is None else instant(kept.start, maker.zone)
    written = min(before - timedelta(hours=15), maker.now - timedelta(hours=20))
    maker.put(BagItem(id=f"{visit}:{key}", visit=visit, key=key, state=state), written)
