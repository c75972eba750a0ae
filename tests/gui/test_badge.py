"""The letter on a person's badge."""

from __future__ import annotations

import pytest

from caregiver_app.gui.widgets.chips import initial


@pytest.mark.parametrize(
    ("name", "letter"),
    [("Rosa Marín", "R"), ("ángel", "Á"), ("王梅 (Wang Mei)", "梅"), ("王小梅", "梅"), ("王", "王"),
     ("", "?"), ("  ", "?")],
)  # fmt: skip
def test_a_badge_bears_the_given_names_letter(name: str, letter: str):
    assert initial(name) == letter
