"""One date, this and following, all of them: what changes, what stays, and one undo for each."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.occurrences import occurrences
from caregiver_app.domain.times import AllDay, Floating, Moment, Zoned, instant, to_text, wall
from caregiver_app.errors import AsksFirst, FormRefused, InputRefused
from tests.factories import appointment, line, moment, plan
from tests.fakes import NEW_YORK, FakeClock, Home

LOW, HIGH = datetime(2026, 1, 1), datetime(2036, 1, 1)


def weekly(**fields: object) -> Appointment:
    """Tuesdays at 9:30 from 5 January 2027 on."""
    told = {"rrule": "FREQ=WEEKLY;BYDAY=TU", "title": "Physio", "type": "other", "minutes": 45}
    return appointment("2027-01-05T09:30", **{**told, **fields})


@pytest.fixture
def kept(home: Home) -> Home:
    home.house.agenda.save(weekly())
    return home


def shown(home: Home, days: int = 60, since: date = date(2027, 1, 1)) -> list[str]:
    """What the calendar shows, in words."""
    found = home.house.agenda.between(since, since + timedelta(days=days))
    return [
        f"{o.key[5:]} {o.appointment.title}{' x' * (o.appointment.status == 'cancelled')}"
        for o in found
    ]


def keys(home: Home, days: int = 60, since: date = date(2027, 1, 1)) -> list[str]:
    return [text.split()[0] for text in shown(home, days, since)]


def calendar(home: Home) -> bytes:
    return home.house.exporter.calendar()


@pytest.fixture
def undone(kept: Home):
    """Whatever a test does as one change, one undo puts every row and every exported byte back."""
    before, bytes_before = kept.dump(), calendar(kept)
    yield kept
    assert kept.house.care.undo() is not None
    assert kept.dump() == before
    assert calendar(kept) == bytes_before


# ---- this one ----------------------------------------------------------------------------------
def test_one_date_moves_alone(undone: Home):
    done = undone.house.series.move("a1", "2027-01-12T09:30", moment("2027-01-13T11:00"))
    assert keys(undone, 24) == ["01-05T09:30", "01-13T11:00", "01-19T09:30"]
    row, master = undone.visit(done.entry), undone.visit("a1")
    assert (row.series, row.original, row.uid) == ("a1", "2027-01-12T09:30", master.uid)
    assert master.exdates == ("2027-01-12T09:30",)
    assert (row.sequence, master.sequence, row.rrule) == (1, 1, "")
    assert undone.house.care.store.undo_label() == (
        "done.moved", {"title": "Physio", "day": "2027-01-13"},
    )  # fmt: skip


def test_a_changed_date_is_changed_again_in_its_own_row_and_back_as_the_rule_says(kept: Home):
    series = kept.house.series
    before = kept.visit("a1")
    first = series.move("a1", "2027-01-12T09:30", moment("2027-01-13T11:00"))
    again = series.move(first.entry, first.key, moment("2027-01-14T11:00"))
    assert again.entry == first.entry
    by_series = series.stretch("a1", "2027-01-12T09:30", 90)
    assert by_series.entry == first.entry
    assert kept.visit(first.entry).minutes == 90
    series.stretch(first.entry, "", 45)
    back = series.move(first.entry, "", moment("2027-01-12T09:30"))
    assert (back.entry, back.key) == ("a1", "2027-01-12T09:30")
    assert kept.house.agenda.get(first.entry) is None
    after = kept.visit("a1")
    assert after.exdates == ()
    assert replace(after, sequence=0, changed=before.changed) == before


def test_what_changes_nothing_is_no_change(kept: Home):
    before = kept.dump()
    series = kept.house.series
    for scope in ("one", "following", "all"):
        series.move("a1", "2027-01-12T09:30", moment("2027-01-12T09:30"), scope)
    assert kept.dump() == before


def test_one_date_is_cancelled_kept_and_taken_up_again(kept: Home):
    series = kept.house.series
    before = shown(kept, 20)
    done = series.cancel("a1", "2027-01-12T09:30")
    assert shown(kept, 20) == ["01-05T09:30 Physio", "01-12T09:30 Physio x", "01-19T09:30 Physio"]
    assert kept.visit(done.entry).status == "cancelled"
    series.restore(done.entry, done.key)
    assert shown(kept, 20) == before
    assert kept.house.agenda.get(done.entry) is None
    series.remove("a1", "2027-01-12T09:30")
    assert keys(kept, 20) == ["01-05T09:30", "01-19T09:30"]
    series.restore("a1", "2027-01-12T09:30")
    assert shown(kept, 20) == before


def test_a_changed_date_is_deleted_with_its_row(undone: Home):
    # One step: the row is made and taken away in the same change.
    with undone.house.care.change("done.removed", title="Physio", day="2027-01-12"):
        done = undone.house.series.move("a1", "2027-01-12T09:30", moment("2027-01-13T11:00"))
        undone.house.series.remove(done.entry, done.key)
    assert keys(undone, 20) == ["01-05T09:30", "01-19T09:30"]
    assert undone.house.care.store.changed_dates("a1") == []


@pytest.mark.parametrize("key", ["2027-01-13T09:30", "2027-01-12", "2026-12-29T09:30"])
def test_a_date_that_is_none_is_refused(kept: Home, key: str):
    with pytest.raises(InputRefused) as refused:
        kept.house.series.move("a1", key, moment("2027-01-14T09:30"))
    assert refused.value.key == "series.no_such_date"


# ---- this and following ------------------------------------------------------------------------
def test_this_and_following_move(undone: Home):
    done = undone.house.series.move(
        "a1", "2027-01-19T09:30", moment("2027-01-20T14:00"), "following"
    )
    assert keys(undone, 40) == [
        "01-05T09:30", "01-12T09:30", "01-20T14:00", "01-27T14:00", "02-03T14:00", "02-10T14:00",
    ]  # fmt: skip
    new, old = undone.visit(done.entry), undone.visit("a1")
    assert new.uid != old.uid
    assert new.rrule == "FREQ=WEEKLY;BYDAY=WE"
    assert old.rrule == "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270112T093000"
    assert [to_text(one) for one in done.first] == [
        "2027-01-20T14:00", "2027-01-27T14:00", "2027-02-03T14:00",
    ]  # fmt: skip


def test_a_number_of_times_is_shared_out(kept: Home):
    kept.house.agenda.save(replace(kept.visit("a1"), rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=6"))
    done = kept.house.series.move("a1", "2027-01-19T09:30", moment("2027-01-19T10:00"), "following")
    assert kept.visit("a1").rrule == "FREQ=WEEKLY;BYDAY=TU;COUNT=2"
    assert kept.visit(done.entry).rrule == "FREQ=WEEKLY;BYDAY=TU;COUNT=4"
    assert len(keys(kept, 200)) == 6


def test_from_the_first_date_on_is_all(kept: Home):
    done = kept.house.series.move("a1", "2027-01-05T09:30", moment("2027-01-05T10:00"), "following")
    assert (done.scope, done.entry) == ("all", "a1")
    assert kept.house.series.scopes("a1", "2027-01-05T10:00") == ("one", "all")
    assert kept.house.series.scopes("a1", "2027-01-12T10:00") == ("one", "following", "all")
    kept.house.agenda.save(appointment(id="b"))
    assert kept.house.series.scopes("b") == ()


def test_changed_and_deleted_dates_go_along(kept: Home):
    series = kept.house.series
    early = series.move("a1", "2027-01-12T09:30", moment("2027-01-13T08:00")).entry
    late = series.move("a1", "2027-02-02T09:30", moment("2027-02-04T08:00")).entry
    titled = series.change(
        "a1", "2027-02-09T09:30", replace(series.shown("a1", "2027-02-09T09:30"), title="Long"),
    ).entry  # fmt: skip
    series.remove("a1", "2027-02-16T09:30")
    told = series.preview(
        "a1", "2027-01-26T09:30",
        replace(series.shown("a1", "2027-01-26T09:30"), start=moment("2027-01-27T10:00")),
        "following",
    )  # fmt: skip
    before = kept.dump()
    done = series.move("a1", "2027-01-26T09:30", moment("2027-01-27T10:00"), "following")
    assert (told.kept, told.misfits, told.first) == (done.kept, done.misfits, done.first)
    assert before != kept.dump()
    assert keys(kept) == [
        "01-05T09:30", "01-13T08:00", "01-19T09:30", "01-27T10:00", "02-04T08:00", "02-10T10:00",
        "02-24T10:00",
    ]  # fmt: skip
    assert kept.visit(early).series == "a1"
    assert (kept.visit(late).series, kept.visit(late).original) == (done.entry, "2027-02-03T10:00")
    # What had the series' own hour goes on having it.
    assert kept.visit(titled).start == moment("2027-02-10T10:00")
    assert done.misfits == ()
    new = kept.visit(done.entry)
    assert new.exdates == ("2027-02-03T10:00", "2027-02-10T10:00", "2027-02-17T10:00")


def test_what_no_longer_fits_is_named_and_stays(kept: Home):
    series = kept.house.series
    moved = series.move("a1", "2027-02-02T09:30", moment("2027-02-04T08:00")).entry
    called_off = series.cancel("a1", "2027-02-09T09:30").entry
    series.remove("a1", "2027-02-16T09:30")
    edited = replace(
        series.shown("a1", "2027-01-19T09:30"), rrule="FREQ=WEEKLY;BYDAY=TU;INTERVAL=5"
    )
    told = series.preview("a1", "2027-01-19T09:30", edited, "following")
    assert kept.house.care.store.undo_label()[0] == "done.removed", "a preview stores nothing"
    assert [(to_text(m.original)[:10], m.fate) for m in told.misfits] == [
        ("2027-02-02", "own"), ("2027-02-09", "dropped"), ("2027-02-16", "left_out"),
    ]  # fmt: skip
    before = kept.dump()
    done = series.change("a1", "2027-01-19T09:30", edited, "following")
    assert done.misfits == told.misfits
    stays = kept.visit(moved)
    assert (stays.series, stays.original, stays.start) == (None, "", moment("2027-02-04T08:00"))
    assert stays.uid not in (kept.visit("a1").uid, kept.visit(done.entry).uid)
    assert kept.house.agenda.get(called_off) is None
    assert keys(kept) == [
        "01-05T09:30", "01-12T09:30", "01-19T09:30", "02-04T08:00", "02-23T09:30",
    ]  # fmt: skip
    kept.house.care.undo()
    assert kept.dump() == before


def test_the_edit_of_a_changed_date_says_only_what_is_new_of_the_others(kept: Home):
    series = kept.house.series
    row = series.move("a1", "2027-01-19T09:30", moment("2027-01-20T14:00")).entry
    series.change(row, "", replace(kept.visit(row), title="Hand therapy"), "all")
    assert shown(kept, 24) == [
        "01-05T09:30 Hand therapy", "01-12T09:30 Hand therapy", "01-20T14:00 Hand therapy",
    ]  # fmt: skip
    # Its time becomes everybody's time when its time is what was changed.
    series.move(row, "", moment("2027-01-20T15:00"), "following")
    assert keys(kept, 28) == ["01-05T09:30", "01-12T09:30", "01-20T15:00", "01-27T15:00"]
    assert kept.house.agenda.get(row) is None, "it is as the rule says"


@pytest.mark.parametrize(
    ("scope", "days"),
    [("one", ["01-05", "01-12", "01-26"]), ("following", ["01-05", "01-12"]), ("all", [])],
)
def test_deleting(undone: Home, scope, days):
    undone.house.series.remove("a1", "2027-01-19T09:30", scope)
    assert [key[:5] for key in keys(undone, 27)] == days


def test_deleting_all_takes_the_changed_dates_along(kept: Home):
    row = kept.house.series.move("a1", "2027-01-12T09:30", moment("2027-01-13T11:00")).entry
    kept.house.series.remove(row, "", "all")
    assert keys(kept) == []
    assert kept.house.care.store.changed_dates("a1") == []
    kept.house.care.undo()
    kept.house.agenda.remove("a1")
    assert keys(kept) == []


def test_cancelling_this_and_following(undone: Home):
    undone.house.series.cancel("a1", "2027-01-19T09:30", "following")
    assert shown(undone, 27) == [
        "01-05T09:30 Physio", "01-12T09:30 Physio", "01-19T09:30 Physio x", "01-26T09:30 Physio x",
    ]  # fmt: skip


# ---- all ---------------------------------------------------------------------------------------
def test_all_move_by_as_much_and_weekdays_along(undone: Home):
    done = undone.house.series.move("a1", "2027-01-19T09:30", moment("2027-01-21T08:00"), "all")
    assert keys(undone, 24) == ["01-07T08:00", "01-14T08:00", "01-21T08:00"]
    assert (done.entry, done.key) == ("a1", "2027-01-21T08:00")
    assert undone.visit("a1").rrule == "FREQ=WEEKLY;BYDAY=TH"


def test_one_sets_off_as_long_before_as_until_now(kept: Home):
    kept.house.agenda.save(replace(kept.visit("a1"), leave_at="08:50"))
    series = kept.house.series
    row = series.move("a1", "2027-01-12T09:30", moment("2027-01-12T11:00")).entry
    assert kept.visit(row).leave_at == "10:20"
    series.move("a1", "2027-01-19T09:30", moment("2027-01-19T10:30"), "all")
    assert kept.visit("a1").leave_at == "09:50"


@pytest.mark.parametrize(
    ("rule", "start", "to", "moved"),
    [
        ("FREQ=DAILY;INTERVAL=3", "2027-01-05", "2027-01-06", "FREQ=DAILY;INTERVAL=3"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "2027-01-15", "2027-01-18", "FREQ=MONTHLY;BYMONTHDAY=18"),
        ("FREQ=MONTHLY", "2027-01-15", "2027-01-18", "FREQ=MONTHLY"),
        ("FREQ=YEARLY", "2027-03-15", "2027-04-02", "FREQ=YEARLY"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "2027-01-15", "2027-02-01", None),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2027-01-31", "2027-01-30", None),
        ("FREQ=MONTHLY;BYDAY=2TU", "2027-01-12", "2027-01-13", None),
        ("FREQ=YEARLY", "2027-02-20", "2027-03-10", None),
    ],
)
def test_which_rules_can_move_by_days(home: Home, rule, start, to, moved):
    home.house.agenda.save(appointment(f"{start}T09:30", rrule=rule))
    before = home.dump()
    if moved is None:
        with pytest.raises(InputRefused) as refused:
            home.house.series.move("a1", f"{start}T09:30", moment(f"{to}T09:30"), "all")
        assert refused.value.key == "series.rule_fixed"
        assert home.dump() == before
        # Another hour is no other day.
        home.house.series.move("a1", f"{start}T09:30", moment(f"{start}T10:30"), "all")
        assert home.visit("a1").start == moment(f"{start}T10:30")
        return
    home.house.series.move("a1", f"{start}T09:30", moment(f"{to}T09:30"), "all")
    assert (home.visit("a1").rrule, home.visit("a1").start) == (moved, moment(f"{to}T09:30"))


def test_every_second_week_stays_every_second_week_when_its_days_move_over_the_weeks_end(
    home: Home,
):
    home.house.agenda.save(
        appointment("2027-01-04T09:30", rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU")
    )
    assert [key[:5] for key in keys(home, 32)] == ["01-04", "01-10", "01-18", "01-24", "02-01"]
    home.house.series.move("a1", "2027-01-10T09:30", moment("2027-01-11T09:30"), "all")
    assert [key[:5] for key in keys(home, 32)] == ["01-05", "01-11", "01-19", "01-25", "02-02"]


def test_stopping_to_repeat_leaves_what_was_changed(kept: Home):
    series = kept.house.series
    row = series.move("a1", "2027-02-02T09:30", moment("2027-02-04T08:00")).entry
    edited = replace(series.shown("a1", "2027-01-19T09:30"), rrule="")
    done = series.change("a1", "2027-01-19T09:30", edited, "all")
    assert keys(kept) == ["01-19T09:30", "02-04T08:00"]
    assert [one.fate for one in done.misfits] == ["own"]
    assert kept.visit(row).series is None


def test_extra_dates(kept: Home):
    agenda, series = kept.house.agenda, kept.house.series
    agenda.save(replace(kept.visit("a1"), rdates=("2027-01-14T16:00",)))
    assert keys(kept, 15) == ["01-05T09:30", "01-12T09:30", "01-14T16:00"]
    assert series.scopes("a1", "2027-01-14T16:00") == ("one", "all")
    with pytest.raises(InputRefused) as refused:
        series.move("a1", "2027-01-14T16:00", moment("2027-01-15T16:00"), "following")
    assert refused.value.key == "series.extra_date"
    row = series.move("a1", "2027-01-14T16:00", moment("2027-01-15T16:00")).entry
    assert kept.visit(row).original == "2027-01-14T16:00"
    series.move("a1", "2027-01-12T09:30", moment("2027-01-13T09:30"), "following")
    assert keys(kept, 20) == ["01-05T09:30", "01-13T09:30", "01-15T16:00", "01-20T09:30"]
    edited = replace(series.shown("a1", "2027-01-05T09:30"), rrule="")
    series.change("a1", "2027-01-05T09:30", edited, "all")
    assert keys(kept, 10) == ["01-05T09:30"]


# ---- single ones and visits --------------------------------------------------------------------
def test_what_does_not_repeat_needs_no_scope(home: Home):
    series = home.house.series
    home.house.agenda.save(appointment(leave_at="08:30"))
    series.move("a1", "2026-11-24T09:30", moment("2026-11-25T10:30"), "all")
    assert (home.visit("a1").start, home.visit("a1").leave_at) == (
        moment("2026-11-25T10:30"), "09:30",
    )  # fmt: skip
    series.stretch("a1", "", 30)
    series.cancel("a1", "")
    series.restore("a1", "")
    assert home.visit("a1").status == "booked"
    copied = series.duplicate("a1", "", moment("2026-12-01T07:00"))
    series.remove("a1", "")
    labels = [home.house.care.undo()[0] for _ in range(6)]
    assert labels == [
        "done.removed", "done.copied", "done.restored", "done.cancelled", "done.changed",
        "done.moved",
    ]  # fmt: skip
    assert home.house.agenda.get(copied) is None


def test_a_copy_is_an_appointment_of_its_own(kept: Home):
    copied = kept.house.series.duplicate("a1", "2027-01-12T09:30", moment("2027-01-13T09:30"))
    one, master = kept.visit(copied), kept.visit("a1")
    assert (one.rrule, one.series, one.title, one.minutes) == ("", None, "Physio", 45)
    assert one.uid != master.uid
    assert master.exdates == ()


DOORS = [
    lambda s: s.move("p1~2", "", moment("2026-12-09T09:30")),
    lambda s: s.change("p1~2", "", replace(s.shown("p1~2"), start=moment("2026-12-09T09:30"))),
    lambda s: s.cancel("p1~2", ""),
    lambda s: s.remove("p1~2", ""),
    lambda s: s.remove("p1~2", "", "all"),
    lambda s: s.change("p1~2", "", replace(s.shown("p1~2"), status="cancelled")),
]


@pytest.mark.parametrize("door", DOORS)
def test_no_door_moves_a_visit(home: Home, door):
    home.house.plans.save(plan())
    before = home.dump()
    with pytest.raises(AsksFirst):
        door(home.house.series)
    assert home.dump() == before


def test_another_hour_of_a_visit_does_not_ask_and_a_visit_is_not_copied(home: Home):
    home.house.plans.save(plan())
    home.house.series.move("p1~2", "", moment("2026-12-08T11:00"))
    assert home.visit("p1~2").start == moment("2026-12-08T11:00")
    with pytest.raises(InputRefused) as refused:
        home.house.series.duplicate("p1~2", "", moment("2026-12-09T11:00"))
    assert refused.value.key == "visit.no_copy"


def test_what_is_wrong_is_refused_and_nothing_is_kept(kept: Home):
    series = kept.house.series
    before = kept.dump()
    new = replace(series.shown("a1", "2027-01-12T09:30"), title=" ", minutes=-1)
    for scope in ("one", "following", "all"):
        with pytest.raises(FormRefused) as refused:
            series.change("a1", "2027-01-12T09:30", new, scope)
        assert {one.field for one in refused.value.errors} == {"title", "minutes"}
    with pytest.raises(InputRefused):  # the clocks skip that hour
        series.move("a1", "2027-03-16T09:30", moment("2027-03-14T02:30"))
    assert kept.dump() == before


# ---- other doors -------------------------------------------------------------------------------
def test_lines_bring_changed_dates(kept: Home):
    kept.add(
        line("appointment", id="o1", type="other", title="Later", start="2027-01-13T11:00",
             zone=NEW_YORK, series="a1", original="2027-01-12T09:30"),
    )  # fmt: skip
    assert keys(kept, 20) == ["01-05T09:30", "01-13T11:00", "01-19T09:30"]
    assert kept.visit("o1").uid == kept.visit("a1").uid
    kept.add(
        line("appointment", id="o1", type="other", title="Still later", start="2027-01-14T11:00")
    )
    assert kept.visit("o1").original == "2027-01-12T09:30"
    # Changing the series keeps its changed dates left out, and in step.
    kept.add(line("appointment", id="a1", type="other", title="Physio", start="2027-01-05T10:00",
                  exdates=["2027-01-19T10:00"]))  # fmt: skip
    assert kept.visit("o1").original == "2027-01-12T10:00"
    assert kept.visit("a1").exdates == ("2027-01-12T10:00", "2027-01-19T10:00")
    kept.add(line("appointment", id="a1", type="other", title="Physio", start="2027-01-05T10:00",
                  rrule=None))  # fmt: skip
    assert kept.visit("o1").series is None
    assert kept.visit("o1").uid != kept.visit("a1").uid


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"series": "zz", "original": "2027-01-12T09:30"}, "series.unknown"),
        ({"series": "single", "original": "2026-11-24T09:30"}, "series.unknown"),
        ({"series": "a1", "original": "2027-01-13T09:30"}, "series.no_such_date"),
        ({"series": "a1", "original": "2027-01-12"}, "series.no_such_date"),
        ({"series": "a1", "original": "soon"}, "time.no_such_date"),
        ({"series": "a1"}, "time.no_such_date"),
        ({"original": "2027-01-12T09:30"}, "series.missing"),
        ({"series": "a1", "original": "2027-01-19T09:30"}, "series.taken"),
        ({"series": "a1", "original": "2027-01-12T09:30", "rrule": "FREQ=DAILY"},
         "series.no_repeat"),
        ({"id": "single", "series": "a1", "original": "2027-01-12T09:30"}, "series.fixed"),
    ],
)  # fmt: skip
def test_lines_that_cannot_be(kept: Home, fields, key):
    kept.house.agenda.save(appointment(id="single"))
    kept.house.series.move("a1", "2027-01-19T09:30", moment("2027-01-20T09:30"))
    told = {"type": "other", "title": "Other", "start": "2027-01-13T11:00", "zone": NEW_YORK}
    before = kept.dump()
    with pytest.raises(InputRefused) as refused:
        kept.add(line("appointment", **{**told, **fields}))
    assert refused.value.key == key
    assert kept.dump() == before


# ---- reminders ---------------------------------------------------------------------------------
def pills(home: Home) -> None:
    home.add(
        line("appointment", id="pills", type="medication", title="Pills",
             start="2026-11-20T08:00", rrule="FREQ=DAILY"),
        line("appointment", id="tablets", type="other", title="Tablets", reminders=[120],
             start="2026-11-20T11:00", zone=NEW_YORK, rrule="FREQ=DAILY"),
    )  # fmt: skip


@pytest.mark.parametrize("scope", ["one", "following", "all"])
@pytest.mark.parametrize("state", ["done", "skipped"])
def test_an_answer_goes_along_when_the_time_stays(home: Home, scope, state):
    home.clock.at("2026-11-20T07:00")
    pills(home)
    home.clock.at("2026-11-21T10:00")
    series, reminders = home.house.series, home.house.reminders
    home.tick()
    reminders.answer("tablets/2026-11-21T11:00/120", state)
    # The word goes and comes back again.
    entry = "tablets"
    for word in ("Drops", "Tablets"):
        new = replace(series.shown(entry, "2026-11-21T11:00"), title=word)
        entry = series.change(entry, "2026-11-21T11:00", new, scope).entry
        assert home.said() == []
        waiting = {one.id for one in reminders.open_now()}
        assert not [one for one in waiting if "2026-11-21T11:00" in one]
    home.clock.at("2026-11-22T09:00")
    assert len([one for one in home.said() if "2026-11-22T11:00" in one]) == 1


def test_an_answer_goes_along_with_a_line_too(home: Home):
    home.clock.at("2026-11-20T07:00")
    pills(home)
    home.clock.at("2026-11-21T10:00")
    home.tick()
    home.house.reminders.answer("tablets/2026-11-21T11:00/120", "done")
    told = {"type": "other", "title": "Drops", "zone": NEW_YORK, "reminders": [120]}
    for entry, day in (("o1", "2026-11-21"), ("o2", "2026-11-22")):
        home.add(
            line("appointment", id=entry, start=f"{day}T11:00", series="tablets",
                 original=f"{day}T11:00", **told)
        )  # fmt: skip
    assert home.said() == []
    home.clock.at("2026-11-22T09:00")
    assert [one for one in home.said() if "pills" not in one] == ["o2/2026-11-22T11:00/120"]


def test_another_time_rings_anew_and_a_cancelled_one_never(home: Home):
    home.clock.at("2026-11-20T07:00")
    pills(home)
    home.clock.at("2026-11-21T09:00")
    assert "tablets/2026-11-21T11:00/120" in home.said()
    home.house.reminders.answer("tablets/2026-11-21T11:00/120", "done")
    done = home.house.series.move("tablets", "2026-11-21T11:00", moment("2026-11-21T15:00"))
    home.clock.at("2026-11-21T13:00")
    assert home.said() == [f"{done.entry}/2026-11-21T15:00/120"]
    home.house.series.cancel("tablets", "2026-11-22T11:00")
    home.clock.at("2026-11-22T10:00")
    assert [one for one in home.said() if "pills" not in one] == []


@pytest.mark.parametrize("scope", ["following", "all"])
def test_what_was_given_stays_given_when_the_hour_of_all_changes(home: Home, scope):
    home.clock.at("2026-11-20T07:00")
    pills(home)
    home.clock.at("2026-11-22T08:30")
    series, doses = home.house.series, home.house.doses

    def marks() -> list[tuple[str, str]]:
        found = doses.history(None, date(2026, 11, 20), date(2026, 11, 22)).timed
        return [(one.key[8:], one.mark.state) for one in found]

    series.move("pills", "2026-11-21T08:00", moment("2026-11-21T07:00", None))
    for one in doses.history(None, date(2026, 11, 20), date(2026, 11, 22)).timed:
        doses.mark(one, "skipped" if one.key.startswith("2026-11-20") else "taken")
    before = marks()
    assert before == [("20T08:00", "skipped"), ("21T07:00", "taken"), ("22T08:00", "taken")]
    key = "2026-11-22T08:00" if scope == "following" else "2026-11-23T08:00"
    later = moment(f"{key[:10]}T09:00", None)
    series.move("pills", key, later, scope)
    hour = "08:00" if scope == "following" else "09:00"
    assert marks() == [(f"20T{hour}", "skipped"), ("21T07:00", "taken"), ("22T09:00", "taken")]
    home.clock.at("2026-11-22T09:30")
    assert [one for one in home.said() if "T09:00" in one] == []
    home.house.care.undo()
    assert marks() == before


def test_what_was_given_stays_given_when_that_one_moves_there_and_back(home: Home):
    home.clock.at("2026-11-20T07:00")
    pills(home)
    home.add(line("appointment", id="once", type="medication", title="Once",
                  start="2026-11-21T08:10"))  # fmt: skip
    home.clock.at("2026-11-21T08:30")
    doses, series, day = home.house.doses, home.house.series, date(2026, 11, 21)

    def marks() -> list[tuple[str, str]]:
        return [(one.key[11:], one.mark.state) for one in doses.history(None, day, day).timed]

    for one in doses.history(None, day, day).timed:
        doses.mark(one, "taken")
    series.move("once", "", moment("2026-11-21T09:10", None))
    moved = series.move("pills", "2026-11-21T08:00", moment("2026-11-21T09:00", None))
    assert marks() == [("09:00", "taken"), ("09:10", "taken")]
    home.clock.at("2026-11-21T09:30")
    assert [one for one in home.said() if "T09:" in one] == []
    (pill,) = (one for one in doses.history(None, day, day).timed if one.key == moved.key)
    doses.mark(pill, "open")
    series.move(moved.entry, moved.key, moment("2026-11-21T08:00", None))
    assert marks() == [("08:00", "open"), ("09:10", "taken")]


def test_what_was_given_stays_given_when_a_line_brings_another_hour(home: Home):
    home.clock.at("2026-11-20T07:00")
    pills(home)
    home.clock.at("2026-11-21T08:30")
    doses, day = home.house.doses, date(2026, 11, 21)
    doses.mark(doses.history(None, day, day).timed[0], "taken")
    home.add(line("appointment", id="pills", type="medication", title="Pills",
                  start="2026-11-20T09:00"))  # fmt: skip
    (one,) = doses.history(None, day, day).timed
    assert (one.key, one.mark.state) == ("2026-11-21T09:00", "taken")


def test_what_was_put_off_waits_for_the_changed_date_too(home: Home):
    home.clock.at("2026-11-20T07:00")
    pills(home)
    home.clock.at("2026-11-21T09:00")
    home.tick()
    later = home.clock.now() + timedelta(hours=1)
    home.house.reminders.answer("tablets/2026-11-21T11:00/120", "later", until=later)
    shown_ = home.house.series.shown("tablets", "2026-11-21T11:00")
    done = home.house.series.change(
        "tablets", "2026-11-21T11:00", replace(shown_, note="With food")
    )
    assert home.said() == []
    home.clock.at("2026-11-21T10:01")
    assert home.said() == [f"{done.entry}/2026-11-21T11:00/120"]


# ---- any series, any change --------------------------------------------------------------------
ZONES = [NEW_YORK, "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata"]
# Around changes of the clock of these zones, among others.
DAYS = [date(2027, 3, 1), date(2027, 3, 14), date(2027, 3, 28), date(2027, 10, 3), date(2027, 6, 9)]
HOURS = [time(0, 0), time(2, 30), time(9, 30), time(23, 45)]


@st.composite
def starts(draw: st.DrawFn) -> Moment:
    day, hour = draw(st.sampled_from(DAYS)), draw(st.sampled_from(HOURS))
    local = datetime.combine(day, hour)
    kind = draw(st.sampled_from(["zoned", "floating", "all-day"]))
    if kind == "all-day":
        return AllDay(day)
    return Floating(local) if kind == "floating" else Zoned(local, draw(st.sampled_from(ZONES)))


@st.composite
def rules(draw: st.DrawFn, start: Moment) -> str:
    day = wall(start)
    every = draw(st.integers(1, 3))
    weekdays = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    chosen = draw(st.sets(st.sampled_from(weekdays))) | {weekdays[day.weekday()]}
    text = draw(
        st.sampled_from(
            [
                "FREQ=DAILY",
                "FREQ=WEEKLY",
                "FREQ=WEEKLY;BYDAY=" + ",".join(d for d in weekdays if d in chosen),
                f"FREQ=MONTHLY;BYMONTHDAY={day.day}",
                "FREQ=YEARLY",
            ]
        )
    )
    text += f";INTERVAL={every}" if every > 1 else ""
    end = draw(st.sampled_from(["", "COUNT", "UNTIL"]))
    if end == "COUNT":
        text += f";COUNT={draw(st.integers(2, 12))}"
    elif end == "UNTIL":
        text += f";UNTIL={day + timedelta(days=draw(st.integers(1, 90))):%Y%m%dT%H%M%S}"
    return text


def dates(home: Home) -> list[tuple[str, str]]:
    """Every date of the first years, by wall time and title."""
    found = [
        (o.key, o.appointment.title)
        for one in home.house.care.store.all(Appointment)
        for o in occurrences(one, LOW, HIGH)
    ]
    return sorted(found)


@given(data=st.data())
@settings(max_examples=50, suppress_health_check=list(HealthCheck))
def test_this_and_following_are_the_old_dates_and_the_change(data: st.DataObject):
    start = data.draw(starts())
    rule = data.draw(rules(start))
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder), FakeClock(instant(moment("2026-11-21T10:00"), NEW_YORK)))
        home.house.agenda.save(appointment(start, rrule=rule, type="other", title="Same"))
        master = home.visit("a1")
        every = [o.start for o in occurrences(master, LOW, wall(start) + timedelta(days=800))][:12]
        for place in data.draw(st.sets(st.integers(0, len(every) - 1), max_size=2)):
            home.house.series.remove("a1", to_text(every[place]))
        left = [o.start for o in occurrences(home.visit("a1"), LOW, HIGH)]
        if not left:
            home.close()
            return
        if data.draw(st.booleans()):
            one = data.draw(st.sampled_from(left[:12]))
            new = replace(home.house.series.shown("a1", to_text(one)), title="Changed")
            home.house.series.change("a1", to_text(one), new)
        before, bytes_before, was = home.dump(), calendar(home), dates(home)
        at = data.draw(st.sampled_from(left[:12]))
        days = data.draw(st.sampled_from([0, 0, 1, -2, 7]))
        hour = (
            timedelta()
            if isinstance(start, AllDay)
            else timedelta(minutes=data.draw(st.sampled_from([0, 45, 120])))
        )
        by = timedelta(days=days) + hour
        scope = data.draw(st.sampled_from(["following", "all"]))
        key = to_text(at)
        shown_ = home.house.series.shown("a1", key)
        first = wall(shown_.start) + by
        target = AllDay(first.date()) if isinstance(start, AllDay) else replace(start, local=first)
        try:
            done = home.house.series.move("a1", key, target, scope)
        except (InputRefused, FormRefused):
            assert home.dump() == before
            home.close()
            return

        def moved(entry: tuple[str, str]) -> tuple[str, str]:
            local = datetime.fromisoformat(entry[0])
            if scope == "following" and local < wall(at):
                return entry
            there = local + by
            return (
                there.date().isoformat()
                if isinstance(start, AllDay)
                else there.isoformat(timespec="minutes"),
                entry[1],
            )

        far = (HIGH - timedelta(days=400)).isoformat()
        assert [one for one in dates(home) if one[0] < far] == [
            one for one in sorted(map(moved, was)) if one[0] < far
        ]
        assert done.misfits == ()
        if home.dump() != before:
            home.house.care.undo()
        assert home.dump() == before
        assert calendar(home) == bytes_before
        home.close()


# ---- safety ------------------------------------------------------------------------------------
def test_a_medicine_of_one_day_a_week_comes_not_more_often_by_any_door(home: Home):
    home.add(
        line("appointment", id="mtx", type="medication", title="Methotrexate",
             start="2026-12-01T18:00", rrule="FREQ=WEEKLY"),
    )  # fmt: skip
    before = home.dump()
    series = home.house.series
    shown_ = series.shown("mtx", "2026-12-08T18:00")
    doors = [
        lambda: series.change(
            "mtx", "2026-12-08T18:00", replace(shown_, rrule="FREQ=DAILY"), "all"
        ),
        lambda: series.change(
            "mtx", "2026-12-08T18:00", replace(shown_, rrule="FREQ=DAILY"), "following"
        ),
        lambda: series.duplicate("mtx", "2026-12-08T18:00", moment("2026-12-09T18:00", None)),
    ]
    for door in doors:
        with pytest.raises(InputRefused) as refused:
            door()
        found = refused.value
        errors = found.errors if isinstance(found, FormRefused) else [found]
        assert [one.key for one in errors] == ["safety.weekly_only"]
        assert home.dump() == before
    series.move("mtx", "2026-12-08T18:00", moment("2026-12-09T18:00", None), "all")
    assert keys(home, 10, date(2026, 12, 1)) == ["12-02T18:00", "12-09T18:00"]
