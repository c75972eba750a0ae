"""The tab reads each thing once, and lays nothing out anew while its words stay the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.gui.today.waiting_row import WaitingRow
from tests.gui.tabs_family import Family, settled_family
from tests.gui.today.page import Page, opened, pill, settle


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, family: Family) -> Page:
    for number in range(6):
        pill(family, f"p{number}", f"Medicine {number}", 7, day=20)
    return opened(qtbot, family)


def test_what_is_asked_for_again_is_read_once(page: Page):
    asked: list[str] = []
    page.family.house.care.store._connection.set_trace_callback(asked.append)
    page.tab.look_again()
    page.family.house.care.store._connection.set_trace_callback(None)
    of_entries = [sql for sql in asked if "deleted IS NULL" in sql and "[crc]" in sql]
    assert len(of_entries) > 10
    assert [sql for sql, times in Counter(of_entries).items() if times > 1] == []


def test_coming_back_within_the_same_minute_changes_no_row(
    page: Page, monkeypatch: pytest.MonkeyPatch
):
    changed: list[QWidget] = []
    monkeypatch.setattr(WaitingRow, "show_waiting", lambda row, _: changed.append(row))
    page.tab.turn()
    settle()
    assert page.tab.waiting.rows
    assert changed == []
    page.family.clock.at += timedelta(days=1)
    page.tab.waiting.refresh_words()
    assert changed, "what was due today was due yesterday by now"
