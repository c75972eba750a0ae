"""The card of therapy plans and medicines: what is given now, and what was tried before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QMenu

from caregiver_app.gui.care_plan.cards import headed
from caregiver_app.gui.care_plan.entries import EntryLine
from caregiver_app.gui.care_plan.entry_lines import EntryList, EntryModel
from caregiver_app.gui.care_plan.lists import CardList, LineDelegate, LineModel
from caregiver_app.gui.care_plan.model import Line
from caregiver_app.gui.care_plan.plan_cards import PlanList
from caregiver_app.gui.care_plan.plan_words import PlanShown
from caregiver_app.gui.growing_list import LINE_ROLE
from caregiver_app.gui.medicines.as_needed import AsNeeded, AsNeededList
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PrimaryButton
from caregiver_app.gui.widgets.by_ear import offer
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.fold import Fold
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr

MEDICINE_ID: Final = "id"
NAME: Final = "name"


class MedicinesCard(Card):
    """Therapy plans as tinted cards, the medicines of the list and what was tried before."""

    plan_wanted = Signal()
    medicine_wanted = Signal()
    time_wanted = Signal()
    tried_wanted = Signal()
    """Something that was tried before is to be written down."""
    tried_opened = Signal(str)
    """Something that was tried before is to be changed; its id."""
    tried_deleted = Signal(str)
    """Something that was tried before is to be deleted; its id."""
    about_asked = Signal(str)
    """Somebody wants to read about a medicine of the list; its name, "" for any."""
    given_wanted = Signal()
    """Something that is not on the list was given."""
    looked = Signal(str)
    """Somebody wants to see what was given of a medicine; its id."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.add_button = PrimaryButton(
            theme, tr("Add"), "add", name=tr("Add a plan or a medicine")
        )
        menu = QMenu(self.add_button)
        menu.addAction(tr("Therapy plan…"), self.plan_wanted.emit)
        menu.addAction(tr("Medicine…"), self.medicine_wanted.emit)
        menu.addAction(tr("Medication time…"), self.time_wanted.emit)
        menu.addAction(tr("Something that was given…"), self.given_wanted.emit)
        menu.addAction(tr("Something tried before…"), self.tried_wanted.emit)
        menu.addSeparator()
        menu.addAction(tr("Look up a medicine…"), partial(self.about_asked.emit, ""))
        self.add_button.setMenu(menu)
        headed(self, tr("Medicines and plans"), self.add_button)
        self.empty = Text(
            tr("No medicine and no therapy plan yet. The plan lays out the visits."), "body", "soft"
        )
        self.plans = PlanList(theme)
        self.add(self.empty)
        self.add(self.plans)
        self._add_list()
        self._add_tried()
        self.body.addStretch(1)
        self.add(Rule())
        amounts = tr(
            "Amounts are on the boxes and the clinic’s list. The app shows only what you typed."
        )
        self.add(Text(amounts, "second", "soft"))

    def _add_list(self) -> None:
        theme = self._theme
        self._lines = LineModel()
        self.list = CardList(theme, tr("Medicines"), self._lines, LineDelegate(theme))
        self.add(self.list)
        self.as_needed_head = Text(tr("Only when needed"), "second_strong", "soft")
        self.as_needed = AsNeededList(theme, edits=True)
        self.add(self.as_needed_head)
        self.add(self.as_needed)
        offer(self.list, tr("What was given"), lambda: self._tell(self.looked, MEDICINE_ID))
        offer(self.list, tr("About this medicine"), lambda: self._tell(self.about_asked, NAME))

    def _add_tried(self) -> None:
        theme = self._theme
        self.tried = Fold(theme, tr("Tried before"), role="second_strong")
        self._tried = EntryModel()
        self.tried_list = EntryList(theme, tr("Tried before"), self._tried)
        self.tried.add(self.tried_list)
        self.tried_list.opened.connect(self.tried_opened)
        self.tried_list.delete_asked.connect(self.tried_deleted)
        self.add(self.tried)

    def show_lines(
        self,
        plans: Sequence[PlanShown],
        lines: Sequence[Line],
        as_needed: Sequence[AsNeeded] = (),
        tried: Sequence[EntryLine] = (),
    ) -> None:
        """Show other plans and medicines; those given only when needed stand apart."""
        self.plans.show_plans(plans)
        self._lines.set_lines(lines)
        self.list.setVisible(bool(lines))
        self.list.grow()
        self.empty.setVisible(not (plans or lines or as_needed))
        self.as_needed.show_medicines(as_needed)
        self.as_needed.setVisible(bool(as_needed))
        self.as_needed_head.setVisible(bool(as_needed))
        self._tried.set_lines(tried)
        self.tried_list.grow()
        self.tried.setVisible(bool(tried))
        names = ", ".join(one.title for one in tried)
        self.tried.head.set_summary(names)

    def open_tried(self, medicine: str = "") -> None:
        """Unfold what was tried before and go to one of it."""
        self.tried.set_open(opened=True)
        if medicine:
            self.tried_list.choose(medicine)

    def _tell(self, signal: SignalInstance, what: str) -> None:
        line = self.list.currentIndex().data(LINE_ROLE)
        if isinstance(line, Line):
            signal.emit(line.title if what == NAME else line.key)
