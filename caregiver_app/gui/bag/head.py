"""The head of the bag tab: whose bag it is, how far it is, and what can be done with all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QBoxLayout, QMenu, QProgressBar, QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, PrimaryButton
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.values import value


@value
class ListChoice:
    """A list that a bag can be packed by: its id ("" for the visit's own), its name."""

    id: str
    name: str
    chosen: bool


class BagHead(QWidget):
    """Title, count and progress, and the three buttons. Menus are filled when they open."""

    visit_chosen = Signal(str)
    list_chosen = Signal(str)
    lists_asked = Signal()
    """The lists themselves are to be changed."""
    why_turned = Signal(bool)
    print_asked = Signal()
    text_asked = Signal()
    """The bag is wanted as text."""

    def __init__(
        self,
        theme: Theme,
        visits: Callable[[], Sequence[tuple[str, str, bool]]],
        lists: Callable[[], Sequence[ListChoice]],
        tells_why: Callable[[], bool],
    ) -> None:
        """`visits` gives (id, words, shown) to choose from."""
        super().__init__()
        self._theme = theme
        self._find_visits, self._find_lists, self._tells_why = visits, lists, tells_why
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.title = Text("", "page_title")
        column.addWidget(self.title)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(12)
        column.addLayout(self._line)
        self._packing = QWidget()
        packing = QVBoxLayout(self._packing)
        packing.setContentsMargins(0, 0, 0, 0)
        packing.setSpacing(6)
        self.count = Text("", "strong")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Packed"))
        packing.addWidget(self.count)
        packing.addWidget(self.progress)
        self._line.addWidget(self._packing, 1, Qt.AlignmentFlag.AlignVCenter)
        self._line.addWidget(self._buttons(), 0, Qt.AlignmentFlag.AlignVCenter)

    def _buttons(self) -> QWidget:
        theme, place = self._theme, _Buttons()
        self.visits = PlainButton(theme, tr("Other visit"), "calendar")
        self.lists = PlainButton(theme, tr("Packing list"), "bag")
        self.print = PrimaryButton(theme, tr("Print"), "print")
        self.visit_menu = self._menu(self.visits, self._fill_visits)
        self.list_menu = self._menu(self.lists, self._fill_lists)
        self.print.clicked.connect(self.print_asked)
        for button in (self.visits, self.lists, self.print):
            place.flow.addWidget(button)
        return place

    @staticmethod
    def _menu(button: PlainButton, fill: Callable[[], None]) -> QMenu:
        menu = QMenu(button)
        menu.aboutToShow.connect(fill)
        button.setMenu(menu)
        return menu

    # -- Shown ------------------------------------------------------------------------------------

    def show_count(self, words: str, packed: int, wanted: int) -> None:
        """Say how far the bag is."""
        self.count.setText(words)
        # The bar would paint itself at once, and what is behind it; it is seen with the rest.
        self.progress.setUpdatesEnabled(False)
        self.progress.setRange(0, max(1, wanted))
        self.progress.setValue(packed)
        self.progress.setUpdatesEnabled(True)

    def show_bag(self, *, brings: bool) -> None:
        """Show what belongs to a bag, or hide it for a visit without one."""
        for widget in (self._packing, self.print):
            widget.setVisible(brings)

    def settle(self, *, narrow: bool) -> None:
        """Let count and buttons stand below each other where there is little room."""
        way = QBoxLayout.Direction
        self._line.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    # -- Menus ------------------------------------------------------------------------------------

    def _fill_visits(self) -> None:
        self.visit_menu.clear()
        for visit_id, words, shown in self._find_visits():
            action = self.visit_menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(shown)
            action.triggered.connect(lambda _=False, one=visit_id: self.visit_chosen.emit(one))

    def _fill_lists(self) -> None:
        self.list_menu.clear()
        fill_lists(self.list_menu, self._find_lists(), self.list_chosen.emit)
        self.list_menu.addSeparator()
        why = self.list_menu.addAction(tr("Say why each thing is on the list"))
        why.setCheckable(True)
        why.setChecked(self._tells_why())
        why.triggered.connect(self.why_turned)
        self.list_menu.addAction(tr("Copy the bag as text"), self.text_asked.emit)
        self.list_menu.addAction(tr("Change the lists…"), self.lists_asked.emit)


def fill_lists(menu: QMenu, choices: Sequence[ListChoice], choose: Callable[[str], object]) -> None:
    """Offer lists to pack by, of which one is chosen."""
    group = QActionGroup(menu)
    for one in choices:
        action = menu.addAction(one.name.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(one.chosen)
        action.triggered.connect(lambda _=False, id_=one.id: choose(id_))
        group.addAction(action)


class _Buttons(QWidget):
    """Buttons side by side, wrapped where they don't fit."""

    def __init__(self) -> None:
        super().__init__()
        self.flow = FlowLayout(self, across=10, down=10)

    def sizeHint(self) -> QSize:
        """All in one line where there is room."""
        hints = [
            item.sizeHint() for item in map(self.flow.itemAt, range(self.flow.count())) if item
        ]
        width = sum(hint.width() for hint in hints) + 10 * max(0, len(hints) - 1)
        height = max((hint.height() for hint in hints), default=0)
        return QSize(width, height)
