"""Solves for rez's resolver."""

from __future__ import annotations

import logging
from typing import Any, Callable, Dict, List, Optional

from .. import _native
from .._results import SolveResult
from ._announced import AnnouncedRepository
from ._callbacks import Announcing, CallersError, Watching, announcing, limits
from ._handback import UNREADABLE, HandBack, check
from ._orderers import for_engine
from ._sources import RepositoryCache, Resolved, RezRepository
from ._versions import RezVersion

logger = logging.getLogger("pyrer.rez")


class EngineSolver:
    """A finished solve of the engine, with the attributes of ``rez.solver.Solver`` that ``Resolver._solver_to_dict``
    reads."""

    def __init__(
        self, result: SolveResult, repository: RezRepository, lazy_graph: bool, watching: Optional[Watching]
    ) -> None:
        from rez.solver import SolverStatus

        self.result = result
        self.status = {"solved": SolverStatus.solved, "failed": SolverStatus.failed}.get(
            result.status, SolverStatus.unsolved
        )
        self.solve_time = result.solve_time_ms / 1000.0
        self.load_time = 0.0
        self.abort_reason: Any = None
        if self.status is SolverStatus.unsolved:
            self.abort_reason = watching.reason if watching else result.failure_description
        self._lazy_graph = lazy_graph
        #: Solves with rez, without callbacks.
        self.solve_again: Optional[Callable[[], Any]] = None
        self.resolved_packages: Optional[List[Resolved]] = None
        self.resolved_ephemerals: Optional[List[str]] = None
        if self.status is SolverStatus.solved:
            self.resolved_packages = repository.resolved(result)
            self.resolved_ephemerals = result.resolved_ephemerals

    def failure_description(self) -> Optional[str]:
        """rez's text of the failure."""
        return self.result.failure_description

    def get_graph(self) -> Any:
        """The resolve graph, or the graph of the failure; empty if the solve was stopped."""
        from rez.vendor.pygraph.classes.digraph import digraph

        from ._graph import LazyDigraph

        if self.result.status == "stopped":
            return digraph()
        if self._lazy_graph:
            return LazyDigraph(self._compute_graph)
        return self._compute_graph()

    def _compute_graph(self) -> Any:
        from ._graph import drawn

        try:
            return drawn(self.result.graph())
        except Exception:
            if self.solve_again is None:
                raise
        # For a graph, rez reads packages that the engine does not need. Only rez can read some of them.
        return self.solve_again().get_graph()


def missing_variant_requires_are_errors() -> bool:
    """rez's ``error_on_missing_variant_requires``. A rez without this setting behaves as if it were on."""
    from rez.config import config

    return not RezVersion.here().missing_variant_requires or bool(config.error_on_missing_variant_requires)


def options_of(resolver: Any) -> Dict[str, Any]:
    """The options of a resolver's solve, including rez's configuration.

    Raises:
        HandBack: The engine does not support one of them.
    """
    from rez.config import config
    from rez.package_order import PackageOrderList

    check(resolver)
    max_fails, time_limit, watching = limits(resolver.callback)
    version = RezVersion.here()
    orderers = resolver.package_orderers
    if not version.orders_by_family:
        # Requests whose orderers matter are handed back. Configured orderers count only through a context.
        orderers = []
    return {
        "variant_select_mode": config.variant_select_mode,
        "package_filter": resolver.package_filter,
        "package_orderers": for_engine(orderers),
        "configured_orderers": for_engine(PackageOrderList.singleton) if orderers is None else None,
        "building": bool(resolver.building),
        "error_on_missing_variant_requires": missing_variant_requires_are_errors(),
        "prune_unfailed": bool(config.prune_failed_graph),
        "max_fails": max_fails,
        "time_limit": time_limit,
        "callback": watching,
    }


def solve(resolver: Any, repositories: RepositoryCache) -> EngineSolver:
    """Does what ``Resolver._solve`` does, with the engine.

    Raises:
        HandBack: rez has to do it.
        RezError: The exception that rez raises for invalid input.
        BaseException: Whatever a callback raised.
    """
    from rez.exceptions import RezError

    watching: Optional[Watching] = None
    announced = announcing(resolver)
    try:
        options = options_of(resolver)
        watching = options["callback"]
        return _solve(resolver, repositories, options, announced)
    except CallersError as error:
        callers = error.error
    except RezError:
        raise
    except Exception as error:
        if watching:
            resolver.callback = watching.rest()
        if announced:
            resolver.package_load_callback = announced.rest()
        if isinstance(error, HandBack):
            raise
        if isinstance(error, _native.PyrerError):
            raise HandBack(str(error)) from error
        # An internal error that rez does not have must not stop anybody's work.
        logger.warning("pyrer: failed, rez solves by itself", exc_info=True)
        raise HandBack("pyrer failed") from error
    raise callers  # outside the except block, so that CallersError does not become the context of the exception


def _solve(
    resolver: Any, repositories: RepositoryCache, options: Dict[str, Any], announced: Optional[Announcing]
) -> EngineSolver:
    paths = resolver.package_paths
    repository = repositories.get(paths)
    if announced:
        repository = AnnouncedRepository(paths, announced, repository)
    result = repository.solve([str(request) for request in resolver.package_requests], **options)
    if result.rez_may_raise:
        raise HandBack("rez may raise an error of its own where the engine answers")
    raise_error(result)
    cached = bool(resolver.caching and resolver.memcached_servers)
    # A context in a cache is written at once, including its graph.
    solver = EngineSolver(result, repository, not cached, options["callback"])
    if solver.resolved_packages and not cached:
        _share_variants(resolver, solver.resolved_packages)
    return solver


def _share_variants(resolver: Any, packages: List[Resolved]) -> None:
    """Spares the resolver the lookup of the resource for each handle, which is the most expensive part of a context."""
    from rez.packages import Variant
    from rez.resolver import Resolver

    if type(resolver)._get_variant is not Resolver._get_variant:
        return
    resources = {id(package.handle): package.resource for package in packages}

    def get_variant(handle: Any) -> Any:
        resource = resources.get(id(handle))
        if resource is None:
            return Resolver._get_variant(resolver, handle)
        return Variant(resource, context=resolver.context)

    resolver._get_variant = get_variant


def raise_error(result: SolveResult) -> None:
    """Raises rez's exception if a result is an error.

    Raises:
        HandBack: rez has to report what is wrong.
        RezError: What rez raises for invalid input.
    """
    if result.status != "error":
        return
    from rez import exceptions

    errors = {
        "package_family_not_found": exceptions.PackageFamilyNotFoundError,
        "package_not_found": exceptions.PackageNotFoundError,
    }
    if result.error_kind == "package_conflict":
        # If there are several, the order of a set decides which one rez reaches first.
        raise HandBack("a package contradicts itself")
    if result.error_kind == "package_orderer":
        raise HandBack("an orderer that is not rez's fails, or its keys have no consistent order")
    if result.error_kind not in errors:
        raise HandBack(UNREADABLE)
    raise errors[result.error_kind](result.failure_description)
