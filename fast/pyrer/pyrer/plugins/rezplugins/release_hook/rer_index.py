"""Updates the index of a package path after a release, so that every resolve sees the release.

Add this to rez's configuration, with the folder that contains ``rezplugins``:

    plugin_path = ModifyList(append=["/.../site-packages/pyrer/plugins"])
    release_hooks = ModifyList(append=["rer_index"])
"""

import os
import subprocess

from rez.release_hook import ReleaseHook
from rez.utils.logging_ import print_info, print_warning


class RerIndexReleaseHook(ReleaseHook):
    """Runs ``rer index update`` on the package path of the release."""

    schema_dict = {"program": str, "output": str, "python": str}

    @classmethod
    def name(cls):
        return "rer_index"

    def post_release(self, user, install_path, variants=None, **kwargs):
        """Only warns about errors. The package has been released, and stays released."""
        if not variants:
            return
        package = variants[0].parent
        repository = getattr(package.resource, "location", None)
        if not repository or not os.path.isdir(repository):
            return  # not a filesystem repository
        command = [self.settings.program, "index", "update", "--quiet", "--family", package.name]
        for option in ("output", "python"):
            value = self.settings.get(option)
            if value:
                command += ["--" + option, value]
        command.append(repository)
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                universal_newlines=True,
                check=False,
            )
        except OSError as error:
            print_warning("rer_index: cannot run %s: %s", self.settings.program, error)
            return
        if done.returncode == 0:
            print_info("rer_index: %s", done.stdout.strip())
        else:
            print_warning("rer_index: the index of %s was not updated: %s", repository, done.stdout.strip())


def register_plugin():
    return RerIndexReleaseHook
