"""Words of several weights in one paragraph: `Run`, `laid_out` for painters, the label `Phrase`.

Long words break anywhere, so that no name a family types is ever cut off.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QFontInfo,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from caregiver_app.gui.theme import FontRole, Theme
from caregiver_app.gui.widgets.height import width_changed, width_now
from caregiver_app.gui.widgets.text import Text
from caregiver_app.values import value

_WIDE: Final = 100_000
_LEAST: Final = 60
_LEADING: Final = 1.42
_MOST_WIDTHS: Final = 6


@value
class Run:
    """Words in one text role and one ink role."""

    text: str
    role: FontRole = "body"
    ink: str = "ink"


def laid_out(
    theme: Theme, runs: Sequence[Run], width: float, *, most_lines: int = 0, airy: bool = False
) -> QTextLayout:
    """Return the runs as one paragraph of that width; more than `most_lines` end in "…".

    `airy` gives the lines the distance of running text.
    """
    leading = _LEADING if airy else 0.0
    layout = _broken(theme, runs, width, leading)
    if most_lines and layout.lineCount() > most_lines:
        cut = layout.lineAt(most_lines - 1)
        short = _first(runs, cut.textStart() + cut.textLength() - 2)
        layout = _broken(theme, short, width, leading)
    return layout


def height_of(layout: QTextLayout) -> int:
    """Return how tall a paragraph is, in whole pixels."""
    return ceil(layout.boundingRect().height())


def width_of(theme: Theme, runs: Sequence[Run]) -> int:
    """Return how wide the runs are where nothing makes them wrap."""
    # Lines live no longer than their layout, so it keeps a name.
    layout = laid_out(theme, runs, _WIDE)
    lines = (layout.lineAt(place) for place in range(layout.lineCount()))
    return ceil(max((line.naturalTextWidth() for line in lines), default=0))


def draw(painter: QPainter, layout: QTextLayout, left: float, top: float) -> None:
    """Draw a paragraph with its upper left corner there."""
    layout.draw(painter, QPointF(left, top))


def _said(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _first(runs: Sequence[Run], length: int) -> list[Run]:
    found: list[Run] = []
    for run in runs:
        if length <= 0:
            break
        # Qt counts in UTF-16, where an emoji takes two places.
        units = run.text.encode("utf-16-le")
        kept = units[: 2 * length].decode("utf-16-le", "ignore")
        found.append(Run(kept, run.role, run.ink))
        length -= len(units) // 2
    last = found[-1]
    return [*found[:-1], Run(f"{last.text.rstrip()}…", last.role, last.ink)]


def _broken(theme: Theme, runs: Sequence[Run], width: float, leading: float) -> QTextLayout:
    text = _said(runs).replace("\n", "\N{LINE SEPARATOR}")
    layout = QTextLayout(text, theme.font(runs[0].role if runs else "body"))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(_formats(theme, runs))
    layout.beginLayout()
    # Inter stands closer than the look wants it, CJK fonts bring room of their own.
    least = QFontInfo(layout.font()).pixelSize() * leading
    top = 0.0
    while (row := layout.createLine()).isValid():
        row.setLineWidth(width)
        row.setPosition(QPointF(0, top))
        top += max(row.height(), least)
    layout.endLayout()
    return layout


def _formats(theme: Theme, runs: Sequence[Run]) -> list[QTextLayout.FormatRange]:
    found: list[QTextLayout.FormatRange] = []
    start = 0
    for run in runs:
        length = len(run.text.encode("utf-16-le")) // 2
        shape = QTextLayout.FormatRange()
        shape.start, shape.length = start, length  # pyright: ignore[reportAttributeAccessIssue]
        look = QTextCharFormat()
        look.setFont(theme.font(run.role))
        look.setForeground(theme.colour(run.ink))
        shape.format = look  # pyright: ignore[reportAttributeAccessIssue]
        found.append(shape)
        start += length
    return found


class Phrase(Text):
    """A label of several runs; what it says as a whole is its text and its accessible name."""

    def __init__(self, theme: Theme, *runs: Run, parent: QWidget | None = None) -> None:
        self._theme = theme
        self._runs: tuple[Run, ...] = ()
        self._known: dict[int, QTextLayout] = {}
        super().__init__(parent=parent)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._again)
        self.show_runs(*runs)

    def show_runs(self, *runs: Run) -> None:
        """Say something else."""
        self._runs = runs
        self.setText(_said(runs))
        self._again()

    def sizeHint(self) -> QSize:
        """One line, as far as that is sensible."""
        width = min(width_of(self._theme, self._runs), self._theme.px(320))
        return QSize(width, self.heightForWidth(width_now(self, max(width, _LEAST))))

    def minimumSizeHint(self) -> QSize:
        """A few letters: the rest wraps."""
        return QSize(self._theme.px(_LEAST), 0)

    def heightForWidth(self, width: int) -> int:
        """The lines that the words need."""
        return height_of(self._laid(width)) if self.text() else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths wrap otherwise."""
        super().resizeEvent(event)
        width_changed(self, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the words."""
        if self.text():
            painter = QPainter(self)
            layout = self._laid(self.width())
            spare = self.height() - height_of(layout)
            middle = bool(self.alignment() & Qt.AlignmentFlag.AlignVCenter)
            draw(painter, layout, 0, max(0, spare // 2) if middle else 0)

    def _laid(self, width: int) -> QTextLayout:
        # A page asks for the same few widths many times.
        found = self._known.get(width)
        if found is None:
            if len(self._known) >= _MOST_WIDTHS:
                self._known.clear()
            found = self._known[width] = laid_out(self._theme, self._runs, width, airy=True)
        return found

    def _again(self) -> None:
        self._known.clear()
        self.updateGeometry()
        self.update()
