"""The medicines of the reference: finding one by any name, and what was read about it.

Each medicine is a file of its own under `resources/reference/medicines`. A file is read once, when
it is first needed, and only what was found is built.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any, Final

from caregiver_app.assets import names, read_text
from caregiver_app.domain.advice import (
    Course,
    Evidence,
    Fact,
    MedicineInfo,
    Regimen,
    WatchItem,
)
from caregiver_app.domain.watch import Tier
from caregiver_app.values import value

FOLDER: Final = "reference/medicines"
WORDS: Final = "reference/search_words.en.json"
_END: Final = ".en.json"
_LONG: Final = 4
_MOST_WORDS: Final = 32
_TRADE_MARKS: Final = dict.fromkeys(map(ord, "\N{REGISTERED SIGN}\N{TRADE MARK SIGN}"), " ")

_Entry = dict[str, Any]


class Medicines:
    """Every medicine that the reference knows, read and built when it is asked for."""

    def __init__(self, evidence: Callable[[str, Iterable[str]], Evidence]) -> None:
        """`evidence` makes the evidence of a status and the ids of sources."""
        self._evidence_of = evidence
        self._read: dict[str, _Entry] = {}
        self._built: dict[str, MedicineInfo] = {}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all medicines, in the order of the letters."""
        files = (name.removeprefix(f"{FOLDER}/") for name in names(FOLDER))
        return tuple(file.removesuffix(_END) for file in files if file.endswith(_END))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name and brand, to offer while somebody types."""
        entries = map(self._entry, self.ids)
        return tuple(sorted({name for one in entries for name in (*one["names"], *one["brands"])}))

    def all(self) -> tuple[MedicineInfo, ...]:
        """Return every medicine."""
        return tuple(map(self._medicine, self.ids))

    def called(self, query: str) -> MedicineInfo | None:
        """Return the medicine with exactly this id, name or brand, in any case."""
        wanted = fold(query)
        # What is a name and an id as well is found without reading every file.
        id_ = wanted.replace(" ", "_")
        if id_ in self.ids:
            return self._medicine(id_)
        found = self._by_name.get(wanted) if wanted else None
        return None if found is None else self._medicine(found)

    def named_in(self, text: str) -> tuple[MedicineInfo, ...]:
        """Return the medicines whose name or brand stands in a text: "Soliris (eculizumab)".

        A text that is one name alone means that medicine (see `called`).
        """
        exact = self.called(text)
        if exact is not None:
            return (exact,)
        typed = _between_blanks(text)
        found = (id_ for name, id_ in self._plain_names if name in typed)
        return tuple(map(self._medicine, dict.fromkeys(found)))

    def find(self, query: str) -> list[MedicineInfo]:
        """Return the medicines that fit what somebody types, the best first.

        Every typed word has to begin a word of a name, a brand, an illness or the class; two
        letters are enough. When nothing fits all the words, those are returned that fit the most
        of the longer ones. A brand or name typed in full comes first.
        """
        typed = typed_words(query)
        if len("".join(typed)) < 2:
            return []
        found = self._fitting(typed, needed=len(typed))
        long = [word for word in typed if len(word) >= _LONG]
        found = found or (self._fitting(long, needed=1) if long else [])
        exact = self.called(query)
        others = [self._medicine(id_) for id_ in found if exact is None or id_ != exact.id]
        return others if exact is None else [exact, *others]

    def _fitting(self, typed: list[str], needed: int) -> list[str]:
        fits: list[tuple[tuple[int, int, str], str]] = []
        for id_, found in self._found_by.items():
            ranks = [rank for word in typed if (rank := found.rank(word)) is not None]
            if len(ranks) >= needed:
                fits.append(((-len(ranks), sum(ranks), id_), id_))
        return [id_ for _, id_ in sorted(fits)]

    @cached_property
    def _by_name(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for id_ in self.ids:
            entry = self._entry(id_)
            also: list[str] = entry.get("also", [])
            # Brands first: a brand is one medicine, a name may have several forms.
            for name in (*entry["brands"], entry["name"], *entry["names"], *also):
                found.setdefault(fold(name), id_)
        return found

    @cached_property
    def _plain_names(self) -> list[tuple[str, str]]:
        """Each name between blanks, as it would stand in a text, and whose it is."""
        return [(_between_blanks(name), id_) for name, id_ in self._by_name.items()]

    @cached_property
    def _found_by(self) -> dict[str, _FoundBy]:
        stands_for: dict[str, str] = json.loads(read_text(WORDS))["stands_for"]
        found: dict[str, _FoundBy] = {}
        for id_ in self.ids:
            entry = self._entry(id_)
            ill = fold(" ".join(entry["conditions"]))
            short = [word for word, means in stands_for.items() if fold(means) in ill]
            names = [entry["name"], *entry["names"], *entry["brands"], *entry.get("also", [])]
            found[id_] = _FoundBy(
                _between_blanks(" ".join(names)),
                _between_blanks(" ".join([ill, *short])),
                _between_blanks(f"{entry['class']['text']} {entry['route']}"),
            )
        return found

    def _entry(self, id_: str) -> _Entry:
        if id_ not in self._read:
            self._read[id_] = json.loads(read_text(f"{FOLDER}/{id_}{_END}"))
        return self._read[id_]

    # -- Building ---------------------------------------------------------------------------------

    def _medicine(self, id_: str) -> MedicineInfo:
        if id_ not in self._built:
            self._built[id_] = self._build(self._entry(id_))
        return self._built[id_]

    def _build(self, entry: _Entry) -> MedicineInfo:
        minutes, chair, driving = entry["minutes"], entry["watch_after"], entry["driving"]
        return MedicineInfo(
            id=entry["id"],
            checked=date.fromisoformat(entry["checked"]),
            name=entry["name"],
            names=tuple(entry["names"]),
            brands=tuple(entry["brands"]),
            also=tuple(entry.get("also", ())),
            biosimilars=tuple(entry["biosimilars"]),
            names_evidence=self._evidence_of(entry["names_status"], entry["names_sources"]),
            names_note=entry["names_note"],
            route=entry["route"],
            infused=entry["infused"],
            drug_class=self._fact(entry["class"]),
            lowers_immunity=entry["lowers_immunity"],
            fever_emergency=entry["fever_emergency"],
            conditions=tuple(entry["conditions"]),
            regimens=tuple(map(self._regimen, entry["regimens"])),
            minutes_first=minutes["first"],
            minutes_later=minutes["later"],
            minutes_least=minutes.get("later_least"),
            minutes=self._fact(minutes),
            watch_after_minutes=chair["minutes"],
            watch_after_most=chair.get("most_minutes"),
            watch_after=self._fact(chair),
            premedication=self._fact(entry["premedication"]),
            driving=self._fact(driving),
            passenger=driving["passenger"],
            companions=tuple(map(self._fact, entry["companions"])),
            watch=tuple(map(self._watch_item, entry["watch"])),
            schedule_changes=self._fact(entry["schedule_changes"]),
            ask=tuple(entry["ask"]),
            watch_days=entry["watch_days"],
            watch_days_note=entry["watch_days_note"],
        )

    def _evidence(self, entry: _Entry) -> Evidence:
        return self._evidence_of(entry["status"], entry["sources"])

    def _fact(self, entry: _Entry) -> Fact:
        return Fact(entry["text"], self._evidence(entry))

    def _watch_item(self, entry: _Entry) -> WatchItem:
        return WatchItem(
            entry["text"], Tier(entry["urgency"]), tuple(entry["signs"]), self._evidence(entry)
        )

    def _regimen(self, entry: _Entry) -> Regimen:
        unit = entry["unit"]
        return Regimen(
            id=entry["id"],
            label=entry["label"],
            conditions=tuple(entry["for"]),
            offsets=tuple(entry["offsets"]),
            unit=unit,
            every=entry["every"],
            every_unit=entry["every_unit"],
            then=entry["then"],
            every_max=entry["every_max"],
            anchor=entry["anchor"],
            kind=entry["kind"],
            length_varies=entry.get("length_varies", False),
            courses=tuple(
                Course(one["after"], one["unit"], tuple(one["offsets"]), unit)
                for one in entry["courses"]
            ),
            continues_as=entry["continues_as"],
            prefill=entry["prefill"],
            note=entry["note"],
            evidence=self._evidence(entry),
            minutes=entry.get("minutes"),
        )


@value
class _FoundBy:
    """The words by which a medicine is found: of its names, of illnesses, of what it does.

    Each word stands between blanks: all of them are looked through at every letter that is typed.
    """

    names: str
    ills: str
    kinds: str

    def rank(self, typed: str) -> int | None:
        """Return how well one typed word fits, 0 best, None where it does not."""
        places = (self.names, self.ills, self.kinds)
        for number, place in enumerate(places):
            if f" {typed} " in place:
                return number
        for number, place in enumerate(places, start=len(places)):
            if f" {typed}" in place:
                return number
        return None


def fold(text: str) -> str:
    """Return the text for comparing: small letters, no accents, apostrophes or trade marks."""
    plain = unicodedata.normalize("NFKD", text.translate(_TRADE_MARKS).casefold())
    kept = (c for c in plain if not unicodedata.combining(c) and c not in "'\u2019\u2018")
    return " ".join("".join(kept).split())


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, without signs and dots."""
    return re.findall(r"\w+", fold(text))


def _between_blanks(text: str) -> str:
    return f" {' '.join(words_of(text))} "


def typed_words(query: str) -> list[str]:
    """Return the words to look for of what somebody typed, each once: the first 32."""
    return list(dict.fromkeys(words_of(query)))[:_MOST_WORDS]
