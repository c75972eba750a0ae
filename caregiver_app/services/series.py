"""Changing, moving, copying, cancelling and deleting appointments, also dates of a repeating one.

Everything is one change, named and taken back as a whole. `scope` is "one", "following" (this one
and all later ones) or "all"; for what does not repeat it is ignored. A date is named by the id of
its row and by `key`, its wall time as text.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.occurrences import check_appointment, occurrences, tidy
from caregiver_app.domain.series import (
    Edit,
    Fresh,
    Misfit,
    Scope,
    Series,
    is_date,
    is_rule_date,
    moment_of,
    moved_to,
    wall_of,
)
from caregiver_app.domain.series_edits import (
    edit_many,
    edit_one,
    edit_removed,
    scope_of,
    taken_up_again,
)
from caregiver_app.domain.times import Moment, parse_moment, to_text, wall
from caregiver_app.errors import AsksFirst, FormRefused, InputRefused
from caregiver_app.services.agenda import AgendaService
from caregiver_app.services.care import Care
from caregiver_app.services.changed_dates import ChangedDates
from caregiver_app.services.weekly import refuse_too_often
from caregiver_app.values import value

_ALL_SCOPES: tuple[Scope, ...] = ("one", "following", "all")
_FIRST_DATES = 3
_AN_INSTANT = timedelta(microseconds=1)


@value
class Outcome:
    """What a change does, or did.

    `entry` and `key` name the date afterwards, `scope` is what the scope came to, `first` are the
    first dates from the changed one on, `kept` the changed dates that go on fitting (as the rule
    has them), `misfits` those that do not, each with what becomes of it.
    """

    entry: str
    key: str
    scope: Scope
    first: tuple[Moment, ...] = ()
    kept: tuple[Moment, ...] = ()
    misfits: tuple[Misfit, ...] = ()


class SeriesService:
    """Everything that can be done with one date in the calendar, and with its series."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._agenda = AgendaService(care)
        self._dates = ChangedDates(care)

    # -- Looking ----------------------------------------------------------------------------------

    def repeats(self, appointment_id: str) -> bool:
        """Tell whether it is a repeating appointment or a changed date of one."""
        one = self._existing(appointment_id)
        return bool(one.rrule) or self._dates.series_of(one) is not None

    def shown(self, appointment_id: str, key: str = "") -> Appointment:
        """Return a date as the calendar shows it; of a series, with its rule.

        Raises:
            InputRefused: there is no such appointment, or it has no such date.
        """
        found = self._find(appointment_id, key)
        return found.shown if isinstance(found, Series) else found

    def scopes(self, appointment_id: str, key: str = "") -> tuple[Scope, ...]:
        """Return the scopes that differ for a date; none where nothing repeats.

        Raises:
            InputRefused: there is no such appointment, or it has no such date.
        """
        found = self._find(appointment_id, key)
        if not isinstance(found, Series):
            return ()
        if not is_rule_date(found.master, wall(found.moment)):
            return ("one", "all")
        return ("one", "all") if scope_of(found, "following") == "all" else _ALL_SCOPES

    def preview(
        self, appointment_id: str, key: str, new: Appointment | None, scope: Scope
    ) -> Outcome:
        """Return what changing a date to `new` would do (None: deleting it); nothing is stored.

        Raises:
            FormRefused, InputRefused, AsksFirst: as `change` and `remove`.
        """
        numbers = itertools.count()
        fresh = Fresh(self._care.now, lambda: f"new{next(numbers)}")
        found = self._find(appointment_id, key)
        if not isinstance(found, Series):
            start = found.start if new is None else new.start
            return Outcome(found.id, to_text(start), "one", (start,))
        return _told(self._edit(found, new, scope, fresh), found)

    # -- Doing ------------------------------------------------------------------------------------

    def move(self, appointment_id: str, key: str, start: Moment, scope: Scope = "one") -> Outcome:
        """Move a date to another day or hour; one sets off as long before it as until now.

        Raises:
            AsksFirst: it is a plan's visit and would come to another day.
            InputRefused: that hour does not exist, or the repetition cannot be moved that way.
        """
        shown = self.shown(appointment_id, key)
        return self._change(appointment_id, key, moved_to(shown, start), scope, "moved")

    def stretch(self, appointment_id: str, key: str, minutes: int, scope: Scope = "one") -> Outcome:
        """Let a date last so many minutes.

        Raises:
            FormRefused: it cannot last as long.
        """
        shown = self.shown(appointment_id, key)
        return self._change(appointment_id, key, replace(shown, minutes=minutes), scope, "changed")

    def change(
        self, appointment_id: str, key: str, new: Appointment, scope: Scope = "one"
    ) -> Outcome:
        """Change a date to what `new` says, as it came from `shown` and was edited.

        With "following" and "all" only what is new about it is said of the other dates, and
        another time moves each of them by as much; another rule holds from there on, or for all.

        Raises:
            FormRefused, InputRefused: a field is wrong, or the repetition cannot be changed so.
            AsksFirst: it is a plan's visit, and its date would change or it would be cancelled.
        """
        return self._change(appointment_id, key, new, scope, "changed")

    def cancel(self, appointment_id: str, key: str = "", scope: Scope = "one") -> Outcome:
        """Cancel a date; it stays, struck through, and reminds of nothing.

        Raises:
            AsksFirst: it is a plan's visit.
        """
        gone = replace(self.shown(appointment_id, key), status="cancelled")
        return self._change(appointment_id, key, gone, scope, "cancelled")

    def restore(self, appointment_id: str, key: str = "") -> Outcome:
        """Take a cancelled date up again, or one that was deleted from its series.

        Raises:
            InputRefused: there is no such date.
        """
        one = self._existing(appointment_id)
        if one.rrule and key in one.exdates and not self._row_of(one, key):
            found = Series(one, tuple(self._dates.of(one.id)), moment_of(one, key))
            if not is_date(one, wall(found.moment)):
                raise _no_such_date(one, key)
            return self._apply(taken_up_again(found, self._dates.fresh()), found, "restored")
        shown = self.shown(appointment_id, key)
        master = self._dates.series_of(shown)
        status = "booked" if shown.plan is None else "planned"
        if master is not None and master.status != "cancelled":
            status = master.status
        scope: Scope = "all" if shown.rrule else "one"
        return self._change(appointment_id, key, replace(shown, status=status), scope, "restored")

    def remove(self, appointment_id: str, key: str = "", scope: Scope = "one") -> Outcome:
        """Delete a date, and the following ones or all where `scope` says so.

        Raises:
            AsksFirst: it is a plan's visit.
        """
        found = self._find(appointment_id, key)
        if isinstance(found, Series):
            return self._apply(
                self._edit(found, None, scope, self._dates.fresh()), found, "removed"
            )
        self._agenda.remove(found.id)
        return Outcome(found.id, to_text(found.start), "one")

    def duplicate(self, appointment_id: str, key: str, start: Moment) -> str:
        """Copy a date to another time as a single appointment; return the copy's id.

        Raises:
            InputRefused: it is a plan's visit, which only its plan lays out; or that hour does
                not exist.
        """
        shown = self.shown(appointment_id, key)
        if shown.plan is not None:
            raise InputRefused("visit.no_copy", "id")
        copy = replace(
            moved_to(shown, start), id="", uid="", status="booked", rrule="", exdates=(),
            rdates=(), series=None, original="", sequence=0, extra="",
        )  # fmt: skip
        with self._care.change("done.copied", title=copy.title, day=_day(start)):
            return self._agenda.save(copy).id

    # -- How --------------------------------------------------------------------------------------

    def _change(
        self, appointment_id: str, key: str, new: Appointment, scope: Scope, verb: str
    ) -> Outcome:
        found = self._find(appointment_id, key)
        if isinstance(found, Series):
            return self._apply(self._edit(found, new, scope, self._dates.fresh()), found, verb)
        if verb == "cancelled" and found.plan is not None:
            raise AsksFirst("visit.cancel_first", "status")
        with self._care.change(f"done.{verb}", title=new.title.strip(), day=_day(new.start)):
            kept = self._agenda.save(replace(new, id=found.id))
        return Outcome(kept.id, to_text(kept.start), "one", (kept.start,))

    def _edit(self, found: Series, new: Appointment | None, scope: Scope, fresh: Fresh) -> Edit:
        if new is None:
            return edit_removed(found, scope, fresh)
        self._refuse_wrong(found, new)
        edit = (
            edit_one(found, new, fresh) if scope == "one" else edit_many(found, new, scope, fresh)
        )
        new_ones = _new_ones(edit, found)
        problems = [problem for one in new_ones for problem in check_appointment(one)]
        if problems:
            raise FormRefused(problems)
        return replace(edit, put=tuple(map(tidy, edit.put)))

    def _refuse_wrong(self, found: Series, new: Appointment) -> None:
        """Check the date as it would stand by itself."""
        alone = replace(
            new, rrule="", exdates=(), rdates=(), series=found.master.id, original=found.key
        )
        problems = check_appointment(alone)
        if problems:
            raise FormRefused(problems)
        if new.person != found.shown.person:
            self._care.person(new.person)

    def _apply(self, edit: Edit, found: Series, verb: str) -> Outcome:
        care = self._care
        more = "" if edit.scope == "one" else f"_{edit.scope}"
        told = found.moment if verb != "moved" or more else parse_moment(edit.key, None)
        if edit.put or edit.removed:
            with care.change(f"done.{verb}{more}", title=found.shown.title, day=_day(told)):
                for one in edit.put:
                    care.store.put(one)
                for row in edit.removed:
                    care.store.remove(Appointment, row, care.now)
                self._dates.carry(edit.carried)
                if verb != "removed":
                    for one in (*_new_ones(edit, found), *_back_in(edit, found)):
                        refuse_too_often(care, one, "start")
        return _told(edit, found)

    def _find(self, appointment_id: str, key: str) -> Series | Appointment:
        """Return a date of a series, or an appointment that does not repeat."""
        one = self._existing(appointment_id)
        master = one if one.rrule else self._dates.series_of(one)
        if master is None:
            return one
        changed = tuple(self._dates.of(master.id))
        if master is not one:
            return Series(master, changed, moment_of(master, one.original), one)
        moment = master.start if not key else moment_of(master, key)
        row = self._row_of(master, to_text(moment))
        here = occurrences(master, wall(moment), wall(moment) + _AN_INSTANT)
        if row is None and next(here, None) is None:
            if key:
                raise _no_such_date(master, key)
            # A series whose first date was deleted is meant by its id alone.
            moment = next((o.start for o in occurrences(master, wall(moment))), moment)
        return Series(master, changed, moment, row)

    def _row_of(self, master: Appointment, key: str) -> Appointment | None:
        return next((one for one in self._dates.of(master.id) if one.original == key), None)

    def _existing(self, appointment_id: str) -> Appointment:
        found = self._agenda.get(appointment_id)
        if found is None:
            raise InputRefused("appointment.gone", "id", id=appointment_id)
        return found


def _no_such_date(master: Appointment, key: str) -> InputRefused:
    return InputRefused("series.no_such_date", "original", title=master.title, value=key)


def _new_ones(edit: Edit, found: Series) -> list[Appointment]:
    """Return what was really changed: not what only ends earlier, or leaves a date out."""
    return [one for one in edit.put if edit.scope == "all" or one.id != found.master.id]


def _back_in(edit: Edit, found: Series) -> list[Appointment]:
    """Return the series where one date of it is again as it says."""
    is_back = edit.scope == "one" and edit.entry == found.master.id
    return [one for one in edit.put if is_back and one.id == edit.entry]


def _day(moment: Moment) -> str:
    return wall(moment).date().isoformat()


def _told(edit: Edit, found: Series) -> Outcome:
    """Return an edit in plain values."""
    return Outcome(edit.entry, edit.key, edit.scope, _first(edit, found), edit.kept, edit.misfits)


def _first(edit: Edit, found: Series) -> tuple[Moment, ...]:
    """Return the first dates from the changed one on, as the calendar will show them."""
    entry = next((one for one in edit.put if one.id == edit.entry), None)
    if edit.scope == "one":
        return () if entry is None or edit.removed else (entry.start,)
    ended = found.master.id if edit.scope == "following" else ""
    made = next((one for one in edit.put if one.id != ended and one.series is None), None)
    if made is None:
        return ()
    low = wall_of(edit.key)
    if edit.scope == "following":
        low = min(low, wall(made.start))
    dates = [one.start for one in islice(occurrences(made, low), _FIRST_DATES)]
    dates += [
        one.start
        for one in edit.put
        if one.series == made.id and one.status != "cancelled" and wall(one.start) >= low
    ]
    return tuple(sorted(dates, key=wall)[:_FIRST_DATES])
