"""Times rez's resolve step on packages on disk: rez_way.py PATHS REQUEST..., the paths joined as the system joins them.
Prints one JSON object: the milliseconds of the first resolve in this process and of the next, status and packages."""
import json
import os
import sys
import time

from rez.config import config
from rez.resolved_context import ResolvedContext

# No server of memcached is at hand: what rez caches in one is off, what it keeps in the process is as always.
config.override("memcached_uri", [])


def resolve():
    start = time.perf_counter()
    context = ResolvedContext(
        sys.argv[2:],
        package_paths=sys.argv[1].split(os.pathsep),
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
