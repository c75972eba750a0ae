"""What is said about a medicine of the reference, part by part: the window and paper share it.

A part is a heading with a few facts; each fact keeps what stands behind it. No amounts, and no word
that the reference does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from caregiver_app.domain.advice import Evidence, Fact, MedicineInfo, Regimen, Source, WatchItem
from caregiver_app.domain.watch import Tier
from caregiver_app.messages import words
from caregiver_app.pages.dates import plain_date, tr
from caregiver_app.values import value

WHAT, SCHEDULES, VISIT, COMPANIONS, CHANGES = "what", "schedules", "visit", "companions", "changes"
_VERIFIED: Final = "verified here"
_UNVERIFIED: Final = "unverified here"
_PARTLY: Final = "partly verified here"


@value
class Told:
    """One fact: what it is about ("" where the part's title says it), the words, lines below."""

    text: str
    evidence: Evidence
    about: str = ""
    below: tuple[str, ...] = ()


@value
class Part:
    """Facts under one title; `summary` says in a few words what is in it, "" for nothing short."""

    key: str
    title: str
    told: tuple[Told, ...]
    summary: str = ""
    opening: str = ""


@value
class WatchGroup:
    """What to watch for at one level of urgency, and the ids of the signs that belong to it."""

    tier: Tier
    items: tuple[WatchItem, ...]
    signs: tuple[str, ...]


def title_of(info: MedicineInfo) -> str:
    """Return the name, as it stands over a page."""
    return info.name[:1].upper() + info.name[1:]


def other_names(info: MedicineInfo) -> str:
    """Return brands and other names in one line."""
    known = info.name.casefold()
    names = (name for name in (*info.brands, *info.names) if name.casefold() not in known)
    return ", ".join(dict.fromkeys(names))


def parts_of(info: MedicineInfo) -> list[Part]:
    """Return everything that is said in facts, in the order in which it is read."""
    parts = [_what(info), _schedules(info), _visit(info)]
    if info.companions:
        told = tuple(Told(one.text, one.evidence) for one in info.companions)
        parts.append(Part(COMPANIONS, tr("What often goes with it"), told))
    parts.append(
        Part(
            CHANGES,
            tr("When a date cannot be kept"),
            (_told(info.schedule_changes),),
            summary=tr("Call the team"),
            opening=words("safety.missed"),
        )
    )
    return [part for part in parts if part.told]


def watch_groups(info: MedicineInfo) -> list[WatchGroup]:
    """Return what to watch for, emergencies first."""
    found: list[WatchGroup] = []
    for tier in Tier:
        items = tuple(item for item in info.watch if item.tier == tier)
        if items:
            signs = dict.fromkeys(sign for item in items for sign in item.signs)
            found.append(WatchGroup(tier, items, tuple(signs)))
    return found


def watch_days_words(info: MedicineInfo) -> list[str]:
    """Return for how long signs are watched for, and what counts longer."""
    days = tr("Signs are watched for until {count} days after each visit.", count=info.watch_days)
    return [line for line in (days if info.watch_days else "", info.watch_days_note) if line]


def fever_words(info: MedicineInfo, limit: str) -> str:
    """Return what fever means with this medicine, "" where nothing was read; `limit` in words."""
    if info.fever_emergency:
        return words("safety.fever_emergency", medicine=info.name, limit=limit)
    return words("safety.fever", limit=limit) if info.lowers_immunity else ""


# -- What stands behind a fact --------------------------------------------------------------------


def warning_of(evidence: Evidence) -> str:
    """Return what has to be seen beside a fact that was not checked well, else ""."""
    if evidence.is_unverified:
        return words("safety.unverified")
    if evidence.is_weak:
        said = words("safety.not_checked")
        return f"{said[:1].upper()}{said[1:]}."
    return ""


def status_of(evidence: Evidence) -> str:
    """Return in words how well a fact was checked."""
    if evidence.is_unverified:
        return tr("not read in the source")
    if evidence.status == _PARTLY:
        return tr("read in the source in part, the rest was not checked")
    return tr("read in the source")


def source_line(evidence: Evidence, checked: date) -> str:
    """Return where a fact is from, when it was checked and how well, in one line."""
    names = "; ".join(dict.fromkeys(source.name for source in evidence.sources))
    if not names:
        return tr("No source was read · {reviewed}", reviewed=words("safety.not_reviewed"))
    line = words("safety.source_line", sources=names, date=plain_date(checked))
    return f"{line} · {status_of(evidence)}"


def links_of(evidences: Iterable[Evidence]) -> list[Source]:
    """Return the sources that carry a link, each once."""
    found = {source.id: source for one in evidences for source in one.sources if source.link}
    return list(found.values())


# -- The parts ------------------------------------------------------------------------------------


def _told(fact: Fact, about: str = "") -> Told:
    return Told(fact.text, fact.evidence, about)


def _what(info: MedicineInfo) -> Part:
    told = [_told(info.drug_class)]
    if info.conditions:
        ills = "\n".join(f"•  {one}" for one in info.conditions)
        told.append(Told(ills, _together(info.regimens), tr("Given for, among others")))
    names = other_names(info)
    below = [tr("Biosimilars: {names}", names=", ".join(info.biosimilars))]
    below = [*(below if info.biosimilars else ()), info.names_note]
    if names or info.names_note:
        about = tr("Other names, and what not to mix up")
        first, *rest = [line for line in (names, *below) if line]
        told.append(Told(first, info.names_evidence, about, tuple(rest)))
    return Part(WHAT, tr("What it is"), tuple(told))


def _together(regimens: Sequence[Regimen]) -> Evidence:
    """Return what stands behind the illnesses: that of the schedules which name them."""
    sources = {source.id: source for one in regimens for source in one.evidence.sources}
    states = {one.evidence.status for one in regimens}
    status = _UNVERIFIED if states <= {_UNVERIFIED} else _PARTLY
    return Evidence(_VERIFIED if states == {_VERIFIED} else status, tuple(sources.values()))


def _schedules(info: MedicineInfo) -> Part:
    told = tuple(_schedule(one) for one in info.regimens)
    only = info.regimens[0].label if len(info.regimens) == 1 else ""
    summary = only or tr("{count} schedules, by illness and clinic", count=len(info.regimens))
    return Part(SCHEDULES, tr("Usual schedules"), told, summary)


def _schedule(regimen: Regimen) -> Told:
    ills = "; ".join(regimen.conditions)
    for_ = tr("For {illnesses}", illnesses=ills) if ills else ""
    status = tr("Status: {status}", status=status_of(regimen.evidence))
    below = (for_, regimen.continues_as, regimen.note, status)
    return Told(regimen.label, regimen.evidence, below=tuple(line for line in below if line))


def _visit(info: MedicineInfo) -> Part:
    facts: list[tuple[str, Fact]] = []
    if info.infused:
        facts = [
            (tr("How long it takes"), info.minutes),
            (tr("In the chair afterwards"), info.watch_after),
            (tr("Before the drip"), info.premedication),
        ]
    facts.append((tr("Driving"), info.driving))
    title = tr("The day of the visit") if info.infused else tr("Driving")
    told = tuple(_told(fact, about if info.infused else "") for about, fact in facts)
    summary = tr("How long, the chair afterwards, before the drip, driving")
    return Part(VISIT, title, told, summary if info.infused else "")
