"""Uses rez's package repositories as sources of the engine."""

from __future__ import annotations

import json
import threading
from typing import Any, Dict, List, Optional, Sequence, Set, Tuple

from .. import _native
from .._loading import Asking
from .._packages import of_rez_package, variants_of
from .._repository import Repository
from .._results import SolveResult
from ._callbacks import CallersError
from ._handback import UNREADABLE, HandBack
from ._looked_at import LookedAt, is_loaded
from ._versions import RezVersion


class Resolved:
    """A resolved variant, with the attributes that ``Resolver._solver_to_dict`` reads from the variants of rez's
    solver.

    Attributes:
        resource: rez's resource, which is the same for every context.
        handle: Its handle, as stored in a context.
    """

    __slots__ = ("handle", "resource")

    def __init__(self, resource: Any) -> None:
        self.resource = resource
        self.handle: Dict[str, Any] = resource.handle.to_dict()


class RezRepository(Repository):
    """The packages of a list of rez's package paths.

    Paths of type ``filesystem`` are read by the engine's reader. Definitions in them that cannot be known without
    running Python, and all paths of other types, are read through rez's objects.

    Args:
        package_paths: The paths.
        index: The index settings passed to the library.

    Attributes:
        kept: Whether it can be used for other requests until rez's caches are cleared. Packages in memory may change.
    """

    def __init__(self, package_paths: Sequence[str], index: Dict[str, Any]) -> None:
        from rez.package_repository import package_repository_manager as manager

        try:
            self._repositories = [manager.get_repository(path) for path in package_paths]
        except Exception as error:
            # rez opens a repository only when it reaches it, and a request may not need it.
            raise HandBack("a package repository cannot be opened") from error
        self._paths = list(package_paths)
        self._index = index
        self._packages: Dict[str, Dict[str, Any]] = {}
        self._resolved: Dict[Tuple[str, str, Optional[int]], Resolved] = {}
        #: The families that rez has found to be a file, with their sources.
        self._combined: Set[Tuple[int, str]] = set()
        sources = [self._source(number, repository) for number, repository in enumerate(self._repositories)]
        self.kept = all("paths" in source for source in sources)
        description = {"sources": sources, "search_paths": self._paths}
        self._looked_at = LookedAt()
        self._asking = Asking(self._ask)
        self._handle = _native.create_repository(json.dumps(description).encode(), self._asking.function)

    def _source(self, number: int, repository: Any) -> Dict[str, Any]:
        if not _is_read_by_us(repository):
            return {"ask": number}
        known = number + len(self._repositories)
        return {
            "paths": [repository.location],
            "ask": number,
            "known": known,
            "unknown_names": RezVersion.here().unknown_names,
            "index": self._index,
        }

    def _ask(self, source: int, family: str, version: Optional[str], range_: Optional[str]) -> Any:
        if source >= len(self._repositories):
            return self._known(source - len(self._repositories), family)
        try:
            packages = self._listed(source, family)
            if packages is None or version is None:
                return packages and dict.fromkeys(packages)
            return self._define(packages[version])
        except (CallersError, HandBack):
            raise
        except Exception as error:
            # rez may not reach this package, or may reach it later.
            raise HandBack(UNREADABLE) from error

    def _listed(self, source: int, family: str) -> Optional[Dict[str, Any]]:
        repository = self._repositories[source]
        resource: Any = repository.get_package_family(family)
        if resource is None:
            return None
        return {str(package.version or ""): package for package in repository.iter_packages(resource)}

    def _define(self, resource: Any) -> Dict[str, Any]:
        return _definition(resource)

    def _known(self, source: int, family: str) -> Optional[Dict[str, Any]]:
        from rezplugins.package_repository.filesystem import FileSystemPackageResource

        try:
            packages = self._looked_at.packages(self._repositories[source], family)
        except Exception:
            return None  # rez will report it if the solve reaches it
        if packages is None:
            return None
        if not all(isinstance(each, FileSystemPackageResource) for each in packages):
            self._combined.add((source, family))
        return {str(each.version or ""): _known_definition(each) for each in packages}

    def resolved(self, result: SolveResult) -> List[Resolved]:
        """The resolved variants for rez's resolver. Loads only packages that rez would load, too. Reads no file if the
        engine knows what rez would find."""
        known = self._resolved
        packages = result.resolved
        if not all(package in known for package in packages):
            for package, place in zip(packages, result.places()):
                if package not in known:
                    known[package] = Resolved(self._resource(*package, place))
        return [known[package] for package in packages]

    def _resource(self, name: str, version: str, index: Optional[int], place: Optional[int]) -> Any:
        if place is None or (place, name) in self._combined:
            return self._look_up(name, version, index)
        from rezplugins.package_repository.filesystem import FileSystemVariantResource

        repository = self._repositories[place]
        return repository.get_resource(
            FileSystemVariantResource.key,
            location=repository.location,
            name=name,
            version=version or None,
            index=index,
        )

    def _look_up(self, name: str, version: str, index: Optional[int]) -> Any:
        from rez.package_resources import PackageResourceHelper
        from rez.packages import iter_packages

        if name not in self._packages:
            packages = iter_packages(name, paths=self._paths)
            self._packages[name] = {str(package.version or ""): package for package in packages}
        package = self._packages[name][version]
        resource = package.resource
        if type(resource).iter_variants is PackageResourceHelper.iter_variants:
            return resource._repository.get_resource(
                resource.variant_key,
                location=resource.location,
                name=resource.name,
                version=resource.get("version"),
                index=index,
            )
        return package.get_variant(index).resource


def _is_read_by_us(repository: Any) -> bool:
    """Whether Rer's reader sees the same packages in a repository as rez. The repository's settings can define which
    files are packages."""
    from rez.config import config
    from rezplugins.package_repository.filesystem import FileSystemPackageRepository

    settings = config.plugins.package_repository.filesystem
    return (
        type(repository) is FileSystemPackageRepository
        and not repository.disable_pkg_ignore
        and not settings.check_package_definition_files
        and settings.package_filenames == ["package"]
    )


def _known_definition(resource: Any) -> Optional[Dict[str, Any]]:
    try:
        return _definition(resource) if is_loaded(resource) else None
    except Exception:
        return None  # it is asked for again if a solve reaches it


def _definition(resource: Any) -> Dict[str, Any]:
    from rez.packages import Package
    from rez.utils.sourcecode import SourceCode

    for value in (
        getattr(resource, "requires", None),
        getattr(resource, "build_requires", None),
        variants_of(resource),
    ):
        if isinstance(value, SourceCode):
            # Its value depends on the context.
            raise HandBack("a package's requirements are late-bound")
    return of_rez_package(Package(resource)).definition()


class RepositoryCache:
    """The repositories of this process, kept until rez clears its caches."""

    def __init__(self, index: Dict[str, Any]) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._repositories: Dict[Tuple[str, ...], RezRepository] = {}

    def get(self, package_paths: Sequence[str]) -> RezRepository:
        """The repository over these paths."""
        key = tuple(package_paths)
        with self._lock:
            repository = self._repositories.get(key)
        if repository is None:
            repository = RezRepository(package_paths, self._index)
            if repository.kept:
                with self._lock:
                    repository = self._repositories.setdefault(key, repository)
        return repository

    def clear(self) -> None:
        """Forgets everything that was read. Packages may have been added or changed."""
        with self._lock:
            self._repositories.clear()
