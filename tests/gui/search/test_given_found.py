"""What was given as needed is found by its words and leads to the Care plan."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from caregiver_app.domain.entities import Dose
from caregiver_app.domain.times import Floating
from caregiver_app.gui.search.wording import Wording
from caregiver_app.services.search import SearchService
from tests.gui.tabs_family import rosas_family


def test_a_dose_is_found_by_what_it_was_for(tmp_path: Path) -> None:
    family = rosas_family(tmp_path)
    kept = family.house.doses.save(
        Dose(id="", person="rosa", name="Paracetamol", what_for="a stubborn headache",
             at=Floating(datetime(2026, 3, 19, 9, 0)))
    )  # fmt: skip
    results = SearchService(family.house).find("stubborn", {})
    lines = [
        line
        for group in results.groups
        for line in Wording(family.house, results).group(group)
        if line.target is not None
    ]
    (line,) = lines
    assert (line.title, line.spoken) == ("Paracetamol", "Given as needed")
    assert "stubborn headache" in line.second
    assert "9:00" in line.fact
    assert line.target is not None
    assert (line.target.place, line.target.kind, line.target.item) == ("care", "dose", kept.id)
    family.close()
