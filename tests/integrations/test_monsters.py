"""Files that ask for as much as they can: each is read or refused, within its time and memory."""

from __future__ import annotations

import resource
import time

import pytest

from caregiver_app.errors import InputRefused
from caregiver_app.integrations.guard import read_guarded
from caregiver_app.integrations.guard_child import MEMORY
from caregiver_app.integrations.lines import LARGEST_FILE, LONGEST_LINE, MOST_COMPONENTS
from caregiver_app.messages import explain
from tests.integrations.monsters import LARGEST, MONSTERS, SMALL, calendar, event

QUICK, LONG = 2.0, 30.0
REFUSED = {"import.too_much", "import.long_line", "import.deep", "import.many", "import.many_dates"}
OFTEN = (
    "dates_left_out_of_a_zone", "one_uid", "continued_lines", "nothing_but_spaces", "triggers",
    "deep", "half_a_parameter", "spaces_of_a_rule", "rule_most", "rule_longest", "rule_widest",
    "rule_never_a_place", "two_rules_all_places", "from_then_on", "dates_of_an_unknown_zone",
    "onsets",
)  # fmt: skip
"""Those that run with every `make test`."""


def work_of(data: bytes) -> tuple[float, float, str]:
    """Read a file; return the child's seconds of work, the seconds of waiting, and a refusal."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    key, sentence = "", ""
    try:
        read_guarded(data)
    except InputRefused as refused:
        key, sentence = refused.key, explain(refused)
    assert "…" not in sentence
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return work, time.monotonic() - begun, key


@pytest.mark.parametrize("name", OFTEN)
def test_a_small_file_never_takes_two_seconds(name):
    data = MONSTERS[name](SMALL - 1_000)
    work, _, key = work_of(data)
    assert key in REFUSED | {""}
    # Work and not time: other tests run beside this one.
    assert work < QUICK


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(MONSTERS))
def test_no_small_file_takes_two_seconds(name):
    data = MONSTERS[name](SMALL - 1_000)
    work, _, key = work_of(data)
    assert key in REFUSED | {""}
    assert work < QUICK


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(MONSTERS))
def test_no_file_takes_half_a_minute_or_much_memory(name):
    data = MONSTERS[name](LARGEST)[:LARGEST_FILE]
    _, waited, key = work_of(data)
    assert key in REFUSED | {"", "import.too_long_time"}
    assert waited < LONG
    # Kilobytes, the largest of all children so far.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 <= MEMORY


# -- Each cap, just below and just above -----------------------------------------------------------


def refusal(data: bytes) -> str:
    try:
        read_guarded(data)
    except InputRefused as refused:
        return explain(refused)
    return ""


def test_ten_megabytes_are_the_most():
    whole = calendar(event("UID:1"))
    assert not refusal(whole + b"\n" * (LARGEST_FILE - len(whole)))
    assert "10 MB" in refusal(whole + b"\n" * (LARGEST_FILE - len(whole) + 1))


def test_twenty_thousand_components_are_the_most():
    full = [event(f"UID:{n}", start="DTSTART:20260105") for n in range(MOST_COMPONENTS)]
    assert not refusal(calendar(*full))
    begun = time.monotonic()
    assert "Line 80003" in refusal(calendar(*full, event("UID:x")))
    assert time.monotonic() - begun < 40  # 0.4 s on a machine that does nothing else


def test_a_line_of_a_hundred_kilobytes_is_the_longest():
    for sign, many in (("x", 1), ("é", 2), ("😀", 4)):
        words = sign * ((LONGEST_LINE - len("SUMMARY:")) // many)
        assert not refusal(calendar(event(f"SUMMARY:{words}")))
        assert "Line 5 is longer than 100 kB" in refusal(calendar(event(f"SUMMARY:{words}{sign}")))


def test_folding_hides_no_long_line():
    words = "\r\n ".join(["x" * 70] * 1_500)
    assert "Line 5" in refusal(calendar(event(f"SUMMARY:{words}")))


def test_six_deep_is_the_deepest():
    inner = [f"BEGIN:X-{n}" for n in range(5)]
    assert not refusal(calendar(*inner))
    assert "Line 8" in refusal(calendar(*inner, "BEGIN:X-5"))
