"""A studio's own orderers: subclasses of rez's ``PackageOrder``, called by the engine as rez calls them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

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
    called here. This is for rez 3.1 and later, whose solver orders only by ``sort_key``.
    """
    keys = _Keys(orderers)
    kinds = sorted({type(orderer).__name__ for orderer in orderers})
    return [AskedOrderer(", ".join(kinds), keys.order, keys.compare, as_listed=True, assumed=True, consistent=True)]


class _Keys:
    """The keys that orderers return for versions and ranges, computed once per solve."""

    def __init__(self, orderers: Sequence[Any]) -> None:
        from rez.package_order import ALL_PACKAGES, PackageOrderList, get_orderer

        self._orderers = PackageOrderList(orderers)
        self._others = get_orderer(ALL_PACKAGES, orderers=self._orderers)
        self._keys: Dict[Tuple[str, str], Any] = {}

    def order(self, listing: Listing) -> List[str]:
        """``_PackageVariantSlice.sort_versions``. Versions with the same key keep the order in which they are
        listed."""
        sorting = listing.kept.get(_Sorting)
        if sorting is None:
            sorting = listing.kept[_Sorting] = _Sorting(listing)
        return sorting.by(self._orderer(listing.family))

    def _orderer(self, family: str) -> Any:
        """Like ``get_orderer``, but without a new default orderer for each call."""
        return self._orderers.get(family, self._others)

    def compare(self, family: str, range_: str, other_family: str, other_range: str) -> int:
        """How ``_PackageEntry.sort`` compares the keys of two ranges.

        Raises:
            ValueError: They cannot be compared.
        """
        key, other = self._key(family, range_), self._key(other_family, other_range)
        known = _comparisons.get((family, range_, other_family, other_range))
        if known is None or known[0] is not key or known[1] is not other:
            order = _compared(key, other)
            if order is None:
                raise ValueError(
                    f"keys of {family}-{range_} and {other_family}-{other_range} are neither equal nor ordered"
                )
            _keep(_comparisons, (other_family, other_range, family, range_), (other, key, -order))
            known = key, other, order
            _keep(_comparisons, (family, range_, other_family, other_range), known)
        return known[2]

    def _key(self, family: str, range_: str) -> Any:
        key = self._keys.get((family, range_))
        if key is None:
            key = self._keys[family, range_] = _range_key(self._orderer(family), family, range_)
        return key


#: The last comparison of two ranges. Maps the families and ranges to the keys and the result.
_comparisons: Dict[Tuple[str, str, str, str], Tuple[Any, Any, int]] = {}
#: The last key of a range. Maps the class of the orderer, the family and the range to the keys of the range's ends and
#: the key.
_range_keys: Dict[Tuple[Any, str, str], Tuple[Any, Any]] = {}
_MOST_KEPT = 1 << 14


def _keep(kept: Dict[Any, Any], key: Any, value: Any) -> None:
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[key] = value


def _compared(key: Any, other: Any) -> Optional[int]:
    """-1, 0 or 1; None if neither key is less than the other, or if each is."""
    if key == other:
        return 0
    less, greater = key < other, other < key
    return None if bool(less) == bool(greater) else -1 if less else 1


def _range_key(orderer: Any, family: str, range_: str) -> Any:
    """The ``sort_key`` of a range. It is computed from the keys of the versions at its ends. As long as the orderer
    returns the same keys for them, this returns the same object."""
    from rez.package_order import SortedOrder

    parsed, ends = _range(range_)
    kind = type(orderer)
    if kind is SortedOrder:
        kind, basis = (kind, orderer.descending), None
    elif _has_rez_sort_key(orderer):
        basis = [orderer.sort_key_implementation(family, version) for version in ends]
    else:
        return orderer.sort_key(family, parsed)
    known = _range_keys.get((kind, family, range_))
    if known is None or known[0] != basis:
        known = basis, orderer.sort_key(family, parsed)
        _keep(_range_keys, (kind, family, range_), known)
    return known[1]


class _Sorting:
    """The orders that orderers have given to the versions of a family.

    The key of a version may depend on anything, so each solve asks an orderer for all of them, as rez does. Most
    orderers return the same keys again. Then the order is the same, and the versions are not sorted again.
    """

    def __init__(self, listing: Listing) -> None:
        from rez.version import Version

        self._family = listing.family
        self._families = (listing.family,) * len(listing.versions)
        self._versions = listing.versions
        self._parsed = list(map(Version, listing.versions))
        #: By the kind of the orderer: the keys that it returned last, and the resulting order.
        self._orders: Dict[Any, Tuple[List[Any], List[str]]] = {}

    def by(self, orderer: Any) -> List[str]:
        """The versions in rez's order by their keys."""
        from rez.package_order import SortedOrder

        kind = type(orderer)
        if kind is SortedOrder:  # the default for families without an orderer, whose keys never change
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
    return orderer.sort_key_implementation if _has_rez_sort_key(orderer) else orderer.sort_key


def _has_rez_sort_key(orderer: Any) -> bool:
    from rez.package_order import PackageOrder

    return type(orderer).sort_key is PackageOrder.sort_key


@lru_cache(maxsize=4096)
def _range(text: str) -> Tuple[Any, List[Any]]:
    """A range, and the versions at its ends in the order in which ``sort_key`` asks for them."""
    from rez.version import VersionRange

    parsed = VersionRange(text)
    return parsed, [end.version for bound in parsed.bounds for end in (bound.lower, bound.upper)]
