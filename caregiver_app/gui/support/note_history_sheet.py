"""How a note was before: read, brought back, or forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.times import in_zone
from caregiver_app.errors import UserError
from caregiver_app.gui.support.model import SupportModel
from caregiver_app.gui.support.note_words import near_words
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, time_text, tr
from caregiver_app.messages import explain
from caregiver_app.services.note_history import NoteBefore

_SHOWN: Final = 2_000
"""So many characters of a version are shown; all of it is brought back."""


class NoteHistorySheet(Sheet):
    """The versions of one note, the newest first."""

    brought_back = Signal()
    """The note says again what it said."""

    def __init__(
        self, theme: Theme, model: SupportModel, note_id: str, parent: QWidget | None
    ) -> None:
        past = model.house.support.history.of(note_id)
        super().__init__(
            theme,
            tr("Earlier versions of this note"),
            icon="undo",
            primary=tr("Close"),
            subtitle=tr("One is kept when you leave the note and after ten minutes of writing."),
            parent=parent,
        )
        self._model, self._note_id = model, note_id
        self.cancel.hide()
        self.confirmed.connect(self.accept)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        self.back: list[PlainButton] = []
        for before in past:
            self._add_version(before)
        words = count_text(
            len(past), "Delete the earlier version", "Delete all {count} earlier versions"
        )
        self.forget = QuietButton(theme, words)
        self.forget.clicked.connect(self._forget)
        self.body.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def _add_version(self, before: NoteBefore) -> None:
        care = self._model.house.care
        local = in_zone(before.until, care.home)
        day, hour = near_words(local.date(), care.today), time_text(local)
        card = Card(self.theme, tr("Until {day}, {time}", day=day, time=hour))
        text = before.note.text
        card.add(Text(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"))
        if len(text) > _SHOWN:
            more = tr("{count} characters in all", count=f"{len(text):,}")
            card.add(Text(more, "second", "soft"))
        said = tr("Bring back how it was until {day}, {time}", day=day, time=hour)
        button = PlainButton(self.theme, tr("Bring this back"), "undo", name=said)
        button.clicked.connect(lambda _on=False: self._bring_back(before.version))
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.back.append(button)
        self.add(card)

    def _bring_back(self, version: str) -> None:
        history = self._model.house.support.history
        if self._attempt(lambda: history.bring_back(version)):
            self.brought_back.emit()
            self.accept()

    def _forget(self) -> None:
        history = self._model.house.support.history
        if self._attempt(lambda: history.forget(self._note_id)):
            self.accept()

    def _attempt(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()
            return False
        return True
