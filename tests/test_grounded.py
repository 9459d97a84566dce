"""The grounded labelling is the one that the definitions give."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.grounded import Status, grounded

Graph = Mapping[int, list[int]]


@pytest.mark.parametrize(
    ("attackers", "labels"),
    [
        ({}, {}),
        ({"a": []}, {"a": "in"}),
        ({"b": ["a"]}, {"a": "in", "b": "out"}),
        ({"b": ["a"], "c": ["b"]}, {"a": "in", "b": "out", "c": "in"}),
        ({"a": ["b"], "b": ["a"]}, {"a": "undecided", "b": "undecided"}),
        ({"a": ["a"]}, {"a": "undecided"}),
        ({"a": ["a"], "b": ["a"]}, {"a": "undecided", "b": "undecided"}),
        ({"a": ["a", "b"], "c": ["a"]}, {"a": "out", "b": "in", "c": "in"}),
        ({"a": ["c"], "b": ["a"], "c": ["b"]}, dict.fromkeys("abc", "undecided")),
        ({"a": ["d"], "b": ["a"], "c": ["b"], "d": ["c"]}, dict.fromkeys("abcd", "undecided")),
        ({"a": ["b"], "b": ["a", "c"]}, {"a": "in", "b": "out", "c": "in"}),
        ({"a": ["b"], "b": ["a"], "c": ["a", "b"], "d": ["c"]}, dict.fromkeys("abcd", "undecided")),
        ({"b": ["a", "a"], "c": ["b", "b"]}, {"a": "in", "b": "out", "c": "in"}),
    ],
    ids=[
        *("empty", "unattacked", "attack", "reinstatement", "even cycle", "self-attack", "attacked by a self-attacker"),
        *("defeated self-attacker", "odd cycle", "long even cycle", "broken cycle", "floating", "named twice"),
    ],
)
def test_textbook_cases(attackers: Mapping[str, list[str]], labels: dict[str, Status]) -> None:
    """Cases that introductions to abstract argumentation discuss; floating acceptance is not for sceptics."""
    assert grounded(attackers) == labels


def sets_of(nodes: tuple[int, ...]) -> Iterator[frozenset[int]]:
    """Every subset, smallest first."""
    yield from map(frozenset, chain.from_iterable(combinations(nodes, size) for size in range(len(nodes) + 1)))


def defended(graph: Graph, chosen: frozenset[int]) -> frozenset[int]:
    """Dung's characteristic function: the nodes whose attackers `chosen` all attacks."""
    beaten = {node for node, attackers in graph.items() if chosen & set(attackers)}
    return frozenset(node for node, attackers in graph.items() if beaten.issuperset(attackers))


def smallest_complete(graph: Graph) -> frozenset[int]:
    """The least complete extension, by looking at every set: conflict-free, and just what it defends."""
    complete = [
        chosen
        for chosen in sets_of(tuple(graph))
        if not any(chosen & set(graph[node]) for node in chosen) and defended(graph, chosen) == chosen
    ]
    least = complete[0]
    assert all(least <= other for other in complete)
    return least


def least_fixed_point(graph: Graph) -> frozenset[int]:
    """The least fixed point of the characteristic function, from the empty set up."""
    chosen: frozenset[int] = frozenset()
    while (larger := defended(graph, chosen)) != chosen:
        chosen = larger
    return chosen


def labelled(graph: Graph, extension: frozenset[int]) -> dict[int, Status]:
    """The labels that an extension gives."""
    out = {node for node, attackers in graph.items() if extension & set(attackers)}
    return {node: "in" if node in extension else "out" if node in out else "undecided" for node in graph}


def random_graph(dice: random.Random, most: int) -> Graph:
    """A graph with self-attacks and cycles, thin or dense."""
    size = dice.randint(1, most)
    chance = dice.choice((0.5, 1, 1.5, 2.5)) / size
    return {node: [other for other in range(size) if dice.random() < chance] for node in range(size)}


def test_agrees_with_enumeration_on_small_graphs() -> None:
    """On 500 random graphs of up to 8 nodes it is the least of all complete extensions."""
    dice = random.Random(1995)
    seen = set()
    for _ in range(500):
        graph = random_graph(dice, 8)
        labels = grounded(graph)
        seen |= set(labels.values())
        assert labels == labelled(graph, smallest_complete(graph)), graph
    assert seen == {"in", "out", "undecided"}


def test_agrees_with_iteration_on_larger_graphs() -> None:
    """On 500 random graphs of up to 60 nodes it is the least fixed point of the characteristic function."""
    dice = random.Random(2006)
    for _ in range(500):
        graph = random_graph(dice, 60)
        assert grounded(graph) == labelled(graph, least_fixed_point(graph)), graph


@given(st.dictionaries(st.integers(0, 12), st.lists(st.integers(0, 12))))
def test_labels_are_legal(attackers: dict[int, list[int]]) -> None:
    """In: all attackers are out; out: one is in; undecided: neither; and every node that is named has a label."""
    labels = grounded(attackers)
    assert set(labels) == {*attackers, *chain.from_iterable(attackers.values())}
    for node, label in labels.items():
        those = [labels[attacker] for attacker in attackers.get(node, ())]
        expected = "in" if all(one == "out" for one in those) else "out" if "in" in those else "undecided"
        assert label == expected
