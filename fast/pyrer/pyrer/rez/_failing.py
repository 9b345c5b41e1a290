"""Distinguishes the exceptions that rez raises."""

from __future__ import annotations


def is_raised_by_a_definition(error: BaseException) -> bool:
    """Whether the code of a definition raised this when rez ran it. rez wraps an exception of a file in a plain
    ``ResourceError``, and passes on an exception of an early-bound function."""
    from rez.exceptions import ResourceError, RezError

    return type(error) is ResourceError or not isinstance(error, RezError)
