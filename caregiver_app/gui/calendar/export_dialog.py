"""Writes the calendar, or one appointment of it, as a file that other calendars can read."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.form.forms import Trouble, needed, person_pill, show_errors
from caregiver_app.gui.calendar.outgoing.parts import (
    PathRow,
    WhatGoesOut,
    alarms_words,
    amount_words,
    counted,
)
from caregiver_app.gui.places import usual_folder
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import Banner
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr
from caregiver_app.services.exporter import Wanted
from caregiver_app.services.household import Household

_ALL, _SOME = "all", "some"
_COUNT_MS: Final = 120


class ExportDialog(Sheet):
    """Where to, whose, from when to when, which kinds, and under which titles."""

    exported = Signal(object)
    """The `Path` of the file that was written."""
    feed_asked = Signal()
    """The file is rather to be kept up to date."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        only: Appointment | None = None,
    ) -> None:
        """`only` is the one appointment that is wanted, or the series."""
        super().__init__(
            theme,
            tr("Save a calendar file") if only is None else tr("Save as a calendar file"),
            icon="calendar",
            primary=tr("Save the file"),
            subtitle=tr("For another calendar, on the phone for example.")
            if only is None
            else only.title,
            width=660,
            parent=parent,
        )
        self.house, self._only = house, only
        name = "care-calendar.ics" if only is None else "appointment.ics"
        self.trouble = Trouble(theme)
        self.place = PathRow(theme, usual_folder() / name, tr("Save a calendar file"))
        self.path, self.choose = self.place.field, self.place.choose
        self.what = WhatGoesOut(house, theme)
        self.range = Segmented(
            theme,
            [(_ALL, tr("All days")), (_SOME, tr("From … to …"))],
            name=tr("Which days"),
            chosen=_ALL,
        )
        today = lambda: house.care.today  # noqa: E731 - handed to both fields
        self.first = DateField(theme, tr("First day"), today=today)
        self.last = DateField(theme, tr("Last day"), today=today)
        self.neutral = TickRow(
            theme,
            tr("Neutral titles"),
            note=tr("Each one says “Appointment”, with no place and no note"),
            fades=False,
        )
        self.amount = self.note
        self.feed = QuietButton(theme, tr("Keep a calendar file up to date instead…"), "keep")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_COUNT_MS)
        self._later.timeout.connect(self._count)
        self._lay_out()
        self._connect()
        self._settle()

    def _lay_out(self) -> None:
        theme, only = self.theme, self._only
        self.add(self.trouble)
        self.add(self.place)
        if only is None:
            self.add(self.what)
            self.add(Text(tr("Which days"), "second_strong"))
            self.add(self.range)
            self.add_row(self.first, self.last)
        else:
            pill = person_pill(self.house, theme, only.person)
            if pill is not None:
                self.header.insertWidget(2, pill, 0, Qt.AlignmentFlag.AlignTop)
            if only.rrule:
                self.add(Text(tr("It repeats: the whole series goes into the file.")))
        self.add(self.neutral)
        open_to_all = tr("Anybody who has a calendar file can read it.")
        hint = tr("Neutral titles say nothing of health.")
        self.add(Banner(theme, open_to_all, hint, icon="private"))
        self.add(Text(alarms_words(), "second", "soft"))
        if only is None:
            self.body.addWidget(self.feed, 0, Qt.AlignmentFlag.AlignLeft)

    def _connect(self) -> None:
        self.range.changed.connect(self._settle)
        self.what.changed.connect(self._later.start)
        for field in (self.first, self.last):
            field.changed.connect(self._later.start)
        self.feed.clicked.connect(self._ask_feed)
        self.confirmed.connect(self._save)

    def showEvent(self, event: QShowEvent) -> None:
        """Count once the sheet is seen."""
        super().showEvent(event)
        self._later.start(0)

    def _settle(self) -> None:
        some = self.range.value() == _SOME and self._only is None
        self.first.setVisible(some)
        self.last.setVisible(some)
        self._later.start(_COUNT_MS)
        if self.isVisible():
            self.fit()

    # -- What is wanted ---------------------------------------------------------------------------

    def wanted(self) -> Wanted | None:
        """Return what goes into the file, None while a day is missing."""
        neutral = self.neutral.state == "done"
        if self._only is not None:
            return Wanted(ids=frozenset({self._only.id}), neutral=neutral)
        first = last = None
        if self.range.value() == _SOME:
            first, last = self.first.value(), self.last.value()
            if first is None or last is None:
                return None
        return Wanted(
            first=first,
            last=last,
            person=self.what.person() or None,
            kinds=self.what.kinds(),
            neutral=neutral,
        )

    def _count(self) -> int:
        """Say how much goes into the file; return how many appointments that is."""
        wanted = self.wanted()
        if wanted is None:
            self.amount.setText(tr("Give the first and the last day."))
            return 0
        try:
            count, repeating = counted(self.house.exporter.chosen(wanted))
        except UserError:
            # Saving tells what is wrong.
            count = repeating = 0
        self.amount.setText(amount_words(count, repeating) if count else _nothing(wanted))
        self.amount.set_ink("soft" if count else "warn")
        return count

    # -- Saving -----------------------------------------------------------------------------------

    def _save(self) -> None:
        self.trouble.say("")
        path = self.place.file()
        good = path is not None
        if self._only is None and self.range.value() == _SOME:
            good = needed(self.first, tr("Give the first day.")) and good
            good = needed(self.last, tr("Give the last day.")) and good
        wanted = self.wanted()
        if path is None or wanted is None or not good:
            self.focus_first_error()
            return
        if not _is_backwards(wanted) and not self._count():
            self.trouble.say(_nothing(wanted))
            self.area.verticalScrollBar().setValue(0)
            return
        if path.exists() and not self.place.may_replace(path):
            self.place.ask_replace(path)
            self.focus_first_error()
            return
        fields = {"path": self.path, "to": self.last, "from": self.first}
        try:
            self.house.exporter.save(path, wanted)
        except UserError as error:
            show_errors(self, self.trouble, fields, error)
            return
        self.exported.emit(path)
        self.accept()

    def _ask_feed(self) -> None:
        self.done(0)
        self.feed_asked.emit()


def _is_backwards(wanted: Wanted) -> bool:
    first, last = wanted.first, wanted.last
    return first is not None and last is not None and last < first


def _nothing(wanted: Wanted) -> str:
    if wanted.kinds is not None and not wanted.kinds:
        return tr("Nothing is ticked. Tick at least one kind of appointment.")
    return tr("There is nothing to save so far. Tick more kinds, or choose other days.")
