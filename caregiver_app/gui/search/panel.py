"""What was found, dropped down below the search field.

It is a part of the window and no popup, so that the keyboard stays in the field: letters go on
being typed while the arrow keys choose.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from caregiver_app.errors import UserError
from caregiver_app.gui.search.field import SearchField
from caregiver_app.gui.search.ground import Foot, Ground
from caregiver_app.gui.search.lines import MORE, ResultLine, Target
from caregiver_app.gui.search.medicines import medicines_for, medicines_like
from caregiver_app.gui.search.places import (
    bags_for,
    days_for,
    is_call_for_help,
    places_for,
    records_for,
)
from caregiver_app.gui.search.view import ResultsList
from caregiver_app.gui.search.wording import SHOWN_WHOLE, Wording
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_CARD
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household
from caregiver_app.services.search import AT_FIRST, URGENT, Results, SearchService

_WIDEST: Final = 620
_AWAY: Final = 16
_BELOW: Final = 9
_HIGHEST: Final = 0.6
_SAY_AFTER_MS: Final = 500
_SHRINK_AFTER_MS: Final = 250
_PAGE: Final = 6
_STEPS: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _PAGE,
    Qt.Key.Key_PageUp: -_PAGE,
}
_LONGEST_ECHO: Final = 60


class SearchPanel(QWidget):
    """Follows the field: answers each letter, opens with Enter or a click, goes with Escape."""

    opened = Signal(str, str, str)
    """Where to go: place, kind and item, as the window's `open` takes them."""
    person_wanted = Signal(str)
    """Whom the window has to show first, since what is opened is theirs."""
    left = Signal()
    """The keyboard left the field and had nowhere to go back to."""
    said = Signal(str)
    """What a screen reader was told."""

    def __init__(self, house: Household, theme: Theme, field: SearchField, window: QWidget) -> None:
        super().__init__(window)
        self._house, self._theme, self._field, self._over = house, theme, field, window
        self._service = SearchService(house)
        self._limits: dict[str, int] = {}
        self.setAccessibleName(tr("What was found"))
        self.list = ResultsList(theme, tr("What was found"))
        self.nothing = Text("", "body", "soft")
        self.foot = Foot(theme)
        self._lay_out()
        self._teller = QTimer(self)
        self._teller.setSingleShot(True)
        self._teller.setInterval(_SAY_AFTER_MS)
        self._teller.timeout.connect(self._tell)
        self._shrinker = QTimer(self)
        self._shrinker.setSingleShot(True)
        self._shrinker.setInterval(_SHRINK_AFTER_MS)
        self._shrinker.timeout.connect(self._place)
        self.list.opened.connect(self._open)
        field.textChanged.connect(self._typed)
        for widget in (field, window):
            widget.installEventFilter(self)
        house.care.changes.listen(self._changed)
        theme.changed.connect(self._follow)
        self.hide()
        self._begin()

    def _lay_out(self) -> None:
        ground = Ground(self._theme)
        around = QVBoxLayout(ground)
        around.setContentsMargins(1, 0, 1, 0)
        around.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, RADIUS_CARD, 0, RADIUS_CARD)
        column.setSpacing(0)
        column.addWidget(ground, 1)
        column.addWidget(self.nothing)
        column.addWidget(self.foot)
        self.nothing.setContentsMargins(16, 2, 16, 4)
        self._ground = ground

    # -- Answering --------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Look again for what stands in the field; what was chosen stays chosen."""
        chosen = self.list.chosen()
        self._answer()
        rows = range(self.list.lines.rowCount())
        same = (row for row in rows if chosen and self.list.line_at(row) == chosen)
        self.list.choose_first(next(same, 0))

    def _typed(self) -> None:
        self._limits = {}
        self._answer()
        self.list.choose_first()
        self._teller.start()

    def _answer(self) -> None:
        query = self._field.text()
        if not query.strip():
            self.hide()
            return
        try:
            with self._house.care.one_look():
                results = self._service.find(query, self._limits)
                lines, total = self._lines(query, results)
        except UserError as error:
            self._show([], explain(error), "")
            return
        where = tr(
            "Search looks in visits, notes, questions, side effects, people, medicines and bags."
        )
        echo = " ".join(query.split())
        echo = echo if len(echo) <= _LONGEST_ECHO else f"{echo[:_LONGEST_ECHO]}…"
        nothing = tr("Nothing found for “{words}”.", words=echo)
        found = count_text(total, "{count} found", "{count} found")
        found = tr("Spelled nearly like it") if lines and not total else found
        self._show(lines, f"{nothing}\n{where}", found)

    def _lines(self, query: str, results: Results) -> tuple[list[ResultLine], int]:
        """Return all lines in their order, and how much was found."""
        wording = Wording(self._house, results)
        urgent = [group for group in results.groups if group.key == URGENT]
        others = [group for group in results.groups if group.key != URGENT]
        places = places_for(results)
        calls = [line for line in places if is_call_for_help(line, query)]
        lines = self._own(wording, tr("Emergency"), calls)
        lines += [line for group in urgent for line in wording.group(group)]
        days = days_for(query, self._house.care.today)
        lines += self._own(wording, tr("Calendar"), days)
        lines += [line for group in others for line in wording.group(group)]
        known = medicines_for(query, self._house.reference, results)
        lines += self._own(wording, tr("Medicines that the app knows"), known)
        bags = [
            wording.owned(line)
            for line in (
                *bags_for(self._service.next_visits(), self._house, results),
                *records_for(self._house, results),
            )
        ]
        rest = [*bags, *(line for line in places if line not in calls)]
        lines += self._own(wording, tr("Places in this program"), rest)
        if not lines:
            near = medicines_like(query, self._house.reference, results)
            lines = self._own(wording, tr("Not found. Medicines spelled nearly like it"), near)
        total = sum(group.total for group in results.groups)
        return lines, total + len(days) + len(known) + len(bags) + len(places)

    @staticmethod
    def _own(wording: Wording, words: str, lines: list[ResultLine]) -> list[ResultLine]:
        return [wording.heading(words, len(lines)), *lines] if lines else []

    def _show(self, lines: list[ResultLine], instead: str, count: str) -> None:
        """Show lines, or where there are none the sentences that stand instead."""
        self.list.lines.set_lines(lines)
        self._ground.setVisible(bool(lines))
        self.nothing.setText("" if lines else instead)
        self.nothing.setVisible(not lines)
        self.foot.setVisible(bool(lines))
        self.foot.set_words(count)
        # While letters come the panel only grows: what it uncovers would have to be painted.
        self._place(shrink=not self.isVisible())
        self._shrinker.start()
        if not self.isVisible():
            self.show()
            self.raise_()
            surface = self._over.windowHandle()
            if surface:
                surface.installEventFilter(self)

    def _changed(self, _change: object) -> None:
        if isValid(self):  # the house may live longer than its window
            self._service.forget()
            if self.isVisible():
                self.refresh()

    def _begin(self) -> None:
        """Make ready for what will be typed, and answer what stands there already."""
        self._service.forget()
        QTimer.singleShot(0, self, self._prepare)
        if self._field.text().strip():
            self._answer()
            self.list.choose_first()

    def _prepare(self) -> None:
        if self._field.hasFocus():
            with suppress(UserError):
                self._service.prepare()

    # -- Opening and leaving ----------------------------------------------------------------------

    def _open(self, line: ResultLine | None) -> None:
        if line is None:
            return
        if line.key.startswith(MORE):
            self._show_more(line.key.removeprefix(MORE))
            return
        target = line.target
        if target is None:
            return
        self._field.clear()
        if self._is_hidden_away(target):
            self.person_wanted.emit(target.person)
        self.opened.emit(target.place, target.kind, target.item)
        if self._field.hasFocus():
            self.left.emit()

    def _show_more(self, group: str) -> None:
        row = self.list.currentIndex().row()
        shown = self._limits.get(group, AT_FIRST)
        self._limits[group] = shown + SHOWN_WHOLE if shown >= SHOWN_WHOLE else SHOWN_WHOLE
        self._answer()
        self.list.choose_first(row)
        self._teller.start()

    def _is_hidden_away(self, target: Target) -> bool:
        """Tell whether the window shows somebody else than the person whose thing is opened."""
        shown: str | None = getattr(self._over, "person", None)
        if not target.person or target.person == shown or not self._several():
            return False
        everybody = shown is None and target.place == "calendar"
        return not everybody

    def _several(self) -> bool:
        return len(self._house.people.people()) > 1

    def _leave(self) -> None:
        before = self._field.before
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    # -- Qt ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the card; its middle is painted by what lies on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("edge"), 1))
        painter.setBrush(self._theme.colour("card"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_CARD, RADIUS_CARD)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that choose, and follow the field and the window."""
        kind = event.type()
        if watched is self._field:
            if isinstance(event, QKeyEvent):
                return self._key_or_shortcut(event)
            if kind == QEvent.Type.FocusIn:
                self._begin()
            elif kind == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
                # The menu of the field itself is no leaving.
                if event.reason() != Qt.FocusReason.PopupFocusReason:
                    self.hide()
            elif kind in (QEvent.Type.Move, QEvent.Type.Resize):
                self._follow()
        elif watched is self._over and kind == QEvent.Type.Resize:
            self._follow()
        elif kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            # The surface of the window hears of a click before any part of it does.
            inside = (self, self._field)
            spots = [part.mapFromGlobal(event.globalPosition().toPoint()) for part in inside]
            if not any(
                part.rect().contains(spot) for part, spot in zip(inside, spots, strict=True)
            ):
                self.hide()
        return False

    def _key_or_shortcut(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            # A page may go back with Escape; here it closes the results first.
            event.accept()
            return True
        return event.type() == QEvent.Type.KeyPress and self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        """Act on a key of the field; tell whether it was meant for the results."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            if self._field.text():
                self._field.clear()
            else:
                self._leave()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.isVisible():
                self._open(self.list.chosen())
            return True
        steps = _STEPS.get(key)
        if steps is None:
            return False
        if self.isVisible():
            self.list.step(steps)
            chosen = self.list.chosen()
            self._say("" if chosen is None else chosen.sentence())
        else:
            self._begin()
        return True

    def _tell(self) -> None:
        if not self.isVisible():
            return
        chosen = self.list.chosen()
        if chosen is None:
            self._say(self.nothing.text())
        else:
            self._say(f"{self.foot.words()}. {chosen.sentence()}")

    def _say(self, words: str) -> None:
        if words:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field, words))
            self.said.emit(words)

    def _follow(self) -> None:
        # Once what moved has come to rest.
        QTimer.singleShot(0, self, self._place)

    def _place(self, *, shrink: bool = True) -> None:
        over, field = self._over, self._field
        width = min(max(field.width(), self._theme.px(_WIDEST)), over.width() - 2 * _AWAY)
        corner = field.mapTo(over, QPoint(0, field.height() + _BELOW))
        left = corner.x() + (field.width() - width) // 2
        left = max(_AWAY, min(left, over.width() - _AWAY - width))
        inner = self.foot.sizeHint().height() + self.list.whole_height()
        if self.nothing.text():
            inner = self.nothing.heightForWidth(width)
        whole = inner + 2 * RADIUS_CARD
        height = min(whole, round(over.height() * _HIGHEST), over.height() - corner.y() - _AWAY)
        least = 0 if shrink else self.height()
        self.setGeometry(left, corner.y(), width, max(height, least))
