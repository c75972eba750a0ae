"""Every part of the look in one window, for looking at it.

python tools/gallery.py [--dark] [--scale 200] [--part parts|forms|sheet|lists]
"""

# The texts are those of the pictures, typographic marks and all.
# ruff: noqa: E501

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from caregiver_app.gui.focus_ring import FocusRing
from caregiver_app.gui.theme import STYLE, Theme
from caregiver_app.gui.widgets.banners import Banner, UndoBanner
from caregiver_app.gui.widgets.buttons import (
    CallButton,
    EmergencyButton,
    IconButton,
    PlainButton,
    PrimaryButton,
    QuietButton,
    TonalButton,
)
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import Badge, Chip
from caregiver_app.gui.widgets.choice_card import ChoiceCard
from caregiver_app.gui.widgets.date_fields import DateField, TimeField
from caregiver_app.gui.widgets.empty_state import EmptyState
from caregiver_app.gui.widgets.field import field_row
from caregiver_app.gui.widgets.fields import (
    ChoiceField,
    LineField,
    NumberField,
    TextField,
    ZoneField,
)
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.header_bar import HeaderBar, PersonPill
from caregiver_app.gui.widgets.rows import Row, RowList
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.tab_bar import TabBar
from caregiver_app.gui.widgets.text import ElidedText, ScrollArea, Text
from caregiver_app.gui.widgets.ticks import TickRow


def today() -> date:
    """Return the day of the pictures."""
    return date(2026, 3, 20)


def flow(*widgets: QWidget) -> QWidget:
    """Return `widgets` in wrapping lines."""
    holder = QWidget()
    layout = FlowLayout(holder, across=12, down=10)
    for widget in widgets:
        layout.addWidget(widget)
    return holder


def parts(theme: Theme) -> QWidget:
    """Return buttons, ticks, segments, chips and banners."""
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(28, 20, 28, 20)
    row.setSpacing(28)
    left, right = QVBoxLayout(), QVBoxLayout()
    row.addLayout(left, 1)
    row.addLayout(right, 1)
    off = PlainButton(theme, "Disabled")
    off.setEnabled(False)
    off_primary = PrimaryButton(theme, "Move 14 visits")
    off_primary.setEnabled(False)
    left.addWidget(Text("Buttons", "second", "soft"))
    left.addWidget(flow(PrimaryButton(theme, "Primary"), PrimaryButton(theme, "Add", "add"),
                        off_primary))  # fmt: skip
    left.addWidget(flow(PlainButton(theme, "Plain"), PlainButton(theme, "Print", "print"), off))
    left.addWidget(flow(TonalButton(theme, "Tonal", "done"), QuietButton(theme, "Quiet"),
                        EmergencyButton(theme, "Emergency"), CallButton(theme, "Call")))  # fmt: skip
    left.addWidget(Text("Tick, choice, segments", "second", "soft"))
    card = Card(theme, "Papers", fact="ready by Sat 28")
    card.add(TickRow(theme, "Filled-in forms, the order", fact="I bring"))
    card.add(TickRow(theme, "Medicine and allergy list", note="from Care plan", state="done"))
    card.add(TickRow(theme, "Copay card letter", note="not needed", state="not_needed",
                     may_be_not_needed=True))  # fmt: skip
    disabled = TickRow(theme, "Disabled")
    disabled.setEnabled(False)
    card.add(disabled)
    left.addWidget(card)
    view = [("month", "Month"), ("week", "Week"), ("list", "List")]
    left.addWidget(flow(Segmented(theme, view, name="View", chosen="month")))
    words = [("1", "Mild"), ("2", "Moderate"), ("3", "Severe"), ("4", "Life-threatening")]
    left.addWidget(Segmented(theme, words, name="How strong", arrows_choose=False))
    left.addStretch(1)
    right.addWidget(Text("Chips", "second", "soft"))
    right.addWidget(flow(Chip(theme, "Booked", "booked"), Chip(theme, "Done", "done"),
                         Chip(theme, "Not marked yet", "overdue"), Chip(theme, "Ask", "ask"),
                         Chip(theme, "Driver?", "open"), Chip(theme, "Eye clinic", "cancelled"),
                         Badge(theme, "Rosa", 1), Badge(theme, "梅", 2)))  # fmt: skip
    right.addWidget(Banner(theme, "Rosa’s approval ends 31 March.",
                           "Infusion 3 on 28 April falls outside.", button="Renew",
                           icon="coverage"))  # fmt: skip
    bar = QProgressBar()
    bar.setValue(75)
    bar.setTextVisible(False)
    bar.setAccessibleName("Packed")
    right.addWidget(bar)
    for key, name, line in (
        ("only", "Only this visit", "The others keep their dates. 1 visit changes."),
        ("count", "Count from the new date", "This and all later visits move. 14 visits change."),
        ("again", "Start this phase again", "Its offsets count anew from this visit."),
    ):
        choice = ChoiceCard(theme, key, name, line)
        choice.setChecked(key == "count")
        right.addWidget(choice)
    right.addWidget(ElidedText("Wochenendbereitschaftsdiensttelefonnummernverzeichnis, " * 3))
    right.addWidget(Text("王梅的输液 · Übergrößenträger · <b>not bold</b>", "strong"))
    right.addStretch(1)
    return page


def forms(theme: Theme) -> QWidget:
    """Return every kind of field."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(28, 20, 28, 20)
    column.setSpacing(14)
    usual = TimeField(theme, "Usual time")
    usual.set_text("9:30")
    often = ChoiceField(theme, "Then every", [("w", "weeks"), ("d", "days")],
                        placeholder="choose a number of weeks")  # fmt: skip
    often.set_error("How often? The clinic’s letter says it.")
    for pair in (
        (LineField(theme, "Medicine", text="infliximab", icon="search"), usual),
        (DateField(theme, "First infusion", today=today, value=date(2026, 3, 17)), often),
        (NumberField(theme, "Lasts about", value=150, suffix="minutes"),
         ZoneField(theme, "Time zone", zone="America/New_York")),
    ):  # fmt: skip
        column.addLayout(field_row(*pair))
    bad = LineField(theme, "Title", hint="What it is called on the calendar")
    bad.set_error("A title is needed, so that you know it again.")
    column.addWidget(bad)
    column.addWidget(TextField(theme, "Note", text="她说不想再谈治疗了，我们就去散步。"))
    off = LineField(theme, "Disabled", text="cannot be changed")
    off.setEnabled(False)
    column.addWidget(off)
    column.addStretch(1)
    return page


def lists(theme: Theme) -> QWidget:
    """Return a list of rows beside an empty state."""
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(28, 20, 28, 20)
    row.setSpacing(18)
    card = Card(theme)
    card.body.setContentsMargins(1, 6, 1, 6)
    agenda = RowList(theme, "What is coming up", time_column=True)
    agenda.set_rows([
        Row(key="h1", title="Today", second="Friday 20 March", heading=True),
        Row(key="1", title="72-hour check-in", second="day 3 of 14", time="12:00",
            kind="check-in", person="Rosa"),
        Row(key="2", title="Methotrexate", second="Fridays only", time="18:00",
            kind="medication", person="Rosa", chip="Not marked yet", chip_kind="overdue",
            rail="alarm"),
        Row(key="h2", title="Tuesday 31 March", second="in 11 days", heading=True),
        Row(key="3", title="Infusion 2", second="infliximab, about 2 hours", time="9:30",
            kind="infusion", person="Rosa", chip="Booked", chip_kind="booked"),
        Row(key="4", title="Drive with a very long name that must be cut somewhere", time="8:40",
            second="35 min + parking", kind="drive", person="梅", person_colour=2,
            chip="No driver yet", chip_kind="ask"),
        Row(key="5", title="Eye clinic", time="10:00", kind="follow-up", struck=True,
            chip="Cancelled", chip_kind="cancelled"),
        Row(key="6", title="Call sheet for the clinic", icon="call", opens=True),
    ])  # fmt: skip
    agenda.choose("3")
    card.add(agenda)
    row.addWidget(card, 1)
    empty = EmptyState(theme, drawing="calendar", title="Nothing planned yet",
                       sentence="Add the first infusion and we’ll lay out the rest: the bag, the "
                       "ride, the reminders.", primary="Add the first infusion",
                       primary_icon="infusion", quiet="See an example")  # fmt: skip
    holder = Card(theme, tone="edge")
    holder.add(empty)
    row.addWidget(holder, 1)
    return page


def drawings(theme: Theme) -> QWidget:
    """Return every empty state."""
    return flow(*[
        EmptyState(theme, drawing=name, title=name, sentence="One sentence.")
        for name in ("calendar", "bag", "watch", "support", "papers")
    ])  # fmt: skip


def sheet(theme: Theme, window: QWidget) -> Sheet:
    """Return a filled dialog."""
    found = Sheet(theme, "Therapy plan", icon="infusion", primary="Save this plan",
                  subtitle="Copy what the clinic’s letter says. You can change it at any time.",
                  note="No doses are kept here. Ask your care team about those.",
                  parent=window)  # fmt: skip
    found.add_row(LineField(theme, "Medicine", text="infliximab", icon="search"),
                  ChoiceField(theme, "For", [("ra", "Rheumatoid arthritis")], chosen="ra"))  # fmt: skip
    usual = Card(theme, "Usual: weeks 0, 2 and 6, then every 8 weeks", tone="tint")
    usual.add(Text("This shows what is usual, not what your loved one should get.", "second"))
    found.add(usual)
    first = DateField(theme, "First infusion", today=today)
    found.add_row(first, TimeField(theme, "Usual time"), NumberField(theme, "Lasts about"),
                  stretches=(3, 2, 2))  # fmt: skip
    first.set_error("A plan needs its first date.")
    found.add(TickRow(theme, "I compared this with the clinic’s letter"))
    return found


def build(theme: Theme, part: str) -> QWidget:
    """Return the whole window."""
    window = QWidget()
    window.setWindowTitle("Gallery")
    tabs = TabBar(theme, "Parts of the gallery")
    for text, icon in (("Today", "today"), ("Calendar", "calendar"), ("Side effects", "watch"),
                       ("Bag", "bag"), ("Support", "support"), ("Care plan", "care-plan")):  # fmt: skip
        tabs.add_tab(text, icon)
    tabs.set_count(0, 3)
    head = HeaderBar(theme, tabs)
    pill = PersonPill(theme, "Rosa", label="Person: Rosa")
    menu = QMenu(pill)
    menu.addAction("Rosa")
    menu.addAction("王梅")
    pill.setMenu(menu)
    head.add_left(pill)
    undo = UndoBanner(theme, window)
    undo_button = IconButton(theme, "undo", "Undo", key_hint="Ctrl+Z")
    undo_button.clicked.connect(lambda: undo.show_change("Visit of 12 January moved"))
    head.add_right(undo_button)
    head.add_right(IconButton(theme, "settings", "Settings"))
    head.add_right(EmergencyButton(theme, "Emergency", key_hint="F2"))
    pages = QStackedWidget()
    for maker in (parts, forms, lists, drawings):
        pages.addWidget(ScrollArea(maker(theme)))
    tabs.currentChanged.connect(lambda place: pages.setCurrentIndex(min(place, 3)))
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(head)
    column.addWidget(pages, 1)
    tabs.setCurrentIndex({"parts": 0, "forms": 1, "lists": 2, "sheet": 1, "empty": 3}[part])
    if part == "sheet":
        QTimer.singleShot(200, lambda: sheet(theme, window).open())
    if part == "lists":
        QTimer.singleShot(200, lambda: undo.show_change("Visit of 12 January moved"))
    return window


def main() -> int:
    """Show the gallery."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--scale", type=int, default=100)
    parser.add_argument("--part", default="parts")
    parser.add_argument("--size", default="1280x860")
    chosen = parser.parse_args()
    app = QApplication([*sys.argv[:1], *STYLE])
    theme = Theme(scale=chosen.scale / 100)
    theme.apply(app)
    theme.set_mode("dark" if chosen.dark else "light")
    FocusRing(theme, app)
    window = build(theme, chosen.part)
    width, height = chosen.size.split("x")
    window.resize(int(width), int(height))
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
