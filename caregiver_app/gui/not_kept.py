"""The one answer to a failed write: what happened, "Try again", "Save a copy elsewhere".

Whatever form or tick was being kept says the sentence in its own place and keeps what was typed;
this sheet comes over it. What the program writes by itself is tried again by itself, without it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from caregiver_app.errors import UserError
from caregiver_app.gui.copy_sheet import CopySheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.trying import tried
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.takeout import TakeoutService

if TYPE_CHECKING:
    from caregiver_app.gui.main_window import MainWindow
    from caregiver_app.services.household import Household

Again = Callable[[], object]


class NotKeptSheet(CopySheet):
    """Says why nothing was kept, and offers both ways on; `words` is what was typed, "" for none.

    `save(path)` writes the copy; what it refuses is shown here.
    """

    def __init__(
        self,
        theme: Theme,
        sentence: str,
        words: str,
        save: Callable[[Path], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme,
            tr("This could not be kept"),
            icon="attention",
            role="warn",
            ground="warn_tint",
            primary=tr("Try again"),
            cancel=tr("Close"),
            width=560,
            parent=parent,
        )
        self.sentence = Text(sentence)
        self.add(self.sentence)
        still = tr("What you typed is still in the form.") if words else tr("Nothing was changed.")
        self.add(Text(still, "strong"))
        self.add_copy_button(theme, save, text=bool(words))
        what = (
            tr("A text file with what you typed can be put elsewhere, such as on a USB stick.")
            if words
            else tr("A backup of everything can be put elsewhere, such as on a USB stick.")
        )
        # The sentence belongs to the button below it.
        copy = QVBoxLayout()
        copy.setSpacing(6)
        copy.addWidget(Text(what, "second", "soft"))
        copy.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(copy)
        self.add(self.told)
        self.confirmed.connect(self.accept)


class NotKept(QObject):
    """Hears of each change of the person's own that could not be kept, and shows the sheet."""

    def __init__(self, window: MainWindow, house: Household, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._house, self._theme = window, house, theme
        self.sheet: NotKeptSheet | None = None
        house.care.not_kept = self.trouble

    def trouble(self, error: UserError) -> None:
        """Show the sheet once whatever failed has said so in its own place."""
        again, place = tried() or (None, QApplication.focusWidget())
        # Not within the failing change: its form still has to put itself right.
        QTimer.singleShot(0, self, partial(self._open, explain(error), again, place))

    def _open(self, sentence: str, again: Again | None, place: QWidget | None) -> None:
        leaving = self._window.leaving
        if leaving is not None and leaving.is_leaving:
            # The question at the door names it, and offers the same.
            return
        # Nothing lies over the emergency page, and what a window says that nobody sees is lost.
        if self._window.is_in_emergency or self.sheet is not None:
            return
        # What was pressed may have been made anew.
        widget = place if _is_there(place) else QApplication.focusWidget()
        over = self._window if widget is None else widget.window()
        if not over.isVisible():
            return
        if widget is not None and again is None:
            again = gesture(widget)
        words = typed_in(over)
        save = partial(self._write, words)
        self.sheet = sheet = NotKeptSheet(self._theme, sentence, words, save, parent=over)
        sheet.primary.setVisible(again is not None)
        sheet.finished.connect(partial(self._closed, sheet, again))
        sheet.open()

    def _closed(self, sheet: NotKeptSheet, again: Again | None, result: int) -> None:
        self.sheet = None
        sheet.deleteLater()
        if result and again is not None:
            QTimer.singleShot(0, self, partial(_do, again))

    def _write(self, words: str, path: Path) -> None:
        if words:
            TakeoutService(self._house).save(path, words.encode())
        else:
            self._house.backups.make(path)


def _is_there(widget: QWidget | None) -> bool:
    return widget is not None and shiboken6.isValid(widget) and widget.isVisible()


def _do(again: Again) -> None:
    again()


def gesture(widget: QWidget) -> Again | None:
    """Return what does once more what was done at `widget`; None where that can't be told.

    In a form that is its main button, wherever the keyboard was, unless another button was pressed.
    """
    window = widget.window()
    pressed = isinstance(widget, QAbstractButton) and not widget.isCheckable()
    if isinstance(window, Sheet) and not (pressed and window.isAncestorOf(widget)):
        return partial(_click, window.primary)
    if isinstance(widget, QAbstractButton):
        return partial(_click, widget)
    if isinstance(widget, QLineEdit):
        return partial(_press_enter, widget)
    return None


def _click(button: QAbstractButton) -> None:
    if _is_there(button):
        button.click()


def _press_enter(line: QLineEdit) -> None:
    if _is_there(line):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(line, key)


def typed_in(window: QWidget) -> str:
    """Return what stands in the fields of a window that can be seen, a line or more for each."""
    found: list[str] = []
    choices = isinstance(window, Sheet)
    for part in window.findChildren(QWidget):
        words = _words_of(part, choices=choices) if part.isVisible() else ""
        if words.strip():
            name = part.accessibleName()
            found.append(f"{name}: {words}" if name and name != words else words)
    return "".join(f"{one}\n" for one in found) if _has_text(window) else ""


def _words_of(part: QWidget, *, choices: bool) -> str:
    if isinstance(part, QLineEdit):
        return "" if part.isReadOnly() else part.text()
    if isinstance(part, QPlainTextEdit):
        return "" if part.isReadOnly() else part.toPlainText()
    if not choices:
        return ""
    if isinstance(part, QComboBox):
        return part.currentText()
    if isinstance(part, QAbstractButton) and part.isCheckable() and part.isChecked():
        return part.text() or part.accessibleName()
    return ""


def _has_text(window: QWidget) -> bool:
    return any(
        part.isVisible() and _words_of(part, choices=False).strip()
        for part in window.findChildren(QWidget)
    )
