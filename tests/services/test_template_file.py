"""The file of packing lists after somebody edited it by hand, well or badly."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caregiver_app.assets import read_bytes
from caregiver_app.messages import explain
from caregiver_app.services import template_check
from caregiver_app.services.more import More
from caregiver_app.services.reference import Reference
from caregiver_app.services.template_file import COPY, NAME, TemplateFile, TemplateSpoiled
from tests.factories import plan
from tests.fakes import Home

VISIT = "p1~2"
GOOD = read_bytes(NAME)
TEXT = GOOD.decode()


def file_of(raw: bytes | None, folder: Path) -> TemplateFile:
    """The file with these bytes in it, None for one that is gone."""

    def read() -> bytes:
        if raw is None:
            raise FileNotFoundError(NAME)
        return raw

    made = TemplateFile(read)
    made.lies_beside(folder, lambda: More.template_check)
    return made


def line_with(words: str) -> int:
    """The line of the shipped file on which these words stand first."""
    return TEXT[: TEXT.index(words)].count("\n") + 1


def trouble(raw: bytes) -> TemplateSpoiled:
    with pytest.raises(TemplateSpoiled) as found:
        template_check.read(raw)
    return found.value


def edited(old: str, new: str) -> bytes:
    """The shipped file with one thing changed, the first of its kind."""
    assert old in TEXT
    return TEXT.replace(old, new, 1).encode()


def test_the_shipped_file_is_in_order() -> None:
    assert template_check.read(GOOD) == json.loads(GOOD)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"Photo ID"', "12", "“label” has to be words in quotation marks"),
        ('"Photo ID"', '" "', "“label” is empty"),
        ('"Photo ID"', json.dumps("x" * 10_000), "“label” has 10000 characters. At most 200 fit"),
        ('"Photo ID"', '"Photo\\u0007 ID"', "“label” holds a character that can’t be shown"),
        ('"Photo ID"', '"\\ud800"', "“label” holds a character that can’t be shown"),
        ('"label": "Photo ID"', '"lable": "Photo ID"', "“lable” is no word that belongs there"),
        ('"group": "papers"', '"group": "pocket"', "“group” is “pocket”. It can be: papers"),
        ('"essential": true', '"essential": "yes"', "“essential” has to be true or false"),
        ('"essential": true', '"essential": NaN', "“essential” has to be true or false"),
        ('"offset_hours": -336', '"offset_hours": 1.5', "“offset_hours” has to be a whole number"),
        ('"offset_hours": -336', '"offset_hours": -99999', "has to be from -8760 to 8760"),
        ('"key": "photo_id"', '"key": "paperwork"', "“paperwork” stands there a second time"),
        ('"key": "photo_id"', '"key": "photo id"', "“key” has to be one word without blanks"),
        ('"pack_uh"', '"my_uncle"', "“sources” names “my_uncle”, which is not known"),
        ('"first_visit": true', '"full_moon": true', "“full_moon” is no word that belongs there"),
        ("Fever, {fever_limit}", "Fever, {limit}", "brackets may only stand in {fever_limit}"),
        ('"sign": "fever"', '"sign": "joy"', "“sign” names “joy”"),
        ('"adds_to": "infusion_day"', '"adds_to": "moon_day"', "“adds_to” is “moon_day”"),
        ('"types": []', '"types": {}', "“types” has to be a list in square brackets"),
    ],
)  # fmt: skip
def test_nonsense_is_named_with_its_line(old: str, new: str, said: str) -> None:
    found = trouble(edited(old, new))
    assert found.line == line_with(old)
    assert said in explain(found)
    assert f"Line {found.line} of the file with the packing lists" in explain(found)


def test_what_is_left_out_is_named_where_its_entry_begins() -> None:
    label = '          "label": "Photo ID",\n'
    found = trouble(edited(label, ""))
    assert found.line == line_with('"key": "photo_id"') - 1
    assert "“label” is missing" in explain(found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"label": "Photo ID",', '"label": "Photo ID"'),
        ('"label": "Photo ID",', '"label": Photo ID",'),
        ('"label": "Photo ID",', '"label": "Photo ID,'),
        ('"label": "Photo ID",', '"label": "Photo" ID",'),
        ('"label": "Photo ID",', '"label" "Photo ID",'),
        ('"ocr_hcp"\n', '"ocr_hcp",\n'),
    ],
)
def test_a_missing_comma_or_mark_is_named(old: str, new: str) -> None:
    found = trouble(edited(old, new))
    assert found.line == line_with(old)
    assert "a comma, a quotation mark or a bracket" in explain(found)


def test_the_last_of_two_values_of_one_name_is_the_one_that_is_meant() -> None:
    found = trouble(edited('"label": "Photo ID",', '"label": "Photo ID",\n"label": 3,'))
    assert found.line == line_with('"label": "Photo ID"') + 1


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"", 1),
        (b"[]", 1),
        (b"{}", 1),
        (b"Dear diary", 1),
        (b"[" * 100_000, 1),
        (b'{"about": "\n\xff"}', 2),
        (b'{"about": ' + b"9" * 5000 + b"}", 1),
        (b'{"templates": []}', 1),
    ],
)
def test_what_is_no_such_file_at_all_is_refused(raw: bytes, line: int) -> None:
    assert trouble(raw).line == line


def test_a_mark_that_some_editors_put_in_front_does_no_harm() -> None:
    assert template_check.read(b"\xef\xbb\xbf" + GOOD) == json.loads(GOOD)


# -- The copy -------------------------------------------------------------------------------------


def test_the_copy_is_private_and_written_only_when_the_file_is_new(tmp_path: Path) -> None:
    file_of(GOOD, tmp_path).keep()
    copy = tmp_path / COPY
    assert copy.read_bytes() == GOOD
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    first = copy.stat().st_ino
    file_of(GOOD, tmp_path).keep()
    assert copy.stat().st_ino == first
    changed = edited('"Photo ID"', '"Passport"')
    file_of(changed, tmp_path).keep()
    assert copy.read_bytes() == changed
    assert [one.name for one in tmp_path.iterdir()] == [COPY]


def test_what_was_read_before_the_data_was_opened_is_judged_then(tmp_path: Path) -> None:
    early = TemplateFile(lambda: edited('"Photo ID"', "12"))
    assert early.lists
    assert early.trouble is None
    early.lies_beside(tmp_path, lambda: More.template_check)
    assert early.trouble is not None
    good = TemplateFile(lambda: GOOD)
    assert good.lists
    good.lies_beside(tmp_path, lambda: More.template_check)
    good.keep()
    assert (tmp_path / COPY).read_bytes() == GOOD


def test_a_file_that_is_the_copy_is_not_judged_again(tmp_path: Path) -> None:
    file_of(GOOD, tmp_path).keep()
    calm = TemplateFile(lambda: GOOD)

    def never() -> Any:
        raise AssertionError("judged")

    calm.lies_beside(tmp_path, never)
    assert calm.lists == json.loads(GOOD)
    assert calm.trouble is None


@pytest.mark.parametrize(
    "raw", [None, b"", b"{", edited('"Photo ID"', "12")], ids=["gone", "empty", "cut", "number"]
)
def test_the_last_good_copy_is_used_and_never_overwritten(tmp_path: Path, raw: Any) -> None:
    own = edited('"Photo ID"', '"Passport, 护照"')
    file_of(own, tmp_path).keep()
    spoiled = file_of(raw, tmp_path)
    reference = Reference(spoiled)
    labels = [item.label for item in reference.template("infusion_day").items]
    assert "Passport, 护照" in labels
    assert reference.steps
    assert spoiled.trouble is not None
    assert spoiled.has_copy
    spoiled.keep()
    assert (tmp_path / COPY).read_bytes() == own


def _cut(copy: Path) -> None:
    copy.write_bytes(GOOD[:5000])


def _folder(copy: Path) -> None:
    copy.mkdir()


@pytest.mark.parametrize("spoil", [_cut, _folder, lambda _copy: None])
def test_without_a_good_copy_there_are_empty_lists(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(tmp_path / COPY)
    spoiled = file_of(b"{", tmp_path)
    reference = Reference(spoiled)
    assert [len(one.items) for one in reference.templates] == [0, 0, 0, 0]
    assert reference.template("infusion_day").name == "Infusion day"
    assert (reference.steps, reference.medicine_steps, reference.times) == ((), (), ())
    assert reference.well_enough.questions == ()
    assert reference.anything_new.name == "Anything new since last time?"
    assert spoiled.trouble is not None
    assert not spoiled.has_copy


def test_packing_goes_on_with_neither_file_nor_copy(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.house.plans.save(plan(offsets=(0, 2, 6), every=8))
    spoiled = Reference(file_of(b"{", tmp_path))
    monkeypatch.setattr(home.house.care, "_find_reference", lambda: spoiled)
    home.house.bags.add(VISIT, "Passport", "papers")
    assert [line.label for line in home.house.bags.bag(VISIT).lines] == ["Passport"]
    assert home.house.bags.steps(VISIT) == []
    assert home.house.visits.well_enough(VISIT).asked == ()
    home.said()
