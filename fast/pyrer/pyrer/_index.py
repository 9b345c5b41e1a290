"""Which indexes of package paths are read, and how far they are trusted."""

from __future__ import annotations

import os
from typing import Any, Dict, Mapping, Optional, Union

LEVELS = ("strict", "listing", "published", "off")

Index = Union[str, Mapping[str, Optional[str]], None]


def index_json(index: Index = None) -> Dict[str, Any]:
    """The settings passed to the library. Values that are not given come from the environment, as for ``rer``.

    Args:
        index: A level (``strict``, ``listing``, ``published``, ``off``), or a mapping of ``level``, ``cache`` (a
            directory that belongs to this user) and ``directory`` (where published indexes are, if not in the package
            paths). The environment variables are RER_INDEX, RER_CACHE_DIR and RER_INDEX_DIR.

    Raises:
        TypeError: The value is neither of these.
        ValueError: There is no such level.
    """
    if index is not None and not isinstance(index, (str, Mapping)):
        raise TypeError(f"index: expected a level or a mapping, found {type(index).__name__}")
    given: Mapping[str, Optional[str]] = {"level": index} if isinstance(index, str) else index or {}
    unknown = set(given) - {"level", "cache", "directory"}
    if unknown:
        raise ValueError(f"index: expected level, cache or directory, found {', '.join(sorted(unknown))}")
    level = given.get("level") or os.environ.get("RER_INDEX") or "strict"
    if level not in LEVELS:
        source = "index" if given.get("level") else "the variable RER_INDEX"
        raise ValueError(f"{source}: expected one of {', '.join(LEVELS)}, found {level!r}")
    description = {"level": level}
    for name, variable in (("cache", "RER_CACHE_DIR"), ("directory", "RER_INDEX_DIR")):
        value = given.get(name) or os.environ.get(variable)
        if value:
            description[name] = os.fspath(value)
    return description
