"""The resolve graph as rez's object."""

from __future__ import annotations

from typing import Any, Callable

from rez.vendor.pygraph.classes.digraph import digraph

from .._results import Graph

_EDGE_ATTRIBUTES = {
    "dependency": [("arrowsize", "0.5")],
    "merge": [("arrowsize", "1"), ("arrowhead", "odot")],
    "reduction": [("arrowsize", "1"), ("fontsize", 10)],
    "conflict": [("arrowsize", "1"), ("style", "bold"), ("color", "red"), ("fontcolor", "red")],
    "cycle": [("arrowsize", "1"), ("style", "bold"), ("color", "red"), ("fontcolor", "red")],
}


def drawn(graph: Graph) -> digraph:
    """A graph with the attributes that ``_ResolvePhase.get_graph`` sets on its nodes and edges.

    The graph's own dictionaries are filled here. ``add_edge`` takes seven times as long, and every ``rez env`` writes its
    graph into a file.
    """
    target = digraph()
    neighbors, incidence, node_attributes = target.node_neighbors, target.node_incidence, target.node_attr
    properties, edge_attributes = target.edge_properties, target.edge_attr
    names = [f"_{number}" for _label, _color, _style, number in graph.nodes]
    for name, (label, color, style, _number) in zip(names, graph.nodes):
        neighbors[name], incidence[name] = [], []
        node_attributes[name] = [("label", label), ("fontsize", 10), ("fillcolor", color), ("style", f'"{style}"')]
    for source, end, kind, label in graph.edges:
        edge = names[source], names[end]
        neighbors[edge[0]].append(edge[1])
        incidence[edge[1]].append(edge[0])
        properties[edge] = {"weight": 1, "label": label}
        edge_attributes[edge] = list(_EDGE_ATTRIBUTES[kind])
    return target


class LazyDigraph(digraph):
    """A graph that is computed on first use. Most contexts never use it."""

    def __init__(self, compute: Callable[[], digraph]) -> None:
        # Leave out the attributes of a graph, so that reading one of them triggers the computation.
        self._compute = compute

    def __getattr__(self, name: str) -> Any:
        compute = self.__dict__.pop("_compute", None)
        if compute is None or name.startswith("__"):
            if compute is not None:
                self._compute = compute
            raise AttributeError(name)
        self.__dict__.update(compute().__dict__)
        return getattr(self, name)

    def __reduce_ex__(self, protocol: Any) -> Any:
        self.nodes()
        return _restore, (dict(self.__dict__),)


def _restore(state: dict) -> digraph:
    graph = digraph()
    graph.__dict__.update(state)
    return graph
