"""The made-up family's calendar: two plans with their visits, and what else is on its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from caregiver_app.domain.entities import Appointment, Plan
from caregiver_app.domain.plans import horizon, proposals, visit_id, visit_uid
from caregiver_app.domain.times import Moment, instant, wall
from caregiver_app.services.demo.making import BELIMUMAB, INFLIXIMAB, MEI, MEI_PAST, ROSA, Maker
from caregiver_app.services.demo.people import ANA, ANA_PHONE, HILLSIDE, JIAN, JIAN_PHONE, WILLOW
from caregiver_app.values import value

EYE_DROPS, METHOTREXATE, FOLIC_ACID = "eye-drops", "methotrexate-times", "folic-acid-times"
CONFIRM, ASK_ANA = "confirm", "ask-ana"
"""The ids of what the reminders of the demo are about."""

RECENT = timedelta(days=100)
"""Reminders of visits that are longer ago were never the program's business."""

_ONE_DAY = timedelta(days=1)
_SERIES_DAYS = 21
_MEI_WEEKS = 4 * (MEI_PAST - 2)
_MOVED_DOSE = 15
_FRIDAY = 4


@value
class _Ride:
    """Who drives to a visit, how to reach them, and when to set off."""

    driver: str
    phone: str
    leave_at: str


_ANA_DRIVES = _Ride(ANA, ANA_PHONE, "08:40")
_JIAN_DRIVES = _Ride(JIAN, JIAN_PHONE, "12:10")
_NOBODY_YET = _Ride("", "", "12:10")
_NO_RIDE = _Ride("", "", "")


def fill(maker: Maker) -> None:
    """Write down plans, visits, other appointments and the times of medicines."""
    _rosas_plan(maker)
    _meis_plan(maker)
    _medicine_times(maker)
    _rosas_other(maker)
    _meis_other(maker)
    _to_do(maker)


# -- Plans and their visits -----------------------------------------------------------------------


def _rosas_plan(maker: Maker) -> None:
    entered = maker.moment(maker.rosa_first - timedelta(days=21), "10:00")
    plan = Plan(
        id=INFLIXIMAB,
        uid="example-infliximab",
        person=ROSA,
        medicine="infliximab",
        first=maker.at(maker.rosa_first, "09:30"),
        offsets=(0, 2, 6),
        every=8,
        minutes=140,
        clinic=WILLOW,
        entered=entered,
    )
    maker.put(plan, entered)
    for visit in _visits(maker, plan, "Willow Lane Infusion Centre"):
        dose = visit.dose or 0
        ride = _ANA_DRIVES if dose <= 2 else _NO_RIDE
        status = {1: "done", 2: "booked"}.get(dose, "planned")
        _put_visit(maker, visit, status, ride)


def _meis_plan(maker: Maker) -> None:
    first = maker.mei_last - timedelta(weeks=_MEI_WEEKS)
    entered = maker.moment(first - timedelta(days=9), "16:20")
    plan = Plan(
        id=BELIMUMAB,
        uid="example-belimumab",
        person=MEI,
        medicine="belimumab",
        first=maker.at(first, "13:00"),
        offsets=(0, 2, 4),
        every=4,
        minutes=65,
        clinic=HILLSIDE,
        entered=entered,
    )
    maker.put(plan, entered)
    for visit in _visits(maker, plan, "Hillside Clinic"):
        dose = visit.dose or 0
        if dose == _MOVED_DOSE:
            moved = maker.at(wall(visit.start).date() + 2 * _ONE_DAY, "13:00")
            note = "The clinic was closed on Wednesday. They gave us Friday."
            visit = replace(visit, start=moved, sequence=1, note=note)
        ride = {MEI_PAST + 1: _NOBODY_YET}.get(dose, _JIAN_DRIVES if dose <= MEI_PAST else _NO_RIDE)
        status = "done" if dose <= MEI_PAST else "booked" if dose == MEI_PAST + 1 else "planned"
        _put_visit(maker, visit, status, ride)


def _visits(maker: Maker, plan: Plan, place: str) -> list[Appointment]:
    return [
        Appointment(
            id=visit_id(plan.id, dose),
            uid=visit_uid(plan, dose),
            person=plan.person,
            type="infusion",
            title=f"Infusion {dose}",
            start=start,
            minutes=plan.minutes,
            place=place,
            contact=plan.clinic,
            plan=plan.id,
            dose=dose,
            entered=plan.entered,
        )
        for dose, start in proposals(plan, horizon(maker.today))
    ]


def _put_visit(maker: Maker, visit: Appointment, status: str, ride: _Ride) -> None:
    written = visit.entered
    over = instant(visit.start, maker.zone) + timedelta(days=40)
    if over < maker.now - RECENT:
        # Written down when all of it was over: nothing of it is left to ring.
        visit = replace(visit, entered=over)
    ridden = replace(
        visit,
        status=status,
        driver=ride.driver,
        driver_phone=ride.phone,
        leave_at=ride.leave_at,
    )
    maker.put(ridden, written)


# -- Everything else ------------------------------------------------------------------------------


@value
class _Kind:
    """What several appointments have in common."""

    person: str
    type: str
    title: str
    minutes: int
    place: str = ""
    contact: str | None = None
    reminders: tuple[int, ...] | None = None


_BLOOD = _Kind(ROSA, "lab", "Blood test", 20, "Willow Lane", WILLOW, (1440,))
_DR_SOL = _Kind(ROSA, "follow-up", "Dr Sol", 30, "Willow Lane, room 12", "sol", (1440, 120))
_DR_SOL_CALLS = _Kind(ROSA, "follow-up", "Dr Sol calls", 15, "by phone", "sol")
_EYE_CLINIC = _Kind(ROSA, "follow-up", "Eye clinic", 40, "Market Square", None, (1440,))
_ANA_TAKES = _Kind(ROSA, "drive", "Ana drives", 60, "", "ana")
_INSURER = _Kind(ROSA, "other", "Call the insurer", 20, "", "harbour")
_DENTIST = _Kind(ROSA, "other", "My dentist", 45)
_REST = _Kind(ROSA, "other", "An hour to rest", 60)
_MEIS_LAB = _Kind(MEI, "lab", "Blood and urine test", 25, "Hillside Clinic", HILLSIDE, (1440,))
_DR_VALE = _Kind(MEI, "follow-up", "Dr Vale", 30, "Hillside Clinic", "vale", (1440, 120))
_COPAY = _Kind(MEI, "other", "Call the insurer", 20, "", "northgate")


def _put(
    maker: Maker, kind: _Kind, day: date, hour: str, status: str = "done", note: str = ""
) -> None:
    start = maker.at(day, hour)
    written = min(maker.moment(day - timedelta(days=16), "17:30"), maker.now - _ONE_DAY)
    maker.put(_made(f"{kind.title}-{day}", kind, start, written, status, note), written)


def _made(
    id_: str, kind: _Kind, start: Moment, written: datetime, status: str = "booked", note: str = ""
) -> Appointment:
    id_ = id_.lower().replace(" ", "-")
    return Appointment(
        id=id_,
        uid=f"{id_}@caregiver-companion",
        person=kind.person,
        type=kind.type,
        title=kind.title,
        start=start,
        minutes=kind.minutes,
        status=status,
        place=kind.place,
        contact=kind.contact,
        reminders=kind.reminders,
        note=note,
        entered=written,
    )


def _rosas_other(maker: Maker) -> None:
    first = maker.rosa_first

    def on(days: int) -> date:
        return first + timedelta(days=days)

    for weeks in range(1, 106, 8):
        _put(maker, _BLOOD, on(-7 * weeks), "09:15")
    for weeks in range(14, 106, 13):
        _put(maker, _DR_SOL, on(-7 * weeks + 2), "11:00")
    for weeks in (34, 68, 101):
        _put(maker, _EYE_CLINIC, on(-7 * weeks + 3), "14:30")
    _put(maker, _EYE_CLINIC, on(-11), "14:30", "cancelled", "They will send a new date.")
    _put(maker, _DENTIST, on(-15), "16:00")
    _put(maker, _ANA_TAKES, on(-7), "08:40")
    _put(maker, _INSURER, on(-7), "15:00", note="Approved for two visits. The letter is coming.")
    _put(maker, _DR_SOL_CALLS, on(-5), "11:00", note="She goes through the plan with us.")
    _put(maker, _BLOOD, on(10), "09:15", "booked", "No fasting asked")
    _put(maker, _REST, on(0), "10:00", note="For me, while she is in the chair")
    _put(maker, _DR_SOL, on(22), "14:00", "booked", "Take the list of questions")


def _meis_other(maker: Maker) -> None:
    last = maker.mei_last

    def on(days: int) -> date:
        return last + timedelta(days=days)

    for weeks in range(2, 106, 12):
        _put(maker, _MEIS_LAB, on(-7 * weeks + 1), "08:45")
    for weeks in range(5, 106, 17):
        _put(maker, _DR_VALE, on(-7 * weeks + 5), "10:20")
    for weeks in (52, 104):
        _put(maker, _COPAY, on(-7 * weeks + 12), "15:30")
    _put(maker, _MEIS_LAB, on(26), "08:45", "booked", "她想先吃早饭，问一下可不可以。")
    _put(maker, _DR_VALE, on(54), "10:20", "booked")


def _medicine_times(maker: Maker) -> None:
    """Write down the daily and weekly times; they were set anew three weeks ago."""
    entered = maker.moment(maker.day(-_SERIES_DAYS), "07:00")
    long_ago = maker.day(-730)
    friday = long_ago + timedelta(days=(_FRIDAY - long_ago.weekday()) % 7)
    for id_, title, first, hour, rule, note in (
        (FOLIC_ACID, "Folic acid", long_ago, "08:00", "FREQ=DAILY", "after breakfast"),
        (METHOTREXATE, "Methotrexate", friday, "18:00", "FREQ=WEEKLY", "with supper"),
        (EYE_DROPS, "Eye drops", maker.day(-240), "21:00", "FREQ=DAILY", "both eyes"),
    ):
        times = _made(
            id_,
            _Kind(ROSA, "medication", title, 5),
            maker.floating(first, hour),
            entered,
            note=note,
        )
        maker.put(replace(times, rrule=rule), maker.moment(first, "07:00"))


def _to_do(maker: Maker) -> None:
    """Write down the two small tasks that wait for an answer today."""
    coming = f"{maker.rosa_next.day} {maker.rosa_next:%B}"
    written = maker.now - 2 * _ONE_DAY
    confirm = _Kind(ROSA, "other", "Confirm the visit with Willow Lane", 10, "", WILLOW, (0,))
    ask = _Kind(ROSA, "drive", f"Ask Ana about {coming}", 10, "", "ana", (0,))
    for id_, kind, hour, note in (
        (CONFIRM, confirm, "12:00", "Place, length, visitor and food rules"),
        (ASK_ANA, ask, "18:00", "Leave at 8:40, home about 13:00"),
    ):
        start = maker.at(maker.latest(hour), hour)
        maker.put(_made(id_, kind, start, written, note=note), written)
