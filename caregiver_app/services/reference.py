"""The look-up of published advice: medicines, signs, what goes into the bag, steps around a visit.

The words and figures are data files under `resources/reference` and `resources/bag`, which a
non-programmer can edit; `tests/test_reference.py` guards their shape. Nothing is read before it
is asked for, so that opening the program costs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from typing import Any, Final

from caregiver_app.assets import read_text
from caregiver_app.domain.advice import (
    AskInfo,
    AskSheet,
    BagItemInfo,
    BagTemplate,
    EmergencyWords,
    Escalation,
    Evidence,
    FeverInfo,
    MedicineInfo,
    PreparationStep,
    SeverityInfo,
    SignInfo,
    Source,
    Step,
    TierInfo,
    VisitTime,
    When,
)
from caregiver_app.domain.watch import Tier, Together
from caregiver_app.services.medicine_reference import Medicines, typed_words, words_of
from caregiver_app.services.template_file import TemplateFile

_Entry = dict[str, Any]
_REVIEWED: Final = "done"
"""What a data file says under `clinician_review` once a clinician has read it."""


class Reference:
    """Everything that can be looked up; each part is read when it is first asked for.

    `lists` is the file with the lists and steps, which a family may edit.
    """

    def __init__(self, lists: TemplateFile | None = None) -> None:
        self.lists = lists or TemplateFile()

    @cached_property
    def _source_entries(self) -> dict[str, dict[str, str]]:
        return _read("reference/sources.en.json")["sources"]

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {}

    def _source(self, id_: str) -> Source:
        if id_ not in self._sources:
            self._sources[id_] = Source(id_, **self._source_entries[id_])
        return self._sources[id_]

    def _evidence(self, entry: _Entry) -> Evidence:
        return self.evidence_of(entry["status"], entry["sources"])

    def evidence_of(self, status: str, ids: Iterable[str]) -> Evidence:
        """Return what stands behind words of another data file; KeyError for an unknown source."""
        return Evidence(status, tuple(map(self._source, ids)))

    @cached_property
    def _signs_file(self) -> _Entry:
        return _read("reference/signs.en.json")

    @property
    def _bag_file(self) -> _Entry:
        return self.lists.lists

    @cached_property
    def _medicines(self) -> Medicines:
        return Medicines(self.evidence_of)

    @property
    def medicines(self) -> tuple[MedicineInfo, ...]:
        """Every medicine that the reference knows; this builds them all."""
        return self._medicines.all()

    @property
    def medicine_names(self) -> tuple[str, ...]:
        """Every name and brand of a medicine, to offer while somebody types."""
        return self._medicines.names

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
    def together(self) -> Together:
        """Which signs are an emergency, or more urgent, when they come together."""
        entry = self._signs_file["together"]
        joins = {
            sign.id: tuple((frozenset(e.joined), e.tier) for e in sign.escalate if e.joined)
            for sign in self.signs
        }
        return Together(frozenset(entry["skin"]), frozenset(entry["apart"]), joins, entry["hours"])

    @property
    def is_reviewed(self) -> bool:
        """Whether a clinician has read the words about signs, as their data file says."""
        return self._signs_file["clinician_review"] == _REVIEWED

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
        reviewed = self.is_reviewed and entry["clinician_review"] == _REVIEWED
        sources = dict.fromkeys(source for one in behind for source in one.sources)
        verified = all(one.status == "verified here" for one in behind)
        return EmergencyWords(
            tuple(Step(step["do"]) for step in entry["steps"]),
            tuple(line["text"] for line in entry["avoid"]),
            entry["fever"]["text"],
            entry["no_answer"]["text"],
            tuple((sign["id"], sign["short"]) for sign in entry["signs"]),
            frozenset(entry["same_day"]),
            Evidence(
                "verified here" if verified else "partly verified here", tuple(sources), reviewed
            ),
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
                tuple(entry["types"]),
                entry["for"],
                _when(entry),
            )
            for entry in self._bag_file["templates"]
        )

    @cached_property
    def times(self) -> tuple[VisitTime, ...]:
        """The one line of time around a visit, in its order."""
        return tuple(
            VisitTime(entry["id"], entry["name"], entry["phase"], entry["from"], entry["to"])
            for entry in self._bag_file["times"]
        )

    @cached_property
    def steps(self) -> tuple[PreparationStep, ...]:
        """What is done around a visit, in the order of time."""
        return tuple(self._step(entry) for entry in self._bag_file["preparation"])

    @cached_property
    def medicine_steps(self) -> tuple[PreparationStep, ...]:
        """What is done around a visit with one medicine only, in the order of time."""
        return tuple(self._step(entry) for entry in self._bag_file["medicine_steps"])

    def step(self, id_: str) -> PreparationStep | None:
        """Return the step with this id, of every visit or of one medicine's."""
        return self._steps_by_id.get(id_)

    @cached_property
    def _steps_by_id(self) -> dict[str, PreparationStep]:
        return {step.id: step for step in (*self.steps, *self.medicine_steps)}

    @cached_property
    def well_enough(self) -> AskSheet:
        """What is asked on the day before a visit."""
        entry = self._bag_file["well_enough"]
        return self._sheet(entry, entry["questions"], entry["yes"], entry["no"])

    @cached_property
    def anything_new(self) -> AskSheet:
        """What the nurse is told: a list that is filled in at home."""
        entry = self._bag_file["anything_new"]
        return self._sheet(entry, entry["items"], "", entry["none"])

    @cached_property
    def generated(self) -> date:
        """The day on which the facts were checked."""
        return date.fromisoformat(self._signs_file["generated"])

    def medicine(self, query: str) -> MedicineInfo | None:
        """Return the medicine with this id, name or brand, in any case.

        Where several forms share a name, it is the one that is given by drip.
        """
        return self._medicines.called(query)

    def medicines_in(self, text: str) -> tuple[MedicineInfo, ...]:
        """Return the medicines whose name or brand stands in a text, as somebody typed it.

        It is for what has to be watched; dates are only ever filled in by `medicine`.
        """
        return self._medicines.named_in(text)

    def find_medicines(self, query: str) -> list[MedicineInfo]:
        """Return the medicines that fit what somebody types, the best first (see `Medicines`)."""
        return self._medicines.find(query)

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

        Within one level of urgency those come first whose own name begins with a typed word.
        Every typed word has to begin a word of the sign; two letters are enough, and small words
        ("the", "and") count neither way. When nothing fits all the words ("help she can't
        breathe"), signs that fit any longer one are returned.
        """
        all_typed = typed_words(query)
        if len("".join(all_typed)) < 2:
            return []
        typed = [word for word in all_typed if word not in self._small] or all_typed
        found = self._ranked(typed, needed=len(typed))
        long = [word for word in typed if len(word) > 3]
        return found or (self._ranked(long, needed=1) if long else [])

    def _ranked(self, typed: list[str], needed: int) -> list[SignInfo]:
        fits: list[tuple[tuple[int, bool, int, int], SignInfo]] = []
        for sign in self.signs:
            parts = self._sign_words[sign.id]
            count = sum(any(_begins(word, part) for part in parts) for word in typed)
            if count < needed:
                continue
            # Within one urgency: names that begin so, then more of the words, then where they
            # stand (name, other words, sentence).
            begins = any(_begins(word, parts[0][:1]) for word in typed)
            place = min(i for i, part in enumerate(parts) if any(_begins(w, part) for w in typed))
            fits.append(((sign.tier.rank, not begins, -count, place), sign))
        return [sign for _, sign in sorted(fits, key=lambda fit: fit[0])]

    @cached_property
    def _signs_by_id(self) -> dict[str, SignInfo]:
        return {sign.id: sign for sign in self.signs}

    @cached_property
    def _sign_words(self) -> dict[str, tuple[list[str], ...]]:
        return {
            sign.id: tuple(
                [word for word in words_of(text) if word not in self._small]
                for text in (sign.name, " ".join(sign.also), sign.full)
            )
            for sign in self.signs
        }

    @property
    def small_words(self) -> frozenset[str]:
        """Words that find no sign, such as "the"."""
        return self._small

    @cached_property
    def _small(self) -> frozenset[str]:
        return frozenset(self._signs_file["small_words"])

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
            escalate=tuple(
                Escalation(e["if"], Tier(e["tier"]), tuple(e.get("joined", ())))
                for e in entry["escalate"]
            ),
            evidence=replace(self._evidence(entry), reviewed=self.is_reviewed),
            tell_apart=entry.get("tell_apart", ""),
            slow_nerve=entry["id"] in self._signs_file["slow_nerves"]["signs"],
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
            when=_when(entry),
            live=entry.get("live", ""),
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
            part=entry["part"],
            sheet=entry.get("sheet", ""),
            asked_anew=entry.get("asked_anew", False),
            when=_when(entry),
        )

    def _sheet(self, entry: _Entry, asked: Iterable[_Entry], yes: str, no: str) -> AskSheet:
        questions = tuple(
            AskInfo(
                one["id"],
                one["ask"],
                one["more"],
                one.get("live", ""),
                one.get("sign", ""),
                self._evidence(one),
            )
            for one in asked
        )
        return AskSheet(entry["name"], entry["offset_hours"], questions, yes, no)


@cache
def load() -> Reference:
    """Return the one reference; nothing is read from the disk yet."""
    return Reference()


def _read(name: str) -> _Entry:
    return json.loads(read_text(name))


def _when(entry: _Entry) -> When | None:
    found = entry.get("when")
    if found is None:
        return None
    return When(
        found.get("first_visit", False),
        found.get("over_two_hours", False),
        tuple(found.get("medicines", ())),
        tuple(found.get("also_takes", ())),
    )


def _begins(typed: str, words: list[str]) -> bool:
    return any(word.startswith(typed) for word in words)
