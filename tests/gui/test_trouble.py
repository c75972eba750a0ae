"""The window for data that cannot be opened."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.after_paint import AfterPaint
from caregiver_app.bootstrap import _open
from caregiver_app.clock import SystemClock
from caregiver_app.errors import DataBusy, DataDamaged, DataNewer, DiskTrouble
from caregiver_app.gui import app
from caregiver_app.gui.backup_words import backup_time
from caregiver_app.gui.focus_ring import FocusRing
from caregiver_app.gui.restore_sheet import Homecoming
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.trouble import TroubleWindow
from caregiver_app.gui.widgets.text import ScrollArea
from caregiver_app.messages import words
from caregiver_app.options import Place
from caregiver_app.storage.backups import DATA_NAME, make_backup
from tests.gui.tabs_family import visible_text
from tests.storage.making import filled


def rings() -> set[FocusRing]:
    application = QApplication.instance()
    assert application is not None
    return set(application.findChildren(FocusRing))


def home(restore) -> Homecoming:
    return Homecoming(
        restore=restore,
        changes=lambda backup: [],
        unseal=lambda backup, passphrase: backup,
        today=date(2026, 3, 20),
    )


SENTENCE = "The data file is damaged. It was left as it is."


def test_it_says_what_happened_and_restores_with_one_click(qtbot: QtBot, tmp_path: Path) -> None:
    restored: list[Path] = []
    offer = tmp_path / "caregiver-2026-03-19T2130.sqlite3"
    window = TroubleWindow(SENTENCE, offer, home(restored.append), lacks="It lacks 3 notes.")
    qtbot.addWidget(window)
    window.show()
    text = visible_text(window)
    assert SENTENCE in text
    assert "March 2026" in text
    assert "It lacks 3 notes." in text
    assert window.restore is not None
    qtbot.mouseClick(window.restore, Qt.MouseButton.LeftButton)
    assert restored == [offer]
    assert not window.isVisible()


def test_a_restore_that_fails_stays_open_and_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    def refuse(_backup: Path) -> None:
        raise DiskTrouble("export.disk", path="x")

    window = TroubleWindow(SENTENCE, tmp_path / "caregiver-2026-03-19T2130.sqlite3", home(refuse))
    qtbot.addWidget(window)
    window.show()
    assert window.restore is not None
    qtbot.mouseClick(window.restore, Qt.MouseButton.LeftButton)
    assert window.isVisible()
    assert "disk is full" in visible_text(window)


def test_without_a_backup_only_quit_is_offered(qtbot: QtBot) -> None:
    window = TroubleWindow(SENTENCE, None, home(lambda backup: None))
    qtbot.addWidget(window)
    window.show()
    assert window.restore is None
    assert window.choose.words == "Choose a backup…"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_the_time_of_a_backup(tmp_path: Path) -> None:
    named = backup_time(Path("caregiver-2026-03-19T2130.sqlite3"))
    assert named is not None
    assert named.timestamp() == 1773955800
    odd = tmp_path / "copy.sqlite3"
    odd.write_bytes(b"")
    assert backup_time(odd) is not None
    assert backup_time(Path("copy-9999-99-99T9999.sqlite3")) is None


def test_what_may_pass_can_be_tried_again_before_a_backup_is_taken(
    qtbot: QtBot, tmp_path: Path
) -> None:
    answers: list[DiskTrouble | None] = [DiskTrouble("disk.trouble", path="x"), None]
    restored: list[Path] = []
    window = TroubleWindow(
        SENTENCE,
        tmp_path / "caregiver-2026-03-19T2130.sqlite3",
        home(restored.append),
        again=lambda: answers.pop(0),
    )
    qtbot.addWidget(window)
    window.show()
    assert window.retry is not None
    assert "19 March 2026" in visible_text(window)
    assert "Try again first" in visible_text(window)
    qtbot.mouseClick(window.retry, Qt.MouseButton.LeftButton)
    assert window.isVisible()
    assert not window.goes_on
    assert "The disk could not be read" in window.sentence.text()
    assert "still the same" in visible_text(window)
    qtbot.mouseClick(window.retry, Qt.MouseButton.LeftButton)
    assert not window.isVisible()
    assert window.goes_on
    assert restored == []


TROUBLES = [
    (DiskTrouble("disk.trouble", path="x"), True, 14),
    (DiskTrouble("disk.full", path="x"), True, 14),
    (DataDamaged("data.damaged", path="x"), True, 10),
    (DataBusy("data.busy", path="x"), False, 12),
    (DataNewer("data.newer", path="x"), False, 11),
]


@pytest.mark.parametrize("pressed", ["leave", "restore"])
@pytest.mark.parametrize(("error", "offers", "code"), TROUBLES, ids=lambda one: str(one)[:14])
def test_a_failing_disk_names_and_offers_the_newest_good_backup_as_damage_does(
    qtbot: QtBot, tmp_path: Path, error, offers: bool, code: int, pressed: str
) -> None:
    data = filled(tmp_path)
    backups = tmp_path / "backups"
    backups.mkdir()
    data.close()
    make_backup(tmp_path / DATA_NAME, backups / "caregiver-2026-03-18T2130.sqlite3")
    (backups / "caregiver-2026-03-19T2130.sqlite3").write_bytes(b"not a backup")
    told: list[str] = []

    def press() -> None:
        window = next(one for one in QApplication.topLevelWidgets()
                      if isinstance(one, TroubleWindow) and one.isVisible())  # fmt: skip
        told.append(visible_text(window))
        assert (window.restore is not None) == offers
        assert (window.retry is not None) == isinstance(error, DiskTrouble | DataBusy)
        assert window.choose.isVisible() == offers
        button = window.leave if window.restore is None else getattr(window, pressed)
        QTimer.singleShot(0, button.click)

    QTimer.singleShot(200, press)
    place = Place(tmp_path, SystemClock(), _open)
    ended = AfterPaint.in_trouble(place, error)
    assert ended == (app.OPEN_AGAIN if offers and pressed == "restore" else code)
    assert ("18 March 2026" in told[0]) == offers


@pytest.mark.parametrize("key", ["data.empty", "data.busy", "data.read_only_older"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("offer", [None, Path("caregiver-2026-03-19T2130.sqlite3")])
def test_it_is_as_tall_as_what_it_says(
    qtbot: QtBot, theme: Theme, key: str, scale: float, offer: Path | None
) -> None:
    theme.set_scale(scale)
    said = words(key, path="/home/family/.local/share/caregiver-companion/caregiver.sqlite3")
    window = TroubleWindow(said, offer, home(lambda backup: None), theme=theme)
    qtbot.addWidget(window)
    window.resize(window.sizeHint())
    window.show()
    area = window.findChild(ScrollArea)
    assert area is not None
    room = window.screen().availableGeometry().height() - 60
    assert area.verticalScrollBar().maximum() == 0 or window.height() >= room
    foot = window.leave.mapTo(window, window.leave.rect().bottomLeft()).y()
    assert foot > window.height() - 60, "half of it is empty"


def test_the_keyboard_begins_at_the_way_out_and_has_a_ring(qtbot: QtBot) -> None:
    restored: list[Path] = []
    window = TroubleWindow(
        SENTENCE, Path("caregiver-2026-03-19T2130.sqlite3"), home(restored.append)
    )
    before = rings()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    assert window.focusWidget() is window.leave
    qtbot.keyClick(window.leave, Qt.Key.Key_Tab)
    assert window.focusWidget() is window.restore
    assert len(rings() - before) == 1
    qtbot.keyClick(window.leave, Qt.Key.Key_Return)
    assert restored == []
    assert not window.isVisible()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert rings() <= before, "the next window has its own"
