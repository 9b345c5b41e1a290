"""Reads definitions without running Python code."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence as AnySequence
from typing import Any, List, Optional, Sequence, Union

from . import _native
from ._packages import PackageData

#: The number of files that are read at a time. The Rust port uses the same name.
THREADS_VARIABLE = "RAYON_NUM_THREADS"


def parse_static_package_py(source: str) -> Optional[PackageData]:
    """Reads the text of a ``package.py`` whose ``name``, ``version``, ``requires`` and ``variants`` are literals.

    Returns:
        The package. None if rez has to evaluate the file. Invalid text does not raise an exception.

    Raises:
        TypeError: The argument is not a str.
    """
    if not isinstance(source, str):
        raise TypeError(f"source must be str, not {type(source).__name__}")
    if not _is_unicode(source):
        return None
    return _read({"texts": [source]})[0]


def parse_static_packages_py(paths: Sequence[Union[str, "os.PathLike[str]"]]) -> List[Optional[PackageData]]:
    """Reads files as ``parse_static_package_py`` does, in parallel and without holding the interpreter's lock.

    Returns:
        The package for each path; None if rez has to evaluate the file or it cannot be read.

    Raises:
        TypeError: The argument is not a sequence of paths.
    """
    if isinstance(paths, (str, bytes)) or not isinstance(paths, AnySequence):
        raise TypeError(f"paths must be a list of paths, not {type(paths).__name__}")
    names = [os.fsdecode(path) for path in paths]
    # A name that is not valid Unicode cannot be passed on.
    known = {place: name for place, name in enumerate(names) if name and _is_unicode(name)}
    read = _read({"paths": list(known.values())})
    found = dict(zip(known, read))
    return [found.get(place) for place in range(len(names))]


def _read(question: Any) -> List[Optional[PackageData]]:
    threads = os.environ.get(THREADS_VARIABLE, "")
    if threads.isascii() and threads.isdigit() and 0 < int(threads) < 2**31:
        question["threads"] = int(threads)
    answer = json.loads(_native.read_static(json.dumps(question).encode()))
    return [None if package is None else PackageData(*package) for package in answer]


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return True
