"""The window that comes when something went wrong that nobody foresaw."""

from __future__ import annotations

import platform
from collections import Counter
from typing import Final

import PySide6
from PySide6.QtCore import Qt, QTimer, Signal, qVersion
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from caregiver_app import __version__
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.unforeseen import Mishap
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, tr

_MOST_SHOWN: Final = 6
_CALM_MS: Final = 500
"""How seldom the count is written anew while many mishaps come one after the other."""


class CrashWindow(Sheet):
    """Says what happened and what to do. The details hold types and places, never words.

    Without a `parent` it is a window of its own. Escape goes on.
    """

    leave_asked = Signal()
    """Somebody wants to close the program."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            tr("Something went wrong"),
            icon="attention",
            primary=tr("Go on"),
            cancel=tr("Close the program"),
            width=600,
            role="warn",
            ground="warn_tint",
            parent=parent,
        )
        self._alone = parent is None
        if self._alone:
            self.setWindowFlag(Qt.WindowType.FramelessWindowHint, False)
        self._shown: list[Mishap] = []
        self._count = 0
        self._all: Counter[str] = Counter()
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM_MS)
        self._calm.timeout.connect(self._write)
        self.count = Text("", "second", "soft")
        self._say_what_happened()
        self._add_details()
        self.confirmed.connect(self.accept)
        self.cancel.clicked.connect(self.leave_asked)
        self._write()

    def _say_what_happened(self) -> None:
        self.add(
            Text(
                tr(
                    "A part of the program stopped in the middle of something. It was not your"
                    " doing."
                )
            )
        )
        self.add(Text(tr("Nothing you saved is lost."), "strong"))
        self.add(
            Text(
                tr(
                    "Go on, and look whether the last thing you typed is there. If this comes"
                    " again, close the program and open it anew."
                )
            )
        )
        self.add(Text(tr("In an emergency, do not wait for this app: call."), "second", "soft"))
        self.add(self.count)

    def _add_details(self) -> None:
        row = QWidget()
        flow = FlowLayout(row)
        self.fold = QuietButton(self.theme, tr("Show the details"), "open-list")
        self.fold.clicked.connect(self._turn_fold)
        self.copy = PlainButton(self.theme, tr("Copy the details"), "paper-note")
        self.copy.clicked.connect(self._copy)
        flow.addWidget(self.copy)
        flow.addWidget(self.fold)
        self.add(row)
        self.copied = Text("", "second", "soft")
        self.copied.hide()
        self.add(self.copied)
        self.paper = Card(self.theme, tone="sunk")
        self.details = Text("", "second")
        self.details.setAccessibleName(tr("The details"))
        selectable = Qt.TextInteractionFlag
        self.details.setTextInteractionFlags(
            selectable.TextSelectableByMouse | selectable.TextSelectableByKeyboard
        )
        self.paper.add(self.details)
        self.paper.hide()
        self.add(self.paper)

    # -- What happened ----------------------------------------------------------------------------

    def tell(self, mishap: Mishap) -> None:
        """Count one more mishap."""
        self._count += 1
        if not self._all[mishap.spot] and len(self._shown) < _MOST_SHOWN:
            self._shown.append(mishap)
        self._all[mishap.spot] += 1
        if not self._calm.isActive():
            self._calm.start()

    @property
    def spots(self) -> list[str]:
        """The spot of everything that was told."""
        return list(self._all)

    def words(self) -> str:
        """Return the details: versions, types and places, no value and no message."""
        lines = [
            f"Caregiver Companion {__version__}",
            f"Python {platform.python_version()}, Qt {qVersion()}, PySide {PySide6.__version__}",
            f"{platform.system()}, {QGuiApplication.platformName()}",
        ]
        for mishap in self._shown:
            times = self._all[mishap.spot]
            lines += ["", f"{mishap.kind} ({times}x)" if times > 1 else mishap.kind]
            lines += [f"  {place}" for place in mishap.places]
            lines += [f"  after {cause}" for cause in mishap.causes]
        more = len(self._all) - len(self._shown)
        return "\n".join([*lines, "", f"and {more} others"] if more else lines)

    def _write(self) -> None:
        self.count.setText(
            count_text(
                self._count, "It happened {count} time so far.", "It happened {count} times so far."
            )
        )
        self.count.setVisible(self._count > 1)
        self.details.setText(self.words())

    # -- Hands ------------------------------------------------------------------------------------

    def _turn_fold(self) -> None:
        self._write()
        shown = self.paper.isHidden()
        self.paper.setVisible(shown)
        self.fold.set_words(tr("Hide the details") if shown else tr("Show the details"))
        self.fit()
        if shown:
            QTimer.singleShot(0, self, self._show_paper)

    def _show_paper(self) -> None:
        self.area.ensureWidgetVisible(self.paper, 0, 0)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words())
        self.copied.setText(tr("Copied. They hold nothing of what you wrote."))
        self.copied.show()
        self.fit()

    # -- Qt ---------------------------------------------------------------------------------------

    def _focus_first(self) -> None:
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corners of a window of its own."""
        super().resizeEvent(event)
        if self._alone:
            self.clearMask()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill a window of its own to its corners."""
        if not self._alone:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("page"))
        foot = self.rect().adjusted(0, self._foot.y(), 0, 0)
        painter.fillRect(foot, self.theme.colour("sunk"))
