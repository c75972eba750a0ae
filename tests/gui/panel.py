"""The reminder panel of a made-up family, as tests fill, press and read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Answer, Appointment, Person
from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.times import Floating
from caregiver_app.gui.reminder_keys import QUIET_MS
from caregiver_app.gui.reminder_panel import ReminderPanel
from caregiver_app.gui.theme import Theme
from tests.gui.tabs_family import NOW, Family


@dataclass
class Watch:
    """Milliseconds that a test lets pass."""

    ms: int = 0

    def __call__(self) -> int:
        """What it shows."""
        return self.ms


@dataclass
class Shown:
    """A panel with its family, and where it led to."""

    panel: ReminderPanel
    family: Family
    theme: Theme
    watch: Watch = field(default_factory=Watch)
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def show(self, reminders: list[Reminder], late: set[str] | None = None) -> None:
        """Let these come up, and its first second pass."""
        self.panel.set_items(reminders, late=late or set())
        self.panel.come_up()
        settle()
        self.watch.ms += QUIET_MS

    def show_all(self, *, late_before: datetime | None = None) -> list[Reminder]:
        """Let everything come up that asks now; what was due before `late_before` is late."""
        found = self.family.house.reminders.open_now()
        late = {one.id for one in found if late_before is not None and one.due < late_before}
        self.show(found, late)
        return found

    def press(self, button: QWidget) -> None:
        """Click the middle of a button, a second after the last click."""
        self.watch.ms += 1000
        assert button.isVisible(), "nobody can click what is not seen"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        settle()

    def key(self, key: Qt.Key) -> None:
        """Press a key where the keyboard is, a second after the last press."""
        self.watch.ms += 1000
        QTest.keyClick(self.panel.focusWidget(), key)
        settle()

    def button(self, words: str) -> QAbstractButton:
        """The first button in sight with these words, from the top."""
        found = [
            one
            for one in self.panel.findChildren(QAbstractButton)
            if one.isVisible() and words in (one.text().strip(), one.accessibleName())
        ]
        assert found, f"{words!r} among {self.buttons()}"
        return min(found, key=lambda one: one.mapTo(self.panel, QPoint(0, 0)).y())

    def buttons(self) -> list[str]:
        """What the buttons say to a reader, from the top."""
        found = [one for one in self.panel.findChildren(QAbstractButton) if one.isVisible()]
        found.sort(key=lambda one: one.mapTo(self.panel, QPoint(0, 0)).y())
        return [one.accessibleName() or one.text() for one in found]

    def read(self) -> str:
        """Every word that is seen or heard."""
        settle()
        told: list[QWidget] = [
            *self.panel.findChildren(QLabel),
            *self.panel.findChildren(QAbstractButton),
        ]
        words: list[str] = []
        for one in told:
            if one.isVisible():
                text = one.text() if isinstance(one, QLabel | QAbstractButton) else ""
                words += [text, one.accessibleName(), one.accessibleDescription()]
        return "\n".join(word for word in words if word)

    def state(self, reminder: Reminder) -> str | None:
        """What became of a reminder."""
        found = self.family.house.care.store.get(Answer, reminder.id)
        return None if found is None else found.state

    def titles(self) -> list[str]:
        """The titles of the pieces that are made, from the top."""
        found = [getattr(one, "title", None) for one in self.panel.column.in_order()]
        return [
            one.accessibleName().removeprefix("Open: ")
            if not isinstance(one, QLabel)
            else one.text()
            for one in found
            if isinstance(one, QAbstractButton | QLabel)
        ]


def settle() -> None:
    """Let everything be laid out."""
    for _ in range(4):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def shown(qtbot: QtBot, family: Family, *, scale: float = 1.0, dark: bool = False) -> Shown:
    """Make a panel."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme()
    theme.set_mode("dark" if dark else "light")
    theme.set_scale(scale)
    theme.apply(app)
    watch = Watch()
    panel = ReminderPanel(family.house, theme, now_ms=watch)
    made = Shown(panel, family, theme, watch)
    panel.open_asked.connect(lambda *where: made.asked.append(where))
    qtbot.addWidget(panel)
    return made


def enter(
    family: Family,
    entry: str,
    title: str,
    at: str,
    *,
    rule: str = "",
    person: str = "rosa",
    kind: str = "medication",
    **more: object,
) -> None:
    """Enter something nine days ago; a medicine rings at its hour, anything else when asked to."""
    now, family.clock.at = family.clock.at, NOW - timedelta(days=9)
    family.house.agenda.save(
        Appointment(
            id=entry, uid="", person=person, type=kind, title=title, minutes=5,
            start=Floating(datetime.fromisoformat(at)), rrule=rule, **more,
        )
    )  # fmt: skip
    family.clock.at = now


def add_mei(family: Family) -> None:
    """A second person."""
    family.house.people.save_person(Person(id="mei", name="王梅"))
