"""Which settings go out and come in with everything else, and what each may say."""

from __future__ import annotations

import json
import re
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Setting
from caregiver_app.domain.times import parse_hour, zone_of
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import KEPT_ZONE
from caregiver_app.services.home_zone import SEEN_ZONE
from caregiver_app.services.prompt_settings import check_prompt_setting
from caregiver_app.services.reminder_settings import check_reminder_setting
from caregiver_app.services.settings import NUMBER_WORDS, NUMBERS, Settings

_OWN: Final = (*("window.", "feed.", "backup.", "rehearsal.", "draft.", "erase.", "carer."),)
_NAMES: Final = ("zone", "steps", SEEN_ZONE)
_HOURS: Final = ("notice_morning", "notice_evening")
_PERCENT: Final = re.compile("[0-9]{2,3}")


def is_of_this_computer(name: str) -> bool:
    """Tell whether a setting means something on one computer only, such as its window's size.

    What the carer decided for themselves is nobody else's, so it stays there too.
    """
    return name in _NAMES or name.startswith(_OWN)


def check_setting(setting: Setting) -> None:
    """Look whether a setting may come in from a line.

    Raises:
        InputRefused: it belongs to another computer, or its value cannot be one of that setting.
    """
    name, value = setting.id, json.loads(setting.value)
    if is_of_this_computer(name):
        raise InputRefused("setting.of_computer", "id", name=name)
    texts.paragraphs(value, "value")
    if not value:
        return
    try:
        _check_value(name, value)
    except InputRefused as error:
        raise InputRefused(error.key, "value", **error.values) from None


def _check_value(name: str, value: str) -> None:
    if name in NUMBERS:
        Settings.check_number(name, value)
    elif name in NUMBER_WORDS:
        Settings.check_words(name, value)
    elif name in _HOURS:
        parse_hour(value, "value")
    elif name == KEPT_ZONE:
        zone_of(value)
    elif name == "look.scale" and not _PERCENT.fullmatch(value):
        raise InputRefused("setting.percent", "value", value=value)
    else:
        check_reminder_setting(name, value)
        check_prompt_setting(name, value)
