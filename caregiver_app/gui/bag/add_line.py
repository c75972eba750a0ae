"""`AddLine`: the line at the foot of a list in which something is added in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.undo_key import means_last_change
from caregiver_app.gui.widgets.buttons import TonalButton
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.segmented import Segment, Segmented
from caregiver_app.gui.words import tr
from caregiver_app.services.bags import Bag


class AddLine(QWidget):
    """A field; Enter adds. While something stands in it, it asks for which visits."""

    def __init__(self, theme: Theme, label: str, add: Callable[[str, str], str]) -> None:
        """`add` takes the words and for which visits; it returns what was refused, else ""."""
        super().__init__()
        self._theme, self._add = theme, add
        self._listed, self._clinic = True, False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(8)
        self.field = LineField(theme, label)
        self.field.line.returnPressed.connect(self.add)
        self.field.line.installEventFilter(self)
        self.field.changed.connect(self._show_more)
        self._column.addWidget(self.field)
        self.scope = self._scope()
        self._column.addWidget(self.scope)
        self.button = TonalButton(theme, tr("Add it"), "add", name=f"{tr('Add it')}: {label}")
        self.button.clicked.connect(self.add)
        self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_more()

    def offer(self, bag: Bag) -> None:
        """Ask about more than this visit where there is a list, and a clinic, to add to."""
        listed = bool(bag.lists)
        clinic = listed and bag.contact is not None
        if (listed, clinic) != (self._listed, self._clinic):
            self._listed, self._clinic = listed, clinic
            old, self.scope = self.scope, self._scope(self.scope.value())
            self._column.replaceWidget(old, self.scope)
            old.hide()
            old.deleteLater()
            self._show_more()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the empty field leave Ctrl+Z to the window: it takes back what was just added.

        Enter at a choice of visits that is made already adds, as it does in the field.
        """
        if watched is self.field.line and means_last_change(self.field.line, event):
            return True
        if isinstance(watched, Segment) and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            pressed = event.type() == QEvent.Type.KeyPress and not event.modifiers()
            if enter and pressed and watched.isChecked():
                self.add()
                return True
        return super().eventFilter(watched, event)

    def add(self) -> None:
        """Add what was typed; what is refused stays, with the reason below it."""
        chosen = self.scope.value()
        refused = self._add(self.field.text(), chosen if isinstance(chosen, str) else "once")
        if refused:
            self.field.set_error(refused)
            self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.field.set_text("")
        self.scope.set_value("once")
        self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _scope(self, chosen: object = "once") -> Segmented:
        choices = [("once", tr("This visit"))]
        if self._listed:
            choices.append(("always", tr("Every visit")))
        if self._clinic:
            choices.append(("clinic", tr("Every visit at this clinic")))
        known = chosen if chosen in dict(choices) else "once"
        scope = Segmented(self._theme, choices, name=tr("For which visits"), chosen=str(known))
        for segment in scope.segments:
            segment.installEventFilter(self)
        return scope

    def _show_more(self) -> None:
        typed = bool(self.field.text())
        self.scope.setVisible(typed and self._listed)
        self.button.setVisible(typed)
