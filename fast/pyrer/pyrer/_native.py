"""The shared library, function by function. What each does is said in ``rer.h``."""

from __future__ import annotations

import ctypes
import functools
import os
import sys
from pathlib import Path
from typing import Any, Optional, Tuple

ABI_VERSION = 1

OK, INVALID_ARGUMENT, INVALID_HANDLE, OUT_OF_RANGE, INTERNAL = range(5)
FAILURE, GRAPH, DOT, REQUIRES = range(4)
REPORTED = -(2**31)

#: ``rer_ask``: context, source, question, family, version, range; texts as pointer and length.
AskFunction = ctypes.CFUNCTYPE(
    ctypes.c_int32,
    ctypes.c_void_p,
    ctypes.c_int32,
    ctypes.c_uint64,
    ctypes.c_void_p,
    ctypes.c_size_t,
    ctypes.c_void_p,
    ctypes.c_size_t,
    ctypes.c_void_p,
    ctypes.c_size_t,
)

#: ``rer_watch``: context, item, steps, failed steps, question.
WatchFunction = ctypes.CFUNCTYPE(
    ctypes.c_int32, ctypes.c_void_p, ctypes.c_int32, ctypes.c_int32, ctypes.c_int32, ctypes.c_uint64
)

_ERROR_CAPACITY = 4096
_forked = False


class PyrerError(RuntimeError):
    """The library is missing, cannot be used in this process, or found a fault of its own."""


def _mark_forked() -> None:
    global _forked
    _forked = True


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_mark_forked)


def usable() -> bool:
    """Whether the library is there and may be called in this process."""
    try:
        library()
    except PyrerError:
        return False
    return True


def library() -> ctypes.CDLL:
    """The library.

    Raises:
        PyrerError: It is missing or of another version, or the process was forked after it was loaded.
    """
    lib = _load()
    if _forked:
        # Only the thread that forked lives on in the child: the library's own are gone, and what they held is held.
        raise PyrerError(
            "pyrer was loaded before this process was forked and cannot be used in it; "
            "start processes with the 'spawn' method, or solve in the parent"
        )
    return lib


@functools.lru_cache(maxsize=1)
def _load() -> ctypes.CDLL:
    path = os.environ.get("PYRER_LIBRARY") or str(_bundled())
    try:
        lib = ctypes.CDLL(path)
    except OSError as error:
        raise PyrerError(
            f"{path}: the library cannot be loaded ({error}); install a pyrer wheel for this platform, or name a "
            "library in PYRER_LIBRARY"
        ) from None
    size, text, handle = ctypes.c_size_t, ctypes.c_char_p, ctypes.c_uint64
    failing = [text, size]
    out_text = [ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(size)]
    signatures = {
        "rer_abi_version": [],
        "rer_version": [text, size],
        "rer_free": [handle, *failing],
        "rer_repository_create": [text, size, AskFunction, ctypes.c_void_p, ctypes.POINTER(handle), *failing],
        "rer_answer": [handle, text, size, *failing],
        "rer_phase": [handle, *out_text, *failing],
        "rer_solve": [
            handle,
            text,
            size,
            WatchFunction,
            ctypes.c_void_p,
            handle,
            ctypes.POINTER(handle),
            *out_text,
            *failing,
        ],
        "rer_detail": [handle, ctypes.c_int32, ctypes.c_int32, ctypes.c_int32, *out_text, *failing],
        "rer_look": [handle, text, size, ctypes.POINTER(handle), *out_text, *failing],
        "rer_cancellation_create": [ctypes.POINTER(handle), *failing],
        "rer_cancel": [handle, *failing],
    }
    for name, arguments in signatures.items():
        function = getattr(lib, name)
        function.argtypes, function.restype = arguments, ctypes.c_int32
    if lib.rer_abi_version() != ABI_VERSION:
        raise PyrerError(f"{path}: has version {lib.rer_abi_version()} of the interface, not {ABI_VERSION}")
    return lib


def _bundled() -> Path:
    name = {"win32": "rer.dll", "darwin": "librer.dylib"}.get(sys.platform, "librer.so")
    return Path(__file__).with_name("_lib") / name


def native_version() -> str:
    """The version of the library."""
    text = ctypes.create_string_buffer(64)
    library().rer_version(text, len(text))
    return text.value.decode()


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
    call("rer_answer", question, text, len(text))


def phase(question: int) -> str:
    """Renders the phase that a watch is asked about."""
    text, length = ctypes.c_void_p(), ctypes.c_size_t()
    call("rer_phase", question, ctypes.byref(text), ctypes.byref(length))
    return text_at(text.value, length.value) or ""


class Handle:
    """Something that the library keeps until this object goes."""

    __slots__ = ("value",)

    def __init__(self, value: int) -> None:
        self.value = value

    def __del__(self) -> None:
        # The parent's handles are no business of a forked child's.
        if not _forked:
            _load().rer_free(self.value, None, 0)


def create_repository(description: bytes, ask: Any) -> Handle:
    """Makes a repository; ``ask`` must outlive it."""
    handle = ctypes.c_uint64()
    call("rer_repository_create", description, len(description), ask, None, ctypes.byref(handle))
    return Handle(handle.value)


def solve(repository: Handle, question: bytes, watch: Any, cancellation: int) -> Tuple[Handle, bytes]:
    """Solves, without holding the interpreter's lock. The summary is JSON."""
    handle, text, length = ctypes.c_uint64(), ctypes.c_void_p(), ctypes.c_size_t()
    call(
        "rer_solve",
        repository.value,
        question,
        len(question),
        watch,
        None,
        cancellation,
        ctypes.byref(handle),
        ctypes.byref(text),
        ctypes.byref(length),
    )
    result = Handle(handle.value)
    return result, ctypes.string_at(text.value or 0, length.value)


def detail(result: Handle, item: int, kind: int, index: int) -> str:
    """A detail of a result."""
    text, length = ctypes.c_void_p(), ctypes.c_size_t()
    call("rer_detail", result.value, item, kind, index, ctypes.byref(text), ctypes.byref(length))
    return text_at(text.value, length.value) or ""


class Cancellation:
    """Ends the solves that it was given to. May be used from any thread, and for any number of solves."""

    def __init__(self) -> None:
        handle = ctypes.c_uint64()
        call("rer_cancellation_create", ctypes.byref(handle))
        self._handle = Handle(handle.value)

    def cancel(self) -> None:
        """Ends the solves, and those that have not begun yet."""
        call("rer_cancel", self._handle.value)
