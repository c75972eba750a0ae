"""What a start with a window does: find out whether one can open, open the data, show it.

Everything that can wait comes after the first paint, and from modules that are loaded then.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from caregiver_app import claim as claims
from caregiver_app.claim import Claim
from caregiver_app.errors import EXIT_OK, DataDamaged, UserError
from caregiver_app.gui import app
from caregiver_app.gui.app import TabClass
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.options import Place, tell, tell_error
from caregiver_app.platform_check import display_problem
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.after_paint import AfterPaint
    from caregiver_app.gui.later import Later
    from caregiver_app.gui.ringer import Ringer
    from caregiver_app.gui.theme import Theme

EXIT_NO_WINDOW = 1
_DAMAGED = 98


def open_window(
    place: Place,
    *,
    demo: bool,
    later: Callable[[], type[Later]],
    tab_class: Callable[[str], TabClass],
    after_paint: Callable[[], type[AfterPaint]],
) -> int:
    """Open the window on a data folder, or on a made-up family; return the exit code."""
    problem = display_problem()
    if problem is not None:
        tell(problem)
        return EXIT_NO_WINDOW
    show = partial(_show, demo=demo, later=later, tab_class=tab_class, after_paint=after_paint)
    if not demo:
        return show(place)
    try:
        with after_paint().demo_place(place) as made:
            return show(made)
    except UserError as error:
        return tell_error(error)


def _show(
    place: Place,
    *,
    demo: bool,
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
                    later=later,
                    tab_class=tab_class,
                    after_paint=after_paint,
                )
                code, say = session.run(say)
        except UserError as error:
            app.application()
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
        later: Callable[[], type[Later]],
        tab_class: Callable[[str], TabClass],
        after_paint: Callable[[], type[AfterPaint]],
    ) -> None:
        self._place, self._house, self._demo = place, house, demo
        self._later, self._after_paint = later, after_paint
        self._tab_class = tab_class
        self._claim = Claim(place.folder)
        self._version = house.care.store.data_version()
        self._beside: AfterPaint | None = None
        self._damage: DataDamaged | None = None
        self._after = ""

    def run(self, say: str) -> tuple[int, str]:
        """Show the window; return the exit code and what the next one has to say."""
        if not self._claim.take(claims.WINDOW) and self._claim.holder() == claims.WINDOW:
            app.application()
            if self._after_paint().raise_other(self._place.folder):
                return EXIT_OK, ""
        actions = AppActions(
            backup=self._backup,
            restore=self._restore,
            look_for_outside_changes=self._outside,
        )
        try:
            code = app.run(
                self._house,
                actions=actions,
                later=self._later,
                tab_class=self._tab_class,
                demo=self._demo,
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
