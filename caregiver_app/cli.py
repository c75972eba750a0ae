"""The command line: the same services without a window, for scripts, tests and power users.

One plain line on standard error says what happened and what to do; never a traceback.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import select
import signal
import sys
from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from caregiver_app import claim as claims
from caregiver_app.domain import texts
from caregiver_app.domain.entities import APPOINTMENT_TYPES
from caregiver_app.errors import (
    EXIT_OK,
    EXIT_REFUSED,
    DataBusy,
    DataReadOnly,
    DiskTrouble,
    FormRefused,
    InputRefused,
    UserError,
    disk_trouble,
)
from caregiver_app.messages import counted, explain, words
from caregiver_app.options import (
    Lost,
    Place,
    answering,
    days_of,
    later_than,
    passphrase,
    say,
    sentence,
    tell,
    tell_error,
    tell_lost,
    tell_offer,
)
from caregiver_app.services.backups import asks_passphrase, newest_good, opened, restore
from caregiver_app.services.care import Change, Clock
from caregiver_app.services.entries import EntryService, NewerFile
from caregiver_app.services.entry_fields import schema
from caregiver_app.services.exporter import Wanted
from caregiver_app.services.household import Household
from caregiver_app.services.import_report import (
    all_of,
    calendar_bytes,
    moved_visit,
    nothing_readable,
    report,
    stream_bytes,
    whose,
)
from caregiver_app.services.importer import ImportService, Preview
from caregiver_app.services.listing import ListService
from caregiver_app.services.takeout import NOTES, NUMBERS, PHOTOS, TakeoutService
from caregiver_app.services.takeout_tables import TABLES, TableService, TableWish

_SHOWING: Final = frozenset(("add", "list", "export", "import", "print", "backup"))
"""The commands that tell, once they have done their work, that entries vanished before them."""
LONGEST_WAIT = 30.0
"""Seconds after which a following `remind` compares with the clock again."""


def run(options: argparse.Namespace, place: Place) -> int:
    """Run one command and return its exit code."""
    commands: dict[str, Callable[[argparse.Namespace, Place], int]] = {
        "add": _add,
        "list": _list,
        "export": _export,
        "import": _import,
        "print": _print,
        "remind": _remind,
        "ack": _ack,
        "check": _check,
        "backup": _backup,
        "restore": _restore,
    }
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # JSON lines are UTF-8 whatever the terminal speaks.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    lost: list[Lost] = []
    tells = options.command in _SHOWING and not getattr(options, "subscribed", False)
    try:
        code = commands[options.command](options, _followed(place, lost if tells else None))
        return tell_lost(lost[0]) if lost and code == EXIT_OK else code
    except UserError as error:
        return tell_error(error)
    except BrokenPipeError:
        # The reader has gone; nothing more can be said on this pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    except OSError as error:
        return tell_error(disk_trouble(error, place.folder))


def _followed(place: Place, lost: list[Lost] | None) -> Place:
    """Return the place such that the subscribed file follows what a command changed there.

    `lost` takes what vanished before the command; None: the command looks itself, or has to go on.
    """

    @contextlib.contextmanager
    def opened(folder: Path, clock: Clock, **how: bool) -> Generator[Household]:
        with place.opener(folder, clock, **how) as house:
            seen: list[Change] = []
            house.care.changes.listen(seen.append)
            if lost is not None and (gone := house.backups.vanished()):
                lost.append((gone, house.backups.offer()))
            try:
                yield house
            finally:
                _follow_feed(house, seen)

    return replace(place, opener=opened)


def _follow_feed(house: Household, seen: list[Change]) -> None:
    # What the command changed is kept by now, whatever can be read after it.
    with contextlib.suppress(UserError):
        if any(house.feed.matters(change) for change in seen):
            _write_subscribed(house)


def _write_subscribed(house: Household) -> None:
    """Bring the subscribed file up to date; what is in its way changes nothing of the command."""
    try:
        house.feed.write()
    except UserError as error:
        tell(words("feed.left", sentence=explain(error)))


def _lay_out(house: Household) -> None:
    """Bring plans and reminders up to date, as the window does when it starts."""
    with contextlib.suppress(DataReadOnly, DataBusy, DiskTrouble):
        house.plans.lay_out_all()


def _add(options: argparse.Namespace, place: Place) -> int:
    if options.schema:
        say(schema())
        return EXIT_OK
    total = refused = 0
    with place.opens() as house:
        entries = EntryService(house)
        for number, raw in enumerate(sys.stdin.buffer if sys.stdin else (), start=1):
            try:
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                text = "\ufffd"
            if not text.strip():
                continue
            total += 1
            try:
                say(f"ACK {entries.take(text)}")
            except InputRefused as error:
                refused += 1
                for one in error.errors if isinstance(error, FormRefused) else [error]:
                    tell(words("add.line", number=number, sentence=sentence(one)))
                if isinstance(error, NewerFile):
                    # What its lines mean is not known here.
                    break
    if refused:
        tell(words("add.some_refused", refused=refused, total=total))
    return EXIT_REFUSED if refused else EXIT_OK


def _list(options: argparse.Namespace, place: Place) -> int:
    first, last = days_of(options)
    with place.opens() as house:
        _lay_out(house)
        for values in ListService(house).values(options.kind, first, last):
            with answering() as out:
                out.write(json.dumps(values, ensure_ascii=False) + "\n")
    with answering() as out:
        out.flush()
    return EXIT_OK


_FITTING: Final[dict[str, tuple[str, ...]]] = {
    "ics": ("--from", "--to", "--person", "--type", "--id", "--neutral"),
    "jsonl": ("--notes", "--numbers", "--without-photos"),
    "csv": ("--of", "--from", "--to", "--person", "--notes"),
}
"""The options that fit each kind of file."""


def _subscribed(place: Place) -> int:
    # Stopped while it writes, nothing half made stays behind.
    before = signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(EXIT_OK))
    try:
        with place.reads() as house:
            if house.feed.choice() is None:
                raise InputRefused("feed.none")
            told = "WRITTEN" if house.feed.write() else "SAME"
            when = house.feed.written()
    finally:
        signal.signal(signal.SIGTERM, before)
    say(f"{told} {'' if when is None else when.isoformat()}".strip())
    return EXIT_OK


def _export(options: argparse.Namespace, place: Place) -> int:
    if options.subscribed:
        return _subscribed(place)
    form = _form(options)
    makers = {"ics": _calendar_file, "jsonl": _everything, "csv": _table}
    with place.opens() as house:
        _lay_out(house)
        data = makers[form](options, house)
        if options.file == "-":
            with answering() as out:
                out.buffer.write(data)
                out.buffer.flush()
        else:
            TakeoutService(house).save(Path(options.file), data)
    return EXIT_OK


def _form(options: argparse.Namespace) -> str:
    """Return what kind of file is wanted; every option that was given has to fit it."""
    suffix = "" if options.file == "-" else Path(options.file).suffix.lower().removeprefix(".")
    by_name = suffix if suffix in _FITTING else ""
    if options.form and by_name and options.form != by_name:
        raise InputRefused("export.two_forms", "--as", form=options.form, suffix=by_name)
    form = options.form or by_name or "ics"
    given = {
        "--from": options.first, "--to": options.last, "--person": options.person,
        "--type": options.types, "--id": options.ids, "--neutral": options.neutral,
        "--of": options.of, "--notes": options.notes, "--numbers": options.numbers,
        "--without-photos": options.without_photos,
    }  # fmt: skip
    for name, told in given.items():
        if told and name not in _FITTING[form]:
            fits = ", ".join(f".{one}" for one, names in _FITTING.items() if name in names)
            raise InputRefused("export.unfit", name, form=form, fits=fits)
    return form


def _calendar_file(options: argparse.Namespace, house: Household) -> bytes:
    first, last = days_of(options)
    person = None if options.person is None else house.care.person(options.person).id
    for kind in options.types or ():
        texts.one_of(kind, APPOINTMENT_TYPES, "--type")
    for entry in options.ids or ():
        if not texts.is_whole(entry) or house.agenda.get(entry) is None:
            raise InputRefused("appointment.gone", "--id", id=entry)
    wanted = Wanted(
        first=first,
        last=last,
        person=person,
        kinds=None if options.types is None else frozenset(options.types),
        ids=None if options.ids is None else frozenset(options.ids),
        neutral=options.neutral,
    )
    return house.exporter.calendar(wanted)


def _everything(options: argparse.Namespace, house: Household) -> bytes:
    ticked = (
        (NOTES, options.notes),
        (NUMBERS, options.numbers),
        (PHOTOS, not options.without_photos),
    )
    return TakeoutService(house).everything([name for name, told in ticked if told])


def _table(options: argparse.Namespace, house: Household) -> bytes:
    if options.of is None:
        raise InputRefused("export.which_table", "--of", choices=", ".join(TABLES))
    texts.one_of(options.of, TABLES, "--of")
    if options.notes and options.of != NOTES:
        raise InputRefused("export.notes_of", "--notes")
    first, last = days_of(options)
    private = frozenset({NOTES} if options.notes else ())
    wish = TableWish(of=options.of, first=first, last=last, person=options.person, private=private)
    return TableService(house).table(wish)


def _import(options: argparse.Namespace, place: Place) -> int:
    if options.file == "-":
        data = stream_bytes(sys.stdin.buffer if sys.stdin else io.BytesIO())
    else:
        data = calendar_bytes(Path(options.file))
    file = ImportService.read(data)
    with place.opens() as house:
        if options.yes and house.care.store.read_only:
            raise house.care.store.refusal
        _lay_out(house)
        try:
            preview = house.importer.preview(file, options.person or "")
        except InputRefused as refused:
            raise whose(refused, house.people.people()) from None
        wrong = nothing_readable(preview)
        if wrong:
            tell(wrong)
            return EXIT_REFUSED
        if options.yes:
            house.importer.take(preview, all_of(preview))
    return _tell_import(preview, taken=options.yes)


def _tell_import(preview: Preview, *, taken: bool) -> int:
    for line in report(preview, taken=taken):
        say(line)
    if not taken:
        say(words("import.preview_only"))
        return EXIT_OK
    moved = [row for row in preview.rows if row.moves_visit]
    for row in moved:
        tell(moved_visit(row))
    if moved:
        tell(words("import.visits_stayed"))
    return EXIT_REFUSED if moved else EXIT_OK


def _print(options: argparse.Namespace, place: Place) -> int:
    with place.opens() as house:
        _lay_out(house)
        from caregiver_app.pages.print_command import print_page

        print_page(house, options)
    return EXIT_OK


def _remind(options: argparse.Namespace, place: Place) -> int:
    if options.follow:
        return _follow(place)
    with place.opens() as house, _ringing(house, place, claims.PASS) as ours:
        if ours:
            _pass(house)
    return EXIT_OK


@contextlib.contextmanager
def _ringing(house: Household, place: Place, holder: str) -> Generator[bool]:
    """Take the right to ring, or say HELD; what was said has to be recorded, so it must be free."""
    if house.care.store.read_only:
        raise house.care.store.refusal
    with claims.turn(place.folder, holder) as ours:
        if ours:
            _lay_out(house)
        else:
            say("HELD")
        yield ours


def _pass(house: Household) -> None:
    """Say what is due: first on standard output, then on record."""
    if house.reminders.refresh_if_moved():
        tell(words("zone.changed", zone=house.care.home))
    with house.reminders.turn(claims.PASS) as due:
        for notice in house.reminders.notices(due):
            ids = [reminder.id for reminder in notice.reminders]
            say(f"DIGEST {len(ids)} {' '.join(ids)}" if notice.digest else f"SHOW {ids[0]}")
            house.reminders.record(notice)


def _follow(place: Place) -> int:
    asked, answered = os.pipe()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: _poke(answered))
    with place.opens() as house, _ringing(house, place, claims.FOLLOW) as ours:
        while ours:
            wait = LONGEST_WAIT
            try:
                _lay_out(house)
                _pass(house)
                wait = _wait(house)
            except DataBusy as error:
                # Somebody else writes for long; what could not be recorded is said again.
                tell_error(error)
            stop, _, _ = select.select([asked], [], [], wait)
            if stop:
                break
    return EXIT_OK


def _poke(pipe: int) -> None:
    os.write(pipe, b".")


def _wait(house: Household) -> float:
    """Return the seconds until something may be due, never more than 30."""
    due = house.reminders.next_due()
    if due is None:
        return LONGEST_WAIT
    left = (due - house.care.now) / timedelta(seconds=1)
    # Never spinning, whatever the index says.
    return min(max(left, 1.0), LONGEST_WAIT)


def _ack(options: argparse.Namespace, place: Place) -> int:
    state, until = "done", None
    with place.opens() as house:
        _lay_out(house)
        if options.skip:
            state = "skipped"
        elif options.later is not None:
            state, until = "later", later_than(house.care.now, options.later)
        for answered in house.reminders.answer(options.id, state, until=until):
            say(f"ACK {answered}")
    return EXIT_OK


def _check(options: argparse.Namespace, place: Place) -> int:
    with place.opens() as house:
        found = house.backups.check()
        if options.that_was_me and not found:
            house.backups.accept_counts()
            say(words("check.accepted"))
        gone = {} if found else house.backups.vanished()
        offer = house.backups.offer() if gone else None
    if gone:
        return tell_lost((gone, offer))
    if not found:
        say(words("check.good"))
        return EXIT_OK
    tell(words("check.bad", what=counted("finding", len(found))))
    return tell_offer(newest_good(place.folder))


def _backup(options: argparse.Namespace, place: Place) -> int:
    with place.opens() as house:
        if options.passphrase:
            made = house.backups.make_sealed(options.file, passphrase(twice=True))
        else:
            made = house.backups.make(options.file)
        say(words("backup.made", path=made))
        for key, path in () if options.file else house.backups.follow_told():
            say(words(key, path=path))
    return EXIT_OK


@contextlib.contextmanager
def _opened(folder: Path, backup: Path) -> Generator[Path]:
    """Give a backup as a file that can be restored: one with a passphrase is opened first."""
    if not asks_passphrase(backup):
        yield backup
        return
    with opened(folder, backup, passphrase()) as file:
        yield file


def _restore(options: argparse.Namespace, place: Place) -> int:
    try:
        place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise DataReadOnly("data.read_only_folder", path=str(place.folder)) from None
    if not os.access(place.folder, os.W_OK):
        # The claim could not be taken either, which would look like a window that is open.
        raise DataReadOnly("data.read_only", path=str(place.folder))
    with claims.turn(place.folder, claims.PASS) as ours:
        if not ours:
            raise DataBusy("data.busy", path=str(place.folder))
        with _opened(place.folder, options.file) as backup:
            kept = restore(place.folder, backup, place.clock.now())
    with contextlib.suppress(UserError), place.opens() as house:
        _write_subscribed(house)
    if kept is None:
        say(words("restore.done_fresh", path=options.file))
    else:
        say(words("restore.done", path=options.file, kept=kept))
    return EXIT_OK
