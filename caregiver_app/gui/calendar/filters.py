"""Which kinds of appointment the calendar shows: a box to choose from, and a line that says so.

Nothing is ever forgotten behind it: while a kind is hidden, the line stands above the days.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import APPOINTMENT_TYPES
from caregiver_app.errors import UserError
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import TYPE_ICONS
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.chips import IconDisc
from caregiver_app.gui.widgets.text import ElidedText
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import count_text, tr
from caregiver_app.services.household import Household
from caregiver_app.values import value

_SETTING: Final = "calendar.hidden"
KIND_NAMES: Final = {
    "infusion": "Infusions",
    "follow-up": "Follow-up visits",
    "lab": "Lab tests",
    "medication": "Medicine times",
    "drive": "Drives",
    "other": "Other",
}
"""What the kinds of appointment are called as groups, in the order in which they are offered."""
_WIDTH: Final = 270


@value
class Filters:
    """What of the calendar is wanted: one person's or everybody's, which kinds (None: all)."""

    person: str | None = None
    kinds: frozenset[str] | None = None
    everyday: bool = True


class KindChoice:
    """The kinds that are hidden, as they were left."""

    def __init__(self, house: Household) -> None:
        self._house = house
        kept = house.settings.shown(_SETTING, "").split(",")
        self._hidden = frozenset(kept) & frozenset(APPOINTMENT_TYPES)

    @property
    def hidden(self) -> tuple[str, ...]:
        """The hidden kinds in the order in which they are offered."""
        return tuple(kind for kind in KIND_NAMES if kind in self._hidden)

    @property
    def kinds(self) -> frozenset[str] | None:
        """The kinds that are shown, None for all."""
        return frozenset(APPOINTMENT_TYPES) - self._hidden if self._hidden else None

    def show(self, kind: str, *, shown: bool) -> None:
        """Show or hide a kind."""
        self._keep(self._hidden - {kind} if shown else self._hidden | {kind})

    def show_all(self) -> None:
        """Hide nothing any more."""
        self._keep(frozenset())

    def _keep(self, hidden: frozenset[str]) -> None:
        self._hidden = hidden
        # Where nothing can be written, the next start shows all again.
        with suppress(UserError):
            self._house.settings.remember(calendar__hidden=",".join(self.hidden))


class FilterButton(QuietButton):
    """Opens the box of kinds."""

    changed = Signal()
    """Other kinds are shown now."""

    def __init__(self, theme: Theme, choice: KindChoice) -> None:
        super().__init__(theme, tr("Show"), "open-list", name=tr("What the calendar shows"))
        self._choice = choice
        self.box: KindBox | None = None
        """The box, once it was opened."""
        self.clicked.connect(self.open_box)

    def open_box(self) -> None:
        """Open the box below the button."""
        if self.box is None:
            self.box = KindBox(self._theme, self._choice, self)
            self.box.changed.connect(self.changed)
        self.box.open_at(self.mapToGlobal(QPoint(0, self.height() + 4)))


class KindBox(QFrame):
    """A row to tick for each kind."""

    changed = Signal()

    def __init__(self, theme: Theme, choice: KindChoice, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme, self._choice = theme, choice
        self.setProperty("card", True)
        self.setProperty("tone", "edge")
        self.setAccessibleName(tr("What the calendar shows"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(2)
        self.rows: dict[str, TickRow] = {}
        for kind, name in KIND_NAMES.items():
            row = self.rows[kind] = TickRow(theme, tr(name), fades=False, strong=False)
            row.state_changed.connect(self._turned)
            disc = IconDisc(theme, TYPE_ICONS[kind], role=kind, ground=f"{kind}-tint", size=32)
            line = QHBoxLayout()
            line.setSpacing(10)
            line.addWidget(row, 1)
            line.addWidget(disc)
            column.addLayout(line)
        self.all = QuietButton(theme, tr("Show all"))
        self.all.clicked.connect(self._show_all)
        column.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)

    def open_at(self, corner: QPoint) -> None:
        """Show the box below `corner`, or where it fits on that screen."""
        self._look()
        self.setFixedWidth(self._theme.px(_WIDTH))
        self.adjustSize()
        room = self.screen().availableGeometry()
        left = max(room.left(), min(corner.x(), room.right() - self.width()))
        top = max(room.top(), min(corner.y(), room.bottom() - self.height()))
        self.move(left, top)
        self.show()
        self.rows["infusion"].setFocus(Qt.FocusReason.PopupFocusReason)

    def _look(self) -> None:
        hidden = self._choice.hidden
        for kind, row in self.rows.items():
            row.set_state("open" if kind in hidden else "done")
        self.all.setEnabled(bool(hidden))

    def _turned(self) -> None:
        for kind, row in self.rows.items():
            shown = row.state == "done"
            if shown == (kind in self._choice.hidden):
                self._choice.show(kind, shown=shown)
        self._look()
        self.changed.emit()

    def _show_all(self) -> None:
        self._choice.show_all()
        self._look()
        self.rows["infusion"].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


class FilterNote(QWidget):
    """Says what is hidden, and shows it again; not there while nothing is."""

    changed = Signal()

    def __init__(self, theme: Theme, choice: KindChoice, parent: QWidget) -> None:
        super().__init__(parent)
        self._choice = choice
        self.words = ElidedText("", "second_strong", "soft")
        self.button = QuietButton(theme, tr("Show all"), name=tr("Show all kinds again"))
        self.button.clicked.connect(self._show_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.words, 0)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.look()

    def look(self) -> None:
        """Say what is hidden now."""
        hidden = self._choice.hidden
        said = count_text(len(hidden), "{count} kind hidden", "{count} kinds hidden")
        names = ", ".join(tr(KIND_NAMES[kind]) for kind in hidden)
        self.words.setText(tr("{said}: {names}", said=said, names=names))
        # Somebody who no longer sees a treatment has to be told louder.
        self.words.set_ink("warn" if "infusion" in hidden else "soft")
        self.setVisible(bool(hidden))

    def _show_all(self) -> None:
        self._choice.show_all()
        self.changed.emit()
