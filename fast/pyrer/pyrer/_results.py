"""The results of a solve."""

from __future__ import annotations

import json
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from . import _native


class ResolvedVariant:
    """A variant of a resolve. Immutable. Two objects are equal only if they are the same object.

    Attributes:
        name: The family.
        version: The version; empty for an unversioned package.
        variant_index: The index of the variant; None for a package without variants.
        requires: The package's requirements followed by the variant's.
        uri: ``NAME/VERSION/package.py``, followed by ``[INDEX]`` for a variant. It is made from these values, and is
            not the place of the package.
    """

    __slots__ = ("_name", "_version", "_variant_index", "_requires", "__weakref__")

    def __init__(self, name: str, version: str, variant_index: Optional[int], requires: List[str]) -> None:
        self._name = name
        self._version = version
        self._variant_index = variant_index
        self._requires = requires

    def __repr__(self) -> str:
        index = "" if self._variant_index is None else self._variant_index
        return f"ResolvedVariant({'-'.join(filter(None, (self._name, self._version)))}[{index}])"

    @property
    def name(self) -> str:
        return self._name

    @property
    def version(self) -> str:
        return self._version

    @property
    def variant_index(self) -> Optional[int]:
        return self._variant_index

    @property
    def requires(self) -> List[str]:
        return list(self._requires)

    @property
    def uri(self) -> str:
        path = "/".join(filter(None, (self._name, self._version, "package.py")))
        return path if self._variant_index is None else f"{path}[{self._variant_index}]"


class Failure(NamedTuple):
    """A failed step.

    Attributes:
        kind: rez's name for it: ``DependencyConflicts``, ``TotalReduction``, ``Cycle``; or ``Unknown``.
        description: rez's text.
        involved: The requirements that rez names as involved.
    """

    kind: str
    description: str
    involved: List[str]


class Graph(NamedTuple):
    """A resolve graph.

    Attributes:
        nodes: The label, fill colour, style and number of each node. rez calls number 7 ``_7``. Missing numbers were
            pruned.
        edges: The positions of source and target, the kind (``dependency``, ``merge``, ``reduction``, ``conflict``,
            ``cycle``) and the label of each edge.
    """

    nodes: List[Tuple[str, str, str, int]]
    edges: List[Tuple[int, int, str, str]]


class SolveResult:
    """How a solve ended. Failures, graphs and requirements are computed on demand."""

    def __init__(self, summary: Dict[str, Any], handle: Optional[_native.Handle], item: int) -> None:
        self._summary = summary
        self._handle = handle
        self._item = item
        self._variants: Optional[List[ResolvedVariant]] = None
        self._failure: Optional[Failure] = None

    @classmethod
    def of_error(cls, kind: str, message: str, met: Optional[SolveResult] = None) -> SolveResult:
        """An error that the library does not report itself.

        Args:
            kind: See ``error_kind``.
            message: What was wrong.
            met: The result of the solve that met the error; None if there was no solve.
        """
        counts = {"num_solves": 0, "num_fails": 0, "solve_time": 0.0}
        if met is not None:
            counts = {name: met._summary[name] for name in counts}
        return cls({**counts, "status": "error", "kind": kind, "message": message}, None, 0)

    def __repr__(self) -> str:
        return (
            f"SolveResult(status={self.status!r}, resolved_packages={len(self.resolved)} packages, "
            f"solve_time_ms={self.solve_time_ms:.2f})"
        )

    @property
    def status(self) -> str:
        """``solved``; ``failed``; ``error`` for invalid input; ``stopped`` by a limit, a callback or a cancellation."""
        return str(self._summary["status"])

    @property
    def rez_may_raise(self) -> Optional[str]:
        """Why rez itself might raise an exception for this request, although there is an answer. Almost always None."""
        return self._summary.get("rez_may_raise")

    @property
    def resolved(self) -> List[Tuple[str, str, Optional[int]]]:
        """The name, version and variant index of each package, in rez's order; empty unless solved."""
        return [(name, version, index) for name, version, index in self._summary.get("resolved", ())]

    @property
    def resolved_packages(self) -> List[ResolvedVariant]:
        """The packages with their requirements, in rez's order; empty unless solved."""
        if self._variants is None:
            resolved = self.resolved
            requires = json.loads(self._detail(_native.REQUIRES)) if resolved else []
            self._variants = [
                ResolvedVariant(name, version, index, needs)
                for (name, version, index), needs in zip(resolved, requires)
            ]
        return list(self._variants)

    @property
    def resolved_ephemerals(self) -> List[str]:
        """The ephemerals as requirements, in rez's order; empty unless solved."""
        return list(self._summary.get("ephemerals", ()))

    @property
    def failure_description(self) -> Optional[str]:
        """rez's text of the failure or error, or the reason why the solve was stopped; None if solved."""
        if self.status == "failed":
            return self.failure().description
        message: Optional[str] = self._summary.get("message")
        return message

    @property
    def error_kind(self) -> Optional[str]:
        """For an error: ``package_family_not_found``, ``package_not_found``, ``package_conflict``, ``invalid_syntax``,
        ``package_data`` or ``package_orderer``; otherwise None."""
        return self._summary.get("kind")

    @property
    def stop_reason(self) -> Optional[str]:
        """For a stopped solve: ``cancelled``, ``time_limit`` or ``callback``; otherwise None."""
        return self._summary.get("reason")

    @property
    def solve_time_ms(self) -> float:
        """How long the solve took, in milliseconds, including the loading of packages."""
        return float(self._summary["solve_time"]) * 1000.0

    @property
    def num_iterations(self) -> int:
        """The number of solve steps: rez's ``num_solves``."""
        return int(self._summary["num_solves"])

    @property
    def num_fails(self) -> int:
        """The number of solve steps that failed."""
        return int(self._summary["num_fails"])

    def failure(self, index: Optional[int] = None) -> Failure:
        """A failure of a failed solve.

        Args:
            index: The failure's index, from 0. Negative values count from the last. None is the failure that rez
                reports.

        Raises:
            IndexError: There is no failure with this index, or the solve did not fail.
        """
        if index is not None or self._failure is None:
            failure = Failure(**json.loads(self._detail(_native.FAILURE, index)))
            if index is not None:
                return failure
            self._failure = failure
        return self._failure

    def graph(self, index: Optional[int] = None) -> Graph:
        """The resolve graph, or the graph of a failure (see ``failure``).

        Raises:
            IndexError: There is no such failure, or the solve has no answer.
        """
        graph = json.loads(self._detail(_native.GRAPH, index))
        return Graph([tuple(node) for node in graph["nodes"]], [tuple(edge) for edge in graph["edges"]])

    def graph_dot(self, index: Optional[int] = None) -> str:
        """The same graph in the DOT language, as rez writes it."""
        return self._detail(_native.DOT, index)

    def places(self) -> List[Optional[int]]:
        """For each resolved package, the position of the source that has it; None if the library is not certain."""
        places: List[Optional[int]] = json.loads(self._detail(_native.PLACES))
        return places

    def _detail(self, kind: int, index: Optional[int] = None) -> str:
        if index is not None and not isinstance(index, int):
            raise TypeError(f"index must be int, not {type(index).__name__}")
        if self._handle is None:
            raise IndexError("the solve has no answer")
        if index is not None and abs(index) >= -_native.REPORTED:
            raise IndexError(f"no failure {index} among {self.num_fails}")
        return _native.detail(self._handle, self._item, kind, _native.REPORTED if index is None else index)
