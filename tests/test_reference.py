"""The reference's data files: their shape, their words, and what the program makes of them.

Whoever edits a file under `resources/` by hand learns here, in a plain sentence, what is wrong.
"""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest

from caregiver_app.assets import names, read_text
from caregiver_app.domain.advice import WEAK_KINDS
from caregiver_app.domain.watch import Tier
from caregiver_app.services.reference import load

MEDICINES = sorted(name for name in names("reference/medicines") if name.endswith(".en.json"))
SEARCH_WORDS = "reference/search_words.en.json"
SIGNS = "reference/signs.en.json"
SOURCES = "reference/sources.en.json"
EMERGENCY = "reference/emergency.en.json"
BAG = "bag/templates.en.json"
CLINICAL = "messages/en.json"

STATUSES = {"verified here", "partly verified here", "unverified here"}
KINDS = {"label", "maker", "hospital", "gov", "org", "journal", *WEAK_KINDS}
TIERS = {tier.value for tier in Tier}
WHEN = {"during", "within_24h", "days_1_3", "days_4_14", "weeks_to_months"}
UNITS = {"day", "week", "month"}
ANCHORS = {
    "first_infusion",
    "first_infusion_of_course",
    "first_infusion_of_cycle",
    "first_maintenance_infusion",
    "transplant_day",
}
REGIMEN_KINDS = {
    "ongoing",
    "fixed_course",
    "repeating_course",
    "repeating_course_by_symptoms",
    "single",
    "single_then_injection",
    "by_lab_result",
    "with_infusion",
}

COUNT = (int, type(None))
# What each kind of entry must carry and may carry: name -> type, optional ones end with "?".
SHAPES = {
    "medicine": {
        "id": str, "checked": str, "name": str, "names": list, "brands": list, "also?": list,
        "biosimilars": list, "names_status": str, "names_sources": list, "names_note?": str,
        "route": str, "infused": bool, "class": dict, "lowers_immunity": bool,
        "fever_emergency": bool, "conditions": list, "regimens": list, "minutes": dict,
        "watch_after": dict, "premedication": dict, "driving": dict, "companions": list,
        "watch": list, "schedule_changes": dict, "ask": list, "watch_days": int,
        "watch_days_note?": str,
    },
    "regimen": {
        "id": str, "label": str, "for": list, "offsets": list, "unit": str, "every": COUNT,
        "every_unit": str, "then": COUNT, "every_max": COUNT, "anchor": str, "kind": str,
        "length_varies?": bool, "courses": list, "continues_as?": str, "prefill": bool,
        "minutes?": int, "note?": str, "status": str, "sources": list,
    },
    "course": {"after": int, "unit": str, "offsets": list},
    "fact": {"text": str, "status": str, "sources": list},
    "minutes": {
        "first": COUNT, "later": COUNT, "later_least?": int, "text": str, "status": str,
        "sources": list,
    },
    "time in the chair": {
        "minutes": COUNT, "most_minutes?": int, "text": str, "status": str, "sources": list,
    },
    "driving": {"text": str, "passenger?": str, "status": str, "sources": list},
    "watch item": {"text": str, "urgency": str, "signs": list, "status": str, "sources": list},
    "sign": {
        "id": str, "name": str, "full": str, "also": list, "tier": str, "infection": bool,
        "when": list, "steps": list, "avoid": list, "say": str, "escalate": list,
        "tell_apart": str, "status": str, "sources": list,
    },
    "step": {"do": str, "more?": str},
    "escalation": {"if": str, "tier": str, "joined?": list},
    "signs together": {"hours": int, "skin": list, "apart": list, "status": str, "sources": list},
    "slow changes": {"signs": list, "status": str, "sources": list},
    "tier": {"id": str, "label": str, "action": str},
    "severity": {"grade": int, "label": str, "meaning": str, "tier": str},
    "bag item": {
        "key": str, "label": str, "group": str, "category": str, "essential": bool, "why?": str,
        "only_if?": str, "when?": dict, "live?": str, "status": str, "sources": list,
    },
    "bag template": {
        "id": str, "name": str, "for": str, "types": list, "adds_to?": str, "when?": dict,
        "items": list,
    },
    "preparation step": {
        "id": str, "phase": str, "offset_hours": int, "part?": str, "sheet?": str,
        "asked_anew?": bool, "text": str, "why?": str, "only_if?": str, "when?": dict,
        "applies": str, "important": bool, "status": str, "sources": list,
    },
    "time of the visit": {"id": str, "name": str, "phase": str, "from": int, "to": int},
    "sheet of questions": {
        "name": str, "phase": str, "offset_hours": int, "for?": str, "questions?": list,
        "items?": list, "yes?": str, "no?": str, "none?": str,
    },
    "question": {
        "id": str, "ask": str, "more": str, "sign?": str, "live?": str, "status": str,
        "sources": list,
    },
    "source": {"publisher": str, "document": str, "kind": str, "link?": str},
    "first step": {"do": str, "of": list},
    "emergency line": {"text": str, "of": list},
    "short words": {"id": str, "short": str},
}  # fmt: skip


def read(name):
    try:
        return json.loads(read_text(name))
    except json.JSONDecodeError as error:
        pytest.fail(f"{name}, line {error.lineno}: not valid JSON ({error.msg})")


def _medicine_entries():
    parts = {
        "class": "fact", "premedication": "fact", "schedule_changes": "fact", "minutes": "minutes",
        "watch_after": "time in the chair", "driving": "driving",
    }  # fmt: skip
    for file in MEDICINES:
        medicine = read(file)
        id_ = medicine.get("id")
        yield file, "medicine", id_, medicine
        for part, what in parts.items():
            yield file, what, part, medicine[part]
        for companion in medicine["companions"]:
            yield file, "fact", "companions", companion
        for regimen in medicine["regimens"]:
            yield file, "regimen", regimen.get("id"), regimen
            for course in regimen["courses"]:
                yield file, "course", regimen.get("id"), course
        for item in medicine["watch"]:
            yield file, "watch item", item.get("text"), item


def _sign_entries():
    signs = read(SIGNS)
    for tier in signs["tiers"]:
        yield SIGNS, "tier", tier.get("id"), tier
    for severity in signs["severity"]:
        yield SIGNS, "severity", severity.get("label"), severity
    yield SIGNS, "signs together", "together", signs["together"]
    yield SIGNS, "slow changes", "slow_nerves", signs["slow_nerves"]
    for sign in signs["signs"]:
        yield SIGNS, "sign", sign.get("id"), sign
        for step in sign["steps"]:
            yield SIGNS, "step", f"{sign['id']}: {step.get('do')}", step
        for escalation in sign["escalate"]:
            yield SIGNS, "escalation", f"{sign['id']}: {escalation.get('if')}", escalation


def _bag_entries():
    bag = read(BAG)
    for template in bag["templates"]:
        yield BAG, "bag template", template.get("id"), template
        for item in template["items"]:
            yield BAG, "bag item", item.get("key"), item
    for step in [*bag["preparation"], *bag["medicine_steps"]]:
        yield BAG, "preparation step", step.get("id"), step
    for time in bag["times"]:
        yield BAG, "time of the visit", time.get("id"), time
    for name, asked in (("well_enough", "questions"), ("anything_new", "items")):
        yield BAG, "sheet of questions", name, bag[name]
        for question in bag[name][asked]:
            yield BAG, "question", question.get("id"), question


def entries():
    """Yield (file, what it is, its name, the entry) for everything in the data files."""
    yield from _medicine_entries()
    yield from _sign_entries()
    yield from _bag_entries()
    for id_, source in read(SOURCES)["sources"].items():
        yield SOURCES, "source", id_, source
    emergency = read(EMERGENCY)
    for step in emergency["steps"]:
        yield EMERGENCY, "first step", step.get("do"), step
    for line in [*emergency["avoid"], emergency["fever"], emergency["no_answer"]]:
        yield EMERGENCY, "emergency line", line.get("text"), line
    for sign in emergency["signs"]:
        yield EMERGENCY, "short words", sign.get("id"), sign


def problems(file, what, name, entry):
    """Return what is wrong with one entry, as sentences."""
    where = f"{file}: {what} {name!r}"
    shape = SHAPES[what]
    known = {field.rstrip("?") for field in shape}
    found = [f"{where} has an unknown field {field!r}" for field in entry if field not in known]
    for field, kind in shape.items():
        plain = field.rstrip("?")
        if plain not in entry:
            if not field.endswith("?"):
                found.append(f"{where} has no {plain!r}")
            continue
        value = entry[plain]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            found.append(f"{where}: {plain!r} is {value!r}, which is of the wrong type")
        elif kind is str and plain != "publisher" and not value.strip() and not field.endswith("?"):
            found.append(f"{where}: {plain!r} is empty")
    return found


def texts(node, path=""):
    """Yield (path, text) of every sentence that a family may see."""
    hidden = {
        "about",
        "rules",
        "id",
        "key",
        "status",
        "kind",
        "link",
        "sources",
        "clinician_review",
        "small_words",
        "joined",
        "skin",
        "apart",
        "slow_nerves",
        "same_day",
        "names",
        "brands",
        "biosimilars",
    }
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in hidden and not key.endswith(("_sources", "_status")):
                yield from texts(value, f"{path}/{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            label = value.get("id") or value.get("key") if isinstance(value, dict) else None
            yield from texts(value, f"{path}/{label or number}")
    elif isinstance(node, str):
        yield path, node


FILES = [*MEDICINES, SIGNS, BAG, EMERGENCY]


def test_the_files_are_there():
    assert set(names("reference")) >= {SIGNS, SOURCES, SEARCH_WORDS}
    assert BAG in names("bag")
    assert len(MEDICINES) == 33
    for file in MEDICINES:
        assert file == f"reference/medicines/{read(file)['id']}.en.json"


def test_every_entry_has_its_shape():
    found = [sentence for entry in entries() for sentence in problems(*entry)]
    assert not found, "\n".join(found)


def test_a_broken_entry_is_named():
    bad = {"do": 3, "mroe": "x"}
    assert problems(SIGNS, "step", "fever: 3", bad) == [
        f"{SIGNS}: step 'fever: 3' has an unknown field 'mroe'",
        f"{SIGNS}: step 'fever: 3': 'do' is 3, which is of the wrong type",
    ]
    assert problems(SIGNS, "step", None, {}) == [f"{SIGNS}: step None has no 'do'"]
    assert problems(SIGNS, "step", "x", {"do": " "}) == [f"{SIGNS}: step 'x': 'do' is empty"]


def test_ids_are_there_once():
    for file, ids in [
        *((file, [r["id"] for r in read(file)["regimens"]]) for file in MEDICINES),
        (SIGNS, [s["id"] for s in read(SIGNS)["signs"]]),
        (EMERGENCY, [s["id"] for s in read(EMERGENCY)["signs"]]),
        (BAG, [i["key"] for t in read(BAG)["templates"] for i in t["items"]]),
        (BAG, [s["id"] for s in [*read(BAG)["preparation"], *read(BAG)["medicine_steps"]]]),
    ]:
        twice = {id_ for id_ in ids if ids.count(id_) > 1}
        assert not twice, f"{file}: more than once: {sorted(twice)}"


def test_the_emergency_words_speak_of_signs_that_are_there():
    tiers = {sign["id"]: sign["tier"] for sign in read(SIGNS)["signs"]}
    data = read(EMERGENCY)
    short = [sign["id"] for sign in data["signs"]]
    for line in [*data["steps"], *data["avoid"], data["fever"], data["no_answer"]]:
        assert line["of"], f"{EMERGENCY}: {line} repeats no sign"
        assert set(line["of"]) <= set(tiers), f"{EMERGENCY}: {line} names no sign"
    urgent = {id_ for id_, tier in tiers.items() if tier == "emergency"}
    assert urgent <= set(short), f"{EMERGENCY} leaves out {urgent - set(short)}"
    assert set(short[:8]) <= urgent, "the first eight stand large on the sheet"
    assert set(short) <= set(tiers)


def test_signs_that_come_together_are_signs_that_are_there():
    data = read(SIGNS)
    ids = {sign["id"] for sign in data["signs"]}
    for part, field in (("together", "skin"), ("together", "apart"), ("slow_nerves", "signs")):
        named = data[part][field]
        assert named, f"{SIGNS}: {part} names nothing under {field!r}"
        assert len(set(named)) == len(named), f"{SIGNS}: {part}: {field} names one twice"
        assert set(named) <= ids, f"{SIGNS}: {part}: {set(named) - ids} is no sign"
    assert not set(data["together"]["skin"]) & set(data["together"]["apart"])
    assert data["together"]["hours"] == 24
    for sign in data["signs"]:
        for escalation in sign["escalate"]:
            joined = escalation.get("joined", [])
            wrong = set(joined) - ids - {"any"} | set(joined) & {sign["id"]}
            assert not wrong, f"{SIGNS}: {sign['id']} is joined by {wrong}"


def test_every_sign_says_all_that_is_asked_of_it():
    signs = read(SIGNS)["signs"]
    assert len(signs) == 64
    for sign in signs:
        for part in ("also", "when", "steps", "avoid"):
            assert sign[part], f"{SIGNS}: {sign['id']} has nothing under {part!r}"
        assert len(set(sign["also"])) == len(sign["also"]), f"{SIGNS}: {sign['id']}: also twice"
        assert len(sign["tell_apart"]) <= 160, f"{SIGNS}: {sign['id']}: tell_apart is too long"
        if sign["tier"] != "emergency" and sign["escalate"]:
            assert re.search("mergency|call today|Call today", sign["tell_apart"]), sign["id"]


def test_the_review_is_open_or_done():
    assert read(SIGNS)["clinician_review"] in ("pending", "done")


def test_choices_are_known():
    choices = {
        "status": STATUSES, "names_status": STATUSES, "tier": TIERS, "urgency": TIERS,
        "unit": UNITS, "every_unit": UNITS, "anchor": ANCHORS, "group": {"papers", "things"},
        "phase": {"before", "during", "after"},
        "applies": {"every_visit", "new_medicine_or_plan_year"},
    }  # fmt: skip
    for file, what, name, entry in entries():
        for field, allowed in choices.items():
            if field in entry:
                assert entry[field] in allowed, f"{file}: {what} {name!r}: {field} {entry[field]!r}"
        for when in entry.get("when", []) if what == "sign" else []:
            assert when in WHEN, f"{file}: {what} {name!r}: when {when!r}"
        kinds = {"source": KINDS, "regimen": REGIMEN_KINDS}.get(what)
        if kinds:
            assert entry["kind"] in kinds, f"{file}: {what} {name!r}: kind {entry['kind']!r}"


# --- sources ------------------------------------------------------------------------------------


def test_every_source_is_known_and_used():
    used = set()

    def collect(node):
        if isinstance(node, dict):
            for key, value in node.items():
                if key.endswith("sources"):
                    used.update(value)
                else:
                    collect(value)
        elif isinstance(node, list):
            for value in node:
                collect(value)

    for file in [*FILES, *names("support")]:
        collect(read(file))
    known = set(read(SOURCES)["sources"])
    assert not used - known, f"named but not in {SOURCES}: {sorted(used - known)}"
    assert not known - used, f"in {SOURCES} but never named: {sorted(known - used)}"


def test_a_link_only_to_a_host_on_the_short_list():
    data = read(SOURCES)
    hosts = data["link_hosts"]
    assert hosts == sorted(set(hosts))
    for id_, source in data["sources"].items():
        if "link" in source:
            link = urlsplit(source["link"])
            assert link.scheme == "https", f"{id_}: {source['link']}"
            assert link.hostname in hosts, f"{id_}: {link.hostname} is not on link_hosts"
            assert source["kind"] not in WEAK_KINDS, f"{id_}: a {source['kind']} gets no link"


@pytest.mark.parametrize("file", [*FILES, SEARCH_WORDS])
def test_no_link_stands_outside_the_list_of_sources(file):
    found = re.findall(r"(?i)https?:|www\.|\w+@\w+|\w\.(?:com|org|gov|net)\b", read_text(file))
    assert not found, f"{file}: {found}"


def test_every_short_word_for_an_illness_stands_for_one():
    ills = " ".join(ill for file in MEDICINES for ill in read(file)["conditions"]).casefold()
    for short, means in read(SEARCH_WORDS)["stands_for"].items():
        assert means.casefold() in ills, f"{SEARCH_WORDS}: {short}"


def test_no_two_medicines_answer_to_one_name():
    whose: dict[str, str] = {}
    for file in MEDICINES:
        medicine = read(file)
        told = {medicine["name"], *medicine["names"], *medicine["brands"]}
        for name in {one.casefold() for one in (*told, *medicine.get("also", []))}:
            assert whose.setdefault(name, file) == file, f"{file}: {name} is in {whose[name]} too"
        assert set(medicine["biosimilars"]) <= set(medicine["brands"]), file


def test_a_medicine_tells_whom_to_call_and_what_to_ask():
    for file in MEDICINES:
        medicine = read(file)
        assert medicine["schedule_changes"]["text"].endswith("call the team."), file
        assert len(medicine["ask"]) >= 3, file
        assert all(question.endswith("?") for question in medicine["ask"]), file
        assert 0 <= medicine["watch_days"] <= 30, file
        assert medicine["watch_days"] == 14 or medicine["watch_days_note"], file
        names_ = (medicine["id"], medicine["name"], *medicine["names"], *medicine["brands"])
        telling = (*names_, *medicine["conditions"], "drip", "infusion", "treatment")
        passenger = medicine["driving"]["passenger"].casefold()
        assert not any(word.casefold() in passenger for word in telling), file


def test_fever_that_is_an_emergency_is_said_where_it_is():
    for file in MEDICINES:
        medicine = read(file)
        if medicine["fever_emergency"]:
            urgent = [item for item in medicine["watch"] if item["urgency"] == "emergency"]
            assert any("fever" in item["signs"] for item in urgent), file
            assert "Fever is an emergency" in medicine["schedule_changes"]["text"], file
        assert not medicine["fever_emergency"] or medicine["lowers_immunity"], file


def test_slow_changes_of_the_nerves_are_a_call_today():
    for file in MEDICINES:
        for item in read(file)["watch"]:
            if "gradual_neuro_change" in item["signs"]:
                assert item["urgency"] in ("emergency", "call_today"), file


def test_verified_means_that_a_source_is_named():
    for file, what, name, entry in entries():
        for status, sources in (("status", "sources"), ("names_status", "names_sources")):
            if entry.get(status) in ("verified here", "partly verified here"):
                assert entry[sources], f"{file}: {what} {name!r} is verified by nothing"


def test_dates_checked_are_the_packs():
    for file in [SIGNS, BAG, EMERGENCY, SOURCES, *names("support")]:
        assert read(file)["generated"] == "2026-11-20", file
    for file in MEDICINES:
        assert read(file)["checked"] == "2026-11-20", file
    assert load().generated.isoformat() == "2026-11-20"


# --- words --------------------------------------------------------------------------------------

FORBIDDEN = {
    "reassurance": r"expected|normal(ly)?|harmless|fine|safe to|no need to|don't worry"
    r"|nothing to worry|not serious|will pass|goes? away by itself|perfectly"
    r"|usual(ly)?|common(ly)?",
    "a rate or a death figure": r"\d*\s?%|per ?cent|(?:one|\d+) in \w+|deaths?|die[sd]?|fatal"
    r"|rare(ly)?",
    "an amount": r"\d+\s?(mg|mcg|µg|g|ml|mL|cc|units?|IU)\b|milligrams?|glasses of",
    "a guessed gender": r"he|she|him|her|hers|his|himself|herself",
    "an emergency number": r"911|112|999|000|110|119|988|116 ?123|111",
    "a promise": r"will be|cure[sd]?|guarantee",
}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_word_that_we_do_not_say(file, what):
    pattern = re.compile(rf"(?<!\w)(?:{FORBIDDEN[what]})(?!\w)", re.IGNORECASE)
    allowed = {"/signs/suicidal_thoughts", "/signs/cold_symptoms/also"}
    found = [
        f"{path}: {text!r}"
        for path, text in texts(read(file))
        if pattern.search(text) and not path.startswith(tuple(allowed))
    ]
    assert not found, f"{file} says {what}:\n" + "\n".join(found)


def test_drink_and_food_carry_the_limit_clause():
    drink = re.compile(r"\b(drink|water|fluids?|sips|snacks?|mints)\b", re.IGNORECASE)
    clause = re.compile(r"unless|limit", re.IGNORECASE)
    seen = 0
    for file, what, name, entry in entries():
        if what not in ("step", "bag item", "preparation step"):
            continue
        whole = " ".join(v for v in entry.values() if isinstance(v, str))
        if drink.search(whole):
            seen += 1
            assert clause.search(whole), f"{file}: {what} {name!r} has no limit clause"
    assert seen >= 8


def test_safety_wording_is_the_one_agreed():
    said = read(CLINICAL)
    assert said["safety.everywhere"].startswith("This shows what is usual, not what")
    assert "{emergency_number}" in said["safety.first_run"]
    assert said["safety.sign_unsure"] == "If unsure, choose the more urgent level and call."
    assert "No fever does not mean no infection." in said["safety.fever"]
    assert said["safety.missed"] == (
        "Call the care team today. Do not double, skip or rebook on your own."
    )
    for key, template in said.items():
        fields = re.findall(r"{(\w*)}", template)
        assert template.format(**dict.fromkeys(fields, "x")), key
