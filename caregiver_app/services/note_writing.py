"""One visit to a note: kept as often as asked, taken back as one, and its past kept beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from caregiver_app.domain.entities import Note, Question, Version
from caregiver_app.services.care import Care
from caregiver_app.services.entry_history import differs, hand_over, keep_version
from caregiver_app.services.support_checks import check_note, kept_text

STRETCH: Final = timedelta(minutes=10)
"""After so long of writing how the note is by then is kept as a version of its own."""


class NoteVisit:
    """Somebody writes in a note, from when it is opened until it is left.

    How it was before is kept with the first words that differ, so that no sudden end loses it; it
    goes again where the words become what they were. A note of a visit that was taken back, or
    deleted meanwhile, lives again with the next words.
    """

    def __init__(self, care: Care, note: Note) -> None:
        """Begin with `note`; one without an id is new."""
        self._care = care
        self.id = note.id or care.new_id()
        self._visit = f"note:{self.id}:{care.new_id()}"
        self._found: Note | None = care.store.get(Note, note.id) if note.id else None
        self._kept: Note | None = self._found
        self._base: Note | None = self._found
        self._since = care.now
        self._version: str | None = None
        self._versions: list[str] = []

    @property
    def kept(self) -> Note | None:
        """The note as this visit kept it last, or found it; None while there is none."""
        return self._kept

    def keep(self, note: Note, *, quiet: bool = True) -> Note:
        """Keep what stands in the note now; nothing is written where it is what is kept.

        While somebody writes it is `quiet`: not named on screen with every pause.

        Raises:
            FormRefused: it has no words, or something in it cannot be kept.
            DataBusy, DataReadOnly, DiskTrouble: nothing of it was kept.
        """
        care = self._care
        stored = care.store.get(Note, self.id)
        known = stored or self._kept
        check_note(care, note, known)
        wanted = replace(
            note,
            id=self.id,
            text=kept_text(note.text),
            at=care.now if known is None else known.at,
        )
        if known is not None:
            wanted = replace(wanted, person=wanted.person or known.person)
        if stored is not None and not differs(stored, wanted):
            self._kept = stored
            return stored
        label = "done.note_added" if self._found is None else "done.note_changed"
        with care.change(label, of_visit=self._visit, quiet=quiet):
            person = care.whose(wanted.person, known)
            kept = replace(care.stamped(wanted, known), person=person.id)
            self._keep_past(stored, kept)
            care.store.put(kept)
            hand_over(care, known, kept)
        self._kept = kept
        return kept

    def take_back(self) -> None:
        """Let the note be as this visit found it: one that is left without words is not kept so.

        One that was changed or deleted elsewhere since stays so: those words are not ours to take.

        Raises:
            DataBusy, DataReadOnly, DiskTrouble: it is as this visit kept it last.
        """
        care = self._care
        if self._kept is None or self._kept == self._found:
            return
        stored = care.store.get(Note, self.id)
        if stored is None or differs(stored, self._kept):
            return
        with care.change("done.note_changed", of_visit=self._visit, quiet=True):
            for version in self._versions:
                care.store.erase(Version, version)
            if self._found is None:
                self._unmake()
            else:
                care.store.put(self._found)
                hand_over(care, stored, self._found)
        self._kept = self._found
        self._base, self._version, self._versions = self._found, None, []

    def _unmake(self) -> None:
        """Take the new note away; what refers to it already keeps it as a deleted one."""
        store = self._care.store
        if store.all(Question, note=self.id):
            store.remove(Note, self.id, self._care.now)
        else:
            store.erase(Note, self.id)

    def _keep_past(self, stored: Note | None, wanted: Note) -> None:
        """Keep how the note was; called inside the change that puts other words there."""
        care = self._care
        if stored is None:
            return
        elsewhere = self._kept is None or stored.text != self._kept.text
        if self._kept == self._found and not self._versions:
            self._since = care.now
        long_written = care.now - self._since >= STRETCH
        changed = self._base is None or stored.text != self._base.text
        if elsewhere or (long_written and changed):
            self._base, self._version, self._since = stored, None, care.now
        if self._base is None:
            return
        same = wanted.text == self._base.text
        if self._version is None and not same:
            self._version = keep_version(care, "note", self._base).id
            self._versions.append(self._version)
        elif self._version is not None and same:
            care.store.erase(Version, self._version)
            self._versions.remove(self._version)
            self._version = None
