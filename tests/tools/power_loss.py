"""What a disk may hold after the power went: the writes of a real run, replayed without those that
nobody had waited for.

    trace = Trace.read(log, before)
    image = trace.image(at, random.Random(1))
    image.write_to(folder)

strace wrote down every call that changes a file. A write, a truncation or a change of a name that
was followed by no sync of that file or folder may be there, may be missing, and a write may be
there in part, sector by sector; what was synced is there. So a disk that keeps its word behaves.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
TRACED = (
    "write,pwrite64,ftruncate,fsync,fdatasync,openat,creat,rename,renameat,renameat2,unlink,"
    "unlinkat,link,linkat,mkdir,mkdirat,rmdir,symlink,truncate,fallocate,pwritev,writev,"
    "copy_file_range,sendfile"
)
OPTIONS = ("-e", f"trace={TRACED}", "-xx", "-s", "2000000")

_LINE = re.compile(r"^([a-z0-9_]+)\((.*)\) += (-?\d+)")
_HANDLE = re.compile(r"^(\d+)<(.*?)>(\(deleted\))?(?:, |$)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_KNOWN = frozenset(TRACED.split(","))


@dataclass(frozen=True)
class Step:
    """One call that changed something: `what` is done to `path`; `number` is a place or a size."""

    what: str
    path: str = ""
    number: int = 0
    data: bytes = b""
    other: str = ""


@dataclass
class _File:
    """A file's bytes on the disk, and what was done to it since it was last synced."""

    safe: bytearray = field(default_factory=bytearray)
    waiting: list[Step] = field(default_factory=list)

    def settled(self, chance: random.Random | None) -> bytes:
        """Return its bytes; with `chance` each waiting step may be missing or there in part."""
        data = bytearray(self.safe)
        for step in self.waiting:
            if chance is None:
                _apply(data, step)
            elif step.what == "truncate" or chance.random() < 0.2:
                if chance.random() < 0.5:
                    _apply(data, step)
            elif chance.random() < 0.6:
                _apply_torn(data, step, chance)
        return bytes(data)


def _apply(data: bytearray, step: Step) -> None:
    if step.what == "truncate":
        del data[step.number :]
        data.extend(bytes(step.number - len(data)))
        return
    end = step.number + len(step.data)
    data.extend(bytes(max(0, end - len(data))))
    data[step.number : end] = step.data


def _apply_torn(data: bytearray, step: Step, chance: random.Random) -> None:
    keeps = chance.choice(("head", "tail", "some", "all"))
    cut = chance.randint(0, len(step.data))
    for at in range(0, len(step.data), SECTOR):
        there = {
            "head": at < cut,
            "tail": at >= cut,
            "some": chance.random() < 0.5,
            "all": True,
        }[keeps]
        if there:
            piece = step.data[at : at + SECTOR]
            _apply(data, Step("write", number=step.number + at, data=piece))


@dataclass(frozen=True)
class Image:
    """What is on the disk: each file's bytes by its path, and the folders."""

    files: dict[str, bytes]
    folders: frozenset[str]

    def write_to(self, folder: Path, instead_of: Path) -> None:
        """Make this image in `folder`, where the run had `instead_of`."""
        for name in sorted(self.folders):
            _moved(name, folder, instead_of).mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, data in self.files.items():
            path = _moved(name, folder, instead_of)
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_bytes(data)
            path.chmod(0o600)


def _moved(name: str, folder: Path, instead_of: Path) -> Path:
    return folder / Path(name).relative_to(instead_of)


class Trace:
    """A run's changes in order, and the folder as it was before."""

    def __init__(self, root: Path, before: Path | None, steps: list[Step]) -> None:
        self._root, self.steps = str(root), steps
        self._first: dict[str, bytes] = {}
        self._first_folders: set[str] = set()
        if before is not None and before.exists():
            self._first_folders.add(self._root)
            for path in before.rglob("*"):
                name = str(root / path.relative_to(before))
                if path.is_dir():
                    self._first_folders.add(name)
                else:
                    self._first[name] = path.read_bytes()

    @classmethod
    def read(cls, log: Path, root: Path, before: Path | None) -> Trace:
        """Read what strace wrote, told OPTIONS and -y; only what lies in `root` counts, and what
        was said on standard output (a Step "said")."""
        return cls(root, before, list(_steps(log, str(root))))

    def image(self, at: int, chance: random.Random | None) -> Image:
        """Return what may be on the disk when the power goes before step `at`.

        `chance` decides about what nobody waited for; without it everything is there.
        """
        disk = _Disk(self._first, self._first_folders)
        for step in self.steps[:at]:
            disk.take(step)
        return disk.image(chance)

    def said(self, at: int) -> str:
        """Return what had been said on standard output before step `at`."""
        return b"".join(one.data for one in self.steps[:at] if one.what == "said").decode()


class _Disk:
    """Files by number, names by folder; both know what is safe and what is still waiting."""

    def __init__(self, files: dict[str, bytes], folders: set[str]) -> None:
        self._files: list[_File] = []
        self._names: dict[str, int] = {}
        self._folders = set(folders)
        self._waiting: list[Step] = []
        for name, data in files.items():
            self._names[name] = self._make(bytearray(data))
        self._safe_names = dict(self._names)
        self._safe_folders = set(folders)

    def _make(self, data: bytearray) -> int:
        self._files.append(_File(data))
        return len(self._files) - 1

    def take(self, step: Step) -> None:
        if step.what == "said":
            return
        if step.what in ("write", "truncate"):
            if step.path in self._names:
                self._files[self._names[step.path]].waiting.append(step)
        elif step.what == "sync":
            self._sync(step.path)
        else:
            made = self._make(bytearray()) if step.what == "create" else -1
            if step.what == "create" and step.path in self._names:
                return
            step = Step(step.what, step.path, made, b"", step.other)
            _rename(self._names, self._folders, step)
            self._waiting.append(step)

    def _sync(self, path: str) -> None:
        if path in self._names:
            found = self._files[self._names[path]]
            found.safe = bytearray(found.settled(None))
            found.waiting.clear()
            return
        # What happened to names earlier, anywhere, is in the same journal.
        mine = [n for n, one in enumerate(self._waiting) if str(Path(one.path).parent) == path]
        upto = mine[-1] + 1 if mine else 0
        for one in self._waiting[:upto]:
            _rename(self._safe_names, self._safe_folders, one)
        del self._waiting[:upto]

    def image(self, chance: random.Random | None) -> Image:
        names, folders = dict(self._safe_names), set(self._safe_folders)
        upto = len(self._waiting) if chance is None else chance.randint(0, len(self._waiting))
        for one in self._waiting[:upto]:
            _rename(names, folders, one)
        settled: dict[int, bytes] = {}
        for number in sorted(set(names.values())):
            settled[number] = self._files[number].settled(chance)
        return Image({name: settled[number] for name, number in names.items()}, frozenset(folders))


def _rename(names: dict[str, int], folders: set[str], step: Step) -> None:
    if step.what == "create":
        names[step.path] = step.number
    elif step.what == "unlink":
        names.pop(step.path, None)
    elif step.what == "rename":
        if step.path in names:
            names[step.other] = names.pop(step.path)
    elif step.what == "link":
        if step.path in names:
            names[step.other] = names[step.path]
    elif step.what == "mkdir":
        folders.add(step.path)


# ---- reading what strace wrote -------------------------------------------------------------------
def _steps(log: Path, root: str) -> Iterator[Step]:
    places: dict[str, int] = {}
    for line in log.read_text(errors="replace").splitlines():
        match = _LINE.match(line)
        if match is None or int(match[3]) < 0:
            continue
        name, told = match[1], match[2]
        if name not in _KNOWN:
            continue
        yield from _of_call(name, told, int(match[3]), root, places)


def _of_call(
    name: str, told: str, result: int, root: str, places: dict[str, int]
) -> Iterator[Step]:
    texts = [bytes.fromhex(one.replace("\\x", "")) for one in _TEXT.findall(told)]
    if handle := _HANDLE.match(told):
        if name == "write" and handle[1] == "1":
            yield Step("said", data=texts[0][:result])
        path = _unescaped(handle[2])
        if path.startswith(root) and not handle[3] and not path.endswith("(deleted)"):
            yield _to_file(name, path, told, texts, result, places)
        return
    paths = [one.decode(errors="replace") for one in texts]
    if any(one.startswith(root) for one in paths):
        yield from _to_names(name, paths, told, places)


def _to_file(
    name: str, path: str, told: str, texts: list[bytes], result: int, places: dict[str, int]
) -> Step:
    if name == "write":
        # Only ever from a file's beginning on: nothing of ours appends.
        at = places.get(path, 0)
        places[path] = at + result
        return Step("write", path, at, texts[0][:result])
    if name == "pwrite64":
        return Step("write", path, int(told.rsplit(", ", 1)[1]), texts[0][:result])
    if name == "ftruncate":
        return Step("truncate", path, int(told.rsplit(", ", 1)[1]))
    if name in ("fsync", "fdatasync"):
        return Step("sync", path)
    raise AssertionError(f"not modelled: {name}({told[:80]}")


def _to_names(name: str, paths: list[str], told: str, places: dict[str, int]) -> Iterator[Step]:
    if name == "openat":
        if "O_TRUNC" in told or "O_CREAT" in told:
            places[paths[0]] = 0
        if "O_CREAT" in told:
            yield Step("create", paths[0])
        if "O_TRUNC" in told:
            yield Step("truncate", paths[0], 0)
    elif name in ("rename", "link", "renameat", "renameat2", "linkat"):
        yield Step("rename" if name.startswith("rename") else "link", paths[0], other=paths[1])
    elif name in ("unlink", "mkdir"):
        yield Step(name, paths[0])
    else:
        raise AssertionError(f"not modelled: {name}({told[:80]}")


def _unescaped(path: str) -> str:
    return bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path
