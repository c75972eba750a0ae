"""As-needed medicines: what was given, when and what for. Amounts only as somebody typed them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Dose, Medicine
from caregiver_app.domain.times import AllDay, instant, refuse_gap
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care, refuse


class DoseService:
    """Keeps what was given outside any schedule."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def get(self, dose_id: str) -> Dose | None:
        """Return one by id."""
        return self._care.store.get(Dose, dose_id)

    def between(self, first: date, last: date, person: str | None = None) -> list[Dose]:
        """Return what was given on the days `first` to `last`, by the wall clock, in order."""
        return self._care.store.doses_between(first, last, person=person)

    def save(self, dose: Dose) -> Dose:
        """Keep what was given, new or changed.

        Raises:
            FormRefused: there is no name or no hour, it lies ahead, the medicine is not on the
                list, or a field cannot be taken.
        """
        refuse(
            lambda: texts.title(dose.name, "name"),
            lambda: self._check_time(dose),
            lambda: self._check_medicine(dose),
            lambda: texts.line(dose.what_for, "what_for"),
            lambda: texts.line(dose.amount, "amount"),
            lambda: texts.paragraphs(dose.note, "note"),
        )
        care = self._care
        old = self.get(dose.id) if dose.id else None
        with care.change("done.dose", name=dose.name.strip()):
            person = care.whose(dose.person, old)
            kept = replace(
                care.stamped(dose, old),
                person=person.id,
                name=texts.title(dose.name, "name"),
                what_for=texts.line(dose.what_for, "what_for"),
                amount=texts.line(dose.amount, "amount"),
                note=texts.paragraphs(dose.note, "note"),
            )
            care.store.put(kept)
        return kept

    def remove(self, dose_id: str) -> None:
        """Delete one; undo brings it back.

        Raises:
            InputRefused: it is not there any more.
        """
        found = self.get(dose_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=dose_id)
        with self._care.change("done.entry_removed", name=found.name):
            self._care.store.remove(Dose, dose_id, self._care.now)

    def _check_time(self, dose: Dose) -> None:
        if isinstance(dose.at, AllDay):
            raise InputRefused("dose.no_hour", "at")
        refuse_gap(dose.at, "at")
        if instant(dose.at, self._care.home) > self._care.now:
            raise InputRefused("dose.ahead", "at")

    def _check_medicine(self, dose: Dose) -> None:
        if dose.medicine is not None and self._care.store.get(Medicine, dose.medicine) is None:
            raise InputRefused("medicine.unknown", "medicine", id=dose.medicine)
