"""The widgets of the reminder panel's pieces: a reminder, and the parts of what stands together.

The title (`reminder_titles`) leads to what a reminder is about; the buttons below it answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from caregiver_app.gui.long_column import PieceWidget
from caregiver_app.gui.reminder_buttons import (
    AnswerButtons,
    Asking,
    LaterButton,
    Tools,
)
from caregiver_app.gui.reminder_ideas import no_more_words
from caregiver_app.gui.reminder_order import asks_first, doses_of, things_of
from caregiver_app.gui.reminder_pieces import RowPiece
from caregiver_app.gui.reminder_places import Asked, place_of
from caregiver_app.gui.reminder_titles import DISC, LEFT, LineTitle, RowTitle
from caregiver_app.gui.reminder_words import Said
from caregiver_app.gui.theme import LARGE_TEXT
from caregiver_app.gui.widgets.buttons import IconButton, PlainButton, QuietButton
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, tr

RAIL: Final = 4
_RIGHT: Final = 18


class RowWidget(PieceWidget[RowPiece]):
    """What all pieces share: the rail, the hairline below, and what they ask of the panel."""

    done = Signal(tuple)
    skipped = Signal(tuple, str)
    later = Signal(tuple, datetime)
    picked = Signal(tuple, datetime)
    asked = Signal(str, str, str)
    opened = Signal(QWidget)
    unfolded = Signal(str)
    """The key of a group of which every line is wanted."""

    ground = ""
    ends = False
    """Whether a hairline below ends the row."""
    stretches = False
    """Whether it is the same widget however many reminders it is about."""

    def __init__(self, tools: Tools, piece: RowPiece) -> None:
        super().__init__()
        self.tools, self.piece = tools, piece
        self.asking: Asking | None = None
        self._rail = ""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(RAIL, 0, 0, 0)
        self.column.setSpacing(4)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of what it answers."""
        return self.piece.ids

    def show_piece(self, piece: RowPiece) -> bool:
        """Show what changed; another number of lines, or another first Done, is another widget."""
        other = (piece.kind, piece.ids, piece.first) != (
            self.piece.kind,
            self.ids,
            self.piece.first,
        )
        if other and not self.stretches:
            return False
        self.piece = piece
        self.speak()
        return True

    def speak(self) -> None:
        """Say it in the words of now."""
        raise NotImplementedError

    def is_busy(self) -> bool:
        """Tell whether something was asked in it and is not answered yet."""
        return self.asking is not None and self.asking.is_busy()

    def stop_asking(self) -> None:
        """Take away what was asked; what was typed stays in it."""
        if self.asking is not None:
            self.asking.stop_asking()

    def said(self) -> Said:
        """Return the words of the row that this is a part of."""
        group = self.piece.group
        if group is None:
            return self.tools.words.said(self.piece.reminders[0])
        return self.tools.words.said_of(group)

    def place(self) -> Asked:
        """Return where it leads to."""
        return place_of(self.piece.reminders[0], several=self.tools.several)

    def make_title(self) -> RowTitle:
        """Return a title that opens what it is about."""
        title = RowTitle(self.tools.theme)
        title.clicked.connect(lambda: self.asked.emit(*self.place()))
        return title

    def add_asking(self, asking: Asking, *, left: int = LEFT) -> None:
        """Put the answers in, and pass on what they say."""
        self.asking = asking
        asking.done.connect(self.done)
        asking.skipped.connect(self.skipped)
        asking.later.connect(self.later)
        asking.picked.connect(self.picked)
        asking.opened.connect(self.opened)
        asking.column.setContentsMargins(self.tools.theme.px(left), 0, _RIGHT, 0)
        self.column.addWidget(asking)

    def set_rail(self, said: Said) -> None:
        """Show the colour of its kind, or that it is overdue."""
        self._rail = "alarm" if said.overdue else said.kind
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw ground, rail, and a hairline below."""
        painter, theme = QPainter(self), self.tools.theme
        if self.ground:
            painter.fillRect(self.rect(), theme.colour(self.ground))
        if self._rail:
            painter.fillRect(0, 0, RAIL, self.height() - self.ends, theme.colour(self._rail))
        if self.ends:
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))


def spoken(said: Said) -> str:
    """Return what it is, whose, and when it was due, as a screen reader says it of a button."""
    return ", ".join(part for part in (said.title, said.person, said.second) if part)


class AnsweringRow(RowWidget):
    """Done, Later and Skip for all that it is about."""

    ends = True

    def __init__(self, tools: Tools, piece: RowPiece) -> None:
        super().__init__(tools, piece)
        self.buttons = AnswerButtons(
            tools,
            piece.reminders,
            spoken(self.said()),
            done=self.done_words(),
            first=piece.first,
            asks=asks_first(piece.reminders),
        )
        self.add_asking(self.buttons)
        self.done_button = self.buttons.done_button
        self.later_button = self.buttons.later_button
        self.skip_button = self.buttons.skip_button

    def done_words(self) -> str:
        """Return the words of its Done."""
        return tr("Done")

    def speak(self) -> None:
        """Say it in the words of now."""
        said = self.said()
        self.setAccessibleName(spoken(said))
        self.buttons.name(spoken(said), self.done_words())
        self.set_rail(said)


class OneRow(AnsweringRow):
    """One reminder: its title, and the answers."""

    def __init__(self, tools: Tools, piece: RowPiece) -> None:
        super().__init__(tools, piece)
        self.column.setContentsMargins(RAIL, 8, 0, 14)
        self.title = self.make_title()
        self.column.insertWidget(0, self.title)
        self.speak()

    def speak(self) -> None:
        """Say it in the words of now."""
        self.title.show_said(self.said())
        super().speak()


class HeadRow(RowWidget):
    """The title above the lines of a group."""

    stretches = True

    def __init__(self, tools: Tools, piece: RowPiece) -> None:
        super().__init__(tools, piece)
        self.column.setContentsMargins(RAIL, 8, 0, 2)
        self.title = self.make_title()
        self.column.addWidget(self.title)
        self.speak()

    def speak(self) -> None:
        """Say it in the words of now."""
        said = self.said()
        self.title.show_said(said)
        self.setAccessibleName(spoken(said))
        self.set_rail(said)


class LineRow(RowWidget):
    """A line of a group: what it is about, or its day; Done beside it, and a menu with the rest."""

    def __init__(self, tools: Tools, piece: RowPiece) -> None:
        super().__init__(tools, piece)
        theme, group = tools.theme, piece.group
        days = group is not None and group.kind == "days"
        self.title = Text("", "second") if days else LineTitle(theme)
        if isinstance(self.title, LineTitle):
            self.title.clicked.connect(lambda: self.asked.emit(*self.place()))
        self.done_button = QuietButton(theme, tr("Done"))
        self.more_button = IconButton(theme, "open-list", tr("Later or skip"), quiet=True)
        row = QHBoxLayout()
        row.setSpacing(2)
        row.setContentsMargins(theme.px(LEFT + DISC + 10), 0, theme.px(8), 0)
        row.addWidget(self.title, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for button in (self.done_button, self.more_button):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        buttons.addStretch(0)
        row.addLayout(buttons)
        if theme.scale >= LARGE_TEXT and not days:
            row.setDirection(QBoxLayout.Direction.TopToBottom)
        self.column.addLayout(row)
        asking = Asking(tools, piece.reminders, "")
        self.add_asking(asking, left=LEFT + DISC + 10)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(partial(self._fill, self._menu, asking))
        self.more_button.setMenu(self._menu)
        self.done_button.clicked.connect(asking.say_done)
        self.speak()

    @staticmethod
    def _fill(menu: QMenu, asking: Asking) -> None:
        if asking.is_idea():
            menu.clear()
            menu.addAction(no_more_words(), asking.say_no_more)
            return
        asking.fill_menu(menu)
        menu.addSeparator()
        menu.addAction(tr("Skip…"), asking.ask_reason)

    def speak(self) -> None:
        """Say it in the words of now."""
        group, said = self.piece.group, self.said()
        words = "" if group is None else self.tools.words.part_words(group, self.piece.reminders)
        parts = [words, said.person]
        if isinstance(self.title, LineTitle):
            self.title.show_words(words)
        else:
            self.title.setText(words)
            parts.insert(0, said.title)
        about = ", ".join(part for part in parts if part)
        idea = self.asking is not None and self.asking.is_idea()
        rest = tr("Later or skip: {what}", what=about)
        if idea:
            rest = tr("No more like this: {what}", what=about)
        self.setAccessibleName(about)
        self.done_button.setAccessibleName(tr("Done: {what}", what=about))
        for one in (self.more_button, self._menu):
            one.setAccessibleName(rest)
        if self.asking is not None:
            self.asking.about = about
        self.set_rail(said)


class FoldRow(RowWidget):
    """Shows the lines that are folded away."""

    stretches = True

    def __init__(self, tools: Tools, piece: RowPiece) -> None:
        super().__init__(tools, piece)
        self.button = QuietButton(tools.theme, "")
        self.column.setContentsMargins(RAIL + tools.theme.px(LEFT + DISC), 0, 0, 0)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.button.clicked.connect(self._unfold)
        self.speak()

    def speak(self) -> None:
        """Say how many there are."""
        said = self.said()
        words = count_text(self.piece.hidden, "Show {count} more", "Show {count} more")
        self.button.set_words(words, name=f"{words}: {said.title}")
        self.set_rail(said)

    def _unfold(self) -> None:
        if self.piece.group is not None:
            self.unfolded.emit(self.piece.group.key)


class FootRow(AnsweringRow):
    """The answers for all lines of a group at once."""

    def __init__(self, tools: Tools, piece: RowPiece) -> None:
        super().__init__(tools, piece)
        self.column.setContentsMargins(RAIL, 6, 0, 14)
        self.speak()

    def done_words(self) -> str:
        """Return the words of its Done; doses are counted."""
        group = self.piece.group
        if group is not None and group.kind == "days" and asks_first(group.reminders):
            return tr("All {count} done", count=doses_of(group.reminders))
        return tr("All done")


class LateHead(RowWidget):
    """The heading of what could not be said in time, with answers for all of it."""

    ground, ends = "sunk", True

    def __init__(self, tools: Tools, piece: RowPiece) -> None:
        super().__init__(tools, piece)
        theme, several = tools.theme, things_of(piece.reminders) > 1
        self.column.setContentsMargins(theme.px(LEFT) + RAIL, 12, 0, 12)
        self.column.setSpacing(10)
        self.heading = Text("", "strong")
        self.column.addWidget(self.heading)
        self.all_done: PlainButton | None = None
        self.all_later: PlainButton | None = None
        if several:
            self._add_answers()
        self.speak()

    def _add_answers(self) -> None:
        theme, about = self.tools.theme, self.tools.words.late_title(self.piece.reminders)
        asking = Asking(self.tools, self.piece.reminders, about)
        # The foot has the like for everything: the count tells them apart.
        count = things_of(self.piece.reminders)
        self.all_done = PlainButton(
            theme, tr("All {count} done…", count=count), name=tr("All done: {what}", what=about)
        )
        self.all_later = LaterButton(
            theme, tr("All {count} later", count=count), name=tr("All later: {what}", what=about)
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.all_done, self.all_later):
            row.addWidget(button)
        row.addStretch(1)
        asking.column.addLayout(row)
        menu = QMenu(self)
        menu.setAccessibleName(tr("All later: {what}", what=about))
        menu.aboutToShow.connect(partial(asking.fill_menu, menu))
        self.all_later.setMenu(menu)
        self.all_done.clicked.connect(asking.ask_sure)
        self.add_asking(asking, left=0)

    def speak(self) -> None:
        """Say how many there are, and since when."""
        title = self.tools.words.late_title(self.piece.reminders)
        self.heading.setText(title)
        self.setAccessibleName(title)


class NowHead(RowWidget):
    """The heading of what was said in time, below what was not."""

    ground, ends, stretches = "sunk", True, True

    def __init__(self, tools: Tools, piece: RowPiece) -> None:
        super().__init__(tools, piece)
        self.column.setContentsMargins(tools.theme.px(LEFT) + RAIL, 8, _RIGHT, 8)
        self.heading = Text("", "strong")
        self.column.addWidget(self.heading)
        self.speak()

    def speak(self) -> None:
        """Say how many there are."""
        title = tr("Everything else: {count}", count=things_of(self.piece.reminders))
        self.heading.setText(title)
        self.setAccessibleName(title)


_KINDS: Final[dict[str, type[RowWidget]]] = {
    "late": LateHead,
    "now": NowHead,
    "one": OneRow,
    "head": HeadRow,
    "line": LineRow,
    "fold": FoldRow,
    "foot": FootRow,
}


def make_row(tools: Tools, piece: RowPiece) -> RowWidget:
    """Return the widget of a piece."""
    return _KINDS[piece.kind](tools, piece)


def open_question(rows: Sequence[QWidget], *more: Asking) -> Asking | None:
    """Return what asks something just now, rather where the keyboard is; None when nothing does."""
    asking = [one.asking for one in rows if isinstance(one, RowWidget) and one.asking is not None]
    busy = [one for one in (*asking, *more) if one.is_busy()]
    focus = QApplication.focusWidget()
    here = [one for one in busy if focus is not None and one.isAncestorOf(focus)]
    return (here or busy or [None])[-1]


def answers_of(rows: Sequence[QWidget]) -> list[OneRow | FootRow]:
    """Return those of the widgets that answer a whole row."""
    return [one for one in rows if isinstance(one, OneRow | FootRow)]
