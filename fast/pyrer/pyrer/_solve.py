"""Solving in one call."""

from __future__ import annotations

import os
import threading
import weakref
from collections import OrderedDict, deque
from collections.abc import Sequence as AnySequence
from typing import Any, Dict, Iterable, List, Optional, Sequence, Tuple, Union

from . import _native
from ._loading import FamilyLoader, LoadFamily
from ._packages import PackageData, duplicate, packages_of, texts
from ._repository import Repository
from ._results import SolveResult
from ._watching import Callback
from .orderer import PackageOrderer, find_orderer

_SELECT_MODES = ("version_priority", "intersection_priority")


def solve(
    package_requests: Sequence[str],
    packages: Optional[Sequence[PackageData]] = None,
    *,
    load_family: Optional[LoadFamily] = None,
    variant_select_mode: str = "version_priority",
    package_orderer: Union[None, str, PackageOrderer] = None,
    filters: Any = None,
    max_iterations: Any = None,
    time_limit: Optional[float] = None,
    callback: Optional[Callback] = None,
    cancellation: Optional[_native.Cancellation] = None,
    **options: Any,
) -> SolveResult:
    """Solves one request. See ``Repository`` for packages on disk, and for many requests at a time.

    If there is no resolve or the input is invalid, no exception is raised: look at the ``status`` of the result. The
    same holds if ``load_family`` or an orderer raises.

    Args:
        package_requests: Requirements as in ``rez-env``. Their order matters.
        packages: Known packages. If the same objects are passed again unchanged, they are not read again.
        load_family: Called with the name of a family when the solve reaches one that is not in ``packages``. Returns a
            list of its packages. If it takes ``version_range``, it is also passed a range (as text, or None) that
            contains all versions that the solve can need so far. Packages outside of it may be left out. If the solve
            later needs more, it is called again with a larger range.
        variant_select_mode: ``version_priority`` or ``intersection_priority``, as in rez's configuration.
        package_orderer: Orders versions: an instance, or the name of one that is registered.
        filters: Ignored. The Rust port accepts it.
        max_iterations: Ignored, like ``filters``.
        time_limit: Stop after this many seconds.
        callback: Called between steps to ask whether to continue.
        cancellation: Ends the solve from another thread.
        options: See ``Repository.solve``.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: There is no such mode, registered orderer, or value of an option.
    """
    request = texts(package_requests, "package_requests")
    orderer = find_orderer(package_orderer)
    if not isinstance(variant_select_mode, str):
        raise TypeError(f"variant_select_mode must be str, not {type(variant_select_mode).__name__}")
    if variant_select_mode not in _SELECT_MODES:
        raise ValueError(
            f"variant_select_mode must be one of {', '.join(_SELECT_MODES)}, not {variant_select_mode!r}"
        )
    options["variant_select_mode"] = variant_select_mode
    if not (packages is None or isinstance(packages, AnySequence)):
        raise TypeError(f"packages must be a list of PackageData, not {type(packages).__name__}")
    listed = [] if packages is None else packages_of(packages)
    try:
        known = _shared.get(listed)
        "".join(request).encode()
    except WrongPackages as error:
        return SolveResult.of_error("package_data", str(error))
    except UnicodeEncodeError as error:
        return SolveResult.of_error("invalid_syntax", f"the request is not valid Unicode: {error}")
    if load_family is not None:
        known = _asking(known, FamilyLoader(load_family), request, options)
    return known._solve_one(request, orderer, time_limit, callback, cancellation, options)


def solve_many(
    requests: Iterable[Sequence[str]], packages: Iterable[PackageData], **arguments: Any
) -> List[SolveResult]:
    """Solves many requests on all cores: ``Repository(packages).solve_many(requests, ...)``."""
    return Repository(packages).solve_many(requests, **arguments)


def _asking(known: Repository, loader: FamilyLoader, request: List[str], options: Dict[str, Any]) -> Repository:
    """A repository for one solve, which asks for packages that are not known."""

    def describe() -> Dict[str, Any]:
        source = {"repository": known._handle.value, "ask": 0}
        description: Dict[str, Any] = {"sources": [source], "search_paths": ["memory"]}
        # rez's orderers read more versions of a family than the solve can reach.
        if loader.takes_range and not (options.get("package_orderers") or options.get("configured_orderers")):
            description["request"] = request
        return description

    return Repository._made_of(describe, loader.asking)


class WrongPackages(Exception):
    """The packages cannot be used in any solve."""


class _SharedRepositories:
    """The repositories of the last lists of packages passed to ``solve``.

    Passing packages to the library takes longer than most solves. A program that solves again and again with the same,
    unchanged objects passes them only once. A list is recognised by the serial numbers of its packages, so neither the
    list nor the packages are kept alive. The library's copy is kept no longer than the first of the packages.
    """

    _CAPACITY = 8

    def __init__(self) -> None:
        self._repositories: "OrderedDict[Tuple[int, ...], Repository]" = OrderedDict()
        self._first: Dict[Tuple[int, ...], Any] = {}
        self._gone: "deque[Tuple[int, ...]]" = deque()
        self._lock = threading.Lock()

    def get(self, packages: List[PackageData]) -> Repository:
        """The repository of these packages.

        Raises:
            WrongPackages: Something is wrong with them.
        """
        key = tuple([package._serial for package in packages])
        with self._lock:
            while self._gone:
                self._drop(self._gone.popleft())
            repository = self._repositories.get(key)
            if repository is not None:
                self._repositories.move_to_end(key)
                return repository
        twice = duplicate(packages)
        if twice is not None:
            raise WrongPackages(twice)
        try:
            repository = Repository(packages)
        except ValueError as error:
            raise WrongPackages(str(error)) from None
        with self._lock:
            self._repositories[key] = repository
            if packages:
                self._first[key] = weakref.ref(packages[0], lambda _: self._gone.append(key))
            if len(self._repositories) > self._CAPACITY:
                self._drop(next(iter(self._repositories)))
        return repository

    def _drop(self, key: Tuple[int, ...]) -> None:
        self._repositories.pop(key, None)
        self._first.pop(key, None)

    def after_fork(self) -> None:
        """Replaces the lock, which another thread of the parent may have held."""
        self._lock = threading.Lock()


_shared = _SharedRepositories()

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_shared.after_fork)
