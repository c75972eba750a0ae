"""What Today offers beside the ticks: as-needed medicines, and more to say of a scheduled one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from caregiver_app.gui.medicines.as_needed import AsNeeded, AsNeededList
from caregiver_app.gui.reminder_answers import MEDICINE_REASONS
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.today.model import Pill
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr

Marked = Callable[[str, str], object]


class AsNeededCard(Card):
    """Medicines that are given only when needed, each a click away from being written down."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Only when needed"))
        self.list = AsNeededList(theme)
        self.also = Text("", "second", "soft")
        self.add(self.list)
        self.add(self.also)

    def show_given(self, shown: Sequence[AsNeeded], also: str) -> None:
        """Show the medicines, and in words what else was given."""
        self.list.show_medicines(shown)
        self.also.setText(also)
        self.also.setVisible(bool(also))
        self.setVisible(bool(shown or also))


def more_menu(parent: QWidget, pill: Pill, mark: Marked, look: Callable[[], object]) -> QMenu:
    """Return what can be said of a medicine of today: `mark(state, reason)`, or `look` back."""
    menu = QMenu(parent)
    menu.setAccessibleName(pill.title)
    if pill.state != "done":
        menu.addAction(tr("Taken"), partial(mark, "taken", ""))
    if pill.state != "open":
        menu.addAction(tr("Not marked"), partial(mark, "open", ""))
    menu.addSeparator()
    menu.addAction(tr("Skipped"), partial(mark, "skipped", ""))
    for reason in MEDICINE_REASONS:
        said = tr(reason)
        words = tr("Skipped: {why}", why=f"{said[:1].lower()}{said[1:]}")
        menu.addAction(words, partial(mark, "skipped", said))
    menu.addSeparator()
    menu.addAction(tr("Own words, and the last 30 days…"), look)
    return menu


def pop_up(menu: QMenu, button: QWidget) -> None:
    """Open a menu below a button."""
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))
