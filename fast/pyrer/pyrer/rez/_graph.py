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
    """A graph with the attributes that ``_ResolvePhase.get_graph`` sets on its nodes and edges."""
    target = digraph()
    names = [f"_{number}" for _label, _color, _style, number in graph.nodes]
    for name, (label, color, style, _number) in zip(names, graph.nodes):
        attributes = [("label", label), ("fontsize", 10), ("fillcolor", color), ("style", f'"{style}"')]
        target.add_node(name, attrs=attributes)
    for source, end, kind, label in graph.edges:
        edge = (names[source], names[end])
        target.add_edge(edge, label=label, attrs=list(_EDGE_ATTRIBUTES[kind]))
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
