"""What the calendar shows while nothing is planned: a page of its own, or a card over the month."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.empty_state import EmptyState
from caregiver_app.gui.words import tr


class EmptyCalendar(EmptyState):
    """Offers the two ways to begin."""

    plan_asked = Signal()
    appointment_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            drawing="calendar",
            title=tr("Nothing planned yet"),
            sentence=tr(
                "Add the therapy plan and the rest is laid out: the bag, the ride, the reminders."
            ),
            primary=tr("Add the therapy plan"),
            primary_icon="infusion",
            quiet=tr("Add an appointment"),
        )
        if self.primary is not None and self.quiet is not None:
            self.primary.clicked.connect(self.plan_asked)
            self.quiet.clicked.connect(self.appointment_asked)


class EmptyCard(Card):
    """The same, laid over the empty month."""

    def __init__(self, theme: Theme, state: EmptyCalendar, parent: QWidget) -> None:
        super().__init__(theme, tone="edge", parent=parent)
        self.add(state)
        self.hide()

    def lie_over(self, month: QWidget, within: QWidget) -> None:
        """Lie in the middle of `month`, a part of the page `within`, large enough for the words."""
        wanted = self.sizeHint().expandedTo(QSize(self._theme.px(420), 0))
        width = min(wanted.width(), month.width() - 24)
        flexible = self.heightForWidth(width)
        height = min(max(wanted.height(), flexible), month.height() - 12)
        middle = month.mapTo(within, month.rect().center())
        self.setGeometry(middle.x() - width // 2, middle.y() - height // 2, width, height)
        self.raise_()
