"""What the screens of reminders can know of this computer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from caregiver_app.gui.at_login import AtLogin
from caregiver_app.gui.rehearse.advice import Found
from caregiver_app.gui.rehearse.model import Rehearsal

if TYPE_CHECKING:
    from caregiver_app.gui.ringer import Ringer


class Around:
    """Asks the ringer and the switch for starting at login; either may be missing."""

    def __init__(
        self, ringer: Callable[[], Ringer | None], at_login: Callable[[], AtLogin | None]
    ) -> None:
        self._ringer, self.at_login = ringer, at_login

    def has_tray(self) -> bool | None:
        """Tell whether there is a tray; None before anything rings in this window."""
        ringer = self._ringer()
        return None if ringer is None else ringer.has_tray

    def found(self, rehearsal: Rehearsal) -> Found:
        """Return what is known now, after a try or before it."""
        ringer, at_login = self._ringer(), self.at_login()
        taken, said = rehearsal.notice or (None, "")
        return Found(
            rings_here=rehearsal.rings_here,
            window_up=rehearsal.window_up,
            stays_on_top=None if ringer is None else ringer.stays_on_top,
            notice_taken=taken,
            notice_said=said,
            has_tray=self.has_tray(),
            starts=None if at_login is None else at_login.is_on,
            may_start=at_login is not None and at_login.is_possible,
        )
