"""Clicks and keys on the real parts: what they answer, what they say, what they keep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QTextLayout, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import Banner, UndoBanner
from caregiver_app.gui.widgets.buttons import EmergencyButton, IconButton, PlainButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import Badge, Chip
from caregiver_app.gui.widgets.choice_card import ChoiceCard, choice_group
from caregiver_app.gui.widgets.date_fields import DateField, TimeField
from caregiver_app.gui.widgets.day_picker import DayPicker
from caregiver_app.gui.widgets.drawings import DRAWINGS
from caregiver_app.gui.widgets.empty_state import EmptyState
from caregiver_app.gui.widgets.fields import (
    ChoiceField,
    LineField,
    NumberField,
    TextField,
)
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.header_bar import HeaderBar, PersonPill
from caregiver_app.gui.widgets.rows import Row, RowList
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.tab_bar import TabBar
from caregiver_app.gui.widgets.text import ElidedText, ScrollArea, Text, in_one_line, plain_tooltip
from caregiver_app.gui.widgets.ticks import Tick, TickRow
from caregiver_app.gui.words import time_text, use_formats
from caregiver_app.pages.formats import Formats
from tests.gui.looks import face

TODAY = date(2026, 3, 20)
LEFT = Qt.MouseButton.LeftButton
SEVERITY = [("1", "Mild"), ("2", "Moderate"), ("3", "Severe"), ("4", "Life-threatening")]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme()
    made.apply(qapp)
    made.set_mode("light")
    yield made
    made.set_scale(1.0)


def shown(qtbot, widget: QWidget, width: int = 420) -> QWidget:
    """Show `widget` in a window, wide enough, and return the window."""
    window = QWidget()
    QVBoxLayout(window).addWidget(widget)
    qtbot.addWidget(window)
    widget.kept = window  # without a reference Python would take window and widget away
    window.resize(width, window.sizeHint().height())
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


# -- Words and buttons ----------------------------------------------------------------------------


def test_text_is_never_markup(qtbot, theme):
    evil = "<img src=file:///etc/passwd><b>x</b>"
    card = Card(theme, evil)
    for label in (Text(evil), ElidedText(evil), Chip(theme, evil), card.title):
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert label.text() == evil
    assert "<img" not in plain_tooltip(evil)
    assert plain_tooltip("Close") == "Close"


@pytest.mark.parametrize(
    "number",
    ["+1 212 555 0140", "+44 (0)20 7946 0958", "(212) 555-0140", "01632 960142", "112", "38.3 °C"],
)
def test_a_phone_number_or_a_temperature_stands_in_one_line(theme: Theme, number: str):
    label = Text(f"in office hours {number}, after hours {number}")
    assert label.text() == f"in office hours {number}, after hours {number}"
    drawn = QLabel.text(label)
    held = in_one_line(number)
    layout = QTextLayout(drawn, theme.font("second"))
    for width in range(200, 500, 20):
        lines: list[str] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            lines.append(drawn[line.textStart() : line.textStart() + line.textLength()])
        layout.endLayout()
        assert sum(line.count(held) for line in lines) == 2


def test_days_and_hours_may_end_a_line_where_they_did():
    for words in ("Tue 17 Mar 2026, 9:50 to 12:05", "pain 4, sleep 6", "2 of 14", "1, 2, 3"):
        assert in_one_line(words) == words


def test_long_text_is_cut_and_stands_in_the_tooltip(qtbot, theme):
    label = ElidedText("Wochenendbereitschaftsdiensttelefonnummer " * 4)
    shown(qtbot, label, 200)
    assert label.width() <= 200
    assert label.text() in label.toolTip()


def test_buttons_have_a_target_a_name_and_no_mnemonic(qtbot, theme):
    plain = PlainButton(theme, "Salt & Pepper", "print")
    icon = IconButton(theme, "undo", "Undo", key_hint="Ctrl+Z")
    window = shown(qtbot, plain)
    window.layout().addWidget(icon)
    assert plain.words == plain.accessibleName() == "Salt & Pepper"
    assert plain.height() >= 44
    assert icon.accessibleName() == "Undo"
    assert "Ctrl+Z" in icon.toolTip()
    assert icon.sizeHint().height() >= 44
    with qtbot.waitSignal(plain.clicked):
        qtbot.mouseClick(plain, LEFT)
    with qtbot.waitSignal(plain.clicked):
        qtbot.keyClick(plain, Qt.Key.Key_Space)
    plain.set_words("Print")
    assert plain.accessibleName() == "Print"


def test_the_emergency_button_tells_its_key(qtbot, theme):
    button = EmergencyButton(theme, "Emergency", key_hint="F2")
    shown(qtbot, button).grab()
    assert button.accessibleDescription() == "F2"
    wide = button.sizeHint().width()
    theme.set_scale(2.0)
    button.grab()
    assert button.sizeHint().height() >= 60
    assert wide > 0


# -- Ticks, segments, choices ---------------------------------------------------------------------


def test_a_tick_row_is_clickable_from_end_to_end(qtbot, theme):
    row = TickRow(theme, "Insurance card", fact="I bring")
    shown(qtbot, row)
    said: list[str] = []
    row.state_changed.connect(said.append)
    qtbot.mouseClick(row, LEFT, pos=QPoint(row.width() - 3, row.height() - 3))
    qtbot.mouseClick(row, LEFT, pos=QPoint(2, 2))
    qtbot.keyClick(row, Qt.Key.Key_Space)
    qtbot.keyClick(row, Qt.Key.Key_N)  # this row cannot be "not needed"
    assert said == ["done", "open", "done"]
    assert row.state == "done"
    assert row.isChecked()
    assert row.height() >= 44
    row.grab()


def test_a_screen_reader_turns_a_tick_row_by_any_of_its_actions(qtbot, theme):
    row = TickRow(theme, "Neutral titles")
    shown(qtbot, row)
    said: list[str] = []
    row.state_changed.connect(said.append)
    hand = face(row).actionInterface()
    for name in hand.actionNames():
        if name in ("Toggle", "Press"):
            hand.doAction(name)
            assert row.isChecked() is (row.state == "done") is (len(said) % 2 == 1)
    assert said == ["done", "open"][: len(said)]
    assert said


def test_not_needed_is_a_third_state_that_is_said(qtbot, theme):
    row = TickRow(theme, "Copay card", note="from the maker", may_be_not_needed=True)
    shown(qtbot, row)
    with qtbot.waitSignal(row.state_changed, check_params_cb=lambda s: s == "not_needed"):
        qtbot.keyClick(row, Qt.Key.Key_N)
    assert not row.isChecked()
    assert row.accessibleDescription() == "not needed, from the maker"
    qtbot.keyClick(row, Qt.Key.Key_Space)
    assert row.state == "open"
    with qtbot.assertNotEmitted(row.state_changed):
        row.set_state("done")
    assert Tick(theme, "Snacks").accessibleName() == "Snacks"


def test_a_long_tick_row_wraps(qtbot, theme):
    row = TickRow(theme, "Medikamentenliste und Allergieausweis für die Praxis " * 3)
    shown(qtbot, row, 240)
    assert row.heightForWidth(220) > row.heightForWidth(2000) >= 44


def test_nothing_is_chosen_until_somebody_chooses(qtbot, theme):
    choice = Segmented(theme, SEVERITY, name="How strong", arrows_choose=False)
    shown(qtbot, choice, 600)
    assert choice.value() is None
    choice.segments[0].setFocus()
    qtbot.keyClick(choice.segments[0], Qt.Key.Key_Right)
    assert choice.segments[1].hasFocus()
    assert choice.value() is None
    with qtbot.waitSignal(choice.changed, check_params_cb=lambda key: key == "2"):
        qtbot.keyClick(choice.segments[1], Qt.Key.Key_Return)
    qtbot.keyClick(choice.segments[1], Qt.Key.Key_Right)
    assert choice.value() == "2"
    qtbot.mouseClick(choice.segments[3], LEFT)
    assert choice.value() == "4"
    choice.set_value(None)
    assert choice.value() is None


def test_arrows_choose_where_that_is_harmless(qtbot, theme):
    choice = Segmented(theme, [("m", "Month"), ("w", "Week")], name="View", chosen="m")
    shown(qtbot, choice)
    choice.segments[0].setFocus()
    qtbot.keyClick(choice.segments[0], Qt.Key.Key_Right)
    assert choice.value() == "w"
    qtbot.keyClick(choice.segments[1], Qt.Key.Key_Right)  # around the end
    assert choice.value() == "m"


def test_segments_stack_when_the_words_do_not_fit(qtbot, theme):
    theme.set_scale(2.0)
    choice = Segmented(theme, SEVERITY, name="How strong")
    shown(qtbot, choice, 420).resize(420, 600)
    choice.grab()
    lefts = {segment.x() for segment in choice.segments}
    assert len(lefts) == 1
    assert choice.height() >= 4 * 44


def test_choice_cards_exclude_each_other_and_start_open(qtbot, theme):
    cards = [ChoiceCard(theme, key, key, "consequence") for key in ("only", "count", "again")]
    window = shown(qtbot, cards[0])
    for card in cards[1:]:
        window.layout().addWidget(card)
    group = choice_group(window, cards)
    assert group.checkedButton() is None
    qtbot.mouseClick(cards[1], LEFT, pos=QPoint(cards[1].width() - 5, 5))
    qtbot.keyClick(cards[2], Qt.Key.Key_Return)
    assert group.checkedButton() is cards[2]
    cards[2].set_consequence("14 visits change.")
    assert cards[2].accessibleDescription() == "14 visits change."
    cards[2].grab()


# -- Fields ---------------------------------------------------------------------------------------


def test_an_error_stands_beside_the_field_and_the_text_stays(qtbot, theme):
    field = LineField(theme, "Title", hint="What it is called")
    shown(qtbot, field)
    qtbot.keyClicks(field.line, "Infusion")
    field.set_error("This title is too long.")
    assert field.text() == "Infusion"
    assert field.error() == "This title is too long."
    assert field.line.accessibleName() == "Title"
    assert field.line.accessibleDescription() == "This title is too long."
    sentences = [label.text() for label in field.findChildren(Text) if label.isVisible()]
    assert "This title is too long." in sentences
    assert field.line.property("error") is True
    with qtbot.waitSignal(field.changed):
        qtbot.keyClicks(field.line, "!")
    assert field.error() is None
    assert field.line.accessibleDescription() == "What it is called"
    assert field.line.height() >= 44


def test_the_outline_of_an_error_is_painted_in_alarm(qtbot, theme):
    field = LineField(theme, "Title")
    window = shown(qtbot, field)
    field.set_error("A title is needed.")
    image = window.grab().toImage()
    spot = field.line.mapTo(window, QPoint(field.line.width() // 2, 0))
    assert image.pixelColor(spot) == theme.colour("alarm")


def test_text_field_keeps_lines_and_tab_leaves_it(qtbot, theme):
    field = TextField(theme, "Note", text="一\n二")
    shown(qtbot, field)
    assert field.value() == "一\n二"
    assert field.area.tabChangesFocus()
    with qtbot.waitSignal(field.changed):
        field.set_text("x")


@pytest.mark.parametrize(
    ("typed", "value"),
    [("8", 8), ("0", 0), ("-3", -3), (" 12 ", 12), ("2,5", None), ("abc", None), ("", None),
     ("nan", None)],
)  # fmt: skip
def test_a_number_is_kept_as_typed(qtbot, theme, typed, value):
    field = NumberField(theme, "Every", least=1)
    shown(qtbot, field)
    field.set_text(typed)
    assert field.value() == value
    assert field.text() == typed


def test_a_number_counts_with_keys_not_with_the_wheel(qtbot, theme):
    field = NumberField(theme, "Every", value=8, least=1, most=9, suffix="weeks")
    shown(qtbot, field)
    for _ in range(3):
        qtbot.keyClick(field.line, Qt.Key.Key_Up)
    assert field.value() == 9
    wheel(field.line)
    assert field.value() == 9
    assert field.line.accessibleName() == "Every, weeks"


def test_a_choice_starts_empty_and_ignores_the_wheel(qtbot, theme):
    field = ChoiceField(theme, "Then every", [("w", "weeks"), ("d", "days")])
    window = shown(qtbot, field)
    assert field.value() is None
    wheel(field.box)
    assert field.value() is None
    with qtbot.waitSignal(field.changed):
        qtbot.keyClick(field.box, Qt.Key.Key_Down)
    assert (field.value(), field.text()) == ("w", "weeks")
    field.set_value("d")
    assert field.value() == "d"
    field.set_choices([("x", "other")])
    assert field.value() is None
    window.grab()


def test_a_date_is_typed_and_shown_in_one_way(qtbot, theme):
    field = DateField(theme, "First visit", today=lambda: TODAY)
    shown(qtbot, field)
    field.line.setFocus()
    qtbot.keyClicks(field.line, "2026-11-24")
    assert field.value() == date(2026, 11, 24)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.text() == "Tue 24 November 2026"
    assert field.value() == date(2026, 11, 24)


def test_a_date_that_does_not_exist_stays_and_is_explained(qtbot, theme):
    field = DateField(theme, "First visit", today=lambda: TODAY)
    shown(qtbot, field)
    qtbot.keyClicks(field.line, "31 Feb 2026")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.text() == "31 Feb 2026"
    assert field.value() is None
    assert "no such date" in (field.error() or "")


def test_the_calendar_has_names_and_keys(qtbot, theme):
    picker = DayPicker(theme, date(2026, 3, 17), TODAY)
    picker.open_at(QPoint(0, 0))
    names = [button.accessibleName() for button in picker.days]
    assert "Tuesday 17 March 2026" in names
    assert "Friday 20 March 2026, today" in names
    assert picker.back.accessibleName() == "Month before"
    assert picker.ahead.accessibleName() == "Next month"
    chosen: list[date] = []
    picker.chosen.connect(chosen.append)
    press(picker, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right)  # 1 April
    press(picker, Qt.Key.Key_Return)
    assert chosen == [date(2026, 4, 1)]


def test_the_calendar_turns_months(qtbot, theme):
    picker = DayPicker(theme, None, TODAY)
    picker.open_at(QPoint(0, 0))
    qtbot.mouseClick(picker.ahead, LEFT)
    assert any("April 2026" in button.accessibleName() for button in picker.days)
    picker.days[0].setFocus()
    press(picker, Qt.Key.Key_PageDown)
    assert any("May 2026" in button.accessibleName() for button in picker.days)
    picker.grab()
    picker.close()


def test_a_time_is_typed_in_many_ways(qtbot, theme):
    field = TimeField(theme, "Usual time", value=time(9, 30))
    shown(qtbot, field)
    assert field.text() == "9:30"
    field.set_text("2 pm")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert (field.text(), field.value()) == ("14:00", time(14, 0))
    field.set_text("25:00")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.text() == "25:00"
    assert "no such time" in (field.error() or "")


# -- Banners, empty state, header, lists ----------------------------------------------------------


def test_a_banner_has_one_button(qtbot, theme):
    banner = Banner(theme, "Approval ends 31 March.", "Infusion 3 falls outside.", button="Renew")
    shown(qtbot, banner)
    with qtbot.waitSignal(banner.pressed):
        qtbot.mouseClick(banner.button, LEFT)
    banner.set_words("Approval ended.")
    assert banner.accessibleName() == "Approval ended."


def test_undo_is_named_and_goes_away(qtbot, theme):
    window = shown(qtbot, PlainButton(theme, "Page"))
    window.resize(700, 400)
    window.layout().itemAt(0).widget().setFocus()
    undo = UndoBanner(theme, window, stays_ms=60)
    assert undo.words() == ""
    undo.show_change("First")
    undo.show_change("Visit of 12 January moved")  # one at a time
    assert undo.words() == "Visit of 12 January moved"
    assert undo.undo.accessibleName() == "Undo: Visit of 12 January moved"
    assert window.rect().contains(undo.geometry())
    qtbot.waitUntil(lambda: undo.isHidden(), timeout=2000)
    undo.show_change("Again")
    with qtbot.waitSignal(undo.undo_asked):
        qtbot.mouseClick(undo.undo, LEFT)
    assert undo.isHidden()


@pytest.mark.parametrize("drawing", sorted(DRAWINGS))
def test_an_empty_state_offers_one_beginning(qtbot, theme, drawing):
    state = EmptyState(theme, drawing=drawing, title="Nothing planned yet", sentence="Add one.",
                       primary="Add the first infusion", quiet="See an example")  # fmt: skip
    shown(qtbot, state).grab()
    with qtbot.waitSignal(state.primary.clicked):
        qtbot.mouseClick(state.primary, LEFT)
    assert state.quiet.words == "See an example"


def make_tabs(theme: Theme) -> TabBar:
    tabs = TabBar(theme, "Parts of the program")
    words = ("Today", "Calendar", "Side effects", "Bag", "Support", "Care plan")
    icons = ("today", "calendar", "watch", "bag", "support", "care-plan")
    for text, icon in zip(words, icons, strict=True):
        tabs.add_tab(text, icon)
    return tabs


def test_tabs_by_mouse_and_keys(qtbot, theme):
    tabs = make_tabs(theme)
    window = shown(qtbot, tabs, 1000)
    qtbot.mouseClick(tabs, LEFT, pos=tabs.tabRect(3).center())
    assert tabs.currentIndex() == 3
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.currentIndex() == 4
    qtbot.keyClick(tabs, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert tabs.currentIndex() == 1
    assert tabs.height() >= 44
    tabs.set_count(0, 3)
    assert tabs.accessibleTabName(0) == "Today, 3 waiting"
    assert tabs.count_of(0) == 3
    window.grab()


def test_wide_words_take_the_place_of_icons(qtbot, theme):
    tabs = make_tabs(theme)
    window = shown(qtbot, tabs, 1000)
    roomy = tabs.tabRect(2).width()
    window.resize(720, window.height())
    assert tabs.tabRect(2).width() < roomy
    window.grab()


def test_where_only_the_chosen_tab_has_its_icon_the_room_goes_along(qtbot, theme):
    tabs = make_tabs(theme)
    shown(qtbot, tabs, 720)
    first, other = tabs.tabRect(0).width(), tabs.tabRect(3).width()
    tabs.setCurrentIndex(3)
    assert tabs.tabRect(3).width() > other
    assert tabs.tabRect(0).width() < first


def test_the_header_holds_its_parts(qtbot, theme):
    head = HeaderBar(theme, make_tabs(theme))
    pill = PersonPill(theme, "Rosa", label="Person: Rosa")
    head.add_left(pill)
    head.add_right(EmergencyButton(theme, "Emergency", key_hint="F2"))
    image = shown(qtbot, head, 1100).grab().toImage()
    assert pill.accessibleName() == "Person: Rosa"
    pill.set_person("王梅", 2, label="Person: 王梅")
    assert pill.words == "王梅"
    assert image.pixelColor(20, 14) == theme.colour("desk")
    assert Badge(theme, " rosa").text() == "R"


def test_a_list_speaks_whole_rows_and_opens_by_keys(qtbot, theme):
    rows = RowList(theme, "What is coming up", time_column=True)
    shown(qtbot, rows, 600)
    rows.set_rows([
        Row(key="h", title="Today", second="Friday 20 March", heading=True),
        Row(key="a", title="Infusion 2", time="9:30", kind="infusion", person="Rosa",
            second="infliximab", chip="Booked", chip_kind="booked", opens=True),
        Row(key="b", title="Eye clinic", kind="follow-up", struck=True, fact="day 2",
            rail="alarm"),
    ])  # fmt: skip
    spoken = rows.rows.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "9:30, Infusion 2, Rosa, infliximab, Booked"
    assert not rows.choose("h")
    assert rows.choose("a")
    with qtbot.waitSignal(rows.opened, check_params_cb=lambda key: key == "a"):
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert rows.current_key() == "b"
    rows.set_rows(rows.rows.rows[:3])
    assert rows.current_key() == "b"
    assert rows.visualRect(rows.currentIndex()).height() >= 44
    rows.grab()


@pytest.mark.parametrize("halves", [False, True])
def test_the_column_of_hours_is_wide_enough_for_the_clock(qtbot, theme, halves):
    use_formats(Formats(halves=halves))
    rows = RowList(theme, "What is coming up", time_column=True)
    shown(qtbot, rows, 600)
    hour = time_text(time(22, 30))
    rows.set_rows([Row(key="a", title="", time=hour)])
    alone = inked_to(rows, theme)
    rows.set_rows([Row(key="a", title="", time=f"{hour}m")])
    assert inked_to(rows, theme) > alone, "there is room behind the hour"


def inked_to(rows: RowList, theme: Theme) -> int:
    """Return how far to the right the first row has ink."""
    image = rows.viewport().grab().toImage()
    row = rows.visualRect(rows.rows.index(0, 0))
    ground = image.pixelColor(row.right() - 4, row.center().y())
    return max(
        x
        for x in range(theme.px(4), row.right() // 2)
        for y in range(row.top() + 8, row.bottom() - 8)
        if image.pixelColor(x, y) != ground
    )


def test_flow_wraps_and_clears(qtbot, theme):
    holder = QWidget()
    flow = FlowLayout(holder)
    for word in ("Headache", "Tiredness", "Feeling sick", "Dizzy"):
        flow.addWidget(PlainButton(theme, word))
    qtbot.addWidget(holder)
    assert flow.heightForWidth(150) > flow.heightForWidth(2000) >= 44
    holder.resize(260, 300)
    holder.show()
    flow.clear()
    assert flow.count() == 0


def wheel(widget: QWidget) -> None:
    """Turn the wheel over `widget`."""
    spot = QPointF(5, 5)
    event = QWheelEvent(
        spot, widget.mapToGlobal(spot), QPoint(0, 0), QPoint(0, -120), LEFT,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def press(picker: DayPicker, *keys: Qt.Key) -> None:
    """Press keys where the focus is."""
    from PySide6.QtTest import QTest

    for key in keys:
        QTest.keyClick(picker.focusWidget(), key)


def test_a_part_of_a_scroll_area_that_is_gone_is_no_part(qtbot, theme):
    area = ScrollArea(Text("line\n" * 100))
    window = shown(qtbot, area, 200)
    face = QAccessible.queryAccessibleInterface(area)
    count = face.childCount()
    assert area.viewport() in [face.child(place).object() for place in range(count)]
    window.hide()  # with its bars; a screen reader may ask for the part it counted before
    assert face.child(count) is None


def test_nothing_is_a_window_of_its_own_while_it_is_put_together(qapp, theme):
    flashed: list[str] = []

    class Seen(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
                flashed.append(type(watched).__name__)
            return False

    seen = Seen()
    qapp.installEventFilter(seen)
    made = [Card(theme, "Watching", fact="ends 31 Mar"), Banner(theme, "No bag", "Pack it.")]
    qapp.removeEventFilter(seen)
    assert len(made) == 2
    assert flashed == []
