"""What nobody foresaw: one calm window, no word of the family's in it or in the log."""

from __future__ import annotations

import gc
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from caregiver_app.errors import InputRefused
from caregiver_app.gui import unforeseen
from caregiver_app.gui.crash import CrashWindow
from caregiver_app.gui.later import Later
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.unforeseen import QUIET_SECONDS, Catcher, Mishap, catching, mishap_of
from tests.gui.calendar.family import dressed
from tests.gui.tabs_family import button, visible_text
from tests.tools.screen import Screen, private_bus, private_screen, wait_until

ROOT = Path(__file__).resolve().parents[2]
WORDS = "Rosa has fever"
SPOT = "test_crash.py"


class Main(QWidget):
    """Stands for the main window; each button breaks in its own way."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.paints = 0
        self.breaks_painting = False
        self.good = QPushButton("Count", self)
        self.clicks = 0
        column = QVBoxLayout(self)
        column.addWidget(self.good)
        self.good.clicked.connect(self._count)
        self.resize(800, 600)

    def _count(self) -> None:
        self.clicks += 1

    def say(self, sentence: str) -> None:
        self.said.append(sentence)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paints += 1
        if self.breaks_painting:
            raise ValueError(WORDS)


class Clockwork:
    """Seconds that a test lets go by."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def theme(qapp) -> Theme:
    return dressed(qapp)


@pytest.fixture
def seconds() -> Clockwork:
    return Clockwork()


@pytest.fixture
def main(qapp, qtbot, theme: Theme) -> Iterator[Main]:
    theme.apply(qapp)
    made = Main()
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.breaks_painting = False
    for sheet in sheets():
        sheet.done(0)
    made.hide()
    made.deleteLater()
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


@pytest.fixture
def catcher(main: Main, theme: Theme, seconds: Clockwork) -> Iterator[Catcher]:
    made = Catcher(main, main.say, theme, lambda: Later, seconds=seconds)
    with catching(made):
        yield made


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def sheets() -> list[CrashWindow]:
    QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    found = QApplication.topLevelWidgets()
    return [one for one in found if isinstance(one, CrashWindow) and one.isVisible()]


def the_sheet() -> CrashWindow:
    settle()
    (found,) = sheets()
    return found


def break_at(main: Main, error: Exception) -> None:
    """Let a slot fail, as a real one does."""

    def fail() -> None:
        raise error

    QTimer.singleShot(0, main, fail)
    settle()


def repaint(main: Main) -> None:
    """Paint from the event loop, as it happens in the program."""
    main.update()
    settle()


def press(sheet: CrashWindow, words: str, qtbot) -> None:
    qtbot.mouseClick(button(sheet, words), Qt.MouseButton.LeftButton)
    settle()


# ---- the window --------------------------------------------------------------------------------
def test_one_calm_window_says_what_happened_and_what_to_do(main, catcher, qtbot):
    break_at(main, ValueError(WORDS))
    sheet = the_sheet()
    said = visible_text(sheet)
    assert sheet.windowTitle() == "Something went wrong"
    assert sheet.parentWidget() is main
    assert "It was not your doing." in said
    assert "Nothing you saved is lost." in said
    assert "close the program and open it anew" in said
    assert "ValueError" not in said, "the details are folded"
    assert sheet.focusWidget() is sheet.primary
    press(sheet, "Go on", qtbot)
    assert sheets() == []
    main.good.click()
    assert main.clicks == 1, "the program goes on"


def test_the_details_have_types_and_places_and_versions_and_no_word(main, catcher, qtbot, caplog):
    caplog.set_level(logging.DEBUG)

    class Diary:
        def __repr__(self) -> str:
            return WORDS

    def deep(diary: Diary, fever: str) -> None:
        try:
            {}[fever]
        except KeyError as error:
            raise ValueError(diary, fever) from error

    QTimer.singleShot(0, main, lambda: deep(Diary(), WORDS))
    settle()
    sheet = the_sheet()
    press(sheet, "Show the details", qtbot)
    shown = visible_text(sheet)
    press(sheet, "Copy the details", qtbot)
    copied = QGuiApplication.clipboard().text()
    for told in (shown, copied):
        assert "ValueError" in told
        assert "after KeyError" in told
        assert f"{SPOT}:{deep.__code__.co_firstlineno + 4}" in told
        assert f"Python {sys.version_info.major}.{sys.version_info.minor}" in told
        assert "Caregiver Companion" in told
    assert str(Path(__file__).parent) not in copied, "no folders: they may name somebody"
    assert f"unforeseen ValueError at {SPOT}" in caplog.text
    for told in (shown, copied, caplog.text):
        assert "Rosa" not in told
        assert "fever" not in told
    assert "Copied" in visible_text(sheet)
    press(sheet, "Hide the details", qtbot)
    assert "ValueError" not in visible_text(sheet)


def test_escape_goes_on(main, catcher, qtbot):
    break_at(main, ValueError(WORDS))
    qtbot.keyClick(the_sheet(), Qt.Key.Key_Escape)
    assert sheets() == []


def test_close_the_program_closes_it(main, catcher, qtbot, monkeypatch):
    left: list[str] = []
    monkeypatch.setattr(QApplication, "quit", lambda: left.append("quit"))
    break_at(main, ValueError(WORDS))
    press(the_sheet(), "Close the program", qtbot)
    assert not main.isVisible()
    assert left == ["quit"]


def test_close_the_program_ends_it_even_when_closing_fails(main, catcher, qtbot, monkeypatch):
    left: list[str] = []
    monkeypatch.setattr(QApplication, "quit", lambda: left.append("quit"))

    def fail() -> bool:
        raise ValueError(WORDS)

    main.close = fail
    break_at(main, ValueError(WORDS))
    press(the_sheet(), "Close the program", qtbot)
    assert left == ["quit"]


def test_a_window_that_is_not_seen_gets_one_beside_it(main, catcher, qtbot):
    main.hide()
    break_at(main, ValueError(WORDS))
    sheet = the_sheet()
    assert sheet.parentWidget() is None
    assert not sheet.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert "Nothing you saved is lost." in visible_text(sheet)
    press(sheet, "Go on", qtbot)


# ---- more than one -----------------------------------------------------------------------------
def test_several_in_a_row_are_one_window_with_a_count(main, catcher, qtbot):
    for number in range(3):
        break_at(main, ValueError(number))
    sheet = the_sheet()
    qtbot.waitUntil(lambda: "It happened 3 times so far." in visible_text(sheet), timeout=3000)
    press(sheet, "Show the details", qtbot)
    assert "ValueError (3x)" in visible_text(sheet)


def test_very_many_kinds_stay_readable(main, catcher, qtbot):
    for number in range(30):
        break_at(main, type(f"Odd{number}Error", (Exception,), {})())
    sheet = the_sheet()
    assert "and 24 others" in sheet.words()
    assert sheet.words().count("Odd") == 6


def test_a_page_that_cannot_be_painted_is_no_endless_chain(main, catcher, qtbot, seconds, caplog):
    main.breaks_painting = True
    repaint(main)
    sheet = the_sheet()
    for _ in range(50):
        repaint(main)
    assert the_sheet() is sheet
    press(sheet, "Go on", qtbot)
    repaint(main)
    assert sheets() == [], "it is left in peace now"
    assert len(main.said) == 1
    assert "opening it anew" in main.said[0]
    before = main.paints
    settle()
    assert main.paints - before < 5, "saying so does not bring it about again and again"
    assert len(caplog.records) < 10
    seconds.now += QUIET_SECONDS + 1
    repaint(main)
    sheet = the_sheet()
    press(sheet, "Go on", qtbot)
    seconds.now += QUIET_SECONDS + 1
    repaint(main)
    assert sheets() == [], "each time it is left in peace for longer"
    # What is painted between two tests is not captured, and would stand among their dots.
    main.breaks_painting = False


def test_another_place_is_told_of_at_once(main, catcher, qtbot):
    break_at(main, ValueError(WORDS))
    press(the_sheet(), "Go on", qtbot)
    break_at(main, KeyError(WORDS))
    assert "KeyError" in the_sheet().words()


def test_what_breaks_in_the_dialog_itself_goes_round_no_further(main, catcher, qtbot, monkeypatch):
    def fail(_sheet: CrashWindow) -> str:
        raise RuntimeError(WORDS)

    break_at(main, ValueError(WORDS))
    sheet = the_sheet()
    monkeypatch.setattr(CrashWindow, "words", fail)
    for _ in range(5):
        press(sheet, "Copy the details", qtbot)
    assert sheets() == [sheet]
    sheet._calm.stop()
    sheet._calm.timeout.emit()
    settle()
    assert not sheet._calm.isActive(), "counting its own trouble would never end"
    press(sheet, "Go on", qtbot)
    assert sheets() == []


def test_a_dialog_that_cannot_be_made_leaves_a_sentence(main, theme, qtbot, caplog):
    class Broken:
        @staticmethod
        def crash_window(*_args: object, **_more: object) -> CrashWindow:
            raise RuntimeError(WORDS)

    with catching(Catcher(main, main.say, theme, lambda: Broken)):
        break_at(main, ValueError(WORDS))
        settle()
    assert main.said == ["Something went wrong. Nothing you saved is lost."]
    assert "Rosa" not in caplog.text


def test_a_dialog_that_cannot_be_shown_does_not_swallow_the_next_trouble(
    main, catcher, qtbot, monkeypatch
):
    def fail(_sheet: CrashWindow) -> None:
        raise RuntimeError(WORDS)

    with monkeypatch.context() as patch:
        patch.setattr(CrashWindow, "open", fail)
        break_at(main, ValueError(WORDS))
    assert main.said == ["Something went wrong. Nothing you saved is lost."]
    break_at(main, KeyError(WORDS))
    assert "KeyError" in the_sheet().words()


def test_a_dialog_that_went_with_its_window_does_not_swallow_the_next_trouble(main, catcher):
    break_at(main, ValueError(WORDS))
    the_sheet().deleteLater()
    assert sheets() == []
    break_at(main, KeyError(WORDS))
    assert "KeyError" in the_sheet().words()


def test_when_not_even_that_can_be_said_nothing_comes_out(main, theme, capsys, caplog):
    def fail(_sentence: str) -> None:
        raise RuntimeError(WORDS)

    with catching(Catcher(main, fail, theme, lambda: Later)):
        break_at(main, InputRefused("export.range", "to"))
        settle()
    assert "Rosa" not in capsys.readouterr().err
    assert "telling of it failed: RuntimeError" in caplog.text


# ---- the other doors ---------------------------------------------------------------------------
def test_what_a_person_can_mend_is_said_at_the_foot(main, catcher):
    break_at(main, InputRefused("export.range", "to"))
    assert main.said == ["The last day is before the first."]
    assert sheets() == []


def test_a_refusal_out_of_a_paint_is_said_once(main, catcher, seconds):
    for _ in range(20):
        break_at(main, InputRefused("export.range", "to"))
    assert len(main.said) == 1
    seconds.now += 2
    break_at(main, InputRefused("export.range", "to"))
    assert len(main.said) == 2


def test_another_thread_is_noted_without_words_and_shows_no_window(main, catcher, caplog, capsys):
    def work() -> None:
        raise ValueError(WORDS)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    settle()
    assert f"unforeseen ValueError at {SPOT}:" in caplog.text
    assert "in a thread" in caplog.text
    assert sheets() == []
    assert "Rosa" not in caplog.text + capsys.readouterr().err


def test_what_fails_while_cleaning_up_is_noted_without_words(main, catcher, caplog, capsys):
    class Odd:
        def __del__(self) -> None:
            raise ValueError(WORDS)

    one = Odd()
    del one
    gc.collect()
    assert f"unforeseen ValueError at {SPOT}:" in caplog.text
    assert "Rosa" not in caplog.text + capsys.readouterr().err


def test_afterwards_the_doors_are_as_they_were(main, theme):
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    with catching(Catcher(main, main.say, theme, lambda: Later)):
        assert sys.excepthook != before[0]
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_control_c_ends_the_program(main, catcher, monkeypatch):
    left: list[str] = []
    monkeypatch.setattr(QApplication, "quit", lambda: left.append("quit"))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert left == ["quit"]


# ---- what may be noted -------------------------------------------------------------------------
def test_a_deep_fall_keeps_the_last_places_only():
    def fall(depth: int) -> None:
        if not depth:
            raise ValueError(WORDS)
        fall(depth - 1)

    with pytest.raises(ValueError, match="fever") as caught:
        fall(100)
    mishap = mishap_of(ValueError, caught.value, caught.value.__traceback__)
    assert len(mishap.places) == 8
    assert mishap.spot == f"ValueError at {SPOT}:{fall.__code__.co_firstlineno + 2}"


def test_causes_that_go_round_in_a_circle_end():
    one, other = ValueError(WORDS), KeyError(WORDS)
    one.__context__, other.__context__ = other, one
    assert mishap_of(ValueError, one, None) == Mishap(
        "ValueError", (), ("KeyError", "ValueError", "KeyError")
    )


def test_no_traceback_at_all_is_still_told():
    assert mishap_of(ValueError, None, None).spot == "ValueError at ?"


def test_messages_and_values_are_never_asked_for():
    source = Path(unforeseen.__file__).read_text(encoding="utf-8")
    for way in ("str(error", "repr(", "traceback.", "f_locals", "exc_info"):
        assert way not in source


# ---- the real program --------------------------------------------------------------------------
PLANTED = """
import sys
from PySide6.QtCore import QTimer
from caregiver_app.gui import app
from caregiver_app.gui.main_window import MainWindow

def fail(*_anything, **_more):
    raise ValueError("Rosa has fever")

MainWindow.show_keys = fail
{more}
from caregiver_app.bootstrap import main
sys.exit(main(["--demo", "--now", "2026-03-20T18:04"]))
"""


def planted(screen: Screen, env: dict[str, str], more: str = ""):
    return screen.start([sys.executable, "-c", PLANTED.format(more=more)], env=env, cwd=ROOT)


@pytest.mark.screen
def test_the_real_program_shows_the_window_and_goes_on(tmp_path: Path):
    with private_screen() as screen, private_bus(screen) as bus:
        program = planted(screen, bus.env)
        window = screen.wait_for_window("Caregiver Companion", program)
        screen.press(window, "F1")
        crash = screen.wait_for_window("Something went wrong", program)
        screen.press(crash, "Return")
        wait_until(lambda: "Something went wrong" not in screen.windows().values(), "it to close")
        assert program.poll() is None, "the program keeps running"
        screen.press(window, "ctrl+q")
        assert program.wait(20) == 0
        printed = screen.output(program)
        assert "unforeseen ValueError at" in printed
        assert "Rosa" not in printed
        assert "Traceback" not in printed


@pytest.mark.screen
def test_the_program_can_be_closed_from_the_window(tmp_path: Path):
    with private_screen() as screen, private_bus(screen) as bus:
        program = planted(screen, bus.env)
        window = screen.wait_for_window("Caregiver Companion", program)
        screen.press(window, "F1")
        crash = screen.wait_for_window("Something went wrong", program)
        screen.press(crash, "shift+Tab", "space")
        assert program.wait(20) == 0


def test_before_there_is_a_window_a_sentence_comes_on_the_terminal(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-c", PLANTED.format(more="app.make_window = fail")],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Something unforeseen happened (ValueError)" in done.stderr
    assert "Rosa" not in done.stderr
    assert "Traceback" not in done.stderr
