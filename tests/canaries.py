"""Words that may never get out: a family whose private notes hold them, and what finds them."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable
from pathlib import Path

from tests.factories import NEW_YORK, line, plan_line

LATIN = "zephyrquartz"
CHINESE = "金絲雀暗號"
TAG = "velvetanchor"
OWN = "copperlantern"
"""In what the carer wrote about nobody but the carer."""
WAS = "marblethistle"
"""In how a note was before it was changed."""
GONE = "sablefjord"
"""In a note that was deleted."""
CANARIES = (LATIN, CHINESE, TAG, OWN, WAS, GONE)

DETAILS = {"id": "rosa", "name": "Rosa Marín", "details_in_notices": True}

FAMILY = (
    line("person", **DETAILS, conditions="Rheumatoid arthritis", allergies="penicillin"),
    line("contact", id="clinic", person="rosa", role="clinic", name="Willow Lane",
         phone="01632 960142", phone_after_hours="01632 960199"),
    line("medicine", id="mtx", person="rosa", name="Folic acid"),
    plan_line(person="rosa"),
    line("appointment", id="talk", person="rosa", type="follow-up", title="Dr Sol",
         start="2026-11-25T11:00", zone=NEW_YORK, reminders=[120, 1440]),
    line("appointment", id="pills", person="rosa", type="medication", title="Folic acid",
         start="2026-11-21T09:30", zone=None, rrule="FREQ=DAILY", reminders=[0]),
    line("appointment", id="lab", person="rosa", type="lab", title="Blood test",
         start="2026-11-26T09:00", zone=NEW_YORK),
    line("note", id="about-her", person="rosa", room="listening", mood="low", pinned=True,
         tags=[TAG], visit="p1~1", text=f"She said {LATIN}.\n{CHINESE}，然后我们去散步。"),
    line("note", id="about-me", person="rosa", room="outlets", mood="calm", about="carer",
         text=f"I thought of {OWN} and {LATIN}."),
    line("question", id="q1", person="rosa", note="about-her", text="Is the tiredness usual?"),
    line("outlet", id="o1", person="rosa", text="The bench by the pond", state="liked"),
    line("company", id="c1", person="rosa", visit="p1~1", who="Ana", minutes=60, what="Cards"),
    line("help_task", id="h1", person="rosa", text="Supper", day="2026-11-24", who="Teo"),
    line("side_effect", id="s1", person="rosa", sign="fatigue", severity=2,
         at="2026-11-20T20:15", text="since supper"),
    line("checkin", id="k1", person="rosa", date="2026-11-20", pain=4, mood=5, text="slow"),
    line("dose", id="d1", person="rosa", name="Ibuprofen", at="2026-11-20T21:00"),
)  # fmt: skip
"""Three days before the first infusion; every kind of note stands beside everything else."""


def leaks(said: str | bytes, words: Iterable[str] = CANARIES) -> list[str]:
    """Return which of the words stand in a text or in the bytes of a file, however it is coded."""
    texts = [said] if isinstance(said, str) else _readings(said)
    # A page breaks and spaces words as it likes.
    plain = [re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold() for text in texts]
    return [word for word in words if any(word.casefold() in text for text in plain)]


def _readings(data: bytes) -> list[str]:
    """Return bytes as text in the codings that a program may have written them in."""
    found = [data, *_unpacked(data)]
    texts = [one.decode(coding, "ignore") for one in found for coding in ("utf-8", "utf-16-le")]
    # JSON and others may write a letter as an escape.
    texts += [
        re.sub(r"\\u([0-9a-fA-F]{4})", lambda hit: chr(int(hit[1], 16)), text)
        for text in texts
        if "\\u" in text
    ]
    return texts


def _unpacked(data: bytes) -> list[bytes]:
    found: list[bytes] = []
    for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(part))
        except zlib.error:
            continue
    return found


def leaking_files(folder: Path, words: Iterable[str] = CANARIES) -> list[str]:
    """Return the files below a folder that hold one of the words, in their name or inside."""
    found: list[str] = []
    wanted = tuple(words)
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        if leaks(str(path.relative_to(folder)), wanted) or leaks(path.read_bytes(), wanted):
            found.append(str(path.relative_to(folder)))
    return found
