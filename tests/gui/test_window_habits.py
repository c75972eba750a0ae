"""The window comes back as it was left: size, maximised, page, person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from caregiver_app.after_paint import AfterPaint
from caregiver_app.bootstrap import tab_class
from caregiver_app.domain.entities import Person
from caregiver_app.gui.app import run
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.theme import Theme
from caregiver_app.options import Place
from tests.fakes import Home
from tests.gui.calendar.family import empty_home, rosas_home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = rosas_home(tmp_path / "data")
    yield made
    made.close()


class Sitting:
    """Opens the program's window over a home again and again, as `run` does, and closes it."""

    def __init__(self, home: Home) -> None:
        self.home, self.background = home, False
        home.house.settings.remember(first_run="done")

    def __call__(self, use: Callable[[MainWindow], None] = lambda _window: None) -> MainWindow:
        seen: list[MainWindow] = []

        def shown(window: MainWindow) -> bool:
            seen.append(window)
            QTimer.singleShot(0, window, window.close)
            use(window)
            return True

        actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
        code = run(
            self.home.house,
            actions=actions,
            later=lambda: Later,
            tab_class=tab_class,
            on_shown=shown,
            background=self.background,
        )
        assert code == 0
        self._calm_down()
        return seen[0]

    @staticmethod
    def _calm_down() -> None:
        """Let a second word to quit pass by: it would end the loops of every later test."""
        app = QApplication.instance()
        app.processEvents()
        QTimer.singleShot(0, lambda: app.exit(0))
        app.exec()

    def size(self) -> tuple[int, int]:
        sizes: list[tuple[int, int]] = []
        self(lambda window: sizes.append((window.width(), window.height())))
        return sizes[0]


@pytest.fixture
def sitting(qapp, home: Home) -> Iterator[Sitting]:
    yield Sitting(home)
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


def test_size_tab_and_person_are_as_they_were_left(home, sitting):
    home.house.people.save_person(Person(id="mei", name="王梅"))

    def leave(window: MainWindow) -> None:
        window.resize(733, 611)
        window.open("bag")
        window.set_person("mei")

    sitting(leave)
    home.restart()
    found: list[object] = []

    def look(window: MainWindow) -> None:
        found.append((window.width(), window.height()))
        found.append(window.tab_bar.currentIndex())
        found.append(window.page("bag").isVisible())
        found.append(window.person)
        found.append(window.head.pill.accessibleName())

    sitting(look)
    assert found == [(733, 611), 3, True, "mei", "Person: 王梅"]


def test_what_was_maximised_is_so_again_with_the_size_it_had_before(home, sitting):
    sitting(lambda window: window.resize(700, 600))
    sitting(lambda window: window.setWindowState(Qt.WindowState.WindowMaximized))
    home.restart()
    found: list[bool] = []
    sitting(lambda window: found.append(window.isMaximized()))
    assert found == [True]
    assert home.house.settings.text("window.size", "") == "700x600"
    sitting(lambda window: window.setWindowState(Qt.WindowState.WindowNoState))
    home.restart()
    sitting(lambda window: found.append(window.isMaximized()))
    assert found == [True, False]


def test_a_size_larger_than_the_screen_is_cut_to_it(home, sitting, qapp):
    home.house.settings.remember(window__size="5000x4000")
    room = qapp.primaryScreen().availableGeometry()
    assert sitting.size() == (room.width(), room.height())


@pytest.mark.parametrize(
    "kept",
    ["", "x", "12", "axb", "💥" * 50, "-5x-5", "9" * 400 + "x1", "1e3x9", "640.5x480", "٣٣x٤٤"],
)
def test_a_size_that_cannot_be_is_left_aside(home, sitting, qapp, kept):
    home.house.settings.remember(window__size=kept)
    room = qapp.primaryScreen().availableGeometry()
    assert sitting.size() == (min(1280, room.width()), min(860, room.height()))


def test_a_size_too_small_to_use_is_made_larger(home, sitting):
    home.house.settings.remember(window__size="1x1")
    assert sitting.size() == (640, 480)


def test_a_tab_and_a_person_that_are_not_there_are_left_aside(home, sitting):
    home.house.settings.remember(window__tab="gone", window__person="nobody", window__maximised="")
    found: list[object] = []
    sitting(lambda window: found.extend((window.tab_bar.currentIndex(), window.person)))
    assert found == [0, None]


def test_leaving_is_nothing_to_undo_and_leaving_alike_writes_nothing(home, sitting):
    sitting(lambda window: window.open("bag"))
    label = home.house.care.store.undo_label()
    changes: list[object] = []
    home.house.care.changes.listen(changes.append)
    sitting()
    assert changes == []
    assert home.house.care.store.undo_label() == label


def test_data_that_can_only_be_read_closes_without_a_word(home, sitting, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(MainWindow, "say", lambda _window, sentence: said.append(sentence))
    before = home.house.settings.text("window.tab", "")
    home.house.care.store.read_only = True
    sitting(lambda window: window.open("care"))
    assert home.house.settings.text("window.tab", "") == before
    assert said == []


def test_before_the_first_steps_are_over_they_lie_over_all(qapp, tmp_path):
    home = empty_home(tmp_path / "new")
    found: list[bool] = []
    try:
        sitting = Sitting(home)
        home.house.settings.remember(first_run="")
        sitting(lambda window: found.append(window.head.isVisible()))
        home.house.settings.remember(first_run="later")
        sitting(lambda window: found.append(window.head.isVisible()))
    finally:
        home.close()
    assert found == [False, True]


@pytest.mark.parametrize("maximised", [True, False])
def test_a_second_start_brings_it_up_and_leaves_what_fills_the_screen(
    home, sitting, qtbot, maximised
):
    found: list[Qt.WindowState] = []
    fills = Qt.WindowState.WindowMaximized if maximised else Qt.WindowState.WindowNoState

    def use(window: MainWindow) -> None:
        beside = AfterPaint(Place(home.folder, home.clock, None), home.house, demo=True)
        beside.begin(window)
        window.setWindowState(fills | Qt.WindowState.WindowMinimized)
        assert beside._bell is not None
        beside._bell.rung.emit()
        assert not window.isMinimized()
        found.append(window.windowState() & ~Qt.WindowState.WindowActive)
        beside.end()

    sitting(use)
    assert found == [fills]


def test_reminders_ring_though_something_else_broke(qapp, home: Home):
    rang: list[MainWindow] = []

    def breaks(window: MainWindow) -> bool:
        raise ZeroDivisionError

    def rings(window: MainWindow, theme: Theme) -> None:
        rang.append(window)
        QTimer.singleShot(0, window, window.close)

    home.house.settings.remember(first_run="done")
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    run(home.house, actions=actions, later=lambda: Later, tab_class=tab_class,
        on_shown=breaks, make_ringer=rings)  # fmt: skip
    Sitting._calm_down()
    assert len(rang) == 1


def test_what_rings_knows_what_may_not_be_covered_before_it_rings(qapp, home: Home):
    done: list[str] = []

    class Rings(QObject):
        emergency_asked = Signal()

        def hold_back(self, hold: bool) -> None:
            done.append(f"holds {hold}")

        def start(self) -> None:
            done.append("starts")

    def rings(window: MainWindow, theme: Theme) -> Rings:
        QTimer.singleShot(0, window, window.close)
        return Rings(window)

    home.house.settings.remember(first_run="plan")
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    run(home.house, actions=actions, later=lambda: Later, tab_class=tab_class,
        make_ringer=rings)  # fmt: skip
    Sitting._calm_down()
    assert done == ["holds True", "starts"]


def test_a_full_screen_window_that_was_never_seen_keeps_its_size(home: Home, sitting):
    home.house.settings.remember(window__size="700x600", window__maximised="yes")
    sitting.background = True
    sitting()
    assert home.house.settings.text("window.size", "") == "700x600"
    assert home.house.settings.text("window.maximised", "") == "yes"


def test_on_damaged_data_nothing_rings_and_nothing_is_written(qapp, home: Home):
    rang: list[MainWindow] = []

    def damaged(window: MainWindow) -> bool:
        QTimer.singleShot(50, window, lambda: qapp.exit(98))
        return False

    home.house.settings.remember(first_run="done")
    before = home.dump()
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    code = run(
        home.house,
        actions=actions,
        later=lambda: Later,
        tab_class=tab_class,
        on_shown=damaged,
        make_ringer=lambda window, _theme: rang.append(window),
    )
    assert code == 98
    assert rang == []
    assert home.dump() == before
