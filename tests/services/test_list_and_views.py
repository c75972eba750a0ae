"""`list appointments` tells what the calendar shows, day by day."""

from __future__ import annotations

import json
from datetime import date, timedelta

from caregiver_app.services.listing import ListService
from tests.factories import NEW_YORK, line, pills, plan_line
from tests.fakes import Home

FIRST = date(2026, 10, 25)


def test_a_day_is_listed_as_it_is_shown(home: Home):
    def every(id_: str, start: str, **fields: object) -> str:
        told = {"type": "lab", "title": id_, "start": start, "zone": NEW_YORK, **fields}
        return line("appointment", id=id_, **told)

    home.add(
        line("person", id="rosa", name="Rosa"),
        plan_line(person="rosa"),
        pills(),
        every("weekly", "2026-11-02T09:30", rrule="FREQ=WEEKLY;BYDAY=MO,TH",
              rdates=["2026-11-07T09:30"], exdates=["2026-11-12T09:30"]),
        every("monthly", "2026-10-31T23:30", rrule="FREQ=MONTHLY;BYMONTHDAY=-1", minutes=90),
        every("far", "2026-11-20T02:00", zone="Asia/Tokyo", rrule="FREQ=DAILY;COUNT=9"),
        line("appointment", id="whole", type="other", title="Away", start="2026-11-26"),
    )  # fmt: skip
    house = home.house
    house.series.move("weekly", "2026-11-16T09:30", house.agenda.get("weekly").start, "one")
    house.series.cancel("weekly", "2026-11-19T09:30", "one")
    house.series.remove("weekly", "2026-11-23T09:30", "one")
    listed = ListService(house)
    for day in (FIRST + timedelta(days=n) for n in range(45)):
        shown = house.agenda.days(day, day).get(day, [])
        told = listed.values("appointments", day, day)
        assert sorted((one["id"], one["status"]) for one in told) == sorted(
            (one.appointment.id, one.appointment.status) for one in shown
        )
    changed = [one for one in listed.values("appointments", None, None) if one["series"]]
    assert {one["recurrence_id"] for one in changed} == {"2026-11-16T09:30", "2026-11-19T09:30"}


def test_what_is_listed_and_added_again_is_a_change_made_now(home: Home):
    home.add(
        line("person", id="rosa", name="Rosa"),
        line("contact", id="willow", name="Willow Lane"),
        line("checkin", id="c1", date="2026-11-20", pain=3),
    )
    home.clock.on(days=1)
    for kind in ("people", "contacts", "checkins"):
        for told in ListService(home.house).values(kind, None, None):
            home.add(json.dumps(told))
    changed = home.house.people.contact("willow")
    assert changed.changed == home.clock.now()
    assert changed.created == home.clock.now() - timedelta(days=1)


def test_only_infusions_of_a_plan_are_listed_with_steps(home: Home):
    home.add(
        plan_line(),
        line("appointment", id="lab", type="lab", title="Blood", start="2026-11-26T09:30"),
        line("appointment", id="alone", type="infusion", title="Drip", start="2026-11-27T09:30"),
    )
    listed = {one["id"]: one for one in ListService(home.house).values("bags", None, None)}
    assert listed["lab"]["items"]
    assert listed["lab"]["steps"] == listed["alone"]["steps"] == []
    assert {"pack1", "temp1"} <= {one["key"] for one in listed["p1~1"]["steps"]}
