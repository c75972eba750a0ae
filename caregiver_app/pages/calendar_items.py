"""What the printed month and the printed agenda hold: appointments as plain words."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Final

from caregiver_app.pages.dates import month_text, plain_date
from caregiver_app.pages.paper import Run, tr
from caregiver_app.values import value

KIND_WORDS: Final = {
    "infusion": "infusion", "follow-up": "follow-up", "lab": "lab test",
    "medication": "medicine", "drive": "drive", "other": "other",
}  # fmt: skip
"""What each kind of appointment is called on paper."""


@value
class Item:
    """One appointment on one day, every word ready to print; an empty one is left out.

    `time` is "" for a whole day and where something `goes_on` from the day before. `initial`
    stands for the person where there are several, `person` is the first name. `state` is "",
    "planned" (not booked yet), "done" or "cancelled". `there` is the time in a zone of its own,
    `pick_up` where the driver comes to, `way_home` who drives back when that is somebody else.
    Of what lasts for days `part` says which of them this is ("day 2 of 4"), `until` when it ends.
    """

    day: date
    time: str
    title: str
    kind: str = "other"
    state: str = ""
    person: str = ""
    initial: str = ""
    place: str = ""
    phone: str = ""
    driver: str = ""
    driver_phone: str = ""
    leave_at: str = ""
    pick_up: str = ""
    way_home: str = ""
    there: str = ""
    needs_driver: bool = False
    goes_on: bool = False
    part: str = ""
    until: str = ""


@value
class CalendarPage:
    """What a printed month or agenda says.

    `first` and `last` are the days meant, both included. `items` come in the order of the day.
    `people` are the full names, `initials` (initial, first name) where they are used. `watched`
    are the days (first, last) on which signs are watched for. `everyday` are the medicines of
    every day, said once instead of on each day. `left_out` says that something is not on the page.
    `week_start` 0 is Monday. `big` is for a wall.
    """

    first: date
    last: date
    items: tuple[Item, ...] = ()
    people: str = ""
    initials: tuple[tuple[str, str], ...] = ()
    watched: tuple[tuple[date, date], ...] = ()
    everyday: tuple[str, ...] = ()
    left_out: str = ""
    week_start: int = 0
    big: bool = False
    printed_at: str = ""

    @property
    def printed(self) -> str:
        """The words about the time of printing for the footer."""
        return tr("Printed {printed_at}", printed_at=self.printed_at) if self.printed_at else ""

    @property
    def span(self) -> str:
        """The days in words: "March 2026" for a whole month, else from one day to another."""
        first, last = self.first, self.last
        same_month = (first.year, first.month) == (last.year, last.month)
        if same_month and first.day == 1 and _ends_month(last):
            return month_text(first)
        if first == last:
            return plain_date(first)
        begins = plain_date(first)
        if first.year == last.year:
            begins = begins.removesuffix(f" {first.year}")
        return tr("{first} to {last}", first=begins, last=plain_date(last))


def _ends_month(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1


def isolated(text: str) -> str:
    """Return `text` so that words read from the right leave the line around them in order."""
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        return f"\u2068{text}\u2069"
    return text


def title_runs(item: Item, size: float, *, bold: bool = False) -> list[Run]:
    """Return time, initial and title of an item as one line of text."""
    struck = item.state == "cancelled"
    # A space that does not break: the initial stays with the time.
    first = "\u00a0".join(filter(None, (item.time, isolated(item.initial))))
    runs = [Run(f"{first} ", size, bold=True, struck=struck)] if first else []
    title = isolated(item.title)
    # Qt takes the direction of a line from its first letter, which may be one of the title's.
    lead = "\u200e" if title != item.title else ""
    return [*runs, Run(f"{lead}{title}", size, bold=bold, struck=struck)]
