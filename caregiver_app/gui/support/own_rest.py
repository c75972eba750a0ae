"""An hour to rest while the loved one is in the chair: offered, held, or left behind by a move."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.times import wall
from caregiver_app.gui.support.own_parts import LaneCard, TurningRow
from caregiver_app.gui.support.own_words import hours_text
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, TonalButton
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import short_date, tr
from caregiver_app.services.carer import Rest
from caregiver_app.services.household import Household


class RestCard(LaneCard):
    """Hidden while there is no long visit to rest beside."""

    asked = Signal(str, str, str)

    def __init__(self, theme: Theme, house: Household) -> None:
        super().__init__(theme, tr("An hour to rest"))
        self._house = house
        self._rest: Rest | None = None
        self.words = Text("", "second", "soft")
        self.add(self.words)
        row = TurningRow(theme)
        self.hold = TonalButton(theme, tr("Hold it"))
        self.hold.clicked.connect(self._hold)
        self.decline = PlainButton(theme, tr("Not now"), name=tr("Not now: an hour to rest"))
        self.decline.clicked.connect(self._decline)
        self.open = PlainButton(theme, tr("Open it"), name=tr("Open the hour to rest"))
        self.open.clicked.connect(self._open)
        row.addWidget(self.hold, 1)
        row.addWidget(self.decline)
        row.addWidget(self.open)
        self.body.addLayout(row)
        self.add(self.wrong)
        self.after: QWidget | None = None
        """What takes the keyboard when this card goes."""

    def show_rest(self, rest: Rest | None, name: str) -> None:
        """Show what there is to say about an hour to rest; `name` is who is in the chair."""
        had = self.holds_focus()
        self._rest = rest
        self.setVisible(rest is not None)
        if rest is None:
            if had and self.after is not None:
                self.after.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.words.setText(self._told(rest, name))
        moved = rest.state == "moved"
        self.hold.setVisible(rest.state in ("offered", "moved"))
        self.hold.set_words(tr("Move the hour too") if moved else tr("Hold it"),
                            name=tr("Move the hour to rest too") if moved
                            else tr("Hold an hour to rest"))  # fmt: skip
        offered = rest.state == "offered"
        self.decline.setVisible(rest.state != "held")
        self.decline.set_words(tr("Not now") if offered else tr("Leave it"),
                               name=tr("Not now: an hour to rest") if offered
                               else tr("Leave the hour to rest there"))  # fmt: skip
        self.open.setVisible(rest.state in ("held", "left"))
        if had and not self.hold.isVisible():
            self.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _told(self, rest: Rest, name: str) -> str:
        hours = hours_text(rest.start, rest.minutes)
        if rest.state == "held":
            return tr("{hours}, in your calendar", hours=hours)
        if rest.state == "left":
            return tr("{hours}, is still in your calendar. No infusion goes with it now.",
                      hours=hours)  # fmt: skip
        if rest.state == "moved":
            day = short_date(wall(rest.visit.start).date())
            return tr("The infusion is on {day} now. The hour could be {hours}.",
                      day=day, hours=hours)  # fmt: skip
        with_ = self._company(rest)
        if with_ and name:
            return tr("{hours}, while {who} is with {name}", hours=hours, who=with_, name=name)
        if name:
            return tr("{hours}, while {name} is in the chair", hours=hours, name=name)
        return tr("{hours}, during the infusion", hours=hours)

    def _company(self, rest: Rest) -> str:
        """Return who sits in during the whole hour, "" where nobody does."""
        after = (wall(rest.start) - wall(rest.visit.start)).total_seconds() / 60
        until = after + rest.minutes
        for one in self._house.company.of(rest.visit.id):
            if one.after <= after and one.after + one.minutes >= until:
                return one.who
        return ""

    def _hold(self) -> None:
        rest = self._rest
        if rest is not None:
            title = tr("My hour to rest")
            self.attempt(lambda: self._house.carer.hold_rest(rest.visit.id, title))

    def _decline(self) -> None:
        rest = self._rest
        if rest is None:
            return
        if rest.state == "offered":
            self.attempt(lambda: self._house.carer.decline_rest(rest.visit.id))
        else:
            self.attempt(lambda: self._house.carer.leave_rest(rest))

    def _open(self) -> None:
        if self._rest is not None and self._rest.kept is not None:
            self.asked.emit("calendar", "appointment", self._rest.kept.id)
