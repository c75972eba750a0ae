"""Days beside the calendar: approvals, help to pay and calls, as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from caregiver_app.domain.deadlines import (
    Dated,
    dated_reminders,
    earliest_open_dated,
    goes_on,
)
from caregiver_app.domain.insurance import Assistance, Authorisation, Call
from caregiver_app.domain.reminders import Hours
from caregiver_app.domain.times import in_zone
from tests.domain.test_reminders import HOME, near

WRITTEN = datetime(2026, 10, 1, 15, tzinfo=UTC)
APPROVAL = Authorisation(id="au", person="p", last=date(2026, 12, 31), changed=WRITTEN)


def brought(one: Dated, followed: bool = False, **fields: object) -> dict[str, str]:
    around = replace(near(**fields), is_followed=lambda _one: followed)
    return {
        f"{r.what} {r.id}": f"{in_zone(r.due, HOME):%m-%d %H:%M}" + (" ring" if r.rings else "")
        for r in dated_reminders(one, around)
    }


def test_an_approval_rings_30_and_14_days_before_its_last_day():
    assert brought(APPROVAL) == {
        "approval_ends au/2026-12-31/43200": "12-01 08:00 ring",
        "approval_ends au/2026-12-31/20160": "12-17 08:00 ring",
    }
    assert brought(APPROVAL, followed=True) == {}


def test_it_rings_at_eight_whatever_the_hour_of_a_notice():
    told = brought(APPROVAL, hours=Hours(time(6), time(21)))
    assert set(told.values()) == {"12-01 08:00 ring", "12-17 08:00 ring"}


def test_an_appeal_help_and_a_call_are_lines():
    appeal = replace(APPROVAL, appeal=date(2026, 11, 20))
    assert brought(appeal, followed=True) == {
        "appeal_by au/2026-11-20/10080": "11-13 08:00",
        "appeal_by au/2026-11-20/1440": "11-19 08:00",
    }
    helped = Assistance(id="as", person="p", name="Fund", last=date(2026, 12, 31), changed=WRITTEN)
    assert brought(helped) == {
        "help_ends as/2026-12-31/43200": "12-01 08:00",
        "help_ends as/2026-12-31/20160": "12-17 08:00",
    }
    call = Call(
        id="c", person="p", date=date(2026, 10, 1), with_whom="Ann", changed=WRITTEN,
        again=date(2026, 10, 5),
    )  # fmt: skip
    assert brought(call) == {"call_again c/2026-10-05/0": "10-05 08:00"}
    assert brought(replace(call, again=None)) == brought(replace(helped, last=None)) == {}


def test_lines_of_the_evening_before_a_visit():
    helped = Assistance(id="as", person="p", name="Fund", last=date(2026, 12, 31), changed=WRITTEN)
    told = brought(helped, visit_on=lambda day: day == date(2026, 12, 2))
    assert told["help_ends as/2026-12-31/43200"] == "12-01 19:00"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-11-30T12:00", ["12-01 08:00 ring", "12-17 08:00 ring"]),
        ("2026-12-01T07:00", ["12-01 08:00 ring", "12-17 08:00 ring"]),
        ("2026-12-01T09:00", ["12-01 08:00", "12-17 08:00 ring"]),
        ("2026-12-16T09:00", ["12-01 08:00", "12-17 08:00 ring"]),
        ("2026-12-17T07:00", ["12-17 08:00 ring"]),
        ("2026-12-20T09:00", ["12-17 08:00"]),
        ("2026-12-31T23:00", ["12-17 08:00"]),
        ("2027-01-01T00:30", []),
    ],
)
def test_written_down_late_only_the_last_one_comes_and_as_a_line(written: str, expected: list[str]):
    # New York is five hours behind UTC in winter.
    changed = datetime.fromisoformat(written).replace(tzinfo=UTC) + timedelta(hours=5)
    assert list(brought(replace(APPROVAL, changed=changed)).values()) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"last": date(2027, 6, 30)}, True),
        ({"last": date(2027, 6, 30), "first": date(2027, 1, 1)}, True),
        ({"last": date(2027, 6, 30), "first": date(2027, 1, 2)}, False),
        ({"last": date(2027, 6, 30), "plan": "a"}, True),
        ({"last": date(2027, 6, 30), "plan": "b"}, False),
        ({"last": date(2027, 6, 30), "person": "q"}, False),
        ({"last": date(2026, 12, 31)}, False),
        ({"last": date(2026, 11, 30)}, False),
        ({"last": date(2027, 6, 30), "id": "au"}, False),
    ],
)
def test_which_approval_goes_on_where_one_ends(fields: dict[str, object], expected: bool):
    one = replace(APPROVAL, plan="a")
    other = replace(APPROVAL, **{"id": "next", **fields})
    assert goes_on(one, [one, other]) is expected


def test_one_for_a_single_plan_does_not_go_on_for_all():
    assert not goes_on(APPROVAL, [replace(APPROVAL, id="n", plan="a", last=date(2027, 6, 30))])


def test_the_index_looks_before_anything_is_due_and_never_after_all_is_settled():
    first, second = dated_reminders(APPROVAL, near())
    early = earliest_open_dated(APPROVAL, lambda _id: False, near())
    assert early is not None
    assert early < first.due
    later = earliest_open_dated(APPROVAL, lambda id_: id_ == first.id, near())
    assert later is not None
    assert first.due < later < second.due
    assert earliest_open_dated(APPROVAL, lambda _id: True, near()) is None
