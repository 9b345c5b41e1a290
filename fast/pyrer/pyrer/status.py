"""Reports whether rez solves with pyrer here, and the reason if not.

    python -m pyrer.status

Run it with the Python and the environment of rez's commands. Exits with 1 if rez solves by itself.
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import sys
from typing import List, Optional, Sequence, Tuple

from . import _native


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Runs the script."""
    parser = argparse.ArgumentParser(
        prog="python -m pyrer.status", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.parse_args(arguments)
    lines, active = status()
    width = max(len(name) for name, _ in lines)
    for name, value in lines:
        print(f"{name:{width}}  {value}")
    return 0 if active else 1


def status() -> Tuple[List[Tuple[str, str]], bool]:
    """The lines of the report, and whether rez's commands in this environment solve with pyrer."""
    lines = [("python", f"{platform.python_version()} ({sys.executable})")]
    try:
        lines.append(("pyrer", f"{_native.native_version()} ({os.path.dirname(__file__)})"))
    except _native.PyrerError as error:
        return [*lines, ("pyrer", f"cannot be used: {error}")], False
    try:
        import rez
    except Exception as error:  # report whatever goes wrong
        return [*lines, ("rez", f"cannot be imported: {error}")], False
    lines.append(("rez", f"{rez.__version__} ({os.path.dirname(rez.__file__)})"))

    from .rez._install import installed, state

    records = _Records()
    logging.getLogger("pyrer.rez").addHandler(records)
    try:
        from rez.config import config

        lines.append(("rezconfig", ", ".join(config.sourced_filepaths) or "none"))
        # rez's commands import this module. From here on, a recipe in a rezconfig.py or sitecustomize.py is effective.
        import rez.resolved_context  # noqa: F401
    except Exception as error:
        return [*lines, ("rez", f"does not start: {error}")], False
    lines.append(("installed", state()))
    if installed():  # otherwise the only warning is the reason
        lines += [("warning", message) for message in records.messages]
    return lines, installed()


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: List[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Collects a warning."""
        self.messages.append(record.getMessage())


if __name__ == "__main__":
    sys.exit(main())
