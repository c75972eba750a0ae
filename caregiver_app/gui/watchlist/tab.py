"""The side-effects tab: log on the left, what was written on the right, emergencies over both."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from caregiver_app.domain.times import Moment
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.columns import Columns
from caregiver_app.gui.late_tab import LateTab
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.emergency import EmergencyPage
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
        self._opened_at: Moment | None = None
        self._emergency: EmergencyPage | None = None

    def set_person(self, person_id: str | None) -> None:
        """Speak of one person, or of the only one."""
        if person_id == self._person_id:
            return
        self._person_id = person_id
        self._model.set_person(person_id)
        if self._built:
            self.log.close_row()
            self.written.start_over()
            self._back()
        self.look_again()

    def open_item(self, kind: str, item_id: str) -> None:
        """Open an entry ("side_effect", "checkin"), or take a sign as if it was tapped ("sign")."""
        self.ensure_built()
        self._back()
        if kind == "sign":
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
            self._emergency.sign_chosen.connect(self.show_emergency)
            self._stack.addWidget(self._emergency)
        self._opened_at = self._model.now()
        sign = None if sign_id is None else self._house.reference.sign(sign_id)
        heading = "" if sign_id is None else self._house.watch.sign_name(sign_id)
        self._stack.setCurrentWidget(self._emergency)
        self._emergency.show_for(self._person_id, sign, heading=heading, written=written)

    @property
    def emergency_page(self) -> EmergencyPage | None:
        """The emergency page while it is shown, else None."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, EmergencyPage) else None

    def showEvent(self, event: QShowEvent) -> None:
        """Build at the first showing, and put the keyboard into the find field."""
        super().showEvent(event)
        if self.emergency_page is None:
            self.log.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- Within -----------------------------------------------------------------------------------

    def _make(self) -> None:
        page = Columns(self._theme, stretches=(65, 35))
        self.log = LogColumn(self._theme, self._model)
        self.log.emergency.connect(self._emergency_asked)
        self.written = WrittenColumn(self._theme, self._model)
        page.left.addWidget(self.log)
        page.left.addStretch(1)
        page.right.addWidget(self.written)
        self._page = page
        self._stack.addWidget(page)
        self._catch_up()

    def _fill(self) -> None:
        self.log.refresh()
        self.written.refresh()

    def _emergency_asked(self, sign_id: str, written: str) -> None:
        self.show_emergency(sign_id, written=written)

    def _back(self) -> None:
        if self._built:
            self._stack.setCurrentWidget(self._page)
            if self.isVisible():
                self.log.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write_down(self, sign_id: str) -> None:
        at = self._opened_at or self._model.now()
        self._back()
        sign = self._house.reference.sign(sign_id)
        if sign is not None and sign.tier == Tier.EMERGENCY:
            self.log.write_down(sign_id, at)
        else:
            self.log.choose(sign_id)
