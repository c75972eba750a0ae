"""The side-effects tab: log on the left, what was written on the right, emergencies over both."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from caregiver_app.domain.watch import Tier
from caregiver_app.gui.columns import Columns
from caregiver_app.gui.emergency.page import EmergencyPage
from caregiver_app.gui.late_tab import LateTab
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.cycle_page import CyclePage
from caregiver_app.gui.watchlist.log_column import LogColumn
from caregiver_app.gui.watchlist.model import WatchModel
from caregiver_app.gui.watchlist.written_column import WrittenColumn
from caregiver_app.services.household import Household


class WatchTab(LateTab):
    """Built when it is first shown; `refresh` of a hidden tab waits until then."""

    kinds = frozenset(
        ("side_effect", "checkin", "person", "contact", "plan", "appointment", "setting")
    )

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house, self._theme = house, theme
        self._person_id: str | None = None
        self._model = WatchModel(house)
        self._stack = QStackedLayout(self)
        self._opened_at: datetime | None = None
        self._emergency: EmergencyPage | None = None
        self._cycles: CyclePage | None = None

    def set_person(self, person_id: str | None) -> None:
        """Speak of one person, or of the only one."""
        if person_id == self._person_id:
            return
        self._person_id = person_id
        self._model.set_person(person_id)
        if self._cycles is not None:
            self._cycles.set_person(person_id)
        if self._built:
            self.log.close_row()
            self.written.start_over()
            self._back()
        self.look_again()

    def open_item(self, kind: str, item_id: str) -> None:
        """Open an entry ("side_effect", "checkin"), or take a sign as if it was tapped ("sign").

        "person" speaks of somebody else from now on, "checkin_today" asks how today was (with the
        id of a person: theirs).
        """
        if kind in ("person", "checkin_today") and item_id:
            self.set_person(item_id)
        self.ensure_built()
        self._catch_up()
        self._back()
        if kind == "person":
            return
        if kind == "checkin_today":
            self.written.open_today()
        elif kind == "sign":
            self.log.choose(item_id)
        else:
            self.written.open_key(f"{kind}:{item_id}")

    def show_emergency(self, sign_id: str | None = None, *, written: str = "") -> None:
        """Show what to do now, for a sign or for any."""
        self.ensure_built()
        if self._emergency is None:
            self._emergency = EmergencyPage(self._house, self._theme)
            self._emergency.back.connect(self._back)
            self._emergency.write_down.connect(self._write_down)
            self._stack.addWidget(self._emergency)
        self._opened_at = self._house.care.now
        sign = None if sign_id is None else self._house.reference.sign(sign_id)
        heading = "" if sign_id is None else self._house.watch.sign_name(sign_id)
        self._stack.setCurrentWidget(self._emergency)
        # Of whom the tab speaks, also while it was opened for everybody.
        person = self._model.person
        whose = None if person is None else person.id
        self._emergency.show_for(whose, sign, heading=heading, written=written)

    def show_cycles(self) -> None:
        """Show the last infusions beside each other."""
        self.ensure_built()
        if self._cycles is None:
            self._cycles = CyclePage(self._house, self._theme)
            self._cycles.set_person(self._person_id)
            self._cycles.back.connect(self._back)
            self._stack.addWidget(self._cycles)
        self._stack.setCurrentWidget(self._cycles)
        self._cycles.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def cycle_page(self) -> CyclePage | None:
        """The chart's page while it is shown, else None."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, CyclePage) else None

    @property
    def emergency_page(self) -> EmergencyPage | None:
        """The emergency page while it is shown, else None."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, EmergencyPage) else None

    def showEvent(self, event: QShowEvent) -> None:
        """Build at the first showing, and put the keyboard into the find field."""
        super().showEvent(event)
        if self.emergency_page is None and self.cycle_page is None:
            self.log.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- Within -----------------------------------------------------------------------------------

    def _make(self) -> None:
        page = Columns(self._theme, stretches=(65, 35))
        self.log = LogColumn(self._theme, self._model)
        self.log.emergency.connect(self._emergency_asked)
        self.written = WrittenColumn(self._theme, self._model)
        self.written.cycles_asked.connect(self.show_cycles)
        page.left.addWidget(self.log)
        page.left.addStretch(1)
        page.right.addWidget(self.written)
        self._page = page
        self.setFocusProxy(self.log.finder)
        self._stack.addWidget(page)
        self._catch_up()

    def _fill(self) -> None:
        self.log.refresh()
        self.written.refresh()
        if self._cycles is not None:
            self._cycles.look_again()

    def _emergency_asked(self, sign_id: str, written: str) -> None:
        self.show_emergency(sign_id, written=written)

    def _back(self) -> None:
        if self._built:
            self._stack.setCurrentWidget(self._page)
            if self.isVisible():
                self.log.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def write_down(self, sign_id: str, person: str, at: datetime | None = None) -> None:
        """Ask how strong a sign was that was seen at `at`, of that person ("": who is shown)."""
        moment = self._model.now() if at is None else self._model.moment(at)
        if person and person != self._person_id:
            self.set_person(person)
        self.ensure_built()
        self._catch_up()
        self._back()
        sign = self._house.reference.sign(sign_id)
        if sign is not None and sign.tier == Tier.EMERGENCY:
            self.log.write_down(sign_id, moment)
        else:
            self.log.choose(sign_id)

    def _write_down(self, sign_id: str, person: str) -> None:
        self.write_down(sign_id, person, self._opened_at)
