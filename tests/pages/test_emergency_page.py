"""The printed emergency sheet: one page whatever the family typed, nothing cut, nothing private."""

from __future__ import annotations

import itertools
import shutil
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from caregiver_app.domain.entities import Contact, Medicine, Note, Person, Question
from caregiver_app.domain.watch import Tier
from caregiver_app.errors import InputRefused
from caregiver_app.pages import emergency_page, paper
from caregiver_app.pages.bag_of_visit import page_for
from caregiver_app.pages.emergency_fit import Fit, fits
from caregiver_app.pages.emergency_of_person import sheet_for
from caregiver_app.pages.emergency_page import pdf, write_pdf
from caregiver_app.pages.emergency_sheet import EmergencySheet
from caregiver_app.services.watch import WatchService
from tests.factories import plan_line
from tests.fakes import NEW_YORK, FakeClock, Home
from tests.gui.calendar.family import NOW
from tests.pages.reading import boxes_of, facts_of, pixels, tool, words_of

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]
PAPERS = {"A4": (595, 842), "Letter": (612, 792)}
LONG = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum " * 4
WIDE = "W" * 200
CHINESE = "王梅" * 100


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path, FakeClock(NOW, NEW_YORK))
    yield made
    made.close()


@pytest.fixture
def rosas(home: Home) -> Home:
    """Rosa, with all that a sheet tells; infusion 1 was on Tuesday 17 March."""
    people = home.house.people
    people.save_person(
        Person(
            id="rosa",
            name="Rosa Marín",
            born=date(1958, 6, 4),
            conditions="Rheumatoid arthritis",
            allergies="penicillin: rash, 1994\nlatex",
            address="14 Orchard Row\n2nd floor, bell “Marín”",
            good_to_know="Needle: left arm is better\nSpeaks English, Spanish",
        )
    )
    home.add(plan_line(first="2026-03-17T09:30", minutes=140, person="rosa"))
    for name, how in (("methotrexate", "Fridays only"), ("folic acid", "")):
        people.save_medicine(Medicine(id=name, person="rosa", name=name, directions=how))
    for role, name, day, after in (
        ("clinic", "Willow Lane", "01632 960142", "01632 960199"),
        ("doctor", "Dr Imani Sol", "01632 960155", ""),
        ("family", "Ana", "01632 960117", ""),
        ("insurer", "Blue Fields", "01632 960100", ""),
    ):
        people.save_contact(
            Contact(id=name, person="rosa", name=name, role=role, phone=day,
                    phone_after_hours=after, note="a secret about them")
        )  # fmt: skip
    home.house.settings.set("emergency_number", "112")
    return home


def sheet_of(home: Home, person: str | None = None) -> EmergencySheet:
    return sheet_for(home.house, person, home.house.care.now)


def hostile() -> EmergencySheet:
    """Every field as long as a family can make it."""
    return EmergencySheet(
        person=LONG,
        number="0" * 40,
        born="4 June 1958",
        age="67 years",
        illness="ill " * 20_000,
        drips=tuple((WIDE, "lowers immunity") for _ in range(6)),
        last=("Tue 17 March 2026", "ended 11:50"),
        tablets=tuple((f"{n} {WIDE}", WIDE) for n in range(1, 41)),
        allergies=tuple((f"{n} {LONG}", WIDE) for n in range(1, 41)),
        good_to_know="good\n" * 200,
        at_once=tuple(f"sign {n}, with some more words" for n in range(1, 26)),
        until=("Stay with them.", "Nothing to eat or drink."),
        fever=("38.0 °C / 100.4 °F", " or more: call today, day or night."),
        same_day=tuple(f"other sign {n}" for n in range(1, 12)),
        no_answer="No answer: seek urgent care.",
        unsure="If unsure, choose the more urgent level and call.",
        numbers=tuple((f"{n} {LONG}", "9" * 200) for n in range(1, 31)),
        address=WIDE + WIDE,
        printed="20 March 2026",
        anew_by="31 March 2026",
        sources=LONG * 10,
    )


def chinese() -> EmergencySheet:
    return replace(
        hostile(),
        person=CHINESE,
        number="救护车 120",
        illness=CHINESE * 100,
        drips=((CHINESE, "lowers immunity"),),
        tablets=tuple((CHINESE, CHINESE) for _ in range(40)),
        allergies=((CHINESE, CHINESE),),
        good_to_know=CHINESE,
        numbers=tuple((CHINESE, "01632 960142") for _ in range(9)),
        address=CHINESE,
    )


# ---- what it says ------------------------------------------------------------------------------
def test_everything_is_on_one_page_and_found(rosas: Home):
    data = pdf(sheet_of(rosas))
    assert facts_of(data) == (1, PAPERS["A4"])
    found = words_of(data)
    for text in (
        "In an emergency, call first", "112", "Then read this sheet out.", "Rosa Marín",
        "4 June 1958, 67 years", "Rheumatoid arthritis", "infliximab, lowers immunity",
        "Tue 17 March 2026, by the calendar", "methotrexate (Fridays only)",
        "folic acid", "Allergy",
        "PENICILLIN, LATEX", "penicillin: rash, 1994", "Needle: left arm is better",
        "Speaks English, Spanish", "Call 112 at once for", "hard to breathe, wheezing",
        "face drooping, slurred speech", "Also for: a seizure", "talk of wanting to die",
        "Until help comes: Stay with them.", "Nothing to eat or drink.",
        "Call the clinic the same day, any hour, for", "38.0 °C / 100.4 °F or more",
        "No fever does not mean no infection.", "low white cells",
        "If unsure, choose the more urgent level and call.", "Willow Lane 01632 960142",
        "Willow Lane, after hours 01632 960199", "Dr Imani Sol, in office hours 01632 960155",
        "Poison line (add your local number)", "Ana, family 01632 960117",
        "14 Orchard Row, 2nd floor, bell “Marín”", "Printed 20 March 2026",
        "Look over and print anew by 31 March 2026",
        "Family notes, not a medical record. List not yet reviewed by a clinician.",
        "page 1 of 1",
    ):  # fmt: skip
        assert text in found, text


def test_letter(rosas: Home):
    data = pdf(sheet_of(rosas), "Letter")
    assert facts_of(data) == (1, PAPERS["Letter"])
    assert "page 1 of 1" in words_of(data)


def test_the_usual_sheet_is_set_in_twelve_points_and_the_number_large(rosas: Home):
    tall: dict[str, float] = {}
    for _, top, _, bottom, text in boxes_of(pdf(sheet_of(rosas))):
        tall[text] = max(bottom - top, tall.get(text, 0))
    assert tall["112"] > 45
    assert tall["PENICILLIN,"] > 17
    assert tall["wheezing"] >= 12


def test_nobody_entered_gives_a_sheet_to_fill_in_by_hand(home: Home):
    sheet = sheet_of(home)
    data = pdf(sheet)
    found = words_of(data)
    for label in (
        "add your local number:", "Name", "Born", "Illness", "Drip", "Last one", "Tablets",
        "Allergy", "Good to know", "Call your local emergency number at once for",
        "Clinic, after hours", "Poison line", "Family", "We are at",
        "anew by 19 April 2026",
    ):  # fmt: skip
        assert label in found, label
    for absent in ("None", "112", "911", "999", "years", "ended"):
        assert absent not in found, absent
    assert facts_of(data)[0] == 1
    assert home.house.people.people() == []


def test_a_blank_is_a_line_to_write_on(rosas: Home):
    full = sheet_of(rosas)
    _, _, with_address = pixels(pdf(full), 150)
    _, _, without = pixels(pdf(replace(full, address="")), 150)
    dark = [sum(value < 128 for value in page) for page in (with_address, without)]
    assert dark[1] > 0
    assert dark[0] != dark[1]


def test_private_things_never_print(rosas: Home):
    house = rosas.house
    house.support.save_note(
        Note(id="", person="rosa", text="I cannot go on", at=house.care.now, room="listening")
    )
    house.support.save_question(Question(id="", person="rosa", text="Is it my fault?"))
    found = words_of(pdf(sheet_of(rosas)))
    for text in ("cannot go on", "my fault", "secret about them", "Blue Fields", "960100"):
        assert text not in found


def test_the_sheet_of_one_person_tells_nothing_of_another(rosas: Home):
    rosas.house.people.save_person(Person(id="mei", name="王梅", allergies="青霉素"))
    with pytest.raises(InputRefused):
        sheet_of(rosas)
    found = words_of(pdf(sheet_of(rosas, "mei")))
    assert "王梅" in found
    assert "青霉素" in found
    for text in ("Rosa", "PENICILLIN", "methotrexate", "960142", "infliximab", "Orchard"):
        assert text not in found


def test_the_limit_of_the_team_is_printed(rosas: Home):
    rosa = rosas.house.people.person("rosa")
    rosas.house.people.save_person(replace(rosa, fever_c=37.5, fever_set_by="Dr Sol"))
    found = words_of(pdf(sheet_of(rosas)))
    assert "37.5 °C / 99.5 °F or more" in found
    assert "38.0" not in found


def test_fever_that_is_an_emergency_stands_first(rosas: Home, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(WatchService, "urgency_of", lambda *_: Tier.EMERGENCY)
    sheet = sheet_of(rosas)
    assert sheet.at_once[0] == "fever, 38.0 °C / 100.4 °F or more"
    assert (sheet.same_day, sheet.more) == ((), 0)


def test_fever_with_a_complement_blocker_is_said_once_and_as_an_emergency(rosas: Home):
    rosas.add(plan_line(id="p2", first="2026-03-19T09:30", person="rosa", medicine="Soliris"))
    found = words_of(pdf(sheet_of(rosas)))
    assert found.count("38.0 °C") == 1
    assert "fever, 38.0 °C / 100.4 °F or more" in found
    assert "call today, day or night" not in found
    assert "No fever does not mean no infection." in found


def test_the_calls_of_the_same_day_are_a_chosen_few_and_say_so(rosas: Home):
    sheet = sheet_of(rosas)
    chosen = rosas.house.reference.emergency.same_day
    assert len(chosen) < 15
    assert "eye trouble" in sheet.same_day
    assert "medicine mix-up" in sheet.at_once, "with methotrexate on the list"
    assert "hearing change" not in sheet.same_day
    assert sheet.more > 5
    assert "The program on the computer names more." in words_of(pdf(sheet))
    bare = replace(sheet, more=0)
    assert "names more" not in words_of(pdf(bare))


def test_what_a_medicine_makes_a_call_today_is_named_for_that_person(rosas: Home):
    assert "flu-like aches" not in sheet_of(rosas).same_day
    rosas.add(plan_line(id="p2", first="2026-03-19T09:30", person="rosa", medicine="lecanemab"))
    assert "flu-like aches" in sheet_of(rosas).same_day
    assert "headache" in sheet_of(rosas).at_once


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("penicillin", (("penicillin", ""),)),
        ("penicillin, latex", (("penicillin, latex", ""),)),
        ("penicillin: rash, 1994", (("penicillin", "rash, 1994"),)),
        ("penicillin (rash); latex", (("penicillin", "rash"), ("latex", ""))),
        ("penicillin - rash (arms)\nlatex\n", (("penicillin", "rash (arms)"), ("latex", ""))),
        ("co-trimoxazole", (("co-trimoxazole", ""),)),
        ("  ", ()),
    ],
)
def test_an_allergy_is_parted_from_what_it_did(home: Home, typed: str, told: object):
    home.house.people.save_person(Person(id="x", name="X", allergies=typed))
    assert sheet_of(home).allergies == told


def test_sheet_and_bag_print_hours_as_the_family_chose(rosas: Home):
    house = rosas.house
    visit = house.agenda.visits("rosa")[0].id
    house.agenda.set_ride(visit, "Ana", "", "08:40")
    rosas.house.plans.set_status("p1~1", "booked")
    for clock, ended, when, leave in (
        ("24", "by the calendar, it ended about 11:50", "9:30", "8:40"),
        ("12", "by the calendar, it ended about 11:50 am", "9:30 am", "8:40 am"),
    ):
        house.settings.set("calendar.clock", clock)
        page = page_for(house, visit, house.care.now)
        assert sheet_of(rosas).last[1] == ended
        assert (page.when.split(", ")[1], page.leave_at) == (when, leave)


def test_while_a_drip_runs_the_sheet_says_when_it_began(rosas: Home):
    rosas.house.plans.set_status("p1~2", "booked")
    rosas.clock.at("2026-03-31T10:00")
    assert sheet_of(rosas).last == ("Tue 31 March 2026", "by the calendar, it began about 9:30")
    rosas.clock.at("2026-03-31T12:00")
    sheet = sheet_of(rosas)
    assert sheet.last == ("Tue 31 March 2026", "by the calendar, it ended about 11:50")
    assert sheet.anew_by == "28 April 2026"


def test_a_drip_that_has_not_begun_stands_there_with_its_first_day(rosas: Home):
    rosas.clock.at("2026-03-20T10:00")
    rosas.add(
        plan_line(id="iron", medicine="iron", person="rosa", first="2026-12-31T10:00",
                  offsets=[0], every=None)
    )  # fmt: skip
    assert sheet_of(rosas).drips == (
        ("infliximab", "lowers immunity"),
        ("iron", "planned from 31 December 2026"),
    )


def test_a_poison_line_that_was_typed_is_there(rosas: Home):
    rosas.house.settings.set("poison_number", "0800 222")
    found = words_of(pdf(sheet_of(rosas)))
    assert "Poison line 0800 222" in found
    assert "add your local number" not in found


# ---- nothing is cut ----------------------------------------------------------------------------
@pytest.mark.parametrize("size", PAPERS)
@pytest.mark.parametrize("make", [hostile, chinese])
def test_the_longest_fields_stay_on_one_page_inside_its_margins(make, size: str):
    data = pdf(make(), size)
    pages, (width, height) = facts_of(data)
    assert (pages, (width, height)) == (1, PAPERS[size])
    boxes = boxes_of(data)
    assert min(left for left, *_ in boxes) >= 40
    assert max(right for _, _, right, _, _ in boxes) <= width - 40
    assert min(top for _, top, *_ in boxes) >= 30
    assert max(bottom for *_, bottom, _ in boxes) <= height - 30
    assert min(bottom - top for _, top, _, bottom, _ in boxes) >= paper.LEAST_PT - 0.01
    found = words_of(data)
    assert "…" in found
    for text in ("Call", "sign 25", "38.0 °C", "If unsure", "anew by 31 March 2026", "page 1 of 1"):
        assert text in found, text
    assert "40 in all:" in found
    assert "more at home" in found


def test_what_fits_in_no_way_is_made_smaller_rather_than_cut(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(emergency_page, "fits", lambda: [Fit()])
    data = pdf(hostile())
    assert facts_of(data)[0] == 1
    assert max(bottom for *_, bottom, _ in boxes_of(data)) <= 842 - 30
    assert "page 1 of 1" in words_of(data)


@pytest.mark.parametrize("size", PAPERS)
def test_no_ink_reaches_the_edge_of_the_paper(size: str):
    dots = 100
    width, height, grey = pixels(pdf(hostile(), size), dots)
    edge = round(12 / 25.4 * dots)
    rows = [grey[y * width : (y + 1) * width] for y in range(height)]
    assert all(value > 250 for row in (*rows[:edge], *rows[height - edge :]) for value in row)
    assert all(min(row[:edge]) > 250 and min(row[width - edge :]) > 250 for row in rows)
    assert sum(value < 128 for value in grey) > 10_000, "the page is not empty"


def test_lines_do_not_lie_on_each_other(rosas: Home):
    for sheet in (sheet_of(rosas), hostile()):
        boxes = sorted(boxes_of(pdf(sheet)), key=lambda box: box[1])
        for number, (left, top, right, bottom, text) in enumerate(boxes):
            for other in boxes[number + 1 :]:
                apart = other[0] >= right - 0.5 or other[2] <= left + 0.5
                under = other[1] >= bottom - (bottom - top) * 0.35
                assert apart or under or abs(other[1] - top) < 6, (text, other[4])


@pytest.mark.parametrize("size", PAPERS)
def test_a_long_name_leaves_the_rest_of_the_footer_readable(size: str):
    boxes = boxes_of(pdf(hostile(), size))
    foot = max(bottom for *_, bottom, _ in boxes)
    line = sorted(box for box in boxes if abs(box[3] - foot) < 4)
    assert [text for *_, text in line][-1] == "1"
    assert all(left[2] < right[0] for left, right in itertools.pairwise(line))


@pytest.mark.parametrize("size", PAPERS)
def test_forty_tablets_keep_their_names_while_there_is_room(rosas: Home, size: str):
    tablets = tuple((f"Tablet{n}", "one in the morning, as the clinic wrote") for n in range(1, 41))
    data = pdf(replace(sheet_of(rosas), tablets=tablets), size)
    found = words_of(data)
    assert facts_of(data)[0] == 1
    assert "40 in all:" in found
    assert all(f"Tablet{n}" in found for n in range(1, 41))


def test_what_gives_way_first():
    ways = list(fits())
    sizes = [fit.size for fit in ways]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) == paper.LEAST_PT
    airs = [fit.air for fit in ways]
    assert airs == sorted(airs, reverse=True)
    smallest = sizes.index(paper.LEAST_PT)
    assert all(fit.directions and fit.rows == 12 for fit in ways[: smallest + 1])
    assert [fit.rows for fit in ways] == sorted((fit.rows for fit in ways), reverse=True)
    assert [fit.tablets for fit in ways] == sorted((f.tablets for f in ways), reverse=True)


@pytest.mark.parametrize("typed", ["止痛药", "Лекарства", "Ωμέγα", "Łódź", "A–B “quoted”"])
def test_what_the_family_types_is_found(rosas: Home, typed: str):
    sheet = replace(sheet_of(rosas), illness=typed, tablets=((typed, ""),))
    found = words_of(pdf(sheet))
    assert found.count(typed.split(maxsplit=1)[0]) == 2


def test_markup_is_printed_letter_by_letter(rosas: Home):
    name = "<img src=file:///etc/hostname>"
    found = words_of(pdf(replace(sheet_of(rosas), person=name, good_to_know="<b>x</b>")))
    assert name in found
    assert "<b>x</b>" in found


def test_black_on_white_whatever_the_desktop(rosas: Home):
    sheet, before = sheet_of(rosas), QGuiApplication.palette()
    dark = QPalette(QColor(20, 20, 20))
    dark.setColor(QPalette.ColorRole.Text, QColor(250, 250, 250))
    light_page = pixels(pdf(sheet))
    QGuiApplication.setPalette(dark)
    try:
        dark_page = pixels(pdf(sheet))
    finally:
        QGuiApplication.setPalette(before)
    assert dark_page == light_page
    _, _, grey = light_page
    assert sum(value > 250 for value in grey) / len(grey) > 0.8, "rules, not fills"


def test_the_file_is_whole_private_and_says_whose_it_is(rosas: Home, tmp_path: Path):
    target = tmp_path / "sheet.pdf"
    write_pdf(sheet_of(rosas), target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    told = tool("pdfinfo", str(target)).decode()
    assert "Rosa Marín\u2019s emergency sheet" in told
    with pytest.raises(InputRefused):
        write_pdf(sheet_of(rosas), tmp_path / "nowhere" / "sheet.pdf")


def test_the_same_data_gives_the_same_sheet_and_time_goes_on(rosas: Home):
    first = sheet_of(rosas)
    assert sheet_of(rosas) == first
    rosas.clock.moment += timedelta(days=1)
    assert sheet_of(rosas).printed == "21 March 2026"
