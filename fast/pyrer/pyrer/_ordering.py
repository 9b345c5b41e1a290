"""Orderers written in Python, called by the library."""

from __future__ import annotations

import ctypes
import json
import os
from array import array
from collections.abc import Sequence
from typing import Any, Callable, Dict, List, Optional, Tuple

from . import _library, _native
from ._loading import CallbackError, text_of
from .orderer import PackageOrderer

#: The lists of orderers among a solve's options.
LISTS = ("package_orderers", "configured_orderers")


class Listing:
    """A family with all its versions, as the library lists it.

    Attributes:
        kept: A place where orderers can store what they computed.
        given: An orderer's last answer and the result computed from it. Usually it gives the same answer again.
    """

    __slots__ = ("family", "versions", "kept", "given", "_places")

    def __init__(self, family: str, versions: List[str]) -> None:
        self.family = family
        self.versions = versions
        self.kept: Dict[Any, Any] = {}
        self.given: Tuple[List[str], bytes] = versions, array("i", range(len(versions))).tobytes()
        self._places = {version: place for place, version in enumerate(versions)}

    def positions(self, orderer: AskedOrderer, answer: Any) -> bytes:
        """The positions of an answer's versions in the listing, followed by those that it leaves out. Unknown and
        repeated versions are ignored.

        Raises:
            CallbackError: The answer is not a list of texts.
        """
        if isinstance(answer, (str, bytes)) or not isinstance(answer, Sequence):
            raise _failed(orderer, self.family, f"returned {type(answer).__name__}, not a list of str")
        for version in answer:
            if not isinstance(version, str):
                raise _failed(orderer, self.family, f"returned a list of {type(version).__name__}, not of str")
        places = self._places
        found = dict.fromkeys(places[version] for version in answer if version in places)
        found.update(dict.fromkeys(range(len(self.versions))))
        positions = array("i", found).tobytes()
        self.given = list(answer), positions
        return positions


class AskedOrderer:
    """An orderer that is called while the solve runs.

    Attributes:
        name: Its name in errors.
        order: Orders the versions of a listing, which it must not change. They are ascending unless ``as_listed``. The
            listing is the same object for as long as the family has these versions.
        compare: Compares two ranges, each passed after its family: 1 if the first is preferred, -1 if the second is, 0
            if they are equal. If it is None, variants are compared by version.
        packages: The families that it applies to; None for all of them.
        early: Whether to ask about every family that the solve reaches, even if the order does not matter.
        as_listed: Whether the versions are passed in the order in which they are listed, for an orderer that leaves
            some of them in place.
        assumed: Whether a solve assumes that the orderer answers as it did last, and asks about all families at its
            end. If an answer has changed, the solve is repeated.
        consistent: Whether swapping the ranges is known to reverse the result of ``compare``.
    """

    __slots__ = ("name", "order", "compare", "packages", "early", "as_listed", "assumed", "consistent")

    # A dataclass would take a seventh of the time that importing pyrer takes in every rez env.
    def __init__(
        self,
        name: str,
        order: Callable[[Listing], Any],
        compare: Optional[Callable[[str, str, str, str], int]] = None,
        packages: Optional[Sequence[str]] = None,
        early: bool = False,
        as_listed: bool = False,
        assumed: bool = False,
        consistent: bool = False,
    ) -> None:
        self.name = name
        self.order = order
        self.compare = compare
        self.packages = packages
        self.early = early
        self.as_listed = as_listed
        self.assumed = assumed
        self.consistent = consistent


class Ordering:
    """The orderers of one call. Removes them from its options, and answers for them."""

    def __init__(self, first: Optional[PackageOrderer], options: Dict[str, Any]) -> None:
        self._orderers: List[AskedOrderer] = []
        self.specifications: List[Dict[str, Any]] = []
        self.error: Optional[BaseException] = None
        if first is not None:
            # They go before all other orderers of the solve.
            options["package_orderers"] = [first, *(options.get("package_orderers") or ())]
        for name in LISTS:
            given = options.get(name)
            if isinstance(given, (list, tuple)):
                options[name] = self._without_asked(given, name == "configured_orderers")

    def _without_asked(self, orderers: Sequence[Any], configured: bool) -> List[Any]:
        others = []
        for position, orderer in enumerate(orderers):
            if isinstance(orderer, PackageOrderer):
                orderer = _asked(orderer)
            if not isinstance(orderer, AskedOrderer):
                others.append(orderer)
                continue
            specification = {
                "number": len(self._orderers),
                "name": orderer.name,
                "compares_ranges": orderer.compare is not None,
                "early": orderer.early,
                "as_listed": orderer.as_listed,
                "assumed": orderer.assumed,
                "consistent": orderer.consistent,
                "configured": configured,
                "position": position,
            }
            if orderer.packages is not None:
                specification["packages"] = list(orderer.packages)
            self._orderers.append(orderer)
            self.specifications.append(specification)
        return others

    def set_callbacks(self, callbacks: _library.Callbacks) -> None:
        """Sets the functions that the library calls."""
        if self._orderers:
            callbacks.order = _library.OrderFunction(self._order)
            callbacks.compare = _library.CompareFunction(self._compare)

    def _order(
        self, context: Any, number: int, question: int, listings: Any, count: int, positions: int, position_count: int
    ) -> int:
        orderer = self._orderers[number]
        try:
            numbers = enumerate(listings[:count])
            answers = [self._answer(orderer, question, place, number) for place, number in numbers]
            ctypes.memmove(positions, b"".join(answers), position_count * _POSITION)
            return 0
        except BaseException as error:  # no exception may pass through the library
            return self._fail(question, error)

    @staticmethod
    def _answer(orderer: AskedOrderer, question: int, place: int, number: int) -> bytes:
        """An orderer's answer about one listing, in positions."""
        listing = _listings.get(number) or _new_listing(number, question, place)
        try:
            answer = orderer.order(listing)
        except Exception as error:
            raise _raised(orderer, listing.family, error) from error
        known, found = listing.given
        return found if type(answer) is list and answer == known else listing.positions(orderer, answer)

    def _compare(self, context: Any, number: int, question: int, *texts: Any) -> int:
        orderer = self._orderers[number]
        family, range_, other, other_range = (
            _native.text_at(pointer, length) or "" for pointer, length in zip(texts[::2], texts[1::2])
        )
        compare = orderer.compare
        assert compare is not None
        try:
            try:
                return int(compare(family, range_, other, other_range))
            except Exception as error:
                raise _raised(orderer, family, error) from error
        except BaseException as error:  # no exception may pass through the library
            return self._fail(question, error)

    def _fail(self, question: int, error: BaseException) -> int:
        self.error = self.error or error
        _native.answer(question, text_of(error).encode("utf-8", "replace"))
        return 2


def _asked(orderer: PackageOrderer) -> AskedOrderer:
    order = orderer.order
    return AskedOrderer(
        str(orderer.name or type(orderer).__name__),
        lambda listing: order(listing.family, listing.versions.copy()),
        early=True,
    )


def _failed(orderer: AskedOrderer, family: str, what: str) -> CallbackError:
    return CallbackError(f'package_orderer for "{family}" {what} (orderer {orderer.name!r})')


def _raised(orderer: AskedOrderer, family: str, error: Exception) -> CallbackError:
    return _failed(orderer, family, f"raised: {text_of(error)}")


_POSITION = array("i").itemsize

#: The listings by number. All solves with a repository use the same numbers.
_listings: Dict[int, Listing] = {}
_MOST_LISTINGS = 4096


def _new_listing(number: int, question: int, place: int) -> Listing:
    family, versions = json.loads(_native.listing(question, place))
    if len(_listings) >= _MOST_LISTINGS:
        _listings.clear()
    listing = _listings[number] = Listing(family, versions)
    return listing


if hasattr(os, "register_at_fork"):
    # A forked child loads the library again, and that library numbers its own listings.
    os.register_at_fork(after_in_child=_listings.clear)
