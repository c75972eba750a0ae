"""Shows what is kept about a person: the pages themselves, to look at, print or save."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from caregiver_app.domain.texts import first_name
from caregiver_app.gui.preview_sheet import PreviewSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import count_text, tr
from caregiver_app.pages.kept_about_of import page_for
from caregiver_app.pages.kept_about_page import kept_about_pages
from caregiver_app.pages.printed import Printed
from caregiver_app.services.household import Household
from caregiver_app.services.kept_about import KeptAboutService

_WIDTH: Final = 330
_ALL, _YEAR = "all", "year"


class KeptAboutSheet(PreviewSheet):
    """Everything about one person; the notes about them are ticked at first."""

    def __init__(
        self, theme: Theme, house: Household, person: str, parent: QWidget | None = None
    ) -> None:
        self._house, self._person = house, person
        self._service = KeptAboutService(house)
        kept = house.care.person(person)
        name = first_name(kept.name) or tr("the person I care for")
        super().__init__(
            theme,
            tr("What I keep about {name}", name=name),
            subtitle=tr("To show, or to print and hand over."),
            parent=parent,
        )
        # No word of the family stands in the title of a window.
        self.setWindowTitle(tr("What I keep"))
        count = len(self._service.notes(person))
        self.notes = TickRow(
            theme,
            tr("Notes about {name}", name=name),
            note=count_text(count, "{count} note", "{count} notes"),
            state="done" if count else "open",
            strong=False,
            fades=False,
        )
        self.notes.setVisible(bool(count))
        much = self._service.is_much()
        self.since = Segmented(
            theme,
            [(_ALL, tr("All of it")), (_YEAR, tr("The last year"))],
            name=tr("How far back"),
            chosen=_YEAR if much else _ALL,
        )
        self.since.changed.connect(self.look_again)
        self.notes.state_changed.connect(self.look_again)
        self.show_choices(self._choices_column(name), _WIDTH)

    def _choices_column(self, name: str) -> QWidget:
        choices = QWidget()
        column = QVBoxLayout(choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(
            Text(tr("All that is written down here about {name}, as it was typed.", name=name))
        )
        column.addWidget(self.since)
        column.addWidget(self.notes)
        column.addWidget(
            Text(
                tr(
                    "Never on these pages: notes about yourself, your own check, what others"
                    " could take off you."
                ),
                "second",
                "soft",
            )
        )
        column.addStretch(1)
        return choices

    def printed(self) -> Printed | None:
        """Return the pages as they are chosen now."""
        first = self._service.year_before() if self.since.value() == _YEAR else None
        with self._house.care.one_look():
            about = self._service.about(self._person, notes=self.notes.state == "done", first=first)
            return kept_about_pages(page_for(self._house, about, self._house.care.now))

    def look_again(self) -> None:
        """Lay out what is chosen; ten years of it take a moment."""
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            super().look_again()
        finally:
            QApplication.restoreOverrideCursor()

    def file_name(self) -> str:
        """Return what a PDF file is called at first; it names nobody."""
        return tr("what I keep {day}.pdf", day=self._house.care.today.isoformat())


def open_kept_about(theme: Theme, house: Household, person: str, parent: QWidget) -> None:
    """Open what is kept about a person (by id) over a window."""
    KeptAboutSheet(theme, house, person, parent).open()
