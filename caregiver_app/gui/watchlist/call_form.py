"""What is written down after a call: when, who answered, what they said, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment, ClinicCall
from caregiver_app.domain.times import AllDay, Moment, Zoned, wall
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.call_model import AboutSign, CallModel
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.date_fields import DateField, TimeField, day_and_hour
from caregiver_app.gui.widgets.field import Field, field_row
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr
from caregiver_app.services.clinic_calls import Draft

NOTHING, AGAIN, VISIT = "", "call", "visit"
"""What comes after a call."""
_LENGTHS: Final = {AGAIN: 15, VISIT: 30}
"""Minutes that it lasts in the calendar."""
_AT_FIRST: Final = 5
"""So many signs are offered to tick before somebody asks for the others."""


class CallForm(QWidget):
    """The fields of a call. Nothing typed is ever touched by what happens elsewhere."""

    changed = Signal()
    """Something was typed, chosen or ticked."""

    def __init__(self, theme: Theme, model: CallModel) -> None:
        super().__init__()
        self._theme, self._model = theme, model
        self._about: list[AboutSign] = []
        self._ticked: tuple[str, ...] | None = None
        self._all_signs = False
        self._at: datetime | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        today = lambda: model.house.care.today  # noqa: E731 - two fields ask for it
        self.day = DateField(theme, tr("Day of the call"), today=today, past=True)
        self.hour = TimeField(theme, tr("Time"))
        column.addLayout(field_row(self.day, self.hour, stretches=(3, 2)))
        self.who = LineField(theme, tr("Who answered"), icon="person")
        self.said = ShortText(
            theme, tr("What they said"), text="", rows=4, hint=tr("In their own words.")
        )
        column.addWidget(self.who)
        column.addWidget(self.said)
        self._add_next(column)
        self._signs = QVBoxLayout()
        self._signs.setSpacing(2)
        column.addLayout(self._signs)
        self.rows: dict[str, TickRow] = {}
        for field in self.fields().values():
            field.changed.connect(self.changed)
        self.next.changed.connect(self._next_chosen)

    def _add_next(self, column: QVBoxLayout) -> None:
        theme, model = self._theme, self._model
        self._ask_next = Text(tr("What comes next"), "second_strong")
        self.next = Segmented(
            theme,
            [(NOTHING, tr("Nothing")), (AGAIN, tr("Call again")), (VISIT, tr("An appointment"))],
            name=tr("What comes next"),
            chosen=NOTHING,
        )
        self.next_day = DateField(theme, tr("On"), today=lambda: model.house.care.today)
        self.next_hour = TimeField(theme, tr("At"), hint=tr("Empty: all day."))
        self._when = QWidget()
        when = QVBoxLayout(self._when)
        when.setContentsMargins(0, 0, 0, 0)
        when.setSpacing(4)
        when.addLayout(field_row(self.next_day, self.next_hour, stretches=(3, 2)))
        when.addWidget(Text(tr("It goes into the calendar."), "second", "soft"))
        self._when.hide()
        for widget in (self._ask_next, self.next, self._when):
            column.addWidget(widget)

    def fields(self) -> dict[str, Field]:
        """Return the fields by the names under which refusals come."""
        return {
            "at": self.hour, "day": self.day, "who": self.who, "said": self.said,
            "start": self.next_day, "hour": self.next_hour,
        }  # fmt: skip

    # -- What stands there ------------------------------------------------------------------------

    def begin(self, draft: Draft) -> None:
        """Show what was typed before, and the present minute as when the call was."""
        self.show_time(self._model.now())
        self.who.set_suggestions(self._model.names())
        self._show_words(draft)

    def show_call(self, call: ClinicCall, *, asks_next: bool) -> None:
        """Show a call that is kept; `asks_next`: nothing of it stands in the calendar."""
        self.show_time(wall(call.at))
        self._at = None
        self.who.set_suggestions(self._model.names())
        self._show_words(Draft(who=call.who, said=call.said, about=call.about))
        for widget in (self._ask_next, self.next):
            widget.setVisible(asks_next)

    def _show_words(self, draft: Draft) -> None:
        self.who.set_text(draft.who)
        self.said.set_text(draft.said)
        self.next.set_value(draft.what if draft.what in _LENGTHS else NOTHING)
        self.next_day.set_text(draft.day)
        self.next_hour.set_text(draft.hour)
        self._ticked = draft.about
        self._all_signs = False
        self._next_chosen(self.next.value())
        for field in self.fields().values():
            field.set_error(None)

    def show_time(self, now: datetime) -> None:
        """Show when the call was; what somebody typed there stays."""
        untouched = self._at is None or self._typed_time() == self._at
        if untouched:
            self._at = now
            self.day.set_value(now.date())
            self.hour.set_value(now.time())

    def _typed_time(self) -> datetime | None:
        day, hour = self.day.value(), self.hour.value()
        return None if day is None or hour is None else datetime.combine(day, hour)

    def draft(self, question: str) -> Draft:
        """Return what stands there, word by word."""
        return Draft(
            question=question,
            who=self.who.text(),
            said=self.said.text(),
            what=self.next.value() or NOTHING,
            day=self.next_day.text(),
            hour=self.next_hour.text(),
            about=self._ticked,
        )

    def _next_chosen(self, key: object) -> None:
        self._when.setVisible(key in _LENGTHS)
        self.changed.emit()

    # -- Which signs ------------------------------------------------------------------------------

    @property
    def ticked(self) -> tuple[str, ...] | None:
        """The ids that somebody ticked, None while nobody changed a tick."""
        return self._ticked

    def show_about(self, about: Sequence[AboutSign]) -> None:
        """Show the signs to tick; the same again changes nothing."""
        if list(about) == self._about and self.rows:
            return
        self._about = list(about)
        self._lay_signs()

    def _lay_signs(self) -> None:
        clear_layout(self._signs)
        self.rows = {}
        if not self._about:
            return
        self._signs.addWidget(Text(tr("Which signs it was about"), "second_strong"))
        shown = self._about if self._all_signs else self._about[:_AT_FIRST]
        for one in shown:
            state = "done" if one.ticked else "open"
            row = TickRow(
                self._theme, one.title, note=one.when, state=state, strong=False, fades=False
            )
            row.state_changed.connect(self._tick)
            self.rows[one.id] = row
            self._signs.addWidget(row)
        if len(shown) < len(self._about):
            more = QuietButton(
                self._theme, tr("Show {count} more", count=len(self._about) - len(shown))
            )
            more.clicked.connect(self._show_all)
            self._signs.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_all(self) -> None:
        self._all_signs = True
        first = self._about[_AT_FIRST].id
        self._lay_signs()
        self.rows[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def _tick(self) -> None:
        chosen = {one.id: one.ticked for one in self._about}
        chosen |= {id_: row.state == "done" for id_, row in self.rows.items()}
        self._about = [replace(one, ticked=chosen[one.id]) for one in self._about]
        self._ticked = tuple(id_ for id_, on in chosen.items() if on)
        self.changed.emit()

    def about(self) -> tuple[str, ...]:
        """Return the ids of the signs that are ticked."""
        return tuple(one.id for one in self._about if one.ticked)

    # -- What it says -----------------------------------------------------------------------------

    def call(self, before: ClinicCall) -> ClinicCall | None:
        """Return `before` with what stands in the form; None where a field cannot be read."""
        at = day_and_hour(self.day, self.hour)
        well = self._read_next()
        if at is None or not well:
            return None
        old = before.at
        zone = old.zone if isinstance(old, Zoned) else self._model.house.care.home
        # A sign that is not on the sheet any more stays with a call that was about it.
        listed = {one.id for one in self._about}
        other = tuple(one for one in before.about if one not in listed)
        return replace(
            before,
            at=old if before.id and wall(old) == at else Zoned(at, zone),
            who=self.who.text(),
            said=self.said.text(),
            about=(*other, *self.about()),
        )

    def _read_next(self) -> bool:
        """Say beside the day and hour of what comes next what cannot be read."""
        if self.next.isHidden() or self.next.value() not in _LENGTHS:
            return True
        if self.next_day.value() is None:
            self.next_day.set_error(self.next_day.complaint() or tr("On which day?"))
        self.next_hour.set_error(self.next_hour.complaint())
        return not (self.next_day.error() or self.next_hour.error())

    def follow_up(self) -> Appointment | None:
        """Return what goes into the calendar, None where nothing does; it can be read by now."""
        what, day, hour = self.next.value(), self.next_day.value(), self.next_hour.value()
        if self.next.isHidden() or what not in _LENGTHS or day is None:
            return None
        home, clinic = self._model.house.care.home, self._model.clinic()
        start: Moment = AllDay(day)
        if hour is not None:
            start = Zoned(datetime.combine(day, hour), home)
        return Appointment(
            id="",
            uid="",
            person="",
            type="follow-up",
            title=self._model.follow_up_title(what),
            start=start,
            minutes=_LENGTHS[what] if hour is not None else 0,
            contact=None if clinic is None else clinic.id,
            # To call again is said when it is time, not a day before.
            reminders=(0,) if what == AGAIN else None,
        )
