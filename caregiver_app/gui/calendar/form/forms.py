"""What the forms of the calendar share: whose it is, where an error goes, lengths and zones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from PySide6.QtWidgets import QHBoxLayout, QWidget

from caregiver_app.domain.entities import Contact
from caregiver_app.domain.times import AllDay, Floating, Moment, Zoned, in_zone, instant, zone_for
from caregiver_app.errors import FormRefused, UserError
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.whom import badge_colour, called
from caregiver_app.gui.widgets.banners import Banner
from caregiver_app.gui.widgets.date_fields import DateField, TimeField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import NumberField
from caregiver_app.gui.widgets.header_bar import PersonPill
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.words import long_date, tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household

HOUR = 60


class Trouble(Banner):
    """Says at the head of a form what belongs to no single field; hidden while all is well."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", icon="attention", parent=parent)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence, or nothing."""
        self.set_words(sentence)
        self.setVisible(bool(sentence))


def show_errors(
    sheet: Sheet, trouble: Trouble, fields: Mapping[str, Field], error: UserError
) -> None:
    """Put each error beside its field and the others at the head; then go to the first."""
    errors: Sequence[UserError] = error.errors if isinstance(error, FormRefused) else [error]
    homeless: list[str] = []
    for one in errors:
        field = fields.get(one.field or "")
        if field is None:
            homeless.append(explain(one))
        else:
            field.set_error(explain(one))
    trouble.say(" ".join(homeless))
    if homeless:
        sheet.area.verticalScrollBar().setValue(0)
    sheet.focus_first_error()


def needed(field: DateField | TimeField, sentence: str) -> bool:
    """Tell whether a date or time stands in a field; otherwise say so beside it."""
    if field.value() is not None:
        return True
    field.set_error(field.complaint() or sentence)
    return False


def moment_of(day: date, at: time | None, zone: str | None) -> Moment:
    """Return a day, an hour in a zone, or an hour wherever we are (`zone` None)."""
    if at is None:
        return AllDay(day)
    local = datetime.combine(day, at)
    return Floating(local) if zone is None else Zoned(local, zone)


def end_of(start: Moment, minutes: int, home: str) -> datetime:
    """Return the wall time, in the start's own zone, at which something ends."""
    zone = zone_for(start, home)
    over = instant(start, home) + timedelta(minutes=minutes)
    return in_zone(over, zone).replace(tzinfo=None)


def minutes_between(start: Moment, end: datetime, home: str) -> int:
    """Return the elapsed minutes to the wall time `end` of the start's own kind and zone."""
    if isinstance(start, AllDay):
        return 0
    last = Zoned(end, start.zone) if isinstance(start, Zoned) else Floating(end)
    gone = instant(last, home) - instant(start, home)
    return int(gone.total_seconds() // HOUR)


class LengthFields(QWidget):
    """Hours and minutes side by side."""

    def __init__(self, theme: Theme, minutes: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hours = NumberField(theme, tr("Lasts about"), value=minutes // HOUR, suffix=tr("h"))
        self.minutes = NumberField(
            theme, tr("and minutes"), value=minutes % HOUR, most=59, suffix=tr("min")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.hours)
        row.addWidget(self.minutes)

    def value(self) -> int | None:
        """Return the whole length in minutes, None where no number stands."""
        hours = 0 if not self.hours.text().strip() else self.hours.value()
        minutes = 0 if not self.minutes.text().strip() else self.minutes.value()
        return None if hours is None or minutes is None else hours * HOUR + minutes

    def set_value(self, minutes: int) -> None:
        """Show a length."""
        self.hours.set_value(minutes // HOUR)
        self.minutes.set_value(minutes % HOUR)


def person_pill(house: Household, theme: Theme, person_id: str | None) -> PersonPill | None:
    """Return who is meant, for the head of a form; None while there is no name."""
    person = None if person_id is None else house.people.person(person_id)
    if person is None or not person.name:
        return None
    label = tr("Person: {name}", name=person.name)
    pill = PersonPill(theme, called(person), badge_colour(house, person.id), label=label)
    pill.setEnabled(False)
    return pill


def person_choices(house: Household) -> list[tuple[str, str]]:
    """Return everybody with the words of a choice."""
    return [(one.id, one.name or tr("No name yet")) for one in house.people.people()]


def clinics(house: Household, person: str | None) -> list[Contact]:
    """Return the contacts that may be a clinic, those entered as one first."""
    return sorted(house.people.contacts(person), key=lambda one: one.role != "clinic")


def clinics_of_all(house: Household, person: str | None) -> list[Contact]:
    """Return what `clinics` does, and then the clinics that only other people have yet."""
    own = clinics(house, person)
    names = {one.name.casefold() for one in own}
    others = [one for one in house.people.contacts() if one.role == "clinic"]
    return [*own, *{
        one.name.casefold(): one for one in reversed(others) if one.name.casefold() not in names
    }.values()]  # fmt: skip


def day_words(day: date, today: date) -> str:
    """Return a long date, with its year when it is not this one."""
    return long_date(day, year=day.year != today.year)
