"""Inside rez: contexts over generated repositories equal those of this rez.

PYRER_REPOSITORIES is the number of repositories (6). PYRER_SEED is the first of their seeds.
"""

import os
import tempfile
import unittest
from unittest import mock

import pyrer.rez

from . import needs_rez
from .contexts import RezTestCase, rez_version
from .generated import Generator

REQUESTS = 5


@needs_rez
class GeneratedTests(RezTestCase):
    def test_generated_repositories(self):
        from rez.config import config
        from rez.package_filter import PackageFilterList
        from rez.package_order import PackageOrderList

        first, count = int(os.environ.get("PYRER_SEED", "0")), int(os.environ.get("PYRER_REPOSITORIES", "6"))
        total = {}
        for seed in range(first, first + count):
            generator = Generator(seed, rez_version())
            with tempfile.TemporaryDirectory() as path:
                self.write(path, generator.packages())
                config.override("packages_path", [path])
                self.addCleanup(config.override, "packages_path", [self.path])
                for request, arguments in generator.requests(REQUESTS):
                    if "package_filter" in arguments:
                        arguments["package_filter"] = PackageFilterList.from_pod(arguments["package_filter"])
                    if "package_orderers" in arguments:
                        arguments["package_orderers"] = PackageOrderList.from_pod(arguments["package_orderers"])
                    with self.subTest(seed=seed, request=request, **arguments):
                        _, counted = self.compare(request, package_paths=[path], **arguments)
                        for reason, number in counted.items():
                            total[reason] = total.get(reason, 0) + number
        print(f"{count} repositories: {total}")
        if count > 5:
            # Before 3.1, all solves with orderers are handed back.
            self.assertGreater(total.get("solved", 0), count // 2)
        self.assertNotIn("handed back: pyrer failed", total)

    def test_texts_of_graphs(self):
        from rez.config import config
        from rez.package_repository import package_repository_manager
        from rez.resolved_context import ResolvedContext

        def drawn(request, path, **arguments):
            package_repository_manager.clear_caches()
            try:
                context = ResolvedContext(request, package_paths=[path], **arguments)
            except Exception as error:
                return type(error).__name__
            # A hash seed decides where a cycle is entered.
            return "cyclic" if "cyclic" in (context.failure_description or "") else context.graph(as_dot=True)

        drawings = set()
        for seed in range(int(os.environ.get("PYRER_REPOSITORIES", "8"))):
            generator = Generator(seed, rez_version())
            with tempfile.TemporaryDirectory() as path:
                self.write(path, generator.packages())
                for number, (request, arguments) in enumerate(generator.requests(REQUESTS)):
                    arguments = {name: arguments[name] for name in ("building", "timestamp") if name in arguments}
                    config.override("prune_failed_graph", bool(number % 2))
                    self.addCleanup(config.override, "prune_failed_graph", True)
                    with self.subTest(seed=seed, request=request, **arguments):
                        pyrer.rez.install()
                        ours = drawn(request, path, **arguments)
                        pyrer.rez.uninstall()
                        self.assertEqual(ours, drawn(request, path, **arguments))
                        drawings.add(ours)
        self.assertGreater(len(drawings), 10)

    def test_a_graph_is_what_its_own_methods_would_make_it(self):
        """Its dictionaries are filled directly, which the vendored library must allow in every rez."""
        from rez.vendor.pygraph.classes.digraph import digraph

        from pyrer.rez._graph import drawn

        kinds = ("dependency", "merge", "reduction", "conflict", "cycle")
        graph = pyrer.Graph(
            [(f"label {number}", "#F0F0F0", "filled", number) for number in range(4)],
            [(number, (number + 1) % 4, kind, kind if number % 2 else "") for number, kind in enumerate(kinds[:4])]
            + [(0, 2, kinds[4], "")],
        )
        ours, made = drawn(graph), digraph()
        for node in ours.nodes():
            made.add_node(node, attrs=ours.node_attributes(node))
        for edge in ours.edges():
            made.add_edge(edge, label=ours.edge_label(edge), attrs=ours.edge_attributes(edge))
        self.assertEqual(len(made.edges()), 5)
        # The order of incidents is that of the edges, which edges() gives by node.
        self.assertEqual({**vars(ours), "node_incidence": None}, {**vars(made), "node_incidence": None})
        for node in made.nodes():
            self.assertEqual(sorted(ours.incidents(node)), sorted(made.incidents(node)))


if __name__ == "__main__":
    unittest.main()
