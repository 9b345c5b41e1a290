"""Requests that are parsed once in a process."""

from __future__ import annotations

import functools
from typing import Any, Callable, Dict

#: Beyond so many texts the memory begins anew: a process that lives for months sees no end of them.
MOST = 20_000


def remembering(original: Callable[..., None]) -> Callable[..., None]:
    """``PackageRequest.__init__`` that parses a text once.

    Each request remains an object of its own. Its range is shared, which nothing in rez changes.
    """
    from rez.utils.formatting import PackageRequest

    known: Dict[str, Dict[str, Any]] = {}

    @functools.wraps(original)
    def __init__(self: Any, s: Any, *args: Any, **kwargs: Any) -> None:
        if args or kwargs or type(s) is not str or type(self) is not PackageRequest:
            original(self, s, *args, **kwargs)
            return
        state = known.get(s)
        if state is None:
            original(self, s)
            str(self)  # is kept, too
            if len(known) >= MOST:
                known.clear()
            known[s] = vars(self).copy()
        else:
            vars(self).update(state)

    return __init__
