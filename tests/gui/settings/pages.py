"""The Settings page on its window, and hands to use it with."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from caregiver_app.gui.bridge import change_words
from caregiver_app.gui.file_actions import FileActions
from caregiver_app.gui.settings.page import SettingsPage
from tests.gui.tabs_family import Family, visible_text

LEFT = Qt.MouseButton.LeftButton


@dataclass
class Shown:
    """The page on its window, and what it asked for."""

    family: Family
    page: SettingsPage
    files: FileActions
    stack: QStackedWidget
    said: list[str] = field(default_factory=list)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    left: list[bool] = field(default_factory=list)

    @property
    def settings(self):
        return self.family.house.settings

    def group(self, key: str):
        return self.page.groups[key]

    def undo_words(self) -> str:
        label = self.family.house.care.store.undo_label()
        return "" if label is None else change_words(*label, self.family.house.care.today)


def words(widget: QWidget) -> str:
    return visible_text(widget)


def type_into(qtbot, control: QWidget, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    control.setFocus()
    control.selectAll()
    qtbot.keyClicks(control, text) if text else qtbot.keyClick(control, Qt.Key.Key_Delete)
    qtbot.keyClick(control, key)


def segment(choice, key: str) -> QWidget:
    return next(one for one in choice.segments if one.key == key)
