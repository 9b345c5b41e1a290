"""Installs as soon as rez's resolver has been imported. Imports nothing that rez does not import."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from typing import Any, Dict, Optional

from .._index import Index, index_json
from ._install import install

_RESOLVER = "rez.resolver"

# rez may read its configuration while it imports the resolver, and the configuration may call this module. Then it is
# too late to watch that import, so the next module that needs the resolver is watched as well.
_WATCHED = (_RESOLVER, "rez.resolved_context")

#: The arguments of the last call. A configuration may call while the resolver is imported for an earlier call.
_arguments: Dict[str, Any] = {}


def install_when_imported(shadow: bool = False, shadow_directory: Optional[str] = None, index: Index = None) -> None:
    """Installs at once if ``rez.resolver`` has been imported, otherwise when it is imported. Costs little if rez is
    never imported. If it is called several times, as by the configurations of a studio and of a department, the last
    call counts.

    Args:
        shadow, shadow_directory, index: Those of ``install``.

    Raises:
        TypeError: ``index`` has the wrong type.
        ValueError: There is no such level of an index.
    """
    if index is not None:
        index_json(index)  # A mistake in a rezconfig.py is reported there, and not when rez.resolver is imported.
    _arguments.update(shadow=shadow, shadow_directory=shadow_directory, index=index)
    if hasattr(sys.modules.get(_RESOLVER), "Resolver"):
        install(**_arguments)
    elif not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Optional[importlib.machinery.ModuleSpec]:
        """Finds the resolver like other finders, and installs after the module has been executed."""
        if name not in _WATCHED:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader(importlib.abc.Loader):
    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> Any:
        return self._loader.create_module(spec)

    def exec_module(self, module: Any) -> None:
        self._loader.exec_module(module)
        install(**_arguments)
