"""The week on its card: the grid of hours within a rounded outline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from caregiver_app.gui.calendar.month_view import MonthFrame
from caregiver_app.gui.calendar.week.grid import WeekGrid
from caregiver_app.gui.calendar.week.model import WeekShown
from caregiver_app.gui.reading_order import FocusHand
from caregiver_app.gui.theme import Theme


class WeekView(FocusHand):
    """Shows a `WeekShown`; it changes nothing, but says what somebody wants.

    Times and dates are the reader's; `grid` is what takes the keyboard.
    """

    day_chosen = Signal(object)
    """A day was chosen, a `date`, or another item on it (`chosen_key`)."""
    opened = Signal(str)
    """The key of what is to be opened."""
    add_asked = Signal(object, object)
    """Something is to be added: a `date`, and a `time` or None for the whole day."""
    moved = Signal(str, object, object)
    """A key, the `date` and the `time` to which it was dragged; None for whole days."""
    stretched = Signal(str, int)
    """A key, and how many minutes it is to last."""
    menu_asked = Signal(str, QPoint)
    """A key, and where on the screen its menu is wanted."""
    delete_asked = Signal(str)
    """The key of what is to be deleted."""
    week_wanted = Signal(object)
    """A `date` of another week, or of this one when it is to be looked up anew."""

    def __init__(
        self,
        theme: Theme,
        now: Callable[[], datetime] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`now` answers the reader's wall time, for the line that moves with it."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.grid = WeekGrid(theme, now)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(MonthFrame(theme, self.grid))
        self.setFocusProxy(self.grid)
        grid = self.grid
        grid.day_chosen.connect(self.day_chosen)
        grid.opened.connect(self.opened)
        grid.add_asked.connect(self.add_asked)
        grid.moved.connect(self.moved)
        grid.stretched.connect(self.stretched)
        grid.menu_asked.connect(self.menu_asked)
        grid.delete_asked.connect(self.delete_asked)
        grid.week_wanted.connect(self.week_wanted)

    def show_week(self, shown: WeekShown) -> None:
        """Show a week; what was chosen stays so where it can."""
        self.grid.show_week(shown)

    def choose(self, key: str) -> bool:
        """Choose an item by its key; False when it is not in this week."""
        return self.grid.choose_key(key)

    @property
    def chosen_day(self) -> date:
        """The day that is chosen."""
        return self.grid.spot.day

    @property
    def chosen_key(self) -> str:
        """The key of the chosen item, "" on a free place."""
        return self.grid.spot.key

    def minimumSizeHint(self) -> QSize:
        """As small as the grid can be."""
        return self.grid.minimumSizeHint()
