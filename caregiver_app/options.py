"""What a start is told on its command line, where it works, and how it says what is wrong.

Every start needs this much, with a window or without; what the commands do stands in `cli`.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from caregiver_app.domain.times import parse_day
from caregiver_app.errors import (
    EXIT_DAMAGED,
    EXIT_USAGE,
    DataAway,
    DataDamaged,
    DiskTrouble,
    FormRefused,
    InputRefused,
    UserError,
)
from caregiver_app.messages import counted, explain, words
from caregiver_app.services.kinds import LISTED
from caregiver_app.values import value

if TYPE_CHECKING:
    from caregiver_app.services.care import Clock
    from caregiver_app.services.household import Household

Lost = tuple[dict[str, tuple[int, int]], Path | None]
"""How many entries of which kind there were and are, and the backup that still has them."""
LONGEST_LINE = 600
"""Characters of a sentence on standard error; what was typed may be much longer."""


@value
class Place:
    """Where a command works: the data folder, the clock, and how a household is opened."""

    folder: Path
    clock: Clock
    opener: Callable[..., AbstractContextManager[Household]]
    """Called with the folder and the clock, and with `read_only=True` where nothing is changed."""
    named: bool = False
    """Whether the folder was named on the command line."""

    def opens(self) -> AbstractContextManager[Household]:
        """Open the household of this folder; it is closed again after the block."""
        return self.opener(self.folder, self.clock)

    def reads(self) -> AbstractContextManager[Household]:
        """Open the household only to read it: nothing is made, and nothing can be written."""
        return self.opener(self.folder, self.clock, read_only=True)


class _Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        tell(f"{message}. `{self.prog} --help` shows what there is.")
        sys.exit(EXIT_USAGE)


def read(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return what the command line says; without a command `command` is None.

    Raises:
        SystemExit: it is wrong, or only asked for help.
    """
    # The commands are only put together where there is one, or a mistake to explain.
    for_window, more = _top(whole=False).parse_known_args(arguments)
    return _checked(parser(), arguments) if more else for_window


def _checked(whole: argparse.ArgumentParser, arguments: Sequence[str] | None) -> argparse.Namespace:
    options = whole.parse_args(arguments)
    if options.command == "export" and bool(options.file) == options.subscribed:
        whole.error("export takes the name of one FILE, or --subscribed")
    if options.command == "backup" and options.passphrase and options.file is None:
        whole.error("backup --passphrase takes the name of a FILE")
    return options


def _top(*, whole: bool) -> argparse.ArgumentParser:
    """Return the parser of what a start with a window may be told."""
    top = _Parser(
        prog="caregiver-app",
        description="Caregiver Companion: calendar, reminders, bag, watchlist and notes for "
        "infusion days at home. Without a command it opens the window.",
        add_help=whole,
        allow_abbrev=whole,
    )
    top.add_argument("--data-dir", type=Path, metavar="DIR", help="keep the data in this folder")
    top.add_argument("--now", metavar="ISO", help="start the clock at this moment")
    top.add_argument("--demo", action="store_true", help="open with a made-up family that is "
                     "thrown away afterwards")  # fmt: skip
    top.add_argument("--background", action="store_true", help="open in the tray, or minimised, "
                     "and ring")  # fmt: skip
    top.add_argument("--anew", action="store_true", help="begin a new diary where one was "
                     "kept before and is not there now")  # fmt: skip
    top.set_defaults(command=None)
    return top


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = _top(whole=True)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    add = commands.add_parser("add", help="take JSON lines from standard input, print ACK <id>")
    add.add_argument("--schema", action="store_true", help="print every kind's fields instead")
    listing = commands.add_parser("list", help="print what is kept as JSON lines")
    listing.add_argument("kind", metavar="KIND", choices=LISTED, help=", ".join(LISTED))
    _range(listing)
    _export(commands.add_parser("export", help="write the calendar as an .ics file, everything "
                                "as .jsonl, or a table as .csv"))  # fmt: skip
    incoming = commands.add_parser("import", help="say what an .ics file would change")
    incoming.add_argument("file", metavar="FILE.ics", help="which; - is standard input")
    incoming.add_argument("--yes", action="store_true", help="take it")
    incoming.add_argument("--person", metavar="ID", help="whose the new appointments are; when "
                          "left out the only person's")  # fmt: skip
    prints = commands.add_parser("print", help="write the page that the window prints, as a PDF")
    pages = ["bag", "packet", "visit-report", "month", "agenda", "emergency", "kept"]
    prints.add_argument("page", choices=pages, metavar="PAGE", help=", ".join(pages))
    prints.add_argument("--pdf", type=Path, required=True, metavar="FILE")
    prints.add_argument("--person", metavar="ID", help="whose; when left out the only person's, "
                        "for month and agenda everybody's")  # fmt: skip
    prints.add_argument("--on", metavar="DAY", help="the visit of this day, the month around it; "
                        "when left out the next visit, this month")  # fmt: skip
    prints.add_argument("--from", dest="first", metavar="DAY", help="visit-report: the first "
                        "day, when left out the last visit's; kept: from then on")  # fmt: skip
    prints.add_argument("--to", dest="last", metavar="DAY", help="visit-report: the last day, "
                        "included; when left out today")  # fmt: skip
    prints.add_argument("--parts", metavar="LIST", help="packet: which of bag, steps, medicines, "
                        "questions, emergency, slip, with commas; when left out all that hold "
                        "something")  # fmt: skip
    prints.add_argument("--notes", action="store_true", help="kept: the notes about the person "
                        "too; notes about yourself never")  # fmt: skip
    prints.add_argument("--paper", type=_paper, choices=["A4", "Letter"], help="A4 or Letter; "
                        "what is usual in this country when left out")  # fmt: skip
    prints.add_argument("--big", action="store_true", help="month and agenda: large, for a wall")
    prints.add_argument("--neutral", action="store_true", help="month and agenda: titles that say "
                        "nothing of health")  # fmt: skip
    remind = commands.add_parser("remind", help="say what is due, once")
    remind.add_argument("--follow", action="store_true", help="go on until stopped")
    ack = commands.add_parser("ack", help="answer a reminder, or all due ones of an entry")
    ack.add_argument("id", metavar="ID")
    kind = ack.add_mutually_exclusive_group()
    kind.add_argument("--later", type=int, metavar="MINUTES", help="ask again then")
    kind.add_argument("--skip", action="store_true", help="not this time")
    check = commands.add_parser("check", help="read every byte and row and say whether all is well")
    check.add_argument("--that-was-me", action="store_true", help="entries that are gone were "
                       "taken away on purpose")  # fmt: skip
    backup = commands.add_parser("backup", help="write a backup and read it back")
    backup.add_argument("file", nargs="?", type=Path, metavar="FILE")
    backup.add_argument("--passphrase", action="store_true", help="lock FILE with the passphrase "
                        "in CAREGIVER_PASSPHRASE, or one that is asked for")  # fmt: skip
    back = commands.add_parser("restore", help="put a backup in the place of the data")
    back.add_argument("file", type=Path, metavar="FILE")
    return top


def _export(command: argparse.ArgumentParser) -> None:
    tell_file = "where to: .ics the calendar, .jsonl everything, .csv a table; - is standard output"
    command.add_argument("file", nargs="?", metavar="FILE", help=tell_file)
    tell_feed = "bring the file up to date that was chosen in Settings; takes no FILE"
    command.add_argument("--subscribed", action="store_true", help=tell_feed)
    forms = ["ics", "jsonl", "csv"]
    tell_form = "which of these, where the name of the file doesn't say it"
    command.add_argument("--as", dest="form", choices=forms, help=tell_form)
    _range(command)
    command.add_argument("--person", metavar="ID", help="ics, csv: only what is about them")
    tell_type = "ics: only infusion, follow-up, lab, medication, drive or other; may be repeated"
    command.add_argument("--type", dest="types", action="append", metavar="TYPE", help=tell_type)
    tell_id = "ics: only this appointment, a repeating one with all its dates; may be repeated"
    command.add_argument("--id", dest="ids", action="append", metavar="ID", help=tell_id)
    tell_neutral = "ics: titles that say nothing of health"
    # "--n" is what scripts may have made of it while no other option began so.
    command.add_argument("--neutral", "--n", action="store_true", help=tell_neutral)
    tell_of = "csv: side-effects, checkins, clinic-calls, doses or notes"
    command.add_argument("--of", metavar="TABLE", help=tell_of)
    command.add_argument("--notes", action="store_true", help="jsonl, csv: private notes as well")
    command.add_argument("--numbers", action="store_true", help="jsonl: insurance numbers as well")
    command.add_argument("--without-photos", action="store_true", help="jsonl: without the photos")


def _range(command: argparse.ArgumentParser) -> None:
    command.add_argument("--from", dest="first", metavar="DAY", help="first day, 2026-11-24")
    command.add_argument("--to", dest="last", metavar="DAY", help="last day, included")


def _paper(name: str) -> str:
    """Return the name of a paper as it is written, however it was typed."""
    return {"a4": "A4", "letter": "Letter"}.get(name.casefold(), name)


def days_of(options: argparse.Namespace) -> tuple[date | None, date | None]:
    """Return the first and the last day that a command is told, None where it is told none.

    Raises:
        InputRefused: one of them is no day.
    """
    first = None if options.first is None else parse_day(options.first, "--from")
    last = None if options.last is None else parse_day(options.last, "--to")
    return first, last


def later_than(now: datetime, minutes: int) -> datetime:
    """Return the instant so many minutes after `now`.

    Raises:
        InputRefused: it is less than a minute, or more than a year.
    """
    most = 366 * 24 * 60
    if not 1 <= minutes <= most:
        raise InputRefused("number.range", "--later", value=minutes, low=1, high=most)
    return now + timedelta(minutes=minutes)


@contextmanager
def answering() -> Generator[TextIO]:
    """Give what results are written to.

    Raises:
        DiskTrouble: there is nothing to write them to, or it takes no more.
        BrokenPipeError: whoever read them has gone.
    """
    if sys.stdout is None:
        # Whoever started the program closed it.
        raise DiskTrouble("answer.failed")
    try:
        yield sys.stdout
    except BrokenPipeError:
        raise
    except OSError as error:
        raise DiskTrouble("answer.failed") from error


def say(text: str) -> None:
    """Print one line of results at once.

    Raises:
        DiskTrouble: it cannot be written.
    """
    with answering() as out:
        out.write(f"{text}\n")
        out.flush()


def tell(text: str) -> None:
    """Print one plain line for the person at the keyboard."""
    shown = "".join(one if one.isprintable() else " " for one in text)
    if len(shown) > LONGEST_LINE:
        shown = f"{shown[: LONGEST_LINE // 2]} ... {shown[-LONGEST_LINE // 2 :]}"
    sys.stderr.write(f"{shown}\n")
    sys.stderr.flush()


def tell_error(error: UserError) -> int:
    """Print what is wrong and return the exit code."""
    for one in error.errors if isinstance(error, FormRefused) else [error]:
        tell(sentence(one))
    if isinstance(error, DataDamaged | DataAway) and error.offer:
        _say_offer(error.offer)
    return error.exit_code


def tell_lost(lost: Lost) -> int:
    """Print what vanished and the backup that still has it; return the exit code."""
    gone, offer = lost
    told = [f"{counted(kind, was)} -> {now}" for kind, (was, now) in gone.items()]
    tell(words("check.vanished", what="; ".join(told)))
    return tell_offer(offer)


def tell_offer(backup: Path | None) -> int:
    """Print the backup to go back to, if there is one, and return the exit code of damage."""
    if backup is not None:
        _say_offer(str(backup))
    return EXIT_DAMAGED


def _say_offer(path: str) -> None:
    """Print which backup could be restored, on one line and whole.

    A name that no line can show as it is (a line feed, bytes that are no text) is written as
    shells read it, $'...'; every other name stands as it is.
    """
    if not path.isprintable():
        path = f"$'{''.join(map(_for_shell, path))}'"
    sys.stderr.write(f"OFFER {path}\n")
    sys.stderr.flush()


def _for_shell(letter: str) -> str:
    if letter.isprintable() and letter not in "'\\":
        return letter
    # Three octal digits end by themselves, whatever follows.
    return "".join(f"\\{byte:03o}" for byte in os.fsencode(letter))


def sentence(error: UserError) -> str:
    """Return the plain sentence, led by the field's name where there is one."""
    text = explain(error)
    return f"{error.field}: {text}" if error.field else text


def passphrase(*, twice: bool = False) -> str:
    """Return the passphrase: of the environment, else as it is typed without being shown.

    Raises:
        InputRefused: nobody can be asked, or the second time another one was typed.
    """
    told = os.environ.get("CAREGIVER_PASSPHRASE")
    if told is not None:
        return told
    if sys.stdin is None or not sys.stdin.isatty():
        raise InputRefused("passphrase.needed", "passphrase")
    typed = getpass.getpass(words("passphrase.asked"))
    if twice and getpass.getpass(words("passphrase.asked_again")) != typed:
        raise InputRefused("passphrase.again", "passphrase")
    return typed
