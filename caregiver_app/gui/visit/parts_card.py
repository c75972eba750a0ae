"""What a visit brings: each part with its state and its door, and which of them it does without."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.emergency.parts import Picture
from caregiver_app.gui.part_words import part_name, part_note
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.visit.model import PartLine
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.fold import Fold
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import count_text, tr
from caregiver_app.services.visits import Part

_SIGN: Final = 20


class PartRow(QWidget):
    """One part: icon, name, how it stands, its button, and its steps below."""

    def __init__(self, theme: Theme, line: PartLine) -> None:
        super().__init__()
        self._theme, self.line = theme, line
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addStretch(1)
        said.addWidget(Text(line.title, "strong"))
        self.state = Text(line.state, "second", line.ink)
        self.state.setVisible(bool(line.state))
        said.addWidget(self.state)
        said.addStretch(1)
        sign = Picture(theme, "done" if line.done else line.icon, "primary", _SIGN)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(said, 1)
        self._top.addLayout(head, 1)
        self.button = PlainButton(theme, line.button)
        self.button.setAccessibleName(f"{line.button}: {line.title}")
        self.button.setVisible(bool(line.button))
        self._top.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(2)
        column.addLayout(self._top)
        self._below = QVBoxLayout()
        self._below.setSpacing(2)
        column.addLayout(self._below)
        self.ticks: dict[str, TickRow] = {}
        for step in line.steps:
            state = "done" if step.done else "open"
            tick = self.ticks[step.reminder] = TickRow(theme, step.text, state=state, strong=False)
            self._below.addWidget(tick)
        theme.changed.connect(self._turn)
        self._turn()

    def _turn(self) -> None:
        way = QBoxLayout.Direction
        large = self._theme.scale >= LARGE_TEXT
        self._top.setDirection(way.TopToBottom if large else way.LeftToRight)
        # Below the name, not below the icon.
        self._below.setContentsMargins(self._theme.px(_SIGN) + 12, 0, 0, 0)


class PartsCard(Card):
    """The parts that are on, and behind a fold a tick for each of them."""

    wanted = Signal(object)
    """The `PartLine` whose button was pressed."""
    ticked = Signal(str, bool)
    """The reminder of a step, and whether it is done now."""
    switched = Signal(str, bool)
    """The key of a part, and whether this visit brings it now."""
    as_plan = Signal()
    """The visit shall bring what its plan brings."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("What this visit brings"))
        self.body.setSpacing(4)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.rows: dict[str, PartRow] = {}
        self.none = Text(tr("This visit does without all of it."), "second", "soft")
        self.add(self.none)
        self.fold = Fold(theme, tr("Not everything is needed?"), role="strong")
        said = tr("Untick what this visit does without. The plan’s other visits stay as they are.")
        self.fold.add(Text(said, "second", "soft"))
        self.switches: dict[str, TickRow] = {}
        self.plan_button = QuietButton(theme, tr("As the plan says"), "undo")
        self.plan_button.clicked.connect(self.as_plan)
        self._lines: list[PartLine] = []

    def show_parts(self, parts: Sequence[Part], lines: Sequence[PartLine]) -> None:
        """Show what the visit brings now; the keyboard stays where it is."""
        if list(lines) != self._lines:
            self._lines = list(lines)
            focused = self._focused()
            self._show_lines(lines)
            if focused in self.rows:
                self.rows[focused].button.setFocus()
        self.none.setVisible(not lines)
        if not self.switches:
            self._make_switches(parts)
        for part in parts:
            tick = self.switches[part.key]
            tick.set_state("done" if part.on else "open")
            own = tr("not for this visit") if not part.on else tr("for this visit alone")
            fact = own if part.own else ""
            tick.set_words(part_name(part.key), note=part_note(part.key), fact=fact)
        off = sum(not part.on for part in parts)
        self.fold.head.set_summary(
            count_text(off, "{count} part is off", "{count} parts are off") if off else ""
        )
        self.plan_button.setVisible(any(part.own for part in parts))

    def _focused(self) -> str:
        return next((key for key, row in self.rows.items() if row.button.hasFocus()), "")

    def _show_lines(self, lines: Sequence[PartLine]) -> None:
        clear_layout(self._rows)
        self.rows = {}
        for number, line in enumerate(lines):
            if number:
                self._rows.addWidget(Rule())
            row = self.rows[line.key] = PartRow(self._theme, line)
            row.button.clicked.connect(lambda _on=False, one=line: self.wanted.emit(one))
            for reminder, tick in row.ticks.items():
                tick.state_changed.connect(partial(self._ticked, reminder))
            self._rows.addWidget(row)

    def _ticked(self, reminder: str, state: str) -> None:
        self.ticked.emit(reminder, state == "done")

    def _switched(self, key: str, state: str) -> None:
        self.switched.emit(key, state == "done")

    def _make_switches(self, parts: Sequence[Part]) -> None:
        for part in parts:
            tick = TickRow(
                self._theme,
                part_name(part.key),
                note=part_note(part.key),
                strong=False,
                fades=False,
            )
            tick.state_changed.connect(partial(self._switched, part.key))
            self.switches[part.key] = tick
            self.fold.add(tick)
        self.fold.body.addWidget(self.plan_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.fold)


class KitCard(Card):
    """What has to be at hand for an injection at home, and where the last one went."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Have at hand"))
        self.list = Text("")
        self.site = Text("", "second", "soft")
        self.add(self.list)
        self.add(self.site)

    def show_kit(self, kit: Sequence[str], site: str) -> None:
        """Show the list and the last place on the body."""
        none = tr("Nothing is listed yet. The plan holds the list.")
        self.list.setText("\n".join(f"•  {one}" for one in kit) or none)
        self.site.setText(tr("Place on the body, last time: {site}", site=site) if site else "")
        self.site.setVisible(bool(site))
