"""When something reminds: a chip for each time before, removable, a menu, and one's own time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from caregiver_app.gui.lead_words import lead_complaint, lead_words, read_lead, what_comes
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, tr

MOST: Final = 6
"""More times than this are a list that nobody reads."""
_PRESETS: Final = (10080, 2880, 1440, 120, 60, 30, 0)
_WHOLE_DAYS: Final = (10080, 2880, 1440, 0)


class LeadChips(QWidget):
    """The reminders. `value` is None while nobody changed the usual ones."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        usual: tuple[int, ...],
        own: tuple[int, ...] | None,
        *,
        title: str = "",
        told: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`title` says of what, where that is not plain; `told` adds the line of what rings."""
        super().__init__(parent)
        self._theme, self._title = theme, title
        self._usual, self._own = usual, own
        self._all_day = self._leaves = False
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        name = tr("Reminders") if not title else tr("Reminders: {what}", what=title)
        self.add = QuietButton(
            theme, tr("Add a reminder"), "add", name=_named(tr("Add a reminder"), title)
        )
        self._menu = QMenu(self.add)
        self.add.setMenu(self._menu)
        self.back = QuietButton(
            theme, tr("Back to the usual"), "undo", name=_named(tr("Back to the usual"), title)
        )
        self.back.clicked.connect(self._take_usual)
        self.typed = TypedLead(theme, title)
        self.typed.given.connect(self._give)
        self.typed.left.connect(self._put_typing_away)
        self.note = Text("", "second", "soft")
        self.note.setVisible(told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        # The ring around a chip must not touch the letters above it.
        column.setSpacing(7)
        column.addWidget(Text(title or tr("Reminders"), "second_strong"))
        for part in (self._chips, self.typed, self.note):
            column.addWidget(part)
        self.typed.hide()
        self.setAccessibleName(name)
        self._show()

    # -- What stands here -------------------------------------------------------------------------

    def value(self) -> tuple[int, ...] | None:
        """Return the minutes before the start; None for what is usual for its kind."""
        return self._own

    def leads(self) -> tuple[int, ...]:
        """Return the minutes that are shown."""
        return self._usual if self._own is None else self._own

    def set_value(self, own: tuple[int, ...] | None) -> None:
        """Show these, or the usual ones for None; no signal."""
        if own != self._own:
            self._own = own
            self._show()

    def set_usual(
        self, usual: tuple[int, ...], *, all_day: bool = False, leaves: bool = False
    ) -> None:
        """Show other usual ones, unless somebody chose others.

        `all_day` tells that there is no hour to count from, `leaves` that the time to leave rings.
        """
        if (usual, all_day, leaves) != (self._usual, self._all_day, self._leaves):
            self._usual, self._all_day, self._leaves = usual, all_day, leaves
            self._show()

    def complain(self) -> bool:
        """Take what was typed and not added yet; say what is wrong and return False if it can't."""
        return self.typed.isHidden() or not self.typed.field.value() or self.typed.give()

    # -- Changing ---------------------------------------------------------------------------------

    def _set(self, leads: set[int]) -> None:
        chosen = tuple(sorted(leads, reverse=True))
        self._own = None if chosen == self._usual else chosen
        self._show()
        self.changed.emit()

    def _take(self, lead: int) -> None:
        self._set({*self.leads(), lead})
        self._to_add()

    def _drop(self, lead: int) -> None:
        self._set({*self.leads()} - {lead})
        self._to_add()

    def _take_usual(self) -> None:
        self._own = None
        self._show()
        self.changed.emit()
        self._to_add()

    def _to_add(self) -> None:
        stop = self.add if self.add.isEnabled() else self.back
        stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self, lead: int) -> None:
        self._put_typing_away()
        self._take(lead)

    def _type(self) -> None:
        self.typed.show()
        self.typed.field.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_typing_away(self) -> None:
        self.typed.clear()
        self.typed.hide()
        self._to_add()

    # -- Showing ----------------------------------------------------------------------------------

    def _show(self) -> None:
        for kept in (self.add, self.back):
            self._flow.removeWidget(kept)
        self._flow.clear()
        for lead in self.leads():
            words = lead_words(lead, all_day=self._all_day)
            name = _named(tr("Take “{lead}” away", lead=words), self._title)
            chip = PlainButton(self._theme, words, "close", name=name)
            chip.clicked.connect(partial(self._dropped, lead))
            self._flow.addWidget(chip)
            chip.show()
        self._flow.addWidget(self.add)
        self._flow.addWidget(self.back)
        self.back.setVisible(self._own is not None)
        self._fill_menu()
        full = len(self.leads()) >= MOST
        self.add.setEnabled(not full)
        self.note.setText(self._said(full=full))
        self._chips.updateGeometry()

    def _dropped(self, lead: int, _on: bool = False) -> None:
        self._drop(lead)

    def _fill_menu(self) -> None:
        self._menu.clear()
        for lead in _WHOLE_DAYS if self._all_day else _PRESETS:
            if lead not in self.leads():
                self._add_action(lead_words(lead, all_day=self._all_day), partial(self._take, lead))
        self._menu.addSeparator()
        self._add_action(tr("Another time…"), self._type)

    def _add_action(self, words: str, act: Callable[[], None]) -> None:
        action = self._menu.addAction(words)
        action.triggered.connect(lambda _on=False: act())

    def _said(self, *, full: bool) -> str:
        said = what_comes(
            self.leads(), usual=self._own is None, all_day=self._all_day, leaves=self._leaves
        )
        if full:
            most = count_text(MOST, "{count} reminder", "{count} reminders")
            said = f"{said} {tr('{most} are enough; take one away to add another.', most=most)}"
        return said


class TypedLead(QWidget):
    """A field for a time that the menu does not offer. Enter adds it, Escape puts it away."""

    given = Signal(int)
    """The minutes that were typed."""
    left = Signal()

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.field = LineField(
            theme,
            _named(tr("How long before?"), title),
            hint=tr("For example 45 minutes, 3 hours or 2 days."),
        )
        self.ok = PlainButton(theme, tr("Add"), name=_named(tr("Add this time"), title))
        self.ok.clicked.connect(self.give)
        self.away = QuietButton(theme, tr("Never mind"))
        self.away.clicked.connect(self.left)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.ok)
        flow.addWidget(self.away)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        line = QHBoxLayout()
        line.addWidget(self.field, 3)
        line.addStretch(2)
        row.addLayout(line)
        row.addWidget(buttons)

    def give(self) -> bool:
        """Hand over what stands here; say what is wrong with it and return False otherwise."""
        lead = read_lead(self.field.value())
        if lead is None:
            self.field.set_error(lead_complaint(self.field.value()))
            self.field.control.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self.given.emit(lead)
        return True

    def clear(self) -> None:
        """Forget what was typed."""
        self.field.set_text("")
        self.field.set_error(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape are meant for this field, not for the form around it."""
        key = event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.give()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _named(words: str, title: str) -> str:
    return f"{title}: {words}" if title else words
