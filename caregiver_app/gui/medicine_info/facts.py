"""Facts as they are shown: the words, what was not checked, and on demand where each is from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.advice import Evidence, Source
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.fold import Fold
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.pages.medicine_parts import Part, Told, links_of, source_line, warning_of


class FactBlock(QWidget):
    """One fact. A `SourcesButton` hides its source; that it was not checked is always seen."""

    def __init__(self, told: Told, checked: date) -> None:
        super().__init__()
        self.told = told
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        if told.about:
            column.addWidget(Text(told.about, "second_strong", "soft"))
        self.words = Text(told.text, "strong" if told.below and not told.about else "body")
        column.addWidget(self.words)
        for line in told.below:
            column.addWidget(Text(line))
        warning = warning_of(told.evidence)
        self.warning = Text(warning, "second", "warn" if told.evidence.is_unverified else "soft")
        self.warning.setVisible(bool(warning))
        column.addWidget(self.warning)
        self.source = Text(source_line(told.evidence, checked), "second", "soft")
        column.addWidget(self.source)


class SourcesButton(QWidget):
    """Shows and hides the sources of some facts, and what can be opened of them."""

    def __init__(self, theme: Theme, about: str, evidences: Iterable[Evidence]) -> None:
        super().__init__()
        self._about = about
        self._lines: list[Text] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.button = QuietButton(theme, "")
        self.button.clicked.connect(self._turn)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._links = QWidget()
        flow = FlowLayout(self._links)
        for source in links_of(evidences):
            flow.addWidget(_link(theme, source))
        column.addWidget(self._links)
        self._open = False
        self._show()

    def follow(self, line: Text) -> None:
        """Show and hide this line too."""
        self._lines.append(line)
        line.setVisible(self._open)

    @property
    def is_open(self) -> bool:
        """Whether the sources are shown."""
        return self._open

    def _turn(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        words = tr("Hide the sources") if self._open else tr("Where this is from")
        self.button.set_words(words, name=f"{words}: {self._about}")
        layout = self._links.layout()
        self._links.setVisible(self._open and layout is not None and layout.count() > 0)
        for line in self._lines:
            line.setVisible(self._open)


def _link(theme: Theme, source: Source) -> QuietButton:
    url = QUrl(source.link)
    button = QuietButton(
        theme,
        tr("Open {host}", host=url.host()),
        "forward",
        name=tr("Open {host} in the browser: {name}", host=url.host(), name=source.name),
    )
    button.clicked.connect(partial(QDesktopServices.openUrl, url))
    return button


class PartCard(Card):
    """A part of what is known of a medicine, folded behind its title unless it is `opened`."""

    def __init__(self, theme: Theme, part: Part, checked: date, *, opened: bool) -> None:
        super().__init__(theme)
        self.part = part
        self.setAccessibleName(part.title)
        self.fold = Fold(theme, part.title)
        self.fold.head.set_summary(part.summary)
        self.fold.set_open(opened=opened)
        self.add(self.fold)
        if part.opening:
            self.fold.add(Text(part.opening, "strong"))
        self.blocks = [FactBlock(told, checked) for told in part.told]
        self.sources = SourcesButton(theme, part.title, [one.evidence for one in part.told])
        for block in self.blocks:
            self.fold.add(block)
            self.sources.follow(block.source)
        self.fold.add(self.sources)
