"""Buttons in the five kinds of the look, icon buttons and the person pill.

All are 44 px high at 100 %. One primary a screen. A button without words must be given a name.
"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.text import repolish, set_tip

_GAP = 8


def enter_presses(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press `button` if Enter was hit, and tell so; with Ctrl it is meant for the whole form."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        if not event.isAutoRepeat():
            button.click()
        return True
    return False


class Button(QPushButton):
    """What all buttons share; use one of the kinds below."""

    kind: ClassVar[str] = "plain"
    icon_role: ClassVar[str] = "ink"

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        icon: str | None = None,
        *,
        name: str = "",
        tooltip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon
        # An ampersand in a stored name is a letter here, not a mnemonic.
        self.setText(text.replace("&", "&&"))
        self.setProperty("kind", self.kind)
        self.setProperty("iconOnly", bool(icon and not text))
        self.setAccessibleName(name or text)
        if tooltip or (name and not text):
            set_tip(self, tooltip or name)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._retint)
        self._retint()

    @property
    def words(self) -> str:
        """The text as a reader sees it."""
        return self.text().replace("&&", "&")

    def set_words(self, text: str, *, name: str = "") -> None:
        """Change text and accessible name together."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(name or text)
        # A button that began without words was as narrow as its icon.
        if bool(self.property("iconOnly")) != bool(self._icon_name and not text):
            self.set_icon(self._icon_name)

    def set_icon(self, icon: str | None) -> None:
        """Change the icon; None takes it away."""
        self._icon_name = icon
        self.setProperty("iconOnly", bool(icon and not self.text()))
        repolish(self)
        self._retint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses like Space, on every desktop."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def _retint(self) -> None:
        if not self._icon_name:
            self.setIcon(QIcon())
            return
        gap = 0 if self.property("iconOnly") else _GAP
        self.setIcon(self._theme.icon(self._icon_name, self.icon_role, 20, gap=gap))
        size = self._theme.icon_px(20)
        self.setIconSize(QSize(size + (self._theme.px(gap) if gap else 0), size))


class PrimaryButton(Button):
    """The one thing that this screen is for."""

    kind = "primary"
    icon_role = "on_primary"


class PlainButton(Button):
    """Any other action."""


class TonalButton(Button):
    """A likely answer that stands in several places, such as Done."""

    kind = "tonal"
    icon_role = "primary"


class QuietButton(Button):
    """A way out or a link: words only, no outline."""

    kind = "quiet"
    icon_role = "link"


class BannerButton(Button):
    """The one button of an amber banner."""

    kind = "banner"


class CallButton(Button):
    """Filled in alarm; only on the emergency page."""

    kind = "call"
    icon_role = "on_alarm"


class IconButton(Button):
    """A plain square button that shows an icon and carries a name."""

    def __init__(
        self, theme: Theme, icon: str, name: str, *, quiet: bool = False, key_hint: str = ""
    ) -> None:
        tooltip = f"{name} ({key_hint})" if key_hint else name
        super().__init__(theme, "", icon, name=name, tooltip=tooltip)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if quiet:
            self.setProperty("kind", "quiet")


class EmergencyButton(Button):
    """Outlined in alarm, with its key beside the word."""

    kind = "emergency"
    icon_role = "alarm"

    def __init__(self, theme: Theme, text: str, *, key_hint: str = "") -> None:
        self._key_hint = key_hint
        super().__init__(theme, text, "emergency")
        if key_hint:
            self.setAccessibleDescription(key_hint)

    def sizeHint(self) -> QSize:
        """Leave room for the key."""
        hint = super().sizeHint()
        return QSize(hint.width() + self._hint_width(), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Never cut the word."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon and word at the left, the key in a small frame at the right."""
        super().paintEvent(event)
        if self._hint_shown():
            self._paint_hint(QPainter(self))

    def _paint_hint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("hint"))
        height = painter.fontMetrics().height() + 6
        width = self._hint_width() - self._theme.px(10)
        top = (self.height() - height) // 2
        box = QRect(self.width() - width - self._theme.px(12), top, width, height)
        painter.setPen(QPen(self._theme.colour("alarm_line"), 1))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(self._theme.colour("alarm"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key_hint)

    def _hint_shown(self) -> bool:
        # At large text the word needs the room; the key stays in the description.
        return bool(self._key_hint) and self._theme.scale < 1.5

    def _hint_width(self) -> int:
        if not self._hint_shown():
            return 0
        metrics = QFontMetrics(self._theme.font("hint"))
        return metrics.horizontalAdvance(self._key_hint) + self._theme.px(12) + self._theme.px(10)
