"""What the pages of the first steps share: title, sentence, fields, and where an error goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.errors import FormRefused, UserError
from caregiver_app.gui.calendar.form.forms import Trouble
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.field import Field, field_row
from caregiver_app.gui.widgets.text import Text
from caregiver_app.messages import explain


class StepPage(QWidget):
    """One step. `keep` stores what stands in it, as one change; `load` shows what is kept."""

    settled = Signal()
    """Whether the step can be left may have changed."""
    over = Signal()
    """The step was finished in another way than by Next."""
    key: ClassVar[str] = ""

    def __init__(self, theme: Theme, title: str, sentence: str) -> None:
        super().__init__()
        self.theme = theme
        self.title = Text(title, "prompt")
        self.sentence = Text(sentence, "body", "soft")
        self.trouble = Trouble(theme)
        self._rows: list[QBoxLayout] = []
        self._kept: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(14)
        self.column.addWidget(self.title)
        self.column.addWidget(self.sentence)
        self.column.addSpacing(8)
        self.column.addWidget(self.trouble)
        self.setAccessibleName(title)
        theme.changed.connect(self._turn_rows)

    # -- What each step answers -------------------------------------------------------------------

    def load(self) -> None:
        """Show what is kept; what was typed since stays."""

    def keep(self) -> bool:
        """Keep what was typed; False when something is missing, which then says so.

        Raises:
            UserError: it cannot be taken, or could not be written.
        """
        return True

    def is_ready(self) -> bool:
        """Tell whether the step can be ended."""
        return True

    def begin(self) -> None:
        """Do what belongs to coming here."""

    def leave(self) -> None:
        """Do what belongs to going away."""

    def fields_by_name(self) -> dict[str, Field]:
        """Return the fields by the names under which errors come."""
        return {}

    def first_stop(self) -> QWidget:
        """Return what gets the keyboard when the step opens."""
        fields = self.fields_by_name().values()
        return next((one.control for one in fields if one.isVisibleTo(self)), self)

    # -- What is kept and what was typed ----------------------------------------------------------

    def show_kept(self, kept: Mapping[str, str]) -> None:
        """Show by field name what is kept, where it is new and nothing else was typed since."""
        fields = self.fields_by_name()
        for name, text in kept.items():
            field, before = fields[name], self._kept.get(name)
            self._kept[name] = text
            if text != before and field.text() == self._shown.get(name, ""):
                field.set_text(text)
                self._shown[name] = field.text()

    def took(self) -> None:
        """What stands in the fields was kept: it counts as shown, no longer as typed."""
        self._shown = {name: field.text() for name, field in self.fields_by_name().items()}
        self.load()

    # -- Building ---------------------------------------------------------------------------------

    def add(self, widget: QWidget) -> None:
        """Put `widget` below what is there."""
        self.column.addWidget(widget)

    def row_of(self, *widgets: QWidget, stretches: Sequence[int] = ()) -> QBoxLayout:
        """Return widgets side by side; at large text they stand below each other."""
        row = field_row(*widgets, stretches=tuple(stretches), spacing=14)
        self._rows.append(row)
        self._turn_rows()
        return row

    def _turn_rows(self) -> None:
        way = QBoxLayout.Direction
        large = self.theme.scale >= LARGE_TEXT
        for row in self._rows:
            row.setDirection(way.TopToBottom if large else way.LeftToRight)

    # -- Errors -----------------------------------------------------------------------------------

    def explain(self, error: UserError) -> None:
        """Put each error beside its field, what belongs to none on top; go to the first."""
        errors: Sequence[UserError] = error.errors if isinstance(error, FormRefused) else [error]
        fields = self.fields_by_name()
        homeless: list[str] = []
        for one in errors:
            field = fields.get(one.field or "")
            if field is None or not field.isVisibleTo(self):
                homeless.append(explain(one))
            else:
                field.set_error(explain(one))
        self.trouble.say(" ".join(homeless))
        self.focus_first_error()

    def focus_first_error(self) -> None:
        """Give the keyboard to the first field that has something to say."""
        for field in self.fields_by_name().values():
            if field.error() and field.isVisibleTo(self):
                field.control.setFocus(Qt.FocusReason.OtherFocusReason)
                return
