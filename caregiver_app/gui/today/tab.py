"""The Today tab: the next infusion, what waits for an answer, the watch window, the medicines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.times import wall_instant
from caregiver_app.errors import UserError
from caregiver_app.gui.answer_pause import running_ms
from caregiver_app.gui.columns import Columns
from caregiver_app.gui.late_tab import LateTab
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.today.asking import DayCards
from caregiver_app.gui.today.given import AsNeededCard, more_menu, pop_up
from caregiver_app.gui.today.hero import HeroCard, OtherRow
from caregiver_app.gui.today.hero_words import Other
from caregiver_app.gui.today.model import Pill, TodayModel
from caregiver_app.gui.today.parts import NextStrip, SectionHead, TopLine
from caregiver_app.gui.today.pills import PillsCard
from caregiver_app.gui.today.waiting import WaitingList
from caregiver_app.gui.today.watch_card import WatchCard
from caregiver_app.gui.today.well import GoingCards
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.empty_state import EmptyState
from caregiver_app.gui.words import long_date, tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.calendar.desk import Desk
    from caregiver_app.gui.today.still import StillCard

_MINUTE_MS: Final = 60_000
_WAY_BACK: Final = "This was marked taken. Undo (Ctrl+Z) takes the last change back."


class TodayTab(LateTab):
    """Built when it is first shown; `refresh` of a hidden tab waits until then."""

    kinds = frozenset(
        ("appointment", "plan", "person", "contact", "medicine", "dose", "authorisation",
         "visit_answer", "answer", "bag_item", "visit_bag", "template_item", "checkin",
         "side_effect", "setting")
    )  # fmt: skip
    asked = Signal(str, str, str)
    """Somebody asked for another place: place, kind, item."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        make_desk: Callable[[QWidget], Desk],
        make_still: Callable[[], StillCard],
        parent: QWidget | None = None,
        *,
        now_ms: Callable[[], int] = running_ms,
    ) -> None:
        """`make_desk` makes what opens the forms, `make_still` the card of what still goes on.

        Each is called when the first one is wanted.

        `now_ms` is a clock that only goes on, for pauses.
        """
        super().__init__(house.care, parent)
        self._now_ms = now_ms
        self._house, self._theme = house, theme
        self._make_desk, self._make_still = make_desk, make_still
        self._desk: Desk | None = None
        self._person: str | None = None
        self.model = TodayModel(house)
        self.others: dict[str, OtherRow] = {}
        self.watch_cards: dict[str, WatchCard] = {}
        self.empty: EmptyState | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE_MS)
        self._clock.timeout.connect(self.turn)

    # -- The face of a tab ------------------------------------------------------------------------

    def set_person(self, person_id: str | None) -> None:
        """Show one person, or everybody."""
        if person_id == self._person:
            return
        self._person = person_id
        self.model.set_person(person_id)
        if self._desk is not None:
            self._desk.person = person_id
        if self._built:
            self.pills.start_over()
        self.look_again()

    def open_item(self, kind: str, item: str) -> None:
        """Bring a reminder into sight ("reminder"), or somebody's infusion ("person")."""
        self.ensure_built()
        self._catch_up()
        if kind == "person":
            self._choose(item)
        elif kind == "reminder" and (row := self.waiting.reveal(item)) is not None:
            self._set_order()
            row.done_button.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, row, partial(self._bring_into_sight, row))

    def _bring_into_sight(self, row: QWidget) -> None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self._page.ensureWidgetVisible(row)

    def showEvent(self, event: QShowEvent) -> None:
        """Be right again after a time out of sight."""
        built = self._built
        super().showEvent(event)
        self._clock.start()
        if built:
            self.turn()

    @property
    def desk(self) -> Desk:
        """Where the forms are opened."""
        if self._desk is None:
            self._desk = self._make_desk(self)
            self._desk.person = self._person
            self._desk.bag_asked.connect(partial(self.asked.emit, "bag", "visit"))
            self._desk.asked.connect(self.asked)
        return self._desk

    def turn(self) -> None:
        """Let words like "since 8:00" be right; read again only when something began or ended."""
        if not self.isVisible():
            self._clock.stop()
        elif self.model.is_past():
            self.look_again()
        else:
            self.waiting.refresh_words()

    # -- Built once -------------------------------------------------------------------------------

    def _make(self) -> None:
        theme, house = self._theme, self._house
        page = self._page = Columns(theme, stretches=(61, 39))
        page.setProperty("focusRing", "none")
        page.top.setContentsMargins(0, 0, 0, 16)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)
        self.setFocusProxy(page)
        self.amber, self.quiet = TopLine(theme), TopLine(theme)
        self.hero = HeroCard(theme)
        self.hero.asked.connect(self.asked)
        for line in (self.amber, self.quiet):
            line.asked.connect(self.asked)
            page.top.addWidget(line)
        page.top.addWidget(self.hero)
        self._others = QVBoxLayout()
        self._others.setSpacing(8)
        page.top.addLayout(self._others)
        self.waiting = WaitingList(house, theme, self.model.service, now_ms=self._now_ms)
        self.waiting.asked.connect(self.asked)
        self.waiting.pick_asked.connect(self._pick_time)
        self.goings = GoingCards(lambda: self.desk)
        self.goings.asked.connect(self.asked)
        self.goings.made.connect(self._set_order)
        page.left.addWidget(self.goings)
        page.left.addWidget(self.waiting)
        self.next_head = SectionHead(theme, tr("The next days"), link=tr("Open calendar"))
        self.next_head.show_words(tr("The next days"), "")
        self.strip = NextStrip(theme)
        self.strip.asked.connect(self.asked)
        if self.next_head.link is not None:
            self.next_head.link.clicked.connect(partial(self.asked.emit, "calendar", "", ""))
        coming = QVBoxLayout()
        coming.setSpacing(2)
        coming.addWidget(self.next_head)
        coming.addWidget(self.strip)
        page.left.addLayout(coming)
        page.left.addStretch(1)
        self._watch = QVBoxLayout()
        self._watch.setSpacing(14)
        page.right.addLayout(self._watch)
        self.asking = DayCards(theme)
        self.asking.wanted.connect(self._ask_check_in)
        self.asking.left.connect(partial(self._settle_asking, self.model.asking.not_today))
        self.asking.stopped.connect(
            partial(self._settle_asking, partial(self.model.asking.switch, on=False))
        )
        page.right.addWidget(self.asking)
        self.pills = PillsCard(theme)
        self.pills.wanted.connect(self._tick)
        self.pills.more.connect(self._say_more)
        page.right.addWidget(self.pills)
        self.still: StillCard | None = None
        self._still_later = QTimer(self)
        self._still_later.setSingleShot(True)
        self._still_later.timeout.connect(self._show_still)
        self._was_painted = False
        self.as_needed: AsNeededCard | None = None
        page.right.addStretch(1)

    def _empty_card(self) -> EmptyState:
        """Return the kind words for when no infusion is planned, made at the first need."""
        if self.empty is None:
            self.empty = made = EmptyState(
                self._theme,
                drawing="calendar",
                title=tr("No infusion is planned yet"),
                sentence=tr(
                    "Add the therapy plan and the rest is laid out: the bag, the ride, the"
                    " reminders."
                ),
                primary=tr("Add the therapy plan"),
                primary_icon="infusion",
                quiet=tr("Add an appointment"),
            )
            if made.primary is not None and made.quiet is not None:
                made.primary.clicked.connect(self._new_plan)
                made.quiet.clicked.connect(
                    lambda: self.desk.new_appointment(self._house.care.today)
                )
            self._empty = Card(self._theme)
            self._empty.add(made)
            self._page.top.insertWidget(1, self._empty)
        return self.empty

    # -- Shown anew -------------------------------------------------------------------------------

    def _fill(self) -> None:
        with self._house.care.one_look():
            self._show()

    def _show(self) -> None:
        model = self.model
        model.read()
        self._show_top()
        several = len(self._house.people.people()) > 1
        reminders = self._house.reminders
        waiting = reminders.open_now()
        late = reminders.late_among(waiting)
        self.waiting.show_reminders(waiting, model.person, several=several, late=late)
        bare = model.hero is None and not (model.things or model.pills or self.waiting.rows)
        self.waiting.setVisible(not bare)
        self.goings.show_goings(model.goings)
        self.next_head.setVisible(bool(model.things))
        self.strip.setVisible(bool(model.things))
        self.strip.show_things(model.things)
        self._show_watch()
        if self._was_painted and (model.still or self.still is not None):
            # Only after the paint: its card is loaded then and needs the signs' names.
            self._still_later.start(0)
        self.asking.show_askings(model.askings)
        self.pills.setVisible(bool(model.pills))
        self.pills.show_pills(model.pills, model.taken)
        self._show_as_needed()
        self._set_order()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let what came too early for the first paint follow it."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            if self._built and self.model.still:
                self._still_later.start(0)

    def _show_still(self) -> None:
        """Show what still goes on; the card is made at the first such sign."""
        if self.still is None:
            self.still = made = self._make_still()
            made.asked.connect(self.asked)
            self._page.right.insertWidget(0, made)
        self.still.show_still(self.model.still)
        # What else follows the paint would leave the rows squeezed until it is done.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self._set_order()

    def _show_as_needed(self) -> None:
        """Show the card of what is given only when needed; made at the first such medicine."""
        shown, also = self.model.as_needed, self.model.also_given
        if self.as_needed is None:
            if not (shown or also):
                return
            self.as_needed = made = AsNeededCard(self._theme)
            made.list.gave.connect(self._gave)
            made.list.looked.connect(self._look_at)
            place = self._page.right.indexOf(self.pills) + 1
            self._page.right.insertWidget(place, made)
        self.as_needed.show_given(shown, also)

    def _show_top(self) -> None:
        model, today = self.model, self._house.care.today
        for line, notice in ((self.amber, model.amber), (self.quiet, model.quiet)):
            if notice is not None:
                line.show_notice(notice)
            line.setVisible(notice is not None)
        self.hero.setVisible(model.hero is not None)
        if model.hero is None:
            self._empty_card()
            self._empty.show()
        else:
            if self.empty is not None:
                self._empty.hide()
            self.hero.show_hero(model.hero, long_date(today))
        kept = {one.person: one for one in model.others}
        for person in [one for one in self.others if one not in kept]:
            row = self.others.pop(person)
            row.hide()
            row.deleteLater()
        for place, other in enumerate(model.others):
            row = self.others.get(other.person) or self._make_other(other)
            row.show_other(other)
            self._others.insertWidget(place, row)
        self.others = {one.person: self.others[one.person] for one in model.others}

    def _make_other(self, other: Other) -> OtherRow:
        row = self.others[other.person] = OtherRow(self._theme, other)
        row.clicked.connect(partial(self._other_pressed, row))
        return row

    def _show_watch(self) -> None:
        wanted = {one.person: one for one in self.model.watched}
        for person in [one for one in self.watch_cards if one not in wanted]:
            card = self.watch_cards.pop(person)
            card.hide()
            card.deleteLater()
        primary = self.model.hero is not None
        for watched in self.model.watched:
            card = self.watch_cards.get(watched.person)
            if card is None:
                card = self.watch_cards[watched.person] = WatchCard(self._theme, watched)
                card.check_in_asked.connect(self._ask_check_in)
                card.sign_asked.connect(self._ask_sign)
                self._watch.addWidget(card)
            card.show_watched(watched, primary=primary)
            primary = False

    def _set_order(self) -> None:
        """Let the keyboard go through the page in the order in which it is read."""
        stops: list[QWidget] = [self.amber.button, self.quiet.button]
        if self.empty is not None:
            stops += [one for one in (self.empty.primary, self.empty.quiet) if one is not None]
        stops += [*self.hero.stops(), *self.others.values(), *self.goings.stops()]
        stops += self.waiting.stops()
        if self.next_head.link is not None:
            stops.append(self.next_head.link)
        stops += self.strip.stops()
        if self.still is not None:
            stops += self.still.stops()
        for card in self.watch_cards.values():
            stops += card.stops()
        stops += [*self.asking.stops(), *self.pills.stops()]
        if self.as_needed is not None:
            stops += self.as_needed.list.stops()
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    # -- Hands ------------------------------------------------------------------------------------

    def _other_pressed(self, row: OtherRow) -> None:
        other = row.other
        self._choose(other.person)
        if not other.visit:
            self.desk.person = other.person
            self.desk.new_plan()
            self.desk.person = self._person
        else:
            self.hero.open_visit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _new_plan(self) -> None:
        self.desk.new_plan()

    def _choose(self, person: str) -> None:
        self.model.choose(person)
        self.look_again()

    def _ask_check_in(self, person: str) -> None:
        self.asked.emit("watch", "checkin_today", self.model.named(person))

    def _settle_asking(self, settle: Callable[..., None], *whose: str) -> None:
        try:
            settle(*whose)
        except UserError as error:
            self.pills.say(explain(error), "alarm")
        self.look_again()

    def _ask_sign(self, person: str) -> None:
        named = self.model.named(person)
        self.asked.emit("watch", "person" if named else "", named)

    def _pick_time(self, ids: tuple[str, ...], title: str) -> None:
        def take(local: datetime) -> None:
            self.waiting.postpone(ids, wall_instant(local, self._house.care.home))

        self.desk.ask_time(title, take)

    def _gave(self, medicine: str) -> None:
        self.desk.medicines.gave(medicine)

    def _look_at(self, medicine: str) -> None:
        self.desk.medicines.history(medicine)

    def _say_more(self, pill: Pill, button: QWidget) -> None:
        look = partial(self.desk.medicines.history_for, pill.dose.appointment)
        menu = more_menu(self, pill, partial(self._mark, pill), look)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        pop_up(menu, button)

    def _mark(self, pill: Pill, state: str, reason: str) -> None:
        self.pills.say("")
        doses = self._house.doses
        try:
            doses.mark(doses.timed(pill.dose.occurrence), state, reason)
        except UserError as error:
            self.pills.say(explain(error), "alarm")
            self.look_again()

    def _tick(self, pill: Pill, on: bool) -> None:
        self.pills.say("")
        try:
            if on:
                self.model.service.take(pill.dose)
            elif not self.model.service.take_back(pill.dose):
                self.pills.say(tr(_WAY_BACK))
        except UserError as error:
            self.pills.say(explain(error), "alarm")
            self.look_again()
