"""Tells what rez makes of package definitions that only Python can read.

One JSON object a line comes in, one goes out. The first line in says how to solve, the first line out which rez
answers; each other line asks for the versions of a family, or for one package:

    {"location": "/packages", "family": "maya"}
    {"location": "/packages", "family": "maya", "version": "2024"}

Python is isolated (-I), so that nothing in the working directory is imported. Where rez may be installed is added again.
"""

import os
import site
import sys

elsewhere = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if os.path.isabs(path)]
sys.path[0:0] = elsewhere
if sys.prefix == sys.base_prefix and os.path.isdir(site.getusersitepackages()):
    site.addsitedir(site.getusersitepackages())

import json
import signal
import threading
from queue import Queue

# Package code finds an empty standard input, and what it prints does not get between the answers. Neither pipe is
# inherited by what it starts.
questions = os.fdopen(os.dup(0), "rb")
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
nothing = os.open(os.devnull, os.O_RDONLY)
os.dup2(nothing, 0)
os.close(nothing)
os.dup2(2, 1)
sys.stdin = open(0, closefd=False)

# What package code starts is in one group with it, and without a terminal to read from.
if hasattr(os, "setsid"):
    try:
        os.setsid()
    except OSError:
        pass  # it leads a group already

lines = Queue()


def read_questions():
    """The pipe ends with the process that asks, however that ends. Then nothing is left running."""
    for line in questions:
        lines.put(line)
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def answer(value):
    answers.write(json.dumps(value) + "\n")
    answers.flush()


def told(error):
    """An error in one line: its first line, what a traceback in it ends with, and the last place it names."""
    if isinstance(error, SystemExit):
        return "SystemExit: the package's code ends the process, and would end rez"
    text = [line.strip() for line in str(error).splitlines() if line.strip()]
    places = [line for line in text if line.startswith("File ")]
    message = text[0] if text else ""
    if any(line.startswith("Traceback (most recent call last)") for line in text):
        message += " " + text[-1]
    elif places:
        message = message.rstrip(":")
    return "%s: %s%s" % (type(error).__name__, message, " (%s)" % places[-1] if places else "")


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


class ManyRequests:
    """Where many requests are resolved, there is no one answer of a @late function."""

    def _get_pre_resolve_bindings(self):
        raise ValueError("what its @late functions compute depends on the request, and here many are resolved")


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
    except (Exception, SystemExit) as e:
        return {"error": told(e)}


def timestamp(package):
    """Only filters and orderers by time look at it. Beyond 64 bits there is no time to compare it with."""
    try:
        return max(-(1 << 63), min(int(package.timestamp or 0), (1 << 63) - 1))
    except (Exception, SystemExit) as e:
        return {"error": told(e)}


def definition(location, family, version, context):
    for resource in packages_of(location, family):
        if str(resource.get("version") or "") == version:
            package = Package(resource, context)
            return {
                "requires": strings(package.requires),
                "variants": [strings(x) for x in package.variants or []],
                "build_requires": build_requires(package),
                "timestamp": timestamp(package),
            }
    raise LookupError("rez does not find %s-%s in %s" % (family, version, location))


def answer_to(question, context):
    try:
        location, family = question["location"], question["family"]
        if "version" in question:
            return definition(location, family, question["version"], context)
        return {"versions": [str(x.get("version") or "") for x in packages_of(location, family)]}
    except (Exception, SystemExit) as e:
        return {"error": told(e)}


threading.Thread(target=read_questions, daemon=True).start()
settings = json.loads(lines.get().decode("utf-8"))
try:
    import rez
    from rez.package_repository import package_repository_manager
    from rez.packages import Package
    from rez.utils.formatting import PackageRequest

    solve = settings.get("context")
    if solve and solve["many"]:
        context = ManyRequests()
    else:
        context = Context(solve["request"], solve["implicits"], solve["building"]) if solve else None
    greeting = {"rez": rez.__version__}
except (Exception, SystemExit) as e:
    answer({"error": told(e)})
    sys.exit(1)

answer(greeting)
while True:
    answer(answer_to(json.loads(lines.get().decode("utf-8")), context))
