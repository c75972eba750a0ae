"""Pages on paper: a preview to print from, or a PDF file; both are painted by the same painter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPagedPaintDevice, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QWidget,
)

from caregiver_app.gui.places import usual_folder
from caregiver_app.gui.room import room_around
from caregiver_app.gui.words import tr
from caregiver_app.pages.paper import prepare, usual_paper
from caregiver_app.pages.printed import Printed, paint_printed


def paper_name() -> str:
    """Return "Letter" where that is the paper people buy, else "A4"."""
    return usual_paper()


def open_preview(
    paint: Callable[[QPagedPaintDevice], object], title: str, parent: QWidget
) -> QWidget:
    """Open a print preview of what `paint` paints over `parent` and return it."""
    # Imported here: it is large, and most starts never print.
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    prepare(printer, paper_name())
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


def has_printer() -> bool:
    """Tell whether a printer is set up on this computer."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def open_print_dialog(
    printed: Printed, paper: str, parent: QWidget, finished: Callable[[bool], None]
) -> QDialog:
    """Ask which printer, over `parent`, then print; return the window that asks.

    `finished` hears whether the printer took the pages; it hears nothing when nobody wanted to
    print after all. What is chosen there (paper, which way) is what the pages are laid out for.
    """
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    prepare(printer, paper, landscape=printed.landscape)
    printer.setDocName(printed.title)
    if printed.one_sided:
        printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr("Print"))
    options = QAbstractPrintDialog.PrintDialogOption
    dialog.setOption(options.PrintPageRange, False)
    # A file that is saved from here would not be private; saving as PDF has its own button.
    dialog.setOption(options.PrintToFile, False)
    for button in dialog.findChildren(QPushButton):
        # Qt's own form squeezes what our style makes wider.
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def take() -> None:
        drawn = paint_printed(printer, printed)
        finished(bool(drawn) and printer.printerState() != QPrinter.PrinterState.Error)

    dialog.accepted.connect(take)
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)
    return dialog


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
