"""What a start with a window does: find out whether one can open, open the data, ring, keep copies.

Everything heavy comes after the first paint.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from caregiver_app import claim as claims
from caregiver_app import cli
from caregiver_app.claim import Claim
from caregiver_app.cli import Place
from caregiver_app.errors import EXIT_OK, DataDamaged, InputRefused, UserError
from caregiver_app.gui import app
from caregiver_app.gui.keeper import Keeper
from caregiver_app.gui.main_window import AppActions, MainWindow
from caregiver_app.gui.ringer import Ringer
from caregiver_app.gui.single_window import Doorbell, raise_other
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.trouble import TroubleWindow
from caregiver_app.integrations.notify import DesktopNotifier
from caregiver_app.messages import explain, words
from caregiver_app.platform_check import display_problem
from caregiver_app.services.backups import restore
from caregiver_app.services.demo import DemoClock, fill
from caregiver_app.services.household import Household
from caregiver_app.storage import backups as copies

EXIT_NO_WINDOW = 1
_DAMAGED = 98
_TOMBSTONE_DAYS = 30


def open_window(place: Place, *, demo: bool) -> int:
    """Open the window on a data folder, or on a made-up family; return the exit code."""
    problem = display_problem()
    if problem is not None:
        cli.tell(problem)
        return EXIT_NO_WINDOW
    if not demo:
        return _show(place, demo=False)
    folder = Path(tempfile.mkdtemp(prefix="caregiver-demo-"))
    try:
        return _show(_demo_place(place, folder), demo=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _demo_place(place: Place, folder: Path) -> Place:
    """Return a place with the made-up family in it, living up to the clock's moment."""
    clock = DemoClock(place.clock.now(), place.clock.zone())
    with place.opener(folder, clock) as house:
        fill(house, clock)
    return replace(place, folder=folder)


def _show(place: Place, *, demo: bool) -> int:
    """Show the window again and again while a backup was put in the place of the data."""
    say = ""
    while True:
        try:
            with place.opens() as house:
                code, say = _Session(place, house, demo=demo).run(say)
        except DataDamaged as damage:
            app.application()
            code = _in_trouble(place, damage)
        except UserError as error:
            app.application()
            code = _in_trouble(place, error)
        if code not in (app.OPEN_AGAIN, _DAMAGED):
            return code


def _in_trouble(place: Place, error: UserError) -> int:
    """Say why the data cannot be opened; return OPEN_AGAIN once a backup was restored."""
    application = app.application()
    theme = Theme()
    theme.apply(application)
    offer = error.offer if isinstance(error, DataDamaged) else None
    restored: list[Path] = []

    def come_home(backup: Path) -> None:
        restore(place.folder, backup, place.clock.now())
        restored.append(backup)

    window = TroubleWindow(explain(error), None if offer is None else Path(offer), come_home,
                           theme=theme)  # fmt: skip
    window.show()
    application.exec()
    return app.OPEN_AGAIN if restored else error.exit_code


def _come_up(window: MainWindow) -> None:
    window.showNormal()
    window.raise_()
    window.activateWindow()


def _say_health(window: MainWindow, sentence: str) -> None:
    if sentence:
        window.say(sentence)


class _Session:
    """One showing of the window over one opening of the data."""

    def __init__(self, place: Place, house: Household, *, demo: bool) -> None:
        self._place, self._house, self._demo = place, house, demo
        self._claim = Claim(place.folder)
        self._version = house.care.store.data_version()
        self._damage: DataDamaged | None = None
        self._after = ""

    def run(self, say: str) -> tuple[int, str]:
        """Show the window; return the exit code and what the next one has to say."""
        if not self._claim.take(claims.WINDOW) and self._claim.holder() == claims.WINDOW:
            app.application()
            if raise_other(self._place.folder):
                return EXIT_OK, ""
        keeper = Keeper(self._house.care.changes, self._keep)
        actions = AppActions(
            backup=self._house.backups.make,
            restore=self._restore,
            look_for_outside_changes=self._outside,
        )

        def shown(window: MainWindow) -> None:
            self._begin(window, keeper, say)

        try:
            code = app.run(
                self._house,
                actions=actions,
                demo=self._demo,
                make_ringer=self._ringer,
                on_shown=shown,
            )
        finally:
            keeper.stop()
            self._claim.release()
        if self._damage is not None:
            raise self._damage
        return code, self._after

    def _begin(self, window: MainWindow, keeper: Keeper, say: str) -> None:
        """Do what may only begin after the first paint, before anything is written."""
        bell = Doorbell(self._place.folder, window)
        bell.rung.connect(partial(_come_up, window))
        keeper.troubled.connect(window.say)
        if say:
            window.say(say)
        store = self._house.care.store
        if store.read_only:
            window.say(words("data.read_only", path=str(store.path)))
            return
        if store.quick_check():
            offer = copies.newest_good_backup(self._place.folder)
            self._damage = DataDamaged(
                "data.damaged", offer=None if offer is None else str(offer), path=str(store.path)
            )
            app.application().exit(_DAMAGED)
            return
        self._house.reminders.refresh_if_moved()
        self._house.plans.lay_out_all()
        store.wipe_old_tombstones(self._house.care.now - timedelta(days=_TOMBSTONE_DAYS))
        if not self._demo:
            keeper.start()

    def _ringer(self, window: MainWindow, theme: Theme) -> Ringer:
        ringer = Ringer(
            self._house, theme, DesktopNotifier(), holds_claim=self._holds_claim, parent=window
        )
        ringer.health_changed.connect(partial(_say_health, window))
        ringer.start()
        return ringer

    def _holds_claim(self) -> bool:
        return self._claim.take(claims.WINDOW)

    def _outside(self) -> bool:
        """Tell whether another program changed the file; notice a change of the zone as well."""
        if not self._house.care.store.read_only:
            self._house.reminders.refresh_if_moved()
        version = self._house.care.store.data_version()
        changed, self._version = version != self._version, version
        return changed

    def _keep(self, edited: bool) -> object:
        made = self._house.backups.daily(edited=edited)
        copies.thin(self._place.folder, self._house.care.now)
        return made

    def _restore(self, backup: Path) -> None:
        """Check the backup, then close the data and exchange it; what fails is said afterwards."""
        if copies.problems_of(backup):
            raise InputRefused("backup.damaged", path=str(backup))
        self._house.care.store.close()
        try:
            restore(self._place.folder, backup, self._place.clock.now())
        except UserError as error:
            self._after = explain(error)
        else:
            self._after = words("restore.done_fresh", path=str(backup))
