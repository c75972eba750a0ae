"""What to look at when a reminder was not seen: only what may be so on this computer."""

from __future__ import annotations

from collections.abc import Iterator

from caregiver_app.gui.rehearse.model import Saw
from caregiver_app.gui.words import tr
from caregiver_app.messages import words
from caregiver_app.values import value


@value
class Found:
    """What the program knows of this computer; None where it cannot know.

    `notice_taken` and `notice_said` tell what became of the desktop's notice, `stays_on_top`
    whether a window can stay above the others, `has_tray` whether there is a tray, `starts`
    whether the program starts with the computer, and `may_start` whether it could.
    """

    rings_here: bool = True
    window_up: bool = True
    stays_on_top: bool | None = None
    notice_taken: bool | None = None
    notice_said: str = ""
    has_tray: bool | None = None
    starts: bool | None = None
    may_start: bool = False


@value
class Advice:
    """One thing to look at: an icon, its name, and what to do. `key` names it for a button."""

    key: str
    icon: str
    title: str
    what: str


def advice(saw: Saw, found: Found) -> list[Advice]:
    """Return what to look at after a try of which `saw` was seen, the likeliest first."""
    lines = [*_window(found)]
    if saw == "nothing":
        lines += _notices(found)
    return [*lines, *_always(found)]


def _window(found: Found) -> Iterator[Advice]:
    if not found.rings_here:
        yield Advice(
            "elsewhere", "people", tr("Another window of this program rings"),
            tr("It is open a second time with the same data. Close one of the two, then try"
               " again."),
        )  # fmt: skip
    if found.stays_on_top is False:
        yield Advice(
            "on_top", "reminder", tr("On this desktop no window stays on top"),
            tr("The reminder window may open behind others; then its name blinks in the task bar."
               " If your login screen offers “Xorg” or “X11”, windows stay on top with it."),
        )  # fmt: skip
    elif found.window_up:
        yield Advice(
            "window", "reminder", tr("The reminder window opened"),
            tr("It comes at the bottom right. Look on the other screen, on another workspace,"
               " and behind a film or a call that fills the screen."),
        )  # fmt: skip
    else:
        yield Advice(
            "no_window", "reminder", tr("The reminder window did not open"),
            tr("Close the program, open it again, and try once more."),
        )  # fmt: skip


def _notices(found: Found) -> Iterator[Advice]:
    if found.notice_taken is False:
        said = found.notice_said
        if said == words("notify.quiet"):
            way = tr("To see notices too, switch it off where the clock or the bell is.")
            said = f"{said} {way}"
        yield Advice("no_notices", "paper-note", tr("Desktop notices"), said)
    elif found.notice_taken:
        yield Advice(
            "disturb", "paper-note", tr("The desktop took the notice, but may not show it"),
            tr("“Do not disturb” or a focus mode hides notices. Switch it off where the clock or"
               " the bell is, or in the settings of the computer under Notifications."),
        )  # fmt: skip
    else:
        yield Advice(
            "waiting", "paper-note", tr("Desktop notices"),
            tr("The desktop has not answered. “Do not disturb”, or a focus mode, hides notices:"
               " switch it off."),
        )  # fmt: skip


def _always(found: Found) -> Iterator[Advice]:
    if found.has_tray is False:
        yield Advice(
            "tray", "attention", tr("This desktop has no tray"),
            tr("Make the window small instead of quitting: only an open program rings."),
        )  # fmt: skip
    if found.starts is False and found.may_start:
        yield Advice(
            "start", "today", tr("It does not start with the computer"),
            tr("After switching the computer on, nothing rings until you open the program."),
        )  # fmt: skip
    yield Advice(
        "sleep", "time", tr("While the computer sleeps, nothing rings"),
        tr("You get one list when it wakes. To be reminded on time, let it stay awake by day: in"
           " the settings of the computer, under Power."),
    )  # fmt: skip
