"""Finds what rez has already read in this process. rez keeps it unchanged until its caches are cleared.

rez lists a family once and reads a package once. Its later solves use what it has read, even if the files have changed.
The engine must do the same. Calling rez's cached functions would fill their caches, so this module inspects the caches.
"""

from __future__ import annotations

import gc
from typing import Any, Dict, List, Optional, Tuple


def entries(cached: Any) -> Dict[Any, Any]:
    """The results by key of a function under ``lru_cache(maxsize=None)``, either Python's or that of rez before 3.1.

    Empty for other kinds of caches.
    """
    function = getattr(cached, "__func__", cached)
    names = getattr(getattr(function, "__code__", None), "co_freevars", ())
    if "cache" in names:
        found = function.__closure__[names.index("cache")].cell_contents
        return found if isinstance(found, dict) else {}
    own = getattr(cached, "__dict__", None)
    for each in gc.get_referents(cached):
        if type(each) is dict and each is not own:
            return each
    return {}


def entry(cached: Any, argument: Any) -> Tuple[bool, Any]:
    """Whether a function of one argument has a cached result for it, and the result."""
    found = entries(cached)
    for key in (argument if type(argument) is str else (argument,), ((argument,), frozenset())):
        if key in found:
            return True, found[key]
    return False, None


class LookedAt:
    """The families of rez's filesystem repositories of which rez has read anything."""

    def __init__(self) -> None:
        self._packages: Dict[Tuple[str, str], List[Any]] = {}
        self._seen = 0

    def packages(self, repository: Any, family: str) -> Optional[List[Any]]:
        """The packages of a family as rez would list them now, if it has read any of it; otherwise None."""
        looked, resource = entry(repository.get_family, family)
        if looked and resource is None:
            return []
        if resource is not None and entry(repository.get_packages, resource)[0] or self._loaded(repository, family):
            resource = repository.get_package_family(family)
            return [] if resource is None else list(repository.iter_packages(resource))
        return None

    def _loaded(self, repository: Any, family: str) -> bool:
        pool = entries(repository.pool.cached_get_resource)
        if len(pool) < self._seen:
            self._seen, self._packages = 0, {}
        if len(pool) > self._seen:
            resources = list(pool.values())
            for resource in resources[self._seen :]:
                if getattr(resource, "variant_key", None) is not None:
                    self._packages.setdefault((resource.get("location"), resource.get("name")), []).append(resource)
            self._seen = len(resources)
        return any(map(is_loaded, self._packages.get((repository.location, family), ())))


def is_loaded(package: Any) -> bool:
    """Whether rez has read a package resource."""
    return "_data" in vars(package) or "_data" in vars(vars(package).get("parent", package))
