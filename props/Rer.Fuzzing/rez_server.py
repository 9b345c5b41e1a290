"""Answers questions with a real rez: one JSON document per line in, one per line out.

Run by LiveRez.fs as `python rez_server.py FOLDER_OF_REZ`. Each input line contains a book of cases, together with the
limits that a book cannot store. Each answer lists, for every case, the fields of a result that Observation.fs observes,
in the same words.
"""
import io
import json
import os
import sys

os.environ["REZ_CONFIG_FILE"] = os.devnull
os.environ["REZ_DISABLE_HOME_CONFIG"] = "1"
sys.path.insert(0, sys.argv[1])

import rez.solver  # noqa: E402
from record_book import OrderedSet  # noqa: E402
from rez.config import config  # noqa: E402
from rez.exceptions import (  # noqa: E402
    ConfigurationError, PackageFamilyNotFoundError, PackageMetadataError, PackageNotFoundError, PackageRequestError,
    ResolveError, ResourceError)
from rez.package_filter import PackageFilterList, TimestampRule  # noqa: E402
from rez.package_order import PackageOrderList  # noqa: E402
from rez.package_repository import package_repository_manager as manager  # noqa: E402
from rez.plugin_managers import plugin_manager  # noqa: E402
from rez.solver import Solver, SolverCallbackReturn, SolverStatus  # noqa: E402
from rez.utils.formatting import PackageRequest  # noqa: E402
from rez.utils.graph_utils import write_dot  # noqa: E402
from rez.utils.resolve_graph import failure_detail_from_graph  # noqa: E402
from rez.version import (  # noqa: E402
    Requirement, RequirementList, Version, VersionedObject, VersionError, VersionRange)

# Graphs and cycles follow the order of sets, which changes from run to run. This gives sets the engines' order.
rez.solver.set = OrderedSet

REPOSITORY = "memory@PATH"
ENDS_COMPARED = 12  # as in Observation.fs
UNDRAWABLE = "the graph cannot be drawn"  # as in Observation.fs

ERRORS = [
    (PackageFamilyNotFoundError, "PackageFamilyNotFound"),
    (PackageNotFoundError, "PackageNotFound"),
    (ResolveError, "PackageConflict"),
    (VersionError, "InvalidSyntax"),
    (PackageRequestError, "InvalidSyntax"),
    (ConfigurationError, "InvalidSyntax"),
    (PackageMetadataError, "PackageData"),
    (ResourceError, "PackageData"),
]


def mount(packages):
    """Makes a book's packages the only repository."""
    manager.clear_caches()
    data = {}
    for family, versions in packages.items():
        data[family] = {}
        for version, package in versions.items():
            definition = {"name": family}
            if version:
                definition["version"] = version
            definition.update((key, value) for key, value in package.items() if value)
            data[family][version or "_NO_VERSION"] = definition
    kind = plugin_manager.get_plugin_class("package_repository", "memory")
    repository = kind("PATH", manager.pool)
    repository.data = data
    manager.repositories[REPOSITORY] = repository


class Watch:
    """Acts between steps as rez's context does: limits first, then the caller's callback."""

    def __init__(self, max_fails, limit, max_solves):
        self.max_fails = max_fails
        self.kind, self.step = limit or (None, 0)
        self.max_solves = max_solves
        self.late = False
        self.steps = []

    def __call__(self, state):
        if self.max_fails is not None and state.num_fails >= self.max_fails:
            return (SolverCallbackReturn.fail,
                    "fail limit reached: aborted after %d failures" % state.num_fails)
        if self.late:
            return SolverCallbackReturn.abort, "time limit exceeded"
        if state.num_solves >= self.max_solves:
            return SolverCallbackReturn.abort, "out of budget"
        if self.kind in ("abort_at", "fail_at"):
            self.steps.append("%d %d %s" % (state.num_solves, state.num_fails, state.phase))
        if self.kind == "abort_at" and state.num_solves >= self.step:
            return SolverCallbackReturn.abort, "aborted"
        if self.kind == "fail_at" and state.num_solves >= self.step:
            return SolverCallbackReturn.fail, "failed"
        if self.kind == "time_up_at" and state.num_solves >= self.step:
            self.late = True
        return SolverCallbackReturn.keep_going, ""


def index(value):
    return "" if value is None else str(value)


def attribute(pairs, name):
    return next((str(value).strip('"') for key, value in pairs if key == name), "")


def graph_text(graph):
    labels = {node: attribute(graph.node_attributes(node), "label") for node in graph.nodes()}
    nodes = ["%s %s %s" % (labels[node], attribute(graph.node_attributes(node), "fillcolor"),
                           attribute(graph.node_attributes(node), "style")) for node in graph.nodes()]

    def edge_text(edge):
        label = graph.edge_label(edge) or ""
        kind = {"CONFLICT": "Conflict", "CYCLE": "Cycle", "": "Dependency"}.get(label, "Reduction")
        if attribute(graph.edge_attributes(edge), "arrowhead") == "odot":
            kind = "Merge"
        return "%s -> %s %s %s" % (labels[edge[0]], labels[edge[1]], kind, label)

    return "\n".join(sorted(nodes)) + "\n" + "\n".join(sorted(map(edge_text, graph.edges())))


def graph_fields(name, draw):
    """A graph, or why there is none. Drawing reads packages that the failed phase did not read."""
    try:
        graph = draw()
    except (ResolveError, PackageRequestError) as e:
        return [[name, "%s: %s" % (UNDRAWABLE, e)]]
    # write_dot adds to the attributes of edges, so it comes last
    return [[name, graph_text(graph)], [name + ": detail", failure_detail_from_graph(graph)],
            [name + ": dot", write_dot(graph)]]


def failure_fields(solver, name, at):
    reason = solver.failure_reason(at)
    kind = type(reason).__name__ if reason else "Unknown"
    description = solver.failure_description(at)
    involved, details = [], []
    try:
        if kind == "Cycle":
            details = list(map(str, reason.packages))
        involved = solver.failure_packages(at) or []
    except VersionError:
        involved = None  # rez crashes if the failure involves an unversioned package
    if kind == "DependencyConflicts":
        details = ["%s <--!--> %s" % (x.dependency, x.conflicting_request) for x in reason.conflicts]
    elif kind == "TotalReduction":
        details = ["%s-%s[%s]: %s <--!--> %s" % (x.name, x.version, index(x.variant_index), x.dependency,
                                                 x.conflicting_request) for x in reason.reductions]
    fields = [[name, kind], [name + ": description", description], [name + ": details", "\n".join(details)]]
    return fields if involved is None else fields + [[name + ": involved", "\n".join(map(str, involved))]]


def failed_fields(solver):
    fields = failure_fields(solver, "failure", None)
    drawings = graph_fields("graph", solver.get_graph)
    count = solver.num_fails
    for at in range(count):
        if at < ENDS_COMPARED or at >= count - ENDS_COMPARED:
            fields += failure_fields(solver, "failure %d" % at, at)
            # A drawing that fails leaves slices half initialised. rez would then draw graphs that it
            # refused before, so nothing that it draws afterwards counts as an answer.
            if not drawings[-1][1].startswith(UNDRAWABLE):
                drawings += graph_fields("graph %d" % at, lambda: solver.get_fail_graph(at))
    if count:
        fields += failure_fields(solver, "last failure", -1)
    return fields + drawings


def filters_of(options):
    filters = PackageFilterList.from_pod(options["package_filter"]) if options.get("package_filter") else None
    timestamp = options.get("timestamp")
    if timestamp:
        filters = filters.copy() if filters else PackageFilterList()
        filters.add_exclusion(TimestampRule.after(timestamp))
    return filters


def ask(case, limit, max_solves):
    options = case.get("options", {})
    config.override("variant_select_mode", options.get("variant_select_mode", "version_priority"))
    config.override("packages_path", [REPOSITORY])
    config.override("error_on_missing_variant_requires", options.get("error_on_missing_variant_requires", True))
    PackageOrderList.singleton = PackageOrderList.from_pod(options.get("configured_orderers", []))
    watch = Watch(options.get("max_fails"), limit, max_solves)
    solver = None
    try:
        orderers = options.get("package_orderers")
        requirements = [PackageRequest(text) for text in case["request"]]
        solver = Solver(
            requirements, [REPOSITORY], package_filter=filters_of(options),
            package_orderers=None if orderers is None else PackageOrderList.from_pod(orderers),
            callback=watch, building=options.get("building", False), optimised=options.get("optimised", True),
            prune_unfailed=options.get("prune_unfailed", True))
        solver.solve()
        if solver.status == SolverStatus.solved:
            outcome = "solved"
            fields = [
                ["packages", "\n".join("%s-%s[%s]" % (x.name, x.version, index(x.index))
                                       for x in solver.resolved_packages)],
                ["ephemerals", "\n".join(map(str, solver.resolved_ephemerals))],
                *graph_fields("graph", solver.get_graph)]
        elif solver.status == SolverStatus.failed:
            fields = failed_fields(solver)
            outcome = "failed " + (type(solver.failure_reason()).__name__ if solver.failure_reason() else "Unknown")
        else:
            reason = solver.abort_reason
            outcome = "stopped " + ("TimeLimit" if watch.late else "Callback")
            fields = [["message", reason]]
    except Exception as e:
        kind = next((name for error, name in ERRORS if isinstance(e, error)), None)
        if kind is None:
            return {"crash": "%s: %s" % (type(e).__name__, e)}
        text = "a message" if kind in ("InvalidSyntax", "PackageData") else str(e).replace(REPOSITORY, "PATH")
        outcome, fields = "error " + kind, [["message", text]]
    solves, fails = 0, 0
    if not outcome.startswith("error"):
        stats = solver.solve_stats
        solves, fails = stats["global"]["num_solves"], stats["global"]["num_fails"]
        fields += [["solves", str(solves)], ["fails", str(fails)]]
        for group, counts in stats.items():
            fields += [[name[len("num_"):].replace("_", " "), str(count)] for name, count in counts.items()
                       if name.startswith("num_") and group != "global"]
    fields += [["outcome", outcome], ["steps", "\n".join(watch.steps)]]
    return {"outcome": outcome, "solves": solves, "fails": fails, "fields": fields}


def judge(text):
    """Whether rez accepts a text as a requirement of a request. Returns the requirement or the error."""
    try:
        return "accepted", str(PackageRequest(text))
    except (VersionError, PackageRequestError) as e:
        return "refused", str(e)
    except Exception as e:
        return "refused", "crash: %s: %s" % (type(e).__name__, e)


def words(value):
    """A value of rez.version in the format of AlgebraFacts.fs."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(words, value)) + "]"
    if isinstance(value, Requirement):
        return "%s (%s, %s, %s, %s)" % (value, value.name, words(value.range), words(value.conflict), words(value.weak))
    return "<%s>" % value


def algebra_facts(texts):
    """All of rez.version's facts about two versions, two ranges, two requirements and a versioned object."""
    facts = []

    def fact(name, find):
        try:
            facts.append("%s: %s" % (name, words(find())))
        except VersionError:
            facts.append("%s: refused" % name)
        except Exception:
            facts.append("")  # rez crashes, so there is nothing to compare with

    def parsed(name, kind, text):
        try:
            value = kind(text)
        except VersionError as e:
            facts.append("%s: refused: %s" % (name, e))
            return None
        facts.append("%s: %s" % (name, words(value)))
        return value

    a, b = parsed("a", Version, texts[0]), parsed("b", Version, texts[1])
    r, s = parsed("r", VersionRange, texts[2]), parsed("s", VersionRange, texts[3])
    p, q = parsed("p", Requirement, texts[4]), parsed("q", Requirement, texts[5])
    o = parsed("o", VersionedObject, texts[6])
    if a is not None:
        fact("tokens", lambda: a.as_tuple())
        fact("length", lambda: len(a))
        fact("next", lambda: a.next())
        for count in range(4):
            fact("trim %d" % count, lambda: a.trim(count))
        # The text of these has fewer tokens than the version.
        for count in (-1, -2):
            fact("trim %d" % count, lambda: a.trim(count).as_tuple())
        if a:
            fact("major", lambda: a.major)
            fact("last", lambda: a[-1].next())
        fact("from", lambda: VersionRange.from_version(a))
        fact("from ==", lambda: VersionRange.from_version(a, "=="))
        fact("from >", lambda: VersionRange.from_version(a, ">"))
        fact("from <", lambda: VersionRange.from_version(a, "<"))
    if a is not None and b is not None:
        fact("a < b", lambda: a < b)
        fact("a >= b", lambda: a >= b)
        fact("a == b", lambda: a == b)
        fact("versions", lambda: VersionRange.from_versions([a, b, a]))
        fact("span", lambda: VersionRange.as_span(a, b))
        fact("span open", lambda: VersionRange.as_span(a, b, False, False))
        if a and b:
            fact("major < major", lambda: a.major < b.major)
    if r is not None:
        fact("any", r.is_any)
        fact("lower bounded", r.lower_bounded)
        fact("upper bounded", r.upper_bounded)
        fact("bounded", r.bounded)
        fact("inverse", r.inverse)
        fact("split", r.split)
        fact("r span", r.span)
        fact("to versions", r.to_versions)
        for name, version in (("a", a), ("b", b)):
            if version is not None:
                fact("%s in r" % name, lambda: version in r)
    if r is not None and s is not None:
        fact("union", lambda: r | s)
        fact("unions", lambda: r.union([s, r]))
        fact("intersection", lambda: r & s)
        fact("intersections", lambda: s.intersection([r, s]))
        fact("difference", lambda: r - s)
        fact("intersects", lambda: r.intersects(s))
        fact("superset", lambda: r.issuperset(s))
        fact("subset", lambda: r.issubset(s))
        fact("r == s", lambda: r == s)
        fact("r < s", lambda: r < s)
    if p is not None and o is not None:
        fact("p and o", lambda: p.conflicts_with(o))
    if p is not None and q is not None:
        fact("p and q", lambda: p.conflicts_with(q))
        fact("merged", lambda: p.merged(q))
        fact("p == q", lambda: p == q)

        def listed():
            merged = RequirementList([p, q, Requirement("bar-1"), p])
            return [str(merged), merged.conflict is not None, merged.get("foo"), sorted(merged.names),
                    sorted(merged.conflict_names)]

        fact("list", listed)
    if o is not None:
        fact("name", lambda: o.name)
        fact("version", lambda: o.version)
        fact("exact", o.as_exact_requirement)
    return facts


def answers_to(question):
    if "algebra" in question:
        return list(map(algebra_facts, question["algebra"]))
    if "requests" in question:
        return list(map(judge, question["requests"]))
    book = question["books"][0]
    mount(book["packages"])
    return [ask(case, limit, question["max_solves"]) for case, limit in zip(book["cases"], question["limits"])]


def main():
    answers = sys.stdout
    sys.stdout = sys.stderr = io.StringIO()  # rez prints in several places
    for line in sys.stdin:
        answers.write(json.dumps(answers_to(json.loads(line))) + "\n")
        answers.flush()
        sys.stdout.seek(0)
        sys.stdout.truncate()


main()
