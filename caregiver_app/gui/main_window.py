"""The window: whose care it is, undo and a menu above, then the tabs, the last change at the foot.

Tabs are made when they are first opened; the calendar is the first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, cast

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.bridge import ChangeBridge
from caregiver_app.gui.theme import Mode, Theme
from caregiver_app.gui.whom import badge_colour, called
from caregiver_app.gui.widgets.buttons import IconButton, PlainButton
from caregiver_app.gui.widgets.header_bar import HeaderBar, PersonPill
from caregiver_app.gui.widgets.tab_bar import TabBar
from caregiver_app.gui.widgets.text import Text, plain_tooltip
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.care import Change
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.later import Later
    from caregiver_app.gui.widgets.banners import UndoBanner
    from caregiver_app.gui.widgets.sheet import Sheet

SCALES: Final = ("100", "125", "150", "200")
MODES: Final = (("system", "As the computer"), ("light", "Light"), ("dark", "Dark"))
SCALE_SETTING: Final = "look.scale"
MODE_SETTING: Final = "look.mode"


class Tab(Protocol):
    """What the window asks of every tab, besides being a widget."""

    def set_person(self, person_id: str | None) -> None:
        """Show one person, or everybody."""
        ...

    def refresh(self, change: Change | None = None) -> None:
        """Look again; None means at everything."""
        ...

    def open_item(self, kind: str, item: str) -> None:
        """Bring one thing to the front."""
        ...


@dataclass(frozen=True, slots=True)
class TabPlace:
    """One tab: its key, word and icon, and how its page is made."""

    key: str
    text: str
    icon: str
    make: Callable[[], QWidget]


@dataclass(frozen=True, slots=True)
class AppActions:
    """What the window can ask for that reaches beyond the open data.

    `backup` writes a verified copy (to a path, or beside the data) and returns its path. `restore`
    puts a backup in the place of the data; when it raises, the open data is untouched and usable,
    when it returns, the open data is gone and the window ends. `look_for_outside_changes` tells
    whether another program has changed the file since the last look.
    """

    backup: Callable[[Path | None], Path]
    restore: Callable[[Path], object]
    look_for_outside_changes: Callable[[], bool]


class MainWindow(QWidget):
    """Everything around the tabs."""

    person_changed = Signal(object)
    restored = Signal()
    """The data was exchanged; the program has to open it anew."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        tabs: Sequence[TabPlace],
        actions: AppActions,
        later: Callable[[], type[Later]],
        *,
        demo: bool = False,
    ) -> None:
        super().__init__()
        self._house, self._theme, self._actions = house, theme, actions
        self._later = later
        self._places = list(tabs)
        self._pages: dict[str, QWidget] = {}
        self._person: str | None = None
        self._sheet: Sheet | None = None
        self._banner: UndoBanner | None = None
        self.bridge = ChangeBridge(house, actions.look_for_outside_changes, self)
        title = tr("Caregiver Companion")
        self.setWindowTitle(tr("{title} (example)", title=title) if demo else title)
        self.setMinimumSize(640, 480)
        self._make_header()
        self.stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.stack, 1)
        self.bridge.changed.connect(self._refresh)
        self.bridge.told.connect(self._told)
        self.tab_bar.currentChanged.connect(self._tab_chosen)
        self._show_people()
        self._show_undo()
        self._tab_chosen(0)
        self.page(self._places[0].key).setFocus()

    # -- Building ---------------------------------------------------------------------------------

    def _make_header(self) -> None:
        theme = self._theme
        self.tab_bar = TabBar(theme, tr("Pages"))
        for place in self._places:
            self.tab_bar.add_tab(place.text, place.icon)
        self.header = HeaderBar(theme, self.tab_bar)
        self.pill = PersonPill(theme, "", label=tr("Person"))
        self.pill.setMenu(QMenu(self.pill))
        self.undo_button = IconButton(theme, "undo", tr("Undo"))
        self.undo_action = QAction(tr("Undo"), self)
        self.undo_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
        self.undo_action.triggered.connect(self.undo)
        self.addAction(self.undo_action)
        self.undo_button.clicked.connect(self.undo)
        self.more = PlainButton(theme, tr("More"), "settings")
        self.more.setMenu(self._more_menu())
        self.name = Text(tr("Caregiver Companion"), "card_title", wrap=False)
        self.header.add_left(self.name)
        self.header.add_left(self.pill)
        self.header.add_right(self.undo_button)
        self.header.add_right(self.more)

    def _more_menu(self) -> QMenu:
        menu = QMenu(self.more)
        self._entry(menu, tr("Export calendar file…"), self.export)
        menu.addSeparator()
        self._entry(menu, tr("Back up now…"), self.back_up)
        self._entry(menu, tr("Restore a backup…"), self.restore)
        menu.addSeparator()
        sizes = [(size, tr("{size} %", size=size)) for size in SCALES]
        self._sizes = self._choices(menu, tr("Text size"), sizes, SCALE_SETTING)
        modes = [(key, tr(name)) for key, name in MODES]
        self._modes = self._choices(menu, tr("Light or dark"), modes, MODE_SETTING)
        menu.addSeparator()
        self._entry(menu, tr("What this is"), self.about)
        self._entry(menu, tr("Quit"), self.close, QKeySequence.StandardKey.Quit)
        menu.aboutToShow.connect(self._show_look)
        return menu

    def _entry(
        self,
        menu: QMenu,
        words: str,
        act: Callable[[], object],
        key: QKeySequence.StandardKey | None = None,
    ) -> None:
        action = menu.addAction(words)
        action.triggered.connect(lambda _on=False: act())
        if key is not None:
            action.setShortcut(QKeySequence(key))
            self.addAction(action)

    def _choices(
        self, menu: QMenu, words: str, choices: Sequence[tuple[str, str]], setting: str
    ) -> dict[str, QAction]:
        below = menu.addMenu(words)
        group = QActionGroup(below)
        made: dict[str, QAction] = {}
        for key, name in choices:
            action = below.addAction(name)
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, key=key: self._set_look(setting, key))
            made[key] = action
        return made

    # -- Tabs -------------------------------------------------------------------------------------

    def page(self, key: str) -> QWidget:
        """Return the page of a tab, made now if it was never opened."""
        made = self._pages.get(key)
        if made is None:
            place = next(one for one in self._places if one.key == key)
            made = self._pages[key] = place.make()
            self.stack.addWidget(made)
            _as_tab(made).set_person(self._person)
            asked = getattr(made, "visit_opened", None)
            if asked is not None and key != "bag":
                asked.connect(self._open_bag)
        return made

    def open(self, key: str, kind: str = "", item: str = "") -> None:
        """Go to a tab and, if asked, to one thing in it."""
        place = [one.key for one in self._places].index(key)
        self.tab_bar.setCurrentIndex(place)
        if kind:
            _as_tab(self.page(key)).open_item(kind, item)

    def _tab_chosen(self, place: int) -> None:
        self.stack.setCurrentWidget(self.page(self._places[place].key))

    def _open_bag(self, visit: str) -> None:
        if any(one.key == "bag" for one in self._places):
            self.open("bag", "visit", visit)

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
        self._show_people()
        self.person_changed.emit(person_id)

    def _show_people(self) -> None:
        people = self._house.people.people()
        if self._person is not None and all(one.id != self._person for one in people):
            self.set_person(None)
            return
        # While one person is cared for there is nothing to switch.
        self.pill.setVisible(len(people) > 1)
        self.name.setVisible(len(people) <= 1)
        chosen = None if self._person is None else self._house.people.person(self._person)
        name = tr("Everybody") if chosen is None else called(chosen) or tr("No name yet")
        colour = 1 if chosen is None else badge_colour(self._house, chosen.id)
        self.pill.set_person(name, colour, label=tr("Person: {name}", name=name))
        menu = self.pill.menu()
        menu.clear()
        for person_id, words in [(None, tr("Everybody"))] + [
            (one.id, one.name or tr("No name yet")) for one in people
        ]:
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(person_id == self._person)
            action.triggered.connect(lambda _on=False, who=person_id: self.set_person(who))

    # -- Changes and undo -------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last change back and say what it was."""
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
            self._banner = self._later().undo_banner(self._theme, self)
            self._banner.undo_asked.connect(self.undo)
        return self._banner

    def say(self, sentence: str) -> None:
        """Say something at the foot of the window."""
        self.banner.show_change(sentence, can_undo=False)

    def _told(self, sentence: str) -> None:
        self.banner.show_change(sentence)

    def _refresh(self, change: Change | None) -> None:
        if change is None or "setting" in change.kinds:
            apply_look(self._house, self._theme)
        if change is None or "person" in change.kinds:
            self._show_people()
        for page in self._pages.values():
            _as_tab(page).refresh(change)
        self._show_undo()

    def _show_undo(self) -> None:
        words = self.bridge.undo_words()
        self.undo_button.setEnabled(words is not None)
        self.undo_action.setEnabled(words is not None)
        said = tr("Nothing to undo") if words is None else tr("Undo: {change}", change=words)
        self.undo_button.setAccessibleName(said)
        self.undo_button.setToolTip(plain_tooltip(f"{said} (Ctrl+Z)" if words else said))

    # -- The menu ---------------------------------------------------------------------------------

    def export(self) -> None:
        """Ask where the calendar file goes."""
        sheet = self._later().export_dialog(self._house, self._theme, parent=self)
        sheet.exported.connect(self._exported)
        self._open(sheet)

    def _exported(self, path: Path) -> None:
        self.say(tr("Calendar saved as {path}", path=path))

    def back_up(self) -> None:
        """Ask where the backup goes, then write it."""
        name = f"caregiver-backup-{self._house.care.today.isoformat()}.sqlite3"
        chosen, _ = self._later().file_dialog.getSaveFileName(
            self, tr("Back up now"), str(Path.home() / name), tr("Backups (*.sqlite3)")
        )
        if chosen:
            self.back_up_to(Path(chosen))

    def back_up_to(self, path: Path | None) -> None:
        """Write a backup and say where it is, or what is in the way."""
        try:
            written = self._actions.backup(path)
        except UserError as error:
            self.say(explain(error))
        else:
            self.say(tr("Backup written and read back: {path}", path=written))

    def restore(self) -> None:
        """Ask which backup, then once more whether."""
        chosen, _ = self._later().file_dialog.getOpenFileName(
            self, tr("Restore a backup"), str(Path.home()), tr("Backups (*.sqlite3)")
        )
        if chosen:
            self.ask_restore(Path(chosen))

    def ask_restore(self, path: Path) -> None:
        """Say what restoring means, and do it when that is confirmed."""
        sheet = self._later().restore_sheet(self._theme, path, self._restore_from, parent=self)
        self._open(sheet)

    def _restore_from(self, path: Path) -> None:
        self.bridge.stop()
        try:
            self._actions.restore(path)
        except UserError:
            self.bridge.start()
            raise
        self.restored.emit()

    def about(self) -> None:
        """Tell what this program is."""
        self._open(self._later().about_sheet(self._theme, self._house.reference, parent=self))

    def _open(self, sheet: Sheet) -> None:
        self._sheet = sheet
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that was opened last from the menu."""
        return self._sheet

    # -- The look ---------------------------------------------------------------------------------

    def _set_look(self, setting: str, value: str) -> None:
        try:
            self._house.settings.set(setting, value)
        except UserError as error:
            self.say(explain(error))

    def _show_look(self) -> None:
        scale = str(round(self._theme.scale * 100))
        if scale in self._sizes:
            self._sizes[scale].setChecked(True)
        self._modes[self._theme.mode].setChecked(True)

    # -- Qt ---------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Most screens have this much room."""
        return QSize(1280, 860)

    def changeEvent(self, event: QEvent) -> None:
        """Look at the file again when the window comes to the front."""
        # Before the first paint there is nothing new to look for.
        comes = event.type() == QEvent.Type.ActivationChange and self.isActiveWindow()
        if comes and self.bridge.is_looking:
            self.bridge.look()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave the data alone from now on."""
        self.bridge.stop()
        super().closeEvent(event)
        QApplication.quit()


def _as_tab(page: QWidget) -> Tab:
    return cast("Tab", page)


def apply_look(house: Household, theme: Theme) -> None:
    """Give the theme the text size and the light that the family chose."""
    scale = house.settings.text(SCALE_SETTING, "100")
    mode = house.settings.text(MODE_SETTING, "system")
    if theme.mode != mode and mode in dict(MODES):
        theme.set_mode(cast("Mode", mode))
    theme.set_scale(int(scale) / 100 if scale in SCALES else 1.0)
