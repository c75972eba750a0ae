"""`LateTab`: a tab that is built at its first showing and looks again only while it is seen."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from caregiver_app.gui.reading_order import FocusHand
from caregiver_app.services.care import Care, Change


class LateTab(FocusHand):
    """Fill in `kinds`, `_make` (build the widgets) and `_fill` (show what is kept now).

    What cannot be read is left out of what is shown, and told.
    """

    kinds: ClassVar[frozenset[str]] = frozenset()
    """The kinds of things whose changes this tab shows."""
    only_whole: ClassVar[bool] = False
    """Whether nothing may be left out: what cannot be read is refused then."""

    def __init__(self, care: Care, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._care = care
        self._built = False
        self._stale = True

    def refresh(self, change: Change | None = None) -> None:
        """Look again after a change; None means that anything may be different."""
        if change is None or change.kinds & self.kinds:
            self.look_again()

    def look_again(self) -> None:
        """Show what is kept now, or remember to do so when the tab is seen."""
        self._stale = True
        if self.isVisible():
            self._catch_up()

    def ensure_built(self) -> None:
        """Build the tab unless that was done."""
        if not self._built:
            self._built = True
            # Half of the widgets would be worse than all of them without what cannot be read.
            with self._care.in_parts() as left_out:
                self._make()
            if left_out:
                self._care.tell_unread()

    def showEvent(self, event: QShowEvent) -> None:
        """Build at the first showing, then show what is kept now."""
        self.ensure_built()
        self._catch_up()
        super().showEvent(event)

    def _catch_up(self) -> None:
        if not (self._stale and self._built):
            return
        if not self.only_whole:
            self._stale = False
            self._care.show(self._fill)
        elif self._care.reads_parts:
            QTimer.singleShot(0, self, self._catch_up)
        else:
            self._stale = False
            self._fill()

    def _make(self) -> None:
        """Build the widgets, once."""

    def _fill(self) -> None:
        """Show what is kept now."""
