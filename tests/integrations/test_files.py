"""A file that is handed out: whole or not at all, private, and its troubles in plain words."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from caregiver_app.errors import DataReadOnly, DiskTrouble, InputRefused
from caregiver_app.integrations import files
from caregiver_app.integrations.files import save_atomically


def raising(number: int):
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "visits.ics"
    save_atomically(path, b"one")
    assert path.read_bytes() == b"one"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_others_could_read_is_replaced_by_a_private_one(tmp_path: Path) -> None:
    path = tmp_path / "visits.ics"
    path.write_bytes(b"old")
    path.chmod(0o644)
    save_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names(tmp_path) == ["visits.ics"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "visits.ics"
    link.symlink_to(tmp_path / "real" / "visits.ics")
    save_atomically(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real" / "visits.ics").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("number", "error", "key"),
    [
        (errno.EROFS, DataReadOnly, "export.read_only"),
        (errno.EACCES, DataReadOnly, "export.read_only"),
        (errno.ENOSPC, DiskTrouble, "export.disk"),
        (errno.EDQUOT, DiskTrouble, "export.disk"),
        (errno.EIO, DiskTrouble, "export.disk"),
    ],
)
@pytest.mark.parametrize("place", ["tempfile.mkstemp", "os.fsync", "Path.replace"])
def test_trouble_leaves_the_old_file_and_nothing_else(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    error: type[Exception],
    key: str,
    place: str,
) -> None:
    path = tmp_path / "visits.ics"
    path.write_bytes(b"old")
    owner, name = place.split(".")
    monkeypatch.setattr(getattr(files, owner), name, raising(number))
    with pytest.raises(error) as caught:
        save_atomically(path, b"new")
    assert caught.value.key == key  # type: ignore[attr-defined]
    assert caught.value.values == {"path": str(path)}  # type: ignore[attr-defined]
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["visits.ics"]


@pytest.mark.parametrize("name", ["missing/visits.ics", "file/visits.ics", ".", "a" * 300, "a\0b"])
def test_a_place_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputRefused) as caught:
        save_atomically(tmp_path / name, b"new")
    assert caught.value.key == "export.no_folder"
    assert names(tmp_path) == ["file"]


def test_links_in_a_ring_are_refused(tmp_path: Path) -> None:
    ring = tmp_path / "ring"
    ring.symlink_to(ring)
    with pytest.raises(InputRefused):
        save_atomically(ring, b"new")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_write_permission_is_read_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(DataReadOnly):
        save_atomically(tmp_path / "visits.ics", b"new")


def test_a_system_that_cannot_force_a_folder_is_forgiven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.os, "open", raising(errno.EACCES))
    files._sync_folder(tmp_path)
