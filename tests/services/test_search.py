"""Search over everything: what is found in which group, signs by their plain names, bags."""

from __future__ import annotations

import json

import pytest

from caregiver_app.domain.advice import SignInfo
from caregiver_app.services.bags import BagLine
from caregiver_app.services.search import GROUPS, SearchService
from tests.factories import line, plan_line, visit_line
from tests.fakes import Home


@pytest.fixture
def family(home: Home) -> Home:
    """Rosa since a year, and Mei; it is Saturday 21 November 2026."""
    home.add(
        line("person", id="rosa", name="Rosa Marín", allergies="Penicillin"),
        plan_line(person="rosa"),
        line("contact", id="willow", person="rosa", role="clinic", name="Willow Lane",
             phone="01632 960142"),
        line("medicine", id="mtx", person="rosa", name="Methotrexate", directions="Fridays"),
        line("note", id="n1", person="rosa", text="Slept in the chair, bone tired."),
        line("question", id="q1", person="rosa", text="Is the headache worth a call?"),
        line("side_effect", id="s1", person="rosa", sign="fatigue", severity=2,
             at="2026-11-19T20:00", text="Gone next morning"),
        line("side_effect", id="s2", person="rosa", sign="joint_flare", severity=1,
             at="2026-11-10T20:00"),
        line("checkin", id="c1", person="rosa", date="2026-11-20", text="Tired but cheerful"),
        line("person", id="mei", name="王梅"),
        line("appointment", id="eyes", person="mei", type="follow-up", title="Eye clinic",
             start="2026-12-01T10:00", place="Hillside", note="bring glasses", driver="Ana"),
    )  # fmt: skip
    return home


@pytest.fixture
def search(family: Home) -> SearchService:
    return SearchService(family.house)


def told(search: SearchService, query: str, **limits: int) -> dict[str, list[str]]:
    return {
        group.key: [f"{hit.kind}:{hit.id}" for hit in group.hits]
        for group in search.find(query, limits).groups
    }


def signs(search: SearchService, query: str, group: str) -> list[str]:
    return [
        hit.of.name
        for each in search.find(query).groups
        if each.key == group
        for hit in each.hits
        if isinstance(hit.of, SignInfo)
    ]


@pytest.mark.parametrize(
    ("query", "group", "wanted"),
    [
        ("rosa", "people", "person:rosa"),
        ("penic", "people", "person:rosa"),
        ("960142", "people", "contact:willow"),
        ("王", "people", "person:mei"),
        ("eye clin", "visits", "appointment:eyes"),
        ("hills", "visits", "appointment:eyes"),
        ("bring gl", "visits", "appointment:eyes"),
        ("ana", "visits", "appointment:eyes"),
        ("clinic eye", "visits", "appointment:eyes"),
        ("chair", "notes", "note:n1"),
        ("worth", "questions", "question:q1"),
        ("gone next", "watched", "side_effect:s1"),
        ("cheerful", "watched", "checkin:c1"),
        ("infliximab", "medicines", "plan:p1"),
        ("fridays", "medicines", "medicine:mtx"),
    ],
)
def test_everything_is_found_in_its_group(search, query, group, wanted):
    assert told(search, query) == {group: [wanted]}


def test_groups_stand_in_their_order_and_each_names_whose_it_is(search):
    groups = [group.key for group in search.find("tired").groups]
    assert groups == ["notes", "watched"]
    assert [key for key in GROUPS if key in groups] == groups
    people = {hit.person for group in search.find("an").groups for hit in group.hits}
    assert "mei" in people


# ---- what the watchlist keeps ------------------------------------------------------------------
@pytest.fixture
def watched(family: Home) -> SearchService:
    family.add(
        line("side_effect", id="s3", person="rosa", sign="fatigue", severity=2, going_on=True,
             at="2026-11-18T20:00", done="Cool flannel", told="Nurse Okafor"),
        line("checkin", id="c2", person="rosa", date="2026-11-18", possible="Walked to the pond"),
        line("own_sign", id="o1", person="mei", name="Buzzing ears", also=["耳鸣", "gloop"],
             note="Fetch Okello"),
        line("own_sign", id="o2", person="mei", name="Blue lips", tier="emergency"),
        line("sign_choice", person="rosa", sign="headache", clinic="Dark room, then phone"),
        line("clinic_call", id="k1", person="rosa", at="2026-11-20T08:00", who="Ward sister",
             question="Too floppy?", said="Count her spoons"),
        line("clinic_call", id="k2", person="rosa", at="2026-11-21T08:00", who="Ward sister",
             said="Good"),
    )  # fmt: skip
    return SearchService(family.house)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("flannel", ["side_effect:s3"]),
        ("okafor", ["side_effect:s3"]),
        ("pond", ["checkin:c2"]),
        ("buzz", ["own_sign:o1"]),
        ("gloo", ["own_sign:o1"]),
        ("耳鸣", ["own_sign:o1"]),
        ("fetch oke", ["own_sign:o1"]),
        ("dark room", ["sign_choice:rosa:headache"]),
        ("floppy", ["clinic_call:k1"]),
        ("spoons", ["clinic_call:k1"]),
        ("sister", ["clinic_call:k2", "clinic_call:k1"]),
    ],
)
def test_what_the_watchlist_keeps_is_found(watched: SearchService, query: str, wanted: list[str]):
    assert told(watched, query) == {"watched": wanted}


def test_an_own_emergency_stands_with_the_emergencies(watched: SearchService):
    found = watched.find("blue")
    urgent = next(group for group in found.groups if group.key == "urgent")
    assert "o2" in [hit.id for hit in urgent.hits]
    assert urgent.total == len(urgent.hits)
    assert all(hit.id != "o2" for group in found.groups[1:] for hit in group.hits)


def test_what_was_deleted_is_found_no_more_until_undone(family: Home, watched: SearchService):
    house = family.house
    for query, remove in (
        ("buzz", lambda: house.signs.remove_own("o1")),
        ("spoons", lambda: house.clinic_calls.remove("k1")),
        ("flannel", lambda: house.watch.remove("s3")),
    ):
        remove()
        assert told(watched, query) == {}
        house.care.undo()
        assert "watched" in told(watched, query)


# ---- signs -------------------------------------------------------------------------------------
def test_a_sign_is_found_by_its_plain_name_and_so_are_its_entries(search):
    assert told(search, "tired")["watched"] == ["sign:fatigue", "checkin:c1", "side_effect:s1"]
    assert told(search, "tiredn") == {"watched": ["sign:fatigue", "side_effect:s1"]}
    assert told(search, "exhaus") == {"watched": ["sign:fatigue", "side_effect:s1"]}
    assert told(search, "swollen joi")["watched"][-1] == "side_effect:s2"


def test_the_words_of_a_sign_and_of_its_entry_go_together(search):
    assert told(search, "tired gone") == {"watched": ["side_effect:s1"]}


def test_emergencies_come_first(search):
    groups = search.find("breath").groups
    assert groups[0].key == "urgent"
    assert signs(search, "breath", "urgent")[0] == "Hard to breathe"
    assert "trouble_breathing" in {hit.id for hit in groups[0].hits}
    assert signs(search, "can't breathe", "urgent") == ["Hard to breathe"]
    assert signs(search, "chok", "urgent") == ["Hard to breathe"]


@pytest.mark.parametrize("query", ["ana", "an", "in", "and", "with", "b", "br", "a"])
def test_a_name_or_a_small_word_brings_up_no_emergency(search, query):
    assert signs(search, query, "urgent") == []


def test_no_emergency_is_left_out_once_more_is_asked_for(search):
    first = next(group for group in search.find("blood").groups if group.key == "urgent")
    found = search.find("blood", {"urgent": 50}).groups[0]
    assert found.total == first.total == len(found.hits)


def test_words_that_nothing_holds_together_find_the_signs_of_the_longer_ones(search):
    assert "Hard to breathe" in signs(search, "help she can't breathe now", "urgent")
    assert told(search, "xyz") == {}
    assert not search.find("xyz")


# ---- bags --------------------------------------------------------------------------------------
def test_what_belongs_into_the_next_bag_is_found_though_nobody_typed_it(family, search):
    visit = family.house.agenda.next_visit("rosa")
    assert visit is not None
    (hit,) = search.find("insurance").groups[0].hits
    assert isinstance(hit.of, BagLine)
    assert (hit.kind, hit.id, hit.person) == ("bag_item", f"{visit.id}:{hit.of.key}", "rosa")
    assert hit.visit == visit


def test_own_items_are_found_once_each(family, search):
    bags = family.house.bags
    bags.add("p1~1", "Crossword book", "things")
    bags.add("p1~2", "Crossword book", "things")
    bags.add("p1~3", "Crossword pen", "things")
    bags.add("p1~1", "Crossword glasses", "things", every_visit=True)
    search.forget()
    (group,) = search.find("crossword").groups
    labels = [getattr(hit.of, "label", "") for hit in group.hits]
    assert sorted(labels) == ["Crossword book", "Crossword glasses", "Crossword pen"]
    assert group.total == 3
    assert group.hits[labels.index("Crossword book")].id.startswith("p1~1:")
    assert group.hits[labels.index("Crossword pen")].visit == family.house.agenda.get("p1~3")


def test_the_bag_of_the_next_visits_is_looked_at_anew_when_asked(family, search):
    assert told(search, "crossword") == {}
    family.house.bags.add("p1~1", "Crossword book", "things")
    search.forget()
    assert list(told(search, "crossword")) == ["bag"]
    assert [visit.id for visit in search.next_visits()] == ["p1~1"]


# ---- counts and words --------------------------------------------------------------------------
def test_five_of_a_group_at_first_and_as_many_as_asked_for(family, search):
    family.add(*(line("note", id=f"t{n}", person="rosa", text=f"cocoa {n}") for n in range(12)))
    (group,) = search.find("cocoa").groups
    assert (group.total, len(group.hits)) == (12, 5)
    (group,) = search.find("cocoa", {"notes": 50}).groups
    assert len(group.hits) == 12


def test_private_notes_and_hostile_words_are_found_as_they_are(family, search):
    family.add(json.dumps({"kind": "note", "id": "h", "person": "rosa",
                           "text": "<b>\"x'; DROP TABLE note; --</b> umbrella"}))  # fmt: skip
    assert told(search, "umbrella") == {"notes": ["note:h"]}
    assert told(search, 'drop" (table) note*') == {"notes": ["note:h"]}


def test_what_was_deleted_or_changed_is_found_no_more(family, search):
    family.house.support.remove_note("n1")
    assert told(search, "chair") == {}
    family.house.care.undo()
    assert told(search, "chair") == {"notes": ["note:n1"]}


def test_it_tells_where_the_words_stand(search):
    results = search.find("chair")
    assert results.marks("The chair") == ((4, 5),)
    assert results.around("The chair") == "The chair"
    assert results.fits("armchairs, a chair")
    assert not search.find("").fits("anything")
    assert not search.find("")


def test_making_ready_reads_what_the_first_letter_needs(search):
    search.prepare()
    assert [visit.id for visit in search.next_visits()] == ["p1~1"]


# ---- what was written down about treatment and money -------------------------------------------
@pytest.fixture
def treated(family: Home) -> Home:
    family.add(
        line("infusion_record", visit="p1~1", product="Infliximab", lot="AB-4711", maker="Aster",
             expiry="08/2027", tip="left arm"),
        line("infusion_record", visit="p1~2", lot="CD-99"),
        line("visit_answer", visit="p1~1", key="well.illness", answer="yes", text="grandson here"),
        line("authorisation", id="au", person="rosa", last="2027-03-31", insurer="Northgate",
             number="NG-777", site="Hillside tower"),
        line("call", id="k", person="rosa", date="2026-11-20", with_whom="Ms Okafor",
             number="REF-31", text="promised a letter"),
        line("cost", id="c", person="rosa", date="2026-11-20", what="Taxi", amount="12.50 EUR",
             paid_by="Grandpa"),
        line("assistance", id="h", person="rosa", name="Hardship fund", number="CARD-8"),
        line("medicine", id="tried", person="rosa", name="Adalimumab", past=True, ended="2025",
             why_ended="stopped helping"),
    )  # fmt: skip
    return family


@pytest.mark.parametrize(
    ("query", "group", "wanted"),
    [
        ("AB-4711", "visits", "infusion_record:p1~1:record"),
        ("ab 4711", "visits", "infusion_record:p1~1:record"),
        ("left arm", "visits", "infusion_record:p1~1:record"),
        ("cd-99", "visits", "infusion_record:p1~2:record"),
        ("lot AB-4711", "visits", "infusion_record:p1~1:record"),
        ("Lot no. cd-99", "visits", "infusion_record:p1~2:record"),
        ("batch: ab-47", "visits", "infusion_record:p1~1:record"),
        ("批号AB-4711", "visits", "infusion_record:p1~1:record"),
        ("AB4711", "visits", "infusion_record:p1~1:record"),
        ("lot cd99", "visits", "infusion_record:p1~2:record"),
        ("c d 99", "visits", "infusion_record:p1~2:record"),
        ("grandson", "visits", "visit_answer:p1~1:well.illness"),
        ("northgate", "insurance", "authorisation:au"),
        ("ng-777", "insurance", "authorisation:au"),
        ("hillside tow", "insurance", "authorisation:au"),
        ("okafor", "insurance", "call:k"),
        ("ref-31", "insurance", "call:k"),
        ("promised", "insurance", "call:k"),
        ("taxi", "insurance", "cost:c"),
        ("grandpa", "insurance", "cost:c"),
        ("hardship", "insurance", "assistance:h"),
        ("stopped hel", "medicines", "medicine:tried"),
    ],
)
def test_treatment_and_money_are_found(treated, query, group, wanted):
    assert told(SearchService(treated.house), query) == {group: [wanted]}


def test_another_lot_is_none_of_theirs(treated):
    search = SearchService(treated.house)
    for query in ("lot AB-4712", "B4711", "AB47111", "lot infusion 9"):
        assert "visits" not in told(search, query), query


def test_lots_are_read_once_and_anew_after_a_change(treated, monkeypatch):
    search, read = SearchService(treated.house), []
    records = treated.house.records
    everything = records.all
    monkeypatch.setattr(records, "all", lambda: read.append(1) or everything())
    for query in ("ab47", "ab471", "ab4711"):
        assert "visits" in told(search, query)
    assert read == [1], "not at each key"
    treated.add(line("infusion_record", visit="p1~1", lot="QQ-55"))
    search.forget()
    assert "visits" in told(search, "qq55")
    assert "visits" not in told(search, "ab4711")


def test_a_record_brings_its_visit_even_a_deleted_one(treated):
    treated.add(visit_line("single", "2026-11-25T09:00", person="rosa"),
                line("infusion_record", visit="single", lot="ZZ-1"))  # fmt: skip
    search = SearchService(treated.house)
    (hit,) = search.find("ab-4711").groups[0].hits
    assert (hit.visit, hit.gone, hit.person) == (treated.visit("p1~1"), False, "rosa")
    treated.house.agenda.remove("single")
    (hit,) = search.find("zz-1").groups[0].hits
    assert hit.gone
    assert hit.visit is not None
    assert hit.visit.id == "single"


def test_a_current_medicine_comes_before_one_of_before(treated):
    treated.add(line("medicine", id="again", person="rosa", name="Adalimumab"))
    found = told(SearchService(treated.house), "adalimumab")
    assert found == {"medicines": ["medicine:again", "medicine:tried"]}
