"""The sheet in which an entry of the watchlist is completed, corrected or deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from caregiver_app.domain.entities import SideEffect
from caregiver_app.domain.times import AllDay, Moment, Zoned, in_zone, instant, wall, zone_for
from caregiver_app.errors import FormRefused, UserError
from caregiver_app.gui.calendar.incoming.drop import dropped_files
from caregiver_app.gui.refusal import show_refusal
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.warmth import remember_scale, scale_of
from caregiver_app.gui.watchlist.entry_parts import Course, Reading, Told, Words, labelled, readable
from caregiver_app.gui.watchlist.history_sheet import HistorySheet
from caregiver_app.gui.watchlist.model import WatchModel
from caregiver_app.gui.watchlist.moment_words import moment_words
from caregiver_app.gui.watchlist.photo_field import PhotoField
from caregiver_app.gui.watchlist.photo_sheet import PhotoSheet
from caregiver_app.gui.watchlist.written_model import since_words
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.date_fields import DateField, TimeField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import NumberField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, tr
from caregiver_app.services.entry_history import versions


class EntrySheet(Sheet):
    """One sign that was written down: how strong, when, and what else somebody wants to note.

    After `finished`, `kept` is what was kept (None when nothing was), `deleted` tells whether it
    was deleted.
    """

    def __init__(
        self, theme: Theme, model: WatchModel, entry: SideEffect, parent: QWidget | None
    ) -> None:
        super().__init__(
            theme,
            model.house.watch.sign_name(entry.sign),
            icon="watch",
            primary=tr("Save"),
            subtitle=_when(model, entry),
            parent=parent,
        )
        self._model, self._entry = model, entry
        self.kept: SideEffect | None = None
        self.deleted = False
        self._saves_when_read = False
        self._looked: Sheet | None = None
        self._add_strength()
        self._add_time()
        self._add_reading()
        self.words = Words(theme, tr("Note"), text=entry.text, rows=3)
        self.add(self.words)
        self._add_photo()
        self.done_field = Words(theme, tr("What you did"), text=entry.done, rows=2)
        self.add(self.done_field)
        contacts = model.house.people.contacts(entry.person or None)
        self.told = Told(theme, entry.told, contacts)
        self.add(self.told)
        self._add_course()
        self._add_foot()
        self._take_drops()
        self.confirmed.connect(self._save)

    # -- Parts ------------------------------------------------------------------------------------

    def _add_strength(self) -> None:
        severities = self._model.house.reference.severities
        self.strength = Segmented(
            self.theme,
            [(str(severity.grade), severity.label) for severity in severities],
            name=tr("How strong"),
            chosen=str(self._entry.severity),
        )
        self.body.addLayout(labelled(tr("How strong"), self.strength))

    def _add_time(self) -> None:
        local = wall(self._entry.at)
        self.day_choice = Segmented(
            self.theme,
            [("0", tr("Today")), ("1", tr("Yesterday")), ("", tr("Another day"))],
            name=tr("Which day"),
            chosen=self._day_key(local.date()),
        )
        self.body.addLayout(labelled(tr("When"), self.day_choice))
        self.day = DateField(
            self.theme, tr("Day"), today=self._today, value=local.date(), past=True
        )
        hour = None if isinstance(self._entry.at, AllDay) else local.time()
        self.hour = TimeField(self.theme, tr("Time, if known"), value=hour)
        self.add_row(self.day, self.hour)
        self.day.setVisible(self.day_choice.value() == "")
        self.day_choice.changed.connect(self._day_chosen)

    def _today(self) -> date:
        return self._model.house.care.today

    def _day_key(self, day: date) -> str:
        back = (self._today() - day).days
        return str(back) if back in (0, 1) else ""

    def _day_chosen(self, key: object) -> None:
        self.day.setVisible(key == "")
        if isinstance(key, str) and key:
            self.day.set_value(self._today() - timedelta(days=int(key)))

    def _add_reading(self) -> None:
        self._reading = Reading(self.theme, self._entry.temperature_c, scale_of(self._model.house))
        self.add(self._reading.row)

    @property
    def reading(self) -> NumberField:
        """The field of the temperature."""
        return self._reading.field

    @property
    def unit(self) -> Segmented:
        """The scale of the temperature."""
        return self._reading.scale

    def _add_photo(self) -> None:
        photos = self._model.house.photos
        self.photo = PhotoField(self.theme, photos.of(self._entry.id) if self._entry.id else None)
        self.photo.look_asked.connect(self._look_at_photo)
        self.photo.settled.connect(self._photo_settled)
        self.add(self.photo)

    def _add_course(self) -> None:
        entry = self._entry
        self.course = Course(
            self.theme,
            self._today,
            going_on=entry.going_on,
            ended=None if entry.ended is None else self._local(entry.ended),
            now=self._local(self._model.house.care.now),
        )
        self.add(self.course)

    def _add_foot(self) -> None:
        left = Qt.AlignmentFlag.AlignLeft
        self.history = QuietButton(self.theme, "", "undo")
        past = versions(self._model.house.care, self._entry.id) if self._entry.id else []
        self.history.set_words(count_text(len(past), "Changed once", "Changed {count} times"))
        self.history.setVisible(bool(past))
        self.history.clicked.connect(self._show_history)
        self.body.addWidget(self.history, 0, left)
        self.delete = QuietButton(self.theme, tr("Delete this entry"))
        self.delete.clicked.connect(self._delete)
        self.delete.setVisible(bool(self._entry.id))
        self.body.addWidget(self.delete, 0, left)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)

    def _local(self, at: datetime) -> datetime:
        """Return an instant as the wall time of the entry's own zone, to the minute."""
        home = self._model.house.care.home
        local = in_zone(at, zone_for(self._entry.at, home))
        return local.replace(tzinfo=None, second=0, microsecond=0)

    # -- Photo, history ---------------------------------------------------------------------------

    def _take_drops(self) -> None:
        """Take a file wherever it is dropped; a field of words would take its name."""
        self.setAcceptDrops(True)
        for field in self.content.findChildren(QLineEdit):
            field.setAcceptDrops(False)
        for area in self.content.findChildren(QPlainTextEdit):
            area.setAcceptDrops(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this computer."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the first file."""
        files: Sequence[Path] = dropped_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.photo.read(files[0])

    def _look_at_photo(self) -> None:
        subtitle = self.subtitle.text()
        sheet = PhotoSheet(self.theme, self.title.text(), subtitle, self.photo.image, self)
        self._open(sheet)

    def _show_history(self) -> None:
        self._open(HistorySheet(self.theme, self._model, self._entry, self))

    def _open(self, sheet: Sheet) -> None:
        self._looked = sheet
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _photo_settled(self) -> None:
        saves, self._saves_when_read = self._saves_when_read, False
        if self.photo.error():
            self.focus_first_error()
        elif saves:
            self._save()

    def ask_over(self) -> None:
        """Ask since when it is over."""
        self.course.choose_over()
        self._bring_course(self.course.hour.control)

    def ask_course(self) -> None:
        """Ask how it went on."""
        segments = self.course.state.segments
        chosen = next((one for one in segments if one.isChecked()), segments[0])
        self._bring_course(chosen)

    def _bring_course(self, first: QWidget) -> None:
        self.fit()
        # What is not laid out yet has no place to scroll to.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self.area.ensureWidgetVisible(self.course)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- Saving -----------------------------------------------------------------------------------

    def is_changed(self) -> bool:
        """Return whether the person changed anything since the sheet opened."""
        return super().is_changed() or self.photo.is_touched()

    def _save(self) -> None:
        self.wrong.hide()
        entry = self._typed()
        if entry is None:
            self.focus_first_error()
            return
        if self.photo.reading.is_busy:
            self._saves_when_read = True
            return
        house, photo = self._model.house, self.photo
        try:
            self.kept = house.photos.save_entry(entry, photo.picture, drop=photo.dropped)
        except UserError as error:
            self._show_refusal(error)
            return
        if entry.temperature_c not in (None, self._entry.temperature_c):
            remember_scale(house, self._reading.chosen())
        self.accept()

    def _typed(self) -> SideEffect | None:
        """Return the entry as it stands in the form; None where a field cannot be read."""
        complaint = self._reading.complaint()
        if complaint is not None:
            self.reading.set_error(complaint)
        at = self._seen()
        if self.day.error():
            self.day_choice.set_value("")
        over = self._over()
        if complaint is not None or at is None or (self.course.is_over and over is None):
            return None
        return replace(
            self._entry,
            severity=int(self.strength.value() or self._entry.severity),
            at=at,
            temperature_c=self._reading.celsius(),
            text=self.words.text(),
            done=self.done_field.text(),
            told=self.told.field.text(),
            going_on=self.course.goes_on,
            ended=over,
        )

    def _seen(self) -> Moment | None:
        """Return when it was, a day without an hour as a whole day; None where it is not known."""
        day = self.day.value()
        if day is not None and not self.hour.text().strip():
            return AllDay(day)
        asks = (tr("Which day was it?"), tr("About what time was it?"))
        at = readable(self.day, self.hour, asks)
        return None if at is None else self._at(at)

    def _at(self, typed: datetime) -> Zoned:
        """Return when it was; a time that was not touched keeps its seconds."""
        own = self._entry.at
        zone = zone_for(own, self._model.house.care.home)
        if isinstance(own, Zoned) and own.local.replace(second=0, microsecond=0) == typed:
            return own
        return Zoned(typed, zone)

    def _over(self) -> datetime | None:
        """Return when it was over; what was not touched stays as exact as it was."""
        if not self.course.is_over:
            return None
        asks = (tr("Since which day?"), tr("Since about what time?"))
        typed = readable(self.course.day, self.course.hour, asks)
        ended = self._entry.ended
        if typed is None or (ended is not None and self._local(ended) == typed):
            return None if typed is None else ended
        return instant(self._at(typed), self._model.house.care.home)

    def _show_refusal(self, error: UserError) -> None:
        late = (self.day.value() or self._today()) > self._today()
        if late and any(one.field == "at" for one in _all_of(error)):
            self.day_choice.set_value("")
        ended_late = (self.course.day.value() or self._today()) > self._today()
        fields: dict[str, Field] = {
            "at": self.day if late else self.hour,
            "ended": self.course.day if ended_late else self.course.hour,
            "temperature_c": self.reading,
            "text": self.words,
            "done": self.done_field,
            "told": self.told.field,
            "data": self.photo,
        }
        show_refusal(error, fields, self.wrong)
        self.focus_first_error()

    def _delete(self) -> None:
        try:
            self._model.house.watch.remove(self._entry.id)
        except UserError as error:
            self._show_refusal(error)
            return
        self.deleted = True
        self.photo.forget()
        self.forget_changes()
        self.accept()


def _when(model: WatchModel, entry: SideEffect) -> str:
    """Return "Thu 19 Mar 2026, 16:20, day 2 after infusion 1"."""
    since = model.house.watch.since_entry(entry)
    when = moment_words(entry.at, year=True)
    return when if since is None else f"{when}, {since_words(since)}"


def _all_of(error: UserError) -> list[UserError]:
    return [*error.errors] if isinstance(error, FormRefused) else [error]
