"""The one door through which a treatment visit's date changes, or the visit goes.

Nothing is preselected, every changed date is shown, and nothing moves before the tick that the
clinic gave the date.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment, Plan
from caregiver_app.domain.plans import Choice, DateChange
from caregiver_app.domain.times import Moment, wall, with_wall
from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.form.forms import Trouble, day_words, person_pill, show_errors
from caregiver_app.gui.calendar.plan.date_lines import DateLine, DateList
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import Banner
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.choice_card import ChoiceCard, choice_group
from caregiver_app.gui.widgets.date_fields import DateField, TimeField
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import count_text, long_date, short_date, time_text, tr
from caregiver_app.messages import words
from caregiver_app.services.household import Household

_CHOICES = (
    (Choice.ONLY_THIS, "Only this visit", "The others keep their dates."),
    (Choice.COUNT_FROM_HERE, "Count from the new date", "This and all later visits move."),
    (
        Choice.RESTART_PHASE,
        "Start this phase again",
        "Its visits count anew from this one.",
    ),
)


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
        self._changes: list[DateChange] = []
        plan = None if visit.plan is None else house.plans.get(visit.plan)
        self._starts = 0 if plan is None else len(plan.offsets)
        here = wall(visit.start)
        self.day = DateField(theme, tr("New date"), today=here.date, value=target)
        self.time = TimeField(theme, tr("Time"), value=here.time())
        self.cards = [ChoiceCard(theme, key, tr(name), tr(line)) for key, name, line in _CHOICES]
        self.group = choice_group(self, self.cards)
        self.before = Card(theme, tr("Before and after"), fact=" ")
        self._waiting = Text("", "body", "soft")
        self.dates = DateList(theme, tr("Before and after"))
        self.all = QuietButton(theme, tr("Show all"))
        self._lay_out()
        self.day.changed.connect(self.settle)
        self.time.changed.connect(self.settle)
        self.group.buttonToggled.connect(self.settle)
        self.all.clicked.connect(self._show_all)
        self.settle()

    def _lay_out(self) -> None:
        self.add(self.trouble)
        self.add(self.warning)
        left, right = QWidget(), QWidget()
        column, side = QVBoxLayout(left), QVBoxLayout(right)
        for one in (column, side):
            one.setContentsMargins(0, 0, 0, 0)
            one.setSpacing(11)
        dates = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        dates.setSpacing(12)
        dates.addWidget(self.day, 3, Qt.AlignmentFlag.AlignTop)
        dates.addWidget(self.time, 2, Qt.AlignmentFlag.AlignTop)
        column.addLayout(dates)
        column.addWidget(Text(tr("What about the later visits?"), "card_title"))
        for card in self.cards:
            column.addWidget(card)
        hint = tr("Not sure? Ask the clinic which they mean, then come back.")
        column.addWidget(Text(hint, "second", "soft"))
        column.addStretch(1)
        self.before.add(self._waiting)
        self.before.add(self.dates)
        self.before.body.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self.before.body.addStretch(1)
        side.addWidget(self.before)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(22)
        self._columns.addWidget(left, 46)
        self._columns.addWidget(right, 54)
        self.body.addLayout(self._columns)
        box = Card(self.theme, tone="edge")
        box.add(self.agreed)
        self.add(box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is no room for two."""
        narrow = self.width() < self.theme.px(840) or self.theme.scale >= 1.5
        self.turn(self._columns, down=narrow)
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
        chosen = next((card.key for card in self.cards if card.isChecked()), None)
        return None if chosen is None else Choice(chosen)

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
        target, choice = self.target(), self.choice()
        self._retitle(target)
        for card, (key, _, line) in zip(self.cards, _CHOICES, strict=True):
            card.set_consequence(f"{tr(line)}{self._counted(target, key)}")
        self._changes = [] if target is None or choice is None else self._preview(target, choice)
        today = self.house.care.today
        self.dates.set_lines([_line(one, today, self._starts) for one in self._changes])
        self.dates.setVisible(bool(self._changes))
        self.all.setVisible(self.dates.has_more())
        self.all.set_words(tr("Show all {count}", count=len(self._changes)))
        self._waiting.setText(tr("Every changed date shows here before anything moves."))
        self._waiting.setVisible(not self._changes)
        count = len(self._changes)
        self.before.set_fact(
            count_text(count, "{count} visit changes", "{count} visits change") if count else ""
        )
        self.primary.set_words(
            count_text(count, "Move {count} visit", "Move {count} visits")
            if count else tr("Move")
        )  # fmt: skip
        super().settle()

    def do_it(self) -> None:
        """Move."""
        target, choice = self.target(), self.choice()
        if target is not None and choice is not None:
            self.house.plans.move(self.visit.id, target, choice, agreed=self.has_agreed)

    def _preview(self, target: Moment, choice: Choice) -> list[DateChange]:
        return self.house.plans.preview_move(self.visit.id, target, choice)

    def _counted(self, target: Moment | None, choice: Choice) -> str:
        if target is None or wall(target).date() == wall(self.visit.start).date():
            return ""
        count = len(self._preview(target, choice))
        return " " + count_text(count, "{count} visit changes.", "{count} visits change.")

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

    def _show_all(self) -> None:
        self.dates.show_all()
        self.all.hide()
        self.dates.setFocus()


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
            warning=(words("safety.missed"), _numbers(house, visit)),
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


def _line(change: DateChange, today: date, starts: int) -> DateLine:
    before, after = wall(change.before).date(), change.after
    gone = tr("no visit any more")
    there = None if after is None else wall(after).date()
    return DateLine(
        change.dose,
        gone if there is None else short_date(there, year=there.year != today.year),
        before="" if change.added else short_date(before, year=before.year != today.year),
        note=tr("comes anew") if change.added else "",
        warn=there is None,
        starting=change.dose <= starts,
    )


def _moves_by(title: str, days: int) -> str:
    length = count_text(abs(days), "{count} day", "{count} days")
    if days > 0:
        return tr("{title} moves by {length}", title=title, length=length)
    return tr("{title} moves {length} earlier", title=title, length=length)


def _warning(house: Household, visit: Appointment, *, starting: bool) -> tuple[str, str]:
    numbers = _numbers(house, visit)
    moving = words("safety.moving")
    if starting:
        fact = tr("This is a starting visit. Starting visits are timed on purpose.")
        return fact, f"{moving} {numbers}".strip()
    return moving, numbers


def _numbers(house: Household, visit: Appointment) -> str:
    contact = house.agenda.contact_of(visit)
    if contact is None:
        return ""
    told = [contact.name]
    if contact.phone:
        told.append(contact.phone)
    if contact.phone_after_hours:
        told.append(tr("out of hours {phone}", phone=contact.phone_after_hours))
    return ": ".join((told[0], ", ".join(told[1:]))) if told[1:] else ""
