"""The Settings page: five groups below each other, a short list to jump, no Save anywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.at_login import AtLogin
from caregiver_app.gui.columns import one_column
from caregiver_app.gui.file_actions import FileActions
from caregiver_app.gui.late_tab import LateTab
from caregiver_app.gui.settings.files import FilesGroup
from caregiver_app.gui.settings.look import LookGroup
from caregiver_app.gui.settings.parts import Group, KeptField, NavButton
from caregiver_app.gui.settings.people import PeopleGroup
from caregiver_app.gui.settings.privacy import PrivacyGroup
from caregiver_app.gui.settings.reminders import RemindersGroup
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import PAGE_MARGIN
from caregiver_app.gui.widgets.buttons import IconButton
from caregiver_app.gui.widgets.text import ScrollArea, Text
from caregiver_app.gui.words import tr
from caregiver_app.services.care import Change
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.ringer import Ringer

ICONS: Final = {
    "people": "people",
    "reminders": "reminder",
    "look": "today",
    "files": "keep",
    "privacy": "private",
}
"""The keys of the groups, in their order, each with the icon of its line in the list."""

_WIDEST: Final = 780
_LIST: Final = 236
_HEALTH_MS: Final = 5_000


class SettingsPage(LateTab):
    """Shows what is set; each change applies at once, is named and can be taken back."""

    kinds: ClassVar[frozenset[str]] = frozenset(("setting", "person"))
    asked = Signal(str, str, str)
    """Somebody asked for another place: (place, kind, item)."""
    left = Signal()
    """Back to where one came from."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        files: FileActions,
        ringer: Callable[[], Ringer | None],
        at_login: Callable[[], AtLogin | None] = lambda: None,
        parent: QWidget | None = None,
    ) -> None:
        """`ringer` answers None while nothing rings in this window.

        `at_login` answers None while starting with the computer cannot be asked about.
        """
        super().__init__(house.care, parent)
        self._house, self._theme = house, theme
        self._files, self._ringer, self._at_login = files, ringer, at_login
        self.groups: dict[str, Group] = {}
        """Each group's card under its key."""
        self.nav: dict[str, NavButton] = {}
        """The lines of the list at the left."""
        self._gone = False
        self._jumping = False
        self.setAccessibleName(tr("Settings"))
        self._health = QTimer(self)
        self._health.setInterval(_HEALTH_MS)
        self._health.timeout.connect(self._look_at_health)
        # While a backup takes the place of the data nothing may be written.
        files.restoring.connect(self._freeze)
        files.stayed.connect(self._thaw)

    # -- Built at the first showing ---------------------------------------------------------------

    def _make(self) -> None:
        theme = self._theme
        self.back = IconButton(theme, "back", tr("Back"), key_hint="Esc")
        self.back.clicked.connect(self.leave)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.back)
        head.addWidget(Text(tr("Settings"), "page_title"), 1)
        self.groups = self._groups()
        body = QWidget()
        cards = QVBoxLayout(body)
        # Room for the focus ring, which reaches out of the cards' fields.
        cards.setContentsMargins(0, 0, 6, 20)
        cards.setSpacing(14)
        for group in self.groups.values():
            cards.addWidget(group)
        cards.addStretch(1)
        self.area = ScrollArea(body)
        self.list = QWidget()
        self._fill_list()
        row = QHBoxLayout()
        row.setSpacing(28)
        row.addWidget(self.list)
        row.addWidget(self.area, 100)
        # What is left over beside the widest cards.
        row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(14)
        self._column.addLayout(head)
        self._column.addLayout(row, 1)
        self.area.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.changed.connect(self._grown)
        self._settle()

    def _groups(self) -> dict[str, Group]:
        house, theme = self._house, self._theme
        privacy = PrivacyGroup(house, theme, self._files)
        reminders = RemindersGroup(house, theme, self._ringer, self._at_login)
        reminders.quit_asked.connect(lambda: self.asked.emit("quit", "", ""))
        look = LookGroup(house, theme)
        made: dict[str, Group] = {
            "people": PeopleGroup(house, theme),
            "reminders": reminders,
            "look": look,
            "files": FilesGroup(house, theme, self._files),
            "privacy": privacy,
        }
        for group in made.values():
            group.asked.connect(self._asked)
        return made

    def _fill_list(self) -> None:
        column = QVBoxLayout(self.list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.list.setAccessibleName(tr("Groups of settings"))
        exclusive = QButtonGroup(self.list)
        for key, group in self.groups.items():
            button = NavButton(self._theme, group.title.text(), ICONS[key], self.list)
            button.clicked.connect(partial(self._jump, key))
            button.entered.connect(partial(self.open_item, key, ""))
            exclusive.addButton(button)
            column.addWidget(button)
            self.nav[key] = button
        column.addStretch(1)
        self.nav["people"].setChecked(True)

    def _fill(self) -> None:
        for group in self.groups.values():
            group.show_kept()

    # -- The face of a tab ------------------------------------------------------------------------

    def set_person(self, person_id: str | None) -> None:
        """Settings are about everybody: nothing to do."""

    def refresh(self, change: Change | None = None) -> None:
        """Look again after a change; None means that anything may be different."""
        for group in self.groups.values():
            if self.isVisible() and (change is None or change.kinds & group.kinds):
                self._care.show(group.show_kept)
        if not self.isVisible():
            super().refresh(change)

    def open_item(self, kind: str, item: str) -> None:
        """Bring the group `kind` to the front: people, reminders, look, files or privacy.

        `item` is one of its parts, where a group tells of any.
        """
        self.ensure_built()
        if kind not in self.groups:
            return
        self._jump(kind)
        part = self.groups[kind].part(item)
        # What was just made is seen, and takes the keyboard, only in a moment.
        QTimer.singleShot(0, self, partial(self._focus_in, part or self.groups[kind]))

    def _asked(self, place: str, kind: str, item: str) -> None:
        if place == "settings":
            self.open_item(kind, item)
        else:
            self.asked.emit(place, kind, item)

    # -- Leaving ----------------------------------------------------------------------------------

    def leave(self) -> None:
        """Go back. What cannot be kept is shown once before; the second time one may leave."""
        shown = [one.field for one in self._pending() if one.field.error()]
        for one in self._pending():
            if not one.keep() and one.field not in shown:
                one.field.control.setFocus(Qt.FocusReason.OtherFocusReason)
                self.area.ensureWidgetVisible(one.field, 0, 60)
                return
        self.left.emit()

    def _pending(self) -> list[KeptField]:
        every = [field for group in self.groups.values() for field in group.fields]
        return [field for field in every if field.is_pending]

    def _freeze(self) -> None:
        self._gone = True

    def _thaw(self) -> None:
        self._gone = False

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed, however the page is left; say what could not be kept."""
        super().hideEvent(event)
        self._health.stop()
        if event.spontaneous() or self._gone:
            return
        wrong = [one.field for one in self._pending() if not one.keep()]
        if wrong and self.window().isVisible():
            self._files.said.emit(
                tr("Not kept: {what}. {why}", what=wrong[0].label.text(), why=wrong[0].error())
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    # -- Going about ------------------------------------------------------------------------------

    def _jump(self, key: str) -> None:
        self.nav[key].setChecked(True)
        self._bring_up(key)
        # A page that was just made has not been laid out yet.
        QTimer.singleShot(0, self, partial(self._bring_up, key))

    def _bring_up(self, key: str) -> None:
        body = self.area.widget()
        layout = None if body is None else body.layout()
        if layout is not None:
            layout.activate()
        self._jumping = True
        self.area.verticalScrollBar().setValue(self.groups[key].y())
        self._jumping = False

    def _focus_in(self, part: QWidget) -> None:
        for widget in part.findChildren(QWidget):
            usable = widget.isEnabled() and widget.isVisibleTo(self)
            if usable and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                if part not in self.groups.values():
                    self.area.ensureWidgetVisible(part, 0, self._theme.px(60))
                    self.area.ensureWidgetVisible(widget, 0, self._theme.px(60))
                return

    def _scrolled(self, value: int) -> None:
        if self._jumping:
            return
        bar = self.area.verticalScrollBar()
        tops = {key: group.y() for key, group in self.groups.items()}
        reached = [key for key, top in tops.items() if top <= value + self._theme.px(80)]
        chosen = next(key for key, button in self.nav.items() if button.isChecked())
        if value < bar.maximum():
            self.nav[reached[-1]].setChecked(True)
        elif tops[chosen] < value:
            # At the foot the last one is meant, unless one that cannot come higher was asked for.
            self.nav[list(tops)[-1]].setChecked(True)

    def _look_at_health(self) -> None:
        group = self.groups.get("reminders")
        if isinstance(group, RemindersGroup):
            group.show_health()

    # -- Size -------------------------------------------------------------------------------------

    def _settle(self) -> None:
        narrow = one_column(self._theme, self.width())
        self.list.setVisible(not narrow)
        chosen = next(button for button in self.nav.values() if button.isChecked())
        self.setFocusProxy(self.back if narrow else chosen)
        self.list.setFixedWidth(self._theme.px(_LIST))
        self.area.setMaximumWidth(16_777_215 if narrow else self._theme.px(_WIDEST))
        for group in self.groups.values():
            group.settle(narrow=narrow)
        margin = 24 if narrow else PAGE_MARGIN
        self._column.setContentsMargins(margin, 16, margin - 6, 0)

    def _grown(self) -> None:
        self._settle()
        # Another text size moves everything: what was just used stays in sight.
        QTimer.singleShot(0, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        used = self.focusWidget()
        if used and self.area.isAncestorOf(used):
            self.area.ensureWidgetVisible(used, 0, self._theme.px(60))

    def minimumSizeHint(self) -> QSize:
        """A page gives way: it scrolls."""
        return QSize(320, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the list where there is room."""
        super().resizeEvent(event)
        if self._built:
            self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        """Build at the first showing, and look at the reminders from now on."""
        super().showEvent(event)
        # Who rings, and when it was looked, may have changed since.
        self._look_at_health()
        self._health.start()
