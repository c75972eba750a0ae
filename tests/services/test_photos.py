"""The photo of a side effect: kept, deleted and brought back with it, and without any place."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from caregiver_app.domain.entities import Photo, SideEffect
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.photos import MOST_BYTES, Picture, bytes_of, without_traces
from tests.factories import line
from tests.fakes import Home

EXIF = b"Exif\x00\x00MM\x00*GPSLatitude 51 30 26"


def part(mark: int, body: bytes) -> bytes:
    return bytes((0xFF, mark)) + (len(body) + 2).to_bytes(2) + body


def jpeg(*apps: bytes, width: int = 30, height: int = 20, end: bytes = b"\xff\xd9") -> bytes:
    """The skeleton of a JPEG: enough for everything that reads its parts."""
    frame = part(0xC0, b"\x08" + height.to_bytes(2) + width.to_bytes(2) + b"\x01\x01\x11\x00")
    jfif = part(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
    scan = part(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34"
    return b"\xff\xd8" + jfif + b"".join(apps) + frame + scan + end


def chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + name + body + b"\x00\x00\x00\x00"


def png(*more: bytes, width: int = 30, height: int = 20) -> bytes:
    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    parts = (chunk(b"IHDR", head), *more, chunk(b"IDAT", b"x"), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.fixture
def entry(home: Home) -> SideEffect:
    home.add(line("side_effect", id="s", sign="fatigue", severity=2, at="2026-11-20T20:15"))
    found = home.house.watch.get("s")
    assert found is not None
    return found


def test_a_photo_is_kept_under_the_id_of_its_entry(home: Home, entry: SideEffect):
    kept = home.house.photos.save("s", jpeg(), 30, 20)
    assert (kept.id, kept.entry, kept.person) == ("s:photo", "s", entry.person)
    home.restart()
    found = home.house.photos.of("s")
    assert found == kept
    assert bytes_of(kept) == jpeg()
    assert home.house.photos.of("other") is None


def test_a_second_photo_takes_the_place_of_the_first(home: Home, entry: SideEffect):
    first = home.house.photos.save("s", jpeg(), 30, 20)
    second = home.house.photos.save("s", jpeg(width=40), 40, 20)
    assert home.house.care.store.all(Photo) == [second]
    assert second.created == first.created
    home.house.care.undo()
    assert home.house.photos.of("s") == first


def test_where_it_was_taken_is_never_kept(home: Home, entry: SideEffect):
    traces = (part(0xE1, EXIF), part(0xED, b"Photoshop place"), part(0xFE, b"made at home"))
    kept = bytes_of(home.house.photos.save("s", jpeg(*traces) + b"GPS beyond the end", 30, 20))
    assert kept == jpeg()
    assert b"Exif" not in kept
    assert b"GPS" not in kept


def test_a_png_keeps_only_what_is_drawn():
    told = (chunk(b"eXIf", EXIF), chunk(b"tEXt", b"Location\x00home"), chunk(b"iTXt", b"x"))
    assert without_traces(png(*told) + b"after the end") == (png(), 30, 20)


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a", b"\xff\xd8\xff", jpeg(end=b""), jpeg()[:30], png()[:-4], png(width=0),
     jpeg(height=0), b"\xff\xd8\xff\xe0\x00\x01", b"\x89PNG\r\n\x1a\n" + b"\xff" * 12],
)  # fmt: skip
def test_what_is_no_picture_is_refused(home: Home, entry: SideEffect, data: bytes):
    with pytest.raises(InputRefused) as refused:
        home.house.photos.save("s", data, 30, 20)
    assert refused.value.key == "photo.broken"
    assert home.house.photos.of("s") is None


def test_its_pixels_are_those_of_the_picture_and_not_too_many(home: Home, entry: SideEffect):
    assert home.house.photos.save("s", jpeg(width=31, height=22), 5, 5).width == 31
    with pytest.raises(InputRefused) as refused:
        home.house.photos.save("s", png(width=60_000, height=60_000), 1, 1)
    assert refused.value.key == "photo.many_pixels"
    large = jpeg()[:-2] + b"\x00" * MOST_BYTES + b"\xff\xd9"
    with pytest.raises(InputRefused) as refused:
        home.house.photos.save("s", large, 1, 1)
    assert refused.value.key == "photo.kept_large"


@pytest.mark.parametrize("data", ["no base64!", base64.b64encode(b"words").decode()])
def test_a_line_with_something_else_than_a_picture_is_refused(home: Home, data: str):
    photo = Photo(id="s:photo", person="", entry="s", data=data, width=1, height=1)
    with pytest.raises(InputRefused) as refused:
        home.house.photos.check(photo)
    assert (refused.value.key, refused.value.field) == ("photo.broken", "data")


def test_it_goes_with_its_entry_and_undo_brings_both_back(home: Home, entry: SideEffect):
    photo = home.house.photos.save("s", jpeg(), 30, 20)
    home.house.watch.remove("s")
    assert home.house.photos.of("s") is None
    home.house.care.undo()
    assert home.house.photos.of("s") == photo
    assert home.house.watch.get("s") == entry


def test_only_the_photo_goes_and_comes_back(home: Home, entry: SideEffect):
    home.house.photos.remove("s")
    assert home.house.care.undo() is not None, "without a photo nothing was done"
    home.add(line("side_effect", id="s", sign="fatigue", severity=2, at="2026-11-20T20:15"))
    photo = home.house.photos.save("s", jpeg(), 30, 20)
    home.house.photos.remove("s")
    assert home.house.photos.of("s") is None
    home.house.care.undo()
    assert home.house.photos.of("s") == photo
    with pytest.raises(InputRefused):
        home.house.photos.remove("gone")


def test_entry_and_photo_are_one_step(home: Home, entry: SideEffect):
    changed = replace(entry, severity=3)
    home.house.photos.save_entry(changed, Picture(jpeg(), 30, 20))
    assert home.house.photos.of("s") is not None
    label, _ = home.house.care.undo() or ("", {})
    assert label == "done.side_effect_changed"
    assert home.house.photos.of("s") is None
    assert home.house.watch.get("s") == entry


def test_nothing_is_kept_when_either_is_refused(home: Home, entry: SideEffect):
    with pytest.raises(InputRefused):
        home.house.photos.save_entry(replace(entry, severity=3), Picture(b"broken", 1, 1))
    with pytest.raises(FormRefused):
        home.house.photos.save_entry(replace(entry, temperature_c=98.0), Picture(jpeg(), 1, 1))
    assert home.house.watch.get("s") == entry
    assert home.house.photos.of("s") is None


def test_saving_may_take_the_photo_away(home: Home, entry: SideEffect):
    home.house.photos.save("s", jpeg(), 30, 20)
    home.house.photos.save_entry(entry, drop=True)
    assert home.house.photos.of("s") is None
