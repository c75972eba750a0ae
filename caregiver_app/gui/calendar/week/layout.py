"""Puts what happens at the same time side by side, so that nothing ever covers anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from caregiver_app.values import value

GAP: Final = 2
"""So far apart blocks stand beside each other, in pixels."""


@value
class Span:
    """Something that takes room from `top` to `bottom`; the weightier is shown first."""

    key: str
    top: int
    bottom: int
    weight: int = 1


@value
class Place:
    """Where a span stands across its column."""

    key: str
    left: int
    width: int


@value
class Stack:
    """What there was no room for: shown as a number, between the places."""

    keys: tuple[str, ...]
    left: int
    width: int
    top: int
    bottom: int


@value
class Arranged:
    """A column that is arranged: each span has a place or is in a stack."""

    places: tuple[Place, ...]
    stacks: tuple[Stack, ...]


def arrange(spans: Sequence[Span], width: int, least: int, narrow: int) -> Arranged:
    """Arrange the spans of one column that is `width` wide.

    No place becomes narrower than `least` unless the whole column is. What then is left over
    becomes a stack that is `narrow` wide.
    """
    places: list[Place] = []
    stacks: list[Stack] = []
    for cluster in clusters(spans):
        rows = _in_lanes(cluster, len(cluster))
        needed = max(rows.values()) + 1
        if needed <= max(1, (width + GAP) // (least + GAP)):
            places += _placed(cluster, rows, _edges(needed, width), ())
            continue
        room = max(1, width - narrow - GAP)
        edges = _edges(max(1, (room + GAP) // (least + GAP)), room)
        by_weight = sorted(cluster, key=lambda one: (-one.weight, one.top, -one.bottom, one.key))
        rows = _in_lanes(by_weight, len(edges) - 1)
        left_over = [one for one in cluster if one.key not in rows]
        piled = [
            Stack(
                tuple(one.key for one in group),
                room + GAP,
                max(1, width - room - GAP),
                min(one.top for one in group),
                max(one.bottom for one in group),
            )
            for group in clusters(left_over)
        ]
        shown = [one for one in cluster if one.key in rows]
        places += _placed(shown, rows, [*edges, width], piled)
        stacks += piled
    return Arranged(tuple(places), tuple(stacks))


def clusters(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Yield the groups of spans that hang together in time, each in order."""
    group: list[Span] = []
    until = 0
    for one in sorted(spans, key=lambda one: (one.top, -one.bottom, one.key)):
        if group and one.top >= until:
            yield group
            group = []
        until = max(until, one.bottom) if group else one.bottom
        group.append(one)
    if group:
        yield group


def _in_lanes(spans: Iterable[Span], most: int) -> dict[str, int]:
    """Return the lane of each span, the first that is free then; who finds none is left out."""
    lanes: list[list[Span]] = []
    found: dict[str, int] = {}
    for one in spans:
        lane = next((n for n, taken in enumerate(lanes) if _is_free(one, taken)), len(lanes))
        if lane >= most:
            continue
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append(one)
        found[one.key] = lane
    return found


def _is_free(one: Span, taken: Iterable[Span | Stack]) -> bool:
    return all(one.bottom <= other.top or one.top >= other.bottom for other in taken)


def _edges(lanes: int, width: int) -> list[int]:
    """Return where each lane begins, and the end of the last."""
    return [lane * (width + GAP) // lanes for lane in range(lanes)] + [width + GAP]


def _placed(
    spans: Sequence[Span], rows: dict[str, int], edges: Sequence[int], piled: Sequence[Stack]
) -> Iterator[Place]:
    """Yield the places; each grows to the right as far as nothing stands in its way.

    With `piled`, the last of the `edges` is the end of the lane in which those stand.
    """
    lanes = len(edges) - 1
    for one in spans:
        end = rows[one.key] + 1
        while end < lanes:
            beside = [other for other in spans if rows[other.key] == end]
            if not _is_free(one, beside):
                break
            if piled and end == lanes - 1 and not _is_free(one, piled):
                break
            end += 1
        left, right = edges[rows[one.key]], edges[end]
        if not (piled and end == lanes):
            right -= GAP
        yield Place(one.key, left, max(1, right - left))
