"""Putting the engine into rez, and taking it out."""

from __future__ import annotations

import functools
import logging
import os
import threading
from collections import Counter
from typing import Any, Callable, Dict, Optional

from .. import _native
from . import _shadow, _solving
from ._handback import HandBack
from ._sources import RepositoryCache
from ._versions import RezVersion

#: "1" leaves every solve to rez, whatever is installed.
DISABLE_VARIABLE = "PYRER_DISABLE"

logger = logging.getLogger("pyrer.rez")
_lock = threading.Lock()
_originals: Dict[str, Callable[..., Any]] = {}
_counts: "Counter[str]" = Counter()


def install(shadow: bool = False, shadow_directory: Optional[str] = None) -> bool:
    """Lets the engine solve for rez in this process. Installing again changes the mode.

    Args:
        shadow: Let both solve, hand out rez's answer, and log differences with a book that reproduces each.
        shadow_directory: Where the books go; by default ``pyrer-shadow`` in the directory for temporary files.

    Returns:
        Whether it was installed: not if ``PYRER_DISABLE`` is 1; nor if there is no library for this platform or this
        rez is not known, which is logged.
    """
    if _disabled():
        return False
    version = RezVersion.here()
    refusal = version.refusal
    if not refusal and not _native.usable():
        refusal = "no native library can be used in this process"
    if refusal:
        logger.warning("pyrer: %s; rez solves by itself", refusal)
        return False
    version.warn_if_newer()
    from rez.package_repository import PackageRepository, PackageRepositoryManager
    from rez.resolver import Resolver

    uninstall()
    repositories = RepositoryCache()
    with _lock:
        original = _originals["solve"] = Resolver._solve
        _originals["clear"] = PackageRepository.clear_caches
        _originals["clear_all"] = PackageRepositoryManager.clear_caches

        @functools.wraps(original)
        def _solve(self: Any) -> Any:
            if _disabled():
                return original(self)
            if shadow:
                return _shadow.solve(self, repositories, original, shadow_directory, count)
            try:
                solver = _solving.solve(self, repositories)
            except HandBack as reason:
                count(f"handed back: {reason}")
                return original(self)
            count("solved")
            return solver

        Resolver._solve = _solve
        PackageRepository.clear_caches = _clearing(_originals["clear"], repositories)
        PackageRepositoryManager.clear_caches = _clearing(_originals["clear_all"], repositories)
    return True


def uninstall() -> None:
    """Gives rez its own solver back."""
    with _lock:
        if not _originals:
            return
        from rez.package_repository import PackageRepository, PackageRepositoryManager
        from rez.resolver import Resolver

        Resolver._solve = _originals.pop("solve")
        PackageRepository.clear_caches = _originals.pop("clear")
        PackageRepositoryManager.clear_caches = _originals.pop("clear_all")


def installed() -> bool:
    """Whether the engine solves for rez in this process."""
    return bool(_originals) and not _disabled()


def statistics() -> Dict[str, int]:
    """How many solves the engine did (``solved``), and how many were handed back for which reasons."""
    with _lock:
        return dict(_counts)


def count(what: str) -> None:
    """Counts a solve."""
    logger.debug("pyrer: %s", what)
    with _lock:
        _counts[what] += 1


def _disabled() -> bool:
    return os.environ.get(DISABLE_VARIABLE) == "1"


def _clearing(original: Callable[..., Any], repositories: RepositoryCache) -> Callable[..., Any]:
    @functools.wraps(original)
    def clear_caches(self: Any) -> Any:
        repositories.clear()
        return original(self)

    return clear_caches
