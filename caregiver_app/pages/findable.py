"""Keeps the words of a printed PDF findable.

Qt notes for each drawn shape one character that it stands for. Where a font uses one shape for
several, Qt notes the first: 止 (stop) comes out as the radical ⽌ (U+2F4C), and nobody who searches
or copies the text finds it. Here the notes are put right with what was really drawn, as an
appended update that leaves every other byte of the file alone.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Mapping

from PySide6.QtGui import QFont, QRawFont

_STREAM = re.compile(rb"(\d+) 0 obj\s*<<[^>]*>>\s*stream\r?\n")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\n")
_BLOCK = re.compile(rb"\d+ begin(bfrange|bfchar)\n(.*?)end\1\n?", re.DOTALL)
_SINGLE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\n")
_AT_ONCE = 100
"""The PDF standard's limit for one list of notes."""


def mend(pdf: bytes, drawn: set[str], font: QFont) -> bytes:
    """Return the PDF with the character of each shape put right.

    `drawn` holds every character on the pages, `font` is the one they were drawn with.
    """
    maps = _maps(pdf)
    noted = {code for notes in maps.values() for code in notes.values()}
    wanted = {ord(character) for character in drawn}
    right = _put_right(noted - wanted, wanted - noted, font)
    changed = {
        number: {glyph: right.get(code, code) for glyph, code in notes.items()}
        for number, notes in maps.items()
        if any(code in right for code in notes.values())
    }
    return _appended(pdf, changed) if changed else pdf


def _maps(pdf: bytes) -> dict[int, dict[int, int]]:
    """Return, by object number, which character each shape is noted as."""
    found: dict[int, dict[int, int]] = {}
    for match in _STREAM.finditer(pdf):
        try:
            text = zlib.decompressobj().decompress(pdf[match.end() :])
        except zlib.error:
            continue
        if b"beginbf" not in text:
            continue
        notes: dict[int, int] = {}
        for kind, body in _BLOCK.findall(text):
            if kind == b"bfchar":
                pairs = _SINGLE.findall(body)
                notes.update((int(glyph, 16), _code(code)) for glyph, code in pairs)
                continue
            for first, last, code in _RANGE.findall(body):
                start, low = int(first, 16), _code(code)
                notes.update((g, low + g - start) for g in range(start, int(last, 16) + 1))
        found[int(match.group(1))] = notes
    return found


def _code(digits: bytes) -> int:
    """Return the character of a note, which is written in UTF-16."""
    text = bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", errors="replace")
    return ord(text[0]) if text else 0


def _put_right(strange: set[int], missing: set[int], font: QFont) -> dict[int, int]:
    """Return for characters that were noted but not drawn the ones that were."""
    right: dict[int, int] = {}
    for code in sorted(strange):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and ord(plain) in missing:
            right[code] = ord(plain)
    rest = missing - set(right.values())
    if not rest:
        return right
    # No rule of Unicode joins the two (⻋ and 车): the same shape in the same font does.
    faces = [QRawFont.fromFont(QFont(family)) for family in font.families()]
    for code in sorted(strange - set(right)):
        for face in faces:
            shape = face.glyphIndexesForString(chr(code))[:1]
            same = [c for c in rest if face.glyphIndexesForString(chr(c))[:1] == shape]
            if shape and shape[0] and same:
                right[code] = min(same)
                break
    return right


def _written(notes: Mapping[int, int]) -> bytes:
    """Return the notes as the stream of a ToUnicode object."""
    lines = [
        f"<{glyph:04x}> <{chr(code).encode('utf-16-be').hex()}>\n"
        for glyph, code in sorted(notes.items())
    ]
    parts = [
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    ]
    for start in range(0, len(lines), _AT_ONCE):
        some = lines[start : start + _AT_ONCE]
        parts.append(f"{len(some)} beginbfchar\n{''.join(some)}endbfchar\n")
    parts.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
    return "".join(parts).encode("ascii")


def _appended(pdf: bytes, changed: Mapping[int, Mapping[int, int]]) -> bytes:
    """Return the PDF with an update at its end that replaces the changed objects."""
    start = re.findall(rb"startxref\s+(\d+)", pdf)
    trailer = re.findall(rb"trailer\s*<<(.*?)>>\s*startxref", pdf, re.DOTALL)
    if not start or not trailer:
        return pdf
    result = bytearray(pdf)
    table: list[str] = []
    for number, notes in sorted(changed.items()):
        body = _written(notes)
        result += b"\n"
        table.append(f"{number} 1\n{len(result):010d} 00000 n \n")
        result += b"%d 0 obj\n<< /Length %d >>\nstream\n" % (number, len(body))
        result += body + b"\nendstream\nendobj\n"
    at = len(result)
    result += b"xref\n" + "".join(table).encode("ascii")
    kept = re.sub(rb"/Prev\s+\d+", b"", trailer[-1]).strip()
    result += b"trailer\n<< %s /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (kept, start[-1], at)
    return bytes(result)
