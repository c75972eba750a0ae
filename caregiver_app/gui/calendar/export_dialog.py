"""Writes the calendar as a file that other calendars can read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.form.forms import Trouble, needed, show_errors
from caregiver_app.gui.places import usual_folder
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr
from caregiver_app.services.exporter import Wanted
from caregiver_app.services.household import Household

_ALL, _SOME = "all", "some"


class ExportDialog(Sheet):
    """Where to, from when to when, and under which titles."""

    exported = Signal(object)
    """The `Path` of the file that was written."""

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            tr("Export calendar file"),
            icon="import",
            primary=tr("Save the file"),
            subtitle=tr("For another calendar, on the phone for example."),
            width=620,
            parent=parent,
        )
        self.house = house
        self._replace: Path | None = None
        self._chosen: Path | None = None
        self.trouble = Trouble(theme)
        self.path = LineField(theme, tr("File"), text=str(usual_folder() / "care-calendar.ics"))
        self.choose = PlainButton(theme, tr("Choose…"), name=tr("Choose where the file goes"))
        self.range = Segmented(
            theme,
            [(_ALL, tr("Everything")), (_SOME, tr("From … to …"))],
            name=tr("Which days"),
            chosen=_ALL,
        )
        today = lambda: house.care.today  # noqa: E731 - handed to both fields
        self.first = DateField(theme, tr("First day"), today=today)
        self.last = DateField(theme, tr("Last day"), today=today)
        self.neutral = TickRow(theme, tr("Neutral titles"), note=tr("they say nothing of health"))
        self._lay_out()
        self.choose.clicked.connect(self._choose)
        self.range.changed.connect(self._settle)
        self.confirmed.connect(self._save)
        self._settle()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.path, 1, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        beside.addSpacing(self.path.label.sizeHint().height() + 4)
        beside.addWidget(self.choose)
        beside.addStretch(1)
        row.addLayout(beside)
        self.add(self.trouble)
        self.body.addLayout(row)
        self.add(Text(tr("Which days"), "second_strong"))
        self.add(self.range)
        self.add_row(self.first, self.last)
        self.add(self.neutral)
        said = tr("Other calendars may ignore the alarms in this file. This app rings by itself.")
        self.add(Text(said, "second", "soft"))

    def _settle(self) -> None:
        some = self.range.value() == _SOME
        self.first.setVisible(some)
        self.last.setVisible(some)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Export calendar file"), self.path.value(), tr("Calendar files (*.ics)")
        )
        if chosen:
            # The chooser has asked about a file that is there already.
            self._chosen = Path(chosen)
            self.path.set_text(chosen)

    def _save(self) -> None:
        if not self.path.value():
            self.path.set_error(tr("Choose where the file goes."))
            self.focus_first_error()
            return
        first = last = None
        if self.range.value() == _SOME:
            good = needed(self.first, tr("Give the first day."))
            if not (needed(self.last, tr("Give the last day.")) and good):
                self.focus_first_error()
                return
            first, last = self.first.value(), self.last.value()
        path = Path(self.path.value()).expanduser()
        if path.suffix.lower() != ".ics":
            path = path.with_name(f"{path.name}.ics")
        if path.exists() and path not in (self._replace, self._chosen):
            self._replace = path
            self.path.set_error(tr("There is such a file already. Save again to replace it."))
            self.focus_first_error()
            return
        fields = {"path": self.path, "to": self.last, "from": self.first}
        try:
            neutral = self.neutral.state == "done"
            self.house.exporter.save(path, Wanted(first=first, last=last, neutral=neutral))
        except UserError as error:
            show_errors(self, self.trouble, fields, error)
            return
        self.exported.emit(path)
        self.accept()
