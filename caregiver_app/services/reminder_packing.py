"""What a line about packing has to ask for: the papers and things that are still missing."""

from __future__ import annotations

from datetime import datetime

from caregiver_app.domain.packing import BagItem, TemplateItem
from caregiver_app.domain.reminders import PACKING, PAPERS, Reminder
from caregiver_app.errors import DataDamaged, InputRefused
from caregiver_app.services.bag_reading import BagLine
from caregiver_app.services.bags import BagService
from caregiver_app.services.care import Care


class Packing:
    """Tells which lines about packing have nothing to say: all is packed, or not needed.

    They don't come then; they come back when something is taken out again.
    """

    def __init__(self, care: Care) -> None:
        self._care, self._bags = care, BagService(care)
        self._settled: set[tuple[str, datetime]] = set()

    def asks(self, reminder: Reminder) -> bool:
        """Tell whether a reminder still asks for something; only one about packing may not."""
        lines = self._missing(reminder)
        return lines is None or bool(lines)

    def asks_since(self, reminder: Reminder, moment: datetime) -> bool:
        """Tell whether it asks for something that was missing already at this moment, its own.

        Who takes something out of a packed bag, or adds to it, knows what is missing: nothing is
        said of that as if it were new. What undo takes out looks as if it had never been packed,
        so a line that was seen to have nothing to say after its moment stays silent.
        """
        lines, told = self._missing(reminder), (reminder.id, moment)
        if lines is None or any(self._is_old(reminder, line, moment) for line in lines):
            return told not in self._settled
        if not lines and moment <= self._care.now and not self._care.reads_parts:
            self._settled.add(told)
        return False

    def _missing(self, reminder: Reminder) -> tuple[BagLine, ...] | None:
        """Return what is missing, None for what is no line about packing or can't be read."""
        if reminder.what not in (PAPERS, PACKING):
            return None
        try:
            missing = self._bags.missing(reminder.owner)
        except (DataDamaged, InputRefused):
            # Better once too often than never.
            return None
        if self._care.left_out:
            return None
        return missing.papers if reminder.what == PAPERS else missing.lines

    def _is_old(self, reminder: Reminder, line: BagLine, moment: datetime) -> bool:
        store = self._care.store
        mark = store.get(BagItem, f"{reminder.owner}:{line.key}")
        edit = store.get(TemplateItem, line.key) if line.own and mark is None else None
        made = mark or edit
        return made is None or made.changed <= moment
