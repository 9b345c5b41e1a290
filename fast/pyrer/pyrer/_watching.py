"""Callbacks of a solve."""

from __future__ import annotations

from typing import Any, Callable, List, Optional, Tuple, Union

from . import _library, _native

_RETURNS = {"keep_going": 0, "abort": 1, "fail": 2}


class SolverState:
    """The state of a solve between two steps: rez's ``SolverState``. It is valid only within the callback.

    Attributes:
        num_solves: The number of solve steps so far.
        num_fails: The number of solve steps that failed.
        item: The index of the request, for ``solve_many``.
    """

    def __init__(self, num_solves: int, num_fails: int, item: int, question: int) -> None:
        self.num_solves = num_solves
        self.num_fails = num_fails
        self.item = item
        self._question: Optional[int] = question

    @property
    def phase(self) -> str:
        """The scopes of the latest phase that has not failed, as rez renders them.

        Raises:
            PyrerError: The callback has returned.
        """
        if self._question is None:
            raise _native.PyrerError(
                "this SolverState belongs to a callback that has returned; use it only within the callback"
            )
        return _native.phase(self._question)

    def _end(self) -> None:
        self._question = None

    def __str__(self) -> str:
        return f"solve #{self.num_solves} ({self.num_fails} fails so far): {self.phase}"


#: Returns ``keep_going``, ``abort`` or ``fail``, alone or with a reason to show. None means ``keep_going``. Members of
#: rez's ``SolverCallbackReturn`` are accepted, too.
Callback = Callable[[SolverState], Union[None, str, Tuple[Any, str]]]


class Watch:
    """A callback as the library calls it. An exception in it ends the solve and is raised afterwards."""

    def __init__(self, callback: Optional[Callback]) -> None:
        if callback is not None and not callable(callback):
            raise TypeError(f"callback must be callable, not {type(callback).__name__}")
        self._callback = callback
        self._errors: List[BaseException] = []

    def set_callbacks(self, callbacks: _library.Callbacks) -> None:
        """Sets the functions that the library calls."""
        if self._callback is not None:
            callbacks.watch = _library.WatchFunction(self._watch)

    def raise_error(self) -> None:
        """Raises the first exception of the callback, if there was one."""
        if self._errors:
            raise self._errors[0]

    def _watch(self, context: Any, item: int, num_solves: int, num_fails: int, question: int) -> int:
        state = SolverState(num_solves, num_fails, item, question)
        try:
            assert self._callback is not None
            code, reason = _read(self._callback(state))
            if code:
                _native.answer(question, reason.encode("utf-8", "replace"))
            return code
        except BaseException as error:  # no exception may pass through the library
            self._errors.append(error)
            return _RETURNS["abort"]
        finally:
            state._end()


def _read(answer: Any) -> Tuple[int, str]:
    wanted, reason = answer if isinstance(answer, tuple) and len(answer) == 2 else (answer, "")
    name = "keep_going" if wanted is None else getattr(wanted, "name", wanted)
    if not isinstance(name, str) or name not in _RETURNS:
        raise ValueError(
            f"callback returned {answer!r}; expected None, 'keep_going', 'abort' or 'fail' "
            "(or a SolverCallbackReturn of rez), alone or as a tuple with a reason"
        )
    return _RETURNS[name], str(reason)
