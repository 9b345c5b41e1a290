"""Packages as the solver sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, Iterable, List, Optional, Sequence


def texts(values: Optional[Iterable[str]], what: str) -> List[str]:
    """A list of texts.

    Raises:
        TypeError: It is something else; a single text is not taken for a list of letters.
    """
    if values is None:
        return []
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise TypeError(f"{what} must be a list of str, not {type(values).__name__}")
    values = list(values)
    for value in values:
        if not isinstance(value, str):
            raise TypeError(f"{what} must be a list of str, not of {type(value).__name__}")
    return values


@dataclass(frozen=True)
class PackageData:
    """One version of a package: the part of its definition that decides answers.

    Attributes:
        name: The family.
        version: The version; empty for an unversioned package.
        requires: Its requirements, as text.
        variants: For each variant its own requirements; empty for a package without variants.
        build_requires: What it requires when the solve is for a build.
        timestamp: When it was released, in seconds since 1970; 0 if it does not say.
        uri: Where it is, for ``ResolvedVariant.uri``; not looked at.
    """

    name: str
    version: str = ""
    requires: List[str] = field(default_factory=list)
    variants: List[List[str]] = field(default_factory=list)
    build_requires: List[str] = field(default_factory=list)
    timestamp: int = 0
    uri: Optional[str] = None

    def __post_init__(self) -> None:
        for attribute in ("name", "version"):
            value = getattr(self, attribute)
            if not isinstance(value, str):
                raise TypeError(f"{attribute} must be str, not {type(value).__name__}")
        variants = self.variants or []
        if isinstance(variants, (str, bytes)) or not isinstance(variants, Iterable):
            raise TypeError(f"variants must be a list of lists of str, not {type(variants).__name__}")
        if not isinstance(self.timestamp, int):
            raise TypeError(f"timestamp must be int, not {type(self.timestamp).__name__}")
        put = object.__setattr__
        put(self, "requires", texts(self.requires, "requires"))
        put(self, "variants", [texts(variant, "a variant") for variant in variants])
        put(self, "build_requires", texts(self.build_requires, "build_requires"))

    @classmethod
    def from_strings(
        cls,
        name: str,
        version: str,
        requires: Optional[Sequence[str]] = None,
        variants: Optional[Sequence[Sequence[str]]] = None,
    ) -> PackageData:
        """A package of texts as they stand in its definition."""
        return cls(name, version, list(requires or ()), [list(variant) for variant in variants or ()])

    @classmethod
    def from_rez(cls, package: Any) -> PackageData:
        """The data of a ``rez.packages.Package`` (or ``DeveloperPackage``)."""
        return cls(
            name=package.name,
            version=str(package.version) if package.version else "",
            requires=[str(requirement) for requirement in package.requires or ()],
            variants=[[str(requirement) for requirement in variant] for variant in package.variants or ()],
            build_requires=[str(requirement) for requirement in package.build_requires or ()],
            timestamp=int(package.timestamp or 0),
            uri=package.uri,
        )

    def definition(self) -> Dict[str, Any]:
        """The definition in the form of a book of cases, without what is empty."""
        fields = {
            "requires": self.requires,
            "variants": self.variants,
            "build_requires": self.build_requires,
            "timestamp": self.timestamp,
        }
        return {name: value for name, value in fields.items() if value}


def by_family(packages: Iterable[PackageData]) -> Dict[str, Dict[str, PackageData]]:
    """Packages by family and version, in order; of two with one version the first counts, as in rez.

    Raises:
        TypeError: One is no ``PackageData``.
    """
    if isinstance(packages, (str, bytes)) or not isinstance(packages, Iterable):
        raise TypeError(f"packages must be an iterable of PackageData, not {type(packages).__name__}")
    families: Dict[str, Dict[str, PackageData]] = {}
    for package in packages:
        if not isinstance(package, PackageData):
            raise TypeError(f"packages must be PackageData, not {type(package).__name__}")
        families.setdefault(package.name, {}).setdefault(package.version, package)
    return families
