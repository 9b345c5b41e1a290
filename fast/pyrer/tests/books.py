"""Books of cases, and the comparison of answers with them (see ``data_set/README.md``)."""

from __future__ import annotations

import gzip
import json
import os
import tarfile
import tempfile
import unittest
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Tuple

import pyrer

CLONE = Path(__file__).resolve().parents[3]
DATA_SET = CLONE / "data_set"

_ERRORS = {
    "PackageFamilyNotFoundError": "package_family_not_found",
    "PackageNotFoundError": "package_not_found",
    "ResolveError": "package_conflict",
    "VersionError": "invalid_syntax",
    "PackageRequestError": "invalid_syntax",
    "ConfigurationError": "invalid_syntax",
    "PackageMetadataError": "package_data",
    "ResourceError": "package_data",
}

_CYCLE = "A cyclic dependency was detected: "


def read(path: Path) -> List[Dict[str, Any]]:
    """The books in a file."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as stream:
        content = json.load(stream)
    return content if isinstance(content, list) else [content]


def book_files() -> List[Path]:
    """All files of books, except for the version vectors."""
    files = [*DATA_SET.glob("conformance/*.json"), *DATA_SET.glob("regressions/*.json"), DATA_SET / "studio.json.gz"]
    return sorted(path for path in files if path.name != "version.json")


def packages_of(book: Dict[str, Any]) -> Iterator[pyrer.PackageData]:
    """The packages of a book."""
    for family, versions in book["packages"].items():
        for version, package in versions.items():
            yield pyrer.PackageData(
                family,
                version,
                package.get("requires", []),
                package.get("variants", []),
                build_requires=package.get("build_requires", []),
                timestamp=package.get("timestamp", 0),
            )


def differences(case: Dict[str, Any], result: pyrer.SolveResult, book: Dict[str, Any]) -> List[str]:
    """The fields of a case in which a result differs."""
    found: List[str] = []

    def compare(field: str, expected: Any, got: Any) -> None:
        if expected != got:
            found.append(f"{field}: expected {expected!r}, got {got!r}")

    if "status" in case and result.status != case["status"]:
        return [f"status: expected {case['status']}, got {result!r}"]
    if "resolved" in case:
        compare("resolved", case["resolved"], [list(package) for package in result.resolved])
    if "ephemerals" in case:
        compare("ephemerals", case["ephemerals"], result.resolved_ephemerals)
    if "error" in case:
        compare("error", _ERRORS[case["error"]], result.error_kind)
        said = (result.failure_description or "").replace("(searched: memory)", "(searched: PATH)")
        # For text that cannot be parsed, the engine adds its location in front of rez's words.
        message = case.get("message", said)
        if result.error_kind != "invalid_syntax" or not said.endswith(message):
            compare("message", message, said)
    for field, got in (("num_solves", result.num_iterations), ("num_fails", result.num_fails)):
        if field in case:
            compare(field, case[field], got)
    if result.status == "failed":
        found += _failure_differences(case, result, None, book)
        for index, failure in enumerate(case.get("failures", ())):
            found += [f"failures {index}: {each}" for each in _failure_differences(failure, result, index, book)]
    elif "graph" in case and result.status == "solved":
        compare("graph", _sorted(case["graph"]), _graph(result, None))
        compare("dot", case.get("dot", result.graph_dot().split("\n")), result.graph_dot().split("\n"))
    return found


def _failure_differences(
    case: Dict[str, Any], result: pyrer.SolveResult, index: Optional[int], book: Dict[str, Any]
) -> List[str]:
    failure = result.failure(index)
    if failure.kind == "Cycle" == case.get("failure"):
        expected = _rotated(case.get("cycle", []))
        got = _rotated(_cycle(failure.description))
        if expected != got:
            # If there are several cycles, rez finds an arbitrary one.
            return [] if _requires_in_a_circle(got, book) else [f"cycle: expected {expected}, got {got}"]
    found = []
    answers = {"failure": failure.kind, "description": failure.description, "involved": failure.involved}
    for field, value in answers.items():
        expected = case.get(field, value)
        if failure.kind == "Cycle" and field != "failure":
            expected, value = ([_rotated(_cycle(x) if isinstance(x, str) else x) for x in (expected, value)])
        if expected != value:
            found.append(f"{field}: expected {expected!r}, got {value!r}")
    if "graph" in case and _sorted(case["graph"]) != _graph(result, index):
        found.append("graph")
    # rez starts a cycle at an arbitrary package, which shows in the order of edges.
    if "dot" in case and failure.kind != "Cycle" and case["dot"] != result.graph_dot(index).split("\n"):
        found.append("dot")
    return found


def _cycle(description: str) -> List[str]:
    return description[len(_CYCLE) :].split(" --> ")[:-1]


def _rotated(cycle: List[str]) -> List[str]:
    start = cycle.index(min(cycle)) if cycle else 0
    return cycle[start:] + cycle[:start]


def _requires_in_a_circle(cycle: List[str], book: Dict[str, Any]) -> bool:
    def requires(package: str, other: str) -> bool:
        family, _, version = package.partition("-")
        definition = book["packages"][family][version]
        needs = definition.get("requires", []) + definition.get("build_requires", [])
        needs += [each for variant in definition.get("variants", []) for each in variant]
        return any(need.startswith(other.partition("-")[0]) for need in needs)

    return bool(cycle) and all(requires(a, b) for a, b in zip(cycle, cycle[1:] + cycle[:1]))


def _graph(result: pyrer.SolveResult, index: Optional[int]) -> Dict[str, Any]:
    nodes, edges = result.graph(index)
    heads = {"merge": "odot"}
    return _sorted(
        {
            "nodes": [list(node[:3]) for node in nodes],
            "edges": [[nodes[a][0], nodes[b][0], label, heads.get(kind, "")] for a, b, kind, label in edges],
        }
    )


def _sorted(graph: Dict[str, Any]) -> Dict[str, Any]:
    return {part: sorted(graph[part]) for part in ("nodes", "edges")}


def benchmark(case: unittest.TestCase) -> Tuple[str, List[Dict[str, Any]]]:
    """rez's benchmark packages, unpacked, and the recorded answers.

    Skips the test if the data is not on this machine, or fails it if CI is "true".
    """
    named = os.environ.get("REZ_BENCHMARK_DIR")
    places = (
        [Path(named)]
        if named
        else [
            CLONE / "rez" / "benchmarking",
            CLONE / "rez" / "checkout" / "src" / "rez" / "data" / "benchmarking",
            CLONE.parent / "shared" / "rez" / "benchmarking",
        ]
    )
    archive = next((place / "packages.tar.gz" for place in places if (place / "packages.tar.gz").is_file()), None)
    if archive is None:
        absent(case, f"rez's benchmark data was not found ({', '.join(map(str, places))}); see rez/README.md")
    directory = tempfile.TemporaryDirectory()
    case.addCleanup(directory.cleanup)
    with tarfile.open(archive) as tar:
        if hasattr(tarfile, "data_filter"):
            tar.extraction_filter = tarfile.data_filter
        tar.extractall(directory.name)
    answers = json.loads((DATA_SET / "rez-benchmark.expected.json").read_text(encoding="utf-8"))
    return str(Path(directory.name) / "packages"), answers


def absent(case: unittest.TestCase, reason: str) -> None:
    """Skips a test because something it needs is missing. Fails it if CI is "true"."""
    if os.environ.get("CI") == "true":
        case.fail(reason)
    case.skipTest(reason)
