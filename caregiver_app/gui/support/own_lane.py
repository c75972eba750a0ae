"""The carer's own lane: an hour to rest, a check, what others could take, whom to call."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from caregiver_app.domain.support import HelpTask
from caregiver_app.gui.support.own_check import CheckCard, CheckSheet, KeptChecksSheet
from caregiver_app.gui.support.own_help import AskSheet, HelpCard, HelpTaskSheet
from caregiver_app.gui.support.own_ideas import IdeasFold
from caregiver_app.gui.support.own_parts import LineRow
from caregiver_app.gui.support.own_people import PeopleSheet
from caregiver_app.gui.support.own_rest import RestCard
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.whom import AboutSomebody, called
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import IconDisc
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.services.carer import Takeable
from caregiver_app.services.household import Household
from caregiver_app.services.settings import EMERGENCY_NUMBER


class OwnLane(Card):
    """What is the carer's own. Its sheets open over the whole window."""

    asked = Signal(str, str, str)
    """Another place is wanted: place, kind, item."""
    crisis_asked = Signal()
    """The crisis panel is wanted, over whatever lies open."""

    def __init__(self, theme: Theme, house: Household) -> None:
        super().__init__(theme, tone="sunk")
        self.setAccessibleName(tr("For you"))
        self._house = house
        self._whom = AboutSomebody(house)
        self.sheet: Sheet | None = None
        """The sheet that lies open, if any."""
        self.body.setSpacing(10)
        self._make_head()
        self.rest = RestCard(theme, house)
        self.check = CheckCard(theme, house)
        self.help = HelpCard(theme, house)
        self.ideas = IdeasFold(theme, house)
        for card in (self.rest, self.check, self.help):
            self.add(card)
        self._make_foot()
        self.rest.asked.connect(self.asked)
        self.check.start_asked.connect(self.open_check)
        self.check.kept_asked.connect(self.open_kept_checks)
        self.help.opened.connect(self._open_help)
        self.people.pressed.connect(self._people_pressed)
        self.danger.pressed.connect(self.crisis_asked)

    def _make_head(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        disc = IconDisc(self._theme, "for-you", ground="card", size=40)
        head.addWidget(disc, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(tr("For you"), "card_title"))
        self.whose = Text("", "second", "soft")
        words.addWidget(self.whose)
        head.addLayout(words, 1)
        self.body.addLayout(head)

    def _make_foot(self) -> None:
        theme = self._theme
        self.people = LineRow(
            theme, "people", tr("Too much right now?"), tr("People to call"),
            name=tr("People to call"),
        )  # fmt: skip
        self.danger = LineRow(
            theme, "call", "", tr("Crisis panel"), name=tr("Open the crisis panel"), ink="alarm"
        )
        foot = QVBoxLayout()
        foot.setSpacing(0)
        for row in (self.people, self.danger, self.ideas):
            foot.addWidget(row)
        self.body.addLayout(foot)

    # -- Living -----------------------------------------------------------------------------------

    def set_person(self, person_id: str | None) -> None:
        """Speak of the care for one person, or for the only one."""
        self._whom.set_person(person_id)

    def refresh(self) -> None:
        """Read everything anew."""
        house, person = self._house, self._whom.person
        name = called(person)
        self.whose.setText(
            tr("About you, not about {name}.", name=name) if name
            else tr("About you.")
        )  # fmt: skip
        self.rest.show_rest(None if person is None else house.carer.rest(person.id), name)
        self.check.refresh()
        self.rest.after = self.check.hand()
        self.help.show_takeable(house.carer.takeable())
        self.ideas.show_person(None if person is None else person.id)
        self._show_foot()

    def _show_foot(self) -> None:
        house, chosen = self._house, self._house.carer.to_call
        said = tr("Too much right now?")
        if chosen is not None and chosen.phone:
            said = tr("Too much right now? Call {name}, {number}",
                      name=chosen.name, number=chosen.phone)  # fmt: skip
        self.people.words.setText(said)
        number = house.settings.text(EMERGENCY_NUMBER, "").strip()
        self.danger.words.setText(
            tr("If anyone is in danger: {number}", number=number) if number
            else tr("If anyone is in danger: call your local emergency number now")
        )  # fmt: skip

    # -- Sheets -----------------------------------------------------------------------------------

    def open_check(self) -> None:
        """Ask the eight questions."""
        sheet = CheckSheet(self._theme, self._house, self.window())
        sheet.crisis_asked.connect(self.crisis_asked)
        sheet.done_with.connect(self._checked)
        self._open(sheet)

    def open_kept_checks(self) -> None:
        """Show the answers that were kept."""
        self._open(KeptChecksSheet(self._theme, self._house, self.window()))

    def _people_pressed(self) -> None:
        self.open_people()

    def open_people(self, lead: str = "") -> None:
        """Show whom to call."""
        person = self._whom.person
        whose = "" if person is None else person.id
        sheet = PeopleSheet(self._theme, self._house, whose, lead, self.window())
        sheet.crisis_asked.connect(self.crisis_asked)
        self._open(sheet)

    def open_task(self, task_id: str) -> None:
        """Open one task of the list, where it is still there."""
        task = self._house.carer.task(task_id)
        if task is not None:
            self._open(HelpTaskSheet(self._theme, self._house, task, self.window()))

    def _checked(self, lead: str) -> None:
        self.refresh()
        if lead:
            self.open_people(lead)
        else:
            self.check.hand().setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_help(self, one: Takeable | None) -> None:
        person = self._whom.person
        theme, house, window = self._theme, self._house, self.window()
        if one is None:
            blank = HelpTask(id="", person="" if person is None else person.id, text="")
            self._open(HelpTaskSheet(theme, house, blank, window))
        elif one.task is not None:
            self._open(HelpTaskSheet(theme, house, one.task, window))
        else:
            sheet = AskSheet(theme, house, one, window)
            sheet.asked.connect(self.asked)
            self._open(sheet)

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(partial(self._closed, sheet))
        sheet.open()

    def _closed(self, sheet: Sheet, _result: int = 0) -> None:
        if self.sheet is sheet:
            self.sheet = None
        sheet.deleteLater()
