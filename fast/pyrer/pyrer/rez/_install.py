"""Installs the engine in rez, and removes it."""

from __future__ import annotations

import copy
import functools
import logging
import os
import threading
from collections import Counter
from typing import Any, Callable, Dict, List, Optional, Tuple

from .. import _native
from .._index import Index, index_json
from . import _shadow, _solving
from ._callbacks import limits
from ._ending import end_commands_at_once
from ._handback import HandBack
from ._requests import remembering
from ._sources import RepositoryCache
from ._versions import RezVersion

#: "1" leaves every solve to rez, even if pyrer is installed. So does any other value that does not mean no.
DISABLE_VARIABLE = "PYRER_DISABLE"
_NO = ("", "0", "false", "no", "off")

logger = logging.getLogger("pyrer.rez")
_lock = threading.Lock()
_replaced: List[Tuple[Any, str, Any]] = []
_counts: "Counter[str]" = Counter()
_mode = ""
_refusal = ""


def install(shadow: bool = False, shadow_directory: Optional[str] = None, index: Index = None) -> bool:
    """Makes rez solve with the engine in this process. Installing again changes the mode.

    Args:
        shadow: Solve with both, return rez's answer, and log differences with a book that reproduces each.
        index: How far indexes of package paths are trusted, as in ``pyrer.Repository``. A published index is used where
            it is found, in the package path or in RER_INDEX_DIR.
        shadow_directory: The directory for the books; by default ``pyrer-shadow`` in the directory for temporary files.

    Returns:
        Whether it was installed. It is not installed if ``PYRER_DISABLE`` is 1. It is also not installed if there is no
        library for this platform, or if this version of rez is not supported. That is logged.
    """
    global _mode, _refusal
    if _disabled():
        return False
    version = RezVersion.here()
    _refusal = version.refusal
    try:
        indexes = index_json(index)
        if not _refusal:
            _native.library()
    except (ValueError, _native.PyrerError) as error:
        if index is not None and isinstance(error, ValueError):
            raise
        _refusal = _refusal or str(error)
    if _refusal:
        logger.warning("pyrer: %s; rez solves by itself", _refusal)
        return False
    version.warn_if_newer()
    from rez.package_repository import PackageRepository, PackageRepositoryManager
    from rez.resolver import Resolver
    from rez.utils.formatting import PackageRequest

    uninstall()
    directory = (shadow_directory or _shadow.default_directory()) if shadow else None
    repositories = RepositoryCache(indexes)
    with _lock:
        _replace(Resolver, "_solve", lambda original: _solving_with(original, repositories, directory))
        _replace(PackageRepository, "clear_caches", lambda original: _clearing(original, repositories))
        _replace(PackageRepositoryManager, "clear_caches", lambda original: _clearing(original, repositories))
        _replace(PackageRequest, "__init__", remembering)
    _mode = f"in shadow mode: rez's answers are used, differences are written to {directory}" if directory else ""
    end_commands_at_once()
    return True


def uninstall() -> None:
    """Restores rez's own solver."""
    with _lock:
        while _replaced:
            owner, name, original = _replaced.pop()
            setattr(owner, name, original)


def _replace(owner: Any, name: str, replacement: Callable[[Any], Any]) -> None:
    original = getattr(owner, name)
    _replaced.append((owner, name, original))
    setattr(owner, name, replacement(original))


def _solving_with(
    original: Callable[[Any], Any], repositories: RepositoryCache, shadow_directory: Optional[str]
) -> Callable[[Any], Any]:
    @functools.wraps(original)
    def _solve(self: Any) -> Any:
        if _disabled():
            return original(self)
        if shadow_directory:
            return _shadow.solve(self, repositories, original, shadow_directory, count)
        try:
            solver = _solving.solve(self, repositories)
        except HandBack as reason:
            count(f"handed back: {reason}")
        else:
            count("solved")
            solver.solve_again = functools.partial(_solve_again, original, copy.copy(self))
            return solver
        # Outside the except block, so that HandBack does not become the context of rez's exceptions.
        return original(self)

    return _solve


def _solve_again(original: Callable[[Any], Any], resolver: Any) -> Any:
    resolver.package_load_callback = None
    if limits(resolver.callback)[2] is not None:
        resolver.callback = None
    return original(resolver)


def installed() -> bool:
    """Whether the engine solves for rez in this process."""
    return bool(_replaced) and not _disabled()


def state() -> str:
    """Whether rez solves with the engine here. The text begins with ``yes`` or ``no``, followed by the mode or the
    reason."""
    if _disabled():
        return f"no: {DISABLE_VARIABLE}={os.environ[DISABLE_VARIABLE]}"
    if _replaced:
        return ", ".join(filter(None, ("yes", _mode)))
    refusal = _refusal or RezVersion.here().refusal
    return "no: " + (refusal or "nothing installs it; see 'For every rez command' in the documentation")


def statistics() -> Dict[str, int]:
    """The number of solves by the engine (``solved``), and the numbers handed back for each reason."""
    with _lock:
        return dict(_counts)


def count(what: str) -> None:
    """Counts a solve."""
    logger.debug("pyrer: %s", what)
    with _lock:
        _counts[what] += 1


def _disabled() -> bool:
    return os.environ.get(DISABLE_VARIABLE, "").strip().lower() not in _NO


def _clearing(original: Callable[..., Any], repositories: RepositoryCache) -> Callable[..., Any]:
    @functools.wraps(original)
    def clear_caches(self: Any) -> Any:
        repositories.clear()
        return original(self)

    return clear_caches
