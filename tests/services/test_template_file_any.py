"""Whatever somebody does to the file of packing lists: it is used whole, or refused with a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from caregiver_app.assets import read_bytes
from caregiver_app.messages import explain
from caregiver_app.services import template_check
from caregiver_app.services.more import More
from caregiver_app.services.reference import Reference
from caregiver_app.services.template_file import NAME, TemplateFile, TemplateSpoiled

TEXT = read_bytes(NAME).decode()
NOWHERE = Path("/nowhere")

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["papers", "before", "infusion_day", "fever", "{fever_limit}", "{", ""]),
    lambda one: st.lists(one, max_size=2) | st.dictionaries(st.text(max_size=4), one, max_size=2),
    max_leaves=4,
)  # fmt: skip


def places(node: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The way to every value of the file."""
    found = [path] if path else []
    if isinstance(node, dict):
        inner = list(node.items())
    else:
        inner = list(enumerate(node)) if isinstance(node, list) else []
    for step, one in inner:
        found += places(one, (*path, step))
    return found


PLACES = places(json.loads(TEXT))


def use(raw: bytes) -> None:
    """Read everything that the program makes of a file; what is refused names a line of it."""
    file = TemplateFile(lambda: raw)
    file.lies_beside(NOWHERE, lambda: More.template_check)
    reference = Reference(file)
    assert all(template.name for template in reference.templates)
    assert reference.template("infusion_day")
    assert all(step.question for step in (*reference.steps, *reference.medicine_steps))
    for sheet in (reference.well_enough, reference.anything_new):
        assert all("{" not in one.ask.replace("{fever_limit}", "") for one in sheet.questions)
    assert all(time.name for time in reference.times)
    trouble = file.trouble
    if trouble is not None:
        assert 1 <= trouble.line <= raw.count(b"\n") + 1
        assert f"Line {trouble.line} " in explain(trouble)
        assert "…" not in explain(trouble)


@settings(max_examples=150)
@given(path=st.sampled_from(PLACES), value=ANYTHING)
def test_any_other_value_anywhere(path: tuple[str | int, ...], value: Any) -> None:
    lists = json.loads(TEXT)
    node = lists
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    use(json.dumps(lists, indent=2).encode())


@settings(max_examples=100)
@given(path=st.sampled_from(PLACES))
def test_anything_left_out(path: tuple[str | int, ...]) -> None:
    lists = json.loads(TEXT)
    node = lists
    for step in path[:-1]:
        node = node[step]
    del node[path[-1]]
    use(json.dumps(lists, indent=2).encode())


@settings(max_examples=150)
@given(
    start=st.integers(0, len(TEXT)),
    length=st.integers(0, 60),
    put=st.text(alphabet='"{}[],: \n\\x0\ud800', max_size=3),
)
def test_any_slip_of_the_keyboard(start: int, length: int, put: str) -> None:
    typed = TEXT[:start] + put + TEXT[start + length :]
    use(typed.encode("utf-8", "surrogatepass"))


@settings(max_examples=60)
@given(raw=st.binary(max_size=40))
def test_anything_at_all(raw: bytes) -> None:
    use(raw)


def test_the_line_of_every_value_is_found() -> None:
    lines = TEXT.splitlines()
    checked = 0
    for path in PLACES:
        if not isinstance(path[-1], str):
            continue
        at = template_check.line_of(TEXT, path)
        assert f'"{path[-1]}":' in lines[at - 1], path
        checked += 1
    assert checked > 500


def test_a_refused_file_is_the_kind_of_error_that_is_told() -> None:
    file = TemplateFile(lambda: b"{")
    file.lies_beside(NOWHERE, lambda: More.template_check)
    assert isinstance(file.trouble, TemplateSpoiled)
