"""What the tests of the printed month and agenda start from: Rosa's and Mei's March 2026."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from caregiver_app.pages.calendar_items import CalendarPage, Item
from tests.pages.reading import boxes_of, facts_of, tool

GERMAN = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum"
SIZES = {
    ("A4", False): (595, 842), ("A4", True): (842, 595),
    ("Letter", False): (612, 792), ("Letter", True): (792, 612),
}  # fmt: skip


def day(number: int, month: int = 3) -> date:
    return date(2026, month, number)


ITEMS = (
    Item(day(4), "13:00", "Infusion 9", "infusion", "done", "王梅", "王", "Hillside Clinic"),
    Item(day(5), "", "24-hour check-in", "other", person="王梅", initial="王"),
    Item(day(10), "9:15", "Blood test", "lab", person="Rosa", initial="R", place="Willow Lane"),
    Item(day(12), "11:00", "Dr Sol calls", "follow-up", "cancelled", "Rosa", "R"),
    Item(
        day(17), "9:30", "Infusion 1", "infusion", person="Rosa", initial="R",
        place="Willow Lane", phone="01632 960142", driver="Ana", driver_phone="01632 960117",
        leave_at="8:40",
    ),
    Item(day(20), "8:00", GERMAN, "other", person="Rosa", initial="R"),
    Item(day(24), "10:00", "موعد الطبيب", "follow-up", person="Rosa", initial="R"),
    Item(day(24), "10:30", "止痛药", "medication", "planned", "王梅", "王"),
    Item(
        day(31), "9:30", "Infusion 2", "infusion", "planned", "Rosa", "R",
        place="Willow Lane", phone="01632 960142", leave_at="8:40", needs_driver=True,
    ),
)  # fmt: skip
PAGE = CalendarPage(
    first=day(1),
    last=day(31),
    items=ITEMS,
    people="Rosa Marín, 王梅",
    initials=(("R", "Rosa"), ("王", "王梅")),
    printed_at="Friday 20 March 2026, 18:04",
)


def with_items(*more: Item, page: CalendarPage = PAGE) -> CalendarPage:
    return replace(page, items=tuple(sorted([*page.items, *more], key=lambda one: one.day)))


FORTY = with_items(
    *(
        Item(day(18), f"{8 + n // 4}:{n % 4 * 15:02d}", f"Thing-{n:02d} of the day")
        for n in range(40)
    )
)


def plain(text: str) -> str:
    """Return text without what only sets its direction, and with plain spaces."""
    return " ".join(re.sub("[\u200e\u2066-\u2069]", "", text).split())


def reading_order(data: bytes) -> str:
    """Return the words in the order in which they were drawn, which is that of each cell."""
    return plain(tool("pdftotext", "-raw", "-", "-", data=data).decode())


def clipped(data: bytes) -> list[tuple[float, float, float, float, str]]:
    """Return the words that leave the paper's printed part, 10 mm from each edge at least."""
    _, (width, height) = facts_of(data)
    edge = 28.0
    return [
        box
        for box in boxes_of(data)
        if box[0] < edge or box[1] < edge or box[2] > width - edge or box[3] > height - edge
    ]


_WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
)


def overlapping(data: bytes) -> list[tuple[str, str]]:
    """Return pairs of words of one page that lie on each other."""
    found: list[tuple[str, str]] = []
    pages = tool("pdftotext", "-bbox", "-", "-", data=data).decode().split("<page ")[1:]
    for page in pages:
        words = [(*(float(one) for one in word[:4]), word[4]) for word in _WORD.findall(page)]
        for number, (left, top, right, bottom, text) in enumerate(words):
            for left2, top2, right2, bottom2, text2 in words[number + 1 :]:
                across = min(right, right2) - max(left, left2)
                down = min(bottom, bottom2) - max(top, top2)
                # Lines of letters with deep tails touch a little.
                if across > 1.0 and down > 0.3 * min(bottom - top, bottom2 - top2):
                    found.append((text, text2))
    return found
