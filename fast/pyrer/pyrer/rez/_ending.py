"""Ends ``rez env`` without waiting for Python's final garbage collection."""

from __future__ import annotations

import atexit
import gc
import sys


def end_commands_at_once() -> None:
    """Makes a process of ``rez env`` end without searching for reference cycles. Other processes end as usual.

    When a process ends, Python searches for cycles once more. It goes through the hundreds of thousands of objects of
    rez's imports and the context, which takes a tenth of ``rez env REQUEST -c true``. The contents of modules are still
    released, and functions registered with ``atexit`` still run.
    """
    atexit.unregister(_forget_cycles)
    atexit.register(_forget_cycles)


def _forget_cycles() -> None:
    if "rez.cli.env" in sys.modules and "rezgui" not in sys.modules:
        gc.freeze()
