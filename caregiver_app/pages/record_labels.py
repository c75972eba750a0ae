"""What may be written down about a visit, by the words that window and printed pages share."""

from __future__ import annotations

from typing import Final

from caregiver_app.domain.entities import InfusionRecord
from caregiver_app.pages.dates import tr
from caregiver_app.values import value


@value
class RecordLabel:
    """One thing that may be written down: the field's name, its words, whether it has lines."""

    name: str
    words: str
    lines: bool = False


_DRIP: Final = (
    RecordLabel("product", "Product"), RecordLabel("maker", "Maker"),
    RecordLabel("lot", "Lot number"), RecordLabel("expiry", "Use before"),
    RecordLabel("started", "Started"), RecordLabel("stopped", "Stopped"),
    RecordLabel("site", "Arm, place of the needle"),
    RecordLabel("watched", "Time in the chair afterwards"),
    RecordLabel("premedication", "Given beforehand", lines=True),
    RecordLabel("readings", "Readings, as they told them", lines=True),
    RecordLabel("amount", "Amount, as the nurse wrote it"),
    RecordLabel("reaction", "Reaction, and what was done", lines=True),
    RecordLabel("tip", "A tip for the next time", lines=True),
)  # fmt: skip
_INJECTION: Final = (
    RecordLabel("product", "Product"), RecordLabel("maker", "Maker"),
    RecordLabel("lot", "Lot number"), RecordLabel("expiry", "Use before"),
    RecordLabel("site", "Place on the body"), RecordLabel("started", "At what time"),
    RecordLabel("amount", "Amount, as the clinic wrote it"),
    RecordLabel("reaction", "Reaction, and what was done", lines=True),
    RecordLabel("tip", "A tip for the next time", lines=True),
)  # fmt: skip


def record_labels(*, at_home: bool) -> tuple[RecordLabel, ...]:
    """Return what may be written down of a drip, or of an injection at home."""
    return _INJECTION if at_home else _DRIP


def record_lines(record: InfusionRecord, *, at_home: bool) -> list[tuple[str, str]]:
    """Return what was written down, label and words, without what is empty."""
    labels = {one.name: one.words for one in (*_DRIP, *record_labels(at_home=at_home))}
    pairs = [(tr(words), str(getattr(record, name))) for name, words in labels.items()]
    return [(label, text) for label, text in pairs if text]
