"""Rosa's family with everything that a call sheet can show."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from caregiver_app.domain.entities import (
    Appointment,
    Dose,
    InfusionRecord,
    Medicine,
    Question,
    SideEffect,
)
from caregiver_app.domain.times import Zoned
from tests.gui.tabs_family import ZONE, Family, settled_family


def at(text: str) -> Zoned:
    """A wall time at home."""
    return Zoned(datetime.fromisoformat(text), ZONE)


def wrote(family: Family, when: str, sign: str, severity: int = 1, **told: object) -> SideEffect:
    """Write a sign of Rosa's down."""
    fields = {"id": "", "person": "rosa", "urgency": ""} | told
    return family.house.watch.save(SideEffect(sign=sign, severity=severity, at=at(when), **fields))


def full_family(folder: Path) -> Family:
    """Rosa on Friday 20 March, 18:00: three signs, two readings, a record, doses, questions."""
    family = settled_family(folder)
    house = family.house
    house.settings.set("emergency_number", "911")
    wrote(family, "2026-03-17T20:15", "fatigue", text="Gone next morning")
    wrote(family, "2026-03-18T16:20", "dizziness", 2, going_on=True, done="Curtains closed")
    wrote(family, "2026-03-20T17:10", "cold_symptoms", 2, temperature_c=38.2, told="Ana")
    house.records.save(
        InfusionRecord(id="", person="rosa", visit="p1~1", product="Renflexis", lot="K2-026A")
    )
    house.people.save_medicine(Medicine(id="fol", person="rosa", name="folic acid"))
    house.agenda.save(
        Appointment(id="m", uid="", person="rosa", type="medication", title="folic acid",
                    start=at("2026-03-17T08:00"), minutes=0, rrule="FREQ=DAILY", medicine="fol")
    )  # fmt: skip
    house.doses.save(
        Dose(id="", person="rosa", name="paracetamol", at=at("2026-03-20T14:00"), amount="one")
    )
    history = house.doses.history("rosa", date(2026, 3, 19), date(2026, 3, 20))
    house.doses.mark(history.timed[0], "skipped", "felt sick")
    house.support.save_question(Question(id="q", person="rosa", text="Who asks the insurer?"))
    return family
