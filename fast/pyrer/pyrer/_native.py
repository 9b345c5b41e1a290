"""The functions of the shared library. ``rer.h`` documents each of them."""

from __future__ import annotations

import ctypes
import sys
import threading
from typing import Any, Callable, Generator, Optional, Tuple, Union

from . import _library
from ._library import PyrerError, library, native_version

__all__ = ["PyrerError", "library", "native_version"]

OK, INVALID_ARGUMENT, INVALID_HANDLE, OUT_OF_RANGE, INTERNAL = range(5)
FAILURE, GRAPH, DOT, REQUIRES, PLACES = range(5)
REPORTED = -(2**31)

AskFunction = _library.AskFunction
Callbacks = _library.Callbacks

_ERROR_CAPACITY = 4096


def call(name: str, *arguments: Any) -> None:
    """Calls a function, with a buffer for its error text as the last argument.

    Raises:
        ValueError: An argument is wrong.
        IndexError: There is no such result, failure or detail.
        PyrerError: A handle is invalid, or the library has an internal error.
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
    """Reads a text passed to a callback."""
    return None if pointer is None else ctypes.string_at(pointer, length).decode("utf-8")


def answer(question: int, text: bytes) -> None:
    """Answers a question while its callback runs."""
    if library().rer_answer(question, text, len(text), None, 0) != OK:
        call("rer_answer", question, text, len(text))


def phase(question: int) -> str:
    """Renders the phase that a watch callback is asked about."""
    text, length = ctypes.c_void_p(), ctypes.c_size_t()
    call("rer_phase", question, ctypes.byref(text), ctypes.byref(length))
    return text_at(text.value, length.value) or ""


def listing(question: int, place: int) -> str:
    """A listing that an orderer is asked about."""
    text, length = ctypes.c_void_p(), ctypes.c_size_t()
    call("rer_listing", question, place, ctypes.byref(text), ctypes.byref(length))
    return text_at(text.value, length.value) or ""


class Handle:
    """An object in the library that is freed together with this one."""

    __slots__ = ("_value", "_generation", "__weakref__")

    def __init__(self, value: int) -> None:
        self._value = value
        self._generation = _library.generation()

    @property
    def value(self) -> int:
        """The handle.

        Raises:
            PyrerError: It belongs to the parent of this forked process.
        """
        if self._generation != _library.generation():
            raise PyrerError(
                "this result was made before the process was forked, and belongs to the parent; solve again here"
            )
        return self._value

    def __del__(self) -> None:
        # A forked child must not free the handles of its parent.
        if self._generation == _library.generation():
            library().rer_free(self._value, None, 0)


class RepositoryHandle:
    """A repository that is created again in a process forked later.

    Args:
        describe: Its description in the form of ``rer_repository_create``, or a function that returns it.
        ask: The function that it calls. It is kept alive as long as the repository.

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
        """The handle, valid in this process."""
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
    """Creates a repository."""
    return RepositoryHandle(describe, ask)


def solve(
    repository: RepositoryHandle, question: bytes, callbacks: Callbacks, cancellation: int
) -> Tuple[Handle, bytes]:
    """Solves without holding the interpreter's lock. The summary is JSON.

    Raises:
        BaseException: Whatever a signal handler raised in the meantime, such as ``KeyboardInterrupt``.
    """
    handle, text, length = ctypes.c_uint64(), ctypes.c_void_p(), ctypes.c_size_t()
    # Python runs signal handlers only on the main thread.
    signals = Signals.take() if threading.current_thread() is threading.main_thread() else None
    if signals is not None:
        callbacks.pulse = signals.function
    try:
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
    finally:
        result = Handle(handle.value) if handle.value else None
        if signals is not None:
            signals.give_back()
    assert result is not None
    return result, ctypes.string_at(text.value or 0, length.value)


class Signals:
    """Lets Python handle signals while the library runs. An exception in a handler ends the solve and is then
    raised."""

    _idle: "list[Signals]" = []

    def __init__(self) -> None:
        self._raised: "list[BaseException]" = []
        self._hook: Any = None
        checking = self._check()
        next(checking)
        self.function = _library.PulseFunction(checking.send)

    @classmethod
    def take(cls) -> Signals:
        """Returns an object that is not in use. Several may be in use at once, because a handler may solve too."""
        try:
            signals = cls._idle.pop()
        except IndexError:
            signals = cls()
        signals._hook = sys.unraisablehook
        sys.unraisablehook = signals._note
        return signals

    def give_back(self) -> None:
        """Call this after the solve."""
        sys.unraisablehook = self._hook
        if self._raised:
            # Do not reuse this object. The traceback refers to the generator's frame, and clearing that frame closes
            # the generator. unittest's assertRaises does so.
            raise self._raised[0]
        self._idle.append(self)

    def _note(self, unraisable: Any) -> None:
        """Keeps what a handler raised as another callback was entered, before its try block. ctypes prints such an
        exception, and returns 0 for the callback."""
        # In earlier Pythons than 3.13 the message lacks the name of the function.
        is_of_callback = "ctypes callback function" in str(unraisable.err_msg)
        if is_of_callback and threading.current_thread() is threading.main_thread():
            self._raised.append(unraisable.exc_value)
        else:
            self._hook(unraisable)

    def _check(self) -> Generator[int, None, None]:
        # A handler may run as soon as a function is entered, before its try block. A generator resumes inside its try
        # block.
        stop = 0
        while True:
            try:
                yield stop
                stop = 0
                ctypes.pythonapi.PyErr_CheckSignals()
                stop = 1 if self._raised else 0
            except GeneratorExit:
                return
            except BaseException as error:  # no exception may pass through the library
                self._raised.append(error)
                stop = 1


def detail(result: Handle, item: int, kind: int, index: int) -> str:
    """Returns a detail of a result."""
    text, length = ctypes.c_void_p(), ctypes.c_size_t()
    call("rer_detail", result.value, item, kind, index, ctypes.byref(text), ctypes.byref(length))
    return text_at(text.value, length.value) or ""


def insight(repository: RepositoryHandle, question: bytes, cancellation: int) -> bytes:
    """Asks a question that takes many solves, without holding the interpreter's lock. The answer is JSON.

    Raises:
        BaseException: Whatever a signal handler raised in the meantime, such as ``KeyboardInterrupt``.
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
    """Cancels the solves that it is passed to. It may be used from any thread, and for any number of solves."""

    def __init__(self) -> None:
        self._cancelled = False
        self._handle = _new_cancellation()
        self._generation = _library.generation()

    def cancel(self) -> None:
        """Ends the running solves, and those that have not started yet."""
        self._cancelled = True
        call("rer_cancel", self.handle())

    def handle(self) -> int:
        """The handle, valid in this process."""
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
