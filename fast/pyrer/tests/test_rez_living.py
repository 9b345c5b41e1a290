"""Inside rez: a long-running process, while packages are added, removed and changed."""

import shutil
import tempfile
import unittest
from pathlib import Path

import pyrer.rez

from . import needs_rez
from .contexts import RezTestCase

PACKAGES = {
    "a/1": "requires = ['b']",
    "b/1": "",
    "c/1": "variants = [['b-1'], ['b-2']]",
}


@needs_rez
class RequestTests(RezTestCase):
    def test_requests_that_are_parsed_once_remain_objects_of_their_own(self):
        from rez.utils.formatting import PackageRequest

        pyrer.rez.uninstall()
        texts = ["foo", "foo-1.2+<3", "!foo-1", "~foo", "~foo-2|4", ".feature-1", "foo#1", "foo==1.0"]
        expected = [vars(PackageRequest(text)) for text in texts]
        for request in expected:
            request.pop("_str")
        pyrer.rez.install()
        for _ in range(2):
            first, second = ([PackageRequest(text) for text in texts] for _ in range(2))
            self.assertEqual(first, second)
            self.assertEqual([str(each) for each in first], [str(each) for each in second])
            self.assertFalse(any(a is b for a, b in zip(first, second)))
            for request, attributes in zip(first, expected):
                self.assertEqual({k: v for k, v in vars(request).items() if k != "_str"}, attributes)
        first[0].mark = 1
        self.assertFalse(hasattr(PackageRequest(texts[0]), "mark"))

        class Mine(PackageRequest):
            def __init__(self, text):
                self.mine = True
                super().__init__(text)

        self.assertTrue(Mine("foo-7").mine)
        self.assertFalse(hasattr(PackageRequest("foo-7"), "mine"))
        for wrong in ("foo-1..", "fo*", "", None):
            messages = []
            for _ in range(3):
                with self.assertRaises(Exception) as caught:
                    PackageRequest(wrong)
                messages.append(repr(caught.exception))
                pyrer.rez.uninstall() if len(messages) == 2 else None
            self.assertEqual(len(set(messages)), 1, messages)
            pyrer.rez.install()


@needs_rez
class LivingTests(RezTestCase):
    """What rez has read stays unchanged until its caches are cleared, whoever solves."""

    def setUp(self):
        super().setUp()
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = directory.name
        self.write(self.path, PACKAGES)

    def browse(self, *families):
        """Does what rez's browser does: lists packages and reads them."""
        from rez.packages import iter_packages

        for family in families:
            for package in iter_packages(family, paths=[self.path]):
                self.assertEqual(package.name, family)
                if self.reads:
                    _ = package.requires

    #: Whether packages that are browsed are read, or listed alone.
    reads = True

    def both(self, change, *families, requests=(["a"], ["c"], ["b"])):
        """Contexts after ``families`` were browsed and the packages were changed, with the engine and without."""
        from rez.package_repository import package_repository_manager

        found = []
        for install in (pyrer.rez.install, pyrer.rez.uninstall):
            with tempfile.TemporaryDirectory() as path:
                self.path = path
                self.write(path, PACKAGES)
                install()
                package_repository_manager.clear_caches()
                self.browse(*families)
                change()
                with self.assertNoLogs():
                    found.append([self.resolved(request) for request in requests])
                package_repository_manager.clear_caches()
                found[-1] += [self.resolved(request) for request in requests]
        self.assertEqual(found[0], found[1])
        return found[0]

    def assertNoLogs(self):
        return _NoWarnings(self)

    def resolved(self, request):
        from rez.resolved_context import ResolvedContext

        try:
            context = ResolvedContext(request, package_paths=[self.path])
        except Exception as error:  # of rez's
            return type(error).__name__, str(error).replace(self.path, "PATH")
        return context.failure_description, [each.qualified_name for each in context.resolved_packages or ()]

    def test_a_version_that_is_released(self):
        for browsed in ((), ("b",), ("a", "b"), ("a",), ("nosuch", "c")):
            with self.subTest(browsed):
                found = self.both(lambda: self.write(self.path, {"b/2": ""}), *browsed)
                self.assertIn("b-1[]" if "b" in browsed else "b-2[]", found[0][1])
                self.assertIn("b-2[]", found[3][1])

    def test_a_version_that_is_ignored(self):
        def ignore():
            self.write(self.path, {"b/2": ""})
            Path(self.path, "b", ".ignore2").touch()

        for browsed in ((), ("b",)):
            with self.subTest(browsed):
                self.both(ignore, *browsed)

        def ignore_after():
            Path(self.path, "b", ".ignore1").touch()

        for browsed in ((), ("b",)):
            with self.subTest(browsed, after=True):
                self.both(ignore_after, *browsed, requests=(["~b"],) if not browsed else (["b"],))

    def test_versions_that_are_listed_and_not_read(self):
        self.reads = False

        def remove():
            shutil.rmtree(Path(self.path, "b", "1"))

        for change in (
            lambda: self.write(self.path, {"b/2": ""}),
            lambda: self.write(self.path, {"b/1": "requires = ['e']", "b/2": "", "e/1": ""}),
            lambda: Path(self.path, "b", ".ignore1").touch(),
            remove,
        ):
            self.both(change, "b")

    def test_a_version_that_is_edited(self):
        for browsed in ((), ("b",), ("a",), ("a", "b", "c")):
            with self.subTest(browsed):
                self.both(lambda: self.write(self.path, {"a/1": "requires = ['c', 'b-1']"}), *browsed)

    def test_a_family_that_was_not_there(self):
        found = self.both(
            lambda: self.write(self.path, {"d/1": "", "a/1": "requires = ['d']"}), "d", "b", requests=(["b"],)
        )
        self.assertEqual(found[0], (None, ["b-1[]"]))

    def test_what_was_solved_is_remembered_until_caches_are_cleared(self):
        from rez.package_repository import package_repository_manager

        found = []
        for install in (pyrer.rez.install, pyrer.rez.uninstall):
            with tempfile.TemporaryDirectory() as path:
                self.path = path
                self.write(path, PACKAGES)
                install()
                package_repository_manager.clear_caches()
                seen = [self.resolved(["a"])]
                self.write(path, {"b/2": ""})
                seen.append(self.resolved(["a"]))
                self.browse("b")
                seen.append(self.resolved(["a"]))
                package_repository_manager.clear_caches()
                seen.append(self.resolved(["a"]))
                found.append(seen)
        self.assertEqual(found[0], found[1])
        self.assertEqual([names[0] for _, names in found[0]], ["b-1[]", "b-1[]", "b-1[]", "b-2[]"])


class _NoWarnings:
    """Fails the test if pyrer warns."""

    def __init__(self, case):
        self._case = case

    def __enter__(self):
        import logging

        self._records = []
        handler = self._handler = logging.Handler(logging.WARNING)
        handler.emit = self._records.append
        logging.getLogger("pyrer.rez").addHandler(handler)

    def __exit__(self, *_):
        import logging

        logging.getLogger("pyrer.rez").removeHandler(self._handler)
        self._case.assertEqual([record.getMessage() for record in self._records], [])


if __name__ == "__main__":
    unittest.main()
