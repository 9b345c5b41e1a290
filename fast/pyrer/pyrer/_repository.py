"""Repositories, and solving against them."""

from __future__ import annotations

import json
import os
from typing import Any, Dict, Iterable, List, Optional, Sequence, Union

from . import _native
from ._loading import Asking, FamilyLoader, LoadFamily
from ._options import options_json
from ._packages import PackageData, by_family, texts
from ._results import SolveResult
from ._watching import Callback, Watch


class Repository:
    """Packages in the form that the engine solves on: built once, then used by any number of solves and threads.

    Args:
        packages: Packages that are known.
        load_family: Asked with the name of a family, once for each that a solve reaches and ``packages`` do not have;
            returns its packages. One that takes ``version_range`` also gets the range (as text) that the request
            leaves of the family, or None; packages outside of it may be left out. Only ``solve(...)`` passes ranges:
            what a repository loads must serve every request.
        paths: rez's package paths, read without Python as a solve reaches them.
        eager: Load everything now. Not with ``load_family``.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: The packages cannot be read.
        PyrerError: The library cannot be used.
    """

    def __init__(
        self,
        packages: Optional[Iterable[PackageData]] = None,
        *,
        load_family: Optional[LoadFamily] = None,
        paths: Optional[Sequence[Union[str, "os.PathLike[str]"]]] = None,
        eager: bool = False,
    ) -> None:
        self._open(packages, load_family, paths, eager, None)

    def _open(
        self,
        packages: Optional[Iterable[PackageData]],
        load_family: Optional[LoadFamily],
        paths: Optional[Sequence[Union[str, "os.PathLike[str]"]]],
        eager: bool,
        request: Optional[List[str]],
    ) -> None:
        self._families = {} if packages is None else by_family(packages)
        self._loader: Optional[FamilyLoader] = None
        sources: List[Dict[str, Any]] = []
        if self._families:
            known = {
                family: {version: package.definition() for version, package in versions.items()}
                for family, versions in self._families.items()
            }
            sources.append({"packages": known})
        if paths is not None:
            sources.append({"paths": [os.fspath(path) for path in paths]})
        if load_family is not None:
            self._loader = FamilyLoader(load_family)
            sources.append({"ask": 0})
        description: Dict[str, Any] = {"sources": sources, "eager": eager}
        if paths is None:
            description["search_paths"] = ["memory"]
        if request is not None:
            description["request"] = request
        self._asking = Asking(self._ask if self._loader else None)
        self._handle = _native.create_repository(json.dumps(description).encode(), self._asking.function)

    def _ask(self, source: int, family: str, version: Optional[str], range_: Optional[str]) -> Dict[str, Any]:
        assert self._loader is not None
        # A family whose packages were given is known as a whole.
        return {} if family in self._families else self._loader.ask(source, family, version, range_)

    def solve(
        self,
        requests: Sequence[str],
        *,
        time_limit: Optional[float] = None,
        callback: Optional[Callback] = None,
        cancellation: Optional[_native.Cancellation] = None,
        **options: Any,
    ) -> SolveResult:
        """Solves a request. The interpreter's lock is released meanwhile.

        Args:
            requests: Requirements as in ``rez-env``; their order matters.
            time_limit: Stop after so many seconds.
            callback: Asked between steps whether to go on.
            cancellation: Ends the solve from another thread.
            options: ``variant_select_mode`` (``version_priority``, ``intersection_priority``), ``package_filter``,
                ``package_orderers`` (as rez's configuration writes them, or rez's objects), ``configured_orderers``,
                ``timestamp``, ``building``, ``optimised``, ``error_on_missing_variant_requires``, ``prune_unfailed``,
                ``max_fails``.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: An option has a value that it cannot have.
            Exception: What ``load_family`` or ``callback`` raised.
        """
        requests = texts(requests, "requests")
        results = self._solve([requests], time_limit, None, callback, cancellation, options)
        self._asking.raise_error()
        return results[0]

    def solve_many(
        self,
        requests: Iterable[Sequence[str]],
        *,
        threads: Optional[int] = None,
        time_limit: Optional[float] = None,
        callback: Optional[Callback] = None,
        cancellation: Optional[_native.Cancellation] = None,
        **options: Any,
    ) -> List[SolveResult]:
        """Solves many requests at a time, by default one on each core; results are in the order of the requests.

        Arguments and exceptions are those of ``solve``, but for an exception of ``load_family``: it is the error of
        each request that met it. The time limit is that of each request.
        """
        questions = [texts(request, "a request") for request in requests]
        results = self._solve(questions, time_limit, threads, callback, cancellation, options)
        self._asking.forget_error()
        return results

    def _solve(
        self,
        requests: List[List[str]],
        time_limit: Optional[float],
        threads: Optional[int],
        callback: Optional[Callback],
        cancellation: Optional[_native.Cancellation],
        options: Dict[str, Any],
    ) -> List[SolveResult]:
        question: Dict[str, Any] = {"requests": requests, "options": options_json(options)}
        if time_limit is not None:
            question["time_limit"] = time_limit
        if threads is not None:
            question["threads"] = threads
        watch = Watch(callback)
        token = 0 if cancellation is None else cancellation._handle.value
        handle, summary = _native.solve(self._handle, json.dumps(question).encode(), watch.function, token)
        watch.raise_error()
        return [SolveResult(each, handle, item, self._uri_of) for item, each in enumerate(json.loads(summary))]

    def _uri_of(self, name: str, version: str) -> Optional[str]:
        loaded = self._loader.families if self._loader else {}
        package = (self._families.get(name) or loaded.get(name) or {}).get(version)
        return None if package is None else package.uri


def solve(
    requests: Sequence[str],
    packages: Optional[Iterable[PackageData]] = None,
    *,
    load_family: Optional[LoadFamily] = None,
    variant_select_mode: str = "version_priority",
    time_limit: Optional[float] = None,
    callback: Optional[Callback] = None,
    cancellation: Optional[_native.Cancellation] = None,
    **options: Any,
) -> SolveResult:
    """Solves one request against packages that serve no other; see ``Repository`` for solving often.

    Arguments and exceptions are those of ``Repository`` and ``Repository.solve``. That there is no resolve, or that the
    input is wrong, is the ``status`` of the result and not an exception.
    """
    # Orderers look at more versions of a family than the solve can reach.
    ordered = options.get("package_orderers") or options.get("configured_orderers")
    repository = Repository.__new__(Repository)
    repository._open(packages, load_family, None, False, None if ordered else texts(requests, "requests"))
    return repository.solve(
        requests,
        variant_select_mode=variant_select_mode,
        time_limit=time_limit,
        callback=callback,
        cancellation=cancellation,
        **options,
    )


def solve_many(
    requests: Iterable[Sequence[str]], packages: Iterable[PackageData], **arguments: Any
) -> List[SolveResult]:
    """Solves many requests on all cores: ``Repository(packages).solve_many(requests, ...)``."""
    return Repository(packages).solve_many(requests, **arguments)
