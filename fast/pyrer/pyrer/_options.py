"""Converts the options of a solve for the library."""

from __future__ import annotations

from typing import Any, Dict

#: The options that are passed on under their own names. The library checks their values.
NAMES = frozenset(
    {
        "variant_select_mode",
        "package_filter",
        "package_orderers",
        "configured_orderers",
        "timestamp",
        "building",
        "optimised",
        "error_on_missing_variant_requires",
        "prune_unfailed",
        "max_fails",
    }
)


def plain(value: Any) -> Any:
    """A filter or orderer as in rez's configuration. rez's own objects are converted."""
    if hasattr(value, "to_pod"):
        pod = value.to_pod()
        if isinstance(getattr(value, "name", None), str):
            pod = {"type": value.name, **pod}  # a single orderer: only rez's list of orderers writes its kind
        return plain(pod)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def options_json(options: Dict[str, Any]) -> Dict[str, Any]:
    """Options in the library's format.

    Raises:
        TypeError: There is no such option.
    """
    for name in options:
        if name not in NAMES:
            raise TypeError(f"unknown option '{name}'; expected one of {', '.join(sorted(NAMES))}")
    return {name: plain(value) for name, value in options.items() if value is not None}
