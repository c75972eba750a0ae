"""Who drives, what was usual the last time, and the slip that a driver gets.

The slip says where somebody has to be and when, and nothing of what for: titles, kinds, notes,
plans and medicines never come near it. Of a place, only what tells nothing of it is told.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from caregiver_app import __version__
from caregiver_app.assets import read_text
from caregiver_app.domain.advice import Evidence, MedicineInfo
from caregiver_app.domain.entities import Appointment, Contact, Medicine, Person, Plan
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.rides import RideHome, be_there, ride_home, set_off
from caregiver_app.domain.times import (
    AllDay,
    Zoned,
    day_of,
    in_zone,
    parse_moment,
    wall,
    with_wall,
    zone_for,
)
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.files import save_atomically
from caregiver_app.integrations.ical import write_calendar
from caregiver_app.services.care import Care
from caregiver_app.values import value

_DRIVERS: Final = ("driver", "family", "other")
_LOOK_BACK: Final = timedelta(days=400)
_LOOK_AHEAD: Final = timedelta(days=200)
_SHORTEST: Final = 4
_SHORTEST_NAME: Final = 2
"""So short are words of a script without spaces, and names that are written in capitals."""
_FIRST_EASTERN: Final = "\u2e80"
_PIECES: Final = re.compile(r"[\n,;]+")
_WORDS: Final = re.compile(r"[^\W_]+")


@value
class Driver:
    """Somebody who drives, with the number to reach them."""

    name: str
    phone: str


@value
class Usual:
    """How the last drive to the same place was: minutes as typed then, and the pick-up place."""

    travel_minutes: int | None
    parking_minutes: int | None
    early_minutes: int | None
    pick_up: str


@value
class Caution:
    """What the reference says about driving after a visit.

    `text` is for the family, `passenger` for anybody; `evidence` says where it was read.
    """

    text: str
    passenger: str
    evidence: Evidence


@value
class Slip:
    """What a driver gets to know, nothing more; the family may change each word of it.

    Times are wall times of the place, named by `zone` where that is another one than home; `start`
    is when to be there, early by as much as the family said.
    `home` tells who drives back, `home_at` about when. `left_out` is what of the place was not
    told because it tells what the visit is for; it is for the family's eyes.
    """

    whom: str
    day: date
    start: time | None
    leave_at: time | None
    zone: str
    driver: str
    pick_up: str
    where: str
    home: RideHome
    home_name: str
    home_phone: str
    home_at: time | None
    caution: str
    phone: str = ""
    left_out: str = ""


class RideService:
    """Drives, and what a driver is told."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def drivers(self, person: str | None = None) -> list[Driver]:
        """Return who could drive: whoever drove before, latest first, then contacts."""
        contacts = self._contacts(person)
        phones = {_fold(one.name): one.phone for one in contacts if one.phone}
        found: dict[str, Driver] = {}
        for one in self._drives(person):
            for name, phone in (
                (one.driver, one.driver_phone),
                (one.ride_home if ride_home(one) == "other" else "", one.ride_home_phone),
            ):
                known = found.get(_fold(name))
                if name and (known is None or not known.phone):
                    number = phone or phones.get(_fold(name), "")
                    found[_fold(name)] = Driver(known.name if known else name, number)
        for one in sorted(contacts, key=lambda one: _role(one.role)):
            if one.role in _DRIVERS:
                found.setdefault(_fold(one.name), Driver(one.name, one.phone))
        return list(found.values())

    def usual(self, appointment: Appointment) -> Usual | None:
        """Return how the last drive to the same place was, None if there was none."""
        place = _place_of(appointment)
        if not place:
            return None
        for one in self._drives(appointment.person or None):
            if one.id == appointment.id or _place_of(one) != place:
                continue
            told = Usual(one.travel_minutes, one.parking_minutes, one.early_minutes, one.pick_up)
            if told != Usual(None, None, None, ""):
                return told
        return None

    def _drives(self, person: str | None) -> list[Appointment]:
        """Return appointments of the last year and the next months, the last changed ones first."""
        today = self._care.today
        found = self._care.store.appointments_between(
            today - _LOOK_BACK, today + _LOOK_AHEAD, person=person
        )
        return sorted(found, key=lambda one: (one.changed, one.id), reverse=True)

    def _contacts(self, person: str | None) -> list[Contact]:
        return self._care.store.all(Contact, **({} if person is None else {"person": person}))

    # -- Drowsiness -------------------------------------------------------------------------------

    def caution(self, appointment: Appointment) -> Caution | None:
        """Return what the reference says about driving after this visit, if it knows.

        A drive of its own is asked about by the visits of its day.
        """
        for info in self._medicines_of(appointment):
            return Caution(info.driving.text, info.passenger, info.driving.evidence)
        return None

    def _medicines_of(self, appointment: Appointment) -> Iterable[MedicineInfo]:
        care, near = self._care, [appointment]
        if appointment.type == "drive" and appointment.plan is None:
            day = day_of(appointment.start, care.home)
            near = care.store.appointments_between(day, day, person=appointment.person or None)
        for one in near:
            if one.type == "medication" or one.status == "cancelled" or one.rrule:
                continue
            plan = None if one.plan is None else care.store.get(Plan, one.plan)
            known = None if plan is None else care.reference.medicine(plan.medicine)
            if known is not None:
                yield known

    # -- The slip ---------------------------------------------------------------------------------

    def slip(self, appointment_id: str, key: str = "", *, phone: str = "") -> Slip:
        """Return what a driver gets to know of one date; `phone` is the family's own number.

        `key` is the wall time of the date, "" where there is one only.

        Raises:
            InputRefused: the appointment is not there any more, or `key` is no date.
        """
        return self.slip_of(self._existing(appointment_id), key, phone=phone)

    def slip_of(self, one: Appointment, key: str = "", *, phone: str = "") -> Slip:
        """Return what a driver gets to know of one date of `one`, which may not be kept yet."""
        care = self._care
        start = one.start if not key else parse_moment(key, _zone(one))
        timed = not isinstance(start, AllDay)
        contact = None if one.contact is None else care.store.get(Contact, one.contact)
        person = care.store.get(Person, one.person)
        telling = self._telling_words(one)
        where, left_out = _told(_place_lines(one, contact), telling)
        pick_up, more = _told([one.pick_up or ("" if person is None else person.address)], telling)
        caution = self.caution(one)
        home, back = ride_home(one), None
        if timed and home != "none" and one.type != "drive":
            over = in_zone(Occurrence(one, start).ends(care.home), zone_for(start, care.home))
            back = over.time()
        return Slip(
            whom="" if person is None else person.name,
            day=wall(start).date(),
            start=be_there(one, start),
            leave_at=set_off(one),
            zone=start.zone if isinstance(start, Zoned) and start.zone != care.home else "",
            driver=one.driver,
            pick_up=pick_up,
            where=where,
            home=home,
            home_name=one.ride_home if home == "other" else "",
            home_phone=one.ride_home_phone if home == "other" else "",
            home_at=back,
            caution="" if caution is None else caution.passenger,
            phone=phone,
            left_out=", ".join(part for part in (left_out, more) if part),
        )

    def telling(self, text: str, appointment_id: str) -> str:
        """Return the first word of a text that tells what the visit is for, "" if none does.

        Raises:
            InputRefused: the appointment is not there any more.
        """
        return _first_telling(text, self._telling_words(self._existing(appointment_id)))

    def calendar(self, appointment_id: str, slip: Slip, *, title: str, text: str) -> bytes:
        """Return a calendar file of one drive: from setting off to being there, `text` its note.

        Raises:
            InputRefused: the appointment is not there any more.
        """
        one = self._existing(appointment_id)
        start, minutes = one.start, 0
        if isinstance(start, AllDay) or slip.start is None:
            start = AllDay(slip.day)
        else:
            arrives = datetime.combine(slip.day, slip.start)
            leaves = datetime.combine(slip.day, slip.leave_at or slip.start)
            minutes = max(0, int((arrives - leaves).total_seconds()) // 60)
            start = with_wall(start, leaves)
        # The UID tells nothing, and is the same when the slip goes out again for another day.
        which = slip.day.isoformat() if one.rrule else one.original.partition("T")[0]
        seed = f"{one.uid}/{which}"
        from hashlib import sha256

        drive = Appointment(
            id="drive",
            uid=f"{sha256(seed.encode()).hexdigest()[:32]}@caregiver-companion",
            person="",
            type="drive",
            title=title,
            start=start,
            minutes=minutes,
            place=" ".join(slip.where.split()),
            note=text,
            sequence=one.sequence,
            created=one.changed,
            changed=one.changed,
        )
        return write_calendar(
            [drive], name=title, titles={}, alarms={}, places={}, version=__version__
        )

    def save_calendar(
        self, path: Path, appointment_id: str, slip: Slip, *, title: str, text: str
    ) -> None:
        """Write the calendar file of one drive, all or nothing.

        Raises:
            DataReadOnly, DiskTrouble, InputRefused: it could not be written; nothing changed.
        """
        save_atomically(path, self.calendar(appointment_id, slip, title=title, text=text))

    def _existing(self, appointment_id: str) -> Appointment:
        found = self._care.store.get(Appointment, appointment_id)
        if found is None:
            raise InputRefused("appointment.gone", "id", id=appointment_id)
        return found

    def _telling_words(self, one: Appointment) -> frozenset[str]:
        """Return the words of this family that would tell: conditions, medicines, the title."""
        care = self._care
        person = care.store.get(Person, one.person)
        said = [] if person is None else [person.conditions, person.allergies]
        medicines = care.store.all(Medicine, person=one.person)
        plans = [each.medicine for each in care.store.all(Plan, person=one.person)]
        said += [*(each.name for each in medicines), *(each.what_for for each in medicines), *plans]
        for name in plans:
            info = care.reference.medicine(name)
            if info is not None:
                said += [*info.names, *info.brands]
        own = {_fold(word) for text in said for word in _WORDS.findall(text) if _is_named(word)}
        named = set(_words("" if person is None else person.name))
        return frozenset(own - named - _everyday_words())


@cache
def _list() -> tuple[tuple[str, ...], frozenset[str], tuple[str, ...]]:
    told: dict[str, list[str]] = json.loads(read_text("helper/telling_words.en.json"))
    return tuple(told["beginnings"]), frozenset(told["words"]), tuple(told["anywhere"])


@cache
def _everyday_words() -> frozenset[str]:
    """Words that a family writes beside a medicine and that tell nothing by themselves."""
    told: dict[str, list[str]] = json.loads(read_text("helper/telling_words.en.json"))
    return frozenset(told["everyday"])


def _is_named(word: str) -> bool:
    """Tell whether a word of the family's own is long enough to mean something by itself."""
    if len(word) < _SHORTEST:
        return len(word) >= _SHORTEST_NAME and (word.isupper() or _is_eastern(word))
    return True


def _is_eastern(word: str) -> bool:
    """Tell whether a word is of a script without spaces, where it may be part of a longer one."""
    return any(letter >= _FIRST_EASTERN for letter in word)


def _first_telling(text: str, own: frozenset[str]) -> str:
    beginnings, words, anywhere = _list()
    parts = (*anywhere, *filter(_is_eastern, own))
    # Soft hyphens and the like come along from web pages and part a word that reads as one.
    plain = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    for match in _WORDS.finditer(plain):
        word = _fold(match[0])
        if word in words or word in own or word.startswith(beginnings):
            return match[0]
        if any(part in word for part in parts):
            return match[0]
    return ""


def _told(lines: Iterable[str], own: frozenset[str]) -> tuple[str, str]:
    """Return what of some lines may be told, and what was left out of it."""
    kept: list[str] = []
    left_out: list[str] = []
    for line in lines:
        pieces = [piece.strip() for piece in _PIECES.split(line) if piece.strip()]
        good = [piece for piece in pieces if not _first_telling(piece, own)]
        left_out += [piece for piece in pieces if piece not in good]
        if good:
            kept.append(", ".join(good))
    return "\n".join(dict.fromkeys(kept)), ", ".join(dict.fromkeys(left_out))


def _place_lines(one: Appointment, contact: Contact | None) -> list[str]:
    lines = [one.place]
    if contact is not None:
        lines = [contact.name, one.place, contact.address]
    return [line for line in lines if line]


def _place_of(one: Appointment) -> str:
    return one.contact or _fold(one.place)


def _zone(one: Appointment) -> str | None:
    return one.start.zone if isinstance(one.start, Zoned) else None


def _role(role: str) -> int:
    return _DRIVERS.index(role) if role in _DRIVERS else len(_DRIVERS)


def _fold(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())


def _words(text: str) -> list[str]:
    return [_fold(match) for match in _WORDS.findall(text)]
