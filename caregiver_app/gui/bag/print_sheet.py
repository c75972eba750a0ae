"""What goes along to a visit on paper: which parts at the left, the pages at the right."""

from __future__ import annotations

import contextlib
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.times import wall
from caregiver_app.errors import UserError
from caregiver_app.gui.preview_sheet import PreviewSheet
from caregiver_app.gui.printing import paper_name
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import count_text, long_date, tr
from caregiver_app.messages import explain
from caregiver_app.pages.bag_text import bag_text
from caregiver_app.pages.packet import PARTS, packet, parts_of, usual_parts
from caregiver_app.pages.paper import PAPERS
from caregiver_app.pages.papers_of_visit import open_questions
from caregiver_app.pages.printed import Printed
from caregiver_app.services.household import Household

_WIDTH: Final = 340
_WORDS: Final = {
    "bag": ("The bag", "what is packed is ticked"),
    "steps": ("Getting ready", "with the reasons"),
    "medicines": ("Medicines and allergies", "from Care plan"),
    "questions": ("Questions for the doctor", ""),
    "emergency": ("Emergency sheet", ""),
    "slip": ("Slip for the driver", "no health words"),
}
_BAG: Final = "bag"


class PacketChoices(QWidget):
    """Which parts and which paper; what was left out is remembered for the next time."""

    changed = Signal()

    def __init__(self, house: Household, theme: Theme, visit_id: str) -> None:
        """Offer what there is for a visit.

        Raises:
            InputRefused: the visit is not there any more.
        """
        super().__init__()
        self._house, self._theme, self._visit_id = house, theme, visit_id
        self._usual = usual_parts(house, visit_id)
        self.parts = {part: self._row(part) for part in parts_of(house, visit_id)}
        self.everything = QuietButton(theme, tr("All of it"))
        self.only_bag = QuietButton(theme, tr("Only the bag"))
        self.only_bag.setVisible(_BAG in self.parts)
        self.papers = Segmented(
            theme, [(name, tr(name)) for name in PAPERS], name=tr("Paper"), chosen=paper_name()
        )
        self.copy = PlainButton(theme, tr("Copy the bag as text"), "paper-note")
        self.copied = Text("", "second", "soft")
        self.copied.hide()
        self._lay_out()
        self._recall()
        self.everything.clicked.connect(lambda: self._choose(tuple(self.parts)))
        self.only_bag.clicked.connect(lambda: self._choose((_BAG,)))
        self.copy.clicked.connect(self.copy_text)
        self.papers.changed.connect(self.changed)
        for row in self.parts.values():
            row.state_changed.connect(self.changed)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The parts that are ticked."""
        return tuple(part for part, row in self.parts.items() if row.state == "done")

    @property
    def paper(self) -> str:
        """The paper: "A4" or "Letter"."""
        return self.papers.value() or paper_name()

    def copy_text(self) -> None:
        """Put the bag on the clipboard as text, and say so."""
        try:
            QGuiApplication.clipboard().setText(bag_text(self._house, self._visit_id))
        except UserError as error:
            self._say(explain(error), "alarm")
        else:
            self._say(tr("Copied. Paste it into a message."), "soft")

    def remember(self) -> None:
        """Keep what was left out or added, and the paper, for the next time.

        Raises:
            UserError: they could not be kept.
        """
        without = [part for part in self._usual if part not in self.chosen]
        more = [part for part in self.chosen if part not in self._usual]
        self._house.settings.remember(
            packet__without=",".join(without),
            packet__more=",".join(more),
            packet__paper="" if self.paper == paper_name() else self.paper,
        )

    # -- Making -----------------------------------------------------------------------------------

    def _row(self, part: str) -> TickRow:
        title, note = _WORDS[part]
        note = tr(note) if note else ""
        if part == "questions":
            person = self._house.bags.bag(self._visit_id).visit.person
            count = len(open_questions(self._house, person))
            note = tr("{count} open", count=count) if count else tr("none yet: lines to write on")
        return TickRow(self._theme, tr(title), note=note, strong=False, fades=False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(tr("What to print"), "second_strong"))
        ticks = QVBoxLayout()
        ticks.setSpacing(0)
        for row in self.parts.values():
            ticks.addWidget(row)
        column.addLayout(ticks)
        quick = QWidget()
        flow = FlowLayout(quick, across=4, down=4)
        flow.addWidget(self.everything)
        flow.addWidget(self.only_bag)
        column.addWidget(quick)
        column.addWidget(Text(tr("Paper"), "second_strong"))
        column.addWidget(self.papers)
        private = tr("These papers hold health notes; only the driver’s slip holds none.")
        column.addWidget(Text(private, "second", "soft"))
        column.addWidget(self.copy)
        column.addWidget(self.copied)
        self.copy.setVisible(_BAG in self.parts)
        column.addStretch(1)

    def _recall(self) -> None:
        settings = self._house.settings
        without = settings.shown("packet.without", "").split(",")
        more = settings.shown("packet.more", "").split(",")
        wanted = [part for part in self._usual if part not in without]
        self._tick([*wanted, *(part for part in more if part in PARTS)])
        kept = settings.shown("packet.paper", "")
        if kept in PAPERS:
            self.papers.set_value(kept)

    def _choose(self, parts: tuple[str, ...]) -> None:
        self._tick(parts)
        self.changed.emit()

    def _tick(self, parts: tuple[str, ...] | list[str]) -> None:
        for part, row in self.parts.items():
            row.set_state("done" if part in parts else "open")

    def _say(self, words: str, ink: str) -> None:
        self.copied.set_ink(ink)
        self.copied.setText(words)
        self.copied.show()


class PacketSheet(PreviewSheet):
    """The papers for a visit, to a printer or a PDF file in one go; the preview is the pages."""

    def __init__(
        self, house: Household, theme: Theme, visit_id: str, parent: QWidget | None = None
    ) -> None:
        """Open on a visit.

        Raises:
            InputRefused: the visit is not there any more.
        """
        bag = house.bags.bag(visit_id)
        self._day = wall(bag.visit.start).date()
        whose = "" if bag.person is None else bag.person.name
        said = (whose, bag.visit.title, long_date(self._day))
        super().__init__(
            theme,
            tr("Print for the visit"),
            subtitle=" · ".join(part for part in said if part),
            parent=parent,
        )
        self._house, self._visit_id = house, visit_id
        self.choices = PacketChoices(house, theme, visit_id)
        self.choices.changed.connect(self.look_again)
        self.show_choices(self.choices, _WIDTH)

    def done(self, result: int) -> None:
        """Remember the choices and close."""
        # Where nothing can be written, the next time begins with the usual choices.
        with contextlib.suppress(UserError):
            self.choices.remember()
        super().done(result)

    def printed(self) -> Printed | None:
        """Return the pages as they are chosen now; None while nothing is ticked."""
        parts = self.choices.chosen
        if not parts:
            return None
        return packet(self._house, self._visit_id, parts, self._house.care.now)

    def look_again(self) -> None:
        """Lay out what is chosen now, show it, and say how many pages that are."""
        super().look_again()
        proof = self.preview.proof
        if proof is not None:
            self.note.setText(count_text(proof.pages, "{count} page", "{count} pages"))

    @property
    def paper(self) -> str:
        """The paper that is chosen."""
        return self.choices.paper

    def file_name(self) -> str:
        """Return what a PDF file is called at first."""
        day = self._day.isoformat()
        if self.choices.chosen == (_BAG,):
            return tr("bag {day}.pdf", day=day)
        return tr("papers {day}.pdf", day=day)

    def nothing(self) -> str:
        """Return what is said while nothing is ticked."""
        return tr("Tick at least one thing to print.")


def open_print(
    house: Household, theme: Theme, visit_id: str, parent: QWidget | None
) -> PacketSheet:
    """Open what there is to print for a visit over `parent`, and return it.

    Raises:
        InputRefused: the visit is not there any more.
    """
    sheet = PacketSheet(house, theme, visit_id, parent)
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    return sheet
