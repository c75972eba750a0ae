"""Signs to tap: a card for each level of urgency, and the one with those that are likely now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from caregiver_app.domain.watch import Tier
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.emergency.parts import Picture
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.sign_model import TIER_LOOKS, Group, SignModel
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card, Tone
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text, set_tip
from caregiver_app.gui.words import count_text, tr
from caregiver_app.services.signs import Sign

SHOWN_AT_FIRST: Final = 6
_LONGEST_NAME: Final = 300
"""So many px of a name are shown at 100 %."""
_TONES: Final[dict[Tier, Tone]] = {Tier.EMERGENCY: "alarm"}
Chosen = Callable[[str], object]


class SignButton(PlainButton):
    """The name of a sign; its level is heard, and seen where `with_icon` shows its shape.

    What it looks like stands in the tooltip, with the whole name where it is too long for a button.
    """

    def __init__(
        self, theme: Theme, sign: Sign, said: str, chosen: Chosen, *, with_icon: bool = False
    ) -> None:
        """`said` is the name with how urgent it is."""
        icon, ink = TIER_LOOKS[sign.tier]
        super().__init__(theme, sign.name, icon if with_icon else None, tooltip=sign.full)
        self.sign = sign
        theme.changed.connect(self._fit)
        self.setAccessibleName(said)
        self.setAccessibleDescription(sign.full)
        self._ink = ink
        self.clicked.connect(lambda: chosen(sign.id))
        self._retint()
        self._fit()

    def _fit(self) -> None:
        """Cut a name of the family's own that no button has room for."""
        name, room = self.sign.name, round(_LONGEST_NAME * self._theme.scale)
        metrics = QFontMetrics(self._theme.font("strong"))
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        if shown != name:
            set_tip(self, " ".join(part for part in (name, self.sign.full) if part))

    @property
    def icon_role(self) -> str:  # type: ignore[override]
        """The colour of the level."""
        return getattr(self, "_ink", "ink")


class SignCard(Card):
    """The signs of one tier. Folded, it shows only its name; the emergency card never is.

    `place` is where the row that asks for the strength is put.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, model: SignModel, group: Group, *, folded: bool) -> None:
        super().__init__(theme, tone=_TONES.get(group.tier, "card"))
        self.group = group
        self._model = model
        self.setAccessibleName(group.title)
        self._picture = QLabel()
        self._quiet = Text(group.quiet, "second", "soft")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._picture)
        head.addWidget(Text(group.title, "card_title", group.ink, wrap=False))
        head.addWidget(self._quiet, 1)
        self.fold = QuietButton(theme, "")
        self.fold.clicked.connect(self._turn)
        head.addWidget(self.fold)
        self.body.addLayout(head)
        self._signs = QWidget()
        self._flow = FlowLayout(self._signs, across=8, down=8)
        self.add(self._signs)
        self.risen = RisenFold(theme, model)
        self.risen.chosen.connect(self.chosen)
        self.add(self.risen)
        self.place = QVBoxLayout()
        self.body.addLayout(self.place)
        self._folds = folded
        self._open = not folded
        self._all = False
        self.fold.setVisible(folded)
        theme.changed.connect(self._dress)
        self._dress()
        self._show()

    def show_group(self, group: Group) -> None:
        """Show the signs and the line beside the title as they are now."""
        self._quiet.setText(group.quiet)
        self.risen.show_risen(group.risen, group.tier)
        if group.signs != self.group.signs:
            self.group = group
            self._show()
        self.group = group

    def show_all(self) -> None:
        """Show every sign of the group."""
        self._open = self._all = True
        self._show()

    def _turn(self) -> None:
        self._open = not self._open
        # What was folded shows all of it: one press, nothing behind another.
        self._all = self._open
        self._show()

    def _show(self) -> None:
        self._flow.clear()
        self._signs.setVisible(self._open)
        count = len(self.group.signs)
        said = tr("Close") if self._open else tr("Show {count}", count=count)
        self.fold.set_words(said, name=f"{said}: {self.group.title}")
        if not self._open:
            return
        shown = self.group.signs if self._all else self.group.signs[:SHOWN_AT_FIRST]
        for sign in shown:
            said = self._model.said(sign)
            self._flow.addWidget(SignButton(self._theme, sign, said, self.chosen.emit))
        if len(shown) < count:
            more = QuietButton(self._theme, tr("{count} more", count=count - len(shown)))
            more.setAccessibleDescription(self.group.title)
            more.clicked.connect(self.show_all)
            self._flow.addWidget(more)
        self.updateGeometry()

    def _dress(self) -> None:
        self._picture.setPixmap(self._theme.pixmap(self.group.icon, self.group.ink, 20))


class RisenFold(QWidget):
    """The signs that are of a card's level only just now: how many, pressed which ones and why."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, model: SignModel) -> None:
        super().__init__()
        self._theme, self._model = theme, model
        self._signs: tuple[Sign, ...] = ()
        self._tier = Tier.EMERGENCY
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.fold = QuietButton(theme, "")
        self.fold.clicked.connect(self._turn)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        self._lines = QVBoxLayout()
        column.addLayout(self._lines)
        self._open = False
        self.hide()

    def show_risen(self, signs: Sequence[Sign], tier: Tier) -> None:
        """Show how many there are; without any it is not there, and folded the next time."""
        self.setVisible(bool(signs))
        self._open = self._open and bool(signs)
        self._signs, self._tier = tuple(signs), tier
        self._show()

    def _turn(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        others = count_text(
            len(self._signs),
            "{count} other is more urgent just now",
            "{count} others are more urgent just now",
        )
        self.fold.set_words(tr("Close") if self._open else others, name=others)
        clear_layout(self._lines)
        if not self._open:
            return
        for reason in self._model.reasons(self._signs, self._tier):
            self._lines.addWidget(Text(reason, "second"))
        row = QWidget()
        flow = FlowLayout(row, across=8, down=8)
        for sign in self._signs:
            said = self._model.said(sign)
            flow.addWidget(SignButton(self._theme, sign, said, self.chosen.emit))
        self._lines.addWidget(row)


class TierLine(QWidget):
    """A level in words, shape and colour, with some signs of it below."""

    def __init__(self, theme: Theme, model: SignModel, group: Group, chosen: Chosen) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(tier_head(theme, group.title, group.icon, group.ink))
        row = QWidget()
        flow = FlowLayout(row, across=8, down=8)
        for sign in group.signs:
            said = model.said(sign)
            flow.addWidget(SignButton(theme, sign, said, chosen, with_icon=True))
        column.addWidget(row)
        row.setVisible(bool(group.signs))


def tier_head(theme: Theme, title: str, icon: str, ink: str) -> QHBoxLayout:
    """Return the line that names a level, with its shape before it."""
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(Picture(theme, icon, ink, 18, beside="second_strong"))
    line.addWidget(Text(title, "second_strong", ink), 1)
    return line


class UsualCard(Card):
    """Under the emergency group: up to eight signs that are likely for this family now."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, model: SignModel) -> None:
        super().__init__(theme, tr("What do you see?"))
        self._model = model
        self._shown: tuple[Sequence[Sign], list[str]] | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(12)
        self.body.addLayout(self._lines)
        self.place = QVBoxLayout()
        self.body.addLayout(self.place)

    def show_signs(self, signs: Sequence[Sign]) -> None:
        """Show these signs, set apart by level."""
        groups = self._model.groups(signs)
        # None of them is an emergency by itself: it is said what makes it one now.
        urgent = [group for group in groups if group.tier == Tier.EMERGENCY]
        reasons = [
            line for group in urgent for line in self._model.reasons(group.signs, group.tier)
        ]
        if (signs, reasons) == self._shown:
            return
        self._shown = (signs, reasons)
        clear_layout(self._lines)
        for group in groups:
            self._lines.addWidget(TierLine(self._theme, self._model, group, self.chosen.emit))
            for reason in reasons if group in urgent else ():
                self._lines.addWidget(Text(reason, "second"))


class OwnCard(Card):
    """The signs of the family's own, and the way to add one."""

    chosen = Signal(str)
    add_asked = Signal()

    def __init__(self, theme: Theme, model: SignModel) -> None:
        super().__init__(theme, tr("Signs of your own"))
        self._model = model
        self._shown: Sequence[Sign] | None = None
        self._row = QWidget()
        self._flow = FlowLayout(self._row, across=8, down=8)
        self.add(self._row)
        self.place = QVBoxLayout()
        self.body.addLayout(self.place)
        self.add_button = QuietButton(theme, tr("Add a sign of your own"), "add")
        self.add_button.clicked.connect(self.add_asked)
        self.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_signs(self, signs: Sequence[Sign]) -> None:
        """Show the signs that the family added."""
        if signs == self._shown:
            return
        self._shown = signs
        self._flow.clear()
        for sign in signs:
            said = self._model.said(sign)
            button = SignButton(self._theme, sign, said, self.chosen.emit, with_icon=True)
            self._flow.addWidget(button)
        self._row.setVisible(bool(signs))
        self._row.updateGeometry()


class HiddenLine(QWidget):
    """How many signs were taken out of the rows; pressed, it shows them to be put back."""

    shown_again = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._count = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.open = QuietButton(theme, "")
        self.open.clicked.connect(self._turn)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        self._card = Card(theme, tone="sunk")
        self._card.add(Text(tr("Search still finds them. Tap one to put it back.")))
        row = QWidget()
        self._flow = FlowLayout(row, across=8, down=8)
        self._card.add(row)
        self._card.hide()
        column.addWidget(self._card)
        self.hide()

    def show_signs(self, signs: Sequence[Sign]) -> None:
        """Name the signs that are hidden; without any, the line is not there."""
        self.setVisible(bool(signs))
        self._count = len(signs)
        self._flow.clear()
        for sign in signs:
            button = PlainButton(self._theme, sign.name, "undo", tooltip=sign.full)
            button.setAccessibleName(tr("Show again: {sign}", sign=sign.name))
            button.clicked.connect(lambda _=False, id_=sign.id: self.shown_again.emit(id_))
            self._flow.addWidget(button)
        if not signs:
            self._card.hide()
        self._name()

    def _turn(self) -> None:
        self._card.setVisible(self._card.isHidden())
        self._name()

    def _name(self) -> None:
        show, close = tr("Show {count} hidden", count=self._count), tr("Close the hidden ones")
        self.open.set_words(show if self._card.isHidden() else close)
