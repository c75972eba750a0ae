"""Seen without red, green or blue, types stay apart as far as the look says; so words and icons
carry the rest.

Simulation: Machado, Oliveira and Fernandes 2009, full severity, in linear RGB; distance: CIE76.
"""

from __future__ import annotations

import itertools

import pytest

from caregiver_app.gui.tokens import DARK, LIGHT, TYPE_ICONS, Tokens

MACHADO = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip
KINDS = ("infusion", "follow-up", "lab", "medication", "drive", "other", "alarm")
# As near as two ever come; nearer than this and even an icon would not save the month.
LEAST = 8.5


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    red, green, blue = (min(1.0, max(0.0, part)) for part in rgb)
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(tokens: Tokens, blindness: str, one: str, other: str) -> float:
    seen = []
    for role in (one, other):
        rgb = linear(tokens.colour(role))
        turned = [sum(w * part for w, part in zip(row, rgb, strict=True))
                  for row in MACHADO[blindness]]  # fmt: skip
        seen.append(lab(turned))
    return sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


@pytest.mark.parametrize(
    ("tokens", "blindness", "one", "other", "said"),
    [
        (LIGHT, "deuteranopia", "medication", "alarm", 10),
        (LIGHT, "deuteranopia", "infusion", "drive", 13),
        (LIGHT, "protanopia", "follow-up", "lab", 12),
        (LIGHT, "tritanopia", "infusion", "follow-up", 11),
    ],
)
def test_the_closest_pairs_are_as_the_look_says(tokens, blindness, one, other, said):
    assert distance(tokens, blindness, one, other) == pytest.approx(said, abs=1.5)


@pytest.mark.parametrize("blindness", MACHADO)
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_no_two_types_look_the_same(tokens: Tokens, blindness: str):
    pairs = {pair: distance(tokens, blindness, *pair) for pair in itertools.combinations(KINDS, 2)}
    assert min(pairs.values()) >= LEAST, min(pairs, key=pairs.__getitem__)


def test_colour_is_never_alone():
    shown = [TYPE_ICONS[kind] for kind in TYPE_ICONS]
    assert len(set(shown)) == len(shown)
