"""Quiet hours: what can wait comes when they end; what may not wait is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.ringing import QuietHours
from caregiver_app.gui.settings.parts import KeptField
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.date_fields import TimeField
from caregiver_app.gui.widgets.field import field_row
from caregiver_app.gui.widgets.fold import Fold
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import time_text, tr
from caregiver_app.services.household import Household

FIRST_CHOICE: Final = QuietHours(time(22, 0), time(7, 0))
"""What stands there when somebody switches them on."""


class QuietPart(QWidget):
    """Off until somebody ticks it; then from when until when."""

    def __init__(
        self, house: Household, theme: Theme, attempt: Callable[[Callable[[], object]], None]
    ) -> None:
        super().__init__()
        self._house, self._attempt = house, attempt
        self._last = FIRST_CHOICE
        self.fold = Fold(theme, tr("Quiet hours"), role="strong")
        self.tick = TickRow(theme, tr("Keep quiet during these hours"), strong=False, fades=False)
        self.tick.state_changed.connect(self._switch)
        self.first = TimeField(theme, tr("Quiet from"))
        self.last = TimeField(theme, tr("Quiet until"))
        self.fields = (
            KeptField(self.first, lambda: self._kept("first"), self._keep_first),
            KeptField(self.last, lambda: self._kept("last"), self._keep_last),
        )
        self._hours = QWidget()
        self._pair = field_row(self.first, self.last, spacing=18)
        self._pair.setContentsMargins(0, 0, 0, 0)
        self._hours.setLayout(self._pair)
        self.fold.add(self.tick)
        self.fold.add(self._hours)
        for words in (
            tr(
                "Never silenced: medicines, the time to leave, the first hours after an infusion,"
                " what begins before the quiet hours end, and what you put off until then."
            ),
            tr("Everything else comes when they end, and says when it was due."),
        ):
            self.fold.add(Text(words, "second", "soft"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fold)
        self.fold.turned.connect(self._stay_open)

    def show_kept(self) -> None:
        """Show the hours that are kept; what is being typed is left alone."""
        kept = self._house.ringing.quiet()
        self.tick.set_state("open" if kept is None else "done")
        self._hours.setVisible(kept is not None)
        for field in self.fields:
            if kept is None:
                field.forget()
            else:
                field.show_kept()
        self.fold.head.set_summary(self.summary())

    def summary(self) -> str:
        """Return what is chosen, in a line."""
        kept = self._house.ringing.quiet()
        if kept is None:
            return tr("Off: reminders come at any hour")
        return tr("From {first} to {last}", first=time_text(kept.first), last=time_text(kept.last))

    def settle(self, *, narrow: bool) -> None:
        """Follow the room that there is."""
        way = QBoxLayout.Direction
        self._pair.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def _kept(self, which: str) -> str:
        kept = self._house.ringing.quiet()
        return "" if kept is None else time_text(kept.first if which == "first" else kept.last)

    def _switch(self, state: str) -> None:
        kept = self._house.ringing.quiet()
        self._last = kept or self._last
        wanted = self._last if state == "done" else None
        self._attempt(lambda: self._house.ringing.set_quiet(wanted))

    def _keep_first(self) -> str | None:
        first = self.first.value()
        return _complaint(self.first) if first is None else self._set(first, self.last.value())

    def _keep_last(self) -> str | None:
        last = self.last.value()
        return _complaint(self.last) if last is None else self._set(self.first.value(), last)

    def _set(self, first: time | None, last: time | None) -> None:
        """Keep both hours; where one cannot be read, the one that is kept goes on.

        Raises:
            InputRefused: they are the same.
        """
        kept = self._house.ringing.quiet() or self._last
        self._house.ringing.set_quiet(QuietHours(first or kept.first, last or kept.last))

    def _stay_open(self, opened: bool) -> None:
        # What cannot be kept stays in sight.
        if not opened and any(field.is_pending for field in self.fields):
            QTimer.singleShot(0, self, lambda: self.fold.set_open(opened=True))


def _complaint(field: TimeField) -> str:
    return field.complaint() or tr("Type an hour, like {hour}.", hour=time_text(time(7)))
