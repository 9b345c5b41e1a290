"""The tests of pyrer. REZ_SRC may name the folder that contains the ``rez`` package."""

import importlib.util
import os
import sys
import unittest

if os.environ.get("REZ_SRC"):
    sys.path.insert(0, os.environ["REZ_SRC"])

REZ = importlib.util.find_spec("rez")
needs_rez = unittest.skipUnless(REZ, "rez cannot be imported; name the folder that contains it in REZ_SRC")
