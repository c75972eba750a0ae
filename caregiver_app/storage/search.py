"""Which words of an entry can be found, and how typed words become a safe full-text query.

Every Chinese, Japanese or Korean character is set apart by spaces, in the indexed copy and in the
query (there as a phrase), because SQLite's tokenizer would take a whole run for one word.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from caregiver_app.storage.rows import Row, codec_for
from caregiver_app.values import value

SEARCHED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "person": (
        ("name",),
        ("conditions", "allergies", "address", "good_to_know", "papers", "fever_set_by"),
    ),
    "contact": (
        ("name",),
        (
            *("address", "phone", "phone_after_hours", "note"),
            *("rules_food", "rules_visitors", "rules_fasting", "rules_parking"),
        ),
    ),
    "medicine": (("name",), ("directions", "what_for", "began", "ended", "why_ended")),
    "dose": (("name",), ("what_for", "amount", "note")),
    "blocked_days": (("reason",), ()),
    "authorisation": (("insurer",), ("number", "site", "note")),
    "assistance": (("name",), ("number", "phone", "note")),
    "call": (("with_whom",), ("number", "text")),
    "cost": (("what",), ("amount", "currency", "paid_by", "note")),
    "plan": (("medicine",), ("kit",)),
    "infusion_record": (
        ("product", "lot"),
        ("maker", "expiry", "amount", "site", "premedication", "readings", "reaction", "tip"),
    ),
    "visit_answer": ((), ("text",)),
    "appointment": (
        ("title",),
        ("place", "note", "driver", "driver_phone", "pick_up", "ride_home", "ride_home_phone"),
    ),
    "side_effect": (("sign",), ("text", "done", "told")),
    "own_sign": (("name",), ("also", "note")),
    "sign_choice": ((), ("clinic",)),
    "clinic_call": (("who",), ("question", "said")),
    "checkin": ((), ("text", "possible")),
    "note": ((), ("text", "tags")),
    "question": (("text",), ("answer",)),
    "outlet": (("text",), ()),
    "company": (("who",), ("phone", "what")),
    "help_task": (("text",), ("who",)),
    "bag_item": (("label",), ("kept_at",)),
    "template_item": (("label",), ()),
}
"""For each kind the columns that name it, and the others that are searched too."""

WORDS: dict[str, dict[str, object]] = {
    "person": {
        **dict.fromkeys(("name", "conditions", "allergies", "address", "good_to_know"), ""),
        **dict.fromkeys(("papers", "fever_set_by"), ""),
        **dict.fromkeys(("deductible", "copay"), ""),
        **dict.fromkeys(("born", "fever_c", "deductible_year", "copay_year")),
    },
    "contact": {
        **dict.fromkeys(("name", "address", "phone", "phone_after_hours", "note"), ""),
        **dict.fromkeys(("rules_food", "rules_visitors", "rules_fasting", "rules_parking"), ""),
        "rules_checked": None,
    },
    "medicine": dict.fromkeys(
        ("name", "directions", "what_for", "began", "ended", "why_ended"), ""
    ),
    "dose": {"name": "", "what_for": "", "amount": "", "note": ""},
    "blocked_days": {"reason": ""},
    "authorisation": {
        **dict.fromkeys(("insurer", "member", "number", "note", "benefit", "site"), ""),
        **dict.fromkeys(("first", "visits", "appeal")),
    },
    "assistance": {**dict.fromkeys(("name", "number", "phone", "note"), ""), "last": None},
    "call": {**dict.fromkeys(("with_whom", "number", "text"), ""), "again": None},
    "cost": dict.fromkeys(("what", "amount", "currency", "paid_by", "note"), ""),
    "plan": {"medicine": "", "kit": "[]", "phases": "[]"},
    "infusion_record": dict.fromkeys(
        (
            *("product", "maker", "lot", "expiry", "amount", "started", "stopped", "site"),
            *("premedication", "readings", "watched", "reaction", "tip"),
        ),
        "",
    ),
    "visit_answer": {"answer": "", "text": ""},
    "appointment": {
        **dict.fromkeys(("title", "place", "note", "driver", "driver_phone", "leave_at"), ""),
        "extra": "",
        **dict.fromkeys(("pick_up", "ride_home", "ride_home_phone"), ""),
        **dict.fromkeys(("travel_minutes", "parking_minutes", "early_minutes")),
    },
    "side_effect": {
        **dict.fromkeys(("sign", "urgency", "text", "done", "told"), ""),
        "severity": 0,
        "temperature_c": None,
        "going_on": 0,
        "ended": None,
    },
    "photo": {"data": "", "width": 0, "height": 0},
    "own_sign": {"name": "", "also": "[]", "tier": "note_and_mention", "note": ""},
    "sign_choice": {"hidden": 0, "clinic": ""},
    "clinic_call": {"question": "", "who": "", "said": "", "about": "[]"},
    "version": {"was": ""},
    "checkin": {
        **dict.fromkeys(("pain", "fatigue", "stiffness", "sleep", "mood")),
        "text": "",
        "possible": "",
        "flare": 0,
    },
    "note": {"text": "", "mood": "", "tags": "[]"},
    "question": {"text": "", "answer": ""},
    "card_choice": {"never": 0, "kept": 0},
    "outlet": {"text": "", "state": "", "not_today": None},
    "company": dict.fromkeys(("who", "phone", "what"), ""),
    "help_task": {"text": "", "who": "", "day": None},
    "self_check": {"answers": "[]"},
    "visit_bag": {"order": "[]", "forgot": ""},
    "bag_item": {"label": "", "brings": "", "way": "", "kept_at": ""},
    "bag_list": {"order": "[]"},
    "template_item": {"label": "", "brings": ""},
    "answer": {"reason": "", "delivery": ""},
    "setting": {"value": ""},
}
"""For each kind what its columns hold once the words of a deleted entry were wiped."""

_CJK = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c"
    "\u3040-\u30ff\u3100-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\U00016fe0-\U00018aff\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
ONE_CJK = f"([{_CJK}])"
"""The pattern of one Chinese, Japanese or Korean character."""
_SOUND_MARKS = "\u3099\u309a"
_LISTS = frozenset(("also", "kit", "tags"))
"""Columns that hold a list of texts, as JSON."""
_Places = tuple[tuple[int, bool], ...]
_AROUND = 40
_LONGEST_TITLE = 80
_MOST_WORDS = 32


@value
class Hit:
    """One found entry: its kind and id, what it is called, and the words around the match."""

    kind: str
    id: str
    snippet: str
    title: str


def spaced(text: str) -> str:
    """Return the copy of a text that is indexed: compatibility forms made one, CJK set apart."""
    plain = unicodedata.normalize("NFKC", text)
    return plain if plain.isascii() else re.sub(ONE_CJK, r" \1 ", plain)


def texts_of(kind: str, row: Row) -> tuple[str, str]:
    """Return an entry's naming text and its other text, both empty when nothing is searched."""
    titles, bodies = _positions(kind)
    return _joined(row, titles), _joined(row, bodies)


def _joined(row: Row, places: _Places) -> str:
    texts = (_listed(row[place]) if is_list else row[place] for place, is_list in places)
    return "\n".join(filter(None, texts))


def _listed(text: str) -> str:
    try:
        return "\n".join(json.loads(text))
    except (ValueError, TypeError):
        # A damaged row is named where it is read; it must not keep others from being written.
        return text


@cache
def _positions(kind: str) -> tuple[_Places, _Places]:
    """Return the places of an entry's texts in its row, and which of them are lists."""
    columns = codec_for(kind).columns
    titles, bodies = SEARCHED.get(kind, ((), ()))
    return _places(columns, titles), _places(columns, bodies)


def _places(columns: Sequence[str], names: Sequence[str]) -> _Places:
    return tuple((columns.index(name), name in _LISTS) for name in names)


def match_expression(query: str) -> str | None:
    """Return the FTS5 expression for what somebody typed, or None when there is no word in it.

    All words must occur; the last one may be the beginning of a word.
    """
    phrases = [" ".join(tokens) for tokens in typed_words(query)]
    if not phrases:
        return None
    return " AND ".join(f'"{phrase}"' for phrase in phrases) + " *"


def typed_words(query: str) -> Iterator[list[str]]:
    """Yield the tokens of each typed word, as the tokenizer would cut it."""
    for word in query.split()[:_MOST_WORDS]:
        tokens = "".join(c if _is_word_part(c) else " " for c in spaced(word)).split()
        if any(unicodedata.category(c)[0] in "LNC" for token in tokens for c in token):
            yield tokens


def _is_word_part(character: str) -> bool:
    # What unicode61 keeps in a token: letters, numbers and private use, and marks within.
    category = unicodedata.category(character)
    return category[0] in "LN" or category in ("Co", "Mn", "Mc")


def snippet_of(text: str, query: str) -> str:
    """Return about eighty characters of the original text around the first typed word in it."""
    plain, origin = folded(text)
    found = [_place_of(folded(" ".join(tokens))[0], plain) for tokens in typed_words(query)]
    return _cut(text, min((origin[at] for at in found if at >= 0), default=0))


def _place_of(wanted: str, plain: str) -> int:
    """Return where a typed word begins in a folded text: -1 when it is written otherwise there."""
    if re.search(ONE_CJK, wanted):
        return plain.find(wanted.replace(" ", ""))
    word = re.search(rf"(?<!\w){re.escape(wanted)}", plain)
    return word.start() if word else -1


def folded(text: str) -> tuple[str, Sequence[int]]:
    """Return the text without case and accents, and where each of its characters came from.

    The marks of Japanese syllables stay: they make another sound, and another word.
    """
    if text.isascii():
        return text.lower(), range(len(text))
    plain: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character.casefold()):
            if not unicodedata.combining(part) or part in _SOUND_MARKS:
                plain.append(part)
                origin.append(index)
    return "".join(plain), origin


def _cut(text: str, at: int) -> str:
    first, last = max(0, at - _AROUND), min(len(text), at + _AROUND)
    if first and (gap := text.find(" ", first, at)) >= 0:
        first = gap + 1
    if last < len(text) and (gap := text.rfind(" ", at + 1, last)) > at:
        last = gap
    middle = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{middle}{'…' if last < len(text) else ''}"


def title_of(title: str, body: str) -> str:
    """Return what a hit is called: its name, or the first line of its text."""
    first = (title or body).strip().partition("\n")[0]
    return first if len(first) <= _LONGEST_TITLE else first[: _LONGEST_TITLE - 1] + "…"


def kinds_clause(kinds: Sequence[str] | None) -> tuple[str, list[str]]:
    """Return the SQL that limits a search to `kinds`, and its values."""
    if kinds is None:
        return "", []
    return f" AND search_entry.kind IN ({','.join('?' * len(kinds))})", list(kinds)
