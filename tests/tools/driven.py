"""What the window does and no command does, as a program: delete, wipe, erase, a second place.

    python -m tests.tools.driven FOLDER delete n1
    python -m tests.tools.driven FOLDER wipe

It calls the services that the window calls, prints ACK once they return, and says what is wrong
and ends as the command line does.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from caregiver_app.bootstrap import more, new_id
from caregiver_app.clock import GivenClock, read_now
from caregiver_app.errors import UserError
from caregiver_app.options import tell_error
from caregiver_app.services.household import Household, household
from caregiver_app.storage.database import open_store

NOW = "2026-03-20T18:04+00:00"


def _delete(house: Household, entry: str) -> None:
    house.support.remove_note(entry)


def _wipe(house: Household, _entry: str) -> None:
    house.care.store.wipe_old_tombstones(house.care.now + timedelta(days=1))


def _erase(house: Household, entry: str) -> None:
    scope = house.erasing.of_entries([("note", entry)])
    # Once this returns it is erased here; what could not be done everywhere is done later.
    house.erasing.erase(scope, remove_copies=False)


def _erase_all(house: Household, _entry: str) -> None:
    house.erasing.erase(house.erasing.of_everything(), remove_copies=True)


def _choose(house: Household, folder: str) -> None:
    house.backups.choose_place(Path(folder))


def _follow(house: Household, _entry: str) -> None:
    house.backups.follow(house.backups.place())


def _go_on(house: Household, _entry: str) -> None:
    outcome = house.erasing.go_on()
    if outcome is not None and outcome.trouble is not None:
        raise outcome.trouble


ACTS: dict[str, Callable[[Household, str], None]] = {
    "delete": _delete,
    "wipe": _wipe,
    "choose": _choose,
    "follow": _follow,
    "erase": _erase,
    "erase-all": _erase_all,
    "go-on": _go_on,
}


def rehearsals(folder: Path) -> list[list[str]]:
    """Return one harmless call of each act."""
    return [[str(folder), act, str(folder.parent) if act == "choose" else ""] for act in ACTS]


def main(arguments: Sequence[str]) -> int:
    """Do one act to a data folder; return the exit code."""
    folder, act, *entries = arguments
    clock = GivenClock(read_now(NOW), running=False)
    try:
        with open_store(Path(folder), now=clock.now()) as store:
            house = household(store, clock, new_id, more)
            for entry in entries or [""]:
                ACTS[act](house, entry)
                sys.stdout.write(f"ACK {entry}\n")
                sys.stdout.flush()
    except UserError as error:
        return tell_error(error)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
