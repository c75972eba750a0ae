"""The bag tab: a visit's two lists on the left, getting ready on the right."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QBoxLayout, QMenu, QStackedLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.bag.after import AfterCards
from caregiver_app.gui.bag.cards import PlaceCard, RideCard, RideSheet
from caregiver_app.gui.bag.hands import BagHands
from caregiver_app.gui.bag.head import BagHead, ListChoice, fill_lists
from caregiver_app.gui.bag.items import ItemCard
from caregiver_app.gui.bag.lists_page import ListsPage
from caregiver_app.gui.bag.lists_trouble import ListsTrouble
from caregiver_app.gui.bag.maybe import MaybeCard
from caregiver_app.gui.bag.model import BagModel, Item
from caregiver_app.gui.bag.phases import phases_of, sources_of
from caregiver_app.gui.bag.print_sheet import open_print
from caregiver_app.gui.bag.rules_card import RulesCard
from caregiver_app.gui.bag.steps import StepsCard
from caregiver_app.gui.calendar.form.ride_slip import open_slip
from caregiver_app.gui.columns import LARGE, Columns, one_column
from caregiver_app.gui.late_tab import LateTab
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import PAGE_MARGIN
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.empty_state import EmptyState
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.pages.bag_text import bag_text
from caregiver_app.services.bags import Bag
from caregiver_app.services.care import Change
from caregiver_app.services.household import Household

_TICKS: Final = frozenset(("bag_item", "visit_bag"))
"""What a tick, a move or an item that is added touches: lists and count show it alone."""
_STRETCHES: Final = (61, 39)
_SIDE_BY_SIDE: Final = 580
"""Px that the two lists need beside each other."""


class BagTab(LateTab):
    """Built when it is first shown; `refresh` of a hidden tab waits until then."""

    kinds = _TICKS | {
        "template_item",
        "bag_list",
        "appointment",
        "plan",
        "person",
        "contact",
        "answer",
        "question",
        "medicine",
        "authorisation",
        "side_effect",
        "company",
    }

    asked = Signal(str, str, str)
    """Somebody asked for another place: (place, kind, item)."""

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(house.care, parent)
        self._house, self._theme = house, theme
        self._model = BagModel(house)
        self.hands = BagHands(house, theme, self._model, self._find, self)
        self._unneeded = 0
        self._stack = QStackedLayout(self)

    def set_person(self, person_id: str | None) -> None:
        """Speak of one person, or of the only one."""
        self._model.set_person(person_id)
        self.look_again()

    def open_item(self, kind: str, item_id: str) -> None:
        """Show the bag of a visit ("visit", "appointment", "bag"), or the one an item is in.

        "ride" also asks who drives to it. "list" shows a list that bags are packed by, for every
        clinic (its id) or for one (`<list>@<contact>`).
        """
        if kind == "list":
            self.ensure_built()
            template, _, contact = item_id.partition("@")
            self._show_lists(template, contact or None)
            return
        if kind == "bag_item":
            item_id = item_id.rpartition(":")[0]
        if self._house.bags.visit(item_id) is not None:
            self._model.choose(item_id)
            if self._built and self._stack.currentWidget() is not self._page:
                self._stack.setCurrentWidget(self._page)
            self.look_again()
            if kind == "ride":
                self._open_ride()

    def refresh(self, change: Change | None = None) -> None:
        """Look again after a change; after a tick only at what it touches."""
        if self._built and self.lists_page is not None:
            self.lists_page.refresh(change)
        shown = self._model.shown if self._built and self.isVisible() and not self._stale else None
        if change is not None and change.kinds <= _TICKS and shown is not None:
            with self._house.care.one_look():
                self._care.show(lambda: self._show_ticks(shown, change))
        else:
            super().refresh(change)

    # -- Built once -------------------------------------------------------------------------------

    def _make(self) -> None:
        theme, hands = self._theme, self.hands
        self._page = Columns(theme, stretches=_STRETCHES)
        left, right = self._page.left, self._page.right
        self.head = BagHead(theme, self._visits, self._lists_to_choose, self._is_why_told)
        left.addWidget(self.head)
        self.message = Text("", "second", "alarm")
        self.message.hide()
        left.addWidget(self.message)
        self.trouble = ListsTrouble(self._house, theme)
        left.addWidget(self.trouble)
        self.rules = RulesCard(self._house, theme)
        left.addWidget(self.rules)
        self.after = AfterCards(self._house, theme, self._model, self)
        left.addWidget(self.after.forgot)
        self._lists = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lists.setSpacing(14)
        self.papers = ItemCard(theme, tr("Papers"), "care-plan", "papers", hands)
        self.things = ItemCard(theme, tr("Things to take"), "bag", "things", hands)
        for card in (self.papers, self.things):
            self._lists.addWidget(card, 1)
        left.addLayout(self._lists)
        left.addWidget(self._make_none())
        left.addWidget(self.after.unneeded)
        self.after.lie_below(self.head.visits, self.things.add_line.field.line)
        self.maybe = MaybeCard(theme)
        left.addWidget(self.maybe)
        self.ride = RideCard(theme)
        self.place = PlaceCard(theme)
        left.addWidget(self.ride)
        left.addWidget(self.place)
        left.addStretch(1)
        self.steps = StepsCard(theme)
        right.addWidget(self.steps)
        right.addStretch(1)
        self._empty = EmptyState(
            theme,
            drawing="bag",
            title=tr("No visit to pack for yet"),
            sentence=tr("Enter the therapy plan in the calendar. Each visit brings its own bag."),
            primary=tr("Go to the calendar"),
            primary_icon="calendar",
        )
        self._stack.addWidget(self._page)
        self._stack.addWidget(self._empty)
        self.lists_page: ListsPage | None = None
        self.setFocusProxy(self.head.visits)
        self._connect()

    def _make_none(self) -> Card:
        self.none = Card(self._theme, tr("No bag for this visit"))
        self._why_none = Text("", "second", "soft")
        self.none.add(self._why_none)
        self.bring = PlainButton(self._theme, tr("Pack one after all"), "bag")
        self.pick = PlainButton(self._theme, tr("Choose a list"), "open-list")
        self.pick_menu = QMenu(self.pick)
        self.pick_menu.aboutToShow.connect(self._fill_pick)
        self.pick.setMenu(self.pick_menu)
        for button in (self.bring, self.pick):
            self.none.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return self.none

    def _connect(self) -> None:
        hands, head = self.hands, self.head
        hands.asked.connect(self.asked)
        hands.ride_asked.connect(self._open_ride)
        hands.refused.connect(self._refused)
        head.visit_chosen.connect(self._choose)
        head.list_chosen.connect(hands.choose_list)
        head.lists_asked.connect(self.open_lists)
        head.why_turned.connect(self._tell_why)
        head.print_asked.connect(self.print_bag)
        printing = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self._page)
        printing.activated.connect(lambda: head.print.isVisible() and self.print_bag())
        head.text_asked.connect(self._copy_text)
        self.bring.clicked.connect(hands.bring_bag)
        self.maybe.wanted.connect(hands.take_along)
        self.ride.pressed.connect(self._open_ride)
        self.ride.slip_asked.connect(self._open_slip)
        self.steps.ticked.connect(self._tick_step)
        self.steps.unticked.connect(self._untick_step)
        if self._empty.primary is not None:
            self._empty.primary.clicked.connect(lambda: self.asked.emit("calendar", "", ""))
        self._theme.changed.connect(self._settle)

    # -- Shown anew -------------------------------------------------------------------------------

    def _fill(self) -> None:
        with self._house.care.one_look():
            self._fill_once()

    def _fill_once(self) -> None:
        bag = self._model.bag()
        if self.lists_page is None or self._stack.currentWidget() is not self.lists_page:
            self._stack.setCurrentWidget(self._empty if bag is None else self._page)
        if bag is None:
            self._model.shown = None
            return
        if bag.visit.id != self._model.shown:
            self._say("")
        self._model.shown, self._unneeded = bag.visit.id, bag.not_needed
        self._settle()
        self.head.title.setText(self._model.title(bag))
        self.trouble.look()
        self.rules.show_visit(bag.visit, bag.contact, bag.rules)
        self._show_lines(bag)
        self._show_parts(bag)
        self.after.look()
        caution = self._house.rides.caution(bag.visit)
        self.ride.show_visit(bag.visit, "" if caution is None else caution.passenger)
        self.place.show_place(bag.visit, bag.contact)
        self._show_steps(bag)

    def _show_lines(self, bag: Bag) -> None:
        model = self._model
        self.head.show_count(model.counted(bag), bag.packed, bag.wanted)
        items = {item.key: item for item in model.items(bag)}
        for card in (self.papers, self.things):
            card.person = model.first_name(bag)
            card.add_line.offer(bag)
            card.show_items([items[line.key] for line in bag.group(card.group)])
        self.papers.set_by(*model.papers_by(bag))
        self.things.set_by(model.things_by(bag), "plain")
        self.maybe.show_lines(bag.maybe)

    def _show_ticks(self, visit_id: str, change: Change) -> None:
        """Show what became of the items and what depends on it, and nothing else."""
        bag = self._house.bags.bag(visit_id)
        before, self._unneeded = self._unneeded, bag.not_needed
        self._show_lines(bag)
        self._show_parts(bag)
        self._show_steps(bag)
        if bag.not_needed != before or "visit_bag" in change.kinds:
            self.after.look()

    def _show_steps(self, bag: Bag) -> None:
        phases = phases_of(self._house, bag)
        self.steps.setVisible(bool(phases))
        self.steps.show_phases(bag.visit.id, phases, sources_of(self._house, phases))

    def _show_parts(self, bag: Bag) -> None:
        """Show what there is to pack, or that this visit goes without a bag."""
        brings = self._house.bags.brings(bag.visit)
        self.none.setVisible(not brings)
        for widget in (self.papers, self.things):
            widget.setVisible(brings)
        self.maybe.setVisible(brings and bool(bag.maybe))
        self.head.show_bag(brings=brings)
        self.bring.setVisible(bool(bag.lists))
        self.pick.setVisible(not bag.lists)
        self._why_none.setText(
            tr("It was switched off. The steps and the ride stay.")
            if bag.lists
            else tr("No list belongs to this kind of visit. Choose one where there is something "
                    "to pack.")
        )  # fmt: skip

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose anew how the lists stand."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        """Let the two lists, and the head's buttons, stand below each other where it is narrow."""
        if not self._built:
            return
        theme, way = self._theme, QBoxLayout.Direction
        room = self.width() - 2 * PAGE_MARGIN
        if not one_column(theme, self.width()):
            room = room * _STRETCHES[0] // sum(_STRETCHES)
        narrow = theme.scale >= LARGE or room < theme.px(_SIDE_BY_SIDE)
        self._lists.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self.head.settle(narrow=narrow)

    # -- Hands ------------------------------------------------------------------------------------

    def _find(self, key: str) -> Item | None:
        for card in (self.papers, self.things):
            if key in card.items:
                return card.items[key].item
        return None

    def _refused(self, key: str, words: str) -> None:
        """Say what was not kept, beside the item that it is about."""
        for card in (self.papers, self.things):
            if key in card.items:
                card.items[key].say_wrong(words)
                return
        self._say(words)
        self.look_again()

    def _say(self, words: str, ink: str = "alarm") -> None:
        self.message.set_ink(ink)
        self.message.setText(words)
        self.message.setVisible(bool(words))
        if words:
            # The hand may be far below it.
            QTimer.singleShot(0, self.message, lambda: self._page.ensureWidgetVisible(self.message))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.message, words))

    def _tick_step(self, reminder: str) -> None:
        try:
            self._house.reminders.answer(reminder, "done")
        except UserError as error:
            self._say_at_step(reminder, explain(error), "alarm")

    def _untick_step(self, reminder: str) -> None:
        # What was answered is taken back by undo alone, so the tick stays and says so.
        words = tr("This was marked done. Undo (Ctrl+Z) takes the last mark back.")
        self._say_at_step(reminder, words, "soft")

    def _say_at_step(self, reminder: str, words: str, ink: str) -> None:
        """Show the steps as they are kept, and say why below the one that was pressed."""
        bag = self._model.bag()
        if bag is not None:
            self._show_steps(bag)
        self.steps.say(reminder, words, ink)

    def _open_ride(self) -> None:
        visit = self._model.visit
        if visit is not None:
            self.hands.open_sheet(RideSheet(self._house, self._theme, visit, self.window()))

    def _open_slip(self) -> None:
        self.hands.attempt(lambda visit: open_slip(self._house, self._theme, visit, self.window()))

    # -- Which visit, which list ------------------------------------------------------------------

    def _visits(self) -> list[tuple[str, str, bool]]:
        return [(id_, words, id_ == self._model.shown) for id_, words in self._model.choices()]

    def _choose(self, visit_id: str) -> None:
        self._model.choose(visit_id)
        self.look_again()

    def _lists_to_choose(self) -> list[ListChoice]:
        bag = self._model.bag()
        return [] if bag is None else self._model.list_choices(bag)

    def _fill_pick(self) -> None:
        self.pick_menu.clear()
        named = [one for one in self._lists_to_choose() if one.id]
        fill_lists(self.pick_menu, named, self.hands.choose_list)

    def open_lists(self) -> None:
        """Show the lists themselves, at the one that this bag is packed by."""
        self._show_lists(self._model.list_of(self._model.bag()), None)

    def _show_lists(self, template: str, contact: str | None) -> None:
        if self.lists_page is None:
            self.lists_page = ListsPage(self._house, self._theme)
            self.lists_page.back.connect(self._leave_lists)
            self._stack.addWidget(self.lists_page)
        self._stack.setCurrentWidget(self.lists_page)
        self.lists_page.open_list(template, contact)

    def _leave_lists(self) -> None:
        self._stack.setCurrentWidget(self._page)
        self.look_again()
        self.head.lists.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_why_told(self) -> bool:
        return self._model.tells_why

    def _tell_why(self, on: bool) -> None:
        self._model.set_tells_why(on=on)
        self.look_again()

    # -- Paper ------------------------------------------------------------------------------------

    def print_bag(self) -> None:
        """Open the preview from which the bag is printed."""
        self._say("")
        self.hands.attempt(lambda visit: open_print(self._house, self._theme, visit, self.window()))

    def _copy_text(self) -> None:
        def copy(visit: str) -> None:
            QGuiApplication.clipboard().setText(bag_text(self._house, visit))

        if self.hands.attempt(copy):
            self._say(tr("Copied. Paste it into a message."), "soft")
