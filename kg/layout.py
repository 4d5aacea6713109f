"""Where the nodes of a picture stand: a layout without chance, so that the same graph is the same picture.

Each connected part is laid out by itself: distances on paper follow distances in the graph (stress majorisation), then
nodes whose labels would cover each other are pushed apart. The parts are then packed in rows, the largest on top, so
that a small part never drifts away. Only additions, products, quotients and square roots of IEEE numbers are used, in a
fixed order, which every machine computes alike.

Source: Gansner, Koren, North: Graph Drawing by Stress Majorization (2004); landmarks for large graphs as in Ortmann,
Klimenta, Brandes: A Sparse Stress Model (2016).
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

CELL = (92.0, 40.0)
"""Width and height of the space that one node with its label asks for, in units of the picture."""

_EDGE = 100.0
_STRETCH = 1.2
_LANDMARKS = 400
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def place_nodes(size: int, links: Iterable[tuple[int, int]], *, aspect: float = 1.3) -> tuple[tuple[int, int], ...]:
    """Positions of the nodes 0 … size - 1.

    Args:
        size: Number of nodes, at least 0.
        links: Pairs of nodes; direction, repetition and self-links do not matter.
        aspect: Wanted width ÷ height of the picture, above 0.

    Returns:
        (x, y) by node, y downwards, whole units; no two nodes are in the same place.
    """
    neighbours: list[set[int]] = [set() for _ in range(size)]
    for one, other in links:
        if one != other:
            neighbours[one].add(other)
            neighbours[other].add(one)
    parts = [(part, _place_part(part, neighbours)) for part in _connected_parts(neighbours)]
    positions = [(0, 0)] * size
    for (part, points), (left, top) in zip(parts, _pack_boxes([_extent(p) for _, p in parts], aspect), strict=True):
        for node, (x, y) in zip(part, points.tolist(), strict=True):
            positions[node] = round(left + x), round(top + y)
    return tuple(positions)


def _connected_parts(neighbours: Sequence[set[int]]) -> list[list[int]]:
    """The parts, largest first, each in breadth-first order from its best-connected node."""
    seen: set[int] = set()
    parts = []
    for start in sorted(range(len(neighbours)), key=lambda node: (-len(neighbours[node]), node)):
        if start not in seen:
            part = list(_hops(start, neighbours))
            seen.update(part)
            parts.append(part)
    return sorted(parts, key=lambda part: (-len(part), min(part)))


def _hops(start: int, neighbours: Sequence[set[int]]) -> dict[int, int]:
    """Node → number of links from `start`, in breadth-first order."""
    hops = {start: 0}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for neighbour in sorted(neighbours[node]):
            if neighbour not in hops:
                hops[neighbour] = hops[node] + 1
                queue.append(neighbour)
    return hops


def _place_part(part: Sequence[int], neighbours: Sequence[set[int]]) -> Points:
    """Points of one connected part, in its order, with the upper left corner of its extent at (0, 0)."""
    points = _relax_stress(_start_on_spiral(len(part)), part, neighbours)
    points = _lay_flat(points) * [_EDGE * _STRETCH, _EDGE]
    points = _push_apart(points)
    placed: Points = points - points.min(axis=0) + [CELL[0] / 2, CELL[1] / 2]
    return placed


def _start_on_spiral(size: int) -> Points:
    import numpy as np

    # Rounded, because the last digit of a sine differs between C libraries and the iteration would magnify it.
    turns = [(round(math.cos(k * _GOLDEN_ANGLE), 9), round(math.sin(k * _GOLDEN_ANGLE), 9)) for k in range(size)]
    radii = np.sqrt(np.arange(size) + 0.5)
    spiral: Points = np.array(turns).reshape(-1, 2) * radii[:, None]
    return spiral


def _relax_stress(points: Points, part: Sequence[int], neighbours: Sequence[set[int]]) -> Points:
    """Moves each point to the weighted mean of where its distances to the landmarks would have it."""
    import numpy as np

    size = len(part)
    if size < 2:
        return points
    # Breadth-first order puts the core first and then goes outwards, so an even stride samples all of the part.
    landmarks = [i * size // min(size, _LANDMARKS) for i in range(min(size, _LANDMARKS))]
    hops = np.empty((len(landmarks), size))
    for row, landmark in enumerate(landmarks):
        found = _hops(part[landmark], neighbours)
        hops[row] = [found[node] for node in part]
    weights = np.divide(1.0, hops * hops, out=np.zeros_like(hops), where=hops > 0)
    total = weights.sum(axis=0)
    place = {node: i for i, node in enumerate(part)}
    ends = np.array([(place[a], place[b]) for a in part for b in sorted(neighbours[a])]).T
    pull = np.bincount(ends[0], minlength=size)
    for _ in range(300 if size <= _LANDMARKS else 60):
        moved = np.empty_like(points)
        apart = _distances(points[:, None, :], points[None, landmarks, :])
        between = _distances(points[ends[0]], points[ends[1]])
        for axis in (0, 1):
            here = points[:, axis]
            step = (here[None, :] - here[landmarks][:, None]) * (hops / apart.T)
            wanted = (weights * (here[landmarks][:, None] + step)).sum(axis=0)
            beside = here[ends[1]] + (here[ends[0]] - here[ends[1]]) / between
            moved[:, axis] = (wanted + np.bincount(ends[0], beside, minlength=size)) / (total + pull)
        points = moved
    return points


def _distances(these: Points, those: Points) -> Points:
    import numpy as np

    across, down = these[..., 0] - those[..., 0], these[..., 1] - those[..., 1]
    distances: Points = np.sqrt(across * across + down * down) + 1e-9
    return distances


def _lay_flat(points: Points) -> Points:
    """Turns the points about their middle so that their longest direction is level."""
    import numpy as np

    x, y = (points - points.sum(axis=0) / len(points)).T
    half, mixed = float(sum(x * x) - sum(y * y)) / 2, float(sum(x * y))
    length = math.sqrt(half * half + mixed * mixed)
    if length < 1e-9:
        return np.stack([x, y], axis=1)
    cosine = math.sqrt(max(0.0, (1 + half / length) / 2))
    sine = math.copysign(math.sqrt(max(0.0, (1 - half / length) / 2)), mixed)
    return np.stack([cosine * x + sine * y, cosine * y - sine * x], axis=1)


def _push_apart(points: Points, *, rounds: int = 200) -> Points:
    """Moves points until no two share a cell, or the rounds are used up; whole units never coincide afterwards."""
    import numpy as np

    for _ in range(rounds):
        order = np.lexsort((points[:, 1], points[:, 0]))
        points, back = points[order], np.argsort(order, kind="stable")
        shift = np.zeros_like(points)
        for step in range(1, len(points)):
            gap = points[step:] - points[:-step]
            near = gap[:, 0] < CELL[0]
            if not near.any():
                break
            excess = np.array(CELL) - np.abs(gap)
            hit = near & (excess[:, 1] > 0)
            # The way out is the direction in which the smaller share of the cell is missing.
            sideways = excess[:, 0] / CELL[0] < excess[:, 1] / CELL[1]
            push = np.zeros_like(gap)
            push[:, 0] = np.where(hit & sideways, excess[:, 0], 0)
            push[:, 1] = np.where(hit & ~sideways, np.where(gap[:, 1] < 0, -1, 1) * excess[:, 1], 0)
            shift[step:] += push
            shift[:-step] -= push
        points = (points + 0.35 * shift)[back]
        if not (np.abs(shift) > 0.5).any():
            break
    return points


def _extent(points: Points) -> tuple[float, float]:
    width, height = (float(end) for end in points.max(axis=0))
    return width + CELL[0] / 2, height + CELL[1] / 2


def _pack_boxes(boxes: Sequence[tuple[float, float]], aspect: float) -> list[tuple[float, float]]:
    """Upper left corners that put the boxes in centred rows, in the given order."""
    area = sum(width * height for width, height in boxes)
    limit = max([math.sqrt(area * aspect), *(width for width, _ in boxes)])
    rows: list[list[int]] = []
    used = math.inf
    for index, (width, _) in enumerate(boxes):
        if used + width > limit:
            rows.append([])
            used = 0.0
        rows[-1].append(index)
        used += width
    corners = [(0.0, 0.0)] * len(boxes)
    top = 0.0
    for row in rows:
        left = (limit - sum(boxes[index][0] for index in row)) / 2
        for index in row:
            corners[index] = left, top
            left += boxes[index][0]
        top += max(boxes[index][1] for index in row)
    return corners
