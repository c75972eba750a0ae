"""The emergency page: what to do first, what to read out, whom to call; no form before it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from caregiver_app.domain.advice import SignInfo, Step
from caregiver_app.domain.watch import Tier
from caregiver_app.errors import UserError
from caregiver_app.gui.columns import Columns, clear_layout, one_column
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import PAGE_MARGIN
from caregiver_app.gui.watchlist.model import Phone, WatchModel, call_words, emergency_number
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import Badge
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.height import follow_width, width_changed, width_now
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain, words
from caregiver_app.services.household import Household

_NUMBER_PX: Final = 54
_HEADLINE: Final = 2.3
_LONGEST_NUMBER: Final = 40
_MOST_PHONES: Final = 6


class EmergencyPage(QWidget):
    """Shows what to do now for one emergency sign, or, opened by F2, for any.

    `write_down(sign)` asks to log the sign afterwards; `sign_chosen(sign)` that another sign's
    steps be shown; `back` leaves.
    """

    back = Signal()
    write_down = Signal(str)
    sign_chosen = Signal(str)

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house, self._theme = house, theme
        self._model = WatchModel(house)
        self._sign: SignInfo | None = None
        self._built = False

    def show_for(
        self,
        person_id: str | None,
        sign: SignInfo | None = None,
        *,
        heading: str = "",
        written: str = "",
    ) -> None:
        """Show the page for a sign, or without one.

        Args:
            person_id: whose words are read out.
            sign: whose steps are shown; one that is no emergency by itself gets the general ones.
            heading: the line above the call, instead of the sign's name.
            written: says that the sign was written down already; it is then not offered.
        """
        self._model.set_person(person_id)
        self._sign = sign
        if not self._built:
            self._build()
            self._built = True
        name = "" if sign is None else sign.name
        self._band.show_call(heading or name, call_words(self._house, now=True))
        self._fill_steps()
        self._fill_read_out()
        self._written.setText(written)
        self._written.setVisible(bool(written))
        self.later.setVisible(sign is not None and not written)
        self._columns.verticalScrollBar().setValue(0)
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- Built once -------------------------------------------------------------------------------

    def _build(self) -> None:
        self._band = AlarmBand(self._house, self._theme)
        self._columns = Columns(self._theme, stretches=(53, 47))
        # In a small window the steps scroll and the head keeps its words.
        self._columns.setMinimumHeight(48)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._band)
        column.addWidget(self._columns, 1)
        column.addWidget(Rule())
        column.addWidget(self._foot())
        self._build_left()
        self._build_right()

    def _build_left(self) -> None:
        left = self._columns.left
        self._steps_title = Text(tr("On the phone, and until help comes"), "card_title")
        left.addWidget(self._steps_title)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(14)
        left.addLayout(self._steps)
        self._avoid = Card(self._theme, tone="alarm")
        left.addWidget(self._avoid)
        self._others = Card(self._theme, tr("What do you see?"))
        self._others_row = QWidget()
        self._others_flow = FlowLayout(self._others_row)
        self._others.add(self._others_row)
        left.addWidget(self._others)
        self.add_number = QuietButton(self._theme, tr("Add the number"))
        self.add_number.clicked.connect(self._ask_number)
        left.addWidget(self.add_number, 0, Qt.AlignmentFlag.AlignLeft)
        self._number_form = NumberForm(self._house, self._theme)
        self._number_form.saved.connect(self._number_saved)
        self._number_form.hide()
        left.addWidget(self._number_form)
        left.addStretch(1)

    def _build_right(self) -> None:
        right = self._columns.right
        self._read_out = Card(self._theme, tone="edge")
        right.addWidget(self._read_out)
        self._phones = QVBoxLayout()
        self._phones.setSpacing(0)
        right.addLayout(self._phones)
        right.addStretch(1)

    def _foot(self) -> QWidget:
        """The way out, always in sight: the page above it may scroll."""
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(PAGE_MARGIN, 8, PAGE_MARGIN, 12)
        row.setSpacing(12)
        self._written = Text("", "second_strong")
        row.addWidget(self._written)
        works = tr("Works without internet. No form to fill in first.")
        row.addWidget(Text(works, "second", "soft"), 1)
        self.later = QuietButton(self._theme, tr("Write it down later"))
        self.later.clicked.connect(self._write_down)
        row.addWidget(self.later)
        self.leave = PlainButton(self._theme, tr("Back"))
        self.leave.clicked.connect(self.back)
        row.addWidget(self.leave)
        return foot

    # -- Filled for each sign ---------------------------------------------------------------------

    def _fill_steps(self) -> None:
        clear_layout(self._steps)
        sign = self._sign if self._sign and self._sign.tier == Tier.EMERGENCY else None
        steps = self._general_steps() if sign is None else list(sign.steps)
        said = self._sign
        if said is not None and said.say:
            steps.insert(1, Step(tr("Say “{words}”", words=said.say)))
        for number, step in enumerate(steps, start=1):
            self._steps.addWidget(NumberedStep(self._theme, number, step))
        clear_layout(self._avoid.body)
        avoid = () if sign is None else sign.avoid
        self._avoid.setVisible(bool(avoid))
        if avoid:
            self._avoid.add(Text(tr("Please"), "strong", "alarm"))
            for line in avoid:
                self._avoid.add(CrossLine(self._theme, line))
        self._fill_others()
        has_number = bool(emergency_number(self._house))
        self.add_number.setVisible(not has_number)
        self._number_form.hide()

    def _general_steps(self) -> list[Step]:
        action = self._house.reference.tier(Tier.EMERGENCY).action
        return [Step(f"{part.rstrip('.')}.") for part in action.split(". ") if part]

    def _fill_others(self) -> None:
        self._others_flow.clear()
        self._others.setVisible(self._sign is None)
        if self._sign is not None:
            return
        for sign in self._model.group(Tier.EMERGENCY).signs:
            button = PlainButton(self._theme, sign.name, tooltip=sign.full)
            button.clicked.connect(lambda _=False, key=sign.id: self.sign_chosen.emit(key))
            self._others_flow.addWidget(button)

    def _fill_read_out(self) -> None:
        clear_layout(self._read_out.body)
        head = QHBoxLayout()
        head.addWidget(Text(tr("Read this out"), "card_title"), 1)
        person = self._model.person
        if person is not None and person.name:
            head.addWidget(Badge(self._theme, person.name))
        self._read_out.body.addLayout(head)
        lines = self._model.read_out()
        for place, line in enumerate(lines):
            self._read_out.add(Text(line, "strong" if place == 0 else "body"))
        if not lines:
            self._read_out.add(
                Text(tr("Say who it is, which medicine they get, and when the last infusion was."))
            )
        clear_layout(self._phones)
        for place, phone in enumerate(self._model.phones()[:_MOST_PHONES]):
            if place:
                self._phones.addWidget(Rule())
            self._phones.addWidget(PhoneRow(self._theme, phone))

    # -- Hands ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
            return
        super().keyPressEvent(event)

    def _write_down(self) -> None:
        if self._sign is not None:
            self.write_down.emit(self._sign.id)

    def _ask_number(self) -> None:
        self.add_number.hide()
        self._number_form.show()
        self._number_form.number.line.setFocus()

    def _number_saved(self) -> None:
        self._number_form.hide()
        self._band.show_call(self._band.heading, call_words(self._house, now=True))


class AlarmBand(QWidget):
    """The head in alarm: what was seen, whom to call, and the family's own number, large."""

    def __init__(self, house: Household, theme: Theme) -> None:
        super().__init__()
        self._house, self._theme = house, theme
        self.heading = ""
        follow_width(self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(PAGE_MARGIN, 24, PAGE_MARGIN, 24)
        self._row.setSpacing(28)
        self._picture = QLabel()
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        self._what = Text("", "body", "on_alarm")
        self._call = Text("", "page_title", "on_alarm")
        # A role of its own is not worth it: this line stands on one page only.
        self._call.setProperty("textRole", "")
        self._do = Text(
            tr("Do not wait for this app. At the clinic: shout for the nurse."), "body", "on_alarm"
        )
        for text in (self._what, self._call, self._do):
            self._words.addWidget(text)
        self._box = NumberBox(theme)
        self._row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(self._words, 1)
        self._row.addWidget(self._box, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._dress)
        self._dress()

    def show_call(self, heading: str, call: str) -> None:
        """Say what was seen and whom to call."""
        self.heading = heading
        self._what.setText(heading)
        self._what.setVisible(bool(heading))
        self._call.setText(call)
        self.setAccessibleName(call)
        self._box.show_number(emergency_number(self._house))
        self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Fill with alarm."""
        QPainter(self).fillRect(self.rect(), self._theme.colour("alarm"))

    def sizeHint(self) -> QSize:
        """As tall as the words need: the most important line of the app is never cut."""
        plain = super().sizeHint()
        wide = width_now(self, plain.width())
        return QSize(plain.width(), self._row.totalHeightForWidth(wide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the number below the words where there is little room."""
        super().resizeEvent(event)
        self._dress()
        width_changed(self, event)

    def _dress(self) -> None:
        down = one_column(self._theme, self.width())
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if down else way.LeftToRight)
        side = 24 if down else PAGE_MARGIN
        self._row.setContentsMargins(side, 16 if down else 24, side, 16 if down else 24)
        self._row.setSpacing(10 if down else 28)
        self._picture.setVisible(not down)
        self._picture.setPixmap(self._theme.pixmap("emergency", "on_alarm", 72))
        font = self._theme.font("page_title")
        body = self._theme.font("body").pointSizeF()
        font.setPointSizeF(body * (1.8 if down else _HEADLINE))
        self._call.setFont(font)


class NumberBox(QFrame):
    """The number in 54 px, or the plain words that there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("card", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(0)
        self._number = Text("", "page_title", "alarm", wrap=False)
        self._number.setProperty("textRole", "")
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._caption = Text("", "second_strong", "alarm")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._number)
        column.addWidget(self._caption)
        theme.changed.connect(self._dress)

    def show_number(self, number: str) -> None:
        """Show the family's number."""
        self._number.setText(number)
        self._number.setVisible(bool(number))
        caption = tr("your number, as you typed it")
        self._caption.setText(caption if number else words("safety.no_number_saved"))
        self._caption.setMinimumWidth(self._theme.px(200))
        self._dress()

    def _dress(self) -> None:
        font: QFont = self._theme.font("page_title", tabular=True)
        longest = 8
        size = _NUMBER_PX if len(self._number.text()) <= longest else _NUMBER_PX // 2
        font.setPixelSize(self._theme.px(size))
        self._number.setFont(font)


class NumberForm(QWidget):
    """Types the emergency number in; stands under the steps, never before them."""

    saved = Signal()

    def __init__(self, house: Household, theme: Theme) -> None:
        super().__init__()
        self._house = house
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.number = LineField(
            theme, tr("Your local emergency number"), icon="call", hint=tr("As you would dial it.")
        )
        self.number.line.setMaxLength(_LONGEST_NUMBER)
        self.number.line.returnPressed.connect(self.save)
        self.button = PlainButton(theme, tr("Save the number"))
        self.button.clicked.connect(self.save)
        column.addWidget(self.number)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def save(self) -> None:
        """Keep the number."""
        number = self.number.value()
        if not any(letter.isdigit() for letter in number):
            self.number.set_error(tr("Type the number as you would dial it."))
            return
        try:
            self._house.settings.set("emergency_number", number)
        except UserError as error:
            self.number.set_error(explain(error))
            return
        self.saved.emit()


class NumberedStep(QWidget):
    """A step with its number in a circle; the second line explains."""

    def __init__(self, theme: Theme, number: int, step: Step) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(NumberDisc(theme, number), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Text(step.do, "card_title"))
        if step.more:
            column.addWidget(Text(step.more, "body", "soft"))
        row.addLayout(column, 1)


class NumberDisc(QWidget):
    """A number in a circle."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self._number = theme, number
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(str(number))
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Round."""
        side = self._theme.px(34)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("ink"), 2))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        font = self._theme.font("strong")
        font.setPixelSize(self._theme.px(16))
        painter.setFont(font)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))


class CrossLine(QWidget):
    """Something not to do."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        cross = QLabel()
        cross.setPixmap(theme.pixmap("close", "alarm", 18))
        row.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(text), 1)


class PhoneRow(QWidget):
    """A number to call: whose it is, and the digits in even columns."""

    def __init__(self, theme: Theme, phone: Phone) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 12, 4, 12)
        row.setSpacing(12)
        picture = QLabel()
        picture.setPixmap(theme.pixmap(phone.icon, "soft", 20))
        row.addWidget(picture)
        row.addWidget(Text(phone.whose), 1)
        number = Text(phone.number, "strong", wrap=False)
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(number)
