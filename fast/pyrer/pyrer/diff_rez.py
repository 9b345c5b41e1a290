"""Compares Rer's reading of every package definition with rez's.

    python -m pyrer.diff_rez PATH...

Run it with a Python that can import rez. Definitions that need Python are left to rez, and only counted. Definitions
whose code raises an exception in rez are listed separately, because the reader does not run code that affects no field.
Exits with 1 if a definition, or a list of versions, is read differently from rez.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any, Dict, Iterator, Optional, Sequence, Tuple

from ._looking import Shelf, report_missing
from ._packages import of_rez_package
from .rez._failing import is_raised_by_a_definition

#: The error of a definition that rez evaluates at each resolve. It differs from that of a definition that rez cannot
#: read.
LATE = "late-bound"


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Runs the script."""
    parser = argparse.ArgumentParser(
        prog="python -m pyrer.diff_rez", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", metavar="PATH", nargs="+", help="a package path")
    options = parser.parse_args(arguments)
    try:
        import rez  # noqa: F401
    except ImportError as error:
        parser.error(f"rez cannot be imported ({error}); run this with rez's own Python")
    report_missing(options.paths)
    counts = {"same": 0, "left": 0, "different": 0, "failing": 0}
    for path in options.paths:
        for place, ours, theirs in readings(path):
            outcome = judge(ours, theirs)
            counts[outcome] += 1
            if outcome == "different":
                print(f"{place}\n    rez:   {theirs}\n    pyrer: {ours}")
            elif outcome == "failing":
                print(f"{place}\n    rez cannot load it: {theirs['error']}")
    failing = f", {counts['failing']} that rez cannot load" if counts["failing"] else ""
    print(
        f"{sum(counts.values())} definitions: {counts['same']} read as rez reads them, "
        f"{counts['left']} left to rez, {counts['different']} different{failing}"
    )
    return 1 if counts["different"] else 0


def judge(ours: Dict[str, Any], theirs: Dict[str, Any]) -> str:
    """``same``, ``left`` (to rez), ``different``, or ``failing`` if rez cannot run the definition's code."""
    if ours.get("needs_python"):
        return "left"
    if "error" in theirs and "error" in ours:
        return "same"
    if theirs.get("raised") and "definition" in ours:
        return "failing"
    return "same" if ours == theirs else "different"


def readings(path: str) -> Iterator[Tuple[str, Dict[str, Any], Dict[str, Any]]]:
    """Every package that either side sees in a path, with Rer's reading of it and rez's."""
    from rez.package_repository import package_repository_manager

    shelf, repository = Shelf([path]), package_repository_manager.get_repository(path)
    ours_seen = set(shelf.families())
    theirs_seen = {family.name for family in repository.iter_package_families()}
    for name in sorted(ours_seen | theirs_seen):
        family = repository.get_package_family(name) if name in theirs_seen else None
        packages: Dict[str, Any] = {}
        try:
            packages = {str(each.version or ""): each for each in (repository.iter_packages(family) if family else ())}
            listed = dict.fromkeys([*shelf.versions(name), *packages])
        except Exception as error:  # a family in one file that one of the two cannot read
            yield f"{path}: {name}", _ours_of_family(shelf, name), {"error": f"{type(error).__name__}: {error}"}
            continue
        known = set(shelf.versions(name))
        for version in sorted(listed):
            ours = _normal(shelf.definition(name, version)) if version in known else {"error": "not seen"}
            theirs = _theirs(packages[version]) if version in packages else {"error": "not seen"}
            if (version in known) is not (version in packages):
                theirs["seen"] = version in packages  # so that two errors do not count as the same
                ours["seen"] = version in known
                ours.pop("needs_python", None)
            yield f"{path}: {name}{'-' if version else ''}{version}", ours, theirs


def _ours_of_family(shelf: Shelf, name: str) -> Dict[str, Any]:
    try:
        return {"versions": shelf.versions(name)}
    except Exception as error:
        return {"error": str(error)}


def _theirs(resource: Any) -> Dict[str, Any]:
    from rez.packages import Package
    from rez.utils.sourcecode import SourceCode

    try:
        if any(isinstance(getattr(resource, name, None), SourceCode) for name in ("requires", "build_requires")):
            return {"error": LATE}
        return _normal({"definition": of_rez_package(Package(resource)).definition()})
    except Exception as error:  # rez's own, or what the definition raises
        return {"error": f"{type(error).__name__}: {error}", "raised": is_raised_by_a_definition(error)}


def _normal(answer: Dict[str, Any]) -> Dict[str, Any]:
    """A definition with its requirements written as rez writes them. One that does not parse is an error, as in rez:
    Rer reports it when the package is used."""
    from rez.utils.formatting import PackageRequest

    definition = answer.get("definition")
    if definition is None:
        return answer
    normal = dict(definition)
    try:
        for name in ("requires", "build_requires"):
            if name in normal:
                normal[name] = [str(PackageRequest(text)) for text in normal[name]]
        if "variants" in normal:
            normal["variants"] = [[str(PackageRequest(text)) for text in variant] for variant in normal["variants"]]
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {"definition": normal}


if __name__ == "__main__":
    sys.exit(main())
