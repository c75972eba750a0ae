"""The tokens hold the contrasts that the look promises; every part gets its colours from them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QWidget

import caregiver_app
from caregiver_app.assets import names, read_text
from caregiver_app.gui import icons
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import DARK, ITEM_TYPES, LIGHT, ROLES, TYPE_ICONS, Tokens, contrast

# What is measured, on what, light, dark
MEASURED = [
    ("ink", "page", 14.4, 14.2),
    ("ink", "sunk", 13.1, 14.8),
    ("soft", "card", 7.0, 7.4),
    ("soft", "sunk", 6.0, 8.5),
    ("soft", "desk", 5.2, 8.9),
    ("on_primary", "primary", 7.9, 8.9),
    ("on_primary", "primary_hi", 5.9, 10.4),
    ("primary", "tint", 6.6, 6.7),
    ("link", "page", 7.4, 9.3),
    ("alarm", "alarm_tint", 7.0, 7.0),
    ("alarm", "card", 8.2, 7.4),
    ("on_alarm", "alarm", 8.3, 9.0),
    ("warn", "warn_tint", 6.5, 8.0),
    ("edge", "card", 4.2, 4.3),
    ("edge", "page", 4.0, 4.7),
    ("edge", "desk", 3.1, 5.2),
    ("focus", "page", 7.2, 9.1),
]


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp)
    made.set_mode("light")
    yield made
    made.set_mode("light")
    made.set_scale(1.0)


@pytest.mark.parametrize(("front", "ground", "light", "dark"), MEASURED)
def test_contrast_is_what_the_look_says(front, ground, light, dark):
    for tokens, promised in ((LIGHT, light), (DARK, dark)):
        found = contrast(tokens.colour(front), tokens.colour(ground))
        assert found == pytest.approx(promised, abs=0.11), (tokens.dark, front, ground)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_types_and_people_stand_out_on_their_tint(tokens: Tokens):
    least = 6.3 if tokens.dark else 4.8
    for kind in ITEM_TYPES:
        ratio = contrast(tokens.colour(kind), tokens.colour(f"{kind}-tint"))
        assert ratio >= least - 0.05, kind
    for person in ("person_1", "person_2"):
        assert contrast(tokens.colour(person), tokens.colour(f"{person}_tint")) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_on_every_ground_it_meets_is_readable(tokens: Tokens):
    for front in ("ink", "soft"):
        for ground in ("page", "card", "sunk", "tint", "warn_tint", "alarm_tint", "desk"):
            assert contrast(tokens.colour(front), tokens.colour(ground)) >= 4.5, (front, ground)
    assert contrast(tokens.colour("primary_lo"), tokens.colour("on_primary")) >= 4.5
    assert contrast(tokens.colour("focus"), tokens.colour("card")) >= 3


def test_each_type_has_its_own_icon():
    assert set(TYPE_ICONS) == set(ITEM_TYPES)
    assert len(set(TYPE_ICONS.values())) == len(ITEM_TYPES)
    assert {f"icons/{name}.svg" for name in TYPE_ICONS.values()} <= set(names("icons"))


def test_an_unknown_role_is_refused():
    with pytest.raises(KeyError):
        LIGHT.colour("mauve")


def test_no_colour_outside_the_token_file():
    root = Path(caregiver_app.__file__).parent
    for path in [*(root / "gui").rglob("*.py"), *(root / "pages").rglob("*.py")]:
        if path.name != "tokens.py":
            found = re.findall(r"[\"'](#[0-9A-Fa-f]{3,8})\b", path.read_text(encoding="utf-8"))
            assert not found, path
    assert not re.search(r"#[0-9A-Fa-f]{6}", read_text("style/app.qss"))


def test_the_style_sheet_is_filled_completely(theme: Theme):
    for mode in ("light", "dark"):
        theme.set_mode(mode)
        sheet = theme.style_sheet()
        assert "@" not in sheet
        assert theme.tokens.primary in sheet
        assert not re.search(r"\b\d+u\b", sheet)


def test_the_palette_is_ours_in_every_role(theme: Theme, qapp: QApplication):
    for mode in ("light", "dark"):
        theme.set_mode(mode)
        ours = {QColor(theme.tokens.colour(role)).name() for role in ROLES}
        palette = QApplication.palette()
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive,
                      QPalette.ColorGroup.Disabled):  # fmt: skip
            for role in QPalette.ColorRole:
                if role not in (QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles):
                    assert palette.color(group, role).name() in ours, (mode, group, role)
        assert QWidget().palette().window().color() == theme.colour("page")


def test_light_dark_and_size_tell_the_painters(theme: Theme, qtbot):
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("dark")
    assert theme.tokens is DARK
    with qtbot.waitSignal(theme.changed):
        theme.set_scale(2.0)
    assert theme.font("body").pointSizeF() == pytest.approx(2 * 11, rel=0.4)
    assert theme.px(44) == 66
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_scale(7)  # beyond the greatest: nothing changes
    theme.set_scale(0.1)
    assert theme.scale == 1.0


def test_text_sizes_follow_the_look(theme: Theme):
    body = theme.font("body").pointSizeF()
    for role, size in (("page_title", 1.6), ("card_title", 1.13), ("second", 0.87), ("hint", 0.8)):
        assert theme.font(role).pointSizeF() == pytest.approx(body * size, abs=0.02)
    assert theme.font("page_title").weight() > theme.font("strong").weight()
    assert theme.font("body", tabular=True).featureTags()
    assert not theme.font("body").featureTags()


def test_icons_take_the_colour_and_are_made_once(theme: Theme):
    for tokens_mode in ("light", "dark"):
        theme.set_mode(tokens_mode)
        picture = theme.pixmap("bag", "alarm", 20)
        assert _strongest(picture.toImage()) == theme.colour("alarm").name()
    before = icons._drawn.cache_info().misses
    theme.pixmap("bag", "alarm", 20)
    assert icons._drawn.cache_info().misses == before


@pytest.mark.parametrize("name", names("icons"))
def test_every_icon_draws_something(theme: Theme, name: str):
    stem = Path(name).stem
    image = icons.pixmap(stem, LIGHT.ink, 20, 2.0).toImage()
    assert (image.width(), image.height()) == (40, 40)
    assert _strongest(image) == QColor(LIGHT.ink).name()


def _strongest(image: QImage) -> str:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixels, key=lambda colour: colour.alpha()).name()
