"""Tells what rez makes of package definitions that only Python can read.

One JSON object a line comes in, one goes out. The first line in says how to solve, the first line out which rez
answers; each other line asks for the versions of a family, or for one package:

    {"location": "/packages", "family": "maya"}
    {"location": "/packages", "family": "maya", "version": "2024"}
"""

import json
import os
import sys

# What package code prints must not get between the answers.
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


def answer(value):
    answers.write(json.dumps(value) + "\n")
    answers.flush()


def one_line(error):
    lines = [line for line in str(error).splitlines() if line.strip()]
    return "%s: %s" % (type(error).__name__, lines[0] if lines else "")


class Context:
    """What a @late function sees of the resolve that it is evaluated for; rez's ResolvedContext has much more."""

    def __init__(self, request, implicits, building):
        self.request = [PackageRequest(x) for x in request]
        self.implicits = [PackageRequest(x) for x in implicits]
        self.building = building

    def _get_pre_resolve_bindings(self):
        from rez.rex_bindings import EphemeralsBinding, RequirementsBinding, intersects
        from rez.system import system

        return {
            "system": system,
            "building": self.building,
            "testing": False,
            "request": RequirementsBinding(self.request),
            "implicits": RequirementsBinding(self.implicits),
            "ephemerals": EphemeralsBinding([]),
            "intersects": intersects,
        }


def packages_of(location, family):
    repository = package_repository_manager.get_repository(location)
    resource = repository.get_package_family(family)
    return list(repository.iter_packages(resource)) if resource else []


def strings(requirements):
    return [str(x) for x in requirements or []]


def build_requires(package):
    """A @late function may answer differently for each variant; then there is no one answer."""
    try:
        found = [strings(variant.build_requires) for variant in package.iter_variants()]
        if any(x != found[0] for x in found):
            return {"error": "'build_requires' differ from variant to variant"}
        return found[0]
    except Exception as e:
        return {"error": one_line(e)}


def definition(location, family, version, context):
    for resource in packages_of(location, family):
        if str(resource.get("version") or "") == version:
            package = Package(resource, context)
            return {
                "requires": strings(package.requires),
                "variants": [strings(x) for x in package.variants or []],
                "build_requires": build_requires(package),
                "timestamp": package.timestamp or 0,
            }
    raise LookupError("rez does not find %s-%s in %s" % (family, version, location))


def answer_to(question, context):
    try:
        location, family = question["location"], question["family"]
        if "version" in question:
            return definition(location, family, question["version"], context)
        return {"versions": [str(x.get("version") or "") for x in packages_of(location, family)]}
    except Exception as e:
        return {"error": one_line(e)}


settings = json.loads(sys.stdin.readline())
try:
    import rez
    from rez.package_repository import package_repository_manager
    from rez.packages import Package
    from rez.utils.formatting import PackageRequest

    solve = settings.get("context")
    context = Context(solve["request"], solve["implicits"], solve["building"]) if solve else None
except Exception as e:
    answer({"error": one_line(e)})
    sys.exit(1)

answer({"rez": rez.__version__})
for line in sys.stdin:
    answer(answer_to(json.loads(line), context))
