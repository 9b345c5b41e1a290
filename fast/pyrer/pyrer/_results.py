"""What a solve answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Tuple

from . import _native


@dataclass(frozen=True)
class ResolvedVariant:
    """A variant of a resolve.

    Attributes:
        name: The family.
        version: The version; empty for an unversioned package.
        variant_index: Which of the package's variants; None for a package without variants.
        requires: The package's requirements followed by the variant's.
        uri: As rez writes a variant's; None if the package did not say where it is.
    """

    name: str
    version: str
    variant_index: Optional[int]
    requires: List[str]
    uri: Optional[str]


class Failure(NamedTuple):
    """A failed step.

    Attributes:
        kind: As rez names it: ``DependencyConflicts``, ``TotalReduction``, ``Cycle``; or ``Unknown``.
        description: rez's text.
        involved: The requirements that rez names as involved.
    """

    kind: str
    description: str
    involved: List[str]


class Graph(NamedTuple):
    """A resolve graph.

    Attributes:
        nodes: Label, fill colour, style and number of each; rez calls number 7 ``_7``. Numbers that are missing were pruned.
        edges: Positions of source and target, kind (``dependency``, ``merge``, ``reduction``, ``conflict``,
            ``cycle``) and label of each.
    """

    nodes: List[Tuple[str, str, str, int]]
    edges: List[Tuple[int, int, str, str]]


class SolveResult:
    """How a solve ended. Failure, graphs and requirements are computed when they are asked for."""

    def __init__(
        self,
        summary: Dict[str, Any],
        handle: _native.Handle,
        item: int,
        uri_of: Callable[[str, str], Optional[str]],
    ) -> None:
        self._summary = summary
        self._handle = handle
        self._item = item
        self._uri_of = uri_of
        self._variants: Optional[List[ResolvedVariant]] = None
        self._failure: Optional[Failure] = None

    def __repr__(self) -> str:
        if self.status == "solved":
            return f"<SolveResult solved: {len(self.resolved)} packages>"
        return f"<SolveResult {self.status}: {self.failure_description}>"

    @property
    def status(self) -> str:
        """``solved``; ``failed``; ``error`` for wrong input; ``stopped`` by a limit, a callback or a cancellation."""
        return str(self._summary["status"])

    @property
    def rez_may_raise(self) -> Optional[str]:
        """Why rez itself might raise an exception here, of which there is nothing in the answer; None almost always."""
        return self._summary.get("rez_may_raise")

    @property
    def resolved(self) -> List[Tuple[str, str, Optional[int]]]:
        """Name, version and variant index of each package, in rez's order; empty unless solved."""
        return [(name, version, index) for name, version, index in self._summary.get("resolved", ())]

    @property
    def resolved_packages(self) -> List[ResolvedVariant]:
        """The packages with their requirements, in rez's order; empty unless solved."""
        if self._variants is None:
            resolved = self.resolved
            requires = json.loads(self._detail(_native.REQUIRES)) if resolved else []
            self._variants = [
                ResolvedVariant(name, version, index, needs, self._uri(name, version, index))
                for (name, version, index), needs in zip(resolved, requires)
            ]
        return self._variants

    @property
    def resolved_ephemerals(self) -> List[str]:
        """The ephemerals as requirements, in rez's order; empty unless solved."""
        return list(self._summary.get("ephemerals", ()))

    @property
    def failure_description(self) -> Optional[str]:
        """rez's text of the failure or error, or what stopped the solve; None if solved."""
        if self.status == "failed":
            return self.failure().description
        message: Optional[str] = self._summary.get("message")
        return message

    @property
    def error_kind(self) -> Optional[str]:
        """Of an error ``package_family_not_found``, ``package_not_found``, ``package_conflict``,
        ``invalid_syntax`` or ``package_data``; else None."""
        return self._summary.get("kind")

    @property
    def stop_reason(self) -> Optional[str]:
        """Of a stopped solve ``cancelled``, ``time_limit`` or ``callback``; else None."""
        return self._summary.get("reason")

    @property
    def solve_time_ms(self) -> float:
        """How long the solve took in milliseconds, packages loaded included."""
        return float(self._summary["solve_time"]) * 1000.0

    @property
    def num_iterations(self) -> int:
        """Solve steps taken: rez's ``num_solves``."""
        return int(self._summary["num_solves"])

    @property
    def num_fails(self) -> int:
        """Solve steps that failed."""
        return int(self._summary["num_fails"])

    def failure(self, index: Optional[int] = None) -> Failure:
        """A failure of a failed solve.

        Args:
            index: Which, from 0; negative counts from the last; None is the one that rez reports.

        Raises:
            IndexError: There were not so many failures, or the solve did not fail.
        """
        if index is not None or self._failure is None:
            failure = Failure(**json.loads(self._detail(_native.FAILURE, index)))
            if index is not None:
                return failure
            self._failure = failure
        return self._failure

    def graph(self, index: Optional[int] = None) -> Graph:
        """The resolve graph, or that of a failure (see ``failure``).

        Raises:
            IndexError: There is no such failure, or the solve has no answer.
        """
        graph = json.loads(self._detail(_native.GRAPH, index))
        return Graph([tuple(node) for node in graph["nodes"]], [tuple(edge) for edge in graph["edges"]])

    def graph_dot(self, index: Optional[int] = None) -> str:
        """The same graph in the DOT language, as rez writes it."""
        return self._detail(_native.DOT, index)

    def _detail(self, kind: int, index: Optional[int] = None) -> str:
        return _native.detail(self._handle, self._item, kind, _native.REPORTED if index is None else index)

    def _uri(self, name: str, version: str, index: Optional[int]) -> Optional[str]:
        uri = self._uri_of(name, version)
        return None if uri is None else f"{uri}[{'' if index is None else index}]"
