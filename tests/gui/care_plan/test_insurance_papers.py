"""Approvals, calls, costs and help to pay: kept, shown, covered, folded, and long lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Authorisation
from caregiver_app.domain.insurance import Assistance, Call, Cost
from caregiver_app.gui.bridge import change_words
from caregiver_app.gui.care_plan.insurance_sheets import ApprovalSheet, CallSheet
from caregiver_app.gui.care_plan.money_sheets import CostSheet, HelpSheet, YearSheet
from caregiver_app.gui.care_plan.papers_cards import MOMENT_MS
from caregiver_app.gui.care_plan.tab import CarePlanTab
from caregiver_app.gui.theme import Theme
from tests.gui.care_plan.care_family import LONG, click, click_row, opened, rows, save, sheet_of
from tests.gui.tabs_family import Family, button, visible_text

LETTER = Authorisation(
    id="letter",
    person="rosa",
    plan="p1",
    insurer="Harbour Health",
    member="W-1234-4471",
    number="A-5566-8840",
    first=date(2026, 4, 1),
    last=date(2026, 9, 30),
    visits=3,
    benefit="medicare_part_b",
    site="Willow Lane",
    appeal=date(2026, 4, 20),
)


def undo_words(family: Family) -> str:
    label = family.house.care.store.undo_label()
    assert label is not None
    return change_words(*label, family.house.care.today)


@pytest.fixture
def unfolded(qtbot: QtBot, tab: CarePlanTab) -> CarePlanTab:
    click(qtbot, tab, "Approvals and calls")
    click(qtbot, tab, "Costs and help to pay")
    return tab


# ---- folding -----------------------------------------------------------------------------------
def test_both_cards_begin_folded_and_stay_as_they_were_left(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    assert not tab.papers.approvals.isVisible()
    assert not tab.money.costs.isVisible()
    head = button(tab, "Approvals and calls")
    assert head.height() >= 44
    assert "folded" in head.accessibleDescription()
    head.setFocus()
    qtbot.keyClick(head, Qt.Key.Key_Return)
    assert tab.papers.approvals.isVisible()
    assert "shown" in head.accessibleDescription()
    again = opened(qtbot, family)
    assert again.papers.fold.is_open
    assert not again.money.fold.is_open
    qtbot.keyClick(again.papers.fold.head, Qt.Key.Key_Left)
    assert not again.papers.fold.is_open


def test_empty_lists_are_kind(unfolded: CarePlanTab) -> None:
    text = visible_text(unfolded)
    for words in (
        "None yet. Who said what is easily forgotten: “Log a call” keeps it.",
        "None yet. Keep what you may want to find again: a bill, parking, the way there.",
        "None yet. A fund or a copay card, and when it ends.",
        "Deductible and copay: not written down yet",
    ):
        assert words in text
    assert unfolded.money.fold.head.summary == "Nothing written down yet"


# ---- approvals ---------------------------------------------------------------------------------
def test_an_approval_tells_all_and_covers_its_numbers(
    qtbot: QtBot, unfolded: CarePlanTab, family: Family
) -> None:
    family.house.people.save_authorisation(LETTER)
    assert rows(unfolded.papers.approvals.list)[0] == (
        "Harbour Health: infliximab, 1 April to 30 September, 3 visits."
        " Medicare Part B, Willow Lane. Number •••• 8840, member •••• 4471, Appeal by 20 April"
    )
    assert unfolded.papers.fold.head.summary == "Appeal by 20 April"
    assert "1234" not in str(rows(unfolded.papers.approvals.list))
    click(qtbot, unfolded.papers, "Show the numbers for a moment")
    assert "Number A-5566-8840, member W-1234-4471" in rows(unfolded.papers.approvals.list)[0]
    timer = unfolded.papers.numbers._timer
    assert timer.isActive()
    assert timer.interval() == MOMENT_MS <= 60_000
    timer.timeout.emit()
    assert "5566" not in str(rows(unfolded.papers.approvals.list))
    click(qtbot, unfolded.papers, "Show the numbers for a moment")
    unfolded.hide()
    unfolded.show()
    assert "5566" not in str(rows(unfolded.papers.approvals.list)), "who comes back sees the end"


def test_an_approval_is_for_one_plan_where_there_are_several(
    qtbot: QtBot, unfolded: CarePlanTab, family: Family
) -> None:
    click_row(qtbot, unfolded.papers.approvals.list, 0)
    sheet = sheet_of(ApprovalSheet)
    assert isinstance(sheet, ApprovalSheet)
    assert not sheet.plan.isVisible(), "with one plan there is nothing to ask"
    sheet.done(0)
    plan = family.house.plans.get("p1")
    assert plan is not None
    family.house.plans.save(replace(plan, id="p2", uid="p2", medicine="iron"))
    click_row(qtbot, unfolded.papers.approvals.list, 0)
    sheet = sheet_of(ApprovalSheet)
    assert isinstance(sheet, ApprovalSheet)
    assert sheet.plan.isVisible()
    sheet.plan.set_value("p2")
    sheet.benefit.set_value("pharmacy")
    sheet.site.set_text("at home")
    sheet.appeal.set_text("2 April 2026")
    save(qtbot, sheet)
    kept = family.house.people.authorisation("march")
    assert kept is not None
    assert (kept.plan, kept.benefit, kept.site) == ("p2", "pharmacy", "at home")
    assert kept.appeal == date(2026, 4, 2)
    assert kept.member == "W-1234-4471", "what was covered is kept as it was"


def test_an_approval_is_deleted_from_its_row(
    qtbot: QtBot, unfolded: CarePlanTab, family: Family
) -> None:
    unfolded.papers.approvals.list.choose("march")
    qtbot.keyClick(unfolded.papers.approvals.list, Qt.Key.Key_Delete)
    assert family.house.people.authorisations("rosa") == []
    assert undo_words(family) == "Approval to Tue 31 Mar deleted"
    assert not unfolded.papers.numbers.isVisible(), "nothing is covered any more"


# ---- calls -------------------------------------------------------------------------------------
def test_a_call_is_logged_beside_the_approval(
    qtbot: QtBot, unfolded: CarePlanTab, family: Family
) -> None:
    click(qtbot, unfolded, "Log a call")
    sheet = sheet_of(CallSheet)
    assert isinstance(sheet, CallSheet)
    assert sheet.with_whom.text() == "Harbour Health"
    assert sheet.date.value() == date(2026, 3, 20)
    assert sheet.focusWidget() is sheet.text_field.control, "the rest stands there already"
    sheet.with_whom.set_text("Harbour Health, Ms Okafor")
    sheet.number.set_text("HH-3081")
    sheet.text_field.set_text("An answer within ten days.")
    sheet.again.set_text("1 March 2026")
    save(qtbot, sheet)
    assert sheet.again.error(), "a day before the call is refused beside its field"
    sheet.again.set_text("30 March 2026")
    save(qtbot, sheet)
    (kept,) = family.house.insurance.calls("rosa")
    assert (kept.authorisation, kept.again) == ("march", date(2026, 3, 30))
    (row,) = rows(unfolded.papers.calls.list)
    assert row == (
        "Harbour Health, Ms Okafor, Fri 20 Mar, An answer within ten days. Their number HH-3081,"
        " Call again on Mon 30 Mar"
    )
    said = unfolded.papers.fold.head.summary
    assert said == "Call Harbour Health, Ms Okafor again on Mon 30 Mar"
    assert undo_words(family) == "Call with Harbour Health, Ms Okafor saved"
    click_row(qtbot, unfolded.papers.calls.list, 0)
    form = sheet_of(CallSheet)
    click(qtbot, form, "Delete this call")
    assert family.house.insurance.calls("rosa") == []
    family.house.care.undo()
    assert len(family.house.insurance.calls("rosa")) == 1


# ---- costs -------------------------------------------------------------------------------------
def test_a_cost_is_kept_exactly_and_the_years_are_added_up(
    qtbot: QtBot, unfolded: CarePlanTab, family: Family
) -> None:
    click(qtbot, unfolded, "Add a cost")
    sheet = sheet_of(CostSheet)
    assert isinstance(sheet, CostSheet)
    assert sheet.focusWidget() is sheet.what.control, "the day stands there already"
    sheet.what.set_text("Infusion, our share")
    sheet.amount.set_text("1.234")
    sheet.paid_by.set_text("us")
    save(qtbot, sheet)
    assert "1.234" in (sheet.amount.error() or ""), "what can be read in two ways is asked about"
    qtbot.waitUntil(lambda: sheet.area.verticalScrollBar().maximum() == 0)
    sheet.amount.set_text("£ 1,234.50")
    save(qtbot, sheet)
    (kept,) = family.house.insurance.costs("rosa")
    assert (kept.amount, kept.currency) == ("1234.50", "£")
    click(qtbot, unfolded, "Add a cost")
    second = sheet_of(CostSheet)
    assert isinstance(second, CostSheet)
    assert second.currency.text() == "£", "the currency of the last one"
    second.what.set_text("Parking")
    second.amount.set_text("8.5")
    second.date.set_text("30 December 2025")
    save(qtbot, second)
    assert rows(unfolded.money.costs.list) == [
        "2026: £1234.50 in all",
        "Infusion, our share, £1234.50, Fri 20 Mar, paid by us",
        "2025: £8.50 in all",
        "Parking, £8.50, Tue 30 Dec 2025",
    ]
    assert unfolded.money.fold.head.summary == "2026: £1234.50 in all"
    click_row(qtbot, unfolded.money.costs.list, 1)
    sheet_of(CostSheet).done(0)
    click_row(qtbot, unfolded.money.costs.list, 0)
    assert unfolded.sheet is None, "the heading of a year opens nothing"


def test_currencies_are_never_added_up_together(unfolded: CarePlanTab, family: Family) -> None:
    for amount, currency in (("10", "€"), ("5.10", "CHF"), ("2", "€")):
        family.house.insurance.save_cost(
            Cost(id="", person="rosa", date=date(2026, 3, 1), what="Taxi", amount=amount,
                 currency=currency)
        )  # fmt: skip
    assert rows(unfolded.money.costs.list)[0] == "2026: 5.10 CHF + €12 in all"


def test_a_long_list_scrolls_inside_the_page(
    qtbot: QtBot, unfolded: CarePlanTab, family: Family
) -> None:
    for number in range(60):
        family.house.insurance.save_cost(
            Cost(id=f"c{number}", person="rosa", date=date(2026, 1, 1) + timedelta(days=number),
                 what=f"Visit {number}", amount="1")
        )  # fmt: skip
    view = unfolded.money.costs.list
    QApplication.processEvents()
    assert view.model().rowCount() == 61
    assert view.height() < 700
    assert view.verticalScrollBar().maximum() > 0
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().data(Qt.ItemDataRole.UserRole) == "c0"
    qtbot.keyClick(view, Qt.Key.Key_Return)
    sheet = sheet_of(CostSheet)
    assert isinstance(sheet, CostSheet)
    assert sheet.what.text() == "Visit 0"


# ---- deductible, copay, help -------------------------------------------------------------------
def test_deductible_and_copay_are_remembered_with_their_year(
    qtbot: QtBot, unfolded: CarePlanTab, family: Family
) -> None:
    click(qtbot, unfolded, "Write down deductible and copay")
    sheet = sheet_of(YearSheet)
    assert isinstance(sheet, YearSheet)
    assert sheet.deductible_year.text() == "2026"
    sheet.deductible.set_text("1,500 $")
    sheet.copay.set_text("40 $")
    sheet.copay_year.set_text("26")
    save(qtbot, sheet)
    assert "four digits" in (sheet.copay_year.error() or "")
    sheet.copay_year.set_text("2025")
    save(qtbot, sheet)
    text = visible_text(unfolded.money)
    assert "Deductible: 1,500 $ (2026)" in text
    assert "Copay: 40 $ (from 2025: check this year’s)" in text
    family.clock.at += timedelta(days=365)
    unfolded.refresh(None)
    text = visible_text(unfolded.money)
    assert "Deductible: 1,500 $ (from 2026: check this year’s)" in text
    click(qtbot, unfolded, "Change deductible and copay")
    again = sheet_of(YearSheet)
    assert isinstance(again, YearSheet)
    assert again.deductible_year.text() == "2026", "what was written down keeps its year"
    again.deductible.set_text("")
    save(qtbot, again)
    found = family.house.people.person("rosa")
    assert found is not None
    assert (found.deductible, found.deductible_year) == ("", None)


def test_help_to_pay_says_when_it_ends(qtbot: QtBot, unfolded: CarePlanTab, family: Family) -> None:
    click(qtbot, unfolded, "Add help to pay")
    sheet = sheet_of(HelpSheet)
    assert isinstance(sheet, HelpSheet)
    sheet.name.set_text("Copay card")
    sheet.last.set_text("10 April 2026")
    sheet.number.set_text("9988-7766")
    save(qtbot, sheet)
    view = unfolded.money.help.list
    assert rows(view) == ["Copay card, Ends on 10 April, card •••• 7766, Ends in 21 days"]
    click(qtbot, unfolded.money, "Show the numbers for a moment")
    assert "card 9988-7766" in rows(view)[0]
    family.clock.at += timedelta(days=40)
    unfolded.refresh(None)
    assert "Ended on 10 April" in rows(view)[0]
    click_row(qtbot, view, 0)
    form = sheet_of(HelpSheet)
    assert isinstance(form, HelpSheet)
    assert form.number.line.text() == "•••• 7766"
    click(qtbot, form, "Delete this programme")
    assert family.house.insurance.assistance("rosa") == []


# ---- from elsewhere ----------------------------------------------------------------------------
def test_other_places_open_calls_costs_and_help(tab: CarePlanTab, family: Family) -> None:
    day, insurance = date(2026, 3, 1), family.house.insurance
    insurance.save_call(Call(id="call", person="rosa", date=day, with_whom="Harbour"))
    insurance.save_cost(Cost(id="cost", person="rosa", date=day, what="Taxi", amount="8"))
    insurance.save_assistance(Assistance(id="help", person="rosa", name="Fund"))
    for kind, form in (("call", CallSheet), ("cost", CostSheet), ("assistance", HelpSheet)):
        item = "help" if kind == "assistance" else kind
        tab.open_item(kind, item)
        sheet_of(form).done(0)
        tab.open_item(kind, "gone")
        assert tab.sheet is None
    tab.open_item("cost", "")
    assert tab.money.fold.is_open
    assert tab.focusWidget() is tab.money.fold.head
    tab.open_item("call", "rosa")
    assert tab.papers.fold.is_open, "asked for by whose it is, its card is shown"


@pytest.mark.parametrize("kind", ["call", "cost"])
def test_a_day_without_its_year_is_one_that_was(
    tab: CarePlanTab, family: Family, kind: str
) -> None:
    day, insurance = date(2026, 3, 1), family.house.insurance
    insurance.save_call(Call(id="call", person="rosa", date=day, with_whom="Harbour"))
    insurance.save_cost(Cost(id="cost", person="rosa", date=day, what="Taxi", amount="8"))
    tab.open_item(kind, kind)
    sheet = sheet_of(CallSheet if kind == "call" else CostSheet)
    assert isinstance(sheet, CallSheet | CostSheet)
    sheet.date.set_text("1.12.")
    assert sheet.date.value() == date(2025, 12, 1)
    sheet.done(0)


# ---- room --------------------------------------------------------------------------------------
def fill_with_long_names(family: Family) -> None:
    house, day = family.house, date(2026, 3, 1)
    house.people.save_authorisation(
        replace(LETTER, insurer=LONG * 2, site=LONG, member="0" * 80, note=LONG * 4)
    )
    house.insurance.save_call(
        Call(id="", person="rosa", date=day, with_whom=LONG * 2, text=LONG * 9, again=day)
    )
    house.insurance.save_cost(
        Cost(id="", person="rosa", date=day, what=f"{LONG} 王梅", amount="9" * 11,
             currency="Donaudampf", paid_by=LONG)
    )  # fmt: skip
    house.insurance.save_assistance(
        Assistance(
            id="", person="rosa", name=LONG * 2, last=day + timedelta(days=30), phone="0" * 80
        )
    )
    found = house.people.person("rosa")
    assert found is not None
    house.people.save_person(
        replace(found, deductible=LONG, deductible_year=2020, copay="王" * 60, copay_year=2026)
    )


@pytest.mark.parametrize(
    ("width", "scale"), [(1280, 1.0), (900, 1.0), (640, 1.0), (1280, 2.0), (900, 2.0)]
)
def test_nothing_is_clipped_or_makes_the_page_wider(
    qtbot: QtBot, family: Family, width: int, scale: float
) -> None:
    fill_with_long_names(family)
    theme = Theme()
    theme.set_scale(scale)
    tab = opened(qtbot, family, theme, width)
    tab.papers.fold.set_open(opened=True)
    tab.money.fold.set_open(opened=True)
    QApplication.processEvents()
    page = tab.area.widget()
    assert page.width() <= tab.area.viewport().width()
    for card in (tab.papers, tab.money):
        for one in card.findChildren(QLabel) + card.findChildren(QPushButton):
            if not one.isVisible():
                continue
            box = QRect(one.mapTo(page, QPoint(0, 0)), one.size())
            assert page.rect().contains(box), one.accessibleName()
            if isinstance(one, QLabel) and one.hasHeightForWidth():
                assert one.height() >= one.heightForWidth(one.width()), one.text()
            elif isinstance(one, QPushButton):
                assert one.height() >= 44
                assert one.accessibleName()
    stacked = tab.money.y() > tab.papers.y()
    assert stacked == (width <= 900 or scale >= 1.5)
    assert not tab.grab().toImage().isNull()
