"""The sheet of a medicine that is not given any more: what it was, when, and why it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import Medicine
from caregiver_app.gui.care_plan.sheets import EntrySheet
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

REASONS: Final = (
    "It helped at first, then it stopped helping",
    "It did not help",
    "A reaction",
    "Side effects",
    "The insurer asked for another one",
    "A change of plan by the doctor",
    "We could not go on with it",
)
"""Why a medicine ends, in plain words; a press only writes them, anything else is typed."""


class Reasons(QWidget):
    """Reasons to press, each of which is written into the field."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        said = tr("In your own words, or begin with one of these:")
        column.addWidget(Text(said, "second", "soft"))
        row = QWidget()
        flow = FlowLayout(row, across=8, down=8)
        self.buttons: list[PlainButton] = []
        for reason in REASONS:
            words = tr(reason)
            button = PlainButton(theme, words, name=tr("Write: {words}", words=words))
            button.clicked.connect(partial(self.chosen.emit, words))
            flow.addWidget(button)
            self.buttons.append(button)
        column.addWidget(row)


class TriedSheet(EntrySheet):
    """Something that was tried before; with `ending` a medicine of the list that ends now."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        medicine: Medicine,
        parent: QWidget | None,
        *,
        ending: bool = False,
    ) -> None:
        title = tr("{name} ended", name=medicine.name) if ending else tr("Tried before")
        super().__init__(
            house,
            theme,
            medicine.person,
            title=title,
            icon="medicine",
            subtitle=tr("New doctors and insurers ask for this."),
            parent=parent,
        )
        self._medicine, self._ending = medicine, ending
        self.name = LineField(theme, tr("Name"), text=medicine.name)
        self.what_for = LineField(theme, tr("What for"), text=medicine.what_for)
        self.began = LineField(
            theme, tr("Began"), text=medicine.began, hint=tr("As you know it: spring 2021")
        )
        self.ended = LineField(theme, tr("Ended"), text=medicine.ended)
        self.why = ShortText(theme, tr("Why it ended"), text=medicine.why_ended)
        self.reasons = Reasons(theme)
        self.reasons.chosen.connect(self._write)
        if ending:
            said = tr("It leaves the list of medicines, and its times end. What is marked stays.")
            self.add(Text(said, "second", "soft"))
        else:
            self.add_row(self.name, self.what_for, stretches=(3, 2))
        self.add_row(self.began, self.ended)
        self.add(self.why)
        self.add(self.reasons)
        if ending:
            self.add(self.wrong)
        else:
            self.close_form(medicine, tr("Delete this entry"))

    def _write(self, words: str) -> None:
        """Write a reason below what stands there already."""
        typed = self.why.value()
        if words not in typed:
            self.why.set_text(f"{typed}\n{words}" if typed else words)
        self.why.area.moveCursor(QTextCursor.MoveOperation.End)
        self.why.control.setFocus()

    def keep(self) -> tuple[Callable[[], object], dict[str, Field]]:
        """Return what saves it."""
        told = replace(
            self._medicine,
            name=self.name.text(),
            what_for=self.what_for.text(),
            began=self.began.text(),
            ended=self.ended.text(),
            why_ended=self.why.text(),
            past=True,
        )
        fields: dict[str, Field] = {
            "name": self.name,
            "what_for": self.what_for,
            "began": self.began,
            "ended": self.ended,
            "why_ended": self.why,
        }
        return lambda: self._save_ended(told), fields

    def _save_ended(self, told: Medicine) -> None:
        house = self.house
        if self._ending:
            with house.care.change("done.medicine_ended", name=told.name.strip()):
                house.people.save_medicine(told)
        else:
            house.people.save_medicine(told)
