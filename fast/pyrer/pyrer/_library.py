"""Finds and loads the shared library, and loads it again in a forked process."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import Optional

ABI_VERSION = 3

_size, _text, _handle, _int = ctypes.c_size_t, ctypes.c_char_p, ctypes.c_uint64, ctypes.c_int32
_pointer = ctypes.c_void_p
_a_text = [_pointer, _size]

#: ``rer_ask``: context, source, question, family, version, range; texts as pointer and length.
AskFunction = ctypes.CFUNCTYPE(_int, _pointer, _int, _handle, *_a_text, *_a_text, *_a_text)

#: ``rer_watch``: context, item, steps, failed steps, question.
WatchFunction = ctypes.CFUNCTYPE(_int, _pointer, _int, _int, _int, _handle)

#: ``rer_pulse``: context.
PulseFunction = ctypes.CFUNCTYPE(_int, _pointer)

#: ``rer_order``: context, orderer, question, numbers of listings, place for positions.
OrderFunction = ctypes.CFUNCTYPE(_int, _pointer, _int, _handle, ctypes.POINTER(_handle), _size, _pointer, _size)

#: ``rer_compare``: context, orderer, question, family, range, other family, other range.
CompareFunction = ctypes.CFUNCTYPE(_int, _pointer, _int, _handle, *_a_text, *_a_text, *_a_text, *_a_text)


class Callbacks(ctypes.Structure):
    """``rer_callbacks``."""

    _fields_ = [
        ("watch", WatchFunction),
        ("pulse", PulseFunction),
        ("order", OrderFunction),
        ("compare", CompareFunction),
        ("context", _pointer),
    ]


class PyrerError(RuntimeError):
    """The library is missing, cannot be used in this process, or has an internal error."""


_lock = threading.Lock()
_loaded: Optional[ctypes.CDLL] = None
#: Whether loading has begun. A process may fork in the middle of it.
_begun = False
_generation = 0


def generation() -> int:
    """The number of times that this process has loaded the library again after a fork. Handles of another generation
    are not valid."""
    return _generation


def _after_fork() -> None:
    global _loaded, _begun, _generation, _lock
    _lock = threading.Lock()
    if _begun:
        # Only the thread that forked survives. The library's own threads are gone, and locks that they held stay
        # locked.
        _loaded, _begun = None, False
        _generation += 1


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def library() -> ctypes.CDLL:
    """The library.

    Raises:
        PyrerError: It is missing or has another version.
    """
    global _loaded
    if _loaded is None:
        with _lock:
            if _loaded is None:
                _loaded = _load()
    return _loaded


def _load() -> ctypes.CDLL:
    global _begun
    path = os.environ.get("PYRER_LIBRARY") or str(bundled())
    _begun = True
    try:
        lib = _load_copy(path) if _generation else ctypes.CDLL(path)
    except OSError as error:
        raise PyrerError(
            f"{path}: the library cannot be loaded ({error}); install a pyrer wheel for this platform, or name a "
            "library in PYRER_LIBRARY"
        ) from None
    try:
        version = lib.rer_abi_version()
    except AttributeError:
        raise PyrerError(f"{path}: this library is not pyrer's") from None
    if version != ABI_VERSION:
        raise PyrerError(f"{path}: has version {version} of the interface, not {ABI_VERSION}")
    _declare(lib)
    return lib


def _load_copy(path: str) -> ctypes.CDLL:
    """Loads a copy of the library. The loader treats it as another library, so it starts with fresh state when the
    first one can no longer be used."""
    with open(path, "rb") as source:
        if hasattr(os, "memfd_create"):
            with open(os.memfd_create("pyrer"), "wb") as target:
                shutil.copyfileobj(source, target)
                target.flush()
                return ctypes.CDLL(f"/proc/self/fd/{target.fileno()}")
        with tempfile.NamedTemporaryFile(suffix=Path(path).suffix) as target:
            shutil.copyfileobj(source, target)
            target.flush()
            return ctypes.CDLL(target.name)


def _declare(lib: ctypes.CDLL) -> None:
    failing = [_text, _size]
    out_handle = ctypes.POINTER(_handle)
    out_text = [ctypes.POINTER(_pointer), ctypes.POINTER(_size)]
    signatures = {
        "rer_abi_version": [],
        "rer_version": [_text, _size],
        "rer_free": [_handle, *failing],
        "rer_repository_create": [_text, _size, AskFunction, _pointer, out_handle, *failing],
        "rer_answer": [_handle, _text, _size, *failing],
        "rer_phase": [_handle, *out_text, *failing],
        "rer_listing": [_handle, _size, *out_text, *failing],
        "rer_solve": [
            _handle,
            _text,
            _size,
            ctypes.POINTER(Callbacks),
            _handle,
            out_handle,
            *out_text,
            *failing,
        ],
        "rer_detail": [_handle, _int, _int, _int, *out_text, *failing],
        "rer_look": [_handle, _text, _size, out_handle, *out_text, *failing],
        "rer_insight": [
            _handle,
            _text,
            _size,
            ctypes.POINTER(Callbacks),
            _handle,
            out_handle,
            *out_text,
            *failing,
        ],
        "rer_read_static": [_text, _size, out_handle, *out_text, *failing],
        "rer_cancellation_create": [out_handle, *failing],
        "rer_cancel": [_handle, *failing],
    }
    for name, arguments in signatures.items():
        function = getattr(lib, name)
        function.argtypes, function.restype = arguments, _int


def bundled() -> Path:
    """The path of the library in the wheel."""
    name = {"win32": "rer.dll", "darwin": "librer.dylib"}.get(sys.platform, "librer.so")
    return Path(__file__).with_name("_lib") / name


def native_version() -> str:
    """The version of the library."""
    text = ctypes.create_string_buffer(64)
    library().rer_version(text, len(text))
    return text.value.decode()
