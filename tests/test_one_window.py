"""One window for a data folder: who may open it, who rings at it, who waits how long."""

from __future__ import annotations

from pathlib import Path

import pytest

from caregiver_app import claim as claims
from caregiver_app import window as program
from caregiver_app.claim import Claim
from caregiver_app.clock import SystemClock
from caregiver_app.options import Place


class Other:
    """Stands for what rings at the window that is open already."""

    def __init__(self, *answers: bool) -> None:
        self.answers = list(answers)
        self.rung = 0

    def raise_other(self, folder: Path) -> bool:
        self.rung += 1
        return self.answers.pop(0) if self.answers else False


@pytest.fixture
def shown(monkeypatch) -> list[Path]:
    monkeypatch.setattr(program, "_PAUSE_S", 0.001)
    return []


def start(
    folder: Path, shown: list[Path], other: Other, *, comes_up: bool = True, locks: bool = True
) -> int:
    def show(place: Place) -> int:
        shown.append(place.folder)
        held = Claim(place.folder, claims.OPEN)
        assert held.take(claims.WINDOW) != locks, "the claim is held while the window is shown"
        held.release()
        return 7

    place = Place(folder, SystemClock(), None)
    return program._alone(place, show, lambda: other, comes_up=comes_up)


def test_the_first_one_shows_its_window_and_gives_the_claim_back(tmp_path: Path, shown):
    other = Other()
    assert start(tmp_path / "new" / "data", shown, other) == 7
    assert (shown, other.rung) == ([tmp_path / "new" / "data"], 0)
    assert (tmp_path / "new" / "data").stat().st_mode & 0o077 == 0
    assert Claim(tmp_path / "new" / "data", claims.OPEN).take(claims.WINDOW)


def test_the_second_one_rings_until_it_is_heard_and_shows_none(tmp_path: Path, shown):
    first = Claim(tmp_path, claims.OPEN)
    assert first.take(claims.WINDOW)
    other = Other(False, False, True)
    assert start(tmp_path, shown, other) == 0
    assert (shown, other.rung) == ([], 3)


def test_one_for_the_background_leaves_the_open_window_where_it_is(tmp_path: Path, shown):
    first = Claim(tmp_path, claims.OPEN)
    assert first.take(claims.WINDOW)
    other = Other(True)
    assert start(tmp_path, shown, other, comes_up=False) == 0
    assert (shown, other.rung) == ([], 0)


def test_who_waits_for_one_that_is_just_ending_opens_after_it(tmp_path: Path, shown):
    first = Claim(tmp_path, claims.OPEN)
    assert first.take(claims.WINDOW)

    class Ending(Other):
        def raise_other(self, folder: Path) -> bool:
            if self.rung == 2:
                first.release()
            return super().raise_other(folder)

    assert start(tmp_path, shown, Ending()) == 7
    assert shown == [tmp_path]


def test_one_that_hangs_does_not_bar_the_way_for_ever(tmp_path: Path, shown, monkeypatch):
    monkeypatch.setattr(program, "_PATIENCE_S", 0.05)
    first = Claim(tmp_path, claims.OPEN)
    assert first.take(claims.WINDOW)
    other = Other()
    assert start(tmp_path, shown, other) == 7
    assert other.rung > 1


@pytest.mark.parametrize("trouble", [OSError(95, "no locks here"), OSError(37, "no locks here")])
def test_where_nobody_can_have_the_claim_nobody_waits(
    tmp_path: Path, shown, monkeypatch, trouble: OSError
):
    def no_locks(_handle: int) -> None:
        raise trouble

    monkeypatch.setattr(claims, "_lock", no_locks)
    other = Other()
    assert start(tmp_path, shown, other, locks=False) == 7
    assert other.rung == 0


def test_a_folder_that_is_a_file_is_left_to_those_who_open_the_data(tmp_path: Path, shown):
    path = tmp_path / "data"
    path.write_text("mine")
    assert start(path, shown, Other()) == 7
    assert path.read_text() == "mine"


@pytest.mark.parametrize(("preferred", "told"), [("xcb", ("-platform", "xcb")), ("", ())])
def test_the_screen_that_is_preferred_is_told_to_qt(tmp_path: Path, monkeypatch, preferred, told):
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(program, "display_problem", lambda: None)
    monkeypatch.setattr(program, "preferred_platform", lambda: preferred)
    monkeypatch.setattr(program.app, "application", lambda words=(): asked.append(tuple(words)))
    monkeypatch.setattr(program, "_show", lambda place, **_more: 7)
    place = Place(tmp_path, SystemClock(), None)
    code = program.open_window(
        place, demo=False, later=lambda: None, tab_class=lambda _: None, after_paint=Other
    )
    assert (code, asked) == (7, [told])
