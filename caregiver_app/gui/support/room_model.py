"""What the four rooms say, as plain values: the idea that is shown, and what belongs to it."""

from __future__ import annotations

from typing import Final

from caregiver_app.domain.entities import Contact
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.support import Outlet
from caregiver_app.domain.support_cards import Card
from caregiver_app.domain.times import in_zone
from caregiver_app.gui.support.model import SupportModel
from caregiver_app.gui.watchlist.sign_model import source_words
from caregiver_app.gui.whom import called
from caregiver_app.gui.words import count_text, plain_date, short_date, time_text, tr
from caregiver_app.messages import words
from caregiver_app.values import value

MINUTES: Final = (5, 15, 30, 60)
"""The lengths of time to choose from; with the last one, everything fits."""


@value
class Visitors:
    """Who may come along: the sentence, and the contact of the clinic ("" without one).

    `told` once the clinic's rule is written down.
    """

    line: str
    contact: str = ""
    told: bool = False


class RoomModel:
    """The ideas of one person. What is shown stays while the tab is open."""

    def __init__(self, model: SupportModel) -> None:
        self._model = model
        self.house = model.house
        self._shown: dict[tuple[str | None, str], str] = {}
        self._steps: dict[str, int] = {}
        self._minutes: int | None = None

    @property
    def person(self) -> str | None:
        """The id of whom the rooms are about, None while nobody is entered."""
        person = self._model.person
        return None if person is None else person.id

    @property
    def name(self) -> str:
        """The first name of whom the rooms are about, "" while it is not known."""
        return called(self._model.person)

    # -- One idea after the other -----------------------------------------------------------------

    @property
    def minutes(self) -> int | None:
        """How many minutes there are for company, None while nobody said."""
        return self._minutes

    def set_minutes(self, minutes: int) -> None:
        """Show ideas for company that fit into so many minutes."""
        self._minutes = None if minutes >= MINUTES[-1] else minutes
        self._shown.pop((self.person, "company"), None)

    def idea(self, room: str) -> Card | None:
        """Return the idea that a room shows, None where all were put away or none fits."""
        choices = self.house.card_choices
        shown = self._shown.get((self.person, room), "")
        if shown and not choices.is_put_away(self.person, shown):
            return self.house.cards.card(shown)
        return self._go_on(room, shown)

    def another(self, room: str) -> Card | None:
        """Return the idea that follows the one shown."""
        self._steps[room] = self._steps.get(room, 0) + 1
        return self._go_on(room, self._shown.get((self.person, room), ""))

    def show(self, card: Card) -> None:
        """Let a room show this idea."""
        self._shown[self.person, card.room] = card.id

    def _go_on(self, room: str, after: str) -> Card | None:
        fits = self._minutes if room == "company" else None
        card = self.house.card_choices.next(self.person, room, after, minutes=fits)
        if card is not None:
            self.show(card)
        return card

    def beside(self, kind: str) -> Card | None:
        """Return what stands beside an opener, a "habit" or what to "avoid": the next with it."""
        found = [
            card
            for card in self.house.cards.of("listening", kind)
            if not self.house.card_choices.is_put_away(self.person, card.id)
        ]
        step = self.house.care.today.toordinal() + self._steps.get("listening", 0)
        return found[step % len(found)] if found else None

    def avoided(self) -> tuple[Card, ...]:
        """Return all that is better left unsaid."""
        return self.house.cards.of("listening", "avoid")

    # -- Words ------------------------------------------------------------------------------------

    def second(self, room: str) -> str:
        """Return the second line of a room's card."""
        count = len(self.house.card_choices.wanted(self.person, room))
        match room:
            case "listening":
                return count_text(count, "{count} way to open", "{count} ways to open")
            case "company":
                return count_text(count, "{count} thing for two", "{count} things for two")
            case "outlets" if self.name:
                return tr("{name}’s own list", name=self.name)
            case "outlets":
                return tr("their own list")
            case _:
                return tr("without promising")

    def sources(self, card: Card) -> str:
        """Return the line that says where an idea comes from, and who has not read it yet."""
        evidence = card.evidence
        if evidence.sources:
            return source_words(evidence, plain_date(self.house.cards.generated))
        parts = (words("safety.unverified"), "" if evidence.reviewed else _not_reviewed())
        return " ".join(filter(None, parts))

    def visitors(self) -> Visitors:
        """Return what the clinic of the next infusion allows, or that nobody asked yet."""
        contact = self._clinic()
        if contact is None:
            return Visitors(tr("How many may come along? Ask the clinic."))
        if not contact.rules_visitors:
            line = tr("How many may come along to {clinic}? Not asked yet.", clinic=contact.name)
            return Visitors(line, contact.id)
        line = tr("Visitors at {clinic}: {rule}", clinic=contact.name, rule=contact.rules_visitors)
        if contact.rules_checked is None:
            return Visitors(line, contact.id, told=True)
        day = contact.rules_checked
        told = short_date(day, year=day.year != self.house.care.today.year)
        return Visitors(tr("{line} · told on {day}", line=line, day=told), contact.id, told=True)

    def _clinic(self) -> Contact | None:
        house, person = self.house, self.person
        if person is None:
            return None
        visit = house.agenda.next_visit(person)
        found = None if visit is None else house.agenda.contact_of(visit)
        contacts = house.people.contacts(person)
        return found or next((one for one in contacts if one.role == "clinic"), None)

    # -- The loved one's own list -----------------------------------------------------------------

    def outlets(self) -> list[Outlet]:
        """Return their list."""
        return [] if self.person is None else self.house.outlets.all(self.person)

    def planned(self) -> dict[str, Occurrence]:
        """Return by the ids of the outlets what of them stands on the calendar to come."""
        return {} if self.person is None else self.house.outlets.to_come(self.person)

    def planned_words(self, one: Occurrence) -> str:
        """Return "On the calendar: Sat 21 March, 10:00 to 11:00"."""
        home = self.house.care.home
        begins, over = in_zone(one.begins(home), home), in_zone(one.ends(home), home)
        day, first, last = short_date(begins.date()), time_text(begins), time_text(over)
        return tr("On the calendar: {day}, {first} to {last}", day=day, first=first, last=last)


def _not_reviewed() -> str:
    said = words("safety.not_reviewed")
    return f"{said[:1].upper()}{said[1:]}."
