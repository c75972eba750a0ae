"""Short words about as-needed medicines that the Care plan and Today share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from caregiver_app.domain.entities import Dose, Medicine
from caregiver_app.domain.times import wall
from caregiver_app.gui.medicines.as_needed import AsNeeded
from caregiver_app.gui.words import short_date, time_text, tr

LATELY: Final = 7
"""So many days back it is said when a medicine was last given."""


def as_needed_of(
    medicine: Medicine, doses: Sequence[Dose], today: date, badge: str = ""
) -> AsNeeded:
    """Return the row of one as-needed medicine; `doses` are what was given lately, in order."""
    own = [one for one in doses if one.medicine == medicine.id]
    last = tr("last given {when}", when=_when(own[-1], today)) if own else ""
    parts = (medicine.what_for, last)
    return AsNeeded(medicine.id, medicine.name, " · ".join(one for one in parts if one), badge)


def also_given(doses: Sequence[Dose], today: date) -> str:
    """Return when each medicine that is on no list was given last, "" where none was."""
    last = {one.name: one for one in doses if one.medicine is None}
    told = [f"{name}, {_when(one, today)}" for name, one in reversed(last.items())]
    return tr("Also given: {what}", what=" · ".join(told)) if told else ""


def _when(dose: Dose, today: date) -> str:
    at = wall(dose.at)
    return time_text(at) if at.date() == today else f"{short_date(at.date())}, {time_text(at)}"
