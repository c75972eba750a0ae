"""The bag tab: a visit's two lists on the left, getting ready on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from caregiver_app.domain.times import wall
from caregiver_app.errors import UserError
from caregiver_app.gui.bag import printing
from caregiver_app.gui.bag.cards import PAPERS_AHEAD, ItemSheet, PlaceCard, RideCard, RideSheet
from caregiver_app.gui.bag.items import ItemCard, MaybeCard
from caregiver_app.gui.bag.model import BagModel
from caregiver_app.gui.bag.steps import StepsCard
from caregiver_app.gui.calendar.form.ride_slip import open_slip
from caregiver_app.gui.columns import LARGE, Columns
from caregiver_app.gui.late_tab import LateTab
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, PrimaryButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.empty_state import EmptyState
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import short_date, tr
from caregiver_app.messages import explain
from caregiver_app.pages.bag_of_visit import page_for
from caregiver_app.services.bags import Bag
from caregiver_app.services.household import Household


class BagTab(LateTab):
    """Built when it is first shown; `refresh` of a hidden tab waits until then."""

    kinds = frozenset(
        (
            "bag_item",
            "template_item",
            "appointment",
            "plan",
            "person",
            "contact",
            "answer",
            "question",
        )
    )

    asked = Signal(str, str, str)
    """Somebody asked for another place: (place, kind, item)."""

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house, self._theme = house, theme
        self._model = BagModel(house)
        self._stack = QStackedLayout(self)

    def set_person(self, person_id: str | None) -> None:
        """Speak of one person, or of the only one."""
        self._model.set_person(person_id)
        self.look_again()

    def open_item(self, kind: str, item_id: str) -> None:
        """Show the bag of a visit ("visit", "appointment", "bag"), or the one an item is in.

        "ride" also asks who drives to it.
        """
        if kind == "bag_item":
            item_id = item_id.rpartition(":")[0]
        if self._house.agenda.get(item_id) is not None:
            self._model.choose(item_id)
            self.look_again()
            if kind == "ride":
                self._open_ride()

    # -- Built once -------------------------------------------------------------------------------

    def _make(self) -> None:
        self._page = Columns(self._theme, stretches=(61, 39))
        left, right = self._page.left, self._page.right
        self._add_head(left)
        self._lists = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lists.setSpacing(14)
        self.papers = ItemCard(self._theme, tr("Papers"), "care-plan")
        self.things = ItemCard(self._theme, tr("Things"), "bag")
        for card in (self.papers, self.things):
            card.stated.connect(self._state)
            card.removed.connect(self._remove)
            self._lists.addWidget(card, 1)
        left.addLayout(self._lists)
        self.none = Card(self._theme, tr("No bag for this visit"))
        why = tr("It was switched off. The steps and the ride stay.")
        self.none.add(Text(why, "second", "soft"))
        self.bring = PlainButton(self._theme, tr("Pack one after all"), "bag")
        self.bring.clicked.connect(self._bring)
        self.none.body.addWidget(self.bring, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self.none)
        self.maybe = MaybeCard(self._theme)
        self.maybe.wanted.connect(self._take_along)
        left.addWidget(self.maybe)
        self.ride = RideCard(self._theme)
        self.ride.pressed.connect(self._open_ride)
        self.ride.slip_asked.connect(self._open_slip)
        self.place = PlaceCard(self._theme)
        left.addWidget(self.ride)
        left.addWidget(self.place)
        left.addStretch(1)
        self.steps = StepsCard(self._theme)
        self.steps.ticked.connect(self._tick_step)
        self.steps.unticked.connect(self._untick_step)
        right.addWidget(self.steps)
        right.addStretch(1)
        self._empty = EmptyState(
            self._theme,
            drawing="bag",
            title=tr("No visit to pack for yet"),
            sentence=tr("Enter the therapy plan in the calendar. Each visit brings its own bag."),
            primary=tr("Go to the calendar"),
            primary_icon="calendar",
        )
        if self._empty.primary is not None:
            self._empty.primary.clicked.connect(lambda: self.asked.emit("calendar", "", ""))
        self._stack.addWidget(self._page)
        self._stack.addWidget(self._empty)
        self.setFocusProxy(self.visits)
        self._theme.changed.connect(self._settle)

    def _add_head(self, left: QVBoxLayout) -> None:
        self.title = Text("", "page_title")
        left.addWidget(self.title)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(12)
        packing = QVBoxLayout()
        packing.setSpacing(6)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Packed"))
        self.count = Text("", "body")
        packing.addWidget(self.count)
        packing.addWidget(self.progress)
        self._head.addLayout(packing, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        self.visits = PlainButton(self._theme, tr("Other visit"), "open-list")
        self._visit_menu = QMenu(self.visits)
        self._visit_menu.aboutToShow.connect(self._fill_visits)
        self.visits.setMenu(self._visit_menu)
        self.print = PlainButton(self._theme, tr("Print"), "print")
        menu = QMenu(self.print)
        menu.addAction(tr("Look at it and print"), self.print_bag)
        menu.addAction(tr("Save as PDF"), self._ask_pdf)
        self.print.setMenu(menu)
        self.add = PrimaryButton(self._theme, tr("Add an item"), "add")
        self.add.clicked.connect(self._open_add)
        for button in (self.visits, self.print, self.add):
            buttons.addWidget(button)
        self._head.addLayout(buttons)
        left.addLayout(self._head)
        self.message = Text("", "second", "alarm")
        self.message.hide()
        left.addWidget(self.message)

    # -- Shown anew -------------------------------------------------------------------------------

    def _fill(self) -> None:
        bag = self._model.bag()
        self._stack.setCurrentWidget(self._empty if bag is None else self._page)
        if bag is not None:
            self._show(bag)
        self._settle()

    def _show(self, bag: Bag) -> None:
        self.title.setText(self._model.title(bag))
        packed = tr("{packed} of {wanted} packed", packed=bag.packed, wanted=bag.wanted)
        unneeded = tr(", {count} not needed", count=bag.not_needed) if bag.not_needed else ""
        self.count.setText(packed + unneeded)
        self.progress.setRange(0, max(1, bag.wanted))
        self.progress.setValue(bag.packed)
        notes = self._model.notes()
        self.papers.show_lines(bag.group("papers"), notes)
        self.things.show_lines(bag.group("things"), notes)
        self._show_by(bag)
        self.maybe.show_lines(bag.maybe)
        self._show_parts(brings=self._house.bags.brings(bag.visit), more=bool(bag.maybe))
        caution = self._house.rides.caution(bag.visit)
        self.ride.show_visit(bag.visit, "" if caution is None else caution.passenger)
        self.place.show_place(bag.visit, bag.contact)
        self.steps.show_phases(bag.visit.id, self._model.phases(bag.visit))

    def _show_parts(self, *, brings: bool, more: bool) -> None:
        """Show what there is to pack, or that this visit goes without a bag."""
        self.none.setVisible(not brings)
        for widget in (self.papers, self.things, self.count, self.progress, self.print, self.add):
            widget.setVisible(brings)
        self.maybe.setVisible(brings and more)

    def _show_by(self, bag: Bag) -> None:
        day, today = wall(bag.visit.start).date(), self._house.care.today
        by = day - PAPERS_AHEAD
        open_papers = any(line.state == "to_pack" for line in bag.group("papers"))
        near = open_papers and (by - today).days <= 7 and day >= today
        words = tr("ready by {day}", day=short_date(by)) if by >= today else ""
        self.papers.set_by(words, "ask" if near else "plain")
        self.things.set_by(tr("night before") if day > today else "", "plain")

    def _settle(self) -> None:
        """Let the two lists, and the head's buttons, stand below each other where it is narrow."""
        if not self._built:
            return
        way = QBoxLayout.Direction
        down = way.TopToBottom if self._theme.scale >= LARGE else way.LeftToRight
        self._lists.setDirection(down)
        self._head.setDirection(down)

    # -- Hands ------------------------------------------------------------------------------------

    def _try(self, act: Callable[[], object]) -> None:
        """Do something, and say beside the head what was refused."""
        self._say("")
        try:
            act()
        except UserError as error:
            self._say(explain(error))
            self.look_again()

    def _say(self, words: str, ink: str = "alarm") -> None:
        self.message.set_ink(ink)
        self.message.setText(words)
        self.message.setVisible(bool(words))

    def _state(self, key: str, state: str) -> None:
        visit = self._model.visit
        if visit is not None:
            self._try(lambda: self._house.bags.set_state(visit.id, key, state))

    def _bring(self) -> None:
        visit = self._model.visit
        if visit is not None:
            self._try(lambda: self._house.visits.set_part(visit.id, "bag", on=True))

    def _take_along(self, key: str) -> None:
        self._state(key, "to_pack")

    def _remove(self, key: str) -> None:
        visit = self._model.visit
        if visit is not None:
            self._try(lambda: self._house.bags.remove(visit.id, key))

    def _tick_step(self, reminder: str) -> None:
        self._try(lambda: self._house.reminders.answer(reminder, "done"))

    def _untick_step(self, _reminder: str) -> None:
        # What was answered is taken back by undo alone, so the tick stays and says so.
        self._say(tr("This was marked done. Undo (Ctrl+Z) takes the last mark back."), "soft")
        self.look_again()

    def _open_ride(self) -> None:
        visit = self._model.visit
        if visit is not None:
            self._open(RideSheet(self._house, self._theme, visit, self.window()))

    def _open_slip(self) -> None:
        visit = self._model.visit
        if visit is not None:
            self._try(lambda: open_slip(self._house, self._theme, visit.id, self.window()))

    def _open_add(self) -> None:
        visit = self._model.visit
        if visit is not None:
            self._open(ItemSheet(self._house, self._theme, visit.id, self.window()))

    def _open(self, sheet: Sheet) -> None:
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _fill_visits(self) -> None:
        self._visit_menu.clear()
        shown = self._model.visit
        for visit_id, words in self._model.choices():
            action = self._visit_menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(shown is not None and shown.id == visit_id)
            action.triggered.connect(lambda _=False, one=visit_id: self._choose(one))

    def _choose(self, visit_id: str) -> None:
        self._model.choose(visit_id)
        self.look_again()

    # -- Paper ------------------------------------------------------------------------------------

    def print_bag(self) -> None:
        """Open the preview from which the bag is printed."""
        visit = self._model.visit
        if visit is not None:
            printing.open_preview(
                page_for(self._house, visit.id, self._house.care.now), self.window()
            )

    def _ask_pdf(self) -> None:
        visit = self._model.visit
        if visit is None:
            return
        day = wall(visit.start).date().isoformat()
        path = printing.ask_pdf_path(self.window(), tr("bag {day}.pdf", day=day))
        if path is None:
            return
        self._try(
            lambda: printing.save_pdf(page_for(self._house, visit.id, self._house.care.now), path)
        )
        if self.message.isHidden():
            self._say(tr("Saved: {path}", path=path), "soft")
