"""Orderers of a studio's own: classes that derive from rez's ``PackageOrder``, asked by the engine as rez asks them."""

from __future__ import annotations

from typing import Any, Dict, List, Sequence, Tuple

from .._ordering import AskedOrderer


def is_of_rez(orderer: Any) -> bool:
    """Whether an orderer is of one of rez's own kinds, and those within it."""
    from rez import package_order

    if type(orderer) is package_order.PerFamilyOrder:
        return all(map(is_of_rez, [*orderer.order_dict.values(), *filter(None, [orderer.default_order])]))
    return type(orderer) in (
        package_order.NullPackageOrder,
        package_order.SortedOrder,
        package_order.VersionSplitPackageOrder,
        package_order.TimestampPackageOrder,
    )


def for_engine(orderers: Any) -> Any:
    """A list of rez's orderers as the engine takes it."""
    return orderers if not orderers or all(map(is_of_rez, orderers)) else as_asked(orderers)


def as_asked(orderers: Sequence[Any]) -> List[AskedOrderer]:
    """A list of rez's orderers, some of them of a kind of their own, as one that the engine asks.

    Their keys may be compared with those of the others, whatever family these are for: so all of them are asked here.
    For rez 3.1 and later, whose solver orders by ``sort_key`` alone.
    """
    keys = _Keys(orderers)
    kinds = sorted({type(orderer).__name__ for orderer in orderers})
    return [AskedOrderer(", ".join(kinds), keys.order, keys.compare, as_listed=True)]


class _Keys:
    """What orderers make of versions and ranges, made once in a solve."""

    def __init__(self, orderers: Sequence[Any]) -> None:
        from rez.package_order import PackageOrderList

        self._orderers = PackageOrderList(orderers)
        self._keys: Dict[Tuple[str, str], Any] = {}

    def order(self, family: str, versions: List[str]) -> List[str]:
        """``_PackageVariantSlice.sort_versions``: those of one key as they are listed."""
        from rez.package_order import get_orderer
        from rez.version import Version

        orderer = get_orderer(family, orderers=self._orderers)
        return sorted(versions, key=lambda version: orderer.sort_key(family, Version(version)), reverse=True)

    def compare(self, family: str, range_: str, other_family: str, other_range: str) -> int:
        """How the keys of two ranges compare in ``_PackageEntry.sort``.

        Raises:
            ValueError: They do not.
        """
        key, other = self._key(family, range_), self._key(other_family, other_range)
        if key == other:
            return 0
        if key < other:
            return -1
        if other < key:
            return 1
        raise ValueError(f"keys of {family}-{range_} and {other_family}-{other_range} are neither equal nor ordered")

    def _key(self, family: str, range_: str) -> Any:
        from rez.package_order import get_orderer
        from rez.version import VersionRange

        if (family, range_) not in self._keys:
            orderer = get_orderer(family, orderers=self._orderers)
            self._keys[family, range_] = orderer.sort_key(family, VersionRange(range_))
        return self._keys[family, range_]
