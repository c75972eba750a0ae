"""It happened: on which day, what that means for the later visits, what the nurse wrote down."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import Moment, on_day, wall
from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.form.forms import show_errors
from caregiver_app.gui.calendar.plan.delay_dialog import AgreedSheet, numbers_of
from caregiver_app.gui.calendar.plan.later_visits import LaterVisits
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.visit.record_fields import RecordFields
from caregiver_app.gui.visit.words import heading, is_at_home, record_heading
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fold import Fold
from caregiver_app.gui.words import tr
from caregiver_app.messages import words
from caregiver_app.services.household import Household


class DoneSheet(AgreedSheet):
    """Marks a visit as done; another day than planned is a question to the clinic."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        visit: Appointment,
        *,
        another_day: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            house,
            theme,
            tr("{title} happened", title=visit.title),
            person=visit.person,
            warning=(words("safety.moving"), numbers_of(house, visit)),
            primary=tr("Mark it done"),
            subtitle=heading(house, visit),
            width=1040,
            parent=parent,
        )
        self.visit = visit
        planned = wall(visit.start).date()
        known = planned <= house.care.today and not another_day
        self.day = DateField(
            theme,
            tr("On which day was it?"),
            today=lambda: house.care.today,
            value=planned if known else None,
            past=True,
        )
        self.later = LaterVisits(house, theme, visit)
        self.fold = Fold(theme, record_heading(at_home=is_at_home(visit)))
        self.fold.head.set_summary(tr("Optional. It can be added later, too."))
        self.record_fields = RecordFields(house, theme, visit)
        self._lay_out()
        self.day.changed.connect(self.settle)
        self.later.changed.connect(self.settle)
        self.fold.turned.connect(self.fit)
        self.settle()

    def _lay_out(self) -> None:
        self.add(self.trouble)
        self.day.setMaximumWidth(self.theme.px(420))
        self.body.addWidget(self.day, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.warning)
        self.add(self.later)
        self.box = Card(self.theme, tone="edge")
        self.box.add(self.agreed)
        self.add(self.box)
        self.fold.add(self.record_fields)
        self.add(self.fold)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is no room for two."""
        narrow = self.width() < self.theme.px(840) or self.theme.scale >= 1.5
        self.turn(self.later.columns, down=narrow)
        super().resizeEvent(event)

    # -- What is answered -------------------------------------------------------------------------

    def start(self) -> Moment | None:
        """Return when it was, None while no day can be read."""
        day = self.day.value()
        return None if day is None else on_day(self.visit.start, day)

    @property
    def is_another_day(self) -> bool:
        """Whether it was on another day than planned."""
        start = self.start()
        return start is not None and wall(start).date() != wall(self.visit.start).date()

    def missing(self) -> str:
        """Return what is still to be answered."""
        day = self.day.value()
        if day is None:
            return tr("Give the day on which it was.")
        if day > self.house.care.today:
            return tr("This day is still to come.")
        if not self.is_another_day:
            return ""
        if self.later.choice is None:
            return tr("Choose what happens to the later visits.")
        return super().missing()

    def settle(self) -> None:
        """Show the question about the later visits only where there is one."""
        before = self.later.isHidden()
        other = self.is_another_day
        for widget in (self.warning, self.later, self.box):
            widget.setVisible(other)
        self.later.show_target(self.start() if other else None)
        changing = len(self.later.changes)
        count = self.later.count_words if other and changing > 1 else ""
        said = tr("Mark it done")
        self.primary.set_words(f"{said} · {count}" if count else said)
        super().settle()
        if before == other and self.isVisible():
            self.fit()

    def do_it(self) -> None:
        """Mark it done."""
        self.house.plans.done(
            self.visit.id,
            start=self.start(),
            choice=self.later.choice if self.is_another_day else None,
            agreed=self.has_agreed,
            record=self.record_fields.told(),
        )

    def _confirm(self) -> None:
        try:
            self.do_it()
        except UserError as error:
            fields: dict[str, Field] = {"start": self.day, **self.record_fields.fields}
            self.fold.set_open(opened=True)
            show_errors(self, self.trouble, fields, error)
            return
        self.forget_changes()
        self.accept()
