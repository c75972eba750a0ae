"""Where a paper is: not sent, on its way, or there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.bag.model import Item
from caregiver_app.gui.refusal import show_refusal
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr

_NOT_SENT = "not_sent"


class PaperSheet(Sheet):
    """Says of one paper how far it is and where it is kept."""

    def __init__(
        self, theme: Theme, item: Item, save: Callable[[str, str], object], parent: QWidget | None
    ) -> None:
        """`save` takes the way ("", "sent" or "received") and where the paper is."""
        super().__init__(
            theme, item.label, icon="care-plan", primary=tr("Save"), subtitle=tr("Where is it?"),
            parent=parent,
        )  # fmt: skip
        self._save_it = save
        self.way = Segmented(
            theme,
            [
                (_NOT_SENT, tr("Not sent off")),
                ("sent", tr("Sent, not back yet")),
                ("received", tr("It has arrived")),
            ],
            name=tr("How far it is"),
            chosen=item.way or _NOT_SENT,
        )
        self.add(Text(tr("How far it is"), "second_strong"))
        self.add(self.way)
        self.add(
            Text(tr("A paper that was sent off stays open until it has arrived."), "second", "soft")
        )
        self.kept_at = LineField(theme, tr("Where it is, or who has it"), text=item.kept_at)
        self.add(self.kept_at)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        self.confirmed.connect(self._save)

    def _save(self) -> None:
        chosen = self.way.value()
        way = "" if chosen in (None, _NOT_SENT) else str(chosen)
        try:
            self._save_it(way, self.kept_at.text())
        except UserError as error:
            show_refusal(error, {"kept_at": self.kept_at}, self.wrong)
            self.focus_first_error()
            return
        self.accept()
