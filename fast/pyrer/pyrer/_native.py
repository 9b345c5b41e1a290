"""The shared library, function by function. What each does is said in ``rer.h``."""

from __future__ import annotations

import ctypes
import threading
from typing import Any, Callable, Generator, Optional, Tuple, Union

from . import _library
from ._library import PyrerError, library, native_version, usable

__all__ = ["PyrerError", "library", "native_version", "usable"]

OK, INVALID_ARGUMENT, INVALID_HANDLE, OUT_OF_RANGE, INTERNAL = range(5)
FAILURE, GRAPH, DOT, REQUIRES, PLACES = range(5)
REPORTED = -(2**31)

AskFunction = _library.AskFunction
Callbacks = _library.Callbacks

_ERROR_CAPACITY = 4096


def call(name: str, *arguments: Any) -> None:
    """Calls a function, with the place for its error text appended.

    Raises:
        ValueError: An argument is wrong.
        IndexError: There is no such result, failure or detail.
        PyrerError: A handle is wrong, or the library found a fault of its own.
    """
    error = ctypes.create_string_buffer(_ERROR_CAPACITY)
    code = getattr(library(), name)(*arguments, error, _ERROR_CAPACITY)
    if code == OK:
        return
    message = error.value.decode("utf-8", "replace")
    if code == INVALID_ARGUMENT:
        raise ValueError(message)
    if code == OUT_OF_RANGE:
        raise IndexError(message)
    raise PyrerError(message)


def text_at(pointer: Optional[int], length: int) -> Optional[str]:
    """A text that a callback was given."""
    return None if pointer is None else ctypes.string_at(pointer, length).decode("utf-8")


def answer(question: int, text: bytes) -> None:
    """Answers a question while its callback runs."""
    if library().rer_answer(question, text, len(text), None, 0) != OK:
        call("rer_answer", question, text, len(text))


def phase(question: int) -> str:
    """Renders the phase that a watch is asked about."""
    text, length = ctypes.c_void_p(), ctypes.c_size_t()
    call("rer_phase", question, ctypes.byref(text), ctypes.byref(length))
    return text_at(text.value, length.value) or ""


def listing(question: int, place: int) -> str:
    """A listing that an orderer is asked about."""
    text, length = ctypes.c_void_p(), ctypes.c_size_t()
    call("rer_listing", question, place, ctypes.byref(text), ctypes.byref(length))
    return text_at(text.value, length.value) or ""


class Handle:
    """Something that the library keeps until this object goes."""

    __slots__ = ("_value", "_generation", "__weakref__")

    def __init__(self, value: int) -> None:
        self._value = value
        self._generation = _library.generation()

    @property
    def value(self) -> int:
        """The handle.

        Raises:
            PyrerError: It belongs to the process that this one was forked from.
        """
        if self._generation != _library.generation():
            raise PyrerError(
                "this result was made before the process was forked, and belongs to the parent: solve again here"
            )
        return self._value

    def __del__(self) -> None:
        # The parent's handles are no business of a forked child's.
        if self._generation == _library.generation():
            library().rer_free(self._value, None, 0)


class RepositoryHandle:
    """A repository, which is made anew in a process that was forked since.

    Args:
        describe: Its description, as ``rer_repository_create`` reads it, or what makes that.
        ask: The function that it asks; kept as long as the repository.

    Raises:
        ValueError: The description is wrong.
    """

    __slots__ = ("_describe", "_ask", "_handle", "_generation", "__weakref__")

    def __init__(self, describe: Union[bytes, Callable[[], bytes]], ask: Any) -> None:
        self._describe = describe
        self._ask = ask
        self._generation = -1
        self._handle: Optional[Handle] = None
        self._create()

    @property
    def value(self) -> int:
        """The handle, good in this process."""
        if self._generation != _library.generation():
            self._create()
        assert self._handle is not None
        return self._handle.value

    def _create(self) -> None:
        description = self._describe if isinstance(self._describe, bytes) else self._describe()
        handle = ctypes.c_uint64()
        call("rer_repository_create", description, len(description), self._ask, None, ctypes.byref(handle))
        self._handle = Handle(handle.value)
        self._generation = _library.generation()


def create_repository(describe: Union[bytes, Callable[[], bytes]], ask: Any) -> RepositoryHandle:
    """Makes a repository."""
    return RepositoryHandle(describe, ask)


def solve(
    repository: RepositoryHandle, question: bytes, callbacks: Callbacks, cancellation: int
) -> Tuple[Handle, bytes]:
    """Solves, without holding the interpreter's lock. The summary is JSON.

    Raises:
        BaseException: What a handler of a signal raised meanwhile, such as ``KeyboardInterrupt``.
    """
    handle, text, length = ctypes.c_uint64(), ctypes.c_void_p(), ctypes.c_size_t()
    # Python runs handlers of signals on the main thread alone.
    signals = Signals.take() if threading.current_thread() is threading.main_thread() else None
    if signals is not None:
        callbacks.pulse = signals.function
    call(
        "rer_solve",
        repository.value,
        question,
        len(question),
        ctypes.byref(callbacks),
        cancellation,
        ctypes.byref(handle),
        ctypes.byref(text),
        ctypes.byref(length),
    )
    result = Handle(handle.value)
    if signals is not None:
        signals.give_back()
    return result, ctypes.string_at(text.value or 0, length.value)


class Signals:
    """Lets Python look after signals while the library runs. What a handler raises ends the solve, and is raised then."""

    _idle: "list[Signals]" = []

    def __init__(self) -> None:
        self._raised: "list[BaseException]" = []
        checking = self._check()
        next(checking)
        self.function = _library.PulseFunction(checking.send)

    @classmethod
    def take(cls) -> Signals:
        """One that is not in use: a handler may solve, too."""
        try:
            return cls._idle.pop()
        except IndexError:
            return cls()

    def give_back(self) -> None:
        """To be called after the solve."""
        if self._raised:
            # Not to be used again: the traceback holds the generator's frame, and who clears that, as unittest's
            # assertRaises does, closes the generator.
            raise self._raised[0]
        self._idle.append(self)

    def _check(self) -> Generator[int, None, None]:
        # A handler may run as soon as a function begins, where it cannot catch anything yet. A generator goes on where it
        # was, within its try.
        stop = 0
        while True:
            try:
                yield stop
                stop = 0
                ctypes.pythonapi.PyErr_CheckSignals()
            except GeneratorExit:
                return
            except BaseException as error:  # nothing may pass through the library
                self._raised.append(error)
                stop = 1


def detail(result: Handle, item: int, kind: int, index: int) -> str:
    """A detail of a result."""
    text, length = ctypes.c_void_p(), ctypes.c_size_t()
    call("rer_detail", result.value, item, kind, index, ctypes.byref(text), ctypes.byref(length))
    return text_at(text.value, length.value) or ""


def insight(repository: RepositoryHandle, question: bytes, cancellation: int) -> bytes:
    """Asks what only many solves can tell, without holding the interpreter's lock. The answer is JSON.

    Raises:
        BaseException: What a handler of a signal raised meanwhile, such as ``KeyboardInterrupt``.
    """
    handle, text, length = ctypes.c_uint64(), ctypes.c_void_p(), ctypes.c_size_t()
    callbacks = Callbacks()
    signals = Signals.take() if threading.current_thread() is threading.main_thread() else None
    if signals is not None:
        callbacks.pulse = signals.function
    try:
        call(
            "rer_insight",
            repository.value,
            question,
            len(question),
            ctypes.byref(callbacks),
            cancellation,
            *map(ctypes.byref, (handle, text, length)),
        )
    finally:
        if signals is not None:
            signals.give_back()
    result = Handle(handle.value)
    found = ctypes.string_at(text.value or 0, length.value)
    del result
    return found


def read_static(question: bytes) -> bytes:
    """Reads static definitions, without holding the interpreter's lock."""
    handle, text, length = ctypes.c_uint64(), ctypes.c_void_p(), ctypes.c_size_t()
    call("rer_read_static", question, len(question), *map(ctypes.byref, (handle, text, length)))
    result = Handle(handle.value)
    read = ctypes.string_at(text.value or 0, length.value)
    del result
    return read


class Cancellation:
    """Ends the solves that it was given to. May be used from any thread, and for any number of solves."""

    def __init__(self) -> None:
        self._cancelled = False
        self._handle = _new_cancellation()
        self._generation = _library.generation()

    def cancel(self) -> None:
        """Ends the solves, and those that have not begun yet."""
        self._cancelled = True
        call("rer_cancel", self.handle())

    def handle(self) -> int:
        """The handle, good in this process."""
        if self._generation != _library.generation():
            self._handle = _new_cancellation()
            self._generation = _library.generation()
            if self._cancelled:
                call("rer_cancel", self._handle.value)
        return self._handle.value


def _new_cancellation() -> Handle:
    handle = ctypes.c_uint64()
    call("rer_cancellation_create", ctypes.byref(handle))
    return Handle(handle.value)
