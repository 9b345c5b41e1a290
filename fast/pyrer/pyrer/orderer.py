"""Orderers of anyone's own: which versions of a family are tried first."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Type, Union

_registered: "Dict[str, PackageOrderer]" = {}


class PackageOrderer:
    """Derive from it, and give an instance, or the name of a registered one, to ``solve(..., package_orderer=)``.

    It states a preference between versions: it never decides whether there is a resolve, brings in nothing that a
    requirement excludes, and has no say in which variant is chosen, where the highest versions win as ever.

    Attributes:
        name: Its key in the registry, and what errors call it.
    """

    name: str = ""

    def order(self, family: str, versions: List[str]) -> List[str]:
        """Orders the versions of a family. Asked once for each family that a solve reaches, and again if ``load_family``
        gives other versions of it.

        Args:
            family: The family.
            versions: All its versions that are known, ascending.

        Returns:
            The versions, the most preferred first. Those left out come last, as they were given; others than were given
            count for nothing, nor does one that comes again.
        """
        raise NotImplementedError(f"{type(self).__name__} does not define order(family, versions)")


def register_orderer(orderer: Union[PackageOrderer, Type[PackageOrderer]]) -> None:
    """Lets ``solve(..., package_orderer=NAME)`` find an orderer; another one of the same name is replaced.

    Args:
        orderer: An instance, or a class that is made without arguments.

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
    """What ``package_orderer`` stands for.

    Raises:
        TypeError: It is neither an orderer, nor a name, nor None.
        ValueError: There is none of that name.
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
