"""People, contacts, medicines and what an insurer approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caregiver_app.domain.entities import Authorisation, BlockedDays, Contact, Medicine, Person
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.messages import explain
from tests.factories import NEW_YORK, line, plan_line, visit_line
from tests.fakes import Home

MARCH = Authorisation(id="", person="rosa", first=date(2026, 3, 1), last=date(2026, 3, 31))


@pytest.fixture
def rosa(home: Home) -> Home:
    home.add(line("person", id="rosa", name="Rosa"))
    return home


def test_all_that_is_told_of_a_person_is_kept(rosa: Home):
    people = rosa.house.people
    told = Person(
        id="rosa", name=" Rosa ", address="14 Orchard Row\r\n2nd floor ", papers=" blue folder",
        good_to_know="Left arm", fever_c=38.5, fever_set_by=" Dr Sol ",
    )  # fmt: skip
    people.save_person(told)
    kept = people.person("rosa")
    assert kept is not None
    assert (kept.name, kept.address, kept.papers) == (
        "Rosa", "14 Orchard Row\n2nd floor", "blue folder",
    )  # fmt: skip
    assert (kept.good_to_know, kept.fever_c, kept.fever_set_by) == ("Left arm", 38.5, "Dr Sol")


@pytest.mark.parametrize(
    ("field", "value"),
    [("address", "x" * 401), ("good_to_know", "\x07"), ("papers", "x" * 401),
     ("fever_c", 12.0), ("fever_set_by", "x" * 201)],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_at_its_field(rosa: Home, field: str, value: object):
    people = rosa.house.people
    before = people.person("rosa")
    assert before is not None
    with pytest.raises(FormRefused) as refused:
        people.save_person(replace(before, **{field: value}))
    assert [error.field for error in refused.value.errors] == [field]
    assert people.person("rosa") == before


@pytest.mark.parametrize(
    ("day", "key"),
    [(date(2026, 11, 22), "person.born_ahead"), (date(1758, 6, 4), "person.born_long_ago"),
     (date(2026, 11, 21), None), (date(1896, 1, 1), None)],
)  # fmt: skip
def test_a_day_of_birth_is_a_day_of_a_life(rosa: Home, day: date, key: str | None):
    people = rosa.house.people
    if key is None:
        assert people.save_person(Person(id="rosa", name="Rosa", born=day)).born == day
        return
    with pytest.raises(FormRefused) as refused:
        people.save_person(Person(id="rosa", name="Rosa", born=day))
    assert [(error.key, error.field) for error in refused.value.errors] == [(key, "born")]


@pytest.mark.parametrize(
    ("limit", "who", "taken"),
    [(38.5, " ", False), (38.5, "Dr Sol, 3 March", True), (38.0, "", True), (37.5, "", True)],
)
def test_a_limit_above_the_usual_one_needs_who_gave_it(
    rosa: Home, limit: float, who: str, taken: bool
):
    people = rosa.house.people
    told = Person(id="rosa", name="Rosa", fever_c=limit, fever_set_by=who)
    if taken:
        assert people.save_person(told).fever_c == limit
        return
    with pytest.raises(FormRefused) as refused:
        people.save_person(told)
    (error,) = refused.value.errors
    assert (error.key, error.field) == ("person.fever_who", "fever_set_by")
    assert explain(error).startswith("A limit above 38.0 °C counts only")


def test_the_approval_that_reaches_furthest_counts(rosa: Home):
    people = rosa.house.people
    assert people.approved_to("rosa") is None
    march = people.save_authorisation(MARCH)
    summer = people.save_authorisation(replace(MARCH, last=date(2026, 8, 31), insurer=" Harbour "))
    april = people.save_authorisation(replace(MARCH, first=None, last=date(2026, 4, 30)))
    assert people.approved_to("rosa") == summer
    assert summer.insurer == "Harbour"
    assert [one.id for one in people.authorisations("rosa")] == [march.id, april.id, summer.id]
    people.remove(Authorisation, summer.id)
    assert people.approved_to("rosa") == april
    rosa.house.care.undo()
    assert people.approved_to("rosa") == summer


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"last": date(2026, 2, 1)}, "last"), ({"visits": -1}, "visits"), ({"visits": 1001}, "visits"),
     ({"number": "x" * 201}, "number"), ({"insurer": "\n"}, None), ({"note": "\x00"}, "note")],
)  # fmt: skip
def test_an_approval_that_cannot_be(rosa: Home, changes: dict[str, object], field: str | None):
    people = rosa.house.people
    if field is None:
        with pytest.raises(FormRefused):
            people.save_authorisation(replace(MARCH, **changes))
    else:
        with pytest.raises(FormRefused) as refused:
            people.save_authorisation(replace(MARCH, **changes))
        assert [error.field for error in refused.value.errors] == [field]
    assert people.authorisations() == []


@pytest.mark.parametrize("kind", [Contact, Medicine, Authorisation])
def test_each_is_deleted_by_name_and_comes_back(rosa: Home, kind: type):
    people, care = rosa.house.people, rosa.house.care
    kept = {
        Contact: lambda: people.save_contact(Contact(id="", person="rosa", name="Ana")),
        Medicine: lambda: people.save_medicine(Medicine(id="", person="rosa", name="Folic acid")),
        Authorisation: lambda: people.save_authorisation(MARCH),
    }[kind]()
    people.remove(kind, kept.id)
    assert care.store.get(kind, kept.id) is None
    label, values = care.store.undo_label() or ("", {})
    assert label in ("done.entry_removed", "done.authorisation_removed")
    assert list(values.values()) in (["Ana"], ["Folic acid"], ["2026-03-31"])
    care.undo()
    assert care.store.get(kind, kept.id) == kept
    with pytest.raises(InputRefused) as refused:
        people.remove(kind, "nobody")
    assert refused.value.key == "entry.gone"


def test_a_plan_whose_clinic_was_deleted_can_still_be_changed_by_a_line(rosa: Home):
    rosa.add(
        line("contact", id="willow", name="Willow Lane", role="clinic"),
        line("plan", id="p", medicine="infliximab", first="2026-11-24T09:30", offsets=[0, 2, 6],
             every=8, clinic="willow", zone="America/New_York"),
    )  # fmt: skip
    rosa.house.people.remove(Contact, "willow")
    rosa.add(line("plan", id="p", medicine="infliximab", first="2026-11-24T09:30",
                  offsets=[0, 2, 6], every=8, minutes=90, zone="America/New_York"))  # fmt: skip
    plan = rosa.house.plans.get("p")
    assert plan is not None
    assert plan.minutes == 90


def places(home: Home) -> dict[str, str]:
    store = home.house.care.store
    return {
        one.id: one.place for one in store.appointments_between(date(2026, 1, 1), date(2027, 6, 1))
    }


def test_a_new_name_goes_to_what_is_to_come_and_what_is_over_keeps_the_old(rosa: Home):
    rosa.add(
        line("contact", id="c", person="rosa", name="Inf", role="clinic"),
        plan_line(person="rosa", clinic="c", offsets=[0], every=None),
        visit_line("over", "2026-11-01T09:30", person="rosa", contact="c", place="Inf"),
        visit_line("off", "2026-12-01T09:30", person="rosa", contact="c", place="Inf",
                   status="cancelled"),
        visit_line("elsewhere", "2026-12-02T09:30", person="rosa", contact="c", place="Oak"),
        visit_line("others", "2026-12-03T09:30", person="rosa", place="Inf"),
        line("appointment", id="weekly", person="rosa", type="lab", title="Lab", zone=NEW_YORK,
             start="2026-11-02T08:00", rrule="FREQ=WEEKLY", contact="c", place="Inf"),
        line("appointment", id="ended", person="rosa", type="lab", title="Lab", zone=NEW_YORK,
             start="2026-11-02T08:00", rrule="FREQ=WEEKLY;COUNT=2", contact="c", place="Inf"),
    )  # fmt: skip
    before, people = rosa.dump(), rosa.house.people
    clinic = people.contact("c")
    assert clinic is not None
    assert places(rosa)["p1~1"] == "Inf"
    people.save_contact(replace(clinic, name="Infusionszentrum", phone="1"))
    assert places(rosa) == {
        "p1~1": "Infusionszentrum", "weekly": "Infusionszentrum",
        "over": "Inf", "off": "Inf", "ended": "Inf", "elsewhere": "Oak", "others": "Inf",
    }  # fmt: skip
    assert rosa.house.care.undo() == ("done.contact", {"name": "Infusionszentrum"})
    assert rosa.dump() == before


def test_a_clinic_of_somebody_else_comes_with_its_numbers_and_closed_days(rosa: Home):
    rosa.add(line("person", id="karl", name="Karl"))
    people, blocked = rosa.house.people, rosa.house.blocked
    hers = people.save_contact(
        Contact(id="c", person="rosa", name="Willow Lane", role="clinic", address="12 Willow Lane",
                phone="1", phone_after_hours="2", note="Gate 3"),
    )  # fmt: skip
    days = BlockedDays(
        id="", clinic="c", first=date(2026, 12, 23), last=date(2027, 1, 6), reason="x"
    )
    blocked.save(days)
    before = rosa.dump()
    his = people.clinic_for("karl", "c")
    assert (his.person, his.phone, his.phone_after_hours) == ("karl", "1", "2")
    assert (his.name, his.address, his.note) == ("Willow Lane", "12 Willow Lane", "")
    assert his.id != hers.id
    (copied,) = blocked.closed(his.id)
    assert (copied.first, copied.last, copied.reason) == (days.first, days.last, "x")
    assert len(blocked.closed("c")) == 1
    assert people.clinic_for("karl", "c") == people.clinic_for("karl", his.id) == his
    assert people.clinic_for("rosa", "c") == hers
    rosa.house.care.undo()
    assert rosa.dump() == before
    with pytest.raises(InputRefused):
        people.clinic_for("karl", "gone")
