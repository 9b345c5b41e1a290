"""Packages that are loaded while the solver runs."""

from __future__ import annotations

import inspect
import json
import threading
from collections.abc import Container, Sequence
from typing import Any, Callable, Dict, Optional

from . import _native
from ._packages import PackageData, by_family, duplicate, packages_of

#: Answers a question about a source. For a family (the version is None), it returns the versions with their
#: definitions. A definition may be None: it is then asked for later. For a version, it returns the definition.
Ask = Callable[[int, str, Optional[str], Optional[str]], Optional[Dict[str, Any]]]

LoadFamily = Callable[..., "Sequence[PackageData]"]


class CallbackError(Exception):
    """A user's function failed. The solve ends with this error, and the text says which function and why."""


def text_of(error: BaseException) -> str:
    """The text of an exception, or a substitute if its ``__str__`` fails."""
    try:
        return str(error)
    except Exception:
        return f"{type(error).__name__}, whose text cannot be read"


class Asking:
    """Wraps a function that provides packages, in the form in which the library calls it.

    An exception in it ends the solve, and nothing more is asked. ``take_error`` returns it on the thread of the solve.
    """

    def __init__(self, ask: Optional[Ask]) -> None:
        self._ask = ask
        self._local = threading.local()
        self.function = _native.AskFunction(self._answer) if ask else _native.AskFunction()

    def take_error(self) -> Optional[BaseException]:
        """Returns the exception that ended the last solve of this thread, if there was one."""
        error: Optional[BaseException] = self._local.__dict__.pop("error", None)
        return error

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
            if "error" in self._local.__dict__:
                return 1
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
        except BaseException as error:  # no exception may pass through the library
            self._local.error = error
            message = str(error) if isinstance(error, CallbackError) else f"{type(error).__name__}: {text_of(error)}"
            _native.answer(question, message.encode("utf-8", "replace"))
            return 1


class FamilyLoader:
    """Calls ``load_family`` once for each family that a solve reaches, or once for each range of it.

    Args:
        load_family: The function.
        known: The families that it is not asked for.
    """

    def __init__(self, load_family: LoadFamily, known: Container[str] = ()) -> None:
        if not callable(load_family):
            raise TypeError(f"load_family must be callable, not {type(load_family).__name__}")
        self._load_family = load_family
        self._known = known
        self._takes_range = _takes_range(load_family)
        self.asking = Asking(self._ask)

    @property
    def takes_range(self) -> bool:
        """Whether the function takes the range that a solve needs."""
        return self._takes_range

    def _ask(self, source: int, family: str, version: Optional[str], range_: Optional[str]) -> Dict[str, Any]:
        """Answers for a whole family, so that single versions are never asked for."""
        if family in self._known:
            return {}
        call = f'load_family("{family}")'
        try:
            if self._takes_range:
                loaded = self._load_family(family, version_range=range_)
            else:
                loaded = self._load_family(family)
        except Exception as error:
            raise CallbackError(f"{call} raised: {text_of(error)}") from error
        if not isinstance(loaded, Sequence):
            raise CallbackError(f"{call} returned {type(loaded).__name__}, not a list of PackageData")
        try:
            packages = [package for package in packages_of(loaded) if package.name == family]
        except TypeError as error:
            raise CallbackError(f"{call}: {error}") from None
        twice = duplicate(packages)
        if twice is not None:
            raise CallbackError(f"{call} returned a {twice}")
        return {package.version: package.definition() for package in by_family(packages).get(family, {}).values()}


def _takes_range(function: LoadFamily) -> bool:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return False  # some built-in functions have no signature
    return any(
        parameter.kind is parameter.VAR_KEYWORD
        or (parameter.name == "version_range" and parameter.kind is not parameter.POSITIONAL_ONLY)
        for parameter in parameters
    )
