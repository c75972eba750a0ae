"""Files locked with a passphrase: what goes in comes out, and nothing else ever does."""

from __future__ import annotations

import io
import random
import struct
from pathlib import Path
from threading import Thread
from zlib import crc32

import pytest
from cryptography.hazmat.primitives.kdf import argon2

from caregiver_app.errors import InputRefused
from caregiver_app.integrations import sealed

WORDS = "moon tea river"
PIECE = 2**20
HEAD = 64


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """The real strength takes a second a file; one test below looks at it."""
    monkeypatch.setattr(sealed, "_MEMORY_KIB", 64)
    monkeypatch.setattr(sealed, "_ROUNDS", 1)


def locked(folder: Path, data: bytes, words: str = WORDS) -> Path:
    (folder / "plain").write_bytes(data)
    with (folder / "locked").open("wb") as file:
        sealed.seal(folder / "plain", file, words)
    return folder / "locked"


def opened(path: Path, words: str = WORDS) -> bytes:
    out = io.BytesIO()
    sealed.unseal(path, out, words)
    return out.getvalue()


def refusal(path: Path, words: str = WORDS) -> str:
    with pytest.raises(InputRefused) as refused:
        opened(path, words)
    return refused.value.key


@pytest.mark.parametrize("size", [0, 1, 100, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7])
def test_what_goes_in_comes_out(tmp_path, size):
    data = random.Random(size).randbytes(size)
    path = locked(tmp_path, data)
    assert opened(path) == data
    assert sealed.is_sealed(path)
    assert not sealed.is_sealed(tmp_path / "plain")
    assert data[:64] not in path.read_bytes() or size < 8


def test_a_wrong_passphrase_is_told_from_damage(tmp_path):
    path = locked(tmp_path, b"x" * 100, "Café and rain")
    assert refusal(path, "cafe and rain") == "passphrase.wrong"
    assert refusal(path, "") == "passphrase.wrong"
    # An accent is the same one however a keyboard puts it together.
    assert opened(path, "Café and rain") == b"x" * 100


def test_a_short_passphrase_is_not_taken(tmp_path):
    with pytest.raises(InputRefused) as refused:
        locked(tmp_path, b"x", "seven77")
    assert refused.value.key == "passphrase.short"
    assert opened(locked(tmp_path, b"x", "eight888"), "eight888") == b"x"


def test_every_flipped_byte_is_refused(tmp_path):
    path = locked(tmp_path, bytes(300))
    whole = path.read_bytes()
    for place in range(len(whole)):
        spoilt = bytearray(whole)
        spoilt[place] ^= 0x10
        path.write_bytes(spoilt)
        assert refusal(path) in ("backup.damaged", "passphrase.wrong"), place


def pieces(whole: bytes) -> list[bytes]:
    step = PIECE + 16
    return [whole[at : at + step] for at in range(HEAD, len(whole), step)]


@pytest.mark.parametrize(
    "how",
    [
        lambda head, parts: head + parts[1] + parts[0] + parts[2],
        lambda head, parts: head + parts[0] + parts[0] + parts[2],
        lambda head, parts: head + parts[0] + parts[1],
        lambda head, parts: head + b"".join(parts)[:-1],
        lambda head, parts: head + b"".join(parts) + b"x",
        lambda head, parts: head + b"".join(parts) + parts[2],
        lambda head, parts: head,
        lambda head, parts: head[:40],
        lambda head, parts: b"",
    ],
)
def test_pieces_cannot_be_moved_left_out_or_added(tmp_path, how):
    path = locked(tmp_path, random.Random(1).randbytes(3 * PIECE))
    whole = path.read_bytes()
    path.write_bytes(how(whole[:HEAD], pieces(whole)))
    assert refusal(path) == "backup.damaged"


def test_a_shorter_length_in_the_head_does_not_cut_the_end_off(tmp_path):
    path = locked(tmp_path, bytes(2 * PIECE))
    whole = path.read_bytes()
    head = whole[:36] + struct.pack("<Q", PIECE)
    path.write_bytes(head + struct.pack("<I", crc32(head)) + whole[48:64] + pieces(whole)[0])
    assert refusal(path) == "passphrase.wrong", "the head is sealed as well"


@pytest.mark.parametrize(
    ("version", "length", "key"),
    [
        (2, 0, "backup.sealed_newer"),
        (1, 2**31 + 1, "backup.too_large"),
        (1, 2**63, "backup.too_large"),
        (1, 2**31, "backup.damaged"),
    ],
)
def test_what_a_head_claims_is_judged_before_a_key_is_made(
    tmp_path, monkeypatch, version, length, key
):
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a key was made")

    monkeypatch.setattr(argon2, "Argon2id", never)
    head = struct.pack("<16sI16sQ", b"caregiver-sealed", version, bytes(16), length)
    path = tmp_path / "claims"
    path.write_bytes(head + struct.pack("<I", crc32(head)) + bytes(16))
    assert refusal(path) == key


def test_a_file_that_is_too_long_is_not_locked(tmp_path):
    with (tmp_path / "plain").open("wb") as file:
        file.truncate(2**31 + 1)
    with pytest.raises(InputRefused) as refused:
        sealed.seal(tmp_path / "plain", io.BytesIO(), WORDS)
    assert refused.value.key == "backup.too_large"


def test_the_real_strength(tmp_path, monkeypatch):
    monkeypatch.undo()
    assert (sealed._ROUNDS, sealed._LANES, sealed._MEMORY_KIB) == (3, 4, 65536)
    path = locked(tmp_path, b"words")
    assert opened(path) == b"words"
    assert locked(tmp_path, b"words").read_bytes() != path.read_bytes()[:0]


def test_several_at_once_do_not_wait_for_each_other_for_ever(tmp_path):
    """OpenSSL gives up, or hangs, where two keys are made at once."""
    path = locked(tmp_path, b"words")
    found: list[bytes] = []

    def open_it_often() -> None:
        found.extend(opened(path) for _ in range(100))

    working = [Thread(target=open_it_often, daemon=True) for _ in range(4)]
    for one in working:
        one.start()
    for one in working:
        one.join(60)
    assert found == [b"words"] * 400
