"""The emergency page as a person meets it at night: short, large, and never a form first."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Appointment, Contact, Medicine, OwnSign, Person, Plan
from caregiver_app.domain.times import Zoned
from caregiver_app.domain.watch import Tier
from caregiver_app.gui import printing
from caregiver_app.gui.emergency.page import EmergencyPage
from caregiver_app.gui.emergency.parts import FactText, NumberedStep, PhoneRow
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.segmented import Segment
from caregiver_app.services.reference import load
from tests.gui.tabs_family import Family, button, open_family, rosas_family, visible_text

LEFT = Qt.MouseButton.LeftButton
MOST_WORDS = 93
LEAST_POINTS = 14
EMERGENCY_SIGNS = [sign for sign in load().signs if sign.tier == Tier.EMERGENCY]
EMERGENCIES = [sign.id for sign in EMERGENCY_SIGNS]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme()
    made.set_mode("light")
    made.apply(qapp)
    yield made
    made.set_scale(1.0)
    made.set_mode("light")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Family]:
    made = open_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    """Rosa's family with all that is read out, and the number that they typed."""
    made = rosas_family(tmp_path)
    house = made.house
    rosa = house.people.person("rosa")
    assert rosa is not None
    house.people.save_person(
        replace(
            rosa,
            address="14 Orchard Row, 2nd floor, bell “Marín”",
            good_to_know="Needle: left arm is better",
        )
    )
    house.people.save_medicine(Medicine(id="folic", person="rosa", name="folic acid"))
    house.settings.set("emergency_number", "112")
    yield made
    made.close()


def opened(
    qtbot: QtBot,
    family: Family,
    theme: Theme,
    sign: str = "",
    person: str | None = None,
    size: tuple[int, int] = (1280, 860),
) -> EmergencyPage:
    page = EmergencyPage(family.house, theme)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show_for(person, family.house.reference.sign(sign) if sign else None)
    page.show()
    settle()
    return page


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, 52)


def click(qtbot: QtBot, page: EmergencyPage, words: str) -> None:
    qtbot.mouseClick(button(page, words), LEFT)
    settle()


def said(page: QWidget) -> list[tuple[str, QWidget]]:
    """Return every visible text with its label or button."""
    found: list[tuple[str, QWidget]] = []
    for one in page.findChildren(QWidget):
        if not one.isVisible():
            continue
        if isinstance(one, Segment):
            found.append((one.words, one))
        elif isinstance(one, QLabel | QAbstractButton | QLineEdit) and one.text():
            found.append((one.text(), one))
    return found


def words_on(page: QWidget) -> list[str]:
    return [word for text, _ in said(page) for word in text.split()]


def points_of(widget: QWidget) -> float:
    """Return the size of a widget's letters in points."""
    widget.ensurePolished()
    font = widget.font()
    if isinstance(widget, Segment):
        font = widget._theme.font(widget._plain)
    if font.pixelSize() > 0:
        return font.pixelSize() * 72 / widget.logicalDpiY()
    return font.pointSizeF()


def too_small(page: QWidget) -> dict[str, float]:
    """Return the visible texts whose letters are smaller than they may be."""
    seen = said(page)
    assert len(seen) > 12
    return {text: points_of(one) for text, one in seen if points_of(one) < LEAST_POINTS}


# ---- short and large ---------------------------------------------------------------------------
def test_the_page_of_an_empty_family_has_few_words(qtbot: QtBot, empty: Family, theme: Theme):
    page = opened(qtbot, empty, theme)
    assert 30 < len(words_on(page)) <= MOST_WORDS, words_on(page)
    click(qtbot, page, "What do you see?")
    names = [word for sign in EMERGENCY_SIGNS for word in sign.name.split()]
    assert len(words_on(page)) - len(names) < 50, "besides the names there is next to nothing"
    click(qtbot, page, "Not sure")
    click(qtbot, page, "Add the number")
    assert len(words_on(page)) <= MOST_WORDS, words_on(page)


def test_our_own_words_stay_few_beside_the_familys(qtbot: QtBot, family: Family, theme: Theme):
    page = opened(qtbot, family, theme)
    theirs = (
        "112 112 Rosa Marín, 67, 4 June 1958 Rheumatoid arthritis infliximab 1 Tue 17 Mar, "
        "methotrexate, folic acid penicillin 14 Orchard Row, 2nd floor, bell “Marín” Needle: left "
        "arm is better Willow Lane Willow Lane, Ana R 555 0142 555 0199 555 0117"
    )
    ours = words_on(page)
    for word in theirs.split():
        ours.remove(word)
    assert len(ours) <= MOST_WORDS, ours


@pytest.mark.parametrize("sign", ["", "anaphylaxis", "suicidal_thoughts"])
def test_every_text_is_fourteen_points_at_least(
    qtbot: QtBot, family: Family, theme: Theme, sign: str
):
    page = opened(qtbot, family, theme, sign)
    assert not too_small(page)
    click(qtbot, page, "Sources")
    assert not too_small(page)
    family.house.people.save_person(Person(id="mei", name="王梅"))
    page.show_for(None)
    settle()
    assert not too_small(page)
    page._say("Tap the name first.")
    click(qtbot, page, "What do you see?")
    assert not too_small(page)


def test_every_text_of_an_empty_family_is_fourteen_points_at_least(
    qtbot: QtBot, empty: Family, theme: Theme
):
    page = opened(qtbot, empty, theme)
    assert not too_small(page)
    click(qtbot, page, "Add the number")
    assert not too_small(page)
    click(qtbot, page, "Save the number")
    assert page.steps.form.number.error() in visible_text(page)
    assert not too_small(page)


@pytest.mark.parametrize("sign", ["", *EMERGENCIES])
def test_nothing_scrolls_in_the_usual_window(qtbot: QtBot, family: Family, theme: Theme, sign: str):
    page = opened(qtbot, family, theme, sign)
    assert page.area.verticalScrollBar().maximum() == 0


# ---- whom to call ------------------------------------------------------------------------------
def test_without_a_number_it_says_so_and_names_no_other_countrys(
    qtbot: QtBot, empty: Family, theme: Theme
):
    page = opened(qtbot, empty, theme)
    text = visible_text(page)
    assert page.band.call.text() == "Call your local emergency number now"
    assert "No number saved here. Ask anyone near you to call." in text
    assert not any(letter.isdigit() for letter in text)
    assert not page.findChildren(QLineEdit) or not page.steps.form.isVisible(), "no form before"
    assert page.band.accessibleName() == "Call your local emergency number now"
    assert page.focusWidget() is page.band, "a screen reader says the call first"


def test_adding_the_number_is_quiet_and_stands_under_the_steps(
    qtbot: QtBot, empty: Family, theme: Theme
):
    page = opened(qtbot, empty, theme)
    add = page.steps.add_number
    assert add.property("kind") == "quiet"
    top = add.mapTo(page, QPoint(0, 0)).y()
    steps = page.findChildren(NumberedStep)
    assert steps
    assert all(top > step.mapTo(page, step.rect().bottomLeft()).y() for step in steps)
    click(qtbot, page, "Add the number")
    assert page.steps.form.number.line.hasFocus()
    qtbot.keyClicks(page.steps.form.number.line, "soon")
    qtbot.keyClick(page.steps.form.number.line, Qt.Key.Key_Return)
    assert page.steps.form.number.error() == "Type the number as you would dial it."
    assert page.steps.form.number.text() == "soon"
    page.steps.form.number.set_text("")
    qtbot.keyClicks(page.steps.form.number.line, "112")
    click(qtbot, page, "Save the number")
    assert empty.house.settings.text("emergency_number", "") == "112"
    assert page.band.call.text() == "Call 112 now"
    assert page.band.box.number.text() == "112"
    assert not add.isVisible()


def test_the_familys_number_stands_in_54_px(qtbot: QtBot, family: Family, theme: Theme):
    page = opened(qtbot, family, theme)
    number = page.band.box.number
    assert (number.text(), number.font().pixelSize()) == ("112", 54)
    assert number.isVisible()
    assert not page.steps.add_number.isVisible()


@pytest.mark.parametrize("number", ["0800 112 112 0", "0" * 40])
@pytest.mark.parametrize("width", [640, 900, 1280])
def test_a_long_number_is_smaller_or_broken_but_whole(
    qtbot: QtBot, family: Family, theme: Theme, number: str, width: int
):
    family.house.settings.set("emergency_number", number)
    page = opened(qtbot, family, theme, size=(width, 860))
    shown = page.band.box.number
    assert shown.accessibleName() == number
    assert shown.text().replace("\u200b", "") == number
    assert shown.width() >= min(
        QFontMetrics(shown.font()).horizontalAdvance(number), shown.minimumSizeHint().width()
    )
    assert shown.height() >= shown.heightForWidth(shown.width())
    inside = shown.mapTo(page, shown.rect().bottomRight())
    assert page.rect().contains(inside)
    assert points_of(shown) >= LEAST_POINTS


@pytest.mark.parametrize("number", ["", "112", "0800 112 112 999"])
@pytest.mark.parametrize("size", [(1280, 860), (900, 860), (900, 600), (640, 480)])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_head_is_never_cut(
    qtbot: QtBot, family: Family, theme: Theme, number: str, size: tuple[int, int], scale: float
):
    theme.set_scale(scale)
    family.house.settings.set("emergency_number", number)
    page = opened(qtbot, family, theme, "sudden_confusion", size=size)
    band = page.band
    assert band.height() >= band.heightForWidth(band.width())
    for label in band.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            assert label.width() >= label.minimumSizeHint().width(), label.text()
            spot = label.mapTo(band, label.rect().bottomRight())
            assert band.rect().contains(spot), label.text()
    top = band.mapTo(page, QPoint(0, 0)).y()
    assert top == 0, "it stands first"
    for one in (page.print, page.later, page.leave):
        assert one.width() >= one.sizeHint().width()
        assert page.rect().contains(one.mapTo(page, one.rect().bottomRight()))


# ---- what to read out --------------------------------------------------------------------------
def test_it_reads_out_who_it_is_and_what_they_had(qtbot: QtBot, family: Family, theme: Theme):
    page = opened(qtbot, family, theme)
    told = [one.text() for one in page.read_out.card.findChildren(FactText)]
    assert told == [
        "Rosa Marín, 67, born 4 June 1958",
        "Rheumatoid arthritis",
        "Had infliximab by drip, infusion 1",
        "By the calendar it was on Tue 17 Mar, 3 days ago",
        "Also takes methotrexate, folic acid",
        "Allergies: penicillin",
        "14 Orchard Row, 2nd floor, bell “Marín”",
        "Needle: left arm is better",
    ]
    phones = [one.findChildren(QLabel) for one in page.read_out.findChildren(PhoneRow)]
    assert [[label.text() for label in row if label.text()] for row in phones] == [
        ["Willow Lane", "555 0142"],
        ["Willow Lane, after hours", "555 0199"],
        ["Ana", "555 0117"],
    ]


def test_while_the_drip_runs_and_before_the_first(qtbot: QtBot, family: Family, theme: Theme):
    family.clock.at = family.clock.at.replace(day=17, hour=14)
    page = opened(qtbot, family, theme)
    assert "By the calendar it was on Tue 17 Mar, today" in visible_text(page)
    (visit,) = [one for one in family.house.care.store.all(Appointment) if one.dose == 1]
    family.house.plans.set_status(visit.id, "booked")
    page.show_for(None)
    assert "By the calendar it began Tue 17 Mar, about 9:30, today" in visible_text(page)
    family.clock.at = family.clock.at.replace(day=16)
    page.show_for(None)
    told = [one.text() for one in page.read_out.card.findChildren(FactText)]
    assert "No infusion is written down yet" in told
    assert "Planned: infliximab, from Tue 17 Mar" in told


def test_what_has_not_begun_is_said_with_its_first_day(qtbot: QtBot, family: Family, theme: Theme):
    day = Zoned(datetime(2026, 12, 31, 10), "Europe/London")
    pen = Plan(id="pen", uid="pen", person="rosa", medicine="Denosumab", first=day,
               offsets=(0,), every=None, at_home=True)  # fmt: skip
    family.house.plans.save(pen)
    page = opened(qtbot, family, theme)
    told = [one.text() for one in page.read_out.card.findChildren(FactText)]
    assert "Also takes methotrexate, folic acid" in told
    assert "Planned: Denosumab, from Thu 31 Dec" in told
    family.clock.at = datetime(2026, 12, 31, 12, tzinfo=UTC)
    page.show_for(None)
    told = [one.text() for one in page.read_out.card.findChildren(FactText)]
    assert "Also takes Denosumab, methotrexate, folic acid" in told


def test_many_medicines_are_counted(qtbot: QtBot, family: Family, theme: Theme):
    for number in range(40):
        family.house.people.save_medicine(
            Medicine(id=f"m{number}", person="rosa", name=f"tablet {number}")
        )
    page = opened(qtbot, family, theme)
    assert "and 30 more" in visible_text(page)


def test_fever_is_read_out_where_a_medicine_makes_it_an_emergency(
    qtbot: QtBot, family: Family, theme: Theme
):
    said = "With Ultomiris fever is an emergency: 38.0 °C / 100.4 °F or more."
    assert said not in visible_text(opened(qtbot, family, theme))
    family.house.people.save_medicine(Medicine(id="u", person="rosa", name="Ultomiris"))
    page = opened(qtbot, family, theme)
    assert said in visible_text(page)


def test_among_several_people_nobody_is_guessed(qtbot: QtBot, family: Family, theme: Theme):
    family.house.people.save_person(Person(id="mei", name="王梅", allergies="青霉素"))
    page = opened(qtbot, family, theme)
    text = visible_text(page)
    assert "Who needs help? Tap the name." in text
    assert "555 0199" in text, "the numbers are there at once"
    assert "penicillin" not in text
    assert "infliximab" not in text
    whose = page.read_out.whose
    assert whose is not None
    assert whose.value() is None
    qtbot.mouseClick(whose.segments[1], LEFT)
    settle()
    text = visible_text(page)
    assert "Allergies: 青霉素" in text
    assert "Tap the name" not in text
    assert "penicillin" not in text
    qtbot.keyClick(whose.segments[1], Qt.Key.Key_Left)
    settle()
    assert "Allergies: penicillin" in visible_text(page), "switched from the keyboard"
    assert whose.segments[0].hasFocus(), "the keyboard stays where it was"
    page.show_for("mei")
    assert page.read_out.whose is not None
    assert page.read_out.whose.value() == "mei"


# ---- what to do --------------------------------------------------------------------------------
def test_a_sign_is_chosen_on_the_page_itself(qtbot: QtBot, family: Family, theme: Theme):
    page = opened(qtbot, family, theme)
    assert not page.later.isVisible()
    click(qtbot, page, "What do you see?")
    text = visible_text(page)
    signs = [one for one in family.house.reference.signs if one.tier == Tier.EMERGENCY]
    assert len(signs) == 16
    assert all(sign.name in text for sign in signs)
    assert "Call 112 now" in text
    click(qtbot, page, "Seizure")
    text = visible_text(page)
    assert "Protect the head." in text
    assert "Nothing goes into the mouth." in text
    assert page.band.heading.text() == "Seizure"
    with qtbot.waitSignal(page.write_down) as told:
        click(qtbot, page, "Write it down")
    assert told.args == ["seizure", "rosa"]
    click(qtbot, page, "Another sign")
    click(qtbot, page, "Not sure")
    assert "Stay with them. Unlock the door." in visible_text(page)
    assert not page.band.heading.isVisible()
    assert not page.later.isVisible()


def test_the_list_holds_what_is_an_emergency_for_this_person_and_the_familys_own_last(
    qtbot: QtBot, family: Family, theme: Theme
):
    house = family.house
    house.people.save_medicine(Medicine(id="c", person="rosa", name="cyclophosphamide"))
    house.signs.save_own(OwnSign(id="", person="rosa", name="Ringing ear", tier="emergency"))
    page = opened(qtbot, family, theme)
    click(qtbot, page, "What do you see?")
    offered = [one.words for one in page.steps.findChildren(PlainButton) if one.isVisible()]
    assert "Fever" in offered, "with a medicine of theirs it is one"
    assert offered[-1] == "Ringing ear"
    click(qtbot, page, "Ringing ear")
    text = visible_text(page)
    assert page.band.heading.text() == "Ringing ear"
    assert "Stay with them. Unlock the door." in text
    assert "Another sign" in text
    with qtbot.waitSignal(page.write_down) as told:
        click(qtbot, page, "Write it down")
    assert told.args == ["Ringing ear", "rosa"]


def test_the_call_is_said_in_the_head_and_what_to_say_in_a_step(
    qtbot: QtBot, family: Family, theme: Theme
):
    def steps(sign: str) -> list[str]:
        page = opened(qtbot, family, theme, sign)
        return [one.findChildren(QLabel)[0].text() for one in page.findChildren(NumberedStep)]

    assert steps("trouble_breathing")[0] == "Say “hard breathing, after an infusion”"
    assert steps("fainting_low_bp")[:2] == [
        "Lay them flat and raise the legs.",
        "Say “fainting, after an infusion”",
    ]
    assert steps("stroke_signs")[0] == "Say “signs of a stroke”.", "said once"
    assert steps("clot_signs")[0].startswith("Breath short or chest hurts: call")
    assert steps("suicidal_thoughts")[0].startswith("Stay. Ask openly")
    assert steps("headache")[1:] == steps(""), "one that is no emergency by itself"
    assert len(steps("")) == 3


def test_what_was_written_already_is_not_offered_again(qtbot: QtBot, family: Family, theme: Theme):
    page = opened(qtbot, family, theme)
    page.show_for(None, heading="Her ear", written="Written down, 18:00.")
    text = visible_text(page)
    assert "Her ear" in text
    assert "Written down, 18:00." in text
    assert not page.later.isVisible()
    assert not page.steps.choose.isVisible()


def test_sources_open_on_demand(qtbot: QtBot, family: Family, theme: Theme):
    page = opened(qtbot, family, theme, "seizure")
    assert "From:" not in visible_text(page)
    click(qtbot, page, "Sources")
    text = visible_text(page)
    assert "From: " in text
    assert "not reviewed by a clinician" in text


def test_nothing_reassures_or_guesses(qtbot: QtBot, family: Family, theme: Theme):
    for sign in ("", "chest_pain", "suicidal_thoughts"):
        text = visible_text(opened(qtbot, family, theme, sign)).lower()
        for word in ("harmless", "normal", "expected", "will be fine", " her ", " his "):
            assert word not in text


# ---- the way out -------------------------------------------------------------------------------
def test_back_and_escape_leave(qtbot: QtBot, empty: Family, theme: Theme):
    page = opened(qtbot, empty, theme)
    with qtbot.waitSignal(page.back):
        click(qtbot, page, "Back")
    with qtbot.waitSignal(page.back):
        qtbot.keyClick(page.band, Qt.Key.Key_Escape)
    click(qtbot, page, "Add the number")
    with qtbot.assertNotEmitted(page.back):
        qtbot.keyClick(page.steps.form.number.line, Qt.Key.Key_Escape)
    assert not page.steps.form.isVisible()
    assert page.steps.add_number.isVisible()
    with qtbot.waitSignal(page.back):
        qtbot.keyClick(page, Qt.Key.Key_Escape)


# ---- on paper ----------------------------------------------------------------------------------
def test_the_sheet_is_saved_and_previewed(
    qtbot: QtBot, family: Family, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    page = opened(qtbot, family, theme)
    entries = {action.text(): action for action in page.print.menu().actions()}
    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr(printing, "ask_pdf_path", lambda parent, name: target)
    entries["Save as PDF"].trigger()
    assert page.message.text() == f"Saved: {target}"
    told = subprocess.run(["pdftotext", target, "-"], capture_output=True, check=True).stdout
    assert "PENICILLIN" in told.decode()
    nowhere = tmp_path / "nowhere" / "sheet.pdf"
    monkeypatch.setattr(printing, "ask_pdf_path", lambda parent, name: nowhere)
    entries["Save as PDF"].trigger()
    assert page.message.property("textInk") == "alarm"
    assert page.message.text()
    entries["Look at it and print"].trigger()
    settle()
    previews = [
        one
        for one in QApplication.topLevelWidgets()
        if one.windowTitle() == "Print the emergency sheet" and one.isVisible()
    ]
    assert len(previews) == 1
    previews[0].close()


def test_with_several_people_a_name_comes_before_the_sheet(
    qtbot: QtBot, family: Family, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    family.house.people.save_person(Person(id="mei", name="王梅"))
    page = opened(qtbot, family, theme)
    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr(printing, "ask_pdf_path", lambda parent, name: target)
    save = next(one for one in page.print.menu().actions() if one.text() == "Save as PDF")
    save.trigger()
    assert page.message.text() == "Tap the name first."
    assert not target.exists()
    assert page.read_out.whose is not None
    qtbot.mouseClick(page.read_out.whose.segments[1], LEFT)
    save.trigger()
    assert target.exists()


# ---- odd families ------------------------------------------------------------------------------
@pytest.mark.parametrize("size", [(1280, 860), (900, 860)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_whatever_the_family_typed_shows_letter_by_letter_and_inside(
    qtbot: QtBot, family: Family, theme: Theme, size: tuple[int, int], scale: float
):
    theme.set_scale(scale)
    people = family.house.people
    name = "<img src=file:///etc/hostname> " + "Donaudampfschifffahrtsgesellschaft" * 4
    people.save_person(
        Person(
            id="rosa", name=name, conditions="x" * 300, allergies="青霉素 {0} <b>latex</b>",
            address="W" * 300, good_to_know="王梅" * 60,
        )
    )  # fmt: skip
    people.save_contact(
        Contact(id="long", person="rosa", name="D" * 200, role="clinic", phone="0" * 200)
    )
    people.save_person(Person(id="mei", name="王" * 200))
    page = opened(qtbot, family, theme, person="rosa", size=size)
    text = visible_text(page)
    assert name in text
    assert "Allergies: 青霉素 {0} <b>latex</b>" in text
    for label in page.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()
    assert page.area.horizontalScrollBar().maximum() == 0
    inner = page.area.viewport().width()
    for one in page.area.widget().findChildren(QWidget):
        if one.isVisible() and not isinstance(one, Segment):
            right = one.mapTo(page.area.widget(), one.rect().topRight()).x()
            assert right <= inner, (one, right, inner)
    for fact in page.findChildren(FactText):
        if fact.isVisible():
            assert fact.height() >= fact.heightForWidth(fact.width())


def test_light_size_and_width_change_while_it_is_open(qtbot: QtBot, family: Family, theme: Theme):
    page = opened(qtbot, family, theme)
    light = page.grab().toImage().pixelColor(5, 5)
    theme.set_mode("dark")
    settle()
    assert page.grab().toImage().pixelColor(5, 5) != light
    before = next(one for one in page.findChildren(FactText)).height()
    theme.set_scale(2.0)
    settle()
    assert next(one for one in page.findChildren(FactText)).height() > before
    page.resize(900, 860)
    settle()
    left = page.steps.mapTo(page, QPoint(0, 0)).x()
    assert page.read_out.mapTo(page, QPoint(0, 0)).x() == left, "one column"
