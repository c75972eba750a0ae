"""Keeps the words of a printed PDF findable.

Qt notes for each drawn shape one character that it stands for. Where a font uses one shape for
several, Qt notes the first: U+6B62 (stop) comes out as the radical U+2F4C, and nobody who
searches or copies the text finds it. Here the notes are put right with what was really drawn.
Each note keeps its length, so the rest of the file stays byte for byte as it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from PySide6.QtGui import QFont, QRawFont

_NOTES = re.compile(rb"begincmap\n.*?\nendcmap", re.DOTALL)
_LIST = re.compile(rb"\[[^\]]*\]|(?<=<[0-9A-Fa-f]{4}> <[0-9A-Fa-f]{4}> )<[0-9A-Fa-f]{4}>")
"""What a font's shapes stand for: a list, or a single note where only one shape was drawn."""
_CODE = re.compile(rb"<([0-9A-Fa-f]{4})>")


def mend(pdf: bytes, drawn: set[str], families: Sequence[str]) -> bytes:
    """Return the PDF with the character of each shape put right.

    `drawn` holds every character on the pages, `families` the fonts they were drawn with.
    """
    noted = {
        int(code, 16)
        for notes in _NOTES.findall(pdf)
        for listed in _LIST.findall(notes)
        for code in _CODE.findall(listed)
    }
    wanted = {ord(character) for character in drawn if ord(character) <= 0xFFFF}
    right = _put_right(noted - wanted, wanted - noted, families)

    def mended(code: re.Match[bytes]) -> bytes:
        now = int(code[1], 16)
        return b"<%04X>" % right.get(now, now)

    def in_lists(notes: re.Match[bytes]) -> bytes:
        return _LIST.sub(lambda listed: _CODE.sub(mended, listed[0]), notes[0])

    return _NOTES.sub(in_lists, pdf) if right else pdf


def _put_right(strange: set[int], missing: set[int], families: Sequence[str]) -> dict[int, int]:
    """Return for characters that were noted but not drawn the ones that were."""
    right = {
        code: ord(plain)
        for code in strange
        if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1 and ord(plain) in missing
    }
    # Where no rule of Unicode joins the two (U+2ECB and U+8F66), the same shape does.
    rest = sorted(missing - set(right.values()))
    faces = [QRawFont.fromFont(QFont(family)) for family in families] if rest else []
    shapes = [{c: _shape(face, c) for c in rest} for face in faces]
    for code in strange - set(right):
        for face, known in zip(faces, shapes, strict=True):
            shape = _shape(face, code)
            same = [c for c in rest if shape and known[c] == shape]
            if same:
                right[code] = same[0]
                break
    return right


def _shape(face: QRawFont, code: int) -> int:
    """Return the number of the font's shape for a character, 0 for none."""
    found = face.glyphIndexesForString(chr(code))
    return int(found[0]) if found else 0
