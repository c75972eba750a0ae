"""Published advice as plain values: what can be looked up about medicines, signs, bag and steps."""

from __future__ import annotations

from datetime import date

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

    `status` is "verified here", "partly verified here" or "unverified here". `reviewed` tells that
    a clinician has read the words that stand on it.
    """

    status: str
    sources: tuple[Source, ...]
    reviewed: bool = False

    @property
    def source_key(self) -> str:
        """Return the message key of the line that names the sources and whether it was reviewed."""
        return "safety.source_line_reviewed" if self.reviewed else "safety.source_line"

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
class Course:
    """A later course of a regimen: visits at `offsets` (in `unit`s) from its own first day.

    It begins `after` `after_unit`s after the first visit of the course before.
    """

    after: int
    after_unit: str
    offsets: tuple[int, ...]
    unit: str


@value
class Regimen:
    """A published rhythm of visits: a proposal, never a plan.

    Visits fall at `offsets`, in `unit`s from what `anchor` names, then every `every`; `every` and
    `then`, the count of the first maintenance visit from the same anchor, are in `every_unit`s.
    With `every_max` the clinic chooses a gap from `every` to it. `courses` follow later,
    `continues_as` says in words what follows that is no visit (else ""); `length_varies` tells
    that the number of visits is a range, `minutes` how long a visit takes where that is longer
    than with the medicine's other rhythms. Only with `prefill` may a form be filled from it;
    `domain.prefill` says how.
    """

    id: str
    label: str
    conditions: tuple[str, ...]
    offsets: tuple[int, ...]
    unit: str
    every: int | None
    every_unit: str
    then: int | None
    every_max: int | None
    anchor: str
    kind: str
    length_varies: bool
    courses: tuple[Course, ...]
    continues_as: str
    prefill: bool
    note: str
    evidence: Evidence
    minutes: int | None = None


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

    `also` are words that people may type for it, to find it by only. `names_note` says what it is
    not to be mixed up with. `infused` tells that it is given at visits. Minutes are None where
    none were read: `minutes_first` and `minutes_later` are how long a drip takes,
    `minutes_least` the least that some clinics need later; `watch_after_minutes` is the time in
    the chair afterwards, `watch_after_most` the longest that some clinics ask for.
    `fever_emergency` tells that fever with it is an emergency. `watch_days` is how many days after
    a visit signs are watched for, `watch_days_note` what counts longer. `schedule_changes` says
    whom to ask when a date cannot be kept; `ask` are questions for the care team.

    `passenger` is what `driving` comes to in words that may be told to a driver: they name
    neither medicine nor treatment, and are "" where there is nothing to tell.
    """

    id: str
    checked: date
    name: str
    names: tuple[str, ...]
    brands: tuple[str, ...]
    also: tuple[str, ...]
    biosimilars: tuple[str, ...]
    names_evidence: Evidence
    names_note: str
    route: str
    infused: bool
    drug_class: Fact
    lowers_immunity: bool
    fever_emergency: bool
    conditions: tuple[str, ...]
    regimens: tuple[Regimen, ...]
    minutes_first: int | None
    minutes_later: int | None
    minutes_least: int | None
    minutes: Fact
    watch_after_minutes: int | None
    watch_after_most: int | None
    watch_after: Fact
    premedication: Fact
    driving: Fact
    passenger: str
    companions: tuple[Fact, ...]
    watch: tuple[WatchItem, ...]
    schedule_changes: Fact
    ask: tuple[str, ...]
    watch_days: int
    watch_days_note: str


@value
class Step:
    """One thing to do, short enough to read at a glance, with an optional second line."""

    do: str
    more: str = ""


@value
class Escalation:
    """When a sign counts as more urgent: `condition` completes "if ...".

    `joined` are the ids of the signs that `condition` names: one of them written down near this
    one, or a reading at the fever limit where "fever" is named, makes it so by itself.
    """

    condition: str
    tier: Tier
    joined: tuple[str, ...] = ()


@value
class SignInfo:
    """A sign in plain words: what it looks like, how urgent it is, what to do first.

    `infection` marks a sign of infection, which with a medicine that lowers immunity is a call
    today; `say` is what to say on the phone. `tell_apart` says in one line what makes it an
    emergency and what does not, "" where nothing looks alike. `slow_nerve` marks a sign that a slow
    change of mind or movement may be taken for: with a medicine that is watched for such a change
    it is a call today.
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
    tell_apart: str = ""
    slow_nerve: bool = False


@value
class EmergencyWords:
    """What to do in any emergency, and short words for the urgent signs, in the sheet's order.

    All of it repeats what the signs and tiers say; `evidence` is that of the signs behind the
    steps. `fever` says when fever is an emergency, `no_answer` what to do when the clinic can't be
    reached. `same_day` are the ids of the calls today that the sheet names for everybody.
    """

    steps: tuple[Step, ...]
    avoid: tuple[str, ...]
    fever: str
    no_answer: str
    short: tuple[tuple[str, str], ...]
    same_day: frozenset[str]
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
class When:
    """What the program can tell of a visit by itself; everything that is named has to hold.

    `medicines` are ids of which the visit's is one, `also_takes` ids of which one stands on the
    person's own list; empty ones, and False, ask for nothing.
    """

    first_visit: bool = False
    over_two_hours: bool = False
    medicines: tuple[str, ...] = ()
    also_takes: tuple[str, ...] = ()


@value
class BagItemInfo:
    """A thing for the bag. `group` is "papers" or "things"; `only_if` is a question to ask.

    `when` is what makes a visit ask for it, as far as the program can tell. `live` names what the
    program itself knows of it ("medicines", "questions", "ride" ...), else "".
    """

    key: str
    label: str
    group: str
    category: str
    essential: bool
    why: str
    only_if: str
    evidence: Evidence
    when: When | None = None
    live: str = ""


@value
class BagTemplate:
    """A list to pack from. `adds_to` names the template that it comes on top of, if any.

    `types` are the kinds of appointment that it serves by itself (none: picked by hand), as far as
    `when` holds; `serves` says in words what it is for.
    """

    id: str
    name: str
    adds_to: str
    items: tuple[BagItemInfo, ...]
    types: tuple[str, ...] = ()
    serves: str = ""
    when: When | None = None


@value
class PreparationStep:
    """Something to do around a visit.

    `offset_hours` counts from the visit's start (phase before or during) or its end (after).
    `applies` is "every_visit" or "new_medicine_or_plan_year". `part` is one of `entities.PARTS`,
    or "" for what nobody switches off. `sheet` names the part on whose own sheet it is done.
    `asked_anew` tells that its answer speaks of that day only. With `when` and a question in
    `only_if`, the question goes where it holds; a step of one medicine comes only where it holds.
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
    part: str = ""
    sheet: str = ""
    asked_anew: bool = False
    when: When | None = None

    @property
    def question(self) -> str:
        """The step with its question."""
        return f"{self.text} (if {self.only_if})" if self.only_if else self.text


@value
class VisitTime:
    """A place on the one line of time around a visit, such as "3 days before".

    The steps of its `phase` whose `offset_hours` lie from `first` to `last` stand on it.
    """

    id: str
    name: str
    phase: str
    first: int
    last: int

    def holds(self, phase: str, offset_hours: int) -> bool:
        """Tell whether a step of this phase and hour stands here."""
        return phase == self.phase and self.first <= offset_hours <= self.last


@value
class AskInfo:
    """One question about a visit. `ask` and `more` may hold {fever_limit}.

    `live` names the lines that the program itself puts beside it, `sign` the sign to open first
    when it is answered yes; "" for none.
    """

    id: str
    ask: str
    more: str
    live: str
    sign: str
    evidence: Evidence


@value
class AskSheet:
    """A sheet of questions before a visit: "Well enough to go?", "Anything new since last time?".

    `offset_hours` is when it is asked (negative, before the start). `yes` is said when anything is
    answered yes or not sure, `no` when nothing is; a list for the nurse has `no` only.
    """

    name: str
    offset_hours: int
    questions: tuple[AskInfo, ...]
    yes: str
    no: str
