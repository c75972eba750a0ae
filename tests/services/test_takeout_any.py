"""Whatever a household holds comes back to the byte: families that a machine makes up."""

from __future__ import annotations

import json
import string
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import (
    CONTACT_ROLES,
    MOODS,
    PARTS,
    ROOMS,
    UNITS,
    Appointment,
    SideEffect,
)
from caregiver_app.domain.insurance import BENEFITS
from caregiver_app.domain.plans import Choice
from caregiver_app.domain.times import Moment, instant, wall, with_wall
from caregiver_app.domain.watch import Tier
from caregiver_app.errors import InputRefused
from caregiver_app.services.entries import EntryService
from caregiver_app.services.exporter import EVERYTHING
from caregiver_app.services.takeout import PRIVATE, TakeoutService
from tests.factories import NEW_YORK, line, moment
from tests.fakes import FakeClock, Home
from tests.services.test_entries import PICTURE

LETTERS = string.ascii_letters + " =+-@'\",;/\\äß王梅素素🚶👩‍👩‍👧\u200f\u00a0"
WORDS = st.text(LETTERS, max_size=12)
TITLE = st.text(LETTERS, min_size=1, max_size=12).filter(lambda text: any(map(str.isalnum, text)))
TEXT = st.text(LETTERS + "\n\t\u2028\u2029", max_size=40)
FILLED = TEXT.filter(lambda text: bool(text.strip()))
DAYS = st.integers(-40, 40).map(lambda days: (date(2026, 11, 21) + timedelta(days)).isoformat())
PAST = st.integers(-400, 0).map(lambda days: (date(2026, 11, 20) + timedelta(days)).isoformat())
HOURS = st.sampled_from(["00:00", "09:30", "17:45", "23:59"])
ZONES = st.sampled_from([None, NEW_YORK, "Asia/Kathmandu"])
WHO = st.sampled_from(["rosa", "mei"])


def wall_times(days: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds("{}T{}".format, days, HOURS)


def lines(kind: str, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    return st.fixed_dictionaries({"person": WHO, **fields}).map(lambda told: line(kind, **told))


SCALE = st.none() | st.integers(0, 10)
AMOUNTS = st.sampled_from(["0", "12.50", "1.234,50 €", "$ 7", "120,-"])
PHASES = st.fixed_dictionaries(
    {"begins": st.integers(1, 13), "begins_unit": st.sampled_from(UNITS),
     "offsets": st.sampled_from([[0], [0, 1, 2]]), "unit": st.sampled_from(UNITS)},
    optional={"every": st.integers(1, 9), "count": st.integers(3, 9), "name": WORDS,
              "at_home": st.booleans()},
)  # fmt: skip
ENTRIES = st.lists(
    st.one_of(
        lines("contact", name=TITLE, role=st.sampled_from(CONTACT_ROLES), note=TEXT),
        lines("medicine", name=TITLE, directions=TEXT, what_for=WORDS, past=st.booleans(),
              ended=WORDS, why_ended=TEXT),
        lines("authorisation", last=DAYS, visits=SCALE, note=TEXT, member=WORDS, site=WORDS,
              benefit=st.sampled_from(BENEFITS), appeal=st.none() | DAYS),
        lines("call", date=PAST, with_whom=TITLE, number=WORDS, text=TEXT, again=st.none() | DAYS),
        lines("cost", date=PAST, what=TITLE, amount=AMOUNTS, currency=WORDS, paid_by=WORDS),
        lines("assistance", name=TITLE, last=st.none() | DAYS, number=WORDS, phone=WORDS),
        lines("blocked_days", first=DAYS, weekdays=st.lists(st.integers(0, 6), max_size=3)),
        lines("note", text=FILLED, room=st.sampled_from(ROOMS), mood=st.sampled_from(MOODS),
              pinned=st.booleans()),
        lines("question", text=FILLED, answer=TEXT),
        lines("dose", name=TITLE, at=wall_times(PAST), zone=ZONES, amount=WORDS, note=TEXT),
        lines("side_effect", sign=TITLE | st.just("fatigue"), severity=st.integers(1, 4),
              at=wall_times(PAST) | PAST, text=TEXT,
              temperature_c=st.none() | st.floats(35, 42), done=TEXT, told=WORDS,
              going_on=st.booleans()),
        lines("side_effect", sign=TITLE, severity=st.integers(1, 4), at=wall_times(PAST),
              zone=st.just(NEW_YORK), ended=st.just("2026-11-21T14:00:00.000678Z")),
        lines("checkin", date=PAST, pain=SCALE, mood=SCALE, sleep=SCALE, text=TEXT, possible=TEXT,
              flare=st.booleans()),
        lines("own_sign", name=TITLE, also=st.lists(WORDS, max_size=2), note=TEXT,
              tier=st.sampled_from([tier.value for tier in Tier])),
        lines("sign_choice", sign=st.sampled_from(["fatigue", "headache", "nausea"]),
              hidden=st.booleans(), clinic=TEXT),
        lines("clinic_call", at=wall_times(PAST), zone=ZONES, question=TEXT, who=WORDS,
              said=FILLED),
        lines("appointment", title=TITLE, start=wall_times(DAYS), zone=ZONES, note=TEXT,
              type=st.sampled_from(["lab", "other", "medication", "drive", "infusion"]),
              rrule=st.sampled_from(["", "", "FREQ=DAILY", "FREQ=WEEKLY;COUNT=5"]),
              reminders=st.none() | st.lists(st.sampled_from([0, 60, 1440]), max_size=2)),
        lines("appointment", title=TITLE, start=DAYS, type=st.just("other"),
              minutes=st.sampled_from([1440, 4320])),
        lines("plan", medicine=TITLE, first=wall_times(DAYS), zone=ZONES, every=st.integers(2, 9),
              offsets=st.sampled_from([[0], [0, 2, 6]]), watch_days=st.integers(0, 20),
              phases=st.lists(PHASES, max_size=2), kit=st.lists(WORDS, max_size=2),
              off=st.lists(st.sampled_from(PARTS), max_size=3), count=st.none() | st.integers(3, 9),
              last=st.none() | DAYS, minutes_first=st.none() | st.integers(30, 300),
              at_home=st.booleans()),
    ),
    max_size=12,
)  # fmt: skip
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["move", "count", "cancel", "delete", "remove_plan", "status", "one_date",
                         "no_date", "remove", "say", "answer", "later", "wait", "write_down",
                         "approve", "close", "picture", "correct", "forget", "call_about", "give"]),
        st.integers(0, 30), st.integers(1, 9),
    ),
    max_size=10,
)  # fmt: skip


def act(home: Home, what: str, which: int, days: int) -> None:
    """Do something to the household; what there is nothing for is left."""
    house = home.house
    if what == "wait":
        home.clock.on(days=days, minutes=which)
    elif what == "say":
        home.said()
    elif what in ("answer", "later"):
        _answer(home, what, which, days)
    elif what in ("write_down", "approve", "close"):
        _write(home, what, which, days)
    elif what in ("picture", "correct", "forget", "call_about", "give"):
        _watch(home, what, which, days)
    elif what == "remove_plan":
        for plan in house.plans.all()[:1]:
            house.plans.remove(plan.id, agreed=True)
    else:
        visits = what in ("move", "count", "cancel", "delete")
        every = house.exporter.chosen(EVERYTHING)
        found = [one for one in every if (one.plan is not None) == visits]
        if found:
            change = _change_visit if visits else _change_other
            change(home, what, found[which % len(found)], days)


def _answer(home: Home, what: str, which: int, days: int) -> None:
    waiting = home.house.reminders.open_now()
    if waiting:
        until = home.clock.now() + timedelta(hours=days) if what == "later" else None
        state = "later" if what == "later" else ("done", "skipped")[which % 2]
        home.house.reminders.answer(waiting[which % len(waiting)].id, state, until=until)


def _watch(home: Home, what: str, which: int, days: int) -> None:
    """Do something to a side effect that is there."""
    house = home.house
    seen = house.care.store.all(SideEffect)
    if not seen:
        return
    one = seen[which % len(seen)]
    if what == "picture":
        home.add(line("photo", entry=one.id, data=PICTURE))
    elif what == "correct":
        house.watch.save(replace(one, severity=1 + days % 4, told=f"Ana {days}"))
    elif what == "forget":
        house.watch.remove(one.id)
    elif what == "give":
        home.add(line("photo", entry=one.id, data=PICTURE))
        house.watch.save(replace(one, person="mei" if one.person == "rosa" else "rosa"))
    else:
        start = f"2026-12-0{days}T10:00"
        entry = f"fu{which}"
        home.add(line("appointment", id=entry, person=one.person, type="follow-up", title="Call",
                      start=start),
                 line("clinic_call", person=one.person, at="2026-11-20T10:00", said="x",
                      about=[one.id, "gone"][: 1 + days % 2], follow_up=entry))  # fmt: skip


def _write(home: Home, what: str, which: int, days: int) -> None:
    """Write something down of a visit, a plan or a clinic that is there."""
    house, day = home.house, date(2026, 11, 21) + timedelta(days)
    if what == "close":
        for one in house.people.contacts()[:1]:
            home.add(line("blocked_days", first=day.isoformat(), clinic=one.id))
    elif what == "approve":
        for plan in house.plans.all()[:1]:
            entry = f"au{which}"
            home.add(line("authorisation", id=entry, person=plan.person, plan=plan.id,
                          last=day.isoformat(), number="NG-1"),
                     line("call", person=plan.person, date="2026-11-20", with_whom="Aster",
                          authorisation=entry))  # fmt: skip
    elif found := house.exporter.chosen(EVERYTHING):
        visit = found[which % len(found)].id
        home.add(line("infusion_record", visit=visit, lot=f"L{which}"),
                 line("visit_answer", visit=visit, key="well.fever", answer="yes"))  # fmt: skip


def _change_visit(home: Home, what: str, one: Appointment, days: int) -> None:
    plans = home.house.plans
    if what == "cancel":
        plans.cancel(one.id, agreed=True)
    elif what == "delete":
        plans.delete(one.id, agreed=True)
    else:
        choice = Choice.ONLY_THIS if what == "move" else Choice.COUNT_FROM_HERE
        plans.move(one.id, _later(one, days), choice, agreed=True)


def _change_other(home: Home, what: str, one: Appointment, days: int) -> None:
    house = home.house
    key = f"{wall(one.start) + timedelta(days=7):%Y-%m-%dT%H:%M}"
    if what == "status":
        house.agenda.save(replace(one, status="done"))
    elif what == "no_date" and one.rrule:
        house.series.cancel(one.id, key, "one")
    elif what == "one_date" and one.rrule:
        house.series.move(one.id, key, _later(one, days), "one")
    else:
        house.agenda.remove(one.id)


def _later(one: Appointment, days: int) -> Moment:
    return with_wall(one.start, wall(one.start) + timedelta(days=days))


@settings(max_examples=30)
@given(ENTRIES, ACTS)
def test_any_family_comes_back_to_the_byte(entries: list[str], acts: list[tuple[str, int, int]]):
    with TemporaryDirectory() as folder:
        clock = FakeClock(instant(moment("2026-11-21T10:00"), NEW_YORK))
        home, away = Home(Path(folder) / "a", clock), Home(Path(folder) / "b", clock)
        home.add(line("person", id="rosa", name="Rosa"), line("person", id="mei", name="王梅"))
        for entry in entries:
            try:
                home.add(entry)
            except InputRefused:
                continue
        for what, which, days in acts:
            try:
                act(home, what, which, days)
            except InputRefused:
                continue
        home.house.plans.lay_out_all()
        data = TakeoutService(home.house).everything(PRIVATE)
        back = EntryService(away.house)
        for text in data.decode().splitlines():
            assert back.take(text) == json.loads(text).get("id", "about")
        assert TakeoutService(away.house).everything(PRIVATE) == data
        assert away.house.exporter.calendar() == home.house.exporter.calendar()
        assert away.house.plans.lay_out_all() == 0
        for hours in (0, 30, 200):
            clock.on(hours=hours)
            assert away.due() == home.due()
        home.close()
        away.close()
