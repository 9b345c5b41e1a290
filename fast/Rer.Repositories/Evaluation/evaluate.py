"""Returns rez's view of package definitions that only Python can read.

Input and output are one JSON object per line. The first input line describes the resolve, and the first output line
names the version of rez. Every other line asks for the versions of a family, or for one package:

    {"location": "/packages", "family": "maya"}
    {"location": "/packages", "family": "maya", "version": "2024"}

Python is isolated (-I), so that nothing in the working directory is imported. The directories in which rez may be
installed are added back.
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

# Package code sees an empty standard input, and what it prints does not mix with the answers. Child processes inherit
# neither pipe.
questions = os.fdopen(os.dup(0), "rb")
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
nothing = os.open(os.devnull, os.O_RDONLY)
os.dup2(nothing, 0)
os.close(nothing)
os.dup2(2, 1)
sys.stdin = open(0, closefd=False)

# Processes that package code starts are in this process's group, and have no terminal to read from.
if hasattr(os, "setsid"):
    try:
        os.setsid()
    except OSError:
        pass  # it already leads a group

lines = Queue()


def read_questions():
    """Queues the questions. If the asking process ends, for whatever reason, this one ends with all that it started."""
    for line in questions:
        lines.put(line)
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def answer(value):
    answers.write(json.dumps(value) + "\n")
    answers.flush()


def describe(error):
    """An error in one line: its first line, the end of a traceback in it, and the last place that it names."""
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
    """What a @late function sees of the resolve that it is evaluated for. rez's ResolvedContext has much more."""

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
    """Used when many requests are resolved. A @late function then has no single answer."""

    def _get_pre_resolve_bindings(self):
        raise ValueError(
            "the results of its @late functions depend on the request, and several requests are resolved here"
        )


def packages_of(location, family):
    repository = package_repository_manager.get_repository(location)
    resource = repository.get_package_family(family)
    return list(repository.iter_packages(resource)) if resource else []


def strings(requirements):
    return [str(x) for x in requirements or []]


def variants(package):
    """If rez counts no variants in a combined family, it does not validate the field, so it is not read here."""
    first = next(package.iter_variants())
    return [] if first.index is None else [strings(x) for x in package.variants]


def build_requires(package):
    """If a @late function returns a different answer for each variant, there is no single answer."""
    try:
        found = [strings(variant.build_requires) for variant in package.iter_variants()]
        if any(x != found[0] for x in found):
            return {"error": "'build_requires' differ from variant to variant"}
        return found[0]
    except (Exception, SystemExit) as e:
        return {"error": describe(e)}


def timestamp(package):
    """Only filters and orderers by time read it. Times beyond 64 bits cannot be compared with anything."""
    try:
        return max(-(1 << 63), min(int(package.timestamp or 0), (1 << 63) - 1))
    except (Exception, SystemExit) as e:
        return {"error": describe(e)}


def definition(location, family, version, context):
    for resource in packages_of(location, family):
        if str(resource.get("version") or "") == version:
            package = Package(resource, context)
            return {
                "requires": strings(package.requires),
                "variants": variants(package),
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
        return {"error": describe(e)}


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
    answer({"error": describe(e)})
    sys.exit(1)

answer(greeting)
while True:
    answer(answer_to(json.loads(lines.get().decode("utf-8")), context))
