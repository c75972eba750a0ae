"""States that no picture is taken of: open menus and lists, refused forms, questions."""

from __future__ import annotations

from tools.shots import Shot

MORE: tuple[Shot, ...] = ()
