"""Chooses the calendar file that is kept up to date."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.errors import InputRefused, UserError
from caregiver_app.gui.calendar.form.forms import Trouble, show_errors
from caregiver_app.gui.calendar.outgoing.parts import PathRow, WhatGoesOut, alarms_words
from caregiver_app.gui.places import usual_folder
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import Banner
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr
from caregiver_app.messages import words
from caregiver_app.services.household import Household


class FeedSheet(Sheet):
    """Where the file is, what goes into it, and neutral titles unless somebody says otherwise."""

    kept = Signal(object)
    """The `Path` that is kept up to date from now on."""

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            tr("Keep a calendar file up to date"),
            icon="keep",
            primary=tr("Keep it up to date"),
            subtitle=tr("In a synced folder, for calendars that read it again and again."),
            width=660,
            parent=parent,
        )
        self.house = house
        before = house.feed.choice()
        path = usual_folder() / "care-calendar.ics" if before is None else Path(before.path)
        self.trouble = Trouble(theme)
        self.place = PathRow(theme, path, tr("Keep a calendar file up to date"))
        self.what = WhatGoesOut(house, theme)
        self.neutral = TickRow(
            theme,
            tr("Neutral titles"),
            note=tr("Each one says “Appointment”, with no place and no note"),
            state="done",
            fades=False,
        )
        if before is not None:
            self.what.show_choice(before.person, frozenset(before.kinds))
            self.neutral.set_state("done" if before.neutral else "open")
        self._lay_out()
        self.confirmed.connect(self._subscribe)
        if house.feed.is_example:
            self.trouble.say(words("feed.example"))
            self.primary.setEnabled(False)

    def _lay_out(self) -> None:
        for widget in (self.trouble, self.place, self.what, self.neutral):
            self.add(widget)
        open_to_all = tr("Anybody who has the file can read it.")
        hint = tr("That includes whoever runs the folder that is synced.")
        self.add(Banner(self.theme, open_to_all, hint, icon="private"))
        self.add(
            Text(
                tr(
                    "The file is written anew within seconds of each change, while this program is"
                    " open. How often another calendar looks at it is up to that one: some take"
                    " a day."
                ),
                "second",
                "soft",
            )
        )
        self.add(Text(alarms_words(), "second", "soft"))

    def _subscribe(self) -> None:
        self.trouble.say("")
        path = self.place.file()
        if path is None:
            self.focus_first_error()
            return
        kinds = self.what.kinds()
        if kinds is not None and not kinds:
            self.trouble.say(tr("Nothing is ticked. Tick at least one kind of appointment."))
            self.area.verticalScrollBar().setValue(0)
            return
        try:
            self.house.feed.choose(
                str(path),
                self.neutral.state == "done",
                self.what.person(),
                kinds or (),
                replace=self.place.may_replace(path),
            )
        except InputRefused as error:
            if error.key == "feed.exists":
                self.place.ask_replace(path)
                self.focus_first_error()
                return
            show_errors(self, self.trouble, {"path": self.place.field}, error)
            return
        except UserError as error:
            show_errors(self, self.trouble, {"path": self.place.field}, error)
            return
        self.kept.emit(path)
        self.accept()
