"""Packages as the solver sees them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence as AnySequence
from typing import Any, Dict, Iterable, List, Optional, Sequence

_serials = itertools.count()


def texts(values: Any, what: str) -> List[str]:
    """Converts any sequence to a list of texts.

    Raises:
        TypeError: It is something else. A single text is not accepted as a list of letters.
    """
    if isinstance(values, (str, bytes)) or not isinstance(values, AnySequence):
        raise TypeError(f"{what} must be a list of str, not {type(values).__name__}")
    values = list(values)
    for value in values:
        if not isinstance(value, str):
            raise TypeError(f"{what} must be a list of str, not of {type(value).__name__}")
    return values


def _lists_of_texts(values: Any, what: str) -> List[List[str]]:
    if isinstance(values, (str, bytes)) or not isinstance(values, AnySequence):
        raise TypeError(f"{what} must be a list of lists of str, not {type(values).__name__}")
    return [texts(variant, f"a variant in {what}") for variant in values]


class PackageData:
    """One version of a package: the part of its definition that affects answers.

    Two objects are equal only if they are the same object. Lists returned by attributes are copies. To change one,
    assign a new list.

    Attributes:
        name: The family.
        version: The version; empty for an unversioned package.
        requires: Its requirements, as text.
        variants: The requirements of each variant; empty for a package without variants.
        build_requires: What it requires when the solve is for a build.
        timestamp: When it was released, in seconds since 1970; 0 if unknown.
    """

    __slots__ = (
        "_name",
        "_version",
        "_requires",
        "_variants",
        "_build_requires",
        "_timestamp",
        "_serial",
        "__weakref__",
    )

    def __init__(
        self,
        name: str,
        version: str,
        requires: Optional[Sequence[str]] = None,
        variants: Optional[Sequence[Sequence[str]]] = None,
        *,
        build_requires: Optional[Sequence[str]] = None,
        timestamp: int = 0,
    ) -> None:
        self.name = name
        self.version = version
        # None means empty only here. An attribute is never None, and cannot be set to None.
        self.requires = () if requires is None else requires  # type: ignore[assignment]
        self.variants = () if variants is None else variants  # type: ignore[assignment]
        self.build_requires = () if build_requires is None else build_requires  # type: ignore[assignment]
        self.timestamp = timestamp

    def __repr__(self) -> str:
        return (
            f"PackageData(name='{self._name}', version='{self._version}', requires={len(self._requires)} reqs, "
            f"variants={len(self._variants)} variants)"
        )

    def __reduce__(self) -> Any:
        return _restore, (
            self._name,
            self._version,
            self._requires,
            self._variants,
            self._build_requires,
            self._timestamp,
        )

    @classmethod
    def from_strings(
        cls,
        name: str,
        version: str,
        requires: Optional[Sequence[str]] = None,
        variants: Optional[Sequence[Sequence[str]]] = None,
    ) -> PackageData:
        """Creates a package from the texts of its definition, as the constructor does."""
        return cls(name, version, requires, variants)

    @classmethod
    def from_rez(cls, pkg: Any) -> PackageData:
        """The data of a ``rez.packages.Package``, or of any object with ``name``, ``version``, ``requires`` and
        ``variants``. Only these attributes are read, unless rez refuses the variants."""
        name, version, requires, variants = pkg.name, pkg.version, pkg.requires, variants_of(pkg)
        return cls(
            name,
            "" if version is None else str(version),
            _as_texts(requires),
            [] if variants is None else [_as_texts(variant) for variant in variants],
        )

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self._name = _text(value, "name")
        self._serial = next(_serials)

    @property
    def version(self) -> str:
        return self._version

    @version.setter
    def version(self, value: str) -> None:
        self._version = _text(value, "version")
        self._serial = next(_serials)

    @property
    def requires(self) -> List[str]:
        return list(self._requires)

    @requires.setter
    def requires(self, value: Sequence[str]) -> None:
        self._requires: List[str] = texts(value, "requires")
        self._serial = next(_serials)

    @property
    def variants(self) -> List[List[str]]:
        return [list(variant) for variant in self._variants]

    @variants.setter
    def variants(self, value: Sequence[Sequence[str]]) -> None:
        self._variants: List[List[str]] = _lists_of_texts(value, "variants")
        self._serial = next(_serials)

    @property
    def build_requires(self) -> List[str]:
        return list(self._build_requires)

    @build_requires.setter
    def build_requires(self, value: Sequence[str]) -> None:
        self._build_requires: List[str] = texts(value, "build_requires")
        self._serial = next(_serials)

    @property
    def timestamp(self) -> int:
        return self._timestamp

    @timestamp.setter
    def timestamp(self, value: int) -> None:
        if not isinstance(value, int):
            raise TypeError(f"timestamp must be int, not {type(value).__name__}")
        self._timestamp = value
        self._serial = next(_serials)

    @property
    def serial(self) -> int:
        """A number that no other package has. It changes whenever the package is changed."""
        return self._serial

    def definition(self) -> Dict[str, Any]:
        """The definition in the format of a book of cases, without empty fields."""
        fields = {
            "requires": self._requires,
            "variants": self._variants,
            "build_requires": self._build_requires,
            "timestamp": self._timestamp,
        }
        return {name: value for name, value in fields.items() if value}


def variants_of(package: Any) -> Any:
    """The variants of a package or a resource of rez. A family in one file may have an empty value of any type: rez
    refuses the attribute, but a solve counts the variants first, and then does not look at them."""
    try:
        return package.variants
    except Exception:
        if not _has_no_variants(package):
            raise
        return None


def _has_no_variants(package: Any) -> bool:
    try:
        return [variant.index for variant in package.iter_variants()] == [None]
    except Exception:
        return False


def of_rez_package(package: Any) -> PackageData:
    """Everything that a solve reads from a ``rez.packages.Package`` (or ``DeveloperPackage``)."""
    data = PackageData.from_rez(package)
    data.build_requires = _as_texts(package.build_requires)
    data.timestamp = int(package.timestamp or 0)
    return data


def _restore(
    name: str,
    version: str,
    requires: List[str],
    variants: List[List[str]],
    build_requires: List[str],
    timestamp: int,
) -> PackageData:
    return PackageData(name, version, requires, variants, build_requires=build_requires, timestamp=timestamp)


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{what} must be str, not {type(value).__name__}")
    return value


def _as_texts(values: Optional[Iterable[Any]]) -> List[str]:
    if isinstance(values, (str, bytes)):
        raise TypeError(f"requirements must be a list, not {type(values).__name__}")
    return [] if values is None else [str(value) for value in values]


def packages_of(packages: Any) -> List[PackageData]:
    """Converts any iterable to a list of packages.

    Raises:
        TypeError: It is something else.
    """
    if isinstance(packages, (str, bytes)) or not isinstance(packages, Iterable):
        raise TypeError(f"packages must be a list of PackageData, not {type(packages).__name__}")
    packages = list(packages)
    for kind in set(map(type, packages)):
        if not issubclass(kind, PackageData):
            raise TypeError(f"packages must be a list of PackageData, not of {kind.__name__}")
    return packages


def by_family(packages: Iterable[PackageData]) -> Dict[str, Dict[str, PackageData]]:
    """Packages by family and version, in order. If two have the same version, the first one counts, as in rez."""
    families: Dict[str, Dict[str, PackageData]] = {}
    for package in packages:
        families.setdefault(package.name, {}).setdefault(package.version, package)
    return families


def duplicate(packages: Iterable[PackageData]) -> Optional[str]:
    """A message about the first package that occurs twice; None if no package does."""
    seen = set()
    for package in packages:
        key = (package.name, package.version)
        if key in seen:
            return f"duplicate package: {'-'.join(filter(None, key))}"
        seen.add(key)
    return None
