"""The rows of a preview as an item model: what is shown, what is ticked, which kind each gets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from caregiver_app.domain.times import day_of
from caregiver_app.gui.calendar.incoming.about import (
    ORDER,
    asks_whose,
    is_cancelled,
    is_date,
    state_of,
)
from caregiver_app.gui.calendar.incoming.wording import LOOKS_LIKE, Wording, kind_name
from caregiver_app.gui.widgets.text import plain_tooltip
from caregiver_app.gui.words import count_text, tr
from caregiver_app.services.household import Household
from caregiver_app.services.importer import NEW, SKIPPED, UPDATED, Preview, Row
from caregiver_app.values import value

SHOWN_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The `Shown` of a row."""
EVERYTHING: Final = ""
_MOST_CHANGES: Final = 3
_INDEX = QModelIndex | QPersistentModelIndex


@value
class Line:
    """One line below a title: its words, the role of its ink, an icon before it or ""."""

    text: str
    ink: str = "soft"
    icon: str = ""


@value
class Shown:
    """What one row of the list says; `tick` is "done", "open", "closed" (never) or "" (none)."""

    place: int
    row: Row
    kind: str
    tick: str
    title: str
    lines: tuple[Line, ...]
    state: str
    cancelled: bool


def line_count(row: Row) -> int:
    """Return how many lines stand below a row's title, without writing any of them."""
    changes = min(len(row.changes), _MOST_CHANGES) if not row.goes else 1
    double = any(one.key == LOOKS_LIKE for one in row.remarks)
    more = row.reason is None and any(one.key != LOOKS_LIKE for one in row.remarks)
    whens = row.start is not None
    told = whens + is_date(row) + changes + (row.reason is not None)
    return told + row.moves_visit + double + more


class IncomingModel(QAbstractListModel):
    """Every row of a file, or those of one state; words are written when a row is seen."""

    ticked = Signal()
    """Other rows are ticked than before, or other rows can be."""

    def __init__(self, house: Household, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self.wording = Wording(house)
        self.preview: Preview | None = None
        self._rows: Sequence[Row] = ()
        self._state = EVERYTHING
        self._places: Sequence[int] = ()
        self._ticks: set[int] = set()
        self._by_hand: set[int] = set()
        self._free: set[int] = set()
        self._new: frozenset[str] = frozenset()
        self.kinds: dict[int, str] = {}
        """The kind of new rows that was chosen here, by place."""
        self.whose_is_said = True
        """Whether somebody said whose new rows are going to be."""

    # -- What stands here -------------------------------------------------------------------------

    def show_preview(self, preview: Preview) -> None:
        """Show another preview of the same file; ticks and kinds stay as they were chosen."""
        self.beginResetModel()
        self.wording.know(preview)
        self.preview, self._rows = preview, preview.rows
        self._free = {place for place, row in enumerate(preview.rows) if row.can_be_taken}
        self._new = frozenset(one.kept.id for one in self._rows if one.state == NEW and one.kept)
        self._ticks = {
            one for one in self._free
            if (one in self._ticks if one in self._by_hand else self._starts_ticked(one))
        }  # fmt: skip
        self._places = self._wanted()
        self.endResetModel()
        self.ticked.emit()

    def show_state(self, state: str) -> None:
        """Show the rows of one state, or EVERYTHING."""
        self.beginResetModel()
        self._state = state
        self._places = self._wanted()
        self.endResetModel()

    def _starts_ticked(self, place: int) -> bool:
        row = self._rows[place]
        return row.ticked and not row.moves_visit

    def _wanted(self) -> Sequence[int]:
        if self._state == EVERYTHING:
            # What there is to choose stands first, in the order of the file.
            found = [ORDER.index(state_of(row)) for row in self._rows]
            return sorted(range(len(found)), key=found.__getitem__)
        return [place for place, row in enumerate(self._rows) if state_of(row) == self._state]

    def row(self, place: int) -> Row:
        """Return a row of the preview."""
        return self._rows[place]

    def place(self, index: _INDEX) -> int | None:
        """Return the place in the preview of what is shown at an index."""
        return self._places[index.row()] if index.isValid() else None

    def kind(self, place: int) -> str:
        """Return the kind that a row is going to have."""
        return self.kinds.get(place, self.row(place).kind)

    # -- Ticks and kinds --------------------------------------------------------------------------

    @property
    def chosen(self) -> frozenset[int]:
        """The places of the rows that are ticked."""
        return frozenset(self._ticks)

    @property
    def can_be_ticked(self) -> int:
        """How many rows could be ticked."""
        return len(self._free)

    @property
    def asks_whose(self) -> bool:
        """Whether somebody has to say whose something is that is ticked."""
        return any(map(self.asks, self._ticks))

    def asks(self, place: int) -> bool:
        """Tell whether somebody has to say whose a row is going to be."""
        return asks_whose(self.row(place), self._new)

    def first_free(self) -> QModelIndex:
        """Return the first row shown that can be ticked, else the first one."""
        for number, place in enumerate(self._places):
            if place in self._free:
                return self.index(number, 0)
        return self.index(0, 0)

    def tick(self, index: _INDEX) -> bool:
        """Tick a row or take its tick away; False where it has none."""
        place = self.place(index)
        if place is None or place not in self._free:
            return False
        self._ticks ^= {place}
        self._by_hand.add(place)
        self._tell(index.row(), index.row())
        return True

    def tick_all(self, *, ticked: bool) -> None:
        """Tick the rows that are shown, or none of them; what moves a visit is ticked by hand."""
        self._by_hand.update(self._places)
        for place in self._places:
            if not ticked:
                self._ticks.discard(place)
            elif place in self._free and not self.row(place).moves_visit:
                self._ticks.add(place)
        self._tell(0, len(self._places) - 1)

    def choose_kind(self, place: int, kind: str) -> None:
        """Give a new row another kind."""
        if kind == self.row(place).kind:
            self.kinds.pop(place, None)
        else:
            self.kinds[place] = kind
        if place in self._places:
            number = self._places.index(place)
            self._changed(number, number)

    def _tell(self, first: int, last: int) -> None:
        if last >= first:
            self._changed(first, last)
        self.ticked.emit()

    def _changed(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, 0))

    def first_day(self) -> str:
        """Return the day to go to after taking what is ticked: the first one that is not over.

        New ones come before changed ones. ISO, "" where there is none.
        """
        care, found = self._house.care, {NEW: list[str](), UPDATED: list[str]()}
        for place in self._ticks:
            row = self.row(place)
            if row.kept is not None:
                found[row.state].append(day_of(row.kept.start, care.home).isoformat())
        days = sorted(found[NEW] or found[UPDATED])
        coming = [day for day in days if day >= care.today.isoformat()]
        return next(iter(coming or days), "")

    # -- Qt ---------------------------------------------------------------------------------------

    def rowCount(self, parent: _INDEX | None = None) -> int:  # type: ignore[override]
        """How many rows are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._places)

    def data(self, index: _INDEX, role: int = 0) -> Any:  # noqa: ANN401 - Qt's signature
        """Answer title, the whole sentence, the tick, and what is painted."""
        place = self.place(index)
        if place is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.wording.title(self.row(place))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.sentence(place)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(self.sentence(place, ticks=False))
            case Qt.ItemDataRole.CheckStateRole if place in self._free:
                on = place in self._ticks
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            case role if role == SHOWN_ROLE:
                return self._shown(place)
            case _:
                return None

    def flags(self, index: _INDEX) -> Qt.ItemFlag:
        """Every row can be read; those that can be taken have a tick."""
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        free = self.place(index) in self._free
        return plain | Qt.ItemFlag.ItemIsUserCheckable if free else plain

    def sentence(self, place: int, *, ticks: bool = True) -> str:
        """Return the whole row as it is said aloud."""
        parts = list(self.wording.spoken(self.row(place), self.kind(place)))
        if ticks and place in self._free:
            parts.insert(1, tr("ticked") if place in self._ticks else tr("not ticked"))
        return ", ".join(part for part in parts if part)

    # -- What is painted --------------------------------------------------------------------------

    def _shown(self, place: int) -> Shown:
        row = self.row(place)
        if place in self._free:
            tick = "done" if place in self._ticks else "open"
        else:
            tick = "closed" if row.moves_visit else ""
        lines = tuple(self._lines(row, self.kind(place)))
        return Shown(place, row, self.kind(place), tick, self.wording.title(row), lines,
                     state_of(row), is_cancelled(row))  # fmt: skip

    def _lines(self, row: Row, kind: str) -> list[Line]:
        wording = self.wording
        lines: list[Line] = []
        if row.start is not None:
            named = kind_name(kind) if kind and row.state != SKIPPED else ""
            lines.append(Line(" · ".join(filter(None, (named, wording.when(row))))))
        double = wording.double(row, short=True)
        if double:
            lines.append(Line(double, "warn", "attention"))
        if is_date(row):
            lines.append(Line(wording.place_in_series(row)))
        changes = wording.changes(row)
        lines += map(partial(Line, ink="ink"), changes[:_MOST_CHANGES])
        more = len(changes) - _MOST_CHANGES
        if more > 0:
            said = count_text(more + 1, "{count} more change", "{count} more changes")
            lines[-1] = Line(said, "ink")
        if row.reason is not None:
            lines.append(Line(wording.reason(row)))
        elif remarks := wording.remarks(row, short=True):
            lines.append(Line(" ".join(remarks)))
        if row.moves_visit:
            lines.append(Line(tr("moves a treatment visit"), "warn", "attention"))
        return lines
