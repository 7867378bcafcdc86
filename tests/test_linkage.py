import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from biaslens.events.linkage import Edges, link


def edges_of(similarity: np.ndarray) -> Edges:
    a, b = np.triu_indices(len(similarity), 1)
    return Edges(a.astype(np.int64), b.astype(np.int64), similarity[a, b])


def partition(label: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(label == group).tolist()) for group in np.unique(label)}


@given(st.integers(0, 10_000), st.integers(2, 25), st.floats(0.05, 0.9))
def test_groups_are_those_of_scipys_average_linkage(seed: int, n: int, threshold: float) -> None:
    random = np.random.default_rng(seed).random((n, n))
    similarity = (random + random.T) / 2
    np.fill_diagonal(similarity, 1)
    tree = linkage(squareform(1 - similarity, checks=False), "average")
    expected = fcluster(tree, 1 - threshold, "distance")
    assert partition(link(np.arange(n), edges_of(similarity), threshold)) == partition(expected)


def test_a_chain_of_neighbours_does_not_become_one_group() -> None:
    edges = Edges(np.array([0, 1, 2]), np.array([1, 2, 3]), np.array([0.9, 0.5, 0.9]))
    assert link(np.arange(4), edges, 0.4).tolist() == [0, 0, 1, 1]


def test_of_equal_similarities_the_lower_numbers_merge_first() -> None:
    edges = Edges(np.array([0, 1]), np.array([1, 2]), np.array([0.5, 0.5]))
    assert link(np.arange(3), edges, 0.4).tolist() == [0, 0, 1]


def test_nodes_that_begin_in_one_group_stay_in_it() -> None:
    no_edges = Edges(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    assert link(np.array([0, 1, 0]), no_edges, 0.1).tolist() == [0, 1, 0]


def test_a_pair_across_counts_as_zero_where_it_has_no_edge() -> None:
    # (0.6 + 0) / 2 is the mean between {0, 1} and {2}.
    edges = Edges(np.array([0, 0]), np.array([1, 2]), np.array([0.9, 0.6]))
    assert link(np.arange(3), edges, 0.31).tolist() == [0, 0, 1]
    assert link(np.arange(3), edges, 0.29).tolist() == [0, 0, 0]


def test_no_nodes_give_no_groups() -> None:
    empty = np.zeros(0, np.int64)
    assert link(empty, Edges(empty, empty, np.zeros(0)), 0.1).tolist() == []


@given(st.integers(0, 10_000), st.integers(2, 40), st.floats(0.05, 0.9), st.floats(0, 0.9))
def test_sparse_graphs_are_grouped_as_with_zeros_for_what_is_absent(
    seed: int, n: int, threshold: float, absent: float
) -> None:
    rng = np.random.default_rng(seed)
    similarity = np.triu(rng.random((n, n)) * (rng.random((n, n)) >= absent), 1)
    similarity += similarity.T
    a, b = np.nonzero(np.triu(similarity))
    np.fill_diagonal(similarity, 1)
    tree = linkage(squareform(1 - similarity, checks=False), "average")
    expected = fcluster(tree, 1 - threshold, "distance")
    edges = Edges(a.astype(np.int32), b.astype(np.int32), similarity[a, b])
    assert partition(link(np.arange(n), edges, threshold)) == partition(expected)


def test_edges_between_groups_are_sums_of_those_of_their_nodes() -> None:
    edges = Edges(np.array([0, 0, 1, 0]), np.array([2, 3, 2, 1]), np.array([0.5, 0.25, 0.5, 0.9]))
    grouped = edges.grouped(np.array([0, 0, 1, 1]))
    assert (grouped.a.tolist(), grouped.b.tolist(), grouped.weight.tolist()) == ([0], [1], [1.25])
