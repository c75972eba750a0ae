"""The room of company: ideas that fit into the time there is, and who may come along."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.support_cards import Card as Idea
from caregiver_app.gui.columns import LARGE
from caregiver_app.gui.support.company_card import CompanyCard
from caregiver_app.gui.support.room_card import IdeaCard
from caregiver_app.gui.support.room_model import MINUTES, RoomModel
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import length_text, tr


class CompanyIdea(IdeaCard):
    """An idea for two. With nothing chosen every idea may come."""

    def __init__(self, theme: Theme, model: RoomModel) -> None:
        super().__init__(theme, model, "company")
        self._first = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._first.setSpacing(12)
        self.time = Segmented(theme, _times(), name=tr("How much time is there?"))
        self.time.changed.connect(self._set_minutes)
        self._first.addWidget(Text(tr("How much time is there?"), "second", "soft"), 1)
        self._first.addWidget(self.time, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.insertLayout(0, self._first)
        self.lists.addWidget(Rule())
        self.visitors = Text("", "second", "soft")
        self.rules = QuietButton(theme, tr("Write it down"))
        self.rules.clicked.connect(self._open_rules)
        self._contact = ""
        self.limit = QWidget()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.limit)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(4)
        self._line.addWidget(self.visitors, 1)
        self._line.addWidget(self.rules, 0, Qt.AlignmentFlag.AlignLeft)
        self.lists.addWidget(self.limit)
        self._settle()
        theme.changed.connect(self._settle)

    def heading(self, card: Idea) -> str:
        """Return how long it takes."""
        if not card.minutes:
            return tr("Before anything else")
        return tr("For two, about {time}", time=length_text(card.minutes))

    def words(self, card: Idea) -> str:
        """Return the idea; it is nothing to be said."""
        return card.text

    def second(self, card: Idea) -> str:
        """Return that it needs power."""
        return tr("Needs a charged device. Pack the charger.") if card.needs_power else ""

    def nothing(self) -> str:
        """Return that no idea is left that fits."""
        if self.model.minutes is None:
            return super().nothing()
        return tr("No idea is left for so little time.")

    def show_idea(self, card: Idea | None) -> None:
        """Show what the clinic allows."""
        del card
        visitors = self.model.visitors()
        self._contact = visitors.contact
        self.visitors.setText(visitors.line)
        words = tr("Open the rules") if visitors.told else tr("Write it down")
        self.rules.set_words(words, name=f"{words}: {visitors.line}")
        self.rules.setVisible(bool(visitors.contact))

    def _set_minutes(self, key: object) -> None:
        if isinstance(key, str):
            self.model.set_minutes(int(key))
            self.refresh()

    def _open_rules(self) -> None:
        self.asked.emit("care", "contact", self._contact)

    def _settle(self) -> None:
        large = self.theme.scale >= LARGE
        way = QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight
        self._first.setDirection(way)
        self._line.setDirection(way)


class CompanyRoom(QWidget):
    """The ideas, and below them who sits in when."""

    asked = Signal(str, str, str)

    def __init__(self, theme: Theme, model: RoomModel) -> None:
        super().__init__()
        self._model = model
        self.ideas, self.planner = CompanyIdea(theme, model), CompanyCard(theme, model.house)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.ideas)
        column.addWidget(self.planner)
        self.ideas.asked.connect(self.asked)
        self.planner.asked.connect(self.asked)

    def refresh(self) -> None:
        """Show what is so now."""
        self.ideas.refresh()
        self.planner.set_person(self._model.person)
        self.planner.refresh()


def _times() -> list[tuple[str, str]]:
    """Return the lengths of time to choose from."""
    found = [(str(one), tr("{count} min", count=one)) for one in MINUTES[:-1]]
    return [*found, (str(MINUTES[-1]), tr("1 hour or more"))]
