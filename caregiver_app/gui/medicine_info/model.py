"""What the look-up shows: the medicines in their order, and whose questions a question joins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from caregiver_app.domain.advice import MedicineInfo
from caregiver_app.domain.entities import Person, Question
from caregiver_app.gui.medicine_info.alike import alike
from caregiver_app.gui.whom import badge_letters, called
from caregiver_app.gui.widgets.rows import Row
from caregiver_app.gui.words import tr
from caregiver_app.pages.emergency_of_person import fever_limit
from caregiver_app.pages.medicine_parts import other_names, title_of
from caregiver_app.services.household import Household

_ENOUGH: Final = 2
"""So many letters are looked for."""


class LookUpModel:
    """Reads the reference and what the family has; `person_id` is who is shown in the window."""

    def __init__(self, house: Household, person_id: str | None = None) -> None:
        self.house = house
        self._person_id = person_id

    # -- The list ---------------------------------------------------------------------------------

    def rows(self, typed: str) -> list[Row]:
        """Return what fits the typed words, the best first; else the family's own, then all.

        Where nothing fits, names that are spelled nearly so stand below a heading that says it.
        """
        asked = typed.strip()
        if len(asked) >= _ENOUGH:
            fitting = self.house.reference.find_medicines(asked)
            return [self._row(info) for info in fitting] or self._alike(asked)
        own = self.own()
        every = sorted(self.house.reference.medicines, key=lambda info: info.name.casefold())
        rows = [self._row(info, owners) for info, owners in own]
        if rows:
            rows.insert(0, Row(key="", title=tr("In your care plan"), heading=True))
            rows.append(Row(key="", title=tr("All, by name"), heading=True))
        known = {info.id for info, _ in own}
        return [*rows, *(self._row(info) for info in every if info.id not in known)]

    def fits(self, typed: str) -> bool:
        """Tell whether the rows are of what was typed, not only spelled nearly like it."""
        asked = typed.strip()
        return len(asked) < _ENOUGH or bool(self.house.reference.find_medicines(asked))

    def meant(self, typed: str, found: Sequence[str]) -> str:
        """Return the id that was meant of those found: the only one, or the one named so, or ""."""
        if not self.fits(typed):
            return ""
        named = self.house.reference.medicine(typed)
        if named is not None and named.id in found:
            return named.id
        return found[0] if len(found) == 1 else ""

    def _alike(self, asked: str) -> list[Row]:
        found = alike(asked, self.house.reference.medicines)
        if not found:
            return []
        title, second = tr("Spelled nearly like it"), tr("The clinic’s letter tells which it is.")
        return [
            Row(key="", title=title, second=second, heading=True),
            *(self._row(info) for info in found),
        ]

    def own(self) -> list[tuple[MedicineInfo, list[Person]]]:
        """Return the family's medicines that the reference knows, and whose they are."""
        house = self.house
        found: dict[str, tuple[MedicineInfo, list[Person]]] = {}
        for person in house.people.people():
            names = [plan.medicine for plan in house.plans.all(person.id)]
            names += [one.name for one in house.people.medicines(person.id)]
            for info in filter(None, map(house.reference.medicine, names)):
                owners = found.setdefault(info.id, (info, []))[1]
                if person not in owners:
                    owners.append(person)
        return list(found.values())

    def _row(self, info: MedicineInfo, owners: Sequence[Person] = ()) -> Row:
        people = self.house.people.people()
        owner = owners[0] if len(people) > 1 and len(owners) == 1 else None
        ids = [person.id for person in people]
        return Row(
            key=info.id,
            title=title_of(info),
            second=other_names(info) or info.route,
            icon="infusion" if info.infused else "medicine",
            kind="infusion" if info.infused else "medication",
            person=called(owner),
            person_colour=1 if owner is None else ids.index(owner.id) % 2 + 1,
            person_letters="" if owner is None else badge_letters(people)[owner.id],
            opens=True,
        )

    # -- One medicine -----------------------------------------------------------------------------

    def owners(self, info: MedicineInfo) -> list[Person]:
        """Return who has this medicine in the care plan."""
        return [person for one, owners in self.own() if one.id == info.id for person in owners]

    def asker(self, info: MedicineInfo) -> Person | None:
        """Return whose questions a question about this medicine joins, None to let one choose."""
        people = self.house.people.people()
        shown = next((one for one in people if one.id == self._person_id), None)
        owners = self.owners(info)
        if len(owners) == 1:
            return owners[0]
        return shown or (people[0] if len(people) == 1 else None)

    def fever_limit(self, info: MedicineInfo) -> str:
        """Return the fever limit in words: the owner's own where there is one owner."""
        owners = self.owners(info)
        return fever_limit(self.house.watch.fever_limit(owners[0].id if len(owners) == 1 else ""))

    def asked(self, person_id: str | None) -> frozenset[str]:
        """Return the open questions of a person (None: of whoever there is), as written."""
        questions = self.house.support.questions(person_id)
        return frozenset(one.text for one in questions if not one.answer)

    def ask(self, person_id: str, text: str) -> None:
        """Add a question to the open ones of a person.

        Raises:
            UserError: it could not be kept.
        """
        self.house.support.save_question(Question(id="", person=person_id, text=text))
