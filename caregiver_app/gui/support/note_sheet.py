"""A note on a page of its own: read, go on writing, file it, ask the doctor, look at its past."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import ROOMS, Note
from caregiver_app.domain.times import in_zone
from caregiver_app.errors import UserError
from caregiver_app.gui.support.model import SupportModel, moods, room_name
from caregiver_app.gui.support.note_history_sheet import NoteHistorySheet
from caregiver_app.gui.support.note_keeper import Keeping, NoteKeeper, field_errors
from caregiver_app.gui.support.note_status import NoteStatus
from caregiver_app.gui.support.note_text import NoteField
from caregiver_app.gui.support.note_words import about_choices, about_key, visit_words, with_about
from caregiver_app.gui.support.question_sheet import QuestionSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.fields import ChoiceField, LineField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import count_text, long_date, time_text, tr
from caregiver_app.messages import explain

_NO_VISIT: Final = ""
_COMMAS: Final = str.maketrans(dict.fromkeys("\uff0c\u3001\uff1b;\n", ","))
"""What parts tags too: Chinese commas, and semicolons."""


class NoteSheet(Sheet):
    """One note. Everything is kept while it is written; closing keeps what is left."""

    def __init__(
        self, theme: Theme, model: SupportModel, note: Note, parent: QWidget | None
    ) -> None:
        local = in_zone(note.at, model.house.care.home)
        when = long_date(local.date(), year=local.year != model.house.care.today.year)
        super().__init__(
            theme,
            tr("Note"),
            icon="note-it",
            primary=tr("Done"),
            subtitle=tr("{day}, {time} · left out of exports and prints unless you tick them",
                        day=when, time=time_text(local)),
            width=720,
            parent=parent,
        )  # fmt: skip
        self._model, self._note = model, note
        self._about_person = note.person
        self.cancel.hide()
        self._add_text(note)
        self._add_filing(note)
        self._add_ways()
        self.keeper = NoteKeeper(model.house, self._read, self)
        self.keeper.told.connect(self._told)
        self.status.again.connect(self.keeper.keep)
        self.keeper.begin(note)
        self._listen()
        self.confirmed.connect(self.reject)
        self._show_ways()

    # -- The form ---------------------------------------------------------------------------------

    def _add_text(self, note: Note) -> None:
        self.words = NoteField(self.theme, tr("What you want to keep"), rows=5, most=14)
        self.words.set_text(note.text)
        self.add(self.words)
        self.status = NoteStatus(
            self.theme, self._model.house, before=tr("Kept by itself while you write.")
        )
        self.add(self.status)

    def _add_filing(self, note: Note) -> None:
        theme, model = self.theme, self._model
        self.mood = Segmented(
            theme,
            [*moods(), ("none", tr("No mood"))],
            name=tr("Mood"),
            chosen=note.mood or "none",
        )
        self.about = Segmented(
            theme,
            about_choices(model.house, note.person),
            name=tr("Whom it is about"),
            chosen=about_key(note),
        )
        for words, choice in ((tr("Mood"), self.mood), (tr("Whom it is about"), self.about)):
            self.add(Text(words, "second_strong"))
            self.add(choice)
        rooms = [(room, room_name(room)) for room in ROOMS]
        self.room = ChoiceField(theme, tr("Room"), rooms, chosen=note.room)
        self.visit = ChoiceField(theme, tr("Visit"), ())
        self._offer_visits(note)
        self.add_row(self.room, self.visit)
        self.tags = LineField(
            theme,
            tr("Tags"),
            text=", ".join(note.tags),
            hint=tr("Words to find it by, with commas between them."),
            suggestions=model.house.support.tags(note.person),
        )
        self.add(self.tags)
        self.pin = TickRow(
            theme,
            tr("Keep it at hand for a bad day"),
            note=tr("One press in your notes shows all that you kept so."),
            state="done" if note.pinned else "open",
            strong=False,
            fades=False,
        )
        self.add(self.pin)

    def _offer_visits(self, note: Note) -> None:
        house = self._model.house
        day = in_zone(note.at, house.care.home).date()
        visits = house.support.visits_around(note.person, note.visit, near=day)
        named = [(one.id, visit_words(self._model.house, one)) for one in visits]
        chosen = note.visit or _NO_VISIT
        self.visit.set_choices([(_NO_VISIT, tr("No visit")), *named], chosen)

    def _add_ways(self) -> None:
        theme = self.theme
        self.asked = QWidget()
        self._questions = FlowLayout(self.asked)
        self.add(self.asked)
        ways = QWidget()
        row = FlowLayout(ways)
        self.ask = PlainButton(theme, tr("Ask the doctor about this"), "follow-up")
        self.past = QuietButton(theme, tr("Earlier versions"), "undo")
        self.delete = QuietButton(theme, tr("Delete this note"))
        for button, act in (
            (self.ask, self._ask_doctor),
            (self.past, self._show_past),
            (self.delete, self._delete),
        ):
            button.clicked.connect(act)
            row.addWidget(button)
        self.add(ways)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)

    def _listen(self) -> None:
        touched = self.keeper.touched
        self.words.changed.connect(touched)
        self.words.area.left.connect(self.keeper.keep)
        self.tags.changed.connect(touched)
        for field in (self.room, self.visit):
            field.changed.connect(touched)
        self.mood.changed.connect(touched)
        self.about.changed.connect(self._about_chosen)
        self.pin.state_changed.connect(touched)

    def _about_chosen(self, key: str | None) -> None:
        """Let it be about somebody else, who has other visits."""
        note = self.keeper.note or self._note
        wanted = with_about(note, key)
        if wanted.person != self._about_person:
            self._about_person = wanted.person
            same = wanted.person == note.person
            self._offer_visits(wanted if same else replace(wanted, visit=None))
        self.keeper.touched()

    def _read(self, note: Note) -> Note:
        mood = self.mood.value() or "none"
        note = replace(with_about(note, self.about.value()), tags=self._tags(note))
        return replace(
            note,
            text=self.words.text(),
            mood="" if mood == "none" else mood,
            room=self.room.value() or note.room,
            visit=self._chosen_visit(note),
            pinned=self.pin.state == "done",
        )

    def _chosen_visit(self, note: Note) -> str | None:
        """Return the visit that was chosen; one that is gone keeps no word from being kept."""
        chosen = self.visit.value()
        if chosen == _NO_VISIT:
            return None
        gone = chosen is None or self._model.house.agenda.get(chosen) is None
        return note.visit if gone else chosen

    def _tags(self, note: Note) -> tuple[str, ...]:
        """Return the typed tags; wrong ones keep no word of the note from being kept."""
        tags = tags_of(self.tags.text())
        self.tags.set_error(None)
        try:
            self._model.house.support.check_note(replace(note, tags=tags, text="-", visit=None))
        except UserError as error:
            self.tags.set_error(explain(field_errors(error)[0]))
            return note.tags
        return tags

    # -- What became of it ------------------------------------------------------------------------

    def _told(self, state: Keeping) -> None:
        self.status.show_state(state)
        self._show_ways()

    def _show_ways(self) -> None:
        support = self._model.house.support
        count = len(support.history.of(self._note.id))
        self.past.setVisible(count > 0)
        words = count_text(count, "{count} earlier version", "{count} earlier versions")
        self.past.set_words(words)
        self._questions.clear()
        found = support.questions_of(self._note.id)
        for one in found:
            state = tr("answered") if one.answer else tr("open")
            words = tr("Asked from this note, {state}", state=state)
            button = QuietButton(self.theme, words, "follow-up", name=f"{words}: {one.text}")
            button.clicked.connect(lambda _on=False, key=one.id: self._open_question(key))
            self._questions.addWidget(button)
        self.asked.setVisible(bool(found))

    def is_changed(self) -> bool:
        """Return whether something could not be kept."""
        return self.keeper.unkept or bool(self.tags.error())

    def reject(self) -> None:
        """Close; what cannot be kept is asked about."""
        if not self.asks():
            self.keeper.leave()
        super().reject()

    def _leave(self) -> None:
        self.keeper.let_go()
        super()._leave()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the room that a long note asks for once it is wrapped."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.fit)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whatever closes the sheet, what was typed is kept."""
        self.keeper.leave()
        super().hideEvent(event)

    # -- Ways on ----------------------------------------------------------------------------------

    def _ask_doctor(self) -> None:
        """Begin a question with what is marked, or with the whole note.

        Of a note about the carer alone only what is marked: the question is on the papers of whom
        they care for.
        """
        if not self.keeper.keep():
            return
        note = self.keeper.note or self._note
        marked = self.words.area.selected()
        whole = "" if note.about == "carer" else note.text
        support = self._model.house.support
        text = support.question_from(marked if marked.strip() else whole)
        question = self._model.new_question(text, note)
        self._lay(QuestionSheet(self.theme, self._model, question, self))

    def _open_question(self, key: str) -> None:
        question = self._model.question(key)
        if question is not None:
            self._lay(QuestionSheet(self.theme, self._model, question, self))

    def _show_past(self) -> None:
        if not self.keeper.leave():
            return
        sheet = NoteHistorySheet(self.theme, self._model, self._note.id, self)
        sheet.brought_back.connect(self._reload)
        self._lay(sheet)

    def _lay(self, sheet: Sheet) -> None:
        sheet.finished.connect(sheet.deleteLater)
        sheet.finished.connect(self._show_ways)
        sheet.open()

    def _reload(self) -> None:
        note = self._model.house.support.note(self._note.id)
        if note is None:
            return
        blocked = self.words.blockSignals(True)
        self.words.set_text(note.text)
        self.words.blockSignals(blocked)
        self.keeper.begin(note)
        self._show_ways()

    def _delete(self) -> None:
        self.keeper.leave()
        self._attempt(lambda: self._model.house.support.remove_note(self._note.id))

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()
            return
        self.keeper.let_go()
        self.accept()


def tags_of(text: str) -> tuple[str, ...]:
    """Return the tags typed in one line, each once, as they were first written."""
    found: dict[str, str] = {}
    for part in text.translate(_COMMAS).split(","):
        tag = part.strip().lstrip("#").strip()
        if tag:
            found.setdefault(tag.casefold(), tag)
    return tuple(found.values())
