"""What one picture is, and how its page is reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QAbstractButton, QWidget

if TYPE_CHECKING:
    from tools.studio import Studio


@dataclass(frozen=True)
class Shot:
    """One picture: `take` brings the window there, and returns what is seen without it.

    `when_empty`: it can be seen before anything is set up; `always_empty`: only then.
    """

    name: str
    take: Callable[[Studio], QWidget | None]
    when_empty: bool = False
    always_empty: bool = False


def button(within: QWidget, said: str) -> QAbstractButton:
    """Return the visible button with these words."""
    for one in within.findChildren(QAbstractButton):
        if one.isVisible() and said in (one.text().replace("&&", "&"), one.accessibleName()):
            return one
    raise LookupError(said)


def page(one: Studio, key: str) -> Any:  # noqa: ANN401 - each tab is another class
    """Open a tab and return its page."""
    one.window.open(key)
    one.settle()
    return one.window.page(key)


def in_tab(key: str, kind: str, item: str, person: str = "rosa") -> Callable[[Studio], None]:
    """Open one thing of a tab."""

    def take(one: Studio) -> None:
        one.window.set_person(person)
        page(one, key).open_item(kind, item)

    return take
