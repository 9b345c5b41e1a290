"""What our reader finds in package paths: families, versions and definitions, without a solve."""

from __future__ import annotations

import ctypes
import json
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple

from . import _native


class Shelf:
    """The packages of package paths as our reader has them, for scripts that look at all of them.

    Args:
        paths: rez's package paths.

    Raises:
        ValueError: A path is of a type that is not read.
        PyrerError: The library cannot be used.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        description = json.dumps({"sources": [{"paths": list(paths)}]}).encode()
        self._handle = _native.create_repository(description, _native.AskFunction())

    def families(self) -> List[str]:
        """The names of all families, in order."""
        return sorted(self._look(None, None))

    def versions(self, family: str) -> List[str]:
        """The versions of a family, as their directories are named; empty for an unversioned package."""
        return sorted(self._look(family, None))

    def packages(self) -> Iterator[Tuple[str, str]]:
        """Family and version of every package."""
        for family in self.families():
            for version in self.versions(family):
                yield family, version

    def definition(self, family: str, version: str) -> Dict[str, Any]:
        """``definition`` with the part of a package that decides answers, without what is empty; or ``error`` with
        why it cannot be read, and whether ``needs_python`` is all that it needs."""
        answer: Dict[str, Any] = self._look(family, version)
        return answer

    def _look(self, family: Optional[str], version: Optional[str]) -> Any:
        return look(self._handle, family, version)


def look(repository: _native.Handle, family: Optional[str], version: Optional[str]) -> Any:
    """What ``rer_look`` answers."""
    handle, text, length = ctypes.c_uint64(), ctypes.c_void_p(), ctypes.c_size_t()
    question = {name: value for name, value in (("family", family), ("version", version)) if value is not None}
    asked = json.dumps(question).encode()
    places = (ctypes.byref(handle), ctypes.byref(text), ctypes.byref(length))
    _native.call("rer_look", repository.value, asked, len(asked), *places)
    found = _native.Handle(handle.value)
    answer = json.loads(ctypes.string_at(text.value or 0, length.value))
    del found  # the text goes with it
    return answer
