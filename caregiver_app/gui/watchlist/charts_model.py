"""What the charts page shows, as plain values, read when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from caregiver_app.domain.entities import Question
from caregiver_app.domain.times import wall
from caregiver_app.gui.whom import AboutSomebody
from caregiver_app.gui.words import short_date, tr
from caregiver_app.pages.chart_values import Shown
from caregiver_app.pages.cycle_pictures import cycles_shown, topics
from caregiver_app.pages.watch_pictures import (
    STRIP_DAYS,
    strip_shown,
    timeline_shown,
    wellbeing_shown,
)
from caregiver_app.services.cycles import MOST_CYCLES, sign_of_now
from caregiver_app.services.household import Household
from caregiver_app.services.watch_charts import MOST_DAYS, span_of

CHARTS: Final = ("timeline", "cycles", "signs", "wellbeing")
FEW_CYCLES: Final = {"2": 2, "4": 4, "all": MOST_CYCLES}


class ChartsModel(AboutSomebody):
    """The charts of one person.

    What was shown is kept until `forget`, so that going back and forth costs no second look.
    """

    def __init__(self, house: Household) -> None:
        super().__init__(house)
        self._kept: dict[tuple[str, str, str, date], Shown | None] = {}

    def set_person(self, person_id: str | None) -> None:
        """Speak of somebody else."""
        super().set_person(person_id)
        self.forget()

    def forget(self) -> None:
        """Look again at the next asking: something may be different."""
        self._kept.clear()

    def has_infusion(self) -> bool:
        """Tell whether the person has had an infusion."""
        person, today = self.person, self.house.care.today
        return person is not None and self.house.watch.since(person.id, today) is not None

    def topics(self) -> list[tuple[str, str]]:
        """Return what can be laid over infusions as (key, words): signs, then scales."""
        person = self.person
        return [] if person is None else topics(self.house, person.id)

    def first_topic(self) -> str:
        """Return what is shown before anybody chose: what goes on, else the newest sign."""
        person, keys = self.person, [key for key, _ in self.topics()]
        now = "" if person is None else sign_of_now(self.house.care, person.id)
        return now if now in keys else next(iter(keys), "")

    def shown(self, chart: str, reach: str) -> Shown | None:
        """Return one of the charts along days; None where there is nothing in those days.

        `chart` is "timeline", "signs" or "wellbeing", `reach` as in `services.watch_charts`.
        """
        make = {"timeline": timeline_shown, "signs": strip_shown, "wellbeing": wellbeing_shown}
        days = STRIP_DAYS if chart == "signs" else MOST_DAYS

        def shown(person: str) -> Shown | None:
            span = span_of(self.house.care, person, reach, most_days=days)
            return make[chart](self.house, person, span)

        return self._once((chart, reach, "", self.house.care.today), shown)

    def cycles(self, topic: str, few: str) -> Shown | None:
        """Return a sign or scale over "2", "4" or "all" infusions; None before any."""
        if not topic:
            return None
        return self._once(
            ("cycles", few, topic, self.house.care.today),
            lambda person: cycles_shown(self.house, person, topic, FEW_CYCLES[few]),
        )

    def _once(
        self, key: tuple[str, str, str, date], make: Callable[[str], Shown | None]
    ) -> Shown | None:
        person = self.person
        if person is None:
            return None
        if key not in self._kept:
            self._kept[key] = make(person.id)
        return self._kept[key]

    def ask(self, text: str) -> None:
        """Put a question for the doctor on the list.

        Raises:
            FormRefused: it is empty or too long.
        """
        person = self.person
        whose = "" if person is None else person.id
        self.house.support.save_question(Question(id="", person=whose, text=text))

    def visit_words(self) -> str:
        """Return where the question will wait: "the visit on Tue 31 Mar", or the list."""
        person = self.person
        visit = None if person is None else self.house.agenda.next_visit(person.id)
        if visit is None:
            return tr("It joins your questions for the doctor.")
        day = short_date(wall(visit.start).date())
        return tr("It joins your questions for {day}.", day=day)
