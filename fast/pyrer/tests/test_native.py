"""The C interface with every mistake that a caller can make, and under long use."""

import ctypes
import gc
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path

import build_wheel
import pyrer
from pyrer import _library, _native

from . import books

SPEC = b'{"sources": [{"packages": {"a": {"1": {"requires": ["b"]}, "2": {}}, "b": {"1": {}}}}]}'
QUESTION = b'{"requests": [["a-1"]]}'


class Call:
    """A raw call of the library, with its error code and error text."""

    def __init__(self):
        self.library = _native.library()
        self.error = ctypes.create_string_buffer(1000)

    def __call__(self, name, *arguments):
        self.error.value = b""
        return getattr(self.library, name)(*arguments, self.error, len(self.error))

    def create(self, spec=SPEC, length=None, ask=_native.AskFunction()):
        handle = ctypes.c_uint64()
        size = len(spec) if length is None else length
        return self("rer_repository_create", spec, size, ask, None, ctypes.byref(handle)), handle.value

    def solve(self, repository, question=QUESTION, cancellation=0):
        result, text, length = ctypes.c_uint64(), ctypes.c_void_p(), ctypes.c_size_t()
        places = ctypes.byref(result), ctypes.byref(text), ctypes.byref(length)
        code = self("rer_solve", repository, question, len(question), None, cancellation, *places)
        return code, result.value, ctypes.string_at(text.value, length.value) if code == 0 else None

    def detail(self, result, item=0, detail=0, index=_native.REPORTED):
        text, length = ctypes.c_void_p(), ctypes.c_size_t()
        return self("rer_detail", result, item, detail, index, ctypes.byref(text), ctypes.byref(length))


class HostileTests(unittest.TestCase):
    def setUp(self):
        self.call = Call()
        code, self.repository = self.call.create()
        self.assertEqual(code, _native.OK)
        self.addCleanup(self.call, "rer_free", self.repository)

    def assert_code(self, expected, got):
        self.assertEqual(got, expected, self.call.error.value)
        if expected != _native.OK:
            self.assertNotEqual(self.call.error.value, b"")

    def test_the_ordinary_way(self):
        code, result, summary = self.call.solve(self.repository)
        self.assert_code(_native.OK, code)
        (answer,) = json.loads(summary)
        self.assertEqual(answer["resolved"], [["b", "1", None], ["a", "1", None]])
        self.assert_code(_native.OK, self.call("rer_free", result))

    @unittest.skipUnless(sys.platform.startswith("linux"), "other systems have no glibc")
    def test_the_library_needs_no_new_glibc(self):
        # fast/Rer.Native/oldest-glibc.S exists for this. A function that is not listed there would need this machine's
        # glibc.
        self.assertEqual(build_wheel.glibc_needed(_library.bundled()), 17)

    def test_the_version_is_that_of_the_repository(self):
        self.assertEqual(pyrer.__version__, build_wheel.version())

    def test_null(self):
        null, size = None, ctypes.c_size_t()
        out = ctypes.c_uint64()
        ask = _native.AskFunction()
        code = _native.INVALID_ARGUMENT
        self.assert_code(code, self.call("rer_repository_create", null, 10, ask, None, ctypes.byref(out)))
        self.assert_code(code, self.call("rer_repository_create", SPEC, len(SPEC), ask, None, null))
        self.assert_code(code, self.call("rer_solve", self.repository, QUESTION, 1, None, 0, null, null, null))
        self.assert_code(code, self.call("rer_detail", self.repository, 0, 0, 0, null, ctypes.byref(size)))
        self.assert_code(code, self.call("rer_cancellation_create", null))
        self.assert_code(code, self.call("rer_phase", 1, null, null))
        self.assertEqual(self.call.library.rer_version(None, 100), code)
        # A caller need not accept the error text.
        self.assertEqual(self.call.library.rer_free(0, None, 0), _native.INVALID_HANDLE)

    def test_handles_that_are_wrong_or_freed(self):
        code, result, _ = self.call.solve(self.repository)
        code, cancellation = ctypes.c_uint64(), None
        self.assert_code(_native.OK, self.call("rer_cancellation_create", ctypes.byref(code)))
        cancellation = code.value
        invalid = _native.INVALID_HANDLE
        for handle in (0, 2**64 - 1, 123456789, result, cancellation):
            self.assert_code(invalid, self.call.solve(handle)[0])
        for handle in (0, 77777, self.repository):
            self.assert_code(invalid, self.call.detail(handle))
            self.assert_code(invalid, self.call("rer_answer", handle, b"{}", 2))
            self.assert_code(invalid, self.call("rer_cancel", handle))
        for handle in (77777, self.repository, result):
            self.assert_code(invalid, self.call.solve(self.repository, cancellation=handle)[0])
        for handle in (result, cancellation):
            self.assert_code(_native.OK, self.call("rer_free", handle))
            self.assert_code(invalid, self.call("rer_free", handle))
        self.assert_code(invalid, self.call.detail(result))

    def test_a_callback_cannot_free_its_question(self):
        codes = []

        def ask(context, source, question, *texts):
            codes.append(self.call.library.rer_free(question, None, 0))
            return 0

        function = _native.AskFunction(ask)
        _, repository = self.call.create(b'{"sources": [{"ask": 1}]}', ask=function)
        code, result, summary = self.call.solve(repository)
        self.assertEqual((code, codes), (_native.OK, [_native.INVALID_HANDLE]))
        self.assertIn(b"family not found", summary)
        for handle in (result, repository):
            self.call("rer_free", handle)

    def test_text_that_is_none(self):
        for garbage in (
            b"",
            b"\xff\xfe\x00",
            b"{",
            b"[]",
            b"null",
            b'{"sources": 3}',
            b'{"sources": [{}]}',
            b'{"sources": [{"packages": {"a": {"1": {"requires": "b"}}}}]}',
            b'{"sources": [{"packages": {"a": {"1": {"requires": ["\xff"]}}}}]}',
            b'{"sources": [{"packages": {"\\ud800": {"1": {"requires": ["\\ud800"]}}}}]}',
            b'{"sources": [{"ask": 1}]}',
            b'{"sources": [{"paths": ["a\\u0000b"]}], "eager": 1}',
            b'{"sources": [], "more": 1}',
            b"[" * 100000,
            b'{"sources": ' * 50000,
        ):
            with self.subTest(garbage[:60]):
                self.assert_code(_native.INVALID_ARGUMENT, self.call.create(garbage)[0])
        for garbage in (
            b"",
            b"\x80",
            b"[]",
            b"{}",
            b'{"requests": "a"}',
            b'{"requests": [["a", 1]]}',
            b'{"requests": [["a"]], "threads": 0}',
            b'{"requests": [["a"]], "time_limit": 1e300}',
            b'{"requests": [["a"]], "time_limit": "soon"}',
            b'{"requests": [["a"]], "options": {"max_fails": 99999999999999999999}}',
            b'{"requests": [["a"]], "options": {"package_filter": {"excludes": ["\\udfff"]}}}',
        ):
            with self.subTest(garbage):
                self.assert_code(_native.INVALID_ARGUMENT, self.call.solve(self.repository, garbage)[0])

    def test_huge_counts(self):
        for length in (2**63, 2**64 - 1, 2**31, 2**30):
            self.assert_code(_native.INVALID_ARGUMENT, self.call.create(SPEC, length)[0])
            self.assert_code(_native.INVALID_HANDLE, self.call("rer_answer", 1, b"", length))
        code, result, _ = self.call.solve(self.repository)
        for item, detail, index in ((1, 0, 0), (-1, 0, 0), (2**31 - 1, 0, 0), (0, 99, 0), (0, -1, 0), (0, 0, 5)):
            self.assert_code(_native.OUT_OF_RANGE, self.call.detail(result, item, detail, index))
        self.call("rer_free", result)

    def test_hostile_packages_and_requests(self):
        deep = "(" * 100000
        for request in (
            ["a-" + "1." * 100000 + "1"],
            ["a-" + "|".join(f"{n}+<{n + 1}" for n in range(0, 4000, 2))],
            ["!" * 1000],
            ["\0"],
            [""],
            ["a-1" for _ in range(20000)],
            [f"nosuch{n}" for n in range(20000)],
        ):
            with self.subTest(request[0][:20]):
                code, result, _ = self.call.solve(self.repository, json.dumps({"requests": [request]}).encode())
                self.assert_code(_native.OK, code)
                self.call("rer_free", result)
        for rule in (f"regex({deep})", f"regex({'a*' * 5000}b)", f"glob({'*' * 10000}b)", f"range({deep})", deep):
            with self.subTest(rule[:20]):
                question = {"requests": [["a"]], "options": {"package_filter": {"excludes": [rule]}}}
                code, result, _ = self.call.solve(self.repository, json.dumps(question).encode())
                self.assert_code(_native.OK, code)
                self.call("rer_free", result)

    def test_random_damage(self):
        random.seed(20)
        for _ in range(3000):
            text = bytearray(random.choice([SPEC, QUESTION]))
            for _ in range(random.randint(1, 4)):
                text[random.randrange(len(text))] = random.randrange(256)
            code, handle = self.call.create(bytes(text))
            self.assertIn(code, (_native.OK, _native.INVALID_ARGUMENT))
            if handle:
                self.call("rer_free", handle)
            code, handle, _ = self.call.solve(self.repository, bytes(text))
            self.assertIn(code, (_native.OK, _native.INVALID_ARGUMENT))
            if handle:
                self.call("rer_free", handle)

    def test_error_texts_are_cut_at_a_character(self):
        error = ctypes.create_string_buffer(b"\xee" * 40, 40)
        question = '{"requests": [["a"]], "options": {"éééééééééééééééééééééé": 1}}'.encode()
        places = ctypes.byref(ctypes.c_uint64()), ctypes.byref(ctypes.c_void_p()), ctypes.byref(ctypes.c_size_t())
        for capacity in range(1, 41):
            self.call.library.rer_solve(
                self.repository, question, len(question), None, 0, *places, error, capacity
            )
            self.assertLess(len(error.value), capacity)
            error.value.decode("utf-8")


class LongTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        (cls.book,) = books.read(books.DATA_SET / "studio.json.gz")
        cls.repository = pyrer.Repository(books.packages_of(cls.book))

    def test_threads_on_one_repository(self):
        cold = pyrer.Repository(books.packages_of(self.book))
        cases, failures = self.book["cases"], []

        def work(number):
            for case in cases[number::8] + cases[:number:8]:
                found = books.differences(case, cold.solve(case["request"]), self.book)
                failures.extend(found)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])

    def test_handles_freed_while_others_solve(self):
        stop = time.monotonic() + 1

        def work():
            call = Call()
            while time.monotonic() < stop:
                _, repository = call.create()
                other = threading.Thread(target=call.library.rer_free, args=(repository, None, 0))
                other.start()
                code, result, _ = call.solve(repository)
                if result:
                    call("rer_free", result)
                other.join()
                codes.add(code)

        codes = set()
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertLessEqual(codes, {_native.OK, _native.INVALID_HANDLE})

    @unittest.skipUnless(Path("/proc/self/statm").exists(), "the memory of the process is read from /proc")
    def test_memory_stays_flat(self):
        requests = [case["request"] for case in self.book["cases"]]

        def resident():
            gc.collect()
            return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

        def solve(count):
            for number in range(count):
                result = self.repository.solve(requests[number % len(requests)])
                if number % 50 == 0:
                    result.graph_dot()

        count = int(os.environ.get("PYRER_TEST_SOLVES", "20000"))
        solve(count // 4)
        before = resident()
        solve(count)
        grown = resident() - before
        self.assertLess(grown, 16 << 20, f"grew by {grown} bytes over {count} solves")

    @unittest.skipUnless(hasattr(signal, "SIGKILL"), "this platform does not kill")
    def test_a_killed_process_leaves_nothing_behind(self):
        code = "import pyrer\nwhile True: print(pyrer.solve(['a'], [pyrer.PackageData('a', '1')]).status, flush=True)"
        directory = Path(pyrer.__file__).parents[1]
        for _ in range(3):
            with subprocess.Popen([sys.executable, "-c", code], cwd=directory, stdout=subprocess.PIPE) as process:
                self.assertEqual(process.stdout.readline(), b"solved\n")
                process.kill()
        self.assertEqual(pyrer.solve(["a"], [pyrer.PackageData("a", "1")]).status, "solved")


if __name__ == "__main__":
    unittest.main()
