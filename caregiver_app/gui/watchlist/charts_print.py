"""Prints the charts: which of them at the left, the pages at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.times import in_zone
from caregiver_app.gui.preview_sheet import PreviewSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.charts_model import CHARTS, ChartsModel
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import time_text, tr
from caregiver_app.pages.chart_values import Shown
from caregiver_app.pages.charts_page import ChartsOnPaper, charts_page
from caregiver_app.pages.dates import full_date
from caregiver_app.pages.printed import Printed, Proof

_CHOICES: Final = 340
_ABOVE: Final = 12


class ChartsSheet(PreviewSheet):
    """Which charts, with or without their tables; the days are those that the page shows."""

    def __init__(
        self,
        model: ChartsModel,
        theme: Theme,
        shown_of: Callable[[str], Shown | None],
        chart: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme,
            tr("Print the charts"),
            subtitle=tr("For the days that the page shows."),
            parent=parent,
        )
        self._model = model
        self._shown = {key: shown for key in CHARTS if (shown := shown_of(key)) is not None}
        self.rows: dict[str, TickRow] = {}
        choices = self._make_choices(chart)
        whole = self.printed()
        if whole is not None and Proof(whole, self.paper).pages > 1:
            # One chart is one page; its table comes where somebody asks for it.
            self.tables.set_state("open")
        self.show_choices(choices, _CHOICES)

    def _make_choices(self, chart: str) -> QWidget:
        choices = QWidget()
        column = QVBoxLayout(choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Text(tr("Charts"), "second_strong", "soft"))
        for key, shown in self._shown.items():
            state = "done" if key == chart else "open"
            row = TickRow(self.theme, shown.title, state=state, strong=False, fades=False)
            row.state_changed.connect(self.look_again)
            self.rows[key] = row
            column.addWidget(row)
        self.tables = TickRow(
            self.theme, tr("The same, as a table"), state="done", strong=False, fades=False
        )
        self.tables.state_changed.connect(self.look_again)
        column.addSpacing(_ABOVE)
        column.addWidget(Text(tr("On the page"), "second_strong", "soft"))
        column.addWidget(self.tables)
        column.addStretch(1)
        return choices

    def printed(self) -> Printed | None:
        """Return the pages as they are chosen now; None while no chart is ticked."""
        chosen = tuple(self._shown[key] for key, row in self.rows.items() if row.state == "done")
        if not chosen:
            return None
        person, house = self._model.person, self._model.house
        now = in_zone(house.care.now, house.care.home)
        return charts_page(
            ChartsOnPaper(
                "" if person is None else person.name,
                chosen,
                f"{full_date(now.date())}, {time_text(now)}",
                tables=self.tables.state == "done",
            )
        )

    def file_name(self) -> str:
        """Return what a PDF file is called at first."""
        return tr("charts.pdf")

    def nothing(self) -> str:
        """Return what is said while no chart is ticked."""
        return tr("Tick at least one chart.")
