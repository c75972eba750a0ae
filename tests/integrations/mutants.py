"""Calendar files spoiled on purpose, always in the same way for the same number.

A mutant is one of our own samples after one to four accidents: a cable that flips a bit, a program
that cuts off, a hand that edits, an encoding that nobody named.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.ics"))
Accident = Callable[[Random, bytes], bytes]
ACCIDENTS: list[Accident] = []
_NUMBER = re.compile(rb"\d+")
_LARGE = (b"0", b"9", b"99999", b"999999999", b"9" * 30, b"9" * 5_000, b"-1", b"00000000", b"1e9")
_ODD = (
    b";", b":", b"=", b",", b'"', b"\\", b"\n", b"\r", b"\r\n ", b"\t", b"\0", b"^n", b"\xff",
    b"\xed\xa0\x80", "é".encode(), "\u2028".encode(), "٣".encode(), b"Z", b"/", b"P", b"T",
    b'"' * 50, b";X=" * 50, b" " * 200, b"\x1b[31m", b"\x0c", b"\xf0\x9f", b"BEGIN:", b"END:",
)  # fmt: skip
_LINES = (
    b"BEGIN:VEVENT", b"END:VEVENT", b"BEGIN:VCALENDAR", b"END:VCALENDAR", b"BEGIN:VALARM",
    b"END:VALARM", b"BEGIN:VTIMEZONE", b"BEGIN:", b"END:", b"BEGIN:X", b"RRULE:FREQ=DAILY",
    b"RRULE:FREQ=YEARLY;BYDAY=MO;BYSETPOS=366", b"RRULE:FREQ=DAILY;COUNT=9999",
    b"RRULE:FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2", b"RRULE:FREQ=MINUTELY", b"RRULE:",
    b"EXRULE:FREQ=DAILY", b"EXDATE:20260401T080000", b"RDATE:19000101", b"RDATE:22001231T235959",
    b"RDATE;VALUE=PERIOD:20260401T080000Z/P9999W", b"DTSTART:19000101T000000",
    b"DTSTART:22001231T235959Z", b"DTSTART;TZID=Europe/Berlin:20260329T023000",
    b"DTSTART;VALUE=DATE:20260401", b"DTEND:22001231T235959", b"DURATION:-P1D",
    b"DURATION:P99999999W", b"RECURRENCE-ID:20260401T080000Z", b"SEQUENCE:2147483648",
    b"RECURRENCE-ID;RANGE=THISANDFUTURE:20260401", b"UID:", b"UID:same", b"STATUS:CANCELLED",
    b"TRIGGER:-P999999999W", b"TRIGGER;RELATED=END:PT0S", b"TZID:UTC", b"TZOFFSETTO:+9999",
    b"TZOFFSETTO:-0000", b"X-WR-TIMEZONE:Nowhere/Land", b"SUMMARY:" + b"x" * 5_000,
    b"DESCRIPTION:" + "王".encode() * 8_000, b"SUMMARY:\\", b"SUMMARY;LANGUAGE=:", b":", b";",
)  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A spoiled file; `name` tells how to make it again."""

    name: str
    data: bytes


def mutant(number: int) -> Mutant:
    """Return the mutant with this number."""
    chance = Random(number)
    sample = SAMPLES[number % len(SAMPLES)]
    data = sample.read_bytes()
    happened = [chance.choice(ACCIDENTS) for _ in range(chance.randint(1, 4))]
    for accident in happened:
        data = accident(chance, data)
    names = "+".join(accident.__name__ for accident in happened)
    return Mutant(f"{number} {sample.stem} {names}", data)


def accident(act: Accident) -> Accident:
    ACCIDENTS.append(act)
    return act


def place(chance: Random, data: bytes) -> int:
    return chance.randrange(len(data) + 1)


@accident
def flipped_bits(chance: Random, data: bytes) -> bytes:
    spoiled = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        if spoiled:
            spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


@accident
def random_bytes(chance: Random, data: bytes) -> bytes:
    at = place(chance, data)
    return data[:at] + chance.randbytes(chance.randint(1, 40)) + data[at + chance.randint(0, 40) :]


@accident
def cut_off(chance: Random, data: bytes) -> bytes:
    return data[: place(chance, data)]


@accident
def without_its_head(chance: Random, data: bytes) -> bytes:
    return data[place(chance, data) :]


@accident
def without_a_piece(chance: Random, data: bytes) -> bytes:
    at = place(chance, data)
    return data[:at] + data[at + chance.randint(1, 300) :]


def _of_lines(act: Callable[[Random, list[bytes]], None]) -> Accident:
    def whole(chance: Random, data: bytes) -> bytes:
        lines = data.split(b"\n")
        act(chance, lines)
        return b"\n".join(lines)

    whole.__name__ = act.__name__
    ACCIDENTS.append(whole)
    return whole


@_of_lines
def lines_dropped(chance: Random, lines: list[bytes]) -> None:
    for _ in range(chance.randint(1, 4)):
        if lines:
            del lines[chance.randrange(len(lines))]


@_of_lines
def lines_doubled(chance: Random, lines: list[bytes]) -> None:
    at = chance.randrange(len(lines))
    lines[at:at] = lines[at : at + chance.randint(1, 12)] * chance.choice((1, 1, 2, 30))


@_of_lines
def lines_swapped(chance: Random, lines: list[bytes]) -> None:
    for _ in range(chance.randint(1, 5)):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]


@_of_lines
def lines_shuffled(chance: Random, lines: list[bytes]) -> None:
    at = chance.randrange(len(lines))
    some = lines[at : at + 20]
    chance.shuffle(some)
    lines[at : at + 20] = some


@_of_lines
def lines_added(chance: Random, lines: list[bytes]) -> None:
    for _ in range(chance.randint(1, 5)):
        lines.insert(chance.randrange(len(lines) + 1), chance.choice(_LINES) + b"\r")


@_of_lines
def lines_folded_elsewhere(chance: Random, lines: list[bytes]) -> None:
    at = chance.randrange(len(lines))
    line, cut = lines[at], chance.randrange(len(lines[at]) + 1)
    lines[at] = line[:cut] + chance.choice((b"\r\n ", b"\n\t", b"\r\n  ", b"\r\r\n ")) + line[cut:]


@_of_lines
def blocks_repeated(chance: Random, lines: list[bytes]) -> None:
    begins = [n for n, line in enumerate(lines) if line.startswith(b"BEGIN:")]
    if begins:
        at = chance.choice(begins)
        lines[at:at] = lines[at : at + chance.randint(2, 25)] * chance.randint(1, 3)


@accident
def numbers_changed(chance: Random, data: bytes) -> bytes:
    found = list(_NUMBER.finditer(data))
    for one in sorted(chance.sample(found, min(len(found), 3)), key=lambda each: -each.start()):
        digits = one[0]
        told = (*_LARGE, digits * 2, digits[:-1], b"%d" % (int(digits[:15]) + 1), digits[::-1])
        data = data[: one.start()] + chance.choice(told) + data[one.end() :]
    return data


@accident
def signs_put_in(chance: Random, data: bytes) -> bytes:
    for _ in range(chance.randint(1, 6)):
        at = place(chance, data)
        data = data[:at] + chance.choice(_ODD) + data[at + chance.randint(0, 1) :]
    return data


@accident
def parameters_mangled(chance: Random, data: bytes) -> bytes:
    signs = [n for n, sign in enumerate(data) if sign in b';:=,"']
    for at in sorted(chance.sample(signs, min(len(signs), 4)), reverse=True):
        data = (
            data[:at] + chance.choice((b"", b";", b":", b"=", b",", b'"', b"::")) + data[at + 1 :]
        )
    return data


@accident
def begin_and_end_broken(chance: Random, data: bytes) -> bytes:
    words = (b"BEGIN", b"END", b"VEVENT", b"VCALENDAR", b"VALARM", b"VTIMEZONE", b"STANDARD")
    word = chance.choice(words)
    found = [one.start() for one in re.finditer(word, data)]
    if not found:
        return data
    at, other = chance.choice(found), chance.choice((b"", *words, word.lower(), b"VEVENT\r\nX:"))
    return data[:at] + other + data[at + len(word) :]


@accident
def words_exchanged(chance: Random, data: bytes) -> bytes:
    words = sorted(set(re.findall(rb"[A-Z][A-Z-]{2,}", data)))
    if len(words) < 2:
        return data
    return data.replace(*chance.sample(words, 2), chance.choice((1, -1)))


@accident
def another_encoding(chance: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    name = chance.choice(
        ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp437", "shift_jis",
         "utf-7", "ascii")
    )  # fmt: skip
    return text.encode(name, "replace")


@accident
def another_line_end(chance: Random, data: bytes) -> bytes:
    ends = (b"\n", b"\r", b"\r\r\n", b"\n\n", b"\x85", b"\x0b", b"\r\n\r\n", b"", b"\\n")
    return data.replace(b"\r\n", chance.choice(ends))


@accident
def two_files_in_one(chance: Random, data: bytes) -> bytes:
    other = chance.choice(SAMPLES).read_bytes()
    return data[: place(chance, data)] + other[place(chance, other) :]
