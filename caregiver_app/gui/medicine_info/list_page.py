"""All medicines that are known, found by name, brand, class or illness."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.medicine_info.model import LookUpModel
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.rows import RowList
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, tr

_SAY_AFTER_MS = 500
_LONGEST_ON_BUTTON = 24


class MedicineList(RowList):
    """Takes what the sheet leaves of the window's height."""

    room = 0
    """Px that a window leaves for it."""

    def sizeHint(self) -> QSize:
        """As high as there is room, and as its rows."""
        least = self._theme.px(190)
        rows = sum(self.sizeHintForRow(row) for row in range(self.rows.rowCount())) + 4
        return QSize(self._theme.px(300), max(least, min(self.room, rows)))

    def minimumSizeHint(self) -> QSize:
        """A few rows."""
        return QSize(self._theme.px(200), self._theme.px(190))


class ListPage(QWidget):
    """The field, the list, and what to do with a medicine that is not on it."""

    opened = Signal(str)
    """The id of a medicine."""
    plan_asked = Signal(str)
    """What was typed: a plan for it is wanted."""

    def __init__(self, theme: Theme, model: LookUpModel, *, leads: bool) -> None:
        """`leads` tells whether one may go on from here to a plan."""
        super().__init__()
        self._model = model
        self._unknown = self._named = ""
        self._fits = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.finder = LineField(
            theme, tr("Find a medicine"), icon="search",
            hint=tr("A name, a brand, what it does, or an illness."),
        )  # fmt: skip
        self.finder.line.installEventFilter(self)
        column.addWidget(self.finder)
        self.nothing = Text("", "strong")
        self.nothing.hide()
        column.addWidget(self.nothing)
        self.list = MedicineList(theme, tr("Medicines"), click_opens=True)
        column.addWidget(self.list, 100)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(14)
        self.other = Text("")
        self._foot.addWidget(self.other, 1)
        self.enter = PlainButton(theme, tr("Enter a plan"), "add")
        self.enter.clicked.connect(lambda: self.plan_asked.emit(self._named))
        self._foot.addWidget(self.enter, 0, Qt.AlignmentFlag.AlignLeft)
        self.enter.setVisible(leads)
        column.addLayout(self._foot)
        column.addStretch(1)
        self.finder.changed.connect(self._typed)
        self.list.opened.connect(self.opened)
        self._teller = QTimer(self)
        self._teller.setSingleShot(True)
        self._teller.setInterval(_SAY_AFTER_MS)
        self._teller.timeout.connect(self._tell)
        self._theme = theme
        theme.changed.connect(self._turn)
        self._turn()
        self.look()

    def begin_with(self, name: str) -> None:
        """Look for a name that is none of those known; what is like it is shown."""
        self._unknown = " ".join(name.split())
        self.finder.set_text(self._unknown)
        self.look()

    def look(self) -> None:
        """Show what fits the field."""
        typed = " ".join(self.finder.value().split())
        rows = self._model.rows(typed)
        self.list.set_rows(rows)
        self.list.updateGeometry()
        self.list.setVisible(bool(rows))
        self._fits = self._model.fits(typed)
        unknown = bool(typed) and (not rows or not self._fits or typed == self._unknown)
        self._named = typed if unknown else ""
        self.nothing.setVisible(unknown)
        self.nothing.setText(tr("“{words}” is not on the list.", words=typed))
        every = tr("Not on the list? A plan can be entered all the same.")
        none = tr("A plan can be entered all the same: copy the clinic’s letter.")
        self.other.setText(every if rows else none)
        words = tr("Enter a plan")
        if self._named:
            words = tr("Enter a plan for “{words}”", words=typed)
        short = words if len(self._named) <= _LONGEST_ON_BUTTON else tr("Enter a plan for it")
        self.enter.set_words(short, name=words)

    def found(self) -> list[str]:
        """Return the ids in the list, in their order."""
        return [row.key for row in self.list.rows.rows if not row.heading]

    def _turn(self) -> None:
        way = QBoxLayout.Direction
        large = self._theme.scale >= LARGE_TEXT
        self._foot.setDirection(way.TopToBottom if large else way.LeftToRight)

    def _typed(self) -> None:
        self.look()
        self.list.verticalScrollBar().setValue(0)
        self._teller.start()

    def _tell(self) -> None:
        if not self.isVisible():
            return
        count = len(self.found())
        words = count_text(count, "{count} medicine", "{count} medicines") if count else ""
        if count and not self._fits:
            words = f"{words}, {self.list.rows.rows[0].title.lower()}"
        said = " ".join(one for one in (self._named and self.nothing.text(), words) if one)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.finder.line, said))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes into the list, Enter opens the medicine that is meant.

        Where several fit, or one is only spelled alike, Enter goes into the list.
        """
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            found = self.found()
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            enters = plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            asks = enters and bool(self.finder.value()) and bool(found)
            meant = self._model.meant(self.finder.value(), found) if asks else ""
            if (event.key() == Qt.Key.Key_Down and found) or (asks and not meant):
                self.list.choose(found[0])
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if meant:
                self.opened.emit(meant)
            if enters:
                return True
        return super().eventFilter(watched, event)
