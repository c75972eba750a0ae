"""Calls to the care team about signs: what was asked, who answered, what they said.

Calls with an insurer are another kind (`services/insurance`). What the clinic said is kept as
typed and never read by the program.
"""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from typing import Final, cast

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Appointment, ClinicCall, Setting
from caregiver_app.domain.occurrences import check_appointment
from caregiver_app.domain.times import AllDay, Moment, day_of, instant, refuse_gap
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.agenda import AgendaService
from caregiver_app.services.care import Care, refuse
from caregiver_app.values import value

DRAFT: Final = "draft.call."
"""What the name of a setting with a half-written call begins with; the person's id follows."""
_WORDS: Final = ("question", "who", "said", "what", "day", "hour")


@value(kw_only=True)
class Draft:
    """What was typed on the call sheet and not kept yet, word by word.

    `day` and `hour` are of what follows, as typed; `what` is "call", "visit" or "" (nothing).
    `about` are the ids of the signs that were ticked, None while nobody changed a tick.
    """

    question: str = ""
    who: str = ""
    said: str = ""
    what: str = ""
    day: str = ""
    hour: str = ""
    about: tuple[str, ...] | None = None


class ClinicCallService:
    """Keeps the calls, and what was typed before a call is kept."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._agenda = AgendaService(care)

    # -- Reading ----------------------------------------------------------------------------------

    def get(self, call_id: str) -> ClinicCall | None:
        """Return one call by id."""
        return self._care.store.get(ClinicCall, call_id)

    def calls(
        self, person: str | None = None, first: date | None = None, last: date | None = None
    ) -> list[ClinicCall]:
        """Return the calls of everybody or of one person, newest first.

        `first` and `last` are days of the wall clock, both included; None: no end.
        """
        home = self._care.home
        found = [
            one
            for one in self._care.store.all(
                ClinicCall, **({} if person is None else {"person": person})
            )
            if (first or date.min) <= day_of(one.at, home) <= (last or date.max)
        ]
        return sorted(found, key=lambda one: (instant(one.at, home), one.id), reverse=True)

    def follow_up(self, call: ClinicCall) -> Appointment | None:
        """Return the appointment that came of a call, None where there is none any more."""
        return None if call.follow_up is None else self._agenda.get(call.follow_up)

    # -- Writing ----------------------------------------------------------------------------------

    def check(self, call: ClinicCall, *, elsewhere: bool = False) -> None:
        """Look whether a call can be kept so.

        `elsewhere`: it was kept on another computer, whose clock may be ahead of this one.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        refuse(
            lambda: self._check_time(call, ahead=elsewhere),
            lambda: texts.paragraphs(call.question, "question"),
            lambda: texts.line(call.who, "who"),
            lambda: texts.paragraphs(call.said, "said"),
            lambda: _check_words(call),
            lambda: [texts.identifier(one, "about") for one in call.about],
            lambda: self._check_follow_up(call),
        )

    def save(self, call: ClinicCall, follow_up: Appointment | None = None) -> ClinicCall:
        """Keep a call, new or corrected, together with the appointment that came of it.

        `follow_up` goes into the calendar in the same step; without it the call keeps the one
        that it has.

        Raises:
            FormRefused: fields of the call or of the appointment are wrong; nothing was kept.
        """
        self._check_both(call, follow_up)
        care = self._care
        old = self.get(call.id) if call.id else None
        name = texts.line(call.who, "who")
        label = "done.clinic_call_with" if name else "done.clinic_call"
        with care.change(label, name=name):
            person = care.whose(call.person, old).id
            if follow_up is not None:
                follow_up = self._agenda.save(replace(follow_up, person=person))
            kept = replace(
                care.stamped(call, old),
                person=person,
                question=texts.paragraphs(call.question, "question"),
                who=name,
                said=texts.paragraphs(call.said, "said"),
                about=tuple(dict.fromkeys(call.about)),
                follow_up=call.follow_up if follow_up is None else follow_up.id,
            )
            care.store.put(kept)
        return kept

    def remove(self, call_id: str) -> None:
        """Delete a call; its appointment stays in the calendar. Undo brings the call back.

        Raises:
            InputRefused: it is not there any more.
        """
        found = self.get(call_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=call_id)
        with self._care.change("done.clinic_call_removed"):
            self._care.store.remove(ClinicCall, call_id, self._care.now)

    def _check_both(self, call: ClinicCall, follow_up: Appointment | None) -> None:
        problems: list[InputRefused] = []
        try:
            self.check(call)
        except FormRefused as error:
            problems += error.errors
        if follow_up is not None:
            problems += check_appointment(follow_up)
            if self._is_before(follow_up.start, call.at):
                problems.append(InputRefused("clinic_call.follow_up_before", "start"))
        if problems:
            raise FormRefused(problems)

    def _is_before(self, start: Moment, called: Moment) -> bool:
        home = self._care.home
        if isinstance(start, AllDay):
            return start.day < day_of(called, home)
        return instant(start, home) < instant(called, home)

    def _check_time(self, call: ClinicCall, *, ahead: bool) -> None:
        if isinstance(call.at, AllDay):
            raise InputRefused("clinic_call.no_hour", "at")
        refuse_gap(call.at, "at")
        if not ahead and instant(call.at, self._care.home) > self._care.now:
            raise InputRefused("clinic_call.ahead", "at")

    def _check_follow_up(self, call: ClinicCall) -> None:
        if call.follow_up is None:
            return
        known = texts.is_whole(call.follow_up)
        found = self._care.store.get(Appointment, call.follow_up) if known else None
        if found is not None and call.person in ("", found.person):
            return
        old = self.get(call.id) if call.id and texts.is_whole(call.id) else None
        # What came of a call may have been deleted since, or be another person's.
        if old is None or old.follow_up != call.follow_up:
            raise InputRefused("clinic_call.no_follow_up", "follow_up", id=call.follow_up)

    # -- Before it is kept ------------------------------------------------------------------------

    def draft(self, person: str) -> Draft:
        """Return what was typed for a person and not kept yet."""
        found = self._care.store.get(Setting, DRAFT + person)
        try:
            kept: object = json.loads(json.loads(found.value)) if found is not None else {}
        except (ValueError, TypeError):
            kept = {}
        given = cast("dict[str, object]", kept) if isinstance(kept, dict) else {}
        about = given.get("about")
        words = {name: said for name, said in given.items() if isinstance(said, str)}
        return Draft(
            **{name: words[name] for name in _WORDS if name in words},
            about=_texts(cast("list[object]", about)) if isinstance(about, list) else None,
        )

    def keep_draft(self, person: str, draft: Draft, *, typed: bool = True) -> None:
        """Keep what was typed so far; it is durable when this returns and no step of undo.

        Nobody is told of it: it is shown only where it is typed. Where it cannot be kept the person
        hears of that, unless the program does it by itself (`typed` False).

        Raises:
            DataBusy, DataReadOnly, DiskTrouble: it was not kept.
        """
        if draft == self.draft(person):
            return
        said = {name: getattr(draft, name) for name in (*_WORDS, "about")}
        text = json.dumps(json.dumps(said, ensure_ascii=False), ensure_ascii=False)
        now = self._care.now
        with (
            self._care.telling() if typed else nullcontext(),
            self._care.store.change("done.remembered", undoable=False),
        ):
            self._care.store.put(Setting(id=DRAFT + person, value=text, created=now, changed=now))


def _check_words(call: ClinicCall) -> None:
    if not any(said.strip() for said in (call.question, call.who, call.said)):
        raise InputRefused("clinic_call.empty", "said")


def _texts(given: list[object]) -> tuple[str, ...]:
    return tuple(one for one in given if isinstance(one, str))
