"""Where parts of the watchlist meet: two check-ins a day, another person, another computer."""

from __future__ import annotations

import base64
import json
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from time import process_time

import pytest

from caregiver_app.domain.entities import CheckIn, OwnSign, Photo, SideEffect, SignChoice, Version
from caregiver_app.domain.times import AllDay, Floating, Zoned
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.call_sheet import CallSheets
from caregiver_app.services.entry_history import versions
from caregiver_app.services.photos import without_traces
from caregiver_app.services.takeout import TakeoutService
from caregiver_app.services.visit_report import VisitReports
from caregiver_app.services.watch_charts import Span, wellbeing
from caregiver_app.services.written import infusions
from tests.factories import NEW_YORK, line
from tests.fakes import FakeClock, Home
from tests.services.test_photos import EXIF, chunk, jpeg, part, png

DAY = date(2026, 11, 20)


@pytest.fixture
def rosa(home: Home) -> Home:
    home.clock.at("2026-11-20T12:00")
    home.add(line("person", id="rosa", name="Rosa"), line("person", id="mei", name="Mei"))
    return home


def effect(entry: str, sign: str = "fatigue", at: str = "2026-11-20T08:00", **more: object) -> str:
    return line(
        "side_effect",
        **{"id": entry, "person": "rosa", "sign": sign, "severity": 1, "at": at, **more},
    )


def kept(home: Home, entry: str) -> SideEffect:
    found = home.house.watch.get(entry)
    assert found is not None
    return found


# -- Photos ----------------------------------------------------------------------------------------
def test_a_second_picture_behind_the_first_is_not_kept():
    """Phones put a second picture, with its own place, behind the end of the first."""
    kept, width, height = without_traces(jpeg() + jpeg(part(0xE1, EXIF), width=90))
    assert (kept, width, height) == (jpeg(), 30, 20)


def test_between_the_scans_of_a_picture_no_place_is_kept():
    scan = part(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x56\xff\xd3\x78"
    with_place = jpeg(end=part(0xE1, EXIF) + part(0xFE, b"home") + scan + b"\xff\xd9")
    kept, _, _ = without_traces(with_place)
    assert kept == jpeg(end=scan + b"\xff\xd9")


@pytest.mark.parametrize(
    "data",
    [
        jpeg(part(0xC0, b"\x08\xff\xff\xff\xff\x01\x01\x11\x00")),
        png(chunk(b"IHDR", b"\xff" * 8 + b"\x08\x02\x00\x00\x00")),
        jpeg(end=b""),
        b"\xff\xd8\xff" + b"\xff" * 1000,
        b"\xff\xd8\xff\xd9",
        b"\x89PNG\r\n\x1a\n" + b"\xff\xff\xff\xffIDAT",
        b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""),
    ],
)
def test_a_picture_with_two_sizes_or_no_end_is_refused(data: bytes):
    with pytest.raises(InputRefused) as refused:
        without_traces(data)
    assert refused.value.key == "photo.broken"


@pytest.mark.parametrize("whole", [jpeg(part(0xE1, EXIF)), png()])
def test_every_cut_and_every_changed_byte_is_taken_or_refused(whole: bytes):
    tries = [whole[:end] for end in range(len(whole))]
    tries += [
        whole[:at] + bytes((value,)) + whole[at + 1 :]
        for at in range(len(whole))
        for value in (0, 0xD9, 0xDA, 0xFF)
    ]
    for data in tries:
        with suppress(InputRefused):
            made, _, _ = without_traces(data)
            assert without_traces(made)[0] == made


@pytest.mark.parametrize("filling", [b"\xff", b"\xff\x01", b"\xff\xd0", b"\xff\x00", b"\x00"])
@pytest.mark.parametrize("head", [b"\xff\xd8\xff", jpeg(end=b"")])
def test_eight_megabytes_of_nothing_are_passed_in_a_few_steps(head: bytes, filling: bytes):
    data = head + filling * (8 * 1024 * 1024 // len(filling))
    steps: list[str] = []
    sys.setprofile(lambda _frame, event, _what: steps.append(event))
    try:
        with pytest.raises(InputRefused) as refused:
            without_traces(data)
    finally:
        sys.setprofile(None)
    assert refused.value.key == "photo.broken"
    assert len(steps) < 200


# -- Two check-ins of one day ----------------------------------------------------------------------
def test_a_line_without_an_id_is_an_entry_of_its_own(rosa: Home):
    made = rosa.add(
        line("checkin", person="rosa", date="2026-11-20", pain=4),
        line("checkin", person="rosa", date="2026-11-20", pain=6),
        line("checkin", person="rosa", date="2026-11-20", pain=6),
    )
    assert len(set(made)) == 3
    assert [one.pain for one in rosa.house.care.store.all(CheckIn)] == [4, 6, 6]


def test_a_second_check_in_of_a_day_hides_no_number_and_makes_no_second_day(rosa: Home):
    rosa.add(
        line("checkin", id="a", person="rosa", date="2026-11-20", pain=4, mood=5),
        line("checkin", id="b", person="rosa", date="2026-11-20", pain=6, text="later"),
        line("checkin", id="c", person="rosa", date="2026-11-19", mood=7),
    )
    report = VisitReports(rosa.house).report("rosa", date(2026, 11, 1))
    assert {one.scale: dict(one.numbers) for one in report.trends} == {
        "pain": {DAY: 6},
        "mood": {date(2026, 11, 19): 7, DAY: 5},
    }
    shown = wellbeing(rosa.house.care, "rosa", Span(date(2026, 11, 19), DAY, "week"))
    spreads = {name: found[0] for name, found in shown.scales}
    assert (spreads["pain"].low, spreads["pain"].high, spreads["pain"].days) == (4, 6, 1)
    assert (spreads["mood"].days, shown.written) == (2, 2)


# -- Another person --------------------------------------------------------------------------------
def test_what_hangs_on_an_entry_goes_with_it_to_another_person(rosa: Home):
    data = base64.b64encode(jpeg()).decode()
    rosa.add(effect("s"), line("photo", entry="s", data=data), effect("s", "headache"))
    rosa.add(line("checkin", id="c", person="rosa", date="2026-11-20", pain=1))
    before = rosa.dump()
    rosa.add(line("side_effect", id="s", person="mei"), line("checkin", id="c", person="mei"))
    store = rosa.house.care.store
    assert [one.person for one in store.all(Photo)] == ["mei"]
    assert [one.person for one in store.all(Version)] == ["mei"] * 3
    rosa.house.care.undo()
    rosa.house.care.undo()
    assert rosa.dump() == before


# -- Own signs -------------------------------------------------------------------------------------
def test_a_milder_own_sign_named_as_people_call_an_emergency_stands_below_it(rosa: Home):
    rosa.house.signs.save_own(
        OwnSign(id="", person="rosa", name="Short of breath", tier="comfort_at_home")
    )
    first, *rest = rosa.house.signs.find("rosa", "short of breath")
    assert first.id == "trouble_breathing"
    assert "Short of breath" in [one.name for one in rest]
    with pytest.raises(FormRefused) as refused:
        rosa.house.signs.save_own(OwnSign(id="", person="rosa", name="hard  TO breathe"))
    assert [one.key for one in refused.value.errors] == ["sign.there_already"]


def test_a_name_is_the_same_with_and_without_accents_everywhere(rosa: Home):
    own = rosa.house.signs.save_own(
        OwnSign(id="", person="rosa", name="Ohrgeräusch", tier="call_today")
    )
    rosa.add(effect("s", "ohrgerausch"), effect("t", "Ohrgeräusch", person="mei"))
    assert kept(rosa, "s").urgency == "call_today"
    assert rosa.house.signs.sign("rosa", "OHRGERAUSCH").own == own
    rosa.house.signs.save_own(replace(own, name="Pfeifen"))
    assert (kept(rosa, "s").sign, kept(rosa, "t").sign) == ("Pfeifen", "Ohrgeräusch")


# -- Looking for a sign ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    ["", " ", "x", "or", "in the of", "%_\\'\"", "\0\0", "\u200b\u200b", "\U0001f622\U0001f622",
     "((((", "王梅", "ﬁ", "İİ", "ß" * 50, "a" * 10_000, "tr " * 4000, "\u0301" * 10_000,
     " ".join(f"{at}tr" for at in range(4000))],
)  # fmt: skip
def test_nothing_that_is_typed_breaks_the_search(rosa: Home, typed: str):
    rosa.house.signs.save_own(OwnSign(id="", person="rosa", name="王梅 bitter", also=("c",)))
    began = process_time()
    found = rosa.house.signs.find("rosa", typed)
    rosa.house.reference.find_signs(typed)
    assert process_time() - began < 4
    ranks = [one.tier.rank for one in found]
    assert ranks == sorted(ranks)


# -- Another computer ------------------------------------------------------------------------------
def test_everything_comes_back_where_the_clock_is_behind(rosa: Home, tmp_path: Path):
    """The other computer is three hours behind, in another zone: nothing may be lost by that."""
    care = rosa.house.care
    rosa.add(
        effect("s", at="2026-11-20T11:00", zone=NEW_YORK, ended="2026-11-20T16:30:00Z"),
        line("clinic_call", id="k", person="rosa", at="2026-11-20T11:30", who="Jo", about=["s"]),
        line("sign_choice", person="rosa", sign="nausea", hidden=True, clinic="Sip."),
    )
    with care.change("done.side_effect"):
        # Wall times as files of other programs bring them.
        store = care.store
        store.put(replace(kept(rosa, "s"), at=Floating(datetime(2026, 11, 20, 11))))
        store.put(
            SignChoice(
                id="rosa:trouble_breathing",
                person="rosa",
                sign="trouble_breathing",
                hidden=True,
                clinic="Ring 7.",
                created=care.now,
                changed=care.now,
            )
        )
        store.put(SignChoice(id="rosa:of_before", person="rosa", sign="of_before",
                             clinic="Ring 8.", created=care.now, changed=care.now))  # fmt: skip
    data = TakeoutService(rosa.house).everything()
    other = Home(tmp_path / "other", FakeClock(care.now, "America/Los_Angeles"))
    other.clock.on(hours=-3)
    other.add(*data.decode().splitlines())
    before = {**rosa.dump(), "setting": {}}
    choice = before["sign_choice"]["rosa:trouble_breathing"]
    before["sign_choice"]["rosa:trouble_breathing"] = replace(choice, hidden=False)
    assert {**other.dump(), "setting": {}} == before
    sign = other.house.signs.sign("rosa", "trouble_breathing")
    rows = other.house.signs.rows("rosa", other.house.care.today)
    assert sign.id in [one.id for one in rows.emergency]
    other.close()


def test_corrections_of_one_instant_come_in_their_order(home: Home):
    home.add(line("person", id="rosa", name="Rosa"))
    names = iter("zmaqbn")
    home.house.care.new_id = lambda: next(names)
    for severity in (1, 2, 3, 4):
        home.add(effect("s", person="rosa", severity=severity))
    told = [json.loads(one.was)["severity"] for one in versions(home.house.care, "s")]
    assert told == [3, 2, 1]


# -- Which infusion --------------------------------------------------------------------------------
def test_the_morning_before_an_infusion_belongs_to_the_one_before_everywhere(rosa: Home):
    rosa.clock.at("2026-11-01T12:00")
    rosa.add(line("plan", id="p", person="rosa", medicine="infliximab", first="2026-11-06T15:00",
                  zone=NEW_YORK, offsets=[0, 2], watch_days=14))  # fmt: skip
    rosa.clock.at("2026-11-20T12:00")
    rosa.add(effect("s", at="2026-11-20T08:00"))
    person = rosa.house.care.person("rosa")
    (sign,) = CallSheets(rosa.house).sheet(person).signs
    assert sign.day == 14
    linked = infusions(rosa.house.care, "rosa", DAY, DAY)
    for entry, day in ((kept(rosa, "s"), 14), (replace(kept(rosa, "s"), at=AllDay(DAY)), 0)):
        since = linked.since_entry(entry)
        assert since is not None
        assert since.days == day
    assert isinstance(kept(rosa, "s").at, Zoned)
