"""Makes rez use the engine.

    import pyrer.rez
    pyrer.rez.install()

After this, ``rez.resolver.Resolver`` solves with the engine, and so do ``ResolvedContext`` and all of rez's commands in
this process. rez still solves what the engine does not support. ``pyrer.rez.statistics`` counts both, with the reasons.
``PYRER_DISABLE=1`` in the environment switches the engine off, also in a process that is already running.
"""

from __future__ import annotations

from ._importing import install_when_imported
from ._install import install, installed, statistics, uninstall

__all__ = ["install", "install_when_imported", "installed", "statistics", "uninstall"]
