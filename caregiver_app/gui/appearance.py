"""What the family chose about the look: text size, light or dark, how hours are written."""

from __future__ import annotations

import re
from typing import Final

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import use_formats
from caregiver_app.pages.formats import formats_of
from caregiver_app.services.household import Household

SCALE_SETTING: Final = "look.scale"
MODE_SETTING: Final = "look.mode"
MODES: Final = ("system", "light", "dark")
_PERCENT: Final = re.compile(r"[0-9]{1,4}")


def apply_formats(house: Household) -> bool:
    """Write hours, dates and weeks as the family chose; tell whether that changed."""
    return use_formats(formats_of(house.settings.shown))


def apply_look(house: Household, theme: Theme) -> None:
    """Give the theme the text size and the light that the family chose."""
    scale = house.settings.shown(SCALE_SETTING, "100")
    mode = house.settings.shown(MODE_SETTING, MODES[0])
    if theme.mode != mode and mode in MODES:
        theme.set_mode(mode)
    # The theme brings what is too small or too large into its range.
    theme.set_scale(int(scale) / 100 if _PERCENT.fullmatch(scale) else 1.0)
