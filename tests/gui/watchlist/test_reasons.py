"""A sign that is more urgent than by itself: every place says why, and no two levels are mixed."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QApplication

from caregiver_app.domain.entities import OwnSign, SideEffect
from caregiver_app.domain.times import Zoned
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.emergency.page import EmergencyPage
from caregiver_app.gui.emergency.why import to_say
from caregiver_app.gui.watchlist.call_model import SIGNS, CallModel
from caregiver_app.gui.watchlist.sign_cards import SignButton
from caregiver_app.gui.watchlist.tab import WatchTab
from caregiver_app.gui.widgets.buttons import QuietButton
from tests.gui.tabs_family import Family, visible_text

HIVES = "More urgent together with “Hives or rash” (Fri 20 Mar, 10:05)."


def wrote(family: Family, sign: str, hour: int = 10, minute: int = 5, **told: object) -> SideEffect:
    at = Zoned(datetime(2026, 3, 20, hour, minute), family.house.care.home)
    fields = {"id": "", "person": "rosa", "urgency": "", "severity": 1} | told
    return family.house.watch.save(SideEffect(sign=sign, at=at, **fields))


def find(tab: WatchTab, typed: str) -> str:
    tab.log.finder.set_text(typed)
    QApplication.processEvents()
    return visible_text(tab.log.matches)


def page_of(tab: WatchTab) -> EmergencyPage:
    QApplication.processEvents()
    page = tab.emergency_page
    assert page is not None
    return page


def test_a_metal_taste_after_hives_names_the_hives_everywhere(
    tab: WatchTab, family: Family
) -> None:
    wrote(family, "hives_rash")
    said = find(tab, "metal")
    own = family.house.reference.sign("metallic_taste")
    assert own is not None
    call = "Metal taste: Call your local emergency number now"
    assert said.index(call) < said.index(HIVES)
    assert own.steps[0].do not in said
    tab.log.choose("metallic_taste")
    said = visible_text(page_of(tab))
    assert said.index("Call your local emergency number now") < said.index(HIVES)
    assert said.index(HIVES) < said.index("At the clinic")
    assert "Say “a metal taste and hives or a rash, since the infusion”" in said
    wrote(family, "metallic_taste", 17)
    model = CallModel(family.house)
    sheet = model.sheet()
    assert sheet is not None
    paper = model.paper(sheet)
    assert paper.emergency.startswith("Emergency now: Metal taste, Hives or rash.")
    (signs,) = [part for part in paper.parts if part.key == SIGNS]
    assert any(HIVES in line.text for line in signs.lines)


def test_hives_with_infliximab_say_what_the_medicine_is_watched_for(
    tab: WatchTab, family: Family
) -> None:
    (why,) = [
        item.text
        for one in family.house.reference.medicines_in("infliximab")
        for item in one.watch
        if "hives_rash" in item.signs
    ]
    assert f"With infliximab: {why}" in find(tab, "hives")
    entry = wrote(family, "hives_rash", 17)
    outcome = tab._model.outcome(entry)
    assert outcome.advice.tier == Tier.EMERGENCY
    assert outcome.advice.reasons == (f"With infliximab: {why}",)
    today = family.house.reference.tier(Tier.CALL_TODAY)
    assert today.label not in outcome.advice.action
    assert outcome.advice.escalations == ()
    tab.show_emergency("hives_rash", entry=entry)
    assert f"With infliximab: {why}" in visible_text(page_of(tab))


def test_a_headache_with_a_fever_names_the_reading(tab: WatchTab, family: Family) -> None:
    entry = wrote(family, "headache", 17, temperature_c=38.3)
    tab.show_emergency("headache", entry=entry)
    said = visible_text(page_of(tab))
    assert "because of the temperature, 38.3 °C / 100.9 °F" in said
    assert "The fever limit is 38.0 °C / 100.4 °F." in said
    assert "Say “a headache and a temperature of 38.3 °C / 100.9 °F, after an infusion”" in said
    assert "the temperature, 38.3 °C" in " ".join(tab._model.outcome(entry).advice.reasons)


def test_a_call_today_that_was_raised_shows_no_steps_of_its_own_level(
    tab: WatchTab, family: Family
) -> None:
    sign = family.house.reference.sign("dizziness")
    assert sign is not None
    assert sign.tier is Tier.NOTE
    assert sign.steps
    advice = tab._model.advice(tab._model.sign("dizziness"))
    assert advice.tier is Tier.CALL_TODAY, "infliximab is watched for slow changes"
    assert advice.steps == ()
    assert all(one.startswith("With infliximab: ") for one in advice.reasons)
    assert all(tier > Tier.CALL_TODAY for _, tier in advice.escalations)
    assert sign.steps[0].do not in find(tab, "dizzy")
    tab.show_sign("dizziness")
    page = tab.sign_page
    assert page is not None
    QApplication.processEvents()
    assert sign.steps[0].do not in visible_text(page)
    (fold,) = [b for b in page.findChildren(QuietButton) if b.text() == "For this sign by itself"]
    fold.click()
    assert sign.steps[0].do in visible_text(page)


def test_a_sign_stands_at_one_level_on_the_page_and_opens_what_it_says(
    tab: WatchTab, family: Family
) -> None:
    wrote(family, "nausea", 9)
    wrote(family, "hives_rash")
    QApplication.processEvents()
    tab.log.cards[Tier.EMERGENCY].show_all()
    levels: dict[str, set[Tier]] = {}
    for button in tab.log.findChildren(SignButton):
        if button.isVisible():
            levels.setdefault(button.sign.id, set()).add(button.sign.tier)
    assert levels["nausea"] == {Tier.EMERGENCY}
    assert all(len(found) == 1 for found in levels.values())
    for sign in ("metallic_taste", "nausea", "hearing_change"):
        rows = tab._model.rows()
        (group,) = [tier for tier in Tier if any(one.id == sign for one in rows.of(tier))]
        assert group is tab._model.sign(sign).tier
    assert HIVES in visible_text(tab.log.usual), "a row that is red now says why"
    first = [one.id for one in tab._model.rows().emergency[:16]]
    always = [one.id for one in family.house.signs.rows("rosa", tab._model.today).emergency]
    assert first[:3] == always[:3], "those that always are stand first"
    assert "nausea" not in always, "what was seen just now is not offered to everybody"


def test_the_reason_of_the_row_follows_what_is_written(tab: WatchTab, family: Family) -> None:
    entry = wrote(family, "hives_rash")
    QApplication.processEvents()
    assert HIVES in visible_text(tab.log.usual)
    wrote(family, "hives_rash", 11, id=entry.id)
    QApplication.processEvents()
    assert HIVES.replace("10:05", "11:05") in visible_text(tab.log.usual)
    family.house.watch.remove(entry.id)
    QApplication.processEvents()
    assert "More urgent" not in visible_text(tab.log.usual)


def test_an_own_sign_after_hives_is_found_as_what_it_opens(tab: WatchTab, family: Family) -> None:
    own = OwnSign(id="", person="rosa", name="Ringing ear", tier="note_and_mention")
    family.house.signs.save_own(own)
    assert [one.is_emergency for one in tab._model.find("ringing ear")[:1]] == [False]
    wrote(family, "hives_rash")
    (found,) = [one for one in tab._model.find("ringing ear") if one.own is not None]
    assert found.is_emergency
    assert found.is_emergency == tab._model.sign("Ringing ear").is_emergency
    assert to_say("Ringing ear", None, ("hives or a rash",)) == (
        "Ringing ear and hives or a rash, after an infusion"
    )


def test_an_emergency_that_is_over_is_not_said_to_be_now(family: Family) -> None:
    entry = wrote(family, "chest_pain", 12, going_on=True)
    ended = Zoned(datetime(2026, 3, 20, 13, 0), family.house.care.home)
    family.house.watch.close(entry.id, ended)
    model = CallModel(family.house)
    sheet = model.sheet()
    assert sheet is not None
    said = model.paper(sheet).emergency
    assert said.startswith("Chest pain: an emergency, also when it eases.")
    assert "now: " not in said
