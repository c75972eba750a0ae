"""What is looked for in the notes: words; and room, tag, whom it is about, for a bad day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import ROOMS
from caregiver_app.gui.columns import LARGE
from caregiver_app.gui.support.model import SupportModel, room_name
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.whom import called
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.fields import ChoiceField, LineField
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr
from caregiver_app.services.support import NoteWish

_NARROW: Final = 560


class NoteFilter(QWidget):
    """A find field and four choices; `button` opens and closes them."""

    changed = Signal()

    def __init__(self, theme: Theme, model: SupportModel) -> None:
        super().__init__()
        self._theme, self._model = theme, model
        self._known: object = None
        self.button = QuietButton(theme, tr("Find"), "search", name=tr("Find in your notes"))
        self.button.setCheckable(True)
        self.all = QuietButton(theme, tr("Show all notes"))
        self.finder = LineField(theme, tr("Find in your notes"), icon="search")
        self.room = ChoiceField(theme, tr("Room"), self._rooms(), chosen="")
        self.about = ChoiceField(theme, tr("About whom"), [], chosen="")
        self.tag = ChoiceField(theme, tr("Tag"), [], chosen="")
        self.pinned = TickRow(
            theme, tr("Only what is kept for a bad day"), strong=False, fades=False
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.finder)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(12)
        for field in (self.room, self.about, self.tag):
            self._row.addWidget(field, 1)
        column.addLayout(self._row)
        foot = QHBoxLayout()
        foot.addWidget(self.pinned, 1)
        foot.addWidget(self.all)
        column.addLayout(foot)
        self.hide()
        self._connect()
        self._open(False)
        theme.changed.connect(self._settle)

    def _connect(self) -> None:
        self.button.toggled.connect(self._open)
        for field in (self.finder, self.room, self.about, self.tag):
            field.changed.connect(self.changed)
        self.pinned.state_changed.connect(self._pinned_turned)
        self.all.clicked.connect(self._show_all)

    @staticmethod
    def _rooms() -> list[tuple[str, str]]:
        return [("", tr("Any room")), *((room, room_name(room)) for room in ROOMS)]

    def look(self) -> None:
        """Offer the tags that there are, and the name of whom this is about."""
        person = self._model.person
        tags: Sequence[str] = [] if person is None else self._model.house.support.tags(person.id)
        name = called(person)
        known = (name, tuple(tags))
        if known == self._known:
            return
        self._known = known
        chosen = self.tag.value() or ""
        kept = chosen if chosen in tags else ""
        self.tag.set_choices([("", tr("Any tag")), *((tag, tag) for tag in tags)], kept)
        self.tag.setVisible(bool(tags))
        whom = [("", tr("Anybody")), ("person", name or tr("Your loved one"))]
        self.about.set_choices([*whom, ("carer", tr("You alone"))], self.about.value() or "")

    def wish(self, *, but: str) -> NoteWish:
        """Return what is wanted, without the note with that id."""
        return replace(
            self._model.wish(but=but),
            words=self.finder.text(),
            room=self.room.value() or "",
            tag=self.tag.value() or "",
            about=self.about.value() or "",
            pinned=self.pinned.state == "done",
        )

    def show_pinned(self) -> None:
        """Want what is kept for a bad day, and nothing else."""
        self.button.setChecked(True)
        self.clear()
        self.pinned.set_state("done")
        self.changed.emit()
        self.pinned.setFocus()

    def clear(self) -> None:
        """Want all notes again."""
        blocked = self.blockSignals(True)
        self.finder.set_text("")
        for field in (self.room, self.about, self.tag):
            field.set_value("")
        self.pinned.set_state("open")
        self.blockSignals(blocked)
        self.changed.emit()

    def close_up(self) -> None:
        """Close, so that no note is left out."""
        self.button.setChecked(False)

    def _pinned_turned(self, _state: str) -> None:
        self.changed.emit()

    def _show_all(self) -> None:
        self.button.setChecked(False)
        self.button.setFocus()

    def _open(self, opened: bool) -> None:
        self.setVisible(opened)
        find = tr("Find in your notes")
        self.button.set_icon("close" if opened else "search")
        self.button.set_words(
            tr("Close") if opened else tr("Find"), name=tr("Close the search") if opened else find
        )
        self.button.setAccessibleDescription(tr("shown") if opened else tr("folded"))
        if opened:
            self.finder.setFocus()
        elif self._known is not None:
            # What cannot be seen must not keep notes from being seen.
            self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the search."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self._show_all()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        way = QBoxLayout.Direction
        down = self._theme.scale >= LARGE or self.width() < self._theme.px(_NARROW)
        self._row.setDirection(way.TopToBottom if down else way.LeftToRight)
