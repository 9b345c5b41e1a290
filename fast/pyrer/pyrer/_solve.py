"""Solving in one call."""

from __future__ import annotations

import os
import threading
import weakref
from collections import OrderedDict, deque
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
    packages: Optional[Iterable[PackageData]] = None,
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

    That there is no resolve, or that the input is wrong, is the ``status`` of the result and not an exception; so is what
    ``load_family`` or an orderer raises.

    Args:
        package_requests: Requirements as in ``rez-env``; their order matters.
        packages: Packages that are known. Given again, unchanged, they need not be looked at again.
        load_family: Asked with the name of a family when the solve reaches one that ``packages`` do not have; returns a
            list of its packages. One that takes ``version_range`` also gets the range (as text, or None) that holds all
            versions that the solve needs as far as it has come; packages outside of it may be left out. It is asked
            again, with more, should that not do.
        variant_select_mode: ``version_priority`` or ``intersection_priority``, as in rez's configuration.
        package_orderer: Orders versions: an instance, or the name of one that is registered.
        filters: Counts for nothing; the Rust port takes it.
        max_iterations: Likewise.
        time_limit: Stop after so many seconds.
        callback: Asked between steps whether to go on.
        cancellation: Ends the solve from another thread.
        options: See ``Repository.solve``.

    Raises:
        TypeError: An argument is of the wrong type.
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
    listed = [] if packages is None else packages_of(packages)
    try:
        known = _shared.get(listed)
        "".join(request).encode()
    except WrongPackages as error:
        return SolveResult.of_error("package_data", str(error))
    except UnicodeEncodeError as error:
        return SolveResult.of_error("invalid_syntax", f"the request is no Unicode: {error}")
    if load_family is not None:
        known = _asking(known, FamilyLoader(load_family), request, options)
    return known._solve_one(request, orderer, time_limit, callback, cancellation, options)


def solve_many(
    requests: Iterable[Sequence[str]], packages: Iterable[PackageData], **arguments: Any
) -> List[SolveResult]:
    """Solves many requests on all cores: ``Repository(packages).solve_many(requests, ...)``."""
    return Repository(packages).solve_many(requests, **arguments)


def _asking(known: Repository, loader: FamilyLoader, request: List[str], options: Dict[str, Any]) -> Repository:
    """A repository for one solve that asks for what is not known."""

    def describe() -> Dict[str, Any]:
        source = {"repository": known._handle.value, "ask": 0}
        description: Dict[str, Any] = {"sources": [source], "search_paths": ["memory"]}
        # rez's orderers look at more versions of a family than the solve can reach.
        if loader.takes_range and not (options.get("package_orderers") or options.get("configured_orderers")):
            description["request"] = request
        return description

    return Repository._made_of(describe, loader.asking)


class WrongPackages(Exception):
    """Packages that cannot be solved with, whatever is requested."""


class _SharedRepositories:
    """The repositories of the lists of packages that ``solve`` was given last.

    Handing over packages takes longer than most solves: programs that solve again and again with the same objects,
    none of them changed, do it once. A list is known again by the serials of its packages, so that nothing of it is
    kept alive but what the library made of it, and that not for longer than the first of its packages.
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
            WrongPackages: There is something wrong with them.
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
        """Another thread of the parent may have held the lock."""
        self._lock = threading.Lock()


_shared = _SharedRepositories()

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_shared.after_fork)
