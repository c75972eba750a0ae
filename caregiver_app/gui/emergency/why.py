"""Why a sign is more urgent than it is by itself, in words, and what to name on the phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from caregiver_app.domain.advice import SignInfo
from caregiver_app.domain.entities import SideEffect
from caregiver_app.domain.times import Zoned, in_zone, instant
from caregiver_app.domain.watch import Tier, to_fahrenheit
from caregiver_app.gui.watchlist.moment_words import moment_words
from caregiver_app.gui.words import tr
from caregiver_app.messages import words
from caregiver_app.services.household import Household
from caregiver_app.services.urgency import Reason
from caregiver_app.values import value


@value
class Why:
    """The reasons in words, one a line, and what belongs beside the sign's name on the phone.

    `tier` is what they come to, None without any.
    """

    tier: Tier | None
    lines: tuple[str, ...]
    beside: tuple[str, ...]


NO_REASON = Why(None, (), ())


def why(house: Household, entry: SideEffect) -> Why:
    """Return why an entry, kept or not, is more urgent than its sign is by itself."""
    reasons = house.watch.urgency.reasons(entry)
    if not reasons:
        return NO_REASON
    seen = [one.entry for one in reasons if one.entry is not None]
    lines = [_line(house, entry, one) for one in reasons if one.entry is None]
    lines[:0] = _together(house, seen)
    beside = [_spoken(house, other) for other in seen]
    beside += [_fever(one.celsius) for one in reasons if one.celsius is not None]
    return Why(reasons[0].tier, tuple(lines), tuple(dict.fromkeys(beside)))


def why_now(house: Household, person: str, sign: str) -> Why:
    """Return why a sign is more urgent for a person if it is seen now, even mildly."""
    return why(house, _mild(house, person, sign))


def why_these(house: Household, person: str, signs: Iterable[str], tier: Tier) -> tuple[str, ...]:
    """Return why signs that are seen now come to a level, each reason once for all of them."""
    seen: dict[str, SideEffect] = {}
    lines: dict[str, None] = {}
    for sign in signs:
        mild = _mild(house, person, sign)
        for one in house.watch.urgency.reasons(mild):
            if one.tier != tier:
                continue
            if one.entry is None:
                lines.setdefault(_line(house, mild, one))
            else:
                seen.setdefault(one.entry.id, one.entry)
    entries = sorted(seen.values(), key=lambda one: instant(one.at, house.care.home))
    return (*_together(house, entries), *lines)


def to_say(name: str, info: SignInfo | None, beside: Sequence[str]) -> str:
    """Return what to say on the phone: "hives or a rash and a metal taste, after an infusion".

    `name` is how a sign is called that the reference does not know; "" is nothing to say.
    """
    if info is None:
        return ", ".join(one for one in (_both(name, beside), tr("after an infusion")) if one)
    sign, _, around = info.say.partition(", ")
    return ", ".join(one for one in (_both(sign, beside), around) if one)


def reading_words(celsius: float) -> str:
    """Return "38.0 \u00b0C / 100.4 \u00b0F"."""
    return words(
        "safety.fever_limit", celsius=f"{celsius:.1f}", fahrenheit=f"{to_fahrenheit(celsius):.1f}"
    )


def _mild(house: Household, person: str, sign: str) -> SideEffect:
    care = house.care
    seen = Zoned(in_zone(care.now, care.home).replace(tzinfo=None), care.home)
    return SideEffect(id="", person=person, sign=sign, severity=1, at=seen, urgency="")


def _together(house: Household, seen: Sequence[SideEffect]) -> list[str]:
    if not seen:
        return []
    others = ", ".join(_seen(house, other) for other in seen)
    return [tr("More urgent together with {signs}.", signs=others)]


def _line(house: Household, entry: SideEffect, reason: Reason) -> str:
    limit = reading_words(house.watch.fever_limit(entry.person))
    if reason.kind == "reading" and reason.celsius is not None:
        told = tr("More urgent because of the temperature, {reading}. The fever limit is {limit}.")
        return told.format(reading=reading_words(reason.celsius), limit=limit)
    if reason.kind == "fever":
        return words("safety.fever_emergency", medicine=reason.medicine, limit=limit)
    if reason.kind == "medicine":
        return tr("With {medicine}: {words}", medicine=reason.medicine, words=reason.text)
    if reason.kind == "infection":
        return words("safety.reason_infection")
    if reason.kind == "unread":
        return words("safety.reason_unread")
    grades = {one.grade: one.label for one in house.reference.severities}
    return tr("More urgent because of how strong it is: {grade}.", grade=grades[entry.severity])


def _seen(house: Household, entry: SideEffect) -> str:
    when = moment_words(entry.at)
    if entry.temperature_c is not None:
        when = f"{when}, {reading_words(entry.temperature_c)}"
    name = house.watch.sign_name(entry.sign)
    return tr("\u201c{sign}\u201d ({when})", sign=name, when=when)


def _spoken(house: Household, entry: SideEffect) -> str:
    """Return an entry as it is named on the phone: "hives or a rash"."""
    info = house.reference.sign(entry.sign)
    name = entry.sign if info is None else info.say.partition(", ")[0]
    if entry.temperature_c is None:
        return name
    return tr("{sign} with {reading}", sign=name, reading=reading_words(entry.temperature_c))


def _fever(celsius: float) -> str:
    return tr("a temperature of {reading}", reading=reading_words(celsius))


def _both(name: str, beside: Sequence[str]) -> str:
    if not beside:
        return name
    first = ", ".join((name, *beside[:-1]))
    return tr("{one} and {other}", one=first, other=beside[-1])
