"""Three entries of anything: what is written down more never makes any of them less urgent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import Medicine, SideEffect
from caregiver_app.domain.watch import FEVER, Tier
from caregiver_app.services.reference import load
from tests.factories import line, moment
from tests.fakes import Home

REFERENCE = load()
SIGNS = sorted(sign.id for sign in REFERENCE.signs)
MEDICINES = sorted(one.name for one in REFERENCE.medicines)
NOON = datetime(2026, 11, 10, 12, 0)
WRITTEN = st.fixed_dictionaries(
    {
        "sign": st.sampled_from([*SIGNS, "a word of ours"]),
        "severity": st.integers(1, 4),
        "temperature_c": st.sampled_from([None, 36.8, 37.9, 38.0, 39.5]),
    }
)
HOURS = st.lists(st.integers(-30, 30), min_size=3, max_size=3)


def entry(person: str, told: dict[str, Any], hours: int) -> SideEffect:
    at = moment(f"{NOON + timedelta(hours=hours):%Y-%m-%dT%H:%M}")
    return SideEffect(id="", person=person, at=at, urgency="", **told)


def kept(home: Home, entry_id: str) -> Tier:
    found = home.house.watch.get(entry_id)
    assert found is not None
    return Tier(found.urgency)


def signs_of(one: SideEffect) -> set[str]:
    hot = one.temperature_c is not None and one.temperature_c >= REFERENCE.fever_c
    return {one.sign, FEVER} if hot else {one.sign}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=st.lists(WRITTEN, min_size=3, max_size=3),
    hours=HOURS,
    medicine=st.sampled_from(MEDICINES),
)
def test_no_entry_beside_others_is_ever_less_urgent(
    home: Home, written: list[dict[str, Any]], hours: list[int], medicine: str
):
    person, watch = home.house.care.new_id(), home.house.watch
    home.add(line("person", id=person, name="Somebody"))
    entries = [entry(person, *one) for one in zip(written, hours, strict=True)]
    levels: dict[str, Tier] = {}
    for each in entries:
        alone = home.house.watch.urgency_of(each)
        saved = watch.save(each)
        assert Tier(saved.urgency) >= alone
        now = {id_: kept(home, id_) for id_ in levels}
        assert all(now[id_] >= level for id_, level in levels.items())
        levels = {**now, saved.id: Tier(saved.urgency)}
    again = [watch.get(id_) for id_ in levels]
    for one in again:
        assert one is not None
        assert Tier(one.urgency) >= watch.urgency_of(one), "what is kept is what would be said"
    home.house.people.save_medicine(Medicine(id="", person=person, name=medicine))
    for one, level in zip(again, levels.values(), strict=True):
        assert one is not None
        assert watch.urgency_of(one) >= level


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=st.lists(WRITTEN, min_size=3, max_size=3))
def test_each_two_signs_that_join_raise_the_entries_that_they_stand_in(
    home: Home, written: list[dict[str, Any]]
):
    person, watch = home.house.care.new_id(), home.house.watch
    home.add(line("person", id=person, name="Somebody"))
    saved = [watch.save(entry(person, one, 0)) for one in written]
    for one in saved:
        for other in saved:
            for mine in signs_of(one):
                for theirs in signs_of(other):
                    tier = REFERENCE.together.tier({mine, theirs})
                    assert tier is None or kept(home, one.id) >= tier, (mine, theirs)
