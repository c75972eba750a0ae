"""What a reader finds in a PDF: its words, its size, its ink."""

from __future__ import annotations

import re
import subprocess


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


def boxes_of(data: bytes) -> list[tuple[float, float, float, float, str]]:
    """Return left, top, right, bottom in points and the text of every word."""
    told = tool("pdftotext", "-bbox", "-", "-", data=data).decode()
    found = re.findall(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', told
    )
    return [(*(float(one) for one in word[:4]), word[4]) for word in found]
