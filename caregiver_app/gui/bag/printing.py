"""The bag on paper: a preview to print from, or a PDF file; both paint the same page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from caregiver_app.gui import printing
from caregiver_app.gui.words import tr
from caregiver_app.pages.bag_page import BagPage, paint_bag, write_pdf


def open_preview(page: BagPage, parent: QWidget) -> QWidget:
    """Open the print preview over `parent` and return it."""
    return printing.open_preview(
        lambda device: paint_bag(device, page), tr("Print the bag"), parent
    )


def ask_pdf_path(parent: QWidget, name: str) -> Path | None:
    """Ask where to save; None when nothing was chosen."""
    return printing.ask_pdf_path(parent, name)


def save_pdf(page: BagPage, path: Path) -> None:
    """Write the page as a PDF file.

    Raises:
        InputRefused, DataReadOnly, DiskTrouble: it could not be written; the old file stays.
    """
    write_pdf(page, path, printing.paper_name())
