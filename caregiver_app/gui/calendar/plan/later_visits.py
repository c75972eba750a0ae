"""What happens to the later visits when one gets another date: three choices, before and after."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment, Plan
from caregiver_app.domain.phases import loading_visits, parts_of
from caregiver_app.domain.plans import (
    Choice,
    DateChange,
    anchored,
    phase_at,
    spot_at,
    stays_from,
)
from caregiver_app.domain.times import Moment, wall
from caregiver_app.gui.calendar.plan.date_lines import DateLine, DateList
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.choice_card import ChoiceCard, choice_group
from caregiver_app.gui.widgets.sign_line import SignLine
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, short_date, tr
from caregiver_app.services.blocked import is_blocked
from caregiver_app.services.household import Household

_CHOICES: Final = (
    (Choice.ONLY_THIS, "Only this visit"),
    (Choice.COUNT_FROM_HERE, "Count from the new date"),
    (Choice.RESTART_PHASE, "Start this phase again"),
)


_NAMED: Final = 4


class LaterVisits(QWidget):
    """Three cards, none chosen, beside every date that would change; nothing moves by it.

    `left` is the column of the cards, to which a form may add.
    """

    changed = Signal()
    """Something was chosen."""

    def __init__(self, house: Household, theme: Theme, visit: Appointment) -> None:
        super().__init__()
        self._house, self._theme, self._visit = house, theme, visit
        self._plan = None if visit.plan is None else house.plans.get(visit.plan)
        self._target: Moment | None = None
        self.changes: list[DateChange] = []
        """Every date that changes as chosen, in the order of the visits."""
        self.cards = [ChoiceCard(theme, key, tr(name), self._line(key)) for key, name in _CHOICES]
        self.group = choice_group(self, self.cards)
        self.before = Card(theme, tr("Before and after"), fact=" ")
        self._waiting = Text(tr("Every changed date shows here before anything moves."), ink="soft")
        self.dates = DateList(theme, tr("Before and after"))
        self.all = QuietButton(theme, tr("Show all"))
        self.closed = SignLine(theme, "attention", role="second")
        self._lay_out()
        self.group.buttonToggled.connect(self._chosen)
        self.all.clicked.connect(self._show_all)

    def _lay_out(self) -> None:
        self.left, side = QVBoxLayout(), QVBoxLayout()
        for one in (self.left, side):
            one.setContentsMargins(0, 0, 0, 0)
            one.setSpacing(11)
        self.left.addWidget(Text(tr("What about the later visits?"), "card_title"))
        for card in self.cards:
            self.left.addWidget(card)
        hint = tr("Not sure? Ask the clinic which they mean, then come back.")
        self.left.addWidget(Text(hint, "second", "soft"))
        self.left.addStretch(1)
        self.before.add(self._waiting)
        self.before.add(self.dates)
        self.before.body.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self.before.add(self.closed)
        self.before.body.addStretch(1)
        side.addWidget(self.before)
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.columns.setContentsMargins(0, 0, 0, 0)
        self.columns.setSpacing(22)
        self.columns.addLayout(self.left, 46)
        self.columns.addLayout(side, 54)

    # -- What is answered -------------------------------------------------------------------------

    @property
    def choice(self) -> Choice | None:
        """What was chosen for the later visits."""
        chosen = next((card.key for card in self.cards if card.isChecked()), None)
        return None if chosen is None else Choice(chosen)

    @property
    def count_words(self) -> str:
        """What the confirming button says: how many visits change, "" while none do."""
        count = len(self.changes)
        if not count:
            return ""
        if any(one.added or one.after is None for one in self.changes):
            return count_text(count, "Change {count} visit", "Change {count} visits")
        return count_text(count, "Move {count} visit", "Move {count} visits")

    def show_target(self, target: Moment | None) -> None:
        """Show what would change if the visit went there; None while that cannot be read."""
        self._target = target
        for card, (key, _) in zip(self.cards, _CHOICES, strict=True):
            card.set_consequence(f"{self._line(key)}{self._counted(key)}")
        choice = self.choice
        self.changes = [] if choice is None else self._preview(choice)
        self.dates.set_lines(self._lines(choice))
        self.dates.setVisible(bool(self.changes))
        self.all.setVisible(self.dates.has_more())
        self.all.set_words(tr("Show all {count}", count=len(self.changes)))
        self._waiting.setVisible(not self.changes)
        self.before.set_fact(_fact(self.changes))
        self.closed.say(self._closed_words())

    def _closed_words(self) -> str:
        """Return which of the new dates do not suit; they are told, never moved."""
        plan = self._plan
        blocked = [] if plan is None else self._house.blocked.all(plan.person)
        if plan is None or not blocked:
            return ""
        days: list[str] = []
        for change in self.changes:
            if change.after is None:
                continue
            day, at_home = wall(change.after).date(), phase_at(plan, change.dose)[1].at_home
            hit = [one for one in blocked if is_blocked(one, day)]
            if any(
                one.clinic is None or (one.clinic == plan.clinic and not at_home) for one in hit
            ):
                days.append(short_date(day, year=day.year != self._house.care.today.year))
        if not days:
            return ""
        more = tr(" and {count} more", count=len(days) - _NAMED) if len(days) > _NAMED else ""
        return tr("Closed, or days that don’t suit: {days}", days=", ".join(days[:_NAMED]) + more)

    def _chosen(self) -> None:
        self.show_target(self._target)
        self.changed.emit()

    def _show_all(self) -> None:
        self.dates.show_all()
        self.all.hide()
        self.dates.setFocus()

    def _preview(self, choice: Choice) -> list[DateChange]:
        if self._target is None:
            return []
        return self._house.plans.preview_move(self._visit.id, self._target, choice)

    # -- Words ------------------------------------------------------------------------------------

    def _line(self, choice: Choice) -> str:
        if choice is Choice.ONLY_THIS:
            return tr("The others keep their dates.")
        if choice is Choice.COUNT_FROM_HERE:
            plan, dose = self._plan, self._visit.dose
            if plan is not None and dose is not None and stays_from(plan, dose) is not None:
                return tr("What follows is counted from the first visit and keeps its dates.")
            return tr("This and all later visits move.")
        return _restart_line(self._plan, self._visit.dose)

    def _counted(self, choice: Choice) -> str:
        target = self._target
        if target is None or wall(target).date() == wall(self._visit.start).date():
            return ""
        changes = self._preview(choice)
        words = count_text(len(changes), "{count} visit changes.", "{count} visits change.")
        added, gone = _added_and_gone(changes)
        if added:
            words = f"{words} {count_text(added, '{count} comes anew.', '{count} come anew.')}"
        if gone:
            words = f"{words} {count_text(gone, '{count} goes.', '{count} go.')}"
        return f" {words}"

    def _lines(self, choice: Choice | None) -> list[DateLine]:
        plan, target, dose = self._plan, self._target, self._visit.dose
        if choice is None or plan is None or target is None or dose is None:
            return []
        later = anchored(plan, dose, wall(target).date(), choice)
        today = self._house.care.today
        return [_line(one, today, starting=_is_starting(later, one.dose)) for one in self.changes]


def _restart_line(plan: Plan | None, dose: int | None) -> str:
    """Return what starting the part of this visit again means, in the part's own words."""
    spot = None if plan is None or dose is None else spot_at(plan, dose)
    if plan is None or spot is None:
        return tr("Its visits count anew from this one.")
    phase = parts_of(plan)[spot.phase]
    if spot.place >= loading_visits(phase):
        return tr("The rhythm counts anew from this visit.")
    if phase.name:
        return tr("“{part}” counts anew, with this visit as its first.", part=phase.name)
    if phase.every is not None and len(phase.offsets) > 1:
        return tr("The starting visits count anew, with this one as the first.")
    return tr("This course counts anew, with this visit as its first.")


def _is_starting(plan: Plan, dose: int) -> bool:
    spot = spot_at(plan, dose)
    return spot is not None and spot.place < loading_visits(parts_of(plan)[spot.phase])


def _added_and_gone(changes: list[DateChange]) -> tuple[int, int]:
    return sum(one.added for one in changes), sum(one.after is None for one in changes)


def _fact(changes: list[DateChange]) -> str:
    if not changes:
        return ""
    added, gone = _added_and_gone(changes)
    moved = len(changes) - added - gone
    parts = [count_text(moved, "{count} visit changes", "{count} visits change")] if moved else []
    if added:
        parts.append(count_text(added, "{count} comes", "{count} come"))
    if gone:
        parts.append(count_text(gone, "{count} goes", "{count} go"))
    return " · ".join(parts)


def _line(change: DateChange, today: date, *, starting: bool) -> DateLine:
    before, after = wall(change.before).date(), change.after
    gone = tr("no visit any more")
    there = None if after is None else wall(after).date()
    return DateLine(
        change.dose,
        gone if there is None else short_date(there, year=there.year != today.year),
        before="" if change.added else short_date(before, year=before.year != today.year),
        note=tr("comes anew") if change.added else "",
        warn=there is None,
        starting=starting,
    )
