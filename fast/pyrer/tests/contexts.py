"""Compares rez's contexts with and without the engine."""

from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path

import pyrer.rez
from pyrer.rez._shadow import without_chance

from . import REZ

os.environ.setdefault("REZ_CONFIG_FILE", os.devnull)
os.environ.setdefault("REZ_DISABLE_HOME_CONFIG", "1")


def rez_version():
    """The version of the rez in this process, as numbers."""
    import rez

    return tuple(int(number) for number in rez.__version__.split(".")[:3])


def environment(**more):
    """The environment of a process that can import this rez and pyrer."""
    import rez

    roots = [str(Path(rez.__file__).parents[1]), str(Path(pyrer.__file__).parents[1])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(roots), **more}


#: The count that a solve with orderers increases.
ORDERERS = "solved"
if REZ and rez_version() < (3, 1):
    ORDERERS = "handed back: orderers, which rez before 3.1 applies differently"


class RezTestCase(unittest.TestCase):
    """A test inside rez. Its package path contains ``PACKAGES``: definitions by ``family/version``."""

    PACKAGES = {}

    @classmethod
    def setUpClass(cls):
        from rez.config import config

        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.path = directory.name
        cls.write(cls.path, cls.PACKAGES)
        config.override("packages_path", [cls.path])
        config.override("implicit_packages", [])

    def setUp(self):
        from rez.package_repository import package_repository_manager

        self.assertTrue(pyrer.rez.install())
        self.addCleanup(pyrer.rez.uninstall)
        package_repository_manager.clear_caches()

    @staticmethod
    def write(path, packages):
        for place, content in packages.items():
            name, _, version = place.partition("/")
            directory = Path(path, place)
            directory.mkdir(parents=True, exist_ok=True)
            head = f"name = '{name}'\n" + (f"version = '{version}'\n" if version else "")
            (directory / "package.py").write_text(head + content + "\n", encoding="utf-8")

    def outcome(self, request, **arguments):
        """Everything visible in a context."""
        from rez.resolved_context import ResolvedContext

        arguments.setdefault("package_paths", [self.path])
        try:
            context = ResolvedContext(request, **arguments)
        except Exception as error:  # rez lets exceptions of definitions through
            return type(error).__name__, str(error).split("Traceback")[0]
        graph = context.graph()
        labels = {node: dict(graph.node_attributes(node)) for node in graph.nodes()}
        edges = [
            (labels[a]["label"], labels[b]["label"], graph.edge_label((a, b)), sorted(graph.edge_attributes((a, b))))
            for a, b in graph.edges()
        ]
        description = context.failure_description or ""
        if "cyclic" in description:
            # The order of a set decides which of several cycles rez finds, and where it enters it.
            return context.status.name, "cyclic"
        # It also decides the order in which rez lists versions, and with it the order of the requirements that reduced
        # a package.
        description = without_chance(description)
        return (
            context.status.name,
            [(v.qualified_name, v.uri, v.handle.to_dict()) for v in context.resolved_packages or ()],
            [str(each) for each in context.resolved_ephemerals or ()],
            description,
            sorted(map(str, labels.values())),
            sorted(map(str, edges)),
        )

    def compare(self, request, **arguments):
        before = dict(pyrer.rez.statistics())
        ours = self.outcome(request, **arguments)
        counted = {k: v - before.get(k, 0) for k, v in pyrer.rez.statistics().items() if v != before.get(k, 0)}
        pyrer.rez.uninstall()
        try:
            self.assertEqual(ours, self.outcome(request, **arguments))
        finally:
            pyrer.rez.install()
        return ours, counted
