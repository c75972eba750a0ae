"""What the system tells of the place where a folder lies: synchronised, on a network, encrypted.

Everything is read from the system's own files; nothing is started and nothing asked over a network.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from caregiver_app.values import value

Protection = Literal["encrypted", "open", "unknown"]
"""Whether a disk looks encrypted; "unknown" where the system does not tell."""

_NETWORK: Final = {
    "nfs": "NFS", "nfs4": "NFS", "cifs": "Windows share", "smb3": "Windows share",
    "smbfs": "Windows share", "fuse.sshfs": "SSHFS", "fuse.smbnetfs": "Windows share",
    "9p": "9P", "afs": "AFS", "ceph": "Ceph", "davfs": "WebDAV", "fuse.davfs2": "WebDAV",
    "fuse.gvfsd-fuse": "GVfs", "fuse.kio-fuse": "KIO", "fuse.glusterfs": "GlusterFS",
    "fuse.rclone": "rclone",
}  # fmt: skip
_ENCRYPTED: Final = frozenset(
    ("ecryptfs", "fuse.encfs", "fuse.gocryptfs", "fuse.cryfs", "fuse.securefs")
)
_SYNCED: Final = (
    (re.compile(r"dropbox( \(.+\))?"), "Dropbox"),
    (re.compile(r"onedrive( ?- ?.+)?"), "OneDrive"),
    (re.compile(r"icloud ?drive|com~apple~clouddocs|mobile documents"), "iCloud"),
    (re.compile(r"nextcloud\d*( ?- ?.+)?"), "Nextcloud"),
    (re.compile(r"owncloud\d*"), "ownCloud"),
    (re.compile(r"google ?drive|googledrive(-.+)?|my drive"), "Google Drive"),
    (re.compile(r"megasync|mega"), "MEGA"),
    (re.compile(r"pclouddrive|pcloud ?drive"), "pCloud"),
    (re.compile(r"seafile|proton ?drive"), "Seafile or Proton Drive"),
    (re.compile(r"syncthing|sync"), "Syncthing"),
)
_MARKS: Final = {
    ".stfolder": "Syncthing", ".dropbox.cache": "Dropbox", ".dropbox": "Dropbox",
    ".owncloudsync.log": "Nextcloud", ".nextcloudsync.log": "Nextcloud",
    ".sync_journal.db": "Nextcloud", ".SynologyWorkingDirectory": "Synology Drive",
}  # fmt: skip
_JOURNAL: Final = re.compile(r"\._?sync_[0-9a-f]+\.db|\.owncloudsync\.log|\.nextcloudsync\.log")
_MOST_NAMES: Final = 2000
_DEEPEST: Final = 8
"""Layers of devices: a volume on a group on an encrypted partition has three."""


@value
class Mount:
    """One line of the system's list: where, of which kind, from what, on which device."""

    at: str
    kind: str
    source: str
    device: str


@value
class Lying:
    """Where a folder lies: the name of what synchronises it and of its network, "" for none."""

    synced: str = ""
    network: str = ""


def lying(
    folder: Path, *, mounts: str | None = None, env: Mapping[str, str] | None = None
) -> Lying:
    """Return whether a folder is synchronised or on a network, by its path and what is mounted.

    Args:
        folder: the folder; links are followed.
        mounts: the system's list (`/proc/self/mountinfo`), read when left out.
        env: the environment, in which Windows names its OneDrive folder.
    """
    real = Path(os.path.realpath(folder))
    mount = mount_of(real, _mounts() if mounts is None else mounts)
    network = "" if mount is None else _NETWORK.get(mount.kind, "")
    if str(real).startswith(("\\\\", "//")):
        network = "Windows share"
    return Lying(_synced(real, os.environ if env is None else env), network)


def _synced(real: Path, env: Mapping[str, str]) -> str:
    for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        told = env.get(name, "")
        if told and real.is_relative_to(told):
            return "OneDrive"
    for place in (real, *real.parents):
        lower = place.name.lower()
        for pattern, name in _SYNCED:
            if pattern.fullmatch(lower):
                return name
        found = _mark_in(place)
        if found:
            return found
    return ""


def _mark_in(place: Path) -> str:
    """Return what synchronises a folder, by the files it leaves at its top."""
    for mark, name in _MARKS.items():
        # A home folder holds what belongs to the program Dropbox, not to the folder.
        if (place / mark).exists() and not (mark == ".dropbox" and (place / mark).is_dir()):
            return name
    try:
        names = [one.name for one in islice(place.iterdir(), _MOST_NAMES)]
    except OSError:
        return ""
    return "Nextcloud" if any(map(_JOURNAL.fullmatch, names)) else ""


def mount_of(path: Path, mounts: str) -> Mount | None:
    """Return on which of the mounts a path lies, None where the list does not say."""
    best: Mount | None = None
    for line in mounts.splitlines():
        before, bar, after = line.partition(" - ")
        parts, behind = before.split(" "), after.split(" ")
        if not bar or len(parts) < 5 or len(behind) < 2:
            continue
        at = _plain(parts[4])
        # Of two at one place the later one lies over the other.
        if path.is_relative_to(at) and (best is None or len(at) >= len(best.at)):
            best = Mount(at, behind[0], _plain(behind[1]), parts[2])
    return best


def _plain(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)


def _mounts() -> str:
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def protection(
    folder: Path,
    *,
    mounts: str | None = None,
    blocks: Path = Path("/sys/dev/block"),
    system: str = sys.platform,
) -> Protection:
    """Return whether the disk under a folder looks encrypted, where the system tells.

    Args:
        folder: the folder; links are followed.
        mounts: the system's list (`/proc/self/mountinfo`), read when left out.
        blocks: where the kernel describes its block devices by number.
        system: a `sys.platform` name; only Linux is asked.
    """
    if not system.startswith("linux"):
        return "unknown"
    real = Path(os.path.realpath(folder))
    mount = mount_of(real, _mounts() if mounts is None else mounts)
    if mount is None:
        return "unknown"
    if mount.kind in _ENCRYPTED:
        return "encrypted"
    device = blocks / mount.device
    if not device.exists():
        # Some file systems have a number of their own; what they lie on is named.
        device = blocks / _number_of(mount.source)
    if not mount.source.startswith("/dev/") or not device.exists():
        return "unknown"
    return _of_device(device, _DEEPEST)


def _number_of(source: str) -> str:
    try:
        found = Path(source).stat().st_rdev
    except OSError:
        return "none"
    return f"{os.major(found)}:{os.minor(found)}" if found else "none"


def _of_device(device: Path, depth: int) -> Protection:
    """Follow a device down to what it lies on: encrypted only where every part is."""
    try:
        told = (device / "dm" / "uuid").read_text(encoding="ascii", errors="replace")
        if told.startswith("CRYPT-"):
            return "encrypted"
    except OSError:
        pass
    below = _parts_of(device)
    if not below:
        return "open" if _is_disk(device) else "unknown"
    if not depth:
        return "unknown"
    found = {_of_device(one, depth - 1) for one in below}
    if found == {"encrypted"}:
        return "encrypted"
    return "unknown" if "unknown" in found else "open"


def _parts_of(device: Path) -> list[Path]:
    try:
        return [one for one in sorted((device / "slaves").iterdir()) if one.exists()]
    except OSError:
        return []


def _is_disk(device: Path) -> bool:
    """Tell whether this is a disk itself: what a virtual one lies on is not known."""
    name = Path(os.path.realpath(device)).name
    return name.startswith(("sd", "nvme", "hd", "mmcblk"))
