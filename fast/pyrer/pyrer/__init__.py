"""rez's package solver, thousands of times faster: Rer's engine for Python.

    import pyrer

    packages = [
        pyrer.PackageData("app", "1.0", requires=["lib-2+"]),
        pyrer.PackageData("lib", "2.1"),
    ]
    result = pyrer.solve(["app"], packages)
    print(result.status, result.resolved)

``pyrer.rez.install()`` makes rez use the engine in this process.
"""

from __future__ import annotations

from ._insights import audit, bisect, dependents, explain, impact
from ._native import Cancellation, PyrerError, native_version
from ._packages import PackageData
from ._repository import Repository
from ._results import Failure, Graph, ResolvedVariant, SolveResult
from ._solve import solve, solve_many
from ._static import parse_static_package_py, parse_static_packages_py
from ._watching import SolverState
from .orderer import PackageOrderer, register_orderer

__version__: str

__all__ = [
    "Cancellation",
    "Failure",
    "Graph",
    "PackageData",
    "PackageOrderer",
    "PyrerError",
    "Repository",
    "ResolvedVariant",
    "SolveResult",
    "SolverState",
    "audit",
    "bisect",
    "dependents",
    "explain",
    "impact",
    "parse_static_package_py",
    "parse_static_packages_py",
    "register_orderer",
    "solve",
    "solve_many",
]


def __getattr__(name: str) -> str:
    # The version is stored in the library, which is not loaded before it is needed.
    if name == "__version__":
        return native_version()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
