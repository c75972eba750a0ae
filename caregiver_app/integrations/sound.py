"""The chime of a reminder, through whatever plays sounds on this computer.

Nobody waits for it: it plays in a thread, for a few seconds at most, one at a time. What goes
wrong is told, never raised (docs/decisions/0024).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from caregiver_app import assets

if sys.platform == "win32":
    import winsound

SECONDS: Final = 5.0
"""How long the chime may take; it lasts a little more than one."""

NO_PLAYER: Final = "sound.no_player"
FAILED: Final = "sound.failed"
TIMEOUT: Final = "sound.timeout"

_CHIME: Final = "sounds/chime.wav"
PLAYERS: Final[Sequence[tuple[str, ...]]] = (
    ("pw-play",),
    ("paplay",),
    ("aplay", "--quiet"),
    ("afplay",),
    ("gst-play-1.0", "--no-interactive", "--quiet"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet"),
)
"""Programs that play a file and end: of PipeWire, PulseAudio, ALSA, macOS, GStreamer, FFmpeg."""


class Chime:
    """Plays the chime once at a time; `players` are commands that take the file as last word."""

    def __init__(
        self,
        *,
        players: Sequence[tuple[str, ...]] = PLAYERS,
        seconds: float = SECONDS,
        system: str = sys.platform,
    ) -> None:
        self._players, self._seconds, self._system = players, seconds, system
        self._busy = threading.Lock()

    def play(self, done: Callable[[str], None]) -> None:
        """Play it without waiting, unless it is playing already.

        `done` gets "", or the message key of what went wrong, **from another thread**.
        """
        if self._busy.acquire(blocking=False):
            threading.Thread(target=self._work, args=(done,), name="chime", daemon=True).start()

    def _work(self, done: Callable[[str], None]) -> None:
        try:
            outcome = self._played(assets.path_of(_CHIME))
        finally:
            self._busy.release()
        done(outcome)

    def _played(self, chime: Path) -> str:
        """Play the file and return "", or the message key of what went wrong."""
        if self._system == "win32":
            return _through_windows(chime)
        found = [one for one in self._players if shutil.which(one[0])]
        outcome = NO_PLAYER
        for command in found:
            outcome = self._through(command, chime)
            # One that takes too long has perhaps been heard: no other one plays it again.
            if outcome != FAILED:
                break
        return outcome

    def _through(self, command: Sequence[str], chime: Path) -> str:
        quiet = subprocess.DEVNULL
        try:
            done = subprocess.run(  # noqa: S603 - one of our own commands, our own file
                [*command, str(chime)],
                stdin=quiet,
                stdout=quiet,
                stderr=quiet,
                timeout=self._seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return TIMEOUT
        except OSError:
            return FAILED
        return "" if done.returncode == 0 else FAILED


def _through_windows(chime: Path) -> str:
    if sys.platform == "win32":
        try:
            winsound.PlaySound(str(chime), winsound.SND_FILENAME | winsound.SND_NODEFAULT)
        except RuntimeError:
            return FAILED
    return ""
