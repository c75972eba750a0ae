"""Looks through the file of packing lists and steps, and names the line where it can't be used."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from functools import partial
from typing import Any, Final, cast

from caregiver_app.assets import read_text
from caregiver_app.domain import texts
from caregiver_app.domain.entities import APPOINTMENT_TYPES, PARTS
from caregiver_app.domain.packing import BAG_GROUPS
from caregiver_app.errors import InputRefused
from caregiver_app.messages import words
from caregiver_app.services.template_file import Lists, TemplateSpoiled

_Path = tuple[str | int, ...]
_Kind = Callable[[object, _Path], object]

_SENTENCE: Final = 400
_QUOTED: Final = 40
_STATUSES: Final = ("verified here", "partly verified here", "unverified here")
_PHASES: Final = ("before", "during", "after")
_LIVE: Final = (
    "allergies",
    "company",
    "contacts",
    "infusions",
    "insurance",
    "medicines",
    "questions",
    "ride",
    "side_effects",
)
_LIMIT: Final = "{fever_limit}"
_BLANK: Final = " \t\r\n"


class _Wrong(Exception):
    """Something is wrong at a place of the data; `key` is the sentence's message key."""

    def __init__(self, path: _Path, key: str, **values: object) -> None:
        super().__init__(path, key)
        self.path, self.key, self.values = path, key, values


def read(raw: bytes) -> Lists:
    """Return what the file says, once all of it is in order.

    Raises:
        TemplateSpoiled: it can't be used; the first thing that is wrong, with its line.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateSpoiled("list_file.letters", raw.count(b"\n", 0, error.start) + 1) from error
    try:
        found = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise TemplateSpoiled("list_file.unreadable", _line_meant(error)) from error
    except (RecursionError, ValueError) as error:
        raise TemplateSpoiled("list_file.unreadable", 1) from error
    try:
        _all(found)
    except _Wrong as wrong:
        line = line_of(text, wrong.path)
        raise TemplateSpoiled(wrong.key, line, **wrong.values) from wrong
    return found


def nothing() -> Lists:
    """Return lists with nothing on them, for where neither the file nor a copy can be used."""
    none: list[object] = []
    asked = (("well_enough", -24, "questions"), ("anything_new", -72, "items"))
    sheets: Lists = {
        name: {"name": words(f"list_file.{name}"), "offset_hours": hours, items: none,
               "yes": "", "no": "", "none": ""}
        for name, hours, items in asked
    }  # fmt: skip
    templates = [
        {"id": id_, "name": words(f"list_file.{id_}"), "for": "", "types": types, "items": none}
        for id_, types in (
            ("infusion_day", ["infusion"]),
            ("doctor_followup", ["follow-up"]),
            ("lab_visit", ["lab"]),
            ("hospital_overnight", none),
        )
    ]
    return {
        "templates": templates,
        "preparation": none,
        "medicine_steps": none,
        "times": none,
        **sheets,
    }


def _line_meant(error: json.JSONDecodeError) -> int:
    """Return the line to mend: a sign that is missing, or too many, stands before what stumbled."""
    before = error.doc[: error.pos].rstrip(_BLANK)
    stumbled = error.doc[error.pos : error.pos + 1]
    if stumbled in "]}" or "delimiter" in error.msg:
        return before.count("\n") + 1
    return error.lineno


def _no_number(_name: str) -> None:
    """Read NaN and its like as nothing, so that the place where it stands is named."""


# -- What may stand where -------------------------------------------------------------------------


def _text(given: object, path: _Path, *, limit: int = _SENTENCE, empty: bool = False) -> str:
    if not isinstance(given, str):
        raise _Wrong(path, "list_file.text", name=_name(path))
    if not given.strip() and not empty:
        raise _Wrong(path, "list_file.empty", name=_name(path))
    if len(given) > limit:
        raise _Wrong(path, "list_file.long", name=_name(path), length=len(given), limit=limit)
    try:
        texts.line(given[: texts.TITLE_LIMIT], "")
        texts.line(given[texts.TITLE_LIMIT :], "")
    except InputRefused as refused:
        code = refused.values.get("code", "")
        raise _Wrong(path, "list_file.control", name=_name(path), code=code) from refused
    return given


_label = partial(_text, limit=texts.TITLE_LIMIT)
_maybe = partial(_text, empty=True)


def _asked(given: object, path: _Path) -> None:
    if "{" in _text(given, path, empty=True).replace(_LIMIT, ""):
        raise _Wrong(path, "list_file.braces", name=_name(path), known=_LIMIT)


def _flag(given: object, path: _Path) -> None:
    if not isinstance(given, bool):
        raise _Wrong(path, "list_file.flag", name=_name(path))


def _hours(given: object, path: _Path, *, low: int = -8760, high: int = 8760) -> None:
    if not isinstance(given, int) or isinstance(given, bool):
        raise _Wrong(path, "list_file.number", name=_name(path))
    if not low <= given <= high:
        raise _Wrong(path, "list_file.range", name=_name(path), low=low, high=high)


def _one_of(choices: Collection[str]) -> _Kind:
    def check(given: object, path: _Path) -> None:
        said = _text(given, path, empty=True)
        if said not in choices:
            listed = ", ".join(filter(None, choices)) if len(choices) <= len(PARTS) + 1 else ""
            key = "list_file.choice" if listed else "list_file.nobody"
            raise _Wrong(path, key, name=_name(path), value=said[:_QUOTED], choices=listed)

    return check


def _many(kind: _Kind) -> _Kind:
    def check(given: object, path: _Path) -> None:
        if not isinstance(given, list):
            raise _Wrong(path, "list_file.list", name=_name(path))
        for number, one in enumerate(cast("list[Any]", given)):
            kind(one, (*path, number))

    return check


def _entry(**shape: _Kind) -> _Kind:
    """Return a check of a group in braces; a name that ends with `_` may be left out."""
    must = [name for name in shape if not name.endswith("_")]
    kinds = {_FIELD.get(name, name.rstrip("_")): kind for name, kind in shape.items()}

    def check(given: object, path: _Path) -> None:
        if not isinstance(given, dict):
            raise _Wrong(path, "list_file.group", name=_name(path))
        group = cast("dict[str, Any]", given)
        for name, one in group.items():
            if name not in kinds:
                raise _Wrong((*path, name), "list_file.unknown", name=name[:_QUOTED])
            kinds[name](one, (*path, name))
        for name in must:
            if _FIELD.get(name, name) not in group:
                raise _Wrong(path, "list_file.missing", name=_FIELD.get(name, name))

    return check


_FIELD: Final = {"serves": "for", "serves_": "for", "first": "from", "last": "to"}
"""Names in the file that are words of the language in which this is written."""


def _all(found: object) -> None:
    sources = _one_of(json.loads(read_text("reference/sources.en.json"))["sources"])
    signs = _one_of(
        [one["id"] for one in json.loads(read_text("reference/signs.en.json"))["signs"]]
    )
    proof: dict[str, _Kind] = {"status": _one_of(_STATUSES), "sources": _many(sources)}
    _file(proof, signs)(found, ())
    lists = cast("Lists", found)
    _once(lists, ("templates",), "id")
    seen: set[str] = set()
    for number in range(len(lists["templates"])):
        _once(lists, ("templates", number, "items"), "key", seen)
    seen = set()
    for name in ("preparation", "medicine_steps"):
        _once(lists, (name,), "id", seen)
    _once(lists, ("well_enough", "questions"), "id")
    _once(lists, ("anything_new", "items"), "id")
    _needed(lists)


def _file(proof: dict[str, _Kind], signs: _Kind) -> _Kind:
    when = _entry(
        first_visit_=_flag,
        over_two_hours_=_flag,
        medicines_=_many(_label),
        also_takes_=_many(_label),
    )
    item = _entry(
        key=_key, label=_label, group=_one_of(BAG_GROUPS), category=_label, essential=_flag,
        why_=_maybe, only_if_=_maybe, when_=when, live_=_one_of(_LIVE), **proof,
    )  # fmt: skip
    template = _entry(
        id=_key, name=_label, serves=_maybe, types=_many(_one_of(APPOINTMENT_TYPES)),
        adds_to_=_label, when_=when, items=_many(item),
    )  # fmt: skip
    step = _entry(
        id=_key, phase=_one_of(_PHASES), offset_hours=_hours, part=_one_of(("", *PARTS)),
        sheet_=_one_of(PARTS), asked_anew_=_flag, text=_text, why_=_maybe, only_if_=_maybe,
        when_=when, applies=_one_of(("every_visit", "new_medicine_or_plan_year")),
        important=_flag, **proof,
    )  # fmt: skip
    question = _entry(
        id=_key, ask=_asked, more=_asked, sign_=signs, live_=_one_of(_LIVE), **proof
    )  # fmt: skip
    sheet: dict[str, _Kind] = {
        "name": _label, "phase": _one_of(_PHASES), "offset_hours": _hours, "serves_": _maybe,
    }  # fmt: skip
    return _entry(
        generated_=_maybe, about_=_maybe, rules_=_many(_text),
        templates=_many(template),
        times=_many(_entry(id=_key, name=_label, phase=_one_of(_PHASES), first=_hours,
                           last=_hours)),
        preparation=_many(step), medicine_steps=_many(step),
        well_enough=_entry(**sheet, questions=_many(question), yes=_text, no=_text),
        anything_new=_entry(**sheet, items=_many(question), none=_text),
    )  # fmt: skip


def _key(given: object, path: _Path) -> None:
    try:
        texts.identifier(_label(given, path))
    except InputRefused as refused:
        raise _Wrong(path, "list_file.key", name=_name(path)) from refused


def _once(lists: Lists, path: _Path, key: str, seen: set[str] | None = None) -> None:
    """Refuse an entry whose key stands there already."""
    seen = set() if seen is None else seen
    entries: Any = lists
    for step in path:
        entries = entries[step]
    for number, one in enumerate(entries):
        if one[key] in seen:
            raise _Wrong((*path, number, key), "list_file.twice", value=one[key][:_QUOTED])
        seen.add(one[key])


def _needed(lists: Lists) -> None:
    """Refuse a file without the list that every other falls back on, or with one on top of none."""
    known = [one["id"] for one in lists["templates"]]
    if "infusion_day" not in known:
        raise _Wrong(("templates",), "list_file.missing", name="infusion_day")
    for number, one in enumerate(lists["templates"]):
        if one.get("adds_to", known[0]) not in known:
            _one_of(known)(one["adds_to"], ("templates", number, "adds_to"))


# -- Where it stands ------------------------------------------------------------------------------


def _name(path: _Path) -> str:
    """Return what a place is called in the file."""
    return next((step for step in reversed(path) if isinstance(step, str)), "{ }")


def line_of(text: str, path: _Path) -> int:
    """Return the line, counted from 1, on which a place of the data begins."""
    at = _past_blanks(text, 0)
    for step in path:
        at = _value_in(text, at, step)
    return text.count("\n", 0, at) + 1


def _value_in(text: str, at: int, step: str | int) -> int:
    """Return where one value of the group or list that begins at `at` begins itself."""
    named, found, number = text[at] == "{", at, 0
    at = _past_blanks(text, at + 1)
    while text[at] not in "}]":
        name: str | int = number
        if named:
            name, at = json.JSONDecoder().raw_decode(text, at)
            at = _past_blanks(text, _past_blanks(text, at) + 1)
        if name == step:
            # Where a name stands twice, the last one counts.
            found = at
        _, at = json.JSONDecoder().raw_decode(text, at)
        at, number = _past_blanks(text, at), number + 1
        if text[at] == ",":
            at = _past_blanks(text, at + 1)
    return found


def _past_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANK:
        at += 1
    return at
