"""The Rust port's interface, which existing programs rely on: static definitions."""

import os
import pathlib
import tempfile
import threading
import unittest

import pyrer

HEAD = 'name = "a"\nversion = "1"\n'

#: Texts that are read, with the expected fields.
TAKEN = {
    "the least": (HEAD, [], []),
    "single quotes": ("name = 'a'\nversion = '1'\n", [], []),
    "triple quotes": ('name = """a"""\nversion = \'\'\'1\'\'\'\n', [], []),
    "prefixes": ("name = r'a'\nversion = u'1'\n", [], []),
    "no last line end": ('name = "a"\nversion = "1"', [], []),
    "windows line ends": (HEAD.replace("\n", "\r\n") + "requires = [\r\n    'b',\r\n]\r\n", ["b"], []),
    "a list": (HEAD + "requires = ['b', \"c-1+\"]\n", ["b", "c-1+"], []),
    "a tuple": (HEAD + "requires = ('b', 'c')\n", ["b", "c"], []),
    "a tuple of one": (HEAD + "requires = ('b',)\n", ["b"], []),
    "empty": (HEAD + "requires = []\nvariants = []\n", [], []),
    "an empty tuple": (HEAD + "requires = ()\n", [], []),
    "several lines": (HEAD + "requires = [\n    'b',  # why\n    # what\n    'c',\n]  # end\n", ["b", "c"], []),
    "variants": (HEAD + "variants = [['b'], ['c', 'd']]\n", [], [["b"], ["c", "d"]]),
    "variants of tuples": (HEAD + "variants = (('b',), ['c'])\n", [], [["b"], ["c"]]),
    "an empty variant": (HEAD + "variants = [[]]\n", [], [[]]),
    "a comment after a value": ('name = "a"  # a\nversion = "1" # 1\n', [], []),
    "a docstring": ('"""What it is."""\n' + HEAD, [], []),
    "an encoding": ("# -*- coding: utf-8 -*-\n" + HEAD, [], []),
    "comments and blank lines": ("# a\n\n\n" + HEAD + "\n    # indented\n\n", [], []),
    "escapes": (HEAD + "requires = ['\\x62', '\\u0063', '\\144', '''\\x65''']\n", ["b", "c", "d", "e"], []),
    "other texts": (HEAD + 'description = """\nname = "z"\n"""\nauthors = ["x", "y"]\n', [], []),
    "other calls": (HEAD + "uuid = str(3)\ntools = sorted(['x', 'y'])\n", [], []),
    "other sums": (HEAD + 'build_command = "make " + "install"\n', [], []),
    "other dicts": (HEAD + "config = {\n    'a': 1,\n    'b': [1, 2],\n}\n", [], []),
    "other comprehensions": (HEAD + "numbers = [x * 2 for x in range(3)]\n", [], []),
    "a continued line": (HEAD + "description = \\\n    'text'\n", [], []),
    "an annotation of another": (HEAD + "tools: list = ['x']\n", [], []),
    "a function": (HEAD + "def commands():\n    env.PATH.append('{root}/bin')\n", [], []),
    "a function of many lines": (HEAD + "def commands():\n    if True:\n        import os\n\n    x = 1\n", [], []),
    "an early function": (HEAD + "@early()\ndef tools():\n    return ['x']\n", [], []),
    "a late function": (HEAD + "@late()\ndef tools():\n    return ['x']\n", [], []),
    "an included function": (HEAD + '@include("utils")\ndef pre_build_commands():\n    pass\n', [], []),
    "functions between fields": ("name = 'a'\ndef commands():\n    pass\nversion = '1'\n", [], []),
    "a scope": (HEAD + 'with scope("config") as c:\n    c.release_packages_path = "/x"\n', [], []),
    "a field in a function": (HEAD + "def commands():\n    requires = ['z']\n    name = 'z'\n", [], []),
    "a keyword of a field's name": (HEAD + "config = dict(name='z')\n", [], []),
    # rez runs early functions while it loads the package, so their changes take effect.
    "a change by a function": (
        HEAD + "requires = ['b']\n@early()\ndef tools():\n    requires.append('c')\n    return ['x']\n",
        ["b", "c"],
        [],
    ),
    # The reader does not check whether the file loads, because rez loads the packages that are chosen.
    "a value of unknown names": (HEAD + "config = make(setting, os.environ['X'])[0].y\n", [], []),
    "a value that fails": (HEAD + "timestamp = 1 / 0\n", [], []),
    "a dict with numbers as keys": (HEAD + "config = {1: 'a'}\n", [], []),
    "rez's own names": (HEAD + "config = ModifyList(append=['x'])\n", [], []),
    "unknown decorators": (HEAD + "@deprecated\n@a.b(1)\ndef commands():\n    pass\n", [], []),
    "decorators that must be called": (HEAD + "@late\ndef tools():\n    pass\n", [], []),
    "an early function that fails": (HEAD + "@early()\ndef tools():\n    return find(os.sep)\n", [], []),
    "a scope with calls": (
        HEAD + "with scope('config') as c:\n    c.plugin_path = ModifyList(append=[home()])\n",
        [],
        [],
    ),
    "assigned twice": (HEAD + "requires = ['b']\nrequires = ['c']\n", ["c"], []),
    "other letters": (HEAD + "requires = ['b']\ndescription = 'Käse ☃'\n", ["b"], []),
}

#: Texts that are not read: rez has to evaluate them, or they are wrong.
LEFT = {
    "nothing": "",
    "no name": 'version = "1"\n',
    "no version": 'name = "a"\n',
    "garbage": "}{ ???",
    "yaml": "name: a\nversion: '1'\n",
    "a number as version": 'name = "a"\nversion = 1.0\n',
    "an open text": 'name = "a\nversion = "1"\n',
    "an open bracket": HEAD + "requires = ['b'\n",
    "half of a surrogate pair": HEAD + "description = '\ud800'\n",
    "half of a surrogate pair escaped": HEAD + "requires = ['\\ud800']\n",
    "a zero": HEAD + "\0",
    "a class": HEAD + "class X:\n    pass\n",
    "pass": HEAD + "pass\n",
    "if": HEAD + "if True:\n    requires = ['b']\n",
    "if about others": HEAD + "if True:\n    tools = ['b']\n",
    "for": HEAD + "for x in []:\n    y = x\n",
    "while": HEAD + "while False:\n    y = 1\n",
    "try": HEAD + "try:\n    y = 1\nexcept Exception:\n    y = 2\n",
    "match": HEAD + "match 1:\n    case 1:\n        y = 1\n",
    "import": "import os\n" + HEAD,
    "from": "from os import path\n" + HEAD,
    "with": HEAD + "with open('x') as f:\n    y = 1\n",
    "raise": HEAD + "raise ValueError\n",
    "assert": HEAD + "assert True\n",
    "del": HEAD + "x = 1\ndel x\n",
    "async": HEAD + "async def commands():\n    pass\n",
    "global": HEAD + "global x\n",
    "a call": HEAD + "print('x')\n",
    "a second text": HEAD + "'text'\n",
    "an expression": HEAD + "1 + 1\n",
    "a change in place": HEAD + "requires = ['b']\nrequires.append('c')\n",
    "a change in a value": HEAD + "requires = ['b']\nx = requires.append('c')\n",
    "a change by globals": HEAD + "requires = ['b']\nx = globals().update(requires=['c'])\n",
    "a walrus": HEAD + "x = (version := '2')\n",
    "two names": 'a = name = "a"\nversion = "1"\n',
    "a tuple of names": 'name, version = "a", "1"\n',
    "two statements on a line": 'description = "x"; name = "a"\nversion = "1"\n',
    "two fields on a line": 'name = "a"; version = "1"\n',
    "an item": HEAD + "requires = ['b']\nrequires[0] = 'c'\n",
    "a scope that assigns a field": HEAD + 'with scope("config") as c:\n    name = "z"\n',
    "a scope named as a field": HEAD + "requires = ['b']\nwith scope('requires') as r:\n    r.x = 1\n",
    "an early function in a scope": (
        HEAD + "with scope('config') as c:\n    @early()\n    def f():\n        this.requires.append('z')\n"
    ),
    "a field handed to an unknown call": HEAD + "requires = ['b']\nx = change(requires)\n",
    "a scope over a field": HEAD + 'with scope("config") as requires:\n    requires.x = 1\n',
    "indented": "  " + HEAD,
}

for field, value in {"name": "'a'", "version": "'1'", "requires": "['b']", "variants": "[['b']]"}.items():
    others = "".join(line + "\n" for line in HEAD.splitlines() if not line.startswith(field))
    LEFT.update(
        {
            f"{field} as a function": f"{others}def {field}():\n    return {value}\n",
            f"{field} as an early function": f"{others}@early()\ndef {field}():\n    return {value}\n",
            f"{field} as a late function": f"{others}@late()\ndef {field}():\n    return {value}\n",
            f"{field} annotated": f"{others}{field}: object = {value}\n",
            f"{field} augmented": f"{others}{field} = {value}\n{field} += {value}\n",
            f"{field} called": f"{others}{field} = str({value})\n",
            f"{field} from a name": f"{others}x = {value}\n{field} = x\n",
            f"{field} added": f"{others}{field} = {value} + {value}\n",
            f"{field} in brackets": f"{others}{field} = ({value})\n",
            f"{field} as none": f"{others}{field} = None\n",
            f"{field} as a dict": f"{others}{field} = {{'b': 1}}\n",
            f"{field} on a condition": f"{others}{field} = {value} if True else {value}\n",
        }
    )
for what, text in {
    "bytes": "b'b'",
    "an f-string": "f'b'",
    "adjacent texts": "'b' 'c'",
    "a number": "1",
    "a name": "version",
    "a call": "str('b')",
    "a sum": "'b' + 'c'",
    "a format": "'b-%s' % '1'",
    "a bracket": "('b')",
}.items():
    LEFT[f"{what} as version"] = f"name = 'a'\nversion = {text}\n"
    LEFT[f"{what} in requires"] = f"{HEAD}requires = [{text}]\n"
    LEFT[f"{what} in a variant"] = f"{HEAD}variants = [[{text}]]\n"
LEFT["unpacking in requires"] = HEAD + "requires = [*['b']]\n"
LEFT["unpacking in variants"] = HEAD + "variants = [*[['b']]]\n"
LEFT["a comprehension in requires"] = HEAD + "requires = [x for x in ['b']]\n"
LEFT["texts as variants"] = HEAD + "variants = ['b', 'c']\n"
LEFT["a set as requires"] = HEAD + "requires = {'b'}\n"
LEFT["a text as requires"] = HEAD + "requires = 'b'\n"
LEFT["a bracket as requires"] = HEAD + "requires = ('b')\n"


class TextTests(unittest.TestCase):
    """Each text by itself."""


for what, (text, requires, variants) in TAKEN.items():

    def test(self, text=text, requires=requires, variants=variants):
        package = pyrer.parse_static_package_py(text)
        self.assertIsInstance(package, pyrer.PackageData)
        self.assertEqual(
            (package.name, package.version, package.requires, package.variants), ("a", "1", requires, variants)
        )

    setattr(TextTests, f"test_takes_{what.replace(' ', '_')}", test)

for what, text in LEFT.items():

    def test(self, text=text):
        self.assertIsNone(pyrer.parse_static_package_py(text))

    setattr(TextTests, f"test_leaves_{what.replace(' ', '_')}", test)


class ArgumentTests(unittest.TestCase):
    def test_texts_alone(self):
        for wrong in (None, 3, HEAD.encode(), [HEAD], pathlib.Path("x")):
            with self.subTest(wrong), self.assertRaises(TypeError):
                pyrer.parse_static_package_py(wrong)

    def test_lists_of_paths_alone(self):
        for wrong in (None, 3, "package.py", b"package.py", pathlib.Path("package.py"), [3], [None]):
            with self.subTest(wrong), self.assertRaises(TypeError):
                pyrer.parse_static_packages_py(wrong)


class FileTests(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.root = pathlib.Path(directory.name)

    def write(self, name, content):
        path = self.root / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return path

    def test_no_paths(self):
        self.assertEqual(pyrer.parse_static_packages_py([]), [])
        self.assertEqual(pyrer.parse_static_packages_py(()), [])

    def test_each_at_its_place(self):
        texts = [text for text, _, _ in TAKEN.values()] + list(LEFT.values())
        paths = [self.write(f"{number}.py", text) for number, text in enumerate(texts)]
        found = pyrer.parse_static_packages_py(paths)
        self.assertEqual(len(found), len(paths))
        for text, package in zip(texts, found):
            alone = pyrer.parse_static_package_py(text)
            self.assertEqual(alone is None, package is None, text)
            if package is not None:
                self.assertEqual(
                    (package.name, package.version, package.requires, package.variants),
                    (alone.name, alone.version, alone.requires, alone.variants),
                )

    def test_kinds_of_paths(self):
        path = self.write("package.py", HEAD)
        for kind in (str(path), path, os.fspath(path).encode()):
            (package,) = pyrer.parse_static_packages_py([kind])
            self.assertEqual(package.name, "a")
        os.chdir(self.root)
        self.assertIsNotNone(pyrer.parse_static_packages_py(["package.py"])[0])

    def test_what_cannot_be_read(self):
        paths = [
            self.root / "nosuch.py",
            self.root,
            "",
            "a\0b",
            os.fsdecode(b"/tmp/\xff"),
            self.write("latin.py", HEAD.encode() + b"description = '\xe4'\n"),
            self.write("package.yaml", "name: a\nversion: '1'\n"),
            self.write("dynamic.py", HEAD + "import os\n"),
            self.write("good.py", HEAD),
        ]
        if hasattr(os, "mkfifo"):
            os.mkfifo(self.root / "fifo")
            paths.append(self.root / "fifo")
        found = pyrer.parse_static_packages_py(paths)
        self.assertEqual([place for place, package in enumerate(found) if package is not None], [8])

    def test_the_number_of_threads(self):
        paths = [self.write(f"{number}.py", HEAD) for number in range(50)]
        for threads in ("1", "3", "0", "x", ""):
            os.environ["RAYON_NUM_THREADS"] = threads
            self.addCleanup(os.environ.pop, "RAYON_NUM_THREADS", None)
            self.assertNotIn(None, pyrer.parse_static_packages_py(paths))

    def test_the_lock_is_released(self):
        path = self.write("package.py", HEAD + "".join(f"x{number} = [1, 2, 3]\n" for number in range(2000)))
        done, beats = threading.Event(), []

        def beat():
            while not done.wait(0.001):
                beats.append(None)

        thread = threading.Thread(target=beat)
        thread.start()
        pyrer.parse_static_packages_py([path] * 100)
        seen = len(beats)
        done.set()
        thread.join()
        self.assertGreater(seen, 2)

    def test_what_is_read_can_be_solved(self):
        self.write("a.py", HEAD + "requires = ['b-2+']\n")
        self.write("b.py", "name = 'b'\nversion = '2.1'\n")
        packages = pyrer.parse_static_packages_py(sorted(self.root.glob("*.py")))
        self.assertEqual(pyrer.solve(["a"], packages).resolved, [("b", "2.1", None), ("a", "1", None)])


if __name__ == "__main__":
    unittest.main()
