"""Packages that the solver asks for while it solves."""

from __future__ import annotations

import inspect
import json
import threading
from typing import Any, Callable, Dict, Iterable, List, Optional

from . import _native
from ._packages import PackageData, by_family

#: Answers what there is of a source: of a family (the version is None) its versions with their definitions, or None
#: instead of a definition that is to be asked for later; of a version its definition.
Ask = Callable[[int, str, Optional[str], Optional[str]], Optional[Dict[str, Any]]]

LoadFamily = Callable[..., Optional[Iterable[PackageData]]]


class Asking:
    """A function that is asked for packages, as the library calls it.

    An exception in it ends the solve with an error; ``raise_error`` raises it where the solve was on this thread.
    """

    def __init__(self, ask: Optional[Ask]) -> None:
        self._ask = ask
        self._local = threading.local()
        self.function = _native.AskFunction(self._answer) if ask else _native.AskFunction()

    def raise_error(self) -> None:
        """Raises the exception that ended the last solve of this thread, if there was one."""
        error: Optional[BaseException] = self._local.__dict__.pop("error", None)
        if error is not None:
            raise error

    def forget_error(self) -> None:
        """Drops that exception."""
        self._local.__dict__.pop("error", None)

    def _answer(
        self,
        context: Any,
        source: int,
        question: int,
        family: Optional[int],
        family_length: int,
        version: Optional[int],
        version_length: int,
        range_: Optional[int],
        range_length: int,
    ) -> int:
        try:
            assert self._ask is not None
            answer = self._ask(
                source,
                _native.text_at(family, family_length) or "",
                _native.text_at(version, version_length),
                _native.text_at(range_, range_length),
            )
            if answer is not None:
                _native.answer(question, json.dumps(answer).encode())
            return 0
        except BaseException as error:  # nothing may pass through the library
            self._local.error = error
            _native.answer(question, f"{type(error).__name__}: {error}".encode("utf-8", "replace"))
            return 1


class FamilyLoader:
    """``load_family``, asked once for each family that a solve reaches; remembers the packages."""

    def __init__(self, load_family: LoadFamily) -> None:
        self._load_family = load_family
        self._takes_range = _takes_range(load_family)
        self.families: Dict[str, Dict[str, PackageData]] = {}

    def ask(self, source: int, family: str, version: Optional[str], range_: Optional[str]) -> Dict[str, Any]:
        """Answers for a whole family, so that no version is ever asked for."""
        if self._takes_range:
            loaded = self._load_family(family, version_range=range_)
        else:
            loaded = self._load_family(family)
        packages: List[PackageData] = [] if loaded is None else list(by_family(loaded).get(family, {}).values())
        self.families[family] = {package.version: package for package in packages}
        return {package.version: package.definition() for package in packages}


def _takes_range(function: LoadFamily) -> bool:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return False  # some built-in functions do not say
    return any(
        parameter.kind is parameter.VAR_KEYWORD
        or (parameter.name == "version_range" and parameter.kind is not parameter.POSITIONAL_ONLY)
        for parameter in parameters
    )
