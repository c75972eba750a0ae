"""What the chart of infusion cycles shows, as plain values."""

from __future__ import annotations

from typing import Final, NamedTuple

from caregiver_app.domain.entities import Question
from caregiver_app.domain.times import wall
from caregiver_app.gui.whom import AboutSomebody
from caregiver_app.gui.widgets.chart import TableRow
from caregiver_app.gui.words import count_text, short_date, tr
from caregiver_app.pages.cycle_chart import Chart, Line
from caregiver_app.services.cycles import MOST_CYCLES, Cycle, cycles, watch_days, written_signs

_FEW: Final = {"2": 2, "4": 4, "all": MOST_CYCLES}
_LONGEST: Final = 56
"""Days shown at most: eight weeks, the longest usual gap."""
_LEAST: Final = 14
_STRETCHES: Final = ((0, 3), (4, 7), (8, 14), (15, 21), (22, 28), (29, 42), (43, 56))
_COLUMNS: Final = 4


class Shown(NamedTuple):
    """The chart, its table (head and rows), what it shows and how it is spoken."""

    chart: Chart
    head: tuple[str, ...]
    rows: tuple[TableRow, ...]
    shows: str
    subtitle: str
    spoken: str


class CycleModel(AboutSomebody):
    """One sign of one person over the last infusions, read when it is asked for."""

    def signs(self) -> list[tuple[str, str]]:
        """Return the signs that were written down, as (id, words), the most frequent first."""
        person = self.person
        if person is None:
            return []
        written = written_signs(self.house.care, person.id)
        return [(sign, self.house.watch.sign_name(sign)) for sign in written]

    def shown(self, sign: str, reach: str) -> Shown | None:
        """Return everything about a sign over "2", "4" or "all" infusions; None before any."""
        person = self.person
        if person is None:
            return None
        found = cycles(self.house.care, person.id, sign, _FEW[reach])
        if not found:
            return None
        levels = self._levels(found)
        days = min(_LONGEST, max(_LEAST, *(one.days for one in found)))
        lines = tuple(Line(self._name(one), self._when(one), one.levels) for one in found)
        window = watch_days(self.house.care, found[0].visit)
        chart = Chart(lines, levels, days, window)
        head, rows = self._table(found, levels, days)
        return Shown(
            chart, head, rows, self._shows(sign, found), self._subtitle(found), _spoken(head, rows)
        )

    def _levels(self, found: list[Cycle]) -> tuple[str, ...]:
        words = [severity.label for severity in self.house.reference.severities]
        # The highest level only where it was ever reached: it would press the others together.
        highest = max((max(one.levels.values(), default=0) for one in found), default=0)
        return (tr("Nothing"), *words[: max(3, highest)])

    @staticmethod
    def _name(cycle: Cycle) -> str:
        number = cycle.visit.dose
        return cycle.visit.title if number is None else tr("Infusion {number}", number=number)

    @staticmethod
    def _when(cycle: Cycle) -> str:
        day = short_date(cycle.first)
        return tr("{day}, until now", day=day) if cycle.runs else day

    def _subtitle(self, found: list[Cycle]) -> str:
        person = self.person
        plan_id = found[0].visit.plan
        plan = None if plan_id is None else self.house.plans.get(plan_id)
        laid = count_text(len(found), "{count} infusion", "{count} infusions laid over each other")
        name = "" if person is None else person.name
        medicine = "" if plan is None else plan.medicine
        return " · ".join(part for part in (name, medicine, laid) if part)

    def _shows(self, sign: str, found: list[Cycle]) -> str:
        name = self.house.watch.sign_name(sign)
        written = sum(len(one.levels) for one in found)
        without = sum(one.without for one in found)
        days = count_text(written, "{count} day", "{count} days")
        none = count_text(without, "{count} day has none", "{count} days have none")
        said = tr("how strong you said it was ({sign}), on days with an entry", sign=name)
        return f"{said} ({days}; {none})."

    @staticmethod
    def _table(
        found: list[Cycle], levels: tuple[str, ...], days: int
    ) -> tuple[tuple[str, ...], tuple[TableRow, ...]]:
        columns = found[:_COLUMNS]
        head = tuple(
            str(one.visit.dose) if one.visit.dose is not None else short_date(one.first)
            for one in columns
        )
        rows = tuple(
            TableRow(
                tr("Days {first} to {last}", first=first, last=last),
                tuple(_cell(one, first, last, levels) for one in columns),
            )
            for first, last in _STRETCHES
            if first <= days
        )
        return head, rows

    def ask(self, text: str) -> None:
        """Put a question for the doctor on the list.

        Raises:
            FormRefused: it is empty or too long.
        """
        person = self.person
        whose = "" if person is None else person.id
        self.house.support.save_question(Question(id="", person=whose, text=text))

    def visit_words(self) -> str:
        """Return where the question will wait: "the visit on Tue 31 Mar", or the list."""
        person = self.person
        visit = None if person is None else self.house.agenda.next_visit(person.id)
        if visit is None:
            return tr("It joins your questions for the doctor.")
        day = short_date(wall(visit.start).date())
        return tr("It joins your questions for {day}.", day=day)


def _cell(cycle: Cycle, first: int, last: int, levels: tuple[str, ...]) -> str:
    """Return the strongest entry of a stretch; a star while the stretch is not over."""
    if cycle.days < first:
        return "–"
    found = [level for day, level in cycle.levels.items() if first <= day <= last]
    words = levels[max(found)] if found else tr("no entry")
    return f"{words}*" if cycle.runs and cycle.days < last else words


def _spoken(head: tuple[str, ...], rows: tuple[TableRow, ...]) -> str:
    """Return the table as sentences."""
    return " ".join(
        f"{row.name}: "
        + ", ".join(f"{name} {cell}" for name, cell in zip(head, row.cells, strict=True))
        + "."
        for row in rows
    )
