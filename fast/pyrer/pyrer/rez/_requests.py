"""Requests that are parsed only once in a process."""

from __future__ import annotations

import functools
from typing import Any, Callable, Dict

#: The limit on remembered texts. At the limit, all are forgotten. A process that runs for months sees ever new ones.
MOST = 20_000


def remembering(original: Callable[..., None]) -> Callable[..., None]:
    """Wraps ``PackageRequest.__init__`` so that a text is parsed only once.

    Each request is still a separate object. The range is shared, because nothing in rez changes it.
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
            str(self)  # rez caches the text, too
            if len(known) >= MOST:
                known.clear()
            known[s] = vars(self).copy()
        else:
            vars(self).update(state)

    return __init__
