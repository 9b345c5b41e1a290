"""Indexes of package paths."""

import os
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from unittest import mock

import pyrer
from pyrer._index import index_json

from . import needs_rez
from .contexts import environment

#: For this long, a file system may give two states of a file the same time.
SETTLING = 0.2


class DescriptionTests(unittest.TestCase):
    def setUp(self):
        for variable in ("RER_INDEX", "RER_CACHE_DIR", "RER_INDEX_DIR"):
            patch = mock.patch.dict(os.environ)
            patch.start()
            self.addCleanup(patch.stop)
            os.environ.pop(variable, None)

    def test_what_is_not_given_comes_from_the_environment(self):
        self.assertEqual(index_json(), {"level": "strict"})
        self.assertEqual(index_json("published"), {"level": "published"})
        os.environ.update(RER_INDEX="listing", RER_CACHE_DIR="/c", RER_INDEX_DIR="/d")
        self.assertEqual(index_json(), {"level": "listing", "cache": "/c", "directory": "/d"})
        self.assertEqual(
            index_json({"level": "off", "cache": Path("/e")}), {"level": "off", "cache": "/e", "directory": "/d"}
        )

    def test_paths_that_no_directory_can_have(self):
        for wrong in ("", "a\0b", b"a\0b"):
            with self.subTest(wrong), self.assertRaisesRegex(ValueError, "paths must be directories, not "):
                pyrer.Repository(paths=[wrong])

    def test_invalid_ones_are_rejected_by_name(self):
        for wrong, message in (
            ("yes", "index: expected one of strict, listing, published, off, found 'yes'"),
            ({"levle": "off"}, "index: expected level, cache or directory, found levle"),
        ):
            with self.assertRaisesRegex(ValueError, message):
                pyrer.Repository(paths=[], index=wrong)
        with self.assertRaisesRegex(TypeError, "index: expected a level or a mapping, found int"):
            pyrer.Repository(paths=[], index=1)
        os.environ["RER_INDEX"] = "maybe"
        with self.assertRaisesRegex(ValueError, "the variable RER_INDEX: expected one of .*, found 'maybe'"):
            pyrer.Repository(paths=[])


class CacheTests(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="pyrer-index-")
        self.addCleanup(directory.cleanup)
        self.packages, self.cache = Path(directory.name, "packages"), Path(directory.name, "cache")

    def write(self, package, definition):
        path = self.packages / package / "package.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(definition)
        time.sleep(SETTLING)

    def resolved(self, level="strict"):
        repository = pyrer.Repository(paths=[self.packages], index={"level": level, "cache": str(self.cache)})
        return [name + "-" + version for name, version, _ in repository.solve(["a"]).resolved]

    def test_what_was_read_is_remembered_while_it_is_valid(self):
        self.write("a/1", "requires = ['b-1']\ntimestamp = 1")
        self.write("b/1", "timestamp = 1")
        self.write("b/2", "timestamp = 1")
        for _ in range(2):
            self.assertEqual(self.resolved(), ["b-1", "a-1"])
        self.assertEqual(len(list(self.cache.glob("*.rer"))), 1)
        self.write("a/1", "requires = ['b-2']\ntimestamp = 1")
        self.assertEqual(self.resolved("listing"), ["b-1", "a-1"])
        self.assertEqual(self.resolved(), ["b-2", "a-1"])
        self.write("a/2", "timestamp = 1")
        self.assertEqual(self.resolved("listing"), ["a-2"])


#: Calls the hook as rez-release does, in a process whose configuration names it.
HOOK = """
import sys
from rez.config import config
from rez.packages import get_package
from rez.release_hook import create_release_hooks
source, packages = sys.argv[1:]
[hook] = create_release_hooks(config.release_hooks, source)
variants = list(get_package("foo", "1.0", paths=[packages]).iter_variants())
hook.post_release("me", packages + "/foo/1.0", variants=variants)
"""

CONFIGURATION = """
plugin_path = [{plugins!r}]
release_hooks = ["rer_index"]
plugins = {{"release_hook": {{"rer_index": {{"program": {program!r}, "output": "/indexes"}}}}}}
"""


@needs_rez
class ReleaseHookTests(unittest.TestCase):
    def post_release(self, directory, script):
        source, packages, program = Path(directory, "source"), Path(directory, "packages"), Path(directory, "rer")
        for each in (source, packages / "foo" / "1.0"):
            each.mkdir(parents=True)
            (each / "package.py").write_text("name = 'foo'\nversion = '1.0'\nbuild_command = ''\n")
        if script:
            program.write_text("#!/bin/sh\n" + script)
            program.chmod(0o755)
        configuration = Path(directory, "rezconfig.py")
        plugins = str(Path(pyrer.__file__).parent / "plugins")
        configuration.write_text(CONFIGURATION.format(plugins=plugins, program=str(program)))
        done = subprocess.run(
            [sys.executable, "-c", HOOK, str(source), str(packages)],
            env=environment(REZ_CONFIG_FILE=str(configuration)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            universal_newlines=True,
        )
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def test_the_index_of_where_a_package_was_released_to_is_updated(self):
        with tempfile.TemporaryDirectory(prefix="pyrer-hook-") as directory:
            output = self.post_release(directory, "echo called with $@")
            self.assertIn(
                f"called with index update --quiet --family foo --output /indexes {directory}/packages", output
            )

    def test_a_release_does_not_fail_for_its_index(self):
        for script, problem in (("echo no disk; exit 2", "was not updated: no disk"), ("", "cannot run")):
            with tempfile.TemporaryDirectory(prefix="pyrer-hook-") as directory:
                self.assertIn(problem, self.post_release(directory, script))
