"""Every name in the Python sources is defined, also in code that runs only inside a rez that is not installed."""

import builtins
import dis
import types
import unittest
from pathlib import Path

import pyrer

PYRER = Path(pyrer.__file__).parent
SCRIPTS = (PYRER.parent, PYRER.parents[2] / "rez")
STORES = ("STORE_NAME", "STORE_GLOBAL")
OF_EVERY_MODULE = {"__file__", "__name__", "__doc__", "__path__", "__package__"}


def sources():
    """The package and the scripts next to it."""
    return [*PYRER.rglob("*.py"), *(path for folder in SCRIPTS for path in folder.glob("*.py"))]


def codes(code):
    """A code object and all code objects within it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from codes(constant)


def undefined(path):
    """The global names that a source uses but does not define."""
    found = list(codes(compile(path.read_text(encoding="utf-8"), str(path), "exec")))
    steps = [(each, step) for each in found for step in dis.get_instructions(each)]
    known = {step.argval for _, step in steps if step.opname in STORES} | OF_EVERY_MODULE
    return sorted(
        f"{path.name}:{each.co_firstlineno} {step.argval}"
        for each, step in steps
        if step.opname == "LOAD_GLOBAL" and step.argval not in known and not hasattr(builtins, step.argval)
    )


class NamesTests(unittest.TestCase):
    def test_no_name_is_undefined(self):
        found = sources()
        self.assertGreater(len(found), 40)
        self.assertEqual([name for path in found for name in undefined(path)], [])


if __name__ == "__main__":
    unittest.main()
