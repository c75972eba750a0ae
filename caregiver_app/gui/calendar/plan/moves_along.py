"""What goes along when a visit gets another date, and what somebody has to be asked about."""

from __future__ import annotations

from dataclasses import replace

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import Moment, wall
from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.form.conflict_line import ConflictLine
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.sign_line import SignLine
from caregiver_app.gui.words import count_text, day_month, short_date, tr
from caregiver_app.services.household import Household
from caregiver_app.services.today import TodayService


class MovesAlong(Card):
    """Ride, bag and approval of a visit that moves, and what is in the way on the new day."""

    def __init__(self, house: Household, theme: Theme, visit: Appointment) -> None:
        super().__init__(theme, tr("Moves along with {title}", title=visit.title))
        self.body.setSpacing(4)
        self._house, self._visit = house, visit
        self.ride = SignLine(theme, "drive", "warn", "second")
        self.bag = SignLine(theme, "bag", "soft", "second")
        self.approval = SignLine(theme, "coverage", "warn", "second")
        self.conflicts = ConflictLine(theme)
        for line in (self.ride, self.bag, self.approval, self.conflicts):
            self.add(line)
        self.bag.say(self._bag_words())
        self.show_target(None)

    def show_target(self, target: Moment | None) -> None:
        """Show what the new start means; None while there is none."""
        visit = self._visit
        moved = None if target is None else replace(visit, start=target)
        other_day = target is not None and wall(target).date() != wall(visit.start).date()
        self.ride.say(self._ride_words(moved) if other_day and moved is not None else "")
        self.approval.say(self._approval_words(moved) if moved is not None else "")
        self.conflicts.look(self._house, moved if other_day else None)
        said = (self.ride, self.bag, self.approval)
        self.setVisible(any(not line.isHidden() for line in said) or not self.conflicts.isHidden())

    def _ride_words(self, moved: Appointment) -> str:
        if not moved.driver:
            return ""
        day = short_date(wall(moved.start).date())
        return tr("Ride: {driver} has not been asked for {day}", driver=moved.driver, day=day)

    def _bag_words(self) -> str:
        try:
            packed = self._house.bags.bag(self._visit.id).packed
        except UserError:
            return ""
        words = count_text(packed, "Bag: {count} tick kept", "Bag: {count} ticks kept")
        return words if packed else ""

    def _approval_words(self, moved: Appointment) -> str:
        approval = TodayService(self._house).approval(moved)
        if approval is None or approval.reach not in ("ends", "starts"):
            return ""
        one = approval.authorisation
        if approval.reach == "ends":
            words = "Approval ends {day}: {title} would fall outside it."
            return tr(words, day=day_month(one.last), title=moved.title)
        day = day_month(one.first or one.last)
        return tr("Approval begins {day}, after this date.", day=day)
