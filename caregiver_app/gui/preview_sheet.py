"""`PreviewSheet`: choices at the left, the page at the right, the printer and a PDF file below."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui import printing
from caregiver_app.gui.calendar.form.forms import Trouble
from caregiver_app.gui.calendar.paper.preview import PrintPreview
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.pages.printed import Printed, Proof, write_printed

_WIDTH: Final = 1120
_PREVIEW: Final = 490
_LEAST_SEEN: Final = 440
_AROUND: Final = 22
_MOST: Final = 16_777_215
"""Qt's own "as large as you like"."""


class PreviewSheet(Sheet):
    """Fill in `printed`, `file_name` and, where the choices have one, `paper`.

    Call `show_choices` once they are made, and `look_again` when one of them changed.
    """

    def __init__(
        self, theme: Theme, title: str, *, subtitle: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(
            theme,
            title,
            icon="print",
            primary=tr("Print…"),
            subtitle=subtitle,
            cancel=tr("Close"),
            width=_WIDTH,
            parent=parent,
        )
        self._page: Printed | None = None
        self._asks: QDialog | None = None
        self._choices: QWidget | None = None
        self._choices_width = 0
        self.trouble = Trouble(theme)
        self.preview = PrintPreview(theme)
        self.save = PlainButton(theme, tr("Save as PDF…"))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)

    def printed(self) -> Printed | None:
        """Return what is chosen now, laid out; None where there is nothing to print."""
        raise NotImplementedError

    def file_name(self) -> str:
        """Return what a PDF file is called at first."""
        raise NotImplementedError

    @property
    def paper(self) -> str:
        """The name of the paper, "A4" or "Letter"."""
        return printing.paper_name()

    def nothing(self) -> str:
        """Return what is said while there is nothing to print."""
        return ""

    def show_choices(self, choices: QWidget, width: int) -> None:
        """Put the choices, so wide at most, beside the page; show what they say."""
        self._choices, self._choices_width = choices, width
        self._columns.setSpacing(24)
        self._columns.addWidget(choices)
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
        self.confirmed.connect(self._print)
        self.save.clicked.connect(self._save)
        self.theme.changed.connect(self._turn)
        self._turn()
        self.look_again()

    def is_changed(self) -> bool:
        """Nothing is lost by closing: the choices are remembered."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the preview below the choices where there is no room beside them."""
        super().resizeEvent(event)
        self._turn()

    def look_again(self) -> None:
        """Lay out what is chosen now and show it."""
        self._page = self.printed()
        proof = None if self._page is None else Proof(self._page, self.paper)
        self.preview.show_proof(proof)
        self.primary.setEnabled(proof is not None)
        self.save.setEnabled(proof is not None)
        self.note.setText("" if proof is not None else self.nothing())
        self.trouble.say("")

    def _turn(self) -> None:
        if self._choices is None:
            return
        needed = self._choices_width + _PREVIEW
        beside = self.width() >= self.theme.px(needed) and self.theme.scale < LARGE_TEXT
        way = QBoxLayout.Direction
        self._columns.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._choices.setMaximumWidth(self.theme.px(self._choices_width) if beside else _MOST)
        # Beside a long list of choices, the whole page stays in view.
        seen = max(self.theme.px(_LEAST_SEEN), self.area.viewport().height() - _AROUND)
        self.preview.setMaximumHeight(seen if beside else _MOST)

    # -- Ways out ---------------------------------------------------------------------------------

    def _print(self) -> None:
        if self._page is None:
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
        self._asks = printing.open_print_dialog(self._page, self.paper, self, self._printed_well)

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
        if self._page is None:
            self.focus_first_error()
            return
        path = printing.ask_pdf_path(self, self.file_name())
        if path is None:
            return
        try:
            write_printed(self._page, path, self.paper)
        except UserError as error:
            self._tell(explain(error))
            return
        self.trouble.say("")
        self.note.setText(tr("Saved: {path}", path=path))

    def _tell(self, sentence: str) -> None:
        """Say what did not work, at the head, where it is seen."""
        self.trouble.say(sentence)
        self.area.verticalScrollBar().setValue(0)
