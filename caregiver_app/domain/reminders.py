"""Which reminders an appointment brings, when each is due, and which ring on their own.

Everything here is computed from the appointment; what became of a reminder is an `Answer` under
the same id. A reminder's id is `<entry id>/<occurrence start>/<minutes before>`; what hangs on a
visit (a preparation step, a check-in) has the entry id `<visit id>:<step>`. Minutes after an end
are negative.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from caregiver_app.domain.entities import LONG_AGO, Appointment, Authorisation
from caregiver_app.domain.occurrences import Occurrence, occurrences
from caregiver_app.domain.plans import DEFAULT_LEADS, HOME_LEADS
from caregiver_app.domain.ringing import USUAL_LEADS, UsualLeads
from caregiver_app.domain.times import (
    MINUTES_A_DAY,
    AllDay,
    Moment,
    Zoned,
    instant,
    lead_instant,
    local_day,
    parse_moment,
    wall,
    wall_instant,
    zone_for,
)
from caregiver_app.errors import InputRefused
from caregiver_app.values import value

CHECK_INS = ("c2", "c24", "c72", "c7", "c14")
"""The steps of the reference that are check-ins of the watch window."""

HAPPENED = "happened"
"""What asks whether a visit took place."""

SHEETS = ("well_enough", "anything_new")
"""What is asked before a visit on a sheet of its own."""

_TIMES = ("start", "minutes", "rrule", "exdates", "rdates")

PAPERS = "papers"
"""What asks for the papers that are still open."""

PACKING = "pack1"
"""The step of the reference that packs the bag: it asks for what is still missing in it."""

PAPERS_LEAD = 3 * MINUTES_A_DAY
"""Minutes before a visit at which its papers are due: three days."""

SLACK = timedelta(days=3)
"""More than a wall time can move by another zone of the computer and other hours of a notice."""

_ZONES = timedelta(days=1)
"""More than a wall time is away from UTC, and from the hour of an all-day item."""

TOGETHER = 5
"""More notices than this at one moment become a single one."""

OURS = UsualLeads()
"""The usual lead times of a family that chose none."""


@value
class StepTime:
    """When one preparation step or check-in is due.

    `offset_hours` counts from the start (negative, before) or from the end (phase "after"),
    `part` is what of the visit it belongs to ("" for nothing that can be switched off), and the
    answer to one that is `asked_anew` holds for that day only.
    """

    key: str
    phase: str
    offset_hours: int
    part: str = ""
    asked_anew: bool = False


@value
class Reminder:
    """One thing to be reminded of. `due` is the UTC instant at which it is said.

    `owner` is the appointment's id, `entry` that id or `<owner>:<what>`; `rings` tells whether
    it stands on its own or is a line of its day's one notice. `what` is "lead", "papers",
    "leave", "well_enough", "anything_new", "happened", the key of a step, or what
    `domain.deadlines` names. From `over` on (None: never) it is no open work any more: a line that
    prepares a visit ends with the visit, of which "happened" then asks. `type` is that of its
    appointment, "" where it belongs to none; `ends` is the UTC instant at which that is over.
    `entered_late` tells that it was due already as what brings it was entered.
    """

    id: str
    entry: str
    owner: str
    person: str
    what: str
    start: Moment
    minutes: int
    due: datetime
    rings: bool
    over: datetime | None = None
    type: str = ""
    ends: datetime | None = None
    entered_late: bool = False

    def is_open(self, now: datetime) -> bool:
        """Tell whether its occasion is not over."""
        return self.over is None or now < self.over


@value
class Hours:
    """When a day's one notice comes: `morning`, or `evening` on the day before a visit."""

    morning: time = time(8, 0)
    evening: time = time(19, 0)


@value
class Surroundings:
    """What reminders depend on besides their appointment.

    `home` is the computer's zone, `steps` all preparation steps of the reference, `steps_of` those
    that a visit brings, `off` the parts it does without. `visit_on(day)` tells whether anybody has
    a visit on that day, `next_infusion(appointment)` gives the UTC instant of the person's next
    infusion after it (a watch window ends there), `watch_days(appointment)` how long its window is,
    and `is_followed` tells whether another approval goes on where one ends. `usual` are the lead
    times of what is no plan's.
    """

    home: str
    hours: Hours
    steps: Sequence[StepTime]
    visit_on: Callable[[date], bool]
    next_infusion: Callable[[Appointment], datetime | None]
    watch_days: Callable[[Appointment], int]
    steps_of: Callable[[Appointment], Sequence[StepTime]]
    off: Callable[[Appointment], Collection[str]]
    is_followed: Callable[[Authorisation], bool]
    usual: UsualLeads = OURS


def reminder_id(entry: str, occurrence: str, minutes: int) -> str:
    """Return the id of a reminder."""
    return f"{entry}/{occurrence}/{minutes}"


def split_id(text: str) -> tuple[str, str, int] | None:
    """Return entry id, occurrence start and minutes of a reminder's id, None if it is not one."""
    parts = text.rsplit("/", 2)
    expected = 3
    if len(parts) != expected or not parts[0]:
        return None
    try:
        parse_moment(parts[1], None)
        minutes = int(parts[2])
    except (InputRefused, ValueError):
        return None
    return parts[0], parts[1], minutes


def owner_of(entry: str) -> str:
    """Return the id of the appointment that an entry id like `<appointment id>:<what>` hangs on.

    Ids may hold colons themselves, so what comes back is only the shorter of two readings.
    """
    head, colon, tail = entry.rpartition(":")
    return head if colon and head and tail else entry


def day_notice(day: date, near: Surroundings) -> datetime:
    """Return the UTC instant of the one notice of `day`."""
    evening = near.visit_on(day + timedelta(days=1))
    hour = near.hours.evening if evening else near.hours.morning
    return wall_instant(datetime.combine(day, hour), near.home)


def is_infusion(appointment: Appointment) -> bool:
    """Tell whether this is a plan's infusion: an injection at home brings no bag and no steps."""
    return appointment.plan is not None and appointment.type != "medication"


def has_usual_leads(appointment: Appointment) -> bool:
    """Tell whether an appointment reminds as is usual for its type: nobody chose, and no plan."""
    return appointment.reminders is None and appointment.plan is None


def lead_times(
    appointment: Appointment, usual: Mapping[str, tuple[int, ...]] = USUAL_LEADS
) -> tuple[int, ...]:
    """Return the minutes before the start at which an appointment reminds: typed or default.

    `usual` gives those of a type of which nobody chose any. Of these an all-day item takes whole
    days only, and a drive that says when to leave none.
    """
    if appointment.reminders is not None:
        return appointment.reminders
    if appointment.plan is not None:
        return DEFAULT_LEADS if is_infusion(appointment) else HOME_LEADS
    leads = usual.get(appointment.type, ())
    if isinstance(appointment.start, AllDay):
        return tuple(minutes for minutes in leads if minutes % MINUTES_A_DAY == 0)
    return () if appointment.type == "drive" and appointment.leave_at else leads


def leads_in_force(
    occurrence: Occurrence, home: str, usual: UsualLeads
) -> Iterator[tuple[int, datetime, datetime]]:
    """Yield the lead times of one occurrence: minutes, their UTC instant, and since when usual.

    That instant is by the start of the occurrence, whatever the hour of a day's notice.
    """
    appointment = occurrence.appointment
    chosen = not has_usual_leads(appointment)
    begins = lead_instant(occurrence.start, 0, home)
    for minutes in lead_times(appointment, usual.ever):
        since = LONG_AGO if chosen else usual.since(appointment.type, minutes, begins)
        if since is not None:
            yield minutes, lead_instant(occurrence.start, minutes, home), since


def _make(
    occurrence: Occurrence,
    what: str,
    minutes: int,
    due: datetime,
    end: datetime,
    *,
    rings: bool,
    since: datetime = LONG_AGO,
) -> Reminder:
    owner = occurrence.appointment.id
    entry = owner if what == "lead" else f"{owner}:{what}"
    late = due <= max(occurrence.appointment.entered, since)
    return Reminder(
        reminder_id(entry, occurrence.key, minutes),
        entry,
        owner,
        occurrence.appointment.person,
        what,
        occurrence.start,
        minutes,
        due,
        # What was already due when it was entered comes as a line, not as a ring of its own.
        rings and not late,
        type=occurrence.appointment.type,
        ends=end,
        entered_late=late,
    )


def _line_day(occurrence: Occurrence, days_before: int) -> date:
    return wall(occurrence.start).date() - timedelta(days=days_before)


def _lead_reminders(
    occurrence: Occurrence, end: datetime, near: Surroundings
) -> Iterator[Reminder]:
    default = occurrence.appointment.reminders is None
    for minutes, at, since in leads_in_force(occurrence, near.home, near.usual):
        line = default and minutes and minutes % MINUTES_A_DAY == 0
        due = day_notice(_line_day(occurrence, minutes // MINUTES_A_DAY), near) if line else at
        yield _make(occurrence, "lead", minutes, due, end, rings=not line, since=since)


def _leave_reminder(
    occurrence: Occurrence, end: datetime, near: Surroundings
) -> Iterator[Reminder]:
    leave_at = occurrence.appointment.leave_at
    if not leave_at or isinstance(occurrence.start, AllDay):
        return
    leave = datetime.combine(wall(occurrence.start).date(), time.fromisoformat(leave_at))
    zone = zone_for(occurrence.start, near.home)
    minutes = (wall(occurrence.start) - leave) // timedelta(minutes=1)
    yield _make(occurrence, "leave", minutes, wall_instant(leave, zone), end, rings=True)


def _before_visit(occurrence: Occurrence, end: datetime, near: Surroundings) -> Iterator[Reminder]:
    if "bag" not in near.off(occurrence.appointment):
        papers = day_notice(_line_day(occurrence, PAPERS_LEAD // MINUTES_A_DAY), near)
        yield _make(occurrence, PAPERS, PAPERS_LEAD, papers, end, rings=False)
    for step in near.steps_of(occurrence.appointment):
        days = -step.offset_hours // 24
        # Steps of the visit's morning are said with its two-hour reminder.
        if step.phase == "before" and days > 0:
            due = day_notice(_line_day(occurrence, days), near)
            yield _make(occurrence, step.key, -step.offset_hours * 60, due, end, rings=False)


def _happened(occurrence: Occurrence, end: datetime, near: Surroundings) -> Reminder:
    """Return what asks on the next day whether a visit took place that nobody marked."""
    due = day_notice(local_day(end, near.home) + timedelta(days=1), near)
    return _make(occurrence, HAPPENED, -MINUTES_A_DAY, due, end, rings=False)


def _after_visit(occurrence: Occurrence, end: datetime, near: Surroundings) -> Iterator[Reminder]:
    appointment = occurrence.appointment
    watched = timedelta(days=near.watch_days(appointment))
    closes = near.next_infusion(appointment)
    for step in near.steps_of(appointment):
        if step.phase != "after" or step.offset_hours <= 1:
            continue
        days, rest = divmod(step.offset_hours, 24)
        minutes = -step.offset_hours * 60
        if rest:
            due, rings = end + timedelta(hours=step.offset_hours), True
        else:
            due = day_notice(local_day(end, near.home) + timedelta(days=days), near)
            rings = False
        # By elapsed time and not by the notice's hour: so a check-in doesn't come or go with the
        # zone of the computer.
        after = timedelta(hours=step.offset_hours)
        if step.key in CHECK_INS:
            closed = closes is not None and end + after >= closes
            if after > watched or closed or end + after <= appointment.entered:
                continue
        elif appointment.entered >= end:
            continue
        yield _make(occurrence, step.key, minutes, due, end, rings=rings)


def reminders_of(occurrence: Occurrence, near: Surroundings) -> list[Reminder]:
    """Return every enabled reminder of one occurrence, the earliest first.

    A reminder is enabled when its occurrence had not ended as it was entered or moved; check-ins
    of a visit entered late come as far as they lie ahead. Nothing comes of a cancelled one, and
    nothing that prepares a visit once it is done.
    """
    appointment = occurrence.appointment
    if appointment.status == "cancelled":
        return []
    end = occurrence.ends(near.home)
    before: list[Reminder] = []
    coming = appointment.status != "done" and end > appointment.entered
    if coming:
        before += _lead_reminders(occurrence, end, near)
        before += _leave_reminder(occurrence, end, near)
        if is_infusion(appointment):
            before += _before_visit(occurrence, end, near)
    # Without a plan nothing asks afterwards: only where a ring follows, lines end with it.
    rung = has_usual_leads(appointment) and any(one.rings for one in before)
    last = end if appointment.plan is not None or rung else None
    lasts = last is None
    found = [one if one.rings or lasts else replace(one, over=last) for one in before]
    if is_infusion(appointment):
        found += [_happened(occurrence, end, near)] if coming else []
        found += _after_visit(occurrence, end, near)
    return sorted(found, key=lambda reminder: (reminder.due, reminder.id))


def _has_lines(appointment: Appointment, near: Surroundings) -> bool:
    leads = lead_times(appointment, near.usual.ever)
    return has_usual_leads(appointment) and max(leads, default=0) >= MINUTES_A_DAY


def _reach(appointment: Appointment, near: Surroundings) -> tuple[timedelta, timedelta]:
    """Return how long before and after its start an appointment's reminders can lie."""
    leads = lead_times(appointment, near.usual.ever)
    before, after = timedelta(minutes=max(leads, default=0)), timedelta()
    if appointment.plan is not None:
        before = max(before, timedelta(minutes=PAPERS_LEAD))
        after = timedelta(minutes=appointment.minutes)
        offsets = [timedelta(hours=step.offset_hours) for step in near.steps]
        before = max((before, *(-offset for offset in offsets)))
        after += max((timedelta(), *offsets))
    return before + SLACK, after + SLACK


def reminders_between(
    appointment: Appointment, low: datetime, high: datetime, near: Surroundings
) -> list[Reminder]:
    """Return the enabled reminders due in [low, high) (UTC instants), the earliest first."""
    before, after = _reach(appointment, near)
    if appointment.plan is None and not _has_lines(appointment, near):
        # Nothing of it waits for the hour of a notice.
        before, after = before - SLACK + _ZONES, after - SLACK + _ZONES
    first, last = _utc_wall(low) - after, _utc_wall(high) + before
    found = [
        reminder
        for occurrence in occurrences(appointment, first, last)
        for reminder in reminders_of(occurrence, near)
        if low <= reminder.due < high
    ]
    return sorted(found, key=lambda reminder: (reminder.due, reminder.id))


def earliest_open(
    appointment: Appointment,
    since: datetime,
    settled: Callable[[str], bool],
    near: Surroundings,
) -> datetime | None:
    """Return a UTC instant before which no reminder of `appointment` is open, None for never.

    `since` is an instant before which all are known to be settled. The answer holds whatever the
    computer's zone is or becomes, and wherever the hours of a day's notice are set: only a ring
    in a zone of its own has its exact moment, all others count from some days before.
    """
    leads = lead_times(appointment, near.usual.ever)
    silent = not leads and not appointment.leave_at and appointment.plan is None
    ended = ("cancelled",) if appointment.plan is not None else ("cancelled", "done")
    if silent or appointment.status in ended:
        return None
    before, after = _reach(appointment, near)
    fixed = isinstance(appointment.start, Zoned)
    best: datetime | None = None
    for occurrence in occurrences(appointment, _utc_wall(since) - after):
        if best is not None and instant(occurrence.start, near.home) - before - SLACK > best:
            break
        for reminder in reminders_of(occurrence, near):
            if not settled(reminder.id):
                hint = reminder.due if fixed and reminder.rings else reminder.due - SLACK
                best = hint if best is None else min(best, hint)
    return best


def earliest_enabled(appointment: Appointment, near: Surroundings) -> datetime:
    """Return a UTC instant before which no reminder of `appointment` can be enabled.

    Occurrences that had ended as it was entered bring none.
    """
    before, _ = _reach(appointment, near)
    return appointment.entered - timedelta(minutes=appointment.minutes) - before


def _utc_wall(at: datetime) -> datetime:
    """Return an instant as a naive wall time of UTC, to compare with wall times of any zone."""
    return at.astimezone(UTC).replace(tzinfo=None)


def other_times(old: Appointment, new: Appointment) -> bool:
    """Tell whether a changed appointment takes place at other times than before."""
    return any(getattr(old, name) != getattr(new, name) for name in _TIMES)


def arms_anew(old: Appointment, new: Appointment) -> bool:
    """Tell whether the reminders of a changed appointment count from now on."""
    return (
        other_times(old, new)
        or old.reminders != new.reminders
        or (old.type != new.type and has_usual_leads(new))
        # A visit keeps its check-ins, whenever one sets off.
        or (old.leave_at != new.leave_at and new.plan is None)
        or old.status == "cancelled"
        or bool(new.rrule and old.status != new.status)
    )


def stays_answered(what: str, visit: Appointment, before: date, near: Surroundings) -> bool:
    """Tell whether what was answered of a visit stays so when it moves from the day `before`.

    The announcements of its date are made anew. What was prepared stays prepared; but what speaks
    of one day only is asked anew for another day, and so are check-ins of a visit still to come.
    """
    if what == PAPERS:
        return True
    step = next((one for one in near.steps if one.key == what), None)
    if step is None:
        return False
    same_day = before == wall(visit.start).date()
    if step.phase == "before":
        return same_day or not step.asked_anew
    return same_day or visit.status == "done"
