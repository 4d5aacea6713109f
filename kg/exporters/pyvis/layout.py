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

CELL = (112.0, 54.0)
"""Width and height of the space that one node with its label asks for, in units of the picture."""

_ALONE = (150.0, 58.0)
"""The same for a node without links, whose name is all that there is to see."""

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
    import numpy as np

    if len(part) == 1:
        return np.array([[_ALONE[0] / 2, _ALONE[1] / 2]])
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
    """Moves each point, again and again, to the mean of where its distances to others would have it."""
    import numpy as np

    size = len(part)
    # Breadth-first order puts the core first and then goes outwards, so an even stride samples all of the part.
    landmarks = np.array([i * size // min(size, _LANDMARKS) for i in range(min(size, _LANDMARKS))])
    wanted = _wanted_distances(part, neighbours, landmarks.tolist())
    weights = np.divide(1.0, wanted * wanted, out=np.zeros_like(wanted), where=wanted > 0)
    place = {node: i for i, node in enumerate(part)}
    here, there = np.array([(place[a], place[b]) for a in part for b in sorted(neighbours[a])]).T
    total = (weights.sum(axis=0) + np.bincount(here, minlength=size))[:, None]
    for _ in range(300 if size <= _LANDMARKS else 60):
        stretch = (wanted / _distances(points[None, :], points[landmarks][:, None]))[:, :, None]
        seen = points[landmarks][:, None]
        far = (weights[:, :, None] * (seen + (points[None, :] - seen) * stretch)).sum(axis=0)
        step = points[here] - points[there]
        near = points[there] + step / _distances(points[here], points[there])[:, None]
        drawn = np.stack([np.bincount(here, near[:, axis], minlength=size) for axis in (0, 1)], axis=1)
        points = (far + drawn) / total
    return points


def _wanted_distances(part: Sequence[int], neighbours: Sequence[set[int]], landmarks: Sequence[int]) -> Points:
    """Links between each landmark (row) and each node (column), leaves in rings; 0 from a node to itself."""
    import numpy as np

    hops = np.empty((len(landmarks), len(part)))
    for row, landmark in enumerate(landmarks):
        found = _hops(part[landmark], neighbours)
        hops[row] = [found[node] for node in part]
    wanted: Points = hops + _rings(part, neighbours) * (hops > 0)
    return wanted


def _rings(part: Sequence[int], neighbours: Sequence[set[int]]) -> Points:
    """How much further out each node may stand, so that the many leaves of a hub form several rings around it."""
    import numpy as np

    rings = np.zeros(len(part))
    place = {node: i for i, node in enumerate(part)}
    for hub in part:
        leaves = sorted(node for node in neighbours[hub] if len(neighbours[node]) == 1)
        for number, leaf in enumerate(leaves):
            rings[place[leaf]] = 0.6 * (number % (1 + len(leaves) // 12))
    return rings


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
    """Moves points until no two share an oval cell, or the rounds are used up."""
    import numpy as np

    points = points / CELL + _start_on_spiral(len(points)) * 1e-3  # so that no two coincide
    for _ in range(rounds):
        order = np.lexsort((points[:, 1], points[:, 0]))
        points, back = points[order], np.argsort(order, kind="stable")
        shift = np.zeros_like(points)
        for step in range(1, len(points)):
            gap = points[step:] - points[:-step]
            if not (gap[:, 0] < 1).any():
                break
            apart = _distances(points[step:], points[:-step])
            push = gap * (np.maximum(1 - apart, 0) / apart)[:, None]
            shift[step:] += push
            shift[:-step] -= push
        points = (points + 0.35 * shift)[back]
        if not (np.abs(shift) > 0.01).any():
            break
    return points * CELL


def _extent(points: Points) -> tuple[float, float]:
    right, bottom = (float(end) for end in points.max(axis=0))
    across, down = _ALONE if len(points) == 1 else CELL
    return right + across / 2, bottom + down / 2


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
