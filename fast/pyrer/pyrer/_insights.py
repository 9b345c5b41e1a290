"""What only many solves can tell: the health of a repository, what a change means, what broke a request."""

from __future__ import annotations

import json
from typing import Any, Dict, Iterable, Optional, Sequence, Union

from . import _native
from ._limits import cancellation_handle
from ._options import options_json
from ._packages import PackageData, by_family, packages_of, texts
from ._repository import Repository

#: A repository, or the packages of one.
Packages = Union[Repository, Iterable[PackageData]]

#: What the library answers: JSON objects, as ``rer`` prints them with ``--format json``.
Report = Dict[str, Any]


def audit(
    packages: Packages,
    *,
    variants: bool = False,
    cancellation: Optional[_native.Cancellation] = None,
    **options: Any,
) -> Report:
    """Resolves every version of every family by itself, on all cores, and tells what does not resolve and what is amiss
    beside.

    Args:
        packages: The packages, all known beforehand: not those of a ``load_family``.
        variants: Resolve each variant by itself, too.
        cancellation: Ends it from another thread.
        options: See ``Repository.solve``.

    Returns:
        ``findings`` (``rule``, ``level``, ``package``, ``message``, ``cause``, ``fingerprint``, ...), their ``causes``,
        and how many ``families``, ``packages`` and ``resolves`` there were.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An option has a value that it cannot have, or the packages cannot be listed.
        PyrerError: It was cancelled.
    """
    return _ask(packages, "audit", cancellation, options, variants=bool(variants))


def explain(
    packages: Packages,
    package_requests: Sequence[str],
    *,
    cancellation: Optional[_native.Cancellation] = None,
    **options: Any,
) -> Report:
    """Explains why a request has no resolve; all that it says was tried.

    Returns:
        ``status`` and ``description`` of the solve, and if it is ``explained``: the ``core``, the fewest requests and
        requirements that cannot go together, each ``by`` a family (None: requested); what became of the versions of its
        ``families``; ``remedies``, the smallest changes that would resolve.

    Arguments and exceptions are otherwise those of ``audit``.
    """
    return _ask(packages, "explain", cancellation, options, request=texts(package_requests, "package_requests"))


def impact(
    packages: Packages,
    requests: Iterable[Sequence[str]],
    *,
    remove: Sequence[str] = (),
    add: Optional[Iterable[PackageData]] = None,
    before: Optional[int] = None,
    after: Optional[int] = None,
    after_packages: Optional[Packages] = None,
    max_explained: Optional[int] = None,
    cancellation: Optional[_native.Cancellation] = None,
    **options: Any,
) -> Report:
    """Resolves requests before and after a change, on all cores, and tells which come to something else and why. Nothing is
    changed but what this call sees.

    Args:
        packages: The packages as they are.
        requests: The requests.
        remove: Change: these are not there: a version (``foo-1.2``), a range or a family.
        add: Change: these are there, too, in front of all others.
        before: Change: what was released between this time and ``after`` (seconds since 1970; None: now).
        after: See ``before``.
        after_packages: Change: these are there in place of ``packages``.
        max_explained: Of how many different failures to find what cannot go together; None for five.
        options: See ``Repository.solve``. Without ``max_fails`` a solve is given up after 2,000 failed steps, and its
            request is ``undecided``.

    Returns:
        A ``summary`` of counts, what changes by ``packages``, the cores of ``failures``, and all ``requests`` in their
        order, each with its ``impact``.

    Raises:
        ValueError: Nothing changes, or something to be removed is not there.

    Arguments and exceptions are otherwise those of ``audit``.
    """
    if isinstance(requests, (str, bytes)) or not isinstance(requests, Iterable):
        raise TypeError(f"requests must be a list of lists of str, not {type(requests).__name__}")
    question: Dict[str, Any] = {"requests": [texts(request, "a request") for request in requests]}
    removed = texts(remove, "remove")
    if not removed and add is None and before is None and after is None and after_packages is None:
        raise ValueError("nothing changes: say what does with remove, add, before, after or after_packages")
    if add is not None:
        question["add"] = {
            family: {version: package.definition() for version, package in versions.items()}
            for family, versions in by_family(packages_of(add)).items()
        }
    later = None if after_packages is None else _repository(after_packages)
    if later is not None:
        question["after_packages"] = later._handle.value
    question.update(remove=removed, before=_time(before, "before"), after=_time(after, "after"), explain=max_explained)
    return _ask(packages, "impact", cancellation, options, **question)


def bisect(
    packages: Packages,
    package_requests: Sequence[str],
    good: int,
    bad: Optional[int] = None,
    *,
    resolves_to: Optional[str] = None,
    cancellation: Optional[_native.Cancellation] = None,
    **options: Any,
) -> Report:
    """Finds the release since which a request does not resolve, or not to what it did, by the timestamps of packages.

    Args:
        packages: The packages.
        package_requests: The request.
        good: A time at which it did what it should, in seconds since 1970.
        bad: A later time at which it does not; None for now.
        resolves_to: What it should resolve to (``foo-1.2``); None: to anything, or, where it resolves at both times, to
            what it did at the good one.

    Returns:
        The ``culprit`` with its ``time``, ``releases`` and ``differences``, and all ``changes`` between the two times.

    Raises:
        ValueError: Nothing broke between the two times.

    Arguments and exceptions are otherwise those of ``audit``.
    """
    return _ask(
        packages,
        "bisect",
        cancellation,
        options,
        request=texts(package_requests, "package_requests"),
        good=_time(good, "good"),
        bad=_time(bad, "bad"),
        resolves_to=resolves_to,
    )


def dependents(
    packages: Packages,
    package: str,
    *,
    latest: bool = False,
    depth: Optional[int] = None,
    building: bool = False,
    cancellation: Optional[_native.Cancellation] = None,
) -> Report:
    """Tells what requires a package, directly and through others; nothing is resolved.

    Args:
        packages: The packages, all known beforehand.
        package: A family, or a family and a range: ``python``, ``python-3.10``.
        latest: Look only at the latest version of each family that may require it.
        depth: How many requirements may lie between; None for any number.
        building: Count build requirements, too.

    Returns:
        ``dependents``: families with their ``distance``, ``versions`` and what each ``requires``.

    Exceptions are those of ``audit``.
    """
    question = {"package": package, "latest": bool(latest), "depth": depth, "building": bool(building)}
    return _ask(packages, "dependents", cancellation, None, **question)


def _ask(
    packages: Packages,
    kind: str,
    cancellation: Optional[_native.Cancellation],
    options: Optional[Dict[str, Any]],
    **question: Any,
) -> Report:
    question = {name: value for name, value in question.items() if value is not None}
    if options is not None:
        question["options"] = options_json(options)
    text = json.dumps({"kind": kind, **question}).encode()
    repository = _repository(packages)
    answer = _native.insight(repository._handle, text, cancellation_handle(cancellation))
    report: Report = json.loads(answer)
    return report


def _repository(packages: Packages) -> Repository:
    return packages if isinstance(packages, Repository) else Repository(packages)


def _time(time: Optional[int], name: str) -> Optional[int]:
    if time is None:
        return None
    if isinstance(time, bool) or not isinstance(time, int):
        raise TypeError(f"{name} must be seconds since 1970 as int, not {type(time).__name__}")
    return time
