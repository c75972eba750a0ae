"""What the program makes of the reference: finding, ordering, what may fill a form."""

from __future__ import annotations

import re

import pytest

from caregiver_app.domain.advice import When
from caregiver_app.domain.watch import Tier
from caregiver_app.services.reference import Reference, load

# --- signs --------------------------------------------------------------------------------------

EMERGENCIES = {
    "anaphylaxis", "trouble_breathing", "face_throat_swelling", "chest_pain", "fainting_low_bp",
    "stroke_signs", "seizure", "sudden_confusion", "sepsis_signs", "meningitis_signs",
    "severe_headache_stiff_neck", "severe_abdominal_pain", "blistering_skin",
    "vomit_blood_black_stool", "clot_signs", "suicidal_thoughts",
}  # fmt: skip


def test_the_sixteen_emergencies_come_first():
    signs = load().signs
    assert {sign.id for sign in signs[:16]} == EMERGENCIES
    assert all(sign.tier is Tier.EMERGENCY for sign in signs[:16])
    assert all(sign.tier is not Tier.EMERGENCY for sign in signs[16:])


def test_a_sign_is_short_enough_to_read_at_night():
    for sign in load().signs:
        assert len(sign.name) <= 30, sign.name
        assert 1 <= len(sign.steps) <= 4, sign.id
        for step in sign.steps:
            assert len(step.do) <= 60, step.do
            assert len(step.more) <= 60, step.more
        assert sign.say[0].islower(), f"{sign.id}: {sign.say!r} follows other words on the phone"
        assert sign.also, f"{sign.id} has no other words to be found by"


@pytest.mark.parametrize("id_", sorted(EMERGENCIES))
def test_an_emergency_says_to_call_or_to_lay_down_and_call(id_):
    said = " ".join(f"{step.do} {step.more}" for step in load().sign(id_).steps[:2])
    assert re.search(r"emergency number", said), id_


def test_escalation_only_goes_up():
    for sign in load().signs:
        for escalation in sign.escalate:
            assert escalation.tier > sign.tier, f"{sign.id}: if {escalation.condition}"


def test_unknown_sign():
    assert load().sign("no such sign") is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("breath", "trouble_breathing"),
        ("can't breathe", "trouble_breathing"),
        ("can\u2019t breathe", "trouble_breathing"),
        ("CANT BREATHE", "trouble_breathing"),
        ("help she can't breathe", "trouble_breathing"),
        ("swollen face", "face_throat_swelling"),
        ("passed out", "fainting_low_bp"),
        ("ch", "chest_pain"),
        ("stiff neck", "severe_headache_stiff_neck"),
        ("temperature", "fever"),
        ("tired", "fatigue"),
        ("black st\u00f6ol", "vomit_blood_black_stool"),
        ("suicid", "suicidal_thoughts"),
        ("dizzy", "fainting_low_bp"),
    ],
)
def test_a_sign_is_found_by_what_people_type(typed, first):
    assert load().find_signs(typed)[0].id == first


@pytest.mark.parametrize("typed", ["th", "the", "an", "and", "wi"])
def test_small_words_find_no_sign_by_themselves(typed):
    small = load().find_signs(typed)
    for sign in small:
        words = f"{sign.name} {' '.join(sign.also)} {sign.full}".lower()
        found = {word for word in re.findall(r"\w+", words) if word.startswith(typed)}
        assert found - {"the", "that", "than", "this", "their", "they", "and", "an", "with"}, (
            sign.id
        )
    assert len([sign for sign in small if sign.tier is Tier.EMERGENCY]) < 10


def test_small_words_among_others_are_no_hindrance():
    reference = load()
    assert reference.find_signs("pain in the chest")[0].id == "chest_pain"
    assert reference.find_signs("out of breath") == reference.find_signs("breath")


def test_an_emergency_and_what_looks_like_it_are_told_apart():
    for sign in load().signs:
        if sign.tier is Tier.EMERGENCY:
            assert "mergency" in sign.tell_apart, sign.id
            assert len(sign.tell_apart) <= 160, sign.id


def test_emergencies_stand_first_among_what_is_found():
    for typed in ("pain", "rash", "cough", "st", "he", "swollen", "cold"):
        ranks = [sign.tier.rank for sign in load().find_signs(typed)]
        assert ranks, typed
        assert ranks == sorted(ranks), typed


@pytest.mark.parametrize("typed", ["", " ", "x", "zzzz", "?!", "qq ww"])
def test_nothing_is_found_by_nothing(typed):
    assert load().find_signs(typed) == []


def test_tiers_severities_and_fever():
    reference = load()
    assert [info.tier for info in reference.tiers] == list(Tier)
    assert reference.tier(Tier.EMERGENCY).label == "Emergency now"
    assert reference.severity_tiers == {
        1: Tier.COMFORT, 2: Tier.NOTE, 3: Tier.CALL_TODAY, 4: Tier.EMERGENCY,
    }  # fmt: skip
    assert reference.fever_c == 38.0
    assert reference.fever.limit_f == 100.4
    assert round((reference.fever.limit_f - 32) * 5 / 9, 1) == reference.fever_c


# --- bag and steps ------------------------------------------------------------------------------


def test_the_bag_has_papers_apart_from_things():
    reference = load()
    day, first, *others = reference.templates
    assert (day.id, len(day.items), day.types) == ("infusion_day", 25, ("infusion",))
    assert (first.id, len(first.items), first.adds_to) == ("first_infusion", 11, "infusion_day")
    assert first.when == When(first_visit=True)
    assert [(one.id, len(one.items), one.types) for one in others] == [
        ("doctor_followup", 12, ("follow-up",)),
        ("lab_visit", 10, ("lab",)),
        ("hospital_overnight", 17, ()),
    ]
    for template in reference.templates:
        for item in template.items:
            papers = item.category in ("papers", "records")
            assert item.group == ("papers" if papers else "things"), item.key
            assert len(item.label) <= 40, f"{item.label!r} does not fit a printed line"
    assert reference.template("infusion_day") is day
    with pytest.raises(KeyError):
        reference.template("nothing")


OFFSETS = {
    -336: ["pa_check"],
    -168: ["auth7", "copay7", "ride7", "vacc"],
    -72: ["lab3", "inf3", "abx3", "changes3"],
    -24: ["hyd1", "pack1", "premed1", "temp1", "sleep1"],
    -3: ["meal0", "temp0", "sleeves0", "mtx0"],
    0: ["tell", "name", "speak", "record", "obs", "leave", "ride"],
    1: ["site"], 2: ["c2"], 24: ["c24"], 72: ["c72"], 168: ["c7"], 336: ["c14"], 504: ["eob"],
}  # fmt: skip


def test_the_steps_stand_at_their_hours():
    steps = load().steps
    found = {}
    for step in steps:
        found.setdefault(step.offset_hours, []).append(step.id)
    assert found == OFFSETS
    phases = {"before": range(-336, 0), "during": range(1), "after": range(505)}
    for step in steps:
        assert step.offset_hours in phases[step.phase], step.id
    assert [step.id for step in steps if step.applies != "every_visit"] == ["pa_check"]


def test_no_step_orders_a_medicine():
    pattern = re.compile(r"^(take|skip|stop|double|give|change) (?!the temperature)", re.IGNORECASE)
    for step in load().steps:
        assert not pattern.search(step.text), step.id


def test_nothing_is_read_before_it_is_asked_for():
    fresh = Reference()
    assert list(vars(fresh)) == ["lists"]
    assert "_found" not in vars(fresh.lists)
    assert fresh.steps
    assert "_signs_file" not in vars(fresh)
    assert load() is load()


def test_weak_and_unverified_are_told_apart():
    reference = load()
    items = {i.key: i for t in reference.templates for i in t.items}
    assert items["glucose"].evidence.is_unverified
    assert items["water"].evidence.is_weak
    assert not items["photo_id"].evidence.is_weak
    article = reference.sign("abdominal_pain").evidence
    assert article.is_weak
    assert article.sources[0].name == "Overview of infusions for rheumatoid arthritis"
    chills = reference.sign("chills").evidence
    assert "My Medicines NZ, Infliximab sheet" in [source.name for source in chills.sources]
