"""The end of ``rez env``, which is not to wait for Python to look through all that was imported."""

from __future__ import annotations

import atexit
import gc
import sys


def end_commands_at_once() -> None:
    """Makes a process of ``rez env`` end without looking for reference cycles; others end as ever.

    Python looks for cycles once more when a process ends, through the hundred thousands of objects that rez's imports
    and a context are made of. That takes a tenth of ``rez env REQUEST -c true``. What a module holds is let go of all the
    same, and functions that are registered with ``atexit`` run.
    """
    atexit.unregister(_forget_cycles)
    atexit.register(_forget_cycles)


def _forget_cycles() -> None:
    if "rez.cli.env" in sys.modules and "rezgui" not in sys.modules:
        gc.freeze()
