"""Write down every sentence of the side-effects and support tabs, for a clinician to review.

python tools/review_list.py            writes docs/for-clinicians/
python tools/review_list.py --check    only tells whether the files there are current
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from caregiver_app.assets import names, read_text
from tools.review_words import PACKAGE, constants, sentences

FOLDER = ROOT / "docs" / "for-clinicians"
OUR_WORDS = "our own words"
_SCREENS = ("gui/watchlist", "gui/emergency", "gui/support", "gui/crisis", "pages")
_NOT_ABOUT_SIGNS = (
    "pages/agenda_page", "pages/bag_", "pages/calendar_", "pages/formats", "pages/helper_slip",
    "pages/insurer_questions", "pages/month_", "pages/findable",
)  # fmt: skip
"""Printed pages that show no sign; whatever else is a page is listed."""
_SERVICES = (
    "check_in", "clinic_call", "crisis", "cycles", "emergency", "entry_history", "photo",
    "self_check", "sign", "support", "urgency", "visit_report", "watch",
)  # fmt: skip
"""How the names of the services behind the tabs begin; what they say are keys of messages."""
_DOMAIN = ("crisis", "self_check", "support", "times", "watch")
"""How the names of the rules behind the tabs begin."""
_PLACES = {
    "during": "during the infusion",
    "within_24h": "within 24 hours",
    "days_1_3": "day 1 to 3",
    "days_4_14": "day 4 to 14",
    "weeks_to_months": "weeks to months",
}
_CARD_PARTS = {
    "why": "", "instead_of": "said instead of: ", "technique": "", "who": "about: ", "action": "",
}  # fmt: skip
"""What a card may have beside its text, and what stands before it in the list."""
_HEAD = "| id | what the family reads | status | sources | reviewer: right, or how to change |"
_RULE = "|---|---|---|---|---|"

_Entry = Mapping[str, Any]
_Row = tuple[str, str, str, str]


class _Sources:
    """The names of sources by their ids."""

    def __init__(self, known: _Entry) -> None:
        self._known = known

    def names(self, ids: Iterable[str]) -> str:
        """Return the short names, one after the other."""
        told = (self._known[id_] for id_ in ids)
        return "; ".join(dict.fromkeys(one["publisher"] or one["document"] for one in told))

    def in_full(self, ids: Iterable[str]) -> str:
        """Return a line with publisher, document and kind of each."""
        told = (self._known[id_] for id_ in ids)
        return "Sources: " + "; ".join(
            f"{', '.join(part for part in (one['publisher'], one['document']) if part)}"
            f" ({one['kind']})"
            for one in told
        )


def documents() -> dict[str, str]:
    """Return the name and the text of each file of the list."""
    signs = _read("reference/signs.en.json")
    emergency = _read("reference/emergency.en.json")
    sources = _Sources(_read("reference/sources.en.json")["sources"])
    support = {name: _read(f"support/{name}.en.json") for name in ("cards", "self_check", "crisis")}
    parts = {
        "1-rules.md": _rules(signs, sources),
        "2-signs.md": _signs(signs, sources),
        "3-emergency.md": _emergency(emergency, signs, sources),
        "4-medicines.md": _medicines(sources),
        "5-screens.md": _screens(),
        "6-support.md": _support(support, sources),
    }
    count = {name: text.count("\n| `") for name, text in parts.items()}
    return {"README.md": _readme(signs, emergency, support, count), **parts}


def _readme(
    signs: _Entry, emergency: _Entry, support: Mapping[str, _Entry], count: Mapping[str, int]
) -> str:
    listed = "\n".join(f"- [{name}]({name}): {number} sentences" for name, number in count.items())
    states = "\n".join(
        f"- Review of `resources/support/{name}.en.json`: **{data['clinician_review']}**"
        for name, data in support.items()
    )
    return f"""# For clinicians: every sentence that the side-effects and support tabs can show

This list is made by `python tools/review_list.py` from the data and the code, and a test holds it
against both, so that no sentence is left out. Take a copy to write into the last column: this one
is made anew whenever a sentence changes. What a review asks for is changed in the data or the code.

- Facts checked on: {signs["generated"]}
- Review of the signs (`clinician_review` in `resources/reference/signs.en.json`):
  **{signs["clinician_review"]}**
- Review of the emergency words (`clinician_review` in `resources/reference/emergency.en.json`):
  **{emergency["clinician_review"]}**
{states}

Until the first two say `done`, the program says "not reviewed by a clinician" under every sign.

`status` says whether the sign or fact itself was seen in the sources named: verified here, partly
verified here, unverified here. It does not mean that a clinician approved it. **Levels of urgency,
what raises them, steps, what to avoid and what tells signs apart are our own cautious wording**,
even where sources stand beside them. So are all words of the support tab: there `status` and the
confidence speak of the idea. Words in {{braces}} are filled in by the program.

{listed}
"""


# -- The data --------------------------------------------------------------------------------------


def _rules(signs: _Entry, sources: _Sources) -> str:
    levels: list[_Row] = []
    for tier in signs["tiers"]:
        levels.append((f"tier.{tier['id']}.label", tier["label"], OUR_WORDS, ""))
        levels.append((f"tier.{tier['id']}.action", tier["action"], OUR_WORDS, ""))
    behind = (signs["severity_status"], sources.names(signs["severity_sources"]))
    strengths: list[_Row] = []
    for one in signs["severity"]:
        id_ = f"severity.{one['grade']}"
        strengths.append((f"{id_}.label", one["label"], *behind))
        strengths.append((f"{id_}.meaning", f"{one['meaning']} (least: {one['tier']})", *behind))
    fever = signs["fever"]
    told = (fever["status"], sources.names(fever["sources"]))
    limit = f"{fever['limit_c']} °C / {fever['limit_f']} °F, or the limit that the team gave"
    heat: list[_Row] = [("fever.limit", limit, *told), ("fever.text", fever["text"], *told)]
    heat += [(f"fever.note.{n}", text, *told) for n, text in enumerate(fever["notes"], 1)]
    return _text(
        [
            "# Levels of urgency, strengths, fever, signs that come together",
            "",
            "The most urgent of these counts: the sign, the strength, the fever limit, an",
            "infection with lowered immunity, a medicine's rule, signs that come together.",
            "Nothing lowers it.",
            *_table("Levels", levels),
            *_table("Strengths", strengths),
            *_table("Fever", heat),
            *_table("Signs that come together", _together(signs, sources)),
        ]
    )


def _together(signs: _Entry, sources: _Sources) -> list[_Row]:
    name = {one["id"]: one["name"] for one in signs["signs"]}

    def named(ids: Iterable[str]) -> str:
        return ", ".join(name.get(id_, "any sign of the body") for id_ in ids)

    both, slow = signs["together"], signs["slow_nerves"]
    hours = both["hours"]
    pair = f"{named(both['skin'])}: an emergency with any second sign within {hours} hours"
    watched = "a medicine that is watched for slow changes of mind or movement"
    slowly = f"A call the same day with {watched}: {named(slow['signs'])}"
    told = (both["status"], sources.names(both["sources"]))
    rows: list[_Row] = [
        ("together.skin", pair, *told),
        ("together.apart", f"No second sign: {named(both['apart'])}", OUR_WORDS, ""),
        ("slow_nerves", slowly, slow["status"], sources.names(slow["sources"])),
    ]
    for sign in signs["signs"]:
        for number, one in enumerate(sign["escalate"], 1):
            if one.get("joined"):
                text = f"{sign['name']} with {named(one['joined'])}: {one['tier']}"
                rows.append((f"{sign['id']}.joined.{number}", text, OUR_WORDS, ""))
    return rows


def _signs(signs: _Entry, sources: _Sources) -> str:
    lines = ["# The signs", ""]
    for sign in signs["signs"]:
        told = (sign["status"], sources.names(sign["sources"]))
        full = sources.in_full(sign["sources"])
        lines += _table(f"{sign['name']} ({sign['tier']})", _of_sign(sign, told), full)
    return _text(lines)


def _of_sign(sign: _Entry, told: tuple[str, str]) -> list[_Row]:
    id_ = sign["id"]
    own = (OUR_WORDS, told[1])
    infection = "yes: with lowered immunity a call today" if sign["infection"] else "no"
    rows: list[_Row] = [
        (f"{id_}.name", sign["name"], *told),
        (f"{id_}.full", sign["full"], *told),
        (f"{id_}.also", "found by: " + ", ".join(sign["also"]), *own),
        (f"{id_}.tier", sign["tier"], *own),
        (f"{id_}.infection", f"a sign of infection: {infection}", *own),
        (f"{id_}.when", ", ".join(_PLACES[one] for one in sign["when"]), *told),
    ]
    for number, step in enumerate(sign["steps"], 1):
        text = " ".join(part for part in (step["do"], step.get("more", "")) if part)
        rows.append((f"{id_}.step.{number}", text, *own))
    rows += [(f"{id_}.avoid.{n}", text, *own) for n, text in enumerate(sign["avoid"], 1)]
    rows.append((f"{id_}.say", f"on the phone: {sign['say']}", *own))
    for number, one in enumerate(sign["escalate"], 1):
        rows.append((f"{id_}.more_urgent.{number}", f"{one['tier']} if {one['if']}", *own))
    rows.append((f"{id_}.tell_apart", sign["tell_apart"], *own))
    return rows


def _emergency(emergency: _Entry, signs: _Entry, sources: _Sources) -> str:
    behind = {sign["id"]: sign for sign in signs["signs"]}

    def told(line: _Entry) -> tuple[str, str]:
        of = [behind[id_] for id_ in line["of"]]
        states = {one["status"] for one in of}
        ids = dict.fromkeys(id_ for one in of for id_ in one["sources"])
        return states.pop() if len(states) == 1 else "partly verified here", sources.names(ids)

    rows: list[_Row] = []
    rows += [
        (f"emergency.step.{n}", s["do"], *told(s)) for n, s in enumerate(emergency["steps"], 1)
    ]
    rows += [
        (f"emergency.avoid.{n}", one["text"], *told(one))
        for n, one in enumerate(emergency["avoid"], 1)
    ]
    for key in ("fever", "no_answer"):
        rows.append((f"emergency.{key}", emergency[key]["text"], *told(emergency[key])))
    rows += [
        (f"emergency.short.{one['id']}", one["short"], *told({"of": [one["id"]]}))
        for one in emergency["signs"]
    ]
    same = ", ".join(emergency["same_day"])
    rows.append(("emergency.same_day", f"calls today on everybody's sheet: {same}", OUR_WORDS, ""))
    lines = ["# The emergency page and the printed sheet", ""]
    return _text([*lines, *_table("Words", rows)])


def _medicines(sources: _Sources) -> str:
    lines = ["# What each medicine is watched for", ""]
    for file in sorted(name for name in names("reference/medicines") if name.endswith(".en.json")):
        medicine = _read(file)
        id_ = medicine["id"]
        rows: list[_Row] = []
        for number, item in enumerate(medicine["watch"], 1):
            signs = ", ".join(item["signs"]) or "no sign of the list"
            text = f"{item['text']} ({item['urgency']}; {signs})"
            told = (item["status"], sources.names(item["sources"]))
            rows.append((f"{id_}.watch.{number}", text, *told))
        days = " ".join(
            part
            for part in (f"{medicine['watch_days']} days.", medicine["watch_days_note"])
            if part
        )
        rows.append((f"{id_}.watch_days", days, OUR_WORDS, ""))
        if medicine["fever_emergency"]:
            rows.append((f"{id_}.fever", "Fever is an emergency.", OUR_WORDS, ""))
        ids = dict.fromkeys(id_ for item in medicine["watch"] for id_ in item["sources"])
        lines += _table(medicine["name"], rows, sources.in_full(ids) if ids else "")
    return _text(lines)


# -- The support tab -------------------------------------------------------------------------------


def _support(support: Mapping[str, _Entry], sources: _Sources) -> str:
    kinds: dict[str, list[_Row]] = {}
    for card in support["cards"]["cards"]:
        title = f"{card['kind'].replace('_', ' ').capitalize()} ({card['room']})"
        kinds.setdefault(title, []).extend(_of_card(card, sources))
    told = "What stands under avoid, and what a card is said instead of, is what not to say."
    lines = ["# The support tab, the carer's own check, the crisis panel", "", told]
    for title, rows in kinds.items():
        lines += _table(title, rows)
    lines += _table("The carer's own check", _self_check(support["self_check"], sources))
    lines += _table("The crisis panel", _crisis(support["crisis"], sources))
    return _text(lines)


def _idea(entry: _Entry, sources: _Sources) -> tuple[str, str]:
    return f"{entry['status']}, {entry['confidence']}", sources.names(entry["sources"])


def _of_card(card: _Entry, sources: _Sources) -> list[_Row]:
    id_, told = card["id"], _idea(card, sources)
    text = f"not to say: {card['text']}" if card["kind"] == "avoid" else card["text"]
    rows: list[_Row] = [(id_, text, *told)]
    rows += [
        (f"{id_}.{key}", before + card[key], OUR_WORDS, told[1])
        for key, before in _CARD_PARTS.items()
        if card.get(key)
    ]
    if "minutes" in card:
        device = ", needs a charged device" if card["needs_power"] else ""
        rows.append((f"{id_}.minutes", f"{card['minutes']} minutes{device}", OUR_WORDS, ""))
    return rows


def _self_check(check: _Entry, sources: _Sources) -> list[_Row]:
    told = _idea(check, sources)
    rows: list[_Row] = [
        (f"self_check.{key}", check[key], OUR_WORDS, "") for key in ("name", "intro", "looks_back")
    ]
    for number, text in enumerate(check["answers"]):
        rows.append((f"self_check.answer.{number}", text, OUR_WORDS, ""))
    for one in check["questions"]:
        often = "; often is the good answer" if one["reverse"] else ""
        rows.append((f"self_check.{one['id']}", f"{one['text']} ({one['area']}{often})", *told))
    return rows


def _crisis(crisis: _Entry, sources: _Sources) -> list[_Row]:
    told = _idea(crisis, sources)
    rows: list[_Row] = [("crisis.name", crisis["name"], *told)]
    for line in crisis["lines"]:
        id_ = f"crisis.{line['id']}"
        rows += [(f"{id_}.{n}", text, *told) for n, text in enumerate(line["says"], 1)]
        rows.append((f"{id_}.missing", f"without a number: {line['missing'] or 'nothing'}", *told))
    rows += [(f"crisis.{key}", crisis[key], *told) for key in ("yourself", "add")]
    for step in crisis["steps"]:
        text = f"{step['do']} {step['more']}".strip()
        rows.append((f"crisis.{step['id']}", text, *_idea(step, sources)))
    return rows


# -- The code --------------------------------------------------------------------------------------


def screens() -> list[Path]:
    """Return the modules of which every sentence is listed."""
    found = [path for part in _SCREENS for path in sorted((PACKAGE / part).rglob("*.py"))]
    return [
        path
        for path in found
        if not path.relative_to(PACKAGE).as_posix().startswith(_NOT_ABOUT_SIGNS)
    ]


def message_keys() -> list[str]:
    """Return the keys of the messages that the tabs can show: `safety.*` and what is used."""
    known = _read("messages/en.json")
    services = [
        path
        for path in sorted((PACKAGE / "services").glob("*.py"))
        if path.stem.startswith(_SERVICES)
    ]
    used = {text for path in (*screens(), *services, *_domain()) for text in constants(path)}
    return sorted(key for key in known if key in used or key.startswith("safety."))


def _domain() -> list[Path]:
    found = sorted((PACKAGE / "domain").glob("*.py"))
    return [path for path in found if path.stem.startswith(_DOMAIN)]


def _screens() -> str:
    known = _read("messages/en.json")
    rows: list[_Row] = [(key, known[key], OUR_WORDS, "") for key in message_keys()]
    lines = [
        "# What the screens and printed pages say around them",
        "",
        *_table("Messages", rows),
    ]
    for path in screens():
        said = sentences(path)
        if said:
            lines += _table(
                said[0].module,
                [(f"{path.stem}.{_short(one.text)}", one.text, OUR_WORDS, "") for one in said],
            )
    return _text(lines)


# -- Writing ---------------------------------------------------------------------------------------


def _table(name: str, rows: Iterable[_Row], about: str = "") -> list[str]:
    told = [about, ""] if about else []
    return ["", f"## {name}", "", *told, _HEAD, _RULE, *(_line(row) for row in rows)]


def _line(row: _Row) -> str:
    id_, *cells = (cell.replace("|", "\\|").replace("\n", " ") for cell in row)
    return f"| `{id_}` | {' | '.join(cells)} | |"


def _text(lines: Iterable[str]) -> str:
    kept = list(lines)
    return "\n".join(one for n, one in enumerate(kept) if one or (n and kept[n - 1])) + "\n"


def _short(text: str) -> str:
    """Return letters that stay the same as long as the sentence does."""
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def _read(name: str) -> _Entry:
    return json.loads(read_text(name))


def differences(folder: Path = FOLDER) -> list[str]:
    """Return the names of the files in `folder` that are not what they should be."""
    made = documents()
    there = {path.name for path in folder.glob("*")} if folder.is_dir() else set[str]()
    wrong = {
        name
        for name, text in made.items()
        if name not in there or (folder / name).read_text(encoding="utf-8") != text
    }
    return sorted(wrong | (there - set(made)))


def main(arguments: list[str] | None = None) -> int:
    """Write the list, or with `--check` tell whether it is current."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="write nothing")
    if parser.parse_args(arguments).check:
        wrong = differences()
        print("\n".join(f"not current: {name}" for name in wrong) or "all of it is current")
        return 1 if wrong else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"{name}: {text.count(chr(10) + '| `')} sentences")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
