"""Settings: each change has its own name; where somebody left off is kept without one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Setting
from caregiver_app.messages import words
from tests.fakes import Home

ROOT = Path(__file__).resolve().parents[2]
_SET = re.compile(r"settings\.set\(\s*\"([a-z_.]+)\"")


def test_a_change_is_named_and_taken_back(home: Home):
    settings = home.house.settings
    assert settings.text("emergency_number", "") == ""
    settings.set("emergency_number", "112")
    assert settings.text("emergency_number", "") == "112"
    assert home.house.care.undo() == ("done.setting.emergency_number", {})
    assert settings.text("emergency_number", "") == ""


def test_every_setting_that_the_code_changes_has_a_name():
    sources = (ROOT / "caregiver_app").rglob("*.py")
    named = {name for path in sources for name in _SET.findall(path.read_text(encoding="utf-8"))}
    assert "emergency_number" in named
    for name in (*named, "look.scale", "look.mode"):
        key = f"done.setting.{name}"
        assert words(key) != key


def test_where_somebody_left_off_is_kept_and_is_nothing_to_undo(home: Home):
    settings, care = home.house.settings, home.house.care
    told: list[object] = []
    care.changes.listen(told.append)
    settings.remember(window__tab="bag", window__size="1280x860")
    assert settings.text("window.tab", "") == "bag"
    assert care.store.undo_label() is None
    before = len(told)
    settings.remember(window__tab="bag")
    assert len(told) == before, "the same again writes nothing"
    home.restart()
    assert home.house.settings.text("window.size", "") == "1280x860"


@pytest.mark.parametrize("value", [7, None, ["x"], {"a": 1}])
def test_a_value_that_is_no_text_counts_as_not_set(home: Home, value: object):
    settings = home.house.settings
    settings.set("look.scale", "125")
    with home.house.care.change("x"):
        home.house.care.store.put(Setting(id="look.scale", value=json.dumps(value)))
    assert settings.text("look.scale", "100") == "100"
