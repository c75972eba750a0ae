"""The starting visits of a plan as editable numbers, with one more and one less."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from caregiver_app.gui.reading_order import follow_layout
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import NumberInput
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.words import tr

_BETWEEN: Final = re.compile(r"[\s,;]+")
_AT_ENDS: Final = " \t,;"
_MOST_AT_ONCE: Final = 60
"""A longer list is no list of starting visits, and each number is a field."""


class OffsetInput(NumberInput):
    """One number; a cross inside takes it away again. The first is 0, stays, takes no focus."""

    removed = Signal(object)
    listed = Signal(object, object)
    """Itself and the several numbers that were typed or pasted into it, as a list of texts."""

    def __init__(self, theme: Theme, value: str, *, first: bool) -> None:
        super().__init__(theme, self._count)
        self.setText(value)
        self.setReadOnly(first)
        if first:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setEnabled(False)
        self.textEdited.connect(self._look_for_list)
        self._cross: QToolButton | None = None
        if not first:
            self._cross = QToolButton(self)
            self._cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._cross.setCursor(Qt.CursorShape.ArrowCursor)
            self._cross.clicked.connect(lambda: self.removed.emit(self))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._dress)
        self._dress()

    def name(self, number: int, unit: str) -> None:
        """Tell a screen reader which visit this is."""
        self.setAccessibleName(tr("Starting visit {number}, {unit}", number=number, unit=unit))
        if self._cross is not None:
            words = tr("Take starting visit {number} away", number=number)
            self._cross.setAccessibleName(words)
            self._cross.setToolTip(words)

    def stops(self) -> list[QWidget]:
        """Return what takes the keyboard here, in reading order."""
        return [] if self._cross is None else [self, self._cross]

    def sizeHint(self) -> QSize:
        """Room for four figures and the cross."""
        return QSize(self._theme.px(84), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the cross at the right."""
        super().resizeEvent(event)
        if self._cross is not None:
            side = self._theme.px(36)
            self._cross.setGeometry(
                self.width() - side - 4, (self.height() - side) // 2, side, side
            )

    def _count(self, step: int) -> None:
        text = self.text().strip()
        if not self.isReadOnly():
            self.setText(str(max(0, (int(text) if text.isdecimal() else 0) + step)))

    def _look_for_list(self, text: str) -> None:
        parts = [part for part in _BETWEEN.split(text) if part]
        numbers = all(part.isascii() and part.isdecimal() for part in parts)
        if numbers and 1 < len(parts) <= _MOST_AT_ONCE:
            self.listed.emit(self, parts)

    def _dress(self) -> None:
        if self._cross is not None:
            self._cross.setIcon(self._theme.icon("close", "soft", 14))
            side = self._theme.icon_px(14)
            self._cross.setIconSize(QSize(side, side))
            self.setTextMargins(0, 0, self._theme.px(30), 0)


class _Row(QWidget):
    """Hands the focus on. Not by a proxy: Tab would stop there, out of turn."""

    focused = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that somebody came."""
        super().focusInEvent(event)
        self.focused.emit()


class OffsetsField(Field):
    """How many weeks (or days, months) after the first each starting visit is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._row = _Row()
        self._flow = FlowLayout(self._row)
        self._inputs: list[OffsetInput] = []
        self._unit = tr("weeks from the first")
        self.add = PlainButton(theme, tr("Add"), "add", name=tr("Add a starting visit"))
        super().__init__(theme, "", self._row, parent=parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._row.setSizePolicy(policy)
        self._flow.addWidget(self.add)
        self.add.clicked.connect(self._add_one)
        self._row.focused.connect(self._focus_last)
        self.set_value((0,))
        self.set_unit(self._unit)

    def text(self) -> str:
        """Return the numbers as typed."""
        return ", ".join(one.text() for one in self._inputs)

    def set_text(self, text: str) -> None:
        """Replace the numbers."""
        self._set([part.strip() for part in text.split(",")])

    def value(self) -> tuple[int, ...] | None:
        """Return the numbers; None when one of them is none."""
        found: list[int] = []
        for one in self._inputs:
            text = one.text().strip(_AT_ENDS)
            if not text.isascii() or not text.isdecimal() or len(text) > 6:
                return None
            found.append(int(text))
        return tuple(found)

    def set_value(self, value: Sequence[int]) -> None:
        """Show these numbers."""
        self._set([str(number) for number in value])

    def set_unit(self, words: str) -> None:
        """Say what is counted: "weeks from the first"."""
        self._unit = words
        self.set_label(tr("Starting visits, {unit}", unit=words))
        self._name()

    def inputs(self) -> Sequence[OffsetInput]:
        """Return the single inputs, in order."""
        return self._inputs

    def _outlined(self) -> list[QWidget]:
        return list(self._inputs)

    def _set(self, texts: Sequence[str]) -> None:
        for old in self._inputs:
            self._drop(old)
        self._inputs = [self._input(text, first=not n) for n, text in enumerate(texts)]
        self._lay()

    def _input(self, text: str, *, first: bool) -> OffsetInput:
        made = OffsetInput(self._theme, text, first=first)
        made.textChanged.connect(self._touched)
        made.removed.connect(self._remove)
        made.listed.connect(self._spread)
        return made

    def _add_one(self) -> None:
        made = self._input("", first=False)
        self._inputs.append(made)
        self._lay()
        made.setFocus(Qt.FocusReason.TabFocusReason)

    def _focus_last(self) -> None:
        last = self._inputs[-1] if len(self._inputs) > 1 else self.add
        last.setFocus(Qt.FocusReason.OtherFocusReason)

    def _spread(self, one: OffsetInput, parts: Sequence[str]) -> None:
        """Give each number of a list a field of its own; empty ones that follow are used first."""
        place = self._inputs.index(one)
        if int(parts[0]) == 0:  # the first visit stands there already
            parts = parts[1:]
        one.setText(parts[0])
        for text in parts[1:]:
            place += 1
            if place == len(self._inputs) or self._inputs[place].text().strip():
                self._inputs.insert(place, self._input("", first=False))
            self._inputs[place].setText(text)
        self._lay()
        # What is typed next goes on where the list ended.
        self._inputs[place].setFocus(Qt.FocusReason.OtherFocusReason)
        self._inputs[place].end(False)

    def _remove(self, one: OffsetInput) -> None:
        place = self._inputs.index(one)
        self._inputs.remove(one)
        self._drop(one)
        self._lay()
        before = self._inputs[place - 1]
        (before if place > 1 else self.add).setFocus(Qt.FocusReason.TabFocusReason)

    def _drop(self, one: OffsetInput) -> None:
        self._flow.removeWidget(one)
        one.hide()
        one.deleteLater()

    def _lay(self) -> None:
        self._flow.removeWidget(self.add)
        for one in self._inputs:
            self._flow.removeWidget(one)
            self._flow.addWidget(one)
            one.show()
        self._flow.addWidget(self.add)
        # New ones are made at the end.
        follow_layout(self.window())
        self._row.updateGeometry()
        self._name()
        self._touched()

    def _name(self) -> None:
        for number, one in enumerate(self._inputs, start=1):
            one.name(number, self._unit)
