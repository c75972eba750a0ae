"""Answering reminders: what Later offers, and what is asked on Skip.

The reminder panel and the Today tab share it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget

from caregiver_app.domain.times import wall_instant
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import length_text, tr
from caregiver_app.services.care import Care

_EVENING: Final = time(19, 0)
_MORNING: Final = time(9, 0)
_SOON: Final = 10
_HOUR: Final = 60


def later_words(minutes: int) -> str:
    """Return "In 10 minutes"."""
    return tr("In {length}", length=length_text(minutes))


def later_choices(care: Care) -> list[tuple[str, datetime]]:
    """Return the moments that Later offers, as words and UTC instants."""
    now = care.now
    choices = [(later_words(_SOON), now + timedelta(minutes=_SOON)),
               (later_words(_HOUR), now + timedelta(minutes=_HOUR))]  # fmt: skip
    evening = wall_instant(datetime.combine(care.today, _EVENING), care.home)
    if evening > now:
        choices.append((tr("This evening, 19:00"), evening))
    tomorrow = datetime.combine(care.today + timedelta(days=1), _MORNING)
    choices.append((tr("Tomorrow, 9:00"), wall_instant(tomorrow, care.home)))
    return choices


def fill_later(
    menu: QMenu,
    care: Care,
    chosen: Callable[[datetime], object],
    pick: Callable[[], object] | None = None,
) -> None:
    """Fill a menu with the moments that Later offers now; `pick` asks for another one."""
    menu.clear()
    for words, until in later_choices(care):
        action = QAction(words, menu)
        action.triggered.connect(lambda _=False, at=until: chosen(at))
        menu.addAction(action)
    if pick is not None:
        menu.addAction(tr("Pick a time…"), pick)


MEDICINE_REASONS: Final = (
    "Felt unwell", "Was asleep", "The clinic said so", "None left", "Did not want it",
)  # fmt: skip
"""Why a medicine is left out, in a word or two; own words stand below them."""


class ReasonRow(QWidget):
    """Asks why something is skipped; the answer may stay empty. `choices` are given by a press."""

    given = Signal(str)
    """The reason, "" when none was typed."""

    def __init__(
        self, theme: Theme, about: str, choices: Sequence[str] = (), *, count: int = 1
    ) -> None:
        """`count` reminders are skipped at once."""
        super().__init__()
        ask = tr("Why? You may leave this empty")
        self.line = QLineEdit()
        self.line.setAccessibleName(f"{ask}: {about}")
        skip = tr("Skip it") if count == 1 else tr("Skip all {count}", count=count)
        self.skip_now = PlainButton(theme, skip, name=f"{skip}: {about}")
        self.choices: list[PlainButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Text(ask, "second_strong"))
        if choices:
            column.addWidget(self._quick(theme, f"{skip}: {about}", choices))
            column.addWidget(Text(tr("In your own words"), "second", "soft"))
        column.addWidget(self.line)
        column.addWidget(self.skip_now)
        self.line.returnPressed.connect(self._give)
        self.skip_now.clicked.connect(self._give)

    def _quick(self, theme: Theme, about: str, choices: Sequence[str]) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, across=6, down=6)
        for choice in choices:
            said = tr(choice)
            button = PlainButton(theme, said, name=f"{about}, {said}")
            button.clicked.connect(partial(self.given.emit, said))
            flow.addWidget(button)
            self.choices.append(button)
        return holder

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, in order."""
        return [*self.choices, self.line, self.skip_now]

    def _give(self) -> None:
        self.given.emit(self.line.text().strip())
