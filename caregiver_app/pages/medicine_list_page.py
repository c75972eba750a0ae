"""The medicine and allergy list on paper, as the family keeps it; the nurse always asks for it."""

from __future__ import annotations

from typing import Final

from caregiver_app.pages.flow import Group, height_of
from caregiver_app.pages.paper import BODY_PT, Run, Sheet, tr
from caregiver_app.pages.plain_pages import PlainPage
from caregiver_app.pages.printed import Leaf, Printed
from caregiver_app.values import value

_ALLERGY_PT: Final = 14.0
_BLANK_LINES: Final = 4


@value
class ListedMedicine:
    """One medicine: its name, how it is given as the clinic said, what it is for."""

    name: str
    how: str = ""
    what_for: str = ""


@value
class MedicineListPage:
    """What the list says; what is not known leaves a line to write on.

    `drips` are medicines given at the clinic with what is told of them, `last` the last infusion.
    """

    person: str
    born: str = ""
    illness: str = ""
    allergies: str = ""
    good_to_know: str = ""
    drips: tuple[tuple[str, str], ...] = ()
    last: str = ""
    medicines: tuple[ListedMedicine, ...] = ()
    printed_at: str = ""

    @property
    def name(self) -> str:
        """What the page is called."""
        return tr("Medicines and allergies")


def medicine_list_page(page: MedicineListPage) -> Printed:
    """Return the list as pages to print."""
    return Printed(page.name, lambda sheet: _leaves(sheet, page))


def _leaves(sheet: Sheet, page: MedicineListPage) -> list[Leaf]:
    plain = PlainPage(sheet)
    top = [
        plain.title(page.name, page.person),
        plain.words([Run(tr("Written down by the family, as the clinic said it."), BODY_PT)]),
    ]
    facts = [
        *plain.facts(tr("Allergies"), page.allergies, _ALLERGY_PT),
        *plain.facts(tr("Born"), page.born),
        *plain.facts(tr("Illness"), page.illness),
    ]
    if page.good_to_know:
        facts += plain.facts(tr("Good to know"), page.good_to_know)
    if page.drips:
        facts.append(plain.fact(tr("By drip"), _drips(page)))
        facts += plain.facts(tr("Last infusion"), page.last)
    groups: list[Group] = []
    if height_of(facts) < sheet.height / 2:
        top += facts
    else:
        groups.append(plain.group(page.name, facts))
    rows = [plain.beside(*_row(one)) for one in page.medicines]
    # Room for what is new since this was printed.
    rows.append(plain.to_write(_BLANK_LINES if rows else _BLANK_LINES * 2))
    groups.append(plain.group(tr("At home"), rows))
    return plain.leaves(top, groups, page.person, page.printed_at)


def _drips(page: MedicineListPage) -> list[Run]:
    runs: list[Run] = []
    for name, more in page.drips:
        if runs:
            runs.append(Run("; "))
        runs.append(Run(name, bold=True))
        if more:
            runs.append(Run(f", {more}"))
    return runs


def _row(one: ListedMedicine) -> tuple[list[Run], list[Run]]:
    more = ", ".join(part for part in (one.how, one.what_for and f"({one.what_for})") if part)
    return [Run(one.name, bold=True)], [Run(more)] if more else []
