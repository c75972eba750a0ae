"""Parts of an entry's form: the temperature, how it went on, who was told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Contact
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.warmth import (
    CELSIUS,
    FAHRENHEIT,
    SCALES,
    complaint,
    in_scale,
    scale_meant,
    to_celsius,
)
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.date_fields import DateField, TimeField
from caregiver_app.gui.widgets.fields import LineField, NumberField, TextField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr

MOST_TOLD: Final = 6
GOES_ON, OVER = "going_on", "over"
_FIRST_ROLES: Final = ("clinic", "doctor", "pharmacy")


class Words(TextField):
    """A few lines; more of them scroll within, so that the form stays short."""

    def __init__(self, theme: Theme, label: str, *, text: str, rows: int) -> None:
        super().__init__(theme, label, text=text, rows=rows)
        theme.changed.connect(self._stay_low)
        self._stay_low()

    def _stay_low(self) -> None:
        self.area.setMaximumHeight(self.area.minimumHeight())


def labelled(words: str, widget: QWidget) -> QVBoxLayout:
    """Return a choice below its words, as close as a field is to its label."""
    column = QVBoxLayout()
    column.setSpacing(7)
    column.addWidget(Text(words, "second_strong"))
    column.addWidget(widget)
    return column


class Reading(QObject):
    """A temperature and its scale: the number tells which one is meant.

    `field` and `scale` go into the form together as `row`.
    """

    def __init__(self, theme: Theme, celsius: float | None, scale: str) -> None:
        self.row = QWidget()
        super().__init__(self.row)
        self._celsius = celsius
        self.field = NumberField(theme, tr("Temperature, if taken"))
        self._shown = "" if celsius is None else str(in_scale(celsius, scale))
        self.field.set_text(self._shown)
        self._shown_scale = scale
        self.scale = Segmented(theme, list(SCALES), name=tr("Degrees"), chosen=scale)
        line = QHBoxLayout(self.row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        side = QVBoxLayout()
        side.setSpacing(7)
        side.addWidget(Text(" ", "second_strong"))
        side.addWidget(self.scale)
        side.addStretch(1)
        line.addWidget(self.field, 1, Qt.AlignmentFlag.AlignTop)
        line.addLayout(side)
        self.field.changed.connect(self._guess)
        self.scale.changed.connect(self._turn)

    def complaint(self) -> str | None:
        """Return what is wrong with what stands here, None where nothing is."""
        if not self.field.text().strip():
            return None
        number = self.field.number()
        if number is None:
            return tr("Type a number, for example 38.2.")
        return complaint(number, self.chosen())

    def celsius(self) -> float | None:
        """Return the reading in degrees Celsius, None where there is none.

        What was not touched stays exactly as it was kept.
        """
        if (self.field.text(), self.chosen()) == (self._shown, self._shown_scale):
            return self._celsius
        number = self.field.number()
        return None if number is None else to_celsius(number, self.chosen())

    def chosen(self) -> str:
        """Return the scale, "c" or "f"."""
        return self.scale.value() or CELSIUS

    def _guess(self) -> None:
        number = self.field.number()
        meant = None if number is None else scale_meant(number)
        if meant is not None:
            self.scale.set_value(meant)

    def _turn(self, key: object) -> None:
        """Say the same temperature in the other scale, where the number was one of the first."""
        number = self.field.number()
        if number is None or key not in (CELSIUS, FAHRENHEIT):
            return
        other = FAHRENHEIT if key == CELSIUS else CELSIUS
        if scale_meant(number) == other and complaint(number, other) is None:
            celsius = self._celsius if self._is_untouched(other) else to_celsius(number, other)
            shown = in_scale(celsius or 0.0, str(key))
            if self._is_untouched(other):
                self._shown, self._shown_scale = str(shown), str(key)
            self.field.set_text(str(shown))

    def _is_untouched(self, scale: str) -> bool:
        return self._celsius is not None and (self.field.text(), scale) == (
            self._shown,
            self._shown_scale,
        )


class Course(QWidget):
    """Whether a sign still goes on, and since when it is over."""

    def __init__(
        self,
        theme: Theme,
        today: Callable[[], date],
        *,
        going_on: bool,
        ended: datetime | None,
        now: datetime,
    ) -> None:
        """`ended` and `now` are wall times."""
        super().__init__()
        self._theme = theme
        chosen = GOES_ON if going_on else OVER if ended is not None else ""
        self.state = Segmented(
            theme,
            [("", tr("Not said")), (GOES_ON, tr("Still going on")), (OVER, tr("It is over"))],
            name=tr("How it went on"),
            chosen=chosen,
        )
        at = ended or now
        self.day = DateField(theme, tr("Over since"), today=today, value=at.date(), past=True)
        self.hour = TimeField(theme, tr("About what time"), value=at.time())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(labelled(tr("How it went on"), self.state))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        self._row.addWidget(self.day, 1, top)
        self._row.addWidget(self.hour, 1, top)
        column.addLayout(self._row)
        self.state.changed.connect(self._settle)
        theme.changed.connect(self._settle)
        self._settle()

    @property
    def goes_on(self) -> bool:
        """Whether it has no end yet."""
        return self.state.value() == GOES_ON

    @property
    def is_over(self) -> bool:
        """Whether it has an end."""
        return self.state.value() == OVER

    def choose_over(self) -> None:
        """Say that it is over, and show since when."""
        self.state.set_value(OVER)
        self._settle()

    def _settle(self) -> None:
        way = QBoxLayout.Direction
        large = self._theme.scale >= LARGE_TEXT
        self._row.setDirection(way.TopToBottom if large else way.LeftToRight)
        for field in (self.day, self.hour):
            field.setVisible(self.is_over)


class Told(QWidget):
    """Who was told: a line, and the family's contacts to take with one press."""

    picked = Signal()

    def __init__(self, theme: Theme, told: str, contacts: Sequence[Contact]) -> None:
        super().__init__()
        self.field = LineField(theme, tr("Who was told"), text=told)
        self.chips: list[PlainButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        names = _first_the_clinic(contacts)
        place = QWidget()
        flow = FlowLayout(place)
        for name in names[:MOST_TOLD]:
            chip = PlainButton(theme, name, name=tr("Told: {name}", name=name))
            chip.setCheckable(True)
            chip.clicked.connect(lambda _=False, name=name: self._turn(name))
            self.chips.append(chip)
            flow.addWidget(chip)
        place.setVisible(bool(self.chips))
        column.addWidget(place)
        self.field.changed.connect(self._settle)
        self._settle()

    def _names(self) -> list[str]:
        return [part.strip() for part in self.field.text().split(",") if part.strip()]

    def _turn(self, name: str) -> None:
        names = self._names()
        if name in names:
            names.remove(name)
        else:
            names.append(name)
        self.field.set_text(", ".join(names))
        self.picked.emit()

    def _settle(self) -> None:
        names = self._names()
        for chip in self.chips:
            told = chip.words in names
            chip.setChecked(told)
            chip.set_icon("done" if told else "add")


def _first_the_clinic(contacts: Sequence[Contact]) -> list[str]:
    # A comma parts the names of the line.
    named = [one for one in contacts if one.name and "," not in one.name]
    order = {role: place for place, role in enumerate(_FIRST_ROLES)}
    found = sorted(named, key=lambda one: order.get(one.role, len(order)))
    return list(dict.fromkeys(one.name for one in found))


def readable(day: DateField, hour: TimeField, asks: tuple[str, str]) -> datetime | None:
    """Return what two fields say together; None after saying beside one what is missing.

    `asks` are the sentences for an empty day and an empty hour.
    """
    on, at = day.value(), hour.value()
    if on is None:
        day.set_error(day.complaint() or asks[0])
    elif at is None:
        hour.set_error(hour.complaint() or asks[1])
    return None if on is None or at is None else datetime.combine(on, at)
