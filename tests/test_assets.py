"""One door to the resources, which lets nobody out of their folder."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from caregiver_app import assets


def test_text_and_bytes_are_the_same_file():
    assert assets.read_bytes("icons/bag.svg").decode("utf-8") == assets.read_text("icons/bag.svg")


def test_names_lists_what_can_be_read_in_order():
    names = assets.names("icons")
    assert "icons/bag.svg" in names
    assert names == sorted(names)
    assert all(assets.read_bytes(name) for name in names)


def test_a_folder_that_is_not_there_is_empty():
    assert assets.names("no such folder") == []


def test_a_missing_resource_is_an_error():
    with pytest.raises(FileNotFoundError):
        assets.read_text("icons/no-such-icon.svg")


@pytest.mark.parametrize("name", ["/etc/hosts", "../pyproject.toml", "icons/../../main.py", "a\\b"])
def test_no_way_out_of_the_folder(name: str):
    with pytest.raises(ValueError, match="not a resource name"):
        assets.read_text(name)


def test_resources_that_lie_in_the_package_come_first(monkeypatch, tmp_path: Path):
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "word.txt").write_text("carried Ärztin", encoding="utf-8")
    monkeypatch.setattr(assets, "__file__", str(tmp_path / "assets.py"))
    assets._root.cache_clear()
    try:
        assert assets.read_text("word.txt") == "carried Ärztin"
    finally:
        monkeypatch.undo()
        assets._root.cache_clear()


@pytest.mark.parametrize("name", assets.names("icons"))
def test_each_icon_is_a_small_drawing_in_the_text_colour(name: str):
    text = assets.read_text(name)
    root = ET.fromstring(text)  # noqa: S314  # our own file
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("viewBox") == "0 0 24 24"
    assert "currentColor" in text
    assert "script" not in text
    assert "href" not in text
    assert len(text) < 4000
