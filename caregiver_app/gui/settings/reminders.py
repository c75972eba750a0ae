"""Reminders: whether they work, when they come, how much they tell, and how the program lives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Person
from caregiver_app.domain.reminders import Hours
from caregiver_app.gui.at_login import AtLogin
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.rehearse.around import Around
from caregiver_app.gui.rehearse.model import Rehearsal
from caregiver_app.gui.rehearse.view import RehearsalView
from caregiver_app.gui.settings.parts import Group, KeptField
from caregiver_app.gui.settings.reminders_again import AgainPart
from caregiver_app.gui.settings.reminders_alive import AlivePart
from caregiver_app.gui.settings.reminders_day import DayPart
from caregiver_app.gui.settings.reminders_ideas import IdeasPart
from caregiver_app.gui.settings.reminders_quiet import QuietPart
from caregiver_app.gui.settings.reminders_sound import SoundPart
from caregiver_app.gui.settings.reminders_usual import UsualPart
from caregiver_app.gui.theme import Theme
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
    """`ringer` and `at_login` answer None where there is none."""

    kinds: ClassVar[frozenset[str]] = frozenset(("setting", "person"))
    quit_asked = Signal()
    """The program shall end."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        ringer: Callable[[], Ringer | None],
        at_login: Callable[[], AtLogin | None],
    ) -> None:
        super().__init__(house, theme, tr("Reminders"))
        self._ringer = ringer
        self._around = Around(ringer, at_login)
        self._heard: Ringer | None = None
        self._rows: dict[tuple[str, str], TickRow] = {}
        self.health = Text("")
        self._add_health()
        self._add_when()
        self.add(Rule())
        self.sound = SoundPart(house, theme, self.attempt, ringer)
        self.add(self.sound)
        self._add_names()
        self.add(Rule())
        self.day = DayPart(house, theme, self.attempt)
        self.add(self.day)
        self.add(Rule())
        self.ideas = IdeasPart(house, theme, self.attempt)
        self.add(self.ideas)
        self.add(Rule())
        self.alive = AlivePart(theme, self.attempt, at_login, self._around.has_tray)
        self.alive.quit_asked.connect(self.quit_asked)
        self.add(self.alive)
        self.add(self.trouble)

    # -- Building ---------------------------------------------------------------------------------

    def _add_health(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(14)
        disc = IconDisc(self.theme, "reminder", size=44)
        row.addWidget(disc, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.health, 1, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self.rehearsal = Rehearsal(self.house, self._ringer, self)
        self.trial = RehearsalView(
            self.house, self.theme, self.rehearsal, lambda: self._around.found(self.rehearsal)
        )
        self.trial.what_to_do.start_asked.connect(self._start_with_computer)
        self.rehearsal.changed.connect(self.show_health)
        self.add(self.trial)

    def _add_when(self) -> None:
        self.add(Rule())
        usual = Hours()
        self.morning = self._hour(
            tr("The day’s notice"),
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
        self.usual = UsualPart(self.house, self.theme, self.attempt)
        self.again = AgainPart(self.house, self.theme, self.attempt)
        self.quiet = QuietPart(self.house, self.theme, self.attempt)
        self.fields += self.quiet.fields
        for part in (self.usual, self.again, self.quiet):
            self.add(Rule())
            self.add(part)

    def _add_names(self) -> None:
        self.add(Rule())
        self.add(Text(tr("Notices of the desktop"), "second_strong"))
        self.add(
            Text(
                tr(
                    "Without names, a notice only says “Care reminder, 09:00”, so that nobody who"
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
        """Show everything that is kept, and whether reminders work."""
        super().show_kept()
        for part in (self.usual, self.again, self.quiet, self.sound, self.day, self.ideas,
                     self.alive):  # fmt: skip
            part.show_kept()
        self.show_health()
        self.trial.show_now()
        people = self.house.people.people()
        if [(one.id, one.name) for one in people] != list(self._rows):
            self._show_people(people)
        for person in people:
            row = self._rows[(person.id, person.name)]
            row.set_state("done" if person.details_in_notices else "open")

    def part(self, item: str) -> QWidget | None:
        """Return "trial", "usual", "again", "quiet", "sound", "names", "day", "ideas", "alive"."""
        folds = {"usual": self.usual, "again": self.again, "quiet": self.quiet}
        if item in folds:
            folds[item].fold.set_open(opened=True)
            return folds[item]
        plain: dict[str, QWidget] = {
            "trial": self.trial,
            "sound": self.sound,
            "names": self._ticks,
            "day": self.day,
            "ideas": self.ideas,
            "alive": self.alive,
        }
        return plain.get(item)

    def settle(self, *, narrow: bool) -> None:
        """Follow the room that there is."""
        super().settle(narrow=narrow)
        self.quiet.settle(narrow=narrow)

    def show_health(self) -> None:
        """Say when reminders were looked at last, and whether the desktop takes notices."""
        ringer = self._ringer()
        at_work = ringer is not None and ringer.rings_here
        for button in (self.trial.ring, self.trial.again):
            button.setEnabled(at_work)
        self._hear(ringer)
        self.sound.show_health()
        if ringer is None:
            self.health.setText(tr("Reminders are not at work in this window."))
            self.health.set_ink("warn")
            return
        said = ringer.health_line()
        self.health.setText(said.sentence)
        self.health.set_ink("ink" if said.ok else "warn")

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

    def _hear(self, ringer: Ringer | None) -> None:
        if ringer is not None and ringer is not self._heard:
            self._heard = ringer
            ringer.looked.connect(self._looked)

    def _looked(self) -> None:
        if self.isVisible():
            self.show_health()

    # -- Changing ---------------------------------------------------------------------------------

    def _start_with_computer(self) -> None:
        at_login = self._around.at_login()
        if at_login is not None:
            self.attempt(lambda: at_login.set_on(True))
        self.alive.show_kept()
        self.trial.show_now()

    def _set_details(self, person_id: str, state: str) -> None:
        people = self.house.people
        self.attempt(lambda: people.set_details(person_id, shown=state == "done"))
