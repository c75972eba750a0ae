"""One medicine: what is usual, what to watch for, whom to ask; each part folded but the first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.advice import MedicineInfo
from caregiver_app.gui.medicine_info.facts import PartCard
from caregiver_app.gui.medicine_info.model import LookUpModel
from caregiver_app.gui.medicine_info.questions_card import QuestionsCard
from caregiver_app.gui.medicine_info.watch_card import WatchCard
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import plain_date, tr
from caregiver_app.messages import words
from caregiver_app.pages.medicine_parts import fever_words, parts_of


class MedicineView(QWidget):
    """Everything that the reference knows of one medicine, made anew for each."""

    sign_asked = Signal(str)
    """The id of a sign to look up."""
    plan_asked = Signal(str)
    """The name of the medicine for which a plan is to be entered."""
    print_asked = Signal()
    pdf_asked = Signal()

    def __init__(
        self, theme: Theme, model: LookUpModel, info: MedicineInfo, *, leads: bool
    ) -> None:
        """`leads` tells whether one may go on from here to another place."""
        super().__init__()
        self.info = info
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        safety = Card(theme, tone="tint")
        self.safety = Text(words("safety.everywhere"), "strong")
        safety.add(self.safety)
        column.addWidget(safety)
        column.addWidget(self._doors(theme, leads=leads))
        what, *others = parts_of(info)
        self.parts = {what.key: PartCard(theme, what, info.checked, opened=True)}
        fever = fever_words(info, model.fever_limit(info))
        self.watch = WatchCard(theme, model.house.reference, info, fever, leads=leads)
        self.watch.sign_asked.connect(self.sign_asked)
        for part in others:
            self.parts[part.key] = PartCard(theme, part, info.checked, opened=False)
        self.questions = QuestionsCard(theme, model, info)
        first, *rest = self.parts.values()
        for card in (first, self.watch, *rest, self.questions):
            column.addWidget(card)
        foot = tr("Checked {date}. Labels change: ask for the current leaflet.",
                  date=plain_date(info.checked))  # fmt: skip
        column.addWidget(Text(foot, "second", "soft"))
        column.addStretch(1)

    def _doors(self, theme: Theme, *, leads: bool) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, across=8, down=8)
        self.print = PlainButton(theme, tr("Print"), "print")
        self.print.clicked.connect(self.print_asked)
        flow.addWidget(self.print)
        self.pdf = QuietButton(theme, tr("Save as PDF"))
        self.pdf.clicked.connect(self.pdf_asked)
        flow.addWidget(self.pdf)
        self.plan = QuietButton(theme, tr("Enter a therapy plan with it"), "add")
        name = self.info.names[0] if self.info.names else self.info.name
        self.plan.clicked.connect(lambda: self.plan_asked.emit(name))
        self.plan.setVisible(leads and self.info.infused)
        if leads and self.info.infused:
            flow.addWidget(self.plan)
        return row
