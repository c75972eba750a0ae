"""The look as one object: colours, fonts, sizes, icons, the style sheet and the palette.

The composition root makes one `Theme`, calls `apply(app)` once and hands it to every widget.
Text size and light or dark may change at any time; `changed` tells those who paint by themselves.
"""

from __future__ import annotations

import re
import sys
from typing import Final, Literal, NamedTuple

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QApplication

from caregiver_app.assets import read_text
from caregiver_app.gui import icons
from caregiver_app.gui.tokens import DARK, LIGHT, Tokens

Mode = Literal["system", "light", "dark"]
FontRole = Literal[
    "prompt", "page_title", "card_title", "large_title", "large", "large_strong", "body", "strong",
    "second", "second_strong", "hint", "month_chip", "day_strip",
]  # fmt: skip

STYLE: Final = ("-style", "Fusion")
"""What the application object is started with, because the style sheet stands on this style.

Asking for it later (`setStyle`) would describe all of QStyle to Python, which takes milliseconds.
"""
LEAST_SCALE: Final = 1.0
GREATEST_SCALE: Final = 2.0
LARGE_TEXT: Final = 1.5
"""From this text size on, screens and forms stand in one column."""

# macOS counts 72 points to the inch where the others count 96: the same size on the eye.
_BODY_POINTS: Final = 14.5 if sys.platform == "darwin" else 11.0
_SPACE_GROWTH: Final = 0.5
_LARGE_GROWTH: Final = 8 / 14
_FONTS: Final[dict[str, tuple[float, int]]] = {
    "prompt": (1.9, 600),
    "page_title": (1.6, 650),
    "card_title": (1.13, 650),
    # The letters of the emergency page: 14 pt at least. At 200 % they are as large as the body.
    "large_title": (16 / 11, 650),
    "large": (14 / 11, 400),
    "large_strong": (14 / 11, 600),
    "body": (1.0, 400),
    "strong": (1.0, 600),
    "second": (0.87, 400),
    "second_strong": (0.87, 600),
    "hint": (0.8, 500),
    "month_chip": (9 / 11, 500),
    "day_strip": (8.5 / 11, 500),
}
_CJK: Final = ("Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC")
_QSS_PLACES: Final = r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|@@(\w+)|@(\w+)|\b(\d+)u\b"
"""What is filled in: comments (with nothing), text roles, colours and lengths."""


class Letters(NamedTuple):
    """A font and what it measures, for those who paint many words; nobody changes it."""

    font: QFont
    metrics: QFontMetrics
    height: int
    ascent: int


class Theme(QObject):
    """Answers every question about the look; `changed` fires after any of its answers changed."""

    changed = Signal()

    def __init__(
        self, tokens: Tokens = LIGHT, scale: float = 1.0, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._scale = _bounded(scale)
        self._mode: Mode = "system"
        self._app: QApplication | None = None
        self._fonts: dict[str, QFont] = {}
        self._letters: dict[tuple[str, bool, bool, str], Letters] = {}
        self._colours: dict[str, QColor] = {}
        self._lengths: dict[float, int] = {}

    # -- What it is now ---------------------------------------------------------------------------

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return self._tokens

    @property
    def scale(self) -> float:
        """The text size, 1.0 to 2.0."""
        return self._scale

    @property
    def mode(self) -> Mode:
        """Whether light and dark follow the system or were chosen."""
        return self._mode

    def colour(self, role: str) -> QColor:
        """Return the colour of a role of the tokens, for example `soft` or `follow-up-tint`."""
        found = self._colours.get(role)
        if found is None:
            found = self._colours[role] = QColor(self._tokens.colour(role))
        return QColor(found)

    def fill(self, painter: QPainter, box: QRect, role: str) -> None:
        """Fill a box with the colour of a role.

        `QPainter.fillRect` does the same, but its first call describes all of QGradient to Python.
        """
        painter.setBackground(self.colour(role))
        painter.eraseRect(box)

    def px(self, size: float) -> int:
        """Return `size` px, grown with the text but half as fast (44 px are 66 px at 200 %)."""
        found = self._lengths.get(size)
        if found is None:
            grown = size * (1 + (self._scale - 1) * _SPACE_GROWTH)
            found = self._lengths[size] = round(grown)
        return found

    def icon_px(self, size: float) -> int:
        """Return the size of an icon that is `size` px at 100 %."""
        return self.px(size)

    def font(self, role: FontRole = "body", *, tabular: bool = False) -> QFont:
        """Return the font of a text role; `tabular` gives figures of equal width, for columns."""
        key = f"{role}/{tabular}"
        found = self._fonts.get(key)
        if found is None:
            found = self._fonts[key] = self._make_font(role, tabular=tabular)
        return QFont(found)

    def letters(
        self, role: FontRole, *, tabular: bool = False, struck: bool = False, weight: str = ""
    ) -> Letters:
        """Return font and measures of a text role; `weight` names the role whose weight it has."""
        key = role, tabular, struck, weight
        found = self._letters.get(key)
        if found is None:
            font = self.font(role, tabular=tabular)
            font.setStrikeOut(struck)
            if weight:
                font.setWeight(QFont.Weight(_FONTS[weight][1]))
            metrics = QFontMetrics(font)
            found = self._letters[key] = Letters(font, metrics, metrics.height(), metrics.ascent())
        return found

    def icon(self, name: str, role: str = "ink", size: int = 20, *, gap: int = 0) -> QIcon:
        """Return a tinted icon, grown with the text; soft while its widget is disabled."""
        return icons.icon(
            name,
            self._tokens.colour(role),
            self.icon_px(size),
            off=self._tokens.soft,
            gap=self.px(gap) if gap else 0,
        )

    def pixmap(self, name: str, role: str = "ink", size: int = 20) -> QPixmap:
        """Return a tinted icon for those who paint, grown with the text."""
        return icons.pixmap(name, self._tokens.colour(role), self.icon_px(size))

    # -- Changing it ------------------------------------------------------------------------------

    def set_scale(self, scale: float) -> None:
        """Set the text size (1.0 to 2.0; anything else is brought into that range)."""
        if (bounded := _bounded(scale)) != self._scale:
            self._scale = bounded
            self._refresh()

    def set_mode(self, mode: Mode) -> None:
        """Choose light or dark, or follow the system."""
        self._mode = mode
        hints = self._app.styleHints() if self._app else None
        if hints is not None:  # native title bars and file dialogs then agree with us
            scheme = {
                "system": Qt.ColorScheme.Unknown,
                "light": Qt.ColorScheme.Light,
                "dark": Qt.ColorScheme.Dark,
            }[mode]
            hints.setColorScheme(scheme)
        self._choose_tokens()

    def apply(self, app: QApplication) -> None:
        """Dress the application, started with `STYLE`; call it once, before the first window."""
        self._app = app
        hints = app.styleHints()
        if self._mode == "system" and hints.colorScheme() != Qt.ColorScheme.Unknown:
            self._tokens = DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
        hints.colorSchemeChanged.connect(self._choose_tokens)
        self._refresh()

    # -- What the application gets ----------------------------------------------------------------

    def style_sheet(self) -> str:
        """Return the style sheet, filled with colours, text sizes and lengths."""
        return re.sub(_QSS_PLACES, self._qss_filled, read_text("style/app.qss"))

    def palette(self) -> QPalette:
        """Return the palette, so that menus, tooltips and file dialogs match."""
        role = QPalette.ColorRole
        names = {
            role.Window: "page", role.WindowText: "ink", role.Base: "card",
            role.AlternateBase: "sunk", role.Text: "ink", role.Button: "card",
            role.ButtonText: "ink", role.BrightText: "alarm", role.Light: "card",
            role.Midlight: "sunk", role.Mid: "line", role.Dark: "edge", role.Shadow: "edge",
            role.Highlight: "primary", role.HighlightedText: "on_primary", role.Link: "link",
            role.LinkVisited: "link", role.ToolTipBase: "card", role.ToolTipText: "ink",
            role.PlaceholderText: "soft", role.Accent: "primary",
        }  # fmt: skip
        palette = QPalette()
        for group in (
            QPalette.ColorGroup.Active,
            QPalette.ColorGroup.Inactive,
            QPalette.ColorGroup.Disabled,
        ):
            off = group == QPalette.ColorGroup.Disabled
            for colour_role, name in names.items():
                if off and name == "ink":
                    name = "soft"
                elif off and name == "card":
                    name = "sunk"
                palette.setColor(group, colour_role, self.colour(name))
        return palette

    # -- Within -----------------------------------------------------------------------------------

    def _choose_tokens(self) -> None:
        dark = self._mode == "dark"
        if self._mode == "system" and self._app is not None:
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        wanted = DARK if dark else LIGHT
        if wanted is not self._tokens:
            self._tokens = wanted
            self._refresh()

    def _refresh(self) -> None:
        self._fonts.clear()
        self._letters.clear()
        self._colours.clear()
        self._lengths.clear()
        if self._app is not None:
            self._app.setFont(self.font("body"))
            self._app.setPalette(self.palette())
            self._app.setStyleSheet(self.style_sheet())
        self.changed.emit()

    def _make_font(self, role: FontRole, *, tabular: bool) -> QFont:
        size, weight = _FONTS[role]
        font = QFont()
        # Inter where it is installed; names that are missing are passed over by Qt.
        system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
        font.setFamilies(["Inter", "Inter Variable", system, *_CJK])
        font.setPointSizeF(self._points(role, size))
        font.setWeight(QFont.Weight(weight))
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _points(self, role: str, size: float) -> float:
        grown = self._scale
        if role.startswith("large"):
            grown = 1 + (self._scale - 1) * _LARGE_GROWTH
        return round(_BODY_POINTS * size * grown, 2)

    def _qss_filled(self, place: re.Match[str]) -> str:
        role, colour, units = place.groups()
        if role:
            size, weight = _FONTS[role]
            return f"font-size: {self._points(role, size)}pt; font-weight: {weight};"
        if colour:
            return self._tokens.colour(colour)
        return f"{self.px(int(units))}px" if units else ""


def _bounded(scale: float) -> float:
    return min(GREATEST_SCALE, max(LEAST_SCALE, scale))
