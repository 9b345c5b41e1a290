"""Questions that take many solves: the health of a repository, the effect of a change, what broke a request."""

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
    """Resolves every version of every family by itself, on all cores. Reports what does not resolve and what else is
    wrong.

    Args:
        packages: The packages. All must be known beforehand, so ``load_family`` cannot be used.
        variants: Also resolve each variant by itself.
        cancellation: Ends the audit from another thread.
        options: See ``Repository.solve``.

    Returns:
        ``findings`` (``rule``, ``level``, ``package``, ``message``, ``cause``, ``fingerprint``, ...), their ``causes``,
        and the numbers of ``families``, ``packages`` and ``resolves``.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: An option has an invalid value, or the packages cannot be listed.
        PyrerError: The audit was cancelled.
    """
    return _ask(packages, "audit", cancellation, options, variants=bool(variants))


def explain(
    packages: Packages,
    package_requests: Sequence[str],
    *,
    cancellation: Optional[_native.Cancellation] = None,
    **options: Any,
) -> Report:
    """Explains why a request has no resolve. Everything that it reports was tried.

    Returns:
        The ``status`` and ``description`` of the solve. If it is ``explained``, also: the ``core``, the smallest set of
        requests and requirements that cannot hold together, each ``by`` a family (None: requested); what happened to
        the versions of its ``families``; and ``remedies``, the smallest changes that would make it resolve.

    The other arguments and exceptions are those of ``audit``.
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
    """Resolves requests before and after a change, on all cores. Reports which of them give a different result, and
    why. The change exists only within this call.

    Args:
        packages: The current packages.
        requests: The requests.
        remove: The packages that the change removes: versions (``foo-1.2``), ranges or families.
        add: The packages that the change adds, in front of all others.
        before: With ``after``, the change is everything released between these two times (seconds since 1970; None:
            now).
        after: See ``before``.
        after_packages: The packages that replace ``packages`` in the change.
        max_explained: The number of different failures to explain; None for five.
        options: See ``Repository.solve``. Without ``max_fails``, a solve is abandoned after 2,000 failed steps and its
            request is ``undecided``.

    Returns:
        A ``summary`` of counts, the changes by ``packages``, the cores of ``failures``, and all ``requests`` in order,
        each with its ``impact``.

    Raises:
        ValueError: Nothing changes, or something to remove does not exist.

    The other arguments and exceptions are those of ``audit``.
    """
    if isinstance(requests, (str, bytes)) or not isinstance(requests, Iterable):
        raise TypeError(f"requests must be a list of lists of str, not {type(requests).__name__}")
    question: Dict[str, Any] = {"requests": [texts(request, "a request") for request in requests]}
    removed = texts(remove, "remove")
    if not removed and add is None and before is None and after is None and after_packages is None:
        raise ValueError("no change given; name one with remove, add, before, after or after_packages")
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
    """Finds the release that broke a request, so that it does not resolve, or resolves to something else. Uses the
    timestamps of packages.

    Args:
        packages: The packages.
        package_requests: The request.
        good: A time at which the request worked, in seconds since 1970.
        bad: A later time at which it does not work; None for now.
        resolves_to: What it should resolve to (``foo-1.2``). None: anything or, if it resolves at both times, the same
            packages as at the good time.

    Returns:
        The ``culprit`` with its ``time``, ``releases`` and ``differences``, and all ``changes`` between the two times.

    Raises:
        ValueError: Nothing broke between the two times.

    The other arguments and exceptions are those of ``audit``.
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
    """Finds the packages that require a package, directly or indirectly. Nothing is resolved.

    Args:
        packages: The packages. All must be known beforehand.
        package: A family, or a family and a range: ``python``, ``python-3.10``.
        latest: Look only at the latest version of each family that may require it.
        depth: The maximum distance; None for no limit.
        building: Whether build requirements count.

    Returns:
        ``dependents``: families with their ``distance``, their ``versions`` and what each ``requires``.

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
