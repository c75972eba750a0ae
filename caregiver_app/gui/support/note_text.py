"""`NoteField`: several lines of plain text that are kept exactly as they were typed or pasted.

Qt's own text box makes line feeds of some characters and spaces of others, and takes minutes for
a pasted line of a megabyte. So characters that it takes for the end of a paragraph lie in it as
signs that stand for them, and a very long line lies in it in pieces.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.undo_key import means_last_change
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import TextInput
from caregiver_app.services.support_checks import kept_text

PIECE: Final = 2_000
"""Characters of a line that lie in one piece; a longer line is broken where it is shown."""
_TAKEN_FOR_ENDS: Final = "\u2029\ufdd0\ufdd1"
_STAND_INS: Final = "".join(map(chr, range(0xFDD2, 0xFDF0)))
_PARAGRAPH: Final = "\u2029"
_GOES_ON: Final = int(QTextFormat.Property.UserProperty) + 1


class StandIns:
    """Signs that stand for the characters which a text box would change; there and back again.

    They are characters that no text should hold. A text that does hold one is told apart: another
    sign then stands for it.
    """

    def __init__(self) -> None:
        self._signs: dict[str, str] = {}

    def given(self, text: str) -> str:
        """Return a text as it can lie in the box."""
        wanted = [one for one in _TAKEN_FOR_ENDS + _STAND_INS if one in text]
        for one in wanted:
            if one not in self._signs:
                self._signs[one] = self._free(text)
        return text.translate(str.maketrans(self._signs)) if wanted else text

    def taken(self, text: str) -> str:
        """Return a text of the box as it was typed."""
        if not self._signs:
            return text
        return text.translate(str.maketrans({sign: one for one, sign in self._signs.items()}))

    def _free(self, text: str) -> str:
        used = set(self._signs.values())
        free = (one for one in _STAND_INS if one not in used and one not in text)
        # A text with all of them in it is nobody's writing: one of them is then shown as unknown.
        return next(free, "\N{REPLACEMENT CHARACTER}")


class NoteInput(TextInput):
    """Several lines, exactly as typed; grows with its lines from `rows` up to `most`."""

    left = Signal()
    """The keyboard went elsewhere."""

    def __init__(self, theme: Theme, rows: int, most: int) -> None:
        self._stand_ins = StandIns()
        self._has_pieces = self._is_growing = False
        self._rows_least, self._rows_most = rows, most
        super().__init__(theme, rows)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        theme.changed.connect(self._grow)
        self._grow()

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window while there is nothing to take back in here."""
        return means_last_change(self, event) or super().event(event)

    # -- The text ---------------------------------------------------------------------------------

    def exact(self) -> str:
        """Return what stands here, as it was typed."""
        document = self.document()
        raw = "".join(_with_ends(document)) if self._has_pieces else document.toRawText()
        return self._stand_ins.taken(raw.replace(_PARAGRAPH, "\n"))

    def set_exact(self, text: str) -> None:
        """Show another text from its beginning; nothing of it can be taken back in the box."""
        blocked = self.document().blockSignals(True)
        self.setPlainText("")
        self._stand_ins, self._has_pieces = StandIns(), False
        self._insert(text)
        self.document().clearUndoRedoStacks()
        self.document().blockSignals(blocked)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.textChanged.emit()
        self._grow()

    def selected(self) -> str:
        """Return the marked part, as it was typed."""
        cursor = self.textCursor()
        raw = self._selected_pieces(cursor) if self._has_pieces else cursor.selectedText()
        return self._stand_ins.taken(raw.replace(_PARAGRAPH, "\n"))

    def _selected_pieces(self, cursor: QTextCursor) -> str:
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        block = self.document().findBlock(start)
        parts: list[str] = []
        # A marked end of a paragraph reaches to the first place of the next one.
        while block.isValid() and block.position() <= end:
            if parts and not _goes_on(block.blockFormat()):
                parts.append(_PARAGRAPH)
            units = block.text().encode("utf-16-le", "surrogatepass")
            low = 2 * max(0, start - block.position())
            parts.append(units[low : 2 * (end - block.position())].decode("utf-16-le", "replace"))
            block = block.next()
        return "".join(parts)

    def _insert(self, text: str) -> None:
        """Put a text where the cursor is, in place of what is marked."""
        lines = self._stand_ins.given(kept_text(text)).split("\n")
        cursor = self.textCursor()
        cursor.beginEditBlock()
        _remove_marked(cursor)
        batch: list[str] = []
        for place, line in enumerate(lines):
            if len(line) <= PIECE:
                batch.append(line)
                continue
            _put_lines(cursor, batch, new=place > len(batch))
            batch = []
            self._put_long(cursor, line, new=place > 0)
        _put_lines(cursor, batch, new=len(lines) > len(batch))
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def _put_long(self, cursor: QTextCursor, line: str, *, new: bool) -> None:
        self._has_pieces = True
        for place, piece in enumerate(_pieces(line)):
            if place:
                shape = QTextBlockFormat()
                shape.setProperty(_GOES_ON, True)
                cursor.insertBlock(shape)
            elif new:
                cursor.insertBlock(QTextBlockFormat())
            cursor.insertText(piece)

    # -- Qt ---------------------------------------------------------------------------------------

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take what is pasted or dropped as it is."""
        if source.hasText() and not self.isReadOnly():
            self._insert(source.text())
            self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Give what is copied or dragged as it is."""
        data = QMimeData()
        data.setText(self.selected())
        return data

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins a new paragraph, with Shift as well: a note knows no other line."""
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._has_pieces and not self.isReadOnly() and self._removes(event):
            return
        if enter and plain and not self.isReadOnly():
            cursor = self.textCursor()
            cursor.beginEditBlock()
            _remove_marked(cursor)
            # What follows goes on with a long line where this paragraph's end lies within one.
            cursor.insertBlock(QTextBlockFormat())
            cursor.endEditBlock()
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
            return
        super().keyPressEvent(event)

    def _removes(self, event: QKeyEvent) -> bool:
        """Remove what the key takes away across the ends of pieces; tell if that was all of it.

        Qt gives what is left of two paragraphs the shape of the second where the first is empty.
        """
        cursor, key = self.textCursor(), event.key()
        back, forth = key == Qt.Key.Key_Backspace, key == Qt.Key.Key_Delete
        way, modifier = QTextCursor.MoveOperation, Qt.KeyboardModifier
        if not cursor.hasSelection():
            if back and cursor.atBlockStart():
                cursor.movePosition(way.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor)
            elif forth and cursor.atBlockEnd():
                cursor.movePosition(way.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
            else:
                return False
        cuts = event.matches(QKeySequence.StandardKey.Cut)
        if cuts:
            self.copy()
        held = event.modifiers() & (modifier.ControlModifier | modifier.AltModifier)
        # Both together are how some keyboards write a sign.
        plain = held in (modifier.NoModifier, modifier.ControlModifier | modifier.AltModifier)
        types = plain and event.text() != "" and event.text().isprintable()
        if not (back or forth or cuts or types):
            return False
        cursor.beginEditBlock()
        _remove_marked(cursor)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        return not types

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard went elsewhere; a menu over the box is no elsewhere."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _settle(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _grow(self) -> None:
        if self._is_growing:
            return
        self._is_growing = True
        line, lines = self.fontMetrics().lineSpacing(), self._lines()
        self._is_growing = False
        shown = max(self._rows_least, min(self._rows_most, lines))
        scrolls = lines > self._rows_most
        around = self._theme.px(24)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff
        )
        height = max(self._theme.px(44), line * shown + around)
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)

    def _lines(self) -> int:
        """Return how many lines the text has as it is wrapped; of many, only that they are many."""
        layout, block, lines = self.document().documentLayout(), self.document().begin(), 0
        while block.isValid() and lines <= self._rows_most:
            # What is not seen yet Qt leaves unwrapped until somebody asks how tall it is.
            layout.blockBoundingRect(block)
            lines += max(1, block.layout().lineCount())
            block = block.next()
        return lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the lines otherwise."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()


class NoteField(Field):
    """A label, and below it a text that is kept exactly."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        rows: int = 1,
        most: int = 6,
        parent: QWidget | None = None,
    ) -> None:
        self.area = NoteInput(theme, rows, most)
        super().__init__(theme, label, self.area, parent=parent)
        self.area.textChanged.connect(self._touched)

    def text(self) -> str:
        """Return what stands there, exactly as typed."""
        return self.area.exact()

    def set_text(self, text: str) -> None:
        """Replace the text."""
        self.area.set_exact(text)


def _remove_marked(cursor: QTextCursor) -> None:
    """Remove the marked part; the paragraph that it began in stays of the shape that it has."""
    if cursor.hasSelection():
        shape = cursor.document().findBlock(cursor.selectionStart()).blockFormat()
        cursor.removeSelectedText()
        cursor.setBlockFormat(shape)


def _pieces(line: str) -> Iterator[str]:
    """Return a long line in pieces, each ending after a space where there is one near."""
    begin = 0
    while begin < len(line):
        end = begin + PIECE
        if end < len(line):
            gap = line.rfind(" ", end - PIECE // 4, end)
            end = gap + 1 if gap > 0 else end
        yield line[begin:end]
        begin = end


def _put_lines(cursor: QTextCursor, lines: list[str], *, new: bool) -> None:
    """Put lines at a cursor; the first goes on in its paragraph unless it is `new`."""
    if not lines:
        return
    first, rest = ([], lines) if new else (lines[:1], lines[1:])
    if first:
        cursor.insertText(first[0])
    if rest:
        # Paragraphs made by inserting would go on with a long line where this one does.
        cursor.insertBlock(QTextBlockFormat())
        cursor.insertText("\n".join(rest))


def _with_ends(document: QTextDocument) -> Iterator[str]:
    block = document.begin()
    while block.isValid():
        if block.blockNumber() and not _goes_on(block.blockFormat()):
            yield _PARAGRAPH
        yield block.text()
        block = block.next()


def _goes_on(shape: QTextBlockFormat) -> bool:
    return shape.boolProperty(_GOES_ON)
