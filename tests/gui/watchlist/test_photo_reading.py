"""A photo from a file: small, turned as it was held, and without the place where it was taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from caregiver_app.errors import InputRefused
from caregiver_app.gui.watchlist.photo_reading import LARGEST_FILE, LARGEST_SIDE, redrawn
from caregiver_app.messages import explain
from caregiver_app.services.photos import Picture
from tests.gui.watchlist.pictures import LEFT, RIGHT, bomb, drawn, from_camera, see_through

NEAR = 40


def is_near(image: QImage, x: int, y: int, wanted: QColor) -> bool:
    found = image.pixelColor(x, y)
    pairs = zip(found.getRgb()[:3], wanted.getRgb()[:3], strict=True)
    return all(abs(one - other) < NEAR for one, other in pairs)


def shown(picture: Picture) -> QImage:
    image = QImage.fromData(picture.jpeg)
    assert (image.width(), image.height()) == (picture.width, picture.height)
    return image


@pytest.mark.parametrize("ending", ["jpg", "png", "bmp"])
def test_a_large_picture_becomes_a_small_jpeg(tmp_path: Path, ending: str) -> None:
    picture = redrawn(drawn(tmp_path / f"a.{ending}", 4000, 3000))
    assert (picture.width, picture.height) == (LARGEST_SIDE, 1200)
    assert picture.jpeg.startswith(b"\xff\xd8\xff")
    image = shown(picture)
    assert is_near(image, 100, 600, LEFT)
    assert is_near(image, 1500, 600, RIGHT)


def test_a_small_one_keeps_its_size(tmp_path: Path) -> None:
    picture = redrawn(drawn(tmp_path / "a.jpg", 301, 200))
    assert (picture.width, picture.height) == (301, 200)


@pytest.mark.parametrize("wide", [300, 4000])
def test_it_is_turned_as_it_was_held_and_says_nothing_else(tmp_path: Path, wide: int) -> None:
    path = from_camera(tmp_path / "a.jpg", wide, wide // 2)
    before = path.read_bytes()
    assert b"Exif" in before
    assert b"Camera of Rosa" in before
    picture = redrawn(path)
    assert picture.height == 2 * picture.width, "upright"
    image = shown(picture)
    middle = picture.width // 2
    assert is_near(image, middle, 20, LEFT), "what was left is above"
    assert is_near(image, middle, picture.height - 20, RIGHT)
    for trace in (b"Exif", b"GPS", b"Camera", b"\xff\xe1", b"Rosa"):
        assert trace not in picture.jpeg


def test_what_is_see_through_becomes_white(tmp_path: Path) -> None:
    image = shown(redrawn(see_through(tmp_path / "a.png")))
    assert is_near(image, 20, 15, QColor("white"))


def refused(path: Path) -> str:
    with pytest.raises(InputRefused) as found:
        redrawn(path)
    assert explain(found.value)
    return found.value.key


def test_a_file_over_fifty_megabytes_is_not_even_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.jpg"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    explain(InputRefused("photo.large", limit=50))  # the sentences are read by now
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("it was opened"))
    assert refused(path) == "photo.large"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    assert refused(bomb(tmp_path / "a.png")) == "photo.many_pixels"


def test_what_is_broken_is_refused(tmp_path: Path) -> None:
    whole = drawn(tmp_path / "a.jpg", 800, 600).read_bytes()
    for name, data in {
        "half.jpg": whole[: len(whole) // 2],
        "start.jpg": whole[:200],
        "empty.jpg": b"",
        "words.jpg": b"these are words",
        "page.svg": b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    }.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert refused(path) == "photo.broken", name


def test_a_file_that_is_not_there_or_a_folder_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.jpg") == "photo.unopened"
    assert refused(tmp_path) == "photo.unopened"


def test_the_name_says_nothing_the_content_does(tmp_path: Path, qtbot: QtBot) -> None:
    path = drawn(tmp_path / "a.png")
    assert redrawn(path.rename(tmp_path / "a.jpg")).width == 300
