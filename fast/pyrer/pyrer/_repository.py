"""Repositories, and solving with them."""

from __future__ import annotations

import json
import os
from typing import Any, Callable, Dict, Iterable, List, Optional, Sequence, Union

from . import _native
from ._index import Index, index_json
from ._limits import cancellation_handle, check_threads, check_time_limit
from ._loading import Asking, CallbackError, FamilyLoader, LoadFamily
from ._options import options_json
from ._ordering import Ordering
from ._packages import PackageData, by_family, packages_of, texts
from ._results import SolveResult
from ._watching import Callback, Watch
from .orderer import PackageOrderer


class Repository:
    """Packages that are prepared for the engine. Built once, and then used by any number of solves and threads.

    Args:
        packages: Known packages. If two have the same version, the first one counts, as in rez.
        load_family: Called with the name of a family, once for each family that a solve reaches and that is not in
            ``packages``. Returns the packages of the family. Only ``solve(...)`` passes ranges, because a repository
            must load what any request may need.
        paths: rez's package paths, read without Python as a solve reaches them.
        index: How far indexes of these paths are trusted: ``strict``, ``listing``, ``published`` or ``off``, or a
            mapping of ``level``, ``cache`` and ``directory``. Values that are not given come from the environment, as
            for ``rer``.
        eager: Load everything now. Cannot be combined with ``load_family``.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: The packages cannot be read.
        PyrerError: The library cannot be used.
    """

    def __init__(
        self,
        packages: Optional[Iterable[PackageData]] = None,
        *,
        load_family: Optional[LoadFamily] = None,
        paths: Optional[Sequence[Union[str, "os.PathLike[str]"]]] = None,
        index: Index = None,
        eager: bool = False,
    ) -> None:
        families = {} if packages is None else by_family(packages_of(packages))
        known = {
            family: {version: package.definition() for version, package in versions.items()}
            for family, versions in families.items()
        }
        sources: List[Dict[str, Any]] = [{"packages": known}] if known else []
        if paths is not None:
            sources.append({"paths": _paths(paths), "index": index_json(index)})
        loader = None if load_family is None else FamilyLoader(load_family, known)
        if loader is not None:
            sources.append({"ask": 0})
        description: Dict[str, Any] = {"sources": sources, "eager": eager}
        if paths is None:
            description["search_paths"] = ["memory"]
        self._asking = Asking(None) if loader is None else loader.asking
        self._handle = _native.create_repository(lambda: json.dumps(description).encode(), self._asking.function)

    @classmethod
    def _made_of(cls, describe: Callable[[], Dict[str, Any]], asking: Asking) -> Repository:
        """Creates a repository from a description in the format of ``rer_repository_create``."""
        repository = cls.__new__(cls)
        repository._asking = asking
        repository._handle = _native.create_repository(lambda: json.dumps(describe()).encode(), asking.function)
        return repository

    def solve(
        self,
        requests: Sequence[str],
        *,
        time_limit: Optional[float] = None,
        callback: Optional[Callback] = None,
        cancellation: Optional[_native.Cancellation] = None,
        **options: Any,
    ) -> SolveResult:
        """Solves a request. The interpreter's lock is released during the solve.

        Args:
            requests: Requirements as in ``rez-env``. Their order matters.
            time_limit: Stop after this many seconds.
            callback: Called between steps to ask whether to continue.
            cancellation: Ends the solve from another thread.
            options: ``variant_select_mode`` (``version_priority``, ``intersection_priority``), ``package_filter``,
                ``package_orderers`` (as in rez's configuration, or rez's objects), ``configured_orderers``,
                ``timestamp``, ``building``, ``optimised``, ``error_on_missing_variant_requires``, ``prune_unfailed``,
                ``max_fails``.

        Raises:
            TypeError: An argument has the wrong type.
            ValueError: An option has an invalid value.
            Exception: Whatever ``callback`` raised.

        An exception in ``load_family`` or in an orderer makes the result an error, except for ``KeyboardInterrupt`` and
        ``SystemExit``.
        """
        return self._solve_one(texts(requests, "requests"), None, time_limit, callback, cancellation, options)

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
        """Solves many requests at once, by default one per core. Results are in the order of the requests.

        Arguments and exceptions are those of ``solve``. The time limit applies to each request.
        """
        if isinstance(requests, (str, bytes)) or not isinstance(requests, Iterable):
            raise TypeError(f"requests must be a list of lists of str, not {type(requests).__name__}")
        questions = [texts(request, "a request") for request in requests]
        ordering = Ordering(None, options)
        results = self._solve(questions, ordering, time_limit, threads, callback, cancellation, options)
        for error in (self._asking.take_error(), ordering.error):
            if error is not None and not isinstance(error, Exception):
                raise error
        return results

    def _solve_one(
        self,
        request: List[str],
        orderer: Optional[PackageOrderer],
        time_limit: Optional[float],
        callback: Optional[Callback],
        cancellation: Optional[_native.Cancellation],
        options: Dict[str, Any],
    ) -> SolveResult:
        ordering = Ordering(orderer, options)
        self._asking.take_error()
        (result,) = self._solve([request], ordering, time_limit, None, callback, cancellation, options)
        error = self._asking.take_error() or ordering.error
        if error is None:
            return result
        if not isinstance(error, CallbackError):
            raise error
        kind = "package_data" if ordering.error is None else "package_orderer"
        return SolveResult.of_error(kind, str(error), result)

    def _solve(
        self,
        requests: List[List[str]],
        ordering: Ordering,
        time_limit: Optional[float],
        threads: Optional[int],
        callback: Optional[Callback],
        cancellation: Optional[_native.Cancellation],
        options: Dict[str, Any],
    ) -> List[SolveResult]:
        question: Dict[str, Any] = {"requests": requests, "options": options_json(options)}
        if ordering.specifications:
            question["asked_orderers"] = ordering.specifications
        if check_time_limit(time_limit) is not None:
            question["time_limit"] = time_limit
        if check_threads(threads) is not None:
            question["threads"] = threads
        token = cancellation_handle(cancellation)
        watch = Watch(callback)
        callbacks = _native.Callbacks()
        watch.set_callbacks(callbacks)
        ordering.set_callbacks(callbacks)
        handle, summary = _native.solve(self._handle, json.dumps(question).encode(), callbacks, token)
        watch.raise_error()
        return [SolveResult(each, handle, item) for item, each in enumerate(json.loads(summary))]


def _paths(paths: Any) -> List[str]:
    if isinstance(paths, (str, bytes, os.PathLike)) or not isinstance(paths, Iterable):
        raise TypeError(f"paths must be a list of paths, not {type(paths).__name__}")
    decoded = [os.fsdecode(path) for path in paths]
    for path in decoded:
        if not path or "\0" in path:
            raise ValueError(f"paths must be directories, not {path!r}")
    return decoded
