"""The cards that learn from visits: what was forgotten, and what nobody ever needed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app.domain.times import wall
from caregiver_app.errors import UserError
from caregiver_app.gui.bag.asking import ForgotCard, UnneededCard
from caregiver_app.gui.bag.model import BagModel
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import count_text, tr
from caregiver_app.messages import explain
from caregiver_app.services.bag_habits import Unneeded
from caregiver_app.services.household import Household


class AfterCards(QObject):
    """Two cards, each shown while there is something to ask; an answer is one step of undo.

    Whether anything may be left out is worked out after the tab was painted: it looks at many
    visits, and its card belongs below what is packed, so that nothing there moves away.
    """

    def __init__(
        self, house: Household, theme: Theme, model: BagModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._house, self._model = house, model
        self._looks = False
        self.forgot = ForgotCard(theme)
        self.forgot.nothing.connect(self._nothing)
        self.forgot.missed.connect(self._missed)
        self.unneeded = UnneededCard(theme)
        self.unneeded.left_out.connect(self._leave_out)
        self.unneeded.kept.connect(self._keep)
        for card in (self.forgot, self.unneeded):
            card.hide()
        self._before: dict[QWidget, QWidget] = {}

    def lie_below(self, forgot: QWidget, unneeded: QWidget) -> None:
        """Tell what takes the keyboard when one of the cards goes: near it, so nothing jumps."""
        self._before = {self.forgot: forgot, self.unneeded: unneeded}

    def look(self) -> None:
        """Ask what there is to ask now."""
        visit = self._model.just_over()
        self._show(self.forgot, shown=visit is not None)
        if visit is not None:
            words = tr(
                "{title}, {day}, is over. What was missing goes on the list for next time.",
                title=visit.title,
                day=self._model.long_day(wall(visit.start).date()),
            )
            self.forgot.show_visit(visit.id, words)
        if not self._looks:
            self._looks = True
            QTimer.singleShot(0, self, self._look_later)

    def _look_later(self) -> None:
        self._looks = False
        self._model.house.care.show(self._look_for_unneeded)

    def _look_for_unneeded(self) -> None:
        person = self._model.person
        offers = [] if person is None else self._house.bag_habits.unneeded(person.id)
        self._show(self.unneeded, shown=bool(offers))
        if offers:
            self.unneeded.show_one(offers[0], self._unneeded_words(offers))

    def _show(self, card: QWidget, *, shown: bool) -> None:
        """Show or hide a card; one that goes leaves the keyboard to the widget before it."""
        focus = QApplication.focusWidget()
        had = focus is not None and card.isAncestorOf(focus)
        if had and not shown:
            self._before.get(card, card).setFocus(Qt.FocusReason.OtherFocusReason)
        card.setVisible(shown)

    def _unneeded_words(self, offers: list[Unneeded]) -> str:
        one = offers[0]
        names = {known.id: known.name for known in self._house.bag_lists.names()}
        said = tr(
            "\u201c{item}\u201d was not needed at the last {count} visits (list: {list}).",
            item=one.label,
            count=len(one.visits),
            list=names.get(one.template, ""),
        )
        if len(offers) == 1:
            return said
        more = count_text(
            len(offers) - 1, "One more is asked next.", "{count} more are asked next."
        )
        return f"{said} {more}"

    def _nothing(self) -> None:
        try:
            self._house.bag_habits.nothing_forgot(self.forgot.visit)
        except UserError as error:
            self.forgot.say_not_kept(explain(error))

    def _missed(self, label: str, group: str) -> None:
        try:
            self._house.bag_habits.forgot(self.forgot.visit, label, group)
        except UserError as error:
            if error.field == "label":
                self.forgot.say_wrong(explain(error))
            else:
                self.forgot.say_not_kept(explain(error))

    def _leave_out(self, one: Unneeded) -> None:
        try:
            self._house.bag_habits.leave_out(one)
        except UserError as error:
            self.unneeded.say_not_kept(explain(error))

    def _keep(self, one: Unneeded) -> None:
        try:
            self._house.bag_habits.keep(one)
        except UserError as error:
            self.unneeded.say_not_kept(explain(error))
