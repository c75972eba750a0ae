"""The card of a room: one idea in large letters, what helps with it, and what to do with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.support_cards import Card as Idea
from caregiver_app.errors import UserError
from caregiver_app.gui.columns import LARGE
from caregiver_app.gui.support.room_lists import DecidedList, Opener
from caregiver_app.gui.support.room_model import RoomModel
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_CARD
from caregiver_app.gui.widgets.buttons import Button, PlainButton, PrimaryButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain

_RAIL = 5
_NARROW = 700


class IdeaCard(Card):
    """One idea of a room. Fill in `show_idea` for what a room says besides.

    `extra` stands below the idea's words, `aside` beside the buttons; `lists` at the foot.
    """

    asked = Signal(str, str, str)
    """Somebody wants to see something else: (place, kind, item)."""

    def __init__(self, theme: Theme, model: RoomModel, room: str) -> None:
        super().__init__(theme)
        self.theme, self.model, self.room = theme, model, room
        self.card: Idea | None = None
        self.kicker = Text("", "second", "soft")
        self.quote = Text("", "prompt")
        self.more = Text("", "body", "soft")
        self.extra, self.aside, self.lists = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self.aside.setSpacing(0)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.another = PrimaryButton(theme, tr("Another one"))
        self.keep: Button = PlainButton(theme, tr("Keep"), "keep")
        self.no_more = QuietButton(theme, tr("No more like this"))
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, across=10, down=8)
        for button in (self.another, self.keep, self.no_more):
            self._flow.addWidget(button)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(18)
        self._foot.addWidget(self._buttons, 1)
        self._foot.addLayout(self.aside)
        for widget in (self.kicker, self.quote, self.more):
            self.add(widget)
        self.body.addLayout(self.extra)
        self.body.addSpacing(4)
        self.body.addLayout(self._foot)
        self.add(self.wrong)
        self.body.addLayout(self.lists)
        self._openers, self._inside = QWidget(), QVBoxLayout()
        self._openers_all: list[Opener] = []
        self._more_flow = FlowLayout(self._openers, across=4, down=0)
        self.add(self._openers)
        self.body.addLayout(self._inside)
        self.first_openers()
        self.decided = DecidedList(theme, model, room)
        self.decided_opener = self.add_opener("", self.decided)
        self.sources = Text("", "second", "soft")
        self.sources_opener = self.add_opener(tr("Sources"), self.sources)
        self.decided.shown.connect(self._show)
        self.decided.let_go.connect(self._let_go)
        self.decided.back.connect(self._bring_back)
        self.another.clicked.connect(self._another)
        self.keep.clicked.connect(self._keep)
        self.no_more.clicked.connect(self._never)
        theme.changed.connect(self._turn)
        self._turn()

    def first_openers(self) -> None:
        """Put what a room has of its own at the foot, before what all rooms have."""

    def asides(self) -> tuple[Text, ...]:
        """The lines beside the buttons."""
        return ()

    def add_opener(self, words: str, inside: QWidget) -> Opener:
        """Put a quiet button at the foot that opens something; return the button.

        One is open at a time: their lists have no headings of their own.
        """
        opener = Opener(self.theme, words, inside)
        opener.toggled.connect(partial(self._close_others, opener))
        self._openers_all.append(opener)
        self._more_flow.addWidget(opener)
        self._inside.addWidget(inside)
        return opener

    def _close_others(self, opener: Opener, opened: bool) -> None:
        for other in self._openers_all:
            if opened and other is not opener:
                other.setChecked(False)

    # -- What it shows ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is so now; the idea stays unless it was put away."""
        self.card = self.model.idea(self.room)
        card = self.card
        self.quote.setText(self.nothing() if card is None else self.words(card))
        self.kicker.setText("" if card is None else self.heading(card))
        self.setAccessibleName(self.kicker.text() or self.quote.text())
        for widget in (self.kicker, self.keep, self.no_more, self.another):
            widget.setVisible(card is not None)
        self.sources_opener.offer("" if card is None else tr("Sources"))
        if card is not None:
            self.name_buttons(card)
            self.sources.setText(self.model.sources(card))
        more = "" if card is None else self.second(card)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.show_idea(card)
        self.decided_opener.offer(self.decided.refresh())

    def nothing(self) -> str:
        """Return what stands there once every idea was put away."""
        return tr("Every idea here was put away.")

    def heading(self, card: Idea) -> str:
        """Return the line above an idea."""
        return tr("You could ask") if "?" in card.text else tr("You could say")

    def words(self, card: Idea) -> str:
        """Return an idea in large letters."""
        return tr("“{words}”", words=card.text)

    def second(self, card: Idea) -> str:
        """Return the line below an idea, "" without one."""
        return card.technique

    def show_idea(self, card: Idea | None) -> None:
        """Show what else a room says of an idea."""

    def name_buttons(self, card: Idea) -> None:
        """Say on the buttons what they do with this idea."""
        kept = self.model.house.card_choices.is_kept(self.model.person, card.id)
        words = tr("Kept") if kept else tr("Keep")
        self.keep.set_words(words, name=f"{words}: {card.text}")
        self.keep.set_icon("done" if kept else "keep")
        self.no_more.setAccessibleName(tr("No more like this: {what}", what=card.text))

    # -- What can be done with it -----------------------------------------------------------------

    def attempt(self, change: Callable[[], object]) -> bool:
        """Change something; what went wrong is said below the buttons."""
        self.wrong.hide()
        try:
            change()
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()
            return False
        return True

    def _another(self) -> None:
        self.wrong.hide()
        self.model.another(self.room)
        self.refresh()
        self._tell()

    def _keep(self) -> None:
        if self.card is not None:
            self.turn_kept(self.card)
            self.refresh()

    def turn_kept(self, card: Idea) -> None:
        """Keep an idea, or let it go again."""
        choices = self.model.house.card_choices
        kept = choices.is_kept(self.model.person, card.id)
        self.attempt(lambda: choices.keep(self.model.person, card.id, kept=not kept))

    def _never(self) -> None:
        card, choices = self.card, self.model.house.card_choices
        if card is None:
            return
        if self.attempt(lambda: choices.never(self.model.person, card.id)):
            self.refresh()
            self._tell()
            stays = self.no_more if self.no_more.isVisible() else self
            stays.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, card: Idea) -> None:
        self.model.show(card)
        self.refresh()
        self._tell()

    def _let_go(self, card: str) -> None:
        choices = self.model.house.card_choices
        self.attempt(lambda: choices.keep(self.model.person, card, kept=False))
        self.refresh()
        self._stay_near()

    def _bring_back(self, card: str) -> None:
        choices = self.model.house.card_choices
        self.attempt(lambda: choices.bring_back(self.model.person, card))
        self.refresh()
        self._stay_near()

    def _stay_near(self) -> None:
        """Keep the keyboard where the list was that it stood in."""
        near = self.decided_opener if self.decided_opener.isVisible() else self.sources_opener
        near.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        """Let a screen reader say the new idea; the keyboard stays on its button."""
        said = " ".join(filter(None, (self.kicker.text(), self.quote.text(), self.more.text())))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _space(self) -> None:
        across, down = self._theme.px(20), self._theme.px(18)
        self.body.setContentsMargins(_RAIL + across, down, across, self._theme.px(10))
        self.body.setSpacing(self._theme.px(8))

    # -- Room -------------------------------------------------------------------------------------

    def _turn(self) -> None:
        down = self.theme.scale >= LARGE or self.width() < self.theme.px(_NARROW)
        way = QBoxLayout.Direction
        self._foot.setDirection(way.TopToBottom if down else way.LeftToRight)
        beside = bool(self.asides()) and not down
        self._foot.setStretchFactor(self._buttons, 5 if beside else 1)
        self._foot.setStretchFactor(self.aside, 4 if beside else 0)
        side = Qt.AlignmentFlag.AlignRight if beside else Qt.AlignmentFlag.AlignLeft
        for line in self.asides():
            line.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what stands beside the buttons below them where there is little room."""
        super().resizeEvent(event)
        self._turn()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rail at the left."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(self.rect(), RADIUS_CARD, RADIUS_CARD)
        painter.setClipPath(shape)
        rail = QRect(0, 0, _RAIL, self.height())
        painter.fillRect(rail, self.theme.colour("primary"))
