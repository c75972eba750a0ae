"""The signs of the watchlist as one person's family sees them.

The reference's signs and the family's own stand side by side; what the clinic said is laid over
them. Hiding takes a sign out of the rows, never out of search, and never an emergency. What the
clinic said never changes how urgent a sign is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.advice import SignInfo, Step
from caregiver_app.domain.entities import (
    Medicine,
    OwnSign,
    Plan,
    SideEffect,
    SignChoice,
)
from caregiver_app.domain.times import Zoned, in_zone
from caregiver_app.domain.watch import Tier
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care, refuse
from caregiver_app.services.medicine_reference import fold, typed_words, words_of
from caregiver_app.services.watch import WatchService
from caregiver_app.values import value

MOST_USUAL: Final = 8
"""So many signs stand in the row under the emergencies."""
USUAL: Final = (
    "fever", "chills", "hives_rash", "headache", "fatigue", "nausea", "dizziness", "joint_flare",
)  # fmt: skip
"""Shown where neither the family's entries nor the reference say more."""
_TIERS: Final = tuple(tier.value for tier in Tier)
_FEWEST_LETTERS: Final = 2
_PHASES: Final = (
    (0, ("during", "within_24h")),
    (1, ("within_24h", "days_1_3")),
    (3, ("days_1_3",)),
    (14, ("days_4_14",)),
)
"""Up to which day since an infusion which of the reference's times counts."""
_LATE: Final = ("weeks_to_months",)


@value
class Sign:
    """A sign as it stands for one person: the reference's, the family's own, or words as typed.

    `id` is the reference's id, else the words. `tier` is how urgent it is for this person even
    when it is mild: a medicine of theirs, or what was seen just before, can make it more urgent
    than the reference alone.
    `clinic` is what the clinic said to do, as typed, "" where nothing was.
    """

    id: str
    info: SignInfo | None
    own: OwnSign | None
    name: str
    full: str
    tier: Tier
    clinic: str
    steps: tuple[Step, ...]
    avoid: tuple[str, ...]
    tell_apart: str

    @property
    def is_emergency(self) -> bool:
        """Tell whether it is an emergency for this person."""
        return self.tier == Tier.EMERGENCY

    @property
    def is_kept(self) -> bool:
        """Tell whether it is on the list, the reference's or the family's own."""
        return self.info is not None or self.own is not None

    @property
    def also(self) -> tuple[str, ...]:
        """The other words that find it."""
        if self.info is not None:
            return self.info.also
        return () if self.own is None else self.own.also


@value
class SignRows:
    """The signs to tap, one group a row; the most urgent group is never filtered.

    `usual` holds up to eight that are likely for this family now, none that is always an emergency
    among them; they stand in their own group as well, at the same level. `own` are the family's
    own, also those of other groups.
    `hidden` were taken out of the rows by the family. `risen` are the ids of those that are an
    emergency only because of what was seen just before.
    """

    emergency: tuple[Sign, ...]
    usual: tuple[Sign, ...]
    call_today: tuple[Sign, ...]
    note: tuple[Sign, ...]
    comfort: tuple[Sign, ...]
    own: tuple[Sign, ...]
    hidden: tuple[Sign, ...]
    risen: frozenset[str] = frozenset()

    def of(self, tier: Tier) -> tuple[Sign, ...]:
        """Return the signs of one level of urgency."""
        by_tier = {
            Tier.EMERGENCY: self.emergency,
            Tier.CALL_TODAY: self.call_today,
            Tier.NOTE: self.note,
            Tier.COMFORT: self.comfort,
        }
        return by_tier[tier]


class SignService:
    """Finds and orders signs for a person, and keeps what the family decided about them."""

    def __init__(self, care: Care, watch: WatchService) -> None:
        self._care, self._watch = care, watch

    # -- Reading ----------------------------------------------------------------------------------

    def sign(self, person_id: str | None, id_or_words: str) -> Sign:
        """Return the sign with that id, the own sign of that name, or the words as a sign."""
        person = person_id or ""
        info = self._care.reference.sign(id_or_words)
        if info is not None:
            found = _known(info, self._choice(person, info.id))
        else:
            own = self._own_called(person, id_or_words)
            found = _typed(id_or_words) if own is None else _own(own)
        return _as_urgent(found, self._levels(person, [found])[1])

    def of_entry(self, kind: str, entry_id: str) -> tuple[str, str] | None:
        """Return whose sign, and which, an "own_sign" or a "sign_choice" is about."""
        if kind == "own_sign":
            own = self._care.store.get(OwnSign, entry_id)
            return None if own is None else (own.person, own.name)
        choice = self._care.store.get(SignChoice, entry_id)
        return None if choice is None else (choice.person, choice.sign)

    def find(self, person_id: str | None, typed: str) -> list[Sign]:
        """Return the signs that fit what somebody types, hidden ones too; two letters are enough.

        Every emergency that fits stands above all others; within one level those whose own name
        begins with what was typed come first, then those that are also called so.
        """
        person, words = person_id or "", typed_words(typed)
        if len("".join(words)) < _FEWEST_LETTERS:
            return []
        with self._care.one_look():
            choices = self._choices(person)
            known = self._care.reference.find_signs(typed)
            found = [_known(info, choices.get(info.id)) for info in known]
            found += [_own(one) for one in self.own(person) if self._fits(one, words)]
            now = self._levels(person, found)[1]
            found = [_as_urgent(one, now) for one in found]
        start = " ".join(words)

        def order(one: Sign) -> tuple[bool, int, int]:
            # Where nothing of the reference has all the words, an own sign that does comes first.
            return not self._has_all(one, words), one.tier.rank, _place(one, start)

        return sorted(found, key=order)

    def rows(self, person_id: str | None, day: date, *, lately: bool = False) -> SignRows:
        """Return the signs to tap on `day`, in groups by urgency.

        `lately` counts what was seen just before, as tapping one does: what it makes an emergency
        stands behind those that always are.
        """
        person = person_id or ""
        with self._care.one_look():
            choices = self._choices(person)
            own = [_own(one) for one in self.own(person)]
            known = [_known(one, choices.get(one.id)) for one in self._care.reference.signs]
            alone, now = self._levels(person, [*own, *known])
            levels = now if lately else alone
            own = [_as_urgent(one, levels) for one in own]
            known = [_as_urgent(one, levels) for one in known]
            hidden = [one for one in known if self._is_hidden(one, choices)]
            gone = {one.id for one in hidden}
            shown = [*own, *(one for one in known if one.id not in gone)]
            risen = {one.id for one in shown if one.is_emergency and alone[one.id] < one.tier}
            usual = self._usual(person, day, shown, risen)

        def of(tier: Tier) -> tuple[Sign, ...]:
            return tuple(one for one in shown if one.tier == tier)

        emergency = tuple(
            sorted(of(Tier.EMERGENCY), key=lambda one: (one.id in risen, one.own is not None))
        )
        return SignRows(
            emergency,
            usual,
            of(Tier.CALL_TODAY),
            of(Tier.NOTE),
            of(Tier.COMFORT),
            tuple(own),
            tuple(hidden),
            frozenset(risen),
        )

    def own(self, person_id: str | None) -> list[OwnSign]:
        """Return the signs that the family added for a person, by name."""
        found = self._care.store.all(OwnSign, person=person_id) if person_id else []
        return sorted(found, key=lambda one: one.name.casefold())

    def _levels(
        self, person: str, signs: Sequence[Sign]
    ) -> tuple[dict[str, Tier], dict[str, Tier]]:
        """Return how urgent signs are for a person while mild: alone, and with what was seen."""
        care = self._care
        seen = Zoned(in_zone(care.now, care.home).replace(tzinfo=None), care.home)
        return self._watch.urgency.mild(person, [one.id for one in signs], seen)

    def _usual(
        self, person: str, day: date, shown: Sequence[Sign], risen: Collection[str]
    ) -> tuple[Sign, ...]:
        """Return what is likely; one that is an emergency only just now keeps its place."""
        logged = self._care.store.signs_of(person) if person else []
        by_id = {one.id: one for one in shown}
        by_name = {fold(one.id): one for one in shown if one.own is not None}
        found: dict[str, Sign] = {}
        for id_ in (*logged, *self._likely(person, day), *USUAL):
            one = by_id.get(id_) or by_name.get(fold(id_))
            if one is not None and (one.id in risen or not one.is_emergency):
                found.setdefault(one.id, one)
        return tuple(found.values())[:MOST_USUAL]

    def _likely(self, person: str, day: date) -> list[str]:
        """Return the signs that the reference lists for a person's medicines on such a day."""
        since = self._watch.since(person, day) if person else None
        if since is None:
            return []
        phases = next((times for last, times in _PHASES if since.days <= last), _LATE)
        reference = self._care.reference
        watched = [
            id_
            for name in self._medicine_names(person)
            for medicine in reference.medicines_in(name)
            for item in medicine.watch
            for id_ in item.signs
        ]
        infos = [reference.sign(id_) for id_ in dict.fromkeys(watched)]
        return [one.id for one in infos if one is not None and set(one.when) & set(phases)]

    def _medicine_names(self, person: str) -> list[str]:
        store = self._care.store
        names = [plan.medicine for plan in store.all(Plan, person=person)]
        names += [one.name for one in store.all(Medicine, person=person) if not one.past]
        return list(dict.fromkeys(names))

    def _fits(self, own: OwnSign, typed: Iterable[str]) -> bool:
        """Tell whether an own sign has all the typed words."""
        return self._has_all(_own(own), typed)

    def _has_all(self, sign: Sign, typed: Iterable[str]) -> bool:
        """Tell whether each typed word begins a word of a sign; small words don't count."""
        small = self._care.reference.small_words
        asked = [word for word in typed if word not in small] or list(typed)
        parts = words_of(" ".join((sign.name, *sign.also, sign.full)))
        return all(any(_begins(part, word) for part in parts) for word in asked)

    # -- What the family decided ------------------------------------------------------------------

    def save_own(self, own: OwnSign) -> OwnSign:
        """Keep a new or changed sign of the family's own; what was written of it follows its name.

        Raises:
            FormRefused: fields are wrong, or a sign of that name is on the list already.
        """
        care = self._care
        self.check_own(own)
        with care.change("done.own_sign", sign=own.name.strip()):
            old = care.store.get(OwnSign, own.id) if own.id else None
            person = care.whose(own.person, old)
            if old is None or fold(old.name) != fold(own.name) or old.person != person.id:
                refuse(lambda: self._check_name_is_new(replace(own, person=person.id)))
            kept = replace(
                care.stamped(own, old),
                person=person.id,
                name=texts.title(own.name, "name"),
                also=_distinct(own.also),
                note=texts.paragraphs(own.note, "note"),
            )
            care.store.put(kept)
            if old is not None and old.name != kept.name:
                self._rename(person.id, old.name, kept.name)
        return kept

    def check_own(self, own: OwnSign) -> None:
        """Look whether an own sign can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        refuse(*self._own_checks(own))

    def remove_own(self, own_id: str) -> None:
        """Take an own sign off the list; what was written of it stays. Undo brings it back.

        Raises:
            InputRefused: it is not there any more.
        """
        found = self._care.store.get(OwnSign, own_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=own_id)
        with self._care.change("done.own_sign_removed", sign=found.name):
            self._care.store.remove(OwnSign, own_id, self._care.now)

    def save_choice(self, choice: SignChoice) -> SignChoice:
        """Keep what was decided about one sign of the reference.

        Raises:
            FormRefused: there is no such sign, the text cannot be taken, or an emergency would be
                hidden.
        """
        self.check_choice(choice)
        care = self._care
        name = self._watch.sign_name(choice.sign)
        with care.change("done.sign_choice", sign=name):
            self._put_choice(choice)
        return choice

    def check_choice(self, choice: SignChoice, *, elsewhere: bool = False) -> None:
        """Look whether a choice can be kept so.

        `elsewhere`: it was kept by another release, which may know other signs.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        info = self._care.reference.sign(choice.sign)

        def known() -> None:
            if info is None and not elsewhere:
                raise InputRefused("sign.unknown", "sign", sign=choice.sign)

        def may_hide() -> None:
            if choice.hidden and info is not None and info.tier == Tier.EMERGENCY:
                raise InputRefused("sign.emergency_stays", "hidden", sign=info.name)

        refuse(
            known,
            lambda: texts.title(choice.sign, "sign"),
            may_hide,
            lambda: texts.paragraphs(choice.clinic, "clinic"),
        )

    def hide(self, person_id: str, sign: str, on: bool) -> None:
        """Take a sign of the reference out of the rows, or show it again.

        Raises:
            InputRefused: it is an emergency for this person, or no sign of the reference.
        """
        care, found = self._care, self.sign(person_id, sign)
        if found.info is None:
            raise InputRefused("sign.unknown", "sign", sign=sign)
        if on and found.is_emergency:
            raise InputRefused("sign.emergency_stays", "hidden", sign=found.name)
        with care.change("done.sign_hidden" if on else "done.sign_shown", sign=found.name):
            person = care.whose(person_id, None).id
            self._put_choice(replace(self._choice_or_new(person, sign), hidden=on))

    def set_clinic(self, person_id: str, sign: str, text: str) -> None:
        """Keep what the clinic said to do about a sign; "" takes it away.

        Raises:
            FormRefused: the text cannot be taken.
            InputRefused: the sign is not on the list.
        """
        care, found = self._care, self.sign(person_id, sign)
        refuse(lambda: texts.paragraphs(text, "clinic"))
        if not found.is_kept:
            raise InputRefused("sign.unknown", "sign", sign=sign)
        with care.change("done.sign_clinic", sign=found.name):
            if found.own is not None:
                care.store.put(replace(care.stamped(found.own, found.own), note=text.strip()))
                return
            person = care.whose(person_id, None).id
            self._put_choice(replace(self._choice_or_new(person, sign), clinic=text))

    def _put_choice(self, choice: SignChoice) -> None:
        care = self._care
        old = self._choice(choice.person, choice.sign)
        text = texts.paragraphs(choice.clinic, "clinic")
        care.store.put(replace(care.stamped(choice, old), clinic=text))

    def _choice_or_new(self, person: str, sign: str) -> SignChoice:
        kept = self._choice(person, sign)
        return kept or SignChoice(id=f"{person}:{sign}", person=person, sign=sign)

    def _choice(self, person: str, sign: str) -> SignChoice | None:
        return self._care.store.get(SignChoice, f"{person}:{sign}") if person else None

    def _choices(self, person: str) -> dict[str, SignChoice]:
        found = self._care.store.all(SignChoice, person=person) if person else []
        return {one.sign: one for one in found}

    @staticmethod
    def _is_hidden(sign: Sign, choices: dict[str, SignChoice]) -> bool:
        choice = choices.get(sign.id)
        return choice is not None and choice.hidden and not sign.is_emergency

    def _own_called(self, person: str, words: str) -> OwnSign | None:
        wanted = fold(words)
        return next((one for one in self.own(person) if fold(one.name) == wanted), None)

    @staticmethod
    def _own_checks(own: OwnSign) -> tuple[Callable[[], object], ...]:
        return (
            lambda: texts.title(own.name, "name"),
            lambda: [texts.line(word, "also") for word in own.also],
            lambda: texts.one_of(own.tier, _TIERS, "tier"),
            lambda: texts.paragraphs(own.note, "note"),
        )

    def _check_name_is_new(self, own: OwnSign) -> None:
        wanted = fold(own.name)
        listed = {fold(name) for one in self._care.reference.signs for name in (one.id, one.name)}
        listed |= {fold(one.name) for one in self.own(own.person) if one.id != own.id}
        if wanted in listed:
            raise InputRefused("sign.there_already", "name", sign=own.name.strip())

    def _rename(self, person: str, old: str, new: str) -> None:
        store, wanted = self._care.store, fold(old)
        for entry in store.all(SideEffect, person=person):
            if fold(entry.sign) == wanted:
                store.put(replace(self._care.stamped(entry, entry), sign=new))


def _known(info: SignInfo, choice: SignChoice | None) -> Sign:
    clinic = "" if choice is None else choice.clinic
    return Sign(
        info.id, info, None, info.name, info.full, info.tier, clinic,
        info.steps, info.avoid, info.tell_apart,
    )  # fmt: skip


def _as_urgent(sign: Sign, levels: Mapping[str, Tier]) -> Sign:
    return replace(sign, tier=max(sign.tier, levels[sign.id]))


def _typed(words: str) -> Sign:
    return Sign(words, None, None, words, "", Tier.NOTE, "", (), (), "")


def _own(own: OwnSign) -> Sign:
    return Sign(own.name, None, own, own.name, "", Tier(own.tier), own.note, (), (), "")


def _place(sign: Sign, start: str) -> int:
    """Return 0 where the name begins with what was typed, 1 where another word for it does."""
    if _plain(sign.name).startswith(start):
        return 0
    return 1 if any(_plain(one).startswith(start) for one in sign.also) else 2


def _plain(text: str) -> str:
    return " ".join(words_of(text))


def _begins(part: str, typed: str) -> bool:
    # Words of a language without spaces are one: what is typed may stand anywhere in them.
    return part.startswith(typed) or (not typed.isascii() and typed in part)


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    trimmed = (texts.line(word, "also") for word in words)
    return tuple(dict.fromkeys(word for word in trimmed if word))
