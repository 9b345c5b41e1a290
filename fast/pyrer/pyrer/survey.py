"""Reports which package definitions are read without Python, which are not, and why.

    python -m pyrer.survey PATH...

Does not need rez. Exits with 1 if a definition cannot be read at all.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from typing import Dict, List, Optional, Sequence, Tuple

from ._looking import Shelf, report_missing


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Runs the script."""
    parser = argparse.ArgumentParser(
        prog="python -m pyrer.survey", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", metavar="PATH", nargs="+", help="a package path")
    parser.add_argument("--all", action="store_true", help="list every package, not only three for each reason")
    options = parser.parse_args(arguments)
    report_missing(options.paths)
    read, reasons = survey(options.paths)
    python, broken = (
        {reason: packages for (needs, reason), packages in reasons.items() if needs is wanted}
        for wanted in (True, False)
    )
    counts = [sum(map(len, found.values())) for found in (python, broken)]
    print(f"{read + sum(counts)} definitions: {read} are read without Python, {counts[0]} need Python, ", end="")
    print(f"{counts[1]} cannot be read")
    for title, found in (("need Python", python), ("cannot be read", broken)):
        for reason, packages in sorted(found.items(), key=lambda item: -len(item[1])):
            shown = packages if options.all else packages[:3]
            more = f", and {len(packages) - len(shown)} more" if len(shown) < len(packages) else ""
            print(f"{len(packages)} {title}: {reason}\n    {', '.join(shown)}{more}")
    return 1 if broken else 0


def survey(paths: Sequence[str]) -> Tuple[int, Dict[Tuple[bool, str], List[str]]]:
    """The number of definitions that can be read. The others are grouped by whether Python would help, and by the
    reason."""
    shelf, read = Shelf(paths), 0
    reasons: Dict[Tuple[bool, str], List[str]] = defaultdict(list)
    for family in shelf.families():
        try:
            versions = shelf.versions(family)
        except ValueError as error:  # a directory that cannot be listed, or whose name is not a version
            reasons[False, _reason(str(error))].append(family)
            continue
        for version in versions:
            answer = shelf.definition(family, version)
            if "definition" in answer:
                read += 1
            else:
                name = f"{family}-{version}" if version else family
                reasons[bool(answer["needs_python"]), _reason(answer["error"])].append(name)
    return read, reasons


def _reason(message: str) -> str:
    """A message without its location, which differs from file to file, and without advice about the command ``rer``."""
    (line, *_) = message.splitlines() or [""]
    line = re.sub(r"; only Python can tell.*$", "", line)
    line = re.sub(r"^.*?\.(?:py|yaml)(?:[:(]\d+[:,)]?\d*\)?)?: ", "", line)
    return re.sub(r"^(?:[A-Za-z]:)?[/\\].*?: ", "", line)  # the path of a directory


if __name__ == "__main__":
    sys.exit(main())
