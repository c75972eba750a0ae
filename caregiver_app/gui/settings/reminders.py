"""Reminders: whether they work, when a day's notice comes, and how much a notice tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Person
from caregiver_app.domain.reminders import Hours
from caregiver_app.domain.times import in_zone
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.settings.parts import Group, KeptField
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.chips import IconDisc
from caregiver_app.gui.widgets.date_fields import TimeField
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import time_text, tr
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.ringer import Ringer

MORNING: Final = "notice_morning"
EVENING: Final = "notice_evening"


class RemindersGroup(Group):
    """`ringer` answers None while nothing rings in this window."""

    kinds: ClassVar[frozenset[str]] = frozenset(("setting", "person"))

    def __init__(self, house: Household, theme: Theme, ringer: Callable[[], Ringer | None]) -> None:
        super().__init__(house, theme, tr("Reminders"))
        self._ringer = ringer
        self._heard: Ringer | None = None
        self._rows: dict[tuple[str, str], TickRow] = {}
        self.health = Text("")
        self._add_health()
        self.add(Rule())
        usual = Hours()
        self.morning = self._hour(
            tr("The day's notice"),
            tr("What has no hour of its own comes as one notice a day, at this hour."),
            MORNING,
            usual,
        )
        self.evening = self._hour(
            tr("The notice before a visit"),
            tr("On the day before a visit, that notice comes at this hour instead."),
            EVENING,
            usual,
        )
        self.add_pair(self.morning, self.evening)
        self.add(Rule())
        self.add(Text(tr("Notices of the desktop"), "second_strong"))
        self.add(
            Text(
                tr(
                    "Without names, a notice only says “Care reminder, 9:00”, so that nobody who"
                    " walks past learns more. With them, it says who and what."
                ),
                "second",
                "soft",
            )
        )
        self._ticks = QWidget()
        self._tick_list = QVBoxLayout(self._ticks)
        self._tick_list.setContentsMargins(0, 0, 0, 0)
        self._tick_list.setSpacing(0)
        self.add(self._ticks)
        self.add(self.trouble)

    def _add_health(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(14)
        disc = IconDisc(self.theme, "reminder", size=44)
        row.addWidget(disc, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.health, 1, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self.try_one = PlainButton(self.theme, tr("Try a reminder"), "reminder")
        self.try_one.clicked.connect(self._try)
        self.body.addWidget(self.try_one, 0, Qt.AlignmentFlag.AlignLeft)
        self.tried = Text("", "second")
        self.tried.hide()
        self.add(self.tried)

    def _hour(self, label: str, hint: str, setting: str, usual: Hours) -> TimeField:
        field = TimeField(self.theme, label, hint=hint)
        settings = self.house.settings
        default = usual.morning if setting == MORNING else usual.evening

        def write() -> str | None:
            hour = field.value()
            if hour is None:
                return field.complaint() or tr("Type an hour, like 8:00.")
            settings.set_hour(setting, hour)
            return None

        self.fields.append(
            KeptField(field, lambda: time_text(settings.hour(setting, default)), write)
        )
        return field

    # -- What is so now ---------------------------------------------------------------------------

    def show_kept(self) -> None:
        """Show the hours that are kept, whose notices tell more, and whether reminders work."""
        super().show_kept()
        self.show_health()
        people = self.house.people.people()
        if [(one.id, one.name) for one in people] != list(self._rows):
            self._show_people(people)
        for person in people:
            row = self._rows[(person.id, person.name)]
            row.set_state("done" if person.details_in_notices else "open")

    def _show_people(self, people: Sequence[Person]) -> None:
        clear_layout(self._tick_list)
        self._rows.clear()
        for person in people:
            name = person.name or tr("the person with no name yet")
            words = tr("Show names and items in notices about {name}", name=name)
            row = TickRow(self.theme, words, strong=False, fades=False)
            row.state_changed.connect(partial(self._set_details, person.id))
            self._rows[(person.id, person.name)] = row
            self._tick_list.addWidget(row)

    def show_health(self) -> None:
        """Say when reminders were looked at last, and whether the desktop takes notices."""
        ringer = self._ringer()
        at_work = ringer is not None and ringer.rings_here
        self.try_one.setEnabled(at_work)
        self._hear(ringer)
        if ringer is None:
            self.health.setText(tr("Reminders are not at work in this window."))
            return
        if not at_work:
            self.health.setText(
                tr("Another window of this program rings. It shows what is due, this one does not.")
            )
            return
        checked = ringer.last_check
        parts: list[str] = []
        if checked is not None:
            local = in_zone(checked, self.house.care.home)
            parts.append(tr("Last check {time}.", time=f"{local:%H:%M:%S}"))
        if ringer.health:
            parts.append(ringer.health)
        elif ringer.reached_desktop:
            parts.append(tr("Notices reach your desktop."))
        else:
            parts.append(tr("Try one to see whether notices reach your desktop."))
        self.health.setText(" ".join(parts))

    def _hear(self, ringer: Ringer | None) -> None:
        if ringer is not None and ringer is not self._heard:
            self._heard = ringer
            ringer.rehearsed.connect(self._rehearsed)
            ringer.health_changed.connect(self._health_changed)

    def _health_changed(self, _sentence: str) -> None:
        self.show_health()

    def _try(self) -> None:
        ringer = self._ringer()
        if ringer is None:
            return
        self.try_one.setEnabled(False)
        self._say(tr("One moment: a reminder comes up, and a notice is on its way."))
        self.attempt(ringer.rehearse)

    def _rehearsed(self, reached: bool, sentence: str) -> None:
        self._say(sentence, "ink" if reached else "warn")
        self.show_health()

    def _say(self, sentence: str, ink: str = "ink") -> None:
        self.tried.setText(sentence)
        self.tried.set_ink(ink)
        self.tried.show()

    def _set_details(self, person_id: str, state: str) -> None:
        people = self.house.people
        self.attempt(lambda: people.set_details(person_id, shown=state == "done"))
