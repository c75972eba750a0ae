"""What the Care plan tab makes of what a family typed: allergies, rhythms, coverage, paragraphs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Appointment, Contact, Person, Plan
from caregiver_app.domain.times import Floating, Zoned
from caregiver_app.gui.care_plan.allergies import AllergyChips
from caregiver_app.gui.care_plan.coverage import (
    Coverage,
    approval_words,
    coverages_of,
    masked,
    open_words,
    told,
)
from caregiver_app.gui.care_plan.model import (
    Allergy,
    allergies_of,
    born_words,
    conditions_of,
    lines_of,
    only_on,
    reach_of,
)
from caregiver_app.gui.care_plan.phrase import Phrase, Run, height_of, laid_out
from caregiver_app.gui.care_plan.plan_words import plans_of
from caregiver_app.gui.care_plan.runway import Runway, month_names
from caregiver_app.gui.theme import Theme
from tests.gui.care_plan.care_family import LONG, MARCH
from tests.gui.tabs_family import ZONE, Family

PLAN = Plan(
    id="p",
    uid="p",
    person="rosa",
    medicine="m",
    first=Zoned(datetime(2026, 3, 17, 9, 30), ZONE),
    offsets=(0, 2, 6),
    every=8,
)
PILLS = Appointment(
    id="a",
    uid="a",
    person="rosa",
    type="medication",
    title="Methotrexate",
    start=Floating(datetime(2026, 3, 20, 18, 0)),
    minutes=5,
)


def coverage_of(family: Family) -> Coverage:
    """Return what the only plan's lane says."""
    (found,) = coverages_of(family.house, "rosa")
    return found


# ---- the person --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []),
        ("penicillin", [Allergy("penicillin")]),
        ("penicillin, latex", [Allergy("penicillin"), Allergy("latex")]),
        ("Penicillin: rash, 1994\nlatex", [Allergy("Penicillin", "rash, 1994"), Allergy("latex")]),
        ("latex, nuts: swelling; 青霉素", [Allergy("latex"), Allergy("nuts", "swelling"),
                                       Allergy("青霉素")]),
        ("Penicillin (rash, 1994), latex", [Allergy("Penicillin", "rash, 1994"), Allergy("latex")]),
        ("None known", [Allergy("None known", told=False)]),
        ("no", [Allergy("no", told=False)]),
        ("Novamin", [Allergy("Novamin")]),
        (" ,;\n , ", []),
        ("(rash)", [Allergy("(rash)")]),
        (": rash", []),
    ],
)  # fmt: skip
def test_allergies_as_they_are_typed(text: str, wanted: list[Allergy]):
    assert allergies_of(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("", ("", "")), ("lupus", ("lupus", "")), ("lupus\ndry eyes", ("lupus", ", dry eyes")),
     ("arthritis (knee, hip), gout", ("arthritis (knee, hip)", ", gout"))],
)  # fmt: skip
def test_the_first_condition_stands_out(text: str, wanted: tuple[str, str]):
    assert conditions_of(text) == wanted


@pytest.mark.parametrize(
    ("born", "wanted"),
    [(None, ""), (date(1958, 6, 4), "67, born 4 June 1958"),
     (date(1958, 3, 20), "68, born 20 March 1958"), (date(2026, 1, 2), "born 2 January 2026")],
)  # fmt: skip
def test_age_counts_from_the_birthday(born: date | None, wanted: str):
    assert born_words(Person(id="r", born=born), date(2026, 3, 20)) == wanted


# ---- medicines and plans -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("FREQ=WEEKLY", "Only on Fridays"),
        ("FREQ=WEEKLY;BYDAY=MO,FR", "Only on Mon, Fri"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", ""),
        ("FREQ=WEEKLY;INTERVAL=2", "Every 2 weeks: Fri"),
        ("FREQ=DAILY", ""),
        ("FREQ=DAILY;INTERVAL=3", "Every 3 days"),
        ("FREQ=YEARLY", ""),
    ],
)
def test_the_chip_says_only_what_the_series_says(rule: str, wanted: str):
    assert only_on(replace(PILLS, rrule=rule)) == wanted


def test_only_a_series_of_that_name_that_goes_on_counts(family: Family):
    agenda = family.house.agenda
    lines = {one.title: one for one in lines_of(family.house, "rosa")}
    assert (lines["Folic acid"].chip, lines["Folic acid"].second) == ("", "after breakfast")
    agenda.save(replace(PILLS, id="b", uid="b", title="Folic acidic", rrule="FREQ=WEEKLY"))
    agenda.save(replace(PILLS, id="c", uid="c", title="Folic acid"))
    agenda.save(replace(PILLS, id="d", uid="d", title="folic acid, ended",
                        start=Floating(datetime(2026, 2, 6, 8, 0)),
                        rrule="FREQ=WEEKLY;COUNT=3"))  # fmt: skip
    lines = {one.title: one for one in lines_of(family.house, "rosa")}
    assert (lines["Folic acid"].chip, lines["Folic acid"].second) == ("", "after breakfast")
    agenda.save(replace(PILLS, id="e", uid="e", title="Folic acid (supper)", rrule="FREQ=DAILY"))
    agenda.save(replace(PILLS, id="f", uid="f", title="Folic acid", rrule="FREQ=WEEKLY",
                        start=Floating(datetime(2026, 3, 20, 8, 0))))  # fmt: skip
    lines = {one.title: one for one in lines_of(family.house, "rosa")}
    assert (lines["Folic acid"].chip, lines["Folic acid"].second) == (
        "", "8:00, 18:00, after breakfast",
    )  # fmt: skip
    agenda.cancel("fridays")
    lines = {one.title: one for one in lines_of(family.house, "rosa")}
    assert lines["Methotrexate"].chip == ""


def test_the_next_visit_of_a_plan_skips_done_and_cancelled_ones(family: Family):
    plans = family.house.plans
    plans.cancel("p1~2", agreed=True)
    assert plans_of(family.house, "rosa")[0].next == "28 April"
    plans.remove("p1", agreed=True)
    assert plans_of(family.house, "rosa") == []


def test_a_number_for_out_of_hours_alone_is_one_row():
    late = Contact(id="c", person="rosa", name="Ward", role="clinic", phone_after_hours="1")
    (row,) = reach_of([late])
    assert (row.second, row.number, row.contact) == ("out of hours", "1", "c")


# ---- coverage ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("number", "wanted"),
    [("W-1234-4471", "•••• 4471"), ("12345", "•••• 45"), ("12", "•••• 2"), ("1", "••••"),
     ("---", "••••")],
)  # fmt: skip
def test_numbers_show_only_their_end(number: str, wanted: str):
    assert masked(number) == wanted


def test_a_used_up_approval_leaves_its_next_visit_open(family: Family):
    people = family.house.people
    people.save_authorisation(replace(MARCH, last=date(2026, 12, 31)))
    found = coverage_of(family)
    assert [one.state for one in found.marks[:3]] == ["approved", "approved", "open"]
    assert open_words(found) == "Infusion 3 on 28 April: more visits than approved"
    people.save_authorisation(replace(MARCH, last=date(2026, 12, 31), visits=None))
    found = coverage_of(family)
    # The runway is all green; the visit of February is further away, but within the year.
    assert {one.state for one in found.marks} == {"approved"}
    assert found.bare == ()
    assert open_words(found) == "Infusion 8 on 2 February 2027: outside the approved time"
    people.save_authorisation(replace(MARCH, last=date(2027, 3, 20), visits=None))
    assert open_words(coverage_of(family)) == ""


def test_gaps_between_approvals_are_bare(family: Family):
    people = family.house.people
    june = replace(MARCH, id="june", first=date(2026, 6, 1), last=date(2026, 6, 30))
    people.save_authorisation(june)
    found = coverage_of(family)
    assert [(one.first, one.last) for one in found.approved] == [
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 6, 1), date(2026, 6, 30)),
    ]
    assert [(one.first, one.last) for one in found.bare] == [
        (date(2026, 4, 1), date(2026, 5, 31)),
        (date(2026, 7, 1), date(2026, 10, 31)),
    ]
    assert "Approved: 1 June to 30 June" in told(found)
    people.save_authorisation(replace(june, id="april", first=date(2026, 4, 1)))
    (joined,) = coverage_of(family).approved
    assert (joined.first, joined.last) == (date(2026, 3, 1), date(2026, 6, 30))


def test_past_visits_without_an_approval_ask_for_nothing(family: Family):
    family.house.people.save_authorisation(
        replace(MARCH, first=date(2026, 3, 18), visits=None, last=date(2027, 12, 31))
    )
    found = coverage_of(family)
    assert found.marks[0].state == "past"
    assert told(found)[1] == "Infusion 1, 17 March: past, no approval written down"
    assert open_words(found) == ""


def test_a_cancelled_visit_needs_no_approval(family: Family):
    family.house.plans.cancel("p1~3", agreed=True)
    found = coverage_of(family)
    assert 3 not in [one.number for one in found.marks]
    assert open_words(found) == "Infusion 4 on 23 June: outside the approved time"


def test_each_plan_has_a_lane_of_its_own_approvals(family: Family):
    people = family.house.people
    first = replace(PLAN, id="p2", uid="p2", medicine="iron", offsets=(0, 2), every=None)
    family.house.plans.save(first)
    people.save_authorisation(replace(MARCH, plan="p1", visits=None))
    lanes = {one.name: one for one in coverages_of(family.house, "rosa")}
    assert list(lanes) == ["infliximab", "iron"]
    assert open_words(lanes["infliximab"]) == "Infusion 3 on 28 April: outside the approved time"
    assert lanes["iron"].approvals == ()
    assert approval_words(lanes["iron"]) == "No approval written down yet"
    assert open_words(lanes["iron"]) == "", "nobody is asked about a letter that never came"
    people.save_authorisation(replace(MARCH, id="iron", plan="p2", visits=1))
    lanes = {one.name: one for one in coverages_of(family.house, "rosa")}
    assert [one.state for one in lanes["iron"].marks] == ["approved", "open"]
    assert open_words(lanes["iron"]) == "Infusion 2 on 31 March: more visits than approved"


def test_an_infusion_without_a_plan_counts_by_its_day(family: Family):
    family.house.agenda.save(
        replace(PILLS, id="single", uid="single", type="infusion", title="Iron",
                start=Zoned(datetime(2026, 4, 2, 9, 0), ZONE))
    )  # fmt: skip
    found = coverage_of(family)
    assert open_words(found) == "Visit on 2 April: outside the approved time"
    assert "Visit, 2 April: outside the approved time" in told(found)


def test_an_approval_says_what_its_letter_says(family: Family):
    people = family.house.people
    bare = replace(MARCH, insurer="", member="", first=None, visits=1)
    people.save_authorisation(bare)
    assert approval_words(coverage_of(family)) == "Approved up to 31 March, 1 visit."
    people.save_authorisation(replace(bare, first=date(2025, 5, 1), visits=None))
    said = approval_words(coverage_of(family))
    assert said == "Approved 1 May 2025 to 31 March 2026."
    people.save_authorisation(replace(bare, member="W-1234-4471"))
    said = approval_words(coverage_of(family))
    assert said == "Member •••• 4471. Approved up to 31 March, 1 visit."


# ---- the runway --------------------------------------------------------------------------------
@pytest.mark.parametrize(("width", "scale"), [(1160, 1.0), (560, 1.0), (300, 1.0), (780, 2.0)])
@pytest.mark.parametrize("weekly", [False, True])
def test_no_date_on_the_runway_lies_on_anything(
    qtbot: QtBot, family: Family, width: int, scale: float, weekly: bool
) -> None:
    if weekly:
        family.house.plans.remove("p1", agreed=True)
        family.house.plans.save(replace(PLAN, id="w", uid="w", offsets=(0,), every=1))
    theme = Theme()
    theme.set_scale(scale)
    runway = Runway(theme)
    qtbot.addWidget(runway)
    runway.show_coverage(coverage_of(family))
    runway.resize(width, runway.sizeHint().height())
    placed = runway.places()
    assert len(placed) == len(runway._coverage.marks)  # type: ignore[union-attr]
    discs = [one.disc for one in placed if one.large]
    labels = [one.label for one in placed if one.label is not None]
    solid = discs + labels
    for place, one in enumerate(solid):
        assert one.left() >= 0
        assert one.right() <= width
        assert not any(one.intersects(other) for other in solid[place + 1 :])
    if not weekly and width > 1000:
        assert len(labels) == len(placed), "where there is room every date stands there"
    assert not runway.grab().toImage().isNull()


def test_months_are_named_shortly_where_the_room_is_small(qtbot: QtBot) -> None:
    starts = [date(2026, month, 1) for month in range(8, 12)]
    metrics = QFontMetrics(Theme().font("second"))
    assert month_names(starts, metrics, 500) == ["August", "September", "October", "November"]
    assert month_names(starts, metrics, 60) == ["Aug", "Sep", "Oct", "Nov"]
    assert month_names(starts, metrics, 30) == ["Aug", "", "Oct", ""]


# ---- paragraphs --------------------------------------------------------------------------------
def test_long_words_break_and_many_lines_end_in_dots(qtbot: QtBot) -> None:
    theme = Theme()
    layout = laid_out(theme, [Run(LONG, "strong")], 100)
    assert layout.lineCount() > 2
    widest = [layout.lineAt(place) for place in range(layout.lineCount())]
    assert all(line.naturalTextWidth() <= 100 for line in widest)
    short = laid_out(theme, [Run("😀 word ", "strong"), Run("next " * 90)], 120, most_lines=3)
    assert short.lineCount() == 3
    assert short.text().endswith("…")
    assert height_of(short) < height_of(laid_out(theme, [Run("next " * 90)], 120))


def test_a_phrase_grows_with_narrower_room_and_larger_text(qtbot: QtBot) -> None:
    theme = Theme()
    phrase = Phrase(theme, Run("38.0 °C ", "strong"), Run("the usual limit", "second", "soft"))
    qtbot.addWidget(phrase)
    assert phrase.text() == "38.0 °C the usual limit"
    wide, narrow = phrase.heightForWidth(400), phrase.heightForWidth(80)
    assert narrow > wide
    theme.set_scale(2.0)
    assert phrase.heightForWidth(400) > wide
    phrase.show_runs()
    assert phrase.heightForWidth(400) == 0


def test_a_phrase_follows_the_theme_by_itself(qtbot: QtBot) -> None:
    theme = Theme()
    page = QWidget()
    column = QVBoxLayout(page)
    phrase = Phrase(theme, Run("some words that stand on a line or two"))
    column.addWidget(phrase)
    column.addStretch(1)
    qtbot.addWidget(page)
    page.resize(300, 400)
    page.show()
    QApplication.processEvents()
    before = phrase.height()
    theme.set_scale(2.0)
    qtbot.waitUntil(lambda: phrase.height() > before)


def test_allergies_wrap_and_are_read_out(qtbot: QtBot) -> None:
    chips = AllergyChips(Theme())
    qtbot.addWidget(chips)
    chips.show_allergies([Allergy("Penicillin", "rash"), Allergy(LONG), Allergy("no", told=False)])
    assert chips.text() == f"Penicillin, rash; {LONG}; no"
    assert chips.heightForWidth(120) > chips.heightForWidth(900)
    for width in (120, 900):
        for piece in chips._lay(width)[0]:
            right = piece.spot.x() + max(
                piece.words.lineAt(place).naturalTextWidth()
                for place in range(piece.words.lineCount())
            )
            assert right <= width
