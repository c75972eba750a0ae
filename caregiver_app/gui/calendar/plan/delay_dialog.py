"""The one door through which a treatment visit's date changes, or the visit goes.

Nothing is preselected, every changed date is shown, and nothing moves before the tick that the
clinic gave the date.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment, Plan
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.plans import Choice
from caregiver_app.domain.times import Moment, wall, with_wall
from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.form.forms import Trouble, day_words, person_pill, show_errors
from caregiver_app.gui.calendar.plan.date_lines import DateList
from caregiver_app.gui.calendar.plan.later_visits import LaterVisits
from caregiver_app.gui.calendar.plan.moves_along import MovesAlong
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import Banner
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.choice_card import ChoiceCard
from caregiver_app.gui.widgets.date_fields import DateField, TimeField
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import count_text, long_date, time_text, tr
from caregiver_app.messages import words
from caregiver_app.services.household import Household


class AgreedSheet(Sheet):
    """What every question about treatment dates has: the warning, and the tick."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        title: str,
        *,
        person: str,
        warning: tuple[str, str],
        primary: str,
        subtitle: str,
        width: int,
        parent: QWidget | None,
    ) -> None:
        super().__init__(
            theme,
            title,
            icon="calendar",
            primary=primary,
            subtitle=subtitle,
            cancel=tr("Leave as it is"),
            width=width,
            parent=parent,
        )
        self.house = house
        pill = person_pill(house, theme, person)
        if pill is not None:
            self.header.insertWidget(2, pill, 0, Qt.AlignmentFlag.AlignTop)
        self.trouble = Trouble(theme)
        self.warning = Banner(theme, *warning, icon="call")
        self.agreed = TickRow(theme, tr("The clinic gave us this date"), fades=False)
        self.agreed.state_changed.connect(self.settle)
        self.confirmed.connect(self._confirm)

    @property
    def has_agreed(self) -> bool:
        """Whether the tick is set."""
        return self.agreed.state == "done"

    def settle(self) -> None:
        """Let the confirming button follow what is answered; say what is missing."""
        missing = self.missing()
        self.primary.setEnabled(not missing)
        self.note.setText(missing or tr("One undo puts everything back."))

    def missing(self) -> str:
        """Return what is still to be answered, "" when everything is."""
        return "" if self.has_agreed else tr("Nothing changes until the box is ticked.")

    def do_it(self) -> None:
        """Change what was agreed."""
        raise NotImplementedError

    def _confirm(self) -> None:
        try:
            self.do_it()
        except UserError as error:
            show_errors(self, self.trouble, {}, error)
            return
        self.accept()


class MoveDialog(AgreedSheet):
    """Moves a visit to another date, and the later ones as chosen."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        visit: Appointment,
        *,
        target: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        starting = house.plans.is_starting(visit)
        super().__init__(
            house,
            theme,
            tr("Move {title}", title=visit.title),
            person=visit.person,
            warning=_warning(house, visit, starting=starting),
            primary=tr("Move"),
            subtitle=" ",
            width=1040,
            parent=parent,
        )
        self.visit = visit
        here = wall(visit.start)
        self.day = DateField(theme, tr("New date"), today=here.date, value=target)
        self.time = TimeField(theme, tr("Time"), value=here.time())
        self.later = LaterVisits(house, theme, visit)
        self.along = MovesAlong(house, theme, visit)
        self._lay_out()
        self.day.changed.connect(self.settle)
        self.time.changed.connect(self.settle)
        self.later.changed.connect(self.settle)
        self.settle()

    @property
    def cards(self) -> list[ChoiceCard]:
        """The three choices for the later visits."""
        return self.later.cards

    @property
    def dates(self) -> DateList:
        """Every date that would change."""
        return self.later.dates

    def _lay_out(self) -> None:
        self.add(self.trouble)
        self.add(self.warning)
        dates = QHBoxLayout()
        dates.setSpacing(12)
        dates.addWidget(self.day, 3, Qt.AlignmentFlag.AlignTop)
        dates.addWidget(self.time, 2, Qt.AlignmentFlag.AlignTop)
        self.later.left.insertLayout(0, dates)
        self.later.left.insertWidget(self.later.left.count() - 1, self.along)
        self.add(self.later)
        box = Card(self.theme, tone="edge")
        box.body.setContentsMargins(14, 2, 14, 2)
        box.add(self.agreed)
        self.add_to_foot(box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is no room for two."""
        narrow = self.width() < self.theme.px(840) or self.theme.scale >= 1.5
        self.turn(self.later.columns, down=narrow)
        super().resizeEvent(event)

    # -- What is answered -------------------------------------------------------------------------

    def target(self) -> Moment | None:
        """Return where the visit would go, None while that cannot be read."""
        day, at = self.day.value(), self.time.value()
        if day is None or at is None:
            return None
        here = wall(self.visit.start)
        return with_wall(
            self.visit.start, here.replace(
                year=day.year, month=day.month, day=day.day, hour=at.hour, minute=at.minute
            )
        )  # fmt: skip

    def choice(self) -> Choice | None:
        """Return what was chosen for the later visits."""
        return self.later.choice

    def missing(self) -> str:
        """Return what is still to be answered."""
        target = self.target()
        if target is None:
            return tr("Give the new date first.")
        if wall(target).date() == wall(self.visit.start).date():
            return tr("This is the same day. Another hour is changed in the visit itself.")
        if self.choice() is None:
            return tr("Choose what happens to the later visits.")
        return super().missing()

    def settle(self) -> None:
        """Show what would change."""
        target = self.target()
        self._retitle(target)
        self.later.show_target(target)
        self.along.show_target(target)
        self.primary.set_words(self.later.count_words or tr("Move"))
        super().settle()
        if self.isVisible():
            # What moves along is told only once there is a date: it needs its room.
            QTimer.singleShot(0, self, self.fit)

    def do_it(self) -> None:
        """Move."""
        target, choice = self.target(), self.choice()
        if target is not None and choice is not None:
            self.house.plans.move(self.visit.id, target, choice, agreed=self.has_agreed)

    def _retitle(self, target: Moment | None) -> None:
        here = wall(self.visit.start)
        before = f"{long_date(here.date())}, {time_text(here)}"
        title, said = tr("Move {title}", title=self.visit.title), before
        if target is not None and wall(target).date() != here.date():
            there = wall(target)
            days = (there.date() - here.date()).days
            title = _moves_by(self.visit.title, days)
            after = f"{day_words(there.date(), self.house.care.today)}, {time_text(there)}"
            said = f"{before}  →  {after}"
        self.title.setText(title)
        self.setWindowTitle(title)
        self.subtitle.setText(said)


class EndVisitDialog(AgreedSheet):
    """Cancels or deletes one visit; the later ones keep their dates."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        visit: Appointment,
        *,
        keep: bool,
        parent: QWidget | None = None,
    ) -> None:
        title = tr("Cancel {title}", title=visit.title) if keep else ""
        day = wall(visit.start)
        super().__init__(
            house,
            theme,
            title or tr("Delete {title}", title=visit.title),
            person=visit.person,
            warning=(words("safety.missed"), numbers_of(house, visit)),
            primary=tr("Cancel this visit") if keep else tr("Delete this visit"),
            subtitle=f"{day_words(day.date(), house.care.today)}, {time_text(day)}",
            width=620,
            parent=parent,
        )
        self.visit, self._keep = visit, keep
        what = (
            tr("It stays in the calendar, struck through. The later visits keep their dates.")
            if keep
            else tr("It leaves the calendar. The later visits keep their dates.")
        )
        self.agreed.set_words(tr("The clinic agreed to this"))
        for widget in (self.trouble, self.warning, Text(what), self.agreed):
            self.add(widget)
        self.settle()

    def do_it(self) -> None:
        """Cancel or delete."""
        end = self.house.plans.cancel if self._keep else self.house.plans.delete
        end(self.visit.id, agreed=self.has_agreed)


class DeletePlanDialog(AgreedSheet):
    """Deletes a plan with every visit that is not done."""

    def __init__(
        self, house: Household, theme: Theme, plan: Plan, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            house,
            theme,
            tr("Delete the plan for {medicine}", medicine=plan.medicine),
            person=plan.person,
            warning=(words("safety.missed"), ""),
            primary=tr("Delete this plan"),
            subtitle="",
            width=620,
            parent=parent,
        )
        self.plan = plan
        said = tr(
            "Every visit of this plan that is not marked done leaves the calendar, with its bag"
            " and reminders. Visits that are done stay."
        )
        self.agreed.set_words(tr("The clinic agreed to this"))
        for widget in (self.trouble, self.warning, Text(said), self.agreed):
            self.add(widget)
        self.settle()

    def do_it(self) -> None:
        """Delete."""
        self.house.plans.remove(self.plan.id, agreed=self.has_agreed)


def _moves_by(title: str, days: int) -> str:
    length = count_text(abs(days), "{count} day", "{count} days")
    if days > 0:
        return tr("{title} moves by {length}", title=title, length=length)
    return tr("{title} moves {length} earlier", title=title, length=length)


def _warning(house: Household, visit: Appointment, *, starting: bool) -> tuple[str, str]:
    numbers = numbers_of(house, visit)
    fact, more = words("safety.moving"), numbers
    if starting:
        fact = tr("This is a starting visit. Starting visits are timed on purpose.")
        more = f"{words('safety.moving')}\n{numbers}".strip()
    if Occurrence(visit, visit.start).ends(house.care.home) <= house.care.now:
        return words("safety.missed"), f"{fact}\n{more}".strip()
    return fact, more


def numbers_of(house: Household, visit: Appointment) -> str:
    """Return whom to call about a visit, with the numbers, "" where nobody is named."""
    contact = house.agenda.contact_of(visit)
    if contact is None:
        return ""
    day, late = contact.phone, contact.phone_after_hours
    if day and late:
        return tr("{name}: {phone} · out of hours: {late}", name=contact.name, phone=day, late=late)
    if late:
        return tr("{name}, out of hours: {phone}", name=contact.name, phone=late)
    return f"{contact.name}: {day}" if day else ""
