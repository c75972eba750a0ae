"""A file locked with a passphrase: argon2id makes the key, ChaCha20-Poly1305 seals piece by piece.

Layout: a head of 64 bytes (mark, version, salt, length of what is in it, checksum of the head,
a seal that tells a wrong passphrase from damage), then pieces of 1 MiB, each with its seal. The
number of a piece and whether it is the last one are sealed with it, so none can be left out, cut
off or exchanged. Nothing is packed, and no name or path stands in it: what comes out is as long as
the head says, and the file is as long as that asks for, or it is refused before a byte is read.
"""

from __future__ import annotations

import os
import struct
import unicodedata
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO, Final
from zlib import crc32

from caregiver_app.errors import InputRefused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

SUFFIX: Final = ".sealed"
"""How the name of such a file ends."""
MOST_BYTES: Final = 2 * 2**30
"""Bytes of the longest content that is taken."""
LEAST_LETTERS: Final = 8
"""Characters of the shortest passphrase that is taken for a new file."""

MARK: Final = b"caregiver-sealed"
"""How a sealed file begins."""
_VERSION: Final = 1
_HEAD: Final = struct.Struct("<16sI16sQI")
_SEAL: Final = 16
_HEAD_BYTES: Final = _HEAD.size + _SEAL
_PIECE: Final = 2**20
# RFC 9106, its second choice. Fixed by the version: a file cannot ask for more memory than that.
_ROUNDS, _LANES, _MEMORY_KIB = 3, 4, 64 * 1024

_ONE_KEY: Final = Lock()
"""Held while a key is made: OpenSSL's lanes of two keys at once wait for each other for ever."""


def is_sealed(path: Path) -> bool:
    """Tell whether a file begins as a sealed one does; False where there is none to be read.

    Raises:
        OSError: the disk failed, so that nobody can tell.
    """
    try:
        with path.open("rb") as file:
            return file.read(len(MARK)) == MARK
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError):
        return False


def seal(source: Path, target: BinaryIO, passphrase: str) -> None:
    """Write what is in `source` sealed to `target`.

    Raises:
        InputRefused: the passphrase is too short, or the file too long.
        OSError: it could not be read or written.
    """
    if len(passphrase) < LEAST_LETTERS:
        raise InputRefused("passphrase.short", "passphrase", least=LEAST_LETTERS)
    length = source.stat().st_size
    if length > MOST_BYTES:
        raise InputRefused("backup.too_large", "file", path=str(source))
    salt = os.urandom(16)
    begin = _begin(salt, length)
    cipher = _cipher(passphrase, salt)
    target.write(begin + cipher.encrypt(_nonce(0, last=False), b"", begin))
    with source.open("rb") as file:
        for number, size in _pieces(length):
            piece = file.read(size)
            if len(piece) != size:
                raise OSError(source)
            last = number * _PIECE >= length
            target.write(cipher.encrypt(_nonce(number, last=last), piece, begin))


def unseal(source: Path, target: BinaryIO, passphrase: str) -> None:
    """Write what was sealed in `source` to `target`; each piece is verified before it is written.

    Raises:
        InputRefused: the passphrase is wrong, the file is damaged, too long or not a sealed one;
            `target` then holds a part of it that must not be used.
        OSError: it could not be read or written.
    """
    with source.open("rb") as file:
        begin, salt, length = _read_begin(file, source)
        cipher = _cipher(passphrase, salt)
        if _opened(cipher, _nonce(0, last=False), file.read(_SEAL), begin) is None:
            raise InputRefused("passphrase.wrong", "passphrase")
        for number, size in _pieces(length):
            last = number * _PIECE >= length
            piece = _opened(cipher, _nonce(number, last=last), file.read(size + _SEAL), begin)
            if piece is None:
                raise InputRefused("backup.damaged", "file", path=str(source))
            target.write(piece)


def _begin(salt: bytes, length: int) -> bytes:
    head = _HEAD.pack(MARK, _VERSION, salt, length, 0)
    return head[:-4] + struct.pack("<I", crc32(head[:-4]))


def _read_begin(file: BinaryIO, source: Path) -> tuple[bytes, bytes, int]:
    """Read and judge the head, and hold the length that it claims against that of the file.

    Raises:
        InputRefused: it is none of ours, damaged, cut, from a newer version, or too long.
    """
    begin = file.read(_HEAD.size)
    if len(begin) != _HEAD.size or not begin.startswith(MARK):
        raise InputRefused("backup.damaged", "file", path=str(source))
    _, version, salt, length, _ = _HEAD.unpack(begin)
    if begin != begin[:-4] + struct.pack("<I", crc32(begin[:-4])):
        raise InputRefused("backup.damaged", "file", path=str(source))
    if version != _VERSION:
        raise InputRefused("backup.sealed_newer", "file", path=str(source))
    if length > MOST_BYTES:
        raise InputRefused("backup.too_large", "file", path=str(source))
    whole = _HEAD_BYTES + length + sum(_SEAL for _ in _pieces(length))
    if os.fstat(file.fileno()).st_size != whole:
        raise InputRefused("backup.damaged", "file", path=str(source))
    return begin, salt, length


def _pieces(length: int) -> list[tuple[int, int]]:
    """Return number and size of each piece; there is at least one, which may be empty."""
    count = max(1, -(-length // _PIECE))
    return [(one + 1, min(_PIECE, length - one * _PIECE)) for one in range(count)]


def _nonce(number: int, *, last: bool) -> bytes:
    # The key belongs to this one file, so a number that is counted is used once.
    return struct.pack("<QI", number, int(last))


def _cipher(passphrase: str, salt: bytes) -> ChaCha20Poly1305:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(salt=salt, length=32, iterations=_ROUNDS, lanes=_LANES, memory_cost=_MEMORY_KIB)
    # The same letters, however the keyboard puts an accent together.
    with _ONE_KEY:
        return ChaCha20Poly1305(kdf.derive(_plain(passphrase)))


def _plain(passphrase: str) -> bytes:
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")


def _opened(cipher: ChaCha20Poly1305, nonce: bytes, sealed: bytes, begin: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag

    try:
        return cipher.decrypt(nonce, sealed, begin)
    except (InvalidTag, ValueError):
        return None
