"""The page as a whole: the way of the keyboard, narrow and large, dark, long names, its weight."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Appointment, Authorisation, Contact, Person
from caregiver_app.domain.times import Zoned
from caregiver_app.gui.today.painted import PaintedButton
from caregiver_app.gui.widgets.buttons import Button
from tests.gui.tabs_family import ZONE, Family, settled_family
from tests.gui.today.page import Page, add_mei, opened, pill, settle, wall_utc

ROOT = Path(__file__).resolve().parents[3]
LONG = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum Oberösterreich"
DRIVER = "Johanna-Friederike von Hohenlohe-Waldenburg-Schillingsfürst"


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    yield made
    made.close()


def fill(family: Family, *, long: bool = False) -> None:
    """Something of everything."""
    house = family.house
    pill(family, "eye", DRIVER if long else "Eye drops", 21, note="both eyes")
    pill(family, "mtx", "Methotrexate", 18, day=6, rule="FREQ=WEEKLY", note="after a meal")
    if long:
        house.people.save_contact(Contact(id="clinic", person="rosa", name=LONG, role="clinic"))
        house.agenda.set_ride("p1~2", DRIVER, "", "08:40")
        house.people.save_authorisation(
            Authorisation(id="", person="rosa", last=date(2026, 3, 27), insurer=LONG)
        )
        house.people.save_person(Person(id="jo", name=DRIVER))
    house.agenda.save(
        Appointment(id="lab", uid="", person="rosa", type="lab", title=LONG if long else "Blood",
                    start=Zoned(datetime(2026, 3, 27, 9, 15), ZONE))
    )  # fmt: skip
    add_mei(family)


def visible(page: Page, kind: type[QWidget]) -> list[QWidget]:
    return [one for one in page.tab.findChildren(kind) if one.isVisible()]


def at_page(page: Page, widget: QWidget) -> QRect:
    """Where a widget stands on the scrolled page."""
    body = page.tab._page.widget()
    return QRect(widget.mapTo(body, QPoint(0, 0)), widget.size())


SIZES = [(1280, 1.0), (900, 1.0), (900, 1.5), (1280, 2.0), (900, 2.0), (640, 1.0), (640, 2.0)]


@pytest.mark.parametrize(("width", "scale"), SIZES)
@pytest.mark.parametrize("long", [False, True])
def test_nothing_is_cut_or_lies_over_something_else(
    qtbot: QtBot, family: Family, *, width: int, scale: float, long: bool
) -> None:
    fill(family, long=long)
    page = opened(qtbot, family, width=width, scale=scale)
    page.click(next(iter(page.tab.waiting.rows.values())).skip_button)
    settle()
    body = page.tab._page.widget().rect()
    for one in visible(page, QLabel) + visible(page, QAbstractButton):
        name = one.accessibleName() or getattr(one, "text", str)()
        box = at_page(page, one)
        assert body.contains(box), f"{name}: {box} reaches out of {body}"
        if one.hasHeightForWidth():
            assert one.height() >= one.heightForWidth(one.width()), name
        elif isinstance(one, Button):
            assert one.width() >= one.sizeHint().width(), name
            assert one.height() >= one.sizeHint().height(), name
    for row in page.tab.waiting.rows.values():
        boxes = [one.geometry() for one in row.stops() if one.parent() is row and one.isVisible()]
        for place, box in enumerate(boxes):
            assert row.rect().contains(box)
            assert not any(box.intersects(other) for other in boxes[place + 1 :])


@pytest.mark.parametrize(("width", "scale"), SIZES)
def test_everything_that_can_be_used_is_large_enough_and_has_a_name(
    qtbot: QtBot, family: Family, *, width: int, scale: float
) -> None:
    fill(family)
    page = opened(qtbot, family, width=width, scale=scale)
    for one in visible(page, QAbstractButton):
        assert one.accessibleName(), one
        assert one.height() >= page.theme.px(42) + 2, one.accessibleName()
        assert one.width() >= page.theme.px(42) + 2, one.accessibleName()
    for fragment in page.tab.hero.fragments:
        assert fragment.height() >= page.theme.px(54)


@pytest.mark.parametrize(
    ("width", "scale", "columns"),
    [(1280, 1.0, 4), (900, 1.0, 2), (1280, 2.0, 2), (640, 2.0, 1)],
)
def test_the_fragments_stand_in_as_many_columns_as_there_is_room_for(
    qtbot: QtBot, family: Family, *, width: int, scale: float, columns: int
) -> None:
    page = opened(qtbot, family, width=width, scale=scale)
    tops = [one.y() for one in page.tab.hero.fragments]
    assert tops.count(tops[0]) == columns


@pytest.mark.parametrize(("width", "scale", "below"), [(1280, 1.0, False), (900, 1.0, True),
                                                      (1280, 1.5, True)])  # fmt: skip
def test_where_it_is_narrow_or_large_there_is_one_column(
    qtbot: QtBot, family: Family, *, width: int, scale: float, below: bool
) -> None:
    fill(family)
    page = opened(qtbot, family, width=width, scale=scale)
    waits, pills = at_page(page, page.tab.waiting), at_page(page, page.tab.pills)
    assert (pills.top() > waits.bottom()) is below
    assert (pills.left() > waits.right()) is not below


@pytest.mark.parametrize(
    ("width", "scale", "below"),
    [(1280, 1.0, False), (900, 1.0, False), (640, 1.5, True), (900, 2.0, True)],
)
def test_the_answers_stand_beside_the_words_or_below_them(
    qtbot: QtBot, family: Family, *, width: int, scale: float, below: bool
) -> None:
    pill(family, "eye", "Eye drops", 21)
    page = opened(qtbot, family, width=width, scale=scale)
    row = next(iter(page.tab.waiting.rows.values()))
    assert (row.done_button.y() >= row.about.geometry().bottom()) is below
    assert (row.done_button.x() > row.about.geometry().right()) is not below
    assert row.about.width() >= row.about.least_width() or below


def test_the_size_of_the_text_may_change_at_any_time(qtbot: QtBot, family: Family) -> None:
    fill(family)
    page = opened(qtbot, family)
    page.theme.set_scale(2.0)
    settle()
    heading = page.tab.waiting.head.heading.text()
    assert heading == f"Waiting for you, {len(family.house.reminders.open_now())}"
    assert "Friday 20 March" not in page.tab.hero.words.text(), "no room for it at this size"
    fragment = page.tab.hero.fragments[0]
    assert fragment.height() >= fragment.heightForWidth(fragment.width()) >= page.theme.px(54)
    page.theme.set_scale(1.0)
    settle()
    assert page.tab.waiting.head.heading.text() == "Waiting for you"
    assert "Friday 20 March" in page.tab.hero.words.text()


def test_words_that_grow_get_their_room_at_once(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    before = page.fragment("Driver").height()
    family.house.agenda.set_ride("p1~2", f"{DRIVER} {DRIVER}", "", "08:40")
    settle()
    driver = page.fragment("Driver")
    assert driver.height() == driver.heightForWidth(driver.width()) > before
    assert page.tab.hero.rect().contains(
        QRect(driver.mapTo(page.tab.hero, QPoint()), driver.size())
    )


def colours(widget: QWidget) -> set[str]:
    """Every colour that a widget shows."""
    image = widget.grab().toImage()
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
    }


def test_light_turns_dark_at_once(qtbot: QtBot, family: Family) -> None:
    fill(family)
    page = opened(qtbot, family)
    bag, driver = page.tab.hero.fragments[:2]
    row = next(iter(page.tab.waiting.rows.values()))
    painted = (driver, page.tab.hero.words, row, page.tab.strip, page.tab.pills.rows.popitem()[1])
    light = page.theme.tokens
    assert {light.page, light.line} <= colours(bag)
    assert {light.page, light.warn} <= colours(driver), "no driver yet"
    assert all({light.ink, light.warn} & colours(one) for one in painted)
    assert {light.soft, light.ink} <= colours(page.tab.hero.words)
    page.theme.set_mode("dark")
    settle()
    dark = page.theme.tokens
    assert dark is not light
    assert {dark.page, dark.warn} <= colours(driver)
    for one in painted:
        found = colours(one)
        assert {dark.ink, dark.warn} & found
        assert not {light.ink, light.soft, light.warn, light.page, light.card} & found


# ---- the way of the keyboard -------------------------------------------------------------------
def way(qtbot: QtBot, page: Page) -> list[QWidget]:
    """Everything that Tab stops at, beginning at the top."""
    page.tab.setFocus()
    found: list[QWidget] = []
    for _ in range(120):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None or now in found:
            return found
        if page.tab.isAncestorOf(now) and now is not page.tab._page:
            found.append(now)
    raise AssertionError("no end")


@pytest.mark.parametrize("width", [1280, 900])
def test_tab_goes_through_everything_in_the_order_it_is_read(
    qtbot: QtBot, family: Family, width: int
) -> None:
    fill(family)
    page = opened(qtbot, family, width=width)
    qtbot.waitUntil(page.tab.isActiveWindow)
    page.click(next(iter(page.tab.waiting.rows.values())).done_button)
    pill(family, "new", "Comes later", 10)
    page.tab.refresh(None)
    settle()
    stops = way(qtbot, page)
    usable = [one for one in visible(page, QAbstractButton) if one.isEnabled()]
    assert set(usable) <= set(stops), "everything is reached"
    parts = [
        page.tab.amber, page.tab.quiet, page.tab.hero, page.tab.waiting, page.tab.next_head,
        page.tab.strip, page.tab.watch_cards["rosa"], page.tab.pills,
    ]  # fmt: skip
    order = [next(n for n, part in enumerate(parts) if part.isAncestorOf(one))
             for one in stops if not isinstance(one.parent(), QWidget)
             or any(part.isAncestorOf(one) for part in parts)]  # fmt: skip
    assert order == sorted(order)
    for row in page.tab.waiting.rows.values():
        own = [one for one in stops if row.isAncestorOf(one)]
        assert own[:4] == [row.about, row.done_button, row.later_button, row.skip_button]
    rows = [next(r for r in page.tab.waiting.rows.values() if r.isAncestorOf(one)).y()
            for one in stops if page.tab.waiting.isAncestorOf(one)
            and one not in (page.tab.waiting.fold, page.tab.waiting.beyond)]  # fmt: skip
    assert rows == sorted(rows)
    hours = [one.y() for one in stops if one in page.tab.pills.rows.values()]
    assert hours == sorted(hours)


def test_the_page_can_be_scrolled_by_keys(qtbot: QtBot, family: Family) -> None:
    fill(family)
    page = opened(qtbot, family, height=400)
    qtbot.waitUntil(page.tab.isActiveWindow)
    page.tab.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    assert page.tab._page.verticalScrollBar().value() > 0


def test_every_painted_button_can_be_pressed_by_enter(qtbot: QtBot, family: Family) -> None:
    fill(family)
    page = opened(qtbot, family)
    pressed: list[QWidget] = []
    buttons = [one for one in visible(page, PaintedButton) if one not in page.tab.others.values()]
    for one in buttons:
        assert isinstance(one, PaintedButton)
        one.clicked.connect(lambda _=False, this=one: pressed.append(this))
        qtbot.keyClick(one, Qt.Key.Key_Return)
    assert pressed == buttons


# ---- its weight --------------------------------------------------------------------------------
def test_a_hidden_tab_reads_nothing(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    page.tab.hide()
    read: list[str] = []
    page.tab.model.read = lambda: read.append("read")  # type: ignore[method-assign]
    family.house.people.save_person(Person(id="rosa", name="Rosa"))
    page.tab.set_person("rosa")
    page.tab.turn()
    assert read == []
    page.tab.show()
    assert read == ["read"]


def test_what_does_not_concern_it_is_not_looked_at(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    read: list[str] = []
    page.tab.model.read = lambda: read.append("read")  # type: ignore[method-assign]
    note = family.house.support
    note.save_question(_question())
    assert read == []
    family.house.settings.remember(emergency_number="112")
    assert read == ["read"]


def _question() -> object:
    from caregiver_app.domain.entities import Question

    return Question(id="", person="rosa", text="Why?")


def test_rows_stay_the_same_widgets_when_nothing_of_them_changed(
    qtbot: QtBot, family: Family
) -> None:
    fill(family)
    page = opened(qtbot, family)
    rows, pills = list(page.tab.waiting.rows.values()), list(page.tab.pills.rows.values())
    family.clock.at = wall_utc("2026-03-20T18:01")
    page.tab.refresh(None)
    settle()
    assert list(page.tab.waiting.rows.values()) == rows
    assert list(page.tab.pills.rows.values()) == pills


def test_importing_it_loads_no_form_and_nothing_heavy() -> None:
    code = (
        "import sys, caregiver_app.bootstrap, caregiver_app.gui.today.tab; "
        "sys.stdout.write(' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
        timeout=60,
    )  # fmt: skip
    loaded = set(done.stdout.split())
    heavy = {"sqlite_utils", "icalendar", "plyer", "PySide6.QtPrintSupport", "dateutil.parser",
             "caregiver_app.gui.later", "caregiver_app.gui.widgets.fields",
             "caregiver_app.gui.widgets.date_fields", "caregiver_app.gui.widgets.sheet",
             "caregiver_app.integrations.ical", "caregiver_app.services.backups"}  # fmt: skip
    assert loaded & heavy == set()
    assert not [name for name in loaded if name.startswith("caregiver_app.gui.calendar")]
    assert not [name for name in loaded if name.startswith("caregiver_app.gui.watchlist")]
