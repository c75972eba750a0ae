"""Where a folder lies, and whether its disk looks encrypted, from what the system tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from caregiver_app.integrations.surroundings import Lying, lying, mount_of, protection

MOUNTS = """\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/mapper/root rw
30 27 259:1 / /boot rw - ext4 /dev/nvme0n1p1 rw
31 27 0:40 / {at} rw,relatime shared:9 - {kind} {source} rw,vers=4.2
"""


def mounts(at: Path, kind: str, source: str = "server:/share") -> str:
    shown = str(at).replace(" ", "\\040")
    return MOUNTS.format(at=shown, kind=kind, source=source)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("nfs", "NFS"),
        ("nfs4", "NFS"),
        ("cifs", "Windows share"),
        ("smb3", "Windows share"),
        ("fuse.sshfs", "SSHFS"),
        ("fuse.rclone", "rclone"),
        ("davfs", "WebDAV"),
        ("ext4", ""),
        ("btrfs", ""),
        ("fuse.gocryptfs", ""),
        ("tmpfs", ""),
    ],
)
def test_a_network_is_known_by_what_is_mounted(kind: str, name: str, tmp_path: Path):
    at = tmp_path / "on the net"
    listed = mounts(at, kind)
    assert lying(at / "care", mounts=listed, env={}) == Lying("", name)
    assert lying(tmp_path / "beside", mounts=listed, env={}) == Lying()


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("OneDrive", "OneDrive"),
        ("OneDrive - Clinic", "OneDrive"),
        ("iCloud Drive", "iCloud"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("Nextcloud", "Nextcloud"),
        ("nextcloud2", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("Google Drive", "Google Drive"),
        ("Syncthing", "Syncthing"),
        ("Documents", ""),
        ("My Dropbox notes", ""),
        ("Cloudy", ""),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(folder: str, name: str, tmp_path: Path):
    assert lying(tmp_path / folder / "care", mounts="", env={}) == Lying(name)


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox.cache", "Dropbox"),
        (".sync_0123abcd.db", "Nextcloud"),
        ("._sync_9f.db", "Nextcloud"),
        (".owncloudsync.log", "Nextcloud"),
        ("sync.db", ""),
    ],
)
def test_a_synchronised_folder_is_known_by_what_is_left_in_it(mark, name, tmp_path: Path):
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / mark).write_text("")
    assert lying(tmp_path / "ours" / "care", mounts="", env={}) == Lying(name)


def test_the_program_dropbox_in_the_home_folder_is_no_synchronised_folder(tmp_path: Path):
    (tmp_path / ".dropbox").mkdir()
    assert lying(tmp_path / "care", mounts="", env={}) == Lying()


def test_links_are_followed_and_windows_names_its_folder(tmp_path: Path):
    real = tmp_path / "Dropbox"
    real.mkdir()
    (tmp_path / "care").symlink_to(real)
    assert lying(tmp_path / "care", mounts="", env={}).synced == "Dropbox"
    told = {"OneDriveCommercial": str(tmp_path / "elsewhere")}
    assert lying(tmp_path / "elsewhere" / "care", mounts="", env=told).synced == "OneDrive"


@pytest.mark.parametrize("listed", ["", "nonsense", "1 2 3 - x", "a - b c d", "\0 - \0", " - "])
def test_a_list_that_says_nothing_harms_nobody(listed: str, tmp_path: Path):
    assert lying(tmp_path, mounts=listed, env={}) == Lying()
    assert protection(tmp_path, mounts=listed, system="linux") == "unknown"


def test_the_innermost_and_latest_mount_counts(tmp_path: Path):
    listed = mounts(tmp_path, "ext4", "/dev/sda1") + mounts(tmp_path, "nfs4")
    found = mount_of(tmp_path / "care", listed)
    assert found is not None
    assert found.kind == "nfs4"


# ---- encryption ---------------------------------------------------------------------------------
class Blocks:
    """Block devices as the kernel shows them, as far as they are asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.numbers = root / "numbers"
        self.numbers.mkdir(parents=True)

    def add(self, number: str, name: str, *below: str, uuid: str = "") -> None:
        place = self.root / "devices" / name
        (place / "slaves").mkdir(parents=True)
        if uuid:
            (place / "dm").mkdir()
            (place / "dm" / "uuid").write_text(f"{uuid}\n")
        for one in below:
            (place / "slaves" / one).symlink_to(self.root / "devices" / one)
        (self.numbers / number).symlink_to(place)


def disk(tmp_path: Path, *layers: tuple[str, str]) -> Blocks:
    """A disk with these layers over it, the lowest first; the top is number 254:0."""
    made = Blocks(tmp_path / "blocks")
    below: list[str] = []
    for place, (name, uuid) in enumerate(layers):
        last = place == len(layers) - 1
        made.add("254:0" if last else f"250:{place}", name, *below, uuid=uuid)
        below = [name]
    return made


CRYPT, VOLUME = "CRYPT-LUKS2-0123-root", "LVM-abcdef"


@pytest.mark.parametrize(
    ("layers", "state"),
    [
        ([("nvme0n1p2", "")], "open"),
        ([("sda1", "")], "open"),
        ([("mmcblk0p2", "")], "open"),
        ([("vda", "")], "unknown"),
        ([("loop3", "")], "unknown"),
        ([("sda2", ""), ("dm-0", CRYPT)], "encrypted"),
        ([("sda2", ""), ("dm-0", VOLUME)], "open"),
        ([("sda2", ""), ("dm-0", CRYPT), ("dm-1", VOLUME)], "encrypted"),
        ([("sda2", ""), ("md0", ""), ("dm-0", CRYPT), ("dm-1", VOLUME)], "encrypted"),
        ([("vda", ""), ("dm-0", VOLUME)], "unknown"),
    ],
)
def test_a_disk_is_followed_down_to_its_parts(layers, state: str, tmp_path: Path):
    made = disk(tmp_path, *layers)
    listed = mounts(tmp_path / "net", "nfs4")
    place = tmp_path / "care"
    told = protection(place, mounts=listed, blocks=made.numbers, system="linux")
    assert told == state


def test_a_volume_of_which_one_part_is_open_is_not_called_encrypted(tmp_path: Path):
    made = Blocks(tmp_path / "blocks")
    made.add("8:1", "sda1")
    made.add("8:2", "sdb1")
    made.add("253:1", "dm-1", "sda1", uuid=CRYPT)
    made.add("254:0", "dm-2", "dm-1", "sdb1", uuid=VOLUME)
    listed = mounts(tmp_path / "net", "nfs4")
    assert protection(tmp_path, mounts=listed, blocks=made.numbers, system="linux") == "open"


def test_a_ring_of_devices_ends(tmp_path: Path):
    made = Blocks(tmp_path / "blocks")
    made.add("254:0", "dm-0", "dm-1", uuid=VOLUME)
    made.add("254:1", "dm-1", "dm-0", uuid=VOLUME)
    listed = mounts(tmp_path / "net", "nfs4")
    assert protection(tmp_path, mounts=listed, blocks=made.numbers, system="linux") == "unknown"


@pytest.mark.parametrize(
    ("kind", "source", "state"),
    [
        ("fuse.gocryptfs", "/home/x/vault", "encrypted"),
        ("ecryptfs", "/home/.ecryptfs/x", "encrypted"),
        ("fuse.cryfs", "cryfs@/x", "encrypted"),
        ("tmpfs", "tmpfs", "unknown"),
        ("overlay", "overlay", "unknown"),
        ("nfs4", "server:/x", "unknown"),
        ("zfs", "pool/home", "unknown"),
    ],
)
def test_file_systems_without_a_disk_of_their_own(kind, source, state, tmp_path: Path):
    listed = mounts(tmp_path, kind, source)
    assert protection(tmp_path / "care", mounts=listed, blocks=tmp_path, system="linux") == state


@pytest.mark.parametrize("system", ["win32", "darwin", "freebsd14"])
def test_other_systems_are_not_guessed_at(system: str, tmp_path: Path):
    made = disk(tmp_path, ("sda2", ""), ("dm-0", CRYPT))
    listed = mounts(tmp_path / "net", "nfs4")
    told = protection(tmp_path, mounts=listed, blocks=made.numbers, system=system)
    assert told == "unknown"
