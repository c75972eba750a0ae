"""What a plan brings around each of its visits: tick rows in plain words, folded."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.advice import MedicineInfo
from caregiver_app.domain.entities import PARTS
from caregiver_app.gui.calendar.plan.folded_card import FoldedCard
from caregiver_app.gui.part_words import part_name, part_note, without_words
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.fields import NumberField
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import count_text, tr


class BringsCard(FoldedCard):
    """Which of it comes, and for how many days signs are watched for."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        off: Iterable[str] = (),
        watch_days: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, tr("What each visit brings"), parent=parent)
        left_out = set(off)
        self.rows = {key: _row(theme, key, off=key in left_out) for key in PARTS}
        self.watch = NumberField(
            theme, tr("Watch for signs after each visit"), value=watch_days, most=90,
            suffix=tr("days"),
        )  # fmt: skip
        told = tr("Untick what this plan can do without. Each visit can still differ.")
        self._at_home = False
        self.hold(Text(told, "second", "soft"))
        for row in self.rows.values():
            self.hold(row)
        self.hold(self.watch)
        self.room.setSpacing(4)
        for row in self.rows.values():
            row.state_changed.connect(self._tell)
        self.watch.changed.connect(self._tell)
        self._say_itself()

    def off(self) -> tuple[str, ...]:
        """Return the keys of what the plan does without, in the order of the day."""
        return tuple(key for key, row in self.rows.items() if row.state != "done")

    def set_at_home(self, *, at_home: bool) -> None:
        """Injections at home alone bring none of what is ticked here; what was ticked stays."""
        if at_home == self._at_home:
            return
        self._at_home = at_home
        title = tr("What each injection brings") if at_home else tr("What each visit brings")
        self.name(title)
        self._say_itself()

    def say_usual(self, info: MedicineInfo | None) -> None:
        """Say beside the length of watching what counts longer with this medicine."""
        self.watch.set_hint("" if info is None else info.watch_days_note)

    def complain(self) -> bool:
        """Say what is missing; return whether all is well."""
        if self.watch.value() is not None:
            return True
        self.watch.set_error(tr("Give a whole number of days, 0 for none."))
        self.set_open(is_open=True)
        return False

    def _tell(self) -> None:
        self._say_itself()
        self.changed.emit()

    def _say_itself(self) -> None:
        days = self.watch.value()
        alone = self._at_home and days is not None
        self.button.setVisible(not alone)
        if alone:
            self.set_open(is_open=False)
            self.say(tr("A line on Today the day before, and a reminder at its hour."))
            return
        left_out = without_words(self.off())
        if left_out:
            said = tr("Without: {parts}.", parts=left_out)
        else:
            said = tr("Blood test, approval, preparation, bag, ride, follow-up and check-ins.")
        if days:
            watched = count_text(days, "{count} day", "{count} days")
            said = tr("{said} Signs are watched for {days}.", said=said, days=watched)
        self.say(said)


def _row(theme: Theme, key: str, *, off: bool) -> TickRow:
    state = "open" if off else "done"
    return TickRow(
        theme, part_name(key), note=part_note(key), state=state, strong=False, fades=False
    )
