"""The chime: our own bytes, played beside everything, and whatever goes wrong is told."""

from __future__ import annotations

import importlib.util
import io
import os
import struct
import sys
import time
import wave
from collections.abc import Callable
from pathlib import Path
from queue import Queue

import pytest

from caregiver_app import assets
from caregiver_app.integrations.sound import FAILED, NO_PLAYER, PLAYERS, TIMEOUT, Chime

TOOL = Path(__file__).parents[2] / "tools" / "make_chime.py"


def samples(data: bytes) -> tuple[int, list[int]]:
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        frames = file.readframes(file.getnframes())
        return file.getframerate(), list(struct.unpack(f"<{len(frames) // 2}h", frames))


def test_the_chime_is_what_its_tool_makes():
    spec = importlib.util.spec_from_file_location("make_chime", TOOL)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    kept = assets.read_bytes("sounds/chime.wav")
    assert tool.chime() == tool.chime()
    assert len(kept) < 60_000
    (rate, made), (kept_rate, heard) = samples(tool.chime()), samples(kept)
    assert rate == kept_rate
    # Another computer's sine may round a sample otherwise; nobody hears that.
    assert max(abs(a - b) for a, b in zip(made, heard, strict=True)) <= 1


def test_it_is_short_soft_and_begins_and_ends_in_silence():
    rate, heard = samples(assets.read_bytes("sounds/chime.wav"))
    assert 0.8 <= len(heard) / rate <= 1.5
    loudest = max(map(abs, heard)) / 32_767
    assert 0.1 <= loudest <= 0.4
    assert abs(heard[0]) <= 1
    assert abs(heard[-1]) <= 1
    swell = max(map(abs, heard[: rate // 200]))
    assert swell < max(map(abs, heard)) / 3, "it does not begin with a crack"


Player = Callable[[str, str], tuple[str, ...]]


@pytest.fixture
def player(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Player:
    """Makes a program that notes how it was called and does what it is told."""
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    def make(name: str, then: str) -> tuple[str, ...]:
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/{name}.calls\n{then}\n')
        program.chmod(0o755)
        return (name, "--quiet")

    return make


def calls(folder: Path, name: str) -> list[str]:
    noted = folder / f"{name}.calls"
    return noted.read_text().splitlines() if noted.exists() else []


def played(chime: Chime) -> str:
    outcome = Queue[str]()
    chime.play(outcome.put)
    return outcome.get(timeout=20)


def test_the_first_program_that_can_plays_it(player: Player, tmp_path: Path):
    players = [("no-such-player",), player("first", "exit 0"), player("second", "exit 0")]
    assert played(Chime(players=players, system="linux")) == ""
    assert calls(tmp_path, "first") == [f"--quiet {assets.path_of('sounds/chime.wav')}"]
    assert calls(tmp_path, "second") == []


def test_a_program_that_fails_gives_the_next_one_its_turn(player: Player, tmp_path: Path):
    players = [player("first", "exit 1"), player("second", "exit 0")]
    assert played(Chime(players=players, system="linux")) == ""
    assert (len(calls(tmp_path, "first")), len(calls(tmp_path, "second"))) == (1, 1)


def test_what_goes_wrong_is_told(player: Player, tmp_path: Path):
    assert played(Chime(players=[("no-such-player",)], system="linux")) == NO_PLAYER
    assert played(Chime(players=[player("bad", "exit 3")], system="linux")) == FAILED
    (tmp_path / "torn").write_bytes(b"\x7fELF\x00")
    (tmp_path / "torn").chmod(0o755)
    assert played(Chime(players=[("torn",)], system="linux")) == FAILED


def test_a_program_that_hangs_is_ended_and_no_other_one_plays_again(player: Player, tmp_path: Path):
    players = [player("slow", "exec sleep 60"), player("second", "exit 0")]
    began = time.monotonic()
    assert played(Chime(players=players, seconds=0.3, system="linux")) == TIMEOUT
    assert time.monotonic() - began < 10
    assert calls(tmp_path, "second") == []


def test_nobody_waits_for_it_and_it_never_piles_up(player: Player, tmp_path: Path):
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    chime = Chime(players=[player("held", f"read x < {gate}")], system="linux")
    outcome = Queue[str]()
    for _ in range(5):
        chime.play(outcome.put)
    with gate.open("w") as door:
        door.write("go\n")
    assert outcome.get(timeout=20) == ""
    assert len(calls(tmp_path, "held")) == 1
    assert outcome.empty()


def test_it_can_be_played_again(player: Player, tmp_path: Path):
    chime = Chime(players=[player("again", "exit 0")], system="linux")
    assert [played(chime), played(chime)] == ["", ""]
    assert len(calls(tmp_path, "again")) == 2


def test_the_programs_of_the_three_systems_are_known():
    names = [one[0] for one in PLAYERS]
    assert names[:3] == ["pw-play", "paplay", "aplay"]
    assert "afplay" in names
    if sys.platform == "win32":
        assert played(Chime()) in ("", FAILED)
