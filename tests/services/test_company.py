"""Who keeps company at a visit, and the charger that it needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from caregiver_app.domain.entities import Appointment, Contact
from caregiver_app.domain.packing import TemplateItem
from caregiver_app.domain.plans import Choice
from caregiver_app.domain.support import Company
from caregiver_app.errors import FormRefused, InputRefused
from tests.factories import line, moment, plan_line, visit_line
from tests.fakes import Home

VISIT = "p1:1"
"""The plan's first visit: Tuesday 24 November, 9:30, two and a half hours."""


@pytest.fixture
def visit(home: Home) -> str:
    home.add(line("person", id="rosa", name="Rosa"), plan_line(person="rosa"))
    return home.house.company.visits("rosa")[0].id


def teo(of: str, **fields: object) -> Company:
    return Company(**{"id": "", "person": "", "visit": of, "who": "Teo", **fields})


def test_the_next_visits_are_infusions_to_come(home: Home, visit: str) -> None:
    home.add(
        line("appointment", id="dr", type="follow-up", title="Dr Sol", start="2026-11-23T09:30"),
        visit_line("alone", "2026-11-22T09:30", person="rosa"),
        line("appointment", id="day", type="infusion", title="All day", start="2026-11-22"),
        line("person", id="mei", name="Mei"),
        visit_line("hers", "2026-11-22T09:30", person="mei"),
    )
    found = [one.id for one in home.house.company.visits("rosa")]
    assert found[:2] == ["alone", visit]
    assert "hers" not in found
    assert "day" not in found
    home.clock.at("2026-11-24T11:59")
    assert home.house.company.visits("rosa")[0].id == visit, "it still goes on"
    home.clock.at("2026-11-24T12:00")
    assert home.house.company.visits("rosa")[0].id != visit


def test_somebody_is_planned_changed_and_taken_off(home: Home, visit: str) -> None:
    service, care = home.house.company, home.house.care
    late = service.save(teo(visit, who=" Ana ", after=60, minutes=60))
    kept = service.save(teo(visit, what="Cards", phone="555 0117"))
    assert (kept.person, kept.who, late.who) == ("rosa", "Teo", "Ana")
    assert [one.who for one in service.of(visit)] == ["Teo", "Ana"]
    service.save(replace(kept, after=100, minutes=50))
    assert [one.who for one in service.of(visit)] == ["Ana", "Teo"]
    service.remove(late.id)
    assert [one.who for one in service.of(visit)] == ["Teo"]
    assert care.undo() == ("done.company_removed", {"who": "Ana"})
    assert [one.who for one in service.of(visit)] == ["Ana", "Teo"]
    with pytest.raises(InputRefused, match=r"entry\.gone"):
        service.remove("nobody")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"who": "  "}, "who"),
        ({"who": "x" * 300}, "who"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"after": -1}, "after"),
        ({"phone": "1\n2"}, "phone"),
        ({"what": "\x00"}, "what"),
        ({"visit": "nothing"}, "visit"),
    ],
)
def test_what_cannot_be_kept(home: Home, visit: str, fields: dict, field: str) -> None:
    with pytest.raises(FormRefused) as refused:
        home.house.company.save(teo(visit, **fields))
    assert [one.field for one in refused.value.errors] == [field]
    assert home.house.company.of(visit) == []


def test_nobody_comes_when_it_is_over(home: Home, visit: str) -> None:
    home.house.company.save(teo(visit, after=149, minutes=1))
    with pytest.raises(InputRefused, match=r"company\.after_visit"):
        home.house.company.save(teo(visit, after=150))


def test_company_moves_with_its_visit(home: Home, visit: str) -> None:
    home.house.company.save(teo(visit, after=30))
    home.house.plans.move(visit, moment("2026-11-26T14:00"), Choice.ONLY_THIS, agreed=True)
    (kept,) = home.house.company.of(visit)
    assert kept.after == 30
    assert home.house.company.visits("rosa")[0].id == visit


def test_who_could_come_is_known_with_a_number(home: Home, visit: str) -> None:
    home.house.people.save_contact(
        Contact(id="ana", person="rosa", name="Ana", role="driver", phone="555 0117")
    )
    home.house.people.save_contact(Contact(id="c", person="rosa", name="Clinic", role="clinic"))
    home.house.company.save(teo(visit))
    home.house.company.save(teo(visit, who="ana"))
    known = {one.name: one.phone for one in home.house.company.known("rosa")}
    assert known == {"Teo": "", "Ana": "555 0117"}


# -- The charger ----------------------------------------------------------------------------------


def test_nothing_needs_a_charger_at_first(home: Home, visit: str) -> None:
    service = home.house.company
    service.save(teo(visit, what="Cards"))
    assert service.charger(visit) is None
    service.take_charger(visit)
    assert all(line.state == "to_pack" for line in home.house.bags.bag(visit).lines)


def test_the_charger_is_the_one_of_the_bag(home: Home, visit: str) -> None:
    service, bags = home.house.company, home.house.bags
    service.save(teo(visit, what="A series", powered=True))
    found = service.charger(visit)
    assert found is not None
    assert (found.state, found.key, found.is_open) == ("to_pack", "chargers", True)
    bags.set_state(visit, "chargers", "packed")
    found = service.charger(visit)
    assert found is not None
    assert not found.is_open
    bags.set_state(visit, "chargers", "not_needed")
    assert service.charger(visit).state == "not_needed"
    service.take_charger(visit)
    assert bags.bag(visit).line("chargers").state == "to_pack"


@pytest.mark.parametrize("fields", [{"hidden": True}, {"starts": "maybe"}])
def test_a_charger_that_is_not_in_the_bag_is_put_in(
    home: Home, visit: str, fields: dict[str, object]
) -> None:
    care, service = home.house.care, home.house.company
    with care.change("done.changed"):
        for one in care.reference.templates:
            if any(item.key == "chargers" for item in one.items):
                care.store.put(
                    TemplateItem(
                        id=f"edit-{one.id}", template=one.id, key="chargers",
                        created=care.now, changed=care.now, **fields,
                    )
                )  # fmt: skip
    service.save(teo(visit, powered=True))
    assert service.charger(visit).state == "out"
    service.take_charger(visit)
    found = service.charger(visit)
    assert found is not None
    assert found.state == "to_pack"
    service.take_charger(visit)
    labels = [line.label for line in home.house.bags.bag(visit).lines]
    assert labels.count(found.label) == 1, "it is put in once"


def test_a_visit_without_a_bag_says_so(home: Home, visit: str) -> None:
    home.house.visits.set_part(visit, "bag", False)
    home.house.company.save(teo(visit, powered=True))
    assert home.house.company.charger(visit).state == "no_bag"
    with pytest.raises(InputRefused, match=r"company\.no_bag"):
        home.house.company.take_charger(visit)


def test_a_visit_of_somebody_else_takes_its_company_along(home: Home, visit: str) -> None:
    home.add(
        line("person", id="mei", name="Mei"), visit_line("alone", "2026-11-22T09:30", person="rosa")
    )
    home.house.company.save(teo("alone"))
    alone = home.house.agenda.get("alone")
    assert alone is not None
    home.house.agenda.save(replace(alone, person="mei"))
    assert [one.person for one in home.house.company.of("alone")] == ["mei"]


def test_of_a_visit_that_is_gone_nothing_is_left_to_show(home: Home, visit: str) -> None:
    home.house.company.save(teo(visit))
    home.clock.at("2027-11-24T11:59")
    assert visit not in [one.id for one in home.house.company.visits("rosa")]
    assert home.house.care.store.get(Appointment, visit) is not None
