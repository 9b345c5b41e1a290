"""Limits of a solve, checked before it starts."""

from __future__ import annotations

import math
from typing import Any, Optional

from . import _native

_LONGEST = 1e9


def check_time_limit(limit: Optional[float]) -> Optional[float]:
    """The limit in seconds.

    Raises:
        TypeError: It is not a number.
        ValueError: It is not a valid time.
    """
    if limit is None:
        return None
    if isinstance(limit, bool) or not isinstance(limit, (int, float)):
        raise TypeError(f"time_limit must be a number of seconds, not {type(limit).__name__}")
    if math.isnan(limit) or not 0 <= limit < _LONGEST:
        raise ValueError(f"time_limit must be seconds, from 0 up to {_LONGEST:g}, not {limit}")
    return limit


def check_threads(threads: Optional[int]) -> Optional[int]:
    """The number of concurrent solves.

    Raises:
        TypeError: It is not a number.
        ValueError: It is not positive.
    """
    if threads is None:
        return None
    if isinstance(threads, bool) or not isinstance(threads, int):
        raise TypeError(f"threads must be int, not {type(threads).__name__}")
    if not 0 < threads < 2**31:
        raise ValueError(f"threads must be positive, not {threads}")
    return threads


def cancellation_handle(cancellation: Any) -> int:
    """The handle of a cancellation; 0 for none.

    Raises:
        TypeError: It is something else.
    """
    if cancellation is None:
        return 0
    if not isinstance(cancellation, _native.Cancellation):
        raise TypeError(f"cancellation must be a pyrer.Cancellation, not {type(cancellation).__name__}")
    return cancellation.handle()
