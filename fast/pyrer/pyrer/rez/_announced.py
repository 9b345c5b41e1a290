"""Packages whose loading is reported to a callback."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence, Tuple

from .._looking import look
from .._results import SolveResult
from ._callbacks import Announcing
from ._sources import Resolved, RezRepository


class AnnouncedRepository(RezRepository):
    """The packages of one solve. Each is reported when the engine reaches it, in the order in which rez lists them.

    Args:
        package_paths: rez's package paths.
        announcing: The callback to report to.
        read: The same packages, as kept for all solves.
    """

    def __init__(self, package_paths: Sequence[str], announcing: Announcing, read: RezRepository) -> None:
        self._announce = announcing
        self._read = read
        self._lists: Dict[Tuple[int, str], Optional[Dict[str, Any]]] = {}
        super().__init__(package_paths, {"level": "off"})

    def resolved(self, result: SolveResult) -> List[Resolved]:
        """Resolved variants for rez's resolver."""
        return self._read.resolved(result)

    def _source(self, number: int, repository: Any) -> Dict[str, Any]:
        return {"ask": number}

    def _listed(self, source: int, family: str) -> Optional[Dict[str, Any]]:
        key = (source, family)
        if key not in self._lists:
            self._lists[key] = super()._listed(source, family)
        return self._lists[key]

    def _define(self, resource: Any) -> Dict[str, Any]:
        from rez.packages import Package

        package = Package(resource)
        self._announce(package)
        answer = look(self._read._handle, package.name, str(package.version or ""))
        definition: Optional[Dict[str, Any]] = answer.get("definition")
        return super()._define(resource) if definition is None else definition
