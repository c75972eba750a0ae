"""The answers below a reminder in the panel: Done, Later and Skip, and what each of them asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from caregiver_app.domain.prompts import NO_MORE
from caregiver_app.domain.reminders import Reminder
from caregiver_app.gui.reminder_answers import MEDICINE_REASONS, ReasonRow, fill_later
from caregiver_app.gui.reminder_ideas import is_idea, no_more_words
from caregiver_app.gui.reminder_order import is_medicine, things_of
from caregiver_app.gui.reminder_pick import PickRow
from caregiver_app.gui.reminder_sure import SureRow, sure_words
from caregiver_app.gui.reminder_words import ReminderWords
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import (
    Button,
    PlainButton,
    PrimaryButton,
    QuietButton,
    TonalButton,
)
from caregiver_app.gui.words import tr
from caregiver_app.services.care import Care
from caregiver_app.values import value


@value
class Tools:
    """What every piece of the panel is made with; `several` people are cared for."""

    theme: Theme
    words: ReminderWords
    care: Care
    several: bool


class Asking(QWidget):
    """Answers for some reminders; what has to be asked first is asked below the buttons.

    Fill in `buttons` by making them and giving them to `column`.
    """

    done = Signal(tuple)
    """The ids that are done."""
    skipped = Signal(tuple, str)
    """The ids, and the reason."""
    later = Signal(tuple, datetime)
    """The ids, and the UTC instant until which they wait."""
    picked = Signal(tuple, datetime)
    """The ids, and the wall time until which they wait."""
    opened = Signal(QWidget)
    """What was asked just now, to be scrolled to."""

    def __init__(self, tools: Tools, reminders: Sequence[Reminder], about: str) -> None:
        super().__init__()
        self.tools, self.about = tools, about
        self.reminders = tuple(reminders)
        self.reason: ReasonRow | None = None
        self.pick: PickRow | None = None
        self.sure: SureRow | None = None
        self._asker: QWidget | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of what is answered here."""
        return tuple(one.id for one in self.reminders)

    def is_busy(self) -> bool:
        """Tell whether something was asked and is not answered yet."""
        return any(not one.isHidden() for one in self._asked())

    def stop_asking(self) -> None:
        """Take away what was asked."""
        for one in self._asked():
            one.hide()

    def close_question(self) -> None:
        """Take away what was asked, and give the keyboard to the button that led to it."""
        asker, self._asker = self._asker, None
        if asker is not None and asker.isVisible():
            asker.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stop_asking()

    def _begin_asking(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and not any(one.isAncestorOf(focus) for one in self._asked()):
            self._asker = focus
        self.stop_asking()

    def is_idea(self) -> bool:
        """Tell whether it is an idea of the support tab: that is never put off or explained."""
        return is_idea(self.reminders)

    def say_no_more(self) -> None:
        """Never this idea again."""
        self.skipped.emit(self.ids, NO_MORE)

    def fill_menu(self, menu: QMenu) -> None:
        """Offer the moments of Later."""
        fill_later(menu, self.tools.care, self._chosen, self.ask_time)

    def say_done(self) -> None:
        """Everything here is done."""
        self.done.emit(self.ids)

    def ask_sure(self) -> None:
        """Say what "all done" would mark, and ask."""
        self._begin_asking()
        if self.sure is not None:
            self.sure.deleteLater()
        lines, yes = sure_words(self.tools.words, self.reminders, self.tools.care)
        self.sure = SureRow(self.tools.theme, lines, yes)
        self.sure.agreed.connect(self.say_done)
        self.sure.refused.connect(self.close_question)
        self.column.addWidget(self.sure)
        self.sure.begin()
        self.opened.emit(self.sure)

    def ask_reason(self) -> None:
        """Ask why it is skipped."""
        self._begin_asking()
        if self.reason is None:
            medicine = all(map(is_medicine, self.reminders))
            choices = MEDICINE_REASONS if medicine else ()
            count = things_of(self.reminders)
            self.reason = ReasonRow(self.tools.theme, self.about, choices, count=count)
            self.reason.given.connect(self._skip)
            self.column.addWidget(self.reason)
        self.reason.show()
        self.reason.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit(self.reason)

    def ask_time(self) -> None:
        """Show the fields for another day and hour."""
        self._begin_asking()
        if self.pick is None:
            self.pick = PickRow(self.tools.theme, self.tools.care, self.about)
            self.pick.picked.connect(self._picked)
            self.column.addWidget(self.pick)
        self.pick.show()
        self.pick.begin()
        self.opened.emit(self.pick)

    def _asked(self) -> list[QWidget]:
        return [one for one in (self.sure, self.reason, self.pick) if one is not None]

    def _chosen(self, until: datetime) -> None:
        self.later.emit(self.ids, until)

    def _picked(self, local: datetime) -> None:
        self.picked.emit(self.ids, local)

    def _skip(self, reason: str) -> None:
        self.skipped.emit(self.ids, reason)


def arrow_after(button: Button, words: str) -> None:
    """Show words and an arrow after them, which tells that a menu opens."""
    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    # The icon's own gap is on its other side.
    button.set_words(f"{words}\N{EN SPACE}", name=button.accessibleName() or words)


class LaterButton(PlainButton):
    """A button that opens the moments of Later."""

    def __init__(self, theme: Theme, text: str, *, name: str) -> None:
        super().__init__(theme, text, "open-list", name=name)
        arrow_after(self, text)


class AnswerButtons(Asking):
    """Done, Later and Skip side by side; `asks` before Done when several doses are meant."""

    def __init__(
        self,
        tools: Tools,
        reminders: Sequence[Reminder],
        about: str,
        *,
        done: str,
        first: bool,
        asks: bool = False,
    ) -> None:
        super().__init__(tools, reminders, about)
        theme = tools.theme
        # One primary button a screen: the first Done of the panel.
        made = PrimaryButton if first else TonalButton
        self.done_button: Button = made(theme, done, "done", name=f"{done}: {about}")
        self.later_button = LaterButton(theme, tr("Later"), name=tr("Later: {what}", what=about))
        self.skip_button = QuietButton(theme, tr("Skip"), name=tr("Skip: {what}", what=about))
        row = QHBoxLayout()
        row.setSpacing(8)
        idea = self.is_idea()
        row.addWidget(self.done_button, 3)
        row.addWidget(self.later_button, 2)
        row.addWidget(self.skip_button, 0 if idea else 1)
        self.column.addLayout(row)
        menu = QMenu(self)
        menu.setAccessibleName(tr("Later: {what}", what=about))
        menu.aboutToShow.connect(partial(self.fill_menu, menu))
        self.later_button.setMenu(menu)
        self.done_button.clicked.connect(self.ask_sure if asks else self.say_done)
        if idea:
            self.later_button.hide()
            self.skip_button.set_words(no_more_words())
        self.skip_button.clicked.connect(self.say_no_more if idea else self._ask_or_not)

    def _ask_or_not(self) -> None:
        """A second press on Skip takes the question away."""
        if self.reason is not None and not self.reason.isHidden():
            self.stop_asking()
        else:
            self.ask_reason()

    def name(self, about: str, done: str) -> None:
        """Say what is answered in the words of now."""
        self.about = about
        self.done_button.set_words(done, name=f"{done}: {about}")
        self.later_button.setAccessibleName(tr("Later: {what}", what=about))
        skip = tr("Skip: {what}", what=about)
        if self.is_idea():
            skip = tr("No more like this: {what}", what=about)
        self.skip_button.setAccessibleName(skip)


class FootAsking(Asking):
    """Asks for a time for everything in the panel, above its foot; not seen until then."""

    def __init__(self, tools: Tools, reminders: Sequence[Reminder], about: str) -> None:
        super().__init__(tools, reminders, about)
        self.column.setContentsMargins(18, 10, 18, 0)
        self.hide()

    def ask_time(self) -> None:
        """Show the fields."""
        super().ask_time()
        self.show()
        if self.pick is not None:
            self.pick.begin()

    def stop_asking(self) -> None:
        """Hide all of it."""
        super().stop_asking()
        if self.pick is None or self.pick.isHidden():
            self.hide()
