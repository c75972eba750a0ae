"""What was given of one medicine: thirty days at a glance, and every entry to read and mend."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caregiver_app.domain.dose_marks import OPEN, SKIPPED, TAKEN
from caregiver_app.domain.entities import Dose, Medicine
from caregiver_app.domain.times import wall
from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.form.forms import person_pill
from caregiver_app.gui.medicines.day_grid import DayGrid, paint_mark
from caregiver_app.gui.medicines.gave_sheet import GaveSheet, blank_dose
from caregiver_app.gui.medicines.history_model import DAYS, HistoryModel, Shown
from caregiver_app.gui.reminder_answers import MEDICINE_REASONS, ReasonRow
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import Banner
from caregiver_app.gui.widgets.buttons import IconButton, PlainButton, QuietButton, TonalButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.rows import RowList
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import long_date, plain_date, time_text, tr
from caregiver_app.messages import explain, words
from caregiver_app.services.doses import Timed
from caregiver_app.services.household import Household

_STEP: Final = timedelta(days=DAYS)
_WIDTH: Final = 980
_LEGEND: Final = (
    ("taken", "taken"),
    ("skipped", "skipped"),
    ("open", "not marked yet"),
    ("given", "given as needed"),
)


class Sample(QWidget):
    """One mark of the legend."""

    def __init__(self, theme: Theme, state: str) -> None:
        super().__init__()
        self._theme, self._state = theme, state

    def sizeHint(self) -> QSize:
        """A mark."""
        side = self._theme.px(19)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._theme.px(19)
        box = QRect(0, (self.height() - side) // 2, side, side)
        paint_mark(painter, self._theme, box, self._state)


class AnswerCard(Card):
    """Marks the chosen time, or opens what was given as needed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tone="sunk")
        self.about = Text("", "strong")
        self.taken = TonalButton(theme, tr("Taken"), "done")
        self.skipped = PlainButton(theme, tr("Skipped"))
        self.open = QuietButton(theme, tr("Not marked"))
        self.change = PlainButton(theme, tr("Change…"), "note-it")
        row = QWidget()
        flow = FlowLayout(row, across=8, down=8)
        for button in (self.taken, self.skipped, self.open, self.change):
            button.setAutoDefault(False)
            flow.addWidget(button)
        self.add(self.about)
        self.add(row)
        self.reason: ReasonRow | None = None

    def show_timed(self, said: str, state: str) -> None:
        """Offer the marks of a medication time, but for the one that it has."""
        self.about.setText(said)
        self.taken.setVisible(state != TAKEN)
        self.skipped.setVisible(True)
        self.open.setVisible(state != OPEN)
        self.change.hide()
        self.drop_reason()

    def show_dose(self, said: str) -> None:
        """Offer to change what was written down."""
        self.about.setText(said)
        for button in (self.taken, self.skipped, self.open):
            button.hide()
        self.change.show()
        self.drop_reason()

    def ask_reason(self, theme: Theme, about: str, take: Callable[[str], object]) -> None:
        """Ask why something was skipped."""
        self.drop_reason()
        self.reason = ReasonRow(theme, about, MEDICINE_REASONS)
        self.reason.given.connect(take)
        self.add(self.reason)
        self.reason.show()
        self.reason.stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def drop_reason(self) -> None:
        """Take the question away."""
        if self.reason is not None:
            self.body.removeWidget(self.reason)
            self.reason.hide()
            self.reason.deleteLater()
            self.reason = None


class HistorySheet(Sheet):
    """Grid above, list below; whatever is chosen in one is chosen in the other."""

    def __init__(
        self, house: Household, theme: Theme, medicine: Medicine, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            theme,
            medicine.name,
            icon="medicine",
            role="medication",
            ground="medication-tint",
            primary=tr("Close"),
            subtitle=" ".join(medicine.directions.split()) or medicine.what_for,
            width=_WIDTH,
            parent=parent,
        )
        self._house, self._medicine = house, medicine
        self._model = HistoryModel(house, medicine)
        self._last = house.care.today
        self._shown: Shown | None = None
        self.gave_sheet: GaveSheet | None = None
        self._samples: dict[str, QWidget] = {}
        self.cancel.hide()
        several = len(house.people.people()) > 1
        pill = person_pill(house, theme, medicine.person) if several else None
        if pill is not None:
            self.header.insertWidget(2, pill, 0, Qt.AlignmentFlag.AlignTop)
        self._furnish()
        self.confirmed.connect(self.accept)
        self.look_again()
        self._choose_newest()

    # -- Made once --------------------------------------------------------------------------------

    def _furnish(self) -> None:
        theme = self.theme
        self.earlier = IconButton(theme, "back", tr("Earlier thirty days"), quiet=True)
        self.later = IconButton(theme, "forward", tr("Later thirty days"), quiet=True)
        self.span = Text("", "card_title")
        self.give = TonalButton(theme, tr("Gave it"), "done")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.earlier)
        head.addWidget(self.later)
        head.addWidget(self.span, 1)
        head.addWidget(self.give)
        self.body.addLayout(head)
        self.give.setVisible(self._medicine.as_needed)
        self.ask_first = Banner(theme, words("safety.ask_first"), icon="temperature")
        self.add(self.ask_first)
        self.ask_first.setVisible(self._medicine.as_needed)
        card = Card(theme)
        self.grid = DayGrid(theme)
        card.add(self.grid)
        card.add(self._legend())
        self.add(card)
        self.nothing = Text(tr("Nothing is written down in these days."), "body", "soft")
        self.list = RowList(theme, tr("What was given"), time_column=True)
        self.list.setMinimumHeight(theme.px(230))
        self.list.setProperty("focusRing", "inside")
        self.answer = AnswerCard(theme)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        for widget in (self.answer, self.wrong, self.nothing, self.list):
            self.add(widget)
        for button in (self.earlier, self.later, self.give):
            button.setAutoDefault(False)
        self.earlier.clicked.connect(lambda: self._turn(-1))
        self.later.clicked.connect(lambda: self._turn(1))
        self.give.clicked.connect(self._give)
        self.grid.chosen.connect(self._found)
        self.list.selected.connect(self._selected)
        self.list.opened.connect(self._opened)
        self.answer.taken.clicked.connect(lambda: self._mark(TAKEN))
        self.answer.skipped.clicked.connect(self._ask_reason)
        self.answer.open.clicked.connect(lambda: self._mark(OPEN))
        self.answer.change.clicked.connect(lambda: self._opened(self.list.current_key()))

    def _legend(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, across=18, down=6)
        for state, said in _LEGEND:
            pair = QWidget()
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(7)
            row.addWidget(Sample(self.theme, state))
            row.addWidget(Text(tr(said), "second", "soft", wrap=False))
            flow.addWidget(pair)
            self._samples[state] = pair
        return holder

    # -- Shown anew -------------------------------------------------------------------------------

    def look_again(self) -> None:
        """Read the thirty days anew."""
        self._shown = shown = self._model.read(self._last)
        self.span.setText(
            tr("{first} to {last}", first=plain_date(shown.first), last=plain_date(shown.last))
        )
        self.later.setEnabled(self._last < self._house.care.today)
        self.grid.show_days(shown)
        self.grid.setVisible(bool(shown.lines))
        for state, pair in self._samples.items():
            pair.setVisible(state in shown.states())
        self.list.set_rows(self._model.rows(shown))
        self.nothing.setVisible(not shown.entries)
        self.list.setVisible(bool(shown.entries))
        self._selected(self.list.current_key())

    def _choose_newest(self) -> None:
        """Choose what stands on top, so that its answers are there at once."""
        if self._shown is not None and self._shown.entries:
            self.list.choose(self._shown.entries[0][0])

    def _turn(self, way: int) -> None:
        self._last = min(self._last + way * _STEP, self._house.care.today)
        self.look_again()
        self._choose_newest()

    def _found(self, key: str) -> None:
        self.list.choose(key)

    def _selected(self, key: str) -> None:
        entry = None if self._shown is None else self._shown.entry(key)
        self.answer.setVisible(entry is not None)
        if isinstance(entry, Timed):
            hour = time_text(wall(entry.start))
            said = f"{long_date(entry.day)}, {hour}: {self._model.state_words(entry)}"
            self.answer.show_timed(said, entry.mark.state)
        elif isinstance(entry, Dose):
            at = wall(entry.at)
            self.answer.show_dose(f"{long_date(at.date())}, {time_text(at)}: {entry.name}")

    # -- Hands ------------------------------------------------------------------------------------

    def _opened(self, key: str) -> None:
        """Open what was given; at a time go to its answers."""
        entry = None if self._shown is None else self._shown.entry(key)
        if isinstance(entry, Dose):
            self._open_gave(entry)
        elif isinstance(entry, Timed):
            first = self.answer.taken if self.answer.taken.isVisible() else self.answer.skipped
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _give(self) -> None:
        self._open_gave(blank_dose(self._house, self._medicine.person, self._medicine))

    def _open_gave(self, dose: Dose) -> None:
        self.gave_sheet = sheet = GaveSheet(self._house, self.theme, dose, self)
        sheet.accepted.connect(self.look_again)
        sheet.finished.connect(self._gave_closed)
        sheet.open()

    def _gave_closed(self, _result: int = 0) -> None:
        if self.gave_sheet is not None:
            self.gave_sheet.deleteLater()
            self.gave_sheet = None

    def _ask_reason(self) -> None:
        self.answer.ask_reason(
            self.theme, self.answer.about.text(), lambda why: self._mark(SKIPPED, why)
        )
        self.area.ensureWidgetVisible(self.answer)

    def _mark(self, state: str, reason: str = "") -> None:
        key = self.list.current_key()
        entry = None if self._shown is None else self._shown.entry(key)
        if not isinstance(entry, Timed):
            return
        self.wrong.hide()
        try:
            self._house.doses.mark(entry, state, reason)
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()
            return
        self.look_again()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_changed(self) -> bool:
        """Return False: every mark is kept at once."""
        return False
