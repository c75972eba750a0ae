"""What a start does once the window was painted, or when there is none: ring, keep copies, explain.

Nothing here is imported before the first paint; `bootstrap` hands it in.
"""

from __future__ import annotations

import gc
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

from caregiver_app.claim import PASS, Claim
from caregiver_app.errors import (
    DataAway,
    DataBusy,
    DataDamaged,
    DataNewer,
    DataReadOnly,
    DiskTrouble,
    InputRefused,
    UserError,
)
from caregiver_app.gui import app
from caregiver_app.gui.backup_words import lack_text, restored_text, shortened_text
from caregiver_app.gui.below_head import put_below_head
from caregiver_app.gui.feed_writer import FeedWriter, command
from caregiver_app.gui.keeper import Keeper
from caregiver_app.gui.leaving import Leaving
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.not_kept import NotKept
from caregiver_app.gui.place_line import line_below
from caregiver_app.gui.restore_sheet import Homecoming
from caregiver_app.gui.ringer import Ringer
from caregiver_app.gui.safekeeping import Safekeeping
from caregiver_app.gui.single_window import Doorbell, raise_other
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tray import Tray, companion_icon
from caregiver_app.gui.trouble import AwayWindow, TroubleWindow
from caregiver_app.gui.window_title import NeutralTitles, names
from caregiver_app.gui.zone_question import ZoneQuestion
from caregiver_app.gui.zone_words import city
from caregiver_app.integrations.autostart import IN_BACKGROUND, Autostart, start_command
from caregiver_app.integrations.notify import DesktopNotifier
from caregiver_app.integrations.sound import Chime
from caregiver_app.integrations.tray_host import tray_is_there
from caregiver_app.integrations.wake import WakeSign
from caregiver_app.messages import explain, words
from caregiver_app.options import Place
from caregiver_app.services import known_places
from caregiver_app.services.backups import changes_of_damaged, lacks, restore, unsealed
from caregiver_app.services.care import Change
from caregiver_app.services.demo import fill
from caregiver_app.services.feed import EXAMPLE_MARK
from caregiver_app.services.household import Household
from caregiver_app.services.known_backups import known_backups
from caregiver_app.storage import backups as copies
from caregiver_app.storage.database import open_store
from caregiver_app.storage.logless import opens_without_log, put_log_aside
from caregiver_app.storage.restoring import thin_kept

DEMO_FOLDERS = "caregiver-demo-"
"""How the names of the made-up family's throw-away folders begin."""

_DEMO_FOLDER = re.compile(re.escape(DEMO_FOLDERS) + "[a-z0-9_]{8}")

_TOMBSTONE_DAYS = 30
_SETTINGS = frozenset(("setting",))
_REMEMBERED = frozenset(("person", "setting"))
"""Kinds of which a change may change what is remembered of this folder."""
_A_DAY_S = 86_400


class AfterPaint:
    """Everything that goes on beside the window while it is open."""

    came_home: ClassVar[str] = ""
    """What the next window says once, after a backup was restored where there was no window."""

    def __init__(self, place: Place, house: Household, *, demo: bool) -> None:
        self._place, self._house, self._demo = place, house, demo
        self._keeper = Keeper(house.care.changes, self._keep)
        self._feed: FeedWriter | None = None
        self._window: MainWindow | None = None
        self._question: ZoneQuestion | None = None
        self._follows = False
        self._gone: dict[str, tuple[int, int]] = {}
        self._second = house.backups.place()
        self._looked: date | None = None
        self._bell: Doorbell | None = None
        self._leaving: Leaving | None = None
        self._titles: NeutralTitles | None = None
        self._tray: Tray | None = None
        self._notices, self._wake = DesktopNotifier(), WakeSign()

    def begin(self, window: MainWindow) -> UserError | None:
        """Look after the data before anything is written; return what is wrong with it, if so."""
        self._bell = bell = Doorbell(self._place.folder, window)
        bell.rung.connect(partial(_come_up, window))
        self._keeper.troubled.connect(window.say)
        store = self._house.care.store
        if AfterPaint.came_home:
            window.say(AfterPaint.came_home)
            AfterPaint.came_home = ""
        if not self._demo:
            known_places.follow(self._house)
            self._house.care.changes.listen(self._remember)
        if store.read_only:
            window.say(words("data.read_only", path=str(store.path)))
            return None
        trouble = self._first_look(window)
        if trouble is not None:
            return trouble
        self._window = window
        old = self._house.care.now - timedelta(days=_TOMBSTONE_DAYS)
        for step in (
            # Before anything is written, which might hide it.
            self._look_for_vanished,
            self.follow_zone,
            self._house.plans.lay_out_all,
            partial(store.wipe_old_tombstones, old),
        ):
            try:
                step()
            except DataDamaged:
                # The structure is sound: a single entry is not. Everything else can be read.
                self._keeper.found_damage = True
            except UserError as error:
                # What can't be written now is tried again later; reminders have to ring meanwhile.
                window.say(explain(error))
        # Without the copy everything works; the next start tries again.
        with suppress(OSError):
            self._house.reference.lists.keep()
        if not self._demo:
            self._keeper.start()
            self._follow_feed(window)
        return None

    def _first_look(self, window: MainWindow) -> UserError | None:
        """Return what is wrong with the file's structure, or with the disk that it is read from."""
        store = self._house.care.store
        try:
            found = store.quick_check()
        except DataDamaged as error:
            return copies.looked_again(error, store.path)
        except DiskTrouble as error:
            return error
        except UserError as error:
            # Another program holds it now, which says nothing of what is kept.
            window.say(explain(error))
            return None
        if not found:
            return None
        return copies.looked_again(DataDamaged("data.damaged", path=str(store.path)), store.path)

    def _look_for_vanished(self) -> None:
        self._gone = self._house.backups.vanished()

    def _follow_feed(self, window: MainWindow) -> None:
        """Let the subscribed calendar file follow whatever changes from now on."""
        self._feed = feed = FeedWriter(self._house.feed, command(self._place.folder))
        feed.troubled.connect(window.say)
        window.bridge.changed.connect(feed.look)
        window.files.restoring.connect(feed.hold)
        window.files.stayed.connect(feed.go_on)
        feed.start()

    def ringer(self, window: MainWindow, theme: Theme, holds_claim: Callable[[], bool]) -> Ringer:
        """Return the ringer, ready to start."""
        NotKept(window, self._house, theme)
        self._titles = titles = NeutralTitles(self._house, window, demo=self._demo)
        titles.turned.connect(self._go_by)
        self._go_by(titles.is_on)
        safe = Safekeeping(self._house, theme, window)
        self._keeper.damaged.connect(safe.say_damage)
        self._house.care.unread = safe.say_damage
        if self._keeper.found_damage or self._house.care.was_unread:
            safe.say_damage()
        if self._gone:
            safe.say_vanished(self._gone)
        ringer = Ringer(
            self._house,
            theme,
            self._notices,
            holds_claim=holds_claim,
            sound=Chime(),
            parent=window,
        )
        self._wake.woke.connect(ringer.woken)
        self._wake.listen()
        ringer.jumped.connect(window.bridge.look_anew)
        window.bridge.changed.connect(ringer.refresh_outside)
        ringer.health_changed.connect(partial(_say_health, window))
        ringer.open_asked.connect(partial(_go_to, window))
        ringer.window_asked.connect(partial(_come_up, window))
        ringer.note_window(on_top=app.stays_on_top())
        for step in (
            partial(self._stay, window, theme, ringer),
            partial(self._show_place, window, theme),
            partial(self._watch_zone, window, theme),
        ):
            try:
                step()
            except Exception as error:  # noqa: BLE001 - it is told, and reminders ring all the same
                sys.excepthook(type(error), error, error.__traceback__)
        return ringer

    def _go_by(self, neutral: bool) -> None:
        """Let notices and the tray's icon go by the name that the titles have."""
        name, entry = names(neutral=neutral)
        self._notices.go_by(name, entry)
        if self._tray is not None:
            self._tray.go_by(name)

    def _show_place(self, window: MainWindow, theme: Theme) -> None:
        """Tell, as long as it is so, what is to be known of where everything is kept."""
        line_below(window.head, self._house, theme, lambda: window.files.back_up())  # noqa: PLW0108

    def _watch_zone(self, window: MainWindow, theme: Theme) -> None:
        self._question = put_below_head(window.head, ZoneQuestion(self._house, theme))
        self._house.care.changes.listen(self._settings_changed)
        self.follow_zone()

    def _stay(self, window: MainWindow, theme: Theme, ringer: Ringer) -> None:
        """Let the program go on without its window, where it is worth going on."""
        application = app.application()
        application.setWindowIcon(companion_icon(theme))
        if self._demo or self._house.care.store.read_only:
            return
        window.at_login = Autostart(_at_login(self._place))
        self._tray = tray = Tray(window, theme, host=tray_is_there)
        self._go_by(self._titles is not None and self._titles.is_on)
        window.waiting_counted.connect(tray.show_waiting)
        tray.looked.connect(partial(_hand_over, ringer, tray))
        window.leaving = self._leaving = Leaving(window, self._house, theme, ringer, tray)
        self._leaving.follow(application)
        tray.start()

    def follow_zone(self) -> None:
        """Notice another zone of the computer; say, or ask, what that does to the calendar."""
        if self._follows or self._house.care.store.read_only:
            return
        self._follows = True
        try:
            found = self._house.home_zone.follow()
        except DataDamaged:
            self._keeper.found_damage = True
            self._house.care.tell_unread()
            return
        finally:
            self._follows = False
        if self._question is not None:
            self._question.show_asked(found.asked)
        if found.message and self._window is not None:
            zone = self._house.care.home
            self._window.say(words(found.message, zone=zone, city=city(zone)))

    def _settings_changed(self, change: Change) -> None:
        # A zone that was kept or let go, also by undo, moves what has no zone of its own.
        if change.kinds == _SETTINGS:
            self._second = self._house.backups.place()
            self.follow_zone()

    def _remember(self, change: Change) -> None:
        if change.kinds & _REMEMBERED:
            known_places.follow(self._house)

    def end(self) -> None:
        """Make the last copy, write what is pending; the data is about to be closed."""
        # A start from now on waits until this one is over.
        for one in (self._bell, self._leaving):
            if one is not None:
                one.stop()
        self._notices.close()
        self._wake.stop()
        if self._feed is not None:
            self._feed.finish()
        self._keeper.finish(self._keep_last)

    def _keep_last(self) -> None:
        """Copy what was written since the newest backup, so that closing early loses none."""
        with self._house.erasing.alone:
            if not self._house.care.store.is_open:
                return
            self._house.backups.renew()
            self._tidy()

    def _tidy(self) -> None:
        """Throw away what is not needed any more, and bring the second place up to date."""
        if not self._gone:
            copies.thin(self._place.folder, self._house.care.now)
            thin_kept(self._place.folder, self._house.care.now)
        self._house.backups.follow_quietly(self._second)

    def _keep(self, edited: bool) -> object:
        # An erasing that was killed or could not go on is ended before anything is copied.
        self._house.erasing.go_on()
        with self._house.erasing.alone:
            return self._keep_copy(edited)

    def _keep_copy(self, edited: bool) -> object:
        backups = self._house.backups
        try:
            made = backups.daily(edited=edited)
        except (DiskTrouble, DataReadOnly):
            # A backup reads every row; without one the day's look has to be taken all the same.
            self._look_through()
            raise
        self._tidy()
        return made

    def _look_through(self) -> None:
        """Read every row once a day.

        Raises:
            DataDamaged: something did not read back as it was written.
        """
        store, today = self._house.care.store, self._house.care.now.date()
        if self._looked != today:
            self._looked = today
            if store.full_check():
                raise DataDamaged("data.damaged", path=str(store.path))

    # -- Where there is no window, or another one -------------------------------------------------

    @staticmethod
    def raise_other(folder: Path) -> bool:
        """Bring the window that has `folder` open to the front; tell whether it heard."""
        return raise_other(folder)

    @staticmethod
    @contextmanager
    def demo_place(place: Place) -> Generator[Place]:
        """Give a place with the made-up family in it, living up to the clock's moment.

        Its folder is a new one that is thrown away after the block; nothing else is touched.
        """
        folder = Path(tempfile.mkdtemp(prefix=DEMO_FOLDERS))
        try:
            (folder / EXAMPLE_MARK).touch(mode=0o600)
            _sweep(folder)
            with place.opener(folder, place.clock) as house:
                fill(house)
            yield replace(place, folder=folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @staticmethod
    def in_trouble(place: Place, error: UserError) -> int:
        """Say why the data cannot be opened; return OPEN_AGAIN once it may be opened.

        That is after a backup was restored, a new diary was asked for, or what was in the way went.
        """
        gc.enable()
        application = app.application()
        theme = Theme()
        theme.apply(application)
        offer: str | Path | None = None
        if isinstance(error, DataDamaged | DataAway):
            # A row found damaged while reading names no backup by itself.
            offer = error.offer
        if isinstance(error, DataDamaged | DiskTrouble):
            offer = offer or known_places.newest_good_anywhere(place.folder)
        backup = None if offer is None else Path(offer)
        window = _trouble_window(place, error, backup, theme)
        bell = Doorbell(place.folder, window)
        bell.rung.connect(window.activateWindow)
        # By itself a window begins with two thirds of the screen at the most.
        window.resize(window.sizeHint())
        window.show()
        application.exec()
        bell.stop()
        return app.OPEN_AGAIN if window.goes_on else error.exit_code

    @staticmethod
    def restore(place: Place, house: Household, backup: Path) -> str:
        """Check the backup, close the data and exchange it; return what the next window says.

        Raises:
            InputRefused: the backup is damaged; nothing was touched.
        """
        if copies.problems_of(backup):
            raise InputRefused("backup.damaged", path=str(backup))
        house.care.store.close()
        try:
            kept = restore(place.folder, backup, place.clock.now())
        except UserError as error:
            return explain(error)
        if kept is None:
            return words("restore.done_fresh", path=str(backup))
        # Nobody can be brought back to what cannot be read: then only its bytes are kept.
        if copies.is_good(kept):
            return words("restore.done_kept")
        return words("restore.done", path=str(backup), kept=str(kept))


def _trouble_window(
    place: Place, error: UserError, backup: Path | None, theme: Theme
) -> TroubleWindow:
    folder, data = place.folder, place.folder / copies.DATA_NAME
    today, second = place.clock.now().astimezone().date(), known_places.second_place(place.folder)

    def come_home(chosen: Path) -> None:
        restore(folder, chosen, place.clock.now())
        AfterPaint.came_home = restored_text(chosen, None, today)

    def shorten() -> None:
        aside = put_log_aside(data, place.clock.now())
        AfterPaint.came_home = shortened_text(aside)

    def begin_anew() -> None:
        known_places.begin_anew(folder)
        with open_store(folder, now=place.clock.now()):
            pass

    def open_again() -> UserError | None:
        try:
            with place.reads():
                return None
        except UserError as still:
            return still

    home = Homecoming(
        restore=come_home,
        changes=partial(changes_of_damaged, folder),
        unseal=partial(unsealed, folder),
        today=today,
        known=partial(known_backups, folder, second),
        second=second,
        is_sound=False,
        kept_in=folder if os.path.lexists(data) else None,
    )
    if isinstance(error, DataAway):
        look = partial(known_places.absent, folder)
        return AwayWindow(folder, backup, home, again=look, begin=begin_anew, theme=theme)
    passes = isinstance(error, DiskTrouble | DataBusy | DataReadOnly)
    missing = "" if backup is None else lack_text(lacks(backup, folder))
    shortens = isinstance(error, DataDamaged) and opens_without_log(data)
    said = words("data.log_left_out", path=str(data)) if shortens else explain(error)
    return TroubleWindow(
        said, backup, home, lacks=missing, again=open_again if passes else None,
        shorten=shorten if shortens else None,
        restores=not isinstance(error, DataBusy | DataNewer | DataReadOnly), theme=theme,
    )  # fmt: skip


def _sweep(fresh: Path) -> None:
    """Throw away what killed demos left beside `fresh`: a day old, ours, and open nowhere."""
    made = fresh.lstat()
    for left in fresh.parent.glob(f"{DEMO_FOLDERS}*"):
        with suppress(OSError):
            found = left.lstat()
            ours = stat.S_ISDIR(found.st_mode) and found.st_uid == made.st_uid
            ours = ours and _DEMO_FOLDER.fullmatch(left.name) is not None
            # Looked at before the claim, which makes a file.
            ours = ours and stat.S_ISREG((left / EXAMPLE_MARK).lstat().st_mode)
            if not ours or made.st_mtime - found.st_mtime < _A_DAY_S:
                continue
            claim = Claim(left)
            if claim.take(PASS):
                claim.release()
                shutil.rmtree(left, ignore_errors=True)


def _at_login(place: Place) -> list[str]:
    """Return the command that a login starts, with the data folder where that was named."""
    command = start_command(sys.argv[0], frozen=bool(getattr(sys, "frozen", False)))
    folder = ["--data-dir", str(place.folder.absolute())] if place.named else []
    return [*command, *folder, IN_BACKGROUND]


def _hand_over(ringer: Ringer, tray: Tray, there: bool) -> None:
    ringer.set_tray(tray if there else None)


def _come_up(window: MainWindow) -> None:
    if window.leaving is None:
        window.come_up()
    else:
        window.leaving.come_up()


def _go_to(window: MainWindow, place: str, kind: str, item: str) -> None:
    _come_up(window)
    window.open(place, kind, item)


def _say_health(window: MainWindow, sentence: str) -> None:
    if sentence:
        window.say(sentence)
