"""What the made-up family keeps beside its diary: a photo, own words, what clinics say, a call."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import timedelta

from caregiver_app.assets import read_bytes
from caregiver_app.domain.entities import (
    Appointment,
    ClinicCall,
    OwnSign,
    Photo,
    SideEffect,
    SignChoice,
    Version,
)
from caregiver_app.domain.times import wall
from caregiver_app.domain.watch import Tier
from caregiver_app.domain.watchlist import photo_id
from caregiver_app.services.demo.diary import FLARE_DAYS, OWN_SIGN, TEMPERATURE, effect_id
from caregiver_app.services.demo.making import BELIMUMAB, MEI, MEI_PAST, ROSA, Maker
from caregiver_app.services.demo.people import HILLSIDE
from caregiver_app.services.entry_values import values_of

RINGS_BACK = "hillside-rings-back"
"""The id of the appointment that came of Mei's call."""
_PICTURE, _WIDTH, _HEIGHT = "demo/hand.jpg", 480, 360
_FLARE, _SIDE_EFFECT = "joint_flare", "side_effect"


def fill(maker: Maker) -> None:
    """Write down signs of its own, a photo, a correction, what clinics say, and a call."""
    _own_signs(maker)
    _a_photo_and_a_correction(maker)
    _a_call(maker)


def _own_signs(maker: Maker) -> None:
    own = OwnSign(
        id="own-dry-mouth",
        person=ROSA,
        name=OWN_SIGN,
        also=("dry mouth", "boca seca"),
        tier=Tier.NOTE.value,
        note="Dr Sol: tell me at the next visit.",
    )
    maker.put(own, maker.moment(maker.rosa_first - timedelta(days=203), "22:45"))
    for person, sign, clinic, asked in (
        (ROSA, "fatigue", "Ring us when she can’t do her day, nurses 8 to 17.", 2),
        (MEI, "headache", "头痛超过两天就打电话。 Ring if it lasts two days.", 30),
    ):
        choice = SignChoice(id=f"{person}:{sign}", person=person, sign=sign, clinic=clinic)
        maker.put(choice, maker.moment(maker.rosa_first - timedelta(days=asked), "11:20"))


def _a_photo_and_a_correction(maker: Maker) -> None:
    day = maker.rosa_first - timedelta(days=FLARE_DAYS)
    seen = maker.house.watch.get(effect_id(ROSA, _FLARE, day))
    if seen is None:
        return
    photo = Photo(
        id=photo_id(seen.id),
        person=ROSA,
        entry=seen.id,
        data=base64.b64encode(read_bytes(_PICTURE)).decode("ascii"),
        width=_WIDTH,
        height=_HEIGHT,
    )
    maker.put(photo, maker.moment(day, "08:05"))
    _correct(maker, seen)


def _correct(maker: Maker, seen: SideEffect) -> None:
    """Let an entry have been written down otherwise at first."""
    day = wall(seen.at).date()
    at = maker.moment(day, "10:10")
    first = replace(seen, severity=1, text="Both hands")
    was = values_of(_SIDE_EFFECT, first)
    version = Version(
        id="version-flare",
        person=seen.person,
        kind=_SIDE_EFFECT,
        entry=seen.id,
        at=at,
        was=json.dumps(was, ensure_ascii=False),
    )
    maker.put(version, at)
    maker.house.care.store.put(replace(seen, changed=at))


def _a_call(maker: Maker) -> None:
    """Let Mei's family have asked about a warm evening; the clinic rang back next morning."""
    infusion = maker.house.agenda.get(f"{BELIMUMAB}~{MEI_PAST}")
    if infusion is None:
        return
    day = wall(infusion.start).date() + timedelta(days=4)
    at = maker.moment(day, "19:30")
    back = Appointment(
        id=RINGS_BACK,
        uid="example-rings-back",
        person=MEI,
        type="follow-up",
        title="Hillside rings back",
        start=maker.at(day + timedelta(days=1), "10:00"),
        minutes=15,
        status="done",
        reminders=(),
        contact=HILLSIDE,
        entered=at,
    )
    maker.put(back, at)
    call = ClinicCall(
        id="call-hillside",
        person=MEI,
        at=maker.at(day, "19:20"),
        question="37.9 °C, and she is flushed. Does she have to come in?",
        who="Nurse Rahim, Hillside",
        said="Measure again in two hours, call at 38.0. They ring tomorrow at ten.",
        about=(effect_id(MEI, TEMPERATURE, day),),
        follow_up=back.id,
    )
    maker.put(call, at)
