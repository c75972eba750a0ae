"""Every colour, space and radius of the look, once for light and once for dark.

No other file holds a colour. The names are the roles of the look, not what they look like.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Final, Literal

from caregiver_app.values import value

SPACES: Final = (4, 8, 12, 16, 20, 28, 56)
RADIUS_CARD: Final = 12
RADIUS_DIALOG: Final = 14
RADIUS_BUTTON: Final = 10
RADIUS_TICK: Final = 7
RADIUS_CHIP: Final = 7
RADIUS_MONTH_CHIP: Final = 5
PAGE_MARGIN: Final = 28
TARGET: Final = 44
"""The least height of anything that can be used, at 100 %."""
VEIL_OPACITY: Final = 0.42
"""How strongly ink covers the window behind a dialog."""

ItemType = Literal["infusion", "check-in", "follow-up", "lab", "medication", "drive", "other"]
ITEM_TYPES: Final[tuple[ItemType, ...]] = (
    "infusion",
    "check-in",
    "follow-up",
    "lab",
    "medication",
    "drive",
    "other",
)
TYPE_ICONS: Final[dict[str, str]] = {
    "infusion": "infusion",
    "check-in": "watch",
    "follow-up": "follow-up",
    "lab": "lab",
    "medication": "medicine",
    "drive": "drive",
    "other": "other",
}


@value
class Tokens:
    """The colours of one theme. Each field is a role; `tint` roles are grounds, `line` outlines."""

    dark: bool
    desk: str
    page: str
    card: str
    sunk: str
    line: str
    edge: str
    ink: str
    soft: str
    primary: str
    primary_hi: str
    primary_lo: str
    on_primary: str
    link: str
    tint: str
    tint_line: str
    focus: str
    alarm: str
    on_alarm: str
    alarm_tint: str
    alarm_line: str
    warn: str
    warn_tint: str
    warn_line: str
    infusion: str
    infusion_tint: str
    follow_up: str
    follow_up_tint: str
    lab: str
    lab_tint: str
    medication: str
    medication_tint: str
    drive: str
    drive_tint: str
    other: str
    other_tint: str
    person_1: str
    person_1_tint: str
    person_2: str
    person_2_tint: str

    def colour(self, role: str) -> str:
        """Return the colour of `role`; a type's name such as `follow-up` is a role too."""
        name = role.replace("-", "_")
        name = _ALIASES.get(name, name)
        if name not in ROLES:
            raise KeyError(role)
        return str(getattr(self, name))


_ALIASES: Final = {
    "check_in": "infusion",
    "check_in_tint": "infusion_tint",
    "medicine": "medication",
    "medicine_tint": "medication_tint",
}
ROLES: Final = tuple(field.name for field in fields(Tokens) if field.name != "dark")
"""The name of every colour role."""

LIGHT: Final = Tokens(
    dark=False,
    desk="#E7DDCB",
    page="#FBF7EF",
    card="#FFFEFA",
    sunk="#F3ECDF",
    line="#DCD0BB",
    edge="#877965",
    ink="#2A241E",
    soft="#62574B",
    primary="#175B57",
    primary_hi="#1E6F6A",
    primary_lo="#104744",
    on_primary="#FFFFFF",
    link="#175B57",
    tint="#E1EFEA",
    tint_line="#9CC4B9",
    focus="#1B4FA8",
    alarm="#9C1616",
    on_alarm="#FFFFFF",
    alarm_tint="#FBE9E5",
    alarm_line="#E0A79E",
    warn="#7A4A00",
    warn_tint="#FBEED0",
    warn_line="#DDBB74",
    infusion="#175B57",
    infusion_tint="#E1EFEA",
    follow_up="#2F55A0",
    follow_up_tint="#E6ECF8",
    lab="#7B3F82",
    lab_tint="#F3E8F3",
    medication="#8C5600",
    medication_tint="#FAEDD5",
    drive="#2C3238",
    drive_tint="#E9ECEE",
    other="#75624A",
    other_tint="#EFE8DB",
    person_1="#9C3F5E",
    person_1_tint="#F8E6EB",
    person_2="#4B4A9C",
    person_2_tint="#E8E8F6",
)

DARK: Final = Tokens(
    dark=True,
    desk="#171412",
    page="#211D1A",
    card="#2A2521",
    sunk="#1C1916",
    line="#443C34",
    edge="#93867A",
    ink="#F3EBDF",
    soft="#BFB3A4",
    primary="#7FCABE",
    primary_hi="#98D8CD",
    primary_lo="#66B3A7",
    on_primary="#0D211E",
    link="#86CFC3",
    tint="#1E3733",
    tint_line="#3F6B63",
    focus="#9CC0FF",
    alarm="#FF9A8B",
    on_alarm="#2B0906",
    alarm_tint="#43211D",
    alarm_line="#8A4A42",
    warn="#F0C36A",
    warn_tint="#3A2E17",
    warn_line="#7A6230",
    infusion="#7FCABE",
    infusion_tint="#1E3733",
    follow_up="#8FB2F5",
    follow_up_tint="#232F47",
    lab="#F2B8EC",
    lab_tint="#3A2A3C",
    medication="#EDBB6B",
    medication_tint="#3B2E19",
    drive="#D9DFE4",
    drive_tint="#31363A",
    other="#D2C0A3",
    other_tint="#38312A",
    person_1="#F0A3BA",
    person_1_tint="#432830",
    person_2="#B9B8F5",
    person_2_tint="#2E2D4A",
)


def contrast(first: str, second: str) -> float:
    """Return the WCAG contrast ratio of two `#RRGGBB` colours, 1 to 21."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
