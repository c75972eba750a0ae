"""Asks once, and clearly, before something is erased for good; then says how far it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.busy import busy
from caregiver_app.gui.erasing.eraser import Eraser
from caregiver_app.gui.erasing.wording import what_goes, what_stays, where_it_is
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.banners import Banner
from caregiver_app.gui.widgets.choice_card import ChoiceCard, choice_group
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import count_text, tr
from caregiver_app.messages import explain
from caregiver_app.services.erasing import Outcome, Scope
from caregiver_app.services.household import Household

_MOST_FILES = 6
CLEAN, REMOVE = "clean", "remove"
_ONE_COLUMN: Final = 4
"""So many kinds are named in one sentence."""


class EraseSheet(Sheet):
    """Says what goes and what stays; for a person or everything a line has to be ticked as well."""

    working = Signal(bool)
    """It is erasing (True), or no longer: nothing else may write meanwhile."""
    erased = Signal(object)
    """It is done; the `Outcome` says what became of the copies."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        scope: Scope,
        title: str,
        what: str,
        parent: QWidget | None = None,
    ) -> None:
        """`what` is named in bold: the entry's words, the person's name."""
        super().__init__(
            theme,
            title,
            icon="attention",
            primary=tr("Erase for good"),
            cancel=tr("Leave it"),
            width=600,
            role="warn",
            ground="warn_tint",
            lasting=True,
            parent=parent,
        )
        self.primary.set_icon("attention")
        self._house, self._scope = house, scope
        self._works = False
        self._eraser = Eraser(house.erasing, self)
        self._eraser.progressed.connect(self._show_progress)
        self._eraser.ended.connect(self._end)
        self._eraser.refused.connect(self._refuse)
        self.trouble = Banner(theme, "")
        self.trouble.hide()
        self.add(self.trouble)
        if what:
            self.add(Text(what, "strong"))
        self.goes: list[Text] = []
        self._tell_what_goes()
        self.add(
            Text(
                tr(
                    "Nobody can bring it back: there is no undo, and the program’s own backups"
                    " will not hold it. What you did before can’t be undone any more either."
                ),
                "strong",
            )
        )
        self.locked: Banner | None = None
        self.cards: list[ChoiceCard] = []
        self.feed: TickRow | None = None
        self._ask_about_copies()
        self._tell_of_others()
        self.sure = self._sure_line()
        self.confirmed.connect(self._begin)

    def _tell_what_goes(self) -> None:
        """Name what goes, in two columns where it is much."""
        told = what_goes(self._scope.counts, people=self._scope.wanted.everything)
        if self._scope.deleted:
            count = sum(self._scope.deleted.values())
            told.append(
                count_text(
                    count,
                    "{count} more that was deleted and can still be brought back",
                    "{count} more that were deleted and can still be brought back",
                )
            )
        if len(told) <= _ONE_COLUMN:
            self.goes = [Text(tr("This goes: {what}.", what=", ".join(told)))]
            self.add(self.goes[0])
            return
        large = self.theme.scale >= LARGE_TEXT
        half = len(told) if large else (len(told) + 1) // 2
        columns = (told[:half], told[half:])
        self.goes = [Text("\n".join(column)) for column in columns if column]
        head = Text(tr("This goes:"))
        self.add(head)
        self.body.addSpacing(4 - self.body.spacing())
        row = self.add_row(*self.goes, stretches=(1,) * len(self.goes))
        row.setSpacing(20)

    def _tell_of_others(self) -> None:
        """Say what lies elsewhere, and what becomes of it."""
        scope, theme = self._scope, self.theme
        if scope.away:
            away = tr(
                "Backups in {path} keep it. Plug it in first to erase it there too.",
                path=scope.second,
            )
            fact = tr("The second folder for backups is not there now.")
            self.add(Banner(theme, fact, away, icon="keep"))
        if scope.feed:
            self.feed = TickRow(
                theme,
                tr("Delete the calendar file that is kept up to date as well"),
                note=scope.feed,
                state="done",
                strong=False,
                fades=False,
            )
            self.add(self.feed)
        if scope.locked:
            self.locked = Banner(theme, self._locked_fact(), self._locked_files(), icon="private")
            self.add(self.locked)
        self.add(Text(what_stays(scope), "second", "soft"))

    def _locked_fact(self) -> str:
        return count_text(
            len(self._scope.locked),
            "A backup with a passphrase may hold it. The program can’t open it: delete it by hand.",
            "{count} backups with a passphrase may hold it. The program can’t open them:"
            " delete them by hand.",
        )

    def _locked_files(self) -> str:
        """Return where they are, a line each."""
        shown = [str(path) for path in self._scope.locked[:_MOST_FILES]]
        more = len(self._scope.locked) - len(shown)
        if more:
            shown.append(count_text(more, "and one more there", "and {count} more there"))
        return "\n".join(shown)

    def _ask_about_copies(self) -> None:
        count = self._scope.copies
        if not self._scope.every:
            return
        if not count:
            self.add(Text(where_it_is(self._scope)))
            return
        if self._scope.wanted.everything:
            words = count_text(
                count,
                "The backup that the program keeps goes as well.",
                "All {count} backups that the program keeps go as well.",
            )
            self.add(Text(words))
            return
        self.add(Text(where_it_is(self._scope), "strong"))
        self.cards = [
            ChoiceCard(
                self.theme,
                CLEAN,
                tr("Take it out of them"),
                count_text(
                    count,
                    "The backup is written anew without it. Everything else in it stays.",
                    "Each of these {count} is written anew without it. Everything else in them"
                    " stays.",
                ),
            ),
            ChoiceCard(
                self.theme,
                REMOVE,
                count_text(self._scope.every, "Remove this backup", "Remove all {count} backups"),
                tr("One new backup is made. There is no way back to earlier days then."),
            ),
        ]
        self.group = choice_group(self, self.cards)
        for card in self.cards:
            self.add(card)
        self.cards[0].setChecked(True)

    def _sure_line(self) -> TickRow | None:
        wanted = self._scope.wanted
        if not (wanted.people or wanted.everything):
            return None
        line = TickRow(
            self.theme, tr("Yes, I want all of this to be gone"), fades=False, strong=True
        )
        # The button waits for the tick, which says why.
        self.primary.setEnabled(False)
        line.toggled.connect(self.primary.setEnabled)
        self.add_to_foot(line)
        return line

    # -- Doing it ---------------------------------------------------------------------------------

    def _begin(self) -> None:
        if self._works:
            return
        remove = self._scope.wanted.everything or any(
            card.isChecked() and card.key == REMOVE for card in self.cards
        )
        try:
            delete = self.feed is not None and self.feed.state == "done"
            self._house.erasing.begin(self._scope, delete_feed=delete)
        except UserError as error:
            self._say(explain(error))
            return
        self._set_working(works=True)
        self.note.setText(tr("Erasing, please leave the program open."))
        self._eraser.start(self._scope, remove_copies=remove)

    def _set_working(self, *, works: bool) -> None:
        self._works = works
        if works:
            self.setCursor(Qt.CursorShape.BusyCursor)
        else:
            self.unsetCursor()
        self.trouble.hide()
        asked = [self.primary, self.cancel, self.close_button, self.feed, self.sure, *self.cards]
        for control in asked:
            if control is not None:
                control.setEnabled(not works)
        self.working.emit(works)

    def _show_progress(self, done: int, of: int) -> None:
        self.note.setText(tr("Erasing: {done} of {count} files", done=done, count=of))

    def _end(self, outcome: Outcome) -> None:
        self._set_working(works=False)
        with busy():
            # The whole window looks again.
            self._house.erasing.ended()
        self.forget_changes()
        self.erased.emit(outcome)
        self.accept()

    def _refuse(self, error: UserError) -> None:
        self._set_working(works=False)
        self.note.setText("")
        self._say(explain(error))

    def _say(self, words: str) -> None:
        self.trouble.set_words(words)
        self.trouble.show()
        self.fit()

    # -- Leaving ----------------------------------------------------------------------------------

    def is_changed(self) -> bool:
        """Nothing that was chosen here is worth a question."""
        return False

    def reject(self) -> None:
        """Close, but not in the middle of it."""
        if not self._works:
            super().reject()
