"""All that can be done with one item of a bag, as the menu beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from caregiver_app.gui.words import tr

if TYPE_CHECKING:
    from caregiver_app.gui.bag.items import ItemHands
    from caregiver_app.gui.bag.model import Item


def item_menu(
    parent: QWidget, item: Item, hands: ItemHands, *, place: int, count: int, person: str
) -> QMenu:
    """Return the menu of an item that stands at `place` of `count`; `person` is who may bring it.

    It deletes itself once it is closed.
    """
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    key, out = item.key, item.state == "not_needed"

    def entry(words: str, act: Callable[[], object], keys: str = "") -> QAction:
        action = menu.addAction(words.replace("&", "&&"))
        action.triggered.connect(lambda _on=False: act())
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutVisibleInContextMenu(True)
        return action

    if item.source:
        entry(item.source_words, lambda: hands.open_source(key))
        menu.addSeparator()
    words = tr("Needed after all") if out else tr("Not needed this time")
    entry(words, lambda: hands.set_state(key, "to_pack" if out else "not_needed"), "N")
    if item.on_its_way:
        entry(tr("It has arrived"), lambda: hands.it_is_there(key))
    if item.is_paper:
        entry(tr("Sent off, or where it is…"), lambda: hands.open_paper(key))
    menu.addSeparator()
    group = QActionGroup(menu)
    for brings, said in (
        ("carer", tr("I bring it")),
        ("person", tr("{name} brings it", name=person or tr("The person"))),
        ("nobody", tr("No name beside it")),
    ):
        action = entry(said, lambda brings=brings: hands.set_brings(key, brings))
        action.setCheckable(True)
        action.setChecked(item.brings == brings or (brings == "nobody" and not item.brings))
        group.addAction(action)
    menu.addSeparator()
    up = entry(tr("Move up"), lambda: hands.move(key, place - 1), "Alt+Up")
    down = entry(tr("Move down"), lambda: hands.move(key, place + 1), "Alt+Down")
    up.setEnabled(place > 0)
    down.setEnabled(place < count - 1)
    if item.own or item.was_maybe:
        menu.addSeparator()
        out_of = tr("Take it out") if item.own else tr("Back under maybe")
        entry(out_of, lambda: hands.remove(key), "Del")
    return menu
