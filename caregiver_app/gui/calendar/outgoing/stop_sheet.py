"""Asks what becomes of the calendar file once it is no longer kept up to date."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.form.forms import Trouble
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household


class StopFeedSheet(Sheet):
    """The file stays where it is unless somebody ticks that it goes."""

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            tr("Stop keeping the file up to date?"),
            icon="keep",
            primary=tr("Stop"),
            cancel=tr("Keep it up to date"),
            width=560,
            parent=parent,
        )
        self.house = house
        chosen = house.feed.choice()
        path = Path("" if chosen is None else chosen.path)
        self.trouble = Trouble(theme)
        self.fate = Text("")
        self.delete = TickRow(theme, tr("Delete the file as well"), fades=False)
        named = [Text(path.name, "strong"), Text(str(path.parent), "second", "soft")]
        for widget in (self.trouble, *named, self.fate, self.delete):
            self.add(widget)
        self.delete.state_changed.connect(self._tell_fate)
        self.confirmed.connect(self._stop)
        self._tell_fate()
        # Enter, pressed without looking, deletes nothing.
        self.cancel.setFocus()

    def _tell_fate(self) -> None:
        words = tr("The file stays where it is, as it was last written.")
        if self.delete.state == "done":
            words = tr("The file is deleted. A calendar that has read it may keep its copy.")
        self.fate.setText(words)

    def _stop(self) -> None:
        try:
            self.house.feed.stop(delete=self.delete.state == "done")
        except UserError as error:
            self.trouble.say(explain(error))
            return
        self.accept()
