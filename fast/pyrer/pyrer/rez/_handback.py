"""Decides what is handed back to rez because the engine does not support it."""

from __future__ import annotations

from typing import Any

from ._callbacks import announcing
from ._orderers import is_of_rez
from ._versions import RezVersion

#: rez has many exceptions for packages that it cannot read, and the best messages.
UNREADABLE = "the packages or the request cannot be read"


class HandBack(Exception):
    """rez has to solve this itself. The text is the reason. It does not depend on the request."""


def check(resolver: Any) -> None:
    """Hands back whatever needs the steps of rez's solver, or calls user code from within them.

    Raises:
        HandBack: With the reason.
    """
    from rez.config import config

    if resolver.verbosity or resolver.print_stats:
        raise HandBack("verbose output or statistics of rez's solver are requested")
    if config.debug_package_exclusions:
        raise HandBack("debug_package_exclusions is on")
    if not config.allow_unversioned_packages:
        raise HandBack("allow_unversioned_packages is off")
    _check_filter(resolver.package_filter)
    _check_orderers(resolver)


def _check_filter(package_filter: Any) -> None:
    from rez import package_filter as rez_filter

    if package_filter is None:
        return
    rules = {rez_filter.GlobRule, rez_filter.RegexRule, rez_filter.RangeRule, rez_filter.TimestampRule}
    if type(package_filter) is not rez_filter.PackageFilterList:
        raise HandBack("a package filter that is not rez's")
    for each in package_filter.filters:
        if type(each) is not rez_filter.PackageFilter:
            raise HandBack("a package filter that is not rez's")
        for by_family in (each._excludes, each._includes):
            if any(type(rule) not in rules for family in by_family.values() for rule in family):
                raise HandBack("a filter rule that is not rez's")


def _check_orderers(resolver: Any) -> None:
    from rez.package_order import PackageOrderList

    orderers = resolver.package_orderers
    if not RezVersion.here().orders_by_family:
        if orderers and not orders_nothing(orderers):
            raise HandBack("orderers, which rez before 3.1 applies differently")
        return
    _check_kinds(PackageOrderList.singleton if orderers is None else orderers, resolver)


def orders_nothing(orderers: Any) -> bool:
    """Whether a rez older than 3.1 would order as if there were no orderers. It uses only the first orderer that
    answers."""
    from rez.package_order import SortedOrder

    return not orderers or (type(orderers[0]) is SortedOrder and bool(orderers[0].descending))


def _check_kinds(orderers: Any, resolver: Any) -> None:
    from rez import package_order
    from rez.config import config

    for orderer in orderers or ():
        if not isinstance(orderer, package_order.PackageOrder):
            raise HandBack("a package orderer that is not rez's")
        if not is_of_rez(orderer) and announcing(resolver):
            raise HandBack("an orderer may load packages without telling package_load_callback")
        if type(orderer) is package_order.NullPackageOrder:
            raise HandBack("no_order keeps the order in which rez lists versions, which depends on the hash seed")
        if type(orderer) is package_order.PerFamilyOrder:
            inner = [*orderer.order_dict.values(), orderer.default_order]
            _check_kinds([each for each in inner if each is not None], resolver)
        if type(orderer) is package_order.TimestampPackageOrder:
            if list(resolver.package_paths) != list(config.packages_path):
                raise HandBack("soft_timestamp looks at the configured package paths, not those of the request")
            if announcing(resolver):
                raise HandBack("soft_timestamp loads packages without telling package_load_callback")
