"""What a reader finds in a PDF: its words, its size, its ink."""

from __future__ import annotations

import itertools
import re
import subprocess

_WORD = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
_MARGIN = 30.0
"""Points that stay empty around every page."""


def tool(*words: str, data: bytes | None = None) -> bytes:
    return subprocess.run(words, input=data, capture_output=True, check=True).stdout


def words_of(data: bytes) -> str:
    """Return the text of a PDF as a reader finds it, line breaks folded."""
    return " ".join(tool("pdftotext", "-layout", "-", "-", data=data).decode().split())


def facts_of(data: bytes) -> tuple[int, tuple[int, int]]:
    """Return number of pages and page size."""
    told = tool("pdfinfo", "-", data=data).decode()
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", told)
    return int(re.search(r"Pages:\s+(\d+)", told)[1]), (
        round(float(size[1])),
        round(float(size[2])),
    )


def pixels(data: bytes, dots: int = 72) -> tuple[int, int, bytes]:
    """Return width, height and grey values of the first page."""
    grey = tool("pdftoppm", "-r", str(dots), "-gray", "-singlefile", "-", data=data)
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", grey)
    return int(head[1]), int(head[2]), grey[head.end() :]


def clashes_of(data: bytes, footer: float = 30.0) -> list[str]:
    """Return words that stand on each other, over the edge of the paper or in the margin."""
    _, (wide, high) = facts_of(data)
    told = tool("pdftotext", "-bbox", "-", "-", data=data).decode()
    found: list[str] = []
    for page in told.split("<page ")[1:]:
        words = [(*(float(one) for one in word[:4]), word[4]) for word in re.findall(_WORD, page)]
        found += [
            text
            for left, top, right, foot, text in words
            if left < _MARGIN or right > wide - _MARGIN or top < _MARGIN or foot > high - footer
        ]
        found += [
            f"{one[4]} on {other[4]}"
            for place, one in enumerate(words)
            for other in words[place + 1 :]
            if min(one[2], other[2]) - max(one[0], other[0]) > 1.5
            and min(one[3], other[3]) - max(one[1], other[1]) > 5
        ]
    return found


def tick_boxes(data: bytes, lefts: tuple[float, ...], page: int = 1) -> list[int]:
    """Return heights in tenths of a millimetre of the boxes that begin `lefts` mm from the left."""
    number = str(page)
    grey = tool(
        "pdftoppm", "-r", "254", "-gray", "-f", number, "-l", number, "-singlefile", "-",
        data=data,
    )  # fmt: skip
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", grey)
    width, dots = int(head[1]), grey[head.end() :]
    found: list[int] = []
    for left in lefts:
        edge = round(left * 10)
        # Beside the tick, where only the upper and the lower edge are crossed.
        dark = [y for y, dot in enumerate(dots[edge + 6 :: width]) if dot < 100]
        found += [
            foot - top
            for top, foot in itertools.pairwise(dark)
            if 40 <= foot - top <= 60
            and all(min(dots[y * width + edge - 3 :][:7]) < 100 for y in range(top, foot))
        ]
    return found


def boxes_of(data: bytes) -> list[tuple[float, float, float, float, str]]:
    """Return left, top, right, bottom in points and the text of every word."""
    told = tool("pdftotext", "-bbox", "-", "-", data=data).decode()
    return [(*(float(one) for one in word[:4]), word[4]) for word in re.findall(_WORD, told)]
