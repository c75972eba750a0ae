"""The carer's own lane: check, rest, what others could take, whom to call."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from caregiver_app.domain.entities import Authorisation, Contact
from caregiver_app.domain.plans import Choice
from caregiver_app.domain.rest import rest_id
from caregiver_app.domain.support import HelpTask, SelfCheck
from caregiver_app.domain.times import to_text
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.crisis import CrisisService
from caregiver_app.services.takeout import PRIVATE, TakeoutService
from tests.factories import line, moment, plan_line
from tests.fakes import Home

EASY = {f"q{n}": 3 if n in (1, 2, 6) else 0 for n in range(1, 9)}
TITLE = "My hour to rest"


@pytest.fixture
def rosa(home: Home) -> Home:
    """The first visit is on Tuesday 24 November, 9:30, for two and a half hours."""
    home.add(line("person", id="rosa", name="Rosa"), plan_line(person="rosa"))
    return home


# -- The check ------------------------------------------------------------------------------------


def test_the_check_is_offered_only_where_it_was_asked_for(rosa: Home) -> None:
    carer = rosa.house.carer
    assert not carer.wants_check
    carer.want_check(wanted=True)
    assert carer.wants_check
    assert rosa.house.care.undo() == ("done.check_wanted", {})
    assert not carer.wants_check
    carer.want_check(wanted=True)
    carer.want_check(wanted=False)
    assert not carer.wants_check


def test_it_comes_again_a_week_later(rosa: Home) -> None:
    carer = rosa.house.carer
    assert carer.check_from == date(2026, 11, 21)
    carer.finish_check(EASY, keep=False)
    assert carer.checked_on == date(2026, 11, 21)
    assert carer.check_from == date(2026, 11, 28)
    rosa.clock.on(days=7)
    assert carer.check_from == rosa.house.care.today


def test_answers_are_kept_only_where_asked(rosa: Home) -> None:
    carer, care = rosa.house.carer, rosa.house.care
    before = care.store.undo_label()
    carer.finish_check({**EASY, "q8": 3}, keep=False)
    assert carer.checks() == []
    assert care.store.undo_label() == before, "undo has nothing to name"
    rosa.clock.on(days=7)
    assert carer.finish_check({**EASY, "q5": 2, "q7": 3}, keep=True) == "people"
    (kept,) = carer.checks()
    assert kept.answers == (3, 3, 0, 0, 2, 3, 3, 0)
    assert care.undo() == ("done.self_check", {})
    assert carer.checks() == []
    assert carer.check_from == care.today, "taken back as a whole"


def test_a_wrong_answer_is_corrected_on_the_same_day(rosa: Home) -> None:
    carer = rosa.house.carer
    carer.finish_check(EASY, keep=True)
    rosa.clock.on(days=7)
    carer.finish_check({**EASY, "q1": 0}, keep=True)
    carer.finish_check({**EASY, "q1": 1}, keep=True)
    assert [one.answers[0] for one in carer.checks()] == [1, 3], "the older day stays"
    assert rosa.house.care.undo() == ("done.self_check", {})
    assert [one.answers[0] for one in carer.checks()] == [0, 3]
    carer.finish_check({}, keep=False)
    assert len(carer.checks()) == 2, "nothing answered corrects nothing"
    carer.finish_check(EASY, keep=False)
    assert len(carer.checks()) == 1


def test_no_answer_reaches_the_file_where_they_are_not_kept(rosa: Home) -> None:
    rosa.house.carer.finish_check({**EASY, "q8": 3}, keep=False)
    assert rosa.house.care.store.all(SelfCheck) == []


def test_nothing_answered_is_no_check(rosa: Home) -> None:
    assert rosa.house.carer.finish_check({}, keep=False) == ""
    assert rosa.house.carer.checked_on is None


def test_only_whole_answers_are_kept(rosa: Home) -> None:
    with pytest.raises(InputRefused, match=r"self_check\.open"):
        rosa.house.carer.finish_check({"q1": 0}, keep=True)
    assert rosa.house.carer.checks() == []
    assert rosa.house.carer.finish_check({"q8": 1}, keep=False) == "crisis"


def test_kept_answers_are_deleted_and_brought_back(rosa: Home) -> None:
    carer = rosa.house.carer
    for _ in range(3):
        carer.finish_check(EASY, keep=True)
        rosa.clock.on(days=7)
    newest, _, oldest = carer.checks()
    assert newest.at > oldest.at
    carer.remove_checks(oldest.id)
    assert len(carer.checks()) == 2
    carer.remove_checks(*(one.id for one in carer.checks()))
    assert carer.checks() == []
    assert rosa.house.care.undo() == ("done.self_check_removed", {})
    assert len(carer.checks()) == 2
    with pytest.raises(InputRefused, match=r"entry\.gone"):
        carer.remove_checks("nothing")


def test_nothing_of_the_check_leaves(rosa: Home) -> None:
    carer = rosa.house.carer
    carer.want_check(wanted=True)
    carer.finish_check({**EASY, "q8": 2}, keep=True)
    data = TakeoutService(rosa.house).everything(PRIVATE).decode("utf-8")
    lines = [json.loads(one) for one in data.splitlines()]
    assert any(one["kind"] == "person" for one in lines)
    assert not any(one["kind"] == "self_check" for one in lines)
    assert "carer." not in data


# -- Rest -----------------------------------------------------------------------------------------


def test_a_long_visit_offers_an_hour_to_rest(rosa: Home) -> None:
    carer = rosa.house.carer
    found = carer.rest("rosa")
    assert found is not None
    assert (found.state, to_text(found.start), found.minutes) == ("offered", "2026-11-24T10:00", 60)
    held = carer.hold_rest(found.visit.id, TITLE)
    assert (held.type, held.title, held.person) == ("other", TITLE, "rosa")
    assert held.reminders == ()
    again = carer.rest("rosa")
    assert again is not None
    assert again.state == "held"
    rosa.house.care.undo()
    assert carer.rest("rosa") == found


def test_held_once_deleted_and_held_again(rosa: Home) -> None:
    carer = rosa.house.carer
    visit = carer.rest("rosa").visit.id
    carer.hold_rest(visit, TITLE)
    rosa.house.agenda.remove(rest_id(visit))
    assert carer.rest("rosa").state == "offered"
    carer.hold_rest(visit, TITLE)
    assert carer.rest("rosa").state == "held"


def test_it_rings_nobody_and_is_in_nobodys_way(rosa: Home) -> None:
    carer = rosa.house.carer
    day = date(2026, 11, 24)
    before = rosa.house.conflicts.between(day, day)
    held = carer.hold_rest(carer.rest("rosa").visit.id, TITLE)
    assert rosa.house.conflicts.between(day, day) == before
    assert rosa.house.conflicts.of(held) == []


def test_a_visit_that_moves_leaves_its_hour_behind_until_somebody_moves_it(rosa: Home) -> None:
    carer = rosa.house.carer
    visit = carer.rest("rosa").visit
    carer.hold_rest(visit.id, TITLE)
    rosa.house.plans.move(visit.id, moment("2026-11-26T14:00"), Choice.ONLY_THIS, agreed=True)
    found = carer.rest("rosa")
    assert found is not None
    assert (found.state, to_text(found.start)) == ("moved", "2026-11-26T14:30")
    carer.hold_rest(visit.id, TITLE)
    found = carer.rest("rosa")
    assert found is not None
    assert found.state == "held"
    assert to_text(found.kept.start) == "2026-11-26T14:30"


def test_an_hour_that_a_cancelled_visit_left_behind_is_told(rosa: Home) -> None:
    carer = rosa.house.carer
    visit = carer.rest("rosa").visit
    carer.hold_rest(visit.id, TITLE)
    rosa.house.plans.cancel(visit.id, agreed=True)
    found = carer.rest("rosa")
    assert (found.state, found.kept.id) == ("left", rest_id(visit.id))
    assert to_text(found.start) == "2026-11-24T10:00"
    carer.leave_rest(found)
    assert carer.rest("rosa").visit.id != visit.id, "the next visit comes into sight"
    assert rosa.house.agenda.get(rest_id(visit.id)) is not None
    assert rosa.house.care.undo() == ("done.rest_left", {})
    rosa.house.agenda.remove(rest_id(visit.id))
    assert carer.rest("rosa").state == "offered"


def test_an_hour_that_a_deleted_visit_left_behind_is_told(rosa: Home) -> None:
    rosa.add(
        line(
            "appointment", id="v", type="infusion", title="Infusion", person="rosa",
            start="2026-11-23T09:30", zone="America/New_York", minutes=150,
        )
    )  # fmt: skip
    carer = rosa.house.carer
    carer.hold_rest("v", TITLE)
    rosa.house.agenda.remove("v")
    assert (carer.rest("rosa").state, carer.rest("rosa").kept.id) == ("left", "v:rest")
    rosa.clock.at("2026-11-23T10:01")
    assert carer.rest("rosa").state == "offered", "it has begun: nobody is told of it any more"


def test_a_visit_that_moves_behind_another_still_tells_of_its_hour(rosa: Home) -> None:
    carer = rosa.house.carer
    visit = carer.rest("rosa").visit
    carer.hold_rest(visit.id, TITLE)
    rosa.add(
        line(
            "appointment", id="v", type="infusion", title="Infusion", person="rosa",
            start="2026-11-25T09:30", zone="America/New_York", minutes=150,
        )
    )  # fmt: skip
    rosa.house.plans.move(visit.id, moment("2026-11-30T14:00"), Choice.ONLY_THIS, agreed=True)
    found = carer.rest("rosa")
    assert (found.state, found.visit.id) == ("moved", visit.id)
    carer.leave_rest(found)
    assert carer.rest("rosa").visit.id == "v"


def test_what_was_declined_is_not_offered_again(rosa: Home) -> None:
    carer = rosa.house.carer
    first = carer.rest("rosa")
    assert first is not None
    carer.decline_rest(first.visit.id)
    assert carer.rest("rosa") is None
    assert rosa.house.care.undo() == ("done.rest_declined", {})
    assert carer.rest("rosa") == first
    carer.decline_rest(first.visit.id)
    rosa.clock.at("2026-11-25T09:00")
    following = carer.rest("rosa")
    assert following is not None, "the next visit may offer one"
    assert following.visit.id != first.visit.id


@pytest.mark.parametrize(
    ("minutes", "now", "offered"),
    [
        (120, "2026-11-21T10:00", True),
        (119, "2026-11-21T10:00", False),
        (150, "2026-11-24T09:29", True),
        (150, "2026-11-24T09:30", False),  # it has begun
        (150, "2026-11-02T12:00", False),  # it is far away
        (150, "2026-11-03T12:00", True),
    ],
)
def test_when_it_is_offered(home: Home, minutes: int, now: str, offered: bool) -> None:
    home.clock.at(now)
    home.add(
        line("person", id="rosa", name="Rosa"),
        line(
            "appointment", id="v", type="infusion", title="Infusion", person="rosa",
            start="2026-11-24T09:30", zone="America/New_York", minutes=minutes,
        ),
    )  # fmt: skip
    assert (home.house.carer.rest("rosa") is not None) == offered


def test_of_a_visit_that_is_gone_nothing_can_be_held(rosa: Home) -> None:
    with pytest.raises(InputRefused, match=r"visit\.gone"):
        rosa.house.carer.hold_rest("nothing", TITLE)


# -- What others could take -----------------------------------------------------------------------


def kinds(home: Home) -> list[tuple[str, str]]:
    return [(one.kind, one.id) for one in home.house.carer.takeable("rosa")]


def test_a_drive_without_a_driver_could_be_taken(rosa: Home) -> None:
    visit = rosa.house.company.visits("rosa")[0]
    second = rosa.house.company.visits("rosa")[1]
    assert kinds(rosa) == [("drive", visit.id), ("drive", second.id)]
    rosa.house.agenda.set_ride(visit.id, "Ana", "", "")
    assert kinds(rosa) == [("drive", second.id)], "it is taken where the driver is named"


@pytest.mark.parametrize(
    ("last", "followed", "asked"),
    [
        (date(2026, 12, 1), False, True),
        (date(2026, 12, 1), True, False),
        (date(2026, 12, 21), False, True),
        (date(2026, 12, 22), False, False),
        (date(2026, 11, 21), False, True),
        (date(2026, 11, 20), False, False),
    ],
)
def test_an_approval_about_to_end_could_be_taken(
    home: Home, last: date, followed: bool, asked: bool
) -> None:
    home.add(line("person", id="rosa", name="Rosa"))
    save = home.house.people.save_authorisation
    save(Authorisation(id="a", person="rosa", insurer="Acme", last=last))
    if followed:
        save(
            Authorisation(id="b", person="rosa", insurer="Acme", first=last, last=date(2027, 12, 1))
        )
    assert (("approval", "a") in kinds(home)) == asked


def test_own_tasks_are_kept_taken_done_and_deleted(home: Home) -> None:
    home.add(line("person", id="rosa", name="Rosa"))
    carer = home.house.carer
    supper = carer.save_task(HelpTask(id="", person="", text=" Supper ", day=date(2026, 11, 24)))
    first = carer.save_task(HelpTask(id="", person="rosa", text="Post", day=date(2026, 11, 22)))
    carer.save_task(HelpTask(id="", person="rosa", text="Sometime"))
    texts = [one.task.text for one in carer.takeable("rosa") if one.task]
    assert texts == ["Post", "Supper", "Sometime"]
    carer.save_task(replace(supper, who="Teo"))
    assert carer.task(supper.id).who == "Teo"
    carer.save_task(replace(first, done=True))
    assert home.house.care.store.undo_label() == ("done.help_done", {"text": "Post"})
    assert [one.text for one in carer.tasks("rosa")] == ["Supper", "Sometime"]
    assert [one.text for one in carer.tasks("rosa", done=True)] == ["Post"]
    carer.remove_task(supper.id)
    assert [one.text for one in carer.tasks("rosa")] == ["Sometime"]
    home.house.care.undo()
    assert [one.text for one in carer.tasks("rosa")] == ["Supper", "Sometime"]
    with pytest.raises(FormRefused):
        carer.save_task(HelpTask(id="", person="rosa", text="  "))
    with pytest.raises(InputRefused, match=r"entry\.gone"):
        carer.remove_task("nothing")


# -- Whom to call ---------------------------------------------------------------------------------


def test_a_contact_is_chosen_to_call(rosa: Home) -> None:
    carer = rosa.house.carer
    assert carer.to_call is None
    ana = rosa.house.people.save_contact(
        Contact(id="ana", person="rosa", name="Ana", role="driver", phone="555 0117")
    )
    carer.call("ana")
    assert carer.to_call == ana
    rosa.house.people.save_contact(replace(ana, phone="555 0118"))
    assert carer.to_call.phone == "555 0118"
    with pytest.raises(InputRefused, match=r"entry\.gone"):
        carer.call("nobody")
    rosa.house.people.remove(Contact, "ana")
    assert carer.to_call is None
    rosa.house.care.undo()
    carer.call("")
    assert carer.to_call is None


def test_somebody_new_is_the_carer_s_own_and_no_contact(rosa: Home) -> None:
    carer = rosa.house.carer
    made = carer.call_new(" Teo ", "01632 960126")
    assert (made.name, made.phone) == ("Teo", "01632 960126")
    assert carer.to_call == made
    assert rosa.house.care.store.all(Contact) == [], "nothing that could stand on Rosa's papers"
    crisis = CrisisService(rosa.house)
    assert crisis.own_contact() == ("Teo", "01632 960126")
    rosa.house.care.undo()
    assert carer.to_call is None
    assert crisis.own_contact() == ("", "")
    with pytest.raises(FormRefused):
        carer.call_new(" ", "")
    assert carer.to_call is None


def test_a_contact_and_somebody_new_take_each_other_s_place(rosa: Home) -> None:
    carer, crisis = rosa.house.carer, CrisisService(rosa.house)
    rosa.house.people.save_contact(
        Contact(id="ana", person="rosa", name="Ana", role="driver", phone="555 0117")
    )
    carer.call("ana")
    carer.call_new("Teo", "01632 960126")
    assert crisis.own_contact() == ("Teo", "01632 960126")
    carer.call("ana")
    assert carer.to_call is not None
    assert carer.to_call.id == "ana"
    assert crisis.own_contact() == ("Ana", "555 0117")
    rosa.house.care.undo()
    assert crisis.own_contact() == ("Teo", "01632 960126")
    carer.call_new("Teo", "")
    assert crisis.own_contact() == ("", ""), "the panel shows nobody without a number"
