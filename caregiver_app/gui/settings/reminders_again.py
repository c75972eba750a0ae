"""Ringing again: how often a reminder that nobody answered comes back, and which ones do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.ringing import Repeats
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.fold import Fold
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, tr
from caregiver_app.services.household import Household
from caregiver_app.services.reminder_settings import AT_MOST, EVERY_MINUTES

_OFF = "0"
_MEDICINES, _EVERYTHING = "medicines", "everything"


class AgainPart(QWidget):
    """Off until somebody chooses; capped always."""

    def __init__(
        self, house: Household, theme: Theme, attempt: Callable[[Callable[[], object]], None]
    ) -> None:
        super().__init__()
        self._house, self._attempt = house, attempt
        self._showing = False
        self.fold = Fold(theme, tr("Ring again until answered"), role="strong")
        self.fold.add(
            Text(
                tr(
                    "A reminder that nobody answers can ring again. Unanswered, it stays in its"
                    " window and on Today in any case."
                ),
                "second",
                "soft",
            )
        )
        every = [(_OFF, tr("Off"))]
        every += [(str(one), tr("{count} min", count=one)) for one in EVERY_MINUTES]
        self.every = Segmented(theme, every, name=tr("Ring again every"), arrows_choose=False)
        most = [(str(one), tr("{count} times", count=one)) for one in AT_MOST]
        self.most = Segmented(theme, most, name=tr("At most"), arrows_choose=False)
        what = [
            (_MEDICINES, tr("Medicines only")),
            (_EVERYTHING, tr("All that rings by itself")),
        ]
        self.what = Segmented(theme, what, name=tr("Which reminders"), arrows_choose=False)
        self._add_choice(tr("Ring again every"), self.every)
        self._more = QWidget()
        rest = QVBoxLayout(self._more)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(10)
        rest.addLayout(_labelled(tr("At most"), self.most))
        rest.addLayout(_labelled(tr("Which reminders"), self.what))
        self.fold.add(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fold)
        for choice in (self.every, self.most, self.what):
            choice.changed.connect(self._keep)

    def _add_choice(self, label: str, choice: Segmented) -> None:
        self.fold.body.addLayout(_labelled(label, choice))

    def show_kept(self) -> None:
        """Show what is chosen."""
        kept = self._house.ringing.repeats()
        self._showing = True
        try:
            self.every.set_value(str(kept.minutes))
            self.most.set_value(str(kept.most))
            self.what.set_value(_EVERYTHING if kept.everything else _MEDICINES)
        finally:
            self._showing = False
        self._more.setVisible(kept.minutes > 0)
        self.fold.head.set_summary(_summary(kept))

    def _keep(self, _key: str | None) -> None:
        every, most = self.every.value(), self.most.value()
        if self._showing or every is None or most is None:
            return
        chosen = Repeats(int(every), int(most), self.what.value() == _EVERYTHING)
        if chosen != self._house.ringing.repeats():
            self._attempt(lambda: self._house.ringing.set_repeats(chosen))


def _labelled(label: str, choice: Segmented) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(Text(label, "second_strong"))
    column.addWidget(choice)
    return column


def _summary(kept: Repeats) -> str:
    if not kept.minutes:
        return tr("Off: a reminder rings once, then waits for its answer")
    minutes = count_text(kept.minutes, "{count} minute", "{count} minutes")
    what = tr("all that rings by itself") if kept.everything else tr("medicines only")
    return tr(
        "Every {minutes}, {count} times at most, {what}",
        minutes=minutes,
        count=kept.most,
        what=what,
    )
