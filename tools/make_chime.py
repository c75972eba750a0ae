"""Makes resources/sounds/chime.wav, the sound of a reminder: `python tools/make_chime.py`.

Two soft notes, a fifth apart, each with its octave, that swell and die away: nothing of an alarm.
Sine tones and envelopes only, so that it is our own and the same bytes each time.
"""

from __future__ import annotations

import math
import struct
import wave
from io import BytesIO
from pathlib import Path

RATE = 22_050
"""Samples a second."""
SECONDS = 1.25
_LOUD = 0.22
"""Of what a sample can hold: a word across a room, not a call."""
_NOTES = ((0.0, 587.33), (0.2, 880.0))
"""When each begins (seconds), and its pitch (Hz): D, A."""
_SWELL, _FADE = 0.025, 0.3
_OCTAVE = 0.22
"""How much of the note an octave above is mixed in, which sounds of wood rather than of a beep."""
_END = 0.12
"""The last seconds, which lead to silence without a click."""
OUT = Path(__file__).parents[1] / "resources" / "sounds" / "chime.wav"


def sample(at: float) -> float:
    """Return the sound at a time in seconds, from -1 to 1."""
    total = 0.0
    for begins, pitch in _NOTES:
        since = at - begins
        if since < 0:
            continue
        swell = min(1.0, since / _SWELL)
        shape = swell * swell * (3 - 2 * swell) * math.exp(-since / _FADE)
        turn = 2 * math.pi * pitch * since
        total += shape * (math.sin(turn) + _OCTAVE * math.exp(-since * 4) * math.sin(2 * turn))
    return _LOUD * total * min(1.0, (SECONDS - at) / _END)


def chime() -> bytes:
    """Return the whole file."""
    samples = [round(32_767 * sample(number / RATE)) for number in range(int(RATE * SECONDS))]
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return out.getvalue()


if __name__ == "__main__":
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(chime())
