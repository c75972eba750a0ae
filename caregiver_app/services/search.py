"""Search over everything that is kept and looked up, answered anew for each letter typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from caregiver_app.domain.advice import SignInfo
from caregiver_app.domain.entities import (
    KINDS,
    Appointment,
    BagItem,
    CheckIn,
    ClinicCall,
    InfusionRecord,
    OwnSign,
    Person,
    SideEffect,
    VisitAnswer,
)
from caregiver_app.domain.entity import Entity
from caregiver_app.domain.times import wall
from caregiver_app.domain.watch import Tier
from caregiver_app.services.bags import BagLine
from caregiver_app.services.household import Household
from caregiver_app.storage.finding import Finder, Found
from caregiver_app.storage.search import folded
from caregiver_app.storage.typed import Typed
from caregiver_app.values import value

AT_FIRST: Final = 5
"""How many of a group are shown before somebody asks for more."""
URGENT, VISITS, NOTES, QUESTIONS = "urgent", "visits", "notes", "questions"
WATCHED, PEOPLE, MEDICINES, BAG = "watched", "people", "medicines", "bag"
INSURANCE = "insurance"
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    URGENT: (),
    VISITS: ("appointment", "infusion_record", "visit_answer", "blocked_days"),
    NOTES: ("note",),
    QUESTIONS: ("question",),
    WATCHED: ("own_sign", "sign_choice", "clinic_call", "side_effect", "checkin"),
    PEOPLE: ("person", "contact"),
    MEDICINES: ("plan", "medicine", "dose"),
    INSURANCE: ("authorisation", "call", "cost", "assistance"),
    BAG: ("bag_item", "template_item"),
}
"""The groups of what is found, in the order in which they stand, and the kinds in each."""
_RECORD: Final = "infusion_record"
_NAMES: Final = {made: kind for kind, made in KINDS.items()}
_BAG_LOOK: Final = 60
_OWN_LOOK: Final = 200
"""So many own signs are looked through for emergencies."""
_SHORTEST: Final = 3
_SHORTEST_URGENT: Final = 4
_FILLERS: Final = frozenset(
    ("and", "cannot", "for", "from", "not", "that", "the", "then", "too", "very", "with")
)
_APOSTROPHES: Final = re.compile("['\u2019\u2018]")
_LOT: Final = re.compile(
    r"(?:(?:lot|batch|charge)\b|批[号號]|ロット)[\s:.#]*(?:(?:number|no|nr)\b[\s:.#]*)?(?P<lot>.+)",
    re.IGNORECASE,
)
"""How people ask for a lot by its number: "lot AB12", "batch no. AB12"."""


@value
class Hit:
    """One thing that was found.

    `kind` and `id` say how to open it, `person` whose it is ("" for nobody's), `of` is the thing
    itself. `visit` is the visit of an item of a bag, of a record or of an answer; `gone` tells that
    it was deleted.
    """

    kind: str
    id: str
    person: str
    of: Entity | SignInfo | BagLine
    visit: Appointment | None = None
    gone: bool = False


@value
class Group:
    """What was found of one group: how much there is in all, and the first of it."""

    key: str
    total: int
    hits: tuple[Hit, ...]


class Results:
    """What was found for the words typed so far, and where these stand in a text."""

    def __init__(self, typed: Typed, groups: Sequence[Group]) -> None:
        self._typed = typed
        self.groups = tuple(groups)

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def is_one_letter(self) -> bool:
        """Whether only a letter was typed, which is looked for in names only."""
        return self._typed.is_one_letter

    def fits(self, text: str) -> bool:
        """Tell whether all the typed words occur in a text."""
        return bool(self._typed) and self._typed.fits(text)

    def marks(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return (start, length) of each place in a text where one of the typed words stands."""
        return self._typed.marks(text)

    def around(self, text: str) -> str:
        """Return a text as one short line that holds the first place found in it."""
        return self._typed.around(text)


class SearchService:
    """Finds while somebody types. Everybody's entries are looked through."""

    def __init__(self, house: Household) -> None:
        self._house = house
        self._finder = Finder(house.care.store)
        self._bags: list[Hit] | None = None
        self._visits: list[Appointment] = []
        self._lots: list[tuple[str, InfusionRecord]] | None = None

    def forget(self) -> None:
        """Look anew into bags and lot numbers: something may have changed."""
        self._bags = self._lots = None

    def prepare(self) -> None:
        """Read what the first letter would otherwise wait for.

        Raises:
            DataDamaged, DataBusy, DiskTrouble: the data file cannot be read.
        """
        self._signs.called("")
        self._next_bags()

    def next_visits(self) -> list[Appointment]:
        """Return the next visit of each person, whose bags are looked through."""
        self._next_bags()
        return self._visits

    def find(self, query: str, limits: Mapping[str, int] | None = None) -> Results:
        """Return what holds all the typed words, each of which may be the beginning of a word.

        One letter is looked for in names only. Signs are found by their names and by what they are
        also called, and so are the entries of a sign. When nothing fits, signs that have one of
        the longer words in them are found.

        Args:
            query: as typed; nothing is refused.
            limits: how many of a group to return where it is not AT_FIRST.

        Raises:
            DataDamaged, DataBusy, DiskTrouble: the data file cannot be read.
        """
        typed = Typed(query)
        if not typed:
            return Results(typed, ())
        wanted = dict.fromkeys(GROUPS, AT_FIRST) | dict(limits or {})
        kinds = {kind: wanted[group] for group, kinds in GROUPS.items() for kind in kinds}
        kinds["own_sign"] = max(_OWN_LOOK, wanted[WATCHED])
        kinds["bag_item"] = kinds["template_item"] = max(_BAG_LOOK, wanted[BAG])
        found = self._finder.find(typed, self._house.care.today, kinds, self._signs.called)
        found = self._with_lot(query, wanted, found)
        signs = self._signs.fitting(query)
        groups = self._groups(typed, wanted, found, signs)
        if not groups and any(len(word) >= _SHORTEST_URGENT for word in query.split()):
            groups = self._groups(typed, wanted, {}, self._house.reference.find_signs(query))
        return Results(typed, groups)

    def _with_lot(
        self, query: str, wanted: Mapping[str, int], found: Mapping[str, Found]
    ) -> Mapping[str, Found]:
        """Add the records of infusions that have the lot asked for.

        "lot AB12" asks for AB12, and a number counts however it is parted: AB-12, AB 12.
        """
        asked = _LOT.match(query.strip())
        number = query if asked is None else asked["lot"]
        typed, limit = Typed(number), wanted[VISITS]
        if _RECORD in found or not typed or typed.is_one_letter:
            return found
        if asked is not None:
            found = {**found, **self._finder.find(typed, self._house.care.today, {_RECORD: limit})}
        bare = "".join(_bare(number))
        if _RECORD in found or len(bare) < _SHORTEST or not any(map(str.isdigit, bare)):
            return found
        if self._lots is None:
            records = (one.record for one in self._house.records.all())
            self._lots = [("".join(_bare(one.lot)), one) for one in records]
        same = [record for lot, record in self._lots if lot.startswith(bare)]
        return {**found, _RECORD: Found(len(same), tuple(same[:limit]))} if same else found

    def _groups(
        self,
        typed: Typed,
        wanted: Mapping[str, int],
        found: Mapping[str, Found],
        signs: Sequence[SignInfo],
    ) -> list[Group]:
        listed: dict[Tier, list[Hit]] = {}
        for sign in signs:
            tier = Tier.EMERGENCY if sign.tier == Tier.EMERGENCY else Tier.NOTE
            listed.setdefault(tier, []).append(Hit("sign", sign.id, "", sign))
        before = {URGENT: listed.get(Tier.EMERGENCY, []), WATCHED: listed.get(Tier.NOTE, [])}
        urgent = _emergencies(found)
        groups: list[Group] = []
        for key, kinds in GROUPS.items():
            hits = list(before.get(key, ()))
            total = len(hits) + sum(found[kind].total for kind in kinds if kind in found)
            entries = [one for kind in kinds if kind in found for one in found[kind].first]
            if key == URGENT:
                entries = urgent
                total += len(urgent)
            elif key == WATCHED:
                entries = [one for one in entries if one not in urgent]
                total -= len(urgent)
            if key == BAG:
                hits = self._packed(typed, entries)
                total = len(hits)
            else:
                hits += map(
                    self._hit_of, sorted(entries, key=_newest_first) if key == WATCHED else entries
                )
            if hits:
                groups.append(Group(key, total, tuple(hits[: wanted[key]])))
        return groups

    def _hit_of(self, entity: Entity) -> Hit:
        person = entity.id if isinstance(entity, Person) else str(getattr(entity, "person", ""))
        visit, gone = None, False
        if isinstance(entity, InfusionRecord | VisitAnswer):
            visit = self._house.agenda.get(entity.visit)
            gone = visit is None
            # What was written down of a visit that was deleted still says which lot it was.
            visit = visit or self._house.care.store.get(Appointment, entity.visit, deleted=True)
        return Hit(_NAMES[type(entity)], entity.id, person, entity, visit, gone)

    # -- The bag ----------------------------------------------------------------------------------

    def _packed(self, typed: Typed, entries: Iterable[Entity]) -> list[Hit]:
        """Return what lies in the bags of the next visits, then what lay in others; each once."""
        hits = [
            hit
            for hit in self._next_bags()
            if isinstance(hit.of, BagLine) and typed.fits(f"{hit.of.label} {hit.of.kept_at}")
        ]
        seen = {hit.of.label.casefold() for hit in hits if isinstance(hit.of, BagLine)}
        for one in entries:
            hit = self._bag_hit(one)
            label = str(getattr(hit.of, "label", "")).casefold()
            if label and label not in seen:
                hits.append(hit)
                seen.add(label)
        return hits

    def _bag_hit(self, one: Entity) -> Hit:
        """Return an item; one of a list, of which only a mark is kept, by its name there."""
        if not isinstance(one, BagItem):
            return Hit("template_item", one.id, "", one)
        visit = self._house.agenda.get(one.visit)
        if visit is None:
            return Hit("bag_item", one.id, "", one)
        listed = None if one.label else self._house.bags.bag(visit.id).line(one.key)
        return Hit("bag_item", one.id, visit.person, listed or one, visit)

    def _next_bags(self) -> list[Hit]:
        if self._bags is None:
            house = self._house
            nexts = [house.agenda.next_visit(person.id) for person in house.people.people()]
            self._visits = [visit for visit in nexts if visit is not None]
            self._bags = [
                Hit("bag_item", f"{visit.id}:{line.key}", visit.person, line, visit)
                for visit in self._visits
                if house.bags.brings(visit)
                for bag in (house.bags.bag(visit.id),)
                for line in (*bag.lines, *bag.maybe)
            ]
        return self._bags

    # -- Signs ------------------------------------------------------------------------------------

    @cached_property
    def _signs(self) -> _SignWords:
        return _SignWords(self._house.reference.signs)


class _SignWords:
    """Finds signs by the words of their names and of what they are also called.

    Two letters fit too much, and three must not bring up an emergency that is called otherwise:
    whoever types the name Ana is not to read of anaphylaxis.
    """

    def __init__(self, signs: Sequence[SignInfo]) -> None:
        self._signs = [_Sign(sign) for sign in signs]
        self._known: dict[str, tuple[str, ...]] = {}

    def called(self, word: str) -> tuple[str, ...]:
        """Return the ids of the signs for which a typed word stands."""
        if word not in self._known:
            parts = _bare(word)
            self._known[word] = tuple(
                one.sign.id
                for one in self._signs
                if parts and all(one.is_clear(part) for part in parts)
            )
        return self._known[word]

    def fitting(self, query: str) -> list[SignInfo]:
        """Return the signs that fit all typed words, one of them clearly; those by name first."""
        typed = _bare(query)
        fitting = [
            one
            for one in self._signs
            if all(one.fits(part) for part in typed) and any(map(one.is_clear, typed))
        ]
        fitting.sort(key=lambda one: (one.sign.tier.rank, not all(map(one.is_named, typed))))
        return [one.sign for one in fitting]


class _Sign:
    """The words of one sign, and what typed words are to it."""

    def __init__(self, sign: SignInfo) -> None:
        self.sign = sign
        # A blank before each word: every letter that is typed looks through them all.
        self._name = f" {' '.join(_bare(sign.name))}"
        self._also = f" {' '.join(_bare(' '.join(sign.also)))}"
        self._whole = {" ".join(_bare(name)) for name in (sign.name, *sign.also)}
        self._enough = _SHORTEST_URGENT if sign.tier == Tier.EMERGENCY else _SHORTEST

    def is_named(self, typed: str) -> bool:
        """Tell whether a typed word begins a word of the name."""
        return f" {typed}" in self._name

    def fits(self, typed: str) -> bool:
        """Tell whether a typed word begins any word."""
        return self.is_named(typed) or f" {typed}" in self._also

    def is_clear(self, typed: str) -> bool:
        """Tell whether a typed word alone is enough to mean this sign."""
        if typed in self._whole:
            return True
        if typed in _FILLERS or len(typed) < _SHORTEST:
            return False
        return self.is_named(typed) or (len(typed) >= self._enough and self.fits(typed))


def _bare(text: str) -> list[str]:
    return re.findall(r"\w+", _APOSTROPHES.sub("", folded(text)[0]))


def _emergencies(found: Mapping[str, Found]) -> list[Entity]:
    """Return the family's own signs to which it gave the highest level of urgency."""
    own = found["own_sign"].first if "own_sign" in found else ()
    return [one for one in own if isinstance(one, OwnSign) and one.tier == Tier.EMERGENCY.value]


def _newest_first(entity: Entity) -> int:
    """Order what was watched: signs and what the clinic says of them, then the newest entries."""
    match entity:
        case SideEffect() | ClinicCall():
            return -wall(entity.at).toordinal()
        case CheckIn():
            return -entity.date.toordinal()
        case _:
            return -date.max.toordinal()
