"""The sheet in which somebody writes down how a day was: twenty seconds, nothing of it needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import CheckIn, Person
from caregiver_app.domain.watch import SCALES
from caregiver_app.errors import UserError
from caregiver_app.gui.refusal import show_refusal
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.possible_field import PossibleField
from caregiver_app.gui.watchlist.scale_row import Scale, ScaleRow
from caregiver_app.gui.whom import called
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.fields import TextField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import long_date, tr
from caregiver_app.services.check_ins import says_nothing
from caregiver_app.services.household import Household

_CHIPS: Final = 3
"""How many of the family's own words stand as chips."""
_ANOTHER: Final = "other"


class CheckInSheet(Sheet):
    """How a day was: five numbers, a flare, what was possible, a note.

    None is chosen at the start and none is needed. Another day brings what is written of that
    day; what was typed before stays.
    """

    def __init__(
        self,
        theme: Theme,
        house: Household,
        person: Person | None,
        day: date,
        parent: QWidget | None,
        *,
        entry: CheckIn | None = None,
    ) -> None:
        """`entry` is corrected where one is handed in; then no other day can be chosen."""
        super().__init__(
            theme,
            tr("How the day was"),
            icon="watch",
            primary=tr("Save"),
            subtitle="-",
            note=tr("Leave out what you do not know."),
            width=740,
            parent=parent,
        )
        self._house, self._person, self._fixed = house, person, entry is not None
        self._shown = CheckIn(id="", person="", date=day)
        self.day_choice: Segmented | None = None
        self.body.setSpacing(10)
        self._add_days(day)
        self.scales: dict[str, Scale] = {}
        self._add_scales()
        self._add_words()
        self.confirmed.connect(self._save)
        self._load(day, entry)
        self.scales[SCALES[0]].enter()

    # -- Building ---------------------------------------------------------------------------------

    def _add_days(self, day: date) -> None:
        self.day = DateField(
            self.theme, tr("Day"), today=lambda: self._house.care.today, value=day, past=True
        )
        self.known = Text("", "second", "soft")
        if not self._fixed:
            back = (self._house.care.today - day).days
            self.day_choice = Segmented(
                self.theme,
                [("0", tr("Today")), ("1", tr("Yesterday")), (_ANOTHER, tr("Another day"))],
                name=tr("Which day"),
                chosen=str(back) if back in (0, 1) else _ANOTHER,
            )
            self.day_choice.changed.connect(self._day_chosen)
            self.add(self.day_choice)
            self.day.setVisible(self.day_choice.value() == _ANOTHER)
            self.day.changed.connect(self._day_typed)
            self.add(self.day)
        else:
            self.day.hide()
        self.add(self.known)

    def _add_scales(self) -> None:
        worst, good = tr("0 none, 10 worst"), tr("0 very bad, 10 very good")
        asks = {
            "pain": (tr("Pain"), worst),
            "fatigue": (tr("Tiredness"), worst),
            "stiffness": (tr("Stiffness"), worst),
            "sleep": (tr("Sleep"), good),
            "mood": (tr("Mood"), good),
        }
        for place, name in enumerate(SCALES):
            ask, ends = asks[name]
            scale = Scale(self.theme, f"{ask}: {ends}", None)
            scale.left.connect(self._leaver(place))
            self.scales[name] = scale
            self.add(ScaleRow(self.theme, ask, ends, scale))

    def _leaver(self, place: int) -> Callable[[int], None]:
        def leave(step: int) -> None:
            wanted = place + step
            if wanted == len(SCALES):
                self.flare.setFocus(Qt.FocusReason.TabFocusReason)
            elif wanted >= 0:
                self.scales[SCALES[wanted]].enter()
                self.area.ensureWidgetVisible(self.scales[SCALES[wanted]], 0, 40)

        return leave

    def _add_words(self) -> None:
        theme = self.theme
        self.flare = TickRow(theme, tr("A day of a flare"), fades=False)
        self.add(self.flare)
        person = "" if self._person is None else self._person.id
        own = self._house.watch.check_ins.words(person, _CHIPS) if person else []
        self.possible = PossibleField(theme, own)
        self.add(self.possible)
        self.words = TextField(theme, tr("Note"), rows=2)
        theme.changed.connect(self._keep_note_low)
        self._keep_note_low()
        self.add(self.words)
        self.delete = QuietButton(theme, tr("Delete this check-in"))
        self.delete.clicked.connect(self._delete)
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        self._delete_place = place
        self.add(place)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)

    def _keep_note_low(self) -> None:
        self.words.area.setMaximumHeight(self.words.area.minimumHeight())

    # -- The day ----------------------------------------------------------------------------------

    def _day_chosen(self, key: object) -> None:
        other = key == _ANOTHER
        self.day.setVisible(other)
        if other:
            self.day.set_value(None)
            self.day.control.setFocus(Qt.FocusReason.TabFocusReason)
        elif isinstance(key, str):
            self._load(self._house.care.today - timedelta(days=int(key)))
        if self.isVisible():
            self.fit()

    def _day_typed(self) -> None:
        day = self.day.value()
        other = self.day_choice is not None and self.day_choice.value() == _ANOTHER
        if day is not None and other and day <= self._house.care.today:
            self._load(day)

    def _load(self, day: date, found: CheckIn | None = None) -> None:
        """Show what is written of `day`; what was typed since the last day stays."""
        if self._person is not None and found is None:
            found = self._house.watch.check_ins.of_day(self._person.id, day)
        person = "" if self._person is None else self._person.id
        typed = self._typed()
        touched = typed != self._shown
        before, self._shown = self._shown, found or CheckIn(id="", person=person, date=day)
        for name, scale in self.scales.items():
            if getattr(typed, name) == getattr(before, name):
                scale.set_number(getattr(self._shown, name))
        if typed.flare == before.flare:
            self.flare.set_state("done" if self._shown.flare else "open")
        if typed.possible == before.possible:
            self.possible.set_text(self._shown.possible)
        if typed.text == before.text:
            self.words.set_text(self._shown.text)
        self._show_day(day)
        if not touched and self.isVisible():
            self.forget_changes()

    def _show_day(self, day: date) -> None:
        here = bool(self._shown.id)
        self.known.setText(tr("There is a check-in of this day already: here it is."))
        self.known.setVisible(here and not self._fixed)
        self._delete_place.setVisible(here)
        today = day == self._house.care.today
        ask = tr("What was possible today?") if today else tr("What was possible that day?")
        self.possible.set_label(ask)
        year = day.year != self._house.care.today.year
        several = len(self._house.people.people()) > 1
        name = called(self._person) if several else ""
        self.subtitle.setText(" · ".join(p for p in (name, long_date(day, year=year)) if p))

    # -- Saving -----------------------------------------------------------------------------------

    def _typed(self) -> CheckIn:
        """Return what stands here, on the day that is shown."""
        numbers = {name: scale.number() for name, scale in self.scales.items()}
        possible = self.possible.text()
        return replace(
            self._shown,
            **numbers,
            flare=self.flare.state == "done",
            # A field of one line shows words of several lines as one.
            possible=self._shown.possible if self.possible.is_as_set() else possible,
            text=self.words.text(),
        )

    def _day_is_known(self) -> bool:
        """Tell whether the day can be read; else say beside it what is missing."""
        if self.day_choice is None or self.day_choice.value() != _ANOTHER:
            return True
        day = self.day.value()
        if day is None:
            self.day.set_error(self.day.complaint() or tr("Which day was it?"))
            return False
        return True

    def _save(self) -> None:
        self.wrong.hide()
        if not self._day_is_known():
            self.focus_first_error()
            return
        typed = self._typed()
        if not typed.id and says_nothing(typed) and not typed.text.strip():
            self.wrong.setText(tr("Nothing is filled in yet. One number or one word is enough."))
            self.wrong.show()
            self.fit()
            self.area.ensureWidgetVisible(self.wrong)
            return
        watch = self._house.watch
        fields = {"date": self.day, "text": self.words, "possible": self.possible.field}
        try:
            typed_day = self.day.value() if not self.day.isHidden() else None
            watch.check_ins.check_day(typed_day or self._shown.date)
            watch.check_in(typed, by_hand=True)
        except UserError as error:
            show_refusal(error, fields, self.wrong)
            self.focus_first_error()
            return
        self.accept()

    def _delete(self) -> None:
        try:
            self._house.watch.remove_check_in(self._shown.id)
        except UserError as error:
            show_refusal(error, {}, self.wrong)
            return
        self.forget_changes()
        self.accept()


def open_check_in(
    theme: Theme,
    house: Household,
    person: Person | None,
    window: QWidget,
    *,
    day: date | None = None,
    entry: CheckIn | None = None,
) -> CheckInSheet:
    """Open the form for a person's day (today, unless another is named), or to correct `entry`."""
    if entry is not None:
        person, day = house.people.person(entry.person), entry.date
    sheet = CheckInSheet(theme, house, person, day or house.care.today, window, entry=entry)
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    return sheet
