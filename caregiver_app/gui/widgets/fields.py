"""The plain kinds of `Field`: one line, several lines, a number, a choice, a zone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QListView,
    QPlainTextEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QWidget,
)

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.completing import ZoneInput, make_completer, zone_names
from caregiver_app.gui.widgets.field import ChoiceInput, Field, LineInput
from caregiver_app.gui.widgets.text import Text, plain_tooltip
from caregiver_app.gui.words import tr
from caregiver_app.messages import words

TITLE_LIMIT: Final = 200


class LineField(Field):
    """One line of text. `suggestions` are offered while typing, never forced."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        text: str = "",
        icon: str | None = None,
        hint: str = "",
        suggestions: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        self.line = LineInput(theme, icon)
        super().__init__(theme, label, self.line, hint=hint, parent=parent)
        if suggestions:
            self.set_suggestions(suggestions)
        self.line.setText(text)
        # A name that is longer than the field is read from its beginning.
        self.line.setCursorPosition(0)
        self.line.textChanged.connect(self._touched)

    def text(self) -> str:
        """Return what stands there, as typed."""
        return self.line.text()

    def value(self) -> str:
        """Return the text without white space around it."""
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        """Replace the text."""
        self.line.setText(text)

    def set_value(self, value: str) -> None:
        """Replace the text."""
        self.line.setText(value)

    def set_suggestions(self, suggestions: Sequence[str]) -> None:
        """Offer these while typing, found by any part of them."""
        self.line.setCompleter(make_completer(self.line, suggestions))


class TextInput(QPlainTextEdit):
    """Several lines, plain; Tab goes on to the next field."""

    def __init__(self, theme: Theme, rows: int) -> None:
        super().__init__()
        self._theme = theme
        self._rows = rows
        self.setTabChangesFocus(True)
        theme.changed.connect(self._settle)
        self._settle()

    def _settle(self) -> None:
        line = QFontMetrics(self._theme.font("body")).lineSpacing()
        self.setMinimumHeight(line * self._rows + self._theme.px(24))
        self.setMaximumHeight(line * max(self._rows, 8) + self._theme.px(24))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)


class TextField(Field):
    """Several lines of plain text."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        text: str = "",
        rows: int = 3,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.area = TextInput(theme, rows)
        super().__init__(theme, label, self.area, hint=hint, parent=parent)
        self.area.setPlainText(text)
        self.area.textChanged.connect(self._touched)

    def text(self) -> str:
        """Return what stands there, as typed."""
        return self.area.toPlainText()

    def value(self) -> str:
        """Return the text without white space around it."""
        return self.area.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Replace the text."""
        self.area.setPlainText(text)

    def set_value(self, value: str) -> None:
        """Replace the text."""
        self.area.setPlainText(value)


class NumberInput(LineInput):
    """A typed number: Up and Down count, the wheel is left to the page."""

    def __init__(self, theme: Theme, step: Callable[[int], None]) -> None:
        super().__init__(theme)
        self._step = step

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Count with the arrow keys."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if event.key() == Qt.Key.Key_Up else -1)
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class NumberField(Field):
    """A number as typed. `value()` is None where no number stands; nothing is ever corrected.

    `least` and `most` bound only the arrow keys: a typed number outside is for the form to explain.
    """

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        value: float | None = None,
        least: int = 0,
        most: int = 9999,
        suffix: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.line = NumberInput(theme, self._count)
        self._least, self._most = least, most
        unit = Text(suffix, "body", "soft", wrap=False) if suffix else None
        super().__init__(theme, label, self.line, hint=hint, beside=unit, parent=parent)
        if suffix:
            self.line.setAccessibleName(f"{label}, {suffix}")
        self.set_value(value)
        self.line.textChanged.connect(self._touched)

    def text(self) -> str:
        """Return what stands there, as typed."""
        return self.line.text()

    def number(self) -> Decimal | None:
        """Return the number exactly as typed (a comma counts as point), or None."""
        try:
            found = Decimal(self.line.text().strip().replace(",", "."))
        except InvalidOperation:
            return None
        return found if found.is_finite() else None

    def value(self) -> int | None:
        """Return the whole number that was typed, or None."""
        found = self.number()
        return None if found is None or found != found.to_integral_value() else int(found)

    def set_value(self, value: float | None) -> None:
        """Show a number, or nothing."""
        self.line.setText("" if value is None else f"{value:g}")

    def set_text(self, text: str) -> None:
        """Replace the text."""
        self.line.setText(text)

    def _count(self, step: int) -> None:
        now = self.value()
        wanted = self._least if now is None else now + step
        self.line.setText(str(min(self._most, max(self._least, wanted))))


class ChoiceField(Field):
    """One of a few; starts with nothing chosen unless `chosen` says otherwise."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        choices: Sequence[tuple[str, str]],
        *,
        chosen: str | None = None,
        placeholder: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`choices` are (key, words)."""
        self.box = ChoiceInput(theme)
        super().__init__(theme, label, self.box, hint=hint, parent=parent)
        self.box.setPlaceholderText(placeholder or tr("choose"))
        self.box.setView(QListView())
        self.box.setItemDelegate(QStyledItemDelegate(self.box))
        self.set_choices(choices, chosen)
        self.box.currentIndexChanged.connect(self._touched)

    def text(self) -> str:
        """Return the words of the choice."""
        return self.box.currentText()

    def value(self) -> str | None:
        """Return the key of the choice, or None."""
        found = self.box.currentData()
        return found if isinstance(found, str) else None

    def set_value(self, key: str | None) -> None:
        """Choose by key; None, or an unknown key, chooses nothing."""
        self.box.setCurrentIndex(-1 if key is None else self.box.findData(key))

    def set_text(self, text: str) -> None:
        """Choose by words."""
        self.box.setCurrentIndex(self.box.findText(text))

    def set_choices(self, choices: Sequence[tuple[str, str]], chosen: str | None = None) -> None:
        """Replace the choices; `changed` is not sent."""
        blocked = self.box.blockSignals(True)
        self.box.clear()
        for key, shown in choices:
            self.box.addItem(shown, key)
            tip = plain_tooltip(shown)
            self.box.setItemData(self.box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.set_value(chosen)
        self.box.blockSignals(blocked)
        self.box.update()


class ZoneField(Field):
    """A time zone by its IANA name, found by any part of it or by a country; kept as typed.

    Return and Tab take what is highlighted in the list, or the only name that fits; never a zone
    whose name and countries do not contain the typed words. Anything else stays, and leaving the
    field says so.
    """

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        zone: str = "",
        names: Callable[[], Sequence[str]] | None = None,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.line = ZoneInput(theme, names or zone_names)
        super().__init__(theme, label, self.line, hint=hint, parent=parent)
        self.line.setText(zone)
        self.line.textChanged.connect(self._touched)
        self.line.left.connect(self._left)

    def text(self) -> str:
        """Return what stands there, as typed."""
        return self.line.text()

    def value(self) -> str:
        """Return the name that stands there; `is_known` tells whether it is a zone."""
        return self.line.name() or self.line.text().strip()

    def set_value(self, value: str) -> None:
        """Show a zone."""
        self.line.setText(value)

    def set_text(self, text: str) -> None:
        """Replace the text."""
        self.line.setText(text)

    def is_known(self) -> bool:
        """Return whether the text is the name of a zone."""
        return bool(self.line.name())

    def _left(self) -> None:
        name = self.line.name()
        if name and name != self.line.text():
            self.line.setText(name)
        elif self.value() and not name:
            self.set_error(words("time.unknown_zone", zone=self.value()))
