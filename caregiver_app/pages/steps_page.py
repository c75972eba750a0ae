"""Getting ready on paper: what is done when around a visit, and why, on one line of time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from caregiver_app.pages.paper import BODY_PT, LEAST_PT, Run, Sheet, tr
from caregiver_app.pages.plain_pages import PlainPage
from caregiver_app.pages.printed import Leaf, Printed
from caregiver_app.values import value

_WHY_PT: Final = 10.5
_FITS: Final = ((1.0, False), (0.7, False), (0.4, False), (0.6, True), (0.3, True))
"""How much air there is, and whether reasons stand behind the steps and not below them.

The first with which the fewest pages are enough is taken.
"""


@value
class PrintedStep:
    """One step: what is done, why, and whether it is done already."""

    text: str
    why: str = ""
    done: bool = False


@value
class StepsPage:
    """What the page says: whose it is, for which visit, the moments with their steps.

    `moments` holds a title ("7 days before, Tue 24 March") and its steps; `usual` says that the
    clinic's plan wins, `sources` where all of it was read.
    """

    person: str
    visit: str
    moments: tuple[tuple[str, tuple[PrintedStep, ...]], ...]
    usual: str = ""
    sources: str = ""
    printed_at: str = ""


def steps_page(page: StepsPage) -> Printed:
    """Return the steps as pages to print."""
    return Printed(tr("Getting ready"), lambda sheet: _leaves(sheet, page))


def _leaves(sheet: Sheet, page: StepsPage) -> list[Leaf]:
    tried = [_set(PlainPage(sheet, air), page, inline=inline) for air, inline in _FITS]
    return min(tried, key=len)


def _set(plain: PlainPage, page: StepsPage, *, inline: bool) -> list[Leaf]:
    said = " · ".join(part for part in (page.person, page.visit) if part)
    top = [plain.title(tr("Getting ready"), said)]
    if page.usual:
        top.append(plain.words([Run(page.usual, BODY_PT, bold=True)]))
    groups = [
        plain.group(
            title, [plain.ticked(_runs(step, inline=inline), done=step.done) for step in steps]
        )
        for title, steps in page.moments
    ]
    if page.sources and groups:
        # Where it was read goes with the last steps, so that it never stands alone.
        last = groups[-1]
        small = plain.words([Run(page.sources, LEAST_PT)], above=6)
        groups[-1] = type(last)(last.heading, last.again, (*last.blocks, small))
    return plain.leaves(top, groups, page.person, page.printed_at)


def _runs(step: PrintedStep, *, inline: bool) -> list[Run]:
    runs = [Run(step.text, BODY_PT)]
    apart = "  ·  " if inline else "\n"
    return [*runs, Run(f"{apart}{step.why}", _WHY_PT)] if step.why else runs


def moments_of(
    found: Sequence[tuple[str, PrintedStep]],
) -> tuple[tuple[str, tuple[PrintedStep, ...]], ...]:
    """Return steps under the title of their moment, in the order in which they come."""
    grouped: dict[str, list[PrintedStep]] = {}
    for title, step in found:
        grouped.setdefault(title, []).append(step)
    return tuple((title, tuple(steps)) for title, steps in grouped.items())
