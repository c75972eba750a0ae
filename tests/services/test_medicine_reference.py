"""The medicines of the reference: found by any name, read once; only what was found is built."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from caregiver_app import assets
from caregiver_app.domain.advice import MedicineInfo
from caregiver_app.domain.watch import Tier
from caregiver_app.services import medicine_reference
from caregiver_app.services.reference import Reference, load


@pytest.mark.parametrize("query", ["infliximab", "INFLIXIMAB", "Remicade", " inflectra ", "Avsola"])
def test_a_medicine_by_any_name(query: str):
    found = load().medicine(query)
    assert found is not None
    assert found.id == "infliximab"


@pytest.mark.parametrize("query", ["", " ", "inflix", "no such thing", "Simponi", "Zometa"])
def test_no_medicine_by_half_a_name_or_by_anothers(query: str):
    assert load().medicine(query) is None


def test_every_name_and_brand_leads_to_its_medicine():
    for info in load().medicines:
        for name in (info.id, info.name, *info.names, *info.brands, *info.also):
            assert load().medicine(name) is info, name
            assert load().find_medicines(name)[0] is info, name


def test_a_name_of_several_forms_is_the_one_by_drip_and_says_that_there_are_others():
    for name in ("golimumab", "abatacept", "tocilizumab", "vedolizumab"):
        info = load().medicine(name)
        assert info is not None
        assert "drip into a vein" in info.route
        assert info.names_note, name


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("IVIG CIDP", "ivig"),
        ("cidp", "ivig"),
        ("remicade", "infliximab"),
        ("Remicade infusion", "infliximab"),
        ("remi", "infliximab"),
        ("simponi", "golimumab_iv"),
        ("Simponi Aria", "golimumab_iv"),
        ("oc", "ocrelizumab"),
        ("ritux ra", "rituximab"),
        ("stelara crohn's", "ustekinumab_iv"),
        ("Crohn\u2019s stelara", "ustekinumab_iv"),
        ("iron", "ferric_carboxymaltose"),
        ("Bkemv", "eculizumab"),
        ("complement", "eculizumab"),
        ("m\u00edgraine", "eptinezumab"),
        ("thyroid eye", "teprotumumab"),
        ("TED", "teprotumumab"),
        ("gMG", "eculizumab"),
        ("MTX", "methotrexate_oral"),
        ("Rituxan\u2122", "rituximab"),
        ("mab thera", "rituximab"),
    ],
)
def test_a_medicine_is_found_by_what_people_type(typed: str, first: str):
    found = load().find_medicines(typed)
    if first in ("ocrelizumab", "ferric_carboxymaltose"):
        assert first in [info.id for info in found]
    else:
        assert found[0].id == first


def test_an_illness_finds_all_its_medicines_and_those_by_name_come_first():
    reference = load()
    found = [info.id for info in reference.find_medicines("MS")]
    assert found == ["alemtuzumab", "methylprednisolone_iv", "natalizumab", "ocrelizumab",
                     "ublituximab"]  # fmt: skip
    for info in reference.find_medicines("ulcerative colitis"):
        assert "ulcerative colitis" in info.conditions, info.id
    assert "rituximab" in [info.id for info in reference.find_medicines("vasculitis")]
    assert reference.medicine("Ocrevus\u00ae") == reference.medicine("ocrelizumab")
    by_tnf = [info.id for info in reference.find_medicines("TNF")]
    assert by_tnf == ["golimumab_iv", "infliximab"]
    assert reference.find_medicines("iron")[-1].id in ("iron_sucrose", "ferric_carboxymaltose")


@pytest.mark.parametrize("typed", ["", " ", "x", "?!", "qq ww", "zzzz"])
def test_nothing_is_found_by_nothing(typed: str):
    assert load().find_medicines(typed) == []


def test_names_to_offer_while_somebody_types():
    names = load().medicine_names
    assert {"Remicade", "infliximab", "Simponi Aria", "IVIG", "MTX"} <= set(names)
    assert "Bkemv" not in names, "to find it by, not to offer"
    assert len(set(names)) == len(names)


# ---- read once, built when found ----------------------------------------------------------------
@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often each file is read."""
    counted: Counter[str] = Counter()

    def reading(name: str) -> str:
        counted[name] += 1
        return assets.read_text(name)

    monkeypatch.setattr(medicine_reference, "read_text", reading)
    return counted


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List which entries are built."""
    made: list[str] = []
    plain = medicine_reference.MedicineInfo

    def building(**fields: Any) -> MedicineInfo:
        made.append(str(fields["id"]))
        return plain(**fields)

    monkeypatch.setattr(medicine_reference, "MedicineInfo", building)
    return made


def test_the_name_of_its_file_reads_that_file_alone(read: Counter[str], built: list[str]):
    reference = Reference()
    assert set(vars(reference)) == {"lists"}, "nothing is read before it is asked for"
    assert reference.medicine("infliximab") is reference.medicine("Infliximab")
    assert dict(read) == {"reference/medicines/infliximab.en.json": 1}
    assert built == ["infliximab"]


def test_looking_up_reads_each_file_once_and_builds_only_the_hit(
    read: Counter[str], built: list[str]
):
    reference = Reference()
    for name in ("Remicade", "no such thing", "inflectra", "something", "Remicade"):
        reference.medicine(name)
    assert len(read) == 33
    assert set(read.values()) == {1}
    assert built == ["infliximab"]
    assert reference.medicine_names
    assert [info.id for info in reference.find_medicines("TNF")] == ["golimumab_iv", "infliximab"]
    assert built == ["infliximab", "golimumab_iv"]
    assert set(read.values()) == {1}


# ---- what is in them ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Soliris", {"eculizumab"}),
        ("Soliris (eculizumab)", {"eculizumab"}),
        ("rituximab-abbs, then Cyclophosphamide", {"rituximab", "cyclophosphamide_iv"}),
        ("Zoledronic acid, yearly", {"zoledronic_acid"}),
        ("Simponi", set()),
        ("Iron", set()),
        ("mitoxantrone", set()),
        ("", set()),
    ],
)
def test_medicines_that_stand_in_what_was_typed(typed: str, wanted: set[str]):
    assert {info.id for info in load().medicines_in(typed)} == wanted


def test_watch_items_point_at_signs():
    reference = load()
    for info in reference.medicines:
        for item in info.watch:
            for id_ in item.signs:
                assert reference.sign(id_), f"{info.id}: no sign {id_!r}"


def test_fever_is_an_emergency_with_these():
    found = {info.id for info in load().medicines if info.fever_emergency}
    assert found == {"cyclophosphamide_iv", "eculizumab", "ravulizumab"}
    for name in found:
        info = load().medicine(name)
        assert info is not None
        tiers = [item.tier for item in info.watch if "fever" in item.signs]
        assert tiers == [Tier.EMERGENCY]


def test_new_headaches_with_antibodies_against_amyloid_count_alike():
    found: dict[str, set[str]] = {}
    for name in ("lecanemab", "donanemab"):
        info = load().medicine(name)
        assert info is not None
        urgent = [item.signs for item in info.watch if item.tier is Tier.EMERGENCY]
        found[name] = {sign for signs in urgent for sign in signs}
    for sign in ("headache", "dizziness", "vision_change", "sudden_confusion", "seizure"):
        assert all(sign in signs for signs in found.values()), sign


def test_an_entry_as_a_whole():
    info = load().medicine("infliximab")
    assert info is not None
    assert (info.minutes_first, info.minutes_later, info.minutes_least) == (120, 120, 60)
    assert (info.watch_after_minutes, info.watch_after_most) == (60, 120)
    assert (info.watch_days, info.checked.isoformat()) == (14, "2026-11-20")
    assert info.lowers_immunity
    assert info.schedule_changes.text.endswith("call the team.")
    assert all(question.endswith("?") for question in info.ask)
    tablet = load().medicine("methotrexate")
    assert tablet is not None
    assert (tablet.infused, tablet.minutes_first, tablet.watch_after_minutes) == (False, None, None)


def test_an_id_is_no_other_medicines_name():
    every = load().medicines
    for one in every:
        words = one.id.replace("_", " ")
        called = [o for o in every if words in map(str.casefold, (o.name, *o.names, *o.brands))]
        assert {o.id for o in called} <= {one.id}, one.id
