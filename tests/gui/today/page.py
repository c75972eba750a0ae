"""The Today tab of a made-up family, as tests open and read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.bootstrap import tab_class
from caregiver_app.domain.entities import Answer, Appointment, Person, Plan
from caregiver_app.domain.times import Floating, Zoned
from caregiver_app.gui.app import make_window
from caregiver_app.gui.calendar.desk import Desk
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.today.hero import FragmentButton
from caregiver_app.gui.today.still import StillCard
from caregiver_app.gui.today.tab import TodayTab
from caregiver_app.gui.today.waiting_row import WaitingRow
from caregiver_app.services.reminders import Notice
from tests.gui.tabs_family import NOW, ZONE, Family, shown


@dataclass
class Watch:
    """Milliseconds that a test lets pass."""

    ms: int = 0

    def __call__(self) -> int:
        """What it shows."""
        return self.ms


@dataclass
class Page:
    """A shown tab, with everything that it asked the window for."""

    tab: TodayTab
    family: Family
    theme: Theme
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    watch: Watch = field(default_factory=Watch)

    def fragment(self, label: str) -> FragmentButton:
        """The fragment of the hero with this label."""
        found = [one for one in self.tab.hero.fragments if one.fragment.label == label]
        return found[0]

    def row(self, title: str) -> WaitingRow:
        """The waiting row with this title."""
        rows = self.tab.waiting.rows.values()
        return next(one for one in rows if one.waiting.title == title)

    def titles(self) -> list[str]:
        """The titles of the waiting rows, from the top."""
        rows = sorted(self.tab.waiting.rows.values(), key=lambda row: row.y())
        return [row.waiting.title for row in rows]

    def unfold(self) -> None:
        """Show every row."""
        if not self.tab.waiting.fold.isHidden():
            self.click(self.tab.waiting.fold)

    def pills(self) -> list[tuple[str, str, str]]:
        """Hour, title and state of the medicines of today."""
        return [(p.time, p.title, p.state) for p in (r.pill for r in self.tab.pills.rows.values())]

    def things(self) -> list[str]:
        """The cells of the next days."""
        return [cell.accessibleName() for cell in self.tab.strip.cells if cell.isVisible()]

    def at(self, wall: str) -> None:
        """Let the clock of New York show a wall time, and everything look again."""
        self.family.clock.at = wall_utc(wall)
        self.tab.refresh(None)
        settle()

    def click(self, widget: QWidget) -> None:
        """Click the middle of a widget, a second after the last click."""
        self.watch.ms += 1000
        assert widget.isVisible(), "nobody can click what is not seen"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        settle()


def wall_utc(wall: str) -> datetime:
    """The instant of a wall time of New York."""
    local = datetime.fromisoformat(wall)
    hours = 4 if local >= datetime(2026, 3, 8, 2) else 5
    return local.replace(tzinfo=UTC) + timedelta(hours=hours)


def settle() -> None:
    """Let everything be laid out and thrown away."""
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def opened(
    qtbot: QtBot,
    family: Family,
    person: str | None = None,
    *,
    width: int = 1280,
    height: int = 900,
    scale: float = 1.0,
) -> Page:
    """Show the tab as a window of its own."""
    theme = Theme()
    theme.set_scale(scale)
    watch = Watch()
    tab = TodayTab(
        family.house, theme, lambda page: Desk(family.house, theme, page),
        lambda: StillCard(family.house, theme), now_ms=watch,
    )  # fmt: skip
    page = Page(tab, family, theme, watch=watch)
    tab.asked.connect(lambda *where: page.asked.append(where))
    tab.set_person(person)
    family.house.care.changes.listen(tab.refresh)
    qtbot.addWidget(shown(tab, theme, width, height))
    settle()
    return page


def pill(
    family: Family,
    entry: str,
    title: str,
    hour: int,
    *,
    day: int = 2,
    rule: str = "FREQ=DAILY",
    person: str = "rosa",
    **more: object,
) -> None:
    """Enter a medicine three days ago."""
    family.clock.at = NOW - timedelta(days=3)
    family.house.agenda.save(
        Appointment(
            id=entry, uid="", person=person, type="medication", title=title, minutes=5,
            start=Floating(datetime(2026, 3, day, hour, 0)), rrule=rule, **more,
        )
    )  # fmt: skip
    family.clock.at = NOW


def say_in_time(family: Family) -> None:
    """What waits was said at its own moment."""
    reminders, now = family.house.reminders, family.clock.at
    for one in reminders.open_now():
        family.clock.at = one.due
        reminders.record(Notice((one,), digest=not one.rings))
    family.clock.at = now


def add_mei(family: Family, *, plan: bool = True) -> None:
    """A second person, 王梅: IVIG on Monday 23 March 10:00."""
    house = family.house
    house.people.save_person(Person(id="mei", name="王梅"))
    if plan:
        house.plans.save(
            Plan(id="p2", uid="", person="mei", medicine="IVIG", offsets=(0,), every=4,
                 first=Zoned(datetime(2026, 3, 23, 10), ZONE), minutes=240)
        )  # fmt: skip


def settle_reminders(family: Family, *keep: str) -> None:
    """Answer everything that is due, except for some entries."""
    for one in family.house.reminders.due():
        if one.owner not in keep:
            family.house.reminders.answer(one.id, "done")


def state_of(family: Family, id_: str) -> str | None:
    """What became of a reminder."""
    found = family.house.care.store.get(Answer, id_)
    return None if found is None else found.state


def seen(within: QWidget) -> str:
    """Every word that a person sees or hears: labels, buttons with their descriptions."""
    settle()
    words = [one.text() for one in within.findChildren(QLabel) if one.isVisible()]
    for one in within.findChildren(QAbstractButton):
        if one.isVisible():
            words += [one.text(), one.accessibleName(), one.accessibleDescription()]
    return "\n".join(word for word in words if word)


@contextmanager
def shown_window(qtbot: QtBot, family: Family) -> Iterator[MainWindow]:
    """The whole window of a family, 1280 wide, as long as the block lasts."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme()
    theme.apply(app)
    actions = AppActions(lambda path: path or Path("x"), lambda _path: None, lambda: False)
    made = make_window(family.house, theme, actions, lambda: Later, tab_class)
    made.resize(1280, 860)
    made.show()
    qtbot.waitExposed(made)
    settle()
    yield made
    made.bridge.stop()
    made.hide()
    made.deleteLater()
