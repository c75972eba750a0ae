"""Who is cared for: name, age, and what everybody around has to know."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Person
from caregiver_app.gui.care_plan.allergies import AllergyChips
from caregiver_app.gui.care_plan.model import (
    allergies_of,
    born_words,
    conditions_of,
    limit_words,
)
from caregiver_app.gui.care_plan.phrase import Phrase, Run
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.whom import badge_colour
from caregiver_app.gui.widgets.buttons import IconButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import Badge
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr
from caregiver_app.pages.emergency_of_person import fever_limit
from caregiver_app.services.household import Household

_BETWEEN: Final = 17


class Asking(QWidget):
    """Words with a quiet button at their right, or below them where that has no room."""

    def __init__(self, words: Text, button: QuietButton) -> None:
        super().__init__()
        self._words, self._button = words, button
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(button)

    def turn(self) -> None:
        """Choose where the button stands."""
        said = self._words.fontMetrics().horizontalAdvance(self._words.text())
        wanted = max(said, self._words.sizeHint().width()) + self._button.sizeHint().width()
        down = self.width() < wanted + self._row.spacing()
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if down else way.LeftToRight)
        left, none = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag(0)
        self._row.setAlignment(self._button, left if down else none)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose anew."""
        super().resizeEvent(event)
        self.turn()


class Section(QWidget):
    """A quiet label above a fact; while there is none, beside a quiet button that asks for it."""

    asked = Signal(str)
    """Somebody wants to write it down; the name of the field."""

    def __init__(self, theme: Theme, field: str, label: str, fact: Text) -> None:
        super().__init__()
        self.fact = fact
        self.missing = missing_button(theme, label)
        self.missing.clicked.connect(lambda: self.asked.emit(field))
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2)
        self._label = Asking(Text(label, "second", "soft"), self.missing)
        self._column.addWidget(self._label)
        self._column.addWidget(fact)

    def settle(self) -> None:
        """Show the fact, or that it is missing."""
        told = bool(self.fact.text())
        self.fact.setVisible(told)
        self.missing.setVisible(not told)
        self._label.turn()
        # A button has room of its own around its words.
        self._column.setContentsMargins(0, 0, 0, _BETWEEN if told else 4)


def missing_button(theme: Theme, what: str) -> QuietButton:
    """Return the button that stands where something is not told yet."""
    name = tr("{what}: not written down yet", what=what)
    return QuietButton(theme, tr("Not written down yet"), name=name)


class PersonCard(Card):
    """Everything that is told of one person."""

    edit = Signal(str)
    """The pencil, or what is missing, was pressed: the field to begin with, "" for the first."""
    another = Signal()
    """Somebody else is to be added."""

    def __init__(self, house: Household, theme: Theme) -> None:
        super().__init__(theme)
        self._house, self._theme = house, theme
        self.body.setSpacing(0)
        self._add_head()
        self.conditions = Phrase(theme)
        self.allergies = AllergyChips(theme)
        self.fever = Phrase(theme)
        self.address = Phrase(theme)
        self.good_to_know = Phrase(theme)
        self.sections = {
            field: Section(theme, field, label, fact)
            for field, label, fact in (
                ("born", tr("Born"), Text()),
                ("conditions", tr("Conditions"), self.conditions),
                ("allergies", tr("Allergies"), self.allergies),
                ("fever_c", tr("Fever: call at"), self.fever),
                ("good_to_know", tr("Good to know"), self.good_to_know),
                ("address", tr("Address"), self.address),
            )
        }
        self.body.addSpacing(_BETWEEN)
        for section in self.sections.values():
            section.asked.connect(self.edit)
            self.add(section)
        self.body.addStretch(1)
        self._add_foot()
        theme.changed.connect(self._tint)
        self._tint()

    def _add_head(self) -> None:
        theme = self._theme
        head = QHBoxLayout()
        head.setSpacing(14)
        self.badge = Badge(theme, "", size=56)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.name = Phrase(theme)
        self.born = Text("", "body", "soft")
        words.addWidget(self.name)
        words.addWidget(self.born)
        self.pencil = IconButton(theme, "note-it", tr("Change what is written here"))
        self.pencil.clicked.connect(lambda: self.edit.emit(""))
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(self.badge, 0, top)
        head.addLayout(words, 1)
        head.addWidget(self.pencil, 0, top)
        self.body.addLayout(head)

    def _add_foot(self) -> None:
        theme = self._theme
        self.add(Rule())
        self.papers = Phrase(theme)
        self.no_papers = missing_button(theme, tr("Where papers are kept"))
        self.no_papers.clicked.connect(lambda: self.edit.emit("papers"))
        self._sign = QLabel()
        row = self._papers_row = QHBoxLayout()
        row.setSpacing(10)
        self._where = Asking(self.papers, self.no_papers)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._where, 1)
        self.body.addLayout(row)
        self.more = QuietButton(theme, tr("Add another person"), "add")
        self.more.clicked.connect(self.another)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_person(self, person: Person) -> None:
        """Show another person, or the same one after a change."""
        name = person.name or tr("No name yet")
        self.setAccessibleName(name)
        self.badge.set_person(person.name, badge_colour(self._house, person.id))
        self.name.show_runs(Run(name, "page_title"))
        born = born_words(person, self._house.care.today)
        self.born.setText(born)
        self.born.setVisible(bool(born))
        first, rest = conditions_of(person.conditions)
        self.conditions.show_runs(Run(first, "strong"), Run(rest))
        self.allergies.show_allergies(allergies_of(person.allergies))
        limit = self._house.watch.fever_limit(person.id)
        self.fever.show_runs(
            Run(f"{fever_limit(limit)} ", "strong"), Run(limit_words(person), "second", "soft")
        )
        self.good_to_know.show_runs(Run(person.good_to_know))
        self.address.show_runs(Run(person.address))
        for section in self.sections.values():
            section.settle()
        # The age stands below the name; only while it is missing there is a line for it.
        self.sections["born"].setVisible(not born)
        where = tr("Papers: ") if person.papers else tr("Papers")
        self.papers.show_runs(Run(where, "second_strong"), Run(person.papers, "second"))
        self.no_papers.setVisible(not person.papers)
        self._where.turn()

    def _tint(self) -> None:
        self._sign.setPixmap(self._theme.pixmap("care-plan", "soft", 20))
        # The papers' sign stands above the button's, which has some room around it.
        self._papers_row.setContentsMargins(self._theme.px(9), 10, 0, 4)
