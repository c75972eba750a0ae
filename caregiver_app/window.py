"""What a start with a window does: find out whether one can open, open the data, show it.

Everything that can wait comes after the first paint, and from modules that are loaded then.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from caregiver_app import claim as claims
from caregiver_app.claim import Claim
from caregiver_app.errors import EXIT_OK, UserError
from caregiver_app.gui import app
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.tab_place import TabClass
from caregiver_app.options import Place, tell, tell_error
from caregiver_app.platform_check import display_problem, preferred_platform
from caregiver_app.services import known_places
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.after_paint import AfterPaint
    from caregiver_app.gui.later import Later
    from caregiver_app.gui.ringer import Ringer
    from caregiver_app.gui.theme import Theme

EXIT_NO_WINDOW = 1
_DAMAGED = 98
_PATIENCE_S = 20.0
"""How long the window that is open already may take to come to the front: it may just open."""
_PAUSE_S = 0.1


def open_window(
    place: Place,
    *,
    demo: bool,
    background: bool = False,
    later: Callable[[], type[Later]],
    tab_class: Callable[[str], TabClass],
    after_paint: Callable[[], type[AfterPaint]],
) -> int:
    """Open the window on a data folder, or on a made-up family; return the exit code.

    With `background` it opens in the tray, or minimised where there is none.
    """
    problem = display_problem()
    if problem is not None:
        tell(problem)
        return EXIT_NO_WINDOW
    platform = preferred_platform()
    app.application(("-platform", platform) if platform else ())
    show = partial(
        _show,
        demo=demo,
        background=background,
        later=later,
        tab_class=tab_class,
        after_paint=after_paint,
    )
    if not demo:
        return _alone(place, show, after_paint, comes_up=not background)
    try:
        with after_paint().demo_place(place) as made:
            return show(made)
    except UserError as error:
        return tell_error(error)


def _alone(
    place: Place,
    show: Callable[[Place], int],
    after_paint: Callable[[], type[AfterPaint]],
    *,
    comes_up: bool,
) -> int:
    """Show the one window of a data folder; where there is one already, it comes to the front.

    Not with `comes_up` False: who starts in the background wants to see no window. Where a diary
    was kept and is not there now, nothing is made before somebody asked for it.
    """
    while (away := known_places.absent(place.folder)) is not None:
        if after_paint().raise_other(place.folder):
            return EXIT_OK
        code = after_paint().in_trouble(place, away)
        if code != app.OPEN_AGAIN:
            return code
    _make(place.folder)
    claim = Claim(place.folder, claims.OPEN)
    limit = time.monotonic() + _PATIENCE_S
    try:
        while not claim.take(claims.WINDOW) and claim.is_taken and time.monotonic() < limit:
            if not comes_up or after_paint().raise_other(place.folder):
                return EXIT_OK
            # It may have been started in this very moment, or just be ending.
            threading.Event().wait(_PAUSE_S)
        return show(place)
    finally:
        claim.release()


def _make(folder: Path) -> None:
    # Whatever is wrong with the folder is said by those who open the data in it.
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _show(
    place: Place,
    *,
    demo: bool,
    background: bool,
    later: Callable[[], type[Later]],
    tab_class: Callable[[str], TabClass],
    after_paint: Callable[[], type[AfterPaint]],
) -> int:
    """Show the window again and again while a backup was put in the place of the data."""
    say = ""
    while True:
        try:
            with place.opens() as house:
                session = _Session(
                    place,
                    house,
                    demo=demo,
                    background=background,
                    later=later,
                    tab_class=tab_class,
                    after_paint=after_paint,
                )
                code, say = session.run(say)
                background = False
        except UserError as error:
            code = after_paint().in_trouble(place, error)
        if code not in (app.OPEN_AGAIN, _DAMAGED):
            return code


class _Session:
    """One showing of the window over one opening of the data."""

    def __init__(
        self,
        place: Place,
        house: Household,
        *,
        demo: bool,
        background: bool,
        later: Callable[[], type[Later]],
        tab_class: Callable[[str], TabClass],
        after_paint: Callable[[], type[AfterPaint]],
    ) -> None:
        self._place, self._house, self._demo = place, house, demo
        self._background = background
        self._later, self._after_paint = later, after_paint
        self._tab_class = tab_class
        self._claim = Claim(place.folder)
        self._version = house.care.store.data_version()
        self._beside: AfterPaint | None = None
        self._damage: UserError | None = None
        self._after = ""

    def run(self, say: str) -> tuple[int, str]:
        """Show the window; return the exit code and what the next one has to say."""
        self._claim.take(claims.WINDOW)
        actions = AppActions(
            backup=self._backup,
            restore=self._restore,
            look_for_outside_changes=self._outside,
            tell_after=self._tell_after,
        )
        try:
            code = app.run(
                self._house,
                actions=actions,
                later=self._later,
                tab_class=self._tab_class,
                demo=self._demo,
                background=self._background,
                make_ringer=self._ringer,
                on_shown=partial(self._begin, say),
            )
        finally:
            if self._beside is not None:
                self._beside.end()
            self._claim.release()
        if self._damage is not None:
            raise self._damage
        return code, self._after

    def _begin(self, say: str, window: MainWindow) -> bool:
        """Do what may only begin after the first paint, before anything is written.

        Returns whether the data is sound.
        """
        gc.freeze()  # what is there now stays, so it need not be looked through again and again
        gc.enable()
        if say:
            window.say(say)
        self._beside = self._after_paint()(self._place, self._house, demo=self._demo)
        self._damage = self._beside.begin(window)
        if self._damage is not None:
            app.application().exit(_DAMAGED)
        return self._damage is None

    def _ringer(self, window: MainWindow, theme: Theme) -> Ringer | None:
        if self._beside is None:
            return None
        return self._beside.ringer(window, theme, self._holds_claim)

    def _tell_after(self, sentence: str) -> None:
        self._after = sentence

    def _holds_claim(self) -> bool:
        return self._claim.take(claims.WINDOW)

    def _outside(self) -> bool:
        """Tell whether another program changed the file; notice a change of the zone as well."""
        if self._beside is not None and not self._house.care.store.read_only:
            self._beside.follow_zone()
        version = self._house.care.store.data_version()
        changed, self._version = version != self._version, version
        return changed

    def _backup(self, path: Path | None) -> Path:
        return self._house.backups.make(path)

    def _restore(self, backup: Path) -> None:
        self._after = self._after_paint().restore(self._place, self._house, backup)
