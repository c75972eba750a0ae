"""The visit's sheet: how far it is, what it brings, and what was written down."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.errors import UserError
from caregiver_app.gui.bag.cards import RideSheet
from caregiver_app.gui.calendar.form.forms import Trouble, person_pill
from caregiver_app.gui.calendar.plan.delay_dialog import EndVisitDialog, MoveDialog
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.reading_order import follow_layout
from caregiver_app.gui.support.own_parts import LineRow
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import TYPE_ICONS
from caregiver_app.gui.trying import trying
from caregiver_app.gui.visit import status_card as status
from caregiver_app.gui.visit.done_sheet import DoneSheet
from caregiver_app.gui.visit.model import ADD, NEW, PLACE, RIDE, WELL, PartLine, VisitModel
from caregiver_app.gui.visit.nurse_sheet import NurseListSheet
from caregiver_app.gui.visit.parts_card import KitCard, PartsCard
from caregiver_app.gui.visit.record_sheet import RecordSheet
from caregiver_app.gui.visit.records_sheet import RecordLine
from caregiver_app.gui.visit.way_back import WayBack
from caregiver_app.gui.visit.well_card import WellEnoughCard
from caregiver_app.gui.visit.words import (
    company_line,
    heading,
    is_at_home,
    is_over,
    last_site,
    record_heading,
    second_line,
)
from caregiver_app.gui.watchlist.report_sheet import ReportSheet
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.pages.record_labels import record_lines
from caregiver_app.services.household import Household

FORM, PLAN, RECORDS = "form", "plan", "records"
_SETTLED: Final = 30
"""After so many milliseconds what was made anew has its place."""


class VisitSheet(Sheet):
    """Everything about one visit of a plan; what is pressed here is kept at once."""

    asked = Signal(str, str, str)
    """Somebody asked for another place; the sheet has closed by then."""
    undo_asked = Signal()
    """Somebody wants the last step taken back; the sheet stays."""
    wanted = Signal(str, str)
    """A form that somebody else opens over this sheet: which one, and for what."""

    def __init__(
        self, house: Household, theme: Theme, visit_id: str, parent: QWidget | None = None
    ) -> None:
        """`visit_id` is that of a plan's visit that is there."""
        found = house.agenda.get(visit_id)
        kind = "infusion" if found is None else found.type
        super().__init__(
            theme, tr("Visit"), icon=TYPE_ICONS[kind], primary=tr("Close"), cancel=tr("Close"),
            subtitle=" ", width=860, role=kind, ground=f"{kind}-tint", parent=parent,
        )  # fmt: skip
        self.house = house
        self.model = VisitModel(house, visit_id)
        # What is done here is done at once: nothing is left to confirm.
        self.primary.setEnabled(False)
        self.primary.hide()
        self.way_back = WayBack(house, theme, self)
        self.sheet: Sheet | None = None
        """The form that lies over this one now."""
        self.trouble = Trouble(theme)
        self.status = status.StatusCard(house, theme)
        self.company = LineRow(
            theme, "company", "", tr("Open"), name=tr("Open the company that is planned")
        )
        self.parts = PartsCard(theme)
        self.kit = KitCard(theme)
        self.record = Card(theme, tr("What the nurse wrote down"))
        self.well: WellEnoughCard | None = None
        self._well_wanted = False
        self._lay_out()
        self._connect()
        # The keyboard begins where it only scrolls: a second Enter must mark nothing.
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setProperty("focusRing", "inside")
        self.look_again()
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self._well_place = QVBoxLayout()
        self.add(self.trouble)
        self.add(self.status)
        self.add(self.company)
        self.body.addLayout(self._well_place)
        self.add(self.kit)
        self._recorded = QVBoxLayout()
        self._recorded.setSpacing(4)
        self.record.body.addLayout(self._recorded)
        self.write = PlainButton(self.theme, "", "note-it")
        self.record.body.addWidget(self.write, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.record)
        self.add(self.parts)
        row = QWidget()
        flow = FlowLayout(row, across=4, down=4)
        self.form_button = QuietButton(self.theme, tr("Hour, place and reminders…"))
        self.plan_button = QuietButton(self.theme, tr("Open its plan"))
        self.records_button = QuietButton(self.theme, tr("All infusion records"))
        self.report_button = QuietButton(self.theme, tr("Visit report, one page"))
        for button in (
            self.form_button, self.plan_button, self.records_button, self.report_button,
        ):  # fmt: skip
            flow.addWidget(button)
        self.add(row)
        pill = person_pill(self.house, self.theme, self._person())
        if pill is not None:
            self.header.insertWidget(2, pill, 0, Qt.AlignmentFlag.AlignTop)

    def _connect(self) -> None:
        self.status.wanted.connect(self._status_wanted)
        self.status.asked.connect(self._go)
        self.company.pressed.connect(lambda: self._go("support", "company", self._person()))
        self.status.said_no.connect(self.fit)
        self.parts.wanted.connect(self._part_wanted)
        self.parts.ticked.connect(self._tick_step)
        self.parts.switched.connect(self._switch)
        self.parts.as_plan.connect(self._as_plan)
        self.parts.fold.turned.connect(self.fit)
        self.write.clicked.connect(self.open_record)
        self.way_back.asked.connect(self.undo_asked)
        self.way_back.taken.connect(self.look_again)
        self.form_button.clicked.connect(lambda: self.wanted.emit(FORM, self._id()))
        self.plan_button.clicked.connect(lambda: self.wanted.emit(PLAN, self._id()))
        self.records_button.clicked.connect(lambda: self.wanted.emit(RECORDS, self._person()))
        self.report_button.clicked.connect(self.open_report)

    # -- What is shown ----------------------------------------------------------------------------

    @property
    def visit(self) -> Appointment | None:
        """The visit as it is kept now, None when it is gone."""
        return self.model.visit

    def _id(self) -> str:
        return "" if self.visit is None else self.visit.id

    def _person(self) -> str:
        return "" if self.visit is None else self.visit.person

    def is_changed(self) -> bool:
        """Everything is kept as soon as it is pressed."""
        return False

    def look_again(self) -> None:
        """Show the visit as it is kept now; a visit that is gone closes its sheet."""
        visit = self.visit
        if visit is None:
            QTimer.singleShot(0, self, self.accept)
            return
        title = heading(self.house, visit)
        self.title.setText(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.area.setAccessibleName(title)
        self.subtitle.setText(second_line(self.house, visit))
        self.status.show_visit(visit)
        said = company_line(self.house, visit)
        self.company.words.setText(said)
        self.company.setVisible(bool(said))
        at_home = is_at_home(visit)
        parts = self.model.parts()
        self.parts.setVisible(bool(parts) and visit.status != "cancelled")
        if parts:
            over = is_over(self.house, visit)
            self.parts.set_title(tr("Afterwards") if over else tr("What this visit brings"))
        # Nobody reads a report at an injection at home.
        self.report_button.setVisible(not at_home)
        self.kit.setVisible(at_home)
        if at_home:
            self.kit.show_kit(self.model.kit(), last_site(self.house, visit))
        self._show_well()
        if parts:
            self._show_parts()
        self._show_record(visit)
        self.way_back.look_again()
        self._settle_later()

    def _settle_later(self) -> None:
        """Take size and reading order once what was made anew is really there."""
        if self.isVisible():
            QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        self.fit()
        follow_layout(self)

    def _show_well(self) -> None:
        asks = self.model.asks_well() or (self._well_wanted and self.model.is_to_come())
        if self.well is not None and not asks:
            self._well_place.removeWidget(self.well)
            self.well.deleteLater()
            self.well = None
        elif self.well is not None:
            self.well.look_again()
        elif asks:
            self.well = WellEnoughCard(self.house, self.theme, self._id())
            self.well.answered.connect(self._answered)
            self.well.asked.connect(self._go)
            self._well_place.addWidget(self.well)

    def _show_parts(self) -> None:
        # What the card asks needs no line that leads to it.
        lines = [one for one in self.model.lines() if self.well is None or one.key != WELL]
        self.parts.show_parts(self.model.parts(), lines)

    def _show_record(self, visit: Appointment) -> None:
        at_home = is_at_home(visit)
        found = self.house.records.of(visit.id)
        self.record.setVisible(
            found is not None or visit.status == "done" or is_over(self.house, visit)
        )
        self.record.set_title(record_heading(at_home=at_home))
        clear_layout(self._recorded)
        lines = [] if found is None else record_lines(found, at_home=at_home)
        for label, text in lines:
            self._recorded.addWidget(RecordLine(self.theme, label, text))
        if not lines:
            none = tr("Nothing yet. Lot number and arm are worth a minute.")
            self._recorded.addWidget(Text(none, "second", "soft"))
        said = tr("Change it…") if lines else tr("Write it down…")
        self.write.set_words(said, name=f"{said} {record_heading(at_home=at_home)}")

    def go_to(self, kind: str) -> None:
        """Bring a part into sight: "well_enough", "anything_new", "record" or "done"."""
        doors: dict[str, Callable[[], object]] = {
            WELL: self._ask_well,
            NEW: self.open_nurse_list,
            "record": self.open_record,
            "done": partial(self._status_wanted, status.DONE),
            "move": partial(self._status_wanted, status.MOVE),
        }
        if kind in doors:
            QTimer.singleShot(0, self, doors[kind])

    def changeEvent(self, event: QEvent) -> None:
        """Look again when the keyboard comes back: something may have been marked elsewhere."""
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.look_again()
        super().changeEvent(event)

    # -- Hands ------------------------------------------------------------------------------------

    def _try(self, act: Callable[[], object]) -> bool:
        """Do something and show what is so then; what was refused is said at the head."""
        self.trouble.say("")
        try:
            with trying(partial(self._try, act), self):
                act()
        except UserError as error:
            self.trouble.say(explain(error))
            self.area.verticalScrollBar().setValue(0)
            self.look_again()
            return False
        self.look_again()
        return True

    def _status_wanted(self, what: str) -> None:
        visit, plans = self.visit, self.house.plans
        if visit is None:
            return
        house, theme = self.house, self.theme
        sheets: dict[str, Callable[[], Sheet]] = {
            status.DONE: lambda: DoneSheet(house, theme, visit, parent=self),
            status.OTHER_DAY: lambda: DoneSheet(house, theme, visit, another_day=True, parent=self),
            status.MOVE: lambda: MoveDialog(house, theme, visit, parent=self),
            status.CANCEL: lambda: EndVisitDialog(house, theme, visit, keep=True, parent=self),
        }
        back = "booked" if visit.status == "done" else "planned"
        acts: dict[str, Callable[[], object]] = {
            status.BOOKED: lambda: plans.set_status(visit.id, "booked"),
            status.DELAYED: lambda: plans.set_status(visit.id, "delayed"),
            status.NOT_BOOKED: lambda: plans.set_status(visit.id, "planned"),
            status.NOT_DONE: lambda: plans.set_status(visit.id, back),
            status.THAT_DAY: lambda: plans.done(visit.id),
            status.TAKE_UP: lambda: house.series.restore(visit.id, ""),
        }
        if what in sheets:
            self._open(sheets[what]())
        elif self._try(acts[what]):
            self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _part_wanted(self, line: PartLine) -> None:
        if line.lead == PLACE:
            self._go(*line.asked)
        elif line.lead == WELL:
            self._ask_well()
        elif line.lead == NEW:
            self.open_nurse_list()
        elif line.lead == RIDE and self.visit is not None:
            self._open(RideSheet(self.house, self.theme, self.visit, self))
        elif line.lead.startswith(ADD):
            self.wanted.emit(line.lead, self._id())

    def _ask_well(self) -> None:
        self._well_wanted = True
        self._show_well()
        self._show_parts()
        self._settle_later()
        QTimer.singleShot(0, self, self._go_to_well)

    def _go_to_well(self) -> None:
        if self.well is not None:
            first = next(iter(self.well.rows.values()))
            top = self.well.mapTo(self.content, QPoint(0, 0)).y()
            self.area.verticalScrollBar().setValue(top)
            first.choice.segments[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def open_nurse_list(self) -> None:
        """Open "Anything new since last time?"."""
        if self.visit is not None:
            sheet = NurseListSheet(self.house, self.theme, self.visit, self)
            sheet.asked.connect(self._go)
            self._open(sheet)

    def open_record(self) -> None:
        """Open what the nurse wrote down."""
        if self.visit is not None:
            self._open(RecordSheet(self.house, self.theme, self.visit, self))

    def open_report(self) -> None:
        """Open the one page for the doctor, for this visit."""
        if self.visit is not None:
            person, visit = self.visit.person, self.visit.id
            self._open(ReportSheet(self.house, self.theme, person, visit, self))

    def _answered(self) -> None:
        self._show_parts()
        self.way_back.look_again()
        self._settle_later()

    def _tick_step(self, reminder: str, done: bool) -> None:
        if done:
            self._try(lambda: self.house.reminders.answer(reminder, "done"))
        else:
            # What was answered is taken back by undo alone, so the tick stays and says so.
            self.look_again()
            self.note.setText(tr("This was marked done. Undo takes the last mark back."))

    def _switch(self, key: str, on: bool) -> None:
        tick = self.parts.switches[key]
        before = self._height_of(tick)
        self._try(lambda: self.house.visits.set_part(self._id(), key, on))
        QTimer.singleShot(_SETTLED, self, lambda: self._keep_at(tick, before))

    def _height_of(self, widget: QWidget) -> int:
        return widget.mapTo(self.area.viewport(), QPoint(0, 0)).y()

    def _keep_at(self, widget: QWidget, height: int) -> None:
        """Scroll so that a row stays under the hand while what is above it grows or shrinks."""
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() + self._height_of(widget) - height)

    def _as_plan(self) -> None:
        self._try(lambda: self.house.visits.as_plan(self._id()))

    def _go(self, place: str, kind: str, item: str) -> None:
        self.accept()
        self.asked.emit(place, kind, item)

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(partial(self._closed, sheet))
        sheet.open()

    def _closed(self, sheet: Sheet, _result: int = 0) -> None:
        if self.sheet is sheet:
            self.sheet = None
        sheet.deleteLater()
        with suppress(RuntimeError):
            self.look_again()
