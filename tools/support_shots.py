"""Pictures of the support tab: its rooms, the moods, the end of the carer's own lane."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QScrollArea, QWidget

from tools.taking import Shot, page

if TYPE_CHECKING:
    from tools.studio import Studio


_ABOVE = 20


def _tab(one: Studio, person: str = "rosa") -> Any:  # noqa: ANN401 - each tab is another class
    one.window.set_person(person if one.filled else None)
    return page(one, "support")


def _seen(one: Studio, widget: QWidget) -> None:
    """Bring a part of the page to the upper edge of the window."""
    one.settle()
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        bar = area.verticalScrollBar()
        bar.setValue(bar.value() + widget.mapTo(area, widget.rect().topLeft()).y() - _ABOVE)


def room(one: Studio, key: str, person: str = "rosa") -> None:
    """Show one of the rooms."""
    _tab(one, person).rooms.open_room(key)


def moods(one: Studio, reach: str, person: str = "rosa") -> None:
    """Show the moods of the notes, with the table."""
    tab = _tab(one, person)
    tab.moods.reach.set_value(reach)
    tab.moods.twin.set_open(opened=True)
    _seen(one, tab.moods)


def lane(one: Studio) -> None:
    """Show the end of the carer's own lane, and the questions for the doctor."""
    tab = _tab(one)
    _seen(one, tab.questions)


SUPPORT_SHOTS: tuple[Shot, ...] = (
    *(
        Shot(f"support_{key}", partial(room, key=key), when_empty=True)
        for key in ("reassurance", "outlets")
    ),
    Shot("support_mei", partial(room, key="outlets", person="mei")),
    Shot("support_moods", partial(moods, reach="weeks")),
    Shot("support_moods_all", partial(moods, reach="all", person="mei")),
    Shot("support_lane", lane, when_empty=True),
)
