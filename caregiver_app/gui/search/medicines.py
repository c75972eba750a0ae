"""Medicines of the reference that a search names, each a line that opens its look-up."""

from __future__ import annotations

from typing import Final

from caregiver_app.domain.advice import MedicineInfo
from caregiver_app.gui.medicine_info.alike import alike
from caregiver_app.gui.search.lines import ResultLine, Target
from caregiver_app.gui.words import tr
from caregiver_app.pages.medicine_parts import other_names, title_of
from caregiver_app.services.reference import Reference
from caregiver_app.services.search import Results

_MOST: Final = 5


def medicines_for(query: str, reference: Reference, results: Results) -> list[ResultLine]:
    """Return the medicines one of whose names or brands fits what was typed, the best first."""
    found: list[ResultLine] = []
    for info in () if results.is_one_letter else reference.find_medicines(query):
        names = (info.name, *info.names, *info.brands, *info.also)
        if any(map(results.fits, names)):
            found.append(_line(info, results))
    return found[:_MOST]


def medicines_like(query: str, reference: Reference, results: Results) -> list[ResultLine]:
    """Return the medicines whose name or brand is only spelled nearly like what was typed."""
    return [_line(info, results) for info in alike(query, reference.medicines)]


def _line(info: MedicineInfo, results: Results) -> ResultLine:
    title, second = title_of(info), other_names(info)
    return ResultLine(
        key=f"reference:{info.id}",
        title=title,
        title_marks=results.marks(title),
        second=second,
        second_marks=results.marks(second),
        icon="medicine",
        role="medication",
        ground="medication-tint",
        spoken=tr("Medicine, look-up"),
        target=Target(place="medicine", kind="medicine", item=info.id),
    )
