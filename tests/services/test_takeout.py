"""Everything as one file: what comes out goes back in without loss, and nothing follows from it."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest

from caregiver_app import __version__
from caregiver_app.domain.entities import (
    KINDS,
    Appointment,
    Contact,
    InfusionRecord,
    Medicine,
    Note,
)
from caregiver_app.domain.plans import Choice
from caregiver_app.domain.times import Moment, instant, wall, with_wall
from caregiver_app.errors import InputRefused
from caregiver_app.services import demo
from caregiver_app.services.entries import EntryService
from caregiver_app.services.entry_fields import FIELDS, FORMAT
from caregiver_app.services.entry_settings import is_of_this_computer
from caregiver_app.services.takeout import (
    HELD_BACK,
    NOTES,
    NUMBERS,
    ORDER,
    PHOTOS,
    PRIVATE,
    USUAL,
    TakeoutService,
)
from tests.factories import line, moment, plan_line
from tests.fakes import NEW_YORK, FakeClock, Home
from tests.services.test_entries import PICTURE


@pytest.fixture
def away(home: Home, tmp_path: Path) -> Iterator[Home]:
    """A new computer with the same clock, where nothing is kept yet."""
    made = Home(tmp_path / "away", home.clock)
    yield made
    made.close()


def everything(home: Home, *private: str) -> bytes:
    return TakeoutService(home.house).everything(private or (NOTES, NUMBERS, PHOTOS))


def told(data: bytes) -> list[dict]:
    return [json.loads(line) for line in data.decode().splitlines()]


def take_back(away: Home, data: bytes) -> list[str]:
    entries = EntryService(away.house)
    return [entries.take(line) for line in data.decode().split("\n") if line]


NEVER = {"self_check"}
"""What leaves the data folder in no file."""


@pytest.fixture(scope="module")
def family(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The made-up family after a while: visits moved, cancelled and deleted, dates changed.

    A plan was deleted of which visits stay, and reminders were said, put off and answered.
    """
    clock = FakeClock(instant(moment("2026-11-21T10:00"), NEW_YORK))
    made = Home(tmp_path_factory.mktemp("family"), clock)
    demo.fill(made.house)
    live(made)
    yield made
    made.close()


def live(home: Home) -> None:
    house = home.house
    home.add(
        line("plan", id="gone", person="mei", medicine="iron", zone=NEW_YORK, offsets=[0, 1],
             first="2026-10-06T09:00", every=4, unit="week"),
        line("contact", id="old clinic".replace(" ", "-"), person="mei", name="Old clinic"),
        line("medicine", id="old-pill", person="mei", name="Old pill"),
        line("appointment", id="weekly", person="rosa", type="other", title="散步 🚶 with Ana",
             start="2026-11-02T17:00", rrule="FREQ=WEEKLY", note="line one\nline\ttwo\u2028three",
             reminders=[30]),
        line("appointment", id="seen", person="mei", type="lab", title="Blood", zone=NEW_YORK,
             start="2026-11-30T09:00", contact="old-clinic", extra="X-ROOM:4\nATTACH:cid:x"),
        line("dose", id="d-old", person="mei", name="Old pill", at="2026-11-20T20:00",
             medicine="old-pill"),
        line("note", id="n-linked", person="mei", text="private"),
        line("question", id="q-linked", person="mei", text="Is it so?", note="n-linked"),
        line("note", id="n-visit", person="mei", text="a\x07 <b>走</b>", tags=["散步"],
             about="carer", visit="gone~1", room="company"),
        line("note", id="n-gone", person="mei", text="then", visit="gone~3"),
        line("card_choice", person="mei", card="o1", never=True),
        line("outlet", id="out", person="mei", text="散步", card="h1", state="liked",
             not_today="2026-11-20"),
        line("company", id="co", visit="gone~1", who="Ana", after=30, minutes=90, what="cards"),
        line("company", id="co-gone", visit="gone~3", who="Ana"),
        line("help_task", id="ht", person="mei", text="Supper", day="2026-11-30", who="Teo"),
        line("visit_answer", visit="gone~3", key="new.illness", answer="no"),
        line("infusion_record", visit="gone~3", lot="LOT-3"),
        line("bag_item", visit="gone~1", key="x1", label="Blanket", state="packed"),
        line("template_item", id="t1", template="infusion_day", key="t1", label="王梅's tea"),
        line("contact", id="willow", person="rosa", name="Willow", role="clinic",
             rules_food="Own food, 自己的", rules_parking="Level 2", rules_checked="2026-11-12"),
        line("template_item", id="t2", template="lab_visit", key="lab_water", contact="willow",
             label="Tea", starts="maybe", brings="person", kept="2026-11-12", group="things"),
        line("template_item", id="t-old", template="lab_visit", key="t-old", label="Old",
             contact="old-clinic"),
        line("bag_list", template="lab_visit", contact="willow", order=["t2", "lab_order"]),
        line("bag_list", template="lab_visit", order=["lab_id"]),
        line("visit_bag", visit="gone~1", template="hospital_overnight", order=["x1"],
             forgot="something"),
        line("visit_bag", visit="gone~3", forgot="nothing"),
        line("bag_item", visit="gone~1", key="paperwork", brings="carer", way="sent",
             kept_at="蓝色 folder"),
        line("setting", id="home.keep", value=NEW_YORK),
        line("blocked_days", first="2026-12-24", last="2026-12-26", weekdays=[3], reason="圣诞"),
        line("blocked_days", id="b-old", first="2026-12-24", clinic="old-clinic"),
        line("contact", id="new-clinic", person="mei", name="New clinic"),
        line("blocked_days", id="b-new", first="2026-12-24", clinic="new-clinic", reason="圣诞"),
        line("authorisation", id="au-gone", person="mei", last="2027-03-31", plan="gone",
             member="MEM-4711", benefit="medicare_part_b", site="clinic", appeal="2026-12-01"),
        line("call", id="k1", person="mei", date="2026-11-20", with_whom="王梅", number="REF-4712",
             again="2026-11-30", authorisation="au-gone"),
        line("cost", id="co1", person="mei", date="2026-11-20", what="Taxi", amount="1.234,50 €"),
        line("assistance", id="as1", person="mei", name="Card", number="CARD-4713"),
        line("infusion_record", visit="gone~1", lot="LOT-1", amount="as on the sheet"),
        line("visit_answer", visit="gone~1", key="well.fever", answer="yes", text="38 °C"),
        line("plan", id="parts", person="rosa", medicine="rituximab", zone=NEW_YORK,
             first="2026-10-06T09:00", offsets=[0, 14], every=None, unit="day", minutes_first=300,
             last="2029-01-31", kit=["针", "plaster"], off=["meal", "c2"],
             phases=[{"begins": 6, "begins_unit": "month", "offsets": [0], "unit": "week",
                      "every": 1, "every_unit": "month", "then": 1, "count": 4, "at_home": True,
                      "name": "在家"}]),
        line("side_effect", id="w-on", person="mei", sign="Dry mouth", severity=1, zone=NEW_YORK,
             at="2026-11-18T20:15", going_on=True, done="water, 喝水", told="Jian",
             text="still there"),
        line("side_effect", id="w-over", person="mei", sign="fatigue", severity=2,
             at="2026-11-18T08:00", ended="2026-11-19T10:00"),
        line("side_effect", id="w-gone", person="mei", sign="fatigue", severity=2,
             at="2026-11-19T08:00"),
        *(line("photo", entry=entry, data=PICTURE) for entry in ("w-on", "w-gone")),
        line("own_sign", id="own-1", person="mei", name="Dry mouth", also=["口干", "thirsty"],
             tier="call_today", note="Call if it lasts."),
        line("sign_choice", person="mei", sign="headache", hidden=True, clinic="Paracetamol? Ask."),
        line("appointment", id="fu-1", person="mei", type="follow-up", title="Call back",
             start="2026-11-24T10:00"),
        line("appointment", id="fu-gone", person="mei", type="follow-up", title="Call back",
             start="2026-11-25T10:00"),
        line("clinic_call", id="cc-1", person="mei", at="2026-11-20T19:20", who="nurse 王",
             said="好", question="Is it worth a call?", about=["w-on", "w-gone"], follow_up="fu-1"),
        line("clinic_call", id="cc-2", person="mei", at="2026-11-20T20:20", zone=NEW_YORK,
             said="Nobody answered", follow_up="fu-gone"),
        line("checkin", id="ci-1", person="mei", date="2026-11-20", possible="下楼, a walk",
             flare=True),
    )  # fmt: skip
    house.watch.save(replace(house.watch.get("w-on"), text="still there, less"))
    house.watch.remove("w-gone")
    house.agenda.remove("fu-gone")
    house.settings.remember(window__size="900x700", feed__path="/home/x/care.ics")
    for dose in (1, 2):
        house.agenda.save(replace(home.visit(f"gone~{dose}"), status="done"))
    house.plans.remove("gone", agreed=True)
    house.people.remove(Contact, "old-clinic")
    house.people.remove(Medicine, "old-pill")
    coming = [one for one in house.agenda.visits("mei") if one.status == "planned" and one.plan]
    ids = [one.id for one in coming]
    house.plans.move(ids[1], later(home.visit(ids[1]).start, 3), Choice.COUNT_FROM_HERE,
                     agreed=True)  # fmt: skip
    house.plans.move(ids[2], later(home.visit(ids[2]).start, 1), Choice.ONLY_THIS, agreed=True)
    house.plans.cancel(ids[3], agreed=True)
    home.add(line("infusion_record", visit=ids[4], lot="LOT-4"))
    house.plans.delete(ids[4], agreed=True)
    house.agenda.save(replace(home.visit(ids[5]), off=("ride",)))
    home.add(line("medicine", id="tried", person="mei", name="Old one", past=True, began="2019",
                  ended="spring 2021", why_ended="It stopped working"))  # fmt: skip
    home.add(line("person", id="mei", deductible="500", deductible_year=2026, copay="20",
                  copay_year=2026))  # fmt: skip
    house.series.move("weekly", "2026-11-30T17:00", moment("2026-12-01T18:00", None), "one")
    house.series.cancel("weekly", "2026-12-07T17:00", "one")
    house.series.remove("weekly", "2026-12-14T17:00", "one")
    for step, answer in enumerate(("done", "skipped", "later", None)):
        home.clock.on(days=1, hours=step)
        for shown in home.said()[:2]:
            if answer is not None:
                until = home.clock.now() + timedelta(days=2) if answer == "later" else None
                house.reminders.answer(shown, answer, until=until, reason="asleep")


def later(start: Moment, days: int) -> Moment:
    return with_wall(start, wall(start) + timedelta(days=days))


# ---- without loss ------------------------------------------------------------------------------
def test_a_family_comes_back_to_the_byte(family: Home, away: Home):
    away.clock.moment = family.clock.moment
    data = everything(family)
    kinds = {one["kind"] for one in told(data)}
    assert kinds == {*KINDS, "about"} - NEVER
    took = take_back(away, data)
    assert took[0] == "about"
    assert everything(away) == data
    mine, theirs = family.dump(), away.dump()
    own = {name for name in mine["setting"] if is_of_this_computer(name)}
    assert own >= {"zone", "window.size", "feed.path"}
    assert theirs["setting"] == {k: v for k, v in mine["setting"].items() if k not in own}
    of_visits = {"bag_item", "visit_bag", "visit_answer", "infusion_record", "template_item"}
    of_visits |= {"note", "company"}
    for kind in set(KINDS) - {"setting", "appointment", "dose", "clinic_call", *of_visits}:
        assert theirs[kind] == mine[kind], kind
    gone = {"gone~3:new.illness", "gone~3:record"}
    for kind in ("visit_answer", "infusion_record"):
        kept = {key: told for key, told in mine[kind].items() if key not in gone}
        assert theirs[kind] == kept
    assert set(mine["visit_bag"]) - set(theirs["visit_bag"]) == {"gone~3:bag"}
    assert theirs["note"].pop("n-gone") == replace(mine["note"].pop("n-gone"), visit=None)
    assert theirs["note"] == mine["note"]
    assert mine["note"]["n-visit"].text == "a\x07 <b>走</b>"
    assert set(mine["company"]) - set(theirs["company"]) == {"co-gone"}
    assert theirs["company"]["co"] == mine["company"]["co"]
    assert set(mine["template_item"]) - set(theirs["template_item"]) == {"t-old"}
    assert theirs["visit_bag"]["gone~1:bag"] == mine["visit_bag"]["gone~1:bag"]
    assert theirs["template_item"]["t2"].contact == "willow"
    assert theirs["bag_list"]["lab_visit@willow"].order == ("t2", "lab_order")
    assert theirs["bag_item"]["gone~1:paperwork"].kept_at == "蓝色 folder"
    called = {key: (one.about, one.follow_up) for key, one in theirs["clinic_call"].items()}
    assert called["cc-1"] == (("w-on",), "fu-1")
    assert called["cc-2"] == ((), None)
    assert {one["entry"] for one in told(data) if one["kind"] in ("photo", "version")} >= {"w-on"}
    lots = {one.lot for one in away.house.care.store.all(InfusionRecord)}
    assert "LOT-1" in lots
    assert not lots & {"LOT-3", "LOT-4"}


def test_the_calendar_is_the_same_and_stays_so(family: Home, away: Home):
    away.clock.moment = family.clock.moment
    take_back(away, everything(family))
    assert away.house.exporter.calendar() == family.house.exporter.calendar()
    for home in (family, away):
        home.house.plans.lay_out_all()
    assert away.house.exporter.calendar() == family.house.exporter.calendar()
    visits = [
        (one.id, one.start, one.status) for one in family.house.care.store.visits("belimumab")
    ]
    assert [(one.id, one.start, one.status)
            for one in away.house.care.store.visits("belimumab")] == visits  # fmt: skip


def test_reminders_stay_answered_and_nothing_rings_again(family: Home, away: Home):
    away.clock.moment = family.clock.moment
    take_back(away, everything(family))
    away.restart()
    states = [[(one.reminder.id, one.due, one.state) for one in home.house.reminders.between()]
              for home in (family, away)]  # fmt: skip
    assert states[0] == states[1]
    assert {state for _, _, state in states[0]} == {"waiting", "shown", "later", "done", "skipped"}
    opened = [[one.id for one in home.house.reminders.open_now()] for home in (family, away)]
    assert opened[0] == opened[1]
    assert away.due() == family.due()
    start = family.clock.moment
    for hours in range(0, 24 * 9, 6):
        away.clock.moment = start + timedelta(hours=hours)
        due = [one.id for one in away.due()]
        family.clock.moment = away.clock.moment
        assert due == [one.id for one in family.due()]
    family.clock.moment = start


def test_half_way_nothing_looks_unanswered(family: Home, away: Home):
    away.clock.moment = family.clock.moment
    due = {one.id for one in family.due()}
    entries = EntryService(away.house)
    for number, text in enumerate(everything(family).decode().splitlines()):
        kind = json.loads(text)["kind"]
        if kind == "bag_item":
            break
        entries.take(text)
        if kind == "appointment" and number % 50 == 0:
            assert {one.id for one in away.due()} <= due
    assert {one.id for one in away.due()} == due


def test_taking_it_back_twice_changes_nothing(family: Home, away: Home):
    away.clock.moment = family.clock.moment
    data = everything(family)
    take_back(away, data)
    before = away.dump()
    away.restart()
    take_back(away, data)
    assert away.dump() == before


# ---- what is left out --------------------------------------------------------------------------
def test_private_notes_stay_unless_ticked(family: Home, away: Home):
    away.clock.moment = family.clock.moment
    data = TakeoutService(family.house).everything()
    about, *lines = told(data)
    assert about["left_out"].pop(2) == "the insurance numbers of 9 entries (not ticked)"
    notes = len(family.house.care.store.all(Note))
    assert about["left_out"][:2] == [
        f"{notes} private notes (not ticked)", "the link of 1 question to its note",
    ]  # fmt: skip
    assert not any(one["kind"] == "note" for one in lines)
    assert "private" not in data.decode().replace("private notes", "")
    assert [one["note"] for one in lines if one.get("id") == "q-linked"] == [None]
    take_back(away, data)
    assert away.house.care.store.all(Note) == []
    again = told(TakeoutService(away.house).everything())
    assert again[1:] == lines
    assert again[0]["left_out"] == about["left_out"][2:]


def test_photos_go_along_until_somebody_says_otherwise(family: Home, away: Home):
    away.clock.moment = family.clock.moment
    assert PICTURE in TakeoutService(family.house).everything().decode()
    bare = everything(family, NOTES, NUMBERS)
    assert PICTURE not in bare.decode()
    assert told(bare)[0]["left_out"][0] == "2 photos (not ticked)"
    take_back(away, everything(family))
    before = away.dump()
    take_back(away, bare)
    assert away.dump() == before, "what a file leaves out stays as it is"


def test_a_photo_of_a_large_line_comes_back(home: Home, away: Home):
    home.add(line("side_effect", id="s1", sign="rash", severity=1, at="2026-11-20T20:15"))
    data = large_jpeg(1_400_000)
    home.add(line("photo", entry="s1", data=data))
    take_back(away, everything(home))
    kept = away.house.photos.of("s1")
    assert kept == home.house.photos.of("s1")
    assert (kept.data, kept.width, kept.height) == (data, 8, 8)


def test_what_hangs_on_an_entry_is_told_of_whom_that_is(home: Home, away: Home):
    seen = {"id": "s1", "sign": "rash", "severity": 1, "at": "2026-11-20T20:15"}
    home.add(line("person", id="rosa", name="Rosa"), line("person", id="mei", name="王梅"),
             line("side_effect", person="rosa", **seen), line("photo", entry="s1", data=PICTURE),
             line("side_effect", person="mei", **seen))  # fmt: skip
    data = everything(home)
    lines = [one for one in told(data) if one["kind"] in ("photo", "version")]
    assert {one["person"] for one in lines} == {"mei"}
    take_back(away, data)
    assert everything(away) == data


def large_jpeg(size: int) -> str:
    """A JPEG header of eight by eight pixels with that many bytes of picture, as base64."""
    frame = b"\xff\xc0\x00\x0b\x08\x00\x08\x00\x08\x01\x01\x11\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x2a" * size
    return base64.b64encode(b"\xff\xd8" + frame + scan + b"\xff\xd9").decode()


SECRETS = ("MEM-4711", "REF-4712", "CARD-4713", "HH-CALL-3081", "WL 0098 2214")


def test_insurance_numbers_stay_unless_ticked(family: Home, away: Home):
    away.clock.moment = family.clock.moment
    whole, bare = everything(family), everything(family, NOTES, PHOTOS)
    for secret in SECRETS:
        assert secret in whole.decode()
        assert secret not in bare.decode()
    about, *lines = told(bare)
    assert about["left_out"][0] == "the insurance numbers of 9 entries (not ticked)"
    for one in lines:
        assert not set(HELD_BACK.get(one["kind"], ())) & set(one)
    take_back(away, bare)
    kept = away.house.people.authorisation("au-gone")
    assert (kept.number, kept.member, kept.benefit) == ("", "", "medicare_part_b")


def test_a_file_without_numbers_wipes_none(family: Home, away: Home):
    away.clock.moment = family.clock.moment
    take_back(away, everything(family))
    before = away.dump()
    take_back(away, everything(family, NOTES))
    assert away.dump() == before


def test_closed_days_never_become_everybodys(home: Home, away: Home):
    home.add(line("contact", id="c", name="Clinic"),
             line("blocked_days", first="2026-12-24", clinic="c"))  # fmt: skip
    with home.house.care.change("done.taken_in"):
        home.house.care.store.remove(Contact, "c", home.clock.now())
    take_back(away, everything(home))
    assert away.house.blocked.all() == []


def test_one_number_is_one_entry(home: Home):
    home.add(line("call", date="2026-11-20", with_whom="Aster", number="7"))
    about, *_ = told(TakeoutService(home.house).everything())
    assert about["left_out"][0] == "the insurance number of 1 entry (not ticked)"


def test_the_first_line_tells_what_the_file_holds(family: Home):
    about, *lines = told(everything(family))
    assert list(about) == ["kind", "format", "program", "version", "made", "counts", "left_out"]
    assert (about["kind"], about["format"], about["version"]) == ("about", FORMAT, __version__)
    assert about["made"] == family.clock.moment.isoformat().replace("+00:00", "Z")
    assert about["counts"] == dict(Counter(one["kind"] for one in lines))
    assert about["left_out"] == [
        "settings that belong to one computer alone, such as the size of the window",
        "entries that were deleted",
    ]


def test_nothing_deleted_goes_out(home: Home, away: Home):
    home.clock.at("2026-11-24T12:00")
    home.add(line("note", id="n1", text="secret one"), line("contact", id="c1", name="Gone Inc"),
             plan_line(medicine="secret two"))  # fmt: skip
    home.house.agenda.save(replace(home.visit("p1~1"), status="done"))
    home.house.support.remove_note("n1")
    home.house.people.remove(Contact, "c1")
    home.house.plans.remove("p1", agreed=True)
    data = everything(home)
    assert not any(word in data.decode() for word in ("secret", "Gone Inc"))
    assert [one["kind"] for one in told(data)] == ["about", "person", "plan", "appointment"]
    take_back(away, data)
    (visit,) = away.house.care.store.all(Appointment)
    assert (visit, visit.plan) == (home.visit("p1~1"), "p1")
    assert away.house.plans.all() == []
    assert away.house.plans.lay_out_all() == 0


def test_an_empty_house(home: Home):
    (about,) = told(everything(home))
    assert about["counts"] == {}


def test_every_line_is_one_line_for_every_program(family: Home):
    text = everything(family).decode()
    assert text.splitlines() == text.split("\n")[:-1]


def test_every_kind_has_its_place_and_is_private_or_not():
    assert sorted(ORDER) == sorted(set(KINDS) - NEVER)
    assert {kind for kinds in PRIVATE.values() for kind in kinds} == {"note", "photo"}
    assert set(USUAL) <= set(PRIVATE)


NO_FIELD = {"version": {"kind"}}
"""Fields of entries that a line takes by another name: `kind` is the line's own."""


@pytest.mark.parametrize("kind", sorted(set(KINDS) - NEVER))
def test_every_field_of_every_kind_is_taken(kind: str):
    kept = {field.name for field in fields(KINDS[kind])}
    assert kept - set(FIELDS[kind]) == NO_FIELD.get(kind, set())
    asked = {"kind", "zone", "end", "removed", "gone", "beside", "of_kind"}
    assert set(FIELDS[kind]) - kept <= asked


def test_only_what_is_private_can_be_ticked(home: Home):
    with pytest.raises(InputRefused) as refused:
        TakeoutService(home.house).everything(("pictures",))
    assert refused.value.key == "choice.unknown"
