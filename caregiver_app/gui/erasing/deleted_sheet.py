"""Recently deleted: by day and kind, to bring back or to erase for good at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.times import in_zone
from caregiver_app.errors import UserError
from caregiver_app.gui.busy import busy
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.erasing.erase_sheet import EraseSheet
from caregiver_app.gui.erasing.wording import KINDS, kind_name
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import Banner
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.chips import IconDisc
from caregiver_app.gui.widgets.empty_state import EmptyState
from caregiver_app.gui.widgets.fields import ChoiceField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import FewLines, Rule, Text
from caregiver_app.gui.words import count_text, day_text, short_date, time_text, tr
from caregiver_app.messages import explain
from caregiver_app.services.deleted import Deleted
from caregiver_app.services.erasing import Outcome, Scope
from caregiver_app.services.household import Household

ALL: Final = "all"
_AT_ONCE: Final = 40
"""So many are shown before somebody asks for more."""

OpenErase = Callable[[Scope, str, str, QWidget], EraseSheet]
"""Opens the question before erasing: scope, title, what it is about, over which window."""


class DeletedSheet(Sheet):
    """Lists what was deleted in the last 30 days."""

    said = Signal(str)
    """What came of it, for the foot of the window."""

    def __init__(
        self, house: Household, theme: Theme, erase: OpenErase, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            theme,
            tr("Recently deleted"),
            icon="undo",
            primary=tr("Close"),
            subtitle=tr(
                "Each can be brought back for 30 days. After that its words are gone for good."
            ),
            width=760,
            parent=parent,
        )
        self._house, self._erase = house, erase
        self._limit = _AT_ONCE
        self.rows: list[DeletedRow] = []
        """The entries that are shown."""
        self.trouble = Banner(theme, "")
        self.trouble.hide()
        self.add(self.trouble)
        self.kind = ChoiceField(theme, tr("Show"), [(ALL, tr("Everything"))], chosen=ALL)
        self.kind.box.currentIndexChanged.connect(self._chosen)
        self.add(self.kind)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.add(self._list)
        self.more = QuietButton(theme, tr("Show more"))
        self.more.clicked.connect(self._show_more)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.empty = EmptyState(
            theme,
            drawing="papers",
            title=tr("Nothing was deleted in the last 30 days"),
            sentence=tr("What you delete from now on can be brought back here."),
        )
        self.add(self.empty)
        self.all_button = QuietButton(theme, tr("Erase all of these for good…"))
        self.all_button.clicked.connect(self._erase_all)
        self.body.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.cancel.hide()
        self.confirmed.connect(self.accept)
        self._offer_kinds()
        self._show()

    def is_changed(self) -> bool:
        """Nothing is typed here."""
        return False

    # -- What is shown ----------------------------------------------------------------------------

    def _offer_kinds(self) -> None:
        found = self._house.deleted.recent()
        kinds = [kind for kind in KINDS if any(one.kind == kind for one in found)]
        chosen = self.kind.value() or ALL
        choices = [(ALL, tr("Everything")), *((kind, kind_name(kind)) for kind in kinds)]
        self.kind.box.blockSignals(True)
        self.kind.set_choices(choices, chosen if chosen in kinds else ALL)
        self.kind.box.blockSignals(False)
        self.kind.setVisible(len(kinds) > 1)

    def _chosen(self) -> None:
        self._limit = _AT_ONCE
        self._show()

    def _show_more(self) -> None:
        self._limit += _AT_ONCE
        self._show()

    def _found(self) -> list[Deleted]:
        kind = self.kind.value() or ALL
        return [one for one in self._house.deleted.recent() if kind in (ALL, one.kind)]

    def _show(self) -> None:
        found, care = self._found(), self._house.care
        clear_layout(self._column)
        self.rows = []
        shown = found[: self._limit]
        for day, group in groupby(shown, key=lambda one: in_zone(one.at, care.home).date()):
            self._column.addWidget(Text(day_text(day, care.today), "second_strong", "soft"))
            for one in group:
                self._add_row(one)
        self.more.setVisible(len(found) > len(shown))
        self.empty.setVisible(not found)
        self.all_button.setVisible(len(found) > 1)
        if self.isVisible():
            self.fit()

    def _add_row(self, one: Deleted) -> None:
        several = len(self._house.people.people()) > 1
        who = self._house.care.name_of(one.person) if several and one.person else ""
        row = DeletedRow(self.theme, one, who, self._house)
        row.back.clicked.connect(partial(self._bring_back, one))
        row.erase.clicked.connect(partial(self._erase_one, one))
        self.rows.append(row)
        self._column.addWidget(row)
        self._column.addWidget(Rule())

    def _look_again(self) -> None:
        self._offer_kinds()
        self._show()
        (self.rows[0].back if self.rows else self.primary).setFocus()

    # -- What can be done -------------------------------------------------------------------------

    def _bring_back(self, one: Deleted) -> None:
        self.trouble.hide()
        try:
            self._house.deleted.bring_back(one.kind, one.id)
        except UserError as error:
            self.trouble.set_words(explain(error))
            self.trouble.show()
            self.area.ensureWidgetVisible(self.trouble)
            return
        self._look_again()

    def _erase_one(self, one: Deleted) -> None:
        kind = kind_name(one.kind)
        what = f"{kind}: {one.title}" if one.title else kind
        self._ask_erase([one], tr("Erase this for good?"), what)

    def _erase_all(self) -> None:
        found = self._found()
        title = count_text(len(found), "Erase it for good?", "Erase all {count} for good?")
        self._ask_erase(found, title, "")

    def _ask_erase(self, found: Sequence[Deleted], title: str, what: str) -> None:
        self.trouble.hide()
        with busy():
            scope = self._house.erasing.of_entries([(one.kind, one.id) for one in found])
        sheet = self._erase(scope, title, what, self)
        sheet.erased.connect(self._erased)

    def _erased(self, _outcome: Outcome) -> None:
        self._look_again()


class DeletedRow(QWidget):
    """One deleted entry: what it was, when it was deleted, how long it can be brought back."""

    def __init__(self, theme: Theme, one: Deleted, who: str, house: Household) -> None:
        super().__init__()
        name, icon = KINDS[one.kind]
        kind = tr(name)
        title = one.title or kind
        care = house.care
        local = in_zone(one.at, care.home)
        other = one.day is not None and one.day.year != care.today.year
        day = "" if one.day is None else tr("of {day}", day=short_date(one.day, year=other))
        facts = [kind if one.title else "", day, who]
        if one.parts:
            facts.append(
                count_text(
                    one.parts, "with {count} entry of its own", "with {count} entries of its own"
                )
            )
        when = tr(
            "Deleted at {time}. Can be brought back until {day}.",
            time=time_text(local),
            day=short_date(one.until, year=one.until.year != care.today.year),
        )
        self.words = Text(when, "second", "soft")
        self.facts = Text(" · ".join(filter(None, facts)), "second")
        self.facts.setVisible(any(facts))
        self.title = FewLines(title, "strong")
        self.back = PlainButton(theme, tr("Bring back"), "undo")
        self.erase = QuietButton(theme, tr("Erase for good…"))
        spoken = " ".join(filter(None, (kind, one.title, day)))
        self.back.setAccessibleName(tr("Bring back: {what}", what=spoken))
        self.erase.setAccessibleName(tr("Erase for good: {what}", what=spoken))
        column = QVBoxLayout()
        column.setSpacing(2)
        for words in (self.title, self.facts, self.words):
            column.addWidget(words)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.back)
        flow.addWidget(self.erase)
        column.addSpacing(6)
        column.addWidget(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(14)
        row.addWidget(IconDisc(theme, icon), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
