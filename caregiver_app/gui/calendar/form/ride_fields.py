"""Who drives, from where, when to leave, and the way home: one part of two forms."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.rides import (
    NOT_NEEDED,
    check_ride,
    lead_minutes,
    needs_driver,
    ride_home,
    set_off,
)
from caregiver_app.domain.times import AllDay, Moment
from caregiver_app.errors import InputRefused
from caregiver_app.gui.calendar.form.ride_slip import open_slip
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.date_fields import TimeField
from caregiver_app.gui.widgets.field import Field, field_row
from caregiver_app.gui.widgets.fields import LineField, NumberField
from caregiver_app.gui.widgets.height import AsTall
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sign_line import SignLine
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import plain_date, read_time, time_text, tr
from caregiver_app.messages import explain, words
from caregiver_app.services.household import Household
from caregiver_app.services.rides import Caution, Usual

_SAME: Final = "same"
_OTHER: Final = "other"
_NONE: Final = "none"


class RideFields(AsTall):
    """The ride of one appointment. `set_value` shows it, `apply` puts it into an appointment."""

    changed = Signal()
    """Something of the ride was changed."""

    def __init__(self, theme: Theme, house: Household, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._house = theme, house
        self._kept: Appointment | None = None
        self._start: Moment | None = None
        self._usual: Usual | None = None
        self._filled: dict[LineField, str] = {}
        self._numbers: dict[str, str] = {}
        self._rows: list[QHBoxLayout] = []
        self._make_driver()
        self._make_way()
        self._make_home()
        self._lay_out()
        self._connect()

    # -- Building ---------------------------------------------------------------------------------

    def _make_driver(self) -> None:
        theme = self._theme
        self.driver = LineField(theme, tr("Who drives"), icon="drive")
        self.phone = LineField(theme, tr("Their phone"), icon="call")
        self.nobody = SignLine(theme, "attention", "warn")
        self.pick_up = LineField(theme, tr("Pick-up place"), icon="place")

    def _make_way(self) -> None:
        theme, unit = self._theme, tr("min")
        self.travel = NumberField(theme, tr("On the way"), most=720, suffix=unit)
        self.parking = NumberField(theme, tr("Parking"), most=720, suffix=unit)
        self.early = NumberField(theme, tr("Be there early"), most=720, suffix=unit)
        self.offer = QuietButton(theme, "")
        self.leave = SignLine(theme, "time", "ink", role="strong")
        self.leave_at = TimeField(theme, tr("Leave at"))

    def _make_home(self) -> None:
        theme = self._theme
        self.home_label = Text(tr("Ride home"), "second_strong")
        self.home = Segmented(
            theme,
            [
                (_SAME, tr("Same driver")),
                (_OTHER, tr("Somebody else")),
                (_NONE, tr("Not needed")),
            ],
            name=tr("Ride home"),
        )
        self.home_driver = LineField(theme, tr("Who drives home"), icon="drive")
        self.home_phone = LineField(theme, tr("Their phone"), icon="call")
        self.slip = QuietButton(theme, tr("Slip for the driver…"), "print")
        self.caution = SignLine(theme, "attention", role="second")
        self.source = Text("", "second", "soft")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._row(self.driver, self.phone, stretches=(3, 2)))
        column.addWidget(self.nobody)
        column.addWidget(self.pick_up)
        column.addLayout(self._row(self.travel, self.parking, self.early))
        column.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.leave)
        column.addWidget(self.leave_at)
        below = QVBoxLayout()
        below.setSpacing(6)
        below.addWidget(self.home_label)
        below.addWidget(self.home)
        column.addLayout(below)
        self._other = QWidget()
        other = self._row(self.home_driver, self.home_phone, stretches=(3, 2))
        other.setContentsMargins(0, 0, 0, 0)
        self._other.setLayout(other)
        column.addWidget(self._other)
        column.addWidget(self.caution)
        column.addWidget(self.source)
        column.addWidget(self.slip, 0, Qt.AlignmentFlag.AlignLeft)
        self._theme.changed.connect(self._turn)
        self._turn()

    def _row(self, *fields: Field, stretches: tuple[int, ...] = ()) -> QHBoxLayout:
        row = field_row(*fields, stretches=stretches)
        self._rows.append(row)
        return row

    def _turn(self) -> None:
        large = self._theme.scale >= LARGE_TEXT
        way = QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight
        for row in self._rows:
            row.setDirection(way)

    def _connect(self) -> None:
        for field in self.fields().values():
            field.changed.connect(self._tell)
        self.driver.changed.connect(lambda: self._take_phone(self.driver, self.phone))
        self.home_driver.changed.connect(
            lambda: self._take_phone(self.home_driver, self.home_phone)
        )
        self.home.changed.connect(self._tell)
        self.offer.clicked.connect(self._take_usual)
        self.slip.clicked.connect(self._open_slip)

    # -- What a form needs ------------------------------------------------------------------------

    def fields(self) -> dict[str, Field]:
        """Return the fields by the names under which refusals come."""
        return {
            "driver": self.driver,
            "driver_phone": self.phone,
            "pick_up": self.pick_up,
            "travel_minutes": self.travel,
            "parking_minutes": self.parking,
            "early_minutes": self.early,
            "leave_at": self.leave_at,
            "ride_home": self.home_driver,
            "ride_home_phone": self.home_phone,
        }

    def set_value(self, appointment: Appointment) -> None:
        """Show the ride of an appointment; what was usual the last time is offered."""
        one, rides = appointment, self._house.rides
        self._kept, self._start = one, one.start
        self.slip.setVisible(bool(one.id))
        drivers = rides.drivers(one.person or None)
        self._numbers = {_bare(who.name): who.phone for who in drivers}
        known = [who.name for who in drivers]
        for field, text in ((self.driver, one.driver), (self.phone, one.driver_phone)):
            field.set_text(text)
        self.driver.set_suggestions(known)
        self.home_driver.set_suggestions(known)
        self.pick_up.set_text(one.pick_up)
        self.travel.set_value(one.travel_minutes)
        self.parking.set_value(one.parking_minutes)
        self.early.set_value(one.early_minutes)
        self.leave_at.set_value(read_time(one.leave_at))
        home = ride_home(one)
        self.home.set_value(None if home == "open" else home)
        self.home_driver.set_text(one.ride_home if home == _OTHER else "")
        self.home_phone.set_text(one.ride_home_phone if home == _OTHER else "")
        self.show_place(one)
        self._show_caution(rides.caution(one))

    def show_place(self, appointment: Appointment) -> None:
        """Offer what was usual for the place of an appointment, which may be another one now."""
        self._usual = self._house.rides.usual(appointment)
        if self._usual is not None:
            self.offer.set_words(_usual_words(self._usual))
        person = self._house.people.person(appointment.person)
        address = "" if person is None else ", ".join(person.address.split("\n"))
        self.pick_up.set_hint(
            tr("Left empty: at home, {address}", address=address) if address else ""
        )
        self._tell()

    def set_start(self, start: Moment | None) -> None:
        """Count from another start; None while none can be read."""
        self._start = start
        self._tell()

    def apply(self, appointment: Appointment) -> Appointment:
        """Return the appointment with the ride that stands here."""
        at = self.leave_at.value()
        other = self.home.value() == _OTHER
        told = replace(
            appointment,
            driver=self.driver.value(),
            driver_phone=self.phone.value(),
            pick_up=self.pick_up.value(),
            travel_minutes=self.travel.value(),
            parking_minutes=self.parking.value(),
            early_minutes=self.early.value(),
            ride_home=self._home_name(),
            ride_home_phone=self.home_phone.value() if other else "",
            leave_at="" if at is None else f"{at:%H:%M}",
        )
        if lead_minutes(told) is None:
            return told
        leave = None if _problem(told) else set_off(told)
        return replace(told, leave_at="" if leave is None else f"{leave:%H:%M}")

    def _home_name(self) -> str:
        told = {
            _SAME: self.driver.value(),
            _OTHER: self.home_driver.value(),
            _NONE: NOT_NEEDED,
        }
        return told.get(self.home.value() or "", "")

    def complain(self) -> bool:
        """Say beside each field what cannot be read; True when all can."""
        for field in (self.travel, self.parking, self.early):
            if field.text().strip() and field.value() is None:
                field.set_error(tr("Write whole minutes, for example 35."))
        if not self.leave_at.isHidden() and self.leave_at.complaint():
            self.leave_at.set_error(self.leave_at.complaint())
        return not any(field.error() for field in self.fields().values())

    # -- Living -----------------------------------------------------------------------------------

    def _take_phone(self, who: LineField, phone: LineField) -> None:
        """Fill in the number of somebody known, where none was typed."""
        if phone.value() not in ("", self._filled.get(phone, "")):
            return
        number = self._numbers.get(_bare(who.value()), "")
        if number != phone.value():
            self._filled[phone] = number
            phone.set_text(number)

    def _take_usual(self) -> None:
        usual = self._usual
        if usual is None:
            return
        self.travel.set_value(usual.travel_minutes)
        self.parking.set_value(usual.parking_minutes)
        self.early.set_value(usual.early_minutes)
        if not self.pick_up.value():
            self.pick_up.set_text(usual.pick_up)
        self.travel.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draft(self, kept: Appointment) -> Appointment:
        return self.apply(kept if self._start is None else replace(kept, start=self._start))

    def _open_slip(self) -> None:
        """Show what the driver gets, as the ride stands here; it need not be kept yet."""
        kept = self._kept
        if kept is not None and self._house.agenda.get(kept.id) is not None:
            draft = self._draft(kept)
            open_slip(self._house, self._theme, kept.id, self.window(), draft=draft)

    def _has_minutes(self) -> bool:
        return any(field.text().strip() for field in (self.travel, self.parking, self.early))

    def _tell(self, *_: object) -> None:
        """Show what follows from what stands here."""
        if self._kept is None:
            return
        start = self._start
        draft = self._draft(self._kept)
        minutes = self._has_minutes()
        untold = self._usual is not None and bool(_minutes_words(self._usual))
        self.offer.setVisible(untold and not minutes)
        self.leave_at.setVisible(not minutes and not isinstance(start, AllDay))
        self._other.setVisible(self.home.value() == _OTHER)
        self._tell_leave(draft, known=start is not None)
        self.leave.setVisible(minutes)
        self.nobody.say(tr("No driver yet") if needs_driver(draft) else "")
        self.changed.emit()

    def _tell_leave(self, draft: Appointment, *, known: bool) -> None:
        lead = lead_minutes(draft)
        if lead is None or not known:
            self.leave.say(tr("The time to leave follows from the start."), "soft")
            return
        problem = _problem(draft)
        leave = set_off(draft)
        if problem is not None:
            self.leave.say(explain(problem), "warn")
        elif leave is not None:
            self.leave.say(tr("Leave at {time}", time=time_text(leave)), "ink")

    def _show_caution(self, caution: Caution | None) -> None:
        self.caution.say("" if caution is None else caution.text)
        self.source.setVisible(caution is not None)
        if caution is None:
            return
        evidence = caution.evidence
        line = words("safety.unverified")
        if not evidence.is_unverified:
            names = "; ".join(source.name for source in evidence.sources[:2])
            checked = plain_date(self._house.reference.generated)
            line = words("safety.source_line", sources=names, date=checked)
            if evidence.is_weak:
                line = f"{line} · {words('safety.not_checked')}"
        self.source.setText(line)


def _bare(name: str) -> str:
    return " ".join(name.casefold().split())


def _problem(draft: Appointment) -> InputRefused | None:
    try:
        check_ride(draft)
    except InputRefused as error:
        return error
    return None


def _minutes_words(usual: Usual) -> str:
    told = (
        (usual.travel_minutes, tr("{count} min on the way")),
        (usual.parking_minutes, tr("{count} parking")),
        (usual.early_minutes, tr("{count} early")),
    )
    return ", ".join(words.format(count=count) for count, words in told if count is not None)


def _usual_words(usual: Usual) -> str:
    return tr("As last time: {minutes}", minutes=_minutes_words(usual))
