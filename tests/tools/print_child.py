"""Opens the papers for a visit of the made-up family and prints them as a person does.

    python print_child.py DATA_FOLDER PDF

It presses "Print…" and then the print dialog's own button, and saves the same pages as PDF to
compare. What the window says afterwards goes to standard output.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget

from caregiver_app.gui.bag.print_sheet import open_print
from caregiver_app.gui.theme import Theme
from caregiver_app.pages.printed import write_printed
from caregiver_app.services.demo import fill
from tests.fakes import FakeClock, Home

NOW = datetime(2026, 3, 20, 18, 4, tzinfo=UTC)


def main() -> None:
    """Print, and tell what came of it."""
    application = QApplication(sys.argv[:1])
    folder, target = map(Path, sys.argv[1:])
    home = Home(folder, FakeClock(NOW, "Europe/London"))
    fill(home.house)
    rosa = home.house.people.people()[0]
    visit = home.house.agenda.next_visit(rosa.id)
    assert visit is not None
    theme = Theme()
    theme.apply(application)
    window = QWidget()
    window.resize(1280, 860)
    window.show()
    sheet = open_print(home.house, theme, visit.id, window)
    sheet.choices.everything.click()
    sheet.choices.papers.set_value("A4")
    sheet.choices.changed.emit()
    sheet.primary.click()
    dialog = window.findChild(QPrintDialog)
    assert dialog is not None, sheet.trouble.text()
    print(dialog.printer().printerName())
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    application.processEvents()
    print(sheet.note.text())
    printed = sheet.printed()
    assert printed is not None
    write_printed(printed, target, "A4")
    sheet.done(0)
    home.close()


if __name__ == "__main__":
    main()
