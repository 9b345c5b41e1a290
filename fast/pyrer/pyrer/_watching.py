"""Callbacks of a solve."""

from __future__ import annotations

from typing import Any, Callable, List, Optional, Tuple, Union

from . import _native

_RETURNS = {"keep_going": 0, "abort": 1, "fail": 2}


class SolverState:
    """Where a solve stands between two steps: rez's ``SolverState``. Only to be used within the callback.

    Attributes:
        num_solves: Steps taken.
        num_fails: Steps that failed, among those taken.
        item: The place of the request, for ``solve_many``.
    """

    def __init__(self, num_solves: int, num_fails: int, item: int, question: int) -> None:
        self.num_solves = num_solves
        self.num_fails = num_fails
        self.item = item
        self._question = question

    @property
    def phase(self) -> str:
        """The scopes of the latest phase that has not failed, as rez renders them."""
        return _native.phase(self._question)

    def __str__(self) -> str:
        return f"solve #{self.num_solves} ({self.num_fails} fails so far): {self.phase}"


#: Returns ``keep_going``, ``abort`` or ``fail`` (None keeps going; rez's ``SolverCallbackReturn`` is as good), alone or
#: with the reason that is shown.
Callback = Callable[[SolverState], Union[None, str, Tuple[Any, str]]]


class Watch:
    """A callback as the library calls it. An exception in it ends the solve, and is raised after it."""

    def __init__(self, callback: Optional[Callback]) -> None:
        self._callback = callback
        self._errors: List[BaseException] = []
        self.function = _native.WatchFunction(self._watch) if callback else _native.WatchFunction()

    def raise_error(self) -> None:
        """Raises the first exception of the callback, if there was one."""
        if self._errors:
            raise self._errors[0]

    def _watch(self, context: Any, item: int, num_solves: int, num_fails: int, question: int) -> int:
        try:
            assert self._callback is not None
            answer = self._callback(SolverState(num_solves, num_fails, item, question))
            wanted, reason = answer if isinstance(answer, tuple) else (answer, "")
            code = _RETURNS[getattr(wanted, "name", wanted) or "keep_going"]
            if code:
                _native.answer(question, str(reason).encode("utf-8", "replace"))
            return code
        except BaseException as error:  # nothing may pass through the library
            self._errors.append(error)
            return _RETURNS["abort"]
