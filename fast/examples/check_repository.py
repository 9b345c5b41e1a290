#!/usr/bin/env python3
"""Check that every package of a repository still resolves. Meant for continuous integration.

    python3 check_repository.py PACKAGES...

Each version of each family is requested by itself. Exits with 1 if one does not resolve.
"""

import os
import sys

import pyrer


def packages_of(path):
    """Return one request for each package."""
    for family in sorted(os.listdir(path)):
        directory = os.path.join(path, family)
        if family.startswith(".") or not os.path.isdir(directory):
            continue
        for version in sorted(os.listdir(directory)):
            if any(os.path.exists(os.path.join(directory, version, "package" + end)) for end in (".py", ".yaml")):
                yield f"{family}=={version}"


def main(paths):
    repository = pyrer.Repository(paths=paths)
    requests = sorted({request for path in paths for request in packages_of(path)})
    bad = 0
    for request, result in zip(requests, repository.solve_many([[request] for request in requests])):
        if result.status != "solved":
            bad += 1
            print(f"{request}: {result.failure_description}")
    print(f"{len(requests) - bad} of {len(requests)} packages resolve")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
