"""The papers for a visit come out of a real print queue as they stand in the preview."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pages.reading import facts_of, tool
from tests.pages.test_bag_page import ROSA, pdf
from tests.tools import need_programs
from tests.tools.print_queue import PRINTER, print_queue
from tests.tools.screen import wait_until

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("qapp")]

ROOT = Path(__file__).resolve().parents[2]
_CELL = 8
"""Dots at 72 an inch over which ink is compared: two programs draw no two edges alike."""


def drawn(file: Path, page: int, dots: int = 72) -> tuple[int, int, bytes]:
    """Return width, height and grey values of one page, as the printer's own program draws it."""
    grey = tool(
        "gs", "-q", "-dSAFER", "-sDEVICE=pgmraw", f"-r{dots}", f"-dFirstPage={page}",
        f"-dLastPage={page}", "-o", "-", str(file),
    )  # fmt: skip
    head = re.match(rb"P5\s+(?:#.*\s+)?(\d+)\s+(\d+)\s+255\s", grey)
    assert head is not None, grey[:60]
    return int(head[1]), int(head[2]), grey[head.end() :]


def inks(file: Path, page: int) -> list[float]:
    """Return how much ink each small square of a page holds, from 0 to 1."""
    width, height, grey = drawn(file, page)
    return [
        sum(
            255 - grey[y * width + x]
            for y in range(top, top + _CELL)
            for x in range(left, left + _CELL)
        )
        / (255 * _CELL * _CELL)
        for top in range(0, height - _CELL, _CELL)
        for left in range(0, width - _CELL, _CELL)
    ]


def test_the_whole_packet_goes_through_a_real_queue(tmp_path: Path):
    need_programs("gs", "pdfinfo")
    target = tmp_path / "same.pdf"
    with print_queue() as queue:
        told = subprocess.run(
            [sys.executable, "-m", "tests.tools.print_child", tmp_path / "data", target],
            env={**os.environ, **queue.env, "QT_QPA_PLATFORM": "offscreen"},
            cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert told.returncode == 0, told.stderr
        assert told.stdout.splitlines() == [PRINTER, "Sent to the printer."]
        printed = queue.wait_for_prints(1, tmp_path)
        wait_until(lambda: len(queue.jobs()) == 1, "one job for all of it")
        assert len(printed) == 1
    seen, meant = facts_of(printed[0].read_bytes()), facts_of(target.read_bytes())
    assert seen == meant
    assert meant[0] > 5
    for page in range(1, meant[0] + 1):
        pairs = zip(inks(printed[0], page), inks(target, page), strict=True)
        apart = [abs(one - other) for one, other in pairs]
        assert sum(apart) / len(apart) < 0.02, f"page {page}"
        assert max(apart) < 0.5, f"page {page}"


def test_boxes_are_five_millimetres_on_the_paper_that_comes_out(tmp_path: Path):
    need_programs("gs", "lp")
    source = tmp_path / "bag.pdf"
    source.write_bytes(pdf(ROSA))
    with print_queue() as queue:
        subprocess.run(
            ["lp", source], env={**os.environ, **queue.env}, check=True, timeout=30,
            capture_output=True,
        )  # fmt: skip
        printed = queue.wait_for_prints(1, tmp_path)[0]
    width, height, grey = drawn(printed, 1, dots=254)  # ten dots a millimetre
    column = [y for y in range(height) if grey[y * width + round(15.5 * 10) + 25] < 100]
    gaps = [after - before for before, after in itertools.pairwise(column)]
    assert any(46 <= gap <= 51 for gap in gaps), gaps
