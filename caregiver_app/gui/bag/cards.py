"""Who drives, where to, and adding an item: the smaller cards of the bag tab."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment, Contact
from caregiver_app.domain.rides import needs_driver, ride_home
from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.form.ride_fields import RideFields
from caregiver_app.gui.refusal import show_refusal
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import IconDisc
from caregiver_app.gui.widgets.date_fields import TimeField
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.sign_line import SignLine
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import read_time, time_text, tr
from caregiver_app.services.household import Household


class FactCard(Card):
    """A disc with an icon, a bold line, quiet lines below, perhaps a button at the right."""

    pressed = Signal()

    def __init__(self, theme: Theme, icon: str, name: str, *, kind: str, button: str = "") -> None:
        super().__init__(theme)
        self.setAccessibleName(name)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(IconDisc(theme, icon, role=kind, ground=f"{kind}-tint"), 0,
                      Qt.AlignmentFlag.AlignTop)  # fmt: skip
        words = QVBoxLayout()
        words.setSpacing(0)
        self.first = Text("", "strong")
        self.second = Text("", "second", "soft")
        words.addWidget(self.first)
        words.addWidget(self.second)
        row.addLayout(words, 1)
        self.button: PlainButton | None = None
        if button:
            self.button = PlainButton(theme, button)
            self.button.clicked.connect(self.pressed)
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)

    def show_facts(self, first: str, second: str) -> None:
        """Show other words."""
        self.first.setText(first)
        self.second.setText(second)
        self.second.setVisible(bool(second))


class RideCard(FactCard):
    """Who drives and when to leave, with its "not yet" wording."""

    slip_asked = Signal()
    """The slip for the driver is wanted."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "drive", tr("The ride"), kind="drive", button=tr("Add a driver"))
        self.caution = SignLine(theme, "attention", role="second")
        self.slip = QuietButton(theme, tr("Slip for the driver…"), "print")
        self.slip.clicked.connect(self.slip_asked)
        below = QVBoxLayout()
        below.setContentsMargins(theme.px(44) + 14, 0, 0, 0)
        below.setSpacing(4)
        below.addWidget(self.caution)
        self.body.addLayout(below)
        # Its words begin where the words above begin: a quiet button has room around them.
        beside = QHBoxLayout()
        beside.setContentsMargins(theme.px(44) + 3, 0, 0, 0)
        beside.addWidget(self.slip, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(beside)

    def show_visit(self, visit: Appointment, caution: str = "") -> None:
        """Show a visit's ride; `caution` is what a passenger must know of the way home."""
        leave = read_time(visit.leave_at)
        leaving = "" if leave is None else tr("leave at {time}", time=time_text(leave))
        pick_up = tr("pick up at {place}", place=visit.pick_up) if visit.pick_up else ""
        if visit.driver:
            first = f"{visit.driver}, {leaving}" if leaving else visit.driver
            second = visit.driver_phone or tr("No phone number yet")
        else:
            first = tr("No driver yet")
            second = leaving[:1].upper() + leaving[1:] or tr("No time to leave yet")
        said = (second, pick_up, _home_words(visit))
        self.show_facts(first, " · ".join(part for part in said if part))
        self.first.set_ink("warn" if needs_driver(visit) else "ink")
        self.caution.say(caution)
        if self.button is not None:
            said = tr("Change") if visit.driver or leaving else tr("Add a driver")
            self.button.set_words(said, name=f"{said}: {tr('The ride')}")


def _home_words(visit: Appointment) -> str:
    """Return who drives back, as far as it is known."""
    return {
        "open": "",
        "same": tr("drives home too"),
        "other": tr("home: {name}", name=f"{visit.ride_home} {visit.ride_home_phone}".strip()),
        "none": tr("no ride home needed"),
    }[ride_home(visit)]


class PlaceCard(FactCard):
    """Where to, and the clinic's numbers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "place", tr("Where"), kind="follow-up")

    def show_place(self, visit: Appointment, contact: Contact | None) -> None:
        """Show where a visit is."""
        if contact is None:
            nothing = tr("The clinic is typed in the therapy plan, in the calendar.")
            self.show_facts(visit.place or tr("No place yet"), nothing if not visit.place else "")
            return
        lines = [" ".join(contact.address.split()), contact.phone]
        if contact.phone_after_hours:
            lines.append(tr("after hours {number}", number=contact.phone_after_hours))
        self.show_facts(contact.name, " · ".join(line for line in lines if line))


class RideSheet(Sheet):
    """Driver, way, when to leave, and the ride home."""

    def __init__(
        self, house: Household, theme: Theme, visit: Appointment, parent: QWidget | None
    ) -> None:
        super().__init__(
            theme, tr("The ride"), icon="drive", primary=tr("Save"), width=680, role="drive",
            ground="drive-tint", parent=parent,
        )  # fmt: skip
        self._house, self._visit = house, visit
        self.ride = RideFields(theme, house)
        self.ride.set_value(visit)
        self.add(self.ride)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        self.ride.changed.connect(self.fit)
        self.confirmed.connect(self._save)

    @property
    def driver(self) -> LineField:
        """Who drives."""
        return self.ride.driver

    @property
    def phone(self) -> LineField:
        """The driver's phone."""
        return self.ride.phone

    @property
    def leave(self) -> TimeField:
        """When to leave, where no minutes are given."""
        return self.ride.leave_at

    def _save(self) -> None:
        if not self.ride.complain():
            self.focus_first_error()
            return
        kept = self._house.agenda.get(self._visit.id) or self._visit
        try:
            self._house.agenda.save(self.ride.apply(kept))
        except UserError as error:
            show_refusal(error, self.ride.fields(), self.wrong)
            self.focus_first_error()
            return
        self.accept()
