"""Pages on paper: a preview to print from, or a PDF file; both are painted by the same painter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QKeySequence, QPagedPaintDevice, QPageSize, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QToolBar,
    QToolButton,
    QWidget,
)

from caregiver_app.gui.places import usual_folder
from caregiver_app.gui.room import room_around
from caregiver_app.gui.words import tr


def paper_name() -> str:
    """Return "Letter" where that is the paper people buy, else "A4"."""
    metric = QLocale.system().measurementSystem() == QLocale.MeasurementSystem.MetricSystem
    return "A4" if metric else "Letter"


def open_preview(
    paint: Callable[[QPagedPaintDevice], object], title: str, parent: QWidget
) -> QWidget:
    """Open a print preview of what `paint` paints over `parent` and return it."""
    # Imported here: it is large, and most starts never print.
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    size = QPageSize.PageSizeId.A4 if paper_name() == "A4" else QPageSize.PageSizeId.Letter
    printer.setPageSize(QPageSize(size))
    preview = QPrintPreviewDialog(printer, parent)
    preview.setWindowTitle(title)

    def painted(device: QPrinter) -> None:
        paint(device)

    def leave() -> None:
        # Speaks of the printer, which has to live as long as the preview that paints on it.
        printer.setDocName("")
        preview.deleteLater()

    _reach_by_keys(preview)
    preview.paintRequested.connect(painted)
    preview.finished.connect(leave)
    preview.resize(preview.sizeHint().expandedTo(QSize(820, 900)).boundedTo(_room(parent)))
    preview.open()
    return preview


def _reach_by_keys(preview: QDialog) -> None:
    """Let Tab and Enter come to the buttons of the preview, and name what has no name."""
    for bar in preview.findChildren(QToolBar):
        bar.addAction(tr("Close"), preview.reject)
    buttons = [one for one in preview.findChildren(QToolButton) if one.toolTip()]
    for button in buttons:
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        enter = QShortcut(QKeySequence(Qt.Key.Key_Return), button)
        enter.setContext(Qt.ShortcutContext.WidgetShortcut)
        enter.activated.connect(button.click)
    for box in preview.findChildren(QComboBox):
        box.setAccessibleName(tr("Size on the screen"))
    for line in preview.findChildren(QLineEdit):
        zooms = isinstance(line.parentWidget(), QComboBox)
        line.setAccessibleName(tr("Size on the screen") if zooms else tr("Page"))
    if len(buttons) > 1:
        # The one before prints, which is what one came for.
        buttons[-2].setFocus(Qt.FocusReason.TabFocusReason)


def ask_pdf_path(parent: QWidget, name: str) -> Path | None:
    """Ask where to save; None when nothing was chosen."""
    chosen, _ = QFileDialog.getSaveFileName(
        parent, tr("Save as PDF"), str(usual_folder() / name), tr("PDF files (*.pdf)")
    )
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")


def _room(parent: QWidget) -> QSize:
    return room_around(parent).size()
