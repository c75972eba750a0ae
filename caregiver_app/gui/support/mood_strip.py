"""The strip of moods: quiet faces along the days, beside the infusions, with its table twin.

It says what was written and nothing about it. Before the first mood was chosen it is not there.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from caregiver_app.gui.columns import LARGE
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.whom import AboutSomebody, called
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chart import ChartView
from caregiver_app.gui.widgets.chart_table import ChartTable
from caregiver_app.gui.widgets.fold import Fold
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.pages.chart_values import Shown
from caregiver_app.pages.mood_shown import moods_shown
from caregiver_app.services.household import Household
from caregiver_app.services.mood_days import mood_span, told_about

_USUAL: Final = "weeks"
_BESIDE: Final = 700
"""From this width on the choices stand beside the title."""


class MoodStrip(QWidget):
    """The moods of the notes about one person, or those of the carer's own notes."""

    def __init__(self, theme: Theme, house: Household) -> None:
        super().__init__()
        self._theme = theme
        self._house = house
        self._whom = AboutSomebody(house)
        self._name: str = ""
        self._caption = ""
        self._shown: Shown | None = None
        self.setAccessibleName(tr("Moods from your notes"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._card = Card(theme)
        self._card.setAccessibleName(tr("Moods from your notes"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self._card.add(self._make_head())
        self.chart = ChartView(theme)
        self.chart.pointed.connect(self._pointed)
        self._read = Text("", "second", "soft")
        self.twin = Fold(theme, tr("The same, as a table"), role="strong")
        self.table = ChartTable(theme)
        self.twin.add(self.table)
        self.twin.head.toggled.connect(self._fill_table)
        for widget in (self.chart, self._read, self.twin):
            self._card.add(widget)
        theme.changed.connect(self._settle)
        self._settle()
        self.hide()

    def _make_head(self) -> QWidget:
        self.reach = Segmented(
            self._theme,
            [
                ("weeks", tr("4 weeks")),
                ("months", tr("3 months")),
                ("year", tr("A year")),
                ("all", tr("All")),
            ],
            name=tr("Which days"),
            chosen=_USUAL,
        )
        self.reach.changed.connect(self._show)
        self.about = self._whose("")
        head = QWidget()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight, head)
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head.setSpacing(12)
        self._head.addWidget(Text(tr("Moods from your notes"), "card_title"), 1)
        self._head.addWidget(self.about)
        self._head.addWidget(self.reach)
        return head

    def _whose(self, name: str) -> Segmented:
        choices = [("person", name or tr("Your loved one")), ("carer", tr("You"))]
        made = Segmented(self._theme, choices, name=tr("Whose mood"), chosen="person")
        made.changed.connect(self._show)
        return made

    # -- Showing ----------------------------------------------------------------------------------

    def set_person(self, person_id: str | None) -> None:
        """Speak of one person, or of the only one."""
        self._whom.set_person(person_id)
        self.refresh()

    def refresh(self) -> None:
        """Read the moods anew."""
        name = called(self._whom.person)
        if name != self._name:
            self._name = name
            old, self.about = self.about, self._whose(name)
            self._head.replaceWidget(old, self.about)
            old.hide()
            old.deleteLater()
        self._show()

    def _show(self) -> None:
        person, care = self._whom.person, self._house.care
        told = None if person is None else told_about(care, person.id)
        self.setVisible(bool(told))
        if person is None or not told:
            return
        self.about.setVisible(len(told) > 1)
        about = told[0]
        if len(told) > 1:
            about = self.about.value() or about
        span = mood_span(care, person.id, about, self.reach.value() or _USUAL)
        shown = moods_shown(self._house, person.id, about, span)
        if shown == self._shown:
            # Somebody writes, and only words are different: what the keys point at stays.
            return
        self._shown = shown
        self._caption = " ".join(shown.captions)
        self.chart.show_picture(shown.picture, shown.title, shown.spoken)
        self._fill_table()
        self._pointed("")

    def _fill_table(self) -> None:
        # Folded away, nobody reads it; the chart says the same to a screen reader.
        if self._shown is not None and self.twin.is_open:
            self.table.show_table(self._shown.table)

    def _pointed(self, words: str) -> None:
        hint = tr("Point at a face, or go from one to the next with the arrow keys.")
        self._read.setText(words or self._caption or hint)
        self._read.set_ink("ink" if words else "soft")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the choices below the title where there is no room beside it."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        way = QBoxLayout.Direction
        beside = self._theme.scale < LARGE and self.width() >= self._theme.px(_BESIDE)
        self._head.setDirection(way.LeftToRight if beside else way.TopToBottom)
