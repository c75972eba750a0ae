"""What the clinic allows, on top of the bag: the rules, the day they were told, "Check again"."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment, Contact
from caregiver_app.gui.care_plan.rules_fields import RulesFields
from caregiver_app.gui.columns import LARGE
from caregiver_app.gui.kept_sheet import KeptSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import IconDisc
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import short_date, tr
from caregiver_app.services.bags import ClinicRules
from caregiver_app.services.household import Household


class RulesCard(Card):
    """The rules of a visit's clinic; hidden where the visit has no clinic."""

    def __init__(self, house: Household, theme: Theme) -> None:
        super().__init__(theme)
        self._house = house
        self._contact: Contact | None = None
        self.sheet: RulesSheet | None = None
        """The sheet, while it is open."""
        self.name = Text("", "strong")
        self.day = Text("", "second", "soft")
        self.rules = Text("", "second")
        self.button = PlainButton(theme, tr("Check again"))
        self.button.clicked.connect(self._open)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(14)
        beside = QHBoxLayout()
        beside.setSpacing(14)
        disc = IconDisc(theme, "place", role="follow-up", ground="follow-up-tint")
        beside.addWidget(disc, 0, Qt.AlignmentFlag.AlignTop)
        beside.addLayout(self._words(), 1)
        self._row.addLayout(beside, 1)
        self._row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(self._row)
        theme.changed.connect(self._turn)
        self._turn()
        self.hide()

    def show_visit(
        self, visit: Appointment, contact: Contact | None, rules: ClinicRules | None
    ) -> None:
        """Show what the clinic of a visit allows, None where there is none or nothing is known."""
        del visit
        self._contact = contact
        self.setVisible(contact is not None)
        if contact is None:
            return
        self.name.setText(tr("Rules at {clinic}", clinic=contact.name))
        self.setAccessibleName(self.name.text())
        told = [] if rules is None else _told(rules)
        lines = (tr("{what}:\u00a0{rule}", what=what, rule=said) for what, said in told if said)
        self.rules.setText(" · ".join(lines))
        self.rules.setVisible(bool(self.rules.text()))
        missing = [label.lower() for label, said in told if not said]
        self.day.setText(self._day_words(rules, missing))
        said = tr("Write them down") if rules is None else tr("Check again")
        self.button.set_words(said, name=f"{said}: {self.name.text()}")

    def _words(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self.name)
        words.addWidget(self.day)
        words.addWidget(self.rules)
        return words

    def _day_words(self, rules: ClinicRules | None, missing: list[str]) -> str:
        if rules is None:
            return tr("Nothing noted yet about food, visitors, fasting or parking.")
        day = tr("No day noted")
        if rules.checked is not None:
            day = tr("As they told you on {day}", day=self._day(rules.checked))
        asked = tr("not noted yet: {what}", what=", ".join(missing)) if missing else ""
        return f"{day} · {asked}" if asked else day

    def _day(self, day: date) -> str:
        return short_date(day, year=day.year != self._house.care.today.year)

    def _turn(self) -> None:
        way, side = QBoxLayout.Direction, Qt.AlignmentFlag
        large = self._theme.scale >= LARGE
        self._row.setDirection(way.TopToBottom if large else way.LeftToRight)
        self._row.setAlignment(self.button, side.AlignLeft if large else side.AlignVCenter)

    def _open(self) -> None:
        contact = self._contact
        kept = None if contact is None else self._house.people.contact(contact.id)
        if kept is None:
            return
        self.sheet = RulesSheet(self._house, self._theme, kept, self.window())
        self.sheet.finished.connect(self._forget)
        self.sheet.open()

    def _forget(self) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
            self.sheet = None


class RulesSheet(KeptSheet):
    """The rules of one clinic, to be asked again and kept with the day."""

    def __init__(
        self, house: Household, theme: Theme, contact: Contact, parent: QWidget | None
    ) -> None:
        phone = tr("Phone {number}", number=contact.phone) if contact.phone else ""
        super().__init__(
            theme, tr("Rules at {clinic}", clinic=contact.name), icon="place", subtitle=phone,
            parent=parent,
        )  # fmt: skip
        self._house, self._contact = house, contact
        self.add(
            Text(
                tr("Write what they tell you. Saved with the day, even where nothing changed."),
                "second",
                "soft",
            )
        )
        self.rules = RulesFields(house, theme, contact)
        self.rules.date_today()
        for field in self.rules.by_name().values():
            field.changed.connect(self.fit)
        self.add(self.rules)
        self.add(self.wrong)
        self.confirmed.connect(self._save)

    def _save(self) -> None:
        if not self.rules.complain():
            self.focus_first_error()
            return
        kept = self._house.people.contact(self._contact.id) or self._contact
        told = self.rules.put(kept)
        self.attempt(lambda: self._house.people.save_contact(told), self.rules.by_name())


def _told(rules: ClinicRules) -> list[tuple[str, str]]:
    return [
        (tr("Food"), _line(rules.food)),
        (tr("Visitors"), _line(rules.visitors)),
        (tr("Fasting"), _line(rules.fasting)),
        (tr("Parking"), _line(rules.parking)),
    ]


def _line(text: str) -> str:
    """Return several lines as one."""
    return " ".join(text.split())
