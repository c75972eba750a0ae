"""What the open window says when entries vanished, or a part of the file cannot be read."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import PAGE_MARGIN
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr


class _Offer(Sheet):
    """Says what happened and offers the newest good backup, which `confirmed` goes to."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        sentences: list[str],
        offer: str,
        parent: QWidget | None,
        holds: str = "",
    ) -> None:
        super().__init__(
            theme,
            title,
            icon="attention",
            role="warn",
            ground="warn_tint",
            primary=tr("Look at this backup"),
            cancel=tr("Later"),
            width=580,
            parent=parent,
        )
        for sentence in sentences:
            self.add(Text(sentence))
        if offer:
            self._group(
                Text(tr("The newest good backup is from {when}.", when=offer), "strong"),
                *([Text(holds)] if holds else []),
                Text(
                    tr(
                        "Looking at it changes nothing: it says first what going back would change."
                    ),
                    "second",
                    "soft",
                ),
            )
        else:
            self.add(Text(tr("There is no good backup to go back to."), "strong"))
        self.primary.setVisible(bool(offer))
        # What only looks, or the way out: never what takes the warning away.
        (self.primary if offer else self.cancel).setFocus(Qt.FocusReason.OtherFocusReason)
        self.confirmed.connect(self.accept)

    def _group(self, *parts: QWidget) -> None:
        column = QVBoxLayout()
        column.setSpacing(4)
        for part in parts:
            column.addWidget(part)
        self.body.addLayout(column)

    def _focus_first(self) -> None:
        """The keyboard stays where this sheet put it."""


class VanishedSheet(_Offer):
    """Names how many entries there were and are, and asks whether that was the family."""

    ours = Signal()
    """It was; the numbers as they are now are right."""

    def __init__(
        self,
        theme: Theme,
        gone: Mapping[str, tuple[int, int]],
        lines: list[str],
        offer: str,
        parent: QWidget | None = None,
        *,
        holds: str = "",
    ) -> None:
        many = sum(was - now for was, now in gone.values())
        told = tr("When this program was last closed, {many} more entries were here than now.",
                  many=many)  # fmt: skip
        super().__init__(
            theme, tr("Some entries are gone"), [told, "\n".join(lines)], offer, parent, holds
        )
        self.was_us = PlainButton(theme, tr("That was me"), "done")
        self.was_us.clicked.connect(self._accept_counts)
        self._group(
            Text(
                tr(
                    "Did you take them away yourself, with another program or by putting an older"
                    " file in its place? Say so, and this is not said again."
                )
            )
        )
        self.body.addWidget(self.was_us, 0, Qt.AlignmentFlag.AlignLeft)

    def _accept_counts(self) -> None:
        self.ours.emit()
        self.done(0)


class UnreadLine(QWidget):
    """Stands over every tab while something is left out of what they show."""

    asked = Signal()
    """What can be done about it is asked for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Text(
            tr("A part can’t be read and is left out of what you see."),
            "strong",
            "warn",
        )
        self.button = QuietButton(theme, tr("What can be done…"), "keep")
        self.button.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(PAGE_MARGIN, 8, PAGE_MARGIN, 0)
        row.setSpacing(16)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)


class DamageSheet(_Offer):
    """Says that something did not read as it was written; nothing was thrown away."""

    def __init__(
        self, theme: Theme, offer: str, parent: QWidget | None = None, *, holds: str = ""
    ) -> None:
        told = [
            tr("The program checks what it reads. A part of it did not read as it was written, and"
               " is not shown, so that nothing wrong is taken for true."),
            tr("Nothing was deleted, and the earlier backups are untouched. If you are typing,"
               " finish that first: this can wait."),
        ]  # fmt: skip
        super().__init__(
            theme, tr("A part of your notes cannot be read"), told, offer, parent, holds
        )
