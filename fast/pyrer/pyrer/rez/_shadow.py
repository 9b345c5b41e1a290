"""Shadow mode: both solve, rez's answer counts, and differences are logged with a book that reproduces them."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from typing import Any, Callable, Dict, List, Optional, Set, Tuple

from .. import _native
from .._options import plain
from .._packages import PackageData
from . import _solving
from ._handback import HandBack
from ._sources import RepositoryCache

logger = logging.getLogger("pyrer.rez")

_CYCLE = "A cyclic dependency was detected: "

#: What is compared of an answer: rez's own form of it, or the exception.
Outcome = Tuple[Any, ...]


def solve(
    resolver: Any,
    repositories: RepositoryCache,
    original: Callable[[Any], Any],
    directory: Optional[str],
    count: Callable[[str], None],
) -> Any:
    """Solves with both; returns or raises what rez does."""
    ours: Optional[Outcome] = None
    try:
        ours, _, _ = _outcome(resolver, lambda: _solving.solve(resolver, repositories))
    except (HandBack, _native.PyrerError) as reason:
        count(f"handed back: {reason}")
    theirs, solver, error = _outcome(resolver, lambda: original(resolver))
    if ours is not None:
        # How long something took, limits in time decide.
        stopped = "aborted" in (ours[0], theirs[0])
        if ours == theirs or stopped:
            count("shadowed")
        else:
            count("different")
            path = _write_book(resolver, theirs, directory)
            logger.warning("pyrer: differs from rez\n  rez:   %s\n  pyrer: %s\n  book:  %s", theirs, ours, path)
    if error is not None:
        raise error
    return solver


def _outcome(resolver: Any, run: Callable[[], Any]) -> Tuple[Outcome, Any, Optional[BaseException]]:
    from rez.exceptions import RezError

    try:
        solver = run()
    except RezError as error:
        return (type(error).__name__, str(error)), None, error
    answer = type(resolver)._solver_to_dict(solver)
    handles = [tuple(sorted(map(str, handle["variables"].items()))) for handle in answer["variant_handles"] or ()]
    description = answer["failure_description"]
    if description and description.startswith(_CYCLE):
        description = _CYCLE  # where it enters a cycle, and which of several it finds, rez leaves to chance
    outcome = (answer["status"].name, handles, answer["ephemerals"], description)
    return outcome, solver, None


def _write_book(resolver: Any, theirs: Outcome, directory: Optional[str]) -> str:
    """Writes the packages that the request can reach, and the request with rez's answer."""
    request = [str(each) for each in resolver.package_requests]
    case: Dict[str, Any] = {"request": request, "options": _case_options(resolver), "note": repr(theirs)}
    if theirs[0] in ("solved", "failed"):
        case["status"] = theirs[0]
        if theirs[0] == "failed":
            case["description"] = theirs[3]
    text = json.dumps([{"name": "shadow", "packages": _reachable(resolver), "cases": [case]}], indent=1)
    directory = directory or os.path.join(tempfile.gettempdir(), "pyrer-shadow")
    os.makedirs(directory, exist_ok=True)
    path = os.path.join(directory, f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.json")
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(text)
    return path


def _case_options(resolver: Any) -> Dict[str, Any]:
    options = _solving.options_of(resolver)
    options.pop("time_limit")
    return {name: plain(value) for name, value in options.items() if value is not None}


def _reachable(resolver: Any) -> Dict[str, Dict[str, Any]]:
    from rez.packages import iter_packages
    from rez.version import Requirement

    packages: Dict[str, Dict[str, Any]] = {}
    wanted: List[str] = [request.name for request in resolver.package_requests]
    seen: Set[str] = set()
    while wanted:
        family = wanted.pop()
        if family in seen or family.startswith("."):
            continue
        seen.add(family)
        versions: Dict[str, Any] = {}
        for package in iter_packages(family, paths=resolver.package_paths):
            data = PackageData.from_rez(package)
            versions[data.version] = data.definition()
            for text in [*data.requires, *data.build_requires, *(x for variant in data.variants for x in variant)]:
                wanted.append(Requirement(text).name)
        if versions:
            packages[family] = versions
    return packages
