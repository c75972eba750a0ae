"""The list for clinicians names every sentence of the side-effects and support tabs."""

from __future__ import annotations

import ast
import json
from functools import cache
from pathlib import Path

import pytest

from caregiver_app.assets import read_text
from tools import review_list, review_words
from tools.review_list import documents, message_keys, screens
from tools.review_words import PACKAGE, Unreadable, sentences

RUN = "run `python tools/review_list.py`"


def listed() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in review_list.FOLDER.glob("*.md"))


@cache
def made() -> dict[str, str]:
    """What the program as it stands makes; making it takes seconds."""
    return documents()


@pytest.fixture
def as_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_list, "documents", made)


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module of the watchlist that a test writes."""
    monkeypatch.setattr(review_words, "PACKAGE", tmp_path)
    monkeypatch.setattr(review_list, "PACKAGE", tmp_path)
    folder = tmp_path / "gui" / "watchlist"
    folder.mkdir(parents=True)
    return folder / "made.py"


@pytest.mark.usefixtures("as_made")
def test_the_committed_list_is_current():
    assert review_list.differences() == [], f"the list for clinicians is not current: {RUN}"
    assert review_list.main(["--check"]) == 0


def test_every_sentence_of_the_data_is_in_it():
    found = listed()
    signs = json.loads(read_text("reference/signs.en.json"))
    for sign in signs["signs"]:
        told = [sign["name"], sign["full"], sign["say"], sign["tell_apart"], *sign["avoid"]]
        told += [part for step in sign["steps"] for part in step.values()]
        told += [one["if"] for one in sign["escalate"]]
        missing = [text for text in (*told, *sign["also"]) if text not in found]
        assert not missing, f"{sign['id']}: {missing}: {RUN}"
        assert f"`{sign['id']}.tier`" in found
    for tier in signs["tiers"]:
        assert tier["label"] in found
        assert tier["action"] in found
    for one in signs["severity"]:
        assert one["meaning"] in found
    for note in signs["fever"]["notes"]:
        assert note in found


def test_every_word_of_the_support_tab_is_in_it():
    found = made()["6-support.md"]
    cards, check, crisis = (
        json.loads(read_text(f"support/{name}.en.json"))
        for name in ("cards", "self_check", "crisis")
    )
    told = {"name", "intro", "looks_back", "yourself", "add", "text", "why", "instead_of", "do"}
    told |= {"technique", "action", "more", "missing", "area", "status", "confidence", "who"}
    for file in (cards, check, crisis):
        missing = [text for text in _words(file, told) if text not in found]
        assert not missing, f"{missing}: {RUN}"
    for text in (*check["answers"], *(one for line in crisis["lines"] for one in line["says"])):
        assert text in found, f"{text}: {RUN}"
    ids = [card["id"] for card in cards["cards"]]
    ids += [f"self_check.{one['id']}" for one in check["questions"]]
    ids += [f"crisis.{one['id']}" for one in (*crisis["steps"], *crisis["lines"])]
    assert [id_ for id_ in ids if f"| `{id_}" not in found] == []
    names = json.loads(read_text("reference/sources.en.json"))["sources"]
    behind = {names[id_]["publisher"] for card in cards["cards"] for id_ in card["sources"]}
    assert all(name in found for name in behind)


def _words(node: object, told: set[str]) -> list[str]:
    if isinstance(node, dict):
        here = [one for key, one in node.items() if key in told and isinstance(one, str)]
        return here + [text for one in node.values() for text in _words(one, told)]
    return [text for one in node for text in _words(one, told)] if isinstance(node, list) else []


def test_every_safety_message_and_every_message_of_the_tab_is_in_it():
    found, known = listed(), json.loads(read_text("messages/en.json"))
    keys = message_keys()
    assert {key for key in known if key.startswith("safety.")} <= set(keys)
    assert {"sign.temperature", "sign.unknown", "done.side_effect"} <= set(keys)
    assert [key for key in keys if f"`{key}`" not in found] == []


def test_the_modules_of_the_tab_are_all_looked_at():
    names = {path.relative_to(PACKAGE).as_posix() for path in screens()}
    for folder in ("gui/watchlist", "gui/emergency", "gui/support", "gui/crisis"):
        there = {path.relative_to(PACKAGE).as_posix() for path in (PACKAGE / folder).glob("*.py")}
        assert there <= names
    assert {"pages/cycle_chart.py", "pages/emergency_page.py"} <= names


def test_every_row_has_its_five_cells():
    for name, text in made().items():
        for line in text.splitlines():
            if line.startswith("| `"):
                cells = line.replace("\\|", "").strip("|").split("|")
                assert len(cells) == 5, f"{name}: {line}"
                assert cells[1].strip(), f"{name}: {line}"
                assert not cells[4].strip()


def test_a_new_sentence_makes_it_red(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "list"
    folder.mkdir()
    for name, text in made().items():
        (folder / name).write_text(text, encoding="utf-8")
    with monkeypatch.context() as unchanged:
        unchanged.setattr(review_list, "documents", made)
        assert review_list.differences(folder) == []
    new = PACKAGE / "gui" / "watchlist" / "tab.py"
    said = tmp_path / "tab.py"
    code = new.read_text(encoding="utf-8")
    said.write_text(code + '\n\ndef _new() -> str:\n    return tr("Something new for {name}")\n')
    real = review_list.sentences
    monkeypatch.setattr(review_list, "sentences", lambda path: (
        [*real(path), *_sentences_of(said, "gui/watchlist/tab")] if path == new else real(path)
    ))  # fmt: skip
    assert review_list.differences(folder) == ["5-screens.md", "README.md"]


def _sentences_of(path: Path, name: str) -> list[review_words.Said]:
    found = review_words._Module.__new__(review_words._Module)
    found.path, found.name = path, name
    found.tree = ast.parse(path.read_text(encoding="utf-8"))
    found._nodes = list(ast.walk(found.tree))
    return [review_words.Said(name, text) for text in found.sentences() if "new" in text]


def test_words_are_found_however_the_code_says_them(module: Path):
    module.write_text('''
_TABLE = {"key": "From a table", "more": ("From a pair", "its second")}
_LIST = ("First of a list", "Second of a list")


def say(count: int, name: str) -> list[str]:
    """No sentence."""
    word = "By a name" if count else "By another"
    return [
        tr("Plainly {name}", name="not this"), words.tr("By an attribute"),
        count_text(count, "One thing", "{count} things"), tr(word), tr(_TABLE[name]),
        *[tr(one) for one in _LIST], tr("Joined " "together"), tr("yes" if count else "no"),
        tr(name), "no sentence",
    ]
''')  # fmt: skip
    assert {one.text for one in sentences(module)} == {
        "Plainly {name}", "By an attribute", "One thing", "{count} things", "By a name",
        "By another", "From a table", "From a pair", "its second", "First of a list",
        "Second of a list", "Joined together", "yes", "no",
    }  # fmt: skip


def test_what_cannot_be_read_from_the_code_is_said(module: Path):
    module.write_text("def say() -> str:\n    return tr(made_up())\n")
    with pytest.raises(Unreadable, match=r"gui/watchlist/made:2: no sentence .*made_up"):
        sentences(module)


@pytest.mark.usefixtures("as_made")
def test_a_file_that_does_not_belong_there_is_named(tmp_path: Path):
    for name, text in made().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "old.md").write_text("# Old\n")
    (tmp_path / "2-signs.md").unlink()
    assert review_list.differences(tmp_path) == ["2-signs.md", "old.md"]
