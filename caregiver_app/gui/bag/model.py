"""What the bag tab says, as plain values."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import wall
from caregiver_app.gui.bag.head import ListChoice
from caregiver_app.gui.bag.item_tick import ItemWords
from caregiver_app.gui.bag.live_words import SOURCE_WORDS, live_words
from caregiver_app.gui.whom import AboutSomebody, called
from caregiver_app.gui.widgets.chips import ChipKind
from caregiver_app.gui.words import long_date, short_date, tr
from caregiver_app.services.bags import Bag, BagLine
from caregiver_app.services.household import Household
from caregiver_app.values import value

PAPERS_AHEAD: Final = timedelta(days=3)
"""How long before a visit its papers should be ready, as its reminder has it."""
_COMING: Final = 12
_PAST: Final = 6
WHY_SETTING: Final = "bag.why"
"""Whether the reasons are written below the items."""


@value
class Item:
    """One item as it is shown. `brings` and `way` are as the service has them.

    `own`: the family added it; `was_maybe`: it waited under maybe until it was taken along.
    `source` is the kind of what its words come from ("" for none), `source_words` what going
    there is called.
    """

    key: str
    label: str
    state: str
    words: ItemWords
    own: bool
    was_maybe: bool
    is_paper: bool
    brings: str
    way: str
    kept_at: str
    source: str
    source_words: str

    @property
    def on_its_way(self) -> bool:
        """Whether it is a paper that was sent off and did not come back."""
        return self.way == "sent" and self.state != "not_needed"


class BagModel(AboutSomebody):
    """One visit's bag of one person, read when it is asked for."""

    def __init__(self, house: Household) -> None:
        super().__init__(house)
        self._chosen: str | None = None
        self.shown: str | None = None
        """The id of the visit whose bag the page shows, None while it shows none."""

    def set_person(self, person_id: str | None) -> None:
        """Speak of somebody else: their next visit is shown."""
        super().set_person(person_id)
        self._chosen = None

    def choose(self, visit_id: str | None) -> None:
        """Show another visit; None is the next one."""
        self._chosen = visit_id

    @property
    def visit(self) -> Appointment | None:
        """The visit that is shown: the chosen one, else the next.

        That is the next infusion, and a blood test or a talk only where it is a few days away.
        """
        chosen = None if self._chosen is None else self.house.bags.visit(self._chosen)
        if chosen is not None:
            return chosen
        person = self.person
        if person is None:
            return None
        near = self.house.bags.coming(person.id, PAPERS_AHEAD)
        return near or self.house.agenda.next_visit(person.id)

    def choices(self) -> list[tuple[str, str]]:
        """Return visits to choose from, as (id, words): the next first, past ones last."""
        person, today = self.person, self.house.care.today
        if person is None:
            return []
        visits = self.house.bags.visits(person.id)
        coming = [v for v in visits if wall(v.start).date() >= today][:_COMING]
        past = [v for v in reversed(visits) if wall(v.start).date() < today][:_PAST]
        shown = self.visit
        bare = self.house.bags.without(person.id)[:_COMING]
        coming = sorted((*coming, *bare), key=lambda v: wall(v.start))
        if shown is not None and all(v.id != shown.id for v in (*coming, *past)):
            past.append(shown)
        return [(v.id, self._choice(v, bare=any(v.id == one.id for one in bare)))
                for v in (*coming, *past)]  # fmt: skip

    @staticmethod
    def _choice(visit: Appointment, *, bare: bool) -> str:
        day = short_date(wall(visit.start).date(), year=True)
        words = f"{day} · {visit.title}"
        return tr("{visit} (no bag yet)", visit=words) if bare else words

    def bag(self) -> Bag | None:
        """Return the bag of the visit that is shown."""
        visit = self.visit
        return None if visit is None else self.house.bags.bag(visit.id)

    # -- Words ------------------------------------------------------------------------------------

    def title(self, bag: Bag) -> str:
        """Return "Rosa's bag for Tuesday 31 March"."""
        words = self.long_day(wall(bag.visit.start).date())
        name = called(bag.person)
        if name:
            return tr("{name}\u2019s bag for {day}", name=name, day=words)
        return tr("The bag for {day}", day=words)

    def long_day(self, day: date) -> str:
        """Return a day in words, with its year where that is another one than this."""
        return long_date(day, year=day.year != self.house.care.today.year)

    @staticmethod
    def counted(bag: Bag) -> str:
        """Return "9 of 12 packed, 1 not needed"."""
        packed = tr("{packed} of {wanted} packed", packed=bag.packed, wanted=bag.wanted)
        if not bag.not_needed:
            return packed
        return tr("{packed}, {count} not needed", packed=packed, count=bag.not_needed)

    def papers_by(self, bag: Bag) -> tuple[str, ChipKind]:
        """Return by when the papers should be ready, and how that is shown."""
        day, today = wall(bag.visit.start).date(), self.house.care.today
        by = day - PAPERS_AHEAD
        open_papers = any(line.state == "to_pack" for line in bag.group("papers"))
        near = open_papers and (by - today).days <= 7 and day >= today
        words = tr("ready by {day}", day=short_date(by)) if by >= today else ""
        return words, "ask" if near else "plain"

    def things_by(self, bag: Bag) -> str:
        """Return by when the things are packed, "" once that is over."""
        return tr("night before") if wall(bag.visit.start).date() > self.house.care.today else ""

    @staticmethod
    def first_name(bag: Bag) -> str:
        """Return what the person of a bag is called, "" where nobody is."""
        return called(bag.person)

    def list_of(self, bag: Bag | None) -> str:
        """Return the id of the list that a bag is packed by, else of the first one."""
        mine = () if bag is None else (bag.template, *bag.lists)
        every = (one.id for one in self.house.bag_lists.names())
        return next((one for one in (*mine, *every) if one), "")

    def list_choices(self, bag: Bag) -> list[ListChoice]:
        """Return the lists that a bag can be packed by, first the one of the visit's kind."""
        usual = ListChoice("", tr("The usual one for this visit"), chosen=not bag.template)
        names = self.house.bag_lists.names()
        return [usual, *(ListChoice(one.id, one.name, one.id == bag.template) for one in names)]

    # -- Items ------------------------------------------------------------------------------------

    @property
    def tells_why(self) -> bool:
        """Whether the reasons are written below the items."""
        return self.house.settings.text(WHY_SETTING, "") == "on"

    def set_tells_why(self, *, on: bool) -> None:
        """Write the reasons below the items, or in their tooltips only."""
        self.house.settings.remember(bag__why="on" if on else "off")

    def items(self, bag: Bag) -> list[Item]:
        """Return what is in the bag as it is shown."""
        live = self.house.bags.live(bag)
        tells, name = self.tells_why, self.first_name(bag)
        found: list[Item] = []
        for line in bag.lines:
            fact = live.get(line.key)
            source = "" if fact is None else fact.kind
            from_where = "" if fact is None else live_words(fact)
            found.append(
                Item(
                    line.key,
                    line.label,
                    line.state,
                    _words(line, from_where, name, tells=tells),
                    line.own,
                    not line.essential,
                    line.group == "papers",
                    line.brings,
                    line.way,
                    line.kept_at,
                    source if source in SOURCE_WORDS else "",
                    SOURCE_WORDS[source]() if source in SOURCE_WORDS else "",
                )
            )
        return found

    # -- Afterwards -------------------------------------------------------------------------------

    def just_over(self) -> Appointment | None:
        """Return the visit of which nobody said yet whether anything was forgotten."""
        person = self.person
        if person is None:
            return None
        shown = self.visit
        if shown is not None and self.house.bag_habits.asks_forgot(shown.id):
            return shown
        return self.house.bag_habits.just_over(person.id)


def _words(line: BagLine, source: str, person: str, *, tells: bool) -> ItemWords:
    on_its_way = line.way == "sent" and line.state != "not_needed"
    parts = [tr("sent, not back yet") if on_its_way else "", line.kept_at]
    if line.state == "not_needed":
        parts = [tr("not needed")]
    elif line.only_if:
        parts.append(tr("if {condition}", condition=line.only_if))
    tells = tells and line.state != "not_needed" and not on_its_way
    if tells:
        parts.append(line.why)
    brings = {"carer": tr("I bring"), "person": person}.get(line.brings, "")
    return ItemWords(
        line.label,
        " · ".join(part for part in parts if part),
        source,
        brings,
        "" if tells else line.why,
        on_its_way,
        tr("{name} brings it", name=brings) if line.brings == "person" and brings else "",
    )
