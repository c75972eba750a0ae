"""The look-up of published advice: medicines, signs, what goes into the bag, steps around a visit.

The words and figures are data files under `resources/reference` and `resources/bag`, which a
non-programmer can edit; `tests/test_reference.py` guards their shape. Nothing is read before it
is asked for, so that opening the program costs nothing.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache, cached_property
from typing import Any

from caregiver_app.assets import read_text
from caregiver_app.domain.advice import (
    BagItemInfo,
    BagTemplate,
    EmergencyWords,
    Escalation,
    Evidence,
    Fact,
    FeverInfo,
    MedicineInfo,
    PreparationStep,
    Regimen,
    SeverityInfo,
    SignInfo,
    Source,
    Step,
    TierInfo,
    WatchItem,
)
from caregiver_app.domain.watch import Tier

_Entry = dict[str, Any]


class Reference:
    """Everything that can be looked up; each part is read when it is first asked for."""

    @cached_property
    def _sources(self) -> dict[str, Source]:
        entries: dict[str, dict[str, str]] = _read("reference/sources.en.json")["sources"]
        return {id_: Source(id_, **entry) for id_, entry in entries.items()}

    def _evidence(self, entry: _Entry) -> Evidence:
        return self._evidence_of(entry["status"], entry["sources"])

    def _evidence_of(self, status: str, ids: Iterable[str]) -> Evidence:
        return Evidence(status, tuple(self._sources[id_] for id_ in ids))

    @cached_property
    def _signs_file(self) -> _Entry:
        return _read("reference/signs.en.json")

    @cached_property
    def _bag_file(self) -> _Entry:
        return _read("bag/templates.en.json")

    @cached_property
    def medicines(self) -> tuple[MedicineInfo, ...]:
        """Every medicine that the reference knows."""
        entries = _read("reference/medicines.en.json")["medicines"]
        return tuple(self._medicine(entry) for entry in entries)

    @cached_property
    def signs(self) -> tuple[SignInfo, ...]:
        """Every sign, the most urgent first."""
        signs = (self._sign(entry) for entry in self._signs_file["signs"])
        return tuple(sorted(signs, key=lambda sign: sign.tier.rank))

    @cached_property
    def tiers(self) -> tuple[TierInfo, ...]:
        """The words for the levels of urgency, the most urgent first."""
        return tuple(
            TierInfo(Tier(entry["id"]), entry["label"], entry["action"])
            for entry in self._signs_file["tiers"]
        )

    @cached_property
    def severities(self) -> tuple[SeverityInfo, ...]:
        """The four strengths, mild first."""
        return tuple(
            SeverityInfo(entry["grade"], entry["label"], entry["meaning"], Tier(entry["tier"]))
            for entry in self._signs_file["severity"]
        )

    @cached_property
    def severity_tiers(self) -> dict[int, Tier]:
        """The least urgency of each strength, as `domain.watch.urgency` wants it."""
        return {severity.grade: severity.tier for severity in self.severities}

    @cached_property
    def fever(self) -> FeverInfo:
        """The fever limit and what to know about it."""
        entry = self._signs_file["fever"]
        return FeverInfo(
            entry["limit_c"],
            entry["limit_f"],
            entry["text"],
            tuple(entry["notes"]),
            self._evidence(entry),
        )

    @cached_property
    def emergency(self) -> EmergencyWords:
        """The few words of the emergency page and of the printed sheet."""
        entry = _read("reference/emergency.en.json")
        lines = [*entry["steps"], *entry["avoid"]]
        named = dict.fromkeys(id_ for line in lines for id_ in line["of"])
        behind = [self._signs_by_id[id_].evidence for id_ in named]
        sources = dict.fromkeys(source for one in behind for source in one.sources)
        verified = all(one.status == "verified here" for one in behind)
        return EmergencyWords(
            tuple(Step(step["do"]) for step in entry["steps"]),
            tuple(line["text"] for line in entry["avoid"]),
            entry["fever"]["text"],
            entry["no_answer"]["text"],
            tuple((sign["id"], sign["short"]) for sign in entry["signs"]),
            Evidence("verified here" if verified else "partly verified here", tuple(sources)),
        )

    @property
    def fever_c(self) -> float:
        """The fever limit in degrees Celsius, unless a person's team gave another."""
        return self.fever.limit_c

    @cached_property
    def templates(self) -> tuple[BagTemplate, ...]:
        """The lists to pack a bag from."""
        return tuple(
            BagTemplate(
                entry["id"],
                entry["name"],
                entry.get("adds_to", ""),
                tuple(self._bag_item(item) for item in entry["items"]),
            )
            for entry in self._bag_file["templates"]
        )

    @cached_property
    def steps(self) -> tuple[PreparationStep, ...]:
        """What is done around a visit, in the order of time."""
        return tuple(self._step(entry) for entry in self._bag_file["preparation"])

    @cached_property
    def generated(self) -> date:
        """The day on which the facts were checked."""
        return date.fromisoformat(self._signs_file["generated"])

    def medicine(self, query: str) -> MedicineInfo | None:
        """Return the medicine with this id, name or brand, in any case."""
        wanted = _fold(query)
        for medicine in self.medicines:
            known = (medicine.id, medicine.name, *medicine.names, *medicine.brands)
            if wanted and wanted in map(_fold, known):
                return medicine
        return None

    def sign(self, id_: str) -> SignInfo | None:
        """Return the sign with this id."""
        return self._signs_by_id.get(id_)

    def tier(self, tier: Tier) -> TierInfo:
        """Return the words for a level of urgency."""
        return next(info for info in self.tiers if info.tier == tier)

    def template(self, id_: str) -> BagTemplate:
        """Return the bag template with this id; KeyError when there is none."""
        for template in self.templates:
            if template.id == id_:
                return template
        raise KeyError(id_)

    def find_signs(self, query: str) -> list[SignInfo]:
        """Return the signs that fit what somebody types, emergencies first.

        Every typed word has to begin a word of the sign; two letters are enough. When nothing
        fits all the words ("help she can't breathe"), signs that fit any longer one are returned.
        """
        typed = _words(query)
        if not typed or len("".join(typed)) < 2:
            return []
        found = self._ranked(typed, needed=len(typed))
        long = [word for word in typed if len(word) > 3]
        return found or (self._ranked(long, needed=1) if long else [])

    def _ranked(self, typed: list[str], needed: int) -> list[SignInfo]:
        fits: list[tuple[tuple[int, int, int], SignInfo]] = []
        for sign in self.signs:
            parts = self._sign_words[sign.id]
            count = sum(any(_begins(word, part) for part in parts) for word in typed)
            if count < needed:
                continue
            # Within one urgency: more of the words first, then where they stand (name, other
            # words, sentence).
            place = min(i for i, part in enumerate(parts) if any(_begins(w, part) for w in typed))
            fits.append(((sign.tier.rank, -count, place), sign))
        return [sign for _, sign in sorted(fits, key=lambda fit: fit[0])]

    @cached_property
    def _signs_by_id(self) -> dict[str, SignInfo]:
        return {sign.id: sign for sign in self.signs}

    @cached_property
    def _sign_words(self) -> dict[str, tuple[list[str], ...]]:
        return {
            sign.id: (_words(sign.name), _words(" ".join(sign.also)), _words(sign.full))
            for sign in self.signs
        }

    def _fact(self, entry: _Entry) -> Fact:
        return Fact(entry["text"], self._evidence(entry))

    def _regimen(self, entry: _Entry) -> Regimen:
        return Regimen(
            id=entry["id"],
            label=entry["label"],
            conditions=tuple(entry["for"]),
            offsets=tuple(entry["offsets"]),
            unit=entry["unit"],
            every=entry["every"],
            then=entry["then"],
            anchor=entry["anchor"],
            kind=entry["kind"],
            prefill=entry["prefill"],
            note=entry.get("note", ""),
            evidence=self._evidence(entry),
        )

    def _watch_item(self, entry: _Entry) -> WatchItem:
        return WatchItem(
            entry["text"], Tier(entry["urgency"]), tuple(entry["signs"]), self._evidence(entry)
        )

    def _medicine(self, entry: _Entry) -> MedicineInfo:
        return MedicineInfo(
            id=entry["id"],
            name=entry["name"],
            names=tuple(entry["names"]),
            brands=tuple(entry["brands"]),
            biosimilars=tuple(entry["biosimilars"]),
            names_evidence=self._evidence_of(entry["names_status"], entry["names_sources"]),
            route=entry["route"],
            drug_class=self._fact(entry["class"]),
            lowers_immunity=entry["lowers_immunity"],
            conditions=tuple(entry["conditions"]),
            regimens=tuple(self._regimen(one) for one in entry["regimens"]),
            minutes_first=entry["minutes"]["first"],
            minutes_later=entry["minutes"]["later"],
            minutes=self._fact(entry["minutes"]),
            watch_after_minutes=entry["watch_after"]["minutes"],
            watch_after=self._fact(entry["watch_after"]),
            premedication=self._fact(entry["premedication"]),
            driving=self._fact(entry["driving"]),
            passenger=entry["driving"].get("passenger", ""),
            companions=tuple(self._fact(one) for one in entry["companions"]),
            watch=tuple(self._watch_item(one) for one in entry["watch"]),
        )

    def _sign(self, entry: _Entry) -> SignInfo:
        return SignInfo(
            id=entry["id"],
            name=entry["name"],
            full=entry["full"],
            also=tuple(entry["also"]),
            tier=Tier(entry["tier"]),
            infection=entry["infection"],
            when=tuple(entry["when"]),
            steps=tuple(Step(**step) for step in entry["steps"]),
            avoid=tuple(entry["avoid"]),
            say=entry["say"],
            escalate=tuple(Escalation(e["if"], Tier(e["tier"])) for e in entry["escalate"]),
            evidence=self._evidence(entry),
        )

    def _bag_item(self, entry: _Entry) -> BagItemInfo:
        return BagItemInfo(
            key=entry["key"],
            label=entry["label"],
            group=entry["group"],
            category=entry["category"],
            essential=entry["essential"],
            why=entry.get("why", ""),
            only_if=entry.get("only_if", ""),
            evidence=self._evidence(entry),
        )

    def _step(self, entry: _Entry) -> PreparationStep:
        return PreparationStep(
            id=entry["id"],
            phase=entry["phase"],
            offset_hours=entry["offset_hours"],
            text=entry["text"],
            why=entry.get("why", ""),
            only_if=entry.get("only_if", ""),
            applies=entry["applies"],
            important=entry["important"],
            evidence=self._evidence(entry),
        )


@cache
def load() -> Reference:
    """Return the one reference; nothing is read from the disk yet."""
    return Reference()


def _read(name: str) -> _Entry:
    return json.loads(read_text(name))


def _fold(text: str) -> str:
    """Return the text for comparing: small letters, no accents, no apostrophes."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (c for c in plain if not unicodedata.combining(c) and c not in "'\u2019\u2018")
    return " ".join("".join(kept).split())


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _fold(text))


def _begins(typed: str, words: list[str]) -> bool:
    return any(word.startswith(typed) for word in words)
