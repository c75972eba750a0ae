"""Frame, head and foot of the reminder panel: how many, what time it is, and what is for all."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from caregiver_app.gui.reminder_buttons import arrow_after
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import IconButton, QuietButton
from caregiver_app.gui.widgets.chips import IconDisc
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import long_date, time_text, tr


def paint_frame(painter: QPainter, theme: Theme, box: QRect, head: int, foot: int) -> None:
    """Draw the ground of the panel and its outline; head ends and foot begins at these px."""
    painter.fillRect(box, theme.colour("card"))
    painter.fillRect(0, 0, box.width(), head, theme.colour("desk"))
    painter.fillRect(0, foot, box.width(), box.height() - foot, theme.colour("sunk"))
    painter.setPen(QPen(theme.colour("line"), 1))
    painter.drawLine(0, head - 1, box.width(), head - 1)
    painter.drawLine(0, foot, box.width(), foot)
    painter.setPen(QPen(theme.colour("edge"), 1))
    painter.drawRect(box.adjusted(0, 0, -1, -1))


class PanelHead(QWidget):
    """The heading, the day and the hour, and what closes the panel."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(IconDisc(theme, "reminder", ground="desk", size=26))
        titles = QVBoxLayout()
        titles.setSpacing(0)
        self.heading = Text("", "card_title")
        self.heading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._day = Text("", "second", "soft")
        titles.addStretch(1)
        titles.addWidget(self.heading)
        titles.addWidget(self._day)
        titles.addStretch(1)
        row.addLayout(titles, 1)
        self.close_button = IconButton(
            theme, "close", tr("Close; nothing is answered"), quiet=True, key_hint="Esc"
        )
        row.addWidget(self.close_button)

    def show_title(self, title: str, now: datetime) -> None:
        """Show a title, and the wall time `now`."""
        day = f"{long_date(now.date())}, {time_text(now)}"
        self.heading.setText(title)
        self.heading.setAccessibleName(f"{title}. {day}")
        self._day.setText(day)


class PanelFoot(QWidget):
    """What is so of all in the panel, what takes the last answer back, and "All later"."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 10, 8)
        self._state = Text("", "second", "soft")
        row.addWidget(self._state, 1)
        self.undo_button = QuietButton(
            theme, tr("Undo"), "undo", name=tr("Undo: take the last answer back")
        )
        row.addWidget(self.undo_button)
        self.all_later = QuietButton(theme, "", "open-list")
        self.menu = QMenu(self)
        self.all_later.setMenu(self.menu)
        row.addWidget(self.all_later)

    def show_state(self, count: int, state: str, *, undo: bool, later: bool) -> None:
        """Show what is so of all `count`, and what can be done; with nothing to say it is gone."""
        self._state.setText("" if undo else state)
        self.undo_button.setVisible(undo)
        self.all_later.setVisible(later)
        self.setVisible(undo or later or bool(state and count > 1))
        arrow_after(self.all_later, tr("All {count} later", count=count))
        about = tr("All later: everything here, {count}", count=count)
        self.all_later.setAccessibleName(about)
        self.menu.setAccessibleName(about)
