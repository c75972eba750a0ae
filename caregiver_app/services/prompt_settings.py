"""The settings that say whether ideas come in the day's notice: read at every start."""

from __future__ import annotations

import json
from typing import Final

from caregiver_app.domain.entities import ROOMS, Setting
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care

ON: Final = "prompts.on"
"""The setting that says "yes" once somebody asked for ideas."""
ROOMS_WANTED: Final = "prompts.rooms"
"""The rooms that they come from, with spaces; "" for all of them."""
YES: Final = "yes"


def is_on(care: Care) -> bool:
    """Tell whether ideas may come at all."""
    found = care.store.get(Setting, ON)
    return found is not None and json.loads(found.value) == YES


def about_prompts(name: str) -> bool:
    """Tell whether a setting says which ideas come."""
    return name in (ON, ROOMS_WANTED)


def check_prompt_setting(name: str, value: str) -> None:
    """Look whether a setting about ideas can have this value; other names are not looked at.

    Raises:
        InputRefused: it cannot.
    """
    if name == ON and value != YES:
        raise InputRefused("setting.one_of", "value", value=value, choices=YES)
    if name == ROOMS_WANTED and not set(value.split()) <= set(ROOMS):
        raise InputRefused("setting.one_of", "value", value=value, choices=", ".join(ROOMS))
