"""Fill a data folder with ten years of one family's life, for measuring.

10,000 appointments (visits of three plans, single ones and daily medicines), 100,000 answered
doses, 5,000 side effects, 3,650 check-ins and 2,000 notes in two languages with moods and tags, a
record, a cost, a packed bag and somebody's company for each visit, bags of tests and talks, 100
photos, 500 corrections, 120 calls to the clinic, and a long list of what does good; always the same
for the same day.
"""

from __future__ import annotations

import base64
import json
import random
import sys
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from caregiver_app.assets import read_bytes
from caregiver_app.domain.entities import (
    MOODS,
    ROOMS,
    Answer,
    Appointment,
    CheckIn,
    ClinicCall,
    InfusionRecord,
    Note,
    OwnSign,
    Person,
    Phase,
    Photo,
    Plan,
    SideEffect,
    SignChoice,
    Version,
)
from caregiver_app.domain.insurance import Cost
from caregiver_app.domain.packing import BagItem, VisitBag, bag_id
from caregiver_app.domain.plans import minutes_of, phase_at, proposals, visit_id, visit_uid
from caregiver_app.domain.support import OUTLET_STATES, CardChoice, Company, HelpTask, Outlet
from caregiver_app.domain.times import Floating, Moment, Zoned, wall, wall_instant
from caregiver_app.services.entry_values import values_of
from caregiver_app.services.household import Household, household
from caregiver_app.services.more import More
from caregiver_app.services.plans import visit_title
from caregiver_app.storage.database import open_store

YEARS, APPOINTMENTS, DOSES, SIGNS, CHECKINS, NOTES = 10, 10_000, 100_000, 5_000, 3_650, 2_000
PHOTOS, CORRECTIONS, CALLS, OUTLETS = 100, 500, 120, 60
ZONE = "Europe/London"
_MEDICINES = 28
_PACKED = (
    *("paperwork", "insurance_card", "photo_id", "records", "med_list", "log", "phone_contacts"),
    *("water", "snacks", "regular_meds", "clothes", "chargers", "glasses", "ride_plan"),
)
_BAGS = {
    "lab": ("lab_order", "lab_id", "fasting", "lab_water", "lab_meds", "lab_when"),
    "follow-up": ("concerns", "fu_meds", "changes", "sx_timeline", "infusion_log", "fu_notes"),
}


_SENTENCES = (
    "The garden again, slowly, and then the bench by the pond.",
    "她说不想再谈治疗了，我们就去散步。",
    "Slept in the chair. Two episodes, one sandwich, no questions.",
    "输液的时候一起听评书，护士也笑了。",
    "The letter came. We read it twice and put it away.",
    "Bad hands, bad mood; we did the buttons together. 一点一点来。",
    "Laughed at the old photos until the tea was cold.",
    "说起以前在学校的事，讲了一个小时。",
    "Hard to say what helped. Perhaps only that nobody hurried.",
    "Teo came with soup. Three of us, one radio play, 三碗面。",
)
_TAGS = ("walk", "散步", "night", "letter", "choir", "infusion day", "吃饭", "money")


class _Clock:
    """Stands still in the family's zone."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def zone(self) -> str:
        return ZONE


def fill(folder: Path, today: date) -> None:
    """Make the data file in `folder`, as it would be on `today` after ten years."""
    rng = random.Random(7)  # noqa: S311 - sample data
    now = datetime.combine(today, time(12), UTC)
    begin = today - timedelta(days=365 * YEARS)
    clock = _Clock(now)
    with open_store(folder, now=now) as store:
        made = lambda: uuid.UUID(int=rng.getrandbits(128)).hex  # noqa: E731
        house = household(store, clock, made, lambda: More)
        house.reminders.refresh_if_moved()
        with house.care.change("done.added", undoable=False):
            store.put(Person(id="rosa", name="Rosa Marín", created=_at(begin), changed=_at(begin)))
            medicines = _medicines(house, begin, today)
            made = len(medicines) + _visits(house, begin, today)
            _singles(house, rng, begin, today, APPOINTMENTS - made)
            _doses(house, medicines, today)
            _diary(house, rng, begin)
            _around_signs(house, begin)
            _around_support(house, begin)


def _at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def _medicines(house: Household, begin: date, today: date) -> list[Appointment]:
    found: list[Appointment] = []
    for number in range(_MEDICINES):
        start = Floating(datetime.combine(begin, time(7 + number % 14, number % 4 * 15)))
        one = Appointment(
            id=f"medicine{number}",
            uid=f"medicine{number}@bench",
            person="rosa",
            type="medication",
            title=f"Medicine {number}",
            start=start,
            minutes=5,
            rrule="FREQ=DAILY",
            created=_at(begin),
            changed=_at(begin),
            entered=_at(today - timedelta(days=DOSES // _MEDICINES)),
        )
        house.care.store.put(one)
        found.append(one)
    return found


def _plans(begin: date) -> list[Plan]:
    """Return three plans side by side: one with loading doses, one yearly, one with parts."""
    at_home = Phase(begins=5, begins_unit="month", offsets=(0,), unit="week", every=1, at_home=True)

    def first(day: int, hour: time) -> Zoned:
        return Zoned(datetime.combine(begin + timedelta(days=day), hour), ZONE)

    loading = Plan(
        id="plan", uid="bench", person="rosa", medicine="infliximab", first=first(0, time(9, 30)),
        offsets=(0, 2, 6), every=8, minutes=140,
        created=_at(begin), changed=_at(begin), entered=_at(begin),
    )  # fmt: skip
    yearly = replace(
        loading, id="yearly", uid="bench-yearly", medicine="zoledronic acid", unit="month",
        first=first(20, time(11)), offsets=(0,), every=12, minutes=45,
    )  # fmt: skip
    parts = replace(
        loading, id="parts", uid="bench-parts", medicine="tocilizumab", first=first(40, time(14)),
        offsets=(0, 4, 8), every=4, phases=(at_home,), minutes=70,
    )  # fmt: skip
    return [loading, yearly, parts]


def _visits(house: Household, begin: date, today: date) -> int:
    made = 0
    for plan in _plans(begin):
        house.care.store.put(plan)
        for dose, start in proposals(plan, today + timedelta(days=720)):
            _visit(house, plan, dose, start, today)
            made += 1
    return made


def _visit(house: Household, plan: Plan, dose: int, start: Moment, today: date) -> None:
    past, at_home = wall(start).date() < today, phase_at(plan, dose)[1].at_home
    visit = Appointment(
        id=visit_id(plan.id, dose),
        uid=visit_uid(plan, dose),
        person=plan.person,
        type="medication" if at_home else "infusion",
        title=visit_title(dose, at_home=at_home),
        start=start,
        minutes=minutes_of(plan, dose),
        status="done" if past else "planned",
        plan=plan.id,
        dose=dose,
        entered=_at(today) if past else plan.entered,
        created=plan.created,
        changed=plan.changed,
    )
    house.care.store.put(visit)
    if not past:
        return
    record = InfusionRecord(
        id=f"{visit.id}:record", person=plan.person, visit=visit.id, product=plan.medicine,
        lot=f"LOT-{plan.id}-{dose}", site="left arm", created=plan.created, changed=plan.changed,
    )  # fmt: skip
    house.care.store.put(record)
    cost = Cost(
        id=f"cost-{visit.id}", person=plan.person, date=wall(start).date(), what=visit.title,
        amount="35.00", currency="£", created=plan.created, changed=plan.changed,
    )  # fmt: skip
    house.care.store.put(cost)
    company = Company(
        id=f"company-{visit.id}", person=plan.person, visit=visit.id, who="Teo", minutes=60,
        what="Cards, and the crossword", created=plan.created, changed=plan.changed,
    )  # fmt: skip
    house.care.store.put(company)
    _bag(house, visit, _PACKED)


def _bag(house: Household, visit: Appointment, keys: Sequence[str]) -> None:
    """Pack a visit's bag the day before; every fifth item was not needed."""
    day = _at(wall(visit.start).date() - timedelta(days=1), 20)
    for number, key in enumerate(keys):
        state = "not_needed" if number % 5 == 4 else "packed"
        brings = ("", "carer", "person")[number % 3]
        house.care.store.put(
            BagItem(id=f"{visit.id}:{key}", visit=visit.id, key=key, state=state, brings=brings,
                    created=day, changed=day)
        )  # fmt: skip
    house.care.store.put(
        VisitBag(id=bag_id(visit.id), visit=visit.id, forgot="nothing", created=day, changed=day)
    )


def _singles(house: Household, rng: random.Random, begin: date, today: date, count: int) -> None:
    kinds = ("follow-up", "lab", "drive", "other")
    for number in range(count):
        day = begin + timedelta(days=rng.randrange(365 * YEARS + 60))
        start = Zoned(datetime.combine(day, time(rng.randrange(8, 18), rng.choice((0, 30)))), ZONE)
        kind = rng.choice(kinds)
        single = Appointment(
            id=f"single{number}",
            uid=f"single{number}@bench",
            person="rosa",
            type=kind,
            title=f"{kind.capitalize()} {number}",
            start=start,
            minutes=30,
            place="Willow Lane",
            created=_at(begin),
            changed=_at(begin),
            # What is past was answered long ago: none of it waits any more.
            entered=_at(max(day, today)),
        )
        house.care.store.put(single)
        if kind in _BAGS and day < today and number % 5 == 0:
            _bag(house, single, _BAGS[kind])


def _doses(house: Household, medicines: list[Appointment], today: date) -> None:
    done = 0
    for back in range(DOSES // _MEDICINES + 1):
        day = today - timedelta(days=back + 1)
        for one in medicines:
            if done == DOSES or not isinstance(one.start, Floating):
                return
            local = datetime.combine(day, one.start.local.time())
            due = wall_instant(local, ZONE)
            house.care.store.put(
                Answer(
                    id=f"{one.id}/{local:%Y-%m-%dT%H:%M}/0",
                    entry=one.id,
                    due=due,
                    state="done",
                    shown=due,
                    answered=due,
                    created=due,
                    changed=due,
                )
            )
            done += 1


def _diary(house: Household, rng: random.Random, begin: date) -> None:
    put = house.care.store.put
    signs = ("fatigue", "headache", "nausea", "dizziness", "joint_flare")
    for number in range(SIGNS):
        day = begin + timedelta(days=number * 365 * YEARS // SIGNS)
        at = Zoned(datetime.combine(day, time(rng.randrange(7, 22))), ZONE)
        put(
            SideEffect(
                id=f"sign{number}",
                person="rosa",
                sign=rng.choice(signs),
                severity=rng.randrange(1, 4),
                at=at,
                urgency="note_and_mention",
                done="Rest, and a walk" if number % 4 == 0 else "",
                told="the clinic, on the phone" if number % 9 == 0 else "",
                going_on=number > SIGNS - 4,
                created=_at(day),
                changed=_at(day),
            )
        )
    for number in range(CHECKINS):
        day = begin + timedelta(days=number)
        put(
            CheckIn(
                id=f"day{number}",
                person="rosa",
                date=day,
                pain=rng.randrange(11),
                mood=rng.randrange(11),
                possible="The garden, and the post" if number % 3 == 0 else "",
                flare=number % 40 == 0,
                created=_at(day),
                changed=_at(day),
            )
        )
    for number in range(NOTES):
        day = begin + timedelta(days=number * 365 * YEARS // NOTES)
        put(_note(rng, number, day))


def _note(rng: random.Random, number: int, day: date) -> Note:
    """Return a note of that day: a few sentences of both languages, and a long one now and then."""
    count = 40 if number % 100 == 50 else rng.randrange(4)
    said = [f"Day {number}: walked and talked.", *rng.choices(_SENTENCES, k=count)]
    return Note(
        id=f"note{number}",
        person="rosa",
        at=_at(day, 20),
        created=_at(day),
        changed=_at(day),
        text="\n\n".join(said) if count > 3 else " ".join(said),
        room=ROOMS[number % len(ROOMS)],
        mood=rng.choice(MOODS),
        pinned=number % 250 == 7,
        tags=tuple(rng.sample(_TAGS, k=rng.randrange(3))),
        about="carer" if number % 9 == 4 else "person",
        visit=visit_id("plan", 1 + number // 50) if number % 20 == 3 else None,
    )


def _around_support(house: Household, begin: date) -> None:
    """Write down what does good, which cards are kept, and what others took."""
    put = house.care.store.put
    for number in range(OUTLETS):
        day = begin + timedelta(days=number * 60)
        stamps: dict[str, Any] = {"person": "rosa", "created": _at(day), "changed": _at(day)}
        state = OUTLET_STATES[number % len(OUTLET_STATES)]
        put(Outlet(id=f"outlet{number}", text=f"Something good, number {number}", state=state,
                   **stamps))  # fmt: skip
        put(HelpTask(id=f"help{number}", text=f"Supper number {number}", day=day, who="Teo",
                     done=True, **stamps))  # fmt: skip
    for number in range(1, 9):
        put(CardChoice(id=f"rosa:o{number}", card=f"o{number}", never=number % 2 == 0,
                       kept=number % 2 == 1, person="rosa", created=_at(begin),
                       changed=_at(begin)))  # fmt: skip


def _around_signs(house: Household, begin: date) -> None:
    """Write down photos, corrections, calls, own signs and what the clinic says."""
    put, data = house.care.store.put, base64.b64encode(read_bytes("demo/hand.jpg")).decode("ascii")

    def stamps(number: int) -> dict[str, Any]:
        at = _at(begin + timedelta(days=number * 365 * YEARS // SIGNS), 23)
        return {"person": "rosa", "created": at, "changed": at}

    for number in range(0, SIGNS, SIGNS // PHOTOS):
        entry = f"sign{number}"
        put(
            Photo(id=f"{entry}:photo", entry=entry, data=data, width=480, height=360,
                  **stamps(number))
        )  # fmt: skip
    for number in range(0, SIGNS, SIGNS // CORRECTIONS):
        seen = house.watch.get(f"sign{number}")
        if seen is None:
            continue
        was = json.dumps(values_of("side_effect", replace(seen, severity=1)))
        told = stamps(number)
        put(
            Version(id=f"was{number}", kind="side_effect", entry=seen.id, at=told["changed"],
                    was=was, **told)
        )  # fmt: skip
    for number in range(0, SIGNS, SIGNS // CALLS):
        seen = house.watch.get(f"sign{number}")
        if seen is not None:
            put(
                ClinicCall(id=f"clinic{number}", at=seen.at, question="Is it worth a visit?",
                           who="Nurse Okello", said="Ring again tomorrow", about=(seen.id,),
                           **stamps(number))
            )  # fmt: skip
    for number in range(10):
        put(OwnSign(id=f"own{number}", name=f"Our own sign {number}", **stamps(number)))
    put(SignChoice(id="rosa:fatigue", sign="fatigue", clinic="Ring us.", **stamps(0)))


if __name__ == "__main__":
    fill(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
