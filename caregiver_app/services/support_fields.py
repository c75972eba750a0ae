"""The fields of the kinds that emotional support keeps, as `add` takes them."""

from __future__ import annotations

from caregiver_app.services.entry_field import COUNT, ID, INSTANT, KEPT, PERSON, TEXT, Field

_VISIT = "the id of an appointment"
_TRUTH = Field("true or false")

SUPPORT_FIELDS: dict[str, dict[str, Field]] = {
    "note": {
        "id": ID,
        "person": PERSON,
        "room": Field("listening, reassurance, company or outlets"),
        "text": Field("text, kept as it is", required=True),
        "mood": Field("calm, so-so or low"),
        "pinned": _TRUTH,
        "at": Field(f"{INSTANT}: when it was written"),
        "tags": Field("list of texts"),
        "about": Field("person, or carer: about the carer alone"),
        "visit": Field(_VISIT),
        **KEPT,
    },
    "question": {
        "id": ID,
        "person": PERSON,
        "text": Field("text", required=True),
        "answer": TEXT,
        "note": Field("the id of a note"),
        **KEPT,
    },
    "card_choice": {
        "id": Field("<person>:<card>; so made when left out"),
        "person": PERSON,
        "card": Field("text: the id of a card", required=True),
        "never": _TRUTH,
        "kept": _TRUTH,
        **KEPT,
    },
    "outlet": {
        "id": ID,
        "person": PERSON,
        "text": Field("text", required=True),
        "card": Field("text: the id of the idea that it came of"),
        "state": Field("tried or liked"),
        "not_today": Field("2026-11-27: the day on which it was not wanted"),
        **KEPT,
    },
    "company": {
        "id": ID,
        "person": Field("the id of a person; the visit's when left out"),
        "visit": Field(_VISIT, required=True),
        "who": Field("text", required=True),
        "phone": TEXT,
        "after": Field("whole number: minutes after the visit's start"),
        "minutes": COUNT,
        "what": TEXT,
        "powered": Field("true or false: it needs a charged device"),
        **KEPT,
    },
    "help_task": {
        "id": ID,
        "person": PERSON,
        "text": Field("text", required=True),
        "day": Field("2026-11-27"),
        "who": Field("text: who took it"),
        "done": _TRUTH,
        **KEPT,
    },
}
