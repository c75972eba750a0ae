"""Days of the watchlist: a sign without an hour, "nothing" beside signs, an end that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from caregiver_app.domain.entities import CheckIn, SideEffect
from caregiver_app.domain.times import AllDay, Moment, Zoned
from caregiver_app.errors import InputRefused
from caregiver_app.services.entry_history import effect_before, versions
from caregiver_app.services.entry_lines import Line
from caregiver_app.services.entry_values import entity_of, values_of
from caregiver_app.services.listing import ListService
from caregiver_app.services.written import newest_written
from tests.gui.tabs_family import ZONE, Family, rosas_family

TODAY, YESTERDAY = date(2026, 3, 20), date(2026, 3, 19)


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def hour(text: str) -> Zoned:
    return Zoned(datetime.fromisoformat(text), ZONE)


def write(family: Family, at: Moment, sign: str = "fatigue", **fields: object) -> SideEffect:
    plain = SideEffect(id="", person="rosa", sign=sign, severity=1, at=at, urgency="", **fields)  # type: ignore[arg-type]
    return family.house.watch.save(plain, by_hand=True)


def nothing(family: Family, day: date) -> CheckIn:
    entry = CheckIn(id="", person="rosa", date=day)
    return family.house.watch.check_in(entry, by_hand=True)


# -- Without an hour ------------------------------------------------------------------------------


def test_a_sign_of_a_day_without_an_hour_is_kept_so(family: Family) -> None:
    kept = write(family, AllDay(YESTERDAY))
    again = family.again()
    assert again.house.watch.get(kept.id) == kept
    assert kept.at == AllDay(YESTERDAY)
    since = again.house.watch.since_entry(kept)
    assert since is not None
    assert since.days == 2
    over = datetime(2026, 3, 19, 20, 0, tzinfo=UTC)
    ended = again.house.watch.save(replace(kept, ended=over))
    assert again.house.watch.lasted(ended) is None, "nobody knows for how long"
    again.close()


def test_it_stands_after_what_has_an_hour_that_day(family: Family) -> None:
    late = write(family, hour("2026-03-19T22:00"), "headache")
    whole = write(family, AllDay(YESTERDAY))
    today = write(family, hour("2026-03-20T08:00"), "cough")
    found = newest_written(family.house.care, "rosa", 5)
    assert [one.id for one in found] == [today.id, whole.id, late.id]


def test_without_an_hour_the_whole_day_counts_as_near(family: Family) -> None:
    write(family, AllDay(YESTERDAY), "hives_rash")
    kept = write(family, hour("2026-03-19T23:30"), "nausea")
    assert kept.urgency == "emergency"


# -- "Nothing" ------------------------------------------------------------------------------------


def test_nothing_is_refused_of_a_day_with_a_sign(family: Family) -> None:
    write(family, hour("2026-03-19T09:00"))
    with pytest.raises(InputRefused) as refused:
        nothing(family, YESTERDAY)
    assert refused.value.key == "checkin.sign_written"
    assert family.house.care.store.all(CheckIn) == []
    assert nothing(family, TODAY).date == TODAY


def test_nothing_is_refused_while_something_goes_on(family: Family) -> None:
    sign = write(family, hour("2026-03-18T09:00"), going_on=True)
    with pytest.raises(InputRefused) as refused:
        nothing(family, TODAY)
    assert refused.value.key == "checkin.sign_goes_on"
    family.house.watch.close(sign.id, hour("2026-03-19T20:00"))
    with pytest.raises(InputRefused) as refused:
        nothing(family, YESTERDAY)
    assert refused.value.key == "checkin.sign_went_on"
    assert nothing(family, TODAY).date == TODAY


def test_a_file_may_bring_both(family: Family) -> None:
    write(family, hour("2026-03-20T09:00"))
    family.house.watch.check_in(CheckIn(id="c", person="rosa", date=TODAY))
    assert len(family.house.care.store.all(CheckIn)) == 1


def test_a_sign_takes_nothing_of_its_day_away_and_undo_brings_it_back(family: Family) -> None:
    empty, other = nothing(family, TODAY), nothing(family, YESTERDAY)
    write(family, hour("2026-03-20T09:00"))
    assert family.house.care.store.all(CheckIn) == [other]
    family.house.care.undo()
    assert {one.id for one in family.house.care.store.all(CheckIn)} == {empty.id, other.id}
    assert family.house.care.store.all(SideEffect) == []


def test_a_sign_leaves_what_somebody_wrote_of_its_day(family: Family) -> None:
    own = CheckIn(id="", person="rosa", date=TODAY, text="A walk in the park.")
    kept = family.house.watch.check_in(own)
    write(family, hour("2026-03-20T09:00"))
    assert family.house.care.store.all(CheckIn) == [kept]


# -- An end ---------------------------------------------------------------------------------------


def test_an_end_is_a_change_of_its_own(family: Family) -> None:
    begun = write(family, hour("2026-03-18T09:00"), going_on=True)
    family.clock.at += timedelta(minutes=5)
    family.house.watch.close(begun.id)
    (version,) = versions(family.house.care, begun.id)
    before = effect_before(version, ZONE)
    assert before is not None
    assert before.going_on
    assert before.ended is None
    family.house.care.undo()
    assert versions(family.house.care, begun.id) == []


def test_the_list_tells_the_day_alone_and_reads_back_so(family: Family) -> None:
    kept = write(family, AllDay(YESTERDAY))
    (told,) = ListService(family.house).values("side-effects", None, None)
    assert told["at"] == "2026-03-19"
    assert told["days_since_infusion"] == 2
    entry = entity_of("side_effect", Line(values_of("side_effect", kept)), ZONE)
    assert entry == kept
