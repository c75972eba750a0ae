"""What an entry was before it was corrected: when that was, what changed, how urgent it was."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import SideEffect
from caregiver_app.domain.times import in_zone
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.warmth import scale_of, warmth_words
from caregiver_app.gui.watchlist.model import WatchModel
from caregiver_app.gui.watchlist.moment_words import moment_words
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, short_date, time_text, tr
from caregiver_app.services.entry_history import effect_before, versions


class HistorySheet(Sheet):
    """One card for each correction, the newest first; it is only read."""

    def __init__(
        self, theme: Theme, model: WatchModel, entry: SideEffect, parent: QWidget | None
    ) -> None:
        self._model = model
        past = versions(model.house.care, entry.id)
        super().__init__(
            theme,
            model.house.watch.sign_name(entry.sign),
            icon="undo",
            primary=tr("Close"),
            subtitle=count_text(len(past), "Changed once", "Changed {count} times"),
            parent=parent,
        )
        self.cancel.hide()
        self.confirmed.connect(self.accept)
        now = Card(theme, tr("As it is now"), tone="tint")
        for line in (*self._now(entry), self._level(entry)):
            now.add(Text(line))
        self.add(now)
        after = entry
        for version in past:
            before = effect_before(version, model.house.care.home)
            if before is not None:
                self._add_change(before, after, version.at)
                after = before
        self.body.addStretch(1)

    def _add_change(self, before: SideEffect, after: SideEffect, at: datetime) -> None:
        when = self._moment_words(at)
        card = Card(self.theme, tr("Changed {when}", when=when))
        changes = self._changes(before, after)
        if not changes:
            card.add(Text(tr("Nothing in it was typed anew. Another entry makes it more urgent.")))
        for what, was, became in changes:
            line = Text(tr("{what}: {before} → {after}", what=what, before=was, after=became))
            said = tr("{what}: was {before}, became {after}", what=what, before=was, after=became)
            line.setAccessibleName(said)
            card.add(line)
        card.add(Text(self._levels(before, after), "second", "soft"))
        self.add(card)

    def _levels(self, before: SideEffect, after: SideEffect) -> str:
        then, now = self._tier(before), self._tier(after)
        if then == now:
            return tr("Level before and after: {level}", level=now)
        return tr("Level before: {before}. Level after: {after}", before=then, after=now)

    def _changes(self, before: SideEffect, after: SideEffect) -> list[tuple[str, str, str]]:
        told = zip(self._told(before), self._told(after), strict=True)
        return [(what, was, became) for (what, was), (_, became) in told if was != became]

    def _told(self, entry: SideEffect) -> list[tuple[str, str]]:
        """Return every field's name and words."""
        none = tr("nothing")
        scale = scale_of(self._model.house)
        warm = entry.temperature_c
        return [
            (tr("Sign"), self._model.house.watch.sign_name(entry.sign)),
            (tr("How strong"), self._model.severity_word(entry.severity)),
            (tr("When"), moment_words(entry.at, year=True)),
            (tr("Temperature"), none if warm is None else warmth_words(warm, scale)),
            (tr("Note"), entry.text or none),
            (tr("What you did"), entry.done or none),
            (tr("Who was told"), entry.told or none),
            (tr("How it went on"), self._course(entry)),
        ]

    def _now(self, entry: SideEffect) -> list[str]:
        told = self._told(entry)[1:4]
        none = tr("nothing")
        lines = [f"{what}: {words}" for what, words in told if words != none]
        photo = self._model.house.photos.of(entry.id)
        if photo is not None:
            lines.append(tr("Photo: kept {when}", when=self._moment_words(photo.changed)))
        return lines

    def _level(self, entry: SideEffect) -> str:
        return tr("Level: {level}", level=self._tier(entry))

    def _tier(self, entry: SideEffect) -> str:
        return self._model.house.reference.tier(Tier(entry.urgency)).label

    def _course(self, entry: SideEffect) -> str:
        if entry.going_on:
            return tr("Still going on")
        if entry.ended is None:
            return tr("not said")
        return tr("over since {when}", when=self._moment_words(entry.ended))

    def _moment_words(self, at: datetime) -> str:
        local = in_zone(at, self._model.house.care.home)
        return f"{short_date(local.date(), year=True)}, {time_text(local)}"
