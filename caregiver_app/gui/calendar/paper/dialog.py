"""Prints the calendar: choices at the left, what will come out at the right."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui import printing
from caregiver_app.gui.calendar.form.forms import Trouble
from caregiver_app.gui.calendar.paper.choices import PrintChoices
from caregiver_app.gui.calendar.paper.preview import PrintPreview
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.pages.printed import Printed, Proof, write_printed
from caregiver_app.services.household import Household

_WIDTH: Final = 1120
_TWO_COLUMNS: Final = 820
_CHOICES: Final = 330
_LEAST_SEEN: Final = 440
_AROUND: Final = 22
QWIDGETSIZE_MAX: Final = 16_777_215
"""Qt's own "as large as you like"."""


class PrintCalendarDialog(Sheet):
    """The month or the agenda to a printer or a PDF file; the preview is the page itself."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        day: date,
        person: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`day` says which month, and from when an agenda runs; `person` None is everybody."""
        super().__init__(
            theme,
            tr("Print the calendar"),
            icon="print",
            primary=tr("Print…"),
            cancel=tr("Close"),
            width=_WIDTH,
            parent=parent,
        )
        self._house = house
        self._printed: Printed | None = None
        self._asks: QDialog | None = None
        self.trouble = Trouble(theme)
        self.choices = PrintChoices(house, theme, day, person)
        self.preview = PrintPreview(theme)
        self.save = PlainButton(theme, tr("Save as PDF…"))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(24)
        self._columns.addWidget(self.choices)
        beside = QVBoxLayout()
        beside.addWidget(self.preview, 1)
        beside.addStretch()
        self._columns.addLayout(beside, 1)
        self.add(self.trouble)
        self.body.addLayout(self._columns, 1)
        foot = self.primary.parentWidget()
        row = None if foot is None else foot.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(row.indexOf(self.primary), self.save)
        self.choices.changed.connect(self.look_again)
        self.confirmed.connect(self._print)
        self.save.clicked.connect(self._save)
        theme.changed.connect(self._turn)
        self._turn()
        self.look_again()

    def is_changed(self) -> bool:
        """Nothing is lost by closing: the choices are remembered."""
        return False

    def done(self, result: int) -> None:
        """Remember the choices and close."""
        # Where nothing can be written, the next time begins with the usual choices.
        with contextlib.suppress(UserError):
            self.choices.remember()
        super().done(result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the preview below the choices where there is no room beside them."""
        super().resizeEvent(event)
        self._turn()

    def look_again(self) -> None:
        """Lay out what is chosen now and show it."""
        self._printed = self.choices.printed()
        proof = None if self._printed is None else Proof(self._printed, self.choices.paper)
        self.preview.show_proof(proof)
        self.primary.setEnabled(proof is not None)
        self.save.setEnabled(proof is not None)
        self.note.setText("")
        self.trouble.say("")

    def _turn(self) -> None:
        beside = self.width() >= self.theme.px(_TWO_COLUMNS) and self.theme.scale < LARGE_TEXT
        way = QBoxLayout.Direction
        self._columns.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self.choices.setMaximumWidth(self.theme.px(_CHOICES) if beside else QWIDGETSIZE_MAX)
        # Beside a long list of choices, the whole page stays in view.
        seen = max(self.theme.px(_LEAST_SEEN), self.area.viewport().height() - _AROUND)
        self.preview.setMaximumHeight(seen if beside else QWIDGETSIZE_MAX)

    def _print(self) -> None:
        if self._printed is None:
            self.focus_first_error()
            return
        if not printing.has_printer():
            self._tell(
                tr(
                    "No printer is set up on this computer. "
                    "Save the pages as a PDF file and print that elsewhere."
                )
            )
            return
        self._asks = printing.open_print_dialog(
            self._printed, self.choices.paper, self, self._printed_well
        )

    def _printed_well(self, well: bool) -> None:
        if well:
            self.note.setText(tr("Sent to the printer."))
        else:
            self._tell(
                tr(
                    "The printer did not take the pages. Look whether it is switched on, "
                    "or save them as a PDF file."
                )
            )

    def _save(self) -> None:
        if self._printed is None:
            self.focus_first_error()
            return
        path = printing.ask_pdf_path(self, self.choices.file_name())
        if path is None:
            return
        try:
            write_printed(self._printed, path, self.choices.paper)
        except UserError as error:
            self._tell(explain(error))
            return
        self.trouble.say("")
        self.note.setText(tr("Saved: {path}", path=path))

    def _tell(self, sentence: str) -> None:
        """Say what did not work, at the head, where it is seen."""
        self.trouble.say(sentence)
        self.area.verticalScrollBar().setValue(0)
