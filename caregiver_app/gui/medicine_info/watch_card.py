"""What to watch for with a medicine: by urgency in words, shape and colour, emergencies first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.advice import MedicineInfo
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.medicine_info.facts import FactBlock, SourcesButton
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import IconDisc
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr
from caregiver_app.pages.medicine_parts import Told, WatchGroup, watch_days_words, watch_groups
from caregiver_app.services.reference import Reference

_LOOKS: Final[dict[Tier, tuple[str, str, str, str]]] = {
    Tier.EMERGENCY: ("emergency", "alarm", "alarm", "alarm_tint"),
    Tier.CALL_TODAY: ("call", "warn", "warn", "warn_tint"),
    Tier.NOTE: ("note-it", "follow-up", "follow-up", "follow-up-tint"),
    Tier.COMFORT: ("comfort", "primary", "primary", "tint"),
}
"""Icon, ink of the words, and the colours of icon and disc."""


class WatchCard(Card):
    """The groups below each other, then for how long signs are watched for."""

    sign_asked = Signal(str)
    """The id of a sign that somebody wants to look up."""

    def __init__(
        self, theme: Theme, reference: Reference, info: MedicineInfo, fever: str, *, leads: bool
    ) -> None:
        """`fever` says what fever means; with `leads` each sign is a button, else a word."""
        super().__init__(theme, tr("What to watch for"))
        self.body.setSpacing(12)
        self.groups: list[GroupBlock] = []
        if fever:
            self.fever = Text(fever, "strong", "alarm" if info.fever_emergency else "ink")
            self.add(self.fever)
        self.sources = SourcesButton(
            theme, tr("What to watch for"), [item.evidence for item in info.watch]
        )
        signs = self.sign_asked.emit if leads else None
        for group in watch_groups(info):
            block = GroupBlock(theme, reference, group, info.checked, signs)
            self.groups.append(block)
            self.add(Rule())
            self.add(block)
            for fact in block.facts:
                self.sources.follow(fact.source)
        days = watch_days_words(info)
        if days:
            self.add(Rule())
            self.add(Text(tr("For how long"), "second_strong", "soft"))
            self.add(Text(" ".join(days)))
        self.add(self.sources)


class GroupBlock(QWidget):
    """One level of urgency: its shape and name, what to do, what to look for, its signs."""

    def __init__(
        self,
        theme: Theme,
        reference: Reference,
        group: WatchGroup,
        checked: date,
        open_sign: Callable[[str], object] | None,
    ) -> None:
        super().__init__()
        icon, ink, role, ground = _LOOKS[group.tier]
        tier = reference.tier(group.tier)
        self.tier, self.items = group.tier, group.items
        self.icon, self.ink = icon, ink
        self.setAccessibleName(tier.label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        disc = IconDisc(theme, icon, role=role, ground=ground, size=40)
        row.addWidget(disc, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(8)
        row.addLayout(column, 1)
        self.title = Text(tier.label, "card_title", ink)
        column.addWidget(self.title)
        self.action = Text(tier.action, "second", "soft")
        column.addWidget(self.action)
        self.facts = [FactBlock(Told(item.text, item.evidence), checked) for item in group.items]
        for fact in self.facts:
            column.addWidget(fact)
        names = {id_: found.name for id_ in group.signs if (found := reference.sign(id_))}
        if names and open_sign is None:
            column.addWidget(Text(tr("Signs: {names}", names=", ".join(names.values())), "second"))
        elif names and open_sign is not None:
            column.addWidget(Text(tr("See one of these? What to do first:"), "second_strong"))
            column.addWidget(_sign_row(theme, names, open_sign))


def _sign_row(theme: Theme, names: dict[str, str], open_sign: Callable[[str], object]) -> QWidget:
    row = QWidget()
    flow = FlowLayout(row, across=8, down=8)
    for id_, name in names.items():
        button = PlainButton(theme, name, name=tr("{sign}: what to do", sign=name))
        button.clicked.connect(partial(open_sign, id_))
        flow.addWidget(button)
    return row
