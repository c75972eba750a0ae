"""The emergency page: what to do first, what to read out, whom to call; no form before it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPagedPaintDevice, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from caregiver_app.domain.advice import SignInfo
from caregiver_app.domain.entities import SideEffect
from caregiver_app.errors import UserError
from caregiver_app.gui import printing
from caregiver_app.gui.emergency.band import AlarmBand
from caregiver_app.gui.emergency.band_page import BandPage
from caregiver_app.gui.emergency.model import EmergencyModel
from caregiver_app.gui.emergency.parts import STRONG, large
from caregiver_app.gui.emergency.read_out import ReadOutColumn
from caregiver_app.gui.emergency.steps import StepsColumn
from caregiver_app.gui.from_anywhere import CRISIS, CRISIS_KEY, ask_below
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import FOOT
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.pages.emergency_of_person import sheet_for
from caregiver_app.pages.emergency_page import paint_emergency, write_pdf
from caregiver_app.pages.emergency_sheet import EmergencySheet
from caregiver_app.services.household import Household
from caregiver_app.services.signs import Sign

_LEFT, _RIGHT = 50, 50


class EmergencyPage(BandPage):
    """Shows what to do now for one emergency sign, or, opened by F2, for any.

    `write_down(sign, person)` asks to log the sign of that person afterwards ("" where nobody was
    named), `back` leaves.
    """

    back = Signal()
    write_down = Signal(str, str)
    read_more = Signal(str)
    """Somebody wants to read everything about a sign."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        offers_writing: bool = True,
        offers_more: bool = False,
    ) -> None:
        """With `offers_writing` off there is no way to the log, as over an open form.

        `offers_more` leads to everything that is known of a sign.
        """
        super().__init__(parent)
        self._house, self._theme = house, theme
        self._offers_writing, self._offers_more = offers_writing, offers_more
        self._about = self._heading = ""
        self._sign: SignInfo | None = None
        self._entry: SideEffect | None = None
        self._model = EmergencyModel(house)
        self._person: str | None = None
        self._built = False

    def show_for(
        self,
        person_id: str | None,
        sign: SignInfo | None = None,
        *,
        heading: str = "",
        written: str = "",
        entry: SideEffect | None = None,
    ) -> None:
        """Show the page for a sign, or without one.

        Args:
            person_id: whose words are read out; with None and several people the page asks.
            sign: whose steps are shown; one that is no emergency by itself gets the general ones.
            heading: the line above the call, instead of the sign's name.
            written: says that the sign was written down already; it is then not offered.
            entry: how the sign was written down, where it was.
        """
        if not self._built:
            self._build()
            self._built = True
        with self._model.in_parts() as left_out:
            self._show_all(person_id, sign, heading, written, entry)
            self._tell_missing(left_out)
        self.band.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_all(
        self,
        person_id: str | None,
        sign: SignInfo | None,
        heading: str,
        written: str,
        entry: SideEffect | None,
    ) -> None:
        self._person = person_id
        # A sign of the family's own goes by its name.
        self._about = heading if sign is None else sign.id
        self._written.setText(written)
        self._written.setVisible(bool(written))
        self._entry = entry
        self._show_sign(sign, heading, may_choose=sign is None and not heading)
        self._offer_writing(self._about if not written else "")
        self.read_out.begin(self._model.meant(person_id))
        self._show_person(person_id)

    def _tell_missing(self, kinds: set[str]) -> None:
        self.read_out.show_missing(self._model.missing(kinds))
        self._settle()

    # -- Built once -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.band = AlarmBand(self._theme)
        self.steps = StepsColumn(self._house, self._theme, self._model)
        self.steps.sign_chosen.connect(self._sign_chosen)
        self.steps.number_saved.connect(self._number_saved)
        self.steps.more_asked.connect(lambda: self.read_more.emit(self._about))
        self.read_out = ReadOutColumn(self._house, self._theme, self._model)
        self.read_out.person_chosen.connect(self._person_chosen)
        self.lay_out(self._theme, self.band, self.steps, self.read_out, gap=28)
        self.add_foot(self._make_foot())
        self._theme.changed.connect(self._settle)
        self._settle()

    def _make_foot(self) -> QWidget:
        """Make the way out, always in sight: the page above it may scroll."""
        foot = QWidget()
        foot.setObjectName(FOOT)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight, foot)
        self.print = large(PlainButton(self._theme, tr("Print this"), "print"))
        menu = QMenu(self.print)
        menu.addAction(tr("Look at it and print"), self.print_sheet)
        menu.addAction(tr("Save as PDF"), self._ask_pdf)
        self.print.setMenu(menu)
        self._written = Text("", STRONG)
        self.message = Text("", STRONG, "alarm")
        self.crisis = large(QuietButton(self._theme, tr("Can’t go on?"), "lifeline"))
        self.crisis.setAccessibleDescription(CRISIS_KEY)
        self.crisis.clicked.connect(lambda: ask_below(self, CRISIS))
        self.later = large(QuietButton(self._theme, tr("Write it down")))
        self.later.clicked.connect(self._write_down)
        self.leave = large(PlainButton(self._theme, tr("Back")))
        self.leave.clicked.connect(self.back)
        self._foot.addWidget(self.print)
        self._foot.addWidget(self.crisis)
        self._foot.addWidget(self._written)
        self._foot.addWidget(self.message, 1)
        self._foot.addWidget(self.later)
        self._foot.addWidget(self.leave)
        return foot

    # -- What is shown ----------------------------------------------------------------------------

    def _show_sign(self, sign: SignInfo | None, heading: str, *, may_choose: bool) -> None:
        self._heading = heading or ("" if sign is None else sign.name)
        self._sign = sign
        self.steps.show_steps(sign, self._show_call(), may_choose=may_choose, named=bool(heading))
        self._say("")
        self.area.verticalScrollBar().setValue(0)
        self._settle()

    def _show_call(self) -> str:
        """Show whom to call and why; return what to say on the phone."""
        because = self._model.why(self._person, self._about, self._entry)
        self.band.show_call(self._heading, self._model.call(), self._model.number(), because.lines)
        return self._model.to_say(self._about, self._sign, because)

    def _person_chosen(self, person_id: str) -> None:
        with self._model.in_parts() as left_out:
            self._show_person(person_id)
            self._tell_missing(left_out)

    def _show_person(self, person_id: str | None) -> None:
        self._person = person_id
        self.steps.show_say(self._show_call())
        self.steps.set_person(person_id)
        self.read_out.show_facts(self._model.facts(person_id))
        self._show_clinic()
        self._say("")

    def _show_clinic(self) -> None:
        self.steps.clinic.show_words(self._model.clinic_words(self._person, self._about))
        listed = self._model.is_listed(self._person, self._about)
        self.steps.more.setVisible(self._offers_more and listed)

    def _sign_chosen(self, sign: Sign | None) -> None:
        self._about = "" if sign is None else sign.id
        self._entry = None
        info, heading = (None, "") if sign is None else (sign.info, sign.name)
        with self._model.in_parts():
            self._show_sign(info, heading, may_choose=True)
            self._show_clinic()
        self._offer_writing(self._about)
        self.band.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_writing(self, about: str) -> None:
        self.later.setVisible(self._offers_writing and bool(about))
        self._settle()

    def _number_saved(self) -> None:
        with self._model.in_parts():
            self._show_call()
        self.band.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, sentence: str, ink: str = "alarm") -> None:
        self.message.set_ink(ink)
        self.message.setText(sentence)
        self._settle()

    # -- Room -------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is little room."""
        super().resizeEvent(event)
        if self._built:
            self._settle()

    def _settle(self) -> None:
        """Put the columns, the head and the foot as the width asks."""
        way = QBoxLayout.Direction
        _down, side = self.settle((_LEFT, _RIGHT), self._foot)
        self._foot.setSpacing(12)
        ways = (self.print, self.crisis, self.later, self.leave)
        shown = [one for one in ways if not one.isHidden()]
        wide = sum(one.sizeHint().width() + 12 for one in shown) + 2 * (side + 12)
        self._foot.setDirection(way.TopToBottom if wide > self.width() else way.LeftToRight)

    # -- Hands ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the field for the number, else goes back."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._built and self.steps.form.isVisible():
            self.steps.show_number_button()
            self.steps.add_number.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.back.emit()

    def _write_down(self) -> None:
        with self._model.in_parts():
            if not self._about or self._must_be_named():
                return
            meant = self._model.meant(self._person)
        self.write_down.emit(self._about, "" if meant is None else meant.id)

    def _must_be_named(self) -> bool:
        """Ask for the name where it isn't plain who is meant; tell whether it was asked for."""
        if self._model.meant(self._person) is not None or self.read_out.whose is None:
            return False
        self._say(tr("Tap the name first."))
        self.read_out.whose.segments[0].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def enter(self) -> None:
        """Come back to it as it was left."""
        self.refresh()
        self.band.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the numbers and facts that are kept now."""
        if self._built:
            with self._model.in_parts() as left_out:
                self.steps.show_say(self._show_call())
                self.read_out.show_facts(self._model.facts(self._person))
                self._tell_missing(left_out)

    def let_write(self, may: bool) -> None:
        """Say whether there is a way to the log from here."""
        self._offers_writing = may

    # -- On paper ---------------------------------------------------------------------------------

    def print_sheet(self) -> None:
        """Open the preview from which the sheet of this person is printed."""
        sheet = self._sheet()
        if sheet is None:
            return

        def paint(device: QPagedPaintDevice) -> None:
            paint_emergency(device, sheet)

        printing.open_preview(paint, tr("Print the emergency sheet"), self.window())

    def _ask_pdf(self) -> None:
        sheet = self._sheet()
        if sheet is None:
            return
        path = printing.ask_pdf_path(self.window(), tr("emergency sheet.pdf"))
        if path is None:
            return
        try:
            write_pdf(sheet, path, printing.paper_name())
        except UserError as error:
            self._say(explain(error))
        else:
            self._say(tr("Saved: {path}", path=path), "soft")

    def _sheet(self) -> EmergencySheet | None:
        """Return the sheet of who is meant; None, and a word about it, where that isn't plain.

        A sheet of paper is whole or not made: whoever reads it cannot know what it lacks.
        """
        try:
            if self._must_be_named():
                return None
            person = self._model.meant(self._person)
            id_ = None if person is None else person.id
            return sheet_for(self._house, id_, self._house.care.now)
        except UserError as error:
            self._say(explain(error))
            return None
