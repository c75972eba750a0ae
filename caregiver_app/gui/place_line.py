"""What has to be known of the place where everything is kept, as long as it is so.

The folder is gone; it can be read only; another program sends it elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from caregiver_app.domain.times import in_zone
from caregiver_app.errors import UserError
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.tokens import PAGE_MARGIN
from caregiver_app.gui.widgets.buttons import BannerButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import time_text, tr
from caregiver_app.messages import explain, words
from caregiver_app.services.household import Household
from caregiver_app.services.kept_files import KeptFiles, Lying

_LOOK_MS: Final = 5_000
_TIGHT: Final = 1000
"""Narrower than this, in px at 100 %, the button stands below the words."""


class PlaceLine(QWidget):
    """Stands below the head of the window while there is something to know."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        save_copy: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        """`save_copy` asks where a copy of everything goes."""
        super().__init__(parent)
        self._house, self._kept = house, KeptFiles(house)
        self._opened = house.care.now
        self._said = ""
        self.fact = Text("", "strong")
        self.consequence = Text("", "second")
        self.trouble = Text("", "second", "alarm")
        self.trouble.hide()
        self.save = BannerButton(theme, tr("Save a copy elsewhere"))
        self.save.clicked.connect(save_copy)
        self.meant = BannerButton(theme, tr("It is meant to be there"))
        self.meant.clicked.connect(self._accept)
        self._theme = theme
        self._sign = QLabel()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        theme.changed.connect(self._turn)
        self._asks = self._asked()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.hide()
        self.look()

    def _lay_out(self) -> None:
        """Put sign and words beside one button, or above it where that is tight."""
        told = QVBoxLayout()
        told.setSpacing(2)
        for part in (self.fact, self.consequence, self.trouble):
            told.addWidget(part)
        words = QHBoxLayout()
        words.setSpacing(14)
        words.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(told, 1)
        self._row.setSpacing(12)
        self._row.addLayout(words, 1)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for button in (self.save, self.meant):
            self._row.addWidget(button, 0, left)
        card = Card(self._theme, tone="warn")
        card.body.addLayout(self._row)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 12, PAGE_MARGIN, 4)
        column.addWidget(card)
        self._turn()

    def _turn(self) -> None:
        self._sign.setPixmap(self._theme.pixmap("attention", "warn", 20))
        tight = self._theme.scale >= LARGE_TEXT or self.width() < self._theme.px(_TIGHT)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if tight else ways.LeftToRight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the button to where there is room for it."""
        super().resizeEvent(event)
        self._turn()

    def _asked(self) -> bool:
        # Looked at once: on a folder of the network it may take a while.
        return not self._house.care.store.read_only and self._kept.asks_about_place()

    def look(self) -> None:
        """Look again whether everything is where it was; also called by itself."""
        store = self._house.care.store
        if not store.is_open:
            self._timer.stop()
            return
        gone = store.absence()
        if gone is not None:
            fact = tr("Nothing you write now can be kept.")
            self._say(fact, explain(gone), save=True, meant=False)
        elif store.read_only:
            self._say(tr("You can look, but nothing can be kept."), self._read_only(), save=True,
                      meant=False)  # fmt: skip
        elif self._asks:
            self._say(*_of_place(self._kept.lying()), save=False, meant=True)
        else:
            self._said = ""
            self.hide()

    def _read_only(self) -> str:
        store = self._house.care.store
        if not store.is_copy:
            return words("data.read_only", path=str(store.path))
        opened = time_text(in_zone(self._opened, self._house.care.home))
        return words("data.read_only_copy", path=str(store.path), time=opened)

    def _say(self, fact: str, consequence: str, *, save: bool, meant: bool) -> None:
        self.fact.setText(fact)
        self.consequence.setText(consequence)
        self.save.setVisible(save)
        self.meant.setVisible(meant)
        self.setAccessibleName(fact)
        self.show()
        if self._said != fact + consequence:
            self._said = fact + consequence
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._said))

    def _accept(self) -> None:
        try:
            self._kept.accept_place()
        except UserError as error:
            self.trouble.setText(explain(error))
            self.trouble.show()
            return
        self._asks = False
        self.look()


def _of_place(found: Lying) -> tuple[str, str]:
    """Say where the folder lies and what that means."""
    if found.synced:
        return (
            tr("It looks as if {name} copies what you write.", name=found.synced),
            tr(
                "The folder with your notes lies where {name} copies everything. Whoever can open"
                " the copy can read them, and when two computers write at the same time, one of"
                " the two may be lost. Safer is a folder on this computer, and only backups in"
                " {name}.",
                name=found.synced,
            ),
        )
    return (
        tr("What you write lies on another computer ({name}).", name=found.network),
        tr(
            "The folder with your notes is reached over the network. Whoever looks after that"
            " computer can read them, and while the network is away nothing can be kept. Safer is"
            " a folder on this computer, and only backups over there."
        ),
    )


def line_below(
    head: QWidget, house: Household, theme: Theme, save_copy: Callable[[], object]
) -> PlaceLine:
    """Return the line in its place below the head of the window."""
    body = cast("QWidget", head.parentWidget())
    line = PlaceLine(house, theme, save_copy, body)
    layout = body.layout()
    if isinstance(layout, QVBoxLayout):
        layout.insertWidget(layout.indexOf(head) + 1, line)
    return line
