"""What a line of the results says: the found words before others, nothing that should be hidden."""

from __future__ import annotations

from datetime import date

import pytest

from caregiver_app.domain.entities import Authorisation
from caregiver_app.gui.search.lines import ResultLine
from caregiver_app.gui.search.wording import Wording
from caregiver_app.gui.warmth import FAHRENHEIT, remember_scale
from caregiver_app.services.search import SearchService
from tests.factories import line, visit_line
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


def test_the_lot_of_an_infusion_leads_to_its_visit(home, lines):
    visit = home.house.agenda.next_visit("rosa")
    home.add(line("infusion_record", visit=visit.id, product="Infliximab", lot="AB-4711",
                  expiry="08/2027", reaction="none that we saw"))  # fmt: skip
    (one,) = lines("ab-4711")
    assert shown(one)[:2] == ("Infliximab", "Lot AB-4711")
    assert one.fact
    assert one.spoken == "What the nurse wrote down"
    assert one.second[slice(*_first_mark(one.second_marks))] == "AB-4711"
    assert (one.target.place, one.target.kind, one.target.item) == ("visit", "visit", visit.id)
    assert lines("08/2027")[0].second == "Lot AB-4711 · expires 08/2027"
    assert lines("none that we")[0].second == "Lot AB-4711 · none that we saw"


def test_the_record_of_a_deleted_visit_leads_to_its_day(home, lines):
    home.add(visit_line("single", "2026-03-25T09:00", person="rosa"),
             line("infusion_record", visit="single", lot="ZZ-1"))  # fmt: skip
    home.house.agenda.remove("single")
    (one,) = lines("zz-1")
    assert one.title == "What the nurse wrote down"
    target = one.target
    assert (target.place, target.kind, target.item) == ("calendar", "day", "2026-03-25")


def test_an_answer_before_a_visit(home, lines):
    visit = home.house.agenda.next_visit("rosa")
    home.add(
        line("visit_answer", visit=visit.id, key="well.illness", answer="yes", text="Runny nose"),
        line("visit_answer", visit=visit.id, key="new.vaccine", answer="yes", text="Flu jab"),
    )
    assert shown(lines("runny")[0])[:2] == ("Runny nose", "Well enough to go?")
    (one,) = lines("flu jab")
    assert shown(one)[:2] == ("Flu jab", "Anything new since last time?")
    assert (one.target.place, one.target.item) == ("visit", visit.id)


def test_money_and_calls_lead_to_the_care_plan_without_whole_numbers(home, lines):
    home.add(
        line("call", id="k", person="rosa", date="2026-03-18", with_whom="Ms Okafor",
             number="REF-31", text="promised\na letter"),
        line("cost", id="c", person="rosa", date="2025-12-30", what="Taxi", amount="€ 12,50",
             paid_by="Grandpa"),
        line("assistance", id="h", person="rosa", name="Hardship fund", last="2026-12-31",
             number="CARD 4711 0815"),
    )  # fmt: skip
    (call,) = lines("okafor")
    assert shown(call)[:2] == ("Ms Okafor", "Call · promised a letter")
    assert lines("ref-31")[0].second.startswith("Call · their number REF-31")
    (cost,) = lines("grandpa")
    assert shown(cost)[:2] == ("Taxi", "€12.50 · paid by Grandpa")
    assert "2025" in cost.fact
    (fund,) = lines("4711")
    assert fund.title == "Hardship fund"
    assert "4711" not in fund.sentence()
    assert fund.second.endswith("0815")
    for one, kind in ((call, "call"), (cost, "cost"), (fund, "assistance")):
        assert (one.target.place, one.target.kind) == ("care", kind)


def test_a_past_medicine_says_so(home, lines):
    home.add(line("medicine", id="tried", person="rosa", name="Adalimumab", past=True,
                  began="spring 2019", ended="2025", why_ended="It stopped helping"))  # fmt: skip
    one = next(one for one in lines("adalimumab") if one.key == "medicine:tried")
    assert one.spoken == "Past medicine"
    assert one.second == "Past medicine · spring 2019 to 2025 · It stopped helping"
    assert (one.target.place, one.target.kind) == ("care", "medicine")


def test_the_days_of_a_closed_clinic(home, lines):
    clinic = next(one for one in home.house.people.contacts() if one.role == "clinic")
    home.add(line("blocked_days", first="2026-04-01", last="2026-04-01", clinic=clinic.id,
                  reason="Stocktaking"))  # fmt: skip
    (one,) = lines("stockt")
    assert one.second.startswith(f"{clinic.name} is closed · ")


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


def test_what_was_done_told_and_possible_is_said(home, lines):
    home.add(
        line("side_effect", id="f", person="rosa", sign="fatigue", severity=1, going_on=True,
             at="2026-03-19T20:00", text="after lunch", done="Cool flannel", told="Nurse Okafor"),
        line("checkin", id="c", person="rosa", date="2026-03-18", text="quiet", flare=True,
             possible="walked to the pond"),
    )  # fmt: skip
    assert lines("flannel")[0].second == "still going on · Cool flannel"
    assert lines("okafor")[0].second == "still going on · Nurse Okafor"
    assert lines("pond")[0].second == "a flare · walked to the pond"
    assert lines("quiet")[0].second == "a flare · quiet"


def test_own_signs_what_the_clinic_says_and_calls(home, lines):
    home.add(
        line("own_sign", id="o1", person="rosa", name="Buzzing ears", also=["gloop"],
             note="Fetch Okello"),
        line("own_sign", id="o2", person="rosa", name="Bluish lips", tier="emergency"),
        line("sign_choice", person="rosa", sign="headache", clinic="Dark room, then phone"),
        line("clinic_call", id="k1", person="rosa", at="2026-03-19T08:00", who="Sister Okello",
             question="Too floppy?", said="Count her spoons"),
    )  # fmt: skip
    own = lines("gloop")[0]
    assert shown(own) == ("Buzzing ears", "your own sign · Also called: gloop", "")
    assert (own.target.place, own.target.kind, own.target.item) == ("watch", "own_sign", "o1")
    clinic = lines("fetch")[0]
    assert clinic.second == "your own sign · Your clinic says: Fetch Okello"
    urgent = lines("bluish")[0]
    assert (urgent.role, urgent.icon) == ("alarm", "emergency")
    assert urgent.sentence().startswith("Emergency sign, your own, Bluish lips")
    choice = lines("dark room")[0]
    assert choice.second == "Your clinic says: Dark room, then phone"
    assert choice.target.item == "rosa:headache"
    call = lines("spoons")[0]
    assert shown(call) == ("Call with Sister Okello", "Count her spoons", "Thu 19 Mar")
    assert lines("floppy")[0].second == "Too floppy?"
    assert call.target.kind == "clinic_call"


def test_a_temperature_is_said_in_the_familys_scale(home, lines):
    home.add(
        line("side_effect", id="f", person="rosa", sign="fever", severity=1,
             at="2026-03-19T20:00", temperature_c=38.2, text="after the bath"),
    )  # fmt: skip
    remember_scale(home.house, FAHRENHEIT)
    assert lines("bath")[0].second == "100.8 °F · after the bath"


def test_a_sign_that_a_medicine_makes_an_emergency_is_red(home, lines):
    def fever() -> ResultLine:
        return next(one for one in lines("fever") if one.title == "Fever")

    assert fever().role != "alarm"
    home.add(line("medicine", id="m", person="rosa", name="cyclophosphamide"))
    assert fever().role == "alarm"
    assert fever().sentence().startswith("Emergency sign, Fever")


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


def test_an_own_item_that_no_bag_has_leads_to_its_list(home, lines):
    home.house.bag_lists.add("hospital_overnight", "Crayfish", "things")
    target = lines("crayfish")[0].target
    assert target is not None
    assert (target.place, target.kind, target.item) == ("bag", "list", "hospital_overnight")


def test_where_a_paper_is_leads_to_its_bag(home, lines):
    for visit in ("plan~2", "plan~3"):
        home.house.bags.set_paper(visit, "paperwork", "sent", f"蓝色 folder, {visit[-1]}")
    (nearest,) = lines("蓝色 folder")
    assert nearest.title == "Filled-in forms, the order"
    assert "蓝色 folder, 2" in nearest.second
    home.house.bags.set_paper("plan~2", "paperwork", "", "")
    (later,) = lines("蓝色")
    assert (later.title, later.target and later.target.item) == (
        "Filled-in forms, the order", "plan~3:paperwork",
    )  # fmt: skip


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
