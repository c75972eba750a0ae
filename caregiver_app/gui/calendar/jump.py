"""A small box to go to a day or an appointment by typing what one would say."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.jump_model import JumpFinder, Suggestion
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.rows import Row, RowList
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household

_WIDTH: Final = 420
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LONGEST_ECHO: Final = 40


class JumpBox(QFrame):
    """A field and what it offers; Enter goes to the first, or to what the arrows chose."""

    wanted = Signal(object, str)
    """The `date` to go to, and the row key of what is to be chosen there ("" for nothing)."""

    def __init__(self, house: Household, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme, self._over = theme, parent
        self._finder = JumpFinder(house)
        self._offered: list[Suggestion] = []
        self.setProperty("card", True)
        self.setProperty("tone", "edge")
        self.setAccessibleName(tr("Go to a day or an appointment"))
        self.field = LineField(theme, tr("Go to"), icon="search")
        self.field.line.setAccessibleDescription(
            tr("A day, “next infusion”, a title, a place or a person. Down goes to what is found.")
        )
        self.list = RowList(theme, tr("What was found"), click_opens=True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sentence = Text("", "body", "soft")
        self.sentence.setContentsMargins(2, 4, 2, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        for widget in (self.field, self.list, self.sentence):
            column.addWidget(widget)
        self.field.changed.connect(self.look)
        self.field.line.installEventFilter(self)
        self.list.opened.connect(self._open)

    def open_below(self, button: QWidget, person: str | None) -> None:
        """Open below a button, for one person or for everybody; what stood there last is chosen."""
        self._finder.person = person
        self.setFixedWidth(min(self._theme.px(_WIDTH), self.screen().availableGeometry().width()))
        self.look()
        self.move(self._place(button))
        self.show()
        self.field.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.line.selectAll()

    def _place(self, button: QWidget) -> QPoint:
        seen = button.isVisible()
        over = button if seen else self._over
        corner = over.mapToGlobal(QPoint(0, over.height() + 4 if seen else 60))
        room = self.screen().availableGeometry()
        left = max(room.left(), min(corner.x(), room.right() - self.width()))
        return QPoint(left, max(room.top(), min(corner.y(), room.bottom() - self.height())))

    # -- Answering --------------------------------------------------------------------------------

    def look(self) -> None:
        """Offer what fits what stands in the field."""
        text, nothing = self.field.text(), ""
        try:
            self._offered = self._finder.find(text)
        except UserError as error:
            self._offered, nothing = [], explain(error)
        self.list.set_rows([self._row(n, one) for n, one in enumerate(self._offered)])
        if self._offered:
            self.list.choose("0")
        elif not nothing:
            nothing = self._not_found(text)
        self.sentence.setText(nothing)
        self.sentence.setVisible(bool(nothing))
        self.list.setVisible(bool(self._offered))
        heights = [self.list.sizeHintForRow(row) for row in range(len(self._offered))]
        self.list.setFixedHeight(sum(heights) + 4)
        self.adjustSize()

    @staticmethod
    def _row(number: int, one: Suggestion) -> Row:
        icon = "" if one.kind else "calendar"
        return Row(key=str(number), title=one.title, second=one.second, kind=one.kind, icon=icon)

    @staticmethod
    def _not_found(text: str) -> str:
        echo = " ".join(text.split())
        echo = echo if len(echo) <= _LONGEST_ECHO else f"{echo[:_LONGEST_ECHO]}…"
        return tr(
            "Nothing found for “{words}”. Try a day like 24 Nov, “next infusion”, “in 3 weeks”, "
            "or the beginning of a title.",
            words=echo,
        )

    def _open(self, key: str) -> None:
        if key:
            one = self._offered[int(key)]
            self.close()
            self.field.set_text("")
            self.wanted.emit(one.day, one.item)

    # -- Keys -------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's
        """Let the arrow keys choose and Enter go, while letters go on being typed."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key = Qt.Key(event.key())
        if key in _STEPS and self._offered:
            here = int(self.list.current_key() or 0) + _STEPS[key]
            here = max(0, min(here, len(self._offered) - 1))
            self.list.choose(str(here))
            one = self.list.rows.rows[here]
            # The keyboard stays in the field, so nobody else tells of the choice.
            told = QAccessibleAnnouncementEvent(self.field.line, one.sentence())
            QAccessible.updateAccessibility(told)
        elif key in _ENTER:
            self._open(self.list.current_key() if self._offered else "")
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            return False
        return True
