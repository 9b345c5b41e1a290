"""A studio's own orderers: subclasses of rez's ``PackageOrder``, called by the engine as rez calls them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Callable, Dict, List, Sequence, Tuple

from .._ordering import AskedOrderer, Listing


def is_of_rez(orderer: Any) -> bool:
    """Whether an orderer is one of rez's own kinds, including the orderers inside it."""
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
    """Converts a list of rez's orderers for the engine."""
    return orderers if not orderers or all(map(is_of_rez, orderers)) else as_asked(orderers)


def as_asked(orderers: Sequence[Any]) -> List[AskedOrderer]:
    """Converts a list of rez's orderers, some of them of custom classes, to one that the engine calls.

    The solver may compare their keys with those of the other orderers, even of other families. So all of them are
    called here. For rez 3.1 and later, whose solver orders only by ``sort_key``.
    """
    keys = _Keys(orderers)
    kinds = sorted({type(orderer).__name__ for orderer in orderers})
    return [AskedOrderer(", ".join(kinds), keys.order, keys.compare, as_listed=True)]


class _Keys:
    """The keys that orderers return for versions and ranges, computed once per solve."""

    def __init__(self, orderers: Sequence[Any]) -> None:
        from rez.package_order import PackageOrderList

        self._orderers = PackageOrderList(orderers)
        self._by_family: Dict[str, Any] = {}
        self._keys: Dict[Tuple[str, str], Any] = {}

    def order(self, listing: Listing) -> List[str]:
        """``_PackageVariantSlice.sort_versions``. Versions with the same key keep the order in which they are
        listed."""
        sorting = listing.kept.get(_Sorting)
        if sorting is None:
            sorting = listing.kept[_Sorting] = _Sorting(listing)
        return sorting.by(self._orderer(listing.family))

    def _orderer(self, family: str) -> Any:
        orderer = self._by_family.get(family)
        if orderer is None:
            from rez.package_order import get_orderer

            orderer = self._by_family[family] = get_orderer(family, orderers=self._orderers)
        return orderer

    def compare(self, family: str, range_: str, other_family: str, other_range: str) -> int:
        """How ``_PackageEntry.sort`` compares the keys of two ranges.

        Raises:
            ValueError: They cannot be compared.
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
        key = self._keys.get((family, range_))
        if key is None:
            key = self._keys[family, range_] = self._orderer(family).sort_key(family, _range(range_))
        return key


class _Sorting:
    """The orders that orderers have given to the versions of a family.

    The key of a version may depend on anything, so each solve asks an orderer for all of them, as rez does. Most
    orderers return the same keys again, and then the order is the same. So it is sorted only once.
    """

    def __init__(self, listing: Listing) -> None:
        from rez.version import Version

        self._family = listing.family
        self._families = (listing.family,) * len(listing.versions)
        self._versions = listing.versions
        self._parsed = list(map(Version, listing.versions))
        #: By the kind of the orderer: the keys that it made last, and the order that follows.
        self._orders: Dict[Any, Tuple[List[Any], List[str]]] = {}

    def by(self, orderer: Any) -> List[str]:
        """The versions in rez's order by their keys."""
        from rez.package_order import SortedOrder

        kind = type(orderer)
        if kind is SortedOrder:  # that of all families that none of the orderers is for: it makes the same for ever
            return self._sorted(orderer, (kind, orderer.descending), [])
        return self._sorted(orderer, kind, list(map(_maker(orderer), self._families, self._parsed)))

    def _sorted(self, orderer: Any, kind: Any, keys: List[Any]) -> List[str]:
        known = self._orders.get(kind)
        if known is None or known[0] != keys:
            by_key = [orderer.sort_key(self._family, version) for version in self._parsed]
            places = sorted(range(len(by_key)), key=by_key.__getitem__, reverse=True)
            known = self._orders[kind] = keys, [self._versions[place] for place in places]
        return known[1]


def _maker(orderer: Any) -> Callable[[str, Any], Any]:
    """The function whose results determine the ``sort_key`` of a version."""
    from rez.package_order import PackageOrder

    own = type(orderer).sort_key is PackageOrder.sort_key
    return orderer.sort_key_implementation if own else orderer.sort_key


@lru_cache(maxsize=4096)
def _range(text: str) -> Any:
    from rez.version import VersionRange

    return VersionRange(text)
