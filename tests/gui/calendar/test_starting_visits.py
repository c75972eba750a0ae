"""The starting visits of a plan: one more, one less, and a whole list typed at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton, QWidget

from caregiver_app.gui.calendar.plan.offsets_field import OffsetsField
from caregiver_app.gui.calendar.plan.plan_dialog import PlanDialog
from caregiver_app.gui.reading_order import follow_layout
from caregiver_app.gui.widgets.text import Text
from tests.gui.looks import focus_chain

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def form(nobody, show) -> PlanDialog:
    tab = show(nobody)
    tab.desk.new_plan()
    assert isinstance(tab.desk.sheet, PlanDialog)
    return tab.desk.sheet


@pytest.fixture
def field(form) -> OffsetsField:
    return form.schedule.offsets


def shown_parts(field: OffsetsField) -> list[QWidget]:
    return [one for one in (*field.inputs(), field.add) if one.isVisible()]


def check_places(field: OffsetsField) -> None:
    """Nothing lies over anything else, all lies inside, and it reads from left to right."""
    parts = shown_parts(field)
    boxes = [QRect(one.mapTo(field, one.rect().topLeft()), one.size()) for one in parts]
    for place, box in enumerate(boxes):
        assert field.rect().contains(box), (box, field.rect())
        assert not any(box.intersects(other) for other in boxes[place + 1 :]), boxes
    assert boxes == sorted(boxes, key=lambda box: (box.y(), box.x()))


def check_order(form: PlanDialog, field: OffsetsField) -> None:
    expected: list[QWidget] = [form.schedule.length.minutes.line]
    for one in field.inputs()[1:]:
        expected += [one, one.findChild(QToolButton)]
    stops = focus_chain(form) * 2  # the way is a round, walked from wherever the keyboard is
    first = stops.index(expected[0])
    unit = stops.index(form.schedule.unit.control, first)
    assert stops[first:unit] == [*expected, field.add]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_add_stands_after_the_newest_number_however_often_it_is_pressed(
    form, field, theme, qtbot, scale
):
    theme.set_scale(scale)
    for count in range(2, 8):
        qtbot.mouseClick(field.add, LEFT)
        qtbot.wait(30)
        assert len(field.inputs()) == count
        assert form.focusWidget() is field.inputs()[-1]
        check_places(field)
        check_order(form, field)
    qtbot.mouseClick(field.inputs()[2].findChild(QToolButton), LEFT)
    qtbot.wait(30)
    check_places(field)
    check_order(form, field)


def test_add_stands_after_numbers_that_were_filled_in(form, field, qtbot):
    field.set_value((0, 2, 6))
    qtbot.wait(30)
    check_places(field)
    check_order(form, field)
    qtbot.keyClick(field.add, Qt.Key.Key_Space)
    qtbot.wait(30)
    check_places(field)
    check_order(form, field)


def test_the_first_is_fixed_and_takes_no_focus(field, qtbot):
    first = field.inputs()[0]
    assert not first.isEnabled()
    assert first.focusPolicy() == Qt.FocusPolicy.NoFocus
    qtbot.mouseClick(field.add, LEFT)
    qtbot.mouseClick(field.inputs()[1].findChild(QToolButton), LEFT)
    assert field.add.hasFocus() or field.window().focusWidget() is field.add
    assert field.value() == (0,)


@pytest.mark.parametrize("typed", ["0, 2, 6", "2, 6", "2 6", "0,2,6", "2; 6", " 2 ,6,"])
def test_a_list_may_be_typed(form, field, qtbot, typed):
    qtbot.mouseClick(field.add, LEFT)
    for sign in typed:
        qtbot.keyClicks(form.focusWidget(), sign)
    assert field.value() == (0, 2, 6)
    qtbot.wait(30)
    check_places(field)
    check_order(form, field)


def test_figures_go_on_in_the_newest_field(form, field, qtbot):
    qtbot.mouseClick(field.add, LEFT)
    for sign in "0, 2, 14, 22":
        qtbot.keyClicks(form.focusWidget(), sign)
    assert field.value() == (0, 2, 14, 22)


@pytest.mark.parametrize("empty", [1, 2, 4])
def test_a_list_may_be_pasted_and_uses_the_empty_fields(field, qtbot, empty):
    for _ in range(empty):
        qtbot.mouseClick(field.add, LEFT)
    QGuiApplication.clipboard().setText("0, 2, 6, 14")
    field.inputs()[1].paste()
    texts = [one.text() for one in field.inputs()]
    assert texts == ["0", "2", "6", "14", *[""] * (empty - 3)]


@pytest.mark.parametrize("text", ["two, six", "2, six", " ".join(["7"] * 5000)])
def test_what_is_no_list_of_numbers_stays_as_typed(field, qtbot, text):
    qtbot.mouseClick(field.add, LEFT)
    QGuiApplication.clipboard().setText(text)
    field.inputs()[1].paste()
    assert [one.text() for one in field.inputs()] == ["0", text]
    assert field.value() is None


def test_tab_goes_from_number_to_number_and_on(form, field, qtbot):
    field.set_value((0, 2, 6))
    follow_layout(form)  # as the focus ring does before each Tab
    form.schedule.length.minutes.line.setFocus()
    seen = []
    for _ in range(6):
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
        seen.append(form.focusWidget())
    two, six = field.inputs()[1:]
    crosses = [one.findChild(QToolButton) for one in (two, six)]
    assert seen == [two, crosses[0], six, crosses[1], field.add, form.schedule.unit.control]


def test_that_nothing_follows_is_said_only_while_that_is_so(form):
    every = form.schedule.every
    said = "Empty: nothing follows"
    assert every.control.accessibleDescription() == said
    every.set_text("8")
    assert every.control.accessibleDescription() == ""
    assert said not in [one.text() for one in every.findChildren(Text) if one.isVisible()]
    every.set_text("")
    assert said in [one.text() for one in every.findChildren(Text) if one.isVisible()]


def test_what_was_compared_keeps_its_ink(form, qtbot, theme):
    def darkest() -> int:
        image = form.compared.grab().toImage()
        left = theme.px(45)
        return min(
            image.pixelColor(x, y).lightness()
            for x in range(left, left + theme.px(200))
            for y in range(image.height())
        )

    before, width = darkest(), form.compared.sizeHint().width()
    qtbot.mouseClick(form.compared, LEFT)
    assert form.compared.state == "done"
    assert darkest() == before
    assert form.compared.sizeHint().width() == width
