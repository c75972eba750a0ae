"""The one place where everything is put together, to be read as a page of prose."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from caregiver_app import options as told
from caregiver_app.clock import GivenClock, SystemClock, read_now
from caregiver_app.errors import UserError
from caregiver_app.messages import words
from caregiver_app.options import Place
from caregiver_app.services import known_places
from caregiver_app.services.care import Clock
from caregiver_app.services.household import Household, household
from caregiver_app.storage.database import open_store

if TYPE_CHECKING:
    from argparse import Namespace

    from caregiver_app.after_paint import AfterPaint
    from caregiver_app.gui.later import Later
    from caregiver_app.gui.tab_place import TabClass
    from caregiver_app.services.more import More

EXIT_UNFORESEEN = 1


def new_id() -> str:
    """Return a fresh id that nobody else has."""
    return os.urandom(16).hex()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, or open the window; return the exit code."""
    # Whatever is written from here on is for its owner's eyes only.
    os.umask(0o077)
    options = told.read(arguments)
    if options.demo and options.command is not None:
        # It would work on the family's own data.
        told.parser().error(words("demo.no_command"))
    try:
        clock = _clock(options.now, runs=options.command is None or _follows(options))
    except UserError as error:
        return told.tell_error(error)
    folder = options.data_dir or user_data_path("caregiver-companion", appauthor=False)
    if options.anew:
        with suppress(OSError):
            known_places.begin_anew(folder)
    place = Place(folder, clock, _open, named=options.data_dir is not None)
    try:
        if options.command is not None:
            return _command(options, place)
        return _window(place, demo=options.demo, background=options.background)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        told.tell(
            f"Something unforeseen happened ({type(error).__name__}). What was acknowledged is "
            "kept. Please try again; `caregiver-app check` tells whether the data is sound."
        )
        if os.environ.get("CAREGIVER_DEBUG"):
            raise
        return EXIT_UNFORESEEN


def _follows(options: object) -> bool:
    return bool(getattr(options, "follow", False))


def _clock(now: str | None, *, runs: bool) -> Clock:
    return SystemClock() if now is None else GivenClock(read_now(now), running=runs)


@contextmanager
def _open(folder: Path, clock: Clock, *, read_only: bool = False) -> Generator[Household]:
    """Open the data folder and put the services together; close it again afterwards.

    Raises:
        DataAway: a diary was kept there and is not there now; nothing was made.
        UserError: it cannot be opened.
    """
    away = known_places.absent(folder)
    if away is not None:
        raise away
    with open_store(folder, now=clock.now(), read_only=read_only) as store:
        yield household(store, clock, new_id, more)


def _command(options: Namespace, place: Place) -> int:
    gc.enable()
    from caregiver_app import cli

    return cli.run(options, place)


def _window(place: Place, *, demo: bool, background: bool) -> int:
    # Until the window is painted nothing is thrown away: looking for garbage would only delay it.
    gc.disable()
    from caregiver_app.window import open_window

    return open_window(
        place,
        demo=demo,
        background=background,
        later=later,
        tab_class=tab_class,
        after_paint=after_paint,
    )


def more() -> type[More]:
    """Return the services that today can be shown without."""
    from caregiver_app.services.more import More

    return More


def later() -> type[Later]:
    """Return what makes the forms, sheets and pages that lie over the window."""
    from caregiver_app.gui.later import Later

    return Later


def tab_class(key: str) -> TabClass:
    """Return the class of a tab, or of another part of the window; each is imported by itself.

    A window in which only the tabs were looked at never loads the forms (`later`).
    """
    if key == "today":
        from caregiver_app.gui.today.tab import TodayTab

        return TodayTab
    if key == "calendar":
        from caregiver_app.gui.calendar.tab import CalendarTab

        return CalendarTab
    if key == "watch":
        from caregiver_app.gui.watchlist.tab import WatchTab

        return WatchTab
    if key == "bag":
        from caregiver_app.gui.bag.tab import BagTab

        return BagTab
    if key == "support":
        from caregiver_app.gui.support.tab import SupportTab

        return SupportTab
    if key == "care":
        from caregiver_app.gui.care_plan.tab import CarePlanTab

        return CarePlanTab
    if key == "still":
        from caregiver_app.gui.today.still import StillCard

        return StillCard
    if key == "settings":
        from caregiver_app.gui.settings.page import SettingsPage

        return SettingsPage
    if key == "banner":
        from caregiver_app.gui.widgets.banners import UndoBanner

        return UndoBanner
    if key == "focus_ring":
        from caregiver_app.gui.focus_ring import FocusRing

        return FocusRing
    if key == "stop_signals":
        from caregiver_app.gui.stop_signals import StopSignals

        return StopSignals
    raise KeyError(key)


def after_paint() -> type[AfterPaint]:
    """Return what a start does once the window is there, or instead of one."""
    from caregiver_app.after_paint import AfterPaint

    return AfterPaint


if __name__ == "__main__":
    sys.exit(main())
