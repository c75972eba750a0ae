"""The sheets in which an entry of the watchlist is completed, corrected or deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caregiver_app.domain.entities import CheckIn, SideEffect
from caregiver_app.domain.times import Zoned, wall
from caregiver_app.errors import UserError
from caregiver_app.gui.refusal import show_refusal
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.model import SCALES, WatchModel
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.date_fields import DateField, TimeField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import LineField, NumberField, TextField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import plain_date, tr

_FREEZING_F: Final = Decimal(32)
_F_PER_C: Final = Decimal(9) / Decimal(5)
_LOWEST_F: Final = 80
"""A reading from here on can only be degrees Fahrenheit."""
_LIKELY_C: Final = (30, 45)


def to_celsius(reading: Decimal, unit: str) -> float:
    """Return a reading in degrees Celsius; `unit` is "c" or "f"."""
    celsius = reading if unit == "c" else (reading - _FREEZING_F) / _F_PER_C
    return round(float(celsius), 2)


class EntrySheet(Sheet):
    """One sign that was written down: how strong, when, temperature, a note.

    After `finished`, `kept` is what was kept (None when nothing was), `deleted` tells whether it
    was deleted.
    """

    def __init__(
        self, theme: Theme, model: WatchModel, entry: SideEffect, parent: QWidget | None
    ) -> None:
        super().__init__(
            theme,
            model.house.watch.sign_name(entry.sign),
            icon="watch",
            primary=tr("Save"),
            parent=parent,
        )
        self._model, self._entry = model, entry
        self.kept: SideEffect | None = None
        self.deleted = False
        self._add_strength()
        self._add_time()
        self._add_reading()
        self.words = TextField(theme, tr("Note"), text=entry.text, rows=3)
        self.add(self.words)
        self.delete = QuietButton(theme, tr("Delete this entry"))
        self.delete.clicked.connect(self._delete)
        self.body.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        self.confirmed.connect(self._save)

    def _add_strength(self) -> None:
        severities = self._model.house.reference.severities
        self.add(Text(tr("How strong"), "second_strong"))
        self.strength = Segmented(
            self.theme,
            [(str(severity.grade), severity.label) for severity in severities],
            name=tr("How strong"),
            chosen=str(self._entry.severity),
        )
        self.add(self.strength)

    def _add_time(self) -> None:
        local = wall(self._entry.at)
        self.day_choice = Segmented(
            self.theme,
            [("0", tr("Today")), ("1", tr("Yesterday")), ("", tr("Another day"))],
            name=tr("Which day"),
            chosen=self._day_key(local.date()),
        )
        self.add(Text(tr("When"), "second_strong"))
        self.add(self.day_choice)
        self.day = DateField(
            self.theme,
            tr("Day"),
            today=lambda: self._model.house.care.today,
            value=local.date(),
            past=True,
        )
        self.hour = TimeField(self.theme, tr("Time"), value=local.time())
        self.add_row(self.day, self.hour)
        self.day.setVisible(self.day_choice.value() == "")
        self.day_choice.changed.connect(self._day_chosen)

    def _day_key(self, day: date) -> str:
        back = (self._model.house.care.today - day).days
        return str(back) if back in (0, 1) else ""

    def _day_chosen(self, key: object) -> None:
        self.day.setVisible(key == "")
        if isinstance(key, str) and key:
            self.day.set_value(self._model.house.care.today - timedelta(days=int(key)))

    def _add_reading(self) -> None:
        self.reading = NumberField(
            self.theme, tr("Temperature, if taken"), value=self._entry.temperature_c
        )
        self.unit = Segmented(
            self.theme, [("c", "°C"), ("f", "°F")], name=tr("Degrees"), chosen="c"
        )
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self.reading, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignBottom)
        self.add(row)
        self.reading.changed.connect(self._guess_unit)

    def _guess_unit(self) -> None:
        number = self.reading.number()
        if number is not None and number >= _LOWEST_F:
            self.unit.set_value("f")
        elif number is not None and _LIKELY_C[0] <= number <= _LIKELY_C[1]:
            self.unit.set_value("c")

    # -- Saving -----------------------------------------------------------------------------------

    def _save(self) -> None:
        self.wrong.hide()
        entry = self._typed()
        if entry is None:
            self.focus_first_error()
            return
        try:
            self.kept = self._model.house.watch.save(entry)
        except UserError as error:
            self._show_refusal(error)
            return
        self.accept()

    def _typed(self) -> SideEffect | None:
        """Return the entry as it stands in the form; None where a field cannot be read."""
        day, hour, reading = self.day.value(), self.hour.value(), self.reading.number()
        if self.reading.text().strip() and reading is None:
            self.reading.set_error(tr("Type a number, for example 38.2."))
            return None
        if day is None:
            self.day_choice.set_value("")
            self.day.set_error(self.day.complaint() or tr("Which day was it?"))
            return None
        if hour is None:
            self.hour.set_error(self.hour.complaint() or tr("About what time was it?"))
            return None
        celsius = None if reading is None else to_celsius(reading, self.unit.value() or "c")
        return replace(
            self._entry,
            severity=int(self.strength.value() or self._entry.severity),
            at=self._moment(day, hour),
            temperature_c=celsius,
            text=self.words.text(),
        )

    def _moment(self, day: date, hour: time) -> Zoned:
        at = self._entry.at
        zone = at.zone if isinstance(at, Zoned) else self._model.house.care.home
        return Zoned(datetime.combine(day, hour), zone)

    def _show_refusal(self, error: UserError) -> None:
        fields: dict[str, Field] = {
            "at": self.hour, "temperature_c": self.reading, "text": self.words,
        }  # fmt: skip
        show_refusal(error, fields, self.wrong)
        self.focus_first_error()

    def _delete(self) -> None:
        try:
            self._model.house.watch.remove(self._entry.id)
        except UserError as error:
            self._show_refusal(error)
            return
        self.deleted = True
        self.forget_changes()
        self.accept()


class CheckInSheet(Sheet):
    """How a day was in five numbers; none is chosen at the start and none is needed."""

    def __init__(
        self, theme: Theme, model: WatchModel, entry: CheckIn, parent: QWidget | None
    ) -> None:
        super().__init__(
            theme,
            tr("How the day was"),
            icon="watch",
            primary=tr("Save"),
            subtitle=plain_date(entry.date),
            note=tr("Leave out what you do not know."),
            parent=parent,
        )
        self._model, self._entry = model, entry
        self.scales: dict[str, Segmented] = {}
        self._add_scales()
        self.words = LineField(theme, tr("Note"), text=entry.text)
        self.add(self.words)
        if entry.id:
            delete = QuietButton(theme, tr("Delete this check-in"))
            delete.clicked.connect(self._delete)
            self.body.addWidget(delete, 0, Qt.AlignmentFlag.AlignLeft)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        self.confirmed.connect(self._save)

    def _add_scales(self) -> None:
        asks = {
            "pain": tr("Pain: 0 none, 10 worst"),
            "fatigue": tr("Tiredness: 0 none, 10 worst"),
            "stiffness": tr("Stiffness: 0 none, 10 worst"),
            "sleep": tr("Sleep: 0 very bad, 10 very good"),
            "mood": tr("Mood: 0 very bad, 10 very good"),
        }
        for name in SCALES:
            value: int | None = getattr(self._entry, name)
            self.add(Text(asks[name], "second_strong"))
            scale = Segmented(
                self.theme,
                [(str(number), str(number)) for number in range(11)],
                name=asks[name],
                chosen=None if value is None else str(value),
            )
            self.scales[name] = scale
            self.add(scale)

    def _save(self) -> None:
        chosen = {name: scale.value() for name, scale in self.scales.items()}
        numbers = {name: None if key is None else int(key) for name, key in chosen.items()}
        person = self._model.person
        entry = replace(
            self._entry,
            person=self._entry.person or ("" if person is None else person.id),
            pain=numbers["pain"],
            fatigue=numbers["fatigue"],
            stiffness=numbers["stiffness"],
            sleep=numbers["sleep"],
            mood=numbers["mood"],
            text=self.words.text(),
        )
        try:
            self._model.house.watch.check_in(entry)
        except UserError as error:
            show_refusal(error, {"text": self.words}, self.wrong)
            return
        self.accept()

    def _delete(self) -> None:
        try:
            self._model.house.watch.remove_check_in(self._entry.id)
        except UserError as error:
            show_refusal(error, {}, self.wrong)
            return
        self.forget_changes()
        self.accept()
