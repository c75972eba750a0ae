"""Asking before "all done": what would be marked, in words; medicines that nobody gave must not be.

The reminder panel and the Today tab share it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.reminders import Reminder
from caregiver_app.gui.reminder_order import Group, doses_of, in_order, is_medicine, things_of
from caregiver_app.gui.reminder_words import ReminderWords
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton, TonalButton
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, tr
from caregiver_app.services.care import Care

_MOST_DAYS: Final = 14
_MOST_NAMED: Final = 6


class SureRow(QWidget):
    """Says what "all done" would mark, in words, and does it only on a second press."""

    agreed = Signal()
    refused = Signal()

    def __init__(self, theme: Theme, lines: Sequence[str], yes: str) -> None:
        """`lines` say what is marked, the first one as a sentence."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for place, line in enumerate(lines):
            column.addWidget(Text(line, "second", "soft" if place else "ink"))
        self.yes = TonalButton(theme, yes, "done")
        self.no = QuietButton(theme, tr("Not now"))
        buttons = QWidget()
        flow = FlowLayout(buttons, across=8, down=6)
        flow.addWidget(self.yes)
        flow.addWidget(self.no)
        column.addSpacing(4)
        column.addWidget(buttons)
        self.setAccessibleName(lines[0])
        self.setAccessibleDescription(" ".join(lines[1:]))
        self.yes.setAccessibleDescription(" ".join(lines))
        self.yes.clicked.connect(self.agreed)
        self.no.clicked.connect(self.refused)

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, in order."""
        return [self.yes, self.no]

    def begin(self) -> None:
        """Put the keyboard where nothing is marked."""
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)


def sure_words(
    words: ReminderWords, reminders: Sequence[Reminder], care: Care
) -> tuple[list[str], str]:
    """Return what "all done" would mark, as lines, and the words of the button that does it."""
    count, doses = things_of(reminders), doses_of(reminders)
    groups = in_order(reminders, care.today, care.home, {one.id for one in reminders})
    lines = [count_text(count, "This marks {count} thing as done, at its own time:",
                        "This marks {count} things as done, each at its own time:")]  # fmt: skip
    if all(map(is_medicine, reminders)) and len({one.owner for one in reminders}) == 1:
        title, days = words.title(reminders[0]), Group("", "days", tuple(reminders))
        count = doses
        lines = [tr("This marks {count} doses of {what} as given:", count=doses, what=title)]
        said = [words.part_words(days, part) for part in days.parts]
        lines.append(" · ".join([*said[:_MOST_DAYS], *_more(len(said) - _MOST_DAYS)]))
    else:
        lines += [_named(words, one) for one in groups[:_MOST_NAMED]]
        lines += _more(sum(things_of(one.reminders) for one in groups[_MOST_NAMED:]))
        if doses > 1:
            lines.append(tr("{count} doses of medicines count as given then.", count=doses))
    if doses:
        lines.append(tr("Only if they really were given. Skip what was not."))
    return lines, tr("Mark all {count} as done", count=count)


def _named(words: ReminderWords, group: Group) -> str:
    said, when = words.said_of(group), words.since(group.reminders)
    due = tr("due {when}", when=when)
    if group.kind == "days":
        due = count_text(doses_of(group.reminders), "{count} day", "{count} days")
    return "•  " + ", ".join(part for part in (said.title, said.person, due) if part)


def _more(count: int) -> list[str]:
    """Return that there are so many more, nothing where there are none."""
    return [tr("and {count} more", count=count)] if count > 0 else []
