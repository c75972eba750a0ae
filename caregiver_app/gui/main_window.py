"""The window: whose care it is, search, undo, settings and Emergency above, then the tabs.

Tabs are made when they are first opened. A page that needs the whole window (Emergency, the first
run) lies over all of it; Settings takes the place of a tab's page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.appearance import apply_formats, apply_look
from caregiver_app.gui.bridge import ChangeBridge
from caregiver_app.gui.calendar.incoming.drop import FileDrop
from caregiver_app.gui.file_actions import AppActions, FileActions
from caregiver_app.gui.help_pages import HelpPages
from caregiver_app.gui.over_places import OverPlaces, open_form
from caregiver_app.gui.tab_place import Tab, TabClass, TabPlace, enter
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.window_head import WindowHead
from caregiver_app.gui.window_title import first_title
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.care import Change
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.at_login import AtLogin
    from caregiver_app.gui.first_run.page import FirstRun
    from caregiver_app.gui.later import Later
    from caregiver_app.gui.leaving import Leaving
    from caregiver_app.gui.ringer import Ringer
    from caregiver_app.gui.search.panel import SearchPanel
    from caregiver_app.gui.settings.page import SettingsPage
    from caregiver_app.gui.widgets.banners import UndoBanner

EMERGENCY, SETTINGS, FIRST_RUN, SEARCH = "emergency", "settings", "first_run", "search"
EXPORT, IMPORT, UNDO, QUIT = "export", "import", "undo", "quit"
"""Places that are no tabs; `MainWindow.open` knows them too."""
_COUNTED: Final = frozenset(("answer", "appointment", "plan", "setting", "person"))
_LEAST_SIZE: Final = 480
_SIZE: Final = re.compile(r"([0-9]{1,5})x([0-9]{1,5})")


class MainWindow(QWidget):
    """Everything around the tabs."""

    person_changed = Signal(object)
    restored = Signal()
    """The data was exchanged; the program has to open it anew."""
    waiting_counted = Signal(int)
    """So many reminders ask for an answer."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        tabs: Sequence[TabPlace],
        actions: AppActions,
        later: Callable[[], type[Later]],
        tab_class: Callable[[str], TabClass],
        *,
        demo: bool = False,
    ) -> None:
        super().__init__()
        self._house, self._theme = house, theme
        self._later, self._tab_class = later, tab_class
        self._places = list(tabs)
        self._pages: dict[str, QWidget] = {}
        self._person: str | None = None
        self._banner: UndoBanner | None = None
        self._first_run: FirstRun | None = None
        self._results: SearchPanel | None = None
        self.ringer: Ringer | None = None
        """What rings, once it is at work."""
        self._ends = False
        self.leaving: Leaving | None = None
        """What closing and quitting do, once the program can go on without the window."""
        self.at_login: AtLogin | None = None
        """Whether the program starts at login, where that can be asked."""
        apply_formats(house)
        self.bridge = ChangeBridge(house, actions.look_for_outside_changes, self)
        self.files = FileActions(house, theme, actions, later, self)
        self.over = OverPlaces(house, theme, later, self)
        self.help = HelpPages(house, theme, later, self)
        self.setWindowTitle(first_title(house, demo=demo))
        self.setMinimumSize(640, _LEAST_SIZE)
        self.head = WindowHead(house, theme, [(one.text, one.icon) for one in tabs], demo=demo)
        self.tab_bar = self.head.tab_bar
        self.stack = QStackedWidget()
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.stack, 1)
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self._body)
        self._connect()
        self._show_undo()
        self._begin_where_left_off()

    def _connect(self) -> None:
        head, files = self.head, self.files
        self.stack.currentChanged.connect(self.release)
        self.bridge.changed.connect(self._refresh)
        self.bridge.told.connect(self._told)
        self.tab_bar.chosen.connect(self._tab_chosen)
        self.tab_bar.jumped.connect(self.focus_page)
        head.person_chosen.connect(self.set_person)
        head.undo_button.clicked.connect(self.undo)
        head.asked.connect(self.open)
        head.emergency_button.clicked.connect(self.show_emergency)
        head.search.wanted.connect(self._search)
        files.said.connect(self.say)
        files.restoring.connect(self.bridge.stop)
        files.stayed.connect(self.bridge.start)
        files.restored.connect(self.restored)
        files.asked.connect(self.open)
        self.over.asked.connect(self.open)
        files.resting.connect(self._rest)
        files.person = lambda: self._person
        take, theme = files.take_dropped, self._theme
        self.file_drop = FileDrop(self, theme, take, is_open=lambda: not self.holds_back)
        self.undo_action = self._key(QKeySequence("Ctrl+Z"), self.undo)
        # Not every desktop has a key of its own for this.
        self._key(QKeySequence("Ctrl+Q"), self.quit)
        self._key(QKeySequence("F1"), self.show_keys)
        self._key(QKeySequence("F2"), self.show_emergency)
        self._key(QKeySequence("Ctrl+K"), head.search.begin)
        self._key(QKeySequence("Ctrl+R"), self.go_to_waiting)
        self._key(QKeySequence("Ctrl+,"), lambda: self.open(SETTINGS))

    def _key(self, keys: QKeySequence, act: Callable[[], object]) -> QAction:
        action = QAction(self)
        action.setShortcut(keys)
        action.triggered.connect(lambda _on=False: act())
        self.addAction(action)
        return action

    def _begin_where_left_off(self) -> None:
        settings = self._house.settings
        person = settings.shown("window.person", "")
        if person and self._house.people.person(person) is not None:
            self._person = person
        self.head.show_people(self._person)
        keys = [one.key for one in self._places]
        last = settings.shown("window.tab", keys[0])
        place = keys.index(last) if last in keys else 0
        self.tab_bar.setCurrentIndex(place)
        self._tab_chosen(place)

    # -- Places -----------------------------------------------------------------------------------

    def page(self, key: str) -> QWidget:
        """Return the page of a tab, made now if it was never opened."""
        made = self._pages.get(key)
        if made is None:
            place = next(one for one in self._places if one.key == key)
            made = self._add_page(key, place.make())
        return made

    def _add_page(self, key: str, page: QWidget) -> QWidget:
        self._pages[key] = page
        self.stack.addWidget(page)
        _as_tab(page).set_person(self._person)
        asked = getattr(page, "asked", None)
        if asked is not None:
            asked.connect(self.open)
        urgent = getattr(page, "urgent_changed", None)
        if urgent is not None:
            urgent.connect(self.release)
        return page

    def open(self, key: str, kind: str = "", item: str = "") -> None:
        """Go to a tab or another place and, if asked, to one thing in it."""
        if key == EMERGENCY:
            self.show_emergency()
        elif key == SEARCH:
            self.head.search.begin()
        elif key == FIRST_RUN:
            self.begin_first_run()
        elif key == EXPORT:
            self.files.export()
        elif key == IMPORT:
            self.files.import_file(Path(item) if item else None)
        elif key == UNDO:
            self.undo()
        elif key == QUIT:
            self.quit()
        elif key == SETTINGS:
            self._open_settings(kind, item)
        elif key in self.over:
            self.over.open(key, kind, item)
        else:
            self.leave_layer()
            place = [one.key for one in self._places].index(key)
            self.tab_bar.setCurrentIndex(place)
            self._tab_chosen(place)
            self.focus_page()
            if kind:
                _as_tab(self.page(key)).open_item(kind, item)

    def _tab_chosen(self, place: int) -> None:
        self.tab_bar.show_none(False)
        self.stack.setCurrentWidget(self.page(self._places[place].key))
        enter(self.stack.currentWidget())

    def _open_settings(self, group: str, item: str) -> None:
        self.leave_layer()
        page = self._pages.get(SETTINGS)
        if page is None:
            made: SettingsPage = self._tab_class(SETTINGS)(
                self._house, self._theme, self.files, lambda: self.ringer, lambda: self.at_login
            )
            made.left.connect(self._leave_settings)
            page = self._add_page(SETTINGS, made)
        self.stack.setCurrentWidget(page)
        self.tab_bar.show_none(True)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        if group:
            _as_tab(page).open_item(group, item)

    def _leave_settings(self) -> None:
        self._tab_chosen(self.tab_bar.currentIndex())
        self.focus_page()

    # -- Over all ---------------------------------------------------------------------------------

    def show_emergency(self) -> None:
        """Show the emergency page over everything, whatever lies open."""
        self.help.show_emergency()

    @property
    def is_in_emergency(self) -> bool:
        """Whether the emergency page or the crisis panel lies over everything."""
        return self.help.shown is not None

    @property
    def layer(self) -> QWidget | None:
        """What lies uppermost in the window: a page of help, the first run, or head and tabs."""
        return self._layers.currentWidget()

    @property
    def is_first_run(self) -> bool:
        """Whether the first steps are not over."""
        return self._first_run is not None

    @property
    def holds_back(self) -> bool:
        """Whether what lies open may not be covered: the numbers to call, the first steps."""
        return self.is_in_emergency or self._first_run is not None

    def _rest(self, resting: bool) -> None:
        """Let nothing write by itself while a calendar file is being stored."""
        self.bridge.rest(resting=resting)
        if self.ringer is not None:
            self.ringer.rest(resting=resting)

    def release(self) -> None:
        """Hold back no more than what is shown now asks for."""
        shown = (self.stack.currentWidget(), open_form())
        self.hold_back(self.holds_back or any(getattr(one, "is_urgent", False) for one in shown))

    def hold_back(self, hold: bool) -> None:
        """Let nothing lie over the numbers to call; what waits comes back afterwards."""
        if self._banner is not None and hold:
            self._banner.dismiss()
        if self.ringer is not None:
            self.ringer.says_nothing = self._first_run is not None
            self.ringer.hold_back(hold)

    def begin_first_run(self) -> None:
        """Show the first steps over everything; they go on where they were left."""
        if self._first_run is None:
            made = self._later().first_run(
                self._house, self._theme, lambda: self.ringer, lambda: self.at_login
            )
            made.ended.connect(self._end_first_run)
            made.emergency_asked.connect(self.show_emergency)
            made.restore_asked.connect(self.files.restore)
            self._first_run = made
        self.hold_back(True)
        self.lay_over(self._first_run)
        self._first_run.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_first_run(self) -> None:
        ended, self._first_run = self._first_run, None
        self.leave_layer()
        if ended is not None:
            self._layers.removeWidget(ended)
            ended.deleteLater()
        self.open(self._places[0].key)

    def leave_layer(self) -> None:
        """Go back to what lies below: the first run while it is not over, else the tabs."""
        below = self._first_run or self._body
        if self._layers.currentWidget() is below:
            return
        self.lay_over(below)
        self.release()
        self.focus_page()

    def lay_over(self, page: QWidget) -> None:
        """Show one layer; what lies hidden below takes no key, not even by a shortcut."""
        if self._layers.indexOf(page) < 0:
            self._layers.addWidget(page)
        self._layers.setCurrentWidget(page)
        self._body.setEnabled(page is self._body)

    def focus_page(self) -> None:
        """Give the keyboard to what is seen."""
        page = self._first_run or self.stack.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_waiting(self) -> None:
        """Go to the oldest reminder that asks for an answer, on the first tab."""
        waiting = self._house.reminders.open_now()
        self.open(self._places[0].key, *(("reminder", waiting[0].id) if waiting else ()))

    def show_keys(self) -> None:
        """List the keys of the program."""
        self.files.open(self._later().keys_sheet(self._theme, parent=self))

    def _search(self) -> None:
        """Answer the search field from now on."""
        if self._results is None:
            self._results = self._later().search_panel(
                self._house, self._theme, self.head.search, self
            )
            self._results.person_wanted.connect(self.set_person)
            self._results.opened.connect(self.open)
            self._results.left.connect(self.focus_page)

    # -- Whose care -------------------------------------------------------------------------------

    @property
    def person(self) -> str | None:
        """The person who is shown, None for everybody."""
        return self._person

    def set_person(self, person_id: str | None) -> None:
        """Show one person, or everybody, on every tab."""
        self._person = person_id
        for page in self._pages.values():
            _as_tab(page).set_person(person_id)
        self._house.care.show(lambda: self.head.show_people(person_id))
        self.person_changed.emit(person_id)

    def _show_people(self) -> None:
        gone = self._person is not None and self._house.people.person(self._person) is None
        if gone:
            self.set_person(None)
        else:
            self.head.show_people(self._person)

    # -- Changes and undo -------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last change back and say what it was; not behind the emergency page."""
        if self.is_in_emergency:
            return
        try:
            undone = self.bridge.undo()
        except UserError as error:
            self.say(explain(error))
        else:
            if undone is not None:
                self.say(tr("Taken back: {change}", change=undone))
        self._show_undo()

    @property
    def banner(self) -> UndoBanner:
        """What names the last change at the foot."""
        if self._banner is None:
            made: UndoBanner = self._tab_class("banner")(self._theme, self)
            made.undo_asked.connect(self.undo)
            self._banner = made
        return self._banner

    def say(self, sentence: str) -> None:
        """Say something at the foot of the window."""
        self.banner.show_change(sentence, can_undo=False)

    def _told(self, sentence: str) -> None:
        # The first steps show what they kept; the banner would lie over their buttons.
        if self._layers.currentWidget() is not self._first_run:
            self.banner.show_change(sentence)

    def _refresh(self, change: Change | None) -> None:
        if self._banner is not None and (change is None or change.undone or change.quiet):
            # Its Undo would take back what it does not name.
            self._banner.end_offer("" if change else self.bridge.undo_words())
        if change is None or "setting" in change.kinds:
            apply_look(self._house, self._theme)
            if apply_formats(self._house):
                change = None  # hours and weeks stand everywhere
        if change is None or "person" in change.kinds:
            self._house.care.show(self._show_people)
        for page in self._pages.values():
            _as_tab(page).refresh(change)
        self.help.refresh()
        if change is None or change.kinds & _COUNTED:
            self.show_waiting()
        self._show_undo()

    def show_waiting(self) -> None:
        """Show on the first tab how many reminders ask for an answer."""
        if self.bridge.is_looking:
            count = len(self._house.reminders.open_now())
            self.tab_bar.set_count(0, count)
            self.waiting_counted.emit(count)

    def _show_undo(self) -> None:
        words = self.bridge.undo_words()
        self.undo_action.setEnabled(words is not None)
        self.head.show_undo(words)

    # -- Qt ---------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Return the size it had last; at first what most screens have room for."""
        kept = _SIZE.fullmatch(self._house.settings.shown("window.size", ""))
        return QSize(1280, 860) if kept is None else QSize(int(kept[1]), int(kept[2]))

    def changeEvent(self, event: QEvent) -> None:
        """Look at the file again when the window comes to the front."""
        # Before the first paint there is nothing new to look for.
        comes = event.type() == QEvent.Type.ActivationChange and self.isActiveWindow()
        if comes and self.bridge.is_looking:
            self.bridge.look()
        super().changeEvent(event)

    def come_up(self) -> None:
        """Come to the front, also out of the tray; what fills the screen goes on filling it."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def quit(self) -> None:
        """End the program; where it rings, after a question."""
        if self.leaving is None:
            self.close()
        else:
            self.leaving.ask()

    def end(self) -> None:
        """End the program without a question."""
        self._ends = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go on in the background where that is possible; else leave the data alone and end."""
        if self.leaving is not None and not self._ends and self.leaving.goes_on():
            event.ignore()
            return
        self.bridge.stop()
        self.remember_place()
        super().closeEvent(event)
        QApplication.quit()

    def remember_place(self) -> None:
        """Keep where the person left off."""
        size = self.normalGeometry().size() if self.isMaximized() else self.size()
        # What cannot be written (a read-only folder) is not worth a word at the door.
        with suppress(UserError):
            self._house.settings.remember(
                window__size=f"{size.width()}x{size.height()}",
                window__maximised="yes" if self.isMaximized() else "",
                window__tab=self._places[self.tab_bar.currentIndex()].key,
                window__person=self._person or "",
            )


def _as_tab(page: QWidget) -> Tab:
    return cast("Tab", page)
