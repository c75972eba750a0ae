"""What the side-effects tab says of signs, as plain values: groups, what to do, whom to call."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from caregiver_app.domain.advice import Evidence, Step
from caregiver_app.domain.entities import SideEffect
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.emergency.model import Phone, call_words, phone_of
from caregiver_app.gui.emergency.why import Why, why, why_now, why_these
from caregiver_app.gui.watchlist.moment_words import moment_words
from caregiver_app.gui.whom import AboutSomebody
from caregiver_app.gui.words import plain_date, tr
from caregiver_app.messages import words
from caregiver_app.services.emergency import EmergencyService, Number
from caregiver_app.services.signs import Sign, SignRows
from caregiver_app.values import value

TIERS: Final = tuple(Tier)
TIER_LOOKS: Final[dict[Tier, tuple[str, str]]] = {
    Tier.EMERGENCY: ("emergency", "alarm"),
    Tier.CALL_TODAY: ("call", "warn"),
    Tier.NOTE: ("note-it", "follow-up"),
    Tier.COMFORT: ("comfort", "primary"),
}
"""By level of urgency its icon and its ink."""
ACTS_FIRST: Final = (Tier.EMERGENCY, Tier.CALL_TODAY)
"""The levels at which what to do stands before any question."""
_MOST_REASONS: Final = 3
"""So many reasons stand below a whole group of signs."""
_TIMES: Final = {
    "during": "during the infusion",
    "within_24h": "in the first 24 hours",
    "days_1_3": "on days 1 to 3",
    "days_4_14": "on days 4 to 14",
    "weeks_to_months": "weeks or months later",
}


@value
class Group:
    """The signs of one tier: its words, icon and ink.

    `risen` are of this tier only just now, because of what was seen with them.
    """

    tier: Tier
    title: str
    quiet: str
    icon: str
    ink: str
    signs: tuple[Sign, ...]
    risen: tuple[Sign, ...] = ()


@value
class Advice:
    """What a sign asks for: how urgent it is in words, what to do, whom to call.

    `clinic` is what the clinic said, as typed; it stands above `action` and the steps. `call` says
    to call the emergency number, "" below that level. `reasons` say why it is more urgent than by
    itself. `sources` is "" where nothing of it comes from the reference.
    """

    sign: Sign
    tier: Tier
    label: str
    action: str
    call: str
    icon: str
    ink: str
    clinic: str
    reasons: tuple[str, ...]
    phones: tuple[Phone, ...]
    steps: tuple[Step, ...]
    avoid: tuple[str, ...]
    escalations: tuple[tuple[str, Tier], ...]
    sources: str


class SignModel(AboutSomebody):
    """The signs of one person, read when they are asked for."""

    def rows(self) -> SignRows:
        """Return the signs to tap today."""
        return self.house.signs.rows(self._whose, self.house.care.today, lately=True)

    def sign(self, id_or_words: str) -> Sign:
        """Return a sign by its id, or by the words of an own one."""
        return self.house.signs.sign(self._whose, id_or_words)

    def find(self, typed: str) -> list[Sign]:
        """Return the signs that fit what is typed, emergencies first."""
        return self.house.signs.find(self._whose, typed)

    @property
    def _whose(self) -> str | None:
        person = self.person
        return None if person is None else person.id

    @property
    def person_id(self) -> str:
        """The id of whom the page speaks of, "" while nobody is entered."""
        return self._whose or ""

    def group(self, tier: Tier, signs: Sequence[Sign], risen: Collection[str] = ()) -> Group:
        """Return signs of one level with the words, the icon and the ink of that level.

        `risen` are the ids of those that are of it only just now.
        """
        icon, ink = TIER_LOOKS[tier]
        label = self.house.reference.tier(tier).label
        always = tuple(one for one in signs if one.id not in risen)
        now = tuple(one for one in signs if one.id in risen)
        return Group(tier, label, self.quiet(tier), icon, ink, always, now)

    def groups(self, signs: Sequence[Sign]) -> list[Group]:
        """Return signs set apart by level, the most urgent first, each in the order given."""
        found = [(tier, [one for one in signs if one.tier == tier]) for tier in TIERS]
        return [self.group(tier, some) for tier, some in found if some]

    def quiet(self, tier: Tier) -> str:
        """Return the line beside a group's title."""
        if tier == Tier.EMERGENCY:
            return tr("{call}, don\u2019t wait for this app", call=call_words(self.house))
        if tier == Tier.CALL_TODAY:
            return self.clinic_hours()
        if tier == Tier.NOTE:
            return tr("tell the nurse at the next contact")
        return tr("call if it grows or lasts")

    def call_line(self, tier: Tier) -> str:
        """Return what a tier asks for, in a few words."""
        if tier == Tier.EMERGENCY:
            return call_words(self.house, now=True)
        label = self.tier_word(tier)
        return f"{label}, {self.clinic_hours()}" if tier == Tier.CALL_TODAY else label

    def tier_word(self, tier: Tier) -> str:
        """Return how urgent a level is, in words."""
        return self.house.reference.tier(tier).label

    def action(self, tier: Tier) -> str:
        """Return what to do at a level, in a sentence."""
        return self.house.reference.tier(tier).action

    def said(self, sign: Sign) -> str:
        """Return a sign's name with how urgent it is, as it is heard."""
        return tr("{sign}, {urgency}", sign=sign.name, urgency=self.tier_word(sign.tier))

    def advice(self, sign: Sign, entry: SideEffect | None = None) -> Advice:
        """Return what a sign asks for when it is seen now, or what one that was kept asks for."""
        level = sign.tier if entry is None else max(sign.tier, Tier(entry.urgency))
        because = self.why(sign) if entry is None else why(self.house, entry)
        icon, ink = TIER_LOOKS[level]
        words_of_tier = self.house.reference.tier(level)
        info, own = sign.info, self.acting(sign, level)
        escalate = () if info is None else info.escalate
        checked = plain_date(self.house.reference.generated)
        return Advice(
            sign,
            level,
            words_of_tier.label,
            words_of_tier.action,
            call_words(self.house, now=True) if level == Tier.EMERGENCY else "",
            icon,
            ink,
            sign.clinic,
            # One that was shown as more urgent stays so, whatever became of the reason.
            because.lines if because.tier == level else (),
            () if level == Tier.COMFORT else self.clinic_phones(),
            own.steps,
            own.avoid,
            tuple((one.condition, one.tier) for one in escalate if one.tier > level),
            "" if info is None else source_words(info.evidence, checked),
        )

    def acting(self, sign: Sign, tier: Tier) -> Sign:
        """Return a sign with what to do at a level.

        Where it is more urgent than by itself, its own steps are those of another level: an
        emergency has the steps of any emergency, a call today what its level says.
        """
        if not is_raised(sign, tier):
            return sign
        if tier != Tier.EMERGENCY:
            return replace(sign, steps=(), tell_apart="")
        general = self.house.reference.emergency
        return replace(sign, steps=general.steps, avoid=general.avoid, tell_apart="")

    def why(self, sign: Sign) -> Why:
        """Return why a sign that is seen now is more urgent than by itself."""
        return why_now(self.house, self.person_id, sign.id)

    def reasons(self, signs: Sequence[Sign], tier: Tier) -> tuple[str, ...]:
        """Return why signs are of a level, each reason once, a few at most."""
        ids = [one.id for one in signs]
        with self.house.care.one_look():
            return why_these(self.house, self.person_id, ids, tier)[:_MOST_REASONS]

    @staticmethod
    def when(entry: SideEffect) -> str:
        """Return the day and the hour at which an entry was seen."""
        return moment_words(entry.at)

    def is_hidden(self, sign: Sign) -> bool:
        """Tell whether the family took a sign out of the rows."""
        return any(one.id == sign.id for one in self.rows().hidden)

    @staticmethod
    def times(sign: Sign) -> str:
        """Return when a sign can show, in words, "" where nothing is known."""
        when = () if sign.info is None else sign.info.when
        said = ", ".join(tr(_TIMES[one]) for one in when if one in _TIMES)
        return said[:1].upper() + said[1:]

    # -- The clinic's numbers ---------------------------------------------------------------------

    def clinic_phones(self) -> tuple[Phone, ...]:
        """Return the clinic's numbers, the one for after hours second."""
        return tuple(phone_of(number) for number in self._clinic_numbers())

    def clinic_hours(self) -> str:
        """Return which number of the clinic answers when, as far as both are written down."""
        numbers = self._clinic_numbers()
        day = next((one.number for one in numbers if one.hours != "after"), "")
        after = next((one.number for one in numbers if one.hours == "after"), "")
        if day and after:
            return tr("in office hours {day}, after hours {after}", day=day, after=after)
        if after:
            return tr("after hours {after}", after=after)
        if day:
            only = "in office hours {number}; no out-of-hours number written down"
            return tr(only, number=day)
        return tr("no number of the clinic is written down")

    def _clinic_numbers(self) -> tuple[Number, ...]:
        whose = self._whose
        return () if whose is None else EmergencyService(self.house).clinic_numbers(whose)


def is_raised(sign: Sign, tier: Tier) -> bool:
    """Tell whether a level is more urgent than a sign of the reference is by itself."""
    return sign.info is not None and tier > sign.info.tier


def source_words(evidence: Evidence, checked: str) -> str:
    """Return "From: ... · checked ... · not reviewed by a clinician", as the data says."""
    names = "; ".join(dict.fromkeys(source.name for source in evidence.sources))
    line = words(evidence.source_key, sources=names, date=checked)
    if evidence.is_unverified:
        return f"{words('safety.unverified')} {line}"
    return f"{line} · {words('safety.not_checked')}" if evidence.is_weak else line
