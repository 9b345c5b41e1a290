"""Identifies the version of rez, and how its answers differ from rez 3.4.0, whose answers the engine gives."""

from __future__ import annotations

import logging
import re
from typing import NamedTuple, Tuple

logger = logging.getLogger("pyrer.rez")

OLDEST = (2, 112)
NEWEST = (3, 4)
NEXT_MAJOR = (4,)


class RezVersion(NamedTuple):
    """The behaviour of a rez version. Each field is named after a feature that a version introduced.

    Attributes:
        number: The numbers of the version.
        orders_by_family: From 3.1.0: orderers apply to the families that they name, and to variants.
        missing_variant_requires: From 2.114.0: ``error_on_missing_variant_requires`` can be set.
        unknown_names: Names that early-bound functions see in rez 3.4.0 but not in this version: before 3.2.0
            ``testing``.
    """

    number: Tuple[int, ...]
    orders_by_family: bool
    missing_variant_requires: bool
    unknown_names: Tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> RezVersion:
        """Parses a version such as ``3.4.0``."""
        number = tuple(int(digits) for digits in re.findall(r"\d+", text)[:3])
        return cls(number, number >= (3, 1), number >= (2, 114), () if number >= (3, 2) else ("testing",))

    @classmethod
    def here(cls) -> RezVersion:
        """The rez of this process."""
        import rez

        return cls.parse(rez.__version__)

    @property
    def refusal(self) -> str:
        """Why pyrer does not work with this version, in one line; empty if it does."""
        text = ".".join(map(str, self.number))
        if self.number < OLDEST:
            return f"rez {text} is older than {OLDEST[0]}.{OLDEST[1]}, the oldest that pyrer supports"
        if self.number >= NEXT_MAJOR:
            return f"pyrer does not support rez {text}; it supports {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}"
        return ""

    def warn_if_newer(self) -> None:
        """Logs a warning if the version is newer than any whose answers were compared."""
        if self.number[:2] > NEWEST:
            logger.warning(
                "pyrer: rez %s is newer than the versions that pyrer was compared with (%d.%d to %d.%d): "
                "run install(shadow=True) for a while, or install a newer pyrer",
                ".".join(map(str, self.number)),
                *OLDEST,
                *NEWEST,
            )
