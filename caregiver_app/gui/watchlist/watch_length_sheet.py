"""The sheet in which a family says for how long signs are watched for after an infusion."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Plan
from caregiver_app.errors import UserError
from caregiver_app.gui.refusal import show_refusal
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.fields import NumberField
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import plain_date, tr
from caregiver_app.messages import words
from caregiver_app.pages.medicine_parts import watch_days_words
from caregiver_app.services.household import Household

_MOST: Final = 90


class WatchLengthSheet(Sheet):
    """One number for all infusions of a plan, beside what the reference says of the medicine."""

    def __init__(self, theme: Theme, house: Household, plan: Plan, parent: QWidget | None) -> None:
        super().__init__(
            theme,
            tr("How long to watch after an infusion"),
            icon="watch",
            primary=tr("Save"),
            subtitle=plan.medicine,
            parent=parent,
        )
        self._house, self._plan = house, plan
        self.days = NumberField(
            theme,
            tr("Watch for signs after each infusion"),
            value=plan.watch_days,
            most=_MOST,
            suffix=tr("days"),
            hint=tr("0 for no watching. The next infusion ends it in any case."),
        )
        self.add(self.days)
        self.add(
            Text(
                tr("Check-ins come only on these days. What was written stays."),
                "second",
                "soft",
            )
        )
        self._add_reference()
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        self.confirmed.connect(self._save)

    def _add_reference(self) -> None:
        info = self._house.reference.medicine(self._plan.medicine)
        if info is None:
            return
        self.add(Text(tr("What is usual with {medicine}", medicine=info.name), "second_strong"))
        self.add(Text(" ".join((*watch_days_words(info), words("safety.everywhere"))), "second"))
        checked = tr("checked {day}", day=plain_date(info.checked))
        self.add(Text(f"{checked} · {words('safety.not_reviewed')}", "second", "soft"))

    def _save(self) -> None:
        self.wrong.hide()
        days = self.days.value()
        if days is None:
            self.days.set_error(tr("Give a whole number of days, 0 for none."))
            self.focus_first_error()
            return
        try:
            if days != self._plan.watch_days:
                self._house.plans.set_watch_days(self._plan, days)
        except UserError as error:
            show_refusal(error, {"watch_days": self.days}, self.wrong)
            self.focus_first_error()
            return
        self.accept()
