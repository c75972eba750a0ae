"""The fields of each kind of entry that `add` takes, in words: what scripts may count on."""

from __future__ import annotations

import json

from caregiver_app.domain.entities import PARTS, VISIT_ANSWERS
from caregiver_app.domain.insurance import BENEFITS
from caregiver_app.services.entry_field import (
    COUNT,
    ID,
    INSTANT,
    KEPT,
    PERSON,
    TEXT,
    WHOLE,
    Field,
)
from caregiver_app.services.support_fields import SUPPORT_FIELDS

_PARTS = ", ".join(PARTS)
_PHASES = (
    "list of objects, the parts that come later: begins (whole number) and begins_unit after the"
    " part before began, offsets, unit, every, every_unit, then, run, count, at_home, name"
)
_ENTERED = Field(
    f"{INSTANT}: when it was entered or last moved; what had ended by then never rings{WHOLE}",
    whole_only=True,
)

ABOUT = "about"
"""The kind of the line that tells what a file of everything holds."""
FORMAT = 5
"""Which format of that file this program writes; higher ones it does not read.

In 1 no lead time was usual but that of medicines, and no line told how often a reminder was said.
In 2 there were no photos, own signs, choices, calls to the clinic and versions, and no line told
what was done about a side effect. A program of then refuses each such line by its fields and takes
all the others: a diary without its side effects, which looks whole. So it has to stop at the first.
"""

ABOUT_FIELDS: dict[str, Field] = {
    "format": Field(f"whole number, up to {FORMAT}", required=True),
    "program": TEXT,
    "version": TEXT,
    "made": Field(f"{INSTANT}: when the file was made"),
    "counts": Field("object: how many entries of each kind are in the file"),
    "left_out": Field("list of texts: what is not in the file"),
}

FIELDS: dict[str, dict[str, Field]] = {
    **SUPPORT_FIELDS,
    "appointment": {
        "id": ID,
        "person": PERSON,
        "type": Field("infusion, follow-up, lab, medication, drive or other", required=True),
        "title": Field("text", required=True),
        "start": Field("2026-11-24T09:30, or a date for all day", required=True),
        "zone": Field("IANA zone name; null is wall time wherever you are"),
        "minutes": COUNT,
        "end": Field("2026-11-24T11:30, instead of minutes"),
        "rrule": Field("RFC 5545 RRULE, daily to yearly"),
        "exdates": Field("list of wall times left out"),
        "rdates": Field("list of extra wall times of a repeating appointment"),
        "series": Field("the id of the repeating appointment of which this is one changed date"),
        "original": Field("the wall time that the rule gave that date"),
        "reminders": Field("list of minutes before"),
        "status": Field("planned, booked, done, delayed or cancelled"),
        "place": TEXT,
        "note": TEXT,
        "driver": TEXT,
        "driver_phone": TEXT,
        "leave_at": Field("HH:MM; follows from the start where minutes of the ride are given"),
        "pick_up": Field("text: where the driver comes to"),
        "travel_minutes": COUNT,
        "parking_minutes": COUNT,
        "early_minutes": Field("whole number: how long before the start to be there"),
        "ride_home": Field('text: who drives back, "-" where nobody needs to'),
        "ride_home_phone": TEXT,
        "medicine": Field("the id of a medicine that a medication time is for"),
        "contact": Field("the id of a contact"),
        "off": Field(f"list of texts: what around a plan's visit it does without, of {_PARTS}"),
        "uid": Field("text: by which calendar files know it; never changes; made when left out"),
        "extra": Field("text: lines of a calendar file that only other programs understand"),
        "plan": Field(f"the id of the plan of which it is a visit{WHOLE}", whole_only=True),
        "dose": Field(f"whole number: which visit of its plan it is{WHOLE}", whole_only=True),
        "sequence": Field(f"whole number: how often its times changed{WHOLE}", whole_only=True),
        "entered": _ENTERED,
        **KEPT,
    },
    "plan": {
        "id": ID,
        "person": PERSON,
        "medicine": Field("text", required=True),
        "first": Field("2026-11-24T09:30", required=True),
        "zone": Field("IANA zone name; null is wall time wherever you are"),
        "offsets": Field("list of whole numbers from 0 upwards", required=True),
        "every": Field("whole number, or null when nothing follows"),
        "unit": Field("day, week or month"),
        "every_unit": Field("day, week or month: the unit of every and then; as unit if left out"),
        "then": Field("whole number: when the first visit after the offsets is"),
        "run": Field(
            "whole number: on how many days in a row visits come each time; 1 if left out"
        ),
        "count": Field("whole number: how many visits there are in all"),
        "last": Field("2026-11-27: after that day there are no visits"),
        "at_home": Field("true or false: injections at home"),
        "phases": Field(_PHASES),
        "kit": Field("list of texts: what has to be at hand for an injection at home"),
        "off": Field(f"list of texts: what around its visits it does without, of {_PARTS}"),
        "minutes": COUNT,
        "minutes_first": Field("whole number: how long the very first visit lasts"),
        "watch_days": COUNT,
        "clinic": Field("the id of a contact"),
        "beside": Field(
            "true or false: this new plan stands beside another one for the same medicine; never"
            " kept, so no list tells it"
        ),
        "uid": Field(f"text: the beginning of its visits' UIDs{WHOLE}", whole_only=True),
        "anchors": Field(
            f"list of [visit number, date, step]: delays that were agreed{WHOLE}", whole_only=True
        ),
        "removed": Field(
            f"list of whole numbers: visits that were deleted{WHOLE}", whole_only=True
        ),
        "gone": Field(
            "true or false: the plan was deleted, some of its visits stay" + WHOLE, whole_only=True
        ),
        "entered": _ENTERED,
        **KEPT,
    },
    "side_effect": {
        "id": ID,
        "person": PERSON,
        "sign": Field("an id of the watchlist or your own words", required=True),
        "severity": Field("1 mild to 4 life-threatening", required=True),
        "at": Field("2026-11-27T20:15", required=True),
        "zone": Field("IANA zone name; the computer's when left out"),
        "temperature_c": Field("degrees Celsius"),
        "text": TEXT,
        "done": Field("text: what you did"),
        "told": Field("text: who was told"),
        "going_on": Field("true or false: it has no end yet"),
        "ended": Field(f"{INSTANT}, or a wall time of the computer's zone: when it was over"),
        "urgency": Field(
            "emergency, call_today, note_and_mention or comfort_at_home: as it was shown then"
            + WHOLE,
            whole_only=True,
        ),
        **KEPT,
    },
    "checkin": {
        "id": ID,
        "person": PERSON,
        "date": Field("2026-11-27", required=True),
        "pain": Field("0 none to 10 worst"),
        "fatigue": Field("0 none to 10 worst"),
        "stiffness": Field("0 none to 10 worst"),
        "sleep": Field("0 very bad to 10 very good"),
        "mood": Field("0 very bad to 10 very good"),
        "text": TEXT,
        "possible": Field("text: what was possible that day"),
        "flare": Field("true or false: a day of a flare"),
        **KEPT,
    },
    "photo": {
        "id": Field("<side effect>:photo; so made when left out"),
        "person": Field("the id of a person; the side effect's when left out"),
        "entry": Field("the id of a side effect", required=True),
        "data": Field("text: the picture as base64, JPEG or PNG", required=True),
        "width": Field("whole number: pixels"),
        "height": Field("whole number: pixels"),
        **KEPT,
    },
    "own_sign": {
        "id": ID,
        "person": PERSON,
        "name": Field("text", required=True),
        "also": Field("list of texts: other words to find it by"),
        "tier": Field("emergency, call_today, note_and_mention or comfort_at_home"),
        "note": Field("text: what the clinic said to do"),
        **KEPT,
    },
    "sign_choice": {
        "id": Field("<person>:<sign>; so made when left out"),
        "person": PERSON,
        "sign": Field("an id of the watchlist", required=True),
        "hidden": Field("true or false; never for an emergency"),
        "clinic": Field("text: what the clinic said to do"),
        **KEPT,
    },
    "clinic_call": {
        "id": ID,
        "person": PERSON,
        "at": Field("2026-11-27T20:15", required=True),
        "zone": Field("IANA zone name; the computer's when left out"),
        "question": TEXT,
        "who": Field("text: who answered"),
        "said": Field("text: what they said"),
        "about": Field("list of texts: the ids of the side effects that it was about"),
        "follow_up": Field("the id of an appointment that came of it"),
        **KEPT,
    },
    "version": {
        "id": ID,
        "person": PERSON,
        "of_kind": Field("side_effect or checkin: what was corrected", required=True),
        "entry": Field("text: the id of that entry", required=True),
        "at": Field(f"{INSTANT}: when it was corrected", required=True),
        "was": Field("text: its fields before, as a JSON object", required=True),
        **KEPT,
    },
    "person": {
        "id": ID,
        "name": Field("text", required=True),
        "born": Field("2026-11-27"),
        "conditions": TEXT,
        "allergies": TEXT,
        "address": Field("text: where help has to come"),
        "good_to_know": TEXT,
        "papers": Field("text: where papers are kept"),
        "fever_c": Field("degrees Celsius: the limit that the team gave"),
        "fever_set_by": TEXT,
        "details_in_notices": Field("true or false"),
        "deductible": Field("text, as typed"),
        "deductible_year": Field("whole number: of which year it is"),
        "copay": Field("text, as typed"),
        "copay_year": Field("whole number: of which year it is"),
        **KEPT,
    },
    "contact": {
        "id": ID,
        "person": PERSON,
        "name": Field("text", required=True),
        "role": Field("clinic, doctor, pharmacy, family, driver, insurer or other"),
        "address": TEXT,
        "phone": TEXT,
        "phone_after_hours": TEXT,
        "note": TEXT,
        "rules_food": Field("text: what this clinic allows to eat and drink"),
        "rules_visitors": Field("text: who may come along"),
        "rules_fasting": Field("text: what is asked beforehand"),
        "rules_parking": Field("text: where to park"),
        "rules_checked": Field("2026-11-27: when the family last asked about these rules"),
        **KEPT,
    },
    "medicine": {
        "id": ID,
        "person": PERSON,
        "name": Field("text", required=True),
        "directions": Field("what the clinic said, as typed"),
        "what_for": TEXT,
        "as_needed": Field("true or false"),
        "past": Field("true or false: it was tried before and is not given any more"),
        "began": Field("text, as typed: when it was begun"),
        "ended": Field("text, as typed: when it ended"),
        "why_ended": TEXT,
        **KEPT,
    },
    "dose": {
        "id": ID,
        "person": PERSON,
        "name": Field("text", required=True),
        "at": Field("2026-11-27T20:15", required=True),
        "zone": Field("IANA zone name; the computer's when left out"),
        "medicine": Field("the id of a medicine"),
        "what_for": TEXT,
        "amount": Field("text, as typed"),
        "note": TEXT,
        **KEPT,
    },
    "blocked_days": {
        "id": ID,
        "person": Field("the id of a person; everybody when left out"),
        "first": Field("2026-11-27", required=True),
        "last": Field("2026-11-27; until further notice when left out"),
        "weekdays": Field("list of whole numbers, 0 Monday to 6 Sunday; every day when left out"),
        "reason": TEXT,
        "clinic": Field("the id of a contact that is closed then"),
        **KEPT,
    },
    "authorisation": {
        "id": ID,
        "person": PERSON,
        "last": Field("2026-11-27", required=True),
        "first": Field("2026-11-27"),
        "insurer": TEXT,
        "member": TEXT,
        "number": TEXT,
        "visits": COUNT,
        "note": TEXT,
        "plan": Field("the id of the plan that it is for; all of them when left out"),
        "benefit": Field(", ".join(filter(None, BENEFITS))),
        "site": Field("text: where it may be given"),
        "appeal": Field("2026-11-27: the last day for an appeal"),
        **KEPT,
    },
    "call": {
        "id": ID,
        "person": PERSON,
        "date": Field("2026-11-27", required=True),
        "with_whom": Field("text", required=True),
        "number": Field("text: their reference number"),
        "text": Field("text: what was said"),
        "authorisation": Field("the id of an authorisation that it was about"),
        "again": Field("2026-11-27: when to call again"),
        **KEPT,
    },
    "cost": {
        "id": ID,
        "person": PERSON,
        "date": Field("2026-11-27", required=True),
        "what": Field("text", required=True),
        "amount": Field('text: an amount such as "120.50"', required=True),
        "currency": Field("text, as typed"),
        "paid_by": TEXT,
        "note": TEXT,
        **KEPT,
    },
    "assistance": {
        "id": ID,
        "person": PERSON,
        "name": Field("text", required=True),
        "last": Field("2026-11-27: its last day"),
        "number": TEXT,
        "phone": TEXT,
        "note": TEXT,
        **KEPT,
    },
    "visit_bag": {
        "id": Field("<visit>:bag; so made when left out"),
        "visit": Field("the id of an appointment", required=True),
        "template": Field("text: the list it is packed by; empty for the one of its type"),
        "order": Field("list of texts: keys of items in their order"),
        "forgot": Field("nothing or something"),
        **KEPT,
    },
    "bag_item": {
        "id": Field("<visit>:<key>; so made when left out"),
        "visit": Field("the id of an appointment", required=True),
        "key": Field("text: the item of the bag", required=True),
        "state": Field("to_pack, packed or not_needed"),
        "label": Field("text: what it is; empty for an item of the template"),
        "group": Field("papers or things"),
        "position": COUNT,
        "brings": Field("carer, person or nobody"),
        "way": Field("sent or received, of a paper that was sent off"),
        "kept_at": Field("text: where it is"),
        **KEPT,
    },
    "infusion_record": {
        "id": Field("<visit>:record; so made when left out"),
        "person": Field("the id of a person; the visit's when left out"),
        "visit": Field("the id of an appointment", required=True),
        "product": TEXT,
        "maker": TEXT,
        "lot": TEXT,
        "expiry": Field("text, as typed"),
        "amount": Field("text, as typed"),
        "started": Field("text, as typed"),
        "stopped": Field("text, as typed"),
        "site": Field("text: the arm, or where on the body"),
        "premedication": TEXT,
        "readings": TEXT,
        "watched": Field("text, as typed: the time in the chair afterwards"),
        "reaction": TEXT,
        "tip": TEXT,
        **KEPT,
    },
    "visit_answer": {
        "id": Field("<visit>:<key>; so made when left out"),
        "person": Field("the id of a person; the visit's when left out"),
        "visit": Field("the id of an appointment", required=True),
        "key": Field("text: the question, such as well.fever", required=True),
        "answer": Field(", ".join(filter(None, VISIT_ANSWERS))),
        "text": TEXT,
        **KEPT,
    },
    "template_item": {
        "id": ID,
        "template": Field("text: the bag's template", required=True),
        "key": Field("text: the item of the template, or the id of one of your own", required=True),
        "label": TEXT,
        "group": Field("papers or things"),
        "hidden": Field("true or false"),
        "contact": Field("the id of a clinic, where it holds for this one only"),
        "starts": Field("bag or maybe; empty as the template has it"),
        "brings": Field("carer, person or nobody"),
        "kept": Field("2026-11-27: when it was decided to keep what was not needed several times"),
        **KEPT,
    },
    "bag_list": {
        "id": Field("<template> or <template>@<contact>; so made when left out"),
        "template": Field("text: the bag's template", required=True),
        "contact": Field("the id of a clinic, where it is the order for this one only"),
        "order": Field("list of texts: keys of items in their order"),
        **KEPT,
    },
    "answer": {
        "id": Field("the id of a reminder", required=True),
        "entry": Field("the id of the appointment that reminds", required=True),
        "due": Field(f"{INSTANT}: when the reminder was due", required=True),
        "state": Field("shown, later, done or skipped", required=True),
        "shown": Field(INSTANT),
        "until": Field(f"{INSTANT}: when a postponed one rings again"),
        "answered": Field(INSTANT),
        "reason": TEXT,
        "delivery": Field("text: what became of the desktop's notice"),
        "said": COUNT,
        **KEPT,
    },
    "setting": {
        "id": Field("text: the name of a setting", required=True),
        "value": Field("text", required=True),
        **KEPT,
    },
}


def schema() -> str:
    """Return every kind's fields as JSON."""
    told = {
        kind: {
            name: {"accepts": field.accepts, "required": field.required}
            for name, field in fields.items()
        }
        for kind, fields in (*FIELDS.items(), (ABOUT, ABOUT_FIELDS))
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def a_kind(kind: str) -> str:
    """Return a kind as a sentence begins with it: "An appointment", "A note"."""
    return f"{'An' if kind[0] in 'aeio' else 'A'} {kind}"
