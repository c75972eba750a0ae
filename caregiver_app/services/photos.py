"""The one photo of a side effect: it comes and goes with it, and tells no place."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Generator
from dataclasses import replace
from typing import Final

from caregiver_app.domain.entities import Photo, SideEffect
from caregiver_app.domain.watchlist import photo_id
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care
from caregiver_app.services.watch import WatchService
from caregiver_app.storage.watching import with_photo
from caregiver_app.values import value

MOST_BYTES: Final = 8 * 1024 * 1024
"""A photo as it is kept is far smaller; a larger one came by another door and is refused."""
MOST_SIDE: Final = 4096
"""Pixels of a side of a photo that is taken in; those that we redraw ourselves are smaller."""

_JPEG: Final = b"\xff\xd8\xff"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_START, _SCAN, _END = 0xD8, 0xDA, 0xD9
_MARK: Final = re.compile(rb"(?:\xff++[\x01\xd0-\xd7])*+\xff++([^\xff])", re.DOTALL)
"""The next mark of a JPEG that carries something; any number of those that do not are passed."""
_AFTER_SCAN: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
"""The first mark that is not within the pixels of a scan."""
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Marks of a JPEG after which its size in pixels stands."""
_KEPT_APPS: Final = frozenset((0xE0, 0xEE))
"""JFIF, and how Adobe turned the colours: what a picture cannot be drawn without."""
_APPS: Final = frozenset((*range(0xE0, 0xF0), 0xFE))
_DRAWN: Final = frozenset(
    (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs")
)
"""Parts of a PNG that only say how it is drawn."""


@value
class Picture:
    """A photo that was redrawn and is not kept yet: the bytes of a JPEG, and its pixels."""

    jpeg: bytes
    width: int
    height: int


class PhotoService:
    """Photos of side effects."""

    def __init__(self, care: Care, watch: WatchService) -> None:
        self._care, self._watch = care, watch

    def of(self, entry_id: str) -> Photo | None:
        """Return the photo of a side effect, None where it has none."""
        return self._care.store.get(Photo, photo_id(entry_id))

    def entries(self, person: str) -> frozenset[str]:
        """Return the ids of a person's entries that have a photo; no photo is read for it."""
        return frozenset(with_photo(self._care.store, person))

    def save(self, entry_id: str, jpeg: bytes, width: int, height: int) -> Photo:
        """Keep a side effect's photo in place of the one that it had, as one undoable step.

        `width` and `height` are in pixels.

        Raises:
            InputRefused: there is no such side effect, or these are no bytes of a picture.
        """
        entry = self._entry(entry_id)
        with self._care.change("done.photo", sign=self._watch.sign_name(entry.sign)):
            return self._put(entry, Picture(jpeg, width, height))

    def remove(self, entry_id: str) -> None:
        """Delete a side effect's photo; undo brings it back. Nothing happens where there is none.

        Raises:
            InputRefused: there is no such side effect.
        """
        entry = self._entry(entry_id)
        if self.of(entry_id) is None:
            return
        with self._care.change("done.photo_removed", sign=self._watch.sign_name(entry.sign)):
            self._care.store.remove(Photo, photo_id(entry_id), self._care.now)

    def save_entry(
        self, entry: SideEffect, picture: Picture | None = None, *, drop: bool = False
    ) -> SideEffect:
        """Keep what somebody wrote of a sign together with its photo, as one undoable step.

        `picture` takes the place of the photo that it had; with `drop` that one goes.

        Raises:
            FormRefused: fields are wrong; nothing was kept.
            InputRefused: these are no bytes of a picture; nothing was kept.
        """
        with self._care.change(self._watch.label_of(entry), sign=self._watch.sign_name(entry.sign)):
            kept = self._watch.save(entry, by_hand=True)
            if picture is not None:
                self._put(kept, picture)
            elif drop:
                self._care.store.remove(Photo, photo_id(kept.id), self._care.now)
        return kept

    def check(self, photo: Photo) -> Photo:
        """Return a photo as it can be kept: without anything that says where or when it was taken.

        Raises:
            InputRefused: it is no JPEG or PNG as base64, or larger than fits.
        """
        try:
            given = base64.b64decode(photo.data, validate=True)
        except (binascii.Error, ValueError):
            raise InputRefused("photo.broken", "data") from None
        if len(given) > MOST_BYTES:
            raise InputRefused("photo.kept_large", "data", limit=MOST_BYTES // 1024 // 1024)
        kept, width, height = without_traces(given)
        if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
            raise InputRefused("photo.many_pixels", "data", width=width, height=height)
        data = photo.data if kept == given else base64.b64encode(kept).decode("ascii")
        return replace(photo, data=data, width=width, height=height)

    def _put(self, entry: SideEffect, picture: Picture) -> Photo:
        old = self.of(entry.id)
        given = Photo(
            id=photo_id(entry.id),
            person=entry.person,
            entry=entry.id,
            data=base64.b64encode(picture.jpeg).decode("ascii"),
            width=picture.width,
            height=picture.height,
        )
        kept = self._care.stamped(self.check(given), old)
        self._care.store.put(kept)
        return kept

    def _entry(self, entry_id: str) -> SideEffect:
        found = self._watch.get(entry_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=entry_id)
        return found


def bytes_of(photo: Photo) -> bytes:
    """Return the picture's bytes, none where they cannot be read."""
    try:
        return base64.b64decode(photo.data, validate=True)
    except (binascii.Error, ValueError):
        return b""


def without_traces(data: bytes) -> tuple[bytes, int, int]:
    """Return a JPEG or PNG with only what is drawn of it, and its width and height in pixels.

    Raises:
        InputRefused: it is neither, or it is broken.
    """
    read: Callable[[bytes], tuple[bytes, int, int]] | None = None
    if data.startswith(_JPEG):
        read = _plain_jpeg
    elif data.startswith(_PNG):
        read = _plain_png
    if read is None:
        raise InputRefused("photo.broken", "data")
    try:
        kept, width, height = read(data)
    except (IndexError, ValueError):
        raise InputRefused("photo.broken", "data") from None
    if not (width and height):
        raise InputRefused("photo.broken", "data")
    return kept, width, height


def _plain_jpeg(data: bytes) -> tuple[bytes, int, int]:
    kept, sides, at = [data[:2]], (0, 0), 2
    while True:
        found = _MARK.match(data, at)
        if found is None:
            raise ValueError
        mark, at = found[1][0], found.end()
        if mark == _END:
            # What follows the end of the picture is no part of it: often a second picture.
            return b"".join((*kept, b"\xff\xd9")), *sides
        size = int.from_bytes(data[at : at + 2])
        end = at + size
        if mark in (0, _START) or size < 2 or end > len(data):
            raise ValueError
        if mark in _FRAMES:
            if any(sides):
                raise ValueError
            height, width = int.from_bytes(data[at + 3 : at + 5]), data[at + 5 : at + 7]
            sides = int.from_bytes(width), height
        if mark == _SCAN:
            end = _scan_end(data, end)
        if mark not in _APPS or mark in _KEPT_APPS:
            kept.append(b"\xff" + data[at - 1 : end])
        at = end


def _scan_end(data: bytes, at: int) -> int:
    """Return where the pixels of a scan that begin at `at` end."""
    found = _AFTER_SCAN.search(data, at)
    if found is None:
        raise ValueError
    return found.start()


def _plain_png(data: bytes) -> tuple[bytes, int, int]:
    kept, width, height = [data[: len(_PNG)]], 0, 0
    for name, whole, body in _chunks(data):
        if (name == b"IHDR") != (len(kept) == 1):
            raise ValueError
        if name == b"IHDR":
            width, height = int.from_bytes(body[:4]), int.from_bytes(body[4:8])
        if name in _DRAWN:
            kept.append(whole)
    return b"".join(kept), width, height


def _chunks(data: bytes) -> Generator[tuple[bytes, bytes, bytes]]:
    """Yield name, whole and body of each part of a PNG, up to its end."""
    at = len(_PNG)
    while True:
        size = int.from_bytes(data[at : at + 4])
        name, end = data[at + 4 : at + 8], at + 12 + size
        if end > len(data) or size < 0 or len(name) < 4:
            raise ValueError
        yield name, data[at:end], data[at + 8 : end - 4]
        if name == b"IEND":
            return
        at = end
