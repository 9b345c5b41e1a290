"""Times rez's resolve step on packages on disk: rez_way.py PATHS MS REQUEST... PATHS are separated as usual on this
system. Each disk access is delayed by MS milliseconds. Prints one JSON object: the milliseconds of the first resolve in
this process and of the next, the status and the packages."""
import builtins
import json
import os
import sys
import time

from rez.config import config
from rez.resolved_context import ResolvedContext

# There is no memcached server, so caching in one is off. rez's caches within the process work as usual.
config.override("memcached_uri", [])


def slow_down(module, name, trips):
    """Delays each access to the packages' disk by a round trip, as fast/Rer.Repositories/Disk does for rer."""
    real = getattr(module, name)

    def slow(path, *args, **kwargs):
        if str(path).startswith(paths):
            time.sleep(trips * round_trip)
        return real(path, *args, **kwargs)

    setattr(module, name, slow)


paths, round_trip = tuple(sys.argv[1].split(os.pathsep)), float(sys.argv[2]) / 1000
if round_trip:
    slow_down(os, "stat", 1)
    slow_down(os, "listdir", 2)  # opening and listing it
    slow_down(builtins, "open", 2)  # opening it, and reading a small file in one call


def resolve():
    start = time.perf_counter()
    context = ResolvedContext(
        sys.argv[3:],
        package_paths=list(paths),
        add_implicit_packages=False,
        package_filter=[],
        package_orderers=[],
    )
    return context, (time.perf_counter() - start) * 1000


try:
    (context, first), (_, following) = resolve(), resolve()
    answer = {"status": context.status.name}
    answer["resolved"] = [
        [variant.name, str(variant.version or ""), variant.index] for variant in context.resolved_packages or []
    ]
    print(json.dumps({"first_ms": first, "next_ms": following, **answer}))
except Exception as error:
    sys.exit("%s: %s" % (type(error).__name__, error))
