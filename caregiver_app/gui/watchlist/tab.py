"""The side-effects tab: log on the left, what was written on the right, emergencies over both."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from caregiver_app.domain.entities import SideEffect
from caregiver_app.gui.columns import Columns
from caregiver_app.gui.emergency.page import EmergencyPage
from caregiver_app.gui.late_tab import LateTab
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.beside import Beside
from caregiver_app.gui.watchlist.log_column import LogColumn
from caregiver_app.gui.watchlist.model import WatchModel
from caregiver_app.gui.watchlist.report_sheet import ReportSheet
from caregiver_app.gui.watchlist.sign_page import SignPage
from caregiver_app.gui.watchlist.written_column import WrittenColumn
from caregiver_app.services.household import Household

_OF_SOMEBODY: Final = ("person", "checkin_today", "checkin_asked", "call_sheet", "report")
"""What is opened for the person whose id is given."""


class WatchTab(LateTab):
    """Built when it is first shown; `refresh` of a hidden tab waits until then."""

    kinds = frozenset(
        (
            *("side_effect", "checkin", "person", "contact", "plan", "appointment", "setting"),
            *("medicine", "own_sign", "sign_choice", "photo", "clinic_call", "version"),
            *("dose", "answer", "question", "infusion_record"),
        )
    )

    asked = Signal(str, str, str)
    """Somebody wants to go to another place: place, kind, item."""
    urgent_changed = Signal()
    """What `is_urgent` says may be otherwise."""

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(house.care, parent)
        self._house, self._theme = house, theme
        self._person_id: str | None = None
        self._model = WatchModel(house)
        self._stack = QStackedLayout(self)
        self._stack.currentChanged.connect(self.urgent_changed)
        self._opened_at: datetime | None = None
        self._emergency: EmergencyPage | None = None
        self._sign: SignPage | None = None
        self._beside = Beside(house, theme, self._stack, self._back, self.asked)

    def set_person(self, person_id: str | None) -> None:
        """Speak of one person, or of the only one."""
        if person_id == self._person_id:
            return
        self._person_id = person_id
        self._model.set_person(person_id)
        self._beside.set_person(person_id)
        if self._built:
            self.log.close_row()
            self.written.start_over()
            self._back()
        self.look_again()

    def open_item(self, kind: str, item_id: str) -> None:
        """Open an entry ("side_effect", "checkin"), or take a sign as if it was tapped ("sign").

        "course" asks how an entry goes on, "over" since when it is over.
        "person" speaks of somebody else from now on, "checkin_today" asks how today was (with the
        id of a person: theirs), "checkin_asked" how the day was that a reminder asks about.
        "report" opens the visit report; "call_sheet" and a call that was kept ("clinic_call") lead
        to the clinic's call sheet.
        """
        if kind in _OF_SOMEBODY and item_id:
            self.set_person(item_id)
        call = self._house.clinic_calls.get(item_id) if kind == "clinic_call" else None
        if call is not None:
            self.set_person(call.person)
        self.ensure_built()
        self._catch_up()
        self._back()
        if kind == "person":
            return
        if kind in ("call_sheet", "clinic_call"):
            self._beside.show("call_sheet", self._person_id, item_id if call else "")
            return
        if kind == "report":
            self.show_report()
        elif kind in ("checkin_today", "checkin_asked"):
            self.written.open_today(asked=kind == "checkin_asked")
        elif kind == "sign":
            self.log.choose(item_id)
        elif kind == "sign_page":
            self.show_sign(item_id)
        elif kind in ("own_sign", "sign_choice"):
            self._open_kept(kind, item_id)
        else:
            self.written.open_key(f"{kind}:{item_id}")

    def show_emergency(
        self, sign_id: str | None = None, *, entry: SideEffect | None = None
    ) -> None:
        """Show what to do now, for a sign or for any; `entry` is how it was written down."""
        self.ensure_built()
        if self._emergency is None:
            self._emergency = EmergencyPage(self._house, self._theme, offers_more=True)
            self._emergency.read_more.connect(self.show_sign)
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
        written = "" if entry is None else self._model.written_words(entry)
        self._emergency.show_for(whose, sign, heading=heading, written=written, entry=entry)

    def show_sign(self, sign_id: str) -> None:
        """Show everything about one sign."""
        self.ensure_built()
        if self._sign is None:
            self._sign = SignPage(self._theme, self._model)
            self._sign.back.connect(self._back)
            self._sign.emergency.connect(self.show_emergency)
            self._sign.write_down.connect(self._write_from_page)
            self._stack.addWidget(self._sign)
        self._stack.setCurrentWidget(self._sign)
        self._sign.show_sign(sign_id)

    def show_charts(self, key: str = "") -> None:
        """Show the charts: "timeline", "cycles", "signs" or "wellbeing", "" as they were left."""
        self.ensure_built()
        self._beside.show("charts", self._person_id, key)

    def show_call_sheet(self) -> None:
        """Show what to tell the clinic on the phone."""
        self.ensure_built()
        self._beside.show("call_sheet", self._person_id)

    def show_report(self) -> None:
        """Open the page for the visit, to look at and print."""
        self.ensure_built()
        person = self._model.person
        whose = None if person is None else person.id
        sheet = ReportSheet(self._house, self._theme, whose, parent=self.window())
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def beside(self, name: str) -> QWidget | None:
        """Return the page "charts" or "call_sheet" while it is shown, else None."""
        return self._beside.page(name)

    @property
    def sign_page(self) -> SignPage | None:
        """The page of a sign while it is shown, else None."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, SignPage) else None

    @property
    def is_urgent(self) -> bool:
        """Whether the numbers to call stand here, which nothing may cover."""
        return self.emergency_page is not None

    @property
    def emergency_page(self) -> EmergencyPage | None:
        """The emergency page while it is shown, else None."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, EmergencyPage) else None

    def enter(self) -> None:
        """Begin anew, because the tab was chosen: the signs, from the top, nothing typed."""
        if self._built:
            self.log.start_over()
            self._page.verticalScrollBar().setValue(0)
            self._back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves what is open over the signs."""
        if event.key() == Qt.Key.Key_Escape and self._stack.currentWidget() is not self._page:
            self._back()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Build at the first showing, and put the keyboard into the find field."""
        super().showEvent(event)
        if self._built and self._stack.currentWidget() is self._page:
            self.log.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def ensure_built(self) -> None:
        """Build the tab unless that was done, and show what is kept now."""
        built = self._built
        super().ensure_built()
        if not built:
            self._catch_up()

    # -- Within -----------------------------------------------------------------------------------

    def _make(self) -> None:
        page = Columns(self._theme, stretches=(65, 35))
        self.log = LogColumn(self._theme, self._model)
        self.log.emergency.connect(self._emergency_asked)
        self.log.page.connect(self.show_sign)
        self.log.call_sheet.connect(self.show_call_sheet)
        self.written = WrittenColumn(self._theme, self._model)
        self.written.kept_call.connect(self._open_call)
        self.written.charts_asked.connect(self.show_charts)
        self.written.call_asked.connect(self.show_call_sheet)
        self.written.report_asked.connect(self.show_report)
        self.written.emergency.connect(self._emergency_asked)
        page.left.addWidget(self.log)
        page.left.addStretch(1)
        page.right.addWidget(self.written)
        self._page = page
        self.setFocusProxy(self.log.finder)
        self._stack.addWidget(page)

    def _fill(self) -> None:
        self.log.refresh()
        if self._sign is not None:
            self._sign.look_again()
        self.written.refresh()
        self._beside.look_again()

    def _open_call(self, call_id: str) -> None:
        self.open_item("clinic_call", call_id)

    def _emergency_asked(self, sign_id: str, entry: SideEffect | None) -> None:
        self.show_emergency(sign_id, entry=entry)

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
        if self._model.sign(sign_id).is_emergency:
            self.log.write_down(sign_id, moment)
        else:
            self.log.choose(sign_id)

    def _write_from_page(self, sign_id: str) -> None:
        """Ask how strong a sign is after its page, which said what to do."""
        self._back()
        self.log.write_down(sign_id, self._model.now())

    def _open_kept(self, kind: str, entry_id: str) -> None:
        """Open the page of the sign that an own sign, or what was decided about one, stands for."""
        found = self._house.signs.of_entry(kind, entry_id)
        if found is not None:
            person, sign = found
            self.set_person(person)
            self.show_sign(sign)

    def _write_down(self, sign_id: str, person: str) -> None:
        self.write_down(sign_id, person, self._opened_at)
