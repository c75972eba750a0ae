"""Lines of what the watchlist keeps: what they mean, what is refused, listed and undone."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

import pytest

from caregiver_app.domain.entities import (
    KINDS,
    CheckIn,
    ClinicCall,
    OwnSign,
    Photo,
    SideEffect,
    SignChoice,
    Version,
)
from caregiver_app.domain.plans import Choice
from caregiver_app.domain.times import Zoned
from caregiver_app.services.entries import EntryService
from caregiver_app.services.listing import ListService
from tests.factories import NEW_YORK, line, plan_line
from tests.fakes import Home
from tests.services.test_entries import GOOD, PICTURE
from tests.services.test_takeout_lines import refuse

WAS = {"created": "2026-01-02T03:04:05Z", "changed": "2026-02-03T04:05:06Z"}
SEEN = {"sign": "fatigue", "severity": 2, "at": "2026-11-20T20:15", "person": "rosa"}


@pytest.fixture
def rosa(home: Home) -> Home:
    home.add(
        line("person", id="rosa", name="Rosa"),
        line("person", id="mei", name="王梅"),
        line("side_effect", id="s1", **SEEN),
    )
    return home


def listed(home: Home, kind: str) -> list[dict]:
    return ListService(home.house).values(kind, None, None)


# ---- side effects and check-ins ----------------------------------------------------------------
@pytest.mark.parametrize(
    ("ended", "kept"),
    [
        ("2026-11-21T01:30:00Z", datetime(2026, 11, 21, 1, 30, tzinfo=UTC)),
        ("2026-11-20T21:00", datetime(2026, 11, 21, 2, 0, tzinfo=UTC)),  # the computer's clock
        ("2026-11-21T09:00+08:00", None),  # before it began
    ],
)
def test_when_it_was_over(rosa: Home, ended: str, kept: datetime | None):
    told = line("side_effect", id="s2", ended=ended, **SEEN)
    if kept is None:
        assert ("side_effect.ended_before", "ended") in refuse(rosa, told)
        return
    rosa.add(told)
    assert rosa.house.watch.get("s2").ended == kept


def test_what_was_done_and_who_was_told(rosa: Home):
    rosa.add(line("side_effect", id="s1", done=" tea \n sofa ", told="Ana", going_on=True))
    kept = rosa.house.watch.get("s1")
    assert (kept.done, kept.told, kept.going_on, kept.ended) == ("tea \n sofa", "Ana", True, None)
    assert (kept.at, kept.severity) == (Zoned(datetime(2026, 11, 20, 20, 15), NEW_YORK), 2)
    rosa.add(line("side_effect", id="s1", going_on=False, ended="2026-11-21T09:00", told=None))
    kept = rosa.house.watch.get("s1")
    assert (kept.done, kept.told, kept.going_on) == ("tea \n sofa", "", False)
    assert kept.ended == datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
    assert len(rosa.house.care.store.all(Version)) == 2


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("side_effect", {"done": "\x07"}, "done"),
        ("side_effect", {"told": "\ud800"}, "told"),
        ("side_effect", {"ended": "soon"}, "ended"),
        ("side_effect", {"ended": "2200-01-01T00:00:00Z", "going_on": True}, "ended"),
        ("checkin", {"possible": "\x07"}, "possible"),
        ("own_sign", {"name": " "}, "name"),
        ("own_sign", {"also": ["\x07"]}, "also"),
        ("own_sign", {"tier": "fine"}, "tier"),
        ("own_sign", {"note": "x" * 100_001}, "note"),
        ("sign_choice", {"clinic": "\x07"}, "clinic"),
        ("sign_choice", {"id": "mine"}, "id"),
        ("clinic_call", {"at": "2026-11-20"}, "at"),
        ("clinic_call", {"who": "x" * 201}, "who"),
        ("clinic_call", {"said": " "}, "said"),
        ("clinic_call", {"follow_up": "nowhere"}, "follow_up"),
        ("photo", {"entry": "nowhere"}, "entry"),
        ("photo", {"data": "iVBORw0KGgo="}, "data"),
        ("photo", {"data": "not base64!"}, "data"),
        ("photo", {"data": base64.b64encode(b"GIF89a").decode()}, "data"),
        ("photo", {"id": "mine"}, "id"),
        ("photo", {"person": "mei"}, "person"),
        ("version", {"of_kind": "question"}, "of_kind"),
        ("version", {"entry": "nowhere"}, "entry"),
        ("version", {"was": "[]"}, "was"),
        ("version", {"was": "{"}, "was"),
        ("version", {"was": '{"severity": "x"}'}, "was"),
        ("version", {"person": "mei"}, "person"),
        ("version", {"at": "soon"}, "at"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("whole", [False, True])
def test_one_sentence_beside_the_field(
    rosa: Home, kind: str, fields: dict, field: str, whole: bool
):
    told = {"person": "rosa", **GOOD[kind], **fields, **(WAS if whole else {})}
    assert [named for _, named in refuse(rosa, line(kind, **told))] == [field]


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("sign_choice", {"sign": "nothing such"}, "sign"),
        ("sign_choice", {"sign": "anaphylaxis", "hidden": True}, "hidden"),
        ("clinic_call", {"at": "2026-11-22T10:00"}, "at"),
    ],
)
def test_what_another_release_or_another_clock_kept_is_refused_only_as_a_new_entry(
    rosa: Home, kind: str, fields: dict, field: str
):
    told = {"person": "rosa", **GOOD[kind], **fields}
    assert [named for _, named in refuse(rosa, line(kind, **told))] == [field]
    (entry,) = rosa.add(line(kind, **told, **WAS))
    kept = rosa.house.care.store.get(KINDS[kind], entry)
    assert not getattr(kept, "hidden", False), "an emergency is never hidden"


def test_a_file_may_name_what_is_not_there_no_more_only_for_what_is_there(rosa: Home):
    told = {"id": "k1", "person": "rosa", "at": "2026-11-20T20:15", "said": "x", **WAS}
    for name, wrong in (("about", ["nowhere"]), ("follow_up", "nowhere")):
        assert name in [at for _, at in refuse(rosa, line("clinic_call", **{**told, name: wrong}))]
    rosa.add(line("clinic_call", **told, about=["s1"]))
    rosa.house.watch.remove("s1")
    rosa.add(line("clinic_call", **told, about=["s1"]))


# ---- ids that go without saying ----------------------------------------------------------------
def test_ids_are_made_and_come_again(rosa: Home):
    photo, choice = line("photo", entry="s1", data=PICTURE), {"sign": "fatigue", "person": "rosa"}
    for _ in range(2):
        assert rosa.add(photo) == ["s1:photo"]
        assert rosa.add(line("sign_choice", **choice, clinic="Rest")) == ["rosa:fatigue"]
    assert rosa.add(line("sign_choice", **choice, hidden=True)) == ["rosa:fatigue"]
    kept = rosa.house.care.store.get(SignChoice, "rosa:fatigue")
    assert (kept.hidden, kept.clinic) == (True, "Rest"), "what a line leaves out stays"
    assert rosa.add(line("sign_choice", **choice, hidden=False, **WAS)) == ["rosa:fatigue"]
    long = "x" * 100
    rosa.add(line("side_effect", **{**SEEN, "id": long}))
    assert rosa.add(line("photo", entry=long, data=PICTURE)) == [f"{long}:photo"]


def test_the_only_person_need_not_be_named(home: Home):
    home.add(line("person", id="p", name="Rosa"))
    assert home.add(line("sign_choice", sign="fatigue", clinic="Rest")) == ["p:fatigue"]
    assert home.add(line("sign_choice", sign="nausea", clinic="Rest", **WAS)) == ["p:nausea"]


def test_a_photo_is_of_the_person_of_its_side_effect(rosa: Home):
    rosa.add(line("photo", entry="s1", data=PICTURE, width=999))
    kept = rosa.house.photos.of("s1")
    assert (kept.person, kept.width, kept.height) == ("rosa", 2, 1), "as large as it is"


def test_a_photo_loses_what_says_where_it_was_taken(rosa: Home):
    place = b"\xff\xe1\x00\x10Exif\x00\x00GPS here!"[:18]
    frame = b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x02\x01\x01\x11\x00"
    rest = frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x2a\xff\xd9"
    rosa.add(line("photo", entry="s1", data=base64.b64encode(b"\xff\xd8" + place + rest).decode()))
    kept = base64.b64decode(rosa.house.photos.of("s1").data)
    assert b"GPS" not in kept
    assert kept == b"\xff\xd8" + rest


# ---- taken back and deleted --------------------------------------------------------------------
def test_each_can_be_undone_and_is_named(rosa: Home):
    for kind in ("own_sign", "sign_choice", "clinic_call", "photo", "version"):
        before = rosa.dump()
        rosa.add(line(kind, person="rosa", **GOOD[kind]))
        assert rosa.dump() != before
        label, _ = rosa.house.care.undo()
        assert label.startswith("done.")
        assert rosa.dump() == before


def test_what_hangs_on_a_side_effect_goes_and_comes_with_it(rosa: Home):
    rosa.add(line("photo", entry="s1", data=PICTURE), line("side_effect", id="s1", severity=3))
    before = rosa.dump()
    rosa.house.watch.remove("s1")
    for kind in (SideEffect, Photo, Version):
        assert rosa.house.care.store.all(kind) == []
    rosa.house.care.undo()
    assert rosa.dump() == before


def test_words_of_what_was_deleted_are_wiped_later(rosa: Home):
    rosa.add(
        line("side_effect", id="s1", done="secret one", told="secret two"),
        line("photo", entry="s1", data=PICTURE),
        line("checkin", id="c1", person="rosa", date="2026-11-20", possible="secret three"),
        line("own_sign", id="o1", person="rosa", name="secret four", also=["secret five"]),
        line("clinic_call", id="k1", person="rosa", at="2026-11-20T20:15", said="secret six"),
    )
    house = rosa.house
    house.watch.remove("s1")
    house.watch.remove_check_in("c1")
    house.signs.remove_own("o1")
    house.clinic_calls.remove("k1")
    house.care.store.wipe_old_tombstones(datetime(2027, 11, 21, tzinfo=UTC))
    assert house.care.store.full_check() == []
    rosa.close()
    for file in rosa.folder.iterdir():
        raw = file.read_bytes()
        assert b"secret" not in raw, file
        assert PICTURE.encode() not in raw, file
    rosa.house = rosa.another()


# ---- from before ------------------------------------------------------------------------------
def test_a_file_of_format_2_comes_in_as_before(rosa: Home):
    was = {**SEEN, **WAS, "zone": NEW_YORK, "temperature_c": 37.2, "text": "slept",
           "urgency": "call_today"}  # fmt: skip
    day = {"person": "rosa", "date": "2026-11-19", "pain": 4, "text": "x", **WAS}
    rosa.add(
        json.dumps({"kind": "about", "format": 2, "counts": {"side_effect": 1}}),
        line("side_effect", id="old", **was),
        line("checkin", id="old-day", **day),
    )
    kept = rosa.house.watch.get("old")
    assert (kept.text, kept.urgency, kept.temperature_c) == ("slept", "call_today", 37.2)
    assert (kept.done, kept.told, kept.going_on, kept.ended) == ("", "", False, None)
    (told,) = listed(rosa, "checkins")
    assert (told["pain"], told["possible"], told["flare"]) == (4, "", False)


def test_days_since_the_infusion_follow_a_visit_that_moves(rosa: Home):
    rosa.add(plan_line(person="rosa", first="2026-11-16T09:30"))
    days = [one["days_since_infusion"] for one in listed(rosa, "side-effects")]
    before = rosa.house.care.store.all(SideEffect)
    start = Zoned(datetime(2026, 11, 18, 9, 30), NEW_YORK)
    rosa.house.plans.move("p1~1", start, Choice.ONLY_THIS, agreed=True)
    moved = [one["days_since_infusion"] for one in listed(rosa, "side-effects")]
    assert (days, moved) == ([4], [2])
    assert rosa.house.care.store.all(SideEffect) == before, "nothing of it is stored"
    rosa.house.care.undo()
    assert [one["days_since_infusion"] for one in listed(rosa, "side-effects")] == days


# ---- listed ------------------------------------------------------------------------------------
def test_what_a_list_tells(rosa: Home):
    rosa.add(
        plan_line(person="rosa", first="2026-11-18T09:30"),
        line("side_effect", id="s1", done="tea", told="Ana", going_on=True),
        line("photo", entry="s1", data=PICTURE),
        line("checkin", id="c1", person="rosa", date="2026-11-20", possible="a walk", flare=True),
        line("own_sign", id="o1", person="rosa", name="Dry mouth", also=["thirsty"]),
        line("sign_choice", person="rosa", sign="headache", clinic="Dark room"),
        line("clinic_call", id="k1", person="rosa", at="2026-11-20T20:15", said="Wait",
             about=["s1"]),
    )  # fmt: skip
    (seen,) = listed(rosa, "side-effects")
    wanted = {"done": "tea", "told": "Ana", "going_on": True, "ended": None, "photo": True,
              "days_since_infusion": 2, "infusion": 1, "urgency": "note_and_mention"}  # fmt: skip
    assert {name: seen[name] for name in wanted} == wanted
    (day,) = listed(rosa, "checkins")
    assert (day["possible"], day["flare"]) == ("a walk", True)
    (photo,) = listed(rosa, "photos")
    assert "data" not in photo
    assert (photo["entry"], photo["bytes"], photo["width"]) == ("s1", 93, 2)
    (choice,) = listed(rosa, "sign-choices")
    assert choice["name"] == rosa.house.watch.sign_name("headache")
    (own,) = listed(rosa, "own-signs")
    assert (own["also"], own["tier"]) == (["thirsty"], "note_and_mention")
    (call,) = listed(rosa, "clinic-calls")
    assert (call["about"], call["at"], call["zone"]) == (["s1"], "2026-11-20T20:15", NEW_YORK)
    json.dumps([seen, day, photo, choice, own, call])


def test_what_is_listed_can_be_added_again(rosa: Home):
    rosa.add(
        line("own_sign", id="o1", person="rosa", name="Dry mouth", also=["thirsty"]),
        line("clinic_call", id="k1", person="rosa", at="2026-11-20T20:15", said="Wait"),
    )
    for word in ("own-signs", "clinic-calls"):
        for told in listed(rosa, word):
            EntryService(rosa.house).take(json.dumps(told))
    store = rosa.house.care.store
    assert [one.name for one in store.all(OwnSign)] == ["Dry mouth"]
    assert [one.said for one in store.all(ClinicCall)] == ["Wait"]
    assert store.all(CheckIn) == []
