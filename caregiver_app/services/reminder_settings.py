"""What a family chose about reminders: lead times, quiet hours, ringing again, sound."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Final

from caregiver_app.domain.ringing import USUAL_LEADS, QuietHours, Repeats
from caregiver_app.domain.times import MINUTES_A_DAY
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care
from caregiver_app.services.settings import Settings

LEADS: Final = "leads."
"""How the setting of a type's lead times begins: its minutes with commas, "none" for no lead."""
QUIET_FIRST: Final = "quiet_first"
QUIET_LAST: Final = "quiet_last"
REPEAT_MINUTES: Final = "repeat_minutes"
REPEAT_MOST: Final = "repeat_most"
REPEAT_WHAT: Final = "repeat_what"
SOUND: Final = "sound"
EVERYTHING: Final = "everything"

EVERY_MINUTES: Final = (5, 10, 15, 30)
AT_MOST: Final = (3, 6, 12)
MOST_LEADS: Final = 6
LONGEST_LEAD: Final = 366 * MINUTES_A_DAY
_NONE: Final = "none"
_YES: Final = "yes"


class ReminderSettings:
    """Reads and writes them; whatever cannot be read counts as not chosen."""

    def __init__(self, care: Care, settings: Settings) -> None:
        self._care, self._settings = care, settings

    def leads(self) -> Mapping[str, tuple[int, ...]]:
        """Return by the type of an appointment the minutes before at which it reminds."""
        return {kind: self._leads_of(kind, usual) for kind, usual in USUAL_LEADS.items()}

    def _leads_of(self, kind: str, usual: tuple[int, ...]) -> tuple[int, ...]:
        text = self._settings.text(f"{LEADS}{kind}", "")
        if text == _NONE:
            return ()
        parts = text.split(",")
        if not all(part.isascii() and part.isdigit() for part in parts):
            return usual
        return tuple(sorted({int(part) for part in parts}, reverse=True))

    def set_leads(self, kind: str, minutes: tuple[int, ...]) -> None:
        """Choose when appointments of a type remind; the usual ones again are no choice.

        Raises:
            InputRefused: there are more than MOST_LEADS, or one is negative or over a year.
        """
        chosen = tuple(sorted(set(minutes), reverse=True))
        if len(chosen) > MOST_LEADS:
            raise InputRefused("reminder.many", "reminders", high=MOST_LEADS)
        for one in chosen:
            if not 0 <= one <= LONGEST_LEAD:
                raise InputRefused("number.range", "reminders", value=one, low=0, high=LONGEST_LEAD)
        text = ",".join(map(str, chosen)) or _NONE
        with self._care.change("done.setting.leads"):
            self._settings.put(f"{LEADS}{kind}", "" if chosen == USUAL_LEADS[kind] else text)

    def quiet(self) -> QuietHours | None:
        """Return the quiet hours, None while none were chosen."""
        first, last = (self._settings.text(name, "") for name in (QUIET_FIRST, QUIET_LAST))
        try:
            hours = time.fromisoformat(first), time.fromisoformat(last)
        except ValueError:
            return None
        return None if hours[0] == hours[1] else QuietHours(*hours)

    def set_quiet(self, quiet: QuietHours | None) -> None:
        """Choose the quiet hours, or none.

        Raises:
            InputRefused: they begin and end at the same moment.
        """
        if quiet is not None and quiet.first == quiet.last:
            raise InputRefused("reminder.quiet_empty", QUIET_LAST)
        with self._care.change("done.setting.quiet_hours"):
            self._settings.put(QUIET_FIRST, "" if quiet is None else f"{quiet.first:%H:%M}")
            self._settings.put(QUIET_LAST, "" if quiet is None else f"{quiet.last:%H:%M}")

    def repeats(self) -> Repeats:
        """Return how a reminder that nobody answered rings again."""
        usual = Repeats()
        return Repeats(
            self._one_of(REPEAT_MINUTES, EVERY_MINUTES, usual.minutes),
            self._one_of(REPEAT_MOST, AT_MOST, usual.most),
            self._settings.text(REPEAT_WHAT, "") == EVERYTHING,
        )

    def set_repeats(self, repeats: Repeats) -> None:
        """Choose how a reminder rings again.

        Raises:
            InputRefused: minutes or times are none of those that are offered.
        """
        if repeats.minutes not in (0, *EVERY_MINUTES) or repeats.most not in AT_MOST:
            raise InputRefused("reminder.repeat", REPEAT_MINUTES)
        with self._care.change("done.setting.repeats"):
            self._settings.put(REPEAT_MINUTES, str(repeats.minutes))
            self._settings.put(REPEAT_MOST, str(repeats.most))
            self._settings.put(REPEAT_WHAT, EVERYTHING if repeats.everything else "")

    def sound(self) -> bool:
        """Tell whether a reminder may be heard; it is silent until somebody chose otherwise."""
        return self._settings.text(SOUND, "") == _YES

    def set_sound(self, *, on: bool) -> None:
        """Choose whether a reminder is heard."""
        self._settings.set(SOUND, _YES if on else "")

    def _one_of(self, name: str, known: tuple[int, ...], usual: int) -> int:
        text = self._settings.text(name, "")
        return next((one for one in known if str(one) == text), usual)
