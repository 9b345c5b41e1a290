"""User-defined orderers: which versions of a family are tried first."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Type, Union

_registered: "Dict[str, PackageOrderer]" = {}


class PackageOrderer:
    """Derive from this class, and pass an instance, or the name of a registered one, to ``solve(...,
    package_orderer=)``.

    An orderer states a preference between versions. It never decides whether there is a resolve, and never brings in a
    version that a requirement excludes. It does not affect which variant is chosen. For variants, the highest versions
    win as always.

    Attributes:
        name: Its key in the registry, and its name in errors.
    """

    name: str = ""

    def order(self, family: str, versions: List[str]) -> List[str]:
        """Orders the versions of a family. Called once for each family that a solve reaches, and again if
        ``load_family`` returns other versions of it.

        Args:
            family: The family.
            versions: All known versions of the family, ascending.

        Returns:
            The versions, the most preferred first. Versions that are left out come last, in the order given. Unknown
            and repeated versions are ignored.
        """
        raise NotImplementedError(f"{type(self).__name__} does not define order(family, versions)")


def register_orderer(orderer: Union[PackageOrderer, Type[PackageOrderer]]) -> None:
    """Registers an orderer for ``solve(..., package_orderer=NAME)``. Replaces one of the same name.

    Args:
        orderer: An instance, or a class that can be created without arguments.

    Raises:
        TypeError: It is neither.
        ValueError: It has no name.
    """
    if isinstance(orderer, type) and issubclass(orderer, PackageOrderer):
        orderer = orderer()
    if not isinstance(orderer, PackageOrderer):
        raise TypeError(f"expected a PackageOrderer, an instance or a subclass, not {_kind(orderer)}")
    if not isinstance(orderer.name, str) or not orderer.name:
        raise ValueError(f"{type(orderer).__name__}.name must be a non-empty str, not {orderer.name!r}")
    _registered[orderer.name] = orderer


def find_orderer(orderer: Any) -> Optional[PackageOrderer]:
    """The orderer that a ``package_orderer`` argument names.

    Raises:
        TypeError: The argument is not an orderer, a name or None.
        ValueError: No orderer of that name is registered.
    """
    if orderer is None or isinstance(orderer, PackageOrderer):
        return orderer
    if not isinstance(orderer, str):
        raise TypeError(
            "package_orderer must be a PackageOrderer (an instance), the name of a registered one, or None, not "
            + _kind(orderer)
        )
    if orderer not in _registered:
        known = ", ".join(sorted(_registered)) or "none"
        raise ValueError(f"no package orderer registered as {orderer!r}; registered: {known}")
    return _registered[orderer]


def _kind(value: Any) -> str:
    return f"the class {value.__name__}" if isinstance(value, type) else type(value).__name__
