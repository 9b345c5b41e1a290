"""The engine behind rez.

    import pyrer.rez
    pyrer.rez.install()

From then on ``rez.resolver.Resolver``, and with it ``ResolvedContext`` and all of rez's commands in this process, solve
with the engine what it models, and with rez what it does not (``pyrer.rez.statistics`` counts both, with the reasons).
``PYRER_DISABLE=1`` in the environment switches it off, also in a process that runs already.
"""

from __future__ import annotations

from ._importing import install_when_imported
from ._install import install, installed, statistics, uninstall

__all__ = ["install", "install_when_imported", "installed", "statistics", "uninstall"]
