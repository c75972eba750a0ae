"""Every page of a sign says that no clinician has reviewed it, until the data says that one has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.assets import read_text
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.emergency.page import EmergencyPage
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.sign_page import SignPage
from caregiver_app.gui.watchlist.tab import WatchTab
from caregiver_app.pages.emergency_of_person import sheet_for
from caregiver_app.services import reference
from caregiver_app.services.reference import Reference, load
from tests.gui.tabs_family import Family, rosas_family, shown, visible_text

NOT_YET = "ot reviewed by a clinician"
SIGNS = [sign.id for sign in load().signs]
URGENT = [sign.id for sign in load().signs if sign.tier is Tier.EMERGENCY]


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def reviewed(family: Family, monkeypatch: pytest.MonkeyPatch, *files: str) -> None:
    """Let the data say that these files were reviewed."""

    def read(name: str) -> object:
        told = json.loads(read_text(name))
        return {**told, "clinician_review": "done"} if name in files else told

    monkeypatch.setattr(reference, "_read", read)
    made = Reference()
    monkeypatch.setattr(family.house.care, "_find_reference", lambda: made)


def page_of(tab: WatchTab, sign: str) -> SignPage:
    tab.show_sign(sign)
    QApplication.processEvents()
    assert tab.sign_page is not None
    return tab.sign_page


def test_every_page_of_a_sign_says_it(qtbot: QtBot, family: Family):
    theme = Theme()
    tab = WatchTab(family.house, theme)
    qtbot.addWidget(shown(tab, theme))
    assert NOT_YET in visible_text(tab)
    silent = [sign for sign in SIGNS if NOT_YET not in visible_text(page_of(tab, sign))]
    assert not silent


@pytest.mark.parametrize("sign", ["", *URGENT])
def test_the_emergency_page_says_it_at_once(qtbot: QtBot, family: Family, sign: str):
    theme = Theme()
    page = EmergencyPage(family.house, theme)
    qtbot.addWidget(shown(page, theme))
    page.show_for(None, family.house.reference.sign(sign))
    QApplication.processEvents()
    assert NOT_YET in visible_text(page)


def test_once_it_was_reviewed_nothing_says_otherwise(
    qtbot: QtBot, family: Family, monkeypatch: pytest.MonkeyPatch
):
    reviewed(family, monkeypatch, "reference/signs.en.json", "reference/emergency.en.json")
    theme = Theme()
    tab = WatchTab(family.house, theme)
    qtbot.addWidget(shown(tab, theme))
    assert NOT_YET not in visible_text(tab)
    text = visible_text(page_of(tab, "fatigue"))
    assert NOT_YET not in text
    assert "reviewed by a clinician" in text
    printed = sheet_for(family.house, "rosa", family.house.care.now)
    assert printed.reviewed
    assert NOT_YET not in printed.sources
    page = EmergencyPage(family.house, theme)
    qtbot.addWidget(shown(page, theme))
    for sign in ("", "seizure"):
        page.show_for(None, family.house.reference.sign(sign))
        QApplication.processEvents()
        assert NOT_YET not in visible_text(page)


def test_the_general_steps_wait_for_both_files(family: Family, monkeypatch: pytest.MonkeyPatch):
    reviewed(family, monkeypatch, "reference/signs.en.json")
    told = family.house.reference
    assert told.is_reviewed
    assert told.signs[0].evidence.reviewed
    assert not told.emergency.evidence.reviewed
    printed = sheet_for(family.house, "rosa", family.house.care.now)
    assert not printed.reviewed
    assert NOT_YET in printed.sources
    reviewed(family, monkeypatch, "reference/emergency.en.json")
    assert not family.house.reference.is_reviewed
    assert not family.house.reference.emergency.evidence.reviewed
