"""The sheet of a medicine: what it is called, what it is for, and when it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import Medicine
from caregiver_app.domain.times import wall
from caregiver_app.gui.care_plan.sheets import EntrySheet
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.care_plan.times_fields import ChoiceRow, TimesFields
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import Banner
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import time_text, tr, weekday_name
from caregiver_app.messages import words
from caregiver_app.services.alongside import Companion, load
from caregiver_app.services.household import Household
from caregiver_app.services.medicine_times import Times

SCHEDULED: Final = "scheduled"
AS_NEEDED: Final = "as_needed"
UNCLEAR: Final = "unclear"
_MOST_OFFERED: Final = 6


class Offer(QWidget):
    """Names of medicines that are usually taken beside the therapy; a press only types the name."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, therapy: str, companions: list[Companion]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        said = (
            tr("Often beside {therapy}: choose a name, or type your own.", therapy=therapy)
            if companions
            else tr("Choose a name, or type your own.")
        )
        column.addWidget(Text(said, "second", "soft"))
        row = QWidget()
        flow = FlowLayout(row, across=8, down=8)
        names = [one.name for one in companions] + [tr(name) for name in load().goes_on]
        self.buttons: list[PlainButton] = []
        for name in dict.fromkeys(names):
            button = PlainButton(theme, name, name=tr("Use the name {name}", name=name))
            button.setAutoDefault(False)
            button.clicked.connect(partial(self.chosen.emit, name))
            flow.addWidget(button)
            self.buttons.append(button)
        column.addWidget(row)
        sources = dict.fromkeys(
            source.name for one in companions for source in one.evidence.sources
        )
        if sources:
            column.addWidget(Text(_from(sources), "second", "soft"))


def _from(sources: dict[str, None]) -> str:
    told = tr("From: {names}.", names="; ".join(sources))
    return f"{told} {words('safety.everywhere')}"


class MedicineSheet(EntrySheet):
    """A medicine of the list: its name, what the clinic wrote, and its times."""

    looked = Signal(str)
    """Somebody wants to see what was given of it; its id. The sheet is closed by then."""
    ended = Signal(str)
    """The medicine is not given any more: ask when and why; its id. The sheet is closed by then."""

    about_asked = Signal(str)
    """Somebody wants to read about the medicine; its name. The sheet is closed by then."""

    def __init__(
        self, house: Household, theme: Theme, medicine: Medicine, parent: QWidget | None
    ) -> None:
        super().__init__(
            house,
            theme,
            medicine.person,
            title=tr("Medicine"),
            icon="medicine",
            subtitle=tr("The app shows only what you type."),
            parent=parent,
        )
        self._medicine = medicine
        series = house.medicine_times.series(medicine) if medicine.id else []
        self._kept = house.medicine_times.read(medicine) if series else None
        self._mixed = bool(series) and self._kept is None
        self._has_times = bool(series)
        self.name = LineField(theme, tr("Name"), text=medicine.name)
        self.what_for = LineField(theme, tr("What for"), text=medicine.what_for)
        self.directions = ShortText(
            theme,
            tr("Directions"),
            text=medicine.directions,
            rows=2,
            hint=tr("As the clinic wrote it, for example: with supper."),
        )
        self.offer = None if medicine.id else self._make_offer()
        if medicine.id:
            self.add(self._make_doors())
        self.add_row(self.name, self.what_for, stretches=(3, 2))
        if self.offer is not None:
            self.add(self.offer)
            self.offer.chosen.connect(self._take_name)
        self.add(self.directions)
        self._add_schedule()
        if medicine.id:
            self.add_delete(
                tr("Delete this medicine"), lambda: house.medicine_times.remove(medicine.id)
            )
        else:
            self.add(self.wrong)
        self.name.changed.connect(self._settle)
        self.how.changed.connect(self._settle)
        self.times.changed.connect(self._settle)
        self._settle()

    def _make_doors(self) -> QWidget:
        """Return what else can be done with a medicine that is kept, seen without scrolling."""
        medicine, theme = self._medicine, self.theme
        row = QWidget()
        flow = FlowLayout(row, across=0, down=0)
        self.look = QuietButton(
            theme, tr("What was given"), "chart", name=tr("What was given: the last 30 days")
        )
        self.about = QuietButton(theme, tr("About this medicine"), "paper-note")
        self.end = QuietButton(theme, tr("It ended…"), "care-plan")
        self.about.setVisible(self.house.reference.medicine(medicine.name) is not None)
        for button, led, item in (
            (self.look, self.looked, medicine.id),
            (self.about, self.about_asked, medicine.name),
            (self.end, self.ended, medicine.id),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._leave_for, led, item))
            flow.addWidget(button)
        return row

    def _leave_for(self, led: SignalInstance, item: str) -> None:
        """Close, asking first when something was typed, and let the other sheet open."""
        self.reject()
        if not self.isVisible():
            led.emit(item)

    # -- Made once --------------------------------------------------------------------------------

    def _make_offer(self) -> Offer | None:
        found: dict[str, Companion] = {}
        therapies = [plan.medicine for plan in self.house.plans.all(self._medicine.person)]
        for therapy in therapies:
            for one in load().companions(therapy):
                found.setdefault(one.name, one)
        there = {one.name.casefold() for one in self.house.people.medicines(self._medicine.person)}
        offered = [one for one in found.values() if one.name.casefold() not in there]
        return Offer(self.theme, ", ".join(therapies), offered[:_MOST_OFFERED])

    def _add_schedule(self) -> None:
        self.how = ChoiceRow(
            self.theme,
            tr("How it is given"),
            [
                (SCHEDULED, tr("At set times")),
                (AS_NEEDED, tr("Only when needed")),
                (UNCLEAR, tr("Not clear yet")),
            ],
            chosen=self._how_before(),
        )
        self.times = TimesFields(self.theme, lambda: self.house.care.today)
        if self._kept is not None:
            self.times.show_times(self._kept)
        self.said = Text("", "second", "soft")
        self.once = Banner(self.theme, "", icon="attention")
        self.fever = Banner(self.theme, words("safety.ask_first"), icon="temperature")
        for widget in (self.how, self.once, self.fever, self.times, self.said):
            self.add(widget)

    def _how_before(self) -> str | None:
        if self._has_times:
            return SCHEDULED
        if self._medicine.as_needed:
            return AS_NEEDED
        return UNCLEAR if self._medicine.id else None

    # -- Shown anew -------------------------------------------------------------------------------

    def _take_name(self, name: str) -> None:
        self.name.set_text(name)
        self.name.setFocus()

    def _settle(self) -> None:
        how, scheduled = self.how.value(), self.how.value() == SCHEDULED
        mixed = self._mixed and scheduled
        self.times.setVisible(scheduled and not mixed)
        self.fever.setVisible(how == AS_NEEDED)
        weekly = load().is_weekly(self.name.text())
        self.once.setVisible(weekly is not None)
        if weekly is not None:
            day = self.times.only_day() if scheduled and not mixed else None
            told = tr("ask the clinic which") if day is None else weekday_name(day)
            self.once.set_words(words("safety.methotrexate", weekday=told))
        said = self._mixed_words() if mixed else self._change_words(how)
        self.said.setText(said)
        self.said.setVisible(bool(said))
        if self.isVisible():
            self.fit()

    def _mixed_words(self) -> str:
        """Say the times that somebody gave rhythms of their own in the calendar."""
        series = self.house.medicine_times.series(self._medicine)
        hours = ", ".join(time_text(wall(one.start)) for one in series)
        return tr(
            "Its times differ from each other ({hours}). They stay as they are; change them in the"
            " calendar.",
            hours=hours,
        )

    def _change_words(self, how: str | None) -> str:
        """Say from when a change holds, once something is different."""
        if not self._has_times:
            return ""
        begins = self.house.medicine_times.begins(self._medicine)
        today = begins == self.house.care.today
        day = tr("today") if today else tr("tomorrow")
        if how != SCHEDULED:
            return tr(
                "Its times end: from {day} on nothing is asked. What is marked stays.", day=day
            )
        if self._kept is not None and self._is_other():
            return tr("The new times hold from {day} on. What is marked stays.", day=day)
        return ""

    def _is_other(self) -> bool:
        kept, fields = self._kept, self.times
        if kept is None:
            return False
        hours = ", ".join(time_text(hour) for hour in kept.hours)
        before = (hours, kept.rhythm, kept.first, kept.last)
        now = (fields.hours.text(), fields.rhythm.value(), fields.first.value(),
               fields.last.value())  # fmt: skip
        days = fields.only_day()
        other_day = days is not None and (days,) != kept.weekdays
        return before != now or other_day

    # -- Saving -----------------------------------------------------------------------------------

    def complain(self) -> bool:
        """Say what of the times cannot be read; how it is given may stay open."""
        reads = self.how.value() != SCHEDULED or self._mixed
        return reads or self.times.times() is not None

    def keep(self) -> tuple[Callable[[], object], dict[str, Field]]:
        """Return what saves the medicine together with its times."""
        how = self.how.value()
        told = replace(
            self._medicine,
            name=self.name.text(),
            what_for=self.what_for.text(),
            directions=self.directions.text(),
            as_needed=how == AS_NEEDED,
        )
        fields: dict[str, Field] = {
            "name": self.name,
            "what_for": self.what_for,
            "directions": self.directions,
            "as_needed": self.how,
        }
        if how == SCHEDULED and self._mixed:
            return lambda: self.house.people.save_medicine(told), fields
        times: Times | None = self.times.times() if how == SCHEDULED else None
        if times is None and not self._has_times:
            return lambda: self.house.people.save_medicine(told), fields
        fields |= self.times.fields()
        return lambda: self.house.medicine_times.save(told, times), fields
