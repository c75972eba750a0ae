"""A made-up family for trying things out and for pictures; nobody in it exists.

Two people, each with a therapy plan, and two years of past up to the present moment. The phone
numbers lie in the range that Ofcom keeps for drama (01632 960000 to 960999).
"""

from __future__ import annotations

from caregiver_app.services.demo import (
    answers,
    bags,
    calendar,
    diary,
    notebook,
    people,
    support,
    treatment,
    watching,
)
from caregiver_app.services.demo.making import Maker
from caregiver_app.services.household import Household

EMERGENCY_NUMBER = "112"
"""As this family typed it: the program itself knows no number."""


def fill(house: Household) -> None:
    """Fill an empty household with the family's life up to the clock's moment.

    It is one durable change that cannot be undone, so that it takes a moment and not a minute.
    """
    # Otherwise the first look at the computer's zone would go through everything once more.
    house.reminders.refresh_if_moved()
    maker = Maker(house)
    with house.care.change("done.plan", undoable=False):
        people.fill(maker)
        calendar.fill(maker)
        treatment.fill(maker)
        diary.fill(maker)
        watching.fill(maker)
        notebook.fill(maker)
        support.fill(maker)
        bags.fill(maker)
        answers.fill(maker)
        house.settings.put("emergency_number", EMERGENCY_NUMBER)
