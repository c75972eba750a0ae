"""What is asked afterwards: was anything forgotten, and what may be left out from now on?"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.columns import LARGE
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton, TonalButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.services.bag_habits import Unneeded


class ForgotCard(Card):
    """Asks once after a visit whether anything was forgotten; a yes opens a field for it."""

    nothing = Signal()
    missed = Signal(str, str)
    """What was forgotten, and its group."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setAccessibleName(tr("Forgot anything?"))
        self.visit = ""
        self.about = Text("", "second", "soft")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(self.accessibleName(), "card_title"))
        words.addWidget(self.about)
        self.some = PlainButton(theme, tr("Something"), name=tr("Something was missing"))
        self.some.clicked.connect(self._begin)
        self.none = PlainButton(theme, tr("Nothing"), name=tr("Nothing was missing"))
        self.none.clicked.connect(self.nothing)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(10)
        self._line.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in (self.some, self.none):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        buttons.addStretch(1)
        self._line.addLayout(buttons)
        self.body.addLayout(self._line)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        self.add(self._make_form())
        theme.changed.connect(self._turn)
        self._turn()

    def _make_form(self) -> QWidget:
        theme = self._theme
        self._form = QWidget()
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.field = LineField(theme, tr("What was missing"))
        self.field.line.returnPressed.connect(self._add)
        column.addWidget(self.field)
        self.group = Segmented(
            theme,
            [("things", tr("A thing"), "bag"), ("papers", tr("A paper"), "care-plan")],
            name=tr("Where it belongs"),
            chosen="things",
        )
        column.addWidget(self.group)
        place, buttons = _buttons()
        self.keep = TonalButton(theme, tr("Put it on the list"), "add")
        self.keep.clicked.connect(self._add)
        self.close_form = QuietButton(theme, tr("Not now"))
        self.close_form.clicked.connect(self._leave)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.close_form)
        column.addWidget(place)
        self._form.hide()
        return self._form

    def show_visit(self, visit_id: str, about: str) -> None:
        """Ask about a visit; what was typed about the same one stays."""
        if visit_id != self.visit:
            self.visit = visit_id
            self.field.set_text("")
            self.group.set_value("things")
            self._show_form(asked=False)
            self.say_not_kept("")
        self.about.setText(about)

    def say_wrong(self, words: str) -> None:
        """Say what was refused; what was typed stays."""
        self.field.set_error(words or None)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_not_kept(self, words: str) -> None:
        """Say that an answer could not be kept."""
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    def _turn(self) -> None:
        way = QBoxLayout.Direction
        self._line.setDirection(way.TopToBottom if self._theme.scale >= LARGE else way.LeftToRight)

    def _show_form(self, *, asked: bool) -> None:
        self._form.setVisible(asked)
        for button in (self.some, self.none):
            button.setVisible(not asked)

    def _begin(self) -> None:
        self._show_form(asked=True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self._show_form(asked=False)
        self.some.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self) -> None:
        self.missed.emit(self.field.text(), str(self.group.value() or "things"))


class UnneededCard(Card):
    """Offers to leave out what was not needed three times running, one item at a time."""

    left_out = Signal(object)
    kept = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Still wanted on the list?"))
        self.words = Text("", "body")
        self.add(self.words)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        place, buttons = _buttons()
        self.leave = PlainButton(theme, tr("Leave it out from now on"))
        self.leave.clicked.connect(lambda: self.left_out.emit(self._one))
        self.keep = PlainButton(theme, tr("Keep it"))
        self.keep.clicked.connect(lambda: self.kept.emit(self._one))
        buttons.addWidget(self.leave)
        buttons.addWidget(self.keep)
        self.add(place)
        self._one: Unneeded | None = None

    def show_one(self, one: Unneeded, words: str) -> None:
        """Ask about one item."""
        self._one = one
        self.words.setText(words)
        self.leave.set_words(
            tr("Leave it out from now on"), name=tr("Leave {item} out from now on", item=one.label)
        )
        self.keep.set_words(tr("Keep it"), name=tr("Keep {item}", item=one.label))
        self.say_not_kept("")

    def say_not_kept(self, words: str) -> None:
        """Say that an answer could not be kept."""
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))


def _buttons() -> tuple[QWidget, FlowLayout]:
    place = QWidget()
    place.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
    return place, FlowLayout(place, across=10)
