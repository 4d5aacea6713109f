"""Positions are reproducible, apart from each other, and keep small parts near."""

from __future__ import annotations

import math
import subprocess
import sys

import networkx as nx
import pytest
from browser.gold import gold_network
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.exporters.pyvis.layout import CELL, place_nodes


def _links(network: nx.MultiDiGraph[str]) -> tuple[int, list[tuple[int, int]]]:
    number = {node: index for index, node in enumerate(network)}
    return len(number), [(number[a], number[b]) for a, b in network.edges()]


def _extent(points: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    xs, ys = zip(*points, strict=True)
    return max(xs) - min(xs), max(ys) - min(ys)


@pytest.mark.parametrize(
    ("size", "links", "expected"),
    [
        pytest.param(0, [], (), id="no node"),
        pytest.param(1, [], ((75, 29),), id="one node"),
        pytest.param(1, [(0, 0)], ((75, 29),), id="a self-link pulls nothing"),
    ],
)
def test_place_nodes(size: int, links: list[tuple[int, int]], expected: tuple[tuple[int, int], ...]) -> None:
    assert place_nodes(size, links) == expected


@given(
    st.integers(1, 25).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.tuples(*[st.integers(0, n - 1)] * 2), max_size=40))
    )
)
@settings(max_examples=40, deadline=None)
def test_places_are_distinct_and_do_not_depend_on_order_direction_or_repetition(
    case: tuple[int, list[tuple[int, int]]],
) -> None:
    size, links = case
    points = place_nodes(size, links)
    assert len(set(points)) == len(points) == size
    assert place_nodes(size, [(b, a) for a, b in reversed(links)] + links) == points


def test_gold_graph_is_the_same_in_another_process() -> None:
    size, links = _links(gold_network())
    code = f"from kg.exporters.pyvis.layout import place_nodes; print(place_nodes({size}, {links}))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == str(place_nodes(size, links))


def test_gold_graph_gives_every_node_its_cell() -> None:
    points = place_nodes(*_links(gold_network()))
    close = [
        (a, b)
        for i, a in enumerate(points)
        for b in points[:i]
        if math.hypot((a[0] - b[0]) / CELL[0], (a[1] - b[1]) / CELL[1]) < 0.9
    ]
    assert not close


def test_gold_graph_has_neighbours_nearer_than_strangers() -> None:
    size, links = _links(gold_network())
    points = place_nodes(size, links)
    linked = [math.dist(points[a], points[b]) for a, b in links if a != b]
    anyone = [math.dist(points[a], points[b]) for a in range(size) for b in range(a)]
    assert sum(linked) / len(linked) < 0.3 * sum(anyone) / len(anyone)


def test_small_parts_are_packed_beside_the_large_one() -> None:
    ring = [(i, (i + 1) % 30) for i in range(30)]
    pairs = [(30 + 2 * i, 31 + 2 * i) for i in range(20)]
    alone = 15
    width, height = _extent(place_nodes(70 + alone, ring + pairs))
    ring_width, ring_height = _extent(place_nodes(30, ring))
    assert width < 2.5 * ring_width
    assert height < 2.5 * ring_height


@pytest.mark.parametrize("aspect", [0.5, 1.3, 3.0], ids=str)
def test_aspect_is_followed_where_parts_allow_it(aspect: float) -> None:
    width, height = _extent(place_nodes(2000, [], aspect=aspect))
    assert width / height == pytest.approx(aspect, rel=0.25)


def test_large_part_uses_landmarks_and_stays_readable() -> None:
    graph = nx.barabasi_albert_graph(700, 2, seed=5)
    points = place_nodes(700, graph.edges())
    linked = sum(math.dist(points[a], points[b]) for a, b in graph.edges()) / graph.number_of_edges()
    width, height = _extent(points)
    assert linked < 0.35 * math.hypot(width, height)
    assert len(set(points)) == 700
