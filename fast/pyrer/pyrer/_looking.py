"""Lists families, versions and definitions in package paths with Rer's own reader, without a solve."""

from __future__ import annotations

import ctypes
import json
import os
import sys
from typing import Any, Dict, List, Optional, Sequence

from . import _native


def report_missing(paths: Optional[Sequence[str]]) -> None:
    """Names the package paths that do not exist. rez treats them as empty, and so do the scripts: a mistyped path would
    look like a repository without problems."""
    for path in paths or ():
        if "@" not in path and not os.path.isdir(path):
            print(f"{path}: there is no such directory; rez treats it as empty", file=sys.stderr)


class Shelf:
    """The packages of package paths as Rer's reader sees them, for scripts that need all of them.

    Args:
        paths: rez's package paths.

    Raises:
        ValueError: A path has a type that cannot be read.
        PyrerError: The library cannot be used.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        description = json.dumps({"sources": [{"paths": list(paths)}]}).encode()
        self._handle = _native.create_repository(description, _native.AskFunction())

    def families(self) -> List[str]:
        """The names of all families, in order."""
        return sorted(self._look(None, None))

    def versions(self, family: str) -> List[str]:
        """The versions of a family as its directories are named; an empty text for an unversioned package."""
        return sorted(self._look(family, None))

    def definition(self, family: str, version: str) -> Dict[str, Any]:
        """``definition`` contains the part of a package that affects answers, without empty fields. If it cannot be
        read, ``error`` says why, and ``needs_python`` whether Python could read it."""
        answer: Dict[str, Any] = self._look(family, version)
        return answer

    def _look(self, family: Optional[str], version: Optional[str]) -> Any:
        return look(self._handle, family, version)


def look(repository: _native.Handle, family: Optional[str], version: Optional[str]) -> Any:
    """Returns the answer of ``rer_look``."""
    handle, text, length = ctypes.c_uint64(), ctypes.c_void_p(), ctypes.c_size_t()
    question = {name: value for name, value in (("family", family), ("version", version)) if value is not None}
    asked = json.dumps(question).encode()
    places = (ctypes.byref(handle), ctypes.byref(text), ctypes.byref(length))
    _native.call("rer_look", repository.value, asked, len(asked), *places)
    found = _native.Handle(handle.value)
    answer = json.loads(ctypes.string_at(text.value or 0, length.value))
    del found  # the text is freed with it
    return answer
