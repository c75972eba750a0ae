"""Changing dates of a repeating appointment: this one, this and following, or all of them.

Nothing here is stored: every function answers what would have to be, so that a change can be
looked at before it is made.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.moved_rules import Shift, moved_rule
from caregiver_app.domain.occurrences import occurrences, tidy
from caregiver_app.domain.recurrence import (
    Rule,
    expand,
    parse_rule,
    read_rule,
    rule_text,
    split,
)
from caregiver_app.domain.series import (
    Carried,
    Edit,
    Fresh,
    Misfit,
    Scope,
    Series,
    carried_one,
    differences,
    entered_by,
    is_as_ruled,
    is_date,
    is_rule_date,
    moment_of,
    moved_to,
    wall_of,
    with_left_out,
)
from caregiver_app.domain.series_follow import follow
from caregiver_app.domain.times import Moment, to_text, wall, with_wall
from caregiver_app.errors import InputRefused

_DAWN = datetime(1800, 1, 1)  # noqa: DTZ001 - a wall time


def scope_of(series: Series, scope: Scope) -> Scope:
    """Return what a scope comes to: from the first date on, the following ones are all.

    Raises:
        InputRefused: nothing follows an extra date, which the rule does not know.
    """
    if scope != "following":
        return scope
    at = wall(series.moment)
    if not is_rule_date(series.master, at):
        raise InputRefused("series.extra_date", "start", title=series.master.title)
    earlier = any(wall_of(one.original) < at for one in series.changed)
    if not earlier and next(occurrences(series.master, _DAWN, at), None) is None:
        return "all"
    before, _ = split(_rule_of(series.master), series.master.start, at)
    return "all" if before is None else "following"


# -- This one -------------------------------------------------------------------------------------


def edit_one(series: Series, new: Appointment, fresh: Fresh) -> Edit:
    """Return what changes when only this date becomes `new`."""
    master, row, moment = series.master, series.row, series.moment
    old = series.shown
    wanted = tidy(
        replace(
            new,
            id=row.id if row else "",
            uid=master.uid,
            rrule="",
            exdates=(),
            rdates=(),
            series=master.id,
            original=series.key,
            plan=None,
            dose=None,
        )
    )
    here = row.id if row else master.id
    if wanted.start == old.start and not differences(old, wanted):
        return Edit("one", here, to_text(old.start))
    if is_as_ruled(wanted, master, moment):
        return _as_ruled(series, fresh)
    sequence = max(master.sequence, row.sequence if row else 0) + 1
    wanted = replace(
        wanted,
        id=wanted.id or fresh.new_id(),
        created=row.created if row else fresh.now,
        changed=fresh.now,
        sequence=sequence,
        entered=entered_by(replace(old, rrule=""), wanted, fresh.now),
    )
    left_out = with_left_out(master, (*master.exdates, series.key), fresh)
    carried: tuple[Carried, ...] = ()
    if row is None and wanted.start == moment:
        carried = (carried_one(master.id, wanted.id, moment),)
    elif wanted.start != old.start and master.type == "medication":
        by = Shift(old.start, wanted.start)
        carried = (carried_one(here, wanted.id, old.start, by),)
    return Edit("one", wanted.id, to_text(wanted.start), (left_out, wanted), carried=carried)


def _as_ruled(series: Series, fresh: Fresh) -> Edit:
    """Return what changes when a date is again as the rule says."""
    master, row, key = series.master, series.row, series.key
    rest = [text for text in master.exdates if text != key]
    carried: tuple[Carried, ...] = ()
    if row is not None:
        carried = (carried_one(row.id, master.id, series.moment),)
        if row.start != series.moment and master.type == "medication":
            by = Shift(row.start, series.moment)
            carried = (carried_one(row.id, master.id, row.start, by),)
    return Edit(
        "one",
        master.id,
        key,
        (with_left_out(master, rest, fresh),),
        () if row is None else (row.id,),
        carried=carried,
    )


def taken_up_again(series: Series, fresh: Fresh) -> Edit:
    """Return what changes when a date that was deleted comes back."""
    return _as_ruled(series, fresh)


# -- This and following, all ----------------------------------------------------------------------


def edit_many(series: Series, new: Appointment, scope: Scope, fresh: Fresh) -> Edit:
    """Return what changes when this and the following dates, or all, are changed as this one.

    What `new` says otherwise than the date that is shown is said of all of them; another time is
    another time by as much for each.

    Raises:
        InputRefused: the repetition cannot be moved that way, or the new one cannot be read.
    """
    master, old = series.master, series.shown
    scope = scope_of(series, scope)
    moved = new.start != old.start
    after = new.start if moved else series.moment
    shift = Shift(series.moment, after)
    changes = differences(old, tidy(replace(new, rrule="", exdates=(), rdates=())))
    same_rule = series.row is not None or _is_same_rule(series, new, shift)
    if not moved and not changes and same_rule:
        here = series.row or master
        return Edit(scope, here.id, to_text(old.start))
    rule = _rule_of(master)
    begins, whole = shift.moment(master.start), rule
    head: tuple[Appointment, ...] = ()
    if scope == "following":
        before, rest = split(rule, master.start, wall(series.moment))
        begins, whole = after, rest or rule
        if before is not None:
            head = (_head(master, before, wall(series.moment), fresh),)
    if same_rule:
        text = rule_text(moved_rule(whole, shift))
    else:
        text, begins = _new_rule(master, new, whole, begins)
    made = replace(master, **changes, start=begins, rrule=text)
    made = _named(made, master, shift, fresh, anew=bool(head))
    return _with_dates(series, made, shift, head, fresh, own=after if moved else None)


def _head(master: Appointment, rule: Rule, at: datetime, fresh: Fresh) -> Appointment:
    """Return what stays of a series before `at`."""
    earlier = [text for text in master.exdates if wall_of(text) < at]
    extra = tuple(text for text in master.rdates if wall_of(text) < at)
    ended = replace(master, rrule=rule_text(rule), rdates=extra)
    return with_left_out(ended, earlier, fresh)


def _named(
    made: Appointment, master: Appointment, shift: Shift, fresh: Fresh, *, anew: bool
) -> Appointment:
    """Return the changed series with its own id, and with when it was entered."""
    if not anew:
        return replace(
            made,
            sequence=master.sequence + 1,
            changed=fresh.now,
            entered=entered_by(master, made, fresh.now),
        )
    before = replace(master, start=made.start, rrule=made.rrule)
    return replace(
        made,
        id=fresh.new_id(),
        uid=fresh.uid(),
        sequence=0,
        created=fresh.now,
        changed=fresh.now,
        entered=entered_by(before, made, fresh.now) if shift.is_still else fresh.now,
    )


def _new_rule(
    master: Appointment, new: Appointment, rule: Rule, begins: Moment
) -> tuple[str, Moment]:
    """Return the rule that was chosen anew, and its first date."""
    if not new.rrule:
        return "", new.start
    typed = parse_rule(new.rrule, new.start)
    if typed.count is not None and typed.count == _rule_of(master).count:
        # Who changes the weekdays and leaves "ten times" means ten times altogether.
        typed = replace(typed, count=rule.count)
    reading = read_rule(rule_text(typed), begins)
    if not reading.matches_start:
        first = next(expand(begins, replace(typed, until=None, count=None), wall(begins)))
        begins = with_wall(begins, first)
    return rule_text(typed), begins


def _is_same_rule(series: Series, new: Appointment, shift: Shift) -> bool:
    master = series.master
    if new.rrule == master.rrule:
        return True
    if not new.rrule:
        return False
    rule, typed = _rule_of(master), parse_rule(new.rrule, new.start)
    if typed == rule or rule_text(typed) == rule_text(rule):
        return True
    try:
        return typed == moved_rule(rule, shift)
    except InputRefused:
        return False


def _rule_of(master: Appointment) -> Rule:
    return read_rule(master.rrule, master.start).rule


def _with_dates(
    series: Series,
    made: Appointment,
    shift: Shift,
    head: tuple[Appointment, ...],
    fresh: Fresh,
    *,
    own: Moment | None,
) -> Edit:
    """Return the edit that `made` brings, with the dates that were left out, added or changed."""
    master = series.master
    at = wall(series.moment) if head else _DAWN
    rows = series.from_here() if head else list(series.changed)
    originals = {one.original for one in rows}
    extra = [text for text in master.rdates if wall_of(text) >= at]
    gone = [text for text in master.exdates if wall_of(text) >= at and text not in originals]
    alone: list[Appointment] = []
    if made.rrule:
        made = replace(made, rdates=tuple(sorted({shift.key(text) for text in extra})))
    else:
        made = replace(made, rdates=())
        alone = [
            _alone(made, with_wall(made.start, shift.local(wall_of(text))), fresh)
            for text in extra
            if text not in master.exdates
        ]
    left_out = [text for text in map(shift.key, gone) if is_date(made, wall_of(text))]
    followed = follow(
        replace(made, exdates=tuple(left_out)), master, rows, shift, fresh, edited=series.row,
        own=own,
    )  # fmt: skip
    unneeded = [text for text in gone if shift.key(text) not in left_out]
    misfits = [
        Misfit(moment_of(master, text), moment_of(master, text), master.title, "left_out")
        for text in unneeded
    ]
    new_id = followed.master.id
    carried = list(followed.carried)
    if shift.is_still and head:
        carried.append(Carried(master.id, new_id, at, datetime.max))  # noqa: DTZ901 - a wall time
    elif not shift.is_still and master.type == "medication":
        # What was given stays given, and is not asked for again an hour later.
        carried.append(Carried(master.id, new_id, at, datetime.max, shift))  # noqa: DTZ901
    row = series.row
    stays = row is not None and any(one.id == row.id for one in followed.put)
    entry = row.id if row is not None and stays else new_id
    start = next((one.start for one in followed.put if one.id == entry), shift.after)
    return Edit(
        "following" if head else "all",
        entry,
        to_text(start if stays else shift.after),
        (*head, followed.master, *followed.put, *alone),
        followed.removed,
        tuple(sorted((*followed.misfits, *misfits), key=lambda one: wall(one.original))),
        followed.kept,
        tuple(carried),
    )


def _alone(made: Appointment, start: Moment, fresh: Fresh) -> Appointment:
    """Return an extra date of a series that repeats no more as an appointment of its own."""
    one = moved_to(made, start)
    return replace(one, id=fresh.new_id(), uid=fresh.uid(), sequence=0, created=fresh.now)


# -- Deleting -------------------------------------------------------------------------------------


def edit_removed(series: Series, scope: Scope, fresh: Fresh) -> Edit:
    """Return what changes when dates are deleted.

    Raises:
        InputRefused: nothing follows an extra date.
    """
    master, row = series.master, series.row
    scope = scope_of(series, scope)
    if scope == "one":
        left_out = with_left_out(master, (*master.exdates, series.key), fresh)
        gone = () if row is None else (row.id,)
        return Edit("one", master.id, series.key, (left_out,), gone)
    if scope == "all":
        gone = (master.id, *(one.id for one in series.changed))
        return Edit("all", master.id, series.key, (), gone)
    at = wall(series.moment)
    before, _ = split(_rule_of(master), master.start, at)
    head = master if before is None else _head(master, before, at, fresh)
    gone = tuple(one.id for one in series.from_here())
    return Edit("following", master.id, series.key, (head,), gone)
