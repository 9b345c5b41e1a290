"""Where resolved packages are located. The engine knows, and no file is read to find out."""

import os
import tempfile
from pathlib import Path
from unittest import mock

from pyrer import PackageData

from . import needs_rez
from .contexts import RezTestCase


@needs_rez
class PlaceTests(RezTestCase):
    PACKAGES = {
        "app/1": "requires = ['lib', 'plain', 'tool-1']\nvariants = [['lib-1'], ['lib-2']]",
        "lib/1": "",
        "lib/2": "",
        "plain": "",
        "tool/1.0": "",
    }

    def looked_at(self, request, **arguments):
        """The names below the package path that Python looked up on disk while a context was created."""
        from rez.resolved_context import ResolvedContext

        looks = []
        stat = os.stat

        def noting(path, *rest, **more):
            looks.append(os.fspath(path) if not isinstance(path, int) else "")
            return stat(path, *rest, **more)

        with mock.patch.object(os, "stat", noting):
            context = ResolvedContext(request, package_paths=[self.path], **arguments)
            handles = [variant.handle.to_dict() for variant in context.resolved_packages]
        return [look[len(self.path) + 1 :] for look in looks if look.startswith(self.path + "/")], handles

    def test_no_file_is_read_for_a_resolved_package(self):
        looks, handles = self.looked_at(["app"])
        self.assertEqual(len(handles), 4)
        self.assertEqual([look for look in looks if look != "settings.yaml"], [])
        self.compare(["app"])

    def test_no_file_is_read_for_a_package_that_rez_knows(self):
        from rez.packages import iter_packages

        self.assertEqual(len(list(iter_packages("lib", paths=[self.path]))), 2)
        looks, _ = self.looked_at(["app"])
        self.assertEqual([look for look in looks if look.startswith("lib")], [])
        self.compare(["app"])

    def test_a_version_is_that_of_the_first_path_that_has_it(self):
        with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as last:
            self.write(first, {"lib/2-0": "", "tool/1-0": "", "other/1": ""})
            self.write(last, {"lib/2.0": "", "lib/3": "", "both/1": ""})
            Path(last, "both.py").write_text("name = 'both'\nversions = ['2']\n", encoding="utf-8")
            Path(last, "file.py").write_text("name = 'file'\nversions = ['1', '2']\n", encoding="utf-8")
            Path(last, "code.py").write_text("name = 'code'\nversions = [str(n) for n in range(3)]\n", encoding="utf-8")
            paths = [first, self.path, last]
            for request in (
                ["app", "lib-2"],
                ["lib"],
                ["lib==2.0"],
                ["tool", "other", "both"],
                ["file-1", "plain"],
                ["file", "code"],
                ["code-1"],
            ):
                with self.subTest(request):
                    self.compare(request, package_paths=paths)

    def test_a_family_that_rez_knows_as_a_file_stays_one(self):
        from rez.packages import get_package

        with tempfile.TemporaryDirectory() as path:
            Path(path, "file.py").write_text("name = 'file'\nversions = ['1', '2']\n", encoding="utf-8")
            self.assertEqual(get_package("file", "1", paths=[path]).uri, f"{path}/file.py<1>")
            outcome, counted = self.compare(["file-1"], package_paths=[path])
            self.assertEqual(outcome[1][0][2]["key"], "filesystem.variant.combined")
            self.assertEqual(counted, {"solved": 1})

    def test_empty_variants_of_another_type_are_none_in_a_file_and_wrong_in_a_directory(self):
        from rez.exceptions import PackageMetadataError
        from rez.packages import get_package

        for variants in ("''", "()", "b''", "{}", "set()"):
            with self.subTest(variants), tempfile.TemporaryDirectory() as path:
                Path(path, "file.py").write_text(f"versions = ['1']\nvariants = {variants}\n", encoding="utf-8")
                self.write(path, {"directory/1": f"variants = {variants}"})
                package = PackageData.from_rez(get_package("file", "1", paths=[path]))
                self.assertEqual((package.version, package.variants), ("1", []))
                self.assertEqual(self.compare(["file"], package_paths=[path])[1], {"solved": 1})
                with self.assertRaises(PackageMetadataError):
                    PackageData.from_rez(get_package("directory", "1", paths=[path]))
                self.compare(["directory"], package_paths=[path])
