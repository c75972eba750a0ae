"""A quiet line with a sign: what is to be looked at, in words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel

from caregiver_app.gui.theme import FontRole, Theme
from caregiver_app.gui.widgets.height import AsTall
from caregiver_app.gui.widgets.text import Text

_SIDE: Final = 18


class SignLine(AsTall):
    """An icon and a line of words; hidden while there is nothing to say."""

    def __init__(
        self, theme: Theme, icon: str, ink: str = "warn", role: FontRole = "second_strong"
    ) -> None:
        super().__init__()
        self._theme, self._icon, self._ink = theme, icon, ink
        self._sign = QLabel()
        self.words = Text("", role, ink)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        theme.changed.connect(self._retint)
        self.say("")

    def say(self, text: str, ink: str = "") -> None:
        """Say something, in another ink perhaps, or nothing."""
        self._ink = ink or self._ink
        self.words.set_ink(self._ink)
        self.words.setText(text)
        self.setVisible(bool(text))
        self._retint()

    def _retint(self) -> None:
        self._sign.setPixmap(self._theme.pixmap(self._icon, self._ink, _SIDE))
