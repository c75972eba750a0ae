"""Only one process rings for a data folder, and a crash never leaves a family without."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from caregiver_app import claim as claims
from caregiver_app.claim import Claim

HOLD = """
import sys
from pathlib import Path
from caregiver_app.claim import Claim
claim = Claim(Path(sys.argv[1]))
print(claim.take(sys.argv[2]), flush=True)
sys.stdin.read()
"""


def holding(folder: Path, holder: str) -> subprocess.Popen[str]:
    """A process of its own that holds the claim until its input ends."""
    made = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), holder],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert made.stdout.readline() == "True\n"
    return made


def test_one_at_a_time(tmp_path: Path):
    first, second = Claim(tmp_path), Claim(tmp_path)
    assert first.take(claims.WINDOW)
    assert first.take(claims.WINDOW)  # it is ours already
    assert first.held
    assert not second.take(claims.PASS)
    assert not second.held
    assert second.holder() == claims.WINDOW
    first.release()
    first.release()
    assert not first.held
    assert second.take(claims.PASS)
    assert first.holder() == claims.PASS
    second.release()


def test_nobody_holds_an_empty_or_a_missing_folder(tmp_path: Path):
    assert Claim(tmp_path).holder() == ""
    missing = Claim(tmp_path / "nowhere")
    assert not missing.take(claims.PASS)
    assert missing.holder() == ""


def test_another_process_is_seen_and_its_death_frees_the_claim(tmp_path: Path):
    other, mine = holding(tmp_path, claims.FOLLOW), Claim(tmp_path)
    assert not mine.take(claims.PASS)
    assert mine.holder() == claims.FOLLOW
    other.kill()
    other.communicate()
    assert mine.take(claims.PASS)
    mine.release()


def test_two_folders_do_not_know_each_other(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = Claim(tmp_path / "a"), Claim(tmp_path / "b")
    assert first.take(claims.WINDOW)
    assert second.take(claims.WINDOW)
    first.release()
    second.release()


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EIO])
def test_where_no_file_can_be_locked_everybody_has_it(tmp_path: Path, monkeypatch, number: int):
    """Somebody has to ring; who does is settled in the data file."""

    def refuse(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(claims, "_lock", refuse)
    first, second = Claim(tmp_path), Claim(tmp_path)
    assert first.take(claims.WINDOW)
    assert second.take(claims.FOLLOW)
    assert not second.is_taken
    first.release()
    second.release()


def test_a_refusal_tells_whether_another_has_it(tmp_path: Path):
    first, second, nowhere = Claim(tmp_path), Claim(tmp_path), Claim(tmp_path / "nowhere")
    assert first.take(claims.WINDOW)
    assert not second.take(claims.WINDOW)
    assert second.is_taken
    first.release()
    assert second.take(claims.WINDOW)
    assert not second.is_taken
    second.release()
    assert not nowhere.take(claims.WINDOW)
    assert not nowhere.is_taken


@pytest.mark.skipif(sys.platform == "win32", reason="file modes")
def test_the_lock_is_for_its_owner_alone(tmp_path: Path):
    mine = Claim(tmp_path)
    mine.take(claims.PASS)
    assert [stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()] == [0o600]
    mine.release()


def test_a_handle_that_does_not_close_well_is_given_back_all_the_same(tmp_path, monkeypatch):
    claim, plain = Claim(tmp_path), os.close

    def failing(handle: int) -> None:
        plain(handle)
        raise OSError(errno.EIO, "no")

    assert claim.take(claims.PASS)
    monkeypatch.setattr(os, "close", failing)
    claim.release()
    monkeypatch.undo()
    assert not claim.held
    assert Claim(tmp_path).take(claims.PASS)
