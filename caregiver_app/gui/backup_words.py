"""What a backup brings, lacks and takes, in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Final

from caregiver_app.gui.words import count_text, day_text, time_text, tr
from caregiver_app.messages import counted
from caregiver_app.pages.rhythms import and_text
from caregiver_app.services.backups import SEALED_SUFFIX, Difference

_MOST: Final = 5
_FEW: Final = 3
_SETTING: Final = "setting"
_TELLING: Final = ("visit", "note", "side_effect", "checkin", "appointment", "question", "person")
"""By what a family knows its diary again, the most telling first."""
_STAMP: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})[T-]?(\d{2})-?(\d{2})")


def backup_kinds() -> str:
    """Return what a file dialog offers to restore."""
    return tr("Backups (*.sqlite3 *{sealed});;All files (*)", sealed=SEALED_SUFFIX)


def when_text(made: datetime, zone: tzinfo | None, today: date) -> str:
    """Return when something was made, "Thursday 19 March, 21:30" or "today, 9:30"."""
    local = made.astimezone(zone)
    day = day_text(local.date(), today)
    near = abs((local.date() - today).days) <= 1
    return f"{day.lower() if near else day}, {time_text(local)}"


def lack_text(found: Sequence[Difference] | None) -> str:
    """Return what a backup lacks of the data that cannot be opened; None: nothing is known of it.

    A file that is damaged may hold more than can be read of it, so the numbers are a least.
    """
    if found is None:
        return tr("What was written after that is not in it.")
    lacks = [(one.group, one.only_now) for one in found if one.only_now]
    older = [(one.group, one.changed) for one in found if one.changed]
    parts: list[str] = []
    if lacks:
        parts.append(tr("It lacks what was written after it: {what}.", what=_several(lacks)))
    if older:
        parts.append(tr("It has an earlier state of {what}.", what=_several(older)))
    if not parts:
        return tr("Nothing that can still be read is missing from it.")
    return " ".join(parts)


def held_text(held: Mapping[str, int] | None) -> str:
    """Return in few words what stands in a backup; None: it cannot be read."""
    if held is None:
        return tr("it cannot be read")
    if not held:
        return tr("nothing stands in it")
    telling = [kind for kind in _TELLING if kind in held]
    told = [counted(kind, held[kind]) for kind in telling[:_FEW]]
    rest = sum(count for kind, count in held.items() if kind not in telling[:_FEW])
    if not told:
        return count_text(rest, "{count} entry", "{count} entries")
    return and_text([*told, tr("{count} more", count=rest)] if rest else told)


def empty_text(held: Mapping[str, int] | None) -> str:
    """Return what has to be known of a backup that is offered and holds nothing, else ""."""
    if held is None or held:
        return ""
    return tr("Nothing stands in it: it was made before anything was written.")


def kept_text(folder: Path) -> str:
    """Return where a file is kept that a backup takes the place of."""
    return tr(
        "The file as it is now is not deleted: it stays in {folder}, under a name that begins with"
        " “caregiver-before-restore”.",
        folder=folder,
    )


def restored_text(backup: Path, zone: tzinfo | None, today: date) -> str:
    """Return what the diary says once when it opens again from a backup."""
    made = backup_time(backup) if _STAMP.search(backup.name) else None
    if made is None:
        return tr("Restored the backup that you chose.")
    return tr("Restored the backup of {when}.", when=when_text(made, zone, today))


def shortened_text(aside: Path) -> str:
    """Return what the diary says once when it opens without its newest part."""
    return tr("Opened without what was written last. Its file is kept as {path}.", path=aside)


def _several(parts: Sequence[tuple[str, int]]) -> str:
    ordered = sorted(parts, key=lambda part: -part[1])
    told = [counted(kind, count) for kind, count in ordered[:_MOST]]
    rest = sum(count for _, count in ordered[_MOST:])
    if rest:
        told.append(tr("{count} more", count=rest))
    return and_text(told)


def change_lines(
    found: Sequence[Difference], zone: tzinfo | None, today: date
) -> list[tuple[str, str]]:
    """Return for each kind that a restore would change what is there then, and what changes."""
    return [
        (
            tr("{then} in the backup, {now} now", then=counted(one.group, one.then), now=one.now),
            _change(one, zone, today),
        )
        for one in found
        if one.differs and one.group != _SETTING
    ] + [
        (
            tr("Settings"),
            tr("They become as they were then. The second place for backups stays as it is now."),
        )
        for one in found
        if one.differs and one.group == _SETTING
    ]


def _change(one: Difference, zone: tzinfo | None, today: date) -> str:
    parts: list[str] = []
    if one.only_then:
        parts.append(count_text(one.only_then, "{count} comes back", "{count} come back"))
    if one.only_now:
        parts.append(
            count_text(
                one.only_now,
                "{count} goes: it is not in the backup",
                "{count} go: they are not in the backup",
            )
        )
    if one.changed:
        parts.append(
            count_text(one.changed, "{count} becomes as it was", "{count} become as they were")
        )
    if one.stay_erased:
        parts.append(
            count_text(
                one.stay_erased,
                "{count} that was erased for good stays erased",
                "{count} that were erased for good stay erased",
            )
        )
    if one.newest_then is not None:
        newest = when_text(one.newest_then, zone, today)
        parts.append(tr("newest in the backup: {when}", when=newest))
    return " · ".join(parts)


def vanished_lines(gone: Mapping[str, tuple[int, int]]) -> list[str]:
    """Return a sentence for each kind of which entries are gone."""
    return [
        tr("There were {was}, now there are {now}.", was=counted(kind, was), now=now)
        for kind, (was, now) in gone.items()
    ]


def backup_time(path: Path) -> datetime | None:
    """Return when a backup was made, in this computer's zone: from its name, else from the file."""
    if match := _STAMP.search(path.name):
        year, month, day, hour, minute = map(int, match.groups())
        try:
            return datetime(year, month, day, hour, minute, tzinfo=UTC).astimezone()
        except ValueError:
            pass
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
    except OSError:
        return None
