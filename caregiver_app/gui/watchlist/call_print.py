"""Prints the call sheet: the paper at the left, the page at the right."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui import printing
from caregiver_app.gui.preview_sheet import PreviewSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.pages.call_sheet_page import CallPaper, call_sheet_page
from caregiver_app.pages.printed import Printed

_CHOICES: Final = 280


class CallPrintSheet(PreviewSheet):
    """The call sheet as it is now, to a printer or a PDF file."""

    def __init__(self, theme: Theme, paper: CallPaper, parent: QWidget | None = None) -> None:
        super().__init__(
            theme, tr("Call sheet for the clinic"), subtitle=paper.person, parent=parent
        )
        self._paper = paper
        choices = QWidget()
        column = QVBoxLayout(choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(tr("Paper"), "second_strong"))
        self.sizes = Segmented(
            theme, [("A4", "A4"), ("Letter", tr("Letter"))], name=tr("Paper"),
            chosen=printing.paper_name(),
        )  # fmt: skip
        self.sizes.changed.connect(self.look_again)
        column.addWidget(self.sizes)
        column.addSpacing(8)
        column.addWidget(
            Text(
                tr("It holds health notes. Lay it where only those who should read it find it."),
                "second",
                "soft",
            )
        )
        column.addStretch(1)
        self.show_choices(choices, _CHOICES)

    def printed(self) -> Printed | None:
        """Return the page."""
        return call_sheet_page(self._paper)

    @property
    def paper(self) -> str:
        """The paper that is chosen."""
        return self.sizes.value() or printing.paper_name()

    def file_name(self) -> str:
        """Return what a PDF file is called at first."""
        return tr("call sheet.pdf")
