"""Calls the callbacks of rez's solver between the steps of the engine."""

from __future__ import annotations

import sys
from typing import Any, Callable, Optional, Tuple

from .._watching import SolverState


class CallersError(Exception):
    """An exception raised by the caller's function. It must propagate as if rez had called the function."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(repr(error))
        self.error = error


class Phase:
    """A phase as rez's callbacks see it: as text."""

    def __init__(self, state: SolverState) -> None:
        self._state: Optional[SolverState] = state
        self._text = ""

    def __str__(self) -> str:
        if self._state is not None:
            self._text, self._state = self._state.phase, None
        return self._text

    def end(self) -> None:
        """Renders the text now if somebody keeps the phase, because it cannot be rendered later."""
        if sys.getrefcount(self) > 3:  # the references of the caller, of this method and of getrefcount
            str(self)
        self._state = None


class Watching:
    """One of rez's callbacks, as the engine calls it.

    Attributes:
        reason: The reason given for ending the solve, of any type.
    """

    def __init__(self, callback: Callable[[Any], Tuple[Any, Any]]) -> None:
        self._callback = callback
        self._steps = 0
        self.reason: Any = None

    def rest(self) -> Callable[[Any], Tuple[Any, Any]]:
        """The callback for a solver that starts over. It skips the steps that the callback has already seen."""
        from rez.solver import SolverCallbackReturn

        def callback(state: Any) -> Tuple[Any, Any]:
            return (SolverCallbackReturn.keep_going, "") if state.num_solves <= self._steps else self._callback(state)

        return callback

    def __call__(self, state: SolverState) -> Any:
        from rez.solver import SolverCallbackReturn

        self._steps = state.num_solves
        try:
            value, reason = self._ask(state)
        except BaseException as error:
            raise CallersError(error) from error
        if value == SolverCallbackReturn.abort:
            self.reason = reason
            return "abort", str(reason)
        if value == SolverCallbackReturn.fail:
            return "fail", str(reason or "")
        return None  # any other value: rez-gui returns booleans

    def _ask(self, state: SolverState) -> Tuple[Any, Any]:
        from rez.solver import SolverState as RezState

        phase = Phase(state)
        try:
            value, reason = self._callback(RezState(state.num_solves, state.num_fails, phase))
        finally:
            phase.end()
        return value, reason


class Announcing:
    """A callback that rez calls with each package before loading it.

    Args:
        callback: The callback.
        package_filter: rez's filter. Packages that it excludes are not loaded.
    """

    def __init__(self, callback: Callable[[Any], Any], package_filter: Any) -> None:
        self._callback = callback
        self._filter = package_filter
        self._count = 0

    def rest(self) -> Callable[[Any], Any]:
        """The callback for a solver that starts over. It skips the packages that were already reported. They are the
        same, in the same order."""
        remaining = [self._count]

        def callback(package: Any) -> Any:
            if not remaining[0]:
                return self._callback(package)
            remaining[0] -= 1
            return None

        return callback

    def __call__(self, package: Any) -> None:
        if self._filter and self._filter.excludes(package):
            return
        self._count += 1
        try:
            self._callback(package)
        except BaseException as error:
            raise CallersError(error) from error


def announcing(resolver: Any) -> Optional[Announcing]:
    """The ``package_load_callback`` of a resolver, if it contains one of the user's."""
    callback = resolver.package_load_callback
    # A context always passes a callback of its own, which counts packages and calls the user's.
    names: Any = getattr(getattr(callback, "__code__", None), "co_freevars", ())
    cells = dict(zip(names, getattr(callback, "__closure__", None) or ()))
    own = getattr(callback, "__module__", "") == "rez.resolved_context"
    if callback is None or (own and "package_load_callback" in cells and not cells["package_load_callback"].cell_contents):
        return None
    return Announcing(callback, resolver.package_filter)


def limits(callback: Any) -> Tuple[Optional[int], Optional[float], Optional[Watching]]:
    """The fail limit, the time limit and the callback of a resolver. A context that has only limits puts them into a
    callback of its own, which need not be called."""
    from rez.resolved_context import ResolvedContext

    if callback is None:
        return None, None, None
    if type(callback) is not ResolvedContext.Callback or callback.callback is not None:
        return None, None, Watching(callback)
    max_fails = None if callback.max_fails == -1 else callback.max_fails
    time_limit = None if callback.time_limit == -1 else callback.time_limit
    return max_fails, time_limit, None
