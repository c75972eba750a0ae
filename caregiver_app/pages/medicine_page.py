"""One medicine of the reference on paper, to take along to the team: what is usual, what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from caregiver_app.domain.advice import Evidence, MedicineInfo
from caregiver_app.domain.times import in_zone
from caregiver_app.messages import words
from caregiver_app.pages.dates import plain_date, tr
from caregiver_app.pages.emergency_of_person import fever_limit
from caregiver_app.pages.flow import Group, flow, height_of, paint_down, whole
from caregiver_app.pages.medicine_parts import (
    Part,
    fever_words,
    other_names,
    parts_of,
    title_of,
    warning_of,
    watch_days_words,
    watch_groups,
)
from caregiver_app.pages.paper import BODY_PT, LEAST_PT, Block, Paragraph, Run, Sheet
from caregiver_app.pages.printed import Leaf, Printed
from caregiver_app.services.household import Household

_TITLE: Final = 20.0
_SIZES: Final = (BODY_PT, 11.5, 11.0)
"""The largest letters with which the fewest pages are enough."""
_HEAD: Final = 13.5


def medicine_page(house: Household, info: MedicineInfo) -> Printed:
    """Return a medicine as pages to print; no person stands on them."""
    title = title_of(info)
    day = in_zone(house.care.now, house.care.home).date()
    printed = tr(
        "Printed {day} · checked {checked}",
        day=plain_date(day),
        checked=plain_date(info.checked),
    )

    def compose(sheet: Sheet) -> list[Leaf]:
        tried = [_Composer(sheet, house, info, printed, size) for size in _SIZES]
        return min(tried, key=lambda one: len(one.pages)).leaves()

    return Printed(title, compose)


class _Composer:
    """Lays a medicine out on a sheet."""

    def __init__(
        self, sheet: Sheet, house: Household, info: MedicineInfo, printed: str, body: float
    ) -> None:
        self._sheet, self._house, self._info = sheet, house, info
        self._printed, self._body = printed, body
        self._top = self._head()
        room = sheet.height - sheet.footer_height
        self.pages = flow(list(self._groups()), room - height_of(self._top), room)

    def leaves(self) -> list[Leaf]:
        """Return what paints each page."""
        sheet = self._sheet
        count, name = len(self.pages), title_of(self._info).partition(" (")[0]

        def paint(number: int, blocks: Sequence[Block]) -> None:
            paint_down([*self._top, *blocks] if number == 0 else blocks, 0, 0)
            sheet.footer(name, self._printed, number + 1, count)

        return [partial(paint, number, blocks) for number, blocks in enumerate(self.pages)]

    def _head(self) -> list[Block]:
        info = self._info
        names = " · ".join(one for one in (other_names(info), info.route) if one)
        return [
            self._words([Run(title_of(info), _TITLE, bold=True)]),
            self._words([Run(names, self._body)], below=6),
            self._words([Run(words("safety.everywhere"), self._body, bold=True)], below=2),
        ]

    def _groups(self) -> Iterator[Group]:
        parts = parts_of(self._info)
        yield self._group(parts[0].title, self._facts(parts[0]))
        yield from self._watch()
        for part in parts[1:]:
            yield self._group(part.title, self._facts(part))
        yield self._group(
            tr("Questions for the team"),
            [self._marked(Run(text, self._body)) for text in self._info.ask],
        )
        yield self._group(tr("Where this is from"), self._sources())

    def _watch(self) -> Iterator[Group]:
        reference = self._house.reference
        fever = fever_words(self._info, fever_limit(reference.fever_c))
        if fever:
            # Above the groups: it is a rule of its own, no sign of the first of them.
            yield self._group(
                tr("What to watch for: fever"), [self._words([Run(fever, self._body, bold=True)])]
            )
        for group in watch_groups(self._info):
            label = reference.tier(group.tier).label
            title = tr("What to watch for: {label}", label=label)
            blocks = [self._words([Run(reference.tier(group.tier).action, self._body)], below=2)]
            for item in group.items:
                text = self._marked(Run(item.text, self._body))
                blocks.append(whole([text, *self._warning(item.evidence)]))
            yield self._group(title, blocks)
        days = watch_days_words(self._info)
        if days:
            yield self._group(tr("For how long"), [self._words([Run(" ".join(days), self._body)])])

    def _facts(self, part: Part) -> list[Block]:
        blocks: list[Block] = []
        if part.opening:
            blocks.append(self._words([Run(part.opening, self._body, bold=True)]))
        for told in part.told:
            runs = [Run(f"{told.about}: ", self._body, bold=True)] if told.about else []
            text = told.text if "\n" not in told.text else told.text.replace("\n•  ", "; ")
            text = text.removeprefix("•  ")
            strong = not told.about and bool(told.below)
            lines = [self._words([*runs, Run(text, self._body, bold=strong)], below=1)]
            lines += [self._words([Run(line, self._body)], below=1) for line in told.below]
            blocks.append(whole([*lines, *self._warning(told.evidence)]))
        return blocks

    def _warning(self, evidence: Evidence) -> list[Block]:
        warning = warning_of(evidence)
        return [self._words([Run(warning, LEAST_PT, bold=True)], below=3)] if warning else []

    def _sources(self) -> list[Block]:
        info = self._info
        every: list[Evidence] = [told.evidence for part in parts_of(info) for told in part.told]
        every += [item.evidence for item in info.watch]
        names = sorted({source.name for one in every for source in one.sources})
        if not names:
            return [self._words([Run(words("safety.unverified"), LEAST_PT)])]
        line = words("safety.source_line", sources="; ".join(names), date=plain_date(info.checked))
        return [self._words([Run(line, LEAST_PT)])]

    # -- Blocks -----------------------------------------------------------------------------------

    def _group(self, title: str, blocks: Sequence[Block]) -> Group:
        heading = self._sheet.heading(title, _HEAD, self._sheet.width, 9, 2)
        again = tr("{title} (continued)", title=title)
        more = self._sheet.heading(again, _HEAD, self._sheet.width, 0, 2)
        return Group(heading, more, tuple(blocks))

    def _words(self, runs: list[Run], *, below: float = 2.0) -> Block:
        text = self._sheet.text(runs, self._sheet.width)
        return self._block(text, 0, below)

    def _marked(self, run: Run) -> Block:
        indent = self._sheet.pt(12)
        mark = self._sheet.text([Run("•", run.size)], indent)
        text = self._sheet.text([run], self._sheet.width - indent)
        under = self._sheet.pt(2)

        def paint(x: float, y: float, _height: float) -> None:
            mark.paint(self._sheet.painter, x, y + under)
            text.paint(self._sheet.painter, x + indent, y + under)

        return Block(text.height + under * 2, paint)

    def _block(self, text: Paragraph, left: float, below: float) -> Block:
        under = self._sheet.pt(2)

        def paint(x: float, y: float, _height: float) -> None:
            text.paint(self._sheet.painter, x + left, y + under)

        return Block(text.height + under + self._sheet.pt(below), paint)
