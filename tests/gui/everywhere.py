"""Walks through every tab, page and dialog, one window for all that can share one."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.more_scenes import MORE
from tools.shots import SHOTS, Shot
from tools.studio import Studio, Variant, studio

SCENES = (*SHOTS, *MORE)


@dataclass
class Scene:
    """What is seen of one scene: its windows, but for the one that lies below a sheet."""

    name: str
    tops: list[QWidget]
    one: Studio

    def found(self, check: Callable[[QWidget], Sequence[str]]) -> list[str]:
        """What a check finds in it, each with the name of the scene."""
        return [f"{self.name}: {found}" for top in self.tops for found in check(top)]


def walk(
    app: QApplication, variant: Variant, data: Path, nobody: Path, only: Sequence[str] = ()
) -> Generator[Scene]:
    """Show each scene of a variant; `data` holds the family, `nobody` is an empty folder's."""
    chosen = [shot for shot in SCENES if not only or shot.name in only]
    first = [shot for shot in chosen if shot.always_empty]
    rest = [shot for shot in chosen if shot not in first and (variant.filled or shot.when_empty)]
    for shot in first:
        with studio(app, variant, nobody, filled=False) as one:
            yield _taken(shot, one)
    with studio(app, variant, data if variant.filled else nobody, filled=variant.filled) as one:
        for shot in rest:
            yield _taken(shot, one)
            one.clear()


def _taken(shot: Shot, one: Studio) -> Scene:
    alone = shot.take(one)
    one.settle()
    tops = [alone] if alone is not None else one.tops()[1:] or [one.window]
    return Scene(shot.name, tops, one)
