#!/usr/bin/env python3
"""Records a book of cases with your own rez: requests, and rez's answer to each.

`rer check BOOK` then checks whether Rer gives the same answers. Run this script with a Python that can import rez (3.7
or later), or pass --rez-src.

  record_book.py new BOOK.json.gz --requests REQUESTS [--paths DIR ...]
      Asks rez for each request against package repositories, with the filters, orderers and select
      mode of its configuration. REQUESTS is a text file with one request per line, as after `rez-env`
      (`#` starts a comment), or a JSON list of lists of requirements. The book contains every family
      that a solve read, each with all of its versions, so that it is self-contained.

  record_book.py again BOOK.json[.gz] [OUT.json[.gz]]
      Asks rez again for each case of a book, and records its new answers. Use it for cases that were
      written by hand, or to see the answers of another version of rez.

data_set/README.md describes the format of books.
"""
import argparse
import collections.abc
import contextlib
import gzip
import io
import json
import os
import re
import shlex
import sys

DEFAULT_MODE = "version_priority"


# ---------------------------------------------------------------- one solve

class Recorder:
    """Solves with rez in a set of package paths, and records which families it reads."""

    def __init__(self, paths):
        self.paths = paths
        self.families = {}  # in the order in which they are first read

    def record(self, request, options, note=None, graph=False, trace=False, failures=False):
        """Records one solve as a case."""
        case = {"request": request}
        if options:
            case["options"] = options
        if note:
            case["note"] = note
        log = io.StringIO()
        try:
            with self._configured(options), contextlib.redirect_stderr(io.StringIO()):
                solver = self._solver(request, options, log if trace else None)
                solver.solve()
        except Exception as e:
            case["status"] = "error"
            case["error"] = type(e).__name__
            case["message"] = str(e).replace("; ".join(self.paths), "PATH")
            if trace:
                case["trace"] = trace_lines(log.getvalue())
            return case

        case["status"] = solver.status.name
        with_each = failures and case["status"] == "failed"
        if case["status"] == "solved":
            case["resolved"] = [[v.name, str(v.version), v.index] for v in solver.resolved_packages]
            case["ephemerals"] = [str(x) for x in solver.resolved_ephemerals]
        else:
            last, *each = self._failures(solver, [None, *(range(solver.num_fails) if with_each else [])], graph)
            case.update(last)
        stats = solver.solve_stats
        case["num_solves"] = stats["global"]["num_solves"]
        case["num_fails"] = stats["global"]["num_fails"]
        case["num_extractions"] = stats["extractions"]["num_extractions"]
        case["num_intersections"] = stats["intersections"]["num_intersections"]
        case["num_reductions"] = stats["reductions"]["num_reductions"]
        if graph and case["status"] == "solved":
            add_graph(case, solver.get_graph, True)
        if with_each:
            case["failures"] = each
        if trace:
            case["trace"] = trace_lines(log.getvalue())
        return case

    def _solver(self, request, options, log):
        from rez.package_filter import PackageFilterList, TimestampRule
        from rez.package_order import PackageOrderList
        from rez.resolved_context import ResolvedContext
        from rez.solver import Solver
        from rez.utils.formatting import PackageRequest  # as ResolvedContext reads its requests: it checks names

        package_filter = None
        if options.get("package_filter"):
            package_filter = PackageFilterList.from_pod(as_list(options["package_filter"]))
        if options.get("timestamp"):  # as rez.resolver.Resolver does
            package_filter = package_filter.copy() if package_filter else PackageFilterList()
            package_filter.add_exclusion(TimestampRule.after(options["timestamp"]))
        orderers = None
        if options.get("package_orderers") is not None:
            orderers = PackageOrderList.from_pod(options["package_orderers"])
        callback = None
        if "max_fails" in options:
            callback = ResolvedContext.Callback(max_fails=options["max_fails"], time_limit=-1, callback=None)
        return Solver(
            [PackageRequest(x) for x in request],
            self.paths,
            package_filter=package_filter,
            package_orderers=orderers,
            callback=callback,
            building=options.get("building", False),
            optimised=options.get("optimised", True),
            prune_unfailed=options.get("prune_unfailed", True),
            verbosity=3 if log else 0,
            buf=log,
        )

    @contextlib.contextmanager
    def _configured(self, options):
        """rez with the settings of a case, recording the families that it iterates over."""
        import rez.solver
        from rez.config import config
        from rez.package_order import PackageOrderList

        config.override("packages_path", self.paths)  # soft_timestamp reads it
        config.override("variant_select_mode", options.get("variant_select_mode", DEFAULT_MODE))
        if hasattr(config, "error_on_missing_variant_requires"):
            strict = options.get("error_on_missing_variant_requires", True)
            config.override("error_on_missing_variant_requires", strict)
        # rez reads its configured orderers once per process, and keeps them here
        PackageOrderList._class_property_singleton = PackageOrderList.from_pod(options.get("configured_orderers", []))
        iter_packages = rez.solver.iter_packages

        def watched(name, *args, **kwargs):
            self.families.setdefault(name)
            return iter_packages(name, *args, **kwargs)

        rez.solver.iter_packages = watched
        try:
            yield
        finally:
            rez.solver.iter_packages = iter_packages

    @classmethod
    def _failures(cls, solver, indexes, graph):
        failures, drawable = [], True
        for index in indexes:
            failures.append(cls._failure(solver, index))
            # A drawing that fails leaves slices half initialised. rez would then draw graphs that it refused before, so
            # nothing that it draws afterwards counts as an answer.
            drawable = drawable and add_graph(failures[-1], lambda: solver.get_fail_graph(index), graph)
        return failures

    @staticmethod
    def _failure(solver, index):
        reason = solver.failure_reason(index)
        failure = {
            "failure": type(reason).__name__ if reason else "Unknown",
            "description": solver.failure_description(index),
        }
        try:
            failure["involved"] = [str(x) for x in (solver.failure_packages(index) or [])]
        except Exception:
            pass  # rez fails here if a cycle contains an unversioned package
        if failure["failure"] == "Cycle":
            failure["cycle"] = [str(x) for x in reason.packages]
        return failure


def trace_lines(log):
    """rez's log without the parts that differ from run to run: the order of a set, and the final timings."""
    def sort_families(match):
        return "split (reason: %s)" % ", ".join(sorted(match.group(1).split(", ")))

    lines = [re.sub(r"split \(reason: ([^)]*)\)", sort_families, line.rstrip()) for line in log.splitlines()]
    end = next((i for i, line in enumerate(lines) if line.startswith("SOLVE STATS")), len(lines))
    while end and not lines[end - 1]:
        end -= 1
    return lines[:end]


def add_graph(case, draw, whole):
    """Adds a graph unless it cannot be drawn, and returns whether it was drawn. For a failure, adds only the paths that
    lead to it. To draw a graph, rez reads packages that the failed phase did not read, and raises if one of them
    contradicts itself."""
    import rez.solver
    from rez.exceptions import PackageRequestError, ResolveError
    from rez.utils.graph_utils import write_dot

    rez.solver.set = OrderedSet
    try:
        graph = draw()
    except (ResolveError, PackageRequestError):
        return False
    finally:
        del rez.solver.set
    if "failure" in case:
        case["detail"] = failure_detail(graph)
    if whole:
        case["graph"] = graph_of(graph)
        case["dot"] = write_dot(graph).split("\n")
    return True


def failure_detail(graph):
    """The paths that rez-env prints below a failure, line by line."""
    try:
        from rez.utils.resolve_graph import failure_detail_from_graph
    except ImportError:
        return []  # an older rez prints none
    return [line for line in failure_detail_from_graph(graph).split("\n") if line]


class OrderedSet(collections.abc.MutableSet):
    """A set that iterates in insertion order. rez's solver draws a graph by iterating over sets, so the graph may
    differ from process to process. With this class in place of `set`, it is always the same."""

    def __init__(self, items=()):
        self._items = dict.fromkeys(items)

    def __contains__(self, item):
        return item in self._items

    def __iter__(self):
        return iter(self._items)

    def __len__(self):
        return len(self._items)

    def add(self, item):
        self._items[item] = None

    def discard(self, item):
        self._items.pop(item, None)

    def copy(self):
        return type(self)(self)

    def issuperset(self, items):
        return all(item in self for item in items)


def graph_of(graph):
    """A graph, independent of the ids of its nodes."""
    def attribute(attributes, name):
        return next((str(value).strip('"') for key, value in attributes if key == name), "")

    label = {n: attribute(graph.node_attributes(n), "label") for n in graph.nodes()}
    nodes = [
        [label[n], attribute(graph.node_attributes(n), "fillcolor"), attribute(graph.node_attributes(n), "style")]
        for n in graph.nodes()
    ]
    edges = [
        [label[a], label[b], graph.edge_label((a, b)) or "", attribute(graph.edge_attributes((a, b)), "arrowhead")]
        for a, b in graph.edges()
    ]
    return {"nodes": sorted(nodes), "edges": sorted(edges)}


# ---------------------------------------------------------------- repositories

def packages_of(families, paths):
    """The definitions of all versions of families, in the order in which rez lists them."""
    from rez.packages import iter_packages

    packages = {}
    for family in families:
        versions = {}
        for package in iter_packages(family, paths=paths):
            definition = {}
            if package.requires:
                definition["requires"] = [str(x) for x in package.requires]
            if package.variants:
                definition["variants"] = [[str(x) for x in variant] for variant in package.variants]
            if package.build_requires:
                definition["build_requires"] = [str(x) for x in package.build_requires]
            if package.timestamp:
                definition["timestamp"] = package.timestamp
            versions[str(package.version)] = definition
        if versions:
            packages[family] = versions
    return packages


def memory_repository(packages, location):
    """Puts the packages of a book into a repository in memory. Returns its path."""
    from rez.package_repository import package_repository_manager as manager
    from rez.plugin_managers import plugin_manager

    data = {}
    for family, versions in packages.items():
        data[family] = {}
        for version, definition in versions.items():
            package = dict(definition, name=family)
            if version:
                package["version"] = version
            data[family][version or "_NO_VERSION"] = package
    repository = plugin_manager.get_plugin_class("package_repository", "memory")(location, manager.pool)
    repository.data = data
    path = "memory@" + location
    manager.repositories[path] = repository
    return path


# ---------------------------------------------------------------- files

def as_list(value):
    return value if isinstance(value, list) else [value]


def read_json(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as f:
        return json.load(f)


def read_requests(path):
    if path.endswith(".json"):
        requests = read_json(path)
        if not all(isinstance(r, list) and all(isinstance(x, str) for x in r) for r in as_list(requests)):
            sys.exit("%s: expected a list of requests, each a list of requirements" % path)
        return requests
    with open(path, encoding="utf-8") as f:
        lines = [shlex.split(line, comments=True) for line in f]
    return [line for line in lines if line]


def write_books(path, books):
    """Writes one line for each version of a package and for each case, so that two files can be compared by eye."""
    def compact(x):
        return json.dumps(x, separators=(",", ":"), ensure_ascii=False)

    def lines(items, indentation):
        return ",\n".join(indentation + item for item in items)

    def family(name, versions):
        inner = lines(("%s: %s" % (compact(v), compact(d)) for v, d in versions.items()), " " * 6)
        return "%s: {\n%s\n    }" % (compact(name), inner)

    def book(b):
        head = ['  "%s": %s' % (k, compact(b[k])) for k in ("name", "note") if k in b]
        packages = lines((family(n, v) for n, v in b["packages"].items()), " " * 4)
        cases = lines((compact(c) for c in b["cases"]), " " * 4)
        return "{\n%s,\n  \"packages\": {\n%s\n  },\n  \"cases\": [\n%s\n  ]\n}" % (",\n".join(head), packages, cases)

    text = "[\n%s\n]\n" % ",\n".join(map(book, books))
    with (gzip.open if path.endswith(".gz") else open)(path, "wt", encoding="utf-8", newline="\n") as f:
        f.write(text)


# ---------------------------------------------------------------- commands

def configured_options():
    """The settings of rez's configuration that affect a resolve, as the options of a case."""
    from rez.config import config

    options = {}
    if config.variant_select_mode != DEFAULT_MODE:
        options["variant_select_mode"] = config.variant_select_mode
    if config.package_filter:
        options["package_filter"] = as_list(config.package_filter)
    # ResolvedContext always passes its solver a list of orderers, possibly empty
    options["package_orderers"] = config.package_orderers or []
    return options


def wants(args, case=None):
    """Which of the expensive fields to record: those on the command line, and those that the case already has."""
    case = case or {}
    return {
        "graph": args.graph or "graph" in case or "dot" in case,
        "trace": args.trace or "trace" in case,
        "failures": args.failures or "failures" in case,
    }


def command_new(args):
    from rez.config import config

    requests = read_requests(args.requests)
    options = configured_options()
    options.update(args.options or {})
    recorder = Recorder([os.path.abspath(p) for p in args.paths] or list(config.packages_path))
    implicit = [str(x) for x in config.implicit_packages] if args.implicit else []
    cases = []
    for i, request in enumerate(requests, 1):
        if sys.stderr.isatty():
            print("\r%d of %d" % (i, len(requests)), end="", file=sys.stderr)
        cases.append(recorder.record(request + implicit, options, **wants(args)))
    if sys.stderr.isatty():
        print(file=sys.stderr)
    packages = packages_of(recorder.families, recorder.paths)
    report(args.book, [{"name": args.name, "packages": packages, "cases": cases}])


def command_again(args):
    books = as_list(read_json(args.book))
    for i, book in enumerate(books):
        recorder = Recorder([memory_repository(book["packages"], "book%d" % i)])
        book["cases"] = [
            recorder.record(case["request"], case.get("options", {}), case.get("note"), **wants(args, case))
            for case in book["cases"]
        ]
    report(args.out or args.book, books)


def report(path, books):
    write_books(path, books)
    statuses = [case["status"] for book in books for case in book["cases"]]
    counts = ", ".join("%d %s" % (statuses.count(s), s) for s in ("solved", "failed", "error"))
    print("%s: %d books, %d cases (%s)" % (path, len(books), len(statuses), counts))


def main():
    source = argparse.ArgumentParser(add_help=False)
    source.add_argument(
        "--rez-src",
        metavar="DIR",
        default=argparse.SUPPRESS,  # so that a command keeps the options before it
        help="the folder that holds the rez package, if it is not installed",
    )
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, parents=[source]
    )
    commands = parser.add_subparsers(dest="command", required=True)

    fields = argparse.ArgumentParser(add_help=False, parents=[source])
    fields.add_argument("--graph", action="store_true", help="record the resolve graph")
    fields.add_argument("--trace", action="store_true", help="record rez's log at verbosity 3")
    fields.add_argument("--failures", action="store_true", help="record every failure of a failed solve, not only the one reported")

    new = commands.add_parser("new", parents=[fields], help="record requests against package repositories")
    new.add_argument("book")
    new.add_argument("--requests", required=True, metavar="FILE")
    new.add_argument("--paths", nargs="+", default=[], metavar="DIR", help="package paths; by default rez's configured ones")
    new.add_argument("--name", default="studio")
    new.add_argument("--options", type=json.loads, metavar="JSON", help="options that replace those of rez's configuration")
    new.add_argument("--no-implicit", dest="implicit", action="store_false", help="leave rez's implicit packages out of the requests")
    new.set_defaults(run=command_new)

    again = commands.add_parser("again", parents=[fields], help="record the cases of a book again")
    again.add_argument("book")
    again.add_argument("out", nargs="?", help="where to write it; by default in place")
    again.set_defaults(run=command_again)

    args = parser.parse_args()
    if "rez_src" in args:
        sys.path.insert(0, args.rez_src)
    try:
        import rez.solver  # noqa: F401
    except ImportError as e:
        sys.exit("rez cannot be imported (%s); run this with rez's own Python, or pass --rez-src" % e)
    try:
        args.run(args)
    except (OSError, ValueError) as e:  # a file that is missing, or is not JSON
        sys.exit("%s: %s" % (type(e).__name__, e))


if __name__ == "__main__":
    main()
