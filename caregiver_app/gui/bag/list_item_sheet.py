"""The sheet over one item of a master list: its words, where it starts, who brings it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from caregiver_app.gui.kept_sheet import KeptSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.services.bag_lists import MasterItem
from caregiver_app.services.household import Household


class ListItemSheet(KeptSheet):
    """One item, for every clinic or for one; nothing of it touches a bag that is packed."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        template: str,
        item: MasterItem,
        contact: str | None,
        *,
        subtitle: str,
        bringers: dict[str, str],
        parent: QWidget | None,
    ) -> None:
        super().__init__(
            theme, tr("On the list"), icon="bag", subtitle=subtitle, parent=parent
        )  # fmt: skip
        self._house, self._template, self._item, self._contact = house, template, item, contact
        self.label = LineField(theme, tr("What it is"), text=item.label)
        self.add(self.label)
        if item.why:
            self.add(Text(tr("Why: {reason}", reason=item.why), "second", "soft"))
        self.starts = self._choice(
            tr("Where it starts"), {"bag": tr("In the bag"), "maybe": tr("Under maybe")},
            item.starts,
        )  # fmt: skip
        self.brings = self._choice(tr("Who brings it"), bringers, item.brings)
        self._add_buttons(theme)
        self.add(self.wrong)
        self.confirmed.connect(self._save)

    def _choice(self, title: str, choices: dict[str, str], chosen: str) -> Segmented:
        self.add(Text(title, "second_strong"))
        made = Segmented(
            self.theme, [(key or _NOBODY, words) for key, words in choices.items()], name=title,
            chosen=chosen or _NOBODY,
        )  # fmt: skip
        self.add(made)
        return made

    def _add_buttons(self, theme: Theme) -> None:
        item, lists = self._item, self._house.bag_lists
        place = (self._template, item.key, self._contact)
        self.out: QuietButton | None = None
        self.back: QuietButton | None = None
        self.gone: QuietButton | None = None
        if item.hidden:
            self.out = self._button(
                theme, tr("Put it back on the list"), lambda: lists.change(*place, hidden=False)
            )
        elif not item.own or (self._contact is not None and not item.at_clinic):
            self.out = self._button(
                theme, tr("Leave it out of the list"), lambda: lists.change(*place, hidden=True)
            )
        if item.changed and (item.ours or self._contact is not None) and not self._is_only_here():
            self.back = self._button(theme, self._back_words(), lambda: lists.reset(*place))
        if item.own and (self._contact is None or self._is_only_here()):
            self.gone = self._button(
                theme, tr("Take it off the list"), lambda: lists.remove(place[0], place[1])
            )

    def _is_only_here(self) -> bool:
        """Tell whether the item was added at this clinic, so that there is nothing below it."""
        below = self._house.bag_lists.items(self._template)
        return self._item.own and all(one.key != self._item.key for one in below)

    def _back_words(self) -> str:
        if self._contact is not None:
            return tr("As at all clinics")
        return tr("As it came: “{item}”", item=self._item.ours)

    def _button(self, theme: Theme, words: str, act: Callable[[], object]) -> QuietButton:
        made = QuietButton(theme, words)
        made.clicked.connect(lambda: self.attempt(act, {}))
        self.body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _save(self) -> None:
        """Keep what is different; what was not touched stays open to a new template."""
        item = self._item
        label, starts = self.label.text(), str(self.starts.value())
        brings = str(self.brings.value())
        before = item.brings or _NOBODY
        self.attempt(
            lambda: self._house.bag_lists.change(
                self._template,
                item.key,
                self._contact,
                label=None if label == item.label else label,
                starts=None if starts == item.starts else starts,
                brings=None if brings == before else brings,
            ),
            {"label": self.label},
        )


_NOBODY = "nobody"
"""What says that nobody in particular brings an item."""
