"""What to do once a correction made an entry more urgent than it was."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import SideEffect
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.advice_block import AdviceBlock
from caregiver_app.gui.watchlist.model import WatchModel
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.words import tr


class RisenSheet(Sheet):
    """The level, what to do and whom to call; it asks nothing."""

    def __init__(
        self, theme: Theme, model: WatchModel, entry: SideEffect, parent: QWidget | None
    ) -> None:
        outcome = model.outcome(entry)
        super().__init__(
            theme,
            outcome.title,
            icon="call",
            role="warn",
            ground="warn_tint",
            primary=tr("Close"),
            subtitle=tr("What you corrected makes it more urgent."),
            parent=parent,
        )
        self.cancel.hide()
        self.confirmed.connect(self.accept)
        self.add(AdviceBlock(theme, outcome.advice))


def has_risen(before: str, after: str) -> bool:
    """Tell whether a level became more urgent, and asks to act: a call today or an emergency."""
    now = Tier(after)
    return now >= Tier.CALL_TODAY and (not before or now > Tier(before))
