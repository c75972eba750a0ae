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
from datetime import date, datetime, timedelta
from pathlib import Path

from caregiver_app import claim as claims
from caregiver_app.claim import Claim
from caregiver_app.domain.times import parse_day
from caregiver_app.errors import (
    EXIT_DAMAGED,
    EXIT_OK,
    EXIT_REFUSED,
    DataBusy,
    DataReadOnly,
    DiskTrouble,
    FormRefused,
    InputRefused,
    UserError,
)
from caregiver_app.messages import words
from caregiver_app.options import Place, sentence, tell, tell_error
from caregiver_app.services.backups import newest_good, restore
from caregiver_app.services.entries import EntryService
from caregiver_app.services.entry_fields import schema
from caregiver_app.services.exporter import Wanted
from caregiver_app.services.household import Household
from caregiver_app.services.listing import ListService

LONGEST_WAIT = 30.0
"""Seconds after which a following `remind` compares with the clock again."""
CLAIM_WAIT = 5.0


def say(text: str) -> None:
    """Print one line of results at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def run(options: argparse.Namespace, place: Place) -> int:
    """Run one command and return its exit code."""
    commands: dict[str, Callable[[argparse.Namespace, Place], int]] = {
        "add": _add,
        "list": _list,
        "export": _export,
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
    try:
        return commands[options.command](options, place)
    except UserError as error:
        return tell_error(error)
    except BrokenPipeError:
        # The reader has gone; nothing more can be said on this pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK


def _days(options: argparse.Namespace) -> tuple[date | None, date | None]:
    first = None if options.first is None else parse_day(options.first, "--from")
    last = None if options.last is None else parse_day(options.last, "--to")
    return first, last


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
    if refused:
        tell(words("add.some_refused", refused=refused, total=total))
    return EXIT_REFUSED if refused else EXIT_OK


def _list(options: argparse.Namespace, place: Place) -> int:
    first, last = _days(options)
    with place.opens() as house:
        _lay_out(house)
        for values in ListService(house).values(options.kind, first, last):
            sys.stdout.write(json.dumps(values, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return EXIT_OK


def _export(options: argparse.Namespace, place: Place) -> int:
    first, last = _days(options)
    wanted = Wanted(first=first, last=last, neutral=options.neutral)
    with place.opens() as house:
        _lay_out(house)
        if options.file == "-":
            sys.stdout.buffer.write(house.exporter.calendar(wanted))
            sys.stdout.buffer.flush()
        else:
            house.exporter.save(Path(options.file), wanted)
    return EXIT_OK


def _print(options: argparse.Namespace, place: Place) -> int:
    with place.opens() as house:
        _lay_out(house)
        from caregiver_app.pages import offscreen

        calendar = options.page in ("month", "agenda")
        if not calendar and (options.big or options.neutral):
            raise InputRefused("print.only_calendar", "--big" if options.big else "--neutral")
        if options.page == "emergency":
            if options.on is not None:
                raise InputRefused("print.no_day", "--on")
            offscreen.print_emergency(house, options.person, options.pdf, options.paper)
        elif calendar:
            wish = offscreen.wish_for(
                house.care.today if options.on is None else parse_day(options.on, "--on"),
                None if options.person is None else house.care.person(options.person).id,
                big=options.big,
                discreet=options.neutral,
            )
            offscreen.print_calendar(house, options.page, wish, options.pdf, options.paper)
        else:
            visit = _visit(house, options.person, options.on)
            offscreen.print_bag(house, visit, options.pdf, options.paper)
    return EXIT_OK


def _visit(house: Household, person: str | None, on: str | None) -> str:
    people = len(house.people.people())
    if person is None and not people:
        raise InputRefused("print.no_next_visit")
    if person is None and people > 1:
        raise InputRefused("print.which", count=people)
    who = house.care.person(person).id
    if on is None:
        visit = house.agenda.next_visit(who)
        if visit is None:
            raise InputRefused("print.no_next_visit")
        return visit.id
    day = parse_day(on, "--on")
    for occurrence in house.agenda.between(day, day, who):
        one, begins = occurrence.appointment, occurrence.day(house.care.home)
        # The same that count as infusions when no day is named.
        single = one.type == "infusion" and not one.rrule
        if begins == day and one.status != "cancelled" and (one.plan is not None or single):
            return one.id
    raise InputRefused("print.no_visit", "--on", day=on)


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
        raise DataReadOnly("data.read_only", path=str(house.care.store.path))
    with _turn(place.folder, holder) as ours:
        if ours:
            _lay_out(house)
        else:
            say("HELD")
        yield ours


@contextlib.contextmanager
def _turn(folder: Path, holder: str) -> Generator[bool]:
    """Hold the claim for a while; another one-shot pass is waited for, a window is not."""
    claim, waited, step, seen = Claim(folder), 0.0, 0.05, ""
    while not (taken := claim.take(holder)):
        # A pass that has just begun may not have put its own name in place of the last one's.
        before, seen = seen, claim.holder()
        if before == seen and seen in (claims.WINDOW, claims.FOLLOW):
            break
        if waited >= CLAIM_WAIT:
            raise DataBusy("data.busy", path=str(folder))
        select.select([], [], [], step)
        waited += step
    try:
        yield taken
    finally:
        claim.release()


def _pass(house: Household) -> None:
    """Say what is due: first on standard output, then on record."""
    if house.reminders.refresh_if_moved():
        tell(words("zone.changed", zone=house.care.home))
    for notice in house.reminders.notices(house.reminders.due()):
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
            state, until = "later", _later(house.care.now, options.later)
        for answered in house.reminders.answer(options.id, state, until=until):
            say(f"ACK {answered}")
    return EXIT_OK


def _later(now: datetime, minutes: int) -> datetime:
    most = 366 * 24 * 60
    if not 1 <= minutes <= most:
        raise InputRefused("number.range", "--later", value=minutes, low=1, high=most)
    return now + timedelta(minutes=minutes)


def _check(_options: argparse.Namespace, place: Place) -> int:
    with place.opens() as house:
        found = house.backups.check()
    if not found:
        say(words("check.good"))
        return EXIT_OK
    tell(words("check.bad", count=len(found)))
    offer = newest_good(place.folder)
    if offer is not None:
        tell(f"OFFER {offer}")
    return EXIT_DAMAGED


def _backup(options: argparse.Namespace, place: Place) -> int:
    with place.opens() as house:
        say(words("backup.made", path=house.backups.make(options.file)))
    return EXIT_OK


def _restore(options: argparse.Namespace, place: Place) -> int:
    try:
        place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise DataReadOnly("data.read_only_folder", path=str(place.folder)) from None
    if not os.access(place.folder, os.W_OK):
        # The claim could not be taken either, which would look like a window that is open.
        raise DataReadOnly("data.read_only", path=str(place.folder))
    with _turn(place.folder, claims.PASS) as ours:
        if not ours:
            raise DataBusy("data.busy", path=str(place.folder))
        kept = restore(place.folder, options.file, place.clock.now())
    if kept is None:
        say(words("restore.done_fresh", path=options.file))
    else:
        say(words("restore.done", path=options.file, kept=kept))
    return EXIT_OK
