"""The bag on paper: a preview to print from, or a PDF file; both paint the same page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QSize
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QFileDialog, QWidget

from caregiver_app.gui.places import usual_folder
from caregiver_app.gui.words import tr
from caregiver_app.pages.bag_page import BagPage, paint_bag, write_pdf


def paper_name() -> str:
    """Return "Letter" where that is the paper people buy, else "A4"."""
    metric = QLocale.system().measurementSystem() == QLocale.MeasurementSystem.MetricSystem
    return "A4" if metric else "Letter"


def open_preview(page: BagPage, parent: QWidget) -> QWidget:
    """Open the print preview over `parent` and return it."""
    # Imported here: it is large, and most starts never print.
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    size = QPageSize.PageSizeId.A4 if paper_name() == "A4" else QPageSize.PageSizeId.Letter
    printer.setPageSize(QPageSize(size))
    preview = QPrintPreviewDialog(printer, parent)
    preview.setWindowTitle(tr("Print the bag"))

    def paint(device: QPrinter) -> None:
        paint_bag(device, page)

    def leave() -> None:
        # Speaks of the printer, which has to live as long as the preview that paints on it.
        printer.setDocName("")
        preview.deleteLater()

    preview.paintRequested.connect(paint)
    preview.finished.connect(leave)
    preview.resize(preview.sizeHint().expandedTo(QSize(820, 900)).boundedTo(_room(parent)))
    preview.open()
    return preview


def ask_pdf_path(parent: QWidget, name: str) -> Path | None:
    """Ask where to save; None when nothing was chosen."""
    chosen, _ = QFileDialog.getSaveFileName(
        parent, tr("Save as PDF"), str(usual_folder() / name), tr("PDF files (*.pdf)")
    )
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")


def save_pdf(page: BagPage, path: Path) -> None:
    """Write the page as a PDF file.

    Raises:
        InputRefused, DataReadOnly, DiskTrouble: it could not be written; the old file stays.
    """
    write_pdf(page, path, paper_name())


def _room(parent: QWidget) -> QSize:
    return parent.screen().availableGeometry().size()
