"""Published advice as plain values: what can be looked up about medicines, signs, bag and steps."""

from __future__ import annotations

from caregiver_app.domain.watch import Tier
from caregiver_app.values import value

WEAK_KINDS = frozenset({"article", "blog", "news", "drugref", "machine"})
"""Kinds of source that alone do not count as checked against a label."""


@value
class Source:
    """Where a fact was read: who published it, which document, what kind, a link if allowed."""

    id: str
    publisher: str
    document: str
    kind: str
    link: str = ""

    @property
    def name(self) -> str:
        """Return publisher and document in one line."""
        return f"{self.publisher}, {self.document}" if self.publisher else self.document


@value
class Evidence:
    """How well a fact was checked.

    `status` is "verified here", "partly verified here" or "unverified here".
    """

    status: str
    sources: tuple[Source, ...]

    @property
    def is_unverified(self) -> bool:
        """Tell whether no source was read for it."""
        return self.status == "unverified here"

    @property
    def is_weak(self) -> bool:
        """Tell whether only blogs, news, drug sites or machine-written pages stand behind it."""
        return all(source.kind in WEAK_KINDS for source in self.sources)


@value
class Fact:
    """One sentence with what stands behind it."""

    text: str
    evidence: Evidence


@value
class Regimen:
    """A published rhythm of visits: a proposal, never a plan.

    `then` is the unit count of the first maintenance visit. Only with `prefill` may a form be
    filled from it.
    """

    id: str
    label: str
    conditions: tuple[str, ...]
    offsets: tuple[int, ...]
    unit: str
    every: int | None
    then: int | None
    anchor: str
    kind: str
    prefill: bool
    note: str
    evidence: Evidence


@value
class WatchItem:
    """Something to watch for with a medicine, how urgent it is and which signs belong to it."""

    text: str
    tier: Tier
    signs: tuple[str, ...]
    evidence: Evidence


@value
class MedicineInfo:
    """What was read about a medicine. There are no amounts in it, on purpose.

    `passenger` is what `driving` comes to in words that may be told to a driver: they name
    neither medicine nor treatment, and are "" where there is nothing to tell.
    """

    id: str
    name: str
    names: tuple[str, ...]
    brands: tuple[str, ...]
    biosimilars: tuple[str, ...]
    names_evidence: Evidence
    route: str
    drug_class: Fact
    lowers_immunity: bool
    conditions: tuple[str, ...]
    regimens: tuple[Regimen, ...]
    minutes_first: int
    minutes_later: int
    minutes: Fact
    watch_after_minutes: int
    watch_after: Fact
    premedication: Fact
    driving: Fact
    companions: tuple[Fact, ...]
    watch: tuple[WatchItem, ...]
    passenger: str = ""


@value
class Step:
    """One thing to do, short enough to read at a glance, with an optional second line."""

    do: str
    more: str = ""


@value
class Escalation:
    """When a sign counts as more urgent: `condition` completes "if ..."."""

    condition: str
    tier: Tier


@value
class SignInfo:
    """A sign in plain words: what it looks like, how urgent it is, what to do first.

    `infection` marks a sign of infection, which with a medicine that lowers immunity is a call
    today; `say` is what to say on the phone.
    """

    id: str
    name: str
    full: str
    also: tuple[str, ...]
    tier: Tier
    infection: bool
    when: tuple[str, ...]
    steps: tuple[Step, ...]
    avoid: tuple[str, ...]
    say: str
    escalate: tuple[Escalation, ...]
    evidence: Evidence


@value
class EmergencyWords:
    """What to do in any emergency, and short words for the urgent signs, in the sheet's order.

    All of it repeats what the signs and tiers say; `evidence` is that of the signs behind the
    steps. `fever` says when fever is an emergency, `no_answer` what to do when the clinic can't be
    reached.
    """

    steps: tuple[Step, ...]
    avoid: tuple[str, ...]
    fever: str
    no_answer: str
    short: tuple[tuple[str, str], ...]
    evidence: Evidence


@value
class TierInfo:
    """The words for a level of urgency."""

    tier: Tier
    label: str
    action: str


@value
class SeverityInfo:
    """One of the four strengths a caregiver can choose, and the least urgency it asks for."""

    grade: int
    label: str
    meaning: str
    tier: Tier


@value
class FeverInfo:
    """The limit at which a temperature is a call today, and what to know about readings."""

    limit_c: float
    limit_f: float
    text: str
    notes: tuple[str, ...]
    evidence: Evidence


@value
class BagItemInfo:
    """A thing for the bag. `group` is "papers" or "things"; `only_if` is a question to ask."""

    key: str
    label: str
    group: str
    category: str
    essential: bool
    why: str
    only_if: str
    evidence: Evidence


@value
class BagTemplate:
    """A list to pack from. `adds_to` names the template that it comes on top of, if any."""

    id: str
    name: str
    adds_to: str
    items: tuple[BagItemInfo, ...]


@value
class PreparationStep:
    """Something to do around a visit.

    `offset_hours` counts from the visit's start (phase before or during) or its end (after).
    `applies` is "every_visit" or "new_medicine_or_plan_year".
    """

    id: str
    phase: str
    offset_hours: int
    text: str
    why: str
    only_if: str
    applies: str
    important: bool
    evidence: Evidence
