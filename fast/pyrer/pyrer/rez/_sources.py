"""rez's package repositories as sources of the engine."""

from __future__ import annotations

import json
import threading
from typing import Any, Dict, List, Optional, Sequence, Tuple

from .. import _native
from .._loading import Asking
from .._packages import PackageData
from .._repository import Repository
from ._handback import UNREADABLE, HandBack


class RezRepository(Repository):
    """The packages of a list of rez's package paths.

    Paths of type ``filesystem`` are read by the engine's reader; the definitions in them that cannot be known without
    running Python, and all paths of other types, come through rez's objects.

    Attributes:
        kept: Whether it may serve other requests, until rez's caches are cleared: packages in memory may change.
    """

    def __init__(self, package_paths: Sequence[str]) -> None:
        from rez.package_repository import package_repository_manager as manager

        try:
            self._repositories = [manager.get_repository(path) for path in package_paths]
        except Exception as error:
            # Rez opens a repository when it comes to it, which a request may not need.
            raise HandBack("a package repository cannot be opened") from error
        self._paths = list(package_paths)
        self._packages: Dict[str, Dict[str, Any]] = {}
        self._handles: Dict[Tuple[str, str, Optional[int]], Dict[str, Any]] = {}
        self._families, self._loader = {}, None
        sources: List[Dict[str, Any]] = []
        for number, repository in enumerate(self._repositories):
            ours = _is_read_by_us(repository)
            sources.append({"paths": [repository.location], "ask": number} if ours else {"ask": number})
        self.kept = all("paths" in source for source in sources)
        description = {"sources": sources, "search_paths": self._paths}
        self._asking = Asking(self._ask)
        self._handle = _native.create_repository(json.dumps(description).encode(), self._asking.function)

    def _ask(self, source: int, family: str, version: Optional[str], range_: Optional[str]) -> Any:
        try:
            resource: Any = self._repositories[source].get_package_family(family)
            if resource is None:
                return None
            packages = {str(package.version or ""): package for package in resource.iter_packages()}
            if version is None:
                return dict.fromkeys(packages)
            return _definition(packages[version])
        except HandBack:
            raise
        except Exception as error:
            # It may be a package that rez does not come to, or comes to later.
            raise HandBack(UNREADABLE) from error

    def handle_of(self, name: str, version: str, index: Optional[int]) -> Dict[str, Any]:
        """The handle of a variant, as a context stores it. Does not load the package if rez need not."""
        key = (name, version, index)
        handle = self._handles.get(key)
        if handle is None:
            handle = self._handles[key] = self._make_handle(name, version, index)
        # A handle is the context's to change.
        return {**handle, "variables": dict(handle["variables"])}

    def _make_handle(self, name: str, version: str, index: Optional[int]) -> Dict[str, Any]:
        from rez.package_resources import PackageResourceHelper
        from rez.packages import iter_packages

        if name not in self._packages:
            packages = iter_packages(name, paths=self._paths)
            self._packages[name] = {str(package.version or ""): package for package in packages}
        package = self._packages[name][version]
        resource = package.resource
        if type(resource).iter_variants is PackageResourceHelper.iter_variants:
            variant = resource._repository.get_resource(
                resource.variant_key,
                location=resource.location,
                name=resource.name,
                version=resource.get("version"),
                index=index,
            )
        else:
            variant = package.get_variant(index)
        handle: Dict[str, Any] = variant.handle.to_dict()
        return handle


def _is_read_by_us(repository: Any) -> bool:
    """Whether our reader sees in a repository what rez does: its settings can say which files are packages."""
    from rez.config import config
    from rezplugins.package_repository.filesystem import FileSystemPackageRepository

    settings = config.plugins.package_repository.filesystem
    return (
        type(repository) is FileSystemPackageRepository
        and not repository.disable_pkg_ignore
        and not settings.check_package_definition_files
        and settings.package_filenames == ["package"]
    )


def _definition(resource: Any) -> Dict[str, Any]:
    from rez.packages import Package
    from rez.utils.sourcecode import SourceCode

    for attribute in ("requires", "build_requires", "variants"):
        value = getattr(resource, attribute, None)
        if isinstance(value, SourceCode):
            # What it comes to depends on the context that asks.
            raise HandBack("a package's requirements are late-bound")
    return PackageData.from_rez(Package(resource)).definition()


class RepositoryCache:
    """The repositories of this process, kept until rez clears its caches."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._repositories: Dict[Tuple[str, ...], RezRepository] = {}

    def get(self, package_paths: Sequence[str]) -> RezRepository:
        """The repository over these paths."""
        key = tuple(package_paths)
        with self._lock:
            repository = self._repositories.get(key)
        if repository is None:
            repository = RezRepository(package_paths)
            if repository.kept:
                with self._lock:
                    repository = self._repositories.setdefault(key, repository)
        return repository

    def clear(self) -> None:
        """Forgets what was read: packages may have been added or changed."""
        with self._lock:
            self._repositories.clear()
