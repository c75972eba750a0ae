"""What was just done, in a sentence: dates and times stand in it as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from caregiver_app.gui.bridge import change_words

TODAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2026-03-20T19:00:00-04:00", "Eye drops: postponed to 19:00"),
        ("2026-03-21T09:00:00-04:00", "Eye drops: postponed to tomorrow, 9:00"),
        ("2026-03-22T09:30:00-04:00", "Eye drops: postponed to Sun 22 Mar 9:30"),
        ("2027-01-04T09:30:00-05:00", "Eye drops: postponed to Mon 4 Jan 2027 9:30"),
        ("some day", "Eye drops: postponed to some day"),
    ],
)
def test_later_says_until_when(until: str, said: str) -> None:
    words = change_words("done.answered_later", {"what": "Eye drops", "until": until}, TODAY)
    assert words == said


def test_a_step_kept_before_the_time_was_told_still_reads() -> None:
    said = change_words("done.answered_later", {"what": "Eye drops"}, TODAY)
    assert said == "Eye drops: postponed to …"
