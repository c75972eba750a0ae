"""What a line of the results says: the found words before others, nothing that should be hidden."""

from __future__ import annotations

from datetime import date

import pytest

from caregiver_app.domain.entities import Authorisation
from caregiver_app.gui.search.lines import ResultLine
from caregiver_app.gui.search.wording import Wording
from caregiver_app.services.search import SearchService
from tests.factories import line
from tests.fakes import Home

ZONE = "America/New_York"


@pytest.fixture
def lines(home: Home):
    """What is said for some typed words, headings and "more" left out."""

    def made(query: str) -> list[ResultLine]:
        results = SearchService(home.house).find(query)
        wording = Wording(home.house, results)
        every = [one for group in results.groups for one in wording.group(group)]
        return [one for one in every if one.shape == "result"]

    return made


def shown(one: ResultLine) -> tuple[str, str, str]:
    return one.title, one.second, one.fact


def test_an_appointment_shows_where_the_words_were_found(home, lines):
    home.add(
        line("appointment", id="x", person="rosa", type="other", title="Pick up",
             start="2027-01-05T10:00", zone=ZONE, place="Pharmacy", driver="Ana",
             driver_phone="01632 960117", note="bring the blue card\nand a pen"),
        line("appointment", id="y", person="rosa", type="medication", title="Zinc",
             start="2026-01-01T08:00", rrule="FREQ=DAILY"),
        line("appointment", id="z", person="rosa", type="drive", title="Zebra crossing",
             start="2026-01-09", driver="Teo"),
    )  # fmt: skip
    home.house.agenda.cancel("z")
    cases = {
        "pick": ("Pick up", "Pharmacy · Driver: Ana", "Tue 5 Jan 2027, 10:00"),
        "blue card": ("Pick up", "bring the blue card and a pen", "Tue 5 Jan 2027, 10:00"),
        "960117": ("Pick up", "01632 960117", "Tue 5 Jan 2027, 10:00"),
        "pharm ana": ("Pick up", "Pharmacy · Driver: Ana", "Tue 5 Jan 2027, 10:00"),
        "zinc": ("Zinc", "", "repeats"),
        "zebra": ("Zebra crossing", "Cancelled · Driver: Teo", "Fri 9 Jan"),
    }
    assert {query: shown(lines(query)[0]) for query in cases} == cases


def test_a_visit_without_a_place_names_its_clinic(lines):
    one = next(each for each in lines("infusion") if each.title == "Infusion 2")
    assert one.second == "Willow Lane"
    assert (one.role, one.ground, one.icon) == ("infusion", "infusion-tint", "infusion")


def test_a_note_shows_its_first_line_and_words_from_further_down(home, lines):
    text = "A long evening.\n" + "and then " * 60 + "the violin played " + "on and on " * 60
    home.add(line("note", id="long", person="rosa", text=text, room="company"))
    (one,) = lines("violin")
    assert one.title == "A long evening."
    assert one.second.startswith("…")
    assert one.second[slice(*_first_mark(one.second_marks))] == "violin"
    (one,) = lines("long evening")
    assert one.second == "Company"


def _first_mark(marks: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    first, length = marks[0]
    return first, first + length


def test_a_question_shows_its_answer_when_that_holds_the_words(home, lines):
    home.add(
        line("question", id="q", person="rosa", text="May she fly?", answer="Yes, after a week.")
    )
    assert shown(lines("fly")[0]) == ("May she fly?", "Answered", "")
    assert shown(lines("week")[0]) == ("May she fly?", "Yes, after a week.", "")


def test_an_insurers_number_shows_only_its_end(home, lines):
    home.house.people.save_authorisation(
        Authorisation(id="", person="rosa", last=date(2026, 3, 31), insurer="Northgate",
                      member="M-778899", number="AB 4711 0815", note="two visits")
    )  # fmt: skip
    (one,) = lines("4711")
    assert shown(one)[0] == "Northgate"
    assert "4711" not in one.sentence()
    assert one.second.startswith("Approved to 31 March 2026 · number ")
    assert one.second.endswith("0815")
    assert lines("northgate")[0].second == "Approved to 31 March 2026"
    assert lines("two vis")[0].second == "Approved to 31 March 2026 · two visits"
    assert one.target is not None
    assert (one.target.place, one.target.kind) == ("care", "authorisation")


def test_a_contact_shows_its_role_and_number(home, lines):
    (harbour,) = [one for one in lines("harbour") if one.spoken == "Contact"]
    assert shown(harbour) == ("Harbour Health", "Somebody else · 01632 960130", "")
    willow = lines("960199")[0]
    assert willow.second == "Clinic · out of hours 01632 960199"


def test_a_person_shows_the_field_that_was_found(home, lines):
    home.add(
        line("person", id="rosa", name="Rosa", allergies="Penicillin", papers="Blue folder, hall")
    )
    assert lines("penic")[0].second == "Allergies: Penicillin"
    assert lines("blue folder")[0].second == "Papers: Blue folder, hall"


def test_what_was_seen_shows_name_strength_warmth_and_words(home, lines):
    home.add(
        line("side_effect", id="f", person="rosa", sign="fever", severity=1,
             at="2026-03-19T20:00", temperature_c=38.2, text="after the bath"),
        line("side_effect", id="own", person="rosa", sign="Humming in one ear", severity=3,
             at="2025-03-19T20:00"),
        line("checkin", id="c", person="rosa", date="2026-03-18", text="sat in the garden"),
    )  # fmt: skip
    assert shown(lines("bath")[0]) == ("Fever, mild", "38.2 °C · after the bath", "Thu 19 Mar")
    assert shown(lines("humming")[0]) == ("Humming in one ear, severe", "", "Wed 19 Mar 2025")
    assert shown(lines("garden")[0]) == ("Check-in", "sat in the garden", "Wed 18 Mar")


def test_an_emergency_sign_is_red_and_says_what_it_is_called_otherwise(lines):
    first = lines("chok")[0]
    assert (first.title, first.role) == ("Hard to breathe", "alarm")
    assert first.second == "Also called: choking"
    assert first.sentence().startswith("Emergency sign, Hard to breathe")


def test_own_items_of_a_bag_say_which_visit(home, lines):
    home.house.bags.add("plan~2", "Crossword", "things")
    home.house.bags.add("plan~3", "Crayons", "things")
    home.house.bags.add("plan~2", "Cribbage", "things", every_visit=True)
    assert lines("crossw")[0].second == "Bag for Tue 31 Mar"
    assert lines("crayon")[0].second == "Bag for Tue 28 Apr"
    assert lines("cribb")[0].second == "Bag for Tue 31 Mar"


def test_medicines_show_what_the_clinic_wrote(home, lines):
    home.add(line("medicine", id="m", person="rosa", name="Zinc", directions="with food"))
    assert shown(lines("zinc")[0]) == ("Zinc", "with food", "")
    assert shown(lines("inflixi")[0]) == ("infliximab", "Therapy plan", "")


def test_days_that_do_not_suit_say_when_and_lead_to_their_day(home, lines):
    home.add(line("blocked_days", first="2026-03-02", weekdays=[3], reason="Choir practice"))
    (one,) = lines("choir")
    assert shown(one) == ("Choir practice", "Days that don’t suit · Thu, from Mon 2 Mar on", "")
    assert one.target is not None
    assert (one.target.place, one.target.kind, one.target.item) == (
        "calendar", "day", "2026-03-26",
    )  # fmt: skip


def test_the_ride_of_an_appointment_is_found(home, lines):
    home.add(
        line("appointment", id="x", person="rosa", type="drive", title="Trip", place="Pharmacy",
             start="2027-01-05T10:00", zone=ZONE, pick_up="Harvest Square", ride_home="Cleo",
             ride_home_phone="01632 960188"),
    )  # fmt: skip
    assert lines("harvest")[0].second == "Harvest Square"
    assert lines("cleo")[0].second == "Ride home: Cleo"
    assert lines("960188")[0].second == "01632 960188"
